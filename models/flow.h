/* Flows (instroom): streams of arrivals of one status, each a rate by day. Whatever makes up a rate
 * (a year's number, a season, weekdays, a trend) is worked out at load into one number a day.
 */
#ifndef CELSIM_MODELS_FLOW_H
#define CELSIM_MODELS_FLOW_H

#include "models/status.h"

#define SLAB_PER_DAY 4 /* height of a slab of the rate axis, persons a day */
#define FLOWS_AT_MOST 256

struct period {
    int32_t start, end;   /* day numbers; end inclusive */
    int32_t first_record; /* the first day in the outputs: start plus warm_up */
    int32_t day_count;    /* end - start + 1 */
};

struct flow {
    const char *name;
    int         status;
    double     *rate_per_day; /* [day since the start of the period] */
    double      rate_at_most; /* the highest of them */
};

struct flows {
    int          count;
    struct flow *list; /* ordered by name */
};

void flows_read(struct reader *reader, struct node *node, const struct period *period,
                const struct statuses *statuses, struct flows *flows);

extern const struct field flow_fields[];

#endif
