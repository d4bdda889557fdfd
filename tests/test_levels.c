#include <criterion/criterion.h>

#include "models/levels.h"
#include "tests/support.h"

#define UNITS 13
#define MOST 40 /* more than there are levels */

static uint32_t next_random(uint32_t *state) /* numbers of a congruence; their high bits */
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

Test(levels, agree_with_a_look_at_each_unit)
{
    /* 20,000 changes by one place or to any number; the top is the highest level that has a unit,
     * and on it are those that have so many: by a search */
    struct levels levels = {.used = 0};
    int32_t       free[UNITS] = {0};
    uint32_t      state = 1;
    int           at_last = 0;
    for (int u = 0; u < UNITS; u++)
        levels_add(&levels, (uint64_t)1 << u, free[u]);
    for (int step = 0; step < 20000; step++) {
        int     u = (int)(next_random(&state) % UNITS), to = free[u] + 1;
        int32_t top = 0;
        if (next_random(&state) % 8 < 5)
            to = free[u] > 0 ? free[u] - 1 : 0;
        else if (next_random(&state) % 32 == 0)
            to = (int)(next_random(&state) % MOST);
        levels_move(&levels, (uint64_t)1 << u, free[u], to);
        free[u] = to;
        for (int other = 0; other < UNITS; other++)
            top = level_of(free[other]) > top ? level_of(free[other]) : top;
        cr_assert_eq(levels_top(&levels), top, "step %d", step);
        for (int other = 0; other < UNITS; other++)
            cr_assert_eq(levels.on[top] >> other & 1, level_of(free[other]) == top);
        at_last += top == LEVELS - 1;
    }
    cr_expect(at_last > 1000 && at_last < 19000, "%d", at_last);
}

/* The order in which people of one minute are given the places of wards of one rule. */
static const char *order_of(const char *units, int persons)
{
    static char text[20000];
    int         length = snprintf(text, sizeof text,
                                  "period: {start: 2026-01-01, end: 2026-01-02}\n"
                                          "regimes: {ward: {}}\n"
                                          "units:\n%s"
                                          "statuses: {held: {stay: 80 days}}\n"
                                          "placement: {all: {to: [ward]}}\n"
                                          "start: {waiting: {held: {persons: %d}}}\n",
                                  units, persons);
    cr_assert(length > 0 && (size_t)length < sizeof text);
    struct support_run run = support_run(text, 0);
    static char        order[4000];
    size_t             used = 0;
    order[0] = 0;
    for (uint32_t i = 0; i < run.trace.count; i++)
        if (run.trace.row[i].what == TRACE_PLACED)
            used += (size_t)snprintf(order + used, sizeof order - used, "%s ",
                                     run.plan->estate.unit[run.trace.row[i].unit].name);
    return order;
}

Test(levels, tell_apart_units_with_more_places_than_there_are_levels)
{
    /* a 31, b 33 and c 34 free: c, then b and c have 33 (b first), then 32 each: b, c; then all 31:
     * a, b, c; and a has the next turn with 30 each */
    cr_expect_str_eq(order_of("  a: {regime: ward, places: 31}\n"
                              "  b: {regime: ward, places: 33}\n"
                              "  c: {regime: ward, places: 34}\n",
                              9),
                     "c b c b c a b c a ");
}

Test(levels, find_the_most_free_of_more_units_than_a_set_holds)
{
    /* 140 wards of one place, but 2 in w70 and w139, and 3 in w064, the first of the second set:
     * w064, then w064, w070, w139 with 2 each, then the first by name: w000, w001 */
    static char units[12000];
    size_t      used = 0;
    for (int u = 0; u < 140; u++)
        used += (size_t)snprintf(units + used, sizeof units - used,
                                 "  w%03d: {regime: ward, places: %d}\n", u,
                                 u == 64               ? 3
                                 : u == 70 || u == 139 ? 2
                                                       : 1);
    cr_expect_str_eq(order_of(units, 6), "w064 w064 w070 w139 w000 w001 ");
}
