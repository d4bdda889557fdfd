/* Columns of a year: those of a day, then counts and waits by status, reasons to leave a queue,
 * staff, overdue waits, costs, measures and valves.
 */
#ifndef CELSIM_MODELS_COLUMNS_YEARLY_H
#define CELSIM_MODELS_COLUMNS_YEARLY_H

#include "models/columns_asked.h"

/* When those of a day are there. */
void yearly_make(struct making *making);

#endif
