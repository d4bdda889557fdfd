#include <criterion/criterion.h>
#include <string.h>

#include "tests/present.h"
#include "tests/support.h"

static void expect_history(const struct support_run *run, const char *first, const char *rest)
{
    char history[1200];
    snprintf(history, sizeof history, "%s%s", first, rest);
    cr_expect_str_eq(support_history(run, "present/a"), history, "%s, not %s",
                     support_history(run, "present/a"), history);
}

static void expect_count(const struct support_run *run, const char *column, int64_t value)
{
    cr_expect_eq(support_year(run, column, 2026), value, "%s %lld", column,
                 (long long)support_year(run, column, 2026));
}

/* A case of one person: the measures, what happens to him, and of measure m people and minutes. */
struct one {
    const char *measures, *rest;
    int64_t     people, minutes;
};

static void expect_all(const char *world, const char *first, const struct one *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char text[2000];
        snprintf(text, sizeof text, "%smeasures: {%s}\n", world, table[i].measures);
        struct support_run run = support_run(text, 0);
        expect_history(&run, first, table[i].rest);
        expect_count(&run, "people measure.m", table[i].people);
        expect_count(&run, "days_saved measure.m", table[i].minutes);
    }
}

#define EXPECT_ALL(world, first, table)                                                            \
    expect_all(world, first, table, sizeof(table) / sizeof(table)[0])

/* -- remand */

/* From day 10 at 0:00 to day 21 at 12:00 are 11.5 days, 16,560 minutes. */
Test(present, remand_goes_on_outside_to_the_same_end)
{
    static const struct one table[] = {
        {AT_HOME("", "2026-01-11") "1}", GOES("10 00:00") IS_FREE("21 12:00"), 1, 16560},
        {AT_HOME("", "2026-01-11") "1, ends: 2026-01-11}", GOES("10 00:00") IS_FREE("21 12:00"), 1,
         16560},
        {AT_HOME("", "2026-01-11") "0}", LEAVES("21 12:00"), 0, 0},
        {AT_HOME("", "2026-01-11") "1, chance: 0}", LEAVES("21 12:00"), 0, 0},
        {"m: {kind: instead_of_remand, in: ankle, share: 1, applies_to: entrants, who: {status: "
         "jail" DAY_10 "}",
         LEAVES("21 12:00"), 0, 0},
        {AT_HOME(", sentence: {at_most: 19 days}", "2026-01-11") "1}", LEAVES("21 12:00"), 0, 0},
        {AT_HOME(", sentence: {at_least: 20 days}", "2026-01-11") "1}",
         GOES("10 00:00") IS_FREE("21 12:00"), 1, 16560},
        /* on the last day, 12 hours before; after it */
        {AT_HOME("", "2026-01-22") "1}", GOES("21 00:00") IS_FREE("21 12:00"), 1, 720},
        {AT_HOME("", "2026-01-23") "1}", LEAVES("21 12:00"), 0, 0},
        /* who fails after 4 days serves the rest inside; after 12 he is free before */
        {AT_HOME("", "2026-01-11") "1, fails: {share: 1, after: 4 days, as: jail}}",
         GOES("10 00:00") BACK("14 00:00") LEAVES("21 12:00"), 1, 4 * 1440},
        {AT_HOME("", "2026-01-11") "1, fails: {share: 1, after: 12 days, as: jail}}",
         GOES("10 00:00") IS_FREE("21 12:00"), 1, 16560},
        /* of two that start on one day the first by name takes him; who is outside is not judged */
        {"b: {" REMAND DAY_10 ", share: 1}, " AT_HOME("", "2026-01-11") "1}",
         GOES("10 00:00") IS_FREE("21 12:00"), 0, 0},
        {AT_HOME("", "2026-01-11") "1, fails: {share: 1, after: 4 days, as: jail}}, z: {" REMAND
                                   "}, starts: 2026-01-13, share: 1}",
         GOES("10 00:00") BACK("14 00:00") LEAVES("21 12:00"), 1, 4 * 1440},
    };
    EXPECT_ALL(ALONE, COMES, table);
}

/* By his rule he is under a bracelet already: he fails 8 days after the measure took him, not after
 * he came, also when a hearing on day 12 moves his end a day forward. */
