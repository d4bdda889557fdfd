#include "models/rules.h"

#include <string.h>

#include "models/rules_dates.h"
#include "models/rules_twins.h"
#include "sim/date.h"

struct rule_draft {
    struct node *who, *to, *out_of_category, *near;
    int          order;
    int64_t      after_min, at_min;
    bool         in_crisis;
};

const char *const rule_orders[] = {"longest_waiting", "longest_sentence", NULL};

const struct field rule_fields[] = {
    {.key = "who",
     .type = FIELD_OWN,
     .offset = offsetof(struct rule_draft, who),
     .own = node_keep,
     .unit = "who",
     .otherwise = "everyone",
     .help = "For whom the rule is; a person's rule is the first that matches and has no date "
             "(`after`, `at`, `during`)."},
    {.key = "to",
     .type = FIELD_OWN,
     .offset = offsetof(struct rule_draft, to),
     .required = true,
     .own = node_keep,
     .unit = "list of regimes, institutions, units or tags",
     .help = "Where he may be placed, tried first to last."},
    {.key = "out_of_category",
     .type = FIELD_OWN,
     .offset = offsetof(struct rule_draft, out_of_category),
     .own = node_keep,
     .unit = "list of regimes, institutions, units or tags",
     .otherwise = "none",
     .help = "Places that are not his own: one that stands in `to` too is used in its turn, the "
             "others open at the legal limit; he goes on waiting for a place of his own."},
    {.key = "order",
     .type = FIELD_CHOICE,
     .offset = offsetof(struct rule_draft, order),
     .choices = rule_orders,
     .otherwise = "longest_waiting",
     .help = "Who comes first of those who wait."},
    {.key = "near",
     .type = FIELD_OWN,
     .offset = offsetof(struct rule_draft, near),
     .own = node_keep,
     .unit = "attribute",
     .otherwise = "regions do not matter",
     .help = "Places in the person's own region come first, within each entry of `to` and "
             "`out_of_category`: where the value of this attribute is the `region` of the unit."},
    {.key = "after",
     .type = FIELD_DURATION,
     .offset = offsetof(struct rule_draft, after_min),
     .low = 1,
     .high = (double)DURATION_AT_MOST,
     .otherwise = "holds at once",
     .help = "Who has waited so long for a first place stands here from then on, no longer on the "
             "list of his rule, with his old waiting time."},
    {.key = "at",
     .type = FIELD_OWN,
     .offset = offsetof(struct rule_draft, at_min),
     .own = rules_read_at,
     .unit = "duration before release",
     .otherwise = "holds at once",
     .help = "From so long before his planned release on (`120 days before release`) who has a "
             "place waits for one here too, and keeps his own until then."},
    {.key = "during",
     .type = FIELD_OWN,
     .offset = offsetof(struct rule_draft, in_crisis),
     .own = rules_read_during,
     .unit = "`crisis`",
     .otherwise = "holds at once",
     .help = "As long as who has a place is in a crisis (`crisis` of his status) he waits for one "
             "here, keeps his own until then, and goes back when it is over."},
    {.key = NULL},
};

/* -- a rule */

static bool can_match(const struct who *who, int status)
{
    return who->statuses == 0 || who->statuses >> status & 1;
}

void rules_check_order(struct reader *reader, const struct node *node, const struct rule *rule,
                       const struct statuses *statuses)
{
    for (int s = 0; s < statuses->count; s++) {
        if (!can_match(&rule->who, s) || statuses->list[s].sentence)
            continue;
        node_error(reader, node,
                   "order is longest_sentence, but status %s has no sentence; name only statuses "
                   "with a sentence in who, or use longest_waiting",
                   statuses->name[s]);
        return;
    }
}

static void check_to(struct reader *reader, const struct node *node, const struct entries *to,
                     const struct estate *estate)
{
    if (reader->errors->count > 0)
        return; /* the units may be missing because of that */
    for (int i = 0; i < to->count; i++)
        for (int u = 0; u < estate->unit_count; u++)
            if (to->list[i].has[u])
                return;
    node_error(reader, node, "to names no place with a unit; nobody could be placed by this rule");
}

