/* The invariants of prison.h, recomputed from the persons and from nothing that the ledger counts.
 */
#include <string.h>

#include "models/capacity.h"

/* A record that holds a person of the system: not a free one. Checks are at midnight, before the
 * arrivals of the new day are drawn. */
static bool is_inside(const struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    return person->key != 0;
}

enum where { WHERE_HELD, WHERE_CELL, WHERE_OUTSIDE, WHERES };

static enum where where_is(const struct prison *prison, const struct person *person)
{
    const struct estate *estate = &prison->plan->estate;
    if (!prison_is_held(prison, person))
        return WHERE_OUTSIDE;
    return estate->regime[estate->unit[person->unit].regime].emergency ? WHERE_CELL : WHERE_HELD;
}

static void count_persons(const struct prison *prison, int64_t where[WHERES])
{
    memset(where, 0, WHERES * sizeof *where);
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++)
        if (is_inside(prison, id))
            where[where_is(prison, &prison->person[id])]++;
}

static void check_conservation(const struct prison *prison)
{
    int64_t where[WHERES];
    count_persons(prison, where);
    must(prison->started + prison->arrived + prison->returned ==
         where[WHERE_HELD] + where[WHERE_CELL] + where[WHERE_OUTSIDE] + prison->left);
}

static void check_units(const struct prison *prison)
{
    int32_t occupied[UNITS_AT_MOST + 1] = {0}, turnover[UNITS_AT_MOST + 1] = {0};
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++)
        if (is_inside(prison, id))
            occupied[prison->person[id].unit]++;
    turnover_count(&prison->turnovers, turnover);
    for (int u = 0; u <= prison->plan->estate.unit_count; u++) {
        const struct unit_state *unit = &prison->unit[u];
        must(unit->occupied == occupied[u]);
        must(unit->turnover == turnover[u]);
        int32_t free = unit->entries - unit->occupied - unit->turnover;
        if (u < prison->plan->estate.unit_count)
            must(unit->free == (free > 0 && !unit->closed ? free : 0));
    }
}

/* Each unit is on its level and on no other, and what is used is what has one. */
static void check_levels(const struct prison *prison, const struct pool *pool)
{
    uint64_t units[LEVELS] = {0};
    for (int i = 0; i < pool->unit_count; i++) {
        const struct unit_state *unit = &prison->unit[pool->unit[i]];
        must(unit->bit == (uint64_t)1 << i % LEVEL_UNITS);
        units[level_of(unit->free)] |= unit->bit;
        if (i % LEVEL_UNITS < LEVEL_UNITS - 1 && i + 1 < pool->unit_count)
            continue;
        const struct levels *levels = &prison->levels[unit->levels];
        for (int level = 0; level < LEVELS; level++) {
            must(levels->on[level] == units[level]);
            must((levels->used >> level & 1) == (units[level] != 0));
            units[level] = 0;
        }
    }
}

static void check_pools(const struct prison *prison)
{
    const struct rules *rules = &prison->plan->rules;
    for (int p = 0; p < rules->pool_count; p++)
        if (rules->pool[p].unit_count > 1)
            check_levels(prison, &rules->pool[p]);
}

/* The day whose places are in force: at midnight still the one that ends. */
static int32_t day_in_force(const struct prison *prison)
{
    int64_t min = prison->now_min > 0 ? prison->now_min - 1 : 0;
    return prison_date(prison, min);
}

static bool may_share(const struct prison *prison, const struct person *person)
{
    const struct estate *estate = &prison->plan->estate;
    if (person->unit == prison->outside || !estate_shares(estate, person->unit))
        return false;
    int                         regime = estate->unit[person->unit].regime;
    const struct two_in_a_cell *two = estate->regime[regime].two_in_a_cell;
    size_t who = (size_t)person->status * prison->plan->rules.profile_count + person->profile;
    return !(prison->pairs.closed >> regime & 1) && two->from <= day_in_force(prison) &&
           day_in_force(prison) <= two->to && (estate->may_share[who] >> regime & 1);
}

/* Of the places that are usable by the dates, second ones without a pair. */
static int32_t unpaired_places(const struct prison *prison, int u, int32_t usable, int32_t able)
{
    const struct unit *unit = &prison->plan->estate.unit[u];
    if (!estate_shares(&prison->plan->estate, u))
        return 0;
    int64_t second = (int64_t)unit->for_two * usable / (unit->built + unit->added);
    second = second < unit->for_two ? second : unit->for_two;
    return second > able / 2 ? (int32_t)second - able / 2 : 0;
}

/* For entries those who may share count only if they may up to the end of the drain days. */
static int32_t able_at_last(const struct prison *prison, int u, int32_t able)
{
    const struct estate *estate = &prison->plan->estate;
    if (!estate_shares(estate, u))
        return 0;
    int64_t last = estate->regime[estate->unit[u].regime].two_in_a_cell->to;
    int32_t drain_days = prison->now_min > 0 ? estate->unit[u].dated.drain_days : 0;
    return day_in_force(prison) + drain_days <= last ? able : 0;
}

/* built = usable + out of use by the five causes + unpaired, with those that close late. */
static void check_sum(const struct prison *prison, int u, const struct places *places,
                      int32_t unpaired)
{
    struct capacity_now now = capacity_now(prison, (uint16_t)u);
    int32_t             sum = prison->unit[u].usable + now.unpaired, planned = 0;
    for (int c = 0; c < CAUSES; c++) {
        sum += now.places.out[c];
        planned += places->out[c];
    }
    must(now.places.built == sum);
    must(places->built == places->usable + planned);
    must(now.late > 0 || now.unpaired == unpaired);
}

