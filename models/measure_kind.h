/* What a kind of measure is made of, and the readers that kinds share. For models/measure_*.c only.
 *
 * A kind has a draft, a struct that begins with struct measure_draft, into which the keys of all
 * measures and its own are read by table; its `read` makes the measure of it.
 */
#ifndef CELSIM_MODELS_MEASURE_KIND_H
#define CELSIM_MODELS_MEASURE_KIND_H

#include "models/measure.h"

/* The keys that every kind has, but `kind`. */
struct measure_draft {
    int32_t         starts, ends;
    int64_t         ramp_min;
    bool            is_emergency;
    struct fraction chance;
    struct node    *who; /* of kinds with who_fields; NULL: everyone */
};

/* All that a measure may refer to, and the measure itself, a mapping. */
struct measure_reading {
    struct reader           *reader;
    struct node             *node;
    const struct attributes *attributes;
    const struct statuses   *statuses;
    const struct estate     *estate;
    const struct transport  *transport;
    const struct flows      *flows;
    const struct period     *period;
};

struct measure_kind {
    const char         *word, *help; /* as it is named, and what it does */
    const struct field *fields;      /* its keys beside those of all, members of the draft */
    const struct field *who_fields;  /* what may stand in `who` beside status and attributes, as the
                                        reference prints it; NULL: it has no `who` */
    size_t draft_size;
    void (*read)(const struct measure_reading *reading, void *draft, struct measure *measure);
    const struct measure_column *columns;
    int                          column_count;
    const char *const           *purposes; /* of its draws, ended by NULL */
};

/* Marks the flows on which it acts, and sets `takes`: `who` may name flows, statuses by which they
 * come, and attributes. */
void measure_read_who_comes(const struct measure_reading *reading, struct node *who,
                            struct measure *measure);

/* Sets `statuses`, the bounds of the sentence, and `takes`. Statuses are those that are named, or
 * all, of which `fits` is true; a named one of which it is not is an error, told with `lack`: "has
 * no sentence that could be replaced". */
void measure_read_who_serves(const struct measure_reading *reading, struct node    *who,
                             bool (*fits)(const struct status *status), const char *lack,
                             struct measure *measure);

/* Of a measure whose kind is not known: adds what is wrong in its `who` for any kind. */
void measure_check_who(const struct measure_reading *reading, struct node *who);

/* The keys of `who` with these. */
extern const struct field measure_flow_fields[], measure_sentence_fields[];

/* Makes the thresholds of each day of the ramp, in integers, and the purpose of the draw. `share`
 * is the node of the share; NULL or wrong: nobody. */
void measure_read_share(const struct measure_reading *reading, struct node *share,
                        struct measure *measure);

/* The same; NULL: all of them. */
void measure_read_share_or_all(const struct measure_reading *reading, struct node *share,
                               struct measure *measure);

/* The row of a key `share`, a node, for it: of those on whom it acts such a share `does`. */
#define MEASURE_SHARE_OF(draft_type, does)                                                         \
    {                                                                                              \
        .key = "share", .type = FIELD_OWN, .offset = offsetof(draft_type, share),                  \
        .own = node_keep, .unit = "share", .otherwise = "all of them",                             \
        .help = "Of those on whom it acts, such a share " does "; a ramp is of it."                \
    }

/* Reads a factor on lengths, exactly: "1.2" or "4/3", at most FACTOR_AT_MOST; NULL: 1. */
void measure_read_times(const struct measure_reading *reading, struct node *factor,
                        struct measure *measure);

/* The row of a key `offence_delay`, a shape, of a draft with that member; `read` hands it to the
 * measure, and the world asks policy_takes(). */
#define MEASURE_OFFENCE_DELAY(draft_type)                                                          \
    {                                                                                              \
        .key = "offence_delay", .type = FIELD_SHAPE,                                               \
        .offset = offsetof(draft_type, offence_delay),                                             \
        .otherwise = "it goes by the day on which he comes into the status",                       \
        .help = "The law holds for offences from `starts` on (to `ends`), and the offence was so " \
                "long before he arrived; one draw a person."                                       \
    }

