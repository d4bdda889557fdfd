/* The gates: which units take people in now, and whether there is transport. Keeps the quotas of
 * the day; closed units have no free places, lists without transport are not served.
 */
#ifndef CELSIM_MODELS_GATE_H
#define CELSIM_MODELS_GATE_H

#include "models/prison.h"

/* Before the first event. Leaves prison->gate NULL where the plan has neither intake nor transport.
 */
void gate_open(struct prison *prison, struct arena *arena);
/* KIND_CAPACITY of SLOT_GATE: midnight, or hours of intake that begin or end. */
void gate_turn(struct prison *prison);

/* He is about to be placed in this unit, not the one that he is in: counts on the quotas. For a
 * prison that has gates. */
void gate_count_move(struct prison *prison, const struct person *person, uint16_t unit);

/* The first minute from this one on in which a unit of the list is open, quotas aside. */
int64_t gate_next_open(const struct prison *prison, list_id list, int64_t minute);

#endif
