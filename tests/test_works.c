#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "models/outlook.h"
#include "models/report_works.h"
#include "tests/support.h"
#include "tests/count.h"

/* Worlds of 12 days, day 0 is 2026-01-01. Nobody is there unless a test says so. */
#define PERIOD "period: {start: 2026-01-01, end: 2026-01-12}\n"
#define HELD "statuses: {held: {stay: 90 days}}\nplacement: {all: {to: [ward]}}\n"
#define WARDS                                                                                      \
    "regimes: {ward: {}, open: {}}\n"                                                              \
    "units:\n"                                                                                     \
    "  a: {regime: ward, places: 10}\n"                                                            \
    "  b: {regime: ward, places: 8, out_of_use: 5, why: reserve}\n"
#define WORLD PERIOD WARDS HELD

static int64_t total(const struct support_run *run, int project, enum project_total what)
{
    return run->record.total[run->plan->works.total_first + project * PROJECT_TOTALS + (int)what];
}

/* -- each mechanism by hand */

Test(works, take_places_out_from_start_to_end)
{
    /* 4 of a on days 2 to 4, all 8 of b (of which 5 are in reserve) on days 3 to 6: works are
     * counted before the reserve, so b has 8 out for works then. */
    struct support_run run = support_run(
        WORLD "works:\n"
              "  projects:\n"
              "    roof: {units: {a: 4}, start: {planned: 2026-01-03}, takes: {planned: 3 days}}\n"
              "    wall: {units: [b], start: {planned: 2026-01-04}, takes: {planned: 4 days}}\n",
        0);
    support_expect_days(&run, "built total", "18 18 18 18 18 18 18 18 18 18 18 18");
    support_expect_days(&run, "out_works total", "0 0 4 12 12 8 8 0 0 0 0 0");
    support_expect_days(&run, "out_reserve total", "5 5 5 0 0 0 0 5 5 5 5 5");
    support_expect_days(&run, "usable total", "13 13 9 6 6 10 10 13 13 13 13 13");
    support_expect_sums(&run);
}

Test(works, slip_in_whole_days_rounded_down)
{
    /* Start 2026-01-03 + 2 days (of 71 hours), so day 4; it takes 2 + 1 days (of 24 hours). */
    struct support_run run = support_run(
        WORLD "works:\n"
              "  projects:\n"
              "    roof: {units: {a: 4}, start: {planned: 2026-01-03, slip: 71 hours}, takes: "
              "{planned: 2 days, slip: 24 hours}}\n",
        0);
    support_expect_days(&run, "out_works total", "0 0 0 0 4 4 4 0 0 0 0 0");
    cr_expect_eq(total(&run, 0, PROJECT_START), run.plan->period.start + 4);
    cr_expect_eq(total(&run, 0, PROJECT_END), run.plan->period.start + 7);
}

Test(works, a_late_project_is_a_later_curve)
{
    /* One at a time by money: the second, ready on day 2, starts when the first ends, on day 5. */
    struct support_run run = support_run(
        WORLD "works:\n"
              "  budget_per_year: 10\n"
              "  projects:\n"
              "    roof: {units: {a: 4}, start: {planned: 2026-01-02}, takes: {planned: 4 days}, "
              "cost_per_year: 6}\n"
              "    wall: {units: {b: 3}, start: {planned: 2026-01-03}, takes: {planned: 3 days}, "
              "cost_per_year: 6}\n",
        0);
    support_expect_days(&run, "out_works total", "0 4 4 4 4 3 3 3 0 0 0 0");
    support_expect_sums(&run);
}

