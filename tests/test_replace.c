#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* 2026-01-01, day 0, is a Thursday. Who is `coming` with elapsed 141,840 minutes comes to the next
 * status on day 100 - 98.5: day 1 at 12:00; with 141,780 an hour later. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-04-01}\n"
#define PLACES                                                                                     \
    "regimes: {ward: {places: unlimited}, ankle: {places: unlimited, outside: true}}\n"            \
    "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n"
#define COMES(next) "  coming: {clock: arrival, stay: 100 days, next: {" next ": 1}}\n"
#define ONE "start: {present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}}}\n"

static void expect(const struct support_run *run, const char *history, int64_t people,
                   int64_t saved_min, int64_t failed)
{
    cr_expect_str_eq(support_history(run, NULL), history, "%s", support_history(run, NULL));
    cr_expect_eq(support_year(run, "people measure.m", 2026), people);
    cr_expect_eq(support_year(run, "days_saved measure.m", 2026), saved_min, "%lld",
                 (long long)support_year(run, "days_saved measure.m", 2026));
    cr_expect_eq(support_year(run, "failed measure.m", 2026), failed);
}

#define HELD "statuses:\n" COMES("held") "  held: {sentence: 10 days}\n"

Test(replace, lets_him_leave_and_saves_what_he_would_serve)
{
    struct support_run run = support_run(
        QUARTER PLACES HELD ONE
        "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, by: work, cost: "
        "{per_person: 12.34}}}\n",
        0);
    expect(&run,
           "1 12:00 present/a 0 status held outside\n"
           "1 12:00 present/a 0 replaced held outside\n",
           1, 10 * 1440, 0);
    cr_expect_eq(support_year(&run, "cost measure.m", 2026), 1234);
    cr_expect_eq(support_year(&run, "cost_measures measure.m", 2026), 1234);
    cr_expect_eq(support_day(&run, "released total", "2026-01-02"), 0);
    cr_expect_eq(support_day(&run, "entries total", "2026-01-02"), 1);
    cr_expect_eq(support_day(&run, "outside total", "2026-01-02"), 0);
    cr_expect_eq(run.record.total[TOTAL_LEFT], 1);
}

#define SERVES                                                                                     \
    "1 12:00 present/a 0 status held outside\n"                                                    \
    "1 12:00 present/a 0 placed held ward\n"                                                       \
    "11 12:00 present/a 0 released held ward\n"

Test(replace, goes_by_the_sentence_and_the_day)
{
    static const struct {
        const char *keys;
        int64_t     people;
    } table[] = {
        {"starts: 2026-01-02, who: {sentence: {at_most: 10 days}}", 1},
        {"starts: 2026-01-02, who: {sentence: {at_least: 10 days}}", 1},
        {"starts: 2026-01-02, who: {sentence: {at_most: 14399 minutes}}", 0},
        {"starts: 2026-01-02, who: {sentence: {at_least: 14401 minutes}}", 0},
        {"starts: 2026-01-01, ends: 2026-01-02", 1},
        {"starts: 2026-01-01, ends: 2026-01-01", 0},
        {"starts: 2026-01-03", 0},
    };
    for (int i = 0; i < 7; i++) {
        char text[900];
        snprintf(text, sizeof text,
                 QUARTER PLACES HELD ONE
                 "measures: {m: {kind: replace_sentence, share: 1, by: work, %s}}\n",
                 table[i].keys);
        struct support_run run = support_run(text, 0);
        expect(&run,
               table[i].people ? "1 12:00 present/a 0 status held outside\n"
                                 "1 12:00 present/a 0 replaced held outside\n"
                               : SERVES,
               table[i].people, table[i].people * 14400, 0);
    }
}

/* Comes back 30 days later, waits for nothing, and serves the 10 days that were imposed, though
 * `again` has its own. He is outside until then. */
Test(replace, brings_back_who_fails_with_his_sentence)
{
    struct support_run run = support_run(
        QUARTER PLACES "statuses:\n" COMES("held") "  held: {sentence: 10 days}\n"
                                                   "  again: {sentence: 77 days}\n" ONE
                                                   "measures: {m: {kind: replace_sentence, starts: "
                                                   "2026-01-01, share: 1, by: work, fails: "
                                                   "{share: 1, after: 30 days, as: again}}}\n",
        0);
    expect(&run,
           "1 12:00 present/a 0 status held outside\n"
           "1 12:00 present/a 0 replaced held outside\n"
           "31 12:00 present/a 0 status again outside\n"
           "31 12:00 present/a 0 placed again ward\n"
           "41 12:00 present/a 0 released again ward\n",
           1, 0, 1);
    cr_expect_eq(support_day(&run, "outside total", "2026-01-31"), 1);
    cr_expect_eq(support_day(&run, "outside total", "2026-02-01"), 0);
    cr_expect_eq(support_day(&run, "at_home total", "2026-01-31"), 0, "he was not sent home");
    cr_expect_eq(support_day(&run, "entries total", "2026-02-01"), 1);
}

