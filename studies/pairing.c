#include "studies/pairing.h"

#include <stdlib.h>
#include <string.h>

/* A row of the base's summary.csv, costs.csv or measures.csv. */
struct base_row {
    struct row       row;
    const char      *table;
    const char      *indicator; /* as it is written */
    bool             is_met;    /* by the scenario under way */
    struct base_row *next;
};

const char *const told_indicator[TOLDS] = {
    [TOLD_USABLE] = "usable",
    [TOLD_NEED_NORMAL] = "need_normal",
    [TOLD_SHORTAGE_NORMAL] = "shortage_normal",
    [TOLD_PRESENT] = "present_mean",
    [TOLD_NEED] = "need",
    [TOLD_SHORTAGE] = "shortage",
    [TOLD_CELL] = "cell",
    [TOLD_QUEUE] = "queue",
    [TOLD_WAITING] = "waiting_mean",
    [TOLD_COSTS] = "costs.total",
};

#define ALL_YEARS "all"
#define YEAR_LENGTH 4 /* a date is longer */
#define SUMMARY ""    /* summary.csv's indicators stand as they are */
#define COSTS "costs."
#define MEASURES "measures."

/* Rows of a year by column: counts by status, ratios of waits, days of shortage, shocks, costs. */
static size_t rows_at_most(const struct scenario *plan)
{
    size_t a_year = 3 * (size_t)plan->record_size.yearly_columns + 2 * (size_t)plan->shocks.count +
                    (size_t)plan->costs.line_count + 1024;
    return a_year * (plan->record_size.years + 1);
}

size_t pairing_room(const struct scenario *plan, uint32_t replications)
{
    return rows_at_most(plan) * (replications * sizeof(int64_t) + 512);
}

/* -- what one of the two lacks */

static bool is_known(const struct left_out *list, const char *indicator, const char *group)
{
    for (; list; list = list->next)
        if (strcmp(list->indicator, indicator) == 0 && strcmp(list->group, group) == 0)
            return true;
    return false;
}

static void leave_out(struct pairing *pairing, const char *indicator, const char *group,
                      bool is_base)
{
    struct comparison *comparison = pairing->comparison;
    if (is_known(comparison->left_out, indicator, group))
        return;
    struct left_out *left_out = arena_new(pairing->arena, struct left_out, 1);
    *left_out = (struct left_out){.indicator = indicator, .group = group, .is_base = is_base};
    if (comparison->left_out)
        pairing->last_left_out->next = left_out;
    else
        comparison->left_out = left_out;
    pairing->last_left_out = left_out;
    comparison->left_out_count++;
}

/* -- a row */

