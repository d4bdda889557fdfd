#include "tests/support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define ROOM ((size_t)1 << 30) /* address space, not memory */

struct arena support_arena(void)
{
    struct arena  arena;
    struct errors errors = {0};
    cr_assert(arena_open(&arena, ROOM, &errors), "%s", errors.list[0].text);
    return arena;
}

static const char *join(struct arena *arena, const struct errors *errors)
{
    const char *text = "";
    for (int i = 0; i < errors->count && i < 100; i++) {
        const struct error *error = &errors->list[i];
        text = arena_print(arena, "%s%s:%d:%d: %s\n", text, error->file, error->line, error->column,
                           error->text);
    }
    return text;
}

static const struct scenario *load(struct arena *arena, const char *text, const char **errors)
{
    struct errors          list = {0};
    const struct scenario *scenario =
        scenario_load_text(arena, "test.yaml", text, strlen(text), NULL, 0, &list);
    cr_assert((scenario == NULL) == (list.count > 0), "a scenario or errors");
    *errors = join(arena, &list);
    return scenario;
}

const struct scenario *support_scenario(const char *text)
{
    struct arena           arena = support_arena();
    const char            *errors;
    const struct scenario *scenario = load(&arena, text, &errors);
    cr_assert(scenario, "the scenario does not load:\n%s", errors);
    return scenario;
}

const char *support_errors(const char *text)
{
    struct arena arena = support_arena();
    const char  *errors;
    (void)load(&arena, text, &errors);
    return errors;
}

/* -- runs */

#define TRACE_ROOM ((uint32_t)1 << 21) /* rows */
#define SALT 0x5eed5a17u

static int by_person(const void *a, const void *b)
{
    const struct trace_row *one = a, *other = b;
    if (one->minute != other->minute)
        return one->minute < other->minute ? -1 : 1;
    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    return one->sequence < other->sequence ? -1 : 1;
}

static struct support_run run_once(const struct scenario *plan, uint32_t replication,
                                   uint64_t shuffle)
{
    struct arena       world, results = support_arena();
    struct errors      errors = {0};
    struct records     records;
    struct support_run made = {.plan = plan};
    cr_assert(arena_open(&world, model_arena_room(plan), &errors), "%s", errors.list[0].text);
    records_open(&records, &results, plan->record_size, replication, 1);
    made.trace.room = TRACE_ROOM;
    made.trace.row = arena_new(&results, struct trace_row, TRACE_ROOM);
    struct run run = {plan, (uint64_t)plan->seed, shuffle, &records, &made.trace, replication};
    model_replicate(&run, replication, &world);
    arena_close(&world);
    made.record = records.record[0];
    qsort(made.trace.row, made.trace.count, sizeof made.trace.row[0], by_person);
    return made;
}

static void compare(const struct support_run *one, const struct support_run *other)
{
    const struct record_size *size = &one->plan->record_size;
    cr_assert_eq(one->trace.count, other->trace.count, "ties matter to the number of things done");
    for (uint32_t i = 0; i < one->trace.count; i++) {
        struct trace_row a = one->trace.row[i], b = other->trace.row[i];
        a.sequence = b.sequence = 0; /* a running number */
        cr_assert(memcmp(&a, &b, sizeof a) == 0, "ties matter to row %u", i);
    }
    cr_assert(memcmp(one->record.daily, other->record.daily,
                     (size_t)size->days * size->daily_columns * sizeof(int32_t)) == 0);
    cr_assert(memcmp(one->record.monthly, other->record.monthly,
                     (size_t)size->months * size->monthly_columns * sizeof(int32_t)) == 0);
    cr_assert(memcmp(one->record.yearly, other->record.yearly,
                     (size_t)size->years * size->yearly_columns * sizeof(int64_t)) == 0);
    cr_assert(
        memcmp(one->record.total, other->record.total, size->total_columns * sizeof(int64_t)) == 0);
}

struct support_run support_run(const char *text, uint32_t replication)
{
    const struct scenario *plan = support_scenario(text);
    struct support_run     run = run_once(plan, replication, 0);
    struct support_run     shuffled = run_once(plan, replication, SALT);
    compare(&run, &shuffled);
    return run;
}

/* What was written to memory, in an arena: nothing is left to free. */
static const char *close_text(FILE *out, char **text, const size_t *length)
{
    struct arena arena = support_arena();
    fclose(out); /* only now are text and length right */
    const char *copy = arena_text(&arena, *text, *length);
    free(*text);
    return copy;
}

static const char *unit_name(const struct scenario *plan, uint16_t unit)
{
    if (unit == NO_UNIT)
        return "-";
    return unit == plan->estate.unit_count ? "outside" : plan->estate.unit[unit].name;
}

