/* Measures: what policy changes from a date on. Each has a kind, which says where it acts; a kind
 * is a file, models/measure_<kind>.c, with its keys, its columns and how it is read
 * (models/measure_kind.h), and a line in models/measure.c.
 *
 * The order in the file means nothing: factors multiply, and of several diversions the one that
 * started first, then by name, takes the person, each by a uniform of its own.
 */
#ifndef CELSIM_MODELS_MEASURE_H
#define CELSIM_MODELS_MEASURE_H

#include "models/estate.h"
#include "models/flow.h"

#define MEASURES_AT_MOST 64
#define FACTOR_AT_MOST 100
#define QUOTA_AS_IT_IS (-1)

/* Of inflow: a factor on the arrivals of flows, of all or of those with some attributes, and people
 * beside; what changes upstream may take its time until it reaches the prisons. Of
 * replace_sentence: a share of those who come into a status with a sentence serve it otherwise, in
 * a regime outside (electronic detention) or out of sight (community service), and some of these
 * fail and come back. Of sentence_length and hearings: another length of the sentence, or of the
 * stay, of those who come into a status. Of routes: another way to go on after it. Of places: more
 * or fewer places in units. Of call_up: another weekly call-up. Of works_budget: other money and
 * room for the works programme. Of staffing: other norms of staff, or more staff. Of early_release
 * and suspension: a date before the planned release. Of last_part_outside: the last part before it
 * is served in a regime outside. Of instead_of_remand: a stay that is no sentence is. Of
 * conditional_release: another part of the sentence is served. Of returns: another chance to come
 * back of those who leave. Of convert: places that become those of another regime.
 * Of quotas: other numbers a day of transport and intake.
 * Of placement: another turn, order or other places of a placement rule. */
struct measure_kind;
extern const struct measure_kind measure_inflow, measure_replace_sentence, measure_sentence_length,
    measure_hearings, measure_routes, measure_places, measure_call_up, measure_works_budget,
    measure_staffing, measure_early_release, measure_suspension, measure_last_part_outside,
    measure_instead_of_remand, measure_conditional_release, measure_returns, measure_convert,
    measure_quotas, measure_placement;
/* Of a bill with a chance, beside the columns of its kind: 1 in the year of the first day of the
 * outputs on which it is in force, in replications in which it ever is. */
#define MEASURE_IN_FORCE "in_force"

/* What a measure counts, in columns of a year. */
enum inflow_column { INFLOW_PEOPLE, INFLOW_COLUMNS };
enum replace_column {
    REPLACE_PEOPLE,     /* replaced */
    REPLACE_FAILED,     /* of these, who have come back */
    REPLACE_DAYS_SAVED, /* minutes that are not served inside */
    REPLACE_COST,       /* cents */
    REPLACE_COLUMNS
};
enum length_column { LENGTH_PEOPLE, LENGTH_ADDED, LENGTH_COLUMNS };
enum routes_column { ROUTES_PEOPLE, ROUTES_COLUMNS };
enum returns_column { RETURNS_PEOPLE, RETURNS_COLUMNS };
enum staffing_column { STAFFING_FTE, STAFFING_SAVED, STAFFING_COLUMNS }; /* fte-minutes */
enum works_budget_column { WORKS_BUDGET_PROJECTS, WORKS_BUDGET_COLUMNS };
enum call_up_column { CALL_UP_PEOPLE, CALL_UP_COLUMNS };
enum places_column { PLACES_DAYS, PLACES_COST, PLACES_COLUMNS };
enum placement_column { PLACEMENT_PEOPLE, PLACEMENT_ELSEWHERE, PLACEMENT_COLUMNS };
enum quotas_column { QUOTAS_PEOPLE, QUOTAS_COLUMNS };
enum convert_column { CONVERT_DAYS, CONVERT_OUT, CONVERT_COST, CONVERT_COLUMNS };
enum early_column { EARLY_PEOPLE, EARLY_SAVED, EARLY_NOT_SERVED, EARLY_COST, EARLY_COLUMNS };
enum release_column { RELEASE_PEOPLE, RELEASE_ADDED, RELEASE_COLUMNS };
enum hearings_column { HEARINGS_PEOPLE, HEARINGS_SAVED, HEARINGS_COST, HEARINGS_COLUMNS };

/* The purpose of the draw of how long before he arrived the offence was: of a person, whatever the
 * measure. */
#define MEASURE_OFFENCE "offence"
#define MEASURE_DELAY "delay"

/* More places of a unit, built on, or fewer, out of use. Of convert: so many that go over. */
struct unit_change {
    int     unit;
    int32_t places; /* not 0 */
    int     to;     /* of convert: the unit that they become */
};

