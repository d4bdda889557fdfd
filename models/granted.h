/* To whom of those who serve at the start conditional release is granted: known from the path or
 * the row by which they are there, where a measure asks for it again later. All others draw it.
 */
#ifndef CELSIM_MODELS_GRANTED_H
#define CELSIM_MODELS_GRANTED_H

#include "models/prison.h"

#define GRANTED_TO_ALL ((uint64_t)1 << 52) /* no number of 52 bits reaches it */

enum granted { GRANTED_BY_DRAW, GRANTED, GRANTED_NOT };

/* Takes room where a measure may ask; so many bytes in all. Before anybody is there. */
void   granted_open(struct prison *prison, struct arena *arena);
size_t granted_room(const struct scenario *plan);

/* Of one who is there at the start, in the status of then. */
void granted_note(struct prison *prison, const struct person *person, enum granted granted);

/* The 52 bits by which it is granted to him in his status: those that he draws, of who is known
 * from the start moved evenly to the side of the threshold of his status on which he is. Only after
 * granted_open took room. */
uint64_t granted_draw(const struct prison *prison, const struct person *person);

#endif
