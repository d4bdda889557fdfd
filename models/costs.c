#include "models/costs.h"

#include <string.h>

const char *const cost_item_name[COST_ITEMS + 1] = {
    [COST_BUILT] = "built",       [COST_OCCUPIED] = "occupied",
    [COST_STAFF] = "staff",       [COST_AGENCY] = "agency",
    [COST_WORKS] = "works",       [COST_ONE_OFF] = "one_off",
    [COST_MEASURES] = "measures", [COST_COMPENSATION] = "compensation"};

#define LAST_PRICE_YEAR 2999

struct draft {
    int64_t      price_year;
    struct node *compare;
};

const struct field costs_fields[] = {
    {.key = "price_year",
     .type = FIELD_COUNT,
     .offset = offsetof(struct draft, price_year),
     .low = 1900,
     .high = LAST_PRICE_YEAR,
     .otherwise = "not said",
     .help = "The year in whose prices all euros are; nothing is indexed or discounted."},
    {.key = "compare",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, compare),
     .own = node_keep,
     .unit = "euros by name, or by name and year",
     .otherwise = "none",
     .help = "Sums to set beside the total in costs.csv, such as money that was promised."},
    {0},
};

/* -- what is compared with */

static void read_lines(struct reader *reader, struct node *node, struct costs *costs)
{
    if (!read_names(reader, node))
        return;
    costs->line = arena_new(reader->arena, struct cost_line, (size_t)node->count + 1);
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (node_is_note(child))
            continue;
        struct cost_line *line = &costs->line[costs->line_count++];
        line->name = child->key;
        read_cents_by_year(reader, child, &line->euros);
    }
}

/* -- groups */

static bool has_cost(const struct regime *regime)
{
    return regime->built_cost.count > 0 || regime->occupied_cost.count > 0;
}

static int add_group(struct arena *arena, const char *kind, const char *name, struct costs *costs)
{
    costs->group[costs->group_count] = arena_print(arena, "%s.%s", kind, name);
    return costs->group_count++;
}

static void make_measure_groups(struct arena *arena, const struct measures *measures,
                                struct costs *costs)
{
    costs->group_of_measure = arena_new(arena, int, (size_t)measures->count + 1);
    for (int m = 0; m < measures->count; m++)
        costs->group_of_measure[m] =
            measures->list[m].has_cost ? add_group(arena, "measure", measures->list[m].name, costs)
                                       : -1;
}

static void make_status_groups(struct arena *arena, const struct statuses *statuses,
                               struct costs *costs)
{
    costs->group_of_status = arena_new(arena, int, (size_t)statuses->count + 1);
    for (int s = 0; s < statuses->count; s++)
        costs->group_of_status[s] = statuses->list[s].overdue.rate_count > 0
                                        ? add_group(arena, "status", statuses->name[s], costs)
                                        : -1;
}

/* Institutions, then units that belong to none and cost something, the programme, measures,
 * statuses. */
static void make_groups(struct arena *arena, const struct estate *estate,
                        const struct measures *measures, const struct statuses *statuses,
                        bool works_cost, struct costs *costs)
{
    size_t units = (size_t)estate->unit_count, institutions = (size_t)estate->institution_count;
    costs->group =
        arena_new(arena, const char *,
                  units + institutions + (size_t)measures->count + (size_t)statuses->count + 1);
    costs->group_of_unit = arena_new(arena, int, units + 1);
    costs->group_of_institution = arena_new(arena, int, institutions + 1);
    for (int i = 0; i < estate->institution_count; i++)
        costs->group_of_institution[i] =
            add_group(arena, "institution", estate->institution_name[i], costs);
    for (int u = 0; u < estate->unit_count; u++) {
        const struct unit *unit = &estate->unit[u];
        costs->group_of_unit[u] = -1;
        if (unit->institution >= 0)
            costs->group_of_unit[u] = costs->group_of_institution[unit->institution];
        else if (has_cost(&estate->regime[unit->regime]))
            costs->group_of_unit[u] = add_group(arena, "unit", unit->name, costs);
    }
    costs->programme = works_cost ? add_group(arena, "works", "programme", costs) : -1;
    make_measure_groups(arena, measures, costs);
    make_status_groups(arena, statuses, costs);
}

void costs_read(struct reader *reader, struct node *node, const struct estate *estate,
                const struct staff *staff, const struct measures *measures,
                const struct statuses *statuses, bool works_cost, struct costs *costs)
{
    struct draft draft = {0};
    *costs = (struct costs){.used = works_cost};
    if (node)
        fields_read(reader, node, costs_fields, &draft);
    if (draft.compare)
        read_lines(reader, draft.compare, costs);
    costs->price_year = draft.price_year;
    for (int r = 0; r < estate->regime_count; r++)
        costs->used |= has_cost(&estate->regime[r]);
    for (int m = 0; m < measures->count; m++)
        costs->used |= measures->list[m].has_cost;
    for (int s = 0; s < statuses->count; s++)
        costs->used |= statuses->list[s].overdue.rate_count > 0;
    costs->used |=
        staff->count > 0 && (staff->cost_per_fte.count > 0 || staff->agency_cost_per_fte.count > 0);
    if (costs->used)
        make_groups(reader->arena, estate, measures, statuses, works_cost, costs);
    else if (costs->line_count > 0)
        node_key_error(reader, draft.compare,
                       "compare has nothing to compare with: no cost_per_day, cost_per_fte, "
                       "cost_per_year, one_off or cost is stated");
}
