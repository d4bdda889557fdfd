/* The starting population: groups of people present (held) and waiting on the first midnight.
 *
 * Who is present in equilibrium has a stay in progress: long stays are met more often, and so are
 * the attributes that go with long stays. Both are weighted by stay; fresh stays or fresh
 * attributes would be wrong for years (docs/model.md).
 */
#ifndef CELSIM_MODELS_START_H
#define CELSIM_MODELS_START_H

#include "models/rules.h"

#define START_GROUPS_AT_MOST 256

enum elapsed { ELAPSED_EQUILIBRIUM, ELAPSED_KNOWN };

struct start_group {
    const char  *name; /* "present/remand", "waiting/remand": the name of its stream of chance */
    int          status;
    int64_t      persons;
    bool         waiting;            /* waits for a place; else has one by his rule */
    enum elapsed elapsed;            /* present only */
    const struct shape *elapsed_min; /* ELAPSED_KNOWN: time since his clock started */
    const struct shape *since_min;   /* waiting: how long he has waited */
    mask in; /* pools in which he is; 0: by his rule (present), where his status waits (waiting) */
    double
        *profile_up_to; /* cumulative share by profile: weighted by stay for those in equilibrium */
};

struct start {
    int                 count;
    struct start_group *list;
};

/* Reads `start: {present: {..}, waiting: {..}}`. */
void start_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                const struct statuses *statuses, const struct estate *estate,
                const struct rules *rules, struct start *start);

extern const struct field present_fields[], waiting_fields[];

#endif
