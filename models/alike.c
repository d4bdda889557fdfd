#include "models/alike.h"

#include "models/waiting.h"

static void mark_queue(struct prison *prison, struct arena *arena, list_id l)
{
    const struct rules *rules = &prison->plan->rules;
    if (l == NO_LIST)
        return;
    struct waiting_list *list = &prison->list[waiting_call_queue(prison, l)];
    if (list->heap || list->alike)
        return;
    list->alike = arena_new(arena, struct ends, rules->profile_count);
    for (uint32_t p = 0; p < rules->profile_count; p++)
        list->alike[p] = (struct ends){NOBODY, NOBODY};
    if (!prison->alike)
        prison->alike = arena_new(arena, struct neighbours, prison->person_room);
}

void alike_open(struct prison *prison, struct arena *arena)
{
    const struct rules *rules = &prison->plan->rules;
    for (int s = 0; s < prison->plan->statuses.count; s++) {
        int from = prison->statuses[s].further.from;
        if (from < 0 || !prison->statuses[from].call_up.used)
            continue;
        for (uint32_t p = 0; p < rules->profile_count; p++)
            for (int i = 0; i <= rules->twin_count; i++)
                mark_queue(prison, arena,
                           rules_may_hold(rules, (size_t)from * rules->profile_count + p, i)->list);
    }
}

static void put_behind(struct prison *prison, struct ends *ends, person_id before, person_id id)
{
    person_id after = before == NOBODY ? ends->first : prison->alike[before].next;
    prison->alike[id] = (struct neighbours){after, before};
    *(before == NOBODY ? &ends->first : &prison->alike[before].next) = id;
    *(after == NOBODY ? &ends->last : &prison->alike[after].prev) = id;
}

void alike_join(struct prison *prison, struct waiting_list *list, person_id id)
{
    const struct person *person = &prison->person[id];
    person_id            before = list->alike[person->profile].last;
    while (before != NOBODY && waits_before(person, &prison->person[before]))
        before = prison->alike[before].prev;
    put_behind(prison, &list->alike[person->profile], before, id);
}

void alike_leave(struct prison *prison, struct waiting_list *list, person_id id)
{
    struct ends      *ends = &list->alike[prison->person[id].profile];
    struct neighbours his = prison->alike[id];
    *(his.prev == NOBODY ? &ends->first : &prison->alike[his.prev].next) = his.next;
    *(his.next == NOBODY ? &ends->last : &prison->alike[his.next].prev) = his.prev;
}

void alike_sort(struct prison *prison, struct waiting_list *list)
{
    for (uint32_t p = 0; p < prison->plan->rules.profile_count; p++)
        list->alike[p] = (struct ends){NOBODY, NOBODY};
    for (person_id id = list->first; id != NOBODY; id = prison->person[id].next)
        put_behind(prison, &list->alike[prison->person[id].profile],
                   list->alike[prison->person[id].profile].last, id);
}
