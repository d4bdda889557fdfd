/* The tree after it was read: finding, laying one over another, --set. */
#include "sim/tree.h"

#include <stdint.h>
#include <string.h>

#include "sim/names.h"
#include "sim/text.h"
#include "sim/tree_parse.h"

struct node *tree_mapping(struct arena *arena)
{
    struct node *mapping = arena_new(arena, struct node, 1);
    mapping->kind = NODE_MAPPING;
    return mapping;
}

void tree_append(struct node *parent, struct node *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
    parent->count++;
}

static struct node *before(const struct node *child)
{
    struct node *node = child->parent->first;
    if (node == child)
        return NULL;
    while (node->next != child)
        node = node->next;
    return node;
}

/* Puts `child` in the place of `old`. */
static void replace(struct node *old, struct node *child)
{
    struct node *parent = old->parent;
    struct node *previous = before(old);
    child->parent = parent;
    child->over = old->file;
    child->next = old->next;
    if (previous == NULL)
        parent->first = child;
    else
        previous->next = child;
    if (parent->last == old)
        parent->last = child;
}

void tree_unlink(struct node *child)
{
    struct node *parent = child->parent;
    struct node *previous = before(child);
    if (previous == NULL)
        parent->first = child->next;
    else
        previous->next = child->next;
    if (parent->last == child)
        parent->last = previous;
    parent->count--;
}

bool node_is_note(const struct node *node)
{
    return node->key && (strcmp(node->key, "source") == 0 || strcmp(node->key, "confidence") == 0);
}

struct node *node_find(const struct node *mapping, const char *key)
{
    if (mapping->kind != NODE_MAPPING)
        return NULL;
    for (struct node *member = mapping->first; member != NULL; member = member->next)
        if (strcmp(member->key, key) == 0)
            return member;
    return NULL;
}

struct node *node_at(const struct node *mapping, const char *path)
{
    for (;;) {
        size_t       length = strcspn(path, ".");
        struct node *child = mapping->kind == NODE_MAPPING ? mapping->first : NULL;
        while (child && (strncmp(child->key, path, length) != 0 || child->key[length]))
            child = child->next;
        if (!child || !path[length])
            return child;
        mapping = child;
        path += length + 1;
    }
}

struct node *tree_copy(struct arena *arena, const struct node *root)
{
    struct node *copy = arena_new(arena, struct node, 1);
    *copy = *root;
    copy->first = copy->last = copy->next = copy->parent = NULL;
    copy->count = 0;
    copy->used = false;
    for (const struct node *child = root->first; child != NULL; child = child->next)
        tree_append(copy, tree_copy(arena, child));
    return copy;
}

void tree_put(struct arena *arena, struct node *mapping, const char *key, const char *text,
              const struct node *stated)
{
    struct node *member = node_find(mapping, key);
    if (member == NULL) {
        member = arena_new(arena, struct node, 1);
        member->key = key;
        member->key_line = stated->line;
        member->key_column = stated->column;
        tree_append(mapping, member);
    }
    member->kind = NODE_SCALAR;
    member->text = text;
    member->quoted = false;
    member->file = stated->file;
    member->line = stated->line;
    member->column = stated->column;
}

struct node *tree_add(struct arena *arena, struct node *parent, enum node_kind kind,
                      const char *key)
{
    struct node *child = arena_new(arena, struct node, 1);
    *child = (struct node){.kind = kind, .file = parent->file, .key = key, .text = ""};
    tree_append(parent, child);
    return child;
}

void tree_drop(struct node *mapping, const char *key)
{
    struct node *member = node_find(mapping, key);
    if (member != NULL)
        tree_unlink(member);
}

static int index_of(const struct node *item)
{
    int index = 0;
    for (const struct node *node = item->parent->first; node != item; node = node->next)
        index++;
    return index;
}

const char *node_path(struct arena *arena, const struct node *node)
{
    if (node->parent == NULL)
        return "";
    const char *above = node_path(arena, node->parent);
    if (node->key == NULL)
        return arena_print(arena, "%s[%d]", above, index_of(node));
    return arena_print(arena, "%s%s%s", above, above[0] == '\0' ? "" : ".", node->key);
}

/* " (did you mean 'x'?)" for the member with the nearest name, or "". */
static const char *hint_for(struct arena *arena, const struct node *mapping, const char *name)
{
    const char **names = arena_new(arena, const char *, (size_t)mapping->count);
    int          count = 0;
    for (const struct node *member = mapping->first; member != NULL; member = member->next)
        names[count++] = member->key;
    const char *nearest = nearest_name(name, names, count);
    return nearest == NULL ? "" : arena_print(arena, " (did you mean '%s'?)", nearest);
}

static bool is_removal(const struct node *node)
{
    return node->kind == NODE_SCALAR && !node->quoted && strcmp(node->text, "remove") == 0;
}

static void tell_nothing_to_remove(const struct node *node, const char *hint, struct errors *errors)
{
    errors_add(errors, node->file, node->key_line, node->key_column,
               "there is no '%s' to remove%s; put the word in quotes if it is a text", node->key,
               hint);
}

