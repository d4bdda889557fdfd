/* The clock and the pending-event set: a calendar of equal buckets over the whole horizon.
 *
 * A slot (a person, or something fixed such as midnight) has at most one pending event: a minute
 * and a kind. A bucket is 64 minutes: a doubly linked list through the slots, in no order. When the
 * clock comes to a bucket it is opened: each slot goes to the list of its minute, which is ordered
 * by kind, and a bit tells which minutes have any. So the next event is found without a search, and
 * nothing is sorted. Schedule, cancel and move are O(1) for any number of people; only putting a
 * slot into an open minute passes those of earlier kinds in that minute.
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

#define EVENT_SLOT_BITS 28
#define EVENT_SLOT_MASK (((uint32_t)1 << EVENT_SLOT_BITS) - 1)
#define EVENT_NO_SLOT 0 /* has no event; where a list ends */
#define EVENT_NO_LINK ((uint32_t)15 << EVENT_SLOT_BITS | EVENT_NO_SLOT)
#define EVENT_IDLE 0        /* the kind of a slot with nothing pending: kinds count from 1 */
#define EVENT_END INT64_MAX /* there is no further event */
#define EVENT_BUCKET_MIN 64

struct event_slot {
    int32_t  minute;
    uint32_t kind;
    uint32_t next, prev; /* in the list of its bucket, or of its minute when that is open */
};

struct events {
    struct event_slot *slots;
    uint32_t          *bucket;                  /* first slot of each */
    uint32_t           bucket_at, bucket_count; /* the next to open */
    int64_t            horizon_min;
    uint64_t           shuffle; /* 0, or a salt that reorders ties */
    uint64_t           count;   /* events taken so far */
    const char        *records; /* what the slots stand for, fetched ahead */
    size_t             record_size;
    uint32_t           ahead;   /* a slot of the next bucket, whose list is walked ahead of time */
    uint64_t           minutes; /* of the open bucket: those that have events */
    uint32_t           due[EVENT_BUCKET_MIN]; /* and the first slot of each */
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

/* A link to a slot: its kind in the highest bits, so that links are in order of kind and the kind
 * of what comes next is known before its slot is read. */
static inline uint32_t event_link(uint32_t slot, uint32_t kind)
{
    return kind << EVENT_SLOT_BITS | slot;
}

static inline struct event_slot *event_slot(const struct events *events, uint32_t link)
{
    return &events->slots[link & EVENT_SLOT_MASK];
}

/* Puts a slot of the open bucket into the list of its minute, before those of its own kind; with a
 * salt, behind them as often. */
static inline void event_make_due(struct events *events, uint32_t link)
{
    struct event_slot *s = event_slot(events, link);
#ifdef CELSIM_CHECK
    must((uint32_t)s->minute / EVENT_BUCKET_MIN == events->bucket_at - 1);
#endif
    uint32_t m = (uint32_t)s->minute % EVENT_BUCKET_MIN;
    uint32_t turn = (uint32_t)((link * events->shuffle) >> 17 & 1);
    uint32_t before = event_link(0, s->kind + turn);
    uint32_t prev = EVENT_NO_LINK, next = events->due[m];
    while (next < before) { /* no link comes behind all */
        prev = next;
        next = event_slot(events, next)->next;
    }
    s->next = next;
    s->prev = prev;
    event_slot(events, next)->prev = link;
    if (prev == EVENT_NO_LINK)
        events->due[m] = link;
    else
        event_slot(events, prev)->next = link;
    events->minutes |= (uint64_t)1 << m;
}

/* Nothing may be pending for the slot; minute and kind must not lie before the event under way. */
static inline void events_schedule(struct events *events, uint32_t slot, int64_t minute,
                                   unsigned kind)
{
    if (minute >= events->horizon_min)
        return;
    struct event_slot *s = &events->slots[slot];
    uint32_t           bucket = (uint32_t)minute / EVENT_BUCKET_MIN, link = event_link(slot, kind);
    s->minute = (int32_t)minute;
    s->kind = kind;
    if (bucket < events->bucket_at) {
        event_make_due(events, link);
        return;
    }
    uint32_t next = events->bucket[bucket];
    s->next = next;
    s->prev = EVENT_NO_LINK;
    event_slot(events, next)->prev = link; /* of no slot it means nothing */
    events->bucket[bucket] = link;
}

/* Takes the first slot from the list of an open minute. */
static inline void event_drop_first(struct events *events, uint32_t m)
{
    uint32_t next = event_slot(events, events->due[m])->next;
    uint64_t is_last = next == EVENT_NO_LINK;
    event_slot(events, next)->prev = EVENT_NO_LINK;
    events->due[m] = next;
    events->minutes &= ~(is_last << m);
}

/* Takes back what is pending for the slot, if anything is. */
static inline void events_cancel(struct events *events, uint32_t slot)
{
    struct event_slot *s = &events->slots[slot];
    if (s->kind == EVENT_IDLE)
        return;
    uint32_t bucket = (uint32_t)s->minute / EVENT_BUCKET_MIN;
    s->kind = EVENT_IDLE;
    if (s->prev != EVENT_NO_LINK) {
        event_slot(events, s->prev)->next = s->next;
        event_slot(events, s->next)->prev = s->prev;
    } else if (bucket < events->bucket_at) {
        event_drop_first(events, (uint32_t)s->minute % EVENT_BUCKET_MIN);
    } else {
        events->bucket[bucket] = s->next;
        event_slot(events, s->next)->prev = EVENT_NO_LINK;
    }
}

/* Nothing more happens. */
void events_stop(struct events *events);

/* The minute of the next event, or EVENT_END. May open a later bucket: before that, all that the
 * minute under way still schedules must be scheduled. */
static inline int64_t events_next_minute(struct events *events)
{
    if (events->minutes == 0 && !events_open_bucket(events))
        return EVENT_END;
    return (int64_t)(events->bucket_at - 1) * EVENT_BUCKET_MIN + __builtin_ctzll(events->minutes);
}

/* Something is still pending in this minute, which is that of the event taken last. */
static inline bool events_is_due(const struct events *events, int64_t minute)
{
    return (events->minutes >> minute % EVENT_BUCKET_MIN & 1) != 0;
}

/* How many are still pending in this minute, counted up to `most`. */
static inline int events_due_count(const struct events *events, int64_t minute, int most)
{
    uint32_t link = events->due[minute % EVENT_BUCKET_MIN];
    int      count = 0;
    for (; count < most && link != EVENT_NO_LINK; count++)
        link = event_slot(events, link)->next;
    return count;
}

/* Fetches the record of a slot into the cache. */
static inline void event_fetch(const struct events *events, uint32_t slot)
{
    __builtin_prefetch(events->records + slot * events->record_size, 1);
}

/* Each event that is taken fetches one of the next bucket. That list may change meanwhile; then
 * others are fetched, and no harm is done. */
static inline void event_fetch_ahead(struct events *events)
{
    uint32_t slot = events->ahead & EVENT_SLOT_MASK;
    event_fetch(events, slot);
    events->ahead = events->slots[slot].next;
}

/* Takes the next event, after events_next_minute. */
static inline struct event events_take(struct events *events)
{
    uint32_t     m = (uint32_t)__builtin_ctzll(events->minutes), link = events->due[m];
    struct event event = {link >> EVENT_SLOT_BITS, link & EVENT_SLOT_MASK};
    events->slots[event.slot].kind = EVENT_IDLE;
    event_drop_first(events, m);
    event_fetch_ahead(events);
    events->count++;
    return event;
}

#endif
