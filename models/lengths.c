#include "models/lengths.h"

#include "models/ends.h"
#include "models/policy.h"
#include "models/spending.h"
#include "models/stay.h"

/* Those that act on him, by name. */
struct acting {
    int                   count;
    const struct measure *measure[MEASURES_AT_MOST];
};

/* The list of measures is by name. */
static void put_by_name(struct acting *acting, const struct measure *measure)
{
    int at = acting->count++;
    for (; at > 0 && acting->measure[at - 1] > measure; at--)
        acting->measure[at] = acting->measure[at - 1];
    acting->measure[at] = measure;
}

static void find(const struct prison *prison, const struct person *person, uint64_t of,
                 int32_t today, bool with_emergency, struct acting *acting)
{
    const struct measures *measures = &prison->plan->measures;
    acting->count = 0;
    for (uint64_t rest = policy_candidates(prison, person, of, with_emergency); rest;
         rest &= rest - 1) {
        const struct measure *measure = measures_first(measures, rest);
        if (policy_takes(prison, measure, person, today))
            put_by_name(acting, measure);
    }
}

/* To the minute, half a minute up. */
static int64_t times(int64_t length_min, struct fraction factor)
{
    u128 num = (u128)factor.num, den = (u128)factor.den;
    return (int64_t)((2 * (u128)length_min * num + den) / (2 * den));
}

/* A hearing does not come before the least day by being moved; one that did stays where it was. */
static int64_t moved(int64_t length_min, const struct measure *measure)
{
    int64_t least_min = length_min < measure->not_before_min ? length_min : measure->not_before_min;
    int64_t moved_min = length_min - measure->earlier_min;
    return moved_min < least_min ? least_min : moved_min;
}

/* As drawn, or drawn again by the same uniform with other chances, those of the first by name. */
static int64_t drawn_without(const struct prison *prison, const struct person *person,
                             const struct acting *acting, int64_t drawn_min, int without)
{
    for (int i = 0; i < acting->count; i++) {
        if (i == without || !acting->measure[i]->steps)
            continue;
        const struct shape_by_profile *steps = &acting->measure[i]->steps[person->status];
        return shape_draw_min(steps->of[person->profile * steps->stride],
                              term_draw(prison, person, &prison_status(prison, person)->draw_stay));
    }
    return drawn_min;
}

/* The length of who drew this one, by all but one of them (-1: by all): factors, then what comes
 * off, then minima. */
static int64_t length_without(const struct acting *acting, int64_t drawn_min, int without)
{
    int64_t length_min = drawn_min;
    for (int i = 0; i < acting->count; i++)
        if (i != without) {
            length_min = times(length_min, acting->measure[i]->times);
            if (length_min > DURATION_AT_MOST)
                length_min = DURATION_AT_MOST;
        }
    for (int i = 0; i < acting->count; i++)
        if (i != without)
            length_min = moved(length_min, acting->measure[i]);
    for (int i = 0; i < acting->count; i++)
        if (i != without && length_min < acting->measure[i]->minimum_min)
            length_min = acting->measure[i]->minimum_min;
    return length_min < 1 ? 1 : length_min;
}

static int64_t to_serve_min(const struct prison *prison, const struct person *person,
                            int64_t length_min)
{
    struct person other = *person;
    other.length_min = (int32_t)length_min;
    return term_to_serve_min(prison, &other);
}

static void count_hearing(struct prison *prison, const struct measure *measure, int64_t added_min)
{
    policy_add(prison, measure->column + HEARINGS_PEOPLE, 1);
    policy_add(prison, measure->column + HEARINGS_SAVED, -added_min);
    policy_add(prison, measure->column + HEARINGS_COST, measure->cost_per_person);
    spending_add_measure(prison, measure);
}

/* What he has to serve by this measure, the others being as they are. */
static void count(struct prison *prison, const struct person *person, const struct measure *measure,
                  int64_t without_min)
{
    int64_t added_min = to_serve_min(prison, person, person->length_min) -
                        to_serve_min(prison, person, without_min);
    if (measure->kind == &measure_hearings) {
        count_hearing(prison, measure, added_min);
        return;
    }
    policy_add(prison, measure->column + LENGTH_PEOPLE, 1);
    policy_add(prison, measure->column + LENGTH_ADDED, added_min);
}

