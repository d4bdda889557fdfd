/* Who is met after a known time: attributes with long stays are met more often, the more so the
 * longer it is. A profile weighs its share times the part of its stays that is longer.
 */
#ifndef CELSIM_MODELS_SURVIVORS_H
#define CELSIM_MODELS_SURVIVORS_H

#include "models/attribute.h"

/* Profiles by their stay. */
struct survivors {
    int                  count; /* different stays */
    const struct shape **stay;
    uint32_t            *first; /* [count + 1]: of `profile` */
    uint16_t            *profile;
    double              *up_to; /* cumulative share, in that order */
};

/* `stay` and `share` by profile; a share of 0 is never met. NULL: all have the same stay. */
const struct survivors *survivors_make(struct arena *arena, uint32_t profile_count,
                                       const struct shape *const *stay, const double *share);

/* The profile that u falls in after so long. Where no stay is so long: by share. */
uint16_t survivors_draw(const struct survivors *survivors, double elapsed_min, struct uniform u);

#endif
