#include "models/demand_walk.h"

#include "models/early.h"
#include "models/gate.h"
#include "models/last_part.h"
#include "models/lengths.h"
#include "models/loss.h"
#include "models/policy_call_up.h"
#include "models/replace.h"
#include "models/routes.h"
#include "models/term.h"

#define OF_NOBODY INT64_MAX /* a turn that does not come */

/* -- a place, and the clock, as in stay.h and custody.c */

/* As drawn, or as measures have it. */
static void draw_length(struct walk *walk)
{
    walk->person.length_min = term_draw_length(walk->prison, &walk->person);
    walk->person.length_min = lengths_normally(walk->prison, &walk->person, today(walk));
}

static void go_outside(struct walk *walk)
{
    walk->pool = NO_POOL;
    walk->group = NO_GROUP;
    walk->is_held = false;
    if (has_crises(walk))
        crisis_stop(&walk->crisis);
}

static list_id list_of(const struct walk *walk)
{
    return holds_now(walk)->list;
}

static void stay_until(struct walk *walk, int64_t until_min)
{
    if (has_crises(walk))
        walk_stay_by_crises(walk, until_min);
    else
        stay_in_group(walk, until_min);
}

static void start_clock(struct walk *walk, int64_t from_min)
{
    struct person *person = &walk->person;
    person->route = term_draw_route(walk->prison, person);
    person->route = routes_normally(walk->prison, person, today(walk));
    if (person->length_min == NEVER)
        return;
    int64_t to_serve_min = term_serves_all(walk->prison, person)
                               ? person->length_min
                               : term_serve_by_law_min(walk->prison, person, today(walk), false);
    int64_t ends_min = from_min + to_serve_min;
    if (ends_min < walk->now_min)
        ends_min = walk->now_min;
    walk->unmoved_min = ends_min;
    ends_min = term_before_weekend(walk->prison, person, ends_min);
    if (ends_min < walk->now_min)
        ends_min = walk->now_min;
    walk_plan(walk, term_end_min(ends_min), walk->now_min);
}

static void start_clock_if_due(struct walk *walk, bool is_placed)
{
    const struct status *status = status_of(walk);
    struct person       *person = &walk->person;
    if ((status->served || status->clock == CLOCK_CUSTODY) && person->custody_min == NEVER &&
        walk->is_held)
        person->custody_min = (int32_t)walk->now_min;
    if (person->route != NO_ROUTE)
        return;
    if (status->clock == CLOCK_PLACEMENT ? is_placed : status->clock == CLOCK_ARRIVAL)
        start_clock(walk, walk->now_min);
    else if (status->clock == CLOCK_CUSTODY && person->custody_min != NEVER)
        start_clock(walk, person->custody_min);
}

/* The measure that takes him outside by a minute, before his status ends; NULL. */
static const struct measure *find_taking(struct walk *walk, int64_t until_min)
{
    return walk->prison->plan->measures.diversions_of_present ? walk_find_taking(walk, until_min)
                                                              : NULL;
}

/* -- each of these gives what follows his status, at now_min: another, or RELEASE */

static void set_status(struct walk *walk, int next);
static int  serve(struct walk *walk);
static int  serve_otherwise(struct walk *walk, const struct measure *measure);

/* Whatever measures start that might take him. */
static int end_stay(struct walk *walk)
{
    (void)walk_know_laws(walk, NEVER - 1);
    stay_until(walk, walk->person.ends_min);
    return walk->person.route;
}

/* A measure takes him, at judged_min. */
static int be_taken(struct walk *walk, const struct measure *measure)
{
    stay_until(walk, walk->judged_min);
    return serve_otherwise(walk, measure);
}

static int stay_to_end(struct walk *walk)
{
    const struct measure *measure = find_taking(walk, NEVER - 1);
    return measure ? be_taken(walk, measure) : end_stay(walk);
}

/* As serve_rest() in custody.c. */
static int serve_rest(struct walk *walk, int status, int32_t ends_min)
{
    struct person *person = &walk->person;
    int32_t        custody_min = person->custody_min;
    int8_t         route = person->route;
    set_status(walk, status);
    person->custody_min = custody_min;
    walk_plan(walk, ends_min, walk->now_min);
    person->route = route;
    return serve(walk);
}

/* When he goes outside, for the last part or all the rest, and by which measure. */
struct way_out {
    int32_t               minute; /* NEVER: he does not */
    const struct measure *by;
};

