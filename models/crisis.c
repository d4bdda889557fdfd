#include "models/crisis.h"

#include <string.h>

#include "models/ledger.h"
#include "models/pools.h"
#include "models/term.h"

#define LONG_AGO_MIN (-100 * MINUTES_A_YEAR) /* of a stay that has no length */

enum counted { COUNTED_NOT, COUNTED_PLACED, COUNTED_WAITING };

/* Of one person, as long as he has the key. */
struct state {
    uint64_t            key;
    struct crisis_clock clock;
    uint8_t             counted; /* enum counted */
};

struct crises {
    struct state *state;                   /* [person] */
    struct cell   all, waiting;            /* people in a crisis; those without a place for it */
    int32_t       begun[STATUSES_AT_MOST]; /* [status]: of today */
};

size_t crisis_room(const struct scenario *plan)
{
    return plan->rules.has_crises ? sizeof(struct state) : 0;
}

void crisis_open(struct prison *prison, struct arena *arena)
{
    if (!prison->plan->rules.has_crises)
        return;
    prison->crises = arena_new(arena, struct crises, 1);
    prison->crises->state = arena_new(arena, struct state, prison->person_room);
}

/* -- the clock of one person */

static const struct crisis_clock stopped = {.next_min = NEVER};

static int32_t later(int32_t from_min, int64_t by_min)
{
    return from_min + by_min < NEVER ? (int32_t)(from_min + by_min) : NEVER;
}

/* A hazard h a year has an exponential time with a mean of 1 / h years: that of mean 1, divided by
 * h. */
static void draw_beginning(const struct prison *prison, const struct person *person,
                           struct crisis_clock *clock)
{
    const struct status *status = prison_status(prison, person);
    double               per_year = status_crises_per_year(status, person->profile);
    uint64_t n = term_draw_visit(prison, person, &status->crisis.draw_begins, clock->draws++);
    double   after_min = shape_draw(prison->plan->statuses.year, n) / per_year;
    if (after_min < 1)
        after_min = 1;
    clock->next_min =
        after_min < NEVER ? later(clock->since_min, (int64_t)(after_min + 0.5)) : NEVER;
}

static const struct shape *length_of(const struct status *status, const struct person *person)
{
    const struct shape_by_profile *lasts = &status->crisis.lasts;
    return lasts->of[person->profile * lasts->stride];
}

/* By the draw of the same number as its beginning. */
static void draw_end(const struct prison *prison, const struct person *person,
                     struct crisis_clock *clock)
{
    const struct status *status = prison_status(prison, person);
    uint64_t n = term_draw_visit(prison, person, &status->crisis.draw_lasts, clock->draws - 1);
    clock->next_min = later(clock->since_min, shape_draw_min(length_of(status, person), n));
}

void crisis_start(const struct prison *prison, const struct person *person,
                  struct crisis_clock *clock, int32_t from_min)
{
    clock->runs = true;
    clock->is_on = false;
    clock->since_min = from_min;
    draw_beginning(prison, person, clock);
}

void crisis_advance(const struct prison *prison, const struct person *person,
                    struct crisis_clock *clock, int64_t now_min)
{
    while (clock->next_min <= now_min) {
        clock->since_min = clock->next_min;
        clock->is_on = !clock->is_on;
        if (clock->is_on)
            draw_end(prison, person, clock);
        else
            draw_beginning(prison, person, clock);
    }
}

void crisis_stop(struct crisis_clock *clock)
{
    clock->runs = clock->is_on = false;
    clock->next_min = NEVER;
}

void crisis_keep(const struct prison *prison, const struct person *person,
                 struct crisis_clock *clock, int64_t now_min)
{
    if (!clock->is_on || clock->next_min <= now_min || !crisis_rule(prison, person))
        crisis_stop(clock);
}

/* -- in the world: his clock and place */

static struct state *state_of(struct prison *prison, person_id id)
{
    struct state *state = &prison->crises->state[id];
    if (state->key != prison->person[id].key)
        *state = (struct state){.key = prison->person[id].key, .clock = stopped};
    return state;
}

const struct crisis_clock *crisis_clock_of(const struct prison *prison, const struct person *person)
{
    const struct state *state = &prison->crises->state[ledger_id(prison, person)];
    return state->key == person->key ? &state->clock : &stopped;
}

static bool is_in(const struct prison *prison, uint16_t unit, mask pools)
{
    return unit < prison->outside && (pools >> prison->unit[unit].pool & 1) != 0;
}

bool crisis_is_placed(const struct prison *prison, const struct person *person)
{
    const struct entitlement *rule = crisis_rule(prison, person);
    return rule && is_in(prison, person->unit, prison->plan->rules.lists[rule->list].pools);
}

/* Also who waits for a better one. */
static bool lacks_place(const struct prison *prison, const struct person *person)
{
    const struct rules     *rules = &prison->plan->rules;
    const struct list_plan *list = &rules->lists[crisis_rule(prison, person)->list];
    return !is_in(prison, person->unit, list->pools & ~rules->list[list->rule].out_of_category);
}

void crisis_turn(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    struct crisis_clock *clock = &state_of(prison, id)->clock;
    bool                 has_place = (person->flags & PERSON_REPLACED) == PERSON_PLACED;
    if (clock->runs && !prison_is_held(prison, person))
        crisis_stop(clock);
    if (!clock->runs) {
        if (has_place && crisis_rule(prison, person) && prison_is_held(prison, person))
            crisis_start(prison, person, clock, (int32_t)prison->now_min);
        return;
    }
    if (clock->next_min > prison->now_min)
        return;
    crisis_advance(prison, person, clock, prison->now_min);
    prison->crises->begun[person->status] += clock->is_on;
    prison_trace(prison, id, clock->is_on ? TRACE_CRISIS : TRACE_CRISIS_OVER);
}

