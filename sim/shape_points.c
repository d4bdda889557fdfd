/* Making the shapes that are not tables, at load: fixed, knots, steps, mixtures. */
#include "sim/shape.h"

#include <math.h>
#include <stdarg.h>

#define AT_MOST_MIN ((double)DURATION_AT_MOST)
#define MASS_LEAST 1e-6    /* what bounds must leave of a shape */
#define LEFT_LEAST 0x1p-53 /* of a series of steps: no u lies nearer to 1 */
#define STEPS_MOST 100000

bool shape_refuse(char why[200], const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(why, 200, format, list);
    va_end(list);
    return false;
}

bool shape_read_bounds(double at_least, double at_most, struct shape_bounds *bounds, char why[200])
{
    bounds->least = at_least > 0 ? at_least : 0.0;
    bounds->most = isnan(at_most) ? HUGE_VAL : at_most;
    return bounds->least < bounds->most ||
           shape_refuse(why, "at_least is %g and at_most is %g; at_least must be below at_most",
                        bounds->least, bounds->most);
}

bool shape_check_mass(double mass, char why[200])
{
    return mass >= MASS_LEAST ||
           shape_refuse(why, "the bounds leave %g of the shape; they must leave 0.000001 or more",
                        fmax(mass, 0));
}

static struct shape *new_shape(struct arena *arena, enum shape_kind kind, int room)
{
    struct shape *shape = arena_new(arena, struct shape, 1);
    shape->kind = kind;
    shape->share = arena_new(arena, double, (size_t)room);
    shape->value_min = arena_new(arena, double, (size_t)room);
    shape->length = arena_new(arena, double, (size_t)room);
    return shape;
}

static void set_cv(struct shape *shape, double variance)
{
    shape->cv = shape->mean_min > 0 ? sqrt(variance) / shape->mean_min : 0;
}

const struct shape *shape_make_fixed(struct arena *arena, double value_min)
{
    if (!(value_min >= 0 && value_min <= AT_MOST_MIN))
        return NULL;
    struct shape *shape = arena_new(arena, struct shape, 1);
    *shape = (struct shape){.kind = SHAPE_FIXED,
                            .fixed_min = value_min,
                            .mean_min = value_min,
                            .unbounded_mean_min = value_min};
    return shape;
}

/* -- knots */

static bool check_knots(int count, const double *share, const double *value_min, char why[200])
{
    if (count < 2)
        return shape_refuse(why, "there are %d knots; there must be at least 2", count);
    if (share[0] != 0 || share[count - 1] != 1)
        return shape_refuse(why, "shares run from %g to %g; they must run from 0 to 1", share[0],
                            share[count - 1]);
    for (int i = 0; i < count; i++)
        if (!(value_min[i] >= 0 && value_min[i] <= AT_MOST_MIN))
            return shape_refuse(why,
                                "value %d is %g; it must lie between 0 and 105120000 minutes (200 "
                                "years)",
                                i + 1, value_min[i]);
    for (int i = 1; i < count; i++) {
        if (!(share[i] >= share[i - 1]))
            return shape_refuse(why, "share %d is %g after %g; shares must not fall", i + 1,
                                share[i], share[i - 1]);
        if (value_min[i] < value_min[i - 1])
            return shape_refuse(why, "value %d is %g after %g; values must not fall", i + 1,
                                value_min[i], value_min[i - 1]);
    }
    return true;
}

/* The share at a value within the segment that ends at knot i. */
static double share_within(const double *share, const double *value_min, int i, double value)
{
    return share[i - 1] + (value - value_min[i - 1]) / (value_min[i] - value_min[i - 1]) *
                              (share[i] - share[i - 1]);
}

/* The share strictly below a value: what lies exactly on a bound stays. */
static double share_before(int count, const double *share, const double *value_min, double value)
{
    if (value <= value_min[0])
        return 0;
    for (int i = 1; i < count; i++)
        if (value <= value_min[i])
            return share_within(share, value_min, i, value);
    return 1;
}

static double share_up_to(int count, const double *share, const double *value_min, double value)
{
    if (value < value_min[0])
        return 0;
    for (int i = 1; i < count; i++)
        if (value < value_min[i])
            return share_within(share, value_min, i, value);
    return 1;
}

