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

/* His sentence is served in a regime, and its end has moved: he leaves then, or fails before. */
void replace_plan(struct prison *prison, person_id id);

/* Of that the judgement alone: on a day (1970-01-01 is 0), the first measure by start and name that
 * takes who has come into his status, of those that are no emergency or of all; NULL: none. And in
 * how many minutes he fails; NEVER: he does not. */
const struct measure *replace_find(const struct prison *prison, const struct person *person,
                                   int32_t day, bool with_emergency);
int32_t               replace_draw_failure(const struct prison *prison, const struct person *person,
                                           const struct measure *measure);

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
