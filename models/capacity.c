#include "models/capacity.h"

#include "models/transfer.h"

void capacity_open(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    const struct estate   *estate = &plan->estate;
    prison->capacity = arena_new(arena, struct unit_capacity, (size_t)estate->unit_count + 1);
    prison->place_sum = arena_new(arena, int64_t, (size_t)plan->columns.place_count + 1);
    prison->is_place_sum_old = true;
    for (int u = 0; u < estate->unit_count; u++)
        prison->capacity[u].planned = places_on(prison->dated[u], plan->period.start);
    if (prison->step_count > 0)
        events_schedule(&prison->events, SLOT_PLACES, (int64_t)prison->step[0].day * MINUTES_A_DAY,
                        KIND_CAPACITY);
}

/* Of places that are planned to close those stay that somebody holds, as far as they were usable.
 */
static int32_t held_places(const struct unit_state *unit, int32_t planned)
{
    int32_t held = unit->usable < unit->occupied ? unit->usable : unit->occupied;
    return held > planned ? held : planned;
}

void capacity_set(struct prison *prison, const struct places_step *step)
{
    const struct places  *places = &step->places;
    uint16_t              u = step->unit;
    struct unit_state    *unit = &prison->unit[u];
    struct unit_capacity *capacity = &prison->capacity[u];
    int                   on_shrink =
        step->is_shock ? ON_SHRINK_TRANSFER : prison->plan->estate.unit[u].dated.on_shrink;
    bool shrinks = places->usable < capacity->planned.usable;
    capacity->planned = *places;
    prison->is_place_sum_old = true;
    unit->usable = on_shrink == ON_SHRINK_HOLD ? held_places(unit, places->usable) : places->usable;
    unit->entries = step->entries;
    prison_set_free(prison, unit);
    transfer_ask(prison, u, shrinks && on_shrink == ON_SHRINK_TRANSFER);
}

void capacity_apply(struct prison *prison)
{
    const struct places_step *step = prison->step, *end = step + prison->step_count;
    int32_t                   day = (int32_t)(prison->now_min / MINUTES_A_DAY);
    for (step += prison->next_step; step < end && step->day == day; step++)
        capacity_set(prison, step);
    prison->next_step = (int)(step - prison->step);
}

void capacity_change(struct prison *prison)
{
    capacity_apply(prison);
    if (prison->next_step < prison->step_count)
        events_schedule(&prison->events, SLOT_PLACES,
                        (int64_t)prison->step[prison->next_step].day * MINUTES_A_DAY,
                        KIND_CAPACITY);
}

void capacity_entered(struct prison *prison, const struct unit_state *unit)
{
    transfer_look_at(prison, (uint16_t)(unit - prison->unit));
}

void capacity_left(struct prison *prison, const struct unit_state *left)
{
    uint16_t                    u = (uint16_t)(left - prison->unit);
    struct unit_state          *unit = &prison->unit[u];
    const struct unit_capacity *capacity = &prison->capacity[u];
    if (unit->usable > capacity->planned.usable) {
        unit->usable = held_places(unit, capacity->planned.usable);
        prison->is_place_sum_old = true;
    }
    if (capacity->to_move > 0)
        transfer_left(prison, u);
}

struct places capacity_of(const struct prison *prison, uint16_t u)
{
    struct places places = prison->capacity[u].planned;
    int32_t       late = prison->unit[u].usable - places.usable;
    places.usable += late;
    for (int c = CAUSES - 1; c >= 0; c--) { /* the first causes are counted first */
        int32_t off = places.out[c] < late ? places.out[c] : late;
        places.out[c] -= off;
        late -= off;
    }
    places.built += late; /* built for a time that is over, and standing still */
    return places;
}
