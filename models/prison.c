#include "models/prison.h"

#include "models/crisis.h"
#include "models/gate.h"
#include "models/ledger.h"
#include "models/pairs.h"
#include "models/spending.h"
#include "models/supply.h"
#include "models/transfer.h"
#include "models/waiting.h"
#include "models/overdue.h"

const char *const trace_name[TRACES] = {
    "arrived", "status",   "moved",      "placed", "waits",    "called", "no_show",    "sent_home",
    "refused", "released", "left_queue", "stays",  "replaced", "crisis", "crisis_over"};

/* -- opening -- */

static uint32_t present_row(const struct scenario *plan, int u)
{
    return (uint32_t)(plan->columns.row_of_unit[u] * plan->statuses.count *
                      plan->columns.class_count);
}

static struct unit_state unit_at_start(const struct prison *prison, int u)
{
    const struct scenario *plan = prison->plan;
    int32_t                usable = places_on(prison->dated[u], plan->period.start).usable;
    const struct estate   *estate = &plan->estate;
    const struct regime   *regime = &estate->regime[estate->unit[u].regime];
    return (struct unit_state){
        .usable = usable,
        .free = usable,
        .entries = usable, /* who is there at the start fills all that is usable */
        .minutes_row = (uint32_t)(estate->unit[u].regime * plan->statuses.count),
        .present_row = present_row(plan, u),
        .pool = plan->rules.pool_of_unit[u],
        .held = !regime->outside,
        .is_cell = regime->emergency,
        .rings = (plan->rules.ring_pools >> plan->rules.pool_of_unit[u] & 1) != 0,
    };
}

static void open_pool(struct prison *prison, int p)
{
    const struct pool *pool = &prison->plan->rules.pool[p];
    for (int i = 0; i < pool->unit_count; i++) {
        struct unit_state *unit = &prison->unit[pool->unit[i]];
        unit->levels = (uint16_t)(pool->levels + i / LEVEL_UNITS);
        unit->bit = (uint64_t)1 << i % LEVEL_UNITS;
        unit->alone = pool->unit_count == 1;
        levels_add(&prison->levels[unit->levels], unit->bit, unit->free);
    }
    if (prison->pool_free[p] > 0)
        prison->free_pools |= (mask)1 << p;
}

static void open_units(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    int                    count = plan->estate.unit_count, pools = plan->rules.pool_count;
    prison->unit = arena_new(arena, struct unit_state, (size_t)count + 1);
    prison->pool_free = arena_new(arena, int64_t, (size_t)pools + 1);
    prison->levels = arena_new(arena, struct levels, (size_t)plan->rules.level_count);
    for (int u = 0; u < count; u++) {
        prison->unit[u] = unit_at_start(prison, u);
        prison->pool_free[prison->unit[u].pool] += prison->unit[u].free;
    }
    prison->unit[count] = (struct unit_state){
        .usable = UNLIMITED,
        .entries = UNLIMITED,
        .is_other = true,
        .minutes_row = (uint32_t)(plan->estate.regime_count * plan->statuses.count),
        .present_row = present_row(plan, count)};
    for (int p = 0; p < pools; p++)
        open_pool(prison, p);
}

static void open_grids(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    size_t                 statuses = (size_t)plan->statuses.count;
    size_t                 groups = statuses * (size_t)plan->columns.class_count;
    size_t                 regimes = (size_t)plan->estate.regime_count;
    prison->present = arena_new(arena, struct cell, (size_t)plan->columns.row_count * groups);
    prison->waiting = arena_new(arena, struct cell, groups);
    prison->over_limit = arena_new(arena, struct cell, groups);
    prison->used_cell = arena_new(arena, uint32_t, groups);
    prison->count = arena_new(arena, int32_t, statuses * COUNTS);
    prison->day_row = arena_new(arena, int32_t, (size_t)plan->columns.daily_count);
    prison->at_home = arena_new(arena, int32_t, (size_t)plan->columns.stand_in.count);
    prison->placed_at_once = arena_new(arena, int32_t, statuses);
    prison->left_queue = arena_new(arena, int32_t, (size_t)plan->statuses.reason_count);
    prison->counted_min = arena_new(arena, int64_t, (regimes + 1) * statuses);
    prison->stayed_min = arena_new(arena, int64_t, (regimes + 1) * statuses);
}

