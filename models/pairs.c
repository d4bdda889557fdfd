#include "models/pairs.h"

#include "models/ledger.h"
#include "models/transfer.h"
#include "models/valve_review.h"

/* -- what counts -- */

static int32_t pairs_of(const struct unit_pairs *pairs)
{
    return pairs->may ? pairs->able / 2 : 0;
}

int32_t pairs_counted(const struct prison *prison, uint16_t u)
{
    const struct unit_pairs *pairs = &prison->pairs.unit[u];
    return places_counted(prison->capacity[u].planned.usable, pairs->second_of_planned,
                          pairs_of(pairs));
}

/* Fewer usable places never count more, so the lowest number counts least. */
static int32_t entries_of(const struct unit_pairs *pairs)
{
    return places_counted(pairs->lowest, pairs->second_of_lowest,
                          pairs->goes_on ? pairs_of(pairs) : 0);
}

/* From now on these are its places, and of them may be given. */
static void set_places(const struct unit *unit, int32_t planned, int32_t lowest,
                       struct unit_pairs *pairs)
{
    pairs->lowest = lowest;
    pairs->second_of_lowest = unit_second_places(unit, lowest);
    pairs->second_of_planned = unit_second_places(unit, planned);
}

/* -- opening -- */

/* Days of the period, from its start, on which what counts of a unit may change by date. */
static int days_of(const struct scenario *plan, int u, int32_t day[3])
{
    const struct unit          *unit = &plan->estate.unit[u];
    const struct two_in_a_cell *two = plan->estate.regime[unit->regime].two_in_a_cell;
    int64_t                     start = plan->period.start, to = two->to;
    const int64_t               at[] = {two->from, to + 1, to + 1 - unit->dated.drain_days};
    int                         count = 0;
    for (int i = 0; i < 3; i++) {
        int64_t since = at[i] - start;
        if (i == 2 && since < 0 && to >= start)
            since = 0; /* entries have stopped before the start */
        if (since >= 0 && since < plan->period.day_count)
            day[count++] = (int32_t)since;
    }
    return count;
}

static bool has_step(const struct places_step *step, int count, const struct places_step *other)
{
    for (; count > 0 && step->day <= other->day; step++, count--)
        if (step->day == other->day && step->unit == other->unit)
            return true;
    return false;
}

/* Beside the steps of places one on each such day, so that capacity looks at the unit then. */
static void add_steps(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    int                    units = plan->estate.unit_count, count = prison->step_count;
    struct places_step    *step = arena_new(arena, struct places_step, (size_t)(count + 3 * units));
    for (int i = 0; i < count; i++)
        step[i] = prison->step[i];
    for (int u = 0; u < units; u++) {
        int32_t day[3];
        int     days = prison->unit[u].shares ? days_of(plan, u, day) : 0;
        for (int i = 0; i < days; i++) {
            int32_t            on = plan->period.start + day[i];
            struct places_step more = {day[i], (uint16_t)u, places_on(prison->dated[u], on),
                                       places_lowest(prison->dated[u], on), false};
            if (!has_step(prison->step, prison->step_count, &more))
                step[count++] = more;
        }
    }
    places_sort_steps(step, (size_t)count);
    prison->step = step;
    prison->step_count = count;
}

/* Whether people may share in a unit on a day, and go on to up to the end of its drain days. */
static void set_dates(struct prison *prison, uint16_t u, int32_t day)
{
    const struct unit          *unit = &prison->plan->estate.unit[u];
    const struct two_in_a_cell *two = prison->plan->estate.regime[unit->regime].two_in_a_cell;
    struct unit_pairs          *pairs = &prison->pairs.unit[u];
    bool                        is_closed = prison->pairs.closed >> unit->regime & 1;
    pairs->may = !is_closed && two->from <= day && day <= two->to;
    pairs->goes_on = pairs->may && (int64_t)day + unit->dated.drain_days <= two->to;
}