const char *support_history(const struct support_run *run, const char *stream)
{
    const struct scenario *plan = run->plan;
    char                  *text = NULL;
    size_t                 length = 0;
    FILE                  *out = open_memstream(&text, &length);
    for (uint32_t i = 0; i < run->trace.count; i++) {
        const struct trace_row *row = &run->trace.row[i];
        const char             *status = plan->statuses.name[row->status];
        const char             *name = plan->stream[row->stream].name;
        if (strcmp(status, "coming") == 0 || (stream && strcmp(stream, name) != 0))
            continue;
        fprintf(out, "%d %02d:%02d %s %d %s %s %s\n", row->minute / MINUTES_A_DAY,
                row->minute / 60 % 24, row->minute % 60, name,
                (int)(row->key >> PERSON_POINT_SHIFT & 0x1ffffff), trace_name[row->what], status,
                unit_name(plan, row->unit));
    }
    return close_text(out, &text, &length);
}

static bool is_same(const struct trace_row *a, const struct trace_row *b)
{
    return a->minute == b->minute && a->key == b->key && a->what == b->what &&
           a->status == b->status;
}

/* Both are in the order of minute, person and time. */
bool support_is_within(const struct support_run *one, const struct support_run *other)
{
    uint32_t i = 0;
    for (uint32_t j = 0; i < one->trace.count && j < other->trace.count; j++)
        i += is_same(&one->trace.row[i], &other->trace.row[j]);
    return i == one->trace.count;
}

int support_count(const struct support_run *run, enum trace_what what, const char *status)
{
    int count = 0;
    for (uint32_t i = 0; i < run->trace.count; i++) {
        const struct trace_row *row = &run->trace.row[i];
        count += row->what == what &&
                 (!status || strcmp(status, run->plan->statuses.name[row->status]) == 0);
    }
    return count;
}

/* -1: there is none. */
static int column_of(const char *const *names, int count, const char *column)
{
    for (int c = 0; c < count; c++)
        if (strcmp(names[c], column) == 0)
            return c;
    return -1;
}

static int find_column(const char *const *names, int count, const char *column)
{
    int c = column_of(names, count, column);
    cr_assert(c >= 0, "there is no column %s", column);
    return c;
}

static int32_t daily(const struct support_run *run, const char *column, int32_t row)
{
    const struct columns *columns = &run->plan->columns;
    int c = find_column(columns->daily_name, columns->kept[SHOWN_DAILY].count, column);
    return run->record.daily[row * columns->kept[SHOWN_DAILY].count + c];
}

int64_t support_day(const struct support_run *run, const char *column, const char *date)
{
    int32_t day;
    cr_assert(date_parse(date, &day));
    cr_assert(day >= run->plan->period.first_record && day <= run->plan->period.end);
    return daily(run, column, day - run->plan->period.first_record);
}

int64_t support_year(const struct support_run *run, const char *column, int year)
{
    const struct columns *columns = &run->plan->columns;
    int                   row = year - date_from_day(run->plan->period.first_record).year;
    cr_assert(row >= 0 && row < (int)run->plan->record_size.years);
    int c = find_column(columns->yearly_name, columns->yearly_count, column);
    return run->record.yearly[row * columns->yearly_count + c];
}

const char *support_days(const struct support_run *run, const char *column, int count)
{
    char  *text = NULL;
    size_t length = 0;
    FILE  *out = open_memstream(&text, &length);
    for (int32_t row = 0; row < count; row++)
        fprintf(out, "%s%d", row > 0 ? " " : "", daily(run, column, row));
    return close_text(out, &text, &length);
}

void support_expect_days(const struct support_run *run, const char *column, const char *expected)
{
    int count = 1;
    for (const char *c = expected; *c; c++)
        count += *c == ' ';
    const char *days = support_days(run, column, count);
    cr_expect_str_eq(days, expected, "%s: %s", column, days);
}

static void expect_sum(const struct support_run *run, int built, const char *group)
{
    static const char *const part[] = {"usable",      "out_lost",  "out_works", "out_damage",
                                       "out_reserve", "out_staff", "unpaired"};
    const struct columns    *columns = &run->plan->columns;
    int                      count = columns->kept[SHOWN_DAILY].count;
    for (size_t day = 0; day < run->plan->record_size.days; day++) {
        const int32_t *row = run->record.daily + day * (size_t)count;
        int32_t        sum = 0;
        for (size_t p = 0; p < sizeof part / sizeof part[0]; p++) {
            char name[80];
            snprintf(name, sizeof name, "%s %s", part[p], group);
            int c = column_of(columns->daily_name, count, name);
            sum += c < 0 ? 0 : row[c];
        }
        cr_assert_eq(row[built], sum, "%s on day %zu: %d, not %d", group, day, row[built], sum);
    }
}

void support_expect_sums(const struct support_run *run)
{
    const struct columns *columns = &run->plan->columns;
    int                   groups = 0;
    for (int c = 0; c < columns->kept[SHOWN_DAILY].count; c++)
        if (strncmp(columns->daily_name[c], "built ", 6) == 0) {
            expect_sum(run, c, columns->daily_name[c] + 6);
            groups++;
        }
    cr_assert_geq(groups, 2, "in all and by regime");
}