Test(works, decant_people_into_reserve_before_they_begin)
{
    /* All of a (10) is out on days 4 to 6; 4 places of b's reserve are open from day 2 until then.
     * a holds 6 and drains from day 2: no one comes in there. On day 4 the 6 must move: b has 3 + 4
     * places. On day 7 the reserve closes: b has 3 places for 6 people, who stay. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {}, open: {}}\n"
               "units:\n"
               "  a: {regime: ward, places: 10, on_shrink: transfer, drain: 2 days}\n"
               "  b: {regime: ward, places: 8, out_of_use: 5, why: reserve}\n"
               "statuses: {held: {stay: 90 days}}\nplacement: {all: {to: [a, b]}}\n"
               "output: {month_end: [unit]}\n"
               "start: {present: {held: {persons: 6, elapsed: 1 day, in: [a]}}}\n"
               "works:\n"
               "  projects:\n"
               "    roof: {units: [a], start: {planned: 2026-01-05}, takes: {planned: 3 days}, "
               "decants_to: {b: 4}, moves_before: 2 days}\n",
        0);
    support_expect_days(&run, "out_reserve total", "5 5 1 1 1 1 1 5 5 5 5 5");
    support_expect_days(&run, "out_works total", "0 0 0 0 10 10 10 0 0 0 0 0");
    support_expect_days(&run, "present total", "6 6 6 6 6 6 6 6 6 6 6 6");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 3 3 3 3 3");
    support_expect_days(&run, "transferred total", "0 0 0 0 6 0 0 0 0 0 0 0");
    support_expect_sums(&run);
}

Test(works, say_how_many_places_are_built_after_them)
{
    /* a has 10 and gets 3 more by a change on day 4. roof ends on day 3 and leaves 7, so 10 from
     * day 4 on; wall, which begins after it, ends on day 7 and leaves 12, whatever was before. */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}}\n"
        "units: {a: {regime: ward, places: 10, changes: [{from: 2026-01-05, places: 3}]}}\n" HELD
        "works:\n"
        "  projects:\n"
        "    wall: {units: {a: 2}, takes: {planned: 2 days}, start: {planned: 2026-01-06}, "
        "after: [roof], places_after: {a: 12}}\n"
        "    roof: {units: {a: 2}, takes: {planned: 2 days}, start: {planned: 2026-01-02}, "
        "places_after: {a: 7}}\n",
        0);
    support_expect_days(&run, "built total", "10 10 10 7 10 10 10 12 12 12 12 12");
    support_expect_days(&run, "usable total", "10 8 8 7 10 8 8 12 12 12 12 12");
}

Test(works, leave_no_fewer_than_no_places)
{
    /* 4 of 14 are there until day 6 only. On day 3 the unit has 0 left, so 14 fewer than before; on
     * day 7 that would be 10 - 14. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {}}\n"
               "units: {a: {regime: ward, places: 10, changes: [{from: 2026-01-01, to: 2026-01-07, "
               "places: 4}]}}\n" HELD
               "works: {projects: {end: {start: {planned: 2026-01-04}, places_after: {a: 0}}}}\n",
        0);
    support_expect_days(&run, "built total", "14 14 14 0 0 0 0 0 0 0 0 0");
    support_expect_days(&run, "usable total", "14 14 14 0 0 0 0 0 0 0 0 0");
}

Test(works, lose_places_when_they_have_not_begun_by_a_day)
{
    /* roof waits for money until day 6; from day 3 on its 4 places are lost, until the works, which
     * end on day 8. wall starts on its last day and loses nothing. never costs too much: 2 places
     * of b are lost for good. */
    struct support_run run = support_run(
        WORLD "works:\n"
              "  budget_per_year: 10\n"
              "  projects:\n"
              "    wall: {units: {a: 1}, start: {planned: 2026-01-03}, takes: {planned: 4 days}, "
              "cost_per_year: 10, lost_without: 2026-01-03}\n"
              "    roof: {units: {a: 4}, start: {planned: 2026-01-04}, takes: {planned: 2 days}, "
              "cost_per_year: 10, lost_without: 2026-01-04, priority: 2}\n"
              "    never: {start: {planned: 2026-01-09}, cost_per_year: 11, takes: {planned: 1 "
              "day}, lost_without: 2026-01-10, lost_places: {b: 2}}\n",
        0);
    support_expect_days(&run, "out_works total", "0 0 1 1 1 1 4 4 0 0 0 0");
    support_expect_days(&run, "out_lost total", "0 0 0 4 4 4 0 0 0 2 2 2");
    cr_expect_eq(total(&run, 0, PROJECT_LOST), 0);
    cr_expect_eq(total(&run, 1, PROJECT_LOST), 1);
    cr_expect_eq(total(&run, 2, PROJECT_LOST), 1);
    cr_expect_eq(total(&run, 2, PROJECT_START), NOT_STARTED);
    support_expect_sums(&run);
}

