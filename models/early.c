#include "models/early.h"

#include "models/choice.h"
#include "models/ends.h"
#include "models/last_part.h"
#include "models/marks.h"
#include "models/policy.h"
#include "models/spending.h"
#include "models/stay.h"
#include "models/valve_review.h"

#define WEEKEND_DAYS_AT_MOST 3 /* by so many a date moves before a weekend */

/* Holds while the person, his status and his date are those for which it was made. */
struct grant {
    uint64_t key;
    int32_t  planned_min, date_min;
    uint8_t  status, by; /* a valve, or a measure */
    bool     by_measure;
};

struct early {
    struct grant *grant;      /* [person] */
    uint64_t     *is_granted; /* marks: of whom it may say something */
};

size_t early_room(const struct scenario *plan)
{
    if (plan->measures.early)
        return sizeof(struct grant) + MARK_ROOM;
    for (int v = 0; v < plan->valves.count; v++)
        if (plan->valves.list[v].earlier_min > 0)
            return sizeof(struct grant) + MARK_ROOM;
    return 0;
}

void early_open(struct prison *prison, struct arena *arena)
{
    if (early_room(prison->plan) == 0)
        return;
    prison->early = arena_new(arena, struct early, 1);
    prison->early->grant = arena_new(arena, struct grant, prison->person_room);
    prison->early->is_granted = marks_new(arena, prison->person_room);
    prison->has_dates = true; /* so that a new plan comes by here */
}

/* -- dates */

/* His planned release has moved: onto the list of an `at` that has come, off that of one that has
 * not any more. */
static void stand_anew(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    if (!step_has_any(prison, person) || person_must_move(person))
        return;
    if (step_stands_too_early(prison, person)) {
        waiting_leave(prison, id);
        stay_wait_for_better(prison, id, prison_entitlement(prison, person), person->unit);
    }
    step_stand(prison, id, (int32_t)prison->now_min);
}

static inline bool is_granted(const struct prison *prison, person_id id)
{
    const struct grant  *grant = &prison->early->grant[id];
    const struct person *person = &prison->person[id];
    return marks_has(prison->early->is_granted, id) && grant->key == person->key &&
           grant->date_min == person->ends_min && grant->status == person->status &&
           grant->key != 0;
}

/* He holds a place, and leaves the system when his status ends. */
static bool is_planned(const struct prison *prison, const struct person *person)
{
    return person->key != 0 && person->route == RELEASE && person->ends_min != NEVER &&
           person->ends_min > prison->now_min && prison_holds_place(prison, person);
}

static bool is_for(const struct prison *prison, const struct valve *valve,
                   const struct person *person)
{
    return valve_is_for(prison, &valve->frees, person);
}

static int32_t planned_min(const struct prison *prison, person_id id)
{
    return is_granted(prison, id) ? prison->early->grant[id].planned_min
                                  : prison->person[id].ends_min;
}

int32_t early_planned_min(const struct prison *prison, person_id id)
{
    return prison->early ? planned_min(prison, id) : prison->person[id].ends_min;
}

/* So long before a planned release, by the weekend rule; not before the minute `first_min`. */
static int32_t so_early(const struct prison *prison, const struct person *person,
                        int64_t planned_min, int64_t earlier_min, int64_t first_min)
{
    int64_t date = planned_min - earlier_min;
    if (date < first_min)
        date = first_min;
    date = term_before_weekend(prison, person, date);
    return (int32_t)(date < first_min ? first_min : date);
}

/* His date by a valve that is decided now: not before the minute `first_min`. */
static int32_t date_min(const struct prison *prison, const struct valve *valve, person_id id,
                        int64_t first_min)
{
    return so_early(prison, &prison->person[id], planned_min(prison, id), valve->earlier_min,
                    first_min);
}

/* Cheap, for most: his date cannot come before a minute. */
static bool is_later(const struct valve *valve, const struct person *person, int64_t minute)
{
    return person->ends_min - valve->earlier_min >=
           minute + (int64_t)WEEKEND_DAYS_AT_MOST * MINUTES_A_DAY;
}

