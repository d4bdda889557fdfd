/* Where a place would be given: the unit of a row of pools. Reads the ledger, changes nothing.
 */
#ifndef CELSIM_MODELS_POOLS_H
#define CELSIM_MODELS_POOLS_H

#include "models/prison.h"

/* The unit with most free places; none free: least over. The first of the pool where equal. */
uint16_t pools_most_free(const struct prison *prison, const struct pool *pool);

/* The unit of these pools (in the order of the list) where a place would be given: the first pool
 * with a free place, in it the unit with most free places. With none free: the unit of the first
 * pool that is least over its places. */
static inline uint16_t pools_find_unit(const struct prison *prison, const uint8_t *pool,
                                       int pool_count)
{
    int i = 0;
    while (i < pool_count && prison->pool_free[pool[i]] == 0)
        i++;
    const struct pool *found = &prison->plan->rules.pool[pool[i < pool_count ? i : 0]];
    return found->unit_count == 1 ? found->unit[0] : pools_most_free(prison, found);
}

/* The same among all pools of a regime in their own order, those that do not admit people of this
 * status and profile left out unless none does: by masks, for who goes to a cell. */
uint16_t pools_find_cell(const struct prison *prison, int regime, int status, uint32_t profile);

/* All pools of a regime, into `pool` (room for POOLS_AT_MOST); how many. */
int pools_of_regime(const struct prison *prison, int regime, uint8_t *pool);

/* Leaves out the pools that do not admit people of this status and profile; all stay when none
 * does. How many are left. */
int pools_admitting(const struct prison *prison, int status, uint32_t profile, uint8_t *pool,
                    int pool_count);

/* The pools of a mask in their own order, into `pool` (room for POOLS_AT_MOST); how many. */
int pools_of_mask(mask pools, uint8_t *pool);

#endif
