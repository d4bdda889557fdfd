#include "models/term.h"

#include "models/policy.h"

static struct jump after(struct jump first, struct jump second)
{
    return (struct jump){first.mult * second.mult, first.sum * second.mult + second.sum};
}

/* Later visits than those made at load: the last one's jump, and a far jump for each visit more;
 * 2, 4, .. of them at once. */
static struct jump late_visit(struct jump jump, struct jump far, unsigned more)
{
    for (; more > 0; more >>= 1) {
        if (more & 1)
            jump = after(jump, far);
        far = after(far, far);
    }
    return jump;
}

static struct jump jump_of(const struct prison *prison, const struct purpose *purpose,
                           unsigned visit)
{
    if (visit < VISITS_MADE)
        return purpose->visit[visit];
    return late_visit(purpose->visit[VISITS_MADE - 1], prison->visit_jump,
                      visit - (VISITS_MADE - 1));
}

u128 term_next_base(const struct prison *prison, const struct person *person,
                    const struct purpose *to_person, unsigned generation)
{
    struct jump jump = jump_of(prison, to_person, generation);
    return person->base * jump.mult + jump.sum * prison->increment[person->stream];
}

uint64_t term_draw_late(const struct prison *prison, const struct person *person,
                        const struct purpose *purpose, unsigned visit)
{
    return prison_draw(prison, person, jump_of(prison, purpose, visit));
}

int32_t term_draw_length(const struct prison *prison, const struct person *person)
{
    const struct status *status = prison_status(prison, person);
    if (!status->stay.of)
        return NEVER;
    return (int32_t)shape_draw_min(status->stay.of[person->profile * status->stay.stride],
                                   term_draw(prison, person, &status->draw_stay));
}

/* By the rule of this one; the draw is that of his status. */
static bool is_granted(const struct prison *prison, const struct person *person,
                       const struct status *rule)
{
    const struct threshold_by_profile *granted = &rule->granted;
    if (!granted->of)
        return true;
    return term_draw(prison, person, &prison_status(prison, person)->draw_granted) <
           granted->of[person->profile * granted->stride];
}

const struct measure *term_find_release(const struct prison *prison, const struct person *person)
{
    const struct measures *measures = &prison->plan->measures;
    for (int i = measures->release_count - 1; i >= 0; i--) {
        const struct measure *measure = &measures->list[measures->release[i]];
        if (measure->statuses >> person->status & 1 && measure->takes[person->profile] &&
            measure->at_least_min <= person->length_min &&
            person->length_min <= measure->at_most_min &&
            policy_applies_by_offence(prison, measure, person, 0) &&
            policy_takes(prison, measure, person, 0))
            return measure;
    }
    return NULL;
}

int64_t term_serve_by_status_min(const struct prison *prison, const struct person *person)
{
    const struct status *status = prison_status(prison, person);
    return status_to_serve_min(status, person->length_min, is_granted(prison, person, status));
}

int64_t term_serve_sentence_min(const struct prison *prison, const struct person *person)
{
    const struct measure *measure = term_find_release(prison, person);
    if (!measure)
        return term_serve_by_status_min(prison, person);
    const struct status *grants =
        measure->release->granted.of ? measure->release : prison_status(prison, person);
    return status_to_serve_min(measure->release, person->length_min,
                               is_granted(prison, person, grants));
}

int8_t term_draw_one_route(const struct prison *prison, const struct person *person)
{
    const struct status *status = prison_status(prison, person);
    const uint64_t      *threshold =
        status->route_threshold.of + person->profile * status->route_threshold.stride;
    uint64_t n = term_draw(prison, person, &status->draw_route);
    int      r = 0;
    for (int i = 0; i + 1 < status->route_count; i++)
        r += n >= threshold[i]; /* they rise; no branch that chance decides */
    return (int8_t)status->route[r];
}

int64_t term_move_before_weekend(const struct prison *prison, enum weekend weekend, int64_t minute)
{
    static const int8_t days_back[][7] = {
        [WEEKEND_FRIDAY] = {[5] = 1, [6] = 2},
        [WEEKEND_FRIDAY_FOR_MONDAY] = {[0] = 3, [5] = 1, [6] = 2}};
    uint32_t days = (uint32_t)minute / MINUTES_A_DAY; /* a sum of two lengths: fits */
    uint32_t day = (prison->first_weekday + days) % 7;
    int64_t  friday = minute - (int64_t)days_back[weekend][day] * MINUTES_A_DAY;
    return friday < prison->now_min ? prison->now_min : friday;
}
