#include "models/headline.h"

#include <string.h>

#include "models/report.h"
#include "sim/tally.h"

#define TABLE_ROWS 12 /* years shown; of a longer period every second, third, .. */
#define COUNTERS 4096

/* A column of the table: a sum of daily columns, as a mean over the days of the year or as a count.
 */
struct heading {
    const char *name;
    const char *indicator; /* of the daily columns that are added up */
    bool        emergency; /* only those of emergency regimes; else the total */
    int64_t     per_day;   /* minutes a day, or 1; 0: a count */
};

static const struct heading headings[] = {
    {"held", "present_mean", false, MINUTES_A_DAY},
    {"usable", "usable", false, 1},
    {"police cells", "present_mean", true, MINUTES_A_DAY},
    {"over capacity", "over_capacity", false, 1},
    {"waiting", "waiting_mean", false, MINUTES_A_DAY},
    {"sent home", "sent_home", false, 0},
};
#define HEADINGS ((int)(sizeof headings / sizeof *headings))

static bool belongs(const struct scenario *plan, const struct heading *heading,
                    const struct column *column)
{
    if (strcmp(column->indicator, heading->indicator) != 0)
        return false;
    if (!heading->emergency)
        return strcmp(column->group, "total") == 0;
    for (int r = 0; r < plan->estate.regime_count; r++)
        if (plan->estate.regime[r].emergency && strncmp(column->group, "regime.", 7) == 0 &&
            strcmp(column->group + 7, plan->estate.regime_name[r]) == 0)
            return true;
    return false;
}

static bool is_there(const struct scenario *plan, const struct heading *heading)
{
    for (int c = 0; c < plan->columns.daily_count; c++)
        if (belongs(plan, heading, &plan->columns.daily[c]))
            return true;
    return false;
}

/* In tenths. */
static int64_t value_of(const struct scenario *plan, const struct record *record,
                        const struct heading *heading, uint32_t year, int64_t days)
{
    const int64_t *row = record->yearly + (size_t)year * (size_t)plan->columns.yearly_count;
    int64_t        sum = 0;
    for (int c = 0; c < plan->columns.daily_count; c++)
        if (belongs(plan, heading, &plan->columns.daily[c]))
            sum += row[c];
    return tally_ratio(sum, heading->per_day ? heading->per_day * days : 1, 1);
}

struct table {
    const struct scenario *plan;
    const struct records  *records;
    int64_t               *value;
    struct tally_scratch   scratch;
};

static void write_cell(struct table *table, const struct heading *heading, uint32_t year, FILE *out)
{
    const struct period *period = &table->plan->period;
    int64_t days = report_days_in(period, date_from_day(period->first_record).year + (int)year);
    for (uint32_t r = 0; r < table->records->count; r++)
        table->value[r] = value_of(table->plan, &table->records->record[r], heading, year, days);
    struct tally tally =
        tally_summarize64(table->value, table->records->count, 1, 1, 0, 0, 0, &table->scratch);
    char text[64];
    if (tally.quantile[0] == tally.quantile[TALLY_QUANTILES - 1])
        snprintf(text, sizeof text, "%lld", (long long)tally.mean);
    else
        snprintf(text, sizeof text, "%lld (%lld-%lld)", (long long)tally.mean,
                 (long long)tally.quantile[0], (long long)tally.quantile[TALLY_QUANTILES - 1]);
    fprintf(out, "  %22s", text);
}

void headline_write(const struct scenario *plan, const struct records *records, struct arena *arena,
                    FILE *out)
{
    struct table table = {plan,
                          records,
                          arena_new(arena, int64_t, records->count),
                          {.counter = arena_new(arena, uint32_t, COUNTERS),
                           .room = COUNTERS,
                           .sorted = arena_new(arena, int64_t, records->count)}};
    uint32_t     step = (records->size.years + TABLE_ROWS - 1) / TABLE_ROWS;
    fprintf(out, "%s\n\nyear", plan->title);
    for (int h = 0; h < HEADINGS; h++)
        if (is_there(plan, &headings[h]))
            fprintf(out, "  %22s", headings[h].name);
    fprintf(out, "\n");
    for (uint32_t year = 0; year < records->size.years; year += step) {
        fprintf(out, "%d", date_from_day(plan->period.first_record).year + (int)year);
        for (int h = 0; h < HEADINGS; h++)
            if (is_there(plan, &headings[h]))
                write_cell(&table, &headings[h], year, out);
        fprintf(out, "\n");
    }
    fprintf(out, "People on an average day of the year (sent home: times in the year); in brackets "
                 "p05-p95 of\n"
                 "the replications. held: in a place or a police cell. usable: places that can be "
                 "used. waiting:\n"
                 "for a place of their own, wherever they are.\n\n");
}
