#include "models/headline.h"

#include <string.h>

#include "models/first_day.h"
#include "models/report.h"
#include "sim/tally.h"

#define TABLE_ROWS 12 /* years shown; of a longer period every second, third, .. */
#define TABLE_COLUMNS 4
#define YEARS_ACROSS 8 /* of the table by status */
#define COUNTERS 4096

/* A column of a table: a daily column's total, as a mean over the days of the year or as a count.
 */
struct heading {
    const char *name;
    const char *indicator;
    int64_t     per_day; /* minutes a day, or 1; 0: a count */
    const char *means;
};

static const struct heading headings[] = {
    {"held", "present_mean", MINUTES_A_DAY, "in a place or a police cell"},
    {"need", "need", 1,
     "held in places that stand in for each other, in a police cell, or sent home until back"},
    {"usable places", "usable", 1, "places that can be used, police cells left out"},
    {"shortage", "shortage", 1,
     "need above usable places by group of places; a free place of one group helps no other"},
    {"need, normal", "need_normal", 1,
     "who should be held if everybody were called or sought in time, no valve opened and nobody "
     "were sent home"},
    {"shortage, normal", "shortage_normal", 1, "the same above usable places, by group of places"},
    {"need, catching up", "need_catching_up", 1,
     "as normal, and who waits at home at the start is called in the time that output: shortages "
     "says"},
    {"shortage, catch. up", "shortage_catching_up", 1,
     "the same above usable places, by group of places"},
    {"police cells", "cell", 1, "people in police cells at midnight"},
    {"over the limit", "over_limit_mean", MINUTES_A_DAY, "kept past the legal limit of their wait"},
    {"sent home, not back", "at_home", 1, "sent home at the legal limit, to come back"},
    {"queue outside", "queue", 1, "waiting at home for a place, called up or not, at midnight"},
    {"over capacity", "over_capacity", 1, "people above the usable places of their unit"},
    {"waiting", "waiting_mean", MINUTES_A_DAY, "for a place of their own, wherever they are"},
    {"times sent home", "sent_home", 0, "times in the year, at the limit or at the gate"},
    {"code black, days", "code_black", 0, "days in the year (output: code_black)"},
};
#define HEADINGS ((int)(sizeof headings / sizeof *headings))

struct table {
    const struct scenario *plan;
    const struct records  *records;
    int64_t               *value; /* [replication] */
    struct tally_scratch   scratch;
    uint32_t               step; /* years from row to row */
    FILE                  *out;
};

static int first_year(const struct table *table)
{
    return date_from_day(table->plan->period.first_record).year;
}

/* The daily column, or -1. */
static int find(const struct scenario *plan, const char *indicator, const char *group)
{
    for (int c = 0; c < plan->columns.daily_count; c++)
        if (strcmp(plan->columns.daily[c].indicator, indicator) == 0 &&
            strcmp(plan->columns.daily[c].group, group) == 0)
            return c;
    return -1;
}

/* Of a year, over replications; rounded to whole people. */
static struct tally tally_of(struct table *table, int column, int64_t per_day, uint32_t year)
{
    const struct period *period = &table->plan->period;
    int64_t              days = report_days_in(period, first_year(table) + (int)year);
    for (uint32_t r = 0; r < table->records->count; r++) {
        int64_t sum =
            table->records->record[r]
                .yearly[(size_t)year * (size_t)table->plan->columns.yearly_count + (size_t)column];
        table->value[r] = tally_ratio(sum, per_day ? per_day * days : 1, 1);
    }
    return tally_summarize64(table->value, table->records->count, 1, 1, 0, 0, 0, &table->scratch);
}

static void write_cell(const struct tally *tally, FILE *out)
{
    char text[64];
    if (tally->quantile[0] == tally->quantile[TALLY_QUANTILES - 1])
        snprintf(text, sizeof text, "%lld", (long long)tally->mean);
    else
        snprintf(text, sizeof text, "%lld (%lld-%lld)", (long long)tally->mean,
                 (long long)tally->quantile[0], (long long)tally->quantile[TALLY_QUANTILES - 1]);
    fprintf(out, "  %21s", text);
}

/* -- by year */

/* Whether any replication has it in any year. */
static bool ever(const struct table *table, int column)
{
    for (uint32_t r = 0; r < table->records->count; r++)
        for (uint32_t year = 0; year < table->records->size.years; year++)
            if (table->records->record[r]
                    .yearly[(size_t)year * (size_t)table->plan->columns.yearly_count +
                            (size_t)column] != 0)
                return true;
    return false;
}

static void write_block(struct table *table, const struct heading *const *heading, int count)
{
    fprintf(table->out, "\nyear");
    for (int h = 0; h < count; h++)
        fprintf(table->out, "  %21s", heading[h]->name);
    fprintf(table->out, "\n");
    for (uint32_t year = 0; year < table->records->size.years; year += table->step) {
        fprintf(table->out, "%d", first_year(table) + (int)year);
        for (int h = 0; h < count; h++) {
            int          column = find(table->plan, heading[h]->indicator, "total");
            struct tally tally = tally_of(table, column, heading[h]->per_day, year);
            write_cell(&tally, table->out);
        }
        fprintf(table->out, "\n");
    }
}

