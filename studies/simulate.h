/* The replications of one scenario over threads: what run and compare have in common. */
#ifndef CELSIM_STUDIES_SIMULATE_H
#define CELSIM_STUDIES_SIMULATE_H

#include "models/prison.h"
#include "sim/runner.h"
#include "studies/draws.h"

#define NO_REPLICATION UINT32_MAX

/* What is asked for, of one scenario or of several that are compared. */
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

/* Replications first .. first + count - 1 of a plan. */
struct simulation {
    const struct scenario *plan;
    uint64_t               seed;
    uint32_t               first, count;
    struct draws           draws; /* of the inputs; unused where none is uncertain */
};

/* Of a plan the seed and replications that the command line gives, else its own. */
struct simulation simulation_of(const struct run_request *request, const struct scenario *plan);

/* Refuses replications that are not whole draws of the inputs, and draws that make no sound
 * scenario; sets simulation->draws. false: errors were added, or it was stopped. */
MUST_USE bool simulation_check(struct simulation *simulation, const struct run_request *request,
                               struct errors *errors);

/* Fills the records, opened for these replications. After simulation_check. `trace`: NULL, or where
 * the history of replication request->events_of goes. false: errors were added, or it was stopped.
 */
MUST_USE bool simulate(const struct simulation *simulation, const struct run_request *request,
                       struct records *records, struct trace *trace, struct errors *errors);

/* Address space for the working room of a result of so many replications, without records. */
size_t simulate_room(uint32_t replications);

double seconds_now(void);

/* timing.yaml, the one file that differs between two equal runs. */
MUST_USE bool timing_write(const struct run_request *request, const struct run_result *result,
                           const char *path, struct errors *errors);

#endif
