#include <criterion/criterion.h>

#include "tests/support.h"

/* Measures of the kind works_budget, in a world of 12 days, day 0 is 2026-01-01, of which nobody
 * comes. The roof is ready on day 2, takes 5 days, 8 euros a year and 4 places. */
#define WORLD(works)                                                                               \
    "period: {start: 2026-01-01, end: 2026-01-12}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {a: {regime: ward, places: 10}}\n"                                                     \
    "statuses: {held: {stay: 90 days}}\n"                                                          \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "works:\n"                                                                                     \
    "  " works "\n"                                                                                \
    "  projects: {roof: {units: {a: 4}, start: {planned: 2026-01-03}, takes: {planned: 5 days}, "  \
    "cost_per_year: 8}}\n"

static void expect(const char *world, const char *measures, const char *out, int64_t moved)
{
    char text[2000];
    snprintf(text, sizeof text, "%smeasures: {%s}\n", world, measures);
    struct support_run run = support_run(text, 0);
    const char        *days = support_days(&run, "out_works total", 12);
    cr_expect_str_eq(days, out, "%s: %s", measures, days);
    cr_expect_eq(support_year(&run, "projects measure.m", 2026), moved, "%s", measures);
}

#define NONE_OUT "0 0 0 0 0 0 0 0 0 0 0 0"
#define M(keys) "m: {kind: works_budget, " keys "}"

/* 5 euros a year are not enough, 8 from day 5 on are; it needs them on all of its 5 days. */
Test(measure_budget, money_from_a_day_on)
{
    const char *world = WORLD("budget_per_year: 5");
    expect(world, M("starts: 2026-01-06, budget_per_year: 8"), "0 0 0 0 0 4 4 4 4 4 0 0", 1);
    expect(world, M("starts: 2026-01-06, ends: 2026-01-10, budget_per_year: 8"),
           "0 0 0 0 0 4 4 4 4 4 0 0", 1);
    expect(world, M("starts: 2026-01-06, ends: 2026-01-09, budget_per_year: 8"), NONE_OUT, 0);
    expect(world, M("starts: 2026-01-06, budget_per_year: 7.99"), NONE_OUT, 0);
    expect(world, M("starts: 2026-01-06, budget_per_year: {2025: 8, 2026: 6}"), NONE_OUT, 0);
    expect(world, M("starts: 2026-01-06, budget_per_year: 8, chance: 0"), NONE_OUT, 0);
    expect(world, M("starts: 2026-01-13, budget_per_year: 8"), NONE_OUT, 0);
}

/* It would run on days 2 to 6; there is no money from day 4 to 6, so it starts on day 7. On days 7
 * to 9 it is over before. */
Test(measure_budget, a_cut_moves_what_would_run_into_it)
{
    const char *world = WORLD("budget_per_year: 8");
    expect(world, M("starts: 2026-01-05, ends: 2026-01-07, budget_per_year: 0"),
           "0 0 0 0 0 0 0 4 4 4 4 4", 1);
    expect(world, M("starts: 2026-01-08, ends: 2026-01-10, budget_per_year: 0"),
           "0 0 4 4 4 4 4 0 0 0 0 0", 0);
}

/* Room alone, in a programme without a budget; what the measure does not name stays. */
Test(measure_budget, room_from_a_day_on)
{
    const char *world = WORLD("places_out_at_most: 3");
    expect(world, M("starts: 2026-01-04, places_out_at_most: 4"), "0 0 0 4 4 4 4 4 0 0 0 0", 1);
    expect(world, M("starts: 2026-01-04, places_out_at_most: 3"), NONE_OUT, 0);
    expect(world, M("starts: 2026-01-04, budget_per_year: 100"), NONE_OUT, 0);
    expect(WORLD("budget_per_year: 8"),
           M("starts: 2026-01-04, ends: 2026-01-05, places_out_at_most: 3"),
           "0 0 0 0 0 4 4 4 4 4 0 0", 1);
}

/* The one that started last holds, of the same day the last by name; each is counted beside the
 * others: without m the roof starts on day 8, with it on day 5. */
Test(measure_budget, of_several_the_last_one_holds)
{
    const char *world = WORLD("budget_per_year: 5");
    expect(world,
           "z: {kind: works_budget, starts: 2026-01-09, ends: 2026-01-20, budget_per_year: 8}, " M(
               "starts: 2026-01-06, budget_per_year: 9"),
           "0 0 0 0 0 4 4 4 4 4 0 0", 1);
    expect(world,
           "a: {kind: works_budget, starts: 2026-01-06, budget_per_year: 2}, " M(
               "starts: 2026-01-06, budget_per_year: 8"),
           "0 0 0 0 0 4 4 4 4 4 0 0", 1);
    expect(world,
           "z: {kind: works_budget, starts: 2026-01-06, budget_per_year: 2}, " M(
               "starts: 2026-01-06, budget_per_year: 8"),
           NONE_OUT, 0);
}
