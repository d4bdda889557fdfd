#include <criterion/criterion.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/shape.h"
#include "tests/shape_samples.h"

static const double tails[] = {1e-11,  1e-10, 1e-6, 1e-4,    0.01, 0.1,
                               0.2499, 0.25,  0.37, 0.49999, 0.5};
#define TAILS (sizeof tails / sizeof tails[0])

/* A scenario's shapes of each kind; the mixture is of tables, as for sentences. */
static const struct shape *mixture_of_sentences(struct arena *arena)
{
    char                why[200];
    const double        share[] = {0.97, 0.03};
    const struct shape *part[] = {smooth(arena, mean_cv(FAMILY_LOGNORMAL, 38 * DAY, 1)),
                                  smooth(arena, mean_cv(FAMILY_LOGNORMAL, 665 * DAY, 0.5))};
    return shape_make_mixture(arena, 2, share, part, why);
}

static int one_of_each(struct arena *arena, const struct shape *shape[8])
{
    struct shape_spec bounded = mean_cv(FAMILY_GAMMA, 30 * DAY, 2);
    bounded.at_least = 2 * DAY;
    bounded.at_most = 90 * DAY;
    shape[0] = shape_make_fixed(arena, 1000.4);
    shape[1] = smooth(arena, mean_cv(FAMILY_LOGNORMAL, 120 * DAY, 3));
    shape[2] = smooth(arena, bounded);
    shape[3] = smooth(arena, pert(0, 180 * DAY, 540 * DAY));
    shape[4] = knots(arena, NAN, NAN);
    shape[5] = remand_steps(arena);
    shape[6] = mixture_of_sentences(arena);
    return 7;
}

static double lognormal_exact(double mean, double cv, struct uniform u)
{
    double variance = log1p(cv * cv), mu = log(mean) - variance / 2;
    return u.above < u.below ? gsl_cdf_lognormal_Qinv(u.above, mu, sqrt(variance))
                             : gsl_cdf_lognormal_Pinv(u.below, mu, sqrt(variance));
}

Test(shape, quantiles_of_closed_families_are_those_of_gsl)
{
    struct arena      arena = room();
    const double      mean = 3000, cv[] = {0.01, 0.5, 1, 3};
    struct shape_spec spec = spec_of(FAMILY_EXPONENTIAL);
    spec.mean = mean;
    const struct shape *exponential = smooth(&arena, spec);
    spec = spec_of(FAMILY_WEIBULL);
    spec.shape = 0.7;
    spec.scale = mean;
    const struct shape *weibull = smooth(&arena, spec);
    for (size_t i = 0; i < 2 * TAILS; i++) {
        bool           upper = i >= TAILS;
        double         tail = tails[i % TAILS];
        struct uniform u = at(tail, upper);
        near("exponential", shape_quantile(exponential, u),
             upper ? gsl_cdf_exponential_Qinv(tail, mean) : gsl_cdf_exponential_Pinv(tail, mean),
             4e-7);
        near("Weibull", shape_quantile(weibull, u),
             upper ? gsl_cdf_weibull_Qinv(tail, mean, 0.7) : gsl_cdf_weibull_Pinv(tail, mean, 0.7),
             8e-7);
    }
    for (int k = 0; k < 4; k++) {
        const struct shape *lognormal = smooth(&arena, mean_cv(FAMILY_LOGNORMAL, mean, cv[k]));
        for (size_t i = 0; i < 2 * TAILS; i++) {
            struct uniform u = at(tails[i % TAILS], i >= TAILS);
            near("lognormal", shape_quantile(lognormal, u), lognormal_exact(mean, cv[k], u),
                 1.3e-6);
        }
    }
}

/* SciPy 1.10.1: p = [1e-10, 1e-6, 1e-3, .1, .5]; d.ppf(p), d.isf(p) of
 * d = scipy.stats.gamma(a, scale=1e5 / a), a = 1 / cv^2, and of
 * d = scipy.stats.beta(1 + 4 (likely - low) / w, 1 + 4 (high - likely) / w, loc=low, scale=w),
 * w = high - low, days x 1440. */
