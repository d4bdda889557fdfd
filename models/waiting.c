#include "models/waiting.h"

#include <string.h>

#include "models/alike.h"

#define HEAP_WIDTH 8
#define OFF_PATH __attribute__((noinline)) /* few lists are heaps */

/* A place in a heap: longest sentence first, then the key. */
struct rank {
    int64_t   sentence_min;
    uint64_t  key;
    person_id id;
    uint16_t  profile;
};

static enum order order_of(const struct prison *prison, list_id list)
{
    const struct rules *rules = &prison->plan->rules;
    int                 rule = rules->lists[list % rules->list_count].rule;
    return rules->list[rule].order;
}

void waiting_open(struct prison *prison, struct arena *arena)
{
    int count = prison->plan->rules.list_count;
    prison->list = arena_new(arena, struct waiting_list, 2 * (size_t)count + 1);
    prison->called = arena_new(arena, int64_t, (size_t)count + 1);
    for (int l = 0; l < 2 * count; l++) {
        prison->list[l].first = prison->list[l].last = NOBODY;
        if (order_of(prison, (list_id)l) == ORDER_LONGEST_SENTENCE)
            prison->list[l].heap = arena_new(arena, struct rank, prison->person_room);
    }
    alike_open(prison, arena);
    if (prison->plan->rules.ring_pools) {
        size_t pools = (size_t)prison->plan->rules.pool_count;
        prison->sitting = arena_new(arena, int32_t, (size_t)count * pools);
        prison->sitting_pools = arena_new(arena, mask, (size_t)count);
    }
}

/* -- linked lists: by (since, key)
 * -------------------------------------------------------------------------------- */

static void link_behind(struct prison *prison, struct waiting_list *list, person_id before,
                        person_id id)
{
    struct person *person = &prison->person[id];
    person_id      after = before == NOBODY ? list->first : prison->person[before].next;
    person->prev = before;
    person->next = after;
    if (before == NOBODY)
        list->first = id;
    else
        prison->person[before].next = id;
    if (after == NOBODY)
        list->last = id;
    else
        prison->person[after].prev = id;
}

/* From the end, since most join last. */
static void link_in(struct prison *prison, struct waiting_list *list, person_id id)
{
    const struct person *person = &prison->person[id];
    person_id            before = list->last;
    while (before != NOBODY && waits_before(person, &prison->person[before]))
        before = prison->person[before].prev;
    link_behind(prison, list, before, id);
}

static void link_out(struct prison *prison, struct waiting_list *list, person_id id)
{
    const struct person *person = &prison->person[id];
    if (person->prev == NOBODY)
        list->first = person->next;
    else
        prison->person[person->prev].next = person->next;
    if (person->next == NOBODY)
        list->last = person->prev;
    else
        prison->person[person->next].prev = person->prev;
}

/* -- sorting linked lists, once the starting population has joined in any order -- */

#define RUNS 32 /* of 1, 2, 4 .. people in order */

/* Two runs, linked by `next`, into one. */
static person_id merge(struct person *person, person_id a, person_id b)
{
    person_id first, *end = &first;
    while (a != NOBODY && b != NOBODY) {
        person_id *least = waits_before(&person[b], &person[a]) ? &b : &a;
        *end = *least;
        end = &person[*least].next;
        *least = *end;
    }
    *end = a != NOBODY ? a : b;
    return first;
}

/* Merges as one adds in binary: a new person is a run of 1, two runs of 1 make a run of 2. */
static person_id sort(struct person *person, person_id first)
{
    person_id run[RUNS], all = NOBODY;
    for (int r = 0; r < RUNS; r++)
        run[r] = NOBODY;
    while (first != NOBODY) {
        person_id carry = first;
        int       r = 0;
        first = person[carry].next;
        person[carry].next = NOBODY;
        for (; run[r] != NOBODY; r++) {
            carry = merge(person, run[r], carry);
            run[r] = NOBODY;
        }
        run[r] = carry;
    }
    for (int r = 0; r < RUNS; r++)
        all = merge(person, run[r], all);
    return all;
}

static void link_last(struct prison *prison, struct waiting_list *list, person_id id)
{
    struct person *person = &prison->person[id];
    person->prev = list->last;
    person->next = NOBODY;
    if (list->last == NOBODY)
        list->first = id;
    else
        prison->person[list->last].next = id;
    list->last = id;
}

static void sort_list(struct prison *prison, struct waiting_list *list)
{
    person_id next = sort(prison->person, list->first);
    list->first = list->last = NOBODY;
    while (next != NOBODY) {
        person_id id = next;
        next = prison->person[id].next;
        link_last(prison, list, id);
    }
}

/* -- heaps: by (longest sentence, key); a person's `prev` is his place
 * ----------------------------------------------- */