Test(works, lose_more_places_than_they_take_out)
{
    /* 6 places are lost from day 1 on; the works take 4 of them on days 3 and 4, so that 2 are lost
     * still, and all 6 come back on day 5. */
    struct support_run run = support_run(
        WORLD "works:\n"
              "  projects:\n"
              "    roof: {units: {a: 4}, start: {planned: 2026-01-04}, takes: {planned: 2 days}, "
              "lost_without: 2026-01-02, lost_places: {a: 6}}\n",
        0);
    support_expect_days(&run, "out_works total", "0 0 0 4 4 0 0 0 0 0 0 0");
    support_expect_days(&run, "out_lost total", "0 6 6 2 2 0 0 0 0 0 0 0");
    support_expect_sums(&run);
}

Test(works, lose_nothing_of_the_period_that_was_lost_before_it)
{
    /* All were due the year before. roof starts on the first day: its 2 places are works. wall
     * starts then too, and takes 1 of its 3: 2 are lost still until day 3. late loses 1 from the
     * first day of the period until day 4. sum by day of lost: 2 + 1 on 0 .. 2, then 1, then 0. */
    struct support_run run = support_run(
        WORLD "works:\n"
              "  projects:\n"
              "    roof: {units: {a: 2}, takes: {planned: 3 days}, lost_without: 2025-06-01}\n"
              "    wall: {units: {a: 1}, takes: {planned: 3 days}, lost_without: 2025-06-01, "
              "lost_places: {a: 3}}\n"
              "    late: {units: {b: 1}, start: {planned: 2026-01-05}, takes: {planned: 2 days}, "
              "lost_without: 2025-06-01}\n",
        0);
    support_expect_days(&run, "out_lost total", "3 3 3 1 0 0 0 0 0 0 0 0");
    cr_expect_eq(total(&run, 0, PROJECT_LOST), 0);
    cr_expect_eq(total(&run, 1, PROJECT_LOST), 1);
    cr_expect_eq(total(&run, 2, PROJECT_LOST), 1);
}

Test(works, a_place_that_is_converted_is_lost_no_longer)
{
    /* roof has the money for days 0 to 5. From day 3 on 6 of a are lost. The conversion of 4 of
     * them begins on day 6: they are no longer built in a, of whose 6 places 2 are lost still. On
     * day 9 it is done: 6 are there, and 4 of the other regime. */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}, open: {}}\n"
        "units: {a: {regime: ward, places: 10}}\n"
        "statuses: {held: {stay: 90 days}}\nplacement: {all: {to: [ward, open]}}\n"
        "works:\n"
        "  budget_per_year: 10\n"
        "  projects:\n"
        "    roof: {cost_per_year: 10, takes: {planned: 6 days}}\n"
        "    wing: {converts: {a: {places: 4, to: {regime: open}}}, cost_per_year: 10, takes: "
        "{planned: 3 days}, priority: 101, lost_without: 2026-01-04, lost_places: {a: 6}}\n",
        0);
    support_expect_days(&run, "built total", "10 10 10 10 10 10 6 6 6 10 10 10");
    support_expect_days(&run, "out_lost total", "0 0 0 6 6 6 2 2 2 0 0 0");
    support_expect_days(&run, "usable total", "10 10 10 4 4 4 4 4 4 10 10 10");
    support_expect_sums(&run);
}

