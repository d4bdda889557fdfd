#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/outlook.h"
#include "tests/support.h"

/* Who is `coming` comes to `held` on day 1 at 12:00 and is released after 10 days; the last day is
 * day 90. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-04-01}\n"
#define PLACES                                                                                     \
    "regimes: {ward: {places: unlimited}, ankle: {places: unlimited, outside: true}}\n"            \
    "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n"
#define STATUSES                                                                                   \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"                                \
    "  held: {sentence: 10 days}\n"                                                                \
    "  again: {stay: 3 days}\n"
#define ONE "start: {present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}}}\n"
#define RETURNS(chance, delay, more)                                                               \
    "returns: {chance: " chance ", delay: " delay ", flow_share: 0" more "}\n"
#define HELD_ONCE                                                                                  \
    "1 12:00 present/a 0 status held outside\n"                                                    \
    "1 12:00 present/a 0 placed held ward\n"                                                       \
    "11 12:00 present/a 0 released held ward\n"

Test(returns, bring_him_back_again_and_again_until_the_end)
{
    struct support_run run = support_run(
        QUARTER PLACES STATUSES ONE RETURNS("1", "35 days", ", as: {coming: again}"), 0);
    /* 11 + 35 = 46, 49 + 35 = 84; 87 + 35 is behind the end */
    cr_expect_str_eq(support_history(&run, NULL),
                     HELD_ONCE "46 12:00 present/a 0 arrived again -\n"
                               "46 12:00 present/a 0 status again -\n"
                               "46 12:00 present/a 0 placed again ward\n"
                               "49 12:00 present/a 0 released again ward\n"
                               "84 12:00 present/a 0 arrived again -\n"
                               "84 12:00 present/a 0 status again -\n"
                               "84 12:00 present/a 0 placed again ward\n"
                               "87 12:00 present/a 0 released again ward\n",
                     "%s", support_history(&run, NULL));
    cr_expect_eq(support_year(&run, "returns total", 2026), 2);
    cr_expect_eq(support_day(&run, "returns total", "2026-02-16"), 1); /* day 46 */
    cr_expect_eq(support_year(&run, "arrivals total", 2026), 0);
    cr_expect_eq(support_year(&run, "entries status.again", 2026), 2);
    cr_expect_eq(run.record.total[TOTAL_START], 1);
    cr_expect_eq(run.record.total[TOTAL_LEFT], 3);
    cr_expect_eq(run.record.total[run.plan->returns.total], 2);
    for (uint32_t i = 0; i < run.trace.count; i++) {
        int32_t day = run.trace.row[i].minute / 1440;
        cr_expect_eq(person_generation(run.trace.row[i].key), day < 46 ? 0 : day < 84 ? 1 : 2);
    }
}

Test(returns, come_later_on_the_same_day)
{
    struct support_run run =
        support_run(QUARTER PLACES STATUSES ONE RETURNS("1", "90 minutes",
                                                        ", as: again, left_by: {planned: 1}"),
                    0);
    const char *rows = HELD_ONCE "11 13:30 present/a 0 arrived again -\n";
    cr_expect_eq(strncmp(support_history(&run, NULL), rows, strlen(rows)), 0, "%s",
                 support_history(&run, NULL));
}

/* Stays and delays of a minute: back every second minute, until a key has no room. */
Test(returns, end_with_the_last_generation)
{
    struct support_run run = support_run(
        QUARTER PLACES "statuses:\n"
                       "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"
                       "  held: {stay: 1 minutes}\n" ONE RETURNS("1", "1 minutes", ", as: held"),
        0);
    cr_expect_eq(support_year(&run, "returns total", 2026), GENERATIONS_AT_MOST);
    cr_expect_eq(support_count(&run, TRACE_RELEASED, "held"), GENERATIONS_AT_MOST + 1);
    const struct trace_row *last = &run.trace.row[run.trace.count - 1];
    cr_expect_eq(last->minute, 1440 + 720 + 1 + 2 * GENERATIONS_AT_MOST);
}

