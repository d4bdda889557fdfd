/* The kind instead_of_remand: a share of those who come into a status without a sentence, such as
 * remand (voorlopige hechtenis), are held in a regime outside instead, for as long as they would
 * have been inside; then they go on as everyone does. What it does is in models/replace.c.
 */
#include "models/measure_kind.h"
#include "models/status_read.h"

struct draft {
    struct measure_draft of_all;
    struct node         *in, *fails, *share;
    int                  applies_to;
    struct measure_cost  cost;
};

static const struct field fields[] = {
    {.key = "share",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, share),
     .own = node_keep,
     .required = true,
     .unit = "share",
     .help = "Of those on whom it acts, so many are not held inside."},
    {.key = "in",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, in),
     .own = node_keep,
     .required = true,
     .unit = "name of a regime that is outside, with places: unlimited",
     .help = "Where they are, such as under electronic detention; it counts as custody."},
    MEASURE_APPLIES_TO(
        struct draft, MEASURE_ENTRANTS_COME,
        "also who is in it at 0:00 of `starts`, for what is left of the stay; without "
        "`ramp`."),
    MEASURE_FAILS(struct draft,
                  "Who fails goes inside for the rest, and goes on from there as he would have."),
    MEASURE_COST(struct draft),
    {0},
};

static bool is_stay(const struct status *status)
{
    return !status->sentence && status->stay.of;
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    measure_read_who_serves(reading, draft->of_all.who, is_stay,
                            "has no stay of its own; a sentence is replaced by replace_sentence",
                            measure);
    measure_read_share(reading, draft->share, measure);
    measure_read_of_present(reading, draft->applies_to, measure);
    measure_read_cost(reading, &draft->cost, measure);
    measure->unit = measure_read_outside(reading, draft->in);
    measure_read_fails(reading, draft->fails, measure);
}

const struct measure_kind measure_instead_of_remand = {
    .word = "instead_of_remand",
    .help = "Stays without a sentence, such as remand, in a regime outside; without `who` those of "
            "every status that has one, such as an arrested convict's.",
    .fields = fields,
    .who_fields = measure_sentence_fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = measure_replace_columns,
    .column_count = REPLACE_COLUMNS,
    .purposes = measure_replace_purposes};
