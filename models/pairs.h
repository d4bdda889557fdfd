/* Cells for two: which second places count as usable. So many as pairs are held in the unit of
 * people who may share (by status and attributes), whoever sits with whom: n who may not and e who
 * may fit in c cells of which d are for two just when n + e <= c + min(d, e / 2 rounded down). So
 * who leaves never puts the others over capacity, but a status that changes, a swap or a date can;
 * then the unit has shrunk (capacity.h).
 *
 * What may be given is worked out at once, with each who comes or leaves. What is usable is at the
 * end of the minute, so that nothing depends on the order within it.
 */
#ifndef CELSIM_MODELS_PAIRS_H
#define CELSIM_MODELS_PAIRS_H

#include "models/prison.h"

/* Which units share, and the steps on days on which sharing begins or ends. After the units and
 * their steps, before capacity_open. */
void pairs_open(struct prison *prison, struct arena *arena);

/* From today on the unit has other places (those of its capacity), of which at most `lowest` may be
 * given; what counts of these. Only of units that share. */
int32_t pairs_set(struct prison *prison, uint16_t unit, int32_t lowest);

/* At 0:00: in these regimes (a mask) nobody may share from now on, whatever their dates. */
void pairs_close(struct prison *prison, uint64_t regimes);

/* The places of a unit that count now, of those that are usable by the dates. */
int32_t pairs_counted(const struct prison *prison, uint16_t unit);

/* Told by the ledger, of a unit that shares: he is in it from now on (1), or no longer (-1). What
 * may be given is worked out anew. */
void pairs_add(struct prison *prison, const struct person *person, uint16_t unit, int more);

/* The same of who comes in from elsewhere: counted by the valve by which it is a second place. */
void pairs_enter(struct prison *prison, const struct person *person, uint16_t unit);

/* The same of who leaves, and gives up his place. */
void pairs_leave(struct prison *prison, const struct person *person, uint16_t unit);

/* At the start of a round, and whenever a unit was marked in it: what is usable, and who must go
 * where it has become less. */
void pairs_review(struct prison *prison);

#endif
