#include "models/population.h"

#include "models/custody.h"
#include "models/placement.h"
#include "models/pools.h"
#include "models/waiting.h"

static uint64_t draw_number(const struct prison *prison, const struct person *person,
                            enum draw number)
{
    return prison_draw(prison, person, prison->jump[number]);
}

/* The first profile whose cumulative share lies above u. */
static uint16_t profile_at(const struct start_group *group, uint32_t profile_count, double u)
{
    uint32_t low = 0, high = profile_count - 1;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (u < group->profile_up_to[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return (uint16_t)low;
}

/* The pools where the group is held: as it says, or by the rule of this person. */
static int pools_of(const struct prison *prison, const struct start_group *group,
                    const struct person *person, uint8_t *pool)
{
    const struct rules *rules = &prison->plan->rules;
    if (group->in)
        return pools_of_mask(group->in, pool);
    list_id list = rules_entitlement(rules, group->status, person->profile)->list;
    if (list == NO_LIST)
        return 0;
    for (int i = 0; i < rules->lists[list].pool_count; i++)
        pool[i] = rules->lists[list].pool[i];
    return rules->lists[list].pool_count;
}

static uint16_t unit_of(const struct prison *prison, const struct start_group *group,
                        const struct person *person)
{
    uint8_t              pool[POOLS_AT_MOST];
    const struct status *status = &prison->plan->statuses.list[group->status];
    int                  count;
    if (group->waiting && !group->in)
        count = status->waits_in == WAITS_REGIME
                    ? pools_of_regime(prison, status->waits_regime, pool)
                    : 0;
    else
        count = pools_of(prison, group, person, pool);
    count = pools_admitting(prison, group->status, person->profile, pool, count);
    return count > 0 ? pools_find_unit(prison, pool, count) : prison_outside(prison);
}

/* Whole minutes, at most what a record can hold. */
static int32_t minutes(double value)
{
    return value < (double)DURATION_AT_MOST ? (int32_t)value : (int32_t)DURATION_AT_MOST;
}

/* In equilibrium the stay in progress is length-biased and its elapsed part uniform; known, the
 * stay is conditional on having lasted so long. */
static void put_present(struct prison *prison, const struct start_group *group, person_id id)
{
    struct person       *person = &prison->person[id];
    const struct status *status = &prison->plan->statuses.list[group->status];
    uint16_t             unit = unit_of(prison, group, person);
    struct uniform       which = uniform_of(draw_number(prison, person, DRAW_IN_PROGRESS));
    struct uniform       over = uniform_of(draw_number(prison, person, DRAW_ELAPSED));
    if (!status->stay.of) {
        custody_start_present(prison, id, group->status, unit, 0, NEVER);
        return;
    }
    const struct shape *stay = status->stay.of[person->profile * status->stay.stride];
    double              elapsed, whole;
    if (group->elapsed == ELAPSED_EQUILIBRIUM) {
#ifdef CELSIM_MUTATE_FRESH_STAY /* a fault for scripts/theory.py, which must see it */
        whole = shape_quantile(stay, which);
        elapsed = 0;
#else
        whole = shape_in_progress(stay, which);
        elapsed = over.below * whole;
#endif
    } else {
        elapsed = shape_quantile(group->elapsed_min, over);
        whole = shape_given_elapsed(stay, elapsed, which);
    }
    int32_t left = minutes(whole - elapsed + 0.5);
    custody_start_present(prison, id, group->status, unit, minutes(elapsed), left > 1 ? left : 1);
}

/* A clock that runs while he waits has not run out yet: the stay is conditional on that. */
static int32_t length_given_wait(const struct prison *prison, const struct start_group *group,
                                 const struct person *person, int32_t waited)
{
    const struct status *status = &prison->plan->statuses.list[group->status];
    if (!status->stay.of || status->sentence || status->clock != CLOCK_ARRIVAL || waited == 0)
        return NEVER;
    const struct shape *stay = status->stay.of[person->profile * status->stay.stride];
    struct uniform      u = uniform_of(draw_number(prison, person, DRAW_IN_PROGRESS));
    int32_t             length = minutes(shape_given_elapsed(stay, waited, u) + 0.5);
    return length > waited ? length : waited + 1;
}

static void put_waiting(struct prison *prison, const struct start_group *group, person_id id)
{
    struct person *person = &prison->person[id];
    struct uniform u = uniform_of(draw_number(prison, person, DRAW_SINCE));
    int32_t waited = group->since_min ? minutes(shape_quantile(group->since_min, u) + 0.5) : 0;
    custody_start_waiting(prison, id, group->status, unit_of(prison, group, person), -waited,
                          length_given_wait(prison, group, person, waited));
}

static person_id take_starter(struct prison *prison, const struct start_group *group, int stream,
                              u128 base, uint64_t number)
{
    person_id      id = prison_take_person(prison);
    struct person *person = &prison->person[id];
    person->base = base;
    person->key = (uint64_t)(prison->plan->stream[stream].rank + 1) << PERSON_RANK_SHIFT |
                  number << PERSON_POINT_SHIFT;
    person->stream = (uint16_t)stream;
    double u = uniform_of(draw_number(prison, person, DRAW_PROFILE)).below;
    person->profile = profile_at(group, prison->plan->attributes.profile_count, u);
#ifdef CELSIM_MUTATE_FRESH_PROFILE /* a fault for scripts/theory.py: as if he arrived today */
    const struct attributes *attributes = &prison->plan->attributes;
    person->profile = (uint16_t)attributes_draw(attributes, base, prison->increment[stream]);
#endif
    return id;
}

static void put_group(struct prison *prison, const struct start_group *group, int stream)
{
    struct step next = rng_step(rng_jump(DRAWS_A_PERSON), prison->increment[stream]);
    u128        base =
        rng_day_state(prison->seed, prison->replication, prison->plan->stream[stream].hash, 0);
    for (int64_t n = 0; n < group->persons; n++) {
        person_id id = take_starter(prison, group, stream, base, (uint64_t)n);
        if (group->waiting)
            put_waiting(prison, group, id);
        else
            put_present(prison, group, id);
        base = rng_advance(base, next);
    }
}

void population_put(struct prison *prison)
{
    const struct start *start = &prison->plan->start;
    for (int g = 0; g < start->count; g++)
        put_group(prison, &start->list[g], prison->plan->flows.count + g);
    waiting_sort(prison);
}
