/* What is recorded: the columns of a day and of a year, worked out at load from `output:`. A column
 * is an indicator for a group: `present` of `status.remand`. The world adds to columns by index and
 * never sees a name.
 */
#ifndef CELSIM_MODELS_COLUMNS_H
#define CELSIM_MODELS_COLUMNS_H

#include "models/costs.h"
#include "models/estate.h"
#include "models/measure.h"
#include "models/month_end.h"
#include "models/returns.h"
#include "models/rules.h"
#include "models/stand_in.h"
#include "models/status.h"
#include "models/valve.h"
#include "sim/record.h"

/* Counts: of a day in all, of a year by status too. */
enum count {
    COUNT_ARRIVALS,        /* new persons in the system */
    COUNT_ENTRIES,         /* entries into the status, from outside or by a route */
    COUNT_PLACEMENTS,      /* places given */
    COUNT_REFUSED,         /* left because no place was free (waits: nowhere) */
    COUNT_RELEASED,        /* left the system by release */
    COUNT_LEFT_WAITING,    /* of these, while waiting for a place */
    COUNT_CALLED,          /* called up */
    COUNT_NO_SHOW,         /* called, did not come */
    COUNT_SENT_HOME,       /* at the limit, or at the gate */
    COUNT_OUT_OF_CATEGORY, /* placements out of category */
    COUNT_OVER_CAPACITY,   /* placements over capacity at the limit */
    COUNT_TRANSFERRED,     /* moved because their unit shrank */
    COUNT_ACROSS_REGIONS,  /* placements in another region than the person's own, by `near` */
    COUNT_SWAPPED,         /* places got in exchange for the own one */
    COUNTS
};

/* Stocks: people at midnight, and person-minutes of the day. */
enum stock {
    STOCK_PRESENT,    /* held: in a place of a unit, police cells included */
    STOCK_WAITING,    /* waiting for a place, wherever they are */
    STOCK_OUTSIDE,    /* known to the system and not held */
    STOCK_OVER_LIMIT, /* waiting past the legal limit */
    STOCKS
};

/* Places at midnight: built = usable + those out of use by cause (the order of enum cause) +
 * unpaired. */
enum place_column {
    PLACE_BUILT,
    PLACE_OUT,
    PLACE_LATE = PLACE_OUT + CAUSES, /* usable still, though they were to close */
    PLACE_UNPAIRED, /* second in a cell and without a pair; no column where no unit shares */
    PLACE_COLUMNS
};

/* Staff, as minutes of an fte, so that a mean over time follows. */
enum staff_column { STAFF_NEEDED, STAFF_EMPLOYED, STAFF_AVAILABLE, STAFF_COLUMNS };

/* What a year keeps of waits, by status; a wait belongs to the year in which it began. */
enum wait { WAIT_ENDED, WAIT_LONGER_THAN_0, WAIT_MINUTES, WAITS };
#define WAIT_CLASSES 24
extern const int32_t wait_class_from_days[WAIT_CLASSES]; /* whole days: 0, 1, 2, .. */

/* Waits that take longer than they may, in the year in which they do. */
enum overdue_column { OVERDUE_MINUTES, OVERDUE_PEOPLE, OVERDUE_DUE, OVERDUE_COLUMNS };

/* Crises of people who are held: those that begin; people in one, and those of them without a place
 * for it, at midnight and over the day. */
enum crisis_column {
    CRISIS_BEGUN,
    CRISIS_PEOPLE,
    CRISIS_PEOPLE_MEAN,
    CRISIS_WAITING,
    CRISIS_WAITING_MEAN,
    CRISIS_COLUMNS
};

enum column_kind {
    COLUMN_STOCK,
    COLUMN_MINUTES,
    COLUMN_USABLE,
    COLUMN_OVER_CAPACITY,
    COLUMN_COUNT,
    COLUMN_WAIT,
    COLUMN_CENTS
};

/* On which days a column has a row in series.csv; summary.csv has them all. A record keeps
 * no more days than are shown: what is never shown has its sums by year. */
enum shown { SHOWN_DAILY, SHOWN_MONTH_END, SHOWN_NEVER };

struct column {
    const char      *indicator; /* "present" */
    const char      *group;     /* "total", "status.remand", "sex.man" */
    enum column_kind kind;
    enum shown       shown;
    int              at; /* of a day: its number among those with the same `shown` */
};

