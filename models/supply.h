/* What opens and closes places in one replication, beyond the dated changes of the scenario. All of
 * it is worked out before the first event, since none of it depends on people: from then on there
 * are only places by date, as where the scenario states them.
 */
#ifndef CELSIM_MODELS_SUPPLY_H
#define CELSIM_MODELS_SUPPLY_H

#include "models/prison.h"
#include "models/roster.h"

/* The places of all units over time, while changes are being added. */
struct supply {
    const struct scenario *plan;
    struct dated_places   *dated; /* [unit] */
    uint64_t               seed;
    uint32_t               replication;
    bool                   is_plan; /* of no replication: bills are law */
    struct arena          *arena;
    int64_t               *yearly; /* of the record, likewise */
    int64_t               *total;  /* of the record; NULL: projects have no slip, nothing is kept */
};

/* One more change of a unit, of which the plan has said that supply may change it
 * (estate_expect_changes). */
void supply_add(struct supply *supply, int unit, struct change change);

/* The measures that change places, those that are law in this replication. */
void supply_add_measures(struct supply *supply);

/* What these count in measures.csv and cost, by year. */
void supply_count_measures(struct prison *prison);

/* Bills that are no law in this replication; a mask. */
uint64_t supply_measures_off(const struct supply *supply);

/* The works programme: its changes, and its dates among the totals. */
void works_add(struct supply *supply);

/* The places of all units by date as they would be without slip, by unit. `sink` (or NULL) is told
 * of the staff. */
const struct dated_places *supply_without_slip(struct arena *arena, const struct scenario *plan,
                                               roster_sink *sink, void *context);

/* Bytes that it takes of the arena of a replication, at most. */
size_t supply_room(const struct scenario *plan);

/* Sets the places of the world by date: those of the plan, and what this replication adds. */
void supply_open(struct prison *prison, struct arena *arena);

#endif
