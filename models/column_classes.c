#include "models/column_classes.h"

#include <string.h>

/* Whether who is of one class is of one kind, whatever his other attributes are. */
static bool tells_kinds_apart(struct arena *arena, const struct attributes *attributes,
                              const uint16_t *kind, const struct columns *columns)
{
    uint16_t *first = arena_new(arena, uint16_t, (size_t)columns->class_count);
    for (uint32_t p = 0; p < attributes->profile_count; p++) {
        uint16_t *seen = &first[columns->class_of_profile[p]];
        uint16_t  own = (uint16_t)(kind[p] + 1);
        if (*seen && *seen != own)
            return false;
        *seen = own;
    }
    return true;
}

void classes_split(struct arena *arena, const struct attributes *attributes, int kind_count,
                   const uint16_t *kind, struct columns *columns)
{
    if (columns->class_count > CELLS_AT_MOST || kind_count < 2 ||
        tells_kinds_apart(arena, attributes, kind, columns))
        return;
    if ((int64_t)columns->class_count * kind_count > PROFILES_AT_MOST) {
        columns->class_count = CELLS_AT_MOST + 1; /* which does not fit */
        return;
    }
    for (uint32_t p = 0; p < attributes->profile_count; p++)
        columns->class_of_profile[p] =
            (uint16_t)(columns->class_of_profile[p] + columns->class_count * kind[p]);
    columns->class_count *= kind_count;
}

void classes_put_groups(struct arena *arena, const struct attributes *attributes, int status_count,
                        struct columns *columns)
{
    struct stand_in *stand_in = &columns->stand_in;
    size_t           statuses = (size_t)status_count, classes = (size_t)columns->class_count;
    uint32_t         profiles = attributes->profile_count;
    stand_in->group_of_cell = arena_new(arena, uint8_t, statuses * classes);
    memset(stand_in->group_of_cell, NO_GROUP, statuses * classes);
    for (size_t s = 0; s < statuses && stand_in->group_of_who; s++)
        for (uint32_t p = 0; p < profiles; p++)
            stand_in->group_of_cell[s * classes + columns->class_of_profile[p]] =
                stand_in->group_of_who[s * profiles + p];
}
