#include "plan_reader.h"

#include "models/flow.h"

/* 2026-01-01 to 2035-12-31: 10 x 365 + the leap days of 2028 and 2032. */
#define DAYS 3652

struct flow_plan {
    struct plan   plan;
    struct period period;
    struct flows  flows;
};

static void read_flows(struct flow_plan *flow_plan, const char *flows_text)
{
    struct plan *plan = &flow_plan->plan;
    char         text[2000];
    snprintf(text, sizeof text, "statuses: {remand: {}, arrested: {}}\nflows: %s\n", flows_text);
    plan_read_good(plan, text);
    int32_t start = date_to_day((struct date){2026, 1, 1});
    flow_plan->period = (struct period){start, start + DAYS - 1, start, DAYS};
    flows_read(&plan->yaml.reader, node_find(plan->root, "flows"), &flow_plan->period,
               &plan->statuses, &flow_plan->flows);
}

static const struct flow *read_flow(struct flow_plan *flow_plan, const char *keys)
{
    char text[1500];
    snprintf(text, sizeof text, "{remand: {status: remand, %s}}", keys);
    read_flows(flow_plan, text);
    cr_assert_str_eq(yaml_errors(&flow_plan->plan.yaml), "", "%s gives: %s", keys,
                     yaml_errors(&flow_plan->plan.yaml));
    return &flow_plan->flows.list[0];
}

/* People from a day on, `year` 2026 being the first. */
static double sum_days(const struct flow *flow, struct date from, int days)
{
    int32_t first = date_to_day(from) - date_to_day((struct date){2026, 1, 1});
    double  sum = 0;
    for (int32_t day = first; day < first + days; day++)
        sum += flow->rate_per_day[day];
    return sum;
}

Test(flow, flows_are_ordered_by_name)
{
    struct flow_plan f;
    yaml_open(&f.plan.yaml);
    read_flows(&f, "{c: {status: remand, per_day: 3}, a: {status: arrested, per_day: 1}, "
                   "source: made up, b: {status: remand, per_day: 2}}");
    cr_assert_str_eq(yaml_errors(&f.plan.yaml), "");
    cr_assert_eq(f.flows.count, 3);
    for (int i = 0; i < 3; i++) {
        cr_expect_eq(f.flows.list[i].name[0], 'a' + i);
        cr_expect_eq(f.flows.list[i].rate_per_day[DAYS - 1], i + 1.0);
        cr_expect_eq(f.flows.list[i].rate_at_most, i + 1.0);
        cr_expect_eq(f.flows.list[i].status, i == 0 ? 1 : 0);
    }
}

Test(flow, a_stated_total_is_spread_over_the_days_of_its_year_or_month)
{
    struct flow_plan   f;
    const struct flow *flow;
    yaml_open(&f.plan.yaml);
    flow = read_flow(&f, "per_year: 13500");
    cr_expect_float_eq(flow->rate_per_day[0], 13500.0 / 365, 1e-12);
    cr_expect_float_eq(sum_days(flow, (struct date){2026, 1, 1}, 365), 13500, 1e-8);
    cr_expect_float_eq(sum_days(flow, (struct date){2028, 1, 1}, 366), 13500, 1e-8);
    cr_expect_float_eq(flow->rate_at_most, 13500.0 / 365, 1e-12);
    flow = read_flow(&f, "per_month: {value: 310, source: made up}");
    cr_expect_float_eq(flow->rate_per_day[0], 10, 1e-12); /* 310 / 31 */
    cr_expect_float_eq(sum_days(flow, (struct date){2026, 2, 1}, 28), 310, 1e-9);
    cr_expect_float_eq(sum_days(flow, (struct date){2028, 2, 1}, 29), 310, 1e-9);
    cr_expect_float_eq(sum_days(flow, (struct date){2027, 12, 1}, 31), 310, 1e-9);
    flow = read_flow(&f, "per_day: 7.5");
    cr_expect_eq(flow->rate_per_day[0], 7.5);
    cr_expect_eq(flow->rate_per_day[DAYS - 1], 7.5);
    flow = read_flow(&f, "per_day: 0");
    cr_expect_eq(flow->rate_at_most, 0.0);
}

Test(flow, a_stated_year_holds_until_the_next_and_the_first_also_before)
{
    struct flow_plan f;
    yaml_open(&f.plan.yaml);
    const struct flow *flow =
        read_flow(&f, "per_year: {2027: 365, 2030: {value: 730, source: b}, source: a}");
    static const struct {
        int    year, days;
        double total;
    } years[] = {{2026, 365, 365}, {2027, 365, 365}, {2028, 366, 365}, {2029, 365, 365},
                 {2030, 365, 730}, {2031, 365, 730}, {2032, 366, 730}, {2035, 365, 730}};
    for (size_t i = 0; i < COUNT(years); i++)
        cr_expect_float_eq(sum_days(flow, (struct date){years[i].year, 1, 1}, years[i].days),
                           years[i].total, 1e-9, "%d", years[i].year);
}

