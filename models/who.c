#include "models/who.h"

#include <string.h>

/* What may be named: the statuses, or the values of an attribute. At most 64. */
struct choice {
    const char        *what;
    const char *const *names;
    int                count;
};

static uint64_t everything(const struct choice *choice)
{
    return choice->count == 64 ? UINT64_MAX : ((uint64_t)1 << choice->count) - 1;
}

static void add_name(struct reader *reader, struct node *node, const struct choice *choice,
                     uint64_t *mask)
{
    int index;
    if (read_reference(reader, node, choice->what, choice->names, choice->count, &index))
        *mask |= (uint64_t)1 << index;
}

/* A name, or a list of names. The mask stays 0 after an error only. */
static uint64_t read_any_of(struct reader *reader, struct node *node, const struct choice *choice)
{
    uint64_t mask = 0;
    if (node->kind != NODE_LIST) {
        add_name(reader, node, choice, &mask);
        return mask;
    }
    node->used = true;
    if (!node->first)
        node_error(reader, node, "%s is an empty list; name at least one %s",
                   node_label(reader->arena, node), choice->what);
    for (struct node *item = node->first; item; item = item->next)
        add_name(reader, item, choice, &mask);
    return mask;
}

static uint64_t read_all_but(struct reader *reader, struct node *mapping,
                             const struct choice *choice)
{
    static const char *const keys[] = {"not"};
    uint64_t                 mask = 0;
    struct node             *excluded = NULL;
    int                      before = reader->errors->count;
    if (!read_mapping(reader, mapping))
        return 0;
    for (struct node *node = mapping->first; node; node = node->next) {
        if (strcmp(node->key, "not") == 0)
            excluded = node;
        else if (!node_is_note(node))
            node_unknown_key(reader, node, keys, 1);
    }
    if (!excluded && reader->errors->count == before)
        node_error(reader, mapping, "%s lacks the key not", node_label(reader->arena, mapping));
    if (!excluded)
        return 0;
    mask = everything(choice) & ~read_any_of(reader, excluded, choice);
    if (mask == 0)
        node_error(reader, excluded, "not names every %s, so nobody is left", choice->what);
    return mask;
}

static uint64_t read_mask(struct reader *reader, struct node *node, struct choice choice)
{
    node->used = true;
    return node->kind == NODE_MAPPING ? read_all_but(reader, node, &choice)
                                      : read_any_of(reader, node, &choice);
}

static bool runs_with_time(const char *key)
{
    return strcmp(key, "served") == 0 || strcmp(key, "remaining") == 0 ||
           strcmp(key, "waited") == 0;
}

static void refuse_key(struct reader *reader, const struct node *node,
                       const struct attributes *attributes, const char *beside)
{
    const char *names[ATTRIBUTES_AT_MOST + 2] = {"status"};
    int         count = 1;
    if (runs_with_time(node->key)) {
        node_key_error(reader, node,
                       "%s runs with time, but who is judged at one moment; only status and the "
                       "attributes can stand in it",
                       node->key);
        return;
    }
    if (beside)
        names[count++] = beside;
    for (int a = 0; a < attributes->count; a++)
        names[count++] = attributes->list[a].name;
    node_unknown_key(reader, node, names, count);
}

struct node *who_read_beside(struct reader *reader, struct node *node,
                             const struct attributes *attributes, const char *const *statuses,
                             int status_count, const char *beside, struct who *who)
{
    struct node *found = NULL;
    *who = (struct who){0};
    if (node && node->kind != NODE_MAPPING) {
        node->used = true;
        node_error(reader, node, "%s must be a mapping, such as {status: remand}",
                   node_label(reader->arena, node));
        return NULL;
    }
    if (!node || !read_mapping(reader, node))
        return NULL;
    node->used = true;
    for (struct node *child = node->first; child; child = child->next) {
        if (node_is_note(child))
            continue;
        if (beside && strcmp(child->key, beside) == 0) {
            found = child;
            continue;
        }
        if (strcmp(child->key, "status") == 0) {
            struct choice choice = {"status", statuses, status_count};
            who->statuses = read_mask(reader, child, choice);
            continue;
        }
        int a = attribute_find(attributes, child->key);
        if (a < 0) {
            refuse_key(reader, child, attributes, beside);
            continue;
        }
        const struct attribute *attribute = &attributes->list[a];
        const char             *what = arena_print(reader->arena, "value of %s", attribute->name);
        struct choice           choice = {what, attribute->value, attribute->value_count};
        who->values[a] = (uint32_t)read_mask(reader, child, choice);
    }
    return found;
}

void who_read(struct reader *reader, struct node *node, const struct attributes *attributes,
              const char *const *statuses, int status_count, struct who *who)
{
    (void)who_read_beside(reader, node, attributes, statuses, status_count, NULL, who);
}

bool who_matches(const struct who *who, const struct attributes *attributes, int status,
                 uint32_t profile)
{
    if (who->statuses && !(who->statuses >> status & 1))
        return false;
    for (int a = 0; a < attributes->count; a++)
        if (who->values[a] && !(who->values[a] >> attribute_value(attributes, a, profile) & 1))
            return false;
    return true;
}
