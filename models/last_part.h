/* The last part of a sentence outside (measures of the kind last_part_outside): who has a place,
 * and leaves the system when his status ends, goes to a regime outside some time before the planned
 * release, and stays there until he is released, or fails and serves the rest inside.
 */
#ifndef CELSIM_MODELS_LAST_PART_H
#define CELSIM_MODELS_LAST_PART_H

#include "models/prison.h"

/* Takes room for the dates; nothing where no measure is of the kind. */
void last_part_open(struct prison *prison, struct arena *arena);

/* What that takes of the arena, bytes a person. */
size_t last_part_room(const struct scenario *plan);

/* What comes next of it, if it comes before `minute`: he goes outside, or fails there. Only after
 * last_part_open took room, as all below; his early dates are known. */
void last_part_next(struct prison *prison, person_id id, int64_t *minute, enum kind *kind);

/* A measure for who is present begins: of the date that he has and one by the law of today the
 * earlier holds, of equal ones his own. */
void last_part_judge_anew(struct prison *prison, person_id id);

/* His planned release is another now; who is outside stays there. */
void last_part_move(struct prison *prison, person_id id, int32_t planned_min);

/* True: he goes outside in this minute, and has gone. */
bool last_part_begins(struct prison *prison, person_id id);

/* When he goes outside, or went; NEVER: he does not. At any time. */
int32_t last_part_starts_min(const struct prison *prison, person_id id);

/* He has left the system. */
void last_part_forget(struct prison *prison, person_id id);

/* He has failed: out of the regime where he served, and the planned release is his date. He does
 * not go there again. */
void last_part_fail(struct prison *prison, person_id id);

/* By normal execution (demand.h): of one whose release is planned in that minute, when he goes
 * outside by measures that are no emergency (NEVER: he does not), and by which. */
int32_t last_part_normally(const struct prison *prison, const struct person *person,
                           int64_t now_min, const struct measure **by);

#endif
