#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* 2026-01-01, day 0, is a Thursday, so the Mondays are days 4, 11, 18, 25, 32, 39, 46, 53, .. */
#define CALLING(places, call_up, persons)                                                          \
    "period: {start: 2026-01-01, end: 2026-03-31}\n"                                               \
    "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"                            \
    "units: {ward: {regime: ward, places: " places "}}\n"                                          \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 100 days, next: {arrested: 1}}\n"                            \
    "  reporter: {sentence: 30 days, waits: {in: outside}, called_up: {" call_up "}}\n"            \
    "  arrested: {stay: 9 days, waits: {in: cell}}\n"                                              \
    "placement: {all: {who: {status: [reporter, arrested]}, to: [ward]}}\n"                        \
    "start: {waiting: {reporter: {persons: " persons ", since: 5 days}}}\n"

static int64_t called(const struct support_run *run, int day)
{
    char date[11];
    date_format(run->plan->period.start + day, date);
    return support_day(run, "called total", date);
}

Test(callup, calls_as_many_as_places_will_be_filled)
{
    /* floor(0.95 x 9 = 8.55) = 8 are called on day 4 and report on day 18. On days 11 and 18 8 are
     * on their way, on days 25 to 46 8 are there, until day 48. So the next 8 are called on day 53,
     * and report on day 67. 20 wait: 20 - 8 = 12 until day 53, then 4 are left in the queue, the 8
     * called go on waiting until they report. */
    struct support_run run = support_run(CALLING("9", "fill_to: 0.95, notice: 14 days", "20"), 0);
    for (int day = 0; day < 90; day++)
        cr_expect_eq(called(&run, day), day == 4 || day == 53 ? 8 : 0, "day %d: %d", day,
                     (int)called(&run, day));
    cr_expect_eq(support_day(&run, "present total", "2026-01-18"), 0, "day 17");
    cr_expect_eq(support_day(&run, "present total", "2026-01-19"), 8, "day 18");
    cr_expect_eq(support_day(&run, "present total", "2026-02-17"), 8, "day 47");
    cr_expect_eq(support_day(&run, "present total", "2026-02-18"), 0, "day 48");
    cr_expect_eq(support_day(&run, "waiting total", "2026-01-18"), 20, "those called still wait");
    cr_expect_eq(support_day(&run, "waiting total", "2026-01-19"), 12);
    cr_expect_eq(support_day(&run, "outside total", "2026-01-19"), 12);
    cr_expect_eq(support_day(&run, "waiting total", "2026-03-09"), 4, "day 67");
}

Test(callup, rounds_the_places_down_as_an_exact_fraction)
{
    /* 0.7 x 90 is 63; in doubles 0.7 x 90 is just below. 0.35 x 20 is 7, 2/3 x 10 is 6.67. */
    struct support_run run = support_run(CALLING("90", "fill_to: 0.7", "100"), 0);
    cr_expect_eq(called(&run, 4), 63);
    run = support_run(CALLING("20", "fill_to: 0.35", "100"), 0);
    cr_expect_eq(called(&run, 4), 7);
    run = support_run(CALLING("10", "fill_to: 2/3", "100"), 0);
    cr_expect_eq(called(&run, 4), 6);
}

Test(callup, calls_at_most_its_quota_a_week)
{
    /* 10 places: 3, 3, 3 and then 10 - 9 - 0 = 1, who report in the same minute. Those of day 4
     * leave on day 34, so on day 39 there is room for 3 more. */
    struct support_run run = support_run(CALLING("10", "at_most: 3", "30"), 0);
    static const int   expected[] = {3, 3, 3, 1, 0, 3};
    for (int week = 0; week < 6; week++)
        cr_expect_eq(called(&run, 4 + 7 * week), expected[week], "week %d: %d", week,
                     (int)called(&run, 4 + 7 * week));
    run = support_run(CALLING("10", "at_most: 0", "30"), 0);
    cr_expect_eq(support_year(&run, "called total", 2026), 0);
    cr_expect_eq(support_day(&run, "waiting total", "2026-03-31"), 30);
}

Test(callup, calls_the_longest_waiting_first_and_only_on_mondays)
{
    /* one place: number 0 of the group, called on day 4, reports 36 hours later; his 30 days end on
     * day 35, 12:00; number 1 is called on day 39 */
    struct support_run run = support_run(CALLING("1", "notice: 36 hours", "3"), 0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 waiting/reporter 0 waits reporter outside\n"
                     "0 00:00 waiting/reporter 1 waits reporter outside\n"
                     "0 00:00 waiting/reporter 2 waits reporter outside\n"
                     "4 00:00 waiting/reporter 0 called reporter outside\n"
                     "5 12:00 waiting/reporter 0 placed reporter ward\n"
                     "35 12:00 waiting/reporter 0 released reporter ward\n"
                     "39 00:00 waiting/reporter 1 called reporter outside\n"
                     "40 12:00 waiting/reporter 1 placed reporter ward\n"
                     "70 12:00 waiting/reporter 1 released reporter ward\n"
                     "74 00:00 waiting/reporter 2 called reporter outside\n"
                     "75 12:00 waiting/reporter 2 placed reporter ward\n");
}

