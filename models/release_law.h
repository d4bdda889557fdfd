/* Another conditional release for who serves when it begins (measures conditional_release with
 * applies_to: present): his planned end is worked out again once, at 0:00 of its first day
 * (docs/semantics.md, rule 14).
 */
#ifndef CELSIM_MODELS_RELEASE_LAW_H
#define CELSIM_MODELS_RELEASE_LAW_H

#include "models/prison.h"

/* 0:00 of a day: those whose clock runs, by measures that start on it. */
void release_law_open_day(struct prison *prison);

/* By so much later ends the status of one whose clock runs by those that start in a minute, 0:00.
 * Those of emergency too, or not (demand.h). */
int64_t release_law_added_min(const struct prison *prison, const struct person *person,
                              int64_t minute, bool with_emergency);

#endif
