#include "models/attribute.h"

#include <string.h>

#include "sim/names.h"

int attribute_find(const struct attributes *attributes, const char *name)
{
    for (int a = 0; a < attributes->count; a++)
        if (strcmp(attributes->list[a].name, name) == 0)
            return a;
    return -1;
}

static int find_value(const struct attribute *attribute, const char *name)
{
    for (int v = 0; v < attribute->value_count; v++)
        if (strcmp(attribute->value[v], name) == 0)
            return v;
    return -1;
}

/* -- what may depend on an attribute */

static bool read_by(struct reader *reader, const struct attributes *attributes, struct node *node,
                    int *by)
{
    const char *names[ATTRIBUTES_AT_MOST];
    for (int a = 0; a < attributes->count; a++)
        names[a] = attributes->list[a].name;
    return read_reference(reader, node, "attribute", names, attributes->count, by);
}

/* What is laid over a file in which it varies is merged with that, value by value. */
static void refuse_value(struct reader *reader, const struct attribute *by,
                         const struct node *mapping, const struct node *node)
{
    const char        *names[VALUES_AT_MOST + 1];
    const struct node *stated = node_find(mapping, "by");
    int                count = by->value_count + 1;
    for (int v = 0; v < by->value_count; v++)
        names[v] = by->value[v];
    names[by->value_count] = "else";
    if (strcmp(stated->file, node->file) == 0 || nearest_name(node->key, names, count)) {
        node_unknown_key(reader, node, names, count);
        return;
    }
    node_key_error(reader, node,
                   "%s is no value of %s, by which %s varies in %s; name its values, or put 'by: "
                   "remove' and each value that stands there with 'remove' beside it",
                   node->key, by->name, node_label(reader->arena, mapping), stated->file);
}

/* Puts each member at its value; `otherwise` is the member `else`, or NULL. */
static bool sort_members(struct reader *reader, const struct attribute *by, struct node *mapping,
                         struct node **of_value, struct node **otherwise)
{
    bool good = true;
    *otherwise = NULL;
    for (struct node *node = mapping->first; node; node = node->next) {
        if (node_is_note(node) || strcmp(node->key, "by") == 0)
            continue;
        node->used = true;
        int value = find_value(by, node->key);
        if (value >= 0) {
            of_value[value] = node;
        } else if (strcmp(node->key, "else") == 0) {
            *otherwise = node;
        } else {
            refuse_value(reader, by, mapping, node);
            good = false;
        }
    }
    return good;
}

static bool fill_otherwise(struct reader *reader, const struct attribute *by,
                           const struct node *mapping, struct node **of_value,
                           struct node *otherwise)
{
    const char *missing = NULL;
    for (int v = 0; v < by->value_count; v++) {
        if (of_value[v])
            continue;
        of_value[v] = otherwise;
        missing =
            missing ? arena_print(reader->arena, "%s, %s", missing, by->value[v]) : by->value[v];
    }
    if (!missing || otherwise)
        return true;
    node_error(reader, mapping, "%s varies by %s but lacks %s; name them all or add else",
               node_label(reader->arena, mapping), by->name, missing);
    return false;
}

bool varying_read(struct reader *reader, const struct attributes *attributes, struct node *node,
                  struct varying *varying)
{
    struct node *by = node->kind == NODE_MAPPING ? node_find(node, "by") : NULL;
    if (!by) {
        *varying = (struct varying){-1, 1, arena_new(reader->arena, struct node *, 1)};
        varying->node[0] = node;
        return true;
    }
    node->used = by->used = true;
    if (!read_mapping(reader, node) || !read_by(reader, attributes, by, &varying->by))
        return false;
    const struct attribute *attribute = &attributes->list[varying->by];
    struct node            *otherwise;
    varying->count = attribute->value_count;
    varying->node = arena_new(reader->arena, struct node *, (size_t)varying->count);
    return sort_members(reader, attribute, node, varying->node, &otherwise) &&
           fill_otherwise(reader, attribute, node, varying->node, otherwise);
}

int varying_first(const struct varying *varying, int index)
{
    int first = 0;
    while (varying->node[first] != varying->node[index])
        first++;
    return first;
}

void *varying_table(struct reader *reader, const struct attributes *attributes,
                    const struct varying *varying, size_t size, varying_entry *read,
                    const void *object, uint32_t *stride)
{
    char *entries = arena_new(reader->arena, char, (size_t)varying->count *size);
    bool  good = true;
    for (int i = 0; i < varying->count; i++)
        if (varying_first(varying, i) == i)
            good = read(reader, varying->node[i], object, entries + (size_t)i * size) && good;
    if (!good)
        return NULL;
    *stride = varying->by < 0 ? 0 : 1;
    if (varying->by < 0)
        return entries;
    char *table = arena_take(reader->arena, attributes->profile_count, size);
    for (uint32_t profile = 0; profile < attributes->profile_count; profile++) {
        int value = attribute_value(attributes, varying->by, profile);
        memcpy(table + profile * size, entries + (size_t)varying_first(varying, value) * size,
               size);
    }
    return table;
}

