#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* Nobody comes: only places, staff and dates. */
#define EMPTY "statuses: {held: {stay: 9 days}}\nplacement: {all: {to: [ward]}}\n"

static void expect_closed(const struct support_run *run, const char *group, const char *date,
                          int64_t expected)
{
    char column[60];
    snprintf(column, sizeof column, "out_staff %s", group);
    cr_expect_eq(support_day(run, column, date), expected, "%s on %s: %lld", column, date,
                 (long long)support_day(run, column, date));
}

/* Vacancies of a March 2024 size: 1,000 fte of 15,000 close 330 places when 0.81 of the gap is
 * covered and a place takes 0.576 fte: 1,000 x 0.19 / 0.576 = 329.9. */
Test(roster, a_thousand_vacancies_close_330_places)
{
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-01-02}\n"
                    "regimes: {ward: {staff_per_place: 0.576}}\n"
                    "institutions: {all: {units: {w: {regime: ward, places: 25000}}}}\n" EMPTY
                    "staff: {all: {fte: 13400, covered_share: 0.81}}\n",
                    0);
    expect_closed(&run, "total", "2026-01-01", 330);
    cr_expect_eq(support_day(&run, "usable total", "2026-01-02"), 25000 - 330);
}

/* Wards of 24 need 24 x 0.5 + 3 = 15, the last one of 2 only 1 + 3 = 4. All: 2 x 15 + 4 = 34. The
 * ward of 2 closes when at least 2 is missing, a further one when 4 + 7.5 is, all when 19 + 7.5. */
Test(roster, wards_close_as_such_to_the_nearest)
{
    static const struct {
        const char *fte;
        int64_t     closed;
    } table[] = {{"34", 0},    {"32.000001", 0}, {"32", 2},   {"22.500001", 2},
                 {"22.5", 26}, {"7.500001", 26}, {"7.5", 50}, {"0", 50}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[600];
        snprintf(text, sizeof text,
                 "period: {start: 2026-01-01, end: 2026-01-01}\n"
                 "regimes: {ward: {staff_per_place: 0.5, staff_per_ward: 3}}\n"
                 "institutions: {a: {units: {w: {regime: ward, places: 50, ward: 24}}}}\n" EMPTY
                 "staff: {a: {fte: %s}}\n",
                 table[i].fte);
        struct support_run run = support_run(text, 0);
        cr_expect_eq(support_day(&run, "out_staff total", "2026-01-01"), table[i].closed,
                     "%s fte: %lld", table[i].fte,
                     (long long)support_day(&run, "out_staff total", "2026-01-01"));
    }
}

/* 24 places come on 10 February, at 1 fte each. With half an fte for each that opens 12 are
 * missing; with what is not stated all posts are filled; 6 fte stated are there from the start, of
 * whom a twelfth of 12 % has left on 1 February: 5.94, and 18.06 are missing. */
Test(roster, an_institution_that_opens_later_has_its_staff_then)
{
    static const struct {
        const char *staff;
        int64_t     closed;
    } table[] = {{"{fte_per_place_at_start: 0.5}", 12},
                 {"{leave_per_year: 0}", 0},
                 {"{fte: 6, leave_per_year: 0.12}", 18}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[600];
        snprintf(text, sizeof text,
                 "period: {start: 2026-01-01, end: 2026-02-20}\n"
                 "regimes: {ward: {staff_per_place: 1}}\n"
                 "institutions: {a: {units: {w: {regime: ward, places: 0, changes: [{from: "
                 "2026-02-10, places: 24}]}}}}\n" EMPTY "staff: {a: %s}\n",
                 table[i].staff);
        struct support_run run = support_run(text, 0);
        expect_closed(&run, "total", "2026-02-09", 0);
        expect_closed(&run, "total", "2026-02-10", table[i].closed);
        expect_closed(&run, "total", "2026-02-20", table[i].closed);
    }
}

/* 100 places at 1 fte. 120 are employed, of whom a quarter is sick, and 4 come from an agency. A
 * twelfth leaves each month. From 2027 on half of 120 are recruited a year, 5 a month; those of
 * January 2027 are there two months after its end, on 1 April. */
