#include "models/arrests.h"

#include "models/callup.h"
#include "models/stay.h"
#include "models/valve_review.h"

/* From this minute to that of the next turn these were open. */
struct turn {
    int32_t  minute;
    uint64_t open;
};

struct arrests {
    struct turn *turn; /* the first at minute 0 */
    int32_t      count;
};

void arrests_open(struct prison *prison, struct arena *arena)
{
    if (!prison->plan->valves.stopping)
        return;
    prison->arrests = arena_new(arena, struct arrests, 1);
    prison->arrests->turn =
        arena_new(arena, struct turn, (size_t)prison->plan->period.day_count + 1);
    prison->arrests->count = 1;
}

uint64_t arrests_stopping(const struct prison *prison, const struct person *person, int reason)
{
    const struct valves *valves = &prison->plan->valves;
    uint64_t             stopping = 0;
    for (uint64_t rest = valves->stopping[person->status * LEAVES_AT_MOST + reason]; rest;
         rest &= rest - 1) {
        int v = __builtin_ctzll(rest);
        if (valve_is_for(prison, &valves->list[v].unsought, person))
            stopping |= (uint64_t)1 << v;
    }
    return stopping;
}

int64_t arrests_after(const struct prison *prison, uint64_t stopping, int64_t from_min,
                      int64_t minutes)
{
    const struct arrests *arrests = prison->arrests;
    int32_t               i = arrests->count - 1;
    while (i > 0 && arrests->turn[i].minute > from_min)
        i--;
    for (; i + 1 < arrests->count; i++) {
        int64_t end_min = arrests->turn[i + 1].minute;
        if (!(arrests->turn[i].open & stopping)) {
            if (from_min + minutes <= end_min)
                return from_min + minutes;
            minutes -= end_min - from_min;
        }
        from_min = end_min;
    }
    return arrests->turn[i].open & stopping ? NEVER : from_min + minutes;
}

/* Of these valves, those by which some reason is stopped for him. */
static uint64_t any_stopping(const struct prison *prison, const struct person *person,
                             uint64_t valves)
{
    uint64_t any = 0;
    for (int i = 0; i < prison_status(prison, person)->leave_count; i++)
        if (prison->plan->valves.stopping[person->status * LEAVES_AT_MOST + i] & valves)
            any |= arrests_stopping(prison, person, i);
    return any & valves;
}

static void count_for(struct prison *prison, uint64_t valves)
{
    for (; valves; valves &= valves - 1)
        valve_count(prison, __builtin_ctzll(valves), VALVE_PEOPLE, 1);
}

void arrests_count(struct prison *prison, const struct person *person)
{
    const struct arrests *arrests = prison->arrests;
    uint64_t              open = arrests->turn[arrests->count - 1].open;
    if (open)
        count_for(prison, any_stopping(prison, person, open));
}

static bool may_be_lost(const struct person *person)
{
    return person->key != 0 && (person->flags & (PERSON_WAITING | PERSON_PLACED)) == PERSON_WAITING;
}

static void replan(struct prison *prison, uint64_t opened, uint64_t closed)
{
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (!may_be_lost(person))
            continue;
        uint64_t touched = any_stopping(prison, person, opened | closed);
        count_for(prison, touched & opened);
        if (!touched || stay_is_due(prison, id))
            continue;
        if (person->flags & PERSON_CALLED)
            callup_plan(prison, id);
        else
            stay_schedule(prison, person);
    }
}

void arrests_stop(struct prison *prison, uint64_t open)
{
    struct arrests *arrests = prison->arrests;
    uint64_t        before = arrests->turn[arrests->count - 1].open;
    if (open == before)
        return;
    if (prison->now_min > 0)
        arrests->count++;
    arrests->turn[arrests->count - 1] = (struct turn){(int32_t)prison->now_min, open};
    replan(prison, open & ~before, before & ~open);
}
