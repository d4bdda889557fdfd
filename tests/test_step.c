#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

#define QUARTER "period: {start: 2026-01-01, end: 2026-03-31}\n"

static void expect_history(const struct support_run *run, const char *stream, const char *expected)
{
    cr_expect_str_eq(support_history(run, stream), expected);
}

/* -- after */

/* The ward is full to day 40, the barn to day 8, the annex to day 9. */
#define FULL                                                                                       \
    QUARTER "regimes: {ward: {}, barn: {}, annex: {}, cell: {places: unlimited, emergency: "       \
            "true}}\n"                                                                             \
            "units: {ward: {regime: ward, places: 1}, barn: {regime: barn, places: 1}, "           \
            "annex: {regime: annex, places: 1}}\n"                                                 \
            "statuses:\n"                                                                          \
            "  x: {stay: 40 days}\n"                                                               \
            "  k: {stay: 8 days}\n"                                                                \
            "  z: {stay: 9 days}\n"                                                                \
            "  plain: {stay: 20 days}\n"                                                           \
            "  held: {stay: 10 days, waits: {in: cell}}\n"                                         \
            "start:\n"                                                                             \
            "  present:\n"                                                                         \
            "    x: {persons: 1, elapsed: 0 days, in: [ward]}\n"                                   \
            "    k: {persons: 1, elapsed: 0 days, in: [barn]}\n"                                   \
            "    z: {persons: 1, elapsed: 0 days, in: [annex]}\n"

Test(step, after_a_wait_he_stands_on_another_list_at_its_priority)
{
    /* Both wait since before the start: plain for 30 days, for the annex; held for 2 days, for the
     * ward, and from 7 days of waiting on, so from day 5, by the first rule for the annex too. It
     * falls empty on day 9: held goes first, though plain has waited longer. On day 19 plain. */
    struct support_run run =
        support_run(FULL "  waiting:\n"
                         "    plain: {persons: 1, since: 30 days}\n"
                         "    held: {persons: 1, since: 2 days}\n"
                         "placement:\n"
                         "  urgent: {who: {status: held}, after: 7 days, to: [ward, annex]}\n"
                         "  held: {who: {status: held}, to: [ward]}\n"
                         "  plain: {who: {status: plain}, to: [annex]}\n"
                         "  others: {to: [ward, barn, annex]}\n",
                    0);
    expect_history(&run, "waiting/held",
                   "0 00:00 waiting/held 0 waits held cell\n"
                   "9 00:00 waiting/held 0 placed held annex\n"
                   "19 00:00 waiting/held 0 released held annex\n");
    cr_expect(strstr(support_history(&run, "waiting/plain"), "19 00:00 waiting/plain 0 placed"));
    cr_expect_eq(support_day(&run, "waiting total", "2026-01-09"), 2);
}

Test(step, one_rule_after_another_each_takes_over_from_the_one_before)
{
    /* From 3 days on he stands for the barn, from 7 days on for the annex and no longer for the
     * barn, which falls empty on day 8 and stays so; on day 9 the annex. Twice 7 days: the first in
     * the file holds. */
    struct support_run run =
        support_run(FULL "  waiting: {held: {persons: 1}}\n"
                         "placement:\n"
                         "  third: {who: {status: held}, after: 7 days, to: [annex]}\n"
                         "  never: {who: {status: held}, after: 7 days, to: [barn]}\n"
                         "  held: {who: {status: held}, to: [ward]}\n"
                         "  second: {who: {status: held}, after: 3 days, to: [barn]}\n"
                         "  others: {to: [ward, barn, annex]}\n",
                    0);
    expect_history(&run, "waiting/held",
                   "0 00:00 waiting/held 0 waits held cell\n"
                   "9 00:00 waiting/held 0 placed held annex\n"
                   "19 00:00 waiting/held 0 released held annex\n");
    cr_expect_str_eq(support_days(&run, "present regime.barn", 12), "1 1 1 1 1 1 1 1 0 0 0 0");
}

Test(step, a_free_place_of_the_new_list_is_his_in_the_minute_in_which_it_begins)
{
    /* The barn is free from day 8; he begins to stand for it on day 12. */
    struct support_run run =
        support_run(FULL "  waiting: {held: {persons: 1}}\n"
                         "placement:\n"
                         "  held: {who: {status: held}, to: [ward]}\n"
                         "  late: {who: {status: held}, after: 12 days, to: [barn]}\n"
                         "  others: {to: [ward, barn, annex]}\n",
                    0);
    cr_expect(
        strstr(support_history(&run, "waiting/held"), "12 00:00 waiting/held 0 placed held barn"));
}

