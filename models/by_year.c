#include "models/by_year.h"

#include <inttypes.h>

#define FIRST_YEAR 1900
#define LAST_YEAR 2999
#define EUROS_AT_MOST 1000000000000 /* 10^12: in cents far from the end of an int64_t */

/* Four digits; 0: no year. */
static int parse_year(const char *text)
{
    int year = 0;
    for (int digits = 0; *text; text++, digits++) {
        if (*text < '0' || *text > '9' || digits == 4)
            return 0;
        year = 10 * year + (*text - '0');
    }
    return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

int by_year_key(struct reader *reader, const struct node *node, int before)
{
    int year = parse_year(node->key);
    if (year == 0)
        node_key_error(reader, node, "%s is no year; it must be one from %d to %d", node->key,
                       FIRST_YEAR, LAST_YEAR);
    else if (year > before)
        return year;
    else
        node_key_error(reader, node, "%d stands after %d; years must rise", year, before);
    return 0;
}

bool read_scaled(struct reader *reader, struct node *node, int64_t scale, int64_t low, int64_t high,
                 int64_t *value)
{
    struct fraction number;
    if (!read_ratio(reader, node, &number))
        return false;
    __extension__ typedef __int128 wide;
    if ((wide)number.num < (wide)low * number.den || (wide)number.num > (wide)high * number.den) {
        const struct node *plain = node->kind == NODE_SCALAR ? node : node_find(node, "value");
        node_error(reader, node, "%s is %s; it must lie between %" PRId64 " and %" PRId64,
                   node_label(reader->arena, node), plain->text, low, high);
        return false;
    }
    *value = (int64_t)((wide)number.num * scale / number.den);
    return true;
}

static bool add_year(struct reader *reader, struct node *node, int64_t scale, int64_t low,
                     int64_t high, struct by_year *by_year)
{
    int i = by_year->count;
    by_year->year[i] = by_year_key(reader, node, i ? by_year->year[i - 1] : 0);
    if (by_year->year[i] == 0 || !read_scaled(reader, node, scale, low, high, &by_year->value[i]))
        return false;
    by_year->count++;
    return true;
}

static void make_room(struct arena *arena, int count, struct by_year *by_year)
{
    by_year->count = 0;
    by_year->year = arena_new(arena, int, (size_t)count + 1);
    by_year->value = arena_new(arena, int64_t, (size_t)count + 1);
}

bool by_year_read(struct reader *reader, struct node *node, int64_t scale, int64_t low,
                  int64_t high, struct by_year *by_year)
{
    make_room(reader->arena, node->count, by_year);
    if (node->kind != NODE_MAPPING || node_find(node, "value")) {
        by_year->year[0] = FIRST_YEAR;
        by_year->count = 1;
        return read_scaled(reader, node, scale, low, high, &by_year->value[0]);
    }
    if (!read_mapping(reader, node))
        return false;
    bool good = true;
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (!node_is_note(child))
            good = add_year(reader, child, scale, low, high, by_year) && good;
    }
    if (by_year->count == 0 && good)
        node_error(reader, node, "%s states no year", node_label(reader->arena, node));
    return good && by_year->count > 0;
}

int64_t by_year_on(const struct by_year *by_year, int year)
{
    int i = by_year->count - 1;
    if (i < 0)
        return 0;
    while (i > 0 && by_year->year[i] > year)
        i--;
    return by_year->value[i];
}

void read_cents(struct reader *reader, struct node *node, void *cents)
{
    (void)!read_scaled(reader, node, CENTS, 0, EUROS_AT_MOST, cents);
}

void read_cents_by_year(struct reader *reader, struct node *node, void *by_year)
{
    (void)!by_year_read(reader, node, CENTS, 0, EUROS_AT_MOST, by_year);
}

void read_share_by_year(struct reader *reader, struct node *node, void *by_year)
{
    (void)!by_year_read(reader, node, MILLIONTHS, 0, 1, by_year);
}
