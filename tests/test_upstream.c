#include <criterion/criterion.h>
#include <math.h>

#include "tests/support.h"

/* Changes upstream that reach the prisons later, and people beside the rate. */
#define PERIOD "period: {start: 2026-01-01, end: 2026-12-31}\n"
#define WORLD                                                                                      \
    "attributes: {sex: {man: 0.7, woman: rest}}\n"                                                 \
    "regimes: {ward: {places: unlimited}}\n"                                                       \
    "statuses: {held: {stay: {exponential: {mean: 5 days}}}, seen: {stay: 1 day}}\n"               \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "flows: {many: {status: held, per_day: 9.5}, none: {status: seen, per_day: 0}}\n"

static const struct scenario *plan_with(const char *keys)
{
    char text[1200];
    snprintf(text, sizeof text,
             PERIOD WORLD "measures: {m: {kind: inflow, starts: 2026-02-10, %s}}\n", keys);
    return support_scenario(text);
}

/* So many days after `starts`. */
static double factor_after(const struct scenario *plan, int days)
{
    return measure_factor(&plan->measures.list[0], plan->measures.list[0].starts + days);
}

Test(upstream, is_shifted_by_a_duration)
{
    const struct scenario *now = plan_with("ends: 2026-03-20, ramp: 9 days, factor: 1.8");
    const struct scenario *later =
        plan_with("ends: 2026-03-20, ramp: 9 days, factor: 1.8, lag: 30 days");
    for (int day = -5; day < 120; day++)
        cr_expect_float_eq(factor_after(later, day), factor_after(now, day - 30), 1e-12, "%d", day);
}

/* F of an exponential with a mean of 60 days, to within what its table leaves. */
Test(upstream, comes_by_the_shape_of_its_lag)
{
    const struct scenario *plan = plan_with("factor: 3, lag: {exponential: {mean: 60 days}}");
    for (int day = 0; day < 320; day++)
        cr_expect_float_eq(factor_after(plan, day), 1 + 2 * (1 - exp(-day / 60.0)), 1e-6, "%d",
                           day);
    cr_expect_eq(factor_after(plan, -1), 1);
}

/* A half of it comes after 1 day, a half after 3. Two days upstream, at 1/2 and 1: on day 1 a half
 * of 1/2, on day 2 a half of 1, on day 3 the other half of 1/2, on day 4 that of 1. */
Test(upstream, adds_up_what_ramp_and_end_leave)
{
    const struct scenario *plan = plan_with("ends: 2026-02-11, ramp: 1 day, factor: 5, lag: "
                                            "{steps: [[1 day, 0.5], [3 days, 1]]}");
    static const double    expected[] = {1, 2, 3, 2, 3, 1, 1};
    for (int day = 0; day < 7; day++)
        cr_expect_float_eq(factor_after(plan, day), expected[day], 1e-12, "%d", day);
}

/* A ramp that has not come to its end when the measure ends: thirds of it on two days. */
Test(upstream, ends_in_the_middle_of_a_ramp)
{
    const struct scenario *plan =
        plan_with("ends: 2026-02-11, ramp: 2 days, factor: 4, lag: 36 hours");
    static const double expected[] = {1, 1, 2, 3, 1, 1};
    for (int day = 0; day < 6; day++)
        cr_expect_float_eq(factor_after(plan, day), expected[day], 1e-12, "%d", day);
}

static struct support_run run_with(const char *keys, uint32_t replication)
{
    char text[1200];
    snprintf(text, sizeof text, PERIOD WORLD "%s%s%s\n",
             *keys ? "measures: {m: {kind: inflow, " : "", keys, *keys ? "}}" : "");
    return support_run(text, replication);
}

static int64_t arrivals(const struct support_run *run, const char *column)
{
    return support_year(run, column, 2026);
}

/* The mean is exact; the number is Poisson's. Of a lag of 60 days (exponential) after the 181 days
 * to 30 June, F(d) at 0:00 of each day from its change to the end of the year: 184 to 364 days of
 * time are left, the mean of 1 - exp(-left / 60) is 1 - exp(-184 / 60) (1 - r^181) / 181 / (1 - r),
 * r = exp(-1 / 60). */
