#include "models/last_part.h"

#include "models/marks.h"
#include "models/policy.h"
#include "models/replace.h"
#include "models/stay.h"

/* Holds while the person, his status and his planned release are those for which it was made; of
 * who has failed, for good. */
struct last_date {
    uint64_t key;
    int32_t  planned_min, starts_min; /* NEVER: no measure is for him */
    int32_t  back_min;                /* he fails then, if he is not released before; NEVER */
    uint8_t  status, measure;
    bool     has_failed;
};

struct last_part {
    struct last_date *date;     /* [person] */
    uint64_t         *is_known; /* marks: of whom it may say something */
};

size_t last_part_room(const struct scenario *plan)
{
    return plan->measures.last_parts ? sizeof(struct last_date) + MARK_ROOM : 0;
}

void last_part_open(struct prison *prison, struct arena *arena)
{
    if (last_part_room(prison->plan) == 0)
        return;
    prison->last_part = arena_new(arena, struct last_part, 1);
    prison->last_part->date = arena_new(arena, struct last_date, prison->person_room);
    prison->last_part->is_known = marks_new(arena, prison->person_room);
    prison->has_dates = true; /* so that a new plan comes by here */
}

/* The earliest date, of equal ones the first by start and name. */
static int32_t find(const struct prison *prison, const struct person *person, int32_t planned_min,
                    int32_t today, bool with_emergency, const struct measure **by)
{
    const struct measures *measures = &prison->plan->measures;
    int64_t                least_min = NEVER;
    uint64_t set = policy_candidates(prison, person, measures->last_parts, with_emergency);
    for (; set; set &= set - 1) {
        const struct measure *measure = measures_first(measures, set);
        if (!early_takes(prison, measure, person, today))
            continue;
        int64_t minute =
            planned_min - early_by_measure_min(prison, measure, person, today, with_emergency);
        if (minute >= least_min || minute >= planned_min)
            continue;
        least_min = minute;
        *by = measure;
    }
    return least_min < INT32_MIN ? INT32_MIN : (int32_t)least_min;
}

/* He holds a place, and leaves the system when his status ends. */
static bool is_planned(const struct prison *prison, const struct person *person)
{
    return !(person->flags & PERSON_HOME) && person->route == RELEASE &&
           person->ends_min != NEVER && person->ends_min > prison->now_min &&
           prison_holds_place(prison, person);
}

static bool is_known(const struct prison *prison, person_id id, int32_t planned_min)
{
    const struct person    *person = &prison->person[id];
    const struct last_date *date = &prison->last_part->date[id];
    return marks_has(prison->last_part->is_known, id) && date->key == person->key &&
           (date->has_failed ||
            (date->planned_min == planned_min && date->status == person->status));
}

/* Not before the next minute. */
static void judge(struct prison *prison, person_id id, int32_t planned_min)
{
    const struct person  *person = &prison->person[id];
    const struct measure *by = prison->plan->measures.list;
    int32_t minute = find(prison, person, planned_min, policy_today(prison), true, &by);
    if (minute <= prison->now_min)
        minute = (int32_t)prison->now_min + 1;
    marks_set(prison->last_part->is_known, id);
    prison->last_part->date[id] =
        (struct last_date){person->key, planned_min,    minute,
                           NEVER,       person->status, (uint8_t)(by - prison->plan->measures.list),
                           false};
}

void last_part_next(struct prison *prison, person_id id, int64_t *minute, enum kind *kind)
{
    const struct person    *person = &prison->person[id];
    const struct last_date *date = &prison->last_part->date[id];
    if ((person->flags & PERSON_REPLACED) == PERSON_REPLACED) {
        if (date->key == person->key && date->back_min < *minute) {
            *minute = date->back_min;
            *kind = KIND_ARRIVAL;
        }
        return;
    }
    if (!is_planned(prison, person))
        return;
    int32_t planned_min = early_planned_min(prison, id);
    if (!is_known(prison, id, planned_min) || date->starts_min <= prison->now_min)
        judge(prison, id, planned_min); /* it came while he had no place: then now */
    if (date->starts_min < *minute) {
        *minute = date->starts_min;
        *kind = KIND_LIMIT;
    }
}

void last_part_judge_anew(struct prison *prison, person_id id)
{
    struct last_date *date = &prison->last_part->date[id];
    int32_t           planned_min = early_planned_min(prison, id);
    if (!is_known(prison, id, planned_min) || date->has_failed)
        return;
    struct last_date before = *date;
    judge(prison, id, planned_min);
    if (before.starts_min <= date->starts_min)
        *date = before;
}

void last_part_move(struct prison *prison, person_id id, int32_t planned_min)
{
    struct last_date *date = &prison->last_part->date[id];
    if (date->key == prison->person[id].key && prison->person[id].flags == PERSON_REPLACED)
        date->planned_min = planned_min;
}

void last_part_forget(struct prison *prison, person_id id)
{
    if (prison->last_part)
        marks_clear(prison->last_part->is_known, id);
}

int32_t last_part_starts_min(const struct prison *prison, person_id id)
{
    if (!prison->last_part)
        return NEVER;
    return is_known(prison, id, early_planned_min(prison, id))
               ? prison->last_part->date[id].starts_min
               : NEVER;
}

bool last_part_begins(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    struct last_date    *date = &prison->last_part->date[id];
    if (!is_planned(prison, person) || last_part_starts_min(prison, id) != prison->now_min)
        return false;
    const struct measure *measure = &prison->plan->measures.list[date->measure];
    int32_t               fails_min = replace_draw_failure(prison, person, measure);
    int64_t               left_min = person->ends_min - prison->now_min;
    replace_put(prison, id, measure, (uint16_t)measure->unit);
    prison_trace(prison, id, TRACE_REPLACED);
    date->back_min = fails_min == NEVER ? NEVER : (int32_t)prison->now_min + fails_min;
    replace_count(prison, measure, fails_min < left_min ? fails_min : left_min);
    stay_schedule(prison, person);
    return true;
}

void last_part_fail(struct prison *prison, person_id id)
{
    struct last_date *date = &prison->last_part->date[id];
    policy_add(prison, prison->plan->measures.list[date->measure].column + REPLACE_FAILED, 1);
    prison->person[id].ends_min = early_planned_min(prison, id);
    date->has_failed = true;
    date->starts_min = date->back_min = NEVER;
    prison_move(prison, id, prison_outside(prison));
}

int32_t last_part_normally(const struct prison *prison, const struct person *person,
                           int64_t now_min, const struct measure **by)
{
    int32_t today = prison_date(prison, now_min);
    int32_t minute = find(prison, person, person->ends_min, today, false, by);
    return minute <= now_min ? (int32_t)now_min + 1 : minute;
}
