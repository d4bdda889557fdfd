/* Rules opened by valves (`out_of_category`): while one is open, people of the rules that it names
 * may also have the places that these list as out of category and not in `to`, after those of `to`.
 *
 * A rule that is open has, in the world, other entitlements than in the plan; all that asks what
 * holds for a person asks the world (prison_entitlement).
 */
#ifndef CELSIM_MODELS_CATEGORY_H
#define CELSIM_MODELS_CATEGORY_H

#include "models/prison.h"

/* Nothing where no valve opens rules. */
void category_open(struct prison *prison, struct arena *arena);

/* At 0:00: these valves (a mask) are open from now on. Who waits by a rule that opens or closes
 * stands on its other list; who has a place keeps it. */
void category_set(struct prison *prison, uint64_t open);

/* He has got a place out of category by what the world gives him: counted where he would not have
 * it in the plan. */
void category_count(struct prison *prison, const struct person *person);

#endif
