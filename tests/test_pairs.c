#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* A group `present: {x: {elapsed: N days}}` of a stay of 90 days leaves, or goes on to its next
 * status, on day 90 - N at 0:00. Of the statuses `fit` may share a cell. */
#define PERIOD "period: {start: 2026-01-01, end: 2026-01-10}\n"
#define FIT "two_in_a_cell: {who: {status: fit}}"
#define STATUSES "statuses: {fit: {stay: 90 days}, unfit: {stay: 90 days}}\n"
#define TO_WARD "placement: {all: {to: [ward]}}\n"

/* -- what counts -- */

/* Whether all can be given a bed: tries every way to fill the cells one after the other. */
static bool fits(int single, int for_two, int unfit, int fit)
{
    if (unfit + fit == 0)
        return true;
    if (unfit < 0 || fit < 0)
        return false;
    if (for_two > 0)
        return fits(single, for_two - 1, unfit - 1, fit) ||
               fits(single, for_two - 1, unfit, fit - 1) ||
               (fit >= 2 && fits(single, for_two - 1, unfit, fit - 2));
    return single > 0 &&
           (fits(single - 1, 0, unfit - 1, fit) || fits(single - 1, 0, unfit, fit - 1));
}

Test(pairs, so_many_count_that_all_fit_and_no_more)
{
    int full = 0;
    for (int single = 0; single < 4; single++)
        for (int for_two = 0; for_two < 4; for_two++)
            for (int unfit = 0; unfit < 8; unfit++)
                for (int fit = 0; fit < 10; fit++) {
                    struct unit unit = {.built = single + 2 * for_two, .for_two = for_two};
                    int         second = unit_second_places(&unit, unit.built);
                    int         counted = places_counted(unit.built, second, fit / 2);
                    cr_assert_eq(unfit + fit <= counted, fits(single, for_two, unfit, fit),
                                 "%d single, %d for two: %d and %d", single, for_two, unfit, fit);
                    full += unfit + fit == counted;
                }
    cr_expect_gt(full, 50);
}

/* So the lowest usable number of some days is also the one of which the fewest count. */
Test(pairs, fewer_usable_places_never_count_more)
{
    for (int built = 0; built <= 24; built++)
        for (int for_two = 0; 2 * for_two <= built; for_two++)
            for (int pairs = 0; pairs <= 12; pairs++)
                for (int usable = 0; usable <= built + 5; usable++) {
                    struct unit unit = {.built = built, .for_two = for_two};
                    int         second = unit_second_places(&unit, usable);
                    int         counted = places_counted(usable, second, pairs);
                    int         more = unit_second_places(&unit, usable + 1);
                    cr_assert_leq(2 * second, usable);
                    cr_assert(usable - second <= counted && counted <= usable);
                    cr_assert_geq(places_counted(usable + 1, more, pairs), counted);
                }
}

/* -- who comes and leaves -- */

