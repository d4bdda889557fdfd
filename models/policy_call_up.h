/* The call-up of a status on a day, as measures of the kind call_up have it. */
#ifndef CELSIM_MODELS_POLICY_CALL_UP_H
#define CELSIM_MODELS_POLICY_CALL_UP_H

#include "models/policy.h"

/* Each key that measures in force state, else as the status has it. `day` is one of the calendar;
 * normally: without emergency measures. */
struct call_up policy_call_up(const struct prison *prison, int status, int32_t day, bool normally);

/* Told of each who is called up now. */
void policy_count_call(struct prison *prison, int status);

#endif
