#include "yaml_reader.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "sim/date.h"
#include "tests/count.h"
#include "tests/own_folder.h"

/* A value of the key `x` and its quantile at u. */
struct quantile {
    const char *value;
    double      u, days;
};

static double read_quantile(struct yaml_reader *yaml, const struct quantile *row, bool plain)
{
    const struct shape *shape = NULL;
    struct node        *node = yaml_value(yaml, row->value);
    bool                good = plain ? read_number_shape(&yaml->reader, node, &shape)
                                     : read_shape(&yaml->reader, node, &shape);
    cr_assert(good && shape && yaml->errors.count == 0, "%s: %s", row->value, yaml_errors(yaml));
    cr_expect(node->used);
    return shape_quantile(shape, (struct uniform){row->u, 1 - row->u});
}

/* Smooth shapes by scipy.stats (ppf); the bounded one is ppf(u x cdf(1095)). The tables hold their
 * nodes in single precision, hence 1e-5. */
Test(shape_read, makes_each_smooth_family_from_each_form)
{
    static const struct quantile table[] = {
        {"{exponential: {mean: 120 days}}", 0.9, 276.31021115928553},
        {"{gamma: {mean: 8 years, cv: 0.4}}", 0.9, 4480.91858807133},
        {"{gamma: {shape: 2, scale: 10 days}}", 0.9, 38.897201698674294},
        {"{lognormal: {mean: 124 days, cv: 1.5}}", 0.9, 276.5196215185829},
        {"{lognormal: {mean: 124 days, cv: 1.5, at_most: 3 years}}", 0.9, 268.47081304516206},
        {"{lognormal: {median: 30 days, cv: 1}}", 0.9, 87.19605133138563},
        {"{lognormal: {mu: 3, sigma: 0.5}}", 0.9, 38.121399181635326},
        {"{weibull: {shape: 1.5, scale: 100 days}}", 0.9, 174.37215135964115},
        {"{pert: {low: 0 days, likely: 90 days, high: 1 year}}", 0.9, 212.1764243260836},
        /* scaled: the law of the scaled parameters, between bounds that stay */
        {"{lognormal: {mean: 124 days, cv: 1.5, at_most: 3 years}, scale: 1.1}", 0.9,
         292.92279738320366},
        {"{scale: 2, lognormal: {mu: 3, sigma: 0.5}}", 0.9, 76.24279836327065},
        {"{lognormal: {median: 30 days, cv: 1}, scale: 1.5}", 0.9, 130.79407699707846},
        {"{gamma: {shape: 2, scale: 10 days}, scale: 1.5}", 0.9, 58.345802548011434},
        {"{weibull: {shape: 1.5, scale: 100 days}, scale: 0.5}", 0.9, 87.18607567982058},
        {"{pert: {low: 0 days, likely: 90 days, high: 1 year}, scale: 2}", 0.9, 424.3528486521672},
        {"{exponential: {mean: 120 days, at_most: 1 year}, scale: 2}", 0.9, 291.6269220361161},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        double days = read_quantile(&yaml, &table[i], false) / MINUTES_A_DAY;
        cr_expect_float_eq(days, table[i].days, 1e-5 * table[i].days, "%s gives %.9g",
                           table[i].value, days);
    }
}

