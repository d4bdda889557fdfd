/* A tree read from text or files, and the texts of its errors, for the tests of sim/tree. */
#ifndef CELSIM_TESTS_TREE_WORLD_H
#define CELSIM_TESTS_TREE_WORLD_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tree.h"
#include "tests/own_folder.h"

struct world {
    struct arena  arena;
    struct errors errors;
    const char   *folder; /* of the files of this test; NULL: it has none */
};

static inline void open_world(struct world *world)
{
    memset(world, 0, sizeof *world);
    cr_assert(arena_open(&world->arena, (size_t)1 << 33, &world->errors));
}

static inline void open_folder(struct world *world)
{
    open_world(world);
    world->folder = own_folder();
}

static inline const char *path_of(struct world *world, const char *name)
{
    return arena_print(&world->arena, "%s/%s", world->folder, name);
}

/* All errors, a line each, as main prints them; the test's folder is left out. */
static inline const char *told(struct world *world)
{
    static char text[60000];
    size_t      used = 0;
    size_t      folder = world->folder ? strlen(world->folder) : 0;
    text[0] = '\0';
    for (int i = 0; i < world->errors.count && i < 100; i++) {
        const struct error *error = &world->errors.list[i];
        const char         *file = error->file;
        if (folder > 0 && strncmp(file, world->folder, folder) == 0)
            file += folder + 1;
        if (error->outside)
            used +=
                (size_t)snprintf(text + used, sizeof text - used, "%s: %s\n", file, error->text);
        else
            used += (size_t)snprintf(text + used, sizeof text - used, "%s:%d:%d: %s\n", file,
                                     error->line, error->column, error->text);
    }
    for (char *at; folder > 0 && (at = strstr(text, world->folder)) != NULL;)
        memmove(at, at + folder + 1, strlen(at + folder + 1) + 1);
    world->errors.count = 0;
    return text;
}

static inline struct node *read_text(struct world *world, const char *text)
{
    return tree_read_text(&world->arena, "t.yaml", text, strlen(text), &world->errors);
}

static inline const char *written(struct world *world, const struct node *node, int indent)
{
    char  *text = NULL;
    size_t length = 0;
    FILE  *out = open_memstream(&text, &length);
    tree_write(node, out, indent);
    fclose(out);
    const char *copy = arena_text(&world->arena, text, length);
    free(text);
    return copy;
}

static inline struct node *at_path(struct node *node, const char *path)
{
    char  copy[100];
    char *rest = NULL;
    snprintf(copy, sizeof copy, "%s", path);
    for (char *name = strtok_r(copy, ".", &rest); name; name = strtok_r(NULL, ".", &rest)) {
        node = node_find(node, name);
        cr_assert(node != NULL, "no %s in %s", name, path);
    }
    return node;
}

static inline void check_place(const struct node *node, const char *file, int line, int column)
{
    cr_expect_str_eq(node->file, file);
    cr_expect(node->line == line && node->column == column, "%d:%d, not %d:%d", node->line,
              node->column, line, column);
}

#endif
