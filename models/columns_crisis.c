#include "models/columns_crisis.h"

static const struct {
    const char      *name;
    enum column_kind kind;
} crisis_column[CRISIS_COLUMNS] = {
    [CRISIS_BEGUN] = {"crises", COLUMN_COUNT},
    [CRISIS_PEOPLE] = {"in_crisis", COLUMN_STOCK},
    [CRISIS_PEOPLE_MEAN] = {"in_crisis_mean", COLUMN_MINUTES},
    [CRISIS_WAITING] = {"crisis_waiting", COLUMN_STOCK},
    [CRISIS_WAITING_MEAN] = {"crisis_waiting_mean", COLUMN_MINUTES},
};

void crisis_add_columns(struct making *making)
{
    making->columns->crisis_first = -1;
    if (!making->has_crises)
        return;
    making->columns->crisis_first = making->columns->daily_count;
    for (int c = 0; c < CRISIS_COLUMNS; c++)
        (void)columns_add(making, crisis_column[c].name, "total", crisis_column[c].kind);
}

int crisis_number_columns(struct making *making)
{
    const struct statuses *statuses = making->statuses;
    int                    count = 0;
    int                   *of_status = arena_new(making->arena, int, (size_t)statuses->count + 1);
    for (int s = 0; s < statuses->count; s++)
        of_status[s] = making->has_crises && statuses->list[s].crisis.per_year.of ? count++ : -1;
    making->columns->crises_of_status = of_status;
    return count;
}

struct column *crisis_put_columns(const struct making *making, struct column *next)
{
    const struct statuses *statuses = making->statuses;
    for (int s = 0; s < statuses->count; s++)
        if (making->columns->crises_of_status[s] >= 0)
            *next++ = (struct column){crisis_column[CRISIS_BEGUN].name,
                                      columns_group(making->arena, "status", statuses->name[s]),
                                      COLUMN_COUNT, SHOWN_NEVER, 0};
    return next;
}