Test(pairs, a_second_place_counts_while_a_pair_is_held)
{
    /* 6 places in 4 cells, 2 of them for two. 4 who may share and 2 who may not: 4 + 2 count. On
     * day 1 the first of the 4 leaves: 3 are 1 pair, so 5 count, all taken. Nobody comes in. On
     * day 3 the next: 2 are 1 pair, so 5 count, and he who waits comes in. On day 4 the third: 1
     * is no pair, so 4 count, all taken. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {" FIT "}}\n"
               "units: {w: {regime: ward, places: 6, for_two: 2}}\n" STATUSES TO_WARD "start:\n"
               "  present:\n"
               "    a: {status: fit, persons: 1, elapsed: 89 days}\n"
               "    b: {status: fit, persons: 1, elapsed: 87 days}\n"
               "    c: {status: fit, persons: 1, elapsed: 86 days}\n"
               "    d: {status: fit, persons: 1, elapsed: 1 day}\n"
               "    e: {status: unfit, persons: 2, elapsed: 1 day}\n"
               "  waiting: {unfit: {persons: 1}}\n",
        0);
    support_expect_days(&run, "usable total", "6 5 5 5 4 4 4 4 4 4");
    support_expect_days(&run, "present total", "6 5 5 5 4 4 4 4 4 4");
    support_expect_days(&run, "unpaired total", "0 1 1 1 2 2 2 2 2 2");
    support_expect_days(&run, "waiting total", "1 1 1 0 0 0 0 0 0 0");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0");
    support_expect_sums(&run);
}

Test(pairs, beside_one_alone_no_place_is_free_until_a_cell_is)
{
    /* 3 places in 2 cells, 1 of them for two: one who may share and one who may not are there. The
     * place beside the first is for nobody yet, though he who waits might share. On day 2 the other
     * leaves: 1 of 2 is free, he comes in, and with the pair 3 count. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {" FIT "}}\n"
               "units: {w: {regime: ward, places: 3, for_two: 1}}\n" STATUSES TO_WARD "start:\n"
               "  present: {fit: {persons: 1, elapsed: 1 day}, unfit: {persons: 1, elapsed: 88 "
               "days}}\n"
               "  waiting: {fit: {persons: 1}}\n",
        0);
    support_expect_days(&run, "usable total", "2 2 3 3 3 3 3 3 3 3");
    support_expect_days(&run, "present total", "2 2 2 2 2 2 2 2 2 2");
    support_expect_days(&run, "waiting total", "1 1 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "unpaired total", "1 1 0 0 0 0 0 0 0 0");
}

Test(pairs, without_the_key_second_places_are_as_others)
{
#define THREE(regime)                                                                              \
    PERIOD "regimes: {ward: {" regime "}}\n"                                                       \
           "units: {w: {regime: ward, places: 8, for_two: 3}}\n" STATUSES TO_WARD                  \
           "start: {waiting: {fit: {persons: 9}}}\n"
    struct support_run run = support_run(THREE(""), 0);
    support_expect_days(&run, "usable total", "8 8 8 8 8 8 8 8 8 8");
    support_expect_days(&run, "present total", "8 8 8 8 8 8 8 8 8 8");
    /* With everybody able the same people are there, though at first only 5 count. */
    run = support_run(THREE("two_in_a_cell: {}"), 0);
    support_expect_days(&run, "usable total", "8 8 8 8 8 8 8 8 8 8");
    support_expect_days(&run, "present total", "8 8 8 8 8 8 8 8 8 8");
    /* With nobody able there are only the first places. */
    run = support_run(THREE("two_in_a_cell: {who: {status: unfit}}"), 0);
    support_expect_days(&run, "usable total", "5 5 5 5 5 5 5 5 5 5");
    support_expect_days(&run, "present total", "5 5 5 5 5 5 5 5 5 5");
    support_expect_days(&run, "unpaired regime.ward", "3 3 3 3 3 3 3 3 3 3");
}

/* -- a status that changes -- */

/* 4 places in 3 cells, 1 for two: a and b make a pair, c and d cannot. On day 2 a becomes ill and
 * keeps his place, but is able no longer: 3 places count for 4 people. On day 4 c leaves. */
#define ILL(more)                                                                                  \
    PERIOD "regimes: {ward: {" FIT "}, annex: {}}\n"                                               \
           "units: {w: {regime: ward, places: 4, for_two: 1" more "}, x: {regime: annex, places: " \
           "1}}\n"                                                                                 \
           "statuses: {fit: {stay: 90 days, next: {ill: 1}}, ill: {stay: 90 days, waits: {in: "    \
           "present_place}}, unfit: {stay: 90 days}}\n"                                            \
           "placement: {all: {to: [ward, annex]}}\n"                                               \
           "start:\n"                                                                              \
           "  present:\n"                                                                          \
           "    a: {status: fit, persons: 1, elapsed: 88 days}\n"                                  \
           "    b: {status: fit, persons: 1, elapsed: 20 days}\n"                                  \
           "    c: {status: unfit, persons: 1, elapsed: 86 days}\n"                                \
           "    d: {status: unfit, persons: 1, elapsed: 5 days, in: [ward]}\n"

Test(pairs, who_may_share_no_longer_leaves_the_unit_over_capacity_when_it_drains)
{
    struct support_run run = support_run(ILL(""), 0);
    support_expect_days(&run, "usable regime.ward", "4 4 3 3 3 3 3 3 3 3");
    support_expect_days(&run, "present regime.ward", "4 4 4 4 3 3 3 3 3 3");
    support_expect_days(&run, "over_capacity total", "0 0 1 1 0 0 0 0 0 0");
    support_expect_days(&run, "unpaired regime.ward", "0 0 1 1 1 1 1 1 1 1");
    support_expect_sums(&run);
}

