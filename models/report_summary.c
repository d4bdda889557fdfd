/* summary.csv: a row a year, and one for all, by indicator and group. */
#include "models/first_day.h"
#include "models/recovery.h"
#include "models/report.h"
#include "models/report_table.h"

/* What the sum over the years is divided by; 0: nothing, it is a count. */
static int64_t divisor(const struct column *column, const struct years *years)
{
    if (column->kind == COLUMN_MINUTES)
        return years->days * MINUTES_A_DAY;
    bool is_stock = column->kind == COLUMN_USABLE || column->kind == COLUMN_OVER_CAPACITY;
    return is_stock ? years->days : 0;
}

/* Whole euros, half a euro up. */
static void write_cents(struct report *report, const struct years *years, int c)
{
    const struct column *column = &report->plan->columns.yearly[c];
    for (size_t r = 0; r < report->records->count; r++)
        report->value[r] = (report_sum_of(report, years, r, c) + CENTS / 2) / CENTS;
    report_names(report, years->name, column->indicator, column->group);
    report_values(report, PRECISION_WHOLE);
}

/* A stock: the mean over time, or over the days. A count: the sum. */
static void write_column(struct report *report, const struct years *years, int c)
{
    const struct column *column = &report->plan->columns.yearly[c];
    int64_t              per = divisor(column, years);
    for (size_t r = 0; r < report->records->count; r++) {
        int64_t sum = report_sum_of(report, years, r, c);
        report->value[r] = per ? tally_ratio(sum, per, FINE_DECIMALS) : sum;
    }
    report_names(report, years->name, column->indicator, column->group);
    report_values(report, per ? PRECISION_FINE : PRECISION_COUNT);
}

/* A ratio by replication, over those in which it exists. */
static void write_ratio(struct report *report, const struct years *years, const char *indicator,
                        const char *group, int num, int den, int64_t den_factor)
{
    for (size_t r = 0; r < report->records->count; r++) {
        int64_t of = report_sum_of(report, years, r, den) * den_factor;
        report->value[r] =
            of > 0 ? tally_ratio(report_sum_of(report, years, r, num), of, FINE_DECIMALS)
                   : NO_VALUE;
    }
    report_names(report, years->name, indicator, group);
    report_values(report, PRECISION_FINE);
}

static void write_waits(struct report *report, const struct years *years, int status)
{
    const struct columns *columns = &report->plan->columns;
    int                   first = columns->wait_first + status * (WAITS + WAIT_CLASSES);
    const char           *group = columns->yearly[first].group;
    write_column(report, years, first + WAIT_ENDED);
    write_ratio(report, years, "waited_share", group, first + WAIT_LONGER_THAN_0,
                first + WAIT_ENDED, 1);
    write_ratio(report, years, "wait_days", group, first + WAIT_MINUTES, first + WAIT_ENDED,
                MINUTES_A_DAY);
    for (int c = 0; c < WAIT_CLASSES; c++)
        write_column(report, years, first + WAITS + c);
}

/* -- days of shortage, days after a shock */

static void write_share_of_any(struct report *report, const struct years *years,
                               const char *indicator, int column)
{
    for (size_t r = 0; r < report->records->count; r++)
        report->value[r] = days_not_zero(report->plan, &report->records->record[r], column,
                                         years->first, years->end) > 0;
    report_names(report, years->name, indicator, "total");
    report_values(report, PRECISION_COUNT);
}

/* A shortage by one meaning of demand. */
enum shortage_row { ROW_CHANCE, ROW_DAYS, ROW_BEGINS, ROW_FIRST_DAY, SHORTAGE_ROWS };
struct shortage {
    const char *const *name;      /* [enum shortage_row] */
    int                column;    /* of a day */
    const int32_t     *first_day; /* by replication */
};
#define SHORTAGES (1 + DEMANDS)

/* With the measures in force, then by enum demand_meaning. */
static const char *const shortage_names[SHORTAGES][SHORTAGE_ROWS] = {
    {"shortage_chance", "shortage_days", "shortage_begins", "shortage_first_day"},
    {"shortage_normal_chance", "shortage_normal_days", "shortage_normal_begins",
     "shortage_normal_first_day"},
    {"shortage_catching_up_chance", "shortage_catching_up_days", "shortage_catching_up_begins",
     "shortage_catching_up_first_day"},
};

/* Of the shortage that lasts: the share of replications in which it begins in these years, and when
 * it does. */
static void write_begin(struct report *report, const struct years *years,
                        const struct shortage *shortage)
{
    const int32_t *first_day = shortage->first_day;
    for (size_t r = 0; r < report->records->count; r++)
        report->value[r] = is_day_in(report->plan, first_day[r], years->first, years->end);
    report_names(report, years->name, shortage->name[ROW_BEGINS], "total");
    report_values(report, PRECISION_COUNT);
    for (size_t r = 0; r < report->records->count; r++)
        report->value[r] = is_day_in(report->plan, first_day[r], years->first, years->end)
                               ? first_day[r]
                               : NO_VALUE;
    report_names(report, years->name, shortage->name[ROW_FIRST_DAY], "total");
    report_values(report, PRECISION_COUNT);
}

/* Shares of replications with a day of it, the days, and the first day of a shortage that lasts. */
static void write_shortage(struct report *report, const struct years *years,
                           const struct shortage *shortage)
{
    const struct stand_in *stand_in = &report->plan->columns.stand_in;
    bool                   is_first = shortage->column == stand_in->shortage_total;
    write_share_of_any(report, years, shortage->name[ROW_CHANCE], shortage->column);
    for (size_t r = 0; r < report->records->count; r++)
        report->value[r] = days_not_zero(report->plan, &report->records->record[r],
                                         shortage->column, years->first, years->end);
    report_names(report, years->name, shortage->name[ROW_DAYS], "total");
    report_values(report, PRECISION_COUNT);
    if (is_first && stand_in->code_black.asked)
        write_share_of_any(report, years, "code_black_chance", stand_in->code_black.column);
    write_begin(report, years, shortage);
}

