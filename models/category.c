#include "models/category.h"

#include <string.h>

#include "models/choice.h"
#include "models/custody.h"
#include "models/policy.h"
#include "models/step.h"
#include "models/valve_review.h"
#include "models/waiting.h"

struct category {
    struct entitlement *entitlement;            /* as in the plan, but for rules that change */
    int16_t             opened[RULES_AT_MOST];  /* [rule]: by the first valve by name; NO_VALVE */
    int16_t             as[RULES_AT_MOST];      /* [rule]: a twin that holds today, or itself */
    bool                changed[RULES_AT_MOST]; /* [rule]: by a measure, in this minute */
    uint64_t            by[RULES_AT_MOST];      /* [rule]: measures in force on it today; a mask */
};

static size_t cell_count(const struct scenario *plan)
{
    return (size_t)plan->statuses.count * plan->rules.profile_count;
}

static size_t cell_of(const struct prison *prison, const struct person *person)
{
    return (size_t)person->status * prison->plan->rules.profile_count + person->profile;
}

/* -- by measures -- */

/* Of those that change the rule those that are in force on a day; normally: no emergency measures.
 */
static uint64_t in_force(const struct prison *prison, int rule, int32_t day, bool normally)
{
    const struct measures *measures = &prison->plan->measures;
    uint64_t               found = 0;
    for (uint64_t rest = prison->plan->rules.list[rule].measures; rest; rest &= rest - 1) {
        const struct measure *measure = measures_first(measures, rest);
        if (policy_is_in_force(prison, measure, day, normally))
            found |= rest & -rest;
    }
    return found;
}

/* The twin that holds while these measures are in force, or the rule itself. */
static int twin_of(const struct rules *rules, int rule, uint64_t measures)
{
    if (measures == 0)
        return rule;
    int i = 0;
    while (rules->turn[i].rule != rule || rules->turn[i].measures != measures)
        must(++i < rules->turn_count);
    return rules->turn[i].as;
}

/* What a rule as it is, or a twin of it, gives a status and a profile. */
static const struct entitlement *given_by(const struct rules *rules, int as, size_t cell)
{
    return rules_may_hold(rules, cell, as < rules->count ? 0 : as - rules->count + 1);
}

/* Whether some rule has another twin than before, from today on. */
static bool set_twins(struct prison *prison)
{
    const struct rules *rules = &prison->plan->rules;
    bool                is_changed = false;
    for (int r = 0; rules->turn_count > 0 && r < rules->count; r++) {
        prison->category->by[r] = in_force(prison, r, policy_today(prison), false);
        int as = twin_of(rules, r, prison->category->by[r]);
        prison->category->changed[r] = prison->category->as[r] != as;
        is_changed |= prison->category->changed[r];
        prison->category->as[r] = (int16_t)as;
    }
    return is_changed;
}

const struct entitlement *category_normally(const struct prison *prison,
                                            const struct person *person, int32_t day)
{
    const struct rules *rules = &prison->plan->rules;
    size_t              cell = cell_of(prison, person);
    int                 rule = rules->turn_count > 0 ? rules_of_cell(rules, cell) : -1;
    if (rule < 0 || rules->list[rule].measures == 0)
        return &rules->entitlement[cell];
    return given_by(rules, twin_of(rules, rule, in_force(prison, rule, day, true)), cell);
}

int64_t category_next_turn_min(const struct prison *prison, const struct person *person,
                               int64_t minute)
{
    const struct scenario *plan = prison->plan;
    int                    rule = rules_of_cell(&plan->rules, cell_of(prison, person));
    int64_t                today = plan->period.start + minute / MINUTES_A_DAY, next_min = NEVER;
    for (uint64_t rest = rule < 0 ? 0 : plan->rules.list[rule].measures; rest; rest &= rest - 1) {
        const struct measure *measure = measures_first(&plan->measures, rest);
        int64_t               behind = (int64_t)measure->last + 1;
        int64_t               day = measure->starts > today ? measure->starts : behind;
        int64_t               day_min = (day - plan->period.start) * MINUTES_A_DAY;
        if (day > today && day_min < next_min && !measure->is_emergency &&
            !policy_is_off(prison, measure))
            next_min = day_min;
    }
    return next_min;
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
    const struct rules    *rules = &prison->plan->rules;
    const struct category *category = prison->category;
    for (size_t i = 0; i < cell_count(prison->plan); i++) {
        int                rule = rules_of_cell(rules, i);
        struct entitlement own = *given_by(rules, rule < 0 ? 0 : category->as[rule], i);
        if (rule >= 0 && own.wider != NO_LIST && category->opened[rule] != NO_VALVE)
            own.list = own.wider;
        category->entitlement[i] = own;
    }
}

