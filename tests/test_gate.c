#include <criterion/criterion.h>
#include <string.h>

#include "models/intake.h"
#include "tests/support.h"

/* 2026-01-01, day 0, is a Thursday: Saturday is day 2, Monday day 4. People wait in a cell. */
#define GATE(regime, units, more)                                                                  \
    "period: {start: 2026-01-01, end: 2026-01-31}\n"                                               \
    "regimes: {ward: {" regime "}, cell: {places: unlimited, emergency: true}}\n"                  \
    "units: {" units "}\n"                                                                         \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"                                \
    "  held: {stay: 50 days, waits: {in: cell}}\n"                                                 \
    "  walker: {stay: 50 days, waits: {in: outside}}\n"                                            \
    "placement: {all: {who: {status: [held, walker]}, to: [ward]}}\n" more
#define TEN "ward: {regime: ward, places: 10}"

Test(gate, takes_in_as_many_a_day_as_it_says)
{
    /* one a day: at 0:00 of day 0, 1, .., until the five who wait are in */
    struct support_run run = support_run(
        GATE("intake: {per_day: 1}", TEN, "start: {waiting: {held: {persons: 5}}}\n"), 0);
    cr_expect_str_eq(support_days(&run, "present status.held", 7), "5 5 5 5 5 5 5");
    cr_expect_str_eq(support_days(&run, "present regime.ward", 7), "1 2 3 4 5 5 5");
    cr_expect_str_eq(support_days(&run, "placements total", 7), "1 1 1 1 1 0 0");
}

Test(gate, counts_each_unit_of_a_pool)
{
    /* a takes 2 a day, b too: 4 of 9 on days 0 and 1, 1 on day 2. Most free places: b b a a. */
    struct support_run run = support_run(
        GATE("intake: {per_day: 2}", "a: {regime: ward, places: 10}, b: {regime: ward, places: 20}",
             "start: {waiting: {held: {persons: 9}}}\n"),
        0);
    cr_expect_str_eq(support_days(&run, "placements total", 5), "4 4 1 0 0");
    cr_expect_eq(support_count(&run, TRACE_PLACED, "held"), 9);
    int in_a = 0;
    for (uint32_t i = 0; i < run.trace.count; i++)
        in_a += run.trace.row[i].what == TRACE_PLACED && run.trace.row[i].unit == 0;
    cr_expect_eq(in_a, 4);
}

Test(gate, is_open_in_its_hours_on_its_days)
{
    /* a comes on day 0 (Thursday) 05:00 and waits in a cell until 8:00; b on day 0 08:00 and is
     * placed in that minute; c on day 1 (Friday) 17:59, at once; d at 18:00, after the end: until
     * Monday, day 4, 08:00. 2,400 hours less those to come. */
    struct support_run run =
        support_run(GATE("intake: {hours: [8, 18], days: [mon, tue, wed, thu, fri]}", TEN,
                         "start:\n"
                         "  present:\n"
                         "    a: {status: coming, persons: 1, elapsed: 2395 hours}\n"
                         "    b: {status: coming, persons: 1, elapsed: 2392 hours}\n"
                         "    c: {status: coming, persons: 1, elapsed: 141481 minutes}\n"
                         "    d: {status: coming, persons: 1, elapsed: 2358 hours}\n"),
                    0);
    cr_expect_str_eq(support_history(&run, NULL), "0 05:00 present/a 0 status held outside\n"
                                                  "0 05:00 present/a 0 waits held outside\n"
                                                  "0 05:00 present/a 0 moved held cell\n"
                                                  "0 08:00 present/a 0 placed held ward\n"
                                                  "0 08:00 present/b 0 status held outside\n"
                                                  "0 08:00 present/b 0 waits held outside\n"
                                                  "0 08:00 present/b 0 placed held ward\n"
                                                  "1 17:59 present/c 0 status held outside\n"
                                                  "1 17:59 present/c 0 placed held ward\n"
                                                  "1 18:00 present/d 0 status held outside\n"
                                                  "1 18:00 present/d 0 waits held outside\n"
                                                  "1 18:00 present/d 0 moved held cell\n"
                                                  "4 08:00 present/d 0 placed held ward\n");
}

