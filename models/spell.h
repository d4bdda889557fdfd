/* A length of time as points with weights, cut from the table of a shape. For what has no closed
 * form: the part of a sentence that is served, what is left of it after remand. At load only, for
 * the outlook (outlook.h).
 */
#ifndef CELSIM_MODELS_SPELL_H
#define CELSIM_MODELS_SPELL_H

#include "models/status.h"

#define SPELL_POINTS 256 /* of a spell that is kept: as many points of equal weight */

struct point {
    double weight;
    double min, square; /* mean of what the point stands for, and mean of its square */
};
struct spell {
    int           count;
    struct point *point; /* weights add up to 1 */
};

/* How many points a shape needs. */
int spell_room(const struct shape *shape);

/* The points of a shape, into `spell`, whose room suffices. */
void spell_of_shape(const struct shape *shape, struct spell *spell);

/* The time to serve of a sentence, granted conditional release or not; twice the points. */
void spell_to_serve(const struct status *status, double granted_share, const struct spell *sentence,
                    struct spell *served);

/* A spell of SPELL_POINTS points of equal weight, each the mean of what it stands for, so that mean
 * and square stay exact. Sorts `spell`, and scales its weights to a sum of 1. */
void spell_cut(struct spell *spell, struct spell *cut);

struct moments {
    double mean, square; /* minutes, and minutes squared */
};

struct moments spell_moments(const struct spell *spell);

/* What is left of a spell after another that is independent of it; not below 0. Both are cut. */
struct moments spell_left(const struct spell *spell, const struct spell *before);

/* The mean of exp(-rate x what is left of a spell after another), 0 to 1, likewise; NULL: nothing
 * was before. */
double spell_transform(const struct spell *spell, const struct spell *before, double rate_per_min);

/* All pairs of two spells that are cut, four points taken together: one after the other, or the
 * longer of both. */
void spell_join(const struct spell *one, const struct spell *other, bool longer,
                struct spell *joined);
#define SPELL_TOGETHER 4
#define SPELL_PAIRS (SPELL_POINTS / SPELL_TOGETHER * SPELL_POINTS / SPELL_TOGETHER)

#endif
