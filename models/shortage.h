/* What a midnight adds to the row of its day when the stocks are in it: need and shortage by group
 * of places, code black, and the rows of a month end (docs/semantics.md, rule 20).
 */
#ifndef CELSIM_MODELS_SHORTAGE_H
#define CELSIM_MODELS_SHORTAGE_H

#include "models/prison.h"

/* `row` is that of the day in the record. */
void shortage_record(struct prison *prison, int32_t *row);

/* A person is sent home at the legal limit, or comes back: by then he should be held. */
void shortage_sent_home(struct prison *prison, const struct person *person, int change);

#endif
