/* The runner alone, without Criterion, for the thread sanitizer: exit code 0 when the results of
 * four threads are those of one. */
#include <stdio.h>
#include <string.h>

#include "sim/rng.h"
#include "sim/runner.h"

#define REPLICATIONS 200

struct task {
    uint64_t result[REPLICATIONS];
    int      stop;
    uint32_t stop_at; /* REPLICATIONS: never */
    uint32_t told;
};

static void replicate(void *plan, uint32_t replication, struct arena *arena)
{
    struct task *task = plan;
    uint64_t    *draws = arena_new(arena, uint64_t, 2000);
    int64_t     *now_min = arena_new(arena, int64_t, 1);
    uint64_t     key = replication;
    must_label("a.yaml", 1, replication, now_min);
    rng_seed_sequence(1, &key, 1, draws, 2000);
    for (int i = 0; i < 2000; i++)
        task->result[replication] += draws[i];
    if (replication >= task->stop_at)
        __atomic_store_n(&task->stop, 1, __ATOMIC_RELAXED);
}

static void progress(void *context, uint32_t done, uint32_t count)
{
    struct task *task = context;
    must(done <= count);
    task->told = done;
}

static bool run(struct task *task, uint32_t threads, bool *done)
{
    static struct errors errors;
    struct runner        runner = {.count = REPLICATIONS,
                                   .threads = threads,
                                   .arena_room = 1 << 20,
                                   .replicate = replicate,
                                   .plan = task,
                                   .progress = progress,
                                   .progress_context = task,
                                   .stop = &task->stop};
    return runner_run(&runner, done, &errors);
}

int main(void)
{
    struct task one = {.stop_at = REPLICATIONS}, four = one, stopped = {.stop_at = 50};
    bool        done[REPLICATIONS] = {false};
    must(run(&one, 1, NULL) && run(&four, 4, NULL));
    must(memcmp(one.result, four.result, sizeof one.result) == 0);
    must(four.told == REPLICATIONS);
    must(!run(&stopped, 4, done));
    for (int i = 0; i < REPLICATIONS; i++)
        must(done[i] == (stopped.result[i] != 0));
    puts("runner: 4 threads give the results of 1");
    return 0;
}
