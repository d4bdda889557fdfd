/* Measures in a replication: whether one holds, and what it counts: columns of a year in the
 * record, written to measures.csv.
 */
#ifndef CELSIM_MODELS_POLICY_H
#define CELSIM_MODELS_POLICY_H

#include "models/prison.h"

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

/* Whether the measure is in force now. */
static inline bool policy_holds(const struct prison *prison, const struct measure *measure)
{
    return measure_is_on(measure, prison->plan->period.start + prison->day);
}

#endif
