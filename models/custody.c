#include "models/custody.h"

#include "models/arrests.h"
#include "models/early.h"
#include "models/last_part.h"
#include "models/lengths.h"
#include "models/pools.h"
#include "models/replace.h"
#include "models/shortage.h"
#include "models/sleepers.h"
#include "models/stay.h"
#include "models/titles.h"

bool custody_is_out_of_category(const struct prison *prison, person_id id, uint16_t unit)
{
    const struct entitlement *entitlement = prison_entitlement(prison, &prison->person[id]);
    return stay_is_out_of_category(prison, entitlement, unit);
}

#define DUE_AT_MOST 8 /* more in a minute are not counted */

/* One copy for all who call it: five, each with all that is inlined in it, doubled the misses of
 * instructions of a replication. */
#define SHARED static __attribute__((noinline))

/* -- seeking a place -- */

/* Into the queue of those who are called up, outside. */
static void queue_for_call(struct prison *prison, person_id id, list_id list)
{
    stay_go_outside(prison, id);
    prison->person[id].since_min = (int32_t)prison->now_min;
    prison_wait(prison, id);
    prison_trace(prison, id, TRACE_WAITS);
    waiting_join(prison, id, waiting_call_queue(prison, list));
    if (__builtin_expect(prison->arrests != NULL, 0))
        arrests_count(prison, &prison->person[id]);
    if (prison_status(prison, &prison->person[id])->leave_count > 0)
        stay_schedule(prison, &prison->person[id]);
}

/* In a crisis that goes on he is where he should be. */
HOT bool keeps_crisis_place(const struct prison *prison, const struct person *person)
{
    return __builtin_expect(prison->crises != NULL, 0) && crisis_clock_of(prison, person)->is_on &&
           crisis_is_placed(prison, person);
}

/* Seeks a place in his new status: keeps the one that he has if his rule allows it, else asks for a
 * round. */
HOT void seek_place(struct prison *prison, person_id id)
{
    struct person            *person = &prison->person[id];
    const struct entitlement *entitlement = prison_entitlement(prison, person);
    const struct status      *status = prison_status(prison, person);
    if (entitlement->list == NO_LIST) { /* needs none */
        stay_go_outside(prison, id);
        person->flags |= PERSON_PLACED;
        stay_start_clock_if_due(prison, person);
    } else if ((person->unit != NO_UNIT &&
                stay_has_pool(prison, prison->plan->rules.lists[entitlement->list].pools,
                              person->unit)) ||
               keeps_crisis_place(prison, person)) {
        person->since_min = (int32_t)prison->now_min; /* for a better one */
        stay_take_up(prison, id, person->unit, person->unit);
    } else if (status->call_up.used) {
        queue_for_call(prison, id, entitlement->list);
    } else {
        person->since_min = (int32_t)prison->now_min;
        person->flags |= PERSON_SEEKS;
        stay_look_again(prison, id);
    }
}

/* Who is new stays in no unit: where he waits is settled at the end of the minute, if he still
 * waits then. */
void custody_begin_to_wait(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    person->flags &= (uint8_t)~PERSON_SEEKS;
    ledger_wait(prison, person);
    prison_trace(prison, id, TRACE_WAITS);
    waiting_join(prison, id, prison_entitlement(prison, person)->list);
}

/* -- the path -- */

/* He does not seek what his status asked for, when it is over in the minute in which it began. */
HOT void stop_seeking(struct prison *prison, person_id id)
{
    if (!(prison->person[id].flags & PERSON_SEEKS))
        return;
    uint32_t at = prison->unsettled_count - 1;
    while (prison->unsettled[at] != id)
        at--;
    prison->unsettled[at] = prison->unsettled[--prison->unsettled_count];
}

static enum left_by left_by_release(const struct prison *prison, person_id id)
{
    if (prison->person[id].flags == PERSON_REPLACED)
        return LEFT_REPLACED;
    return early_leaves(prison, id) ? LEFT_EARLY : LEFT_PLANNED;
}

