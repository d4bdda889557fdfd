/* Attributes of a person: sex, region, offence, .. as the scenario names them, drawn at arrival in
 * the order of the file, then fixed. All of a person's values together are his profile, one number;
 * what depends on attributes is a table by profile, made at load.
 */
#ifndef CELSIM_MODELS_ATTRIBUTE_H
#define CELSIM_MODELS_ATTRIBUTE_H

#include <stdint.h>

#include "sim/fields.h"
#include "sim/rng.h"

#define ATTRIBUTES_AT_MOST 8
#define VALUES_AT_MOST 32
#define PROFILES_AT_MOST 65536
#define ATTRIBUTE_PARTS 256     /* equal ones, of the draws of an attribute */
#define ATTRIBUTE_PART_SHIFT 44 /* of 52 bits to a part */

struct attribute {
    const char      *name;
    int              value_count;
    const char     **value;
    uint32_t         stride;    /* profile = sum of value x stride; 1 for the last */
    int              by;        /* the earlier attribute on which the shares depend, or -1 */
    uint64_t        *threshold; /* [value of by][value]: cumulative, see rng_threshold */
    uint8_t         *guide;     /* [value of by][part]: the value of the least draw in it */
    struct fraction *share;     /* [value of by][value] */
    struct jump      draw;
};

struct attributes {
    int              count;
    struct attribute list[ATTRIBUTES_AT_MOST];
    uint32_t         profile_count;    /* 1 when there are no attributes */
    double          *share_of_profile; /* of all who arrive */
};

/* Reads `attributes:`. A NULL node gives one profile without attributes. */
void attributes_read(struct reader *reader, struct node *node, struct attributes *attributes);

/* The index of the attribute with this name, or -1. */
int attribute_find(const struct attributes *attributes, const char *name);

/* The value of attribute `a` in a profile. */
static inline int attribute_value(const struct attributes *attributes, int a, uint32_t profile)
{
    const struct attribute *attribute = &attributes->list[a];
    return (int)(profile / attribute->stride % (uint32_t)attribute->value_count);
}

/* From a person's base to the draw of each attribute, in one stream. */
struct attribute_steps {
    struct step to[ATTRIBUTES_AT_MOST];
};
struct attribute_steps attributes_steps(const struct attributes *attributes, u128 increment);

/* Draws the profile of the person with this base. */
uint32_t attributes_draw_all(const struct attributes      *attributes,
                             const struct attribute_steps *steps, u128 base);

static inline uint32_t attributes_draw(const struct attributes      *attributes,
                                       const struct attribute_steps *steps, u128 base)
{
    return attributes->count == 0 ? 0 : attributes_draw_all(attributes, steps, base);
}

/* The same where some values are known: `profile` holds those of the attributes in the mask. */
uint32_t attributes_draw_others(const struct attributes      *attributes,
                                const struct attribute_steps *steps, uint32_t profile,
                                uint32_t known, u128 base);

/* -- what may depend on an attribute: `X` or `{by: attribute, value: X, .., else: X}`
 * ---------------------------- */

/* For each value of the attribute `by` (or for all, by = -1, count = 1) the node that holds. */
struct varying {
    int           by, count;
    struct node **node;
};

/* false: errors were added. A mapping with a key `by` varies; anything else is one node for all. */
MUST_USE bool varying_read(struct reader *reader, const struct attributes *attributes,
                           struct node *node, struct varying *varying);

/* The first index with the same node as this one: what `else` says for many is read once. */
int varying_first(const struct varying *varying, int index);

/* Reads the node of one value into an entry. false: errors were added. */
typedef bool varying_entry(struct reader *reader, struct node *node, const void *object,
                           void *entry);

/* The entries of `size` bytes that `read` makes, for `object`, of what varies: one a profile
 * (stride 1), or one for all (stride 0). NULL: errors were added, and the stride stays as it is. */
void *varying_table(struct reader *reader, const struct attributes *attributes,
                    const struct varying *varying, size_t size, varying_entry *read,
                    const void *object, uint32_t *stride);

#endif
