#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* As in test_last_part.c: 2026-01-01, day 0, is a Thursday; `a` comes on day 1 at 12:00, to a
 * sentence of 30 days of which a third is remitted: to day 21. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-04-01}\n"
#define PLACES                                                                                     \
    "regimes: {ward: {places: unlimited}, ankle: {places: unlimited, outside: true}}\n"            \
    "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n"
#define HELD(keys)                                                                                 \
    "statuses:\n  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"                     \
    "  held: {sentence: 30 days, release: {conditional: [{remits: 1/3}]" keys "}}\n"
#define ONE "start: {present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}}}\n"
#define ALONE QUARTER PLACES HELD("") ONE
#define LAW "kind: conditional_release, applies_to: present"
#define COMES "1 12:00 present/a 0 status held outside\n1 12:00 present/a 0 placed held ward\n"

static void expect(const struct support_run *run, const char *rest)
{
    char history[900];
    snprintf(history, sizeof history, COMES "%s", rest);
    cr_expect_str_eq(support_history(run, NULL), history, "%s", support_history(run, NULL));
}

#define LEAVES(when) when " present/a 0 released held ward\n"

/* 2026-01-11 is day 10. Half of 30 days is 15 served, to day 16; none remitted all 30, to day 31;
 * a tenth 27, to day 28; 4/5 are 24 days off, 6 served, which were over on day 7: then the minute
 * after the one in which it is decided. */
Test(release_law, moves_the_release_of_who_serves_on_its_first_day)
{
    static const struct {
        const char *keys, *rest;
        int64_t     added_min;
    } table[] = {
        {"starts: 2026-01-11, conditional: [{remits: 1/2}]", LEAVES("16 12:00"), -5 * 1440},
        {"starts: 2026-01-11, conditional: [{remits: 4/5}]", LEAVES("10 00:01"),
         -(11 * 1440 + 719)},
        /* the milder rule holds for who was there before */
        {"starts: 2026-01-11, conditional: [{remits: 0}]", LEAVES("21 12:00"), 0},
        {"starts: 2026-01-11, conditional: [{remits: 0}], lengthens: true", LEAVES("31 12:00"),
         10 * 1440},
        {"starts: 2026-01-11, conditional: [{remits: 1/10}], lengthens: true", LEAVES("28 12:00"),
         7 * 1440},
        /* on the day of the release, 12 hours before it; after it */
        {"starts: 2026-01-22, conditional: [{remits: 0}], lengthens: true", LEAVES("31 12:00"),
         10 * 1440},
        {"starts: 2026-01-23, conditional: [{remits: 0}], lengthens: true", LEAVES("21 12:00"), 0},
        /* it is law when his sentence begins; he was there the day before the period */
        {"starts: 2026-01-01, conditional: [{remits: 1/2}]", LEAVES("16 12:00"), -5 * 1440},
        {"starts: 2026-01-02, conditional: [{remits: 0}]", LEAVES("21 12:00"), 0},
        {"starts: 2026-01-02, conditional: [{remits: 0}], lengthens: true", LEAVES("31 12:00"),
         10 * 1440},
        {"starts: 2026-01-11, conditional: [{remits: 1/2}], share: 0", LEAVES("21 12:00"), 0},
        {"starts: 2026-01-11, conditional: [{remits: 1/2}], chance: 0", LEAVES("21 12:00"), 0},
        {"starts: 2026-01-11, conditional: [{remits: 1/2}], who: {sentence: {at_most: 29 days}}",
         LEAVES("21 12:00"), 0},
        {"starts: 2026-01-11, conditional: [{remits: 1/3}]", LEAVES("21 12:00"), 0},
        /* granted to nobody, it is stricter */
        {"starts: 2026-01-11, conditional: [{remits: 1/2}], granted: 0, lengthens: true",
         LEAVES("31 12:00"), 10 * 1440},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[1200];
        snprintf(text, sizeof text, ALONE "measures: {m: {" LAW ", %s}}\n", table[i].keys);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest);
        cr_expect_eq(support_year(&run, "days_added measure.m", 2026), table[i].added_min,
                     "%s: %lld", table[i].keys,
                     (long long)support_year(&run, "days_added measure.m", 2026));
        cr_expect_eq(support_year(&run, "people measure.m", 2026), table[i].added_min != 0);
    }
}

