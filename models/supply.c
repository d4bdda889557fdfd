#include "models/supply.h"

#include <string.h>

#include "models/spending.h"

/* A change, two turns, at most six days and their steps twice. */
#define BYTES_A_CHANGE                                                                             \
    (sizeof(struct change) + 64 + 6 * (sizeof(int32_t) + 2 * sizeof(struct places_step)) + 64)

void supply_add(struct supply *supply, int unit, struct change change)
{
    struct dated_places *dated = &supply->dated[unit];
    const struct unit   *planned = &supply->plan->estate.unit[unit];
    must(dated->change_count < planned->dated.change_count + planned->changes_at_most);
    dated->change[dated->change_count++] = change;
}

/* Copies of the places of all units, with room for more changes where some are expected. */
static void copy_places(struct supply *supply)
{
    const struct estate *estate = &supply->plan->estate;
    supply->dated = arena_new(supply->arena, struct dated_places, (size_t)estate->unit_count);
    for (int u = 0; u < estate->unit_count; u++) {
        struct dated_places *dated = &supply->dated[u];
        *dated = estate->unit[u].dated;
        if (estate->unit[u].changes_at_most == 0)
            continue;
        size_t room = (size_t)(dated->change_count + estate->unit[u].changes_at_most);
        dated->change = arena_new(supply->arena, struct change, room);
        if (dated->change_count > 0)
            memcpy(dated->change, estate->unit[u].dated.change,
                   (size_t)dated->change_count * sizeof *dated->change);
    }
}

static void add_shocks(struct supply *supply, const struct shocks *shocks)
{
    for (int i = 0; i < shocks->count; i++) {
        const struct shock *shock = &shocks->list[i];
        for (int k = 0; k < shock->unit_count; k++) {
            int32_t built = places_on(&supply->dated[shock->unit[k].unit], shock->on).built;
            int32_t places = shock->unit[k].places;
            supply_add(supply, shock->unit[k].unit,
                       (struct change){.from = shock->on,
                                       .to = shock->last,
                                       .places = -(places == ALL_PLACES ? built : places),
                                       .why = CAUSE_DAMAGE,
                                       .is_shock = true,
                                       .known_from = shock->on});
        }
    }
}

static void set_dated(struct prison *prison, const struct supply *supply)
{
    size_t                      units = (size_t)supply->plan->estate.unit_count;
    const struct dated_places **dated =
        arena_new(supply->arena, const struct dated_places *, units);
    for (size_t u = 0; u < units; u++)
        dated[u] = &supply->dated[u];
    prison->dated = dated;
}

/* In this order, as staff is needed for the places that the others leave. */
static void work_out(struct supply *supply, roster_sink *sink, void *context)
{
    const struct scenario *plan = supply->plan;
    copy_places(supply);
    supply_add_measures(supply);
    works_add(supply);
    add_shocks(supply, &plan->shocks);
    roster_close_wards(supply, &plan->staff, &plan->period, sink, context);
}

const struct dated_places *supply_without_slip(struct arena *arena, const struct scenario *plan,
                                               roster_sink *sink, void *context)
{
    struct supply supply = {.plan = plan, .is_plan = true, .arena = arena};
    work_out(&supply, sink, context);
    return supply.dated;
}

size_t supply_room(const struct scenario *plan)
{
    const struct estate *estate = &plan->estate;
    size_t               changes = 0;
    for (int u = 0; u < estate->unit_count; u++)
        changes += (size_t)(estate->unit[u].dated.change_count + estate->unit[u].changes_at_most);
    return estate->has_supply ? changes * BYTES_A_CHANGE + (size_t)estate->unit_count * 4096 : 0;
}

void supply_open(struct prison *prison, struct arena *arena)
{
    const struct estate *estate = &prison->plan->estate;
    const struct period *period = &prison->plan->period;
    struct places_step  *step;
    struct supply        supply = {.plan = prison->plan,
                                   .seed = prison->seed,
                                   .replication = prison->replication,
                                   .arena = arena,
                                   .yearly = prison->record->yearly,
                                   .total = prison->record->total};
    supply_count_measures(prison);
    if (!estate->has_supply) {
        prison->dated = estate->dated;
        prison->step = estate->step;
        prison->step_count = estate->step_count;
        return;
    }
    work_out(&supply, spending_staff, prison);
    set_dated(prison, &supply);
    prison->step_count = places_steps_of_all(arena, prison->dated, estate->unit_count,
                                             period->start, period->end, &step);
    prison->step = step;
}