Test(present, remand_of_who_is_outside_by_his_rule_fails_from_the_measure_on)
{
    static const char world[] = QUARTER REGIMES
        "placement: {all: {who: {status: {not: coming}}, to: [ankle]}}\n" JAIL("") ONE;
    static const struct one table[] = {
        {AT_HOME("", "2026-01-11") "1, fails: {share: 1, after: 8 days, as: jail}}, z: {" HEARING
                                   "}, starts: 2026-01-13, earlier: 1 day}",
         GOES("10 00:00") "18 00:00 present/a 0 status jail outside\n"
                          "18 00:00 present/a 0 placed jail ankle\n" IS_FREE("20 12:00"),
         1, 8 * 1440},
    };
    EXPECT_ALL(world,
               "1 12:00 present/a 0 status jail outside\n1 12:00 present/a 0 placed jail ankle\n",
               table);
}

/* Of 20 days of remand 10 are over at the start: on day 10 at 0:00 it ends, and no measure of that
 * minute is for him. */
Test(present, remand_of_who_is_there_at_the_start)
{
    static const char world[] =
        QUARTER       REGIMES "placement: {all: {to: [ward]}}\nstatuses: {jail: {stay: 20 days}}\n"
                              "start: {present: {a: {status: jail, persons: 1, elapsed: 10 days}}}\n";
    static const struct one table[] = {
        {AT_HOME("", "2026-01-01") "1}", GOES("0 00:00") IS_FREE("10 00:00"), 1, 10 * 1440},
        {AT_HOME("", "2026-01-10") "1}", GOES("9 00:00") IS_FREE("10 00:00"), 1, 1440},
        {AT_HOME("", "2026-01-11") "1}", LEAVES("10 00:00"), 0, 0},
    };
    EXPECT_ALL(world, "0 00:00 present/a 0 placed jail ward\n", table);
}

/* The way on stays, and what he serves there is custody that counts: of a sentence of 30 days from
 * day 1 at 12:00 on the last 10 are left. */
Test(present, remand_outside_goes_on_as_for_all)
{
    static const struct one table[] = {
        {AT_HOME("", "2026-01-11") "1}",
         GOES(
             "10 00:00") "21 12:00 present/a 0 status held ankle\n21 12:00 present/a 0 placed held "
                         "ward\n31 12:00 present/a 0 released held ward\n",
         1, 16560}};
    EXPECT_ALL(
        QUARTER PLACES JAIL(
            ", served: true, next: {held: 1}") "  held: {clock: custody, sentence: 30 days}\n" ONE,
        COMES, table);
}

/* The one place is another's (or of two, for who is called up, one): he waits from day 1 at 12:00.
 * Where his stay has not begun, it begins outside: 20 days from day 10. At home from day 4 at 12:00
 * to day 13 at 12:00, he is not judged. */
Test(present, remand_of_who_waits)
{
    static const struct {
        int         places;
        const char *waits, *rest;
        int64_t     people, minutes;
    } table[] = {
        {1, "waits: {in: cell}", GOES("10 00:00") IS_FREE("30 00:00"), 1, 20 * 1440},
        {1, "clock: arrival, waits: {in: cell}", GOES("10 00:00") IS_FREE("21 12:00"), 1, 16560},
        {1, "clock: custody, waits: {in: cell}", GOES("10 00:00") IS_FREE("21 12:00"), 1, 16560},
        {1, "waits: {in: outside}", GOES("10 00:00") IS_FREE("30 00:00"), 1, 20 * 1440},
        {1, "clock: arrival, waits: {in: outside}", GOES("10 00:00") IS_FREE("21 12:00"), 1, 16560},
        {1, "clock: arrival, waits: {in: cell, limit: 5 days, at_limit: [stay]}",
         GOES("10 00:00") IS_FREE("21 12:00"), 1, 16560},
        {1,
         "clock: custody, waits: {in: cell, limit: 3 days, at_limit: [sent_home]}, sent_home: "
         "{back_after: 9 days}",
         "13 12:00 present/a 0 waits jail outside\n13 12:00 present/a 0 moved jail cell\n", 0, 0},
        /* called on Monday, day 4, to come on day 13; he has not come by day 10 */
        {2, "waits: {in: outside}, called_up: {notice: 9 days}",
         "4 00:00 present/a 0 called jail outside\n" GOES("10 00:00") IS_FREE("30 00:00"), 1,
         20 * 1440},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[2000];
        snprintf(text, sizeof text,
                 QUARTER
                 "regimes: {ward: {}, cell: {places: unlimited, emergency: true}, ankle: "
                 "{places: unlimited, outside: true}}\nunits: {w: {regime: ward, places: %d}}\n"
                 "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n" COMING
                 "  life: {clock: arrival}\n  jail: {stay: 20 days, %s}\n"
                 "start: {present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}, l: "
                 "{status: life, persons: 1, elapsed: 1 day}}}\n"
                 "measures: {" AT_HOME("", "2026-01-11") "1}}\n",
                 table[i].places, table[i].waits);
        struct support_run run = support_run(text, 0);
        const char        *history = support_history(&run, "present/a");
        cr_expect(strstr(history, table[i].rest), "%s: %s", table[i].waits, history);
        expect_count(&run, "people measure.m", table[i].people);
        expect_count(&run, "days_saved measure.m", table[i].minutes);
        cr_expect_eq(support_day(&run, "waiting total", "2026-01-12"), 0, "%s", table[i].waits);
    }
}

