#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* 2026-01-01, day 0, is a Thursday. A group `present: {x: {status: coming, elapsed: N days}}` comes
 * into the status under test on day 100 - N, in the minute that the elapsed time leaves. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-03-31}\n"
#define PLACES                                                                                     \
    "regimes: {ward: {}, annex: {}, cell: {places: unlimited, emergency: true}}\n"                 \
    "units: {ward: {regime: ward, places: 1}, annex: {regime: annex, places: 1}}\n"
#define COMING(next) "  coming: {clock: arrival, stay: 100 days, next: {" next ": 1}}\n"

static void expect_history(const char *text, const char *expected)
{
    struct support_run run = support_run(text, 0);
    cr_expect_str_eq(support_history(&run, NULL), expected);
}

/* -- clocks */

Test(custody, starts_a_clock_at_arrival_or_with_the_place)
{
    /* one place; both come on day 1 at noon, a before b by name. clock arrival: b's 10 days run
     * while he waits, so he is placed on day 11 and in the same minute his time is over: he leaves
     * first, since STATUS and RELEASE come before the round. clock placement: 11 + 10 = 21. */
    expect_history(QUARTER PLACES "statuses:\n" COMING("held")
                       "  held: {clock: arrival, stay: 10 days, waits: {in: outside}}\n"
                       "placement: {all: {to: [ward]}}\n"
                       "start: {present: {a: {status: coming, persons: 1, elapsed: 142560 minutes},\n"
                       "  b: {status: coming, persons: 1, elapsed: 142560 minutes}}}\n",
                   "");
}
