/* Shocks: what happens overnight and nobody knew of before. Places of units are lost for a while,
 * or so many people are arrested within days.
 */
#ifndef CELSIM_MODELS_SHOCK_H
#define CELSIM_MODELS_SHOCK_H

#include "models/estate.h"
#include "models/flow.h"

#define SHOCKS_AT_MOST 64
#define ARRESTED_AT_MOST 100000
#define ALL_PLACES INT32_MAX /* whatever is built */

struct shock_unit {
    int     unit;
    int32_t places;
};

struct shock {
    const char        *name, *stream; /* stream of chance of its people: "shock.<name>" */
    int32_t            on;            /* its day */
    int                unit_count;
    struct shock_unit *unit; /* whose places are lost, from `on` to `last` */
    int32_t            last; /* NO_LAST_DAY: for good */
    int                flow; /* of those who are arrested; -1: nobody is */
    int32_t            persons;
    int64_t            over_min; /* from 0:00 of `on`; even within */
};

struct shocks {
    int           count;
    struct shock *list; /* by name */
    int           arrest_count;
    int          *arrest; /* those with people, in the order of the list */
};

/* Reads `shocks:` (NULL: none), after flows; tells the estate which units may change. */
void shocks_read(struct reader *reader, struct node *node, const struct period *period,
                 const struct flows *flows, struct estate *estate, struct shocks *shocks);

extern const struct field shock_fields[];

#endif
