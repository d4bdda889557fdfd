#include "models/policy_call_up.h"

static bool acts(const struct prison *prison, const struct measure *measure, int status,
                 int32_t day, bool normally)
{
    return measure->statuses >> status & 1 && policy_is_in_force(prison, measure, day, normally);
}

/* By start, then name: of each key the last one holds. */
struct call_up policy_call_up(const struct prison *prison, int status, int32_t day, bool normally)
{
    const struct measures *measures = &prison->plan->measures;
    struct call_up         call_up = prison->statuses[status].call_up;
    for (uint64_t set = measures->call_ups; set; set &= set - 1) {
        const struct measure *measure = measures_first(measures, set);
        if (!acts(prison, measure, status, day, normally))
            continue;
        if (measure->sets_fill_to)
            call_up.fill_to = measure->fill_to;
        if (measure->sets_at_most)
            call_up.at_most = measure->at_most;
        if (measure->sets_notice)
            call_up.notice_min = measure->notice_min;
    }
    return call_up;
}

void policy_count_call(struct prison *prison, int status)
{
    const struct measures *measures = &prison->plan->measures;
    for (uint64_t set = measures->call_ups; set; set &= set - 1) {
        const struct measure *measure = measures_first(measures, set);
        if (acts(prison, measure, status, policy_today(prison), false))
            policy_add(prison, measure->column + CALL_UP_PEOPLE, 1);
    }
}
