#include <criterion/criterion.h>
#include <string.h>

#include "tests/count.h"
#include "tests/support.h"

static int32_t day_of(const char *date)
{
    int32_t day;
    cr_assert(date_parse(date, &day), "%s", date);
    return day;
}

static void expect_places(const struct dated_places *dated, const char *date, const char *expected)
{
    struct places places = places_on(dated, day_of(date));
    char          text[100];
    snprintf(text, sizeof text, "%d %d: %d %d %d %d %d", places.built, places.usable,
             places.out[CAUSE_LOST], places.out[CAUSE_WORKS], places.out[CAUSE_DAMAGE],
             places.out[CAUSE_RESERVE], places.out[CAUSE_STAFF]);
    cr_expect_str_eq(text, expected, "%s: %s", date, text);
}

Test(places, causes_are_counted_one_after_the_other_on_what_the_former_leave)
{
    /* 10 built. staff 6 alone: 6. lost 4: of the 6 left staff gets 6. works 5: 1 left for staff.
     * damage 3: of the 1 left it gets 1, staff none. reserve none. Then 20 are built on: all 4 + 5
     * + 3 + 2 + 6 = 20 are out and 10 are usable. */
    struct change change[] = {
        {day_of("2026-01-01"), NO_LAST_DAY, -6, CAUSE_STAFF, .is_shock = false},
        {day_of("2026-02-01"), NO_LAST_DAY, -1, CAUSE_LOST, .is_shock = false},
        {day_of("2026-02-01"), NO_LAST_DAY, -3, CAUSE_LOST, .is_shock = false},
        {day_of("2026-03-01"), NO_LAST_DAY, -5, CAUSE_WORKS, .is_shock = false},
        {day_of("2026-04-01"), NO_LAST_DAY, -3, CAUSE_DAMAGE, .is_shock = false},
        {day_of("2026-05-01"), NO_LAST_DAY, -2, CAUSE_RESERVE, .is_shock = false},
        {day_of("2026-06-01"), day_of("2026-06-30"), 20, NO_CAUSE, .is_shock = false},
    };
    struct dated_places dated = {.built = 10, .change = change, .change_count = COUNT(change)};
    expect_places(&dated, "2025-12-31", "10 10: 0 0 0 0 0");
    expect_places(&dated, "2026-01-31", "10 4: 0 0 0 0 6");
    expect_places(&dated, "2026-02-01", "10 0: 4 0 0 0 6");
    expect_places(&dated, "2026-03-01", "10 0: 4 5 0 0 1");
    expect_places(&dated, "2026-04-01", "10 0: 4 5 1 0 0");
    expect_places(&dated, "2026-05-01", "10 0: 4 5 1 0 0");
    expect_places(&dated, "2026-06-01", "30 10: 4 5 3 2 6");
    expect_places(&dated, "2026-06-30", "30 10: 4 5 3 2 6");
    expect_places(&dated, "2026-07-01", "10 0: 4 5 1 0 0");
    cr_expect_eq(places_most_built(&dated), 30);
}

Test(places, out_of_use_counts_with_the_changes_of_its_cause)
{
    struct change change[] = {
        {day_of("2026-02-01"), day_of("2026-02-28"), -3, CAUSE_WORKS, .is_shock = false}};
    struct dated_places dated = {
        .built = 10, .out_of_use = 2, .why = CAUSE_WORKS, .change = change, .change_count = 1};
    expect_places(&dated, "2026-01-31", "10 8: 0 2 0 0 0");
    expect_places(&dated, "2026-02-01", "10 5: 0 5 0 0 0");
    dated.why = CAUSE_STAFF;
    expect_places(&dated, "2026-02-01", "10 5: 0 3 0 0 2");
    cr_expect_eq(places_cause_of(NULL), CAUSE_WORKS);
    cr_expect_eq(places_cause_of("staff, works"), CAUSE_STAFF);
    cr_expect_eq(places_cause_of(" reserve;lost"), CAUSE_RESERVE);
}

Test(places, last_day_is_part_of_a_change_also_a_leap_day)
{
    struct change change[] = {
        {day_of("2028-02-29"), day_of("2028-02-29"), -3, CAUSE_WORKS, .is_shock = false},
        {day_of("2028-02-28"), day_of("2028-03-01"), -1, CAUSE_STAFF, .is_shock = false}};
    struct dated_places dated = {.built = 5, .change = change, .change_count = 2};
    expect_places(&dated, "2028-02-27", "5 5: 0 0 0 0 0");
    expect_places(&dated, "2028-02-28", "5 4: 0 0 0 0 1");
    expect_places(&dated, "2028-02-29", "5 1: 0 3 0 0 1");
    expect_places(&dated, "2028-03-01", "5 4: 0 0 0 0 1");
    expect_places(&dated, "2028-03-02", "5 5: 0 0 0 0 0");
}

