#include "models/inputs.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/scenario.h"
#include "tests/own_folder.h"
#include "tests/same_tree.h"
#include "tests/support.h"

/* A whole year before the leap day, so that a rate of 365 a year is 1 a day. */
#define WORLD                                                                                      \
    "period: {start: 2026-01-01, end: 2027-12-31}\n"                                               \
    "attributes: {sex: {man: 0.75, woman: rest}}\n"                                                \
    "regimes: {ward: {turnover: 12 hours}}\n"                                                      \
    "units: {ward_a: {regime: ward, places: {value: 10, source: counted}}}\n"                      \
    "statuses:\n"                                                                                  \
    "  patient:\n"                                                                                 \
    "    stay: {by: sex, man: {exponential: {mean: 10 days, at_most: 30 days}, scale: {value: 2, " \
    "source: made}}, woman: "                                                                      \
    "4 days}\n"                                                                                    \
    "    waits: {in: outside}\n"                                                                   \
    "flows:\n"                                                                                     \
    "  town:\n"                                                                                    \
    "    status: patient\n"                                                                        \
    "    per_year: {2026: 365, 2027: {value: 730, source: counted}, confidence: stated}\n"         \
    "    after: {trend_per_year: -0.02}\n"                                                         \
    "  country: {status: patient, per_day: 1/3, month: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]}\n"    \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "start: {waiting: {old: {status: patient, persons: 7, since: 3 days}}}\n"

enum { COUNTRY, TOWN }; /* by name */

#define CHANGING                                                                                   \
    "period: {start: 2026-01-01, end: 2027-12-31}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward_a: {regime: ward, places: 40, changes: [{from: 2026-03-01, places: -24, why: "   \
    "works}, {from: 2027-01-01, places: +10}]}}\n"                                                 \
    "statuses: {patient: {stay: 4 days}}\n"                                                        \
    "placement: {all: {to: [ward]}}\n"

static struct arena arena;

/* The plan when the only input, written like this, has this value. */
static const struct scenario *plan_with(const char *world, const char *input, int64_t value)
{
    arena = support_arena();
    struct errors errors = {0};
    const char   *text = arena_print(&arena, "%suncertainty: {inputs: {%s}}\n", world, input);
    const struct scenario *base = support_scenario(text);
    const struct scenario *plan = scenario_with_inputs(&arena, base, 0, 1, &value, &errors);
    cr_assert(plan, "%s: %s", input, errors.list[0].text);
    cr_expect_eq(plan->inputs.count, 0);
    return plan;
}

static const struct scenario *with(const char *input, int64_t value)
{
    return plan_with(WORLD, input, value);
}

static int64_t billionths(double number)
{
    return llround(number * 1e9);
}

static double rate(const struct scenario *plan, int flow, int day)
{
    return plan->flows.list[flow].rate_per_day[day];
}

static const struct shape *stay(const struct scenario *plan, int sex)
{
    return plan->statuses.list[0].stay.of[sex];
}

#define ANY "{scale: {uniform: {from: 0.5, to: 1.5}}}"

Test(inputs, places_of_a_change_may_be_uncertain)
{
    /* 24 x 1.1 = 26.4 less; 10 x 1.5 built on; 7 instead of them */
    const struct scenario *plan =
        plan_with(CHANGING, "\"units.ward_a.changes[0].places\": " ANY, billionths(1.1));
    cr_expect_eq(plan->estate.unit[0].dated.change[0].places, -26);
    plan = plan_with(CHANGING, "\"units.ward_a.changes[1].places\": " ANY, billionths(1.5));
    cr_expect_eq(plan->estate.unit[0].dated.change[1].places, 15);
    plan =
        plan_with(CHANGING, "\"units.ward_a.changes[1].places\": {uniform: {from: 5, to: 20}}", 7);
    cr_expect_eq(plan->estate.unit[0].dated.change[1].places, 7);
}

