#include <criterion/criterion.h>

#include "tests/support.h"

static void expect_cents(const struct support_run *run, const char *column, int year, int64_t cents)
{
    cr_expect_eq(support_year(run, column, year), cents, "%s in %d: %lld", column, year,
                 (long long)support_year(run, column, year));
}

/* Two places, three from 1 July 2028 to 15 January 2029, 100.50 euros a day, 110 from 2029 on.
 * 2027: December alone, 31 days x 2 x 100.50 = 6,231. 2028, a leap year: 366 x 2 + 184 = 916
 * place-days, 92,058. 2029: 31 x 2 + 15 = 77 place-days x 110 = 8,470. */
Test(spending, what_is_built_costs_by_the_day)
{
    struct support_run run = support_run(
        "period: {start: 2027-12-01, end: 2029-01-31}\n"
        "regimes: {ward: {cost_per_day: {built: {2027: 100.50, 2029: 110}}}}\n"
        "institutions: {a: {units: {w: {regime: ward, places: 2, out_of_use: 1, changes: [{from: "
        "2028-07-01, to: 2029-01-15, places: 1}, {from: 2028-08-01, places: -1, why: works}]}}}}\n"
        "statuses: {held: {stay: 9 days}}\n"
        "placement: {all: {to: [ward]}}\n",
        0);
    expect_cents(&run, "cost_built institution.a", 2027, 623100);
    expect_cents(&run, "cost_built institution.a", 2028, 9205800);
    expect_cents(&run, "cost_built institution.a", 2029, 847000);
    expect_cents(&run, "cost_occupied institution.a", 2028, 0);
}

/* 10 places and 4 more up to 5 January; from the 3rd on none is left, so 14 fewer, and from the 6th
 * on 4 fewer than none: 14 x 2 days. On 29 December 3 come back: 3 x 3 days. */
Test(spending, fewer_places_than_none_cost_nothing)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "regimes: {ward: {cost_per_day: {built: 1}}}\n"
        "institutions: {a: {units: {w: {regime: ward, places: 10, changes: [{from: 2026-01-01, to: "
        "2026-01-05, places: 4}, {from: 2026-12-29, places: 7}]}}}}\n"
        "statuses: {held: {stay: 9 days}}\n"
        "placement: {all: {to: [ward]}}\n"
        "works: {projects: {end: {start: {planned: 2026-01-03}, places_after: {a.w: 0}}}}\n",
        0);
    cr_expect_eq(support_day(&run, "built total", "2026-01-06"), 0);
    cr_expect_eq(support_day(&run, "built total", "2026-12-29"), 3);
    expect_cents(&run, "cost_built institution.a", 2026, 3700);
}

/* Four people in 2 places and 2 more up to 4 January, which stand still until a leaves on the 6th
 * and b on the 8th, both at 0:00. From the 3rd on, with which the outputs begin, 3 x 4 + 2 x 3 +
 * 7 x 2 = 32 place-days. Of x the places are late too, but in a cause: built anyway, 12 x 2 of 10
 * euros. */
Test(spending, a_place_that_stands_still_for_who_is_in_it_costs_what_is_built)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-14, warm_up: 2 days}\n"
        "regimes: {ward: {cost_per_day: {built: 1}}, annex: {cost_per_day: {built: 10}}}\n"
        "institutions:\n"
        "  a: {units: {w: {regime: ward, places: 2, on_shrink: hold, changes: [{from: 2026-01-01, "
        "to: 2026-01-04, places: +2}]}}}\n"
        "  b: {units: {x: {regime: annex, places: 2, on_shrink: hold, changes: [{from: 2026-01-05, "
        "places: -2, why: works}]}}}\n"
        "statuses: {held: {stay: 90 days}}\nplacement: {all: {to: [ward, annex]}}\n"
        "start: {present: {a: {status: held, persons: 1, elapsed: 85 days, in: [ward]}, b: "
        "{status: held, persons: 1, elapsed: 83 days, in: [ward]}, c: {status: held, persons: 2, "
        "elapsed: 1 day, in: [ward]}, d: {status: held, persons: 2, elapsed: 1 day, in: "
        "[annex]}}}\n",
        0);
    support_expect_days(&run, "built regime.ward", "4 4 4 3 3 2 2 2 2 2 2 2");
    support_expect_days(&run, "late regime.annex", "0 0 2 2 2 2 2 2 2 2 2 2");
    expect_cents(&run, "cost_built institution.a", 2026, 3200);
    expect_cents(&run, "cost_built institution.b", 2026, 24000);
}

/* a leaves on 5 January at 0:00, b on the 15th at 0:00; the first four days are left out. Three
 * wait in the police cell for the place of a, in which each stays 6 hours, from 0:00, 6:00 and
 * 12:00 of the 5th on. The ward: 10 + 0.75 days x 200 = 2,150. The cell: 6 and 12 hours, 0.75 days
 * x 400 = 300. */