Test(gate, makes_a_backlog_at_the_weekend)
{
    /* the row of a day is at 24:00: who came after 18:00 on Friday or at the weekend is in a cell
     */
    struct support_run run = support_run(
        "period: {start: 2026-01-05, end: 2026-12-27}\n"
        "regimes: {ward: {intake: {days: [mon, tue, wed, thu, fri]}}, cell: {places: unlimited, "
        "emergency: true}}\n"
        "units: {ward: {regime: ward, places: 1000}}\n"
        "statuses: {held: {stay: 5 days, waits: {in: cell}}}\n"
        "flows: {held: {status: held, per_day: 10}}\n"
        "placement: {all: {to: [ward]}}\n",
        0);
    int64_t by_weekday[7] = {0}, arrivals[7] = {0};
    for (int day = 0; day < 51 * 7; day++) {
        char date[11];
        date_format(run.plan->period.start + day, date);
        by_weekday[day % 7] += support_day(&run, "present regime.cell", date);
        arrivals[day % 7] += support_day(&run, "arrivals total", date);
    }
    for (int weekday = 0; weekday < 5; weekday++)
        cr_expect_eq(by_weekday[weekday], 0);
    cr_expect_eq(by_weekday[5], arrivals[5], "Saturday");
    cr_expect_eq(by_weekday[6], arrivals[5] + arrivals[6], "Sunday: those of both days");
}

Test(gate, is_not_passed_by_who_keeps_his_place)
{
    /* a's new status begins on day 2, a Saturday, and keeps the place */
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-01-31}\n"
                    "regimes: {ward: {intake: {days: [mon]}}}\n"
                    "units: {ward: {regime: ward, places: 3}}\n"
                    "statuses: {one: {stay: 10 days, next: {other: 1}}, other: {stay: 5 days}}\n"
                    "placement: {all: {to: [ward]}}\n"
                    "start: {present: {a: {status: one, persons: 1, elapsed: 8 days}}}\n",
                    0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/a 0 placed one ward\n"
                                                  "2 00:00 present/a 0 status other ward\n"
                                                  "2 00:00 present/a 0 placed other ward\n"
                                                  "7 00:00 present/a 0 released other ward\n");
}

Test(gate, does_not_hold_at_the_legal_limit)
{
    /* a's 24 hours in a cell end on day 1, a Friday, where the ward opens only on Monday */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {ward: {intake: {days: [mon]}}, cell: {places: unlimited, emergency: true}}\n"
        "units: {ward: {regime: ward, places: 3}}\n"
        "statuses: {held: {stay: 10 days, waits: {in: cell, limit: 24 hours, at_limit: "
        "[over_capacity]}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {waiting: {held: {persons: 1}}}\n",
        0);
    cr_expect_str_eq(support_days(&run, "present regime.ward", 3), "0 1 1");
    cr_expect_eq(support_year(&run, "over_capacity_placements total", 2026), 1);
    cr_expect_eq(support_year(&run, "over_capacity total", 2026), 0, "it had places");
}

Test(gate, is_where_people_report_when_it_opens)
{
    /* called on Monday, day 4, 0:00, for 30 hours later, Tuesday 6:00: they come at 9:00. With a
     * notice of 5 days and 12 hours, Saturday noon, on Monday, day 11, at 9:00. */
#define CALLED(notice)                                                                             \
    "period: {start: 2026-01-01, end: 2026-01-31}\n"                                               \
    "regimes: {ward: {intake: {hours: [9, 17], days: [mon, tue, wed, thu, fri], per_day: 1}}}\n"   \
    "units: {ward: {regime: ward, places: 2}}\n"                                                   \
    "statuses: {reporter: {stay: 100 days, called_up: {notice: " notice "}}}\n"                    \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "start: {waiting: {reporter: {persons: 2}}}\n"
    struct support_run run = support_run(CALLED("30 hours"), 0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 waiting/reporter 0 waits reporter outside\n"
                     "0 00:00 waiting/reporter 1 waits reporter outside\n"
                     "4 00:00 waiting/reporter 0 called reporter outside\n"
                     "4 00:00 waiting/reporter 1 called reporter outside\n"
                     "5 09:00 waiting/reporter 0 placed reporter ward\n"
                     "5 09:00 waiting/reporter 1 sent_home reporter outside\n"
                     "11 00:00 waiting/reporter 1 called reporter outside\n"
                     "12 09:00 waiting/reporter 1 placed reporter ward\n");
    run = support_run(CALLED("132 hours"), 0);
    cr_expect_eq(support_day(&run, "present total", "2026-01-11"), 0);
    cr_expect_eq(support_day(&run, "present total", "2026-01-12"), 1);
}

