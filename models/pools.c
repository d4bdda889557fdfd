#include "models/pools.h"

/* Of those of one set of levels, of which the highest is not that of no place. */
static uint16_t most_free_of(const struct prison *prison, const struct levels *levels,
                             const uint16_t *unit)
{
    int32_t  top = levels_top(levels);
    uint64_t on = levels->on[top];
    uint16_t best = unit[__builtin_ctzll(on)];
    if (top < LEVELS - 1)
        return best;
    while (on &= on - 1) /* here some have more than others */
        if (prison->unit[unit[__builtin_ctzll(on)]].free > prison->unit[best].free)
            best = unit[__builtin_ctzll(on)];
    return best;
}

static uint16_t most_free(const struct prison *prison, const struct pool *pool)
{
    const struct levels *levels = &prison->levels[pool->levels];
    uint16_t             best = most_free_of(prison, levels, pool->unit);
    for (int i = LEVEL_UNITS; i < pool->unit_count; i += LEVEL_UNITS) {
        uint16_t other = most_free_of(prison, ++levels, pool->unit + i);
        if (prison->unit[other].free > prison->unit[best].free)
            best = other;
    }
    return best;
}

/* A unit that should have no usable places, not yet built or closed, is the last. */
static uint16_t least_over(const struct prison *prison, const struct pool *pool)
{
    uint16_t best = pool->unit[0];
    int64_t  least = INT64_MAX;
    for (int i = 0; i < pool->unit_count; i++) {
        const struct unit_state *unit = &prison->unit[pool->unit[i]];
        int64_t                  over = unit->occupied + unit->turnover - unit->entries;
        if (prison->capacity[pool->unit[i]].planned.usable == 0)
            over += UNLIMITED;
        if (over < least) {
            least = over;
            best = pool->unit[i];
        }
    }
    return best;
}

uint16_t pools_most_free(const struct prison *prison, const struct pool *pool)
{
    return prison->pool_free[pool - prison->plan->rules.pool] > 0 ? most_free(prison, pool)
                                                                  : least_over(prison, pool);
}

uint16_t pools_find_cell(const struct prison *prison, int regime, int status, uint32_t profile)
{
    const struct rules *rules = &prison->plan->rules;
    mask                all = rules->of_regime[regime];
    mask admitted = all & rules->admitted[(size_t)status * rules->profile_count + profile];
    mask able = admitted ? admitted : all;
    mask free = able & prison->free_pools;
    const struct pool *found = &rules->pool[mask_lowest(free ? free : able)];
    return found->unit_count == 1 ? found->unit[0] : pools_most_free(prison, found);
}

int pools_of_regime(const struct prison *prison, int regime, uint8_t *pool)
{
    const struct rules *rules = &prison->plan->rules;
    int                 count = 0;
    for (int p = 0; p < rules->pool_count; p++)
        if (rules->pool[p].regime == regime)
            pool[count++] = (uint8_t)p;
    return count;
}

int pools_of_mask(mask pools, uint8_t *pool)
{
    int count = 0;
    for (; pools; pools &= pools - 1)
        pool[count++] = (uint8_t)mask_lowest(pools);
    return count;
}

int pools_admitting(const struct prison *prison, int status, uint32_t profile, uint8_t *pool,
                    int pool_count)
{
    const struct rules *rules = &prison->plan->rules;
    mask                admitted = rules->admitted[(size_t)status * rules->profile_count + profile];
    int                 count = 0;
    for (int i = 0; i < pool_count; i++)
        if (admitted >> pool[i] & 1)
            pool[count++] = pool[i];
    return count > 0 ? count : pool_count;
}
