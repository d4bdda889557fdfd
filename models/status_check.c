#include "models/status_read.h"

#include <string.h>

/* -- within one status */

static const struct node *find_in(const struct node *node, const char *section, const char *key)
{
    const struct node *inner = node_find(node, section);
    return inner && inner->kind == NODE_MAPPING ? node_find(inner, key) : NULL;
}

static void check_length(struct reader *reader, const struct node *node)
{
    const struct node *sentence = node_find(node, "sentence");
    const struct node *conditional = find_in(node, "release", "conditional");
    const struct node *granted = find_in(node, "release", "granted");
    if (sentence && node_find(node, "stay"))
        node_key_error(reader, sentence, "sentence stands beside stay; a status has one of them");
    if (conditional && !sentence)
        node_key_error(reader, conditional,
                       "conditional remits part of a sentence, but %s has no sentence", node->key);
    if (granted && !conditional)
        node_key_error(
            reader, granted,
            "granted is the share with conditional release, but there is no conditional");
}

static bool has_rung(const struct status *status, enum rung rung)
{
    for (int r = 0; r < status->rung_count; r++)
        if (status->rung[r] == rung)
            return true;
    return false;
}

static void check_limit(struct reader *reader, const struct node *node, const struct status *status)
{
    const struct node *limit = find_in(node, "waits", "limit");
    const struct node *at_limit = find_in(node, "waits", "at_limit");
    if (limit && !at_limit)
        node_key_error(reader, limit, "limit lacks at_limit: what gives when it is reached");
    if (at_limit && !limit)
        node_key_error(reader, at_limit, "at_limit lacks limit: how long people may wait");
    if (limit && status->waits_in != WAITS_REGIME)
        node_key_error(reader, limit,
                       "limit holds only for those who wait in a regime, such as police cells");
    if (at_limit && has_rung(status, RUNG_SENT_HOME) && !node_find(node, "sent_home"))
        node_error(reader, at_limit,
                   "at_limit has sent_home, but %s lacks the section sent_home, which says when "
                   "they come back",
                   node->key);
}

static void check_waits_regime(struct reader *reader, const struct node *node,
                               const struct estate *estate, const struct status *status)
{
    if (status->waits_in != WAITS_REGIME)
        return;
    for (int u = 0; u < estate->unit_count; u++)
        if (estate->unit[u].regime == status->waits_regime)
            return;
    node_error(reader, find_in(node, "waits", "in"),
               "in is %s, which has no units and not places: unlimited, so nobody can wait there",
               estate->regime_name[status->waits_regime]);
}

static void check_call_up(struct reader *reader, const struct node *node,
                          const struct status *status)
{
    const struct node *called_up = node_find(node, "called_up");
    if (!called_up)
        return;
    if (status->waits_in != WAITS_OUTSIDE)
        node_key_error(reader, called_up,
                       "called_up is for people who wait outside, but %s waits elsewhere",
                       node->key);
    if (status->clock != CLOCK_PLACEMENT)
        node_key_error(reader, called_up,
                       "called_up is for a clock that starts with the placement, but the clock of "
                       "%s starts before",
                       node->key);
    if (status->call_up.no_show.num > 0 && !find_in(node, "called_up", "then"))
        node_key_error(reader, find_in(node, "called_up", "no_show"),
                       "no_show lacks then: the status of those who do not come");
}

void status_check(struct reader *reader, const struct node *node, const struct estate *estate,
                  const struct status *status)
{
    check_length(reader, node);
    check_limit(reader, node, status);
    check_waits_regime(reader, node, estate, status);
    check_call_up(reader, node, status);
}

/* -- between statuses; a set of statuses is a mask */

static uint64_t bit(int s)
{
    return (uint64_t)1 << s;
}

static uint64_t routes_of(const struct status *status)
{
    uint64_t next = 0;
    for (int r = 0; r < status->route_count; r++)
        if (status->route[r] != RELEASE)
            next |= bit(status->route[r]);
    return next;
}

/* Also by coming back from home, and by not coming when called. */
static uint64_t ways_of(const struct status *status)
{
    uint64_t next = routes_of(status);
    if (has_rung(status, RUNG_SENT_HOME))
        next |= bit(status->back_as);
    if (status->call_up.used && status->call_up.then >= 0)
        next |= bit(status->call_up.then);
    return next | status_side_ways(status);
}

