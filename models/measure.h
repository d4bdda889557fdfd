/* Measures: what policy changes from a date on. Each has a kind, which says where it acts:
 *
 * inflow: a factor on the arrivals of flows, of all or of those with some attributes.
 * replace_sentence: a share of those who come into a status with a sentence serve it otherwise, in
 * a regime outside (electronic detention) or out of sight (community service), and some of these
 * fail and come back.
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

enum measure_kind { MEASURE_INFLOW, MEASURE_REPLACE_SENTENCE, MEASURE_KINDS };

/* What a measure counts, in columns of a year. */
enum inflow_column { INFLOW_PEOPLE, INFLOW_COLUMNS };
enum replace_column {
    REPLACE_PEOPLE,     /* replaced */
    REPLACE_FAILED,     /* of these, who have come back */
    REPLACE_DAYS_SAVED, /* minutes that are not served inside */
    REPLACE_COST,       /* cents */
    REPLACE_COLUMNS
};

struct measure {
    const char       *name;
    enum measure_kind kind;
    int32_t           starts, last; /* days; NO_LAST_DAY: for good */
    int32_t           ramp_days;    /* it is whole so many days after `starts` */
    bool             *takes;        /* [profile]: whose attributes match */
    bool              is_emergency; /* for want of places: not by normal execution (demand.h) */
    int               column;       /* its first, among those of all measures */

    /* inflow */
    bool  *flow; /* [flow]: on which it acts */
    double factor;

    /* replace_sentence */
    uint64_t            statuses;                  /* at whose entry it is judged; a mask */
    int64_t             at_least_min, at_most_min; /* bounds of the sentence, both included */
    uint64_t           *threshold;                 /* [day since `starts`, up to ramp_days] */
    const char         *by;                        /* what is served instead; NULL: not said */
    int                 unit;                      /* where, in a regime outside; -1: nowhere */
    bool                has_cost;                  /* it is stated, 0 or more */
    int64_t             cost_per_person;           /* cents */
    uint64_t            fails_threshold;
    const struct shape *fails_after;
    int                 fails_as; /* status */
    struct purpose      draw, draw_fails, draw_after;
};

struct measures {
    int             count;
    struct measure *list; /* by name */
    int             diversion_count;
    int            *diversion; /* those that replace sentences, by start, then name */
    uint64_t        diverted;  /* statuses at whose entry some diversion is judged; a mask */
    int             inflow_count;
    int             column_count;
};

/* Reads `measures:` (NULL: none), after statuses and flows. */
void measures_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                   const struct statuses *statuses, const struct estate *estate,
                   const struct flows *flows, struct measures *measures);

/* A column of a measure: what it counts, and how it is written. */
struct measure_column {
    const char *indicator;
    enum { MEASURE_COUNT, MEASURE_MINUTES, MEASURE_CENTS } unit;
};
const struct measure_column *measure_columns(enum measure_kind kind, int *count);

static inline bool measure_is_on(const struct measure *measure, int32_t day)
{
    return measure->starts <= day && day <= measure->last;
}

/* The factor of an inflow measure on a day: 1 when it is not in force. */
double measure_factor(const struct measure *measure, int32_t day);

/* No rate of a flow is more than so many times the stated one, for whoever comes. */
double measures_raise(const struct measures *measures, int flow, int32_t day);

extern const struct field measure_fields[];

#endif