Test(works, add_places_for_a_time)
{
    /* The boat is ordered on day 2, takes 3 days and stays 4: days 5 to 8. 2 wait and come aboard;
     * the boat drains, so both stay over capacity from day 9 on. */
    struct support_run run = support_run(
        PERIOD "regimes: {ward: {}, open: {}}\n"
               "statuses: {held: {stay: 90 days}}\n"
               "placement: {all: {to: [boat]}}\n"
               "start: {waiting: {held: {persons: 2}}}\n"
               "works:\n"
               "  projects:\n"
               "    boat: {adds: {boat: {units: {deck: {regime: open, places: 3}}}}, start: "
               "{planned: 2026-01-03}, takes: {planned: 3 days}, stays: 4 days}\n",
        0);
    support_expect_days(&run, "built total", "0 0 0 0 0 3 3 3 3 0 0 0");
    support_expect_days(&run, "present total", "0 0 0 0 0 2 2 2 2 2 2 2");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 0 0 0 2 2 2");
    support_expect_days(&run, "usable regime.open", "0 0 0 0 0 3 3 3 3 0 0 0");
    support_expect_sums(&run);
}

Test(works, a_lower_number_beyond_the_period_stops_entries)
{
    /* The boat is there from day 1 on and leaves on day 1 + 25, which is 2026-01-27, two weeks
     * after the end. It drains for 20 days, so from day 6 on nobody comes in: of those who arrive
     * on day 3 and 9 (from a home where they stay until then) only the first is taken. */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}, home: {places: unlimited, outside: true}}\n"
        "statuses: {coming: {stay: 3 days, next: {held: rest}}, held: {stay: 90 days}, "
        "coming_late: "
        "{stay: 9 days, next: {held: rest}}}\n"
        "placement: {held: {who: {status: held}, to: [boat]}, home: {to: [home]}}\n"
        "start: {present: {coming: {persons: 1, elapsed: 0 days}, coming_late: {persons: 1, "
        "elapsed: 0 days}}}\n"
        "works:\n"
        "  projects:\n"
        "    boat: {adds: {boat: {units: {deck: {regime: ward, places: 3, drain: 20 days}}}}, "
        "start: {planned: 2026-01-02}, stays: 25 days}\n",
        0);
    support_expect_days(&run, "usable total", "0 3 3 3 3 3 3 3 3 3 3 3");
    support_expect_days(&run, "present total", "0 0 0 1 1 1 1 1 1 1 1 1");
    support_expect_days(&run, "waiting total", "0 0 0 0 0 0 0 0 0 1 1 1");
}

Test(works, two_shrinks_within_one_drain_window)
{
    /* 10 places, drain 5 days. 4 are out on days 4 and 5, 7 on days 6 to 8, so until day 8 as many
     * may be held as the least of today and the next 5 days: 10 on day -2, 6 from day 0 (day 4 is
     * within 4), 3 from day 1 (day 6 is within 5) to day 8. 4 wait on day 0 and all come in, then
     * 6 - 4 = 2 more could; on day 1 nobody can, on day 9 all. */
    struct support_run run = support_run(
        PERIOD
        "regimes: {ward: {}, home: {places: unlimited, outside: true}}\n"
        "units: {a: {regime: ward, places: 10, drain: 5 days}}\n"
        "statuses: {coming: {stay: 1 day, next: {held: rest}}, held: {stay: 90 days}}\n"
        "placement: {held: {who: {status: held}, to: [ward]}, home: {to: [home]}}\n"
        "start: {present: {coming: {persons: 5, elapsed: 0 days}}, waiting: {held: {persons: 8}}}\n"
        "works:\n"
        "  projects:\n"
        "    roof: {units: {a: 4}, start: {planned: 2026-01-05}, takes: {planned: 2 days}}\n"
        "    wall: {units: {a: 7}, start: {planned: 2026-01-07}, takes: {planned: 3 days}}\n",
        0);
    support_expect_days(&run, "usable total", "10 10 10 10 6 6 3 3 3 10 10 10");
    support_expect_days(&run, "present total", "6 6 6 6 6 6 6 6 6 10 10 10");
    support_expect_days(&run, "over_capacity total", "0 0 0 0 0 0 3 3 3 0 0 0");
    support_expect_days(&run, "waiting total", "2 7 7 7 7 7 7 7 7 3 3 3");
}

