#include "models/population.h"

#include "models/listed.h"
#include "models/placement.h"
#include "models/pools.h"
#include "models/waiting.h"

static uint64_t draw_number(const struct prison *prison, const struct person *person,
                            enum draw number)
{
    return prison_draw(prison, person, prison->jump[number]);
}

/* The pools where the group is held: as it says, or by the rule of this person. */
static int pools_of(const struct prison *prison, const struct start_group *group,
                    const struct person *person, uint8_t *pool)
{
    const struct rules *rules = &prison->plan->rules;
    if (group->in)
        return pools_of_mask(group->in, pool);
    list_id list =
        prison->entitlement[(size_t)group->status * rules->profile_count + person->profile].list;
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

static struct uniform uniform_for(const struct prison *prison, const struct person *person,
                                  enum draw number)
{
    return uniform_of(draw_number(prison, person, number));
}

/* So much of a stay of his status is over. */
static struct custody_start started(double elapsed, double whole, int32_t before_min)
{
    int32_t left = minutes(whole - elapsed + 0.5), over = minutes(elapsed);
    left = left > 1 ? left : 1;
    return (struct custody_start){false, over, before_min, left, over + left, GRANTED_BY_DRAW};
}

/* One whose stay is not over after so long. */
static void meet_survivor(const struct prison *prison, const struct start_group *group,
                          struct person *person, double elapsed)
{
    uint16_t profile =
        survivors_draw(group->survivors, elapsed, uniform_for(prison, person, DRAW_PROFILE));
#ifndef CELSIM_MUTATE_FRESH_PROFILE /* likewise */
    person->profile = profile;
#else
    (void)profile;
#endif
}

/* Who has been there longer than any path: his stay ends now. */
static const struct path over_long = {0};

static struct custody_start take_path(struct person *person, const struct path *path,
                                      double elapsed)
{
    struct custody_start from = started(elapsed, path->stay_min, path->before_min);
    if (path == &over_long)
        return from;
    person->profile = path->profile;
    from.length_min = path->length_min;
    from.granted = path->granted ? GRANTED : GRANTED_NOT;
    return from;
}

static struct custody_start present_by_path(const struct prison      *prison,
                                            const struct start_group *group, struct person *person)
{
    struct uniform which = uniform_for(prison, person, DRAW_IN_PROGRESS);
    struct uniform over = uniform_for(prison, person, DRAW_ELAPSED);
    if (group->elapsed == ELAPSED_EQUILIBRIUM) {
        const struct path *path = path_in_progress(group->paths, which);
#ifdef CELSIM_MUTATE_FRESH_STAY /* likewise */
        return take_path(person, path, 0);
#else
        return take_path(person, path, over.below * path->stay_min);
#endif
    }
    double             elapsed = shape_quantile(group->elapsed_min, over);
    const struct path *path = path_given_elapsed(group->paths, elapsed, which);
    return take_path(person, path ? path : &over_long, elapsed);
}

/* In equilibrium the stay in progress is length-biased and its elapsed part uniform; known, the
 * stay is conditional on having lasted so long. */
static struct custody_start present_by_shape(const struct prison      *prison,
                                             const struct start_group *group,
                                             const struct person      *person)
{
    const struct status *status = &prison->plan->statuses.list[group->status];
    struct uniform       which = uniform_for(prison, person, DRAW_IN_PROGRESS);
    struct uniform       over = uniform_for(prison, person, DRAW_ELAPSED);
    if (!status->stay.of)
        return (struct custody_start){false, 0, 0, NEVER, NEVER, GRANTED_BY_DRAW};
    const struct shape *stay = status->stay.of[person->profile * status->stay.stride];
    if (group->elapsed == ELAPSED_EQUILIBRIUM) {
#ifdef CELSIM_MUTATE_FRESH_STAY /* a fault for scripts/theory.py, which must see it */
        return started(0, shape_quantile(stay, which), 0);
#else
        double whole = shape_in_progress(stay, which);
        return started(over.below * whole, whole, 0);
#endif
    }
    double elapsed = shape_quantile(group->elapsed_min, over);
    return started(elapsed, shape_given_elapsed(stay, elapsed, which), 0);
}

static void put_present(struct prison *prison, const struct start_group *group, person_id id)
{
    struct person       *person = &prison->person[id];
    struct custody_start from;
    if (group->paths) {
        from = present_by_path(prison, group, person);
    } else {
        if (group->survivors)
            meet_survivor(
                prison, group, person,
                shape_quantile(group->elapsed_min, uniform_for(prison, person, DRAW_ELAPSED)));
        from = present_by_shape(prison, group, person);
    }
    from.is_told = group->in != 0;
    custody_start_present(prison, id, group->status, unit_of(prison, group, person), from);
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

/* A clock of placement has not started, so any path will do for the custody before. */
static struct custody_start waiting_by_path(const struct prison      *prison,
                                            const struct start_group *group, struct person *person,
                                            int32_t waited)
{
    struct uniform       which = uniform_for(prison, person, DRAW_IN_PROGRESS);
    bool                 runs = prison->plan->statuses.list[group->status].clock != CLOCK_PLACEMENT;
    const struct path   *path = path_given_elapsed(group->paths, runs ? waited : -1, which);
    struct custody_start from = take_path(person, path ? path : &over_long, waited);
    if (!runs)
        from.left_min = from.length_min = NEVER;
    return from;
}

static void put_waiting(struct prison *prison, const struct start_group *group, person_id id)
{
    struct person       *person = &prison->person[id];
    struct uniform       u = uniform_for(prison, person, DRAW_SINCE);
    int32_t              waited = minutes(shape_quantile(group->since_min, u) + 0.5);
    struct custody_start from = {false, waited, 0, NEVER, NEVER, GRANTED_BY_DRAW};
    if (group->paths) {
        from = waiting_by_path(prison, group, person, waited);
    } else {
        if (group->survivors)
            meet_survivor(prison, group, person, waited);
        from.length_min = length_given_wait(prison, group, person, waited);
    }
    uint16_t unit = unit_of(prison, group, person);
    if (prison->plan->statuses.list[group->status].clock == CLOCK_CUSTODY &&
        !prison->unit[unit].held)
        from.left_min = from.length_min = NEVER; /* his clock does not run there */
    custody_start_waiting(prison, id, group->status, unit, from);
}

/* A person from a file. */
static void put_listed(struct prison *prison, const struct start_group *group, person_id id,
                       const struct start_person *row)
{
    struct person           *person = &prison->person[id];
    const struct status     *status = &prison->plan->statuses.list[row->status];
    struct start_group       own = {.status = row->status, .waiting = group->waiting};
    const struct attributes *attributes = &prison->plan->attributes;
    struct attribute_steps steps = attributes_steps(attributes, prison->increment[person->stream]);
    person->profile = (uint16_t)attributes_draw_others(attributes, &steps, row->profile, row->known,
                                                       person->base);
    uint16_t unit = row->unit >= 0 ? (uint16_t)row->unit : unit_of(prison, &own, person);
    struct custody_start from = {false, row->elapsed_min, 0,
                                 NEVER, row->length_min,  GRANTED_BY_DRAW};
    if (!group->waiting || status->clock == CLOCK_ARRIVAL ||
        (status->clock == CLOCK_CUSTODY && prison->unit[unit].held))
        from = listed_running(prison, person, row->status, row->elapsed_min, row->length_min);
    from.is_told = row->unit >= 0;
    if (group->waiting)
        custody_start_waiting(prison, id, row->status, unit, from);
    else
        custody_start_present(prison, id, row->status, unit, from);
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
    if (group->person)
        return id;
    double u = uniform_of(draw_number(prison, person, DRAW_PROFILE)).below;
    int    profiles = (int)prison->plan->attributes.profile_count;
    person->profile = (uint16_t)uniform_first_above(group->profile_up_to, profiles, u);
#ifdef CELSIM_MUTATE_FRESH_PROFILE /* a fault for scripts/theory.py: as if he arrived today */
    const struct attributes *attributes = &prison->plan->attributes;
    struct attribute_steps   steps = attributes_steps(attributes, prison->increment[stream]);
    person->profile = (uint16_t)attributes_draw(attributes, &steps, base);
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
        if (group->person)
            put_listed(prison, group, id, &group->person[n]);
        else if (group->waiting)
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
