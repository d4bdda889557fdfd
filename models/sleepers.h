/* Who has left and is to come back: 32 bytes each, by the day of his return. On that day he gets a
 * record like all who arrive: a new stay with the key of the one before and its generation.
 */
#ifndef CELSIM_MODELS_SLEEPERS_H
#define CELSIM_MODELS_SLEEPERS_H

#include "models/prison.h"

/* Takes room; nothing where nobody returns. After prison_open. */
void sleepers_open(struct prison *prison, struct arena *arena);

/* What that takes of the arena, bytes. */
size_t sleepers_room(const struct scenario *plan);

/* For returns_leave. */
__attribute__((cold)) void sleepers_judge(struct prison *prison, person_id id, enum left_by by);

/* He leaves the system now, by the record that he has until then: he may come back one day. */
static inline void returns_leave(struct prison *prison, person_id id, enum left_by by)
{
    if (__builtin_expect(prison->sleepers != NULL, 0))
        sleepers_judge(prison, id, by);
}

/* Those of the day that begins get their records and the events of their arrival. Only after
 * sleepers_open took room, like all below. */
void sleepers_wake(struct prison *prison);

/* How many came back today; from now on none. */
int32_t sleepers_take_count(struct prison *prison);

/* The day (1970-01-01 is 0) on which one came back who has come back. */
int32_t sleepers_day_of(const struct prison *prison, const struct person *person);

#endif
