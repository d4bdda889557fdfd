#include "models/rules_dates.h"

#include <string.h>

#include "sim/date.h"

#define AT_WANTED "write it as in 120 days before release"

bool rules_has_undated(const struct rules *rules, const struct attributes *attributes, int status,
                       uint32_t profile)
{
    for (int r = 0; r < rules->count; r++)
        if (!rule_is_dated(&rules->list[r]) &&
            who_matches(&rules->list[r].who, attributes, status, profile))
            return true;
    return false;
}

/* -- at */

void rules_read_at(struct reader *reader, struct node *node, void *member)
{
    static const char behind[] = " before release";
    const char       *text;
    if (!read_text(reader, node, &text))
        return;
    size_t length = strlen(text), tail = sizeof behind - 1;
    if (length <= tail || strcmp(text + length - tail, behind) != 0) {
        node_error(reader, node, "%s is %s; " AT_WANTED, node_label(reader->arena, node), text);
        return;
    }
    struct node duration = *node;
    duration.kind = NODE_SCALAR;
    duration.text = arena_text(reader->arena, text, length - tail);
    if (!read_duration(reader, &duration, 1, DURATION_AT_MOST, member))
        return; /* told */
}

/* -- during */

/* A crisis is the only time so far; the key says so in the file. */
void rules_read_during(struct reader *reader, struct node *node, void *member)
{
    static const char *const words[] = {"crisis"};
    int                      index;
    *(bool *)member = read_reference(reader, node, NULL, words, 1, &index);
}

void rules_check_one_date(struct reader *reader, const struct node *node, const struct rule *rule)
{
    if (rule->after_min > 0 && rule->at_min > 0)
        node_error(reader, node_find(node, "at"),
                   "a rule has after or at, not both; write two rules");
    if (rule->in_crisis && (rule->after_min > 0 || rule->at_min > 0))
        node_error(reader, node_find(node, "during"),
                   "a rule has during or %s, not both; write two rules",
                   rule->after_min > 0 ? "after" : "at");
}

/* -- near */

static bool is_named(const struct rule_entries *entries, int unit)
{
    const struct entries *to = entries->ever.count > 0 ? &entries->ever : &entries->to;
    for (int i = 0; i < to->count; i++)
        if (to->list[i].has[unit])
            return true;
    for (int i = 0; i < entries->out_of_category.count; i++)
        if (entries->out_of_category.list[i].has[unit])
            return true;
    return false;
}

static bool lies_in(const struct unit *unit, const char *region)
{
    return unit->region && strcmp(unit->region, region) == 0;
}

int rules_set_near(struct arena *arena, const struct attributes *attributes,
                   const struct estate *estate, int near, struct rule_entries *entries)
{
    const struct attribute *attribute = &attributes->list[near];
    struct entry           *entry = arena_new(arena, struct entry, (size_t)attribute->value_count);
    int                     found = 0;
    entries->near = (struct entries){attribute->value_count, entry};
    for (int v = 0; v < attribute->value_count; v++) {
        entry[v].has = arena_new(arena, bool, (size_t)estate->unit_count);
        for (int u = 0; u < estate->unit_count; u++) {
            entry[v].has[u] =
                is_named(entries, u) && lies_in(&estate->unit[u], attribute->value[v]);
            found += entry[v].has[u];
        }
    }
    return found;
}

void rules_read_near(struct reader *reader, struct node *node, const struct attributes *attributes,
                     const struct estate *estate, struct rule *rule, struct rule_entries *entries)
{
    const char *name[ATTRIBUTES_AT_MOST];
    int         before = reader->errors->count;
    for (int a = 0; a < attributes->count; a++)
        name[a] = attributes->list[a].name;
    if (!read_reference(reader, node, "attribute", name, attributes->count, &rule->near)) {
        rule->near = -1;
        return;
    }
    const struct attribute *attribute = &attributes->list[rule->near];
    int found = rules_set_near(reader->arena, attributes, estate, rule->near, entries);
    if (found == 0 && before == 0 && entries->to.count > 0)
        node_error(reader, node,
                   "no place of this rule lies in a region that is a value of %s (%s%s); give its "
                   "units or institutions such a region",
                   attribute->name, attribute->value[0], attribute->value_count > 1 ? ", .." : "");
}

/* -- regions */

/* Regions in which units lie, in order of first mention. */
struct regions {
    int          count;
    const char **name;
};

static int find_region(const struct regions *regions, const char *name)
{
    for (int r = 0; r < regions->count; r++)
        if (strcmp(regions->name[r], name) == 0)
            return r;
    return -1;
}

static void number_units(struct arena *arena, const struct estate *estate, struct regions *regions,
                         uint16_t *region_of_unit)
{
    regions->name = arena_new(arena, const char *, (size_t)estate->unit_count);
    for (int u = 0; u < estate->unit_count; u++) {
        const char *name = estate->unit[u].region;
        if (name && find_region(regions, name) < 0)
            regions->name[regions->count++] = name;
        region_of_unit[u] = name ? (uint16_t)(find_region(regions, name) + 1) : NO_REGION;
    }
}

/* Of a person; where no unit lies, no number is his. */
static uint16_t own_number(const struct regions *regions, const char *name)
{
    int found = find_region(regions, name);
    return found < 0 ? UINT16_MAX : (uint16_t)(found + 1);
}

/* The attribute of the first rule that is near and for him; -1: none is. */
static int near_attribute(const struct rules *rules, const struct attributes *attributes,
                          int status, uint32_t profile)
{
    for (int r = 0; r < rules->count; r++)
        if (rules->list[r].near >= 0 &&
            who_matches(&rules->list[r].who, attributes, status, profile))
            return rules->list[r].near;
    return -1;
}

