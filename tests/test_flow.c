#include "plan_reader.h"

#include <math.h>
#include <stdlib.h>

#include "models/flow.h"
#include "tests/own_folder.h"
#include "tests/support.h"

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
    flow = read_flow(&f, "per_quarter: 910");
    cr_expect_float_eq(flow->rate_per_day[0], 910.0 / 90, 1e-12); /* 31 + 28 + 31 */
    static const struct {
        struct date first;
        int         days;
    } quarters[] = {{{2026, 1, 1}, 90}, {{2028, 1, 1}, 91}, {{2026, 4, 1}, 91}, {{2028, 4, 1}, 91},
                    {{2026, 7, 1}, 92}, {{2028, 7, 1}, 92}, {{2026, 10, 1}, 92}};
    for (size_t i = 0; i < COUNT(quarters); i++)
        cr_expect_float_eq(sum_days(flow, quarters[i].first, quarters[i].days), 910, 1e-9, "%zu",
                           i);
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

Test(flow, a_trend_and_a_year_know_leap_years_and_meet_at_new_year)
{
    struct flow_plan   f;
    const struct flow *flow;
    yaml_open(&f.plan.yaml);
    /* the totals of 2027 and 2028 are stated; 2028 has 366 days; from 2029 on 10 % a year */
    flow = read_flow(&f, "per_year: {2027: 730, 2028: 732}, after: {trend_per_year: 0.1}");
    static const struct {
        struct date date;
        double      rate;
    } days[] = {
        {{2026, 12, 31}, 2},
        {{2027, 12, 31}, 2},
        {{2028, 1, 1}, 2},
        {{2028, 2, 29}, 2},
        {{2028, 12, 31}, 2},
        {{2029, 1, 1}, 732.0 / 365},
        {{2029, 12, 31}, 732.0 / 365 * (1 + 0.1 * 364 / 365)},
        {{2030, 1, 1}, 732.0 / 365 * 1.1},
        {{2032, 2, 29}, 2 * 1.331 * (1 + 0.1 * 59 / 366)}, /* day 59 of 366, from 0; 1.1^3 */
        {{2032, 12, 31}, 2 * 1.331 * (1 + 0.1 * 365 / 366)},
        {{2033, 1, 1}, 732.0 / 365 * 1.4641},
    };
    for (size_t i = 0; i < COUNT(days); i++)
        cr_expect_float_eq(sum_days(flow, days[i].date, 1), days[i].rate, 1e-10, "%d-%d",
                           days[i].date.year, days[i].date.month);
}

Test(flow, the_order_of_the_keys_does_not_matter)
{
    static const char *const part[] = {
        "per_quarter: {2026: 900, 2027: 990}",
        "after: {trend_per_year: 0.03}",
        "spread: {cv_per_year: 0.1}",
        "weekday: [1, 1, 1, 1, 1, 0, 0]",
        "month: [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
    };
    struct flow_plan f;
    double           rate[DAYS], at_most = 0;
    yaml_open(&f.plan.yaml);
    for (size_t first = 0; first < COUNT(part); first++) {
        char keys[500] = "";
        for (size_t i = 0; i < COUNT(part); i++)
            snprintf(keys + strlen(keys), 100, "%s%s", i > 0 ? ", " : "",
                     part[(first + COUNT(part) - i) % COUNT(part)]);
        const struct flow *flow = read_flow(&f, keys);
        if (first == 0) {
            memcpy(rate, flow->rate_per_day, sizeof rate);
            at_most = flow->rate_at_most;
        }
        cr_expect(memcmp(rate, flow->rate_per_day, sizeof rate) == 0, "%s", keys);
        cr_expect_eq(at_most, flow->rate_at_most);
        cr_expect(flow->spread);
    }
    /* Friday 29 January 2027: month 12/13, weekday 7/5, 990 in the 90 days of the quarter */
    cr_expect_float_eq(rate[365 + 28], 11 * (12 / 13.0) * 1.4, 1e-10);
}

/* -- rates from a CSV file */

/* The flow with such a rate in a CSV file of this text. */
static void read_csv_flow(struct flow_plan *f, const char *per, const char *csv, const char *more)
{
    char text[8000];
    snprintf(text, sizeof text, "{remand: {status: remand, %s: {csv: %s, source: made up}%s}}", per,
             own_file("rates.csv", csv), more);
    read_flows(f, text);
}