/* The dates that are decided at a minute, where they are earlier. */
static void decide(struct walk *walk, int64_t minute, struct way_out *way_out)
{
    const struct measure *by = walk->early_by, *outside_by = NULL;
    struct person         planned = walk->person;
    planned.ends_min = walk->planned_min;
    int32_t ends_min = early_normally(walk->prison, &planned, minute, &by);
    int32_t outside_min =
        walk->has_failed ? NEVER : last_part_normally(walk->prison, &planned, minute, &outside_by);
    if (ends_min < walk->person.ends_min) {
        walk->person.ends_min = ends_min;
        walk->early_by = by;
    }
    if (outside_min < way_out->minute)
        *way_out = (struct way_out){outside_min, outside_by};
}

/* Now, and when measures for who is present start while he is. One that starts in the first minute
 * finds the dates of who is there at the start. */
static struct way_out look_ahead(struct walk *walk)
{
    const struct measures *measures = &walk->prison->plan->measures;
    uint64_t set = measures->early | measures->last_parts | measures->releases_of_present |
                   measures->hearings_of_present | measures->diversions_of_present;
    struct way_out way_out = {NEVER, NULL};
    int64_t        minute = walk->now_min;
    if (walk_has_laws(walk))
        decide(walk, minute, &way_out);
    while (minute < walk->person.ends_min && minute <= way_out.minute) {
        if (walk_know_laws(walk, minute))
            way_out.minute = NEVER; /* it counts from the planned release */
        if (minute < way_out.minute)
            decide(walk, minute, &way_out);
        const struct measure *taking = walk_taken_at(walk, minute);
        if (taking)
            return (struct way_out){(int32_t)minute, taking};
        minute = policy_next_start_min(walk->prison, set, minute);
    }
    return way_out;
}

/* When he fails who has gone outside now; the laws that start until then are known. NEVER: he does
 * not. */
static int64_t fails_at(struct walk *walk, const struct measure *measure)
{
    int32_t after_min = replace_draw_failure(walk->prison, &walk->person, measure);
    if (after_min == NEVER)
        return NEVER;
    (void)walk_know_laws(walk, walk->now_min + after_min);
    return walk->now_min + after_min;
}

/* In the place that he has, by the dates that measures give before his release. */
static int stay_by_dates(struct walk *walk)
{
    const struct prison *prison = walk->prison;
    struct person       *person = &walk->person;
    if (has_crises(walk))
        walk_start_crises(walk);
    if (!prison->has_dates || !walk->is_held || person->route != RELEASE ||
        person->ends_min == NEVER || person->ends_min <= walk->now_min)
        return stay_to_end(walk);
    struct way_out way_out = look_ahead(walk);
    if (way_out.minute >= person->ends_min)
        return end_stay(walk);
    if (way_out.by->kind != &measure_last_part_outside)
        return be_taken(walk, way_out.by);
    stay_until(walk, way_out.minute);
    go_outside(walk);
    int64_t fails_min = fails_at(walk, way_out.by);
    if (fails_min >= person->ends_min)
        return end_stay(walk);
    stay_until(walk, fails_min);
    walk->has_failed = true;
    return serve_rest(walk, way_out.by->fails_as, walk->planned_min);
}

/* The place where he is, or the first on his list. */
static int take_place(struct walk *walk)
{
    struct person *person = &walk->person;
    list_id        list = list_of(walk);
    if (!keeps_place(walk, list))
        go_to(walk, walk->demand->pool_of_list[list]);
    start_clock_if_due(walk, true);
    if (person->ends_min <= walk->now_min)
        walk_plan(walk, (int32_t)walk->now_min + 1, walk->now_min);
    return stay_by_dates(walk);
}

/* At liberty until his turn, unless he is lost or his time ends before. */
static int wait_for_turn(struct walk *walk, int64_t turn_min)
{
    const struct prison *prison = walk->prison;
    struct person       *person = &walk->person;
    const struct status *status = status_of(walk);
    int64_t loss_min = status->leave_count > 0 ? loss_find_min(prison, person, false) : NEVER;
    const struct measure *measure = find_taking(walk, earlier(turn_min, loss_min - 1));
    if (measure)
        return be_taken(walk, measure);
    (void)walk_know_laws(walk, earlier(turn_min, loss_min));
    if (person->ends_min <= turn_min && person->ends_min <= loss_min)
        return end_stay(walk);
    if (loss_min <= turn_min) {
        stay_until(walk, loss_min);
        return status->leave[loss_find_reason(prison, person, loss_min, false)].next;
    }
    stay_until(walk, turn_min);
    if (status->call_up.no_show_threshold > 0 &&
        term_draw(prison, person, &status->draw_no_show) < status->call_up.no_show_threshold)
        return status->call_up.then;
    return take_place(walk);
}