/* What the hot path asks of the plan again and again. */
static void open_shortcuts(struct prison *prison)
{
    const struct scenario *plan = prison->plan;
    prison->outside = (uint16_t)plan->estate.unit_count;
    prison->entitlement = plan->rules.entitlement;
    prison->statuses = plan->statuses.list;
    prison->class_count = (size_t)plan->columns.class_count;
    prison->has_dates = plan->rules.steps != NULL;
    prison->diverted = plan->measures.diverted;
    for (int s = 0; s < plan->statuses.count; s++)
        if (plan->columns.overdue_of_status[s] >= 0)
            prison->overdue |= (uint64_t)1 << s;
    prison->changed = plan->measures.changed;
    prison->rereleased = plan->measures.rereleased;
    prison->rerouted = plan->measures.rerouted;
    prison->is_near = plan->rules.own_region != NULL;
    prison->group_count = (size_t)plan->statuses.count * prison->class_count;
    prison->class_of_profile = plan->columns.class_of_profile;
    prison->first_weekday = (uint32_t)date_weekday(plan->period.start);
    prison->window_min = (int64_t)(plan->period.first_record - plan->period.start) * MINUTES_A_DAY;
}

static void open_streams(struct prison *prison, uint64_t seed, struct arena *arena)
{
    for (unsigned d = 0; d < DRAWS; d++)
        prison->jump[d] = rng_jump(d);
    prison->visit_jump = rng_jump(VISIT_JUMP);
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
                              .served_lists = ~(mask)0,
                              .record = record,
                              .trace = trace};
    arena_ask_huge_pages(arena, 0, ARENA_HUGE_PAGE); /* the first 32,000 persons */
    prison->person = arena_new(arena, struct person, room);
    events_open(&prison->events, arena, room, (int64_t)plan->period.day_count * MINUTES_A_DAY + 1,
                shuffle);
    prison->events.records = (const char *)prison->person;
    prison->free_person = arena_new(arena, person_id, room);
    prison->unsettled = arena_new(arena, person_id, room);
    for (int s = 0; s < plan->statuses.count; s++)
        if (plan->statuses.list[s].further.from >= 0 && !prison->title_seeker)
            prison->title_seeker = arena_new(arena, person_id, room);
    open_shortcuts(prison);
    supply_open(prison, arena);
    spending_open(prison, arena);
    open_units(prison, arena);
    turnover_open(prison, arena);
    open_grids(prison, arena);
    open_streams(prison, seed, arena);
    waiting_open(prison, arena);
    pairs_open(prison, arena);
    capacity_open(prison, arena);
    transfer_open(prison, arena);
    crisis_open(prison, arena);
}

/* -- persons -- */

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

/* -- what may be given, to whom -- */

void prison_set_free(struct prison *prison, struct unit_state *unit)
{
    int32_t free = unit->closed ? 0 : unit->entries - unit->occupied - unit->turnover;
    if (free < 0)
        free = 0;
    prison->pool_free[unit->pool] += free - unit->free;
    ledger_set_free(prison, unit, free);
    if (prison->pool_free[unit->pool] > 0)
        ledger_open_pool(prison, unit->pool);
    else
        ledger_close_pool(prison, unit->pool);
    if (prison->ready_lists)
        prison->round_wanted = true;
}

/* Who could not move before may close a ring now. */
static void look_for_rings(struct prison *prison)
{
    if (!prison->sitting)
        return;
    prison->ring_wanted = prison->plan->rules.ring_pools;
    prison->round_wanted = true;
}

void prison_set_closed(struct prison *prison, uint16_t unit, bool closed)
{
    if (prison->unit[unit].closed && !closed)
        look_for_rings(prison);
    prison->unit[unit].closed = closed;
    prison_set_free(prison, &prison->unit[unit]);
}

void prison_serve_lists(struct prison *prison, mask lists)
{
    if (prison->served_lists == lists)
        return;
    if (lists & ~prison->served_lists)
        look_for_rings(prison);
    prison->served_lists = lists;
    prison->ready_lists = 0;
    for (mask rest = prison->free_pools; rest; rest &= rest - 1)
        ledger_open_pool(prison, mask_lowest(rest));
    if (prison->ready_lists)
        prison->round_wanted = true;
}

/* -- the ledger -- */

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

HOT void set_status_in_unit(struct prison *prison, struct person *person, int status)
{
    ledger_end_stay(prison, person);
    ledger_remove(prison, ledger_present(prison, person));
    person->status = (uint8_t)status;
    ledger_add(prison, ledger_present(prison, person));
}

/* By the new one he may share a cell, or no longer. */
static __attribute__((noinline)) void set_status_where_shared(struct prison *prison,
                                                              struct person *person, int status)
{
    pairs_add(prison, person, person->unit, -1);
    set_status_in_unit(prison, person, status);
    pairs_add(prison, person, person->unit, 1);
}

