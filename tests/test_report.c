#include "models/report.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/own_folder.h"
#include "tests/support.h"

/* One day of 2026, two of 2027. */
#define WORLD                                                                                      \
    "title: Small\n"                                                                               \
    "period: {start: 2026-12-31, end: 2027-01-02}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward_a: {regime: ward, places: 9}}\n"                                                 \
    "statuses: {patient: {stay: 1 day, waits: {in: outside}}}\n"                                   \
    "flows: {town: {status: patient, per_day: 1}}\n"                                               \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "start: {waiting: {old: {status: patient, persons: 1}}}\n"
#define EMPTY ",,,,,,,,," /* mean to p95 */
enum { REPLICATIONS = 3, YEARS = 2 };

static struct arena           arena;
static struct errors          errors;
static const struct scenario *plan;
static struct records         records;
static const char            *path;

static void set_up(void)
{
    arena = support_arena();
    plan = support_scenario(WORLD);
    records_open(&records, &arena, plan->record_size, 0, REPLICATIONS);
    cr_assert_eq(records.size.days, 3);
    cr_assert_eq(records.size.years, YEARS);
    path = own_file("result", "");
}

TestSuite(report, .init = set_up);

static int find(const char *const *names, int count, const char *name)
{
    int c = 0;
    while (c < count && strcmp(names[c], name) != 0)
        c++;
    cr_assert_lt(c, count, "no column %s", name);
    return c;
}

/* The values of a column on a day or in a year, by replication. */
static void set_day(int day, const char *name, int a, int b, int c)
{
    const struct columns *columns = &plan->columns;
    int                   column = find(columns->daily_name, columns->daily_count, name);
    int                   values[] = {a, b, c};
    for (int r = 0; r < REPLICATIONS; r++)
        records.record[r].daily[day * columns->daily_count + column] = values[r];
}

static void set_year(int year, const char *name, int64_t a, int64_t b, int64_t c)
{
    const struct columns *columns = &plan->columns;
    int                   column = find(columns->yearly_name, columns->yearly_count, name);
    int64_t               values[] = {a, b, c};
    for (int r = 0; r < REPLICATIONS; r++)
        records.record[r].yearly[year * columns->yearly_count + column] = values[r];
}

static const char *written(void)
{
    static char text[1 << 16]; /* of this test's own process */
    FILE       *file = fopen(path, "r");
    cr_assert(file);
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    return text;
}

/* The file has this line, whole. */
static void expect_line(const char *line)
{
    cr_expect(strstr(written(), arena_print(&arena, "\n%s\n", line)), "no line %s", line);
}

