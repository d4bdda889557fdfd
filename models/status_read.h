/* How a status is read: the parts that status.c (names and the whole), status_fields.c (the keys)
 * and status_check.c (what must hold between keys, and between statuses) share. For these three,
 * and for measures that change the same.
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

/* The purpose of a draw in a status. */
struct purpose status_purpose(const char *purpose, const char *status);

/* What may vary by attribute, as a table: see varying_table. */
void *status_read_varying(struct reader *reader, struct node *node, size_t size,
                          varying_entry *read, uint32_t *stride);

/* Shapes that may vary, into a shape_by_profile; it stays as it is after an error. */
void status_read_shapes(struct reader *reader, struct node *node, void *member);

/* Shares that may vary, into a threshold_by_profile of one threshold; it stays as it is after an
 * error. */
void status_read_share(struct reader *reader, struct node *node, void *member);

/* Conditional release: the rows go into `member`, a status. */
void status_read_conditional(struct reader *reader, struct node *node, void *member);
extern const struct field status_remission_fields[];

/* Keys that are read in status_leaves.c: `leaves` of `waits`, and `further_titles`. `member` is the
 * status. */
void status_read_leaves(struct reader *reader, struct node *node, void *member);
extern const struct field leave_fields[], further_titles_fields[];

/* The key that is read in status_overdue.c: `overdue` of `waits`. */
void status_read_overdue(struct reader *reader, struct node *node, void *member);
extern const struct field status_overdue_fields[];

/* The key that is read in status_crisis.c: `crisis`. `member` is the crises_plan. */
extern const struct field status_crisis_fields[];

/* Numbers the reasons to leave a queue, and refuses titles from statuses where nobody waits.
 * `node` is the section. */
void statuses_number_reasons(struct reader *reader, const struct node *node,
                             struct statuses *statuses);

/* Adds an error for each pair of keys of one status that do not go together. `node` is the status,
 * a mapping. */
void status_check(struct reader *reader, const struct node *node, const struct estate *estate,
                  const struct status *status);

/* Sets on_cycle of each status, and refuses a ring of routes in which no time need pass: a person
 * could go round it for ever within one minute. `node` is the section. */
void statuses_check_cycles(struct reader *reader, const struct node *node, uint32_t profile_count,
                           struct statuses *statuses);

#endif
