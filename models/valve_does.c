#include <string.h>

#include "models/valve_read.h"

/* -- the keys */

static const struct field sentence_fields[] = {
    {.key = "at_least",
     .type = FIELD_DURATION,
     .offset = offsetof(struct sentence_draft, least_min),
     .otherwise = "any",
     .help = "The shortest."},
    {.key = "at_most",
     .type = FIELD_DURATION,
     .offset = offsetof(struct sentence_draft, most_min),
     .otherwise = "any",
     .help = "The longest."},
    {0},
};

static const struct field arrest_stop_fields[] = {
    {.key = "leaves",
     .type = FIELD_OWN,
     .offset = offsetof(struct arrest_stop_draft, leaves),
     .required = true,
     .own = node_keep,
     .unit = "name of a reason of `leaves`",
     .help = "The reason that stops: that of every status that has one of this name."},
    {.key = "who",
     .type = FIELD_OWN,
     .offset = offsetof(struct arrest_stop_draft, who),
     .own = node_keep,
     .unit = "who",
     .otherwise = "everyone who waits",
     .help = "For whom."},
    {.key = "sentence",
     .type = FIELD_INNER,
     .offset = offsetof(struct arrest_stop_draft, sentence),
     .inner = sentence_fields,
     .otherwise = "any",
     .help = "Of these only those with such a sentence imposed, or a stay where the status has "
             "that."},
    {.key = "share",
     .type = FIELD_SHARE,
     .offset = offsetof(struct arrest_stop_draft, share),
     .otherwise = "1",
     .help = "The share of these; a larger one has the same people and more."},
    {0},
};

const struct field valve_does_fields[] = {
    {.key = "release_early",
     .type = FIELD_DURATION,
     .offset = offsetof(struct valve_does, earlier_min),
     .low = MINUTES_A_DAY,
     .high = (double)DURATION_AT_MOST,
     .whole_days = true,
     .otherwise = "nobody is released early",
     .help = "So long before the planned release those leave who hold a place."},
    {.key = "who",
     .type = FIELD_OWN,
     .offset = offsetof(struct valve_does, who),
     .own = node_keep,
     .unit = "who",
     .otherwise = "everyone who leaves the system from a place",
     .help = "Who may be released early."},
    {.key = "sentence",
     .type = FIELD_INNER,
     .offset = offsetof(struct valve_does, sentence),
     .inner = sentence_fields,
     .otherwise = "any, and who has no end of his own",
     .help =
         "Of these only those with such a sentence imposed, or a stay where the status has that."},
    {.key = "share",
     .type = FIELD_SHARE,
     .offset = offsetof(struct valve_does, share),
     .otherwise = "1",
     .help = "The share of these who may be; a larger one has the same people and more."},
    {.key = "as_needed",
     .type = FIELD_OWN,
     .offset = offsetof(struct valve_does, as_needed),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "At a review no more are chosen than wait, nearest planned release first."},
    {.key = "at_most",
     .type = FIELD_COUNT,
     .offset = offsetof(struct valve_does, at_most),
     .otherwise = "no cap",
     .help = "At a review no more are chosen than this, nearest planned release first."},
    {.key = "stop_calling",
     .type = FIELD_OWN,
     .offset = offsetof(struct valve_does, stops),
     .own = node_keep,
     .unit = "status, or list of statuses",
     .otherwise = "none",
     .help = "Nobody of these is called up while it is open; who is on his way is admitted."},
    {.key = "call_longest_sentence",
     .type = FIELD_OWN,
     .offset = offsetof(struct valve_does, by_sentence),
     .own = node_keep,
     .unit = "status, or list of statuses",
     .otherwise = "called up in the order of their rule",
     .help = "While it is open these are called up longest sentence first, whatever their rule "
             "says; statuses that share a queue must stand here together."},
    {.key = "call_longest_waiting",
     .type = FIELD_OWN,
     .offset = offsetof(struct valve_does, by_waiting),
     .own = node_keep,
     .unit = "status, or list of statuses",
     .otherwise = "called up in the order of their rule",
     .help = "The same, longest waiting first."},
    {.key = "out_of_category",
     .type = FIELD_OWN,
     .offset = offsetof(struct valve_does, rules),
     .own = node_keep,
     .unit = "placement rule, or list of placement rules",
     .otherwise = "no rule is opened",
     .help = "While it is open people of these rules may also have the places that the rules list "
             "as out_of_category and not in `to`, after those of `to`."},
    {.key = "double_use",
     .type = FIELD_OWN,
     .offset = offsetof(struct valve_does, shared),
     .own = node_keep,
     .unit = "regime, or list of regimes",
     .otherwise = "as the regimes say",
     .help =
         "In these regimes with two_in_a_cell people share cells only while it, or another valve "
         "for the regime, is open; when it closes units have shrunk (on_shrink)."},
    {.key = "stop_arrests",
     .type = FIELD_INNER,
     .offset = offsetof(struct valve_does, arrests),
     .inner = arrest_stop_fields,
     .otherwise = "nobody's are",
     .help = "Whose arrest stops while it is open: he waits on, and is as likely to be arrested "
             "after it as before."},
    {0},
};

