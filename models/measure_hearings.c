/* The kind hearings: sessions of the court come earlier or later, and so do the ends of the stays
 * that wait for them. What it does is in models/lengths.c.
 */
#include "models/measure_kind.h"

struct draft {
    struct measure_draft of_all;
    struct node         *factor, *share;
    double               chance_factor;
    int64_t              earlier_min, not_before_min;
    int                  applies_to;
    struct measure_cost  cost;
};

static const struct field fields[] = {
    {.key = "earlier",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, earlier_min),
     .otherwise = "factor, earlier or chance_factor must be given",
     .help =
         "The stay ends so much earlier: each decision point of `steps`, each draw of a shape."},
    {.key = "factor",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, factor),
     .own = node_keep,
     .unit = "number or fraction",
     .otherwise = "1",
     .help = "So many times the stay, to the minute, before `earlier` comes off: 0.9 or 9/10."},
    {.key = "not_before",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, not_before_min),
     .otherwise = "0 days",
     .help = "`earlier` moves none before this time of the stay, nor one that lies before it."},
    {.key = "chance_factor",
     .type = FIELD_NUMBER,
     .offset = offsetof(struct draft, chance_factor),
     .high = FACTOR_AT_MOST,
     .otherwise = "1",
     .help = "Of stays by `steps`: so many times the chance to end at each decision point, at most "
             "1; at the last all end."},
    MEASURE_SHARE_OF(struct draft, "has the other day"),
    MEASURE_APPLIES_TO(
        struct draft, MEASURE_ENTRANTS_COME,
        "also who is in it at 0:00 of `starts`, by the whole stay; without `ramp` and "
        "`chance_factor`."),
    MEASURE_COST(struct draft),
    {0},
};

static const struct measure_column columns[HEARINGS_COLUMNS] = {
    [HEARINGS_PEOPLE] = {"people", MEASURE_COUNT},
    [HEARINGS_SAVED] = {"days_saved", MEASURE_MINUTES},
    [HEARINGS_COST] = {"cost", MEASURE_CENTS}};
static const char *const purposes[] = {"measure", NULL};

static bool has_stay(const struct status *status)
{
    return !status->sentence && status->stay.of;
}

/* Those of a status for each of its profiles; false: they are not all by steps. */
static bool make_steps(const struct measure_reading *reading, const struct status *status,
                       double factor, struct shape_by_profile *steps)
{
    struct arena *arena = reading->reader->arena;
    uint32_t      count = status->stay.stride ? reading->attributes->profile_count : 1;
    steps->stride = status->stay.stride;
    steps->of = arena_new(arena, const struct shape *, count);
    for (uint32_t p = 0; p < count; p++) {
        if (status->stay.of[p]->kind != SHAPE_STEPS)
            return false;
        steps->of[p] = shape_make_other_chances(arena, status->stay.of[p], factor);
    }
    return true;
}

/* Of all statuses on which it acts, so `who` names those by steps where others have stays too. */
static void read_chances(const struct measure_reading *reading, struct node *node, double factor,
                         struct measure *measure)
{
    const struct statuses   *statuses = reading->statuses;
    struct shape_by_profile *steps =
        arena_new(reading->reader->arena, struct shape_by_profile, (size_t)statuses->count + 1);
    measure->steps = steps;
    for (int s = 0; s < statuses->count; s++)
        if (measure->statuses >> s & 1 &&
            !make_steps(reading, &statuses->list[s], factor, &steps[s]))
            node_error(reading->reader, node,
                       "chance_factor is for stays by steps; that of %s is not", statuses->name[s]);
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    measure_read_who_serves(reading, draft->of_all.who, has_stay,
                            "has no stay that a hearing could end", measure);
    struct node *chances = node_find(reading->node, "chance_factor");
    measure_read_share_or_all(reading, draft->share, measure);
    measure_read_times(reading, draft->factor, measure);
    if (!draft->factor && !chances && !node_find(reading->node, "earlier"))
        node_key_error(reading->reader, reading->node, "%s lacks factor, earlier or chance_factor",
                       reading->node->key);
    measure_read_of_present(reading, draft->applies_to, measure);
    if (chances && measure->of_present)
        node_key_error(reading->reader, chances,
                       "chance_factor stands beside applies_to: present; hearings held before had "
                       "the old chances");
    if (chances)
        read_chances(reading, chances, draft->chance_factor, measure);
    measure->earlier_min = draft->earlier_min;
    measure->not_before_min = draft->not_before_min;
    measure_read_cost(reading, &draft->cost, measure);
}

const struct measure_kind measure_hearings = {
    .word = "hearings",
    .help =
        "Hearings on another day, and so the ends of stays, judged when they begin, or when the "
        "measure does; without `who` of every status that has a stay.",
    .fields = fields,
    .who_fields = measure_sentence_fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = HEARINGS_COLUMNS,
    .purposes = purposes};
