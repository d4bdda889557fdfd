#include "models/prison.h"

#include <string.h>

#include "models/waiting.h"

const char *const trace_name[TRACES] = {"arrived", "status",  "moved",     "placed",  "waits",
                                        "called",  "no_show", "sent_home", "refused", "released"};

/* -- opening -- */

static void open_units(struct prison *prison, struct arena *arena)
{
    const struct estate *estate = &prison->plan->estate;
    const struct rules  *rules = &prison->plan->rules;
    prison->unit = arena_new(arena, struct unit_state, (size_t)estate->unit_count + 1);
    prison->pool_free = arena_new(arena, int64_t, (size_t)rules->pool_count + 1);
    for (int u = 0; u < estate->unit_count; u++) {
        int32_t places = estate->unit[u].places;
        prison->unit[u].usable = places;
        prison->unit[u].free = places;
        prison->pool_free[rules->pool_of_unit[u]] += places;
    }
    prison->unit[estate->unit_count] = (struct unit_state){UNLIMITED, 0, 0, 0};
    for (int p = 0; p < rules->pool_count; p++)
        if (prison->pool_free[p] > 0)
            prison->free_pools |= (mask)1 << p;
}

static void open_grids(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    size_t                 statuses = (size_t)plan->statuses.count;
    size_t                 groups = statuses * (size_t)plan->columns.class_count;
    size_t                 regimes = (size_t)plan->estate.regime_count;
    prison->present = arena_new(arena, struct cell, ((size_t)plan->estate.unit_count + 1) * groups);
    prison->waiting = arena_new(arena, struct cell, groups);
    prison->over_limit = arena_new(arena, struct cell, groups);
    prison->count = arena_new(arena, int32_t, statuses * COUNTS);
    prison->placed_at_once = arena_new(arena, int32_t, statuses);
    prison->counted_min = arena_new(arena, int64_t, (regimes + 1) * statuses);
    prison->stayed_min = arena_new(arena, int64_t, (regimes + 1) * statuses);
}

/* What the hot path asks of the plan again and again. */
static void open_shortcuts(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    const struct estate   *estate = &plan->estate;
    uint32_t              *row = arena_new(arena, uint32_t, (size_t)estate->unit_count + 1);
    for (int u = 0; u <= estate->unit_count; u++)
        row[u] =
            (uint32_t)(u < estate->unit_count ? estate->unit[u].regime : estate->regime_count) *
            (uint32_t)plan->statuses.count;
    prison->minutes_row = row;
    prison->outside = (uint16_t)estate->unit_count;
    prison->class_count = (size_t)plan->columns.class_count;
    prison->group_count = (size_t)plan->statuses.count * prison->class_count;
    prison->class_of_profile = plan->columns.class_of_profile;
    prison->window_min = (int64_t)(plan->period.first_record - plan->period.start) * MINUTES_A_DAY;
}

static void open_streams(struct prison *prison, uint64_t seed, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    prison->increment = arena_new(arena, u128, (size_t)plan->stream_count);
    for (int s = 0; s < plan->stream_count; s++)
        prison->increment[s] = rng_flow_increment(seed, prison->replication, plan->stream[s].hash);
}

void prison_open(struct prison *prison, const struct scenario *plan, uint64_t seed,
                 uint32_t replication, uint64_t shuffle, struct arena *arena, struct record *record,
                 struct trace *trace)
{
    uint32_t room = plan->persons_at_most + SLOTS_FIXED;
    *prison = (struct prison){.plan = plan,
                              .seed = seed,
                              .replication = replication,
                              .person_end = SLOTS_FIXED,
                              .person_room = room,
                              .person_free = NOBODY,
                              .record = record,
                              .trace = trace};
    prison->person = arena_new(arena, struct person, room);
    events_open(&prison->events, arena, room, (int64_t)plan->period.day_count * MINUTES_A_DAY + 1,
                plan->expected_events, shuffle);
    prison->events.records = (const char *)prison->person;
    prison->events.record_size = sizeof *prison->person;
    prison->unsettled = arena_new(arena, person_id, room);
    prison->arrival_room = plan->persons_at_most;
    prison->arrival = arena_new(arena, struct arrival, prison->arrival_room);
    prison->arrival_order = arena_new(arena, uint64_t, prison->arrival_room);
    open_shortcuts(prison, arena);
    open_units(prison, arena);
    open_grids(prison, arena);
    open_streams(prison, seed, arena);
    waiting_open(prison, arena);
}

/* -- persons -- */

