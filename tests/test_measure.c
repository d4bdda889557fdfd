#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/support.h"

#define PERIOD "period: {start: 2026-01-01, end: 2026-12-31}\n"

/* Everybody has a place at once, so a day's columns follow from who arrives. */
#define WORLD                                                                                      \
    "attributes: {sex: {man: 0.7, woman: rest}}\n"                                                 \
    "regimes: {ward: {places: unlimited}}\n"                                                       \
    "statuses: {held: {stay: {exponential: {mean: 5 days}}}, seen: {stay: 1 day}}\n"               \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "flows: {many: {status: held, per_day: 9.5}, few: {status: seen, per_day: 2.25}}\n"            \
    "output: {daily: [total, status, sex]}\n"

static int32_t day_of(int month, int day)
{
    return date_to_day((struct date){2026, month, day});
}

static double factor_on(const struct scenario *plan, int month, int day)
{
    return measure_factor(&plan->measures.list[0], day_of(month, day));
}

/* 0 on the day before, full 4 days after `starts`: fifths of 0.5. */
Test(measure, is_linear_by_day_and_whole_after_its_ramp)
{
    const struct scenario *plan =
        support_scenario(PERIOD WORLD "measures: {m: {kind: inflow, starts: 2026-02-10, ends: "
                                      "2026-03-01, ramp: 4 days, factor: 1.5}}\n");
    static const double expected[] = {1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.5};
    for (int i = 0; i < 7; i++)
        cr_expect_float_eq(factor_on(plan, 2, 9 + i), expected[i], 1e-15, "day %d", i);
    cr_expect_eq(factor_on(plan, 3, 1), 1.5, "to 24:00 of its last day");
    cr_expect_eq(factor_on(plan, 3, 2), 1.0);
    cr_expect_eq(factor_on(plan, 1, 1), 1.0);
}

/* Of 0.6 fifths: 0.12, 0.24, .. */
Test(measure, has_shares_by_day_as_exact_thresholds)
{
    const struct scenario *plan = support_scenario(
        PERIOD "regimes: {ward: {places: unlimited}}\n"
               "placement: {all: {to: [ward]}}\n"
               "statuses: {held: {sentence: 9 days}}\n"
               "measures: {m: {kind: replace_sentence, starts: 2026-02-10, ramp: 4 days, share: "
               "0.6, by: work}}\n");
    for (int i = 0; i < 5; i++)
        cr_expect_eq(plan->measures.list[0].threshold[i], rng_threshold(12 * (i + 1), 100));
}

Test(measure, takes_the_earliest_then_the_first_by_name)
{
    static const char *const expected[] = {"d", "b", "c", "a"};
#define EACH(name, starts)                                                                         \
    name ": {kind: replace_sentence, by: work, share: 1, starts: 2026-" starts "}"
    const struct scenario *plan =
        support_scenario(PERIOD "regimes: {ward: {places: unlimited}}\n"
                                "placement: {all: {to: [ward]}}\n"
                                "statuses: {held: {sentence: 9 days}}\n"
                                "measures: {" EACH("c", "03-01") ", " EACH("a", "04-01") ", " EACH(
                                    "b", "03-01") ", " EACH("d", "02-01") "}\n");
    for (int i = 0; i < 4; i++)
        cr_expect_str_eq(plan->measures.list[plan->measures.by_start[i]].name, expected[i]);
}

/* -- who arrives */

static struct support_run run_with(const char *measures, uint32_t replication)
{
    char text[1500];
    snprintf(text, sizeof text, PERIOD WORLD "%s%s\n", *measures ? "measures: " : "", measures);
    return support_run(text, replication);
}

Test(measure, brings_more_people_and_changes_nobody, .timeout = 60)
{
    static const char *const measures[] = {
        "{m: {kind: inflow, starts: 2026-11-20, factor: 0}}",
        "{m: {kind: inflow, starts: 2026-11-20, factor: 0.7}}",
        "",
        "{m: {kind: inflow, starts: 2026-11-20, factor: 1.2}}",
        "{m: {kind: inflow, starts: 2026-11-10, factor: 1.2}}",
        "{m: {kind: inflow, starts: 2026-11-10, factor: 1.9}}",
    };
    struct support_run before = run_with(measures[0], 1);
    for (int i = 1; i < 6; i++) {
        struct support_run run = run_with(measures[i], 1);
        cr_expect(support_is_within(&before, &run), "%s", measures[i]);
        cr_expect_gt(run.trace.count, before.trace.count);
        before = run;
    }
}

static int64_t arrivals(const struct support_run *run, const char *group)
{
    char column[40];
    snprintf(column, sizeof column, "arrivals %s", group);
    return support_year(run, column, 2026);
}

