#include <criterion/criterion.h>

#include "models/survivors.h"
#include "tests/support.h"

/* Profiles 0 and 2 stay 100 days, 1 and 3 stay 10 or 30 days, half of them each. */
static const struct survivors *example(struct arena *arena)
{
    static const double share[] = {0.1, 0.3, 0.2, 0.4};
    char                why[200];
    const double        points[] = {14400, 43200}, chance[] = {0.5, 1};
    const struct shape *fixed = shape_make_fixed(arena, 144000);
    const struct shape *steps = shape_make_steps(arena, 2, points, chance, 0, 0, why);
    const struct shape *stay[] = {fixed, steps, fixed, steps};
    return survivors_make(arena, 4, stay, share);
}

Test(survivors, weigh_share_by_the_part_that_lasts_longer)
{
    /* Before 10 days: 0.3 and 0.7, so profile 0 up to 0.1, 2 up to 0.3, 1 up to 0.6. After 10 days
     * half of the others are left: 0.3 and 0.35 of 0.65. After 30 days none; after 100 nobody is
     * left, and it goes by share. */
    struct arena            arena = support_arena();
    const struct survivors *survivors = example(&arena);
    static const struct {
        double   days, u;
        uint16_t profile;
    } table[] = {
        {5, 0.09, 0},         {5, 0.11, 2},         {5, 0.29, 2},         {5, 0.31, 1},
        {5, 0.59, 1},         {5, 0.61, 3},         {20, 0.09 / 0.65, 0}, {20, 0.11 / 0.65, 2},
        {20, 0.29 / 0.65, 2}, {20, 0.31 / 0.65, 1}, {20, 0.44 / 0.65, 1}, {20, 0.46 / 0.65, 3},
        {50, 0.32, 0},        {50, 0.34, 2},        {50, 0.99, 2},        {200, 0.29, 2},
        {200, 0.31, 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        cr_expect_eq(survivors_draw(survivors, table[i].days * 1440,
                                    (struct uniform){table[i].u, 1 - table[i].u}),
                     table[i].profile, "row %zu", i);
}

Test(survivors, are_none_where_all_stay_alike)
{
    struct arena        arena = support_arena();
    const struct shape *fixed = shape_make_fixed(&arena, 14400);
    const struct shape *stay[] = {fixed, fixed};
    const double        share[] = {0.5, 0.5};
    cr_expect_null(survivors_make(&arena, 2, stay, share));
}

Test(survivors, are_those_of_a_group)
{
    /* men stay 10 days, women 30, there since 20: only women, who leave 10 days later; of those who
     * wait since 20 days likewise */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-03-31}\n"
        "attributes: {sex: {man: 0.9, woman: rest}}\n"
        "regimes: {ward: {}}\n"
        "units: {ward: {regime: ward, places: 10}}\n"
        "statuses: {held: {clock: arrival, stay: {by: sex, man: 10 days, woman: 30 days}, waits: "
        "{in: outside}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {present: {held: {persons: 10, elapsed: 20 days}}, waiting: {held: {persons: 10, "
        "since: 20 days}}}\n"
        "output: {daily: [sex]}\n",
        0);
    cr_expect_eq(support_day(&run, "present sex.woman", "2026-01-01"), 10);
    cr_expect_eq(support_day(&run, "released total", "2026-01-11"), 20);
}
