/* A flag of the scenario: exactly `true` or `false`. The other words that YAML 1.1 takes for truth
 * (yes, on, ..) are refused, since not every reader takes them so.
 */
#ifndef CELSIM_MODELS_FLAG_H
#define CELSIM_MODELS_FLAG_H

#include "sim/fields.h"

/* A FIELD_OWN reader; `flag` is a bool, left as it is after an error. */
void flag_read(struct reader *reader, struct node *node, void *flag);

#endif
