/* What a file `extends`: the files below it, each once, laid one over the other. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/text.h"
#include "sim/tree_parse.h"

enum {
    CHAIN_MAX = 16, /* files, from one to the next */
    FILES_MAX = 64, /* in all */
};

/* A file, and the one that extends it; NULL at the scenario itself. */
struct chain {
    const char         *path;
    const struct chain *above;
    int                 length;
};

/* A file that was read; `top` lies over those before it in the list. NULL: it could not be read. */
struct layer {
    const char  *path;
    struct node *top;
};

struct layers {
    struct arena  *arena;
    struct errors *errors;
    int            count;
    struct layer   list[FILES_MAX];
    bool           full, broken;
};

static void add_file(struct layers *layers, const struct text *text, const struct chain *chain);

static bool same_file(const char *a, const char *b)
{
    struct stat status_a, status_b;
    if (stat(a, &status_a) != 0 || stat(b, &status_b) != 0)
        return strcmp(a, b) == 0;
    return status_a.st_dev == status_b.st_dev && status_a.st_ino == status_b.st_ino;
}

/* "a.yaml, b.yaml": the chain from the first file on. */
static const char *chain_text(struct arena *arena, const struct chain *chain)
{
    if (chain->above == NULL)
        return chain->path;
    return arena_print(arena, "%s, %s", chain_text(arena, chain->above), chain->path);
}

/* -- one name of a file */

/* Whether a file may follow in the chain. */
static bool check_chain(struct layers *layers, const struct node *extends,
                        const struct chain *chain, const char *path)
{
    struct errors *errors = layers->errors;
    for (const struct chain *link = chain; link != NULL; link = link->above) {
        if (!same_file(link->path, path))
            continue;
        errors_add(errors, extends->file, extends->line, extends->column,
                   "extends goes round in a circle: %s, %s", chain_text(layers->arena, chain),
                   path);
        return false;
    }
    if (chain->length == CHAIN_MAX) {
        errors_add(errors, extends->file, extends->line, extends->column,
                   "extends leads through over %d files; no more are allowed", CHAIN_MAX);
        return false;
    }
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        errors_add(errors, extends->file, extends->line, extends->column,
                   "extends names '%s', which is a folder; it must be a file", path);
        return false;
    }
    if (access(path, R_OK) != 0) {
        const char *reason = strerror(errno);
        errors_add(errors, extends->file, extends->line, extends->column,
                   "extends names '%s', which cannot be read: %s%s", path, reason,
                   text_file_advice(layers->arena, path));
        return false;
    }
    return true;
}

static bool is_laid(const struct layers *layers, const char *path)
{
    for (int i = 0; i < layers->count; i++)
        if (same_file(layers->list[i].path, path))
            return true;
    return false;
}

static bool add_named(struct layers *layers, const struct node *name, const struct chain *chain)
{
    if (name->kind != NODE_SCALAR || name->text[0] == '\0') {
        errors_add(layers->errors, name->file, name->line, name->column,
                   "extends must be the path of a file, seen from the folder of this one, or a "
                   "list of such paths");
        return false;
    }
    struct text  text;
    const char  *path = text_path_beside(layers->arena, name->file, name->text);
    struct chain link = {.path = path, .above = chain, .length = chain->length + 1};
    if (!check_chain(layers, name, chain, path))
        return false;
    if (is_laid(layers, path))
        return true;
    if (!text_read(layers->arena, path, &text, layers->errors))
        return false;
    add_file(layers, &text, &link);
    return true;
}

static void add_bases(struct layers *layers, const struct node *extends, const struct chain *chain)
{
    bool is_list = extends->kind == NODE_LIST && extends->first;
    for (const struct node *name = is_list ? extends->first : extends; name;
         name = is_list ? name->next : NULL)
        layers->broken |= !add_named(layers, name, chain);
}

/* -- one file */

static bool is_empty(const struct node *node)
{
    return node == NULL || (node->kind == NODE_SCALAR && !node->quoted && node->text[0] == '\0');
}

/* The mapping that a file holds, or NULL. */
static struct node *read_top(struct arena *arena, const struct text *text, bool *whole,
                             struct errors *errors)
{
    struct tree_source source = {text->file, text->bytes, text->length, 0, 0};
    struct node       *top = tree_parse(arena, &source, whole, errors);
    if (top != NULL && top->kind == NODE_MAPPING)
        return top;
    if (!*whole)
        return NULL;
    if (is_empty(top))
        errors_add(errors, text->file, 1, 1, "the file is empty; it must hold 'key: value' lines");
    else
        errors_add(errors, top->file, top->line, top->column,
                   "the file must hold 'key: value' lines at the top, not a %s",
                   top->kind == NODE_LIST ? "list" : "single text");
    return NULL;
}

/* What it extends comes first. */
static void add_file(struct layers *layers, const struct text *text, const struct chain *chain)
{
    bool         whole;
    struct node *top = read_top(layers->arena, text, &whole, layers->errors);
    layers->broken |= top == NULL || !whole;
    struct node *extends = top ? node_find(top, "extends") : NULL;
    if (extends) {
        tree_unlink(extends);
        add_bases(layers, extends, chain);
    }
    if (layers->count < FILES_MAX) {
        layers->list[layers->count++] = (struct layer){chain->path, top};
        return;
    }
    layers->broken = true;
    if (!layers->full)
        errors_add(layers->errors, text->file, 1, 1,
                   "with this file extends takes in over %d files; no more are allowed", FILES_MAX);
    layers->full = true;
}

/* -- the whole */

static struct node *lay(const struct layers *layers)
{
    struct node *root = layers->broken ? NULL : layers->list[0].top;
    if (root == NULL)
        return NULL;
    tree_refuse_removals(root, layers->errors);
    for (int i = 1; i < layers->count; i++)
        tree_overlay(layers->arena, root, layers->list[i].top, layers->errors);
    return root;
}

static struct node *read_all(struct arena *arena, const char *path, const struct text *text,
                             struct errors *errors)
{
    struct layers layers = {.arena = arena, .errors = errors};
    struct chain  chain = {.path = path, .length = 1};
    add_file(&layers, text, &chain);
    return lay(&layers);
}

struct node *tree_read(struct arena *arena, const char *path, struct errors *errors)
{
    struct text text;
    return text_read(arena, path, &text, errors) ? read_all(arena, path, &text, errors) : NULL;
}

struct node *tree_read_text(struct arena *arena, const char *name, const char *text, size_t length,
                            struct errors *errors)
{
    struct text taken;
    return text_take(arena, name, text, length, &taken, errors)
               ? read_all(arena, name, &taken, errors)
               : NULL;
}
