#include "models/custody.h"

#include "models/gate.h"
#include "models/ledger.h"
#include "models/loss.h"
#include "models/pools.h"
#include "models/shortage.h"
#include "models/step.h"
#include "models/term.h"
#include "models/titles.h"
#include "models/waiting.h"

/* Rules with a date are rare: their code stays off the hot path. */
HOT bool has_dates(const struct prison *prison)
{
    return __builtin_expect(prison->has_dates, 0);
}

/* When the legal limit falls of one who waits; NEVER: it does not, or did already. */
static int64_t limit_of(const struct prison *prison, const struct person *person)
{
    const struct status *status = prison_status(prison, person);
    if (person->flags & (PERSON_PLACED | PERSON_AT_LIMIT | PERSON_OVER_LIMIT) ||
        status->waits_in != WAITS_REGIME || status->limit_min == INT64_MAX)
        return NEVER;
    int64_t limit_min = person->since_min + status->limit_min;
    return limit_min > 0 ? limit_min : 0; /* a starter's may be past */
}

/* Puts his one event at the earliest thing that can happen to him. */
HOT void schedule(struct prison *prison, const struct person *person)
{
    person_id id = ledger_id(prison, person);
    int64_t   minute = person->ends_min;
    enum kind kind = person->route == RELEASE ? KIND_RELEASE : KIND_STATUS;
    events_cancel(&prison->events, id);
    if (person->flags & PERSON_WAITING) {
        int64_t limit_min = limit_of(prison, person);
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
    if (has_dates(prison)) {
        int64_t step_min = step_next_min(prison, person);
        if (step_min < minute) {
            minute = step_min;
            kind = KIND_LIMIT;
        }
    }
    if (minute != NEVER)
        events_schedule(&prison->events, id, minute, kind);
}

/* The end of the status when its clock runs from `from_min`. A sentence shorter than the time in
 * remand ends now. */
HOT void start_clock(struct prison *prison, struct person *person, int64_t from_min)
{
    person->route = term_draw_route(prison, person);
    if (person->length_min == NEVER)
        return;
    int64_t ends_min = from_min + term_to_serve_min(prison, person);
    if (ends_min < prison->now_min)
        ends_min = prison->now_min;
    ends_min = term_before_weekend(prison, person, ends_min);
    person->ends_min = ends_min < NEVER ? (int32_t)ends_min : NEVER - 1;
}

/* Starts what is due now that he is where he is: custody that counts, when he is held; then the
 * clock of his status. */
HOT void start_clock_if_due(struct prison *prison, struct person *person)
{
    const struct status *status = prison_status(prison, person);
    if ((status->served || status->clock == CLOCK_CUSTODY) && person->custody_min == NEVER &&
        prison_is_held(prison, person))
        person->custody_min = (int32_t)prison->now_min;
    if (person->route != NO_ROUTE)
        return;
    if (status->clock == CLOCK_PLACEMENT ? (person->flags & PERSON_PLACED) != 0
                                         : status->clock == CLOCK_ARRIVAL)
        start_clock(prison, person, prison->now_min);
    else if (status->clock == CLOCK_CUSTODY && person->custody_min != NEVER)
        start_clock(prison, person, person->custody_min);
}

/* -- waiting -- */

/* What the end of this minute must settle if he still waits then. */
HOT void look_again(struct prison *prison, person_id id)
{
    prison->unsettled[prison->unsettled_count++] = id;
    prison->round_wanted = true;
}

static const struct entitlement *entitlement_of(const struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    return rules_entitlement(&prison->plan->rules, person->status, person->profile);
}

static bool has_pool(const struct prison *prison, mask pools, uint16_t unit)
{
    return unit < prison->plan->estate.unit_count &&
           (pools >> prison->plan->rules.pool_of_unit[unit] & 1) != 0;
}

HOT bool is_out_of_category(const struct prison *prison, const struct entitlement *entitlement,
                            uint16_t unit)
{
    const struct rules *rules = &prison->plan->rules;
    return entitlement->out_of_category &&
           has_pool(prison, rules->list[rules->lists[entitlement->list].rule].out_of_category,
                    unit);
}

bool custody_is_out_of_category(const struct prison *prison, person_id id, uint16_t unit)
{
    return is_out_of_category(prison, entitlement_of(prison, id), unit);
}

/* By what holds for him he has got the place in which he is; out of category he goes on waiting for
 * a better one with his old waiting time. from: where he was. */
HOT void wait_for_better(struct prison *prison, person_id id, const struct entitlement *entitlement,
                         uint16_t from)
{
    struct person *person = &prison->person[id];
    if (!is_out_of_category(prison, entitlement, person->unit))
        return;
    if (!(person->flags & PERSON_PLACED) || !is_out_of_category(prison, entitlement, from))
        prison_count(prison, person->status, COUNT_OUT_OF_CATEGORY);
    if (entitlement->better == NO_LIST)
        return;
    waiting_join(prison, id, entitlement->better);
    prison->round_wanted = true; /* a better place may be free already */
}

/* He has this place from now on: off his list, no longer waiting, his clock may start. */
HOT void take_up(struct prison *prison, person_id id, uint16_t unit)
{
    struct person            *person = &prison->person[id];
    const struct entitlement *entitlement =
        has_dates(prison) ? step_of_list(prison, person) : entitlement_of(prison, id);
    uint16_t from = person->unit;
    if (person->list != NO_LIST)
        waiting_leave(prison, id);
    if (person->flags & PERSON_WAITING)
        prison_wait_over(prison, id, true);
    else if (person->flags & PERSON_SEEKS)
        ledger_count_wait(prison, person);
    if (unit != from) {
        if (__builtin_expect(prison->gate != NULL, 0))
            gate_count_move(prison, person, unit);
        ledger_move(prison, person, unit);
        ledger_count_placement(prison, person);
    }
    wait_for_better(prison, id, entitlement, from);
    person->flags = PERSON_PLACED;
    prison_trace(prison, id, TRACE_PLACED);
    start_clock_if_due(prison, person);
    if (has_dates(prison))
        step_stand(prison, id, (int32_t)prison->now_min);
}

/* Out of his place, if he has one. That breaks the custody that would count towards a sentence. */
static void go_outside(struct prison *prison, person_id id)
{
    if (prison->person[id].unit == prison_outside(prison))
        return;
    prison_move(prison, id, prison_outside(prison));
    prison->person[id].custody_min = NEVER;
}

/* Into the queue of those who are called up, outside. */
static void queue_for_call(struct prison *prison, person_id id, list_id list)
{
    go_outside(prison, id);
    prison->person[id].since_min = (int32_t)prison->now_min;
    prison_wait(prison, id);
    prison_trace(prison, id, TRACE_WAITS);
    waiting_join(prison, id, waiting_call_queue(prison, list));
    if (prison_status(prison, &prison->person[id])->leave_count > 0)
        schedule(prison, &prison->person[id]);
}

/* Seeks a place in his new status: keeps the one that he has if his rule allows it, else asks for a
 * round. */
HOT void seek_place(struct prison *prison, person_id id)
{
    struct person            *person = &prison->person[id];
    const struct entitlement *entitlement = entitlement_of(prison, id);
    const struct status      *status = prison_status(prison, person);
    if (entitlement->list == NO_LIST) { /* needs none */
        go_outside(prison, id);
        person->flags |= PERSON_PLACED;
        start_clock_if_due(prison, person);
    } else if (person->unit != NO_UNIT &&
               has_pool(prison, prison->plan->rules.lists[entitlement->list].pools, person->unit)) {
        person->since_min = (int32_t)prison->now_min; /* for a better one */
        take_up(prison, id, person->unit);
    } else if (status->call_up.used) {
        queue_for_call(prison, id, entitlement->list);
    } else {
        person->since_min = (int32_t)prison->now_min;
        person->flags |= PERSON_SEEKS;
        look_again(prison, id);
    }
}

void custody_begin_to_wait(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    person->flags &= (uint8_t)~PERSON_SEEKS;
    if (person->unit == NO_UNIT)
        prison_move(prison, id, prison_outside(prison));
    prison_wait(prison, id);
    prison_trace(prison, id, TRACE_WAITS);
    waiting_join(prison, id, entitlement_of(prison, id)->list);
    if (has_dates(prison))
        schedule(prison, person);
}

/* -- the path -- */

/* Who was called up is no longer awaited. */
HOT void forget_call(struct prison *prison, person_id id)
{
    if (prison->person[id].flags & PERSON_CALLED)
        prison->called[entitlement_of(prison, id)->list]--;
    prison->person[id].flags &= (uint8_t)~PERSON_CALLED;
}

/* Nor does he seek what his status asked for, when it is over in the minute in which it began. */
HOT void stop_seeking(struct prison *prison, person_id id)
{
    if (!(prison->person[id].flags & PERSON_SEEKS))
        return;
    uint32_t at = prison->unsettled_count - 1;
    while (prison->unsettled[at] != id)
        at--;
    prison->unsettled[at] = prison->unsettled[--prison->unsettled_count];
}

HOT void release(struct prison *prison, person_id id)
{
    int status = prison->person[id].status;
    forget_call(prison, id);
    stop_seeking(prison, id);
    prison_count(prison, status, COUNT_RELEASED);
    if ((prison->person[id].flags & (PERSON_WAITING | PERSON_PLACED)) == PERSON_WAITING)
        prison_count(prison, status, COUNT_LEFT_WAITING);
    prison_trace(prison, id, TRACE_RELEASED);
    ledger_leave(prison, &prison->person[id]);
}

/* The length is drawn already. */
HOT void begin_status(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    prison_trace(prison, id, TRACE_STATUS);
    seek_place(prison, id);
    const struct status *status = prison_status(prison, person);
    if (status->clock != CLOCK_PLACEMENT || status->served)
        start_clock_if_due(prison, person); /* else taking up a place does */
    if (person->flags & PERSON_SEEKS && status->clock == CLOCK_CUSTODY &&
        status->waits_in == WAITS_OUTSIDE && person->ends_min > prison->now_min) {
        person->ends_min = NEVER; /* custody goes on only if he gets a place in this minute */
        person->route = NO_ROUTE;
    }
}

static void count_entry(struct prison *prison, struct person *person)
{
    if (prison_status(prison, person)->on_cycle)
        person->visits =
            person->visits < UINT8_MAX ? person->visits + 1 : 1; /* draws repeat then */
    prison_count(prison, person->status, COUNT_ENTRIES);
}

static void enter_status(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    count_entry(prison, person);
    person->length_min = term_draw_length(prison, person);
    begin_status(prison, id);
}

static void leave_status(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    forget_call(prison, id);
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
    prison->person[id].route = NO_ROUTE;
    prison_set_status(prison, id, status);
    enter_status(prison, id);
}

/* Follows the routes of statuses that are over now; the loader allows no cycle of them without
 * time. */
HOT void follow(struct prison *prison, person_id id)
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
    schedule(prison, person);
}

