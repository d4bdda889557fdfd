/* Further titles: the open sentence, of those that stand in a queue, which a person who would be
 * released has still to serve.
 */
#ifndef CELSIM_MODELS_TITLES_H
#define CELSIM_MODELS_TITLES_H

#include "models/prison.h"

/* For titles_seek. */
bool titles_add_seeker(struct prison *prison, person_id id);

/* His status ends in release. false: chance gives him no further title. Else it is settled at the
 * end of the minute: another may end his status in this minute too, or the title be lost in it. */
static inline bool titles_seek(struct prison *prison, person_id id)
{
    return __builtin_expect(prison->title_seeker != NULL, 0) && titles_add_seeker(prison, id);
}

/* Told by placement, at the start of a round, in the order of keys, for each who sought a title in
 * this minute. He serves on that of the longest waiting (then the lowest key) in the queue with the
 * same attributes, who leaves the system, since they are one human being; with none there, or where
 * his place does not admit that status, he is released. */
void titles_settle(struct prison *prison, person_id id);

#endif
