#include "models/loss.h"

#include "models/arrests.h"
#include "models/custody.h"
#include "models/sleepers.h"
#include "models/term.h"

/* A hazard h a year has an exponential time with a mean of 1 / h years: that of mean 1, divided by
 * h. Both the visits and the times sent home only grow, so no draw serves two waits. */
static int64_t draw_after_min(const struct prison *prison, const struct person *person,
                              const struct leave *leave)
{
    double per_year = leave->per_year.of[person->profile * leave->per_year.stride];
    if (per_year <= 0)
        return NEVER;
    unsigned wait = term_visit(prison_status(prison, person), person) + person->homes;
    uint64_t n = term_draw_visit(prison, person, &leave->draw, wait);
    double   after_min = shape_draw(prison->plan->statuses.year, n) / per_year;
    if (after_min >= NEVER)
        return NEVER;
    return after_min < 1 ? 1 : (int64_t)(after_min + 0.5);
}

/* From when hazards count: a starter's before the period did not come. */
static int64_t from_min(const struct person *person)
{
    return person->since_min > 0 ? person->since_min : 0;
}

/* When a reason comes; with stops the time in which it was stopped is not counted. */
static int64_t find_reason_min(const struct prison *prison, const struct person *person, int reason,
                               bool stops)
{
    int64_t after_min =
        draw_after_min(prison, person, &prison_status(prison, person)->leave[reason]);
    if (after_min == NEVER)
        return NEVER;
    uint64_t stopping = __builtin_expect(prison->arrests != NULL, 0) && stops
                            ? arrests_stopping(prison, person, reason)
                            : 0;
    return stopping ? arrests_after(prison, stopping, from_min(person), after_min)
                    : from_min(person) + after_min;
}

int64_t loss_find_min(const struct prison *prison, const struct person *person, bool stops)
{
    int64_t first_min = NEVER;
    for (int i = 0; i < prison_status(prison, person)->leave_count; i++) {
        int64_t minute = find_reason_min(prison, person, i, stops);
        first_min = minute < first_min ? minute : first_min;
    }
    return first_min;
}

/* The reason that has come; none comes before it, so the first found is it, and the last needs not
 * be drawn. */
int loss_find_reason(const struct prison *prison, const struct person *person, int64_t minute,
                     bool stops)
{
    int last = prison_status(prison, person)->leave_count - 1, reason = 0;
    while (reason < last && find_reason_min(prison, person, reason, stops) > minute)
        reason++;
    return reason;
}

void loss_happens(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    const struct status *status = prison_status(prison, person);
    int                  reason = loss_find_reason(prison, person, prison->now_min, true);
    prison_count_loss(prison, id, status->reason_first + reason);
    if (status->leave[reason].next == RELEASE)
        returns_leave(prison, id, LEFT_UNSERVED);
    custody_go_to(prison, id, status->leave[reason].next);
}