Test(inputs, a_factor_multiplies_a_number_and_those_of_all_years)
{
    const struct scenario *plan = with("flows.town.per_year: " ANY, billionths(1.1));
    cr_expect_float_eq(rate(plan, TOWN, 0), 1.1, 1e-12);
    cr_expect_float_eq(rate(plan, TOWN, 365), 2.2, 1e-12);
    cr_expect_float_eq(rate(plan, COUNTRY, 0), 1 / 3.0 * 12 / 13, 1e-12);
    plan = with("flows.town.per_year.2027: " ANY, billionths(1.1));
    cr_expect_float_eq(rate(plan, TOWN, 0), 1, 1e-12);
    cr_expect_float_eq(rate(plan, TOWN, 365), 2.2, 1e-12);
    /* 1/3 x 0.9, and rounded to nine decimals */
    plan = with("flows.country.per_day: " ANY, billionths(0.9));
    cr_expect_float_eq(rate(plan, COUNTRY, 0), 0.3 * 12 / 13, 1e-12);
    plan = with("flows.country.per_day: " ANY, billionths(0.7));
    cr_expect_float_eq(rate(plan, COUNTRY, 0), 0.233333333 * 12 / 13, 1e-12);
    /* below zero stays below zero: -0.03 in place of -0.02, from 2028 on, which is not simulated */
    (void)with("flows.town.after.trend_per_year: " ANY, billionths(1.5));
}

Test(inputs, a_factor_multiplies_a_shape_before_its_bounds)
{
    /* 10 days x 2 x 1.5, all below 30 days: -30 log(1 - u (1 - exp(-1))), at u = 1/2 11.40 days */
    const struct scenario *plan = with("statuses.patient.stay: " ANY, billionths(1.5));
    struct uniform         half = {0.5, 0.5};
    double                 days = -30 * log(1 - 0.5 * (1 - exp(-1.0)));
    cr_expect_float_eq(shape_quantile(stay(plan, 0), half), days * 1440, 0.1);
    cr_expect_float_eq(shape_quantile(stay(plan, 0), (struct uniform){1, 0}), 30 * 1440, 0.5);
    cr_expect_float_eq(stay(plan, 1)->fixed_min, 6 * 1440, 1e-9);
    /* of one value of the attribute only */
    plan = with("statuses.patient.stay.woman: " ANY, billionths(1.5));
    cr_expect_float_eq(stay(plan, 1)->fixed_min, 6 * 1440, 1e-9);
    cr_expect_float_eq(stay(plan, 0)->unbounded_mean_min, 20 * 1440, 1e-6);
    plan = with("statuses.patient.stay.man.exponential.mean: " ANY, billionths(1.5));
    cr_expect_float_eq(stay(plan, 0)->unbounded_mean_min, 30 * 1440, 1e-6);
    cr_expect_float_eq(stay(plan, 1)->fixed_min, 4 * 1440, 1e-9);
}

/* 10 x 1.25 = 12.5 places are 13, 7 x 0.92 = 6.44 people are 6, 12 hours x 1.0007 are 721 minutes.
 */
Test(inputs, whole_things_are_rounded)
{
    cr_expect_eq(with("units.ward_a.places: " ANY, billionths(1.25))->estate.unit[0].places, 13);
    cr_expect_eq(with("start.waiting.old.persons: " ANY, billionths(0.92))->start.list[0].persons,
                 6);
    cr_expect_eq(
        with("regimes.ward.turnover: " ANY, billionths(1.0007))->estate.regime[0].turnover_min,
        721);
}

#define DATED                                                                                      \
    "period: {start: 2026-01-01, end: 2027-12-31}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: 40, drain: 10 days}}\n"                                  \
    "statuses: {held: {stay: 4 days}}\n"                                                           \
    "flows: {held: {status: held, per_day: 1}}\n"                                                  \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "works: {projects: {roof: {units: [ward], takes: {planned: {value: 30 days, source: made}}}}}" \
    "\nmeasures: {more: {kind: inflow, starts: 2026-02-01, ramp: 30 days, factor: 2}}\n"           \
    "valves: {v: {opens: {occupancy: {at_least: 0.9}}, closes: {occupancy: {below: 0.8}}, "        \
    "mean_over: 7 days, review: 14 days, does: {release_early: 3 days}}}\n"

/* Where a duration must be whole days, half up: 30 x 1.05 = 31.5 are 32, 30 x 1.049 = 31.47 are 31;
 * 14 x 1.1 = 15.4 are 15. One drawn in its place is so many days. */