static void write_meanings(const struct table *table, const struct heading *const *heading,
                           int count)
{
    fprintf(table->out, "\nPeople or places on an average day of the year, mean (p05-p95 of the "
                        "replications).\n");
    for (int h = 0; h < count; h++)
        fprintf(table->out, "%s: %s.\n", heading[h]->name, heading[h]->means);
}

/* What is 0 throughout is left out, but for the first block. */
static void write_years(struct table *table)
{
    const struct heading *shown[HEADINGS];
    int                   count = 0;
    for (int h = 0; h < HEADINGS; h++) {
        int column = find(table->plan, headings[h].indicator, "total");
        if (column >= 0 && (h < TABLE_COLUMNS || ever(table, column)))
            shown[count++] = &headings[h];
    }
    for (int h = 0; h < count; h += TABLE_COLUMNS)
        write_block(table, shown + h, count - h < TABLE_COLUMNS ? count - h : TABLE_COLUMNS);
    write_meanings(table, shown, count);
}

/* -- who waits */

static bool shows(struct table *table, int column, uint32_t step)
{
    for (uint32_t year = 0; year < table->records->size.years; year += step)
        if (tally_of(table, column, MINUTES_A_DAY, year).mean > 0)
            return true;
    return false;
}

static void write_status(struct table *table, int status, int column, uint32_t step)
{
    fprintf(table->out, "%-24.24s", table->plan->statuses.name[status]);
    for (uint32_t year = 0; year < table->records->size.years; year += step)
        fprintf(table->out, "  %7lld",
                (long long)tally_of(table, column, MINUTES_A_DAY, year).mean);
    fprintf(table->out, "\n");
}

static int waiting_column(const struct table *table, int status)
{
    char group[256];
    snprintf(group, sizeof group, "status.%s", table->plan->statuses.name[status]);
    return find(table->plan, "waiting_mean", group);
}

static void write_waiting(struct table *table)
{
    uint32_t years = table->records->size.years, step = (years + YEARS_ACROSS - 1) / YEARS_ACROSS;
    bool     is_headed = false;
    for (int s = 0; s < table->plan->statuses.count; s++) {
        int column = waiting_column(table, s);
        if (column < 0 || !shows(table, column, step))
            continue;
        if (!is_headed) {
            fprintf(table->out, "\n%-24s", "waiting for a place");
            for (uint32_t year = 0; year < years; year += step)
                fprintf(table->out, "  %7d", first_year(table) + (int)year);
            fprintf(table->out, "\n");
        }
        is_headed = true;
        write_status(table, s, column, step);
    }
    if (is_headed)
        fprintf(table->out,
                "People who wait for a place of their own, in a police cell, at home or in a place "
                "of another\nkind, by status, on an average day of the year; means.\n");
}

/* -- when */

static void write_first_day(struct table *table, const char *of, int column)
{
    uint32_t with = 0, all = table->records->count;
    char     date[3][11];
    for (uint32_t r = 0; r < all; r++) {
        int32_t day = first_day_of_shortage(table->plan, &table->records->record[r], column);
        if (day != NO_FIRST_DAY)
            table->value[with++] = day;
    }
    fprintf(table->out, "\nFirst day of a shortage%s that lasts %d days: in %u of %u replications",
            of, SHORTAGE_LASTS_DAYS, (unsigned)with, (unsigned)all);
    if (with > 0) {
        static const int quantile[3] = {0, 2, 4};
        struct tally tally = tally_summarize64(table->value, with, 1, 0, 0, 0, 0, &table->scratch);
        for (int i = 0; i < 3; i++)
            date_format((int32_t)tally.quantile[quantile[i]], date[i]);
        fprintf(table->out, ";\nof these %s (p05), %s (median), %s (p95)", date[0], date[1],
                date[2]);
    }
    fprintf(table->out, ".\n");
}

static void write_first_days(struct table *table)
{
    static const char *const of[DEMANDS] = {
        [DEMAND_NORMAL] = " by normal execution", [DEMAND_CATCHING_UP] = " by catching up"};
    const struct stand_in *stand_in = &table->plan->columns.stand_in;
    write_first_day(table, "", stand_in->shortage_total);
    for (int m = 0; m < DEMANDS; m++)
        if (stand_in->demand[m].is_asked)
            write_first_day(table, of[m], stand_in->demand[m].shortage_total);
    fprintf(table->out, "\n");
}

void headline_write(const struct scenario *plan, const struct records *records, struct arena *arena,
                    FILE *out)
{
    struct table table = {plan,
                          records,
                          arena_new(arena, int64_t, records->count),
                          {.counter = arena_new(arena, uint32_t, COUNTERS),
                           .room = COUNTERS,
                           .sorted = arena_new(arena, int64_t, records->count)},
                          (records->size.years + TABLE_ROWS - 1) / TABLE_ROWS,
                          out};
    fprintf(out, "%s\n", plan->title);
    write_years(&table);
    write_waiting(&table);
    write_first_days(&table);
}
