#include "models/choice.h"

void choice_open(struct prison *prison, struct arena *arena)
{
    prison->choice = arena_new(arena, struct choice, 1);
    prison->choice->list = arena_new(arena, struct candidate, prison->person_room);
}

/* A heap with the first on top. */
static void sift_down(struct candidate *heap, uint32_t count, uint32_t at)
{
    struct candidate moved = heap[at];
    for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && candidate_is_before(&heap[child + 1], &heap[child]))
            child++;
        if (!candidate_is_before(&heap[child], &moved))
            break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

void choice_order(struct choice *choice)
{
    for (uint32_t at = choice->count / 2; at-- > 0;)
        sift_down(choice->list, choice->count, at);
}

void choice_drop_first(struct choice *choice)
{
    choice->list[0] = choice->list[--choice->count];
    if (choice->count > 0)
        sift_down(choice->list, choice->count, 0);
}