/* Columns of the row of a day that a record keeps: those shown daily, or on month ends. */
struct kept {
    int  count;
    int *column; /* [count] */
};

/* Who is present or waiting is told apart by what `output: daily:` asks; all else is total. */
struct columns {
    int            daily_count, yearly_count;
    int            further_count; /* totals behind those of enum total, each with a name */
    const char   **further_name;
    struct column *daily;  /* the row of a day; also the first of the year: sums over its days */
    struct column *yearly; /* behind these: counts by status, then waits */
    struct kept    kept[SHOWN_NEVER]; /* by enum shown */

    /* Of a record's columns, "present status.remand": unique. Those of days: as kept; of month
     * ends: as kept, then those of month_end. */
    const char **daily_name, **monthly_name, **yearly_name;

    int       class_count;      /* classes of profiles that the groups tell apart */
    uint16_t *class_of_profile; /* [profile] */

    /* Who is present is counted in rows of cells: units of one regime that no column tells apart
     * share a row, so that midnight has few cells to go over. */
    int       row_count;
    uint16_t *row_of_unit;   /* [unit]; one more for outside */
    int      *regime_of_row; /* [row]; outside: the number of regimes */

    /* Column pairs (people, minutes) to which a cell adds, ended by -1. Present: by row, status,
     * class. Waiting and over the limit: by status and class. */
    int  target_room;
    int *target[STOCKS]; /* [(row, status, class)][target_room], or [(status, class)][target_room]
                          */
    int  count_total[COUNTS];
    int *usable_of_regime; /* [regime]: column, or -1; emergency, outside and unlimited regimes have
                              none */
    int              usable_total, over_capacity_total;
    struct stand_in  stand_in;
    struct month_end month_end;
    /* Columns of places stand together, from place_first: place_each of the total, then as many of
     * each regime whose places change. */
    int  place_first, place_count, place_each;
    int *place_of_regime; /* [regime]: its first, counted from place_first, or -1 */
    int  count_first;     /* yearly: count_first + status x COUNTS + count */
    int  wait_first;      /* yearly: wait_first + status x (WAITS + WAIT_CLASSES) + which */
    int  reason_first, reason_count; /* yearly: left_queue, by status and reason */
    int  left_queue_total;           /* -1: no status has a reason to leave its queue */
    int  returns_total;              /* -1: nobody returns */
    int  cost_first;                 /* yearly, cents: cost_first + group x COST_ITEMS + item */
    int  policy_first, policy_count; /* yearly: what measures and valves count, for measures.csv */
    int  valve_first;                /* of these: valve_first + valve x VALVE_COLUMNS + which */
    /* Of statuses whose waits may be overdue: overdue_first + overdue_of_status + which. */
    int  overdue_first, overdue_count;
    int *overdue_of_status; /* [status]; -1: there is no bound */
    /* Crises: crisis_first + enum crisis_column of a day (-1: nobody has any); of a year those
     * begun in a status, crises_first + crises_of_status. */
    int  crisis_first, crises_first;
    int *crises_of_status; /* [status]; -1: none */
    int staff_first; /* yearly: staff_first + (0 in all, or 1 + staffing) x STAFF_COLUMNS + which */
};

/* Indices of the columns of a replication's totals. */
enum total {
    TOTAL_EVENTS,
    TOTAL_START,
    TOTAL_ARRIVALS,
    TOTAL_HELD,
    TOTAL_CELL,
    TOTAL_OUTSIDE,
    TOTAL_LEFT,
    TOTAL_PERSON_MINUTES,
    TOTAL_STAY_MINUTES,
    TOTALS
};

/* Reads `output:`; an empty mapping gives total, status and regime. */
void columns_read(struct reader *reader, struct node *node, const struct period *period,
                  const struct attributes *attributes, const struct statuses *statuses,
                  const struct estate *estate, const struct rules *rules, const struct staff *staff,
                  const struct costs *costs, const struct measures *measures,
                  const struct valves *valves, const struct returns *returns,
                  struct columns *columns);

/* Adds totals that other parts of the model record; the index of the first. `names` is kept. */
int columns_add_totals(struct columns *columns, struct arena *arena, const char *const *names,
                       int count);

/* Names of a replication's totals: TOTALS, then the further ones. */
const char **columns_total_names(const struct columns *columns, struct arena *arena);

/* Columns of a record's month ends. */
int columns_monthly_count(const struct columns *columns);

extern const struct field output_fields[];

#endif
