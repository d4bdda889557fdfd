/* Measures that change places: in a replication before its first event, and what they count. */
#include "models/spending.h"
#include "models/supply.h"
#include "sim/date.h"

/* As long as it ramps up, a change on each day on which a place more comes or goes. */
static void add_unit(struct supply *supply, const struct measure *measure,
                     const struct unit_change *change)
{
    const struct scenario *plan = supply->plan;
    int                    why = change->places < 0 ? measure->why : NO_CAUSE;
    if (!measure_reaches(measure, &plan->estate.unit[change->unit], &plan->period))
        return;
    for (int32_t day = 0; day <= measure->ramp_days; day++) {
        int32_t more =
            measure_places_by(measure, change, day) - measure_places_by(measure, change, day - 1);
        if (more != 0 && measure->starts + day <= measure->last)
            supply_add(supply, change->unit,
                       (struct change){
                           .from = measure->starts + day, .to = measure->last, more, .why = why});
    }
}

uint64_t supply_measures_off(const struct supply *supply)
{
    const struct measures *measures = &supply->plan->measures;
    uint64_t               off = 0;
    for (int m = 0; m < measures->count && !supply->is_plan; m++)
        if (!measure_is_law(&measures->list[m], supply->seed, supply->replication))
            off |= (uint64_t)1 << m;
    return off;
}

void supply_add_measures(struct supply *supply)
{
    const struct measures *measures = &supply->plan->measures;
    for (int m = 0; m < measures->count; m++) {
        const struct measure *measure = &measures->list[m];
        if (!supply->is_plan && !measure_is_law(measure, supply->seed, supply->replication))
            continue;
        for (int i = 0; i < measure->unit_change_count; i++)
            add_unit(supply, measure, &measure->unit_change[i]);
    }
}

/* -- what they count */

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Of the days on which it is in force, from one up to the day before `end`. */
static int64_t count_days(const struct measure *measure, const struct unit_change *change,
                          int32_t from, int32_t end)
{
    int32_t whole = later(from, earlier(measure->starts + measure->ramp_days, end));
    int64_t days = (int64_t)change->places * (end - whole);
    for (int32_t day = from; day < whole; day++)
        days += measure_places_by(measure, change, day - measure->starts);
    return days;
}

/* Days of one calendar year. */
static void count(struct prison *prison, int m, int32_t from, int32_t end)
{
    const struct scenario *plan = prison->plan;
    const struct measure  *measure = &plan->measures.list[m];
    const struct columns  *columns = &plan->columns;
    size_t                 year = plan->year_of_day[from - plan->period.start];
    int64_t               *value = prison->record->yearly + year * (size_t)columns->yearly_count +
                     (size_t)(columns->policy_first + measure->column);
    int64_t cents =
        measure->cost_per_year * (end - from) / date_year_days(date_from_day(from).year);
    for (int i = 0; i < measure->unit_change_count; i++) {
        int64_t days = count_days(measure, &measure->unit_change[i], from, end);
        value[PLACES_DAYS] += days;
        cents += days > 0 ? days * measure->cost_per_place_day : 0;
    }
    value[PLACES_COST] += cents;
    if (measure->has_cost)
        spending_add_once(prison, plan->costs.group_of_measure[m], COST_MEASURES, from, cents);
}

void supply_count_measures(struct prison *prison)
{
    const struct period   *period = &prison->plan->period;
    const struct measures *measures = &prison->plan->measures;
    for (int m = 0; m < measures->count; m++) {
        const struct measure *measure = &measures->list[m];
        if (measure->kind != &measure_places ||
            !measure_is_law(measure, prison->seed, prison->replication))
            continue;
        int32_t from = later(measure->starts, period->first_record);
        int32_t end = earlier(measure->last, period->end) + 1;
        for (int32_t next; from < end; from = next) {
            next = earlier(date_to_day((struct date){date_from_day(from).year + 1, 1, 1}), end);
            count(prison, m, from, next);
        }
    }
}
