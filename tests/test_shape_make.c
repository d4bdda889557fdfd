#include <criterion/criterion.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <string.h>

#include "sim/beta.h"
#include "sim/normal_nodes.h"
#include "sim/shape.h"
#include "tests/shape_samples.h"

static void expect_refused(struct arena *arena, struct shape_spec spec, const char *expected)
{
    char why[200] = "";
    cr_assert(shape_make_smooth(arena, &spec, why) == NULL, "not refused: %s", expected);
    cr_assert_str_eq(why, expected);
}

Test(shape_make, wrong_parameters_are_refused_in_a_sentence)
{
    struct arena      arena = room();
    struct shape_spec spec = mean_cv(FAMILY_GAMMA, 1000, -1);
    expect_refused(&arena, spec, "cv is -1; it must be above 0: from 0.01 to 10");
    spec.cv = NAN;
    expect_refused(
        &arena, spec,
        "a gamma takes mean and cv, or median and cv, or shape and scale, and nothing else");
    expect_refused(&arena, spec_of(FAMILY_EXPONENTIAL),
                   "an exponential takes mean, and nothing else");
    expect_refused(&arena, mean_cv(FAMILY_EXPONENTIAL, 1000, 1),
                   "an exponential takes mean, and nothing else");
    expect_refused(&arena, mean_cv(FAMILY_WEIBULL, 2e8, 1),
                   "mean is 2e+08; it must be above 0 and at most 105120000 minutes (200 years)");
    expect_refused(&arena, pert(10, 5, 20),
                   "low is 10, likely 5, high 20; they must not fall, and low must be below high");
    expect_refused(&arena, pert(5, 5, 5),
                   "low is 5, likely 5, high 5; they must not fall, and low must be below high");
    spec = mean_cv(FAMILY_LOGNORMAL, 1000, 1);
    spec.at_least = 500;
    spec.at_most = 500;
    expect_refused(&arena, spec,
                   "at_least is 500 and at_most is 500; at_least must be below at_most");
    spec = pert(0, 10, 20);
    spec.at_least = 30;
    expect_refused(&arena, spec,
                   "the bounds leave 0 of the shape; they must leave 0.000001 or more");
    spec = spec_of(FAMILY_LOGNORMAL);
    spec.mu = 3;
    spec.sigma = 2.9;
    expect_refused(&arena, spec, "the cv would be 67.0131; it must lie between 0.01 and 10");
}

Test(shape_make, the_kept_normal_nodes_are_those_of_gsl)
{
    /* nodes of a piece: (1 - cos((2 k + 1) pi / 8)) / 2; both tails, to the last bits */
    for (int i = 0; i < SHAPE_HALF; i++)
        for (int k = 0; k < 4; k++) {
            struct span span = shape_span(i);
            double      tail = span.start + span.width * (1 - cos((2 * k + 1) * acos(-1) / 8)) / 2;
            double      z = normal_nodes[i][k];
            cr_assert_float_eq(z, gsl_cdf_ugaussian_Pinv(tail), 1e-14 * -z, "piece %d", i);
            cr_assert_float_eq(-z, gsl_cdf_ugaussian_Qinv(tail), 1e-14 * -z, "piece %d", i);
        }
}

Test(shape_make, a_bound_that_cuts_nothing_off_changes_no_value)
{
    /* The kept nodes and GSL's quantiles give the same table. Sigma is 0.1, so e^2.13 times the
     * median lies 21.3 sigma up: above it is 1e-100 of the draws, which is lost beside the 2^-41 of
     * the table. */
    struct arena      arena = room();
    struct shape_spec spec = spec_of(FAMILY_LOGNORMAL);
    spec.mu = log(DAY);
    spec.sigma = 0.1;
    const struct shape *free = shape_make_smooth(&arena, &spec, (char[200]){0});
    spec.at_most = DAY * exp(2.13);
    const struct shape *bounded = shape_make_smooth(&arena, &spec, (char[200]){0});
    cr_assert_gt(gsl_cdf_ugaussian_Q(21.3), 0);
    cr_assert_eq(memcmp(free->piece, bounded->piece, 2 * SHAPE_HALF * sizeof free->piece[0]), 0);
    spec.at_most = DAY * exp(0.6); /* 6 sigma: 1e-9 */
    bounded = shape_make_smooth(&arena, &spec, (char[200]){0});
    cr_assert_neq(memcmp(free->piece, bounded->piece, 2 * SHAPE_HALF * sizeof free->piece[0]), 0);
}

Test(shape_make, beta_is_that_of_gsl)
{
    /* all PERT: a + b = 6, from the far lower tail to 1 - 2^-50 */
    for (double a = 1; a <= 5; a += 0.125)
        for (double y = -50; y < 35; y += 0.171) {
            double x = 1 / (1 + exp(-y)), wanted = gsl_cdf_beta_P(x, a, 6 - a);
            cr_assert_float_eq(beta_share_below(x, a, 6 - a, gsl_sf_lnbeta(a, 6 - a)), wanted,
                               1e-13 * wanted, "a %g, y %g", a, y);
        }
    cr_expect_eq(beta_share_below(0, 2, 4, gsl_sf_lnbeta(2, 4)), 0);
    cr_expect_eq(beta_share_below(1, 2, 4, gsl_sf_lnbeta(2, 4)), 1);
    /* a = b = 2: 3 x^2 - 2 x^3 = 3/16 - 1/32 at 1/4 */
    cr_expect_float_eq(beta_share_below(0.25, 2, 2, gsl_sf_lnbeta(2, 2)), 0.15625, 1e-15);
}