Test(inputs, what_must_be_whole_days_is_rounded_to_them)
{
#define DAYS "{uniform: {from: 60 hours, to: 300 hours}}"
    cr_expect_eq(
        plan_with(DATED, "measures.more.ramp: " ANY, billionths(1.05))->measures.list[0].ramp_days,
        32);
    cr_expect_eq(
        plan_with(DATED, "measures.more.ramp: " ANY, billionths(1.049))->measures.list[0].ramp_days,
        31);
    cr_expect_eq(plan_with(DATED, "valves.v.review: " ANY, billionths(1.1))->valves.list[0].every,
                 15);
    cr_expect_eq(plan_with(DATED, "works.projects.roof.takes.planned: " DAYS, 9)
                     ->works.project[0]
                     .takes.days,
                 9);
    cr_expect_eq(plan_with(DATED, "valves.v.mean_over: " DAYS, 5)->valves.list[0].mean_over, 5);
    cr_expect_eq(
        plan_with(DATED, "valves.v.does.release_early: " DAYS, 5)->valves.list[0].earlier_min,
        5 * 1440);
    cr_expect_eq(plan_with(DATED, "units.ward.drain: " DAYS, 5)->estate.unit[0].dated.drain_days,
                 5);
}

/* 2.5 and 12.5 days are 3 and 13; drawn at seed 1 they are whole. */
Test(inputs, of_whole_days_have_whole_ends)
{
    arena = support_arena();
    const struct scenario *plan =
        support_scenario(DATED "uncertainty: {inputs: {measures.more.ramp: " DAYS "}}\n");
    struct input_ends ends = input_ends(&plan->inputs.list[0]);
    cr_expect_eq(ends.least, 3);
    cr_expect_eq(ends.most, 13);
    int64_t value = input_value(&plan->inputs.list[0], 1, 0);
    cr_expect(value >= 3 && value <= 13, "%lld", (long long)value);
    cr_expect_str_eq(input_text(&arena, &plan->inputs.list[0], value),
                     arena_print(&arena, "%lld days", (long long)value));
    cr_expect_str_eq(input_unit(plan->inputs.list[0].kind), "days");
}

Test(inputs, a_shape_alone_replaces_the_number)
{
    const struct scenario *plan =
        with("flows.country.per_day: {uniform: {from: 0, to: 9}}", billionths(6.5));
    cr_expect_float_eq(rate(plan, COUNTRY, 0), 6.5 * 12 / 13, 1e-12);
    plan = with("units.ward_a.places: {uniform: {from: 0, to: 30}}", 23);
    cr_expect_eq(plan->estate.unit[0].places, 23);
    plan = with("start.waiting.old.since: {uniform: {from: 0 days, to: 2 days}}", 1000);
    cr_expect_float_eq(plan->start.list[0].since_min->fixed_min, 1000, 1e-9);
    plan = with("attributes.sex.man: {uniform: {from: 0.7, to: 0.8}}", billionths(0.72));
    cr_expect_eq(plan->attributes.list[0].share[0].num, 18); /* 18/25 */
    cr_expect_eq(plan->attributes.list[0].share[0].den, 25);
    cr_expect_eq(plan->attributes.list[0].share[1].num, 7);
    plan = with("\"flows.country.month[11]\": {uniform: {from: 1, to: 2}}", billionths(1));
    cr_expect_float_eq(rate(plan, COUNTRY, 0), 1 / 3.0, 1e-12);
}

/* Drawn shares have 9 decimals, so that the common denominator with 1/3 is 3 x 10^9. */
Test(inputs, a_drawn_share_may_stand_beside_a_fraction)
{
    const struct scenario *plan = plan_with(
        "period: {start: 2026-01-01, end: 2026-01-09}\n"
        "attributes: {risk: {low: 1/3, middle: 0.4, high: rest}}\n"
        "regimes: {ward: {}}\nunits: {a: {regime: ward, places: 10}}\n"
        "statuses: {held: {stay: 9 days}}\nflows: {town: {status: held, per_day: 1}}\n"
        "placement: {all: {to: [ward]}}\n",
        "attributes.risk.middle: {uniform: {from: 0.3, to: 0.5}}", billionths(0.412345678));
    const struct fraction *share = plan->attributes.list[0].share;
    cr_expect(share[0].num == 1 && share[0].den == 3);
    cr_expect(share[1].num == 206172839 && share[1].den == 500000000);
    cr_expect(share[2].num == 381481483 && share[2].den == 1500000000);
}

