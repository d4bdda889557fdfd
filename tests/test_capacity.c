#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* A group `present: {x: {elapsed: N days}}` of a stay of 90 days leaves on day 90 - N at 0:00, and
 * was placed N days before the start. */
#define PERIOD "period: {start: 2026-01-01, end: 2026-01-12}\n"
#define HELD "statuses: {held: {stay: 90 days}}\n"

/* -- drain */

Test(capacity, drain_stops_entries_before_and_leaves_who_is_there)
{
    /* 4 places, 1 from day 3 to 8, so from day 1 on at most 1 may come in. a leaves on day 2, b on
     * 5, c on 8; d stays. Two wait: the places of a, b and c stay empty, and on day 9 there are 4.
     */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}}\n"
        "units: {w: {regime: ward, places: 4, on_shrink: drain, drain: 2 days, changes: [{from: "
        "2026-01-04, to: 2026-01-09, places: -3, why: works}]}}\n" HELD
        "placement: {all: {to: [ward]}}\n"
        "start:\n"
        "  present: {a: {status: held, persons: 1, elapsed: 88 days}, b: {status: held, persons: "
        "1, elapsed: 85 days}, c: {status: held, persons: 1, elapsed: 82 days}, d: {status: held, "
        "persons: 1, elapsed: 1 day}}\n"
        "  waiting: {held: {persons: 2}}\n",
        0);
    support_expect_days(&run, "present total", "4 4 3 3 3 2 2 2 1 3 3 3");
    support_expect_days(&run, "usable total", "4 4 4 1 1 1 1 1 1 4 4 4");
    support_expect_days(&run, "over_capacity total", "0 0 0 2 2 1 1 1 0 0 0 0");
    support_expect_days(&run, "out_works total", "0 0 0 3 3 3 3 3 3 0 0 0");
    support_expect_days(&run, "waiting total", "2 2 2 2 2 2 2 2 2 0 0 0");
    support_expect_days(&run, "built total", "4 4 4 4 4 4 4 4 4 4 4 4");
    support_expect_days(&run, "late total", "0 0 0 0 0 0 0 0 0 0 0 0");
    support_expect_sums(&run);
}

Test(capacity, drain_lets_in_as_many_as_will_still_have_a_place)
{
    /* 4 places of which 2 close on day 6; drain 30 days, so from day 0 on 2 may be held. 1 is there
     * and 3 wait: 1 comes in on day 0. Without drain all 3 do, and on day 6 2 are over. */
#define DRAIN(days)                                                                                \
    PERIOD                                                                                         \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {w: {regime: ward, places: 4, drain: " days ", changes: [{from: 2026-01-07, places: "  \
    "-2, why: lost}]}}\n" HELD "placement: {all: {to: [ward]}}\n"                                  \
    "start: {present: {held: {persons: 1, elapsed: 1 day}}, waiting: {held: {persons: 3}}}\n"
    struct support_run run = support_run(DRAIN("30 days"), 0);
    support_expect_days(&run, "present total", "2 2 2 2 2 2 2 2 2 2 2 2");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0 0 0");
    run = support_run(DRAIN("0 days"), 0);
    support_expect_days(&run, "present total", "4 4 4 4 4 4 4 4 4 4 4 4");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 2 2 2 2 2 2");
    support_expect_days(&run, "out_lost regime.ward", "0 0 0 0 0 0 2 2 2 2 2 2");
}

