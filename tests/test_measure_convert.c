#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

#define HEAD                                                                                       \
    "period: {start: 2026-01-01, end: 2026-01-14}\n"                                               \
    "regimes: {house: {}, prison: {}}\n"                                                           \
    "statuses: {held: {stay: 90 days}, convict: {stay: 90 days}}\n"                                \
    "placement: {held: {who: {status: held}, to: [house]}, convict: {to: [prison]}}\n"             \
    "output: {daily: [total, regime]}\n"

static struct support_run run_with(const char *units, const char *more)
{
    char text[1600];
    snprintf(text, sizeof text, HEAD "units: {%s, v: {regime: prison, places: 2}}\n%s", units,
             more);
    return support_run(text, 0);
}

#define MEASURE(text) "measures: {m: {kind: convert, starts: 2026-01-03, " text "}}\n"
#define FOUR "converts: {w: {places: 4, to: {regime: prison}}}"
#define W "w: {regime: house, places: 6}"
#define QUEUE "start: {waiting: {held: {persons: 4}, convict: {persons: 5}}}\n"

/* 4 of 6 are out for works on the 3rd and 4th, are of the other regime from the 5th to the 8th,
 * out again on the 9th and 10th. 4 of status held sit in w from the first minute: 2 of them over
 * capacity from the 3rd on. Of the 5 who wait 2 have the places of v, the 3 others come on the 5th
 * and stay when the places go back. 4 places x 4 days; out 4 x (2 + 2). */
Test(measure_convert, goes_over_by_way_of_works_and_comes_back)
{
    struct support_run run = run_with(W, QUEUE MEASURE("ends: 2026-01-08, takes: 2 days, " FOUR));
    support_expect_days(&run, "built regime.house", "6 6 6 6 2 2 2 2 6 6 6 6 6 6");
    support_expect_days(&run, "out_works regime.house", "0 0 4 4 0 0 0 0 4 4 0 0 0 0");
    support_expect_days(&run, "usable regime.house", "6 6 2 2 2 2 2 2 2 2 6 6 6 6");
    support_expect_days(&run, "usable regime.prison", "2 2 2 2 6 6 6 6 2 2 2 2 2 2");
    support_expect_days(&run, "present regime.prison", "2 2 2 2 5 5 5 5 5 5 5 5 5 5");
    support_expect_days(&run, "over_capacity total", "0 0 2 2 2 2 2 2 5 5 3 3 3 3");
    cr_expect_eq(support_year(&run, "place_days measure.m", 2026), 16);
    cr_expect_eq(support_year(&run, "place_days_out measure.m", 2026), 16);
}

