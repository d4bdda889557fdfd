/* What tells two scenarios apart, in words. */
#ifndef CELSIM_STUDIES_DIFFER_H
#define CELSIM_STUDIES_DIFFER_H

#include "sim/arena.h"

/* The first difference of two scenarios as parts carry them, of `one` against `other`, at most 300
 * bytes: "period.end is 2027-12-31, not 2026-12-31". "" when there is none, or one is no YAML. */
const char *scenario_difference(struct arena *arena, const char *one, const char *other);

#endif
