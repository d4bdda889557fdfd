#include "sim/events.h"

#include <string.h>

#define EVENTS_A_BUCKET 32
#define RANK_SORT_AT_MOST 64                    /* a power of 2 */
#define SHIFT_AT_MOST (EVENT_MINUTE_SHIFT + 16) /* so that rank_sort's values fit 32 bits */

static int shift_for(int64_t horizon_min, double expected_events)
{
    double minutes = (double)horizon_min / (expected_events + 1) * EVENTS_A_BUCKET;
    int    shift = EVENT_MINUTE_SHIFT;
    while (shift < SHIFT_AT_MOST &&
           (double)((int64_t)2 << (shift - EVENT_MINUTE_SHIFT)) <= minutes * 1.5)
        shift++;
    return shift;
}

void events_open(struct events *events, struct arena *arena, uint32_t slot_count,
                 int64_t horizon_min, double expected_events, uint64_t shuffle)
{
    must(slot_count <= EVENT_SLOT_MASK && horizon_min <= INT32_MAX);
    int      shift = shift_for(horizon_min, expected_events);
    uint32_t buckets = (uint32_t)(horizon_min >> (shift - EVENT_MINUTE_SHIFT)) + 1;
    *events = (struct events){
        .slots = arena_new(arena, struct event_slot, slot_count),
        .heads = arena_new(arena, uint32_t, buckets),
        .open = arena_new(arena, uint64_t, slot_count),
        .scratch = arena_new(arena, uint64_t, slot_count),
        .bucket_count = buckets,
        .bucket_shift = shift,
        .slot_count = slot_count,
        .horizon_min = horizon_min,
        .shuffle = shuffle & EVENT_SLOT_MASK,
    };
    memset(events->heads, 0xff, buckets * sizeof(uint32_t));
}

/* Four 32-bit integers, compared and added at once. */
typedef int32_t four __attribute__((vector_size(16)));
#define LANES 4

/* Each key goes to the place that counting the smaller ones gives it: no branch to mispredict.
 * Compared is minute and kind within the bucket, then the place in the list, which `shuffle` turns
 * round: ties commute. */
static void rank_sort(const struct events *events, const uint64_t *restrict from,
                      uint64_t *restrict to, uint32_t count)
{
    four     value[RANK_SORT_AT_MOST / LANES], rank[RANK_SORT_AT_MOST / LANES];
    uint32_t groups = (count + LANES - 1) / LANES;
    uint64_t first = from[0] >> events->bucket_shift << events->bucket_shift >> EVENT_SLOT_BITS;
    int32_t  turn = (int32_t)(events->shuffle & (RANK_SORT_AT_MOST - 1));
    for (uint32_t i = 0; i < count; i++)
        value[i / LANES][i % LANES] =
            (int32_t)((from[i] >> EVENT_SLOT_BITS) - first) * RANK_SORT_AT_MOST +
            ((int32_t)i ^ turn);
    for (uint32_t g = 0; g < groups; g++)
        rank[g] = (four){0};
    for (uint32_t i = 0; i < count; i++) {
        int32_t smaller = value[i / LANES][i % LANES];
        four    all = {smaller, smaller, smaller, smaller};
        for (uint32_t g = 0; g < groups; g++)
            rank[g] -= all < value[g]; /* a true comparison is -1 */
    }
    for (uint32_t i = 0; i < count; i++)
        to[rank[i / LANES][i % LANES]] = from[i];
}

static void merge(const uint64_t *from, uint64_t *to, uint32_t low, uint32_t middle, uint32_t high)
{
    uint32_t a = low, b = middle;
    for (uint32_t i = low; i < high; i++)
        to[i] = a < middle && (b >= high || from[a] < from[b]) ? from[a++] : from[b++];
}

/* Merge sort from the bottom up; the result lies in `keys` again. */
static void merge_sort(uint64_t *keys, uint64_t *scratch, uint32_t count)
{
    uint64_t *from = keys, *to = scratch;
    for (uint64_t width = 1; width < count; width *= 2) {
        for (uint64_t low = 0; low < count; low += 2 * width) {
            uint64_t middle = low + width < count ? low + width : count;
            uint64_t high = low + 2 * width < count ? low + 2 * width : count;
            merge(from, to, (uint32_t)low, (uint32_t)middle, (uint32_t)high);
        }
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != keys)
        memcpy(keys, from, count * sizeof *keys);
}

static uint32_t next_full_bucket(const struct events *events)
{
    uint32_t bucket = events->bucket;
    while (bucket < events->bucket_count && events->heads[bucket] == EVENT_NO_SLOT)
        bucket++;
    return bucket;
}

bool events_open_bucket(struct events *events)
{
    uint32_t bucket = next_full_bucket(events);
    if (bucket >= events->bucket_count) {
        events->bucket = events->bucket_count;
        return false;
    }
    uint32_t count = 0;
    for (uint32_t slot = events->heads[bucket]; slot != EVENT_NO_SLOT;
         slot = events->slots[slot].next) {
        events->scratch[count++] = events->slots[slot].key;
        __builtin_prefetch(events->records + slot * events->record_size, 1);
    }
    if (count <= RANK_SORT_AT_MOST) {
        rank_sort(events, events->scratch, events->open, count);
    } else {
        memcpy(events->open, events->scratch, count * sizeof *events->open);
        merge_sort(events->open, events->scratch, count);
    }
    events->heads[bucket] = EVENT_NO_SLOT;
    events->bucket = bucket + 1;
    events->open_at = 0;
    events->open_count = count;
    return true;
}

void events_insert_open(struct events *events, uint64_t key)
{
    if (events->open_at > events->open_count / 2 + 8) { /* forget what was taken already */
        events->open_count -= events->open_at;
        memmove(events->open, events->open + events->open_at,
                events->open_count * sizeof *events->open);
        events->open_at = 0;
    }
    must(events->open_count < events->slot_count);
    uint32_t i = events->open_count++;
    for (; i > events->open_at && events->open[i - 1] > key; i--)
        events->open[i] = events->open[i - 1];
    events->open[i] = key;
}
