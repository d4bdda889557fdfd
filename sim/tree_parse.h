/* What tree.c, tree_edit.c and tree_write.c share; nobody else includes this. */
#ifndef CELSIM_SIM_TREE_PARSE_H
#define CELSIM_SIM_TREE_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/tree.h"

enum { TREE_DEPTH_MAX = 64 };

/* Checked text to parse, and where it stands. */
struct tree_source {
    const char *file;
    const char *bytes;
    size_t      length;
    int         column; /* characters in front of it on its first line */
    int         depth;  /* lists and mappings around it */
};

/* The node that the source holds, of any kind. After an error it is what stands before the error,
 * or NULL. `*whole` is false when something that was written is not in it: then it is only good for
 * finding more errors. */
struct node *tree_parse(struct arena *arena, const struct tree_source *source, bool *whole,
                        struct errors *errors);

/* Whether a key may stand in a tree; else an error. */
bool tree_check_key(const char *key, const char *file, int line, int column, struct errors *errors);

/* Lays `top` over `base`, both mappings; `top` is used up. */
void tree_overlay(struct arena *arena, struct node *base, struct node *top, struct errors *errors);

/* Errors for each `name: remove` in a part of a tree that lies over nothing; takes them out, so
 * that nobody takes the word for a value. */
void tree_refuse_removals(struct node *node, struct errors *errors);

#endif