static void write_header(struct csv_out *out)
{
    static const char *const names[] = {"when",  "indicator",
                                        "group", "scenario",
                                        "pairs", "base_mean",
                                        "mean",  "difference",
                                        "sd",    "standard_error",
                                        "low",   "high",
                                        "p05",   "p25",
                                        "p50",   "p75",
                                        "p95",   "variance_reduction"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        csv_text(out, names[i]);
    csv_row_end(out);
}

/* Empty where it is not known. */
static void write_known(struct csv_out *out, bool is_known, int64_t value, int decimals)
{
    if (is_known)
        csv_decimal(out, value, decimals);
    else
        csv_empty(out);
}

static void write_pairs(struct csv_out *out, const struct tally_pairs *pairs,
                        const struct decimals *decimals)
{
    bool is_error_known = pairs->error >= 0;
    csv_decimal(out, pairs->base, decimals->mean);
    csv_decimal(out, pairs->other, decimals->mean);
    csv_decimal(out, pairs->difference, decimals->mean);
    write_known(out, pairs->sd >= 0, pairs->sd, decimals->mean);
    write_known(out, is_error_known, pairs->error, decimals->mean);
    write_known(out, is_error_known, pairs->low, decimals->mean);
    write_known(out, is_error_known, pairs->high, decimals->mean);
    for (int q = 0; q < TALLY_QUANTILES; q++)
        csv_decimal(out, pairs->quantile[q], decimals->quantile);
    write_known(out, pairs->reduction >= 0, pairs->reduction, REDUCTION_DECIMALS);
}

static void tell(struct comparison *comparison, const struct row *row,
                 const struct tally_pairs *pairs)
{
    if (strlen(row->when) > YEAR_LENGTH || strcmp(row->group, "total") != 0)
        return;
    for (int t = 0; t < TOLDS; t++) {
        struct told_row *told = &comparison->told[t];
        if (strcmp(row->indicator, told_indicator[t]) != 0)
            continue;
        if (strcmp(row->when, ALL_YEARS) == 0) {
            told->is_there = true;
            told->decimals = decimals_of[row->precision].mean;
            told->pairs = *pairs;
            continue;
        }
        if (told->year_count < TOLD_YEARS) {
            told->year[told->year_count] = atoi(row->when);
            told->difference[told->year_count] = pairs->difference;
        }
        told->year_count++;
    }
}

/* The replications in which both have a value, side by side; how many they are. */
static size_t pair_up(struct pairing *pairing, const int64_t *base, const int64_t *other)
{
    size_t n = 0;
    for (size_t r = 0; r < pairing->records->count; r++)
        if (base[r] != NO_VALUE && other[r] != NO_VALUE) {
            pairing->base_value[n] = base[r];
            pairing->value[n++] = other[r];
        }
    return n;
}

/* Where some replications have no value draws are not whole: as one draw, of unknown error. */
static uint32_t draw_size(const struct pairing *pairing, size_t n)
{
    bool are_whole = pairing->per_draw <= 1 || n == pairing->records->count;
    return are_whole ? pairing->per_draw : (uint32_t)n;
}

/* `row` has the names as they are written, and the values of the other scenario. */
static void write_row(struct pairing *pairing, const int64_t *base, const struct row *row)
{
    struct csv_out *out = &pairing->out;
    size_t          n = pair_up(pairing, base, row->value);
    csv_text(out, row->when);
    csv_text(out, row->indicator);
    csv_text(out, row->group);
    csv_text(out, pairing->comparison->name);
    csv_integer(out, (int64_t)n);
    if (n == 0) {
        for (int i = 0; i < 8 + TALLY_QUANTILES; i++)
            csv_empty(out);
        csv_row_end(out);
        return;
    }
    const struct decimals *decimals = &decimals_of[row->precision];
    struct tally_pairs     pairs =
        tally_pairs(pairing->base_value, pairing->value, n, decimals->value, decimals->mean,
                    decimals->quantile, draw_size(pairing, n), &pairing->scratch);
    write_pairs(out, &pairs, decimals);
    csv_row_end(out);
    tell(pairing->comparison, row, &pairs);
}

/* -- by year: rows of summary.csv, costs.csv and measures.csv */

/* As it stands in compare.csv. */
static const char *written_indicator(struct pairing *pairing, const struct row *row)
{
    return *pairing->table ? arena_print(pairing->arena, "%s%s", pairing->table, row->indicator)
                           : row->indicator;
}

static void keep(void *context, const struct row *row)
{
    struct pairing  *pairing = context;
    size_t           n = pairing->records->count;
    struct base_row *kept = arena_new(pairing->arena, struct base_row, 1);
    int64_t         *value = arena_new(pairing->arena, int64_t, n);
    memcpy(value, row->value, n * sizeof *value);
    *kept = (struct base_row){
        .row = *row, .table = pairing->table, .indicator = written_indicator(pairing, row)};
    kept->row.when = arena_text(pairing->arena, row->when, strlen(row->when));
    kept->row.value = value;
    if (pairing->first)
        pairing->last->next = kept;
    else
        pairing->first = kept;
    pairing->last = kept;
}

static bool is_same(const struct base_row *kept, const char *table, const struct row *row)
{
    return strcmp(kept->row.indicator, row->indicator) == 0 &&
           strcmp(kept->row.group, row->group) == 0 && strcmp(kept->row.when, row->when) == 0 &&
           strcmp(kept->table, table) == 0;
}

/* Both have their rows in the same order, but for those that only one has. */
static struct base_row *find(struct pairing *pairing, const struct row *row)
{
    for (struct base_row *kept = pairing->next; kept; kept = kept->next)
        if (is_same(kept, pairing->table, row))
            return kept;
    for (struct base_row *kept = pairing->first; kept != pairing->next; kept = kept->next)
        if (is_same(kept, pairing->table, row))
            return kept;
    return NULL;
}

/* What a scenario does not have costs nothing and touches nobody. Of the rest that says nothing:
 * who has no such status did not count the people in it. Money where only one reckons it neither.
 */
static bool is_nothing_without(const struct pairing *pairing, const char *table)
{
    return strcmp(table, MEASURES) == 0 || (strcmp(table, COSTS) == 0 && pairing->both_cost);
}

static void match(void *context, const struct row *row)
{
    struct pairing  *pairing = context;
    struct base_row *kept = find(pairing, row);
    struct row       written = *row;
    written.indicator = kept ? kept->indicator : written_indicator(pairing, row);
    if (kept) {
        write_row(pairing, kept->row.value, &written);
        kept->is_met = true;
        pairing->next = kept->next;
    } else if (is_nothing_without(pairing, pairing->table))
        write_row(pairing, pairing->nothing, &written);
    else
        leave_out(pairing, written.indicator, row->group, false);
}

/* A row that only the base has. */
static void write_unmet(struct pairing *pairing, const struct base_row *kept)
{
    struct row written = kept->row;
    written.indicator = kept->indicator;
    written.value = pairing->nothing;
    if (is_nothing_without(pairing, kept->table))
        write_row(pairing, kept->row.value, &written);
    else
        leave_out(pairing, kept->indicator, kept->row.group, true);
}

static void hand_over(struct pairing *pairing, const struct scenario *plan,
                      const struct records *records,
                      void (*take)(void *context, const struct row *row), struct arena *arena)
{
    struct row_taker taker = {take, pairing};
    pairing->table = SUMMARY;
    report_summary_rows(plan, records, &taker, arena);
    pairing->table = COSTS;
    if (plan->costs.used)
        report_costs_rows(plan, records, &taker, arena);
    pairing->table = MEASURES;
    report_measures_rows(plan, records, &taker, arena);
}

static void write_years(struct pairing *pairing, const struct scenario *plan,
                        const struct records *records, struct arena *arena)
{
    for (struct base_row *kept = pairing->first; kept; kept = kept->next)
        kept->is_met = false;
    pairing->next = pairing->first;
    pairing->both_cost = pairing->plan->costs.used && plan->costs.used;
    hand_over(pairing, plan, records, match, arena);
    for (struct base_row *kept = pairing->first; kept; kept = kept->next)
        if (!kept->is_met)
            write_unmet(pairing, kept);
}

/* -- by day: totals */

struct day_pair {
    const struct column *base, *other;
    int64_t             *base_value, *value; /* [replication] */
};

static bool is_total_of_a_day(const struct column *column)
{
    return column->shown == SHOWN_DAILY && strcmp(column->group, "total") == 0;
}

static const struct column *find_total(const struct columns *columns, const char *indicator)
{
    for (int c = 0; c < columns->daily_count; c++)
        if (is_total_of_a_day(&columns->daily[c]) &&
            strcmp(columns->daily[c].indicator, indicator) == 0)
            return &columns->daily[c];
    return NULL;
}

static int find_day_pairs(struct pairing *pairing, const struct columns *other,
                          struct day_pair *pairs, struct arena *arena)
{
    const struct columns *columns = &pairing->plan->columns;
    size_t                n = pairing->records->count;
    int                   count = 0;
    for (int c = 0; c < columns->daily_count; c++) {
        const struct column *base = &columns->daily[c], *found;
        if (!is_total_of_a_day(base))
            continue;
        found = find_total(other, base->indicator);
        if (!found)
            leave_out(pairing, base->indicator, base->group, true);
        else
            pairs[count++] = (struct day_pair){base, found, arena_new(arena, int64_t, n),
                                               arena_new(arena, int64_t, n)};
    }
    for (int c = 0; c < other->daily_count; c++)
        if (is_total_of_a_day(&other->daily[c]) && !find_total(columns, other->daily[c].indicator))
            leave_out(pairing, other->daily[c].indicator, other->daily[c].group, false);
    return count;
}

static int64_t value_of(const struct column *column, const int32_t *row)
{
    int32_t value = row[column->at];
    return column->kind == COLUMN_MINUTES ? tally_ratio(value, MINUTES_A_DAY, FINE_DECIMALS)
                                          : value;
}

static const int32_t *day_row(const struct records *records, size_t replication, size_t day)
{
    return records->record[replication].daily + day * records->size.daily_columns;
}

/* The row of a day of each replication is read once, for all columns. */
static void read_day(const struct pairing *pairing, const struct records *records, size_t day,
                     const struct day_pair *pairs, int count)
{
    for (size_t r = 0; r < records->count; r++) {
        const int32_t *base = day_row(pairing->records, r, day), *other = day_row(records, r, day);
        for (int p = 0; p < count; p++) {
            pairs[p].base_value[r] = value_of(pairs[p].base, base);
            pairs[p].value[r] = value_of(pairs[p].other, other);
        }
    }
}

static void write_days(struct pairing *pairing, const struct scenario *plan,
                       const struct records *records, struct arena *arena)
{
    struct day_pair *pairs =
        arena_new(arena, struct day_pair, (size_t)pairing->plan->columns.daily_count);
    int  count = find_day_pairs(pairing, &plan->columns, pairs, arena);
    char date[11];
    for (uint32_t day = 0; day < records->size.days; day++) {
        date_format(plan->period.first_record + (int32_t)day, date);
        read_day(pairing, records, day, pairs, count);
        for (int p = 0; p < count; p++) {
            bool       is_fine = pairs[p].base->kind == COLUMN_MINUTES;
            struct row row = {date, pairs[p].base->indicator, pairs[p].base->group, pairs[p].value,
                              is_fine ? PRECISION_FINE : PRECISION_COUNT};
            write_row(pairing, pairs[p].base_value, &row);
        }
    }
}

/* -- the whole */

bool pairing_open(struct pairing *pairing, const struct scenario *plan,
                  const struct records *records, const char *path, struct arena *arena,
                  struct errors *errors)
{
    size_t n = records->count;
    *pairing = (struct pairing){.plan = plan,
                                .records = records,
                                .arena = arena,
                                .base_value = arena_new(arena, int64_t, n),
                                .value = arena_new(arena, int64_t, n),
                                .nothing = arena_new(arena, int64_t, n),
                                .scratch = report_scratch(arena, n)};
    hand_over(pairing, plan, records, keep, arena);
    if (!csv_open(&pairing->out, arena, path, errors))
        return false;
    write_header(&pairing->out);
    return true;
}

void pairing_write(struct pairing *pairing, const struct scenario *plan,
                   const struct records *records, struct comparison *comparison,
                   struct arena *arena)
{
    int64_t per_draw = pairing->plan->inputs.per_draw;
    pairing->per_draw = (uint32_t)(per_draw > 0 ? per_draw : plan->inputs.per_draw);
    pairing->comparison = comparison;
    write_years(pairing, plan, records, arena);
    write_days(pairing, plan, records, arena);
}

bool pairing_close(struct pairing *pairing, struct errors *errors)
{
    return csv_close(&pairing->out, errors);
}
