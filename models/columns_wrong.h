/* `output: wrong_regime`: people who are held in a regime that is not theirs, by name of who they
 * are. For columns.c.
 */
#ifndef CELSIM_MODELS_COLUMNS_WRONG_H
#define CELSIM_MODELS_COLUMNS_WRONG_H

#include "models/columns_asked.h"

/* Reads the section (NULL: there is none) and makes the kinds of profile that it tells apart. */
void wrong_read(struct making *making, struct node *node);

/* Adds their columns to the row of a day. */
void wrong_add_columns(struct making *making);

/* Puts the columns to which people of a class add who are held in a regime; how many. */
int wrong_put(const struct making *making, int regime, int status, int class, int *target);

#endif