Test(inputs, a_factor_multiplies_the_rates_of_a_csv)
{
    static const char rates[] = "date,rate\n2026-01-01,4\n2027-01-01,6\n";
    char              world[8000];
    snprintf(world, sizeof world, "%s", WORLD);
    char *per_day = strstr(world, "per_day: 1/3, month");
    char  rest[1000];
    strcpy(rest, strstr(per_day, ", month"));
    sprintf(per_day, "per_day: {csv: %s, scale: 0.5}%s", own_file("rates.csv", rates), rest);
    const struct scenario *plan = plan_with(world, "flows.country.per_day: " ANY, billionths(1.5));
    cr_expect_float_eq(rate(plan, COUNTRY, 0), 4 * 0.5 * 1.5 * 12 / 13, 1e-12);
    cr_expect_float_eq(rate(plan, COUNTRY, 365), 6 * 0.5 * 1.5 * 12 / 13, 1e-12);
}

/* Whatever is written stays as it is: 1/3 is no 0.333333333, and no shape gets a scale. */
Test(inputs, a_factor_of_one_changes_no_text)
{
    arena = support_arena();
    const struct scenario *base = support_scenario(
        WORLD "uncertainty:\n  inputs:\n    flows.country.per_day: " ANY
              "\n    statuses.patient.stay: " ANY "\n    units.ward_a.places: " ANY "\n");
    struct errors          errors = {0};
    int64_t                value[] = {INPUT_ONE, INPUT_ONE, INPUT_ONE};
    const struct scenario *plan = scenario_with_inputs(&arena, base, 0, 3, value, &errors);
    cr_assert(plan);
    struct node *stated = tree_copy(&arena, base->root);
    tree_drop(stated, "uncertainty");
    cr_expect(same_tree(stated, plan->root));
    cr_expect_not(same_tree(base->root, plan->root));
    value[0] = billionths(1.000000001);
    plan = scenario_with_inputs(&arena, base, 0, 3, value, &errors);
    cr_expect_not(same_tree(stated, plan->root));
    cr_expect_str_eq(
        node_find(node_find(node_find(base->root, "flows"), "country"), "per_day")->text, "1/3",
        "the tree of the base stays");
}

static const struct input *input_of(const char *input)
{
    const struct scenario *plan =
        support_scenario(arena_print(&arena, WORLD "uncertainty: {inputs: {%s}}\n", input));
    return &plan->inputs.list[0];
}

/* The ends: 0.5 and 1.5; a mixture's least and greatest part; 7.5 persons are 8; 7 sigma and a bit
 * of a lognormal without bounds (the table ends at a tail of 2^-41), which numpy and scipy give as
 * exp(mu -+ 7.1436 sigma). */
Test(inputs, have_the_ends_of_their_shapes)
{
    static const struct {
        const char *input;
        int64_t     least, most, close;
    } table[] = {
        {"flows.country.per_day: " ANY, 500000000, 1500000000, 0},
        {"flows.country.per_day: 7", 7000000000, 7000000000, 0},
        {"flows.country.per_day: {mixture: [[0.5, {uniform: {from: 3, to: 9}}], [rest, {bands: "
         "[[1, 2, 4]]}]]}",
         2000000000, 9000000000, 0},
        {"start.waiting.old.persons: {uniform: {from: 2, to: 7.5}}", 2, 8, 0},
        {"start.waiting.old.since: {steps: [[1 day, 0.5], [9 days, 1]]}", 1440, 12960, 0},
        {"flows.country.per_day: {scale: {pert: {low: 0.9, likely: 1, high: 1.2}}}", 900000000,
         1200000000, 300000},
        {"flows.country.per_day: {scale: {lognormal: {mean: 1, cv: 0.05}}}", 698931102, 1427188218,
         20000},
        {"flows.country.per_day: {scale: {lognormal: {mean: 1, cv: 0.05, at_least: 0.95, at_most: "
         "1.05}}}",
         950000000, 1050000000, 100},
    };
    arena = support_arena();
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct input_ends ends = input_ends(input_of(table[i].input));
        cr_expect(llabs(ends.least - table[i].least) <= table[i].close, "%s: %lld", table[i].input,
                  (long long)ends.least);
        cr_expect(llabs(ends.most - table[i].most) <= table[i].close, "%s: %lld", table[i].input,
                  (long long)ends.most);
    }
}

