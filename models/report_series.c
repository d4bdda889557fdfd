/* series.csv: a row a day, or a month end, by indicator and group. */
#include "models/report.h"
#include "models/report_table.h"

#define BLOCK 64 /* neighbouring cells of a row, turned at once so that each line is read once */

/* Cells first .. end - 1 of the days or the month ends of all replications. */
struct turned {
    size_t   cells, first, end; /* cells: in all */
    int32_t *value;             /* [cell - first][replication] */
};

struct series {
    struct report report;
    struct turned turned[SHOWN_NEVER];
};

static const int32_t *cells_of(const struct record *record, enum shown shown)
{
    return shown == SHOWN_DAILY ? record->daily : record->monthly;
}

static void turn(const struct records *records, struct turned *turned, enum shown shown,
                 size_t first)
{
    size_t n = records->count, left = turned->cells - first;
    size_t count = left < BLOCK ? left : BLOCK;
    for (size_t r = 0; r < n; r++) {
        const int32_t *from = cells_of(&records->record[r], shown) + first;
        for (size_t i = 0; i < count; i++)
            turned->value[i * n + r] = from[i];
    }
    turned->first = first;
    turned->end = first + count;
}

/* The values of a cell of the days, or of the month ends, by replication. Cells are asked for in
 * their order. */
static const int32_t *values_of(struct series *series, enum shown shown, size_t cell)
{
    struct turned *turned = &series->turned[shown];
    if (cell >= turned->end)
        turn(series->report.records, turned, shown, cell);
    return turned->value + (cell - turned->first) * series->report.records->count;
}

static void write_counts(struct report *report, const int32_t *values)
{
    size_t       n = report->records->count;
    struct tally tally = tally_summarize(values, n, 1, 0, MEAN_DECIMALS, QUANTILE_DECIMALS,
                                         report->per_draw, &report->scratch);
    if (n == report->per_draw)
        tally.sd_inputs = -1;
    report_tally(report, &tally, PRECISION_COUNT);
}

static void write_minutes(struct report *report, const int32_t *values)
{
    for (size_t r = 0; r < report->records->count; r++)
        report->value[r] = tally_ratio(values[r], MINUTES_A_DAY, FINE_DECIMALS);
    report_values(report, PRECISION_FINE);
}

/* Rows of a date: `day` and `month` are those of the record; no month: -1. */
struct date_rows {
    char   name[11];
    size_t day;
    int    month;
};

static void write_day(struct series *series, const struct date_rows *date)
{
    struct report            *report = &series->report;
    const struct columns     *columns = &report->plan->columns;
    const struct record_size *size = &report->records->size;
    for (int c = 0; c < columns->daily_count; c++) {
        const struct column *column = &columns->daily[c];
        bool                 is_daily = column->shown == SHOWN_DAILY;
        if (column->shown == SHOWN_NEVER || (!is_daily && date->month < 0))
            continue;
        size_t         row = is_daily ? date->day * size->daily_columns
                                      : (size_t)date->month * size->monthly_columns;
        const int32_t *values = values_of(series, column->shown, row + (size_t)column->at);
        report_names(report, date->name, column->indicator, column->group);
        if (column->kind == COLUMN_MINUTES)
            write_minutes(report, values);
        else
            write_counts(report, values);
    }
}

/* Institutions and units, after the rows of the day. */
static void write_units(struct series *series, const struct date_rows *date)
{
    const struct columns   *columns = &series->report.plan->columns;
    const struct month_end *month_end = &columns->month_end;
    size_t cell = (size_t)date->month * series->report.records->size.monthly_columns +
                  (size_t)columns->kept[SHOWN_MONTH_END].count;
    for (int c = 0; c < month_end->count; c++) {
        const struct month_end_column *column = &month_end->column[c];
        report_names(&series->report, date->name, column->indicator, column->group);
        write_counts(&series->report, values_of(series, SHOWN_MONTH_END, cell + (size_t)c));
    }
}

static void open_turned(struct series *series, struct arena *arena)
{
    const struct record_size *size = &series->report.records->size;
    size_t cells[SHOWN_NEVER] = {[SHOWN_DAILY] = (size_t)size->days * size->daily_columns,
                                 [SHOWN_MONTH_END] = (size_t)size->months * size->monthly_columns};
    for (int shown = 0; shown < SHOWN_NEVER; shown++)
        series->turned[shown] = (struct turned){
            .cells = cells[shown],
            .value = arena_new(arena, int32_t, series->report.records->count * BLOCK)};
}

bool report_series(const struct scenario *plan, const struct records *records, const char *path,
                   struct arena *arena, struct errors *errors)
{
    struct series series;
    if (!report_open(&series.report, plan, records, path, arena, errors))
        return false;
    open_turned(&series, arena);
    report_header(&series.report, "date");
    for (size_t d = 0; d < records->size.days; d++) {
        int32_t          day = plan->period.first_record + (int32_t)d;
        struct date_rows date = {.day = d, .month = month_end_find(&plan->columns.month_end, day)};
        date_format(day, date.name);
        write_day(&series, &date);
        if (date.month >= 0)
            write_units(&series, &date);
    }
    return csv_close(&series.report.out, errors);
}