Test(roster, months_pass_as_by_hand)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2027-05-31}\n"
        "regimes: {ward: {staff_per_place: 1}}\n"
        "institutions: {a: {units: {w: {regime: ward, places: 100}}}}\n" EMPTY
        "staff: {a: {fte: 120, sick_share: 0.25, agency_fte: 4, leave_per_year: {2026: 1}, "
        "hire_per_year: {2026: 0, 2027: 0.5}, hire_takes: 60 days}}\n",
        0);
    /* Available = 0.75 x employed + 4:
     * 120 -> 94; 110 -> 86.5; 100.8333 -> 79.625; 92.4306 -> 73.323. To the nearest place. */
    expect_closed(&run, "total", "2026-01-01", 6);
    expect_closed(&run, "total", "2026-01-31", 6);
    expect_closed(&run, "total", "2026-02-01", 14); /* 13.5: half a place is enough */
    expect_closed(&run, "total", "2026-03-01", 20); /* 20.375 */
    expect_closed(&run, "total", "2026-04-01", 27); /* 26.677 */
    /* 120 x (11/12)^14 = 35.492 on 1 March 2027 -> 30.619; then 35.492 x 11/12 + 5 = 37.534 on
     * 1 April -> 32.151; 37.534 x 11/12 + 5 = 39.406 on 1 May -> 33.555. */
    expect_closed(&run, "total", "2027-03-31", 69);
    expect_closed(&run, "total", "2027-04-01", 68);
    expect_closed(&run, "total", "2027-05-01", 66);
}

/* 10 places at 1 fte, of which 5 under works to 14 February; a fifth is sick, so there are posts
 * for 5 / 0.8 = 6.25, then for 12.5. 6 are employed and half a one can be hired a month. */
Test(roster, nobody_is_hired_for_whom_there_is_no_post)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-03-31}\n"
        "regimes: {ward: {staff_per_place: 1}}\n"
        "institutions: {a: {units: {w: {regime: ward, places: 10, changes: [{from: 2026-01-01, to: "
        "2026-02-14, places: -5, why: works}]}}}}\n" EMPTY
        "staff: {a: {fte: 6, sick_share: 0.2, hire_per_year: 1}}\n",
        0);
    /* 6 -> 4.8 available of 5: 0.2 missing. February: 6 + 0.25 of the 0.5 that could come. From 15
     * February 10 are open: 5 missing. March: 6.25 + 0.5 = 6.75 -> 5.4: 4.6 missing, 5 close. */
    expect_closed(&run, "total", "2026-02-14", 0);
    expect_closed(&run, "total", "2026-02-15", 5);
    expect_closed(&run, "total", "2026-03-01", 5);
    cr_expect_eq(support_day(&run, "usable total", "2026-03-01"), 5);
}

