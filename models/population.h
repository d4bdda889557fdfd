/* The starting population put into the world: residual stays, people waiting (docs/semantics.md,
 * rule 10).
 */
#ifndef CELSIM_MODELS_POPULATION_H
#define CELSIM_MODELS_POPULATION_H

#include "models/prison.h"

void population_put(struct prison *prison);

#endif
