#include "models/start.h"

#include <string.h>

#include "models/rules_lists.h"
#include "models/start_read.h"
#include "sim/names.h"

#define PERSONS_AT_MOST 268435456 /* 2^28: more do not fit in a run, see scenario.c */

/* What the readers of a group's keys are handed. */
struct start_draft {
    struct node        *status, *elapsed, *in, *csv;
    int64_t             persons;
    const struct shape *since_min;
};

#define STATUS_FIELD                                                                               \
    {                                                                                              \
        .key = "status", .type = FIELD_OWN, .offset = offsetof(struct start_draft, status),        \
        .own = node_keep, .unit = "name of a status", .otherwise = "the group's name",             \
        .help = "The status in which they are."                                                    \
    }
#define PERSONS_FIELD                                                                              \
    {.key = "persons",                                                                             \
     .type = FIELD_COUNT,                                                                          \
     .offset = offsetof(struct start_draft, persons),                                              \
     .low = 0,                                                                                     \
     .high = PERSONS_AT_MOST,                                                                      \
     .unit = "people",                                                                             \
     .otherwise = "one of both must be",                                                           \
     .help = "How many there are at the first midnight."},                                         \
    {                                                                                              \
        .key = "csv", .type = FIELD_OWN, .offset = offsetof(struct start_draft, csv),              \
        .own = node_keep, .unit = "file", .otherwise = "one of both must be",                      \
        .help = "In place of `persons` and all other keys but `status`: a file with a row a "      \
                "person."                                                                          \
    }

const struct field present_fields[] = {
    STATUS_FIELD,
    PERSONS_FIELD,
    {.key = "elapsed",
     .type = FIELD_OWN,
     .offset = offsetof(struct start_draft, elapsed),
     .own = node_keep,
     .unit = "`equilibrium` or a shape",
     .otherwise = "equilibrium",
     .help = "How much of the stay is over: as in a system that has run long with these stays, or "
             "drawn from a shape."},
    {.key = "in",
     .type = FIELD_OWN,
     .offset = offsetof(struct start_draft, in),
     .own = node_keep,
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
     .own = node_keep,
     .unit = "list of regimes, institutions, units or tags",
     .otherwise = "where the status waits",
     .help = "The places that they keep while they wait; must be given where the status waits in "
             "the present place."},
    {.key = NULL},
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

static const struct path_plan *path_plan(struct reader *reader, const struct start_context *context)
{
    struct start_paths *paths = context->paths;
    if (!paths->plan)
        paths->plan =
            path_plan_make(reader->arena, context->attributes, context->statuses, context->estate,
                           context->rules, context->flows, context->period);
    return paths->plan;
}

/* People by profile as they enter a status; without a flow as they arrive. Routes that do not vary
 * leave the shares as they are. */
static const double *people_entering(struct reader *reader, const struct start_context *context,
                                     int s)
{
    const struct attributes *attributes = context->attributes;
    const struct statuses   *statuses = context->statuses;
    bool                     varies = false;
    for (int other = 0; other < statuses->count; other++)
        varies |= statuses->list[other].route_threshold.stride > 0;
    if (!varies || !paths_lead_to(path_plan(reader, context), s))
        return attributes->share_of_profile;
    double *people = arena_new(reader->arena, double, attributes->profile_count);
    for (uint32_t p = 0; p < attributes->profile_count; p++)
        people[p] = paths_entries(path_plan(reader, context), p, s);
    return people;
}

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
                        const double *people, uint32_t profile)
{
    const struct shape_by_profile *stay = &context->statuses->list[group->status].stay;
    if (!may_be_there(context, group, profile))
        return 0;
    if (group->waiting || group->elapsed != ELAPSED_EQUILIBRIUM)
        return people[profile];
    return people[profile] * stay->of[profile * stay->stride]->mean_min;
}

/* 0: nobody of those people can be there. */
static double sum_profiles(const struct start_context *context, const double *people,
                           struct start_group *group, uint32_t *last)
{
    double sum = 0;
    for (uint32_t p = 0; p < context->attributes->profile_count; p++) {
        double weight = weight_of(context, group, people, p);
        sum += weight;
        group->profile_up_to[p] = sum;
        if (weight > 0)
            *last = p;
    }
    return sum;
}

