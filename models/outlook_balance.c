/* What a scenario implies about returns: whether as many come back as the flows are lowered by, of
 * all people and of those of each kind (docs/decisions/0039-flow-share-by-attribute.md).
 */
#include "models/outlook.h"

#include <math.h>

/* What groups share who differ only in what is drawn again for each return: in the end they are
 * among those who come back as they are drawn. */
struct returning {
    double again; /* of those who have come back, so many do so again */
    double first; /* so many come back for the first time */
};

struct reckoning {
    const struct scenario *scenario;
    int                    count; /* of groups; the arrays are by group */
    struct group          *group;
    double                *drawn; /* of those with the same kept values, so many are drawn so */
    uint32_t              *kept_as;
    double                *first; /* of those who come by flows, so many come back */
    struct returning      *kept;  /* [profile] */
    bool                   varies[ATTRIBUTES_AT_MOST];
    int                    first_row[ATTRIBUTES_AT_MOST];
    int                    row_count;
    struct balance        *row;
};

/* -- groups */

static bool is_kept(const struct scenario *scenario, int a)
{
    return scenario->returns.copied >> a & 1;
}

static double share_of_value(const struct attributes *attributes, int a, uint32_t profile)
{
    const struct attribute *attribute = &attributes->list[a];
    int row = attribute->by < 0 ? 0 : attribute_value(attributes, attribute->by, profile);
    struct fraction share =
        attribute->share[row * attribute->value_count + attribute_value(attributes, a, profile)];
    return (double)share.num / (double)share.den;
}

static void find_kept(struct reckoning *reckoning, int g)
{
    const struct scenario   *scenario = reckoning->scenario;
    const struct attributes *attributes = &scenario->attributes;
    uint32_t                 profile = reckoning->group[g].profile, kept = profile;
    reckoning->drawn[g] = 1;
    for (int a = 0; a < attributes->count; a++) {
        if (is_kept(scenario, a) || !reckoning->varies[a])
            continue;
        kept -= (uint32_t)attribute_value(attributes, a, profile) * attributes->list[a].stride;
        reckoning->drawn[g] *= share_of_value(attributes, a, profile);
    }
    reckoning->kept_as[g] = kept;
}

/* What does not count has its first value in all groups. */
static void find_varying(struct reckoning *reckoning)
{
    const struct attributes *attributes = &reckoning->scenario->attributes;
    for (int a = 0; a < attributes->count; a++)
        for (int g = 0; g < reckoning->count && !reckoning->varies[a]; g++)
            reckoning->varies[a] = attribute_value(attributes, a, reckoning->group[g].profile) != 0;
}

/* -- of a group, by the status in which it comes */

/* Of those who enter a status, who comes back: who leaves as planned; the regime in which he is
 * then is not known here. */
static double share_returning(const struct scenario *scenario, uint32_t profile, int s)
{
    const struct returns *returns = &scenario->returns;
    const struct status  *status = &scenario->statuses.list[s];
    double                released = 0;
    for (int r = 0; r < status->route_count; r++)
        if (status->route[r] == RELEASE)
            released += status_coming_share(status) * status_route_share(status, r, profile);
    double chance = returns->chance.of[profile * returns->chance.stride] * returns->of_status[s] *
                    returns->of_left_by[LEFT_PLANNED];
    return released * fmin(chance, 1);
}

static double share_back(const struct scenario *scenario, uint32_t profile, int s)
{
    double one[STATUSES_AT_MOST] = {0}, entries[STATUSES_AT_MOST], back = 0;
    one[s] = 1;
    (void)outlook_entries(scenario, profile, one, entries);
    for (int to = 0; to < scenario->statuses.count; to++)
        back += entries[to] * share_returning(scenario, profile, to);
    return back;
}

static void find_shares(struct reckoning *reckoning, int s)
{
    const struct scenario *scenario = reckoning->scenario;
    int                    as = scenario->returns.as[s];
    for (int g = 0; g < reckoning->count; g++)
        reckoning->kept[reckoning->kept_as[g]].again = 0;
    for (int g = 0; g < reckoning->count; g++) {
        uint32_t profile = reckoning->group[g].profile;
        reckoning->first[g] = share_back(scenario, profile, s);
        double again = as == s ? reckoning->first[g] : share_back(scenario, profile, as);
        reckoning->kept[reckoning->kept_as[g]].again += reckoning->drawn[g] * again;
    }
}

/* -- sums by row */

static void add(struct reckoning *reckoning, int g, enum balance_of what, int year, double people)
{
    const struct attributes *attributes = &reckoning->scenario->attributes;
    uint32_t                 profile = reckoning->group[g].profile;
    reckoning->row[0].people[what][year] += people;
    for (int a = 0; a < attributes->count; a++)
        if (reckoning->varies[a])
            reckoning->row[reckoning->first_row[a] + attribute_value(attributes, a, profile)]
                .people[what][year] += people;
}