HOT void release(struct prison *prison, person_id id)
{
    int status = prison->person[id].status;
    stay_forget_call(prison, id);
    stop_seeking(prison, id);
    prison_count(prison, status, COUNT_RELEASED);
    if ((prison->person[id].flags & (PERSON_WAITING | PERSON_PLACED)) == PERSON_WAITING)
        prison_count(prison, status, COUNT_LEFT_WAITING);
    prison_trace(prison, id, TRACE_RELEASED);
    if (__builtin_expect(prison->sleepers != NULL, 0))
        returns_leave(prison, id, left_by_release(prison, id));
    ledger_leave(prison, &prison->person[id]);
    if (stay_has_dates(prison))
        stay_forget_dates(prison, id);
}

/* The length is drawn already. */
SHARED void begin_status(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    prison_trace(prison, id, TRACE_STATUS);
    seek_place(prison, id);
    const struct status *status = prison_status(prison, person);
    if (status->clock != CLOCK_PLACEMENT || status->served)
        stay_start_clock_if_due(prison, person); /* else taking up a place does */
    if (person->flags & PERSON_SEEKS && status->clock == CLOCK_CUSTODY &&
        status->waits_in == WAITS_OUTSIDE && person->ends_min > prison->now_min) {
        person->ends_min = NEVER; /* custody goes on only if he gets a place in this minute */
        routes_forget(prison, person);
        person->route = NO_ROUTE;
    }
}

/* A measure may take who comes into the status, before he seeks a place. */
HOT bool is_replaced(struct prison *prison, person_id id)
{
    return __builtin_expect(prison->diverted >> prison->person[id].status & 1, 0) &&
           replace_take(prison, id);
}

static void count_entry(struct prison *prison, struct person *person)
{
    if (prison_status(prison, person)->on_cycle && person->visits < UINT8_MAX)
        person->visits++;
    prison_count(prison, person->status, COUNT_ENTRIES);
}

/* As drawn, or as measures have it. */
static void draw_length(struct prison *prison, struct person *person)
{
    person->length_min = term_draw_length(prison, person);
    lengths_change(prison, person);
}

static void leave_status(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    stay_forget_call(prison, id);
    stop_seeking(prison, id);
    if (person->list != NO_LIST)
        waiting_leave(prison, id);
    if (person->flags & PERSON_WAITING)
        prison_wait_over(prison, id, false);
    if (!prison_status(prison, person)->served)
        person->custody_min = NEVER;
    person->flags = 0;
    person->ends_min = NEVER;
}

static void change_status(struct prison *prison, person_id id, int status)
{
    leave_status(prison, id);
    struct person *person = &prison->person[id];
    person->route = NO_ROUTE;
    prison_set_status(prison, id, status);
    count_entry(prison, person);
    draw_length(prison, person);
    if (!is_replaced(prison, id))
        begin_status(prison, id);
}

/* Follows the routes of statuses that are over now; the loader allows no cycle of them without
 * time. */
SHARED void follow(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    while (person->ends_min <= prison->now_min) {
        if (person->route == RELEASE) {
            if (!titles_seek(prison, id))
                release(prison, id);
            return;
        }
        change_status(prison, id, person->route);
    }
    /* else when he is settled or placed, or his event is there already */
    if (!(person->flags & (PERSON_SEEKS | PERSON_HOME)))
        stay_schedule(prison, person);
}

void custody_go_to(struct prison *prison, person_id id, int next)
{
    if (next == RELEASE) {
        stay_forget_call(prison, id);
        ledger_leave(prison, &prison->person[id]);
        return;
    }
    change_status(prison, id, next);
    follow(prison, id);
}

/* Of this minute, or more than there are ever free places when too many to count. */
static __attribute__((noinline)) int32_t due_count(const struct prison *prison)
{
    int count = events_due_count(&prison->events, prison->now_min, DUE_AT_MOST);
    return count < DUE_AT_MOST ? count : INT32_MAX;
}

/* A place for one who comes into a plain status, when no other person of this minute can have it
 * and nobody who waits could use one. NO_UNIT: it is not so, or there is none. Arrivals are the
 * last events of a minute, and each takes one place at most: where there are more places than
 * arrivals still due, who is placed first does not matter, if all are in one unit. */
