#include "models/spell.h"

#include <math.h>
#include <stdlib.h>

#define PARTS_OF_PIECE 8     /* of a table */
#define PARTS_OF_SEGMENT 256 /* between two knots */

int spell_room(const struct shape *shape)
{
    int room = 0;
    switch (shape->kind) {
    case SHAPE_FIXED:
        return 1;
    case SHAPE_TABLE:
        return 2 * (SHAPE_HALF * PARTS_OF_PIECE + 1);
    case SHAPE_KNOTS:
        return (shape->count - 1) * PARTS_OF_SEGMENT;
    case SHAPE_STEPS:
        return shape->count;
    case SHAPE_MIXTURE:
        break;
    }
    for (int i = 0; i < shape->count; i++)
        room += spell_room(shape->part[i]);
    return room;
}

static void add(struct spell *spell, double weight, double min)
{
    if (weight > 0)
        spell->point[spell->count++] = (struct point){weight, min, min * min};
}

static struct uniform tail_at(double tail, bool upper)
{
    return upper ? (struct uniform){1 - tail, tail} : (struct uniform){tail, 1 - tail};
}

/* The middle of each part; the table is smooth and its pieces are narrow. */
static void add_table(const struct shape *shape, double weight, struct spell *spell)
{
    for (int half = 0; half < 2; half++) {
        add(spell, weight * SHAPE_EDGE, shape_quantile(shape, tail_at(SHAPE_EDGE, half)));
        for (int piece = 0; piece < SHAPE_HALF; piece++) {
            struct span span = shape_span(piece);
            double      width = span.width / PARTS_OF_PIECE;
            for (int i = 0; i < PARTS_OF_PIECE; i++)
                add(spell, weight * width,
                    shape_quantile(shape, tail_at(span.start + (i + 0.5) * width, half)));
        }
    }
}

static void add_knots(const struct shape *shape, double weight, struct spell *spell)
{
    for (int k = 1; k < shape->count; k++) {
        double share = (shape->share[k] - shape->share[k - 1]) / PARTS_OF_SEGMENT;
        double from = shape->value_min[k - 1], rise = shape->value_min[k] - from;
        for (int i = 0; i < PARTS_OF_SEGMENT; i++)
            add(spell, weight * share, from + rise * (i + 0.5) / PARTS_OF_SEGMENT);
    }
}

static void add_shape(const struct shape *shape, double weight, struct spell *spell)
{
    switch (shape->kind) {
    case SHAPE_FIXED:
        add(spell, weight, shape->fixed_min);
        return;
    case SHAPE_TABLE:
        add_table(shape, weight, spell);
        return;
    case SHAPE_KNOTS:
        add_knots(shape, weight, spell);
        return;
    case SHAPE_STEPS:
        for (int i = 0; i < shape->count; i++)
            add(spell, weight * (shape->share[i] - (i > 0 ? shape->share[i - 1] : 0)),
                shape->value_min[i]);
        return;
    case SHAPE_MIXTURE:
        break;
    }
    for (int i = 0; i < shape->count; i++)
        add_shape(shape->part[i], weight * (shape->share[i] - (i > 0 ? shape->share[i - 1] : 0)),
                  spell);
}

void spell_of_shape(const struct shape *shape, struct spell *spell)
{
    spell->count = 0;
    add_shape(shape, 1, spell);
}

void spell_to_serve(const struct status *status, double granted_share, const struct spell *sentence,
                    struct spell *served)
{
    served->count = 0;
    for (int i = 0; i < sentence->count; i++) {
        struct point point = sentence->point[i];
        int64_t      whole_min = (int64_t)(point.min + 0.5);
        add(served, point.weight * granted_share,
            (double)status_to_serve_min(status, whole_min, true));
        add(served, point.weight * (1 - granted_share), point.min);
    }
}

static int by_min(const void *a, const void *b)
{
    const struct point *one = a, *other = b;
    return (one->min > other->min) - (one->min < other->min);
}

