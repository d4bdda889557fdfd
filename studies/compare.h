/* `celsim compare`: scenarios with the same chance as a base, replication by replication; the
 * differences, their intervals, and what pairing gains.
 */
#ifndef CELSIM_STUDIES_COMPARE_H
#define CELSIM_STUDIES_COMPARE_H

#include "studies/run.h"

struct compare_request {
    struct run_request run;  /* its scenario is the base; sets, seed and replications are for all */
    const char *const *file; /* the others */
    int                file_count;
    const char *const *each; /* paths of mappings of the base, instead of files */
    int                each_count;
};

struct compare_result {
    struct run_result run;
    int               scenario_count; /* the base too */
};

/* Files: each against the base. `each`: the base is the scenario without the members of these
 * mappings; compared are it with each member alone, then, where there is more than one, with all
 * together. false: errors were added, or it was interrupted; then no result is in place. */
MUST_USE bool study_compare(const struct compare_request *request, struct arena *plan_arena,
                            struct compare_result *result, struct errors *errors);

#endif
