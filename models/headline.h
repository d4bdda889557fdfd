/* What an analyst wants to know first, printed after a run: by year the people held, what they
 * need, the usable places and the shortage; queues, police cells and code black; who waits, by
 * status; and when a shortage begins. Each figure with its band over replications and its meaning.
 */
#ifndef CELSIM_MODELS_HEADLINE_H
#define CELSIM_MODELS_HEADLINE_H

#include "models/scenario.h"

/* Takes working room from the arena. */
void headline_write(const struct scenario *plan, const struct records *records, struct arena *arena,
                    FILE *out);

#endif
