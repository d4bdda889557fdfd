/* The clock and the pending-event set: a calendar of equal buckets over the whole horizon.
 *
 * A slot (a person, or something fixed such as midnight) has at most one pending event: a minute
 * and a kind. A bucket is 64 minutes, or less where events are many: a doubly linked list through
 * the slots, in no order. When the clock comes to a bucket it is opened: each slot goes to the list
 * of its minute, which is ordered by kind, and a bit tells which minutes have any. So the next
 * event is found without a search, and nothing is sorted. Schedule, cancel and move are O(1) for
 * any number of people; only putting a slot into an open minute passes those of earlier kinds in
 * that minute, and taking one back passes those before it.
 *
 * Few slots and records stay in the cache when people are many, so those of the buckets ahead are
 * fetched while the events of this one are taken.
 *
 * An alarm is a minute without a slot to which the clock comes too: for what needs no slot of its
 * own because it stands in an order already.
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

#define EVENT_SLOTS_AT_MOST ((uint32_t)1 << 28)
#define EVENT_NO_SLOT 0 /* has no event; where a list ends */
#define EVENT_KINDS 16
#define EVENT_NO_LINK ((uint32_t)EVENT_NO_SLOT * EVENT_KINDS + EVENT_KINDS - 1)
#define EVENT_IDLE 0        /* the kind of a slot with nothing pending: kinds count from 1 */
#define EVENT_END INT64_MAX /* there is no further event */
#define EVENT_MINUTES 64    /* of the widest bucket */
#define EVENT_BUCKET_LEAST_MIN 4
#define EVENT_RECORD 64       /* bytes: a cache line */
#define EVENT_BUCKETS_AHEAD 4 /* a power of 2 */

struct event_slot {
    int32_t  minute;
    uint32_t kind;
    uint32_t next; /* in the list of its bucket, or of its minute when that is open */
    uint32_t prev; /* in the list of its bucket */
};
_Static_assert(sizeof(struct event_slot) == EVENT_KINDS, "a link tells where a slot lies");

struct events {
    struct event_slot *slots;
    uint32_t          *bucket;                  /* first slot of each */
    uint32_t           bucket_at, bucket_count; /* the next to open */
    unsigned           bucket_shift;            /* minute >> shift is the bucket */
    int64_t            horizon_min;
    int64_t            alarm_min; /* EVENT_END: none */
    uint64_t           shuffle;   /* 0, or a salt that reorders ties */
    uint64_t           count;     /* events taken so far */
    const char        *records;   /* what the slots stand for, EVENT_RECORD bytes each */
    uint32_t           ahead[EVENT_BUCKETS_AHEAD]; /* by bucket: where its list is fetched ahead */
    int64_t  open_min; /* of the open bucket, less what passes a multiple of EVENT_MINUTES */
    uint64_t minutes;  /* those from there on that have events */
    uint32_t due[EVENT_MINUTES]; /* and the first slot of each */
};

struct event {
    unsigned kind;
    uint32_t slot;
};

/* Room for slots 1 .. slot_count - 1. */
void events_open(struct events *events, struct arena *arena, uint32_t slot_count,
                 int64_t horizon_min, uint64_t shuffle);

/* Opens the next bucket that holds events, or an empty one where the alarm comes first; false when
 * it is empty, or there is none. For events_next_minute only. */
bool events_open_bucket(struct events *events);

/* A link to a slot: with its kind, so that the kind of what comes next is known before its slot is
 * read; a slot has as many bytes as there are kinds, so that the rest is where it lies. */
static inline uint32_t event_link(uint32_t slot, uint32_t kind)
{
    return slot * EVENT_KINDS + kind;
}

static inline uint32_t event_link_kind(uint32_t link)
{
    return link % EVENT_KINDS;
}

static inline uint32_t event_link_slot(uint32_t link)
{
    return link / EVENT_KINDS;
}

static inline uint32_t event_bucket(const struct events *events, int64_t minute)
{
    return (uint32_t)minute >> events->bucket_shift;
}

static inline struct event_slot *event_slot(const struct events *events, uint32_t link)
{
    return &events->slots[event_link_slot(link)];
}

/* Puts a slot of the open bucket into the list of its minute, before those of its own kind; with a
 * salt, behind them as often. */
static inline void event_make_due(struct events *events, uint32_t link)
{
    struct event_slot *s = event_slot(events, link);
#ifdef CELSIM_CHECK
    must(event_bucket(events, s->minute) == events->bucket_at - 1);
#endif
    uint32_t  m = (uint32_t)s->minute % EVENT_MINUTES;
    uint32_t  turn = (uint32_t)((link * events->shuffle) >> 17 & 1);
    uint32_t  before = event_link_kind(link) + turn;
    uint32_t *at = &events->due[m];
    while (event_link_kind(*at) < before) /* no link comes behind all */
        at = &event_slot(events, *at)->next;
    s->next = *at;
    *at = link;
    events->minutes |= (uint64_t)1 << m;
}