/* Places by the dates of the plan, who must move and who may share by the persons. */
static void check_capacity(const struct prison *prison)
{
    int32_t moving[UNITS_AT_MOST + 1] = {0}, able[UNITS_AT_MOST + 1] = {0};
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (!is_inside(prison, id))
            continue;
        moving[person->unit] += person_must_move(person);
        able[person->unit] += may_share(prison, person);
    }
    for (int u = 0; u < prison->plan->estate.unit_count; u++) {
        const struct dated_places  *dated = prison->dated[u];
        const struct unit_state    *unit = &prison->unit[u];
        const struct unit_capacity *capacity = &prison->capacity[u];
        struct places               places = places_on(dated, day_in_force(prison));
        int32_t over = unit->occupied > unit->usable ? unit->occupied - unit->usable : 0;
        must(memcmp(&capacity->planned, &places, sizeof places) == 0);
        int32_t lowest =
            prison->now_min > 0 ? places_lowest(dated, day_in_force(prison)) : places.usable;
        int32_t unpaired = unpaired_places(prison, u, places.usable, able[u]);
        int32_t counted = places.usable - unpaired;
        must(unit->entries ==
             lowest - unpaired_places(prison, u, lowest, able_at_last(prison, u, able[u])));
        must(unit->usable == counted || (dated->on_shrink == ON_SHRINK_HOLD &&
                                         unit->usable > counted && unit->usable <= unit->occupied));
        check_sum(prison, u, &places, unpaired);
        must(capacity->moving == moving[u]);
        must(capacity->moving <= capacity->to_move && capacity->to_move <= over);
    }
}

/* By group of places: who was sent home and is not back. */
static void check_home(const struct prison *prison)
{
    const struct stand_in *stand_in = &prison->plan->columns.stand_in;
    uint32_t               profiles = prison->plan->rules.profile_count;
    int32_t                at_home[POOLS_AT_MOST] = {0};
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (!is_inside(prison, id) || !person_is_sent_home(person))
            continue;
        uint8_t group = stand_in->group_of_who[person->status * profiles + person->profile];
        if (group != NO_GROUP)
            at_home[group]++;
    }
    for (int g = 0; g < stand_in->count; g++)
        must(prison->at_home[g] == at_home[g]);
}

static void check_lists(const struct prison *prison)
{
    int      lists = 2 * prison->plan->rules.list_count;
    uint32_t on_lists = 0, in_lists = 0;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        if (!is_inside(prison, id) || prison->person[id].list == NO_LIST)
            continue;
        on_lists++;
        must(prison->person[id].list < lists);
    }
    for (int l = 0; l < lists; l++)
        in_lists += prison->list[l].count;
    must(on_lists == in_lists);
}

static void check_waiting(const struct prison *prison)
{
    int64_t cells = 0, persons = 0;
    int     groups = prison->plan->statuses.count * prison->plan->columns.class_count;
    for (int g = 0; g < groups; g++)
        cells += prison->waiting[g].people;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++)
        persons += is_inside(prison, id) && (prison->person[id].flags & PERSON_WAITING) != 0;
    must(cells == persons);
}

void prison_check(struct prison *prison)
{
    check_conservation(prison);
    check_units(prison);
    check_pools(prison);
    check_capacity(prison);
    check_home(prison);
    check_lists(prison);
    check_waiting(prison);
}

/* The stays of those still in the system, up to now. */
static void add_stays_under_way(struct prison *prison)
{
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (!is_inside(prison, id))
            continue;
        int64_t from =
            person->here_min > prison->window_min ? person->here_min : prison->window_min;
        prison->stayed_min[prison->unit[person->unit].minutes_row + person->status] +=
            prison->now_min - from;
    }
}

/* What people in units cost is reckoned from their minutes there: the same as of their stays. */
static void check_unit_minutes(const struct prison *prison)
{
    size_t statuses = (size_t)prison->plan->statuses.count;
    for (int r = 0; prison->unit_min && r < prison->plan->estate.regime_count; r++) {
        int64_t stayed = 0;
        for (size_t s = 0; s < statuses; s++)
            stayed += prison->stayed_min[(size_t)r * statuses + s];
        must(prison->unit_min[r] == stayed);
    }
}

void prison_close(struct prison *prison)
{
    prison_check(prison);
    add_stays_under_way(prison);
    check_unit_minutes(prison);
    int64_t counted = 0, stayed = 0;
    int     rows = (prison->plan->estate.regime_count + 1) * prison->plan->statuses.count;
    for (int i = 0; i < rows; i++) {
        must(prison->counted_min[i] == prison->stayed_min[i]);
        counted += prison->counted_min[i];
        stayed += prison->stayed_min[i];
    }
    int64_t where[WHERES];
    count_persons(prison, where);
    int64_t *total = prison->record->total;
    total[TOTAL_EVENTS] = (int64_t)prison->events.count;
    total[TOTAL_START] = prison->started;
    total[TOTAL_ARRIVALS] = prison->arrived;
    total[TOTAL_HELD] = where[WHERE_HELD];
    total[TOTAL_CELL] = where[WHERE_CELL];
    total[TOTAL_OUTSIDE] = where[WHERE_OUTSIDE];
    total[TOTAL_LEFT] = prison->left;
    total[TOTAL_PERSON_MINUTES] = counted;
    total[TOTAL_STAY_MINUTES] = stayed;
    if (prison->plan->returns.used)
        total[prison->plan->returns.total] = prison->returned;
}
