/* How long a status lasts and what follows: the draws of a person in his present status, what is
 * served of a sentence, the Friday before a weekend. Reads persons, changes none.
 */
#ifndef CELSIM_MODELS_TERM_H
#define CELSIM_MODELS_TERM_H

#include "models/prison.h"

/* How often he was in his status before this time, when one can come back to it; 0 for all others.
 */
static inline unsigned term_visit(const struct status *status, const struct person *person)
{
    return status->on_cycle ? (unsigned)person->visits - 1 : 0;
}

/* For the two below: visits later than those made at load. */
uint64_t term_draw_late(const struct prison *prison, const struct person *person,
                        const struct purpose *purpose, unsigned visit);

/* 52 bits of chance for a purpose of his present status, for a count of his own. */
static inline uint64_t term_draw_visit(const struct prison *prison, const struct person *person,
                                       const struct purpose *purpose, unsigned visit)
{
    return __builtin_expect(visit < VISITS_MADE, 1)
               ? prison_draw(prison, person, purpose->visit[visit])
               : term_draw_late(prison, person, purpose, visit);
}

/* The same in this visit of the status. */
static inline uint64_t term_draw(const struct prison *prison, const struct person *person,
                                 const struct purpose *purpose)
{
    return term_draw_visit(prison, person, purpose,
                           term_visit(prison_status(prison, person), person));
}

/* The base of a stay to come, the `generation`-th return (from 1) of one whose stay this is. */
u128 term_next_base(const struct prison *prison, const struct person *person,
                    const struct purpose *to_person, unsigned generation);

/* The length of stay, or the sentence imposed, minutes; NEVER: the status has none. */
int32_t term_draw_length(const struct prison *prison, const struct person *person);

/* For the two below, where chance or a table decides. */
int8_t  term_draw_one_route(const struct prison *prison, const struct person *person);
int64_t term_serve_sentence_min(const struct prison *prison, const struct person *person);
int64_t term_move_before_weekend(const struct prison *prison, enum weekend weekend, int64_t minute);

/* The measure by which another conditional release holds for him on a day (1970-01-01 is 0), of all
 * or of those that are no emergency; NULL: none. And what he serves by it, or by his status alone.
 */
const struct measure *term_find_release(const struct prison *prison, const struct person *person,
                                        int32_t day, bool with_emergency);
int64_t term_serve_by_law_min(const struct prison *prison, const struct person *person, int32_t day,
                              bool with_emergency);
int64_t term_serve_by_status_min(const struct prison *prison, const struct person *person);

/* What follows the status: another, or RELEASE. */
static inline int8_t term_draw_route(const struct prison *prison, const struct person *person)
{
    const struct status *status = prison_status(prison, person);
    return status->route_count == 1 ? (int8_t)status->route[0]
                                    : term_draw_one_route(prison, person);
}

static inline bool term_serves_all(const struct prison *prison, const struct person *person)
{
    return prison_status(prison, person)->remission_count == 0 &&
           !(prison->rereleased >> person->status & 1);
}

/* The time that he stays in his status: the stay, or what is served of the sentence by the law of
 * today. */
static inline int64_t term_to_serve_min(const struct prison *prison, const struct person *person)
{
    return term_serves_all(prison, person) ? person->length_min
                                           : term_serve_sentence_min(prison, person);
}

/* A minute as a planned end, which there is: before NEVER. */
static inline int32_t term_end_min(int64_t minute)
{
    return minute < NEVER ? (int32_t)minute : NEVER - 1;
}

/* Where the status says so, a release at a weekend moves to the Friday before, the same minute of
 * the day, never before now. Other ends stay where they are. */
static inline int64_t term_before_weekend(const struct prison *prison, const struct person *person,
                                          int64_t minute)
{
    enum weekend weekend = prison_status(prison, person)->weekend;
    if (weekend == WEEKEND_AS_PLANNED || person->route != RELEASE)
        return minute;
    return term_move_before_weekend(prison, weekend, minute);
}

#endif
