/* Placement rules (plaatsing): who may be placed where, in which order. The order of the rules is
 * the priority.
 *
 * A pool is a set of units that no rule and no person can tell apart. A list is what a waiting
 * person stands on: one for each rule and each row of pools that its people may use. Both are made
 * at load, so that the world never searches: the pools with a free place and the lists with waiting
 * people are bits of a mask.
 */
#ifndef CELSIM_MODELS_RULES_H
#define CELSIM_MODELS_RULES_H

#include "models/measure.h"
#include "models/status.h"

#define RULES_AT_MOST 256
#define POOLS_AT_MOST 128
#define LISTS_AT_MOST 127
#define NO_LIST UINT8_MAX

typedef u128    mask;    /* of pools, or of lists */
typedef uint8_t list_id; /* a list, or behind them the queue of a list's people for call-up */

static inline mask mask_of(int index)
{
    return (mask)1 << index;
}

/* The lowest bit that is set; the mask is not empty. */
static inline int mask_lowest(mask bits)
{
    uint64_t low = (uint64_t)bits;
    return low ? __builtin_ctzll(low) : 64 + __builtin_ctzll((uint64_t)(bits >> 64));
}

enum order { ORDER_LONGEST_WAITING, ORDER_LONGEST_SENTENCE };
extern const char *const rule_orders[]; /* NULL at the end */

struct rule {
    const char *name;
    struct who  who;
    int         to_count;
    mask       *to; /* pools of each entry, first to last */
    mask        out_of_category;
    enum order  order;
    int         near;      /* the attribute whose values are regions; -1: regions do not matter */
    int64_t     after_min; /* holds for who has waited so long; 0: the rule has no such date */
    int64_t     at_min;    /* holds so long before release; 0: likewise */
    bool        in_crisis; /* holds for who is in a crisis */
    mask        lists;     /* those of this rule */
    int         place;     /* of its turn: the lowest first, of equal ones by `of` */
    int         of;       /* of a twin (rules_twins.h) the rule as it is in the file; else itself */
    uint64_t    measures; /* of a rule of the file: those that change it; a set */
};

/* A rule while measures, a set of those that change it, are in force. */
struct rule_turn {
    int      rule;
    uint64_t measures;
    int      as; /* a twin, or the rule itself */
};

/* It holds from a date on, on top of the rule without one. */
static inline bool rule_is_dated(const struct rule *rule)
{
    return rule->after_min > 0 || rule->at_min > 0 || rule->in_crisis;
}

struct pool {
    int       regime;
    int       unit_count;
    int       levels; /* the first of its sets (levels.h) */
    uint16_t *unit;   /* ordered by name: the tie of most free places goes to the first */
    mask      lists;  /* whose people may use it */
    mask      beside; /* the other pools that some of them may use */
};

/* Where the people of a rule with the same admissible pools wait. */
struct list_plan {
    int      rule;
    int      pool_count;
    uint8_t *pool; /* in order of preference */
    mask     pools;
    bool     brought; /* its people come by transport; never where the scenario has none */
};

/* What holds for a person of a status and a profile. */
struct entitlement {
    list_id list;   /* his list in the ordinary way; NO_LIST: no rule or no place is for him */
    list_id better; /* the list on which he goes on waiting when placed out of category; NO_LIST:
                        none */
    list_id wider;  /* at the legal limit: also the pools out of category */
    bool    out_of_category; /* a place that he may be given is out of category */
};

/* A rule that holds from a date on for people of a status and a profile. */
struct dated {
    int64_t            min; /* of waiting, or before release */
    struct entitlement to;
};
struct dates {
    int                       after_count, at_count;
    struct dated             *after;  /* the least wait first */
    struct dated             *at;     /* the longest before release first: that comes first */
    const struct entitlement *crisis; /* as long as he is in a crisis; NULL: he has none */
};

#define NO_REGION 0 /* a unit in none, or a person of whom no rule asks it */

struct rules {
    int                  count;
    struct rule         *list; /* behind `count` there are the twins */
    int                  twin_count, turn_count;
    struct rule_turn    *turn;
    struct entitlement **twin; /* [twin, from 0]: as entitlement, for whom the rule of it is */
    int                  pool_count;
    int                  level_count; /* sets of levels of all */
    struct pool         *pool;
    uint16_t            *pool_of_unit;
    mask                *of_regime; /* [regime]: its pools */
    int                  list_count;
    struct list_plan
        *lists; /* ordered by the turn of their rules, so that a lower bit is a higher priority */
    uint32_t            profile_count;
    struct entitlement *entitlement;    /* [status x profile_count + profile] */
    mask               *admitted;       /* likewise: the pools that admit him */
    struct dates       *steps;          /* likewise; NULL: no rule has a date */
    bool                has_crises;     /* some rule is for who is in a crisis */
    uint16_t           *region_of_unit; /* from 1 in the order of first mention, or NO_REGION */
    uint16_t           *own_region; /* [status x profile_count + profile]; NULL: no rule is near */
    mask ring_pools; /* pools whose people may wait for each other in a ring; 0: the rules
                        allow none */
};

void rules_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                const struct statuses *statuses, const struct estate *estate,
                const struct measures *measures, const struct period *period, struct rules *rules);

/* Refuses the longest sentence first where somebody has none. For rules and measures. */
void rules_check_order(struct reader *reader, const struct node *node, const struct rule *rule,
                       const struct statuses *statuses);

/* Of a status and a profile the rule of the file without a date that gives him places; -1: none. */
static inline int rules_of_cell(const struct rules *rules, size_t cell)
{
    list_id list = rules->entitlement[cell].list;
    return list == NO_LIST ? -1 : rules->list[rules->lists[list].rule].of;
}

/* What may hold for a status and a profile: i = 0: without measures; from 1 up to twin_count: by a
 * twin, which may be of another rule and has no list then. */
static inline const struct entitlement *rules_may_hold(const struct rules *rules, size_t cell,
                                                       int i)
{
    return i == 0 ? &rules->entitlement[cell] : &rules->twin[i - 1][cell];
}

/* The pools that admit somebody who matches. */
mask rules_pools_of_who(const struct rules *rules, const struct attributes *attributes,
                        int status_count, const struct who *who);

/* Whether a rule gives somebody a place in the unit, or people of some status wait there. */
bool rules_let_in(const struct rules *rules, const struct statuses *statuses,
                  const struct estate *estate, int unit);

static inline const struct entitlement *rules_entitlement(const struct rules *rules, int status,
                                                          uint32_t profile)
{
    return &rules->entitlement[(uint32_t)status * rules->profile_count + profile];
}

extern const struct field rule_fields[];

#endif
