#include "models/custody.h"
#include "models/stay.h"

static struct person *start(struct prison *prison, person_id id, int status)
{
    struct person *person = &prison->person[id];
    prison_enter(prison, id, status);
    prison->started++;
    person->visits = prison_status(prison, person)->on_cycle;
    return person;
}

/* His clock runs already. */
static void plan_end(struct prison *prison, struct person *person, int32_t left_min)
{
    person->route = term_draw_route(prison, person);
    person->ends_min = left_min;
    if (left_min == NEVER)
        return;
    stay_note_end(prison, person, left_min);
    person->ends_min = (int32_t)term_before_weekend(prison, person, left_min);
}

void custody_start_present(struct prison *prison, person_id id, int status, uint16_t unit,
                           struct custody_start from)
{
    struct person       *person = start(prison, id, status);
    const struct status *plan = prison_status(prison, person);
    if (prison->crises)
        unit = crisis_put(prison, id, unit, from.is_told, from.elapsed_min + from.before_min);
    prison_move(prison, id, unit);
    person->flags = PERSON_PLACED;
    if (plan->served || plan->clock == CLOCK_CUSTODY)
        person->custody_min = -from.elapsed_min - from.before_min;
    person->length_min = from.length_min;
    plan_end(prison, person, from.left_min);
    granted_note(prison, person, from.granted);
    if (prison->transfers.entered_min)
        prison->transfers.entered_min[id] = -from.elapsed_min; /* he has been here all the time */
    stay_wait_for_better(prison, id, prison_entitlement(prison, person), unit);
    step_stand(prison, id, -from.elapsed_min);
    prison_trace(prison, id, TRACE_PLACED);
    stay_schedule(prison, person);
}

void custody_start_waiting(struct prison *prison, person_id id, int status, uint16_t unit,
                           struct custody_start from)
{
    struct person       *person = start(prison, id, status);
    const struct status *plan = prison_status(prison, person);
    prison_move(prison, id, unit);
    list_id list = prison_entitlement(prison, person)->list;
    person->length_min =
        from.length_min == NEVER ? term_draw_length(prison, person) : from.length_min;
    person->since_min = -from.elapsed_min;
    prison_wait(prison, id);
    prison_trace(prison, id, TRACE_WAITS);
    if (plan->call_up.used)
        waiting_start(prison, id, waiting_call_queue(prison, list));
    else
        waiting_start(prison, id, step_of_wait(prison, person)->list);
    prison->round_wanted = true;
    if ((plan->served || plan->clock == CLOCK_CUSTODY) && prison_is_held(prison, person))
        person->custody_min = -from.elapsed_min - from.before_min;
    if (from.left_min != NEVER) {
        plan_end(prison, person, from.left_min);
        granted_note(prison, person, from.granted);
    } else if (plan->clock == CLOCK_ARRIVAL ||
               (plan->clock == CLOCK_CUSTODY && person->custody_min != NEVER)) {
        stay_start_clock(prison, person,
                         plan->clock == CLOCK_CUSTODY ? person->custody_min : person->since_min);
    }
    stay_schedule(prison, person);
}
