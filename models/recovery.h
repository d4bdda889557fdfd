/* How long the system takes to be back to normal after a shock. Read from the record after the run.
 */
#ifndef CELSIM_MODELS_RECOVERY_H
#define CELSIM_MODELS_RECOVERY_H

#include "models/scenario.h"

#define RECOVERY_BEFORE_DAYS 28 /* what is normal: whole weeks, since weekends differ */
#define RECOVERY_AFTER_DAYS 7
#define NO_RECOVERY (-1)

/* Days from the day of a shock to the first day of a week in which, at midnight, those who lack a
 * place (in police cells, over capacity, sent home) are on the mean no more than in the four weeks
 * before the shock. NO_RECOVERY: not within the period, or less than four weeks were recorded
 * before. */
int32_t recovery_days(const struct scenario *plan, const struct record *record,
                      const struct shock *shock);

/* Whether enough days were recorded before it. */
bool recovery_is_known(const struct scenario *plan, const struct shock *shock);

#endif
