/* Shapes: named distributions of a duration, drawn by one uniform through the quantile function.
 *
 * A smooth shape (exponential, gamma, lognormal, Weibull, PERT) becomes a table when the scenario
 * is loaded: 40 octaves of u from each end, 8 pieces an octave, a cubic through the four Chebyshev
 * nodes of each piece. Bands, CSV values and uniform are linear between knots; `steps` end at
 * decision points; a mixture rescales u within its component; fixed is one value. Values are
 * minutes. Making tables (libm, GSL) is in shape_make.c, making the other kinds in
 * shape_points.c; drawing (+ - x / only) in shape.c.
 */
#ifndef CELSIM_SIM_SHAPE_H
#define CELSIM_SIM_SHAPE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/arena.h"
#include "sim/date.h"
#include "sim/error.h"

#define SHAPE_OCTAVES 40
#define SHAPE_PIECES 8
#define SHAPE_HALF (SHAPE_OCTAVES * SHAPE_PIECES) /* pieces on each side of u = 1/2 */
#define SHAPE_EDGE 0x1p-41 /* 2^-(SHAPE_OCTAVES + 1): the least tail with a piece of its own */

enum shape_kind { SHAPE_FIXED, SHAPE_TABLE, SHAPE_KNOTS, SHAPE_STEPS, SHAPE_MIXTURE };

/* A uniform with both tails exact: below + above = 1. */
struct uniform {
    double below, above;
};

/* The uniform of rng_uniform52's n. */
static inline struct uniform uniform_of(uint64_t n)
{
    return (struct uniform){((double)n + 0.5) * 0x1p-52,
                            ((double)(((uint64_t)1 << 52) - 1 - n) + 0.5) * 0x1p-52};
}

/* The first i with u < sum[i] of cumulative shares; the last where there is none. count >= 1. By
 * halving without branches, which chance makes hard to foresee. */
static inline int uniform_first_above(const double *sum, int count, double u)
{
    int low = 0;
    while (count > 1) {
        int half = count / 2;
        low = sum[low + half - 1] <= u ? low + half : low;
        count -= half;
    }
    return low;
}

/* A table has SHAPE_HALF cubics for u below 1/2, then as many for 1 - u below 1/2. In each half the
 * outermost octave comes first, and t runs from 0 to 1 with the tail probability (u, or 1 - u).
 * Nearer to 0 or 1 than SHAPE_EDGE the value is that at the edge. */
struct shape {
    enum shape_kind kind;
    double          fixed_min;  /* FIXED */
    double (*piece)[4];         /* TABLE: 2 x SHAPE_HALF cubics c0 + c1 t + c2 t^2 + c3 t^3 */
    int                  count; /* KNOTS, STEPS, MIXTURE */
    double              *share; /* KNOTS: u at each knot, 0 .. 1; STEPS, MIXTURE: u up to here */
    double              *value_min;    /* KNOTS: value at each knot; STEPS: the decision point */
    const struct shape **part;         /* MIXTURE */
    double               mean_min, cv; /* of what is drawn, after bounds; from the table itself */
    double               unbounded_mean_min; /* before bounds */
    double *length; /* person-time, for shape_in_progress. TABLE: from u = 0, in the upper half from
                       u = 1, to the inner end of each piece; KNOTS: up to the end of each segment;
                       STEPS: up to each point; MIXTURE: up to each part, as a share of all */
};

/* The tail probabilities that a piece of a half covers. */
struct span {
    double start, width;
};

static inline struct span shape_span(int piece)
{
    double width = (double)((int64_t)1 << piece / SHAPE_PIECES) * (SHAPE_EDGE / SHAPE_PIECES);
    return (struct span){(SHAPE_PIECES + piece % SHAPE_PIECES) * width, width};
}

/* The value at u in minutes, at least 0, at most DURATION_AT_MOST. */
double shape_quantile(const struct shape *shape, struct uniform u);

/* The same at the uniform of n (rng_uniform52). Hot. */
double shape_draw(const struct shape *shape, uint64_t n);

/* The stay drawn by n (rng_uniform52): whole minutes, nearest, at least 1, at most
 * DURATION_AT_MOST. Hot. */
int64_t shape_draw_min(const struct shape *shape, uint64_t n);

/* A stay in progress, in equilibrium: the stay whose share of person-time below it is v
 * (length-biased). Minutes. */
double shape_in_progress(const struct shape *shape, struct uniform v);

/* The share of draws at or below `value_min`: the inverse of shape_quantile in the same table (of a
 * mixture, whose value need not rise with u, the weighted share of its parts). */
double shape_share_below(const struct shape *shape, double value_min);

/* The stay given that it exceeds `elapsed_min`: Q(F(a) + u (1 - F(a))), at least elapsed. In a
 * mixture u first chooses the part, by share x (1 - F(a)) of each. Minutes. */
double shape_given_elapsed(const struct shape *shape, double elapsed_min, struct uniform u);

