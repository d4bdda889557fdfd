/* compare.csv: rows of a scenario beside those of the base, paired by replication. The base's
 * values stay, another scenario's last as long as its turn, so that the records of two are in
 * memory at a time.
 */
#ifndef CELSIM_STUDIES_PAIRING_H
#define CELSIM_STUDIES_PAIRING_H

#include "models/report_table.h"

/* A column that only one of the two has, wholly or in some year. */
struct left_out {
    const char      *indicator, *group;
    bool             is_base; /* the base has it */
    struct left_out *next;    /* NULL at the end */
};

/* What is told on the screen, of the total over all years. */
enum told {
    TOLD_USABLE,
    TOLD_NEED_NORMAL,
    TOLD_SHORTAGE_NORMAL,
    TOLD_PRESENT,
    TOLD_NEED,
    TOLD_SHORTAGE,
    TOLD_CELL,
    TOLD_QUEUE,
    TOLD_WAITING,
    TOLD_COSTS, /* of all years together */
    TOLDS
};
extern const char *const told_indicator[TOLDS];

#define TOLD_YEARS 10 /* of which the difference is told, from the first on */

struct told_row {
    bool               is_there;
    int                decimals;   /* of the means */
    struct tally_pairs pairs;      /* of all years */
    int                year_count; /* all; of the first TOLD_YEARS: */
    int                year[TOLD_YEARS];
    int64_t            difference[TOLD_YEARS];
};

/* One scenario against the base. */
struct comparison {
    const char      *name; /* in the column `scenario` */
    struct left_out *left_out;
    int              left_out_count;
    struct told_row  told[TOLDS];
};

struct base_row;

struct pairing {
    const struct scenario *plan;    /* of the base */
    const struct records  *records; /* likewise */
    struct arena          *arena;
    struct base_row       *first, *last;
    struct base_row       *next; /* where the other scenario's next row is looked for first */
    struct csv_out         out;
    uint32_t               per_draw;
    const char            *table; /* whose rows are being handed over: before its indicators */
    int64_t               *base_value, *value; /* [replication]: the pairs of a row */
    const int64_t         *nothing;            /* [replication]: 0 */
    bool                   both_cost;          /* both reckon money */
    struct tally_scratch   scratch;

    struct comparison *comparison; /* under way */
    struct left_out   *last_left_out;
};

/* Address space that it takes in the arena of the base, with records; bytes. */
size_t pairing_room(const struct scenario *plan, uint32_t replications);

/* Keeps what the base has; writes the header. `arena` lives as long as the pairing. */
MUST_USE bool pairing_open(struct pairing *pairing, const struct scenario *plan,
                           const struct records *records, const char *path, struct arena *arena,
                           struct errors *errors);

/* Writes the rows of another scenario of the same recorded days and replications: a row a year, for
 * all years, and of totals a row a day. per_draw: that of the two which is not 0, where one is.
 * Takes working room from `arena`. */
void pairing_write(struct pairing *pairing, const struct scenario *plan,
                   const struct records *records, struct comparison *comparison,
                   struct arena *arena);

MUST_USE bool pairing_close(struct pairing *pairing, struct errors *errors);

#endif
