#include "models/outlook.h"

#include <math.h>
#include <string.h>

#define STEPS_AT_MOST 10000 /* of a path through the statuses */
#define LEFT_LEAST 1e-9     /* of those who came: so few still on their way are nobody */
#define NO_REGIME (-1)

/* What is known of a stay once it has been worked out: many groups share it. */
struct known {
    const struct shape *shape;
    double              granted;
    struct moments      stay; /* before custody is taken off */
    struct spell        spell;
    struct known       *next;
};

struct group_numbers {
    double entries[OUTLOOK_YEARS][STATUSES_AT_MOST]; /* a day */
};

struct sums {
    double weight, sentence, serve, stay, square;
};

struct making {
    struct arena          *arena;
    const struct scenario *scenario;
    struct outlook        *outlook;
    double                 arrivals[OUTLOOK_YEARS][STATUSES_AT_MOST]; /* a day, from flows */
    int                    order[STATUSES_AT_MOST]; /* who gives custody to another comes first */
    bool                   counts_custody;          /* some clock runs from custody */
    struct spell           sentence, served, pairs; /* for one status at a time */
    struct known          *known[STATUSES_AT_MOST];
    struct spell before[STATUSES_AT_MOST]; /* custody that counts, at entry; count 0: none */
    struct spell after[STATUSES_AT_MOST];  /* and at the end of it */
    struct sums  of_entries[STATUSES_AT_MOST], of_shares[STATUSES_AT_MOST];
};

/* -- groups */

static bool has_same_row(const struct threshold_by_profile *threshold, uint32_t a, uint32_t b)
{
    const uint64_t *of = threshold->of;
    size_t          stride = threshold->stride;
    return stride == 0 || memcmp(of + a * stride, of + b * stride, stride * sizeof *of) == 0;
}

static bool has_same_number(const struct number_by_profile *number, uint32_t a, uint32_t b)
{
    return !number->of || number->of[a * number->stride] == number->of[b * number->stride];
}

static bool has_same_crises(const struct scenario *scenario, int s, uint32_t a, uint32_t b)
{
    const struct status *status = &scenario->statuses.list[s];
    const struct rules  *rules = &scenario->rules;
    if (!rules->has_crises)
        return true;
    const struct dates       *dates = &rules->steps[(size_t)s * rules->profile_count];
    const struct entitlement *one = dates[a].crisis, *other = dates[b].crisis;
    return has_same_number(&status->crisis.per_year, a, b) && !one == !other &&
           (!one || one->list == other->list) &&
           (status->crisis.lasts.stride == 0 ||
            status->crisis.lasts.of[a] == status->crisis.lasts.of[b]);
}

static bool is_same(const struct scenario *scenario, uint32_t a, uint32_t b)
{
    for (int s = 0; s < scenario->statuses.count; s++) {
        const struct status *status = &scenario->statuses.list[s];
        if (rules_entitlement(&scenario->rules, s, a)->list !=
                rules_entitlement(&scenario->rules, s, b)->list ||
            !has_same_crises(scenario, s, a, b) ||
            (status->stay.stride && status->stay.of[a] != status->stay.of[b]) ||
            !has_same_row(&status->granted, a, b) || !has_same_row(&status->route_threshold, a, b))
            return false;
    }
    return has_same_number(&scenario->returns.chance, a, b) &&
           has_same_number(&scenario->returns.flow_share, a, b);
}

/* The same person with the first value of an attribute. */
static uint32_t without(const struct attributes *attributes, int a, uint32_t profile)
{
    return profile - (uint32_t)attribute_value(attributes, a, profile) * attributes->list[a].stride;
}

static bool matters(const struct scenario *scenario, int a)
{
    const struct attributes *attributes = &scenario->attributes;
    for (uint32_t p = 0; p < attributes->profile_count; p++) {
        uint32_t first = without(attributes, a, p);
        if (first != p && !is_same(scenario, p, first))
            return true;
    }
    return false;
}

/* What is drawn again for each return is so by what he is. */
static void add_drawn_by(const struct scenario *scenario, bool *counts)
{
    const struct attributes *attributes = &scenario->attributes;
    for (int a = attributes->count - 1; scenario->returns.used && a >= 0; a--)
        if (counts[a] && attributes->list[a].by >= 0 && !(scenario->returns.copied >> a & 1))
            counts[attributes->list[a].by] = true;
}

