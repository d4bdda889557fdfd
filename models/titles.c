#include "models/titles.h"

#include "models/term.h"
#include "models/waiting.h"

bool titles_has_further(const struct prison *prison, const struct person *person)
{
    const struct status *status = prison_status(prison, person);
    return status->further.from >= 0 && person->flags & PERSON_PLACED &&
           person->unit < prison_outside(prison) &&
           term_draw(prison, person, &status->draw_further) < status->further.threshold;
}

person_id titles_find(const struct prison *prison, const struct person *person)
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
