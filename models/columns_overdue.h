/* Columns of waits that take longer than they may. */
#ifndef CELSIM_MODELS_COLUMNS_OVERDUE_H
#define CELSIM_MODELS_COLUMNS_OVERDUE_H

#include "models/columns_asked.h"

/* Where each status has its columns; how many there are. */
int overdue_number_columns(struct making *making);

/* Writes them; what comes next. */
struct column *overdue_put_columns(const struct making *making, struct column *next);

#endif
