#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

#define WARD                                                                                       \
    "regimes: {ward: {}, annex: {}}\n"                                                             \
    "units: {ward: {regime: ward, places: 9}, annex: {regime: annex, places: 1}}\n"
#define COMING "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"

Test(daily, holds_stocks_at_the_end_of_the_day_before_anything_of_the_next)
{
    /* comes at 00:00 of 2 January and leaves at 00:00 of the 4th: present at the end of the 2nd and
     * the 3rd, both days whole; the arrival belongs to the 2nd, the release to the 4th */
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-01-05}\n" WARD "statuses:\n" COMING
                    "  held: {stay: 2 days}\n"
                    "placement: {all: {who: {status: held}, to: [ward]}}\n"
                    "start: {present: {a: {status: coming, persons: 1, elapsed: 99 days}}}\n",
                    0);
    cr_expect_str_eq(support_days(&run, "present status.held", 5), "0 1 1 0 0");
    cr_expect_str_eq(support_days(&run, "present_mean status.held", 5), "0 1440 1440 0 0");
    cr_expect_str_eq(support_days(&run, "entries total", 5), "0 1 0 0 0");
    cr_expect_str_eq(support_days(&run, "placements total", 5), "0 1 0 0 0");
    cr_expect_str_eq(support_days(&run, "released total", 5), "0 0 0 1 0");
    cr_expect_str_eq(support_days(&run, "outside total", 5), "1 0 0 0 0");
    cr_expect_eq(support_year(&run, "entries status.held", 2026), 1);
    cr_expect_eq(support_year(&run, "entries status.coming", 2026), 0);
    cr_expect_eq(support_year(&run, "released status.held", 2026), 1);
    cr_expect_eq(support_year(&run, "released status.coming", 2026), 0);
}

Test(daily, counts_an_arrival_at_midnight_on_the_new_day)
{
    /* 2,000 a day have 1.4 in each minute: in 30 days some 40 come at 00:00 */
    struct support_run run = support_run("period: {start: 2026-01-01, end: 2026-01-30}\n"
                                         "statuses: {held: {clock: arrival, stay: 1 hour}}\n"
                                         "flows: {people: {status: held, per_day: 2000}}\n",
                                         0);
    int64_t            arrived[31] = {0}, left[31] = {0};
    int                at_midnight = 0;
    for (uint32_t i = 0; i < run.trace.count; i++) {
        const struct trace_row *row = &run.trace.row[i];
        if (row->what == TRACE_ARRIVED) {
            arrived[row->minute / 1440]++;
            at_midnight += row->minute % 1440 == 0;
        }
        left[row->minute / 1440] += row->what == TRACE_RELEASED;
    }
    cr_expect(at_midnight > 10, "%d", at_midnight);
    for (int day = 0; day < 30; day++) {
        char date[11];
        date_format(run.plan->period.start + day, date);
        cr_expect_eq(support_day(&run, "arrivals total", date), arrived[day], "%s", date);
        cr_expect_eq(support_day(&run, "released total", date), left[day], "%s", date);
    }
}

Test(daily, sums_person_minutes)
{
    /* Three hold places. a leaves on day 2 at 06:00 (2 x 1,440 + 360 minutes after the start), b on
     * day 2 at 18:30, c comes on day 1 at 12:00.
     * day 0: a, b 2 x 1,440 = 2,880; day 1: 2,880 + 720 = 3,600; day 2: 360 + 1,110 + 1,440 = 2,910
     */
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-01-04}\n" WARD "statuses:\n" COMING
                    "  held: {stay: 50 days}\n"
                    "placement: {all: {who: {status: held}, to: [ward]}}\n"
                    "start:\n"
                    "  present:\n"
                    "    a: {status: held, persons: 1, elapsed: 68760 minutes}\n"
                    "    b: {status: held, persons: 1, elapsed: 68010 minutes}\n"
                    "    c: {status: coming, persons: 1, elapsed: 141840 minutes}\n",
                    0);
    cr_expect_str_eq(support_days(&run, "present_mean total", 4), "2880 3600 2910 1440");
    cr_expect_str_eq(support_days(&run, "present_mean regime.ward", 4), "2880 3600 2910 1440");
    cr_expect_str_eq(support_days(&run, "outside_mean total", 4), "1440 720 0 0");
    cr_expect_str_eq(support_days(&run, "present total", 4), "2 3 1 1");
    cr_expect_eq(support_year(&run, "present_mean total", 2026), 2880 + 3600 + 2910 + 1440);
    cr_expect_eq(support_year(&run, "present total", 2026), 2 + 3 + 1 + 1);
    cr_expect_eq(run.record.total[TOTAL_PERSON_MINUTES], 2880 + 3600 + 2910 + 1440 + 1440 + 720);
    cr_expect_eq(run.record.total[TOTAL_STAY_MINUTES], 12990);
}

