/* The kind call_up: another quota, notice or filling of the weekly call-up. What it does is in
 * models/policy_call_up.c.
 */
#include "models/measure_kind.h"

struct draft {
    struct measure_draft of_all;
    struct node         *statuses;
    struct fraction      fill_to;
    int64_t              at_most, notice_min;
};

static const struct field fields[] = {
    {.key = "statuses",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, statuses),
     .own = node_keep,
     .unit = "list of statuses",
     .one_of = "status",
     .otherwise = "all that are called up",
     .help = "Those whose call-up changes."},
    {.key = "fill_to",
     .type = FIELD_SHARE,
     .offset = offsetof(struct draft, fill_to),
     .otherwise = "as it is",
     .help = "In place of fill_to of called_up, at each call while it is in force."},
    {.key = "at_most",
     .type = FIELD_COUNT,
     .offset = offsetof(struct draft, at_most),
     .otherwise = "as it is",
     .help = "In place of at_most: people of each status called at one time."},
    {.key = "notice",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, notice_min),
     .otherwise = "as it is",
     .help = "In place of notice, for those who are called while it is in force."},
    {0},
};

static const struct measure_column columns[CALL_UP_COLUMNS] = {
    [CALL_UP_PEOPLE] = {"people", MEASURE_COUNT}};
static const char *const purposes[] = {NULL};

/* Those that are named; all that are called up, where none is. */
static void read_statuses(const struct measure_reading *reading, struct node *node,
                          struct measure *measure)
{
    const struct statuses *statuses = reading->statuses;
    int                    s;
    for (s = 0; s < statuses->count && !node; s++)
        if (statuses->list[s].call_up.used)
            measure->statuses |= (uint64_t)1 << s;
    if (!node || !read_list(reading->reader, node))
        return;
    for (struct node *item = node->first; item; item = item->next) {
        if (!read_reference(reading->reader, item, "status", statuses->name, statuses->count, &s))
            continue;
        if (!statuses->list[s].call_up.used)
            node_error(reading->reader, item, "%s is not called up", item->text);
        measure->statuses |= (uint64_t)1 << s;
    }
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    const struct node  *node = reading->node;
    read_statuses(reading, draft->statuses, measure);
    measure_refuse_ramp(reading);
    measure->sets_fill_to = node_find(node, "fill_to");
    measure->sets_at_most = node_find(node, "at_most");
    measure->sets_notice = node_find(node, "notice");
    measure->fill_to = draft->fill_to;
    measure->at_most = draft->at_most;
    measure->notice_min = draft->notice_min;
    if (!measure->sets_fill_to && !measure->sets_at_most && !measure->sets_notice)
        node_key_error(reading->reader, node, "%s lacks fill_to, at_most or notice", node->key);
}

const struct measure_kind measure_call_up = {
    .word = "call_up",
    .help = "Another call-up of self-reporters: how full, how many at a time, how long before.",
    .fields = fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = CALL_UP_COLUMNS,
    .purposes = purposes};