person_id prison_take_person(struct prison *prison)
{
    person_id id = prison->person_free;
    if (id != NOBODY) {
        prison->person_free = prison->person[id].next;
        return id;
    }
    must(prison->person_end < prison->person_room);
    return prison->person_end++;
}

void prison_free_person(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    person->flags = person->status = 0;
    person->key = 0; /* nobody has this record */
    person->next = prison->person_free;
    prison->person_free = id;
}

void prison_add_trace(struct prison *prison, person_id id, enum trace_what what)
{
    struct trace *trace = prison->trace;
    must(trace->count < trace->room);
    const struct person *person = &prison->person[id];
    trace->row[trace->count] =
        (struct trace_row){(int32_t)prison->now_min, trace->count,   person->key,  person->unit,
                           person->stream,           person->status, (uint8_t)what};
    trace->count++;
}

/* -- the grids -- */

static size_t group_of(const struct prison *prison, const struct person *person)
{
    return person->status * prison->class_count + prison->class_of_profile[person->profile];
}

static struct cell *present_cell(const struct prison *prison, const struct person *person)
{
    return &prison->present[person->unit * prison->group_count + group_of(prison, person)];
}

static void cell_add(const struct prison *prison, struct cell *cell)
{
    cell->people++;
    cell->moved_min -= prison->now_min - prison->midnight_min;
}

static void cell_remove(const struct prison *prison, struct cell *cell)
{
    cell->people--;
    cell->moved_min += prison->now_min - prison->midnight_min;
}

/* The stay in this unit and status ends now: its part inside the window is counted from the
 * person's own dates. */
static void end_stay(struct prison *prison, struct person *person)
{
    int64_t from = person->here_min > prison->window_min ? person->here_min : prison->window_min;
    if (prison->now_min > from)
        prison->stayed_min[prison->minutes_row[person->unit] + person->status] +=
            prison->now_min - from;
    person->here_min = (int32_t)prison->now_min;
}

/* -- places -- */

/* A place of a unit is taken: by a person, or by a turnover. */
static void take_place(struct prison *prison, uint16_t u)
{
    struct unit_state *unit = &prison->unit[u];
    if (unit->free == 0)
        return; /* over capacity */
    int pool = prison->plan->rules.pool_of_unit[u];
    unit->free--;
    if (--prison->pool_free[pool] == 0)
        prison->free_pools &= ~((mask)1 << pool);
}

/* A place is given up; it is free unless the unit is over its places still. */
static void give_up_place(struct prison *prison, uint16_t u)
{
    struct unit_state *unit = &prison->unit[u];
    if (unit->usable - unit->occupied - unit->turnover <= 0)
        return;
    int pool = prison->plan->rules.pool_of_unit[u];
    unit->free++;
    if (prison->pool_free[pool]++ == 0)
        prison->free_pools |= (mask)1 << pool;
    if (prison->waiting_lists)
        prison->round_wanted = true;
}

static void start_turnover(struct prison *prison, uint16_t u, int64_t turnover_min)
{
    person_id ghost = prison_take_person(prison);
    prison->person[ghost].unit = u;
    prison->person[ghost].status = TURNOVER_STATUS;
    prison->unit[u].turnover++;
    events_schedule(&prison->events, ghost, prison->now_min + turnover_min, KIND_CAPACITY);
}

void prison_end_turnover(struct prison *prison, person_id ghost)
{
    uint16_t u = prison->person[ghost].unit;
    prison->unit[u].turnover--;
    give_up_place(prison, u);
    prison_free_person(prison, ghost);
}

static void enter_unit(struct prison *prison, struct person *person, uint16_t u)
{
    person->unit = u;
    prison->unit[u].occupied++;
    if (u != prison_outside(prison))
        take_place(prison, u);
    cell_add(prison, present_cell(prison, person));
}

static void leave_unit(struct prison *prison, struct person *person)
{
    uint16_t u = person->unit;
    if (u == NO_UNIT)
        return;
    end_stay(prison, person);
    cell_remove(prison, present_cell(prison, person));
    prison->unit[u].occupied--;
    if (u == prison_outside(prison))
        return;
    const struct estate *estate = &prison->plan->estate;
    int64_t              turnover_min = estate->regime[estate->unit[u].regime].turnover_min;
    if (turnover_min > 0)
        start_turnover(prison, u, turnover_min); /* the place stays taken until it ends */
    else
        give_up_place(prison, u);
}

/* -- the ledger -- */

