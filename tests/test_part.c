#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/netcdf.h"
#include "sim/part.h"
#include "tests/own_folder.h"

enum {
    DAYS = 40,
    DAILY = 3,
    MONTHS = 2,
    MONTHLY = 2,
    YEARS = 2,
    YEARLY = 4,
    TOTAL = 5,
    FIRST = 7,
    COUNT = 3
};

static const struct record_size size = {DAYS, DAILY, MONTHS, MONTHLY, YEARS, YEARLY, TOTAL};

static const char *const daily_names[] = {"present", "waiting", "usable"};
static const char *const monthly_names[] = {"present unit.a", "usable unit.a"};
static const char *const yearly_names[] = {"arrivals", "releases", "cost", "transfers"};
static const char *const total_names[] = {"events", "start", "arrived", "left", "held"};

/* 2026-01-01 is day 20454 since 1970-01-01 (python: date.toordinal() - 719163). */
static const int32_t          month_end[] = {20484, 20512}; /* 31 January, 28 February */
static const struct part_head head = {
    .version = "1.2",
    .scenario = "title: Stra\xc3\x9f"
                "e\nflows: {}\n",
    .digest = "0123456789abcdef0123456789abcdef",
    .seed = UINT64_MAX,
    .first_day = 20454,
    .first_year = 2026,
    .month_end = month_end,
    .daily_names = daily_names,
    .monthly_names = monthly_names,
    .yearly_names = yearly_names,
    .total_names = total_names,
};

static struct arena  arena;
static struct errors errors;

static void set_up(void)
{
    cr_assert(arena_open(&arena, (size_t)1 << 28, &errors));
}

static void tear_down(void)
{
    arena_close(&arena);
}

static const char *in_folder(const char *name)
{
    return arena_print(&arena, "%s/%s", own_folder(), name);
}

/* Negative, large and zero, and no two alike: a number in a wrong place shows. */
static struct records numbers(void)
{
    struct records records;
    records_open(&records, &arena, size, FIRST, COUNT);
    for (int r = 0; r < COUNT; r++) {
        for (int i = 0; i < DAYS * DAILY; i++)
            records.record[r].daily[i] = 1000 * r + i - 500;
        records.record[r].daily[0] = INT32_MIN;
        records.record[r].daily[DAYS * DAILY - 1] = INT32_MAX;
        for (int i = 0; i < MONTHS * MONTHLY; i++)
            records.record[r].monthly[i] = 7000 + 100 * r + i;
        for (int i = 0; i < YEARS * YEARLY; i++)
            records.record[r].yearly[i] = INT64_MAX - 100 * r - i;
        for (int i = 0; i < TOTAL; i++)
            records.record[r].total[i] = INT64_MIN + 100 * r + i;
    }
    return records;
}

static bool same(const struct record *a, const struct record *b)
{
    return memcmp(a->daily, b->daily, DAYS * DAILY * sizeof *a->daily) == 0 &&
           memcmp(a->monthly, b->monthly, MONTHS * MONTHLY * sizeof *a->monthly) == 0 &&
           memcmp(a->yearly, b->yearly, YEARS * YEARLY * sizeof *a->yearly) == 0 &&
           memcmp(a->total, b->total, TOTAL * sizeof *a->total) == 0;
}

static const char *written(const char *name)
{
    const char    *path = in_folder(name);
    struct records records = numbers();
    cr_assert(part_write(path, &head, &records, &errors), "%s", errors.list[0].text);
    return path;
}

static size_t load(const char *path, char *bytes, size_t room)
{
    FILE *file = fopen(path, "rb");
    cr_assert(file);
    size_t count = fread(bytes, 1, room, file);
    cr_assert_lt(count, room);
    fclose(file);
    return count;
}

static void save(const char *path, const char *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");
    cr_assert(file);
    cr_assert_eq(fwrite(bytes, 1, count, file), count);
    cr_assert_eq(fclose(file), 0);
}

/* Exactly one error, of the outside, that names the file and holds the words. */
static void expect_error(const char *path, const char *words)
{
    cr_expect_eq(errors.count, 1, "%d errors, not 1 with '%s'", errors.count, words);
    cr_expect(errors.list[0].outside);
    cr_expect_str_eq(errors.list[0].file, path);
    cr_expect(strstr(errors.list[0].text, words), "'%s' is not in: %s", words, errors.list[0].text);
    errors.count = 0;
}

static void expect_refused(const char *path, const char *words)
{
    struct records into;
    records_open(&into, &arena, size, FIRST, COUNT);
    cr_expect(!part_read(&arena, path, &into, &errors), "%s", words);
    expect_error(path, words);
}

