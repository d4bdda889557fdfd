#include "sim/fields.h"

#include <ctype.h>
#include <float.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/date.h"
#include "sim/rng.h"
#include "sim/scalar.h"

#define DENOMINATOR_AT_MOST 1000000000 /* of a fraction */
#define RATIO_AT_MOST 1000000000000    /* 10^12 */
#define COUNT_WANTED "it must be a whole number such as 12"
#define NUMBER_WANTED "it must be a number such as 12.5"
#define SHARE_WANTED "it must be a share such as 0.4 or 1/3"
#define RATIO_WANTED "it must be a number such as 0.95 or 2/3"
#define DURATION_WANTED "it must be a number and a unit, such as 14 days or 1.5 years"
#define DATE_WANTED "it must be year-month-day, such as 2027-04-01"
#define TEXT_WANTED "it must be a text"
#define NAME_WANTED "a name is small letters, digits and _, a letter first"

/* -- counts and numbers */

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
    double value = decimal_to_double(reader->arena, &decimal, exponent);
    if (value >= low && value <= high && value >= -DBL_MAX && value <= DBL_MAX) {
        *number = value;
        scalar_keep(&scalar, CONTENT_NUMBER, value);
        return true;
    }
    bool has_low = low > -DBL_MAX, has_high = high < DBL_MAX;
    if (has_low && has_high)
        return scalar_refuse(
            reader, &scalar,
            arena_print(reader->arena, "it must lie between %.15g and %.15g", low, high));
    if (has_low && value < low)
        return scalar_refuse(reader, &scalar,
                             arena_print(reader->arena, "it must be at least %.15g", low));
    if (has_high && value > high)
        return scalar_refuse(reader, &scalar,
                             arena_print(reader->arena, "it must be at most %.15g", high));
    return scalar_refuse(reader, &scalar, "it is too large");
}

/* -- fractions */

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
    int64_t factor = term.den / greatest_divisor(sum->den, term.den);
    if (sum->den > DENOMINATOR_AT_MOST / factor)
        return false;
    int64_t den = sum->den * factor;
    *sum = (struct fraction){sum->num * factor + term.num * (den / term.den), den};
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
    if (decimal.fraction_count > 9)
        return scalar_refuse(reader, scalar, "at most 9 decimals are allowed");
    if (decimal_digit_count(&decimal) > DIGITS_AT_MOST)
        return scalar_refuse(reader, scalar, "at most 18 digits are allowed");
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
        return scalar_refuse(reader, &scalar, "it must lie between 0 and 1");
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
    if (value.num < 0 || whole > RATIO_AT_MOST || (whole == RATIO_AT_MOST && over > 0))
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
                       "the shares of %s have no common denominator up to %d; write decimals",
                       node_label(reader->arena, parent), DENOMINATOR_AT_MOST);
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

/* -- durations and dates */

struct unit {
    const char *one, *many;
    int64_t     min;
};

static const struct unit units[] = {
    {"minute", "minutes", 1},
    {"hour", "hours", 60},
    {"day", "days", MINUTES_A_DAY},
    {"week", "weeks", 7 * MINUTES_A_DAY},
    {"month", "months", DAYS_A_MONTH *MINUTES_A_DAY},
    {"year", "years", MINUTES_A_YEAR},
};
#define UNIT_COUNT ((int)(sizeof units / sizeof units[0]))

void duration_format(int64_t min, char text[32])
{
    const struct unit *unit = &units[2];
    if (min % MINUTES_A_DAY != 0)
        unit = min % 60 ? &units[0] : &units[1];
    else if (min != 0 && min % MINUTES_A_YEAR == 0)
        unit = &units[5];
    int64_t count = min / unit->min;
    snprintf(text, 32, "%" PRId64 " %s", count, count == 1 ? unit->one : unit->many);
}

static const struct unit *find_unit(const char *word)
{
    for (int i = 0; i < UNIT_COUNT; i++)
        if (strcmp(word, units[i].one) == 0 || strcmp(word, units[i].many) == 0)
            return &units[i];
    return NULL;
}

static bool refuse_unit(struct reader *reader, const struct scalar *scalar, const char *word)
{
    const char *names[2 * UNIT_COUNT];
    for (int i = 0; i < UNIT_COUNT; i++) {
        names[2 * i] = units[i].many;
        names[2 * i + 1] = units[i].one;
    }
    const char *nearest = nearest_name(word, names, 2 * UNIT_COUNT);
    const char *advice =
        nearest
            ? arena_print(reader->arena, "did you mean '%s'?", nearest)
            : "the units are minutes, hours, days, weeks, months (30 days) and years (365 days)";
    return scalar_refuse(reader, scalar, advice);
}

