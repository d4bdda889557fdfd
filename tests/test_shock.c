#include <criterion/criterion.h>
#include <string.h>

#include "models/recovery.h"
#include "tests/support.h"

/* A group `present: {x: {elapsed: N days}}` of a stay of 90 days leaves on day 90 - N at 0:00. */
#define PERIOD "period: {start: 2026-01-01, end: 2026-01-12}\n"

/* w has 4 places and 3 people, v 2 free places. On 4 January w loses 3 for 5 days: of the three 2
 * are too many and move, though w drains, and though entries stop 30 days before what is known. v
 * holds them then, and when w is whole again nobody goes back. */
#define FIRE                                                                                       \
    "regimes: {ward: {}}\n"                                                                        \
    "units:\n"                                                                                     \
    "  w: {regime: ward, places: 4, drain: 30 days, on_shrink: %s}\n"                              \
    "  v: {regime: ward, places: 2}\n"                                                             \
    "statuses: {held: {stay: 90 days}}\n"                                                          \
    "placement: {all: {to: [w, v]}}\n"                                                             \
    "start: {present: {a: {status: held, persons: 3, elapsed: 1 day, in: [w]}}}\n"                 \
    "shocks: {fire: {on: 2026-01-04, units: {w: 3}, lasts: 5 days}}\n"                             \
    "output: {month_end: [unit]}\n"

Test(shock, who_is_too_many_moves_whatever_on_shrink_says)
{
    static const char *const on_shrink[] = {"drain", "transfer", "hold"};
    for (int i = 0; i < 3; i++) {
        char text[800];
        snprintf(text, sizeof text, PERIOD FIRE, on_shrink[i]);
        struct support_run run = support_run(text, 0);
        support_expect_days(&run, "usable total", "6 6 6 3 3 3 3 3 6 6 6 6");
        support_expect_days(&run, "out_damage total", "0 0 0 3 3 3 3 3 0 0 0 0");
        support_expect_days(&run, "built total", "6 6 6 6 6 6 6 6 6 6 6 6");
        support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0 0 0");
        support_expect_days(&run, "transferred total", "0 0 0 2 0 0 0 0 0 0 0 0");
    }
}

/* Two are in w without a rule, so nobody can be moved when w closes on 4 January. On day 5 they
 * come into a status with a rule that lets them keep their places: the choice is made again, both
 * must move, v takes the first by key, and the other waits where he is. */
#define GUESTS                                                                                     \
    PERIOD                                                                                         \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {w: {regime: ward, places: 2%s}, v: {regime: ward, places: 1}}\n"                      \
    "statuses: {guest: {clock: arrival, stay: 90 days, next: {held: 1}}, held: {stay: 90 days}}\n" \
    "placement: {all: {who: {status: held}, to: [w, v]}}\n"                                        \
    "start: {present: {a: {status: guest, persons: 2, elapsed: 85 days, in: [w]}}}\n%s"

Test(shock, who_comes_into_a_rule_in_a_unit_that_is_struck_may_have_to_move)
{
    static const char *const ways[][2] = {
        {"", "shocks: {fire: {on: 2026-01-04, units: [w]}}\n"},
        {", on_shrink: transfer, changes: [{from: 2026-01-04, places: -2, why: works}]", ""}};
    for (int i = 0; i < 2; i++) {
        char text[1000];
        snprintf(text, sizeof text, GUESTS, ways[i][0], ways[i][1]);
        struct support_run run = support_run(text, 0);
        cr_expect_str_eq(support_history(&run, NULL),
                         "0 00:00 present/a 0 placed guest w\n"
                         "0 00:00 present/a 1 placed guest w\n"
                         "5 00:00 present/a 0 status held w\n"
                         "5 00:00 present/a 0 placed held w\n"
                         "5 00:00 present/a 0 placed held v\n"
                         "5 00:00 present/a 1 status held w\n"
                         "5 00:00 present/a 1 placed held w\n"
                         "5 00:00 present/a 1 waits held w\n",
                         "%s", support_history(&run, NULL));
        support_expect_days(&run, "over_capacity total", "0 0 0 2 2 1 1 1 1 1 1 1");
    }
}