Test(callup, counts_the_waiting_time_from_the_entry_into_the_queue)
{
    /* z queues from day 6, a from day 8, both before the call of day 11: z comes first, and has
     * waited 5 days; a is called on day 18, when z's 3 days are over: 10 days */
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-03-31}\n"
                    "regimes: {ward: {}}\n"
                    "units: {first: {regime: ward, places: 1}}\n"
                    "statuses:\n"
                    "  coming: {clock: arrival, stay: 100 days, next: {reporter: 1}}\n"
                    "  reporter: {stay: 3 days, called_up: {every: week}}\n"
                    "placement: {all: {who: {status: reporter}, to: [ward]}}\n"
                    "start:\n"
                    "  present:\n"
                    "    a: {status: coming, persons: 1, elapsed: 92 days}\n"
                    "    z: {status: coming, persons: 1, elapsed: 94 days}\n",
                    0);
    cr_expect_str_eq(support_history(&run, NULL), "6 00:00 present/z 0 status reporter outside\n"
                                                  "6 00:00 present/z 0 waits reporter outside\n"
                                                  "8 00:00 present/a 0 status reporter outside\n"
                                                  "8 00:00 present/a 0 waits reporter outside\n"
                                                  "11 00:00 present/z 0 called reporter outside\n"
                                                  "11 00:00 present/z 0 placed reporter first\n"
                                                  "14 00:00 present/z 0 released reporter first\n"
                                                  "18 00:00 present/a 0 called reporter outside\n"
                                                  "18 00:00 present/a 0 placed reporter first\n"
                                                  "21 00:00 present/a 0 released reporter first\n");
    cr_expect_eq(support_year(&run, "wait_minutes status.reporter", 2026), 15 * 1440);
}

Test(callup, sees_the_places_as_they_are_before_the_releases_of_the_minute)
{
    /* CAPACITY comes before RELEASE: placed on day 4 without notice, he leaves on day 34 (a
     * Wednesday); with 28 days he leaves on Monday, day 32, at 0:00, and only on day 39 the next is
     * called */
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-03-31}\n"
                    "regimes: {ward: {}}\n"
                    "units: {ward: {regime: ward, places: 1}}\n"
                    "statuses: {reporter: {stay: 28 days, called_up: {every: week}}}\n"
                    "placement: {all: {to: [ward]}}\n"
                    "start: {waiting: {reporter: {persons: 2}}}\n",
                    0);
    cr_expect_eq(called(&run, 4), 1);
    cr_expect_eq(called(&run, 32), 0);
    cr_expect_eq(called(&run, 39), 1);
}

Test(callup, makes_another_status_of_who_does_not_come)
{
    /* nobody comes: on day 11 both are arrested instead; one is placed, the other in a cell until
     * day 11 + 9 = 20 */
    struct support_run run =
        support_run(CALLING("2", "notice: 7 days, at_most: 2, no_show: 1, then: arrested", "2"), 0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 waiting/reporter 0 waits reporter outside\n"
                     "0 00:00 waiting/reporter 1 waits reporter outside\n"
                     "4 00:00 waiting/reporter 0 called reporter outside\n"
                     "4 00:00 waiting/reporter 1 called reporter outside\n"
                     "11 00:00 waiting/reporter 0 no_show reporter outside\n"
                     "11 00:00 waiting/reporter 0 status arrested outside\n"
                     "11 00:00 waiting/reporter 0 waits arrested outside\n"
                     "11 00:00 waiting/reporter 0 placed arrested ward\n"
                     "11 00:00 waiting/reporter 1 no_show reporter outside\n"
                     "11 00:00 waiting/reporter 1 status arrested outside\n"
                     "11 00:00 waiting/reporter 1 waits arrested outside\n"
                     "11 00:00 waiting/reporter 1 placed arrested ward\n"
                     "20 00:00 waiting/reporter 0 released arrested ward\n"
                     "20 00:00 waiting/reporter 1 released arrested ward\n");
    cr_expect_eq(support_year(&run, "no_show status.reporter", 2026), 2);
    cr_expect_eq(support_year(&run, "waits_ended status.reporter", 2026), 0, "no place was given");
}

Test(callup, draws_for_each_who_comes)
{
    /* half of 400 come: 200, within 4 sd of 10. All are called on day 4 and due in that minute. */
    struct support_run run = support_run(CALLING("400", "no_show: 0.5, then: arrested", "400"), 0);
    int64_t            missing = support_year(&run, "no_show total", 2026);
    cr_expect_eq(called(&run, 4), 400);
    cr_expect(missing > 160 && missing < 240, "%d", (int)missing);
}

