/* Who must move because his unit has shrunk (on_shrink: transfer). At the date as many as are too
 * many, those placed last first, move to free places that are for them, before all others; who
 * finds none keeps his place, over capacity, and waits on the list of his rule. As the others leave
 * he who was placed first stops waiting.
 */
#ifndef CELSIM_MODELS_TRANSFER_H
#define CELSIM_MODELS_TRANSFER_H

#include "models/prison.h"

void transfer_open(struct prison *prison, struct arena *arena);

/* The places of the unit have changed; when they have become fewer, all who are too many move. */
void transfer_ask(struct prison *prison, uint16_t unit, bool shrinks);

/* Somebody left the unit, or waits no longer to move: the next review looks at it. */
void transfer_mark(struct prison *prison, uint16_t unit);

/* Told by the ledger: he waits no longer to move. */
void transfer_forget(struct prison *prison, person_id id);

/* At the start of a round, and whenever a unit was marked in it: who moves, who waits to, who
 * stays. */
void transfer_review(struct prison *prison);

#endif
