#include "models/early.h"

#include "models/choice.h"
#include "models/stay.h"
#include "models/valve_review.h"

#define WEEKEND_DAYS_AT_MOST 3 /* by so many a date moves before a weekend */

/* Holds while the person, his status and his date are those for which it was made. */
struct grant {
    uint64_t key;
    int32_t  planned_min, date_min;
    uint8_t  status, valve;
};

struct early {
    struct grant *grant; /* [person] */
};

size_t early_room(const struct scenario *plan)
{
    for (int v = 0; v < plan->valves.count; v++)
        if (plan->valves.list[v].earlier_min > 0)
            return sizeof(struct grant);
    return 0;
}

void early_open(struct prison *prison, struct arena *arena)
{
    if (early_room(prison->plan) == 0)
        return;
    prison->early = arena_new(arena, struct early, 1);
    prison->early->grant = arena_new(arena, struct grant, prison->person_room);
    prison->has_dates = true; /* so that a new plan comes by here */
}

/* -- dates */

/* His planned release has moved: onto the list of an `at` that has come, off that of one that has
 * not any more. */
static void stand_anew(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    if (!prison->plan->rules.steps || person_must_move(person))
        return;
    if (step_stands_too_early(prison, person)) {
        waiting_leave(prison, id);
        stay_wait_for_better(prison, id, prison_entitlement(prison, person), person->unit);
    }
    step_stand(prison, id, (int32_t)prison->now_min);
}

static bool is_granted(const struct prison *prison, person_id id)
{
    const struct grant  *grant = &prison->early->grant[id];
    const struct person *person = &prison->person[id];
    return grant->key == person->key && grant->date_min == person->ends_min &&
           grant->status == person->status && grant->key != 0;
}

/* He holds a place, and leaves the system when his status ends. */
static bool is_planned(const struct prison *prison, const struct person *person)
{
    return person->key != 0 && person->flags & PERSON_PLACED && person->route == RELEASE &&
           person->ends_min != NEVER && person->ends_min > prison->now_min &&
           prison_is_held(prison, person);
}

static bool is_for(const struct prison *prison, const struct valve *valve,
                   const struct person *person)
{
    return valve_is_for(prison, &valve->frees, person);
}

static int32_t planned_min(const struct prison *prison, person_id id)
{
    return is_granted(prison, id) ? prison->early->grant[id].planned_min
                                  : prison->person[id].ends_min;
}

/* His date by a valve that is decided now: not before the minute `first_min`. */
static int32_t date_min(const struct prison *prison, const struct valve *valve, person_id id,
                        int64_t first_min)
{
    const struct person *person = &prison->person[id];
    int64_t              date = planned_min(prison, id) - valve->earlier_min;
    if (date < first_min)
        date = first_min;
    date = term_before_weekend(prison, person, date);
    return (int32_t)(date < first_min ? first_min : date);
}

/* Cheap, for most: his date cannot come before a minute. */
static bool is_later(const struct valve *valve, const struct person *person, int64_t minute)
{
    return person->ends_min - valve->earlier_min >=
           minute + (int64_t)WEEKEND_DAYS_AT_MOST * MINUTES_A_DAY;
}

/* The earliest date wins; of equal ones the one that was there. */
static bool grant(struct prison *prison, int v, person_id id, int64_t first_min)
{
    const struct valve *valve = &prison->plan->valves.list[v];
    struct person      *person = &prison->person[id];
    int32_t             date = date_min(prison, valve, id, first_min);
    if (date >= person->ends_min)
        return false;
    prison->early->grant[id] =
        (struct grant){person->key, planned_min(prison, id), date, person->status, (uint8_t)v};
    person->ends_min = date;
    return true;
}

/* By the open valves for everybody, in order of name. */
static bool grant_by_open(struct prison *prison, person_id id, int64_t first_min)
{
    const struct valve *valve = prison->plan->valves.list;
    bool                any = false;
    for (uint64_t rest = prison->early_for_all; rest; rest &= rest - 1) {
        int v = __builtin_ctzll(rest);
        if (is_for(prison, &valve[v], &prison->person[id]))
            any |= grant(prison, v, id, first_min);
    }
    return any;
}

