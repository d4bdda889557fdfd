#include "models/estate.h"

#include <string.h>

#include "models/flag.h"

#define PLACES_AT_MOST 1000000
#define INSTITUTIONS_AT_MOST UNITS_AT_MOST

/* What the readers of single keys need to know. */
struct context {
    struct estate           *estate;
    const struct attributes *attributes;
    const char *const       *statuses;
    int                      status_count;
};

static void read_admits(struct reader *reader, struct node *node, void *member)
{
    const struct context *context = reader->context;
    who_read(reader, node, context->attributes, context->statuses, context->status_count, member);
}

/* -- regimes */

/* Words with a meaning of their own under `waits: in:`, where a regime may be named. */
static bool is_taken(const char *name)
{
    return strcmp(name, "outside") == 0 || strcmp(name, "nowhere") == 0 ||
           strcmp(name, "present_place") == 0;
}

static void read_unlimited(struct reader *reader, struct node *node, void *member)
{
    const char *text;
    if (!read_text(reader, node, &text))
        return;
    if (strcmp(text, "unlimited") == 0)
        *(bool *)member = true;
    else
        node_error(reader, node,
                   "places is %s; for a regime it can only be unlimited, since units have the "
                   "places",
                   text);
}

const struct field regime_fields[] = {
    {.key = "dutch",
     .type = FIELD_TEXT,
     .offset = offsetof(struct regime, dutch),
     .otherwise = "its name",
     .help = "The Dutch term, such as huis van bewaring."},
    {.key = "places",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, unlimited),
     .own = read_unlimited,
     .unit = "the word unlimited",
     .otherwise = "the places of its units",
     .help = "Without limit: the regime is one unit of its own name and can have no other."},
    {.key = "emergency",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, emergency),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "People are held here because their own place is missing (noodplaats, politiecel)."},
    {.key = "outside",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, outside),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "People here are not held, as under electronic detention (enkelband)."},
    {.key = "turnover",
     .type = FIELD_DURATION,
     .offset = offsetof(struct regime, turnover_min),
     .otherwise = "none",
     .help = "How long a place stays empty between two people."},
    {0},
};

static void read_regime(struct reader *reader, struct node *node, struct estate *estate)
{
    if (is_taken(node->key))
        node_key_error(reader, node, "%s has a meaning of its own in waits; choose another name",
                       node->key);
    if (estate->regime_count == REGIMES_AT_MOST) {
        node_key_error(reader, node, "%s is one regime too many; at most %d are allowed", node->key,
                       REGIMES_AT_MOST);
        return;
    }
    struct regime *regime = &estate->regime[estate->regime_count];
    *regime = (struct regime){.name = node->key, .dutch = node->key};
    estate->regime_name[estate->regime_count++] = node->key;
    fields_read(reader, node, regime_fields, regime);
}

/* -- units */

static void read_unit_regime(struct reader *reader, struct node *node, void *member)
{
    const struct estate *estate = ((const struct context *)reader->context)->estate;
    int                  regime;
    if (!read_reference(reader, node, "regime", estate->regime_name, estate->regime_count, &regime))
        return;
    *(int *)member = regime;
    if (estate->regime[regime].unlimited)
        node_error(reader, node,
                   "regime is %s, which has places: unlimited and can have no units of its own",
                   estate->regime_name[regime]);
}

static void read_places(struct reader *reader, struct node *node, void *member)
{
    int64_t places;
    if (read_count(reader, node, 0, PLACES_AT_MOST, &places))
        *(int32_t *)member = (int32_t)places;
}

const struct field unit_fields[] = {
    {.key = "regime",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, regime),
     .required = true,
     .own = read_unit_regime,
     .unit = "name of a regime",
     .help = "The kind of place (regime of bestemming)."},
    {.key = "places",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, places),
     .required = true,
     .low = 0,
     .high = PLACES_AT_MOST,
     .own = read_places,
     .unit = "count, places",
     .help = "How many people it holds (capaciteit)."},
    {.key = "admits",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, admits),
     .own = read_admits,
     .unit = "who",
     .otherwise = "everyone",
     .help = "The people who may be placed here."},
    {0},
};

/* The new unit, or NULL when there are too many. */
static struct unit *add_unit(struct reader *reader, const struct node *node, const char *name,
                             struct estate *estate)
{
    if (estate->unit_count == UNITS_AT_MOST) {
        node_key_error(reader, node, "%s is one unit too many; at most %d are allowed", name,
                       UNITS_AT_MOST);
        return NULL;
    }
    struct unit *unit = &estate->unit[estate->unit_count];
    *unit = (struct unit){.name = name, .institution = -1};
    estate->unit_name[estate->unit_count++] = name;
    return unit;
}