Test(capacity, drain_looks_beyond_the_end_of_the_period)
{
    /* All places close on 2026-01-20, 18 days after day 1: with a drain of 18 days nobody comes in
     * from day 1 on. One leaves on day 3. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {}}\n"
               "units: {w: {regime: ward, places: 2, drain: 18 days, changes: [{from: 2026-01-20, "
               "places: -2, why: lost}]}}\n" HELD "placement: {all: {to: [ward]}}\n"
               "start: {present: {a: {status: held, persons: 1, elapsed: 87 days}, b: {status: "
               "held, persons: 1, elapsed: 1 day}}, waiting: {held: {persons: 1}}}\n",
        0);
    support_expect_days(&run, "present total", "2 2 2 1 1 1 1 1 1 1 1 1");
    support_expect_days(&run, "usable total", "2 2 2 2 2 2 2 2 2 2 2 2");
}

Test(capacity, drain_of_the_first_days_leaves_the_stock_where_it_is)
{
    /* w drains from the start. Who is there at the start fills 3 + 3 usable places all the same. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {}}\n"
               "units: {v: {regime: ward, places: 3}, w: {regime: ward, places: 3, drain: 5 days, "
               "changes: [{from: 2026-01-04, places: -3, why: works}]}}\n" HELD
               "placement: {all: {to: [ward]}}\n"
               "start: {present: {held: {persons: 6, elapsed: 1 day}}}\n",
        0);
    support_expect_days(&run, "present total", "6 6 6 6 6 6 6 6 6 6 6 6");
    support_expect_days(&run, "over_capacity total", "0 0 0 3 3 3 3 3 3 3 3 3");
}

/* -- transfer */

#define TRANSFER(more)                                                                             \
    PERIOD                                                                                         \
    "regimes: {ward: {}, annex: {}}\n"                                                             \
    "units:\n"                                                                                     \
    "  ward: {regime: ward, places: 4, on_shrink: transfer, changes: [{from: 2026-01-03, to: "     \
    "2026-01-09, places: -3, why: works}]}\n"                                                      \
    "  annex: {regime: annex, places: 3" more "}\n"                                                \
    "statuses: {held: {stay: 90 days}, guest: {stay: 90 days}}\n"                                  \
    "placement: {guests: {who: {status: guest}, to: [annex]}, held: {to: [ward, annex]}}\n"

Test(capacity, transfer_moves_those_placed_last_and_lets_the_others_wait)
{
    /* Placed 40, 20, 10 and 5 days before: on day 2 3 of the 4 must go, d, c and b. The annex has 2
     * places free: d and c move. b waits, over capacity, until the guest leaves on day 6. */
    struct support_run run =
        support_run(TRANSFER("") "start:\n"
                                 "  present:\n"
                                 "    a: {status: held, persons: 1, elapsed: 40 days}\n"
                                 "    c: {status: held, persons: 1, elapsed: 10 days}\n"
                                 "    d: {status: held, persons: 1, elapsed: 5 days}\n"
                                 "    b: {status: held, persons: 1, elapsed: 20 days}\n"
                                 "    guest: {persons: 1, elapsed: 84 days}\n",
                    0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/a 0 placed held ward\n"
                                                  "0 00:00 present/b 0 placed held ward\n"
                                                  "0 00:00 present/c 0 placed held ward\n"
                                                  "0 00:00 present/d 0 placed held ward\n"
                                                  "0 00:00 present/guest 0 placed guest annex\n"
                                                  "2 00:00 present/b 0 waits held ward\n"
                                                  "2 00:00 present/c 0 placed held annex\n"
                                                  "2 00:00 present/d 0 placed held annex\n"
                                                  "6 00:00 present/b 0 placed held annex\n"
                                                  "6 00:00 present/guest 0 released guest annex\n");
    support_expect_days(&run, "over_capacity total", "0 0 1 1 1 1 0 0 0 0 0 0");
    support_expect_days(&run, "waiting total", "0 0 1 1 1 1 0 0 0 0 0 0");
    support_expect_days(&run, "transferred total", "0 0 2 0 0 0 1 0 0 0 0 0");
    support_expect_days(&run, "placements total", "0 0 2 0 0 0 1 0 0 0 0 0");
    support_expect_days(&run, "present total", "5 5 5 5 5 5 4 4 4 4 4 4");
    cr_expect_eq(support_year(&run, "waits_ended status.held", 2026), 0, "a wait to move is none");
    support_expect_sums(&run);
}

Test(capacity, transfer_goes_by_the_key_where_all_were_placed_together)
{
    /* numbers 0, 1 and 2 must go; 2 places are free */
    struct support_run run = support_run(
        TRANSFER("") "start: {present: {held: {persons: 4, elapsed: 9 days}, guest: {persons: 1, "
                     "elapsed: 9 days}}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "present/held"),
                     "0 00:00 present/held 0 placed held ward\n"
                     "0 00:00 present/held 1 placed held ward\n"
                     "0 00:00 present/held 2 placed held ward\n"
                     "0 00:00 present/held 3 placed held ward\n"
                     "2 00:00 present/held 0 placed held annex\n"
                     "2 00:00 present/held 1 placed held annex\n"
                     "2 00:00 present/held 2 waits held ward\n"
                     "9 00:00 present/held 2 stays held ward\n");
}

Test(capacity, who_must_move_and_finds_no_place_stays_until_his_unit_is_not_over)
{
    /* The annex is full. On day 2 d, c and b wait. a leaves on day 4: 2 are over still, so b,
     * placed first, need not move. On day 9 the places are back and the others need not either. */
    struct support_run run =
        support_run(TRANSFER("") "start:\n"
                                 "  present:\n"
                                 "    a: {status: held, persons: 1, elapsed: 86 days}\n"
                                 "    b: {status: held, persons: 1, elapsed: 20 days}\n"
                                 "    c: {status: held, persons: 1, elapsed: 10 days}\n"
                                 "    d: {status: held, persons: 1, elapsed: 5 days}\n"
                                 "    guest: {persons: 3, elapsed: 9 days}\n",
                    0);
    cr_expect_str_eq(support_history(&run, "present/b"), "0 00:00 present/b 0 placed held ward\n"
                                                         "2 00:00 present/b 0 waits held ward\n"
                                                         "4 00:00 present/b 0 stays held ward\n");
    cr_expect_str_eq(support_history(&run, "present/d"), "0 00:00 present/d 0 placed held ward\n"
                                                         "2 00:00 present/d 0 waits held ward\n"
                                                         "9 00:00 present/d 0 stays held ward\n");
    support_expect_days(&run, "over_capacity total", "0 0 3 3 2 2 2 2 2 0 0 0");
    support_expect_days(&run, "waiting total", "0 0 3 3 2 2 2 2 2 0 0 0");
    support_expect_days(&run, "queue total",
                        "0 0 0 0 0 0 0 0 0 0 0 0"); /* they have a place meanwhile */
    support_expect_days(&run, "transferred total", "0 0 0 0 0 0 0 0 0 0 0 0");
}

Test(capacity, transfer_comes_before_the_queue_at_the_date_and_waits_in_it_afterwards)
{
    /* The annex has 1 place more from day 2 on, and a guest has waited for it since day 0. d, who
     * was placed last, gets it. c and the first a find none and wait behind the guest, whose rule
     * is the first: the place of p, who leaves on day 5, goes to him, that of q (day 7) to a: both
     * wait since day 2, and a has the lower key. c need not move when the works are over. */
    struct support_run run = support_run(
        TRANSFER(
            ", changes: [{from: 2026-01-03, places: +1}]") "start:\n"
                                                           "  present:\n"
                                                           "    a: {status: held, persons: 2, "
                                                           "elapsed: 40 days}\n"
                                                           "    c: {status: held, persons: 1, "
                                                           "elapsed: 10 days}\n"
                                                           "    d: {status: held, persons: 1, "
                                                           "elapsed: 5 days}\n"
                                                           "    p: {status: guest, persons: 1, "
                                                           "elapsed: 85 days}\n"
                                                           "    q: {status: guest, persons: 1, "
                                                           "elapsed: 83 days}\n"
                                                           "    r: {status: guest, persons: 1, "
                                                           "elapsed: 1 days}\n"
                                                           "  waiting: {guest: {persons: 1}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "present/d"), "0 00:00 present/d 0 placed held ward\n"
                                                         "2 00:00 present/d 0 placed held annex\n");
    cr_expect_str_eq(support_history(&run, "present/c"), "0 00:00 present/c 0 placed held ward\n"
                                                         "2 00:00 present/c 0 waits held ward\n"
                                                         "9 00:00 present/c 0 stays held ward\n");
    cr_expect_str_eq(support_history(&run, "present/a"), "0 00:00 present/a 0 placed held ward\n"
                                                         "0 00:00 present/a 1 placed held ward\n"
                                                         "2 00:00 present/a 0 waits held ward\n"
                                                         "7 00:00 present/a 0 placed held annex\n");
    cr_expect_str_eq(support_history(&run, "waiting/guest"),
                     "0 00:00 waiting/guest 0 waits guest outside\n"
                     "5 00:00 waiting/guest 0 placed guest annex\n");
    support_expect_days(&run, "built total", "7 7 8 8 8 8 8 8 8 8 8 8");
    support_expect_days(&run, "usable total", "7 7 5 5 5 5 5 5 5 8 8 8");
}

Test(capacity, release_at_the_minute_of_the_date_comes_before_the_transfer)
{
    /* a leaves on day 2 at 0:00: then 2 of the other 3 must move. */
    struct support_run run =
        support_run(TRANSFER("") "start:\n"
                                 "  present:\n"
                                 "    a: {status: held, persons: 1, elapsed: 88 days}\n"
                                 "    b: {status: held, persons: 3, elapsed: 20 days}\n",
                    0);
    support_expect_days(&run, "transferred total", "0 0 2 0 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0 0 0");
}

Test(capacity, who_is_placed_in_a_unit_counts_from_then_and_not_from_his_present_status)
{
    /* old was placed 40 days ago and becomes held again on day 1, where he is; new came 10 days
     * ago. One of the two must go on day 2: new. */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}, annex: {}}\n"
        "units: {ward: {regime: ward, places: 2, on_shrink: transfer, changes: [{from: 2026-01-03, "
        "places: -1, why: damage}]}, annex: {regime: annex, places: 1}}\n"
        "statuses: {before: {stay: 41 days, next: {held: 1}}, held: {stay: 90 days}}\n"
        "placement: {all: {to: [ward, annex]}}\n"
        "start: {present: {old: {status: before, persons: 1, elapsed: 40 days}, new: {status: "
        "held, persons: 1, elapsed: 10 days}}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "present/new"),
                     "0 00:00 present/new 0 placed held ward\n"
                     "2 00:00 present/new 0 placed held annex\n");
}

