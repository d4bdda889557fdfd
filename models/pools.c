#include "models/pools.h"

uint16_t pools_most_free(const struct prison *prison, const struct pool *pool)
{
    int64_t  best_room = INT64_MIN;
    int64_t  free_ahead = prison->pool_free[pool - prison->plan->rules.pool];
    uint16_t best = prison->pool_opened[pool - prison->plan->rules.pool];
    if (free_ahead > 0 && prison->unit[best].free == free_ahead)
        return best; /* the others have none: so it nearly always is where places are short */
    best = pool->unit[0];
    bool     any_free = free_ahead > 0;
    for (int i = 0; i < pool->unit_count && (!any_free || best_room < free_ahead); i++) {
        const struct unit_state *unit = &prison->unit[pool->unit[i]];
        int64_t                  room =
            any_free ? unit->free : (int64_t)unit->entries - unit->occupied - unit->turnover;
        free_ahead -= unit->free; /* no unit that follows can have more than is ahead */
        if (room > best_room) {
            best_room = room;
            best = pool->unit[i];
        }
    }
    return best;
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
