/* measures.csv: of each valve, by year and for all years, how often it opened, the days it was
 * open, the people that left early, and the days that they were spared. */
#include "models/report.h"
#include "models/report_table.h"

/* Days saved are shown with decimals: minutes are kept. */
static void write_row(struct report *report, const struct years *years, int v,
                      enum valve_column which)
{
    const struct columns *columns = &report->plan->columns;
    int                   column = columns->valve_first + v * VALVE_COLUMNS + (int)which;
    bool                  is_days = which == VALVE_SAVED_MINUTES;
    for (size_t r = 0; r < report->records->count; r++) {
        int64_t sum = report_sum_of(report, years, r, column);
        report->value[r] = is_days ? tally_ratio(sum, MINUTES_A_DAY, FINE_DECIMALS) : sum;
    }
    report_names(report, years->name, is_days ? "days_saved" : valve_column_name[which],
                 columns->yearly[column].group);
    report_values(report, report->records->count, is_days ? PRECISION_FINE : PRECISION_COUNT);
}

static void write_years(struct report *report, const struct years *years, void *context)
{
    (void)context;
    for (int v = 0; v < report->plan->valves.count; v++)
        for (int c = 0; c < VALVE_COLUMNS; c++)
            write_row(report, years, v, (enum valve_column)c);
}

bool report_measures(const struct scenario *plan, const struct records *records, const char *path,
                     struct arena *arena, struct errors *errors)
{
    struct report report;
    if (!report_open(&report, plan, records, path, arena, errors))
        return false;
    report_header(&report, "year");
    report_each_year(&report, NULL, write_years);
    return csv_close(&report.out, errors);
}