Test(daily, sums_minutes_of_waiting_and_by_attribute)
{
    /* ward of one; the second, and only he, waits from day 0 to day 2 at 08:00 */
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-01-04}\n"
                    "attributes: {sex: {man: 1, woman: 0}}\n"
                    "regimes: {ward: {}}\n"
                    "units: {ward: {regime: ward, places: 1}}\n"
                    "statuses: {held: {stay: 3360 minutes, waits: {in: outside}}}\n"
                    "placement: {all: {to: [ward]}}\n"
                    "start: {waiting: {held: {persons: 2}}}\n"
                    "output: {daily: [sex]}\n",
                    0);
    cr_expect_str_eq(support_days(&run, "waiting_mean total", 4), "1440 1440 480 0");
    cr_expect_str_eq(support_days(&run, "waiting sex.man", 4), "1 1 0 0");
    cr_expect_str_eq(support_days(&run, "waiting sex.woman", 4), "0 0 0 0");
    cr_expect_str_eq(support_days(&run, "present_mean sex.man", 4), "1440 1440 1440 1440");
    cr_expect_str_eq(support_days(&run, "outside_mean total", 4), "1440 1440 480 0");
}

Test(daily, leaves_the_warm_up_out)
{
    /* warm-up of 2 days: rows from 3 January. a leaves on day 1, b on day 3 at 06:00. The placement
     * of c in the warm-up is not counted, nor his minutes of then. */
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-01-05, warm_up: 2 days}\n" WARD
                    "statuses: {held: {stay: 50 days}}\n"
                    "placement: {all: {to: [ward]}}\n"
                    "start:\n"
                    "  present: {a: {status: held, persons: 1, elapsed: 49 days}, b: {status: "
                    "held, persons: 1, elapsed: 67320 minutes}}\n"
                    "  waiting: {c: {status: held, persons: 1}}\n",
                    0);
    cr_expect_eq(run.plan->record_size.days, 3);
    cr_expect_str_eq(support_days(&run, "present total", 3), "2 1 1");
    cr_expect_str_eq(support_days(&run, "present_mean total", 3), "2880 1800 1440");
    cr_expect_eq(support_day(&run, "present total", "2026-01-03"), 2);
    cr_expect_eq(support_year(&run, "present_mean total", 2026), 2880 + 1800 + 1440);
    cr_expect_eq(support_year(&run, "placements total", 2026), 0);
    cr_expect_eq(support_year(&run, "released total", 2026), 1);
    cr_expect_eq(support_year(&run, "placements status.held", 2026), 0);
    cr_expect_eq(support_year(&run, "released status.held", 2026), 1);
    cr_expect_eq(support_year(&run, "waits_ended status.held", 2026), 0);
    cr_expect_eq(run.record.total[TOTAL_PERSON_MINUTES], 2880 + 1800 + 1440);
}

Test(daily, gives_a_leap_year_its_day)
{
    /* one person for four years: 365, 366, 365 days; 28 and 29 February and 1 March 2028 */
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2029-12-31, warm_up: 1 year}\n" WARD
                    "statuses: {held: {stay: 20 years}}\n"
                    "placement: {all: {to: [ward]}}\n"
                    "start: {present: {held: {persons: 1, elapsed: 0 days}}}\n",
                    0);
    cr_expect_eq(run.plan->record_size.days, 365 + 366 + 365);
    cr_expect_eq(run.plan->record_size.years, 3);
    cr_expect_eq(support_year(&run, "present_mean total", 2027), 365 * 1440);
    cr_expect_eq(support_year(&run, "present_mean total", 2028), 366 * 1440);
    cr_expect_eq(support_year(&run, "present_mean total", 2029), 365 * 1440);
    cr_expect_eq(support_year(&run, "usable total", 2028), 366 * 10);
    cr_expect_eq(support_day(&run, "present total", "2028-02-29"), 1);
}

Test(daily, makes_one_row_of_one_day)
{
    struct support_run run = support_run(
        "period: {start: 2028-02-29, end: 2028-02-29}\n" WARD "statuses: {held: {stay: 50 days}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start:\n"
        "  present: {a: {status: held, persons: 2, elapsed: 71280 minutes}, b: {status: held, "
        "persons: 3, elapsed: 49 days}}\n",
        0);
    /* two leave at 12:00; three at 24:00, which is tomorrow: 2 x 720 + 3 x 1,440 = 5,760 */
    cr_expect_eq(run.plan->record_size.days, 1);
    cr_expect_str_eq(support_days(&run, "present total", 1), "3");
    cr_expect_str_eq(support_days(&run, "present_mean total", 1), "5760");
    cr_expect_str_eq(support_days(&run, "released total", 1), "2");
}

/* -- waits */