void custody_go_to(struct prison *prison, person_id id, int next)
{
    if (next == RELEASE) {
        forget_call(prison, id);
        ledger_leave(prison, &prison->person[id]);
        return;
    }
    change_status(prison, id, next);
    follow(prison, id);
}

/* He has his record since midnight, and is counted. */
HOT void arrive(struct prison *prison, person_id id)
{
    prison_trace(prison, id, TRACE_ARRIVED);
    begin_status(prison, id);
    if (prison->person[id].ends_min != NEVER)
        follow(prison, id);
}

static void come_to_gate(struct prison *prison, person_id id)
{
    struct person        *person = &prison->person[id];
    const struct call_up *call_up = &prison_status(prison, person)->call_up;
    list_id               list = entitlement_of(prison, id)->list;
    forget_call(prison, id);
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
    look_again(prison, id);
}

/* Time at home counts for nothing: what is left to serve stays as it was. */
static void come_back(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    int            back_from = person->status, status = prison_status(prison, person)->back_as;
    int32_t        home_min = (int32_t)prison->now_min - person->here_min;
    int8_t         route = person->route;
    int32_t        ends_min = person->ends_min;
    int32_t        custody_min = person->custody_min;
    shortage_sent_home(prison, person, -1);
    leave_status(prison, id);
    prison_set_status(prison, id, status);
    person->custody_min = custody_min == NEVER ? NEVER : custody_min + home_min;
    if (route != NO_ROUTE) { /* his clock ran before: it goes on where it stood */
        person->ends_min = ends_min == NEVER ? NEVER : ends_min + home_min;
        person->route = route;
        if (person->ends_min != NEVER)
            person->ends_min = (int32_t)term_before_weekend(prison, person, person->ends_min);
    }
    if (status != back_from)
        enter_status(prison, id);
    else
        seek_place(prison, id); /* the same title: no new visit, no new sentence */
    start_clock_if_due(prison, person);
    follow(prison, id);
}

