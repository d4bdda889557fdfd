/* Columns of crises, where some status has them. For columns.c and columns_yearly.c. */
#ifndef CELSIM_MODELS_COLUMNS_CRISIS_H
#define CELSIM_MODELS_COLUMNS_CRISIS_H

#include "models/columns_asked.h"

/* Of a day. */
void crisis_add_columns(struct making *making);

/* Of a year, those begun by status: how many columns, and the columns themselves; the next free
 * one. */
int            crisis_number_columns(struct making *making);
struct column *crisis_put_columns(const struct making *making, struct column *next);

#endif
