/* Places in turnover: empty for a while between two people, and taken until then. Of places that
 * are empty equally long those left first are free first, so they stand in queues, one for each
 * duration, and only the first of all is in the clock's mind (the alarm of events.h).
 */
#ifndef CELSIM_MODELS_TURNOVER_H
#define CELSIM_MODELS_TURNOVER_H

#include <stddef.h>
#include <stdint.h>

#include "sim/arena.h"

struct prison;
struct scenario;

struct turnover_end {
    int32_t  minute;
    uint16_t unit;
};

struct turnover_queue {
    int32_t              lasts_min;
    uint32_t             room;         /* a power of 2: what is used of the ring */
    uint32_t             first, count; /* first: counted on, modulo room */
    struct turnover_end *ring;
};

struct turnovers {
    int                    count; /* of queues */
    struct turnover_queue *queue;
};

/* Takes room. After the units are there. */
void turnover_open(struct prison *prison, struct arena *arena);

/* What that takes of the arena, bytes. */
size_t turnover_room(const struct scenario *plan);

/* Adds the places of each unit in turnover: `places` by unit. */
void turnover_count(const struct turnovers *turnovers, int32_t *places);

/* A place of a unit with turnover was left now. */
void turnover_start(struct prison *prison, uint16_t unit);

/* The places of which it ends now are free, or gone where there are fewer. */
void turnover_end(struct prison *prison);

#endif
