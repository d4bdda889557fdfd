/* On whom a measure acts, and the other readers that kinds share. */
#include <string.h>

#include "models/measure_kind.h"
#include "models/status_read.h"

static const struct field bound_fields[] = {
    {.key = "at_least",
     .type = FIELD_DURATION,
     .offset = offsetof(struct measure, at_least_min),
     .otherwise = "0 days",
     .help = "The shortest on which it acts."},
    {.key = "at_most",
     .type = FIELD_DURATION,
     .offset = offsetof(struct measure, at_most_min),
     .otherwise = "any",
     .help = "The longest."},
    {0},
};

const struct field measure_flow_fields[] = {
    {.key = "flow",
     .type = FIELD_OWN,
     .unit = "name of a flow, a list, or {not: ..}",
     .otherwise = "any",
     .help = "The flows on which it acts."},
    {0},
};

const struct field measure_sentence_fields[] = {
    {.key = "sentence",
     .type = FIELD_OWN,
     .inner = bound_fields,
     .unit = "mapping",
     .otherwise = "any",
     .help = "The sentences on which it acts, as they were imposed. A status without one is "
             "judged by its whole stay where the kind acts on stays too, remand included: name "
             "statuses."},
    {0},
};

const struct field measure_cost_fields[] = {
    {.key = "per_person",
     .type = FIELD_OWN,
     .offset = offsetof(struct measure_cost, per_person),
     .required = true,
     .own = read_cents,
     .unit = "euros",
     .help = "What each one costs whom it touches, on the day on which it does."},
    {0},
};

void measure_read_cost(const struct measure_reading *reading, const struct measure_cost *cost,
                       struct measure *measure)
{
    measure->has_cost = node_find(reading->node, "cost");
    measure->cost_per_person = cost->per_person;
}

/* -- who */

static void mark_flow(const struct measure_reading *reading, struct node *node, bool takes,
                      struct measure *measure)
{
    int index;
    if (read_reference(reading->reader, node, "flow", reading->flows->name, reading->flows->count,
                       &index))
        measure->flow[index] = takes;
}

/* A name, a list, or {not: ..}, as in every `who`. */
static void read_flows(const struct measure_reading *reading, struct node *node,
                       struct measure *measure)
{
    struct node *names = node;
    bool         takes = true;
    node->used = true;
    if (node->kind == NODE_MAPPING) {
        names = node_find(node, "not");
        takes = false;
        if (!names || node->count != 1) {
            node_error(reading->reader, node,
                       "flow is a mapping; it must be {not: ..}, a name or a list");
            return;
        }
        names->used = true;
    }
    for (int f = 0; f < reading->flows->count; f++)
        measure->flow[f] = !takes;
    if (names->kind == NODE_LIST && !names->first)
        node_error(reading->reader, names, "%s is an empty list; name at least one flow",
                   node_label(reading->reader->arena, names));
    if (names->kind != NODE_LIST)
        mark_flow(reading, names, takes, measure);
    else
        for (struct node *item = names->first; item; item = item->next)
            mark_flow(reading, item, takes, measure);
}

static void mark_profiles(const struct measure_reading *reading, struct who who,
                          struct measure *measure)
{
    who.statuses = 0;
    for (uint32_t p = 0; p < reading->attributes->profile_count; p++)
        measure->takes[p] = who_matches(&who, reading->attributes, 0, p);
}

void measure_read_who_comes(const struct measure_reading *reading, struct node *node,
                            struct measure *measure)
{
    const struct flows *flows = reading->flows;
    struct who          who;
    int                 before = reading->reader->errors->count;
    struct node        *beside =
        who_read_beside(reading->reader, node, reading->attributes, reading->statuses->name,
                        reading->statuses->count, "flow", &who);
    for (int f = 0; f < flows->count; f++)
        measure->flow[f] = true;
    if (beside)
        read_flows(reading, beside, measure);
    if (reading->reader->errors->count > before)
        return;
    for (int f = 0; f < flows->count; f++)
        measure->flow[f] &= !who.statuses || who.statuses >> flows->list[f].status & 1;
    mark_profiles(reading, who, measure);
}

static void read_bounds(struct reader *reader, struct node *node, struct measure *measure)
{
    fields_read(reader, node, bound_fields, measure);
    if (measure->at_least_min > measure->at_most_min)
        node_error(reader, node_find(node, "at_least"),
                   "at_least is above at_most, so that no sentence matches");
}

