/* Crises of people who are held in a place of their own: who is in one now, and when that changes.
 * Where he is meanwhile is for step.c. Kept beside the persons' records, only where some rule is
 * for people in a crisis.
 */
#ifndef CELSIM_MODELS_CRISIS_H
#define CELSIM_MODELS_CRISIS_H

#include "models/prison.h"

/* The clock of a person's crises. It runs from his first place in a status on, until he leaves the
 * status or is no longer held. */
struct crisis_clock {
    int32_t  next_min;  /* the next crisis begins, or this one is over; NEVER */
    int32_t  since_min; /* in a crisis, or out of it, since */
    uint32_t draws;     /* so many beginnings were drawn, in whatever status */
    bool     runs;
    bool     is_on; /* he is in a crisis */
};

/* -- the clock of one person, for whom some rule is in a crisis */

/* The rule that holds in a crisis; NULL: people of his status and attributes have none. */
static inline const struct entitlement *crisis_rule(const struct prison *prison,
                                                    const struct person *person)
{
    const struct rules *rules = &prison->plan->rules;
    return rules->has_crises
               ? rules->steps[(size_t)person->status * rules->profile_count + person->profile]
                     .crisis
               : NULL;
}

/* He is in no crisis from a minute on: the first is drawn. */
void crisis_start(const struct prison *prison, const struct person *person,
                  struct crisis_clock *clock, int32_t from_min);
/* Up to a minute, with what is due in it. */
void crisis_advance(const struct prison *prison, const struct person *person,
                    struct crisis_clock *clock, int64_t now_min);
void crisis_stop(struct crisis_clock *clock);
/* He has another status from a minute on: a crisis that is not over then goes on where people of
 * that can have one. */
void crisis_keep(const struct prison *prison, const struct person *person,
                 struct crisis_clock *clock, int64_t now_min);

/* -- in the world */

size_t crisis_room(const struct scenario *plan);
void   crisis_open(struct prison *prison, struct arena *arena);

/* His clock as it stands; of who never had a place one that does not run. */
const struct crisis_clock *crisis_clock_of(const struct prison *prison,
                                           const struct person *person);
/* In a place of the rule that holds in a crisis. */
bool crisis_is_placed(const struct prison *prison, const struct person *person);

/* Where he is at the start, when his rule puts him in `unit`: in a crisis place, if he is in a
 * crisis and one is free. is_told: the scenario says where he is, and with that whether he is in
 * one. elapsed_min: since his custody began. */
uint16_t crisis_put(struct prison *prison, person_id id, uint16_t unit, bool is_told,
                    int32_t elapsed_min);

/* What is due in this minute: a crisis begins, or is over. His clock starts if he has a place. */
void crisis_turn(struct prison *prison, person_id id);
/* Counts him where he is: in a crisis, without a place for it. */
void crisis_count(struct prison *prison, person_id id);
/* He is in another unit, has another status, leaves the system. */
void crisis_moved(struct prison *prison, person_id id);
void crisis_changed_status(struct prison *prison, person_id id);
void crisis_left(struct prison *prison, person_id id);

/* Of the day that ends, into its row and its year; NULL: in the warm-up. */
void crisis_record(struct prison *prison, int32_t *row, int64_t *year);

/* At midnight, before what is dated at this minute. */
void crisis_check(const struct prison *prison);

#endif