/* Who is outside is in no crisis: his would be over in the minute in which he came there. */
static void refuse_outside(struct reader *reader, const struct node *list,
                           const struct entries *entries, const struct estate *estate)
{
    const struct node *item = list->first;
    if (entries->count != list->count)
        return; /* those with an error are left out */
    for (int i = 0; i < entries->count; i++, item = item->next)
        for (int u = 0; u < estate->unit_count; u++)
            if (entries->list[i].has[u] && estate->regime[estate->unit[u].regime].outside) {
                node_error(
                    reader, item,
                    "%s names %s, of which %s is outside: a crisis is over there; name places "
                    "where people are held",
                    list->key, item->text, estate->unit_name[u]);
                break;
            }
}

static void read_rule(struct reader *reader, struct node *node, const struct attributes *attributes,
                      const struct statuses *statuses, const struct estate *estate,
                      struct rule *rule, struct rule_entries *entries)
{
    struct rule_draft draft = {0};
    fields_read(reader, node, rule_fields, &draft);
    rule->name = node->key;
    rule->order = (enum order)draft.order;
    rule->near = -1;
    rule->after_min = draft.after_min;
    rule->at_min = draft.at_min;
    rule->in_crisis = draft.in_crisis;
    rules_check_one_date(reader, node, rule);
    int before = reader->errors->count;
    if (draft.who)
        who_read(reader, draft.who, attributes, statuses->name, statuses->count, &rule->who);
    if (rule->order == ORDER_LONGEST_SENTENCE && reader->errors->count == before)
        rules_check_order(reader, node_find(node, "order"), rule, statuses);
    if (draft.out_of_category)
        entries_read(reader, draft.out_of_category, estate, &entries->out_of_category);
    if (!draft.to)
        return;
    entries_read(reader, draft.to, estate, &entries->to);
    if (draft.near)
        rules_read_near(reader, draft.near, attributes, estate, rule, entries);
    if (rule->in_crisis)
        refuse_outside(reader, draft.to, &entries->to, estate);
    if (rule->in_crisis && draft.out_of_category)
        refuse_outside(reader, draft.out_of_category, &entries->out_of_category, estate);
    if (draft.to->kind == NODE_LIST)
        check_to(reader, draft.to, &entries->to, estate);
}

/* -- nobody waits for ever */

static bool has_list(const struct rules *rules, int s)
{
    for (uint32_t p = 0; p < rules->profile_count; p++)
        if (rules_entitlement(rules, s, p)->list != NO_LIST)
            return true;
    return false;
}

/* All people of a status need a place, or none does: a status without rules may be one outside. */
static bool needs_place(const struct status *status, const struct rules *rules, int s)
{
    bool waits = status->waits_in == WAITS_REGIME || status->waits_in == WAITS_PRESENT_PLACE ||
                 (status->waits_in == WAITS_OUTSIDE && status->clock == CLOCK_PLACEMENT);
    return waits || status->call_up.used || has_list(rules, s);
}

/* Whether another value of this attribute would give a person of this profile a place. */
static bool is_cause(const struct attributes *attributes, const struct rules *rules, int s,
                     uint32_t profile, int a)
{
    const struct attribute *attribute = &attributes->list[a];
    uint32_t                own = (uint32_t)attribute_value(attributes, a, profile);
    for (uint32_t v = 0; v < (uint32_t)attribute->value_count; v++) {
        uint32_t other = profile - own * attribute->stride + v * attribute->stride;
        if (rules_entitlement(rules, s, other)->list != NO_LIST)
            return true;
    }
    return false;
}

/* " (with sex: woman)": what stands in the way; empty when nobody of the status has a place. When
 * no attribute alone is the cause, all of them are. */
static const char *cause_text(struct arena *arena, const struct attributes *attributes,
                              const struct rules *rules, int s, uint32_t profile)
{
    bool cause[ATTRIBUTES_AT_MOST], any = false;
    for (int a = 0; a < attributes->count; a++) {
        cause[a] = is_cause(attributes, rules, s, profile, a);
        any |= cause[a];
    }
    if (!has_list(rules, s))
        return "";
    const char *text = "";
    for (int a = 0; a < attributes->count; a++)
        if (cause[a] || !any)
            text = arena_print(arena, "%s%s%s: %s", text, *text ? ", " : " (with ",
                               attributes->list[a].name,
                               attributes->list[a].value[attribute_value(attributes, a, profile)]);
    return arena_print(arena, "%s)", text);
}

