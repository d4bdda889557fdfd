#include "models/report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "models/first_day.h"
#include "models/recovery.h"
#include "sim/csv.h"
#include "sim/tally.h"

#define MEAN_DECIMALS 3     /* of counts */
#define QUANTILE_DECIMALS 1 /* of counts */
#define FINE_DECIMALS 5     /* of shares, days of waiting and means over time */
#define BLOCK 64 /* neighbouring cells of a row, turned at once so that each line is read once */
#define COUNTERS 4096

/* Cells first .. end - 1 of the days or the month ends of all replications. */
struct turned {
    size_t   cells, first, end; /* cells: in all */
    int32_t *value;             /* [cell - first][replication] */
};

/* Values of one cell over replications, and room to summarize them. */
struct writer {
    const struct scenario *plan;
    const struct records  *records;
    struct csv_out         out;
    uint32_t               per_draw; /* of the inputs; 0: chance and inputs are not told apart */
    int64_t               *value;    /* [replication] */
    struct turned          turned[SHOWN_NEVER]; /* of series.csv */
    int32_t               *shortage; /* [replication]: first day of a shortage; for the summary */
    struct tally_scratch   scratch;
};

static bool open_writer(struct writer *writer, const struct scenario *plan,
                        const struct records *records, const char *path, struct arena *arena,
                        struct errors *errors)
{
    size_t  n = records->count;
    int64_t per_draw = plan->inputs.per_draw; /* one a draw tells nothing of chance alone */
    *writer = (struct writer){
        .plan = plan, .records = records, .per_draw = per_draw > 1 ? (uint32_t)per_draw : 0};
    writer->value = arena_new(arena, int64_t, n);
    writer->scratch = (struct tally_scratch){.counter = arena_new(arena, uint32_t, COUNTERS),
                                             .room = COUNTERS,
                                             .sorted = arena_new(arena, int64_t, n)};
    return csv_open(&writer->out, arena, path, errors);
}

static void write_header(struct csv_out *out, const char *first)
{
    static const char *const names[] = {"indicator", "group",     "mean", "sd",
                                        "sd_chance", "sd_inputs", "p05",  "p25",
                                        "p50",       "p75",       "p95"};
    csv_text(out, first);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        csv_text(out, names[i]);
    csv_row_end(out);
}

/* Empty where it is not known (-1). */
static void write_sd(struct csv_out *out, int64_t sd, int decimals)
{
    if (sd < 0)
        csv_empty(out);
    else
        csv_decimal(out, sd, decimals);
}

static void write_tally(struct csv_out *out, const struct tally *tally, int mean_decimals,
                        int quantile_decimals)
{
    csv_decimal(out, tally->mean, mean_decimals);
    csv_decimal(out, tally->sd, mean_decimals);
    write_sd(out, tally->sd_chance, mean_decimals);
    write_sd(out, tally->sd_inputs, mean_decimals);
    for (int q = 0; q < TALLY_QUANTILES; q++)
        csv_decimal(out, tally->quantile[q], quantile_decimals);
}

static void write_names(struct csv_out *out, const char *when, const char *indicator,
                        const char *group)
{
    csv_text(out, when);
    csv_text(out, indicator);
    csv_text(out, group);
}

/* A row of the first n values, as they stand: value / 10^FINE_DECIMALS, or whole numbers. */
static void write_values(struct writer *writer, size_t n, bool fine)
{
    if (n == 0) {
        for (int i = 0; i < 4 + TALLY_QUANTILES; i++)
            csv_empty(&writer->out);
    } else {
        int mean_decimals = fine ? FINE_DECIMALS : MEAN_DECIMALS;
        int quantile_decimals = fine ? FINE_DECIMALS : QUANTILE_DECIMALS;
        /* where some replications have no value draws are not whole, and not told apart */
        uint32_t     per_draw = n == writer->records->count ? writer->per_draw : 0;
        struct tally tally =
            tally_summarize64(writer->value, n, 1, fine ? FINE_DECIMALS : 0, mean_decimals,
                              quantile_decimals, per_draw, &writer->scratch);
        if (n == per_draw) /* one draw tells nothing of the inputs */
            tally.sd_inputs = -1;
        write_tally(&writer->out, &tally, mean_decimals, quantile_decimals);
    }
    csv_row_end(&writer->out);
}

/* -- series.csv -- */

static const int32_t *cells_of(const struct record *record, enum shown shown)
{
    return shown == SHOWN_DAILY ? record->daily : record->monthly;
}

