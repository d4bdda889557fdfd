/* Loss from a queue: when and why a person who waits leaves it. Not stored but drawn again from his
 * base whenever it is asked.
 */
#ifndef CELSIM_MODELS_LOSS_H
#define CELSIM_MODELS_LOSS_H

#include "models/prison.h"

/* When the first of the reasons of his status comes, or NEVER. For one who waits. With `stops` as
 * the valves that stop arrests have it, else as if there were none. */
int64_t loss_find_min(const struct prison *prison, const struct person *person, bool stops);

/* Which reason it is that has come at this minute: the number of a row of `leaves`. */
int loss_find_reason(const struct prison *prison, const struct person *person, int64_t minute,
                     bool stops);

/* When he leaves the queue; NEVER: he does not wait for his first place, or has no
 * reason. */
static inline int64_t loss_due_min(const struct prison *prison, const struct person *person)
{
    if (prison_status(prison, person)->leave_count == 0 ||
        (person->flags & (PERSON_WAITING | PERSON_PLACED)) != PERSON_WAITING)
        return NEVER;
    return loss_find_min(prison, person, true);
}

/* KIND_STATUS while he waits: he leaves the queue now, counted by the reason. */
void loss_happens(struct prison *prison, person_id id);

#endif
