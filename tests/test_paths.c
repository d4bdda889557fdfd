#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/support.h"

/* Units: ward 0. Statuses: police 0, remand 1, convict 2, reporter 3. */
#define HEAD                                                                                       \
    "period: {start: 2026-01-01, end: 2029-12-31}\n"                                               \
    "attributes: {sex: {man: 0.8, woman: rest}}\n"                                                 \
    "regimes: {ward: {places: unlimited}, home: {places: unlimited, outside: true}}\n"             \
    "statuses:\n"
#define REST                                                                                       \
    "placement: {reporter: {who: {status: reporter}, to: [home]}, all: {to: [ward]}}\n"            \
    "flows: {police: {status: police, per_day: 1}}\n"                                              \
    "start: {present: {convict: {persons: 1}}}\n"
#define POLICE "  police: {clock: arrival, served: true, stay: 3 days, next: {remand: 1}}\n"
#define REPORTER "  reporter: {clock: arrival, served: true, stay: 9 days, next: {convict: 1}}\n"

static const struct path_choice *choice_of(const char *text, int group)
{
    return support_scenario(text)->start.list[group].paths;
}

/* Sums over those who are there in equilibrium, days. */
struct sums {
    double stay, square, before, women;
};

static struct sums in_equilibrium(const struct path_choice *choice)
{
    struct sums sums = {0};
    double      total = choice->up_to[PATHS - 1];
    for (int i = 0; i < PATHS; i++) {
        const struct path *path = path_at(choice->paths, i);
        double             days = path->stay_min / 1440.0;
        double             weight = (choice->up_to[i] - (i > 0 ? choice->up_to[i - 1] : 0)) / total;
        sums.stay += weight * days;
        sums.square += weight * days * days;
        sums.before += weight * path->before_min / 1440.0;
        sums.women += weight * path->profile;
    }
    return sums;
}

Test(paths, of_a_fixed_sentence_after_exponential_remand)
{
    /* S = (180 - R)+, R exponential with mean m = 90, no police.
     * E S = 180 - 90 (1 - e^-2) = 102.1802; E S^2 = 180^2 - 2 x 90 x E S = 14007.57;
     * E S^3 = 180^3 - 3 x 90 x E S^2 = 2049957. In progress: mean E S^2 / E S = 137.0870, square
     * E S^3 / E S = 20062.17; custody before: 180 - S there, so 180 - 137.0870 = 42.9130. */
    struct sums sums = in_equilibrium(choice_of(
        HEAD "  police: {clock: arrival, stay: 3 days, next: {remand: 1}}\n"
             "  remand: {clock: arrival, served: true, stay: {exponential: {mean: 90 days}}, next: "
             "{convict: 1}}\n"
             "  convict: {clock: custody, sentence: 180 days}\n" REPORTER REST,
        0));
    cr_expect_float_eq(sums.stay, 137.0870, 0.01, "%.4f", sums.stay);
    cr_expect_float_eq(sums.square, 20062.17, 2, "%.2f", sums.square);
    cr_expect_float_eq(sums.before, 42.9130, 0.01, "%.4f", sums.before);
    cr_expect_float_eq(sums.women, 0.2, 1e-4, "%.5f", sums.women);
}

/* The share of a lognormal of mean 80 and cv 1.2 below x, days. */
static double remand_below(double x)
{
    double sigma2 = log(1 + 1.44);
    return x <= 0 ? 0 : erfc(-(log(x / 80) + sigma2 / 2) / sqrt(2 * sigma2)) / 2;
}

/* E S^k, k = 1 and 2, S = (L - R)+, L uniform over 40 .. 440: the integral of k s^(k-1) times the
 * mean over L of P(R < L - s). */
static void integrate(double mean[3])
{
    enum { PARTS = 1500 };
    mean[1] = mean[2] = 0;
    for (int i = 0; i < PARTS; i++)
        for (int j = 0; j < PARTS; j++) {
            double s = 440 * (i + 0.5) / PARTS, length = 40 + 400 * (j + 0.5) / PARTS;
            double share = remand_below(length - s) / PARTS * 440 / PARTS;
            mean[1] += share;
            mean[2] += 2 * s * share;
        }
}

Test(paths, of_a_uniform_sentence_after_lognormal_remand)
{
    double      mean[3];
    struct sums sums = in_equilibrium(choice_of(
        HEAD
        "  police: {clock: arrival, stay: 3 days, next: {remand: 1}}\n"
        "  remand: {clock: arrival, served: true, stay: {lognormal: {mean: 80 days, cv: "
        "1.2}}, next: {convict: 1}}\n"
        "  convict: {clock: custody, sentence: {uniform: {from: 40 days, to: 440 days}}}\n" REPORTER
            REST,
        0));
    integrate(mean);
    cr_expect_float_eq(sums.stay, mean[2] / mean[1], 2e-4 * sums.stay, "%.4f, exactly %.4f",
                       sums.stay, mean[2] / mean[1]);
}

