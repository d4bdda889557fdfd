/* Sentences and remand that measures replace (kinds replace_sentence, instead_of_remand): who comes
 * into a status is judged by his sentence and attributes, and serves it in a regime outside, or
 * leaves; of remand also who is in it when the measure starts. Who is to fail stays in the system
 * until he does, in that regime or outside.
 */
#ifndef CELSIM_MODELS_REPLACE_H
#define CELSIM_MODELS_REPLACE_H

#include "models/prison.h"

/* For one who has come into his status, its length drawn: true when a measure takes him. Then he
 * has left, or has PERSON_REPLACED and his next event. */
bool replace_take(struct prison *prison, person_id id);

/* 0:00 of a day, after what valves look at: those who are in a status go outside for the rest of
 * their stay, by measures for who is present that start on it. */
void replace_open_day(struct prison *prison);

/* Out of his place, off his list and out of a queue, into the unit of a measure by which he serves
 * otherwise, or outside. His status, his clock and the custody that counts stay; nothing is pending
 * for him. */
void replace_put(struct prison *prison, person_id id, const struct measure *measure, uint16_t unit);

/* It is served in a regime, and its end has moved: he leaves then, or fails before. */
void replace_plan(struct prison *prison, person_id id);

/* Counts one who is taken, and the minutes that it saves, in the year of today. */
void replace_count(struct prison *prison, const struct measure *measure, int64_t saved_min);

/* Of that the judgement alone: on a day (1970-01-01 is 0), the first measure by start and name that
 * takes who has come into his status, of those that are no emergency or of all; NULL: none. By
 * normal execution (demand.h) that of those that start in a minute, 0:00, which takes who is in it.
 * And in how many minutes he fails; NEVER: he does not. */
const struct measure *replace_find(const struct prison *prison, const struct person *person,
                                   int32_t day, bool with_emergency);
const struct measure *replace_find_starting(const struct prison *prison,
                                            const struct person *person, int64_t minute);
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