Test(flow, a_row_of_a_csv_holds_from_its_date_on)
{
    static const struct {
        const char *per, *csv, *more;
        struct {
            struct date date;
            double      rate;
        } days[7];
    } table[] = {
        {"per_day",
         "date,rate\n2026-03-10,4\n2027-01-01,6.5\n2031-12-31,1/2\n",
         "",
         {{{2026, 1, 1}, 4}, /* the first holds before too */
          {{2026, 3, 10}, 4},
          {{2026, 12, 31}, 4},
          {{2027, 1, 1}, 6.5},
          {{2031, 12, 30}, 6.5},
          {{2031, 12, 31}, 0.5},
          {{2035, 12, 31}, 0.5}}},
        /* columns in any order, others beside them; from before the period; a total a month */
        {"per_month",
         "note,rate,date\nold,31,2024-01-01\n,62,2026-05-01\n,60,2026-06-01\n",
         "",
         {{{2026, 1, 1}, 1},
          {{2026, 4, 30}, 31 / 30.0},
          {{2026, 5, 1}, 2},
          {{2026, 6, 30}, 2},
          {{2028, 2, 29}, 60 / 29.0}}},
        {"per_quarter",
         "date,rate\n2026-01-01,90\n2026-04-01,182\n",
         "",
         {{{2026, 3, 31}, 1}, {{2026, 4, 1}, 2}, {{2028, 1, 1}, 2}, {{2027, 1, 1}, 182 / 90.0}}},
        /* the trend starts on 1 January after the year of the last row */
        {"per_year",
         "date,rate\n2026-01-01,365\n2027-07-01,730\n",
         ", after: {trend_per_year: 0.1}",
         {{{2027, 6, 30}, 1},
          {{2027, 7, 1}, 2},
          {{2027, 12, 31}, 2},
          {{2028, 1, 1}, 730 / 366.0},
          {{2029, 1, 1}, 2.2}}},
    };
    struct flow_plan f;
    yaml_open(&f.plan.yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        read_csv_flow(&f, table[i].per, table[i].csv, table[i].more);
        cr_assert_str_eq(yaml_errors(&f.plan.yaml), "", "%s", yaml_errors(&f.plan.yaml));
        for (size_t d = 0; d < COUNT(table[i].days) && table[i].days[d].date.year; d++)
            cr_expect_float_eq(sum_days(&f.flows.list[0], table[i].days[d].date, 1),
                               table[i].days[d].rate, 1e-12, "%s, day %zu", table[i].per, d);
    }
}

Test(flow, errors_of_a_csv_stand_at_its_cells)
{
    static const struct {
        const char *csv, *errors;
    } table[] = {
        {"date,rate\n2026-01-01,4\n2026-1-2,5\n2026-01-03,x\n",
         "3:1 date is 2026-1-2; write 2026-01-02\n"
         "4:12 rate is x; it must be a number such as 0.95 or 2/3"},
        {"date,rate\n2026-02-01,4\n2026-02-01,5\n",
         "3:1 date is 2026-02-01 after 2026-02-01; dates must rise"},
        {"rate,date\n4,2026-02-01\n5,2026-01-31\n",
         "3:3 date is 2026-01-31 after 2026-02-01; dates must rise"},
        {"date,rate\n2026-02-30,4\n", "2:1 date is 2026-02-30; February has at most 29 days"},
    };
    struct flow_plan f;
    yaml_open(&f.plan.yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        read_csv_flow(&f, "per_day", table[i].csv, "");
        cr_expect_str_eq(yaml_errors(&f.plan.yaml), table[i].errors, "%zu gives: %s", i,
                         yaml_errors(&f.plan.yaml));
        cr_expect(strstr(f.plan.yaml.errors.list[0].file, "rates.csv"));
    }
    read_csv_flow(&f, "per_day", "date,rate\n", "");
    cr_expect(
        strstr(yaml_errors(&f.plan.yaml), "rates.csv has no rows; there must be at least one"));
    read_csv_flow(&f, "per_day", "day,rate\n1,2\n", "");
    cr_expect(strstr(yaml_errors(&f.plan.yaml),
                     "rates.csv has no column date; rates have the columns date, rate"));
}