/* By hand: linear within a band; a jump over a gap; half of those left at each further step. */
Test(shape_read, makes_fixed_uniform_bands_mixtures_and_steps)
{
    static const char bands[] = "{bands: [[0.70, 1 day, 1 year], [0.20, 1 year, 3 years], "
                                "[0.08, 3 years, 8 years], [rest, 8 years, 20 years]]}";
    static const char steps[] = "{steps: [[14 days, 0.15], [44 days, 0.10], [74 days, 0.15], "
                                "[104 days, 0.25], {every: 90 days, chance: 0.5}]}";
    static const char gap[] = "{bands: [[0.5, 1 day, 2 days], [1/2, 10 days, 20 days]]}";
    static const char mixture[] = "{mixture: [[0.5, 10 days], [rest, {uniform: {from: 20 days, to: "
                                  "30 days}}]]}";
    static const struct quantile table[] = {
        {"14 days", 0.3, 14},
        {"{value: 14 days, source: law}", 0.3, 14},
        {"{fixed: 2 years, confidence: stated}", 0.9, 730},
        {"{uniform: {from: 0 days, to: 8 days}}", 0.25, 2},
        {"{uniform: {from: 0 days, to: 8 days, at_least: 4 days}}", 0.25, 5},
        {bands, 0.35, 183},  /* 1 + 364 / 2 */
        {bands, 0.80, 730},  /* 365 + 730 / 2 */
        {bands, 0.99, 5110}, /* (8 + 12 / 2) x 365 */
        {gap, 0.25, 1.5},
        {gap, 0.75, 15},
        {mixture, 0.25, 10},
        {mixture, 0.75, 25},
        {steps, 0.1, 14},
        {steps, 0.2, 44},  /* .15 + .85 x .10 = .235 */
        {steps, 0.5, 104}, /* .235 + .765 x .15 = .34975; + .65025 x .25 = .5123 */
        {steps, 0.7, 194}, /* .5123 + .4877 / 2 = .7562 */
        {steps, 0.8, 284}, /* .7562 + .2438 / 2 = .8781 */
        {"{steps: [[14 days, 1/2], [28 days, 1]]}", 0.6, 28},
        /* scaled; bounds stay */
        {"{fixed: 14 days, scale: 1.5}", 0.3, 21},
        {"{uniform: {from: 0 days, to: 8 days, at_least: 4 days}, scale: 2}", 0.25, 7},
        {"{bands: [[0.5, 1 day, 2 days], [1/2, 10 days, 20 days]], scale: 3}", 0.75, 45},
        {"{mixture: [[0.5, 10 days], [rest, {uniform: {from: 20 days, to: 30 days}, scale: 2}]], "
         "scale: 1.5}",
         0.75, 75}, /* 25 x 2 x 1.5 */
        {"{mixture: [[0.5, 10 days], [rest, {fixed: 20 days}]], scale: 1.5}", 0.25, 15},
        {"{steps: [[14 days, 1/2], {every: 10 days, chance: 0.5}], scale: 2}", 0.7, 48},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        double days = read_quantile(&yaml, &table[i], false) / MINUTES_A_DAY;
        cr_expect_float_eq(days, table[i].days, 1e-9 * table[i].days, "%s at %g gives %.12g",
                           table[i].value, table[i].u, days);
    }
}

/* The sketch's factors and euros; scipy.stats as above. */
Test(shape_read, makes_shapes_of_plain_numbers)
{
    static const struct quantile table[] = {
        {"1.5", 0.3, 1.5},
        {"{pert: {low: 0.93, likely: 1, high: 1.08}}", 0.9, 1.0399221935069638},
        {"{lognormal: {mean: 1, cv: 0.05}}", 0.9, 1.0648022954280232},
        {"{lognormal: {mu: 3, sigma: 0.5}}", 0.9, 38.121399181635326},
        {"{uniform: {from: 40000000, to: 60000000}}", 0.25, 45000000},
        {"{mixture: [[0.5, 1], [rest, {bands: [[1, 2, 4]]}]]}", 0.75, 3},
    };
    struct yaml_reader  yaml;
    const struct shape *shape = NULL;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        double number = read_quantile(&yaml, &table[i], true);
        cr_expect_float_eq(number, table[i].days, 1e-5 * table[i].days, "%s gives %.9g",
                           table[i].value, number);
    }
    cr_expect_not(read_number_shape(&yaml.reader, yaml_value(&yaml, "{steps: [[1, 1]]}"), &shape));
    cr_expect_str_eq(yaml_errors(&yaml),
                     "1:5 steps is a shape of durations; a shape of numbers stands here");
    cr_expect_not(read_number_shape(&yaml.reader,
                                    yaml_value(&yaml, "{uniform: {from: 1 day, to: 2}}"), &shape));
    cr_expect_str_eq(yaml_errors(&yaml), "1:21 from is 1 day; it must be a number such as 12.5");
}