static const double scipy_p[5] = {1e-10, 1e-6, 1e-3, 0.1, 0.5};
static const struct {
    double cv;
    double below[5], above[5];
} scipy_gamma[] = {
    {0.1,
     {48883.0920538, 59436.32069812, 71921.397495, 87417.63649959, 99666.86491932},
     {177300.5047056, 154919.045995, 133770.2639114, 113010.5238598, 99666.86491932}},
    {0.5,
     {175.2272114295, 1774.809783966, 10713.81034071, 43619.23907062, 91801.51872127},
     {792474.5551392, 533761.4240818, 326556.0194797, 167019.5767064, 91801.51872127}},
    {1,
     {1.00000000005e-05, 0.10000005, 100.0500333584, 10536.05156578, 69314.71805599},
     {2302585.092994, 1381551.055796, 690775.5278982, 230258.5092994, 69314.71805599}},
    {2,
     {2.699879157245e-35, 2.699879157245e-19, 2.699879157246e-07, 27.00024954254, 17469.52094115},
     {7789950.938188, 4275127.030575, 1750577.703155, 300157.1488947, 17469.52094115}},
};
static const struct {
    double low, likely, high;
    double below[5], above[5];
} scipy_pert[] = {
    {0,
     180,
     540,
     {14.54604608056, 753.9823032317, 14769.79646652, 118994.3346028, 292231.8054464},
     {776737.6367725, 766929.7786812, 705730.9604147, 501129.5280698, 292231.8054464}},
    {10,
     10,
     400,
     {14400.00001123, 14400.11232004, 14512.36495498, 26110.27969808, 87098.8036529},
     {570384, 540565.435534, 434932.4580064, 221654.3553399, 87098.8036529}},
    {0,
     365,
     365,
     {5256, 33163.11802588, 132024.7508401, 331631.1802588, 457561.3760684},
     {525599.9999895, 525599.89488, 525494.8379268, 514640.3792569, 457561.3760684}},
};

Test(shape, quantiles_of_gamma_and_pert_are_those_of_scipy)
{
    struct arena arena = room();
    for (size_t i = 0; i < sizeof scipy_gamma / sizeof scipy_gamma[0]; i++) {
        const struct shape *shape = smooth(&arena, mean_cv(FAMILY_GAMMA, 1e5, scipy_gamma[i].cv));
        for (int k = 0; k < 5; k++) {
            near("gamma", shape_quantile(shape, at(scipy_p[k], false)), scipy_gamma[i].below[k],
                 5e-6);
            near("gamma", shape_quantile(shape, at(scipy_p[k], true)), scipy_gamma[i].above[k],
                 5e-7);
        }
    }
    for (size_t i = 0; i < sizeof scipy_pert / sizeof scipy_pert[0]; i++) {
        const struct shape *shape =
            smooth(&arena, pert(scipy_pert[i].low * DAY, scipy_pert[i].likely * DAY,
                                scipy_pert[i].high * DAY));
        for (int k = 0; k < 5; k++) {
            near("PERT", shape_quantile(shape, at(scipy_p[k], false)), scipy_pert[i].below[k],
                 3e-7);
            near("PERT", shape_quantile(shape, at(scipy_p[k], true)), scipy_pert[i].above[k], 3e-7);
        }
    }
}

