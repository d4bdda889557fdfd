/* celsim: command line. Loads, runs, writes; prints errors and what an analyst wants to know first.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "models/outlook.h"
#include "options.h"
#include "studies/draws.h"

#define EXIT_DONE 0
#define EXIT_SCENARIO 1
#define EXIT_USAGE 2
#define EXIT_OUTSIDE 3
#define EXIT_INTERRUPTED 130

#define PLAN_ROOM ((size_t)8 << 30) /* address space; only what is used is taken */
#define BAR_WIDTH 30

static volatile int interrupted; /* set by a signal handler, so it must be global */

static void interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

static void print_errors(const struct errors *errors)
{
    int room = (int)(sizeof errors->list / sizeof *errors->list);
    for (int e = 0; e < errors->count && e < room; e++) {
        const struct error *error = &errors->list[e];
        if (error->line > 0)
            fprintf(stderr, "%s:%d:%d: %s\n", error->file, error->line, error->column, error->text);
        else
            fprintf(stderr, "%s: %s\n", error->file, error->text);
    }
    if (errors->count > room)
        fprintf(stderr, "and %d more\n", errors->count - room);
}

static int exit_code(const struct errors *errors)
{
    return errors->list[0].outside ? EXIT_OUTSIDE : EXIT_SCENARIO;
}

/* -- progress: a line on a terminal, nothing in a pipe */

struct progress {
    struct timespec started, shown;
};

static double seconds_between(struct timespec a, struct timespec b)
{
    return (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
}

static void clear_progress(void)
{
    fprintf(stderr, "\r%*s\r", BAR_WIDTH + 50, "");
}

static void show_progress(void *context, uint32_t done, uint32_t count)
{
    struct progress *progress = context;
    struct timespec  now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (done < count && seconds_between(progress->shown, now) < 0.1)
        return;
    progress->shown = now;
    if (done == count) {
        clear_progress();
        return;
    }
    int    full = (int)((uint64_t)BAR_WIDTH * done / count);
    double left = done ? seconds_between(progress->started, now) / done * (count - done) : 0;
    fprintf(stderr, "\r[%.*s%*s] %u of %u replications, %.0f s left ", full,
            "##############################", BAR_WIDTH - full, "", done, count, left);
}

/* -- commands */

/* What is asked for, with a bar on a terminal, a table for the reader, and an end on a signal. */
static struct run_request watched(const struct options *options, struct progress *progress)
{
    struct run_request request = options->run;
    clock_gettime(CLOCK_MONOTONIC, &progress->started);
    if (!options->quiet && isatty(STDERR_FILENO)) {
        request.progress = show_progress;
        request.progress_context = progress;
    }
    request.headline = options->quiet ? NULL : stdout;
    request.stop = &interrupted;
    signal(SIGINT, interrupt);
    signal(SIGTERM, interrupt);
    return request;
}

/* The exit code. */
static int gave_up(const struct run_request *request, const struct run_result *result,
                   const struct errors *errors)
{
    if (request->progress)
        clear_progress();
    if (!result->interrupted)
        return exit_code(errors);
    fprintf(stderr, "interrupted; no result was written\n");
    return EXIT_INTERRUPTED;
}

static int run(const struct options *options, struct arena *plan, struct errors *errors)
{
    struct progress    progress = {0};
    struct run_request request = watched(options, &progress);
    struct run_result  result = {0};
    if (!study_run(&request, plan, &result, errors))
        return gave_up(&request, &result, errors);
    if (!options->quiet)
        printf("%u replications in %.2f s; results in %s\n", result.replications,
               result.run_seconds + result.write_seconds, request.out);
    return EXIT_DONE;
}

static int compare(const struct options *options, struct arena *plan, struct errors *errors)
{
    struct progress        progress = {0};
    struct compare_request request = {watched(options, &progress), options->operand + 1,
                                      options->operand_count - 1, options->each,
                                      options->each_count};
    struct compare_result  result;
    if (!study_compare(&request, plan, &result, errors))
        return gave_up(&request.run, &result.run, errors);
    if (!options->quiet)
        printf("%d scenarios of %u replications in %.2f s; results in %s\n", result.scenario_count,
               result.run.replications, result.run.run_seconds + result.run.write_seconds,
               request.run.out);
    return EXIT_DONE;
}

static int merge(const struct options *options, struct arena *plan, struct errors *errors)
{
    struct merge_request request = {options->run.out, options->operand, options->operand_count};
    struct run_result    result = {0};
    if (!study_merge(&request, plan, &result, errors))
        return exit_code(errors);
    if (options->quiet)
        return EXIT_DONE;
    printf("%s\n%u replications joined; results in %s\n", result.plan->title, result.replications,
           request.out);
    if (result.replications < result.plan->replications)
        printf("Warning: the scenario asks for %" PRId64 "; a last part may be missing\n",
               result.plan->replications);
    return EXIT_DONE;
}

/* Each draw of the inputs that a run of the scenario as it stands would have. */
static bool check_inputs(const struct run_request *request, const struct scenario *scenario,
                         struct errors *errors)
{
    if (scenario->inputs.count == 0)
        return true;
    struct draws draws =
        draws_of(scenario, (uint64_t)scenario->seed, 0, (uint32_t)scenario->replications);
    return draws_check(&draws, request->threads, NULL, errors);
}

static int check(const struct options *options, struct arena *plan, struct errors *errors)
{
    const struct run_request *request = &options->run;
    struct scenario          *scenario =
        scenario_load(plan, request->scenario, request->sets, request->set_count, errors);
    if (!scenario)
        return exit_code(errors);
    if (!check_inputs(request, scenario, errors) || !scenario_check_replications(scenario, errors))
        return exit_code(errors);
    printf("%s: no errors\n\n", request->scenario);
    outlook_write(plan, scenario, stdout);
    inputs_write(&scenario->inputs, stdout);
    return EXIT_DONE;
}

static int fields(const struct options *options, struct arena *plan, struct errors *errors)
{
    const struct run_request *request = &options->run;
    if (!options->table) {
        scenario_write_fields(stdout);
        return EXIT_DONE;
    }
    const struct shape *shape = scenario_find_shape(plan, options->table, request->scenario,
                                                    request->sets, request->set_count, errors);
    if (!shape)
        return exit_code(errors);
    shape_write(shape, stdout);
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    struct errors  errors = {0};
    struct arena   plan;
    struct options options;
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of writing (ulimit -f) */
    if (!arena_open_dense(&plan, PLAN_ROOM, &errors)) {
        print_errors(&errors);
        return EXIT_OUTSIDE;
    }
    if (!options_read(argc, argv, &plan, &options, &errors)) {
        print_errors(&errors);
        return EXIT_USAGE;
    }
    if (options.version || options.help) {
        if (options.version)
            printf("celsim %s\n", CELSIM_VERSION);
        else
            options_write_help(options.command, stdout);
        return EXIT_DONE;
    }
    static int (*const commands[COMMANDS])(const struct options *, struct arena *,
                                           struct errors *) = {[COMMAND_RUN] = run,
                                                               [COMMAND_CHECK] = check,
                                                               [COMMAND_FIELDS] = fields,
                                                               [COMMAND_MERGE] = merge,
                                                               [COMMAND_COMPARE] = compare};
    int code = commands[options.command](&options, &plan, &errors);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        errors_add_outside(&errors, "standard output", "cannot be written: %s", strerror(errno));
        code = EXIT_OUTSIDE;
    }
    print_errors(&errors);
    return code;
}
