#include "sim/runner.h"

#include <pthread.h>
#include <string.h>

/* What the workers share: two atomic counters, touched once a replication. */
struct shared {
    const struct runner *runner;
    bool                *done;
    uint64_t             next;     /* replications handed out, and refusals */
    uint32_t             finished; /* replications run whole */
};

/* Aligned, for the arena is written at each take: no two workers on one line. */
struct worker {
    _Alignas(64) struct shared *shared;
    struct arena arena;
    void        *plan;
    pthread_t    thread;
    bool         tells; /* the calling thread tells the progress */
};

static bool take_next(struct shared *shared, uint32_t *index)
{
    const struct runner *runner = shared->runner;
    if (runner->stop && __atomic_load_n(runner->stop, __ATOMIC_RELAXED))
        return false;
    uint64_t next = __atomic_fetch_add(&shared->next, 1, __ATOMIC_RELAXED);
    *index = (uint32_t)next;
    return next < runner->count;
}

static void tell(const struct runner *runner, uint32_t finished)
{
    if (runner->progress)
        runner->progress(runner->progress_context, finished, runner->count);
}

static void *work(void *context)
{
    struct worker       *worker = context;
    struct shared       *shared = worker->shared;
    const struct runner *runner = shared->runner;
    uint32_t             index;
    while (take_next(shared, &index)) {
        runner->replicate(worker->plan, runner->first + index, &worker->arena);
        must_label(NULL, 0, 0, NULL); /* the clock it points to goes with the arena */
        arena_reset(&worker->arena);
        if (shared->done)
            shared->done[index] = true;
        uint32_t finished = __atomic_add_fetch(&shared->finished, 1, __ATOMIC_RELAXED);
        if (worker->tells && finished < runner->count) /* the last word is said after the join */
            tell(runner, finished);
    }
    return NULL;
}

static uint32_t open_arenas(struct worker *workers, uint32_t count, size_t room,
                            struct errors *errors)
{
    for (uint32_t i = 0; i < count; i++)
        if (!arena_open(&workers[i].arena, room, errors))
            return i;
    return count;
}

/* Starts the threads of workers 1 .. count - 1 and gives how many workers there are then; worker 0
 * is the calling thread. */
static uint32_t start(struct worker *workers, uint32_t count, struct errors *errors)
{
    for (uint32_t i = 1; i < count; i++) {
        int refused = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
        if (refused) {
            errors_add_outside(errors, "threads", "the system refused thread %u of %u: %s", i + 1,
                               count, strerror(refused));
            return i;
        }
    }
    return count;
}

static void run_all(struct shared *shared, struct worker *workers, uint32_t count,
                    struct errors *errors)
{
    for (uint32_t i = 0; i < count; i++) {
        workers[i].shared = shared;
        workers[i].plan = (char *)shared->runner->plan + i * shared->runner->plan_stride;
    }
    workers[0].tells = true;
    uint32_t started = start(workers, count, errors);
    if (started < count) /* nothing more is handed out */
        __atomic_store_n(&shared->next, shared->runner->count, __ATOMIC_RELAXED);
    work(&workers[0]);
    for (uint32_t i = 1; i < started; i++)
        must(pthread_join(workers[i].thread, NULL) == 0);
    tell(shared->runner, shared->finished);
}

bool runner_run(const struct runner *runner, bool *done, struct errors *errors)
{
    must(runner->threads >= 1);
    if (runner->count == 0)
        return true;
    struct shared shared = {.runner = runner, .done = done};
    uint32_t      count = runner->threads < runner->count ? runner->threads : runner->count;
    struct arena  arena;
    if (!arena_open(&arena, count * sizeof(struct worker), errors))
        return false;
    struct worker *workers = arena_new(&arena, struct worker, count);
    uint32_t       opened = open_arenas(workers, count, runner->arena_room, errors);
    if (opened == count)
        run_all(&shared, workers, count, errors);
    for (uint32_t i = 0; i < opened; i++)
        arena_close(&workers[i].arena);
    arena_close(&arena);
    return shared.finished == runner->count;
}