static void turn(struct writer *writer, struct turned *turned, enum shown shown, size_t first)
{
    size_t n = writer->records->count, left = turned->cells - first;
    size_t count = left < BLOCK ? left : BLOCK;
    for (size_t r = 0; r < n; r++) {
        const int32_t *from = cells_of(&writer->records->record[r], shown) + first;
        for (size_t i = 0; i < count; i++)
            turned->value[i * n + r] = from[i];
    }
    turned->first = first;
    turned->end = first + count;
}

/* The values of a cell of the days, or of the month ends, by replication. Cells are asked for in
 * their order. */
static const int32_t *values_of(struct writer *writer, enum shown shown, size_t cell)
{
    struct turned *turned = &writer->turned[shown];
    if (cell >= turned->end)
        turn(writer, turned, shown, cell);
    return turned->value + (cell - turned->first) * writer->records->count;
}

static void write_counts(struct writer *writer, const int32_t *values)
{
    size_t       n = writer->records->count;
    struct tally tally = tally_summarize(values, n, 1, 0, MEAN_DECIMALS, QUANTILE_DECIMALS,
                                         writer->per_draw, &writer->scratch);
    if (n == writer->per_draw)
        tally.sd_inputs = -1;
    write_tally(&writer->out, &tally, MEAN_DECIMALS, QUANTILE_DECIMALS);
    csv_row_end(&writer->out);
}

static void write_minutes(struct writer *writer, const int32_t *values)
{
    for (size_t r = 0; r < writer->records->count; r++)
        writer->value[r] = tally_ratio(values[r], MINUTES_A_DAY, FINE_DECIMALS);
    write_values(writer, writer->records->count, true);
}

/* Rows of a date: `day` and `month` are those of the record; no month: -1. */
struct date_rows {
    char   name[11];
    size_t day;
    int    month;
};

static void write_day(struct writer *writer, const struct date_rows *date)
{
    const struct columns     *columns = &writer->plan->columns;
    const struct record_size *size = &writer->records->size;
    for (int c = 0; c < columns->daily_count; c++) {
        const struct column *column = &columns->daily[c];
        bool                 is_daily = column->shown == SHOWN_DAILY;
        if (column->shown == SHOWN_NEVER || (!is_daily && date->month < 0))
            continue;
        size_t         row = is_daily ? date->day * size->daily_columns
                                      : (size_t)date->month * size->monthly_columns;
        const int32_t *values = values_of(writer, column->shown, row + (size_t)column->at);
        write_names(&writer->out, date->name, column->indicator, column->group);
        if (column->kind == COLUMN_MINUTES)
            write_minutes(writer, values);
        else
            write_counts(writer, values);
    }
}

/* Institutions and units, after the rows of the day. */
static void write_units(struct writer *writer, const struct date_rows *date)
{
    const struct columns   *columns = &writer->plan->columns;
    const struct month_end *month_end = &columns->month_end;
    size_t                  cell = (size_t)date->month * writer->records->size.monthly_columns +
                  (size_t)columns->kept[SHOWN_MONTH_END].count;
    for (int c = 0; c < month_end->count; c++) {
        const struct month_end_column *column = &month_end->column[c];
        write_names(&writer->out, date->name, column->is_usable ? "usable" : "present",
                    column->group);
        write_counts(writer, values_of(writer, SHOWN_MONTH_END, cell + (size_t)c));
    }
}

static void open_turned(struct writer *writer, struct arena *arena)
{
    const struct record_size *size = &writer->records->size;
    size_t cells[SHOWN_NEVER] = {[SHOWN_DAILY] = (size_t)size->days * size->daily_columns,
                                 [SHOWN_MONTH_END] = (size_t)size->months * size->monthly_columns};
    for (int shown = 0; shown < SHOWN_NEVER; shown++)
        writer->turned[shown] =
            (struct turned){.cells = cells[shown],
                            .value = arena_new(arena, int32_t, writer->records->count * BLOCK)};
}

bool report_series(const struct scenario *plan, const struct records *records, const char *path,
                   struct arena *arena, struct errors *errors)
{
    struct writer writer;
    if (!open_writer(&writer, plan, records, path, arena, errors))
        return false;
    open_turned(&writer, arena);
    write_header(&writer.out, "date");
    for (size_t d = 0; d < records->size.days; d++) {
        int32_t          day = plan->period.first_record + (int32_t)d;
        struct date_rows date = {.day = d, .month = month_end_find(&plan->columns.month_end, day)};
        date_format(day, date.name);
        write_day(&writer, &date);
        if (date.month >= 0)
            write_units(&writer, &date);
    }
    return csv_close(&writer.out, errors);
}