/* A jump at u = 0 or 1 is never drawn: of equal knots at 0 the last counts, at 1 the first. */
static void add_knot(struct shape *shape, double share, double value_min)
{
    int last = shape->count - 1;
    if (last >= 0 && share >= 1 && shape->share[last] >= 1)
        return;
    if (last < 0 || share > 0)
        last = shape->count++;
    shape->share[last] = share;
    shape->value_min[last] = value_min;
}

static double mean_of_knots(int count, const double *share, const double *value_min)
{
    double sum = 0;
    for (int i = 1; i < count; i++)
        sum += (share[i] - share[i - 1]) * (value_min[i] + value_min[i - 1]) / 2;
    return sum;
}

static void measure_knots(struct shape *shape)
{
    const double *share = shape->share, *value = shape->value_min;
    shape->mean_min = mean_of_knots(shape->count, share, value);
    double length = 0, variance = 0;
    for (int i = 1; i < shape->count; i++) {
        double width = share[i] - share[i - 1];
        double from = value[i - 1] - shape->mean_min, to = value[i] - shape->mean_min;
        length += width * (value[i - 1] + value[i]) / 2;
        variance += width * (from * from + from * to + to * to) / 3;
        shape->length[i - 1] = length;
    }
    set_cv(shape, variance);
}

const struct shape *shape_make_knots(struct arena *arena, int count, const double *share,
                                     const double *value_min, double at_least, double at_most,
                                     char why[200])
{
    struct shape_bounds bounds;
    if (!check_knots(count, share, value_min, why) ||
        !shape_read_bounds(at_least, at_most, &bounds, why))
        return NULL;
    double from = share_before(count, share, value_min, bounds.least);
    double to = share_up_to(count, share, value_min, bounds.most);
    if (!shape_check_mass(to - from, why))
        return NULL;

    struct shape *shape = new_shape(arena, SHAPE_KNOTS, count + 2);
    if (bounds.least > value_min[0])
        add_knot(shape, 0, bounds.least);
    for (int i = 0; i < count; i++)
        if (value_min[i] >= bounds.least && value_min[i] <= bounds.most)
            add_knot(shape, (share[i] - from) / (to - from), value_min[i]);
    if (bounds.most < value_min[count - 1])
        add_knot(shape, 1, bounds.most);
    measure_knots(shape);
    shape->unbounded_mean_min = mean_of_knots(count, share, value_min);
    return shape;
}

/* -- steps */

static bool check_steps(int count, const double *point_min, const double *chance, double every_min,
                        double every_chance, char why[200])
{
    if (count < 1)
        return shape_refuse(why, "there are no points; there must be at least one");
    for (int i = 0; i < count; i++) {
        if (!(point_min[i] >= 0 && point_min[i] <= AT_MOST_MIN))
            return shape_refuse(why,
                                "point %d is at %g; it must lie between 0 and 105120000 minutes "
                                "(200 years)",
                                i + 1, point_min[i]);
        if (i > 0 && point_min[i] <= point_min[i - 1])
            return shape_refuse(why, "point %d is at %g after %g; points must rise", i + 1,
                                point_min[i], point_min[i - 1]);
        if (!(chance[i] >= 0 && chance[i] <= 1))
            return shape_refuse(why, "chance %d is %g; it must lie between 0 and 1", i + 1,
                                chance[i]);
    }
    if (every_min == 0)
        return chance[count - 1] == 1 ||
               shape_refuse(why, "the last chance is %g; without `every` it must be 1",
                            chance[count - 1]);
    if (!(every_min >= 1 && every_min <= AT_MOST_MIN))
        return shape_refuse(why, "every is %g minutes; it must be at least 1 and at most 200 years",
                            every_min);
    return (every_chance > 0 && every_chance <= 1) ||
           shape_refuse(why, "the chance of every is %g; it must be above 0 and at most 1",
                        every_chance);
}

/* How many points the series after the last has: until nobody is left, or to 200 years. */
static int series_count(double left, double from_min, double every_min, double every_chance)
{
    int count = 0;
    while (left > LEFT_LEAST && from_min + every_min <= AT_MOST_MIN && count <= STEPS_MOST) {
        from_min += every_min;
        left *= 1 - every_chance;
        count++;
    }
    return count;
}

static void add_step(struct shape *shape, double point_min, double chance, double *left)
{
    double before = shape->count > 0 ? shape->share[shape->count - 1] : 0.0;
    shape->share[shape->count] = before + *left * chance;
    shape->value_min[shape->count] = point_min;
    shape->count++;
    *left *= 1 - chance;
}

