#include "models/rules_lists.h"

#include <stdlib.h>
#include <string.h>

#include "models/levels.h"
#include "models/rules_dates.h"

/* -- entries */

/* Regimes, then institutions, then units, then tags: what an entry may name. */
static const char **names_of_places(struct arena *arena, const struct estate *estate, int *count)
{
    *count =
        estate->regime_count + estate->institution_count + estate->unit_count + estate->tag_count;
    const char **names = arena_new(arena, const char *, (size_t)*count);
    int          n = 0;
    for (int i = 0; i < estate->regime_count; i++)
        names[n++] = estate->regime_name[i];
    for (int i = 0; i < estate->institution_count; i++)
        names[n++] = estate->institution_name[i];
    for (int i = 0; i < estate->unit_count; i++)
        names[n++] = estate->unit_name[i];
    for (int i = 0; i < estate->tag_count; i++)
        names[n++] = estate->tag_name[i];
    return names;
}

static bool *units_of_place(struct arena *arena, const struct estate *estate, int place)
{
    bool *has = arena_new(arena, bool, (size_t)estate->unit_count);
    int   institution = place - estate->regime_count;
    int   alone = institution - estate->institution_count;
    int   tag = alone - estate->unit_count;
    for (int u = 0; u < estate->unit_count; u++) {
        if (institution < 0)
            has[u] = estate->unit[u].regime == place;
        else if (alone < 0)
            has[u] = estate->unit[u].institution == institution;
        else if (tag < 0)
            has[u] = u == alone;
        else
            has[u] = estate->unit[u].tags >> tag & 1;
    }
    return has;
}

/* A regime without limit is a unit of its name; other units in it were refused. */
static bool is_own_unit(const struct estate *estate, int regime, int unit)
{
    return regime < estate->regime_count && estate->regime[regime].unlimited &&
           unit >= estate->regime_count + estate->institution_count &&
           unit < estate->regime_count + estate->institution_count + estate->unit_count;
}

/* Many rules may name the same place. */
static bool is_told(const struct errors *errors, const char *text)
{
    for (int i = 0; i < errors->count && i < ERRORS_KEPT; i++)
        if (strcmp(errors->list[i].text, text) == 0)
            return true;
    return false;
}

/* A regime, an institution, a unit and a tag may share a name only where they are the same places.
 */
static bool is_clear(struct reader *reader, const struct node *node, const struct estate *estate,
                     const char *const *names, int name_count, int place, const bool *has)
{
    for (int other = place + 1; other < name_count; other++) {
        if (strcmp(names[other], names[place]) != 0 || is_own_unit(estate, place, other))
            continue;
        const bool *others = units_of_place(reader->arena, estate, other);
        if (memcmp(others, has, (size_t)estate->unit_count) == 0)
            continue;
        const char *text = arena_print(
            reader->arena,
            "%s is the name of different places (a regime, an institution, a unit, a tag); "
            "give them different names",
            names[place]);
        if (!is_told(reader->errors, text))
            node_error(reader, node, "%s", text);
        return false;
    }
    return true;
}

void entries_read(struct reader *reader, struct node *node, const struct estate *estate,
                  struct entries *entries)
{
    if (!read_list(reader, node))
        return;
    int          name_count, place;
    const char **names = names_of_places(reader->arena, estate, &name_count);
    entries->list = arena_new(reader->arena, struct entry, (size_t)node->count);
    for (struct node *item = node->first; item; item = item->next) {
        if (!read_reference(reader, item, "regime, institution, unit or tag", names, name_count,
                            &place))
            continue;
        bool *has = units_of_place(reader->arena, estate, place);
        if (is_clear(reader, item, estate, names, name_count, place, has))
            entries->list[entries->count++] = (struct entry){.name = item->text, .has = has};
    }
}

/* -- pools */

static bool same_admits(const struct who *a, const struct who *b)
{
    return a->statuses == b->statuses && memcmp(a->values, b->values, sizeof a->values) == 0;
}

/* Classes of units by regime and `admits`, numbered by first appearance. */
static void sort_by_kind(const struct estate *estate, int *class_of_unit)
{
    int count = 0;
    for (int u = 0; u < estate->unit_count; u++) {
        const struct unit *unit = &estate->unit[u];
        class_of_unit[u] = count;
        for (int v = 0; v < u && class_of_unit[u] == count; v++)
            if (unit->regime == estate->unit[v].regime &&
                same_admits(&unit->admits, &estate->unit[v].admits))
                class_of_unit[u] = class_of_unit[v];
        count += class_of_unit[u] == count;
    }
}

