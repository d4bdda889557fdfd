/* Crises of a person on his way (demand_walk.h), where the scenario has them: in one he is in the
 * first place for it. They are rare, so this stands off the path of all others.
 */
#ifndef CELSIM_MODELS_DEMAND_CRISIS_H
#define CELSIM_MODELS_DEMAND_CRISIS_H

#include "models/demand_walk.h"

/* He has a place of his own from now on: his crises run, and he goes where the one that is on has
 * him. */
void demand_start_crises(struct walk *walk);

/* Where his crises have him, until then. */
void demand_stay_by_crises(struct walk *walk, int64_t until_min);

/* He is in a crisis, and in a place for it. */
bool demand_keeps_crisis_place(const struct walk *walk);

#endif
