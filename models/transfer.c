#include "models/transfer.h"

#include "models/custody.h"
#include "models/pools.h"
#include "models/waiting.h"

#define AT_ONCE 32
#define ALL INT32_MAX /* who are too many when the releases of this minute are over */

/* A shock adds changes, and moves people whatever on_shrink says. */
static bool may_move(const struct scenario *plan, int u)
{
    const struct unit *unit = &plan->estate.unit[u];
    bool               changes = unit->dated.change_count > 0 || unit->changes_at_most > 0;
    if (unit->dated.on_shrink == ON_SHRINK_TRANSFER)
        return changes || estate_shares(&plan->estate, u);
    return unit->changes_at_most > 0 && plan->shocks.count > 0;
}

void transfer_open(struct prison *prison, struct arena *arena)
{
    const struct estate *estate = &prison->plan->estate;
    struct transfers    *transfers = &prison->transfers;
    bool                 used = false;
    for (int u = 0; u < estate->unit_count; u++) {
        prison->unit[u].moves = may_move(prison->plan, u);
        used |= prison->unit[u].moves;
    }
    if (!used)
        return;
    transfers->entered_min = arena_new(arena, int32_t, prison->person_room);
    transfers->entered_unit = arena_new(arena, uint16_t, prison->person_room + AT_ONCE);
    transfers->waiting = arena_new(arena, person_id, prison->person_room);
    transfers->chosen = arena_new(arena, person_id, prison->person_room);
    transfers->marked = arena_new(arena, uint16_t, (size_t)estate->unit_count);
}

/* The next review looks at it. */
static void mark(struct prison *prison, uint16_t u)
{
    struct transfers *transfers = &prison->transfers;
    if (prison->capacity[u].marked)
        return;
    prison->capacity[u].marked = true;
    transfers->marked[transfers->marked_count++] = u;
    prison->round_wanted = prison->review_wanted = true;
}

void transfer_look_at(struct prison *prison, uint16_t u)
{
    if (prison->capacity[u].to_move > 0)
        mark(prison, u);
}

void transfer_ask(struct prison *prison, uint16_t u, bool shrinks)
{
    struct unit_capacity *capacity = &prison->capacity[u];
    if (shrinks)
        capacity->to_move = ALL;
    transfer_look_at(prison, u);
}

void transfer_left(struct prison *prison, uint16_t u)
{
    if (prison->capacity[u].to_move < ALL)
        prison->capacity[u].to_move--;
    mark(prison, u);
}

void transfer_forget(struct prison *prison, person_id id)
{
    struct transfers *transfers = &prison->transfers;
    uint32_t          at = 0;
    while (transfers->waiting[at] != id)
        at++;
    transfers->waiting[at] = transfers->waiting[--transfers->waiting_count];
    prison->capacity[prison->person[id].unit].moving--;
    mark(prison, prison->person[id].unit);
}

/* Whether a moves before b: placed later in his unit; else by key. */
static bool moves_before(const struct prison *prison, person_id a, person_id b)
{
    int32_t a_min = prison->transfers.entered_min[a], b_min = prison->transfers.entered_min[b];
    return a_min > b_min || (a_min == b_min && prison->person[a].key < prison->person[b].key);
}

/* -- who stops, who is chosen */

static person_id last_to_move(const struct prison *prison, uint16_t u)
{
    const struct transfers *transfers = &prison->transfers;
    person_id               last = NOBODY;
    for (uint32_t i = 0; i < transfers->waiting_count; i++) {
        person_id id = transfers->waiting[i];
        if (prison->person[id].unit == u && (last == NOBODY || moves_before(prison, last, id)))
            last = id;
    }
    return last;
}

/* Has a place by his rule and does not wait to move yet. Who waits here for a place elsewhere is
 * passed over: he leaves when he can. */
static bool can_be_chosen(const struct prison *prison, person_id id, uint16_t u)
{
    const struct person *person = &prison->person[id];
    return person->unit == u &&
           (person->flags & (PERSON_PLACED | PERSON_WAITING)) == PERSON_PLACED &&
           prison_entitlement(prison, person)->list != NO_LIST;
}

/* Whether one of AT_ONCE people has this mark, without a branch for each. */
static bool any_is(const uint16_t *entered, uint16_t mark)
{
    uint16_t hits = 0;
    for (int i = 0; i < AT_ONCE; i++)
        hits |= (uint16_t)(entered[i] == mark);
    return hits != 0;
}

