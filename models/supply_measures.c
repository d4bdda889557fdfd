/* Measures that change places: in a replication before its first event, and what they count. */
#include "models/spending.h"
#include "models/supply.h"
#include "sim/date.h"

/* As long as it ramps up, a change on each day on which a place more comes or goes. */
static void add_unit(struct supply *supply, const struct measure *measure,
                     const struct unit_change *change)
{
    int why = change->places < 0 ? measure->why : NO_CAUSE;
    for (int32_t day = 0; day <= measure->ramp_days; day++) {
        int32_t more =
            measure_places_by(measure, change, day) - measure_places_by(measure, change, day - 1);
        if (more != 0 && measure->starts + day <= measure->last)
            supply_add(supply, change->unit,
                       (struct change){
                           .from = measure->starts + day, .to = measure->last, more, .why = why});
    }
}

/* Out for works, then built no longer, then out for works on the way back. */
static void add_conversion(struct supply *supply, const struct measure *measure,
                           const struct unit_change *change)
{
    int32_t takes = measure->takes_days, last = measure->last;
    for (int32_t day = 0; day <= measure->ramp_days; day++) {
        int32_t more = measure_converts_on(measure, change, day),
                done = measure->starts + day + takes;
        if (more == 0)
            continue;
        if (takes > 0)
            supply_add(
                supply, change->unit,
                (struct change){.from = done - takes, .to = done - 1, -more, .why = CAUSE_WORKS});
        supply_add(supply, change->unit,
                   (struct change){.from = done, .to = last, -more, .why = NO_CAUSE});
        supply_add(supply, change->to,
                   (struct change){.from = done, .to = last, more, .why = NO_CAUSE});
        if (takes > 0 && last != NO_LAST_DAY)
            supply_add(
                supply, change->unit,
                (struct change){.from = last + 1, .to = last + takes, -more, .why = CAUSE_WORKS});
    }
}

static void add_change(struct supply *supply, const struct measure *measure,
                       const struct unit_change *change)
{
    if (!measure_reaches(measure, &supply->plan->estate.unit[change->unit], &supply->plan->period))
        return;
    if (measure->kind == &measure_convert)
        add_conversion(supply, measure, change);
    else
        add_unit(supply, measure, change);
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
            add_change(supply, measure, &measure->unit_change[i]);
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

/* The columns of a measure in the year of a day. */
static int64_t *columns_of(struct prison *prison, const struct measure *measure, int32_t day)
{
    const struct scenario *plan = prison->plan;
    const struct columns  *columns = &plan->columns;
    size_t                 year = plan->year_of_day[day - plan->period.start];
    return prison->record->yearly + year * (size_t)columns->yearly_count +
           (size_t)(columns->policy_first + measure->column);
}

/* The first day behind `from` that lies in another year, or `end`. */
static int32_t next_year(int32_t from, int32_t end)
{
    return earlier(date_to_day((struct date){date_from_day(from).year + 1, 1, 1}), end);
}

/* Days of one calendar year. */
static void count(struct prison *prison, int m, int32_t from, int32_t end)
{
    const struct scenario *plan = prison->plan;
    const struct measure  *measure = &plan->measures.list[m];
    int64_t               *value = columns_of(prison, measure, from);
    int64_t                cents =
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

static void count_places(struct prison *prison, int m)
{
    const struct period  *period = &prison->plan->period;
    const struct measure *measure = &prison->plan->measures.list[m];
    int32_t               from = later(measure->starts, period->first_record);
    int32_t               end = earlier(measure->last, period->end) + 1;
    for (int32_t next; from < end; from = next) {
        next = next_year(from, end);
        count(prison, m, from, next);
    }
}

/* So many places from a day to the last, both within the outputs. */
static void add_place_days(struct prison *prison, const struct measure *measure, int column,
                           int32_t from, int32_t last, int32_t places)
{
    const struct period *period = &prison->plan->period;
    int32_t              end = earlier(last, period->end) + 1;
    from = later(from, period->first_record);
    for (int32_t next; from < end; from = next) {
        next = next_year(from, end);
        columns_of(prison, measure, from)[column] += (int64_t)places * (next - from);
    }
}

static void count_conversion(struct prison *prison, int m, const struct unit_change *change)
{
    const struct period  *period = &prison->plan->period;
    const struct measure *measure = &prison->plan->measures.list[m];
    int32_t               takes = measure->takes_days, last = measure->last;
    for (int32_t i = 0; i <= measure->ramp_days; i++) {
        int32_t more = measure_converts_on(measure, change, i), day = measure->starts + i;
        int64_t cents = more * measure->cost_per_place;
        add_place_days(prison, measure, CONVERT_OUT, day, day + takes - 1, more);
        add_place_days(prison, measure, CONVERT_DAYS, day + takes, last, more);
        if (last != NO_LAST_DAY)
            add_place_days(prison, measure, CONVERT_OUT, last + 1, last + takes, more);
        if (day < period->first_record || day > period->end)
            continue;
        columns_of(prison, measure, day)[CONVERT_COST] += cents;
        if (measure->has_cost)
            spending_add_once(prison, prison->plan->costs.group_of_measure[m], COST_MEASURES, day,
                              cents);
    }
}

void supply_count_measures(struct prison *prison)
{
    const struct measures *measures = &prison->plan->measures;
    for (int m = 0; m < measures->count; m++) {
        const struct measure *measure = &measures->list[m];
        if (!measure_is_law(measure, prison->seed, prison->replication))
            continue;
        if (measure->kind == &measure_places)
            count_places(prison, m);
        for (int i = 0; measure->kind == &measure_convert && i < measure->unit_change_count; i++)
            count_conversion(prison, m, &measure->unit_change[i]);
    }
}
