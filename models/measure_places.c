/* The kind places: units gain or lose places for a time. What it does is in
 * models/supply_measures.c.
 */
#include "models/by_year.h"
#include "models/measure_kind.h"

#define RENT_AT_MOST 100000 /* euros a day: in all sums far from the end of an int64_t */

struct cost {
    int64_t per_year, per_place_day; /* cents */
};

struct draft {
    struct measure_draft of_all;
    struct node         *units;
    int                  why;
    struct cost          cost;
};

static void read_rent(struct reader *reader, struct node *node, void *cents)
{
    (void)!read_scaled(reader, node, CENTS, 0, RENT_AT_MOST, cents);
}

static const struct field cost_fields[] = {
    {.key = "per_year",
     .type = FIELD_OWN,
     .offset = offsetof(struct cost, per_year),
     .own = read_cents,
     .unit = "euros",
     .otherwise = "nothing",
     .help = "A year from `starts` to `ends`, by days of the calendar year."},
    {.key = "per_place_day",
     .type = FIELD_OWN,
     .offset = offsetof(struct cost, per_place_day),
     .own = read_rent,
     .unit = "euros",
     .otherwise = "nothing",
     .help = "A day for each place that comes, used or not, such as a rent, on top of what its "
             "regime costs (cost_per_day); one that closes saves only that."},
    {0},
};

static const struct field fields[] = {
    {.key = "units",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, units),
     .required = true,
     .own = node_keep,
     .unit = "places by unit, + or -",
     .one_of = "unit",
     .help =
         "From `starts` to `ends` so many places more (+24: built on) or fewer (-24: out of "
         "use) in each unit, as `changes` of the unit say it. While it ramps up, a part of "
         "them, rounded towards 0. A unit that stands for it only, such as a boat, is written out "
         "under `units` or `institutions` with places: 0, and a rule that lets people in."},
    {.key = "why",
     .type = FIELD_CHOICE,
     .offset = offsetof(struct draft, why),
     .choices = cause_name,
     .otherwise = "must be given where places go out of use",
     .help = "Why those are out of use."},
    {.key = "cost",
     .type = FIELD_INNER,
     .offset = offsetof(struct draft, cost),
     .inner = cost_fields,
     .one_of = "price",
     .otherwise = "nothing",
     .help = "What it costs; in measures.csv, and an item of costs.csv."},
    {0},
};

static const struct measure_column columns[PLACES_COLUMNS] = {
    [PLACES_DAYS] = {"place_days", MEASURE_COUNT}, [PLACES_COST] = {"cost", MEASURE_CENTS}};
static const char *const purposes[] = {NULL};

static void read_unit(const struct measure_reading *reading, struct node *node,
                      struct measure *measure)
{
    const struct estate *estate = reading->estate;
    int32_t              places = 0;
    int unit = measure_find_key(reading, node, "unit", estate->unit_name, estate->unit_count);
    if (!places_read_signed(reading->reader, node, &places) || unit < 0)
        return;
    if (estate->unit[unit].built == UNLIMITED)
        node_key_error(reading->reader, node, "%s has places without limit; none can come or go",
                       node->key);
    else if (places != 0)
        measure->unit_change[measure->unit_change_count++] =
            (struct unit_change){.unit = unit, .places = places, .to = -1};
}

/* As `changes` of a unit: what closes says why, and only that. */
static void check_why(const struct measure_reading *reading, const struct measure *measure)
{
    const struct node *why = node_find(reading->node, "why");
    bool               closes = false;
    for (int i = 0; i < measure->unit_change_count; i++)
        closes |= measure->unit_change[i].places < 0;
    if (closes && !why)
        node_key_error(reading->reader, reading->node,
                       "%s takes places out of use, so it must say why: lost, works, damage, "
                       "reserve or staff",
                       reading->node->key);
    if (!closes && why && measure->unit_change_count > 0)
        node_key_error(reading->reader, why,
                       "why stands where no places go out of use; with places below 0 they do");
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    int                 before = reading->reader->errors->count;
    if (!read_mapping(reading->reader, draft->units))
        return;
    measure->unit_change =
        arena_new(reading->reader->arena, struct unit_change, (size_t)draft->units->count + 1);
    for (struct node *node = draft->units->first; node; node = node->next) {
        node->used = true;
        if (!node_is_note(node))
            read_unit(reading, node, measure);
    }
    if (reading->reader->errors->count == before)
        check_why(reading, measure);
    measure->why = draft->why;
    measure->has_cost = node_find(reading->node, "cost");
    measure->cost_per_year = draft->cost.per_year;
    measure->cost_per_place_day = draft->cost.per_place_day;
}

const struct measure_kind measure_places = {
    .word = "places",
    .help = "Units gain or lose places: built, hired, temporary, closed.",
    .fields = fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = PLACES_COLUMNS,
    .purposes = purposes};
