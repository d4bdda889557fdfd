#include "models/valve_review.h"

#include "models/arrests.h"
#include "models/category.h"
#include "models/choice.h"
#include "models/early.h"
#include "models/last_part.h"
#include "models/pairs.h"
#include "models/replace.h"

/* What stood at a midnight: people, and usable places where they are asked. */
struct reading {
    int64_t people, places;
};

struct valve_state {
    bool            is_open;
    int64_t         left; /* so many more may be chosen up to the next review */
    struct reading *last; /* the days of mean_over, in a ring */
    int32_t         next;
    struct reading  sum; /* over these */
};

static bool needs_choice(const struct scenario *plan)
{
    return plan->valves.orders_calls || plan->valves.opens_rules || plan->rules.turn_count > 0 ||
           early_room(plan) > 0;
}

size_t valves_room(const struct scenario *plan)
{
    return early_room(plan) + last_part_room(plan) +
           (needs_choice(plan) ? sizeof(struct candidate) : 0);
}

void valves_open(struct prison *prison, struct arena *arena)
{
    const struct valves *valves = &prison->plan->valves;
    early_open(prison, arena);
    last_part_open(prison, arena);
    category_open(prison, arena);
    if (valves->count == 0 && !prison->category && !prison->plan->measures.diversions_of_present)
        return;
    prison->valve = arena_new(arena, struct valve_state, (size_t)valves->count + 1);
    for (int v = 0; v < valves->count; v++)
        if (valves->list[v].gauge != GAUGE_NONE)
            prison->valve[v].last =
                arena_new(arena, struct reading, (size_t)valves->list[v].mean_over);
    arrests_open(prison, arena);
    if (needs_choice(prison->plan))
        choice_open(prison, arena);
    events_schedule(&prison->events, SLOT_VALVE, 0, KIND_VALVE);
}

void valve_count(struct prison *prison, int v, enum valve_column which, int64_t count)
{
    const struct columns *columns = &prison->plan->columns;
    if (prison->now_min < prison->window_min)
        return;
    int64_t *year = prison->record->yearly +
                    (size_t)prison->plan->year_of_day[prison->day] * (size_t)columns->yearly_count;
    year[columns->valve_first + v * VALVE_COLUMNS + (int)which] += count;
}

/* -- what it looks at */

static int64_t waiting_of(const struct prison *prison, uint64_t statuses)
{
    int64_t people = 0;
    for (uint64_t rest = statuses; rest; rest &= rest - 1) {
        size_t s = (size_t)__builtin_ctzll(rest);
        for (size_t c = 0; c < prison->class_count; c++)
            people += prison->waiting[s * prison->class_count + c].people;
    }
    return people;
}

static struct reading read_occupancy(const struct prison *prison, const struct valve *valve)
{
    struct reading reading = {0, 0};
    for (int u = 0; u < prison->plan->estate.unit_count; u++) {
        if (!valve->is_of[u])
            continue;
        reading.people += prison->unit[u].occupied;
        reading.places += prison->unit[u].usable;
    }
    return reading;
}

static struct reading read_gauge(const struct prison *prison, const struct valve *valve)
{
    const struct stand_in *stand_in = &prison->plan->columns.stand_in;
    struct reading         reading = {0, 1};
    if (valve->gauge == GAUGE_OCCUPANCY)
        return read_occupancy(prison, valve);
    if (valve->gauge == GAUGE_WAITING)
        reading.people = waiting_of(prison, valve->waits_of);
    else
        for (int i = 0; i < stand_in->emergency_count; i++)
            reading.people += prison->unit[stand_in->emergency[i]].occupied;
    return reading;
}

/* The newest in the place of the oldest. */
static void keep_reading(struct valve_state *state, int32_t mean_over, struct reading reading)
{
    struct reading *at = &state->last[state->next];
    state->sum.people += reading.people - at->people;
    state->sum.places += reading.places - at->places;
    *at = reading;
    state->next = (state->next + 1) % mean_over;
}

/* -- dates */

static int32_t today(const struct prison *prison)
{
    return prison->plan->period.start + prison->day;
}

static bool is_in_force(const struct valve *valve, int32_t day)
{
    return day >= valve->from && day <= valve->last;
}

static int32_t first_day(const struct prison *prison, const struct valve *valve)
{
    int32_t start = prison->plan->period.start;
    return valve->from > start ? valve->from : start;
}

static bool is_review(const struct prison *prison, const struct valve *valve, int32_t day)
{
    if (valve->every == REVIEW_MONTHLY)
        return date_from_day(day).day == 1;
    if (valve->on_monday)
        return date_weekday(day) == 0;
    return (day - first_day(prison, valve)) % valve->every == 0;
}

/* The minute of the next review, or of the end of what is in force. */
static int64_t next_review_min(const struct prison *prison, const struct valve *valve)
{
    int32_t day = today(prison) + 1;
    while (is_in_force(valve, day) && !is_review(prison, valve, day))
        day++;
    return (int64_t)(day - prison->plan->period.start) * MINUTES_A_DAY;
}

/* -- opening and closing */

/* people / places >= mark; without places it cannot be judged. */
static bool is_at_least(struct reading sum, struct fraction mark)
{
    return (u128)sum.people * (u128)mark.den >= (u128)mark.num * (u128)sum.places;
}

