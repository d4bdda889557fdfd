/* costs.csv: whole euros a year, and for all years, by item and group; then the money that the
 * scenario compares them with. */
#include "models/report.h"
#include "models/report_table.h"

/* Half cents up. */
static int64_t euros(int64_t cents)
{
    return (cents + CENTS / 2) / CENTS;
}

/* One item or all of them, of one group or all. */
enum { EVERY = -1 };

static int64_t sum_cents(const struct report *report, const struct years *years, size_t r,
                         int group, int item)
{
    const struct columns *columns = &report->plan->columns;
    int                   g = group == EVERY ? 0 : group,
        end = group == EVERY ? report->plan->costs.group_count : group + 1;
    int     first = item == EVERY ? 0 : item, last = item == EVERY ? COST_ITEMS - 1 : item;
    int64_t sum = 0;
    for (; g < end; g++)
        for (int i = first; i <= last; i++)
            sum += report_sum_of(report, years, r, columns->cost_first + g * COST_ITEMS + i);
    return sum;
}

static bool is_anything(const struct report *report, const struct years *years, int group, int item)
{
    for (size_t r = 0; r < report->records->count; r++)
        if (sum_cents(report, years, r, group, item) != 0)
            return true;
    return false;
}

/* A row. In a file an item that nothing is spent on has one for `total` only; a taker sees that it
 * is nothing. */
static void write_item(struct report *report, const struct years *years, int group, int item)
{
    if (!report->taker && group != EVERY && !is_anything(report, years, group, item))
        return;
    for (size_t r = 0; r < report->records->count; r++)
        report->value[r] = euros(sum_cents(report, years, r, group, item));
    report_names(report, years->name, item == EVERY ? "total" : cost_item_name[item],
                 group == EVERY ? "total" : report->plan->costs.group[group]);
    report_values(report, PRECISION_WHOLE);
}

/* What was promised for the years. */
static void write_line(struct report *report, const struct years *years,
                       const struct cost_line *line)
{
    int     first_year = date_from_day(report->plan->period.first_record).year;
    int64_t promised = 0;
    for (uint32_t year = years->first; year < years->end; year++)
        promised += by_year_on(&line->euros, first_year + (int)year);
    for (size_t r = 0; r < report->records->count; r++)
        report->value[r] = euros(promised);
    report_names(report, years->name, line->name, "compare");
    report_values(report, PRECISION_WHOLE);
}

static void write_years(struct report *report, const struct years *years, void *context)
{
    const struct costs *costs = &report->plan->costs;
    (void)context;
    for (int group = EVERY; group < costs->group_count; group++) {
        for (int item = 0; item < COST_ITEMS; item++)
            write_item(report, years, group, item);
        write_item(report, years, group, EVERY);
    }
    for (int i = 0; i < costs->line_count; i++)
        write_line(report, years, &costs->line[i]);
}

void report_costs_rows(const struct scenario *plan, const struct records *records,
                       const struct row_taker *taker, struct arena *arena)
{
    struct report report;
    report_open_rows(&report, plan, records, taker, arena);
    report_each_year(&report, NULL, write_years);
}

bool report_costs(const struct scenario *plan, const struct records *records, const char *path,
                  struct arena *arena, struct errors *errors)
{
    return report_by_year(plan, records, path, NULL, write_years, arena, errors);
}