/* Splits the classes that an entry cuts; again numbered by first appearance. */
static void split(const struct entry *entry, int unit_count, int *class_of_unit, int (*renamed)[2])
{
    int count = 0;
    memset(renamed, -1, (size_t)unit_count * sizeof *renamed);
    for (int u = 0; u < unit_count; u++) {
        int *class = &renamed[class_of_unit[u]][entry->has[u]];
        if (*class < 0)
            *class = count++;
        class_of_unit[u] = *class;
    }
}

static void split_all(const struct entries *entries, int unit_count, int *class_of_unit,
                      int (*renamed)[2])
{
    for (int i = 0; i < entries->count; i++)
        split(&entries->list[i], unit_count, class_of_unit, renamed);
}

static int by_name(const void *a, const void *b)
{
    const struct unit *const *one = a, *const *other = b;
    return strcmp((*one)->name, (*other)->name);
}

/* The units ordered by name are dealt out to their pools. */
static void fill_pools(struct arena *arena, const struct estate *estate, struct rules *rules)
{
    const struct unit **unit = arena_new(arena, const struct unit *, (size_t)estate->unit_count);
    for (int u = 0; u < estate->unit_count; u++) {
        struct pool *pool = &rules->pool[rules->pool_of_unit[u]];
        pool->regime = estate->unit[u].regime;
        pool->unit_count++;
        unit[u] = &estate->unit[u];
    }
    /* one more: where regimes could not be read, all units are of the first */
    rules->of_regime = arena_new(arena, mask, (size_t)estate->regime_count + 1);
    for (int p = 0; p < rules->pool_count; p++) {
        struct pool *pool = &rules->pool[p];
        rules->of_regime[pool->regime] |= mask_of(p);
        pool->unit = arena_new(arena, uint16_t, (size_t)pool->unit_count);
        pool->levels = rules->level_count;
        rules->level_count += (pool->unit_count - 1) / LEVEL_UNITS + 1;
        pool->unit_count = 0;
    }
    qsort(unit, (size_t)estate->unit_count, sizeof(const struct unit *), by_name);
    for (int i = 0; i < estate->unit_count; i++) {
        uint16_t     u = (uint16_t)(unit[i] - estate->unit);
        struct pool *pool = &rules->pool[rules->pool_of_unit[u]];
        pool->unit[pool->unit_count++] = u;
    }
}

/* The pools of which an entry has the units: it has all of a pool or none. */
static mask set_pools(const struct entries *entries, const struct rules *rules)
{
    mask all = 0;
    for (int i = 0; i < entries->count; i++) {
        struct entry *entry = &entries->list[i];
        for (int p = 0; p < rules->pool_count; p++)
            if (entry->has[rules->pool[p].unit[0]])
                entry->pools |= mask_of(p);
        all |= entry->pools;
    }
    return all;
}

void rules_make_pools(struct reader *reader, const struct node *node, const struct estate *estate,
                      struct rule_entries *entries, struct rules *rules)
{
    size_t unit_count = (size_t)estate->unit_count;
    int   *class_of_unit = arena_new(reader->arena, int, unit_count);
    int(*renamed)[2] = arena_take(reader->arena, unit_count, sizeof *renamed);
    bool is_near = false;
    rules->pool_of_unit = arena_new(reader->arena, uint16_t, unit_count);
    rules->pool = arena_new(reader->arena, struct pool, POOLS_AT_MOST);
    sort_by_kind(estate, class_of_unit);
    for (int r = 0; r < rules->count; r++) {
        split_all(&entries[r].to, estate->unit_count, class_of_unit, renamed);
        split_all(&entries[r].ever, estate->unit_count, class_of_unit, renamed);
        split_all(&entries[r].out_of_category, estate->unit_count, class_of_unit, renamed);
        split_all(&entries[r].near, estate->unit_count, class_of_unit, renamed);
        is_near |= entries[r].near.count > 0;
    }
    int count = 0;
    for (int u = 0; u < estate->unit_count; u++)
        count = class_of_unit[u] + 1 > count ? class_of_unit[u] + 1 : count;
    if (count > POOLS_AT_MOST) {
        node_error(reader, node,
                   "regimes, admits and the rules split the units into %d pools; at most %d are "
                   "allowed: name fewer units apart%s",
                   count, POOLS_AT_MOST, is_near ? ", or let fewer rules say near" : "");
        return;
    }
    for (int u = 0; u < estate->unit_count; u++)
        rules->pool_of_unit[u] = (uint16_t)class_of_unit[u];
    rules->pool_count = count;
    fill_pools(reader->arena, estate, rules);
    for (int r = 0; r < rules->count + rules->twin_count; r++) {
        struct rule *rule = &rules->list[r];
        (void)set_pools(&entries[r].to, rules);
        (void)set_pools(&entries[r].near, rules);
        rule->out_of_category = set_pools(&entries[r].out_of_category, rules);
        rule->to_count = entries[r].to.count;
        rule->to = arena_new(reader->arena, mask, (size_t)rule->to_count);
        for (int i = 0; i < rule->to_count; i++)
            rule->to[i] = entries[r].to.list[i].pools;
    }
}

