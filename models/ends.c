#include "models/ends.h"

#include "models/callup.h"
#include "models/early.h"
#include "models/last_part.h"
#include "models/replace.h"
#include "models/stay.h"

size_t ends_room(const struct scenario *plan)
{
    const struct measures *measures = &plan->measures;
    return measures->releases_of_present | measures->hearings_of_present ? sizeof(int32_t) : 0;
}

void ends_open(struct prison *prison, struct arena *arena)
{
    if (ends_room(prison->plan) > 0)
        prison->unmoved_min = arena_new(arena, int32_t, prison->person_room);
}

static int64_t not_before(int64_t minute, int64_t first_min)
{
    return minute < first_min ? first_min : minute;
}

bool ends_later(const struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    return person->key != 0 && person->route != NO_ROUTE && person->ends_min != NEVER &&
           (person_is_sent_home(person) || person->ends_min > prison->now_min);
}

int32_t ends_moved_min(const struct prison *prison, const struct person *person,
                       int64_t unmoved_min, int64_t minute)
{
    int64_t ends_min = not_before(unmoved_min, minute + 1);
    return term_end_min(not_before(term_before_weekend(prison, person, ends_min), minute + 1));
}

int32_t ends_if_longer_min(const struct prison *prison, person_id id, int64_t longer_min)
{
    const struct person *person = &prison->person[id];
    int64_t              unmoved_min = prison->unmoved_min[id] + longer_min;
    if (person_is_sent_home(person)) /* as it stood when he went */
        return term_end_min(not_before(unmoved_min, person->here_min));
    return ends_moved_min(prison, person, unmoved_min, prison->now_min);
}

void ends_schedule(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    if (person->flags & PERSON_CALLED)
        callup_plan(prison, id);
    else if (person->flags == PERSON_REPLACED &&
             replace_measure(prison, person)->kind != &measure_last_part_outside)
        replace_plan(prison, id);
    else
        stay_schedule(prison, person);
}

int64_t ends_move(struct prison *prison, person_id id, int64_t longer_min)
{
    struct person *person = &prison->person[id];
    bool           is_home = person_is_sent_home(person);
    int32_t        ends_min = ends_if_longer_min(prison, id, longer_min);
    int32_t        before_min = is_home ? person->ends_min : early_planned_min(prison, id);
    stay_note_end(prison, person, prison->unmoved_min[id] + longer_min);
    if (ends_min == before_min)
        return 0;
    if (is_home) {
        person->ends_min = ends_min;
        return (int64_t)ends_min - before_min;
    }
    early_move(prison, id, ends_min);
    if (prison->last_part)
        last_part_move(prison, id, ends_min);
    if (!stay_is_due(prison, id))
        ends_schedule(prison, id);
    return (int64_t)ends_min - before_min;
}
