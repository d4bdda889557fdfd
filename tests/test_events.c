#include <criterion/criterion.h>
#include <string.h>

#include "sim/events.h"

#define SLOTS 3000
#define HORIZON 2000000 /* minutes */
/* 35 a minute of the horizon: 280 in 8 minutes, more than the 256 of a bucket, 140 in 4. */
#define MANY_SLOTS 70000000

static uint64_t next_random(uint64_t *state) /* splitmix64 */
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static uint32_t below(uint64_t *state, uint32_t count)
{
    return (uint32_t)(next_random(state) % count);
}

/* What is pending, sorted by minute and kind, with its slot: a plain array. */
struct pending {
    int64_t  minute;
    unsigned kind;
    uint32_t slot;
};

struct model {
    struct events  events;
    struct pending sorted[SLOTS];
    int            count;
    bool           is_pending[SLOTS];
    int64_t        alarm; /* EVENT_END: none */
    int            rung;  /* alarms that came */
    int64_t        now;
    unsigned       kind; /* of the event under way */
};

#define ALARM_KIND 3 /* the alarm comes before the first event of this kind or a later one */

static bool comes_before(const struct pending *a, const struct pending *b)
{
    return a->minute < b->minute || (a->minute == b->minute && a->kind < b->kind);
}

static void model_schedule(struct model *model, uint32_t slot, int64_t minute, unsigned kind)
{
    struct pending added = {minute, kind, slot};
    events_schedule(&model->events, slot, minute, kind);
    if (minute >= HORIZON)
        return;
    int i = model->count++;
    for (; i > 0 && comes_before(&added, &model->sorted[i - 1]); i--)
        model->sorted[i] = model->sorted[i - 1];
    model->sorted[i] = added;
    model->is_pending[slot] = true;
}

static int find_pending(const struct model *model, uint32_t slot)
{
    int i = 0;
    while (model->sorted[i].slot != slot)
        i++;
    return i;
}

static void model_forget(struct model *model, uint32_t slot)
{
    int i = find_pending(model, slot);
    memmove(&model->sorted[i], &model->sorted[i + 1],
            (size_t)(--model->count - i) * sizeof model->sorted[0]);
    model->is_pending[slot] = false;
}

static void model_cancel(struct model *model, uint32_t slot)
{
    events_cancel(&model->events, slot); /* also where nothing is pending */
    if (model->is_pending[slot])
        model_forget(model, slot);
}

static void model_set_alarm(struct model *model, int64_t minute)
{
    events_set_alarm(&model->events, minute);
    model->alarm = minute < HORIZON ? minute : EVENT_END;
}

/* The alarm is next: it comes, and is over. */
static void model_ring(struct model *model)
{
    model->now = model->alarm;
    model->kind = ALARM_KIND;
    model->rung++;
    model_set_alarm(model, EVENT_END);
}

/* Takes the next event, which must be one of the first of the array, or the alarm; false when there
 * is none. */
static bool model_take(struct model *model)
{
    int64_t first_min = model->count > 0 ? model->sorted[0].minute : EVENT_END;
    int64_t minute = events_next_minute(&model->events);
    cr_assert_eq(minute, first_min < model->alarm ? first_min : model->alarm);
    cr_assert_eq(events_next_minute(&model->events), minute, "looking changes nothing");
    if (minute == EVENT_END)
        return false;
    cr_assert(events_is_due(&model->events, minute));
    unsigned kind = first_min == minute ? model->sorted[0].kind : EVENT_KINDS - 1;
    cr_assert_eq(events_next_kind(&model->events, minute), kind);
    if (minute == model->alarm && kind >= ALARM_KIND) {
        model_ring(model);
        return true;
    }
    struct event event = events_take(&model->events);
    cr_assert_eq(event.kind, model->sorted[0].kind);
    cr_assert(model->is_pending[event.slot]);
    const struct pending *own = &model->sorted[find_pending(model, event.slot)];
    cr_assert(own->minute == minute && own->kind == event.kind);
    model_forget(model, event.slot);
    model->now = minute;
    model->kind = event.kind;
    cr_assert_eq(events_is_due(&model->events, minute),
                 (model->count > 0 && model->sorted[0].minute == minute) || model->alarm == minute);
    return true;
}

/* A later minute, or a kind of this minute that is not earlier. */
static void schedule_at_random(struct model *model, uint32_t slot, uint32_t reach, uint64_t *state)
{
    int64_t  minute = model->now + below(state, reach);
    unsigned kind = 1 + below(state, 8);
    if (minute == model->now && kind < model->kind)
        kind = model->kind;
    model_schedule(model, slot, minute, kind);
}