/* Of two places one is taken. Of two in the queue the one who waits longest is called on Monday,
 * day 4, to come on day 13; he goes outside on day 10, so that on Monday, day 11, the other is
 * called, to come on day 20. */
Test(present, whom_remand_outside_takes_out_of_a_queue_is_no_longer_awaited)
{
    struct support_run run = support_run(
        QUARTER
        "regimes: {ward: {}, ankle: {places: unlimited, outside: true}}\n"
        "units: {w: {regime: ward, places: 2}}\nplacement: {all: {to: [ward]}}\nstatuses:\n"
        "  life: {clock: arrival}\n"
        "  jail: {stay: 20 days, waits: {in: outside}, called_up: {notice: 9 days}}\n"
        "  other: {stay: 20 days, waits: {in: outside}, called_up: {notice: 9 days}}\n"
        "start: {present: {l: {status: life, persons: 1, elapsed: 1 day}}, waiting: {a: "
        "{status: jail, persons: 1, since: 5 days}, b: {status: other, persons: 1, since: 1 "
        "day}}}\nmeasures: {" AT_HOME("", "2026-01-11") "1}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "waiting/a"),
                     "0 00:00 waiting/a 0 waits jail outside\n"
                     "4 00:00 waiting/a 0 called jail outside\n"
                     "10 00:00 waiting/a 0 replaced jail ankle\n"
                     "30 00:00 waiting/a 0 released jail ankle\n",
                     "%s", support_history(&run, "waiting/a"));
    cr_expect_str_eq(support_history(&run, "waiting/b"),
                     "0 00:00 waiting/b 0 waits other outside\n"
                     "11 00:00 waiting/b 0 called other outside\n"
                     "20 00:00 waiting/b 0 placed other w\n"
                     "40 00:00 waiting/b 0 released other w\n",
                     "%s", support_history(&run, "waiting/b"));
}

/* Day 9 is a Saturday. A stay of one day that waits for the one place begins outside then, and
 * would end on Sunday: on the Friday before, but not before it is decided. */
Test(present, remand_that_begins_outside_may_end_at_once_for_the_weekend)
{
    static const char world[] =
        QUARTER "regimes: {ward: {}, ankle: {places: unlimited, outside: true}}\n"
                "units: {w: {regime: ward, places: 1}}\nplacement: {all: {to: [ward]}}\nstatuses:\n"
                "  life: {clock: arrival}\n"
                "  jail: {stay: 1 day, release: {weekend: friday}, waits: {in: outside}}\n"
                "start: {present: {l: {status: life, persons: 1, elapsed: 1 day}}, waiting: {a: "
                "{status: jail, persons: 1, since: 5 days}}}\n";
    static const char *const fails[] = {"", ", fails: {share: 1, after: 1 day, as: jail}"};
    for (int i = 0; i < 2; i++) {
        char text[1600];
        snprintf(text, sizeof text, "%smeasures: {" AT_HOME("", "2026-01-10") "1%s}}\n", world,
                 fails[i]);
        struct support_run run = support_run(text, 0);
        cr_expect_str_eq(support_history(&run, "waiting/a"),
                         "0 00:00 waiting/a 0 waits jail outside\n"
                         "9 00:00 waiting/a 0 replaced jail ankle\n"
                         "9 00:00 waiting/a 0 released jail ankle\n",
                         "%s", support_history(&run, "waiting/a"));
        expect_count(&run, "people measure.m", 1);
        expect_count(&run, "days_saved measure.m", 0);
    }
}

