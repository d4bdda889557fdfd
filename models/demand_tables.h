/* What need by normal execution and catching up are worked out with, made once a replication. For
 * demand.c.
 */
#ifndef CELSIM_MODELS_DEMAND_TABLES_H
#define CELSIM_MODELS_DEMAND_TABLES_H

#include "models/demand.h"

struct demand {
    int32_t *change[DEMANDS]; /* [day x groups + group]: more to be held at 24:00 than at 24:00 of
                                 the day before; NULL: not asked */
    int32_t *people[DEMANDS]; /* [group]: at 24:00 of the days before next_day */
    int32_t *sum;             /* [group]: these and who is blocked */
    int32_t  next_day[DEMANDS];
    unsigned meanings;     /* those asked: a mask */
    uint8_t *pool_of_list; /* [list]: the first on it of a group; the first of all: there is none */
    uint8_t *group_of_row; /* [row of present]: whose places these are; NO_GROUP: no group's */
    bool    *is_mixed;     /* [row]: of several groups; then what follows says whose */
    uint8_t *group_of_class; /* [class]: the first group of these people in any status */
};

/* The group whose places are those of a pool; NO_GROUP: none. */
uint8_t demand_group_of_pool(const struct scenario *plan, int pool);

#endif
