#include "studies/run.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "models/headline.h"
#include "models/model.h"
#include "models/report_works.h"
#include "sim/part.h"
#include "studies/draws.h"

#define TRACE_ROWS_AT_MOST ((uint32_t)100000000)

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Which values the replications were run with. */
static bool write_inputs(const struct scenario *plan, const struct records *records, uint64_t seed,
                         const struct folder *folder, struct arena *arena, struct errors *errors)
{
    if (plan->inputs.count == 0)
        return true;
    struct draws draws = draws_of(plan, seed, records->first, records->count);
    return draws_write(&draws, folder_file(arena, folder, "inputs.csv"), arena, errors);
}

static bool write_works(const struct scenario *plan, const struct records *records,
                        const struct folder *folder, struct arena *arena, struct errors *errors)
{
    return plan->works.count == 0 ||
           report_works(plan, records, folder_file(arena, folder, "works.csv"), arena, errors);
}

static bool write_costs(const struct scenario *plan, const struct records *records,
                        const struct folder *folder, struct arena *arena, struct errors *errors)
{
    return !plan->costs.used ||
           report_costs(plan, records, folder_file(arena, folder, "costs.csv"), arena, errors);
}

static bool write_measures(const struct scenario *plan, const struct records *records,
                           const struct folder *folder, struct arena *arena, struct errors *errors)
{
    return plan->columns.policy_count == 0 ||
           report_measures(plan, records, folder_file(arena, folder, "measures.csv"), arena,
                           errors);
}

bool study_write(const struct scenario *plan, const struct records *records, uint64_t seed,
                 const struct folder *folder, struct arena *arena, struct errors *errors)
{
    return write_inputs(plan, records, seed, folder, arena, errors) &&
           report_series(plan, records, folder_file(arena, folder, "series.csv"), arena, errors) &&
           report_summary(plan, records, folder_file(arena, folder, "summary.csv"), arena,
                          errors) &&
           write_works(plan, records, folder, arena, errors) &&
           write_costs(plan, records, folder, arena, errors) &&
           write_measures(plan, records, folder, arena, errors) &&
           report_manifest(plan, records, seed, folder_file(arena, folder, RUN_MARK), errors);
}

static bool write_part(const struct scenario *plan, const struct records *records, uint64_t seed,
                       const struct folder *folder, struct arena *arena, struct errors *errors)
{
    struct part_head head = {.version = CELSIM_VERSION,
                             .scenario = plan->whole,
                             .digest = plan->digest,
                             .seed = seed,
                             .first_day = plan->period.first_record,
                             .first_year = date_from_day(plan->period.first_record).year,
                             .month_end = plan->columns.month_end.day,
                             .daily_names = plan->columns.daily_name,
                             .monthly_names = plan->columns.monthly_name,
                             .yearly_names = plan->columns.yearly_name,
                             .total_names = columns_total_names(&plan->columns, arena)};
    return write_inputs(plan, records, seed, folder, arena, errors) &&
           part_write(folder_file(arena, folder, PART_FILE), &head, records, errors) &&
           report_manifest(plan, records, seed, folder_file(arena, folder, RUN_MARK), errors);
}

