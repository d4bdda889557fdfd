#include "sim/fields.h"

#include <float.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/scalar.h"

#define COUNT_WANTED "it must be a whole number such as 12"
#define NUMBER_WANTED "it must be a number such as 12.5"

bool read_count(struct reader *reader, struct node *node, int64_t low, int64_t high, int64_t *count)
{
    struct scalar  scalar;
    struct decimal decimal;
    if (!scalar_take(reader, node, COUNT_WANTED, &scalar))
        return false;
    const char *end = decimal_scan(scalar.text, &decimal);
    if (!end || *end || decimal.fraction)
        return scalar_refuse_number(reader, &scalar, repairs_of_count, COUNT_WANTED);
    bool    is_long = decimal.whole_count > DIGITS_AT_MOST;
    int64_t size = is_long ? INT64_MAX : decimal_digits(&decimal);
    int64_t value = decimal.negative ? -size : size;
    if (value >= low && value <= high && !is_long) {
        *count = value;
        scalar_keep(&scalar, CONTENT_COUNT, (double)value);
        return true;
    }
    if (high < COUNT_AT_MOST)
        return scalar_refuse(
            reader, &scalar,
            arena_print(reader->arena, "it must lie between %" PRId64 " and %" PRId64, low, high));
    if (value < low)
        return scalar_refuse(reader, &scalar,
                             arena_print(reader->arena, "it must be at least %" PRId64, low));
    return scalar_refuse(reader, &scalar,
                         arena_print(reader->arena, "it must be at most %" PRId64, high));
}

/* strtod looks for the decimal point of the process's locale, so it is given none: all digits as
 * one integer, and the exponent lowered. The value is the same, correctly rounded. */
static double decimal_to_double(struct arena *arena, const struct decimal *decimal, int exponent)
{
    const char *text =
        arena_print(arena, "%s%.*s%.*se%d", decimal->negative ? "-" : "", decimal->whole_count,
                    decimal->whole, decimal->fraction_count,
                    decimal->fraction ? decimal->fraction : "", exponent - decimal->fraction_count);
    return strtod(text, NULL);
}

bool read_number(struct reader *reader, struct node *node, double low, double high, double *number)
{
    struct scalar  scalar;
    struct decimal decimal;
    int            exponent;
    if (!scalar_take(reader, node, NUMBER_WANTED, &scalar))
        return false;
    const char *end = decimal_scan(scalar.text, &decimal);
    if (!end || !decimal_scan_exponent(end, &exponent))
        return scalar_refuse_number(reader, &scalar, repairs_of_number, NUMBER_WANTED);
    if (!scalar_is_no_thousands(reader, &scalar, &decimal))
        return false;
    double value = decimal_to_double(reader->arena, &decimal, exponent);
    if (value >= low && value <= high && value >= -DBL_MAX && value <= DBL_MAX) {
        *number = value;
        scalar_keep(&scalar, CONTENT_NUMBER, value);
        return true;
    }
    bool has_low = low > -DBL_MAX, has_high = high < DBL_MAX;
    if (has_low && has_high)
        return scalar_refuse(reader, &scalar,
                             arena_print(reader->arena, "it must lie between %.15g and %.15g%s",
                                         low, high,
                                         scalar_percent_hint(reader, &scalar, low, high)));
    if (has_low && value < low)
        return scalar_refuse(reader, &scalar,
                             arena_print(reader->arena, "it must be at least %.15g", low));
    if (has_high && value > high)
        return scalar_refuse(reader, &scalar,
                             arena_print(reader->arena, "it must be at most %.15g", high));
    return scalar_refuse(reader, &scalar, "it is too large");
}
