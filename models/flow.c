#include "models/flow.h"

#include <string.h>

#include "sim/date.h"

#define RATE_AT_MOST 1000000 /* a day */
#define MONTHS 12
#define WEEKDAYS 7
#define FIRST_YEAR 1900
#define LAST_YEAR 2999

enum per { PER_DAY, PER_MONTH, PER_YEAR, PERS };
static const char *const per_keys[PERS] = {"per_day", "per_month", "per_year"};

/* A flow as it is written. */
struct draft {
    int          status;
    struct node *per[PERS];
    double       month[MONTHS], weekday[WEEKDAYS]; /* factors with a mean of 1 */
    double       trend_per_year;
};

/* Rates by year: each holds until the next one stated, the first also before. */
struct rates {
    enum per per;
    int      count;
    int     *year; /* rising; of a rate without a year, 0 */
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

static void keep_node(struct reader *reader, struct node *node, void *member)
{
    (void)reader;
    *(struct node **)member = node;
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
     .high = 10,
     .unit = "growth a year",
     .help = "0.015 is 1.5 % more each year: compound by year, in a straight line within it."},
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
     .own = keep_node,
     .unit = "number, or numbers by year",
     .otherwise = "see per_year",
     .help = "How many people arrive on a day, on average."},
    {.key = "per_month",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, per[PER_MONTH]),
     .own = keep_node,
     .unit = "number, or numbers by year",
     .otherwise = "see per_year",
     .help = "How many people arrive in a month, spread evenly over its days."},
    {.key = "per_year",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, per[PER_YEAR]),
     .own = keep_node,
     .unit = "number, or numbers by year",
     .otherwise = "one of per_day, per_month and per_year must be given",
     .help = "How many people arrive in a year, spread evenly over its days; {2026: 13500, 2027: "
             "13700} gives each year its own and the last one holds on."},
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
    {0},
};

/* -- rates by year */

/* A year of four digits, or 0. */
static int parse_year(const char *text)
{
    int year = 0;
    if (strlen(text) != 4)
        return 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return 0;
        year = 10 * year + (*text - '0');
    }
    return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

static bool add_rate(struct reader *reader, struct node *node, int year, struct rates *rates)
{
    struct fraction ratio;
    if (!read_ratio(reader, node, &ratio))
        return false;
    rates->year[rates->count] = year;
    rates->rate[rates->count++] = (double)ratio.num / (double)ratio.den;
    return true;
}

static bool add_year(struct reader *reader, struct node *node, struct rates *rates)
{
    int year = parse_year(node->key);
    int before = rates->count ? rates->year[rates->count - 1] : 0;
    if (year == 0) {
        node_key_error(reader, node, "%s is no year; it must be one from %d to %d", node->key,
                       FIRST_YEAR, LAST_YEAR);
        return false;
    }
    if (year < before) {
        node_key_error(reader, node, "%d stands after %d; years must rise", year, before);
        return false;
    }
    return add_rate(reader, node, year, rates);
}

static bool read_rates(struct reader *reader, struct node *node, struct rates *rates)
{
    size_t room = node->count > 0 ? (size_t)node->count : 1;
    rates->year = arena_new(reader->arena, int, room);
    rates->rate = arena_new(reader->arena, double, room);
    if (node->kind != NODE_MAPPING || node_find(node, "value"))
        return add_rate(reader, node, 0, rates);
    if (!read_mapping(reader, node))
        return false;
    for (struct node *child = node->first; child; child = child->next)
        if (!node_is_note(child) && !add_year(reader, child, rates))
            return false;
    if (rates->count == 0)
        node_error(reader, node, "%s states no year", node_label(reader->arena, node));
    return rates->count > 0;
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
                           "%s stands beside %s; a flow has one of per_day, per_month and per_year",
                           per_keys[p], per_keys[*per]);
            return NULL;
        }
        chosen = draft->per[p];
        *per = p;
    }
    if (!chosen)
        node_error(reader, node, "%s lacks a rate: one of per_day, per_month and per_year",
                   node_label(reader->arena, node));
    return chosen;
}

/* -- one number a day */

static int month_days(struct date date)
{
    struct date first = {date.year, date.month, 1};
    struct date next = date.month == MONTHS ? (struct date){date.year + 1, 1, 1}
                                            : (struct date){date.year, date.month + 1, 1};
    return date_to_day(next) - date_to_day(first);
}

static double stated_rate(const struct rates *rates, int year)
{
    int i = 0;
    while (i + 1 < rates->count && rates->year[i + 1] <= year)
        i++;
    return rates->rate[i];
}

static double per_day(enum per per, double rate, struct date date)
{
    if (per == PER_MONTH)
        return rate / month_days(date);
    return per == PER_YEAR ? rate / date_year_days(date.year) : rate;
}

/* Products only: a power of libm could differ between machines. */
static double growth(double trend_per_year, int last_year, int32_t day, struct date date)
{
    double  factor = 1;
    int32_t days_over = day - date_to_day((struct date){date.year, 1, 1});
    if (date.year <= last_year)
        return 1;
    for (int year = last_year + 1; year < date.year; year++)
        factor *= 1 + trend_per_year;
    return factor * (1 + trend_per_year * days_over / date_year_days(date.year));
}

static double rate_of_day(const struct draft *draft, const struct rates *rates, int32_t day)
{
    struct date date = date_from_day(day);
    double      rate = per_day(rates->per, stated_rate(rates, date.year), date);
    if (draft->trend_per_year != 0)
        rate *= growth(draft->trend_per_year, rates->year[rates->count - 1], day, date);
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
        if (rate > flow->rate_at_most)
            flow->rate_at_most = rate;
    }
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
    if (node->kind != NODE_MAPPING)
        return;
    struct node *chosen = choose_rate(reader, node, &draft, &rates.per);
    if (!chosen || !read_rates(reader, chosen, &rates))
        return;
    struct node *after = node_find(node, "after");
    if (after && rates.year[0] == 0) {
        node_key_error(reader, after,
                       "after starts behind the last year stated, but %s states no years",
                       chosen->key);
        return;
    }
    fill_days(reader->arena, &draft, &rates, period, flow);
    if (flow->rate_at_most > RATE_AT_MOST)
        node_error(reader, chosen, "%s comes to %.15g people a day; at most %d are allowed",
                   chosen->key, flow->rate_at_most, RATE_AT_MOST);
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
    *flows = (struct flows){.list = arena_new(reader->arena, struct flow, FLOWS_AT_MOST)};
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
}