Test(step, at_and_past_the_limit_the_places_out_of_category_of_the_rule_that_holds_open)
{
    /* h waits since a day before the start: limit and the rule of 10 days both come on day 9, when
     * the annex falls empty, out of category by that rule. g is over the limit from day 3 on (his
     * limit is 3 days) and stands for the barn then too; by the rule of 5 days he stands for the
     * annex, out of category, from day 5 on, no longer for the barn, which falls empty on day 8.
     * g waits since day 0, h longer: h gets the annex; his 10 days are over on day 19: g. */
    struct support_run run = support_run(
        QUARTER
        "regimes: {ward: {}, barn: {}, annex: {}, cell: {places: unlimited, emergency: true}}\n"
        "units: {ward: {regime: ward, places: 1}, barn: {regime: barn, places: 1}, "
        "annex: {regime: annex, places: 1}}\n"
        "statuses:\n"
        "  x: {stay: 40 days}\n"
        "  k: {stay: 8 days}\n"
        "  z: {stay: 9 days}\n"
        "  h: {stay: 10 days, waits: {in: cell, limit: 10 days, at_limit: [out_of_category, "
        "stay]}}\n"
        "  g: {stay: 10 days, waits: {in: cell, limit: 3 days, at_limit: [out_of_category, "
        "stay]}}\n"
        "placement:\n"
        "  h: {who: {status: h}, to: [ward]}\n"
        "  late: {who: {status: h}, after: 10 days, to: [ward], out_of_category: [annex]}\n"
        "  g: {who: {status: g}, to: [ward], out_of_category: [barn]}\n"
        "  later: {who: {status: g}, after: 5 days, to: [ward], out_of_category: [annex]}\n"
        "  others: {to: [ward, barn, annex]}\n"
        "start:\n"
        "  present:\n"
        "    x: {persons: 1, elapsed: 0 days, in: [ward]}\n"
        "    k: {persons: 1, elapsed: 0 days, in: [barn]}\n"
        "    z: {persons: 1, elapsed: 0 days, in: [annex]}\n"
        "  waiting: {h: {persons: 1, since: 1 day}, g: {persons: 1}}\n",
        0);
    expect_history(&run, "waiting/h",
                   "0 00:00 waiting/h 0 waits h cell\n"
                   "9 00:00 waiting/h 0 placed h annex\n"
                   "19 00:00 waiting/h 0 released h annex\n");
    expect_history(&run, "waiting/g",
                   "0 00:00 waiting/g 0 waits g cell\n"
                   "19 00:00 waiting/g 0 placed g annex\n"
                   "29 00:00 waiting/g 0 released g annex\n");
    cr_expect_str_eq(support_days(&run, "over_limit total", 21),
                     "0 0 0 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 0 0");
    cr_expect_eq(support_year(&run, "out_of_category total", 2026), 2);
}

/* -- at */

#define LOW                                                                                        \
    QUARTER "regimes: {prison: {}, low: {}}\n"                                                     \
            "units: {prison: {regime: prison, places: 1}, low: {regime: low, places: 1}}\n"

Test(step, before_his_release_he_waits_for_another_place_too)
{
    /* a's 30 days end on day 30; 10 days before, on day 20, low is free: he moves, and b, who waits
     * outside, gets his place in the same minute. b's 12 days are over on day 32, so from day 22 on
     * he waits for low, in prison; a leaves on day 30 and b has 2 days there. */
    struct support_run run =
        support_run(LOW "statuses: {a: {stay: 30 days}, b: {stay: 12 days}}\n"
                        "placement: {first: {to: [prison]}, low: {at: 10 days before release, to: "
                        "[low]}}\n"
                        "start:\n"
                        "  present: {a: {persons: 1, elapsed: 0 days}}\n"
                        "  waiting: {b: {persons: 1}}\n",
                    0);
    expect_history(&run, NULL,
                   "0 00:00 present/a 0 placed a prison\n"
                   "0 00:00 waiting/b 0 waits b outside\n"
                   "20 00:00 present/a 0 placed a low\n"
                   "20 00:00 waiting/b 0 placed b prison\n"
                   "30 00:00 present/a 0 released a low\n"
                   "30 00:00 waiting/b 0 placed b low\n"
                   "32 00:00 waiting/b 0 released b low\n");
    cr_expect_eq(support_year(&run, "placements total", 2026), 3);
    cr_expect_eq(support_year(&run, "waits_ended status.b", 2026), 1, "for his first place");
    cr_expect_str_eq(support_days(&run, "waiting total", 23),
                     "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 0 0 0");
}

