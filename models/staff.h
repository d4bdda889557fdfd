/* Staff (personeel) by institution: how many fte there are, come and go, how much work they can
 * cover, and which wards close first when they are too few. What a place and a ward need stands
 * with the regimes. All numbers of fte are kept in millionths.
 */
#ifndef CELSIM_MODELS_STAFF_H
#define CELSIM_MODELS_STAFF_H

#include "models/by_year.h"
#include "models/estate.h"

struct staffing {
    int            institution;
    int64_t        fte;                    /* at the start, or NOT_STATED */
    int64_t        fte_per_place_at_start; /* or NOT_STATED; both: as many as open places need */
    struct by_year leave_per_year, hire_per_year; /* millionths of the fte at the start */
    int32_t        hire_takes_months;             /* from the decision to the first day of work */
    int64_t        sick_share, covered_share;     /* millionths */
    int64_t        agency_fte;
    int            unit_count;
    int           *unit; /* in the order in which their wards close */
};
#define NOT_STATED (-1)

struct staff {
    int              count; /* institutions with staff; 0: staff closes nothing */
    struct staffing *list;  /* by institution */
    struct by_year   cost_per_fte, agency_cost_per_fte; /* cents a year */
};

/* Reads `staff:` (NULL: none) when institutions, works and shocks are known, and tells the estate
 * which units may change by it. `turns`: days on which
 * measures on staff begin or are over. */
void staff_read(struct reader *reader, struct node *node, int32_t first, int32_t last, int turns,
                struct estate *estate, struct staff *staff);

/* What so many open places of a unit need, millionths of an fte. */
int64_t staff_need(const struct estate *estate, int unit, int64_t open_places);

/* The same where a place needs so many, whatever its regime says. */
int64_t staff_need_by(const struct estate *estate, int unit, int64_t per_place,
                      int64_t open_places);

extern const struct field staff_fields[], staffing_fields[];

#endif