bool pool_admits(const struct pool *pool, const struct attributes *attributes,
                 const struct estate *estate, int status, uint32_t profile)
{
    return who_matches(&estate->unit[pool->unit[0]].admits, attributes, status, profile);
}

/* -- lists */

/* Pools that admit the same people. A country has many pools and few of these. */
struct gate {
    const struct who *who;
    mask              pools;
};

/* Who is admitted to these pools has this, by the rule at hand. */
struct known {
    mask               admitting, near;
    bool               brought;
    struct entitlement entitlement;
};

#define KNOWN_AT_MOST 64 /* more are worked out each time */

struct making {
    struct arena            *arena;
    const struct attributes *attributes;
    const struct estate     *estate;
    struct rules            *rules;
    int                      gate_count;
    struct gate              gate[POOLS_AT_MOST];
    bool                     is_full; /* a list more than there may be was asked */
    int                      known_count;
    struct known             known[KNOWN_AT_MOST];
    bool                     brought; /* whether the people at hand come by transport */
};

static void make_gates(struct making *making)
{
    const struct rules *rules = making->rules;
    for (int p = 0; p < rules->pool_count; p++) {
        const struct who *who = &making->estate->unit[rules->pool[p].unit[0]].admits;
        int               g = 0;
        while (g < making->gate_count && !same_admits(making->gate[g].who, who))
            g++;
        making->gate_count += g == making->gate_count;
        making->gate[g].who = who;
        making->gate[g].pools |= mask_of(p);
    }
}

static mask admitting_pools(const struct making *making, int status, uint32_t profile)
{
    mask pools = 0;
    for (int g = 0; g < making->gate_count; g++)
        if (who_matches(making->gate[g].who, making->attributes, status, profile))
            pools |= making->gate[g].pools;
    return pools;
}

/* Pools in order of preference, each once. */
struct row {
    int     count;
    uint8_t pool[POOLS_AT_MOST];
    mask    pools;
};

static void append(struct row *row, mask pools)
{
    pools &= ~row->pools;
    row->pools |= pools;
    for (; pools; pools &= pools - 1)
        row->pool[row->count++] = (uint8_t)mask_lowest(pools);
}

/* Within each entry those that are near come first. */
static void append_entries(struct row *row, const struct entries *entries, mask allowed, mask near)
{
    for (int i = 0; i < entries->count; i++) {
        append(row, entries->list[i].pools & allowed & near);
        append(row, entries->list[i].pools & allowed);
    }
}

static mask near_pools(const struct making *making, int rule, const struct rule_entries *entries,
                       uint32_t profile)
{
    int a = making->rules->list[rule].near;
    return a < 0 ? 0 : entries->near.list[attribute_value(making->attributes, a, profile)].pools;
}

/* The list of this rule and row, made when it is not there yet. */
static list_id find_list(struct making *making, int rule, const struct row *row)
{
    struct rules *rules = making->rules;
    if (row->count == 0)
        return NO_LIST;
    for (int l = rules->list_count - 1; l >= 0 && rules->lists[l].rule == rule; l--)
        if (rules->lists[l].pool_count == row->count &&
            rules->lists[l].brought == making->brought &&
            memcmp(rules->lists[l].pool, row->pool, (size_t)row->count) == 0)
            return (list_id)l;
    if (rules->list_count == LISTS_AT_MOST) {
        making->is_full = true;
        return NO_LIST;
    }
    uint8_t *pool = arena_new(making->arena, uint8_t, (size_t)row->count);
    memcpy(pool, row->pool, (size_t)row->count);
    rules->lists[rules->list_count] =
        (struct list_plan){rule, row->count, pool, row->pools, making->brought};
    rules->list[rule].lists |= mask_of(rules->list_count);
    for (int i = 0; i < row->count; i++) {
        rules->pool[row->pool[i]].lists |= mask_of(rules->list_count);
        rules->pool[row->pool[i]].beside |= row->pools & ~mask_of(row->pool[i]);
    }
    return (list_id)rules->list_count++;
}

