/* The clock and the pending-event set: a calendar of equal buckets over the whole horizon.
 *
 * A slot (a person, or something fixed such as midnight) has at most one pending event. Its key of
 * 8 bytes is minute, kind, slot: so the order is by minute, then kind, and slots of one kind in one
 * minute commute (the caller's promise; `shuffle` tests it). A bucket is a doubly linked list
 * through the slots until it is opened; then it is a sorted array, in which a cancelled event is a
 * key that its slot no longer has. Schedule, cancel and move are O(1). Events at or after the
 * horizon are dropped. Nothing is taken from the arena after events_open().
 */
#ifndef CELSIM_SIM_EVENTS_H
#define CELSIM_SIM_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/date.h"

#define EVENT_SLOT_BITS 28
#define EVENT_MINUTE_SHIFT 32 /* 28 bits of slot, 4 of kind */
#define EVENT_SLOT_MASK (((uint64_t)1 << EVENT_SLOT_BITS) - 1)
#define EVENT_IDLE 0         /* the key of a slot with nothing pending: kinds count from 1 */
#define EVENT_END UINT64_MAX /* there is no further event */
#define EVENT_NO_SLOT UINT32_MAX

struct event_slot {
    uint64_t key;        /* EVENT_IDLE: nothing pending */
    uint32_t next, prev; /* in the list of its bucket; EVENT_NO_SLOT ends it */
};

struct events {
    struct event_slot *slots;
    uint32_t          *heads; /* first slot of each bucket */
    uint64_t          *open;  /* keys of the open bucket, sorted */
    uint64_t          *scratch;
    uint32_t           open_at, open_count;
    uint32_t           bucket, bucket_count; /* the next bucket to open */
    int                bucket_shift;         /* key >> bucket_shift is its bucket */
    uint32_t           slot_count;
    int64_t            horizon_min;
    uint64_t           shuffle; /* xored into the slots of keys: 0, or a salt that reorders ties */
    const char        *records; /* what the slots stand for, fetched ahead when a bucket opens */
    size_t             record_size;
    uint64_t           count; /* events taken so far */
};

struct event {
    int32_t  minute;
    unsigned kind;
    uint32_t slot;
};

/* Room for slots 0 .. slot_count - 1; buckets are cut so that each holds about 16 of the expected
 * events. */
void events_open(struct events *events, struct arena *arena, uint32_t slot_count,
                 int64_t horizon_min, double expected_events, uint64_t shuffle);

/* Opens the next bucket that holds events; false when there is none. For events_peek only. */
bool events_open_bucket(struct events *events);

/* Puts a key into the open bucket at its place. For events_schedule only. */
void events_insert_open(struct events *events, uint64_t key);

static inline uint64_t events_key(const struct events *events, int64_t minute, unsigned kind,
                                  uint32_t slot)
{
    return (uint64_t)minute << EVENT_MINUTE_SHIFT | (uint64_t)kind << EVENT_SLOT_BITS |
           (slot ^ events->shuffle);
}

/* Nothing may be pending for the slot; minute and kind must not lie before the event under way. */
static inline void events_schedule(struct events *events, uint32_t slot, int64_t minute,
                                   unsigned kind)
{
    if (minute >= events->horizon_min)
        return;
    uint64_t           key = events_key(events, minute, kind, slot);
    uint32_t           bucket = (uint32_t)(key >> events->bucket_shift);
    struct event_slot *s = &events->slots[slot];
    s->key = key;
    if (__builtin_expect(bucket < events->bucket, 0)) {
        events_insert_open(events, key);
        return;
    }
    uint32_t head = events->heads[bucket];
    s->next = head;
    s->prev = EVENT_NO_SLOT;
    if (head != EVENT_NO_SLOT)
        events->slots[head].prev = slot;
    events->heads[bucket] = slot;
}

/* Takes back what is pending for the slot, if anything is. */
static inline void events_cancel(struct events *events, uint32_t slot)
{
    struct event_slot *s = &events->slots[slot];
    if (s->key == EVENT_IDLE)
        return;
    uint32_t bucket = (uint32_t)(s->key >> events->bucket_shift);
    s->key = EVENT_IDLE;
    if (bucket < events->bucket)
        return; /* in the open bucket: its key no longer fits, so it will be passed over */
    if (s->next != EVENT_NO_SLOT)
        events->slots[s->next].prev = s->prev;
    if (s->prev != EVENT_NO_SLOT)
        events->slots[s->prev].next = s->next;
    else
        events->heads[bucket] = s->next;
}

/* Nothing more happens. */
static inline void events_stop(struct events *events)
{
    events->open_at = events->open_count;
    events->bucket = events->bucket_count;
}

static inline uint32_t events_slot_of(const struct events *events, uint64_t key)
{
    return (uint32_t)((key ^ events->shuffle) & EVENT_SLOT_MASK);
}

/* The key of the next event, or EVENT_END. */
static inline uint64_t events_peek(struct events *events)
{
    do {
        for (; events->open_at < events->open_count; events->open_at++) {
            uint64_t key = events->open[events->open_at];
            if (__builtin_expect(events->slots[events_slot_of(events, key)].key == key, 1))
                return key;
        }
    } while (events_open_bucket(events));
    return EVENT_END;
}

/* Takes the event whose key events_peek gave. */
static inline struct event events_take(struct events *events, uint64_t key)
{
    uint32_t slot = events_slot_of(events, key);
    events->open_at++;
    events->count++;
    events->slots[slot].key = EVENT_IDLE;
    return (struct event){(int32_t)(key >> EVENT_MINUTE_SHIFT),
                          (unsigned)(key >> EVENT_SLOT_BITS) & 15, slot};
}

#endif