TestSuite(part, .init = set_up, .fini = tear_down);

Test(part, gives_back_what_was_written)
{
    const char      *path = written("a.nc");
    struct records   before = numbers(), after, layout;
    struct part_head read;

    cr_assert(part_read_head(&arena, path, &read, &layout, &errors), "%s", errors.list[0].text);
    cr_expect_str_eq(read.version, head.version);
    cr_expect_str_eq(read.scenario, head.scenario);
    cr_expect_str_eq(read.digest, head.digest);
    cr_expect_eq(read.seed, head.seed);
    cr_expect_eq(read.first_day, head.first_day);
    cr_expect_eq(read.first_year, head.first_year);
    cr_expect_eq(memcmp(&layout.size, &size, sizeof size), 0);
    cr_expect_eq(layout.first, (uint32_t)FIRST);
    cr_expect_eq(layout.count, (uint32_t)COUNT);

    /* Two replications before and one after the part stay as they are. */
    records_open(&after, &arena, size, FIRST - 2, COUNT + 3);
    cr_assert(part_read(&arena, path, &after, &errors), "%s", errors.list[0].text);
    for (int r = 0; r < COUNT; r++)
        cr_expect(same(&after.record[r + 2], &before.record[r]), "replication %d", r);
    for (int i = 0; i < TOTAL; i++)
        cr_expect_eq(after.record[1].total[i] + after.record[COUNT + 2].total[i], 0);
    cr_expect_neq(access(in_folder("a.nc.part"), F_OK), 0);
}

Test(part, without_month_ends_holds_all_else)
{
    const char        *path = in_folder("a.nc");
    struct record_size daily = size;
    struct records     before, after, layout;
    struct part_head   read;

    daily.months = daily.monthly_columns = 0;
    records_open(&before, &arena, daily, FIRST, COUNT);
    before.record[1].daily[5] = 3;
    before.record[1].yearly[5] = 4;
    cr_assert(part_write(path, &head, &before, &errors), "%s", errors.list[0].text);
    cr_assert(part_read_head(&arena, path, &read, &layout, &errors), "%s", errors.list[0].text);
    cr_expect_eq(memcmp(&layout.size, &daily, sizeof daily), 0);
    records_open(&after, &arena, daily, FIRST, COUNT);
    cr_assert(part_read(&arena, path, &after, &errors), "%s", errors.list[0].text);
    cr_expect_eq(after.record[1].daily[5], 3);
    cr_expect_eq(after.record[1].yearly[5], 4);
    expect_refused(path, "40 x 3, 2 x 2, 2 x 4 and 5");
}

Test(part, a_scenario_of_a_megabyte_is_kept)
{
    const char      *path = in_folder("a.nc");
    struct records   records = numbers(), layout;
    struct part_head read, long_head = head;
    char            *text = arena_take(&arena, 1000001, 1);

    memset(text, 'x', 1000000);
    long_head.scenario = text;
    cr_assert(part_write(path, &long_head, &records, &errors), "%s", errors.list[0].text);
    cr_assert(part_read_head(&arena, path, &read, &layout, &errors), "%s", errors.list[0].text);
    cr_expect_str_eq(read.scenario, text);
}

Test(part, equal_content_is_equal_bytes)
{
    static char a[100000], b[100000];
    size_t      count = load(written("a.nc"), a, sizeof a);
    cr_expect_eq(load(written("b.nc"), b, sizeof b), count);
    cr_expect_eq(memcmp(a, b, count), 0);
    cr_expect_eq(load(written("a.nc"), b, sizeof b), count); /* over an older file too */
    cr_expect_eq(memcmp(a, b, count), 0);
}

/* One value of a variable, in the type that the file has. */
static void read_at(const struct netcdf *nc, int file, const char *name, const size_t *at,
                    void *value)
{
    static const size_t one[] = {1, 1, 1};
    int                 variable;
    cr_assert_eq(nc->inq_varid(file, name, &variable), NC_NOERR, "%s", name);
    cr_assert_eq(nc->get_vara(file, variable, at, one, value), NC_NOERR, "%s", name);
}

