/* Field tables: one row a YAML key. A row binds the key to a struct member and says its type, range
 * and meaning, so that the loader, its error messages and the reference (`celsim fields`) cannot
 * drift apart.
 *
 * Readers go on after an error, so that one run shows all errors. Every message says what is wrong,
 * what is allowed and, for a name, the nearest known one. `source` and `confidence` may stand in
 * any mapping and are skipped there.
 */
#ifndef CELSIM_SIM_FIELDS_H
#define CELSIM_SIM_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/arena.h"
#include "sim/error.h"
#include "sim/shape.h"
#include "sim/tree.h"

#define COUNT_AT_MOST 999999999999999 /* 10^15 - 1: exact in a double, so also in a row's range */

/* What every reader is handed. */
struct reader {
    struct arena  *arena;
    struct errors *errors;
    void          *context; /* the scenario being built; sim/ never looks inside */
};

/* A share, exact: num / den, 0 <= num <= den; den is at most 10^9, of the rest of others 10^15. */
struct fraction {
    int64_t num, den;
};

enum field_type {
    FIELD_TEXT,  /* const char *: any text */
    FIELD_NAME,  /* const char *: [a-z][a-z0-9_]*, no truth value of YAML 1.1 */
    FIELD_COUNT, /* int64_t: ^(0|[1-9][0-9]*)$; refuses 010, 1_000, 1e3, 1:30, each with a reason */
    FIELD_NUMBER,   /* double: decimal, optional exponent, no nan, inf, hex */
    FIELD_SHARE,    /* struct fraction: 0.4 or 1/3, from 0 to 1, at most 9 decimals */
    FIELD_DURATION, /* int64_t minutes: "14 days", "6 weeks", "3 months", "2 years", "12 hours", "30
                       minutes" */
    FIELD_DATE,     /* int32_t day number: ISO 8601, the day must exist */
    FIELD_SHAPE,    /* const struct shape * */
    FIELD_CHOICE,   /* int: index in `choices` */
    FIELD_INNER,    /* a struct in place, read by the table `inner` */
    FIELD_OWN,      /* read by `own` */
};

struct field {
    const char     *key;
    enum field_type type;
    size_t          offset;
    bool            required;
    double low, high; /* range of a COUNT, NUMBER, or DURATION (minutes); both 0: the type's own;
                         high below low: no highest */
    const char *const *choices; /* CHOICE: names, NULL at the end */
    const struct field
        *inner; /* INNER; for OWN: the table that `celsim fields` prints below it, or NULL */
    void (*own)(struct reader *reader, struct node *node, void *member); /* OWN */
    const char
        *unit; /* as the reference prints it: "days", "euros", "share"; NULL: from the type */
    const char *one_of; /* a list or mapping that says nothing when it is empty: what it must name
                           at least one of, "unit"; NULL: it may be empty */
    bool        whole_days; /* of a DURATION: it must be whole days */
    const char *otherwise;  /* what holds when it is left out, for the reference */
    const char *help;       /* one sentence */
};

/* Reads a mapping by its table (ended by a row with key NULL) into `object`. Keys not in the table
 * are errors, as are required keys that miss. A member whose key is absent is left as it is: set
 * defaults before. */
void fields_read(struct reader *reader, struct node *mapping, const struct field *table,
                 void *object);

/* Whether a mapping has all keys that the table requires and none that it does not know: then what
 * it says as a whole can be judged, although single values may be wrong. */
MUST_USE bool fields_fit(const struct node *mapping, const struct field *table);

/* A reader of its own that only keeps the node (struct node *), to be read when more is known. */
void node_keep(struct reader *reader, struct node *node, void *member);

/* One that reads a flag (bool): exactly `true` or `false`. The other words that YAML 1.1 takes for
 * truth (yes, on, ..) are refused, since not every reader takes them so. Left as it is after an
 * error. */
void flag_read(struct reader *reader, struct node *node, void *flag);

/* The single readers, for FIELD_OWN readers to call. false: an error was added. */
MUST_USE bool read_text(struct reader *reader, struct node *node, const char **text);
MUST_USE bool read_name(struct reader *reader, struct node *node, const char **name);
MUST_USE bool read_count(struct reader *reader, struct node *node, int64_t low, int64_t high,
                         int64_t *count);
