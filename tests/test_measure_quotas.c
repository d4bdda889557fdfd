#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* 2026-01-01, day 0, is a Thursday. People of status held wait in a cell, walkers outside. */
#define GATE(regime, more)                                                                         \
    "period: {start: 2026-01-01, end: 2026-01-12}\n"                                               \
    "regimes: {ward: {" regime "}, cell: {places: unlimited, emergency: true}}\n"                  \
    "units: {ward: {regime: ward, places: 20}}\n"                                                  \
    "statuses: {held: {stay: 90 days, waits: {in: cell}}, walker: {stay: 90 days, waits: {in: "    \
    "outside}}}\n"                                                                                 \
    "placement: {all: {to: [ward]}}\n" more

static void expect_placements(const struct support_run *run, const char *expected)
{
    cr_expect_str_eq(support_days(run, "placements total", 7), expected, "%s",
                     support_days(run, "placements total", 7));
}

/* One a day; three on the 3rd and 4th; one again, until all ten are in. */
Test(measure_quotas, change_how_many_are_taken_in_between_dates)
{
    struct support_run run =
        support_run(GATE("intake: {per_day: 1}",
                         "start: {waiting: {held: {persons: 10}}}\n"
                         "measures: {m: {kind: quotas, starts: 2026-01-03, ends: 2026-01-04, "
                         "intake_per_day: {ward: 3}}}\n"),
                    0);
    expect_placements(&run, "1 1 3 3 1 1 0");
    cr_expect_eq(support_year(&run, "people measure.m", 2026), 6);
}

/* Two of seven in cells are brought on the 1st, beside three walkers; nobody on the 2nd; without a
 * number on the 3rd all who are left. */
Test(measure_quotas, stop_transport_or_lift_its_number)
{
    struct support_run run =
        support_run(GATE("", "start: {waiting: {held: {persons: 7}, walker: {persons: 3}}}\n"
                             "transport: {per_day: 2}\n"
                             "measures:\n"
                             "  none: {kind: quotas, starts: 2026-01-02, ends: 2026-01-02, "
                             "transport_per_day: 0}\n"
                             "  free: {kind: quotas, starts: 2026-01-03, transport_per_day: "
                             "unlimited}\n"),
                    0);
    expect_placements(&run, "5 0 5 0 0 0 0");
    cr_expect_eq(support_year(&run, "people measure.none", 2026), 0);
    cr_expect_eq(support_year(&run, "people measure.free", 2026), 5);
}

/* Closed on Thursday; two on Friday, Saturday and Sunday; on Monday, without a number again, the
 * three who are left. */
Test(measure_quotas, give_a_number_where_there_was_none)
{
    struct support_run run = support_run(
        GATE("intake: {days: [mon, fri, sat, sun]}",
             "start: {waiting: {held: {persons: 9}}}\n"
             "measures: {m: {kind: quotas, starts: 2026-01-01, ends: 2026-01-04, intake_per_day: "
             "{ward: 2}}}\n"),
        0);
    expect_placements(&run, "0 2 2 2 3 0 0");
}

/* Of equal starts the last by name, else the last that started, number by number; the order in the
 * file means nothing. */
Test(measure_quotas, of_several_the_last_started_holds)
{
#define A "a: {kind: quotas, starts: 2026-01-02, ends: 2026-01-04, intake_per_day: {ward: 4}}"
#define B "b: {kind: quotas, starts: 2026-01-02, ends: 2026-01-03, intake_per_day: {ward: 2}}"
#define C "c: {kind: quotas, starts: 2026-01-01, intake_per_day: {ward: 5}}"
#define QUEUE "start: {waiting: {held: {persons: 20}}}\n"
    static const char *const order[] = {A ", " B ", " C, C ", " B ", " A, B ", " A ", " C};
    for (int i = 0; i < 3; i++) {
        char text[1200];
        snprintf(text, sizeof text, GATE("intake: {per_day: 1}", QUEUE "measures: {%s}\n"),
                 order[i]);
        struct support_run run = support_run(text, 0);
        expect_placements(&run, "5 2 2 4 5 2 0");
        cr_expect_eq(support_year(&run, "people measure.a", 2026), 8);
        cr_expect_eq(support_year(&run, "people measure.b", 2026), 4);
        cr_expect_eq(support_year(&run, "people measure.c", 2026), 20);
    }
}

static void expect_same(const struct support_run *one, const struct support_run *other)
{
    cr_assert_eq(one->trace.count, other->trace.count);
    cr_expect_eq(
        memcmp(one->trace.row, other->trace.row, one->trace.count * sizeof one->trace.row[0]), 0);
}

#define FLOW "flows: {x: {status: held, per_day: 3}}\n" QUEUE

/* From the first day on it is the number of the scenario; behind the end, over before, of no law
 * (replication 0 draws 0.454 for m) and of the same number it is none. */
Test(measure_quotas, are_the_numbers_of_the_scenario)
{
    static const char *const none[] = {"starts: 2026-01-13", "starts: 2025-01-01, ends: 2025-12-31",
                                       "starts: 2026-01-01, chance: 0.45"};
    struct support_run       three = support_run(GATE("intake: {per_day: 3}", FLOW), 0);
    struct support_run       two = support_run(GATE("intake: {per_day: 2}", FLOW), 0);
    struct support_run       by_measure =
        support_run(GATE("intake: {per_day: 3}",
                         FLOW "measures: {m: {kind: quotas, starts: 2025-01-01, intake_per_day: "
                              "{ward: 2}}}\n"),
                    0);
    expect_same(&two, &by_measure);
    for (int i = 0; i < 3; i++) {
        char text[1200];
        snprintf(text, sizeof text,
                 GATE("intake: {per_day: 3}",
                      FLOW "measures: {m: {kind: quotas, %s, intake_per_day: {ward: 2}}}\n"),
                 none[i]);
        struct support_run run = support_run(text, 0);
        expect_same(&three, &run);
        cr_expect_eq(support_year(&run, "people measure.m", 2026), 0);
    }
}
