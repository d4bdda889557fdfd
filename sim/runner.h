/* Replications over threads. Replication r depends on seed and r only, so the number of threads
 * cannot matter; threads take the next number from one atomic counter, and share no written line.
 */
#ifndef CELSIM_SIM_RUNNER_H
#define CELSIM_SIM_RUNNER_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/error.h"

struct runner {
    uint32_t first, count; /* replications */
    uint32_t threads;      /* at least 1 */
    size_t   arena_room;   /* address space of each worker's arena, bytes */
    /* Runs one replication in the worker's arena, which is empty at the start and reset after. */
    void (*replicate)(void *plan, uint32_t replication, struct arena *arena);
    void  *plan;
    size_t plan_stride; /* each worker is handed `plan` + its number x this; 0: all the same */
    /* Told by the thread that called runner_run, itself a worker: after each replication of its own
     * and once at the end. NULL: no one asks. */
    void (*progress)(void *context, uint32_t done, uint32_t count);
    void *progress_context;
    /* Set (by a signal handler) to stop after the replications under way; NULL: never. */
    const volatile int *stop;
};

/* Runs all; false when the system refused memory or threads, or when stopped early (no error added
 * then). `done` (count flags, may be NULL) tells which replications were run whole. */
MUST_USE bool runner_run(const struct runner *runner, bool *done, struct errors *errors);

#endif