/* 21 days to serve at first; on day 5 one half, 15 days; on day 10 a sixth, 25 days. Who was there
 * before both keeps the half, unless the second may lengthen; whichever name comes first. */
Test(release_law, of_several_the_last_holds_or_the_milder)
{
    static const struct {
        const char *first, *second, *lengthens, *rest;
        int64_t     added_days;
    } table[] = {
        {"a", "b", "false", LEAVES("16 12:00"), 0},
        {"b", "a", "false", LEAVES("16 12:00"), 0},
        {"a", "b", "true", LEAVES("26 12:00"), 10},
        {"b", "a", "true", LEAVES("26 12:00"), 10},
    };
    for (int i = 0; i < 4; i++) {
        char text[1200], column[40];
        snprintf(text, sizeof text,
                 ALONE "measures: {%s: {" LAW ", starts: 2026-01-06, conditional: [{remits: "
                       "1/2}]}, %s: {" LAW ", starts: 2026-01-11, conditional: [{remits: 1/6}], "
                       "lengthens: %s}}\n",
                 table[i].first, table[i].second, table[i].lengthens);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest);
        snprintf(column, sizeof column, "days_added measure.%s", table[i].first);
        cr_expect_eq(support_year(&run, column, 2026), -5 * 1440);
        snprintf(column, sizeof column, "days_added measure.%s", table[i].second);
        cr_expect_eq(support_year(&run, column, 2026), table[i].added_days * 1440);
    }
}

/* Who comes on day 12, after the stricter rule of day 10 (all is served), serves 30 days though it
 * is not one that lengthens; who came on day 4, before it, the 20 of the old one. */
Test(release_law, holds_for_who_arrives_after_it)
{
    struct support_run run = support_run(
        QUARTER "regimes: {ward: {places: unlimited}}\nplacement: {all: {to: [ward]}}\n"
                "statuses: {held: {sentence: 30 days, release: {conditional: [{remits: 1/3}]}}}\n"
                "shocks: {s: {on: 2026-01-05, persons: 1, flow: theft}, t: {on: 2026-01-13, "
                "persons: 1, flow: theft}}\n"
                "flows: {theft: {status: held, per_year: 0}}\n"
                "measures: {m: {" LAW ", starts: 2026-01-11, conditional: [{remits: 0}]}}\n",
        0);
    cr_expect_eq(support_day(&run, "released total", "2026-01-25"), 1); /* 4 + 20 = day 24 */
    cr_expect_eq(support_day(&run, "released total", "2026-02-12"), 1); /* 12 + 30 = day 42 */
    cr_expect_eq(support_year(&run, "people measure.m", 2026), 1);
    cr_expect_eq(support_year(&run, "days_added measure.m", 2026), 10 * 1440);
}

/* Early release by 3 days counts from the release as it has become, as does a valve; a suspension
 * after half of the sentence does not move. */
Test(release_law, other_dates_count_from_the_release_as_it_is_now)
{
    static const struct {
        const char *law, *other, *rest, *column;
        int64_t     minutes;
    } table[] = {
        {"conditional: [{remits: 1/2}]",
         "e: {kind: early_release, starts: 2025-12-31, earlier: 3 days}", LEAVES("13 12:00"),
         "days_saved measure.e", 3 * 1440},
        {"conditional: [{remits: 1/10}], lengthens: true",
         "e: {kind: early_release, starts: 2025-12-31, earlier: 3 days}", LEAVES("25 12:00"),
         "days_saved measure.e", 3 * 1440},
        {"conditional: [{remits: 1/10}], lengthens: true",
         "e: {kind: early_release, starts: 2026-01-01, ends: 2026-01-09, applies_to: present, "
         "earlier: 3 days}",
         LEAVES("25 12:00"), "days_saved measure.e", 3 * 1440},
        {"conditional: [{remits: 1/10}], lengthens: true",
         "e: {kind: suspension, starts: 2025-12-31, after: [{part: 1/2}]}", LEAVES("16 12:00"),
         "punishment_not_served measure.e", 12 * 1440},
        {"conditional: [{remits: 2/5}]",
         "e: {kind: suspension, starts: 2025-12-31, after: [{part: 1/2}]}", LEAVES("16 12:00"),
         "punishment_not_served measure.e", 3 * 1440},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[1200];
        snprintf(text, sizeof text, ALONE "measures: {m: {" LAW ", starts: 2026-01-11, %s}, %s}\n",
                 table[i].law, table[i].other);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest);
        cr_expect_eq(support_year(&run, table[i].column, 2026), table[i].minutes, "%zu: %lld", i,
                     (long long)support_year(&run, table[i].column, 2026));
    }
}

