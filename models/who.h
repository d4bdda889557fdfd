/* `who`: a question about a person, judged where its section says. All of it must hold; a list
 * means any of; {not: ..} negates; no `who` is everyone.
 */
#ifndef CELSIM_MODELS_WHO_H
#define CELSIM_MODELS_WHO_H

#include "models/attribute.h"

struct who {
    uint64_t statuses;                   /* mask; 0 when status was not asked: any */
    uint32_t values[ATTRIBUTES_AT_MOST]; /* mask of values by attribute; 0: any */
};

/* Names of the statuses in order of their ids. */
void who_read(struct reader *reader, struct node *node, const struct attributes *attributes,
              const char *const *statuses, int status_count, struct who *who);

/* The same where one more key may stand in it, which the caller reads: its node, or NULL. */
struct node *who_read_beside(struct reader *reader, struct node *node,
                             const struct attributes *attributes, const char *const *statuses,
                             int status_count, const char *beside, struct who *who);

bool who_matches(const struct who *who, const struct attributes *attributes, int status,
                 uint32_t profile);

#endif
