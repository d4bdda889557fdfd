#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* As in test_replace.c: 2026-01-01, day 0, is a Thursday; with elapsed 141,840 minutes one comes to
 * the next status on day 1 at 12:00. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-04-01}\n"
#define PLACES                                                                                     \
    "regimes: {ward: {places: unlimited}, ankle: {places: unlimited, outside: true}, tag: "        \
    "{places: "                                                                                    \
    "unlimited, outside: true}}\n"                                                                 \
    "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n"
#define HELD                                                                                       \
    "statuses:\n  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"                     \
    "  held: {sentence: 30 days}\n"
#define ONE "start: {present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}}}\n"
#define ALONE QUARTER PLACES HELD ONE
#define COMES "1 12:00 present/a 0 status held outside\n1 12:00 present/a 0 placed held ward\n"

/* Who is there at the start arrived on the day before, 2025-12-31. */
#define SINCE "starts: 2025-12-31"

static void expect(const struct support_run *run, const char *rest, const char *column,
                   int64_t value)
{
    char history[900];
    snprintf(history, sizeof history, COMES "%s", rest);
    cr_expect_str_eq(support_history(run, NULL), history, "%s", support_history(run, NULL));
    cr_expect_eq(support_year(run, column, 2026), value, "%s %lld", column,
                 (long long)support_year(run, column, 2026));
}

#define OUT_FROM(day, unit)                                                                        \
    day " 12:00 present/a 0 replaced held " unit "\n"                                              \
        "31 12:00 present/a 0 released held " unit "\n"
#define STAYS "31 12:00 present/a 0 released held ward\n"
#define LEAVES_ON(day) day " 12:00 present/a 0 released held ward\n"

/* The sentence of 30 days ends on day 31 at 12:00. A part of 1/6 is 5 days. */
Test(last_part, begins_so_long_before_the_planned_release)
{
    static const struct {
        const char *keys, *rest;
        int64_t     saved_min;
    } table[] = {
        {SINCE ", last: 10 days", OUT_FROM("21", "ankle"), 14400},
        {SINCE ", part: 1/6", OUT_FROM("26", "ankle"), 7200},
        {SINCE ", part: 1/6, at_most: 3 days", OUT_FROM("28", "ankle"), 4320},
        {SINCE ", part: 1/6, at_most: 5 days", OUT_FROM("26", "ankle"), 7200},
        {SINCE ", part: 0", STAYS, 0},
        {SINCE ", last: 10 days, share: 0", STAYS, 0},
        {SINCE ", last: 10 days, who: {sentence: {at_least: 31 days}}", STAYS, 0},
        {SINCE ", last: 10 days, chance: 0", STAYS, 0},
        /* an entrant of the day before; from the first day of the period on for who is present */
        {"starts: 2026-01-01, last: 10 days", STAYS, 0},
        {"starts: 2026-01-01, applies_to: present, last: 10 days", OUT_FROM("21", "ankle"), 14400},
        /* when it begins on day 14 his release is planned; when on day 24, its last 10 days have
         * begun 2.5 days before, and he goes in the first minute of the day */
        {"starts: 2026-01-15, applies_to: present, last: 10 days", OUT_FROM("21", "ankle"), 14400},
        {"starts: 2026-01-25, applies_to: present, last: 10 days",
         "24 00:01 present/a 0 replaced held ankle\n31 12:00 present/a 0 released held ankle\n",
         10799},
        {"starts: 2025-12-01, ends: 2026-01-01, applies_to: present, last: 10 days", STAYS, 0},
        /* longer than all: in the minute after he has come */
        {SINCE ", last: 40 days",
         "1 12:01 present/a 0 replaced held ankle\n31 12:00 present/a 0 released held ankle\n",
         43199},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[1200];
        snprintf(text, sizeof text,
                 ALONE "measures: {m: {kind: last_part_outside, in: ankle, %s}}\n", table[i].keys);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest, "days_saved measure.m", table[i].saved_min);
        cr_expect_eq(support_year(&run, "people measure.m", 2026), table[i].saved_min > 0);
    }
}

