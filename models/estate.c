#include "models/estate.h"

#include <string.h>

#include "models/estate_read.h"

#define INSTITUTIONS_AT_MOST UNITS_AT_MOST

void estate_read_who(struct reader *reader, struct node *node, void *member)
{
    const struct estate_context *context = reader->context;
    who_read(reader, node, context->attributes, context->statuses, context->status_count, member);
}

/* -- units */

int estate_find_unit(const struct estate *estate, const char *name)
{
    for (int u = 0; u < estate->unit_count; u++)
        if (strcmp(estate->unit_name[u], name) == 0)
            return u;
    return -1;
}

void estate_read_unit_regime(struct reader *reader, struct node *node, void *member)
{
    const struct estate *estate = ((const struct estate_context *)reader->context)->estate;
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

static void add_tag(struct reader *reader, struct node *node, uint64_t *tags)
{
    struct estate *estate = ((const struct estate_context *)reader->context)->estate;
    const char    *name;
    int            t = 0;
    if (!read_name(reader, node, &name))
        return;
    while (t < estate->tag_count && strcmp(estate->tag_name[t], name) != 0)
        t++;
    if (t == TAGS_AT_MOST) {
        node_error(reader, node, "%s is one tag too many; at most %d are allowed", name,
                   TAGS_AT_MOST);
        return;
    }
    estate->tag_name[t] = name;
    estate->tag_count += t == estate->tag_count;
    *tags |= (uint64_t)1 << t;
}

static void read_tags(struct reader *reader, struct node *node, void *member)
{
    if (!read_list(reader, node))
        return;
    for (struct node *item = node->first; item; item = item->next)
        add_tag(reader, item, member);
}

static void read_ward(struct reader *reader, struct node *node, void *member)
{
    int64_t places;
    if (read_count(reader, node, 1, PLACES_AT_MOST, &places))
        *(int32_t *)member = (int32_t)places;
}

const struct field unit_fields[] = {
    {.key = "regime",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, regime),
     .required = true,
     .own = estate_read_unit_regime,
     .unit = "name of a regime",
     .help = "The kind of place (regime of bestemming)."},
    {.key = "places",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, built),
     .required = true,
     .low = 0,
     .high = PLACES_AT_MOST,
     .own = read_places,
     .unit = "count, places",
     .help = "How many people it holds as built (capaciteit)."},
    {.key = "ward",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, ward),
     .low = 1,
     .high = PLACES_AT_MOST,
     .own = read_ward,
     .unit = "count, places",
     .otherwise = "1",
     .help = "How many places open and close together (afdeling)."},
    {.key = "for_two",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, for_two),
     .low = 0,
     .high = PLACES_AT_MOST,
     .own = read_places,
     .unit = "count, places",
     .otherwise = "0",
     .help = "How many of the places are the second in a cell for two (meerpersoonscel). With "
             "`two_in_a_cell` of its regime such a place counts while two who may share are held."},
    {.key = "out_of_use",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, out_of_use),
     .low = 0,
     .high = PLACES_AT_MOST,
     .own = read_places,
     .unit = "count, places",
     .otherwise = "0",
     .help = "How many of the places cannot be used (buiten gebruik), from the start on."},
    {.key = "why",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, why),
     .otherwise = "works",
     .own = places_read_why,
     .unit = "lost, works, damage, reserve, staff",
     .help = "Why they are out of use; of several causes the first is the one that is counted."},
    {.key = "changes",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, dated),
     .inner = change_fields,
     .own = places_read_changes,
     .unit = "list",
     .otherwise = "none",
     .help = "Places built on, or out of use, between dates."},
    {.key = "on_shrink",
     .type = FIELD_CHOICE,
     .offset = offsetof(struct unit, dated.on_shrink),
     .choices = on_shrink_name,
     .otherwise = "drain",
     .help = "What happens when people hold more places than are left. drain: they stay, over "
             "capacity. transfer: those placed last move, or wait to. hold: a place closes when it "
             "falls empty."},
    {.key = "drain",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, dated.drain_days),
     .own = places_read_days,
     .unit = "duration, whole days",
     .otherwise = "0 days",
     .help = "So long before places close nobody comes in where one would have to go."},
    {.key = "region",
     .type = FIELD_NAME,
     .offset = offsetof(struct unit, region),
     .otherwise = "that of its institution",
     .help = "The region in which it lies: for placement rules with `near`."},
    {.key = "tags",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, tags),
     .own = read_tags,
     .unit = "list of names",
     .otherwise = "those of its institution",
     .help = "Names by which placement rules can mean it, with others of that tag."},
    {.key = "admits",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, admits),
     .own = estate_read_who,
     .unit = "who",
     .otherwise = "everyone",
     .help = "The people who may be placed here."},
    {0},
};

