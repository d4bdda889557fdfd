#include "models/flow.h"

#include <math.h>
#include <string.h>

#include "models/by_year.h"
#include "sim/kept.h"

#define MONTHS 12
#define WEEKDAYS 7
#define CV_LEAST 0.01 /* of a spread: that of the shapes */
#define CV_MOST 1
#define ONE_OF_THE_RATES "one of per_day, per_month, per_quarter and per_year"

enum per { PER_DAY, PER_MONTH, PER_QUARTER, PER_YEAR, PERS };
static const char *const per_keys[PERS] = {"per_day", "per_month", "per_quarter", "per_year"};

/* A flow as it is written. */
struct draft {
    int          status;
    struct node *per[PERS];
    double       month[MONTHS], weekday[WEEKDAYS]; /* factors with a mean of 1 */
    double       trend_per_year;
    double       cv_per_year;
};

/* Rates as stated: each holds from its day until the next one's, the first also before. */
struct rates {
    enum per per;
    bool     dated; /* by year, or by date in a CSV file; else there is one rate */
    int      count;
    int32_t *from; /* day numbers, rising */
    double  *rate;
};

/* -- the keys of a flow */

static void read_status(struct reader *reader, struct node *node, void *member)
{
    const struct statuses *statuses = reader->context;
    int                    status;
    if (read_reference(reader, node, "status", statuses->name, statuses->count, &status))
        *(int *)member = status;
}

/* Factors as written say how the parts compare; scaled to a mean of 1 they leave the level alone.
 */
static void read_factors(struct reader *reader, struct node *node, int count, double *factors)
{
    double read[MONTHS], sum = 0;
    int    i = 0;
    if (!read_list(reader, node))
        return;
    if (node->count != count) {
        node_error(reader, node, "%s has %d factors; it must have %d",
                   node_label(reader->arena, node), node->count, count);
        return;
    }
    for (struct node *item = node->first; item; item = item->next) {
        struct fraction ratio;
        if (!read_ratio(reader, item, &ratio))
            return;
        read[i] = (double)ratio.num / (double)ratio.den;
        sum += read[i++];
    }
    if (sum == 0)
        node_error(reader, node, "%s has only zeros; at least one factor must be above 0",
                   node_label(reader->arena, node));
    for (i = 0; i < count && sum > 0; i++)
        factors[i] = read[i] * count / sum;
}

static void read_months(struct reader *reader, struct node *node, void *member)
{
    read_factors(reader, node, MONTHS, member);
}

static void read_weekdays(struct reader *reader, struct node *node, void *member)
{
    read_factors(reader, node, WEEKDAYS, member);
}

static const struct field after_fields[] = {
    {.key = "trend_per_year",
     .type = FIELD_NUMBER,
     .offset = offsetof(struct draft, trend_per_year),
     .required = true,
     .low = -0.99,
     .high = 0.5,
     .unit = "growth a year",
     .help = "0.015 is 1.5 % more each year: compound by year, in a straight line within it."},
    {0},
};

static const struct field spread_fields[] = {
    {.key = "cv_per_year",
     .type = FIELD_NUMBER,
     .offset = offsetof(struct draft, cv_per_year),
     .required = true,
     .low = 0,
     .high = CV_MOST,
     .unit = "coefficient of variation",
     .help = "How far years lie apart, beside the chance of single arrivals: 0.02 is 2 %."},
    {0},
};

