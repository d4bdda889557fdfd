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

/* Counts him in or out among those who stand on a list while they are in a pool that may be in a
 * ring: `change` is 1 or -1. When he joins, leaves, or moves while he stands there. */
static inline void waiting_sit(struct prison *prison, const struct person *person, int change)
{
    const struct rules *rules = &prison->plan->rules;
    if (person->unit >= prison->outside || !prison->unit[person->unit].rings ||
        person->list >= rules->list_count || person_must_move(person))
        return; /* who must move may not hand on his place */
    int      pool = rules->pool_of_unit[person->unit];
    mask     bit = (mask)1 << pool;
    int32_t *sitting = &prison->sitting[person->list * rules->pool_count + pool];
    *sitting += change;
    if (*sitting == 0)
        prison->sitting_pools[person->list] &= ~bit;
    else if (change > 0) {
        prison->sitting_pools[person->list] |= bit;
        /* the others may be in units that are closed */
        if (*sitting == 1 || prison->units_close)
            prison->ring_wanted |= bit;
    }
}

/* In the order of longest waiting. */
static inline bool waits_before(const struct person *a, const struct person *b)
{
    return a->since_min < b->since_min || (a->since_min == b->since_min && a->key < b->key);
}

void waiting_join(struct prison *prison, person_id id, list_id list);
void waiting_leave(struct prison *prison, person_id id);

/* For the starting population, which joins in any order: nobody leaves a list, and none is asked
 * for its first, before waiting_sort() has put them all in order, also who came by waiting_join().
 * Together linear but for a logarithm. */
void waiting_start(struct prison *prison, person_id id, list_id list);
void waiting_sort(struct prison *prison);

/* The first of a list, or NOBODY. */
person_id waiting_first(const struct prison *prison, list_id list);

/* The i-th of a list, in whatever order it is kept: `before` is the one before him. */
person_id waiting_ith(const struct prison *prison, list_id list, uint32_t i, person_id before);

/* The first of the lists whose bits are set (all of one rule), by the order of that rule. */
person_id waiting_first_of(const struct prison *prison, mask lists);

/* The pools in which somebody of a list may hand on his place in a ring: who sits there, in a unit
 * that takes people in now. Where the rules allow rings. */
mask waiting_open_pools(const struct prison *prison, list_id list);

/* The first in order, of any list, of those in pool `from` who wait for pool `to`, may hand on
 * their place and need no transport that there is not; both may be in a ring. NOBODY: there is
 * none. */
person_id waiting_first_from(const struct prison *prison, int from, int to);
/* The longest waiting of a list (then the lowest key), with this status and profile, who has no
 * place yet and is not at the gate in this minute; NOBODY. Looks at one after the other, where
 * titles are drawn from a queue (alike.h) at those of the profile. */
person_id waiting_longest(const struct prison *prison, list_id list, int status, uint32_t profile);

#endif
