/* Warnings in an outlook: units that make one group of places (stand_in.h) out of what else would
 * be several, such as a ward for men and women in a system where each other unit is for one sex.
 * Then free places of the one hide a shortage of the other.
 */
#include "models/outlook.h"

#define FEW                                                                                        \
    10 /* joining units have under a tenth of the places of the group; else they are the rule */

/* Of each attribute the values of the people who may be in a pool; masks. */
struct admitted {
    uint32_t values[ATTRIBUTES_AT_MOST][POOLS_AT_MOST];
};

struct joined {
    const struct scenario *scenario;
    const uint32_t        *values; /* [pool] */
    int                    number, attribute;
    uint32_t               alone; /* values for which some unit is alone; a mask */
    int64_t                places, joining_places;
    int                    first, joining_count; /* units that are for several of these */
};

static bool has_several(uint32_t values)
{
    return values & (values - 1);
}

static void find_admitted(const struct scenario *scenario, struct admitted *admitted)
{
    const struct attributes *attributes = &scenario->attributes;
    for (int s = 0; s < scenario->statuses.count; s++)
        for (uint32_t p = 0; p < attributes->profile_count; p++) {
            size_t cell = (size_t)s * attributes->profile_count + p;
            mask   left = attributes->share_of_profile[p] > 0 ? scenario->rules.admitted[cell] : 0;
            for (; left; left &= left - 1)
                for (int a = 0; a < attributes->count; a++)
                    admitted->values[a][mask_lowest(left)] |= 1u
                                                              << attribute_value(attributes, a, p);
        }
}

/* Of people in a unit of the group; 0: it is of another. */
static uint32_t values_in(const struct joined *joined, int unit)
{
    const struct scenario *scenario = joined->scenario;
    return scenario->columns.stand_in.group_of_unit[unit] == joined->number
               ? joined->values[scenario->rules.pool_of_unit[unit]]
               : 0;
}

static void find_joining(struct joined *joined)
{
    const struct estate *estate = &joined->scenario->estate;
    for (int u = 0; u < estate->unit_count; u++) {
        uint32_t values = values_in(joined, u);
        if (values && !has_several(values))
            joined->alone |= values;
        if (values)
            joined->places += estate->unit[u].places;
    }
    for (int u = 0; u < estate->unit_count; u++) {
        if (!has_several(values_in(joined, u) & joined->alone))
            continue;
        if (joined->joining_count++ == 0)
            joined->first = u;
        joined->joining_places += estate->unit[u].places;
    }
}

/* "unit x", "unit x and 2 more". */
static void warn_joining(const struct joined *joined, struct warnings *warnings)
{
    const struct scenario  *scenario = joined->scenario;
    const struct attribute *attribute = &scenario->attributes.list[joined->attribute];
    int                     one = __builtin_ctz(joined->alone);
    int                     other = __builtin_ctz(joined->alone & (joined->alone - 1));
    const char             *more = joined->joining_count > 1
                                       ? arena_print(warnings->arena, " and %d more", joined->joining_count - 1)
                                       : "";
    warn(warnings,
         "unit %s%s: for %s %s and %s alike, so that all their places are one group, in which free "
         "ones of the one hide a shortage of the other; admits: {%s: ..} keeps them apart",
         scenario->estate.unit_name[joined->first], more, attribute->name, attribute->value[one],
         attribute->value[other], attribute->name);
}

void outlook_warn_joins(struct warnings *warnings, const struct scenario *scenario)
{
    struct admitted admitted = {0};
    find_admitted(scenario, &admitted);
    for (int g = 0; g < scenario->columns.stand_in.count; g++)
        for (int a = 0; a < scenario->attributes.count; a++) {
            struct joined joined = {scenario, admitted.values[a], .number = g, .attribute = a};
            find_joining(&joined);
            if (!has_several(joined.alone) || joined.joining_count == 0 ||
                joined.joining_places * FEW >= joined.places)
                continue;
            warn_joining(&joined, warnings);
        }
}
