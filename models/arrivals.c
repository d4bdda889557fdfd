#include "models/arrivals.h"

#include "models/demand.h"
#include "models/ledger.h"
#include "models/policy.h"

#define POINTS_A_SLAB 32 /* index 0 carries the count, 1 to 31 the points */
#define POINTS_AT_MOST 29

/* Smallest n whose u = (n + 0.5) x 2^-52 is not below P(Poisson(4) <= j): the count is the number
 * of entries at or below n. From exact rational arithmetic; tests/test_arrivals.c works them out
 * again. */
static const uint64_t poisson4_up_to[POINTS_AT_MOST] = {
    82486304474356,   412431522371779,  1072321958166626, 1952175872559754, 2832029786952883,
    3535912918467386, 4005168339477055, 4273314294339723, 4407387271771057, 4466975261740538,
    4490810457728331, 4499477801723892, 4502366916389079, 4503255874747598, 4503509862850032,
    4503577593010681, 4503594525550843, 4503598509677940, 4503599395039517, 4503599581431428,
    4503599618709811, 4503599625810455, 4503599627101481, 4503599627326007, 4503599627363428,
    4503599627369416, 4503599627370337, 4503599627370473, 4503599627370493,
};

int arrivals_in_slab(uint64_t uniform52)
{
    int count = uniform52 >= poisson4_up_to[3] ? 4 : 0; /* a guess without a branch */
    count += uniform52 >= poisson4_up_to[count + 1] ? 2 : 0;
    count += uniform52 >= poisson4_up_to[count] ? 1 : 0;
    while (count < POINTS_AT_MOST && uniform52 >= poisson4_up_to[count])
        count++;
    return count;
}

/* What the arrivals of a flow have in common, made once a replication. */
struct inflow {
    struct person                  newcomer; /* but for base, key, dates, length and profile */
    const struct shape_by_profile *stay;
    struct attribute_steps         to_attribute;
    struct rng_seeder              seeder;
    struct step                    next_slab, next_point, to_stay, to_height;
};

/* Into the loop over the points of a slab, though shocks make people too. */
#define INLINED static inline __attribute__((always_inline))

/* The stay, or the sentence, of a first visit; NEVER: it has none. */
INLINED int32_t draw_length(const struct inflow *inflow, uint32_t profile, u128 base)
{
    if (!inflow->stay->of)
        return NEVER;
    return (int32_t)shape_draw_min(inflow->stay->of[profile * inflow->stay->stride],
                                   rng_uniform52(rng_advance(base, inflow->to_stay)));
}

INLINED uint32_t draw_profile(const struct prison *prison, const struct inflow *inflow, u128 base)
{
    return attributes_draw(&prison->plan->attributes, &inflow->to_attribute, base);
}

INLINED void make_person(const struct inflow *inflow, u128 base, uint64_t key, int32_t minute,
                         uint32_t profile, struct person *person)
{
    *person = inflow->newcomer;
    person->base = base;
    person->key = key;
    person->since_min = person->here_min = minute;
    person->length_min = draw_length(inflow, profile, base);
    person->profile = (uint16_t)profile;
}

/* Inlined where every arrival comes by, though measures call it too. normally: he would come by
 * normal execution as well. */
INLINED void add_arrival(struct prison *prison, const struct inflow *inflow, u128 base,
                         uint64_t key, int32_t minute, uint32_t profile, bool normally)
{
    person_id      id = prison_take_person(prison);
    struct person *person = &prison->person[id];
    make_person(inflow, base, key, minute, profile, person);
    events_schedule(&prison->events, id, minute, KIND_ARRIVAL);
    if (__builtin_expect(prison->demand != NULL, 0) && normally)
        demand_arrive(prison, person);
}

/* One who does not come, and would by normal execution. */
static void add_absent(const struct prison *prison, const struct inflow *inflow, u128 base,
                       uint64_t key, int32_t minute, uint32_t profile)
{
    struct person person;
    if (!prison->demand)
        return;
    make_person(inflow, base, key, minute, profile, &person);
    demand_arrive(prison, &person);
}

static int32_t minute_of_day(u128 base)
{
    return (int32_t)(rng_uniform52(base) * MINUTES_A_DAY >> 52); /* 52 and 11 bits: it fits */
}

/* The minute of a point within so many minutes. */
static int64_t minute_of(u128 base, int64_t minutes)
{
    return (int64_t)((u128)rng_uniform52(base) * (u128)minutes >> 52);
}

