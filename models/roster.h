/* Which wards close because staff is short, in one replication: worked out before the first event,
 * when all other changes of places are known. Also how much staff there is and is needed, by year.
 */
#ifndef CELSIM_MODELS_ROSTER_H
#define CELSIM_MODELS_ROSTER_H

#include "models/scenario.h"

struct supply;

/* Staff of an institution over a while, millionths of an fte. */
struct roster {
    int64_t needed;    /* by the places that are open but for staff */
    int64_t employed;  /* the sick included */
    int64_t agency;    /* hired, as soon as it has staff */
    int64_t available; /* without them, with those of agencies */
    int64_t uncovered; /* of the gap what closes places */
};

/* Told what holds from a day on, up to the day before `end`. */
typedef void roster_sink(void *context, const struct staffing *staffing, int32_t from, int32_t end,
                         const struct roster *roster);

/* Adds the changes of all institutions; `sink` may be NULL. */
void roster_close_wards(struct supply *supply, const struct staff *staff,
                        const struct period *period, roster_sink *sink, void *context);

#endif
