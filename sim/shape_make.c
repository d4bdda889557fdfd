/* Making smooth shapes, at load. Node values of tables are rounded to single precision, far under
 * the table's own error, so that the last bits of libm and GSL do not reach a result; everything
 * after is plain arithmetic in double. No call of libm has a constant argument, which a compiler
 * would work out by its own rules. GSL's inverse functions fail in the tails of some gammas, so
 * gamma and PERT march from node to node by a root finder of our own on the distribution functions,
 * of the beta by sim/beta.c, which is faster than GSL here.
 */
#include "sim/shape.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stddef.h>

#include "sim/beta.h"
#include "sim/normal_nodes.h"

#define AT_MOST_MIN ((double)DURATION_AT_MOST)
#define CV_LEAST 0.01
#define CV_MOST 10.0
#define LN_LN_2 (-0.36651292058166432701)

/* -- families */

/* The parameters in the one form that the formulas use. */
struct law {
    enum shape_family family;
    double            a, b;     /* exponential mean; gamma, Weibull shape and scale; lognormal mu
                                   and sigma; PERT the two shapes of its beta */
    double         low, width;  /* PERT */
    double         log_norm;    /* gamma, PERT: log of the integral of the density */
    struct uniform least, most; /* the bounds, as tails of the unbounded shape */
};

static double mean_of(const struct law *law)
{
    switch (law->family) {
    case FAMILY_EXPONENTIAL:
        return law->a;
    case FAMILY_GAMMA:
        return law->a * law->b;
    case FAMILY_LOGNORMAL:
        return exp(law->a + law->b * law->b / 2);
    case FAMILY_WEIBULL:
        return law->b * tgamma(1 + 1 / law->a);
    case FAMILY_PERT:
        break;
    }
    return law->low + law->width * law->a / (law->a + law->b);
}

static double weibull_cv(double shape)
{
    double first = tgamma(1 + 1 / shape);
    return sqrt(tgamma(1 + 2 / shape) / (first * first) - 1);
}