Test(upstream, adds_so_many_people_on_average)
{
    double r = exp(-1 / 60.0);
    double met = 1 - exp(-184 / 60.0) * (1 - pow(r, 181)) / 181 / (1 - r);
    struct {
        const char *keys, *column;
        double      mean;
    } table[] = {
        {"starts: 2026-03-01, ends: 2026-05-31, who: {flow: many}, adds: 900",
         "arrivals status.held", 900},
        {"starts: 2026-03-01, ends: 2026-05-31, ramp: 60 days, who: {flow: many}, adds: 900",
         "arrivals status.held", 900},
        {"starts: 2026-03-01, ends: 2026-03-05, ramp: 60 days, who: {flow: many}, adds: 900",
         "arrivals status.held", 900},
        {"starts: 2026-03-01, ends: 2026-05-31, who: {status: held, sex: woman}, adds: 900",
         "arrivals status.held", 900},
        {"starts: 2026-03-01, ends: 2026-05-31, who: {flow: none}, adds: 900, lag: 80 days",
         "arrivals status.seen", 900},
        {"starts: 2026-01-01, ends: 2026-06-30, who: {flow: many}, adds: 2000, lag: "
         "{exponential: {mean: 60 days}}",
         "arrivals status.held", 2000 * met},
        {"starts: 2025-12-01, ends: 2026-01-30, who: {flow: many}, adds: 1830",
         "arrivals status.held", 1830.0 * 30 / 61},
    };
    struct support_run base = run_with("", 2);
    for (int i = 0; i < 7; i++) {
        struct support_run run = run_with(table[i].keys, 2);
        int64_t            people = support_year(&run, "people measure.m", 2026);
        cr_expect_eq(arrivals(&run, table[i].column) - arrivals(&base, table[i].column), people);
        cr_expect_float_eq((double)people, table[i].mean, 4 * sqrt(table[i].mean), "%s: %lld",
                           table[i].keys, (long long)people);
    }
}

/* A month of `none` has nobody but these: 15 a day of April. */
Test(upstream, adds_them_between_its_dates)
{
    struct support_run run =
        run_with("starts: 2026-04-01, ends: 2026-04-30, who: {flow: none}, adds: 450", 0);
    int64_t sum = 0;
    for (int d = 1; d <= 30; d++) {
        char date[11];
        snprintf(date, sizeof date, "2026-04-%02d", d);
        sum += support_day(&run, "arrivals total", date);
    }
    struct support_run base = run_with("", 0);
    for (int d = 1; d <= 30; d++) {
        char date[11];
        snprintf(date, sizeof date, "2026-04-%02d", d);
        sum -= support_day(&base, "arrivals total", date);
    }
    cr_expect_eq(sum, support_year(&run, "people measure.m", 2026));
    cr_expect_eq(arrivals(&run, "arrivals status.seen"), sum);
}

/* `adds` stands beside factors: half of the rate, of 9.5 a day for 100 days, and 500 more. */
Test(upstream, adds_beside_its_own_factor)
{
    struct support_run base = run_with("", 1);
    struct support_run run = run_with(
        "starts: 2026-03-01, ends: 2026-06-08, who: {flow: many}, factor: 0.5, adds: 500", 1);
    double change = (double)(arrivals(&run, "arrivals total") - arrivals(&base, "arrivals total"));
    cr_expect_float_eq(change, 500 - 475, 4 * sqrt(500 - 475), "%g", change);
}

Test(upstream, touches_a_superset_and_changes_nobody, .timeout = 60)
{
#define BACKLOG "starts: 2026-11-10, ends: 2026-12-20, who: {flow: many}"
    static const char *const rising[] = {
        "",
        BACKLOG ", adds: 0",
        BACKLOG ", adds: 100, lag: 9 days",
        BACKLOG ", adds: 250, lag: 9 days",
        BACKLOG ", adds: 250, factor: 1.4, lag: 9 days",
    };
    struct support_run before = run_with(rising[0], 1);
    for (int i = 1; i < 5; i++) {
        struct support_run run = run_with(rising[i], 1);
        cr_expect(support_is_within(&before, &run), "%s", rising[i]);
        cr_expect(i == 1 ? run.trace.count == before.trace.count
                         : run.trace.count > before.trace.count);
        before = run;
    }
}
