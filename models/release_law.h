/* Another conditional release for who serves when it begins (measures conditional_release with
 * applies_to: present): his planned end is worked out again once, at 0:00 of its first day
 * (docs/semantics.md, rule 14).
 */
#ifndef CELSIM_MODELS_RELEASE_LAW_H
#define CELSIM_MODELS_RELEASE_LAW_H

#include "models/prison.h"

/* Takes room where there is such a measure: so many bytes a person. Before anybody is there. */
void   release_law_open(struct prison *prison, struct arena *arena);
size_t release_law_room(const struct scenario *plan);

/* 0:00 of a day: those whose clock runs, by measures that start on it. */
void release_law_open_day(struct prison *prison);

/* By so much later ends the status of one whose clock runs by those that start in a minute, 0:00.
 * Those of emergency too, or not (demand.h). And when it ends then: not before the minute after
 * it, at a weekend as his status says. */
int64_t release_law_added_min(const struct prison *prison, const struct person *person,
                              int64_t minute, bool with_emergency);
int32_t release_law_end_min(const struct prison *prison, const struct person *person,
                            int64_t unmoved_min, int64_t minute);

#endif
