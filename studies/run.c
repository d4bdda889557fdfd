#include "studies/run.h"

#include <stdio.h>
#include <string.h>

#include "models/headline.h"
#include "models/outlook.h"
#include "models/report_works.h"
#include "models/supply.h"
#include "sim/part.h"

#define TRACE_ROWS_AT_MOST ((uint32_t)100000000)

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
static bool run_into(const struct run_request *request, const struct simulation *simulation,
                     const struct folder *folder, struct arena *arena, struct records *records,
                     struct run_result *result, struct errors *errors)
{
    const struct scenario *plan = simulation->plan;
    struct trace           trace = {.room = TRACE_ROWS_AT_MOST};
    bool                   traced = request->events_of != NO_REPLICATION;
    records_open(records, arena, plan->record_size, simulation->first, simulation->count);
    if (request->is_part && !part_ready(folder_file(arena, folder, PART_FILE), errors))
        return false;
    if (traced)
        trace.row = arena_new(arena, struct trace_row, trace.room);
    double started = seconds_now();
    if (!simulate(simulation, request, records, traced ? &trace : NULL, errors)) {
        result->interrupted = errors->count == 0;
        return false;
    }
    double simulated = seconds_now();
    if (!write_all(request, plan, simulation->seed, records, traced ? &trace : NULL, folder, arena,
                   errors))
        return false;
    result->replications = simulation->count;
    result->run_seconds = simulated - started;
    result->write_seconds = seconds_now() - simulated;
    return timing_write(request, result, folder_file(arena, folder, "timing.yaml"), errors);
}

/* Address space for records and for writing them. */
static size_t results_room(const struct run_request *request, const struct simulation *simulation)
{
    size_t trace = request->events_of != NO_REPLICATION
                       ? 2 * (size_t)TRACE_ROWS_AT_MOST * sizeof(struct trace_row)
                       : 0;
    return records_bytes(simulation->plan->record_size, simulation->count) + trace +
           simulate_room(simulation->count) + supply_room(simulation->plan) + WARNINGS_BYTES;
}

static void write_headline(const struct scenario *plan, const struct records *records,
                           struct arena *arena, FILE *out)
{
    struct warnings warnings = {.arena = arena};
    headline_write(plan, records, arena, out);
    outlook_warn_idle(&warnings, plan);
    warnings_write(&warnings, IDLE_TOLD, "Warning: ", out);
}

static bool check_events_of(const struct run_request *request, const struct simulation *simulation,
                            struct errors *errors)
{
    uint32_t first = simulation->first, count = simulation->count;
    if (request->events_of == NO_REPLICATION ||
        (request->events_of >= first && request->events_of - first < count))
        return true;
    errors_add(errors, "--events", 0, 0, "replication %u is not run; it must lie in %u..%u",
               request->events_of, first, first + count - 1);
    return false;
}

bool study_run(const struct run_request *request, struct arena *plan_arena,
               struct run_result *result, struct errors *errors)
{
    double           started = seconds_now();
    struct scenario *plan =
        scenario_load(plan_arena, request->scenario, request->sets, request->set_count, errors);
    if (!plan)
        return false;
    arena_freeze(plan_arena);
    struct simulation simulation = simulation_of(request, plan);
    *result = (struct run_result){.plan = plan};
    if (!check_events_of(request, &simulation, errors) ||
        !simulation_check(&simulation, request, errors)) {
        result->interrupted = errors->count == 0;
        return false;
    }
    result->load_seconds = seconds_now() - started;
    struct arena   arena;
    struct folder  folder;
    struct records records;
    if (!arena_open_dense(&arena, results_room(request, &simulation), errors))
        return false;
    bool done = folder_open(&folder, &arena, request->out, RUN_MARK, errors);
    if (done && !run_into(request, &simulation, &folder, &arena, &records, result, errors)) {
        folder_drop(&folder);
        done = false;
    }
    done = done && folder_close(&folder, errors);
    if (done && request->headline && !request->is_part)
        write_headline(plan, &records, &arena, request->headline);
    arena_close(&arena);
    return done;
}
