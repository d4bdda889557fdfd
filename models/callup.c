#include "models/callup.h"

#include "models/capacity.h"
#include "models/gate.h"
#include "models/choice.h"
#include "models/loss.h"
#include "models/policy_call_up.h"
#include "models/stay.h"
#include "models/valve_review.h"
#include "models/waiting.h"

void callup_open(struct prison *prison)
{
    if (!prison->plan->has_call_up)
        return;
    int weekday = date_weekday(prison->plan->period.start);
    int days = (DAYS_A_WEEK - weekday) % DAYS_A_WEEK; /* to the first Monday */
    events_schedule(&prison->events, SLOT_CALL_UP, (int64_t)days * MINUTES_A_DAY, KIND_CAPACITY);
}

/* A weekly review: what is called by, of each status, and what is left of its quota. */
struct review {
    struct call_up call_up[STATUSES_AT_MOST];
    int64_t        quota_left[STATUSES_AT_MOST];
};

/* fill_to x usable (less where entries have stopped), rounded down, less who is there and who is on
 * his way. */
static int64_t places_to_fill(const struct prison *prison, const struct call_up *call_up,
                              list_id list)
{
    const struct rules *rules = &prison->plan->rules;
    int64_t             usable = 0, occupied = 0;
    for (int i = 0; i < rules->lists[list].pool_count; i++) {
        const struct pool *pool = &rules->pool[rules->lists[list].pool[i]];
        for (int u = 0; u < pool->unit_count; u++) {
            usable += prison->unit[pool->unit[u]].entries;
            occupied += prison->unit[pool->unit[u]].occupied;
        }
    }
    int64_t filled =
        (int64_t)((u128)usable * (u128)call_up->fill_to.num / (u128)call_up->fill_to.den);
    int64_t open = filled - occupied - prison->called[list];
    return open > 0 ? open : 0;
}

/* He stands on no list, so `next` holds the minute in which he comes. */
void callup_plan(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    int64_t              report_min = person->next;
    if (person->ends_min <= report_min || loss_due_min(prison, person) <= report_min) {
        stay_schedule(prison, person);
        return;
    }
    events_cancel(&prison->events, id);
    events_schedule(&prison->events, id, report_min, KIND_ARRIVAL);
}

static void call(struct prison *prison, person_id id, list_id list, int64_t notice_min)
{
    struct person *person = &prison->person[id];
    waiting_leave(prison, id);
    person->flags |= PERSON_CALLED;
    prison->called[list]++;
    prison_count(prison, person->status, COUNT_CALLED);
    policy_count_call(prison, person->status);
    prison_trace(prison, id, TRACE_CALLED);
    person->next = (uint32_t)gate_next_open(prison, list, prison->now_min + notice_min);
    callup_plan(prison, id);
}

/* Calls one up, if his status has something left of its quota and there is a place. */
static bool call_if_room(struct prison *prison, person_id id, list_id list, struct review *review)
{
    int                   status = prison->person[id].status;
    const struct call_up *call_up = &review->call_up[status];
    if (review->quota_left[status] == 0 || places_to_fill(prison, call_up, list) == 0)
        return false;
    review->quota_left[status]--;
    call(prison, id, list, call_up->notice_min);
    return true;
}

/* In the order of a valve: the queue stands in another. */
static void review_by_valve(struct prison *prison, list_id list, struct review *review, int valve,
                            enum order order)
{
    struct choice *choice = prison->choice;
    list_id        queue = waiting_call_queue(prison, list);
    person_id      id = NOBODY;
    choice->count = 0;
    for (uint32_t i = 0; i < prison->list[queue].count; i++) {
        id = waiting_ith(prison, queue, i, id);
        const struct person *person = &prison->person[id];
        int64_t rank = order == ORDER_LONGEST_SENTENCE ? -person->length_min : person->since_min;
        choice_add(choice, (struct candidate){rank, person->key, id});
    }
    choice_order(choice);
    for (; choice->count > 0 && call_if_room(prison, choice->list[0].id, list, review);
         choice_drop_first(choice))
        valve_count(prison, valve, VALVE_PEOPLE, 1);
}

/* All of one queue have the same rule, but may be of several statuses: each has its own quota. */
static void review_queue(struct prison *prison, list_id list, struct review *review)
{
    enum order order;
    list_id    queue = waiting_call_queue(prison, list);
    person_id  id = waiting_first(prison, queue);
    int valve = id == NOBODY ? NO_VALVE : valve_of_order(prison, prison->person[id].status, &order);
    if (valve != NO_VALVE)
        review_by_valve(prison, list, review, valve, order);
    else
        while (id != NOBODY && call_if_room(prison, id, list, review))
            id = waiting_first(prison, queue);
}

void callup_review(struct prison *prison)
{
    struct review review;
    capacity_apply(prison);
    for (int s = 0; s < prison->plan->statuses.count; s++) {
        if (!prison->statuses[s].call_up.used)
            continue;
        review.call_up[s] = policy_call_up(prison, s, policy_today(prison), false);
        review.quota_left[s] = prison->stopped_calls >> s & 1 ? 0 : review.call_up[s].at_most;
    }
    for (int l = 0; l < prison->plan->rules.list_count; l++)
        review_queue(prison, (list_id)l, &review);
    events_schedule(&prison->events, SLOT_CALL_UP,
                    prison->now_min + (int64_t)DAYS_A_WEEK * MINUTES_A_DAY, KIND_CAPACITY);
}