Test(shape, mean_and_cv_are_those_asked_for)
{
    struct arena            arena = room();
    const enum shape_family family[] = {FAMILY_GAMMA, FAMILY_LOGNORMAL, FAMILY_WEIBULL};
    const double            cv[] = {0.05, 0.5, 1, 2};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 4; k++) {
            const struct shape *shape = smooth(&arena, mean_cv(family[i], 20000, cv[k]));
            near("mean", shape->mean_min, 20000, 1e-7);
            near("unbounded mean", shape->unbounded_mean_min, 20000, 1e-12);
            near("cv", shape->cv, cv[k], 2e-6);
        }
    /* beyond u = 1 - 2^-41 lie 1e-8 of the mean and 2e-5 of the square of cv 3 */
    const struct shape *wide = smooth(&arena, mean_cv(FAMILY_LOGNORMAL, 2000, 3));
    near("mean of cv 3", wide->mean_min, 2000, 1e-7);
    near("cv of cv 3", wide->cv, 3, 1e-5);
    /* PERT: (low + 4 likely + high) / 6; the beta here has a = 7/3, b = 11/3, a + b = 6 */
    const struct shape *delay = smooth(&arena, pert(0, 180 * DAY, 540 * DAY));
    near("mean", delay->mean_min, 210 * DAY, 1e-7);
    near("cv", delay->cv, 540 * sqrt(7.0 / 3 * 11 / 3 / 7) / 6 / 210, 1e-7);
}

Test(shape, median_and_own_parameters_name_the_same_shapes)
{
    struct arena arena = room();
    for (enum shape_family family = FAMILY_GAMMA; family <= FAMILY_WEIBULL; family++) {
        struct shape_spec spec = spec_of(family);
        spec.median = 5000;
        spec.cv = 1.5;
        const struct shape *shape = smooth(&arena, spec);
        near("median", shape_quantile(shape, at(0.5, true)), 5000, 2e-6);
        near("cv", shape->cv, 1.5, 1e-6);
    }
    struct shape_spec own = spec_of(FAMILY_LOGNORMAL);
    own.mu = 9;
    own.sigma = 0.8;
    near("lognormal", smooth(&arena, own)->mean_min, exp(9.32), 1e-7);
    own = spec_of(FAMILY_GAMMA);
    own.shape = 3;
    own.scale = 700;
    near("gamma", smooth(&arena, own)->mean_min, 2100, 1e-7);
    own.family = FAMILY_WEIBULL;
    near("Weibull", smooth(&arena, own)->mean_min, 700 * tgamma(4.0 / 3), 1e-7);
}

/* Longer stays than 200 years are drawn as 200 years. */
Test(shape, draws_saturate_at_two_hundred_years)
{
    struct arena        arena = room();
    const struct shape *shape = smooth(&arena, mean_cv(FAMILY_LOGNORMAL, 1e6, 3));
    double              most = 105120000, s = sqrt(log(10)), z = (log(most / 1e6) + s * s / 2) / s;
    /* E min(X, most) = mean Phi(z - s) + most (1 - Phi(z)) */
    near("mean", shape->mean_min, 1e6 * gsl_cdf_ugaussian_P(z - s) + most * gsl_cdf_ugaussian_Q(z),
         1e-6);
    cr_assert_eq(shape_draw_min(shape, LAST_N), 105120000);
}

/* The first two moments of an exponential of mean m between a and b, by parts. */
static void truncated_exponential(double m, double a, double b, double *mean, double *cv)
{
    double left = exp(-a / m), right = exp(-b / m);
    double first = m + (a * left - b * right) / (left - right);
    double second =
        ((a * a + 2 * m * a + 2 * m * m) * left - (b * b + 2 * m * b + 2 * m * m) * right) /
        (left - right);
    *mean = first;
    *cv = sqrt(second - first * first) / first;
}

/* E X^k between a and b is exp(k mu + k^2 s^2 / 2) times the normal mass moved down by k s. */
static double truncated_lognormal(double mu, double s, double a, double b, int k)
{
    double from = (log(a) - mu) / s, to = (log(b) - mu) / s;
    return exp(k * mu + k * k * s * s / 2) *
           (gsl_cdf_ugaussian_P(to - k * s) - gsl_cdf_ugaussian_P(from - k * s)) /
           (gsl_cdf_ugaussian_P(to) - gsl_cdf_ugaussian_P(from));
}

