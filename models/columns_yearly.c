#include "models/columns_yearly.h"

#include <string.h>

#include "models/columns_crisis.h"
#include "models/columns_overdue.h"

static const char *const wait_names[WAITS] = {
    [WAIT_ENDED] = "waits_ended",
    [WAIT_LONGER_THAN_0] = "waited",
    [WAIT_MINUTES] = "wait_minutes",
};

/* Named as those of a day in all. */
static struct column *put_counts(const struct columns *columns, struct column *next,
                                 const char *group)
{
    for (int c = 0; c < COUNTS; c++)
        *next++ = (struct column){columns->daily[columns->count_total[c]].indicator, group,
                                  COLUMN_COUNT, SHOWN_NEVER, 0};
    return next;
}

static struct column *put_waits(struct making *making, struct column *next, const char *group)
{
    for (int w = 0; w < WAITS; w++)
        *next++ = (struct column){wait_names[w], group, COLUMN_WAIT, SHOWN_NEVER, 0};
    for (int w = 0; w < WAIT_CLASSES; w++) {
        const char *indicator =
            arena_print(making->arena, "wait_from_%d_days", (int)wait_class_from_days[w]);
        *next++ = (struct column){indicator, group, COLUMN_WAIT, SHOWN_NEVER, 0};
    }
    return next;
}

static struct column *put_reasons(struct making *making, struct column *next,
                                  const struct status *status, const char *group)
{
    for (int i = 0; i < status->leave_count + status->gives_titles; i++) {
        const char *reason = i < status->leave_count ? status->leave[i].name : FURTHER_TITLE;
        *next++ = (struct column){"left_queue", columns_group(making->arena, group, reason),
                                  COLUMN_COUNT, SHOWN_NEVER, 0};
    }
    return next;
}

/* In all, and by institution; nothing where there is no staff. */
static int count_staff(const struct staff *staff)
{
    return staff->count > 0 ? 1 + staff->count : 0;
}

static struct column *put_staff(struct making *making, struct column *next)
{
    static const char *const names[STAFF_COLUMNS] = {[STAFF_NEEDED] = "staff_needed",
                                                     [STAFF_EMPLOYED] = "staff_employed",
                                                     [STAFF_AVAILABLE] = "staff_available"};
    for (int i = 0; i < count_staff(making->staff); i++) {
        const char *group = "total";
        if (i > 0)
            group = columns_group(
                making->arena, "institution",
                making->estate->institution_name[making->staff->list[i - 1].institution]);
        for (int c = 0; c < STAFF_COLUMNS; c++)
            *next++ = (struct column){names[c], group, COLUMN_MINUTES, SHOWN_NEVER, 0};
    }
    return next;
}

static struct column *put_costs(const struct making *making, struct column *next)
{
    for (int g = 0; g < making->costs->group_count; g++)
        for (int item = 0; item < COST_ITEMS; item++)
            *next++ = (struct column){arena_print(making->arena, "cost_%s", cost_item_name[item]),
                                      making->costs->group[g], COLUMN_CENTS, SHOWN_NEVER, 0};
    return next;
}

static struct column *put_valves(const struct making *making, struct column *next)
{
    for (int v = 0; v < making->valves->count; v++)
        for (int c = 0; c < VALVE_COLUMNS; c++)
            *next++ = (struct column){
                valve_column_name[c],
                columns_group(making->arena, "valve", making->valves->list[v].name),
                c == VALVE_DAYS_SAVED ? COLUMN_MINUTES : COLUMN_COUNT, SHOWN_NEVER, 0};
    return next;
}

static struct column *put_measures(const struct making *making, struct column *next)
{
    static const enum column_kind kind[] = {[MEASURE_COUNT] = COLUMN_COUNT,
                                            [MEASURE_MINUTES] = COLUMN_MINUTES,
                                            [MEASURE_CENTS] = COLUMN_CENTS};
    for (int m = 0; m < making->measures->count; m++) {
        const struct measure        *measure = &making->measures->list[m];
        int                          count;
        const struct measure_column *column = measure_columns(measure, &count);
        const char                  *group = columns_group(making->arena, "measure", measure->name);
        for (int c = 0; c < count; c++)
            *next++ =
                (struct column){column[c].indicator, group, kind[column[c].unit], SHOWN_NEVER, 0};
        if (measure->has_chance)
            *next++ = (struct column){MEASURE_IN_FORCE, group, COLUMN_COUNT, SHOWN_NEVER, 0};
    }
    return next;
}

void yearly_make(struct making *making)
{
    const struct statuses *statuses = making->statuses;
    struct columns        *columns = making->columns;
    columns->count_first = columns->daily_count;
    columns->wait_first = columns->count_first + statuses->count * COUNTS;
    columns->reason_first = columns->wait_first + statuses->count * (WAITS + WAIT_CLASSES);
    columns->reason_count = statuses->reason_count;
    columns->staff_first = columns->reason_first + columns->reason_count;
    columns->overdue_first = columns->staff_first + count_staff(making->staff) * STAFF_COLUMNS;
    columns->crises_first = columns->overdue_first + overdue_number_columns(making);
    columns->cost_first = columns->crises_first + crisis_number_columns(making);
    columns->policy_first = columns->cost_first + making->costs->group_count * COST_ITEMS;
    columns->valve_first = columns->policy_first + making->measures->column_count;
    columns->policy_count = making->measures->column_count + making->valves->count * VALVE_COLUMNS;
    columns->yearly_count = columns->policy_first + columns->policy_count;
    columns->yearly = arena_new(making->arena, struct column, (size_t)columns->yearly_count);
    memcpy(columns->yearly, columns->daily,
           (size_t)columns->daily_count * sizeof columns->yearly[0]);
    const char **group = arena_new(making->arena, const char *, (size_t)statuses->count);
    for (int s = 0; s < statuses->count; s++)
        group[s] = columns_group(making->arena, "status", statuses->name[s]);
    struct column *next = columns->yearly + columns->count_first;
    for (int s = 0; s < statuses->count; s++)
        next = put_counts(columns, next, group[s]);
    for (int s = 0; s < statuses->count; s++)
        next = put_waits(making, next, group[s]);
    for (int s = 0; s < statuses->count; s++)
        next = put_reasons(making, next, &statuses->list[s], group[s]);
    next = put_staff(making, next);
    next = overdue_put_columns(making, next);
    next = crisis_put_columns(making, next);
    next = put_costs(making, next);
    next = put_measures(making, next);
    (void)put_valves(making, next);
}