/* The one file that differs between two equal runs. */
static bool write_timing(const struct run_request *request, const struct run_result *result,
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

/* The replications asked for: the command line's, else the scenario's. */
static void choose_replications(const struct run_request *request, const struct scenario *plan,
                                uint32_t *first, uint32_t *count)
{
    *first = request->has_replications ? request->first : 0;
    *count = request->has_replications ? request->count : (uint32_t)plan->replications;
}

static uint64_t choose_seed(const struct run_request *request, const struct scenario *plan)
{
    return request->has_seed ? request->seed : (uint64_t)plan->seed;
}

/* `draws`: checked already; not used where no input is uncertain. */
static bool simulate(const struct run_request *request, const struct scenario *plan, uint64_t seed,
                     const struct draws *draws, struct records *records, struct trace *trace,
                     struct errors *errors)
{
    struct run    run = {.plan = plan,
                         .seed = seed,
                         .shuffle = request->shuffle,
                         .records = records,
                         .trace = trace,
                         .trace_replication = request->events_of};
    struct runner runner = {.first = records->first,
                            .count = records->count,
                            .threads = request->threads,
                            .arena_room = model_arena_room(plan),
                            .replicate = model_replicate,
                            .plan = &run,
                            .progress = request->progress,
                            .progress_context = request->progress_context,
                            .stop = request->stop};
    return plan->inputs.count > 0 ? draws_run(draws, &run, &runner, errors)
                                  : runner_run(&runner, NULL, errors);
}

static bool write_all(const struct run_request *request, const struct scenario *plan, uint64_t seed,
                      const struct records *records, struct trace *trace,
                      const struct folder *folder, struct arena *arena, struct errors *errors)
{
    if (trace &&
        !report_events(plan, trace, folder_file(arena, folder, "events.csv"), arena, errors))
        return false;
    return request->is_part ? write_part(plan, records, seed, folder, arena, errors)
                            : study_write(plan, records, seed, folder, arena, errors);
}

/* Everything after loading, with the folder already open. */
static bool run_into(const struct run_request *request, const struct scenario *plan,
                     const struct draws *draws, const struct folder *folder, struct arena *arena,
                     struct records *records, struct run_result *result, struct errors *errors)
{
    struct trace trace = {.room = TRACE_ROWS_AT_MOST};
    uint64_t     seed = choose_seed(request, plan);
    uint32_t     first, count;
    choose_replications(request, plan, &first, &count);
    records_open(records, arena, plan->record_size, first, count);
    bool traced = request->events_of != NO_REPLICATION;
    if (request->is_part && !part_ready(folder_file(arena, folder, PART_FILE), errors))
        return false;
    if (traced)
        trace.row = arena_new(arena, struct trace_row, trace.room);
    double started = seconds_now();
    if (!simulate(request, plan, seed, draws, records, traced ? &trace : NULL, errors)) {
        result->interrupted = errors->count == 0;
        return false;
    }
    double simulated = seconds_now();
    if (!write_all(request, plan, seed, records, traced ? &trace : NULL, folder, arena, errors))
        return false;
    result->replications = count;
    result->run_seconds = simulated - started;
    result->write_seconds = seconds_now() - simulated;
    return write_timing(request, result, folder_file(arena, folder, "timing.yaml"), errors);
}

/* Address space for records and for writing them. */
static size_t results_room(const struct run_request *request, const struct scenario *plan)
{
    uint32_t first, count;
    choose_replications(request, plan, &first, &count);
    size_t trace = request->events_of != NO_REPLICATION
                       ? 2 * (size_t)TRACE_ROWS_AT_MOST * sizeof(struct trace_row)
                       : 0;
    return records_bytes(plan->record_size, count) + trace + (size_t)count * 4096 +
           ((size_t)64 << 20);
}

static bool check_request(const struct run_request *request, const struct scenario *plan,
                          struct errors *errors)
{
    uint32_t first, count;
    choose_replications(request, plan, &first, &count);
    int64_t per_draw = plan->inputs.per_draw;
    if (!request->has_replications && !scenario_check_replications(plan, errors))
        return false;
    if (per_draw > 0 && !request->is_part && count % per_draw != 0) {
        errors_add(errors, "--replications", 0, 0,
                   "%u is no multiple of per_draw, %d; a part, A..B, need not be one", count,
                   (int)per_draw);
        return false;
    }
    if (request->events_of == NO_REPLICATION ||
        (request->events_of >= first && request->events_of - first < count))
        return true;
    errors_add(errors, "--events", 0, 0, "replication %u is not run; it must lie in %u..%u",
               request->events_of, first, first + count - 1);
    return false;
}

/* The draws of the inputs, each tried. false: errors, or it was stopped. */
static bool make_draws(const struct run_request *request, const struct scenario *plan,
                       struct draws *draws, struct run_result *result, struct errors *errors)
{
    uint32_t first, count;
    if (plan->inputs.count == 0)
        return true;
    choose_replications(request, plan, &first, &count);
    *draws = draws_of(plan, choose_seed(request, plan), first, count);
    bool good = draws_check(draws, request->threads, request->stop, errors);
    result->interrupted = !good && errors->count == 0;
    return good;
}

bool study_run(const struct run_request *request, struct arena *plan_arena,
               struct run_result *result, struct errors *errors)
{
    double           started = seconds_now();
    struct scenario *plan =
        scenario_load(plan_arena, request->scenario, request->sets, request->set_count, errors);
    if (!plan || !check_request(request, plan, errors))
        return false;
    arena_freeze(plan_arena);
    struct draws draws = {0};
    *result = (struct run_result){.plan = plan};
    if (!make_draws(request, plan, &draws, result, errors))
        return false;
    result->load_seconds = seconds_now() - started;
    struct arena   arena;
    struct folder  folder;
    struct records records;
    if (!arena_open(&arena, results_room(request, plan), errors))
        return false;
    bool done = folder_open(&folder, &arena, request->out, RUN_MARK, errors);
    if (done && !run_into(request, plan, &draws, &folder, &arena, &records, result, errors)) {
        folder_drop(&folder);
        done = false;
    }
    done = done && folder_close(&folder, errors);
    if (done && request->headline && !request->is_part)
        headline_write(plan, &records, &arena, request->headline);
    arena_close(&arena);
    return done;
}