Test(works, open_reserve_after_its_notice)
{
    /* Decided on day 2, which takes 2 days, but the notice is 5: 3 places of b on day 7. A second
     * decision for 4 opens only what is left in reserve, 2, on day 9. */
    struct support_run run = support_run(
        WORLD "works:\n"
              "  projects:\n"
              "    first: {opens: {b: 3}, start: {planned: 2026-01-03}, takes: {planned: 2 days}, "
              "notice: 5 days}\n"
              "    second: {opens: {b: 4}, start: {planned: 2026-01-05}, notice: 5 days}\n",
        0);
    support_expect_days(&run, "out_reserve total", "5 5 5 5 5 5 5 2 2 0 0 0");
    support_expect_days(&run, "usable total", "13 13 13 13 13 13 13 16 16 18 18 18");
    support_expect_sums(&run);
}

Test(works, convert_places_with_a_delay)
{
    /* 4 of a leave on day 3 and are open places from day 6 on. 8 are in a and those over stay. */
    struct support_run run = support_run(
        PERIOD WARDS
        "statuses: {held: {stay: 90 days}, soft: {stay: 90 days}}\n"
        "placement: {soft: {who: {status: soft}, to: [open]}, all: {to: [a, b]}}\n"
        "start: {present: {held: {persons: 8, elapsed: 1 day, in: [a]}}, waiting: {soft: {persons: "
        "9}}}\n"
        "works:\n"
        "  projects:\n"
        "    change: {converts: {a: {places: 4, to: {regime: open, admits: {status: soft}}}}, "
        "start: {planned: 2026-01-04}, takes: {planned: 3 days}}\n",
        0);
    support_expect_days(&run, "built total", "18 18 18 14 14 14 18 18 18 18 18 18");
    support_expect_days(&run, "built regime.open", "0 0 0 0 0 0 4 4 4 4 4 4");
    support_expect_days(&run, "present regime.open", "0 0 0 0 0 0 4 4 4 4 4 4");
    support_expect_days(&run, "over_capacity total", "0 0 0 2 2 2 2 2 2 2 2 2");
    cr_expect_str_eq(run.plan->estate.unit_name[2], "a_as_change");
    support_expect_sums(&run);
}

/* -- laws */

#define PROGRAMME                                                                                  \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "regimes: {ward: {}, open: {}, cell: {places: unlimited, emergency: true}}\n"                  \
    "institutions:\n"                                                                              \
    "  north: {units: {a: {regime: ward, places: 20, on_shrink: transfer, drain: 5 days}, b: "     \
    "{regime: ward, places: 12, out_of_use: 6, why: reserve, on_shrink: hold}}}\n"                 \
    "  south: {units: {c: {regime: ward, places: 16, changes: [{from: 2026-05-01, to: "            \
    "2026-08-01, places: -5, why: staff}]}}}\n"                                                    \
    "statuses: {held: {stay: {exponential: {mean: 12 days}}, waits: {in: cell, limit: 3 days, "    \
    "at_limit: [over_capacity]}}}\n"                                                               \
    "flows: {town: {status: held, per_day: 3}}\n"                                                  \
    "placement: {all: {to: [ward, open]}}\n"                                                       \
    "output: {month_end: [institution]}\n"
#define WORKS                                                                                      \
    "works:\n"                                                                                     \
    "  budget_per_year: 10\n"                                                                      \
    "  projects:\n"                                                                                \
    "    roof: {units: [north.a], start: {planned: 2026-02-01, slip: {exponential: {mean: 30 "     \
    "days}}}, takes: {planned: 40 days, slip: {exponential: {mean: 10 days}}}, cost_per_year: 6, " \
    "decants_to: {north.b: 5}, moves_before: 9 days, places_after: {north.a: 15}}\n"               \
    "    wall: {units: {south.c: 9}, start: {planned: 2026-03-01, slip: {exponential: {mean: 30 "  \
    "days}}}, takes: {planned: 60 days}, cost_per_year: 6, lost_without: 2026-03-20}\n"            \
    "    boat: {adds: {boat: {units: {deck: {regime: open, places: 9}}}}, stays: 60 days, start: " \
    "{planned: 2026-06-01, slip: {exponential: {mean: 30 days}}}}\n"                               \
    "    change: {converts: {north.b: {places: 4, to: {regime: open}}}, start: {planned: "         \
    "2026-09-01, slip: {exponential: {mean: 30 days}}}, takes: {planned: 20 days}}\n"