/* Read by the netCDF library alone, as any other program would. */
Test(part, stands_in_the_file_as_replication_series_day)
{
    static const struct {
        const char *variable;
        size_t      at[3];
        int32_t     expected;
    } numbers[] = {
        {"replication", {2}, FIRST + 2},
        {"daily", {1, 2, 5}, 517}, /* replication 8, series 2, day 5: 1000 x 1 + 5 x 3 + 2 - 500 */
        {"day", {0}, 20454},
        {"day", {DAYS - 1}, 20454 + DAYS - 1},
        {"monthly", {1, 1, 1}, 7103}, /* the second month end: 7000 + 100 x 1 + 1 x 2 + 1 */
        {"month", {1}, 20512},
    };
    static const struct {
        const char *variable;
        size_t      at[3];
        int64_t     expected;
    } wide[] = {
        {"yearly", {2, 3, 1}, INT64_MAX - 207}, /* year 2: INT64_MAX - 100 x 2 - (4 + 3) */
        {"total", {0, 4}, INT64_MIN + 4},       /* replication 7, total 4 */
    };
    static const struct {
        const char *variable;
        size_t      at[1];
        const char *expected;
    } names[] = {{"daily_series", {2}, "usable"}, {"monthly_series", {1}, "usable unit.a"}};
    struct netcdf nc;
    const char   *path = written("a.nc");
    int           file, variable;
    cr_assert(netcdf_load(&nc, path, &errors));
    cr_assert_eq(nc.open(path, NC_NOWRITE, &file), NC_NOERR);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        int32_t number;
        read_at(&nc, file, numbers[i].variable, numbers[i].at, &number);
        cr_expect_eq(number, numbers[i].expected, "%s: %d", numbers[i].variable, number);
    }
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        int64_t number;
        read_at(&nc, file, wide[i].variable, wide[i].at, &number);
        cr_expect_eq(number, wide[i].expected, "%s", wide[i].variable);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *name;
        read_at(&nc, file, names[i].variable, names[i].at, &name);
        cr_expect_str_eq(name, names[i].expected);
        nc.free_string(1, &name);
    }
    for (int i = 0; i < 2; i++) {
        char   text[100] = "";
        size_t length;
        cr_assert_eq(nc.inq_varid(file, i == 0 ? "day" : "month", &variable), NC_NOERR);
        cr_assert_eq(nc.get_att_text(file, variable, "units", text), NC_NOERR);
        cr_expect_str_eq(text, "days since 1970-01-01");
        cr_expect_eq(nc.inq_attlen(file, variable, "calendar", &length), NC_NOERR);
    }
    cr_expect_eq(nc.close(file), NC_NOERR);
}

Test(part, refuses_what_is_not_a_part)
{
    expect_refused(in_folder("none.nc"), "No such file");
    save(in_folder("text.nc"), "date,indicator\n2026-01-01,present\n", 34);
    expect_refused(in_folder("text.nc"), "is not a part of a run");
    /* crc32 of "123456789": the check value of its definition, so the text is "whole" */
    save(in_folder("whole.nc"), "123456789\ncrc32 cbf43926\n", 25);
    expect_refused(in_folder("whole.nc"), "is not a part of a run: NetCDF");
    save(in_folder("empty.nc"), "", 0);
    expect_refused(in_folder("empty.nc"), "is not a part of a run");
    expect_refused(own_folder(), "is not a part of a run");
}

Test(part, refuses_every_cut_of_the_file)
{
    static char bytes[100000];
    size_t      count = load(written("a.nc"), bytes, sizeof bytes);
    const char *path = in_folder("cut.nc");
    for (size_t left = count - 1; left > 0; left = left < 100 ? 0 : left - 100) {
        save(path, bytes, left);
        expect_refused(path, "");
    }
}

Test(part, refuses_a_flipped_bit_anywhere)
{
    static char bytes[100000];
    size_t      count = load(written("a.nc"), bytes, sizeof bytes);
    const char *path = in_folder("flipped.nc");
    for (size_t at = 0; at < count; at += 61) {
        bytes[at] ^= 0x10;
        save(path, bytes, count);
        expect_refused(path, "cut short or damaged");
        bytes[at] ^= 0x10;
    }
}