/* The unit that stands one blank behind the number. NULL: an error was added. */
static const struct unit *read_unit(struct reader *reader, const struct scalar *scalar,
                                    const char *behind)
{
    if (!*behind) {
        scalar_refuse(reader, scalar,
                      arena_print(reader->arena, "give a unit, as in %s days", scalar->text));
        return NULL;
    }
    if (*behind != ' ' && !isalpha((unsigned char)*behind)) {
        scalar_refuse(reader, scalar, DURATION_WANTED);
        return NULL;
    }
    const char        *word = behind + strspn(behind, " ");
    const struct unit *unit = find_unit(word);
    if (!unit) {
        refuse_unit(reader, scalar, word);
        return NULL;
    }
    if (word != behind + 1) {
        scalar_refuse(reader, scalar,
                      arena_print(reader->arena, "write %.*s %s", (int)(behind - scalar->text),
                                  scalar->text, word));
        return NULL;
    }
    return unit;
}

/* Minutes, exact. false: they are not whole. The caller has seen that they fit. */
static bool to_minutes(const struct decimal *decimal, const struct unit *unit, int64_t *min)
{
    int64_t scale = decimal_power(decimal->fraction_count), digits = decimal_digits(decimal);
    int64_t part = digits % scale * unit->min; /* below 10^9 x 525,600 */
    *min = digits / scale * unit->min + part / scale;
    if (decimal->negative)
        *min = -*min;
    return part % scale == 0;
}

bool read_duration(struct reader *reader, struct node *node, int64_t low_min, int64_t high_min,
                   int64_t *min)
{
    struct scalar  scalar;
    struct decimal decimal;
    if (!scalar_take(reader, node, DURATION_WANTED, &scalar))
        return false;
    const char *behind = decimal_scan(scalar.text, &decimal);
    if (!behind)
        return scalar_refuse(reader, &scalar, DURATION_WANTED);
    const struct unit *unit = read_unit(reader, &scalar, behind);
    if (!unit)
        return false;
    if (decimal.fraction_count > 9)
        return scalar_refuse(reader, &scalar, "at most 9 decimals are allowed");
    int64_t value = INT64_MAX; /* over 9 digits are over 1,900 years, in minutes */
    if (decimal.whole_count <= 9 && !to_minutes(&decimal, unit, &value))
        return scalar_refuse(reader, &scalar, "it must come to whole minutes");
    if (value >= low_min && value <= high_min) {
        *min = value;
        scalar_keep(&scalar, CONTENT_DURATION, (double)value);
        return true;
    }
    char low[32], high[32];
    duration_format(low_min, low);
    duration_format(high_min, high);
    return scalar_refuse(reader, &scalar,
                         arena_print(reader->arena, "it must lie between %s and %s", low, high));
}

/* Why a text of the form of a date is none. */
static const char *date_fault(struct arena *arena, const char *text)
{
    static const char *const name[] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
    static const int         days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8);
    if (year < 1900 || year > 2999)
        return "years run from 1900 to 2999";
    if (month < 1 || month > 12)
        return "months run from 01 to 12";
    if (day == 0)
        return "days start at 01";
    if (month == 2 && day == 29)
        return arena_print(arena, "%d is no leap year", year);
    const char *most = month == 2 ? "at most " : "";
    return arena_print(arena, "%s has %s%d days", name[month - 1], most, days[month - 1]);
}

static bool has_form_of_date(const char *text)
{
    const char *form = "dddd-dd-dd";
    for (; *form; form++, text++)
        if (*form == 'd' ? !strchr(DIGITS, *text) || !*text : *text != '-')
            return false;
    return !*text;
}

bool read_date(struct reader *reader, struct node *node, int32_t *day)
{
    struct scalar scalar;
    if (!scalar_take(reader, node, DATE_WANTED, &scalar))
        return false;
    if (!has_form_of_date(scalar.text))
        return scalar_refuse(reader, &scalar, DATE_WANTED);
    if (!date_parse(scalar.text, day))
        return scalar_refuse(reader, &scalar, date_fault(reader->arena, scalar.text));
    return true;
}

/* -- texts and names */

bool read_text(struct reader *reader, struct node *node, const char **text)
{
    struct scalar scalar;
    if (!scalar_take(reader, node, TEXT_WANTED, &scalar))
        return false;
    if (!*scalar.text && !scalar.value->quoted)
        return scalar_refuse(reader, &scalar, TEXT_WANTED);
    *text = scalar.text;
    return true;
}

static bool equal_but_for_case(const char *a, const char *b)
{
    while (*a && tolower((unsigned char)*a) == *b)
        a++, b++;
    return *a == *b;
}

static bool is_among(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (equal_but_for_case(text, *words))
            return true;
    return false;
}

static bool is_name(const char *text)
{
    bool starts = *text >= 'a' && *text <= 'z';
    return starts && !text[strspn(text, "abcdefghijklmnopqrstuvwxyz" DIGITS "_")];
}

/* The text with small letters, and _ for the marks that stand between words; NULL: no name yet. */
static const char *repair_name(struct arena *arena, const char *text)
{
    char *name = arena_text(arena, text, strlen(text));
    for (char *c = name; *c; c++)
        *c = strchr(" -.", *c) ? '_' : (char)tolower((unsigned char)*c);
    return is_name(name) ? name : NULL;
}

