/* Units: a wing of one regime, with its places. */
#include <string.h>

#include "models/estate_read.h"

static void read_unit_regime(struct reader *reader, struct node *node, void *member)
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

void estate_read_tags(struct reader *reader, struct node *node, void *member)
{
    if (!read_list(reader, node))
        return;
    for (struct node *item = node->first; item; item = item->next)
        add_tag(reader, item, member);
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
     .offset = offsetof(struct unit, built),
     .required = true,
     .low = 0,
     .high = PLACES_AT_MOST,
     .own = read_places,
     .unit = "count, places",
     .help = "How many people it holds as built (capaciteit)."},
    {.key = "for_two",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, for_two),
     .low = 0,
     .high = PLACES_AT_MOST,
     .own = read_places,
     .unit = "count, places",
     .otherwise = "0",
     .help = "How many of the places are in cells for two (meerpersoonscellen); kept, no rule uses "
             "it yet."},
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
     .own = places_read_drain,
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
     .own = estate_read_tags,
     .unit = "list of names",
     .otherwise = "those of its institution",
     .help = "Names by which placement rules can mean it, with others of that tag."},
    {.key = "admits",
     .type = FIELD_OWN,
     .offset = offsetof(struct unit, admits),
     .own = estate_read_admits,
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
    *unit = (struct unit){.name = name, .institution = institution};
    context->origin[estate->unit_count] = node;
    estate->unit_name[estate->unit_count++] = name;
    return unit;
}

void estate_read_unit(struct reader *reader, struct node *mapping, const struct field *fields,
                      struct unit *unit)
{
    int                before = reader->errors->count;
    const struct node *out_of_use = node_find(mapping, "out_of_use");
    fields_read(reader, mapping, fields, unit);
    if (reader->errors->count > before)
        return;
    unit->places = unit->built - unit->out_of_use;
    if (unit->places < 0)
        node_error(reader, out_of_use ? out_of_use : mapping,
                   "out_of_use is %d, but %s has only %d places", unit->out_of_use, unit->name,
                   unit->built);
    unit->dated.built = unit->built;
    unit->dated.out_of_use = unit->out_of_use;
    unit->dated.why = places_cause_of(unit->why);
    if (places_most_built(&unit->dated) > PLACES_AT_MOST)
        node_error(reader, node_find(mapping, "changes"),
                   "changes build %s up to %lld places; at most %d are allowed", unit->name,
                   (long long)places_most_built(&unit->dated), PLACES_AT_MOST);
}

void estate_read_named_unit(struct reader *reader, struct node *node, struct estate *estate)
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
