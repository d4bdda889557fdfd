/* The kind sentence_length: longer (or shorter) sentences, such as by higher maxima. What it does
 * is in models/lengths.c.
 */
#include "models/measure_kind.h"

struct draft {
    struct measure_draft of_all;
    struct node         *factor, *share;
    int64_t              minimum_min;
    const struct shape  *offence_delay;
};

static const struct field fields[] = {
    {.key = "factor",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, factor),
     .own = node_keep,
     .unit = "number or fraction",
     .otherwise = "factor or minimum must be given",
     .help = "So many times the sentence imposed, to the minute: 1.2 or 4/3."},
    {.key = "minimum",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, minimum_min),
     .otherwise = "none",
     .help = "No sentence of theirs is shorter (minimumstraf)."},
    MEASURE_SHARE_OF(struct draft, "has the new sentence"),
    MEASURE_OFFENCE_DELAY(struct draft),
    {0},
};

static const struct measure_column columns[LENGTH_COLUMNS] = {
    [LENGTH_PEOPLE] = {"people", MEASURE_COUNT}, [LENGTH_ADDED] = {"days_added", MEASURE_MINUTES}};
static const char *const purposes[] = {"measure", NULL};

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    measure_read_who_serves(reading, draft->of_all.who, measure_has_sentence,
                            "has no sentence that could be another", measure);
    measure_read_share_or_all(reading, draft->share, measure);
    measure_read_times(reading, draft->factor, measure);
    if (!draft->factor && !node_find(reading->node, "minimum"))
        node_key_error(reading->reader, reading->node, "%s lacks factor or minimum",
                       reading->node->key);
    measure->minimum_min = draft->minimum_min;
    measure->offence_delay = draft->offence_delay;
}

const struct measure_kind measure_sentence_length = {
    .word = "sentence_length",
    .help = "Another length of the sentences imposed, judged when people come into their status.",
    .fields = fields,
    .who_fields = measure_sentence_fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = LENGTH_COLUMNS,
    .purposes = purposes};
