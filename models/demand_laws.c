#include "models/demand_walk.h"

#include "models/early.h"
#include "models/ends.h"
#include "models/lengths.h"
#include "models/policy.h"
#include "models/release_law.h"
#include "models/replace.h"

void walk_plan(struct walk *walk, int32_t planned_min, int64_t known_min)
{
    walk->person.ends_min = walk->planned_min = planned_min;
    walk->known_min = known_min;
    walk->early_by = NULL;
}

/* As ends_move(). */
static bool move(struct walk *walk, int64_t longer_min, int64_t minute)
{
    struct person *person = &walk->person;
    walk->unmoved_min += longer_min;
    int32_t planned_min = ends_moved_min(walk->prison, person, walk->unmoved_min, minute);
    if (planned_min == walk->planned_min)
        return false;
    person->ends_min = walk->planned_min = planned_min;
    if (!walk->early_by)
        return true;
    int32_t date = early_normally_by(walk->prison, walk->early_by, person, minute);
    if (date < planned_min)
        person->ends_min = date;
    else
        walk->early_by = NULL;
    return true;
}

static bool know(struct walk *walk, int64_t minute)
{
    struct person *person = &walk->person;
    int64_t        longer_min = lengths_longer_min(walk->prison, person, minute);
    walk->known_min = minute;
    person->length_min += (int32_t)longer_min;
    if (person->ends_min == NEVER)
        return false; /* its clock has not started */
    longer_min += release_law_added_min(walk->prison, person, minute, false);
    return longer_min != 0 && move(walk, longer_min, minute);
}

bool walk_know_more_laws(struct walk *walk, int64_t until_min)
{
    const struct measures *measures = &walk->prison->plan->measures;
    uint64_t               laws = measures->releases_of_present | measures->hearings_of_present;
    bool                   has_moved = false;
    for (;;) {
        int64_t minute = policy_next_start_min(walk->prison, laws, walk->known_min);
        if (minute > until_min || minute >= walk->person.ends_min)
            return has_moved;
        has_moved |= know(walk, minute);
    }
}

static int64_t next_taking_min(const struct walk *walk)
{
    return policy_next_start_min(walk->prison, walk->prison->plan->measures.diversions_of_present,
                                 walk->judged_min);
}

const struct measure *walk_taken_at(struct walk *walk, int64_t minute)
{
    if (next_taking_min(walk) != minute)
        return NULL;
    walk->judged_min = minute;
    return replace_find_starting(walk->prison, &walk->person, minute);
}

const struct measure *walk_find_taking(struct walk *walk, int64_t until_min)
{
    for (;;) {
        int64_t minute = next_taking_min(walk);
        if (minute > until_min)
            return NULL;
        (void)walk_know_laws(walk, minute);
        if (minute >= walk->person.ends_min)
            return NULL;
        const struct measure *measure = walk_taken_at(walk, minute);
        if (measure)
            return measure;
    }
}