void category_open(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    if (!plan->valves.opens_rules && plan->rules.turn_count == 0)
        return;
    prison->category = arena_new(arena, struct category, 1);
    prison->category->entitlement = arena_new(arena, struct entitlement, cell_count(plan));
    for (int r = 0; r < RULES_AT_MOST; r++) {
        prison->category->opened[r] = NO_VALVE;
        prison->category->as[r] = (int16_t)r;
    }
    (void)set_twins(prison);
    set_entitlements(prison);
    prison->entitlement = prison->category->entitlement;
}

/* -- who waits -- */

/* Who waits for a better place: by his rule as it is now; by a rule with a date as before. */
static list_id list_of_better(const struct prison *prison, const struct person *person)
{
    const struct rules *rules = &prison->plan->rules;
    int                 own = rules_of_cell(rules, cell_of(prison, person));
    if (rules->list[rules->lists[person->list].rule].of != own)
        return person->list;
    return prison_entitlement(prison, person)->better;
}

/* Where he stands now: a list, or a queue for call-up. */
static list_id list_of(const struct prison *prison, const struct person *person)
{
    if (person->list >= prison->plan->rules.list_count)
        return waiting_call_queue(prison, prison_entitlement(prison, person)->list);
    if (person_must_move(person))
        return prison_entitlement(prison, person)->list;
    return person->flags & PERSON_WAITING
               ? step_list_of_wait(prison, person)
               : step_list_of_place(prison, person, list_of_better(prison, person));
}

/* He sits in a place for which he would wait from now on, and did not before. */
static bool is_in_his_place(const struct prison *prison, const struct person *person, list_id list)
{
    const struct rules *rules = &prison->plan->rules;
    if (!(person->flags & PERSON_WAITING) || person_must_move(person) ||
        person->unit >= prison->outside || list >= rules->list_count ||
        !prison->category->changed[rules->list[rules->lists[list].rule].of])
        return false;
    uint16_t pool = rules->pool_of_unit[person->unit];
    return (rules->lists[list].pools & ~rules->lists[person->list].pools) >> pool & 1;
}

static void stand_on(struct prison *prison, person_id id, list_id list)
{
    bool is_his = is_in_his_place(prison, &prison->person[id], list);
    waiting_leave(prison, id);
    if (list != NO_LIST)
        waiting_join(prison, id, list);
    if (is_his)
        custody_placed(prison, id, prison->person[id].unit);
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
    for (choice_order(choice); choice->count > 0; choice_drop_first(choice))
        stand_on(prison, choice->list[0].id, list_of(prison, &prison->person[choice->list[0].id]));
    for (person_id id = SLOTS_FIXED; prison->crises && id < prison->person_end; id++)
        if (prison->person[id].key != 0)
            step_stand_by_other_rule(prison, id);
    prison->round_wanted = true;
}

void category_set(struct prison *prison, uint64_t open)
{
    bool is_opened = set_opened(prison, open), is_other = set_twins(prison);
    if (!is_opened && !is_other)
        return;
    set_entitlements(prison);
    stand_anew(prison);
}

/* -- what is counted -- */

void category_count(struct prison *prison, const struct person *person)
{
    const struct rules       *rules = &prison->plan->rules;
    size_t                    cell = cell_of(prison, person);
    int                       rule = rules_of_cell(rules, cell);
    int                       valve = prison->category->opened[rule];
    const struct entitlement *own = given_by(rules, prison->category->as[rule], cell);
    if (valve != NO_VALVE && !(person->flags & (PERSON_AT_LIMIT | PERSON_OVER_LIMIT)) &&
        !(rules->lists[own->list].pools >> rules->pool_of_unit[person->unit] & 1))
        valve_count(prison, valve, VALVE_PEOPLE, 1);
}

void category_count_placed(struct prison *prison, const struct person *person,
                           const struct entitlement *entitlement)
{
    const struct rules *rules = &prison->plan->rules;
    size_t              cell = cell_of(prison, person);
    int                 rule = rules_of_cell(rules, cell);
    if (rule < 0 || prison->category->by[rule] == 0 || person->unit >= prison->outside ||
        entitlement != prison_entitlement(prison, person))
        return;
    mask own = rules->lists[rules->entitlement[cell].list].pools;
    bool is_elsewhere = !(own >> rules->pool_of_unit[person->unit] & 1);
    for (uint64_t rest = prison->category->by[rule]; rest; rest &= rest - 1) {
        int column = measures_first(&prison->plan->measures, rest)->column;
        policy_add(prison, column + PLACEMENT_PEOPLE, 1);
        policy_add(prison, column + PLACEMENT_ELSEWHERE, is_elsewhere);
    }
}
