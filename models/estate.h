/* The estate: regimes (kinds of place), institutions and their units. A unit is a wing of one
 * regime with a number of places. Institutions are written out, or read from a CSV file with a row
 * a unit, or both.
 */
#ifndef CELSIM_MODELS_ESTATE_H
#define CELSIM_MODELS_ESTATE_H

#include "models/by_year.h"
#include "models/intake.h"
#include "models/places.h"
#include "models/who.h"

#define REGIMES_AT_MOST 64
#define UNITS_AT_MOST 4096
#define TAGS_AT_MOST 64
#define UNLIMITED INT32_MAX

/* Who may share a cell for two, and from which to which day. */
struct two_in_a_cell {
    struct who who;
    int32_t    from, to; /* first and last day */
};

struct regime {
    const char    *name, *dutch;
    bool           emergency;    /* police cells: held, but nobody's own place (noodplaats) */
    bool           outside;      /* electronic detention: not held */
    bool           apart;        /* stands in for no other regime (clinic) */
    bool           unlimited;    /* has one unit of its own name, without a limit */
    int64_t        turnover_min; /* a place stays empty so long after each departure */
    struct by_year built_cost, occupied_cost;       /* cents a place and day, a person and day */
    int64_t        staff_per_place, staff_per_ward; /* millionths of an fte */
    struct intake  intake;
    const struct two_in_a_cell *two_in_a_cell; /* NULL: nobody asks who shares */
};

/* Has places that count as usable (direct inzetbaar): limited, not police cells, not outside. */
static inline bool regime_has_usable(const struct regime *regime)
{
    return !regime->unlimited && !regime->emergency && !regime->outside;
}

struct unit {
    const char *name;   /* institution.unit, or the name alone */
    const char *region; /* NULL: none */
    const char *why;    /* why out_of_use: names of causes; NULL: not said */
    int         regime;
    int         institution; /* -1: none */
    int32_t     places;      /* usable at the start: built less out of use (direct inzetbaar);
                                UNLIMITED for a regime without limit */
    int32_t             built, out_of_use, for_two; /* for_two: second places in a cell */
    int32_t             ward;                       /* places that open and close together */
    int32_t             added;           /* places that a project of the works programme brings */
    struct dated_places dated;           /* all of it over time, as the scenario states it */
    int                 changes_at_most; /* that a replication may add (supply.h) */
    uint64_t            tags; /* a bit for each of estate.tag_name; those of its institution too */
    struct who          admits;
};

struct institution {
    const char *name, *dutch, *label, *region; /* NULL: not said, but for name */
    uint64_t    tags;
    struct who  admits;
};

struct estate {
    int                         regime_count, institution_count, unit_count, tag_count;
    struct regime              *regime;
    const char                **regime_name;
    struct institution         *institution;
    const char                **institution_name;
    struct unit                *unit; /* in file order */
    const char                **unit_name;
    const char                **tag_name; /* in order of first mention */
    int                         step_count;
    struct places_step         *step;  /* changes of places within the period, by day, then unit */
    const struct dated_places **dated; /* [unit]: of the unit */
    bool                        has_supply;  /* some unit has changes_at_most */
    bool                        has_sharing; /* some unit shares (estate_shares) */
    uint64_t *may_share; /* [status x profiles + profile]: mask of regimes; NULL: no unit shares */
};

void estate_read(struct reader *reader, struct node *regimes, struct node *institutions,
                 struct node *units, struct node *works, struct node *measures,
                 const struct attributes *attributes, const char *const *statuses, int status_count,
                 struct estate *estate);

/* Whether second places of a unit count only as far as pairs are held. */
static inline bool estate_shares(const struct estate *estate, int unit)
{
    return estate->regime[estate->unit[unit].regime].two_in_a_cell != NULL &&
           estate->unit[unit].for_two > 0;
}

/* Of so many usable places of a unit those that are second in a cell: in proportion, rounded down;
 * places built on have none. */
static inline int32_t unit_second_places(const struct unit *unit, int32_t usable)
{
    if (unit->for_two == 0)
        return 0;
    int64_t second = (int64_t)unit->for_two * usable / (unit->built + unit->added);
    return second < unit->for_two ? (int32_t)second : unit->for_two;
}

/* Of so many usable places, of which so many are second ones, those that count while so many pairs
 * are held who may share: the first in each cell, and a second for each pair. */
static inline int32_t places_counted(int32_t usable, int32_t second, int32_t pairs)
{
    return usable - (second > pairs ? second - pairs : 0);
}

/* Before the columns are read: a replication may add so many more changes to a unit. */
void estate_expect_changes(struct estate *estate, int unit, int changes);

/* Whether the usable places of a unit may be others on some day than at the start. */
bool estate_may_change(const struct estate *estate, int unit);

/* Works out the places of all units over the period, which has been read before the estate. */
void estate_set_dates(struct reader *reader, int32_t first, int32_t last, struct estate *estate);

/* The unit of this name; -1: there is none. */
int estate_find_unit(const struct estate *estate, const char *name);

/* What a project or a measure converts places into: `to` of works.projects.<name>.converts.<unit>.
 * Its unit is called `<unit>_as_<name>`. */
extern const struct field convert_to_fields[];
const char *estate_converted_name(struct arena *arena, const char *unit, const char *name);

extern const struct field regime_fields[], two_in_a_cell_fields[], institutions_fields[],
    institution_fields[], unit_fields[];
extern const struct field institution_csv_fields[]; /* the columns; each attribute may be one too */

#endif
