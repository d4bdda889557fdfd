/* How `measures:` is read. */
#include <stdlib.h>
#include <string.h>

#include "models/by_year.h"
#include "models/measure.h"
#include "models/status_read.h"

#define RAMP_DAYS_AT_MOST 7300 /* 20 years */

struct draft {
    enum measure_kind kind;
    int32_t           starts, ends;
    int64_t           ramp_min;
    struct node      *who, *in, *fails, *share;
    double            factor;
    struct fraction   replaced;
    const char       *by;
    int64_t           cost_per_person;
    bool              is_emergency;
};

struct fails_draft {
    struct fraction     share;
    const struct shape *after;
    struct node        *as;
};

/* All that a measure may refer to. */
struct measure_context {
    const struct attributes *attributes;
    const struct statuses   *statuses;
    const struct estate     *estate;
    const struct flows      *flows;
};

static const char *const kind_words[MEASURE_KINDS + 1] = {
    [MEASURE_INFLOW] = "inflow", [MEASURE_REPLACE_SENTENCE] = "replace_sentence"};

static const struct field fails_fields[] = {
    {.key = "share",
     .type = FIELD_SHARE,
     .offset = offsetof(struct fails_draft, share),
     .required = true,
     .help = "Of those whose sentence is replaced, so many fail."},
    {.key = "after",
     .type = FIELD_SHAPE,
     .offset = offsetof(struct fails_draft, after),
     .required = true,
     .help = "How long after that they come; with `in`, who has served it all before does not."},
    {.key = "as",
     .type = FIELD_OWN,
     .offset = offsetof(struct fails_draft, as),
     .required = true,
     .own = node_keep,
     .unit = "name of a status",
     .help = "The status in which they come, such as arrested; a sentence stays the one imposed."},
    {0},
};

static const struct field cost_fields[] = {
    {.key = "per_person",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, cost_per_person),
     .required = true,
     .own = read_cents,
     .unit = "euros",
     .help = "What each one costs whose sentence is replaced, on the day of his entry."},
    {0},
};

static const struct field sentence_fields[] = {
    {.key = "at_least",
     .type = FIELD_DURATION,
     .offset = offsetof(struct measure, at_least_min),
     .otherwise = "0 days",
     .help = "The shortest sentence imposed on which it acts."},
    {.key = "at_most",
     .type = FIELD_DURATION,
     .offset = offsetof(struct measure, at_most_min),
     .otherwise = "any",
     .help = "The longest."},
    {0},
};

/* Beside status and attributes. */
static const struct field who_fields[] = {
    {.key = "flow",
     .type = FIELD_OWN,
     .unit = "name of a flow, a list, or {not: ..}",
     .otherwise = "any",
     .help = "Of inflow: the flows on which it acts."},
    {.key = "sentence",
     .type = FIELD_OWN,
     .inner = sentence_fields,
     .unit = "mapping",
     .otherwise = "any",
     .help = "Of replace_sentence: the sentences on which it acts, as they were imposed."},
    {0},
};