Test(shape_read, says_what_is_wrong_and_where)
{
    static const struct {
        const char *value, *errors;
    } table[] = {
        {"14", "1:4 x is 14; give a unit, as in 14 days"},
        {"[14 days]", "1:4 x is a list; it must be a duration or {family: ..}"},
        {"{}", "1:4 x has 0 keys; a shape has one, its family, as in {exponential: {mean: ..}}"},
        {"{gamma: {mean: 1 day, cv: 1}, fixed: 1 day}",
         "1:4 x has 2 keys; a shape has one, its family, as in {exponential: {mean: ..}}"},
        {"{lognorml: {mean: 1 day}}", "1:5 lognorml is not a known key; did you mean 'lognormal'?"},
        {"{normal: {mean: 1 day}}",
         "1:5 normal is not a known key; known here are fixed, uniform, exponential, gamma, "
         "lognormal, weibull, pert, bands, csv, mixture, steps, scale"},
        {"{exponential: 30 days}",
         "1:18 exponential is 30 days; it must be a mapping of keys to values"},
        {"{exponential: {}}", "1:18 exponential lacks the key mean"},
        {"{exponential: {mean: 30}}", "1:25 mean is 30; give a unit, as in 30 days"},
        {"{exponential: {mean: 30 days, at_mots: 1 day}}",
         "1:34 at_mots is not a known key; did you mean 'at_most'?"},
        {"{gamma: {mean: 30 days, cv: high}}", "1:32 cv is high; it must be a number such as 12.5"},
        {"{lognormal: {mu: 30, sigma: 1}}", "1:21 mu is 30; it must lie between -20 and 12"},
        {"{uniform: {from: 2 days, to: 1 day}}",
         "1:33 to is 1 day; it must not lie below from, 2 days"},
        {"{bands: []}", "1:12 the shares of bands add up to 0; they must add up to 1"},
        {"{bands: 3}", "1:12 bands is 3; it must be a list: write [3]"},
        {"{bands: [[0.4, 1 day]]}", "1:13 bands[0] must be a list of three: share, from, to"},
        {"{bands: [[0.4, 1 yaer, 2 days], [0.5, 2 days, 3 days]]}",
         "1:19 bands[0][1] is 1 yaer; did you mean '1 year'?\n1:12 the shares of bands add up to "
         "0.9; they must add up to 1"},
        {"{bands: [[0.4, 1 day, 2 days], [0.5, 2 days, 3 days]]}",
         "1:12 the shares of bands add up to 0.9; they must add up to 1"},
        {"{bands: [[0.4, 1 day, 3 days], [rest, 2 days, 3 days]]}",
         "1:35 the band starts below the end of the one before; bands must rise"},
        {"{bands: [[1, 3 days, 2 days]]}",
         "1:13 the band runs from more to less; its end must not lie below its start"},
        {"{mixture: [[0.4, 1 day], [1.4, 2 days], [0.5]]}",
         "1:44 mixture[2] must be a list of two: share, shape"},
        {"{mixture: [[1.4, 1 day], [0.4, 2]]}",
         "1:35 mixture[1][1] is 2; give a unit, as in 2 days\n"
         "1:16 mixture[0][0] is 1.4; it must lie between 0 and 1"},
        {"{mixture: [[0.4, 1 day], [0.4, 2 days]]}",
         "1:14 the shares of mixture add up to 0.8; they must add up to 1"},
        {"{mixture: [[1, {mixture: [[1, 1 day]]}]]}",
         "1:19 a part of a mixture is no mixture; write all parts in one list"},
        {"{steps: [[14 days, 40%], {every: 1 day, chance: 1}]}",
         "1:23 steps[0][1] is 40%; write 0.4"},
        {"{steps: [[14 days, 0.4], {every: 0 days, chance: 1}]}",
         "1:37 every is 0 days; it must lie between 1 minute and 200 years"},
        {"{steps: [{every: 1 day, chance: 1}, [14 days, 1]]}",
         "1:13 steps[0] must be a list of two: duration, share that ends then"},
        {"{csv: }", "1:10 csv is empty; it must be a text"},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        const struct shape *shape = NULL;
        cr_expect_not(read_shape(&yaml.reader, yaml_value(&yaml, table[i].value), &shape));
        cr_expect_null(shape);
        cr_expect_str_eq(yaml_errors(&yaml), table[i].errors, "%s gives: %s", table[i].value,
                         yaml_errors(&yaml));
    }
}

