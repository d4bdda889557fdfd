/* What is left to one who is there at the start and of whom it is known how long
 * (docs/semantics.md, rule 10): persons listed in a file.
 */
#ifndef CELSIM_MODELS_LISTED_H
#define CELSIM_MODELS_LISTED_H

#include "models/custody.h"

/* So long in a status, his clock running: the rest of the stay, given that it is not over. The
 * length that is given holds; LENGTH_DRAWN: it is drawn. Reads the person's profile. */
struct custody_start listed_running(const struct prison *prison, const struct person *person,
                                    int status, int32_t elapsed_min, int32_t length_min);

#endif