Test(pairs, who_came_last_moves_when_it_transfers)
{
    /* d came last, and the annex has a place: he moves in the same minute. */
    struct support_run run = support_run(ILL(", on_shrink: transfer"), 0);
    support_expect_days(&run, "usable regime.ward", "4 4 3 3 3 3 3 3 3 3");
    support_expect_days(&run, "present regime.ward", "4 4 3 3 2 2 2 2 2 2");
    support_expect_days(&run, "present regime.annex", "0 0 1 1 1 1 1 1 1 1");
    support_expect_days(&run, "transferred total", "0 0 1 0 0 0 0 0 0 0");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0");
}

Test(pairs, the_place_closes_late_when_it_holds)
{
    /* The place is usable until c leaves, and so long not among the unpaired. */
    struct support_run run = support_run(ILL(", on_shrink: hold"), 0);
    support_expect_days(&run, "usable regime.ward", "4 4 4 4 3 3 3 3 3 3");
    support_expect_days(&run, "late regime.ward", "0 0 1 1 0 0 0 0 0 0");
    support_expect_days(&run, "unpaired regime.ward", "0 0 0 0 1 1 1 1 1 1");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0");
    support_expect_sums(&run);
}

/* -- dates -- */

Test(pairs, sharing_begins_and_ends_by_date_and_drains_before)
{
    /* 3 places in 2 cells. a and b are there and two wait. From day 2 to 7 they may share: one
     * comes in on day 2. On day 6 a leaves. With a drain of 2 days entries stop on day 6, so the
     * place stays empty, and on day 8 nobody is over. Without, the other comes in on day 6. */
#define DATED(more)                                                                                \
    PERIOD "regimes: {ward: {two_in_a_cell: {who: {status: fit}, from: 2026-01-03, to: "           \
           "2026-01-08}}}\n"                                                                       \
           "units: {w: {regime: ward, places: 3, for_two: 1" more "}}\n" STATUSES TO_WARD          \
           "start:\n"                                                                              \
           "  present: {a: {status: fit, persons: 1, elapsed: 84 days}, b: {status: fit, "         \
           "persons: 1, elapsed: 1 day}}\n"                                                        \
           "  waiting: {fit: {persons: 2}}\n"
    struct support_run run = support_run(DATED(", drain: 2 days"), 0);
    support_expect_days(&run, "usable total", "2 2 3 3 3 3 3 3 2 2");
    support_expect_days(&run, "present total", "2 2 3 3 3 3 2 2 2 2");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0");
    run = support_run(DATED(""), 0);
    support_expect_days(&run, "usable total", "2 2 3 3 3 3 3 3 2 2");
    support_expect_days(&run, "present total", "2 2 3 3 3 3 3 3 3 3");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 1 1");
    support_expect_sums(&run);
}

