/* What a run writes: series.csv (a row a day, indicator and group), summary.csv (a row a year,
 * indicator and group), costs.csv and measures.csv (likewise), works.csv and run.yaml (the
 * manifest). All are the same bytes for any number of threads and any split into parts.
 */
#ifndef CELSIM_MODELS_REPORT_H
#define CELSIM_MODELS_REPORT_H

#include <stdio.h>

#include "models/prison.h"
#include "sim/folder.h"

#define CELSIM_VERSION "0.1.0"

/* Days of the record that lie in a calendar year. */
int64_t report_days_in(const struct period *period, int year);

/* records: replications 0 .. count - 1, whole. */
MUST_USE bool report_series(const struct scenario *plan, const struct records *records,
                            const char *path, struct arena *arena, struct errors *errors);
MUST_USE bool report_summary(const struct scenario *plan, const struct records *records,
                             const char *path, struct arena *arena, struct errors *errors);
/* Only where the scenario states a cost (plan->costs.used). */
MUST_USE bool report_costs(const struct scenario *plan, const struct records *records,
                           const char *path, struct arena *arena, struct errors *errors);
/* Only where the scenario has measures or valves (plan->columns.policy_count). */
MUST_USE bool report_measures(const struct scenario *plan, const struct records *records,
                              const char *path, struct arena *arena, struct errors *errors);
MUST_USE bool report_manifest(const struct scenario *plan, const struct records *records,
                              uint64_t seed, const char *path, struct errors *errors);
/* Writes each line of a text behind so many blanks. */
void report_indented(const char *text, int blanks, FILE *out);
/* The history of one replication, in order of minute, person and time within the minute. */
MUST_USE bool report_events(const struct scenario *plan, struct trace *trace, const char *path,
                            struct arena *arena, struct errors *errors);

#endif