Test(step, with_less_left_he_goes_at_once_through_the_place_of_his_rule)
{
    /* 6 days are less than 10: prison, and low in the same minute. The next has low full: he serves
     * his 6 days in prison, since the first leaves low in the minute in which he is released. */
    struct support_run run =
        support_run(LOW "statuses: {a: {stay: 6 days}}\n"
                        "placement: {first: {to: [prison]}, low: {at: 10 days before release, to: "
                        "[low]}}\n"
                        "start: {waiting: {a: {persons: 2}}}\n",
                    0);
    expect_history(&run, NULL,
                   "0 00:00 waiting/a 0 waits a outside\n"
                   "0 00:00 waiting/a 0 placed a prison\n"
                   "0 00:00 waiting/a 0 placed a low\n"
                   "0 00:00 waiting/a 1 waits a outside\n"
                   "0 00:00 waiting/a 1 placed a prison\n"
                   "6 00:00 waiting/a 0 released a low\n"
                   "6 00:00 waiting/a 1 released a prison\n");
}

Test(step, who_is_released_first_leaves_the_list)
{
    /* l holds low to day 50. a waits for it from day 20 and leaves on day 30; low stays empty from
     * day 50. */
    struct support_run run =
        support_run(LOW "statuses: {a: {stay: 30 days}, l: {stay: 50 days}}\n"
                        "placement: {l: {who: {status: l}, to: [low]}, first: {to: [prison]}, low: "
                        "{who: {status: a}, at: 10 days before release, to: [low]}}\n"
                        "start: {present: {a: {persons: 1, elapsed: 0 days}, l: {persons: 1, "
                        "elapsed: 0 days}}}\n",
                    0);
    expect_history(&run, NULL,
                   "0 00:00 present/a 0 placed a prison\n"
                   "0 00:00 present/l 0 placed l low\n"
                   "30 00:00 present/a 0 released a prison\n"
                   "50 00:00 present/l 0 released l low\n");
}

Test(step, the_date_goes_by_the_planned_release_moved_before_the_weekend)
{
    /* 2026-01-01 is a Thursday. 23 days end on Saturday the 24th, so on Friday, day 22; 10 days
     * before is day 12. */
    struct support_run run =
        support_run(LOW "statuses: {a: {sentence: 23 days, release: {weekend: friday}}}\n"
                        "placement: {first: {to: [prison]}, low: {at: 10 days before release, to: "
                        "[low]}}\n"
                        "start: {waiting: {a: {persons: 1}}}\n",
                    0);
    cr_expect(strstr(support_history(&run, NULL), "12 00:00 waiting/a 0 placed a low"));
    cr_expect(strstr(support_history(&run, NULL), "22 00:00 waiting/a 0 released a low"));
}

Test(step, the_longest_waiting_for_the_other_place_goes_first)
{
    /* Starters: a has 8 days left, so he has waited for 2 days when the run starts (his date was
     * then); b has 9 left: 1 day; c has 5 left of 6 and came yesterday: 1 day, not 5. Low falls
     * empty on day 3, 4 and 4.5: a, then b before c by their keys. */
    struct support_run run = support_run(
        QUARTER "regimes: {prison: {}, low: {}}\n"
                "units: {prison: {regime: prison, places: 3}, low: {regime: low, places: 1}}\n"
                "statuses:\n"
                "  a: {stay: 40 days}\n"
                "  b: {stay: 39 days}\n"
                "  c: {stay: 6 days}\n"
                "  l: {stay: 3 days}\n"
                "placement:\n"
                "  l: {who: {status: l}, to: [low]}\n"
                "  first: {to: [prison]}\n"
                "  low: {who: {status: [a, b, c]}, at: 10 days before release, to: [low]}\n"
                "start:\n"
                "  present:\n"
                "    l: {persons: 1, elapsed: 0 days}\n"
                "    c: {persons: 1, elapsed: 1 day}\n"
                "    b: {persons: 1, elapsed: 30 days}\n"
                "    a: {persons: 1, elapsed: 32 days}\n",
        0);
    cr_expect(strstr(support_history(&run, NULL), "3 00:00 present/a 0 placed a low"));
    cr_expect(strstr(support_history(&run, NULL), "8 00:00 present/b 0 placed b low"));
    cr_expect(strstr(support_history(&run, "present/c"), "5 00:00 present/c 0 released c prison"));
}

