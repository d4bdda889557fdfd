#include "models/shock.h"

#include <stdlib.h>
#include <string.h>

struct draft {
    struct shock shock;
    struct node *units, *flow;
    int64_t      lasts_min, persons;
};

const struct field shock_fields[] = {
    {.key = "on",
     .type = FIELD_DATE,
     .offset = offsetof(struct draft, shock.on),
     .required = true,
     .help = "Its day, from 0:00. Nobody knows of it before, so no entries stop."},
    {.key = "units",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, units),
     .own = node_keep,
     .unit = "list of units, or places by unit",
     .one_of = "unit",
     .otherwise = "no places are lost",
     .help = "Where places are lost (cause damage), all that are built or so many. Who is too many "
             "must move, whatever on_shrink says."},
    {.key = "lasts",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, lasts_min),
     .low = MINUTES_A_DAY,
     .high = (double)DURATION_AT_MOST,
     .whole_days = true,
     .otherwise = "for good",
     .help = "How long the places are lost."},
    {.key = "persons",
     .type = FIELD_COUNT,
     .offset = offsetof(struct draft, persons),
     .low = 1,
     .high = ARRESTED_AT_MOST,
     .otherwise = "nobody is arrested",
     .help = "So many people come, exactly, beside all others."},
    {.key = "flow",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, flow),
     .own = node_keep,
     .unit = "name of a flow",
     .otherwise = "must be given with persons",
     .help = "They come in its status, with attributes as all of its people."},
    {.key = "over",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, shock.over_min),
     .low = 1,
     .high = (double)DURATION_AT_MOST,
     .otherwise = "1 day",
     .help = "How long it takes until all have come, evenly from the first minute on."},
    {0},
};

/* -- places */

static int find_unit(struct reader *reader, const struct node *node, const char *name,
                     const struct estate *estate)
{
    int unit = estate_find_unit(estate, name);
    if (unit >= 0)
        return unit;
    node_error(reader, node, "there is no unit %s%s", name,
               node_names_advice(reader, name, estate->unit_name, estate->unit_count));
    return -1;
}

static void add_unit(struct reader *reader, const struct node *node, int unit, int32_t places,
                     const struct estate *estate, struct shock *shock)
{
    if (!regime_has_usable(&estate->regime[estate->unit[unit].regime]))
        node_error(reader, node, "unit %s has no places that can be lost", estate->unit_name[unit]);
    for (int i = 0; i < shock->unit_count; i++)
        if (shock->unit[i].unit == unit)
            node_error(reader, node, "unit %s stands twice in this shock", estate->unit_name[unit]);
    shock->unit[shock->unit_count++] = (struct shock_unit){unit, places};
}

static void read_places_by_unit(struct reader *reader, struct node *node,
                                const struct estate *estate, struct shock *shock)
{
    for (struct node *item = node->first; item; item = item->next) {
        int64_t places;
        item->used = true;
        int unit = node_is_note(item) ? -1 : find_unit(reader, item, item->key, estate);
        if (unit >= 0 && read_count(reader, item, 1, PLACES_AT_MOST, &places))
            add_unit(reader, item, unit, (int32_t)places, estate, shock);
    }
}

static void read_units(struct reader *reader, struct node *node, const struct estate *estate,
                       struct shock *shock)
{
    shock->unit = arena_new(reader->arena, struct shock_unit, (size_t)node->count + 1);
    if (node->kind == NODE_MAPPING) {
        if (read_mapping(reader, node))
            read_places_by_unit(reader, node, estate, shock);
        return;
    }
    if (!read_list(reader, node))
        return;
    for (struct node *item = node->first; item; item = item->next) {
        const char *name;
        int unit = read_text(reader, item, &name) ? find_unit(reader, item, name, estate) : -1;
        if (unit >= 0)
            add_unit(reader, item, unit, ALL_PLACES, estate, shock);
    }
}

/* -- one shock */

static void check(struct reader *reader, const struct node *node, const struct draft *draft,
                  const struct period *period)
{
    const struct node *on = node_find(node, "on"), *lasts = node_find(node, "lasts");
    char               first[11], last[11];
    date_format(period->start, first);
    date_format(period->start + period->day_count - 1, last);
    if (draft->shock.on < period->start || draft->shock.on >= period->start + period->day_count)
        node_error(reader, on, "on is %s; it must lie in the period, from %s to %s", on->text,
                   first, last);
    if (!draft->units && draft->persons == 0)
        node_key_error(reader, node, "%s does nothing; it must have units or persons", node->key);
    if (draft->persons > 0 && !draft->flow)
        node_key_error(reader, node_find(node, "persons"),
                       "persons stands without flow, which says what they come as");
    if (draft->flow && draft->persons == 0)
        node_key_error(reader, draft->flow, "flow stands without persons, which says how many");
    if (lasts && !draft->units)
        node_key_error(reader, lasts, "lasts stands without units, whose places are lost");
}

static void read_shock(struct reader *reader, struct node *node, const struct period *period,
                       const struct flows *flows, struct estate *estate, struct shock *shock)
{
    int          before = reader->errors->count;
    struct draft draft = {.shock = {.name = node->key, .flow = -1, .over_min = MINUTES_A_DAY}};
    *shock = draft.shock; /* with its name, should the rest be wrong */
    draft.shock.stream = arena_print(reader->arena, "shock.%s", node->key);
    *shock = draft.shock; /* sorted by name also when something in it is wrong */
    fields_read(reader, node, shock_fields, &draft);
    if (draft.units)
        read_units(reader, draft.units, estate, &draft.shock);
    if (draft.flow &&
        !read_reference(reader, draft.flow, "flow", flows->name, flows->count, &draft.shock.flow))
        return;
    if (reader->errors->count > before)
        return;
    check(reader, node, &draft, period);
    draft.shock.persons = (int32_t)draft.persons;
    draft.shock.last = draft.lasts_min > 0
                           ? draft.shock.on + (int32_t)(draft.lasts_min / MINUTES_A_DAY) - 1
                           : NO_LAST_DAY;
    for (int i = 0; i < draft.shock.unit_count; i++)
        estate_expect_changes(estate, draft.shock.unit[i].unit, 1);
    *shock = draft.shock;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct shock *)a)->name, ((const struct shock *)b)->name);
}

void shocks_read(struct reader *reader, struct node *node, const struct period *period,
                 const struct flows *flows, struct estate *estate, struct shocks *shocks)
{
    *shocks = (struct shocks){0};
    if (!node || (!read_names(reader, node) && node->kind != NODE_MAPPING))
        return;
    shocks->list = arena_new(reader->arena, struct shock, SHOCKS_AT_MOST);
    shocks->arrest = arena_new(reader->arena, int, SHOCKS_AT_MOST);
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (node_is_note(child))
            continue;
        if (shocks->count == SHOCKS_AT_MOST) {
            node_key_error(reader, child, "%s is one shock too many; at most %d are allowed",
                           child->key, SHOCKS_AT_MOST);
            return;
        }
        read_shock(reader, child, period, flows, estate, &shocks->list[shocks->count++]);
    }
    qsort(shocks->list, (size_t)shocks->count, sizeof *shocks->list, by_name);
    for (int i = 0; i < shocks->count; i++)
        if (shocks->list[i].persons > 0)
            shocks->arrest[shocks->arrest_count++] = i;
}