Test(capacity, transfer_out_of_category_counts_and_waits_for_better_from_then)
{
    /* The one place left is out of category: he moves there on day 2, and back when there is room
     * again on day 4. */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}, annex: {}}\n"
        "units: {ward: {regime: ward, places: 1, on_shrink: transfer, changes: [{from: 2026-01-03, "
        "to: 2026-01-04, places: -1, why: staff}]}, annex: {regime: annex, places: 1}}\n" HELD
        "placement: {all: {to: [ward, annex], out_of_category: [annex]}}\n"
        "start: {present: {held: {persons: 1, elapsed: 1 day}}}\n",
        0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/held 0 placed held ward\n"
                                                  "2 00:00 present/held 0 placed held annex\n"
                                                  "4 00:00 present/held 0 placed held ward\n");
    support_expect_days(&run, "out_of_category total", "0 0 1 0 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "transferred total", "0 0 1 0 0 0 0 0 0 0 0 0");
}

Test(capacity, who_comes_in_by_a_swap_moves_in_place_of_the_one_who_left)
{
    /* On day 2 one of the two in ward is too many, but both wait there for annex: nobody is chosen.
     * On day 4 guest's 5 days in annex are over and he waits for ward: number 0 and he exchange.
     * One is too many still, and guest, unlike number 1, has a place of his own: he must move, and
     * waits to, as there is no place but in annex. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {}, annex: {}, none: {}}\n"
               "units: {ward: {regime: ward, places: 2, on_shrink: transfer, changes: [{from: "
               "2026-01-03, places: -1, why: staff}]}, annex: {regime: annex, places: 1}, none: "
               "{regime: none, places: 0}}\n"
               "statuses: {before: {stay: 5 days, next: {guest: 1}}, guest: {stay: 90 days, waits: "
               "{in: present_place}}, held: {stay: 90 days, waits: {in: present_place}}}\n"
               "placement: {before: {who: {status: before}, to: [annex]}, guest: {who: {status: "
               "guest}, to: [ward, none]}, held: {to: [annex]}}\n"
               "start: {present: {before: {persons: 1, elapsed: 1 day}}, waiting: {held: {persons: "
               "2, in: [ward]}}}\n",
        0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/before 0 placed before annex\n"
                                                  "0 00:00 waiting/held 0 waits held ward\n"
                                                  "0 00:00 waiting/held 1 waits held ward\n"
                                                  "4 00:00 present/before 0 status guest annex\n"
                                                  "4 00:00 present/before 0 waits guest annex\n"
                                                  "4 00:00 present/before 0 placed guest ward\n"
                                                  "4 00:00 present/before 0 waits guest ward\n"
                                                  "4 00:00 waiting/held 0 placed held annex\n");
}

Test(capacity, who_waits_to_move_leaves_his_list_when_his_status_ends)
{
    /* b must move on day 2 and cannot; he is released on day 4. Nothing is counted as a wait. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {}}\n"
               "units: {ward: {regime: ward, places: 2, on_shrink: transfer, changes: [{from: "
               "2026-01-03, places: -1, why: staff}]}}\n" HELD "placement: {all: {to: [ward]}}\n"
               "start: {present: {a: {status: held, persons: 1, elapsed: 80 days}, b: {status: "
               "held, persons: 1, elapsed: 86 days}}}\n",
        0);
    /* placed last: a, who waits; b leaves on day 4, so a stays */
    cr_expect_str_eq(support_history(&run, "present/a"),
                     "0 00:00 present/a 0 placed held ward\n"
                     "2 00:00 present/a 0 waits held ward\n"
                     "4 00:00 present/a 0 stays held ward\n"
                     "10 00:00 present/a 0 released held ward\n");
    run = support_run(
        PERIOD "regimes: {ward: {}}\n"
               "units: {ward: {regime: ward, places: 2, on_shrink: transfer, changes: [{from: "
               "2026-01-03, places: -2, why: staff}]}}\n" HELD "placement: {all: {to: [ward]}}\n"
               "start: {present: {a: {status: held, persons: 1, elapsed: 80 days}, b: {status: "
               "held, persons: 1, elapsed: 86 days}}}\n",
        0);
    support_expect_days(&run, "waiting total", "0 0 2 2 1 1 1 1 1 1 0 0");
    support_expect_days(&run, "released total", "0 0 0 0 1 0 0 0 0 0 1 0");
    support_expect_days(&run, "left_waiting total", "0 0 0 0 0 0 0 0 0 0 0 0");
}

