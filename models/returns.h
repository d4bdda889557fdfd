/* Returns (recidive): of those who leave, which share comes back, after how long and as what; and
 * by how much the flows are lowered as returns take over (docs/semantics.md, rule 16). What it does
 * is in models/sleepers.c.
 */
#ifndef CELSIM_MODELS_RETURNS_H
#define CELSIM_MODELS_RETURNS_H

#include "models/measure.h"

/* How he left: released as planned; released early, by a valve or a measure; while he served
 * otherwise by a measure; or never released: out of a queue, or refused. */
enum left_by { LEFT_PLANNED, LEFT_EARLY, LEFT_REPLACED, LEFT_UNSERVED, LEFT_BYS };

#define GENERATIONS_AT_MOST 2047 /* returns of one person: a key has 11 bits for them */
/* The purposes of draws: once a stay, by the base of that stay; the base itself, by generation. */
#define RETURN "return"
#define RETURN_CHANCE "chance"
#define RETURN_DELAY "delay"
#define RETURN_PERSON "person"

struct returns {
    bool                     used;
    struct number_by_profile chance;
    double of_status[STATUSES_AT_MOST]; /* factors on it: by the status in which he left, */
    double of_regime[REGIMES_AT_MOST];  /* by the regime in which he was then; none: 1 */
    double of_left_by[LEFT_BYS];
    struct shape_by_profile delay;
    int      as[STATUSES_AT_MOST]; /* the status in which he comes, by that of his first arrival */
    uint32_t copied;               /* attributes that he keeps; a mask */
    struct number_by_profile flow_share;
    bool      lowers;     /* whether flows are lowered at all: somebody returns by `chance` */
    int       kind_count; /* of people whose flows are lowered alike; 0: nobody returns */
    uint16_t *kind;       /* [profile] */
    double
        *rate_factor; /* [day of the period][kind]: of the flows, what does not come by returns */
    struct jump    draw_chance, draw_delay;
    struct purpose to_person; /* from a stay's base to that of the next, by generation */
    int            total;     /* people who came back, among the totals of a replication */
};

/* Reads `returns:` (NULL: nobody returns), after measures; refuses measures of returns where nobody
 * does, at a place in `measures_node`. */
void returns_read(struct reader *reader, struct node *node, const struct node *measures_node,
                  const struct attributes *attributes, const struct statuses *statuses,
                  const struct estate *estate, const struct period *period,
                  const struct measures *measures, struct returns *returns);

extern const struct field returns_fields[];

#endif