/* Writes the table as text, for `celsim fields --table`, so that another program can draw the same.
 * Numbers are doubles in the hexadecimal of C (printf's %a; Python reads them by float.fromhex),
 * separated by one space. First `shape KIND COUNT`, then COUNT blocks:
 *
 *     shape fixed 1       VALUE
 *     shape table 640     C0 C1 C2 C3 a piece: lower half (u < 1/2), octave 0 (tail 1/4 .. 1/2)
 *                         pieces 0 .. 7, octave 1, .. octave 39; then the upper half likewise
 *     shape knots COUNT   SHARE VALUE
 *     shape steps COUNT   SHARE VALUE
 *     shape mixture COUNT a line `part SHARE`, then the part's own block, from its line `shape`
 *
 * Drawing by n (rng_uniform52), all in doubles, u = (n + 0.5) / 2^52, above = 1 - u, both exact:
 * table: tail = min(u, above); below 2^-41 it is 2^-41; octave o holds 2^-(o+2) <= tail <
 *     2^-(o+1); x = (tail x 2^(o+2) - 1) x 8, piece = floor(x), t = x - piece, and
 *     C0 + t (C1 + t (C2 + t C3));
 * knots: the first i with u < SHARE[i+1]: VALUE[i] + (u - SHARE[i]) / (SHARE[i+1] - SHARE[i]) x
 *     (VALUE[i+1] - VALUE[i]);
 * steps: the first i with u < SHARE[i]: VALUE[i];
 * mixture: the first i with u < SHARE[i], lo = SHARE[i-1] or 0, hi = SHARE[i], then the part at
 *     u = (u - lo) / (hi - lo), above = (hi - u) / (hi - lo); the upper half if above < u; a tail
 *     of 1/2 or more is the end (t just below 1) of the last piece.
 * Minutes = floor(the value, cut to 1 .. DURATION_AT_MOST, + 0.5). */
void shape_write(const struct shape *shape, FILE *out);

/* -- making, at load only: smooth shapes in shape_make.c, the others in shape_points.c */

enum shape_family {
    FAMILY_EXPONENTIAL,
    FAMILY_GAMMA,
    FAMILY_LOGNORMAL,
    FAMILY_WEIBULL,
    FAMILY_PERT
};

/* What the YAML says of a smooth shape, all in minutes; a parameter that was not given is NAN.
 * Give mean (exponential), or mean and cv, or median and cv, or the family's own parameters:
 * gamma shape, scale; lognormal mu, sigma (of minutes); Weibull shape, scale; PERT low, likely,
 * high. Bounds condition: u maps to F(low)..F(high). */
struct shape_spec {
    enum shape_family family;
    double            mean, cv, median;
    double            shape, scale;
    double            mu, sigma;
    double            low, likely, high;
    double            at_least, at_most; /* bounds */
};

/* Nothing is given yet; the family is to be set. */
struct shape_spec shape_spec_empty(void);

/* Each returns NULL and fills `why` (what is wrong, what is allowed) when the parameters make no
 * distribution. A bound that is not given is NAN. A fixed value lies in 0 .. DURATION_AT_MOST. */
const struct shape *shape_make_fixed(struct arena *arena, double value_min);
const struct shape *shape_make_smooth(struct arena *arena, const struct shape_spec *spec,
                                      char why[200]);
/* Knots: count >= 2, share rising from 0 to 1 (equal neighbours make a jump), value never falling.
 * Bounds as above. */
const struct shape *shape_make_knots(struct arena *arena, int count, const double *share,
                                     const double *value_min, double at_least, double at_most,
                                     char why[200]);
/* Decision points: at point_min[i] a chance[i] (0..1) to end there; after the last, every
 * `every_min` with `every_chance` (every_min 0: the last chance must be 1). Points rise. */
const struct shape *shape_make_steps(struct arena *arena, int count, const double *point_min,
                                     const double *chance, double every_min, double every_chance,
                                     char why[200]);
/* The same points of a STEPS shape, with so many times the chance to end at each, at most 1;
 * whoever is left at the last ends there. factor >= 0. */
const struct shape *shape_make_other_chances(struct arena *arena, const struct shape *steps,
                                             double factor);
/* Shares add up to 1. Parts may be any shape but mixtures. */
const struct shape *shape_make_mixture(struct arena *arena, int count, const double *share,
                                       const struct shape *const *part, char why[200]);

/* -- what the makers share */

struct shape_bounds {
    double least, most;
};

/* Writes `why` by printf rules and returns false. */
bool shape_refuse(char why[200], const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Bounds as given, NAN where not; false: they leave nothing between them. */
MUST_USE bool shape_read_bounds(double at_least, double at_most, struct shape_bounds *bounds,
                                char why[200]);
/* false: bounds that leave `mass` of the shape leave too little to condition on. */
MUST_USE bool shape_check_mass(double mass, char why[200]);

#endif
