/* What measures of the kind convert cannot be, once rules and works are known too. */
#ifndef CELSIM_MODELS_CONVERSIONS_H
#define CELSIM_MODELS_CONVERSIONS_H

#include "models/works.h"

/* `measures` is the section, or NULL. Refuses more places than there are, by all conversions of
 * measures and works at one time, and units that nobody may enter. */
void conversions_check(struct reader *reader, const struct node *node,
                       const struct measures *measures, const struct works *works,
                       const struct statuses *statuses, const struct estate *estate,
                       const struct rules *rules);

#endif