/* -- hold */

Test(capacity, hold_closes_a_place_when_it_falls_empty)
{
    /* 4 places, 1 from day 2 to 9. All 4 are held until day 3, 5 and 8, when one leaves: so 4, 3, 2
     * and 1 are usable, and 3, 2, 1 and 0 of them late. Two wait; they get places on day 10. */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}}\n"
        "units: {w: {regime: ward, places: 4, on_shrink: hold, changes: [{from: 2026-01-03, to: "
        "2026-01-10, places: -3, why: works}]}}\n" HELD "placement: {all: {to: [ward]}}\n"
        "start:\n"
        "  present: {a: {status: held, persons: 1, elapsed: 87 days}, b: {status: held, persons: "
        "1, elapsed: 85 days}, c: {status: held, persons: 1, elapsed: 82 days}, d: {status: held, "
        "persons: 1, elapsed: 1 day}}\n"
        "  waiting: {held: {persons: 2}}\n",
        0);
    support_expect_days(&run, "usable total", "4 4 4 3 3 2 2 2 1 1 4 4");
    support_expect_days(&run, "late total", "0 0 3 2 2 1 1 1 0 0 0 0");
    support_expect_days(&run, "late regime.ward", "0 0 3 2 2 1 1 1 0 0 0 0");
    support_expect_days(&run, "out_works total", "0 0 0 1 1 2 2 2 3 3 0 0");
    support_expect_days(&run, "present total", "4 4 4 3 3 2 2 2 1 1 3 3");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0 0 0");
    support_expect_sums(&run);
    cr_expect_eq(support_year(&run, "late total", 2026), 10);
    cr_expect_eq(support_year(&run, "out_works total", 2026), 14);
}