/* An early date that he has stays, as with a last part: 3 days before day 21. Who fails serves up
 * to the planned end, or an earlier one that is given to him again. A valve that was open from day
 * 3 on gave 4 days, to day 17; it takes them back when it closes on day 12, and he fails as he
 * would. */
Test(present, remand_outside_keeps_an_early_date)
{
#define EARLY "e: {kind: early_release, starts: 2025-12-31, earlier: 3 days}"
    static const struct one table[] = {
        {AT_HOME("", "2026-01-11") "1}, " EARLY, GOES("10 00:00") IS_FREE("18 12:00"), 1, 12240},
        {AT_HOME("", "2026-01-11") "1" FAILS("5 days") ", " EARLY,
         GOES("10 00:00") BACK("15 00:00") LEAVES("18 12:00"), 1, 5 * 1440},
        {AT_HOME("", "2026-01-11") "1" FAILS("9 days") ", " EARLY,
         GOES("10 00:00") IS_FREE("18 12:00"), 1, 12240},
    };
    EXPECT_ALL(ALONE, COMES, table);
    static const struct one closes[] = {
        {AT_HOME("", "2026-01-11") "1}", GOES("10 00:00") IS_FREE("21 12:00"), 1, 10800},
        {AT_HOME("", "2026-01-11") "1" FAILS("5 days"),
         GOES("10 00:00") BACK("15 00:00") LEAVES("21 12:00"), 1, 5 * 1440},
        {AT_HOME("", "2026-01-11") "1" FAILS("9 days"),
         GOES("10 00:00") BACK("19 00:00") LEAVES("21 12:00"), 1, 10800},
    };
#define OPEN(to) ALONE "valves: {v: {from: 2026-01-04" to ", does: {release_early: 4 days}}}\n"
    EXPECT_ALL(OPEN(", to: 2026-01-12"), COMES, closes);
    static const struct one open[] = {
        {AT_HOME("", "2026-01-11") "1}", GOES("10 00:00") IS_FREE("17 12:00"), 1, 10800},
        {AT_HOME("", "2026-01-11") "1" FAILS("5 days"),
         GOES("10 00:00") BACK("15 00:00") LEAVES("17 12:00"), 1, 5 * 1440},
    };
    EXPECT_ALL(OPEN(""), COMES, open);
}

/* The one place is taken at the midnights of days 2 to 10, the last of which is that of 0:00 of day
 * 10 at which he goes: 9 reviews find it so. */
Test(present, remand_goes_outside_after_what_valves_look_at)
{
    struct support_run run = support_run(
        QUARTER "regimes: {ward: {}, ankle: {places: unlimited, outside: true}}\n"
                "units: {w: {regime: ward, places: 1}}\n"
                "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n" JAIL("") ONE
        "valves: {v: {opens: {occupancy: {at_least: 0.9}}, closes: {occupancy: {below: "
        "0.8}}, review: 1 day, does: {release_early: 1 day, share: 0}}}\n"
        "measures: {" AT_HOME("", "2026-01-11") "1}}\n",
        0);
    expect_count(&run, "days_open valve.v", 9);
}

/* -- hearings */