Test(places, lowest_is_that_of_today_and_the_drain_days)
{
    /* 10; 7 on 11 to 20 January; 2 on the 15th alone */
    struct change change[] = {
        {day_of("2026-01-11"), day_of("2026-01-20"), -3, CAUSE_WORKS, .is_shock = false},
        {day_of("2026-01-15"), day_of("2026-01-15"), -5, CAUSE_STAFF, .is_shock = false}};
    struct dated_places dated = {.built = 10, .change = change, .change_count = 2};
    static const struct {
        int32_t     drain_days;
        const char *date;
        int32_t     lowest;
    } table[] = {{0, "2026-01-10", 10}, {0, "2026-01-11", 7},  {0, "2026-01-15", 2},
                 {0, "2026-01-16", 7},  {3, "2026-01-07", 10}, {3, "2026-01-08", 7},
                 {3, "2026-01-11", 7},  {3, "2026-01-12", 2},  {3, "2026-01-15", 2},
                 {3, "2026-01-16", 7},  {3, "2026-01-20", 7},  {3, "2026-01-21", 10},
                 {9, "2026-01-05", 7},  {9, "2026-01-06", 2},  {99, "2025-10-08", 2},
                 {99, "2025-10-07", 7}, {99, "2025-10-03", 10}};
    for (size_t i = 0; i < COUNT(table); i++) {
        dated.drain_days = table[i].drain_days;
        cr_expect_eq(places_lowest(&dated, day_of(table[i].date)), table[i].lowest,
                     "%d days, %s: %d", table[i].drain_days, table[i].date,
                     places_lowest(&dated, day_of(table[i].date)));
    }
}

Test(places, entries_do_not_stop_for_what_nobody_foresaw)
{
    /* 10; 4 from 11 to 20 January by a fire; 9 from 18 January for works that all knew of. */
    struct change change[] = {{day_of("2026-01-11"), day_of("2026-01-20"), -6, CAUSE_DAMAGE, true,
                               .known_from = day_of("2026-01-11")},
                              {day_of("2026-01-18"), NO_LAST_DAY, -1, .why = CAUSE_WORKS}};
    struct dated_places dated = {.built = 10, .change = change, .change_count = 2, .drain_days = 9};
    static const struct {
        const char *date;
        int32_t     lowest;
    } table[] = {{"2026-01-08", 10}, {"2026-01-09", 9}, {"2026-01-10", 9},
                 {"2026-01-11", 3},  {"2026-01-20", 3}, {"2026-01-21", 9}};
    for (size_t i = 0; i < COUNT(table); i++)
        cr_expect_eq(places_lowest(&dated, day_of(table[i].date)), table[i].lowest, "%s: %d",
                     table[i].date, places_lowest(&dated, day_of(table[i].date)));
}

/* A number from 0 to n - 1 that looks like chance. */
static int32_t some_number(uint32_t *state, int32_t n)
{
    *state = *state * 1664525 + 1013904223;
    return (int32_t)((*state >> 8) % (uint32_t)n);
}

static void draw_changes(uint32_t *state, struct change *change, int count)
{
    for (int i = 0; i < count; i++) {
        int32_t from = some_number(state, 60), days = some_number(state, 30);
        change[i] = (struct change){.from = from,
                                    .to = days == 0 ? NO_LAST_DAY : from + days,
                                    .places = some_number(state, 8) - 6,
                                    .why = some_number(state, CAUSES),
                                    .is_shock = some_number(state, 3) == 0};
        if (change[i].is_shock)
            change[i].known_from = from;
        else if (some_number(state, 3) == 0) /* it follows from a shock that came before it */
            change[i].known_from = some_number(state, from + 1);
        if (days > 0 && some_number(state, 3) == 0)
            change[i].end_known_from = some_number(state, from + days + 2);
        if (change[i].places >= 0)
            change[i].why = NO_CAUSE;
    }
}

/* The steps are made in one pass over all changes; a day alone is worked out from all of them. */
Test(places, steps_say_of_every_day_what_the_day_alone_says)
{
    struct arena        arena = support_arena();
    struct change       change[6];
    struct dated_places dated = {.built = 20, .change = change, .change_count = 6};
    uint32_t            state = 7;
    for (int trial = 0; trial < 300; trial++) {
        draw_changes(&state, change, 6);
        dated.drain_days = some_number(&state, 3) * some_number(&state, 20);
        struct places_step *step;
        int                 count = places_steps(&arena, &dated, 3, 10, 80, &step), next = 0;
        struct places       places = places_on(&dated, 10);
        int32_t             entries = places.usable;
        for (int32_t day = 10; day <= 80; day++) {
            for (; next < count && step[next].day == day - 10; next++) {
                places = step[next].places;
                entries = step[next].entries;
            }
            struct places expected = places_on(&dated, day);
            cr_assert_arr_eq(&places, &expected, sizeof places, "trial %d, day %d", trial, day);
            cr_assert_eq(entries, places_lowest(&dated, day), "trial %d, day %d", trial, day);
        }
        cr_assert_eq(next, count);
    }
}

