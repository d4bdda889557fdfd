/* The kind conditional_release: another table of conditional release (voorwaardelijke
 * invrijheidstelling), for who arrives from its start on or for who serves already, too. Which one
 * holds for a person is in models/term.c, what becomes of who serves on its first day in
 * models/release_law.c.
 */
#include "models/measure_kind.h"
#include "models/status_read.h"

struct draft {
    struct measure_draft of_all;
    struct status        release; /* its table, and to whom it is granted */
    struct node         *granted, *share;
    int                  applies_to;
    bool                 lengthens;
};

static const struct field fields[] = {
    {.key = "conditional",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, release),
     .required = true,
     .inner = status_remission_fields,
     .own = status_read_conditional,
     .unit = "list of rows",
     .help = "In place of that of their status."},
    {.key = "granted",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, granted),
     .own = node_keep,
     .unit = "share, may vary by attribute",
     .otherwise = "as in their status",
     .help = "The share to whom it is granted; the others serve all."},
    MEASURE_SHARE_OF(struct draft, "is released by it"),
    MEASURE_APPLIES_TO(struct draft, MEASURE_ENTRANTS_ARRIVE,
                       "all who serve from then on, also who serves already; without `ends` and "
                       "`ramp`."),
    {.key = "lengthens",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, lengthens),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help =
         "With applies_to: present, whether it holds for who arrived before `starts` also where "
         "he serves longer by it; else the milder rule holds for him."},
    {0},
};

static const struct measure_column columns[RELEASE_COLUMNS] = {
    [RELEASE_PEOPLE] = {"people", MEASURE_COUNT},
    [RELEASE_ADDED] = {"days_added", MEASURE_MINUTES}};
static const char *const purposes[] = {"measure", NULL};

static void read_granted(const struct measure_reading *reading, struct node *node,
                         struct status *release)
{
    struct status_context context = {reading->attributes, reading->estate, reading->statuses};
    void                 *before = reading->reader->context;
    reading->reader->context = &context;
    status_read_share(reading->reader, node, &release->granted);
    reading->reader->context = before;
}

/* A law that ends is another that starts: else who serves would have two that hold for him. */
static void read_applies_to(const struct measure_reading *reading, const struct draft *draft,
                            struct measure *measure)
{
    const struct node *ends = node_find(reading->node, "ends");
    const struct node *lengthens = node_find(reading->node, "lengthens");
    measure_read_applies_to(reading, draft->applies_to, measure);
    measure->lengthens = draft->lengthens;
    if (!measure->by_arrival && ends)
        node_key_error(reading->reader, ends,
                       "ends stands beside applies_to: present; the rule after it is another "
                       "measure");
    if (measure->by_arrival && lengthens)
        node_key_error(reading->reader, lengthens,
                       "lengthens stands without applies_to: present; who was there before has the "
                       "old rule");
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    struct draft      *draft = member; /* in the arena, as the measure is */
    const struct node *starts = node_find(reading->node, "starts");
    measure_read_who_serves(reading, draft->of_all.who, measure_has_sentence,
                            "has no sentence of which a part could be remitted", measure);
    measure_read_share_or_all(reading, draft->share, measure);
    if (draft->granted)
        read_granted(reading, draft->granted, &draft->release);
    if (measure->starts < reading->period->start)
        node_error(reading->reader, starts,
                   "starts is %s, before the period; write the table in the status", starts->text);
    read_applies_to(reading, draft, measure);
    measure->release = &draft->release;
}

const struct measure_kind measure_conditional_release = {
    .word = "conditional_release",
    .help = "Another conditional release, for who arrives while it is in force, or also for who "
            "serves already.",
    .fields = fields,
    .who_fields = measure_sentence_fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = RELEASE_COLUMNS,
    .purposes = purposes};