/* 20 days, to day 21 at 12:00; on day 10 at 0:00 8.5 of them are over. */
Test(present, a_hearing_moves_the_end_of_a_stay)
{
    static const struct one table[] = {
        {SOONER("", "2026-01-11") "earlier: 9 days}", LEAVES("12 12:00"), 1, 9 * 1440},
        {SOONER("", "2026-01-11") "earlier: 9 days, not_before: 15 days}", LEAVES("16 12:00"), 1,
         5 * 1440},
        {SOONER("", "2026-01-11") "earlier: 9 days, not_before: 20 days}", LEAVES("21 12:00"), 0,
         0},
        {SOONER("", "2026-01-11") "factor: 0.5}", LEAVES("11 12:00"), 1, 10 * 1440},
        {SOONER("", "2026-01-11") "factor: 0.9, earlier: 3 days}", LEAVES("16 12:00"), 1, 5 * 1440},
        {SOONER("", "2026-01-11") "factor: 1.5}", LEAVES("31 12:00"), 1, -10 * 1440},
        {SOONER("", "2026-01-11") "factor: 1}", LEAVES("21 12:00"), 0, 0},
        /* he is longer in than that: the minute after the one in which it is decided */
        {SOONER("", "2026-01-11") "earlier: 15 days}", LEAVES("10 00:01"), 1, 11 * 1440 + 719},
        {SOONER("", "2026-01-11") "factor: 0.1}", LEAVES("10 00:01"), 1, 11 * 1440 + 719},
        {SOONER("", "2026-01-22") "earlier: 9 days}", LEAVES("21 00:01"), 1, 719},
        {SOONER("", "2026-01-23") "earlier: 9 days}", LEAVES("21 12:00"), 0, 0},
        {SOONER("", "2026-01-11") "earlier: 9 days, ends: 2026-01-11}", LEAVES("12 12:00"), 1,
         9 * 1440},
        {SOONER("", "2026-01-11") "earlier: 9 days, share: 0}", LEAVES("21 12:00"), 0, 0},
        {SOONER("", "2026-01-11") "earlier: 9 days, chance: 0}", LEAVES("21 12:00"), 0, 0},
        {"m: {kind: hearings, applies_to: entrants, earlier: 9 days, who: {status: jail" DAY_10 "}",
         LEAVES("21 12:00"), 0, 0},
        {SOONER(", sentence: {at_least: 21 days}", "2026-01-11") "earlier: 9 days}",
         LEAVES("21 12:00"), 0, 0},
        /* as an entrant, and not once more */
        {SOONER("", "2026-01-02") "earlier: 9 days}", LEAVES("12 12:00"), 1, 9 * 1440},
    };
    EXPECT_ALL(ALONE, COMES, table);
}

/* Of those that start on one day each counts what it does beside the others: 20 - 2 - 9; 20 x 0.5 -
 * 1. Later ones find the stay as it is: 20 x 0.9 - 3; (20 - 2) x 0.5. */
Test(present, several_hearings_act_on_one_stay)
{
    static const struct one table[] = {
        {"b: {" HEARING DAY_10 ", earlier: 2 days}, " SOONER("", "2026-01-11") "earlier: 9 days}",
         LEAVES("10 12:00"), 1, 9 * 1440},
        {"b: {" HEARING DAY_10 ", factor: 0.5}, " SOONER("", "2026-01-11") "earlier: 1 day}",
         LEAVES("10 12:00"), 1, 1440},
        {"z: {" HEARING DAY_10 ", factor: 0.1}, " SOONER("", "2026-01-11") "earlier: 1 day}",
         LEAVES("10 00:01"), 0, 0},
        {"b: {" HEARING
         "}, starts: 2026-01-06, factor: 0.9}, " SOONER("", "2026-01-11") "earlier: 3 days}",
         LEAVES("16 12:00"), 1, 3 * 1440},
        {"b: {kind: hearings, who: {status: jail}, starts: 2026-01-02, earlier: 2 days}, " SOONER(
             "", "2026-01-11") "factor: 0.5}",
         LEAVES("10 12:00"), 1, 9 * 1440},
    };
    EXPECT_ALL(ALONE, COMES, table);
}

