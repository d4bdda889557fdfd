#include "models/survivors.h"

/* -- making */

static int find_stay(struct survivors *survivors, const struct shape *stay)
{
    int i = 0;
    while (i < survivors->count && survivors->stay[i] != stay)
        i++;
    if (i == survivors->count)
        survivors->stay[survivors->count++] = stay;
    return i;
}

/* A stay varies by one attribute, so there are at most as many as it has values. */
const struct survivors *survivors_make(struct arena *arena, uint32_t profile_count,
                                       const struct shape *const *stay, const double *share)
{
    struct survivors *survivors = arena_new(arena, struct survivors, 1);
    survivors->stay = arena_new(arena, const struct shape *, VALUES_AT_MOST);
    uint8_t *of = arena_new(arena, uint8_t, profile_count);
    for (uint32_t p = 0; p < profile_count; p++)
        of[p] = (uint8_t)find_stay(survivors, stay[p]);
    if (survivors->count == 1)
        return NULL;
    survivors->first = arena_new(arena, uint32_t, (size_t)survivors->count + 1);
    survivors->profile = arena_new(arena, uint16_t, profile_count);
    survivors->up_to = arena_new(arena, double, profile_count);
    uint32_t at = 0;
    double   sum = 0;
    for (int i = 0; i < survivors->count; i++) {
        survivors->first[i] = at;
        for (uint32_t p = 0; p < profile_count; p++) {
            if (of[p] != i)
                continue;
            survivors->profile[at] = (uint16_t)p;
            survivors->up_to[at++] = sum += share[p];
        }
    }
    survivors->first[survivors->count] = at;
    return survivors;
}

/* -- drawing */

static double up_to(const struct survivors *survivors, uint32_t at)
{
    return at > 0 ? survivors->up_to[at - 1] : 0;
}

static uint16_t draw_within(const struct survivors *survivors, uint32_t first, uint32_t end,
                            double u)
{
    double   from = up_to(survivors, first);
    double   target = from + u * (up_to(survivors, end) - from);
    uint32_t low = first, high = end - 1;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (survivors->up_to[middle] <= target)
            low = middle + 1;
        else
            high = middle;
    }
    return survivors->profile[low];
}

uint16_t survivors_draw(const struct survivors *survivors, double elapsed_min, struct uniform u)
{
    double weight[VALUES_AT_MOST] = {0}, total = 0, before = 0;
    for (int i = 0; i < survivors->count; i++) {
        uint32_t first = survivors->first[i], end = survivors->first[i + 1];
        double   longer = 1 - shape_share_below(survivors->stay[i], elapsed_min);
        weight[i] = (up_to(survivors, end) - up_to(survivors, first)) * longer;
        total += weight[i];
    }
    if (total <= 0)
        return draw_within(survivors, 0, survivors->first[survivors->count], u.below);
    int    chosen = 0;
    double target = u.below * total, end = weight[0];
    for (int i = 1; i < survivors->count && target >= end; i++) {
        if (weight[i] <= 0)
            continue;
        chosen = i;
        before = end;
        end += weight[i];
    }
    return draw_within(survivors, survivors->first[chosen], survivors->first[chosen + 1],
                       (target - before) / weight[chosen]);
}
