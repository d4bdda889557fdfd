#include "models/scenario.h"

#include <string.h>

static bool is_of(const struct node *node, const char *key, const char *section)
{
    return node->key && strcmp(node->key, key) == 0 && node->parent && node->parent->key &&
           strcmp(node->parent->key, section) == 0;
}

/* The keys whose value is a shape. */
static bool holds_shape(const struct node *node)
{
    static const char *const keys[] = {"stay",    "sentence", "back_after", "lag",  "offence_delay",
                                       "elapsed", "since",    "slip",       "delay"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (node->key && strcmp(node->key, keys[i]) == 0)
            return true;
    return is_of(node, "after", "fails") || is_of(node, "lasts", "crisis");
}

static bool varies(const struct node *node)
{
    return node->kind == NODE_MAPPING && node_find(node, "by");
}

/* The names by which the path can go on. */
static const char **names_below(struct arena *arena, const struct node *node, int *count)
{
    const char **names = arena_new(arena, const char *, (size_t)node->count);
    *count = 0;
    for (const struct node *child = node->first; child; child = child->next)
        if (child->key && !node_is_note(child) && strcmp(child->key, "by") != 0)
            names[(*count)++] = child->key;
    return names;
}

static struct node *refuse(struct reader *reader, const struct node *node, const char *name)
{
    int          count;
    const char **names = names_below(reader->arena, node, &count);
    const char  *label = node->parent ? node_path(reader->arena, node) : "the scenario";
    node_error(reader, node, "%s has no %s%s", label, name,
               node_names_advice(reader, name, names, count));
    return NULL;
}

/* A value of the attribute that is not named takes what stands at `else`. */
static struct node *step(struct reader *reader, const struct node *node, const char *name)
{
    struct node *next = node->kind == NODE_MAPPING ? node_find(node, name) : NULL;
    if (!next && varies(node))
        next = node_find(node, "else");
    return next ? next : refuse(reader, node, name);
}

static struct node *walk(struct reader *reader, struct node *node, const char *path)
{
    while (node && *path) {
        size_t length = node_step_length(node, path);
        node = step(reader, node, arena_text(reader->arena, path, length));
        path += length + (path[length] == '.');
    }
    return node;
}

static bool is_input(const struct node *node)
{
    return node->parent && is_of(node->parent, "inputs", "uncertainty") && !node_is_note(node);
}

/* Whether it is of numbers or of durations follows from what it stands for: all is read. */
static const struct shape *shape_of_input(struct arena *arena, const struct node *node,
                                          const char *file, const char *const *sets, int set_count,
                                          struct errors *errors)
{
    const struct scenario *scenario = scenario_load(arena, file, sets, set_count, errors);
    for (int i = 0; scenario && i < scenario->inputs.count; i++)
        if (strcmp(scenario->inputs.list[i].stated->key, node->key) == 0)
            return scenario->inputs.list[i].shape;
    return NULL;
}

const struct shape *scenario_find_shape(struct arena *arena, const char *path, const char *file,
                                        const char *const *sets, int set_count,
                                        struct errors *errors)
{
    struct reader       reader = {arena, errors, NULL};
    int                 before = errors->count;
    struct node        *root = tree_read(arena, file, errors);
    const struct shape *shape = NULL;
    for (int i = 0; root && i < set_count; i++)
        (void)!tree_set(arena, root, sets[i], errors);
    if (errors->count > before)
        return NULL;
    struct node *node = walk(&reader, root, path);
    if (!node)
        return NULL;
    if (is_input(node))
        return shape_of_input(arena, node, file, sets, set_count, errors);
    if (holds_shape(node) && varies(node)) {
        node_error(&reader, node, "%s varies by %s; end the path with one of its values", path,
                   node_find(node, "by")->text);
        return NULL;
    }
    if (!holds_shape(node) &&
        !(node->parent && holds_shape(node->parent) && varies(node->parent))) {
        node_error(
            &reader, node,
            "%s is no shape; shapes stand at stay, sentence, back_after, elapsed, since, "
            "slip, lag, offence_delay, delay, after (of fails), lasts (of crisis) and in inputs",
            path);
        return NULL;
    }
    return read_shape(&reader, node, &shape) ? shape : NULL;
}
