/* The kind replace_sentence: a share of those who come into a status with a sentence serve it
 * otherwise. What it does is in models/replace.c.
 */
#include "models/measure_kind.h"
#include "models/status_read.h"

struct draft {
    struct measure_draft of_all;
    struct node         *in, *fails, *share;
    const char          *by;
    struct measure_cost  cost;
    const struct shape  *offence_delay;
};

struct fails_draft {
    struct fraction     share;
    const struct shape *after;
    struct node        *as;
};

const struct field measure_fails_fields[] = {
    {.key = "share",
     .type = FIELD_SHARE,
     .offset = offsetof(struct fails_draft, share),
     .required = true,
     .help = "Of those whose sentence is replaced, so many fail."},
    {.key = "after",
     .type = FIELD_SHAPE,
     .offset = offsetof(struct fails_draft, after),
     .required = true,
     .help = "How long after that they come; with `in`, who has served it all before does not."},
    {.key = "as",
     .type = FIELD_OWN,
     .offset = offsetof(struct fails_draft, as),
     .required = true,
     .own = node_keep,
     .unit = "name of a status",
     .help = "The status in which they come, such as arrested. Has it a sentence, that is the one "
             "imposed; else they draw a stay of that status, which may be longer."},
    {0},
};

static const struct field fields[] = {
    {.key = "share",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, share),
     .own = node_keep,
     .required = true,
     .unit = "share",
     .help = "Of those on whom it acts, so many serve their sentence otherwise."},
    {.key = "by",
     .type = FIELD_NAME,
     .offset = offsetof(struct draft, by),
     .otherwise = "by or in must be given",
     .help = "What takes its place, a word for the reader such as community_service (taakstraf): "
             "they leave."},
    {.key = "in",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, in),
     .own = node_keep,
     .unit = "name of a regime that is outside, with places: unlimited",
     .otherwise = "nowhere: they leave",
     .help = "Where they serve it, such as electronic detention (elektronische detentie)."},
    MEASURE_FAILS(struct draft, "Who fails comes back and serves after all."),
    MEASURE_COST(struct draft),
    MEASURE_OFFENCE_DELAY(struct draft),
    {0},
};

const struct measure_column measure_replace_columns[REPLACE_COLUMNS] = {
    [REPLACE_PEOPLE] = {"people", MEASURE_COUNT},
    [REPLACE_FAILED] = {"failed", MEASURE_COUNT},
    [REPLACE_DAYS_SAVED] = {"days_saved", MEASURE_MINUTES},
    [REPLACE_COST] = {"cost", MEASURE_CENTS}};
const char *const measure_replace_purposes[] = {"measure", "measure_fails", "measure_after", NULL};

/* Who comes back must not come, with the same draws, where he was replaced before. */
static void check_return(const struct measure_reading *reading, const struct node *node,
                         const struct measure *measure)
{
    const struct statuses *statuses = reading->statuses;
    int                    as = measure->fails_as;
    uint64_t               entered = statuses_entered_after(statuses, as);
    for (int s = 0; s < statuses->count; s++) {
        if (s == as || !(measure->statuses >> s & 1) || !(entered >> s & 1))
            continue;
        if (!statuses->list[s].on_cycle || !statuses->list[as].on_cycle)
            node_error(reading->reader, node,
                       "as is %s, from which people come to %s; there they would be replaced and "
                       "fail again and again",
                       statuses->name[as], statuses->name[s]);
    }
}

void measure_read_fails(const struct measure_reading *reading, struct node *node,
                        struct measure *measure)
{
    struct fails_draft draft = {.share = {0, 1}};
    struct reader     *reader = reading->reader;
    int                before = reader->errors->count;
    measure->draw_fails = status_purpose("measure_fails", measure->name);
    measure->draw_after = status_purpose("measure_after", measure->name);
    if (!node)
        return;
    fields_read(reader, node, measure_fails_fields, &draft);
    if (draft.as && !read_reference(reader, draft.as, "status", reading->statuses->name,
                                    reading->statuses->count, &measure->fails_as))
        return;
    if (reader->errors->count > before)
        return;
    measure->fails_after = draft.after;
    measure->fails_threshold = rng_threshold(draft.share.num, draft.share.den);
    if (measure->kind != &measure_last_part_outside) /* of which nobody has two */
        check_return(reading, draft.as, measure);
}

/* As status_purpose: the visits of the status in which it is judged. */
static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    struct reader      *reader = reading->reader;
    measure_read_who_serves(reading, draft->of_all.who, measure_has_sentence,
                            "has no sentence that could be replaced", measure);
    if (!node_find(reading->node, "by") && !draft->in)
        node_key_error(reader, reading->node,
                       "%s lacks by or in: how the sentence is served instead", reading->node->key);
    if (draft->by && draft->in)
        node_key_error(reader, draft->in, "in stands beside by; who is in a regime does not leave");
    measure_read_share(reading, draft->share, measure);
    measure->by = draft->by;
    measure->offence_delay = draft->offence_delay;
    measure_read_cost(reading, &draft->cost, measure);
    if (draft->in)
        measure->unit = measure_read_outside(reading, draft->in);
    measure_read_fails(reading, draft->fails, measure);
}

const struct measure_kind measure_replace_sentence = {
    .word = "replace_sentence",
    .help = "Sentences that are served otherwise, judged when people come into their status.",
    .fields = fields,
    .who_fields = measure_sentence_fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = measure_replace_columns,
    .column_count = REPLACE_COLUMNS,
    .purposes = measure_replace_purposes};
