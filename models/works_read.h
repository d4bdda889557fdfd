/* What works_read.c and works_check.c share while `works:` is read; nobody else calls this. */
#ifndef CELSIM_MODELS_WORKS_READ_H
#define CELSIM_MODELS_WORKS_READ_H

#include "models/works.h"

/* The context of their readers. */
struct works_context {
    struct estate       *estate;
    const struct period *period;
    struct works        *works;
    int                  count;
    const char         **name;        /* [project] */
    const struct node  **node;        /* likewise */
    bool                *is_misdated; /* likewise: its planned start is wrong, and not known */
};

/* Refuses what cannot be: works out the places of units that are named without a number. are_read:
 * no value of a project is wrong; else what depends on two of them is not looked at. */
void works_check(struct reader *reader, bool are_read);

/* Announces to the estate how often each unit may change. */
void works_expect(const struct works *works, struct estate *estate);

#endif
