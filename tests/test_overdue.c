#include <criterion/criterion.h>

#include "tests/support.h"

/* One clinic place, taken for as long as a treatment is from the first day on; who waits for it
 * keeps his place in prison. */
#define WORLD(period, treatment, since, overdue)                                                   \
    "period: {start: 2026-01-01, " period "}\n"                                                    \
    "regimes: {prison: {}, clinic: {outside: true}}\n"                                             \
    "units: {wing: {regime: prison, places: 9}, clinic_a: {regime: clinic, places: 1}}\n"          \
    "statuses: {tbs: {stay: " treatment ", waits: {in: present_place, overdue: {" overdue "}}}}\n" \
    "placement: {clinic: {to: [clinic]}}\n"                                                        \
    "start: {present: {patient: {status: tbs, persons: 1, in: [clinic], elapsed: 0 days}},\n"      \
    "  waiting: {tbs: {persons: 1, in: [prison], since: " since "}}}\n"

static void expect(const struct support_run *run, int year, int days, int people, int64_t euros)
{
    cr_expect_eq(support_year(run, "overdue_mean status.tbs", year), (int64_t)days * 1440,
                 "%lld minutes in %d",
                 (long long)support_year(run, "overdue_mean status.tbs", year), year);
    cr_expect_eq(support_year(run, "overdue status.tbs", year), people);
    cr_expect_eq(support_year(run, "compensation status.tbs", year), euros * 100);
    cr_expect_eq(support_year(run, "cost_compensation status.tbs", year), euros * 100);
}

/* 200 days: 80 over 120, of which 60 at 300 euros a month, 10 a day, and 20 at 420, 14 a day. */
Test(overdue, is_the_time_over_and_what_is_due_for_it)
{
    struct support_run run = support_run(
        WORLD("end: 2027-03-31", "200 days", "0 days",
              "after: 120 days, compensation: {per_month: [300, 420], rises_every: 60 days}"),
        0);
    expect(&run, 2026, 80, 1, 880);
    expect(&run, 2027, 0, 0, 0);
}

/* Waiting since 300 days, over since 180: in 2026 all 365 days, the first 20 of them at 10 a day,
 * then 14; in 2027 till the clinic is free on day 400, 35 days. He passed the bound before. */
Test(overdue, is_of_the_year_in_which_it_falls)
{
    struct support_run run = support_run(
        WORLD("end: 2027-03-31", "400 days", "300 days",
              "after: 120 days, compensation: {per_month: [300, 420], rises_every: 200 days}"),
        0);
    expect(&run, 2026, 365, 0, 200 + 345 * 14);
    expect(&run, 2027, 35, 0, 35 * 14);
}

/* Over from day 10 to day 50, of which the outputs see those from day 30 on. */
Test(overdue, leaves_the_warm_up_out)
{
    struct support_run run =
        support_run(WORLD("end: 2026-12-31, warm_up: 30 days", "50 days", "0 days",
                          "after: 10 days, compensation: {per_month: 300}"),
                    0);
    expect(&run, 2026, 20, 0, 200);
}

/* To the end: 365 - 120 days. */
Test(overdue, counts_who_waits_still)
{
    struct support_run run = support_run(WORLD("end: 2026-12-31", "10 years", "0 days",
                                               "after: 120 days, compensation: {per_month: 300}"),
                                         0);
    expect(&run, 2026, 245, 1, 2450);
}

/* A wait that ends in time, and one without a sum. */
Test(overdue, is_nothing_in_time_and_without_a_sum)
{
    struct support_run run = support_run(WORLD("end: 2026-12-31", "120 days", "0 days",
                                               "after: 120 days, compensation: {per_month: 300}"),
                                         0);
    expect(&run, 2026, 0, 0, 0);
    run = support_run(WORLD("end: 2026-12-31", "150 days", "0 days", "after: 120 days"), 0);
    cr_expect_eq(support_year(&run, "overdue_mean status.tbs", 2026), 30 * 1440);
    cr_expect_eq(support_year(&run, "compensation status.tbs", 2026), 0);
}

/* A third of a cent a minute: 1 euro a month is 100 / 43,200 cents a minute; parts fall away once,
 * not by year. From day 355 to 375 it is 10 and 20 days: 33 cents, then 66 - 33. */
Test(overdue, loses_no_cent_at_the_turn_of_the_year)
{
    struct support_run run = support_run(WORLD("end: 2027-12-31", "375 days", "0 days",
                                               "after: 355 days, compensation: {per_month: 1}"),
                                         0);
    cr_expect_eq(support_year(&run, "compensation status.tbs", 2026), 33);
    cr_expect_eq(support_year(&run, "compensation status.tbs", 2027), 33);
}
