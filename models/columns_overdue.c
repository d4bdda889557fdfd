#include "models/columns_overdue.h"

static const struct {
    const char      *name;
    enum column_kind kind;
} overdue_column[OVERDUE_COLUMNS] = {
    [OVERDUE_MINUTES] = {"overdue_mean", COLUMN_MINUTES},
    [OVERDUE_PEOPLE] = {"overdue", COLUMN_COUNT},
    [OVERDUE_DUE] = {"compensation", COLUMN_CENTS},
};

int overdue_number_columns(struct making *making)
{
    const struct statuses *statuses = making->statuses;
    int                    count = 0;
    int                   *of_status = arena_new(making->arena, int, (size_t)statuses->count + 1);
    for (int s = 0; s < statuses->count; s++) {
        of_status[s] = -1;
        if (statuses->list[s].overdue.after_min == INT64_MAX)
            continue;
        of_status[s] = count;
        count += OVERDUE_COLUMNS;
    }
    making->columns->overdue_of_status = of_status;
    making->columns->overdue_count = count;
    return count;
}

struct column *overdue_put_columns(const struct making *making, struct column *next)
{
    const struct statuses *statuses = making->statuses;
    for (int s = 0; s < statuses->count; s++) {
        if (making->columns->overdue_of_status[s] < 0)
            continue;
        const char *group = columns_group(making->arena, "status", statuses->name[s]);
        for (int c = 0; c < OVERDUE_COLUMNS; c++)
            *next++ = (struct column){overdue_column[c].name, group, overdue_column[c].kind,
                                      SHOWN_NEVER, 0};
    }
    return next;
}