void spell_cut(struct spell *spell, struct spell *cut)
{
    double total = 0, taken = 0; /* of the point at hand */
    int    at = 0;
    qsort(spell->point, (size_t)spell->count, sizeof *spell->point, by_min);
    for (int i = 0; i < spell->count; i++)
        total += spell->point[i].weight;
    for (cut->count = 0; cut->count < SPELL_POINTS; cut->count++) {
        double wanted = total / SPELL_POINTS, got = 0, sum = 0, square = 0;
        while (at < spell->count && got < wanted) {
            double left = spell->point[at].weight - taken, part = wanted - got;
            bool   is_used_up = left <= part;
            part = is_used_up ? left : part;
            got += part;
            sum += part * spell->point[at].min;
            square += part * spell->point[at].square;
            taken = is_used_up ? 0 : taken + part;
            at += is_used_up;
        }
        struct point last = spell->point[spell->count - 1]; /* where rounding left nothing */
        last.weight = 1.0 / SPELL_POINTS;
        cut->point[cut->count] =
            got > 0 ? (struct point){last.weight, sum / got, square / got} : last;
    }
}

struct moments spell_moments(const struct spell *spell)
{
    struct moments sum = {0, 0};
    for (int i = 0; i < spell->count; i++) {
        sum.mean += spell->point[i].weight * spell->point[i].min;
        sum.square += spell->point[i].weight * spell->point[i].square;
    }
    return sum;
}

struct moments spell_left(const struct spell *spell, const struct spell *before)
{
    struct moments sum = {0, 0};
    for (int i = 0; i < spell->count; i++)
        for (int b = 0; b < before->count && before->point[b].min < spell->point[i].min; b++) {
            const struct point *whole = &spell->point[i], *gone = &before->point[b];
            double              weight = whole->weight * gone->weight;
            sum.mean += weight * (whole->min - gone->min);
            sum.square += weight * (whole->square - 2 * whole->min * gone->min + gone->square);
        }
    return sum;
}

/* Of a point, to the second order of what it stands for. */
static double decay(double min, double variance, double rate_per_min)
{
    return exp(-rate_per_min * min) * (1 + rate_per_min * rate_per_min * variance / 2);
}

static double variance_of(const struct point *point)
{
    return point->square - point->min * point->min;
}

double spell_transform(const struct spell *spell, const struct spell *before, double rate_per_min)
{
    const struct point nothing = {.weight = 1};
    int                before_count = before ? before->count : 1;
    double             sum = 0;
    for (int i = 0; i < spell->count; i++)
        for (int b = 0; b < before_count; b++) {
            const struct point *whole = &spell->point[i];
            const struct point *gone = before ? &before->point[b] : &nothing;
            double              weight = whole->weight * gone->weight;
            bool                is_over = gone->min >= whole->min;
            sum += is_over ? weight
                           : weight * decay(whole->min - gone->min,
                                            variance_of(whole) + variance_of(gone), rate_per_min);
        }
    return sum;
}

/* Neighbours taken together. */
static int thin(const struct spell *spell, struct point *point)
{
    for (int i = 0; i < spell->count; i++) {
        struct point *to = &point[i / SPELL_TOGETHER];
        if (i % SPELL_TOGETHER == 0)
            *to = (struct point){SPELL_TOGETHER * spell->point[i].weight, 0, 0};
        to->min += spell->point[i].min / SPELL_TOGETHER;
        to->square += spell->point[i].square / SPELL_TOGETHER;
    }
    return spell->count / SPELL_TOGETHER;
}

static struct point sum_of(const struct point *a, const struct point *b)
{
    return (struct point){a->weight * b->weight, a->min + b->min,
                          a->square + 2 * a->min * b->min + b->square};
}

static struct point longer_of(const struct point *a, const struct point *b)
{
    const struct point *one = a->min > b->min ? a : b;
    return (struct point){a->weight * b->weight, one->min, one->square};
}

void spell_join(const struct spell *one, const struct spell *other, bool longer,
                struct spell *joined)
{
    struct point a[SPELL_POINTS / SPELL_TOGETHER], b[SPELL_POINTS / SPELL_TOGETHER];
    int          a_count = thin(one, a), b_count = thin(other, b);
    joined->count = 0;
    for (int i = 0; i < a_count; i++)
        for (int j = 0; j < b_count; j++)
            joined->point[joined->count++] =
                longer ? longer_of(&a[i], &b[j]) : sum_of(&a[i], &b[j]);
}