static struct model *open_wide_or_narrow(struct arena *arena, uint32_t slots, uint64_t shuffle)
{
    struct errors errors = {0};
    struct model *model;
    cr_assert(arena_open(arena, (size_t)2 << 30, &errors));
    model = arena_new(arena, struct model, 1);
    model->alarm = EVENT_END;
    events_open(&model->events, arena, slots, HORIZON, shuffle);
    model->events.records = (const char *)model->events.slots;
    return model;
}

static struct model *open_model(struct arena *arena, uint64_t shuffle)
{
    return open_wide_or_narrow(arena, SLOTS, shuffle);
}

Test(events, agrees_with_a_sorted_array)
{
    /* events near, a bucket or two ahead, and far; with and without a salt; in wide and narrow
     * buckets: 24 x 100,000 operations */
    static const uint32_t reach[] = {30, 150, 3000};
    static const uint64_t salts[] = {0, 0xabcdef5};
    for (int run = 0; run < 24; run++) {
        struct arena  arena;
        struct model *model =
            open_wide_or_narrow(&arena, run % 2 ? MANY_SLOTS : SLOTS, salts[run / 12]);
        uint32_t far = reach[run / 2 % 3];
        uint64_t state = (uint64_t)run;
        int64_t  taken = 0, cancelled = 0;
        for (int step = 0; step < 100000; step++) {
            uint32_t slot = 1 + below(&state, 200), what = below(&state, 100);
            if (what < 5 && model->alarm == EVENT_END) {
                model_set_alarm(model, model->now + 1 + below(&state, far));
            } else if (what < 45 && !model->is_pending[slot]) {
                schedule_at_random(model, slot, far, &state);
            } else if (what < 60) {
                cancelled += model->is_pending[slot];
                model_cancel(model, slot);
            } else if (what < 75) { /* moves */
                model_cancel(model, slot);
                schedule_at_random(model, slot, far, &state);
            } else {
                taken += model_take(model);
            }
        }
        while (model_take(model))
            taken++;
        cr_expect_eq((int64_t)model->events.count + model->rung, taken);
        cr_expect(model->rung > 300, "%d", model->rung);
        cr_expect(taken > 10000 && cancelled > 5000, "%d taken, %d cancelled", (int)taken,
                  (int)cancelled);
        arena_close(&arena);
    }
}

Test(events, sorts_thousands_of_one_minute_by_kind)
{
    /* 2,500 of the slots in minute 777; while they are taken, some are cancelled, some moved to a
     * later kind of the minute, and some of those already taken scheduled again in it */
    static const uint64_t salts[] = {0, 0x5a5a5a5};
    for (int run = 0; run < 2; run++) {
        struct arena  arena;
        struct model *model = open_model(&arena, salts[run]);
        uint64_t      state = 99;
        for (uint32_t slot = 1; slot <= 2500; slot++)
            model_schedule(model, slot, 777, 1 + below(&state, 4));
        cr_assert_eq(model->count, 2500);
        int taken = 0, again = 0;
        while (model_take(model)) {
            uint32_t slot = 1 + below(&state, 2500);
            taken++;
            if (taken % 3 == 0) {
                model_cancel(model, slot);
            } else if (taken % 7 == 0) {
                model_cancel(model, slot);
                model_schedule(model, slot, 777, model->kind + below(&state, 3));
                again++;
            }
        }
        cr_expect_eq(model->now, 777);
        cr_expect(taken > 1500 && again > 100, "%d %d", taken, again);
        arena_close(&arena);
    }
}

static uint32_t take_slot(struct events *events)
{
    cr_assert_eq(events_next_minute(events), 50);
    return events_take(events).slot;
}

Test(events, reorders_ties_with_a_salt)
{
    /* 40 and 400 slots in one minute and kind: the salt gives another order */
    static const uint32_t counts[] = {40, 400};
    for (int c = 0; c < 2; c++) {
        uint32_t order[2][400];
        for (int run = 0; run < 2; run++) {
            struct arena  arena;
            struct model *model = open_model(&arena, run == 0 ? 0 : 0x5a5a5a5);
            for (uint32_t slot = 1; slot <= counts[c]; slot++)
                model_schedule(model, slot, 50, 3);
            for (uint32_t i = 0; i < counts[c]; i++)
                order[run][i] = take_slot(&model->events);
            cr_expect_eq(events_next_minute(&model->events), EVENT_END);
            arena_close(&arena);
        }
        cr_expect(memcmp(order[0], order[1], counts[c] * sizeof order[0][0]) != 0, "%d",
                  (int)counts[c]);
    }
}

