#include "models/demand_tables.h"

static bool is_asked(const struct scenario *plan)
{
    return plan->columns.stand_in.demand[DEMAND_NORMAL].is_asked ||
           plan->columns.stand_in.demand[DEMAND_CATCHING_UP].is_asked;
}

static uint8_t first_pool(const struct scenario *plan, const struct list_plan *list)
{
    for (int i = 0; i < list->pool_count; i++)
        if (demand_group_of_pool(plan, list->pool[i]) != NO_GROUP)
            return list->pool[i];
    return list->pool[0];
}

/* Rows of present whose units are of one group, of several, of none. */
static void find_rows(const struct scenario *plan, struct demand *demand)
{
    const struct columns *columns = &plan->columns;
    for (int r = 0; r < columns->row_count; r++)
        demand->group_of_row[r] = NO_GROUP;
    for (int u = 0; u < plan->estate.unit_count; u++) {
        uint16_t row = columns->row_of_unit[u];
        uint8_t  group = columns->stand_in.group_of_unit[u];
        if (group == NO_GROUP)
            continue;
        if (demand->group_of_row[row] != NO_GROUP && demand->group_of_row[row] != group)
            demand->is_mixed[row] = true;
        demand->group_of_row[row] = group;
    }
}

static void find_classes(const struct scenario *plan, struct demand *demand)
{
    int            classes = plan->columns.class_count;
    const uint8_t *group_of_cell = plan->columns.stand_in.group_of_cell;
    for (int c = 0; c < classes; c++) {
        demand->group_of_class[c] = NO_GROUP;
        for (int s = 0; s < plan->statuses.count && demand->group_of_class[c] == NO_GROUP; s++)
            demand->group_of_class[c] = group_of_cell[s * classes + c];
    }
}

void demand_open(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    const struct stand_in *stand_in = &plan->columns.stand_in;
    size_t                 groups = (size_t)stand_in->count, rows = (size_t)plan->columns.row_count;
    if (!is_asked(plan))
        return;
    struct demand *demand = arena_new(arena, struct demand, 1);
    for (int m = 0; m < DEMANDS; m++) {
        if (!stand_in->demand[m].is_asked)
            continue;
        demand->meanings |= 1U << m;
        demand->change[m] = arena_new(arena, int32_t, (size_t)plan->period.day_count * groups);
        demand->people[m] = arena_new(arena, int32_t, groups);
    }
    demand->sum = arena_new(arena, int32_t, groups);
    demand->pool_of_list = arena_new(arena, uint8_t, (size_t)plan->rules.list_count);
    for (int l = 0; l < plan->rules.list_count; l++)
        demand->pool_of_list[l] = first_pool(plan, &plan->rules.lists[l]);
    demand->group_of_row = arena_new(arena, uint8_t, rows);
    demand->is_mixed = arena_new(arena, bool, rows);
    find_rows(plan, demand);
    demand->group_of_class = arena_new(arena, uint8_t, (size_t)plan->columns.class_count);
    find_classes(plan, demand);
    prison->demand = demand;
}

size_t demand_room(const struct scenario *plan)
{
    size_t groups = (size_t)plan->columns.stand_in.count;
    size_t tables = (size_t)plan->rules.list_count + (size_t)plan->columns.row_count * 2 +
                    (size_t)plan->columns.class_count;
    if (!is_asked(plan))
        return 0;
    return sizeof(struct demand) + tables +
           DEMANDS * ((size_t)plan->period.day_count + 2) * groups * sizeof(int32_t);
}

/* -- at midnight */

/* Who waits in a place of a group for one of no group (a clinic's) is blocked there whatever is
 * executed: he is taken from the world. */
static void add_blocked(const struct prison *prison, int32_t *people)
{
    const struct demand   *demand = prison->demand;
    const struct columns  *columns = &prison->plan->columns;
    const struct stand_in *stand_in = &columns->stand_in;
    for (int r = 0; r < columns->row_count; r++) {
        const struct cell *cell = prison->present + (size_t)r * prison->group_count;
        if (demand->group_of_row[r] == NO_GROUP)
            continue;
        for (size_t i = 0; i < prison->group_count; i++) {
            if (stand_in->group_of_cell[i] != NO_GROUP || cell[i].people == 0)
                continue;
            uint8_t group = demand->is_mixed[r] ? demand->group_of_class[i % prison->class_count]
                                                : demand->group_of_row[r];
            if (group != NO_GROUP)
                people[group] += cell[i].people;
        }
    }
}

const int32_t *demand_of_day(const struct prison *prison, enum demand_meaning meaning)
{
    struct demand *demand = prison->demand;
    int32_t        groups = prison->plan->columns.stand_in.count;
    int32_t       *people = demand->people[meaning];
    for (int32_t *day = &demand->next_day[meaning]; *day <= prison->day; (*day)++)
        for (int32_t g = 0; g < groups; g++)
            people[g] += demand->change[meaning][(size_t)*day * (size_t)groups + (size_t)g];
    for (int32_t g = 0; g < groups; g++)
        demand->sum[g] = people[g];
    add_blocked(prison, demand->sum);
    return demand->sum;
}
