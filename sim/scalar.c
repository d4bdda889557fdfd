#include "sim/scalar.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* -- scalars */

/* A text as messages show it: short, on one line, cut between characters. */
static const char *shown(struct arena *arena, const char *text)
{
    size_t length = strlen(text), most = 60;
    if (length == 0)
        return "empty";
    size_t kept = length > most ? most : length;
    while (kept < length && ((unsigned char)text[kept] & 0xc0) == 0x80)
        kept--;
    char *copy = arena_text(arena, text, kept);
    for (char *c = copy; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = ' ';
    return kept < length ? arena_print(arena, "%s...", copy) : copy;
}

bool scalar_refuse(struct reader *reader, const struct scalar *scalar, const char *wanted)
{
    node_error(reader, scalar->value, "%s is %s; %s", node_label(reader->arena, scalar->named),
               shown(reader->arena, scalar->text), wanted);
    return false;
}

bool scalar_refuse_kind(struct reader *reader, const struct node *node, const char *wanted)
{
    const char *label = node_label(reader->arena, node);
    if (node->kind == NODE_SCALAR)
        node_error(reader, node, "%s is %s; %s", label, shown(reader->arena, node->text), wanted);
    else
        node_error(reader, node, "%s is a %s; %s", label,
                   node->kind == NODE_LIST ? "list" : "mapping", wanted);
    return false;
}

/* The member `value` of a mapping in which else only notes may stand. */
static struct node *take_value(struct reader *reader, struct node *mapping)
{
    static const char *const keys[] = {"value", "source", "confidence"};
    struct node             *value = NULL;
    for (struct node *node = mapping->first; node; node = node->next) {
        if (strcmp(node->key, "value") == 0)
            value = node;
        else if (!node_is_note(node))
            node_unknown_key(reader, node, keys, 3);
    }
    if (value)
        value->used = true;
    return value;
}

bool scalar_take(struct reader *reader, struct node *node, const char *wanted,
                 struct scalar *scalar)
{
    struct node *value = node;
    node->used = true;
    if (node->kind == NODE_MAPPING && node_find(node, "value")) {
        if (!read_mapping(reader, node))
            return false;
        value = take_value(reader, node);
    }
    if (value->kind != NODE_SCALAR)
        return scalar_refuse_kind(reader, value, wanted);
    *scalar = (struct scalar){node, value, value->text};
    return true;
}

void scalar_keep(const struct scalar *scalar, enum node_content content, double number)
{
    scalar->value->content = content;
    scalar->value->number = number;
}

/* -- the grammar of decimals: -?(0|[1-9][0-9]*)(\.[0-9]+)? */

const char *decimal_scan(const char *text, struct decimal *decimal)
{
    *decimal = (struct decimal){.negative = *text == '-'};
    decimal->whole = text + decimal->negative;
    decimal->whole_count = (int)strspn(decimal->whole, DIGITS);
    if (decimal->whole_count == 0 || (decimal->whole[0] == '0' && decimal->whole_count > 1))
        return NULL;
    const char *end = decimal->whole + decimal->whole_count;
    if (*end != '.')
        return end;
    decimal->fraction = end + 1;
    decimal->fraction_count = (int)strspn(decimal->fraction, DIGITS);
    return decimal->fraction_count ? decimal->fraction + decimal->fraction_count : NULL;
}

static bool is_made_of(const char *text, const char *characters)
{
    return *text && text[strspn(text, characters)] == '\0';
}

bool decimal_scan_exponent(const char *text, int *exponent)
{
    *exponent = 0;
    if (!*text)
        return true;
    if (*text != 'e' && *text != 'E')
        return false;
    const char *digits = text + 1 + (text[1] == '-' || text[1] == '+');
    if (!is_made_of(digits, DIGITS) || strlen(digits) > 3)
        return false;
    *exponent = atoi(digits) * (text[1] == '-' ? -1 : 1);
    return true;
}

static bool is_decimal(const char *text)
{
    struct decimal decimal;
    const char    *end = decimal_scan(text, &decimal);
    return end && !*end;
}

int decimal_digit_count(const struct decimal *decimal)
{
    return decimal->whole_count + decimal->fraction_count;
}

int64_t decimal_digits(const struct decimal *decimal)
{
    int64_t value = 0;
    for (int i = 0; i < decimal->whole_count; i++)
        value = 10 * value + (decimal->whole[i] - '0');
    for (int i = 0; i < decimal->fraction_count; i++)
        value = 10 * value + (decimal->fraction[i] - '0');
    return value;
}

int64_t decimal_power(int exponent)
{
    int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

const char *decimal_text(struct arena *arena, int64_t value, int decimals)
{
    for (; decimals < 0; decimals++) {
        if (value > INT64_MAX / 10)
            return NULL;
        value *= 10;
    }
    for (; decimals > 0 && value % 10 == 0; decimals--)
        value /= 10;
    if (decimals == 0)
        return arena_print(arena, "%" PRId64, value);
    if (decimals > DIGITS_AT_MOST)
        return NULL;
    int64_t unit = decimal_power(decimals);
    return arena_print(arena, "%" PRId64 ".%0*" PRId64, value / unit, decimals, value % unit);
}

/* Rounded half away from 0, in its shortest form, without sign; NULL: too long to be worth showing.
 */
static const char *decimal_rounded(struct arena *arena, const struct decimal *decimal)
{
    struct decimal cut = *decimal;
    cut.fraction_count = DECIMALS_AT_MOST;
    if (decimal_digit_count(&cut) > DIGITS_AT_MOST)
        return NULL;
    bool up = decimal->fraction[DECIMALS_AT_MOST] >= '5';
    return decimal_text(arena, decimal_digits(&cut) + up, DECIMALS_AT_MOST);
}

bool scalar_refuse_decimals(struct reader *reader, const struct scalar *scalar,
                            const struct decimal *decimal)
{
    const char *rounded = decimal_rounded(reader->arena, decimal);
    const char *behind = decimal->fraction + decimal->fraction_count;
    const char *sign = decimal->negative && rounded && strcmp(rounded, "0") != 0 ? "-" : "";
    return scalar_refuse(reader, scalar,
                         rounded ? arena_print(reader->arena,
                                               "at most %d decimals are allowed: write %s%s%s",
                                               DECIMALS_AT_MOST, sign, rounded, behind)
                                 : "at most 18 digits are allowed, of them 9 decimals");
}

const char *scalar_percent_hint(struct reader *reader, const struct scalar *scalar, double low,
                                double high)
{
    struct decimal decimal;
    const char    *end = decimal_scan(scalar->text, &decimal);
    int            decimals = decimal.fraction_count + 2;
    if (!end || *end || high > 1 || decimals > DECIMALS_AT_MOST || decimal.whole_count > 3)
        return "";
    int64_t digits = decimal_digits(&decimal);
    double  part = (double)digits / (double)decimal_power(decimals);
    if (part > 1 || 100 * part < 2 * high || (decimal.negative ? -part < low : part > high))
        return "";
    return arena_print(reader->arena, "; %s %% is %s%s", scalar->text, decimal.negative ? "-" : "",
                       decimal_text(reader->arena, digits, decimals));
}

/* -- repairs: what a number that breaks the grammar probably means. Each gives the advice, or NULL
 * when it does not apply. Other readers of YAML take many of these for another number in silence.
 */

static const char *without(struct arena *arena, const char *text, const char *marks)
{
    char *copy = arena_text(arena, text, strlen(text)), *to = copy;
    for (const char *from = text; *from; from++)
        if (!strchr(marks, *from))
            *to++ = *from;
    *to = '\0';
    return copy;
}

static const char *repair_octal(struct arena *arena, const char *text)
{
    if (!is_made_of(text, DIGITS) || text[0] != '0')
        return NULL;
    const char *digits = text + strspn(text, "0");
    return arena_print(arena, "a leading zero reads as octal elsewhere: write %s",
                       *digits ? digits : "0");
}

static const char *repair_base_60(struct arena *arena, const char *text)
{
    (void)arena;
    if (!is_made_of(text, DIGITS ":") || text[0] == ':')
        return NULL;
    return "a colon reads as base 60 elsewhere: write one plain number";
}

static const char *repair_hexadecimal(struct arena *arena, const char *text)
{
    if (text[0] != '0' || (text[1] != 'x' && text[1] != 'X') ||
        !is_made_of(text + 2, DIGITS "abcdefABCDEF") || strlen(text) > 15)
        return NULL;
    return arena_print(arena, "hexadecimal is not read: write %llu", strtoull(text, NULL, 16));
}

static const char *repair_gaps(struct arena *arena, const char *text)
{
    const char *closed = without(arena, text, "_ ");
    return strcmp(closed, text) != 0 && is_decimal(closed) ? arena_print(arena, "write %s", closed)
                                                           : NULL;
}

static const char *repair_plus(struct arena *arena, const char *text)
{
    return text[0] == '+' && is_decimal(text + 1) ? arena_print(arena, "write %s", text + 1) : NULL;
}

static const char *repair_bare_point(struct arena *arena, const char *text)
{
    size_t      length = strlen(text);
    const char *whole = text[0] == '.' ? arena_print(arena, "0%s", text) : text;
    if (length > 1 && text[length - 1] == '.')
        whole = arena_text(arena, text, length - 1);
    return whole != text && is_decimal(whole) ? arena_print(arena, "write %s", whole) : NULL;
}

/* 12.500 and 12,500: [1-9][0-9]{0,2}, then groups of three, each after the mark. */
static const char *repair_thousands(struct arena *arena, const char *text)
{
    size_t head = strspn(text, DIGITS);
    char   mark = text[head];
    if (head < 1 || head > 3 || text[0] == '0' || (mark != '.' && mark != ','))
        return NULL;
    for (const char *group = text + head; *group; group += 4)
        if (*group != mark || strspn(group + 1, DIGITS) < 3 || isdigit((unsigned char)group[4]))
            return NULL;
    return arena_print(arena, "write %s", without(arena, text, ".,"));
}

/* 1.234,56 and 1,234.56: the mark that stands last is that of the decimals. */
static const char *repair_both_marks(struct arena *arena, const char *text)
{
    size_t length = strlen(text), at = length;
    while (at > 0 && isdigit((unsigned char)text[at - 1]))
        at--;
    if (at == 0 || at == length)
        return NULL;
    const char *whole = arena_text(arena, text, at - 1);
    bool        other = text[at - 1] == '.' ? strchr(whole, ',') : strchr(whole, '.');
    if (!strchr(".,", text[at - 1]) || !other || !repair_thousands(arena, whole))
        return NULL;
    return arena_print(arena, "write %s.%s", without(arena, whole, ".,"), text + at);
}

/* The advice for thousands, or the decimal without the zeros that it ends in. */
static const char *either_of(struct arena *arena, const char *thousands, const char *text)
{
    struct decimal decimal;
    (void)decimal_scan(text, &decimal);
    return arena_print(arena, "%s or %s, as is meant", thousands,
                       decimal_text(arena, decimal_digits(&decimal), decimal.fraction_count));
}

/* Of a count 5.250 can only be 5250, but 5.000 is what some programs print for 5. */
static const char *repair_grouped(struct arena *arena, const char *text)
{
    const char *thousands = repair_thousands(arena, text);
    bool may_be_one = thousands && is_decimal(text) && strcmp(strchr(text, '.'), ".000") == 0;
    return may_be_one ? either_of(arena, thousands, text) : thousands;
}

static const char *repair_comma(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text, strlen(text));
    char *comma = strchr(copy, ',');
    if (!comma)
        return NULL;
    *comma = '.';
    if (!is_decimal(copy))
        return NULL;
    const char *thousands = repair_thousands(arena, text);
    return thousands ? either_of(arena, thousands, copy) : arena_print(arena, "write %s", copy);
}

static size_t sign_length(const char *text)
{
    return *text == '-' || *text == '+';
}

static const char *repair_percent(struct arena *arena, const char *text)
{
    struct decimal decimal;
    const char    *end = decimal_scan(text + sign_length(text), &decimal);
    const char    *word = end ? end + strspn(end, " ") : "";
    if ((strcmp(word, "%") != 0 && strcmp(word, "percent") != 0 && strcmp(word, "procent") != 0) ||
        decimal.negative || decimal_digit_count(&decimal) > DIGITS_AT_MOST)
        return NULL;
    const char *plain = decimal_text(arena, decimal_digits(&decimal), decimal.fraction_count + 2);
    return plain ? arena_print(arena, "write %s%s", *text == '-' ? "-" : "", plain) : NULL;
}

/* The advice for a factor in percent: +4 % and -4 % are more and less, 4 % may be 4 % of it. */
static const char *percent_of_factor(struct arena *arena, const char *text, const char *advice)
{
    struct decimal decimal;
    (void)decimal_scan(text + sign_length(text), &decimal);
    if (decimal_digit_count(&decimal) > DIGITS_AT_MOST / 2)
        return advice;
    int     decimals = decimal.fraction_count + 2;
    int64_t part = decimal_digits(&decimal), one = decimal_power(decimals);
    if (*text == '-')
        return part > one
                   ? NULL
                   : arena_print(arena, "write %s", decimal_text(arena, one - part, decimals));
    const char *more = decimal_text(arena, one + part, decimals);
    return *text == '+' ? arena_print(arena, "write %s", more)
                        : arena_print(arena, "%s, or %s for %s more", advice, more, text);
}

/* A word at the front of a text, and how many zeros it stands for. */
struct word {
    const char *text;
    int         zeros;
};

/* The word at the front of the text; of none a word without letters. */
static struct word leading_word(const char *text, const struct word *words)
{
    while (words->text[0] && strncasecmp(text, words->text, strlen(words->text)) != 0)
        words++;
    return *words;
}

/* A sum with its currency or its millions written out, in English or Dutch. */
static const char *repair_money(struct arena *arena, const char *text)
{
    static const struct word currencies[] = {
        {"€", 0}, {"euros", 0}, {"euro", 0}, {"eur", 0}, {"", 0}};
    static const struct word amounts[] = {
        {"thousand", 3}, {"duizend", 3}, {"k", 3},       {"million", 6}, {"miljoen", 6}, {"mln", 6},
        {"mio", 6},      {"billion", 9}, {"miljard", 9}, {"mld", 9},     {"m", 6},       {"", 0}};
    struct decimal decimal;
    size_t         currency = strlen(leading_word(text, currencies).text);
    const char    *end = decimal_scan(text + currency + strspn(text + currency, " "), &decimal);
    if (!end || (!*end && !currency) || decimal.negative ||
        decimal_digit_count(&decimal) > DIGITS_AT_MOST)
        return NULL;
    end += strspn(end, " ");
    struct word amount = leading_word(end, amounts);
    end += strlen(amount.text);
    end += strspn(end, " .");
    end += strlen(leading_word(end, currencies).text);
    const char *plain =
        decimal_text(arena, decimal_digits(&decimal), decimal.fraction_count - amount.zeros);
    return *end || !plain ? NULL : arena_print(arena, "write %s", plain);
}

static const char *repair_exponent(struct arena *arena, const char *text)
{
    struct decimal decimal;
    int            exponent;
    const char    *end = decimal_scan(text, &decimal);
    if (!end || !*end || !decimal_scan_exponent(end, &exponent) || decimal.negative ||
        decimal_digit_count(&decimal) > DIGITS_AT_MOST)
        return NULL;
    const char *plain =
        decimal_text(arena, decimal_digits(&decimal), decimal.fraction_count - exponent);
    return plain ? arena_print(arena, "write %s", plain) : NULL;
}

repair *const repairs_of_count[] = {
    repair_octal, repair_base_60, repair_hexadecimal, repair_gaps,
    repair_plus,  repair_grouped, repair_exponent,    NULL,
};
repair *const repairs_of_number[] = {
    repair_octal,   repair_base_60,    repair_hexadecimal, repair_gaps,
    repair_plus,    repair_bare_point, repair_comma,       repair_thousands,
    repair_percent, repair_money,      repair_exponent,    repair_both_marks,
    NULL,
};

bool scalar_is_no_thousands(struct reader *reader, const struct scalar *scalar,
                            const struct decimal *decimal)
{
    bool        ends_in_zero = decimal->fraction_count == 3 && decimal->fraction[2] == '0';
    const char *thousands = repair_thousands(reader->arena, scalar->text);
    if (!ends_in_zero || scalar->value->parent == NULL || !thousands)
        return true;
    if (!tree_is_set(scalar->value))
        return scalar_refuse(reader, scalar, either_of(reader->arena, thousands, scalar->text));
    /* The record of the run can be read again. */
    scalar->value->text = decimal_text(reader->arena, decimal_digits(decimal), 3);
    return true;
}

bool scalar_refuse_number(struct reader *reader, const struct scalar *scalar,
                          repair *const *repairs, const char *wanted)
{
    for (; *repairs; repairs++) {
        const char *advice = (*repairs)(reader->arena, scalar->text);
        if (advice && *repairs == repair_percent && scalar->named->key &&
            strcmp(scalar->named->key, "factor") == 0)
            advice = percent_of_factor(reader->arena, scalar->text, advice);
        if (advice)
            return scalar_refuse(reader, scalar, advice);
    }
    return scalar_refuse(reader, scalar, wanted);
}