/* -- summary.csv -- */

/* Some of the years: one, or all of them. */
struct years {
    const char *name;
    uint32_t    first, end; /* years of the record */
    int64_t     days;
};

static int64_t sum_of(const struct writer *writer, const struct years *years, size_t replication,
                      int column)
{
    int64_t sum = 0;
    for (uint32_t year = years->first; year < years->end; year++)
        sum += writer->records->record[replication]
                   .yearly[(size_t)year * writer->records->size.yearly_columns + (size_t)column];
    return sum;
}

/* A stock: the mean over the days. A count: the sum. */
static void write_daily_column(struct writer *writer, const struct years *years, int c)
{
    const struct column *column = &writer->plan->columns.daily[c];
    int64_t              per = column->kind == COLUMN_MINUTES ? years->days * MINUTES_A_DAY
                               : column->kind == COLUMN_COUNT ? 0
                                                              : years->days;
    for (size_t r = 0; r < writer->records->count; r++) {
        int64_t sum = sum_of(writer, years, r, c);
        writer->value[r] = per ? tally_ratio(sum, per, FINE_DECIMALS) : sum;
    }
    write_names(&writer->out, years->name, column->indicator, column->group);
    write_values(writer, writer->records->count, per > 0);
}

/* A ratio by replication, over those in which it exists. */
static void write_ratio(struct writer *writer, const struct years *years, const char *indicator,
                        const char *group, int num, int den, int64_t den_factor)
{
    size_t n = 0;
    for (size_t r = 0; r < writer->records->count; r++) {
        int64_t of = sum_of(writer, years, r, den) * den_factor;
        if (of > 0)
            writer->value[n++] = tally_ratio(sum_of(writer, years, r, num), of, FINE_DECIMALS);
    }
    write_names(&writer->out, years->name, indicator, group);
    write_values(writer, n, true);
}

static void write_sum(struct writer *writer, const struct years *years, int c)
{
    const struct column *column = &writer->plan->columns.yearly[c];
    for (size_t r = 0; r < writer->records->count; r++)
        writer->value[r] = sum_of(writer, years, r, c);
    write_names(&writer->out, years->name, column->indicator, column->group);
    write_values(writer, writer->records->count, false);
}

static void write_waits(struct writer *writer, const struct years *years, int status)
{
    const struct columns *columns = &writer->plan->columns;
    int                   first = columns->wait_first + status * (WAITS + WAIT_CLASSES);
    const char           *group = columns->yearly[first].group;
    write_sum(writer, years, first + WAIT_ENDED);
    write_ratio(writer, years, "waited_share", group, first + WAIT_LONGER_THAN_0,
                first + WAIT_ENDED, 1);
    write_ratio(writer, years, "wait_days", group, first + WAIT_MINUTES, first + WAIT_ENDED,
                MINUTES_A_DAY);
    for (int c = 0; c < WAIT_CLASSES; c++)
        write_sum(writer, years, first + WAITS + c);
}

/* Shares of replications with a day of it, the days, and the first day of a shortage that lasts. */
static void write_share_of_any(struct writer *writer, const struct years *years,
                               const char *indicator, int column)
{
    for (size_t r = 0; r < writer->records->count; r++)
        writer->value[r] = days_not_zero(writer->plan, &writer->records->record[r], column,
                                         years->first, years->end) > 0;
    write_names(&writer->out, years->name, indicator, "total");
    write_values(writer, writer->records->count, false);
}

/* Of the shortage that lasts: the share of replications in which it begins in these years, and when
 * it does. */
static void write_begin(struct writer *writer, const struct years *years)
{
    size_t with = 0;
    for (size_t r = 0; r < writer->records->count; r++)
        writer->value[r] = is_day_in(writer->plan, writer->shortage[r], years->first, years->end);
    write_names(&writer->out, years->name, "shortage_begins", "total");
    write_values(writer, writer->records->count, false);
    for (size_t r = 0; r < writer->records->count; r++)
        if (is_day_in(writer->plan, writer->shortage[r], years->first, years->end))
            writer->value[with++] = writer->shortage[r];
    write_names(&writer->out, years->name, "shortage_first_day", "total");
    write_values(writer, with, false);
}

