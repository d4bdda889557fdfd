#include "models/step.h"

#include "models/crisis.h"
#include "models/waiting.h"

/* NULL: none of his rules has a date. */
static const struct dates *dates_of(const struct prison *prison, const struct person *person)
{
    const struct rules *rules = &prison->plan->rules;
    return rules->steps
               ? &rules->steps[(size_t)person->status * rules->profile_count + person->profile]
               : NULL;
}

static int rule_of(const struct prison *prison, list_id list)
{
    return prison->plan->rules.lists[list].rule;
}

/* -- who waits for a first place */

/* The last rule that has come by a minute. */
static const struct entitlement *wait_by(const struct prison *prison, const struct person *person,
                                         int64_t minute)
{
    const struct entitlement *holds = prison_entitlement(prison, person);
    const struct dates       *dates = dates_of(prison, person);
    for (int i = 0; dates && i < dates->after_count; i++)
        if (person->since_min + dates->after[i].min <= minute)
            holds = &dates->after[i].to;
    return holds;
}

static list_id list_by(const struct prison *prison, const struct person *person, int64_t minute)
{
    const struct entitlement *entitlement = wait_by(prison, person, minute);
    bool                      is_past = person->flags & (PERSON_AT_LIMIT | PERSON_OVER_LIMIT);
    return is_past && entitlement->wider != NO_LIST &&
                   status_has_rung(prison_status(prison, person), RUNG_OUT_OF_CATEGORY)
               ? entitlement->wider
               : entitlement->list;
}

const struct entitlement *step_of_wait(const struct prison *prison, const struct person *person)
{
    return wait_by(prison, person, prison->now_min);
}

list_id step_list_of_wait(const struct prison *prison, const struct person *person)
{
    return list_by(prison, person, prison->now_min);
}

const struct entitlement *step_of_list(const struct prison *prison, const struct person *person)
{
    const struct entitlement *own = prison_entitlement(prison, person);
    const struct dates       *dates = dates_of(prison, person);
    if (!dates || person->list >= prison->plan->rules.list_count)
        return own;
    int rule = rule_of(prison, person->list);
    for (int i = 0; i < dates->after_count; i++)
        if (rule_of(prison, dates->after[i].to.list) == rule)
            return &dates->after[i].to;
    for (int i = 0; i < dates->at_count; i++)
        if (rule_of(prison, dates->at[i].to.list) == rule)
            return &dates->at[i].to;
    if (dates->crisis && rule_of(prison, dates->crisis->list) == rule)
        return dates->crisis;
    return own;
}

/* -- who has a place */

/* Of who is outside because no rule has a place for him there is no other place to wait for. */
static bool will_be_released(const struct prison *prison, const struct person *person)
{
    return (person->flags & PERSON_REPLACED) == PERSON_PLACED && person->unit < prison->outside &&
           !person_must_move(person) && person->route == RELEASE && person->ends_min != NEVER &&
           person->ends_min > prison->now_min;
}

/* The last `at` that has come by a minute; NULL: none. */
static const struct dated *at_by(const struct prison *prison, const struct person *person,
                                 int64_t minute)
{
    const struct dates *dates = dates_of(prison, person);
    const struct dated *found = NULL;
    if (!dates || dates->at_count == 0 || !will_be_released(prison, person))
        return NULL;
    for (int i = 0; i < dates->at_count; i++)
        if (person->ends_min - dates->at[i].min <= minute)
            found = &dates->at[i];
    return found;
}

/* On the list of a rule for who is in a crisis. */
static bool stands_in_crisis(const struct prison *prison, const struct person *person)
{
    const struct rules *rules = &prison->plan->rules;
    return person->list < rules->list_count && rules->list[rule_of(prison, person->list)].in_crisis;
}

/* For what he waits by this rule: a place, a better one, or NO_LIST: he has it. */
static list_id list_to_join(const struct prison *prison, const struct person *person,
                            const struct entitlement *to)
{
    const struct rules *rules = &prison->plan->rules;
    if (person->unit >= prison->outside)
        return to->list;
    mask pool = (mask)1 << rules->pool_of_unit[person->unit];
    if (!(rules->lists[to->list].pools & pool))
        return to->list;
    return rules->list[rule_of(prison, to->list)].out_of_category & pool ? to->better : NO_LIST;
}

static bool is_out_of_category(const struct prison *prison, const struct person *person)
{
    const struct rules *rules = &prison->plan->rules;
    const struct rule  *own =
        &rules->list[rule_of(prison, prison_entitlement(prison, person)->list)];
    return own->out_of_category >> prison->unit[person->unit].pool & 1;
}

/* In a place where his rule without a date would leave him. */
static bool is_at_home(const struct prison *prison, const struct person *person)
{
    const struct list_plan *list =
        &prison->plan->rules.lists[prison_entitlement(prison, person)->list];
    return !is_out_of_category(prison, person) &&
           list->pools >> prison->unit[person->unit].pool & 1;
}

/* By his rule without a date: as if he had never waited for another. */
static list_id list_to_go_back(const struct prison *prison, const struct person *person)
{
    const struct entitlement *own = prison_entitlement(prison, person);
    if (is_out_of_category(prison, person))
        return own->better;
    return is_at_home(prison, person) ? NO_LIST : own->list;
}

/* On which list he stands though he has a place, and since when. */
struct stand {
    list_id list;     /* NO_LIST: he is where he should be */
    int     rule;     /* by which; -1: none but his own, and no crisis is or was */
    int64_t from_min; /* that rule holds since */
};

