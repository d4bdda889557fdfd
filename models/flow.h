/* Flows (instroom): streams of arrivals of one status, each a rate by day. Whatever makes up a rate
 * (a year's number, a season, weekdays, a trend) is worked out at load into one number a day. Only
 * the spread between years is chance: one factor for all days of a year, drawn in each replication.
 */
#ifndef CELSIM_MODELS_FLOW_H
#define CELSIM_MODELS_FLOW_H

#include "models/status.h"
#include "sim/date.h"
#include "sim/rng.h"
#include "sim/shape.h"

#define SPREAD_SCALE 1e6 /* the shape of a spread has a mean of so many "minutes" */
#define SLAB_PER_DAY 4   /* height of a slab of the rate axis, persons a day */
#define FLOWS_AT_MOST 256
#define FLOW_RATE_AT_MOST 1000000 /* persons a day */

struct period {
    int32_t start, end;   /* day numbers; end inclusive */
    int32_t first_record; /* the first day in the outputs: start plus warm_up */
    int32_t day_count;    /* end - start + 1 */
};

struct flow {
    const char         *name;
    int                 status;
    double             *rate_per_day;   /* [day since the start of the period], before the spread */
    const struct shape *spread;         /* of the factor of a year, x SPREAD_SCALE; NULL: none */
    uint64_t            spread_hash;    /* of "spread/<name>": the key of its draws */
    double              spread_at_most; /* no year's factor is higher; 1 without spread */
    double              rate_at_most;   /* the highest rate of a day, the spread at its most */
};

struct flows {
    int          count;
    struct flow *list; /* ordered by name */
    const char **name; /* in the same order */
};

void flows_read(struct reader *reader, struct node *node, const struct period *period,
                const struct statuses *statuses, struct flows *flows);

/* The factor of a calendar year in a replication (docs/semantics.md, rule 3). It belongs to those
 * who arrive; who is there at the start is as many as the scenario says. */
static inline double flow_factor(const struct flow *flow, uint64_t seed, uint32_t replication,
                                 int year)
{
    if (!flow->spread)
        return 1;
    u128 state = rng_day_state(seed, replication, flow->spread_hash, (uint64_t)year);
    return shape_quantile(flow->spread, uniform_of(rng_uniform52(state))) / SPREAD_SCALE;
}

/* People a day on a day of the period, counted from 0, in a replication. */
static inline double flow_rate(const struct flow *flow, const struct period *period, int32_t day,
                               uint64_t seed, uint32_t replication)
{
    double rate = flow->rate_per_day[day];
    if (!flow->spread)
        return rate;
    return rate * flow_factor(flow, seed, replication, date_from_day(period->start + day).year);
}

extern const struct field flow_fields[];

#endif
