/* What an analyst wants to know first, printed after a run: by year the people held, the usable
 * places, police cells and queues, each with its band over replications.
 */
#ifndef CELSIM_MODELS_HEADLINE_H
#define CELSIM_MODELS_HEADLINE_H

#include "models/scenario.h"

/* Takes working room from the arena. */
void headline_write(const struct scenario *plan, const struct records *records, struct arena *arena,
                    FILE *out);

#endif
