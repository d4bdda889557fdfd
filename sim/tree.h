/* A YAML file as a tree of located nodes, read through libyaml's events. Strict: one document, a
 * mapping at the top, no aliases, anchors, tags, merge keys or duplicate keys, depth at most 64,
 * UTF-8 only. No types: all scalars are text; the field tables decide. Each node keeps the file and
 * place it came from, also after `extends` and `--set`.
 */
#ifndef CELSIM_SIM_TREE_H
#define CELSIM_SIM_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "sim/arena.h"
#include "sim/error.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAPPING };

/* What a reader took a node for. DAYS: a duration that must be whole days. SCALED: a mapping that
 * may hold a factor as its member `scale`. FILE: the name of a file that is kept in the tree
 * (sim/kept.h). */
enum node_content {
    CONTENT_OTHER,
    CONTENT_COUNT,
    CONTENT_NUMBER,
    CONTENT_DURATION,
    CONTENT_DAYS,
    CONTENT_SCALED,
    CONTENT_FILE
};

struct node {
    enum node_kind kind;
    const char    *file;
    int            line, column; /* of the value, from 1; column in characters */
    const char    *key;          /* of a mapping's member; NULL elsewhere */
    int            key_line, key_column;
    const char    *text;                /* SCALAR: the text, "" if empty */
    bool           quoted;              /* SCALAR: was written in quotes or as a block */
    struct node   *first, *last, *next; /* children in file order; siblings */
    struct node   *parent;              /* NULL at the root */
    int            count;               /* children */
    bool           used;                /* fields: a reader has asked for it */
    const char    *over; /* the file of what it took the place of; NULL: of nothing */

    enum node_content content; /* fields: set by the reader that could read it, */
    double            number;  /* with a COUNT, a NUMBER, or the minutes of a DURATION or DAYS */
};

/* Reads a file, and what it `extends` (a path relative to the file, or a list of them; each lies
 * over those before it and what they extend, the extending file over all; a file that is met again
 * counts where it was met first: mappings merge by key, lists and scalars are replaced whole,
 * `name: remove` deletes). NULL after errors that leave no tree. */
struct node *tree_read(struct arena *arena, const char *path, struct errors *errors);

/* As tree_read, from text; `name` stands for the file in messages; extends is resolved against its
 * folder. */
struct node *tree_read_text(struct arena *arena, const char *name, const char *text, size_t length,
                            struct errors *errors);

/* Applies `path=value`: dots lead through mappings by name, [3] or .3 into lists (from 0); the
 * value is read as YAML. A last name that misses is added, and so are mappings on the way to it,
 * unless the name resembles one that is there. Errors name the file "--set" and the column in the
 * argument. false after an error: the tree is as it was. */
MUST_USE bool tree_set(struct arena *arena, struct node *root, const char *assignment,
                       struct errors *errors);

/* Whether it was given on the command line. */
bool tree_is_set(const struct node *node);

/* A copy that shares the texts: to change and read again. No node of it is `used`. */
struct node *tree_copy(struct arena *arena, const struct node *root);

/* Gives a mapping a member with this text, in place of one of the same key; errors about it point
 * where `stated` stands. */
void tree_put(struct arena *arena, struct node *mapping, const char *key, const char *text,
              const struct node *stated);

/* An empty mapping of its own, in no file. */
struct node *tree_mapping(struct arena *arena);

/* Puts a child, which is in no tree, behind the last of a mapping or list. */
void tree_append(struct node *parent, struct node *child);

/* Puts an empty node behind the children of a mapping, or with the key NULL of a list. Its line is
 * 0: it was in no file. */
struct node *tree_add(struct arena *arena, struct node *parent, enum node_kind kind,
                      const char *key);

/* Takes a child out of its parent, or the member with this key, if there is one. */
void tree_unlink(struct node *child);
void tree_drop(struct node *mapping, const char *key);

/* The member with this key, or NULL. */
struct node *node_find(const struct node *mapping, const char *key);

/* Whether it is a `source` or `confidence`, which loops over named things pass by. */
bool node_is_note(const struct node *node);

/* The bytes of the first name of a path below a node ("flows" of flows.remand): the longest key of
 * the node with dots in it with which the path goes on (a unit of an institution), else up to '.',
 * '[' or '='. */
size_t node_step_length(const struct node *node, const char *path);

/* The node at a path of names in dots below a mapping, or NULL. */
struct node *node_at(const struct node *mapping, const char *path);

/* The node's path from the root in dots: "statuses.remand.stay". */
const char *node_path(struct arena *arena, const struct node *node);

/* Writes the tree as YAML that reads back to the same tree; block style, `indent` blanks in front.
 * A text that YAML 1.1 would read as a truth value or null is quoted. */
void tree_write(const struct node *node, FILE *out, int indent);

/* Writes a text in YAML's double quotes. It may come from outside: a byte that is no UTF-8 becomes
 * \xNN. */
void tree_write_quoted(const char *text, FILE *out);

#endif
