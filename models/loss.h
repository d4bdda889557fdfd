/* Loss from a queue: when and why a person who waits leaves it. Not stored but drawn again from his
 * base whenever it is asked.
 */
#ifndef CELSIM_MODELS_LOSS_H
#define CELSIM_MODELS_LOSS_H

#include "models/prison.h"

/* Which of the reasons of his status comes first, and in *minute when, or NEVER. For one who waits.
 */
int loss_find(const struct prison *prison, const struct person *person, int64_t *minute);

/* When he leaves the queue; NEVER: he does not wait for his first place, or has no
 * reason. */
static inline int64_t loss_due_min(const struct prison *prison, const struct person *person)
{
    int64_t minute = NEVER;
    if (prison_status(prison, person)->leave_count > 0 &&
        (person->flags & (PERSON_WAITING | PERSON_PLACED)) == PERSON_WAITING)
        (void)loss_find(prison, person, &minute);
    return minute;
}

/* KIND_STATUS while he waits: he leaves the queue now, counted by the reason. */
void loss_happens(struct prison *prison, person_id id);

#endif