/* The row of a key `applies_to` of a draft with that member, an enum applies_to. */
enum applies_to { APPLIES_TO_ENTRANTS, APPLIES_TO_PRESENT };
extern const char *const measure_applies_to_words[];
#define MEASURE_RELEASED_THEN                                                                      \
    "whose release is planned in that time, and who is there on the first day."
#define MEASURE_ENTRANTS_ARRIVE "who arrives in the system from `starts` on (to `ends`)"
#define MEASURE_ENTRANTS_COME "who comes into the status from `starts` on (to `ends`)"
#define MEASURE_APPLIES_TO(draft_type, entrants, present)                                          \
    {                                                                                              \
        .key = "applies_to", .type = FIELD_CHOICE, .offset = offsetof(draft_type, applies_to),     \
        .choices = measure_applies_to_words, .otherwise = "entrants",                              \
        .help = "entrants: " entrants "; present: " present,                                       \
    }

/* Sets by_arrival; a share that grows is one of who arrives. */
void measure_read_applies_to(const struct measure_reading *reading, int applies_to,
                             struct measure *measure);

/* Sets of_present: of kinds whose entrants are those who come into the status. Such a measure has
 * no ramp, and starts within the period. */
void measure_read_of_present(const struct measure_reading *reading, int applies_to,
                             struct measure *measure);

/* Reads a part of the sentence, 0 to 1; its cap stands in `at_most`, which needs it. One of `part`
 * and the time, both keys of the measure, must be given. */
void measure_read_part(const struct measure_reading *reading, struct node *part, const char *time,
                       int64_t at_most_min, struct measure *measure);

/* The row of a key `fails`, a node, and its keys: status, share and time; NULL: nobody fails. */
#define MEASURE_FAILS(draft_type, what)                                                            \
    {                                                                                              \
        .key = "fails", .type = FIELD_OWN, .offset = offsetof(draft_type, fails),                  \
        .inner = measure_fails_fields, .own = node_keep, .unit = "mapping",                        \
        .otherwise = "nobody fails", .help = what                                                  \
    }
extern const struct field measure_fails_fields[];
void measure_read_fails(const struct measure_reading *reading, struct node *node,
                        struct measure *measure);

/* What those who serve otherwise count, and draw; what those who leave early do. */
extern const struct measure_column measure_replace_columns[], measure_early_columns[];
extern const char *const measure_replace_purposes[], *const measure_early_purposes[];

/* Those who have a length, of the stay or the sentence. */
bool measure_has_length(const struct status *status);

/* The row of a key `cost: {per_person: euros}` of a draft with that member. */
#define MEASURE_COST(draft_type)                                                                   \
    {                                                                                              \
        .key = "cost", .type = FIELD_INNER, .offset = offsetof(draft_type, cost),                  \
        .inner = measure_cost_fields, .otherwise = "nothing",                                      \
        .help = "What it costs; in measures.csv, and an item of costs.csv."                        \
    }
extern const struct field measure_cost_fields[];
struct measure_cost {
    int64_t per_person; /* cents */
};
void measure_read_cost(const struct measure_reading *reading, const struct measure_cost *cost,
                       struct measure *measure);

/* The unit of a regime that is outside, with unlimited places. -1 after an error. */
int measure_read_outside(const struct measure_reading *reading, struct node *in);

/* Which of the names, of such things, is the key of the node; -1 after an error with the nearest.
 */
int measure_find_key(const struct measure_reading *reading, const struct node *node,
                     const char *what, const char *const *name, int count);

/* Of kinds whose deed has no half way. */
void measure_refuse_ramp(const struct measure_reading *reading);

/* Those who have a sentence. */
bool measure_has_sentence(const struct status *status);

#endif
