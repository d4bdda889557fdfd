/* Rules as measures have them: for each way in which measures of the kind placement may change a
 * rule within the period, a twin of it with lists of its own, made at load. For rules.c.
 */
#ifndef CELSIM_MODELS_RULES_TWINS_H
#define CELSIM_MODELS_RULES_TWINS_H

#include "models/rules_lists.h"

#define TWINS_AT_MOST 64

/* Reads what measures say of rules, and puts the twins behind the rules, with their entries;
 * `rules->list` and `entries` have room for TWINS_AT_MOST more. */
void rules_make_twins(struct reader *reader, const struct attributes *attributes,
                      const struct statuses *statuses, const struct estate *estate,
                      const struct measures *measures, const struct period *period,
                      struct rule_entries *entries, struct rules *rules);

/* After the lists: refuses a twin that leaves somebody without a place, or gives a place to who
 * needs none. */
void rules_check_twins(struct reader *reader, const struct attributes *attributes,
                       const struct statuses *statuses, const struct measures *measures,
                       struct rules *rules);

#endif
