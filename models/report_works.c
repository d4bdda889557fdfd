#include "models/report_works.h"

#include "sim/csv.h"
#include "sim/tally.h"

#define NEVER ((int64_t)1 << 33) /* in place of a date: a hundredth of it is after all dates */
#define LAST_DATE 10000000
#define SHARE_DECIMALS 5
#define SD_DECIMALS 3
#define COUNTERS 4096

struct writer {
    const struct scenario *plan;
    const struct records  *records;
    struct csv_out         out;
    int64_t               *value; /* [replication] */
    int64_t               *come;  /* of those in which it comes */
    struct tally_scratch   scratch;
};

static bool open_writer(struct writer *writer, const struct scenario *plan,
                        const struct records *records, const char *path, struct arena *arena,
                        struct errors *errors)
{
    size_t n = records->count;
    *writer = (struct writer){.plan = plan, .records = records};
    writer->value = arena_new(arena, int64_t, n);
    writer->come = arena_new(arena, int64_t, n);
    writer->scratch = (struct tally_scratch){.counter = arena_new(arena, uint32_t, COUNTERS),
                                             .room = COUNTERS,
                                             .sorted = arena_new(arena, int64_t, n)};
    return csv_open(&writer->out, arena, path, errors);
}

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
static void write_row(struct writer *writer, const char *project, const char *what, int32_t planned)
{
    size_t n = writer->records->count, come = 0;
    for (size_t r = 0; r < n; r++)
        if (writer->value[r] != NEVER)
            writer->come[come++] = writer->value[r];
    csv_text(&writer->out, project);
    csv_text(&writer->out, what);
    write_date(&writer->out, planned);
    csv_decimal(&writer->out, tally_ratio((int64_t)come, (int64_t)n, SHARE_DECIMALS),
                SHARE_DECIMALS);
    if (come == 0) {
        csv_empty(&writer->out);
        csv_empty(&writer->out);
    } else {
        struct tally of_those =
            tally_summarize64(writer->come, come, 1, 0, 0, 0, 0, &writer->scratch);
        write_date(&writer->out, of_those.mean);
        of_those = tally_summarize64(writer->come, come, 1, 0, SD_DECIMALS, 0, 0, &writer->scratch);
        csv_decimal(&writer->out, of_those.sd, SD_DECIMALS);
    }
    struct tally all = tally_summarize64(writer->value, n, 1, 0, 0, 0, 0, &writer->scratch);
    for (int q = 0; q < TALLY_QUANTILES; q++)
        write_date(&writer->out, all.quantile[q]);
    csv_row_end(&writer->out);
}

static int64_t total(const struct writer *writer, size_t replication, int project,
                     enum project_total what)
{
    return writer->records->record[replication]
        .total[writer->plan->works.total_first + project * PROJECT_TOTALS + (int)what];
}

static void write_when(struct writer *writer, int i, enum project_total what, const char *name,
                       int32_t planned)
{
    for (size_t r = 0; r < writer->records->count; r++) {
        int64_t day = total(writer, r, i, what);
        writer->value[r] = day == NOT_STARTED ? NEVER : day;
    }
    write_row(writer, writer->plan->works.project[i].name, name, planned);
}

static void write_lost(struct writer *writer, int i)
{
    const struct project *project = &writer->plan->works.project[i];
    for (size_t r = 0; r < writer->records->count; r++)
        writer->value[r] = total(writer, r, i, PROJECT_LOST) ? project->lost_without : NEVER;
    write_row(writer, project->name, "lost", project->lost_without);
}

bool report_works(const struct scenario *plan, const struct records *records, const char *path,
                  struct arena *arena, struct errors *errors)
{
    static const char *const names[] = {"project", "what", "planned", "share", "mean", "sd",
                                        "p05",     "p25",  "p50",     "p75",   "p95"};
    const struct works      *works = &plan->works;
    struct writer            writer;
    struct works_date *planned = arena_new(arena, struct works_date, (size_t)works->count + 1);
    if (!open_writer(&writer, plan, records, path, arena, errors))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        csv_text(&writer.out, names[i]);
    csv_row_end(&writer.out);
    works_without_slip(works, &plan->period, true, planned);
    for (int i = 0; i < works->count; i++) {
        write_when(&writer, i, PROJECT_START, "start", planned[i].start);
        write_when(&writer, i, PROJECT_END, "end", planned[i].end);
        if (works->project[i].lost_without != NO_LAST_DAY)
            write_lost(&writer, i);
    }
    return csv_close(&writer.out, errors);
}