/* Of sentences up to this, a part: the first that fits. */
struct measure_served {
    int64_t         up_to_min; /* INT64_MAX: any */
    struct fraction part;
};

/* Of placement: what it says of a rule, read when the rules are (rules_twins.h). NULL: not said. */
struct rule_change {
    struct node *rule, *before, *also, *without;
    bool         sets_order;
    int          order; /* enum order */
};

struct measure {
    const char                *name;
    const struct measure_kind *kind;
    int32_t                    starts, last;     /* days; NO_LAST_DAY: for good */
    int32_t                    ramp_days;        /* it is whole so many days after `starts` */
    bool                       is_emergency;     /* for want of places: not by normal execution */
    int                        column;           /* its first, among those of all measures */
    int                        rank;             /* by start, then name */
    bool                       has_chance;       /* it is stated, and then it has a column more */
    uint64_t                   chance_threshold; /* of being in force, by replication */
    uint64_t                   chance_hash;      /* of its stream of chance */

    /* who */
    bool    *takes;                     /* [profile]: whose attributes match */
    bool    *flow;                      /* [flow]: on which it acts */
    uint64_t statuses;                  /* in which it acts; a mask */
    int64_t  at_least_min, at_most_min; /* bounds of the sentence, both included */

    /* what several kinds have, each as it needs */
    bool of_present; /* hearings, instead_of_remand: also on who is in the status when it starts */
    double              factor;
    uint64_t           *threshold;       /* of the share: [day since `starts`, up to ramp_days] */
    struct purpose      draw;            /* of the share */
    int                 unit;            /* where, in a regime outside; -1: nowhere */
    const struct shape *offence_delay;   /* it goes by the day of the offence; NULL: by today */
    bool                has_cost;        /* it is stated, 0 or more */
    int64_t             cost_per_person; /* cents */

    /* inflow */
    double
        adds_per_day; /* people of whom it asks, at the whole level, as a rate for each profile */
    double *level;    /* how far it has come by day since `starts`, with a lag; NULL: none */
    int32_t level_days;

    /* replace_sentence */
    const char         *by; /* what is served instead; NULL: not said */
    uint64_t            fails_threshold;
    const struct shape *fails_after;
    int                 fails_as; /* status */
    struct purpose      draw_fails, draw_after;

    /* places */
    int                 unit_change_count;
    struct unit_change *unit_change;
    int                 why;                               /* enum cause, of those out of use */
    int64_t             cost_per_year, cost_per_place_day; /* cents */

    /* convert, whose unit_change they are */
    int32_t takes_days;     /* that nobody can be held in them, there and back */
    int64_t cost_per_place; /* cents, once */

    /* routes */
    int from_route, to_route; /* status or RELEASE */

    /* call_up: what stands in place of the status's own */
    bool            sets_fill_to, sets_at_most, sets_notice;
    struct fraction fill_to;
    int64_t         at_most, notice_min;

    /* quotas: what stands in place of the number a day, which may be NO_QUOTA; QUOTA_AS_IT_IS */
    int32_t  transport_per_day;
    int32_t *intake_per_day; /* [regime] */

    struct rule_change rule_change; /* placement */

    /* staffing, in millionths */
    uint64_t regimes;     /* whose staff_per_place is multiplied; a mask */
    int64_t  norm_factor; /* by this */
    int64_t *fte;         /* [institution]: so many come beside, */
    int64_t  fte_share;   /* and so many, of the staff at the start */

    /* works_budget: what stands in place of that of works */
    struct by_year budget;             /* cents a year; count 0: as it is */
    int64_t        places_out_at_most; /* -1: as it is */

    /* early_release, suspension, last_part_outside; `earlier_min` too, 0: by part or table */
    bool                   by_arrival;       /* it goes by the day of the arrival, not by today */
    struct fraction        part;             /* of the sentence imposed, */
    int64_t                part_at_most_min; /* but not more than this */
    int                    served_count;
    struct measure_served *served; /* suspension: the part of the sentence after which he leaves */

    /* conditional_release: only its table, and to whom it is granted (of == NULL: as in the status)
     */
    const struct status *release;
    bool lengthens; /* it holds for who arrived before `starts` also where he serves longer by it */

    /* sentence_length, hearings */
    const struct shape_by_profile *steps; /* [status]: with other chances; NULL: as they are */
    struct fraction                times; /* the length, in minutes, half up */
    int64_t                        earlier_min;    /* so much less, */
    int64_t                        not_before_min; /* but not below this where it was not before */
    int64_t                        minimum_min;    /* of all lengths */
};

struct measures {
    int             count;
    struct measure *list; /* by name */
    int             inflow_count;
    int            *inflow; /* those on arrivals, by name */
    int             staffing_count;
    int            *staffing; /* those on staff, by name */
    int             return_count;
    int            *returns; /* those on returns, by name */
    uint64_t        changed; /* statuses whose lengths some of these change; a mask */
    struct jump     draw_offence;
    int             column_count;