/* He is released on day 31 at 12:00; `at` 15.5 days before it is 0:00 of day 16, when a measure for
 * who is present begins too, whether it is for him or not: he moves to the yard all the same. */
Test(last_part, begins_beside_a_rule_whose_date_comes_in_the_same_minute)
{
    static const struct {
        const char *who, *rest;
        int64_t     saved_min;
    } table[] = {
        {"coming",
         "16 00:00 present/a 0 placed held yard\n31 12:00 present/a 0 released held yard\n", 0},
        {"held", "16 00:00 present/a 0 placed held yard\n" OUT_FROM("21", "ankle"), 14400},
    };
    for (int i = 0; i < 2; i++) {
        char text[1600];
        snprintf(text, sizeof text,
                 QUARTER
                 "regimes: {ward: {places: unlimited}, yard: {places: unlimited}, ankle: {places: "
                 "unlimited, outside: true}}\n"
                 "placement:\n"
                 "  late: {who: {status: held}, to: [yard], at: 372 hours before release}\n"
                 "  all: {who: {status: {not: coming}}, to: [ward]}\n" HELD ONE
                 "measures: {m: {kind: last_part_outside, in: ankle, last: 10 days, starts: "
                 "2026-01-17, applies_to: present, who: {status: %s}}}\n",
                 table[i].who);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest, "days_saved measure.m", table[i].saved_min);
    }
}

/* He keeps his status, and his place falls free. */
Test(last_part, is_outside_and_frees_the_place)
{
    struct support_run run =
        support_run(ALONE "measures: {m: {kind: last_part_outside, in: ankle, last: 10 days, " SINCE
                          ", cost: {per_person: 250}}}\n",
                    0);
    cr_expect_eq(support_day(&run, "present total", "2026-01-21"), 1);
    cr_expect_eq(support_day(&run, "present total", "2026-01-22"), 0);
    cr_expect_eq(support_year(&run, "cost measure.m", 2026), 25000);
    cr_expect_eq(run.record.total[TOTAL_LEFT], 1);
}

/* The longest part has the earliest date, whatever its name and start, and owns the days. */
Test(last_part, of_several_the_earliest_owns_the_days)
{
    struct support_run run = support_run(
        ALONE "measures:\n"
              "  a: {kind: last_part_outside, in: ankle, last: 10 days, starts: 2025-01-01}\n"
              "  b: {kind: last_part_outside, in: tag, last: 12 days, " SINCE "}\n",
        0);
    expect(&run, OUT_FROM("19", "tag"), "days_saved measure.b", 12 * 1440);
    cr_expect_eq(support_year(&run, "people measure.a", 2026), 0);
}

/* What a has given stays when a is over and b begins, later or in the very minute in which he goes:
 * 252 hours before day 31 at 12:00 is day 21 at 0:00. */
Test(last_part, that_is_planned_stays_when_another_measure_begins)
{
    static const char *const starts[] = {"2026-01-15", "2026-01-22"};
    for (size_t i = 0; i < 2; i++) {
        char text[1600];
        snprintf(text, sizeof text,
                 "%smeasures:\n"
                 "  a: {kind: last_part_outside, in: ankle, last: 252 hours, starts: 2026-01-01, "
                 "ends: 2026-01-10, applies_to: present}\n"
                 "  b: {kind: last_part_outside, in: tag, last: 2 days, starts: %s, applies_to: "
                 "present}\n",
                 ALONE, starts[i]);
        struct support_run run = support_run(text, 0);
        expect(&run,
               "21 00:00 present/a 0 replaced held ankle\n"
               "31 12:00 present/a 0 released held ankle\n",
               "people measure.a", 1);
    }
}

/* 252 hours before day 31 at 12:00 is day 21 at 0:00, when the measure begins too and all plans are
 * made anew. */
