/* One person on his way where nobody waits: where he is, until when, and for which meanings of
 * demand he is counted (demand.h). For models/demand*.c only.
 */
#ifndef CELSIM_MODELS_DEMAND_WALK_H
#define CELSIM_MODELS_DEMAND_WALK_H

#include "models/category.h"
#include "models/crisis.h"
#include "models/demand_tables.h"

#define NO_POOL (-1)

struct walk {
    const struct prison  *prison;
    struct demand        *demand;
    struct person         person;   /* a copy */
    int64_t               now_min;  /* he is so far */
    unsigned              meanings; /* for which he is counted: a mask */
    int                   pool;     /* where he is; NO_POOL: outside */
    uint8_t               group;    /* in a place of it; NO_GROUP: in none that counts */
    bool                  is_held;
    bool                  has_failed;  /* in the last part outside: he serves it inside */
    int64_t               unmoved_min; /* the end of his status before it moved for a weekend, */
    int32_t               planned_min; /* and without measures that bring it forward */
    int64_t               known_min; /* laws on conditional release that start by then are in it */
    const struct measure *early_by;  /* brings it forward; NULL: none does */
    struct crisis_clock   crisis;
};

static inline const struct status *status_of(const struct walk *walk)
{
    return prison_status(walk->prison, &walk->person);
}

static inline int64_t end_min(const struct walk *walk)
{
    return (int64_t)walk->prison->plan->period.day_count * MINUTES_A_DAY;
}

static inline int32_t today(const struct walk *walk)
{
    return prison_date(walk->prison, walk->now_min);
}

static inline int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Where he is, until then. He is there at 24:00 of a day if he came before it, and has not left
 * before. */
static inline void stay_in_group(struct walk *walk, int64_t until_min)
{
    const struct scenario *plan = walk->prison->plan;
    int64_t                days = plan->period.day_count, from = walk->now_min / MINUTES_A_DAY;
    int64_t                to = until_min / MINUTES_A_DAY, groups = plan->columns.stand_in.count;
    walk->now_min = until_min;
    if (walk->group == NO_GROUP || from >= days)
        return;
    for (int m = 0; m < DEMANDS; m++) {
        if (!(walk->meanings >> m & 1))
            continue;
        walk->demand->change[m][from * groups + walk->group]++;
        if (to < days)
            walk->demand->change[m][to * groups + walk->group]--;
    }
}

static inline list_id list_of(const struct walk *walk)
{
    return category_normally(walk->prison, &walk->person, today(walk))->list;
}

static inline bool keeps_place(const struct walk *walk, list_id list)
{
    return walk->pool != NO_POOL && walk->prison->plan->rules.lists[list].pools >> walk->pool & 1;
}

static inline void go_to(struct walk *walk, int pool)
{
    const struct scenario *plan = walk->prison->plan;
    walk->pool = pool;
    walk->group = demand_group_of_pool(plan, pool);
    walk->is_held = !plan->estate.regime[plan->rules.pool[pool].regime].outside;
}

#endif