/* A status without a sentence has a length of its own; back in the same status he is not judged
 * again. */
Test(replace, does_not_judge_again_who_fails)
{
    struct support_run run = support_run(
        QUARTER PLACES HELD ONE
        "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, by: work, fails: "
        "{share: 1, after: 0 days, as: held}}}\n",
        0);
    expect(&run,
           "1 12:00 present/a 0 status held outside\n"
           "1 12:00 present/a 0 replaced held outside\n"
           "1 12:01 present/a 0 status held outside\n"
           "1 12:01 present/a 0 placed held ward\n"
           "11 12:01 present/a 0 released held ward\n",
           1, 0, 1);
    struct support_run other = support_run(
        QUARTER PLACES "statuses:\n" COMES("held") "  held: {sentence: 10 days}\n"
                                                   "  seen: {stay: 2 days}\n" ONE
                                                   "measures: {m: {kind: replace_sentence, starts: "
                                                   "2026-01-01, share: 1, by: work, fails: "
                                                   "{share: 1, after: 1 day, as: seen}}}\n",
        0);
    expect(&other,
           "1 12:00 present/a 0 status held outside\n"
           "1 12:00 present/a 0 replaced held outside\n"
           "2 12:00 present/a 0 status seen outside\n"
           "2 12:00 present/a 0 placed seen ward\n"
           "4 12:00 present/a 0 released seen ward\n",
           1, 0, 1);
}

/* He serves it in the regime outside and then follows his route; `again` begins after it. */
Test(replace, puts_him_in_a_regime_outside_for_the_time_that_he_serves)
{
    struct support_run run = support_run(
        QUARTER PLACES "statuses:\n" COMES("held") "  held: {sentence: 10 days, next: {again: 1}}\n"
                                                   "  again: {stay: 3 days}\n" ONE
                                                   "measures: {m: {kind: replace_sentence, starts: "
                                                   "2026-01-01, share: 1, in: ankle}}\n",
        0);
    expect(&run,
           "1 12:00 present/a 0 status held outside\n"
           "1 12:00 present/a 0 replaced held ankle\n"
           "11 12:00 present/a 0 status again ankle\n"
           "11 12:00 present/a 0 placed again ward\n"
           "14 12:00 present/a 0 released again ward\n",
           1, 14400, 0);
    cr_expect_eq(support_day(&run, "outside total", "2026-01-10"), 1);
    cr_expect_eq(support_day(&run, "placements total", "2026-01-02"), 0, "not by his rule");
}

#define FAILS_OUTSIDE                                                                              \
    "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, in: ankle, fails: "      \
    "{share: 1, after: %s, as: again}}}\n"
#define AGAIN(clock)                                                                               \
    "statuses:\n" COMES("held") "  held: {sentence: 10 days}\n"                                    \
                                "  again: {sentence: 77 days, clock: " clock "}\n"

static struct support_run run_failing(const char *statuses, const char *after)
{
    char text[1200];
    snprintf(text, sizeof text, QUARTER PLACES "%s" ONE FAILS_OUTSIDE, statuses, after);
    return support_run(text, 0);
}

#define UNTIL_HE_FAILS                                                                             \
    "1 12:00 present/a 0 status held outside\n"                                                    \
    "1 12:00 present/a 0 replaced held ankle\n"                                                    \
    "5 12:00 present/a 0 status again outside\n"                                                   \
    "5 12:00 present/a 0 placed again ward\n"

/* After 4 of 10 days: 6 are left where custody counts, else all 10. Who would fail when he has
 * served it all does not. */
Test(replace, counts_what_was_served_outside_where_custody_counts)
{
    struct support_run custody = run_failing(AGAIN("custody"), "4 days");
    expect(&custody, UNTIL_HE_FAILS "11 12:00 present/a 0 released again ward\n", 1, 4 * 1440, 1);
    struct support_run placement = run_failing(AGAIN("placement"), "4 days");
    expect(&placement, UNTIL_HE_FAILS "15 12:00 present/a 0 released again ward\n", 1, 0, 1);
    struct support_run late = run_failing(AGAIN("custody"), "10 days");
    expect(&late,
           "1 12:00 present/a 0 status held outside\n"
           "1 12:00 present/a 0 replaced held ankle\n"
           "11 12:00 present/a 0 released held ankle\n",
           1, 14400, 0);
}

