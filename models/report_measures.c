/* measures.csv: what each measure and valve counts, a row a year and one for all, by indicator:
 * people and other counts, days, whole euros. One that touches nobody has rows of zeros.
 */
#include "models/report.h"
#include "models/report_table.h"

/* What is kept in minutes is written in days, cents in euros, half a cent up. */
static int64_t written(const struct column *column, int64_t sum)
{
    if (column->kind == COLUMN_MINUTES)
        return tally_ratio(sum, MINUTES_A_DAY, FINE_DECIMALS);
    return column->kind == COLUMN_CENTS ? (sum + CENTS / 2) / CENTS : sum;
}

static void write_years(struct report *report, const struct years *years, void *context)
{
    static const enum precision precision[] = {[COLUMN_COUNT] = PRECISION_COUNT,
                                               [COLUMN_MINUTES] = PRECISION_FINE,
                                               [COLUMN_CENTS] = PRECISION_WHOLE};
    const struct columns       *columns = &report->plan->columns;
    (void)context;
    for (int i = 0; i < columns->policy_count; i++) {
        const struct column *column = &columns->yearly[columns->policy_first + i];
        for (size_t r = 0; r < report->records->count; r++)
            report->value[r] =
                written(column, report_sum_of(report, years, r, columns->policy_first + i));
        report_names(report, years->name, column->indicator, column->group);
        report_values(report, precision[column->kind]);
    }
}

void report_measures_rows(const struct scenario *plan, const struct records *records,
                          const struct row_taker *taker, struct arena *arena)
{
    struct report report;
    report_open_rows(&report, plan, records, taker, arena);
    report_each_year(&report, NULL, write_years);
}

bool report_measures(const struct scenario *plan, const struct records *records, const char *path,
                     struct arena *arena, struct errors *errors)
{
    return report_by_year(plan, records, path, NULL, write_years, arena, errors);
}
