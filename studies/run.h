/* `celsim run`: one scenario, its replications over threads, and a folder of results; or, of a
 * range of replications, a part that `celsim merge` joins with others.
 */
#ifndef CELSIM_STUDIES_RUN_H
#define CELSIM_STUDIES_RUN_H

#include <stdio.h>

#include "models/report.h"
#include "sim/runner.h"

#define RUN_MARK "run.yaml" /* a folder that holds it is a result of ours */
#define PART_FILE "part.nc"
#define NO_REPLICATION UINT32_MAX

struct run_request {
    const char        *scenario, *out;
    const char *const *sets;
    int                set_count;
    bool               has_replications, is_part; /* N, or A..B */
    uint32_t           first, count;
    bool               has_seed;
    uint64_t           seed;
    uint32_t           threads;
    uint64_t           shuffle;
    uint32_t events_of; /* the replication whose history is written; NO_REPLICATION: none */
    int      argc;      /* for timing.yaml */
    char   **argv;
    FILE    *headline; /* where a table of the result is printed; NULL: nowhere */
    void (*progress)(void *context, uint32_t done, uint32_t count);
    void               *progress_context;
    const volatile int *stop;
};

/* What is worth telling after a run. */
struct run_result {
    const struct scenario *plan;
    uint32_t               replications;
    bool                   interrupted;
    double                 load_seconds, run_seconds, write_seconds;
};

/* false: errors were added, or the run was interrupted; then no result is in place. */
MUST_USE bool study_run(const struct run_request *request, struct arena *plan_arena,
                        struct run_result *result, struct errors *errors);

/* Writes the result files of whole records into a folder: series, summary and manifest. For run and
 * merge. */
MUST_USE bool study_write(const struct scenario *plan, const struct records *records, uint64_t seed,
                          const struct folder *folder, struct arena *arena, struct errors *errors);

#endif