static bool ranks_before(const struct rank *a, const struct rank *b)
{
    return a->sentence_min > b->sentence_min ||
           (a->sentence_min == b->sentence_min && a->key < b->key);
}

static void put_rank(struct prison *prison, struct rank *heap, uint32_t at, struct rank rank)
{
    heap[at] = rank;
    prison->person[rank.id].prev = at;
}

static OFF_PATH void sift_up(struct prison *prison, struct rank *heap, uint32_t at,
                             struct rank rank)
{
    while (at > 0 && ranks_before(&rank, &heap[(at - 1) / HEAP_WIDTH])) {
        put_rank(prison, heap, at, heap[(at - 1) / HEAP_WIDTH]);
        at = (at - 1) / HEAP_WIDTH;
    }
    put_rank(prison, heap, at, rank);
}

static uint32_t first_child(const struct rank *heap, uint32_t count, uint32_t at)
{
    uint32_t child = at * HEAP_WIDTH + 1, best = child;
    for (uint32_t c = child + 1; c < child + HEAP_WIDTH && c < count; c++)
        if (ranks_before(&heap[c], &heap[best]))
            best = c;
    return best;
}

static void sift_down(struct prison *prison, struct rank *heap, uint32_t count, uint32_t at,
                      struct rank rank)
{
    while (at * HEAP_WIDTH + 1 < count) {
        uint32_t child = first_child(heap, count, at);
        if (!ranks_before(&heap[child], &rank))
            break;
        put_rank(prison, heap, at, heap[child]);
        at = child;
    }
    put_rank(prison, heap, at, rank);
}

static OFF_PATH void heap_out(struct prison *prison, struct waiting_list *list, person_id id)
{
    uint32_t    at = prison->person[id].prev, last = list->count - 1;
    struct rank rank = list->heap[last];
    if (at == last)
        return;
    if (at > 0 && ranks_before(&rank, &list->heap[(at - 1) / HEAP_WIDTH]))
        sift_up(prison, list->heap, at, rank);
    else
        sift_down(prison, list->heap, last, at, rank);
}

/* -- both -- */

static void mark_waiting(struct prison *prison, list_id l)
{
    mask bit = (mask)1 << l;
    prison->waiting_lists |= bit;
    if (prison->plan->rules.lists[l].pools & prison->free_pools)
        prison->ready_lists |= bit & prison->served_lists;
}

static void mark_empty(struct prison *prison, list_id l)
{
    prison->waiting_lists &= ~((mask)1 << l);
    prison->ready_lists &= prison->waiting_lists;
}

static void count_in(struct prison *prison, const struct person *person, list_id l)
{
    prison->list[l].count++;
    if (l < prison->plan->rules.list_count && prison->list[l].count == 1)
        mark_waiting(prison, l);
    waiting_sit(prison, person, 1);
}

void waiting_join(struct prison *prison, person_id id, list_id l)
{
    struct waiting_list *list = &prison->list[l];
    struct person       *person = &prison->person[id];
    must(person->list == NO_LIST);
    person->list = l;
    if (list->heap)
        sift_up(prison, list->heap, list->count,
                (struct rank){person->length_min, person->key, id, person->profile});
    else
        link_in(prison, list, id);
    if (list->alike)
        alike_join(prison, list, id);
    count_in(prison, person, l);
}

void waiting_start(struct prison *prison, person_id id, list_id l)
{
    struct waiting_list *list = &prison->list[l];
    if (list->heap) {
        waiting_join(prison, id, l);
        return;
    }
    must(prison->person[id].list == NO_LIST);
    prison->person[id].list = l;
    link_last(prison, list, id);
    count_in(prison, &prison->person[id], l);
}

void waiting_sort(struct prison *prison)
{
    for (int l = 0; l < 2 * prison->plan->rules.list_count; l++) {
        if (!prison->list[l].heap && prison->list[l].count > 1)
            sort_list(prison, &prison->list[l]);
        if (prison->list[l].alike)
            alike_sort(prison, &prison->list[l]);
    }
}

void waiting_leave(struct prison *prison, person_id id)
{
    list_id              l = prison->person[id].list;
    struct waiting_list *list = &prison->list[l];
    if (list->heap)
        heap_out(prison, list, id);
    else
        link_out(prison, list, id);
    if (list->alike)
        alike_leave(prison, list, id);
    list->count--;
    waiting_sit(prison, &prison->person[id], -1);
    prison->person[id].list = NO_LIST;
    if (list->count == 0 && l < prison->plan->rules.list_count)
        mark_empty(prison, l);
}

person_id waiting_first(const struct prison *prison, list_id l)
{
    const struct waiting_list *list = &prison->list[l];
    if (list->count == 0)
        return NOBODY;
    return list->heap ? list->heap[0].id : list->first;
}