int32_t lengths_normally(const struct prison *prison, const struct person *person, int32_t today)
{
    struct acting acting;
    if (!(prison->changed >> person->status & 1))
        return person->length_min;
    find(prison, person, prison->plan->measures.lengths, today, false, &acting);
    if (acting.count == 0)
        return person->length_min;
    return (int32_t)length_without(
        &acting, drawn_without(prison, person, &acting, person->length_min, -1), -1);
}

/* By how much more he serves with his sentence as it is now. */
static void count_release(struct prison *prison, const struct person *person)
{
    const struct measure *measure = term_find_release(prison, person, policy_today(prison), true);
    if (!measure)
        return;
    int64_t added_min =
        term_to_serve_min(prison, person) - term_serve_by_status_min(prison, person);
    policy_add(prison, measure->column + RELEASE_PEOPLE, added_min != 0);
    policy_add(prison, measure->column + RELEASE_ADDED, added_min);
}

void lengths_judge(struct prison *prison, struct person *person)
{
    struct acting acting;
    find(prison, person, prison->plan->measures.lengths, policy_today(prison), true, &acting);
    int64_t drawn_min = person->length_min;
    if (acting.count > 0)
        person->length_min = (int32_t)length_without(
            &acting, drawn_without(prison, person, &acting, drawn_min, -1), -1);
    for (int i = 0; i < acting.count; i++) {
        int64_t without_min =
            length_without(&acting, drawn_without(prison, person, &acting, drawn_min, i), i);
        if (without_min != person->length_min)
            count(prison, person, acting.measure[i], without_min);
    }
    if (prison->rereleased >> person->status & 1)
        count_release(prison, person);
}

/* -- for who is in the status when it starts -- */

int64_t lengths_longer_min(const struct prison *prison, const struct person *person, int64_t minute)
{
    struct acting acting;
    int32_t       day = prison_date(prison, minute);
    uint64_t starting = policy_starting(prison, prison->plan->measures.hearings_of_present, day);
    if (!starting || !(prison->changed >> person->status & 1))
        return 0;
    find(prison, person, starting, day, false, &acting);
    return acting.count == 0 ? 0
                             : length_without(&acting, person->length_min, -1) - person->length_min;
}

/* When his status would end with such a length; or the length, where its clock has not started. */
static int64_t end_with(const struct prison *prison, person_id id, int64_t length_min)
{
    return ends_later(prison, id)
               ? ends_if_longer_min(prison, id, length_min - prison->person[id].length_min)
               : length_min;
}

/* Each counts what it does beside the others of this day. */
static void count_present(struct prison *prison, person_id id, const struct acting *acting,
                          int64_t length_min)
{
    for (int i = 0; i < acting->count; i++) {
        int64_t without_min = length_without(acting, prison->person[id].length_min, i);
        int64_t added_min = end_with(prison, id, length_min) - end_with(prison, id, without_min);
        if (added_min != 0)
            count_hearing(prison, acting->measure[i], added_min);
    }
}

/* No list goes by the length of a stay, so he keeps his turn. */
static void judge_present(struct prison *prison, person_id id, uint64_t starting)
{
    struct person *person = &prison->person[id];
    struct acting  acting;
    if (!stay_is_under_way(prison, id) || !(prison->changed >> person->status & 1))
        return;
    find(prison, person, starting, policy_today(prison), true, &acting);
    if (acting.count == 0)
        return;
    int64_t length_min = length_without(&acting, person->length_min, -1);
    int64_t longer_min = length_min - person->length_min;
    bool    runs = ends_later(prison, id);
    count_present(prison, id, &acting, length_min);
    person->length_min = (int32_t)length_min;
    if (runs && longer_min != 0)
        (void)ends_move(prison, id, longer_min);
}

void lengths_open_day(struct prison *prison)
{
    uint64_t starting =
        policy_starting(prison, prison->plan->measures.hearings_of_present, policy_today(prison));
    for (person_id id = SLOTS_FIXED; starting && id < prison->person_end; id++)
        judge_present(prison, id, starting);
}
