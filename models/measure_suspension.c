/* The kind suspension: the sentence is suspended after a part of it (strafonderbreking), for good:
 * he leaves the country. What it does is in models/early.c.
 */
#include "models/measure_kind.h"

struct draft {
    struct measure_draft of_all;
    struct node         *after, *share;
    int                  applies_to;
    struct measure_cost  cost;
};

static const struct field row_fields[] = {
    {.key = "up_to",
     .type = FIELD_DURATION,
     .offset = offsetof(struct measure_served, up_to_min),
     .otherwise = "any sentence",
     .help = "Holds for sentences up to and including this one; the first row that fits holds."},
    {.key = "part",
     .type = FIELD_SHARE,
     .offset = offsetof(struct measure_served, part),
     .required = true,
     .help = "The part of the sentence that is served, custody before it included, in whole "
             "minutes, rounded up."},
    {0},
};

static const struct field fields[] = {
    {.key = "after",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, after),
     .required = true,
     .inner = row_fields,
     .own = node_keep,
     .unit = "list of rows",
     .one_of = "row",
     .help = "After which part of the sentence they leave, a row for each class, shortest first."},
    MEASURE_SHARE_OF(struct draft, "leaves then"),
    MEASURE_APPLIES_TO(struct draft, MEASURE_ENTRANTS_ARRIVE, MEASURE_RELEASED_THEN),
    MEASURE_COST(struct draft),
    {0},
};

static void read_rows(const struct measure_reading *reading, struct node *node,
                      struct measure *measure)
{
    struct reader *reader = reading->reader;
    int64_t        before_min = -1;
    if (!read_list(reader, node))
        return;
    measure->served = arena_new(reader->arena, struct measure_served, (size_t)node->count + 1);
    for (struct node *row = node->first; row; row = row->next) {
        struct measure_served *served = &measure->served[measure->served_count++];
        *served = (struct measure_served){INT64_MAX, {1, 1}};
        fields_read(reader, row, row_fields, served);
        if (before_min == INT64_MAX || served->up_to_min <= before_min)
            node_error(reader, row, "%s is never reached: up_to must rise from row to row",
                       node_label(reader->arena, row));
        before_min = served->up_to_min;
    }
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    measure_read_who_serves(reading, draft->of_all.who, measure_has_sentence,
                            "has no sentence that could be suspended", measure);
    measure_read_share_or_all(reading, draft->share, measure);
    measure_read_applies_to(reading, draft->applies_to, measure);
    read_rows(reading, draft->after, measure);
    measure_read_cost(reading, &draft->cost, measure);
}

const struct measure_kind measure_suspension = {
    .word = "suspension",
    .help =
        "Sentences that are suspended after a part of them, for good, of who leaves the country.",
    .fields = fields,
    .who_fields = measure_sentence_fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = measure_early_columns,
    .column_count = EARLY_COLUMNS,
    .purposes = measure_early_purposes};