void crisis_moved(struct prison *prison, person_id id)
{
    if (!prison_is_held(prison, &prison->person[id]))
        crisis_stop(&state_of(prison, id)->clock);
    crisis_count(prison, id);
}

void crisis_changed_status(struct prison *prison, person_id id)
{
    crisis_keep(prison, &prison->person[id], &state_of(prison, id)->clock, prison->now_min);
    crisis_count(prison, id);
}

/* -- at the start */

/* Long crises are met more often, and the part that is over is uniform. */
static void meet(const struct prison *prison, const struct person *person,
                 struct crisis_clock *clock)
{
    const struct status *status = prison_status(prison, person);
    uint64_t             over = term_draw_visit(prison, person, &status->crisis.draw_begins, 0);
    uint64_t             which = term_draw_visit(prison, person, &status->crisis.draw_lasts, 0);
    double left_min = shape_in_progress(length_of(status, person), uniform_of(which)) *
                      (1 - uniform_of(over).below);
    *clock = (struct crisis_clock){.draws = 1, .runs = true, .is_on = true};
    clock->next_min = left_min < 1 ? 1 : later(0, (int64_t)(left_min + 0.5));
}

/* The first pool that has a free place for a crisis; `unit`: none has. */
static uint16_t find_place(const struct prison *prison, const struct entitlement *rule,
                           uint16_t unit)
{
    const struct list_plan *list = &prison->plan->rules.lists[rule->list];
    return is_in(prison, unit, list->pools) || !(list->pools & prison->free_pools)
               ? unit
               : pools_find_unit(prison, list->pool, list->pool_count);
}

uint16_t crisis_put(struct prison *prison, person_id id, uint16_t unit, bool is_told,
                    int32_t elapsed_min)
{
    const struct person      *person = &prison->person[id];
    const struct rules       *rules = &prison->plan->rules;
    const struct entitlement *rule = crisis_rule(prison, person);
    struct crisis_clock      *clock = &state_of(prison, id)->clock;
    if (!rule || !prison->unit[unit].held)
        return unit;
    if (is_told) {
        if (is_in(prison, unit,
                  rules->lists[rule->list].pools &
                      ~rules->lists[prison_entitlement(prison, person)->list].pools))
            meet(prison, person, clock);
        else
            crisis_start(prison, person, clock, 0);
        return unit;
    }
    bool has_length = prison_status(prison, person)->stay.of != NULL;
    crisis_start(prison, person, clock, has_length ? -elapsed_min : (int32_t)LONG_AGO_MIN);
    crisis_advance(prison, person, clock, 0);
    return clock->is_on ? find_place(prison, rule, unit) : unit;
}

/* -- the counts */

static void count_as(struct prison *prison, struct state *state, enum counted counted)
{
    struct crises *crises = prison->crises;
    if (state->counted == counted)
        return;
    if (counted == COUNTED_NOT)
        ledger_remove(prison, &crises->all);
    if (state->counted == COUNTED_NOT)
        ledger_add(prison, &crises->all);
    if (state->counted == COUNTED_WAITING)
        ledger_remove(prison, &crises->waiting);
    if (counted == COUNTED_WAITING)
        ledger_add(prison, &crises->waiting);
    state->counted = (uint8_t)counted;
}

void crisis_count(struct prison *prison, person_id id)
{
    struct state *state = state_of(prison, id);
    enum counted  counted = COUNTED_NOT;
    if (state->clock.is_on)
        counted = lacks_place(prison, &prison->person[id]) ? COUNTED_WAITING : COUNTED_PLACED;
    count_as(prison, state, counted);
}

void crisis_left(struct prison *prison, person_id id)
{
    count_as(prison, state_of(prison, id), COUNTED_NOT);
}

static void add_stock(const struct prison *prison, struct cell *cell, int column, int32_t *row)
{
    int64_t minutes = (int64_t)cell->people * MINUTES_A_DAY + cell->moved_min;
    cell->moved_min = 0;
    if (!row)
        return;
    row[prison->plan->columns.crisis_first + column] += cell->people;
    row[prison->plan->columns.crisis_first + column + 1] += (int32_t)minutes;
}

void crisis_record(struct prison *prison, int32_t *row, int64_t *year)
{
    struct crises        *crises = prison->crises;
    const struct columns *columns = &prison->plan->columns;
    add_stock(prison, &crises->all, CRISIS_PEOPLE, row);
    add_stock(prison, &crises->waiting, CRISIS_WAITING, row);
    for (int s = 0; s < prison->plan->statuses.count && row; s++) {
        if (columns->crises_of_status[s] < 0)
            continue;
        row[columns->crisis_first + CRISIS_BEGUN] += crises->begun[s];
        year[columns->crises_first + columns->crises_of_status[s]] += crises->begun[s];
    }
    memset(crises->begun, 0, sizeof crises->begun);
}

/* -- the check */

void crisis_check(const struct prison *prison)
{
    int32_t all = 0, waiting = 0;
    if (!prison->crises)
        return;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person       *person = &prison->person[id];
        const struct crisis_clock *clock = crisis_clock_of(prison, person);
        if (person->key == 0 || !clock->runs)
            continue;
        must(clock->next_min >= prison->now_min && prison_is_held(prison, person));
        all += clock->is_on;
        waiting += clock->is_on && lacks_place(prison, person);
    }
    must(all == prison->crises->all.people && waiting == prison->crises->waiting.people);
}
