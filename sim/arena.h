/* All memory of the program. An arena reserves address space once and is used from the front;
 * nothing in it is freed alone. Three lifetimes: the plan (frozen read-only after loading), one
 * replication (reset when it ends), the results. Reserved space costs nothing until it is touched,
 * so arrays are reserved at their greatest size and never move. What is used densely, or lies far
 * behind the front of a large array, asks for huge pages: the processor finds it sooner, and the
 * system has fewer to give. Running out is a bug, and stops the program. Sanitizer builds
 * leave a gap behind all that is taken, which nobody may read or write.
 */
#ifndef CELSIM_SIM_ARENA_H
#define CELSIM_SIM_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/error.h"

#define ARENA_HUGE_PAGE ((size_t)2 << 20) /* bytes */

struct arena {
    char  *base;
    size_t used, room; /* bytes */
    size_t gaps;       /* bytes between what was taken, of sanitizer builds; else 0 */
    size_t guarded;    /* bytes up to the last that nobody may touch, likewise */
    size_t last_gap;   /* where it begins, likewise */
};

/* Reserves `room` bytes of address space. false: the system refused, told in errors. */
MUST_USE bool arena_open(struct arena *arena, size_t room, struct errors *errors);
/* The same for what is used from the front on without holes: in huge pages but for the front, so
 * that little stays little. */
MUST_USE bool arena_open_dense(struct arena *arena, size_t room, struct errors *errors);
void          arena_close(struct arena *arena);

/* `count` objects of `size` bytes, zeroed, starting on a cache line (64 bytes) when count x size is
 * 64 or more, on 16 bytes otherwise. */
void *arena_take(struct arena *arena, size_t count, size_t size);
#define arena_new(arena, type, count) ((type *)arena_take((arena), (count), sizeof(type)))

/* Asks for huge pages between two places of the arena, where the system has them: whole ones, each
 * in memory as soon as it is touched. */
void arena_ask_huge_pages(struct arena *arena, size_t start, size_t end);

/* A copy of `length` bytes with a 0 behind it. */
char *arena_text(struct arena *arena, const char *text, size_t length);
/* A text made by printf rules. */
char *arena_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Gives everything back: the next bytes taken are zero again. */
void arena_reset(struct arena *arena);

/* Makes all that was taken read-only: a stray write then stops the program at once. Nothing can be
 * taken after. */
void arena_freeze(struct arena *arena);

#endif