Test(step, of_several_dates_before_release_the_last_that_has_come_holds)
{
    /* 40 days; open from 20 days before release (day 20) on: he goes there; low from 10 days before
     * (day 30) on. The second, with 15 days left, waits for open (full) in prison and from day 10
     * before release for low only. */
    struct support_run run = support_run(
        QUARTER "regimes: {prison: {}, open: {}, low: {}}\n"
                "units: {prison: {regime: prison, places: 2}, open: {regime: open, places: 1}, "
                "low: {regime: low, places: 1}}\n"
                "statuses: {a: {stay: 40 days}, o: {stay: 40 days}}\n"
                "placement:\n"
                "  o: {who: {status: o}, to: [open]}\n"
                "  low: {who: {status: a}, at: 10 days before release, to: [low]}\n"
                "  open: {who: {status: a}, at: 20 days before release, to: [open]}\n"
                "  first: {to: [prison]}\n"
                "start:\n"
                "  present:\n"
                "    a: {persons: 1, elapsed: 0 days}\n"
                "    b: {status: a, persons: 1, elapsed: 25 days}\n"
                "    o: {persons: 1, elapsed: 30 days}\n",
        0);
    /* b: 15 left at day 0, waits for open; day 5: low; o leaves open on day 10: free until a comes
     * on day 20. b leaves low on day 15; a goes on to low on day 30. */
    expect_history(&run, "present/b",
                   "0 00:00 present/b 0 placed a prison\n"
                   "5 00:00 present/b 0 placed a low\n"
                   "15 00:00 present/b 0 released a low\n");
    expect_history(&run, "present/a",
                   "0 00:00 present/a 0 placed a prison\n"
                   "20 00:00 present/a 0 placed a open\n"
                   "30 00:00 present/a 0 placed a low\n"
                   "40 00:00 present/a 0 released a low\n");
}

Test(step, who_is_not_released_from_his_status_has_no_date_before_release)
{
    /* after a comes b, so nobody leaves a by release: his 10 days before the end are nothing */
    struct support_run run =
        support_run(LOW "statuses: {a: {stay: 30 days, next: {b: 1}}, b: {stay: 12 days, waits: "
                        "{in: present_place}}}\n"
                        "placement: {first: {to: [prison]}, low: {at: 10 days before release, to: "
                        "[low]}}\n"
                        "start: {present: {a: {persons: 1, elapsed: 0 days}}}\n",
                    0);
    expect_history(&run, NULL,
                   "0 00:00 present/a 0 placed a prison\n"
                   "30 00:00 present/a 0 status b prison\n"
                   "30 00:00 present/a 0 placed b prison\n"
                   "32 00:00 present/a 0 placed b low\n"
                   "42 00:00 present/a 0 released b low\n");
}

Test(step, who_has_no_place_by_any_rule_does_not_wait_for_one_before_release)
{
    /* The ward admits others only, so x needs no place and is outside for his 20 days, with 20 to
     * go and so past `at` in his first minute; w, with 30, comes to it on day 10. The annex is free
     * throughout, and neither goes there. */
    struct support_run run = support_run(
        QUARTER "regimes: {ward: {}, annex: {}}\n"
                "units: {ward: {regime: ward, places: 1, admits: {status: z}}, annex: {regime: "
                "annex, places: 2}}\n"
                "statuses: {x: {stay: 20 days, waits: {in: nowhere}}, w: {stay: 30 days, waits: "
                "{in: nowhere}}, z: {stay: 1 day}}\n"
                "flows: {x: {status: x, per_day: 0}, w: {status: w, per_day: 0}, z: {status: z, "
                "per_day: 0}}\n"
                "start: {present: {x: {persons: 1, elapsed: 0 days}, w: {persons: 1, elapsed: 0 "
                "days}}}\n"
                "placement:\n"
                "  last: {who: {status: [x, w]}, at: 20 days before release, to: [annex]}\n"
                "  all: {to: [ward]}\n",
        0);
    cr_expect_eq(support_day(&run, "outside total", "2026-01-09"), 2);
    cr_expect_eq(support_day(&run, "present regime.annex", "2026-01-15"), 0);
    cr_expect_eq(support_day(&run, "outside total", "2026-01-25"), 1);
}