static uint32_t find_able(const struct prison *prison, uint16_t u, person_id *able)
{
    const uint16_t *entered = prison->transfers.entered_unit;
    uint16_t        mark = (uint16_t)(u + 1);
    uint32_t        count = 0;
    for (person_id from = 0; from < prison->person_end; from += AT_ONCE) {
        if (!any_is(entered + from, mark))
            continue;
        for (person_id id = from; id < from + AT_ONCE && id < prison->person_end; id++)
            if (entered[id] == mark && can_be_chosen(prison, id, u))
                able[count++] = id;
    }
    return count;
}

/* Puts those who can be chosen behind the ones chosen already, and of them the first `wanted` in
 * front. How many there are, at most `wanted`. */
static uint32_t choose(struct prison *prison, uint16_t u, uint32_t wanted, person_id *chosen)
{
    uint32_t able = find_able(prison, u, chosen), count = 0;
    for (; count < wanted && count < able; count++) {
        uint32_t first = count;
        for (uint32_t i = count + 1; i < able; i++)
            if (moves_before(prison, chosen[i], chosen[first]))
                first = i;
        person_id id = chosen[first];
        chosen[first] = chosen[count];
        chosen[count] = id;
    }
    return count;
}

static uint32_t review_unit(struct prison *prison, uint16_t u, person_id *chosen)
{
    struct unit_capacity *capacity = &prison->capacity[u];
    int32_t               over = prison->unit[u].occupied - prison->unit[u].usable;
    over = over > 0 ? over : 0;
    if (capacity->to_move > over)
        capacity->to_move = over;
    while (capacity->moving > capacity->to_move)
        custody_stays(prison, last_to_move(prison, u));
    if (capacity->moving == capacity->to_move)
        return 0;
    return choose(prison, u, (uint32_t)(capacity->to_move - capacity->moving), chosen);
}

/* -- moving */

static void begin_to_wait(struct prison *prison, person_id id)
{
    struct person    *person = &prison->person[id];
    struct transfers *transfers = &prison->transfers;
    if (person->list != NO_LIST)
        waiting_leave(prison, id); /* of those who wait for a better place: now for any */
    prison_wait(prison, id);
    prison_trace(prison, id, TRACE_WAITS);
    waiting_join(prison, id, prison_entitlement(prison, person)->list);
    transfers->waiting[transfers->waiting_count++] = id;
    prison->capacity[person->unit].moving++;
}

static void move_or_wait(struct prison *prison, person_id id)
{
    struct person          *person = &prison->person[id];
    list_id                 own = prison_entitlement(prison, person)->list;
    const struct list_plan *list = &prison->plan->rules.lists[own];
    if (!custody_is_out_of_category(prison, id, person->unit))
        person->since_min = (int32_t)prison->now_min; /* else he keeps his old waiting time */
    if (!(list->pools & prison->free_pools) || !(prison->served_lists >> own & 1)) {
        begin_to_wait(prison, id);
        return;
    }
    if (person->list != NO_LIST)
        waiting_leave(prison, id); /* he gets a place by his own rule, not by the list he is on */
    prison_count(prison, person->status, COUNT_TRANSFERRED);
    custody_placed(prison, id, pools_find_unit(prison, list->pool, list->pool_count));
}

static void sort(const struct prison *prison, person_id *ids, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        person_id id = ids[i];
        uint32_t  at = i;
        for (; at > 0 && moves_before(prison, id, ids[at - 1]); at--)
            ids[at] = ids[at - 1];
        ids[at] = id;
    }
}

void transfer_review(struct prison *prison)
{
    struct transfers *transfers = &prison->transfers;
    uint32_t          count = 0, marked = transfers->marked_count;
    for (uint32_t i = 0; i < marked; i++)
        count += review_unit(prison, transfers->marked[i], transfers->chosen + count);
    for (uint32_t i = 0; i < marked; i++)
        prison->capacity[transfers->marked[i]].marked = false;
    transfers->marked_count = 0;
    sort(prison, transfers->chosen, count);
    for (uint32_t i = 0; i < count; i++)
        move_or_wait(prison, transfers->chosen[i]);
}