const struct field measure_fields[] = {
    {.key = "kind",
     .type = FIELD_CHOICE,
     .offset = offsetof(struct draft, kind),
     .required = true,
     .choices = kind_words,
     .help = "inflow: a factor on arrivals. replace_sentence: sentences that are served otherwise, "
             "judged when people come into their status."},
    {.key = "starts",
     .type = FIELD_DATE,
     .offset = offsetof(struct draft, starts),
     .required = true,
     .help = "Its first day, from 0:00."},
    {.key = "ends",
     .type = FIELD_DATE,
     .offset = offsetof(struct draft, ends),
     .otherwise = "it stays",
     .help = "Its last day, to 24:00."},
    {.key = "ramp",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, ramp_min),
     .high = (double)RAMP_DAYS_AT_MOST * MINUTES_A_DAY,
     .otherwise = "whole from the first day",
     .help = "So long after `starts` it is whole, in whole days; linear by day from nothing on the "
             "day before `starts`."},
    {.key = "emergency",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, is_emergency),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "Whether it is taken for want of places, as a stop on arrests: need by normal "
             "execution (output: shortages) is worked out without it."},
    {.key = "who",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, who),
     .inner = who_fields,
     .own = node_keep,
     .unit = "status, attributes and those below",
     .otherwise = "everyone",
     .help = "On whom it acts: who arrives, or comes into a status with a sentence."},
    {.key = "factor",
     .type = FIELD_NUMBER,
     .offset = offsetof(struct draft, factor),
     .high = FACTOR_AT_MOST,
     .otherwise = "must be given with inflow",
     .help = "So many times the arrivals: 1.04 adds people, 0.9 keeps some away."},
    {.key = "share",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, share),
     .own = node_keep,
     .unit = "share",
     .otherwise = "must be given with replace_sentence",
     .help = "Of those on whom it acts, so many serve their sentence otherwise."},
    {.key = "by",
     .type = FIELD_NAME,
     .offset = offsetof(struct draft, by),
     .otherwise = "by or in must be given with replace_sentence",
     .help = "What takes its place, a word for the reader such as community_service (taakstraf): "
             "they leave."},
    {.key = "in",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, in),
     .own = node_keep,
     .unit = "name of a regime that is outside, with places: unlimited",
     .otherwise = "nowhere: they leave",
     .help = "Where they serve it, such as electronic detention (elektronische detentie)."},
    {.key = "fails",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, fails),
     .inner = fails_fields,
     .own = node_keep,
     .unit = "mapping",
     .otherwise = "nobody fails",
     .help = "Who fails comes back and serves after all."},
    {.key = "cost",
     .type = FIELD_INNER,
     .offset = 0,
     .inner = cost_fields,
     .otherwise = "nothing",
     .help = "What it costs, of replace_sentence; in measures.csv, and an item of costs.csv."},
    {0},
};

/* -- who */

static void mark_flow(struct reader *reader, struct node *node, const struct flows *flows,
                      bool takes, bool *flow)
{
    int index;
    if (read_reference(reader, node, "flow", flows->name, flows->count, &index))
        flow[index] = takes;
}

/* A name, a list, or {not: ..}, as in every `who`. */
static void read_flows(struct reader *reader, struct node *node, const struct flows *flows,
                       bool *flow)
{
    struct node *names = node;
    bool         takes = true;
    node->used = true;
    if (node->kind == NODE_MAPPING) {
        names = node_find(node, "not");
        takes = false;
        if (!names || node->count != 1) {
            node_error(reader, node, "flow is a mapping; it must be {not: ..}, a name or a list");
            return;
        }
        names->used = true;
    }
    for (int f = 0; f < flows->count; f++)
        flow[f] = !takes;
    if (names->kind == NODE_LIST && !names->first)
        node_error(reader, names, "%s is an empty list; name at least one flow",
                   node_label(reader->arena, names));
    if (names->kind != NODE_LIST)
        mark_flow(reader, names, flows, takes, flow);
    else
        for (struct node *item = names->first; item; item = item->next)
            mark_flow(reader, item, flows, takes, flow);
}

static void read_bounds(struct reader *reader, struct node *node, struct measure *measure)
{
    fields_read(reader, node, sentence_fields, measure);
    if (measure->at_least_min > measure->at_most_min)
        node_error(reader, node_find(node, "at_least"),
                   "at_least is above at_most, so that no sentence matches");
}

/* Those that are named, or all that have a sentence. */
static void choose_statuses(struct reader *reader, const struct node *node,
                            const struct statuses *statuses, const struct who *who,
                            struct measure *measure)
{
    for (int s = 0; s < statuses->count; s++) {
        bool has_sentence = statuses->list[s].sentence && statuses->list[s].stay.of;
        if (has_sentence && (!who->statuses || who->statuses >> s & 1))
            measure->statuses |= (uint64_t)1 << s;
        else if (who->statuses >> s & 1)
            node_error(reader, node_find(node, "status"),
                       "status takes in %s, which has no sentence that could be replaced",
                       statuses->name[s]);
    }
}

