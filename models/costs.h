/* What it costs, by year, institution and item: cents, in the prices of one year. Nothing of it is
 * worked out while events run, but the minutes that people are in a unit.
 */
#ifndef CELSIM_MODELS_COSTS_H
#define CELSIM_MODELS_COSTS_H

#include "models/by_year.h"
#include "models/estate.h"
#include "models/measure.h"
#include "models/staff.h"

enum cost_item {
    COST_BUILT,    /* places, used or not */
    COST_OCCUPIED, /* people in them */
    COST_STAFF,
    COST_AGENCY,
    COST_WORKS,
    COST_ONE_OFF,
    COST_MEASURES,     /* by person, by year, by place */
    COST_COMPENSATION, /* of waits that are overdue */
    COST_ITEMS
};
extern const char *const cost_item_name[COST_ITEMS + 1]; /* NULL at the end */

/* Money to compare the total with. */
struct cost_line {
    const char    *name;
    struct by_year euros; /* cents */
};

struct costs {
    bool              used;       /* some cost is stated */
    int64_t           price_year; /* 0: not stated */
    int               group_count;
    const char      **group; /* "institution.vught", "unit.police_cell", "measure.tag", .. */
    int              *group_of_unit, *group_of_institution;
    int               programme; /* group of projects that belong to no institution; -1: none */
    int              *group_of_measure; /* -1: it states no cost */
    int              *group_of_status;  /* -1: nothing is due to its people */
    int               line_count;
    struct cost_line *line;
};

/* Reads `costs:` (NULL: nothing to compare with) when estate, staff, measures and statuses are
 * known. */
void costs_read(struct reader *reader, struct node *node, const struct estate *estate,
                const struct staff *staff, const struct measures *measures,
                const struct statuses *statuses, bool works_cost, struct costs *costs);

extern const struct field costs_fields[];

#endif
