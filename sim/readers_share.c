#include "sim/fields.h"

#include <inttypes.h>
#include <string.h>

#include "sim/rng.h"
#include "sim/scalar.h"

#define DENOMINATOR_AT_MOST 1000000000 /* of a fraction that is written */
#define RATIO_AT_MOST 1000000000000    /* 10^12 */
/* Of a sum: 9 decimals have room beside thirds and sevenths, and it is exact as a double. */
#define COMMON_AT_MOST INT64_C(1000000000000000)
#define SHARE_WANTED "it must be a share such as 0.4 or 1/3"
#define RATIO_WANTED "it must be a number such as 0.95 or 2/3"

static int64_t greatest_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static struct fraction reduced(int64_t num, int64_t den)
{
    int64_t divisor = greatest_divisor(num < 0 ? -num : num, den);
    return (struct fraction){num / divisor, den / divisor};
}

bool fraction_add(struct fraction *sum, struct fraction term)
{
    int64_t factor = term.den / greatest_divisor(sum->den, term.den), num;
    if (sum->den > COMMON_AT_MOST / factor)
        return false;
    int64_t den = sum->den * factor;
    if (__builtin_mul_overflow(sum->num, factor, &num) ||
        __builtin_add_overflow(num, term.num * (den / term.den), &num))
        return false; /* thousands of shares that are each nearly all */
    *sum = (struct fraction){num, den};
    return true;
}

/* As a decimal where it has one, or as a/b. */
static const char *fraction_text(struct arena *arena, struct fraction fraction)
{
    if (DENOMINATOR_AT_MOST % fraction.den == 0 && fraction.num <= DENOMINATOR_AT_MOST)
        return decimal_text(arena, fraction.num * (DENOMINATOR_AT_MOST / fraction.den), 9);
    return arena_print(arena, "%" PRId64 "/%" PRId64, fraction.num, fraction.den);
}

/* The denominator after the `/` of a/b; 0: it is not of that form or range. */
static int64_t scan_denominator(const char *text)
{
    struct decimal decimal;
    const char    *end = decimal_scan(text, &decimal);
    if (!end || *end || decimal.fraction || decimal.negative || decimal.whole_count > 10)
        return 0;
    int64_t den = decimal_digits(&decimal);
    return den <= DENOMINATOR_AT_MOST ? den : 0;
}

/* A decimal or a/b as an exact fraction, of any sign and size. */
static bool read_fraction(struct reader *reader, const struct scalar *scalar, const char *wanted,
                          struct fraction *fraction)
{
    struct decimal decimal;
    const char    *end = decimal_scan(scalar->text, &decimal);
    if (!end || (*end && (*end != '/' || decimal.fraction)))
        return scalar_refuse_number(reader, scalar, repairs_of_number, wanted);
    if (decimal.fraction_count > DECIMALS_AT_MOST)
        return scalar_refuse_decimals(reader, scalar, &decimal);
    if (decimal_digit_count(&decimal) > DIGITS_AT_MOST)
        return scalar_refuse(reader, scalar, "at most 18 digits are allowed");
    if (!scalar_is_no_thousands(reader, scalar, &decimal))
        return false;
    int64_t den = *end ? scan_denominator(end + 1) : decimal_power(decimal.fraction_count);
    if (den == 0)
        return scalar_refuse(reader, scalar,
                             "the number behind the / must be whole, from 1 to 1000000000");
    int64_t num = decimal_digits(&decimal);
    *fraction = reduced(decimal.negative ? -num : num, den);
    return true;
}

bool read_share(struct reader *reader, struct node *node, struct fraction *share)
{
    struct scalar   scalar;
    struct fraction value;
    if (!scalar_take(reader, node, SHARE_WANTED, &scalar) ||
        !read_fraction(reader, &scalar, SHARE_WANTED, &value))
        return false;
    if (value.num < 0 || value.num > value.den)
        return scalar_refuse(reader, &scalar,
                             arena_print(reader->arena, "it must lie between 0 and 1%s",
                                         scalar_percent_hint(reader, &scalar, 0, 1)));
    *share = value;
    scalar_keep(&scalar, CONTENT_NUMBER, (double)value.num / (double)value.den);
    return true;
}

bool read_ratio(struct reader *reader, struct node *node, struct fraction *ratio)
{
    struct scalar   scalar;
    struct fraction value;
    if (!scalar_take(reader, node, RATIO_WANTED, &scalar) ||
        !read_fraction(reader, &scalar, RATIO_WANTED, &value))
        return false;
    int64_t whole = value.num / value.den, over = value.num % value.den;
    if (value.num < 0)
        return scalar_refuse(reader, &scalar, "it must be at least 0");
    if (whole > RATIO_AT_MOST || (whole == RATIO_AT_MOST && over > 0))
        return scalar_refuse(reader, &scalar, "it must lie between 0 and 1000000000000");
    *ratio = value;
    scalar_keep(&scalar, CONTENT_NUMBER, (double)value.num / (double)value.den);
    return true;
}

static bool is_rest(const struct node *node)
{
    return node->kind == NODE_SCALAR && strcmp(node->text, "rest") == 0;
}

/* Reads all but the rest and adds them up; `rest` is its index or -1. */
static bool sum_shares(struct reader *reader, struct node *parent, struct node *const *nodes,
                       int count, struct fraction *shares, struct fraction *sum, int *rest)
{
    bool good = true;
    *sum = (struct fraction){0, 1};
    *rest = -1;
    for (int i = 0; i < count; i++) {
        nodes[i]->used = true;
        if (is_rest(nodes[i])) {
            if (*rest >= 0) {
                node_error(reader, nodes[i], "%s is rest; only one share can be the rest",
                           node_label(reader->arena, nodes[i]));
                good = false;
            }
            *rest = i;
            continue;
        }
        if (!read_share(reader, nodes[i], &shares[i])) {
            good = false;
            continue;
        }
        if (good && !fraction_add(sum, shares[i])) {
            node_error(reader, parent,
                       "the shares of %s have no common denominator up to %" PRId64
                       "; write decimals",
                       node_label(reader->arena, parent), COMMON_AT_MOST);
            return false;
        }
    }
    return good;
}

static void set_thresholds(const struct fraction *shares, int count, uint64_t *threshold)
{
    struct fraction sum = {0, 1};
    for (int i = 0; i < count; i++) {
        must(fraction_add(&sum, shares[i]));
        threshold[i] = rng_threshold(sum.num, sum.den);
    }
}

bool read_shares(struct reader *reader, struct node *parent, struct node *const *nodes, int count,
                 struct fraction *shares, uint64_t *cumulative_threshold)
{
    struct fraction sum;
    int             rest;
    if (!sum_shares(reader, parent, nodes, count, shares, &sum, &rest))
        return false;
    bool fits = rest >= 0 ? sum.num <= sum.den : sum.num == sum.den;
    if (!fits) {
        node_error(reader, parent, "the shares of %s add up to %s; they must add up to 1%s",
                   node_label(reader->arena, parent),
                   fraction_text(reader->arena, reduced(sum.num, sum.den)),
                   rest >= 0 ? " with the rest" : "");
        return false;
    }
    if (rest >= 0)
        shares[rest] = reduced(sum.den - sum.num, sum.den);
    set_thresholds(shares, count, cumulative_threshold);
    return true;
}