HOT uint16_t plain_place(const struct prison *prison, const struct person *person)
{
    if (!prison->is_plain[person->status] || prison->round_wanted)
        return NO_UNIT;
    const struct rules       *rules = &prison->plan->rules;
    const struct entitlement *entitlement = prison_entitlement(prison, person);
    if (entitlement->list == NO_LIST || entitlement->out_of_category)
        return NO_UNIT;
    bool     is_due = events_is_due(&prison->events, prison->now_min);
    uint16_t unit = prison->only_unit[entitlement->list];
    if (unit != NO_UNIT)
        return prison->unit[unit].free > (is_due ? due_count(prison) : 0) ? unit : NO_UNIT;
    const struct list_plan *list = &rules->lists[entitlement->list];
    if (is_due || !(list->pools & prison->free_pools))
        return NO_UNIT;
    return pools_find_unit(prison, list->pool, list->pool_count);
}

/* The nearest way from arrival to a place, by far the most frequent where places are not short. It
 * leaves what begin_status and a round with custody_placed would leave, which ask more, and all of
 * it answered in advance for plain statuses (is_plain). */
HOT bool arrive_plainly(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    uint16_t       unit = plain_place(prison, person);
    if (unit == NO_UNIT)
        return false;
    prison_trace(prison, id, TRACE_STATUS);
    prison->placed_at_once[person->status]++;
    ledger_enter_unit(prison, person, unit);
    prison_count(prison, person->status, COUNT_PLACEMENTS);
    person->flags = PERSON_PLACED;
    prison_trace(prison, id, TRACE_PLACED);
    person->route = RELEASE;
    person->ends_min = term_end_min(prison->now_min + person->length_min);
    events_schedule(&prison->events, id, person->ends_min, KIND_RELEASE);
    return true;
}

static __attribute__((noinline)) void arrive_by_rules(struct prison *prison, person_id id)
{
    lengths_change(prison, &prison->person[id]);
    if (!is_replaced(prison, id))
        begin_status(prison, id);
    if (prison->person[id].ends_min != NEVER)
        follow(prison, id);
}

/* He has his record since midnight, and is counted. */
HOT void arrive(struct prison *prison, person_id id)
{
    prison_trace(prison, id, TRACE_ARRIVED);
    if (!arrive_plainly(prison, id))
        arrive_by_rules(prison, id);
}

static void come_to_gate(struct prison *prison, person_id id)
{
    struct person        *person = &prison->person[id];
    const struct call_up *call_up = &prison_status(prison, person)->call_up;
    list_id               list = prison_entitlement(prison, person)->list;
    stay_forget_call(prison, id);
    if (call_up->no_show_threshold > 0 &&
        term_draw(prison, person, &prison_status(prison, person)->draw_no_show) <
            call_up->no_show_threshold) {
        prison_count(prison, person->status, COUNT_NO_SHOW);
        prison_trace(prison, id, TRACE_NO_SHOW);
        custody_go_to(prison, id, call_up->then);
        return;
    }
    person->flags |= PERSON_AT_GATE;
    waiting_join(prison, id, list);
    stay_look_again(prison, id);
}

/* In another status; with a route, his clock ran before and goes on. */
static void come_back_as_another(struct prison *prison, person_id id, int8_t route)
{
    struct person *person = &prison->person[id];
    int32_t        ends_min = person->ends_min;
    int32_t        unmoved_min = prison->unmoved_min ? prison->unmoved_min[id] : NEVER;
    count_entry(prison, person);
    if (route == NO_ROUTE) {
        draw_length(prison, person);
        begin_status(prison, id);
        return;
    }
    person->length_min = term_draw_length(prison, person); /* as drawn: he serves what is left */
    begin_status(prison, id);
    if (person->route != NO_ROUTE)
        routes_forget(prison, person);
    person->ends_min = ends_min; /* though he may wait at liberty */
    stay_note_end(prison, person, unmoved_min);
    person->route = route;
}

