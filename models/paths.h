/* Paths: stays that follow from what was before, a sentence less the remand served or conditional
 * release, have no shape of their own. So a status has a set of simulated arrivals of its flows,
 * made when the scenario is loaded, from which its people at the start are taken (docs/semantics.md
 * rule 10, docs/decisions/0016-paths.md). All replications of all seeds share it.
 */
#ifndef CELSIM_MODELS_PATHS_H
#define CELSIM_MODELS_PATHS_H

#include "models/flow.h"
#include "models/rules.h"

#define PATH_POINTS 32768 /* of the Sobol sequence, each of which gives two paths; a power of 2 */
#define PATHS (2 * PATH_POINTS)
#define PATH_STEPS 18 /* statuses back from which custody can come */
#define PATH_GUIDE 4096

/* One who enters the status. */
struct path {
    double   weight;     /* among those who enter; the mean of all is about 1 */
    int32_t  before_min; /* unbroken custody that counts, when he enters */
    int32_t  length_min; /* of the stay, or of the sentence imposed */
    int32_t  stay_min;   /* in the status: 0 when the custody before is longer */
    uint16_t profile;
    bool     granted; /* conditional release */
};

struct paths {
    struct path *path;  /* PATHS, in order of making */
    uint16_t    *order; /* their numbers, the shortest stay first; ties in order of making */
};

static inline const struct path *path_at(const struct paths *paths, int i)
{
    return &paths->path[paths->order[i]];
}

/* What a group draws from: the paths of those who can be in it. */
struct path_choice {
    const struct paths *paths;
    double             *up_to; /* [in order]: cumulative weight */
    int                 last;  /* the last path with a weight */
    uint32_t           *guide; /* [PATH_GUIDE]: the first path above each part of the weight; NULL:
                                  not in equilibrium */
};

/* What all sets of a scenario share. */
struct path_plan {
    const struct attributes *attributes;
    const struct statuses   *statuses;
    const struct estate     *estate;
    const struct rules      *rules;
    double *entries; /* [profile x statuses + status]: people a day, if every place is there */
    struct path_room *room; /* in which sets are made */
};

/* -- making, at load only: paths_make.c */

/* Entries follow from the mean rates of the first 365 days of the period (or all of a shorter one)
 * and the routes. */
const struct path_plan *path_plan_make(struct arena *arena, const struct attributes *attributes,
                                       const struct statuses *statuses, const struct estate *estate,
                                       const struct rules *rules, const struct flows *flows,
                                       const struct period *period);

/* Whether its stay is a sentence less the custody before; or, in any way, no shape of its own. */
bool paths_less_custody(const struct statuses *statuses, int s);
bool paths_derived(const struct statuses *statuses, int s);
/* Whether people can enter it with custody behind them that will count later. */
bool paths_carry_custody(const struct statuses *statuses, int s);
/* People a day of a profile who enter it. */
static inline double paths_entries(const struct path_plan *plan, uint32_t profile, int s)
{
    return plan->entries[(size_t)profile * (size_t)plan->statuses->count + (size_t)s];
}
/* Whether any flow leads to it. */
bool paths_lead_to(const struct path_plan *plan, int s);

/* The set of a status with a stay. Without a flow that leads to it people enter as they arrive,
 * with no custody behind them. */
const struct paths *paths_make(struct arena *arena, const struct path_plan *plan, int s);

/* The choice of those whose profile `may` be there: by days in the status (`in_equilibrium`), or as
 * they enter. false: nobody has a weight. */
MUST_USE bool path_choice_make(struct arena *arena, const struct paths *paths, bool in_equilibrium,
                               const bool *may, struct path_choice *choice);

/* -- drawing */

/* One in progress, met by the days that he is in the status. Of a choice in equilibrium. */
const struct path *path_in_progress(const struct path_choice *choice, struct uniform u);

/* One who stays longer than `elapsed_min`, as they enter; NULL: nobody does. Below 0: any. Of a
 * choice not in equilibrium. */
const struct path *path_given_elapsed(const struct path_choice *choice, double elapsed_min,
                                      struct uniform u);

#endif
