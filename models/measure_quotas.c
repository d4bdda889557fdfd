/* The kind quotas: other numbers a day of transport and intake. What it does is in
 * models/policy_quotas.c.
 */
#include <ctype.h>
#include <string.h>

#include "models/measure_kind.h"

#define QUOTA_AT_MOST 1000000

struct draft {
    struct measure_draft of_all;
    int32_t              transport_per_day;
    struct node         *intake_per_day;
};

static void read_quota(struct reader *reader, struct node *node, void *member)
{
    int64_t quota = NO_QUOTA;
    bool    is_word = node->kind == NODE_SCALAR && islower((unsigned char)node->text[0]);
    bool    is_unlimited = is_word && strcmp(node->text, "unlimited") == 0;
    node->used = true;
    if (is_word && !is_unlimited)
        node_error(reader, node, "%s is %s; it must be a whole number such as 12, or unlimited",
                   node->key, node->text);
    else if (is_unlimited || read_count(reader, node, 0, QUOTA_AT_MOST, &quota))
        *(int32_t *)member = (int32_t)quota;
}

static const struct field fields[] = {
    {.key = "transport_per_day",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, transport_per_day),
     .low = 0,
     .high = QUOTA_AT_MOST,
     .own = read_quota,
     .unit = "count, people, or unlimited",
     .otherwise = "as it is",
     .help = "In place of per_day of transport, on its days."},
    {.key = "intake_per_day",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, intake_per_day),
     .own = node_keep,
     .unit = "count or unlimited, by regime",
     .one_of = "regime",
     .otherwise = "as it is",
     .help = "In place of per_day of intake of these regimes: people a unit."},
    {0},
};

static const struct measure_column columns[QUOTAS_COLUMNS] = {
    [QUOTAS_PEOPLE] = {"people", MEASURE_COUNT}};
static const char *const purposes[] = {NULL};

static void read_regime(const struct measure_reading *reading, struct node *node,
                        struct measure *measure)
{
    const struct estate *estate = reading->estate;
    int r = measure_find_key(reading, node, "regime", estate->regime_name, estate->regime_count);
    int before = reading->reader->errors->count;
    node->used = true;
    if (r < 0)
        return;
    read_quota(reading->reader, node, &measure->intake_per_day[r]);
    if (reading->reader->errors->count == before && !estate->regime[r].intake.used)
        node_key_error(reading->reader, node,
                       "%s takes people in at any time; give the regime the key intake, whose "
                       "number this changes",
                       node->key);
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    struct reader      *reader = reading->reader;
    const struct node  *transport = node_find(reading->node, "transport_per_day");
    measure_refuse_ramp(reading);
    measure->intake_per_day =
        arena_new(reader->arena, int32_t, (size_t)reading->estate->regime_count + 1);
    for (int r = 0; r < reading->estate->regime_count; r++)
        measure->intake_per_day[r] = QUOTA_AS_IT_IS;
    measure->transport_per_day = transport ? draft->transport_per_day : QUOTA_AS_IT_IS;
    if (transport && !reading->transport->used)
        node_key_error(reader, transport,
                       "people are brought at any time; give the scenario the section transport, "
                       "whose number this changes");
    if (!transport && !draft->intake_per_day)
        node_key_error(reader, reading->node, "%s lacks transport_per_day or intake_per_day",
                       reading->node->key);
    if (!draft->intake_per_day || !read_mapping(reader, draft->intake_per_day))
        return;
    for (struct node *node = draft->intake_per_day->first; node; node = node->next)
        if (!node_is_note(node))
            read_regime(reading, node, measure);
}

const struct measure_kind measure_quotas = {
    .word = "quotas",
    .help = "More or fewer people a day who are brought, or taken in.",
    .fields = fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = QUOTAS_COLUMNS,
    .purposes = purposes};
