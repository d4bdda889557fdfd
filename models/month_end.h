/* Rows on month ends: people present and usable places by institution and unit, and what is built
 * and out of use by cause in institutions where that changes; they would make the daily series too
 * long. They stand in the record's month ends, behind what is taken there from the row of the day.
 */
#ifndef CELSIM_MODELS_MONTH_END_H
#define CELSIM_MODELS_MONTH_END_H

#include "models/estate.h"
#include "models/flow.h"

struct month_end_column {
    const char *indicator; /* "present", "usable", "built", "out_works" */
    const char *group;     /* "institution.vught", "unit.vught.prison" */
};

struct month_end {
    int                      count;       /* columns */
    int                      month_count; /* month ends in the recorded days */
    int32_t                 *day;         /* [month]: day number (1970-01-01 is 0) */
    struct month_end_column *column;
    int *present_of, *usable_of; /* [2 x unit]: columns of its institution and its own, or -1 */
    int *places_of;    /* [unit]: of its institution, what is built; by cause behind it; or -1 */
    bool has_unpaired; /* some unit shares: behind those stand second places without a pair */
};

void month_end_make(struct arena *arena, bool by_institution, bool by_unit,
                    const struct period *period, const struct estate *estate,
                    struct month_end *month_end);

/* Names of its columns, for the part file: "present unit.vught.prison". */
void month_end_put_names(struct arena *arena, const struct month_end *month_end,
                         const char **names);

/* The month whose last day this is, or -1. */
int month_end_find(const struct month_end *month_end, int32_t day);

#endif