Test(callup, sends_back_from_a_full_gate_with_the_old_waiting_time)
{
    /* One place. Number 0 is called on day 4 for day 11. On day 8 somebody else is arrested, for 9
     * days: the gate is full on day 11. On day 18, a Monday, number 0 is again the first to be
     * called: he waits since day -5 as number 1 does, with the lower key. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-02-10}\n"
        "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"
        "units: {ward: {regime: ward, places: 1}}\n"
        "statuses:\n"
        "  coming: {clock: arrival, stay: 100 days, next: {arrested: 1}}\n"
        "  reporter: {sentence: 30 days, waits: {in: outside}, called_up: {notice: 7 days}}\n"
        "  arrested: {stay: 9 days, waits: {in: cell}}\n"
        "placement: {all: {who: {status: [reporter, arrested]}, to: [ward]}}\n"
        "start:\n"
        "  waiting: {reporter: {persons: 2, since: 5 days}}\n"
        "  present: {z: {status: coming, persons: 1, elapsed: 92 days}}\n",
        0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 waiting/reporter 0 waits reporter outside\n"
                     "0 00:00 waiting/reporter 1 waits reporter outside\n"
                     "4 00:00 waiting/reporter 0 called reporter outside\n"
                     "8 00:00 present/z 0 status arrested outside\n"
                     "8 00:00 present/z 0 placed arrested ward\n"
                     "11 00:00 waiting/reporter 0 sent_home reporter outside\n"
                     "17 00:00 present/z 0 released arrested ward\n"
                     "18 00:00 waiting/reporter 0 called reporter outside\n"
                     "25 00:00 waiting/reporter 0 placed reporter ward\n");
    cr_expect_eq(support_day(&run, "sent_home total", "2026-01-12"), 1);
    cr_expect_eq(support_day(&run, "waiting total", "2026-01-12"), 2);
}

/* Two whose clock runs already: both wait in a cell, are sent home on day 1 after one of their
 * `stay` days, and come back on day 2 as reporters, with what is left. z has the one place from day
 * 10 to 13. */
#define TIMED(stay)                                                                                \
    "period: {start: 2026-01-01, end: 2026-02-10}\n"                                               \
    "regimes: {ward: {}, annex: {}, cell: {places: unlimited, emergency: true}}\n"                 \
    "units: {first: {regime: ward, places: 1}, second: {regime: annex, places: 0}}\n"              \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 100 days, next: {urgent: 1}}\n"                              \
    "  held: {clock: arrival, stay: " stay ", sent_home: {back_after: 1 day, as: reporter},\n"     \
    "    waits: {in: cell, limit: 1 day, at_limit: [sent_home]}}\n"                                \
    "  reporter: {stay: 50 days, called_up: {notice: 7 days}}\n"                                   \
    "  urgent: {stay: 3 days}\n"                                                                   \
    "placement: {held: {who: {status: held}, to: [annex]}, all: {who: {status: [urgent, "          \
    "reporter]}, to: [ward]}}\n"                                                                   \
    "start:\n"                                                                                     \
    "  waiting: {held: {persons: 2}}\n"                                                            \
    "  present: {z: {status: coming, persons: 1, elapsed: 90 days}}\n"
#define BACK_HOME                                                                                  \
    "0 00:00 waiting/held 0 waits held cell\n"                                                     \
    "0 00:00 waiting/held 1 waits held cell\n"                                                     \
    "1 00:00 waiting/held 0 sent_home held outside\n"                                              \
    "1 00:00 waiting/held 1 sent_home held outside\n"                                              \
    "2 00:00 waiting/held 0 status reporter outside\n"                                             \
    "2 00:00 waiting/held 0 waits reporter outside\n"                                              \
    "2 00:00 waiting/held 1 status reporter outside\n"                                             \
    "2 00:00 waiting/held 1 waits reporter outside\n"                                              \
    "4 00:00 waiting/held 0 called reporter outside\n"

Test(callup, lets_go_on_his_way_whose_time_ends)
{
    /* 7 of 8 days are left on day 2: number 0 is called on day 4 for day 11, but leaves on day 9 */
    struct support_run run = support_run(TIMED("8 days"), 0);
    cr_expect_str_eq(support_history(&run, "waiting/held"),
                     BACK_HOME "9 00:00 waiting/held 0 released reporter outside\n"
                               "9 00:00 waiting/held 1 released reporter outside\n");
    cr_expect_eq(support_year(&run, "left_waiting total", 2026), 2);
}

