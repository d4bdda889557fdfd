/* What a scenario implies about returns: whether as many come back as the flows are lowered by. */
#include "models/outlook.h"

#include <math.h>

#define SHARE_IS_OFF 0.05 /* of the stated share */

static double implied(const struct outlook *outlook, int year)
{
    return outlook->arrivals[year] > 0 ? outlook->returning[year] / outlook->arrivals[year] : 0;
}

void outlook_write_returns(FILE *out, const struct scenario *scenario,
                           const struct outlook *outlook)
{
    if (!scenario->returns.used)
        return;
    fprintf(out,
            "\nReturns: of the arrivals above, the share that is lowered once the delay is over, "
            "beside chance x\nreleased / arrivals, as planned and without held_in\n");
    fprintf(out, "%-12s%12.4f\n", "flow_share", scenario->returns.flow_share);
    for (int y = 0; y < outlook->year_count; y++)
        fprintf(out, "implied %d%12.4f\n", outlook->year[y], implied(outlook, y));
}

int outlook_warn_returns(const struct scenario *scenario, const struct outlook *outlook, FILE *out)
{
    double stated = scenario->returns.flow_share, follows = implied(outlook, 0);
    if (!scenario->returns.used || fabs(follows - stated) <= SHARE_IS_OFF * fmax(stated, follows))
        return 0;
    fprintf(out,
            "returns: flow_share is %.4f, but %.4f of the arrivals of %d come back: in the end "
            "%s come than the flows state\n",
            stated, follows, outlook->year[0], follows > stated ? "more" : "fewer");
    return 1;
}
