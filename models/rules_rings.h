/* Whether the rules allow swaps: whose people, while they keep a place, may wait for a place of
 * whom. Worked out at load, so that a world whose rules allow no ring never looks for one.
 */
#ifndef CELSIM_MODELS_RULES_RINGS_H
#define CELSIM_MODELS_RULES_RINGS_H

#include "models/start.h"

/* The pools in which a person of this status and profile may get a place, at a limit or from a date
 * on too. */
mask rules_pools_given(const struct rules *rules, int status, uint32_t profile);

/* Sets rules->ring_pools: the pools on some ring (and those between two rings) in the graph "people
 * who are in pool A may wait for pool B". No ring that a run can form lies outside of them. */
void rules_find_rings(struct arena *arena, const struct attributes *attributes,
                      const struct statuses *statuses, const struct estate *estate,
                      const struct start *start, struct rules *rules);

#endif
