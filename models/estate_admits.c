/* What an institution says holds for all its units: whom they admit, their tags and region. */
#include "models/estate_read.h"

/* Who is in both masks, 0 being everyone. false: nobody is. */
static bool narrow(uint64_t outer, uint64_t inner, uint64_t *both)
{
    *both = outer && inner ? outer & inner : outer | inner;
    return *both || (!outer && !inner);
}

static void narrow_admits(struct reader *reader, const struct node *node, const struct who *outer,
                          struct who *admits)
{
    bool good = narrow(outer->statuses, admits->statuses, &admits->statuses);
    for (int a = 0; a < ATTRIBUTES_AT_MOST; a++) {
        uint64_t both;
        good = narrow(outer->values[a], admits->values[a], &both) && good;
        admits->values[a] = (uint32_t)both;
    }
    if (!good)
        node_key_error(reader, node,
                       "%s admits nobody: what it admits and what its institution admits exclude "
                       "each other",
                       node->key);
}

void estate_hand_down(struct reader *reader, struct estate *estate)
{
    const struct estate_context *context = reader->context;
    for (int u = 0; u < estate->unit_count; u++) {
        struct unit *unit = &estate->unit[u];
        if (unit->institution < 0)
            continue;
        const struct institution *institution = &estate->institution[unit->institution];
        unit->tags |= institution->tags;
        unit->region = unit->region ? unit->region : institution->region;
        narrow_admits(reader, context->origin[u], &institution->admits, &unit->admits);
    }
}