/* A served status by a rule in the regime outside does not break it: 4 days of a bracelet in place
 * of the sentence, 3 in `again`, so 2 of the 9 of `last` are left on day 8; where `again` is not
 * served all 9 are. */
Test(replace, goes_on_counting_in_a_place_outside_by_rule)
{
#define OUTSIDE_BY_RULE(served)                                                                    \
    QUARTER "regimes: {ward: {places: unlimited}, ankle: {places: unlimited, outside: true}}\n"    \
            "placement:\n"                                                                         \
            "  out: {who: {status: again}, to: [ankle]}\n"                                         \
            "  all: {who: {status: {not: coming}}, to: [ward]}\n"                                  \
            "statuses:\n" COMES("held") "  held: {sentence: 10 days}\n"                            \
                                        "  again: {served: " served                                \
                                        ", stay: 3 days, next: {last: 1}}\n"                       \
                                        "  last: {clock: custody, stay: 9 days}\n" ONE             \
                                        "measures: {m: {kind: replace_sentence, starts: "          \
                                        "2026-01-01, share: 1, in: ankle, "                        \
                                        "fails: {share: 1, after: 4 days, as: again}}}\n"
#define OUTSIDE_UNTIL_LAST                                                                         \
    "1 12:00 present/a 0 status held outside\n"                                                    \
    "1 12:00 present/a 0 replaced held ankle\n"                                                    \
    "5 12:00 present/a 0 status again outside\n"                                                   \
    "5 12:00 present/a 0 placed again ankle\n"                                                     \
    "8 12:00 present/a 0 status last ankle\n"                                                      \
    "8 12:00 present/a 0 placed last ward\n"
    struct support_run served = support_run(OUTSIDE_BY_RULE("true"), 0);
    expect(&served, OUTSIDE_UNTIL_LAST "10 12:00 present/a 0 released last ward\n", 1, 0, 1);
    struct support_run broken = support_run(OUTSIDE_BY_RULE("false"), 0);
    expect(&broken, OUTSIDE_UNTIL_LAST "17 12:00 present/a 0 released last ward\n", 1, 0, 1);
}

/* Remand of 4 days in the ward comes off the 10: by community service 6 days are saved. Who fails
 * serves these 6 in a status where custody counts. */
Test(replace, leaves_what_remand_took_off)
{
#define REMAND                                                                                     \
    "statuses:\n" COMES("remand") "  remand: {served: true, stay: 4 days, next: {held: 1}}\n"      \
                                  "  held: {clock: custody, sentence: 10 days}\n"
    struct support_run run = support_run(
        QUARTER PLACES REMAND ONE
        "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, by: work}}\n",
        0);
    expect(&run,
           "1 12:00 present/a 0 status remand outside\n"
           "1 12:00 present/a 0 placed remand ward\n"
           "5 12:00 present/a 0 status held ward\n"
           "5 12:00 present/a 0 replaced held ward\n",
           1, 6 * 1440, 0);
    struct support_run back = support_run(
        QUARTER PLACES REMAND ONE
        "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, by: work, fails: "
        "{share: 1, after: 20 days, as: held}}}\n",
        0);
    expect(&back,
           "1 12:00 present/a 0 status remand outside\n"
           "1 12:00 present/a 0 placed remand ward\n"
           "5 12:00 present/a 0 status held ward\n"
           "5 12:00 present/a 0 replaced held ward\n"
           "25 12:00 present/a 0 status held outside\n"
           "25 12:00 present/a 0 placed held ward\n"
           "31 12:00 present/a 0 released held ward\n",
           1, 0, 1);
    struct support_run over = support_run(
        QUARTER PLACES
        "statuses:\n" COMES("remand") "  remand: {served: true, stay: 14 days, next: {held: 1}}\n"
                                      "  held: {clock: custody, sentence: 10 days}\n" ONE
                                      "measures: {m: {kind: replace_sentence, starts: 2026-01-01, "
                                      "share: 1, in: ankle, fails: "
                                      "{share: 1, after: 1 day, as: held}}}\n",
        0);
    expect(&over,
           "1 12:00 present/a 0 status remand outside\n"
           "1 12:00 present/a 0 placed remand ward\n"
           "15 12:00 present/a 0 status held ward\n"
           "15 12:00 present/a 0 replaced held ankle\n"
           "15 12:00 present/a 0 released held ankle\n",
           1, 0, 0);
}