Test(works, built_is_usable_and_the_five_at_each_midnight_of_random_years)
{
    int64_t starts[6];
    for (uint32_t r = 0; r < 6; r++) {
        struct support_run run = support_run(PROGRAMME WORKS, r); /* prison_check at its end */
        support_expect_sums(&run);
        starts[r] = total(&run, 0, PROJECT_START);
        cr_expect(r == 0 || starts[r] != starts[r - 1], "slips are chance");
    }
}

Test(works, month_ends_show_places_by_cause_of_institutions)
{
    struct support_run      run = support_run(PROGRAMME WORKS, 1);
    const struct month_end *ends = &run.plan->columns.month_end;
    int                     checked = 0;
    for (int m = 0; m < ends->month_count; m++)
        for (int c = 0; c < ends->count; c++) {
            const int32_t *value = run.record.monthly +
                                   (size_t)m * run.plan->record_size.monthly_columns +
                                   (size_t)run.plan->columns.kept[SHOWN_MONTH_END].count + c;
            if (strcmp(ends->column[c].indicator, "usable") != 0)
                continue;
            cr_expect_str_eq(ends->column[c + 1].indicator, "built");
            cr_expect_str_eq(ends->column[c + 2].indicator, "out_lost");
            cr_expect_str_eq(ends->column[c + 6].indicator, "out_staff");
            int64_t sum = value[0];
            for (int k = 2; k < 7; k++)
                sum += value[k];
            cr_expect_eq(value[1], sum, "%s of month %d", ends->column[c].group, m);
            checked++;
        }
    cr_expect_eq(checked, 12 * 3, "north, south and boat");
}

Test(works, a_programme_without_projects_changes_nothing)
{
    struct support_run without = support_run(PROGRAMME, 2);
    struct support_run empty =
        support_run(PROGRAMME "works: {budget_per_year: 5, projects: {}}\n", 2);
    const struct record_size *size = &without.plan->record_size;
    cr_assert_eq(memcmp(size, &empty.plan->record_size, sizeof *size), 0);
    cr_assert_eq(memcmp(without.record.daily, empty.record.daily,
                        size->days * size->daily_columns * sizeof(int32_t)),
                 0);
    cr_assert_eq(memcmp(without.record.yearly, empty.record.yearly,
                        size->years * size->yearly_columns * sizeof(int64_t)),
                 0);
    cr_assert_eq(
        memcmp(without.record.total, empty.record.total, size->total_columns * sizeof(int64_t)), 0);
}

Test(works, slips_of_a_project_do_not_depend_on_others)
{
#define SLIP                                                                                       \
    "start: {slip: {exponential: {mean: 40 days}}}, takes: {slip: {exponential: {mean: 9 days}}}"
    struct support_run alone = support_run(PROGRAMME "works: {projects: {roof: {" SLIP "}}}\n", 3);
    struct support_run beside =
        support_run(PROGRAMME "works: {projects: {early: {" SLIP "}, roof: {" SLIP "}}}\n", 3);
    cr_expect_eq(total(&alone, 0, PROJECT_START), total(&beside, 1, PROJECT_START));
    cr_expect_eq(total(&alone, 0, PROJECT_END), total(&beside, 1, PROJECT_END));
    cr_expect_neq(total(&beside, 0, PROJECT_START), total(&beside, 1, PROJECT_START));
}

