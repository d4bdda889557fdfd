/* The kind staffing: another norm of staff a place in some regimes, or more staff. What it does is
 * in models/roster.c.
 */
#include "models/measure_kind.h"

#define FTE_ADDED_AT_MOST 1000000

struct draft {
    struct measure_draft of_all;
    struct node         *regimes, *factor, *fte;
    struct fraction      fte_share;
};

static const struct field fields[] = {
    {.key = "factor",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, factor),
     .own = node_keep,
     .unit = "number or fraction",
     .otherwise = "1",
     .help =
         "So many times staff_per_place: 0.9 is an austere regime. A ramp is of the difference."},
    {.key = "regimes",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, regimes),
     .own = node_keep,
     .unit = "list of regimes",
     .one_of = "regime",
     .otherwise = "all",
     .help = "Those of the factor."},
    {.key = "fte",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, fte),
     .own = node_keep,
     .unit = "fte by institution",
     .one_of = "institution",
     .otherwise = "none",
     .help =
         "So many more staff while it is in force, the sick included: nobody of them leaves, and "
         "hiring fills the posts beside them."},
    {.key = "fte_share",
     .type = FIELD_SHARE,
     .offset = offsetof(struct draft, fte_share),
     .otherwise = "0",
     .help = "The same in every institution with staff, as a share of its staff at the start."},
    {0},
};

static const struct measure_column columns[STAFFING_COLUMNS] = {
    [STAFFING_FTE] = {"fte_days", MEASURE_MINUTES},
    [STAFFING_SAVED] = {"fte_days_saved", MEASURE_MINUTES}};
static const char *const purposes[] = {NULL};

static void read_regimes(const struct measure_reading *reading, struct node *node,
                         struct measure *measure)
{
    const struct estate *estate = reading->estate;
    int                  r;
    measure->regimes = node ? 0 : ~(uint64_t)0;
    if (!node || !read_list(reading->reader, node))
        return;
    for (struct node *item = node->first; item; item = item->next)
        if (read_reference(reading->reader, item, "regime", estate->regime_name,
                           estate->regime_count, &r))
            measure->regimes |= (uint64_t)1 << r;
}

static void read_fte(const struct measure_reading *reading, struct node *node,
                     struct measure *measure)
{
    const struct estate *estate = reading->estate;
    measure->fte =
        arena_new(reading->reader->arena, int64_t, (size_t)estate->institution_count + 1);
    if (!node || !read_mapping(reading->reader, node))
        return;
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (node_is_note(child))
            continue;
        int i = measure_find_key(reading, child, "institution", estate->institution_name,
                                 estate->institution_count);
        if (i >= 0)
            (void)!read_scaled(reading->reader, child, MILLIONTHS, 0, FTE_ADDED_AT_MOST,
                               &measure->fte[i]);
    }
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    measure->norm_factor = MILLIONTHS;
    read_regimes(reading, draft->regimes, measure);
    read_fte(reading, draft->fte, measure);
    if (draft->factor)
        (void)!read_scaled(reading->reader, draft->factor, MILLIONTHS, 0, FACTOR_AT_MOST,
                           &measure->norm_factor);
    if (draft->fte_share.den > 0)
        measure->fte_share = draft->fte_share.num * MILLIONTHS / draft->fte_share.den;
    if (!draft->factor && !draft->fte && !node_find(reading->node, "fte_share"))
        node_key_error(reading->reader, reading->node, "%s lacks factor, fte or fte_share",
                       reading->node->key);
    if (draft->regimes && !draft->factor)
        node_key_error(reading->reader, draft->regimes,
                       "regimes stands without factor, which is for them");
}

const struct measure_kind measure_staffing = {
    .word = "staffing",
    .help = "Fewer staff a place (an austere regime), or more staff.",
    .fields = fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = STAFFING_COLUMNS,
    .purposes = purposes};
