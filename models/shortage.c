#include "models/shortage.h"

#include "models/capacity.h"
#include "models/demand.h"

struct people {
    int32_t need[POOLS_AT_MOST], usable[POOLS_AT_MOST]; /* by group */
};

void shortage_sent_home(struct prison *prison, const struct person *person, int change)
{
    const struct rules *rules = &prison->plan->rules;
    uint8_t             group =
        prison->plan->columns.stand_in
            .group_of_who[(uint32_t)person->status * rules->profile_count + person->profile];
    if (group != NO_GROUP)
        prison->at_home[group] += change;
}

/* Who is in a place of a group. */
static void add_units(const struct prison *prison, const struct stand_in *stand_in,
                      struct people *people)
{
    for (int u = 0; u < prison->plan->estate.unit_count; u++) {
        uint8_t group = stand_in->group_of_unit[u];
        if (group == NO_GROUP)
            continue;
        people->need[group] += prison->unit[u].occupied;
        people->usable[group] += prison->unit[u].usable;
    }
}

/* Who is in a police cell, or at home, for want of one. The number in police cells in all. */
static int32_t add_cells(const struct prison *prison, const struct stand_in *stand_in,
                         struct people *people)
{
    const struct columns *columns = &prison->plan->columns;
    const struct estate  *estate = &prison->plan->estate;
    int32_t               in_cells = 0;
    for (int e = 0; e < stand_in->emergency_count; e++)
        in_cells += prison->unit[stand_in->emergency[e]].occupied;
    for (int r = 0; r < columns->row_count && in_cells > 0; r++) {
        const struct cell *cell = prison->present + (size_t)r * prison->group_count;
        int                regime = columns->regime_of_row[r];
        if (regime == estate->regime_count || !estate->regime[regime].emergency)
            continue;
        for (size_t i = 0; i < prison->group_count; i++)
            if (stand_in->group_of_cell[i] != NO_GROUP)
                people->need[stand_in->group_of_cell[i]] += cell[i].people;
    }
    for (int g = 0; g < stand_in->count; g++)
        people->need[g] += prison->at_home[g];
    return in_cells;
}

static bool waits_outside(const struct prison *prison, int status)
{
    return prison->statuses[status].waits_in == WAITS_OUTSIDE;
}

/* Who waits outside, as his status says. Who waits to move has a place meanwhile. */
static int32_t queue(const struct prison *prison)
{
    int32_t            waiting = 0;
    const struct cell *cell = prison->waiting;
    for (int s = 0; s < prison->plan->statuses.count; s++, cell += prison->class_count)
        if (waits_outside(prison, s))
            for (size_t class = 0; class < prison->class_count; class ++)
                waiting += cell[class].people;
    for (uint32_t i = 0; i < prison->transfers.waiting_count; i++)
        waiting -= waits_outside(prison, prison->person[prison->transfers.waiting[i]].status);
    return waiting;
}

static void put_groups(const struct stand_in *stand_in, const struct people *people, int32_t *row)
{
    for (int g = 0; g < stand_in->count; g++) {
        int32_t lacking = people->need[g] - people->usable[g];
        int32_t shortage = lacking > 0 ? lacking : 0;
        row[stand_in->need_total] += people->need[g];
        row[stand_in->shortage_total] += shortage;
        if (!stand_in->need)
            continue;
        row[stand_in->need[g]] += people->need[g];
        row[stand_in->shortage[g]] += shortage;
        row[stand_in->usable[g]] += people->usable[g];
    }
}

static void put_demand(const struct prison *prison, const struct people *people, int32_t *row)
{
    const struct stand_in *stand_in = &prison->plan->columns.stand_in;
    for (int m = 0; m < DEMANDS; m++) {
        const struct demand_columns *columns = &stand_in->demand[m];
        if (!columns->is_asked)
            continue;
        const int32_t *need = demand_of_day(prison, (enum demand_meaning)m);
        for (int g = 0; g < stand_in->count; g++) {
            int32_t lacking = need[g] - people->usable[g], shortage = lacking > 0 ? lacking : 0;
            row[columns->need_total] += need[g];
            row[columns->shortage_total] += shortage;
            if (!columns->need)
                continue;
            row[columns->need[g]] += need[g];
            row[columns->shortage[g]] += shortage;
        }
    }
}

static bool is_code_black(const struct prison *prison, const struct code_black *black,
                          int32_t in_cells)
{
    int64_t occupied = 0, usable = 0;
    for (int u = 0; u < prison->plan->estate.unit_count; u++)
        if (black->is_of[u]) {
            occupied += prison->unit[u].occupied;
            usable += prison->unit[u].usable;
        }
    return in_cells >= black->cells && usable > 0 &&
           (u128)occupied * (u128)black->at_least.den >= (u128)usable * (u128)black->at_least.num;
}

void shortage_record(struct prison *prison, int32_t *row)
{
    const struct columns  *columns = &prison->plan->columns;
    const struct stand_in *stand_in = &columns->stand_in;
    struct people          people;
    for (int g = 0; g < stand_in->count; g++)
        people.need[g] = people.usable[g] = 0;
    add_units(prison, stand_in, &people);
    int32_t in_cells = add_cells(prison, stand_in, &people);
    row[stand_in->cell_total] += in_cells;
    row[stand_in->queue_total] += queue(prison);
    for (int g = 0; g < stand_in->count; g++)
        row[stand_in->at_home_total] += prison->at_home[g];
    put_groups(stand_in, &people, row);
    if (prison->demand)
        put_demand(prison, &people, row);
    if (stand_in->code_black.asked && is_code_black(prison, &stand_in->code_black, in_cells))
        row[stand_in->code_black.column]++;
}