Test(shock, places_are_lost_for_good_and_all_that_are_built)
{
    struct support_run run = support_run(PERIOD "regimes: {ward: {}}\n"
                                                "units: {w: {regime: ward, places: 4, changes: "
                                                "[{from: 2026-01-03, places: 2}]}, v: {regime: "
                                                "ward, places: 5}}\n"
                                                "statuses: {held: {stay: 90 days}}\n"
                                                "placement: {all: {to: [w]}}\n"
                                                "shocks: {flood: {on: 2026-01-05, units: [w]}}\n",
                                         0);
    support_expect_days(&run, "usable total", "9 9 11 11 5 5 5 5 5 5 5 5");
    support_expect_days(&run, "out_damage total", "0 0 0 0 6 6 6 6 6 6 6 6");
}

#define RIOT                                                                                       \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {w: {regime: ward, places: 4}}\n"                                                      \
    "attributes: {sex: {man: 0.5, woman: rest}}\n"                                                 \
    "statuses: {held: {stay: {exponential: {mean: 30 days}}}}\n"                                   \
    "placement: {all: {to: [w]}}\n"                                                                \
    "flows: {few: {status: held, per_day: 0.5}}\n"

Test(shock, so_many_come_exactly_and_all_others_as_before)
{
    struct support_run without = support_run(PERIOD RIOT, 3);
    struct support_run with = support_run(
        PERIOD RIOT "shocks: {riot: {on: 2026-01-03, over: 2 days, persons: 150, flow: few}}\n", 3);
    char before[20000];
    snprintf(before, sizeof before, "%s", support_history(&without, NULL));
    int64_t extra[12], sum = 0;
    for (int day = 0; day < 12; day++) {
        char date[11];
        date_format(without.plan->period.start + day, date);
        extra[day] = support_day(&with, "arrivals total", date) -
                     support_day(&without, "arrivals total", date);
        sum += extra[day];
    }
    cr_expect_eq(sum, 150);
    /* Half of them each day: 75, sd 6.1; four of these are 24. */
    cr_expect(extra[2] > 51 && extra[2] < 99, "%lld", (long long)extra[2]);
    cr_expect_eq(extra[2] + extra[3], 150);
}

/* Who lacks a place at midnight: nobody before, so it is normal from the first of seven days with
 * nobody. Ten come on 1 March at 0:00 to 2 places and stay 3 days each: two begin on 1, 4, 7, 10
 * and 13 March. So the first midnight without a wait is that which ends the 13th, 12 days after. */
Test(shock, normal_again_when_a_week_is_as_the_four_before)
{
    struct support_run run = support_run(
        "period: {start: 2026-02-01, end: 2026-04-30}\n"
        "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"
        "units: {w: {regime: ward, places: 2}}\n"
        "statuses: {held: {stay: 3 days, waits: {in: cell, limit: 60 days, at_limit: [stay]}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "flows: {none: {status: held, per_day: 0}}\n"
        "shocks: {riot: {on: 2026-03-01, over: 1 minute, persons: 10, flow: none}}\n",
        0);
    const struct shock *riot = &run.plan->shocks.list[0];
    cr_expect_eq(support_day(&run, "cell total", "2026-03-01"), 8);
    cr_expect_eq(support_day(&run, "cell total", "2026-03-04"), 6);
    cr_expect_eq(support_day(&run, "cell total", "2026-03-12"), 2);
    cr_expect_eq(recovery_days(run.plan, &run.record, riot), 12);
}

Test(shock, normal_is_not_known_without_four_weeks_before)
{
    struct support_run run =
        support_run(PERIOD RIOT "shocks: {riot: {on: 2026-01-03, persons: 5, flow: few}}\n", 0);
    cr_expect_eq(recovery_days(run.plan, &run.record, &run.plan->shocks.list[0]), NO_RECOVERY);
    cr_expect_not(recovery_is_known(run.plan, &run.plan->shocks.list[0]));
}
