#include "models/start.h"

#include <string.h>

#include "models/rules_lists.h"

#define PERSONS_AT_MOST 268435456 /* 2^28: more do not fit in a run, see scenario.c */

/* What the readers of a group's keys are handed. */
struct start_draft {
    struct node        *status, *elapsed, *in;
    int64_t             persons;
    const struct shape *since_min;
};

static void keep(struct reader *reader, struct node *node, void *member)
{
    (void)reader;
    *(struct node **)member = node;
}

#define STATUS_FIELD                                                                               \
    {                                                                                              \
        .key = "status", .type = FIELD_OWN, .offset = offsetof(struct start_draft, status),        \
        .own = keep, .unit = "name of a status", .otherwise = "the group's name",                  \
        .help = "The status in which they are."                                                    \
    }
#define PERSONS_FIELD                                                                              \
    {                                                                                              \
        .key = "persons", .type = FIELD_COUNT, .offset = offsetof(struct start_draft, persons),    \
        .required = true, .low = 0, .high = PERSONS_AT_MOST, .unit = "people",                     \
        .help = "How many there are at the first midnight."                                        \
    }

const struct field present_fields[] = {
    STATUS_FIELD,
    PERSONS_FIELD,
    {.key = "elapsed",
     .type = FIELD_OWN,
     .offset = offsetof(struct start_draft, elapsed),
     .own = keep,
     .unit = "`equilibrium` or a shape",
     .otherwise = "equilibrium",
     .help = "How much of the stay is over: as in a system that has run long with these stays, or "
             "drawn from a shape."},
    {.key = "in",
     .type = FIELD_OWN,
     .offset = offsetof(struct start_draft, in),
     .own = keep,
     .unit = "list of regimes, institutions, units or tags",
     .otherwise = "by the placement rule",
     .help = "The places in which they are."},
    {.key = NULL},
};

const struct field waiting_fields[] = {
    STATUS_FIELD,
    PERSONS_FIELD,
    {.key = "since",
     .type = FIELD_SHAPE,
     .offset = offsetof(struct start_draft, since_min),
     .otherwise = "0 days",
     .help = "How long they have waited."},
    {.key = "in",
     .type = FIELD_OWN,
     .offset = offsetof(struct start_draft, in),
     .own = keep,
     .unit = "list of regimes, institutions, units or tags",
     .otherwise = "where the status waits",
     .help = "The places that they keep while they wait; must be given where the status waits in "
             "the present place."},
    {.key = NULL},
};

/* All that a group may refer to. */
struct start_context {
    const struct attributes *attributes;
    const struct statuses   *statuses;
    const struct estate     *estate;
    const struct rules      *rules;
};

/* -- in which places */

/* No rule tells the units of a pool apart, so neither can a group. */
static bool is_whole_pool(struct reader *reader, const struct node *node,
                          const struct start_context *context, const struct pool *pool,
                          const bool *has)
{
    for (int i = 1; i < pool->unit_count; i++) {
        if (has[pool->unit[i]] == has[pool->unit[0]])
            continue;
        int in = has[pool->unit[0]] ? 0 : i, out = has[pool->unit[0]] ? i : 0;
        node_error(reader, node,
                   "in names %s but not %s, and no placement rule tells these apart; name both",
                   context->estate->unit[pool->unit[in]].name,
                   context->estate->unit[pool->unit[out]].name);
        return false;
    }
    return true;
}

static mask read_pools(struct reader *reader, struct node *node,
                       const struct start_context *context)
{
    const struct rules *rules = context->rules;
    struct entries      entries = {0};
    mask                pools = 0;
    int                 before = reader->errors->count;
    bool               *has = arena_new(reader->arena, bool, (size_t)context->estate->unit_count);
    entries_read(reader, node, context->estate, &entries);
    for (int i = 0; i < entries.count; i++)
        for (int u = 0; u < context->estate->unit_count; u++)
            has[u] |= entries.list[i].has[u];
    for (int p = 0; p < rules->pool_count; p++) {
        const struct pool *pool = &rules->pool[p];
        if (!is_whole_pool(reader, node, context, pool, has))
            return 0;
        if (has[pool->unit[0]])
            pools |= (mask)1 << p;
    }
    if (pools == 0 && reader->errors->count == before)
        node_error(reader, node, "in names no place with a unit; nobody can be there");
    return pools;
}

/* -- who they are */

