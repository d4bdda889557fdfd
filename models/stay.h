/* A person in his status: his one event, his clock, the place that he takes up. Shared by the files
 * of custody, and inlined, since nearly every event comes by here.
 */
#ifndef CELSIM_MODELS_STAY_H
#define CELSIM_MODELS_STAY_H

#include "models/category.h"
#include "models/early.h"
#include "models/gate.h"
#include "models/last_part.h"
#include "models/ledger.h"
#include "models/loss.h"
#include "models/routes.h"
#include "models/step.h"
#include "models/term.h"
#include "models/transfer.h"
#include "models/waiting.h"

/* Rules with a date are rare: their code stays off the hot path. */
HOT bool stay_has_dates(const struct prison *prison)
{
    return __builtin_expect(prison->has_dates, 0);
}

/* When the legal limit falls of one who waits; NEVER: it does not, or did already. */
static inline int64_t stay_limit_of(const struct prison *prison, const struct person *person)
{
    const struct status *status = prison_status(prison, person);
    if (person->flags & (PERSON_PLACED | PERSON_AT_LIMIT | PERSON_OVER_LIMIT) ||
        status->waits_in != WAITS_REGIME || status->limit_min == INT64_MAX)
        return NEVER;
    int64_t limit_min = person->since_min + status->limit_min;
    return limit_min > 0 ? limit_min : 0; /* a starter's may be past */
}

/* Whether they may have one for him: before a release, while he serves outside, or by his rules. */
HOT bool stay_may_have_dates(const struct prison *prison, const struct person *person)
{
    return stay_has_dates(prison) &&
           (person->route == RELEASE || (person->flags & PERSON_REPLACED) == PERSON_REPLACED ||
            step_has_any(prison, person));
}

/* The same where rules and measures have dates: what they bring him, if that comes before `minute`,
 * else what comes then. Gives him an earlier release, where his has just been planned. */
void stay_schedule_dated(struct prison *prison, person_id id, int64_t minute, enum kind kind);

/* He has left the system: his slot is another's soon. */
void stay_forget_dates(struct prison *prison, person_id id);

/* Puts his one event at the earliest thing that can happen to him. */
HOT void stay_schedule(struct prison *prison, const struct person *person)
{
    person_id id = ledger_id(prison, person);
    int64_t   minute = person->ends_min;
    enum kind kind = person->route == RELEASE ? KIND_RELEASE : KIND_STATUS;
    events_cancel(&prison->events, id);
    if (person->flags & PERSON_WAITING) {
        int64_t limit_min = stay_limit_of(prison, person);
        if (limit_min < minute) {
            minute = limit_min;
            kind = KIND_LIMIT;
        }
        int64_t loss_min = loss_due_min(prison, person);
        if (loss_min < minute || (loss_min == minute && kind == KIND_LIMIT)) {
            minute = loss_min;
            kind = KIND_STATUS;
        }
    }
    if (stay_may_have_dates(prison, person))
        stay_schedule_dated(prison, id, minute, kind);
    else if (minute != NEVER)
        events_schedule(&prison->events, id, minute, kind);
}

/* Whose event falls in this minute is planned anew after it, if he is still there. */
static inline bool stay_is_due(const struct prison *prison, person_id id)
{
    const struct event_slot *slot = &prison->events.slots[id];
    return slot->kind != EVENT_IDLE && slot->minute == prison->now_min;
}

/* He is in a status that does not end in this minute, by its end or by a reason to leave the queue.
 * Not while people seek places. */
static inline bool stay_is_under_way(const struct prison *prison, person_id id)
{
    const struct person     *person = &prison->person[id];
    const struct event_slot *slot = &prison->events.slots[id];
    return person->key != 0 && person->unit != NO_UNIT &&
           !(stay_is_due(prison, id) && (slot->kind == KIND_RELEASE || slot->kind == KIND_STATUS));
}

/* For measures that move it (ends.h): before it moves for a weekend. */
HOT void stay_note_end(struct prison *prison, const struct person *person, int64_t ends_min)
{
    if (__builtin_expect(prison->unmoved_min != NULL, 0))
        prison->unmoved_min[ledger_id(prison, person)] = term_end_min(ends_min);
}

/* The end of the status when its clock runs from `from_min`. A sentence shorter than the time in
 * remand ends now. */
HOT void stay_start_clock(struct prison *prison, struct person *person, int64_t from_min)
{
    person->route = term_draw_route(prison, person);
    routes_change(prison, person);
    if (person->length_min == NEVER)
        return;
    int64_t ends_min = from_min + term_to_serve_min(prison, person);
    if (ends_min < prison->now_min)
        ends_min = prison->now_min;
    stay_note_end(prison, person, ends_min);
    person->ends_min = term_end_min(term_before_weekend(prison, person, ends_min));
}

/* Starts what is due now that he is where he is: custody that counts, when he is held (without a
 * branch, since a third would be foreseen wrongly); then the clock of his status. */
