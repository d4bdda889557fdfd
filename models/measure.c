#include "models/measure.h"

static const struct measure_column inflow_columns[INFLOW_COLUMNS] = {
    [INFLOW_PEOPLE] = {"people", MEASURE_COUNT}};
static const struct measure_column replace_columns[REPLACE_COLUMNS] = {
    [REPLACE_PEOPLE] = {"people", MEASURE_COUNT},
    [REPLACE_FAILED] = {"failed", MEASURE_COUNT},
    [REPLACE_DAYS_SAVED] = {"days_saved", MEASURE_MINUTES},
    [REPLACE_COST] = {"cost", MEASURE_CENTS}};

const struct measure_column *measure_columns(enum measure_kind kind, int *count)
{
    *count = kind == MEASURE_INFLOW ? INFLOW_COLUMNS : REPLACE_COLUMNS;
    return kind == MEASURE_INFLOW ? inflow_columns : replace_columns;
}

double measure_factor(const struct measure *measure, int32_t day)
{
    if (!measure_is_on(measure, day))
        return 1;
    int32_t days = day - measure->starts;
    if (days >= measure->ramp_days)
        return measure->factor;
    return 1 + (measure->factor - 1) * (days + 1) / (measure->ramp_days + 1);
}

double measures_raise(const struct measures *measures, int flow, int32_t day)
{
    double raise = 1;
    for (int m = 0; m < measures->count; m++) {
        const struct measure *measure = &measures->list[m];
        if (measure->kind != MEASURE_INFLOW || !measure->flow[flow])
            continue;
        double factor = measure_factor(measure, day);
        if (factor > 1)
            raise *= factor;
    }
    return raise;
}