/* A valve that was open from day 3 to 12 gave 4 days: from day 21, then from day 16. Taken back,
 * day 16 is left; open on, he leaves on day 12. */
Test(release_law, a_valve_that_closes_takes_back_to_the_release_as_it_is_now)
{
    static const struct {
        const char *to, *rest;
    } table[] = {{", to: 2026-01-11", LEAVES("16 12:00")}, {"", LEAVES("12 12:00")}};
    for (int i = 0; i < 2; i++) {
        char text[1200];
        snprintf(text, sizeof text,
                 ALONE "measures: {m: {" LAW ", starts: 2026-01-11, conditional: [{remits: 1/2}]}}"
                       "\nvalves: {v: {from: 2026-01-04%s, does: {release_early: 4 days}}}\n",
                 table[i].to);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest);
    }
}

/* The last 5 days are outside: from day 16 by the old rule. By the new one he leaves on day 16:
 * outside from day 11. Is he outside when it comes, on day 18, all that is left falls away; with a
 * longer sentence he stays outside longer, and who would fail after 8 days, and was to be free by
 * then, fails. */
Test(release_law, a_last_part_outside_moves_and_goes_on)
{
    static const struct {
        const char *law, *fails, *rest;
    } table[] = {
        {"starts: 2026-01-11, conditional: [{remits: 1/2}]", "",
         "11 12:00 present/a 0 replaced held ankle\n16 12:00 present/a 0 released held ankle\n"},
        {"starts: 2026-01-19, conditional: [{remits: 1/2}]", "",
         "16 12:00 present/a 0 replaced held ankle\n18 00:01 present/a 0 released held ankle\n"},
        {"starts: 2026-01-19, conditional: [{remits: 0}], lengthens: true", "",
         "16 12:00 present/a 0 replaced held ankle\n31 12:00 present/a 0 released held ankle\n"},
        {"starts: 2026-01-19, conditional: [{remits: 0}], lengthens: true",
         ", fails: {share: 1, after: 8 days, as: held}",
         "16 12:00 present/a 0 replaced held ankle\n24 12:00 present/a 0 status held outside\n"
         "24 12:00 present/a 0 placed held ward\n" LEAVES("31 12:00")},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[1400];
        snprintf(text, sizeof text,
                 ALONE "measures: {m: {" LAW ", %s}, o: {kind: last_part_outside, in: ankle, "
                       "starts: 2025-12-31, last: 5 days%s}}\n",
                 table[i].law, table[i].fails);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest);
    }
}

/* All of the sentence is served under an ankle bracelet, where the law holds too. He would fail
 * after 18 days: by the milder law, 15 days, he is free before; by the old one, 20, he is not. */
Test(release_law, holds_for_who_serves_in_a_regime_outside)
{
    static const struct {
        const char *after, *remits, *rest;
    } table[] = {
        {"18 days", "1/2", "16 12:00 present/a 0 released held ankle\n"},
        {"18 days", "1/3",
         "19 12:00 present/a 0 status held outside\n19 12:00 present/a 0 placed held ward\n" LEAVES(
             "39 12:00")},
        {"25 days", "0",
         "26 12:00 present/a 0 status held outside\n26 12:00 present/a 0 placed held ward\n" LEAVES(
             "56 12:00")},
    };
    for (int i = 0; i < 3; i++) {
        char text[1400], history[900];
        snprintf(text, sizeof text,
                 ALONE "measures: {m: {" LAW ", lengthens: true, starts: 2026-01-11, conditional: "
                       "[{remits: %s}]}, o: {kind: replace_sentence, in: ankle, share: 1, starts: "
                       "2026-01-01, fails: {share: 1, after: %s, as: held}}}\n",
                 table[i].remits, table[i].after);
        struct support_run run = support_run(text, 0);
        snprintf(history, sizeof history,
                 "1 12:00 present/a 0 status held outside\n1 12:00 present/a 0 replaced held "
                 "ankle\n%s",
                 table[i].rest);
        cr_expect_str_eq(support_history(&run, NULL), history, "%s", support_history(&run, NULL));
    }
}