Test(shape, bounds_condition_the_shape)
{
    struct arena      arena = room();
    struct shape_spec spec = spec_of(FAMILY_EXPONENTIAL);
    spec.mean = 10000;
    spec.at_least = 3000;
    spec.at_most = 25000;
    double mean, cv;
    truncated_exponential(10000, 3000, 25000, &mean, &cv);
    const struct shape *shape = smooth(&arena, spec);
    near("mean", shape->mean_min, mean, 1e-7);
    near("cv", shape->cv, cv, 1e-6);
    near("unbounded mean", shape->unbounded_mean_min, 10000, 1e-12);
    cr_assert_eq(shape_draw_min(shape, 0), 3000);
    cr_assert_eq(shape_draw_min(shape, LAST_N), 25000);

    spec.at_least = 150000; /* exp(-15): bounds far in the tail keep their precision */
    spec.at_most = NAN;
    cr_assert(shape_make_smooth(&arena, &spec, (char[200]){0}) == NULL);
    spec.at_least = 130000;
    shape = smooth(&arena, spec);
    near("mean beyond 13 means", shape->mean_min, 140000, 1e-7);

    spec = spec_of(FAMILY_LOGNORMAL);
    spec.mu = 9;
    spec.sigma = 1.5;
    spec.at_least = 2000;
    spec.at_most = 60000;
    shape = smooth(&arena, spec);
    double first = truncated_lognormal(9, 1.5, 2000, 60000, 1);
    double second = truncated_lognormal(9, 1.5, 2000, 60000, 2);
    near("mean", shape->mean_min, first, 1e-7);
    near("cv", shape->cv, sqrt(second - first * first) / first, 1e-6);

    spec = mean_cv(FAMILY_GAMMA, 10000, 1); /* an exponential again */
    spec.at_least = 3000;
    spec.at_most = 25000;
    near("mean of gamma", smooth(&arena, spec)->mean_min, mean, 1e-7);
    spec = pert(0, 0, 1000); /* 1 - (1 - x)^5: in x above 1/2 the same form, halved */
    spec.at_least = 500;
    near("mean of PERT", smooth(&arena, spec)->mean_min, 500 + 500 / 6.0, 1e-7);
}

Test(shape, stays_in_progress_are_length_biased)
{
    struct arena        arena = room();
    const double        variance = log1p(9.0), s = sqrt(variance), mu = log(2000) - variance / 2;
    const struct shape *lognormal = smooth(&arena, mean_cv(FAMILY_LOGNORMAL, 2000, 3));
    const struct shape *gamma = smooth(&arena, mean_cv(FAMILY_GAMMA, 20000, 0.5));
    const double        v[] = {1e-6, 1e-3, 0.1, 0.4, 0.5};
    for (int i = 0; i < 5; i++) {
        /* a length-biased lognormal has mu + sigma^2, a gamma has shape + 1 */
        near("lognormal", shape_in_progress(lognormal, at(v[i], false)),
             gsl_cdf_lognormal_Pinv(v[i], mu + variance, s), 1e-6);
        near("gamma", shape_in_progress(gamma, at(v[i], false)), gsl_cdf_gamma_Pinv(v[i], 5, 5000),
             1e-6);
        near("gamma", shape_in_progress(gamma, at(v[i], true)), gsl_cdf_gamma_Qinv(v[i], 5, 5000),
             1e-6);
    }
    const double w[] = {0.01, 0.1, 0.4}; /* beyond the table lie 1e-8 of the person-time */
    for (int i = 0; i < 3; i++)
        near("lognormal", shape_in_progress(lognormal, at(w[i], true)),
             gsl_cdf_lognormal_Qinv(w[i], mu + variance, s), 1e-6);
}

Test(shape, stays_in_progress_reach_into_the_outermost_piece)
{
    struct arena      arena = room();
    struct shape_spec spec = spec_of(FAMILY_EXPONENTIAL);
    spec.mean = 1000;
    const struct shape *shape = smooth(&arena, spec);
    /* person-time beyond tail q: the edge's share at the edge's value, and the integral of -log w,
     * which is w - w log w, from the edge e to q */
    double e = SHAPE_EDGE, q = e * 17 / 16;
    double beyond = -e * log(e) + (q - q * log(q)) - (e - e * log(e));
    near("in progress", shape_in_progress(shape, (struct uniform){1 - beyond, beyond}),
         -1000 * log(q), 1e-6);
    near("person-time", shape->length[SHAPE_HALF - 1] + shape->length[2 * SHAPE_HALF - 1], 1000,
         1e-7);
}