/* E S^k, k = 1 .. 3, of sentences of three years and more: S = (L - G - R)+, the sentence L
 * lognormal of mean 2535 and cv 0.65, R of mean 516 and cv 0.4, G a third of L in whole days,
 * granted to 85 %. By normal densities on a grid: sums of smooth functions over it are exact. */
static void integrate_granted(double mean[4])
{
    enum { PARTS = 1200 };
    const double sigma2 = log(1 + 0.65 * 0.65), of_remand2 = log(1 + 0.4 * 0.4),
                 step = 16.0 / PARTS;
    memset(mean, 0, 4 * sizeof *mean);
    for (int i = 0; i <= PARTS; i++)
        for (int j = 0; j <= PARTS; j++) {
            double x = -8 + i * step, y = -8 + j * step;
            double share = exp(-(x * x + y * y) / 2) * step * step / (2 * acos(-1));
            double length = 2535 * exp(sqrt(sigma2) * x - sigma2 / 2);
            double stay = length - 516 * exp(sqrt(of_remand2) * y - of_remand2 / 2);
            double early = stay - floor(length / 3);
            for (int k = 1; k <= 3; k++)
                mean[k] += share * (0.85 * pow(early > 0 ? early : 0, k) +
                                    0.15 * pow(stay > 0 ? stay : 0, k));
        }
}

Test(paths, of_long_sentences_are_off_by_little_of_their_spread)
{
    double      mean[4];
    struct sums sums = in_equilibrium(choice_of(
        HEAD
        "  police: {clock: arrival, stay: 3 days, next: {remand: 1}}\n"
        "  remand: {clock: arrival, served: true, stay: {lognormal: {mean: 516 days, cv: 0.4}}, "
        "next: {convict: 1}}\n"
        "  convict: {clock: custody, sentence: {lognormal: {mean: 2535 days, cv: 0.65}}, release: "
        "{conditional: [{remits: 1/3}], granted: 0.85}}\n" REPORTER REST,
        0));
    integrate_granted(mean);
    double exact = mean[2] / mean[1], spread = sqrt(mean[3] / mean[1] - exact * exact);
    cr_expect_float_eq(sums.stay, exact, 1e-3 * spread, "%.4f, exactly %.4f, spread %.1f",
                       sums.stay, exact, spread);
}

Test(paths, add_up_custody_over_statuses_and_forget_what_was_outside)
{
    /* 3 days of police and 20 of remand come off 60: all stays are 37 days. From the reporters, who
     * were outside, custody does not come: 60 days. One flow each, of equal rate: met by days,
     * 37 : 60. In days 37 x 37/97 + 60 x 60/97 = 51.2268, before 23 x 37/97 = 8.7732. */
    struct sums sums = in_equilibrium(choice_of(
        HEAD POLICE
        "  remand: {clock: arrival, served: true, stay: 20 days, next: {convict: 1}}\n"
        "  convict: {clock: custody, sentence: 60 days}\n" REPORTER
        "placement: {reporter: {who: {status: reporter}, to: [home]}, all: {to: [ward]}}\n"
        "flows: {police: {status: police, per_day: 1}, reporter: {status: reporter, per_year: "
        "365}}\n"
        "start: {present: {convict: {persons: 1}}}\n",
        0));
    cr_expect_float_eq(sums.stay, 51.2268, 0.001, "%.4f", sums.stay);
    cr_expect_float_eq(sums.before, 8.7732, 0.001, "%.4f", sums.before);
}

Test(paths, mix_granted_release_and_routes_by_attribute)
{
    /* All men and half of the women go on to a sentence of 90 days after 30 of remand: men 8 :
     * women
     * 1. Women are always granted 1/3 of the part above 30 days: 20 days, so 40 left, as 60 for
     * men. Women there: 40 / (8 x 60 + 40) = 1/13. */
    struct sums sums = in_equilibrium(choice_of(
        HEAD POLICE
        "  remand: {clock: arrival, served: true, stay: 27 days, next: {by: sex, man: {convict: "
        "1}, woman: {convict: 0.5, release: 0.5}}}\n"
        "  convict: {clock: custody, sentence: 90 days, release: {conditional: [{remits: 1/3, "
        "of_part_above: 30 days}], granted: {by: sex, man: 0, woman: 1}}}\n" REPORTER REST,
        0));
    cr_expect_float_eq(sums.women, 1.0 / 13, 1e-4, "%.6f", sums.women);
    cr_expect_float_eq(sums.stay, 60 - 20.0 / 13, 0.002, "%.4f", sums.stay);
}

Test(paths, go_round_a_circle_of_custody)
{
    /* 20 days of remand; after each half come back to it, half are sentenced to 100 days: n rounds
     * of 20 days with chance 1/2^n, over after 5. E S = sum (100 - 20 n) / 2^n, n = 1 .. 4,
     * = 40 + 15 + 5 + 1.25 = 61.25; E S^2 = 3200 + 900 + 200 + 25 = 4325; 4325/61.25 = 70.6122 */
    struct sums sums = in_equilibrium(choice_of(
        HEAD "  police: {clock: arrival, stay: 3 days, next: {remand: 1}}\n"
             "  remand: {clock: arrival, served: true, stay: 20 days, next: {convict: 0.5, "
             "remand: 0.5}}\n"
             "  convict: {clock: custody, sentence: 100 days}\n" REPORTER REST,
        0));
    cr_expect_float_eq(sums.stay, 70.6122, 0.01, "%.4f", sums.stay);
}

