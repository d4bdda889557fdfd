#include "models/rules_twins.h"

#include <string.h>

#include "models/rules_dates.h"

#define UNCERTAIN_AT_MOST 6 /* bills on one rule at one time, each of which may be law or not */

/* What a measure says of a rule. */
struct change_read {
    int            measure, rule, before; /* before: -1, not said */
    struct entries also, without;
};

struct making_twins {
    struct reader           *reader;
    const struct attributes *attributes;
    const struct statuses   *statuses;
    const struct estate     *estate;
    const struct measures   *measures;
    const struct period     *period;
    struct rule_entries     *entries;
    struct rules            *rules;
    int                      count;
    struct change_read      *change; /* by start, then name */
};

static const struct measure *measure_of(const struct making_twins *making,
                                        const struct change_read  *change)
{
    return &making->measures->list[change->measure];
}

/* -- reading */

static int find_entry(const struct entries *entries, const struct entry *entry)
{
    for (int i = 0; i < entries->count; i++)
        if (strcmp(entries->list[i].name, entry->name) == 0)
            return i;
    return -1;
}

static bool find_rule(const struct making_twins *making, struct node *node, int *rule)
{
    const struct rules *rules = making->rules;
    const char **name = arena_new(making->reader->arena, const char *, (size_t)rules->count + 1);
    for (int r = 0; r < rules->count; r++)
        name[r] = rules->list[r].name;
    return read_reference(making->reader, node, "placement rule", name, rules->count, rule);
}

static void read_change(const struct making_twins *making, int m, struct change_read *change)
{
    const struct rule_change *said = &making->measures->list[m].rule_change;
    struct reader            *reader = making->reader;
    *change = (struct change_read){.measure = m, .rule = -1, .before = -1};
    if (said->before)
        (void)!find_rule(making, said->before, &change->before);
    if (said->also)
        entries_read(reader, said->also, making->estate, &change->also);
    if (said->without)
        entries_read(reader, said->without, making->estate, &change->without);
    if (!find_rule(making, said->rule, &change->rule))
        return;
    const struct rule *rule = &making->rules->list[change->rule];
    if (rule_is_dated(rule))
        node_error(reader, said->rule,
                   "rule %s has a date (after, at, during); measures change rules "
                   "without one",
                   rule->name);
    if (change->before == change->rule)
        node_error(reader, said->before, "before is %s, the rule itself", rule->name);
    if (said->sets_order && said->order == ORDER_LONGEST_SENTENCE)
        rules_check_order(reader, node_find(said->rule->parent, "order"), rule, making->statuses);
}

/* Some other measure may have brought it. */
static bool is_in_to(const struct making_twins *making, int rule, const struct entry *entry)
{
    bool found = find_entry(&making->entries[rule].to, entry) >= 0;
    for (int i = 0; i < making->count; i++)
        if (making->change[i].rule == rule)
            found |= find_entry(&making->change[i].also, entry) >= 0;
    return found;
}

static const char *entry_list(struct arena *arena, const struct entries *entries)
{
    const char *list = "";
    for (int i = 0; i < entries->count; i++)
        list = arena_print(arena, "%s%s%s", list, i > 0 ? ", " : "", entries->list[i].name);
    return list;
}

static void check_without(const struct making_twins *making, const struct change_read *change)
{
    struct node *item = measure_of(making, change)->rule_change.without->first;
    for (int i = 0; i < change->without.count; i++, item = item->next)
        if (!is_in_to(making, change->rule, &change->without.list[i]))
            node_error(making->reader, item,
                       "without names %s, which is no entry of to of %s; it has %s", item->text,
                       making->rules->list[change->rule].name,
                       entry_list(making->reader->arena, &making->entries[change->rule].to));
}

/* Whether it may be in force on some day of the period at all. */
static bool reaches(const struct making_twins *making, const struct measure *measure)
{
    return measure->kind == &measure_placement && measure->chance_threshold > 0 &&
           measure->last >= making->period->start && measure->starts <= making->period->end;
}