static struct stand stand_in_crisis(const struct prison *prison, const struct person *person)
{
    const struct entitlement *rule = crisis_rule(prison, person);
    return (struct stand){list_to_join(prison, person, rule), rule_of(prison, rule->list),
                          crisis_clock_of(prison, person)->since_min};
}

/* Out of a crisis, or of the place for it. */
static struct stand stand_after_crisis(const struct prison *prison, const struct person *person)
{
    list_id own = prison_entitlement(prison, person)->list;
    return (struct stand){list_to_go_back(prison, person), rule_of(prison, own), INT32_MIN};
}

static bool has_own_place(const struct prison *prison, const struct person *person)
{
    return (person->flags & PERSON_REPLACED) == PERSON_PLACED && !person_must_move(person) &&
           prison_entitlement(prison, person)->list != NO_LIST && person->unit < prison->outside;
}

/* Out of one he is in a place for it that is not his own, or on its list. */
static bool is_back_from_crisis(const struct prison *prison, const struct person *person)
{
    return stands_in_crisis(prison, person) ||
           (crisis_is_placed(prison, person) && !is_at_home(prison, person));
}

/* By a minute: by the crisis that he is in, else by the last `at` that has come. */
static struct stand stand_by(const struct prison *prison, const struct person *person,
                             int64_t minute)
{
    bool has_crises = prison->crises && has_own_place(prison, person);
    if (has_crises && crisis_clock_of(prison, person)->is_on)
        return stand_in_crisis(prison, person);
    const struct dated *step = at_by(prison, person, minute);
    if (step)
        return (struct stand){list_to_join(prison, person, &step->to),
                              rule_of(prison, step->to.list), person->ends_min - step->min};
    if (has_crises && is_back_from_crisis(prison, person))
        return stand_after_crisis(prison, person);
    return (struct stand){NO_LIST, -1, 0};
}

/* Onto the list where he stands now, unless he is on one of its rule. */
static void stand(struct prison *prison, person_id id, struct stand by, int32_t from_min)
{
    struct person *person = &prison->person[id];
    if (by.rule < 0)
        return;
    if (person->list != NO_LIST) {
        if (rule_of(prison, person->list) == by.rule)
            return;
        waiting_leave(prison, id);
    }
    if (by.list == NO_LIST)
        return;
    person->since_min = by.from_min > from_min ? (int32_t)by.from_min : from_min;
    waiting_join(prison, id, by.list);
    prison->round_wanted = true; /* a place may be free already */
}

void step_stand(struct prison *prison, person_id id, int32_t from_min)
{
    if (prison->crises)
        crisis_turn(prison, id);
    stand(prison, id, stand_by(prison, &prison->person[id], prison->now_min), from_min);
    if (prison->crises)
        crisis_count(prison, id);
}

void step_stand_by_other_rule(struct prison *prison, person_id id)
{
    if (prison->crises && prison->person[id].list == NO_LIST)
        stand(prison, id, stand_by(prison, &prison->person[id], prison->now_min),
              (int32_t)prison->now_min);
}

list_id step_list_of_place(const struct prison *prison, const struct person *person,
                           list_id otherwise)
{
    const struct rule *rules = prison->plan->rules.list;
    list_id            own = prison_entitlement(prison, person)->list;
    if (!prison->crises || !has_own_place(prison, person) ||
        crisis_clock_of(prison, person)->is_on ||
        rules[rule_of(prison, person->list)].of != rules[rule_of(prison, own)].of)
        return otherwise;
    return list_to_go_back(prison, person);
}

bool step_stands_too_early(const struct prison *prison, const struct person *person)
{
    const struct dates *dates = dates_of(prison, person);
    if (!dates || dates->at_count == 0 || person->list >= prison->plan->rules.list_count)
        return false;
    const struct dated *holds = at_by(prison, person, prison->now_min);
    for (int i = 0; i < dates->at_count; i++)
        if (rule_of(prison, dates->at[i].to.list) == rule_of(prison, person->list))
            return holds != &dates->at[i];
    return false;
}

/* -- both */

static int64_t next_date_min(const struct prison *prison, const struct person *person)
{
    const struct dates *dates = dates_of(prison, person);
    if (!dates || person_must_move(person))
        return NEVER;
    if (person->flags & PERSON_WAITING) {
        for (int i = 0; i < dates->after_count; i++)
            if (person->since_min + dates->after[i].min > prison->now_min)
                return person->since_min + dates->after[i].min;
    } else if (will_be_released(prison, person)) {
        for (int i = 0; i < dates->at_count; i++)
            if (person->ends_min - dates->at[i].min > prison->now_min)
                return person->ends_min - dates->at[i].min;
    }
    return NEVER;
}

int64_t step_next_min(const struct prison *prison, const struct person *person)
{
    int64_t next_min = next_date_min(prison, person);
    if (!prison->crises)
        return next_min;
    int32_t crisis_min = crisis_clock_of(prison, person)->next_min;
    return crisis_min < next_min ? crisis_min : next_min;
}

/* At midnight, before what is dated at this minute. */
void step_check(const struct prison *prison)
{
    if (!prison->plan->rules.steps)
        return;
    int64_t before_min = prison->now_min - 1;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (person->key == 0 || person_must_move(person))
            continue;
        if (person->flags & PERSON_WAITING && person->list < prison->plan->rules.list_count)
            must(person->list == list_by(prison, person, before_min));
        if (person->ends_min <= prison->now_min)
            continue; /* his status ends in this minute */
        struct stand by = stand_by(prison, person, before_min);
        must(by.list == NO_LIST || person->list == by.list);
        must(by.list != NO_LIST || !stands_in_crisis(prison, person));
    }
}
