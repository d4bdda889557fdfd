#include "models/release_law.h"

#include "models/callup.h"
#include "models/early.h"
#include "models/last_part.h"
#include "models/policy.h"
#include "models/replace.h"
#include "models/stay.h"

static bool is_for_present(const struct prison *prison, const struct measure *measure)
{
    return !measure->by_arrival && !policy_is_off(prison, measure);
}

static bool starts_today(const struct prison *prison)
{
    const struct measures *measures = &prison->plan->measures;
    for (int i = 0; i < measures->release_count; i++) {
        const struct measure *measure = &measures->list[measures->release[i]];
        if (is_for_present(prison, measure) && measure->starts == policy_today(prison))
            return true;
    }
    return false;
}

int64_t release_law_next_start_min(const struct prison *prison, int64_t minute)
{
    const struct measures *measures = &prison->plan->measures;
    for (int i = 0; i < measures->release_count; i++) { /* by start */
        const struct measure *measure = &measures->list[measures->release[i]];
        int64_t start_min = (int64_t)(measure->starts - prison->plan->period.start) * MINUTES_A_DAY;
        if (is_for_present(prison, measure) && start_min > minute)
            return start_min;
    }
    return NEVER;
}

/* By how much more he serves from this day on than by the day before. */
static int64_t added_min(const struct prison *prison, const struct person *person, int32_t day,
                         bool with_emergency)
{
    if (!(prison->rereleased >> person->status & 1))
        return 0;
    return term_serve_by_law_min(prison, person, day, with_emergency) -
           term_serve_by_law_min(prison, person, day - 1, with_emergency);
}

static int64_t not_before(int64_t minute, int64_t first_min)
{
    return minute < first_min ? first_min : minute;
}

int32_t release_law_move_min(const struct prison *prison, const struct person *person,
                             int32_t planned_min, int64_t minute, bool with_emergency)
{
    int32_t day = prison->plan->period.start + (int32_t)(minute / MINUTES_A_DAY);
    int64_t added = added_min(prison, person, day, with_emergency);
    if (added == 0)
        return planned_min;
    int64_t ends_min = not_before(planned_min + added, minute + 1);
    ends_min = not_before(term_before_weekend(prison, person, ends_min), minute + 1);
    return ends_min < NEVER ? (int32_t)ends_min : NEVER - 1;
}

/* By the measure that holds for him now. */
static void count(struct prison *prison, const struct person *person, int64_t moved_min)
{
    const struct measure *measure = term_find_release(prison, person, policy_today(prison), true);
    must(measure);
    policy_add(prison, measure->column + RELEASE_PEOPLE, 1);
    policy_add(prison, measure->column + RELEASE_ADDED, moved_min);
}

/* What is due in this minute happens, and he is planned anew after it. */
static bool is_due(const struct prison *prison, person_id id)
{
    const struct event_slot *slot = &prison->events.slots[id];
    return slot->kind != EVENT_IDLE && slot->minute == prison->now_min;
}

static void plan_next(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    if (is_due(prison, id))
        return;
    if (person->flags & PERSON_CALLED)
        callup_plan(prison, id);
    else if (person->flags == PERSON_REPLACED &&
             replace_measure(prison, person)->kind == &measure_replace_sentence)
        replace_plan(prison, id);
    else
        stay_schedule(prison, person);
}

/* At home his end stands as it was when he went. */
static void move_at_home(struct prison *prison, struct person *person)
{
    int64_t ends_min = not_before(
        person->ends_min + added_min(prison, person, policy_today(prison), true), person->here_min);
    if (ends_min == person->ends_min)
        return;
    count(prison, person, ends_min - person->ends_min);
    person->ends_min = ends_min < NEVER ? (int32_t)ends_min : NEVER - 1;
}

static void move(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    int32_t              before_min = early_planned_min(prison, id);
    int32_t planned_min = release_law_move_min(prison, person, before_min, prison->now_min, true);
    if (planned_min == before_min)
        return;
    count(prison, person, planned_min - before_min);
    early_move(prison, id, planned_min);
    if (prison->last_part)
        last_part_move(prison, id, planned_min);
    plan_next(prison, id);
}

void release_law_open_day(struct prison *prison)
{
    if (!starts_today(prison))
        return;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        struct person *person = &prison->person[id];
        if (person->key == 0 || person->route == NO_ROUTE || person->ends_min == NEVER)
            continue;
        if (person_is_sent_home(person))
            move_at_home(prison, person);
        else if (person->ends_min > prison->now_min)
            move(prison, id);
    }
}
