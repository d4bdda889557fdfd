/* The classes of people that the grid of cells tells apart, where columns ask for more than the
 * attributes that `output:` names: who needs a place of which group. For columns.c.
 */
#ifndef CELSIM_MODELS_COLUMN_CLASSES_H
#define CELSIM_MODELS_COLUMN_CLASSES_H

#include "models/columns.h"

#define CELLS_AT_MOST 1048576 /* units x statuses x classes: 2^20 */

/* Splits the classes where people of one class are of different kinds, such as the groups whose
 * places they need; `kind` is by profile. Too many classes: class_count becomes CELLS_AT_MOST + 1,
 * which fits nowhere. */
void classes_split(struct arena *arena, const struct attributes *attributes, int kind_count,
                   const uint16_t *kind, struct columns *columns);

/* Makes stand_in.group_of_cell. */
void classes_put_groups(struct arena *arena, const struct attributes *attributes, int status_count,
                        struct columns *columns);

#endif