/* Day 21, 2026-01-22, is a Thursday. With 4/15 remitted he serves 22 days, to Saturday day 23: the
 * Friday before; with 7/30 23, to Sunday; with 1/5 24, to Monday. A law counts from the sentence,
 * not from a Friday: who had Sunday, and by the second law serves 2 days more, has Tuesday day 26.
 */
Test(release_law, asks_for_the_weekend_again)
{
    static const struct {
        const char *first, *second, *rest;
    } table[] = {{"4/15", "4/15", LEAVES("22 12:00")},
                 {"7/30", "7/30", LEAVES("22 12:00")},
                 {"1/5", "1/5", LEAVES("25 12:00")},
                 {"7/30", "1/6", LEAVES("26 12:00")}};
    for (int i = 0; i < 4; i++) {
        char text[1200];
        snprintf(text, sizeof text,
                 QUARTER PLACES HELD(", weekend: friday") ONE
                 "measures: {m: {" LAW ", lengthens: true, starts: 2026-01-11, conditional: "
                 "[{remits: %s}]}, o: {" LAW ", lengthens: true, starts: 2026-01-16, conditional: "
                 "[{remits: %s}]}}\n",
                 table[i].first, table[i].second);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest);
    }
}

/* The wards are full: he waits in a police cell, and is sent home after 3 days (day 4 at 12:00) for
 * 9 days. His clock, of custody, runs in the cell: 3 days are served, 17 left. The law takes off 5
 * more: back on day 13 at 12:00 he is over the limit again at once. */
Test(release_law, what_is_left_at_home_is_less)
{
    static const char text[] =
        QUARTER "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"
                "units: {w: {regime: ward, places: 1}}\n"
                "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n"
                "statuses:\n  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"
                "  life: {clock: arrival}\n"
                "  held: {clock: custody, sentence: 30 days, release: {conditional: [{remits: "
                "1/3}]}, waits: {in: cell, limit: 3 days, at_limit: [%s]}, sent_home: {back_after: "
                "9 days, as: at_once}}\n"
                "  at_once: {clock: custody, sentence: 30 days, release: {conditional: [{remits: "
                "1/3}]}, waits: {in: cell}}\n"
                "start: {present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}, l: "
                "{status: life, persons: 1, elapsed: 1 day}}}\n"
                "measures: {m: {" LAW ", starts: 2026-01-11, conditional: [{remits: %s}]}}\n";
    static const struct {
        const char *remits, *released;
        int64_t     added_days;
    } table[] = {
        {"1/3", "30 12:00 present/a 0 released", 0},    /* 13 + 17 */
        {"1/2", "25 12:00 present/a 0 released", -5},   /* 13 + 12 */
        {"9/10", "13 12:00 present/a 0 released", -17}, /* 3 of 30 are served: all is over */
    };
    for (int i = 0; i < 3; i++) {
        char scenario[1600];
        snprintf(scenario, sizeof scenario, text, "sent_home", table[i].remits);
        struct support_run run = support_run(scenario, 0);
        const char        *history = support_history(&run, "present/a");
        cr_expect(strstr(history, table[i].released), "%s", history);
        cr_expect_eq(support_year(&run, "days_added measure.m", 2026), table[i].added_days * 1440);
    }
}

/* A rule by date follows the release: who is to leave on day 21 stands for the last 10 days in
 * `low`, from day 11; by the milder law of day 10 he leaves on day 16 and goes at once. By the
 * stricter one (day 28) on day 18. */
Test(release_law, a_rule_before_the_release_moves_with_it)
{
    static const struct {
        const char *law, *rest;
    } table[] = {
        {"conditional: [{remits: 1/2}]",
         "10 00:00 present/a 0 placed held low\n16 12:00 present/a 0 released held low\n"},
        {"conditional: [{remits: 1/10}], lengthens: true",
         "18 12:00 present/a 0 placed held low\n28 12:00 present/a 0 released held low\n"},
    };
    for (int i = 0; i < 2; i++) {
        char text[1200];
        snprintf(text, sizeof text,
                 QUARTER
                 "regimes: {ward: {places: unlimited}, low: {places: unlimited}}\n"
                 "placement: {late: {who: {status: held}, to: [low], at: 10 days before release}, "
                 "all: {who: {status: {not: coming}}, to: [ward]}}\n" HELD("") ONE
                 "measures: {m: {" LAW ", starts: 2026-01-11, %s}}\n",
                 table[i].law);
        struct support_run run = support_run(text, 0);
        expect(&run, table[i].rest);
    }
}