int outlook_groups(struct arena *arena, const struct scenario *scenario, struct group **groups)
{
    const struct attributes *attributes = &scenario->attributes;
    bool                     counts[ATTRIBUTES_AT_MOST];
    int                      count = 0;
    double                  *share = arena_new(arena, double, attributes->profile_count);
    *groups = arena_new(arena, struct group, attributes->profile_count);
    for (int a = 0; a < attributes->count; a++)
        counts[a] = matters(scenario, a);
    add_drawn_by(scenario, counts);
    for (uint32_t p = 0; p < attributes->profile_count; p++) {
        uint32_t alike = p;
        for (int a = 0; a < attributes->count; a++)
            if (!counts[a])
                alike = without(attributes, a, alike);
        share[alike] += attributes->share_of_profile[p];
    }
    for (uint32_t p = 0; p < attributes->profile_count; p++)
        if (share[p] > 0)
            (*groups)[count++] = (struct group){p, share[p]};
    return count;
}

/* -- routes */

/* Those who enter the statuses go on to the next ones. */
static void go_on(const struct scenario *scenario, uint32_t profile, const double *now,
                  double *next)
{
    memset(next, 0, sizeof(double) * STATUSES_AT_MOST);
    for (int s = 0; s < scenario->statuses.count; s++) {
        const struct status *status = &scenario->statuses.list[s];
        double               coming = status_coming_share(status);
        if (now[s] <= 0)
            continue;
        for (int r = 0; r < status->route_count; r++)
            if (status->route[r] != RELEASE)
                next[status->route[r]] += now[s] * coming * status_route_share(status, r, profile);
        if (coming < 1)
            next[status->call_up.then] += now[s] * (1 - coming);
    }
}

static double sum_of(const double *values)
{
    double sum = 0;
    for (int i = 0; i < STATUSES_AT_MOST; i++)
        sum += values[i];
    return sum;
}

bool outlook_entries(const struct scenario *scenario, uint32_t profile, const double *arrivals,
                     double *entries)
{
    double now[STATUSES_AT_MOST], next[STATUSES_AT_MOST];
    for (int s = 0; s < STATUSES_AT_MOST; s++)
        entries[s] = now[s] = arrivals[s];
    double least = LEFT_LEAST * sum_of(now);
    for (int step = 0; step < STEPS_AT_MOST; step++) {
        go_on(scenario, profile, now, next);
        memcpy(now, next, sizeof now);
        for (int s = 0; s < STATUSES_AT_MOST; s++)
            entries[s] += now[s];
        if (sum_of(now) <= least)
            return true;
    }
    return false;
}

/* Entries a day by status. */
static void find_entries(struct making *making, const struct group *group, const double *arrivals,
                         double *entries)
{
    double own[STATUSES_AT_MOST];
    for (int s = 0; s < STATUSES_AT_MOST; s++)
        own[s] = arrivals[s] * group->share;
    if (!outlook_entries(making->scenario, group->profile, own, entries))
        making->outlook->goes_round = true;
}

/* -- custody that counts towards a sentence (aftrek van voorarrest) */

static bool has_route(const struct status *status, int to)
{
    for (int r = 0; r < status->route_count; r++)
        if (status->route[r] == to)
            return true;
    return false;
}

/* Whether a status from which custody can come into `s` is not yet ordered. */
static bool awaits_another(const struct statuses *statuses, int s, const bool *is_ordered)
{
    for (int from = 0; from < statuses->count; from++)
        if (!is_ordered[from] && from != s && statuses->list[from].served &&
            has_route(&statuses->list[from], s))
            return true;
    return false;
}

/* Where routes go round, the circle is cut at its first status. */
static void set_order(struct making *making)
{
    const struct statuses *statuses = &making->scenario->statuses;
    bool                   is_ordered[STATUSES_AT_MOST] = {false};
    for (int n = 0; n < statuses->count; n++) {
        int chosen = -1;
        for (int s = statuses->count - 1; s >= 0; s--) /* the first that awaits no other */
            if (!is_ordered[s] && !awaits_another(statuses, s, is_ordered))
                chosen = s;
        for (int s = 0; chosen < 0; s++)
            if (!is_ordered[s])
                chosen = s;
        making->order[n] = chosen;
        is_ordered[chosen] = true;
        making->counts_custody |= statuses->list[chosen].clock == CLOCK_CUSTODY;
    }
}

