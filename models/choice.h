/* The first of many people by a rank of their own, then by their key: for reviews that take a few
 * of a long row which nobody keeps in that order. Making it is linear, taking one logarithmic.
 */
#ifndef CELSIM_MODELS_CHOICE_H
#define CELSIM_MODELS_CHOICE_H

#include "models/prison.h"

struct candidate {
    int64_t   rank; /* the lowest first */
    uint64_t  key;
    person_id id;
};

struct choice {
    struct candidate *list; /* room for all persons */
    uint32_t          count;
};

/* Empty; for whoever makes a choice next. */
void choice_open(struct prison *prison, struct arena *arena);

static inline bool candidate_is_before(const struct candidate *a, const struct candidate *b)
{
    return a->rank < b->rank || (a->rank == b->rank && a->key < b->key);
}

static inline void choice_add(struct choice *choice, struct candidate candidate)
{
    choice->list[choice->count++] = candidate;
}

/* When all are added: the first comes to the front, list[0]. */
void choice_order(struct choice *choice);
/* Takes the first away; the next comes to the front. */
void choice_drop_first(struct choice *choice);

#endif