Test(last_part, leaves_a_rule_that_comes_in_the_minute_in_which_it_begins)
{
    struct support_run run = support_run(
        QUARTER "regimes: {ward: {places: unlimited}, low: {places: unlimited}, "
                "ankle: {places: unlimited, outside: true}}\n"
                "placement:\n"
                "  end: {who: {status: held}, at: 252 hours before release, to: [low]}\n"
                "  all: {who: {status: held}, to: [ward]}\n" HELD ONE
                "measures: {m: {kind: last_part_outside, in: ankle, starts: 2026-01-22, "
                "applies_to: present, last: 5 days}}\n",
        0);
    expect(&run,
           "21 00:00 present/a 0 placed held low\n"
           "26 12:00 present/a 0 replaced held ankle\n"
           "31 12:00 present/a 0 released held ankle\n",
           "people measure.m", 1);
}

/* After 4 days he comes back by way of outside, and leaves when it was planned. */
Test(last_part, who_fails_serves_the_rest_inside)
{
    static const char fails[] = "fails: {share: %s, after: %s, as: held}";
    static const struct {
        const char *share, *after, *rest;
        int64_t     saved_min, failed;
    } table[] = {
        {"1", "4 days",
         "21 12:00 present/a 0 replaced held ankle\n"
         "25 12:00 present/a 0 status held outside\n"
         "25 12:00 present/a 0 placed held ward\n"
         "31 12:00 present/a 0 released held ward\n",
         4 * 1440, 1},
        {"1", "10 days", OUT_FROM("21", "ankle"), 14400, 0},
        {"0", "4 days", OUT_FROM("21", "ankle"), 14400, 0},
    };
    for (int i = 0; i < 3; i++) {
        char text[1200], keys[200];
        snprintf(keys, sizeof keys, fails, table[i].share, table[i].after);
        snprintf(text, sizeof text,
                 ALONE "measures: {m: {kind: last_part_outside, in: ankle, last: 10 days, " SINCE
                       ", %s}}\n",
                 keys);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest, "days_saved measure.m", table[i].saved_min);
        cr_expect_eq(support_year(&run, "failed measure.m", 2026), table[i].failed);
    }
}

#define EARLY(keys) "  e: {kind: early_release, " SINCE ", " keys "}\n"

/* Not before the minute after the one in which it is planned: 12:01. */
Test(early, comes_so_long_before_the_planned_release)
{
    static const struct {
        const char *keys, *rest;
        int64_t     saved_min;
    } table[] = {
        {"earlier: 3 days", LEAVES_ON("28"), 4320},
        {"part: 1/10", LEAVES_ON("28"), 4320},
        {"part: 1/2, at_most: 4 days", LEAVES_ON("27"), 5760},
        {"earlier: 3 days, share: 0", STAYS, 0},
        {"earlier: 0 days", STAYS, 0},
        {"earlier: 99 days", "1 12:01 present/a 0 released held ward\n", 43199},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[1200];
        snprintf(text, sizeof text,
                 ALONE "measures: {e: {kind: early_release, " SINCE
                       ", cost: {per_person: 9}, %s}}\n",
                 table[i].keys);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest, "days_saved measure.e", table[i].saved_min);
        cr_expect_eq(support_year(&run, "punishment_not_served measure.e", 2026),
                     table[i].saved_min);
        cr_expect_eq(support_year(&run, "people measure.e", 2026), table[i].saved_min > 0);
        cr_expect_eq(support_year(&run, "cost measure.e", 2026), table[i].saved_min > 0 ? 900 : 0);
    }
}

/* On its first day, 0:00 of day 29, the date of who is present lies 12 hours back. */
Test(early, for_who_is_present_not_before_it_starts)
{
    struct support_run run = support_run(
        ALONE "measures: {e: {kind: early_release, starts: 2026-01-30, applies_to: present, "
              "earlier: 3 days}}\n",
        0);
    expect(&run, "29 00:01 present/a 0 released held ward\n", "days_saved measure.e", 3599);
}