Test(spending, people_cost_by_the_minute)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31, warm_up: 4 days}\n"
        "regimes:\n"
        "  ward: {cost_per_day: {occupied: 200}}\n"
        "  cell: {places: unlimited, emergency: true, cost_per_day: {occupied: 400}}\n"
        "institutions: {a: {units: {w: {regime: ward, places: 2}}}}\n"
        "statuses:\n"
        "  held: {stay: 30 days}\n"
        "  brought: {stay: 6 hours, waits: {in: cell, limit: 20 days, at_limit: [stay]}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start:\n"
        "  present: {a: {status: held, persons: 1, elapsed: 26 days}, b: {status: held, persons: "
        "1, "
        "elapsed: 16 days}}\n"
        "  waiting: {brought: {persons: 3, since: 1 day}}\n",
        0);
    expect_cents(&run, "cost_occupied institution.a", 2026, 215000);
    expect_cents(&run, "cost_occupied unit.cell", 2026, 30000);
}

/* 5 fte at 73,000 euros a year and 1 from an agency at 146,000, of which half is used: 31 days of a
 * year of 365 are 31,000 and 6,200. A twelfth of a year's tenth leaves each month. */
Test(spending, staff_costs_by_the_day)
{
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-01-31}\n"
                    "regimes: {ward: {staff_per_place: 1}}\n"
                    "institutions: {a: {units: {w: {regime: ward, places: 4}}}}\n"
                    "statuses: {held: {stay: 9 days}}\n"
                    "placement: {all: {to: [ward]}}\n"
                    "staff: {a: {fte: 5, agency_fte: 0.5, sick_share: 0.2}, cost_per_fte: 73000, "
                    "agency_cost_per_fte: 146000}\n",
                    0);
    expect_cents(&run, "cost_staff institution.a", 2026, 3100000);
    expect_cents(&run, "cost_agency institution.a", 2026, 620000);
    /* In fte: 4 needed, 5 employed, 4.5 available, each for 31 days of 1,440 minutes. */
    cr_expect_eq(support_year(&run, "staff_needed total", 2026), 4 * 31 * 1440);
    cr_expect_eq(support_year(&run, "staff_employed institution.a", 2026), 5 * 31 * 1440);
    cr_expect_eq(support_year(&run, "staff_available total", 2026), 9 * 31 * 720);
}

/* Another institution opens on 29 January: 3 days x 0.5 x 146,000 / 365 = 600 of its agency. */
Test(spending, an_agency_is_paid_from_the_day_on_which_there_is_staff)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {ward: {staff_per_place: 1}}\n"
        "institutions: {a: {units: {w: {regime: ward, places: 4}}}, b: {units: {w: {regime: ward, "
        "places: 0, changes: [{from: 2026-01-29, places: 2}]}}}}\n"
        "statuses: {held: {stay: 9 days}}\n"
        "placement: {all: {to: [ward]}}\n"
        "staff: {default: {agency_fte: 0.5}, cost_per_fte: 73000, agency_cost_per_fte: 146000}\n",
        0);
    expect_cents(&run, "cost_agency institution.a", 2026, 620000);
    expect_cents(&run, "cost_agency institution.b", 2026, 60000);
    /* 1.5 employed and 0.5 of the agency, for 3 days. */
    cr_expect_eq(support_year(&run, "staff_available institution.b", 2026), 2 * 3 * 1440);
}

/* The roof takes 31 days of 2027, 36,500 x 31 / 365 = 3,100, and 29 of 2028, 36,500 x 29 / 366 =
 * 2,892.07, rounded down. The door belongs to no institution: 5 of its days lie in the outputs, and
 * its start before. */
Test(spending, projects_cost_by_the_day_and_once)
{
    struct support_run run = support_run(
        "period: {start: 2027-11-01, end: 2028-02-28, warm_up: 10 days}\n"
        "regimes: {ward: {}}\n"
        "institutions: {a: {units: {w: {regime: ward, places: 2}}}}\n"
        "units: {u: {regime: ward, places: 2}}\n"
        "statuses: {held: {stay: 9 days}}\n"
        "placement: {all: {to: [ward]}}\n"
        "works:\n"
        "  projects:\n"
        "    roof: {units: [a.w], start: {planned: 2027-12-01}, takes: {planned: 60 days}, "
        "cost_per_year: 36500, one_off: 1000.50}\n"
        "    door: {units: [u], start: {planned: 2027-11-06}, takes: {planned: 10 days}, "
        "cost_per_year: 3650, one_off: 700}\n",
        0);
    expect_cents(&run, "cost_works institution.a", 2027, 310000);
    expect_cents(&run, "cost_works institution.a", 2028, 289207);
    expect_cents(&run, "cost_one_off institution.a", 2027, 100050);
    expect_cents(&run, "cost_works works.programme", 2027, 5000);
    expect_cents(&run, "cost_one_off works.programme", 2027, 0);
}
