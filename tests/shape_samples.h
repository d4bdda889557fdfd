/* Samples and comparisons that the tests of shapes share. */
#ifndef CELSIM_TESTS_SHAPE_SAMPLES_H
#define CELSIM_TESTS_SHAPE_SAMPLES_H

#include <criterion/criterion.h>
#include <math.h>

#include "sim/shape.h"

#define DAY 1440.0
#define LAST_N (((uint64_t)1 << 52) - 1)

static inline struct uniform at(double tail, bool upper)
{
    return upper ? (struct uniform){1 - tail, tail} : (struct uniform){tail, 1 - tail};
}

static inline struct arena room(void)
{
    static struct errors errors;
    struct arena         arena;
    cr_assert(arena_open(&arena, (size_t)1 << 26, &errors));
    return arena;
}

static inline struct shape_spec spec_of(enum shape_family family)
{
    return (struct shape_spec){family, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

static inline struct shape_spec mean_cv(enum shape_family family, double mean, double cv)
{
    struct shape_spec spec = spec_of(family);
    spec.mean = mean;
    spec.cv = cv;
    return spec;
}

static inline struct shape_spec pert(double low, double likely, double high)
{
    struct shape_spec spec = spec_of(FAMILY_PERT);
    spec.low = low;
    spec.likely = likely;
    spec.high = high;
    return spec;
}

static inline const struct shape *smooth(struct arena *arena, struct shape_spec spec)
{
    char                why[200] = "";
    const struct shape *shape = shape_make_smooth(arena, &spec, why);
    cr_assert(shape != NULL, "%s", why);
    return shape;
}

static inline void near(const char *what, double value, double expected, double relative)
{
    cr_assert(fabs(value - expected) <= relative * fabs(expected), "%s: %.12g, expected %.12g",
              what, value, expected);
}

static inline const struct shape *knots(struct arena *arena, double at_least, double at_most)
{
    const double        share[] = {0, 0.5, 1}, value[] = {0, 100, 300};
    char                why[200] = "";
    const struct shape *shape = shape_make_knots(arena, 3, share, value, at_least, at_most, why);
    cr_assert(shape != NULL, "%s", why);
    return shape;
}

static inline const struct shape *remand_steps(struct arena *arena)
{
    const double point[] = {14 * DAY, 44 * DAY, 74 * DAY, 104 * DAY};
    const double chance[] = {0.15, 0.10, 0.15, 0.25};
    char         why[200];
    return shape_make_steps(arena, 4, point, chance, 90 * DAY, 0.5, why);
}

#endif
