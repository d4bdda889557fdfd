#include <criterion/criterion.h>
#include <math.h>

#include "tests/support.h"

/* Who is `coming` comes to `held` on day 1 at 12:00 and goes on after 10 days. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-04-01}\n"
#define PLACES                                                                                     \
    "regimes: {ward: {places: unlimited}}\n"                                                       \
    "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n"
#define STATUSES                                                                                   \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"                                \
    "  held: {sentence: 10 days, next: {a: 1, b: 0, c: 0, release: 0}}\n"                          \
    "  a: {stay: 5 days}\n"                                                                        \
    "  b: {stay: 7 days}\n"                                                                        \
    "  c: {stay: 9 days}\n"
#define ONE "start: {present: {x: {status: coming, persons: 1, elapsed: 141840 minutes}}}\n"

/* The day on which he leaves at 12:00 tells which way he went: 11 at once, 16 by a, 18 by b, 20 by
 * c. */
static void expect(const char *measures, int day, int64_t people)
{
    char text[1500];
    snprintf(text, sizeof text, QUARTER PLACES STATUSES ONE "measures: {%s}\n", measures);
    struct support_run      run = support_run(text, 0);
    const struct trace_row *last = &run.trace.row[run.trace.count - 1];
    cr_expect_eq(last->what, TRACE_RELEASED);
    cr_expect_eq(last->minute, day * 1440 + 720, "%s: day %d", measures, last->minute / 1440);
    cr_expect_eq(support_year(&run, "people measure.m", 2026), people, "%s", measures);
}

#define M(keys) "m: {kind: routes, from: a, starts: 2026-01-01, " keys "}"

Test(routes, leads_another_way)
{
    expect(M("to: b, share: 0"), 16, 0);
    expect(M("to: b, share: 1"), 18, 1);
    expect(M("to: release, share: 1"), 11, 1);
    expect(M("to: b, share: 1, chance: 0"), 16, 0);
    expect(M("to: b, share: 1, who: {sentence: {at_most: 10 days}}"), 18, 1);
    expect(M("to: b, share: 1, who: {sentence: {at_least: 241 hours}}"), 16, 0);
    expect("m: {kind: routes, from: c, to: b, share: 1, starts: 2026-01-01}", 16, 0);
    expect("m: {kind: routes, from: release, to: b, share: 1, starts: 2026-01-01}", 16, 0);
}

/* The way is settled when his clock starts, on day 1. */
Test(routes, goes_by_the_day_on_which_the_clock_starts)
{
    expect("m: {kind: routes, from: a, to: b, share: 1, starts: 2026-01-02}", 18, 1);
    expect("m: {kind: routes, from: a, to: b, share: 1, starts: 2026-01-03}", 16, 0);
    expect("m: {kind: routes, from: a, to: b, share: 1, starts: 2025-01-01, ends: 2026-01-02}", 18,
           1);
    expect("m: {kind: routes, from: a, to: b, share: 1, starts: 2025-01-01, ends: 2026-01-01}", 16,
           0);
    /* he was there at the start, so he arrived before it */
    expect(M("to: b, share: 1, offence_delay: 0 days"), 16, 0);
    expect("m: {kind: routes, from: a, to: b, share: 1, starts: 2025-12-31, offence_delay: 0 days}",
           18, 1);
}

/* The one that started first, then by name; who was moved is not moved again. */
Test(routes, takes_the_earliest_then_the_first_by_name)
{
    expect("z: {kind: routes, from: a, to: c, share: 1, starts: 2025-12-31}, " M("to: b, share: 1"),
           20, 0);
    expect("a: {kind: routes, from: a, to: c, share: 1, starts: 2026-01-01}, " M("to: b, share: 1"),
           20, 0);
    expect("z: {kind: routes, from: a, to: c, share: 1, starts: 2026-01-01}, " M("to: b, share: 1"),
           18, 1);
    expect("z: {kind: routes, from: b, to: c, share: 1, starts: 2026-01-01}, " M("to: b, share: 1"),
           18, 1);
}