/* Days do not add up: the earliest date wins, whatever the order in the file. */
Test(early, of_several_the_earliest_owns_the_days)
{
    static const char *orders[] = {"  a: {kind: early_release, " SINCE ", earlier: 3 days}\n"
                                   "  b: {kind: early_release, " SINCE ", earlier: 5 days}\n",
                                   "  b: {kind: early_release, " SINCE ", earlier: 5 days}\n"
                                   "  a: {kind: early_release, " SINCE ", earlier: 3 days}\n"};
    for (int i = 0; i < 2; i++) {
        char text[1200];
        snprintf(text, sizeof text, ALONE "measures:\n%s", orders[i]);
        struct support_run run = support_run(text, 0);
        expect(&run, LEAVES_ON("26"), "days_saved measure.b", 5 * 1440);
        cr_expect_eq(support_year(&run, "people measure.a", 2026), 0);
    }
}

/* The valve, open from day 10, has the earlier date: 4 days before day 31. Closed again on day 20
 * it takes that back, and the date of the measure holds once more. */
Test(early, a_valve_and_a_measure_are_compared_in_one_place)
{
    struct support_run open = support_run(
        ALONE "measures:\n" EARLY("earlier: 3 days") "valves: {v: {from: 2026-01-11, does: "
                                                     "{release_early: 4 days}}}\n",
        0);
    expect(&open, LEAVES_ON("27"), "days_saved valve.v", 4 * 1440);
    cr_expect_eq(support_year(&open, "people measure.e", 2026), 0);
    struct support_run closed =
        support_run(ALONE "measures:\n" EARLY(
                        "earlier: 3 days") "valves: {v: {from: 2026-01-11, to: 2026-01-20, does: "
                                           "{release_early: 4 days}}}\n",
                    0);
    expect(&closed, LEAVES_ON("28"), "days_saved measure.e", 3 * 1440);
    cr_expect_eq(support_year(&closed, "people valve.v", 2026), 0);
}

/* The last part counts from the planned release, day 31, not from the early one, day 28: out on day
 * 21. 7 days of the last part are left; no day inside is saved by leaving early. Where he is free
 * before his last part begins, on day 28, there is none: inside 1 day of the 3 is saved. */
Test(early, and_a_last_part)
{
    struct support_run run = support_run(
        ALONE "measures:\n" EARLY("earlier: 3 days") "  m: {kind: last_part_outside, in: ankle, "
                                                     "last: 10 days, " SINCE "}\n",
        0);
    expect(&run,
           "21 12:00 present/a 0 replaced held ankle\n28 12:00 present/a 0 released held ankle\n",
           "days_saved measure.m", 7 * 1440);
    cr_expect_eq(support_year(&run, "days_saved measure.e", 2026), 0);
    cr_expect_eq(support_year(&run, "punishment_not_served measure.e", 2026), 3 * 1440);
    struct support_run other = support_run(
        ALONE "measures:\n" EARLY("earlier: 3 days") "  m: {kind: last_part_outside, in: ankle, "
                                                     "last: 2 days, " SINCE "}\n",
        0);
    expect(&other, LEAVES_ON("28"), "days_saved measure.e", 1440);
    cr_expect_eq(support_year(&other, "people measure.m", 2026), 0);
}

/* He is sentenced to 40 days on day 5, after 5 in remand, and waits where he is: no prison has a
 * place. The planned release is on day 40 - 5 - 5 = 30 after that, day 35. */
#define BLOCKED(waits_in, more)                                                                    \
    "period: {start: 2026-01-01, end: 2026-03-31}\n"                                               \
    "regimes: {house: {}, prison: {}, police: {places: unlimited, emergency: true}, ankle: "       \
    "{places: unlimited, outside: true}}\n"                                                        \
    "units: {h: {regime: house, places: 1}, p: {regime: prison, places: 0}}\n"                     \
    "statuses:\n"                                                                                  \
    "  remand: {clock: arrival, stay: 10 days, served: true, next: {held: 1}}\n"                   \
    "  held: {clock: custody, sentence: 40 days, waits: {in: " waits_in "}}\n"                     \
    "placement: {remand: {who: {status: remand}, to: [house]}, held: {who: {status: held}, to: "   \
    "[prison]}}\n"                                                                                 \
    "start: {present: {a: {status: remand, persons: 1, elapsed: 5 days}}}\n" more "\n"

