/* Whether two trees hold the same; for the tests of sim/tree. */
#ifndef CELSIM_TESTS_SAME_TREE_H
#define CELSIM_TESTS_SAME_TREE_H

#include <stdbool.h>
#include <string.h>

#include "sim/tree.h"

/* Kinds, keys, texts and order. Writing may add quotes that were not there, never take them away.
 */
static inline bool same_tree(const struct node *before, const struct node *after)
{
    if (before->kind != after->kind || before->count != after->count ||
        strcmp(before->text, after->text) != 0 || (before->quoted && !after->quoted))
        return false;
    if ((before->key == NULL) != (after->key == NULL) ||
        (before->key != NULL && strcmp(before->key, after->key) != 0))
        return false;
    const struct node *b = after->first;
    for (const struct node *a = before->first; a != NULL; a = a->next, b = b->next)
        if (!same_tree(a, b))
            return false;
    return b == NULL;
}

#endif