/* 10 of 20 days are over at the start; what is asked is the whole. */
Test(present, a_hearing_of_who_is_there_at_the_start)
{
    static const char world[] =
        QUARTER       REGIMES "placement: {all: {to: [ward]}}\nstatuses: {jail: {stay: 20 days}}\n"
                              "start: {present: {a: {status: jail, persons: 1, elapsed: 10 days}}}\n";
    static const struct one table[] = {
        {SOONER("", "2026-01-01") "earlier: 3 days}", LEAVES("7 00:00"), 1, 3 * 1440},
        {SOONER("", "2026-01-01") "factor: 0.5}", LEAVES("0 00:01"), 1, 10 * 1440 - 1},
        {SOONER("", "2026-01-06") "factor: 0.9}", LEAVES("8 00:00"), 1, 2 * 1440},
        {SOONER("", "2026-01-06") "factor: 0.75}", LEAVES("5 00:01"), 1, 5 * 1440 - 1},
        {SOONER("", "2026-01-06") "earlier: 6 days, not_before: 18 days}", LEAVES("8 00:00"), 1,
         2 * 1440},
        {SOONER("", "2026-01-11") "factor: 2}", LEAVES("10 00:00"), 0, 0},
    };
    EXPECT_ALL(world, "0 00:00 present/a 0 placed jail ward\n", table);
}

/* Day 16, 5 days before day 21, is a Saturday: the Friday before. With 4 days less it is Sunday, 3
 * Monday. A later one counts from the stay, not from the Friday: 20 - 5 + 2. */
Test(present, a_hearing_asks_for_the_weekend)
{
    static const struct one table[] = {
        {SOONER("", "2026-01-11") "earlier: 5 days}", LEAVES("15 12:00"), 1, 6 * 1440},
        {SOONER("", "2026-01-11") "earlier: 4 days}", LEAVES("15 12:00"), 1, 6 * 1440},
        {SOONER("", "2026-01-11") "earlier: 3 days}", LEAVES("18 12:00"), 1, 3 * 1440},
        {"b: {" HEARING DAY_10 ", earlier: 5 days}, " SOONER("", "2026-01-12") "factor: 17/15}",
         LEAVES("18 12:00"), 1, -3 * 1440},
    };
    EXPECT_ALL(QUARTER PLACES JAIL(", release: {weekend: friday}") ONE, COMES, table);
}

/* An early release of 3 days, and a last part of 4, count from the end as it is. Who is outside by
 * another measure since day 1 has his hearing too: he would fail on day 11, or on day 16. */
Test(present, other_dates_count_from_the_hearing)
{
    static const struct one table[] = {
        {SOONER("", "2026-01-11") "earlier: 5 days}, " EARLY, LEAVES("13 12:00"), 1, 5 * 1440},
        {SOONER("",
                "2026-01-11") "earlier: 5 days}, o: {kind: last_part_outside, in: ankle, starts: "
                              "2025-12-31, last: 4 days}",
         GOES("12 12:00") IS_FREE("16 12:00"), 1, 5 * 1440},
    };
    EXPECT_ALL(ALONE, COMES, table);
#define BANDED(after)                                                                              \
    SOONER("", "2026-01-11")                                                                       \
    "earlier: 9 days}, h: {kind: instead_of_remand, in: ankle, starts: "                           \
    "2026-01-02, share: 1, who: {status: jail}, fails: {share: 1, after: " after ", as: jail}}"
    static const struct one outside[] = {
        {BANDED("15 days"), IS_FREE("12 12:00"), 1, 9 * 1440},
        {BANDED("10 days"), BACK("11 12:00") LEAVES("12 12:00"), 1, 9 * 1440},
    };
    EXPECT_ALL(ALONE, "1 12:00 present/a 0 status jail outside\n" GOES("1 12:00"), outside);
}

/* Who is to leave on day 21 stands for the last 5 days in `low`; with 9 days less, on day 12, he
 * goes there at once. */
Test(present, a_rule_before_the_release_moves_with_the_hearing)
{
    static const struct one table[] = {
        {SOONER("", "2026-01-11") "earlier: 9 days}",
         "10 00:00 present/a 0 placed jail low\n12 12:00 present/a 0 released jail low\n", 1,
         9 * 1440}};
    EXPECT_ALL(QUARTER "regimes: {ward: {places: unlimited}, low: {places: unlimited}}\n"
                       "placement: {late: {who: {status: jail}, to: [low], at: 5 days before "
                       "release}, all: {who: {status: {not: coming}}, to: [ward]}}\n" JAIL("") ONE,
               COMES, table);
}