/* Called at the next review, as the first of the queue: its quota and places are no matter. */
static int64_t report_min(const struct walk *walk)
{
    int64_t day = walk->now_min / MINUTES_A_DAY + 1;
    int64_t weekday = ((int64_t)walk->prison->first_weekday + day) % DAYS_A_WEEK;
    int64_t monday = day + (DAYS_A_WEEK - weekday) % DAYS_A_WEEK;
    int32_t on = walk->prison->plan->period.start + (int32_t)monday;
    int64_t report =
        monday * MINUTES_A_DAY + policy_notice_min(walk->prison, walk->person.status, on, true);
    return gate_next_open(walk->prison, list_of(walk), report);
}

static int serve(struct walk *walk)
{
    const struct status *status = status_of(walk);
    list_id              list = list_of(walk);
    bool                 runs = status->clock != CLOCK_PLACEMENT || status->served;
    bool keeps = list != NO_LIST && (keeps_place(walk, list) || walk_keeps_crisis_place(walk));
    if (list == NO_LIST || (status->call_up.used && !keeps)) {
        go_outside(walk);
        walk->person.custody_min = NEVER;
    }
    if (list == NO_LIST || keeps) {
        if (list != NO_LIST)
            go_to(walk, walk->pool); /* by his status before, it may have been of no group */
        start_clock_if_due(walk, true);
        return stay_by_dates(walk);
    }
    if (runs)
        start_clock_if_due(walk, false);
    if (status->call_up.used) {
        walk->person.since_min = (int32_t)walk->now_min;
        return wait_for_turn(walk, report_min(walk));
    }
    if (walk->person.ends_min <= walk->now_min)
        return walk->person.route;
    return take_place(walk);
}

static void set_status(struct walk *walk, int next)
{
    struct person *person = &walk->person;
    if (!status_of(walk)->served)
        person->custody_min = NEVER;
    person->ends_min = NEVER;
    person->route = NO_ROUTE;
    person->status = (uint8_t)next;
    walk->known_min = walk->judged_min = walk->now_min;
    if (status_of(walk)->on_cycle && person->visits < UINT8_MAX)
        person->visits++;
    if (has_crises(walk))
        crisis_keep(walk->prison, person, &walk->crisis, walk->now_min);
}

/* His sentence was replaced, and he has failed: as fail() in custody.c. */
static int serve_after_failure(struct walk *walk, int status)
{
    int32_t custody_min = walk->person.custody_min;
    set_status(walk, status);
    walk->person.custody_min = custody_min;
    if (!status_of(walk)->sentence)
        draw_length(walk);
    return serve(walk);
}

static int serve_otherwise(struct walk *walk, const struct measure *measure)
{
    struct person *person = &walk->person;
    int32_t        fails_min = replace_draw_failure(walk->prison, person, measure);
    go_outside(walk);
    if (measure->unit >= 0) {
        if (person->custody_min == NEVER)
            person->custody_min = (int32_t)walk->now_min;
        if (person->route == NO_ROUTE)
            start_clock(walk, status_of(walk)->clock == CLOCK_CUSTODY ? person->custody_min
                                                                      : walk->now_min);
        if (fails_at(walk, measure) >= person->ends_min)
            return end_stay(walk);
    } else if (fails_min == NEVER) {
        return RELEASE;
    } else if (person->custody_min != NEVER) {
        person->custody_min += fails_min; /* what he did meanwhile counts for nothing */
    }
    stay_until(walk, walk->now_min + fails_min);
    return measure->kind == &measure_instead_of_remand
               ? serve_rest(walk, measure->fails_as, walk->planned_min)
               : serve_after_failure(walk, measure->fails_as);
}

/* His status from its beginning, the length drawn. */
static int serve_or_replace(struct walk *walk)
{
    const struct measure *measure = NULL;
    if (walk->prison->diverted >> walk->person.status & 1)
        measure = replace_find(walk->prison, &walk->person, today(walk), false);
    return measure ? serve_otherwise(walk, measure) : serve(walk);
}

/* What comes after, to the end of the period. */
static void go_on(struct walk *walk, int next)
{
    while (next != RELEASE && walk->now_min < end_min(walk)) {
        set_status(walk, next);
        draw_length(walk);
        next = serve_or_replace(walk);
    }
}