const struct field flow_fields[] = {
    {.key = "status",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, status),
     .required = true,
     .own = read_status,
     .unit = "name of a status",
     .help = "The legal title (titel) with which people arrive (instroom)."},
    {.key = "per_day",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, per[PER_DAY]),
     .own = node_keep,
     .unit = "number, numbers by year, or {csv: file, scale: factor}",
     .otherwise = "see per_year",
     .help = "How many people arrive on a day, on average."},
    {.key = "per_month",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, per[PER_MONTH]),
     .own = node_keep,
     .unit = "number, numbers by year, or {csv: file, scale: factor}",
     .otherwise = "see per_year",
     .help = "How many people arrive in a month, spread evenly over its days."},
    {.key = "per_quarter",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, per[PER_QUARTER]),
     .own = node_keep,
     .unit = "number, numbers by year, or {csv: file, scale: factor}",
     .otherwise = "see per_year",
     .help = "How many people arrive in a quarter, spread evenly over its days."},
    {.key = "per_year",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, per[PER_YEAR]),
     .own = node_keep,
     .unit = "number, numbers by year, or {csv: file, scale: factor}",
     .otherwise = ONE_OF_THE_RATES " must be given",
     .help = "How many people arrive in a year, spread evenly over its days; {2026: 13500, 2027: "
             "13700} gives each year its own and the last one holds on; a CSV file has columns "
             "date and rate, a rate holding from its date on."},
    {.key = "month",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, month),
     .own = read_months,
     .unit = "list of 12 factors",
     .otherwise = "all months alike",
     .help = "How the months compare, January first; scaled to a mean of 1."},
    {.key = "weekday",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, weekday),
     .own = read_weekdays,
     .unit = "list of 7 factors",
     .otherwise = "all days alike",
     .help = "How the days of the week compare, Monday first; scaled to a mean of 1."},
    {.key = "after",
     .type = FIELD_INNER,
     .offset = 0,
     .inner = after_fields,
     .otherwise = "the last year's rate holds on",
     .help = "What happens from 1 January after the last year stated."},
    {.key = "spread",
     .type = FIELD_INNER,
     .offset = 0,
     .inner = spread_fields,
     .otherwise = "none",
     .help = "One factor for all of a calendar year, drawn in each replication with a mean of 1 "
             "(gamma); those present at the start have none."},
    {0},
};

/* -- rates as stated */

static bool add_rate(struct reader *reader, struct node *node, int32_t from, struct rates *rates)
{
    struct fraction ratio;
    if (!read_ratio(reader, node, &ratio))
        return false;
    rates->from[rates->count] = from;
    rates->rate[rates->count++] = (double)ratio.num / (double)ratio.den;
    return true;
}

static int32_t year_start(int year)
{
    return date_to_day((struct date){year, 1, 1});
}

static bool add_year(struct reader *reader, struct node *node, struct rates *rates)
{
    int last = rates->count;
    int year = by_year_key(reader, node, last ? date_from_day(rates->from[last - 1]).year : 0);
    return year > 0 && add_rate(reader, node, year_start(year), rates);
}

static void make_room(struct arena *arena, int count, struct rates *rates)
{
    rates->from = arena_new(arena, int32_t, (size_t)count);
    rates->rate = arena_new(arena, double, (size_t)count);
}

static bool read_years(struct reader *reader, struct node *node, struct rates *rates)
{
    make_room(reader->arena, node->count, rates);
    if (!read_mapping(reader, node))
        return false;
    bool good = true;
    for (struct node *child = node->first; child; child = child->next)
        if (!node_is_note(child))
            good = add_year(reader, child, rates) && good;
    if (rates->count == 0 && good)
        node_error(reader, node, "%s states no year", node_label(reader->arena, node));
    return good && rates->count > 0;
}

/* -- rates from a CSV file */

static bool add_row(struct reader *reader, const struct csv *csv, int row, const int column[2],
                    struct rates *rates)
{
    struct node *date = csv_node(reader->arena, csv, row, column[0]);
    int32_t      day;
    if (!read_date(reader, date, &day))
        return false;
    if (rates->count > 0 && day <= rates->from[rates->count - 1]) {
        char before[11];
        date_format(rates->from[rates->count - 1], before);
        node_error(reader, date, "date is %s after %s; dates must rise", date->text, before);
        return false;
    }
    return add_rate(reader, csv_node(reader->arena, csv, row, column[1]), day, rates);
}

static bool find_columns(struct reader *reader, const struct node *node, const struct csv *csv,
                         int column[2])
{
    static const char *const names[] = {"date", "rate"};
    for (int i = 0; i < 2; i++) {
        column[i] = csv_column(csv, names[i]);
        if (column[i] >= 0)
            continue;
        node_error(reader, node, "%s has no column %s; rates have the columns date, rate",
                   csv->file, names[i]);
        return false;
    }
    return true;
}

/* Other columns are for the reader of the file. */
static bool read_rows(struct reader *reader, struct node *node, struct rates *rates)
{
    int               column[2];
    bool              good = true;
    const struct csv *csv = kept_csv(reader, node);
    if (!csv || !find_columns(reader, node, csv, column))
        return false;
    make_room(reader->arena, csv->row_count, rates);
    for (int row = 0; row < csv->row_count; row++)
        good = add_row(reader, csv, row, column, rates) && good;
    if (csv->row_count == 0)
        node_error(reader, node, "%s has no rows; there must be at least one rate", csv->file);
    return good && csv->row_count > 0;
}