/* Takes a slot from the list of its open minute. */
static inline void event_drop_due(struct events *events, uint32_t slot)
{
    uint32_t  m = (uint32_t)events->slots[slot].minute % EVENT_MINUTES;
    uint32_t *at = &events->due[m];
    while (event_link_slot(*at) != slot)
        at = &event_slot(events, *at)->next;
    *at = events->slots[slot].next;
    events->minutes &= ~((uint64_t)(events->due[m] == EVENT_NO_LINK) << m);
}

/* Nothing may be pending for the slot; minute and kind must not lie before the event under way. */
static inline void events_schedule(struct events *events, uint32_t slot, int64_t minute,
                                   unsigned kind)
{
    if (minute >= events->horizon_min)
        return;
    struct event_slot *s = &events->slots[slot];
    uint32_t           bucket = event_bucket(events, minute), link = event_link(slot, kind);
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

/* Takes back what is pending for the slot, if anything is. */
static inline void events_cancel(struct events *events, uint32_t slot)
{
    struct event_slot *s = &events->slots[slot];
    if (s->kind == EVENT_IDLE)
        return;
    uint32_t bucket = event_bucket(events, s->minute);
    s->kind = EVENT_IDLE;
    if (bucket < events->bucket_at) {
        event_drop_due(events, slot);
        return;
    }
    if (s->prev == EVENT_NO_LINK)
        events->bucket[bucket] = s->next;
    else
        event_slot(events, s->prev)->next = s->next;
    event_slot(events, s->next)->prev = s->prev; /* of no slot it means nothing */
}

/* Nothing more happens. */
void events_stop(struct events *events);

/* There is one alarm: this minute takes the place of the one before. EVENT_END, or one at or after
 * the horizon: none. */
static inline void events_set_alarm(struct events *events, int64_t minute)
{
    events->alarm_min = minute < events->horizon_min ? minute : EVENT_END;
}

/* The minute of the next event or of the alarm, or EVENT_END. May open a later bucket: before that,
 * all that the minute under way still schedules must be scheduled, and its alarm set anew. */
static inline int64_t events_next_minute(struct events *events)
{
    if (events->minutes == 0 && !events_open_bucket(events))
        return events->alarm_min;
    int64_t minute = events->open_min + __builtin_ctzll(events->minutes);
    return minute < events->alarm_min ? minute : events->alarm_min;
}

/* Something is still pending in this minute, which is that of the event taken last, or the alarm.
 */
static inline bool events_is_due(const struct events *events, int64_t minute)
{
    return (events->minutes >> minute % EVENT_MINUTES & 1) | (minute == events->alarm_min);
}

/* The kind of what is pending in this minute, which is that of events_next_minute; without an event
 * more than any kind. */
static inline unsigned events_next_kind(const struct events *events, int64_t minute)
{
    return event_link_kind(events->due[minute % EVENT_MINUTES]);
}

/* How many are still pending in this minute, counted up to `most`. */
static inline int events_due_count(const struct events *events, int64_t minute, int most)
{
    uint32_t link = events->due[minute % EVENT_MINUTES];
    int      count = 0;
    for (; count < most && link != EVENT_NO_LINK; count++)
        link = event_slot(events, link)->next;
    return count;
}

static inline void event_fetch_record(const struct events *events, uint32_t slot)
{
    __builtin_prefetch(events->records + (size_t)slot * EVENT_RECORD, 1);
}

/* Fetches a slot and its record into the cache. */
static inline void event_fetch(const struct events *events, uint32_t slot)
{
    __builtin_prefetch(&events->slots[slot], 1);
    event_fetch_record(events, slot);
}

/* Each event that is taken fetches one of the buckets ahead, of each in turn: so a slot has some
 * events' time to come before its link to the next is followed. A list may change meanwhile; then
 * others are fetched, and no harm is done. */
static inline void event_fetch_ahead(struct events *events)
{
    uint32_t *ahead = &events->ahead[events->count % EVENT_BUCKETS_AHEAD];
    *ahead = event_slot(events, *ahead)->next;
    event_fetch(events, event_link_slot(*ahead));
}

/* Takes the next event, after events_next_minute. */
static inline struct event events_take(struct events *events)
{
    uint32_t           m = (uint32_t)__builtin_ctzll(events->minutes), link = events->due[m];
    struct event       event = {event_link_kind(link), event_link_slot(link)};
    struct event_slot *s = &events->slots[event.slot];
    s->kind = EVENT_IDLE;
    events->due[m] = s->next;
    events->minutes &= ~((uint64_t)(s->next == EVENT_NO_LINK) << m);
    event_fetch_ahead(events);
    events->count++;
    return event;
}

#endif
