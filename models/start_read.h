/* What start.c and start_csv.c share while the starting population is read; nobody else calls this.
 */
#ifndef CELSIM_MODELS_START_READ_H
#define CELSIM_MODELS_START_READ_H

#include "models/start.h"

/* Sets of paths, made when first asked for. */
struct start_paths {
    const struct path_plan *plan;
    const struct paths     *of[STATUSES_AT_MOST];
};

/* All that a group may refer to. */
struct start_context {
    const struct attributes *attributes;
    const struct statuses   *statuses;
    const struct estate     *estate;
    const struct rules      *rules;
    const struct flows      *flows;
    const struct period     *period;
    struct start_paths      *paths;
    bool is_sound; /* the sections before had no errors, so what they name is there */
};

/* The persons of a CSV file, named by the node, into the group. `status` holds where a row names
 * none; -1: each row must. */
void start_read_csv(struct reader *reader, struct node *node, const struct start_context *context,
                    int status, struct start_group *group);

#endif
