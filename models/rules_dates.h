/* What makes rules differ by region and by date: `near`, `after`, `at`, `during`. For rules.c and
 * rules_lists.c.
 */
#ifndef CELSIM_MODELS_RULES_DATES_H
#define CELSIM_MODELS_RULES_DATES_H

#include "models/rules_lists.h"

/* Whether a rule without a date is for people of this status and profile. */
bool rules_has_undated(const struct rules *rules, const struct attributes *attributes, int status,
                       uint32_t profile);

/* Reads "120 days before release" into minutes (int64_t). */
void rules_read_at(struct reader *reader, struct node *node, void *member);

/* Reads `during` into a flag (bool): crisis. */
void rules_read_during(struct reader *reader, struct node *node, void *member);

/* Refuses a rule (`node`) with two dates. */
void rules_check_one_date(struct reader *reader, const struct node *node, const struct rule *rule);

/* Reads the attribute of `near`; the rule's units in each region. `to` has been read. */
void rules_read_near(struct reader *reader, struct node *node, const struct attributes *attributes,
                     const struct estate *estate, struct rule *rule, struct rule_entries *entries);

/* Sets the units of `near` by those of `to`, or `ever`, and `out_of_category`. How many. */
int rules_set_near(struct arena *arena, const struct attributes *attributes,
                   const struct estate *estate, int near, struct rule_entries *entries);

/* Regions of units and of people, where a rule is near. */
void rules_make_regions(struct arena *arena, const struct attributes *attributes,
                        const struct statuses *statuses, const struct estate *estate,
                        struct rules *rules);

/* Refuses a date that comes for nobody; `node` is the rule's. */
void rules_check_date(struct reader *reader, const struct node *node,
                      const struct attributes *attributes, const struct statuses *statuses,
                      const struct rules *rules, const struct rule *rule);

/* Refuses crises for which no rule says where people are; `node` is the section. */
void rules_check_crises(struct reader *reader, const struct node *node,
                        const struct attributes *attributes, const struct statuses *statuses,
                        const struct rules *rules);

#endif