/* Time at home counts for nothing: what is left to serve stays as it was. */
static void come_back(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    int            back_from = person->status, status = prison_status(prison, person)->back_as;
    int32_t        home_min = (int32_t)prison->now_min - person->here_min;
    int8_t         route = person->route;
    int32_t        ends_min = person->ends_min;
    bool           counts = status == back_from || prison_status(prison, person)->served;
    int32_t        custody_min = counts ? person->custody_min : NEVER;
    shortage_sent_home(prison, person, -1);
    leave_status(prison, id);
    prison_set_status(prison, id, status);
    person->custody_min = custody_min == NEVER ? NEVER : custody_min + home_min;
    if (route != NO_ROUTE) { /* his clock ran before: it goes on where it stood */
        person->ends_min = ends_min == NEVER ? NEVER : ends_min + home_min;
        person->route = route;
        if (person->ends_min != NEVER) {
            stay_note_end(prison, person, person->ends_min);
            person->ends_min = (int32_t)term_before_weekend(prison, person, person->ends_min);
        }
    }
    if (status != back_from) {
        come_back_as_another(prison, id, route);
    } else {
        seek_place(prison, id); /* the same title: no new visit, no new sentence */
        stay_start_clock_if_due(prison, person);
    }
    follow(prison, id);
}

/* What was to be served outside, a last part or remand: the rest is inside, up to the same end. */
static void serve_rest(struct prison *prison, person_id id, int status)
{
    struct person *person = &prison->person[id];
    if (replace_measure(prison, person)->kind == &measure_last_part_outside)
        last_part_fail(prison, id);
    else
        (void)replace_fail(prison, id);
    int32_t ends_min = early_planned_min(prison, id), custody_min = person->custody_min;
    leave_status(prison, id);
    prison_set_status(prison, id, status);
    person->custody_min = custody_min;
    person->ends_min = ends_min;
    count_entry(prison, person);
    prison_trace(prison, id, TRACE_STATUS);
    seek_place(prison, id);
    stay_start_clock_if_due(prison, person); /* what counts as custody; his clock runs */
    follow(prison, id);
}

/* His sentence was replaced, and he fails. He is not judged again; a sentence stays the one that
 * was imposed. */
static void fail(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    int            status = replace_measure(prison, person)->fails_as;
    if (replace_measure(prison, person)->kind != &measure_replace_sentence) {
        serve_rest(prison, id, status);
        return;
    }
    int32_t custody_min = replace_fail(prison, id);
    leave_status(prison, id);
    person->route = NO_ROUTE;
    prison_set_status(prison, id, status);
    person->custody_min = custody_min;
    count_entry(prison, person);
    if (!prison->statuses[status].sentence)
        draw_length(prison, person);
    begin_status(prison, id);
    follow(prison, id);
}

/* Who is not new. */
static __attribute__((noinline)) void come_again(struct prison *prison, person_id id)
{
    if (prison->person[id].flags & PERSON_CALLED)
        come_to_gate(prison, id);
    else if (!person_is_sent_home(&prison->person[id]))
        fail(prison, id);
    else
        come_back(prison, id);
}

void custody_come(struct prison *prison, person_id id)
{
    if (prison->person[id].flags & (PERSON_CALLED | PERSON_HOME))
        come_again(prison, id);
    else
        arrive(prison, id);
}

/* Out of the place that he has. He stands on no list and nothing is pending for him. */
HOT void leave_plainly(struct prison *prison, struct person *person)
{
    person_id id = ledger_id(prison, person);
    prison_count(prison, person->status, COUNT_RELEASED);
    prison_trace(prison, id, TRACE_RELEASED);
    ledger_leave_unit(prison, person);
    prison->left++;
    prison_free_person(prison, id);
}

void custody_release_due(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    if (person->flags == PERSON_PLACED && person->list == NO_LIST && prison->leaves_plainly)
        leave_plainly(prison, person);
    else {
        if (__builtin_expect(prison->early != NULL, 0))
            early_count_release(prison, id);
        custody_end(prison, id);
    }
}

void custody_end(struct prison *prison, person_id id)
{
    if (__builtin_expect(prison->person[id].ends_min > prison->now_min, 0))
        loss_happens(prison, id);
    else
        follow(prison, id);
}

/* Nothing but his place, a sentence or stay in it, and release after that. */
static bool is_plain(const struct status *status)
{
    return status->clock == CLOCK_PLACEMENT && !status->served && status->stay.of &&
           status->remission_count == 0 && status->weekend == WEEKEND_AS_PLANNED &&
           !status->call_up.used && status->route_count == 1 && status->route[0] == RELEASE;
}