/* All are read; those that do not reach the period change nothing. */
static void read_changes(struct making_twins *making)
{
    int before = making->reader->errors->count;
    making->change =
        arena_new(making->reader->arena, struct change_read, (size_t)making->measures->count + 1);
    for (int r = 0; r < making->measures->count; r++) {
        int m = making->measures->by_start[r];
        if (making->measures->list[m].kind == &measure_placement)
            read_change(making, m, &making->change[making->count++]);
    }
    bool is_read = making->reader->errors->count == before;
    for (int i = 0; i < making->count && is_read; i++)
        if (making->change[i].rule >= 0 && making->change[i].without.count > 0)
            check_without(making, &making->change[i]);
    int kept = 0;
    for (int i = 0; i < making->count; i++)
        if (reaches(making, measure_of(making, &making->change[i])))
            making->change[kept++] = making->change[i];
    making->count = kept;
}

/* -- a twin */

/* A rule as some measures have it. */
struct as_changed {
    int            place;
    enum order     order;
    struct entries to;
};

/* Just before another rule, or its own place. */
static int place_before(int rule)
{
    return 2 * rule;
}

static int own_place(int rule)
{
    return 2 * rule + 1;
}

static void drop(struct entries *to, int at)
{
    memmove(to->list + at, to->list + at + 1, (size_t)(--to->count - at) * sizeof *to->list);
}

/* Of each key the last that states it holds; places that one brings the next may leave out. */
static void apply(const struct making_twins *making, const struct change_read *change,
                  struct as_changed *as)
{
    const struct rule_change *said = &measure_of(making, change)->rule_change;
    if (change->before >= 0)
        as->place = place_before(change->before);
    if (said->sets_order)
        as->order = (enum order)said->order;
    for (int i = 0, at; i < change->without.count; i++)
        while ((at = find_entry(&as->to, &change->without.list[i])) >= 0)
            drop(&as->to, at);
    for (int i = 0; i < change->also.count; i++)
        if (find_entry(&as->to, &change->also.list[i]) < 0)
            as->to.list[as->to.count++] = change->also.list[i];
}

static struct as_changed as_in_file(const struct making_twins *making, int r)
{
    const struct entries *to = &making->entries[r].to;
    struct as_changed     as = {own_place(r), making->rules->list[r].order, {to->count, NULL}};
    int                   room = to->count;
    for (int i = 0; i < making->count; i++)
        room += making->change[i].also.count;
    as.to.list = arena_new(making->reader->arena, struct entry, (size_t)room + 1);
    for (int i = 0; i < to->count; i++)
        as.to.list[i] = to->list[i];
    return as;
}

static bool is_as(const struct making_twins *making, const struct as_changed *as, int rule)
{
    const struct entries *to = &making->entries[rule].to;
    bool                  same = making->rules->list[rule].place == as->place &&
                making->rules->list[rule].order == as->order && to->count == as->to.count;
    for (int i = 0; i < as->to.count && same; i++)
        same = strcmp(to->list[i].name, as->to.list[i].name) == 0;
    return same;
}

/* The rule itself, or a twin that is so already; -1: none. */
static int find_twin(const struct making_twins *making, int r, const struct as_changed *as)
{
    const struct rules *rules = making->rules;
    if (is_as(making, as, r))
        return r;
    for (int t = rules->count; t < rules->count + rules->twin_count; t++)
        if (rules->list[t].of == r && is_as(making, as, t))
            return t;
    return -1;
}

static int add_twin(const struct making_twins *making, int r, const struct as_changed *as)
{
    struct rules *rules = making->rules;
    int           t = rules->count + rules->twin_count++;
    rules->list[t] = rules->list[r];
    rules->list[t].place = as->place;
    rules->list[t].order = as->order;
    rules->list[t].of = r;
    making->entries[t] = making->entries[r];
    making->entries[t].to = as->to;
    return t;
}

