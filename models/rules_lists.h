/* The working part of rules.h, for rules.c and start.c: places named in a list, pools made of
 * units, lists and entitlements made of pools.
 */
#ifndef CELSIM_MODELS_RULES_LISTS_H
#define CELSIM_MODELS_RULES_LISTS_H

#include "models/rules.h"

/* A name in `to`, `out_of_category` or `in`: a regime, an institution, a unit or a tag. */
struct entry {
    const char *name;
    bool       *has;   /* [unit] */
    mask        pools; /* known when the pools are made */
};
struct entries {
    int           count;
    struct entry *list;
};

/* What a rule says of places, before there are pools. */
struct rule_entries {
    struct entries to, out_of_category;
    struct entries near; /* the rule's units in each region: an entry a value of its attribute */
    struct entries ever; /* all that `to` has by measures too; count 0: no more than `to` */
};

/* Reads a list of places; entries with an error are left out. */
void entries_read(struct reader *reader, struct node *node, const struct estate *estate,
                  struct entries *entries);

/* Makes the pools, `to` and `out_of_category` of the rules. */
void rules_make_pools(struct reader *reader, const struct node *node, const struct estate *estate,
                      struct rule_entries *entries, struct rules *rules);

/* Whether a person of this status and profile may be in the pool at all. */
bool pool_admits(const struct pool *pool, const struct attributes *attributes,
                 const struct estate *estate, int status, uint32_t profile);

/* Makes the lists and entitlements. `is_ruled` tells for which status and profile there is a rule:
 * [status x profile_count + profile]. */
void rules_make_lists(struct reader *reader, const struct node *node,
                      const struct attributes *attributes, const struct statuses *statuses,
                      const struct estate *estate, const struct rule_entries *entries,
                      struct rules *rules, bool *is_ruled);

#endif
