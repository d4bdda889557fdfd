/* The places of units over time, in the world: what is usable, what may be given, and what happens
 * when a unit shrinks. Places change at midnight, before anybody leaves or comes.
 */
#ifndef CELSIM_MODELS_CAPACITY_H
#define CELSIM_MODELS_CAPACITY_H

#include "models/prison.h"

/* Plans the first change of places. */
void capacity_open(struct prison *prison, struct arena *arena);

/* All changes of this day that are not made yet. Whoever asks for places at midnight calls it
 * first, so that nothing depends on the order within the minute. */
void capacity_apply(struct prison *prison);

/* KIND_CAPACITY: these, and plans the next day with some. */
void capacity_change(struct prison *prison);

/* From now on a unit has the places of this step. */
void capacity_set(struct prison *prison, const struct places_step *step);

/* Told by the ledger: somebody came in over capacity. */
void capacity_entered(struct prison *prison, const struct unit_state *unit);

/* Told by the ledger: somebody left, and the unit is full still. */
void capacity_left(struct prison *prison, const struct unit_state *unit);

/* Told by pairs.h, of a unit that shares: so many of its places count now, or fewer than before. */
void capacity_count(struct prison *prison, uint16_t unit, int32_t counted, bool shrinks);

struct capacity_now capacity_now(const struct prison *prison, uint16_t unit);

#endif
