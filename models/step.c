#include "models/step.h"

#include "models/waiting.h"

/* NULL: none of his rules has a date. */
static const struct dates *dates_of(const struct prison *prison, const struct person *person)
{
    const struct rules *rules = &prison->plan->rules;
    return rules->steps
               ? &rules->steps[(size_t)person->status * rules->profile_count + person->profile]
               : NULL;
}

static int rule_of(const struct prison *prison, list_id list)
{
    return prison->plan->rules.lists[list].rule;
}

/* -- who waits for a first place */

/* The last rule that has come by a minute. */
static const struct entitlement *wait_by(const struct prison *prison, const struct person *person,
                                         int64_t minute)
{
    const struct entitlement *holds = prison_entitlement(prison, person);
    const struct dates       *dates = dates_of(prison, person);
    for (int i = 0; dates && i < dates->after_count; i++)
        if (person->since_min + dates->after[i].min <= minute)
            holds = &dates->after[i].to;
    return holds;
}

static list_id list_by(const struct prison *prison, const struct person *person, int64_t minute)
{
    const struct entitlement *entitlement = wait_by(prison, person, minute);
    bool                      is_past = person->flags & (PERSON_AT_LIMIT | PERSON_OVER_LIMIT);
    return is_past && entitlement->wider != NO_LIST &&
                   status_has_rung(prison_status(prison, person), RUNG_OUT_OF_CATEGORY)
               ? entitlement->wider
               : entitlement->list;
}

const struct entitlement *step_of_wait(const struct prison *prison, const struct person *person)
{
    return wait_by(prison, person, prison->now_min);
}

list_id step_list_of_wait(const struct prison *prison, const struct person *person)
{
    return list_by(prison, person, prison->now_min);
}

const struct entitlement *step_of_list(const struct prison *prison, const struct person *person)
{
    const struct entitlement *own = prison_entitlement(prison, person);
    const struct dates       *dates = dates_of(prison, person);
    if (!dates || person->list >= prison->plan->rules.list_count)
        return own;
    int rule = rule_of(prison, person->list);
    for (int i = 0; i < dates->after_count; i++)
        if (rule_of(prison, dates->after[i].to.list) == rule)
            return &dates->after[i].to;
    for (int i = 0; i < dates->at_count; i++)
        if (rule_of(prison, dates->at[i].to.list) == rule)
            return &dates->at[i].to;
    return own;
}

/* -- who has a place */

static bool will_be_released(const struct prison *prison, const struct person *person)
{
    return (person->flags & PERSON_REPLACED) == PERSON_PLACED && !person_must_move(person) &&
           person->route == RELEASE && person->ends_min != NEVER &&
           person->ends_min > prison->now_min;
}

/* The last `at` that has come by a minute; NULL: none. */
static const struct dated *at_by(const struct prison *prison, const struct person *person,
                                 int64_t minute)
{
    const struct dates *dates = dates_of(prison, person);
    const struct dated *found = NULL;
    if (!dates || dates->at_count == 0 || !will_be_released(prison, person))
        return NULL;
    for (int i = 0; i < dates->at_count; i++)
        if (person->ends_min - dates->at[i].min <= minute)
            found = &dates->at[i];
    return found;
}

/* For what he waits by this rule: a place, a better one, or NO_LIST: he has it. */
static list_id list_to_join(const struct prison *prison, const struct person *person,
                            const struct entitlement *to)
{
    const struct rules *rules = &prison->plan->rules;
    if (person->unit >= prison->outside)
        return to->list;
    mask pool = (mask)1 << rules->pool_of_unit[person->unit];
    if (!(rules->lists[to->list].pools & pool))
        return to->list;
    return rules->list[rule_of(prison, to->list)].out_of_category & pool ? to->better : NO_LIST;
}

void step_stand(struct prison *prison, person_id id, int32_t from_min)
{
    struct person      *person = &prison->person[id];
    const struct dated *step = at_by(prison, person, prison->now_min);
    if (!step)
        return;
    if (person->list != NO_LIST) {
        if (rule_of(prison, person->list) == rule_of(prison, step->to.list))
            return;
        waiting_leave(prison, id);
    }
    list_id list = list_to_join(prison, person, &step->to);
    if (list == NO_LIST)
        return;
    int64_t came_min = person->ends_min - step->min;
    person->since_min = came_min > from_min ? (int32_t)came_min : from_min;
    waiting_join(prison, id, list);
    prison->round_wanted = true; /* a place may be free already */
}

bool step_stands_too_early(const struct prison *prison, const struct person *person)
{
    const struct dates *dates = dates_of(prison, person);
    if (!dates || dates->at_count == 0 || person->list >= prison->plan->rules.list_count)
        return false;
    const struct dated *holds = at_by(prison, person, prison->now_min);
    for (int i = 0; i < dates->at_count; i++)
        if (rule_of(prison, dates->at[i].to.list) == rule_of(prison, person->list))
            return holds != &dates->at[i];
    return false;
}

/* -- both */

int64_t step_next_min(const struct prison *prison, const struct person *person)
{
    const struct dates *dates = dates_of(prison, person);
    if (!dates || person_must_move(person))
        return NEVER;
    if (person->flags & PERSON_WAITING) {
        for (int i = 0; i < dates->after_count; i++)
            if (person->since_min + dates->after[i].min > prison->now_min)
                return person->since_min + dates->after[i].min;
    } else if (will_be_released(prison, person)) {
        for (int i = 0; i < dates->at_count; i++)
            if (person->ends_min - dates->at[i].min > prison->now_min)
                return person->ends_min - dates->at[i].min;
    }
    return NEVER;
}

/* At midnight, before what is dated at this minute. */
void step_check(const struct prison *prison)
{
    if (!prison->plan->rules.steps)
        return;
    int64_t before_min = prison->now_min - 1;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (person->key == 0 || person_must_move(person))
            continue;
        if (person->flags & PERSON_WAITING && person->list < prison->plan->rules.list_count)
            must(person->list == list_by(prison, person, before_min));
        const struct dated *step = at_by(prison, person, before_min);
        if (!step)
            continue;
        list_id list = list_to_join(prison, person, &step->to);
        must(list == NO_LIST || person->list == list);
    }
}
