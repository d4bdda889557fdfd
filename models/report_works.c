#include "models/report_works.h"

#include "models/report_table.h"

#define NEVER ((int64_t)1 << 33) /* in place of a date: a hundredth of it is after all dates */
#define LAST_DATE 10000000
#define SHARE_DECIMALS 5
#define SD_DECIMALS 3

struct works_table {
    struct report report;
    int64_t      *come; /* of its values those in which it comes */
};

static void write_date(struct csv_out *out, int64_t day)
{
    char date[11];
    if (day > LAST_DATE) {
        csv_empty(out);
        return;
    }
    date_format((int32_t)day, date);
    csv_text(out, date);
}

/* The dates of `value`; `planned` likewise. */
static void write_row(struct works_table *table, const char *project, const char *what,
                      int32_t planned)
{
    size_t n = table->report.records->count, come = 0;
    for (size_t r = 0; r < n; r++)
        if (table->report.value[r] != NEVER)
            table->come[come++] = table->report.value[r];
    csv_text(&table->report.out, project);
    csv_text(&table->report.out, what);
    write_date(&table->report.out, planned);
    csv_decimal(&table->report.out, tally_ratio((int64_t)come, (int64_t)n, SHARE_DECIMALS),
                SHARE_DECIMALS);
    if (come == 0) {
        csv_empty(&table->report.out);
        csv_empty(&table->report.out);
    } else {
        struct tally of_those =
            tally_summarize64(table->come, come, 1, 0, 0, 0, 0, &table->report.scratch);
        write_date(&table->report.out, of_those.mean);
        of_those =
            tally_summarize64(table->come, come, 1, 0, SD_DECIMALS, 0, 0, &table->report.scratch);
        csv_decimal(&table->report.out, of_those.sd, SD_DECIMALS);
    }
    struct tally all =
        tally_summarize64(table->report.value, n, 1, 0, 0, 0, 0, &table->report.scratch);
    for (int q = 0; q < TALLY_QUANTILES; q++)
        write_date(&table->report.out, all.quantile[q]);
    csv_row_end(&table->report.out);
}

static int64_t total(const struct works_table *table, size_t replication, int project,
                     enum project_total what)
{
    return table->report.records->record[replication]
        .total[table->report.plan->works.total_first + project * PROJECT_TOTALS + (int)what];
}

static void write_when(struct works_table *table, int i, enum project_total what, const char *name,
                       int32_t planned)
{
    for (size_t r = 0; r < table->report.records->count; r++) {
        int64_t day = total(table, r, i, what);
        table->report.value[r] = day == NOT_STARTED ? NEVER : day;
    }
    write_row(table, table->report.plan->works.project[i].name, name, planned);
}

static void write_lost(struct works_table *table, int i)
{
    const struct scenario *plan = table->report.plan;
    const struct project  *project = &plan->works.project[i];
    int32_t                day = works_lost_from(project, &plan->period);
    for (size_t r = 0; r < table->report.records->count; r++)
        table->report.value[r] = total(table, r, i, PROJECT_LOST) ? day : NEVER;
    write_row(table, project->name, "lost", day);
}

bool report_works(const struct scenario *plan, const struct records *records, const char *path,
                  struct arena *arena, struct errors *errors)
{
    static const char *const names[] = {"project", "what", "planned", "share", "mean", "sd",
                                        "p05",     "p25",  "p50",     "p75",   "p95"};
    const struct works      *works = &plan->works;
    struct works_table       table = {.come = arena_new(arena, int64_t, records->count)};
    struct works_date *planned = arena_new(arena, struct works_date, (size_t)works->count + 1);
    if (!report_open(&table.report, plan, records, path, arena, errors))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        csv_text(&table.report.out, names[i]);
    csv_row_end(&table.report.out);
    works_without_slip(works, &plan->period, true, planned);
    for (int i = 0; i < works->count; i++) {
        write_when(&table, i, PROJECT_START, "start", planned[i].start);
        write_when(&table, i, PROJECT_END, "end", planned[i].end);
        if (works->project[i].lost_without != NO_LAST_DAY)
            write_lost(&table, i);
    }
    return csv_close(&table.report.out, errors);
}
