#include "sim/shape.h"

#include <string.h>

#define AT_MOST_MIN ((double)DURATION_AT_MOST)

/* A tail x 2^53 is an odd integer for a drawn n; its exponent and the three bits below it number
 * the pieces from the edge inward. */
#define EDGE53 (SHAPE_EDGE * 0x1p53)
#define BEYOND53 0x1.fffffffffffffp51 /* the last double below 1/2 x 2^53 */
#define PIECE_SHIFT 49                /* 52 bits of mantissa less the three of the piece */
#define EDGE_EXPONENT (1023 + 12)
#define FIRST_PIECE ((uint64_t)EDGE_EXPONENT * SHAPE_PIECES)
#define BITS_OF_ONE ((uint64_t)1023 << 52)

static inline double cubic(const double c[4], double t)
{
    return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
}

static inline double cut(double value, double low, double high)
{
    double raised = value > low ? value : low;
    return raised < high ? raised : high;
}

/* The value where the tail (of u, or of 1 - u when `upper` is 1) is tail53 / 2^53, below 1/2. */
static inline double table_value(const struct shape *shape, double tail53, uint64_t upper)
{
    double   x = tail53 > EDGE53 ? tail53 : EDGE53;
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    uint64_t piece = (bits >> PIECE_SHIFT) - FIRST_PIECE + upper * SHAPE_HALF;
    bits = (bits << (64 - PIECE_SHIFT) >> 12) | BITS_OF_ONE;
    double t;
    memcpy(&t, &bits, sizeof t);
    return cubic(shape->piece[piece], t - 1.0);
}

static inline double table_drawn(const struct shape *shape, uint64_t n)
{
    uint64_t upper = n >> 51;
    uint64_t m = (n ^ -upper) & (((uint64_t)1 << 52) - 1);
    return table_value(shape, (double)(int64_t)(2 * m + 1), upper);
}

static double table_at(const struct shape *shape, struct uniform u)
{
    bool   upper = u.above < u.below;
    double tail53 = (upper ? u.above : u.below) * 0x1p53;
    return table_value(shape, tail53 < BEYOND53 ? tail53 : BEYOND53, upper);
}

static double knots_at(const struct shape *shape, double u)
{
    int           i = uniform_first_above(shape->share + 1, shape->count - 1, u);
    const double *share = shape->share + i, *value = shape->value_min + i;
    return value[0] + (u - share[0]) / (share[1] - share[0]) * (value[1] - value[0]);
}

static double steps_at(const struct shape *shape, double u)
{
    return shape->value_min[uniform_first_above(shape->share, shape->count, u)];
}

/* u rescaled within low .. high. Each difference is taken at the side where 1 - x is exact, so that
 * both tails stay exact to the last bit. */
static struct uniform within(struct uniform u, double low, double high)
{
    double width = high - low;
    double below = low > 0.5 ? (1 - low) - u.above : u.below - low;
    double above = high > 0.5 ? u.above - (1 - high) : high - u.below;
    return (struct uniform){below / width, above / width};
}

/* The part of a mixture that u falls in, `sum` rising to 1; u becomes the uniform within it. */
static const struct shape *choose(const struct shape *shape, const double *sum, struct uniform *u)
{
    int i = uniform_first_above(sum, shape->count, u->below);
    *u = within(*u, i > 0 ? sum[i - 1] : 0.0, sum[i]);
    return shape->part[i];
}

static double value_at(const struct shape *shape, struct uniform u)
{
    switch (shape->kind) {
    case SHAPE_FIXED:
        return shape->fixed_min;
    case SHAPE_TABLE:
        return table_at(shape, u);
    case SHAPE_KNOTS:
        return knots_at(shape, u.below);
    case SHAPE_STEPS:
        return steps_at(shape, u.below);
    case SHAPE_MIXTURE:
        break;
    }
    const struct shape *part = choose(shape, shape->share, &u);
    return value_at(part, u);
}

double shape_quantile(const struct shape *shape, struct uniform u)
{
    return cut(value_at(shape, u), 0.0, AT_MOST_MIN);
}

static inline double drawn(const struct shape *shape, uint64_t n)
{
    return shape->kind == SHAPE_TABLE ? table_drawn(shape, n) : value_at(shape, uniform_of(n));
}

double shape_draw(const struct shape *shape, uint64_t n)
{
    return cut(drawn(shape, n), 0.0, AT_MOST_MIN);
}

