/* Lengths that measures change (kinds sentence_length and hearings): the sentence, or the stay, of
 * who comes into a status, before anything follows from it.
 */
#ifndef CELSIM_MODELS_LENGTHS_H
#define CELSIM_MODELS_LENGTHS_H

#include "models/prison.h"

/* For the one below. */
void lengths_judge(struct prison *prison, struct person *person);

/* 0:00 of a day: those who are in a status, by hearings for who is present that start on it. */
void lengths_open_day(struct prison *prison);

/* By normal execution (demand.h): by so much longer becomes his stay by those that start in a
 * minute, 0:00. */
int64_t lengths_longer_min(const struct prison *prison, const struct person *person,
                           int64_t minute);

/* By normal execution (demand.h): the length of who drew this one on such a day, without measures
 * that are an emergency; nothing is counted. */
int32_t lengths_normally(const struct prison *prison, const struct person *person, int32_t today);

/* For one whose length was drawn as he came into his status. */
static inline void lengths_change(struct prison *prison, struct person *person)
{
    if (__builtin_expect(prison->changed >> person->status & 1, 0))
        lengths_judge(prison, person);
}

#endif
