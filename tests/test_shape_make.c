#include <criterion/criterion.h>

#include <math.h>

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
