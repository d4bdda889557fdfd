#include "models/returns.h"

#include <string.h>

#include "models/status_read.h"

struct draft {
    struct node *chance, *delay, *flow_share, *status, *held_in, *left_by, *as, *drawn_anew;
};

static const char *const left_by_words[LEFT_BYS] = {
    [LEFT_PLANNED] = "planned",
    [LEFT_EARLY] = "early",
    [LEFT_REPLACED] = "replaced",
    [LEFT_UNSERVED] = "unserved",
};

#define KEPT(member)                                                                               \
    .key = #member, .type = FIELD_OWN, .offset = offsetof(struct draft, member), .own = node_keep

const struct field returns_fields[] = {
    {KEPT(chance), .required = true, .unit = "share, may vary by attribute",
     .help = "Of those who leave the system so many come back, one day."},
    {KEPT(delay), .required = true, .unit = "shape, may vary by attribute",
     .help = "How long after he left; who would come after the end of the period does not."},
    {KEPT(flow_share), .required = true, .unit = "share, may vary by attribute",
     .help = "Of the arrivals that the flows state, so many are returns. Each flow is lowered by "
             "this share as far as the delay is over since the start of the period, for people of "
             "each kind by their own. `celsim check` says which share is in balance."},
    {KEPT(status), .unit = "factors by name of a status", .otherwise = "1",
     .help = "Times the chance, by the status in which he left."},
    {KEPT(held_in), .unit = "factors by name of a regime", .otherwise = "1",
     .help = "Times the chance, by the regime in which he was until he left; who was in none: 1."},
    {KEPT(left_by), .unit = "factors by planned, early, replaced, unserved", .otherwise = "1",
     .help = "Times the chance, by how he left: at the planned date, early by a valve or a "
             "measure, while he served otherwise by a measure (`replaced`, a last part outside "
             "too), or out of a queue or refused (`unserved`)."},
    {KEPT(as), .unit = "name of a status, or names by status",
     .otherwise = "the status in which he first came",
     .help = "The status in which he comes back; a mapping says it by the status in which he "
             "first came, others come back in the same."},
    {KEPT(drawn_anew), .unit = "list of attributes", .otherwise = "none",
     .help = "Attributes that are of the case, not of the person: drawn again for each return; he "
             "keeps the others."},
    {0},
};

/* -- single keys */

static bool read_number_entry(struct reader *reader, struct node *node, const void *object,
                              void *entry)
{
    struct fraction share;
    (void)object;
    if (!read_share(reader, node, &share))
        return false;
    *(double *)entry = (double)share.num / (double)share.den;
    return true;
}

static bool read_shape_entry(struct reader *reader, struct node *node, const void *object,
                             void *entry)
{
    (void)object;
    return read_shape(reader, node, entry);
}

static void *read_varying(struct reader *reader, const struct attributes *attributes,
                          struct node *node, size_t size, varying_entry *read, uint32_t *stride)
{
    struct varying varying;
    if (!node || !varying_read(reader, attributes, node, &varying))
        return NULL;
    return varying_table(reader, attributes, &varying, size, read, NULL, stride);
}

