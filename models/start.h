/* The starting population: groups of people present (held) and waiting on the first midnight.
 *
 * Who is present in equilibrium has a stay in progress: long stays are met more often, and so are
 * the attributes that go with long stays. Both are weighted by stay; fresh stays or fresh
 * attributes would be wrong for years (docs/model.md).
 *
 * Or persons are given one by one, in a CSV file.
 */
#ifndef CELSIM_MODELS_START_H
#define CELSIM_MODELS_START_H

#include "models/paths.h"
#include "models/survivors.h"

#define START_GROUPS_AT_MOST 256

enum elapsed { ELAPSED_EQUILIBRIUM, ELAPSED_KNOWN };

#define LENGTH_DRAWN INT32_MAX

/* A row of a CSV file. */
struct start_person {
    int      status;
    int      unit;        /* -1: by his rule (present), where his status waits (waiting) */
    int32_t  elapsed_min; /* since his clock started, or since he waits */
    int32_t  length_min;  /* of the stay, or of the sentence imposed; LENGTH_DRAWN */
    uint32_t profile;     /* of the attributes that are known; the others 0 */
    uint32_t known;       /* mask of attributes */
};

struct start_group {
    const char  *name; /* "present/remand", "waiting/remand": the name of its stream of chance */
    int          status;
    int64_t      persons;
    bool         waiting;            /* waits for a place; else has one by his rule */
    enum elapsed elapsed;            /* present only */
    const struct shape *elapsed_min; /* ELAPSED_KNOWN: how long he has been in the status */
    const struct shape *since_min;   /* waiting: how long he has waited */
    mask in; /* pools in which he is; 0: by his rule (present), where his status waits (waiting) */
    double
        *profile_up_to; /* cumulative share by profile: weighted by stay for those in equilibrium */
    const struct path_choice  *paths;     /* of whom they are taken; NULL: the stay is a shape */
    const struct survivors    *survivors; /* who is met after a known time; NULL: all alike */
    const struct start_person *person;    /* [persons], from a file; NULL: none of the above */
};

struct start {
    int                 count;
    struct start_group *list;
};

/* Reads `start: {present: {..}, waiting: {..}}`. */
void start_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                const struct statuses *statuses, const struct estate *estate,
                const struct rules *rules, const struct flows *flows, const struct period *period,
                struct start *start);

extern const struct field present_fields[], waiting_fields[];
extern const struct field person_csv_fields[]; /* the columns; each attribute may be one too */

#endif
