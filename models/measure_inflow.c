/* The kind inflow: a factor on the arrivals of flows, of all or of those with some attributes, and
 * people beside. What it does is in models/arrivals.c.
 */
#include "models/measure_kind.h"

#define ADDS_AT_MOST 1000000

struct draft {
    struct measure_draft of_all;
    double               factor;
    int64_t              adds;
    const struct shape  *lag;
};

static const struct field fields[] = {
    {.key = "factor",
     .type = FIELD_NUMBER,
     .offset = offsetof(struct draft, factor),
     .high = FACTOR_AT_MOST,
     .otherwise = "factor or adds must be given",
     .help = "So many times the arrivals: 1.04 adds people, 0.9 keeps some away."},
    {.key = "adds",
     .type = FIELD_COUNT,
     .offset = offsetof(struct draft, adds),
     .high = ADDS_AT_MOST,
     .unit = "persons",
     .otherwise = "nobody",
     .help = "So many people more, on average, in one flow between `starts` and `ends`, such as a "
             "backlog that is worked off; spread evenly, and beside every factor."},
    {.key = "lag",
     .type = FIELD_SHAPE,
     .offset = offsetof(struct draft, lag),
     .otherwise = "none",
     .help = "How long it takes from a change upstream (an arrest more) until it reaches the flow: "
             "a duration shifts it, a shape spreads it; also after `ends`."},
    {0},
};

static const struct measure_column columns[INFLOW_COLUMNS] = {
    [INFLOW_PEOPLE] = {"people", MEASURE_COUNT}};
static const char *const purposes[] = {NULL};

/* -- lag: what changes upstream on day s is met after a lag by the share F(d - s) up to day d */

/* How far it has come upstream, days after `starts`. */
static double upstream(const struct measure *measure, int32_t days)
{
    return days >= measure->ramp_days ? 1 : (days + 1) / (measure->ramp_days + 1.0);
}

/* The sum of F(0) .. F(d), each at 0:00 of that day after the change. */
static double *sum_shares(struct arena *arena, const struct shape *lag, int32_t days)
{
    double *sum = arena_new(arena, double, (size_t)days + 1);
    for (int32_t d = 0; d < days; d++)
        sum[d + 1] = sum[d] + shape_share_below(lag, (double)d * MINUTES_A_DAY);
    return sum;
}

static double within(double level)
{
    return level < 0 ? 0 : level > 1 ? 1 : level;
}

/* Upstream it rises by one part of the ramp each day, and falls to nothing behind `last`. */
static void make_levels(const struct measure_reading *reading, const struct shape *lag,
                        struct measure *measure)
{
    int32_t after_last =
        measure->last == NO_LAST_DAY ? NO_LAST_DAY : measure->last + 1 - measure->starts;
    int32_t rises = measure->ramp_days + 1;
    if (after_last < rises)
        rises = after_last;
    int32_t days = reading->period->end + 1 - measure->starts;
    measure->level_days = days > 0 ? days : 0;
    measure->level = arena_new(reading->reader->arena, double, (size_t)measure->level_days + 1);
    const double *sum = sum_shares(reading->reader->arena, lag, measure->level_days);
    for (int32_t d = 0; d < measure->level_days; d++) {
        double risen = sum[d + 1] - (d >= rises ? sum[d + 1 - rises] : 0);
        double left = d < after_last ? 0 : sum[d + 1 - after_last] - sum[d - after_last];
        measure->level[d] =
            within(risen / (measure->ramp_days + 1) - left * upstream(measure, after_last - 1));
    }
}

/* -- people beside */

static bool is_one_flow(const struct measure_reading *reading, const struct measure *measure)
{
    int count = 0;
    for (int f = 0; f < reading->flows->count; f++)
        count += measure->flow[f];
    return count == 1;
}

/* The share of all who come of whom it asks. */
static double share_taken(const struct attributes *attributes, const struct measure *measure)
{
    double share = 0;
    for (uint32_t p = 0; p < attributes->profile_count; p++)
        if (measure->takes[p])
            share += attributes->share_of_profile[p];
    return share;
}

/* As many whole days as the levels of `starts` to `ends` make. */
static double whole_days(const struct measure *measure)
{
    double sum = 0;
    for (int32_t day = measure->starts; day <= measure->last; day++)
        sum += upstream(measure, day - measure->starts);
    return sum;
}

static void read_adds(const struct measure_reading *reading, struct node *node, int64_t adds,
                      struct measure *measure)
{
    if (measure->last == NO_LAST_DAY)
        node_error(reading->reader, node, "adds stands without ends; the people come between both");
    else if (!is_one_flow(reading, measure))
        node_error(reading->reader, node,
                   "adds is for one flow; name it in who, such as who: {flow: %s}",
                   reading->flows->count ? reading->flows->name[0] : "remand");
    else if (share_taken(reading->attributes, measure) > 0)
        measure->adds_per_day =
            (double)adds / (whole_days(measure) * share_taken(reading->attributes, measure));
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    int                 before = reading->reader->errors->count;
    struct node        *adds = node_find(reading->node, "adds");
    struct node        *factor = node_find(reading->node, "factor");
    measure_read_who_comes(reading, draft->of_all.who, measure);
    measure->factor = factor ? draft->factor : 1;
    if (!factor && !adds)
        node_key_error(reading->reader, reading->node, "%s lacks factor or adds",
                       reading->node->key);
    if (reading->reader->errors->count > before)
        return;
    if (adds)
        read_adds(reading, adds, draft->adds, measure);
    if (draft->lag)
        make_levels(reading, draft->lag, measure);
}

const struct measure_kind measure_inflow = {.word = "inflow",
                                            .help = "A factor on arrivals, or people beside.",
                                            .fields = fields,
                                            .who_fields = measure_flow_fields,
                                            .draft_size = sizeof(struct draft),
                                            .read = read,
                                            .columns = columns,
                                            .column_count = INFLOW_COLUMNS,
                                            .purposes = purposes};