HOT void set_status(struct prison *prison, person_id id, int status)
{
    struct person *person = &prison->person[id];
    if (person->unit == NO_UNIT)
        person->status = (uint8_t)status;
    else if (prison->unit[person->unit].shares)
        set_status_where_shared(prison, person, status);
    else
        set_status_in_unit(prison, person, status);
}

static __attribute__((noinline)) void set_status_in_crisis(struct prison *prison, person_id id,
                                                           int status)
{
    set_status(prison, id, status);
    crisis_changed_status(prison, id);
}

void prison_set_status(struct prison *prison, person_id id, int status)
{
    if (__builtin_expect(prison->crises != NULL, 0))
        set_status_in_crisis(prison, id, status);
    else
        set_status(prison, id, status);
}

void prison_move(struct prison *prison, person_id id, uint16_t unit)
{
    struct person *person = &prison->person[id];
    waiting_sit(prison, person, -1);
    ledger_move(prison, person, unit);
    waiting_sit(prison, person, 1);
    if (__builtin_expect(prison->crises != NULL, 0))
        crisis_moved(prison, id);
}

/* Taken out of his unit's counts, and back into those of another; its places stay as they are. */
static void take_out(struct prison *prison, struct person *person)
{
    waiting_sit(prison, person, -1);
    ledger_end_stay(prison, person);
    ledger_remove(prison, ledger_present(prison, person));
    if (prison->unit[person->unit].shares)
        pairs_add(prison, person, person->unit, -1);
}

static void put_in(struct prison *prison, struct person *person, uint16_t unit)
{
    if (prison->counts_moves)
        gate_count_move(prison, person, unit);
    person->unit = unit;
    if (prison->unit[unit].moves) {
        ledger_enter_since(prison, person, unit);
        transfer_look_at(prison, unit); /* as many must move as before */
    }
    ledger_add(prison, ledger_present(prison, person));
    if (prison->unit[unit].shares)
        pairs_add(prison, person, unit, 1);
    ledger_count_placement(prison, person);
    prison_count(prison, person->status, COUNT_SWAPPED);
    waiting_sit(prison, person, 1);
}

void prison_exchange(struct prison *prison, const person_id *ids, int count)
{
    uint16_t unit[POOLS_AT_MOST];
    for (int i = 0; i < count; i++)
        unit[i] = prison->person[ids[(i + 1) % count]].unit;
    for (int i = 0; i < count; i++)
        take_out(prison, &prison->person[ids[i]]);
    for (int i = 0; i < count; i++)
        put_in(prison, &prison->person[ids[i]], unit[i]);
}

void prison_wait(struct prison *prison, person_id id)
{
    ledger_wait(prison, &prison->person[id]);
}

void prison_count_wait(struct prison *prison, const struct person *person)
{
    const struct columns *columns = &prison->plan->columns;
    int32_t               waited_min = (int32_t)prison->now_min - person->since_min;
    if (person->since_min < prison->window_min)
        return;
    int      year = prison->plan->year_of_day[person->since_min / MINUTES_A_DAY];
    int64_t *wait = prison->record->yearly + year * columns->yearly_count + columns->wait_first +
                    person->status * (WAITS + WAIT_CLASSES);
    wait[WAIT_ENDED]++;
    wait[WAIT_LONGER_THAN_0]++;
    wait[WAIT_MINUTES] += waited_min;
    wait[WAITS + prison->plan->wait_class[waited_min / MINUTES_A_DAY]]++;
}

void prison_wait_over(struct prison *prison, person_id id, bool placed)
{
    struct person *person = &prison->person[id];
    must(person->flags & PERSON_WAITING);
    person->flags &= (uint8_t)~PERSON_WAITING;
    ledger_remove(prison, &prison->waiting[ledger_group(prison, person)]);
    if (person->flags & PERSON_OVER_LIMIT)
        prison_set_over_limit(prison, id, false);
    if (person->flags & PERSON_PLACED) { /* he had a place: a wait to move */
        transfer_forget(prison, id);
        if (placed)
            prison_count(prison, person->status, COUNT_TRANSFERRED);
    } else {
        if (person->unit != NO_UNIT && prison->unit[person->unit].moves)
            transfer_look_at(prison, person->unit); /* he may keep his place under a new title */
        if (placed)
            ledger_count_wait(prison, person);
        overdue_settle(prison, person);
    }
}

void prison_set_over_limit(struct prison *prison, person_id id, bool over)
{
    struct person *person = &prison->person[id];
    struct cell   *cell = &prison->over_limit[ledger_group(prison, person)];
    if (over) {
        person->flags |= PERSON_OVER_LIMIT;
        ledger_add(prison, cell);
    } else {
        person->flags &= (uint8_t)~PERSON_OVER_LIMIT;
        ledger_remove(prison, cell);
    }
}
