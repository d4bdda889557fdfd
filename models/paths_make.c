#include "models/paths.h"

#include <gsl/gsl_qrng.h>
#include <string.h>

#define STEPS_AT_MOST 10000 /* of a way through the statuses */
#define LEFT_LEAST 1e-9     /* of those who came: so few still on their way are nobody */
#define RATE_DAYS 365

/* Coordinates of a point. */
enum { OF_PROFILE, OF_WAY, OF_LENGTH, OF_GRANTED, OF_STEPS }; /* then two a step back */
#define COORDINATES_AT_MOST (OF_STEPS + 2 * PATH_STEPS)

/* Where those who enter come from. */
struct source {
    int    status;
    double people; /* a day */
};

struct sources {
    int            count;
    struct source *list;
};

/* For all sets in turn: a new page of memory costs as much as ten paths. */
struct path_room {
    struct sources **sources; /* [profile x statuses + status]; NULL: not asked yet */
    uint64_t         key[2][PATHS];
};

/* -- who enters where, and from where */

/* Those who enter go on to the next statuses; who has no end never does. */
static double go_on(const struct statuses *statuses, uint32_t profile, const double *now,
                    double *next)
{
    double sum = 0;
    memset(next, 0, sizeof(double) * STATUSES_AT_MOST);
    for (int s = 0; s < statuses->count; s++) {
        const struct status *status = &statuses->list[s];
        double               coming = status_coming_share(status);
        if (now[s] <= 0)
            continue;
        for (int r = 0; status->stay.of && r < status->route_count; r++)
            if (status->route[r] != RELEASE)
                next[status->route[r]] += now[s] * coming * status_route_share(status, r, profile);
        if (coming < 1)
            next[status->call_up.then] += now[s] * (1 - coming);
    }
    for (int s = 0; s < statuses->count; s++)
        sum += next[s];
    return sum;
}

static void find_entries(const struct statuses *statuses, uint32_t profile, double share,
                         const double *arrivals, double *entries)
{
    double now[STATUSES_AT_MOST] = {0}, next[STATUSES_AT_MOST], least = 0;
    for (int s = 0; s < statuses->count; s++) {
        entries[s] = now[s] = arrivals[s] * share;
        least += LEFT_LEAST * now[s];
    }
    for (int step = 0; step < STEPS_AT_MOST; step++) {
        double left = go_on(statuses, profile, now, next);
        memcpy(now, next, sizeof now);
        for (int s = 0; s < statuses->count; s++)
            entries[s] += now[s];
        if (left <= least)
            return;
    }
}

static double mean_rate(const struct flow *flow, const struct period *period)
{
    int32_t days = period->day_count < RATE_DAYS ? period->day_count : RATE_DAYS;
    double  sum = 0;
    for (int32_t day = 0; day < days; day++)
        sum += flow->rate_per_day[day];
    return sum / days;
}

const struct path_plan *path_plan_make(struct arena *arena, const struct attributes *attributes,
                                       const struct statuses *statuses, const struct estate *estate,
                                       const struct rules *rules, const struct flows *flows,
                                       const struct period *period)
{
    struct path_plan *plan = arena_new(arena, struct path_plan, 1);
    double            arrivals[STATUSES_AT_MOST] = {0};
    size_t            count = (size_t)statuses->count;
    for (int f = 0; f < flows->count; f++)
        arrivals[flows->list[f].status] += mean_rate(&flows->list[f], period);
    *plan = (struct path_plan){attributes,
                               statuses,
                               estate,
                               rules,
                               arena_new(arena, double, attributes->profile_count *count),
                               arena_new(arena, struct path_room, 1)};
    plan->room->sources = arena_new(arena, struct sources *, attributes->profile_count * count);
    for (uint32_t p = 0; p < attributes->profile_count; p++)
        find_entries(statuses, p, attributes->share_of_profile[p], arrivals,
                     plan->entries + p * count);
    return plan;
}

/* The statuses that can come before this one, by routes, after a call-up, from home or out of a
 * queue. */
static uint64_t statuses_before(const struct statuses *statuses, int s)
{
    uint64_t before = 0, known;
    do {
        known = before;
        for (int from = 0; from < statuses->count; from++) {
            const struct status *status = &statuses->list[from];
            uint64_t             next = 0;
            for (int r = 0; r < status->route_count; r++)
                if (status->route[r] != RELEASE)
                    next |= (uint64_t)1 << status->route[r];
            if (status->back_after.of)
                next |= (uint64_t)1 << status->back_as;
            if (status->call_up.used && status->call_up.then >= 0)
                next |= (uint64_t)1 << status->call_up.then;
            next |= status_side_ways(status);
            if (next & (before | (uint64_t)1 << s))
                before |= (uint64_t)1 << from;
        }
    } while (before != known);
    return before;
}