static struct entitlement entitle(struct making *making, int rule,
                                  const struct rule_entries *entries, mask admitting, mask near)
{
    struct entitlement none = {NO_LIST, NO_LIST, NO_LIST, false}, own = none;
    struct row         ordinary = {0}, better = {0};
    mask               out = making->rules->list[rule].out_of_category;
    append_entries(&ordinary, &entries->to, admitting, near);
    own.list = find_list(making, rule, &ordinary);
    if (own.list == NO_LIST)
        return none;
    append_entries(&better, &entries->to, admitting & ~out, near);
    own.out_of_category = (out & admitting) != 0;
    if (own.out_of_category)
        own.better = find_list(making, rule, &better);
    append_entries(&ordinary, &entries->out_of_category, admitting, near);
    own.wider = find_list(making, rule, &ordinary);
    return own;
}

/* As entitle: many profiles are admitted to the same pools. */
static struct entitlement recall(struct making *making, int rule,
                                 const struct rule_entries *entries, mask admitting, mask near)
{
    for (int k = 0; k < making->known_count; k++)
        if (making->known[k].admitting == admitting && making->known[k].near == near &&
            making->known[k].brought == making->brought)
            return making->known[k].entitlement;
    struct entitlement made = entitle(making, rule, entries, admitting, near);
    if (making->known_count < KNOWN_AT_MOST)
        making->known[making->known_count++] =
            (struct known){admitting, near, making->brought, made};
    return made;
}

/* Of rules with the same date the first holds. */
static void add_step(struct arena *arena, int rule_count, struct dated **list, int *count,
                     struct dated step, bool is_descending)
{
    int at = 0;
    while (at < *count && (is_descending ? (*list)[at].min > step.min : (*list)[at].min < step.min))
        at++;
    if (at < *count && (*list)[at].min == step.min)
        return;
    if (!*list)
        *list = arena_new(arena, struct dated, (size_t)rule_count);
    memmove(*list + at + 1, *list + at, (size_t)(*count - at) * sizeof **list);
    (*list)[at] = step;
    (*count)++;
}

/* The first rule in the file holds. */
static void set_in_crisis(struct making *making, struct dates *steps, struct entitlement to)
{
    if (steps->crisis)
        return;
    struct entitlement *kept = arena_new(making->arena, struct entitlement, 1);
    *kept = to;
    steps->crisis = kept;
    making->rules->has_crises = true;
}

/* A rule with a date comes on top of one without, wherever that stands in the file. */
static void entitle_from_date(struct making *making, int r, const struct rule_entries *entries,
                              int s, uint32_t p)
{
    struct rules      *rules = making->rules;
    const struct rule *rule = &rules->list[r];
    size_t             i = (size_t)s * rules->profile_count + p;
    if (!rules_has_undated(rules, making->attributes, s, p))
        return;
    struct dates      *steps = &rules->steps[i];
    struct entitlement to =
        entitle(making, r, entries, rules->admitted[i], near_pools(making, r, entries, p));
    if (to.list == NO_LIST)
        return;
    if (rule->in_crisis)
        set_in_crisis(making, steps, to);
    else if (rule->after_min > 0)
        add_step(making->arena, rules->count, &steps->after, &steps->after_count,
                 (struct dated){rule->after_min, to}, false);
    else
        add_step(making->arena, rules->count, &steps->at, &steps->at_count,
                 (struct dated){rule->at_min, to}, true);
}

/* A twin is for whom its rule is. */
static void entitle_by_twin(struct making *making, int t, const struct rule_entries *entries,
                            const struct statuses *statuses, const int16_t *rule_of)
{
    struct rules       *rules = making->rules;
    size_t              cells = (size_t)statuses->count * rules->profile_count;
    struct entitlement  none = {NO_LIST, NO_LIST, NO_LIST, false};
    struct entitlement *own = arena_new(making->arena, struct entitlement, cells);
    making->known_count = 0;
    for (size_t i = 0; i < cells; i++) {
        uint32_t p = (uint32_t)(i % rules->profile_count);
        making->brought = statuses->list[i / rules->profile_count].brought;
        own[i] = rule_of[i] == rules->list[t].of ? recall(making, t, entries, rules->admitted[i],
                                                          near_pools(making, t, entries, p))
                                                 : none;
    }
    rules->twin[t - rules->count] = own;
}

/* The first rule without a date that matches; -1: none. */
static int16_t first_rule(const struct rules *rules, const struct attributes *attributes, int s,
                          uint32_t p)
{
    for (int r = 0; r < rules->count; r++)
        if (!rule_is_dated(&rules->list[r]) && who_matches(&rules->list[r].who, attributes, s, p))
            return (int16_t)r;
    return -1;
}