Test(pairs, entries_that_have_stopped_before_the_start_stay_stopped)
{
    /* Sharing ends on day 3 and drains for 9 days: the stock fills 3 places at the start, and when
     * one leaves on day 1 nobody comes in. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {two_in_a_cell: {to: 2026-01-04}}}\n"
               "units: {w: {regime: ward, places: 3, for_two: 1, drain: 9 days}}\n" STATUSES TO_WARD
               "start:\n"
               "  present: {a: {status: fit, persons: 1, elapsed: 89 days}, b: {status: fit, "
               "persons: 2, elapsed: 1 day}}\n"
               "  waiting: {fit: {persons: 1}}\n",
        0);
    support_expect_days(&run, "present total", "3 2 2 2 2 2 2 2 2 2");
    support_expect_days(&run, "usable total", "3 3 3 3 2 2 2 2 2 2");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0");
}

Test(pairs, second_places_go_in_proportion)
{
    /* 10 places, 4 of them second, nobody there: 6 count. On day 1 one is out: of 9 4 x 9 / 10 =
     * 3.6, so 3, are second: 6 count. On day 3 five are out: of 5 2 are second: 3 count. On day 5
     * six more are built, without second places: of 16 4 are second, 12 count. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {" FIT "}}\n"
               "units: {w: {regime: ward, places: 10, for_two: 4, changes: [{from: 2026-01-02, to: "
               "2026-01-03, places: -1, why: staff}, {from: 2026-01-04, to: 2026-01-05, places: "
               "-5, why: works}, {from: 2026-01-06, places: 6}]}}\n" STATUSES TO_WARD,
        0);
    support_expect_days(&run, "usable total", "6 6 6 3 3 12 12 12 12 12");
    support_expect_days(&run, "unpaired regime.ward", "4 3 3 2 2 4 4 4 4 4");
    support_expect_sums(&run);
}

Test(pairs, nobody_holds_a_place_that_is_lost_overnight)
{
    /* 4 places in 3 cells, two pairs able. On day 2 2 places go, and of 2 places 1 x 2 / 4 = 0.5,
     * so none, is second: 2 are usable. By date the unit holds them, 2 late; overnight it cannot.
     */
#define GONE(changes, shocks)                                                                      \
    PERIOD "regimes: {ward: {" FIT "}}\n"                                                          \
           "units: {w: {regime: ward, places: 4, for_two: 1, on_shrink: hold" changes              \
           "}}\n" STATUSES TO_WARD "flows: {more: {status: fit, per_day: 0}}\n"                    \
           "start: {present: {fit: {persons: 4, elapsed: 1 day}}}\n" shocks
    struct support_run     run =
        support_run(GONE(", changes: [{from: 2026-01-03, places: -2, why: damage}]", ""), 0);
    support_expect_days(&run, "usable total", "4 4 4 4 4 4 4 4 4 4");
    support_expect_days(&run, "late total", "0 0 2 2 2 2 2 2 2 2");
    support_expect_days(&run, "out_damage total", "0 0 0 0 0 0 0 0 0 0");
    support_expect_sums(&run);
    run = support_run(GONE("", "shocks: {fire: {on: 2026-01-03, units: {w: 2}}}\n"), 0);
    support_expect_days(&run, "usable total", "4 4 2 2 2 2 2 2 2 2");
    support_expect_days(&run, "over_capacity total", "0 0 2 2 2 2 2 2 2 2");
    support_expect_days(&run, "out_damage total", "0 0 2 2 2 2 2 2 2 2");
    support_expect_days(&run, "unpaired total", "0 0 0 0 0 0 0 0 0 0");
    support_expect_sums(&run);
}

/* -- the plan -- */

Test(pairs, unpaired_is_a_column_where_some_unit_shares)
{
    struct support_run    run = support_run(THREE("two_in_a_cell: {}"), 0);
    const struct columns *columns = &run.plan->columns;
    cr_expect_eq(columns->place_count, 2 * PLACE_COLUMNS, "of the total and of the ward");
    cr_expect_str_eq(columns->daily_name[columns->place_first + PLACE_UNPAIRED], "unpaired total");
    run = support_run(THREE(""), 0);
    cr_expect_eq(run.plan->columns.place_count, PLACE_UNPAIRED, "of the total alone");
    cr_expect_null(run.plan->estate.may_share);
}

Test(pairs, who_may_share_is_known_by_status_and_profile)
{
    const struct scenario *plan = support_scenario(
        PERIOD "attributes: {sex: {man: 0.9, woman: rest}, shares_cell: {fit: 0.8, unfit: rest}}\n"
               "regimes: {other: {}, ward: {two_in_a_cell: {who: {status: {not: ill}, shares_cell: "
               "fit}}}}\n"
               "units: {w: {regime: ward, places: 4, for_two: 2}}\n"
               "statuses: {held: {stay: 1 day}, ill: {stay: 1 day}}\n" TO_WARD);
    /* Profiles: man fit, man unfit, woman fit, woman unfit; the ward is regime 1. */
    const uint64_t held[] = {2, 0, 2, 0};
    for (int p = 0; p < 4; p++) {
        cr_expect_eq(plan->estate.may_share[p], held[p], "profile %d", p);
        cr_expect_eq(plan->estate.may_share[4 + p], 0, "ill, profile %d", p);
    }
}