Test(measure, counts_who_comes_and_who_stays_away)
{
    static const struct {
        const char *measures;
        int         sign;
        double      mean; /* of people, over the year */
    } table[] = {
        /* 306 days from 1 March; a factor on both flows: 0.4 x 11.75 a day */
        {"{m: {kind: inflow, starts: 2026-03-01, factor: 1.4}}", 1, 306 * 0.4 * 11.75},
        {"{m: {kind: inflow, starts: 2026-03-01, factor: 0.4}}", -1, 306 * 0.6 * 11.75},
        {"{m: {kind: inflow, starts: 2026-03-01, who: {sex: woman}, factor: 3}}", 1,
         306 * 2 * 0.3 * 11.75},
        {"{m: {kind: inflow, starts: 2026-03-01, who: {flow: few, sex: {not: man}}, factor: 0}}",
         -1, 306 * 0.3 * 2.25},
        /* 10 days of the ramp: 0.4 x (1 + .. + 10) / 11; 296 whole */
        {"{m: {kind: inflow, starts: 2026-03-01, ramp: 10 days, factor: 1.4}}", 1,
         0.4 * 11.75 * (5 + 296)},
    };
    struct support_run base = run_with("", 2);
    for (int i = 0; i < 5; i++) {
        struct support_run run = run_with(table[i].measures, 2);
        int64_t            people = support_year(&run, "people measure.m", 2026);
        cr_expect_eq(arrivals(&run, "total") - arrivals(&base, "total"), table[i].sign * people);
        /* a Poisson number */
        cr_expect_float_eq((double)people, table[i].mean, 4 * sqrt(table[i].mean), "%s: %lld",
                           table[i].measures, (long long)people);
    }
}

/* One doubles, the other halves: together the rate is as without, so that nobody comes or stays
 * away, while each alone moves half or all of the flow. */
Test(measure, multiplies_factors_and_counts_each_beside_the_others)
{
    struct support_run base = run_with("", 0);
    struct support_run run =
        run_with("{twice: {kind: inflow, starts: 2026-01-01, factor: 2}, half: "
                 "{kind: inflow, starts: 2026-01-01, factor: 0.5}}",
                 0);
    double mean = 365 * 11.75;
    cr_expect(support_is_within(&base, &run) && support_is_within(&run, &base));
    cr_expect_float_eq((double)support_year(&run, "people measure.half", 2026), mean,
                       4 * sqrt(mean));
    cr_expect_float_eq((double)support_year(&run, "people measure.twice", 2026), mean / 2,
                       4 * sqrt(mean / 2));
}

Test(measure, acts_on_its_flows_and_attributes_only)
{
    struct support_run base = run_with("", 0);
    struct support_run women =
        run_with("{m: {kind: inflow, starts: 2026-02-01, who: {sex: woman}, factor: 2}}", 0);
    struct support_run few =
        run_with("{m: {kind: inflow, starts: 2026-02-01, who: {flow: {not: many}}, factor: 2}}", 0);
    struct support_run seen =
        run_with("{m: {kind: inflow, starts: 2026-02-01, who: {status: [seen]}, factor: 2}}", 0);
    cr_expect_eq(support_year(&base, "present_mean sex.man", 2026),
                 support_year(&women, "present_mean sex.man", 2026));
    cr_expect_lt(support_year(&base, "present_mean sex.woman", 2026),
                 support_year(&women, "present_mean sex.woman", 2026));
    cr_expect_eq(arrivals(&base, "status.held"), arrivals(&few, "status.held"));
    cr_expect_lt(arrivals(&base, "status.seen"), arrivals(&few, "status.seen"));
    cr_expect(support_is_within(&few, &seen) && support_is_within(&seen, &few),
              "the flow has that status");
}

Test(measure, touches_nobody_in_the_warm_up_or_by_a_factor_of_one)
{
    struct support_run run =
        run_with("{a: {kind: inflow, starts: 2026-01-01, factor: 1}, b: {kind: inflow, starts: "
                 "2027-01-01, factor: 2}}",
                 0);
    cr_expect_eq(support_year(&run, "people measure.a", 2026), 0);
    cr_expect_eq(support_year(&run, "people measure.b", 2026), 0);
    struct support_run warm = support_run(
        "period: {start: 2026-01-01, end: 2026-12-31, warm_up: 100 days}\n" WORLD
        "measures: {m: {kind: inflow, starts: 2026-01-01, ends: 2026-04-10, factor: 2}}\n",
        0);
    cr_expect_eq(support_year(&warm, "people measure.m", 2026), 0);
}
