/* Bytes loaded as a scenario. Of one that loads the outlook is written; it is loaded again with a
 * short period, and a tiny one is simulated, once as it is and once with ties shuffled: both must
 * give the same record. Build with
 * clang -DCELSIM_CHECK -fsanitize=fuzzer,address,undefined.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "models/model.h"
#include "models/outlook.h"
#include "sim/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Seen from the root: so that the seeds find what they extend, and their CSV files. */
#define FILE_NAME "tests/scenarios/broken/fuzz.yaml"
#define PLAN_ROOM ((size_t)1 << 33) /* address space, not memory */
#define DAYS_AT_MOST 20
#define PERSONS_AT_MOST 1500 /* of which 1,000 are the margin of any scenario */
#define RECORDS_AT_MOST ((size_t)1 << 24)
#define SALT 0x5eed5a17u

static void demand(bool condition)
{
    if (!condition)
        abort();
}

/* Each error has a text and a place, or is of the outside. */
static void check_errors(const struct errors *errors)
{
    for (int e = 0; e < errors->count && e < 100; e++) {
        const struct error *error = &errors->list[e];
        demand(error->file[0] && error->text[0]);
        demand(error->outside || (error->line > 0 && error->column > 0));
    }
}

static struct scenario *load(struct arena *arena, const uint8_t *data, size_t size,
                             const char *const *sets, int set_count)
{
    struct errors    errors = {0};
    struct scenario *plan =
        scenario_load_text(arena, FILE_NAME, (const char *)data, size, sets, set_count, &errors);
    demand((plan == NULL) == (errors.count > 0));
    check_errors(&errors);
    return plan;
}

static void write_outlook(struct arena *arena, const struct scenario *plan)
{
    char  *text = NULL;
    size_t length = 0;
    FILE  *out = open_memstream(&text, &length);
    demand(out);
    outlook_write(arena, plan, out);
    demand(fclose(out) == 0 && length > 0);
    free(text);
}

/* The same with the period cut to some days. NULL: it does not load so. */
static struct scenario *load_short(struct arena *arena, const uint8_t *data, size_t size,
                                   const struct scenario *plan)
{
    char end[11];
    if (plan->period.day_count <= DAYS_AT_MOST)
        return load(arena, data, size, NULL, 0);
    date_format(plan->period.start + DAYS_AT_MOST - 1, end);
    const char *sets[] = {arena_print(arena, "period.end=%s", end), "period.warm_up=3 days"};
    return load(arena, data, size, sets, 2);
}

static struct record simulate(const struct scenario *plan, uint64_t shuffle, struct arena *results)
{
    struct errors  errors = {0};
    struct arena   world;
    struct records records;
    struct run     run = {plan, (uint64_t)plan->seed, shuffle, &records, NULL, 0};
    demand(arena_open(&world, model_arena_room(plan), &errors));
    records_open(&records, results, plan->record_size, 0, 1);
    model_replicate(&run, 0, &world);
    arena_close(&world);
    return records.record[0];
}

static void compare(const struct record_size *size, const struct record *a, const struct record *b)
{
    size_t daily = (size_t)size->days * size->daily_columns * sizeof *a->daily;
    size_t monthly = (size_t)size->months * size->monthly_columns * sizeof *a->monthly;
    size_t yearly = (size_t)size->years * size->yearly_columns * sizeof *a->yearly;
    demand(memcmp(a->daily, b->daily, daily) == 0);
    demand(memcmp(a->monthly, b->monthly, monthly) == 0);
    demand(memcmp(a->yearly, b->yearly, yearly) == 0);
    demand(memcmp(a->total, b->total, size->total_columns * sizeof *a->total) == 0);
}

static void run(const struct scenario *plan)
{
    struct errors errors = {0};
    struct arena  results;
    size_t        bytes = records_bytes(plan->record_size, 1);
    if (plan->persons_at_most > PERSONS_AT_MOST || bytes > RECORDS_AT_MOST)
        return;
    demand(arena_open(&results, 2 * bytes + ((size_t)1 << 20), &errors));
    struct record record = simulate(plan, 0, &results);
    struct record shuffled = simulate(plan, SALT, &results);
    compare(&plan->record_size, &record, &shuffled);
    arena_close(&results);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct errors errors = {0};
    struct arena  arena;
    demand(arena_open(&arena, PLAN_ROOM, &errors));
    struct scenario *plan = load(&arena, data, size, NULL, 0);
    if (plan) {
        write_outlook(&arena, plan);
        plan = load_short(&arena, data, size, plan);
    }
    if (plan) {
        arena_freeze(&arena);
        run(plan);
    }
    arena_close(&arena);
    return 0;
}