/* The earliest date wins; of equal ones the one that was there. */
static bool give(struct prison *prison, person_id id, int32_t date, int by, bool by_measure)
{
    struct person *person = &prison->person[id];
    if (date >= person->ends_min)
        return false;
    prison->early->grant[id] = (struct grant){
        person->key, planned_min(prison, id), date, person->status, (uint8_t)by, by_measure};
    marks_set(prison->early->is_granted, id);
    person->ends_min = date;
    return true;
}

static bool grant(struct prison *prison, int v, person_id id, int64_t first_min)
{
    const struct valve *valve = &prison->plan->valves.list[v];
    return give(prison, id, date_min(prison, valve, id, first_min), v, false);
}

/* By the open valves for everybody, in order of name. */
static bool grant_by_open(struct prison *prison, person_id id, int64_t first_min)
{
    const struct valve *valve = prison->plan->valves.list;
    bool                any = false;
    for (uint64_t rest = prison->early_for_all; rest; rest &= rest - 1) {
        int v = __builtin_ctzll(rest);
        if (is_for(prison, &valve[v], &prison->person[id]))
            any |= grant(prison, v, id, first_min);
    }
    return any;
}

/* -- by measures */

static int64_t so_much(struct fraction part, int64_t length_min)
{
    return length_min * part.num / part.den;
}

/* Of a sentence of which he serves so much: by how much he leaves before that, by the table. */
static int64_t suspended_min(const struct measure *measure, int64_t length_min,
                             int64_t to_serve_min)
{
    for (int r = 0; r < measure->served_count; r++)
        if (length_min <= measure->served[r].up_to_min) {
            struct fraction rest = measure->served[r].part;
            rest.num = rest.den - rest.num;
            return to_serve_min - length_min + so_much(rest, length_min);
        }
    return 0;
}

int64_t early_by_measure_min(const struct prison *prison, const struct measure *measure,
                             const struct person *person, int32_t today, bool with_emergency)
{
    if (measure->kind == &measure_suspension)
        return suspended_min(measure, person->length_min,
                             term_serve_by_law_min(prison, person, today, with_emergency));
    if (measure->part.den == 0)
        return measure->earlier_min;
    int64_t part_min = so_much(measure->part, person->length_min);
    return part_min < measure->part_at_most_min ? part_min : measure->part_at_most_min;
}

bool early_takes(const struct prison *prison, const struct measure *measure,
                 const struct person *person, int32_t today)
{
    return person->length_min != NEVER && policy_takes(prison, measure, person, today);
}

static bool grant_by_measure(struct prison *prison, int m, person_id id)
{
    const struct measure *measure = &prison->plan->measures.list[m];
    const struct person  *person = &prison->person[id];
    int64_t earlier_min = early_by_measure_min(prison, measure, person, policy_today(prison), true);
    int32_t date =
        so_early(prison, person, planned_min(prison, id), earlier_min, prison->now_min + 1);
    return give(prison, id, date, m, true);
}

static bool grant_by_measures(struct prison *prison, person_id id)
{
    const struct measures *measures = &prison->plan->measures;
    const struct person   *person = &prison->person[id];
    bool                   any = false;
    uint64_t               set = policy_may_take(prison, person) & measures->early;
    for (; set; set &= set - 1) {
        const struct measure *measure = measures_first(measures, set);
        if (early_takes(prison, measure, person, policy_today(prison)))
            any |= grant_by_measure(prison, (int)(measure - measures->list), id);
    }
    return any;
}

int32_t early_normally_by(const struct prison *prison, const struct measure *measure,
                          const struct person *person, int64_t now_min)
{
    return so_early(
        prison, person, person->ends_min,
        early_by_measure_min(prison, measure, person, prison_date(prison, now_min), false),
        now_min + 1);
}