/* -- which twin holds when */

static bool is_known(const struct rules *rules, int r, uint64_t measures)
{
    for (int i = 0; i < rules->turn_count; i++)
        if (rules->turn[i].rule == r && rules->turn[i].measures == measures)
            return true;
    return measures == 0;
}

/* The rule while these measures are in force. */
static void add_turn(const struct making_twins *making, int r, uint64_t measures)
{
    struct rules *rules = making->rules;
    if (is_known(rules, r, measures))
        return;
    struct as_changed as = as_in_file(making, r);
    for (int i = 0; i < making->count; i++)
        if (measures >> measure_of(making, &making->change[i])->rank & 1)
            apply(making, &making->change[i], &as);
    int twin = find_twin(making, r, &as);
    if (twin < 0 && rules->twin_count == TWINS_AT_MOST)
        return; /* told when all are made */
    if (rules->turn_count % TWINS_AT_MOST == 0) {
        struct rule_turn *more = arena_new(making->reader->arena, struct rule_turn,
                                           (size_t)rules->turn_count + TWINS_AT_MOST);
        if (rules->turn_count > 0)
            memcpy(more, rules->turn, (size_t)rules->turn_count * sizeof *more);
        rules->turn = more;
    }
    rules->turn[rules->turn_count++] =
        (struct rule_turn){r, measures, twin >= 0 ? twin : add_twin(making, r, &as)};
}

/* Need by normal execution is without emergency measures. */
static void add_turns(const struct making_twins *making, int r, uint64_t measures)
{
    add_turn(making, r, measures);
    add_turn(making, r, measures & ~making->measures->emergencies);
}

/* On a day, with each set of the bills that may be law then. Whether these are not too many. */
static bool add_turns_of_day(const struct making_twins *making, int r, int32_t day)
{
    uint64_t certain = 0, uncertain = 0;
    for (int i = 0; i < making->count; i++) {
        const struct measure *measure = measure_of(making, &making->change[i]);
        uint64_t              bit = (uint64_t)1 << measure->rank;
        if (making->change[i].rule != r || !measure_is_on(measure, day))
            continue;
        if (measure->chance_threshold < rng_threshold(1, 1))
            uncertain |= bit;
        else
            certain |= bit;
    }
    if (__builtin_popcountll(uncertain) > UNCERTAIN_AT_MOST) {
        node_error(making->reader, measures_last(making->measures, uncertain)->rule_change.rule,
                   "more than %d measures with a chance act on rule %s at one time",
                   UNCERTAIN_AT_MOST, making->rules->list[r].name);
        return false;
    }
    for (uint64_t set = uncertain;; set = (set - 1) & uncertain) {
        add_turns(making, r, certain | set);
        if (set == 0)
            return true;
    }
}

/* What holds changes on days on which one begins, or is over. */
static void make_of_rule(const struct making_twins *making, int r)
{
    const struct period *period = making->period;
    bool                 good = true;
    for (int i = 0; i < making->count && good; i++) {
        const struct measure *measure = measure_of(making, &making->change[i]);
        if (making->change[i].rule != r)
            continue;
        making->rules->list[r].measures |= (uint64_t)1 << measure->rank;
        good = add_turns_of_day(making, r,
                                measure->starts > period->start ? measure->starts : period->start);
        if (good && measure->last < period->end)
            good = add_turns_of_day(making, r, measure->last + 1);
    }
}

/* All places that the rule ever has: they split pools, and are near. */
static void widen(const struct making_twins *making, int r)
{
    struct rule_entries *entries = &making->entries[r];
    struct as_changed    all = as_in_file(making, r);
    for (int i = 0; i < making->count; i++)
        for (int k = 0; k < making->change[i].also.count; k++)
            if (making->change[i].rule == r &&
                find_entry(&all.to, &making->change[i].also.list[k]) < 0)
                all.to.list[all.to.count++] = making->change[i].also.list[k];
    if (all.to.count == entries->to.count)
        return;
    entries->ever = all.to;
    if (making->rules->list[r].near >= 0)
        rules_set_near(making->reader->arena, making->attributes, making->estate,
                       making->rules->list[r].near, entries);
}

