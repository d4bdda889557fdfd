#include "models/policy_quotas.h"

/* By start, then name: of each number the last one holds. */
void policy_set_quotas(const struct prison *prison, int32_t *transport_per_day,
                       int32_t *intake_per_day)
{
    const struct scenario *plan = prison->plan;
    *transport_per_day = plan->transport.per_day;
    for (int r = 0; r < plan->estate.regime_count; r++)
        intake_per_day[r] = plan->estate.regime[r].intake.per_day;
    for (uint64_t set = plan->measures.quotas; set; set &= set - 1) {
        const struct measure *measure = measures_first(&plan->measures, set);
        if (!policy_holds(prison, measure))
            continue;
        if (measure->transport_per_day != QUOTA_AS_IT_IS)
            *transport_per_day = measure->transport_per_day;
        for (int r = 0; r < plan->estate.regime_count; r++)
            if (measure->intake_per_day[r] != QUOTA_AS_IT_IS)
                intake_per_day[r] = measure->intake_per_day[r];
    }
}

void policy_count_move(struct prison *prison, int regime, bool is_brought)
{
    const struct measures *measures = &prison->plan->measures;
    for (uint64_t set = measures->quotas; set; set &= set - 1) {
        const struct measure *measure = measures_first(measures, set);
        bool                  is_touched = measure->intake_per_day[regime] != QUOTA_AS_IT_IS ||
                          (is_brought && measure->transport_per_day != QUOTA_AS_IT_IS);
        if (is_touched && policy_holds(prison, measure))
            policy_add(prison, measure->column + QUOTAS_PEOPLE, 1);
    }
}