Test(part, refuses_other_sizes_and_replications_outside)
{
    static const struct {
        struct record_size size;
        uint32_t           first, count;
        const char        *words;
    } table[] = {
        {{DAYS + 1, DAILY, MONTHS, MONTHLY, YEARS, YEARLY, TOTAL},
         FIRST,
         COUNT,
         "40 days x 3 series"},
        {{DAYS, DAILY, 0, 0, YEARS, YEARLY, TOTAL}, FIRST, COUNT, "40 x 3, 0 x 0, 2 x 4"},
        {{DAYS, DAILY, MONTHS, MONTHLY + 1, YEARS, YEARLY, TOTAL},
         FIRST,
         COUNT,
         "2 month ends x 2 series"},
        {{DAYS, DAILY - 1, MONTHS, MONTHLY, YEARS, YEARLY, TOTAL},
         FIRST,
         COUNT,
         "this run has 40 x 2"},
        {{DAYS, DAILY, MONTHS, MONTHLY, YEARS + 1, YEARLY, TOTAL},
         FIRST,
         COUNT,
         "2 years x 4 series"},
        {{DAYS, DAILY, MONTHS, MONTHLY, YEARS, YEARLY + 1, TOTAL}, FIRST, COUNT, "2 x 5 and 5"},
        {{DAYS, DAILY, MONTHS, MONTHLY, YEARS, YEARLY, TOTAL + 1}, FIRST, COUNT, "5 totals"},
        {{DAYS, DAILY, MONTHS, MONTHLY, YEARS, YEARLY, TOTAL},
         FIRST + 1,
         COUNT,
         "replications 7 to 9"},
        {{DAYS, DAILY, MONTHS, MONTHLY, YEARS, YEARLY, TOTAL},
         FIRST,
         COUNT - 1,
         "this run has 7 to 8"},
        {{DAYS, DAILY, MONTHS, MONTHLY, YEARS, YEARLY, TOTAL}, 0, FIRST, "this run has 0 to 6"},
    };
    const char *path = written("a.nc");
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct records into;
        records_open(&into, &arena, table[i].size, table[i].first, table[i].count);
        cr_expect(!part_read(&arena, path, &into, &errors), "row %zu", i);
        expect_error(path, table[i].words);
    }
}

Test(part, tells_a_failure_of_the_outside_and_leaves_nothing)
{
    struct records records = numbers();
    const char    *nowhere = in_folder("none/a.nc"), *taken = in_folder("taken");

    cr_expect(!part_write(nowhere, &head, &records, &errors));
    expect_error(nowhere, "cannot be written");

    cr_assert_eq(mkdir(taken, 0777), 0);
    cr_assert_eq(mkdir(in_folder("taken/inside"), 0777), 0);
    cr_expect(!part_write(taken, &head, &records, &errors));
    expect_error(taken, "cannot be put in place");
    cr_expect_neq(access(in_folder("taken.part"), F_OK), 0);
}

/* A disk that is full after so many bytes, whatever the writer was at: the older part stays. */
Test(part, a_full_disk_at_any_moment_leaves_the_older_part)
{
    struct records records = numbers();
    const char    *path = written("a.nc");
    struct stat    status;
    struct rlimit  limit;

    cr_assert_eq(stat(path, &status), 0);
    cr_assert_neq(signal(SIGXFSZ, SIG_IGN), SIG_ERR);
    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    for (limit.rlim_cur = 0; limit.rlim_cur < (rlim_t)status.st_size; limit.rlim_cur += 1500) {
        cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        cr_expect(!part_write(path, &head, &records, &errors), "at %lu",
                  (unsigned long)limit.rlim_cur);
        expect_error(path, "cannot be written");
        cr_expect_neq(access(in_folder("a.nc.part"), F_OK), 0);
    }
    cr_expect(part_read(&arena, path, &records, &errors));
}

/* The writer dies half-way; whoever finds its file under the right name must not believe it. */
Test(part, refuses_what_a_killed_writer_left)
{
    static const char *names[400];
    const char        *path = in_folder("a.nc"), *aside = in_folder("a.nc.part");
    struct record_size large = {2000, 400, MONTHS, MONTHLY, YEARS, YEARLY, TOTAL};
    struct records     records;
    struct part_head   named = head;
    struct stat        status;

    for (int i = 0; i < 400; i++)
        names[i] = arena_print(&arena, "series_%d", i);
    named.daily_names = names;
    records_open(&records, &arena, large, 0, 8);
    for (int r = 0; r < 8; r++)
        for (uint32_t i = 0, state = 1; i < 2000 * 400; i++, state = state * 1664525 + 1013904223)
            records.record[r].daily[i] = (int32_t)(state >> 8);

    pid_t writer = fork();
    cr_assert_geq(writer, 0);
    if (writer == 0) { /* the signal of a file that grows too large kills it in the middle */
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){1000000, 1000000});
        signal(SIGXFSZ, SIG_DFL);
        _exit(part_write(path, &named, &records, &errors) ? 0 : 1);
    }
    int ended;
    cr_assert_eq(waitpid(writer, &ended, 0), writer);
    cr_assert(WIFSIGNALED(ended) && WTERMSIG(ended) == SIGXFSZ);
    cr_assert_neq(access(path, F_OK), 0);
    cr_assert_eq(stat(aside, &status), 0);
    cr_assert_eq(status.st_size, 1000000);

    cr_assert_eq(rename(aside, path), 0);
    cr_expect(!part_read(&arena, path, &records, &errors));
    expect_error(path, "");
}