void rules_make_twins(struct reader *reader, const struct attributes *attributes,
                      const struct statuses *statuses, const struct estate *estate,
                      const struct measures *measures, const struct period *period,
                      struct rule_entries *entries, struct rules *rules)
{
    struct making_twins making = {reader, attributes, statuses, estate, measures,
                                  period, entries,    rules,    0,      NULL};
    int                 before = reader->errors->count;
    for (int r = 0; r < rules->count; r++) {
        rules->list[r].of = r;
        rules->list[r].place = own_place(r);
    }
    read_changes(&making);
    if (reader->errors->count > 0)
        making.count = 0;
    for (int r = 0; r < rules->count; r++) {
        if (making.count > 0)
            widen(&making, r);
        make_of_rule(&making, r);
    }
    if (rules->twin_count == TWINS_AT_MOST && reader->errors->count == before)
        node_error(reader, measures->list[making.change[0].measure].rule_change.rule,
                   "measures change the placement rules in more than %d ways", TWINS_AT_MOST - 1);
    rules->twin = arena_new(reader->arena, struct entitlement *, (size_t)rules->twin_count + 1);
}

/* -- checks */

/* The last of those that made the twin which says this. */
static const struct node *node_of(const struct rules *rules, const struct measures *measures,
                                  int twin, bool is_also)
{
    const struct node *found = NULL;
    for (int i = 0; i < rules->turn_count && !found; i++)
        for (uint64_t set = rules->turn[i].as == twin ? rules->turn[i].measures : 0; set;
             set &= set - 1) {
            const struct rule_change *said = &measures_first(measures, set)->rule_change;
            const struct node        *node = is_also ? said->also : said->without;
            if (node)
                found = node;
        }
    return found;
}

/* An error is told once, whatever twins have it. */
struct check_twins {
    struct reader           *reader;
    const struct attributes *attributes;
    const struct statuses   *statuses;
    const struct measures   *measures;
    struct rules            *rules;
    const struct node       *told[2]; /* the last, of each kind */
};

static void tell(struct check_twins *check, int twin, int s, bool is_also)
{
    const struct node *node = node_of(check->rules, check->measures, twin, is_also);
    const char        *rule = check->rules->list[twin].name, *status = check->statuses->name[s];
    if (check->told[is_also] == node)
        return;
    check->told[is_also] = node;
    if (is_also)
        node_error(check->reader, node,
                   "also gives status %s places, which has none by rule %s: its people are free "
                   "where they are",
                   status, rule);
    else
        node_error(check->reader, node, "without leaves rule %s no place for status %s", rule,
                   status);
}

static void check_cell(struct check_twins *check, int twin, int s, uint32_t p)
{
    struct rules       *rules = check->rules;
    size_t              i = (size_t)s * rules->profile_count + p;
    struct entitlement *own = &rules->twin[twin - rules->count][i];
    bool                has = rules->entitlement[i].list != NO_LIST;
    if (has == (own->list != NO_LIST) || (has && rules_of_cell(rules, i) != rules->list[twin].of))
        return;
    if (!has && check->attributes->share_of_profile[p] <= 0)
        *own = rules->entitlement[i]; /* nobody */
    else
        tell(check, twin, s, !has);
}

void rules_check_twins(struct reader *reader, const struct attributes *attributes,
                       const struct statuses *statuses, const struct measures *measures,
                       struct rules *rules)
{
    struct check_twins check = {reader, attributes, statuses, measures, rules, {NULL, NULL}};
    for (int t = rules->count; t < rules->count + rules->twin_count; t++)
        for (int s = 0; s < statuses->count; s++)
            for (uint32_t p = 0; p < rules->profile_count; p++)
                check_cell(&check, t, s, p);
}
