/* Arrivals: points of a plane, time x rate (docs/semantics.md, rule 3). A flow's day is cut in
 * slabs of 4 persons a day; the content of a slab depends on seed, replication, flow, day and slab
 * only. More inflow adds people above; nobody else changes.
 */
#ifndef CELSIM_MODELS_ARRIVALS_H
#define CELSIM_MODELS_ARRIVALS_H

#include "models/prison.h"

/* Before the first day. */
void arrivals_open(struct prison *prison, struct arena *arena);

/* Draws the persons of the day that begins now, in all flows: each has a record, and the event of
 * his arrival. */
void arrivals_open_day(struct prison *prison);

/* How many persons a slab has, Poisson(4) from the uniform of its index 0: 0 to 29. */
int arrivals_in_slab(uint64_t uniform52);

#endif
