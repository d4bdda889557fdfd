#include "models/policy.h"

#include "models/sleepers.h"

/* In the year of the first day of the outputs on which it is in force. */
static void count_in_force(struct prison *prison, const struct measure *measure)
{
    const struct scenario *plan = prison->plan;
    const struct period   *period = &plan->period;
    const struct columns  *columns = &plan->columns;
    int32_t first = measure->starts > period->first_record ? measure->starts : period->first_record;
    if (first > measure->last || first > period->end)
        return;
    int count;
    (void)measure_columns(measure, &count); /* those of its kind; this one is behind them */
    size_t year = plan->year_of_day[first - period->start];
    int    column = columns->policy_first + measure->column + count;
    prison->record->yearly[year * (size_t)columns->yearly_count + (size_t)column] = 1;
}

void policy_open_day(struct prison *prison)
{
    const struct columns *columns = &prison->plan->columns;
    size_t                year = prison->plan->year_of_day[prison->day];
    if (prison->now_min >= prison->window_min)
        prison->policy_year =
            prison->record->yearly + year * (size_t)columns->yearly_count + columns->policy_first;
}

void policy_open(struct prison *prison)
{
    const struct measures *measures = &prison->plan->measures;
    policy_open_day(prison);
    for (int m = 0; m < measures->count; m++) {
        const struct measure *measure = &measures->list[m];
        if (!measure->has_chance)
            continue;
        if (measure_is_law(measure, prison->seed, prison->replication))
            count_in_force(prison, measure);
        else
            prison->measures_off |= (uint64_t)1 << m;
    }
}

/* A key has the day of the first arrival, but for those who were there at the start. */
int32_t policy_day_of_arrival(const struct prison *prison, const struct person *person)
{
    const struct scenario *plan = prison->plan;
    int                    group = person->stream - plan->flows.count;
    if (person_generation(person->key) > 0)
        return sleepers_day_of(prison, person);
    if (group >= 0 && group < plan->start.count)
        return plan->period.start - 1;
    return (int32_t)(person->key >> PERSON_DAY_SHIFT &
                     (((uint64_t)1 << (PERSON_RANK_SHIFT - PERSON_DAY_SHIFT)) - 1));
}

int32_t policy_day_of_law(const struct prison *prison, const struct measure *measure,
                          const struct person *person)
{
    if (measure->by_arrival)
        return policy_day_of_arrival(prison, person);
    uint64_t n = prison_draw(prison, person, prison->plan->measures.draw_offence);
    return policy_day_of_arrival(prison, person) -
           (int32_t)(shape_draw_min(measure->offence_delay, n) / MINUTES_A_DAY);
}

static bool is_for_present(const struct prison *prison, const struct measure *measure)
{
    return !measure->by_arrival && !policy_is_off(prison, measure);
}

uint64_t policy_starting(const struct prison *prison, uint64_t set, int32_t day)
{
    uint64_t found = 0;
    for (; set; set &= set - 1) {
        const struct measure *measure = measures_first(&prison->plan->measures, set);
        if (is_for_present(prison, measure) && measure->starts == day)
            found |= set & -set;
    }
    return found;
}

int64_t policy_next_start_min(const struct prison *prison, uint64_t set, int64_t minute)
{
    for (; set; set &= set - 1) {
        const struct measure *measure = measures_first(&prison->plan->measures, set);
        int64_t start_min = (int64_t)(measure->starts - prison->plan->period.start) * MINUTES_A_DAY;
        if (is_for_present(prison, measure) && start_min > minute)
            return start_min;
    }
    return NEVER;
}