/* Those who enter the status; where none of them can be in the group, those who arrive. */
static const double *set_profiles(struct reader *reader, const struct node *node,
                                  const struct start_context *context, struct start_group *group)
{
    uint32_t      count = context->attributes->profile_count, last = 0;
    const double *people = people_entering(reader, context, group->status);
    group->profile_up_to = arena_new(reader->arena, double, count);
    double sum = sum_profiles(context, people, group, &last);
    if (sum <= 0) {
        people = context->attributes->share_of_profile;
        sum = sum_profiles(context, people, group, &last);
    }
    if (sum <= 0 && group->persons > 0)
        node_error(reader, node, "nobody of status %s can %s: no place %s is for them",
                   context->statuses->name[group->status], group->waiting ? "wait" : "be here",
                   group->in ? "of in" : "of a rule");
    for (uint32_t p = 0; sum > 0 && p < count; p++)
        group->profile_up_to[p] = p < last ? group->profile_up_to[p] / sum : 1;
    return people;
}

/* -- how long they have been there */

static void check_equilibrium(struct reader *reader, const struct node *node,
                              const struct statuses *statuses, int s)
{
    if (!statuses->list[s].stay.of && reader->errors->count > 0)
        return; /* it may have one, with an error in it */
    if (!statuses->list[s].stay.of)
        node_error(reader, node,
                   "equilibrium needs a stay or a sentence, and status %s has none; give elapsed "
                   "as a shape",
                   statuses->name[s]);
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

/* -- whose stay is no shape, and who is met after a known time */

static const struct paths *paths_of(struct reader *reader, const struct start_context *context,
                                    int s)
{
    const struct paths **paths = &context->paths->of[s];
    if (!*paths)
        *paths = paths_make(reader->arena, path_plan(reader, context), s);
    return *paths;
}

/* Who waits needs a path when his clock runs already, or custody that will count. */
static bool needs_paths(const struct start_context *context, const struct start_group *group)
{
    const struct status *status = &context->statuses->list[group->status];
    bool                 is_derived = paths_derived(context->statuses, group->status);
    bool                 carries = paths_carry_custody(context->statuses, group->status);
    bool                 is_held = !group->waiting || status->waits_in != WAITS_OUTSIDE;
    if (!status->stay.of)
        return false;
    if (!group->waiting)
        return is_derived || carries;
    if (status->clock == CLOCK_ARRIVAL && is_derived)
        return true;
    return is_held && (carries || (status->clock == CLOCK_CUSTODY && is_derived));
}

static void set_paths(struct reader *reader, const struct node *node,
                      const struct start_context *context, struct start_group *group)
{
    bool        in_equilibrium = !group->waiting && group->elapsed == ELAPSED_EQUILIBRIUM;
    bool       *may = arena_new(reader->arena, bool, context->attributes->profile_count);
    const char *name = context->statuses->name[group->status];
    if (in_equilibrium && paths_less_custody(context->statuses, group->status) &&
        !paths_lead_to(path_plan(reader, context), group->status)) {
        node_error(
            reader, node,
            "equilibrium of a sentence less remand needs a flow that leads to status %s; give "
            "elapsed as a shape, such as 90 days or {exponential: {mean: 90 days}}",
            name);
        return;
    }
    for (uint32_t p = 0; p < context->attributes->profile_count; p++)
        may[p] = may_be_there(context, group, p);
    struct path_choice *choice = arena_new(reader->arena, struct path_choice, 1);
    if (path_choice_make(reader->arena, paths_of(reader, context, group->status), in_equilibrium,
                         may, choice))
        group->paths = choice;
    else if (group->persons > 0)
        node_error(
            reader, node,
            "nobody can be in status %s in equilibrium: none of those who come there and may "
            "be here has anything left to serve",
            name);
}

/* Whether the time that is known is of a stay that sets people apart. */
static void set_survivors(struct reader *reader, const struct start_context *context,
                          const double *people, struct start_group *group)
{
    const struct status *status = &context->statuses->list[group->status];
    const struct shape  *known = group->waiting ? group->since_min : group->elapsed_min;
    uint32_t             count = context->attributes->profile_count;
    bool                 runs = group->waiting ? status->clock == CLOCK_ARRIVAL && !status->sentence
                                               : group->elapsed == ELAPSED_KNOWN;
    if (!runs || !status->stay.of || status->stay.stride == 0 ||
        (known->kind == SHAPE_FIXED && known->fixed_min == 0))
        return;
    double *share = arena_new(reader->arena, double, count);
    for (uint32_t p = 0; p < count; p++)
        share[p] = may_be_there(context, group, p) ? people[p] : 0;
    group->survivors = survivors_make(reader->arena, count, status->stay.of, share);
}

static void set_people(struct reader *reader, const struct node *node,
                       const struct start_context *context, struct start_group *group)
{
    int           before = reader->errors->count;
    const double *people = set_profiles(reader, node, context, group);
    if (reader->errors->count > before || group->persons == 0)
        return;
    if (needs_paths(context, group))
        set_paths(reader, node, context, group);
    else
        set_survivors(reader, context, people, group);
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

/* -1: neither the key nor the name says one, which a file may do. */
static bool read_status_of_rows(struct reader *reader, const struct node *group_node,
                                struct node *node, const struct statuses *statuses, int *status)
{
    if (node)
        return read_status(reader, group_node, node, statuses, status);
    *status = -1;
    for (int s = 0; s < statuses->count; s++)
        if (strcmp(statuses->name[s], group_node->key) == 0)
            *status = s;
    return true;
}

static void read_persons(struct reader *reader, struct node *node,
                         const struct start_context *context, const struct start_draft *draft,
                         struct start_group *group)
{
    static const char *const others[] = {"persons", "elapsed", "since", "in"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (node_find(node, others[i])) {
            node_error(reader, node_find(node, others[i]),
                       "%s stands beside csv, whose rows say it", others[i]);
            return;
        }
    int status;
    if (read_status_of_rows(reader, node, draft->status, context->statuses, &status))
        start_read_csv(reader, draft->csv, context, status, group);
}

static void read_group(struct reader *reader, struct node *node,
                       const struct start_context *context, bool waiting, struct start_group *group)
{
    struct start_draft draft = {.persons = -1, .since_min = shape_make_fixed(reader->arena, 0)};
    int                before = reader->errors->count;
    fields_read(reader, node, waiting ? waiting_fields : present_fields, &draft);
    group->name = arena_print(reader->arena, "%s/%s", waiting ? "waiting" : "present", node->key);
    group->waiting = waiting;
    group->persons = draft.persons;
    group->since_min = draft.since_min;
    if (draft.csv) {
        read_persons(reader, node, context, &draft, group);
        return;
    }
    if (draft.persons < 0 && reader->errors->count == before)
        node_error(reader, node, "%s lacks persons or csv", node_label(reader->arena, node));
    bool has_status = read_status(reader, node, draft.status, context->statuses, &group->status);
    if (draft.in)
        group->in = read_pools(reader, draft.in, context);
    if (!has_status)
        return;
    if (waiting)
        check_waiting(reader, node, draft.in, &context->statuses->list[group->status]);
    else
        read_elapsed(reader, node, draft.elapsed, context, group);
    /* earlier sections may have failed too, and then stays and shares are not there */
    if (reader->errors->count == before && before == 0)
        set_people(reader, draft.elapsed ? draft.elapsed : node, context, group);
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
     .own = node_keep},
    {.key = "waiting",
     .type = FIELD_OWN,
     .offset = offsetof(struct sections, waiting),
     .own = node_keep},
    {.key = NULL},
};

void start_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                const struct statuses *statuses, const struct estate *estate,
                const struct rules *rules, const struct flows *flows, const struct period *period,
                struct start *start)
{
    struct start_paths   paths = {0};
    bool                 is_sound = reader->errors->count == 0;
    struct start_context context = {attributes, statuses, estate, rules,
                                    flows,      period,   &paths, is_sound};
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