Test(works, a_slip_that_is_uncertain_is_that_of_the_draw)
{
    const struct scenario *plan = support_scenario(
        PROGRAMME "works: {projects: {roof: {start: {planned: 2026-02-01, slip: 10 days}}}}\n"
                  "uncertainty: {per_draw: 10, inputs: {works.projects.roof.start.slip: {uniform: "
                  "{from: 0 days, to: 300 days}}}}\n"
                  "run: {replications: 20}\n");
    struct arena     arena = support_arena();
    struct errors    errors = {0};
    int64_t          value = input_value(&plan->inputs.list[0], 1, 1);
    struct scenario *drawn = scenario_of_draw(&arena, plan, 1, 1, &errors);
    cr_assert(drawn);
    const struct shape *slip = drawn->works.project[0].start.slip;
    cr_expect_eq(slip->kind, SHAPE_FIXED);
    cr_expect_float_eq(slip->fixed_min, (double)value, 1e-9);
}

/* -- what is written */

static const char *text_of(const char *path)
{
    struct arena arena = support_arena();
    char         text[4096] = "";
    FILE        *in = fopen(path, "r");
    cr_assert(in);
    text[fread(text, 1, sizeof text - 1, in)] = '\0';
    fclose(in);
    return arena_text(&arena, text, strlen(text));
}

Test(works, are_written_as_dates_over_replications)
{
    /* Four replications: roof starts on day 10, 20, 40 and never, and loses its places in the last.
     * Quantiles of type 7 of (10, 20, 40, never): p05 at 0.15 between 10 and 20: 11.5, so 12; p25
     * at 0.75: 17.5, so 18; p50 at 1.5: 30; p75 at 2.25 lies between 40 and never, so it has none.
     * Mean of three 23.33, sd sqrt((13.33^2 + 3.33^2 + 16.67^2) / 2) = 15.275. */
    const struct scenario *plan = support_scenario(
        PROGRAMME "works: {projects: {roof: {units: [north.a], start: {planned: 2026-01-05}, "
                  "takes: {planned: 30 days}, lost_without: 2026-03-01}}}\n");
    static const int days[] = {10, 20, 40};
    struct arena     arena = support_arena();
    struct errors    errors = {0};
    struct records   records;
    char             path[] = "/tmp/celsim-works-XXXXXX";
    records_open(&records, &arena, plan->record_size, 0, 4);
    for (int r = 0; r < 4; r++) {
        int64_t *total = records.record[r].total + plan->works.total_first;
        total[PROJECT_START] = r < 3 ? plan->period.start + days[r] : NOT_STARTED;
        total[PROJECT_END] = r < 3 ? plan->period.start + days[r] + 30 : NOT_STARTED;
        total[PROJECT_LOST] = r == 3;
    }
    cr_assert(close(mkstemp(path)) == 0);
    cr_assert(report_works(plan, &records, path, &arena, &errors));
    cr_expect_str_eq(
        text_of(path),
        "project,what,planned,share,mean,sd,p05,p25,p50,p75,p95\n"
        "roof,start,2026-01-05,0.75000,2026-01-24,15.275,2026-01-13,2026-01-19,2026-01-31,,\n"
        "roof,end,2026-02-04,0.75000,2026-02-23,15.275,2026-02-12,2026-02-18,2026-03-02,,\n"
        "roof,lost,2026-03-01,0.25000,2026-03-01,0.000,,,,,\n",
        "%s", text_of(path));
    unlink(path);
}

Test(works, a_loss_that_was_due_before_the_period_is_written_on_its_first_day)
{
    const struct scenario *plan = support_scenario(
        PROGRAMME "works: {projects: {roof: {units: [north.a], start: {planned: 2026-01-05}, "
                  "takes: {planned: 30 days}, lost_without: 2025-03-01}}}\n");
    struct arena   arena = support_arena();
    struct errors  errors = {0};
    struct records records;
    char           path[] = "/tmp/celsim-works-XXXXXX";
    records_open(&records, &arena, plan->record_size, 0, 1);
    records.record[0].total[plan->works.total_first + PROJECT_LOST] = 1;
    cr_assert(close(mkstemp(path)) == 0);
    cr_assert(report_works(plan, &records, path, &arena, &errors));
    cr_expect(strstr(text_of(path), "roof,lost,2026-01-01,1.00000,2026-01-01,"), "%s",
              text_of(path));
    unlink(path);
}

static const char *outlook_of(const char *text)
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

