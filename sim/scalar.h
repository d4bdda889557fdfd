/* What the readers of scalars share: the scalar with its name for messages, the grammar of decimal
 * numbers, and repairs, which tell what a number outside the grammar probably means. Only
 * readers.c and shape_read.c call this.
 *
 * Numbers are judged by their text before anything is converted: other readers of YAML take 010
 * for 8, 1:30 for 90 and 1e3abc for 1000, in silence.
 */
#ifndef CELSIM_SIM_SCALAR_H
#define CELSIM_SIM_SCALAR_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/fields.h"

#define DIGITS "0123456789"
#define DIGITS_AT_MOST 18 /* always fit an int64_t */

/* A scalar to be read. It is written plain or as {value: .., source: .., confidence: ..}. */
struct scalar {
    const struct node *named; /* whose key messages use */
    struct node       *value;
    const char        *text;
};

/* Marks the node and finds its scalar. false: a list or mapping; the error ends in `wanted`. */
MUST_USE bool scalar_take(struct reader *reader, struct node *node, const char *wanted,
                          struct scalar *scalar);

/* Keeps what the scalar was read as, for who asks the tree for numbers (models/inputs.h). */
void scalar_keep(const struct scalar *scalar, enum node_content content, double number);

/* Adds the error "<key> is <text>; <wanted>" and returns false. */
bool scalar_refuse(struct reader *reader, const struct scalar *scalar, const char *wanted);

/* The same for any node: "<key> is a list; <wanted>". */
bool scalar_refuse_kind(struct reader *reader, const struct node *node, const char *wanted);

/* Gives the advice of a repair for a text that breaks the grammar, or NULL when it does not apply.
 */
typedef const char *repair(struct arena *arena, const char *text);

extern repair *const repairs_of_count[], *const repairs_of_number[]; /* NULL at the end */

/* As scalar_refuse, with the first repair that applies in place of `wanted`. */
bool scalar_refuse_number(struct reader *reader, const struct scalar *scalar,
                          repair *const *repairs, const char *wanted);

/* A decimal: -?(0|[1-9][0-9]*)(\.[0-9]+)? */
struct decimal {
    bool        negative;
    const char *whole, *fraction; /* their digits, in the text; no fraction: NULL */
    int         whole_count, fraction_count;
};

/* A decimal such as 13.500, which a Dutch reader means as 13500, is refused with both ways to write
 * it; not in a CSV file or on the command line, where programs write so many decimals. true: it is
 * none such. */
MUST_USE bool scalar_is_no_thousands(struct reader *reader, const struct scalar *scalar,
                                     const struct decimal *decimal);

/* What follows the decimal at the front of the text; NULL: there is none. */
const char *decimal_scan(const char *text, struct decimal *decimal);

/* The exponent that is all of the text, [eE][+-]?[0-9]{1,3}, or 0 if nothing is left; false:
 * something else stands there. */
bool decimal_scan_exponent(const char *text, int *exponent);

int decimal_digit_count(const struct decimal *decimal);

/* All digits as one integer, without sign. The caller has seen that there are at most 18. */
int64_t decimal_digits(const struct decimal *decimal);

int64_t decimal_power(int exponent); /* 10^exponent, 0 to 18 */

/* value / 10^decimals in its shortest form; NULL: too long to be worth showing. */
const char *decimal_text(struct arena *arena, int64_t value, int decimals);

#define DECIMALS_AT_MOST 9 /* of what is read exactly */

/* The error for a decimal with more of them, with the nearest that may be written. */
bool scalar_refuse_decimals(struct reader *reader, const struct scalar *scalar,
                            const struct decimal *decimal);

/* For a number that does not lie between these: "; 40 % is 0.4" when it may have been meant as
 * percent: the range goes up to 1 at most, it is at least twice that, and as percent it would lie
 * there; else "". */
const char *scalar_percent_hint(struct reader *reader, const struct scalar *scalar, double low,
                                double high);

#endif