void pairs_open(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    size_t                 units = (size_t)plan->estate.unit_count;
    if (!plan->estate.has_sharing)
        return;
    prison->pairs.unit = arena_new(arena, struct unit_pairs, units);
    prison->pairs.marked = arena_new(arena, uint16_t, units);
    for (size_t u = 0; u < units; u++) {
        struct unit_state *unit = &prison->unit[u];
        unit->shares = unit->is_other = estate_shares(&plan->estate, (int)u);
        if (!unit->shares)
            continue;
        struct unit_pairs *pairs = &prison->pairs.unit[u];
        set_dates(prison, (uint16_t)u, plan->period.start);
        pairs->goes_on = pairs->may; /* who is there at the start fills all that is usable */
        set_places(&plan->estate.unit[u], unit->usable, unit->usable, pairs);
        pairs->counted = places_counted(unit->usable, pairs->second_of_planned, 0);
        unit->usable = unit->entries = pairs->counted;
        prison_set_free(prison, unit);
    }
    add_steps(prison, arena);
}

/* The next review looks at it. */
static void mark(struct prison *prison, uint16_t u)
{
    struct unit_pairs *pairs = &prison->pairs.unit[u];
    prison->round_wanted = prison->review_wanted = true;
    if (pairs->marked)
        return;
    pairs->marked = true;
    prison->pairs.marked[prison->pairs.marked_count++] = u;
}

int32_t pairs_set(struct prison *prison, uint16_t u, int32_t lowest)
{
    set_dates(prison, u, prison_date(prison, prison->now_min));
    set_places(&prison->plan->estate.unit[u], prison->capacity[u].planned.usable, lowest,
               &prison->pairs.unit[u]);
    mark(prison, u);
    return entries_of(&prison->pairs.unit[u]);
}

void pairs_close(struct prison *prison, uint64_t regimes)
{
    const struct estate *estate = &prison->plan->estate;
    uint64_t             changed = regimes ^ prison->pairs.closed;
    prison->pairs.closed = regimes;
    for (int u = 0; changed && u < estate->unit_count; u++) {
        struct unit_state *unit = &prison->unit[u];
        if (!unit->shares || !(changed >> estate->unit[u].regime & 1))
            continue;
        unit->entries = pairs_set(prison, (uint16_t)u, prison->pairs.unit[u].lowest);
        prison_set_free(prison, unit);
    }
}

/* -- who comes and leaves -- */

static bool may_share(const struct prison *prison, const struct person *person, uint16_t u)
{
    const struct estate *estate = &prison->plan->estate;
    size_t who = (size_t)person->status * prison->plan->rules.profile_count + person->profile;
    return estate->may_share[who] >> estate->unit[u].regime & 1;
}

/* A review would find something: other places count, or one that is late may close. */
static bool has_changed(const struct prison *prison, uint16_t u)
{
    int32_t counted = pairs_counted(prison, u);
    return counted != prison->pairs.unit[u].counted || counted != prison->unit[u].usable;
}

void pairs_add(struct prison *prison, const struct person *person, uint16_t u, int more)
{
    struct unit_state *unit = &prison->unit[u];
    struct unit_pairs *pairs = &prison->pairs.unit[u];
    pairs->able += may_share(prison, person, u) ? more : 0;
    int32_t entries = entries_of(pairs);
    if (entries != unit->entries) {
        unit->entries = entries;
        prison_set_free(prison, unit);
    }
    if (has_changed(prison, u))
        mark(prison, u);
    transfer_look_at(prison, u);
}

void pairs_enter(struct prison *prison, const struct person *person, uint16_t u)
{
    const struct unit *unit = &prison->plan->estate.unit[u];
    int                valve = valve_of_sharing(prison, unit->regime);
    ledger_take_place(prison, &prison->unit[u]);
    pairs_add(prison, person, u, 1);
    if (valve != NO_VALVE &&
        prison->unit[u].occupied > places_counted(prison->capacity[u].planned.usable,
                                                  prison->pairs.unit[u].second_of_planned, 0))
        valve_count(prison, valve, VALVE_PEOPLE, 1);
}

void pairs_leave(struct prison *prison, const struct person *person, uint16_t u)
{
    ledger_vacate_place(prison, u);
    pairs_add(prison, person, u, -1);
}

/* -- at the end of the minute -- */

static void review_unit(struct prison *prison, uint16_t u)
{
    struct unit_pairs *pairs = &prison->pairs.unit[u];
    int32_t            counted = pairs_counted(prison, u);
    bool               shrinks = counted < pairs->counted;
    pairs->marked = false;
    pairs->counted = counted;
    capacity_count(prison, u, counted, shrinks);
}

void pairs_review(struct prison *prison)
{
    for (uint32_t i = 0; i < prison->pairs.marked_count; i++)
        review_unit(prison, prison->pairs.marked[i]);
    prison->pairs.marked_count = 0;
}
