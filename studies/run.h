/* `celsim run`: one scenario, its replications over threads, and a folder of results; or, of a
 * range of replications, a part that `celsim merge` joins with others.
 */
#ifndef CELSIM_STUDIES_RUN_H
#define CELSIM_STUDIES_RUN_H

#include "models/report.h"
#include "studies/simulate.h"

#define RUN_MARK "run.yaml" /* a folder that holds it is a result of ours */
#define PART_FILE "part.nc"

/* false: errors were added, or the run was interrupted; then no result is in place. */
MUST_USE bool study_run(const struct run_request *request, struct arena *plan_arena,
                        struct run_result *result, struct errors *errors);

/* Writes the result files of whole records into a folder: series, summary and manifest. For run and
 * merge. */
MUST_USE bool study_write(const struct scenario *plan, const struct records *records, uint64_t seed,
                          const struct folder *folder, struct arena *arena, struct errors *errors);

#endif
