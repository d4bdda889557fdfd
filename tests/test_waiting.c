#include <criterion/criterion.h>
#include <string.h>

#include "models/waiting.h"
#include "tests/support.h"

#define PEOPLE 700

static struct prison *open_scenario(const char *text)
{
    const struct scenario *plan = support_scenario(text);
    struct arena           results = support_arena(), *world = arena_new(&results, struct arena, 1);
    struct errors          errors = {0};
    struct records         records;
    struct prison         *prison = arena_new(&results, struct prison, 1);
    cr_assert(arena_open(world, model_arena_room(plan), &errors));
    records_open(&records, &results, plan->record_size, 0, 1);
    prison_open(prison, plan, 1, 0, 0, world, &records.record[0], NULL);
    return prison;
}

/* Two lists of one rule: men may be in two units, women in one. List 0 is that of men. */
static struct prison *open_prison(const char *order)
{
    char text[1024];
    snprintf(text, sizeof text,
             "period: {start: 2026-01-01, end: 2026-12-31}\n"
             "attributes: {sex: {man: 1/2, woman: rest}}\n"
             "regimes: {ward: {}, annex: {}}\n"
             "units: {ward: {regime: ward, places: 9}, annex: {regime: annex, places: 9, admits: "
             "{sex: man}}}\n"
             "statuses: {held: {sentence: 9 days}}\n"
             "placement: {all: {to: [ward, annex], order: %s}}\n"
             "start: {waiting: {held: {persons: 4000}}}\n",
             order);
    return open_scenario(text);
}

static uint64_t next_random(uint64_t *state) /* splitmix64 */
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* Somebody who waits since `since_min` with a sentence, not yet on a list. */
static person_id add_person(struct prison *prison, int32_t since_min, uint64_t key,
                            int32_t sentence_min)
{
    person_id      id = prison_take_person(prison);
    struct person *person = &prison->person[id];
    prison_enter(prison, id, 0);
    person->since_min = since_min;
    person->key = key;
    person->length_min = sentence_min;
    return id;
}

static bool longest_sentence_first(const struct person *a, const struct person *b)
{
    return a->length_min > b->length_min || (a->length_min == b->length_min && a->key < b->key);
}

static bool longest_waiting_first(const struct person *a, const struct person *b)
{
    return a->since_min < b->since_min || (a->since_min == b->since_min && a->key < b->key);
}

/* Joins, leaves from anywhere and looks, at random, with an unordered set beside it. */
static void compare_with_set(const char *order,
                             bool (*before)(const struct person *, const struct person *))
{
    struct prison *prison = open_prison(order);
    uint64_t       state = 7;
    person_id      on[PEOPLE], off[PEOPLE];
    int            on_count = 0, off_count = PEOPLE, looks = 0;
    for (int i = 0; i < PEOPLE; i++) /* few sentences and dates, so many ties */
        off[i] = add_person(prison, (int32_t)(next_random(&state) % 40) - 20,
                            (next_random(&state) & ~(uint64_t)0xffff) | (uint64_t)i,
                            (int32_t)(next_random(&state) % 30) + 1);
    for (int step = 0; step < 20000; step++) {
        /* fills up for 4,000 steps, then empties for as many, and so on */
        bool join = next_random(&state) % 100 < (step / 4000 % 2 == 0 ? 60u : 40u);
        if (join && off_count > 0) {
            int at = (int)(next_random(&state) % (uint64_t)off_count);
            waiting_join(prison, off[at], 0);
            on[on_count++] = off[at];
            off[at] = off[--off_count];
        } else if (!join && on_count > 0) {
            int at = (int)(next_random(&state) % (uint64_t)on_count);
            waiting_leave(prison, on[at]);
            off[off_count++] = on[at];
            on[at] = on[--on_count];
        }
        person_id first = on_count > 0 ? on[0] : NOBODY;
        for (int i = 1; i < on_count; i++)
            if (before(&prison->person[on[i]], &prison->person[first]))
                first = on[i];
        looks += on_count > 1;
        cr_assert_eq(waiting_first(prison, 0), first, "step %d, %d people", step, on_count);
        cr_assert_eq(prison->list[0].count, (uint32_t)on_count);
        cr_assert((prison->waiting_lists != 0) == (on_count > 0));
    }
    cr_assert_gt(looks, 10000);
}

Test(waiting, keeps_the_longest_waiting_first_whoever_leaves)
{
    compare_with_set("longest_waiting", longest_waiting_first);
}

