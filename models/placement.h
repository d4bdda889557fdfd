/* The placement round: who goes where. Runs at the end of each minute in which somebody asked.
 * After it no waiting person has a free place that is for him (an invariant, checked in debug
 * builds).
 */
#ifndef CELSIM_MODELS_PLACEMENT_H
#define CELSIM_MODELS_PLACEMENT_H

#include "models/prison.h"

void placement_round(struct prison *prison);

/* Stops the program when a waiting person has a free admissible place. */
void placement_check(const struct prison *prison);

#endif
