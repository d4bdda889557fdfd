#include "models/ring.h"

#include <string.h>

#include "models/custody.h"
#include "models/waiting.h"

/* For which pools the people of each wait: awaited[pool]. */
struct graph {
    mask nodes;
    mask awaited[POOLS_AT_MOST];
    mask awaiting[POOLS_AT_MOST]; /* the same from the other end */
};

struct ring {
    int     count;
    uint8_t pool[POOLS_AT_MOST];
};

static void add_arrows(struct graph *graph, mask from, mask to)
{
    for (mask rest = from; rest; rest &= rest - 1)
        graph->awaited[mask_lowest(rest)] |= to;
    for (mask rest = to; rest; rest &= rest - 1)
        graph->awaiting[mask_lowest(rest)] |= from;
}

static void make_graph(const struct prison *prison, struct graph *graph)
{
    const struct rules *rules = &prison->plan->rules;
    memset(graph, 0, sizeof *graph);
    graph->nodes = rules->ring_pools;
    for (mask rest = prison->waiting_lists & prison->served_lists; rest; rest &= rest - 1) {
        int l = mask_lowest(rest);
        if (prison->sitting_pools[l])
            add_arrows(graph, waiting_open_pools(prison, (list_id)l),
                       rules->lists[l].pools & graph->nodes);
    }
}

/* The shortest ring through `start` within `nodes`, if it has fewer than `below` pools: pools by
 * their distance to the start, then the lowest at each step. */
static void find_through(const struct graph *graph, int start, mask nodes, int below,
                         struct ring *ring)
{
    mask layer[POOLS_AT_MOST], seen = mask_of(start);
    int  d = 0;
    layer[0] = seen;
    do {
        if (d + 2 >= below || !layer[d])
            return;
        layer[++d] = 0;
        for (mask rest = layer[d - 1]; rest; rest &= rest - 1)
            layer[d] |= graph->awaiting[mask_lowest(rest)];
        layer[d] &= nodes & ~seen;
        seen |= layer[d];
    } while (!(graph->awaited[start] & layer[d]));
    ring->count = d + 1;
    ring->pool[0] = (uint8_t)start;
    for (int i = 1; i <= d; i++)
        ring->pool[i] = (uint8_t)mask_lowest(graph->awaited[ring->pool[i - 1]] & layer[d + 1 - i]);
}

/* Of the rings of the fewest pools the first by its pools in file order, the first of them in
 * front. count 0: there is none. */
static void find(const struct graph *graph, struct ring *ring)
{
    ring->count = 0;
    for (mask nodes = graph->nodes; nodes; nodes &= nodes - 1)
        find_through(graph, mask_lowest(nodes), nodes,
                     ring->count ? ring->count : POOLS_AT_MOST + 1, ring);
}

/* The pools for which people in these pools wait, straight ahead. */
static mask awaited_from(const struct prison *prison, mask pools)
{
    mask awaited = 0;
    for (mask rest = prison->waiting_lists & prison->served_lists; rest; rest &= rest - 1) {
        int l = mask_lowest(rest);
        if (prison->sitting_pools[l] & pools)
            awaited |= prison->plan->rules.lists[l].pools;
    }
    return awaited & prison->plan->rules.ring_pools;
}

/* Whether a ring may go through one of these pools: none does unless who waits for whom leads back
 * to them. */
static bool comes_back(const struct prison *prison, mask pools)
{
    mask seen = 0;
    for (mask from = pools; from && !(seen & pools);) {
        from = awaited_from(prison, from) & ~seen;
        seen |= from;
    }
    return (seen & pools) != 0;
}

bool ring_swap(struct prison *prison)
{
    struct graph graph;
    struct ring  ring;
    person_id    id[POOLS_AT_MOST];
    uint16_t     from[POOLS_AT_MOST];
    mask         wanted = prison->ring_wanted;
    prison->ring_wanted = 0;
    if (!comes_back(prison, wanted))
        return false;
    make_graph(prison, &graph);
    find(&graph, &ring);
    if (ring.count > 0)
        prison->ring_wanted = prison->plan->rules.ring_pools;
    for (int i = 0; i < ring.count; i++)
        id[i] = waiting_first_from(prison, ring.pool[i], ring.pool[(i + 1) % ring.count]);
    for (int i = 0; i < ring.count; i++)
        from[i] = prison->person[id[i]].unit;
    prison_exchange(prison, id, ring.count);
    for (int i = 0; i < ring.count; i++)
        custody_exchanged(prison, id[i], from[i]);
    return ring.count > 0;
}

/* -- the check, from the persons */

void ring_check(const struct prison *prison)
{
    const struct rules *rules = &prison->plan->rules;
    mask                sitting[LISTS_AT_MOST] = {0}, open[LISTS_AT_MOST] = {0};
    struct graph        graph = {0};
    struct ring         ring;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++) {
        const struct person *person = &prison->person[id];
        if (!person->key || person->list >= rules->list_count || person->unit >= prison->outside ||
            person_must_move(person))
            continue;
        mask pool = mask_of(rules->pool_of_unit[person->unit]);
        sitting[person->list] |= pool;
        if (!prison->unit[person->unit].closed && prison->served_lists >> person->list & 1)
            open[person->list] |= pool;
    }
    for (int p = 0; p < rules->pool_count; p++)
        graph.nodes |= mask_of(p);
    for (int l = 0; l < rules->list_count; l++) {
        add_arrows(&graph, open[l], rules->lists[l].pools);
        must(!prison->sitting || prison->sitting_pools[l] == (sitting[l] & rules->ring_pools));
    }
    find(&graph, &ring);
    must(ring.count == 0);
}