/* -- reading `attributes:` */

/* Words with a meaning of their own where the name of an attribute, or of a value, may stand. */
static const char *const taken_names[] = {"status",    "flow",   "sentence", "served",
                                          "remaining", "waited", "regime",   "institution",
                                          "unit",      "total",  NULL};
static const char *const taken_values[] = {"by", "else", NULL};

static bool is_among(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(text, *words) == 0)
            return true;
    return false;
}

static void refuse_taken(struct reader *reader, const struct node *node, const char *const *words)
{
    if (is_among(node->key, words))
        node_key_error(reader, node, "%s has a meaning of its own; choose another name", node->key);
}

/* The values of an attribute are those of its first row, in its order. */
static bool name_values(struct reader *reader, struct node *row, struct attribute *attribute)
{
    int count = 0;
    if (!read_names(reader, row) && row->kind != NODE_MAPPING)
        return false;
    attribute->value = arena_new(reader->arena, const char *, VALUES_AT_MOST);
    for (struct node *node = row->first; node; node = node->next) {
        if (node_is_note(node))
            continue;
        refuse_taken(reader, node, taken_values);
        if (count < VALUES_AT_MOST)
            attribute->value[count] = node->key;
        count++;
    }
    if (count >= 1 && count <= VALUES_AT_MOST) {
        attribute->value_count = count;
        return true;
    }
    node_error(reader, row, "%s has %d values; it must have 1 to %d",
               node_label(reader->arena, row), count, VALUES_AT_MOST);
    return false;
}

static bool read_row(struct reader *reader, struct node *row, const struct attribute *attribute,
                     struct fraction *share, uint64_t *threshold)
{
    struct node *nodes[VALUES_AT_MOST];
    bool         good = true;
    if (!read_mapping(reader, row))
        return false;
    for (struct node *node = row->first; node; node = node->next) {
        if (node_is_note(node) || find_value(attribute, node->key) >= 0)
            continue;
        node_unknown_key(reader, node, attribute->value, attribute->value_count);
        good = false;
    }
    for (int v = 0; v < attribute->value_count; v++) {
        nodes[v] = node_find(row, attribute->value[v]);
        if (nodes[v])
            continue;
        node_error(reader, row, "%s lacks the value %s of %s; give it a share, 0 if nobody has it",
                   node_label(reader->arena, row), attribute->value[v], attribute->name);
        good = false;
    }
    return good && read_shares(reader, row, nodes, attribute->value_count, share, threshold);
}

/* Where the search for a draw begins, by the part of the unit interval in which it falls. The last
 * value ends it: its threshold is one that no draw reaches. */
static void guide_row(int count, uint64_t *threshold, uint8_t *guide)
{
    uint8_t value = 0;
    threshold[count - 1] = UINT64_MAX;
    for (uint64_t part = 0; part < ATTRIBUTE_PARTS; part++) {
        while (part << ATTRIBUTE_PART_SHIFT >= threshold[value])
            value++;
        guide[part] = value;
    }
}

static void read_rows(struct reader *reader, const struct varying *varying,
                      struct attribute *attribute)
{
    size_t width = (size_t)attribute->value_count;
    attribute->share = arena_new(reader->arena, struct fraction, (size_t)varying->count * width);
    attribute->threshold = arena_new(reader->arena, uint64_t, (size_t)varying->count * width);
    attribute->guide = arena_new(reader->arena, uint8_t, (size_t)varying->count * ATTRIBUTE_PARTS);
    for (int i = 0; i < varying->count; i++) {
        struct fraction *share = attribute->share + (size_t)i * width;
        uint64_t        *threshold = attribute->threshold + (size_t)i * width;
        int              first = varying_first(varying, i);
        if (first == i) {
            (void)read_row(reader, varying->node[i], attribute, share, threshold);
        } else {
            memcpy(share, attribute->share + (size_t)first * width, width * sizeof *share);
            memcpy(threshold, attribute->threshold + (size_t)first * width,
                   width * sizeof *threshold);
        }
        guide_row(attribute->value_count, threshold,
                  attribute->guide + (size_t)i * ATTRIBUTE_PARTS);
    }
}

/* An attribute is drawn after those above it, so it can depend on no other. */
static bool is_by_later(struct reader *reader, const struct attributes *attributes,
                        struct node *node)
{
    struct node *by = node->kind == NODE_MAPPING ? node_find(node, "by") : NULL;
    if (!by || by->kind != NODE_SCALAR || attribute_find(attributes, by->text) >= 0 ||
        !node_find(node->parent, by->text))
        return false;
    node_error(reader, by, "by is %s; it must name an attribute that stands above %s", by->text,
               node->key);
    return true;
}

static bool read_attribute(struct reader *reader, const struct attributes *attributes,
                           struct node *node, struct attribute *attribute)
{
    struct varying varying;
    node->used = true;
    refuse_taken(reader, node, taken_names);
    if (is_by_later(reader, attributes, node) || !varying_read(reader, attributes, node, &varying))
        return false;
    attribute->name = node->key;
    attribute->by = varying.by;
    attribute->draw = rng_jump(rng_purpose("attribute", node->key, 0));
    if (!name_values(reader, varying.node[0], attribute))
        return false;
    read_rows(reader, &varying, attribute);
    return true;
}