/* -- the spread between years */

Test(flow, the_factor_of_a_year_is_a_keyed_draw_from_a_gamma)
{
    /* the first state of numpy's SeedSequence(seed, spawn_key=(replication, hash of
     * "spread/<flow>", year)), its 52 bits through SciPy's gamma.ppf(u, 1 / cv^2, scale=cv^2) */
    static const struct {
        uint64_t    seed;
        uint32_t    replication;
        const char *flow;
        int         year;
        double      cv, factor;
    } draws[] = {
        {5, 3, "remand", 2031, 0.02, 1.0196080749710486},
        {5, 3, "remand", 2032, 0.02, 1.0057945820083307},
        {5, 4, "remand", 2031, 0.02, 1.0139287853558725},
        {5, 3, "arrested", 2031, 0.5, 1.3870886795098836},
        {1, 0, "remand", 2026, 1.0, 1.9272809349996427},
    };
    struct flow_plan f;
    yaml_open(&f.plan.yaml);
    for (size_t i = 0; i < COUNT(draws); i++) {
        char text[200];
        snprintf(text, sizeof text,
                 "{%s: {status: remand, per_day: {2026: 3, 2031: 2}, spread: "
                 "{cv_per_year: %g}}}",
                 draws[i].flow, draws[i].cv);
        read_flows(&f, text);
        const struct flow *flow = &f.flows.list[0];
        cr_expect_float_eq(flow_factor(flow, draws[i].seed, draws[i].replication, draws[i].year),
                           draws[i].factor, 3e-6 * draws[i].factor, "%zu", i);
        int32_t new_year = date_to_day((struct date){draws[i].year, 1, 1}) - f.period.start;
        int32_t last_day = date_to_day((struct date){draws[i].year, 12, 31}) - f.period.start;
        double  stated = draws[i].year == 2026 ? 3 : 2;
        for (int32_t day = new_year; day <= last_day; day++)
            cr_assert_float_eq(flow_rate(flow, &f.period, day, draws[i].seed, draws[i].replication),
                               stated * draws[i].factor, 1e-5 * stated);
        if (new_year > 0) /* 2026 is the first year of the period */
            cr_expect(
                fabs(flow_rate(flow, &f.period, new_year - 1, draws[i].seed, draws[i].replication) /
                         (new_year == 365 * 5 + 1 ? 3 : 2) -
                     draws[i].factor) > 1e-4);
    }
}

Test(flow, factors_have_a_mean_of_1_and_the_cv_that_was_asked)
{
    /* 20,000 years: the mean lies within 4 x 0.3 / sqrt(20,000) = 0.0085 of 1. The cv is within
     * 4 standard errors, each about 0.3 x sqrt((1 + 2 x 0.09) / 40,000) = 0.0016. */
    struct flow_plan f;
    double           sum = 0, squares = 0;
    yaml_open(&f.plan.yaml);
    const struct flow *flow = read_flow(&f, "per_day: 1, spread: {cv_per_year: 0.3}");
    for (uint32_t replication = 0; replication < 2000; replication++)
        for (int year = 2026; year < 2036; year++) {
            double factor = flow_factor(flow, 1, replication, year);
            sum += factor;
            squares += (factor - 1) * (factor - 1);
        }
    cr_expect_float_eq(sum / 20000, 1, 0.0085);
    cr_expect_float_eq(squares / 20000, 0.09, 2 * 0.3 * 4 * 0.0016);
}