static bool comes_before(const struct prison *prison, list_id a, list_id b)
{
    if (prison->list[a].heap)
        return ranks_before(&prison->list[a].heap[0], &prison->list[b].heap[0]);
    return waits_before(&prison->person[prison->list[a].first],
                        &prison->person[prison->list[b].first]);
}

person_id waiting_first_of(const struct prison *prison, mask lists)
{
    int best = mask_lowest(lists);
    for (lists &= lists - 1; lists; lists &= lists - 1) {
        int l = mask_lowest(lists);
        if (comes_before(prison, (list_id)l, (list_id)best))
            best = l;
    }
    return waiting_first(prison, (list_id)best);
}

/* -- of those in a pool -- */

/* Into a unit that is closed nobody comes, so nobody hands on his place there. */
static bool hands_on(const struct prison *prison, const struct person *person)
{
    return person->unit < prison->outside && !prison->unit[person->unit].closed &&
           !person_must_move(person);
}

/* The i-th of a list, in whatever order: `before` is the one before him. */
static person_id ith(const struct prison *prison, const struct waiting_list *list, uint32_t i,
                     person_id before)
{
    if (list->heap)
        return list->heap[i].id;
    return i == 0 ? list->first : prison->person[before].next;
}

mask waiting_open_pools(const struct prison *prison, list_id l)
{
    const struct waiting_list *list = &prison->list[l];
    mask                       pools = 0;
    person_id                  id = NOBODY;
    if (!prison->units_close || !prison->sitting_pools[l])
        return prison->sitting_pools[l];
    for (uint32_t i = 0; i < list->count; i++) {
        id = ith(prison, list, i, id);
        if (hands_on(prison, &prison->person[id]))
            pools |= (mask)1 << prison->plan->rules.pool_of_unit[prison->person[id].unit];
    }
    return pools & prison->sitting_pools[l];
}

static bool stands_before(const struct waiting_list *list, const struct person *a,
                          const struct person *b)
{
    if (list->heap && a->length_min != b->length_min)
        return a->length_min > b->length_min;
    return list->heap ? a->key < b->key : waits_before(a, b);
}

static person_id first_in_pool(const struct prison *prison, const struct waiting_list *list,
                               int pool, person_id best)
{
    const struct person *person = prison->person;
    const uint16_t      *pool_of_unit = prison->plan->rules.pool_of_unit;
    person_id            id = NOBODY;
    for (uint32_t i = 0; i < list->count; i++) {
        id = ith(prison, list, i, id);
        bool is_in = hands_on(prison, &person[id]) && pool_of_unit[person[id].unit] == pool;
        if (is_in && (best == NOBODY || stands_before(list, &person[id], &person[best])))
            best = id;
    }
    return best;
}

person_id waiting_first_from(const struct prison *prison, int from, int to)
{
    const struct list_plan *lists = prison->plan->rules.lists;
    person_id               best = NOBODY;
    int                     rule = -1;
    for (mask rest = prison->waiting_lists & prison->served_lists; rest; rest &= rest - 1) {
        int l = mask_lowest(rest);
        if (!(lists[l].pools >> to & prison->sitting_pools[l] >> from & 1))
            continue;
        if (best != NOBODY && lists[l].rule != rule)
            break;
        rule = lists[l].rule;
        best = first_in_pool(prison, &prison->list[l], from, best);
    }
    return best;
}

person_id waiting_ith(const struct prison *prison, list_id list, uint32_t i, person_id before)
{
    return ith(prison, &prison->list[list], i, before);
}

/* -- of those with a title -- */

/* Who has a place waits for a better one; who is at the gate has come to be placed. */
static bool is_open(const struct person *person, int status, uint32_t profile)
{
    return person->profile == profile && person->status == status &&
           (person->flags & (PERSON_WAITING | PERSON_PLACED | PERSON_AT_GATE)) == PERSON_WAITING;
}

static person_id longest_in_heap(const struct prison *prison, const struct waiting_list *list,
                                 int status, uint32_t profile)
{
    person_id found = NOBODY;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct rank *rank = &list->heap[i];
        if (rank->profile != profile)
            continue;
        const struct person *person = &prison->person[rank->id];
        if (is_open(person, status, profile) &&
            (found == NOBODY || waits_before(person, &prison->person[found])))
            found = rank->id;
    }
    return found;
}

person_id waiting_longest(const struct prison *prison, list_id l, int status, uint32_t profile)
{
    const struct waiting_list *list = &prison->list[l];
    if (list->heap)
        return longest_in_heap(prison, list, status, profile);
    person_id id = list->alike ? list->alike[profile].first : list->first;
    while (id != NOBODY && !is_open(&prison->person[id], status, profile))
        id = list->alike ? prison->alike[id].next : prison->person[id].next;
    return id;
}