Test(gate, finds_the_next_opening)
{
    struct intake intake = {.days = 1 << 0 | 1 << 2, .from_min = 480, .to_min = 1080};
    cr_expect_eq(intake_next_open(&intake, 0, 0), 480, "Monday 0:00: 8:00");
    cr_expect_eq(intake_next_open(&intake, 0, 500), 500);
    cr_expect_eq(intake_next_open(&intake, 0, 1079), 1079);
    cr_expect_eq(intake_next_open(&intake, 0, 1080), 2 * 1440 + 480, "Wednesday");
    cr_expect_eq(intake_next_open(&intake, 3, 0), 4 * 1440 + 480, "Thursday: in four days");
    cr_expect_eq(intake_next_open(&intake, 2, 1440), 5 * 1440 + 480, "a day after Wednesday");
}

/* -- transport -- */

#define DAILY "transport: {per_day: 2, days: [mon, tue, wed, thu, fri]}\n"

Test(gate, lets_as_many_be_brought_as_there_is_transport)
{
    /* 5 in cells: 2 on Thursday, 2 on Friday, 1 on Monday. Walkers come on their own feet. */
    struct support_run run = support_run(
        GATE("", TEN, DAILY "start: {waiting: {held: {persons: 5}, walker: {persons: 3}}}\n"), 0);
    cr_expect_str_eq(support_days(&run, "present status.walker", 6), "3 3 3 3 3 3");
    cr_expect_str_eq(support_days(&run, "present regime.cell", 6), "3 1 1 1 0 0");
    cr_expect_str_eq(support_days(&run, "placements total", 6), "5 2 0 0 1 0");
}

Test(gate, takes_newly_arrested_people_to_a_cell_while_there_is_no_transport)
{
    /* a comes on day 2, Saturday, though places are free: until Monday */
    struct support_run run = support_run(
        GATE("", TEN,
             DAILY "start: {present: {a: {status: coming, persons: 1, elapsed: 98 days}}}\n"),
        0);
    cr_expect_str_eq(support_history(&run, NULL), "2 00:00 present/a 0 status held outside\n"
                                                  "2 00:00 present/a 0 waits held outside\n"
                                                  "2 00:00 present/a 0 moved held cell\n"
                                                  "4 00:00 present/a 0 placed held ward\n");
}

Test(gate, needs_no_transport_within_an_institution)
{
    /* On day 4, a Monday, six people of the house seek a prison: four places in their own
     * institution come first and take none; of the two places elsewhere one can be reached a day.
     */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {house: {}, prison: {}}\n"
        "institutions: {east: {units: {prison: {regime: prison, places: 2}}}, west: {units: "
        "{house: {regime: house, places: 6}, prison: {regime: prison, places: 4}}}}\n"
        "statuses:\n"
        "  remand: {stay: 10 days, next: {sentenced: 1}}\n"
        "  sentenced: {stay: 50 days, waits: {in: present_place}}\n"
        "placement: {remand: {who: {status: remand}, to: [house]}, sentenced: {to: [west.prison, "
        "east.prison]}}\n"
        "start: {present: {a: {status: remand, persons: 6, elapsed: 6 days}}}\n"
        "transport: {per_day: 1}\n",
        0);
    cr_expect_str_eq(support_days(&run, "present regime.prison", 8), "0 0 0 0 5 6 6 6");
    cr_expect_str_eq(support_days(&run, "present regime.house", 8), "6 6 6 6 1 0 0 0");
}

Test(gate, lets_those_pass_who_need_no_transport)
{
    /* one list for both statuses: `held` number 0 waits longest, but there is no transport before
     * day 4; the walkers of the same rule take the two places meanwhile */
    struct support_run run = support_run(
        GATE("", "ward: {regime: ward, places: 2}",
             "transport: {days: [mon]}\n"
             "start: {waiting: {held: {persons: 1, since: 9 days}, walker: {persons: 2}}}\n"),
        0);
    cr_expect_str_eq(support_days(&run, "present status.walker", 3), "2 2 2");
    cr_expect_str_eq(support_days(&run, "present regime.cell", 6), "1 1 1 1 1 1");
}