struct valve_does valve_does_nothing(void)
{
    const struct sentence_draft any = {0, INT64_MAX};
    const struct fraction       all = {1, 1};
    return (struct valve_does){.sentence = any,
                               .share = all,
                               .at_most = INT64_MAX,
                               .arrests = {.sentence = any, .share = all}};
}

/* -- for all readers of valves */

const struct node *valve_inner(const struct node *node, const char *section, const char *key)
{
    const struct node *found = node_find(node, section);
    return found && found->kind == NODE_MAPPING ? node_find(found, key) : NULL;
}

uint64_t valve_names_mask(struct reader *reader, struct node *node, const char *what,
                          const char *const *names, int count)
{
    uint64_t named = 0;
    int      index;
    node->used = true;
    if (node->kind != NODE_LIST)
        return read_reference(reader, node, what, names, count, &index) ? (uint64_t)1 << index : 0;
    if (!node->first)
        node_error(reader, node, "%s is an empty list; name at least one %s",
                   node_label(reader->arena, node), what);
    for (struct node *item = node->first; item; item = item->next)
        if (read_reference(reader, item, what, names, count, &index))
            named |= (uint64_t)1 << index;
    return named;
}

/* -- for whom */

static void set_whom(const struct valve_making *making, struct node *node,
                     const struct sentence_draft *sentence, const struct node *sentence_node,
                     struct fraction share, struct valve_whom *whom)
{
    uint32_t   profiles = making->attributes->profile_count;
    int        statuses = making->statuses->count;
    struct who who = {0};
    if (node)
        who_read(making->reader, node, making->attributes, making->statuses->name, statuses, &who);
    if (sentence->most_min < sentence->least_min)
        node_error(making->reader, node_find(sentence_node, "at_most"),
                   "at_most must not be below at_least");
    whom->asks_sentence = sentence_node != NULL;
    whom->sentence_least_min = sentence->least_min;
    whom->sentence_most_min = sentence->most_min;
    whom->share_threshold = rng_threshold(share.num, share.den);
    whom->matches = arena_new(making->reader->arena, bool, (size_t)statuses *profiles);
    for (int s = 0; s < statuses; s++)
        for (uint32_t p = 0; p < profiles; p++)
            whom->matches[(uint32_t)s * profiles + p] = who_matches(&who, making->attributes, s, p);
}

/* -- release early */

static void check_release(struct reader *reader, const struct node *node)
{
    static const char *const of_release[] = {"who", "sentence", "share", "as_needed", "at_most"};
    for (size_t i = 0; i < sizeof of_release / sizeof of_release[0]; i++)
        if (valve_inner(node, "does", of_release[i]))
            node_key_error(reader, valve_inner(node, "does", of_release[i]),
                           "%s stands without release_early", of_release[i]);
}

static void set_release(const struct valve_making *making, const struct node *node,
                        const struct valve_does *does, struct valve *valve)
{
    valve->earlier_min = does->earlier_min;
    set_whom(making, does->who, &does->sentence, valve_inner(node, "does", "sentence"), does->share,
             &valve->frees);
    valve->frees.draw = rng_jump(rng_purpose(PURPOSE_FREES, valve->name, 0));
    valve->as_needed = does->as_needed;
    valve->at_most = does->at_most;
    valve->chooses = does->as_needed || does->at_most != INT64_MAX;
}

/* -- call-up */

static uint64_t called_up(const struct valve_making *making, struct node *node, const char *not_so)
{
    const struct statuses *statuses = making->statuses;
    uint64_t               named =
        valve_names_mask(making->reader, node, "status", statuses->name, statuses->count);
    for (int s = 0; s < statuses->count; s++)
        if (named >> s & 1 && !statuses->list[s].call_up.used)
            node_error(making->reader, node, "%s is not called up, so %s", statuses->name[s],
                       not_so);
    return named;
}

