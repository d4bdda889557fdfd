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
    estate->dated =
        arena_new(reader->arena, const struct dated_places *, (size_t)estate->unit_count + 1);
    for (int u = 0; u < estate->unit_count; u++) {
        struct unit *unit = &estate->unit[u];
        estate->dated[u] = &unit->dated;
        unit->places = places_on(&unit->dated, first).usable;
    }
    estate->step_count = places_steps_of_all(reader->arena, estate->dated, estate->unit_count,
                                             first, last, &estate->step);
}
