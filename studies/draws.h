/* Uncertain inputs in a run. Replication r is of draw r / per_draw; the worker that runs it reads
 * the plan of that draw again, unless it has it. All draws are tried before the first event, so
 * that what can be wrong with one is told then.
 */
#ifndef CELSIM_STUDIES_DRAWS_H
#define CELSIM_STUDIES_DRAWS_H

#include "models/model.h"
#include "sim/runner.h"

struct draws {
    const struct scenario *base;
    uint64_t               seed;
    uint64_t               first, count;
    size_t                 arena_room; /* of the draw that needs most for a replication, bytes */
};

/* Draws of the replications first .. first + count - 1. */
struct draws draws_of(const struct scenario *base, uint64_t seed, uint32_t first, uint32_t count);

/* Reads the plan of each draw, and sets arena_room. false: errors were added, or it was stopped. */
MUST_USE bool draws_check(struct draws *draws, uint32_t threads, const volatile int *stop,
                          struct errors *errors);

/* Runs the replications of `runner` after draws_check; sets the runner's plan from `run`. */
MUST_USE bool draws_run(const struct draws *draws, const struct run *run, struct runner *runner,
                        struct errors *errors);

/* Writes inputs.csv: a row a draw and input. */
MUST_USE bool draws_write(const struct draws *draws, const char *path, struct arena *arena,
                          struct errors *errors);

#endif
