#include "models/capacity.h"

#include "models/pairs.h"
#include "models/transfer.h"

/* Told before the next midnight, when the sums of places are worked out (daily.c). */
static void changes(struct prison *prison, uint16_t u)
{
    prison->capacity[u].is_old = prison->is_place_sum_old = true;
}

void capacity_open(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    const struct estate   *estate = &plan->estate;
    prison->capacity = arena_new(arena, struct unit_capacity, (size_t)estate->unit_count + 1);
    prison->place_sum = arena_new(arena, int64_t, (size_t)plan->columns.place_count + 1);
    for (int u = 0; u < estate->unit_count; u++) {
        prison->capacity[u].planned = places_on(prison->dated[u], plan->period.start);
        changes(prison, (uint16_t)u);
    }
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
    changes(prison, u);
    capacity->is_struck = step->is_shock;
    unit->entries = step->entries;
    if (unit->shares)
        unit->entries = pairs_set(prison, u, step->entries); /* its review sets what is usable */
    else
        unit->usable =
            on_shrink == ON_SHRINK_HOLD ? held_places(unit, places->usable) : places->usable;
    prison_set_free(prison, unit);
    transfer_ask(prison, u, shrinks && on_shrink == ON_SHRINK_TRANSFER);
}

void capacity_count(struct prison *prison, uint16_t u, int32_t counted, bool shrinks)
{
    struct unit_state *unit = &prison->unit[u];
    int                on_shrink = prison->plan->estate.unit[u].dated.on_shrink;
    changes(prison, u);
    bool holds = on_shrink == ON_SHRINK_HOLD && !prison->capacity[u].is_struck;
    unit->usable = holds ? held_places(unit, counted) : counted;
    prison->capacity[u].is_struck = false;
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
    if (!unit->shares && unit->usable > capacity->planned.usable) {
        unit->usable = held_places(unit, capacity->planned.usable);
        changes(prison, u);
    }
    if (capacity->to_move > 0)
        transfer_left(prison, u);
}

/* Of those that are usable by the dates. */
static int32_t counted_places(const struct prison *prison, uint16_t u)
{
    return prison->unit[u].shares ? pairs_counted(prison, u) : prison->capacity[u].planned.usable;
}

static void take_off(int32_t *places, int32_t *late)
{
    int32_t off = *places < *late ? *places : *late;
    *places -= off;
    *late -= off;
}

struct capacity_now capacity_now(const struct prison *prison, uint16_t u)
{
    struct capacity_now now = {.places = prison->capacity[u].planned};
    int32_t             usable = prison->unit[u].usable;
    int32_t             counted = counted_places(prison, u), late = usable - counted;
    now.late = late;
    now.unpaired = now.places.usable - counted;
    now.places.usable = usable;
    take_off(&now.unpaired, &late); /* what is counted first goes last */
    for (int c = CAUSES - 1; c >= 0; c--)
        take_off(&now.places.out[c], &late);
    now.places.built += late; /* built for a time that is over, and standing still */
    return now;
}
