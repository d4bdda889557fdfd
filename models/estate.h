/* The estate: regimes (kinds of place), institutions and their units. A unit is a wing of one
 * regime with a number of places. Institutions are written out, or read from a CSV file with a row
 * a unit, or both.
 */
#ifndef CELSIM_MODELS_ESTATE_H
#define CELSIM_MODELS_ESTATE_H

#include "models/intake.h"
#include "models/places.h"
#include "models/who.h"

#define REGIMES_AT_MOST 64
#define UNITS_AT_MOST 4096
#define TAGS_AT_MOST 64
#define UNLIMITED INT32_MAX

struct regime {
    const char   *name, *dutch;
    bool          emergency;    /* police cells: held, but nobody's own place (noodplaats) */
    bool          outside;      /* electronic detention: not held */
    bool          apart;        /* stands in for no other regime (clinic) */
    bool          unlimited;    /* has one unit of its own name, without a limit */
    int64_t       turnover_min; /* a place stays empty so long after each departure */
    struct intake intake;
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
    int32_t             built, out_of_use, for_two;
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
    bool                        has_supply; /* some unit has changes_at_most */
};

void estate_read(struct reader *reader, struct node *regimes, struct node *institutions,
                 struct node *units, struct node *works, const struct attributes *attributes,
                 const char *const *statuses, int status_count, struct estate *estate);

/* Before the columns are read: a replication may add so many more changes to a unit. */
void estate_expect_changes(struct estate *estate, int unit, int changes);

/* Whether the usable places of a unit may be others on some day than at the start. */
bool estate_may_change(const struct estate *estate, int unit);

/* Works out the places of all units over the period, which has been read before the estate. */
void estate_set_dates(struct reader *reader, int32_t first, int32_t last, struct estate *estate);

/* What a project converts places into: `to` of works.projects.<name>.converts.<unit>. Its unit is
 * called `<unit>_as_<project>`. */
extern const struct field convert_to_fields[];
const char *estate_converted_name(struct arena *arena, const char *unit, const char *project);

extern const struct field regime_fields[], institutions_fields[], institution_fields[],
    unit_fields[];
extern const struct field institution_csv_fields[]; /* the columns; each attribute may be one too */

#endif