static bool is_after_served(const struct statuses *statuses, int s)
{
    uint64_t before = statuses_before(statuses, s);
    for (int earlier = 0; earlier < statuses->count; earlier++)
        if ((before >> earlier & 1) && statuses->list[earlier].served)
            return true;
    return false;
}

bool paths_less_custody(const struct statuses *statuses, int s)
{
    return statuses->list[s].clock == CLOCK_CUSTODY && is_after_served(statuses, s);
}

bool paths_derived(const struct statuses *statuses, int s)
{
    return statuses->list[s].remission_count > 0 || paths_less_custody(statuses, s);
}

bool paths_carry_custody(const struct statuses *statuses, int s)
{
    bool counts = false;
    for (int other = 0; other < statuses->count; other++)
        counts |= statuses->list[other].clock == CLOCK_CUSTODY;
    return counts && statuses->list[s].served && is_after_served(statuses, s);
}

bool paths_lead_to(const struct path_plan *plan, int s)
{
    for (uint32_t p = 0; p < plan->attributes->profile_count; p++)
        if (paths_entries(plan, p, s) > 0)
            return true;
    return false;
}

/* -- a path */

/* In a place of his rule that is no place outside. */
static bool is_held(const struct path_plan *plan, int s, uint32_t profile)
{
    list_id list = rules_entitlement(plan->rules, s, profile)->list;
    if (list == NO_LIST)
        return false;
    int regime = plan->rules->pool[plan->rules->lists[list].pool[0]].regime;
    return !plan->estate->regime[regime].outside;
}

/* People a day who come from one status into another with custody that counts. */
static double carried(const struct path_plan *plan, int from, int to, uint32_t profile)
{
    const struct status *status = &plan->statuses->list[from];
    double               share = 0;
    if (!status->served || !status->stay.of || !is_held(plan, from, profile))
        return 0;
    for (int r = 0; r < status->route_count; r++)
        if (status->route[r] == to)
            share += status_route_share(status, r, profile);
    return paths_entries(plan, profile, from) * status_coming_share(status) * share;
}

static struct sources *find_sources(struct arena *arena, const struct path_plan *plan, int s,
                                    uint32_t profile)
{
    struct sources *sources = arena_new(arena, struct sources, 1);
    if (plan->statuses->list[s].call_up.used || !is_held(plan, s, profile))
        return sources;
    sources->list = arena_new(arena, struct source, (size_t)plan->statuses->count);
    for (int from = 0; from < plan->statuses->count; from++) {
        double people = carried(plan, from, s, profile);
        if (people > 0)
            sources->list[sources->count++] = (struct source){from, people};
    }
    return sources;
}

static const struct sources *sources_of(struct arena *arena, const struct path_plan *plan, int s,
                                        uint32_t profile)
{
    size_t           at = (size_t)profile * (size_t)plan->statuses->count + (size_t)s;
    struct sources **sources = &plan->room->sources[at];
    if (!*sources)
        *sources = find_sources(arena, plan, s, profile);
    return *sources;
}

/* The steps of the longest way back of this profile. */
static int steps_back(struct arena *arena, const struct path_plan *plan, int s, uint32_t profile)
{
    uint64_t at = (uint64_t)1 << s;
    int      steps = 0;
    for (; steps < PATH_STEPS; steps++) {
        uint64_t before = 0;
        for (int status = 0; status < plan->statuses->count; status++) {
            if (!(at >> status & 1))
                continue;
            const struct sources *sources = sources_of(arena, plan, status, profile);
            for (int i = 0; i < sources->count; i++)
                before |= (uint64_t)1 << sources->list[i].status;
        }
        if (before == 0)
            break;
        at = before;
    }
    return steps;
}

/* The statuses before s in which his custody counted, the last one first; how many. At each, `way`
 * says from which he came, and what is left of it is for the next. */
