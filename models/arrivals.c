#include "models/arrivals.h"

#include "models/custody.h"

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
    int                  stream;
    const struct status *status;
    u128                 increment;
    double               rate; /* persons a day */
    uint32_t first_rise; /* the first slab that the rate does not fill: there heights are judged */
    struct step next_slab, next_point;
};

static void add_arrival(struct prison *prison, const struct day_draw *draw, u128 base,
                        uint32_t point)
{
    uint32_t profile = attributes_draw(&prison->plan->attributes, base, draw->increment);
    must(prison->arrival_count < prison->arrival_room);
    prison->arrival[prison->arrival_count++] = (struct arrival){
        .base = base,
        .minute_of_day = (uint32_t)((u128)rng_uniform52(base) * MINUTES_A_DAY >> 52),
        .point = point,
        .length_min = custody_draw_length(draw->status, profile, base, draw->increment),
        .stream = (uint16_t)draw->stream,
        .profile = (uint16_t)profile};
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
        add_arrival(prison, draw, base, slab * POINTS_A_SLAB + (uint32_t)i);
    }
}

static void draw_flow(struct prison *prison, int f)
{
    const struct scenario *plan = prison->plan;
    double                 rate = plan->flows.list[f].rate_per_day[prison->day];
    if (!(rate > 0))
        return;
    int32_t         day = plan->period.start + prison->day;
    u128            increment = prison->increment[f];
    struct day_draw draw = {.stream = f,
                            .status = &plan->statuses.list[plan->flows.list[f].status],
                            .increment = increment,
                            .rate = rate,
                            .first_rise = (uint32_t)(rate / SLAB_PER_DAY),
                            .next_slab = rng_step(prison->next_slab, increment),
                            .next_point = rng_step(prison->next_point, increment)};
    u128            base =
        rng_day_state(prison->seed, prison->replication, plan->stream[f].hash, (uint64_t)day);
    for (uint32_t slab = 0; (double)slab * SLAB_PER_DAY < rate; slab++) {
        add_slab(prison, &draw, base, slab);
        base = rng_advance(base, draw.next_slab);
    }
}

/* -- the order of the day -- */

/* The place of the first arrival of each `1 << shift` minutes. */
static void count_minutes(const struct prison *prison, int shift, uint32_t *place)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < prison->arrival_count; i++)
        place[prison->arrival[i].minute_of_day >> shift]++;
    for (int p = 0; p <= (MINUTES_A_DAY - 1) >> shift; p++) {
        uint32_t here = place[p];
        place[p] = sum;
        sum += here;
    }
}

/* Few are counted by 8 minutes, which leaves neighbours to swap; many by the minute. Ties stand in
 * any order, since arrivals of one minute commute; with a salt, in the opposite one. */
static void sort_day(struct prison *prison)
{
    uint32_t  place[MINUTES_A_DAY] = {0}, count = prison->arrival_count;
    uint64_t *order = prison->arrival_order;
    int       shift = count < MINUTES_A_DAY / 2 ? 3 : 0;
    uint32_t  index = prison->events.shuffle ? count - 1 : 0,
             step = prison->events.shuffle ? -1u : 1;
    count_minutes(prison, shift, place);
    for (uint32_t n = 0; n < count; n++, index += step) {
        uint32_t minute = prison->arrival[index].minute_of_day;
        order[place[minute >> shift]++] = (uint64_t)minute << 32 | index;
    }
    for (uint32_t n = 1; n < count; n++) {
        uint64_t one = order[n];
        uint32_t at = n;
        for (; at > 0 && order[at - 1] >> 32 > one >> 32; at--)
            order[at] = order[at - 1];
        order[at] = one;
    }
}

void arrivals_open(struct prison *prison)
{
    prison->next_point = rng_jump(DRAWS_A_PERSON);
    prison->next_slab = rng_jump(DRAWS_A_PERSON * POINTS_A_SLAB);
    prison->next_arrival = EVENT_END;
}

void arrivals_open_day(struct prison *prison)
{
    prison->arrival_at = prison->arrival_count = 0;
    for (int f = 0; f < prison->plan->flows.count; f++)
        draw_flow(prison, f);
    sort_day(prison);
    arrivals_look_ahead(prison);
}
