/* Waits for a place that take longer than they may (passantentermijn): people, time and what is due
 * to them, by the year in which it falls. Reckoned when a wait is over, and at the end for those
 * who wait still; a wait that goes on costs nothing.
 */
#ifndef CELSIM_MODELS_OVERDUE_H
#define CELSIM_MODELS_OVERDUE_H

#include "models/prison.h"

/* For the one below. */
void overdue_reckon(struct prison *prison, const struct person *person);

/* The wait for a place of one who had none under his status is over now. */
static inline void overdue_settle(struct prison *prison, const struct person *person)
{
    if (__builtin_expect(prison->overdue >> person->status & 1, 0))
        overdue_reckon(prison, person);
}

/* The end of the period: all who wait still. */
void overdue_close(struct prison *prison);

#endif
