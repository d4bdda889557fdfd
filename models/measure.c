#include "models/measure.h"

#include <stdlib.h>

#include "models/measure_kind.h"

const struct measure_column *measure_columns(const struct measure *measure, int *count)
{
    *count = measure->kind->column_count;
    return measure->kind->columns;
}

const char *const *measure_purposes(const struct measure *measure)
{
    return measure->kind->purposes;
}

bool measure_has_who(const struct measure *measure)
{
    return measure->kind->who_fields != NULL;
}

/* Draw 0, with the state of day 0: a larger chance takes in the same replications and more, and
 * other scenarios meet the same. */
bool measure_is_law(const struct measure *measure, uint64_t seed, uint32_t replication)
{
    return rng_uniform52(rng_day_state(seed, replication, measure->chance_hash, 0)) <
           measure->chance_threshold;
}

int32_t measure_places_by(const struct measure *measure, const struct unit_change *change,
                          int32_t days)
{
    if (days < 0)
        return 0;
    if (days >= measure->ramp_days)
        return change->places;
    return (int32_t)((int64_t)change->places * (days + 1) / (measure->ramp_days + 1));
}

int32_t measure_converts_on(const struct measure *measure, const struct unit_change *change,
                            int32_t days)
{
    if ((int64_t)measure->starts + days + measure->takes_days > measure->last)
        return 0;
    return measure_places_by(measure, change, days) - measure_places_by(measure, change, days - 1);
}

static int32_t lesser(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

bool measure_reaches(const struct measure *measure, const struct unit *unit,
                     const struct period *period)
{
    return measure->chance_threshold > 0 &&
           (int64_t)measure->last + measure->takes_days >= period->start &&
           (int64_t)measure->starts - unit->dated.drain_days <= period->end;
}

/* Of the unit: out for works, not built, out for works on the way back. */
#define CHANGES_OF_CONVERSION 3

static void expect(const struct measure *measure, const struct unit_change *change,
                   struct estate *estate)
{
    int steps = lesser(abs(change->places), measure->ramp_days + 1);
    if (measure->kind != &measure_convert) {
        estate_expect_changes(estate, change->unit, steps);
        return;
    }
    estate_expect_changes(estate, change->unit, CHANGES_OF_CONVERSION * steps);
    estate_expect_changes(estate, change->to, steps);
}

void measures_expect(const struct measures *measures, const struct period *period,
                     struct estate *estate)
{
    for (int m = 0; m < measures->count; m++) {
        const struct measure *measure = &measures->list[m];
        for (int i = 0; i < measure->unit_change_count; i++) {
            const struct unit_change *change = &measure->unit_change[i];
            if (measure_reaches(measure, &estate->unit[change->unit], period))
                expect(measure, change, estate);
        }
    }
}

int64_t measure_part(const struct measure *measure, int64_t value, int32_t day)
{
    __extension__ typedef __int128 wide;
    int32_t                        days = day - measure->starts;
    if (days >= measure->ramp_days)
        return value;
    return (int64_t)((wide)value * (days + 1) / (measure->ramp_days + 1));
}

/* How far it has come, from nothing, 0, to whole, 1. */
static double level_on(const struct measure *measure, int32_t day)
{
    int32_t days = day - measure->starts;
    if (measure->level)
        return days < 0 || days >= measure->level_days ? 0 : measure->level[days];
    if (!measure_is_on(measure, day))
        return 0;
    return days >= measure->ramp_days ? 1 : (days + 1) / (measure->ramp_days + 1.0);
}

double measure_factor(const struct measure *measure, int32_t day)
{
    if (measure->level)
        return 1 + (measure->factor - 1) * level_on(measure, day);
    if (!measure_is_on(measure, day))
        return 1;
    int32_t days = day - measure->starts;
    if (days >= measure->ramp_days)
        return measure->factor;
    return 1 + (measure->factor - 1) * (days + 1) / (measure->ramp_days + 1);
}

double measure_addition(const struct measure *measure, int32_t day)
{
    return measure->adds_per_day == 0 ? 0 : measure->adds_per_day * level_on(measure, day);
}

double measures_addition(const struct measures *measures, int flow, int32_t day)
{
    double sum = 0;
    for (int i = 0; i < measures->inflow_count; i++) {
        const struct measure *measure = &measures->list[measures->inflow[i]];
        if (measure->flow[flow])
            sum += measure_addition(measure, day);
    }
    return sum;
}

double measures_raise(const struct measures *measures, int flow, int32_t day)
{
    double raise = 1;
    for (int i = 0; i < measures->inflow_count; i++) {
        const struct measure *measure = &measures->list[measures->inflow[i]];
        if (!measure->flow[flow])
            continue;
        double factor = measure_factor(measure, day);
        if (factor > 1)
            raise *= factor;
    }
    return raise;
}
