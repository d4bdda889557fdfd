#include "models/pools.h"

/* Of a pool with `ahead` free places, which is more than none. */
static uint16_t most_free(const struct prison *prison, const struct pool *pool, int64_t ahead)
{
    const uint16_t *unit = pool->unit;
    uint16_t        best = *unit;
    int32_t         most = 0;
    for (; most < ahead; unit++) { /* no unit that follows can have more than is ahead */
        int32_t free = prison->unit[*unit].free;
        ahead -= free;
        best = free > most ? *unit : best;
        most = free > most ? free : most;
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
    size_t                   p = (size_t)(pool - prison->plan->rules.pool);
    int64_t                  free = prison->pool_free[p];
    const struct unit_state *opened = prison->pool_opened[p];
    if (free == 0)
        return least_over(prison, pool);
    if (opened->free == free)
        return (uint16_t)(opened - prison->unit); /* the others have none: often so */
    return most_free(prison, pool, free);
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
