/* Further titles: the open sentence that a person who would be released has still to serve. Reads
 * the queues, changes nothing.
 */
#ifndef CELSIM_MODELS_TITLES_H
#define CELSIM_MODELS_TITLES_H

#include "models/prison.h"

/* Whether chance gives him a further title at the end of his status: he must have a place. */
bool titles_has_further(const struct prison *prison, const struct person *person);

/* Whose title it is: the longest waiting (then the lowest key) in the queue of that status with the
 * same attributes; NOBODY: there is none, or his place admits nobody of that status. */
person_id titles_find(const struct prison *prison, const struct person *person);

#endif
