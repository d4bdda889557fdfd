/* Of a queue for call-up from which further titles are drawn: its people of one profile, in the
 * order of the queue, so that the longest waiting of a profile is found without passing all others.
 */
#ifndef CELSIM_MODELS_ALIKE_H
#define CELSIM_MODELS_ALIKE_H

#include "models/prison.h"

/* For the queues for call-up, which are long. */
void alike_open(struct prison *prison, struct arena *arena);

/* For a list with `alike`: he stands on it, or leaves it. */
void alike_join(struct prison *prison, struct waiting_list *list, person_id id);
void alike_leave(struct prison *prison, struct waiting_list *list, person_id id);

/* The list has been put in order: whoever joined before that is put in order too. */
void alike_sort(struct prison *prison, struct waiting_list *list);

#endif