void tree_refuse_removals(struct node *node, struct errors *errors)
{
    struct node *following;
    for (struct node *child = node->first; child != NULL; child = following) {
        following = child->next;
        tree_refuse_removals(child, errors);
        if (child->key == NULL || !is_removal(child))
            continue;
        tell_nothing_to_remove(child, "", errors);
        tree_unlink(child);
    }
}

/* A mapping that says a single value: {value: .., source: ..}. */
static bool is_single(const struct node *node)
{
    const struct node *value = node_find(node, "value");
    for (const struct node *member = node->first; member; member = member->next)
        if (member != value && !node_is_note(member))
            return false;
    return value && value->kind == NODE_SCALAR;
}

/* A mapping of other keys (by year) replaces a single value, and is replaced by one. */
static bool is_other_than_single(const struct node *one, const struct node *other)
{
    bool has_more = false;
    for (const struct node *member = other->first; member; member = member->next)
        has_more |= !node_is_note(member);
    return is_single(one) && !node_find(other, "value") && has_more;
}

static bool merges(const struct node *old, const struct node *top)
{
    return old->kind == NODE_MAPPING && top->kind == NODE_MAPPING &&
           !is_other_than_single(old, top) && !is_other_than_single(top, old);
}

static void overlay_member(struct arena *arena, struct node *base, struct node *member,
                           struct errors *errors)
{
    struct node *old = node_find(base, member->key);
    if (is_removal(member)) {
        if (old == NULL)
            tell_nothing_to_remove(member, hint_for(arena, base, member->key), errors);
        else
            tree_unlink(old);
        return;
    }
    if (old != NULL && merges(old, member)) {
        tree_overlay(arena, old, member, errors);
        return;
    }
    tree_refuse_removals(member, errors);
    if (old == NULL)
        tree_append(base, member);
    else
        replace(old, member);
}

void tree_overlay(struct arena *arena, struct node *base, struct node *top, struct errors *errors)
{
    struct node *following;
    for (struct node *member = top->first; member != NULL; member = following) {
        following = member->next;
        overlay_member(arena, base, member, errors);
    }
}

/* All places of an assignment lie on its line 1. */
static const char set_file[] = "--set";

bool tree_is_set(const struct node *node)
{
    return node->file == set_file;
}

/* A path on its way: `at` is the next byte to read, `node` what was reached, and the last step is
 * kept to say where a value goes. */
struct walk {
    struct arena  *arena;
    struct errors *errors;
    const char    *start, *at, *end; /* the assignment, up to its '=' */
    struct node   *node;             /* NULL: the last step led to a name that is not there yet */
    struct node   *parent;
    struct node   *made; /* the first mapping that misses on the way: put in when all is well */
    const char    *name; /* of the last step */
    int            name_column;
};

static int column_of(const struct walk *walk, const char *at)
{
    return text_characters(walk->start, (size_t)(at - walk->start)) + 1;
}

#define TELL(walk, at, ...)                                                                        \
    errors_add((walk)->errors, set_file, 1, column_of((walk), (at)), __VA_ARGS__)

size_t node_step_length(const struct node *node, const char *path)
{
    static const char behind[] = ".[=";
    size_t            longest = strcspn(path, behind);
    for (const struct node *child = node->first; child && path[longest] == '.';
         child = child->next) {
        size_t length = child->key ? strlen(child->key) : 0;
        bool   fits = length > longest && strncmp(path, child->key, length) == 0;
        if (fits && strchr(behind, path[length])) /* also at the end of the path */
            longest = length;
    }
    return longest;
}

/* "runs", "3" or "[3]", with the dot in front of it: the bytes of the name in `*name`, and its
 * length; 0 if there is none. */
static size_t cut_step(struct walk *walk, const char **name)
{
    if (walk->at > walk->start && *walk->at == '.')
        walk->at++;
    *name = walk->at;
    if (*walk->at == '[') {
        size_t digits = strspn(walk->at + 1, "0123456789");
        *name = walk->at + 1;
        walk->at += 1 + digits;
        if (*walk->at != ']')
            return 0;
        walk->at++;
        return digits;
    }
    walk->at += node_step_length(walk->node, walk->at);
    return (size_t)(walk->at - *name);
}

/* The item with the number `name`, or NULL, which is told. */
static struct node *find_item(struct walk *walk, const char *at, const struct node *list,
                              const char *name)
{
    size_t length = strlen(name);
    int    index = 0;
    if (strspn(name, "0123456789") != length || length > 7) {
        TELL(walk, at, "'%s' is no place in a list; it must be a number from 0", name);
        return NULL;
    }
    for (const char *digit = name; *digit; digit++)
        index = 10 * index + (*digit - '0');
    struct node *item = list->first;
    for (int i = 0; i < index && item != NULL; i++)
        item = item->next;
    if (item == NULL)
        TELL(walk, at, "place %d is not in the list, which has %d (the first is 0)", index,
             list->count);
    return item;
}