/* From one step to any number of steps. */
static void close_over(uint64_t *reach, int count)
{
    for (int via = 0; via < count; via++)
        for (int from = 0; from < count; from++)
            if (reach[from] & bit(via))
                reach[from] |= reach[via];
}

/* Without those in which he goes on where he was: from home, and by a further title. */
static uint64_t entries_after(const struct status *status)
{
    uint64_t next = routes_of(status);
    for (int i = 0; i < status->leave_count; i++)
        if (status->leave[i].next != RELEASE)
            next |= bit(status->leave[i].next);
    if (status->call_up.used && status->call_up.then >= 0)
        next |= bit(status->call_up.then);
    return next;
}

uint64_t statuses_entered_after(const struct statuses *statuses, int from)
{
    uint64_t reach[STATUSES_AT_MOST], entered = 0;
    for (int s = 0; s < statuses->count; s++)
        reach[s] = ways_of(&statuses->list[s]);
    close_over(reach, statuses->count);
    for (int s = 0; s < statuses->count; s++)
        if ((reach[from] | bit(from)) & bit(s))
            entered |= entries_after(&statuses->list[s]);
    return entered;
}

/* A sentence that is counted from the start of custody may be over before it begins. */
static bool takes_time(const struct status *status, uint32_t profile_count)
{
    uint32_t rows = status->stay.stride ? profile_count : 1;
    if (!status->stay.of || status->clock == CLOCK_CUSTODY)
        return false;
    for (uint32_t row = 0; row < rows; row++) {
        const struct shape *shape = status->stay.of[row];
        if (shape->kind != SHAPE_FIXED || shape->fixed_min > 0)
            return true;
    }
    return false;
}

/* The way from `start` back to itself, shortest first, as "a, b, a". */
static const char *name_cycle(struct arena *arena, const struct statuses *statuses,
                              const uint64_t *next, int start)
{
    int      previous[STATUSES_AT_MOST] = {0}, queue[STATUSES_AT_MOST + 1], head = 0, tail = 1;
    uint64_t seen = 0;
    queue[0] = start;
    while (!(seen & bit(start))) {
        int from = queue[head++];
        for (int to = 0; to < statuses->count; to++) {
            if (!(next[from] & bit(to)) || seen & bit(to))
                continue;
            seen |= bit(to);
            previous[to] = from;
            queue[tail++] = to;
        }
    }
    const char *text = statuses->name[start];
    for (int s = previous[start]; s != start; s = previous[s])
        text = arena_print(arena, "%s, %s", statuses->name[s], text);
    return arena_print(arena, "%s, %s", statuses->name[start], text);
}

static void refuse_timeless_cycle(struct reader *reader, const struct node *node,
                                  const struct statuses *statuses, uint64_t timeless)
{
    uint64_t next[STATUSES_AT_MOST] = {0}, reach[STATUSES_AT_MOST];
    for (int s = 0; s < statuses->count; s++)
        if (timeless & bit(s))
            next[s] = routes_of(&statuses->list[s]);
    memcpy(reach, next, sizeof reach);
    close_over(reach, statuses->count);
    for (int s = 0; s < statuses->count; s++) {
        if (!(reach[s] & bit(s)))
            continue;
        node_key_error(reader, node_find(node, statuses->name[s]),
                       "the routes %s go round without taking time; give one of them a stay",
                       name_cycle(reader->arena, statuses, next, s));
        return;
    }
}

void statuses_check_cycles(struct reader *reader, const struct node *node, uint32_t profile_count,
                           struct statuses *statuses)
{
    uint64_t reach[STATUSES_AT_MOST], timeless = 0;
    for (int s = 0; s < statuses->count; s++) {
        reach[s] = ways_of(&statuses->list[s]);
        if (!takes_time(&statuses->list[s], profile_count))
            timeless |= bit(s);
    }
    close_over(reach, statuses->count);
    for (int s = 0; s < statuses->count; s++)
        statuses->list[s].on_cycle = reach[s] & bit(s);
    refuse_timeless_cycle(reader, node, statuses, timeless);
}