int32_t early_normally(const struct prison *prison, const struct person *person, int64_t now_min,
                       const struct measure **by)
{
    const struct measures *measures = &prison->plan->measures;
    int32_t                ends_min = person->ends_min;
    uint64_t               set = policy_candidates(prison, person, measures->early, false);
    for (; set; set &= set - 1) {
        const struct measure *measure = measures_first(measures, set);
        if (!early_takes(prison, measure, person, prison_date(prison, now_min)))
            continue;
        int32_t date = early_normally_by(prison, measure, person, now_min);
        if (date >= ends_min)
            continue;
        ends_min = date;
        *by = measure;
    }
    return ends_min;
}

static void reschedule(struct prison *prison, person_id id)
{
    stand_anew(prison, id);
    ends_schedule(prison, id); /* he may be outside by a measure */
}

void early_open_day(struct prison *prison)
{
    const struct measures *measures = &prison->plan->measures;
    bool                   early = policy_starts_today(prison, measures->early);
    bool                   outside = policy_starts_today(prison, measures->last_parts);
    if (prison->day == 0 || !(early || outside))
        return;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        if (!is_planned(prison, &prison->person[id]))
            continue;
        bool goes_outside =
            last_part_starts_min(prison, id) == prison->now_min; /* his next event */
        bool has_moved = early && grant_by_measures(prison, id);
        if (outside)
            last_part_judge_anew(prison, id);
        if ((has_moved || outside) && !goes_outside)
            reschedule(prison, id); /* a rule's date of this minute too */
    }
}

static bool grant_by_all(struct prison *prison, person_id id)
{
    bool any = prison->early_for_all && grant_by_open(prison, id, prison->now_min + 1);
    return grant_by_measures(prison, id) || any;
}

/* What is set free within a minute leaves in the next: this minute's releases may be over. */
bool early_plan(struct prison *prison, person_id id)
{
    if (!is_planned(prison, &prison->person[id]) || is_granted(prison, id))
        return false;
    if (!grant_by_all(prison, id))
        return false;
    stand_anew(prison, id);
    return true;
}

static void give_again(struct prison *prison, person_id id, const struct grant *before)
{
    if (before->by_measure)
        (void)grant_by_measure(prison, before->by, id);
    else
        (void)grant(prison, before->by, id, prison->now_min + 1);
}

void early_move(struct prison *prison, person_id id, int32_t planned_min)
{
    struct person *person = &prison->person[id];
    struct grant   before = {.key = 0};
    if (prison->early && is_granted(prison, id)) {
        before = prison->early->grant[id];
        prison->early->grant[id].key = 0;
    }
    person->ends_min = planned_min;
    if (before.key != 0)
        give_again(prison, id, &before);
    if (prison->early && is_planned(prison, person))
        (void)grant_by_all(prison, id);
    stand_anew(prison, id);
}

/* -- at a review */

void early_for_all(struct prison *prison, int v)
{
    const struct valve *valve = &prison->plan->valves.list[v];
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++)
        if (is_planned(prison, &prison->person[id]) && is_for(prison, valve, &prison->person[id]) &&
            grant(prison, v, id, prison->now_min))
            reschedule(prison, id);
}

void early_take_back(struct prison *prison, int v)
{
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct grant *grant = &prison->early->grant[id];
        if (!is_granted(prison, id) || grant->by_measure || grant->by != v)
            continue;
        prison->person[id].ends_min = prison->early->grant[id].planned_min;
        prison->early->grant[id].key = 0;
        if (is_planned(prison, &prison->person[id])) {
            grant_by_open(prison, id, prison->now_min);
            grant_by_measures(prison, id);
        }
        reschedule(prison, id);
    }
}

static void list_candidates(struct prison *prison, const struct valve *valve, int64_t until_min)
{
    prison->choice->count = 0;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (is_later(valve, person, until_min) || !is_planned(prison, person) ||
            !is_for(prison, valve, person))
            continue;
        int32_t date = date_min(prison, valve, id, prison->now_min);
        if (date >= until_min || date >= person->ends_min)
            continue;
        choice_add(prison->choice, (struct candidate){planned_min(prison, id), person->key, id});
    }
    choice_order(prison->choice);
}

