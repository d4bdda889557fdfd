#include "models/replace.h"

#include "models/policy.h"
#include "models/sleepers.h"
#include "models/spending.h"
#include "models/stay.h"

/* Of a set, by start and name. */
static const struct measure *first_that_takes(const struct prison *prison,
                                              const struct person *person, uint64_t of,
                                              int32_t today, bool with_emergency)
{
    const struct measures *measures = &prison->plan->measures;
    uint64_t               set = policy_candidates(prison, person, of, with_emergency);
    for (; set; set &= set - 1) {
        const struct measure *measure = measures_first(measures, set);
        if (policy_takes(prison, measure, person, today))
            return measure;
    }
    return NULL;
}

const struct measure *replace_find(const struct prison *prison, const struct person *person,
                                   int32_t today, bool with_emergency)
{
    return first_that_takes(prison, person, prison->plan->measures.diversions, today,
                            with_emergency);
}

int32_t replace_draw_failure(const struct prison *prison, const struct person *person,
                             const struct measure *measure)
{
    if (!measure->fails_after ||
        term_draw(prison, person, &measure->draw_fails) >= measure->fails_threshold)
        return NEVER;
    int64_t after_min =
        shape_draw_min(measure->fails_after, term_draw(prison, person, &measure->draw_after));
    return after_min < 1 ? 1 : (int32_t)after_min;
}

/* What he has still to serve. */
static int64_t left_to_serve_min(const struct prison *prison, const struct person *person)
{
    int64_t left_min = term_to_serve_min(prison, person);
    if (prison_status(prison, person)->clock == CLOCK_CUSTODY && person->custody_min != NEVER)
        left_min -= prison->now_min - person->custody_min;
    return left_min > 0 ? left_min : 0;
}

/* Of what is left; of who fails only what he serves outside, if it counts in the status to which he
 * comes. */
static int64_t find_saved_min(const struct prison *prison, const struct measure *measure,
                              int64_t left_min, int32_t fails_min)
{
    if (fails_min == NEVER)
        return left_min;
    bool goes_on = measure->kind == &measure_instead_of_remand;
    bool counts = measure->unit >= 0 && prison->statuses[measure->fails_as].clock == CLOCK_CUSTODY;
    return goes_on || counts ? fails_min : 0;
}

void replace_count(struct prison *prison, const struct measure *measure, int64_t saved_min)
{
    policy_add(prison, measure->column + REPLACE_PEOPLE, 1);
    policy_add(prison, measure->column + REPLACE_DAYS_SAVED, saved_min);
    policy_add(prison, measure->column + REPLACE_COST, measure->cost_per_person);
    spending_add_measure(prison, measure);
}

void replace_put(struct prison *prison, person_id id, const struct measure *measure, uint16_t unit)
{
    struct person *person = &prison->person[id];
    stay_forget_call(prison, id);
    if (person->list != NO_LIST)
        waiting_leave(prison, id);
    if (person->flags & PERSON_WAITING)
        prison_wait_over(prison, id, false);
    if (person->unit != unit)
        prison_move(prison, id, unit);
    else
        ledger_end_stay(prison, person); /* by his rule he is there: he fails from now on */
    person->flags = PERSON_REPLACED;
    person->next = (uint32_t)(measure - prison->plan->measures.list);
    events_cancel(&prison->events, id);
}

static void schedule_end(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    events_schedule(&prison->events, id, person->ends_min,
                    person->route == RELEASE ? KIND_RELEASE : KIND_STATUS);
}

/* His clock runs from now on, if it did not before, and what he serves counts as custody. In how
 * many minutes he fails; NEVER: he has served it by then. */