static struct node *add_mapping(struct walk *walk)
{
    struct node *mapping = arena_new(walk->arena, struct node, 1);
    *mapping = (struct node){
        .kind = NODE_MAPPING,
        .file = set_file,
        .line = 1,
        .column = walk->name_column,
        .key = walk->name,
        .key_line = 1,
        .key_column = walk->name_column,
        .text = "",
        .parent = walk->parent,
    };
    if (walk->made == NULL)
        walk->made = mapping;
    else
        tree_append(walk->parent, mapping);
    return mapping;
}

/* A section that the file leaves out, such as run, is made on the way through it. A name that
 * resembles one that is there is a slip of the pen; others are left to the reader of the section.
 */
static bool pass_missing(struct walk *walk, const char *at)
{
    const char *hint = hint_for(walk->arena, walk->parent, walk->name);
    if (*hint != '\0' || *walk->at == '[') {
        TELL(walk, at, "there is no '%s'%s", walk->name, hint);
        return false;
    }
    if (!tree_check_key(walk->name, set_file, 1, walk->name_column, walk->errors))
        return false;
    walk->node = add_mapping(walk);
    return true;
}

/* One step; false after an error. A last name that is not there leaves `node` NULL. */
static bool step(struct walk *walk)
{
    const char *at;
    size_t      length = cut_step(walk, &at);
    if (length == 0) {
        TELL(walk, at, "a name misses here; --set takes path=value, as in run.seed=7");
        return false;
    }
    walk->parent = walk->node;
    walk->name = arena_text(walk->arena, at, length);
    walk->name_column = column_of(walk, at);
    if (walk->parent->kind == NODE_SCALAR) {
        TELL(walk, at, "no '%s' can be here: '%s' is a single value", walk->name,
             node_path(walk->arena, walk->parent));
        return false;
    }
    if (walk->parent->kind == NODE_LIST) {
        walk->node = find_item(walk, at, walk->parent, walk->name);
        return walk->node != NULL;
    }
    walk->node = node_find(walk->parent, walk->name);
    if (walk->node != NULL)
        return true;
    if (walk->at < walk->end)
        return pass_missing(walk, at);
    return tree_check_key(walk->name, set_file, 1, walk->name_column, walk->errors);
}

static int depth_of(const struct node *node)
{
    int depth = 0;
    for (; node != NULL; node = node->parent)
        depth++;
    return depth;
}

static struct node *read_value(const struct walk *walk)
{
    const char        *text = walk->end + 1;
    struct tree_source source = {
        .file = set_file,
        .bytes = text,
        .length = strlen(text),
        .column = column_of(walk, text) - 1,
        .depth = depth_of(walk->parent),
    };
    bool         whole;
    struct node *value = tree_parse(walk->arena, &source, &whole, walk->errors);
    if (whole && (value == NULL ||
                  (value->kind == NODE_SCALAR && !value->quoted && value->text[0] == '\0'))) {
        TELL(walk, text, "a value misses behind the '='");
        return NULL;
    }
    return whole ? value : NULL;
}

static bool remove_node(const struct walk *walk)
{
    if (walk->node == NULL) {
        errors_add(walk->errors, set_file, 1, walk->name_column, "there is no '%s' to remove%s",
                   walk->name, hint_for(walk->arena, walk->parent, walk->name));
        return false;
    }
    tree_unlink(walk->node);
    return true;
}

static bool put_value(const struct walk *walk, struct node *value)
{
    int count = walk->errors->count;
    tree_refuse_removals(value, walk->errors);
    if (walk->errors->count != count)
        return false;
    if (walk->parent->kind == NODE_MAPPING) {
        value->key = walk->name;
        value->key_line = 1;
        value->key_column = walk->name_column;
    }
    if (walk->node == NULL)
        tree_append(walk->parent, value);
    else
        replace(walk->node, value);
    if (walk->made != NULL)
        tree_append(walk->made->parent, walk->made);
    return true;
}

bool tree_set(struct arena *arena, struct node *root, const char *assignment, struct errors *errors)
{
    int         count = errors->count;
    struct text text;
    if (!text_take(arena, set_file, assignment, strlen(assignment), &text, errors))
        return false;
    struct walk walk = {.arena = arena, .errors = errors, .start = text.bytes, .at = text.bytes};
    walk.end = strchr(text.bytes, '=');
    walk.node = root;
    if (walk.end == NULL) {
        TELL(&walk, walk.start, "a '=' misses; --set takes path=value, as in run.seed=7");
        return false;
    }
    do {
        if (!step(&walk))
            return false;
    } while (walk.at < walk.end);
    if (walk.parent == root && strcmp(walk.name, "extends") == 0) {
        TELL(&walk, walk.start, "extends cannot be set; it must stand in the file");
        return false;
    }
    struct node *value = read_value(&walk);
    if (value == NULL || errors->count != count)
        return false;
    return is_removal(value) ? remove_node(&walk) : put_value(&walk, value);
}
