/* One replication from start to end: opens the world, gives each event to its handler, closes.
 */
#ifndef CELSIM_MODELS_MODEL_H
#define CELSIM_MODELS_MODEL_H

#include "models/prison.h"

struct run {
    const struct scenario *plan;
    uint64_t               seed;
    uint64_t               shuffle; /* salt that reorders ties; 0: none */
    struct records        *records;
    struct trace          *trace; /* history of `trace_replication`, or NULL */
    uint32_t               trace_replication;
};

/* Runs a replication into its record. For runner_run, with a struct run as its plan. */
void model_replicate(void *run, uint32_t replication, struct arena *arena);

/* Address space that a replication of this plan needs, bytes. */
size_t model_arena_room(const struct scenario *plan);

#endif