/* Of a shock: the share of replications that are back to normal within the period, and after how
 * many days. */
static void write_recovery(struct report *report, const struct years *years,
                           const struct shock *shock)
{
    size_t count = report->records->count;
    for (size_t r = 0; r < count; r++)
        report->value[r] =
            recovery_days(report->plan, &report->records->record[r], shock) != NO_RECOVERY;
    report_names(report, years->name, "back_to_normal", shock->stream);
    report_values(report, PRECISION_COUNT);
    for (size_t r = 0; r < count; r++) {
        int32_t days = recovery_days(report->plan, &report->records->record[r], shock);
        report->value[r] = days != NO_RECOVERY ? days : NO_VALUE;
    }
    report_names(report, years->name, "days_to_normal", shock->stream);
    report_values(report, PRECISION_COUNT);
}

/* Those of these years. */
static void write_shocks(struct report *report, const struct years *years)
{
    const struct shocks *shocks = &report->plan->shocks;
    for (int i = 0; i < shocks->count; i++)
        if (is_day_in(report->plan, shocks->list[i].on, years->first, years->end) &&
            recovery_is_known(report->plan, &shocks->list[i]))
            write_recovery(report, years, &shocks->list[i]);
}

/* -- institutions and units: the mean over the month ends of the years */

/* The month ends first .. end - 1 of the record that lie in the years. */
struct months {
    int first, end;
};

static struct months months_of(const struct report *report, const struct years *years)
{
    const struct month_end *month_end = &report->plan->columns.month_end;
    struct months           months = {0, 0};
    for (int m = 0; m < month_end->month_count; m++)
        if (is_day_in(report->plan, month_end->day[m], years->first, years->end)) {
            months.first = months.end == 0 ? m : months.first;
            months.end = m + 1;
        }
    return months;
}

static int64_t month_sum(const struct report *report, const struct months *months, size_t r, int c)
{
    size_t         row = report->records->size.monthly_columns;
    size_t         column = (size_t)(report->plan->columns.kept[SHOWN_MONTH_END].count + c);
    const int32_t *value = report->records->record[r].monthly + column;
    int64_t        sum = 0;
    for (int m = months->first; m < months->end; m++)
        sum += value[(size_t)m * row];
    return sum;
}

static void write_month_ends(struct report *report, const struct years *years)
{
    const struct month_end *month_end = &report->plan->columns.month_end;
    struct months           months = months_of(report, years);
    int                     count = months.end - months.first;
    for (int c = 0; count > 0 && c < month_end->count; c++) {
        for (size_t r = 0; r < report->records->count; r++)
            report->value[r] = tally_ratio(month_sum(report, &months, r, c), count, FINE_DECIMALS);
        report_names(report, years->name, month_end->column[c].indicator,
                     month_end->column[c].group);
        report_values(report, PRECISION_FINE);
    }
}

/* -- the whole */

/* Those that are asked for; a name of NULL ends them. */
static void write_years(struct report *report, const struct years *years, void *shortages)
{
    const struct columns *columns = &report->plan->columns;
    for (int c = 0; c < columns->wait_first; c++)
        if (columns->yearly[c].kind != COLUMN_STOCK) /* its mean over time follows from minutes */
            write_column(report, years, c);
    for (int s = 0; s < report->plan->statuses.count; s++)
        write_waits(report, years, s);
    for (int c = columns->reason_first; c < columns->cost_first; c++)
        if (columns->yearly[c].kind == COLUMN_CENTS)
            write_cents(report, years, c);
        else
            write_column(report, years, c);
    write_month_ends(report, years);
    for (const struct shortage *shortage = shortages; shortage->name; shortage++)
        write_shortage(report, years, shortage);
    write_shocks(report, years);
}

static struct shortage shortage_of(const struct report *report, const char *const *name, int column,
                                   struct arena *arena)
{
    const struct records *records = report->records;
    int32_t              *first_day = arena_new(arena, int32_t, records->count);
    for (size_t r = 0; r < records->count; r++)
        first_day[r] = first_day_of_shortage(report->plan, &records->record[r], column);
    return (struct shortage){name, column, first_day};
}

static void write_rows(struct report *report, struct arena *arena)
{
    const struct stand_in *stand_in = &report->plan->columns.stand_in;
    struct shortage        shortages[SHORTAGES + 1] = {
               shortage_of(report, shortage_names[0], stand_in->shortage_total, arena)};
    int count = 1;
    for (int m = 0; m < DEMANDS; m++)
        if (stand_in->demand[m].is_asked)
            shortages[count++] = shortage_of(report, shortage_names[1 + m],
                                             stand_in->demand[m].shortage_total, arena);
    report_each_year(report, shortages, write_years);
}

void report_summary_rows(const struct scenario *plan, const struct records *records,
                         const struct row_taker *taker, struct arena *arena)
{
    struct report report;
    report_open_rows(&report, plan, records, taker, arena);
    write_rows(&report, arena);
}

bool report_summary(const struct scenario *plan, const struct records *records, const char *path,
                    struct arena *arena, struct errors *errors)
{
    struct report report;
    if (!report_open(&report, plan, records, path, arena, errors))
        return false;
    report_header(&report, "year");
    write_rows(&report, arena);
    return csv_close(&report.out, errors);
}