/* A point's height within its slab, as persons a day. */
static double height_of(const struct inflow *inflow, u128 base)
{
    u128 state = rng_advance(base, inflow->to_height);
    return uniform_of(rng_uniform52(state)).below * SLAB_PER_DAY;
}

/* The points of a slab of which the rate fills so much. How many persons came. */
HOT uint32_t add_slab(struct prison *prison, const struct inflow *inflow, u128 base, uint64_t key,
                      double filled)
{
    uint32_t count = (uint32_t)arrivals_in_slab(rng_uniform52(base)), came = count;
    for (uint32_t i = 1; i <= count; i++) {
        base = rng_advance(base, inflow->next_point);
        if (filled < SLAB_PER_DAY && height_of(inflow, base) >= filled)
            came--;
        else
            add_arrival(prison, inflow, base, key + ((uint64_t)i << PERSON_POINT_SHIFT),
                        (int32_t)prison->now_min + minute_of_day(base),
                        draw_profile(prison, inflow, base), true);
    }
    return came;
}

static uint32_t draw_flow(struct prison *prison, int f, double rate)
{
    const struct inflow *inflow = &prison->inflow[f];
    uint64_t             day = (uint64_t)(prison->plan->period.start + prison->day);
    u128                 base = rng_state_of_day(&inflow->seeder, day);
    uint64_t             key = inflow->newcomer.key + (day << PERSON_DAY_SHIFT);
    uint32_t             came = 0;
    for (uint32_t slab = 0; (double)slab * SLAB_PER_DAY < rate; slab++) {
        came += add_slab(prison, inflow, base, key, rate - (double)slab * SLAB_PER_DAY);
        base = rng_advance(base, inflow->next_slab);
        key += (uint64_t)POINTS_A_SLAB << PERSON_POINT_SHIFT;
    }
    return came;
}

/* -- factors on arrivals: a point is judged by the rate for people of his attributes */

/* The measures on a flow that change its rate today, by name. */
struct factors {
    double                rate;            /* without measures, before what returns bring */
    const double         *of_kind;         /* of it by flows, by kind of people; NULL: all */
    const uint16_t       *kind;            /* [profile] */
    double                highest, lowest; /* of the rate, for whoever comes */
    int                   count;
    const struct measure *measure[MEASURES_AT_MOST];
    double                factor[MEASURES_AT_MOST], addition[MEASURES_AT_MOST];
    uint64_t              emergencies; /* of these; a mask */
};

static void find_rate(const struct prison *prison, double rate, struct factors *factors)
{
    const struct returns *returns = &prison->plan->returns;
    double                highest = 0, lowest = 1;
    factors->rate = factors->highest = factors->lowest = rate;
    factors->of_kind = NULL;
    if (returns->kind_count <= 1)
        return;
    factors->kind = returns->kind;
    factors->of_kind = &returns->rate_factor[prison->day * returns->kind_count];
    for (int i = 0; i < returns->kind_count; i++) {
        highest = factors->of_kind[i] > highest ? factors->of_kind[i] : highest;
        lowest = factors->of_kind[i] < lowest ? factors->of_kind[i] : lowest;
    }
    factors->highest *= highest;
    factors->lowest *= lowest;
}

static void find_factors(const struct prison *prison, int f, double rate, struct factors *factors)
{
    const struct measures *measures = &prison->plan->measures;
    int32_t                day = prison->plan->period.start + prison->day;
    double                 additions = 0;
    find_rate(prison, rate, factors);
    factors->count = 0;
    factors->emergencies = 0;
    for (int i = 0; i < measures->inflow_count; i++) {
        const struct measure *measure = &measures->list[measures->inflow[i]];
        if (!measure->flow[f] || policy_is_off(prison, measure))
            continue;
        double factor = measure_factor(measure, day), addition = measure_addition(measure, day);
        if (factor == 1 && addition == 0)
            continue;
        factors->measure[factors->count] = measure;
        factors->emergencies |= (uint64_t)measure->is_emergency << factors->count;
        factors->addition[factors->count] = addition;
        factors->factor[factors->count++] = factor;
        *(factor > 1 ? &factors->highest : &factors->lowest) *= factor;
        additions += addition;
    }
    factors->highest += additions;
}

