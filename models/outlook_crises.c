/* Where people are in crises, by a closed formula.
 *
 * Of who is in no crisis so many fall into one: h a minute; it lasts m on average. In the long run
 * the share p = h m / (1 + h m) of people is in one, whatever else is known of the length. Of who
 * is in none at entry it is p (1 - exp(-k t)) after a time t, with k = 2 (1 + h m) / (m (1 +
 * cv^2)): exact for exponential lengths, where k = h + 1 / m. For others k is such that the time in
 * crises of a long stay, p t - p / k, is exact; of stays that are no longer than a crisis it is
 * not. With the share q at entry it is p + (q - p) exp(-k t).
 */
#include "models/outlook.h"

#include <math.h>

#define ROUNDS_AT_MOST 1000 /* of shares that depend on each other */
#define SHARE_IS_SAME 1e-12

/* Of a group in a status. */
struct crises_in {
    const struct entitlement *rule; /* NULL: it has none there */
    double                    begin_per_min, in_the_end, k_per_min;
    double                    left; /* of a difference at entry, at the end of the status */
    double                    at_entry;
};

static const struct entitlement *rule_of(const struct scenario *scenario, int s, uint32_t profile)
{
    const struct rules *rules = &scenario->rules;
    return rules->steps[(size_t)s * rules->profile_count + profile].crisis;
}

/* Places of the category of a rule: where nobody waits, nobody is in others for long. */
static const struct list_plan *list_of(const struct scenario    *scenario,
                                       const struct entitlement *to)
{
    return &scenario->rules.lists[to->better != NO_LIST ? to->better : to->list];
}

static const struct list_plan *own_list(const struct scenario *scenario, int s, uint32_t profile)
{
    return list_of(scenario, rules_entitlement(&scenario->rules, s, profile));
}

static const struct pool *first_pool(const struct scenario *scenario, const struct list_plan *list)
{
    return &scenario->rules.pool[list->pool[0]];
}

static bool is_held(const struct scenario *scenario, int s, uint32_t profile)
{
    const struct pool *pool = first_pool(scenario, own_list(scenario, s, profile));
    return !scenario->estate.regime[pool->regime].outside;
}

static struct crises_in find_crises(const struct scenario *scenario, int s, uint32_t profile,
                                    const struct time_in_status *time)
{
    const struct status *status = &scenario->statuses.list[s];
    struct crises_in     in = {.rule = rule_of(scenario, s, profile)};
    if (!in.rule || rules_entitlement(&scenario->rules, s, profile)->list == NO_LIST ||
        !is_held(scenario, s, profile))
        return (struct crises_in){.rule = NULL};
    const struct shape *lasts = status->crisis.lasts.of[profile * status->crisis.lasts.stride];
    double              h = status_crises_per_year(status, profile) / MINUTES_A_YEAR;
    double              m = lasts->mean_min;
    in.begin_per_min = h;
    in.in_the_end = h * m / (1 + h * m);
    in.k_per_min = 2 * (1 + h * m) / (m * (1 + lasts->cv * lasts->cv));
    in.left = isinf(time->min) ? 0 : spell_transform(time->spell, time->before, in.k_per_min);
    return in;
}

static double share_at_end(const struct crises_in *in)
{
    return in->in_the_end + (in->at_entry - in->in_the_end) * in->left;
}

/* A crisis goes on in the next status, unless he has to go home first. */
static bool goes_on(const struct scenario *scenario, const struct crises_in *in, int from, int to,
                    uint32_t profile)
{
    const struct list_plan *crisis = list_of(scenario, in[from].rule);
    return in[to].rule && (!scenario->statuses.list[to].call_up.used ||
                           list_of(scenario, in[to].rule)->pools >> crisis->pool[0] & 1 ||
                           own_list(scenario, to, profile)->pools >> crisis->pool[0] & 1);
}

/* Of all who enter each status the share that is in a crisis then. How much it moved. */
static double find_shares(const struct scenario *scenario, uint32_t profile, const double *entries,
                          struct crises_in *in)
{
    double brought[STATUSES_AT_MOST] = {0}, moved = 0;
    for (int from = 0; from < scenario->statuses.count; from++) {
        const struct status *status = &scenario->statuses.list[from];
        double               come = entries[from] * status_coming_share(status);
        for (int r = 0; in[from].rule && r < status->route_count; r++)
            if (status->route[r] != RELEASE &&
                goes_on(scenario, in, from, status->route[r], profile))
                brought[status->route[r]] +=
                    come * status_route_share(status, r, profile) * share_at_end(&in[from]);
    }
    for (int s = 0; s < scenario->statuses.count; s++) {
        double share = entries[s] > 0 ? brought[s] / entries[s] : 0;
        moved = fmax(moved, fabs(share - in[s].at_entry));
        in[s].at_entry = share;
    }
    return moved;
}

/* Minutes of one stay away from his own place. Where the crisis place is his own too he stays in
 * it: but for the time until his first crisis. */
static double min_away(const struct scenario *scenario, const struct crises_in *in,
                       const struct list_plan *own, const struct time_in_status *time)
{
    if (own->pools >> list_of(scenario, in->rule)->pool[0] & 1)
        return time->min - (1 - in->at_entry) *
                               (1 - spell_transform(time->spell, time->before, in->begin_per_min)) /
                               in->begin_per_min;
    return in->in_the_end * time->min +
           (in->at_entry - in->in_the_end) * (1 - in->left) / in->k_per_min;
}

static void add_people(const struct scenario *scenario, const struct group *group, int year,
                       const double *entries, const struct crises_in *in,
                       const struct time_in_status *time, struct outlook *outlook)
{
    for (int s = 0; s < scenario->statuses.count; s++) {
        double come = entries[s] * status_coming_share(&scenario->statuses.list[s]);
        if (!in[s].rule || come <= 0 || isinf(time[s].min))
            continue;
        const struct list_plan *own = own_list(scenario, s, group->profile);
        const struct list_plan *crisis = list_of(scenario, in[s].rule);
        if (crisis->pools >> own->pool[0] & 1)
            continue; /* he is there already */
        double people = come * min_away(scenario, &in[s], own, &time[s]) / MINUTES_A_DAY;
        outlook->away[first_pool(scenario, own)->regime][year] += people;
        outlook->here[first_pool(scenario, crisis)->regime][year] += people;
    }
}

void outlook_add_crises(const struct scenario *scenario, const struct group              *group,
                        double (*entries)[STATUSES_AT_MOST], const struct time_in_status *time,
                        struct outlook *outlook)
{
    struct crises_in in[STATUSES_AT_MOST];
    if (!scenario->rules.has_crises)
        return;
    for (int s = 0; s < scenario->statuses.count; s++)
        in[s] = find_crises(scenario, s, group->profile, &time[s]);
    for (int y = 0; y < OUTLOOK_YEARS; y++) {
        for (int round = 0; round < ROUNDS_AT_MOST; round++)
            if (find_shares(scenario, group->profile, entries[y], in) < SHARE_IS_SAME)
                break;
        add_people(scenario, group, y, entries[y], in, time, outlook);
    }
}
