/* The planned end of a status moves while its clock runs, by measures for who is in it when they
 * begin (docs/semantics.md, rule 14): conditional_release (release_law.h) and hearings (lengths.h).
 */
#ifndef CELSIM_MODELS_ENDS_H
#define CELSIM_MODELS_ENDS_H

#include "models/prison.h"

/* Takes room where there is such a measure: so many bytes a person. Before anybody is there. */
void   ends_open(struct prison *prison, struct arena *arena);
size_t ends_room(const struct scenario *plan);

/* Whether his clock runs, or stands still while he is at home, and his status does not end in this
 * minute. */
bool ends_later(const struct prison *prison, person_id id);

/* When the status of such a one would end, at home as it stands there, were it so many minutes
 * longer than it is. */
int32_t ends_if_longer_min(const struct prison *prison, person_id id, int64_t longer_min);

/* Makes it so: early dates, a last part outside and rules with a date follow. By how many minutes
 * the planned end moves. */
int64_t ends_move(struct prison *prison, person_id id, int64_t longer_min);

/* His next event, whatever he does: called up, outside by a measure, or in his status. */
void ends_schedule(struct prison *prison, person_id id);

/* When a status ends that would end in a minute but for weekends, and moves in another: not before
 * the minute after that, at a weekend as his status says. */
int32_t ends_moved_min(const struct prison *prison, const struct person *person,
                       int64_t unmoved_min, int64_t minute);

#endif