static const int16_t *first_rules(struct arena *arena, const struct rules *rules,
                                  const struct attributes *attributes, size_t cells)
{
    int16_t *first = arena_new(arena, int16_t, cells);
    for (size_t i = 0; i < cells; i++)
        first[i] = first_rule(rules, attributes, (int)(i / rules->profile_count),
                              (uint32_t)(i % rules->profile_count));
    return first;
}

static bool comes_before(const struct rule *one, const struct rule *other)
{
    return one->place < other->place || (one->place == other->place && one->of < other->of);
}

/* Rules and twins by their turn. */
static const int *order_rules(struct arena *arena, const struct rules *rules)
{
    int  count = rules->count + rules->twin_count;
    int *order = arena_new(arena, int, (size_t)count + 1);
    for (int r = 0; r < count; r++) {
        int at = r;
        for (; at > 0 && comes_before(&rules->list[r], &rules->list[order[at - 1]]); at--)
            order[at] = order[at - 1];
        order[at] = r;
    }
    return order;
}

/* For crises that do not come. */
static bool rule_is_idle(const struct rule *rule, const struct status *status, uint32_t profile)
{
    return rule->in_crisis && status_crises_per_year(status, profile) <= 0;
}

/* Rule by rule, so that the lists come out ordered by rule. Who matches an earlier rule is passed
 * by. */
static void entitle_by_rule(struct making *making, int rule, const struct rule_entries *entries,
                            const struct statuses *statuses, bool *is_ruled)
{
    const struct who *who = &making->rules->list[rule].who;
    uint32_t          profile_count = making->rules->profile_count;
    making->known_count = 0;
    for (int s = 0; s < statuses->count; s++) {
        for (uint32_t p = 0; p < profile_count; p++) {
            size_t i = (size_t)s * profile_count + p;
            bool   is_dated = rule_is_dated(&making->rules->list[rule]);
            if ((is_ruled[i] && !is_dated) || !who_matches(who, making->attributes, s, p))
                continue;
            making->brought = statuses->list[s].brought;
            if (rule_is_idle(&making->rules->list[rule], &statuses->list[s], p))
                continue;
            if (is_dated) {
                entitle_from_date(making, rule, entries, s, p);
                continue;
            }
            is_ruled[i] = true;
            making->rules->entitlement[i] =
                recall(making, rule, entries, making->rules->admitted[i],
                       near_pools(making, rule, entries, p));
        }
    }
}

void rules_make_lists(struct reader *reader, const struct node *node,
                      const struct attributes *attributes, const struct statuses *statuses,
                      const struct estate *estate, const struct rule_entries *entries,
                      struct rules *rules, bool *is_ruled)
{
    struct making making = {reader->arena, attributes, estate, rules, .gate_count = 0};
    size_t        cell_count = (size_t)statuses->count * attributes->profile_count;
    rules->profile_count = attributes->profile_count;
    rules->lists = arena_new(reader->arena, struct list_plan, LISTS_AT_MOST);
    rules->entitlement = arena_new(reader->arena, struct entitlement, cell_count);
    for (size_t i = 0; i < cell_count; i++)
        rules->entitlement[i] = (struct entitlement){NO_LIST, NO_LIST, NO_LIST, false};
    make_gates(&making);
    rules->admitted = arena_new(reader->arena, mask, cell_count);
    for (size_t i = 0; i < cell_count; i++)
        rules->admitted[i] = admitting_pools(&making, (int)(i / rules->profile_count),
                                             (uint32_t)(i % rules->profile_count));
    rules_make_regions(reader->arena, attributes, statuses, estate, rules);
    for (int r = 0; r < rules->count && !rules->steps; r++)
        if (rule_is_dated(&rules->list[r]))
            rules->steps = arena_new(reader->arena, struct dates, cell_count);
    const int     *order = order_rules(reader->arena, rules);
    const int16_t *rule_of =
        rules->twin_count > 0 ? first_rules(reader->arena, rules, attributes, cell_count) : NULL;
    for (int i = 0; i < rules->count + rules->twin_count; i++)
        if (order[i] < rules->count)
            entitle_by_rule(&making, order[i], &entries[order[i]], statuses, is_ruled);
        else
            entitle_by_twin(&making, order[i], &entries[order[i]], statuses, rule_of);
    if (making.is_full)
        node_error(reader, node,
                   "the rules make more than %d waiting lists, one for each rule and row of "
                   "admissible pools; let fewer units differ in admits, or join rules",
                   LISTS_AT_MOST);
}
