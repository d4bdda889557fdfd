/* The ledger's entries for one person: grids, stays, places. Nearly every event makes some, so they
 * are inlined. For prison.c and custody.c; all else asks the functions of prison.h.
 */
#ifndef CELSIM_MODELS_LEDGER_H
#define CELSIM_MODELS_LEDGER_H

#include "models/capacity.h"
#include "models/crisis.h"
#include "models/pairs.h"
#include "models/prison.h"
#include "models/waiting.h"

/* Inlined even where the compiler would rather not. */
#define HOT static inline __attribute__((always_inline))

HOT person_id ledger_id(const struct prison *prison, const struct person *person)
{
    return (person_id)(person - prison->person);
}

/* -- the grids -- */

HOT size_t ledger_group(const struct prison *prison, const struct person *person)
{
    return person->status * prison->class_count + prison->class_of_profile[person->profile];
}

HOT struct cell *ledger_present(const struct prison *prison, const struct person *person)
{
    return &prison->present[prison->unit[person->unit].present_row + ledger_group(prison, person)];
}

HOT void ledger_add(const struct prison *prison, struct cell *cell)
{
    cell->people++;
    cell->moved_min -= prison->now_min - prison->midnight_min;
}

HOT void ledger_remove(const struct prison *prison, struct cell *cell)
{
    cell->people--;
    cell->moved_min += prison->now_min - prison->midnight_min;
}

/* The stay in this unit and status ends now: its part inside the window is counted from the
 * person's own dates. */
HOT void ledger_end_stay(struct prison *prison, struct person *person)
{
    int64_t from = person->here_min > prison->window_min ? person->here_min : prison->window_min;
    if (prison->now_min > from)
        prison->stayed_min[prison->unit[person->unit].minutes_row + person->status] +=
            prison->now_min - from;
    person->here_min = (int32_t)prison->now_min;
}

/* -- places -- */

/* A pool gets its first free place, or gives its last. Which lists are ready is kept here and where
 * people join and leave lists, so that a round need not go over all lists that wait in vain. */
HOT void ledger_open_pool(struct prison *prison, int pool)
{
    prison->free_pools |= (mask)1 << pool;
    prison->ready_lists |=
        prison->waiting_lists & prison->served_lists & prison->plan->rules.pool[pool].lists;
}

HOT void ledger_close_pool(struct prison *prison, int pool)
{
    const struct pool *pools = prison->plan->rules.pool;
    mask               lost = prison->ready_lists & pools[pool].lists;
    prison->free_pools &= ~((mask)1 << pool);
    for (mask rest = prison->free_pools & pools[pool].beside; lost && rest; rest &= rest - 1)
        lost &= ~pools[mask_lowest(rest)].lists;
    prison->ready_lists &= ~lost;
}

/* All that is given up or taken comes by here. */
HOT void ledger_set_free(struct prison *prison, struct unit_state *unit, int32_t free)
{
    if (!unit->alone)
        levels_move(&prison->levels[unit->levels], unit->bit, unit->free, free);
    unit->free = free;
}

/* A place of a unit is taken: by a person, or by a turnover. */
HOT void ledger_take_place(struct prison *prison, struct unit_state *unit)
{
    if (unit->free == 0) {
        capacity_entered(prison, unit);
        return;
    }
    ledger_set_free(prison, unit, unit->free - 1);
    if (--prison->pool_free[unit->pool] == 0)
        ledger_close_pool(prison, unit->pool);
}

/* A place is given up; it is free unless the unit is over what it may give still, or closed. */
HOT void ledger_give_up_place(struct prison *prison, struct unit_state *unit)
{
    if (unit->closed || unit->entries - unit->occupied - unit->turnover <= 0) {
        capacity_left(prison, unit);
        return;
    }
    ledger_set_free(prison, unit, unit->free + 1);
    if (prison->pool_free[unit->pool]++ == 0)
        ledger_open_pool(prison, unit->pool);
    if (prison->ready_lists)
        prison->round_wanted = true;
}

