/* The kind last_part_outside: the last part before the planned release is served in a regime
 * outside. What it does is in models/last_part.c.
 */
#include "models/measure_kind.h"
#include "models/status_read.h"

struct draft {
    struct measure_draft of_all;
    struct node         *part, *share, *in, *fails;
    int64_t              last_min, at_most_min;
    int                  applies_to;
    struct measure_cost  cost;
};

static const struct field fields[] = {
    {.key = "last",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, last_min),
     .low = 1,
     .high = (double)DURATION_AT_MOST,
     .otherwise = "last or part must be given",
     .help = "So long before the planned release they go outside."},
    {.key = "part",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, part),
     .own = node_keep,
     .unit = "share",
     .otherwise = "last or part must be given",
     .help = "The same as a part of the sentence imposed, in whole minutes, rounded down: 1/6."},
    {.key = "at_most",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, at_most_min),
     .otherwise = "no cap",
     .help = "That part is no longer than this."},
    {.key = "in",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, in),
     .own = node_keep,
     .required = true,
     .unit = "name of a regime that is outside, with places: unlimited",
     .help = "Where they serve it, such as electronic detention (elektronische detentie)."},
    MEASURE_SHARE_OF(struct draft, "serves it there"),
    MEASURE_APPLIES_TO(struct draft, MEASURE_ENTRANTS_ARRIVE, MEASURE_RELEASED_THEN),
    MEASURE_FAILS(struct draft,
                  "Who fails comes back and serves the rest, up to the planned release, inside."),
    MEASURE_COST(struct draft),
    {0},
};

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    bool                of_sentence = draft->part != NULL;
    measure_read_who_serves(
        reading, draft->of_all.who, of_sentence ? measure_has_sentence : measure_has_length,
        of_sentence ? "has no sentence of which it could be a part" : "has no planned end",
        measure);
    measure_read_share_or_all(reading, draft->share, measure);
    measure_read_part(reading, draft->part, "last",
                      node_find(reading->node, "at_most") ? draft->at_most_min : INT64_MAX,
                      measure);
    measure_read_applies_to(reading, draft->applies_to, measure);
    measure->earlier_min = draft->last_min;
    measure_read_cost(reading, &draft->cost, measure);
    measure->unit = measure_read_outside(reading, draft->in);
    measure_read_fails(reading, draft->fails, measure);
}

const struct measure_kind measure_last_part_outside = {
    .word = "last_part_outside",
    .help = "The last part before the planned release is served in a regime outside.",
    .fields = fields,
    .who_fields = measure_sentence_fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = measure_replace_columns,
    .column_count = REPLACE_COLUMNS,
    .purposes = measure_replace_purposes};