Test(flow, the_highest_rate_counts_the_spread_at_its_most)
{
    /* SciPy's gamma.isf(2^-41, 1 / cv^2, scale=cv^2) */
    static const struct {
        const char *cv;
        double      most;
    } table[] = {{"0", 1},
                 {"0.02", 1.149610059226197},
                 {"0.5", 9.397039684797392},
                 {"1", 28.419034402957756}};
    struct flow_plan f;
    yaml_open(&f.plan.yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        char keys[100];
        snprintf(keys, sizeof keys, "per_day: {2026: 5, 2027: 4}, spread: {cv_per_year: %s}",
                 table[i].cv);
        const struct flow *flow = read_flow(&f, keys);
        cr_expect_float_eq(flow->spread_at_most, table[i].most, 1e-5 * table[i].most);
        cr_expect_float_eq(flow->rate_at_most, 5 * table[i].most, 1e-4 * table[i].most);
        cr_expect_eq(flow->rate_per_day[0], 5.0, "stated, before the spread");
    }
    read_flows(&f, "{a: {status: remand, per_day: 200000, spread: {cv_per_year: 0.5}}}");
    cr_expect(strstr(yaml_errors(&f.plan.yaml), "people a day with the spread at its most; at most "
                                                "1000000 are allowed"));
    const struct flow *flow = read_flow(&f, "per_day: 2.5, spread: {cv_per_year: 0}");
    cr_expect_eq(flow_rate(flow, &f.period, 700, 1, 0), 2.5);
}

Test(flow, the_world_has_room_for_the_spread_at_its_most)
{
    /* 3,650 x 28.41903 = 103,729.5 of sd 322.07; 12 of these are 3,864.8, and 1,000 more */
    const struct scenario *plan =
        support_scenario("period: {start: 2026-01-01, end: 2026-12-31}\n"
                         "statuses: {helped: {clock: arrival, stay: 1 day}}\n"
                         "flows: {a: {status: helped, per_day: 10, spread: {cv_per_year: 1}}}\n");
    cr_expect_float_eq(plan->persons_at_most, 108594, 2.0);
}

Test(flow, errors_say_what_is_wrong)
{
    static const struct {
        const char *flows, *errors;
    } table[] = {
        {"{a: {per_day: 1}}", "2:12 a lacks the key status"},
        {"{a: {status: remnd, per_day: 1}}",
         "2:21 status is remnd; no status has this name; did you mean 'remand'?"},
        {"{a: {status: remand}}",
         "2:12 a lacks a rate: one of per_day, per_month, per_quarter and per_year"},
        {"{a: {status: remand, per_year: 1, per_day: 1}}",
         "2:29 per_year stands beside per_day; a flow has one of per_day, per_month, per_quarter "
         "and "
         "per_year"},
        {"{a: {status: remand, per_quarter: 1, after: {trend_per_year: 0}, per_month: 1}}",
         "2:29 per_quarter stands beside per_month; a flow has one of per_day, per_month, "
         "per_quarter and per_year"},
        {"{a: {status: remand, per_week: 1}}",
         "2:29 per_week is not a known key; known here are status, per_day, per_month, "
         "per_quarter, per_year, month, weekday, after, spread\n"
         "2:12 a lacks a rate: one of per_day, per_month, per_quarter and per_year"},
        {"{a: {status: remand, per_day: -1}}", "2:38 per_day is -1; it must be at least 0"},
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
         "2:57 weekday[2] is -2; it must be at least 0"},
        {"{a: {status: remand, per_day: 1, after: {trend_per_year: 0.1}}}",
         "2:41 after starts behind the last year stated, but per_day states no years: write it as "
         "{2026: ..}"},
        {"{a: {status: remand, per_day: {2026: 1}, after: {trend_per_year: 1.5}}}",
         "2:73 trend_per_year is 1.5; it must lie between -0.99 and 0.5; 1.5 % is 0.015"},
        {"{a: {status: remand, per_day: {2026: 1}, after: {trend_per_year: -1}}}",
         "2:73 trend_per_year is -1; it must lie between -0.99 and 0.5; -1 % is -0.01"},
        {"{a: {status: remand, per_day: {2026: 1}, after: {}}}",
         "2:56 after lacks the key trend_per_year"},
        {"{a: {status: remand, per_day: {csv: a.csv, 2026: 1}}}",
         "2:51 2026 is not a known key; known here are csv, scale"},
        {"{a: {status: remand, per_day: 1, spread: {}}}", "2:49 spread lacks the key cv_per_year"},
        {"{a: {status: remand, per_day: 1, spread: {cv_per_year: 1.5}}}",
         "2:63 cv_per_year is 1.5; it must lie between 0 and 1"},
        {"{a: {status: remand, per_day: 1, spread: {cv_per_year: 0.005}}}",
         "2:63 cv_per_year is 0.005; it must be 0, or from 0.01 to 1"},
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
