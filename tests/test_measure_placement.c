#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

#define HEAD                                                                                       \
    "period: {start: 2026-01-01, end: 2026-01-12}\n"                                               \
    "regimes: {house: {}, prison: {}, cell: {places: unlimited, emergency: true}}\n"               \
    "units: {h: {regime: house, places: 3}, p: {regime: prison, places: 2}}\n"                     \
    "statuses: {remand: {stay: 2 days, waits: {in: cell}}, convict: {stay: 2 days, waits: {in: "   \
    "cell}}}\n"
#define REMAND "remand: {who: {status: remand}, to: [house]}"
#define CONVICT "convict: {who: {status: convict}, to: [house]}"
#define RULES "placement: {" REMAND ", " CONVICT "}\n"
#define QUEUE "start: {waiting: {remand: {persons: 9}, convict: {persons: 9}}}\n"

static void expect_same(const struct support_run *one, const struct support_run *other)
{
    cr_assert_eq(one->trace.count, other->trace.count);
    cr_expect_eq(
        memcmp(one->trace.row, other->trace.row, one->trace.count * sizeof one->trace.row[0]), 0);
}

/* 9 of each wait, for 3 places of two days. Those on remand go first: 3 on the 1st. From the 3rd to
 * the 6th convicts go first and have the 2 places of the prison too: 5 on the 3rd, the 4 others on
 * the 5th, 1 of them in the prison. Then remand again: 3 on the 7th and on the 9th. */
Test(measure_placement, lets_others_go_first_and_into_other_places)
{
    struct support_run run = support_run(
        HEAD RULES QUEUE "measures: {m: {kind: placement, starts: 2026-01-03, ends: "
                         "2026-01-06, rule: convict, before: remand, also: [prison]}}\n",
        0);
    support_expect_days(&run, "placements total", "3 0 5 0 4 0 3 0 3 0 0 0");
    support_expect_days(&run, "present status.convict", "9 9 9 9 4 4 0 0 0 0 0 0");
    support_expect_days(&run, "present status.remand", "9 9 6 6 6 6 6 6 3 3 0 0");
    cr_expect_eq(support_year(&run, "people measure.m", 2026), 9);
    cr_expect_eq(support_year(&run, "elsewhere measure.m", 2026), 3);
}

#define FLOWS "flows: {a: {status: remand, per_day: 1}, b: {status: convict, per_day: 1}}\n" QUEUE

/* From before the first day on, for good: the rule as it would be written. */
Test(measure_placement, is_the_rule_so_written)
{
    struct support_run written = support_run(
        HEAD "placement: {convict: {who: {status: convict}, to: [prison, house]}, " REMAND
             "}\n" FLOWS,
        0);
    struct support_run measured =
        support_run(HEAD RULES FLOWS
                    "measures: {m: {kind: placement, starts: 2025-12-01, rule: convict, before: "
                    "remand, without: [house], also: [prison, house]}}\n",
                    0);
    expect_same(&written, &measured);
}

/* Behind the end, over before the start, no law (replication 0 draws 0.454 for m), and as it is:
 * as if there were none. */
Test(measure_placement, is_none_behind_the_end_and_where_it_is_no_law)
{
    static const char *const none[] = {
        "starts: 2026-01-13, before: remand",
        "starts: 2025-01-03, ends: 2025-12-31, before: remand",
        "starts: 2026-01-03, chance: 0.45, before: remand, also: [prison]",
        "starts: 2026-01-03, order: longest_waiting, also: [house]"};
    struct support_run without = support_run(HEAD RULES FLOWS, 0);
    for (int i = 0; i < 4; i++) {
        char text[1600];
        snprintf(text, sizeof text,
                 HEAD RULES FLOWS "measures: {m: {kind: placement, rule: convict, %s}}\n", none[i]);
        struct support_run run = support_run(text, 0);
        expect_same(&without, &run);
        cr_expect_eq(support_year(&run, "elsewhere measure.m", 2026), 0);
    }
    struct support_run law = support_run(
        HEAD RULES FLOWS "measures: {m: {kind: placement, rule: convict, starts: 2026-01-03, "
                         "chance: 0.46, before: remand, also: [prison]}}\n",
        0);
    cr_expect_gt(support_year(&law, "elsewhere measure.m", 2026), 0);
}

/* One place. A short sentence waits longest, 2 days, and has the place on the 1st; on the 3rd the
 * longest comes first, 5 days, and on the 8th the other short one. */
