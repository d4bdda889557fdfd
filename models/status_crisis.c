/* `crisis` of a status: how often who is held falls into one, and how long it lasts. */
#include "models/status_read.h"

#define CRISES_A_YEAR_AT_MOST 365 /* one a day */

static bool read_hazard(struct reader *reader, struct node *node, const void *object, void *entry)
{
    (void)object;
    return read_number(reader, node, 0, CRISES_A_YEAR_AT_MOST, entry);
}

static void read_per_year(struct reader *reader, struct node *node, void *member)
{
    struct number_by_profile *per_year = member;
    double *of = status_read_varying(reader, node, sizeof(*of), read_hazard, &per_year->stride);
    if (of)
        per_year->of = of;
}

const struct field status_crisis_fields[] = {
    {.key = "per_year",
     .type = FIELD_OWN,
     .offset = offsetof(struct crises_plan, per_year),
     .required = true,
     .own = read_per_year,
     .unit = "number, a year of 365 days, may vary by attribute",
     .help = "The hazard: so many a year begin for each who has a place and is in none."},
    {.key = "lasts",
     .type = FIELD_OWN,
     .offset = offsetof(struct crises_plan, lasts),
     .required = true,
     .own = status_read_shapes,
     .unit = "shape, may vary by attribute",
     .help =
         "How long one lasts; his clock runs on, and who is released before leaves from where he "
         "is."},
    {0},
};