/* By his rule he is somewhere, if only outside, where the status needs no place. */
static bool may_be_there(const struct start_context *context, const struct start_group *group,
                         uint32_t profile)
{
    const struct rules *rules = context->rules;
    if (group->waiting && rules_entitlement(rules, group->status, profile)->list == NO_LIST)
        return false;
    if (!group->in)
        return true;
    for (int p = 0; p < rules->pool_count; p++)
        if ((group->in >> p & 1) && pool_admits(&rules->pool[p], context->attributes,
                                                context->estate, group->status, profile))
            return true;
    return false;
}

/* People with long stays are met more often. */
static double weight_of(const struct start_context *context, const struct start_group *group,
                        uint32_t profile)
{
    const struct shape_by_profile *stay = &context->statuses->list[group->status].stay;
    double                         share = context->attributes->share_of_profile[profile];
    if (!may_be_there(context, group, profile))
        return 0;
    if (group->waiting || group->elapsed != ELAPSED_EQUILIBRIUM)
        return share;
    return share * stay->of[profile * stay->stride]->mean_min;
}

static void set_profiles(struct reader *reader, const struct node *node,
                         const struct start_context *context, struct start_group *group)
{
    uint32_t count = context->attributes->profile_count, last = 0;
    double   sum = 0;
    group->profile_up_to = arena_new(reader->arena, double, count);
    for (uint32_t p = 0; p < count; p++) {
        double weight = weight_of(context, group, p);
        sum += weight;
        group->profile_up_to[p] = sum;
        if (weight > 0)
            last = p;
    }
    if (sum <= 0 && group->persons > 0) {
        node_error(reader, node, "nobody of status %s can %s: no place %s is for them",
                   context->statuses->name[group->status], group->waiting ? "wait" : "be here",
                   group->in ? "of in" : "of a rule");
        return;
    }
    for (uint32_t p = 0; p < count; p++)
        group->profile_up_to[p] = p < last ? group->profile_up_to[p] / sum : 1;
}

/* -- how long they have been there */

/* The statuses that can come before this one, by routes, after a call-up or from home. */
static uint64_t statuses_before(const struct statuses *statuses, int s)
{
    uint64_t before = 0, known;
    do {
        known = before;
        for (int from = 0; from < statuses->count; from++) {
            const struct status *status = &statuses->list[from];
            uint64_t             next = 0;
            for (int r = 0; r < status->route_count; r++)
                if (status->route[r] != RELEASE)
                    next |= (uint64_t)1 << status->route[r];
            if (status->back_after.of)
                next |= (uint64_t)1 << status->back_as;
            if (status->call_up.used && status->call_up.then >= 0)
                next |= (uint64_t)1 << status->call_up.then;
            next |= status_side_ways(status);
            if (next & (before | (uint64_t)1 << s))
                before |= (uint64_t)1 << from;
        }
    } while (before != known);
    return before;
}

/* Why the stay of this status is not one shape; NULL: it is. */
static const char *why_derived(const struct statuses *statuses, int s)
{
    const struct status *status = &statuses->list[s];
    uint64_t             before = statuses_before(statuses, s);
    if (status->remission_count > 0)
        return "conditional release";
    if (status->clock != CLOCK_CUSTODY)
        return NULL;
    for (int earlier = 0; earlier < statuses->count; earlier++)
        if ((before >> earlier & 1) && statuses->list[earlier].served)
            return "sentence less remand";
    return NULL;
}

static void check_equilibrium(struct reader *reader, const struct node *node,
                              const struct statuses *statuses, int s)
{
    const char *why = why_derived(statuses, s);
    if (!statuses->list[s].stay.of && reader->errors->count > 0)
        return; /* it may have one, with an error in it */
    if (!statuses->list[s].stay.of)
        node_error(reader, node,
                   "equilibrium needs a stay or a sentence, and status %s has none; give elapsed "
                   "as a shape",
                   statuses->name[s]);
    else if (why)
        node_error(reader, node,
                   "equilibrium of a derived stay (%s) is not known; give elapsed as a shape, such "
                   "as 90 days or {exponential: {mean: 90 days}}",
                   why);
}

static bool is_equilibrium(const struct node *node)
{
    return !node || (node->kind == NODE_SCALAR && strcmp(node->text, "equilibrium") == 0);
}

static bool resembles_equilibrium(const struct node *node)
{
    static const char *const words[] = {"equilibrium"};
    return node->kind == NODE_SCALAR && nearest_name(node->text, words, 1);
}

