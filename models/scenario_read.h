/* What scenario.c works out when all sections are read, in this order; for loading alone. */
#ifndef CELSIM_MODELS_SCENARIO_READ_H
#define CELSIM_MODELS_SCENARIO_READ_H

#include "models/scenario.h"

/* The streams of chance, with their order by name. */
void scenario_make_streams(struct arena *arena, struct scenario *scenario);

/* Days, years and columns of a record, and in which year a day lies. */
void scenario_make_record_size(struct arena *arena, struct scenario *scenario);

/* persons_at_most. Adds an error when more people come than there is room for. */
void scenario_set_persons_at_most(struct reader *reader, const struct node *root,
                                  struct scenario *scenario);

/* Adds an error when two draws of different purposes could meet (docs/semantics.md, rule 4). */
void scenario_check_draws(struct reader *reader, const struct node *root,
                          const struct scenario *scenario);

#endif