int64_t early_choose(struct prison *prison, int v, int64_t most, int64_t until_min)
{
    struct choice *choice = prison->choice;
    int64_t        chosen = 0;
    if (most <= 0)
        return 0;
    list_candidates(prison, &prison->plan->valves.list[v], until_min);
    for (; chosen < most && choice->count > 0; chosen++) {
        person_id id = choice->list[0].id;
        (void)grant(prison, v, id, prison->now_min);
        reschedule(prison, id);
        choice_drop_first(choice);
    }
    return chosen;
}

/* -- at somebody's limit */

/* His place is free when he leaves it, and for those who stand for these pools. */
static bool makes_room(const struct prison *prison, const struct person *person, mask pools)
{
    const struct unit_state *unit = &prison->unit[person->unit];
    return person->unit < prison->outside && pools >> unit->pool & 1 &&
           unit->occupied + unit->turnover <= unit->entries && !unit->closed;
}

/* His release is planned later in this minute: he began to wait in it. */
static bool is_to_be_planned(const struct prison *prison, const struct person *person)
{
    return !(person->flags & PERSON_PLACED) && person->since_min == prison->now_min;
}

/* The nearest planned release of those who can leave in the next minute; NOBODY. */
static person_id find_one(const struct prison *prison, const struct valve *valve, mask pools)
{
    int64_t          next_min = prison->now_min + 1;
    struct candidate found = {.id = NOBODY};
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (is_later(valve, person, next_min + 1) || !is_planned(prison, person) ||
            !makes_room(prison, person, pools) || is_to_be_planned(prison, person) ||
            person->ends_min <= next_min || !is_for(prison, valve, person) ||
            date_min(prison, valve, id, next_min) > next_min)
            continue;
        struct candidate one = {planned_min(prison, id), person->key, id};
        if (found.id == NOBODY || candidate_is_before(&one, &found))
            found = one;
    }
    return found.id;
}

bool early_make_room(struct prison *prison, mask pools)
{
    const struct valve *valve = prison->plan->valves.list;
    for (uint64_t rest = prison->early_chosen; rest; rest &= rest - 1) {
        int       v = __builtin_ctzll(rest);
        person_id id = find_one(prison, &valve[v], pools);
        if (id == NOBODY || !valve_take_one(prison, v))
            continue;
        (void)grant(prison, v, id, prison->now_min + 1);
        reschedule(prison, id);
        return true;
    }
    return false;
}

/* -- at release */

void early_forget(struct prison *prison, person_id id)
{
    if (prison->early)
        marks_clear(prison->early->is_granted, id);
}

bool early_leaves(const struct prison *prison, person_id id)
{
    return prison->early && is_granted(prison, id);
}

/* Days in a place are those until he would have gone outside, if he would. */
static void count_by_measure(struct prison *prison, person_id id)
{
    const struct grant   *used = &prison->early->grant[id];
    const struct measure *measure = &prison->plan->measures.list[used->by];
    int64_t               until_min = last_part_starts_min(prison, id);
    if (until_min > used->planned_min)
        until_min = used->planned_min;
    policy_add(prison, measure->column + EARLY_PEOPLE, 1);
    if (until_min > prison->now_min)
        policy_add(prison, measure->column + EARLY_SAVED, until_min - prison->now_min);
    policy_add(prison, measure->column + EARLY_NOT_SERVED, used->planned_min - prison->now_min);
    policy_add(prison, measure->column + EARLY_COST, measure->cost_per_person);
    spending_add_measure(prison, measure);
}

void early_count_release(struct prison *prison, person_id id)
{
    const struct grant *used = &prison->early->grant[id];
    if (!is_granted(prison, id))
        return;
    if (used->by_measure)
        count_by_measure(prison, id);
    else {
        valve_count(prison, used->by, VALVE_PEOPLE, 1);
        valve_count(prison, used->by, VALVE_DAYS_SAVED, used->planned_min - prison->now_min);
    }
}