/* The one place is another's up to day 12: he waits in a cell, and his stay begins there, or not.
 * At home from day 4 at 12:00 to day 13 at 12:00 his clock of custody stands still: 3 days are
 * served, of 17 days 9 fall away, or all. */
Test(present, a_hearing_of_who_waits_or_is_at_home)
{
#define HOME                                                                                       \
    "clock: custody, waits: {in: cell, limit: 3 days, at_limit: [sent_home]}, sent_home: "         \
    "{back_after: 9 days}"
    static const struct {
        const char *status, *hearing, *rest;
        int64_t     minutes;
    } table[] = {
        {"waits: {in: cell}", "earlier: 9 days", "23 00:00 present/a 0 released jail w\n",
         9 * 1440},
        {"waits: {in: cell}", "earlier: 20 days", "12 00:01 present/a 0 released jail w\n",
         20 * 1440 - 1},
        {"clock: arrival, waits: {in: cell}", "earlier: 9 days",
         "12 12:00 present/a 0 released jail w\n", 9 * 1440},
        {"clock: arrival, waits: {in: cell}", "earlier: 10 days",
         "11 12:00 present/a 0 released jail cell\n", 10 * 1440},
        {HOME, "earlier: 9 days", "21 12:00 present/a 0 released jail w\n", 9 * 1440},
        {HOME, "earlier: 19 days", "13 12:00 present/a 0 released jail outside\n", 17 * 1440},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[2000];
        snprintf(text, sizeof text,
                 QUARTER
                 "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"
                 "units: {w: {regime: ward, places: 1}}\n"
                 "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n" COMING
                 "  other: {stay: 20 days}\n  jail: {stay: 20 days, %s}\n"
                 "start: {present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}, l: "
                 "{status: other, persons: 1, elapsed: 8 days}}}\n"
                 "measures: {" SOONER("", "2026-01-11") "%s}}\n",
                 table[i].status, table[i].hearing);
        struct support_run run = support_run(text, 0);
        const char        *history = support_history(&run, "present/a");
        cr_expect(strstr(history, table[i].rest), "%s, %s: %s", table[i].status, table[i].hearing,
                  history);
        expect_count(&run, "people measure.m", 1);
        expect_count(&run, "days_saved measure.m", table[i].minutes);
    }
}

/* The one place is another's. Who has been in the queue for 7 days in the minute of the hearing
 * stands for `low` from then on. Of 30 days from day 3 on 9 fall away: to day 24. */
Test(present, a_hearing_leaves_a_rule_that_comes_in_that_minute)
{
    struct support_run run = support_run(
        QUARTER "regimes: {ward: {}, low: {places: unlimited}}\n"
                "units: {w: {regime: ward, places: 1}}\n"
                "placement: {soon: {who: {status: jail}, to: [low], after: 7 days}, all: {who: "
                "{status: {not: coming}}, to: [ward]}}\n" COMING "  life: {clock: arrival}\n"
                "  jail: {clock: arrival, stay: 30 days, waits: {in: outside}}\n"
                "start: {present: {a: {status: coming, persons: 1, elapsed: 97 days}, l: {status: "
                "life, persons: 1, elapsed: 1 day}}}\n"
                "measures: {" SOONER("", "2026-01-11") "earlier: 9 days}}\n",
        0);
    expect_history(
        &run,
        "3 00:00 present/a 0 status jail outside\n3 00:00 present/a 0 waits jail "
        "outside\n",
        "10 00:00 present/a 0 placed jail low\n24 00:00 present/a 0 released jail low\n");
}

/* Of 40 days of remand from day 3 on he is outside for one; then the rest is in a status that is
 * called up: on Monday, day 11, to come on day 20. A hearing on day 14 takes 9 days off: to day 34.
 */