Test(measure_placement, changes_the_order_within_a_rule)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-12}\n"
        "regimes: {ward: {}}\n"
        "units: {w: {regime: ward, places: 1}}\n"
        "statuses: {brief: {sentence: 2 days, waits: {in: outside}}, long: {sentence: 5 "
        "days, waits: {in: outside}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {waiting: {brief: {persons: 2, since: 9 days}, long: {persons: 1}}}\n"
        "measures: {m: {kind: placement, starts: 2026-01-03, ends: 2026-01-04, rule: "
        "all, order: longest_sentence}}\n",
        0);
    support_expect_days(&run, "present status.long", "0 0 1 1 1 1 1 0 0 0 0 0");
    support_expect_days(&run, "present status.brief", "1 1 0 0 0 0 0 1 1 0 0 0");
    cr_expect_eq(support_year(&run, "people measure.m", 2026), 1);
}

/* Two of remand are convicted on day 1 and keep their places in the house while the prison is full.
 * From day 3 on the house is theirs: they have their place in that minute, and their 4 days begin.
 * They keep it when the measure is over, after day 4; c, whose stay in the prison ends on day 5,
 * leaves it empty. */
Test(measure_placement, gives_a_place_to_who_sits_in_it)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-12}\n"
        "regimes: {house: {}, prison: {}}\n"
        "units: {h: {regime: house, places: 2}, p: {regime: prison, places: 1}}\n"
        "statuses:\n"
        "  remand: {stay: 9 days, next: {convict: 1}}\n"
        "  convict: {stay: 4 days, waits: {in: present_place}}\n"
        "  held: {stay: 9 days}\n"
        "placement: {remand: {who: {status: remand}, to: [house]}, all: {to: [prison]}}\n"
        "start: {present: {remand: {persons: 2, elapsed: 8 days}, held: {persons: 1, elapsed: 4 "
        "days}}}\n"
        "measures: {m: {kind: placement, starts: 2026-01-04, ends: 2026-01-05, rule: all, also: "
        "[house]}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "present/remand"),
                     "0 00:00 present/remand 0 placed remand h\n"
                     "0 00:00 present/remand 1 placed remand h\n"
                     "1 00:00 present/remand 0 status convict h\n"
                     "1 00:00 present/remand 0 waits convict h\n"
                     "1 00:00 present/remand 1 status convict h\n"
                     "1 00:00 present/remand 1 waits convict h\n"
                     "3 00:00 present/remand 0 placed convict h\n"
                     "3 00:00 present/remand 1 placed convict h\n"
                     "7 00:00 present/remand 0 released convict h\n"
                     "7 00:00 present/remand 1 released convict h\n");
    cr_expect_eq(support_year(&run, "people measure.m", 2026), 2);
    cr_expect_eq(support_year(&run, "elsewhere measure.m", 2026), 2);
}

/* 18 wait for 3 places and 2, of two days each. The prison is none of theirs on the 3rd and 4th, so
 * that it stands empty; the house is not on the 7th, and has the last three from the 8th on. */
Test(measure_placement, closes_places_to_those_who_come)
{
    struct support_run run = support_run(
        HEAD "placement: {all: {to: [house, prison]}}\n"
             "start: {waiting: {remand: {persons: 18}}}\n"
             "measures: {m: {kind: placement, starts: 2026-01-03, ends: 2026-01-04, rule: all, "
             "without: [prison]}, late: {kind: placement, starts: 2026-01-07, ends: 2026-01-07, "
             "rule: all, without: [house]}}\n"
             "output: {daily: [total, regime]}\n",
        0);
    support_expect_days(&run, "present regime.house", "3 3 3 3 3 3 0 3 3 0 0 0");
    support_expect_days(&run, "present regime.prison", "2 2 0 0 2 2 2 2 0 0 0 0");
}

/* Of equal starts the last by name, else the last that started, key by key; places of several add,
 * and one may leave out what another brings. The order in the file means nothing. */
