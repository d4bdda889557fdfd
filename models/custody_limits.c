#include "models/arrests.h"
#include "models/custody.h"
#include "models/early.h"
#include "models/last_part.h"
#include "models/pools.h"
#include "models/shortage.h"
#include "models/sleepers.h"
#include "models/stay.h"

/* His limit has come, or was a minute ago and a valve let somebody out for him, or a rule that
 * holds after so long a wait, or both. */
static void wait_on(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    if (person->flags & PERSON_AT_LIMIT || stay_limit_of(prison, person) <= prison->now_min) {
        person->flags |= PERSON_AT_LIMIT;
        stay_look_again(prison, id);
    }
    list_id list = step_list_of_wait(prison, person);
    if (list == person->list)
        return;
    waiting_leave(prison, id);
    waiting_join(prison, id, list);
    prison->round_wanted = true;
}

void custody_limit(struct prison *prison, person_id id)
{
    if (prison->last_part && last_part_begins(prison, id))
        return;
    if (prison->crises) {
        crisis_turn(prison, id);
        crisis_count(prison, id);
    }
    if (person_must_move(&prison->person[id]))
        ; /* until he has moved, or stays */
    else if (prison->person[id].flags & PERSON_WAITING)
        wait_on(prison, id);
    else
        step_stand(prison, id, (int32_t)prison->now_min);
    if (!(prison->person[id].flags & PERSON_AT_LIMIT)) /* else when he is settled or placed */
        stay_schedule(prison, &prison->person[id]);
}

static void send_home(struct prison *prison, person_id id)
{
    struct person       *person = &prison->person[id];
    const struct status *status = prison_status(prison, person);
    const struct shape  *shape = status->back_after.of[person->profile * status->back_after.stride];
    prison_count(prison, person->status, COUNT_SENT_HOME);
    prison_wait_over(prison, id, false);
    waiting_leave(prison, id);
    prison_move(prison, id, prison_outside(prison));
    prison_trace(prison, id, TRACE_SENT_HOME);
    person->flags = PERSON_HOME;
    shortage_sent_home(prison, person, 1);
    events_cancel(&prison->events, id);
    int64_t back_min =
        prison->now_min +
        shape_draw_min(shape, term_draw_visit(prison, person, &status->draw_back, person->homes));
    if (person->homes < UINT8_MAX)
        person->homes++;
    events_schedule(&prison->events, id, back_min, KIND_ARRIVAL);
}

/* The rung that cannot fail; the loader demands one. */
static void give_way(struct prison *prison, person_id id)
{
    struct person       *person = &prison->person[id];
    const struct status *status = prison_status(prison, person);
    person->flags &= (uint8_t)~PERSON_AT_LIMIT;
    if (status_has_rung(status, RUNG_OVER_CAPACITY)) {
        const struct list_plan *list =
            &prison->plan->rules.lists[step_of_wait(prison, person)->list];
        prison_count(prison, person->status, COUNT_OVER_CAPACITY);
        uint16_t unit = pools_find_unit(prison, list->pool, list->pool_count);
        custody_placed(prison, id, unit);
    } else if (status_has_rung(status, RUNG_SENT_HOME)) {
        send_home(prison, id);
    } else {
        prison_set_over_limit(prison, id, true);
    }
}

/* Into a cell of the regime where his status waits; the legal limit starts to run. */
static void go_to_cell(struct prison *prison, person_id id)
{
    struct person       *person = &prison->person[id];
    const struct status *status = prison_status(prison, person);
    uint16_t             unit = prison->only_cell[person->status];
    if (unit == NO_UNIT)
        unit = pools_find_cell(prison, status->waits_regime, person->status, person->profile);
    if (person->unit == NO_UNIT) { /* he is new: there is nothing to leave */
        ledger_enter_unit(prison, person, unit);
        waiting_sit(prison, person, 1);
    } else if (unit != person->unit) {
        prison_move(prison, id, unit);
    }
    prison_trace(prison, id, TRACE_MOVED);
    stay_start_clock_if_due(prison, person);
}

/* A valve lets somebody out: he looks again in the next minute, once. He may be gone by then. */
static __attribute__((noinline)) bool waits_for_valve(struct prison *prison, person_id id)
{
    struct person       *person = &prison->person[id];
    const struct status *status = prison_status(prison, person);
    int64_t              limit_min = person->since_min + status->limit_min;
    if (!status_has_rung(status, RUNG_VALVE) ||
        prison->now_min != (limit_min > 0 ? limit_min : 0) || person->list == NO_LIST ||
        !early_make_room(prison, prison->plan->rules.lists[person->list].pools))
        return false;
    int64_t next_min = prison->now_min + 1;
    if (person->ends_min <= next_min || loss_due_min(prison, person) <= next_min) {
        stay_schedule(prison, person);
        return true;
    }
    events_cancel(&prison->events, id);
    events_schedule(&prison->events, id, next_min, KIND_LIMIT);
    return true;
}

static void back_to_queue(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    list_id        list = person->list;
    person->flags &= (uint8_t)~PERSON_AT_GATE;
    prison_count(prison, person->status, COUNT_SENT_HOME);
    prison_trace(prison, id, TRACE_SENT_HOME);
    waiting_leave(prison, id);
    waiting_join(prison, id, waiting_call_queue(prison, list));
}

static void refuse(struct prison *prison, person_id id)
{
    prison_count(prison, prison->person[id].status, COUNT_REFUSED);
    prison_trace(prison, id, TRACE_REFUSED);
    returns_leave(prison, id, LEFT_UNSERVED);
    ledger_leave(prison, &prison->person[id]);
}

/* He has begun to wait in this minute, and waits still. */
static __attribute__((noinline)) void count_wait(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    if (person->since_min == prison->now_min &&
        !(person->flags & (PERSON_AT_LIMIT | PERSON_AT_GATE)))
        arrests_count(prison, person);
}

void custody_settle(struct prison *prison, person_id id)
{
    if (__builtin_expect(prison->arrests != NULL, 0))
        count_wait(prison, id);
    const struct person *person = &prison->person[id];
    const struct status *status = prison_status(prison, person);
    if (person->flags & PERSON_AT_LIMIT) {
        if (__builtin_expect(prison->early_chosen != 0, 0) && waits_for_valve(prison, id))
            return;
        give_way(prison, id);
    } else if (person->flags & PERSON_AT_GATE)
        back_to_queue(prison, id);
    else if (status->waits_in == WAITS_NOWHERE)
        refuse(prison, id);
    else if (status->waits_in == WAITS_REGIME)
        go_to_cell(prison, id);
    else if (status->waits_in == WAITS_OUTSIDE || person->unit >= prison_outside(prison))
        stay_go_outside(prison, id);
    if (person->flags & PERSON_WAITING)
        stay_schedule(prison, person);
}
