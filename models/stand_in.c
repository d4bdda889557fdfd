#include "models/stand_in.h"

#include <string.h>

#include "models/rules_rings.h"

#define CELLS_AT_MOST 10000000 /* people in police cells */

struct making {
    struct reader           *reader;
    const struct attributes *attributes;
    const struct statuses   *statuses;
    const struct estate     *estate;
    const struct rules      *rules;
    struct stand_in         *stand_in;
    int                      set_of_regime[REGIMES_AT_MOST]; /* -1: in none */
    int                      set_count;
    int                      first_regime[REGIMES_AT_MOST]; /* of a set that was written out */
    bool                     is_written;
    mask                     group[POOLS_AT_MOST];
    int                      set_of_group[POOLS_AT_MOST];
};

/* -- sets of regimes */

static void add_regime(struct making *making, struct node *item, int set)
{
    const struct estate *estate = making->estate;
    int                  regime;
    if (!read_reference(making->reader, item, "regime", estate->regime_name, estate->regime_count,
                        &regime))
        return;
    if (!regime_has_usable(&estate->regime[regime]))
        node_error(making->reader, item,
                   "stand_in names %s, which is unlimited, emergency or outside: it has no usable "
                   "places to run short of",
                   estate->regime_name[regime]);
    else if (making->set_of_regime[regime] >= 0)
        node_error(making->reader, item, "stand_in names %s twice", estate->regime_name[regime]);
    else
        making->set_of_regime[regime] = set;
    if (making->first_regime[set] < 0)
        making->first_regime[set] = regime;
}

static void read_sets(struct making *making, struct node *node)
{
    making->is_written = true;
    if (!read_list(making->reader, node))
        return;
    for (struct node *set = node->first; set; set = set->next) {
        if (!read_list(making->reader, set))
            continue;
        if (!set->first) {
            node_error(making->reader, set, "%s must name at least one regime",
                       node_label(making->reader->arena, set));
            continue;
        }
        if (making->set_count == REGIMES_AT_MOST)
            break; /* some regime was named twice, an error */
        for (struct node *item = set->first; item; item = item->next)
            add_regime(making, item, making->set_count);
        making->set_count++;
    }
}

/* All places but those of a kind of their own (clinics). */
static void set_default(struct making *making)
{
    making->set_count = 1;
    for (int r = 0; r < making->estate->regime_count; r++) {
        const struct regime *regime = &making->estate->regime[r];
        if (regime_has_usable(regime) && !regime->apart)
            making->set_of_regime[r] = 0;
    }
}

/* -- groups: pools of a set that are linked by people who may be in both */

/* The groups that share a pool with these become one. */
static void join(struct making *making, int first, int *count, mask pools)
{
    for (int g = first; g < *count;) {
        if (!(making->group[g] & pools)) {
            g++;
            continue;
        }
        pools |= making->group[g];
        memmove(&making->group[g], &making->group[g + 1],
                (size_t)(--*count - g) * sizeof making->group[0]);
    }
    making->group[(*count)++] = pools;
}

static bool is_known(const struct making *making, int first, int count, mask pools)
{
    for (int g = first; g < count; g++)
        if (!(pools & ~making->group[g]))
            return true;
    return false;
}

static int by_lowest(const mask *a, const mask *b)
{
    return mask_lowest(*a) - mask_lowest(*b);
}

static void sort_groups(mask *group, int count)
{
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && by_lowest(&group[j - 1], &group[j]) > 0; j--) {
            mask swap = group[j];
            group[j] = group[j - 1];
            group[j - 1] = swap;
        }
}

/* Pools where somebody who comes may be: given by a rule, or where a status waits; of sets that are
 * written out all that admit somebody. The places of all others help nobody. */
static mask pools_of_use(const struct making *making)
{
    uint32_t profiles = making->attributes->profile_count;
    mask     pools = 0;
    for (int s = 0; s < making->statuses->count; s++) {
        const struct status *status = &making->statuses->list[s];
        if (status->waits_in == WAITS_REGIME)
            pools |= making->rules->of_regime[status->waits_regime];
        for (uint32_t p = 0; p < profiles; p++)
            if (making->attributes->share_of_profile[p] > 0)
                pools |= making->is_written ? making->rules->admitted[(uint32_t)s * profiles + p]
                                            : rules_pools_given(making->rules, s, p);
    }
    return pools;
}

/* Those of use; where none is, all, since somebody asked for the set. */
static mask pools_of_set(const struct making *making, int set)
{
    const struct rules *rules = making->rules;
    mask                pools = 0, of_use = pools_of_use(making);
    for (int p = 0; p < rules->pool_count; p++)
        if (making->set_of_regime[rules->pool[p].regime] == set)
            pools |= (mask)1 << p;
    return pools & of_use ? pools & of_use : pools;
}

