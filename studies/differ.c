#include "studies/differ.h"

#include <string.h>

#include "sim/tree.h"

/* Where two trees part: what stands there in each; NULL: nothing does. */
struct fork {
    const struct node *one, *other;
    bool               is_order; /* the same members in another order, below these */
};

static bool find_fork(const struct node *one, const struct node *other, struct fork *fork);

static bool set_fork(struct fork *fork, const struct node *one, const struct node *other,
                     bool is_order)
{
    *fork = (struct fork){one, other, is_order};
    return true;
}

static bool find_in_lists(const struct node *one, const struct node *other, struct fork *fork)
{
    const struct node *a = one->first, *b = other->first;
    for (; a && b; a = a->next, b = b->next)
        if (find_fork(a, b, fork))
            return true;
    return (a || b) && set_fork(fork, a, b, false);
}

static bool find_in_mappings(const struct node *one, const struct node *other, struct fork *fork)
{
    for (const struct node *a = one->first; a; a = a->next) {
        const struct node *b = node_find(other, a->key);
        if (!b)
            return set_fork(fork, a, NULL, false);
        if (find_fork(a, b, fork))
            return true;
    }
    for (const struct node *b = other->first; b; b = b->next)
        if (!node_find(one, b->key))
            return set_fork(fork, NULL, b, false);
    const struct node *a = one->first, *b = other->first;
    for (; a; a = a->next, b = b->next)
        if (strcmp(a->key, b->key) != 0)
            return set_fork(fork, one, other, true);
    return false;
}

static bool find_fork(const struct node *one, const struct node *other, struct fork *fork)
{
    if (one->kind != other->kind)
        return set_fork(fork, one, other, false);
    if (one->kind == NODE_SCALAR)
        return strcmp(one->text, other->text) != 0 && set_fork(fork, one, other, false);
    return one->kind == NODE_LIST ? find_in_lists(one, other, fork)
                                  : find_in_mappings(one, other, fork);
}

static const char *words(const struct node *node)
{
    static const char *const kinds[] = {
        [NODE_SCALAR] = "", [NODE_LIST] = "a list", [NODE_MAPPING] = "a mapping"};
    return node->kind == NODE_SCALAR ? node->text : kinds[node->kind];
}

/* The file whose digest or text this is, or NULL. */
static const char *file_of(const struct node *node)
{
    const struct node *item = node->parent, *list = item ? item->parent : NULL;
    const struct node *name = list && list->key && strcmp(list->key, "files") == 0 && !item->key
                                  ? node_find(item, "name")
                                  : NULL;
    return name && strcmp(node->key, "name") != 0 ? name->text : NULL;
}

static const char *tell(struct arena *arena, const struct fork *fork)
{
    const char *path = node_path(arena, fork->one ? fork->one : fork->other);
    if (fork->is_order)
        return arena_print(arena, "%.120s has its members in another order", path);
    if (!fork->one || !fork->other)
        return arena_print(arena, "only %s has %.120s", fork->one ? "this one" : "that one", path);
    if (file_of(fork->one))
        return arena_print(arena, "the contents of %.120s differ", file_of(fork->one));
    return arena_print(arena, "%.120s is %.60s, not %.60s", path, words(fork->one),
                       words(fork->other));
}

const char *scenario_difference(struct arena *arena, const char *one, const char *other)
{
    struct fork        fork;
    struct errors     *errors = arena_new(arena, struct errors, 1);
    const struct node *a = tree_read_text(arena, "one", one, strlen(one), errors);
    const struct node *b = tree_read_text(arena, "other", other, strlen(other), errors);
    return a && b && find_fork(a, b, &fork) ? tell(arena, &fork) : "";
}