/* Whoever they are, by the rule as it is or as measures have it. */
static bool share_a_queue(const struct rules *rules, int s, int t)
{
    uint32_t profiles = rules->profile_count;
    for (int i = 0; i <= rules->twin_count; i++)
        for (uint32_t p = 0; p < profiles; p++)
            for (uint32_t q = 0; q < profiles; q++) {
                list_id list = rules_may_hold(rules, (size_t)s * profiles + p, i)->list;
                if (list != NO_LIST &&
                    list == rules_may_hold(rules, (size_t)t * profiles + q, i)->list)
                    return true;
            }
    return false;
}

/* A queue has one order, so its statuses are named together. */
static void check_queues(const struct valve_making *making, const struct node *node, uint64_t named)
{
    const struct statuses *statuses = making->statuses;
    for (int s = 0; s < statuses->count; s++)
        for (int t = 0; t < statuses->count; t++)
            if (named >> s & 1 && statuses->list[s].call_up.used && !(named >> t & 1) &&
                statuses->list[t].call_up.used && share_a_queue(making->rules, s, t))
                node_error(making->reader, node,
                           "%s stands in one queue with %s, which has one order; name both",
                           statuses->name[s], statuses->name[t]);
}

static uint64_t read_order(const struct valve_making *making, struct node *node)
{
    uint64_t named = called_up(making, node, "there is no order in which it is");
    check_queues(making, node, named);
    return named;
}

static void set_order(const struct valve_making *making, const struct valve_does *does,
                      struct valve *valve)
{
    const struct statuses *statuses = making->statuses;
    if (does->by_sentence)
        valve->by_sentence = read_order(making, does->by_sentence);
    if (does->by_waiting)
        valve->by_waiting = read_order(making, does->by_waiting);
    for (int s = 0; s < statuses->count; s++) {
        if (valve->by_sentence >> s & 1 && !statuses->list[s].stay.of)
            node_error(making->reader, does->by_sentence,
                       "%s has no sentence or stay, so none is the longest", statuses->name[s]);
        if (valve->by_sentence & valve->by_waiting & (uint64_t)1 << s)
            node_error(making->reader, does->by_waiting, "%s stands in call_longest_sentence too",
                       statuses->name[s]);
    }
}

/* -- arrests */

/* Its number among the reasons of a status; -1: the status has none of this name. */
static int find_leave(const struct status *status, const char *name)
{
    for (int i = 0; i < status->leave_count; i++)
        if (strcmp(status->leave[i].name, name) == 0)
            return i;
    return -1;
}

static bool any_matches(const struct valve_making *making, const struct valve_whom *whom, int s)
{
    uint32_t profiles = making->attributes->profile_count;
    for (uint32_t p = 0; p < profiles; p++)
        if (whom->matches[(uint32_t)s * profiles + p])
            return true;
    return false;
}

/* The names of all reasons, each once. */
static const char **reason_names(const struct valve_making *making, int *count)
{
    const struct statuses *statuses = making->statuses;
    const char           **name =
        arena_new(making->reader->arena, const char *, (size_t)statuses->count *LEAVES_AT_MOST);
    *count = 0;
    for (int s = 0; s < statuses->count; s++)
        for (int i = 0; i < statuses->list[s].leave_count; i++) {
            int n = 0;
            while (n < *count && strcmp(name[n], statuses->list[s].leave[i].name) != 0)
                n++;
            if (n == *count)
                name[(*count)++] = statuses->list[s].leave[i].name;
        }
    return name;
}

static void set_arrests(const struct valve_making *making, const struct node *node,
                        const struct arrest_stop_draft *draft, struct valve *valve)
{
    const struct statuses *statuses = making->statuses;
    int                    count, reason;
    const char           **names = reason_names(making, &count);
    bool                   any = false;
    int                    before = making->reader->errors->count;
    draft->leaves->used = true;
    set_whom(making, draft->who, &draft->sentence, node_find(node, "sentence"), draft->share,
             &valve->unsought);
    if (!read_reference(making->reader, draft->leaves, "reason of leaves", names, count, &reason))
        return;
    valve->unsought.draw = rng_jump(rng_purpose(PURPOSE_UNSOUGHT, valve->name, 0));
    valve->stops_reason = names[reason];
    for (int s = 0; s < statuses->count; s++)
        any |= find_leave(&statuses->list[s], names[reason]) >= 0 &&
               any_matches(making, &valve->unsought, s);
    if (!any && making->reader->errors->count == before)
        node_error(making->reader, draft->who,
                   "who names nobody who can leave a queue for the reason %s", names[reason]);
}

/* -- places out of category */

/* Some of its places stand in out_of_category only. */
static bool has_more(const struct rule *rule)
{
    mask to = 0;
    for (int i = 0; i < rule->to_count; i++)
        to |= rule->to[i];
    return (rule->out_of_category & ~to) != 0;
}