static bool should_be_open(const struct prison *prison, int v)
{
    const struct valve       *valve = &prison->plan->valves.list[v];
    const struct valve_state *state = &prison->valve[v];
    if (!is_in_force(valve, today(prison)))
        return false;
    if (valve->gauge == GAUGE_NONE)
        return true;
    if (!is_review(prison, valve, today(prison)) || state->sum.places == 0)
        return state->is_open;
    return is_at_least(state->sum, state->is_open ? valve->closes : valve->opens);
}

static void set_open(struct prison *prison, int v, bool is_open)
{
    const struct valve *valve = &prison->plan->valves.list[v];
    uint64_t            bit = (uint64_t)1 << v;
    prison->valve[v].is_open = is_open;
    if (is_open)
        valve_count(prison, v, VALVE_OPENINGS, 1);
    if (valve->earlier_min > 0 && valve->chooses)
        prison->early_chosen = is_open ? prison->early_chosen | bit : prison->early_chosen & ~bit;
    else if (valve->earlier_min > 0)
        prison->early_for_all =
            is_open ? prison->early_for_all | bit : prison->early_for_all & ~bit;
}

/* What the open valves do together. */
static void set_stops(struct prison *prison)
{
    const struct valve *valve = prison->plan->valves.list;
    uint64_t            arrests = 0, rules = 0, shared = 0;
    prison->stopped_calls = 0;
    for (int v = 0; v < prison->plan->valves.count; v++) {
        if (!prison->valve[v].is_open)
            continue;
        prison->stopped_calls |= valve[v].stops;
        arrests |= valve[v].stops_reason ? (uint64_t)1 << v : 0;
        shared |= valve[v].doubles;
        rules |= valve[v].opens_rule ? (uint64_t)1 << v : 0;
    }
    if (prison->arrests)
        arrests_stop(prison, arrests);
    if (prison->plan->valves.doubled)
        pairs_close(prison, prison->plan->valves.doubled & ~shared);
    if (prison->category)
        category_set(prison, rules);
}

int valve_of_order(const struct prison *prison, int status, enum order *order)
{
    const struct valves *valves = &prison->plan->valves;
    for (int v = 0; valves->orders_calls && v < valves->count; v++) {
        const struct valve *valve = &valves->list[v];
        if (!prison->valve[v].is_open || !((valve->by_sentence | valve->by_waiting) >> status & 1))
            continue;
        *order = valve->by_sentence >> status & 1 ? ORDER_LONGEST_SENTENCE : ORDER_LONGEST_WAITING;
        return v;
    }
    return NO_VALVE;
}

int valve_of_sharing(const struct prison *prison, int regime)
{
    const struct valves *valves = &prison->plan->valves;
    for (int v = 0; valves->doubled >> regime & 1 && v < valves->count; v++)
        if (prison->valve[v].is_open && valves->list[v].doubles >> regime & 1)
            return v;
    return NO_VALVE;
}

/* -- who leaves */

static void choose(struct prison *prison, int v)
{
    const struct valve *valve = &prison->plan->valves.list[v];
    int64_t             most = valve->at_most;
    if (valve->as_needed) {
        int64_t waiting = waiting_of(prison, valve->waits_of);
        most = waiting < most ? waiting : most;
    }
    int64_t chosen = early_choose(prison, v, most, next_review_min(prison, valve));
    prison->valve[v].left = valve->at_most - chosen;
}

bool valve_take_one(struct prison *prison, int v)
{
    if (prison->valve[v].left <= 0)
        return false;
    prison->valve[v].left--;
    return true;
}

/* After all have opened and closed: changed is the mask of those that have. */
static void let_out(struct prison *prison, uint64_t changed)
{
    const struct valve *valve = prison->plan->valves.list;
    int                 count = prison->plan->valves.count;
    for (int v = 0; v < count; v++)
        if (valve[v].earlier_min > 0 && changed >> v & 1 && !prison->valve[v].is_open)
            early_take_back(prison, v);
    for (int v = 0; v < count; v++) {
        if (valve[v].earlier_min == 0 || !prison->valve[v].is_open)
            continue;
        if (valve[v].chooses ? is_review(prison, &valve[v], today(prison)) || changed >> v & 1
                             : changed >> v & 1) {
            if (valve[v].chooses)
                choose(prison, v);
            else
                early_for_all(prison, v);
        }
    }
}

void valves_review(struct prison *prison)
{
    const struct valve *valve = prison->plan->valves.list;
    uint64_t            changed = 0;
    for (int v = 0; v < prison->plan->valves.count; v++) {
        if (valve[v].gauge != GAUGE_NONE && prison->now_min > 0)
            keep_reading(&prison->valve[v], valve[v].mean_over, read_gauge(prison, &valve[v]));
        bool is_open = should_be_open(prison, v);
        if (is_open != prison->valve[v].is_open) {
            changed |= (uint64_t)1 << v;
            set_open(prison, v, is_open);
        }
        if (is_open)
            valve_count(prison, v, VALVE_DAYS_OPEN, 1);
    }
    if (__builtin_expect(prison->plan->measures.diversions_of_present != 0, 0))
        replace_open_day(prison);
    set_stops(prison);
    let_out(prison, changed);
    events_schedule(&prison->events, SLOT_VALVE, prison->now_min + MINUTES_A_DAY, KIND_VALVE);
}
