#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

#define PERIOD "period: {start: 2026-01-01, end: 2026-01-12}\n"
#define ESTATE                                                                                     \
    "regimes: {ward: {}, camp: {places: unlimited}}\n"                                             \
    "statuses: {held: {stay: 90 days}}\n"                                                          \
    "placement: {all: {to: [w, v]}}\n"

static struct support_run run_with(const char *units, const char *measures)
{
    char text[1600];
    snprintf(text, sizeof text, PERIOD ESTATE "units: {v: {regime: ward, places: 2}, %s}\n%s",
             units, measures);
    return support_run(text, 0);
}

#define W "w: {regime: ward, places: 4}"

/* 7 more with a ramp of 3 days: 7/4 = 1, 14/4 = 3, 21/4 = 5, then 7; over after the 8th. 3 fewer:
 * 3/4 = 0, 6/4 = 1, 9/4 = 2, then 3. With the 2 of v, 6 are built without it. */
Test(measure_places, come_and_close_by_parts_rounded_towards_none)
{
    struct support_run more = run_with(W, "measures: {m: {kind: places, starts: 2026-01-03, "
                                          "ends: 2026-01-08, ramp: 3 days, units: {w: +7}}}\n");
    support_expect_days(&more, "built total", "6 6 7 9 11 13 13 13 6 6 6 6");
    support_expect_days(&more, "usable total", "6 6 7 9 11 13 13 13 6 6 6 6");
    cr_expect_eq(support_year(&more, "place_days measure.m", 2026), 1 + 3 + 5 + 7 + 7 + 7);
    struct support_run fewer =
        run_with(W, "measures: {m: {kind: places, starts: 2026-01-03, ends: 2026-01-08, "
                    "ramp: 3 days, units: {w: -3}, why: reserve}}\n");
    support_expect_days(&fewer, "built total", "6 6 6 6 6 6 6 6 6 6 6 6");
    support_expect_days(&fewer, "usable total", "6 6 6 5 4 3 3 3 6 6 6 6");
    support_expect_days(&fewer, "out_reserve total", "0 0 0 1 2 3 3 3 0 0 0 0");
    cr_expect_eq(support_year(&fewer, "place_days measure.m", 2026), -(0 + 1 + 2 + 3 + 3 + 3));
}

/* Both on w: 4 + 2 + 3 from the 3rd to the 6th, 4 + 2 then; the order in the file means nothing. */
Test(measure_places, of_several_measures_add)
{
#define A "a: {kind: places, starts: 2026-01-03, units: {w: 2, v: 1}}"
#define B "b: {kind: places, starts: 2026-01-03, ends: 2026-01-06, units: {w: 3}}"
    struct support_run one = run_with(W, "measures: {" A ", " B "}\n");
    struct support_run other = run_with(W, "measures: {" B ", " A "}\n");
    support_expect_days(&one, "usable total", "6 6 12 12 12 12 9 9 9 9 9 9");
    support_expect_days(&other, "usable total", "6 6 12 12 12 12 9 9 9 9 9 9");
}

/* A boat of which nothing is built before: 3 days of 5 places. */
Test(measure_places, of_a_unit_that_stands_for_it_only)
{
    struct support_run run =
        run_with("w: {regime: ward, places: 0}", "measures: {m: {kind: places, starts: "
                                                 "2026-01-05, ends: 2026-01-07, units: {w: 5}}}\n");
    support_expect_days(&run, "built total", "2 2 2 2 7 7 7 2 2 2 2 2");
}

#define FULL                                                                                       \
    "start: {present: {a: {status: held, persons: 4, elapsed: 1 day, in: [w]}}}\n"                 \
    "flows: {x: {status: held, per_day: 3}}\n"

static void expect_same(const struct support_run *one, const struct support_run *other)
{
    cr_assert_eq(one->trace.count, other->trace.count);
    cr_expect_eq(
        memcmp(one->trace.row, other->trace.row, one->trace.count * sizeof one->trace.row[0]), 0);
}

/* As `changes` of the unit, whatever its shrink rule and drain: with hold nothing closes, as all
 * places are full and nobody leaves within these days. */
Test(measure_places, are_changes_of_the_unit)
{
    static const char *const on_shrink[] = {"drain", "transfer", "hold"};
    static const char *const usable[] = {"6 6 6 9 9 9 7 7 4 4 4 4", "6 6 6 9 9 9 7 7 4 4 4 4",
                                         "6 6 6 9 9 9 9 9 9 9 9 9"};
    for (int i = 0; i < 3; i++) {
        char with[400], without[200];
        snprintf(without, sizeof without,
                 "w: {regime: ward, places: 4, drain: 2 days, on_shrink: %s", on_shrink[i]);
        snprintf(with, sizeof with,
                 "%s, changes: [{from: 2026-01-04, to: 2026-01-08, places: 3}, {from: 2026-01-07, "
                 "places: -2, why: damage}]}",
                 without);
        strcat(without, "}");
        struct support_run changes = run_with(with, FULL);
        struct support_run measures = run_with(
            without,
            FULL "measures: {m: {kind: places, starts: 2026-01-04, ends: 2026-01-08, units: {w: "
                 "3}}, q: {kind: places, starts: 2026-01-07, units: {w: -2}, why: damage}}\n");
        expect_same(&changes, &measures);
        support_expect_days(&measures, "usable total", usable[i]);
    }
}

