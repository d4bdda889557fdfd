/* One person on his way where nobody waits (demand.h), and the measures that start while he is in a
 * status. For models/demand*.c only.
 */
#ifndef CELSIM_MODELS_DEMAND_WALK_H
#define CELSIM_MODELS_DEMAND_WALK_H

#include "models/crisis.h"
#include "models/demand_tables.h"

#define BEFORE_START (-1)

struct walk {
    const struct prison *prison;
    struct demand       *demand;
    struct person        person;   /* a copy */
    int64_t              now_min;  /* he is so far */
    unsigned             meanings; /* for which he is counted: a mask */
    int                  pool;     /* where he is; NO_POOL: outside */
    uint8_t              group;    /* in a place of it; NO_GROUP: in none that counts */
    bool                 is_held;
    bool                 has_failed;  /* in the last part outside: he serves it inside */
    int64_t              unmoved_min; /* the end of his status before it moved for a weekend, */
    int32_t              planned_min; /* and without measures that bring it forward */
    int64_t known_min;  /* laws and hearings for who is present that start by then are in it, */
    int64_t judged_min; /* and those by which he would go outside have judged him */
    const struct measure *early_by; /* brings it forward; NULL: none does */
    struct crisis_clock   crisis;
};

/* His status ends then, by the laws that have started by a minute. */
void walk_plan(struct walk *walk, int32_t planned_min, int64_t known_min);

/* For the one below. */
bool walk_know_more_laws(struct walk *walk, int64_t until_min);

static inline bool walk_has_laws(const struct walk *walk)
{
    return __builtin_expect(walk->prison->unmoved_min != NULL, 0);
}

/* With the laws and hearings that start up to a minute, while he is in his status. true: it ends at
 * another time now. */
static inline bool walk_know_laws(struct walk *walk, int64_t until_min)
{
    return walk_has_laws(walk) && walk_know_more_laws(walk, until_min);
}

/* The measure that starts in a minute and takes him outside for the rest of his stay; NULL. Each
 * judges him once. The laws up to then are known. */
const struct measure *walk_taken_at(struct walk *walk, int64_t minute);

/* The first of those that start up to a minute, before his status ends: in judged_min. NULL. */
const struct measure *walk_find_taking(struct walk *walk, int64_t until_min);

#endif