static void read_who(struct reader *reader, struct node *node,
                     const struct measure_context *context, struct measure *measure)
{
    const struct attributes *attributes = context->attributes;
    const struct statuses   *statuses = context->statuses;
    bool                     is_inflow = measure->kind == MEASURE_INFLOW;
    struct who               who;
    int                      before = reader->errors->count;
    struct node *beside = who_read_beside(reader, node, attributes, statuses->name, statuses->count,
                                          is_inflow ? "flow" : "sentence", &who);
    measure->flow = arena_new(reader->arena, bool, (size_t)context->flows->count + 1);
    for (int f = 0; f < context->flows->count; f++)
        measure->flow[f] = true;
    if (beside && is_inflow)
        read_flows(reader, beside, context->flows, measure->flow);
    else if (beside)
        read_bounds(reader, beside, measure);
    if (reader->errors->count > before)
        return;
    for (int f = 0; f < context->flows->count; f++)
        measure->flow[f] &= !who.statuses || who.statuses >> context->flows->list[f].status & 1;
    if (!is_inflow)
        choose_statuses(reader, node, statuses, &who, measure);
    who.statuses = 0;
    measure->takes = arena_new(reader->arena, bool, attributes->profile_count);
    for (uint32_t p = 0; p < attributes->profile_count; p++)
        measure->takes[p] = who_matches(&who, attributes, 0, p);
}

/* -- the kinds */

static void refuse(struct reader *reader, const struct node *node, const char *const *keys,
                   enum measure_kind kind)
{
    for (; *keys; keys++)
        if (node_find(node, *keys))
            node_key_error(reader, node_find(node, *keys), "%s is no key of kind: %s", *keys,
                           kind_words[kind]);
}

static void demand(struct reader *reader, const struct node *node, const char *key,
                   enum measure_kind kind)
{
    if (!node_find(node, key))
        node_key_error(reader, node, "%s lacks %s, which kind: %s must have", node->key, key,
                       kind_words[kind]);
}

static void read_inflow(struct reader *reader, const struct node *node, const struct draft *draft,
                        struct measure *measure)
{
    static const char *const others[] = {"share", "by", "in", "fails", "cost", NULL};
    refuse(reader, node, others, MEASURE_INFLOW);
    demand(reader, node, "factor", MEASURE_INFLOW);
    measure->factor = draft->factor;
}

/* The share of each day of the ramp, in integers. */
static void make_thresholds(struct arena *arena, struct fraction share, struct measure *measure)
{
    int64_t days = measure->ramp_days + 1;
    measure->threshold = arena_new(arena, uint64_t, (size_t)days);
    for (int64_t day = 0; day < days; day++)
        measure->threshold[day] = rng_threshold(share.num * (day + 1), share.den * days);
}

static void read_unit(struct reader *reader, struct node *node, const struct estate *estate,
                      struct measure *measure)
{
    int r;
    if (!read_reference(reader, node, "regime", estate->regime_name, estate->regime_count, &r))
        return;
    if (!estate->regime[r].outside || !estate->regime[r].unlimited) {
        node_error(reader, node,
                   "in is %s; it must be a regime that is outside, with places: "
                   "unlimited",
                   estate->regime_name[r]);
        return;
    }
    for (int u = 0; u < estate->unit_count; u++)
        if (estate->unit[u].regime == r)
            measure->unit = u;
}

/* Who comes back must not come, with the same draws, where he was replaced before. */
static void check_return(struct reader *reader, const struct node *node,
                         const struct statuses *statuses, const struct measure *measure)
{
    int      as = measure->fails_as;
    uint64_t entered = statuses_entered_after(statuses, as);
    for (int s = 0; s < statuses->count; s++) {
        if (s == as || !(measure->statuses >> s & 1) || !(entered >> s & 1))
            continue;
        if (!statuses->list[s].on_cycle || !statuses->list[as].on_cycle)
            node_error(reader, node,
                       "as is %s, from which people come to %s; there they would be replaced and "
                       "fail again and again",
                       statuses->name[as], statuses->name[s]);
    }
}

static void read_fails(struct reader *reader, struct node *node, const struct statuses *statuses,
                       struct measure *measure)
{
    struct fails_draft draft = {.share = {0, 1}};
    int                before = reader->errors->count;
    fields_read(reader, node, fails_fields, &draft);
    if (reader->errors->count > before ||
        !read_reference(reader, draft.as, "status", statuses->name, statuses->count,
                        &measure->fails_as))
        return;
    measure->fails_after = draft.after;
    measure->fails_threshold = rng_threshold(draft.share.num, draft.share.den);
    check_return(reader, draft.as, statuses, measure);
}