Test(present, a_hearing_of_who_is_called_up_while_his_stay_runs)
{
    struct support_run run = support_run(
        QUARTER PLACES COMING
        "  jail: {clock: arrival, stay: 40 days}\n"
        "  late: {stay: 10 days, waits: {in: outside}, called_up: {notice: 9 days}}\n"
        "start: {present: {a: {status: coming, persons: 1, elapsed: 97 days}}}\n"
        "measures: {h: {kind: instead_of_remand, in: ankle, starts: 2026-01-02, share: 1, who: "
        "{status: jail}, fails: {share: 1, after: 1 day, as: late}}, m: {kind: hearings, "
        "applies_to: "
        "present, who: {status: late}, starts: 2026-01-15, earlier: 9 days}}\n",
        0);
    expect_history(
        &run, "3 00:00 present/a 0 status jail outside\n" GOES("3 00:00"),
        "4 00:00 present/a 0 status late outside\n4 00:00 present/a 0 waits late outside\n"
        "11 00:00 present/a 0 called late outside\n20 00:00 present/a 0 placed late ward\n"
        "34 00:00 present/a 0 released late ward\n");
    expect_count(&run, "days_saved measure.m", 9 * 1440);
}

/* Outside for the last 4 days, from day 17 at 12:00 on, he would leave 3 days early. On day 18 his
 * 20 days become 22: to day 23, early to day 20. Those 3 days he would have been outside. */
Test(present, days_before_a_last_part_are_counted_by_the_end_that_moved)
{
    struct support_run run = support_run(
        ALONE
        "measures: {" SOONER("", "2026-01-19") "factor: 1.1}, e: {kind: early_release, starts: "
                                               "2025-12-31, earlier: 3 days}, o: {kind: "
                                               "last_part_outside, in: ankle, starts: "
                                               "2025-12-31, last: 4 days}}\n",
        0);
    expect_history(&run, COMES, GOES("17 12:00") IS_FREE("20 12:00"));
    expect_count(&run, "punishment_not_served measure.e", 3 * 1440);
    expect_count(&run, "days_saved measure.e", 0);
}

Test(present, costs_so_much_for_each_on_the_first_day)
{
    struct support_run run = support_run(
        ALONE "measures: {" SOONER("", "2026-01-11") "earlier: 9 days, cost: "
                                                     "{per_person: 12.34}}, r: {" REMAND DAY_10
                                                     ", share: 1, cost: "
                                                     "{per_person: 5}}}\n",
        0);
    expect_count(&run, "cost measure.m", 1234);
    expect_count(&run, "cost_measures measure.m", 1234);
    expect_count(&run, "cost measure.r", 500);
    /* the hearing comes first: from day 10 at 0:00 to day 12 at 12:00 */
    expect_count(&run, "days_saved measure.r", 3600);
    expect_history(&run, COMES, GOES("10 00:00") IS_FREE("12 12:00"));
}

/* -- how many */

/* A flow of 20 a day with stays of exactly 40 days: 800 people, of whom a share of 0.3 goes outside
 * on day 100, 240 with a deviation of 13; and of a hearing 10 days earlier by a share of 0.3 each
 * of those in their last 10 days, 60, leaves in the next minute. Larger shares take these and more.
 */
Test(present, touches_such_a_share_of_who_is_there, .timeout = 60)
{
    static const char *const share[] = {"0.3", "0.6"};
    int64_t                  people[2][2];
    for (int k = 0; k < 2; k++)
        for (int s = 0; s < 2; s++) {
            char text[1200];
            snprintf(text, sizeof text,
                     QUARTER "regimes: {ward: {places: unlimited}, ankle: {places: unlimited, "
                             "outside: true}}\nplacement: {all: {to: [ward]}}\n"
                             "statuses: {jail: {stay: 40 days}}\n"
                             "flows: {theft: {status: jail, per_day: 20}}\n"
                             "measures: {m: {kind: %s, applies_to: present, starts: 2026-03-12, "
                             "ends: 2026-03-12, share: %s, %s}}\n",
                     k == 0 ? "instead_of_remand" : "hearings", share[s],
                     k == 0 ? "in: ankle" : "earlier: 10 days");
            struct support_run run = support_run(text, 0);
            people[k][s] = support_year(&run, "people measure.m", 2026);
        }
    for (int k = 0; k < 2; k++) {
        cr_expect(people[k][0] > 246 - 4 * 14 && people[k][0] < 246 + 4 * 14, "%lld",
                  (long long)people[k][0]);
        cr_expect(people[k][1] > 492 - 4 * 15 && people[k][1] < 492 + 4 * 15, "%lld",
                  (long long)people[k][1]);
    }
}
