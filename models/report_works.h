/* works.csv: when the projects of the works programme are planned and when they come, over
 * replications.
 */
#ifndef CELSIM_MODELS_REPORT_WORKS_H
#define CELSIM_MODELS_REPORT_WORKS_H

#include "models/scenario.h"
#include "sim/record.h"

/* A row for the start and the end of each project, and for the loss of its places where it has a
 * date: what is planned, the share of replications in which it comes, the mean and sd (days) of
 * those, and quantiles over all, empty where it has not come in so large a share. None lies before
 * the period; an end may lie after it. */
MUST_USE bool report_works(const struct scenario *plan, const struct records *records,
                           const char *path, struct arena *arena, struct errors *errors);

#endif
