#include "models/placement.h"

#include "models/custody.h"
#include "models/pairs.h"
#include "models/pools.h"
#include "models/ring.h"
#include "models/step.h"
#include "models/titles.h"
#include "models/transfer.h"
#include "models/waiting.h"

/* What has become of units whose people or places changed. */
static void review(struct prison *prison)
{
    pairs_review(prison);
    prison->review_wanted = false;
    transfer_review(prison);
}

static void place_waiting(struct prison *prison)
{
    const struct rules *rules = &prison->plan->rules;
    while (prison->ready_lists) {
        int       rule = rules->lists[mask_lowest(prison->ready_lists)].rule;
        person_id id = waiting_first_of(prison, prison->ready_lists & rules->list[rule].lists);
        const struct list_plan *list = &rules->lists[prison->person[id].list];
        custody_placed(prison, id, pools_find_unit(prison, list->pool, list->pool_count));
        if (prison->review_wanted)
            review(prison);
    }
}

/* By key, so that the order in which they came about in the minute does not matter. Few: insertion
 * sort. */
static void sort_by_key(const struct prison *prison, person_id *ids, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        person_id id = ids[i];
        uint32_t  at = i;
        for (; at > 0 && prison->person[ids[at - 1]].key > prison->person[id].key; at--)
            ids[at] = ids[at - 1];
        ids[at] = id;
    }
}

static void settle(struct prison *prison)
{
    uint32_t count = prison->unsettled_count;
    prison->unsettled_count = 0;
    sort_by_key(prison, prison->unsettled, count);
    for (uint32_t i = 0; i < count; i++)
        if (prison->person[prison->unsettled[i]].flags & PERSON_WAITING)
            custody_settle(prison, prison->unsettled[i]);
}

/* A place for one who seeks when nobody who waits can use one: no need to stand in a list. */
static bool place_at_once(struct prison *prison, person_id id)
{
    const struct person    *person = &prison->person[id];
    const struct rules     *rules = &prison->plan->rules;
    list_id                 l = prison_entitlement(prison, person)->list;
    const struct list_plan *list = &rules->lists[l];
    if (!(list->pools & prison->free_pools) || (prison->gate && !(prison->served_lists >> l & 1)))
        return false;
    custody_placed(prison, id, pools_find_unit(prison, list->pool, list->pool_count));
    return true;
}

/* The whole round where it is about one person, and nobody who waits can use a free place: by far
 * the most frequent. */
static void settle_one(struct prison *prison, person_id id)
{
    prison->unsettled_count = 0;
    if (prison->person[id].flags & PERSON_SEEKS) {
        if (place_at_once(prison, id))
            return;
        custody_begin_to_wait(prison, id);
    }
    if (prison->person[id].flags & PERSON_WAITING)
        custody_settle(prison, id);
}

static void line_up(struct prison *prison)
{
    for (uint32_t i = 0; i < prison->unsettled_count; i++)
        if (prison->person[prison->unsettled[i]].flags & PERSON_SEEKS)
            custody_begin_to_wait(prison, prison->unsettled[i]);
}

static void settle_titles(struct prison *prison)
{
    sort_by_key(prison, prison->title_seeker, prison->title_seeker_count);
    for (uint32_t i = 0; i < prison->title_seeker_count; i++)
        titles_settle(prison, prison->title_seeker[i]);
    prison->title_seeker_count = 0;
}

static void settle_all(struct prison *prison)
{
    line_up(prison);
    place_waiting(prison);
    if (prison->unsettled_count > 0)
        settle(prison);
}

static void give_places(struct prison *prison)
{
    if (prison->title_seeker_count > 0)
        settle_titles(prison);
    while (prison->round_wanted) {
        prison->round_wanted = false;
        if (prison->review_wanted)
            review(prison);
        if (prison->unsettled_count == 1 && !prison->ready_lists)
            settle_one(prison, prison->unsettled[0]);
        else
            settle_all(prison);
    }
}

void placement_round(struct prison *prison)
{
    do
        give_places(prison);
    while (prison->ring_wanted && ring_swap(prison));
}

void placement_check(const struct prison *prison)
{
    must(!prison->ready_lists);
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (person->flags & PERSON_WAITING && person->list < prison->plan->rules.list_count &&
            prison->served_lists >> person->list & 1)
            must(!(prison->plan->rules.lists[person->list].pools & prison->free_pools));
    }
    step_check(prison);
    ring_check(prison);
}
