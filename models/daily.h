/* The midnight record: the row of a day, and its part in the sums of the year.
 */
#ifndef CELSIM_MODELS_DAILY_H
#define CELSIM_MODELS_DAILY_H

#include "models/prison.h"

/* KIND_RECORD at the end of a day: rolls the cells up into the row of the day that is over. */
void daily_record(struct prison *prison);

#endif