static double weibull_shape(double cv)
{
    double low = 0.1, high = 1000; /* cv falls with the shape, from over 400 to 0.001 */
    for (int round = 0; round < 60; round++) {
        double middle = sqrt(low * high);
        if (weibull_cv(middle) > cv)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static double cv_of(const struct law *law)
{
    switch (law->family) {
    case FAMILY_EXPONENTIAL:
        return 1;
    case FAMILY_GAMMA:
        return 1 / sqrt(law->a);
    case FAMILY_LOGNORMAL:
        return sqrt(expm1(law->b * law->b));
    case FAMILY_WEIBULL:
        return weibull_cv(law->a);
    case FAMILY_PERT:
        break;
    }
    double sum = law->a + law->b;
    return law->width * sqrt(law->a * law->b / (sum + 1)) / sum / mean_of(law);
}

/* The distribution function at a value, from both ends. */
static struct uniform tails_of(const struct law *law, double value_min)
{
    if (value_min <= law->low)
        return (struct uniform){0, 1};
    double x = value_min;
    switch (law->family) {
    case FAMILY_EXPONENTIAL:
        return (struct uniform){-expm1(-x / law->a), exp(-x / law->a)};
    case FAMILY_GAMMA:
        return (struct uniform){gsl_cdf_gamma_P(x / law->b, law->a, 1),
                                gsl_cdf_gamma_Q(x / law->b, law->a, 1)};
    case FAMILY_LOGNORMAL:
        x = (log(x) - law->a) / law->b;
        return (struct uniform){gsl_cdf_ugaussian_P(x), gsl_cdf_ugaussian_Q(x)};
    case FAMILY_WEIBULL:
        x = pow(x / law->b, law->a);
        return (struct uniform){-expm1(-x), exp(-x)};
    case FAMILY_PERT:
        break;
    }
    if (value_min >= law->low + law->width)
        return (struct uniform){1, 0};
    return (struct uniform){
        gsl_cdf_beta_P((x - law->low) / law->width, law->a, law->b),
        gsl_cdf_beta_P((law->low + law->width - x) / law->width, law->b, law->a)};
}

/* -- gamma and PERT: marching from node to node */

/* Both march in a y that runs from -infinity to infinity and in which the logarithm of the density
 * is smooth and concave: y = log x for gamma (scale 1), log(x / (1 - x)) for beta. */
struct point {
    double y, up, down; /* exp(y); exp(-y), for PERT only */
};

struct march {
    struct point   point;
    struct uniform at; /* the tails there */
};

static bool marches(const struct law *law)
{
    return law->family == FAMILY_GAMMA || law->family == FAMILY_PERT;
}

static struct point point_at(const struct law *law, double y)
{
    return (struct point){y, exp(y), law->family == FAMILY_PERT ? exp(-y) : 0};
}

static double tail_at(const struct law *law, const struct point *at, bool upper)
{
    if (law->family == FAMILY_PERT)
        return upper ? beta_share_below(1 / (1 + at->up), law->b, law->a, law->log_norm)
                     : beta_share_below(1 / (1 + at->down), law->a, law->b, law->log_norm);
    if (upper)
        return gsl_cdf_gamma_Q(at->up, law->a, 1);
    /* so near 0 that exp(-x) is 1, and x itself may be below the least double */
    return at->y < -40 ? exp(law->a * at->y - law->log_norm) / law->a
                       : gsl_cdf_gamma_P(at->up, law->a, 1);
}

static double log_density(const struct law *law, const struct point *at)
{
    if (law->family == FAMILY_GAMMA)
        return law->a * at->y - at->up - law->log_norm;
    return -law->a * log1p(at->down) - law->b * log1p(at->up) - law->log_norm;
}

static double log_density_slope(const struct law *law, const struct point *at)
{
    if (law->family == FAMILY_GAMMA)
        return law->a - at->up;
    return law->a / (1 + at->up) - law->b / (1 + at->down);
}

static struct point start_of_march(const struct law *law, struct uniform u)
{
    bool   upper = u.above < u.below;
    double low = -1e4, high = 100;
    for (int round = 0; round < 80; round++) {
        double       middle = (low + high) / 2;
        struct point at = point_at(law, middle);
        double       tail = tail_at(law, &at, upper);
        if (upper ? tail > u.above : tail < u.below)
            low = middle;
        else
            high = middle;
    }
    return point_at(law, low);
}

/* Moves to u by Halley's step, which errs by the third power of what is left: one step from the
 * neighbouring node, where the tails are known, and as a rule one that asks GSL. */
static void march_to(const struct law *law, struct march *march, struct uniform u)
{
    bool         upper = u.above < u.below;
    struct point at = march->point;
    double       todo = upper ? march->at.above - u.above : u.below - march->at.below;
    for (int round = 0; round < 12; round++) {
        double slope = log_density_slope(law, &at);
        double newton = todo / exp(log_density(law, &at));
        double moved = newton / fmax(0.5, 1 + slope * newton / 2);
        at = point_at(law, at.y + moved);
        if (round > 0 && fabs(moved) * (1 + fabs(slope)) < 1e-4) {
            *march = (struct march){at, u};
            return;
        }
        double tail = tail_at(law, &at, upper);
        todo = upper ? tail - u.above : u.below - tail;
    }
    *march = (struct march){start_of_march(law, u), u};
}

static double marched(const struct law *law, struct march *march, struct uniform u)
{
    march_to(law, march, u);
    if (law->family == FAMILY_GAMMA)
        return law->b * march->point.up;
    return law->low + law->width / (1 + march->point.down);
}

/* -- tables */

/* The bounds map u to F(least) .. F(most), each tail from its own end. */
static struct uniform conditioned(const struct law *law, struct uniform u)
{
    return (struct uniform){law->least.below * u.above + law->most.below * u.below,
                            law->least.above * u.above + law->most.above * u.below};
}

/* -log of what lies above u. */
static double exponential_at(struct uniform u)
{
    return u.above < u.below ? -log(u.above) : -log1p(-u.below);
}

static double normal_at(struct uniform u)
{
    return u.above < u.below ? gsl_cdf_ugaussian_Qinv(u.above) : gsl_cdf_ugaussian_Pinv(u.below);
}

static double value_of(const struct law *law, struct march *march, struct uniform u)
{
    switch (law->family) {
    case FAMILY_EXPONENTIAL:
        return law->a * exponential_at(u);
    case FAMILY_LOGNORMAL:
        return exp(law->a + law->b * normal_at(u));
    case FAMILY_WEIBULL:
        return law->b * pow(exponential_at(u), 1 / law->a);
    case FAMILY_GAMMA:
    case FAMILY_PERT:
        break;
    }
    return marched(law, march, u);
}

/* The cubic through the values at the Chebyshev nodes (1 - cos((2 i + 1) pi / 8)) / 2 of 0..1:
 * coefficients of Chebyshev's polynomials, written out in powers of t. */
static void fit(const double value[4], double c[4])
{
    const double cos_1 = 0.92387953251128675613, cos_2 = 0.70710678118654752440,
                 cos_3 = 0.38268343236508977173;
    double outer = value[3] - value[0], inner = value[2] - value[1];
    double a0 = (value[0] + value[1] + value[2] + value[3]) / 4;
    double a1 = (cos_1 * outer + cos_3 * inner) / 2;
    double a2 = cos_2 * (value[0] - value[1] - value[2] + value[3]) / 2;
    double a3 = (cos_3 * outer - cos_1 * inner) / 2;
    c[0] = a0 - a1 + a2 - a3;
    c[1] = 2 * a1 - 8 * a2 + 18 * a3;
    c[2] = 8 * a2 - 48 * a3;
    c[3] = 32 * a3;
}

/* What a table keeps of a value. */
static double kept(double exact)
{
    return (double)(float)(exact > AT_MOST_MIN ? AT_MOST_MIN : exact);
}

static void fill_half(const struct law *law, struct march march, double (*piece)[4], bool upper)
{
    const double node[4] = {0.03806023374435662, 0.30865828381745511, 0.69134171618254489,
                            0.96193976625564338};
    for (int i = SHAPE_HALF - 1; i >= 0; i--) { /* from the median outward */
        struct span span = shape_span(i);
        double      value[4];
        for (int k = 3; k >= 0; k--) {
            double         tail = span.start + span.width * node[k];
            struct uniform u =
                upper ? (struct uniform){1 - tail, tail} : (struct uniform){tail, 1 - tail};
            value[k] = kept(value_of(law, &march, conditioned(law, u)));
        }
        fit(value, piece[i]);
    }
}

static bool is_bounded(const struct law *law)
{
    return law->least.below > 0 || law->least.above < 1 || law->most.below < 1 ||
           law->most.above > 0;
}

/* fill_half for a lognormal without bounds, from the nodes that all of them share. */
static void fill_lognormal_half(const struct law *law, double (*piece)[4], bool upper)
{
    for (int i = 0; i < SHAPE_HALF; i++) {
        double value[4];
        for (int k = 0; k < 4; k++) {
            double z = upper ? -normal_nodes[i][k] : normal_nodes[i][k];
            value[k] = kept(exp(law->a + law->b * z));
        }
        fit(value, piece[i]);
    }
}

/* The integral over the piece of the square of the cubic less a constant: the sum over i and k of
 * d[i] d[k] / (i + k + 1), row by row, with each division made once. */
static double square(const double c[4], double less)
{
    double d = c[0] - less, d01 = d * c[1] / 2, d02 = d * c[2] / 3, d03 = d * c[3] / 4,
           d12 = c[1] * c[2] / 4, d13 = c[1] * c[3] / 5, d23 = c[2] * c[3] / 6;
    return d * d + d01 + d02 + d03             /**/
           + d01 + c[1] * c[1] / 3 + d12 + d13 /**/
           + d02 + d12 + c[2] * c[2] / 5 + d23 /**/
           + d03 + d13 + d23 + c[3] * c[3] / 7;
}

/* Person-time summed from each end, and from it the mean and cv. */
static void measure(struct shape *shape)
{
    for (int half = 0; half < 2; half++) {
        double sum = SHAPE_EDGE * shape->piece[half * SHAPE_HALF][0];
        for (int i = 0; i < SHAPE_HALF; i++) {
            const double *c = shape->piece[half * SHAPE_HALF + i];
            sum += shape_span(i).width * (c[0] + c[1] / 2 + c[2] / 3 + c[3] / 4);
            shape->length[half * SHAPE_HALF + i] = sum;
        }
        shape->mean_min += sum;
    }
    double variance = 0;
    for (int half = 0; half < 2; half++) {
        double edge = shape->piece[half * SHAPE_HALF][0] - shape->mean_min;
        variance += SHAPE_EDGE * edge * edge;
        for (int i = 0; i < SHAPE_HALF; i++)
            variance +=
                shape_span(i).width * square(shape->piece[half * SHAPE_HALF + i], shape->mean_min);
    }
    shape->cv = sqrt(variance) / shape->mean_min;
}

static const struct shape *make_table(struct arena *arena, const struct law *law)
{
    struct shape *shape = arena_new(arena, struct shape, 1);
    shape->kind = SHAPE_TABLE;
    shape->piece = arena_take(arena, 2 * SHAPE_HALF, sizeof shape->piece[0]);
    shape->length = arena_new(arena, double, 2 * SHAPE_HALF);
    struct march march = {0};
    if (marches(law)) {
        struct uniform median = conditioned(law, (struct uniform){0.5, 0.5});
        march = (struct march){start_of_march(law, median), median};
    }
    for (int upper = 0; upper < 2; upper++)
        if (law->family == FAMILY_LOGNORMAL && !is_bounded(law))
            fill_lognormal_half(law, shape->piece + upper * SHAPE_HALF, upper);
        else
            fill_half(law, march, shape->piece + upper * SHAPE_HALF, upper);
    measure(shape);
    shape->unbounded_mean_min = mean_of(law);
    return shape;
}

/* -- from the specification to a law */

enum { MEAN = 1, CV = 2, MEDIAN = 4, SHAPE = 8, SCALE = 16, MU = 32, SIGMA = 64, LOW = 128 };
enum { LIKELY = 256, HIGH = 512 };

static const struct {
    const char *name;
    size_t      offset;
    unsigned    bit;
    double      least, most; /* mu may be any number, the others are 0 or more */
    const char *range;
} parameters[] = {
    {"mean", offsetof(struct shape_spec, mean), MEAN, 1e-6, AT_MOST_MIN,
     "must be above 0 and at most 105120000 minutes (200 years)"},
    {"cv", offsetof(struct shape_spec, cv), CV, CV_LEAST, CV_MOST,
     "must be above 0: from 0.01 to 10"},
    {"median", offsetof(struct shape_spec, median), MEDIAN, 1e-6, AT_MOST_MIN,
     "must be above 0 and at most 105120000 minutes (200 years)"},
    {"shape", offsetof(struct shape_spec, shape), SHAPE, 0.01, 10000,
     "must be above 0: from 0.01 to 10000"},
    {"scale", offsetof(struct shape_spec, scale), SCALE, 1e-12, 1e12,
     "must be above 0 and at most 1e12 minutes"},
    {"mu", offsetof(struct shape_spec, mu), MU, -20, 20,
     "must lie between -20 and 20 (the logarithm of minutes)"},
    {"sigma", offsetof(struct shape_spec, sigma), SIGMA, 0.01, 3,
     "must be above 0: from 0.01 to 3"},
    {"low", offsetof(struct shape_spec, low), LOW, 0, AT_MOST_MIN,
     "must lie between 0 and 105120000 minutes (200 years)"},
    {"likely", offsetof(struct shape_spec, likely), LIKELY, 0, AT_MOST_MIN,
     "must lie between 0 and 105120000 minutes (200 years)"},
    {"high", offsetof(struct shape_spec, high), HIGH, 0, AT_MOST_MIN,
     "must lie between 0 and 105120000 minutes (200 years)"},
};

static const struct {
    const char *takes;
    unsigned    ways[3];
} families[] = {
    [FAMILY_EXPONENTIAL] = {"an exponential takes mean", {MEAN}},
    [FAMILY_GAMMA] = {"a gamma takes mean and cv, or median and cv, or shape and scale",
                      {MEAN | CV, MEDIAN | CV, SHAPE | SCALE}},
    [FAMILY_LOGNORMAL] = {"a lognormal takes mean and cv, or median and cv, or mu and sigma",
                          {MEAN | CV, MEDIAN | CV, MU | SIGMA}},
    [FAMILY_WEIBULL] = {"a Weibull takes mean and cv, or median and cv, or shape and scale",
                        {MEAN | CV, MEDIAN | CV, SHAPE | SCALE}},
    [FAMILY_PERT] = {"a PERT takes low, likely and high", {LOW | LIKELY | HIGH}},
};

/* The parameters given, as bits. false: one is out of range. */
static bool read_given(const struct shape_spec *spec, unsigned *bits, char why[200])
{
    *bits = 0;
    for (size_t i = 0; i < sizeof parameters / sizeof parameters[0]; i++) {
        double value = *(const double *)(const void *)((const char *)spec + parameters[i].offset);
        if (isnan(value))
            continue;
        if (!(value >= parameters[i].least && value <= parameters[i].most))
            return shape_refuse(why, "%s is %g; it %s", parameters[i].name, value,
                                parameters[i].range);
        *bits |= parameters[i].bit;
    }
    return true;
}

static bool check_parameters(const struct shape_spec *spec, unsigned bits, char why[200])
{
    const unsigned *ways = families[spec->family].ways;
    if (bits == 0 || (bits != ways[0] && bits != ways[1] && bits != ways[2]))
        return shape_refuse(why, "%s, and nothing else", families[spec->family].takes);
    if (spec->family != FAMILY_PERT)
        return true;
    if (spec->low > spec->likely || spec->likely > spec->high || spec->low >= spec->high)
        return shape_refuse(
            why, "low is %g, likely %g, high %g; they must not fall, and low must be below high",
            spec->low, spec->likely, spec->high);
    return true;
}

static struct law gamma_law(const struct shape_spec *spec, unsigned bits)
{
    struct law law = {.family = FAMILY_GAMMA, .a = spec->shape, .b = spec->scale};
    if (bits & CV)
        law.a = 1 / (spec->cv * spec->cv);
    law.log_norm = gsl_sf_lngamma(law.a);
    if (bits & MEAN)
        law.b = spec->mean / law.a;
    if (bits & MEDIAN)
        law.b = spec->median / start_of_march(&law, (struct uniform){0.5, 0.5}).up;
    return law;
}

static struct law lognormal_law(const struct shape_spec *spec, unsigned bits)
{
    struct law law = {.family = FAMILY_LOGNORMAL, .a = spec->mu, .b = spec->sigma};
    if (bits & CV)
        law.b = sqrt(log1p(spec->cv * spec->cv));
    if (bits & MEAN)
        law.a = log(spec->mean) - law.b * law.b / 2;
    if (bits & MEDIAN)
        law.a = log(spec->median);
    return law;
}

static struct law weibull_law(const struct shape_spec *spec, unsigned bits)
{
    struct law law = {.family = FAMILY_WEIBULL, .a = spec->shape, .b = spec->scale};
    if (bits & CV)
        law.a = weibull_shape(spec->cv);
    if (bits & MEAN)
        law.b = spec->mean / tgamma(1 + 1 / law.a);
    if (bits & MEDIAN)
        law.b = spec->median / exp(LN_LN_2 / law.a);
    return law;
}

static struct law pert_law(const struct shape_spec *spec)
{
    double     width = spec->high - spec->low;
    struct law law = {.family = FAMILY_PERT, .low = spec->low, .width = width};
    law.a = 1 + 4 * (spec->likely - spec->low) / width;
    law.b = 1 + 4 * (spec->high - spec->likely) / width;
    law.log_norm = gsl_sf_lnbeta(law.a, law.b);
    return law;
}

static struct law law_of(const struct shape_spec *spec, unsigned bits)
{
    switch (spec->family) {
    case FAMILY_EXPONENTIAL:
        return (struct law){.family = FAMILY_EXPONENTIAL, .a = spec->mean};
    case FAMILY_GAMMA:
        return gamma_law(spec, bits);
    case FAMILY_LOGNORMAL:
        return lognormal_law(spec, bits);
    case FAMILY_WEIBULL:
        return weibull_law(spec, bits);
    case FAMILY_PERT:
        break;
    }
    return pert_law(spec);
}

/* Own parameters may give a mean or a cv that mean and cv themselves could not. */
static bool check_law(const struct law *law, char why[200])
{
    double mean = mean_of(law), cv = cv_of(law);
    if (!(mean > 0 && mean <= AT_MOST_MIN))
        return shape_refuse(
            why,
            "the mean would be %g minutes; it must be above 0 and at most 105120000 "
            "minutes (200 years)",
            mean);
    if (law->family != FAMILY_PERT && !(cv > 0.99 * CV_LEAST && cv < 1.01 * CV_MOST))
        return shape_refuse(why, "the cv would be %g; it must lie between 0.01 and 10", cv);
    return true;
}

/* -- bounds */

static bool bound_law(struct law *law, const struct shape_spec *spec, char why[200])
{
    struct shape_bounds bounds;
    if (!shape_read_bounds(spec->at_least, spec->at_most, &bounds, why))
        return false;
    law->least = tails_of(law, bounds.least);
    law->most = isinf(bounds.most) ? (struct uniform){1, 0} : tails_of(law, bounds.most);
    bool upper = law->least.above < 0.5;
    return shape_check_mass(
        upper ? law->least.above - law->most.above : law->most.below - law->least.below, why);
}

struct shape_spec shape_spec_empty(void)
{
    return (struct shape_spec){.mean = NAN,
                               .cv = NAN,
                               .median = NAN,
                               .shape = NAN,
                               .scale = NAN,
                               .mu = NAN,
                               .sigma = NAN,
                               .low = NAN,
                               .likely = NAN,
                               .high = NAN,
                               .at_least = NAN,
                               .at_most = NAN};
}

const struct shape *shape_make_smooth(struct arena *arena, const struct shape_spec *spec,
                                      char why[200])
{
    gsl_set_error_handler_off(); /* an underflow in a far tail is no reason to stop */
    unsigned bits;
    if (!read_given(spec, &bits, why) || !check_parameters(spec, bits, why))
        return NULL;
    struct law law = law_of(spec, bits);
    if (!check_law(&law, why) || !bound_law(&law, spec, why))
        return NULL;
    return make_table(arena, &law);
}
