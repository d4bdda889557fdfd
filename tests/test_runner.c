/* The default size of stacks is set by a GNU function. */
#define _GNU_SOURCE
#include <criterion/criterion.h>

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sim/rng.h"
#include "sim/runner.h"

#define REPLICATIONS 40
#define FIRST 100

/* A plan for tests: each replication leaves a number that depends on itself only. */
struct task {
    uint64_t result[REPLICATIONS];
    int      dirty;   /* arenas that were not empty */
    int      stop_at; /* the replication that asks to stop; 0: none */
    int      stop;
    int      lowest_told, told, told_elsewhere; /* of the progress */
    uint32_t last_told;

    pthread_t caller;
};

static void replicate(void *plan, uint32_t replication, struct arena *arena)
{
    struct task *task = plan;
    bool         empty = arena->used == 0;
    uint64_t    *draws = arena_new(arena, uint64_t, 20000);
    uint64_t     key = replication, sum = 0;
    for (int i = 0; i < 20000; i++)
        empty = empty && draws[i] == 0;
    if (!empty)
        __atomic_fetch_add(&task->dirty, 1, __ATOMIC_RELAXED);
    rng_seed_sequence(1, &key, 1, draws, 20000);
    for (int i = 0; i < 20000; i++)
        sum += draws[i];
    task->result[replication - FIRST] = sum;
    if (task->stop_at && replication >= (uint32_t)task->stop_at)
        __atomic_store_n(&task->stop, 1, __ATOMIC_RELAXED);
}

static void progress(void *context, uint32_t done, uint32_t count)
{
    struct task *task = context;
    cr_expect_eq(count, REPLICATIONS);
    cr_expect_geq(done, task->last_told);
    task->last_told = done;
    task->told++;
    task->told_elsewhere += !pthread_equal(task->caller, pthread_self());
}

static struct runner runner_of(struct task *task, uint32_t threads)
{
    task->caller = pthread_self();
    return (struct runner){.first = FIRST,
                           .count = REPLICATIONS,
                           .threads = threads,
                           .arena_room = 1 << 20,
                           .replicate = replicate,
                           .plan = task,
                           .progress = progress,
                           .progress_context = task,
                           .stop = &task->stop};
}

Test(runner, gives_the_same_results_on_any_number_of_threads)
{
    static struct errors errors;
    static struct task   alone;
    struct runner        runner = runner_of(&alone, 1);
    cr_assert(runner_run(&runner, NULL, &errors));
    for (uint32_t r = 0; r < REPLICATIONS; r++) {
        uint64_t        key = FIRST + r, sum = 0;
        static uint64_t draws[20000];
        rng_seed_sequence(1, &key, 1, draws, 20000);
        for (int i = 0; i < 20000; i++)
            sum += draws[i];
        cr_expect_eq(alone.result[r], sum);
    }
    const uint32_t threads[] = {2, 5, 64};
    for (size_t t = 0; t < sizeof threads / sizeof threads[0]; t++) {
        struct task task = {0};
        bool        done[REPLICATIONS] = {false};
        runner = runner_of(&task, threads[t]);
        cr_assert(runner_run(&runner, done, &errors));
        cr_expect_arr_eq(task.result, alone.result, sizeof task.result);
        for (int r = 0; r < REPLICATIONS; r++)
            cr_expect(done[r], "replication %d", r);
        cr_expect_eq(task.dirty, 0);
    }
    cr_expect_eq(alone.dirty, 0);
    cr_expect_eq(errors.count, 0);
}

Test(runner, tells_the_progress_from_the_calling_thread)
{
    static struct errors errors;
    for (uint32_t threads = 1; threads <= 3; threads++) {
        struct task   task = {0};
        struct runner runner = runner_of(&task, threads);
        cr_assert(runner_run(&runner, NULL, &errors));
        cr_expect_eq(task.last_told, REPLICATIONS);
        cr_expect_eq(task.told_elsewhere, 0);
        if (threads == 1)
            cr_expect_eq(task.told, REPLICATIONS);
    }
}

Test(runner, stops_after_the_replications_under_way)
{
    static struct errors errors;
    struct task          task = {.stop_at = FIRST + 2};
    bool                 done[REPLICATIONS] = {false};
    struct runner        runner = runner_of(&task, 1);
    cr_expect_not(runner_run(&runner, done, &errors));
    for (int r = 0; r < REPLICATIONS; r++)
        cr_expect_eq(done[r], r <= 2, "replication %d", r);
    cr_expect_eq(task.last_told, 3);

    struct task among = {.stop_at = FIRST + 2};
    memset(done, 0, sizeof done);
    runner = runner_of(&among, 4);
    cr_expect_not(runner_run(&runner, done, &errors));
    uint32_t count = 0;
    for (int r = 0; r < REPLICATIONS; r++) {
        cr_expect_eq(done[r], among.result[r] != 0, "replication %d", r);
        count += done[r];
    }
    cr_expect_lt(count, REPLICATIONS);
    cr_expect_eq(among.last_told, count);
    cr_expect_eq(errors.count, 0);
}

