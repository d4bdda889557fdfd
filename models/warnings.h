/* What looks wrong in a scenario that can be run: a line of text each, in the order found. They
 * take the arena, which their owner must have room in for: WARNINGS_BYTES.
 */
#ifndef CELSIM_MODELS_WARNINGS_H
#define CELSIM_MODELS_WARNINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "sim/arena.h"

#define WARNINGS_KEPT 500
#define WARNING_LENGTH 4000 /* bytes; what is longer is cut */
#define WARNINGS_BYTES ((size_t)WARNINGS_KEPT * (WARNING_LENGTH + 80) + sizeof(struct warnings))

struct warnings {
    struct arena *arena;
    int           count; /* goes on counting */
    const char   *text[WARNINGS_KEPT];
};

void warn(struct warnings *warnings, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* How many are kept. */
static inline int warnings_kept(const struct warnings *warnings)
{
    return warnings->count < WARNINGS_KEPT ? warnings->count : WARNINGS_KEPT;
}

bool warnings_have(const struct warnings *warnings, const char *text);

/* The first so many, each behind `head`, and how many more there are. */
void warnings_write(const struct warnings *warnings, int at_most, const char *head, FILE *out);

#endif
