#include "models/titles.h"

#include "models/custody.h"
#include "models/term.h"
#include "models/waiting.h"

/* He must have a place. */
static bool has_further(const struct prison *prison, const struct person *person)
{
    const struct status               *status = prison_status(prison, person);
    const struct threshold_by_profile *chance = &status->further.chance;
    return status->further.from >= 0 && person->flags & PERSON_PLACED &&
           person->unit < prison_outside(prison) &&
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

static person_id find_holder(const struct prison *prison, const struct person *person)
{
    const struct rules *rules = &prison->plan->rules;
    int                 from = prison_status(prison, person)->further.from;
    uint32_t            profile = person->profile;
    list_id             list = rules_entitlement(rules, from, profile)->list;
    mask                admitted = rules->admitted[(size_t)from * rules->profile_count + profile];
    if (list == NO_LIST || !(admitted >> prison->unit[person->unit].pool & 1))
        return NOBODY;
    if (prison->statuses[from].call_up.used)
        list = waiting_call_queue(prison, list);
    return waiting_longest(prison, list, from, profile);
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