Test(measure_placement, of_several_the_last_started_holds)
{
#define A "a: {kind: placement, starts: 2026-01-01, rule: convict, before: remand, also: [prison]}"
#define B "b: {kind: placement, starts: 2026-01-03, rule: convict, without: [prison]}"
#define C                                                                                          \
    "c: {kind: placement, starts: 2026-01-03, ends: 2026-01-04, rule: convict, also: [prison]}"
    static const char *const order[] = {A ", " B ", " C, C ", " B ", " A, B ", " A ", " C};
    for (int i = 0; i < 3; i++) {
        char text[1600];
        snprintf(text, sizeof text, HEAD RULES QUEUE "measures: {%s}\n", order[i]);
        struct support_run run = support_run(text, 0);
        /* convicts: 3 + 2 on the 1st, 4 on the 3rd, as c opens the prison after b has shut it; then
         * remand by threes on the 5th, 7th and 9th */
        support_expect_days(&run, "placements total", "5 0 4 0 3 0 3 0 3 0 0 0");
        cr_expect_eq(support_year(&run, "people measure.b", 2026), 4);
    }
    struct support_run shut =
        support_run(HEAD RULES QUEUE "measures: {" A ", " B "}\n", 0); /* 5, then by threes */
    support_expect_days(&shut, "placements total", "5 0 3 0 3 0 3 0 3 0 1 0");
}

/* Just before a rule that is moved itself is before it as it stands in the file: with a first, b
 * before a, and c before b, the turn is b, a, c: c comes before where b stands. */
Test(measure_placement, moves_to_where_the_other_stands_in_the_file)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-12}\n"
        "regimes: {ward: {}}\n"
        "units: {w: {regime: ward, places: 1}}\n"
        "statuses: {a: {stay: 2 days, waits: {in: outside}}, b: {stay: 3 days, waits: {in: "
        "outside}}, c: {stay: 1 day, waits: {in: outside}}}\n"
        "placement: {a: {who: {status: a}, to: [ward]}, b: {who: {status: b}, to: [ward]}, c: "
        "{who: {status: c}, to: [ward]}}\n"
        "start: {waiting: {a: {persons: 1}, b: {persons: 1}, c: {persons: 1}}}\n"
        "measures: {x: {kind: placement, starts: 2026-01-01, rule: b, before: a}, z: {kind: "
        "placement, starts: 2026-01-01, rule: c, before: b}}\n",
        0);
    support_expect_days(&run, "present status.b", "1 1 1 0 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "present status.a", "0 0 0 1 1 0 0 0 0 0 0 0");
    support_expect_days(&run, "present status.c", "0 0 0 0 0 1 0 0 0 0 0 0");
}

/* On Monday the 5th, day 4, as many are called as there are places for them: 1, and with the
 * prison, from that day on, 3. */
Test(measure_placement, calls_for_the_places_of_the_day)
{
    static const char *const starts[] = {"2026-01-06", "2026-01-05"};
    for (int i = 0; i < 2; i++) {
        char text[1600];
        snprintf(
            text, sizeof text,
            "period: {start: 2026-01-01, end: 2026-01-11}\n"
            "regimes: {low: {}, prison: {}}\n"
            "units: {l: {regime: low, places: 1}, p: {regime: prison, places: 2}}\n"
            "statuses: {reporter: {sentence: 50 days, waits: {in: outside}, called_up: {notice: "
            "2 days}}}\n"
            "placement: {all: {to: [low]}}\n"
            "start: {waiting: {reporter: {persons: 9}}}\n"
            "measures: {m: {kind: placement, starts: %s, rule: all, also: [prison]}}\n",
            starts[i]);
        struct support_run run = support_run(text, 0);
        cr_expect_eq(support_count(&run, TRACE_CALLED, "reporter"), i == 0 ? 1 : 3);
        cr_expect_eq(support_count(&run, TRACE_PLACED, "reporter"), i == 0 ? 1 : 3);
    }
}

/* Who is out of category at the limit, on day 1, goes on waiting for a better place: the low one,
 * which is his from day 3 on, is free. */
Test(measure_placement, gives_a_better_place_to_who_waits_for_one)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-12}\n"
        "regimes: {house: {}, prison: {}, low: {}, cell: {places: unlimited, emergency: true}}\n"
        "units: {h: {regime: house, places: 0}, p: {regime: prison, places: 1}, l: {regime: low, "
        "places: 1}}\n"
        "statuses: {held: {stay: 50 days, waits: {in: cell, limit: 1 day, at_limit: "
        "[out_of_category, stay]}}}\n"
        "placement: {all: {to: [house], out_of_category: [prison]}}\n"
        "start: {waiting: {held: {persons: 1}}}\n"
        "measures: {m: {kind: placement, starts: 2026-01-04, rule: all, also: [low]}}\n",
        0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 waiting/held 0 waits held cell\n"
                                                  "1 00:00 waiting/held 0 placed held p\n"
                                                  "3 00:00 waiting/held 0 placed held l\n");
}
