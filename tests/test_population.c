#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

#define QUARTER "period: {start: 2026-01-01, end: 2026-03-31}\n"

static int placed_in(const struct support_run *run, const char *stream, uint16_t unit)
{
    int count = 0;
    for (uint32_t i = 0; i < run->trace.count; i++) {
        const struct trace_row *row = &run->trace.row[i];
        count += row->what == TRACE_PLACED && row->unit == unit &&
                 strcmp(run->plan->stream[row->stream].name, stream) == 0;
    }
    return count;
}

Test(population, fills_the_pools_of_the_rule_in_order_and_then_the_first_over_capacity)
{
    /* 8 people, the annex first: 2 there, 3 in the wards (b 2, a 1: b, then a and b by name), then
     * 3 over capacity in the annex, which has one unit */
    struct support_run run =
        support_run(QUARTER "regimes: {ward: {}, annex: {}}\n"
                            "units: {b: {regime: ward, places: 2}, a: {regime: ward, places: 1}, "
                            "c: {regime: annex, places: 2}}\n"
                            "statuses: {held: {stay: 40 days}}\n"
                            "placement: {all: {to: [annex, ward]}}\n"
                            "start: {present: {held: {persons: 8, elapsed: 30 days}}}\n",
                    0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/held 0 placed held c\n"
                                                  "0 00:00 present/held 1 placed held c\n"
                                                  "0 00:00 present/held 2 placed held b\n"
                                                  "0 00:00 present/held 3 placed held a\n"
                                                  "0 00:00 present/held 4 placed held b\n"
                                                  "0 00:00 present/held 5 placed held c\n"
                                                  "0 00:00 present/held 6 placed held c\n"
                                                  "0 00:00 present/held 7 placed held c\n"
                                                  "10 00:00 present/held 0 released held c\n"
                                                  "10 00:00 present/held 1 released held c\n"
                                                  "10 00:00 present/held 2 released held b\n"
                                                  "10 00:00 present/held 3 released held a\n"
                                                  "10 00:00 present/held 4 released held b\n"
                                                  "10 00:00 present/held 5 released held c\n"
                                                  "10 00:00 present/held 6 released held c\n"
                                                  "10 00:00 present/held 7 released held c\n");
    cr_expect_eq(support_day(&run, "over_capacity total", "2026-01-01"), 3);
    cr_expect_eq(support_day(&run, "usable total", "2026-01-01"), 5);
    cr_expect_eq(support_day(&run, "placements total", "2026-01-01"), 0, "nobody was moved");
}

Test(population, gives_no_place_while_a_unit_is_over_its_places)
{
    /* 3 people in 2 places, leaving on days 10, 20 and 30; who waits is placed on day 20 */
    struct support_run run =
        support_run(QUARTER "regimes: {ward: {}}\n"
                            "units: {ward: {regime: ward, places: 2}}\n"
                            "statuses: {held: {stay: 40 days}}\n"
                            "placement: {all: {to: [ward]}}\n"
                            "start:\n"
                            "  present: {a: {status: held, persons: 1, elapsed: 30 days}, b: "
                            "{status: held, persons: 1, elapsed: 20 days},\n"
                            "    c: {status: held, persons: 1, elapsed: 10 days}}\n"
                            "  waiting: {held: {persons: 1}}\n",
                    0);
    cr_expect_str_eq(support_history(&run, "waiting/held"),
                     "0 00:00 waiting/held 0 waits held outside\n"
                     "20 00:00 waiting/held 0 placed held ward\n"
                     "60 00:00 waiting/held 0 released held ward\n");
}

Test(population, puts_people_only_in_places_that_admit_them)
{
    /* Half are men. Units: 40 places each for men and women; `in` names both. The same for those
     * who wait in a regime, with rooms of their own. */
    struct support_run run = support_run(
        QUARTER "attributes: {sex: {man: 1/2, woman: rest}}\n"
                "regimes: {ward: {}, room: {}, clinic: {}}\n"
                "units:\n"
                "  men: {regime: ward, places: 80, admits: {sex: man}}\n"
                "  women: {regime: ward, places: 80, admits: {sex: woman}}\n"
                "  men_room: {regime: room, places: 80, admits: {sex: man}}\n"
                "  women_room: {regime: room, places: 80, admits: {sex: woman}}\n"
                "  clinic: {regime: clinic, places: 1}\n"
                "statuses:\n"
                "  held: {stay: 50 days}\n"
                "  patient: {stay: 200 days, waits: {in: room}}\n"
                "placement: {held: {who: {status: held}, to: [ward]}, patient: {to: [clinic]}}\n"
                "start:\n"
                "  present: {held: {persons: 60, elapsed: 1 day, in: [ward]}, patient: {persons: "
                "1, elapsed: 1 day}}\n"
                "  waiting: {patient: {persons: 60}}\n"
                "output: {daily: [sex, regime]}\n",
        0);
    int held_men = placed_in(&run, "present/held", 0),
        held_women = placed_in(&run, "present/held", 1);
    int rooms[2] = {0, 0};
    for (uint32_t i = 0; i < run.trace.count; i++)
        for (int u = 0; u < 2; u++)
            rooms[u] += run.trace.row[i].what == TRACE_WAITS && run.trace.row[i].unit == 2 + u;
    int64_t men = support_day(&run, "present sex.man", "2026-01-01");
    int     in_clinic = 1; /* a man or a woman */
    cr_expect_eq(held_men + held_women, 60);
    cr_expect_eq(rooms[0] + rooms[1], 60);
    cr_expect(held_men + rooms[0] <= men && men <= held_men + rooms[0] + in_clinic, "%d + %d of %d",
              held_men, rooms[0], (int)men);
    cr_expect(held_men > 15 && held_women > 15 && rooms[0] > 15 && rooms[1] > 15);
}

