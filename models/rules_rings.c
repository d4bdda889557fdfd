#include "models/rules_rings.h"

/* Where people of one profile may be, by status. */
struct seats {
    mask given[STATUSES_AT_MOST];    /* by a rule, with a place of their own */
    mask before[STATUSES_AT_MOST];   /* while they wait for their first place */
    mask begins[STATUSES_AT_MOST];   /* in the minute in which it begins, from the status before */
    mask awaited[POOLS_AT_MOST + 1]; /* [pool]: the pools for which people in it may wait */
    mask cells;                      /* in these nobody waits in a place that he keeps */
};

static mask pools_of_list(const struct rules *rules, list_id list)
{
    return list == NO_LIST ? 0 : rules->lists[list].pools;
}

static mask pools_to_enter(const struct rules *rules, const struct entitlement *to)
{
    return pools_of_list(rules, to->list) | pools_of_list(rules, to->wider);
}

static const struct dates *steps_of(const struct rules *rules, int s, uint32_t p)
{
    static const struct dates none;
    return rules->steps ? &rules->steps[(size_t)s * rules->profile_count + p] : &none;
}

static const struct entitlement *may_hold(const struct rules *rules, int s, uint32_t p, int i)
{
    return rules_may_hold(rules, (size_t)s * rules->profile_count + p, i);
}

mask rules_pools_given(const struct rules *rules, int s, uint32_t p)
{
    const struct dates *steps = steps_of(rules, s, p);
    mask                pools = 0;
    for (int i = 0; i <= rules->twin_count; i++)
        pools |= pools_to_enter(rules, may_hold(rules, s, p, i));
    for (int i = 0; i < steps->after_count; i++)
        pools |= pools_to_enter(rules, &steps->after[i].to);
    for (int i = 0; i < steps->at_count; i++)
        pools |= pools_to_enter(rules, &steps->at[i].to);
    if (steps->crisis)
        pools |= pools_of_list(rules, steps->crisis->list);
    return pools;
}

/* Where the start puts people of whatever profile, when it says so. */
static void put_starters(const struct rules *rules, const struct start *start, struct seats *places)
{
    for (int g = 0; g < start->count; g++) {
        const struct start_group *group = &start->list[g];
        mask                     *there = group->waiting ? places->before : places->given;
        if (!group->person)
            there[group->status] |= group->in;
        for (int64_t i = 0; group->person && i < group->persons; i++)
            if (group->person[i].unit >= 0)
                there[group->person[i].status] |=
                    mask_of(rules->pool_of_unit[group->person[i].unit]);
    }
}

static void put_all(const struct statuses *statuses, const struct rules *rules,
                    const struct seats *starters, uint32_t p, struct seats *places)
{
    for (int s = 0; s < statuses->count; s++) {
        const struct status *status = &statuses->list[s];
        places->given[s] = rules_pools_given(rules, s, p) | starters->given[s];
        places->before[s] = starters->before[s];
        places->begins[s] = 0;
        if (status->waits_in == WAITS_REGIME)
            places->before[s] |= rules->of_regime[status->waits_regime];
    }
}

static bool add_pools(mask *pools, mask more)
{
    bool is_new = (more & ~*pools) != 0;
    *pools |= more;
    return is_new;
}

/* Who keeps his present place while he waits has it from the status before, or from the queue that
 * he left, also through a status that is over in the minute in which it begins; who serves on by a
 * further title has it from the status that was over, whether he had it by its rule or kept it. */
static bool carry_over(const struct statuses *statuses, const struct rules *rules, uint32_t p,
                       struct seats *places)
{
    bool is_new = false;
    for (int s = 0; s < statuses->count; s++) {
        const struct status *status = &statuses->list[s];
        int                  title = status->further.from;
        mask                 passed = status->clock == CLOCK_CUSTODY ? places->begins[s] : 0;
        for (int i = 0; i < status->route_count + status->leave_count; i++) {
            bool is_route = i < status->route_count;
            int  to = is_route ? status->route[i] : status->leave[i - status->route_count].next;
            mask there = places->before[s] | (is_route ? places->given[s] | passed : 0);
            if (to == RELEASE)
                continue;
            is_new |= add_pools(&places->begins[to], there);
            if (statuses->list[to].waits_in == WAITS_PRESENT_PLACE)
                is_new |= add_pools(&places->before[to], there);
        }
        if (title >= 0)
            is_new |=
                add_pools(&places->given[title],
                          (places->given[s] | ((places->before[s] | passed) & ~places->cells)) &
                              rules->admitted[(size_t)title * rules->profile_count + p]);
    }
    return is_new;
}