static double lowered_share(const struct reckoning *reckoning, int g)
{
    const struct returns           *returns = &reckoning->scenario->returns;
    const struct number_by_profile *share = &returns->flow_share;
    if (!returns->lowers)
        return 0;
    return share->of[reckoning->group[g].profile * share->stride];
}

/* All returns of people of whom so many return once. */
static double returns_of(const struct returning *returning)
{
    if (returning->first <= 0)
        return 0;
    return returning->again < 1 ? returning->first / (1 - returning->again) : INFINITY;
}

/* In the end, where the flows bring `flow` of each group. */
static void add_end(struct reckoning *reckoning, enum balance_of what, int year, const double *flow)
{
    for (int g = 0; g < reckoning->count; g++)
        reckoning->kept[reckoning->kept_as[g]].first = 0;
    for (int g = 0; g < reckoning->count; g++)
        reckoning->kept[reckoning->kept_as[g]].first += flow[g] * reckoning->first[g];
    for (int g = 0; g < reckoning->count; g++) {
        double returns = returns_of(&reckoning->kept[reckoning->kept_as[g]]);
        add(reckoning, g, what, year,
            flow[g] + (reckoning->drawn[g] > 0 ? returns * reckoning->drawn[g] : 0));
    }
}

static void add_status(struct arena *arena, struct reckoning *reckoning, int s, const double *rate)
{
    double *come = arena_new(arena, double, (size_t)reckoning->count);
    double *brought = arena_new(arena, double, (size_t)reckoning->count);
    find_shares(reckoning, s);
    for (int y = 0; y < OUTLOOK_YEARS; y++) {
        for (int g = 0; g < reckoning->count; g++) {
            come[g] = rate[y] * reckoning->group[g].share;
            brought[g] = come[g] * (1 - lowered_share(reckoning, g));
            add(reckoning, g, BALANCE_COME, y, come[g]);
            add(reckoning, g, BALANCE_LOWERED, y, come[g] - brought[g]);
            add(reckoning, g, BALANCE_BACK, y, come[g] * reckoning->first[g]);
        }
        add_end(reckoning, BALANCE_SETTLED, y, brought);
        add_end(reckoning, BALANCE_UNLOWERED, y, come);
    }
}

static void make_rows(struct arena *arena, struct reckoning *reckoning)
{
    const struct attributes *attributes = &reckoning->scenario->attributes;
    reckoning->row = arena_new(arena, struct balance, 1 + ATTRIBUTES_AT_MOST * VALUES_AT_MOST);
    reckoning->row[reckoning->row_count++] = (struct balance){-1, -1, {{0}}};
    for (int a = 0; a < attributes->count; a++) {
        reckoning->first_row[a] = reckoning->row_count;
        for (int v = 0; reckoning->varies[a] && v < attributes->list[a].value_count; v++)
            reckoning->row[reckoning->row_count++] = (struct balance){a, v, {{0}}};
    }
}

int outlook_balance(struct arena *arena, const struct scenario *scenario,
                    const struct outlook *outlook, struct balance **rows)
{
    struct reckoning reckoning = {.scenario = scenario};
    double           rate[STATUSES_AT_MOST][OUTLOOK_YEARS] = {{0}};
    if (!scenario->returns.used)
        return 0;
    reckoning.count = outlook_groups(arena, scenario, &reckoning.group);
    reckoning.drawn = arena_new(arena, double, (size_t)reckoning.count);
    reckoning.first = arena_new(arena, double, (size_t)reckoning.count);
    reckoning.kept_as = arena_new(arena, uint32_t, (size_t)reckoning.count);
    reckoning.kept = arena_new(arena, struct returning, scenario->attributes.profile_count);
    find_varying(&reckoning);
    make_rows(arena, &reckoning);
    for (int g = 0; g < reckoning.count; g++)
        find_kept(&reckoning, g);
    for (int f = 0; f < scenario->flows.count; f++)
        for (int y = 0; y < OUTLOOK_YEARS; y++)
            rate[scenario->flows.list[f].status][y] += outlook->rate[f][y];
    for (int s = 0; s < scenario->statuses.count; s++)
        if (rate[s][0] + rate[s][OUTLOOK_YEARS - 1] > 0)
            add_status(arena, &reckoning, s, rate[s]);
    *rows = reckoning.row;
    return reckoning.row_count;
}

double balance_share(const struct scenario *scenario, const struct balance *row, int year)
{
    if (row->people[BALANCE_COME][year] <= 0 ||
        (row->attribute >= 0 && !is_kept(scenario, row->attribute)))
        return NAN;
    return 1 - row->people[BALANCE_COME][year] / row->people[BALANCE_UNLOWERED][year];
}
