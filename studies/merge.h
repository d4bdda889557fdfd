/* `celsim merge`: joins parts of one run into the result that the whole run would have written, to
 * the byte.
 */
#ifndef CELSIM_STUDIES_MERGE_H
#define CELSIM_STUDIES_MERGE_H

#include "studies/run.h"

struct merge_request {
    const char        *out;
    const char *const *part; /* files, or folders that hold part.nc */
    int                part_count;
};

/* The parts must be of one scenario, seed and version, and cover 0 .. n - 1 without gap or overlap.
 */
MUST_USE bool study_merge(const struct merge_request *request, struct arena *plan_arena,
                          struct run_result *result, struct errors *errors);

#endif
