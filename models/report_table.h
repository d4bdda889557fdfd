/* A table over replications: a row has names, then mean, sd and quantiles of one value a
 * replication. What series.csv, summary.csv and costs.csv have in common.
 */
#ifndef CELSIM_MODELS_REPORT_TABLE_H
#define CELSIM_MODELS_REPORT_TABLE_H

#include "models/scenario.h"
#include "sim/csv.h"
#include "sim/record.h"
#include "sim/tally.h"

#define MEAN_DECIMALS 3     /* of counts */
#define QUANTILE_DECIMALS 1 /* of counts */
#define FINE_DECIMALS 5     /* of shares, days of waiting and means over time */

/* How values are written: as they stand, value / 10^FINE_DECIMALS, or whole numbers of which
 * nothing behind the point is known. */
enum precision { PRECISION_COUNT, PRECISION_FINE, PRECISION_WHOLE, PRECISIONS };

/* Decimals of a value, and of what is written of it. */
struct decimals {
    int value, mean, quantile;
};
extern const struct decimals decimals_of[PRECISIONS];

#define NO_VALUE INT64_MIN /* of a replication: a ratio over nobody */

/* A row before it is summed up. Its names last as long as the call that hands it over. */
struct row {
    const char    *when, *indicator, *group;
    const int64_t *value; /* [replication], or NO_VALUE */
    enum precision precision;
};

/* Who is handed the rows of a table instead of a file. */
struct row_taker {
    void (*take)(void *context, const struct row *row);
    void *context;
};

struct report {
    const struct scenario  *plan;
    const struct records   *records;
    const struct row_taker *taker; /* NULL: rows are written to `out` */
    struct csv_out          out;
    uint32_t                per_draw; /* of the inputs; 0: chance and inputs are not told apart */
    struct row              row;      /* that is being made */
    int64_t                *value;    /* [replication]: its values */
    struct tally_scratch    scratch;
};

/* Some of the years: one, or all of them. */
struct years {
    const char *name;
    uint32_t    first, end; /* years of the record */
    int64_t     days;
};

MUST_USE bool report_open(struct report *report, const struct scenario *plan,
                          const struct records *records, const char *path, struct arena *arena,
                          struct errors *errors);

/* Likewise for a taker: no file, and no header to write. */
void report_open_rows(struct report *report, const struct scenario *plan,
                      const struct records *records, const struct row_taker *taker,
                      struct arena *arena);

/* Room to summarize so many values. */
struct tally_scratch report_scratch(struct arena *arena, size_t replications);

/* The header: `first`, indicator, group, then what report_tally writes. */
void report_header(struct report *report, const char *first);
void report_names(struct report *report, const char *when, const char *indicator,
                  const char *group);

/* Ends the row with a tally. */
void report_tally(struct report *report, const struct tally *tally, enum precision precision);
/* Ends the row with the values that are there; none: with empty cells. */
void report_values(struct report *report, enum precision precision);

/* The sum over years of a column of the year. */
int64_t report_sum_of(const struct report *report, const struct years *years, size_t replication,
                      int column);

/* A whole file: a header, then for each year, and for all of them, what `write` writes. */
MUST_USE bool report_by_year(const struct scenario *plan, const struct records *records,
                             const char *path, void *context,
                             void (*write)(struct report *report, const struct years *years,
                                           void *context),
                             struct arena *arena, struct errors *errors);

/* Calls `write` for each year of the record, then for all of them. */
void report_each_year(struct report *report, void *context,
                      void (*write)(struct report *report, const struct years *years,
                                    void *context));

/* The rows of summary.csv, costs.csv and measures.csv, for `celsim compare`: in their order, before
 * they are summed up over replications. */
void report_summary_rows(const struct scenario *plan, const struct records *records,
                         const struct row_taker *taker, struct arena *arena);
void report_costs_rows(const struct scenario *plan, const struct records *records,
                       const struct row_taker *taker, struct arena *arena);
void report_measures_rows(const struct scenario *plan, const struct records *records,
                          const struct row_taker *taker, struct arena *arena);

#endif