#define KNOWN                                                                                      \
    HEAD POLICE                                                                                    \
        "  remand: {clock: arrival, served: true, stay: 27 days, next: {convict: 1}}\n"            \
        "  convict: {clock: custody, sentence: {bands: [[0.5, 50 days, 50 days], [0.5, 90 days, "  \
        "90 days]]}, waits: {in: present_place}}\n" REPORTER                                       \
        "placement: {reporter: {who: {status: reporter}, to: [home]}, all: {to: [ward]}}\n"        \
        "flows: {police: {status: police, per_day: 0.000001}}\n"                                   \
        "start:\n"

Test(paths, given_the_elapsed_time_are_those_that_last_longer)
{
    /* stays of 20 and 60 days: after 10 days both, alike; after 20 only the second. Below 0: any.
     */
    const struct path_choice *choice =
        choice_of(KNOWN "  present: {convict: {persons: 1, elapsed: 10 days}}\n", 0);
    static const struct {
        double  elapsed_days, u;
        int32_t stay_days;
    } table[] = {{-1, 0.49, 20}, {10, 0.49, 20}, {10, 0.51, 60}, {20, 0.01, 60}, {59, 0.99, 60}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct path *path = path_given_elapsed(choice, table[i].elapsed_days * 1440,
                                                     (struct uniform){table[i].u, 1 - table[i].u});
        cr_assert(path);
        cr_expect_eq(path->stay_min, table[i].stay_days * 1440, "row %zu", i);
        cr_expect_eq(path->before_min, 30 * 1440);
    }
    cr_expect_null(path_given_elapsed(choice, 60 * 1440, (struct uniform){0.5, 0.5}));
}

Test(paths, let_people_serve_what_is_left)
{
    /* there since 20 days: 60 - 20 = 40 are left. There since 70, longer than anybody: a minute.
     * Waiting since 30 days in a place that they keep: 60 - 30. */
    struct support_run run =
        support_run(KNOWN "  present: {convict: {persons: 2, elapsed: 20 days}, old: {status: "
                          "convict, persons: 1, elapsed: 70 days}}\n"
                          "  waiting: {convict: {persons: 1, since: 30 days, in: [ward]}}\n",
                    0);
    cr_expect_str_eq(support_history(&run, "present/convict"),
                     "0 00:00 present/convict 0 placed convict ward\n"
                     "0 00:00 present/convict 1 placed convict ward\n"
                     "40 00:00 present/convict 0 released convict ward\n"
                     "40 00:00 present/convict 1 released convict ward\n");
    cr_expect_str_eq(support_history(&run, "present/old"),
                     "0 00:00 present/old 0 placed convict ward\n"
                     "0 00:01 present/old 0 released convict ward\n");
    cr_expect_str_eq(support_history(&run, "waiting/convict"),
                     "0 00:00 waiting/convict 0 waits convict ward\n"
                     "0 00:00 waiting/convict 0 placed convict ward\n"
                     "30 00:00 waiting/convict 0 released convict ward\n");
}

Test(paths, bring_custody_that_counts_later)
{
    /* In remand since 10 of its 27 days, after 3 of police: sentenced on day 17, and 50 or 90 days
     * of custody are over 50 - 13 = 37 or 90 - 13 = 77 days after the start. */
    struct support_run run =
        support_run(KNOWN "  present: {remand: {persons: 20, elapsed: 10 days}}\n", 0);
    int early = 0, late = 0;
    for (uint32_t i = 0; i < run.trace.count; i++) {
        const struct trace_row *row = &run.trace.row[i];
        early += row->what == TRACE_RELEASED && row->minute == 37 * 1440;
        late += row->what == TRACE_RELEASED && row->minute == 77 * 1440;
    }
    cr_expect_eq(early + late, 20);
    cr_expect(early >= 3 && late >= 3, "%d and %d", early, late);
}

Test(paths, are_the_same_whoever_else_is_there)
{
    static const char *const others[] = {
        "", ", women: {status: convict, persons: 9, elapsed: 3 days}, remand: {persons: 4}"};
    const char *history[2];
    for (int i = 0; i < 2; i++) {
        char text[4096];
        snprintf(text, sizeof text, KNOWN "  present: {convict: {persons: 50}%s}\n", others[i]);
        struct support_run run = support_run(text, 3);
        history[i] = support_history(&run, "present/convict");
    }
    cr_expect_str_eq(history[0], history[1]);
}

Test(paths, are_made_only_where_a_stay_is_derived)
{
    const struct start *start =
        &support_scenario(KNOWN "  present: {police: {persons: 1}, convict: {persons: 1}, "
                                "reporter: {persons: 1}}\n")
             ->start;
    cr_expect_null(start->list[0].paths);
    cr_expect(start->list[1].paths);
    cr_expect_null(start->list[2].paths);
}
