#include "studies/compare.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "models/supply.h"
#include "models/warnings.h"
#include "studies/compare_variant.h"

#define VARIANTS_ROOM ((size_t)1 << 30) /* of what they leave out; address space */

/* The bar runs over all scenarios. */
struct overall {
    const struct run_request *request;
    uint32_t                  before, count; /* replications */
};

/* -- which scenarios */

/* Without folder and ending. */
static const char *stem(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return arena_text(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* The stem; the path where another file has the same. */
static const char *name_of(struct arena *arena, const struct compare_request *request, int file)
{
    const char *name = stem(arena, request->file[file]);
    for (int f = 0; f < request->file_count; f++)
        if (f != file && strcmp(stem(arena, request->file[f]), name) == 0)
            return request->file[file];
    return name;
}

static struct variants variants_of_files(struct arena *arena, const struct compare_request *request)
{
    const struct run_request *run = &request->run;
    size_t                    count = (size_t)request->file_count + 1;
    struct variants           variants = {(int)count, arena_new(arena, struct variant, count)};
    for (int v = 0; v < variants.count; v++)
        variants.list[v] =
            (struct variant){.file = v == 0 ? run->scenario : request->file[v - 1],
                             .comparison.name = v == 0 ? stem(arena, run->scenario)
                                                       : name_of(arena, request, v - 1)};
    return variants;
}

/* The mapping at a path, or NULL after an error. */
static const struct node *find_mapping(const struct scenario *whole, const char *path,
                                       struct errors *errors)
{
    const struct node *node = node_at(whole->root, path);
    if (node && node->kind == NODE_MAPPING && node->count > 0)
        return node;
    errors_add(errors, "--each", 0, 0, "%s is no mapping of %s with members, such as shocks", path,
               whole->file);
    return NULL;
}

/* A member of the mappings: its path. */
struct members {
    int          count;
    const char **path;
};

static struct members find_members(struct arena *arena, const struct compare_request *request,
                                   const struct scenario *whole, struct errors *errors)
{
    struct members members = {0};
    for (int pass = 0; pass < 2; pass++) { /* count, then take */
        if (pass == 1)
            members.path = arena_new(arena, const char *, (size_t)members.count);
        members.count = 0;
        for (int e = 0; e < request->each_count; e++) {
            const struct node *mapping = find_mapping(whole, request->each[e], errors);
            for (const struct node *node = mapping ? mapping->first : NULL; node;
                 node = node->next) {
                if (node_is_note(node))
                    continue;
                if (pass == 1)
                    members.path[members.count] = node_path(arena, node);
                members.count++;
            }
        }
        if (errors->count > 0)
            return (struct members){0};
    }
    return members;
}

#define NONE (-1)

/* The scenario without the members, but for `only`. */
static struct variant variant_with(struct arena *arena, const char *file,
                                   const struct members *members, int only)
{
    const char **without = arena_new(arena, const char *, (size_t)members->count);
    int          count = 0;
    for (int m = 0; m < members->count; m++)
        if (m != only)
            without[count++] = members->path[m];
    return (struct variant){.file = file,
                            .without = without,
                            .without_count = count,
                            .comparison.name = only == NONE ? "none" : members->path[only]};
}

/* Without any, each alone, all together. count 0 after errors. */
static struct variants variants_of_each(struct arena *arena, struct arena *plan_arena,
                                        const struct compare_request *request,
                                        struct errors                *errors)
{
    const struct run_request *run = &request->run;
    const struct scenario    *whole =
        scenario_load(plan_arena, run->scenario, run->sets, run->set_count, errors);
    struct members members = {0};
    if (whole)
        members = find_members(arena, request, whole, errors);
    if (members.count == 0)
        return (struct variants){0};
    struct variants variants = {0, arena_new(arena, struct variant, (size_t)members.count + 2)};
    for (int m = NONE; m < members.count; m++)
        variants.list[variants.count++] = variant_with(arena, run->scenario, &members, m);
    if (members.count > 1)
        variants.list[variants.count++] =
            (struct variant){.file = run->scenario, .comparison.name = "all"};
    return variants;
}

/* -- before the first event */

static const char *window(struct arena *arena, const struct period *period)
{
    char first[11], last[11];
    date_format(period->first_record, first);
    date_format(period->end, last);
    return arena_print(arena, "%s to %s", first, last);
}

static bool check_period(struct reader *reader, const struct scenario *base,
                         const struct scenario *plan)
{
    const struct period *ours = &plan->period, *theirs = &base->period;
    if (ours->first_record == theirs->first_record && ours->end == theirs->end)
        return true;
    node_error(reader, node_find(plan->root, "period"),
               "%s is recorded, but %s of %s; what is compared has the same days",
               window(reader->arena, ours), window(reader->arena, theirs), base->file);
    return false;
}

/* Nothing is indexed, so euros of two price years are no difference. */
static void check_prices(struct reader *reader, const struct scenario *base,
                         const struct scenario *plan)
{
    int64_t ours = plan->costs.price_year, theirs = base->costs.price_year;
    if (!plan->costs.used || !base->costs.used || ours == 0 || theirs == 0 || ours == theirs)
        return;
    node_error(reader, node_find(node_find(plan->root, "costs"), "price_year"),
               "price_year is %d, but %d in %s; what is compared has the same prices", (int)ours,
               (int)theirs, base->file);
}

/* A draw of the inputs is the same replications in both. */
static void check_draws(struct reader *reader, const struct scenario *base,
                        const struct scenario *plan, uint32_t replications)
{
    const struct node *node = node_find(plan->root, "uncertainty");
    int64_t            ours = plan->inputs.per_draw, theirs = base->inputs.per_draw;
    if (ours == 0 || ours == theirs)
        return;
    if (node_find(node, "per_draw"))
        node = node_find(node, "per_draw");
    if (theirs > 0)
        node_error(reader, node, "per_draw is %d, but %d in %s; pairs are of the same draw",
                   (int)ours, (int)theirs, base->file);
    else if (replications % ours != 0)
        node_error(reader, node, "per_draw is %d; the %u replications of %s are no multiple of it",
                   (int)ours, replications, base->file);
}

/* Seed and replications of the base. */
static struct run_request request_of(const struct run_request *run, const struct simulation *base)
{
    struct run_request request = *run;
    request.has_replications = request.has_seed = true;
    request.first = base->first;
    request.count = base->count;
    request.seed = base->seed;
    return request;
}

static bool is_told(const struct errors *errors, const struct error *error)
{
    for (int e = 0; e < errors->count && e < ERRORS_KEPT; e++) {
        const struct error *other = &errors->list[e];
        if (other->line == error->line && other->column == error->column &&
            strcmp(other->file, error->file) == 0 && strcmp(other->text, error->text) == 0)
            return true;
    }
    return false;
}

/* Adds what is not told yet: files that extend one that is wrong are all wrong alike. */
static void add_new(struct errors *errors, const struct errors *found)
{
    for (int f = 0; f < found->count && f < ERRORS_KEPT; f++) {
        const struct error *one = &found->list[f];
        if (is_told(errors, one))
            continue;
        if (one->outside)
            errors_add_outside(errors, one->file, "%s", one->text);
        else
            errors_add(errors, one->file, one->line, one->column, "%s", one->text);
    }
    if (found->count > ERRORS_KEPT)
        errors->count += found->count - ERRORS_KEPT;
}

/* Of the others, that they can be held against the base, when it is sound. */
static void load(const struct run_request *run, struct variants *variants, int v,
                 struct arena *arena, struct errors *errors)
{
    struct variant          *variant = &variants->list[v];
    const struct simulation *base = &variants->list[0].simulation;
    struct reader            reader = {arena, errors, NULL};
    const struct scenario   *plan =
        scenario_load_without(arena, variant->file, run->sets, run->set_count, variant->without,
                              variant->without_count, errors);
    if (!plan || (v > 0 && !base->plan))
        return;
    struct run_request same = v > 0 ? request_of(run, base) : *run;
    variant->simulation = simulation_of(&same, plan);
    if (v == 0)
        return;
    check_prices(&reader, base->plan, plan);
    if (check_period(&reader, base->plan, plan))
        check_draws(&reader, base->plan, plan, base->count);
}

static bool load_all(const struct run_request *run, struct variants *variants, struct arena *arena,
                     struct errors *errors)
{
    for (int v = 0; v < variants->count; v++) {
        struct errors *found = arena_new(arena, struct errors, 1);
        load(run, variants, v, arena, found);
        add_new(errors, found);
    }
    return errors->count == 0;
}

/* Everything that can be wrong with any of them. The plans go to `plan_arena`, and are frozen. */
static bool prepare(const struct compare_request *request, struct variants *variants,
                    struct arena *plan_arena, struct arena *arena, struct errors *errors)
{
    *variants = request->each_count > 0 ? variants_of_each(arena, plan_arena, request, errors)
                                        : variants_of_files(arena, request);
    if (variants->count == 0 || !load_all(&request->run, variants, plan_arena, errors))
        return false;
    arena_freeze(plan_arena);
    for (int v = 0; v < variants->count; v++) {
        struct simulation *simulation = &variants->list[v].simulation;
        struct run_request same = request_of(&request->run, simulation);
        if (!simulation_check(simulation, v == 0 ? &request->run : &same, errors))
            return false;
    }
    return true;
}

/* -- run.yaml */

static void write_left_out(const struct comparison *comparison, bool is_base, FILE *out)
{
    const char *separator = "";
    fprintf(out, "    only_%s: [", is_base ? "base" : "here");
    for (const struct left_out *one = comparison->left_out; one; one = one->next) {
        if (one->is_base != is_base)
            continue;
        fprintf(out, "%s%s %s", separator, one->indicator, one->group);
        separator = ", ";
    }
    fprintf(out, "]\n");
}

static void write_variant(const struct variant *variant, bool is_base, FILE *out)
{
    fprintf(out, "  - name: ");
    tree_write_quoted(variant->comparison.name, out);
    fprintf(out, "\n    digest: \"%s\" # of the scenario below\n",
            variant->simulation.plan->digest);
    if (!is_base) {
        write_left_out(&variant->comparison, true, out);
        write_left_out(&variant->comparison, false, out);
    }
    fprintf(out, "    scenario:\n");
    report_indented(variant->simulation.plan->resolved, 6, out);
}

static bool write_manifest(const struct variants *variants, const char *path, struct errors *errors)
{
    const struct simulation *base = &variants->list[0].simulation;
    FILE                    *out = fopen(path, "w");
    if (!out) {
        errors_add_outside(errors, path, "cannot write: %s", strerror(errno));
        return false;
    }
    fprintf(out, "celsim: %s\n", CELSIM_VERSION);
    fprintf(out, "seed: %" PRIu64 "\n", base->seed);
    fprintf(out, "replications: %" PRIu32 "\n", base->count);
    fprintf(out, "generator: PCG64-DXSM, keyed draws\n");
    fprintf(out, "# The first is the base. only_base and only_here: what the base or the scenario "
                 "alone has, in some year or\n# in all, and compare.csv has not.\nscenarios:\n");
    for (int v = 0; v < variants->count; v++)
        write_variant(&variants->list[v], v == 0, out);
    bool failed = ferror(out) != 0;
    failed |= fclose(out) != 0;
    if (failed)
        errors_add_outside(errors, path, "cannot write: %s", strerror(errno));
    return !failed;
}

/* -- the whole */

static void tell_progress(void *context, uint32_t done, uint32_t count)
{
    const struct overall *overall = context;
    (void)count;
    overall->request->progress(overall->request->progress_context, overall->before + done,
                               overall->count);
}

static bool run_variant(const struct run_request *run, const struct variants *variants, int v,
                        struct records *records, struct arena *arena, struct run_result *result,
                        struct errors *errors)
{
    const struct simulation *simulation = &variants->list[v].simulation;
    struct overall           overall = {run, (uint32_t)v * simulation->count,
                                        (uint32_t)variants->count * simulation->count};
    struct run_request       request = *run;
    if (run->progress) {
        request.progress = tell_progress;
        request.progress_context = &overall;
    }
    records_open(records, arena, simulation->plan->record_size, simulation->first,
                 simulation->count);
    double started = seconds_now();
    bool   done = simulate(simulation, &request, records, NULL, errors);
    result->interrupted = !done && errors->count == 0;
    result->run_seconds += seconds_now() - started;
    return done;
}

static size_t room_of(const struct simulation *simulation)
{
    return records_bytes(simulation->plan->record_size, simulation->count) +
           simulate_room(simulation->count);
}

/* Runs one, writes its rows, and forgets it. */
static bool compare_one(const struct run_request *run, struct variants *variants, int v,
                        struct pairing *pairing, struct run_result *result, struct errors *errors)
{
    struct variant *variant = &variants->list[v];
    struct arena    arena;
    struct records  records;
    if (!arena_open_dense(&arena, room_of(&variant->simulation), errors))
        return false;
    bool done = run_variant(run, variants, v, &records, &arena, result, errors);
    if (done) {
        double started = seconds_now();
        pairing_write(pairing, variant->simulation.plan, &records, &variant->comparison, &arena);
        result->write_seconds += seconds_now() - started;
    }
    arena_close(&arena);
    return done;
}

/* With the folder open; `arena` is the base's. */
static bool compare_into(const struct run_request *run, struct variants *variants,
                         const struct folder *folder, struct arena *arena,
                         struct run_result *result, struct errors *errors)
{
    const struct scenario *base = variants->list[0].simulation.plan;
    struct pairing         pairing;
    struct records         records;
    if (!run_variant(run, variants, 0, &records, arena, result, errors) ||
        !pairing_open(&pairing, base, &records, folder_file(arena, folder, "compare.csv"), arena,
                      errors))
        return false;
    for (int v = 1; v < variants->count; v++)
        if (!compare_one(run, variants, v, &pairing, result, errors))
            return false;
    result->plan = base;
    result->replications = records.count;
    return pairing_close(&pairing, errors) &&
           write_manifest(variants, folder_file(arena, folder, RUN_MARK), errors) &&
           timing_write(run, result, folder_file(arena, folder, "timing.yaml"), errors);
}

/* With the variants ready. */
static bool compare_all(const struct run_request *run, struct variants *variants,
                        struct run_result *result, struct errors *errors)
{
    const struct simulation *base = &variants->list[0].simulation;
    struct arena             arena;
    struct folder            folder;
    size_t                   room = room_of(base) + pairing_room(base->plan, base->count);
    for (int v = 0; v < variants->count; v++)
        room += supply_room(variants->list[v].simulation.plan) + WARNINGS_BYTES;
    if (!arena_open_dense(&arena, room, errors))
        return false;
    bool done = folder_open(&folder, &arena, run->out, RUN_MARK, errors);
    if (done && !compare_into(run, variants, &folder, &arena, result, errors)) {
        folder_drop(&folder);
        done = false;
    }
    done = done && folder_close(&folder, errors);
    if (done && run->headline)
        variants_write_headline(variants, &arena, run->headline);
    arena_close(&arena);
    return done;
}

bool study_compare(const struct compare_request *request, struct arena *plan_arena,
                   struct compare_result *result, struct errors *errors)
{
    double          started = seconds_now();
    struct arena    arena;
    struct variants variants;
    *result = (struct compare_result){0};
    if (!arena_open(&arena, VARIANTS_ROOM, errors))
        return false;
    bool done = prepare(request, &variants, plan_arena, &arena, errors);
    result->run.interrupted = !done && errors->count == 0;
    result->run.load_seconds = seconds_now() - started;
    result->scenario_count = variants.count;
    done = done && compare_all(&request->run, &variants, &result->run, errors);
    arena_close(&arena);
    return done;
}