/* Where there is room for all, the need by normal execution is that of the world; a law of
 * emergency it leaves out, so that it is then that of the world without it. */
Test(release_law, is_known_to_the_need_by_normal_execution)
{
    static const struct {
        const char *keys;
        int         last_day_held, last_day_normal;
    } table[] = {
        {"conditional: [{remits: 1/2}]", 15, 15},
        {"conditional: [{remits: 1/10}], lengthens: true", 27, 27},
        {"conditional: [{remits: 1/2}], emergency: true", 15, 20},
        {"conditional: [{remits: 1/10}], lengthens: true, emergency: true", 27, 20},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char scenario[1400];
        snprintf(scenario, sizeof scenario,
                 QUARTER "regimes: {ward: {}}\nunits: {w: {regime: ward, places: 9}}\n"
                         "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n" HELD("")
                             ONE "output: {shortages: {normal: true}}\n"
                                 "measures: {m: {" LAW ", starts: 2026-01-11, %s}}\n",
                 table[i].keys);
        struct support_run run = support_run(scenario, 0);
        for (int day = 1; day <= 30; day++) {
            char date[16];
            snprintf(date, sizeof date, "2026-01-%02d", day + 1);
            cr_expect_eq(support_day(&run, "need total", date), day <= table[i].last_day_held,
                         "%zu, day %d", i, day);
            cr_expect_eq(support_day(&run, "need_normal total", date),
                         day <= table[i].last_day_normal, "%zu, normal, day %d", i, day);
        }
    }
}

/* The minute of release of each of so many starters, from the history. */
static void find_releases(const struct support_run *run, int32_t *minute, int count)
{
    for (int i = 0; i < count; i++)
        minute[i] = -1;
    for (uint32_t r = 0; r < run->trace.count; r++) {
        const struct trace_row *row = &run->trace.row[r];
        if (row->what == TRACE_RELEASED && row->stream != 0) /* of the flow */
            minute[person_point(row->key)] = row->minute;
    }
}

/* Of 30 days one half serve 20, as it is granted to them, and the others all. Who has more than 20
 * days left at the start is one of the others for certain: a law that remits one half, to whom
 * it is granted, leaves him alone, and a suspension after one half takes 15 days off, not 5. The
 * share of the stock to whom it is granted is 20 / (20 + 30): 160 of 400, with a deviation of 10.
 */
Test(release_law, knows_to_whom_of_the_start_release_is_granted)
{
    enum { STARTERS = 400 };
    static const char *const measures[] = {
        "{}", "{m: {" LAW ", starts: 2026-01-01, conditional: [{remits: 1/2}]}}",
        "{m: {kind: suspension, starts: 2026-01-01, applies_to: present, after: [{part: 1/2}]}}"};
    static int32_t released[3][STARTERS];
    for (int i = 0; i < 3; i++) {
        char text[1200];
        snprintf(text, sizeof text,
                 QUARTER "regimes: {ward: {places: unlimited}}\nplacement: {all: {to: [ward]}}\n"
                         "statuses: {held: {sentence: 30 days, release: {conditional: [{remits: "
                         "1/3}], granted: 0.5}}}\n"
                         "flows: {theft: {status: held, per_year: 1}}\n"
                         "start: {present: {a: {status: held, persons: 400}}}\nmeasures: %s\n",
                 measures[i]);
        struct support_run run = support_run(text, 0);
        find_releases(&run, released[i], STARTERS);
    }
    int moved = 0, certain = 0;
    for (int i = 0; i < STARTERS; i++) {
        bool is_certain = released[0][i] > 20 * 1440;
        certain += is_certain;
        moved += released[1][i] != released[0][i];
        cr_expect(!is_certain || released[1][i] == released[0][i], "%d moves", i);
        cr_expect(!is_certain || released[2][i] == released[0][i] - 15 * 1440, "%d: %d, was %d", i,
                  released[2][i], released[0][i]);
    }
    cr_expect(certain > 40 && moved > 110 && moved < 210, "%d certain, %d move", certain, moved);
}