/* What the flow brings of people of a profile without measures. */
static double rate_of(const struct factors *factors, uint32_t profile)
{
    return factors->of_kind ? factors->rate * factors->of_kind[factors->kind[profile]]
                            : factors->rate;
}

/* The rate for people of a profile, without some of the measures (a mask). */
static double rate_without(const struct factors *factors, uint32_t profile, uint64_t without)
{
    double rate = rate_of(factors, profile), additions = 0;
    for (int i = 0; i < factors->count; i++)
        if (!(without >> i & 1) && factors->measure[i]->takes[profile]) {
            rate *= factors->factor[i];
            additions += factors->addition[i];
        }
    return rate + additions;
}

/* Of a point: whether it is a person, and would be one by normal execution; if either, of which
 * attributes. */
struct verdict {
    bool     comes, normally;
    uint32_t profile;
};

/* Whether a point of this height within its slab, which begins at `from`, is a person. A measure
 * touches whom it brings or keeps away, the others being as they are: who comes, or stays away, and
 * would not without it. */
static struct verdict judge_by_profile(struct prison *prison, const struct factors *factors,
                                       uint32_t profile, double from, double height)
{
    bool comes = height < rate_without(factors, profile, 0) - from;
    for (int i = 0; i < factors->count; i++)
        if (factors->measure[i]->takes[profile] &&
            comes != (height < rate_without(factors, profile, (uint64_t)1 << i) - from))
            policy_add(prison, factors->measure[i]->column + INFLOW_PEOPLE, 1);
    return (struct verdict){
        comes, height < rate_without(factors, profile, factors->emergencies) - from, profile};
}

/* Under the lowest rate everybody comes, with any of the measures or without, and over the highest
 * nobody. */
static struct verdict judge(struct prison *prison, const struct inflow *inflow,
                            const struct factors *factors, u128 base, double from)
{
    double height = height_of(inflow, base);
    if (height >= factors->highest - from)
        return (struct verdict){false, false, 0};
    uint32_t profile = draw_profile(prison, inflow, base);
    return height < factors->lowest - from
               ? (struct verdict){true, true, profile}
               : judge_by_profile(prison, factors, profile, from, height);
}

static uint32_t add_judged_slab(struct prison *prison, const struct inflow *inflow, u128 base,
                                uint64_t key, const struct factors *factors, double from)
{
    uint32_t count = (uint32_t)arrivals_in_slab(rng_uniform52(base)), came = 0;
    for (uint32_t i = 1; i <= count; i++) {
        base = rng_advance(base, inflow->next_point);
        struct verdict verdict = judge(prison, inflow, factors, base, from);
        uint64_t       own_key = key + ((uint64_t)i << PERSON_POINT_SHIFT);
        int32_t        minute = (int32_t)prison->now_min + minute_of_day(base);
        if (verdict.comes)
            add_arrival(prison, inflow, base, own_key, minute, verdict.profile, verdict.normally);
        else if (verdict.normally)
            add_absent(prison, inflow, base, own_key, minute, verdict.profile);
        came += verdict.comes;
    }
    return came;
}

/* As draw_flow, up to the highest rate for anybody; slabs below the lowest are as without. */
static uint32_t draw_judged_flow(struct prison *prison, int f, const struct factors *factors)
{
    const struct inflow *inflow = &prison->inflow[f];
    uint64_t             day = (uint64_t)(prison->plan->period.start + prison->day);
    u128                 base = rng_state_of_day(&inflow->seeder, day);
    uint64_t             key = inflow->newcomer.key + (day << PERSON_DAY_SHIFT);
    uint32_t             came = 0;
    for (uint32_t slab = 0; (double)slab * SLAB_PER_DAY < factors->highest; slab++) {
        double from = (double)slab * SLAB_PER_DAY;
        came += factors->lowest >= from + SLAB_PER_DAY
                    ? add_slab(prison, inflow, base, key, SLAB_PER_DAY)
                    : add_judged_slab(prison, inflow, base, key, factors, from);
        base = rng_advance(base, inflow->next_slab);
        key += (uint64_t)POINTS_A_SLAB << PERSON_POINT_SHIFT;
    }
    return came;
}

static __attribute__((noinline)) uint32_t draw_varied_flow(struct prison *prison, int f,
                                                           double rate)
{
    struct factors factors;
    find_factors(prison, f, rate, &factors);
    return factors.count > 0 || factors.of_kind ? draw_judged_flow(prison, f, &factors)
                                                : draw_flow(prison, f, rate);
}

