/* How a status is read: the parts that status.c (names and the whole), status_fields.c (the keys)
 * and status_check.c (what must hold between keys, and between statuses) share. For these three
 * only.
 */
#ifndef CELSIM_MODELS_STATUS_READ_H
#define CELSIM_MODELS_STATUS_READ_H

#include "models/estate.h"
#include "models/status.h"

#define ROUTES_AT_MOST (STATUSES_AT_MOST + 1) /* every status, and release */

/* What the readers of single keys need to know: the context of the reader. */
struct status_context {
    const struct attributes *attributes;
    const struct estate     *estate;
    const struct statuses   *statuses;
};

/* Makes release the only route. */
void status_set_released(struct arena *arena, struct status *status);

/* Adds an error for each pair of keys of one status that do not go together. `node` is the status,
 * a mapping. */
void status_check(struct reader *reader, const struct node *node, const struct estate *estate,
                  const struct status *status);

/* Sets on_cycle of each status, and refuses a ring of routes in which no time need pass: a person
 * could go round it for ever within one minute. `node` is the section. */
void statuses_check_cycles(struct reader *reader, const struct node *node, uint32_t profile_count,
                           struct statuses *statuses);

#endif