Test(works, have_a_calendar_and_money_in_the_outlook)
{
    /* 80 million a year: roof costs 73 a year from 2026-02-01 for 100 days, so 73 x 100 / 365 = 20.
     * wall costs 36.5 from 2026-03-01 as planned, but waits for the money until roof ends on
     * 2026-05-12; 200 days of it are 20 in both. */
    const char *text = outlook_of(
        PROGRAMME
        "works:\n"
        "  budget_per_year: 80000000\n"
        "  projects:\n"
        "    roof: {units: [north.a], start: {planned: 2026-02-01}, takes: {planned: 100 days}, "
        "cost_per_year: 73000000, one_off: 1500000}\n"
        "    wall: {units: {south.c: 9}, start: {planned: 2026-03-01}, takes: {planned: 200 "
        "days}, cost_per_year: 36500000, lost_without: 2026-04-01}\n"
        "    dear: {start: {planned: 2025-12-01}, takes: {planned: 1 day}, cost_per_year: "
        "90000000, after: [wall]}\n");
    static const char *const lines[] = {
        "roof          2026-02-01  2026-05-12  2026-02-01  2026-05-12        20     73.00\n",
        "wall          2026-03-01  2026-09-17  2026-05-12  2026-11-28         9     36.50\n",
        "dear          2026-01-01  2026-01-02  -           -                  0     90.00\n",
        "2026         40.25       40.00       80.00        1.50\n",
        "works dear: it costs more a year than any budget and never starts, nor do those behind "
        "it\n",
        "works dear: it is planned to start on 2026-01-01, but wall, before it, to end on "
        "2026-09-17\n",
        "works dear: it is planned to start on 2025-12-01; it starts with the period\n",
        "works wall: without slip it does not start by 2026-04-01, and its places are lost\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cr_expect(strstr(text, lines[i]), "no line %s in %s", lines[i], text);
    cr_expect_null(strstr(outlook_of(PROGRAMME), "Works"));
}

Test(works, no_loss_is_foretold_of_what_starts_with_the_period)
{
    static const char works[] =
        PROGRAMME "works: {projects: {roof: {units: [north.a], start: {planned: %s}, takes: "
                  "{planned: 30 days}, lost_without: 2025-03-01}}}\n";
    struct arena      arena = support_arena();
    static const char lost[] = "and its places are lost";
    cr_expect(strstr(outlook_of(arena_print(&arena, works, "2026-01-02")), lost));
    cr_expect_null(strstr(outlook_of(arena_print(&arena, works, "2025-01-02")), lost));
}

/* 240 people must move when the works begin on Monday 2 February; 12 a day can be brought, on five
 * days a week: 20 days of transport, the last on Friday 27 February. */
Test(works, emptying_a_wing_of_240_takes_four_weeks_of_transport)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-30, end: 2026-03-05}\n"
        "regimes: {prison: {}}\n"
        "units: {old: {regime: prison, places: 240, on_shrink: transfer}, new: {regime: prison, "
        "places: 240}}\n"
        "statuses: {held: {stay: 300 days, waits: {in: present_place}}}\n"
        "placement: {all: {to: [old, new]}}\n"
        "transport: {per_day: 12, days: [mon, tue, wed, thu, fri]}\n"
        "start: {present: {held: {persons: 240, elapsed: 1 day, in: [old]}}}\n"
        "works: {projects: {roof: {units: [old], start: {planned: 2026-02-02}, takes: {planned: 1 "
        "year}}}}\n",
        0);
    static const struct {
        const char *date;
        int64_t     left;
    } table[] = {{"2026-02-01", 0},        {"2026-02-02", 240 - 12},  {"2026-02-06", 240 - 60},
                 {"2026-02-08", 240 - 60}, {"2026-02-26", 240 - 228}, {"2026-02-27", 0}};
    for (size_t i = 0; i < COUNT(table); i++)
        cr_expect_eq(support_day(&run, "over_capacity total", table[i].date), table[i].left,
                     "%s: %lld", table[i].date,
                     (long long)support_day(&run, "over_capacity total", table[i].date));
    cr_expect_eq(support_year(&run, "transferred total", 2026), 240);
}