/* What a worker is handed: nobody else may touch it. */
struct own {
    _Alignas(64) uint32_t done;
    int in_use;
};

static void use_own(void *plan, uint32_t replication, struct arena *arena)
{
    struct own *own = plan;
    (void)replication;
    must(__atomic_exchange_n(&own->in_use, 1, __ATOMIC_SEQ_CST) == 0);
    (void)arena_new(arena, uint64_t, 20000);
    own->done++;
    __atomic_store_n(&own->in_use, 0, __ATOMIC_SEQ_CST);
}

Test(runner, hands_each_worker_a_plan_of_its_own)
{
    static struct errors errors;
    struct own           own[4] = {0};
    struct runner        runner = {.count = 4 * REPLICATIONS,
                                   .threads = 3,
                                   .arena_room = 1 << 20,
                                   .replicate = use_own,
                                   .plan = own,
                                   .plan_stride = sizeof *own};
    cr_assert(runner_run(&runner, NULL, &errors));
    cr_expect_eq(own[0].done + own[1].done + own[2].done, 4 * REPLICATIONS);
    cr_expect_eq(own[3].done, 0, "there are three workers");
}

Test(runner, runs_nothing_when_there_is_nothing_to_run)
{
    static struct errors errors;
    struct task          task = {0};
    struct runner        runner = runner_of(&task, 3);
    runner.count = 0;
    cr_expect(runner_run(&runner, NULL, &errors));
    cr_expect_eq(task.told, 0);
}

Test(runner, tells_that_memory_was_refused_before_any_replication)
{
    static struct errors errors;
    struct task          task = {0};
    bool                 done[REPLICATIONS] = {false};
    struct runner        runner = runner_of(&task, 3);
    runner.arena_room = (size_t)1 << 62;
    cr_expect_not(runner_run(&runner, done, &errors));
    cr_expect_eq(errors.count, 1);
    cr_expect(errors.list[0].outside);
    for (int r = 0; r < REPLICATIONS; r++)
        cr_expect(!done[r] && task.result[r] == 0, "replication %d", r);
}

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define LIMITS_DO_NOT_WORK
#endif
#elif defined __SANITIZE_ADDRESS__
#define LIMITS_DO_NOT_WORK
#endif

#ifndef LIMITS_DO_NOT_WORK
static size_t address_space_bytes(void)
{
    unsigned long pages = 0;
    FILE         *file = fopen("/proc/self/statm", "r");
    cr_assert(file && fscanf(file, "%lu", &pages) == 1);
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* Room for the arenas and for one stack of 64 MiB, not for two more. */
Test(runner, tells_that_a_thread_was_refused)
{
    static struct errors errors;
    struct task          task = {0};
    bool                 done[REPLICATIONS] = {false};
    struct runner        runner = runner_of(&task, 4);
    struct rlimit        space;
    pthread_attr_t       attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 64 << 20);
    pthread_setattr_default_np(&attributes);
    /* Less than the first needs: a second would find room again when the first was quick. */
    space.rlim_cur = space.rlim_max = address_space_bytes() + (32 << 20);
    cr_assert_eq(setrlimit(RLIMIT_AS, &space), 0);
    cr_expect_not(runner_run(&runner, done, &errors));
    cr_expect_eq(errors.count, 1);
    cr_expect(errors.list[0].outside);
    for (int r = 0; r < REPLICATIONS; r++)
        cr_expect_eq(done[r], task.result[r] != 0, "replication %d", r);
}
#endif

static void label_and_leave(void *plan, uint32_t replication, struct arena *arena)
{
    (void)plan;
    must_label("a.yaml", 1, replication, arena_new(arena, int64_t, 1));
}

/* A label that outlived its arena would be read here, and the signal would be another. */
Test(runner, forgets_the_label_with_the_replication, .signal = SIGABRT)
{
    static struct errors errors;
    struct task          task = {0};
    struct runner        runner = runner_of(&task, 1);
    runner.replicate = label_and_leave;
    cr_assert(runner_run(&runner, NULL, &errors));
    must_fail("here", 1, "meant to fail");
}
