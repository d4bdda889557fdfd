/* What measures count in a replication: columns of a year in its record, written to measures.csv.
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

#endif