int64_t shape_draw_min(const struct shape *shape, uint64_t n)
{
    return (int64_t)(cut(drawn(shape, n), 1.0, AT_MOST_MIN) + 0.5);
}

/* -- the inverse */

static double quartic(const double p[5], double t)
{
    return p[0] + t * (p[1] + t * (p[2] + t * (p[3] + t * p[4])));
}

static double quartic_slope(const double p[5], double t)
{
    return p[1] + t * (2 * p[2] + t * (3 * p[3] + t * 4 * p[4]));
}

/* Half the second derivative. */
static double quartic_bend(const double p[5], double t)
{
    return p[2] + t * (3 * p[3] + t * 6 * p[4]);
}

/* About where in 0..1 a rising polynomial reaches the target: a parabola, for t by value, through
 * both ends with the slope at 0. */
static double crossing_near(const double p[5], double target)
{
    double rise = p[1] + p[2] + p[3] + p[4];
    double share = (target - p[0]) / rise, skew = rise / p[1];
    double t = share * (skew + share * (1 - skew));
    return t > 0 && t < 1 ? t : 0.5;
}

/* Where in 0..1 a rising polynomial reaches the target; the nearer end when it does not. Newton
 * with Chebyshev's term, kept in a bracket that shrinks, since a cubic may have a flat end. */
static double crossing(const double p[5], double target)
{
    double low = 0, high = 1, t = crossing_near(p, target);
    for (int round = 0; round < 100 && high - low > 0x1p-53; round++) {
        double excess = quartic(p, t) - target, inverse = 1 / quartic_slope(p, t);
        double step = excess * inverse;
        step += step * step * inverse * quartic_bend(p, t);
        if (step * step < 0x1p-26) /* the error left is about its third power */
            return cut(t - step, 0, 1);
        if (excess < 0)
            low = t;
        else
            high = t;
        t = t - step;
        if (!(t > low && t < high))
            t = low + (high - low) / 2;
    }
    return t;
}

static struct uniform table_position(const struct shape *shape, double value_min)
{
    bool   upper = value_min > cubic(shape->piece[SHAPE_HALF - 1], 1.0);
    double sign = upper ? -1 : 1; /* in the upper half values fall with t */
    const double(*half)[4] = (const double(*)[4])shape->piece + (upper ? SHAPE_HALF : 0);
    if (upper ? value_min >= half[0][0] : value_min < half[0][0])
        return upper ? (struct uniform){1, 0} : (struct uniform){0, 1};

    int low = 0, high = SHAPE_HALF - 1; /* the last piece that starts at the value or before */
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (sign * half[middle][0] <= sign * value_min)
            low = middle;
        else
            high = middle - 1;
    }
    const double *c = half[low];
    const double  p[5] = {sign * c[0], sign * c[1], sign * c[2], sign * c[3], 0};
    struct span   span = shape_span(low);
    double        tail = span.start + span.width * crossing(p, sign * value_min);
    return upper ? (struct uniform){1 - tail, tail} : (struct uniform){tail, 1 - tail};
}

static struct uniform knots_position(const struct shape *shape, double value_min)
{
    int last = shape->count - 1;
    if (value_min < shape->value_min[0])
        return (struct uniform){0, 1};
    if (value_min >= shape->value_min[last])
        return (struct uniform){1, 0};
    int           i = uniform_first_above(shape->value_min + 1, last, value_min);
    const double *share = shape->share + i, *value = shape->value_min + i;
    double        done = (value_min - value[0]) / (value[1] - value[0]);
    double        todo = (value[1] - value_min) / (value[1] - value[0]);
    double        width = share[1] - share[0];
    return (struct uniform){share[0] + done * width, (1 - share[1]) + todo * width};
}

static struct uniform steps_position(const struct shape *shape, double value_min)
{
    if (value_min < shape->value_min[0])
        return (struct uniform){0, 1};
    if (value_min >= shape->value_min[shape->count - 1])
        return (struct uniform){1, 0};
    double below = shape->share[uniform_first_above(shape->value_min, shape->count, value_min) - 1];
    return (struct uniform){below, 1 - below};
}

static double weight(const struct shape *shape, int part)
{
    return shape->share[part] - (part > 0 ? shape->share[part - 1] : 0.0);
}