static const struct list_plan *list_of(const struct scenario *scenario, int s, uint32_t profile)
{
    list_id list = rules_entitlement(&scenario->rules, s, profile)->list;
    return list == NO_LIST ? NULL : &scenario->rules.lists[list];
}

static int first_regime(const struct scenario *scenario, int s, uint32_t profile)
{
    const struct list_plan *list = list_of(scenario, s, profile);
    return list ? scenario->rules.pool[list->pool[0]].regime : NO_REGIME;
}

/* Held from one status into the next without a break: he keeps the place that he has, or at least
 * does not wait outside. */
static bool is_unbroken(const struct scenario *scenario, int from, int to, uint32_t profile)
{
    const struct list_plan *here = list_of(scenario, from, profile);
    const struct list_plan *there = list_of(scenario, to, profile);
    if (!here || !there || scenario->estate.regime[first_regime(scenario, from, profile)].outside)
        return false;
    return (there->pools >> here->pool[0] & 1) ||
           scenario->statuses.list[to].waits_in != WAITS_OUTSIDE;
}

static double entries_of(const struct group_numbers *numbers, int s)
{
    double sum = 0;
    for (int y = 0; y < OUTLOOK_YEARS; y++)
        sum += numbers->entries[y][s];
    return sum;
}

static void add_point(struct spell *spell, double weight, const struct point *point)
{
    spell->point[spell->count++] =
        (struct point){weight * point->weight, point->min, point->square};
}

/* The custody with which people enter a status: those who come from held statuses bring it. */
static void find_before(struct making *making, const struct group *group,
                        const struct group_numbers *numbers, int s)
{
    const struct statuses *statuses = &making->scenario->statuses;
    const struct point     none = {1, 0, 0};
    struct spell          *pairs = &making->pairs;
    double                 rest = entries_of(numbers, s);
    making->before[s].count = pairs->count = 0;
    for (int from = 0; from < statuses->count; from++) {
        const struct status *status = &statuses->list[from];
        const struct spell  *after = &making->after[from];
        if (after->count == 0 || !is_unbroken(making->scenario, from, s, group->profile))
            continue;
        for (int r = 0; r < status->route_count; r++) {
            double weight = entries_of(numbers, from) * status_coming_share(status) *
                            status_route_share(status, r, group->profile);
            if (status->route[r] != s || weight <= 0)
                continue;
            rest -= weight;
            for (int i = 0; i < after->count; i++)
                add_point(pairs, weight, &after->point[i]);
        }
    }
    if (pairs->count == 0)
        return;
    if (rest > 0)
        add_point(pairs, rest, &none);
    spell_cut(pairs, &making->before[s]);
}

/* The custody at the end: a clock that runs from custody ends when it does, others add to it. */
static void find_after(struct making *making, const struct spell *stay, int s)
{
    bool                is_within = making->scenario->statuses.list[s].clock == CLOCK_CUSTODY;
    const struct spell *before = &making->before[s];
    struct spell       *after = &making->after[s];
    after->count = stay->count;
    if (before->count == 0) {
        memcpy(after->point, stay->point, (size_t)stay->count * sizeof *stay->point);
        return;
    }
    spell_join(stay, before, is_within, &making->pairs);
    spell_cut(&making->pairs, after);
}

/* -- stays */

static void measure(struct making *making, const struct status *status, struct known *known)
{
    const struct shape *shape = known->shape;
    struct spell       *spell = &making->sentence;
    double              mean = shape->mean_min;
    known->stay = (struct moments){mean, mean * mean * (1 + shape->cv * shape->cv)};
    bool keeps_spell = making->counts_custody || status->crisis.per_year.of;
    if (status->remission_count == 0 && !keeps_spell)
        return;
    spell_of_shape(shape, spell);
    if (status->remission_count > 0) {
        spell_to_serve(status, known->granted, &making->sentence, &making->served);
        spell = &making->served;
        known->stay = spell_moments(spell);
    }
    if (!keeps_spell)
        return;
    known->spell.point = arena_new(making->arena, struct point, SPELL_POINTS);
    spell_cut(spell, &known->spell);
}