/* Somebody has left a place; with a turnover it stays taken until that ends. */
HOT void ledger_vacate_place(struct prison *prison, uint16_t u)
{
    if (prison->unit[u].turnover_queue)
        turnover_start(prison, u);
    else
        ledger_give_up_place(prison, &prison->unit[u]);
}

/* Since when he is in his unit, for those who may have to move. */
HOT void ledger_enter_since(struct prison *prison, const struct person *person, uint16_t u)
{
    person_id id = ledger_id(prison, person);
    prison->transfers.entered_min[id] = (int32_t)prison->now_min;
    prison->transfers.entered_unit[id] = (uint16_t)(u + 1);
}

HOT void ledger_enter_unit(struct prison *prison, struct person *person, uint16_t u)
{
    struct unit_state *unit = &prison->unit[u];
    person->unit = u;
    unit->occupied++;
    unit->moved_min -= prison->now_min;
    if (__builtin_expect(unit->moves, 0))
        ledger_enter_since(prison, person, u);
    if (!unit->is_other)
        ledger_take_place(prison, unit);
    else if (unit->shares)
        pairs_enter(prison, person, u);
    ledger_add(prison, ledger_present(prison, person));
}

HOT void ledger_leave_unit(struct prison *prison, struct person *person)
{
    uint16_t           u = person->unit;
    struct unit_state *unit = &prison->unit[u];
    if (u == NO_UNIT)
        return;
    ledger_end_stay(prison, person);
    ledger_remove(prison, ledger_present(prison, person));
    unit->occupied--;
    unit->moved_min += prison->now_min;
    if (__builtin_expect(unit->moves, 0))
        prison->transfers.entered_unit[ledger_id(prison, person)] = 0;
    if (unit->is_other) {
        if (unit->shares)
            pairs_leave(prison, person, u);
        return;
    }
    ledger_vacate_place(prison, u);
}

HOT void ledger_move(struct prison *prison, struct person *person, uint16_t unit)
{
    ledger_leave_unit(prison, person);
    ledger_enter_unit(prison, person, unit);
}

HOT void ledger_wait(struct prison *prison, struct person *person)
{
    must(!(person->flags & PERSON_WAITING));
    person->flags |= PERSON_WAITING;
    ledger_add(prison, &prison->waiting[ledger_group(prison, person)]);
}

/* The wait that ends now by a placement: 0 minutes for who found a place at once. */
HOT void ledger_count_wait(struct prison *prison, const struct person *person)
{
    if (person->since_min == prison->now_min)
        prison->placed_at_once[person->status]++;
    else
        prison_count_wait(prison, person);
}

/* A place given to one who is in it now. */
HOT void ledger_count_placement(struct prison *prison, const struct person *person)
{
    const struct rules *rules = &prison->plan->rules;
    prison_count(prison, person->status, COUNT_PLACEMENTS);
    if (__builtin_expect(!prison->is_near, 1))
        return;
    uint16_t region = rules->region_of_unit[person->unit];
    uint16_t own = rules->own_region[person->status * rules->profile_count + person->profile];
    if (region != NO_REGION && own != NO_REGION && region != own)
        prison_count(prison, person->status, COUNT_ACROSS_REGIONS);
}

/* Out of the system: off his list, out of his place, his record given back. */
HOT void ledger_leave(struct prison *prison, struct person *person)
{
    person_id id = ledger_id(prison, person);
    if (person->list != NO_LIST)
        waiting_leave(prison, id);
    if (person->flags & PERSON_WAITING)
        prison_wait_over(prison, id, false);
    events_cancel(&prison->events, id);
    if (__builtin_expect(prison->crises != NULL, 0))
        crisis_left(prison, id);
    ledger_leave_unit(prison, person);
    prison->left++;
    prison_free_person(prison, id);
}

#endif
