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

/* -- cells for two -- */

/* Usable places of a regime at the start that are second in a cell. */
static int64_t second_places(const struct scenario *scenario, int regime)
{
    const struct estate *estate = &scenario->estate;
    int64_t              second = 0;
    for (int u = 0; u < estate->unit_count; u++)
        if (estate->unit[u].regime == regime && estate_shares(estate, u))
            second += unit_second_places(&estate->unit[u], estate->unit[u].places);
    return second;
}

/* `-` where it is the day that stands for none. */
static const char *date_or_dash(int32_t day, int32_t none, char date[11])
{
    if (day == none)
        return "-";
    date_format(day, date);
    return date;
}

static void write_shared(FILE *out, const struct scenario *scenario, int width, int regime)
{
    const struct two_in_a_cell *two = scenario->estate.regime[regime].two_in_a_cell;
    int64_t                     usable = outlook_places(scenario, regime, scenario->period.start);
    int64_t                     second = second_places(scenario, regime);
    char                        from[11], to[11];
    fprintf(out, "%-*s%10lld%10lld  %-10s  %s\n", width, scenario->estate.regime_name[regime],
            (long long)(usable - second), (long long)second,
            date_or_dash(two->from, NO_FIRST_DAY, from), date_or_dash(two->to, NO_LAST_DAY, to));
}

static int width_of_regimes(const struct scenario *scenario)
{
    int width = 12;
    for (int r = 0; r < scenario->estate.regime_count; r++)
        if ((int)strlen(scenario->estate.regime_name[r]) > width)
            width = (int)strlen(scenario->estate.regime_name[r]);
    return width;
}

void outlook_write_shared(FILE *out, const struct scenario *scenario)
{
    int width = width_of_regimes(scenario);
    if (!scenario->estate.has_sharing)
        return;
    fprintf(out,
            "\nCells for two: usable places at the start that are first in a cell (or alone), and "
            "second;\na second place counts while two who may share are held, from and to these "
            "days\n%-*s%10s%10s  %-10s  %s\n",
            width, "regime", "first", "second", "from", "to");
    for (int r = 0; r < scenario->estate.regime_count; r++)
        if (scenario->estate.regime[r].two_in_a_cell)
            write_shared(out, scenario, width, r);
}

/* -- places that change -- */

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
    int width = width_of_regimes(scenario);
    if (scenario->estate.step_count == 0)
        return;
    fprintf(out,
            "\nPlaces that change: built and usable at the start, the lowest usable number and its "
            "first day,\nbuilt and usable at the end\n%-*s%10s%10s%10s  %-10s%10s%10s\n",
            width, "regime", "built", "usable", "lowest", "from", "built", "usable");
    for (int r = 0; r < scenario->estate.regime_count; r++)
        if (changes(scenario, r))
            write_regime(out, scenario, width, r);
}
