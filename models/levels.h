/* The units of a pool by how many free places they have, so that the one with most is found without
 * a look at each, and without a branch that chance decides. A level is a number of free places;
 * units on the last have so many or more. A pool of more units than a set holds has several.
 */
#ifndef CELSIM_MODELS_LEVELS_H
#define CELSIM_MODELS_LEVELS_H

#include <stdint.h>

#define LEVELS 32
#define LEVEL_UNITS 64

struct levels {
    uint64_t on[LEVELS]; /* the units on a level: a bit for each, in the order of the pool */
    uint32_t used;       /* levels with a unit: a mask */
};

static inline int32_t level_of(int32_t free)
{
    return free < LEVELS ? free : LEVELS - 1;
}

/* A unit (its bit) is there from now on. */
static inline void levels_add(struct levels *levels, uint64_t unit, int32_t free)
{
    levels->on[level_of(free)] |= unit;
    levels->used |= (uint32_t)1 << level_of(free);
}

/* A unit has another number of free places. */
static inline void levels_move(struct levels *levels, uint64_t unit, int32_t from, int32_t to)
{
    int32_t  left = level_of(from), now = level_of(to);
    uint64_t on = levels->on[left] ^ unit;
    levels->on[left] = on;
    levels->on[now] |= unit;
    levels->used &= ~((uint32_t)(on == 0) << left);
    levels->used |= (uint32_t)1 << now;
}

/* The highest level with a unit, of levels that have one. */
static inline int32_t levels_top(const struct levels *levels)
{
    return LEVELS - 1 - __builtin_clz(levels->used);
}

#endif