bool measure_has_sentence(const struct status *status)
{
    return status->sentence && status->stay.of;
}

void measure_read_who_serves(const struct measure_reading *reading, struct node    *node,
                             bool (*fits)(const struct status *status), const char *lack,
                             struct measure *measure)
{
    const struct statuses *statuses = reading->statuses;
    struct who             who;
    int                    before = reading->reader->errors->count;
    struct node           *beside = who_read_beside(reading->reader, node, reading->attributes,
                                                    statuses->name, statuses->count, "sentence", &who);
    if (beside)
        read_bounds(reading->reader, beside, measure);
    if (reading->reader->errors->count > before)
        return;
    for (int s = 0; s < statuses->count; s++) {
        if (fits(&statuses->list[s]) && (!who.statuses || who.statuses >> s & 1))
            measure->statuses |= (uint64_t)1 << s;
        else if (who.statuses >> s & 1)
            node_error(reading->reader, node_find(node, "status"), "status takes in %s, which %s",
                       statuses->name[s], lack);
    }
    mark_profiles(reading, who, measure);
}

void measure_check_who(const struct measure_reading *reading, struct node *node)
{
    struct measure none = {
        .flow = arena_new(reading->reader->arena, bool, (size_t)reading->flows->count + 1),
        .at_most_min = INT64_MAX};
    struct who   who;
    const char  *key = node && node_find(node, "flow") ? "flow" : "sentence";
    struct node *beside =
        who_read_beside(reading->reader, node, reading->attributes, reading->statuses->name,
                        reading->statuses->count, key, &who);
    if (beside && strcmp(key, "flow") == 0)
        read_flows(reading, beside, &none);
    else if (beside)
        read_bounds(reading->reader, beside, &none);
}

/* -- single keys */

static void set_share(const struct measure_reading *reading, struct fraction share,
                      struct measure *measure)
{
    int64_t days = measure->ramp_days + 1;
    measure->draw = status_purpose("measure", measure->name);
    measure->threshold = arena_new(reading->reader->arena, uint64_t, (size_t)days);
    for (int64_t day = 0; day < days; day++)
        measure->threshold[day] = rng_threshold(share.num * (day + 1), share.den * days);
}

void measure_read_share(const struct measure_reading *reading, struct node *node,
                        struct measure *measure)
{
    struct fraction share = {0, 1};
    if (!node || read_share(reading->reader, node, &share))
        set_share(reading, share, measure);
}

void measure_read_share_or_all(const struct measure_reading *reading, struct node *node,
                               struct measure *measure)
{
    if (node)
        measure_read_share(reading, node, measure);
    else
        set_share(reading, (struct fraction){1, 1}, measure);
}

void measure_read_times(const struct measure_reading *reading, struct node *node,
                        struct measure *measure)
{
    struct fraction times = {1, 1};
    if (node && !read_ratio(reading->reader, node, &times))
        return;
    if (times.num > FACTOR_AT_MOST * times.den)
        node_error(reading->reader, node, "factor is %s; it must lie between 0 and %d", node->text,
                   FACTOR_AT_MOST);
    measure->times = times;
}

int measure_read_outside(const struct measure_reading *reading, struct node *node)
{
    const struct estate *estate = reading->estate;
    int                  r;
    if (!read_reference(reading->reader, node, "regime", estate->regime_name, estate->regime_count,
                        &r))
        return -1;
    if (!estate->regime[r].outside || !estate->regime[r].unlimited) {
        node_error(reading->reader, node,
                   "in is %s; it must be a regime that is outside, with places: unlimited",
                   estate->regime_name[r]);
        return -1;
    }
    int u = 0;
    while (u < estate->unit_count && estate->unit[u].regime != r)
        u++;
    return u < estate->unit_count ? u : -1; /* its name may be that of another unit, told before */
}

void measure_refuse_ramp(const struct measure_reading *reading)
{
    const struct node *ramp = node_find(reading->node, "ramp");
    if (ramp)
        node_key_error(reading->reader, ramp,
                       "ramp stands in a measure that is whole from its first day, of kind: %s",
                       node_find(reading->node, "kind")->text);
}

int measure_find_key(const struct measure_reading *reading, const struct node *node,
                     const char *what, const char *const *name, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(name[i], node->key) == 0)
            return i;
    node_key_error(reading->reader, node, "there is no %s %s%s", what, node->key,
                   node_names_advice(reading->reader, node->key, name, count));
    return -1;
}