static void make_groups_of_set(struct making *making, int set)
{
    const struct rules *rules = making->rules;
    size_t              cells = (size_t)making->statuses->count * making->attributes->profile_count;
    int                 first = making->stand_in->count, count = first;
    mask                pools = pools_of_set(making, set);
    for (mask left = pools; left; left &= left - 1)
        making->group[count++] = left & -left;
    for (size_t i = 0; i < cells; i++) {
        mask linked = rules->admitted[i] & pools;
        if (making->attributes->share_of_profile[i % making->attributes->profile_count] > 0 &&
            linked && !is_known(making, first, count, linked))
            join(making, first, &count, linked);
    }
    sort_groups(making->group + first, count - first);
    for (int g = first; g < count; g++)
        making->set_of_group[g] = set;
    making->stand_in->count = count;
}

/* -- names */

/* The first attribute of which all people who may be in these pools have one value; -1: none. */
static int only_attribute(const struct making *making, mask pools, int *value)
{
    const struct attributes *attributes = making->attributes;
    uint32_t                 profiles = attributes->profile_count, seen[ATTRIBUTES_AT_MOST] = {0};
    for (size_t i = 0; i < (size_t)making->statuses->count * profiles; i++)
        if (making->rules->admitted[i] & pools)
            for (int a = 0; a < attributes->count; a++)
                seen[a] |= 1u << attribute_value(attributes, a, (uint32_t)(i % profiles));
    for (int a = 0; a < attributes->count; a++)
        if (attributes->list[a].value_count > 1 && seen[a] && !(seen[a] & (seen[a] - 1))) {
            *value = __builtin_ctz(seen[a]);
            return a;
        }
    return -1;
}

/* Alone in its set: named after the set. Else after what its people have in common, or numbered. */
static const char *name_of(const struct making *making, int g)
{
    struct arena *arena = making->reader->arena;
    int           set = making->set_of_group[g], rank = 0, in_set = 0, value = 0;
    const char   *regime =
        making->is_written ? making->estate->regime_name[making->first_regime[set]] : "places";
    for (int other = 0; other < making->stand_in->count; other++) {
        in_set += making->set_of_group[other] == set;
        rank += other <= g && making->set_of_group[other] == set;
    }
    if (in_set == 1)
        return arena_print(arena, "stand_in.%s", regime);
    int a = only_attribute(making, making->group[g], &value);
    if (a < 0)
        return arena_print(arena, "stand_in.%s.%d", regime, rank);
    const struct attribute *attribute = &making->attributes->list[a];
    return making->is_written
               ? arena_print(arena, "stand_in.%s.%s", regime, attribute->value[value])
               : arena_print(arena, "%s.%s", attribute->name, attribute->value[value]);
}

/* Two groups of one name are numbered after all. */
static void name_groups(struct making *making)
{
    struct stand_in *stand_in = making->stand_in;
    stand_in->name = arena_new(making->reader->arena, const char *, (size_t)stand_in->count);
    for (int g = 0; g < stand_in->count; g++) {
        int same = 1;
        stand_in->name[g] = name_of(making, g);
        for (int other = 0; other < g; other++)
            same += strcmp(name_of(making, other), stand_in->name[g]) == 0;
        if (same > 1)
            stand_in->name[g] =
                arena_print(making->reader->arena, "%s.%d", stand_in->name[g], same);
    }
}

/* -- tables */

static uint8_t group_of_pools(const struct making *making, mask pools)
{
    for (int g = 0; g < making->stand_in->count; g++)
        if (making->group[g] & pools)
            return (uint8_t)g;
    return NO_GROUP;
}

/* Of the first place on his list that belongs to a group. */
static uint8_t group_of_list(const struct making *making, list_id id)
{
    if (id == NO_LIST)
        return NO_GROUP;
    const struct list_plan *list = &making->rules->lists[id];
    uint8_t                 group = NO_GROUP;
    for (int i = 0; i < list->pool_count && group == NO_GROUP; i++)
        group = group_of_pools(making, (mask)1 << list->pool[i]);
    return group;
}

static void make_tables(struct making *making)
{
    struct arena        *arena = making->reader->arena;
    const struct estate *estate = making->estate;
    const struct rules  *rules = making->rules;
    struct stand_in     *stand_in = making->stand_in;
    size_t cells = (size_t)making->statuses->count * making->attributes->profile_count;
    stand_in->group_of_unit = arena_new(arena, uint8_t, (size_t)estate->unit_count);
    stand_in->emergency = arena_new(arena, uint16_t, (size_t)estate->unit_count);
    for (int u = 0; u < estate->unit_count; u++) {
        stand_in->group_of_unit[u] = group_of_pools(making, (mask)1 << rules->pool_of_unit[u]);
        if (estate->regime[estate->unit[u].regime].emergency)
            stand_in->emergency[stand_in->emergency_count++] = (uint16_t)u;
    }
    uint8_t of_list[LISTS_AT_MOST + 1] = {0};
    for (int l = 0; l < rules->list_count; l++)
        of_list[l] = group_of_list(making, (list_id)l);
    stand_in->group_of_who = arena_new(arena, uint8_t, cells);
    for (size_t i = 0; i < cells; i++) {
        list_id list = rules->entitlement[i].list;
        stand_in->group_of_who[i] = list == NO_LIST ? NO_GROUP : of_list[list];
    }
}

