#include "models/report_table.h"

#include <stdio.h>

#include "models/report.h"

#define COUNTERS 4096

const struct decimals decimals_of[PRECISIONS] = {
    [PRECISION_COUNT] = {0, MEAN_DECIMALS, QUANTILE_DECIMALS},
    [PRECISION_FINE] = {FINE_DECIMALS, FINE_DECIMALS, FINE_DECIMALS},
    [PRECISION_WHOLE] = {0, 0, 0},
};

struct tally_scratch report_scratch(struct arena *arena, size_t replications)
{
    return (struct tally_scratch){.counter = arena_new(arena, uint32_t, COUNTERS),
                                  .room = COUNTERS,
                                  .sorted = arena_new(arena, int64_t, replications)};
}

void report_open_rows(struct report *report, const struct scenario *plan,
                      const struct records *records, const struct row_taker *taker,
                      struct arena *arena)
{
    int64_t per_draw = plan->inputs.per_draw; /* one a draw tells nothing of chance alone */
    *report = (struct report){.plan = plan,
                              .records = records,
                              .taker = taker,
                              .per_draw = per_draw > 1 ? (uint32_t)per_draw : 0,
                              .value = arena_new(arena, int64_t, records->count),
                              .scratch = report_scratch(arena, records->count)};
}

bool report_open(struct report *report, const struct scenario *plan, const struct records *records,
                 const char *path, struct arena *arena, struct errors *errors)
{
    report_open_rows(report, plan, records, NULL, arena);
    return csv_open(&report->out, arena, path, errors);
}

void report_header(struct report *report, const char *first)
{
    static const char *const names[] = {"indicator", "group",     "mean", "sd",
                                        "sd_chance", "sd_inputs", "p05",  "p25",
                                        "p50",       "p75",       "p95"};
    csv_text(&report->out, first);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        csv_text(&report->out, names[i]);
    csv_row_end(&report->out);
}

void report_names(struct report *report, const char *when, const char *indicator, const char *group)
{
    if (report->taker) {
        report->row = (struct row){.when = when, .indicator = indicator, .group = group};
        return;
    }
    csv_text(&report->out, when);
    csv_text(&report->out, indicator);
    csv_text(&report->out, group);
}

/* Empty where it is not known (-1). */
static void write_sd(struct csv_out *out, int64_t sd, int decimals)
{
    if (sd < 0)
        csv_empty(out);
    else
        csv_decimal(out, sd, decimals);
}

void report_tally(struct report *report, const struct tally *tally, enum precision precision)
{
    struct csv_out        *out = &report->out;
    const struct decimals *decimals = &decimals_of[precision];
    csv_decimal(out, tally->mean, decimals->mean);
    csv_decimal(out, tally->sd, decimals->mean);
    write_sd(out, tally->sd_chance, decimals->mean);
    write_sd(out, tally->sd_inputs, decimals->mean);
    for (int q = 0; q < TALLY_QUANTILES; q++)
        csv_decimal(out, tally->quantile[q], decimals->quantile);
    csv_row_end(out);
}

/* Moves the values that are there to the front; how many there are. */
static size_t pack(struct report *report)
{
    size_t n = 0;
    for (size_t r = 0; r < report->records->count; r++)
        if (report->value[r] != NO_VALUE)
            report->value[n++] = report->value[r];
    return n;
}

void report_values(struct report *report, enum precision precision)
{
    if (report->taker) {
        report->row.value = report->value;
        report->row.precision = precision;
        report->taker->take(report->taker->context, &report->row);
        return;
    }
    size_t n = pack(report);
    if (n == 0) {
        for (int i = 0; i < 4 + TALLY_QUANTILES; i++)
            csv_empty(&report->out);
        csv_row_end(&report->out);
        return;
    }
    /* where some replications have no value draws are not whole, and not told apart */
    uint32_t               per_draw = n == report->records->count ? report->per_draw : 0;
    const struct decimals *decimals = &decimals_of[precision];
    struct tally tally = tally_summarize64(report->value, n, 1, decimals->value, decimals->mean,
                                           decimals->quantile, per_draw, &report->scratch);
    if (n == per_draw) /* one draw tells nothing of the inputs */
        tally.sd_inputs = -1;
    report_tally(report, &tally, precision);
}

int64_t report_sum_of(const struct report *report, const struct years *years, size_t replication,
                      int column)
{
    int64_t sum = 0;
    for (uint32_t year = years->first; year < years->end; year++)
        sum += report->records->record[replication]
                   .yearly[(size_t)year * report->records->size.yearly_columns + (size_t)column];
    return sum;
}

void report_each_year(struct report *report, void *context,
                      void (*write)(struct report *report, const struct years *years,
                                    void *context))
{
    const struct period      *period = &report->plan->period;
    const struct record_size *size = &report->records->size;
    int                       first_year = date_from_day(period->first_record).year;
    char                      name[12];
    for (uint32_t y = 0; y < size->years; y++) {
        int year = first_year + (int)y;
        snprintf(name, sizeof name, "%d", year);
        write(report, &(struct years){name, y, y + 1, report_days_in(period, year)}, context);
    }
    write(report, &(struct years){"all", 0, size->years, size->days}, context);
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

bool report_by_year(const struct scenario *plan, const struct records *records, const char *path,
                    void *context,
                    void (*write)(struct report *report, const struct years *years, void *context),
                    struct arena *arena, struct errors *errors)
{
    struct report report;
    if (!report_open(&report, plan, records, path, arena, errors))
        return false;
    report_header(&report, "year");
    report_each_year(&report, context, write);
    return csv_close(&report.out, errors);
}
