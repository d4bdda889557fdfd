#include "models/term.h"

#include "models/granted.h"
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

/* By the rule of this one, with the chance of his status. */
static bool is_granted(const struct prison *prison, const struct person *person,
                       const struct status *rule)
{
    const struct threshold_by_profile *granted = &rule->granted;
    if (!granted->of && !prison->granted)
        return true;
    uint64_t n = prison->granted
                     ? granted_draw(prison, person)
                     : term_draw(prison, person, &prison_status(prison, person)->draw_granted);
    return n < (granted->of ? granted->of[person->profile * granted->stride] : GRANTED_TO_ALL);
}

int64_t term_serve_by_status_min(const struct prison *prison, const struct person *person)
{
    const struct status *status = prison_status(prison, person);
    return status_to_serve_min(status, person->length_min, is_granted(prison, person, status));
}

/* By a measure; NULL: by his status. */
static int64_t serve_by(const struct prison *prison, const struct person *person,
                        const struct measure *measure)
{
    if (!measure)
        return term_serve_by_status_min(prison, person);
    const struct status *grants =
        measure->release->granted.of ? measure->release : prison_status(prison, person);
    return status_to_serve_min(measure->release, person->length_min,
                               is_granted(prison, person, grants));
}

/* For who arrived before it started, the one before holds where it is milder. */
static bool is_choice(const struct prison *prison, const struct measure *measure,
                      const struct person *person)
{
    return !measure->by_arrival && !measure->lengthens &&
           policy_day_of_arrival(prison, person) < measure->starts;
}

const struct measure *term_find_release(const struct prison *prison, const struct person *person,
                                        int32_t day, bool with_emergency)
{
    const struct measures *measures = &prison->plan->measures;
    const struct measure  *milder = NULL;
    int64_t                least_min = INT64_MAX;
    uint64_t set = policy_candidates(prison, person, measures->releases, with_emergency);
    while (set) {
        const struct measure *measure = measures_last(measures, set);
        set &= ~((uint64_t)1 << measure->rank);
        if (!policy_takes(prison, measure, person, day))
            continue;
        bool is_last = !is_choice(prison, measure, person);
        if (is_last && !milder)
            return measure;
        int64_t serve_min = serve_by(prison, person, measure);
        if (serve_min <= least_min) {
            milder = measure;
            least_min = serve_min;
        }
        if (is_last)
            return milder;
    }
    return milder && least_min < term_serve_by_status_min(prison, person) ? milder : NULL;
}

int64_t term_serve_by_law_min(const struct prison *prison, const struct person *person, int32_t day,
                              bool with_emergency)
{
    return serve_by(prison, person, term_find_release(prison, person, day, with_emergency));
}

int64_t term_serve_sentence_min(const struct prison *prison, const struct person *person)
{
    return term_serve_by_law_min(prison, person, policy_today(prison), true);
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