void custody_come(struct prison *prison, person_id id)
{
    unsigned flags = prison->person[id].flags;
    if (flags & PERSON_CALLED)
        come_to_gate(prison, id);
    else if (flags & PERSON_HOME)
        come_back(prison, id);
    else
        arrive(prison, id);
}

void custody_end(struct prison *prison, person_id id)
{
    if (__builtin_expect(prison->person[id].ends_min > prison->now_min, 0))
        loss_happens(prison, id);
    else
        follow(prison, id);
}

/* -- limits -- */

/* His limit has come, or a rule that holds after so long a wait, or both. */
static void wait_on(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    if (limit_of(prison, person) <= prison->now_min) {
        person->flags |= PERSON_AT_LIMIT;
        look_again(prison, id);
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
    if (person_must_move(&prison->person[id]))
        ; /* until he has moved, or stays */
    else if (prison->person[id].flags & PERSON_WAITING)
        wait_on(prison, id);
    else
        step_stand(prison, id, (int32_t)prison->now_min);
    schedule(prison, &prison->person[id]);
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
        shape_draw_min(shape, term_draw_visit(prison, person, &status->draw_back, person->homes++));
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
    uint16_t unit = pools_find_cell(prison, status->waits_regime, person->status, person->profile);
    if (unit != person->unit)
        prison_move(prison, id, unit);
    prison_trace(prison, id, TRACE_MOVED);
    start_clock_if_due(prison, person);
    schedule(prison, person);
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
    schedule(prison, person);
}

static void refuse(struct prison *prison, person_id id)
{
    prison_count(prison, prison->person[id].status, COUNT_REFUSED);
    prison_trace(prison, id, TRACE_REFUSED);
    ledger_leave(prison, &prison->person[id]);
}

void custody_settle(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    const struct status *status = prison_status(prison, person);
    if (person->flags & PERSON_AT_LIMIT)
        give_way(prison, id);
    else if (person->flags & PERSON_AT_GATE)
        back_to_queue(prison, id);
    else if (status->waits_in == WAITS_NOWHERE)
        refuse(prison, id);
    else if (status->waits_in == WAITS_REGIME)
        go_to_cell(prison, id);
    else if (status->waits_in == WAITS_OUTSIDE)
        go_outside(prison, id);
    if (status->leave_count > 0 && prison->person[id].flags & PERSON_WAITING)
        schedule(prison, &prison->person[id]);
}

/* -- told by placement -- */

/* Out of category he goes on waiting for a better place, as before; a date may have come. */
void custody_stays(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    waiting_leave(prison, id);
    prison_wait_over(prison, id, false);
    prison_trace(prison, id, TRACE_STAYS);
    wait_for_better(prison, id, entitlement_of(prison, id), person->unit);
    step_stand(prison, id, (int32_t)prison->now_min);
    schedule(prison, person);
}

/* What a round sets free leaves in the next minute at the earliest: this minute's releases are
 * over. */
void custody_placed(struct prison *prison, person_id id, uint16_t unit)
{
    struct person *person = &prison->person[id];
    take_up(prison, id, unit);
    if (person->ends_min <= prison->now_min)
        person->ends_min = (int32_t)prison->now_min + 1;
    schedule(prison, person);
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
    start_clock(prison, person, prison->now_min);
    custody_placed(prison, id, person->unit);
}

/* -- the start -- */

static struct person *start(struct prison *prison, person_id id, int status, uint16_t unit)
{
    struct person *person = &prison->person[id];
    prison_enter(prison, id, status);
    prison->started++;
    person->visits = prison_status(prison, person)->on_cycle;
    prison_move(prison, id, unit);
    return person;
}

/* His clock runs already. */
static void plan_end(struct prison *prison, struct person *person, int32_t left_min)
{
    person->route = term_draw_route(prison, person);
    person->ends_min = left_min;
    if (left_min != NEVER)
        person->ends_min = (int32_t)term_before_weekend(prison, person, left_min);
}

void custody_start_present(struct prison *prison, person_id id, int status, uint16_t unit,
                           struct custody_start from)
{
    struct person       *person = start(prison, id, status, unit);
    const struct status *plan = prison_status(prison, person);
    person->flags = PERSON_PLACED;
    if (plan->served || plan->clock == CLOCK_CUSTODY)
        person->custody_min = -from.elapsed_min - from.before_min;
    person->length_min = from.length_min;
    plan_end(prison, person, from.left_min);
    if (prison->transfers.entered_min)
        prison->transfers.entered_min[id] = -from.elapsed_min; /* he has been here all the time */
    wait_for_better(prison, id, entitlement_of(prison, id), unit);
    step_stand(prison, id, -from.elapsed_min);
    prison_trace(prison, id, TRACE_PLACED);
    schedule(prison, person);
}

void custody_start_waiting(struct prison *prison, person_id id, int status, uint16_t unit,
                           struct custody_start from)
{
    struct person       *person = start(prison, id, status, unit);
    const struct status *plan = prison_status(prison, person);
    list_id              list = entitlement_of(prison, id)->list;
    person->length_min =
        from.length_min == NEVER ? term_draw_length(prison, person) : from.length_min;
    person->since_min = -from.elapsed_min;
    prison_wait(prison, id);
    prison_trace(prison, id, TRACE_WAITS);
    if (plan->call_up.used)
        waiting_start(prison, id, waiting_call_queue(prison, list));
    else
        waiting_start(prison, id, step_of_wait(prison, person)->list);
    prison->round_wanted = true;
    if ((plan->served || plan->clock == CLOCK_CUSTODY) && prison_is_held(prison, person))
        person->custody_min = -from.elapsed_min - from.before_min;
    if (from.left_min != NEVER)
        plan_end(prison, person, from.left_min);
    else if (plan->clock == CLOCK_ARRIVAL ||
             (plan->clock == CLOCK_CUSTODY && person->custody_min != NEVER))
        start_clock(prison, person,
                    plan->clock == CLOCK_CUSTODY ? person->custody_min : person->since_min);
    schedule(prison, person);
}