Test(shape, stays_given_elapsed_start_from_what_is_left)
{
    struct arena      arena = room();
    struct shape_spec spec = spec_of(FAMILY_EXPONENTIAL);
    spec.mean = 10000;
    const struct shape *exponential = smooth(&arena, spec);
    const double        elapsed[] = {1, 5000, 30000, 150000}; /* the last leaves exp(-15) */
    const double        u[] = {0.001, 0.2, 0.5, 0.9, 0.999};
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 5; k++)
            near("memoryless",
                 shape_given_elapsed(exponential, elapsed[i], (struct uniform){u[k], 1 - u[k]}),
                 elapsed[i] - 10000 * log1p(-u[k]), 1e-6);

    const struct shape *lognormal = smooth(&arena, mean_cv(FAMILY_LOGNORMAL, 20000, 2));
    double              s = sqrt(log(5)), mu = log(20000) - s * s / 2;
    for (double a = 2000; a < 3e6; a *= 10)
        for (int k = 0; k < 5; k++)
            near("lognormal", shape_given_elapsed(lognormal, a, (struct uniform){u[k], 1 - u[k]}),
                 gsl_cdf_lognormal_Qinv(gsl_cdf_lognormal_Q(a, mu, s) * (1 - u[k]), mu, s), 2e-6);
    cr_assert_eq(shape_given_elapsed(lognormal, 2e8, at(0.5, true)), 2e8,
                 "beyond the shape nothing is left");
}

Test(shape, share_below_is_the_inverse)
{
    struct arena        arena = room();
    const struct shape *gamma = smooth(&arena, mean_cv(FAMILY_GAMMA, 20000, 0.5));
    for (double x = 10; x < 2e5; x *= 1.7)
        near("gamma", shape_share_below(gamma, x), gsl_cdf_gamma_P(x, 4, 5000), 2e-6);
    cr_assert_eq(shape_share_below(gamma, -1), 0);
    cr_assert_eq(shape_share_below(gamma, 1e9), 1);
    const struct shape *shape[8];
    one_of_each(&arena, shape);
    for (int i = 1; i < 5; i++)
        for (uint64_t n = 0; n <= LAST_N; n += LAST_N / 997) {
            double value = shape_quantile(shape[i], uniform_of(n));
            double back =
                shape_quantile(shape[i], (struct uniform){shape_share_below(shape[i], value),
                                                          1 - shape_share_below(shape[i], value)});
            near("there and back", back, value, 4e-6);
        }
}

/* Where the search for the value ends early, the share is off by up to 1e-8 of its piece. */
Test(shape, share_below_is_exact_to_the_last_bits)
{
    struct arena        arena = room();
    const struct shape *shape[8];
    one_of_each(&arena, shape);
    for (int i = 1; i < 4; i++)
        for (int n = 1; n < 30000; n++) {
            double u = n / 30000.0;
            double value = shape_quantile(shape[i], (struct uniform){u, 1 - u});
            cr_assert_float_eq(shape_share_below(shape[i], value), u, 1e-12, "shape %d at %g", i,
                               u);
        }
}