Test(roster, the_stated_order_of_regimes_then_the_name_of_the_unit)
{
    /* Each place takes 1; 20 open, 13 there, so 7 close: all 4 of `late` and 3 of b.a, the first by
     * name of the other regime; institution b has staff enough, c none stated. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-01}\n"
        "regimes: {ward: {staff_per_place: 1}, late: {staff_per_place: 1}}\n"
        "institutions:\n"
        "  a: {units: {z: {regime: ward, places: 8}, b: {regime: ward, places: 8}, l: {regime: "
        "late, places: 4}}}\n"
        "  b: {units: {w: {regime: ward, places: 30}}}\n"
        "  c: {units: {w: {regime: ward, places: 30}}}\n" EMPTY
        "staff: {a: {fte: 13}, b: {fte: 30}, closes_first: [late]}\n"
        "output: {month_end: [unit]}\n",
        0);
    expect_closed(&run, "total", "2026-01-01", 7);
    expect_closed(&run, "regime.late", "2026-01-01", 4);
    expect_closed(&run, "regime.ward", "2026-01-01", 3);
}

/* i.a, a ward of 10, and i.b, wards of 4, need 26 fte, and 8 are there: of the gap of 18 half is
 * covered, and a closes. After a fire in a on day 10 they need 16: of the gap of 8 half is covered,
 * and now a ward of b closes. Nobody knew, so b, which drains for 5 days, takes in all 3 who come
 * on day 7, beside 12. Works on 4 of b from day 10 on, which all knew of, do stop those 3; then
 * half of a gap of 4 is covered, and another ward closes. */
Test(roster, what_closes_after_a_shock_nobody_knew_before)
{
#define FIRE(CHANGES)                                                                              \
    "period: {start: 2026-01-01, end: 2026-01-12}\n"                                               \
    "regimes: {ward: {staff_per_place: 1}, open: {staff_per_place: 1}}\n"                          \
    "institutions: {i: {units: {a: {regime: ward, places: 10, ward: 10}, b: {regime: open, "       \
    "places: 16, ward: 4, drain: 5 days" CHANGES "}}}}\n"                                          \
    "staff: {default: {fte: 8, covered_share: 0.5}}\n"                                             \
    "statuses: {held: {stay: 90 days}}\n"                                                          \
    "flows: {held: {status: held, per_year: 0}}\n"                                                 \
    "placement: {all: {to: [open]}}\n"                                                             \
    "start: {present: {held: {persons: 12, elapsed: 1 day}}}\n"                                    \
    "shocks: {raid: {on: 2026-01-08, persons: 3, flow: held, over: 1 minute}, fire: {on: "         \
    "2026-01-11, units: [i.a]}}\n"
    struct support_run run = support_run(FIRE(""), 0);
    support_expect_days(&run, "out_staff regime.ward", "10 10 10 10 10 10 10 10 10 10 0 0");
    support_expect_days(&run, "out_staff regime.open", "0 0 0 0 0 0 0 0 0 0 4 4");
    support_expect_days(&run, "present regime.open", "12 12 12 12 12 12 12 15 15 15 15 15");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 0 3 3");
    support_expect_sums(&run);
    run = support_run(FIRE(", changes: [{from: 2026-01-11, places: -4, why: works}]"), 0);
    support_expect_days(&run, "present regime.open", "12 12 12 12 12 12 12 12 12 12 12 12");
    support_expect_days(&run, "usable regime.open", "16 16 16 16 16 16 16 16 16 16 8 8");
    support_expect_sums(&run);
}

/* i.b, wards of 5, lacks 5 of 15 fte, and a ward is closed; a fire in i.a, which needs 10, ends
 * that on day 5, and its repair begins it again on day 8. Until day 5 the ward is thought to stay
 * closed; works in b from day 6 on leave 10 - 4. So b takes in 6 on day 3, when 8 come, and on day
 * 5 the others. */
Test(roster, what_is_closed_before_a_shock_is_thought_to_stay_so)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-12}\n"
        "regimes: {ward: {staff_per_place: 1}, open: {staff_per_place: 1}}\n"
        "institutions: {i: {units: {a: {regime: ward, places: 10, ward: 10}, b: {regime: "
        "open, places: 15, ward: 5, drain: 5 days, changes: [{from: 2026-01-07, places: "
        "-4, why: works}]}}}}\n"
        "staff: {default: {fte: 20}, closes_first: [open]}\n"
        "statuses: {held: {stay: 90 days}}\n"
        "flows: {held: {status: held, per_year: 0}}\n"
        "placement: {all: {to: [open]}}\n"
        "shocks: {raid: {on: 2026-01-04, persons: 8, flow: held, over: 1 minute}, fire: "
        "{on: 2026-01-06, units: [i.a], lasts: 3 days}}\n",
        0);
    support_expect_days(&run, "usable regime.open", "10 10 10 10 10 15 11 11 10 10 10 10");
    support_expect_days(&run, "present regime.open", "0 0 0 6 6 8 8 8 8 8 8 8");
}

Test(roster, enough_staff_changes_nothing)
{
#define HALL                                                                                       \
    "period: {start: 2026-01-01, end: 2026-03-31}\n"                                               \
    "regimes: {ward: {staff_per_place: 0.6}}\n"                                                    \
    "institutions: {a: {units: {w: {regime: ward, places: 5}}}}\n"                                 \
    "statuses: {held: {stay: 9 days}}\n"                                                           \
    "flows: {held: {status: held, per_day: 1}}\n"                                                  \
    "placement: {all: {to: [ward]}}\n"
    struct support_run without = support_run(HALL, 0);
    struct support_run with = support_run(HALL "staff: {default: {sick_share: 0.1}}\n", 0);
    char               before[100000];
    snprintf(before, sizeof before, "%s", support_history(&without, NULL));
    cr_expect_str_eq(before, support_history(&with, NULL));
}