static void measure_steps(struct shape *shape)
{
    double before = 0, square = 0;
    for (int i = 0; i < shape->count; i++) {
        shape->mean_min += (shape->share[i] - before) * shape->value_min[i];
        shape->length[i] = shape->mean_min;
        before = shape->share[i];
    }
    before = 0;
    for (int i = 0; i < shape->count; i++) {
        double off = shape->value_min[i] - shape->mean_min;
        square += (shape->share[i] - before) * off * off;
        before = shape->share[i];
    }
    set_cv(shape, square);
    shape->unbounded_mean_min = shape->mean_min;
}

const struct shape *shape_make_steps(struct arena *arena, int count, const double *point_min,
                                     const double *chance, double every_min, double every_chance,
                                     char why[200])
{
    if (!check_steps(count, point_min, chance, every_min, every_chance, why))
        return NULL;
    double left = 1;
    for (int i = 0; i < count; i++)
        left *= 1 - chance[i];
    int more =
        every_min > 0 ? series_count(left, point_min[count - 1], every_min, every_chance) : 0;
    if (more > STEPS_MOST) {
        shape_refuse(why, "every %g minutes gives over %d points; longer steps are needed",
                     every_min, STEPS_MOST);
        return NULL;
    }

    struct shape *shape = new_shape(arena, SHAPE_STEPS, count + more);
    left = 1;
    for (int i = 0; i < count; i++)
        add_step(shape, point_min[i], chance[i], &left);
    for (int i = 0; i < more; i++)
        add_step(shape, shape->value_min[shape->count - 1] + every_min, every_chance, &left);
    shape->share[shape->count - 1] = 1;
    measure_steps(shape);
    return shape;
}

const struct shape *shape_make_other_chances(struct arena *arena, const struct shape *steps,
                                             double factor)
{
    struct shape *shape = new_shape(arena, SHAPE_STEPS, steps->count);
    double        before = 0, left = 1;
    for (int i = 0; i < steps->count; i++) {
        double chance = (steps->share[i] - before) / (1 - before) * factor;
        add_step(shape, steps->value_min[i], chance < 1 ? chance : 1, &left);
        before = steps->share[i];
    }
    shape->share[shape->count - 1] = 1;
    measure_steps(shape);
    return shape;
}

/* -- mixtures */

static bool check_mixture(int count, const double *share, const struct shape *const *part,
                          char why[200])
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        if (!(share[i] >= 0 && share[i] <= 1))
            return shape_refuse(why, "share %d is %g; it must lie between 0 and 1", i + 1,
                                share[i]);
        if (part[i]->kind == SHAPE_MIXTURE)
            return shape_refuse(why, "part %d is a mixture; a part may be any shape but a mixture",
                                i + 1);
        sum += share[i];
    }
    return fabs(sum - 1) <= 1e-9 ||
           shape_refuse(why, "the shares add up to %.12g; they must add up to 1", sum);
}

static void measure_mixture(struct shape *shape)
{
    double before = 0;
    for (int i = 0; i < shape->count; i++) {
        double share = shape->share[i] - before;
        before = shape->share[i];
        shape->mean_min += share * shape->part[i]->mean_min;
        shape->unbounded_mean_min += share * shape->part[i]->unbounded_mean_min;
        shape->length[i] = shape->mean_min;
    }
    before = 0;
    double variance = 0;
    for (int i = 0; i < shape->count; i++) {
        double mean = shape->part[i]->mean_min, sd = shape->part[i]->cv * mean;
        double off = mean - shape->mean_min;
        variance += (shape->share[i] - before) * (sd * sd + off * off);
        before = shape->share[i];
        if (shape->mean_min > 0)
            shape->length[i] /= shape->mean_min;
        else
            shape->length[i] = shape->share[i]; /* all 0 minutes: any order does */
    }
    set_cv(shape, variance);
}

const struct shape *shape_make_mixture(struct arena *arena, int count, const double *share,
                                       const struct shape *const *part, char why[200])
{
    if (!check_mixture(count, share, part, why))
        return NULL;
    struct shape *shape = new_shape(arena, SHAPE_MIXTURE, count);
    shape->part = arena_new(arena, const struct shape *, (size_t)count);
    double up_to = 0;
    for (int i = 0; i < count; i++) {
        if (share[i] == 0)
            continue;
        up_to += share[i];
        shape->share[shape->count] = up_to;
        shape->part[shape->count++] = part[i];
    }
    shape->share[shape->count - 1] = 1;
    measure_mixture(shape);
    return shape;
}
