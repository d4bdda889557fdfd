#include "sim/shape.h"

/* -- writing */

static void write_pieces(const struct shape *shape, FILE *out)
{
    for (int half = 0; half < 2; half++)
        for (int octave = 0; octave < SHAPE_OCTAVES; octave++)
            for (int i = 0; i < SHAPE_PIECES; i++) {
                int row = half * SHAPE_HALF + (SHAPE_OCTAVES - 1 - octave) * SHAPE_PIECES + i;
                const double *c = shape->piece[row];
                fprintf(out, "%a %a %a %a\n", c[0], c[1], c[2], c[3]);
            }
}

static void write_points(const struct shape *shape, FILE *out)
{
    for (int i = 0; i < shape->count; i++)
        fprintf(out, "%a %a\n", shape->share[i], shape->value_min[i]);
}

static void write_parts(const struct shape *shape, FILE *out)
{
    for (int i = 0; i < shape->count; i++) {
        fprintf(out, "part %a\n", shape->share[i]);
        shape_write(shape->part[i], out);
    }
}

void shape_write(const struct shape *shape, FILE *out)
{
    switch (shape->kind) {
    case SHAPE_FIXED:
        fprintf(out, "shape fixed 1\n%a\n", shape->fixed_min);
        return;
    case SHAPE_TABLE:
        fprintf(out, "shape table %d\n", 2 * SHAPE_HALF);
        write_pieces(shape, out);
        return;
    case SHAPE_KNOTS:
        fprintf(out, "shape knots %d\n", shape->count);
        write_points(shape, out);
        return;
    case SHAPE_STEPS:
        fprintf(out, "shape steps %d\n", shape->count);
        write_points(shape, out);
        return;
    case SHAPE_MIXTURE:
        fprintf(out, "shape mixture %d\n", shape->count);
        write_parts(shape, out);
        return;
    }
}
