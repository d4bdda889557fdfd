/* What a message says of a name that is not known: which one may have been meant. */
#ifndef CELSIM_SIM_NAMES_H
#define CELSIM_SIM_NAMES_H

#include "sim/arena.h"

/* The name among `names` (count) that is nearest to `text`: at most 2 edits and under half its
 * length; NULL if none. */
const char *nearest_name(const char *text, const char *const *names, int count);

/* "; did you mean 'x'?" for the nearest; else those that hold the text, or whose part before a dot
 * the text holds (large and small letters alike, a blank as an underscore): "; names like it are
 * x.a, x.b"; else "; known are" all, or the first 20 of more. "" where there are none. */
const char *names_advice(struct arena *arena, const char *text, const char *const *names,
                         int count);

#endif