static int go_back(struct arena *arena, const struct path_plan *plan, int s, uint32_t profile,
                   double way, int *before)
{
    int count = 0;
    while (count < PATH_STEPS) {
        const struct sources *sources = sources_of(arena, plan, s, profile);
        double                target = way * paths_entries(plan, profile, s), sum = 0;
        int                   i = 0;
        while (i < sources->count && target >= sum + sources->list[i].people)
            sum += sources->list[i++].people;
        if (i == sources->count)
            break;
        way = (target - sum) / sources->list[i].people;
        before[count++] = s = sources->list[i].status;
    }
    return count;
}

static struct uniform uniform_at(double u)
{
    return (struct uniform){u, 1 - u};
}

static int32_t whole_min(double value)
{
    double cut = value > 1 ? value : 1;
    return (int32_t)(cut + 0.5);
}

static bool is_granted(const struct status *status, uint32_t profile, double u)
{
    const struct threshold_by_profile *granted = &status->granted;
    return !granted->of || u * 0x1p52 < (double)granted->of[profile * granted->stride];
}

/* Days in a status: what is to be served, less the custody before where that counts. */
static int32_t stay_of(const struct status *status, int32_t length_min, bool granted,
                       int32_t before_min)
{
    int64_t serve_min = status_to_serve_min(status, length_min, granted);
    if (status->clock == CLOCK_CUSTODY)
        serve_min -= before_min;
    return serve_min > 0 ? (int32_t)serve_min : 0;
}

static int32_t custody_of(const struct path_plan *plan, const int *before, int count,
                          uint32_t profile, const double *coordinate)
{
    int64_t custody_min = 0;
    for (int i = count - 1; i >= 0; i--) {
        const struct status *status = &plan->statuses->list[before[i]];
        const double        *own = coordinate + OF_STEPS + 2 * i;
        const struct shape  *shape = status->stay.of[profile * status->stay.stride];
        int32_t              length_min = whole_min(shape_quantile(shape, uniform_at(own[0])));
        bool                 granted = is_granted(status, profile, own[1]);
        custody_min += stay_of(status, length_min, granted, (int32_t)custody_min);
        if (custody_min > DURATION_AT_MOST)
            custody_min = DURATION_AT_MOST;
    }
    return (int32_t)custody_min;
}

/* Two paths that differ in the length alone: one as people enter, one by its length. Half of all
 * come from each, so a length x has density f (1 + x / mean) / 2, and weighs the inverse. */
static void make_pair(struct arena *arena, const struct path_plan *plan, int s, uint32_t profile,
                      const double *coordinate, struct path *pair)
{
    const struct status *status = &plan->statuses->list[s];
    const struct shape  *shape = status->stay.of[profile * status->stay.stride];
    int                  before[PATH_STEPS];
    int                  count = go_back(arena, plan, s, profile, coordinate[OF_WAY], before);
    int32_t              before_min = custody_of(plan, before, count, profile, coordinate);
    bool                 granted = is_granted(status, profile, coordinate[OF_GRANTED]);
    struct uniform       u = uniform_at(coordinate[OF_LENGTH]);
    for (int by_length = 0; by_length < 2; by_length++) {
        double       length = by_length ? shape_in_progress(shape, u) : shape_quantile(shape, u);
        double       ratio = shape->mean_min > 0 ? length / shape->mean_min : 1;
        struct path *path = &pair[by_length];
        *path = (struct path){.weight = 2 / (1 + ratio),
                              .before_min = before_min,
                              .length_min = whole_min(length),
                              .profile = (uint16_t)profile,
                              .granted = granted};
        path->stay_min = stay_of(status, path->length_min, granted, before_min);
    }
}

/* -- a set */

/* Stable, by DIGIT bits of the stay at a time. A key has the stay, and the number of the path in
 * its lowest bits. */
