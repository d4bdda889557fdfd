/* What a scenario implies before it is run, for `celsim check`: rates, lengths of stay, the people
 * that follow from both (Little's law: rate x stay), their load on the places, and what looks
 * wrong.
 *
 * All of it as if everybody had a place at once: no waiting, nobody refused, sent home or lost from
 * a queue. Releases that move to a Friday, and places that stand empty in turnover, are left out.
 */
#ifndef CELSIM_MODELS_OUTLOOK_H
#define CELSIM_MODELS_OUTLOOK_H

#include "models/scenario.h"
#include "models/spell.h"
#include "models/warnings.h"

#define OUTLOOK_YEARS 2 /* the first and the last calendar year of the period */

struct status_outlook {
    double entries[OUTLOOK_YEARS]; /* a day, from flows and by routes */
    double people[OUTLOOK_YEARS];  /* in the status, on average; INFINITY: without end */
    double sentence_min;           /* NAN: it has no sentence */
    double serve_min;              /* of that sentence; NAN likewise */
    double stay_min, cv;           /* less the custody that counts; INFINITY and NAN: without end */
};

/* People who do not differ in what counts here: their stays, routes, places and returns. */
struct group {
    uint32_t profile; /* one of them */
    double   share;   /* of all who arrive */
};

struct outlook {
    int year[OUTLOOK_YEARS];
    int year_count;                /* 1 when the period lies within one year */
    double (*rate)[OUTLOOK_YEARS]; /* [flow]: people a day */
    struct status_outlook status[STATUSES_AT_MOST];
    double load[REGIMES_AT_MOST][OUTLOOK_YEARS]; /* people whose first choice the regime is, but
                                                    for those who never leave their status */
    bool has_endless[REGIMES_AT_MOST];           /* there are such; unless nobody else comes, load
                                                    is not INFINITY for them */
    double away[REGIMES_AT_MOST][OUTLOOK_YEARS]; /* of these, for a crisis in another regime */
    double here[REGIMES_AT_MOST][OUTLOOK_YEARS]; /* people from others who are here for one */
    double unplaced[OUTLOOK_YEARS];              /* people who need no place */
    bool   goes_round; /* people come back to a status for ever: entries are a lower bound */
};

const struct outlook *outlook_make(struct arena *arena, const struct scenario *scenario);

/* All who arrive, by group; how many groups. */
int outlook_groups(struct arena *arena, const struct scenario *scenario, struct group **groups);

/* Entries by status of people of a profile, of arrivals by status: step by step along the routes,
 * until hardly anybody is left; false: people come back to a status for ever. */
bool outlook_entries(const struct scenario *scenario, uint32_t profile, const double *arrivals,
                     double *entries);

/* How long people of a group are in a status. */
struct time_in_status {
    double              min;    /* on average; INFINITY: without end */
    const struct spell *spell;  /* cut, where the status has crises; */
    const struct spell *before; /* of that so much is over at entry; NULL: nothing */
};

/* Adds where people of a group are in crises, by their entries a day and times by status. */
void outlook_add_crises(const struct scenario *scenario, const struct group              *group,
                        double (*entries)[STATUSES_AT_MOST], const struct time_in_status *time,
                        struct outlook *outlook);

/* Writes all of it, and the warnings. */
void outlook_write(struct arena *arena, const struct scenario *scenario, FILE *out);

/* The usable places of a regime on a day. */
int64_t outlook_places(const struct scenario *scenario, int regime, int32_t day);

/* Writes the regimes whose places change within the period; nothing when none do. */
void outlook_write_places(FILE *out, const struct scenario *scenario);

/* Writes the first and second places of regimes where people may share a cell; nothing when none
 * has cells for two. */
void outlook_write_shared(FILE *out, const struct scenario *scenario);
/* Writes the calendar and the money of the works programme; nothing when there is none. */
void outlook_write_works(struct arena *arena, const struct scenario *scenario, FILE *out);
/* Adds what looks wrong in it. */
void outlook_warn_works(struct warnings *warnings, const struct scenario *scenario);
/* Of that, which projects cost more a year than any budget of the period, a measure's too. */
void outlook_warn_never_paid(struct warnings *warnings, const struct scenario *scenario);

/* Adds which units join places that else stood apart. */
void outlook_warn_joins(struct warnings *warnings, const struct scenario *scenario);

/* Writes who is needed and employed by institution, without slip of works; nothing when none has
 * staff. */
void outlook_write_staff(struct arena *arena, const struct scenario *scenario, FILE *out);
/* Adds what looks wrong in it. */
void outlook_warn_staff(struct warnings *warnings, const struct scenario *scenario);

/* Writes what happens overnight; nothing when nothing does. */
void outlook_write_shocks(FILE *out, const struct scenario *scenario);
/* Adds what looks wrong in it. */
void outlook_warn_shocks(struct warnings *warnings, const struct scenario *scenario);

/* What returns and lowered flows come to: people a day. */
enum balance_of {
    BALANCE_COME,      /* by all flows, returns included as they state it */
    BALANCE_LOWERED,   /* of those, so many by flow_share */
    BALANCE_BACK,      /* and so many come back one day */
    BALANCE_SETTLED,   /* so many come in the end, by flows and returns; INFINITY: ever more */
    BALANCE_UNLOWERED, /* and so many if the flows were not lowered */
    BALANCES
};

/* Of all people, or of those with a value of an attribute, in the first and the last year. All
 * leave as planned, without held_in. */
struct balance {
    int    attribute, value; /* -1: all */
    double people[BALANCES][OUTLOOK_YEARS];
};

/* All people first, then those with each value of each attribute. How many rows; 0: nobody returns.
 */
int outlook_balance(struct arena *arena, const struct scenario *scenario,
                    const struct outlook *outlook, struct balance **rows);

/* The flow_share by which as many come in the end as the flows state; NAN: there is none, as the
 * attribute is drawn again for each return, or nobody comes. */
double balance_share(const struct scenario *scenario, const struct balance *row, int year);

/* Writes how many come back beside the share of the flows that stands for them; nothing when nobody
 * does. */
void outlook_write_returns(struct arena *arena, const struct scenario *scenario,
                           const struct outlook *outlook, FILE *out);
/* Adds what looks wrong in it. */
void outlook_warn_returns(struct warnings *warnings, const struct scenario *scenario,
                          const struct outlook *outlook);

/* Writes which features of the scenario the numbers do not know; nothing when it has none. */
void outlook_write_left_out(FILE *out, const struct scenario *scenario);

/* Adds all that looks wrong. */
void outlook_warn(struct warnings *warnings, const struct scenario *scenario,
                  const struct outlook *outlook);

#define IDLE_TOLD 10 /* of these so many are told after a run */

/* Of these what stands there without effect: units, rules, changes, measures and works. The arena
 * needs supply_room() besides. */
void outlook_warn_idle(struct warnings *warnings, const struct scenario *scenario);

#endif
