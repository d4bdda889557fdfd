#include <criterion/criterion.h>

#include <math.h>

#include "sim/shape.h"
#include "tests/shape_samples.h"

/* Knots (0, 0), (0.5, 100), (1, 300): half within 0..100, half within 100..300. */
Test(shape_points, knots_are_linear_with_sums_by_hand)
{
    struct arena        arena = room();
    const struct shape *shape = knots(&arena, NAN, NAN);
    near("mean", shape->mean_min, 0.5 * 50 + 0.5 * 200, 1e-14);
    /* E X^2 = 0.5 x 100^2 / 3 + 0.5 x (100^2 + 100 x 300 + 300^2) / 3 = 70000 / 3 */
    near("cv", shape->cv, sqrt(70000.0 / 3 - 125.0 * 125) / 125, 1e-14);
    near("quantile", shape_quantile(shape, at(0.25, false)), 50, 1e-14);
    near("quantile", shape_quantile(shape, at(0.25, true)), 200, 1e-14);
    near("share", shape_share_below(shape, 200), 0.75, 1e-14);
    /* person-time 25 t^2 = 0.1 x 125 in the first half, 25 + 50 t + 50 t^2 = 0.6 x 125 beyond */
    near("in progress", shape_in_progress(shape, at(0.1, false)), 100 * sqrt(0.5), 1e-12);
    near("in progress", shape_in_progress(shape, at(0.4, true)), 100 + 100 * (sqrt(5) - 1), 1e-12);
    near("given 100", shape_given_elapsed(shape, 100, at(0.5, false)), 200, 1e-14);

    shape = knots(&arena, 50, 200); /* u from 0.25 to 0.75: half in 50..100, half in 100..200 */
    near("bounded mean", shape->mean_min, 0.5 * 75 + 0.5 * 150, 1e-14);
    near("unbounded mean", shape->unbounded_mean_min, 125, 1e-14);
    near("bounded quantile", shape_quantile(shape, at(0.25, true)), 150, 1e-14);
    cr_assert_eq(shape_draw_min(shape, 0), 50);
    cr_assert_eq(shape_draw_min(shape, LAST_N), 200);

    /* a jump from 10 to 20 at 0.5, an atom of 0.2 at 20; bounds keep the whole atom */
    const double share[] = {0, 0.5, 0.5, 0.7, 1}, value[] = {0, 10, 20, 20, 80};
    shape = shape_make_knots(&arena, 5, share, value, 15, 50, (char[200]){0});
    /* left: 0.2 at 20 and 0.15 within 20..50 */
    near("mean with an atom", shape->mean_min, (0.2 * 20 + 0.15 * 35) / 0.35, 1e-14);
    near("share of the atom", shape_share_below(shape, 20), 0.2 / 0.35, 1e-14);
    shape = shape_make_knots(&arena, 5, share, value, 20, NAN, (char[200]){0});
    near("atom on the bound", shape_share_below(shape, 20), 0.2 / 0.5, 1e-14);
    shape = shape_make_knots(&arena, 5, share, value, NAN, 20, (char[200]){0});
    near("atom on the bound", shape_share_below(shape, 19), 0.5 / 0.7, 1e-14);
}

/* Ends at 14, 44, 74, 104 days with 0.15, 0.85 x 0.1, 0.765 x 0.15, 0.65025 x 0.25, and the rest,
 * 0.4876875, every 90 days by halves: on average 2 periods later. */
Test(shape_points, steps_end_at_decision_points)
{
    struct arena        arena = room();
    const struct shape *shape = remand_steps(&arena);
    near("mean", shape->mean_min,
         (0.15 * 14 + 0.085 * 44 + 0.11475 * 74 + 0.1625625 * 104 + 0.4876875 * (104 + 180)) * DAY,
         1e-12);
    near("share", shape_share_below(shape, 104 * DAY), 0.5123125, 1e-14);
    near("share", shape_share_below(shape, 104 * DAY - 1), 0.34975, 1e-14);
    cr_assert_eq(shape_draw_min(shape, 0), 14 * 1440);
    cr_assert_eq(shape_quantile(shape, at(0.1499, false)), 14 * DAY);
    cr_assert_eq(shape_quantile(shape, at(0.15, false)), 44 * DAY, "met below the share only");
    /* 0.15 x 14 = 2.1 of 169.74125 person-days, a share of 0.01237 */
    cr_assert_eq(shape_in_progress(shape, at(0.0123, false)), 14 * DAY);
    cr_assert_eq(shape_in_progress(shape, at(0.0124, false)), 44 * DAY);
    cr_assert_eq(shape_given_elapsed(shape, 104 * DAY, at(0.49, false)), 194 * DAY);
    cr_assert_eq(shape_given_elapsed(shape, 104 * DAY, at(0.49, true)), 284 * DAY);
    /* two points, 0.25 at 10 and the rest at 20: mean 17.5, variance 0.25 x 0.75 x 100 */
    const double point[] = {10, 20}, chance[] = {0.25, 1};
    shape = shape_make_steps(&arena, 2, point, chance, 0, NAN, (char[200]){0});
    near("cv", shape->cv, sqrt(18.75) / 17.5, 1e-14);
}

Test(shape_points, wrong_points_are_refused_in_a_sentence)
{
    struct arena arena = room();
    char         why[200];
    const double share[] = {0, 0.6, 0.5, 1}, value[] = {0, 5, 9, 7};
    cr_assert(shape_make_knots(&arena, 4, share, value, NAN, NAN, why) == NULL);
    cr_assert_str_eq(why, "share 3 is 0.5 after 0.6; shares must not fall");
    cr_assert(shape_make_knots(&arena, 2, share + 2, value, NAN, NAN, why) == NULL);
    cr_assert_str_eq(why, "shares run from 0.5 to 1; they must run from 0 to 1");
    cr_assert(shape_make_knots(&arena, 2, (double[]){0, 1}, value + 2, NAN, NAN, why) == NULL);
    cr_assert_str_eq(why, "value 2 is 7 after 9; values must not fall");
    cr_assert(shape_make_knots(&arena, 2, (double[]){0, 1}, value, 20, NAN, why) == NULL);
    cr_assert_str_eq(why, "the bounds leave 0 of the shape; they must leave 0.000001 or more");

    const double point[] = {10, 20}, chance[] = {0.5, 0.5};
    cr_assert(shape_make_steps(&arena, 2, point, chance, 0, NAN, why) == NULL);
    cr_assert_str_eq(why, "the last chance is 0.5; without `every` it must be 1");
    cr_assert(shape_make_steps(&arena, 2, point, chance, 90, 0, why) == NULL);
    cr_assert_str_eq(why, "the chance of every is 0; it must be above 0 and at most 1");
    cr_assert(shape_make_steps(&arena, 2, point, chance, 1, 1e-9, why) == NULL);
    cr_assert_str_eq(why, "every 1 minutes gives over 100000 points; longer steps are needed");
    cr_assert(shape_make_steps(&arena, 2, value + 2, chance, 90, 0.5, why) == NULL);
    cr_assert_str_eq(why, "point 2 is at 7 after 9; points must rise");

    const struct shape *part[] = {shape_make_fixed(&arena, 10), shape_make_fixed(&arena, 20)};
    cr_assert(shape_make_mixture(&arena, 2, (double[]){0.5, 0.4}, part, why) == NULL);
    cr_assert_str_eq(why, "the shares add up to 0.9; they must add up to 1");
    cr_assert(shape_make_fixed(&arena, -1) == NULL);
    cr_assert(shape_make_fixed(&arena, 2e8) == NULL);
}
