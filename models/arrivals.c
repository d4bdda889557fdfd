#include "models/arrivals.h"

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
    int count = 0;
    while (count < POINTS_AT_MOST && uniform52 >= poisson4_up_to[count])
        count++;
    return count;
}

/* A flow on a day. */
struct day_draw {
    struct person                  newcomer; /* what all who come have in common */
    const struct shape_by_profile *stay;
    u128                           increment;
    double                         rate; /* persons a day */
    uint32_t first_rise; /* the first slab that the rate does not fill: there heights are judged */
    struct step next_slab, next_point, to_stay;
};

/* The stay, or the sentence, of a first visit; NEVER: it has none. */
static int32_t draw_length(const struct day_draw *draw, uint32_t profile, u128 base)
{
    if (!draw->stay->of)
        return NEVER;
    return (int32_t)shape_draw_min(draw->stay->of[profile * draw->stay->stride],
                                   rng_uniform52(rng_advance(base, draw->to_stay)));
}

static void add_arrival(struct prison *prison, const struct day_draw *draw, u128 base,
                        uint32_t point)
{
    person_id      id = prison_take_person(prison);
    struct person *person = &prison->person[id];
    uint32_t       profile = attributes_draw(&prison->plan->attributes, base, draw->increment);
    int32_t        minute =
        (int32_t)(prison->now_min + (int64_t)((u128)rng_uniform52(base) * MINUTES_A_DAY >> 52));
    *person = draw->newcomer;
    person->base = base;
    person->key += (uint64_t)point << PERSON_POINT_SHIFT;
    person->since_min = person->here_min = minute;
    person->length_min = draw_length(draw, profile, base);
    person->profile = (uint16_t)profile;
    events_schedule(&prison->events, id, minute, KIND_ARRIVAL);
}

/* A point's height within its slab, as persons a day. */
static double height_of(const struct day_draw *draw, u128 base)
{
    static const struct jump one = {RNG_MULTIPLIER, 1};
    u128                     state = rng_advance(base, rng_step(one, draw->increment));
    return uniform_of(rng_uniform52(state)).below * SLAB_PER_DAY;
}

static uint32_t add_slab(struct prison *prison, const struct day_draw *draw, u128 base,
                         uint32_t slab)
{
    uint32_t count = (uint32_t)arrivals_in_slab(rng_uniform52(base)), came = count;
    double   above = draw->rate - (double)slab * SLAB_PER_DAY; /* of the rate, in this slab */
    for (uint32_t i = 1; i <= count; i++) {
        base = rng_advance(base, draw->next_point);
        if (slab >= draw->first_rise && height_of(draw, base) >= above)
            came--;
        else
            add_arrival(prison, draw, base, slab * POINTS_A_SLAB + i);
    }
    return came;
}

static uint64_t day_number(const struct prison *prison)
{
    return (uint64_t)(prison->plan->period.start + prison->day);
}

/* How many came. */
static uint32_t draw_flow(struct prison *prison, const struct day_draw *draw)
{
    uint32_t came = 0;
    u128     base = rng_day_state(prison->seed, prison->replication,
                                  prison->plan->stream[draw->newcomer.stream].hash, day_number(prison));
    for (uint32_t slab = 0; (double)slab * SLAB_PER_DAY < draw->rate; slab++) {
        came += add_slab(prison, draw, base, slab);
        base = rng_advance(base, draw->next_slab);
    }
    return came;
}

static struct day_draw day_draw_of(const struct prison *prison, int f)
{
    const struct scenario *plan = prison->plan;
    const struct flow     *flow = &plan->flows.list[f];
    const struct status   *status = &plan->statuses.list[flow->status];
    u128                   increment = prison->increment[f];
    double   rate = flow_rate(flow, &plan->period, prison->day, prison->seed, prison->replication);
    uint64_t rank = plan->stream[f].rank + 1;
    return (struct day_draw){
        .newcomer = {.key = rank << PERSON_RANK_SHIFT | day_number(prison) << PERSON_DAY_SHIFT,
                     .ends_min = NEVER,
                     .custody_min = NEVER,
                     .unit = NO_UNIT,
                     .stream = (uint16_t)f,
                     .list = NO_LIST,
                     .status = (uint8_t)flow->status,
                     .route = NO_ROUTE,
                     .visits = status->on_cycle},
        .stay = &status->stay,
        .increment = increment,
        .rate = rate,
        .first_rise = (uint32_t)(rate / SLAB_PER_DAY),
        .next_slab = rng_step(prison->next_slab, increment),
        .next_point = rng_step(prison->next_point, increment),
        .to_stay = rng_step(status->draw_stay.visit[0], increment),
    };
}

void arrivals_open(struct prison *prison)
{
    prison->next_point = rng_jump(DRAWS_A_PERSON);
    prison->next_slab = rng_jump(DRAWS_A_PERSON * POINTS_A_SLAB);
}

/* Who is drawn does come within the day, so he is counted here. */
void arrivals_open_day(struct prison *prison)
{
    for (int f = 0; f < prison->plan->flows.count; f++) {
        struct day_draw draw = day_draw_of(prison, f);
        if (!(draw.rate > 0))
            continue;
        uint32_t came = draw_flow(prison, &draw);
        prison->arrived += came;
        prison->count[draw.newcomer.status * COUNTS + COUNT_ARRIVALS] += (int32_t)came;
        prison->count[draw.newcomer.status * COUNTS + COUNT_ENTRIES] += (int32_t)came;
    }
}
