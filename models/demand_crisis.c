#include "models/demand_walk.h"

/* The places of a rule that are not out of its category; all, where none of those is of a group. */
static list_id in_category(const struct walk *walk, const struct entitlement *to)
{
    list_id better = to->better;
    return better != NO_LIST && demand_group_of_pool(walk->prison->plan,
                                                     walk->demand->pool_of_list[better]) != NO_GROUP
               ? better
               : to->list;
}

/* In one he is in the first place for it, after it in the first of his own, unless he is in one. */
static void go_by_crisis(struct walk *walk)
{
    const struct entitlement *rule = crisis_rule(walk->prison, &walk->person);
    if (!rule || walk->pool == NO_POOL)
        return;
    bool    is_to_leave = walk->crisis.is_on || keeps_place(walk, rule->list);
    list_id list = in_category(walk, walk->crisis.is_on ? rule : holds_now(walk));
    if (is_to_leave && !keeps_place(walk, list))
        go_to(walk, walk->demand->pool_of_list[list]);
    if (!walk->is_held)
        crisis_stop(&walk->crisis);
}

bool walk_keeps_crisis_place(const struct walk *walk)
{
    if (!has_crises(walk) || !walk->crisis.is_on)
        return false;
    const struct entitlement *rule = crisis_rule(walk->prison, &walk->person);
    return rule && keeps_place(walk, rule->list);
}

void walk_start_crises(struct walk *walk)
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

void walk_stay_by_crises(struct walk *walk, int64_t until_min)
{
    int64_t turn_min;
    while ((turn_min = next_turn_min(walk)) < until_min && walk->now_min < end_min(walk)) {
        stay_in_group(walk, turn_min);
        crisis_advance(walk->prison, &walk->person, &walk->crisis, walk->now_min);
        go_by_crisis(walk);
    }
    stay_in_group(walk, until_min);
}