static int32_t serve_outside(struct prison *prison, person_id id, const struct measure *measure,
                             int32_t fails_min)
{
    struct person *person = &prison->person[id];
    if (person->custody_min == NEVER)
        person->custody_min = (int32_t)prison->now_min;
    replace_put(prison, id, measure, (uint16_t)measure->unit);
    prison_trace(prison, id, TRACE_REPLACED);
    if (person->route == NO_ROUTE)
        stay_start_clock(prison, person,
                         prison_status(prison, person)->clock == CLOCK_CUSTODY ? person->custody_min
                                                                               : prison->now_min);
    if (fails_min >= person->ends_min - prison->now_min)
        fails_min = NEVER;
    if (fails_min == NEVER && person->ends_min > prison->now_min)
        schedule_end(prison, id);
    return fails_min;
}

bool replace_take(struct prison *prison, person_id id)
{
    struct person        *person = &prison->person[id];
    const struct measure *measure = replace_find(prison, person, policy_today(prison), true);
    if (!measure)
        return false;
    int32_t fails_min = replace_draw_failure(prison, person, measure);
    int64_t left_min = left_to_serve_min(prison, person);
    prison_trace(prison, id, TRACE_STATUS);
    if (measure->unit >= 0)
        fails_min = serve_outside(prison, id, measure, fails_min);
    else
        prison_trace(prison, id, TRACE_REPLACED);
    replace_count(prison, measure, find_saved_min(prison, measure, left_min, fails_min));
    if (measure->unit < 0 && fails_min == NEVER) {
        returns_leave(prison, id, LEFT_REPLACED);
        ledger_leave(prison, person);
        return true;
    }
    if (measure->unit < 0)
        replace_put(prison, id, measure, prison_outside(prison));
    if (fails_min != NEVER)
        events_schedule(&prison->events, id, prison->now_min + fails_min, KIND_ARRIVAL);
    return true;
}

/* -- for who is in the status when it starts -- */

static uint64_t starting_on(const struct prison *prison, int32_t day)
{
    return policy_starting(prison, prison->plan->measures.diversions_of_present, day);
}

const struct measure *replace_find_starting(const struct prison *prison,
                                            const struct person *person, int64_t minute)
{
    int32_t day = prison_date(prison, minute);
    return first_that_takes(prison, person, starting_on(prison, day), day, false);
}

static void judge_present(struct prison *prison, person_id id, uint64_t starting)
{
    const struct person *person = &prison->person[id];
    if (!stay_is_under_way(prison, id) || person->flags & PERSON_HOME) /* or outside by another */
        return;
    const struct measure *measure =
        first_that_takes(prison, person, starting, policy_today(prison), true);
    if (!measure)
        return;
    int32_t fails_min = replace_draw_failure(prison, person, measure);
    fails_min = serve_outside(prison, id, measure, fails_min);
    int64_t left_min = person->ends_min - prison->now_min;
    replace_count(prison, measure, find_saved_min(prison, measure, left_min, fails_min));
    if (person->ends_min <= prison->now_min)
        schedule_end(prison, id); /* it began now, and a weekend moves its end to now */
    else if (fails_min != NEVER)
        events_schedule(&prison->events, id, prison->now_min + fails_min, KIND_ARRIVAL);
}

void replace_open_day(struct prison *prison)
{
    uint64_t starting = starting_on(prison, policy_today(prison));
    for (person_id id = SLOTS_FIXED; starting && id < prison->person_end; id++)
        judge_present(prison, id, starting);
}

void replace_plan(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    int64_t fails_min = replace_draw_failure(prison, person, replace_measure(prison, person));
    if (fails_min != NEVER)
        fails_min += person->here_min;
    events_cancel(&prison->events, id);
    if (fails_min < person->ends_min)
        events_schedule(&prison->events, id, fails_min, KIND_ARRIVAL);
    else
        schedule_end(prison, id);
}

int32_t replace_fail(struct prison *prison, person_id id)
{
    struct person        *person = &prison->person[id];
    const struct measure *measure = replace_measure(prison, person);
    int32_t               away_min = (int32_t)prison->now_min - person->here_min;
    int32_t               custody_min = person->custody_min;
    policy_add(prison, measure->column + REPLACE_FAILED, 1);
    if (measure->unit >= 0)
        prison_move(prison, id, prison_outside(prison));
    else if (custody_min != NEVER)
        custody_min += away_min;
    return custody_min;
}
