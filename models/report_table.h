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

struct report {
    const struct scenario *plan;
    const struct records  *records;
    struct csv_out         out;
    uint32_t               per_draw; /* of the inputs; 0: chance and inputs are not told apart */
    int64_t               *value;    /* [replication]: of the row that is being made */
    struct tally_scratch   scratch;
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

/* The header: `first`, indicator, group, then what report_tally writes. */
void report_header(struct report *report, const char *first);
void report_names(struct report *report, const char *when, const char *indicator,
                  const char *group);

/* How values are written: as they stand, value / 10^FINE_DECIMALS, or whole numbers of which
 * nothing behind the point is known. */
enum precision { PRECISION_COUNT, PRECISION_FINE, PRECISION_WHOLE };

/* Ends the row with a tally. */
void report_tally(struct report *report, const struct tally *tally, enum precision precision);
/* Ends the row with the first n values; none: with empty cells. */
void report_values(struct report *report, size_t n, enum precision precision);

/* The sum over years of a column of the year. */
int64_t report_sum_of(const struct report *report, const struct years *years, size_t replication,
                      int column);

/* Calls `write` for each year of the record, then for all of them. */
void report_each_year(struct report *report, void *context,
                      void (*write)(struct report *report, const struct years *years,
                                    void *context));

#endif