/* -- who comes */

void demand_arrive(const struct prison *prison, const struct person *person)
{
    struct walk walk = {.prison = prison,
                        .demand = prison->demand,
                        .person = *person,
                        .now_min = person->since_min,
                        .known_min = person->since_min,
                        .judged_min = person->since_min,
                        .meanings = prison->demand->meanings,
                        .pool = NO_POOL,
                        .group = NO_GROUP,
                        .crisis = {.next_min = NEVER}};
    walk.person.length_min = lengths_normally(prison, &walk.person, today(&walk));
    go_on(&walk, serve_or_replace(&walk));
}

/* -- who is there: of the group of the place that he has, if his rule gives him one of a group; in
 * a police cell of the first one that his rule gives him */

static uint8_t group_of_starter(const struct prison *prison, const struct person *person)
{
    const struct stand_in *stand_in = &prison->plan->columns.stand_in;
    const struct estate   *estate = &prison->plan->estate;
    uint8_t                by_rule =
        stand_in->group_of_who[(uint32_t)person->status * prison->plan->rules.profile_count +
                               person->profile];
    if (by_rule == NO_GROUP || estate->regime[estate->unit[person->unit].regime].emergency)
        return by_rule;
    return stand_in->group_of_unit[person->unit];
}

static struct walk walk_of_starter(const struct prison *prison, const struct person *person)
{
    struct walk walk = {.prison = prison,
                        .demand = prison->demand,
                        .person = *person,
                        .meanings = prison->demand->meanings,
                        .pool = NO_POOL,
                        .group = NO_GROUP,
                        .is_held = prison_is_held(prison, person),
                        .judged_min = BEFORE_START,
                        .crisis = {.next_min = NEVER}};
    if (prison->crises)
        walk.crisis = *crisis_clock_of(prison, person);
    if (person->unit < prison_outside(prison)) {
        walk.pool = prison->plan->rules.pool_of_unit[person->unit];
        walk.group = walk.crisis.is_on ? prison->plan->columns.stand_in.group_of_unit[person->unit]
                                       : group_of_starter(prison, person);
    }
    person_id id = (person_id)(person - prison->person);
    walk_plan(&walk, early_planned_min(prison, id), BEFORE_START);
    walk.unmoved_min = prison->unmoved_min ? prison->unmoved_min[id] : NEVER;
    return walk;
}

/* He is at liberty: his sentence is stored. */
static bool is_stored(const struct prison *prison, const struct person *person)
{
    return person->flags & PERSON_WAITING && !prison_is_held(prison, person) &&
           prison_status(prison, person)->waits_in != WAITS_REGIME;
}

/* The n-th of so many: not called under normal execution, in their turn when catching up. */
static void walk_stored(const struct prison *prison, const struct person *person, int64_t n,
                        int64_t of)
{
    int64_t within_min = prison->plan->columns.stand_in.catching_up_min;
    int64_t turn_min[DEMANDS] = {
        [DEMAND_NORMAL] = OF_NOBODY, [DEMAND_CATCHING_UP] = (2 * n + 1) * within_min / (2 * of)};
    unsigned asked = prison->demand->meanings;
    for (int m = 0; m < DEMANDS; m++) {
        struct walk walk = walk_of_starter(prison, person);
        walk.meanings = asked & 1U << m;
        if (walk.meanings)
            go_on(&walk, wait_for_turn(&walk, turn_min[m]));
    }
}

static void walk_present(const struct prison *prison, const struct person *person)
{
    struct walk walk = walk_of_starter(prison, person);
    if (!(person->flags & PERSON_WAITING)) {
        go_on(&walk, stay_by_dates(&walk));
        return;
    }
    const struct measure *measure = find_taking(&walk, 0); /* before places are given */
    (void)walk_know_laws(&walk, 0);
    go_on(&walk, measure ? serve_otherwise(&walk, measure) : take_place(&walk));
}

void demand_start(struct prison *prison)
{
    const struct start *start = &prison->plan->start;
    person_id           id = SLOTS_FIXED; /* records are taken in order */
    for (int g = 0; g < start->count; g++)
        for (int64_t n = 0; n < start->list[g].persons; n++, id++) {
            const struct person *person = &prison->person[id];
            must(person->stream == prison->plan->flows.count + g);
            if (is_stored(prison, person))
                walk_stored(prison, person, n, start->list[g].persons);
            else
                walk_present(prison, person);
        }
}