/* The house of detention is a place that he holds, as a prison would be. In a police cell he holds
 * none: he serves it all. */
Test(early, who_waits_in_the_place_that_he_keeps_has_dates_too)
{
    static const struct {
        const char *keys, *left, *column;
        int64_t     saved_days;
    } table[] = {
        {"valves: {v: {does: {release_early: 4 days}}}", "31 00:00 present/a 0 released held h\n",
         "days_saved valve.v", 4},
        {"valves: {v: {does: {release_early: 4 days, at_most: 1}}}",
         "31 00:00 present/a 0 released held h\n", "days_saved valve.v", 4},
        {"measures: {m: {kind: early_release, applies_to: present, starts: 2026-01-01, part: "
         "1/10}}",
         "31 00:00 present/a 0 released held h\n", "days_saved measure.m", 4},
        {"measures: {m: {kind: early_release, applies_to: present, starts: 2026-01-21, earlier: 4 "
         "days}}",
         "31 00:00 present/a 0 released held h\n", "days_saved measure.m", 4},
        {"measures: {m: {kind: suspension, applies_to: present, starts: 2026-01-01, after: [{part: "
         "1/2}]}}",
         "15 00:00 present/a 0 released held h\n", "days_saved measure.m", 20},
        {"measures: {m: {kind: last_part_outside, applies_to: present, starts: 2026-01-01, last: 9 "
         "days, in: ankle}}",
         "26 00:00 present/a 0 replaced held ankle\n35 00:00 present/a 0 released held ankle\n",
         "days_saved measure.m", 9},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[2000];
        snprintf(text, sizeof text, BLOCKED("present_place", "%s"), table[i].keys);
        struct support_run run = support_run(text, 0);
        const char        *history = support_history(&run, "present/a");
        cr_expect(strstr(history, table[i].left), "%s\n%s", table[i].keys, history);
        cr_expect_eq(support_year(&run, table[i].column, 2026), table[i].saved_days * 1440, "%s",
                     table[i].keys);
        snprintf(text, sizeof text, BLOCKED("police", "%s"), table[i].keys);
        run = support_run(text, 0);
        history = support_history(&run, "present/a");
        cr_expect(strstr(history, "35 00:00 present/a 0 released held police\n"), "%s\n%s",
                  table[i].keys, history);
    }
}

#define LAW(keys)                                                                                  \
    QUARTER "regimes: {ward: {places: unlimited}}\nplacement: {all: {to: [ward]}}\n"               \
            "statuses: {held: {sentence: 30 days, release: {conditional: [{remits: 1/3}]}}}\n"     \
            "shocks: {s: {on: 2026-01-05, persons: 1, flow: theft}}\n"                             \
            "flows: {theft: {status: held, per_year: 0}}\nmeasures: {" keys "}\n"

/* He comes on day 4. By his status he serves 20 days of 30; without the old law 30; with half of
 * the part above 10 days remitted 20, at most 4 days remitted 26. */