static void read_elapsed(struct reader *reader, const struct node *group_node, struct node *node,
                         const struct start_context *context, struct start_group *group)
{
    if (is_equilibrium(node)) {
        group->elapsed = ELAPSED_EQUILIBRIUM;
        check_equilibrium(reader, node ? node : group_node, context->statuses, group->status);
        return;
    }
    group->elapsed = ELAPSED_KNOWN;
    if (resembles_equilibrium(node)) {
        node_error(reader, node, "elapsed is %s; did you mean 'equilibrium'?", node->text);
        return;
    }
    (void)!read_shape(reader, node, &group->elapsed_min);
}

/* -- a group */

static bool read_status(struct reader *reader, const struct node *group_node, struct node *node,
                        const struct statuses *statuses, int *status)
{
    if (node)
        return read_reference(reader, node, "status", statuses->name, statuses->count, status);
    for (*status = 0; *status < statuses->count; (*status)++)
        if (strcmp(statuses->name[*status], group_node->key) == 0)
            return true;
    const char *nearest = nearest_name(group_node->key, statuses->name, statuses->count);
    node_key_error(reader, group_node,
                   "%s is not the name of a status%s, so the group must say its status",
                   group_node->key,
                   nearest ? arena_print(reader->arena, " (did you mean '%s'?)", nearest) : "");
    return false;
}

static void check_waiting(struct reader *reader, const struct node *node, const struct node *in,
                          const struct status *status)
{
    if (status->waits_in == WAITS_NOWHERE)
        node_error(reader, node, "people of status %s never wait (waits: nowhere)", status->name);
    else if (status->waits_in == WAITS_PRESENT_PLACE && !in)
        node_error(reader, node,
                   "people of status %s wait in the place that they keep; say with in which places",
                   status->name);
    else if (status->waits_in == WAITS_OUTSIDE && in)
        node_error(reader, in, "people of status %s wait outside, so in may not be given",
                   status->name);
}

static void read_group(struct reader *reader, struct node *node,
                       const struct start_context *context, bool waiting, struct start_group *group)
{
    struct start_draft draft = {.since_min = shape_make_fixed(reader->arena, 0)};
    int                before = reader->errors->count;
    fields_read(reader, node, waiting ? waiting_fields : present_fields, &draft);
    group->name = arena_print(reader->arena, "%s/%s", waiting ? "waiting" : "present", node->key);
    group->waiting = waiting;
    group->persons = draft.persons;
    group->since_min = draft.since_min;
    if (!read_status(reader, node, draft.status, context->statuses, &group->status))
        return;
    if (draft.in)
        group->in = read_pools(reader, draft.in, context);
    if (waiting)
        check_waiting(reader, node, draft.in, &context->statuses->list[group->status]);
    else
        read_elapsed(reader, node, draft.elapsed, context, group);
    /* earlier sections may have failed too, and then stays and shares are not there */
    if (reader->errors->count == before && before == 0)
        set_profiles(reader, node, context, group);
}

static void read_groups(struct reader *reader, struct node *node,
                        const struct start_context *context, bool waiting, struct start *start)
{
    /* after a bad name it goes on, so that all errors are told */
    if (!read_names(reader, node) && node->kind != NODE_MAPPING)
        return;
    for (struct node *group = node->first; group; group = group->next) {
        if (node_is_note(group))
            continue;
        if (start->count == START_GROUPS_AT_MOST) {
            node_key_error(reader, group, "%s is one start group too many; at most %d are allowed",
                           group->key, START_GROUPS_AT_MOST);
            return;
        }
        read_group(reader, group, context, waiting, &start->list[start->count++]);
    }
}

struct sections {
    struct node *present, *waiting;
};

static const struct field start_fields[] = {
    {.key = "present",
     .type = FIELD_OWN,
     .offset = offsetof(struct sections, present),
     .own = keep},
    {.key = "waiting",
     .type = FIELD_OWN,
     .offset = offsetof(struct sections, waiting),
     .own = keep},
    {.key = NULL},
};

void start_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                const struct statuses *statuses, const struct estate *estate,
                const struct rules *rules, struct start *start)
{
    struct start_context context = {attributes, statuses, estate, rules};
    struct sections      sections = {0};
    *start =
        (struct start){.list = arena_new(reader->arena, struct start_group, START_GROUPS_AT_MOST)};
    if (node)
        fields_read(reader, node, start_fields, &sections);
    if (sections.present)
        read_groups(reader, sections.present, &context, false, start);
    if (sections.waiting)
        read_groups(reader, sections.waiting, &context, true, start);
}