/* The stay of a group in a status with a shape, or what is served of its sentence. */
static const struct known *know(struct making *making, const struct group *group, int s)
{
    const struct status *status = &making->scenario->statuses.list[s];
    const struct shape  *shape = status->stay.of[group->profile * status->stay.stride];
    double               granted = status_granted_share(status, group->profile);
    struct known        *known = making->known[s];
    while (known && (known->shape != shape || known->granted != granted))
        known = known->next;
    if (known)
        return known;
    known = arena_new(making->arena, struct known, 1);
    *known = (struct known){.shape = shape, .granted = granted, .next = making->known[s]};
    making->known[s] = known;
    measure(making, status, known);
    return known;
}

struct length {
    double              sentence, serve; /* minutes; NAN: no sentence */
    struct moments      stay;
    const struct spell *spell, *before; /* as in time_in_status */
};

/* How long people of a group are in a status. */
static struct length find_length(struct making *making, const struct group *group, int s)
{
    const struct status *status = &making->scenario->statuses.list[s];
    making->after[s].count = 0;
    if (!status->stay.of)
        return (struct length){NAN, NAN, {INFINITY, INFINITY}, NULL, NULL};
    const struct known *known = know(making, group, s);
    struct length       length = {NAN, NAN, known->stay, &known->spell, NULL};
    if (status->sentence) {
        length.sentence = known->shape->mean_min;
        length.serve = known->stay.mean;
    }
    if (status->clock == CLOCK_CUSTODY && making->before[s].count > 0)
        length.stay = spell_left(&known->spell, length.before = &making->before[s]);
    if (status->served && making->counts_custody)
        find_after(making, &known->spell, s);
    return length;
}

/* -- sums over groups */

static void add(struct sums *sums, double weight, const struct length *length)
{
    if (weight <= 0)
        return;
    sums->weight += weight;
    sums->sentence += weight * length->sentence;
    sums->serve += weight * length->serve;
    sums->stay += weight * length->stay.mean;
    sums->square += weight * length->stay.square;
}

static void add_people(struct making *making, const struct group *group,
                       const struct group_numbers *numbers, int s, double stay_min)
{
    struct outlook *outlook = making->outlook;
    double          coming = status_coming_share(&making->scenario->statuses.list[s]);
    int             regime = first_regime(making->scenario, s, group->profile);
    for (int y = 0; y < OUTLOOK_YEARS; y++) {
        double entries = numbers->entries[y][s];
        double people = entries > 0 ? entries * coming * stay_min / MINUTES_A_DAY : 0;
        outlook->status[s].entries[y] += entries;
        outlook->status[s].people[y] += people;
        if (regime == NO_REGIME)
            outlook->unplaced[y] += people;
        else if (isinf(people))
            outlook->has_endless[regime] = true;
        else
            outlook->load[regime][y] += people;
    }
}

static void add_group(struct making *making, const struct group *group)
{
    struct group_numbers  numbers = {0};
    struct time_in_status time[STATUSES_AT_MOST];
    int                   count = making->scenario->statuses.count;
    for (int y = 0; y < OUTLOOK_YEARS; y++)
        find_entries(making, group, making->arrivals[y], numbers.entries[y]);
    for (int s = 0; s < count; s++)
        making->before[s].count = making->after[s].count = 0;
    for (int n = 0; n < count; n++) {
        int s = making->order[n];
        if (making->counts_custody)
            find_before(making, group, &numbers, s);
        struct length length = find_length(making, group, s);
        add(&making->of_entries[s], entries_of(&numbers, s), &length);
        add(&making->of_shares[s], group->share, &length);
        add_people(making, group, &numbers, s, length.stay.mean);
        time[s] = (struct time_in_status){length.stay.mean, length.spell, length.before};
    }
    outlook_add_crises(making->scenario, group, numbers.entries, time, making->outlook);
}

