#include "sim/events.h"

#define SLOTS_A_BUCKET 256

/* Narrow enough that what is fetched of the buckets ahead stays in the cache. */
static unsigned shift_for(uint32_t slot_count, int64_t horizon_min)
{
    int64_t width = EVENT_MINUTES;
    while (width > EVENT_BUCKET_LEAST_MIN && slot_count * width > SLOTS_A_BUCKET * horizon_min)
        width /= 2;
    return (unsigned)__builtin_ctzll((uint64_t)width);
}

void events_open(struct events *events, struct arena *arena, uint32_t slot_count,
                 int64_t horizon_min, uint64_t shuffle)
{
    must(slot_count <= EVENT_SLOTS_AT_MOST && horizon_min <= INT32_MAX);
    unsigned shift = shift_for(slot_count, horizon_min);
    uint32_t buckets = (uint32_t)(horizon_min >> shift) + 1;
    uint32_t heads = buckets + EVENT_BUCKETS_AHEAD; /* none is in those behind the last bucket */
    *events = (struct events){
        .slots = arena_new(arena, struct event_slot, slot_count),
        .bucket = arena_new(arena, uint32_t, heads),
        .bucket_count = buckets,
        .bucket_shift = shift,
        .horizon_min = horizon_min,
        .alarm_min = EVENT_END,
        .shuffle = shuffle,
    };
    for (uint32_t b = 0; b < heads; b++)
        events->bucket[b] = EVENT_NO_LINK;
    for (int m = 0; m < EVENT_MINUTES; m++)
        events->due[m] = EVENT_NO_LINK;
}

static void begin_to_fetch(struct events *events, uint32_t bucket)
{
    uint32_t link = events->bucket[bucket];
    events->ahead[bucket % EVENT_BUCKETS_AHEAD] = link;
    event_fetch(events, event_link_slot(link));
}

/* Of those up to `last` the first that is not empty, or the last. */
static uint32_t next_full_bucket(struct events *events, uint32_t last)
{
    uint32_t at = events->bucket_at;
    begin_to_fetch(events, at + EVENT_BUCKETS_AHEAD);
    while (at < last && events->bucket[at] == EVENT_NO_LINK)
        begin_to_fetch(events, ++at + EVENT_BUCKETS_AHEAD);
    return at;
}

bool events_open_bucket(struct events *events)
{
    uint32_t last = events->alarm_min == EVENT_END ? events->bucket_count - 1
                                                   : event_bucket(events, events->alarm_min);
    if (events->bucket_at > last) /* that of the alarm is open */
        return false;
    uint32_t at = next_full_bucket(events, last);
    if (events->bucket[at] == EVENT_NO_LINK && events->alarm_min == EVENT_END)
        return false; /* something may still be scheduled before it */
    events->bucket_at = at + 1;
    events->open_min = ((int64_t)at << events->bucket_shift) & -(int64_t)EVENT_MINUTES;
    for (uint32_t link = events->bucket[at], next; link != EVENT_NO_LINK; link = next) {
        next = event_slot(events, link)->next;
        event_fetch_record(events, event_link_slot(link)); /* if it was not fetched ahead */
        event_make_due(events, link);
    }
    return events->minutes != 0;
}

void events_stop(struct events *events)
{
    events->bucket_at = events->bucket_count;
    events->minutes = 0;
    events->alarm_min = EVENT_END;
}
