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

static uint64_t key_of(const struct stream_plan *stream, int32_t day, uint32_t point)
{
    return (uint64_t)(stream->rank + 1) << 54 | (uint64_t)(uint32_t)day << 36 |
           (uint64_t)point << 11;
}

struct day_draw {
    int      stream;
    int32_t  day; /* day number, since 1970 */
    u128     increment;
    double   rate;       /* persons a day */
    uint32_t first_rise; /* the first slab that the rate does not fill: there heights are judged */
    struct step next_slab, next_point;
};

static void add_person(struct prison *prison, const struct day_draw *draw, u128 base,
                       uint32_t point, int64_t minute)
{
    person_id      id = prison_take_person(prison);
    struct person *person = &prison->person[id];
    person->base = base;
    person->key = key_of(&prison->plan->stream[draw->stream], draw->day, point);
    person->stream = (uint16_t)draw->stream;
    person->profile = (uint16_t)attributes_draw(&prison->plan->attributes, base, draw->increment);
    person->flags = 0;
    person->here_min = NEVER; /* not in the system yet */
    events_schedule(&prison->events, id, minute, KIND_ARRIVAL);
}

/* A point's height within its slab, as persons a day. */
static double height_of(const struct day_draw *draw, u128 base)
{
    static const struct jump one = {RNG_MULTIPLIER, 1};
    u128                     state = rng_advance(base, rng_step(one, draw->increment));
    return uniform_of(rng_uniform52(state)).below * SLAB_PER_DAY;
}

static void add_slab(struct prison *prison, const struct day_draw *draw, u128 base, uint32_t slab)
{
    int    count = arrivals_in_slab(rng_uniform52(base));
    double above = draw->rate - (double)slab * SLAB_PER_DAY; /* of the rate, in this slab */
    for (int i = 1; i <= count; i++) {
        base = rng_advance(base, draw->next_point);
        if (slab >= draw->first_rise && height_of(draw, base) >= above)
            continue;
        uint64_t minute_of_day = (uint64_t)((u128)rng_uniform52(base) * MINUTES_A_DAY >> 52);
        add_person(prison, draw, base, slab * POINTS_A_SLAB + (uint32_t)i,
                   prison->midnight_min + (int64_t)minute_of_day);
    }
}

static void open_flow(struct prison *prison, int f, struct jump next_slab, struct jump next_point)
{
    const struct scenario *plan = prison->plan;
    double                 rate = plan->flows.list[f].rate_per_day[prison->day];
    if (!(rate > 0))
        return;
    int32_t         day = plan->period.start + prison->day;
    u128            increment = prison->increment[f];
    struct day_draw draw = {.stream = f,
                            .day = day,
                            .increment = increment,
                            .rate = rate,
                            .first_rise = (uint32_t)(rate / SLAB_PER_DAY),
                            .next_slab = rng_step(next_slab, increment),
                            .next_point = rng_step(next_point, increment)};
    u128            base =
        rng_day_state(prison->seed, prison->replication, plan->stream[f].hash, (uint64_t)day);
    for (uint32_t slab = 0; (double)slab * SLAB_PER_DAY < rate; slab++) {
        add_slab(prison, &draw, base, slab);
        base = rng_advance(base, draw.next_slab);
    }
}

void arrivals_open_day(struct prison *prison)
{
    struct jump next_point = rng_jump(DRAWS_A_PERSON);
    struct jump next_slab = rng_jump(DRAWS_A_PERSON * POINTS_A_SLAB);
    for (int f = 0; f < prison->plan->flows.count; f++)
        open_flow(prison, f, next_slab, next_point);
}
