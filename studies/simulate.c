#include "studies/simulate.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "models/model.h"

double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct simulation simulation_of(const struct run_request *request, const struct scenario *plan)
{
    return (struct simulation){.plan = plan,
                               .seed = request->has_seed ? request->seed : (uint64_t)plan->seed,
                               .first = request->has_replications ? request->first : 0,
                               .count = request->has_replications ? request->count
                                                                  : (uint32_t)plan->replications};
}

static bool check_whole_draws(const struct simulation  *simulation,
                              const struct run_request *request, struct errors *errors)
{
    int64_t per_draw = simulation->plan->inputs.per_draw;
    if (!request->has_replications && !scenario_check_replications(simulation->plan, errors))
        return false;
    if (per_draw == 0 || request->is_part || simulation->count % per_draw == 0)
        return true;
    errors_add(errors, "--replications", 0, 0,
               "%u is no multiple of per_draw, %d; a part, A..B, need not be one",
               simulation->count, (int)per_draw);
    return false;
}

bool simulation_check(struct simulation *simulation, const struct run_request *request,
                      struct errors *errors)
{
    if (!check_whole_draws(simulation, request, errors))
        return false;
    if (simulation->plan->inputs.count == 0)
        return true;
    simulation->draws =
        draws_of(simulation->plan, simulation->seed, simulation->first, simulation->count);
    return draws_check(&simulation->draws, request->threads, request->stop, errors);
}

bool simulate(const struct simulation *simulation, const struct run_request *request,
              struct records *records, struct trace *trace, struct errors *errors)
{
    struct run    run = {.plan = simulation->plan,
                         .seed = simulation->seed,
                         .shuffle = request->shuffle,
                         .records = records,
                         .trace = trace,
                         .trace_replication = request->events_of};
    struct runner runner = {.first = simulation->first,
                            .count = simulation->count,
                            .threads = request->threads,
                            .arena_room = model_arena_room(simulation->plan),
                            .replicate = model_replicate,
                            .plan = &run,
                            .progress = request->progress,
                            .progress_context = request->progress_context,
                            .stop = request->stop};
    return simulation->plan->inputs.count > 0 ? draws_run(&simulation->draws, &run, &runner, errors)
                                              : runner_run(&runner, NULL, errors);
}

size_t simulate_room(uint32_t replications)
{
    return (size_t)replications * 4096 + ((size_t)64 << 20);
}

bool timing_write(const struct run_request *request, const struct run_result *result,
                  const char *path, struct errors *errors)
{
    char      host[256] = "";
    char      date[32] = "";
    time_t    now = time(NULL);
    struct tm utc;
    gethostname(host, sizeof host - 1);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    FILE *out = fopen(path, "w");
    if (!out) {
        errors_add_outside(errors, path, "cannot write this file");
        return false;
    }
    fprintf(out, "date: %s\nhost: ", date);
    tree_write_quoted(host, out);
    fprintf(out, "\nthreads: %u\n", request->threads);
    fprintf(out, "seconds: {load: %.4f, simulate: %.4f, write: %.4f}\n", result->load_seconds,
            result->run_seconds, result->write_seconds);
    fprintf(out, "command: [");
    for (int i = 0; i < request->argc; i++) {
        fputs(i ? ", " : "", out);
        tree_write_quoted(request->argv[i], out);
    }
    fprintf(out, "]\n");
    if (fclose(out) != 0) {
        errors_add_outside(errors, path, "cannot write this file");
        return false;
    }
    return true;
}