Test(population, spreads_a_fixed_stay_evenly_in_equilibrium)
{
    /* Draw 4 of the starter, u, is the part that is over; person n's base is n x 67 further. Of 40
     * days 57,600 minutes: left = 57,600 - u x 57,600, to the nearest minute. */
    struct support_run run = support_run(QUARTER "regimes: {ward: {}}\n"
                                                 "units: {ward: {regime: ward, places: 200}}\n"
                                                 "statuses: {held: {stay: 40 days}}\n"
                                                 "placement: {all: {to: [ward]}}\n"
                                                 "start: {present: {held: {persons: 200}}}\n",
                                         5);
    uint64_t           hash = rng_hash("present/held");
    u128               increment = rng_flow_increment(1, 5, hash);
    int                seen = 0;
    double             sum = 0;
    for (uint32_t i = 0; i < run.trace.count; i++) {
        const struct trace_row *row = &run.trace.row[i];
        if (row->what != TRACE_RELEASED)
            continue;
        u128 number = (row->key >> PERSON_POINT_SHIFT & 0x1ffffff) * 67 + 4;
        u128 state =
            rng_advance(rng_day_state(1, 5, hash, 0), rng_step(rng_jump(number), increment));
        double u = ((double)rng_uniform52(state) + 0.5) * 0x1p-52;
        cr_expect_eq(row->minute, (int32_t)(57600 - u * 57600 + 0.5));
        sum += row->minute;
        seen++;
    }
    cr_expect_eq(seen, 200);
    cr_expect_float_eq(sum / 200, 28800, 4 * 1176, "sd 57,600 / sqrt(12 x 200) = 1,176");
}

Test(population, keeps_to_the_stay_where_the_elapsed_part_is_known)
{
    /* exponential stays have no memory: elapsed 50 days or not, the mean left is 30 days; 400
     * people, sd of the mean 1.5 days. The longest must lie within the period of three years. */
    static const char *const elapsed[] = {"0 days", "50 days"};
    for (int e = 0; e < 2; e++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "period: {start: 2026-01-01, end: 2028-12-31}\n"
                 "statuses: {held: {clock: arrival, stay: {exponential: {mean: 30 days}}}}\n"
                 "start: {present: {held: {persons: 400, elapsed: %s}}}\n",
                 elapsed[e]);
        struct support_run run = support_run(text, 0);
        double             sum = 0;
        for (uint32_t i = 0; i < run.trace.count; i++)
            sum += run.trace.row[i].what == TRACE_RELEASED ? run.trace.row[i].minute : 0;
        cr_expect_eq(support_count(&run, TRACE_RELEASED, NULL), 400);
        cr_expect_float_eq(sum / 400 / 1440, 30, 6, "%s: %g", elapsed[e], sum / 400 / 1440);
    }
}

#define WAITERS                                                                                    \
    QUARTER                                                                                        \
    "regimes: {ward: {}, annex: {}, cell: {places: unlimited, emergency: true}}\n"                 \
    "units: {ward: {regime: ward, places: 1}, annex: {regime: annex, places: 1}}\n"                \
    "statuses:\n"                                                                                  \
    "  long: {stay: 80 days}\n"                                                                    \
    "  held: {stay: 30 days, waits: {in: cell, limit: 10 days, at_limit: [out_of_category, "       \
    "stay]}}\n"                                                                                    \
    "placement: {long: {who: {status: long}, to: [ward]}, held: {to: [ward], out_of_category: "    \
    "[annex]}}\n"                                                                                  \
    "start:\n"                                                                                     \
    "  present: {long: {persons: 1, elapsed: 40 days}}\n"                                          \
    "  waiting: {fresh: {status: held, persons: 1, since: 4 days}, late: {status: held, persons: " \
    "2, since: 15 days}}\n"