static bool read_csv(struct reader *reader, struct node *node, struct rates *rates)
{
    struct csv_rates {
        const char *file;
        double      scale;
    } stated = {NULL, 1};
    static const struct field csv_fields[] = {{.key = "csv",
                                               .type = FIELD_TEXT,
                                               .offset = offsetof(struct csv_rates, file),
                                               .required = true},
                                              {.key = "scale",
                                               .type = FIELD_NUMBER,
                                               .offset = offsetof(struct csv_rates, scale),
                                               .low = 0,
                                               .high = 1000000},
                                              {0}};
    int                       before = reader->errors->count;
    node->content = CONTENT_SCALED;
    fields_read(reader, node, csv_fields, &stated);
    if (reader->errors->count > before || !read_rows(reader, node_find(node, "csv"), rates))
        return false;
    for (int i = 0; i < rates->count; i++)
        rates->rate[i] *= stated.scale;
    return true;
}

static bool read_rates(struct reader *reader, struct node *node, struct rates *rates)
{
    rates->dated = node->kind == NODE_MAPPING && !node_find(node, "value");
    if (rates->dated)
        return node_find(node, "csv") ? read_csv(reader, node, rates)
                                      : read_years(reader, node, rates);
    make_room(reader->arena, 1, rates);
    return add_rate(reader, node, 0, rates);
}

/* The one rate that a flow must have; NULL after an error. */
static struct node *choose_rate(struct reader *reader, const struct node *node,
                                const struct draft *draft, enum per *per)
{
    struct node *chosen = NULL;
    for (enum per p = PER_DAY; p < PERS; p++) {
        if (!draft->per[p])
            continue;
        if (chosen) {
            node_key_error(reader, draft->per[p],
                           "%s stands beside %s; a flow has " ONE_OF_THE_RATES, per_keys[p],
                           per_keys[*per]);
            return NULL;
        }
        chosen = draft->per[p];
        *per = p;
    }
    if (!chosen)
        node_error(reader, node, "%s lacks a rate: " ONE_OF_THE_RATES,
                   node_label(reader->arena, node));
    return chosen;
}

/* -- one number a day */

/* The days of the `months` of which this date's month is one: 1 month, 3 for a quarter. */
static int days_around(struct date date, int months)
{
    int first_month = (date.month - 1) / months * months + 1, next_month = first_month + months;
    struct date first = {date.year, first_month, 1};
    struct date next = next_month > MONTHS ? (struct date){date.year + 1, 1, 1}
                                           : (struct date){date.year, next_month, 1};
    return date_to_day(next) - date_to_day(first);
}

/* The last rate stated that starts on this day or before; before the first, the first. */
static double stated_rate(const struct rates *rates, int32_t day)
{
    int low = 0, high = rates->count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (rates->from[middle] <= day)
            low = middle;
        else
            high = middle - 1;
    }
    return rates->rate[low];
}

static double per_day(enum per per, double rate, struct date date)
{
    static const int months[PERS] = {[PER_MONTH] = 1, [PER_QUARTER] = 3, [PER_YEAR] = MONTHS};
    return per == PER_DAY ? rate : rate / days_around(date, months[per]);
}

/* Products only: a power of libm could differ between machines. */
static double growth(double trend_per_year, int last_year, int32_t day, struct date date)
{
    double  factor = 1;
    int32_t days_over = day - year_start(date.year);
    if (date.year <= last_year)
        return 1;
    for (int year = last_year + 1; year < date.year; year++)
        factor *= 1 + trend_per_year;
    return factor * (1 + trend_per_year * days_over / date_year_days(date.year));
}

static double rate_of_day(const struct draft *draft, const struct rates *rates, int32_t day)
{
    struct date date = date_from_day(day);
    double      rate = per_day(rates->per, stated_rate(rates, day), date);
    int         last_year = date_from_day(rates->from[rates->count - 1]).year;
    if (draft->trend_per_year != 0)
        rate *= growth(draft->trend_per_year, last_year, day, date);
    return rate * draft->month[date.month - 1] * draft->weekday[date_weekday(day)];
}

