#include <criterion/criterion.h>

#include "tests/support.h"

/* Measures of the kind staffing. Nobody comes: only places, staff and dates. 100 places at 1 fte
 * each; places close one by one. */
#define WORLD(staff)                                                                               \
    "period: {start: 2026-01-01, end: 2026-04-30}\n"                                               \
    "regimes: {ward: {staff_per_place: 1}, wing: {staff_per_place: 0.5}}\n"                        \
    "institutions: {a: {units: {w: {regime: ward, places: 100}, x: {regime: wing, places: 0}}}}\n" \
    "statuses: {held: {stay: 9 days}}\n"                                                           \
    "placement: {all: {to: [ward, wing]}}\n"                                                       \
    "staff: {a: {" staff "}}\n"

static struct support_run run_with(const char *world, const char *measure)
{
    char text[2000];
    snprintf(text, sizeof text, "%smeasures: {m: {kind: staffing, %s}}\n", world, measure);
    return support_run(text, 0);
}

static void expect_closed(const struct support_run *run, const char *date, int64_t expected)
{
    int64_t closed = support_day(run, "out_staff total", date);
    cr_expect_eq(closed, expected, "on %s: %lld", date, (long long)closed);
}

static void expect_fte_days(const struct support_run *run, const char *column, int64_t expected)
{
    int64_t minutes = support_year(run, column, 2026);
    cr_expect_eq(minutes, expected * 1440, "%s: %.3f", column, (double)minutes / 1440);
}

/* 80 fte: 20 places close. At 0.9 a place 90 are needed, and 10 / 0.9 = 11.1 places close. 100
 * places at 0.1 less on 19 days of February and 5 of March: 240 fte-days. */
Test(measure_staffing, a_leaner_norm_between_two_days)
{
    struct support_run run =
        run_with(WORLD("fte: 80"), "starts: 2026-02-10, ends: 2026-03-05, factor: 0.9");
    expect_closed(&run, "2026-02-09", 20);
    expect_closed(&run, "2026-02-10", 11);
    expect_closed(&run, "2026-03-05", 11);
    expect_closed(&run, "2026-03-06", 20);
    expect_fte_days(&run, "fte_days_saved measure.m", 240);
    expect_fte_days(&run, "fte_days measure.m", 0);
    run = run_with(WORLD("fte: 80"), "starts: 2026-02-10, factor: 0.9, regimes: [wing]");
    expect_closed(&run, "2026-02-10", 20);
    run = run_with(WORLD("fte: 80"), "starts: 2026-02-10, factor: 0.9, regimes: [ward, wing]");
    expect_closed(&run, "2026-02-10", 11);
    run = run_with(WORLD("fte: 80"), "starts: 2026-02-10, factor: 0.9, chance: 0");
    expect_closed(&run, "2026-02-10", 20);
    expect_fte_days(&run, "fte_days_saved measure.m", 0);
}

/* Half of it, whole after 59 days. On 31 January a sixtieth: 1 - 0.5 / 60 = 0.99167, and 19.167 /
 * 0.99167 = 19.3 places. From 1 February on two: 0.98333, 18.333 / 0.98333 = 18.6, so 19. From 1
 * March on thirty: 0.75, nothing is missing; whole on 31 March, so from 1 April on. */
Test(measure_staffing, a_ramp_goes_by_month)
{
    struct support_run run =
        run_with(WORLD("fte: 80"), "starts: 2026-01-31, ramp: 59 days, factor: 0.5");
    expect_closed(&run, "2026-01-30", 20);
    expect_closed(&run, "2026-01-31", 19);
    expect_closed(&run, "2026-02-01", 19);
    expect_closed(&run, "2026-02-28", 19);
    expect_closed(&run, "2026-03-01", 0);
    cr_expect_eq(support_year(&run, "staff_needed total", 2026),
                 (int64_t)1440 * (30 * 100 + 31 * 75 + 30 * 50) +
                     (int64_t)1440 * 99166700 / 1000000 + (int64_t)28 * 1440 * 98333400 / 1000000,
                 "truncated towards the whole norm");
}

