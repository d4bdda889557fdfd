/* Rules opened by valves (`out_of_category`): while one is open, people of the rules that it names
 * may also have the places that these list as out of category and not in `to`, after those of `to`.
 * And rules changed by measures of the kind placement: while these are in force a twin of the rule
 * holds in its place (rules_twins.h).
 *
 * A rule that is open or has a twin has, in the world, other entitlements than in the plan; all
 * that asks what holds for a person asks the world (prison_entitlement).
 */
#ifndef CELSIM_MODELS_CATEGORY_H
#define CELSIM_MODELS_CATEGORY_H

#include "models/prison.h"

/* Nothing where no valve opens rules and no measure changes any. The rules are those of the first
 * day. */
void category_open(struct prison *prison, struct arena *arena);

/* At 0:00: these valves (a mask) are open from now on, and measures are in force as today. Who
 * waits by a rule that changes stands on its other list; who has a place keeps it, and who sits in
 * a place that a measure gives him has it; from a crisis place that is not his any more he goes
 * back. */
void category_set(struct prison *prison, uint64_t open);

/* He has got a place out of category by what the world gives him: counted where he would not have
 * it in the plan. */
void category_count(struct prison *prison, const struct person *person);

/* He has got the place in which he is, or keeps it, by what holds for him: counted by measures that
 * are in force on his rule. */
void category_count_placed(struct prison *prison, const struct person *person,
                           const struct entitlement *entitlement);

/* What holds for him on a day of the calendar without valves and emergency measures. */
const struct entitlement *category_normally(const struct prison *prison,
                                            const struct person *person, int32_t day);

/* 0:00 of the next day after a minute on which a measure that is no emergency may change his rule;
 * NEVER. */
int64_t category_next_turn_min(const struct prison *prison, const struct person *person,
                               int64_t minute);

#endif