Test(conditional_release, is_that_of_the_day_of_arrival)
{
    static const struct {
        const char *text;
        int         days;
        int64_t     added_days, people;
    } table[] = {
        {LAW("m: {kind: conditional_release, starts: 2026-01-05, conditional: [{remits: 0}]}"), 30,
         10, 1},
        {LAW("m: {kind: conditional_release, starts: 2026-01-06, conditional: [{remits: 0}]}"), 20,
         0, 0},
        {LAW("m: {kind: conditional_release, starts: 2026-01-01, ends: 2026-01-04, conditional: "
             "[{remits: 0}]}"),
         20, 0, 0},
        {LAW("m: {kind: conditional_release, starts: 2026-01-01, conditional: [{up_to: 29 days, "
             "remits: 0}, {remits: 1/2, of_part_above: 10 days}]}"),
         20, 0, 0},
        {LAW("m: {kind: conditional_release, starts: 2026-01-01, conditional: [{up_to: 30 days, "
             "remits: 1/2, at_most: 4 days}]}"),
         26, 6, 1},
        {LAW("m: {kind: conditional_release, starts: 2026-01-01, granted: 0, conditional: "
             "[{remits: 1/2}]}"),
         30, 10, 1},
        {LAW("m: {kind: conditional_release, starts: 2026-01-01, share: 0, conditional: [{remits: "
             "0}]}"),
         20, 0, 0},
        /* the law that started last holds, whatever its name */
        {LAW("a: {kind: conditional_release, starts: 2026-01-03, conditional: [{remits: 1/2}]}, "
             "m: {kind: conditional_release, starts: 2026-01-02, conditional: [{remits: 0}]}"),
         15, 0, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct support_run run = support_run(table[i].text, 0);
        const char        *history = support_history(&run, NULL);
        char               released[32];
        snprintf(released, sizeof released, "\n%d ", 4 + table[i].days);
        cr_expect(strstr(history, released), "%zu: %s", i, history);
        cr_expect_eq(support_count(&run, TRACE_RELEASED, "held"), 1);
        cr_expect_eq(support_year(&run, "days_added measure.m", 2026), table[i].added_days * 1440);
        cr_expect_eq(support_year(&run, "people measure.m", 2026), table[i].people);
    }
}

/* A stay of 6 days. In the regime outside it counts as custody: of the sentence of
 * 30 days, which counts from custody, 24 are left. Who fails after 2 days is inside for the other
 * 4, and goes on by the same way. */
Test(instead_of_remand, is_served_outside_and_goes_on_as_for_all)
{
    static const char text[] =
        QUARTER PLACES "statuses:\n  coming: {clock: arrival, stay: 100 days, next: {jail: 1}}\n"
                       "  jail: {stay: 6 days, served: true, next: {held: 1}}\n"
                       "  held: {clock: custody, sentence: 30 days}\n" ONE
                       "measures: {m: {kind: instead_of_remand, starts: 2026-01-01, in: ankle, "
                       "who: {status: jail}, share: %s%s}}\n";
    static const struct {
        const char *share, *fails, *history;
        int64_t     people, saved_min, failed;
    } table[] = {
        {"1", "",
         "1 12:00 present/a 0 status jail outside\n1 12:00 present/a 0 replaced jail ankle\n"
         "7 12:00 present/a 0 status held ankle\n7 12:00 present/a 0 placed held ward\n" STAYS,
         1, 6 * 1440, 0},
        {"1", ", fails: {share: 1, after: 2 days, as: jail}",
         "1 12:00 present/a 0 status jail outside\n1 12:00 present/a 0 replaced jail ankle\n"
         "3 12:00 present/a 0 status jail outside\n3 12:00 present/a 0 placed jail ward\n"
         "7 12:00 present/a 0 status held ward\n7 12:00 present/a 0 placed held ward\n" STAYS,
         1, 2 * 1440, 1},
        {"0", "",
         "1 12:00 present/a 0 status jail outside\n1 12:00 present/a 0 placed jail ward\n"
         "7 12:00 present/a 0 status held ward\n7 12:00 present/a 0 placed held ward\n" STAYS,
         0, 0, 0},
    };
    for (int i = 0; i < 3; i++) {
        char scenario[1400];
        snprintf(scenario, sizeof scenario, text, table[i].share, table[i].fails);
        struct support_run run = support_run(scenario, 0);
        cr_expect_str_eq(support_history(&run, NULL), table[i].history, "%s",
                         support_history(&run, NULL));
        cr_expect_eq(support_year(&run, "people measure.m", 2026), table[i].people);
        cr_expect_eq(support_year(&run, "days_saved measure.m", 2026), table[i].saved_min);
        cr_expect_eq(support_year(&run, "failed measure.m", 2026), table[i].failed);
    }
}

/* 30 days of which half, 15 days, is served: out on day 16. With a third remitted he would serve 20
 * days, to day 21: the same day 16, 5 days saved; two thirds are those 20 days. */
Test(suspension, comes_after_a_part_of_the_sentence)
{
    static const struct {
        const char *release, *after, *rest;
        int64_t     not_served_min;
    } table[] = {
        {"", "[{up_to: 30 days, part: 1/2}, {part: 2/3}]", LEAVES_ON("16"), 15 * 1440},
        {"", "[{up_to: 29 days, part: 1/2}, {part: 2/3}]", LEAVES_ON("21"), 10 * 1440},
        {"", "[{up_to: 29 days, part: 1/2}]", STAYS, 0},
        {", release: {conditional: [{remits: 1/3}]}", "[{part: 1/2}]", LEAVES_ON("16"), 5 * 1440},
        {", release: {conditional: [{remits: 1/3}]}", "[{part: 2/3}]", LEAVES_ON("21"), 0},
        {", release: {conditional: [{remits: 1/3}]}", "[{part: 1}]", LEAVES_ON("21"), 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[1400];
        snprintf(text, sizeof text,
                 QUARTER PLACES
                 "statuses:\n  coming: {clock: arrival, stay: 100 days, next: {held: "
                 "1}}\n  held: {sentence: 30 days%s}\n" ONE
                 "measures: {s: {kind: suspension, " SINCE ", after: %s}}\n",
                 table[i].release, table[i].after);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest, "punishment_not_served measure.s", table[i].not_served_min);
        cr_expect_eq(support_year(&run, "people measure.s", 2026), table[i].not_served_min > 0);
    }
}

/* A rule holds from 3 days before the release on, day 2 at 0:00, the very minute in which a measure
 * for who is present looks at all: it comes all the same, whether or not the measure is for him. */
Test(last_part, does_not_take_away_a_date_of_the_minute_in_which_it_begins)
{
    static const char *const kind[] = {"last_part_outside, in: ankle, last: 1 hour, share: 0",
                                       "early_release, earlier: 1 hour, share: 0",
                                       "last_part_outside, in: ankle, last: 1 hour"};
    for (int i = 0; i < 3; i++) {
        char text[1400];
        snprintf(text, sizeof text,
                 QUARTER
                 "regimes: {ward: {}, low: {}, ankle: {places: unlimited, outside: true}}\n"
                 "units: {w: {regime: ward, places: 3}, l: {regime: low, places: 3}}\n"
                 "statuses: {held: {sentence: 5 days}}\n"
                 "placement: {late: {to: [low], at: 3 days before release}, all: {to: [ward]}}\n"
                 "start: {waiting: {held: {persons: 1}}}\n"
                 "measures: {m: {kind: %s, starts: 2026-01-03, applies_to: present}}\n",
                 kind[i]);
        struct support_run run = support_run(text, 0);
        cr_expect_str_eq(support_history(&run, NULL),
                         i < 2 ? "0 00:00 waiting/held 0 waits held outside\n"
                                 "0 00:00 waiting/held 0 placed held w\n"
                                 "2 00:00 waiting/held 0 placed held l\n"
                                 "5 00:00 waiting/held 0 released held l\n"
                               : "0 00:00 waiting/held 0 waits held outside\n"
                                 "0 00:00 waiting/held 0 placed held w\n"
                                 "2 00:00 waiting/held 0 placed held l\n"
                                 "4 23:00 waiting/held 0 replaced held ankle\n"
                                 "5 00:00 waiting/held 0 released held ankle\n",
                         "%s: %s", kind[i], support_history(&run, NULL));
    }
}
