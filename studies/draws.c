#include "studies/draws.h"

#include <inttypes.h>

#include "sim/csv.h"

struct draws draws_of(const struct scenario *base, uint64_t seed, uint32_t first, uint32_t count)
{
    uint64_t per_draw = (uint64_t)base->inputs.per_draw, last = (uint64_t)first + count - 1;
    uint64_t draw = first / per_draw;
    return (struct draws){base, seed, draw, last / per_draw - draw + 1, 0};
}

/* -- before the first event */

struct check {
    const struct draws *draws;
    size_t             *arena_room; /* [draw]; 0: it makes no plan */
};

static void try_draw(void *context, uint32_t index, struct arena *arena)
{
    const struct check *check = context;
    const struct draws *draws = check->draws;
    struct errors      *errors = arena_new(arena, struct errors, 1);
    struct scenario    *plan =
        scenario_of_draw(arena, draws->base, draws->seed, draws->first + index, errors);
    check->arena_room[index] = plan ? model_arena_room(plan) : 0;
}

static const char *values_of(const struct draws *draws, uint64_t draw, struct arena *arena)
{
    const char *text = "";
    for (int i = 0; i < draws->base->inputs.count; i++) {
        const struct input *input = &draws->base->inputs.list[i];
        text = arena_print(arena, "%s%s%s%s %s", text, i ? ", " : "", input->path,
                           input->kind == INPUT_FACTOR ? " x" : "",
                           input_text(arena, input, input_value(input, draws->seed, draw)));
    }
    return text;
}

/* What is wrong with a draw: read once more, to have the words. */
static void tell(const struct draws *draws, uint64_t draw, struct arena *arena,
                 struct errors *errors)
{
    struct reader  reader = {arena, errors, NULL};
    struct errors *own = arena_new(arena, struct errors, 1);
    if (scenario_of_draw(arena, draws->base, draws->seed, draw, own))
        return;
    node_error(&reader, draws->base->inputs.node,
               "draw %" PRIu64 " of the inputs makes no sound scenario: %s (%s)", draw,
               own->list[0].text, values_of(draws, draw, arena));
}

bool draws_check(struct draws *draws, uint32_t threads, const volatile int *stop,
                 struct errors *errors)
{
    struct arena arena;
    size_t       room = scenario_room(draws->base) + sizeof(struct errors);
    if (!arena_open(&arena, room + draws->count * sizeof(size_t), errors))
        return false;
    struct check  check = {draws, arena_new(&arena, size_t, draws->count)};
    struct runner runner = {.count = (uint32_t)draws->count,
                            .threads = threads,
                            .arena_room = room,
                            .replicate = try_draw,
                            .plan = &check,
                            .stop = stop};
    bool          done = runner_run(&runner, NULL, errors);
    for (uint64_t i = 0; done && i < draws->count; i++) {
        if (check.arena_room[i] > draws->arena_room)
            draws->arena_room = check.arena_room[i];
        if (check.arena_room[i] > 0)
            continue;
        tell(draws, draws->first + i, &arena, errors);
        done = false;
    }
    arena_close(&arena);
    return done;
}

/* -- the run */

/* Aligned: no two workers on one line. */
struct worker {
    _Alignas(64) struct run run; /* with the plan of `draw`; NULL: of none */
    uint64_t            draw;
    const struct draws *draws;
    struct arena        arena;
    struct errors      *errors; /* none: each draw was tried */
};

static void take_plan(struct worker *worker, uint64_t draw)
{
    const struct draws *draws = worker->draws;
    if (worker->run.plan && worker->draw == draw)
        return;
    arena_reset(&worker->arena);
    worker->draw = draw;
    worker->run.plan =
        scenario_of_draw(&worker->arena, draws->base, draws->seed, draw, worker->errors);
    must(worker->run.plan);
}

static void replicate(void *context, uint32_t replication, struct arena *arena)
{
    struct worker *worker = context;
    take_plan(worker, replication / (uint64_t)worker->draws->base->inputs.per_draw);
    model_replicate(&worker->run, replication, arena);
}

static uint32_t open_workers(struct worker *workers, const struct run *run,
                             const struct draws *draws, uint32_t count, struct arena *arena,
                             struct errors *errors)
{
    for (uint32_t w = 0; w < count; w++) {
        workers[w] = (struct worker){.run = *run, .draws = draws};
        workers[w].run.plan = NULL;
        workers[w].errors = arena_new(arena, struct errors, 1);
        if (!arena_open_dense(&workers[w].arena, scenario_room(draws->base), errors))
            return w;
    }
    return count;
}

bool draws_run(const struct draws *draws, const struct run *run, struct runner *runner,
               struct errors *errors)
{
    uint32_t     count = runner->threads < runner->count ? runner->threads : runner->count;
    struct arena arena;
    if (!arena_open(&arena, (count + 1) * (sizeof(struct worker) + sizeof(struct errors) + 128),
                    errors))
        return false;
    struct worker *workers = arena_new(&arena, struct worker, count);
    runner->replicate = replicate;
    runner->plan = workers;
    runner->plan_stride = sizeof *workers;
    runner->arena_room = draws->arena_room;
    uint32_t opened = open_workers(workers, run, draws, count, &arena, errors);
    bool     done = opened == count && runner_run(runner, NULL, errors);
    for (uint32_t w = 0; w < opened; w++)
        arena_close(&workers[w].arena);
    arena_close(&arena);
    return done;
}

/* -- inputs.csv */

static void write_draw(const struct draws *draws, uint64_t draw, struct csv_out *out)
{
    for (int i = 0; i < draws->base->inputs.count; i++) {
        const struct input *input = &draws->base->inputs.list[i];
        int64_t             value = input_value(input, draws->seed, draw);
        csv_integer(out, (int64_t)draw);
        csv_text(out, input->path);
        csv_text(out, input_unit(input->kind));
        csv_decimal(out, value, input_is_whole(input->kind) ? 0 : 9);
        csv_row_end(out);
    }
}

bool draws_write(const struct draws *draws, const char *path, struct arena *arena,
                 struct errors *errors)
{
    static const char *const header[] = {"draw", "path", "unit", "value"};
    struct csv_out           out;
    if (!csv_open(&out, arena, path, errors))
        return false;
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        csv_text(&out, header[i]);
    csv_row_end(&out);
    for (uint64_t draw = 0; draw < draws->count; draw++)
        write_draw(draws, draws->first + draw, &out);
    return csv_close(&out, errors);
}
