/* Another conditional release for who serves when it begins (measures conditional_release with
 * applies_to: present): his planned end is worked out again once, at 0:00 of its first day
 * (docs/semantics.md, rule 14).
 */
#ifndef CELSIM_MODELS_RELEASE_LAW_H
#define CELSIM_MODELS_RELEASE_LAW_H

#include "models/prison.h"

/* 0:00 of a day: those whose clock runs, by measures that start on it. */
void release_law_open_day(struct prison *prison);

/* 0:00 of the next day after a minute on which such a measure starts; NEVER. */
int64_t release_law_next_start_min(const struct prison *prison, int64_t minute);

/* The planned end of one whose clock runs, after those that start in a minute, 0:00: not before the
 * minute after it. Those of emergency too, or not (demand.h). */
int32_t release_law_move_min(const struct prison *prison, const struct person *person,
                             int32_t planned_min, int64_t minute, bool with_emergency);

#endif
