#include "sim/fields.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/date.h"
#include "sim/names.h"
#include "sim/scalar.h"

#define DURATION_WANTED "it must be a number and a unit, such as 14 days or 1.5 years"
#define DATE_WANTED "it must be year-month-day, such as 2027-04-01"

#define OTHER_WORDS 5

struct unit {
    const char *one, *many;
    int64_t     min;
    const char *other[OTHER_WORDS]; /* not allowed, but it is known what they mean */
};

/* `m` is a month to some and a minute to others. */
static const struct unit units[] = {
    {"minute", "minutes", 1, {"min", "mins", "minuut", "minuten"}},
    {"hour", "hours", 60, {"h", "hr", "hrs", "uur", "uren"}},
    {"day", "days", MINUTES_A_DAY, {"d", "dag", "dagen"}},
    {"week", "weeks", 7 * MINUTES_A_DAY, {"w", "wk", "wks", "weken"}},
    {"month", "months", DAYS_A_MONTH *MINUTES_A_DAY, {"mo", "mos", "mnd", "maand", "maanden"}},
    {"year", "years", MINUTES_A_YEAR, {"y", "yr", "yrs", "jaar", "jaren"}},
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

static const char *small_letters(struct arena *arena, const char *word)
{
    char *small = arena_text(arena, word, strlen(word));
    for (char *letter = small; *letter; letter++)
        *letter = (char)tolower((unsigned char)*letter);
    return small;
}

/* The unit that a word in small letters means in other words, or nearly is; NULL: none. */
static const struct unit *nearest_unit(const char *word)
{
    const char *names[2 * UNIT_COUNT];
    for (int i = 0; i < UNIT_COUNT; i++) {
        for (int k = 0; k < OTHER_WORDS && units[i].other[k]; k++)
            if (strcmp(word, units[i].other[k]) == 0)
                return &units[i];
        names[2 * i] = units[i].many;
        names[2 * i + 1] = units[i].one;
    }
    const char *nearest = nearest_name(word, names, 2 * UNIT_COUNT);
    return nearest ? find_unit(nearest) : NULL;
}

static bool refuse_unit(struct reader *reader, const struct scalar *scalar, const char *behind,
                        const char *word)
{
    const char *number = arena_text(reader->arena, scalar->text, (size_t)(behind - scalar->text));
    const struct unit *unit = nearest_unit(small_letters(reader->arena, word));
    const char        *advice =
        "the units are minutes, hours, days, weeks, months (30 days) and years (365 days)";
    if (unit)
        advice = arena_print(reader->arena, "did you mean '%s %s'?", number,
                             strcmp(number, "1") == 0 ? unit->one : unit->many);
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
        refuse_unit(reader, scalar, behind, word);
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

/* Minutes; false: rounded, since they are not whole. The caller has seen that they fit. */
static bool to_minutes(const struct decimal *decimal, const struct unit *unit, int64_t *min)
{
    int64_t scale = decimal_power(decimal->fraction_count), digits = decimal_digits(decimal);
    int64_t part = digits % scale * unit->min; /* below 10^9 x 525,600 */
    *min = digits / scale * unit->min + (2 * part + scale) / (2 * scale);
    if (decimal->negative)
        *min = -*min;
    return part % scale == 0;
}

/* `min`: the nearest whole minutes. */
static bool refuse_part(struct reader *reader, const struct scalar *scalar, int64_t min)
{
    char text[32];
    duration_format(min > 0 ? min : 1, text);
    return scalar_refuse(
        reader, scalar,
        arena_print(reader->arena, "it must come to whole minutes, such as %s", text));
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
    if (decimal.fraction_count > DECIMALS_AT_MOST)
        return scalar_refuse_decimals(reader, &scalar, &decimal);
    int64_t value = INT64_MAX; /* over 9 digits are over 1,900 years, in minutes */
    if (decimal.whole_count <= 9 && !to_minutes(&decimal, unit, &value))
        return refuse_part(reader, &scalar, value);
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

bool read_whole_days(struct reader *reader, struct node *node, int64_t low_min, int64_t high_min,
                     int64_t *min)
{
    int64_t value;
    if (!read_duration(reader, node, low_min, high_min, &value))
        return false;
    struct node  *stated = node->kind == NODE_MAPPING ? node_find(node, "value") : node;
    struct scalar scalar = {node, stated, stated->text};
    if (value % MINUTES_A_DAY != 0)
        return scalar_refuse(reader, &scalar, "it must be whole days");
    *min = value;
    scalar_keep(&scalar, CONTENT_DAYS, (double)value);
    return true;
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

/* Three whole numbers with one mark between, such as 1-7-2027 and 2027/7/1. */
static bool scan_three(const char *text, int number[3], int digits[3])
{
    char mark = 0;
    for (int i = 0; i < 3; i++) {
        digits[i] = (int)strspn(text, DIGITS);
        if (digits[i] < 1 || digits[i] > 4)
            return false;
        number[i] = atoi(text);
        text += digits[i];
        if (i == 2)
            break;
        if (!*text || !strchr("-/. ", *text) || (mark && *text != mark))
            return false;
        mark = *text++;
    }
    return !*text;
}

/* The date that is meant where day or year stands first, or a zero misses; else how one is written.
 */
static const char *date_advice(struct arena *arena, const char *text)
{
    int     number[3], digits[3];
    int32_t day;
    if (!scan_three(text, number, digits))
        return DATE_WANTED;
    bool day_first = digits[2] == 4;
    if (digits[day_first ? 2 : 0] != 4 || digits[day_first ? 0 : 2] > 2 || digits[1] > 2)
        return DATE_WANTED;
    const char *date = arena_print(arena, "%04d-%02d-%02d", number[day_first ? 2 : 0], number[1],
                                   number[day_first ? 0 : 2]);
    if (!date_parse(date, &day))
        return DATE_WANTED;
    return arena_print(arena,
                       day_first ? "it must be year-month-day: %s if the day stands first here"
                                 : "write %s",
                       date);
}

bool read_date(struct reader *reader, struct node *node, int32_t *day)
{
    struct scalar scalar;
    if (!scalar_take(reader, node, DATE_WANTED, &scalar))
        return false;
    if (!has_form_of_date(scalar.text))
        return scalar_refuse(reader, &scalar, date_advice(reader->arena, scalar.text));
    if (!date_parse(scalar.text, day))
        return scalar_refuse(reader, &scalar, date_fault(reader->arena, scalar.text));
    return true;
}