/* Of a status that nobody enters: its length for the people as they arrive. */
static void set_lengths(struct making *making, int s)
{
    struct status_outlook *status = &making->outlook->status[s];
    const struct sums     *sums =
        making->of_entries[s].weight > 0 ? &making->of_entries[s] : &making->of_shares[s];
    double mean = sums->stay / sums->weight, square = sums->square / sums->weight;
    status->sentence_min = sums->sentence / sums->weight;
    status->serve_min = sums->serve / sums->weight;
    status->stay_min = mean;
    status->cv = mean > 0 ? sqrt(fmax(0, square - mean * mean)) / mean : 0;
    if (isinf(mean))
        status->cv = NAN;
}

/* Regimes for people without end alone fill for ever. */
static void set_endless(struct outlook *outlook)
{
    for (int r = 0; r < REGIMES_AT_MOST; r++)
        for (int y = 0; outlook->has_endless[r] && y < OUTLOOK_YEARS; y++)
            if (outlook->load[r][y] <= 0)
                outlook->load[r][y] = INFINITY;
}

/* -- rates */

static double mean_rate(const struct scenario *scenario, const struct flow *flow, int year)
{
    const struct period *period = &scenario->period;
    double               sum = 0;
    int                  days = 0;
    for (int32_t day = 0; day < period->day_count; day++) {
        if (date_from_day(period->start + day).year != year)
            continue;
        sum += flow->rate_per_day[day];
        days++;
    }
    return sum / days;
}

static void set_rates(struct arena *arena, struct making *making)
{
    const struct scenario *scenario = making->scenario;
    struct outlook        *outlook = making->outlook;
    outlook->year[0] = date_from_day(scenario->period.start).year;
    outlook->year[1] = date_from_day(scenario->period.end).year;
    outlook->year_count = outlook->year[0] == outlook->year[1] ? 1 : OUTLOOK_YEARS;
    outlook->rate = arena_take(arena, (size_t)scenario->flows.count, sizeof outlook->rate[0]);
    for (int f = 0; f < scenario->flows.count; f++)
        for (int y = 0; y < OUTLOOK_YEARS; y++) {
            const struct flow *flow = &scenario->flows.list[f];
            outlook->rate[f][y] = mean_rate(scenario, flow, outlook->year[y]);
            making->arrivals[y][flow->status] += outlook->rate[f][y];
        }
}

/* -- the whole */

static void take_room(struct arena *arena, struct making *making)
{
    const struct scenario *scenario = making->scenario;
    int                    most = 0;
    for (int s = 0; s < scenario->statuses.count; s++) {
        const struct shape_by_profile *stay = &scenario->statuses.list[s].stay;
        uint32_t                       rows = stay->stride ? scenario->attributes.profile_count : 1;
        for (uint32_t row = 0; stay->of && row < rows; row++)
            most = spell_room(stay->of[row]) > most ? spell_room(stay->of[row]) : most;
        making->before[s].point = arena_new(arena, struct point, SPELL_POINTS);
        making->after[s].point = arena_new(arena, struct point, SPELL_POINTS);
    }
    making->sentence.point = arena_new(arena, struct point, (size_t)most);
    making->served.point = arena_new(arena, struct point, (size_t)most * 2);
    /* what comes from all other statuses, and one point more: more than the pairs of two spells */
    making->pairs.point = arena_new(arena, struct point, STATUSES_AT_MOST * SPELL_POINTS + 1);
}

_Static_assert(SPELL_PAIRS <= STATUSES_AT_MOST * SPELL_POINTS, "pairs have room too");

const struct outlook *outlook_make(struct arena *arena, const struct scenario *scenario)
{
    struct making *making = arena_new(arena, struct making, 1);
    struct group  *groups;
    int            group_count = outlook_groups(arena, scenario, &groups);
    making->arena = arena;
    making->scenario = scenario;
    making->outlook = arena_new(arena, struct outlook, 1);
    set_rates(arena, making);
    set_order(making);
    take_room(arena, making);
    for (int g = 0; g < group_count; g++)
        add_group(making, &groups[g]);
    set_endless(making->outlook);
    for (int s = 0; s < scenario->statuses.count; s++)
        set_lengths(making, s);
    return making->outlook;
}