/* 12 more: 8 close; a quarter of all 92 sick: 69 are there, 31 close. A tenth of 80: 12 close. */
Test(measure_staffing, more_staff)
{
    struct support_run run = run_with(WORLD("fte: 80"), "starts: 2026-02-10, fte: {a: 12}");
    expect_closed(&run, "2026-02-09", 20);
    expect_closed(&run, "2026-02-10", 8);
    expect_fte_days(&run, "fte_days measure.m", 12 * (19 + 31 + 30));
    expect_fte_days(&run, "staff_employed total", 80 * 120 + 12 * 80);
    run = run_with(WORLD("fte: 80, sick_share: 0.25"), "starts: 2026-02-10, fte: {a: 12}");
    expect_closed(&run, "2026-02-10", 31);
    run = run_with(WORLD("fte: 80"), "starts: 2026-02-10, fte_share: 0.1");
    expect_closed(&run, "2026-02-10", 12);
    run = run_with(WORLD("fte: 80"), "starts: 2026-02-10, fte_share: 0.1, fte: {a: 4}");
    expect_closed(&run, "2026-02-10", 8);
}

/* 90 fte, 7.5 can be recruited a month, nobody leaves. On 15 January 4 come by the measure; on 1
 * February 6 are recruited, the posts that are left. When the 4 go, on 21 February, 4 places close
 * until as many are recruited on 1 March. */
Test(measure_staffing, hiring_fills_the_posts_beside_them)
{
    struct support_run run = run_with(WORLD("fte: 90, hire_per_year: 1"),
                                      "starts: 2026-01-15, ends: 2026-02-20, fte: {a: 4}");
    expect_closed(&run, "2026-01-14", 10);
    expect_closed(&run, "2026-01-15", 6);
    expect_closed(&run, "2026-02-01", 0);
    cr_expect_eq(support_day(&run, "usable total", "2026-02-20"), 100);
    expect_closed(&run, "2026-02-21", 4);
    expect_closed(&run, "2026-03-01", 0);
}

/* 24 places come on 10 February, with half an fte each: 12 are missing, 7 with 5 more, who are
 * there from that day to the 20th only: 11 days. */
Test(measure_staffing, none_before_the_institution_opens)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-02-20}\n"
        "regimes: {ward: {staff_per_place: 1}}\n"
        "institutions: {a: {units: {w: {regime: ward, places: 0, changes: [{from: 2026-02-10, "
        "places: 24}]}}}}\n"
        "statuses: {held: {stay: 9 days}}\n"
        "placement: {all: {to: [ward]}}\n"
        "staff: {a: {fte_per_place_at_start: 0.5}}\n"
        "measures: {m: {kind: staffing, starts: 2025-01-01, fte: {a: 5}}}\n",
        0);
    expect_closed(&run, "2026-02-09", 0);
    expect_closed(&run, "2026-02-10", 7);
    expect_fte_days(&run, "fte_days measure.m", 5 * 11);
}

/* 0.8 x 0.9 = 0.72: 72 of 80 are needed. Beside the other each saves 100 x (0.9 - 0.72) = 18 and
 * 100 x (0.8 - 0.72) = 8 a day, on 120 days. */
Test(measure_staffing, factors_multiply)
{
    struct support_run run =
        support_run(WORLD("fte: 70") "measures:\n"
                                     "  b: {kind: staffing, starts: 2026-01-01, factor: 0.8}\n"
                                     "  a: {kind: staffing, starts: 2026-01-01, factor: 0.9}\n",
                    0);
    expect_closed(&run, "2026-01-01", 3); /* 2 / 0.72 = 2.8 */
    expect_fte_days(&run, "fte_days_saved measure.b", 18 * 120);
    expect_fte_days(&run, "fte_days_saved measure.a", 8 * 120);
}