Test(waiting, keeps_the_longest_sentence_first_whoever_leaves)
{
    compare_with_set("longest_sentence", longest_sentence_first);
}

Test(waiting, gives_all_in_order)
{
    /* 700 people taken from the front come out as a sort has them: by date, then by key */
    static const char *const orders[] = {"longest_waiting", "longest_sentence"};
    for (int o = 0; o < 2; o++) {
        struct prison *prison = open_prison(orders[o]);
        bool (*before)(const struct person *, const struct person *) =
            o == 0 ? longest_waiting_first : longest_sentence_first;
        uint64_t state = 11;
        for (int i = 0; i < PEOPLE; i++)
            waiting_join(prison,
                         add_person(prison, (int32_t)(next_random(&state) % 50),
                                    next_random(&state), (int32_t)(next_random(&state) % 50) + 1),
                         0);
        person_id last = NOBODY, id;
        int       count = 0;
        while ((id = waiting_first(prison, 0)) != NOBODY) {
            waiting_leave(prison, id);
            cr_expect(last == NOBODY || before(&prison->person[last], &prison->person[id]));
            cr_expect_eq(prison->person[id].list, NO_LIST);
            last = id;
            count++;
        }
        cr_expect_eq(count, PEOPLE);
        cr_expect(prison->waiting_lists == 0);
    }
}

/* `count` people start on list 0 in any order. Some leave from inside, then all from the front: as
 * a sort has them. */
static void start_and_empty(const char *order, int count,
                            bool (*before)(const struct person *, const struct person *))
{
    struct prison *prison = open_prison(order);
    uint64_t       state = 13;
    person_id      id, last = NOBODY, started[PEOPLE];
    for (int i = 0; i < count; i++) { /* few dates and sentences, so many ties */
        started[i] = add_person(prison, (int32_t)(next_random(&state) % 50) - 50,
                                (next_random(&state) & ~(uint64_t)0xffff) | (uint64_t)i,
                                (int32_t)(next_random(&state) % 30) + 1);
        waiting_start(prison, started[i], 0);
    }
    waiting_sort(prison);
    cr_expect_eq(prison->list[0].count, (uint32_t)count);
    for (int i = 0; i < count; i += 3)
        waiting_leave(prison, started[i]);
    waiting_join(prison, add_person(prison, -25, 7, 15), 0);
    int left = count - (count + 2) / 3 + 1;
    for (; (id = waiting_first(prison, 0)) != NOBODY; last = id, left--) {
        cr_assert(last == NOBODY || before(&prison->person[last], &prison->person[id]));
        waiting_leave(prison, id);
    }
    cr_expect_eq(left, 0, "%s, %d people", order, count);
}

Test(waiting, starts_in_any_order)
{
    static const int counts[] = {0, 1, 2, 3, 4, 63, 64, 65, PEOPLE};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        start_and_empty("longest_waiting", counts[i], longest_waiting_first);
        start_and_empty("longest_sentence", counts[i], longest_sentence_first);
    }
}

Test(waiting, joins_with_the_old_waiting_time)
{
    /* since 10, 20, 30; then 20 with a lower key, 5 and 25: 5, 10, 20 (key 1), 20 (key 2), 25, 30
     */
    struct prison *prison = open_prison("longest_waiting");
    static const struct {
        int32_t  since;
        uint64_t key;
    } people[] = {{10, 9}, {20, 2}, {30, 3}, {20, 1}, {5, 99}, {25, 4}},
      order[] = {{5, 99}, {10, 9}, {20, 1}, {20, 2}, {25, 4}, {30, 3}};
    for (int i = 0; i < 6; i++)
        waiting_join(prison, add_person(prison, people[i].since, people[i].key, 1), 0);
    for (int i = 0; i < 6; i++) {
        const struct person *first = &prison->person[waiting_first(prison, 0)];
        cr_expect_eq(first->since_min, order[i].since);
        cr_expect_eq(first->key, order[i].key);
        waiting_leave(prison, waiting_first(prison, 0));
    }
    cr_expect_eq(waiting_first(prison, 0), NOBODY);
}