Test(capacity, hold_keeps_no_place_that_is_empty_or_was_not_usable)
{
    /* 5 people on 4 places: 1 is over. Down to 2 on day 2: the 4 that were usable are held. On day
     * 4 two leave: 3 are held, so 3 usable; with turnover no place is kept for who may come next.
     */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {turnover: 36 hours}}\n"
               "units: {w: {regime: ward, places: 4, on_shrink: hold, changes: [{from: 2026-01-03, "
               "places: -1, why: works}, {from: 2026-01-03, places: -1, why: staff}]}}\n" HELD
               "placement: {all: {to: [ward]}}\n"
               "start: {present: {a: {status: held, persons: 2, elapsed: 86 days}, b: {status: "
               "held, persons: 3, elapsed: 1 day}}}\n",
        0);
    support_expect_days(&run, "usable total", "4 4 4 4 3 3 3 3 3 3 3 3");
    support_expect_days(&run, "over_capacity total", "1 1 1 1 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "late total", "0 0 2 2 1 1 1 1 1 1 1 1");
    /* of the two causes the first is counted first */
    support_expect_days(&run, "out_works total", "0 0 0 0 1 1 1 1 1 1 1 1");
    support_expect_days(&run, "out_staff total", "0 0 0 0 0 0 0 0 0 0 0 0");
    support_expect_sums(&run);
}