Test(population, meets_a_limit_that_is_past_in_the_first_minute)
{
    /* late (2) wait since day -15: their limit of 10 days was on day -5, so it falls at once: one
     * goes to the annex, the other is over the limit from the start. fresh: limit on day 6, when
     * the annex is full. On day 30 the annex is free: late 1 has waited longest. On day 40 the
     * ward: late 1 again, and the annex that he leaves is for fresh, whose 30 days run from then.
     */
    struct support_run run = support_run(WAITERS, 0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/long 0 placed long ward\n"
                                                  "0 00:00 waiting/fresh 0 waits held cell\n"
                                                  "0 00:00 waiting/late 0 waits held cell\n"
                                                  "0 00:00 waiting/late 0 placed held annex\n"
                                                  "0 00:00 waiting/late 1 waits held cell\n"
                                                  "30 00:00 waiting/late 0 released held annex\n"
                                                  "30 00:00 waiting/late 1 placed held annex\n"
                                                  "40 00:00 present/long 0 released long ward\n"
                                                  "40 00:00 waiting/fresh 0 placed held annex\n"
                                                  "40 00:00 waiting/late 1 placed held ward\n"
                                                  "60 00:00 waiting/fresh 0 placed held ward\n"
                                                  "60 00:00 waiting/late 1 released held ward\n"
                                                  "70 00:00 waiting/fresh 0 released held ward\n");
    cr_expect_str_eq(support_days(&run, "over_limit total", 8), "1 1 1 1 1 1 2 2");
    cr_expect_eq(support_day(&run, "over_limit total", "2026-01-31"), 1, "day 30");
    cr_expect_eq(support_day(&run, "over_limit total", "2026-02-10"), 0, "day 40");
}

Test(population, holds_starters_without_a_rule_outside)
{
    /* ten profiles and more statuses than rules: nobody of the status has a list */
    struct support_run run =
        support_run(QUARTER "attributes: {a: {a0: 0.1, a1: 0.1, a2: 0.1, a3: 0.1, a4: 0.1, a5: "
                            "0.1, a6: 0.1, a7: 0.1, a8: 0.1, a9: 0.1},\n"
                            "  b: {b0: 0.1, b1: 0.1, b2: 0.1, b3: 0.1, b4: 0.1, b5: 0.1, b6: 0.1, "
                            "b7: 0.1, b8: 0.1, b9: 0.1},\n"
                            "  c: {c0: 0.1, c1: 0.1, c2: 0.1, c3: 0.1, c4: 0.1, c5: 0.1, c6: 0.1, "
                            "c7: 0.1, c8: 0.1, c9: 0.1}}\n"
                            "regimes: {ward: {}}\n"
                            "units: {ward: {regime: ward, places: 1}}\n"
                            "statuses:\n"
                            "  held: {stay: 40 days}\n"
                            "  tagged: {clock: arrival, stay: 40 days}\n"
                            "  other: {clock: arrival, stay: 40 days}\n"
                            "  further: {clock: arrival, stay: 40 days}\n"
                            "placement: {all: {who: {status: held}, to: [ward]}}\n"
                            "start: {present: {tagged: {persons: 9, elapsed: 30 days}, further: "
                            "{persons: 9, elapsed: 10 days, in: [ward]}}}\n",
                    0);
    cr_expect_eq(support_day(&run, "outside total", "2026-01-01"), 9);
    cr_expect_eq(support_day(&run, "present status.further", "2026-01-01"), 9);
    cr_expect_eq(support_day(&run, "released total", "2026-01-11"), 9, "the tagged");
    cr_expect_eq(support_day(&run, "released total", "2026-01-31"), 9, "the further");
    cr_expect_eq(support_year(&run, "released status.tagged", 2026), 9);
}

/* Of two units of a pool one is not built yet: who finds no place is put into the other one. */
Test(population, nobody_is_put_where_there_are_no_places_yet)
{
    struct support_run run = support_run("period: {start: 2026-01-01, end: 2026-02-01}\n"
                                         "regimes: {ward: {}}\n"
                                         "units: {a: {regime: ward, places: 0, changes: [{from: "
                                         "2026-01-20, places: 5}]}, b: {regime: "
                                         "ward, places: 1}}\n"
                                         "statuses: {held: {stay: 90 days}}\n"
                                         "placement: {all: {to: [ward]}}\n"
                                         "start: {present: {held: {persons: 3, elapsed: 1 day}}}\n",
                                         0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/held 0 placed held b\n"
                                                  "0 00:00 present/held 1 placed held b\n"
                                                  "0 00:00 present/held 2 placed held b\n");
}
