/* A bit a person: whether a table beside the persons may have something of him. Few have, so who
 * has nothing costs no line of memory. A bit may stay when what it told of is over, never the other
 * way.
 */
#ifndef CELSIM_MODELS_MARKS_H
#define CELSIM_MODELS_MARKS_H

#include "models/person.h"
#include "sim/arena.h"

/* Bytes for a person and more: of eight persons one. */
#define MARK_ROOM 1

static inline uint64_t *marks_new(struct arena *arena, size_t person_room)
{
    return arena_new(arena, uint64_t, person_room / 64 + 1);
}

static inline bool marks_has(const uint64_t *marks, person_id id)
{
    return marks[id / 64] >> id % 64 & 1;
}

static inline void marks_set(uint64_t *marks, person_id id)
{
    marks[id / 64] |= (uint64_t)1 << id % 64;
}

static inline void marks_clear(uint64_t *marks, person_id id)
{
    marks[id / 64] &= ~((uint64_t)1 << id % 64);
}

#endif