Test(callup, goes_on_with_the_clock_of_who_is_sent_back)
{
    /* Number 0 is at the full gate on day 11, and again in the queue, where his 11 days (10 from
     * day 2) end on day 12. With 29 he is called on day 18 for day 25, and leaves on day 2 + 28
     * = 30. */
    struct support_run run = support_run(TIMED("11 days"), 0);
    cr_expect_str_eq(support_history(&run, "waiting/held"),
                     BACK_HOME "11 00:00 waiting/held 0 sent_home reporter outside\n"
                               "12 00:00 waiting/held 0 released reporter outside\n"
                               "12 00:00 waiting/held 1 released reporter outside\n");
    run = support_run(TIMED("29 days"), 0);
    cr_expect_str_eq(support_history(&run, "waiting/held"),
                     BACK_HOME "11 00:00 waiting/held 0 sent_home reporter outside\n"
                               "18 00:00 waiting/held 0 called reporter outside\n"
                               "25 00:00 waiting/held 0 placed reporter first\n"
                               "30 00:00 waiting/held 0 released reporter first\n"
                               "30 00:00 waiting/held 1 released reporter outside\n");
}

/* -- measures */

#define WITH(measure) "measures: {m: {kind: call_up, " measure "}}\n"

/* 10 places, at most 3 a week by the status. On Mondays 4, 11, 18 (January) as written: day 11 is
 * 2026-01-12, from which on at most 5; 3 + 5 leaves 10 - 8 = 2 for day 18. */
Test(callup, a_measure_sets_another_quota)
{
    struct support_run run =
        support_run(CALLING("10", "at_most: 3", "30") WITH("starts: 2026-01-12, at_most: 5"), 0);
    static const int expected[] = {3, 5, 2, 0, 0};
    for (int week = 0; week < 5; week++)
        cr_expect_eq(called(&run, 4 + 7 * week), expected[week], "week %d: %d", week,
                     (int)called(&run, 4 + 7 * week));
    /* to 11 January: day 4 is the 5th; then 3 again, and 10 - 8 = 2 */
    run = support_run(CALLING("10", "at_most: 3", "30")
                          WITH("starts: 2025-01-01, ends: 2026-01-11, at_most: 5"),
                      0);
    cr_expect_eq(called(&run, 4), 5);
    cr_expect_eq(called(&run, 11), 3);
    cr_expect_eq(called(&run, 18), 2);
    /* whom it called: those of day 4 */
    cr_expect_eq(support_year(&run, "people measure.m", 2026), 5);
}

/* 20 places: 0.35 x 20 = 7 on day 4; from day 11 on 0.65 x 20 = 13, so 6 more. */
Test(callup, a_measure_fills_further)
{
    struct support_run run = support_run(
        CALLING("20", "fill_to: 0.35", "30") WITH("starts: 2026-01-06, fill_to: 0.65"), 0);
    cr_expect_eq(called(&run, 4), 7);
    cr_expect_eq(called(&run, 11), 6);
    cr_expect_eq(support_year(&run, "people measure.m", 2026),
                 support_year(&run, "called total", 2026) - 7);
}

/* 4 of 8 places on day 4, who come on day 18; the others, called on day 11, three days later. */
Test(callup, a_measure_gives_another_notice_to_those_it_calls)
{
    struct support_run run =
        support_run(CALLING("8", "at_most: 4, notice: 14 days", "8")
                        WITH("starts: 2026-01-12, notice: 3 days, statuses: [reporter]"),
                    0);
    cr_expect_eq(support_day(&run, "present total", "2026-01-14"), 0, "day 13");
    cr_expect_eq(support_day(&run, "present total", "2026-01-15"), 4, "day 14");
    cr_expect_eq(support_day(&run, "present total", "2026-01-18"), 4, "day 17");
    cr_expect_eq(support_day(&run, "present total", "2026-01-19"), 8, "day 18");
}

/* Of each key the one that started last, of the same day the last by name; 1 is called by b, and no
 * day of a bill that is no law counts. */
Test(callup, of_several_measures_the_last_one_holds)
{
    struct support_run run = support_run(
        CALLING("30", "at_most: 3, notice: 7 days",
                "30") "measures:\n"
                      "  b: {kind: call_up, starts: 2026-01-01, at_most: 1}\n"
                      "  a: {kind: call_up, starts: 2026-01-01, at_most: 9, notice: 0 days}\n"
                      "  c: {kind: call_up, starts: 2025-12-31, at_most: 8, notice: 30 days}\n"
                      "  d: {kind: call_up, starts: 2026-01-02, at_most: 20, chance: 0}\n",
        0);
    cr_expect_eq(called(&run, 4), 1);
    cr_expect_eq(support_day(&run, "present total", "2026-01-05"), 1);
    cr_expect_eq(support_year(&run, "people measure.d", 2026), 0);
    cr_expect_eq(support_year(&run, "people measure.c", 2026),
                 support_year(&run, "called total", 2026));
}