static void sort_by_stay(struct path_room *room, const struct path *path, uint16_t *order)
{
    enum { DIGIT = 12, VALUES = 1 << DIGIT, NUMBER = 16 };
    _Static_assert(PATHS <= 1 << NUMBER, "a number fits");
    uint64_t *from = room->key[0], *to = room->key[1], all = 0;
    for (int i = 0; i < PATHS; i++)
        all |= from[i] = (uint64_t)path[i].stay_min << NUMBER | (uint64_t)i;
    for (int shift = NUMBER; all >> shift > 0; shift += DIGIT) {
        int place[VALUES + 1] = {0};
        for (int i = 0; i < PATHS; i++)
            place[(from[i] >> shift & (VALUES - 1)) + 1]++;
        for (int digit = 0; digit < VALUES; digit++)
            place[digit + 1] += place[digit];
        for (int i = 0; i < PATHS; i++)
            to[place[from[i] >> shift & (VALUES - 1)]++] = from[i];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    for (int i = 0; i < PATHS; i++)
        order[i] = (uint16_t)from[i];
}

/* The first above each part of the total. */
static uint32_t *make_guide(struct arena *arena, const double *up_to, uint32_t last)
{
    uint32_t *guide = arena_new(arena, uint32_t, PATH_GUIDE), at = 0;
    for (int part = 0; part < PATH_GUIDE; part++) {
        while (at < last && up_to[at] <= (double)part / PATH_GUIDE * up_to[last])
            at++;
        guide[part] = at;
    }
    return guide;
}

/* The profiles of those who enter, cumulative; without a flow of those who arrive. */
struct entrants {
    double   *up_to;
    uint32_t  last;
    uint32_t *guide;
};

static struct entrants find_entrants(struct arena *arena, const struct path_plan *plan, int s)
{
    uint32_t count = plan->attributes->profile_count;
    double  *up_to = arena_new(arena, double, count), sum = 0;
    bool     enters = paths_lead_to(plan, s);
    for (uint32_t p = 0; p < count; p++)
        up_to[p] = sum +=
            enters ? paths_entries(plan, p, s) : plan->attributes->share_of_profile[p];
    return (struct entrants){up_to, count - 1, make_guide(arena, up_to, count - 1)};
}

static uint32_t profile_at(const struct entrants *entrants, double u)
{
    double   target = u * entrants->up_to[entrants->last];
    uint32_t p = entrants->guide[(int)(u * PATH_GUIDE)];
    while (p < entrants->last && entrants->up_to[p] <= target)
        p++;
    return p;
}

/* Coordinates that no way back needs are not asked for: the others are the same without them. */
static unsigned count_coordinates(struct arena *arena, const struct path_plan *plan, int s)
{
    int most = 0;
    for (uint32_t p = 0; p < plan->attributes->profile_count && most < PATH_STEPS; p++) {
        int steps = steps_back(arena, plan, s, p);
        most = steps > most ? steps : most;
    }
    return (unsigned)(OF_STEPS + 2 * most);
}

/* The first points of the sequence with the origin in front, which GSL leaves out, each moved to
 * the middle of its stratum. */
static void next_point(gsl_qrng *sequence, bool is_first, double *coordinate)
{
    if (is_first)
        memset(coordinate, 0, sequence->dimension * sizeof *coordinate);
    else
        gsl_qrng_get(sequence, coordinate);
    for (unsigned c = 0; c < sequence->dimension; c++)
        coordinate[c] += 0.5 / PATH_POINTS;
}

const struct paths *paths_make(struct arena *arena, const struct path_plan *plan, int s)
{
    struct paths   *paths = arena_new(arena, struct paths, 1);
    struct entrants entrants = find_entrants(arena, plan, s);
    gsl_qrng       *sequence = gsl_qrng_alloc(gsl_qrng_sobol, count_coordinates(arena, plan, s));
    double          coordinate[COORDINATES_AT_MOST];
    must(sequence);
    paths->path = arena_new(arena, struct path, PATHS);
    paths->order = arena_new(arena, uint16_t, PATHS);
    for (int i = 0; i < PATH_POINTS; i++) {
        next_point(sequence, i == 0, coordinate);
        uint32_t profile = profile_at(&entrants, coordinate[OF_PROFILE]);
        make_pair(arena, plan, s, profile, coordinate, &paths->path[2 * i]);
    }
    gsl_qrng_free(sequence);
    sort_by_stay(plan->room, paths->path, paths->order);
    return paths;
}

/* -- a choice */

bool path_choice_make(struct arena *arena, const struct paths *paths, bool in_equilibrium,
                      const bool *may, struct path_choice *choice)
{
    double sum = 0;
    *choice = (struct path_choice){.paths = paths, .up_to = arena_new(arena, double, PATHS)};
    for (int i = 0; i < PATHS; i++) {
        const struct path *path = path_at(paths, i);
        double             weight = in_equilibrium ? path->weight * path->stay_min : path->weight;
        if (may[path->profile] && weight > 0) {
            sum += weight;
            choice->last = i;
        }
        choice->up_to[i] = sum;
    }
    if (sum > 0 && in_equilibrium)
        choice->guide = make_guide(arena, choice->up_to, (uint32_t)choice->last);
    return sum > 0;
}