    /* Sets of measures, masks of ranks: by start, then name, the order in which they take. */
    int      *by_start;              /* [rank]: of list */
    uint64_t  diversions;            /* those that replace sentences, or remand, */
    uint64_t  diversions_of_present; /* and of these those for who is in the status already */
    uint64_t  lengths;               /* those on lengths */
    uint64_t  hearings_of_present;   /* hearings for who is in the status already */
    uint64_t  routes;                /* those on routes */
    uint64_t  early;                 /* those that give a date before the release */
    uint64_t  last_parts;            /* those by which the last part is served outside */
    uint64_t  releases;              /* those of another conditional release, */
    uint64_t  releases_of_present;   /* and of these those for who serves already */
    uint64_t  call_ups;              /* those on call-up */
    uint64_t  quotas;                /* those on transport and intake */
    uint64_t  budgets;               /* those on the works programme */
    uint64_t  emergencies;           /* those for want of places: not by normal execution */
    uint64_t *may_take;              /* [status x profile_count + profile]: by these two */
    uint32_t  profile_count;

    uint64_t diverted;   /* statuses at whose entry some diversion is judged; a mask */
    uint64_t rerouted;   /* those whose routes some measure changes; a mask */
    uint64_t rereleased; /* those with another conditional release; a mask */
};

/* Of a set that is not empty the first in order, without which it is `set & (set - 1)`; the last.
 */
static inline const struct measure *measures_first(const struct measures *measures, uint64_t set)
{
    return &measures->list[measures->by_start[__builtin_ctzll(set)]];
}

static inline const struct measure *measures_last(const struct measures *measures, uint64_t set)
{
    return &measures->list[measures->by_start[63 - __builtin_clzll(set)]];
}

/* Reads `measures:` (NULL: none), after statuses, transport and flows. */
void measures_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                   const struct statuses *statuses, const struct estate *estate,
                   const struct transport *transport, const struct flows *flows,
                   const struct period *period, struct measures *measures);

/* A column of a measure: what it counts, and how it is written. */
struct measure_column {
    const char *indicator;
    enum { MEASURE_COUNT, MEASURE_MINUTES, MEASURE_CENTS } unit;
};
const struct measure_column *measure_columns(const struct measure *measure, int *count);

/* Whether it is in force in a replication at all: one draw of the stream "measures.<name>". */
bool measure_is_law(const struct measure *measure, uint64_t seed, uint32_t replication);

/* Whether it can change a unit in the period, by its days and the drain days before, at all. */
bool measure_reaches(const struct measure *measure, const struct unit *unit,
                     const struct period *period);

/* Tells the estate how often each unit may change by measures. After both are read. */
void measures_expect(const struct measures *measures, const struct period *period,
                     struct estate *estate);

/* Of convert: so many go over on the day that lies so many days after `starts`; none when they
 * would not be done before it ends. */
int32_t measure_converts_on(const struct measure *measure, const struct unit_change *change,
                            int32_t days);

/* So many places more or fewer has a unit by then, days after `starts`: a part while it ramps up,
 * rounded towards 0. */
int32_t measure_places_by(const struct measure *measure, const struct unit_change *change,
                          int32_t days);

/* So much of a value that comes with the ramp, rounded towards 0; all of it once it is whole. The
 * day is not before `starts`. */
int64_t measure_part(const struct measure *measure, int64_t value, int32_t day);

static inline bool measure_is_on(const struct measure *measure, int32_t day)
{
    return measure->starts <= day && day <= measure->last;
}

/* Its factor on a day: 1 when it is not in force. */
double measure_factor(const struct measure *measure, int32_t day);

/* Its share on a day on which it is in force, as a threshold (docs/semantics.md, rule 5). */
static inline uint64_t measure_threshold(const struct measure *measure, int32_t day)
{
    int32_t days = day - measure->starts;
    return measure->threshold[days < measure->ramp_days ? days : measure->ramp_days];
}

/* Whether it asks who someone is. */
bool measure_has_who(const struct measure *measure);

/* The purposes of the draws that are named by the measure, ended by NULL. */
const char *const *measure_purposes(const struct measure *measure);

/* What it adds to the rate of its flow for the people of whom it asks, that day. */
double measure_addition(const struct measure *measure, int32_t day);

/* No rate of a flow is more than so many times the stated one and so many people a day more, for
 * whoever comes. */
double measures_raise(const struct measures *measures, int flow, int32_t day);
double measures_addition(const struct measures *measures, int flow, int32_t day);

/* What `celsim fields` prints: the keys of all measures, then those of each kind. */
void measures_write_fields(FILE *out);

#endif
