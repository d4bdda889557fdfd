#include "models/routes.h"

#include "models/policy.h"

/* The first, by start and name, that moves him off this route; NULL: none does. */
static const struct measure *find(const struct prison *prison, const struct person *person,
                                  int route, int32_t today, bool with_emergency)
{
    const struct measures *measures = &prison->plan->measures;
    uint64_t set = policy_candidates(prison, person, measures->routes, with_emergency);
    for (; set; set &= set - 1) {
        const struct measure *measure = measures_first(measures, set);
        if (measure->from_route == route && policy_takes(prison, measure, person, today))
            return measure;
    }
    return NULL;
}

int8_t routes_normally(const struct prison *prison, const struct person *person, int32_t today)
{
    const struct measure *measure = NULL;
    if (prison->rerouted >> person->status & 1)
        measure = find(prison, person, person->route, today, false);
    return measure ? (int8_t)measure->to_route : person->route;
}

void routes_judge(struct prison *prison, struct person *person)
{
    const struct measure *measure = find(prison, person, person->route, policy_today(prison), true);
    if (!measure)
        return;
    person->route = (int8_t)measure->to_route;
    policy_add(prison, measure->column + ROUTES_PEOPLE, 1);
}

void routes_uncount(struct prison *prison, const struct person *person)
{
    const struct measure *measure =
        find(prison, person, term_draw_route(prison, person), policy_today(prison), true);
    if (measure)
        policy_add(prison, measure->column + ROUTES_PEOPLE, -1);
}
