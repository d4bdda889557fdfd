/* A reader over YAML text, and the texts of its errors, for the tests of fields. */
#ifndef CELSIM_TESTS_YAML_READER_H
#define CELSIM_TESTS_YAML_READER_H

#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "sim/fields.h"

struct yaml_reader {
    struct arena  arena;
    struct errors errors;
    struct reader reader;
};

static inline void yaml_open(struct yaml_reader *yaml)
{
    *yaml = (struct yaml_reader){0};
    cr_assert(arena_open(&yaml->arena, (size_t)1 << 26, &yaml->errors));
    yaml->reader = (struct reader){&yaml->arena, &yaml->errors, NULL};
}

/* The root mapping; what was read before is given back. */
static inline struct node *yaml_root(struct yaml_reader *yaml, const char *text)
{
    arena_reset(&yaml->arena);
    yaml->errors.count = 0;
    struct node *root = tree_read_text(&yaml->arena, "t.yaml", text, strlen(text), &yaml->errors);
    cr_assert(root && yaml->errors.count == 0, "%s: %s", text, yaml->errors.list[0].text);
    return root;
}

/* The value of the key `x` of "x: <value>". */
static inline struct node *yaml_value(struct yaml_reader *yaml, const char *value)
{
    char text[2000];
    snprintf(text, sizeof text, "x: %s\n", value);
    return node_find(yaml_root(yaml, text), "x");
}

/* All errors as "line:column text" with a newline between; "" when there are none. */
static inline const char *yaml_errors(const struct yaml_reader *yaml)
{
    static char text[8000];
    size_t      used = 0;
    text[0] = '\0';
    for (int i = 0; i < yaml->errors.count && i < 10; i++) {
        const struct error *error = &yaml->errors.list[i];
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%d:%d %s", i ? "\n" : "",
                                 error->line, error->column, error->text);
    }
    return text;
}

#endif