/* After its longer sentence he goes by the sentence that he has then. */
Test(routes, sees_the_length_that_measures_made)
{
    expect("l: {kind: sentence_length, starts: 2026-01-01, factor: 2}, " M(
               "to: b, share: 1, who: {sentence: {at_least: 20 days}}"),
           28, 1);
}

/* Custody that stops because no place is free in that minute has not begun: he is counted on the
 * day on which his clock starts. Two come to one place, the other when it is free. */
Test(routes, counts_a_clock_that_starts_once)
{
    struct support_run run = support_run(
        QUARTER
        "regimes: {house: {places: unlimited}, ward: {}}\n"
        "units: {w: {regime: ward, places: 1}}\n"
        "placement: {r: {who: {status: remand}, to: [house]}, all: {who: {status: held}, to: "
        "[ward]}}\n"
        "statuses:\n"
        "  remand: {clock: arrival, served: true, stay: 100 days, next: {held: 1}}\n"
        "  held: {clock: custody, sentence: 110 days, waits: {in: outside}, next: {remand: 0, "
        "release: 1}}\n"
        "start: {present: {x: {status: remand, persons: 2, elapsed: 141840 minutes}}}\n"
        "measures: {m: {kind: routes, from: release, to: remand, share: 1, starts: "
        "2026-01-01, ends: 2026-01-20}}\n",
        0);
    /* the first at once, to remand on day 11 with 110 days served; the other has the place then */
    cr_expect_eq(support_year(&run, "people measure.m", 2026), 2, "%s",
                 support_history(&run, NULL));
    cr_expect_eq(support_count(&run, TRACE_RELEASED, NULL), 0);
}

/* 10 a day for 365 days, of whom 0.4 go to a; a quarter of these goes to b instead: 2,920 at most
 * end their 10 days in 355 days. People are counted when they come: 0.1 of 3,650. */
#define MANY                                                                                       \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "regimes: {ward: {places: unlimited}}\n"                                                       \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "statuses:\n"                                                                                  \
    "  held: {stay: 10 days, next: {a: 0.4, b: 0, release: rest}}\n"                               \
    "  a: {stay: 5 days}\n"                                                                        \
    "  b: {stay: 7 days}\n"                                                                        \
    "flows: {x: {status: held, per_day: 10}}\n"

static struct support_run run_many(const char *share)
{
    char text[1500];
    snprintf(text, sizeof text,
             MANY "measures: {m: {kind: routes, from: a, to: b, starts: 2026-01-01, share: %s}}\n",
             share);
    return support_run(text, 0);
}

static bool comes_to(const struct support_run *run, uint64_t key, int status)
{
    for (uint32_t i = 0; i < run->trace.count; i++)
        if (run->trace.row[i].key == key && run->trace.row[i].what == TRACE_STATUS &&
            run->trace.row[i].status == status)
            return true;
    return false;
}

Test(routes, moves_its_share_and_a_superset_with_a_larger_one, .timeout = 60)
{
    struct support_run base = support_run(MANY, 0), before = run_many("0");
    cr_expect_eq(base.trace.count, before.trace.count);
    int64_t all = support_year(&base, "entries status.a", 2026);
    for (int i = 0; i < 2; i++) {
        struct support_run run = run_many(i == 0 ? "0.25" : "0.6");
        double             share = i == 0 ? 0.25 : 0.6;
        int64_t            people = support_year(&run, "people measure.m", 2026);
        cr_expect_float_eq((double)people, 3650 * 0.4 * share, 4 * sqrt(3650 * 0.4 * share));
        cr_expect_eq(support_year(&run, "entries status.a", 2026) +
                         support_year(&run, "entries status.b", 2026),
                     all);
        for (uint32_t r = 0; r < before.trace.count; r++)
            if (before.trace.row[r].what == TRACE_STATUS && before.trace.row[r].status == 2)
                cr_expect(comes_to(&run, before.trace.row[r].key, 2), "%u", r);
        before = run;
    }
}