Test(capacity, hold_keeps_places_that_were_built_for_a_time)
{
    /* 2 places and 2 more to day 3, all held: from day 4 on 2 are late, and stand still. a leaves
     * on day 5, b on day 7: then there are the 2 again. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {}}\n"
               "units: {w: {regime: ward, places: 2, on_shrink: hold, changes: [{from: 2026-01-01, "
               "to: 2026-01-04, places: +2}]}}\n" HELD "placement: {all: {to: [ward]}}\n"
               "start: {present: {a: {status: held, persons: 1, elapsed: 85 days}, b: {status: "
               "held, persons: 1, elapsed: 83 days}, c: {status: held, persons: 2, elapsed: 1 "
               "day}}}\n",
        0);
    support_expect_days(&run, "usable total", "4 4 4 4 4 3 3 2 2 2 2 2");
    support_expect_days(&run, "late total", "0 0 0 0 2 1 1 0 0 0 0 0");
    support_expect_days(&run, "built total", "4 4 4 4 4 3 3 2 2 2 2 2");
    support_expect_sums(&run);
}

/* -- a unit without places, and too many people */

Test(capacity, unit_can_have_no_place_for_a_day)
{
    /* On the leap day nothing is usable. drain: the 2 stay, over capacity. transfer, with 1 place
     * elsewhere: the one with the lower key moves, the other waits until the day is over. Nobody
     * comes in on the day; on 1 March the two who have waited since the day before do. */
#define LEAP(on_shrink, elsewhere)                                                                 \
    "period: {start: 2028-02-27, end: 2028-03-09}\n"                                               \
    "regimes: {ward: {}, annex: {}}\n"                                                             \
    "units: {w: {regime: ward, places: 3, on_shrink: " on_shrink ", changes: [{from: 2028-02-29, " \
    "to: 2028-02-29, places: -3, why: damage}]}, annex: {regime: annex, places: " elsewhere        \
    "}}\n" HELD "placement: {all: {to: [ward, annex]}}\n"                                          \
    "start: {present: {held: {persons: 2, elapsed: 1 day}}}\n"
    struct support_run run = support_run(LEAP("drain", "0"), 0);
    support_expect_days(&run, "usable total", "3 3 0 3 3 3 3 3 3 3 3 3");
    support_expect_days(&run, "out_damage total", "0 0 3 0 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "over_capacity total", "0 0 2 0 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "present total", "2 2 2 2 2 2 2 2 2 2 2 2");
    cr_expect_eq(support_day(&run, "usable total", "2028-02-29"), 0);
    run = support_run(LEAP("transfer", "1"), 0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/held 0 placed held w\n"
                                                  "0 00:00 present/held 1 placed held w\n"
                                                  "2 00:00 present/held 0 placed held annex\n"
                                                  "2 00:00 present/held 1 waits held w\n"
                                                  "3 00:00 present/held 1 stays held w\n");
    support_expect_days(&run, "over_capacity total", "0 0 1 0 0 0 0 0 0 0 0 0");
    run = support_run(LEAP("hold", "0"), 0);
    support_expect_days(&run, "usable total", "3 3 2 3 3 3 3 3 3 3 3 3");
    support_expect_days(&run, "late total", "0 0 2 0 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "out_damage total", "0 0 1 0 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0 0 0");
}

Test(capacity, stock_above_the_places_stays_until_the_unit_shrinks)
{
    /* 5 people on 3 usable places, since 2 are lost since before the period: over by 2, nobody
     * moves though the annex has room. On day 3 another place closes: all 3 who are too many must
     * move; 2 find a place. */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}, annex: {}}\n"
        "units: {ward: {regime: ward, places: 5, on_shrink: transfer, changes: [{from: 2020-06-01, "
        "places: -2, why: lost}, {from: 2026-01-04, places: -1, why: staff}]}, annex: {regime: "
        "annex, places: 2}}\n" HELD "placement: {all: {to: [ward, annex]}}\n"
        "start: {present: {held: {persons: 5, elapsed: 1 day, in: [ward]}}}\n",
        0);
    support_expect_days(&run, "usable total", "5 5 5 4 4 4 4 4 4 4 4 4");
    support_expect_days(&run, "over_capacity total", "2 2 2 1 1 1 1 1 1 1 1 1");
    support_expect_days(&run, "transferred total", "0 0 0 2 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "out_lost total", "2 2 2 2 2 2 2 2 2 2 2 2");
}

