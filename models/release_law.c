#include "models/release_law.h"

#include "models/ends.h"
#include "models/policy.h"

int64_t release_law_added_min(const struct prison *prison, const struct person *person,
                              int64_t minute, bool with_emergency)
{
    int32_t day = prison_date(prison, minute);
    if (!(prison->rereleased >> person->status & 1))
        return 0;
    return term_serve_by_law_min(prison, person, day, with_emergency) -
           term_serve_by_law_min(prison, person, day - 1, with_emergency);
}

/* By the measure that holds for him now. */
static void count(struct prison *prison, const struct person *person, int64_t moved_min)
{
    const struct measure *measure = term_find_release(prison, person, policy_today(prison), true);
    must(measure);
    policy_add(prison, measure->column + RELEASE_PEOPLE, 1);
    policy_add(prison, measure->column + RELEASE_ADDED, moved_min);
}

static void judge(struct prison *prison, person_id id)
{
    const struct person *person = &prison->person[id];
    if (!ends_later(prison, id))
        return;
    int64_t added_min = release_law_added_min(prison, person, prison->now_min, true);
    if (added_min == 0)
        return;
    int64_t moved_min = ends_move(prison, id, added_min);
    if (moved_min != 0)
        count(prison, person, moved_min);
}

void release_law_open_day(struct prison *prison)
{
    if (!policy_starts_today(prison, prison->plan->measures.releases))
        return;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++)
        judge(prison, id);
}
