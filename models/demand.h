/* Who should be held by two more meanings of demand than that of the measures in force: normal
 * execution, and catching up (docs/semantics.md, rule 20). Where nobody waits for a place nobody is
 * in another's way, and a person's path follows from his own draws: it is walked in one go when he
 * comes, beside the world, which is only read.
 */
#ifndef CELSIM_MODELS_DEMAND_H
#define CELSIM_MODELS_DEMAND_H

#include "models/prison.h"

/* Takes room for the days where the plan asks for one of the two. */
void demand_open(struct prison *prison, struct arena *arena);

/* What that takes of the arena, bytes. */
size_t demand_room(const struct scenario *plan);

/* The paths of those who are there at the first midnight, before any event. Only after demand_open
 * took room, like all below. */
void demand_start(struct prison *prison);

/* The path of a new person, complete but for his event. */
void demand_arrive(const struct prison *prison, const struct person *person);

/* Of a day whose end has come, days in their order: who should be held at 24:00 by a meaning, by
 * group of stand_in. [group] */
const int32_t *demand_of_day(const struct prison *prison, enum demand_meaning meaning);

#endif
