#include "models/estate.h"

#include <string.h>

#include "models/estate_read.h"

void estate_read_admits(struct reader *reader, struct node *node, void *member)
{
    const struct estate_context *context = reader->context;
    who_read(reader, node, context->attributes, context->statuses, context->status_count, member);
}

void estate_read_each(struct reader *reader, struct node *mapping, struct estate *estate,
                      void (*read)(struct reader *, struct node *, struct estate *))
{
    if (!mapping || (!read_names(reader, mapping) && mapping->kind != NODE_MAPPING))
        return;
    for (struct node *node = mapping->first; node; node = node->next) {
        if (node_is_note(node))
            continue;
        node->used = true;
        read(reader, node, estate);
    }
}

/* Who is in both masks, 0 being everyone. false: nobody is. */
static bool narrow(uint64_t outer, uint64_t inner, uint64_t *both)
{
    *both = outer && inner ? outer & inner : outer | inner;
    return *both || (!outer && !inner);
}

static void narrow_admits(struct reader *reader, const struct node *node, const struct who *outer,
                          struct who *admits)
{
    bool good = narrow(outer->statuses, admits->statuses, &admits->statuses);
    for (int a = 0; a < ATTRIBUTES_AT_MOST; a++) {
        uint64_t both;
        good = narrow(outer->values[a], admits->values[a], &both) && good;
        admits->values[a] = (uint32_t)both;
    }
    if (!good)
        node_key_error(reader, node,
                       "%s admits nobody: what it admits and what its institution admits exclude "
                       "each other",
                       node->key);
}

/* What an institution says holds for all its units. */
static void hand_down(struct reader *reader, struct estate *estate)
{
    const struct estate_context *context = reader->context;
    for (int u = 0; u < estate->unit_count; u++) {
        struct unit *unit = &estate->unit[u];
        if (unit->institution < 0)
            continue;
        const struct institution *institution = &estate->institution[unit->institution];
        unit->tags |= institution->tags;
        unit->region = unit->region ? unit->region : institution->region;
        narrow_admits(reader, context->origin[u], &institution->admits, &unit->admits);
    }
}

/* The one unit of each regime without limit. */
static void add_unlimited(struct reader *reader, const struct node *regimes, struct estate *estate)
{
    int written = estate->unit_count;
    for (int r = 0; r < estate->regime_count; r++) {
        const char  *name = estate->regime_name[r];
        struct node *node = node_find(regimes, name);
        if (!estate->regime[r].unlimited)
            continue;
        for (int u = 0; u < written; u++)
            if (strcmp(estate->unit_name[u], name) == 0)
                node_key_error(reader, node,
                               "%s has places: unlimited and so is a unit of that name, but units "
                               "has one too",
                               name);
        struct unit *unit = estate_add_unit(reader, node, name);
        if (!unit)
            continue;
        unit->regime = r;
        unit->places = unit->built = unit->dated.built = UNLIMITED;
    }
}

void estate_read(struct reader *reader, struct node *regimes, struct node *institutions,
                 struct node *units, const struct attributes *attributes,
                 const char *const *statuses, int status_count, struct estate *estate)
{
    struct estate_context context = {.estate = estate,
                                     .attributes = attributes,
                                     .statuses = statuses,
                                     .status_count = status_count,
                                     .institution = -1};
    struct reader         inner = {reader->arena, reader->errors, &context};
    struct arena         *arena = reader->arena;
    *estate = (struct estate){
        .regime = arena_new(arena, struct regime, REGIMES_AT_MOST),
        .regime_name = arena_new(arena, const char *, REGIMES_AT_MOST),
        .institution = arena_new(arena, struct institution, INSTITUTIONS_AT_MOST),
        .institution_name = arena_new(arena, const char *, INSTITUTIONS_AT_MOST),
        .unit = arena_new(arena, struct unit, UNITS_AT_MOST),
        .unit_name = arena_new(arena, const char *, UNITS_AT_MOST),
        .tag_name = arena_new(arena, const char *, TAGS_AT_MOST),
    };
    context.origin = arena_new(arena, const struct node *, UNITS_AT_MOST);
    estate_read_each(&inner, regimes, estate, estate_read_regime);
    estate_read_each(&inner, units, estate, estate_read_named_unit);
    int before = reader->errors->count;
    context.has_csv = institutions && institutions->kind == NODE_MAPPING &&
                      node_find(institutions, institutions_fields[0].key);
    estate_read_each(&inner, institutions, estate, estate_read_institution);
    context.csv_is_good = reader->errors->count == before;
    estate_read_over_rows(&inner, institutions, estate);
    estate_check_units(&inner, institutions, reader->errors->count == before, estate);
    hand_down(&inner, estate);
    if (estate->regime_count > 0)
        add_unlimited(&inner, regimes, estate);
}
