/* The works programme: projects that take places out of use, build, reopen or convert them, and the
 * budget and room for which they stand in one queue (docs/decisions/0020-works.md).
 *
 * A project takes its places out, and what it decants to is open, from its start to its end; what
 * it builds, reopens or converts is there from its end on. Dates are days since 1970-01-01, money
 * is in cents.
 */
#ifndef CELSIM_MODELS_WORKS_H
#define CELSIM_MODELS_WORKS_H

#include "models/by_year.h"
#include "models/columns.h"
#include "models/estate.h"
#include "models/measure.h"
#include "models/rules.h"
#include "models/status.h"

#define PROJECTS_AT_MOST 250
#define NOT_STARTED INT32_MAX /* a date that does not come within the period */

struct unit_places {
    int     unit;
    int32_t places;
    bool    all; /* all that is built; `places` are those of the planned start */
};

struct unit_list {
    int                 count;
    struct unit_places *list;
};

/* Places that leave one unit when the project starts and come up in another when it ends. */
struct conversion {
    int     from, to;
    int32_t places;
};

struct planned_start {
    int32_t             day;
    const struct shape *slip; /* NULL: none */
};

struct planned_time {
    int32_t             days;
    const struct shape *slip;
};

struct project {
    const char          *name;
    uint64_t             hash; /* of its stream of chance, "works.<name>" */
    int                  rank; /* by name */
    int64_t              priority;
    struct planned_start start;
    struct planned_time  takes;
    int64_t              cost_per_year, one_off;
    int                  after_count, *after; /* all of these must have ended */
    struct unit_list     takes_out, places_after, decants_to, lost, adds, opens;
    int32_t              places_out; /* of takes_out, in all */
    int32_t              moves_before_days, notice_days;
    int32_t              stays_days;   /* of what it adds; NO_LAST_DAY: for ever */
    int32_t              lost_without; /* not started by this day: `lost` are; NO_LAST_DAY: never */
    int                  conversion_count;
    struct conversion   *conversion;
};

/* What a replication records of a project: among its totals, from total_first on. */
enum project_total {
    PROJECT_START, /* day, or NOT_STARTED */
    PROJECT_END,
    PROJECT_LOST, /* 1: its places were lost on some day of the period */
    PROJECT_TOTALS
};

struct works {
    struct by_year         budget;             /* cents a year; count 0: no limit */
    int64_t                places_out_at_most; /* -1: no limit */
    int                    count;
    struct project        *project; /* in file order */
    int                    total_first;
    const struct measures *measures; /* some set other budgets; NULL: none */
};

/* A project in one course of events. */
struct works_date {
    int32_t earliest;   /* it is ready from this day on, as far as it depends on itself */
    int32_t days;       /* that it takes */
    int32_t start, end; /* worked out; `end` is the first day after it */
};

/* Reads `works:`, after the estate and its dates; announces to the estate what may change. */
void works_read(struct reader *reader, struct node *node, const struct period *period,
                struct estate *estate, struct works *works);

/* Before that, for a tree that does without the project at this path, if it is one: it is no longer
 * in `after` of the others, which are ready as far as it depends on themselves. */
void works_forget(struct node *root, const char *path);

/* Places of a unit that projects up to this one convert, in all. */
int64_t works_places_converted(const struct works *works, int last, int unit);

/* The fewest that are built in a unit on a day by the scenario, or after a project. */
int32_t works_fewest_built(const struct works *works, const struct estate *estate, int32_t day,
                           int unit);

/* Format of the error: places, unit, unit that they become. */
#define WORKS_CONVERTED_IN_ALL "%lld places of %s are converted in all, but it has %d"
#define WORKS_NOBODY_ENTERS                                                                        \
    "%d places of %s become %s, but no rule lets anybody in: see its regime and admits"

/* Refuses projects that bring places which no rule gives anybody. */
void works_check_rules(struct reader *reader, const struct node *node, const struct works *works,
                       const struct statuses *statuses, const struct estate *estate,
                       const struct rules *rules);

/* Whether some project costs anything. */
bool works_cost(const struct works *works);

/* Whether it has not started on lost_without. */
bool works_are_late(const struct project *project, const struct works_date *date);

/* Of places that it loses those that are lost while it runs too: neither taken out of use nor made
 * into others by itself. */
int32_t works_still_lost(const struct project *project, const struct unit_places *lost);

/* Whether places are lost without it on a day of the period. */
bool works_loses(const struct project *project, const struct works_date *date,
                 const struct period *period);

/* The day on which its places are lost, if they are: not before the period. */
int32_t works_lost_from(const struct project *project, const struct period *period);

/* Puts what a replication records of the projects among its totals. */
void works_add_totals(struct arena *arena, struct works *works, struct columns *columns);

/* Days that a project takes, of which so many are slip: at least its notice. */
int32_t works_days(const struct project *project, int32_t slip_days);

/* Works out all starts and ends, of which `earliest` and `days` are given, in a period from day
 * `first` to `last`. A start after that is NOT_STARTED, as is the end with it.
 *
 * Ready projects stand in one queue by the day on which they became ready, then priority, then
 * name. The first starts as soon as there is money and room for all of its duration, and nobody
 * passes it; who needs neither stands in no queue. At every moment the cost_per_year of those that
 * run is at most the budget of that year, and the places that they take out are at most
 * places_out_at_most, or what measures have in place of these, but for those in `measures_off`, a
 * mask: of each that which started last, of the same day the last by name. */
void works_schedule(const struct works *works, uint64_t measures_off, int32_t first, int32_t last,
                    struct works_date *date);

/* The budget in force on a day, cents a year by year, when all measures are law; count 0: no limit.
 */
const struct by_year *works_budget_on(const struct works *works, int32_t day);

/* The dates of the plan: no slip. `as_planned`: money, room and predecessors do not count either.
 */
void works_without_slip(const struct works *works, const struct period *period, bool as_planned,
                        struct works_date *date);

extern const struct field works_fields[], project_fields[];

#endif
