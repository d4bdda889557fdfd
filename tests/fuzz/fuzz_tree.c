/* Bytes read as a scenario, walked, written and read back; then once more as an argument of --set.
 * Build with clang -fsanitize=fuzzer,address,undefined.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tree.h"
#include "tests/same_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool condition)
{
    if (!condition)
        abort();
}

static void walk(struct arena *arena, const struct node *node)
{
    int                count = 0;
    const struct node *last = NULL;
    demand(node->line > 0 && node->column > 0);
    demand((node->parent == NULL) == (node_path(arena, node)[0] == '\0'));
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        demand(child->parent == node);
        demand(child->key == NULL || node_find(node, child->key) == child);
        walk(arena, child);
        last = child;
        count++;
    }
    demand(count == node->count && last == node->last);
}

static void check_round_trip(struct arena *arena, const struct node *root)
{
    struct errors errors = {0};
    char         *text = NULL, *again = NULL;
    size_t        length = 0, again_length = 0;
    FILE         *out = open_memstream(&text, &length);
    tree_write(root, out, 0);
    fclose(out);
    struct node *back = tree_read_text(arena, "back.yaml", text, length, &errors);
    demand(back != NULL && errors.count == 0 && same_tree(root, back));

    out = open_memstream(&again, &again_length);
    tree_write(back, out, 0);
    fclose(out);
    demand(length == again_length && memcmp(text, again, length) == 0);
    free(text);
    free(again);
}

static void check_set(struct arena *arena, const uint8_t *data, size_t size)
{
    static const char yaml[] = "a: {b: 1, c: [1, {d: 2}]}\nname: text\n";
    struct errors     errors = {0};
    struct node      *root = tree_read_text(arena, "set.yaml", yaml, sizeof yaml - 1, &errors);
    char             *assignment = arena_text(arena, (const char *)data, size);
    bool              set = tree_set(arena, root, assignment, &errors);
    demand(set == (errors.count == 0));
    walk(arena, root);
    check_round_trip(arena, root);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct errors errors = {0};
    struct arena  arena;
    demand(arena_open(&arena, (size_t)1 << 32, &errors));
    struct node *root = tree_read_text(&arena, "fuzz.yaml", (const char *)data, size, &errors);
    demand(root != NULL || errors.count > 0);
    if (root != NULL) {
        walk(&arena, root);
        if (errors.count == 0)
            check_round_trip(&arena, root);
    }
    if (size < 1000)
        check_set(&arena, data, size);
    arena_close(&arena);
    return 0;
}
