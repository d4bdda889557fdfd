#include <criterion/criterion.h>
#include <string.h>

#include "tests/present.h"
#include "tests/support.h"

/* What need by normal execution knows of measures for who is in a status when they start. */

/* Where there are places for all. */
static struct support_run run_with_room(const char *measures)
{
    char text[1600];
    snprintf(text, sizeof text,
             QUARTER "regimes: {ward: {}, ankle: {places: unlimited, outside: true}}\n"
                     "units: {w: {regime: ward, places: 9}}\n"
                     "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n" JAIL("") ONE
             "output: {shortages: {normal: true}}\nmeasures: {%s}\n",
             measures);
    return support_run(text, 0);
}

/* Where there is room for all it is that of the world; without measures of emergency that of the
 * world without them. */
Test(present_normally, is_known_to_the_need_by_normal_execution)
{
    static const struct {
        const char *measures;
        int         last_day_held, last_day_normal;
    } table[] = {
        {AT_HOME("", "2026-01-11") "1}", 9, 9},
        {AT_HOME("", "2026-01-11") "1, emergency: true}", 9, 20},
        {SOONER("", "2026-01-11") "earlier: 9 days}", 11, 11},
        {SOONER("", "2026-01-11") "earlier: 9 days, emergency: true}", 11, 20},
        {SOONER("", "2026-01-11") "factor: 1.5}", 30, 30},
        {SOONER("", "2026-01-11") "factor: 1.5, emergency: true}", 30, 20},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct support_run run = run_with_room(table[i].measures);
        for (int day = 1; day <= 31; day++) {
            char date[16];
            snprintf(date, sizeof date, day < 31 ? "2026-01-%02d" : "2026-02-01", day + 1);
            cr_expect_eq(support_day(&run, "need total", date), day <= table[i].last_day_held,
                         "%s, day %d", table[i].measures, day);
            cr_expect_eq(support_day(&run, "need_normal total", date),
                         day <= table[i].last_day_normal, "%s, normal, day %d", table[i].measures,
                         day);
        }
    }
}

/* Where there is room for all each day's need is that of the world. How many midnights from day 1
 * on he is held, of 20 days to day 21 at 12:00. */
Test(present_normally, each_day_is_known_to_the_need_by_normal_execution)
{
#define LATER(starts, what) ", z: {" HEARING "}, starts: " starts ", " what "}"
    static const struct {
        const char *measures;
        int         days_held;
    } table[] = {
        /* he fails on day 15; his end has moved to day 16, or to 13, or to 23 */
        {AT_HOME("", "2026-01-11") "1" FAILS("5 days") LATER("2026-01-13", "earlier: 5 days"), 10},
        {AT_HOME("", "2026-01-11") "1" FAILS("5 days") LATER("2026-01-13", "earlier: 8 days"), 9},
        {AT_HOME("", "2026-01-11") "1" FAILS("5 days") LATER("2026-01-13", "factor: 1.1"), 17},
        /* to day 16, of which the last 4 days outside: from day 12 at 12:00 on */
        {"o: {kind: last_part_outside, in: ankle, starts: 2025-12-31, last: 4 days}" LATER(
             "2026-01-11", "earlier: 5 days"),
         11},
        /* to day 23: from day 19 at 12:00 on */
        {"o: {kind: last_part_outside, in: ankle, starts: 2025-12-31, last: 4 days}" LATER(
             "2026-01-11", "factor: 1.1"),
         18},
        /* one that was for others, and is over when he comes */
        {AT_HOME("", "2026-01-01") "1, ends: 2026-01-01}", 20},
        /* one that started while he was outside by another is not for him when he is back */
        {AT_HOME("", "2026-01-11") "1" FAILS("5 days") ", z: {" REMAND
                                                       "}, starts: 2026-01-13, share: 1}",
         15},
        /* 20 x 0.9 x 0.75 = 13.5 days, to day 15 at 0:00 */
        {"b: {" HEARING "}, starts: 2026-01-06, factor: 0.9}" LATER("2026-01-11", "factor: 0.75"),
         14},
        /* he is free on day 9, or on day 21, before it */
        {AT_HOME("", "2026-01-11") "1}" LATER("2026-01-09", "earlier: 12 days"), 8},
        {AT_HOME("", "2026-01-23") "1}", 20},
        /* his stay is too short by then */
        {AT_HOME(", sentence: {at_least: 20 days}", "2026-01-11") "1}" LATER("2026-01-09",
                                                                             "earlier: 1 day"),
         19},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct support_run run = run_with_room(table[i].measures);
        int                held = 0;
        for (int day = 1; day <= 30; day++) {
            char date[16];
            snprintf(date, sizeof date, "2026-01-%02d", day + 1);
            held += (int)support_day(&run, "need total", date);
            cr_expect_eq(support_day(&run, "need_normal total", date),
                         support_day(&run, "need total", date), "%s, day %d", table[i].measures,
                         day);
        }
        cr_expect_eq(held, table[i].days_held, "%s: %d", table[i].measures, held);
    }
}

/* He comes into the queue at 23:59 of day 9, and is lost in the next minute: the status ends then,
 * so that no measure of that minute is for him, nor by normal execution. */
Test(present_normally, who_is_lost_in_that_minute_is_not_judged)
{
    struct support_run run = support_run(
        QUARTER "regimes: {ward: {}, ankle: {places: unlimited, outside: true}}\n"
                "units: {w: {regime: ward, places: 9}}\n"
                "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n" COMING
                "  jail: {stay: 20 days, waits: {in: outside, leaves: {lost: {per_year: 525600, "
                "next: release}}}, called_up: {}}\n  inside: {stay: 9 days}\n"
                "start: {present: {a: {status: coming, persons: 1, elapsed: 129601 minutes}}}\n"
                "output: {shortages: {normal: true}}\n"
                "measures: {" AT_HOME(
                    "", "2026-01-11") "1, fails: {share: 1, after: 1 day, as: inside}}}\n",
        0);
    cr_expect(strstr(support_history(&run, "present/a"), "10 00:00 present/a 0 left_queue jail"),
              "%s", support_history(&run, "present/a"));
    cr_expect_eq(support_year(&run, "people measure.m", 2026), 0);
    for (int day = 10; day <= 14; day++) {
        char date[16];
        snprintf(date, sizeof date, "2026-01-%02d", day + 1);
        cr_expect_eq(support_day(&run, "need_normal total", date), 0, "day %d", day);
    }
}
