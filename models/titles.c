#include "models/titles.h"

#include "models/custody.h"
#include "models/term.h"
#include "models/waiting.h"

/* By his rule, also outside as with a bracelet, or one in custody that he keeps while he waits for
 * that. */
static bool has_place(const struct prison *prison, const struct person *person)
{
    return person->unit < prison_outside(prison) &&
           ((person->flags & PERSON_REPLACED) == PERSON_PLACED ||
            prison_holds_place(prison, person));
}

static bool has_further(const struct prison *prison, const struct person *person)
{
    const struct status               *status = prison_status(prison, person);
    const struct threshold_by_profile *chance = &status->further.chance;
    return status->further.from >= 0 && has_place(prison, person) &&
           term_draw(prison, person, &status->draw_further) <
               chance->of[person->profile * chance->stride];
}

bool titles_add_seeker(struct prison *prison, person_id id)
{
    if (!has_further(prison, &prison->person[id]))
        return false;
    prison->title_seeker[prison->title_seeker_count++] = id;
    prison->round_wanted = true;
    return true;
}

static person_id longer_waiting(const struct prison *prison, person_id a, person_id b)
{
    if (a == NOBODY || b == NOBODY)
        return a == NOBODY ? b : a;
    return waits_before(&prison->person[a], &prison->person[b]) ? a : b;
}

/* People of a status and profile may stand on several lists: by what holds from a date, and at the
 * legal limit. */
static person_id longest_of_steps(const struct prison *prison, int status, uint32_t profile)
{
    const struct rules *rules = &prison->plan->rules;
    size_t              cell = (size_t)status * rules->profile_count + profile;
    const struct dates *dates = rules->steps ? &rules->steps[cell] : NULL;
    person_id           found = NOBODY;
    for (int i = -1; i < (dates ? dates->after_count : 0); i++) {
        const struct entitlement *to = i < 0 ? &prison->entitlement[cell] : &dates->after[i].to;
        found = longer_waiting(prison, found, waiting_longest(prison, to->list, status, profile));
        if (to->wider != NO_LIST && to->wider != to->list)
            found =
                longer_waiting(prison, found, waiting_longest(prison, to->wider, status, profile));
    }
    return found;
}

static person_id find_holder(const struct prison *prison, const struct person *person)
{
    const struct rules *rules = &prison->plan->rules;
    int                 from = prison_status(prison, person)->further.from;
    uint32_t            profile = person->profile;
    size_t              cell = (size_t)from * rules->profile_count + profile;
    list_id             list = prison->entitlement[cell].list;
    mask                admitted = rules->admitted[cell];
    if (list == NO_LIST || !(admitted >> prison->unit[person->unit].pool & 1))
        return NOBODY;
    if (prison->statuses[from].call_up.used)
        return waiting_longest(prison, waiting_call_queue(prison, list), from, profile);
    return longest_of_steps(prison, from, profile);
}

void titles_settle(struct prison *prison, person_id id)
{
    person_id holder = find_holder(prison, &prison->person[id]);
    if (holder == NOBODY) {
        custody_release(prison, id);
        return;
    }
    const struct status *from = prison_status(prison, &prison->person[holder]);
    int                  status = prison->person[holder].status;
    int32_t              length_min = prison->person[holder].length_min;
    prison_count_loss(prison, holder, from->reason_first + from->leave_count);
    custody_go_to(prison, holder, RELEASE);
    custody_serve_on(prison, id, status, length_min);
}