static void write_shortage(struct writer *writer, const struct years *years)
{
    const struct stand_in *stand_in = &writer->plan->columns.stand_in;
    write_share_of_any(writer, years, "shortage_chance", stand_in->shortage_total);
    for (size_t r = 0; r < writer->records->count; r++)
        writer->value[r] = days_not_zero(writer->plan, &writer->records->record[r],
                                         stand_in->shortage_total, years->first, years->end);
    write_names(&writer->out, years->name, "shortage_days", "total");
    write_values(writer, writer->records->count, false);
    if (stand_in->code_black.asked)
        write_share_of_any(writer, years, "code_black_chance", stand_in->code_black.column);
    write_begin(writer, years);
}

/* Of each shock of these years: the share of replications that are back to normal within the
 * period, and after how many days. */
static void write_recovery(struct writer *writer, const struct years *years,
                           const struct shock *shock)
{
    size_t count = writer->records->count, back = 0;
    for (size_t r = 0; r < count; r++)
        writer->value[r] =
            recovery_days(writer->plan, &writer->records->record[r], shock) != NO_RECOVERY;
    write_names(&writer->out, years->name, "back_to_normal", shock->stream);
    write_values(writer, count, false);
    for (size_t r = 0; r < count; r++) {
        int32_t days = recovery_days(writer->plan, &writer->records->record[r], shock);
        if (days != NO_RECOVERY)
            writer->value[back++] = days;
    }
    write_names(&writer->out, years->name, "days_to_normal", shock->stream);
    write_values(writer, back, false);
}

static void write_shocks(struct writer *writer, const struct years *years)
{
    const struct shocks *shocks = &writer->plan->shocks;
    int first = date_from_day(writer->plan->period.first_record).year + (int)years->first;
    int end = first + (int)(years->end - years->first);
    for (int i = 0; i < shocks->count; i++) {
        int year = date_from_day(shocks->list[i].on).year;
        if (year >= first && year < end && recovery_is_known(writer->plan, &shocks->list[i]))
            write_recovery(writer, years, &shocks->list[i]);
    }
}

static void write_years(struct writer *writer, const struct years *years)
{
    const struct columns *columns = &writer->plan->columns;
    for (int c = 0; c < columns->daily_count; c++)
        if (columns->daily[c].kind !=
            COLUMN_STOCK) /* its mean over time follows from the minutes */
            write_daily_column(writer, years, c);
    for (int c = columns->count_first; c < columns->wait_first; c++)
        write_sum(writer, years, c);
    for (int s = 0; s < writer->plan->statuses.count; s++)
        write_waits(writer, years, s);
    for (int r = 0; r < columns->reason_count; r++)
        write_sum(writer, years, columns->reason_first + r);
    write_shortage(writer, years);
    write_shocks(writer, years);
}

int64_t report_days_in(const struct period *period, int year)
{
    int32_t first = date_to_day((struct date){year, 1, 1});
    int32_t last = date_to_day((struct date){year, 12, 31});
    if (first < period->first_record)
        first = period->first_record;
    if (last > period->end)
        last = period->end;
    return last - first + 1;
}

bool report_summary(const struct scenario *plan, const struct records *records, const char *path,
                    struct arena *arena, struct errors *errors)
{
    struct writer writer;
    if (!open_writer(&writer, plan, records, path, arena, errors))
        return false;
    writer.shortage = arena_new(arena, int32_t, records->count);
    for (size_t r = 0; r < records->count; r++)
        writer.shortage[r] = first_day_of_shortage(plan, &records->record[r]);
    write_header(&writer.out, "year");
    int  first_year = date_from_day(plan->period.first_record).year;
    char name[12];
    for (uint32_t y = 0; y < records->size.years; y++) {
        int year = first_year + (int)y;
        snprintf(name, sizeof name, "%d", year);
        write_years(&writer, &(struct years){name, y, y + 1, report_days_in(&plan->period, year)});
    }
    write_years(&writer, &(struct years){"all", 0, records->size.years, records->size.days});
    return csv_close(&writer.out, errors);
}

/* -- run.yaml -- */

static int64_t total_of(const struct records *records, enum total total)
{
    int64_t sum = 0;
    for (uint32_t r = 0; r < records->count; r++)
        sum += records->record[r].total[total];
    return sum;
}