Test(shape, a_mixture_rescales_u_within_its_part)
{
    struct arena        arena = room();
    const struct shape *shape = mixture_of_sentences(&arena);
    near("mean", shape->mean_min, (0.97 * 38 + 0.03 * 665) * DAY, 1e-7);
    /* E X^2 = sum of share x mean^2 (1 + cv^2) */
    double square = 0.97 * 38 * 38 * 2 + 0.03 * 665 * 665 * 1.25, mean = 0.97 * 38 + 0.03 * 665;
    near("cv", shape->cv, sqrt(square - mean * mean) / mean, 1e-6);
    near("first", shape_quantile(shape, at(0.485, false)), 38 / sqrt(2) * DAY, 1e-6);
    near("second", shape_quantile(shape, at(0.015, true)), 665 / sqrt(1.25) * DAY, 1e-6);
    near("share", shape_share_below(shape, 38 / sqrt(2) * DAY),
         0.97 * 0.5 +
             0.03 * gsl_cdf_lognormal_P(38 / sqrt(2), log(665 / sqrt(1.25)), sqrt(log(1.25))),
         1e-6);
    /* the first part holds 0.97 x 38 of 56.81 person-days; its length-biased median is 38 sqrt 2 */
    double first = 0.97 * 38 / mean;
    near("in progress", shape_in_progress(shape, at(first / 2, false)), 38 * sqrt(2) * DAY, 1e-6);
    near("in progress", shape_in_progress(shape, at((1 - first) / 2, true)), 665 * sqrt(1.25) * DAY,
         1e-6);

    struct shape_spec short_spec = spec_of(FAMILY_EXPONENTIAL), long_spec = short_spec;
    short_spec.mean = 10000;
    long_spec.mean = 100000;
    const double        half[] = {0.5, 0.5};
    const struct shape *part[] = {smooth(&arena, short_spec), smooth(&arena, long_spec)};
    shape = shape_make_mixture(&arena, 2, half, part, (char[200]){0});
    double left = exp(-5) / (exp(-5) + exp(-0.5)); /* of the short ones after 50000 minutes */
    near("short", shape_given_elapsed(shape, 50000, at(left / 2, false)), 50000 + 10000 * log(2),
         1e-6);
    near("long", shape_given_elapsed(shape, 50000, at((1 - left) / 2, true)),
         50000 + 100000 * log(2), 1e-6);
}

/* Falls are possible only where two cubics meet, by the table's own error. */
Test(shape, values_rise_with_u)
{
    struct arena        arena = room();
    const struct shape *shape[8];
    one_of_each(&arena, shape);
    for (int i = 0; i < 6; i++) {
        double before = 0;
        for (int step = 0; step < 2 * SHAPE_HALF * 16; step++) {
            int         row = step / 16, piece = row < SHAPE_HALF ? row : 2 * SHAPE_HALF - 1 - row;
            struct span span = shape_span(piece);
            double      t = step % 16 / 15.001;
            bool        upper = row >= SHAPE_HALF;
            double      value = shape_quantile(
                     shape[i], at(span.start + span.width * (upper ? 0.9999 - t : t), upper));
            cr_assert(value >= before * (1 - 2e-6), "shape %d piece %d: %.12g after %.12g", i, row,
                      value, before);
            before = value;
        }
    }
}

Test(shape, draws_are_whole_minutes_of_the_quantile)
{
    struct arena        arena = room();
    const struct shape *shape[8];
    int                 count = one_of_each(&arena, shape);
    for (int i = 0; i < count; i++)
        for (uint64_t k = 0; k < 100000; k++) {
            uint64_t n = k < 50 ? k : k < 100 ? LAST_N - k + 50 : k * 0x9e3779b97f4a7c15u >> 12;
            double   value = shape_quantile(shape[i], uniform_of(n));
            double   minutes = floor(value + 0.5);
            cr_assert_eq(shape_draw_min(shape[i], n), (int64_t)(minutes < 1 ? 1 : minutes));
        }
    cr_assert_eq(shape_draw_min(shape[0], 0), 1000);
    double edge = 0x1p-41;
    near("n = 0", (double)shape_draw_min(shape[3], 0), 1, 0);
    near("last n", (double)shape_draw_min(shape[1], LAST_N),
         lognormal_exact(120 * DAY, 3, at(edge, true)) < 1.0512e8 ? 0 : 1.0512e8, 0);
    const struct shape *narrow = smooth(&arena, mean_cv(FAMILY_LOGNORMAL, 1e6, 0.5));
    near("n = 0", (double)shape_draw_min(narrow, 0), lognormal_exact(1e6, 0.5, at(edge, false)),
         2e-5);
    near("last n", (double)shape_draw_min(narrow, LAST_N),
         lognormal_exact(1e6, 0.5, at(edge, true)), 1e-6);
}

