/* What shape_read.c and shape_rows.c share: the first reads the families, the second those that are
 * written as rows (bands, CSV files, mixtures, steps). Nobody else includes this.
 */
#ifndef CELSIM_SIM_SHAPE_ROWS_H
#define CELSIM_SIM_SHAPE_ROWS_H

#include "sim/fields.h"

/* A shape that is being read, into which each family's reader puts what it made. */
struct shape_making {
    const struct shape *shape;
    bool                plain; /* of plain numbers; else of durations, in minutes */
    double              scale; /* multiplies the values, before bounds */
};

/* Keeps what was made, or says why it could not be made: at the key with which `why` starts, or
 * else at the node. */
void shape_put(struct reader *reader, const struct node *node, const struct shape *made,
               const char *why, struct shape_making *making);

/* A duration in minutes, or a plain number. false: an error was added. */
MUST_USE bool shape_read_value(struct reader *reader, struct node *node, bool plain, double *value);

/* Any shape: `making` says of what and how scaled. false: an error was added. */
MUST_USE bool shape_read_any(struct reader *reader, struct node *node, struct shape_making making,
                             const struct shape **shape);

/* The readers of the families, each with a struct shape_making as `member`. */
void shape_rows_bands(struct reader *reader, struct node *node, void *member);
void shape_rows_csv(struct reader *reader, struct node *node, void *member);
void shape_rows_mixture(struct reader *reader, struct node *node, void *member);
void shape_rows_steps(struct reader *reader, struct node *node, void *member);

extern const struct field shape_afterwards_fields[];

#endif
