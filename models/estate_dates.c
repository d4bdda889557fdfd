/* The places of all units over the period of the scenario. */
#include "models/estate.h"

void estate_expect_changes(struct estate *estate, int unit, int changes)
{
    estate->unit[unit].changes_at_most += changes;
    estate->has_supply |= changes > 0;
}

bool estate_may_change(const struct estate *estate, int unit)
{
    if (estate->unit[unit].changes_at_most > 0 || estate_shares(estate, unit))
        return true;
    for (int i = 0; i < estate->step_count; i++)
        if (estate->step[i].unit == unit)
            return true;
    return false;
}

void estate_set_dates(struct reader *reader, int32_t first, int32_t last, struct estate *estate)
{
    struct arena        *arena = reader->arena;
    size_t               units = (size_t)estate->unit_count;
    struct places_step **of_unit = arena_new(arena, struct places_step *, units + 1);
    int                 *count = arena_new(arena, int, units + 1);
    estate->dated = arena_new(arena, const struct dated_places *, units + 1);
    for (size_t u = 0; u < units; u++) {
        struct unit *unit = &estate->unit[u];
        estate->dated[u] = &unit->dated;
        unit->places = places_on(&unit->dated, first).usable;
        count[u] = places_steps(arena, &unit->dated, (uint16_t)u, first, last, &of_unit[u]);
        estate->step_count += count[u];
    }
    estate->step = arena_new(arena, struct places_step, (size_t)estate->step_count + 1);
    struct places_step *step = estate->step;
    for (size_t u = 0; u < units; u++)
        for (int i = 0; i < count[u]; i++)
            *step++ = of_unit[u][i];
    places_sort_steps(estate->step, (size_t)estate->step_count);
}
