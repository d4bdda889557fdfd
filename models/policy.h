/* Measures in a replication: which bills are law in it, whether one holds, and what it counts:
 * columns of a year in the record, written to measures.csv.
 */
#ifndef CELSIM_MODELS_POLICY_H
#define CELSIM_MODELS_POLICY_H

#include "models/term.h"

/* Draws which measures are in force in this replication at all. Before the first day. */
void policy_open(struct prison *prison);

/* What is counted from now on belongs to the year of this day. */
void policy_open_day(struct prison *prison);

/* A bill that did not become law in this replication. */
static inline bool policy_is_off(const struct prison *prison, const struct measure *measure)
{
    return prison->measures_off >> (measure - prison->plan->measures.list) & 1;
}

/* To a column of the measures, counted from columns.policy_first, in the year of today; nothing in
 * the warm-up. */
static inline void policy_add(struct prison *prison, int column, int64_t value)
{
    if (prison->policy_year)
        prison->policy_year[column] += value;
}

/* The day that is simulated. */
static inline int32_t policy_today(const struct prison *prison)
{
    return prison->plan->period.start + prison->day;
}

/* The day on which he came into the system (1970-01-01 is 0), or came back. Who was there at the
 * start arrived on the day before. */
int32_t policy_day_of_arrival(const struct prison *prison, const struct person *person);

/* The day by which the law is asked for him: that of his offence or his arrival, where the measure
 * goes by it, else this one. */
int32_t policy_day_of_law(const struct prison *prison, const struct measure *measure,
                          const struct person *person);

static inline int32_t policy_day(const struct prison *prison, const struct measure *measure,
                                 const struct person *person, int32_t today)
{
    return measure->by_arrival || measure->offence_delay
               ? policy_day_of_law(prison, measure, person)
               : today;
}

/* The set of measures that may take him, by his status and attributes. */
static inline uint64_t policy_may_take(const struct prison *prison, const struct person *person)
{
    const struct measures *measures = &prison->plan->measures;
    return measures->may_take[person->status * measures->profile_count + person->profile];
}

/* Of those of a set that may take him; by normal execution without emergency measures. */
static inline uint64_t policy_candidates(const struct prison *prison, const struct person *person,
                                         uint64_t set, bool with_emergency)
{
    uint64_t emergencies = with_emergency ? 0 : prison->plan->measures.emergencies;
    return policy_may_take(prison, person) & set & ~emergencies;
}

/* Whether one that may take him does on a day (1970-01-01 is 0): by his sentence, the days on which
 * it is in force, and its share as it is that day, by a uniform of the measure's name for the visit
 * of his status. */
static inline bool policy_takes(const struct prison *prison, const struct measure *measure,
                                const struct person *person, int32_t today)
{
    if (person->length_min < measure->at_least_min || person->length_min > measure->at_most_min ||
        policy_is_off(prison, measure))
        return false;
    int32_t day = policy_day(prison, measure, person, today);
    return measure_is_on(measure, day) &&
           term_draw(prison, person, &measure->draw) < measure_threshold(measure, day);
}

/* Of a set of measures those that are for who is present too, and start on a day (1970-01-01 is 0).
 */
uint64_t policy_starting(const struct prison *prison, uint64_t set, int32_t day);

static inline bool policy_starts_today(const struct prison *prison, uint64_t set)
{
    return policy_starting(prison, set, policy_today(prison)) != 0;
}

/* 0:00 of the next day after a minute on which one of such measures starts; NEVER. */
int64_t policy_next_start_min(const struct prison *prison, uint64_t set, int64_t minute);

/* Whether the measure is in force on a day (1970-01-01 is 0); normally: and no emergency. */
static inline bool policy_is_in_force(const struct prison *prison, const struct measure *measure,
                                      int32_t day, bool normally)
{
    return measure_is_on(measure, day) && !policy_is_off(prison, measure) &&
           !(normally && measure->is_emergency);
}

/* Whether it is now. */
static inline bool policy_holds(const struct prison *prison, const struct measure *measure)
{
    return policy_is_in_force(prison, measure, policy_today(prison), false);
}

#endif
