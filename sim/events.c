#include "sim/events.h"

void events_open(struct events *events, struct arena *arena, uint32_t slot_count,
                 int64_t horizon_min, uint64_t shuffle)
{
    must(slot_count <= EVENT_SLOT_MASK && horizon_min <= INT32_MAX);
    uint32_t buckets = (uint32_t)(horizon_min / EVENT_BUCKET_MIN) + 1;
    *events = (struct events){
        .slots = arena_new(arena, struct event_slot, slot_count),
        .bucket = arena_new(arena, uint32_t, buckets),
        .bucket_count = buckets,
        .horizon_min = horizon_min,
        .shuffle = shuffle,
    };
    for (uint32_t b = 0; b < buckets; b++)
        events->bucket[b] = EVENT_NO_LINK;
    for (int m = 0; m < EVENT_BUCKET_MIN; m++)
        events->due[m] = EVENT_NO_LINK;
}

static uint32_t next_full_bucket(const struct events *events)
{
    uint32_t at = events->bucket_at;
    while (at < events->bucket_count && events->bucket[at] == EVENT_NO_LINK)
        at++;
    return at;
}

bool events_open_bucket(struct events *events)
{
    uint32_t at = next_full_bucket(events);
    if (at == events->bucket_count)
        return false;
    events->bucket_at = at + 1;
    events->ahead = at + 1 < events->bucket_count ? events->bucket[at + 1] : EVENT_NO_LINK;
    for (uint32_t link = events->bucket[at], next; link != EVENT_NO_LINK; link = next) {
        next = event_slot(events, link)->next;
        event_fetch(events, link & EVENT_SLOT_MASK); /* if it was not fetched ahead */
        event_make_due(events, link);
    }
    return true;
}

void events_stop(struct events *events)
{
    events->bucket_at = events->bucket_count;
    events->minutes = 0;
}