static int find_name(const char *name, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static void read_factors(struct reader *reader, struct node *node, const char *const *names,
                         int count, double *factor)
{
    for (int i = 0; i < count; i++)
        factor[i] = 1;
    if (!node || !read_mapping(reader, node))
        return;
    for (struct node *child = node->first; child; child = child->next) {
        if (node_is_note(child))
            continue;
        int i = find_name(child->key, names, count);
        child->used = true;
        if (i < 0)
            node_unknown_key(reader, child, names, count);
        else
            (void)!read_number(reader, child, 0, FACTOR_AT_MOST, &factor[i]);
    }
}

static void read_as(struct reader *reader, struct node *node, const struct statuses *statuses,
                    int *as)
{
    int all;
    for (int s = 0; s < statuses->count; s++)
        as[s] = s;
    if (!node)
        return;
    if (node->kind != NODE_MAPPING || node_find(node, "value")) {
        if (read_reference(reader, node, "status", statuses->name, statuses->count, &all))
            for (int s = 0; s < statuses->count; s++)
                as[s] = all;
        return;
    }
    if (!read_mapping(reader, node))
        return;
    for (struct node *child = node->first; child; child = child->next) {
        if (node_is_note(child))
            continue;
        int s = find_name(child->key, statuses->name, statuses->count);
        child->used = true;
        if (s < 0)
            node_unknown_key(reader, child, statuses->name, statuses->count);
        else
            (void)!read_reference(reader, child, "status", statuses->name, statuses->count, &as[s]);
    }
}

static void read_drawn_anew(struct reader *reader, struct node *node,
                            const struct attributes *attributes, uint32_t *copied)
{
    const char *names[ATTRIBUTES_AT_MOST];
    int         a;
    *copied = ((uint32_t)1 << attributes->count) - 1;
    for (int i = 0; i < attributes->count; i++)
        names[i] = attributes->list[i].name;
    if (!node || !read_list(reader, node))
        return;
    for (struct node *item = node->first; item; item = item->next)
        if (read_reference(reader, item, "attribute", names, attributes->count, &a))
            *copied &= ~((uint32_t)1 << a);
}

/* -- what the flows still bring */

#define KINDS_AT_MOST (VALUES_AT_MOST * VALUES_AT_MOST) /* each key varies by one attribute */

/* Of some profiles: by which share their flows are lowered, and as far as which delay is over. */
struct lowering {
    double              share;
    const struct shape *delay;
};

static int find_lowering(const struct lowering *lowering, int count, struct lowering wanted)
{
    int i = 0;
    while (i < count && (lowering[i].share != wanted.share || lowering[i].delay != wanted.delay))
        i++;
    return i;
}

static void find_kinds(struct arena *arena, const struct attributes *attributes,
                       struct lowering *lowering, struct returns *returns)
{
    returns->kind = arena_new(arena, uint16_t, attributes->profile_count);
    for (uint32_t p = 0; p < attributes->profile_count; p++) {
        struct lowering own = {returns->flow_share.of[p * returns->flow_share.stride],
                               returns->delay.of[p * returns->delay.stride]};
        int             i = find_lowering(lowering, returns->kind_count, own);
        if (i == returns->kind_count)
            lowering[returns->kind_count++] = own;
        returns->kind[p] = (uint16_t)i;
    }
}

static bool somebody_returns(const struct attributes *attributes, const struct returns *returns)
{
    for (uint32_t p = 0; p < attributes->profile_count; p++)
        if (attributes->share_of_profile[p] * returns->chance.of[p * returns->chance.stride] > 0)
            return true;
    return false;
}

/* At the middle of the day: the mean over the day but for the bend of the curve. Where nobody
 * returns by `chance` the flows stay as they are. */
static void make_rate_factors(struct arena *arena, const struct attributes *attributes,
                              const struct period *period, struct returns *returns)
{
    struct lowering *lowering = arena_new(arena, struct lowering, KINDS_AT_MOST);
    returns->lowers = somebody_returns(attributes, returns);
    find_kinds(arena, attributes, lowering, returns);
    double *factor = returns->rate_factor =
        arena_new(arena, double, (size_t)period->day_count *(size_t)returns->kind_count);
    for (int32_t day = 0; day < period->day_count; day++)
        for (int i = 0; i < returns->kind_count; i++)
            *factor++ = returns->lowers
                            ? 1 - lowering[i].share * shape_share_below(lowering[i].delay,
                                                                        (day + 0.5) * MINUTES_A_DAY)
                            : 1;
}

/* -- the whole */

static void check_measures(struct reader *reader, const struct node *measures_node,
                           const struct measures *measures)
{
    for (int i = 0; i < measures->return_count; i++) {
        const char *name = measures->list[measures->returns[i]].name;
        node_error(reader, node_find(node_find(measures_node, name), "kind"),
                   "%s acts on returns, and the scenario has none: give it the section returns",
                   name);
    }
}

void returns_read(struct reader *reader, struct node *node, const struct node *measures_node,
                  const struct attributes *attributes, const struct statuses *statuses,
                  const struct estate *estate, const struct period *period,
                  const struct measures *measures, struct returns *returns)
{
    struct draft draft = {.chance = NULL};
    int          before = reader->errors->count;
    *returns = (struct returns){.used = false};
    if (!node) {
        check_measures(reader, measures_node, measures);
        return;
    }
    fields_read(reader, node, returns_fields, &draft);
    returns->chance.of = read_varying(reader, attributes, draft.chance, sizeof(double),
                                      read_number_entry, &returns->chance.stride);
    returns->delay.of = read_varying(reader, attributes, draft.delay, sizeof(const struct shape *),
                                     read_shape_entry, &returns->delay.stride);
    returns->flow_share.of = read_varying(reader, attributes, draft.flow_share, sizeof(double),
                                          read_number_entry, &returns->flow_share.stride);
    read_factors(reader, draft.status, statuses->name, statuses->count, returns->of_status);
    read_factors(reader, draft.held_in, estate->regime_name, estate->regime_count,
                 returns->of_regime);
    read_factors(reader, draft.left_by, left_by_words, LEFT_BYS, returns->of_left_by);
    read_as(reader, draft.as, statuses, returns->as);
    read_drawn_anew(reader, draft.drawn_anew, attributes, &returns->copied);
    /* a wrong list of attributes, told before, leaves what goes by it unread without a word */
    if (reader->errors->count > before || !returns->chance.of || !returns->delay.of ||
        !returns->flow_share.of)
        return;
    returns->used = true;
    returns->draw_chance = rng_jump(rng_purpose(RETURN, RETURN_CHANCE, 0));
    returns->draw_delay = rng_jump(rng_purpose(RETURN, RETURN_DELAY, 0));
    returns->to_person = status_purpose(RETURN, RETURN_PERSON);
    make_rate_factors(reader->arena, attributes, period, returns);
}
