/* The places of all units over the period of the scenario. */
#include <stdlib.h>

#include "models/estate.h"

static int by_day_and_unit(const void *a, const void *b)
{
    const struct places_step *one = a, *other = b;
    if (one->day != other->day)
        return (one->day > other->day) - (one->day < other->day);
    return (one->unit > other->unit) - (one->unit < other->unit);
}

void estate_set_dates(struct reader *reader, int32_t first, int32_t last, struct estate *estate)
{
    struct arena *arena = reader->arena;
    int           count = 0;
    for (int u = 0; u < estate->unit_count; u++) {
        struct unit *unit = &estate->unit[u];
        unit->places = places_on(&unit->dated, first).usable;
        count += places_steps(arena, &unit->dated, (uint16_t)u, first, last, NULL);
    }
    estate->step = arena_new(arena, struct places_step, (size_t)count + 1);
    for (int u = 0; u < estate->unit_count; u++)
        estate->step_count += places_steps(arena, &estate->unit[u].dated, (uint16_t)u, first, last,
                                           estate->step + estate->step_count);
    qsort(estate->step, (size_t)count, sizeof *estate->step, by_day_and_unit);
}