static bool same_groups(const struct making *making, uint32_t a, uint32_t b)
{
    const uint8_t *group = making->stand_in->group_of_who;
    uint32_t       profiles = making->attributes->profile_count;
    for (int s = 0; s < making->statuses->count; s++)
        if (group[(uint32_t)s * profiles + a] != group[(uint32_t)s * profiles + b])
            return false;
    return true;
}

/* Profiles with the same group in every status are one kind. */
static void make_signatures(struct making *making)
{
    struct stand_in *stand_in = making->stand_in;
    uint32_t         profiles = making->attributes->profile_count;
    uint32_t        *first = arena_new(making->reader->arena, uint32_t, profiles);
    stand_in->signature = arena_new(making->reader->arena, uint16_t, profiles);
    for (uint32_t p = 0; p < profiles; p++) {
        int k = 0;
        while (k < stand_in->signature_count && !same_groups(making, first[k], p))
            k++;
        if (k == stand_in->signature_count)
            first[stand_in->signature_count++] = p;
        stand_in->signature[p] = (uint16_t)k;
    }
}

/* -- code black */

struct code_black_draft {
    struct {
        struct fraction at_least;
    } occupancy;
    struct {
        int64_t at_least;
    } cells;
    struct node *of;
};

static const struct field occupancy_fields[] = {
    {.key = "at_least",
     .type = FIELD_SHARE,
     .offset = 0,
     .required = true,
     .help = "People in places by usable places, both at 24:00; with no usable place there is no "
             "occupancy and no code black."},
    {.key = NULL},
};
static const struct field cells_fields[] = {
    {.key = "at_least",
     .type = FIELD_COUNT,
     .offset = 0,
     .required = true,
     .low = 0,
     .high = CELLS_AT_MOST,
     .help = "People in police cells (emergency regimes) at 24:00, all of them."},
    {.key = NULL},
};

const struct field code_black_fields[] = {
    {.key = "occupancy",
     .type = FIELD_INNER,
     .offset = offsetof(struct code_black_draft, occupancy),
     .required = true,
     .inner = occupancy_fields,
     .help = "How full places must be."},
    {.key = "police_cells",
     .type = FIELD_INNER,
     .offset = offsetof(struct code_black_draft, cells),
     .inner = cells_fields,
     .otherwise = "does not matter",
     .help = "How many people must be in police cells as well."},
    {.key = "of",
     .type = FIELD_OWN,
     .offset = offsetof(struct code_black_draft, of),
     .own = node_keep,
     .unit = "who",
     .otherwise = "everyone",
     .help = "Whose places: units of the groups of stand_in that admit somebody who matches."},
    {.key = NULL},
};

static void read_code_black(struct making *making, struct node *node)
{
    struct code_black      *black = &making->stand_in->code_black;
    const struct estate    *estate = making->estate;
    struct code_black_draft draft = {.of = NULL};
    struct who              of = {0};
    fields_read(making->reader, node, code_black_fields, &draft);
    if (draft.of)
        who_read(making->reader, draft.of, making->attributes, making->statuses->name,
                 making->statuses->count, &of);
    if (making->reader->errors->count > 0)
        return;
    *black = (struct code_black){
        .asked = true,
        .at_least = draft.occupancy.at_least,
        .cells = draft.cells.at_least,
        .is_of = arena_new(making->reader->arena, bool, (size_t)estate->unit_count)};
    mask pools =
        rules_pools_of_who(making->rules, making->attributes, making->statuses->count, &of);
    bool any = false;
    for (int u = 0; u < estate->unit_count; u++) {
        black->is_of[u] = making->stand_in->group_of_unit[u] != NO_GROUP &&
                          (pools >> making->rules->pool_of_unit[u] & 1);
        any |= black->is_of[u];
    }
    if (!any)
        node_error(making->reader, draft.of ? draft.of : node,
                   "no unit of the groups of stand_in admits anybody of these");
}

void stand_in_read(struct reader *reader, const struct stand_in_draft *draft,
                   const struct attributes *attributes, const struct statuses *statuses,
                   const struct estate *estate, const struct rules *rules,
                   struct stand_in *stand_in)
{
    struct making making = {reader, attributes, statuses, estate, rules, stand_in, .set_count = 0};
    *stand_in = (struct stand_in){.signature_count = 0};
    for (int r = 0; r < REGIMES_AT_MOST; r++)
        making.set_of_regime[r] = making.first_regime[r] = -1;
    if (draft->groups)
        read_sets(&making, draft->groups);
    else
        set_default(&making);
    bool is_whole = reader->errors->count == 0; /* without, there may be no rules */
    for (int set = 0; is_whole && set < making.set_count; set++)
        make_groups_of_set(&making, set);
    if (is_whole) {
        name_groups(&making);
        make_tables(&making);
        make_signatures(&making);
    }
    if (draft->code_black)
        read_code_black(&making, draft->code_black);
}
