#include <criterion/criterion.h>

#include "tests/support.h"

#define PERIOD "period: {start: 2026-01-01, end: 2026-03-31}\n"

Test(turnover, of_several_durations_ends_in_order_of_time)
{
    /* One place in each regime, left on day 1 at 0:00: empty for 3 days, 1 hour and 2 days. Then
     * the next is in it for a day, and the one after him when it is clean again: fast 1:00 and
     * 2 days 2:00, middle day 3 and day 6, slow day 4 and day 8. */
    struct support_run run = support_run(
        PERIOD "regimes: {slow: {turnover: 3 days}, fast: {turnover: 1 hour}, middle: {turnover: 2 "
               "days}}\n"
               "units: {slow: {regime: slow, places: 1}, fast: {regime: fast, places: 1}, middle: "
               "{regime: middle, places: 1}}\n"
               "statuses: {s: {stay: 1 day}, f: {stay: 1 day}, m: {stay: 1 day}}\n"
               "placement: {s: {who: {status: s}, to: [slow]}, f: {who: {status: f}, to: [fast]}, "
               "m: {who: {status: m}, to: [middle]}}\n"
               "start: {present: {s: {persons: 1, elapsed: 0 days}, f: {persons: 1, elapsed: 0 "
               "days}, m: {persons: 1, elapsed: 0 days}}, waiting: {s: {persons: 2}, f: {persons: "
               "2}, m: {persons: 2}}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "waiting/f"), "0 00:00 waiting/f 0 waits f outside\n"
                                                         "0 00:00 waiting/f 1 waits f outside\n"
                                                         "1 01:00 waiting/f 0 placed f fast\n"
                                                         "2 01:00 waiting/f 0 released f fast\n"
                                                         "2 02:00 waiting/f 1 placed f fast\n"
                                                         "3 02:00 waiting/f 1 released f fast\n");
    cr_expect_str_eq(support_history(&run, "waiting/m"), "0 00:00 waiting/m 0 waits m outside\n"
                                                         "0 00:00 waiting/m 1 waits m outside\n"
                                                         "3 00:00 waiting/m 0 placed m middle\n"
                                                         "4 00:00 waiting/m 0 released m middle\n"
                                                         "6 00:00 waiting/m 1 placed m middle\n"
                                                         "7 00:00 waiting/m 1 released m middle\n");
    cr_expect_str_eq(support_history(&run, "waiting/s"), "0 00:00 waiting/s 0 waits s outside\n"
                                                         "0 00:00 waiting/s 1 waits s outside\n"
                                                         "4 00:00 waiting/s 0 placed s slow\n"
                                                         "5 00:00 waiting/s 0 released s slow\n"
                                                         "8 00:00 waiting/s 1 placed s slow\n"
                                                         "9 00:00 waiting/s 1 released s slow\n");
}

Test(turnover, of_hundreds_of_places_at_once_is_remembered)
{
    /* Of 1,000 places 100 are left on day 1, clean on day 3, left on day 4, and so on, until all
     * are left on day 10: more than the queue holds at first, after it has gone round its end. Then
     * all are full on one day in three. 25,000 wait: 100 are placed on days 3, 6 and 9, 1,000 on
     * day 12 and on each third day, the last 700 on day 84. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {turnover: 2 days}}\n"
               "units: {a: {regime: ward, places: 500}, b: {regime: ward, places: 500}}\n"
               "statuses: {held: {stay: 1 day}, longer: {stay: 10 days}}\n"
               "placement: {all: {to: [ward]}}\n"
               "start: {present: {held: {persons: 100, elapsed: 0 days}, longer: {persons: 900, "
               "elapsed: 0 days}}, waiting: {held: {persons: 25000}}}\n",
        0);
    support_expect_days(&run, "present total",
                        "1000 900 900 1000 900 900 1000 900 900 1000 0 0 1000 0 0 1000");
    cr_expect_eq(support_count(&run, TRACE_PLACED, "held"), 25100, "the 100 of the start too");
    cr_expect_eq(support_day(&run, "present total", "2026-03-26"), 700, "day 84");
    cr_expect_eq(support_day(&run, "present total", "2026-03-29"), 0, "day 87");
}
