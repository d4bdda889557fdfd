/* The kind convert: places of a unit become those of another regime, or for other people. Their
 * units are there already (estate_works.c); what it does is in models/supply_measures.c.
 */
#include "models/by_year.h"
#include "models/measure_kind.h"

#define PER_PLACE_AT_MOST 10000000 /* euros: in all sums far from the end of an int64_t */

struct cost {
    int64_t per_place; /* cents */
};

struct draft {
    struct measure_draft of_all;
    struct node         *converts;
    int32_t              takes_days;
    struct cost          cost;
};

static void read_per_place(struct reader *reader, struct node *node, void *cents)
{
    (void)!read_scaled(reader, node, CENTS, 0, PER_PLACE_AT_MOST, cents);
}

static const struct field cost_fields[] = {
    {.key = "per_place",
     .type = FIELD_OWN,
     .offset = offsetof(struct cost, per_place),
     .own = read_per_place,
     .unit = "euros",
     .otherwise = "nothing",
     .help = "For each place, on the day on which its conversion begins."},
    {0},
};

struct convert_draft {
    int64_t      places;
    struct node *to;
};

static const struct field convert_fields[] = {
    {.key = "places",
     .type = FIELD_COUNT,
     .offset = offsetof(struct convert_draft, places),
     .low = 1,
     .high = PLACES_AT_MOST,
     .otherwise = "all that are built on the day on which it starts",
     .help = "So many go over; while it ramps up a part of them, rounded down."},
    {.key = "to",
     .type = FIELD_OWN,
     .offset = offsetof(struct convert_draft, to),
     .required = true,
     .own = node_keep,
     .inner = convert_to_fields,
     .unit = "mapping",
     .one_of = "of regime and admits",
     .help = "What they become: a unit called `<unit>_as_<measure>`, in the institution of the old "
             "one."},
    {0},
};

static const struct field fields[] = {
    {.key = "converts",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, converts),
     .required = true,
     .own = node_keep,
     .inner = convert_fields,
     .unit = "units with places and to",
     .one_of = "unit",
     .help = "Places that become those of another regime or for other people from `starts` on; the "
             "day after `ends` they begin to go back."},
    {.key = "takes",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, takes_days),
     .own = places_read_days,
     .unit = "duration, whole days",
     .otherwise = "0 days",
     .help = "How long the conversion takes: so long they are out of use in their old unit, for "
             "works, from `starts` on, and after `ends` for the way back."},
    {.key = "cost",
     .type = FIELD_INNER,
     .offset = offsetof(struct draft, cost),
     .inner = cost_fields,
     .one_of = "price",
     .otherwise = "nothing",
     .help = "What it costs; in measures.csv, and an item of costs.csv."},
    {0},
};

static const struct measure_column columns[CONVERT_COLUMNS] = {
    [CONVERT_DAYS] = {"place_days", MEASURE_COUNT},
    [CONVERT_OUT] = {"place_days_out", MEASURE_COUNT},
    [CONVERT_COST] = {"cost", MEASURE_CENTS}};
static const char *const purposes[] = {NULL};

static int32_t built_at_start(const struct measure_reading *reading, const struct measure *measure,
                              const struct unit *unit)
{
    int32_t first = reading->period->start;
    return places_on(&unit->dated, measure->starts > first ? measure->starts : first).built;
}

/* The unit that they become is missing after an error only. */
static void read_unit(const struct measure_reading *reading, struct node *node,
                      struct measure *measure)
{
    struct reader       *reader = reading->reader;
    const struct estate *estate = reading->estate;
    struct convert_draft draft = {0};
    int                  before = reader->errors->count;
    int from = measure_find_key(reading, node, "unit", estate->unit_name, estate->unit_count);
    fields_read(reader, node, convert_fields, &draft);
    if (draft.to && draft.to->kind != NODE_MAPPING)
        (void)!read_mapping(reader, draft.to);
    if (reader->errors->count > before)
        return;
    if (estate->unit[from].built == UNLIMITED) {
        node_key_error(reader, node, "%s has places without limit; none of them can be converted",
                       node->key);
        return;
    }
    int to =
        estate_find_unit(estate, estate_converted_name(reader->arena, node->key, measure->name));
    int32_t places = node_find(node, "places")
                         ? (int32_t)draft.places
                         : built_at_start(reading, measure, &estate->unit[from]);
    if (to >= 0 && places > 0)
        measure->unit_change[measure->unit_change_count++] =
            (struct unit_change){.unit = from, .places = places, .to = to};
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    struct reader      *reader = reading->reader;
    if (!read_mapping(reader, draft->converts))
        return;
    measure->unit_change =
        arena_new(reader->arena, struct unit_change, (size_t)draft->converts->count + 1);
    for (struct node *node = draft->converts->first; node; node = node->next) {
        node->used = true;
        if (!node_is_note(node))
            read_unit(reading, node, measure);
    }
    measure->takes_days = draft->takes_days;
    measure->has_cost = node_find(reading->node, "cost");
    measure->cost_per_place = draft->cost.per_place;
    if (measure->takes_days > 0 && (int64_t)measure->starts + measure->takes_days > measure->last)
        node_error(reader, node_find(reading->node, "takes"),
                   "takes is %s, but the measure is over by then: nothing would ever be converted",
                   node_find(reading->node, "takes")->text);
}

const struct measure_kind measure_convert = {
    .word = "convert",
    .help = "Places of a unit become those of another regime, for good or for a time.",
    .fields = fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = CONVERT_COLUMNS,
    .purposes = purposes};
