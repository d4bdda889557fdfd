#include "models/column_classes.h"

#include <string.h>

/* Whether who is of one class needs a place of one group, whatever his other attributes are. */
static bool tells_groups_apart(struct arena *arena, const struct attributes *attributes,
                               const struct columns *columns)
{
    uint16_t *first = arena_new(arena, uint16_t, (size_t)columns->class_count);
    for (uint32_t p = 0; p < attributes->profile_count; p++) {
        uint16_t *kind = &first[columns->class_of_profile[p]];
        uint16_t  own = (uint16_t)(columns->stand_in.signature[p] + 1);
        if (*kind && *kind != own)
            return false;
        *kind = own;
    }
    return true;
}

void classes_split(struct arena *arena, const struct attributes *attributes,
                   struct columns *columns)
{
    const struct stand_in *stand_in = &columns->stand_in;
    if (stand_in->signature_count < 2 || tells_groups_apart(arena, attributes, columns))
        return;
    if ((int64_t)columns->class_count * stand_in->signature_count > PROFILES_AT_MOST) {
        columns->class_count = CELLS_AT_MOST + 1; /* which does not fit */
        return;
    }
    for (uint32_t p = 0; p < attributes->profile_count; p++)
        columns->class_of_profile[p] = (uint16_t)(columns->class_of_profile[p] +
                                                  columns->class_count * stand_in->signature[p]);
    columns->class_count *= stand_in->signature_count;
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