/* What libm adds in the last bits must not reach a table. */
Test(shape, node_values_are_single_precision)
{
    struct arena        arena = room();
    const struct shape *shape = smooth(&arena, mean_cv(FAMILY_WEIBULL, 20000, 0.7));
    for (int i = 0; i < 2 * SHAPE_HALF; i++)
        for (int k = 0; k < 4; k++) {
            const double *c = shape->piece[i];
            double        t = (1 - cos((2 * k + 1) * acos(-1) / 8)) / 2;
            double        value = c[0] + t * (c[1] + t * (c[2] + t * c[3]));
            near("node", value, (double)(float)value, 1e-13);
        }
}

/* What another program makes of the text, knowing only what shape.h says of it. */
struct text {
    char   kind[16];
    int    count;
    double number[2 * SHAPE_HALF][4]; /* a table's; for others the share is [0], the value [1] */
};

static double read_number(FILE *in)
{
    char word[64];
    cr_assert_eq(fscanf(in, "%63s", word), 1);
    return strtod(word, NULL);
}

/* The parts of a mixture follow it in the list. */
static void read_text(FILE *in, struct text *text)
{
    cr_assert_eq(fscanf(in, " shape %15s %d", text->kind, &text->count), 2);
    bool mixture = strcmp(text->kind, "mixture") == 0;
    int  numbers = strcmp(text->kind, "table") == 0 ? 4 : strcmp(text->kind, "fixed") == 0 ? 1 : 2;
    for (int i = 0; i < text->count; i++) {
        if (mixture) {
            char word[8];
            cr_assert_eq(fscanf(in, " %7s", word), 1);
            cr_assert_str_eq(word, "part");
            text->number[i][0] = read_number(in);
            read_text(in, text + 1 + i);
            continue;
        }
        for (int k = 0; k < numbers; k++)
            text->number[i][k] = read_number(in);
    }
}

static double text_quantile(const struct text *text, double u, double above)
{
    if (strcmp(text->kind, "fixed") == 0)
        return text->number[0][0];
    if (strcmp(text->kind, "table") == 0) {
        double        tail = fmax(fmin(u, above), ldexp(1, -41));
        int           octave = -2 - ilogb(tail);
        double        x = (ldexp(tail, octave + 2) - 1) * 8, t = x - floor(x);
        const double *c = text->number[(above < u ? 320 : 0) + 8 * octave + (int)floor(x)];
        return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
    }
    int first = 0;
    while (u >= text->number[first][0])
        first++;
    const double *here = text->number[first];
    const double *before = first > 0 ? text->number[first - 1] : (const double[4]){0};
    if (strcmp(text->kind, "steps") == 0)
        return here[1];
    if (strcmp(text->kind, "knots") == 0)
        return before[1] + (u - before[0]) / (here[0] - before[0]) * (here[1] - before[1]);
    double width = here[0] - before[0];
    return text_quantile(text + 1 + first, (u - before[0]) / width, (here[0] - u) / width);
}

Test(shape, the_written_table_draws_the_same_bits)
{
    static struct text  text[3];
    struct arena        arena = room();
    const struct shape *shape[8];
    int                 count = one_of_each(&arena, shape);
    for (int i = 0; i < count; i++) {
        FILE *file = tmpfile();
        shape_write(shape[i], file);
        rewind(file);
        read_text(file, text);
        fclose(file);
        for (uint64_t k = 0; k < 20000; k++) {
            uint64_t n = k < 50 ? k : k < 100 ? LAST_N - k + 50 : k * 0x9e3779b97f4a7c15u >> 12;
            double   u = ((double)n + 0.5) * 0x1p-52;
            double   value = text_quantile(text, u, 1 - u);
            cr_assert_eq(shape_quantile(shape[i], uniform_of(n)), fmin(value, 105120000),
                         "shape %d at n = %llu", i, (unsigned long long)n);
        }
    }
}
