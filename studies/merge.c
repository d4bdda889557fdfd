#include "studies/merge.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/part.h"
#include "studies/differ.h"

struct part {
    const char      *path;
    struct part_head head;
    struct records   records; /* size, first and count only */
};

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool read_head(const char *path, struct part *part, struct arena *arena,
                      struct errors *errors)
{
    part->path = is_folder(path) ? arena_print(arena, "%s/%s", path, PART_FILE) : path;
    if (is_folder(path) && access(part->path, F_OK) != 0) {
        errors_add(errors, path, 0, 0,
                   "holds no %s; celsim run --replications A..B writes the parts of a run",
                   PART_FILE);
        return false;
    }
    return part_read_head(arena, part->path, &part->head, &part->records, errors);
}

static bool read_heads(const struct merge_request *request, struct part *parts, struct arena *arena,
                       struct errors *errors)
{
    bool read = true;
    for (int p = 0; p < request->part_count; p++)
        read &= read_head(request->part[p], &parts[p], arena, errors);
    return read;
}

static void sort_parts(struct part *parts, int count)
{
    for (int i = 1; i < count; i++) {
        struct part part = parts[i];
        int         at = i;
        for (; at > 0 && parts[at - 1].records.first > part.records.first; at--)
            parts[at] = parts[at - 1];
        parts[at] = part;
    }
}

static void tell_difference(const struct part *part, const struct part *first, struct arena *arena,
                            struct errors *errors)
{
    const char *difference = scenario_difference(arena, part->head.scenario, first->head.scenario);
    errors_add(errors, part->path, 0, 0, "is of another scenario than %s (digest %s, not %s)%s%s",
               first->path, part->head.digest, first->head.digest, *difference ? ": " : "",
               difference);
}

static bool check_same_run(const struct part *parts, int count, struct arena *arena,
                           struct errors *errors)
{
    const struct part_head *first = &parts[0].head;
    int                     before = errors->count;
    for (int p = 1; p < count; p++) {
        const struct part_head *head = &parts[p].head;
        if (strcmp(head->digest, first->digest) != 0)
            tell_difference(&parts[p], &parts[0], arena, errors);
        else if (head->seed != first->seed)
            errors_add(errors, parts[p].path, 0, 0, "has seed %" PRIu64 ", but %s has %" PRIu64,
                       head->seed, parts[0].path, first->seed);
        else if (strcmp(head->version, first->version) != 0)
            errors_add(errors, parts[p].path, 0, 0, "was made by celsim %s, but %s by %s",
                       head->version, parts[0].path, first->version);
    }
    return errors->count == before;
}

/* A whole run has whole draws of its inputs. */
static bool check_whole_draws(const struct part *last, const struct scenario *plan,
                              struct errors *errors)
{
    uint32_t end = last->records.first + last->records.count;
    if (plan->inputs.per_draw == 0 || end % plan->inputs.per_draw == 0)
        return true;
    errors_add(errors, last->path, 0, 0,
               "ends within a draw of the inputs: %u replications are no multiple of per_draw, %d",
               end, (int)plan->inputs.per_draw);
    return false;
}

static bool check_cover(const struct part *parts, int count, struct errors *errors)
{
    int      before = errors->count;
    uint32_t next = 0;
    for (int p = 0; p < count; p++) {
        uint32_t first = parts[p].records.first, end = first + parts[p].records.count;
        if (first > next)
            errors_add(errors, parts[p].path, 0, 0, "replications %u..%u are missing before it",
                       next, first - 1);
        else if (first < next)
            errors_add(errors, parts[p].path, 0, 0,
                       "replications %u..%u are in another part as well", first,
                       (end < next ? end : next) - 1);
        if (end > next)
            next = end;
    }
    return errors->count == before;
}

static bool read_parts(const struct part *parts, int count, struct records *records,
                       struct arena *arena, struct errors *errors)
{
    for (int p = 0; p < count; p++)
        if (!part_read(arena, parts[p].path, records, errors))
            return false;
    return true;
}

/* The plan that the parts carry; a part made by other columns than ours is of another version. */
static struct scenario *load_plan(const struct part *part, struct arena *plan_arena,
                                  struct errors *errors)
{
    struct scenario *plan = scenario_load_text(plan_arena, part->path, part->head.scenario,
                                               strlen(part->head.scenario), NULL, 0, errors);
    if (!plan)
        return NULL;
    if (strcmp(part->head.version, CELSIM_VERSION) != 0 ||
        memcmp(&plan->record_size, &part->records.size, sizeof plan->record_size) != 0) {
        errors_add(errors, part->path, 0, 0, "was made by celsim %s; this is %s",
                   part->head.version, CELSIM_VERSION);
        return NULL;
    }
    if (strcmp(plan->digest, part->head.digest) != 0) {
        errors_add(errors, part->path, 0, 0,
                   "has the digest %s, but its scenario has %s: another celsim %s made it",
                   part->head.digest, plan->digest, part->head.version);
        return NULL;
    }
    return plan;
}

static bool merge_into(const struct merge_request *request, const struct part *parts, int count,
                       const struct scenario *plan, struct arena *heads, struct run_result *result,
                       struct errors *errors)
{
    const struct part *last = &parts[count - 1];
    uint32_t           replications = last->records.first + last->records.count;
    struct arena       arena;
    struct records     records;
    struct folder      folder;
    size_t room = 2 * records_bytes(plan->record_size, replications) + (size_t)replications * 4096 +
                  ((size_t)64 << 20);
    if (!arena_open_dense(&arena, room, errors))
        return false;
    records_open(&records, &arena, plan->record_size, 0, replications);
    bool done = read_parts(parts, count, &records, heads, errors) &&
                folder_open(&folder, &arena, request->out, RUN_MARK, errors);
    if (done && !study_write(plan, &records, parts[0].head.seed, &folder, &arena, errors)) {
        folder_drop(&folder);
        done = false;
    }
    done = done && folder_close(&folder, errors);
    if (done) /* else the errors name files that stand in it */
        arena_close(&arena);
    *result = (struct run_result){.plan = plan, .replications = replications};
    return done;
}

bool study_merge(const struct merge_request *request, struct arena *plan_arena,
                 struct run_result *result, struct errors *errors)
{
    struct arena heads;
    if (!arena_open(&heads, (size_t)16 << 30, errors))
        return false;
    int          count = request->part_count;
    struct part *parts = arena_new(&heads, struct part, (size_t)count);
    bool         done = read_heads(request, parts, &heads, errors);
    if (done) {
        sort_parts(parts, count);
        bool same = check_same_run(parts, count, &heads, errors);
        done = check_cover(parts, count, errors) && same;
    }
    struct scenario *plan = done ? load_plan(&parts[0], plan_arena, errors) : NULL;
    done = plan && check_whole_draws(&parts[count - 1], plan, errors) &&
           merge_into(request, parts, count, plan, &heads, result, errors);
    if (done) /* likewise */
        arena_close(&heads);
    return done;
}