Test(waiting, takes_the_first_of_several_lists_of_a_rule)
{
    /* (since, key, sentence): list 0 has (10, 5, 4) and (30, 1, 9), list 1 has (10, 4, 9), (2, 8,
     * 1). By waiting: 2, then 10 with key 4, 10 with key 5, 30. By sentence: 9 with key 1, 9 with
     * key 4, 4, 1. */
    static const char *const orders[] = {"longest_waiting", "longest_sentence"};
    static const uint64_t    keys[2][4] = {{8, 4, 5, 1}, {1, 4, 5, 8}};
    for (int o = 0; o < 2; o++) {
        struct prison *prison = open_prison(orders[o]);
        cr_assert_eq(prison->plan->rules.list_count, 2);
        waiting_join(prison, add_person(prison, 10, 5, 4), 0);
        waiting_join(prison, add_person(prison, 30, 1, 9), 0);
        waiting_join(prison, add_person(prison, 10, 4, 9), 1);
        waiting_join(prison, add_person(prison, 2, 8, 1), 1);
        for (int i = 0; i < 4; i++) {
            person_id first = waiting_first_of(prison, prison->waiting_lists);
            cr_expect_eq(prison->person[first].key, keys[o][i], "%s %d", orders[o], i);
            waiting_leave(prison, first);
        }
        cr_expect(prison->waiting_lists == 0);
    }
}

Test(waiting, keeps_the_queue_of_a_call_up_apart)
{
    /* people in the queue for call-up are not on a list from which a round takes */
    struct prison *prison = open_prison("longest_sentence");
    list_id        queue = waiting_call_queue(prison, 1);
    person_id      one = add_person(prison, 3, 1, 7), other = add_person(prison, 1, 2, 8);
    waiting_join(prison, one, queue);
    waiting_join(prison, other, queue);
    cr_expect(prison->waiting_lists == 0);
    cr_expect_eq(waiting_first(prison, 1), NOBODY);
    cr_expect_eq(waiting_first(prison, queue), other, "the longer sentence");
    waiting_leave(prison, other);
    cr_expect_eq(waiting_first(prison, queue), one);
}

/* The longest waiting of a profile, by a look at all. */
static person_id longest_of(const struct prison *prison, const person_id *on, int count,
                            uint32_t profile)
{
    person_id found = NOBODY;
    for (int i = 0; i < count; i++) {
        const struct person *person = &prison->person[on[i]];
        if (person->profile == profile &&
            (found == NOBODY || longest_waiting_first(person, &prison->person[found])))
            found = on[i];
    }
    return found;
}

static person_id add_reporter(struct prison *prison, uint64_t *state, int i)
{
    person_id id = add_person(prison, (int32_t)(next_random(state) % 40) - 20,
                              (next_random(state) & ~(uint64_t)0xffff) | (uint64_t)i, 9);
    prison->person[id].profile = (uint16_t)(next_random(state) % 4);
    prison_wait(prison, id);
    return id;
}

Test(waiting, finds_the_longest_waiting_of_a_profile_from_whom_titles_are_drawn)
{
    /* Half of the people start in the queue for call-up in any order; then others join, and some
     * leave from anywhere. Each of the four profiles is sought in
     * turn until nobody is left. */
    struct prison *prison = open_scenario(
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "attributes: {sex: {man: 1/2, woman: rest}, age: {young: 1/2, old: rest}}\n"
        "regimes: {ward: {}}\n"
        "units: {ward: {regime: ward, places: 9}}\n"
        "statuses:\n"
        "  reporter: {sentence: 9 days, called_up: {every: week}}\n"
        "  held: {stay: 9 days, further_titles: {chance: 1/2, draws_from: reporter}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {waiting: {reporter: {persons: 4000}}}\n");
    list_id   queue = waiting_call_queue(prison, 0);
    uint64_t  state = 17;
    person_id on[PEOPLE];
    int       count = 0;
    cr_assert_not_null(prison->list[queue].alike);
    for (; count < PEOPLE / 2; count++) {
        on[count] = add_reporter(prison, &state, count);
        waiting_start(prison, on[count], queue);
    }
    waiting_sort(prison);
    for (; count < PEOPLE; count++) {
        on[count] = add_reporter(prison, &state, count);
        waiting_join(prison, on[count], queue);
    }
    for (uint32_t step = 0; count > 0; step++) {
        uint32_t profile = step % 4;
        cr_assert_eq(waiting_longest(prison, queue, 0, profile),
                     longest_of(prison, on, count, profile), "%d people", count);
        int at = (int)(next_random(&state) % (uint64_t)count);
        waiting_leave(prison, on[at]);
        on[at] = on[--count];
    }
    cr_expect_eq(waiting_longest(prison, queue, 0, 3), NOBODY);
}