bool prison_is_held(const struct prison *prison, const struct person *person)
{
    const struct estate *estate = &prison->plan->estate;
    return person->unit < estate->unit_count &&
           !estate->regime[estate->unit[person->unit].regime].outside;
}

void prison_enter(struct prison *prison, person_id id, int status)
{
    struct person *person = &prison->person[id];
    person->since_min = person->here_min = (int32_t)prison->now_min;
    person->ends_min = person->custody_min = person->length_min = NEVER;
    person->unit = NO_UNIT;
    person->list = NO_LIST;
    person->status = (uint8_t)status;
    person->route = NO_ROUTE;
    person->visits = person->homes = person->flags = 0;
}

person_id prison_admit(struct prison *prison, const struct arrival *arrival, int status)
{
    person_id      id = prison_take_person(prison);
    struct person *person = &prison->person[id];
    uint64_t       rank = prison->plan->stream[arrival->stream].rank + 1;
    uint64_t       day = (uint64_t)(prison->plan->period.start + prison->day);
    person->base = arrival->base;
    person->key = rank << PERSON_RANK_SHIFT | day << PERSON_DAY_SHIFT |
                  (uint64_t)arrival->point << PERSON_POINT_SHIFT;
    person->stream = arrival->stream;
    person->profile = arrival->profile;
    prison_enter(prison, id, status);
    person->length_min = arrival->length_min;
    prison->arrived++;
    prison_count(prison, status, COUNT_ARRIVALS);
    prison_trace(prison, id, TRACE_ARRIVED);
    return id;
}

void prison_set_status(struct prison *prison, person_id id, int status)
{
    struct person *person = &prison->person[id];
    if (person->unit == NO_UNIT) {
        person->status = (uint8_t)status;
        return;
    }
    end_stay(prison, person);
    cell_remove(prison, present_cell(prison, person));
    person->status = (uint8_t)status;
    cell_add(prison, present_cell(prison, person));
}

void prison_move(struct prison *prison, person_id id, uint16_t unit)
{
    struct person *person = &prison->person[id];
    leave_unit(prison, person);
    enter_unit(prison, person, unit);
}

void prison_wait(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    must(!(person->flags & PERSON_WAITING));
    person->flags |= PERSON_WAITING;
    cell_add(prison, &prison->waiting[group_of(prison, person)]);
}

void prison_count_wait(struct prison *prison, const struct person *person)
{
    const struct columns *columns = &prison->plan->columns;
    int64_t               waited_min = prison->now_min - person->since_min;
    if (waited_min == 0) {
        prison->placed_at_once[person->status]++;
        return;
    }
    if (person->since_min < prison->window_min)
        return;
    int      year = prison->plan->year_of_day[person->since_min / MINUTES_A_DAY];
    int64_t *wait = prison->record->yearly + year * columns->yearly_count + columns->wait_first +
                    person->status * (WAITS + WAIT_CLASSES);
    int class = 0;
    while (class + 1 < WAIT_CLASSES &&
           waited_min >= (int64_t)wait_class_from_days[class + 1] * MINUTES_A_DAY)
        class ++;
    wait[WAIT_ENDED]++;
    wait[WAIT_LONGER_THAN_0]++;
    wait[WAIT_MINUTES] += waited_min;
    wait[WAITS + class]++;
}

void prison_wait_over(struct prison *prison, person_id id, bool placed)
{
    struct person *person = &prison->person[id];
    must(person->flags & PERSON_WAITING);
    person->flags &= (uint8_t)~PERSON_WAITING;
    cell_remove(prison, &prison->waiting[group_of(prison, person)]);
    if (person->flags & PERSON_OVER_LIMIT)
        prison_set_over_limit(prison, id, false);
    if (placed)
        prison_count_wait(prison, person);
}

void prison_set_over_limit(struct prison *prison, person_id id, bool over)
{
    struct person *person = &prison->person[id];
    struct cell   *cell = &prison->over_limit[group_of(prison, person)];
    if (over) {
        person->flags |= PERSON_OVER_LIMIT;
        cell_add(prison, cell);
    } else {
        person->flags &= (uint8_t)~PERSON_OVER_LIMIT;
        cell_remove(prison, cell);
    }
}

void prison_leave(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    if (person->flags & PERSON_WAITING)
        prison_wait_over(prison, id, false);
    if (person->list != NO_LIST)
        waiting_leave(prison, id);
    events_cancel(&prison->events, id);
    leave_unit(prison, person);
    prison->left++;
    prison_free_person(prison, id);
}
