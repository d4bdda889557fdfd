#include "models/columns_demand.h"

#define YEARS_AT_MOST 100

const struct field shortages_fields[] = {
    {.key = "normal",
     .type = FIELD_OWN,
     .offset = offsetof(struct demand_draft, normal),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "Normal execution: everybody who comes is called or sought in time, no valve opens, "
             "and nobody is sent home for want of a place; who waits at liberty at the start is "
             "not called."},
    {.key = "catching_up",
     .type = FIELD_DURATION,
     .offset = offsetof(struct demand_draft, catching_up_min),
     .low = MINUTES_A_DAY,
     .high = (double)YEARS_AT_MOST * 365 * MINUTES_A_DAY,
     .otherwise = "not counted",
     .help = "Normal execution, and who waits at liberty at the start is called within this time, "
             "evenly."},
    {.key = NULL},
};

static const char *const names[DEMANDS][2] = {
    [DEMAND_NORMAL] = {"need_normal", "shortage_normal"},
    [DEMAND_CATCHING_UP] = {"need_catching_up", "shortage_catching_up"},
};

void demand_read(const struct demand_draft *draft, struct stand_in *stand_in)
{
    stand_in->demand[DEMAND_NORMAL].is_asked = draft->normal;
    stand_in->demand[DEMAND_CATCHING_UP].is_asked = draft->catching_up_min > 0;
    stand_in->catching_up_min = draft->catching_up_min;
}

static void add_meaning(struct making *making, struct demand_columns *columns,
                        const char *const *name)
{
    const struct stand_in *stand_in = &making->columns->stand_in;
    size_t                 count = (size_t)stand_in->count;
    columns->need_total = columns_add(making, name[0], "total", COLUMN_USABLE);
    columns->shortage_total = columns_add(making, name[1], "total", COLUMN_USABLE);
    if (count < 2)
        return;
    columns->need = arena_new(making->arena, int, count);
    columns->shortage = arena_new(making->arena, int, count);
    for (int g = 0; g < stand_in->count; g++) {
        columns->need[g] = columns_add(making, name[0], stand_in->name[g], COLUMN_USABLE);
        columns->shortage[g] = columns_add(making, name[1], stand_in->name[g], COLUMN_USABLE);
    }
}

void demand_add_columns(struct making *making)
{
    for (int m = 0; m < DEMANDS; m++)
        if (making->columns->stand_in.demand[m].is_asked)
            add_meaning(making, &making->columns->stand_in.demand[m], names[m]);
}