static void fill_days(struct arena *arena, const struct draft *draft, const struct rates *rates,
                      const struct period *period, struct flow *flow)
{
    int32_t days = period->day_count > 0 ? period->day_count : 0; /* 0: a period that was refused */
    flow->rate_per_day = arena_new(arena, double, (size_t)days);
    for (int32_t i = 0; i < days; i++) {
        double rate = rate_of_day(draft, rates, period->start + i);
        flow->rate_per_day[i] = rate;
        rate *= flow->spread_at_most;
        if (rate > flow->rate_at_most)
            flow->rate_at_most = rate;
    }
}

/* -- the spread between years */

static void make_spread(struct reader *reader, const struct node *node, double cv,
                        struct flow *flow)
{
    struct shape_spec spec = {FAMILY_GAMMA, SPREAD_SCALE, cv,  NAN, NAN, NAN, NAN,
                              NAN,          NAN,          NAN, NAN, NAN, NAN};
    char              why[200];
    if (!(cv > 0))
        return; /* a cv that is out of range was refused and left at 0 */
    if (cv < CV_LEAST) {
        node_error(reader, node_find(node, "cv_per_year"),
                   "cv_per_year is %.15g; it must be 0, or from %g to %d", cv, CV_LEAST, CV_MOST);
        return;
    }
    flow->spread = shape_make_smooth(reader->arena, &spec, why);
    must(flow->spread);
    flow->spread_hash = rng_hash(arena_print(reader->arena, "spread/%s", flow->name));
    flow->spread_at_most = shape_quantile(flow->spread, (struct uniform){1, 0}) / SPREAD_SCALE;
}

/* -- flows */

static void read_flow(struct reader *reader, struct node *node, const struct period *period,
                      struct flow *flow)
{
    struct draft draft = {0};
    struct rates rates = {0};
    for (int i = 0; i < MONTHS; i++)
        draft.month[i] = 1;
    for (int i = 0; i < WEEKDAYS; i++)
        draft.weekday[i] = 1;
    fields_read(reader, node, flow_fields, &draft);
    flow->status = draft.status;
    flow->spread_at_most = 1;
    if (node->kind != NODE_MAPPING)
        return;
    make_spread(reader, node_find(node, "spread"), draft.cv_per_year, flow);
    struct node *chosen = choose_rate(reader, node, &draft, &rates.per);
    if (!chosen || !read_rates(reader, chosen, &rates))
        return;
    struct node *after = node_find(node, "after");
    if (after && !rates.dated) {
        node_key_error(reader, after,
                       "after starts behind the last year stated, but %s states no years: write it "
                       "as {2026: ..}",
                       chosen->key);
        return;
    }
    fill_days(reader->arena, &draft, &rates, period, flow);
    if (flow->rate_at_most > FLOW_RATE_AT_MOST)
        node_error(reader, chosen, "%s comes to %.15g people a day%s; at most %d are allowed",
                   chosen->key, flow->rate_at_most,
                   flow->spread ? " with the spread at its most" : "", FLOW_RATE_AT_MOST);
}

static void insert_by_name(struct flows *flows, struct flow flow)
{
    int i = flows->count++;
    for (; i > 0 && strcmp(flows->list[i - 1].name, flow.name) > 0; i--)
        flows->list[i] = flows->list[i - 1];
    flows->list[i] = flow;
}

void flows_read(struct reader *reader, struct node *node, const struct period *period,
                const struct statuses *statuses, struct flows *flows)
{
    struct statuses known = *statuses; /* a context is not const */
    struct reader   inner = {reader->arena, reader->errors, &known};
    *flows = (struct flows){.list = arena_new(reader->arena, struct flow, FLOWS_AT_MOST),
                            .name = arena_new(reader->arena, const char *, FLOWS_AT_MOST)};
    if (!node || (!read_names(reader, node) && node->kind != NODE_MAPPING))
        return;
    for (struct node *child = node->first; child; child = child->next) {
        struct flow flow = {.name = child->key};
        if (node_is_note(child))
            continue;
        child->used = true;
        if (flows->count == FLOWS_AT_MOST) {
            node_key_error(reader, child, "%s is one flow too many; at most %d are allowed",
                           child->key, FLOWS_AT_MOST);
            return;
        }
        read_flow(&inner, child, period, &flow);
        insert_by_name(flows, flow);
    }
    for (int f = 0; f < flows->count; f++)
        flows->name[f] = flows->list[f].name;
}