/* All 6 of w, for good and at once; its people must move, and have nowhere to go. */
Test(measure_convert, takes_all_that_is_built_if_no_number_is_given)
{
    struct support_run run =
        run_with(W, QUEUE MEASURE("converts: {w: {to: {regime: prison}}}, cost: {per_place: 2.5}"));
    support_expect_days(&run, "usable regime.house", "6 6 0 0 0 0 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "usable regime.prison", "2 2 8 8 8 8 8 8 8 8 8 8 8 8");
    support_expect_days(&run, "present regime.prison", "2 2 5 5 5 5 5 5 5 5 5 5 5 5");
    cr_expect_eq(support_year(&run, "place_days measure.m", 2026), 6 * 12);
    cr_expect_eq(support_year(&run, "place_days_out measure.m", 2026), 0);
    cr_expect_eq(support_year(&run, "cost measure.m", 2026), 1500);
}

/* With a ramp of 3 days 5 places begin on the 3rd to the 6th by 5/4 = 1, 10/4 = 2, 15/4 = 3, 5: 1,
 * 1, 1 and 2 more; each is out for 3 days. What begins on the 6th is done on the 9th, after the
 * end, and so does not begin. */
Test(measure_convert, goes_over_by_parts_each_of_which_takes_its_time)
{
    struct support_run run = run_with(
        W, MEASURE("ends: 2026-01-08, takes: 3 days, ramp: 3 days, converts: {w: {places: 5, to: "
                   "{regime: prison}}}"));
    support_expect_days(&run, "out_works regime.house", "0 0 1 2 3 2 1 0 3 3 3 0 0 0");
    support_expect_days(&run, "usable regime.prison", "2 2 2 2 2 3 4 5 2 2 2 2 2 2");
    support_expect_days(&run, "usable regime.house", "6 6 5 4 3 3 3 3 3 3 3 6 6 6");
    cr_expect_eq(support_year(&run, "place_days measure.m", 2026), 1 + 2 + 3);
    cr_expect_eq(support_year(&run, "place_days_out measure.m", 2026), 3 * 3 + 3 * 3);
}

/* In the way that a project of works does it, whose places are not built while it runs: the same
 * history, person by person. */
Test(measure_convert, is_a_conversion_of_works)
{
    static const char *const on_shrink[] = {"drain", "transfer", "hold"};
    for (int i = 0; i < 3; i++) {
        char unit[200];
        snprintf(unit, sizeof unit, "w: {regime: house, places: 6, drain: 2 days, on_shrink: %s}",
                 on_shrink[i]);
        struct support_run measure = run_with(
            unit, QUEUE "flows: {x: {status: held, per_day: 2}}\n" MEASURE("takes: 3 days, " FOUR));
        struct support_run project =
            run_with(unit, QUEUE "flows: {x: {status: held, per_day: 2}}\n"
                                 "works: {projects: {m: {start: {planned: 2026-01-03}, takes: "
                                 "{planned: 3 days}, " FOUR "}}}\n");
        cr_assert_eq(measure.trace.count, project.trace.count);
        cr_expect_eq(memcmp(measure.trace.row, project.trace.row,
                            measure.trace.count * sizeof measure.trace.row[0]),
                     0);
    }
}

/* The 6 places of a become those of women, of whom there are none: from the 4th to the 6th they
 * stand empty, 6 of the 10 men who sit are over capacity, and the 2 others wait on. */
Test(measure_convert, may_be_for_other_people_only)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-14}\n"
        "attributes: {sex: {man: 1, woman: 0}}\n"
        "regimes: {house: {}}\n"
        "units: {w: {regime: house, places: 4, admits: {sex: man}}}\n"
        "institutions: {north: {units: {a: {regime: house, places: 6, admits: {sex: man}}}}}\n"
        "statuses: {held: {stay: 90 days}}\n"
        "placement: {all: {to: [house]}}\n"
        "start: {waiting: {held: {persons: 12}}}\n"
        "measures: {m: {kind: convert, starts: 2026-01-03, ends: 2026-01-06, takes: 1 day, "
        "converts: {north.a: {places: 6, to: {admits: {sex: woman}}}}}}\n",
        0);
    support_expect_days(&run, "usable total", "10 10 4 10 10 10 4 10 10 10 10 10 10 10");
    support_expect_days(&run, "present total", "10 10 10 10 10 10 10 10 10 10 10 10 10 10");
    support_expect_days(&run, "over_capacity total", "0 0 6 6 6 6 6 0 0 0 0 0 0 0");
    support_expect_days(&run, "waiting total", "2 2 2 2 2 2 2 2 2 2 2 2 2 2");
}

/* Behind the end, over before the start, and no law (replication 0 draws 0.454 for m): as if there
 * were none, all people the same. */
Test(measure_convert, is_none_behind_the_end_and_where_it_is_no_law)
{
    static const char *const none[] = {"starts: 2026-01-15", "starts: 2025-01-03, ends: 2025-12-29",
                                       "starts: 2026-01-03, chance: 0.45"};
    struct support_run       without = run_with(W, QUEUE);
    for (int i = 0; i < 3; i++) {
        char text[600];
        snprintf(text, sizeof text,
                 QUEUE "measures: {m: {kind: convert, takes: 2 days, %s, " FOUR "}}\n", none[i]);
        struct support_run run = run_with(W, text);
        cr_assert_eq(without.trace.count, run.trace.count);
        support_expect_days(&run, "usable total", "8 8 8 8 8 8 8 8 8 8 8 8 8 8");
        cr_expect_eq(support_year(&run, "place_days measure.m", 2026), 0);
    }
    struct support_run law = run_with(W, QUEUE MEASURE("takes: 2 days, chance: 0.46, " FOUR));
    support_expect_days(&law, "usable total", "8 8 4 4 8 8 8 8 8 8 8 8 8 8");
    struct support_run back = run_with(
        W,
        "measures: {m: {kind: convert, starts: 2025-01-03, ends: 2025-12-31, takes: 3 days, " FOUR
        "}}\n");
    support_expect_days(&back, "usable total", "4 4 4 8 8 8 8 8 8 8 8 8 8 8");
}