Test(replace, keeps_him_out_of_rules_with_a_date)
{
    struct support_run run = support_run(
        QUARTER
        "regimes: {ward: {places: unlimited}, ankle: {places: unlimited, outside: true}}\n"
        "placement:\n"
        "  late: {who: {status: held}, to: [ward], at: 3 days before release}\n"
        "  all: {who: {status: held}, to: [ward]}\n" HELD ONE
        "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, in: ankle}}\n",
        0);
    expect(&run,
           "1 12:00 present/a 0 status held outside\n"
           "1 12:00 present/a 0 replaced held ankle\n"
           "11 12:00 present/a 0 released held ankle\n",
           1, 14400, 0);
}

/* -- many people */

/* 20 a day for 365 days to a sentence of 10 days. */
#define MANY                                                                                       \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "regimes: {ward: {places: unlimited}}\n"                                                       \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "statuses:\n"                                                                                  \
    "  held: {sentence: 10 days}\n"                                                                \
    "  seen: {sentence: 5 days}\n"                                                                 \
    "flows: {x: {status: held, per_day: 20}}\n"

static struct support_run run_many(const char *measures)
{
    char text[1200];
    snprintf(text, sizeof text, MANY "measures: {%s}\n", measures);
    return support_run(text, 0);
}

static bool is_replaced(const struct support_run *run, uint64_t key)
{
    for (uint32_t i = 0; i < run->trace.count; i++)
        if (run->trace.row[i].key == key && run->trace.row[i].what == TRACE_REPLACED)
            return true;
    return false;
}

static bool touches_all_of(const struct support_run *more, const struct support_run *less)
{
    for (uint32_t i = 0; i < less->trace.count; i++)
        if (less->trace.row[i].what == TRACE_REPLACED && !is_replaced(more, less->trace.row[i].key))
            return false;
    return true;
}

#define WORK(share) "m: {kind: replace_sentence, starts: 2026-10-01, by: work, share: " share "}"

Test(replace, touches_a_superset_with_a_larger_share_and_an_earlier_start, .timeout = 60)
{
    static const char *const rising[] = {
        WORK("0"), WORK("0.1"), WORK("0.35"),
        "m: {kind: replace_sentence, starts: 2026-09-20, by: work, share: 0.35}",
        "m: {kind: replace_sentence, starts: 2026-09-20, by: work, share: 0.7}"};
    struct support_run before = run_many(rising[0]);
    cr_expect_eq(support_year(&before, "people measure.m", 2026), 0);
    for (int i = 1; i < 5; i++) {
        struct support_run run = run_many(rising[i]);
        cr_expect(touches_all_of(&run, &before), "%s", rising[i]);
        cr_expect_gt(support_year(&run, "people measure.m", 2026),
                     support_year(&before, "people measure.m", 2026));
        before = run;
    }
}

/* 92 days from 1 October with 1,840 people: of each the share, four standard errors around it. */
Test(replace, takes_each_measure_by_a_uniform_of_its_own)
{
    struct support_run run = run_many(
        WORK("0.5") ", a: {kind: replace_sentence, starts: 2026-10-01, by: work, share: 0.5}");
    int64_t a = support_year(&run, "people measure.a", 2026);
    int64_t m = support_year(&run, "people measure.m", 2026);
    cr_expect_float_eq((double)a, 920, 4 * 31.0, "%lld: Poisson(920)", (long long)a);
    cr_expect_float_eq((double)m, 460, 4 * 21.5, "%lld: half of the rest", (long long)m);
    struct support_run alone = run_many(WORK("0.5"));
    cr_expect_float_eq((double)support_year(&alone, "people measure.m", 2026), 920, 4 * 31.0);
}

/* Of 7,300, a share of 0.4 is replaced; of these 0.25 come back, 20 days later: those replaced in
 * the first 345 of 365 days. Each of the others saves 10 days. */
Test(replace, lets_its_share_fail)
{
    struct support_run run =
        run_many("m: {kind: replace_sentence, starts: 2026-01-01, by: work, share: 0.4, fails: "
                 "{share: 0.25, after: 20 days, as: seen}}");
    int64_t people = support_year(&run, "people measure.m", 2026);
    int64_t failed = support_year(&run, "failed measure.m", 2026);
    int64_t saved = support_year(&run, "days_saved measure.m", 2026);
    cr_expect_float_eq((double)people, 2920, 4 * 54.1);
    cr_expect_float_eq((double)failed, 0.25 * 2760, 4 * 26.3);
    cr_expect_eq(saved % 14400, 0);
    cr_expect_float_eq((double)saved / 14400, 0.75 * 2920, 4 * 46.8);
    cr_expect_eq(support_year(&run, "entries status.seen", 2026), failed);
}
