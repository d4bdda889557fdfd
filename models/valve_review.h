/* Valves in a replication: what they look at each midnight, when they open and close, what follows.
 */
#ifndef CELSIM_MODELS_VALVE_REVIEW_H
#define CELSIM_MODELS_VALVE_REVIEW_H

#include "models/prison.h"

/* All closed; before custody_open. Nothing where the plan has none. */
void valves_open(struct prison *prison, struct arena *arena);

/* KIND_VALVE, at each midnight. */
void valves_review(struct prison *prison);

/* One person more may be chosen by it before the next review; true: he is counted. */
bool valve_take_one(struct prison *prison, int valve);

/* Whether a valve is meant for somebody. */
static inline bool valve_is_for(const struct prison *prison, const struct valve_whom *whom,
                                const struct person *person)
{
    size_t cell = (size_t)person->status * prison->plan->rules.profile_count + person->profile;
    return whom->matches[cell] &&
           (!whom->asks_sentence ||
            (person->length_min != NEVER && person->length_min >= whom->sentence_least_min &&
             person->length_min <= whom->sentence_most_min)) &&
           prison_draw(prison, person, whom->draw) < whom->share_threshold;
}

/* The open valve, the first by name, that says in which order people of a status are called up;
 * NO_VALVE. */
int valve_of_order(const struct prison *prison, int status, enum order *order);

/* The open valve, the first by name, by which people share cells in a regime; NO_VALVE. */
int valve_of_sharing(const struct prison *prison, int regime);

/* Bytes a person for what valves keep beside. */
size_t valves_room(const struct scenario *plan);

/* Adds to what a valve keeps of the year, within the outputs. */
void valve_count(struct prison *prison, int valve, enum valve_column which, int64_t count);

#endif
