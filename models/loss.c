#include "models/loss.h"

#include "models/custody.h"
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

int64_t loss_find_min(const struct prison *prison, const struct person *person)
{
    const struct status *status = prison_status(prison, person);
    int64_t              first_min = NEVER;
    for (int i = 0; i < status->leave_count; i++) {
        int64_t after_min = draw_after_min(prison, person, &status->leave[i]);
        first_min = after_min < first_min ? after_min : first_min;
    }
    return first_min == NEVER ? NEVER : from_min(person) + first_min;
}

/* The reason that has come; none comes before it, so the first found is it, and the last needs not
 * be drawn. */
int loss_find_reason(const struct prison *prison, const struct person *person, int64_t minute)
{
    const struct status *status = prison_status(prison, person);
    int64_t              waited_min = minute - from_min(person);
    int                  reason = 0;
    while (reason + 1 < status->leave_count &&
           draw_after_min(prison, person, &status->leave[reason]) > waited_min)
        reason++;
    return reason;
}

void loss_happens(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    const struct status *status = prison_status(prison, person);
    int                  reason = loss_find_reason(prison, person, prison->now_min);
    prison_count_loss(prison, id, status->reason_first + reason);
    custody_go_to(prison, id, status->leave[reason].next);
}