Test(capacity, call_up_fills_only_places_that_stay)
{
    /* 10 places, 4 from day 9 on; drain 20 days. On Monday, day 4, 4 are called, not 10. */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}}\n"
        "units: {w: {regime: ward, places: 10, drain: 20 days, changes: [{from: 2026-01-10, "
        "places: -6, why: works}]}}\n"
        "statuses: {reporter: {sentence: 30 days, called_up: {fill_to: 1, notice: 2 days}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {waiting: {reporter: {persons: 20}}}\n",
        0);
    support_expect_days(&run, "called total", "0 0 0 0 4 0 0 0 0 0 0 0");
    support_expect_days(&run, "present total", "0 0 0 0 0 0 4 4 4 4 4 4");
}

Test(capacity, places_built_on_are_given_on_their_first_day)
{
    /* 1 place, 3 more on days 2 to 5: then 3 are over, and stay */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {}}\n"
               "units: {w: {regime: ward, places: 1, changes: [{from: 2026-01-03, to: 2026-01-06, "
               "places: +3}]}}\n" HELD "placement: {all: {to: [ward]}}\n"
               "start: {waiting: {held: {persons: 9}}}\n",
        0);
    support_expect_days(&run, "built total", "1 1 4 4 4 4 1 1 1 1 1 1");
    support_expect_days(&run, "present total", "1 1 4 4 4 4 4 4 4 4 4 4");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 3 3 3 3 3 3");
    support_expect_sums(&run);
}