MUST_USE bool read_number(struct reader *reader, struct node *node, double low, double high,
                          double *number);
MUST_USE bool read_share(struct reader *reader, struct node *node, struct fraction *share);
MUST_USE bool read_duration(struct reader *reader, struct node *node, int64_t low_min,
                            int64_t high_min, int64_t *min);
/* A duration that must be whole days, in minutes. */
MUST_USE bool read_whole_days(struct reader *reader, struct node *node, int64_t low_min,
                              int64_t high_min, int64_t *min);
MUST_USE bool read_date(struct reader *reader, struct node *node, int32_t *day);
/* A fraction of any size >= 0, for factors and rates: "13500", "0.95", "2/3". */
MUST_USE bool read_ratio(struct reader *reader, struct node *node, struct fraction *ratio);
/* Any shape: a bare duration, {family: {..}}, {bands: ..}, {csv: file}, {mixture: ..}, {steps: ..}.
 */
MUST_USE bool read_shape(struct reader *reader, struct node *node, const struct shape **shape);
/* The same of plain numbers in place of durations, for factors and euros under `uncertainty`; no
 * csv, no steps. A value of the shape is then the number, at most DURATION_AT_MOST (1.05 x 10^8).
 */
MUST_USE bool read_number_shape(struct reader *reader, struct node *node,
                                const struct shape **shape);
/* The index of the scalar's text among `count` names; the error says `what` ("status", "regime")
 * and the nearest name. */
MUST_USE bool read_reference(struct reader *reader, struct node *node, const char *what,
                             const char *const *names, int count, int *index);
/* A mapping or list where one must be. A mapping's `source` and `confidence` are checked here. */
MUST_USE bool read_mapping(struct reader *reader, struct node *node);
MUST_USE bool read_list(struct reader *reader, struct node *node);

/* Checks that a mapping's keys are names, each; used for named things. */
MUST_USE bool read_names(struct reader *reader, struct node *mapping);

/* `shares` in order with at most one `rest` (a node whose text is "rest"): fills the rest and
 * checks that all add up to 1, exactly. Messages point at `parent`. cumulative_threshold[i] =
 * rng_threshold(share_0 + .. + share_i). */
MUST_USE bool read_shares(struct reader *reader, struct node *parent, struct node *const *nodes,
                          int count, struct fraction *shares, uint64_t *cumulative_threshold);

/* Adds an error at the node's value, or at its key. */
void node_error(struct reader *reader, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void node_key_error(struct reader *reader, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* How messages call a node: its key, with the index behind it within a list: "bands[0][2]". */
const char *node_label(struct arena *arena, const struct node *node);

/* The error for a mapping without a key that it must have. A member that only this file has, whose
 * name is near that of one in a file that it extends, may be misspelt: says that too. */
void node_lacks_key(struct reader *reader, const struct node *mapping, const char *key);

/* What names_advice (sim/names.h) says of a name that is not known; "" where so many errors were
 * found that this one is not kept: a column of wrong names against thousands of units would take
 * long. */
const char *node_names_advice(const struct reader *reader, const char *text,
                              const char *const *names, int count);

/* The error for a key that is none of `names`: says the nearest, or else all. */
void node_unknown_key(struct reader *reader, const struct node *node, const char *const *names,
                      int count);

/* sum + term, a share, over their common denominator. false: that would pass 10^15, and nothing was
 * added. */
MUST_USE bool fraction_add(struct fraction *sum, struct fraction term);

/* Writes minutes in the largest unit that divides them: "14 days", "2 years", "90 minutes". */
void duration_format(int64_t min, char text[32]);

/* The families of shapes and their parameters: what read_shape reads, for the reference. */
extern const struct field shape_fields[];

/* A CSV file named by a node's text, relative to the node's file: see sim/kept.h. */

/* Prints the table as a Markdown table under a heading, inner tables after it. */
void fields_write(const struct field *table, const char *heading, FILE *out);

#endif
