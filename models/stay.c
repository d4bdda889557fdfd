#include "models/stay.h"

#include "models/policy.h"

void stay_schedule_dated(struct prison *prison, person_id id, int64_t minute, enum kind kind)
{
    const struct measures *measures = &prison->plan->measures;
    const struct person   *person = &prison->person[id];
    bool                   is_replaced = (person->flags & PERSON_REPLACED) == PERSON_REPLACED;
    uint64_t may_take = policy_may_take(prison, person) & -(uint64_t)(person->route == RELEASE);
    if (((may_take & measures->early) | prison->early_for_all) && early_plan(prison, id) &&
        person->ends_min <= minute) {
        minute = person->ends_min;
        kind = KIND_RELEASE;
    }
    if (may_take & measures->last_parts || (is_replaced && prison->last_part))
        last_part_next(prison, id, &minute, &kind);
    int64_t step_min = step_has_any(prison, person) ? step_next_min(prison, person) : NEVER;
    if (step_min < minute) {
        minute = step_min;
        kind = KIND_LIMIT;
    }
    if (minute != NEVER)
        events_schedule(&prison->events, id, minute, kind);
}

void stay_forget_dates(struct prison *prison, person_id id)
{
    early_forget(prison, id);
    last_part_forget(prison, id);
}
