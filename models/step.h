/* Rules with a date (`after`, `at`) and for a crisis (`during`): which rule holds for a person now,
 * and when the next begins to. All follows from the plan and his dates: nothing is kept.
 */
#ifndef CELSIM_MODELS_STEP_H
#define CELSIM_MODELS_STEP_H

#include "models/prison.h"

/* Whether any of his rules has a date: else nothing below has to be asked. */
static inline bool step_has_any(const struct prison *prison, const struct person *person)
{
    const struct rules *rules = &prison->plan->rules;
    if (!rules->steps || prison->crises) /* from a crisis one may come into a status without any */
        return rules->steps != NULL;
    const struct dates *dates =
        &rules->steps[(size_t)person->status * rules->profile_count + person->profile];
    return dates->after_count + dates->at_count > 0;
}

/* What holds for one who waits for a first place: his rule, or the last `after` that has come. */
const struct entitlement *step_of_wait(const struct prison *prison, const struct person *person);

/* Where he stands then: at and past the legal limit also for places out of category. */
list_id step_list_of_wait(const struct prison *prison, const struct person *person);

/* What holds for him by the list on which he stands; on none: his rule. */
const struct entitlement *step_of_list(const struct prison *prison, const struct person *person);

/* When the next rule begins to hold, later than now; NEVER: none does. */
int64_t step_next_min(const struct prison *prison, const struct person *person);

/* He has a place: onto the list of the crisis that he is in, else of the last `at` that has come,
 * unless he is there; or back, when a crisis is over. He waits since that came, or since from_min
 * when that is later. */
void step_stand(struct prison *prison, person_id id, int32_t from_min);

/* Of who has a place and stands on a list, when his rule has changed: where he stands if he goes
 * back from a crisis place by it; else the list `otherwise`. */
list_id step_list_of_place(const struct prison *prison, const struct person *person,
                           list_id otherwise);

/* Of who has a place and stands on no list, when his rule has changed: out of a crisis in a place
 * for it that is not his own any more he goes back. */
void step_stand_by_other_rule(struct prison *prison, person_id id);

/* Stands on the list of an `at` that holds no longer, since his planned release is later now. */
bool step_stands_too_early(const struct prison *prison, const struct person *person);

/* Stops the program where somebody does not stand where a rule with a date puts him. */
void step_check(const struct prison *prison);

#endif
