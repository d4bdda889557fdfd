/* What a scenario implies about returns: whether as many come back as the flows are lowered by. */
#include "models/outlook.h"

#include <math.h>

#define DRIFT_IS_LARGE 0.05 /* of the arrivals that the flows state */

static double of_arrivals(const struct outlook *outlook, int year, double people)
{
    return outlook->arrivals[year] > 0 ? people / outlook->arrivals[year] : 0;
}

void outlook_write_returns(FILE *out, const struct scenario *scenario,
                           const struct outlook *outlook)
{
    if (!scenario->returns.used)
        return;
    fprintf(out,
            "\nReturns, as shares of the arrivals above: what the flows are lowered by in the end "
            "(flow_share, %.4f),\nand beside it chance x released / arrivals, and all who come in "
            "the end, by flows and returns; all leave as\nplanned, without held_in\n%-4s%14s%14s\n",
            scenario->returns.flow_share, "year", "come back", "in the end");
    for (int y = 0; y < outlook->year_count; y++)
        fprintf(out, "%4d%14.4f%14.4f\n", outlook->year[y],
                of_arrivals(outlook, y, outlook->returning[y]),
                of_arrivals(outlook, y, outlook->settled[y]));
}

int outlook_warn_returns(const struct scenario *scenario, const struct outlook *outlook, FILE *out)
{
    double settled = of_arrivals(outlook, 0, outlook->settled[0]);
    if (!scenario->returns.used || outlook->arrivals[0] <= 0 || fabs(settled - 1) <= DRIFT_IS_LARGE)
        return 0;
    fprintf(out,
            "returns: by flow_share %.4f the flows and the returns together bring %.4f of the "
            "stated arrivals in the end; of those who come %.4f come back\n",
            scenario->returns.flow_share, settled, of_arrivals(outlook, 0, outlook->returning[0]));
    return 1;
}
