/* Arrivals: points of a plane, time x rate (docs/semantics.md, rule 3). A flow's day is cut in
 * slabs of 4 persons a day; the content of a slab depends on seed, replication, flow, day and slab
 * only. More inflow adds people above; nobody else changes.
 */
#ifndef CELSIM_MODELS_ARRIVALS_H
#define CELSIM_MODELS_ARRIVALS_H

#include "models/prison.h"

/* Before the first day. */
void arrivals_open(struct prison *prison);

/* Draws the arrivals of the day that begins now, in all flows, in the order of their minutes. */
void arrivals_open_day(struct prison *prison);

/* Sets next_arrival. For arrivals_take and arrivals_open_day. */
static inline void arrivals_look_ahead(struct prison *prison)
{
    prison->next_arrival = EVENT_END;
    if (prison->arrival_at < prison->arrival_count)
        prison->next_arrival = events_key(
            &prison->events,
            prison->midnight_min + (int64_t)(prison->arrival_order[prison->arrival_at] >> 32),
            KIND_ARRIVAL, 0);
}

/* Takes the next arrival of the day. */
static inline const struct arrival *arrivals_take(struct prison *prison)
{
    uint32_t index = (uint32_t)prison->arrival_order[prison->arrival_at++];
    arrivals_look_ahead(prison);
    return &prison->arrival[index];
}

/* How many persons a slab has, Poisson(4) from the uniform of its index 0: 0 to 29. */
int arrivals_in_slab(uint64_t uniform52);

#endif