/* As status_purpose: the visits of the status in which it is judged. */
static void read_replace(struct reader *reader, const struct node *node, struct draft *draft,
                         const struct measure_context *context, struct measure *measure)
{
    static const char *const others[] = {"factor", NULL};
    refuse(reader, node, others, MEASURE_REPLACE_SENTENCE);
    demand(reader, node, "share", MEASURE_REPLACE_SENTENCE);
    if (!draft->by && !draft->in)
        node_key_error(reader, node, "%s lacks by or in: how the sentence is served instead",
                       node->key);
    if (draft->by && draft->in)
        node_key_error(reader, draft->in, "in stands beside by; who is in a regime does not leave");
    struct fraction share = {0, 1};
    if (draft->share && !read_share(reader, draft->share, &share))
        return;
    make_thresholds(reader->arena, share, measure);
    measure->by = draft->by;
    measure->has_cost = node_find(node, "cost");
    measure->cost_per_person = draft->cost_per_person;
    measure->draw = status_purpose("measure", measure->name);
    measure->draw_fails = status_purpose("measure_fails", measure->name);
    measure->draw_after = status_purpose("measure_after", measure->name);
    if (draft->in)
        read_unit(reader, draft->in, context->estate, measure);
    if (draft->fails)
        read_fails(reader, draft->fails, context->statuses, measure);
}

/* -- one measure */

static void read_dates(struct reader *reader, const struct node *node, const struct draft *draft,
                       struct measure *measure)
{
    const struct node *ends = node_find(node, "ends"), *ramp = node_find(node, "ramp");
    measure->starts = draft->starts;
    measure->last = draft->ends;
    if (ends && draft->ends < draft->starts)
        node_error(reader, ends, "ends is %s; it must not lie before starts, %s", ends->text,
                   node_find(node, "starts")->text);
    if (draft->ramp_min % MINUTES_A_DAY != 0)
        node_error(reader, ramp, "ramp is %s; it must be whole days", ramp->text);
    measure->ramp_days = (int32_t)(draft->ramp_min / MINUTES_A_DAY);
}

static void read_measure(struct reader *reader, struct node *node,
                         const struct measure_context *context, struct measure *measure)
{
    int          before = reader->errors->count;
    struct draft draft = {.ends = NO_LAST_DAY, .factor = 1};
    *measure =
        (struct measure){.name = node->key, .at_most_min = INT64_MAX, .unit = -1, .fails_as = -1};
    fields_read(reader, node, measure_fields, &draft);
    if (reader->errors->count > before)
        return;
    measure->kind = draft.kind;
    measure->is_emergency = draft.is_emergency;
    read_dates(reader, node, &draft, measure);
    read_who(reader, draft.who, context, measure);
    if (measure->kind == MEASURE_INFLOW)
        read_inflow(reader, node, &draft, measure);
    else
        read_replace(reader, node, &draft, context, measure);
}

/* -- all of them */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct measure *)a)->name, ((const struct measure *)b)->name);
}

static void put_diversion(struct measures *measures, int m)
{
    int i = measures->diversion_count++;
    for (; i > 0 && measures->list[measures->diversion[i - 1]].starts > measures->list[m].starts;
         i--)
        measures->diversion[i] = measures->diversion[i - 1];
    measures->diversion[i] = m;
    measures->diverted |= measures->list[m].statuses;
}

static void order(struct arena *arena, struct measures *measures)
{
    int columns;
    qsort(measures->list, (size_t)measures->count, sizeof *measures->list, by_name);
    measures->diversion = arena_new(arena, int, (size_t)measures->count + 1);
    for (int m = 0; m < measures->count; m++) {
        struct measure *measure = &measures->list[m];
        (void)measure_columns(measure->kind, &columns);
        measure->column = measures->column_count;
        measures->column_count += columns;
        if (measure->kind == MEASURE_REPLACE_SENTENCE)
            put_diversion(measures, m);
        else
            measures->inflow_count++;
    }
}

void measures_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                   const struct statuses *statuses, const struct estate *estate,
                   const struct flows *flows, struct measures *measures)
{
    struct measure_context context = {attributes, statuses, estate, flows};
    *measures = (struct measures){0};
    if (!node || (!read_names(reader, node) && node->kind != NODE_MAPPING))
        return;
    measures->list = arena_new(reader->arena, struct measure, MEASURES_AT_MOST);
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (node_is_note(child))
            continue;
        if (measures->count == MEASURES_AT_MOST) {
            node_key_error(reader, child, "%s is one measure too many; at most %d are allowed",
                           child->key, MEASURES_AT_MOST);
            return;
        }
        read_measure(reader, child, &context, &measures->list[measures->count++]);
    }
    order(reader->arena, measures);
}