/* What only the making of a shape can see is told at the family's parameters. */
Test(shape_read, puts_what_cannot_be_made_at_the_shape_or_its_key)
{
    static const struct {
        const char *value;
        int         column;
    } table[] = {
        {"{gamma: {mean: 30 days}}", 12},
        {"{gamma: {mean: 30 days, cv: 1, shape: 2}}", 12},
        {"{lognormal: {mean: 30 days, cv: -1}}", 36},
        {"{pert: {low: 3 days, likely: 2 days, high: 1 day}}", 33},
        {"{exponential: {mean: 1 day, at_least: 2 days, at_most: 1 day}}", 59},
        {"{steps: [[14 days, 0.5], [14 days, 1]]}", 29},
        {"{steps: [[14 days, 0.5]]}", 12},
        {"{steps: []}", 12},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        const struct shape *shape = NULL;
        cr_expect_not(read_shape(&yaml.reader, yaml_value(&yaml, table[i].value), &shape));
        cr_expect_eq(yaml.errors.count, 1, "%s", table[i].value);
        cr_expect_eq(yaml.errors.list[0].column, table[i].column, "%s", table[i].value);
        cr_expect_str_not_empty(yaml.errors.list[0].text);
    }
}

/* -- CSV beside the scenario */

/* Reads {csv: b.csv} from a file with this text beside it. */
static bool read_csv_shape(struct yaml_reader *yaml, const char *csv, const struct shape **shape)
{
    static const char text[] = "x: {csv: b.csv}\n";
    own_file("b.csv", csv);
    arena_reset(&yaml->arena);
    yaml->errors.count = 0;
    struct node *root =
        tree_read_text(&yaml->arena, own_file("t.yaml", NULL), text, strlen(text), &yaml->errors);
    return read_shape(&yaml->reader, node_find(root, "x"), shape);
}

Test(shape_read, reads_bands_from_a_csv_beside_the_scenario)
{
    struct yaml_reader  yaml;
    const struct shape *shape = NULL;
    yaml_open(&yaml);
    cr_assert(read_csv_shape(&yaml,
                             "share,from_days,to_days,note\n0.5,1,2,short\nrest,10.5,20.5,long\n",
                             &shape),
              "%s", yaml_errors(&yaml));
    cr_expect_float_eq(shape_quantile(shape, (struct uniform){0.75, 0.25}), 15.5 * 1440, 1e-9);
    static const struct {
        const char *csv, *errors;
    } table[] = {
        {"share,from_days,to_days\n0.5,1,2\nrest,x,20\n",
         "3:6 from_days is x; it must be a number such as 12.5"},
        {"share,from_days,to_days\n1.5,1,2\n", "2:1 share is 1.5; it must lie between 0 and 1"},
        {"share,from_days,to_days\n0.5,1,2\n0.5,1,2\n",
         "3:1 the band starts below the end of the one before; bands must rise"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        cr_expect_not(read_csv_shape(&yaml, table[i].csv, &shape));
        cr_expect_str_eq(yaml_errors(&yaml), table[i].errors, "%s", yaml_errors(&yaml));
    }
    cr_expect_not(read_csv_shape(&yaml, "share,from,to_days\n1,1,2\n", &shape));
    cr_expect(strstr(yaml_errors(&yaml), "b.csv has no column from_days; a shape has the columns "
                                         "share, from_days, to_days"));
}

/* -- the reference */

Test(shape_read, stands_in_the_reference_with_all_parameters)
{
    char  *text = NULL;
    size_t length = 0;
    FILE  *out = open_memstream(&text, &length);
    fields_write(shape_fields, "Shapes", out);
    fclose(out);
    cr_expect(strstr(text, "\n### lognormal\n"));
    cr_expect(strstr(text, "| `mu` | number | -20 to 12 |  | Mean of the natural logarithm of the "
                           "days, with `sigma`. |\n"));
    cr_expect(strstr(text, "| `bands` | list of [share, from, to] |  |  |"));
    free(text);
}