static void check_status(struct reader *reader, const struct node *node,
                         const struct attributes *attributes, const struct statuses *statuses,
                         const struct rules *rules, const bool *is_ruled, int s)
{
    bool nowhere = statuses->list[s].waits_in == WAITS_NOWHERE;
    for (uint32_t p = 0; p < rules->profile_count; p++) {
        if (attributes->share_of_profile[p] <= 0 || rules_entitlement(rules, s, p)->list != NO_LIST)
            continue;
        bool ruled = is_ruled[(uint32_t)s * rules->profile_count + p];
        node_error(reader, node, "no %s is for status %s%s; %s",
                   ruled ? "place of its rule" : "placement rule", statuses->name[s],
                   cause_text(reader->arena, attributes, rules, s, p),
                   nowhere ? "others of the status have one, so all need one"
                           : "its people would wait for ever");
        return;
    }
}

void rules_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                const struct statuses *statuses, const struct estate *estate,
                const struct measures *measures, const struct period *period, struct rules *rules)
{
    size_t               count = node->kind == NODE_MAPPING ? (size_t)node->count : 0;
    size_t               room = count + TWINS_AT_MOST;
    struct rule_entries *entries = arena_new(reader->arena, struct rule_entries, room);
    bool                *is_ruled =
        arena_new(reader->arena, bool, (size_t)statuses->count * attributes->profile_count);
    rules->list = arena_new(reader->arena, struct rule, room);
    /* after a bad name it goes on, so that all errors are told */
    bool is_good = read_names(reader, node) || node->kind == NODE_MAPPING;
    for (struct node *rule = is_good ? node->first : NULL; rule; rule = rule->next) {
        if (node_is_note(rule))
            continue;
        read_rule(reader, rule, attributes, statuses, estate, &rules->list[rules->count],
                  &entries[rules->count]);
        rules->count++;
    }
    if (rules->count > RULES_AT_MOST)
        node_error(reader, node, "there are %d placement rules; at most %d are allowed",
                   rules->count, RULES_AT_MOST);
    rules_make_twins(reader, attributes, statuses, estate, measures, period, entries, rules);
    rules_make_pools(reader, node, estate, entries, rules);
    rules_make_lists(reader, node, attributes, statuses, estate, entries, rules, is_ruled);
    bool is_known = reader->errors->count == 0; /* else who lacks a place may be due to that */
    struct node *node_of_rule = is_known ? node->first : NULL;
    for (int r = 0; node_of_rule; node_of_rule = node_of_rule->next)
        if (!node_is_note(node_of_rule) && rule_is_dated(&rules->list[r++]))
            rules_check_date(reader, node_of_rule, attributes, statuses, rules,
                             &rules->list[r - 1]);
    if (is_known)
        rules_check_crises(reader, node, attributes, statuses, rules);
    for (int s = 0; is_known && s < statuses->count; s++)
        if (needs_place(&statuses->list[s], rules, s))
            check_status(reader, node, attributes, statuses, rules, is_ruled, s);
    if (is_known)
        rules_check_twins(reader, attributes, statuses, measures, rules);
}

mask rules_pools_of_who(const struct rules *rules, const struct attributes *attributes,
                        int status_count, const struct who *who)
{
    mask pools = 0;
    for (int s = 0; s < status_count; s++)
        for (uint32_t p = 0; p < attributes->profile_count; p++)
            if (who_matches(who, attributes, s, p))
                pools |= rules->admitted[(uint32_t)s * attributes->profile_count + p];
    return pools;
}

/* Lists are of people that there are. */
bool rules_let_in(const struct rules *rules, const struct statuses *statuses,
                  const struct estate *estate, int unit)
{
    for (int l = 0; l < rules->list_count; l++)
        if (rules->lists[l].pools >> rules->pool_of_unit[unit] & 1)
            return true;
    for (int s = 0; s < statuses->count; s++)
        if (statuses->list[s].waits_in == WAITS_REGIME &&
            statuses->list[s].waits_regime == estate->unit[unit].regime)
            return true;
    return false;
}
