/* The numbers a day of transport and intake, as measures of the kind quotas have them. */
#ifndef CELSIM_MODELS_POLICY_QUOTAS_H
#define CELSIM_MODELS_POLICY_QUOTAS_H

#include "models/policy.h"

/* Of today, or NO_QUOTA: each that measures in force state, else as the plan has it.
 * `intake_per_day` is by regime. */
void policy_set_quotas(const struct prison *prison, int32_t *transport_per_day,
                       int32_t *intake_per_day);

/* Told of each who is placed in a unit of the regime now, brought there or not. */
void policy_count_move(struct prison *prison, int regime, bool is_brought);

#endif
