/* Call-up of self-reporters (oproepen van zelfmelders): each week so many are called as places are
 * expected to be free, up to a quota; they report after the notice, or do not come.
 */
#ifndef CELSIM_MODELS_CALLUP_H
#define CELSIM_MODELS_CALLUP_H

#include "models/prison.h"

/* Schedules the first review, where any status is called up. */
void callup_open(struct prison *prison);
/* When he would come who was called up, his end or a loss before that stays his event. For one
 * whose dates have changed. */
void callup_plan(struct prison *prison, person_id id);
/* KIND_CAPACITY of SLOT_CALL_UP: a weekly review, Mondays at 0:00. */
void callup_review(struct prison *prison);

#endif