static void read_unit(struct reader *reader, struct node *node, struct estate *estate)
{
    struct unit *unit = add_unit(reader, node, node->key, estate);
    if (unit)
        fields_read(reader, node, unit_fields, unit);
}

/* After a bad name it goes on, so that what refers to the name does not fail too. */
static void read_each(struct reader *reader, struct node *mapping, struct estate *estate,
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

/* -- institutions */

struct institution {
    const char  *dutch, *label, *region;
    struct who   admits;
    struct node *units; /* read when all other keys are known */
};

static void keep_units(struct reader *reader, struct node *node, void *member)
{
    (void)reader;
    *(struct node **)member = node;
}

const struct field institution_fields[] = {
    {.key = "dutch",
     .type = FIELD_TEXT,
     .offset = offsetof(struct institution, dutch),
     .otherwise = "its name",
     .help = "The Dutch name (inrichting)."},
    {.key = "label",
     .type = FIELD_TEXT,
     .offset = offsetof(struct institution, label),
     .otherwise = "its name",
     .help = "A note on what it is, such as PI Zwolle."},
    {.key = "region",
     .type = FIELD_NAME,
     .offset = offsetof(struct institution, region),
     .otherwise = "none",
     .help = "The region in which it lies, for the reader; no rule uses it."},
    {.key = "admits",
     .type = FIELD_OWN,
     .offset = offsetof(struct institution, admits),
     .own = read_admits,
     .unit = "who",
     .otherwise = "everyone",
     .help = "The people who may be placed in any of its units; what a unit admits comes on top."},
    {.key = "units",
     .type = FIELD_OWN,
     .offset = offsetof(struct institution, units),
     .required = true,
     .inner = unit_fields,
     .own = keep_units,
     .help = "Its units by name; elsewhere they are called institution.unit."},
    {0},
};

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

static void read_inner_units(struct reader *reader, const char *name,
                             const struct institution *institution, struct estate *estate)
{
    int from = estate->unit_count;
    read_each(reader, institution->units, estate, read_unit);
    struct node *node = institution->units ? institution->units->first : NULL;
    for (int u = from; u < estate->unit_count; node = node->next) {
        if (node_is_note(node))
            continue;
        struct unit *unit = &estate->unit[u];
        unit->name = arena_print(reader->arena, "%s.%s", name, node->key);
        unit->institution = estate->institution_count - 1;
        narrow_admits(reader, node, &institution->admits, &unit->admits);
        estate->unit_name[u++] = unit->name;
    }
}

static void read_institution(struct reader *reader, struct node *node, struct estate *estate)
{
    struct institution institution = {0};
    if (estate->institution_count == INSTITUTIONS_AT_MOST) {
        node_key_error(reader, node, "%s is one institution too many; at most %d are allowed",
                       node->key, INSTITUTIONS_AT_MOST);
        return;
    }
    estate->institution_name[estate->institution_count++] = node->key;
    fields_read(reader, node, institution_fields, &institution);
    read_inner_units(reader, node->key, &institution, estate);
}

/* -- the whole */

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
        struct unit *unit = add_unit(reader, node, name, estate);
        if (!unit)
            continue;
        unit->regime = r;
        unit->places = UNLIMITED;
    }
}

void estate_read(struct reader *reader, struct node *regimes, struct node *institutions,
                 struct node *units, const struct attributes *attributes,
                 const char *const *statuses, int status_count, struct estate *estate)
{
    struct context context = {estate, attributes, statuses, status_count};
    struct reader  inner = {reader->arena, reader->errors, &context};
    struct arena  *arena = reader->arena;
    *estate = (struct estate){
        .regime = arena_new(arena, struct regime, REGIMES_AT_MOST),
        .regime_name = arena_new(arena, const char *, REGIMES_AT_MOST),
        .institution_name = arena_new(arena, const char *, INSTITUTIONS_AT_MOST),
        .unit = arena_new(arena, struct unit, UNITS_AT_MOST),
        .unit_name = arena_new(arena, const char *, UNITS_AT_MOST),
    };
    read_each(&inner, regimes, estate, read_regime);
    read_each(&inner, units, estate, read_unit);
    read_each(&inner, institutions, estate, read_institution);
    if (estate->regime_count > 0)
        add_unlimited(&inner, regimes, estate);
}
