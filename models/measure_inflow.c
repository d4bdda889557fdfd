/* The kind inflow: a factor on the arrivals of flows, of all or of those with some attributes. What
 * it does is in models/arrivals.c.
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
     .high = FACTOR_AT_MOST,
     .required = true,
     .help = "So many times the arrivals: 1.04 adds people, 0.9 keeps some away."},
    {0},
};

static const struct measure_column columns[INFLOW_COLUMNS] = {
    [INFLOW_PEOPLE] = {"people", MEASURE_COUNT}};
static const char *const purposes[] = {NULL};

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    measure_read_who_comes(reading, draft->of_all.who, measure);
    measure->factor = draft->factor;
}

const struct measure_kind measure_inflow = {.word = "inflow",
                                            .help = "A factor on arrivals.",
                                            .fields = fields,
                                            .who_fields = measure_flow_fields,
                                            .draft_size = sizeof(struct draft),
                                            .read = read,
                                            .columns = columns,
                                            .column_count = INFLOW_COLUMNS,
                                            .purposes = purposes};