Test(capacity, places_of_a_day_are_known_to_the_call_up_of_that_day)
{
    /* Days 4, 11, 18 and 25 are Mondays. A place opens on Saturday, day 2, one on day 4, one on day
     * 9 and one on day 11: so on days 4 and 11 two are called, whichever of the two comes first in
     * that minute. On day 18 one closes as one opens. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {ward: {}}\n"
        "units: {w: {regime: ward, places: 0, changes: [\n"
        "  {from: 2026-01-03, places: 1}, {from: 2026-01-05, places: 1},\n"
        "  {from: 2026-01-10, places: 1}, {from: 2026-01-12, places: 1},\n"
        "  {from: 2026-01-17, places: 1}, {from: 2026-01-19, places: -1, why: works}]}}\n"
        "statuses: {reporter: {sentence: 300 days, called_up: {fill_to: 1}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {waiting: {reporter: {persons: 20}}}\n",
        0);
    cr_expect_str_eq(support_days(&run, "called total", 31),
                     "0 0 0 0 2 0 0 0 0 0 0 2 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
}

Test(capacity, who_comes_over_capacity_later_need_not_move)
{
    /* Of 3 in the ward, placed 30, 20 and 10 days ago, 1 must move on day 2 and cannot: number c.
     * On day 3 a newcomer reaches his limit and is placed over capacity: 2 are over. On day 5 a
     * leaves, so nobody must move any more, though 1 is over. */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"
        "units: {ward: {regime: ward, places: 3, on_shrink: transfer, changes: [{from: 2026-01-03, "
        "places: -1, why: damage}]}}\n"
        "statuses:\n"
        "  held: {stay: 90 days, waits: {in: cell, limit: 10 days, at_limit: [over_capacity]}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start:\n"
        "  present: {a: {status: held, persons: 1, elapsed: 85 days}, b: {status: held, persons: "
        "1, elapsed: 20 days}, c: {status: held, persons: 1, elapsed: 10 days}}\n"
        "  waiting: {held: {persons: 1, since: 7 days}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "present/c"), "0 00:00 present/c 0 placed held ward\n"
                                                         "2 00:00 present/c 0 waits held ward\n"
                                                         "5 00:00 present/c 0 stays held ward\n");
    cr_expect_str_eq(support_history(&run, "waiting/held"),
                     "0 00:00 waiting/held 0 waits held cell\n"
                     "3 00:00 waiting/held 0 placed held ward\n");
    support_expect_days(&run, "over_capacity total", "0 0 1 2 2 1 1 1 1 1 1 1");
}

/* The text of a file. */
static const char *read_file(const char *path)
{
    struct arena arena = support_arena();
    char        *text = arena_new(&arena, char, 1 << 16);
    FILE        *file = fopen(path, "r");
    cr_assert(file, "%s", path);
    text[fread(text, 1, (1 << 16) - 1, file)] = '\0';
    fclose(file);
    return text;
}

Test(capacity, transfers_of_hundreds_do_not_depend_on_ties_and_lose_nobody)
{
    static const char *const path[] = {"tests/scenarios/reference/swing.yaml",
                                       "tests/scenarios/reference/places.yaml"};
    for (int i = 0; i < 2; i++)
        for (uint32_t r = 0; r < 2; r++) { /* twice each, ties shuffled the second time */
            struct support_run run = support_run(read_file(path[i]), r);
            const int64_t     *total = run.record.total;
            cr_expect_eq(total[TOTAL_START] + total[TOTAL_ARRIVALS],
                         total[TOTAL_HELD] + total[TOTAL_CELL] + total[TOTAL_OUTSIDE] +
                             total[TOTAL_LEFT]);
            cr_expect_gt(support_year(&run, "transferred total", 2028), i ? 20 : 100);
            cr_expect_gt(support_count(&run, TRACE_STAYS, NULL), 20);
            cr_expect_gt(support_year(&run, "late total", 2028), 0);
        }
}
