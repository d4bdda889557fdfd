/* The kind placement: another turn, another order, or other places of a placement rule between
 * dates. What it says of rules is read with them (models/rules_twins.c); what it does is in
 * models/category.c.
 */
#include "models/measure_kind.h"
#include "models/rules.h"

struct draft {
    struct measure_draft of_all;
    struct rule_change   change;
};

static const struct field fields[] = {
    {.key = "rule",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, change.rule),
     .required = true,
     .own = node_keep,
     .unit = "name of a placement rule",
     .help =
         "The rule that changes; one without a date (`after`, `at`, `during`). Whose rule it is "
         "stays as it is."},
    {.key = "before",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, change.before),
     .own = node_keep,
     .unit = "name of a placement rule",
     .otherwise = "where it stands",
     .help = "Its people have their turn just before those of this rule, as that stands in the "
             "file."},
    {.key = "order",
     .type = FIELD_CHOICE,
     .offset = offsetof(struct draft, change.order),
     .choices = rule_orders,
     .otherwise = "as it is",
     .help = "In place of its order: who comes first of its people."},
    {.key = "also",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, change.also),
     .own = node_keep,
     .unit = "list of regimes, institutions, units or tags",
     .one_of = "place",
     .otherwise = "none",
     .help = "Places that stand at the end of its `to` too."},
    {.key = "without",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, change.without),
     .own = node_keep,
     .unit = "list of entries of `to`",
     .one_of = "entry of to",
     .otherwise = "none",
     .help = "Entries of its `to` that do not stand there; who has such a place keeps it."},
    {0},
};

static const struct measure_column columns[PLACEMENT_COLUMNS] = {
    [PLACEMENT_PEOPLE] = {"people", MEASURE_COUNT},
    [PLACEMENT_ELSEWHERE] = {"elsewhere", MEASURE_COUNT}};
static const char *const purposes[] = {NULL};

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    const struct node  *node = reading->node;
    measure_refuse_ramp(reading);
    measure->rule_change = draft->change;
    measure->rule_change.sets_order = node_find(node, "order");
    if (!node_find(node, "before") && !node_find(node, "order") && !node_find(node, "also") &&
        !node_find(node, "without"))
        node_key_error(reading->reader, node, "%s lacks before, order, also or without", node->key);
}

const struct measure_kind measure_placement = {
    .word = "placement",
    .help = "Another turn, order or other places of a placement rule: who is let in, and when.",
    .fields = fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = PLACEMENT_COLUMNS,
    .purposes = purposes};
