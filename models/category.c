#include "models/category.h"

#include <string.h>

#include "models/choice.h"
#include "models/step.h"
#include "models/valve_review.h"
#include "models/waiting.h"

struct category {
    struct entitlement *entitlement;           /* as in the plan, but for rules that are open */
    int16_t             opened[RULES_AT_MOST]; /* [rule]: by the first valve by name; NO_VALVE */
};

static size_t cell_count(const struct scenario *plan)
{
    return (size_t)plan->statuses.count * plan->rules.profile_count;
}

void category_open(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    if (!plan->valves.opens_rules)
        return;
    size_t           cells = cell_count(plan);
    struct category *category = arena_new(arena, struct category, 1);
    category->entitlement = arena_new(arena, struct entitlement, cells);
    memcpy(category->entitlement, plan->rules.entitlement, cells * sizeof(struct entitlement));
    for (int r = 0; r < RULES_AT_MOST; r++)
        category->opened[r] = NO_VALVE;
    prison->category = category;
    prison->entitlement = category->entitlement;
}

/* -- what holds -- */

/* Whether some rule opens or closes. */
static bool set_opened(struct prison *prison, uint64_t open)
{
    const struct valve *valve = prison->plan->valves.list;
    bool                is_changed = false;
    for (int r = 0; r < prison->plan->rules.count; r++) {
        int16_t *opened = &prison->category->opened[r], by = NO_VALVE;
        for (uint64_t rest = open; rest && by == NO_VALVE; rest &= rest - 1)
            if (valve[__builtin_ctzll(rest)].opens_rule[r])
                by = (int16_t)__builtin_ctzll(rest);
        is_changed |= (by == NO_VALVE) != (*opened == NO_VALVE);
        *opened = by;
    }
    return is_changed;
}

static void set_entitlements(struct prison *prison)
{
    const struct rules *rules = &prison->plan->rules;
    for (size_t i = 0; i < cell_count(prison->plan); i++) {
        struct entitlement own = rules->entitlement[i];
        if (own.wider != NO_LIST &&
            prison->category->opened[rules->lists[own.list].rule] != NO_VALVE)
            own.list = own.wider;
        prison->category->entitlement[i] = own;
    }
}

/* -- who waits -- */

/* Where he stands now: a list, or a queue for call-up. He keeps the list of those who have a place
 * and wait for a better one. */
static list_id list_of(const struct prison *prison, const struct person *person)
{
    if (person->list >= prison->plan->rules.list_count)
        return waiting_call_queue(prison, prison_entitlement(prison, person)->list);
    if (person_must_move(person))
        return prison_entitlement(prison, person)->list;
    return person->flags & PERSON_WAITING ? step_list_of_wait(prison, person)
                                          : step_list_of_place(prison, person);
}

/* In the order in which they wait, so that each joins at the end. */
static void stand_anew(struct prison *prison)
{
    struct choice *choice = prison->choice;
    memset(prison->called, 0, (size_t)prison->plan->rules.list_count * sizeof *prison->called);
    choice->count = 0;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (person->key == 0)
            continue;
        if (person->flags & PERSON_CALLED)
            prison->called[prison_entitlement(prison, person)->list]++;
        else if (person->list != NO_LIST && list_of(prison, person) != person->list)
            choice_add(choice, (struct candidate){person->since_min, person->key, id});
    }
    for (choice_order(choice); choice->count > 0; choice_drop_first(choice)) {
        person_id id = choice->list[0].id;
        list_id   list = list_of(prison, &prison->person[id]);
        waiting_leave(prison, id);
        waiting_join(prison, id, list);
    }
    prison->round_wanted = true;
}

void category_set(struct prison *prison, uint64_t open)
{
    if (!set_opened(prison, open))
        return;
    set_entitlements(prison);
    stand_anew(prison);
}

void category_count(struct prison *prison, const struct person *person)
{
    const struct rules       *rules = &prison->plan->rules;
    const struct entitlement *own = rules_entitlement(rules, person->status, person->profile);
    int                       valve = prison->category->opened[rules->lists[own->list].rule];
    if (valve != NO_VALVE && !(person->flags & (PERSON_AT_LIMIT | PERSON_OVER_LIMIT)) &&
        !(rules->lists[own->list].pools >> rules->pool_of_unit[person->unit] & 1))
        valve_count(prison, valve, VALVE_PEOPLE, 1);
}