Test(step, after_and_at_both_hold_for_one_person)
{
    /* h waits for prison (full to day 40), from 7 days on for the annex: free on day 9. His 30 days
     * end on day 39; low from day 29 on. In a place that both rules name he does not move. */
    struct support_run run = support_run(
        QUARTER "regimes: {prison: {}, annex: {}, low: {}}\n"
                "units: {prison: {regime: prison, places: 1}, annex: {regime: annex, places: 1}, "
                "low: {regime: low, places: 1}}\n"
                "statuses: {h: {stay: 30 days}, x: {stay: 40 days}, z: {stay: 9 days}}\n"
                "placement:\n"
                "  late: {who: {status: h}, after: 7 days, to: [annex]}\n"
                "  before: {who: {status: h}, at: 10 days before release, to: [low]}\n"
                "  stays: {who: {status: h}, at: 20 days before release, to: [prison, annex]}\n"
                "  h: {who: {status: h}, to: [prison]}\n"
                "  others: {to: [prison, annex]}\n"
                "start:\n"
                "  present: {x: {persons: 1, elapsed: 0 days}, z: {persons: 1, elapsed: 0 days}}\n"
                "  waiting: {h: {persons: 1}}\n",
        0);
    expect_history(&run, "waiting/h",
                   "0 00:00 waiting/h 0 waits h outside\n"
                   "9 00:00 waiting/h 0 placed h annex\n"
                   "29 00:00 waiting/h 0 placed h low\n"
                   "39 00:00 waiting/h 0 released h low\n");
}

Test(step, who_waits_for_his_first_place_does_not_wait_for_the_other_yet)
{
    /* h's clock runs from his arrival: on day 20 he has 10 days left and waits in the cell still,
     * though low is free. Prison falls empty on day 25: through it to low in that minute. */
    struct support_run run = support_run(
        QUARTER "regimes: {prison: {}, low: {}, cell: {places: unlimited, emergency: true}}\n"
                "units: {prison: {regime: prison, places: 1}, low: {regime: low, places: 1}}\n"
                "statuses: {h: {clock: arrival, stay: 30 days, waits: {in: cell}}, x: {stay: 25 "
                "days}}\n"
                "placement:\n"
                "  before: {who: {status: h}, at: 10 days before release, to: [low]}\n"
                "  all: {to: [prison]}\n"
                "start:\n"
                "  present: {x: {persons: 1, elapsed: 0 days}}\n"
                "  waiting: {h: {persons: 1, since: 0 days}}\n",
        0);
    expect_history(&run, "waiting/h",
                   "0 00:00 waiting/h 0 waits h cell\n"
                   "25 00:00 waiting/h 0 placed h prison\n"
                   "25 00:00 waiting/h 0 placed h low\n"
                   "30 00:00 waiting/h 0 released h low\n");
}

/* One holds a place of `spare`, out of category of `early`, since 10 days before his release on
 * day 6. On day 2 `spare` closes, and he is moved by his own rule to `own`, which is out of
 * category of `early` too. From there he waits for all places of `early`, also for `spare`: when it
 * opens again on day 3, he goes back. (On its list of better places, on which he stood before, he
 * would wait in vain.) */
Test(step, who_is_transferred_waits_anew_before_his_release)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-08}\n"
        "regimes: {own: {}, spare: {}, good: {}}\n"
        "units:\n"
        "  own: {regime: own, places: 1}\n"
        "  spare: {regime: spare, places: 1, on_shrink: transfer, changes: [{from: 2026-01-03, to: "
        "2026-01-03, places: -1, why: works}]}\n"
        "  good: {regime: good, places: 0}\n"
        "statuses: {held: {stay: 20 days}}\n"
        "placement:\n"
        "  own: {to: [own]}\n"
        "  early: {at: 10 days before release, to: [good, spare], out_of_category: [spare, own]}\n"
        "start: {present: {a: {status: held, persons: 1, elapsed: 14 days}}}\n",
        0);
    expect_history(&run, NULL,
                   "0 00:00 present/a 0 placed held own\n"
                   "0 00:00 present/a 0 placed held spare\n"
                   "2 00:00 present/a 0 placed held own\n"
                   "3 00:00 present/a 0 placed held spare\n"
                   "6 00:00 present/a 0 released held spare\n");
}
