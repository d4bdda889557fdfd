/* Measures in a replication: which bills are law in it, whether one holds, and what it counts:
 * columns of a year in the record, written to measures.csv.
 */
#ifndef CELSIM_MODELS_POLICY_H
#define CELSIM_MODELS_POLICY_H

#include "models/term.h"

/* Draws which measures are in force in this replication at all. Before the first day. */
void policy_open(struct prison *prison);

/* A bill that did not become law in this replication. */
static inline bool policy_is_off(const struct prison *prison, const struct measure *measure)
{
    return prison->measures_off >> (measure - prison->plan->measures.list) & 1;
}

/* To a column of the measures, counted from columns.policy_first, in the year of today; nothing in
 * the warm-up. */
static inline void policy_add(struct prison *prison, int column, int64_t value)
{
    const struct columns *columns = &prison->plan->columns;
    if (prison->now_min < prison->window_min)
        return;
    size_t year = prison->plan->year_of_day[prison->day];
    prison->record
        ->yearly[year * (size_t)columns->yearly_count + (size_t)(columns->policy_first + column)] +=
        value;
}

/* The day that is simulated. */
static inline int32_t policy_today(const struct prison *prison)
{
    return prison->plan->period.start + prison->day;
}

/* The day on which he came into the system (1970-01-01 is 0), or came back. Who was there at the
 * start arrived on the day before. */
int32_t policy_day_of_arrival(const struct prison *prison, const struct person *person);

/* The day by which the law is asked for him: that of his offence or his arrival, where the measure
 * goes by it, else this one. */
int32_t policy_day(const struct prison *prison, const struct measure *measure,
                   const struct person *person, int32_t today);

/* Whether the measure is in force on that day. */
static inline bool policy_applies_by_offence(const struct prison  *prison,
                                             const struct measure *measure,
                                             const struct person *person, int32_t today)
{
    return !policy_is_off(prison, measure) &&
           measure_is_on(measure, policy_day(prison, measure, person, today));
}

/* Whether its share, as it is on that day, takes him: by a uniform of the measure's name, for the
 * visit of his status. */
static inline bool policy_takes(const struct prison *prison, const struct measure *measure,
                                const struct person *person, int32_t today)
{
    return term_draw(prison, person, &measure->draw) <
           measure_threshold(measure, policy_day(prison, measure, person, today));
}

/* Whether the measure is in force now. */
static inline bool policy_holds(const struct prison *prison, const struct measure *measure)
{
    return measure_is_on(measure, policy_today(prison)) && !policy_is_off(prison, measure);
}

#endif
