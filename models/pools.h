/* Where a place would be given: the unit of a row of pools. Reads the ledger, changes nothing.
 */
#ifndef CELSIM_MODELS_POOLS_H
#define CELSIM_MODELS_POOLS_H

#include "models/prison.h"

/* The unit of these pools (in the order of the list) where a place would be given: the first pool
 * with a free place, in it the unit with most free places. With none free: the unit of the first
 * pool that is least over its places. */
uint16_t pools_find_unit(const struct prison *prison, const uint8_t *pool, int pool_count);

/* All pools of a regime, into `pool` (room for POOLS_AT_MOST); how many. */
int pools_of_regime(const struct prison *prison, int regime, uint8_t *pool);

/* Leaves out the pools that do not admit people of this status and profile; all stay when none
 * does. How many are left. */
int pools_admitting(const struct prison *prison, int status, uint32_t profile, uint8_t *pool,
                    int pool_count);

/* The pools of a mask in their own order, into `pool` (room for POOLS_AT_MOST); how many. */
int pools_of_mask(mask pools, uint8_t *pool);

#endif
