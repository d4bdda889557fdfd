#include "models/spending.h"

#include "models/capacity.h"
#include "sim/date.h"

__extension__ typedef __int128 wide;

static int64_t *cell(struct prison *prison, int32_t day, int group, enum cost_item item)
{
    const struct scenario *plan = prison->plan;
    const struct columns  *columns = &plan->columns;
    size_t                 year = plan->year_of_day[day - plan->period.start];
    return prison->record->yearly + year * (size_t)columns->yearly_count +
           (size_t)(columns->cost_first + group * COST_ITEMS + (int)item);
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Cents of an item from a day up to the day before `end`, of one calendar year, at so many cents a
 * year: by days of the year. Days outside the outputs are left out. */
static void add_rate(struct prison *prison, int group, enum cost_item item, int32_t from,
                     int32_t end, int64_t cents_a_year)
{
    const struct period *period = &prison->plan->period;
    int                  days_of_year = date_year_days(date_from_day(from).year);
    from = later(from, period->first_record);
    end = earlier(end, period->end + 1);
    if (from < end)
        *cell(prison, from, group, item) +=
            (int64_t)((wide)cents_a_year * (end - from) / days_of_year);
}

void spending_add_once(struct prison *prison, int group, enum cost_item item, int32_t day,
                       int64_t cents)
{
    const struct period *period = &prison->plan->period;
    if (day >= period->first_record && day <= period->end)
        *cell(prison, day, group, item) += cents;
}

/* -- staff */

static void add_staff(struct prison *prison, int row, int32_t from, int32_t end,
                      const int64_t millionths[STAFF_COLUMNS])
{
    const struct scenario *plan = prison->plan;
    const struct columns  *columns = &plan->columns;
    size_t                 year = plan->year_of_day[from - plan->period.start];
    int64_t               *value = prison->record->yearly + year * (size_t)columns->yearly_count +
                     (size_t)(columns->staff_first + row * STAFF_COLUMNS);
    for (int c = 0; c < STAFF_COLUMNS; c++)
        value[c] += (int64_t)((wide)millionths[c] * (end - from) * MINUTES_A_DAY / MILLIONTHS);
}

void spending_staff(void *context, const struct staffing *staffing, int32_t from, int32_t end,
                    const struct roster *roster)
{
    struct prison      *prison = context;
    const struct staff *staff = &prison->plan->staff;
    int                 year = date_from_day(from).year;
    const int64_t       millionths[STAFF_COLUMNS] = {[STAFF_NEEDED] = roster->needed,
                                                     [STAFF_EMPLOYED] = roster->employed,
                                                     [STAFF_AVAILABLE] = roster->available};
    int32_t             first = later(from, prison->plan->period.first_record);
    if (first >= end)
        return;
    add_staff(prison, 0, first, end, millionths);
    add_staff(prison, 1 + (int)(staffing - staff->list), first, end, millionths);
    if (!prison->plan->costs.used)
        return;
    int group = prison->plan->costs.group_of_institution[staffing->institution];
    add_rate(prison, group, COST_STAFF, from, end,
             millionths_of(by_year_on(&staff->cost_per_fte, year), roster->employed));
    add_rate(prison, group, COST_AGENCY, from, end,
             millionths_of(by_year_on(&staff->agency_cost_per_fte, year), roster->agency));
}

/* -- what is built */

/* More may be taken off than there is: nothing is built then (places_after, at the end of a time).
 */
static bool may_be_none_left(const struct dated_places *dated)
{
    int64_t least = dated->built;
    for (int i = 0; i < dated->change_count; i++)
        if (dated->change[i].why == NO_CAUSE && dated->change[i].places < 0)
            least += dated->change[i].places;
    return least < 0;
}

/* The first day behind `day` on which a change begins or is over, or `end`. */
static int32_t next_turn(const struct dated_places *dated, int32_t day, int32_t end)
{
    for (int i = 0; i < dated->change_count; i++) {
        const struct change *change = &dated->change[i];
        if (change->from > day)
            end = earlier(end, change->from);
        if (change->to >= day && change->to < end)
            end = change->to + 1;
    }
    return end;
}

static int64_t days_by_turn(const struct dated_places *dated, int32_t from, int32_t end)
{
    int64_t days = 0;
    for (int32_t next; from < end; from = next) {
        next = next_turn(dated, from, end);
        days += (int64_t)places_on(dated, from).built * (next - from);
    }
    return days;
}

/* Each change counts for the days on which it holds. */
static int64_t days_by_change(const struct dated_places *dated, int32_t from, int32_t end)
{
    int64_t days = (int64_t)dated->built * (end - from);
    for (int i = 0; i < dated->change_count; i++) {
        const struct change *change = &dated->change[i];
        int32_t              first = later(change->from, from);
        int32_t              last = change->to < end ? change->to : end - 1;
        if (change->why == NO_CAUSE && first <= last)
            days += (int64_t)change->places * (last - first + 1);
    }
    return days;
}

/* Place-days of a unit in some days. The sum of its changes, which is the faster, is wrong where
 * none may be left. */
static int64_t built_days(const struct dated_places *dated, int32_t from, int32_t end)
{
    return may_be_none_left(dated) ? days_by_turn(dated, from, end)
                                   : days_by_change(dated, from, end);
}

/* Calls for each calendar year of the outputs, or a part of one, from its first day to its end. */
static void each_year(struct prison *prison, int which,
                      void (*spend)(struct prison *prison, int which, int32_t from, int32_t end))
{
    const struct period *period = &prison->plan->period;
    for (int32_t from = period->first_record, next; from <= period->end; from = next) {
        struct date january = {date_from_day(from).year + 1, 1, 1};
        next = earlier(date_to_day(january), period->end + 1);
        spend(prison, which, from, next);
    }
}

static void add_built(struct prison *prison, int u, int32_t from, int32_t end)
{
    const struct scenario *plan = prison->plan;
    const struct by_year  *cost = &plan->estate.regime[plan->estate.unit[u].regime].built_cost;
    *cell(prison, from, plan->costs.group_of_unit[u], COST_BUILT) +=
        built_days(prison->dated[u], from, end) * by_year_on(cost, date_from_day(from).year);
}

/* Of the places of a unit those that are built by no date any more, but stand still as somebody is
 * in them (on_shrink: hold). */
static int32_t built_late(const struct prison *prison, uint16_t u)
{
    const struct places *planned = &prison->capacity[u].planned;
    return prison->unit[u].usable > planned->usable
               ? capacity_now(prison, u).places.built - planned->built
               : 0;
}

static void add_built_late(struct prison *prison, int32_t day)
{
    const struct scenario *plan = prison->plan;
    const struct estate   *estate = &plan->estate;
    for (int u = 0; u < estate->unit_count; u++) {
        const struct by_year *cost = &estate->regime[estate->unit[u].regime].built_cost;
        int32_t               late = cost->count > 0 ? built_late(prison, (uint16_t)u) : 0;
        if (late > 0)
            spending_add_once(prison, plan->costs.group_of_unit[u], COST_BUILT, day,
                              late * by_year_on(cost, date_from_day(day).year));
    }
}

/* -- works */

/* That of the first unit that a project is about, if it is of an institution. */
static int group_of_project(const struct scenario *plan, const struct project *project)
{
    const struct unit_list *lists[] = {&project->takes_out, &project->adds, &project->opens,
                                       &project->places_after};
    int                     unit = project->conversion_count > 0 ? project->conversion[0].from : -1;
    for (size_t i = 0; unit < 0 && i < sizeof lists / sizeof *lists; i++)
        if (lists[i]->count > 0)
            unit = lists[i]->list[0].unit;
    if (unit < 0 || plan->estate.unit[unit].institution < 0)
        return plan->costs.programme;
    return plan->costs.group_of_unit[unit];
}

static void add_project(struct prison *prison, int i, int32_t from, int32_t end)
{
    const struct scenario *plan = prison->plan;
    const struct project  *project = &plan->works.project[i];
    const int64_t *date = prison->record->total + plan->works.total_first + i * PROJECT_TOTALS;
    int32_t        first = later((int32_t)date[PROJECT_START], from);
    int32_t        stop = earlier((int32_t)date[PROJECT_END], end);
    if (first < stop)
        add_rate(prison, group_of_project(plan, project), COST_WORKS, first, stop,
                 project->cost_per_year);
}

static void add_works(struct prison *prison)
{
    const struct works *works = &prison->plan->works;
    for (int i = 0; i < works->count; i++) {
        const struct project *project = &works->project[i];
        int64_t start = prison->record->total[works->total_first + i * PROJECT_TOTALS];
        each_year(prison, i, add_project);
        spending_add_once(prison, group_of_project(prison->plan, project), COST_ONE_OFF,
                          (int32_t)start, project->one_off);
    }
}

void spending_open(struct prison *prison, struct arena *arena)
{
    const struct estate *estate = &prison->plan->estate;
    if (!prison->plan->costs.used)
        return;
    prison->unit_min = arena_new(arena, int64_t, (size_t)estate->regime_count + 1);
    for (int u = 0; u < estate->unit_count; u++)
        if (estate->regime[estate->unit[u].regime].built_cost.count > 0)
            each_year(prison, u, add_built);
    if (prison->plan->costs.programme >= 0)
        add_works(prison);
}

/* -- people */

/* Minutes that people were in a unit since the last time it was asked. */
static int64_t take_minutes(struct prison *prison, struct unit_state *unit)
{
    int64_t minutes = unit->occupied * prison->now_min + unit->moved_min;
    unit->moved_min = -unit->occupied * prison->now_min;
    return minutes;
}

static void add_occupied(struct prison *prison, int32_t day)
{
    const struct scenario *plan = prison->plan;
    const struct estate   *estate = &plan->estate;
    int                    year = date_from_day(day).year;
    for (int u = 0; u < estate->unit_count; u++) {
        int                   regime = estate->unit[u].regime;
        const struct by_year *cost = &estate->regime[regime].occupied_cost;
        int64_t               minutes = take_minutes(prison, &prison->unit[u]);
        if (day < plan->period.first_record)
            continue;
        prison->unit_min[regime] += minutes;
        if (cost->count > 0)
            *cell(prison, day, plan->costs.group_of_unit[u], COST_OCCUPIED) +=
                (int64_t)((wide)minutes * by_year_on(cost, year) / MINUTES_A_DAY);
    }
}

void spending_close_day(struct prison *prison)
{
    const struct period *period = &prison->plan->period;
    int32_t              day = period->start + prison->day;
    if (!prison->plan->costs.used)
        return;
    add_built_late(prison, day);
    if (day == period->end || day + 1 == period->first_record ||
        date_from_day(day).year != date_from_day(day + 1).year)
        add_occupied(prison, day);
}

void spending_add_measure(struct prison *prison, const struct measure *measure)
{
    size_t index = (size_t)(measure - prison->plan->measures.list);
    if (measure->has_cost)
        spending_add_once(prison, prison->plan->costs.group_of_measure[index], COST_MEASURES,
                          prison->plan->period.start + prison->day, measure->cost_per_person);
}
