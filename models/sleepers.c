#include "models/sleepers.h"

#include "models/demand.h"
#include "models/policy.h"

#define NO_SLEEPER 0

struct sleeper {
    u128     base; /* of the stay to come */
    uint64_t key;
    uint32_t next;          /* of the same day, or of the free ones */
    uint16_t minute_of_day; /* in which he comes */
    uint16_t profile;       /* of the stay before */
};
_Static_assert(sizeof(struct sleeper) == 32, "many may sleep");

struct sleepers {
    struct sleeper         *list;
    uint32_t                end, room, free;
    uint32_t               *of_day; /* [day of the period]: the first */
    int32_t                *day;    /* [person]: on which he came back, of those who did */
    uint16_t               *stream_of_rank;
    struct attribute_steps *to_attribute; /* [stream]; NULL: nothing is drawn anew */
    int32_t                 came;         /* back today */
};

/* No more people sleep than ever came. */
static uint32_t room_of(const struct scenario *plan)
{
    return plan->persons_at_most + 1;
}

size_t sleepers_room(const struct scenario *plan)
{
    return plan->returns.used
               ? room_of(plan) * sizeof(struct sleeper) +
                     (plan->persons_at_most + SLOTS_FIXED) * sizeof(int32_t) +
                     (size_t)plan->period.day_count * sizeof(uint32_t) +
                     (size_t)plan->stream_count * (sizeof(struct attribute_steps) + 2)
               : 0;
}

static void open_attributes(struct prison *prison, struct arena *arena)
{
    const struct attributes *attributes = &prison->plan->attributes;
    struct attribute_steps  *steps =
        arena_new(arena, struct attribute_steps, (size_t)prison->plan->stream_count);
    for (int s = 0; s < prison->plan->stream_count; s++)
        steps[s] = attributes_steps(attributes, prison->increment[s]);
    prison->sleepers->to_attribute = steps;
}

void sleepers_open(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    if (!plan->returns.used)
        return;
    struct sleepers *sleepers = prison->sleepers = arena_new(arena, struct sleepers, 1);
    sleepers->room = room_of(plan);
    sleepers->end = NO_SLEEPER + 1;
    sleepers->list = arena_new(arena, struct sleeper, sleepers->room);
    sleepers->of_day = arena_new(arena, uint32_t, (size_t)plan->period.day_count);
    sleepers->day = arena_new(arena, int32_t, prison->person_room);
    sleepers->stream_of_rank = arena_new(arena, uint16_t, (size_t)plan->stream_count);
    for (int s = 0; s < plan->stream_count; s++)
        sleepers->stream_of_rank[plan->stream[s].rank] = (uint16_t)s;
    if (plan->returns.copied != ((uint32_t)1 << plan->attributes.count) - 1)
        open_attributes(prison, arena);
}

/* -- he leaves */

static double chance_as_stated(const struct prison *prison, const struct person *person,
                               enum left_by by)
{
    const struct returns *returns = &prison->plan->returns;
    double                chance = returns->chance.of[person->profile * returns->chance.stride];
    chance *= returns->of_status[person->status];
    if (person->unit < prison->outside)
        chance *= returns->of_regime[prison->plan->estate.unit[person->unit].regime];
    return chance * returns->of_left_by[by];
}

static bool acts(const struct prison *prison, const struct measure *measure,
                 const struct person *person)
{
    return measure->statuses >> person->status & 1 && measure->takes[person->profile] &&
           measure->at_least_min <= person->length_min &&
           person->length_min <= measure->at_most_min && !policy_is_off(prison, measure);
}

/* What measures make of the chance of one who leaves today: the product of their factors by name,
 * without one of them, or (-1) of all. */
static double returns_factor(const struct prison *prison, const struct person *person, int without)
{
    const struct measures *measures = &prison->plan->measures;
    double                 product = 1;
    for (int i = 0; i < measures->return_count; i++) {
        const struct measure *measure = &measures->list[measures->returns[i]];
        if (i != without && acts(prison, measure, person))
            product *= measure_factor(measure, policy_today(prison));
    }
    return product;
}

/* A measure touches who returns, or does not, and would not without it. */
static bool is_to_return(struct prison *prison, const struct person *person, enum left_by by)
{
    const struct measures *measures = &prison->plan->measures;
    double                 chance = chance_as_stated(prison, person, by);
    double u = uniform_of(prison_draw(prison, person, prison->plan->returns.draw_chance)).below;
    bool   returns = u < chance * returns_factor(prison, person, -1);
    for (int i = 0; i < measures->return_count; i++)
        if (returns != (u < chance * returns_factor(prison, person, i)))
            policy_add(prison, measures->list[measures->returns[i]].column + RETURNS_PEOPLE, 1);
    return returns;
}

/* -- he comes back */

static uint16_t stream_of(const struct sleepers *sleepers, uint64_t key)
{
    return sleepers->stream_of_rank[(key >> PERSON_RANK_SHIFT) - 1];
}

