/* Routes that measures change (kind routes): what follows a status, when its clock starts.
 */
#ifndef CELSIM_MODELS_ROUTES_H
#define CELSIM_MODELS_ROUTES_H

#include "models/prison.h"

/* For the two below. */
void routes_judge(struct prison *prison, struct person *person);
void routes_uncount(struct prison *prison, const struct person *person);

/* By normal execution (demand.h): the route of who drew this one on such a day, without measures
 * that are an emergency; nothing is counted. */
int8_t routes_normally(const struct prison *prison, const struct person *person, int32_t today);

/* For one whose route was drawn as his clock started. */
static inline void routes_change(struct prison *prison, struct person *person)
{
    if (__builtin_expect(prison->rerouted >> person->status & 1, 0))
        routes_judge(prison, person);
}

/* His clock did not start after all, on the same day: he is not counted. */
static inline void routes_forget(struct prison *prison, const struct person *person)
{
    if (__builtin_expect(prison->rerouted >> person->status & 1, 0))
        routes_uncount(prison, person);
}

#endif
