/* A number that may differ by year: 75, or {2026: 20, 2027: 75}. The last year holds on, the first
 * holds before. Kept as an integer of a fine unit, such as cents or millionths, so that sums are
 * exact.
 */
#ifndef CELSIM_MODELS_BY_YEAR_H
#define CELSIM_MODELS_BY_YEAR_H

#include "sim/fields.h"

#define MILLIONTHS 1000000 /* shares and fte */
#define CENTS 100          /* euros */

/* So many millionths of a value, both >= 0, rounded down. */
static inline int64_t millionths_of(int64_t value, int64_t millionths)
{
    __extension__ typedef __int128 wide;
    return (int64_t)((wide)value * millionths / MILLIONTHS);
}

struct by_year {
    int      count; /* 0: not stated */
    int     *year;  /* rising */
    int64_t *value;
};

/* Reads one of both forms; numbers from `low` to `high`, rounded down to 1 / scale. false: an error
 * was added. */
MUST_USE bool by_year_read(struct reader *reader, struct node *node, int64_t scale, int64_t low,
                           int64_t high, struct by_year *by_year);

/* What holds in a year; 0 where nothing is stated. */
int64_t by_year_on(const struct by_year *by_year, int year);

/* The year that a key names, after the one named before (0: none). 0: an error was added. */
int by_year_key(struct reader *reader, const struct node *node, int before);

/* A number >= 0, plain or a/b, as an integer of 1 / scale, rounded down. */
MUST_USE bool read_scaled(struct reader *reader, struct node *node, int64_t scale, int64_t low,
                          int64_t high, int64_t *value);

/* A field reader into an int64_t: euros in cents. */
void read_cents(struct reader *reader, struct node *node, void *cents);

/* Field readers into a struct by_year. */
void read_cents_by_year(struct reader *reader, struct node *node, void *by_year);
void read_share_by_year(struct reader *reader, struct node *node, void *by_year);

#endif
