/* The call-up of a status on a day, as measures of the kind call_up have it. */
#ifndef CELSIM_MODELS_POLICY_CALL_UP_H
#define CELSIM_MODELS_POLICY_CALL_UP_H

#include "models/policy.h"

/* Each key that measures in force state, else as the status has it. `day` is one of the calendar;
 * normally: without emergency measures. */
struct call_up policy_call_up(const struct prison *prison, int status, int32_t day, bool normally);

/* Its notice; asked of every walk of normal execution, so without measures at once. */
static inline int64_t policy_notice_min(const struct prison *prison, int status, int32_t day,
                                        bool normally)
{
    if (prison->plan->measures.call_ups == 0)
        return prison->statuses[status].call_up.notice_min;
    return policy_call_up(prison, status, day, normally).notice_min;
}

/* Told of each who is called up now. */
void policy_count_call(struct prison *prison, int status);

#endif