static mask cells_of(const struct rules *rules, const struct estate *estate)
{
    mask cells = 0;
    for (int r = 0; r < estate->regime_count; r++)
        cells |= estate->regime[r].emergency ? rules->of_regime[r] : 0;
    return cells;
}

static void await(struct seats *places, mask from, mask to)
{
    for (; from; from &= from - 1)
        places->awaited[mask_lowest(from)] |= to & ~(from & -from);
}

/* In a place out of category he waits for a better one. */
static void await_better(const struct rules *rules, const struct entitlement *to, mask there,
                         struct seats *places)
{
    if (to->list != NO_LIST && to->better != NO_LIST)
        await(places, there & rules->list[rules->lists[to->list].rule].out_of_category,
              pools_of_list(rules, to->better));
}

/* In a crisis he waits for such a place, and in it for one of his own when it is over. */
static void await_in_crisis(const struct rules *rules, const struct entitlement *own, mask given,
                            const struct entitlement *crisis, struct seats *places)
{
    mask there = pools_of_list(rules, crisis->list), back = pools_of_list(rules, own->list);
    await(places, given & ~there, there);
    await_better(rules, crisis, given, places);
    await(places, there & ~back, back | pools_of_list(rules, own->wider));
}

static void await_all(const struct statuses *statuses, const struct rules *rules, uint32_t p,
                      struct seats *places)
{
    for (int s = 0; s < statuses->count; s++) {
        const struct entitlement *own = rules_entitlement(rules, s, p);
        const struct dates       *steps = steps_of(rules, s, p);
        mask                      given = places->given[s], before = places->before[s];
        if (own->list == NO_LIST)
            continue;
        for (int i = 0; i <= rules->twin_count; i++) {
            await(places, before, pools_to_enter(rules, may_hold(rules, s, p, i)));
            await_better(rules, may_hold(rules, s, p, i), given, places);
            if (steps->crisis)
                await_in_crisis(rules, may_hold(rules, s, p, i), given, steps->crisis, places);
        }
        for (int i = 0; i < steps->after_count; i++) {
            await(places, before, pools_to_enter(rules, &steps->after[i].to));
            await_better(rules, &steps->after[i].to, given, places);
        }
        for (int i = 0; i < steps->at_count; i++) {
            mask there = pools_of_list(rules, steps->at[i].to.list);
            await(places, given & ~there, there);
            await_better(rules, &steps->at[i].to, given, places);
        }
    }
}

/* Leaves out pools whose people wait for none that is left, or for whom none that is left waits. */
static mask keep_rings(const mask *awaited, int pool_count)
{
    mask left = 0, before;
    for (int p = 0; p < pool_count; p++)
        left |= mask_of(p);
    do {
        mask wanted = 0;
        before = left;
        for (mask rest = left; rest; rest &= rest - 1)
            wanted |= awaited[mask_lowest(rest)];
        left &= wanted;
        for (mask rest = left; rest; rest &= rest - 1)
            if (!(awaited[mask_lowest(rest)] & left))
                left &= ~mask_of(mask_lowest(rest));
    } while (left != before);
    return left;
}

void rules_find_rings(struct arena *arena, const struct attributes *attributes,
                      const struct statuses *statuses, const struct estate *estate,
                      const struct start *start, struct rules *rules)
{
    struct seats *places = arena_new(arena, struct seats, 1);
    struct seats *starters = arena_new(arena, struct seats, 1);
    put_starters(rules, start, starters);
    places->cells = cells_of(rules, estate);
    for (uint32_t p = 0; p < rules->profile_count; p++) {
        if (attributes->share_of_profile[p] <= 0)
            continue;
        put_all(statuses, rules, starters, p, places);
        while (carry_over(statuses, rules, p, places)) {
        }
        await_all(statuses, rules, p, places);
    }
    rules->ring_pools = keep_rings(places->awaited, rules->pool_count);
}
