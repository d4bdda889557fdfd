#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "tests/support.h"

/* 2026-01-01, day 0, is a Thursday. Who is `coming` comes to the next status on day 1 at 12:00. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-04-01}\n"
#define PLACES                                                                                     \
    "regimes: {ward: {places: unlimited}}\n"                                                       \
    "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n"
#define COMES "statuses:\n  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"
#define ONE "start: {present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}}}\n"
#define HELD COMES "  held: {sentence: 10 days}\n"
#define STAYS COMES "  held: {stay: 20 days}\n"

/* A case of one person: what his status is, the measures, when he is released (day of the period,
 * minute of the day), and of measure m the people and the minutes. */
struct one {
    const char *statuses, *measures;
    int         day, minute;
    int64_t     people, minutes;
};

static void expect_one(const struct one *one, const char *column)
{
    char text[1500];
    snprintf(text, sizeof text, QUARTER PLACES "%s" ONE "measures: {%s}\n", one->statuses,
             one->measures);
    struct support_run      run = support_run(text, 0);
    const struct trace_row *last = &run.trace.row[run.trace.count - 1];
    cr_expect_eq(last->what, TRACE_RELEASED);
    cr_expect_eq(last->minute, one->day * 1440 + one->minute, "%s: %d %d", one->measures,
                 last->minute / 1440, last->minute % 1440);
    cr_expect_eq(support_year(&run, "people measure.m", 2026), one->people, "%s", one->measures);
    cr_expect_eq(support_year(&run, column, 2026), one->minutes, "%s: %lld", one->measures,
                 (long long)support_year(&run, column, 2026));
}

#define LONGER "m: {kind: sentence_length, starts: 2026-01-01, "

