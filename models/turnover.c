#include "models/turnover.h"

#include <string.h>

#include "models/ledger.h"

#define ROOM_FIRST 256
#define ROOM_LEAST ((uint32_t)1 << 20) /* of addresses: few people can move often */

/* Of a queue: as many as people come at all, or more. */
static uint32_t room_at_most(const struct scenario *plan)
{
    uint32_t room = ROOM_LEAST;
    while (room < plan->persons_at_most)
        room *= 2;
    return room;
}

size_t turnover_room(const struct scenario *plan)
{
    size_t ring = (size_t)room_at_most(plan) * sizeof(struct turnover_end);
    return (size_t)plan->estate.regime_count * (sizeof(struct turnover_queue) + ring);
}

static int queue_of(struct turnovers *turnovers, int32_t lasts_min)
{
    int q = 0;
    while (q < turnovers->count && turnovers->queue[q].lasts_min != lasts_min)
        q++;
    if (q == turnovers->count)
        turnovers->queue[turnovers->count++] =
            (struct turnover_queue){.lasts_min = lasts_min, .room = ROOM_FIRST};
    return q;
}

void turnover_open(struct prison *prison, struct arena *arena)
{
    const struct estate *estate = &prison->plan->estate;
    struct turnovers    *turnovers = &prison->turnovers;
    turnovers->queue = arena_new(arena, struct turnover_queue, (size_t)estate->regime_count);
    for (int u = 0; u < estate->unit_count; u++) {
        int64_t lasts_min = estate->regime[estate->unit[u].regime].turnover_min;
        if (lasts_min > 0)
            prison->unit[u].turnover_queue = (uint8_t)(1 + queue_of(turnovers, (int32_t)lasts_min));
    }
    for (int q = 0; q < turnovers->count; q++)
        turnovers->queue[q].ring =
            arena_new(arena, struct turnover_end, room_at_most(prison->plan));
}

static struct turnover_end *end_at(const struct turnover_queue *queue, uint32_t i)
{
    return &queue->ring[i & (queue->room - 1)];
}

/* Twice the room: what stood in the one half stands in both, and is found in either. */
static void widen(const struct prison *prison, struct turnover_queue *queue)
{
    must(queue->room < room_at_most(prison->plan));
    memcpy(queue->ring + queue->room, queue->ring, queue->room * sizeof *queue->ring);
    queue->room *= 2;
}

/* Of the first; EVENT_END: there is none. */
static int64_t next_end_min(const struct turnover_queue *queue)
{
    return queue->count > 0 ? end_at(queue, queue->first)->minute : EVENT_END;
}

void turnover_count(const struct turnovers *turnovers, int32_t *places)
{
    for (int q = 0; q < turnovers->count; q++) {
        const struct turnover_queue *queue = &turnovers->queue[q];
        for (uint32_t i = 0; i < queue->count; i++)
            places[end_at(queue, queue->first + i)->unit]++;
    }
}

void turnover_start(struct prison *prison, uint16_t u)
{
    struct unit_state     *unit = &prison->unit[u];
    struct turnover_queue *queue = &prison->turnovers.queue[unit->turnover_queue - 1];
    int64_t                ends_min = prison->now_min + queue->lasts_min;
    if (queue->count == queue->room)
        widen(prison, queue);
    *end_at(queue, queue->first + queue->count++) = (struct turnover_end){(int32_t)ends_min, u};
    if (ends_min < prison->events.alarm_min)
        events_set_alarm(&prison->events, ends_min);
    unit->turnover++;
    if (unit->occupied >= unit->entries)
        capacity_left(prison, unit);
}

static void end_one(struct prison *prison, struct turnover_queue *queue)
{
    struct unit_state *unit = &prison->unit[end_at(queue, queue->first)->unit];
    queue->first++;
    queue->count--;
    unit->turnover--;
    if (unit->entries > unit->occupied + unit->turnover)
        ledger_give_up_place(prison, unit);
}

void turnover_end(struct prison *prison)
{
    int64_t next_min = EVENT_END;
    for (int q = 0; q < prison->turnovers.count; q++) {
        struct turnover_queue *queue = &prison->turnovers.queue[q];
        while (next_end_min(queue) == prison->now_min)
            end_one(prison, queue);
        int64_t ends_min = next_end_min(queue);
        next_min = ends_min < next_min ? ends_min : next_min;
    }
    events_set_alarm(&prison->events, next_min);
}
