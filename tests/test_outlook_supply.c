#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "models/outlook.h"
#include "tests/support.h"

/* What `celsim check` writes of a scenario. */
static const char *write(const char *text)
{
    struct arena arena = support_arena();
    char        *written = NULL;
    size_t       length = 0;
    FILE        *out = open_memstream(&written, &length);
    outlook_write(&arena, support_scenario(text), out);
    fclose(out);
    const char *copy = arena_text(&arena, written, length);
    free(written);
    return copy;
}

static void expect_line(const char *written, const char *line)
{
    const char *at = strstr(written, line);
    cr_expect(at && at > written && at[-1] == '\n' && at[strlen(line)] == '\n', "%s\nis not in\n%s",
              line, written);
}

/* clang-format off */
#define REST \
    "statuses: {held: {stay: 9 days}}\nflows: {held: {status: held, per_day: 1}}\nplacement: {all: {to: [ward, low]}}\n"
/* clang-format on */

/* West: 30 places at 0.5 and 3 wards at 1 need 18; of 12 a quarter is sick, and 1 is of an
 * agency: 10. 8 miss, a ward frees 6, the 2 that are left are less than half of one: 10 places
 * close. In December, after 11 months, 12 x (11/12)^11 = 4.608 are left, 4.456 available; works
 * have taken a ward out, so 12 are needed: 7.544 miss, one ward closes, as 1.544 is less than 3.
 * East has as many as it has posts. */
Test(outlook_supply, shows_who_is_needed_and_what_closes_at_both_ends)
{
    const char *written = write(
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "regimes: {ward: {staff_per_place: 0.5, staff_per_ward: 1}, low: {staff_per_place: 0.5}}\n"
        "institutions:\n"
        "  west: {units: {a: {regime: ward, places: 30, ward: 10}}}\n"
        "  east: {units: {b: {regime: low, places: 2}}}\n" REST
        "works: {projects: {roof: {units: {west.a: 10}, start: {planned: 2026-06-01, slip: 9 "
        "days}, takes: {planned: 9 years}}}}\n"
        "staff: {default: {}, west: {fte: 12, sick_share: 0.25, agency_fte: 1, leave_per_year: "
        "1}}\n");
    expect_line(written, "institution     needed  employed available  closed    needed  employed "
                         "available  closed");
    expect_line(written, "west              18.0      12.0      10.0      10      12.0       4.6   "
                         "    4.5      10");
    expect_line(written, "east               1.0       1.0       1.0       0       1.0       1.0   "
                         "    1.0       0");
    expect_line(written, "staff: places are those before wards close");
    expect_line(written,
                "staff west: on the first day 10 of its 30 places are closed for want of staff");
}

Test(outlook_supply, says_once_what_holds_for_all_staff_and_all_projects)
{
    const char *written =
        write("period: {start: 2026-01-01, end: 2028-12-31}\n"
              "regimes: {ward: {staff_per_place: 0.5}, low: {}}\n"
              "institutions:\n"
              "  west: {units: {a: {regime: ward, places: 4}}}\n"
              "  east: {units: {a: {regime: ward, places: 4}, b: {regime: low, places: 4}}}\n" REST
              "staff: {default: {covered_share: 1}}\n"
              "works: {budget_per_year: 0, projects: {"
              "roof: {units: [west.a], start: {planned: 2026-02-01}, takes: "
              "{planned: 9 days}, cost_per_year: 9}, "
              "wall: {units: [east.a], start: {planned: 2026-02-01}, takes: "
              "{planned: 9 days}, cost_per_year: 9}}}\n");
    expect_line(written,
                "staff west and 1 more: covered_share is 1, so no shortage closes anything");
    expect_line(written, "works roof and 1 more of 2 projects: they cost more a year than any "
                         "budget and never start, nor do those behind them");
    cr_expect(!strstr(written, "staff east") && !strstr(written, "works wall"), "%s", written);
}

/* A tenth of 12 is less than half of what a place needs only at 0.5 / 2 = 0.25 uncovered: all 4
 * places (2 fte) close when less than 0.25 is there. 2 x (11/12)^24 = 0.248 is, on 1 January 2028.
 */
Test(outlook_supply, warns_of_staff_that_looks_wrong)
{
    const char *written =
        write("period: {start: 2026-01-01, end: 2028-12-31}\n"
              "regimes: {ward: {staff_per_place: 0.5}, low: {}}\n"
              "institutions:\n"
              "  west: {units: {a: {regime: ward, places: 4}, b: {regime: low, places: 4}}}\n"
              "  east: {units: {a: {regime: ward, places: 4}, b: {regime: low, places: 4}}}\n"
              "  south: {units: {a: {regime: ward, places: 4}}}\n" REST
              "staff: {default: {}, east: {covered_share: 1}, south: {fte: 2, leave_per_year: 1, "
              "hire_per_year: 0}}\n");
    expect_line(written, "regime low: it has no staff_per_place or staff_per_ward, so its places "
                         "never close for want of staff, in west, east");
    expect_line(written, "staff east: covered_share is 1, so no shortage closes anything");
    expect_line(written, "staff south: on 2028-01-01 all its places are closed for want of staff");
}

