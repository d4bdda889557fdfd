/* The kind early_release: who matches is released some days before the planned release. What it
 * does is in models/early.c.
 */
#include "models/measure_kind.h"

struct draft {
    struct measure_draft of_all;
    struct node         *part, *share;
    int64_t              earlier_min, at_most_min;
    int                  applies_to;
    struct measure_cost  cost;
};

static const struct field fields[] = {
    {.key = "earlier",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, earlier_min),
     .otherwise = "earlier or part must be given",
     .help = "So long before the planned release, not before it is decided."},
    {.key = "part",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, part),
     .own = node_keep,
     .unit = "share",
     .otherwise = "earlier or part must be given",
     .help = "The same as a part of the sentence imposed, in whole minutes, rounded down: 1/10."},
    {.key = "at_most",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, at_most_min),
     .otherwise = "no cap",
     .help = "That part is no longer than this."},
    MEASURE_SHARE_OF(struct draft, "leaves so early"),
    MEASURE_APPLIES_TO(struct draft, MEASURE_ENTRANTS_ARRIVE, MEASURE_RELEASED_THEN),
    MEASURE_COST(struct draft),
    {0},
};

const struct measure_column measure_early_columns[EARLY_COLUMNS] = {
    [EARLY_PEOPLE] = {"people", MEASURE_COUNT},
    [EARLY_SAVED] = {"days_saved", MEASURE_MINUTES},
    [EARLY_NOT_SERVED] = {"punishment_not_served", MEASURE_MINUTES},
    [EARLY_COST] = {"cost", MEASURE_CENTS}};
const char *const measure_early_purposes[] = {"measure", NULL};

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    bool                of_sentence = draft->part != NULL;
    measure_read_who_serves(
        reading, draft->of_all.who, of_sentence ? measure_has_sentence : measure_has_length,
        of_sentence ? "has no sentence of which it could be a part" : "has no planned end",
        measure);
    measure_read_share_or_all(reading, draft->share, measure);
    measure_read_part(reading, draft->part, "earlier",
                      node_find(reading->node, "at_most") ? draft->at_most_min : INT64_MAX,
                      measure);
    measure_read_applies_to(reading, draft->applies_to, measure);
    measure->earlier_min = draft->earlier_min;
    measure_read_cost(reading, &draft->cost, measure);
}

const struct measure_kind measure_early_release = {
    .word = "early_release",
    .help = "Release before the planned one, judged when it is planned.",
    .fields = fields,
    .who_fields = measure_sentence_fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = measure_early_columns,
    .column_count = EARLY_COLUMNS,
    .purposes = measure_early_purposes};