void rules_make_regions(struct arena *arena, const struct attributes *attributes,
                        const struct statuses *statuses, const struct estate *estate,
                        struct rules *rules)
{
    bool           is_near = false;
    uint32_t       count = attributes->profile_count;
    uint16_t       number[ATTRIBUTES_AT_MOST][VALUES_AT_MOST];
    struct regions regions = {0};
    for (int r = 0; r < rules->count; r++)
        is_near |= rules->list[r].near >= 0;
    if (!is_near)
        return;
    rules->region_of_unit = arena_new(arena, uint16_t, (size_t)estate->unit_count + 1);
    number_units(arena, estate, &regions, rules->region_of_unit);
    for (int a = 0; a < attributes->count; a++)
        for (int v = 0; v < attributes->list[a].value_count; v++)
            number[a][v] = own_number(&regions, attributes->list[a].value[v]);
    rules->own_region = arena_new(arena, uint16_t, (size_t)statuses->count * count);
    for (int s = 0; s < statuses->count; s++)
        for (uint32_t p = 0; p < count; p++) {
            int a = near_attribute(rules, attributes, s, p);
            if (a >= 0)
                rules->own_region[(size_t)s * count + p] =
                    number[a][attribute_value(attributes, a, p)];
        }
}

/* -- checks */

static bool is_released(const struct status *status)
{
    for (int i = 0; i < status->route_count; i++)
        if (status->route[i] == RELEASE)
            return status->stay.of != NULL;
    return false;
}

/* Whether some person of the status has a rule without a date and this one. */
static bool is_for(const struct rules *rules, const struct rule *rule,
                   const struct attributes *attributes, int status)
{
    for (uint32_t p = 0; p < attributes->profile_count; p++)
        if (attributes->share_of_profile[p] > 0 && who_matches(&rule->who, attributes, status, p) &&
            rules_has_undated(rules, attributes, status, p))
            return true;
    return false;
}

/* Which of its keys says when it holds. */
static const char *date_word(const struct rule *rule)
{
    return rule->in_crisis ? "during" : rule->after_min > 0 ? "after" : "at";
}

void rules_check_date(struct reader *reader, const struct node *node,
                      const struct attributes *attributes, const struct statuses *statuses,
                      const struct rules *rules, const struct rule *rule)
{
    bool is_for_any = false, comes = rule->after_min > 0;
    for (int s = 0; s < statuses->count; s++) {
        if (!is_for(rules, rule, attributes, s))
            continue;
        is_for_any = true;
        comes |= rule->in_crisis ? statuses->list[s].crisis.per_year.of != NULL
                                 : is_released(&statuses->list[s]);
        if (rule->after_min > 0 && statuses->list[s].call_up.used) {
            node_error(
                reader, node_find(node, "after"),
                "after is for people who wait for a place, but those of status %s wait to be "
                "called up; leave it out of who",
                statuses->name[s]);
            return;
        }
    }
    if (!is_for_any)
        node_key_error(
            reader, node,
            "%s has a date and comes on top of a rule without one, but nobody in its who "
            "has such a rule; leave out %s, or add one",
            node->key, date_word(rule));
    else if (!comes && rule->in_crisis)
        node_error(reader, node_find(node, "during"),
                   "nobody in who can fall into a crisis; give a status in who crisis");
    else if (!comes)
        node_error(reader, node_find(node, "at"),
                   "nobody in who is released at the end of his status, so this date never comes; "
                   "name statuses with an end that leads to release");
}

/* " (with sex: man, group: psychiatric)"; empty where people are all alike. */
static const char *profile_text(struct arena *arena, const struct attributes *attributes,
                                uint32_t profile)
{
    const char *text = "";
    for (int a = 0; a < attributes->count; a++)
        text = arena_print(arena, "%s%s%s: %s", text, *text ? ", " : " (with ",
                           attributes->list[a].name,
                           attributes->list[a].value[attribute_value(attributes, a, profile)]);
    return *text ? arena_print(arena, "%s)", text) : "";
}

/* Whether he may fall into a crisis in which no rule says where he is. */
static bool lacks_rule(const struct rules *rules, const struct status *status, int s, uint32_t p)
{
    return status_crises_per_year(status, p) > 0 &&
           rules_entitlement(rules, s, p)->list != NO_LIST &&
           (!rules->steps || !rules->steps[(size_t)s * rules->profile_count + p].crisis);
}

/* Whether some people of the status have one. */
static bool has_rule(const struct rules *rules, int s)
{
    bool has = false;
    for (uint32_t p = 0; p < rules->profile_count && rules->steps; p++)
        has |= rules->steps[(size_t)s * rules->profile_count + p].crisis != NULL;
    return has;
}

void rules_check_crises(struct reader *reader, const struct node *node,
                        const struct attributes *attributes, const struct statuses *statuses,
                        const struct rules *rules)
{
    for (int s = 0; s < statuses->count; s++) {
        for (uint32_t p = 0; p < rules->profile_count; p++) {
            if (attributes->share_of_profile[p] <= 0 ||
                !lacks_rule(rules, &statuses->list[s], s, p))
                continue;
            node_error(reader, node,
                       "no place of a rule with during: crisis is for status %s%s, of which people "
                       "fall into a crisis",
                       statuses->name[s],
                       has_rule(rules, s) ? profile_text(reader->arena, attributes, p) : "");
            break;
        }
    }
}
