#include "models/release_law.h"

#include "models/callup.h"
#include "models/early.h"
#include "models/last_part.h"
#include "models/policy.h"
#include "models/replace.h"
#include "models/stay.h"

size_t release_law_room(const struct scenario *plan)
{
    return plan->measures.releases_of_present ? sizeof(int32_t) : 0;
}

void release_law_open(struct prison *prison, struct arena *arena)
{
    if (release_law_room(prison->plan) > 0)
        prison->unmoved_min = arena_new(arena, int32_t, prison->person_room);
}

int64_t release_law_added_min(const struct prison *prison, const struct person *person,
                              int64_t minute, bool with_emergency)
{
    int32_t day = prison_date(prison, minute);
    if (!(prison->rereleased >> person->status & 1))
        return 0;
    return term_serve_by_law_min(prison, person, day, with_emergency) -
           term_serve_by_law_min(prison, person, day - 1, with_emergency);
}

static int64_t not_before(int64_t minute, int64_t first_min)
{
    return minute < first_min ? first_min : minute;
}

int32_t release_law_end_min(const struct prison *prison, const struct person *person,
                            int64_t unmoved_min, int64_t minute)
{
    int64_t ends_min = not_before(unmoved_min, minute + 1);
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

static void plan_next(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    if (stay_is_due(prison, id))
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
static int32_t end_at_home(const struct person *person, int64_t unmoved_min)
{
    int64_t ends_min = not_before(unmoved_min, person->here_min);
    return ends_min < NEVER ? (int32_t)ends_min : NEVER - 1;
}

static void move_at_home(struct prison *prison, person_id id, int64_t unmoved_min)
{
    struct person *person = &prison->person[id];
    int32_t        ends_min = end_at_home(person, unmoved_min);
    if (ends_min != person->ends_min)
        count(prison, person, ends_min - person->ends_min);
    person->ends_min = ends_min;
}

static void move(struct prison *prison, person_id id, int64_t unmoved_min)
{
    const struct person *person = &prison->person[id];
    int32_t ends_min = release_law_end_min(prison, person, unmoved_min, prison->now_min);
    int32_t before_min = early_planned_min(prison, id);
    if (ends_min == before_min)
        return;
    count(prison, person, ends_min - before_min);
    early_move(prison, id, ends_min);
    if (prison->last_part)
        last_part_move(prison, id, ends_min);
    plan_next(prison, id);
}

static void judge(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    bool           is_home = person_is_sent_home(person);
    if (person->key == 0 || person->route == NO_ROUTE || person->ends_min == NEVER ||
        (!is_home && person->ends_min <= prison->now_min))
        return;
    int64_t added_min = release_law_added_min(prison, person, prison->now_min, true);
    if (added_min == 0)
        return;
    int64_t unmoved_min = prison->unmoved_min[id] + added_min;
    stay_note_end(prison, person, unmoved_min);
    if (is_home)
        move_at_home(prison, id, unmoved_min);
    else
        move(prison, id, unmoved_min);
}

void release_law_open_day(struct prison *prison)
{
    if (!policy_starts_today(prison, prison->plan->measures.releases))
        return;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++)
        judge(prison, id);
}