Test(events, buckets_are_narrower_where_events_are_many)
{
    struct arena  arena;
    struct model *model = open_model(&arena, 0);
    cr_expect_eq(1 << model->events.bucket_shift, 64);
    arena_close(&arena);
    model = open_wide_or_narrow(&arena, MANY_SLOTS, 0);
    cr_expect_eq(1 << model->events.bucket_shift, 4);
    arena_close(&arena);
}

Test(events, drops_what_lies_at_the_horizon_or_after)
{
    struct arena  arena;
    struct model *model = open_model(&arena, 0);
    events_schedule(&model->events, 1, HORIZON, 1);
    events_schedule(&model->events, 2, HORIZON + 1, 1);
    events_schedule(&model->events, 3, (int64_t)1 << 40, 1);
    events_schedule(&model->events, 4, HORIZON - 1, 8);
    events_schedule(&model->events, 1, HORIZON - 1, 1); /* nothing is pending for it */
    cr_assert_eq(events_next_minute(&model->events), HORIZON - 1);
    struct event first = events_take(&model->events);
    cr_assert_eq(events_next_minute(&model->events), HORIZON - 1);
    struct event second = events_take(&model->events);
    cr_expect_eq(first.slot, 1);
    cr_expect_eq(second.slot, 4);
    cr_expect_eq(second.kind, 8);
    cr_expect_eq(events_next_minute(&model->events), EVENT_END);
    cr_expect_eq(events_next_minute(&model->events), EVENT_END);
}

Test(events, can_be_scheduled_again_after_there_was_none)
{
    struct arena  arena;
    struct model *model = open_model(&arena, 0);
    cr_assert_eq(events_next_minute(&model->events), EVENT_END);
    events_schedule(&model->events, 7, 100, 2);
    cr_expect_eq(events_next_minute(&model->events), 100);
    cr_expect_eq(events_take(&model->events).slot, 7);
}

Test(events, come_to_an_alarm_between_empty_buckets)
{
    /* no event but one far behind it: what is scheduled at the alarm comes at its own time, before
     * the far one, in the bucket of the alarm and in the next */
    struct arena  arena;
    struct model *model = open_model(&arena, 0);
    events_schedule(&model->events, 1, 900000, 4);
    events_set_alarm(&model->events, 640001); /* the second minute of bucket 10,000 */
    cr_assert_eq(events_next_minute(&model->events), 640001);
    cr_expect_eq(events_next_kind(&model->events, 640001), EVENT_KINDS - 1, "no event");
    events_set_alarm(&model->events, EVENT_END);
    events_schedule(&model->events, 2, 640063, 4);
    events_schedule(&model->events, 3, 640064, 4);
    for (uint32_t slot = 2; slot <= 4; slot++) {
        int64_t minute = slot < 4 ? 640061 + slot : 900000;
        cr_expect_eq(events_next_minute(&model->events), minute);
        cr_expect_eq(events_take(&model->events).slot, slot % 4 + slot / 4);
    }
    cr_expect_eq(events_next_minute(&model->events), EVENT_END);
    arena_close(&arena);
}

Test(events, knows_no_alarm_at_the_horizon_or_after_the_end)
{
    struct arena  arena;
    struct model *model = open_model(&arena, 0);
    events_set_alarm(&model->events, HORIZON);
    cr_expect_eq(events_next_minute(&model->events), EVENT_END);
    events_set_alarm(&model->events, HORIZON - 1);
    cr_expect_eq(events_next_minute(&model->events), HORIZON - 1);
    events_stop(&model->events);
    cr_expect_eq(events_next_minute(&model->events), EVENT_END);
    arena_close(&arena);
}

Test(events, counts_what_is_still_due_in_a_minute)
{
    struct arena  arena;
    struct model *model = open_model(&arena, 0);
    for (uint32_t slot = 1; slot <= 5; slot++)
        events_schedule(&model->events, slot, 100, slot < 3 ? 1 : 7);
    events_schedule(&model->events, 6, 101, 7);
    cr_assert_eq(events_next_minute(&model->events), 100);
    for (int taken = 1; taken <= 5; taken++) { /* 5 - taken are left; no more than 3 are counted */
        (void)events_take(&model->events);
        cr_expect_eq(events_due_count(&model->events, 100, 8), 5 - taken);
        cr_expect_eq(events_due_count(&model->events, 100, 3), taken < 2 ? 3 : 5 - taken);
    }
    cr_expect_eq(events_due_count(&model->events, 101, 8), 1);
    arena_close(&arena);
}
