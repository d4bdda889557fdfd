#include "models/waiting.h"

#include <string.h>

#define HEAP_WIDTH 8

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
}

/* -- linked lists: by (since, key)
 * -------------------------------------------------------------------------------- */

static bool waits_before(const struct person *a, const struct person *b)
{
    return a->since_min < b->since_min || (a->since_min == b->since_min && a->key < b->key);
}

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

/* Two rows of people, each in order and linked by `next`, become one. */
static person_id merge(struct prison *prison, person_id one, person_id other)
{
    struct person *person = prison->person;
    person_id      first = NOBODY, *end = &first;
    while (one != NOBODY && other != NOBODY) {
        person_id *from = waits_before(&person[other], &person[one]) ? &other : &one;
        *end = *from;
        end = &person[*from].next;
        *from = *end;
    }
    *end = one == NOBODY ? other : one;
    return first;
}

/* Merge sort: row r holds 2^r people or none, as the bits of a number that is counted up. */
static person_id sort_row(struct prison *prison, person_id id)
{
    person_id row[32], sorted = NOBODY;
    memset(row, 0xFF, sizeof row); /* NOBODY */
    for (person_id next; id != NOBODY; id = next) {
        int r = 0;
        next = prison->person[id].next;
        prison->person[id].next = NOBODY;
        for (; row[r] != NOBODY; row[r++] = NOBODY)
            id = merge(prison, row[r], id);
        row[r] = id;
    }
    for (int r = 0; r < 32; r++)
        sorted = merge(prison, row[r], sorted);
    return sorted;
}

static void sort_list(struct prison *prison, struct waiting_list *list)
{
    person_id id = list->first = sort_row(prison, list->first);
    list->last = NOBODY;
    for (; id != NOBODY; id = prison->person[id].next) {
        prison->person[id].prev = list->last;
        list->last = id;
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

static void sift_up(struct prison *prison, struct rank *heap, uint32_t at, struct rank rank)
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

static void heap_out(struct prison *prison, struct waiting_list *list, person_id id)
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

static void join(struct prison *prison, person_id id, list_id l, bool in_order)
{
    struct waiting_list *list = &prison->list[l];
    struct person       *person = &prison->person[id];
    must(person->list == NO_LIST);
    person->list = l;
    if (list->heap)
        sift_up(prison, list->heap, list->count,
                (struct rank){person->length_min, person->key, id, person->profile});
    else if (in_order)
        link_in(prison, list, id);
    else
        link_behind(prison, list, list->last, id);
    if (list->count++ == 0 && l < prison->plan->rules.list_count)
        mark_waiting(prison, l);
}

void waiting_join(struct prison *prison, person_id id, list_id l)
{
    join(prison, id, l, true);
}

void waiting_join_unsorted(struct prison *prison, person_id id, list_id l)
{
    join(prison, id, l, false);
}

void waiting_sort(struct prison *prison)
{
    for (int l = 0; l < 2 * prison->plan->rules.list_count; l++)
        if (!prison->list[l].heap && prison->list[l].count > 0)
            sort_list(prison, &prison->list[l]);
}

void waiting_leave(struct prison *prison, person_id id)
{
    list_id              l = prison->person[id].list;
    struct waiting_list *list = &prison->list[l];
    if (list->heap)
        heap_out(prison, list, id);
    else
        link_out(prison, list, id);
    list->count--;
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
    person_id id = list->first;
    while (id != NOBODY && !is_open(&prison->person[id], status, profile))
        id = prison->person[id].next;
    return id;
}
