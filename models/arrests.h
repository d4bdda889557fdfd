/* Arrests that are stopped: while a valve with `stop_arrests` is open, the hazard of its reason
 * does not act on those for whom it is meant. Their exponential times stand still and go on after
 * it, so the stock that has grown is arrested in a wave.
 *
 * Nothing is kept of a person: when which of these valves were open is kept, and his date is worked
 * out from it.
 */
#ifndef CELSIM_MODELS_ARRESTS_H
#define CELSIM_MODELS_ARRESTS_H

#include "models/prison.h"

/* Nothing where no valve stops arrests. */
void arrests_open(struct prison *prison, struct arena *arena);

/* The valves (a mask) that stop a reason (its number in his status) for him when they are open. */
uint64_t arrests_stopping(const struct prison *prison, const struct person *person, int reason);

/* When so many minutes will have passed since `from_min` in which none of these valves was open;
 * NEVER: not before they close. */
int64_t arrests_after(const struct prison *prison, uint64_t stopping, int64_t from_min,
                      int64_t minutes);

/* At 0:00: these valves (a mask) are open from now on. Who waits gets his new date. */
void arrests_stop(struct prison *prison, uint64_t open);

/* He begins to wait: counted by the open valves that are for him. */
void arrests_count(struct prison *prison, const struct person *person);

#endif
