/* Uncertain inputs: numbers of the scenario that are known only as a shape. A draw of the inputs
 * gives each of them one value, as `--set` would, for `per_draw` replications; the plan is then
 * read again (docs/semantics.md, rule 17).
 */
#ifndef CELSIM_MODELS_INPUTS_H
#define CELSIM_MODELS_INPUTS_H

#include "sim/fields.h"

#define INPUT_ONE 1000000000 /* factors and numbers are drawn in billionths */

enum input_kind {
    INPUT_FACTOR,   /* multiplies what stands there; billionths */
    INPUT_NUMBER,   /* replaces it; billionths */
    INPUT_COUNT,    /* replaces it; whole */
    INPUT_DURATION, /* replaces it; minutes */
    INPUT_DAYS      /* replaces it where it must be whole days; days */
};

struct input {
    const char         *path; /* as node_path writes it */
    enum input_kind     kind;
    const struct shape *shape; /* of the factor, the number or the minutes */
    uint64_t            hash;  /* rng_hash(path): the key of its draws */
    const struct node  *stated;
};

struct inputs {
    int64_t            per_draw; /* replications of a draw; 0: nothing is uncertain */
    int                count;
    struct input      *list;
    const struct node *node; /* `inputs:` */
};

/* Reads `uncertainty:` (NULL: nothing is uncertain), last of all sections: what stands at a path
 * is known once it was read. */
void inputs_read(struct reader *reader, struct node *node, struct node *root,
                 struct inputs *inputs);

/* Before reading: takes out what is stated of numbers at a path or below it. */
void inputs_drop_within(struct node *root, const char *path);

/* The value of an input in a draw, in the unit of its kind. Depends on seed, draw and path only. */
int64_t input_value(const struct input *input, uint64_t seed, uint64_t draw);

/* The least and the greatest value that can be drawn. */
struct input_ends {
    int64_t least, most;
};
struct input_ends input_ends(const struct input *input);

/* The value as the scenario would say it: "1.03", "8412.5", "90 minutes". */
const char *input_text(struct arena *arena, const struct input *input, int64_t value);

/* Puts a value into a tree of the same scenario that was read before (tree_copy). */
void input_put(struct arena *arena, struct node *root, const struct input *input, int64_t value);

/* A table of them for `celsim check`; nothing where there are none. */
void inputs_write(const struct inputs *inputs, FILE *out);

/* The unit of a kind in inputs.csv: "factor", "number", "count", "minutes", "days". */
const char *input_unit(enum input_kind kind);
/* Values of the kind are whole, not billionths. */
bool input_is_whole(enum input_kind kind);

extern const struct field uncertainty_fields[];

#endif
