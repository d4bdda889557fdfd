/* The places of an outlook: how many are usable when. */
#include <string.h>

#include "models/outlook.h"

int64_t outlook_places(const struct scenario *scenario, int regime, int32_t day)
{
    int64_t usable = 0;
    for (int u = 0; u < scenario->estate.unit_count; u++)
        if (scenario->estate.unit[u].regime == regime)
            usable += places_on(&scenario->estate.unit[u].dated, day).usable;
    return usable;
}

/* Built on a day. */
static int64_t built_on(const struct scenario *scenario, int regime, int32_t day)
{
    int64_t built = 0;
    for (int u = 0; u < scenario->estate.unit_count; u++)
        if (scenario->estate.unit[u].regime == regime)
            built += places_on(&scenario->estate.unit[u].dated, day).built;
    return built;
}

static bool changes(const struct scenario *scenario, int regime)
{
    const struct estate *estate = &scenario->estate;
    for (int i = 0; i < estate->step_count; i++)
        if (estate->unit[estate->step[i].unit].regime == regime)
            return true;
    return false;
}

/* The first day with the lowest number. */
static int32_t lowest_day(const struct scenario *scenario, int regime)
{
    const struct estate *estate = &scenario->estate;
    int32_t              lowest = scenario->period.start;
    for (int i = 0; i < estate->step_count; i++) {
        int32_t day = scenario->period.start + estate->step[i].day;
        if (outlook_places(scenario, regime, day) < outlook_places(scenario, regime, lowest))
            lowest = day;
    }
    return lowest;
}

static void write_regime(FILE *out, const struct scenario *scenario, int width, int regime)
{
    const struct period *period = &scenario->period;
    int32_t              lowest = lowest_day(scenario, regime);
    char                 date[11];
    date_format(lowest, date);
    fprintf(out, "%-*s%10lld%10lld%10lld  %s%10lld%10lld\n", width,
            scenario->estate.regime_name[regime],
            (long long)built_on(scenario, regime, period->start),
            (long long)outlook_places(scenario, regime, period->start),
            (long long)outlook_places(scenario, regime, lowest), date,
            (long long)built_on(scenario, regime, period->end),
            (long long)outlook_places(scenario, regime, period->end));
}

void outlook_write_places(FILE *out, const struct scenario *scenario)
{
    int width = 12;
    if (scenario->estate.step_count == 0)
        return;
    for (int r = 0; r < scenario->estate.regime_count; r++)
        if ((int)strlen(scenario->estate.regime_name[r]) > width)
            width = (int)strlen(scenario->estate.regime_name[r]);
    fprintf(out,
            "\nPlaces that change: built and usable at the start, the lowest usable number and its "
            "first day,\nbuilt and usable at the end\n%-*s%10s%10s%10s  %-10s%10s%10s\n",
            width, "regime", "built", "usable", "lowest", "from", "built", "usable");
    for (int r = 0; r < scenario->estate.regime_count; r++)
        if (changes(scenario, r))
            write_regime(out, scenario, width, r);
}
