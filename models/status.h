/* Statuses: legal titles (titel) with their own rules, and the routes between them. Rows of the
 * scenario, never an enum: the world asks for properties, not for names.
 */
#ifndef CELSIM_MODELS_STATUS_H
#define CELSIM_MODELS_STATUS_H

#include "models/attribute.h"
#include "sim/date.h"

#define STATUSES_AT_MOST 64
#define VISIT_JUMP 2305843009213693953u /* 2^61 + 1: from visit to visit after those made */
#define VISITS_MADE 8 /* purposes are made at load for visits 0 to 7 of a status */
#define RELEASE (-1)  /* the route out of the system */

/* Where the clock of a status starts. */
enum clock { CLOCK_ARRIVAL, CLOCK_PLACEMENT, CLOCK_CUSTODY };

/* Where a person waits for a place. */
enum waits_in { WAITS_OUTSIDE, WAITS_NOWHERE, WAITS_PRESENT_PLACE, WAITS_REGIME };

/* What gives at the legal limit, first to last. */
enum rung { RUNG_VALVE, RUNG_OUT_OF_CATEGORY, RUNG_OVER_CAPACITY, RUNG_SENT_HOME, RUNG_STAY };
#define RUNGS_AT_MOST 5

enum weekend { WEEKEND_AS_PLANNED, WEEKEND_FRIDAY, WEEKEND_FRIDAY_FOR_MONDAY };

/* A row of conditional release (voorwaardelijke invrijheidstelling): the first whose `up_to` fits
 * the sentence holds. */
struct remission {
    int64_t         up_to_min; /* INT64_MAX: any */
    struct fraction remits;    /* of the part above */
    int64_t         of_part_above_min;
    int64_t         at_most_min; /* INT64_MAX: no cap */
};

/* A purpose of draws, for the visits 0 .. VISITS_MADE - 1. */
struct purpose {
    struct jump visit[VISITS_MADE];
};

/* A shape, or thresholds, for each profile: entry profile x stride, stride 0 or 1. */
struct shape_by_profile {
    const struct shape **of;
    uint32_t             stride;
};
struct threshold_by_profile {
    uint64_t *of;
    uint32_t  stride; /* 0 or the number of thresholds a profile */
};

struct call_up { /* oproepen van zelfmelders */
    bool            used;
    struct fraction fill_to; /* of usable places */
    int64_t         notice_min;
    int64_t         at_most; /* a week; INT64_MAX: no quota */
    struct fraction no_show;
    uint64_t        no_show_threshold;
    int             then; /* status of who does not come; -1 when no_show is 0 */
};

/* A number for each profile: entry profile x stride, stride 0 or 1. */
struct number_by_profile {
    double  *of;
    uint32_t stride;
};

/* A reason to leave the queue for a place, at any time as likely. */
struct leave {
    const char              *name;
    struct number_by_profile per_year; /* hazard, a year of 365 days */
    int                      next;     /* status or RELEASE */
    struct purpose           draw;
};
#define LEAVES_AT_MOST 16

struct further_titles {
    int from; /* the status in whose queue the title stands; -1: no further titles */
    struct threshold_by_profile chance;
};
#define FURTHER_TITLE "further_title" /* the reason for which that title leaves the queue */

/* How long a wait may take, and what is due to who waits longer: so many cents a month of 30 days,
 * each for so long, the last for good. */
struct overdue {
    int64_t  after_min; /* INT64_MAX: no bound */
    int      rate_count;
    int64_t *cents_per_month;
    int64_t  rises_every_min;
};

/* Crises of who has a place in this status and is held: how often, and how long. per_year.of ==
 * NULL: nobody has one. */
struct crises_plan {
    struct number_by_profile per_year; /* hazard, a year of 365 days; 0: none */
    struct shape_by_profile  lasts;
    struct purpose           draw_begins, draw_lasts;
};

struct status {
    const char *name, *dutch;
    enum clock  clock;
    bool        served;   /* days held in it count towards a later clock `custody` */
    bool        sentence; /* `stay` is an imposed sentence, of which a part is served */
    bool        on_cycle; /* a person can come back to it: visits count */
    bool        brought;  /* waits in custody, and comes to a place by transport, if there is any */
    struct shape_by_profile
                      stay; /* length of stay, or of the sentence; of == NULL: no end of its own */
    int               remission_count;
    struct remission *remission;
    struct threshold_by_profile granted; /* of == NULL: always */
    enum weekend                weekend;
    enum waits_in               waits_in;
    int                         waits_regime; /* WAITS_REGIME: where */
    int64_t                     limit_min;    /* legal limit of waiting; INT64_MAX: none */
    int                         rung_count;
    enum rung                   rung[RUNGS_AT_MOST];
    struct overdue              overdue;
    struct crises_plan          crisis;
    struct shape_by_profile     back_after; /* of a person sent home */
    int                         back_as;    /* status in which he comes back */
    struct call_up              call_up;
    int                         leave_count;
    struct leave               *leave;
    struct further_titles       further;
    bool                        gives_titles; /* to who has a further title */
    int                         reason_first; /* reasons: the leaves, then FURTHER_TITLE */
    int                         route_count;
    int                        *route;           /* status or RELEASE */
    struct threshold_by_profile route_threshold; /* cumulative */
    struct purpose draw_stay, draw_granted, draw_route, draw_back, draw_no_show, draw_further;
};

struct statuses {
    int            count;
    struct status *list;
    const char   **name;
    int            reason_count; /* to leave a queue, of all statuses */
    const struct shape
        *year; /* exponential with a mean of a year, for hazards; NULL: there are none */
};

struct estate;

static inline bool status_has_rung(const struct status *status, enum rung rung)
{
    for (int r = 0; r < status->rung_count; r++)
        if (status->rung[r] == rung)
            return true;
    return false;
}

/* How often people of a status and profile have a crisis, a year of 365 days; 0: never. */
static inline double status_crises_per_year(const struct status *status, uint32_t profile)
{
    const struct number_by_profile *per_year = &status->crisis.per_year;
    return per_year->of ? per_year->of[profile * per_year->stride] : 0;
}

/* First pass: the names only, so that everything may refer to them. */
void statuses_read_names(struct reader *reader, struct node *node, struct statuses *statuses);
/* Second pass: all the rest. */
void statuses_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                   const struct estate *estate, struct statuses *statuses);

/* The time to serve of an imposed sentence, both in whole minutes: remission is rounded down to
 * whole days. */
int64_t status_to_serve_min(const struct status *status, int64_t sentence_min, bool granted);

/* The share of those of a profile who take the route; of those who enter, the share that is ever
 * there: the others do not come when called; of sentences, the share that is shortened. At load. */
double status_route_share(const struct status *status, int route, uint32_t profile);
double status_coming_share(const struct status *status);
double status_granted_share(const struct status *status, uint32_t profile);

/* The statuses that can follow other than by a route, from home or after a call-up: from the queue,
 * and by a further title. A mask. */
uint64_t status_side_ways(const struct status *status);

/* The statuses that people may enter some time after this one: not those in which they only go on,
 * from home or by a further title. A mask. */
uint64_t statuses_entered_after(const struct statuses *statuses, int from);

extern const struct field status_fields[];

#endif