/* x leaves the annex after `stay`; a has waited for it since he came, on day 2 at 12:00. */
static struct support_run wait_for(int stay_min)
{
    char text[1024];
    snprintf(text, sizeof text,
             "period: {start: 2026-12-30, end: 2027-12-31}\n" WARD "statuses:\n" COMING
             "  held: {stay: 5 days}\n"
             "  long: {stay: %d minutes}\n"
             "placement: {all: {who: {status: [held, long]}, to: [annex]}}\n"
             "start:\n"
             "  present: {a: {status: coming, persons: 1, elapsed: 140400 minutes}, x: {status: "
             "long, persons: 1, elapsed: 0 days}}\n",
             stay_min);
    return support_run(text, 0);
}

Test(daily, puts_a_wait_in_the_class_of_its_whole_days)
{
    /* he comes at 100 x 1,440 - 140,400 = minute 3,600, 1 January 2027 at 12:00 */
    static const struct {
        int         waited_min;
        const char *column;
    } expected[] = {
        {1, "wait_from_0_days status.held"},
        {1439, "wait_from_0_days status.held"},
        {1440, "wait_from_1_days status.held"},
        {2880 - 1, "wait_from_1_days status.held"},
        {7 * 1440, "wait_from_7_days status.held"},
        {10 * 1440 - 1, "wait_from_7_days status.held"},
        {10 * 1440, "wait_from_10_days status.held"},
        {182 * 1440, "wait_from_182_days status.held"},
        {274 * 1440 - 1, "wait_from_182_days status.held"},
    };
    for (size_t e = 0; e < sizeof expected / sizeof expected[0]; e++) {
        struct support_run run = wait_for(3600 + expected[e].waited_min);
        cr_expect_eq(support_year(&run, expected[e].column, 2027), 1, "%d", expected[e].waited_min);
        cr_expect_eq(support_year(&run, "waits_ended status.held", 2027), 1);
        cr_expect_eq(support_year(&run, "waited status.held", 2027), 1);
        cr_expect_eq(support_year(&run, "wait_minutes status.held", 2027), expected[e].waited_min);
        cr_expect_eq(support_year(&run, "waits_ended status.held", 2026), 0);
    }
}

Test(daily, counts_who_finds_a_place_at_once_as_a_wait_of_nothing)
{
    struct support_run run = wait_for(3600); /* x leaves in the minute in which a comes */
    cr_expect_eq(support_year(&run, "waits_ended status.held", 2027), 1);
    cr_expect_eq(support_year(&run, "wait_from_0_days status.held", 2027), 1);
    cr_expect_eq(support_year(&run, "waited status.held", 2027), 0);
    cr_expect_eq(support_year(&run, "wait_minutes status.held", 2027), 0);
}

Test(daily, counts_a_wait_in_the_year_in_which_it_began)
{
    /* a: from 31 December 2026, 12:00, until x leaves on 20 January 2027; the rows' year is 2026.
     * s has waited since before the outputs: he counts in no year. */
    struct support_run run =
        support_run("period: {start: 2026-12-30, end: 2027-12-31}\n" WARD "statuses:\n" COMING
                    "  held: {stay: 5 days}\n"
                    "  long: {stay: 21 days}\n"
                    "placement: {all: {who: {status: [held, long]}, to: [annex]}}\n"
                    "start:\n"
                    "  present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}, x: "
                    "{status: long, persons: 1, elapsed: 0 days}}\n"
                    "  waiting: {s: {status: held, persons: 1, since: 3 days}}\n",
                    0);
    /* s is placed on day 21, a 5 days later, on day 26: 26 x 1,440 - 2,160 = 35,280 minutes */
    cr_expect_eq(support_year(&run, "waits_ended status.held", 2026), 1);
    cr_expect_eq(support_year(&run, "wait_minutes status.held", 2026), 35280);
    cr_expect_eq(support_year(&run, "wait_from_21_days status.held", 2026), 1);
    cr_expect_eq(support_year(&run, "waits_ended status.held", 2027), 0);
    cr_expect_eq(support_year(&run, "placements status.held", 2027), 2);
}

Test(daily, leaves_out_a_wait_that_began_in_the_warm_up)
{
    /* comes on day 1 at 12:00, in a warm-up of 2 days, and is placed on day 10 */
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-01-31, warm_up: 2 days}\n" WARD
                    "statuses:\n" COMING "  held: {stay: 5 days}\n"
                    "  long: {stay: 10 days}\n"
                    "placement: {all: {who: {status: [held, long]}, to: [annex]}}\n"
                    "start:\n"
                    "  present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}, x: "
                    "{status: long, persons: 1, elapsed: 0 days}}\n",
                    0);
    cr_expect_eq(support_year(&run, "placements status.held", 2026), 1);
    cr_expect_eq(support_year(&run, "waits_ended status.held", 2026), 0);
    cr_expect_eq(support_year(&run, "waiting_mean status.held", 2026), 8 * 1440, "days 2 to 9");
}
