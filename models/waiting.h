/* Lists of waiting people. First the longest waiting (then the person's key), or the longest
 * sentence (then the key). Joining at the end, taking the first and leaving cost the same for any
 * number of people; a heap costs its logarithm.
 */
#ifndef CELSIM_MODELS_WAITING_H
#define CELSIM_MODELS_WAITING_H

#include "models/prison.h"

/* Room for all lists of the plan and as many queues for call-up. */
void waiting_open(struct prison *prison, struct arena *arena);

/* The index of the queue of people who wait to be called up to this list. */
static inline list_id waiting_call_queue(const struct prison *prison, list_id list)
{
    return (list_id)(prison->plan->rules.list_count + list);
}

void waiting_join(struct prison *prison, person_id id, list_id list);
/* For the starting population, who have waited since any time: joins at the end, and waiting_sort
 * puts all in order before anybody is taken. */
void waiting_join_unsorted(struct prison *prison, person_id id, list_id list);
void waiting_sort(struct prison *prison);
void waiting_leave(struct prison *prison, person_id id);

/* The first of a list, or NOBODY. */
person_id waiting_first(const struct prison *prison, list_id list);

/* The first of the lists whose bits are set (all of one rule), by the order of that rule. */
person_id waiting_first_of(const struct prison *prison, mask lists);

/* The longest waiting of a list (then the lowest key), with this status and profile, who has no
 * place yet and is not at the gate in this minute; NOBODY. Looks at one after the other. */
person_id waiting_longest(const struct prison *prison, list_id list, int status, uint32_t profile);

#endif
