/* The kind returns: a factor on the chance that who leaves comes back. What it does is in
 * models/sleepers.c.
 */
#include "models/measure_kind.h"

struct draft {
    struct measure_draft of_all;
    double               factor;
};

static const struct field fields[] = {
    {.key = "factor",
     .type = FIELD_NUMBER,
     .offset = offsetof(struct draft, factor),
     .required = true,
     .high = FACTOR_AT_MOST,
     .help = "So many times the chance to come back of those who leave from `starts` on, such as "
             "0.9 for help with work and housing; a ramp is of it."},
    {0},
};

static const struct measure_column columns[RETURNS_COLUMNS] = {
    [RETURNS_PEOPLE] = {"people", MEASURE_COUNT}};
static const char *const purposes[] = {NULL};

static bool is_any(const struct status *status)
{
    (void)status;
    return true;
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    measure_read_who_serves(reading, draft->of_all.who, is_any, "", measure);
    measure->factor = draft->factor;
}

const struct measure_kind measure_returns = {
    .word = "returns",
    .help = "A factor on the chance to come back, judged when people leave by the status in which "
            "they do.",
    .fields = fields,
    .who_fields = measure_sentence_fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = RETURNS_COLUMNS,
    .purposes = purposes};
