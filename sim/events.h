/* The clock and the pending-event set: a calendar of equal buckets over the whole horizon.
 *
 * A slot (a person, or something fixed such as midnight) has at most one pending event: a minute
 * and a kind, 1 to 8. A bucket is 64 minutes: a doubly linked list through the slots, in no order.
 * When the clock reaches a bucket it is opened: each slot goes to the list of its minute and kind.
 * Bits tell which minutes and kinds have any, so that the next event is found without a search and
 * without sorting. Schedule, cancel and move are O(1) for any number of people, open or not.
 *
 * Slots of one kind in one minute commute (the caller's promise; `shuffle` tests it). Events at or
 * after the horizon are dropped. Nothing is taken from the arena after events_open().
 */
#ifndef CELSIM_SIM_EVENTS_H
#define CELSIM_SIM_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/date.h"

#define EVENT_KINDS 8
#define EVENT_NO_SLOT 0     /* ends a list: no event is of slot 0 */
#define EVENT_END INT64_MAX /* there is no further event */
#define EVENT_IDLE 0        /* the kind of a slot with nothing pending */
#define EVENT_BUCKET_MIN 64

struct event_slot {
    int32_t  minute;
    uint32_t kind;
    uint32_t next, prev; /* in its list */
};

struct events {
    struct event_slot *slots;
    uint32_t          *bucket; /* first slot of each */
    uint32_t           bucket_at, bucket_count;
    int64_t            horizon_min;
    uint64_t           shuffle; /* 0, or a salt that reorders ties */
    const char        *records; /* what the slots stand for, fetched ahead */
    size_t             record_size;
    uint32_t           ahead; /* a slot of the next bucket, whose list is walked ahead of time */
    uint64_t           count; /* events taken so far */

    /* The open bucket: those of its minutes that have events, of each minute the kinds that have,
     * and the first slot of each kind. */
    uint64_t minutes;
    uint8_t  kinds[EVENT_BUCKET_MIN];
    uint32_t due[EVENT_BUCKET_MIN][EVENT_KINDS];
};

struct event {
    unsigned kind;
    uint32_t slot;
};

/* Room for slots 1 .. slot_count - 1. */
void events_open(struct events *events, struct arena *arena, uint32_t slot_count,
                 int64_t horizon_min, uint64_t shuffle);

/* Opens the next bucket that holds events; false when there is none. For events_next_minute only.
 */
bool events_open_bucket(struct events *events);

/* Puts a slot behind the first of a list rather than before it, or not, by the salt. For
 * event_link only. */
bool events_reorder(struct events *events, uint32_t slot, uint32_t first);

/* Puts a slot into a list. */
static inline void event_link(struct events *events, uint32_t *first, uint32_t slot)
{
    struct event_slot *s = &events->slots[slot];
    if (__builtin_expect(events->shuffle != 0, 0) && events_reorder(events, slot, *first))
        return;
    s->next = *first;
    s->prev = EVENT_NO_SLOT;
    events->slots[*first].prev = slot; /* slot 0 takes what is nobody's */
    *first = slot;
}

static inline void event_unlink(struct events *events, uint32_t *first, uint32_t slot)
{
    const struct event_slot *s = &events->slots[slot];
    events->slots[s->next].prev = s->prev;
    if (s->prev == EVENT_NO_SLOT)
        *first = s->next;
    else
        events->slots[s->prev].next = s->next;
}

/* Puts a slot of the open bucket to its minute and kind. */
static inline void event_make_due(struct events *events, uint32_t slot)
{
    const struct event_slot *s = &events->slots[slot];
    uint32_t                 m = (uint32_t)s->minute % EVENT_BUCKET_MIN, k = s->kind - 1;
#ifdef CELSIM_CHECK
    must((uint32_t)s->minute / EVENT_BUCKET_MIN == events->bucket_at - 1);
#endif
    events->minutes |= (uint64_t)1 << m;
    events->kinds[m] |= (uint8_t)(1u << k);
    event_link(events, &events->due[m][k], slot);
}

/* The bits of a list of the open bucket from which a slot was taken, without a branch. */
static inline void event_mark(struct events *events, uint32_t m, uint32_t k)
{
    uint64_t no_kind = events->due[m][k] == EVENT_NO_SLOT;
    events->kinds[m] &= (uint8_t) ~(no_kind << k);
    uint64_t no_minute = events->kinds[m] == 0;
    events->minutes &= ~(no_minute << m);
}

/* Nothing may be pending for the slot; minute and kind must not lie before the event under way. */
static inline void events_schedule(struct events *events, uint32_t slot, int64_t minute,
                                   unsigned kind)
{
    if (minute >= events->horizon_min)
        return;
    uint32_t bucket = (uint32_t)minute / EVENT_BUCKET_MIN;
    events->slots[slot].minute = (int32_t)minute;
    events->slots[slot].kind = kind;
    if (bucket < events->bucket_at)
        event_make_due(events, slot);
    else
        event_link(events, &events->bucket[bucket], slot);
}

/* Takes back what is pending for the slot, if anything is. */
static inline void events_cancel(struct events *events, uint32_t slot)
{
    struct event_slot *s = &events->slots[slot];
    if (s->kind == EVENT_IDLE)
        return;
    uint32_t bucket = (uint32_t)s->minute / EVENT_BUCKET_MIN;
    uint32_t m = (uint32_t)s->minute % EVENT_BUCKET_MIN, k = s->kind - 1;
    s->kind = EVENT_IDLE;
    if (bucket < events->bucket_at) {
        event_unlink(events, &events->due[m][k], slot);
        event_mark(events, m, k);
    } else {
        event_unlink(events, &events->bucket[bucket], slot);
    }
}

/* Nothing more happens. */
void events_stop(struct events *events);

/* Each event that is taken fetches one of the next bucket into the cache. That list may change
 * meanwhile; then the wrong ones are fetched, and no harm is done. */
static inline void event_fetch_ahead(struct events *events)
{
    __builtin_prefetch(events->records + events->ahead * events->record_size, 1);
    events->ahead = events->slots[events->ahead].next;
}

/* Something is still pending in this minute, which is that of the event taken last. */
static inline bool events_is_due(const struct events *events, int64_t minute)
{
    return (events->minutes >> minute % EVENT_BUCKET_MIN & 1) != 0 &&
           minute / EVENT_BUCKET_MIN == (int64_t)events->bucket_at - 1;
}

/* The minute of the next event, or EVENT_END. May open a later bucket: before that, all that this
 * minute still schedules must be scheduled. */
static inline int64_t events_next_minute(struct events *events)
{
    if (events->minutes == 0 && !events_open_bucket(events))
        return EVENT_END;
    return (int64_t)(events->bucket_at - 1) * EVENT_BUCKET_MIN + __builtin_ctzll(events->minutes);
}

/* Takes the next event, after events_next_minute. */
static inline struct event events_take(struct events *events)
{
    uint32_t m = (uint32_t)__builtin_ctzll(events->minutes);
    uint32_t k = (uint32_t)__builtin_ctz(events->kinds[m]);
    uint32_t slot = events->due[m][k], next = events->slots[slot].next;
    events->due[m][k] = next;
    events->slots[next].prev = EVENT_NO_SLOT;
    events->slots[slot].kind = EVENT_IDLE;
    event_mark(events, m, k);
    events->count++;
    event_fetch_ahead(events);
    return (struct event){k + 1, slot};
}

#endif