/* A unit of this institution with this name, or -1. */
static int find_unit(const struct estate *estate, int institution, const char *name)
{
    for (int u = 0; u < estate->unit_count; u++)
        if (estate->unit[u].institution == institution && strcmp(estate->unit_name[u], name) == 0)
            return u;
    return -1;
}

static void refuse_twice(struct reader *reader, const struct node *node, const char *name,
                         const struct node *first)
{
    node_key_error(reader, node, "unit %s stands twice; it stands at %s:%d:%d too", name,
                   first->file, first->key_line, first->key_column);
}

struct unit *estate_add_unit(struct reader *reader, const struct node *node, const char *name)
{
    const struct estate_context *context = reader->context;
    struct estate               *estate = context->estate;
    int                          institution = context->institution;
    int other = institution < 0 ? -1 : find_unit(estate, institution, name);
    if (other >= 0) {
        refuse_twice(reader, node, name, context->origin[other]);
        return NULL;
    }
    if (estate->unit_count == UNITS_AT_MOST) {
        node_key_error(reader, node, "%s is one unit too many; at most %d are allowed", name,
                       UNITS_AT_MOST);
        return NULL;
    }
    struct unit *unit = &estate->unit[estate->unit_count];
    *unit = (struct unit){.name = name, .institution = institution, .ward = 1};
    context->origin[estate->unit_count] = node;
    estate->unit_name[estate->unit_count++] = name;
    return unit;
}

void estate_read_unit(struct reader *reader, struct node *mapping, const struct field *fields,
                      struct unit *unit)
{
    int                before = reader->errors->count;
    const struct node *out_of_use = node_find(mapping, "out_of_use");
    const struct node *for_two = node_find(mapping, "for_two");
    fields_read(reader, mapping, fields, unit);
    if (reader->errors->count > before)
        return;
    unit->places = unit->built - unit->out_of_use;
    if (unit->places < 0)
        node_error(reader, out_of_use ? out_of_use : mapping,
                   "out_of_use is %d, but %s has only %d places", unit->out_of_use, unit->name,
                   unit->built);
    if (unit->for_two > unit->built / 2)
        node_error(reader, for_two ? for_two : mapping,
                   "for_two is %d, but %s has only %d places; each cell for two has two of them",
                   unit->for_two, unit->name, unit->built);
    unit->dated.built = unit->built;
    unit->dated.out_of_use = unit->out_of_use;
    unit->dated.why = places_cause_of(unit->why);
    if (places_most_built(&unit->dated) > PLACES_AT_MOST)
        node_error(reader, node_find(mapping, "changes"),
                   "changes build %s up to %lld places; at most %d are allowed", unit->name,
                   (long long)places_most_built(&unit->dated), PLACES_AT_MOST);
}