/* 10 days of 14,400 minutes from day 1 at 12:00 (720). */
Test(lengths, multiplies_a_sentence_to_the_minute)
{
    static const struct one table[] = {
        {HELD, LONGER "factor: 1}", 11, 720, 0, 0},
        {HELD, LONGER "factor: 1.5}", 16, 720, 1, 5 * 1440},
        {HELD, LONGER "factor: 4/3}", 14, 720 + 480, 1, 4800},
        {HELD, LONGER "factor: 0.5}", 6, 720, 1, -5 * 1440},
        /* 14,401.44; 14,404.5 up to 14,405, 100,001 / 32,000 x 14,400 = 45,000.45 */
        {HELD, LONGER "factor: 1.0001}", 11, 721, 1, 1},
        {HELD, LONGER "factor: 1.0003125}", 11, 725, 1, 5},
        {HELD, LONGER "factor: 3.12503125}", 32, 720 + 360, 1, 45000 - 14400},
        {HELD, LONGER "factor: 0}", 1, 721, 1, 1 - 14400},
        {COMES "  held: {sentence: 15 minutes}\n", LONGER "factor: 0.5}", 1, 728, 1, -7},
        {HELD, LONGER "minimum: 12 days}", 13, 720, 1, 2 * 1440},
        {HELD, LONGER "minimum: 10 days}", 11, 720, 0, 0},
        {HELD, LONGER "minimum: 9 days}", 11, 720, 0, 0},
        {HELD, LONGER "factor: 1.1, minimum: 12 days}", 13, 720, 1, 2 * 1440},
        {HELD, LONGER "factor: 1.5, minimum: 12 days}", 16, 720, 1, 5 * 1440},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        expect_one(&table[i], "days_added measure.m");
}

/* A third is remitted, in whole days: of 10 days 3, of 15 days 5; of 10 days and 8 hours 3 too. */
Test(lengths, counts_what_is_served_more)
{
#define REMITS COMES "  held: {sentence: 10 days, release: {conditional: [{remits: 1/3}]}}\n"
    static const struct one table[] = {
        {REMITS, LONGER "factor: 1}", 8, 720, 0, 0},
        {REMITS, LONGER "factor: 1.5}", 11, 720, 1, 3 * 1440},
        {REMITS, LONGER "factor: 31/30}", 8, 720 + 480, 1, 480},
    };
    for (int i = 0; i < 3; i++)
        expect_one(&table[i], "days_added measure.m");
}

/* Judged on the day on which he comes into the status, by the sentence as it was drawn. */
Test(lengths, goes_by_day_and_sentence)
{
    static const struct one table[] = {
        {HELD, "m: {kind: sentence_length, factor: 2, starts: 2026-01-02}", 21, 720, 1, 14400},
        {HELD, "m: {kind: sentence_length, factor: 2, starts: 2026-01-03}", 11, 720, 0, 0},
        {HELD, "m: {kind: sentence_length, factor: 2, starts: 2025-01-01, ends: 2026-01-02}", 21,
         720, 1, 14400},
        {HELD, "m: {kind: sentence_length, factor: 2, starts: 2025-01-01, ends: 2026-01-01}", 11,
         720, 0, 0},
        {HELD, LONGER "factor: 2, who: {sentence: {at_most: 10 days}}}", 21, 720, 1, 14400},
        {HELD, LONGER "factor: 2, who: {sentence: {at_most: 239 hours}}}", 11, 720, 0, 0},
        {HELD, LONGER "factor: 2, who: {sentence: {at_least: 10 days}}}", 21, 720, 1, 14400},
        {HELD, LONGER "factor: 2, who: {sentence: {at_least: 241 hours}}}", 11, 720, 0, 0},
        {HELD, LONGER "factor: 2, share: 0}", 11, 720, 0, 0},
        {HELD, LONGER "factor: 2, chance: 0}", 11, 720, 0, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        expect_one(&table[i], "days_added measure.m");
}

/* Factors multiply, then minima hold; each counts what it does beside the others, whatever the
 * order in the file. */
Test(lengths, takes_several_in_no_order)
{
#define A                                                                                          \
    "a: {kind: sentence_length, starts: 2026-01-01, factor: 1.5, who: {sentence: {at_most: 10 "    \
    "days}}}"
    static const struct one table[] = {
        /* 10 x 1.5 x 2; without m 15 */
        {HELD, A ", " LONGER "factor: 2}", 31, 720, 1, 15 * 1440},
        {HELD, LONGER "factor: 2}, " A, 31, 720, 1, 15 * 1440},
        /* 20 instead of 15 */
        {HELD, A ", " LONGER "minimum: 20 days}", 21, 720, 1, 5 * 1440},
        {HELD, LONGER "minimum: 20 days}, " A, 21, 720, 1, 5 * 1440},
        /* covered by the minimum of the other: 15 is above 12 */
        {HELD, A ", " LONGER "minimum: 12 days}", 16, 720, 0, 0},
        {HELD,
         "a: {kind: sentence_length, starts: 2026-01-01, minimum: 40 days}, " LONGER "factor: 2}",
         41, 720, 0, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        expect_one(&table[i], "days_added measure.m");
}

/* He is replaced by the sentence that is imposed on him: 15 days. */
Test(lengths, come_before_a_sentence_is_replaced)
{
#define WORK(bound)                                                                                \
    "w: {kind: replace_sentence, starts: 2026-01-01, share: 1, by: work, who: {sentence: {" bound  \
    "}}}"
    static const struct one kept = {
        HELD, LONGER "factor: 1.5}, " WORK("at_most: 14 days"), 16, 720, 1, 5 * 1440};
    expect_one(&kept, "days_added measure.m");
    struct support_run run =
        support_run(QUARTER PLACES HELD ONE "measures: {" LONGER
                                            "factor: 1.5}, " WORK("at_least: 15 days") "}\n",
                    0);
    cr_expect_eq(support_year(&run, "people measure.w", 2026), 1);
    cr_expect_eq(support_year(&run, "days_saved measure.w", 2026), 15 * 1440);
}

Test(lengths, leaves_those_who_are_there_at_the_start)
{
    struct support_run run = support_run(
        QUARTER "regimes: {ward: {places: unlimited}}\n"
                "placement: {all: {to: [ward]}}\n"
                "statuses: {held: {sentence: 10 days}}\n"
                "start: {present: {a: {status: held, persons: 1, elapsed: 4 days}}}\n"
                "measures: {m: {kind: sentence_length, starts: 2020-01-01, factor: 3}}\n",
        0);
    cr_expect_eq(run.trace.row[run.trace.count - 1].minute, 6 * 1440);
    cr_expect_eq(support_year(&run, "people measure.m", 2026), 0);
}

/* -- the day of the offence */

static int64_t touched(const char *measure)
{
    char text[1500];
    snprintf(text, sizeof text,
             QUARTER "regimes: {ward: {places: unlimited}}\n"
                     "placement: {all: {to: [ward]}}\n"
                     "statuses: {held: {sentence: 10 days}}\n"
                     "flows: {x: {status: held, per_day: 0}}\n"
                     "shocks: {riot: {on: 2026-02-10, persons: 7, flow: x}}\n"
                     "measures: {m: {%s}}\n",
             measure);
    struct support_run run = support_run(text, 0);
    return support_year(&run, "people measure.m", 2026);
}

/* Seven people come on 10 February; whole days before that were their offences. */
Test(lengths, goes_by_the_day_of_the_offence)
{
    static const struct {
        const char *keys;
        int64_t     people;
    } table[] = {
        {"starts: 2026-02-05, offence_delay: 5 days", 7},
        {"starts: 2026-02-06, offence_delay: 5 days", 0},
        {"starts: 2026-02-06, offence_delay: 119 hours", 7}, /* 4 whole days */
        {"starts: 2026-01-01, ends: 2026-02-05, offence_delay: 5 days", 7},
        {"starts: 2026-01-01, ends: 2026-02-04, offence_delay: 5 days", 0},
        {"starts: 2026-02-10, offence_delay: 0 days", 7},
        {"starts: 2026-02-11, offence_delay: 0 days", 0},
    };
    for (int i = 0; i < 7; i++) {
        char text[200];
        snprintf(text, sizeof text, "kind: sentence_length, factor: 2, %s", table[i].keys);
        cr_expect_eq(touched(text), table[i].people, "%s", text);
        snprintf(text, sizeof text, "kind: replace_sentence, by: work, share: 1, %s",
                 table[i].keys);
        cr_expect_eq(touched(text), table[i].people, "%s", text);
    }
}

/* He arrived before the period, on 31 December at the latest, though he is sentenced in it. */
Test(lengths, has_starters_arrive_before_the_period)
{
    static const struct one table[] = {
        {HELD, LONGER "factor: 2, offence_delay: 0 days}", 11, 720, 0, 0},
        {HELD, "m: {kind: sentence_length, factor: 2, starts: 2025-12-31, offence_delay: 0 days}",
         21, 720, 1, 14400},
        {HELD, "m: {kind: sentence_length, factor: 2, starts: 2025-12-31, offence_delay: 1 day}",
         11, 720, 0, 0},
    };
    for (int i = 0; i < 3; i++)
        expect_one(&table[i], "days_added measure.m");
}

/* Two measures that go by the offence agree on its day: of everybody one of these two holds. */
Test(lengths, has_one_day_of_the_offence_a_person)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "regimes: {ward: {places: unlimited}}\n"
        "placement: {all: {to: [ward]}}\n"
        "statuses: {held: {sentence: 10 days}}\n"
        "flows: {x: {status: held, per_day: 5}}\n"
        "measures:\n"
        "  old: {kind: sentence_length, starts: 2000-01-01, ends: 2026-05-31, factor: 2, "
        "offence_delay: {exponential: {mean: 40 days}}}\n"
        "  new: {kind: sentence_length, starts: 2026-06-01, factor: 3, offence_delay: "
        "{exponential: "
        "{mean: 40 days}}}\n",
        0);
    int64_t old = support_year(&run, "people measure.old", 2026);
    int64_t new = support_year(&run, "people measure.new", 2026);
    cr_expect_eq(old + new, support_year(&run, "arrivals total", 2026));
    cr_expect(old > 500 && new > 500, "%lld %lld", (long long)old, (long long)new);
}

/* 20 a day with 10 days, of the new law (day 100) 20 days; the offence is exponential with a mean
 * of 30 days before. Present at 24:00 of day T are those of the last 10 days, and of the 10 days
 * before that who came under the new law: on day d a share 1 - exp(-(d - 100 + 1) / 30), as a delay
 * below k + 1 days has k whole ones. The mean of 40 replications within four standard errors of a
 * Poisson number. */
Test(lengths, makes_the_stock_follow_a_law_on_offences, .timeout = 120)
{
    static const char *const date[] = {"2026-04-20", "2026-05-01", "2026-05-21", "2026-07-09"};
    static const int         T[] = {109, 120, 140, 189};
    double                   sum[4] = {0};
    enum { REPLICATIONS = 40 };
    for (uint32_t r = 0; r < REPLICATIONS; r++) {
        struct support_run run = support_run(
            "period: {start: 2026-01-01, end: 2026-07-10}\n"
            "regimes: {ward: {places: unlimited}}\n"
            "placement: {all: {to: [ward]}}\n"
            "statuses: {held: {sentence: 10 days}}\n"
            "flows: {x: {status: held, per_day: 20}}\n"
            "measures: {m: {kind: sentence_length, starts: 2026-04-11, factor: 2, offence_delay: "
            "{exponential: {mean: 30 days}}}}\n",
            r);
        for (int i = 0; i < 4; i++)
            sum[i] += (double)support_day(&run, "present total", date[i]);
    }
    for (int i = 0; i < 4; i++) {
        double expected = 10;
        for (int d = T[i] - 19; d <= T[i] - 10; d++)
            expected += d < 100 ? 0 : 1 - exp(-(d - 100 + 1) / 30.0);
        expected *= 20;
        cr_expect_float_eq(sum[i] / REPLICATIONS, expected, 4 * sqrt(expected / REPLICATIONS),
                           "%s: %g, expected %g", date[i], sum[i] / REPLICATIONS, expected);
    }
}

/* -- hearings */

#define SOONER "m: {kind: hearings, starts: 2026-01-01, "

/* A stay of 20 days. */
Test(lengths, moves_a_hearing)
{
    static const struct one table[] = {
        {STAYS, SOONER "earlier: 0 days}", 21, 720, 0, 0},
        {STAYS, SOONER "earlier: 9 days}", 12, 720, 1, 9 * 1440},
        {STAYS, SOONER "earlier: 9 days, not_before: 15 days}", 16, 720, 1, 5 * 1440},
        {STAYS, SOONER "earlier: 9 days, not_before: 20 days}", 21, 720, 0, 0},
        {STAYS, SOONER "earlier: 9 days, not_before: 25 days}", 21, 720, 0, 0},
        {STAYS, SOONER "earlier: 30 days}", 1, 721, 1, 20 * 1440 - 1},
        {STAYS, SOONER "factor: 0.9}", 19, 720, 1, 2 * 1440},
        {STAYS, SOONER "factor: 1.5}", 31, 720, 1, -10 * 1440},
        {STAYS, SOONER "factor: 0.9, earlier: 3 days}", 16, 720, 1, 5 * 1440},
        {STAYS, SOONER "factor: 0.9, earlier: 3 days, not_before: 19 days}", 19, 720, 1, 2 * 1440},
        {STAYS, SOONER "earlier: 9 days, who: {sentence: {at_least: 21 days}}}", 21, 720, 0, 0},
        {STAYS, "m: {kind: hearings, starts: 2026-01-03, earlier: 9 days}", 21, 720, 0, 0},
        {STAYS,
         "b: {kind: hearings, starts: 2026-01-01, earlier: 2 days}, " SOONER "earlier: 9 days}", 10,
         720, 1, 9 * 1440},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        expect_one(&table[i], "days_saved measure.m");
}

Test(lengths, costs_so_much_a_hearing)
{
    struct support_run run =
        support_run(QUARTER PLACES STAYS ONE "measures: {" SOONER
                                             "earlier: 9 days, cost: {per_person: 12.34}}}\n",
                    0);
    cr_expect_eq(support_year(&run, "cost measure.m", 2026), 1234);
    cr_expect_eq(support_year(&run, "cost_measures measure.m", 2026), 1234);
}

static int32_t stay_of(const struct support_run *run, uint64_t key)
{
    int32_t from = -1;
    for (uint32_t i = 0; i < run->trace.count; i++) {
        const struct trace_row *row = &run->trace.row[i];
        if (row->key == key && row->what == TRACE_ARRIVED)
            from = row->minute;
        if (row->key == key && row->what == TRACE_RELEASED)
            return row->minute - from;
    }
    return -1;
}

/* Of decision points on days 14 and 44 everybody keeps his own, 9 days earlier, but not before
 * day 10. */
Test(lengths, moves_each_decision_point_of_steps)
{
#define POINTS                                                                                     \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "regimes: {ward: {places: unlimited}}\n"                                                       \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "statuses: {held: {clock: arrival, stay: {steps: [[14 days, 0.5], [44 days, 1]]}}}\n"          \
    "flows: {x: {status: held, per_day: 3}}\n"
    struct support_run base = support_run(POINTS, 0);
    struct support_run run = support_run(
        POINTS "measures: {m: {kind: hearings, starts: 2026-01-01, earlier: 9 days, not_before: 10 "
               "days}}\n",
        0);
    int count[2] = {0};
    for (uint32_t i = 0; i < base.trace.count; i++) {
        if (base.trace.row[i].what != TRACE_RELEASED)
            continue;
        int32_t before = stay_of(&base, base.trace.row[i].key);
        int32_t now = stay_of(&run, base.trace.row[i].key);
        cr_assert_eq(now, before == 14 * 1440 ? 10 * 1440 : 35 * 1440);
        count[before == 14 * 1440]++;
    }
    cr_expect(count[0] > 300 && count[1] > 300);
    int64_t people = support_year(&run, "people measure.m", 2026);
    cr_expect_eq(people, support_year(&run, "arrivals total", 2026));
    int64_t late =
        (support_year(&run, "days_saved measure.m", 2026) - people * 4 * 1440) / (5 * 1440);
    cr_expect_float_eq((double)late, (double)people / 2, 4 * sqrt((double)people / 4));
}

#define THREE                                                                                      \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "regimes: {ward: {places: unlimited}}\n"                                                       \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "statuses: {held: {clock: arrival, stay: {steps: [[14 days, 0.5], [44 days, 0.5], [74 days, "  \
    "1]]}}}\n"                                                                                     \
    "flows: {x: {status: held, per_day: 4}}\n"

static struct support_run run_chances(const char *factor)
{
    char text[900];
    snprintf(text, sizeof text,
             THREE "measures: {m: {kind: hearings, starts: 2026-01-01, chance_factor: %s}}\n",
             factor);
    return support_run(text, 0);
}

/* Chances of a half become three quarters: 3/4 end on day 14, 3/16 on day 44; of a quarter 1/4 and
 * 3/16; of all or none at once the first or the last. */
Test(lengths, has_other_chances_at_decision_points, .timeout = 60)
{
    static const struct {
        const char *factor;
        double      share[3];
    } table[] = {{"1.5", {0.75, 0.9375, 1}},
                 {"0.5", {0.25, 0.4375, 1}},
                 {"1", {0.5, 0.75, 1}},
                 {"0", {0, 0, 1}},
                 {"7", {1, 1, 1}}};
    struct support_run base = support_run(THREE, 0);
    for (int i = 0; i < 5; i++) {
        struct support_run  run = run_chances(table[i].factor);
        const struct shape *steps = run.plan->measures.list[0].steps[0].of[0];
        int                 count = 0, first = 0;
        int64_t             saved = 0, people = 0;
        for (int s = 0; s < 3; s++)
            cr_expect_float_eq(steps->share[s], table[i].share[s], 1e-15, "%s", table[i].factor);
        for (uint32_t r = 0; r < base.trace.count; r++) {
            const struct trace_row *row = &base.trace.row[r];
            if (row->what != TRACE_ARRIVED || row->minute > 290 * 1440)
                continue;
            int32_t before = stay_of(&base, row->key), now = stay_of(&run, row->key);
            cr_assert(strtod(table[i].factor, NULL) >= 1 ? now <= before : now >= before);
            people += now != before;
            saved += before - now;
            count++;
            first += now == 14 * 1440;
        }
        double p = table[i].share[0];
        cr_expect_float_eq(first, p * count, 4 * sqrt(p * (1 - p) * count) + 0.1);
        cr_expect_leq(people, support_year(&run, "people measure.m", 2026));
        cr_expect(people == 0 ? support_year(&run, "people measure.m", 2026) == 0 : saved != 0);
    }
}

/* Those of day 14 go to day 5 by `earlier`, whichever of them is by whose chances. Of two measures
 * with chances those of the first by name hold. */
Test(lengths, takes_the_chances_of_the_first_by_name)
{
    struct support_run run = support_run(
        THREE "measures: {a: {kind: hearings, starts: 2026-01-01, chance_factor: 7, earlier: 9 "
              "days}, m: {kind: hearings, starts: 2026-01-01, chance_factor: 0}}\n",
        0);
    for (uint32_t r = 0; r < run.trace.count; r++)
        if (run.trace.row[r].what == TRACE_RELEASED)
            cr_assert_eq(stay_of(&run, run.trace.row[r].key), 5 * 1440);
    cr_expect_eq(support_year(&run, "people measure.m", 2026), 0);
    cr_expect_eq(support_year(&run, "people measure.a", 2026),
                 support_year(&run, "arrivals total", 2026));
}