HOT void stay_start_clock_if_due(struct prison *prison, struct person *person)
{
    const struct status *status = prison_status(prison, person);
    bool                 counts = status->served | (status->clock == CLOCK_CUSTODY);
    bool begins = counts & (person->custody_min == NEVER) & prison_is_held(prison, person);
    person->custody_min = begins ? (int32_t)prison->now_min : person->custody_min;
    if (person->route != NO_ROUTE)
        return;
    if (status->clock == CLOCK_PLACEMENT ? (person->flags & PERSON_PLACED) != 0
                                         : status->clock == CLOCK_ARRIVAL)
        stay_start_clock(prison, person, prison->now_min);
    else if (status->clock == CLOCK_CUSTODY && person->custody_min != NEVER)
        stay_start_clock(prison, person, person->custody_min);
}

/* -- waiting -- */

/* Who was called up is no longer awaited. */
HOT void stay_forget_call(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    if (person->flags & PERSON_CALLED)
        prison->called[prison_entitlement(prison, person)->list]--;
    prison->person[id].flags &= (uint8_t)~PERSON_CALLED;
}

/* What the end of this minute must settle if he still waits then. */
HOT void stay_look_again(struct prison *prison, person_id id)
{
    prison->unsettled[prison->unsettled_count++] = id;
    prison->round_wanted = true;
}

static inline bool stay_has_pool(const struct prison *prison, mask pools, uint16_t unit)
{
    return unit < prison->plan->estate.unit_count &&
           (pools >> prison->plan->rules.pool_of_unit[unit] & 1) != 0;
}

HOT bool stay_is_out_of_category(const struct prison *prison, const struct entitlement *entitlement,
                                 uint16_t unit)
{
    const struct rules *rules = &prison->plan->rules;
    return entitlement->out_of_category &&
           stay_has_pool(prison, rules->list[rules->lists[entitlement->list].rule].out_of_category,
                         unit);
}

HOT void stay_count_out_of_category(struct prison *prison, const struct person *person,
                                    const struct entitlement *entitlement)
{
    prison_count(prison, person->status, COUNT_OUT_OF_CATEGORY);
    if (__builtin_expect(prison->category != NULL, 0) &&
        entitlement == prison_entitlement(prison, person))
        category_count(prison, person);
}

/* By what holds for him he has got the place in which he is; out of category he goes on waiting for
 * a better one with his old waiting time. from: where he was. */
HOT void stay_wait_for_better(struct prison *prison, person_id id,
                              const struct entitlement *entitlement, uint16_t from)
{
    struct person *person = &prison->person[id];
    if (!stay_is_out_of_category(prison, entitlement, person->unit))
        return;
    if (!(person->flags & PERSON_PLACED) || !stay_is_out_of_category(prison, entitlement, from))
        stay_count_out_of_category(prison, person, entitlement);
    if (entitlement->better == NO_LIST)
        return;
    waiting_join(prison, id, entitlement->better);
    prison->round_wanted = true; /* a better place may be free already */
}

/* He has this place from now on: off his list, no longer waiting, his clock may start. from: where
 * he was; by a swap he is in the unit already. */
HOT void stay_take_up(struct prison *prison, person_id id, uint16_t unit, uint16_t from)
{
    struct person            *person = &prison->person[id];
    bool                      has_steps = stay_has_dates(prison) && step_has_any(prison, person);
    const struct entitlement *entitlement =
        has_steps ? step_of_list(prison, person) : prison_entitlement(prison, person);
    if (person->list != NO_LIST)
        waiting_leave(prison, id);
    if (person->flags & PERSON_WAITING)
        prison_wait_over(prison, id, true);
    else if (person->flags & PERSON_SEEKS)
        ledger_count_wait(prison, person);
    if (unit != person->unit) {
        if (__builtin_expect(prison->counts_moves, 0))
            gate_count_move(prison, person, unit);
        ledger_move(prison, person, unit);
        ledger_count_placement(prison, person);
    } else if (__builtin_expect(prison->unit[unit].moves, 0)) {
        transfer_look_at(prison, unit); /* under his new title he may have to move */
    }
    if (__builtin_expect(prison->category != NULL, 0))
        category_count_placed(prison, person, entitlement);
    stay_wait_for_better(prison, id, entitlement, from);
    person->flags = PERSON_PLACED;
    prison_trace(prison, id, TRACE_PLACED);
    stay_start_clock_if_due(prison, person);
    if (has_steps)
        step_stand(prison, id, (int32_t)prison->now_min);
}

/* Out of his place, if he has one. That breaks the custody that would count towards a sentence. */
static inline void stay_go_outside(struct prison *prison, person_id id)
{
    prison->person[id].custody_min = NEVER; /* kept at home, not at liberty after that */
    if (prison->person[id].unit != prison_outside(prison))
        prison_move(prison, id, prison_outside(prison));
}

#endif