/* What is set free within a minute leaves in the next: this minute's releases may be over. */
bool early_plan(struct prison *prison, person_id id)
{
    if (!prison->early_for_all || is_granted(prison, id) ||
        !is_planned(prison, &prison->person[id]) || !grant_by_open(prison, id, prison->now_min + 1))
        return false;
    stand_anew(prison, id);
    return true;
}

/* -- at a review */

static void reschedule(struct prison *prison, person_id id)
{
    stand_anew(prison, id);
    stay_schedule(prison, &prison->person[id]);
}

void early_for_all(struct prison *prison, int v)
{
    const struct valve *valve = &prison->plan->valves.list[v];
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++)
        if (is_planned(prison, &prison->person[id]) && is_for(prison, valve, &prison->person[id]) &&
            grant(prison, v, id, prison->now_min))
            reschedule(prison, id);
}

void early_take_back(struct prison *prison, int v)
{
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        if (!is_granted(prison, id) || prison->early->grant[id].valve != v)
            continue;
        prison->person[id].ends_min = prison->early->grant[id].planned_min;
        prison->early->grant[id].key = 0;
        grant_by_open(prison, id, prison->now_min);
        reschedule(prison, id);
    }
}

static void list_candidates(struct prison *prison, const struct valve *valve, int64_t until_min)
{
    prison->choice->count = 0;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (is_later(valve, person, until_min) || !is_planned(prison, person) ||
            !is_for(prison, valve, person))
            continue;
        int32_t date = date_min(prison, valve, id, prison->now_min);
        if (date >= until_min || date >= person->ends_min)
            continue;
        choice_add(prison->choice, (struct candidate){planned_min(prison, id), person->key, id});
    }
    choice_order(prison->choice);
}

int64_t early_choose(struct prison *prison, int v, int64_t most, int64_t until_min)
{
    struct choice *choice = prison->choice;
    int64_t        chosen = 0;
    if (most <= 0)
        return 0;
    list_candidates(prison, &prison->plan->valves.list[v], until_min);
    for (; chosen < most && choice->count > 0; chosen++) {
        person_id id = choice->list[0].id;
        (void)grant(prison, v, id, prison->now_min);
        reschedule(prison, id);
        choice_drop_first(choice);
    }
    return chosen;
}

/* -- at somebody's limit */

/* His place is free when he leaves it, and for those who stand for these pools. */
static bool makes_room(const struct prison *prison, const struct person *person, mask pools)
{
    const struct unit_state *unit = &prison->unit[person->unit];
    return person->unit < prison->outside && pools >> unit->pool & 1 &&
           unit->occupied + unit->turnover <= unit->entries && !unit->closed;
}

/* The nearest planned release of those who can leave in the next minute; NOBODY. */
static person_id find_one(const struct prison *prison, const struct valve *valve, mask pools)
{
    int64_t          next_min = prison->now_min + 1;
    struct candidate found = {.id = NOBODY};
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (is_later(valve, person, next_min + 1) || !is_planned(prison, person) ||
            !makes_room(prison, person, pools) || person->ends_min <= next_min ||
            !is_for(prison, valve, person) || date_min(prison, valve, id, next_min) > next_min)
            continue;
        struct candidate one = {planned_min(prison, id), person->key, id};
        if (found.id == NOBODY || candidate_is_before(&one, &found))
            found = one;
    }
    return found.id;
}

bool early_make_room(struct prison *prison, mask pools)
{
    const struct valve *valve = prison->plan->valves.list;
    for (uint64_t rest = prison->early_chosen; rest; rest &= rest - 1) {
        int       v = __builtin_ctzll(rest);
        person_id id = find_one(prison, &valve[v], pools);
        if (id == NOBODY || !valve_take_one(prison, v))
            continue;
        (void)grant(prison, v, id, prison->now_min + 1);
        reschedule(prison, id);
        return true;
    }
    return false;
}

/* -- at release */

bool early_leaves(const struct prison *prison, person_id id)
{
    return prison->early && is_granted(prison, id);
}

void early_count_release(struct prison *prison, person_id id)
{
    const struct grant *used = &prison->early->grant[id];
    if (!is_granted(prison, id))
        return;
    valve_count(prison, used->valve, VALVE_PEOPLE, 1);
    valve_count(prison, used->valve, VALVE_DAYS_SAVED, used->planned_min - prison->now_min);
}
