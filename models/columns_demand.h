/* Columns of need and shortage by other meanings of demand than that of the measures in force. */
#ifndef CELSIM_MODELS_COLUMNS_DEMAND_H
#define CELSIM_MODELS_COLUMNS_DEMAND_H

#include "models/columns_asked.h"

extern const struct field shortages_fields[];

/* What `output: shortages:` asks for. */
void demand_read(const struct demand_draft *draft, struct stand_in *stand_in);

/* In all, and by group where there are several, as need and shortage have them. */
void demand_add_columns(struct making *making);

#endif