static int lines_of(const char *text)
{
    int count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

Test(report, series_summarize_people_and_minutes_of_a_day)
{
    /* 1 2 6: mean 3, squares of deviations 4 + 1 + 9 = 14, sd root of 14 / 2 = 2.6458; quantile p
     * lies at 2 p between the sorted values: 1 + 0.1, 1 + 0.5, 2, 2 + 0.5 x 4, 2 + 0.9 x 4 */
    set_day(0, "present total", 6, 1, 2);
    set_day(2, "arrivals total", 2, 6, 1);
    /* 1440, 720 and 2160 minutes are 1, 0.5 and 1.5 people: sd 0.5 */
    set_day(1, "waiting_mean total", 1440, 720, 2160);
    /* 1, 0 and 0 minutes: 0.00069 people (1 / 1440), mean 0.00023, sd 0.00069 / root 3 = 0.00040;
     * p75 half of it, 0.000345, rounded up */
    set_day(2, "present_mean total", 1, 0, 0);
    cr_assert(report_series(plan, &records, path, &arena, &errors));
    const char *header = "date,indicator,group,mean,sd,sd_chance,sd_inputs,p05,p25,p50,p75,p95\n";
    cr_expect_eq(strncmp(written(), header, strlen(header)), 0);
    cr_expect_eq(lines_of(written()), 1 + 3 * plan->columns.daily_count);
    expect_line("2026-12-31,present,total,3.000,2.646,,,1.1,1.5,2.0,4.0,5.6");
    expect_line("2027-01-02,arrivals,total,3.000,2.646,,,1.1,1.5,2.0,4.0,5.6");
    expect_line("2027-01-01,waiting_mean,total,1.00000,0.50000,,,0.55000,0.75000,1.00000,1.25000,"
                "1.45000");
    expect_line("2027-01-02,present_mean,total,0.00023,0.00040,,,0.00000,0.00000,0.00000,0.00035,"
                "0.00062");
    expect_line("2027-01-01,present,total,0.000,0.000,,,0.0,0.0,0.0,0.0,0.0");
}

Test(report, summary_sums_counts_and_averages_stocks_over_a_year)
{
    /* people x minutes: 2026 has 1,440 minutes, 2027 2,880, all 4,320 */
    set_year(0, "present_mean total", 1440, 0, 720); /* 1, 0, 0.5: sd 0.5 */
    set_year(1, "present_mean total", 2880, 8640, 1440);
    /* all: 4320, 8640, 2160 of 4320 = 1, 2, 0.5: mean 1.16667, squares of deviations 0.02778 +
     * 0.69444 + 0.44444 = 1.16667, sd root of 0.58333 = 0.76376; sorted 0.5 1 2 */
    set_year(0, "arrivals total", 1, 2, 6);
    set_year(1, "arrivals total", 9, 8, 4); /* all 10 each time */
    set_year(1, "arrivals status.patient", 2, 6, 1);
    cr_assert(report_summary(plan, &records, path, &arena, &errors));
    const char *header = "year,indicator,group,mean,sd,sd_chance,sd_inputs,p05,p25,p50,p75,p95\n";
    cr_expect_eq(strncmp(written(), header, strlen(header)), 0);
    expect_line(
        "2026,present_mean,total,0.50000,0.50000,,,0.05000,0.25000,0.50000,0.75000,0.95000");
    expect_line("all,present_mean,total,1.16667,0.76376,,,0.55000,0.75000,1.00000,1.50000,1.90000");
    expect_line("2026,arrivals,total,3.000,2.646,,,1.1,1.5,2.0,4.0,5.6");
    expect_line("all,arrivals,total,10.000,0.000,,,10.0,10.0,10.0,10.0,10.0");
    expect_line("2026,arrivals,status.patient,0.000,0.000,,,0.0,0.0,0.0,0.0,0.0");
    expect_line("2027,arrivals,status.patient,3.000,2.646,,,1.1,1.5,2.0,4.0,5.6");
    expect_line("all,arrivals,status.patient,3.000,2.646,,,1.1,1.5,2.0,4.0,5.6");
    cr_expect_null(strstr(written(), "\n2026,present,")); /* its mean over time says more */
}

Test(report, summary_gives_waits_of_the_replications_that_have_any)
{
    /* 2026: a quarter of 4 waited, a day together; none; both of 2, 4 days together.
     * share 0.25, 1: mean 0.625, sd 0.75 / root 2 = 0.53033; quantile p at 0.25 + 0.75 p
     * days 0.25, 2: mean 1.125, sd 1.75 / root 2 = 1.23744; quantile p at 0.25 + 1.75 p */
    set_year(0, "waits_ended status.patient", 4, 0, 2);
    set_year(0, "waited status.patient", 1, 0, 2);
    set_year(0, "wait_minutes status.patient", 1440, 0, 5760);
    set_year(0, "wait_from_28_days status.patient", 0, 0, 2);
    cr_assert(report_summary(plan, &records, path, &arena, &errors));
    /* 4 0 2: mean 2, sd 2, sorted 0 2 4 */
    expect_line("2026,waits_ended,status.patient,2.000,2.000,,,0.2,1.0,2.0,3.0,3.8");
    expect_line(
        "2026,waited_share,status.patient,0.62500,0.53033,,,0.28750,0.43750,0.62500,0.81250,"
        "0.96250");
    expect_line("2026,wait_days,status.patient,1.12500,1.23744,,,0.33750,0.68750,1.12500,1.56250,"
                "1.91250");
    /* 0 0 2: mean 0.667, sd 2 / root 3 = 1.155; p75 1, p95 1.8 */
    expect_line("2026,wait_from_28_days,status.patient,0.667,1.155,,,0.0,0.0,0.0,1.0,1.8");
    expect_line("2027,waited_share,status.patient" EMPTY);
    expect_line("2027,wait_days,status.patient" EMPTY);
    expect_line("2027,waits_ended,status.patient,0.000,0.000,,,0.0,0.0,0.0,0.0,0.0");
}

Test(report, manifest_sums_the_checks_and_holds_the_scenario)
{
    for (int r = 0; r < REPLICATIONS; r++)
        for (int t = 0; t < TOTALS; t++)
            records.record[r].total[t] = (t + 1) * 10000000000 + r; /* 3 x and 0 + 1 + 2 */
    cr_assert(report_manifest(plan, &records, UINT64_MAX, path, &errors));
    const char              *text = written();
    static const char *const lines[] = {
        "celsim: " CELSIM_VERSION "\nseed: 18446744073709551615\nreplications: 3\n",
        "\nevents: 30000000003\n",
        "\n  start: 60000000003\n  arrivals: 90000000003\n  held: 120000000003\n",
        "\n  cell: 150000000003\n  outside: 180000000003\n  left: 210000000003\n",
        "\n  person_minutes_counted: 240000000003\n  person_minutes_of_stays: 270000000003\n",
        "\nscenario:\n  title: Small\n  period:\n    start: 2026-12-31\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cr_expect(strstr(text, lines[i]), "no %s", lines[i]);
    cr_expect(strstr(text, arena_print(&arena, "\ndigest: \"%s\"", plan->digest)));
}

/* In the order of prison_trace: each has a higher sequence than the one before. */
static void add(struct trace *trace, int minute, uint64_t key, int stream, int what, int unit)
{
    trace->row[trace->count] = (struct trace_row){.minute = minute,
                                                  .sequence = trace->count,
                                                  .key = key,
                                                  .unit = (uint16_t)unit,
                                                  .stream = (uint16_t)stream,
                                                  .what = (uint8_t)what};
    trace->count++;
}

static uint64_t key_of(uint64_t rank, uint64_t day, uint64_t point)
{
    return rank << PERSON_RANK_SHIFT | day << PERSON_DAY_SHIFT | point << PERSON_POINT_SHIFT;
}

Test(report, events_stand_in_order_of_minute_person_and_time)
{
    struct trace trace = {.row = arena_new(&arena, struct trace_row, 8), .room = 8};
    uint64_t     first = key_of(1, 20818, 33), second = key_of(1, 20818, 34), old = key_of(2, 0, 7);
    int          outside = plan->estate.unit_count;
    add(&trace, 90, old, 1, TRACE_WAITS, outside);
    add(&trace, 90, second, 0, TRACE_PLACED, 0);
    add(&trace, 90, first, 0, TRACE_ARRIVED, NO_UNIT);
    add(&trace, 20, second, 0, TRACE_ARRIVED, NO_UNIT);
    add(&trace, 90, first, 0, TRACE_PLACED, 0);
    cr_assert(report_events(plan, &trace, path, &arena, &errors));
    cr_expect_str_eq(plan->stream[1].name, "waiting/old");
    cr_expect_str_eq(written(), "minute,stream,day,point,event,status,unit\n"
                                "20,town,20818,34,arrived,patient,\n"
                                "90,town,20818,33,arrived,patient,\n"
                                "90,town,20818,33,placed,patient,ward_a\n"
                                "90,town,20818,34,placed,patient,ward_a\n"
                                "90,waiting/old,0,7,waits,patient,\n");
}

Test(report, tells_what_it_cannot_write)
{
    const char *nowhere = arena_print(&arena, "%s/x.csv", path);
    cr_expect_not(report_series(plan, &records, nowhere, &arena, &errors));
    cr_expect_not(report_summary(plan, &records, nowhere, &arena, &errors));
    cr_expect_not(report_manifest(plan, &records, 1, nowhere, &errors));
    cr_assert_eq(errors.count, 3);
    for (int e = 0; e < 3; e++) {
        cr_expect(errors.list[e].outside);
        cr_expect_str_eq(errors.list[e].file, nowhere);
        cr_expect(strstr(errors.list[e].text, "Not a directory"), "%s", errors.list[e].text);
    }
}