/* Those of a flow, by its stream of chance or that of a shock. */
static struct inflow inflow_of(const struct prison *prison, int f, int stream)
{
    const struct scenario *plan = prison->plan;
    const struct flow     *flow = &plan->flows.list[f];
    const struct status   *status = &plan->statuses.list[flow->status];
    u128                   increment = prison->increment[stream];
    return (struct inflow){
        .newcomer = {.key = (uint64_t)(plan->stream[stream].rank + 1) << PERSON_RANK_SHIFT,
                     .ends_min = NEVER,
                     .custody_min = NEVER,
                     .unit = NO_UNIT,
                     .stream = (uint16_t)stream,
                     .list = NO_LIST,
                     .status = (uint8_t)flow->status,
                     .route = NO_ROUTE,
                     .visits = status->on_cycle},
        .stay = &status->stay,
        .to_attribute = attributes_steps(&plan->attributes, increment),
        .seeder = rng_flow_seeder(prison->seed, prison->replication, plan->stream[stream].hash),
        .next_slab = rng_step(rng_jump(DRAWS_A_PERSON * POINTS_A_SLAB), increment),
        .next_point = rng_step(rng_jump(DRAWS_A_PERSON), increment),
        .to_stay = rng_step(status->draw_stay.visit[0], increment),
        .to_height = rng_step(prison->jump[DRAW_HEIGHT], increment),
    };
}

void arrivals_open(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    const struct shocks   *shocks = &plan->shocks;
    int                    flows = plan->flows.count;
    prison->inflow = arena_new(arena, struct inflow, (size_t)(flows + shocks->arrest_count));
    for (int f = 0; f < flows; f++)
        prison->inflow[f] = inflow_of(prison, f, f);
    for (int i = 0; i < shocks->arrest_count; i++)
        prison->inflow[flows + i] =
            inflow_of(prison, shocks->list[shocks->arrest[i]].flow, flows + plan->start.count + i);
}

static void count_arrivals(struct prison *prison, const struct inflow *inflow, uint32_t came)
{
    int32_t *count = prison->count + inflow->newcomer.status * COUNTS;
    prison->arrived += came;
    count[COUNT_ARRIVALS] += (int32_t)came;
    count[COUNT_ENTRIES] += (int32_t)came;
}

/* Of the people of a shock those who come today. */
static void draw_arrested(struct prison *prison, const struct shock *shock,
                          const struct inflow *inflow)
{
    int64_t  on_min = (int64_t)(shock->on - prison->plan->period.start) * MINUTES_A_DAY;
    uint64_t day = (uint64_t)shock->on, key = inflow->newcomer.key + (day << PERSON_DAY_SHIFT);
    u128     base = rng_state_of_day(&inflow->seeder, day);
    uint32_t came = 0;
    if (prison->now_min < on_min || prison->now_min >= on_min + shock->over_min)
        return;
    for (int32_t i = 0; i < shock->persons; i++) {
        int64_t minute = on_min + minute_of(base, shock->over_min);
        if (minute >= prison->now_min && minute < prison->now_min + MINUTES_A_DAY) {
            add_arrival(prison, inflow, base, key + ((uint64_t)i << PERSON_POINT_SHIFT),
                        (int32_t)minute, draw_profile(prison, inflow, base), true);
            came++;
        }
        base = rng_advance(base, inflow->next_point);
    }
    count_arrivals(prison, inflow, came);
}

/* Who is drawn does come within the day, so he is counted here. */
void arrivals_open_day(struct prison *prison)
{
    const struct scenario *plan = prison->plan;
    bool                   varies = plan->measures.inflow_count > 0 || plan->returns.kind_count > 1;
    for (int f = 0; f < plan->flows.count; f++) {
        double rate = flow_rate(&plan->flows.list[f], &plan->period, prison->day, prison->seed,
                                prison->replication);
        if (plan->returns.kind_count == 1)
            rate *= plan->returns.rate_factor[prison->day];
        if (!(rate > 0) && !varies) /* measures may add people */
            continue;
        count_arrivals(prison, &prison->inflow[f],
                       varies ? draw_varied_flow(prison, f, rate) : draw_flow(prison, f, rate));
    }
    for (int i = 0; i < plan->shocks.arrest_count; i++)
        draw_arrested(prison, &plan->shocks.list[plan->shocks.arrest[i]],
                      &prison->inflow[plan->flows.count + i]);
}
