/* Units that stand only when a project of the works programme has made them: what it adds, and what
 * it converts places into; and those into which a measure converts places. They are units from the
 * start on, with 0 places built; `works:` and `measures:` themselves are read later.
 */
#include <stdlib.h>
#include <string.h>

#include "models/estate_read.h"

const struct field convert_to_fields[] = {
    {.key = "regime",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, regime),
     .own = estate_read_unit_regime,
     .unit = "name of a regime",
     .otherwise = "that of the unit",
     .help = "The kind of place that they become."},
    {.key = "admits",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, admits),
     .own = estate_read_who,
     .unit = "who",
     .otherwise = "the people of the unit",
     .help = "The people who may be placed here then."},
    {0},
};

const char *estate_converted_name(struct arena *arena, const char *unit, const char *name)
{
    return arena_print(arena, "%s_as_%s", unit, name);
}

static struct node *inner(const struct node *node, const char *key)
{
    struct node *found = node && node->kind == NODE_MAPPING ? node_find(node, key) : NULL;
    return found && found->kind == NODE_MAPPING ? found : NULL;
}

/* -- adds */

/* Has places only once the project has brought them. */
static void take_places_off(struct reader *reader, struct unit *unit)
{
    const struct estate_context *context = reader->context;
    const struct node           *node = context->origin[unit - context->estate->unit];
    if (unit->out_of_use > 0 || unit->dated.change_count > 0)
        node_key_error(reader, node,
                       "%s is added by a project and has its places from the end of it on; "
                       "out_of_use and changes are for units that stand",
                       unit->name);
    unit->added = unit->built;
    unit->built = unit->places = unit->dated.built = 0;
}

/* No row of a CSV file lies below what is added, and no institution is without a unit. */
static void add_units(struct reader *reader, struct node *adds)
{
    struct estate_context *context = reader->context;
    struct estate         *estate = context->estate;
    int                    first = estate->unit_count;
    bool                   has_csv = context->has_csv;
    const struct node     *csv = node_find(adds, institutions_fields[0].key);
    if (csv) {
        node_key_error(reader, csv, "csv cannot stand here; write out the units that are added");
        return;
    }
    context->has_csv = false;
    estate_read_each(reader, adds, estate, estate_read_institution);
    context->has_csv = has_csv;
    for (int u = first; u < estate->unit_count; u++)
        take_places_off(reader, &estate->unit[u]);
    for (const struct node *node = adds->first; node; node = node->next) {
        const struct node *units = inner(node, "units");
        if (node->kind == NODE_MAPPING && !node_find(node, "units"))
            node_error(reader, node, "%s lacks the key units", node->key);
        else if (units && !units->first)
            node_error(reader, units, "units is an empty mapping; name at least one unit");
    }
}

/* -- converts */

/* The node is that of the unit under `converts`; a unit that there is not is told later. */
static void add_converted(struct reader *reader, struct node *node, const char *by,
                          const char *what)
{
    struct estate_context *context = reader->context;
    int                    unit_from = estate_find_unit(context->estate, node->key);
    struct node           *to = inner(node, "to");
    if (unit_from < 0 || !to)
        return;
    const struct unit *from = &context->estate->unit[unit_from];
    const char        *name = estate_converted_name(reader->arena, from->name, by);
    if (estate_find_unit(context->estate, name) >= 0) {
        node_key_error(reader, node, "there is a unit %s already; rename the %s", name, what);
        return;
    }
    context->institution = from->institution;
    struct unit *unit = estate_add_unit(reader, node, name);
    context->institution = -1;
    if (!unit)
        return;
    unit->regime = from->regime;
    unit->region = from->region;
    unit->tags = from->tags;
    unit->admits = from->admits;
    unit->dated.on_shrink = from->dated.on_shrink;
    unit->dated.drain_days = from->dated.drain_days;
    fields_read(reader, to, convert_to_fields, unit);
}

/* -- both */

static int by_key(const void *a, const void *b)
{
    return strcmp((*(struct node *const *)a)->key, (*(struct node *const *)b)->key);
}

/* By their names, so that the order in which they are written changes nothing. */
static struct node **list_by_name(struct arena *arena, const struct node *mapping, int *count)
{
    struct node **list = arena_new(arena, struct node *, (size_t)mapping->count + 1);
    *count = 0;
    for (struct node *node = mapping->first; node; node = node->next)
        list[(*count)++] = node;
    qsort(list, (size_t)*count, sizeof *list, by_key);
    return list;
}

static void add_all_converted(struct reader *reader, const struct node *node, const char *what)
{
    const struct node *converts = inner(node, "converts");
    for (struct node *of = converts ? converts->first : NULL; of; of = of->next)
        if (!node_is_note(of))
            add_converted(reader, of, node->key, what);
}

void estate_add_of_works(struct reader *reader, struct node *works)
{
    const struct node *projects = inner(works, "projects");
    int                count = 0;
    struct node      **project = projects ? list_by_name(reader->arena, projects, &count) : NULL;
    for (int i = 0; i < count; i++) {
        struct node *adds = inner(project[i], "adds");
        if (adds)
            add_units(reader, adds);
        add_all_converted(reader, project[i], "project");
    }
}

static bool is_conversion(const struct node *measure)
{
    const struct node *kind = measure->kind == NODE_MAPPING ? node_find(measure, "kind") : NULL;
    return kind && kind->kind == NODE_SCALAR && strcmp(kind->text, "convert") == 0;
}

void estate_add_of_measures(struct reader *reader, struct node *measures)
{
    bool          is_mapping = measures && measures->kind == NODE_MAPPING;
    int           count = 0;
    struct node **measure = is_mapping ? list_by_name(reader->arena, measures, &count) : NULL;
    for (int i = 0; i < count; i++)
        if (is_conversion(measure[i]))
            add_all_converted(reader, measure[i], "measure");
}
