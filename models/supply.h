/* What opens and closes places in one replication, beyond the dated changes of the scenario. All of
 * it is worked out before the first event, since none of it depends on people: from then on there
 * are only places by date, as where the scenario states them.
 */
#ifndef CELSIM_MODELS_SUPPLY_H
#define CELSIM_MODELS_SUPPLY_H

#include "models/prison.h"

/* The places of all units over time, while changes are being added. */
struct supply {
    const struct scenario *plan;
    struct dated_places   *dated; /* [unit] */
    uint64_t               seed;
    uint32_t               replication;
    struct arena          *arena;
};

/* One more change of a unit, of which the plan has said that supply may change it
 * (estate_expect_changes). */
void supply_add(struct supply *supply, int unit, struct change change);

/* Bytes that it takes of the arena of a replication, at most. */
size_t supply_room(const struct scenario *plan);

/* Sets the places of the world by date: those of the plan, and what this replication adds. */
void supply_open(struct prison *prison, struct arena *arena);

#endif
