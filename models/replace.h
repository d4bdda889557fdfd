/* Sentences that measures replace (kind replace_sentence): who comes into a status is judged by his
 * sentence and attributes, and serves it in a regime outside, or leaves. Who is to fail stays in
 * the system until he does, in that regime or outside.
 */
#ifndef CELSIM_MODELS_REPLACE_H
#define CELSIM_MODELS_REPLACE_H

#include "models/prison.h"

/* For one who has come into his status, its length drawn: true when a measure takes him. Then he
 * has left, or has PERSON_REPLACED and his next event. */
bool replace_take(struct prison *prison, person_id id);

/* The measure by which he serves otherwise. */
static inline const struct measure *replace_measure(const struct prison *prison,
                                                    const struct person *person)
{
    return &prison->plan->measures.list[person->next];
}

/* When he fails: out of the regime where he served. The custody that counts by then, in which what
 * he served there is included: its start, or NEVER. */
int32_t replace_fail(struct prison *prison, person_id id);

#endif
