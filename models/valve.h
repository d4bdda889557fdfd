/* Valves (kleppen): what is let out, or kept out, while it is too full. A valve opens and closes at
 * its reviews, by what stood at the midnights before (docs/semantics.md, rule 13).
 */
#ifndef CELSIM_MODELS_VALVE_H
#define CELSIM_MODELS_VALVE_H

#include "models/rules.h"
#include "models/who.h"

#define VALVES_AT_MOST 64
#define MEAN_OVER_AT_MOST 366 /* days */
#define REVIEW_MONTHLY 0
#define NO_VALVE (-1)

/* Draws of a valve of that name: who is of its share. */
#define VALVE_PURPOSES 2
#define PURPOSE_FREES "valve"
#define PURPOSE_UNSOUGHT "valve.stop_arrests"

/* What it looks at, at 24:00. */
enum gauge {
    GAUGE_NONE,         /* nothing: it is open from its first to its last day */
    GAUGE_OCCUPANCY,    /* people in places by usable places */
    GAUGE_WAITING,      /* people who wait for a place */
    GAUGE_POLICE_CELLS, /* people in places of emergency regimes */
    GAUGES
};

/* For whom a valve is meant. */
struct valve_whom {
    bool       *matches; /* [status x profiles + profile] */
    int64_t     sentence_least_min, sentence_most_min;
    bool        asks_sentence; /* of who has one */
    uint64_t    share_threshold;
    struct jump draw; /* of the share */
};

struct valve {
    const char       *name;
    enum gauge        gauge;
    struct fraction   opens, closes; /* at or above the first, below the second; counts over 1 */
    bool             *is_of;         /* [unit]: its places count */
    uint64_t          waits_of;      /* statuses whose waiting people count, also for as_needed */
    int32_t           mean_over;     /* days */
    int32_t           every;         /* days between reviews; DAYS_A_WEEK with on_monday */
    bool              on_monday;
    int32_t           from, last;  /* in force on these days; last: or NO_LAST_DAY */
    int64_t           earlier_min; /* 0: nobody is released early */
    struct valve_whom frees;       /* who may be released early */
    bool              chooses; /* some are chosen at each review: no more than wait, or a number */
    bool              as_needed;
    int64_t           at_most;                 /* a review; INT64_MAX: no cap */
    uint64_t          stops;                   /* statuses that are not called up */
    uint64_t          by_sentence, by_waiting; /* statuses called up in this order */
    uint64_t          doubles;                 /* regimes in which people may share a cell */
    bool             *opens_rule;   /* [rule]: also to places out of category; NULL: none */
    const char       *stops_reason; /* of leaving a queue: it does not happen; NULL: all do */
    struct valve_whom unsought;     /* to whom it does not */
};

struct valves {
    int           count;
    struct valve *list;         /* by name */
    bool          orders_calls; /* some say in which order people are called up */
    uint64_t      doubled;      /* regimes in which they may while some valve is open only */
    bool          opens_rules;  /* some let rules use places out of category */
    uint64_t     *stopping; /* [status x LEAVES_AT_MOST + reason]: the valves that stop it; NULL:
                               none does */
};

/* What a year keeps of each valve. */
enum valve_column {
    VALVE_OPENINGS,
    VALVE_DAYS_OPEN,
    VALVE_PEOPLE,     /* whom it touched, by what it does (docs/semantics.md, rule 13) */
    VALVE_DAYS_SAVED, /* minutes between their release and the one planned */
    VALVE_COLUMNS
};
extern const char *const valve_column_name[VALVE_COLUMNS];

/* Reads `valves:` (NULL: none) when the rules are known. */
void valves_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                 const struct statuses *statuses, const struct estate *estate,
                 const struct rules *rules, struct valves *valves);

extern const struct field valve_fields[];

#endif