/* How often he comes back who leaves once in 90 days, after 60. */
static int64_t returns_of(const char *statuses, const char *more)
{
    char text[1500];
    snprintf(text, sizeof text,
             QUARTER PLACES "%s" ONE
                            "returns: {chance: 1, delay: 60 days, flow_share: 0, as: held, %s\n",
             statuses, more);
    struct support_run run = support_run(text, 0);
    return support_year(&run, "returns total", 2026);
}

Test(returns, depend_on_how_he_left)
{
    static const struct {
        const char *more;
        int64_t     returns;
    } table[] = {
        {"left_by: {early: 0, replaced: 0, unserved: 0}}", 1},
        {"left_by: {planned: 0}}", 0},
        {"held_in: {ankle: 0}, status: {coming: 0}}", 1},
        {"held_in: {ward: 0}}", 0},
        {"status: {held: 0}}", 0},
        {"left_by: {planned: 0}}\nvalves: {v: {does: {release_early: 1 days}}}", 1},
        {"left_by: {early: 0}}\nvalves: {v: {does: {release_early: 1 days}}}", 0},
        {"left_by: {planned: 0}}\n"
         "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, by: work}}",
         1},
        {"left_by: {replaced: 0}}\n"
         "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, by: work}}",
         0},
        {"left_by: {planned: 0}}\n"
         "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, in: ankle}}",
         1},
        {"held_in: {ankle: 0}}\n"
         "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, in: ankle}}",
         0},
        {"left_by: {replaced: 0}}\n"
         "measures: {m: {kind: replace_sentence, starts: 2026-01-01, share: 1, in: ankle}}",
         0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        cr_expect_eq(returns_of(STATUSES, table[i].more), table[i].returns, "%s", table[i].more);
}

/* Refused on day 1, or lapsed: neither is released. */
Test(returns, bring_back_who_served_nothing)
{
#define NO_PLACES                                                                                  \
    QUARTER "regimes: {ward: {}}\nunits: {w: {regime: ward, places: 0}}\n"                         \
            "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\nstatuses:\n"            \
            "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"
    static const struct {
        const char *held, *more;
        int64_t     returns;
    } table[] = {
        {"stay: 9 days, waits: {in: nowhere}", "", 1},
        {"stay: 9 days, waits: {in: nowhere}", ", left_by: {planned: 0}", 1},
        {"stay: 9 days, waits: {in: nowhere}", ", left_by: {unserved: 0}", 0},
        {"stay: 9 days, waits: {in: outside, leaves: {gone: {per_year: 100000, next: release}}}",
         ", left_by: {planned: 0}", 1},
        {"stay: 9 days, waits: {in: outside, leaves: {gone: {per_year: 100000, next: release}}}",
         ", left_by: {unserved: 0}", 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[1500];
        snprintf(text, sizeof text,
                 NO_PLACES "  held: {%s}\n" ONE
                           "returns: {chance: 1, delay: 60 days, flow_share: 0, as: held%s}\n",
                 table[i].held, table[i].more);
        struct support_run run = support_run(text, 0);
        cr_expect_eq(support_year(&run, "returns total", 2026), table[i].returns, "%s",
                     table[i].more);
    }
}

/* Both are released on day 11 from the two places, and seek one again on day 31: one has been lost
 * by then. */
Test(returns, meet_what_room_there_is)
{
    struct support_run run = support_run(
        QUARTER
        "regimes: {ward: {}}\nunits: {w: {regime: ward, places: 2, changes: [{from: 2026-01-20, "
        "places: -1, why: works}]}}\n"
        "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n" STATUSES
        "start: {present: {a: {status: coming, persons: 2, elapsed: 141840 minutes}}}\n" RETURNS(
            "1", "20 days", ", as: held"),
        0);
    cr_expect_eq(support_day(&run, "returns total", "2026-02-01"), 2); /* day 31 */
    cr_expect_eq(support_day(&run, "present total", "2026-02-01"), 1);
    cr_expect_eq(support_day(&run, "waiting total", "2026-02-01"), 1);
    cr_expect_eq(support_day(&run, "present total", "2026-02-11"), 1); /* the other's turn */
    cr_expect_eq(support_day(&run, "waiting total", "2026-02-11"), 0);
}

/* -- the flows */

#define FLOW "flows: {f: {status: held, per_day: 2}}\n"

Test(returns, lower_the_flows_as_the_delay_is_over)
{
    const struct scenario *plan = support_scenario(
        QUARTER PLACES STATUSES FLOW "returns: {chance: 0.5, delay: 10 days, flow_share: 0.4}\n");
    cr_expect_eq(plan->returns.kind_count, 1);
    cr_expect_eq(plan->returns.rate_factor[9], 1);
    cr_expect_float_eq(plan->returns.rate_factor[10], 0.6, 1e-15);
    /* nobody by chance: the flows bring all */
    plan = support_scenario(QUARTER PLACES STATUSES FLOW
                            "returns: {chance: 0, delay: 10 days, flow_share: 0.4}\n");
    cr_expect_eq(plan->returns.rate_factor[80], 1);
}

/* Of the flow for people of an age, on a day. */
static double rate_factor(const struct scenario *plan, int32_t day, const char *age)
{
    const struct returns    *returns = &plan->returns;
    const struct attributes *attributes = &plan->attributes;
    uint32_t                 p = 0;
    while (strcmp(attributes->list[0].value[attribute_value(attributes, 0, p)], age) != 0)
        p++;
    return returns->rate_factor[day * returns->kind_count + returns->kind[p]];
}

Test(returns, lower_the_flows_for_each_kind_of_people)
{
#define AGES                                                                                       \
    "attributes: {age: {young: 0.25, old: 0.5, ancient: rest}, sex: {man: 0.9, woman: rest}}\n"
    const struct scenario *plan =
        support_scenario(QUARTER PLACES STATUSES FLOW AGES
                         "returns: {chance: {by: sex, man: 0.5, woman: 0}, delay: {by: age, young: "
                         "10 days, else: 20 days}, flow_share: {by: age, old: 0.8, else: 0.25}}\n");
    static const struct {
        const char *age;
        double      on[3]; /* days 9, 10, 20 */
    } table[] = {{"young", {1, 0.75, 0.75}}, {"old", {1, 1, 0.2}}, {"ancient", {1, 1, 0.75}}};
    cr_expect_eq(plan->returns.kind_count, 3);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        for (int d = 0; d < 3; d++)
            cr_expect_float_eq(rate_factor(plan, (const int32_t[]){9, 10, 20}[d], table[i].age),
                               table[i].on[d], 1e-15, "%s, %d", table[i].age, d);
    plan = support_scenario(QUARTER PLACES STATUSES FLOW AGES
                            "returns: {chance: 0.5, delay: 10 days, flow_share: {by: age, old: "
                            "0.25, else: 1/4}}\n");
    cr_expect_eq(plan->returns.kind_count, 1, "alike");
}

/* -- what `check` says of it */

static const char *warnings_of(struct arena *arena, const struct scenario *plan)
{
    struct warnings warnings = {.arena = arena};
    const char     *all = "";
    outlook_warn_returns(&warnings, plan, outlook_make(arena, plan));
    for (int i = 0; i < warnings.count; i++)
        all = arena_print(arena, "%s%s\n", all, warnings.text[i]);
    return all;
}

#define TWO_AGES                                                                                   \
    QUARTER PLACES "statuses:\n"                                                                   \
                   "  coming: {clock: arrival, stay: 1 days}\n"                                    \
                   "  held: {stay: 10 days, next: {again: 0.5, release: rest}}\n"                  \
                   "  again: {stay: 3 days}\n" FLOW                                                \
                   "attributes: {age: {young: 0.25, old: rest}}\n"                                 \
                   "returns: {chance: {by: age, young: 0.8, old: 0.4}, delay: 10 days, "           \
                   "status: {again: 0.5}, left_by: {early: 9}, "

/* Half go on from held to again before they leave: of 2 a day, 1 leaves out of each. The young, one
 * in four, return by 0.8 out of held and 0.4 out of again, the old by 0.4 and 0.2: 0.6 and 0.3. */
Test(returns, are_checked_against_the_share_of_the_flows)
{
    struct arena           arena = support_arena();
    const struct scenario *plan = support_scenario(TWO_AGES "flow_share: 0.5}\n");
    struct balance        *row;
    cr_assert_eq(outlook_balance(&arena, plan, outlook_make(&arena, plan), &row), 3);
    cr_expect_float_eq(row[0].people[BALANCE_COME][0], 2, 1e-9);
    cr_expect_float_eq(row[0].people[BALANCE_LOWERED][0], 1, 1e-9);
    cr_expect_float_eq(row[0].people[BALANCE_BACK][0], 2 * (0.25 * 0.6 + 0.75 * 0.3), 1e-9);
    /* 0.5 x (0.25 / 0.4 + 0.75 / 0.7) */
    cr_expect_float_eq(row[0].people[BALANCE_SETTLED][0], 2 * 0.848214285714, 1e-9);
    cr_expect_float_eq(row[1].people[BALANCE_SETTLED][0], 0.5 * 0.5 / 0.4, 1e-9);
    cr_expect_float_eq(row[2].people[BALANCE_SETTLED][0], 1.5 * 0.5 / 0.7, 1e-9);
    cr_expect_float_eq(balance_share(plan, &row[0], 0), 1 - 1 / (0.25 / 0.4 + 0.75 / 0.7), 1e-9);
    cr_expect_float_eq(balance_share(plan, &row[1], 0), 0.6, 1e-9);
    cr_expect_float_eq(balance_share(plan, &row[2], 0), 0.3, 1e-9);
    cr_expect_str_eq(
        warnings_of(&arena, plan),
        "returns: by flow_share the flows and the returns together bring 0.8482 of the "
        "stated arrivals in the end; 0.4105 is in balance\n"
        "returns: by flow_share the flows and the returns together bring 1.2500 of "
        "those stated with age young; 0.6000 is in balance\n"
        "returns: by flow_share the flows and the returns together bring 0.7143 of "
        "those stated with age old; 0.3000 is in balance\n");
}

Test(returns, are_in_balance_by_the_share_of_each_kind)
{
    struct arena           arena = support_arena();
    const struct scenario *plan =
        support_scenario(TWO_AGES "flow_share: {by: age, young: 0.6, old: 0.3}}\n");
    struct balance *row;
    cr_assert_eq(outlook_balance(&arena, plan, outlook_make(&arena, plan), &row), 3);
    for (int i = 0; i < 3; i++)
        cr_expect_float_eq(row[i].people[BALANCE_SETTLED][0], row[i].people[BALANCE_COME][0], 1e-9);
    cr_expect_float_eq(row[1].people[BALANCE_LOWERED][0], 0.5 * 0.6, 1e-9);
    cr_expect_str_eq(warnings_of(&arena, plan), "");
}

/* Who comes to held returns as in `again`, where the young return by 0.4 and the old by 0.2: of the
 * young 0.6 return once, and 0.6 / (1 - 0.4) times in all, of the old 0.3 / (1 - 0.2). */
Test(returns, are_in_balance_as_they_come_back)
{
    struct arena           arena = support_arena();
    const struct scenario *plan = support_scenario(TWO_AGES "flow_share: 0, as: again}\n");
    struct balance        *row;
    cr_assert_eq(outlook_balance(&arena, plan, outlook_make(&arena, plan), &row), 3);
    cr_expect_float_eq(row[1].people[BALANCE_SETTLED][0], 0.5 * (1 + 1), 1e-9);
    cr_expect_float_eq(row[2].people[BALANCE_SETTLED][0], 1.5 * (1 + 0.375), 1e-9);
    cr_expect_float_eq(balance_share(plan, &row[2], 0), 1 - 1 / 1.375, 1e-9);
}

/* Drawn again, one in four of those who return is young, whoever left. Of the 1.5 old a day who
 * come by the flow 0.3 return; of these 0.25 x 0.6 + 0.75 x 0.3 = 0.375: 0.45 / 0.625 = 0.72 come
 * back. */
Test(returns, have_no_balance_by_what_is_drawn_again)
{
    struct arena           arena = support_arena();
    const struct scenario *plan =
        support_scenario(TWO_AGES "flow_share: {by: age, young: 1, old: 0}, drawn_anew: [age]}\n");
    struct balance *row;
    cr_assert_eq(outlook_balance(&arena, plan, outlook_make(&arena, plan), &row), 3);
    cr_expect_float_eq(row[0].people[BALANCE_SETTLED][0], 1.5 + 0.72, 1e-9);
    cr_expect_float_eq(row[1].people[BALANCE_SETTLED][0], 0.25 * 0.72, 1e-9);
    cr_expect_float_eq(row[2].people[BALANCE_SETTLED][0], 1.5 + 0.75 * 0.72, 1e-9);
    cr_expect(isnan(balance_share(plan, &row[1], 0)));
    cr_expect_float_eq(balance_share(plan, &row[0], 0), 0.375, 1e-9);
}

/* Nobody returns by `chance`, so no flow is lowered, whatever the share. */
Test(returns, are_in_balance_where_nobody_returns)
{
    struct arena           arena = support_arena();
    const struct scenario *plan =
        support_scenario(QUARTER PLACES "statuses:\n"
                                        "  coming: {clock: arrival, stay: 1 days}\n"
                                        "  held: {stay: 10 days}\n" FLOW
                                        "returns: {chance: 0, delay: 10 days, flow_share: 0.5}\n");
    struct balance *row;
    cr_assert_eq(outlook_balance(&arena, plan, outlook_make(&arena, plan), &row), 1);
    cr_expect_float_eq(row[0].people[BALANCE_LOWERED][0], 0, 1e-9);
    cr_expect_float_eq(row[0].people[BALANCE_SETTLED][0], 2, 1e-9);
    cr_expect_str_eq(warnings_of(&arena, plan), "");
}

/* -- measures */

/* He is released on day 11, which is 12 January. */
Test(returns, are_what_measures_make_of_the_chance)
{
    static const struct {
        const char *keys;
        int64_t     returns, people;
    } table[] = {
        {"factor: 0, starts: 2026-01-12", 0, 1},
        {"factor: 0, starts: 2026-01-13", 1, 1}, /* the second time, to come after the end */
        {"factor: 0, starts: 2026-01-01, ends: 2026-01-12", 0, 1},
        {"factor: 0, starts: 2026-01-01, ends: 2026-01-11", 1, 0},
        {"factor: 0, starts: 2026-01-01, who: {status: again}", 1, 0},
        {"factor: 0, starts: 2026-01-01, who: {status: held}", 0, 1},
        {"factor: 0, starts: 2026-01-01, who: {sentence: {at_most: 9 days}}", 1, 0},
        {"factor: 0, starts: 2026-01-01, who: {sentence: {at_most: 10 days}}", 0, 1},
        {"factor: 0, starts: 2026-01-01, chance: 0", 1, 0},
        {"factor: 2, starts: 2026-01-01", 1, 0}, /* he comes without it too */
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[1500];
        snprintf(text, sizeof text,
                 QUARTER PLACES STATUSES ONE RETURNS(
                     "1", "60 days", ", as: held") "measures: {m: {kind: returns, %s}}\n",
                 table[i].keys);
        struct support_run run = support_run(text, 0);
        cr_expect_eq(support_year(&run, "returns total", 2026), table[i].returns, "%s",
                     table[i].keys);
        cr_expect_eq(support_year(&run, "people measure.m", 2026), table[i].people, "%s",
                     table[i].keys);
    }
}