/* A clinic that is outside, of 1 place; 3 people wait for it in prison from the 1st on, and nobody
 * leaves. The measure's 2 places come on the 4th: 2 people fewer in prison. */
Test(measure_places, come_in_a_clinic_too)
{
    struct support_run run = support_run(
        PERIOD "regimes: {prison: {}, clinic: {outside: true}}\n"
               "units: {p: {regime: prison, places: 9}, c: {regime: clinic, places: 1}}\n"
               "statuses: {tbs: {stay: 90 days, waits: {in: present_place}}}\n"
               "placement: {all: {to: [c]}}\n"
               "start: {waiting: {tbs: {persons: 3, in: [prison]}}}\n"
               "measures: {m: {kind: places, starts: 2026-01-04, units: {c: 2}}}\n",
        0);
    support_expect_days(&run, "present total", "2 2 2 0 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "usable total", "9 9 9 9 9 9 9 9 9 9 9 9");
    cr_expect_eq(support_year(&run, "place_days measure.m", 2026), 2 * 9);
}

/* Of nobody, not in the period, not law (replication 0 draws 0.454 for m): as if it were not. */
Test(measure_places, are_none_at_zero_behind_the_end_and_where_it_is_no_law)
{
    static const char *const none[] = {"starts: 2026-01-03, units: {w: 0}",
                                       "starts: 2026-01-13, units: {w: 9}",
                                       "starts: 2025-01-03, ends: 2025-12-31, units: {w: 9}",
                                       "starts: 2026-01-03, units: {w: 9}, chance: 0.45"};
    struct support_run       without = run_with(W, FULL);
    for (int i = 0; i < 4; i++) {
        char text[600];
        snprintf(text, sizeof text, FULL "measures: {m: {kind: places, %s}}\n", none[i]);
        struct support_run run = run_with(W, text);
        expect_same(&without, &run);
        support_expect_days(&run, "usable total", "6 6 6 6 6 6 6 6 6 6 6 6");
        cr_expect_eq(support_year(&run, "place_days measure.m", 2026), 0);
    }
    struct support_run law = run_with(W, FULL "measures: {m: {kind: places, starts: 2026-01-03, "
                                              "units: {w: 9}, chance: 0.46}}\n");
    support_expect_days(&law, "usable total", "6 6 15 15 15 15 15 15 15 15 15 15");
}

/* 6 days of the 365 of 2026 at 730 a year: 12 euros; 30 place-days (1 + 3 + 5 + 7 + 7 + 7) at 1.50:
 * 45; the 3 places of v that close cost nothing. */
Test(measure_places, cost_by_the_year_and_by_the_place)
{
    struct support_run run =
        run_with(W, "measures: {m: {kind: places, starts: 2026-01-03, ends: 2026-01-08, ramp: 3 "
                    "days, units: {w: 7, v: -2}, why: lost, cost: {per_year: 730, per_place_day: "
                    "1.50}}}\n");
    cr_expect_eq(support_year(&run, "cost measure.m", 2026), 5700);
    struct support_run empty =
        run_with(W, "measures: {m: {kind: places, starts: 2026-01-07, units: {w: 0}, cost: "
                    "{per_year: 730}}}\n");
    cr_expect_eq(support_year(&empty, "cost measure.m", 2026), 1200);
}

/* From the 3rd on 4 places that only people of one status may have: of 5 who wait the 2 of it take
 * theirs; 2 places stand empty while the 3 others wait on. */
Test(measure_places, stand_empty_where_too_few_may_come)
{
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}, risk: {}}\n"
        "units: {w: {regime: ward, places: 0}, r: {regime: risk, places: 0, admits: "
        "{status: low}}}\n"
        "statuses: {low: {stay: 90 days, waits: {in: outside}}, high: {stay: 90 days, waits: "
        "{in: outside}}}\n"
        "placement: {all: {to: [risk, ward]}}\n"
        "start: {waiting: {a: {status: low, persons: 2}, b: {status: high, persons: 3}}}\n"
        "measures: {m: {kind: places, starts: 2026-01-03, units: {r: 4}}}\n"
        "output: {daily: [total, regime]}\n",
        0);
    support_expect_days(&run, "usable regime.risk", "0 0 4 4 4 4 4 4 4 4 4 4");
    support_expect_days(&run, "present regime.risk", "0 0 2 2 2 2 2 2 2 2 2 2");
    support_expect_days(&run, "waiting total", "5 5 3 3 3 3 3 3 3 3 3 3");
}
