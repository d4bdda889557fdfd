/* Valves in a replication: what they look at each midnight, when they open and close, what follows.
 */
#ifndef CELSIM_MODELS_VALVE_REVIEW_H
#define CELSIM_MODELS_VALVE_REVIEW_H

#include "models/prison.h"

/* All closed; before custody_open. Nothing where the plan has none. */
void valves_open(struct prison *prison, struct arena *arena);

/* KIND_VALVE, at each midnight. */
void valves_review(struct prison *prison);

/* One person more may be chosen by it before the next review; true: he is counted. */
bool valve_take_one(struct prison *prison, int valve);

/* Adds to what a valve keeps of the year, within the outputs. */
void valve_count(struct prison *prison, int valve, enum valve_column which, int64_t count);

#endif