/* Days on which something changes, with what is usable and what may be given then. */
Test(places, steps_are_those_within_the_period)
{
    /* Before the period, from its first day, on its last day, the day after, far behind. */
    const struct scenario *plan = support_scenario(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {ward: {}}\n"
        "units:\n"
        "  b: {regime: ward, places: 20, drain: 2 days, changes: [\n"
        "    {from: 2025-12-01, to: 2025-12-31, places: -9, why: works},\n"
        "    {from: 2026-01-01, places: -1, why: lost},\n"
        "    {from: 2025-06-01, to: 2026-01-10, places: -2, why: staff},\n"
        "    {from: 2026-01-31, places: -3, why: damage},\n"
        "    {from: 2026-02-01, places: -4, why: works},\n"
        "    {from: 2040-01-01, places: -5, why: works}]}\n"
        "  a: {regime: ward, places: 5, changes: [{from: 2026-01-11, to: 2026-01-11, places: +1},\n"
        "    {from: 2026-01-20, places: -2, why: works}, {from: 2026-01-20, places: +2}]}\n"
        "statuses: {held: {stay: 1 day}}\n"
        "placement: {all: {to: [ward]}}\n");
    static const struct {
        int32_t  day;
        uint16_t unit;
        int32_t  built, usable, entries;
    } expected[] = {
        {10, 0, 20, 19, 19},                                     /* b: 17, then 19 */
        {10, 1, 6, 6, 6},    {11, 1, 5, 5, 5}, {19, 1, 7, 5, 5}, /* as many usable, but others */
        {28, 0, 20, 19, 16},                                     /* 2 days before the 31st */
        {29, 0, 20, 19, 12},                                     /* and before 1 February */
        {30, 0, 20, 16, 12},
    };
    const struct estate *estate = &plan->estate;
    cr_expect_eq(estate->unit[0].places, 17);
    cr_assert_eq(estate->step_count, (int)COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const struct places_step *step = &estate->step[i];
        cr_expect(step->day == expected[i].day && step->unit == expected[i].unit &&
                      step->places.built == expected[i].built &&
                      step->places.usable == expected[i].usable &&
                      step->entries == expected[i].entries,
                  "%zu: day %d, unit %d: %d %d %d", i, step->day, step->unit, step->places.built,
                  step->places.usable, step->entries);
    }
}

Test(places, entries_that_have_stopped_at_the_start_are_a_step_of_the_first_day)
{
    const struct scenario *plan =
        support_scenario("period: {start: 2026-01-01, end: 2026-01-31}\n"
                         "regimes: {ward: {}}\n"
                         "units: {b: {regime: ward, places: 20, drain: 1 week, changes: [{from: "
                         "2026-01-03, places: -5, why: works}]}}\n"
                         "statuses: {held: {stay: 1 day}}\n"
                         "placement: {all: {to: [ward]}}\n");
    cr_assert_eq(plan->estate.step_count, 2);
    cr_expect_eq(plan->estate.step[0].day, 0);
    cr_expect_eq(plan->estate.step[0].places.usable, 20);
    cr_expect_eq(plan->estate.step[0].entries, 15);
    cr_expect_eq(plan->estate.step[1].day, 2);
    cr_expect_eq(plan->estate.step[1].places.usable, 15);
}

Test(places, columns_of_a_regime_are_there_when_its_places_change)
{
    const struct scenario *plan =
        support_scenario("period: {start: 2026-01-01, end: 2026-01-31}\n"
                         "regimes: {ward: {}, annex: {}, cell: {emergency: true}}\n"
                         "units: {a: {regime: ward, places: 1, out_of_use: 1}, b: {regime: annex, "
                         "places: 2, changes: [{from: 2026-01-03, places: +5}]}, c: {regime: cell, "
                         "places: 2, changes: [{from: 2026-01-03, places: +5}]}}\n"
                         "statuses: {held: {stay: 1 day}}\n"
                         "placement: {all: {to: [ward, annex]}}\n");
    const struct columns *columns = &plan->columns;
    cr_expect_eq(columns->place_count, 2 * columns->place_each);
    cr_expect_eq(columns->place_of_regime[0], -1);
    cr_expect_eq(columns->place_of_regime[1], columns->place_each);
    cr_expect_eq(columns->place_of_regime[2], -1, "police cells are nobody's place");
    cr_expect_str_eq(columns->yearly_name[columns->place_first + PLACE_LATE], "late total");
    cr_expect_str_eq(
        columns->yearly_name[columns->place_first + columns->place_each + PLACE_OUT + 2],
        "out_damage regime.annex");
}