static void read_unit(struct reader *reader, struct node *node, struct estate *estate)
{
    int         institution = ((const struct estate_context *)reader->context)->institution;
    const char *name = node->key;
    if (estate_is_over(reader, node))
        return; /* when all rows are there */
    if (institution >= 0)
        name = arena_print(reader->arena, "%s.%s", estate->institution_name[institution], name);
    struct unit *unit = estate_add_unit(reader, node, name);
    if (!unit)
        return;
    estate_read_unit(reader, node, unit_fields, unit);
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

/* -- institutions, written out */

struct institution_draft {
    struct institution institution;
    struct node       *units; /* read when all other keys are known */
};

const struct field institution_fields[] = {
    {.key = "dutch",
     .type = FIELD_TEXT,
     .offset = offsetof(struct institution_draft, institution.dutch),
     .otherwise = "its name",
     .help = "The Dutch name (inrichting)."},
    {.key = "label",
     .type = FIELD_TEXT,
     .offset = offsetof(struct institution_draft, institution.label),
     .otherwise = "its name",
     .help = "A note on what it is, such as PI Zwolle."},
    {.key = "region",
     .type = FIELD_NAME,
     .offset = offsetof(struct institution_draft, institution.region),
     .otherwise = "none",
     .help = "The region in which it lies: for placement rules with `near`."},
    {.key = "tags",
     .type = FIELD_OWN,
     .offset = offsetof(struct institution_draft, institution.tags),
     .own = read_tags,
     .unit = "list of names",
     .otherwise = "none",
     .help = "Tags of all its units."},
    {.key = "admits",
     .type = FIELD_OWN,
     .offset = offsetof(struct institution_draft, institution.admits),
     .own = estate_read_who,
     .unit = "who",
     .otherwise = "everyone",
     .help = "The people who may be placed in any of its units; what a unit admits comes on top."},
    {.key = "units",
     .type = FIELD_OWN,
     .offset = offsetof(struct institution_draft, units),
     .inner = unit_fields,
     .own = node_keep,
     .otherwise = "those of the csv file; else must be given",
     .help =
         "Its units by name; elsewhere they are called institution.unit. Without `regime` a unit "
         "lies over the row of the csv file with its name."},
    {0},
};

static int find_institution(const struct estate *estate, const char *name)
{
    for (int i = 0; i < estate->institution_count; i++)
        if (strcmp(estate->institution_name[i], name) == 0)
            return i;
    return -1;
}

int estate_take_institution(struct reader *reader, const struct node *node, const char *name)
{
    struct estate *estate = ((const struct estate_context *)reader->context)->estate;
    int            i = find_institution(estate, name);
    if (i >= 0)
        return i;
    if (estate->institution_count == INSTITUTIONS_AT_MOST) {
        node_key_error(reader, node, "%s is one institution too many; at most %d are allowed", name,
                       INSTITUTIONS_AT_MOST);
        return -1;
    }
    i = estate->institution_count++;
    estate->institution[i] = (struct institution){.name = name};
    estate->institution_name[i] = name;
    return i;
}

/* -- institutions, both */

/* For the reference: beside this key stand institutions by name. */
const struct field institutions_fields[] = {
    {.key = "csv",
     .type = FIELD_TEXT,
     .unit = "a file",
     .otherwise = "all institutions are written out",
     .help = "A CSV file with a row a unit, its path relative to this file; institutions may be "
             "written out beside it. Its columns are those below, the keys of a unit but `admits` "
             "and `changes` (tags with blanks between), and attributes: the value that the unit "
             "admits."},
    {0},
};

static bool is_csv(const struct node *node)
{
    return strcmp(node->key, institutions_fields[0].key) == 0;
}

void estate_read_institution(struct reader *reader, struct node *node, struct estate *estate)
{
    struct estate_context *context = reader->context;
    if (is_csv(node)) {
        estate_read_csv(reader, node);
        return;
    }
    int i = estate_take_institution(reader, node, node->key);
    if (i < 0)
        return;
    struct institution_draft draft = {.institution = estate->institution[i]};
    fields_read(reader, node, institution_fields, &draft);
    estate->institution[i] = draft.institution;
    context->institution = i;
    estate_read_each(reader, draft.units, estate, read_unit);
    context->institution = -1;
}

/* When all rows of the CSV file are units: what is written out lies over them. */
static void read_over_rows(struct reader *reader, struct node *institutions, struct estate *estate)
{
    struct estate_context *context = reader->context;
    if (!context->has_csv || institutions->kind != NODE_MAPPING)
        return;
    for (struct node *node = institutions->first; node; node = node->next) {
        struct node *units = node->kind == NODE_MAPPING ? node_find(node, "units") : NULL;
        context->institution = find_institution(estate, node->key);
        if (!units || units->kind != NODE_MAPPING || context->institution < 0)
            continue;
        for (struct node *unit = units->first; unit; unit = unit->next)
            if (!node_is_note(unit) && estate_is_over(reader, unit))
                estate_read_over(reader, unit);
    }
    context->institution = -1;
}

static bool has_units(const struct estate *estate, int institution)
{
    for (int u = 0; u < estate->unit_count; u++)
        if (estate->unit[u].institution == institution)
            return true;
    return false;
}

/* Its units may stand in the CSV file, which may come later; nobody knows when that has errors. */
static void check_units(struct reader *reader, const struct node *institutions, bool is_good,
                        const struct estate *estate)
{
    if (!institutions || institutions->kind != NODE_MAPPING ||
        (!is_good && node_find(institutions, "csv")))
        return;
    for (const struct node *node = institutions->first; node; node = node->next) {
        if (node->kind != NODE_MAPPING || node_find(node, "units") ||
            has_units(estate, find_institution(estate, node->key)))
            continue;
        node_lacks_key(reader, node, "units");
    }
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
        struct unit *unit = estate_add_unit(reader, node, name);
        if (!unit)
            continue;
        unit->regime = r;
        unit->places = unit->built = unit->dated.built = UNLIMITED;
    }
}

void estate_read(struct reader *reader, struct node *regimes, struct node *institutions,
                 struct node *units, struct node *works, struct node *measures,
                 const struct attributes *attributes, const char *const *statuses, int status_count,
                 struct estate *estate)
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
    estate_read_each(&inner, units, estate, read_unit);
    int before = reader->errors->count;
    context.has_csv = institutions && institutions->kind == NODE_MAPPING &&
                      node_find(institutions, institutions_fields[0].key);
    estate_read_each(&inner, institutions, estate, estate_read_institution);
    context.csv_is_good = reader->errors->count == before;
    read_over_rows(&inner, institutions, estate);
    check_units(&inner, institutions, reader->errors->count == before, estate);
    estate_add_of_works(&inner, works);
    estate_add_of_measures(&inner, measures);
    estate_hand_down(&inner, estate);
    if (estate->regime_count > 0)
        add_unlimited(&inner, regimes, estate);
    estate_set_sharing(&inner, estate);
}