/* Why a text is no name; NULL: it is one. */
static const char *name_fault(struct arena *arena, const char *text)
{
    static const char *const truths[] = {"on", "off", "yes", "no", "y", "n", "true", "false", NULL};
    static const char *const missing[] = {"null", "nan", "na", "~", NULL};

    if (is_among(text, truths))
        return "YAML 1.1 readers, as in R and Python, take it for a truth value: choose another";
    if (is_among(text, missing))
        return "R and Python take it for a missing value: choose another";
    if (is_name(text))
        return NULL;
    const char *name = repair_name(arena, text);
    return name ? arena_print(arena, NAME_WANTED ": write %s", name) : NAME_WANTED;
}

bool read_name(struct reader *reader, struct node *node, const char **name)
{
    struct scalar scalar;
    if (!scalar_take(reader, node, NAME_WANTED, &scalar))
        return false;
    const char *fault = name_fault(reader->arena, scalar.text);
    if (fault)
        return scalar_refuse(reader, &scalar, fault);
    *name = scalar.text;
    return true;
}

bool read_names(struct reader *reader, struct node *mapping)
{
    if (!read_mapping(reader, mapping))
        return false;
    bool good = true;
    for (const struct node *node = mapping->first; node; node = node->next) {
        const char *fault = node_is_note(node) ? NULL : name_fault(reader->arena, node->key);
        if (!fault)
            continue;
        node_key_error(reader, node, "%s is no name; %s", node->key, fault);
        good = false;
    }
    return good;
}

static const char *name_list(struct arena *arena, const char *const *names, int count,
                             const char *before_last)
{
    const char *list = names[0];
    for (int i = 1; i < count; i++)
        list = arena_print(arena, "%s%s%s", list, i < count - 1 ? ", " : before_last, names[i]);
    return list;
}

static bool refuse_choice(struct reader *reader, const struct scalar *scalar,
                          const char *const *words, int count)
{
    const char *nearest = nearest_name(scalar->text, words, count);
    const char *advice = nearest ? arena_print(reader->arena, "did you mean '%s'?", nearest)
                                 : arena_print(reader->arena, "it must be %s",
                                               name_list(reader->arena, words, count, " or "));
    return scalar_refuse(reader, scalar, advice);
}

/* Where no names are known and something is wrong already, that is what is wrong: their section
 * could not be read. */
static bool refuse_reference(struct reader *reader, const struct scalar *scalar, const char *what,
                             const char *const *names, int count)
{
    if (count == 0 && reader->errors->count > 0)
        return false;
    const char *none = arena_print(reader->arena, "no %s has this name", what);
    const char *nearest = nearest_name(scalar->text, names, count);
    if (nearest)
        none = arena_print(reader->arena, "%s; did you mean '%s'?", none, nearest);
    else if (count > 0)
        none = arena_print(reader->arena, "%s; known are %s", none,
                           name_list(reader->arena, names, count, ", "));
    else
        none = arena_print(reader->arena, "%s, and no other is known", none);
    return scalar_refuse(reader, scalar, none);
}

bool read_reference(struct reader *reader, struct node *node, const char *what,
                    const char *const *names, int count, int *index)
{
    struct scalar scalar;
    const char   *wanted = arena_print(reader->arena, "it must be the name of a %s", what);
    if (!scalar_take(reader, node, what ? wanted : "it must be one word", &scalar))
        return false;
    for (int i = 0; i < count; i++) {
        if (strcmp(scalar.text, names[i]) == 0) {
            *index = i;
            return true;
        }
    }
    return what ? refuse_reference(reader, &scalar, what, names, count)
                : refuse_choice(reader, &scalar, names, count);
}

/* -- mappings and lists */

static void read_note(struct reader *reader, struct node *node)
{
    static const char *const confidences[] = {"stated", "derived", "calibrated", "assumed"};
    const char              *text;
    int                      index;
    if (strcmp(node->key, "confidence") == 0)
        (void)!read_reference(reader, node, NULL, confidences, 4, &index);
    else
        (void)!read_text(reader, node, &text);
}

bool read_mapping(struct reader *reader, struct node *node)
{
    node->used = true;
    if (node->kind != NODE_MAPPING)
        return scalar_refuse_kind(reader, node, "it must be a mapping of keys to values");
    for (struct node *member = node->first; member; member = member->next)
        if (node_is_note(member) && !member->used)
            read_note(reader, member);
    return true;
}

bool read_list(struct reader *reader, struct node *node)
{
    node->used = true;
    if (node->kind == NODE_LIST)
        return true;
    const char *wanted = "it must be a list";
    if (node->kind == NODE_SCALAR && *node->text)
        wanted = arena_print(reader->arena, "it must be a list: write [%.60s]", node->text);
    return scalar_refuse_kind(reader, node, wanted);
}