static void write_checks(const struct records *records, FILE *out)
{
    static const struct {
        const char *name;
        enum total  total;
    } rows[] = {{"start", TOTAL_START},
                {"arrivals", TOTAL_ARRIVALS},
                {"held", TOTAL_HELD},
                {"cell", TOTAL_CELL},
                {"outside", TOTAL_OUTSIDE},
                {"left", TOTAL_LEFT},
                {"person_minutes_counted", TOTAL_PERSON_MINUTES},
                {"person_minutes_of_stays", TOTAL_STAY_MINUTES}};
    fputs("# Sums over replications. start + arrivals = held + cell + outside + left at the end; "
          "the minutes\n"
          "# counted at midnights are those of the stays, by regime and status. Both hold to the "
          "person.\n"
          "checks:\n",
          out);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        fprintf(out, "  %s: %" PRId64 "\n", rows[i].name, total_of(records, rows[i].total));
}

static void write_indented(const char *text, FILE *out)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        fprintf(out, "  %.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static void write_inputs(const struct inputs *inputs, FILE *out)
{
    if (inputs->count == 0)
        return;
    fprintf(out,
            "per_draw: %" PRId64 " # replications of each draw of the inputs, see inputs.csv\n",
            inputs->per_draw);
    fprintf(out, "inputs:\n");
    for (int i = 0; i < inputs->count; i++)
        fprintf(out, "  - \"%s\"\n", inputs->list[i].path);
}

bool report_manifest(const struct scenario *plan, const struct records *records, uint64_t seed,
                     const char *path, struct errors *errors)
{
    FILE *out = fopen(path, "w");
    if (!out) {
        errors_add_outside(errors, path, "cannot write: %s", strerror(errno));
        return false;
    }
    fprintf(out, "celsim: %s\n", CELSIM_VERSION);
    fprintf(out, "seed: %" PRIu64 "\n", seed);
    fprintf(out, "replications: %" PRIu32 "\n", records->count);
    write_inputs(&plan->inputs, out);
    fprintf(out, "generator: PCG64-DXSM, keyed draws\n");
    fprintf(out, "digest: \"%s\" # of the scenario below\n", plan->digest);
    fprintf(out, "events: %" PRId64 "\n", total_of(records, TOTAL_EVENTS));
    write_checks(records, out);
    fprintf(out, "# As it was run: `extends` and --set worked in.\nscenario:\n");
    write_indented(plan->resolved, out);
    bool failed = ferror(out) != 0;
    failed |= fclose(out) != 0;
    if (failed)
        errors_add_outside(errors, path, "cannot write: %s", strerror(errno));
    return !failed;
}

/* -- events.csv -- */

static bool row_before(const struct trace_row *a, const struct trace_row *b)
{
    if (a->minute != b->minute)
        return a->minute < b->minute;
    return a->key != b->key ? a->key < b->key : a->sequence < b->sequence;
}

/* Merge sort from the bottom up; the sorted rows are returned, in one of the two arrays. */
static struct trace_row *sort_rows(struct trace_row *rows, struct trace_row *other, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = middle + width < count ? middle + width : count;
            size_t a = low, b = middle;
            for (size_t i = low; i < high; i++)
                other[i] = a < middle && (b >= high || row_before(&rows[a], &rows[b])) ? rows[a++]
                                                                                       : rows[b++];
        }
        struct trace_row *swap = rows;
        rows = other;
        other = swap;
    }
    return rows;
}

/* Who: the stream's name, the day of arrival and the point of that day. */
static void write_person(const struct scenario *plan, struct csv_out *out,
                         const struct trace_row *row)
{
    csv_text(out, plan->stream[row->stream].name);
    csv_integer(out, (int64_t)(row->key >> PERSON_DAY_SHIFT & 0x3ffff));
    csv_integer(out, (int64_t)(row->key >> PERSON_POINT_SHIFT & 0x1ffffff));
}

bool report_events(const struct scenario *plan, struct trace *trace, const char *path,
                   struct arena *arena, struct errors *errors)
{
    struct csv_out out;
    if (!csv_open(&out, arena, path, errors))
        return false;
    static const char *const header[] = {"minute", "stream", "day", "point",
                                         "event",  "status", "unit"};
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        csv_text(&out, header[i]);
    csv_row_end(&out);
    struct trace_row *row =
        sort_rows(trace->row, arena_new(arena, struct trace_row, trace->count + 1), trace->count);
    for (uint32_t i = 0; i < trace->count; i++, row++) {
        csv_integer(&out, row->minute);
        write_person(plan, &out, row);
        csv_text(&out, trace_name[row->what]);
        csv_text(&out, plan->statuses.name[row->status]);
        csv_text(&out,
                 row->unit < plan->estate.unit_count ? plan->estate.unit_name[row->unit] : "");
        csv_row_end(&out);
    }
    return csv_close(&out, errors);
}