Test(flow, months_and_weekdays_are_scaled_to_a_mean_of_1)
{
    struct flow_plan   f;
    const struct flow *flow;
    yaml_open(&f.plan.yaml);
    /* the mean of the factors is (11 x 2 + 14) / 12 = 3: February gets 14/3, others 2/3 */
    flow = read_flow(&f, "per_day: 3, month: [2, 14, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]");
    cr_expect_float_eq(flow->rate_per_day[0], 2, 1e-12);
    cr_expect_float_eq(flow->rate_per_day[31], 14, 1e-12);
    cr_expect_float_eq(flow->rate_per_day[59], 2, 1e-12);
    cr_expect_float_eq(flow->rate_at_most, 14, 1e-12);
    /* 2026-01-01 is a Thursday; the mean is (5 x 1 + 0.5 + 1/2) / 7 = 6/7 */
    flow = read_flow(&f, "per_day: 6, weekday: [1, 1, 1, 1, 1, 0.5, 1/2]");
    cr_expect_float_eq(flow->rate_per_day[0], 7, 1e-12);
    cr_expect_float_eq(flow->rate_per_day[2], 3.5, 1e-12);
    cr_expect_float_eq(flow->rate_per_day[3], 3.5, 1e-12);
    cr_expect_float_eq(flow->rate_per_day[4], 7, 1e-12);
    cr_expect_float_eq(sum_days(flow, (struct date){2029, 3, 5}, 7), 42, 1e-12);
}

Test(flow, a_trend_grows_from_the_first_day_after_the_last_stated_year)
{
    struct flow_plan f;
    yaml_open(&f.plan.yaml);
    const struct flow *flow =
        read_flow(&f, "per_day: {2026: 50, 2027: 100}, after: {trend_per_year: 0.1}");
    static const struct {
        struct date date;
        double      rate;
    } days[] = {
        {{2026, 12, 31}, 50},
        {{2027, 12, 31}, 100},
        {{2028, 1, 1}, 100},
        {{2028, 7, 2}, 105}, /* day 183 of 366: half of 10 % */
        {{2029, 1, 1}, 110},
        {{2031, 1, 1}, 133.1}, /* 1.1^3 */
        {{2030, 3, 15}, 121 * (1 + 0.1 * 73 / 365)},
    };
    for (size_t i = 0; i < COUNT(days); i++)
        cr_expect_float_eq(sum_days(flow, days[i].date, 1), days[i].rate, 1e-10, "%d-%d",
                           days[i].date.year, days[i].date.month);
    flow = read_flow(&f, "per_day: {2026: 100}, after: {trend_per_year: -0.1}");
    cr_expect_float_eq(sum_days(flow, (struct date){2029, 1, 1}, 1), 81, 1e-10);
}

Test(flow, errors_say_what_is_wrong)
{
    static const struct {
        const char *flows, *errors;
    } table[] = {
        {"{a: {per_day: 1}}", "2:12 a lacks the key status"},
        {"{a: {status: remnd, per_day: 1}}",
         "2:21 status is remnd; no status has this name; did you mean 'remand'?"},
        {"{a: {status: remand}}", "2:12 a lacks a rate: one of per_day, per_month and per_year"},
        {"{a: {status: remand, per_year: 1, per_day: 1}}",
         "2:29 per_year stands beside per_day; a flow has one of per_day, per_month and per_year"},
        {"{a: {status: remand, per_week: 1}}",
         "2:29 per_week is not a known key; known here are status, per_day, per_month, "
         "per_year, month, weekday, after\n"
         "2:12 a lacks a rate: one of per_day, per_month and per_year"},
        {"{a: {status: remand, per_day: -1}}",
         "2:38 per_day is -1; it must lie between 0 and 1000000000000"},
        {"{a: {status: remand, per_day: {26: 1}}}",
         "2:39 26 is no year; it must be one from 1900 to 2999"},
        {"{a: {status: remand, per_day: {2027: 1, 2026: 1}}}",
         "2:48 2026 stands after 2027; years must rise"},
        {"{a: {status: remand, per_day: {source: facts}}}", "2:38 per_day states no year"},
        {"{a: {status: remand, per_day: 1000000.5}}",
         "2:38 per_day comes to 1000000.5 people a day; at most 1000000 are allowed"},
        {"{a: {status: remand, per_day: 1, month: [1, 2]}}",
         "2:48 month has 2 factors; it must have 12"},
        {"{a: {status: remand, per_day: 1, weekday: [0, 0, 0, 0, 0, 0, 0]}}",
         "2:50 weekday has only zeros; at least one factor must be above 0"},
        {"{a: {status: remand, per_day: 1, weekday: [1, 1, -2, 1, 1, 1, 1]}}",
         "2:57 weekday[2] is -2; it must lie between 0 and 1000000000000"},
        {"{a: {status: remand, per_day: 1, after: {trend_per_year: 0.1}}}",
         "2:41 after starts behind the last year stated, but per_day states no years"},
        {"{a: {status: remand, per_day: {2026: 1}, after: {trend_per_year: 11}}}",
         "2:73 trend_per_year is 11; it must lie between -0.99 and 10"},
        {"{a: {status: remand, per_day: {2026: 1}, after: {}}}",
         "2:56 after lacks the key trend_per_year"},
    };
    struct flow_plan f;
    yaml_open(&f.plan.yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        read_flows(&f, table[i].flows);
        cr_expect_str_eq(yaml_errors(&f.plan.yaml), table[i].errors, "%s gives: %s", table[i].flows,
                         yaml_errors(&f.plan.yaml));
    }
}

Test(flow, no_more_than_256_flows)
{
    static char      text[20000];
    struct flow_plan f;
    struct plan     *plan = &f.plan;
    yaml_open(&plan->yaml);
    snprintf(text, sizeof text, "statuses: {s: {}}\nflows:\n");
    for (int i = 0; i < 257; i++)
        snprintf(text + strlen(text), 60, "  f%d: {status: s, per_day: 1}\n", i);
    plan_read_good(plan, text);
    f.period = (struct period){20454, 20454, 20454, 1};
    flows_read(&plan->yaml.reader, node_find(plan->root, "flows"), &f.period, &plan->statuses,
               &f.flows);
    cr_expect_eq(f.flows.count, 256);
    cr_expect_str_eq(yaml_errors(&plan->yaml),
                     "259:3 f256 is one flow too many; at most 256 are allowed");
}
