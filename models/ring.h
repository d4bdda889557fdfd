/* Swaps: people in pools A1 .. Ak who each wait for a place of the next in a ring, all full, would
 * wait for ever. The first in order of each moves at once (docs/semantics.md, rule 7).
 */
#ifndef CELSIM_MODELS_RING_H
#define CELSIM_MODELS_RING_H

#include "models/prison.h"

/* After a round in which ring_wanted: swaps along the ring of the fewest pools, the first in file
 * order of these. false: there is none. */
bool ring_swap(struct prison *prison);

/* Stops the program where a ring is left, or where what is counted of those who sit in a pool and
 * wait is not so. */
void ring_check(const struct prison *prison);

#endif