Test(outlook_supply, shows_shocks_and_warns_of_what_looks_wrong)
{
    const char *written = write(
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "regimes: {ward: {}, low: {}}\n"
        "units: {a: {regime: ward, places: 40}, b: {regime: low, places: 4}}\n" REST "shocks:\n"
        "  fire: {on: 2026-01-28, units: {a: 40, b: 5}, lasts: 30 days}\n"
        "  flood: {on: 2026-01-29, units: [b]}\n"
        "  riot: {on: 2026-03-01, units: {a: 1}, persons: 30, flow: held, over: 36 hours}\n"
        "  arrests: {on: 2026-03-02, persons: 7, flow: held}\n"
        "valves: {v: {does: {release_early: 5 days}}}\n");
    expect_line(written, "fire          2026-01-28  2026-02-26  a (40), b (5)");
    expect_line(written, "flood         2026-01-29  -           b (all)");
    expect_line(written, "riot          2026-03-01  -           a (1); 30 in held within 36 hours");
    expect_line(written, "arrests       2026-03-02  -           7 in held within 1 day");
    expect_line(written, "shocks: their places and people");
    expect_line(written, "valves: ratios are those with all closed");
    /* January 1 to 27; the 28th day before 29 January is the first. */
    expect_line(written, "shock fire: only 27 days are recorded before it; back_to_normal and "
                         "days_to_normal need 28 and are left out");
    expect_line(written, "shock fire: b has only 4 places then");
    cr_expect_null(strstr(written, "shock flood:"), "%s", written);
    cr_expect_null(strstr(written, "shock riot:"), "%s", written);
}

/* 4 million a year never fits in 3; in 2027, when a measure makes that 5, it does, for its 365
 * days.
 */
Test(outlook_supply, shows_the_budget_of_works_that_measures_leave)
{
#define ROOF(more)                                                                                 \
    "period: {start: 2026-01-01, end: 2028-12-31}\n"                                               \
    "regimes: {ward: {}, low: {}}\n"                                                               \
    "units: {a: {regime: ward, places: 40}, b: {regime: low, places: 4}}\n" REST                   \
    "works: {budget_per_year: 3000000, projects: {roof: {cost_per_year: 4000000, units: {a: 10}, " \
    "start: {planned: 2026-01-01}, takes: {planned: 365 days}}}}\n" more
    const char *written = write(ROOF(""));
    expect_line(written, "Money of works, millions of euros: as planned, as the queue has it, the "
                         "budget, and one-off");
    expect_line(written, "2026          4.00        0.00        3.00        0.00");
    expect_line(written, "2027          0.00        0.00        3.00        0.00");
    written = write(ROOF("measures: {more: {kind: works_budget, budget_per_year: 5000000, starts: "
                         "2027-01-01, ends: 2027-12-31}}\n"));
    expect_line(written, "Money of works, millions of euros: as planned, as the queue has it, the "
                         "budget at the end of the year");
    expect_line(written, "with all measures (works_budget) as law, and one-off");
    expect_line(written, "2026          4.00        0.00        3.00        0.00");
    expect_line(written, "2027          0.00        4.00        5.00        0.00");
    expect_line(written, "2028          0.00        0.00        3.00        0.00");
}

Test(outlook_supply, warns_of_staff_by_measures_that_nobody_counts)
{
#define MORE_STAFF(staff)                                                                          \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "regimes: {ward: {staff_per_place: 0.5}, low: {staff_per_place: 0.5}}\n"                       \
    "institutions:\n"                                                                              \
    "  west: {units: {a: {regime: ward, places: 4}, b: {regime: low, places: 4}}}\n"               \
    "  east: {units: {a: {regime: ward, places: 4}}}\n" REST staff                                 \
    "measures: {m: {kind: staffing, starts: 2026-02-01, fte: {west: 1, east: 2}}}\n"
    static const char *const line =
        "measures.m: its fte of east have no effect, since staff has no east";
    expect_line(write(MORE_STAFF("staff: {west: {}}\n")), line);
    cr_expect_null(strstr(write(MORE_STAFF("staff: {default: {}}\n")), line));
    expect_line(write(MORE_STAFF("")),
                "measures.m: it has no effect, since no institution has staff");
}