static void open_rule(const struct valve_making *making, struct node *node,
                      const char *const *names, struct valve *valve)
{
    int                r;
    const struct rule *rule = making->rules->list;
    if (!read_reference(making->reader, node, "placement rule", names, making->rules->count, &r))
        return;
    valve->opens_rule[r] = true;
    if (rule_is_dated(&rule[r]))
        node_error(
            making->reader, node,
            "%s holds from a date of the person on, or in a crisis; only rules without after, "
            "at and during can be opened",
            names[r]);
    else if (!has_more(&rule[r]))
        node_error(making->reader, node,
                   "%s has no places in out_of_category that are not in its to as well", names[r]);
}

static void set_rules(const struct valve_making *making, struct node *node, struct valve *valve)
{
    const struct rules *rules = making->rules;
    struct arena       *arena = making->reader->arena;
    const char        **names = arena_new(arena, const char *, (size_t)rules->count);
    for (int r = 0; r < rules->count; r++)
        names[r] = rules->list[r].name;
    valve->opens_rule = arena_new(arena, bool, (size_t)rules->count);
    node->used = true;
    if (node->kind != NODE_LIST)
        open_rule(making, node, names, valve);
    else if (!node->first)
        node_error(making->reader, node,
                   "out_of_category is an empty list; name at least one placement rule");
    else if (read_list(making->reader, node))
        for (struct node *item = node->first; item; item = item->next)
            open_rule(making, item, names, valve);
}

/* -- cells for two */

static bool has_shared_unit(const struct estate *estate, int regime)
{
    for (int u = 0; u < estate->unit_count; u++)
        if (estate->unit[u].regime == regime && estate_shares(estate, u))
            return true;
    return false;
}

static void set_shared(const struct valve_making *making, struct node *node, struct valve *valve)
{
    const struct estate *estate = making->estate;
    valve->doubles =
        valve_names_mask(making->reader, node, "regime", estate->regime_name, estate->regime_count);
    for (int r = 0; r < estate->regime_count; r++)
        if (valve->doubles >> r & 1 && !has_shared_unit(estate, r))
            node_error(making->reader, node,
                       "%s has no cells that people share: two_in_a_cell, and a unit with for_two",
                       estate->regime_name[r]);
}

/* -- all of it */

static void check_does(struct reader *reader, const struct node *node)
{
    static const char *const deed[] = {
        "release_early",   "stop_calling", "call_longest_sentence", "call_longest_waiting",
        "out_of_category", "double_use",   "stop_arrests"};
    for (size_t i = 0; i < sizeof deed / sizeof deed[0]; i++)
        if (valve_inner(node, "does", deed[i]))
            return;
    node_key_error(
        reader, node_find(node, "does"),
        "does does nothing; it must have release_early, stop_calling, "
        "call_longest_sentence, call_longest_waiting, out_of_category, double_use or stop_arrests");
}

void valve_read_does(const struct valve_making *making, const struct node *node,
                     const struct valve_does *does, struct valve *valve)
{
    check_does(making->reader, node);
    if (valve_inner(node, "does", "release_early"))
        set_release(making, node, does, valve);
    else
        check_release(making->reader, node);
    if (does->stops)
        valve->stops = called_up(making, does->stops, "calling it cannot stop");
    set_order(making, does, valve);
    if (does->rules)
        set_rules(making, does->rules, valve);
    if (does->shared)
        set_shared(making, does->shared, valve);
    if (does->arrests.leaves)
        set_arrests(making, valve_inner(node, "does", "stop_arrests"), &does->arrests, valve);
}

/* -- all valves together */

void valves_join(const struct valve_making *making, struct valves *valves)
{
    const struct statuses *statuses = making->statuses;
    for (int v = 0; v < valves->count; v++) {
        const struct valve *valve = &valves->list[v];
        valves->orders_calls |= (valve->by_sentence | valve->by_waiting) != 0;
        valves->opens_rules |= valve->opens_rule != NULL;
        valves->doubled |= valve->doubles;
        if (!valve->stops_reason)
            continue;
        if (!valves->stopping)
            valves->stopping = arena_new(making->reader->arena, uint64_t,
                                         (size_t)statuses->count * LEAVES_AT_MOST);
        for (int s = 0; s < statuses->count; s++) {
            int i = find_leave(&statuses->list[s], valve->stops_reason);
            if (i >= 0)
                valves->stopping[s * LEAVES_AT_MOST + i] |= (uint64_t)1 << v;
        }
    }
}
