#include "models/demand_crisis.h"

/* In one he is in the first place for it, after it in the first of his own, unless he is in one. */
static void go_by_crisis(struct walk *walk)
{
    const struct list_plan   *lists = walk->prison->plan->rules.lists;
    const struct entitlement *rule = crisis_rule(walk->prison, &walk->person);
    list_id                   own = list_of(walk);
    if (!rule || walk->pool == NO_POOL)
        return;
    bool is_there = lists[rule->list].pools >> walk->pool & 1;
    if (walk->crisis.is_on && !is_there)
        go_to(walk, walk->demand->pool_of_list[rule->list]);
    else if (!walk->crisis.is_on && is_there && !keeps_place(walk, own))
        go_to(walk, walk->demand->pool_of_list[own]);
    if (!walk->is_held)
        crisis_stop(&walk->crisis);
}

bool demand_keeps_crisis_place(const struct walk *walk)
{
    if (!walk->crisis.is_on)
        return false;
    const struct entitlement *rule = crisis_rule(walk->prison, &walk->person);
    return rule && keeps_place(walk, rule->list);
}

/* He has a place of his own. */
void demand_start_crises(struct walk *walk)
{
    if (!walk->crisis.runs && walk->is_held && crisis_rule(walk->prison, &walk->person))
        crisis_start(walk->prison, &walk->person, &walk->crisis, (int32_t)walk->now_min);
    go_by_crisis(walk);
}

/* A crisis begins or is over, or another of his places is his own. */
static int64_t next_turn_min(const struct walk *walk)
{
    return earlier(walk->crisis.next_min,
                   category_next_turn_min(walk->prison, &walk->person, walk->now_min));
}

void demand_stay_by_crises(struct walk *walk, int64_t until_min)
{
    int64_t turn_min;
    while ((turn_min = next_turn_min(walk)) < until_min && walk->now_min < end_min(walk)) {
        stay_in_group(walk, turn_min);
        crisis_advance(walk->prison, &walk->person, &walk->crisis, walk->now_min);
        go_by_crisis(walk);
    }
    stay_in_group(walk, until_min);
}