/* The share of draws at or below the value, and above it. */
static struct uniform position(const struct shape *shape, double value_min)
{
    switch (shape->kind) {
    case SHAPE_FIXED:
        return value_min < shape->fixed_min ? (struct uniform){0, 1} : (struct uniform){1, 0};
    case SHAPE_TABLE:
        return table_position(shape, value_min);
    case SHAPE_KNOTS:
        return knots_position(shape, value_min);
    case SHAPE_STEPS:
        return steps_position(shape, value_min);
    case SHAPE_MIXTURE:
        break;
    }
    struct uniform sum = {0, 0};
    for (int i = 0; i < shape->count; i++) {
        struct uniform part = position(shape->part[i], value_min);
        sum.below += weight(shape, i) * part.below;
        sum.above += weight(shape, i) * part.above;
    }
    return sum;
}

double shape_share_below(const struct shape *shape, double value_min)
{
    return position(shape, value_min).below;
}

static double part_given_elapsed(const struct shape *shape, double elapsed_min, struct uniform u)
{
    struct uniform at = position(shape, elapsed_min);
    if (at.above <= 0)
        return elapsed_min;
    struct uniform beyond = {at.below + at.above * u.below, at.above * u.above};
    double         value = shape_quantile(shape, beyond);
    return value > elapsed_min ? value : elapsed_min;
}

/* The value of a mixture need not rise with u, so the part is chosen first, by what of each is
 * left.
 */
static double mixture_given_elapsed(const struct shape *shape, double elapsed_min, struct uniform u)
{
    double left = position(shape, elapsed_min).above;
    if (left <= 0)
        return elapsed_min;
    int    chosen = 0;
    double low = 0, high = 0;
    for (int i = 0; i < shape->count && u.below >= high; i++) {
        double share = weight(shape, i) * position(shape->part[i], elapsed_min).above / left;
        if (share <= 0)
            continue;
        chosen = i;
        low = high;
        high += share;
    }
    return part_given_elapsed(shape->part[chosen], elapsed_min, within(u, low, high));
}

double shape_given_elapsed(const struct shape *shape, double elapsed_min, struct uniform u)
{
    return shape->kind == SHAPE_MIXTURE ? mixture_given_elapsed(shape, elapsed_min, u)
                                        : part_given_elapsed(shape, elapsed_min, u);
}

/* -- stays in progress */

/* The value where the person-time within a piece, `before` at its start, reaches the target. */
static double reached(const double c[4], double before, double width, double target)
{
    const double p[5] = {before, width * c[0], width * c[1] / 2, width * c[2] / 3,
                         width * c[3] / 4};
    return cubic(c, crossing(p, target));
}

/* Each half is summed from its own end, so v near 0 and near 1 are as exact as in the middle. */
static double table_in_progress(const struct shape *shape, struct uniform v)
{
    double        lower_half = shape->length[SHAPE_HALF - 1];
    double        total = lower_half + shape->length[2 * SHAPE_HALF - 1];
    bool          upper = v.below * total > lower_half;
    double        target = (upper ? v.above : v.below) * total;
    int           from = upper ? SHAPE_HALF : 0;
    const double *length = shape->length + from;
    int           i = uniform_first_above(length, SHAPE_HALF, target);
    const double *c = shape->piece[from + i];
    double        before = i > 0 ? length[i - 1] : SHAPE_EDGE * c[0];
    return reached(c, before, shape_span(i).width, target);
}

static double knots_in_progress(const struct shape *shape, struct uniform v)
{
    int           segments = shape->count - 1;
    double        target = v.below * shape->length[segments - 1];
    int           i = uniform_first_above(shape->length, segments, target);
    const double *value = shape->value_min + i;
    const double  line[4] = {value[0], value[1] - value[0], 0, 0};
    double        before = i > 0 ? shape->length[i - 1] : 0.0;
    return reached(line, before, shape->share[i + 1] - shape->share[i], target);
}

static double steps_in_progress(const struct shape *shape, struct uniform v)
{
    double target = v.below * shape->length[shape->count - 1];
    return shape->value_min[uniform_first_above(shape->length, shape->count, target)];
}

double shape_in_progress(const struct shape *shape, struct uniform v)
{
    switch (shape->kind) {
    case SHAPE_FIXED:
        return shape->fixed_min;
    case SHAPE_TABLE:
        return cut(table_in_progress(shape, v), 0.0, AT_MOST_MIN);
    case SHAPE_KNOTS:
        return knots_in_progress(shape, v);
    case SHAPE_STEPS:
        return steps_in_progress(shape, v);
    case SHAPE_MIXTURE:
        break;
    }
    const struct shape *part = choose(shape, shape->length, &v);
    return shape_in_progress(part, v);
}
