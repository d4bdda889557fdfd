#include "models/model.h"

#include "models/arrivals.h"
#include "models/callup.h"
#include "models/capacity.h"
#include "models/crisis.h"
#include "models/custody.h"
#include "models/daily.h"
#include "models/demand.h"
#include "models/early.h"
#include "models/ends.h"
#include "models/gate.h"
#include "models/granted.h"
#include "models/lengths.h"
#include "models/overdue.h"
#include "models/placement.h"
#include "models/policy.h"
#include "models/population.h"
#include "models/release_law.h"
#include "models/sleepers.h"
#include "models/spending.h"
#include "models/supply.h"
#include "models/valve_review.h"

/* The day that ends is recorded, the arrivals of the one that begins are drawn. */
static void midnight(struct prison *prison)
{
    if (prison->now_min > 0) {
        daily_record(prison);
        spending_close_day(prison);
#ifdef CELSIM_CHECK
        prison_check(prison);
        placement_check(prison);
        crisis_check(prison);
#endif
        prison->day++;
        prison->midnight_min = prison->now_min;
    }
    if (prison->day ==
        prison->plan->period.day_count) { /* what is dated after the end is not ours */
        events_stop(&prison->events);
        return;
    }
    policy_open_day(prison);
    arrivals_open_day(prison);
    if (prison->sleepers)
        sleepers_wake(prison);
    if (__builtin_expect(prison->unmoved_min != NULL, 0)) {
        release_law_open_day(prison);
        lengths_open_day(prison);
    }
    if (__builtin_expect(prison->has_dates, 0))
        early_open_day(prison);
    events_schedule(&prison->events, SLOT_MIDNIGHT, prison->now_min + MINUTES_A_DAY, KIND_RECORD);
}

static void capacity(struct prison *prison, uint32_t slot)
{
    if (slot == SLOT_CALL_UP)
        callup_review(prison);
    else if (slot == SLOT_GATE)
        gate_turn(prison);
    else
        capacity_change(prison);
}

/* Releases and arrivals first: nearly all events are one of these. */
static void handle(struct prison *prison, struct event event)
{
    if (event.kind == KIND_RELEASE)
        custody_release_due(prison, event.slot);
    else if (event.kind == KIND_ARRIVAL)
        custody_come(prison, event.slot);
    else if (event.kind == KIND_STATUS)
        custody_end(prison, event.slot);
    else if (event.kind == KIND_LIMIT)
        custody_limit(prison, event.slot);
    else if (event.kind == KIND_CAPACITY)
        capacity(prison, event.slot);
    else if (event.kind == KIND_VALVE)
        valves_review(prison);
    else
        midnight(prison);
}

/* Places in turnover are capacity too: free before the first event of a later kind. */
static bool is_turnover_next(const struct prison *prison, int64_t minute)
{
    return minute == prison->events.alarm_min &&
           events_next_kind(&prison->events, minute) >= KIND_CAPACITY;
}

/* The round of a minute runs when the minute has no events left. */
static void run_events(struct prison *prison)
{
    int64_t minute;
    while ((minute = events_next_minute(&prison->events)) != EVENT_END) {
        prison->now_min = minute;
        if (is_turnover_next(prison, minute))
            turnover_end(prison);
        else
            handle(prison, events_take(&prison->events));
        if (prison->round_wanted && !events_is_due(&prison->events, minute))
            placement_round(prison);
    }
}

void model_replicate(void *context, uint32_t replication, struct arena *arena)
{
    const struct run *run = context;
    struct prison     prison = {.now_min = 0};
    struct trace     *trace = replication == run->trace_replication ? run->trace : NULL;
    struct record    *record = &run->records->record[replication - run->records->first];
    must_label(run->plan->file, run->seed, replication, &prison.now_min);
    prison_open(&prison, run->plan, run->seed, replication, run->shuffle, arena, record, trace);
    policy_open(&prison);
    arrivals_open(&prison, arena);
    sleepers_open(&prison, arena);
    gate_open(&prison, arena);
    valves_open(&prison, arena);
    ends_open(&prison, arena);
    granted_open(&prison, arena);
    custody_open(&prison, arena);
    demand_open(&prison, arena);
    population_put(&prison);
    if (prison.demand)
        demand_start(&prison);
    callup_open(&prison);
    events_schedule(&prison.events, SLOT_MIDNIGHT, 0, KIND_RECORD);
    run_events(&prison);
    overdue_close(&prison);
    prison_close(&prison);
}

size_t model_arena_room(const struct scenario *plan)
{
    size_t persons = plan->persons_at_most + SLOTS_FIXED;
    size_t a_person = sizeof(struct person) + sizeof(struct event_slot) + 3 * sizeof(person_id) +
                      sizeof(struct neighbours);
    size_t a_transfer = sizeof(int32_t) + sizeof(uint16_t) + 2 * sizeof(person_id);
    size_t a_heap =
        2 * (size_t)plan->rules.list_count * 3 * sizeof(uint64_t); /* at worst all lists */
    size_t buckets = (size_t)plan->period.day_count * MINUTES_A_DAY / EVENT_BUCKET_LEAST_MIN;
    size_t groups = (size_t)plan->statuses.count * (size_t)plan->columns.class_count;
    size_t grids = ((size_t)plan->columns.row_count + 2) * groups * sizeof(struct cell) +
                   groups * sizeof(uint32_t);
    size_t alike = (size_t)plan->rules.list_count * plan->rules.profile_count * sizeof(struct ends);
    return persons * (a_person + a_transfer + a_heap + valves_room(plan) + ends_room(plan) +
                      crisis_room(plan)) +
           buckets * sizeof(uint32_t) + grids + alike + supply_room(plan) + granted_room(plan) +
           demand_room(plan) + sleepers_room(plan) + turnover_room(plan) + ((size_t)16 << 20);
}