/* In which he first came. */
static int first_status(const struct prison *prison, uint16_t stream, uint64_t key)
{
    const struct scenario *plan = prison->plan;
    int                    group = stream - plan->flows.count;
    if (group < 0)
        return plan->flows.list[stream].status;
    if (group >= plan->start.count) {
        int arrest = group - plan->start.count;
        return plan->flows.list[plan->shocks.list[plan->shocks.arrest[arrest]].flow].status;
    }
    const struct start_group *start = &plan->start.list[group];
    return start->person ? start->person[person_point(key)].status : start->status;
}

static uint16_t profile_of(const struct prison *prison, uint16_t stream, uint32_t profile,
                           u128 base)
{
    const struct attributes      *attributes = &prison->plan->attributes;
    const struct attribute_steps *steps = prison->sleepers->to_attribute;
    uint32_t                      copied = prison->plan->returns.copied;
    if (!steps)
        return (uint16_t)profile;
    for (int a = 0; a < attributes->count; a++)
        if (!(copied >> a & 1))
            profile -=
                (uint32_t)attribute_value(attributes, a, profile) * attributes->list[a].stride;
    return (uint16_t)attributes_draw_others(attributes, &steps[stream], profile, copied, base);
}

static void wake(struct prison *prison, const struct sleeper *sleeper)
{
    struct sleepers     *sleepers = prison->sleepers;
    person_id            id = prison_take_person(prison);
    struct person       *person = &prison->person[id];
    uint16_t             stream = stream_of(sleepers, sleeper->key);
    int                  first = first_status(prison, stream, sleeper->key);
    int                  s = prison->plan->returns.as[first];
    const struct status *status = &prison->statuses[s];
    int32_t              minute = (int32_t)prison->midnight_min + sleeper->minute_of_day;
    *person = (struct person){
        .base = sleeper->base,
        .key = sleeper->key,
        .since_min = minute,
        .here_min = minute,
        .ends_min = NEVER,
        .custody_min = NEVER,
        .unit = NO_UNIT,
        .profile = profile_of(prison, stream, sleeper->profile, sleeper->base),
        .stream = stream,
        .list = NO_LIST,
        .status = (uint8_t)s,
        .route = NO_ROUTE,
        .visits = status->on_cycle,
    };
    person->length_min = term_draw_length(prison, person);
    sleepers->day[id] = policy_today(prison);
    events_schedule(&prison->events, id, minute, KIND_ARRIVAL);
    prison->returned++;
    sleepers->came++;
    prison_count(prison, s, COUNT_ENTRIES);
    if (prison->demand)
        demand_arrive(prison, person);
}

/* -- between */

static struct sleeper *take(struct sleepers *sleepers)
{
    uint32_t free = sleepers->free;
    if (free == NO_SLEEPER) {
        must(sleepers->end < sleepers->room);
        return &sleepers->list[sleepers->end++];
    }
    sleepers->free = sleepers->list[free].next;
    return &sleepers->list[free];
}

static void sleep_until(struct sleepers *sleepers, int64_t day, struct sleeper sleeper)
{
    struct sleeper *place = take(sleepers);
    sleeper.next = sleepers->of_day[day];
    *place = sleeper;
    sleepers->of_day[day] = (uint32_t)(place - sleepers->list);
}

/* Later today he has a record at once. */
void sleepers_judge(struct prison *prison, person_id id, enum left_by by)
{
    const struct person  *person = &prison->person[id];
    const struct returns *returns = &prison->plan->returns;
    unsigned              generation = person_generation(person->key) + 1;
    if (generation > GENERATIONS_AT_MOST || !is_to_return(prison, person, by))
        return;
    const struct shape *delay = returns->delay.of[person->profile * returns->delay.stride];
    int64_t             minute =
        prison->now_min + shape_draw_min(delay, prison_draw(prison, person, returns->draw_delay));
    int64_t day = minute / MINUTES_A_DAY;
    if (day >= prison->plan->period.day_count)
        return;
    struct sleeper sleeper = {
        .base = term_next_base(prison, person, &returns->to_person, generation),
        .key = person->key + 1,
        .minute_of_day = (uint16_t)(minute % MINUTES_A_DAY),
        .profile = person->profile,
    };
    if (day == prison->day)
        wake(prison, &sleeper);
    else
        sleep_until(prison->sleepers, day, sleeper);
}

void sleepers_wake(struct prison *prison)
{
    struct sleepers *sleepers = prison->sleepers;
    uint32_t         at = sleepers->of_day[prison->day];
    while (at != NO_SLEEPER) {
        struct sleeper *sleeper = &sleepers->list[at];
        uint32_t        next = sleeper->next;
        wake(prison, sleeper);
        sleeper->next = sleepers->free;
        sleepers->free = at;
        at = next;
    }
}

int32_t sleepers_take_count(struct prison *prison)
{
    int32_t came = prison->sleepers->came;
    prison->sleepers->came = 0;
    return came;
}

/* A copy that is no record goes its way beside the world on the day on which he comes (demand.h).
 */
int32_t sleepers_day_of(const struct prison *prison, const struct person *person)
{
    uintptr_t id = ((uintptr_t)person - (uintptr_t)prison->person) / sizeof *person;
    return id < prison->person_room ? prison->sleepers->day[id] : policy_today(prison);
}