/* false: no more attributes can be taken. */
static bool add_attribute(struct reader *reader, struct node *node, struct attributes *attributes)
{
    struct attribute attribute = {0};
    if (attributes->count == ATTRIBUTES_AT_MOST) {
        node_key_error(reader, node, "%s is one attribute too many; at most %d are allowed",
                       node->key, ATTRIBUTES_AT_MOST);
        return false;
    }
    if (!read_attribute(reader, attributes, node, &attribute))
        return true;
    uint32_t profiles = attributes->profile_count * (uint32_t)attribute.value_count;
    if (profiles > PROFILES_AT_MOST) {
        node_key_error(reader, node,
                       "with %s the attributes make %u combinations of values; at most %d are "
                       "allowed",
                       node->key, profiles, PROFILES_AT_MOST);
        return false;
    }
    attributes->list[attributes->count++] = attribute;
    attributes->profile_count = profiles;
    return true;
}

/* Where the shares of attribute `a` stand for the people of this profile. */
static size_t row_of(const struct attributes *attributes, int a, uint32_t profile)
{
    const struct attribute *attribute = &attributes->list[a];
    if (attribute->by < 0)
        return 0;
    return (size_t)attribute_value(attributes, attribute->by, profile) *
           (size_t)attribute->value_count;
}

static double profile_share(const struct attributes *attributes, uint32_t profile)
{
    double product = 1;
    for (int a = 0; a < attributes->count; a++) {
        size_t          row = row_of(attributes, a, profile);
        size_t          value = (size_t)attribute_value(attributes, a, profile);
        struct fraction share = attributes->list[a].share[row + value];
        product *= (double)share.num / (double)share.den;
    }
    return product;
}

/* The last one turns fastest: one more behind them divides each profile and moves none, so that
 * who is drawn from a row of profiles keeps his other values. */
static void set_strides(struct attributes *attributes)
{
    uint32_t stride = 1;
    for (int a = attributes->count - 1; a >= 0; a--) {
        attributes->list[a].stride = stride;
        stride *= (uint32_t)attributes->list[a].value_count;
    }
}

void attributes_read(struct reader *reader, struct node *node, struct attributes *attributes)
{
    int errors_before = reader->errors->count;
    *attributes = (struct attributes){.profile_count = 1};
    /* after a bad name it goes on, so that what refers to the name does not fail too */
    if (node && (read_names(reader, node) || node->kind == NODE_MAPPING))
        for (struct node *child = node->first; child; child = child->next)
            if (!node_is_note(child) && !add_attribute(reader, child, attributes))
                break;
    set_strides(attributes);
    attributes->share_of_profile = arena_new(reader->arena, double, attributes->profile_count);
    if (reader->errors->count > errors_before)
        return;
    for (uint32_t profile = 0; profile < attributes->profile_count; profile++)
        attributes->share_of_profile[profile] = profile_share(attributes, profile);
}

/* -- drawing */

struct attribute_steps attributes_steps(const struct attributes *attributes, u128 increment)
{
    struct attribute_steps steps = {0};
    for (int a = 0; a < attributes->count; a++)
        steps.to[a] = rng_step(attributes->list[a].draw, increment);
    return steps;
}

/* The guide is right but where a threshold falls in the same part: one comparison and a branch that
 * is nearly always foreseen. */
static uint32_t value_drawn(const struct attribute *attribute, uint32_t row, uint64_t n)
{
    const uint64_t *threshold = attribute->threshold + row * (uint32_t)attribute->value_count;
    uint32_t        value = attribute->guide[row * ATTRIBUTE_PARTS + (n >> ATTRIBUTE_PART_SHIFT)];
    while (n >= threshold[value])
        value++;
    return value;
}

static inline uint32_t draw(const struct attributes      *attributes,
                            const struct attribute_steps *steps, uint32_t profile, uint32_t known,
                            u128 base)
{
    uint32_t row_of[ATTRIBUTES_AT_MOST + 1] = {0}; /* what follows attribute a: at a + 1 */
    for (int a = 0; a < attributes->count; a++) {
        const struct attribute *attribute = &attributes->list[a];
        uint32_t               *value = &row_of[a + 1];
        if (known >> a & 1) {
            *value = (uint32_t)attribute_value(attributes, a, profile);
            continue;
        }
        *value = value_drawn(attribute, row_of[attribute->by + 1],
                             rng_uniform52(rng_advance(base, steps->to[a])));
        profile += *value * attribute->stride;
    }
    return profile;
}

uint32_t attributes_draw_others(const struct attributes      *attributes,
                                const struct attribute_steps *steps, uint32_t profile,
                                uint32_t known, u128 base)
{
    return draw(attributes, steps, profile, known, base);
}

uint32_t attributes_draw_all(const struct attributes      *attributes,
                             const struct attribute_steps *steps, u128 base)
{
    return draw(attributes, steps, 0, 0, base);
}
