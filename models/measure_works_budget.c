/* The kind works_budget: other money or room for the works programme. What it does is in
 * models/works_schedule.c.
 */
#include "models/measure_kind.h"

#define OUT_AT_MOST 10000000

struct draft {
    struct measure_draft of_all;
    struct by_year       budget;
    int64_t              places_out_at_most;
};

static const struct field fields[] = {
    {.key = "budget_per_year",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, budget),
     .own = read_cents_by_year,
     .unit = "euros a year, or by year",
     .otherwise = "as it is",
     .help = "In place of budget_per_year of works on the days on which it is in force."},
    {.key = "places_out_at_most",
     .type = FIELD_COUNT,
     .offset = offsetof(struct draft, places_out_at_most),
     .high = OUT_AT_MOST,
     .otherwise = "as it is",
     .help = "In place of places_out_at_most of works."},
    {0},
};

static const struct measure_column columns[WORKS_BUDGET_COLUMNS] = {
    [WORKS_BUDGET_PROJECTS] = {"projects", MEASURE_COUNT}};
static const char *const purposes[] = {NULL};

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    const struct node  *node = reading->node;
    measure_refuse_ramp(reading);
    measure->budget = draft->budget;
    measure->places_out_at_most =
        node_find(node, "places_out_at_most") ? draft->places_out_at_most : -1;
    if (!node_find(node, "budget_per_year") && !node_find(node, "places_out_at_most"))
        node_key_error(reading->reader, node, "%s lacks budget_per_year or places_out_at_most",
                       node->key);
}

const struct measure_kind measure_works_budget = {
    .word = "works_budget",
    .help = "Other money for the works programme, or room for more or fewer places out of use.",
    .fields = fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = WORKS_BUDGET_COLUMNS,
    .purposes = purposes};
