/* Arrivals: points of a plane, time x rate (docs/semantics.md, rule 3). A flow's day is cut in
 * slabs of 4 persons a day; the content of a slab depends on seed, replication, flow, day and slab
 * only. More inflow adds people above; nobody else changes.
 */
#ifndef CELSIM_MODELS_ARRIVALS_H
#define CELSIM_MODELS_ARRIVALS_H

#include "models/prison.h"

/* Draws the arrivals of the day that begins now, in all flows, in the order of their minutes. */
void arrivals_open_day(struct prison *prison);

/* The minute of the next arrival of the day, or INT64_MAX. */
static inline int64_t arrivals_next_min(const struct prison *prison)
{
    if (prison->arrival_at == prison->arrival_count)
        return INT64_MAX;
    return prison->midnight_min +
           prison->arrival[prison->arrival_order[prison->arrival_at]].minute_of_day;
}

static inline const struct arrival *arrivals_take(struct prison *prison)
{
    return &prison->arrival[prison->arrival_order[prison->arrival_at++]];
}

/* How many persons a slab has, Poisson(4) from the uniform of its index 0: 0 to 29. */
int arrivals_in_slab(uint64_t uniform52);

#endif
