#include "sim/events.h"

#include <string.h>

void events_open(struct events *events, struct arena *arena, uint32_t slot_count,
                 int64_t horizon_min, uint64_t shuffle)
{
    must(horizon_min <= INT32_MAX);
    uint32_t buckets = (uint32_t)(horizon_min / EVENT_BUCKET_MIN) + 1;
    *events = (struct events){
        .slots = arena_new(arena, struct event_slot, slot_count),
        .bucket = arena_new(arena, uint32_t, buckets),
        .bucket_count = buckets,
        .horizon_min = horizon_min,
        .shuffle = shuffle,
    };
}

bool events_reorder(struct events *events, uint32_t slot, uint32_t first)
{
    if (first == EVENT_NO_SLOT || ((slot * events->shuffle) >> 17 & 1) != 0)
        return false;
    uint32_t next = events->slots[first].next;
    events->slots[slot].prev = first;
    events->slots[slot].next = next;
    events->slots[first].next = slot;
    events->slots[next].prev = slot;
    return true;
}

bool events_open_bucket(struct events *events)
{
    uint32_t at = events->bucket_at;
    while (at < events->bucket_count && events->bucket[at] == EVENT_NO_SLOT)
        at++;
    if (at == events->bucket_count)
        return false;
    uint32_t slot = events->bucket[at];
    events->bucket_at = at + 1;
    while (slot != EVENT_NO_SLOT) {
        uint32_t next = events->slots[slot].next;
        event_make_due(events, slot);
        slot = next;
    }
    events->ahead = events->bucket_at < events->bucket_count ? events->bucket[events->bucket_at]
                                                             : EVENT_NO_SLOT;
    return true;
}

void events_stop(struct events *events)
{
    events->bucket_at = events->bucket_count;
    events->minutes = 0;
    memset(events->kinds, 0, sizeof events->kinds);
}