/* Seed 1, draw 2: by numpy the uniform of SeedSequence(1, spawn_key=(2, hash)) is stored here. */
Test(inputs, a_value_depends_on_seed_draw_and_path_only)
{
    arena = support_arena();
    const struct input *alone = input_of("flows.country.per_day: {uniform: {from: 0, to: 1}}");
    int64_t             value = input_value(alone, 1, 2);
    const struct input *with_other =
        input_of("units.ward_a.places: 3, flows.country.per_day: {uniform: {from: 0, to: 1}}") + 1;
    cr_expect_eq(input_value(with_other, 1, 2), value);
    cr_expect_neq(input_value(alone, 1, 3), value);
    cr_expect_neq(input_value(alone, 2, 2), value);
    const struct input *other = input_of("flows.town.per_year.2026: {uniform: {from: 0, to: 1}}");
    cr_expect_neq(input_value(other, 1, 2), value);
    cr_expect_eq(value, 603349709);
}

/* Over 4,000 draws the mean of a uniform 0..1 is 1/2 +- 4 x 0.2887 / sqrt(4000), and two inputs of
 * a draw do not go together: their correlation is 0 +- 4 / sqrt(4000). */
Test(inputs, are_drawn_evenly_and_apart)
{
    enum { PAIRS = 4000 };
    arena = support_arena();
    const struct input *a = input_of("flows.country.per_day: {uniform: {from: 0, to: 1}}, "
                                     "flows.town.per_year.2026: {uniform: {from: 0, to: 1}}");
    double              sum = 0, product = 0;
    for (uint64_t g = 0; g < PAIRS; g++) {
        double one = (double)input_value(&a[0], 7, g) / 1e9,
               other = (double)input_value(&a[1], 7, g) / 1e9;
        sum += one;
        product += (one - 0.5) * (other - 0.5) * 12;
    }
    cr_expect_float_eq(sum / PAIRS, 0.5, 4 * 0.2887 / sqrt(PAIRS));
    cr_expect_float_eq(product / PAIRS, 0, 4 / sqrt(PAIRS));
}

Test(inputs, a_path_may_be_written_in_two_ways)
{
    arena = support_arena();
    const struct input *dots = input_of("flows.country.month.11: {uniform: {from: 1, to: 2}}");
    cr_expect_str_eq(dots->path, "flows.country.month[11]");
    const struct input *brackets =
        input_of("\"flows.country.month[11]\": {uniform: {from: 1, to: 2}}");
    cr_expect_eq(dots->hash, brackets->hash);
}

/* What is set is what stands there: a factor multiplies it, a shape alone replaces it. */
Test(inputs, a_set_changes_the_value_beneath)
{
    arena = support_arena();
    const char            *set = "flows.country.per_day=6.5";
    struct errors          errors = {0};
    const char            *text = WORLD "uncertainty: {inputs: {flows.country.per_day: " ANY "}}\n";
    const struct scenario *base =
        scenario_load_text(&arena, "t.yaml", text, strlen(text), &set, 1, &errors);
    cr_assert(base);
    int64_t                value = billionths(0.5);
    const struct scenario *plan = scenario_with_inputs(&arena, base, 0, 1, &value, &errors);
    cr_expect_float_eq(rate(plan, COUNTRY, 0), 3.25 * 12 / 13, 1e-12);
}

/* What is left of `uncertainty: inputs` without what lies at or below flows.town. */
Test(inputs, go_with_what_they_are_of)
{
    static const char text[] = "uncertainty:\n"
                               "  inputs:\n"
                               "    flows.town.per_day: {fixed: 1}\n"
                               "    flows.town_b.per_day: {fixed: 2}\n"
                               "    flows.town: {scale: 3}\n"
                               "    flows.town[0]: {fixed: 4}\n"
                               "    flows: {scale: 5}\n";
    struct errors     errors = {0};
    arena = support_arena();
    struct node *root = tree_read_text(&arena, "u.yaml", text, strlen(text), &errors);
    inputs_drop_within(root, "flows.town");
    const struct node *inputs = node_at(root, "uncertainty.inputs");
    cr_assert_eq(inputs->count, 2);
    cr_expect_str_eq(inputs->first->key, "flows.town_b.per_day");
    cr_expect_str_eq(inputs->last->key, "flows");
    inputs_drop_within(root, "flows");
    cr_expect_null(node_find(root, "uncertainty")); /* of nothing it would be wrong */
    inputs_drop_within(root, "flows");              /* of what is certain */
    cr_expect_eq(root->count, 0);
}
