#include "models/granted.h"

#include "models/term.h"

static bool may_ask(const struct scenario *plan)
{
    return (plan->measures.releases | plan->measures.early) != 0;
}

size_t granted_room(const struct scenario *plan)
{
    size_t bytes = (size_t)plan->start.count * (sizeof(uint8_t *) + sizeof(max_align_t));
    for (int g = 0; g < plan->start.count; g++)
        bytes += (size_t)plan->start.list[g].persons;
    return may_ask(plan) ? bytes : 0;
}

void granted_open(struct prison *prison, struct arena *arena)
{
    const struct start *start = &prison->plan->start;
    if (!may_ask(prison->plan))
        return;
    prison->granted = arena_new(arena, uint8_t *, (size_t)start->count + 1);
    for (int g = 0; g < start->count; g++)
        prison->granted[g] = arena_new(arena, uint8_t, (size_t)start->list[g].persons + 1);
}

void granted_note(struct prison *prison, const struct person *person, enum granted granted)
{
    if (prison->granted && prison_status(prison, person)->remission_count > 0)
        prison->granted[person->stream - prison->plan->flows.count][person_point(person->key)] =
            (uint8_t)granted;
}

/* In the status of the start, and he has not come back to it. */
static bool is_from_start(const struct prison *prison, const struct person *person)
{
    const struct start *start = &prison->plan->start;
    int                 g = person->stream - prison->plan->flows.count;
    if (g < 0 || g >= start->count || person_generation(person->key) > 0 || person->visits > 1)
        return false;
    const struct start_group *group = &start->list[g];
    int status = group->person ? group->person[person_point(person->key)].status : group->status;
    return person->status == status;
}

uint64_t granted_draw(const struct prison *prison, const struct person *person)
{
    const struct status               *status = prison_status(prison, person);
    const struct threshold_by_profile *share = &status->granted;
    uint64_t                           n = term_draw(prison, person, &status->draw_granted);
    if (!is_from_start(prison, person))
        return n;
    int      g = person->stream - prison->plan->flows.count;
    uint64_t below = share->of ? share->of[person->profile * share->stride] : GRANTED_TO_ALL;
    uint64_t above = GRANTED_TO_ALL - below;
    switch (prison->granted[g][person_point(person->key)]) {
    case GRANTED:
        return (uint64_t)((u128)n * below >> 52);
    case GRANTED_NOT:
        return below + (uint64_t)((u128)n * above >> 52);
    default:
        return n;
    }
}