/* Of these pools the one unit, or NO_UNIT. */
static uint16_t only_unit_of(const struct rules *rules, mask pools)
{
    const struct pool *pool = pools ? &rules->pool[mask_lowest(pools)] : NULL;
    bool               is_one = pool && !(pools & (pools - 1)) && pool->unit_count == 1;
    return is_one ? pool->unit[0] : NO_UNIT;
}

/* Of each list: the unit where alone its people are placed, or NO_UNIT. */
static const uint16_t *only_units(const struct rules *rules, struct arena *arena)
{
    uint16_t *only = arena_new(arena, uint16_t, (size_t)rules->list_count);
    for (int l = 0; l < rules->list_count; l++)
        only[l] = only_unit_of(rules, rules->lists[l].pools);
    return only;
}

/* Of each status: the unit where alone its people wait, or NO_UNIT. */
static const uint16_t *only_cells(const struct prison *prison, struct arena *arena)
{
    const struct rules *rules = &prison->plan->rules;
    int                 count = prison->plan->statuses.count;
    uint16_t           *only = arena_new(arena, uint16_t, (size_t)count);
    for (int s = 0; s < count; s++)
        only[s] = prison->statuses[s].waits_in == WAITS_REGIME
                      ? only_unit_of(rules, rules->of_regime[prison->statuses[s].waits_regime])
                      : NO_UNIT;
    return only;
}

void custody_open(struct prison *prison, struct arena *arena)
{
    bool *plain = arena_new(arena, bool, (size_t)prison->plan->statuses.count);
    bool  is_world_plain = !prison->gate && !prison->has_dates && !prison->is_near &&
                          !prison->transfers.entered_min && !prison->plan->rules.ring_pools &&
                          prison->plan->rules.twin_count == 0; /* who is placed is counted */
    for (int s = 0; s < prison->plan->statuses.count; s++)
        plain[s] = is_world_plain && is_plain(&prison->statuses[s]) &&
                   !((prison->diverted | prison->changed) >> s & 1);
    prison->is_plain = plain;
    prison->leaves_plainly =
        !prison->title_seeker && !prison->early && !prison->sleepers && !prison->crises;
    prison->only_unit = only_units(&prison->plan->rules, arena);
    prison->only_cell = only_cells(prison, arena);
}

/* -- told by placement -- */

/* Out of category he goes on waiting for a better place, as before; a date may have come. */
void custody_stays(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    waiting_leave(prison, id);
    prison_wait_over(prison, id, false);
    prison_trace(prison, id, TRACE_STAYS);
    stay_wait_for_better(prison, id, prison_entitlement(prison, person), person->unit);
    step_stand(prison, id, (int32_t)prison->now_min);
    stay_schedule(prison, person);
}

/* What a round sets free leaves in the next minute at the earliest: this minute's releases are
 * over. */
HOT void take_up(struct prison *prison, person_id id, uint16_t unit, uint16_t from)
{
    struct person *person = &prison->person[id];
    stay_take_up(prison, id, unit, from);
    if (person->ends_min <= prison->now_min)
        person->ends_min = (int32_t)prison->now_min + 1;
    stay_schedule(prison, person);
}

void custody_placed(struct prison *prison, person_id id, uint16_t unit)
{
    take_up(prison, id, unit, prison->person[id].unit);
}

void custody_exchanged(struct prison *prison, person_id id, uint16_t from)
{
    take_up(prison, id, prison->person[id].unit, from);
}

void custody_release(struct prison *prison, person_id id)
{
    release(prison, id);
}

void custody_serve_on(struct prison *prison, person_id id, int status, int32_t length_min)
{
    struct person *person = &prison->person[id];
    leave_status(prison, id);
    person->custody_min = NEVER; /* what he served belongs to the title before */
    person->route = NO_ROUTE;
    prison_set_status(prison, id, status);
    count_entry(prison, person);
    person->length_min = length_min;
    prison_trace(prison, id, TRACE_STATUS);
    stay_start_clock(prison, person, prison->now_min);
    custody_placed(prison, id, person->unit);
}
