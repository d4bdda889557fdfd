/* The places of a unit over time: as built, out of use by cause, usable, and what may be given when
 * a lower number is coming. Dates are days since 1970-01-01.
 */
#ifndef CELSIM_MODELS_PLACES_H
#define CELSIM_MODELS_PLACES_H

#include "sim/fields.h"

#define PLACES_AT_MOST 10000000
#define NO_CAUSE (-1) /* of a change: it is a change of what is built */
#define NO_FIRST_DAY INT32_MIN
#define NO_LAST_DAY INT32_MAX

/* Why places are out of use, in the order in which causes are counted. */
enum cause { CAUSE_LOST, CAUSE_WORKS, CAUSE_DAMAGE, CAUSE_RESERVE, CAUSE_STAFF, CAUSES };
extern const char *const cause_name[CAUSES + 1]; /* NULL at the end */

enum on_shrink {
    ON_SHRINK_DRAIN,    /* who is there stays, over capacity */
    ON_SHRINK_TRANSFER, /* who is too many moves, or waits to */
    ON_SHRINK_HOLD,     /* a place closes when it falls empty */
};

struct change {
    int32_t from, to; /* first and last day; NO_LAST_DAY: it stays */
    int32_t places;   /* of a cause: -, out of use; +, no longer, as far as some were. Else of
                         what is built: + or - */
    int  why;         /* enum cause, or NO_CAUSE */
    bool is_shock;    /* who is too many moves, whatever on_shrink says */
    /* Days before which nobody knew that it begins, and that it is over: entries do not stop for
     * what nobody knows; 0: always known. */
    int32_t known_from, end_known_from;
};

/* built = usable + all that is out. */
struct places {
    int32_t built, usable, out[CAUSES];
};

/* What a scenario says of the places of a unit. */
struct dated_places {
    int32_t        built, out_of_use; /* without the changes */
    int            why;               /* those are out of use: enum cause */
    int            change_count;
    struct change *change;
    int            on_shrink;  /* enum on_shrink */
    int32_t        drain_days; /* so long before, entries stop as far as a lower number asks */
};

/* What holds from a day on: usable places, or what may be given of them, are others than before. */
struct places_step {
    int32_t       day; /* since the start of the period */
    uint16_t      unit;
    struct places places;
    int32_t       entries;  /* the lowest usable number within the drain days */
    bool          is_shock; /* what nobody foresaw begins: who is too many must move */
};

/* The places on a day. Causes are counted one after the other, each on what the former leave; never
 * below 0, nor is what is built. */
struct places places_on(const struct dated_places *dated, int32_t day);

/* The lowest usable number from a day to the end of the drain days, as known on that day. */
int32_t places_lowest(const struct dated_places *dated, int32_t day);

/* The most that is ever built: also what no int32_t holds. */
int64_t places_most_built(const struct dated_places *dated);

/* The steps of a unit after the first day up to the last, by day; on the first day one when entries
 * have stopped already. How many; `steps` points to them, in the arena. */
int places_steps(struct arena *arena, const struct dated_places *dated, uint16_t unit,
                 int32_t first, int32_t last, struct places_step **steps);

/* Those of all units, by day, then unit. */
int places_steps_of_all(struct arena *arena, const struct dated_places *const *dated, int units,
                        int32_t first, int32_t last, struct places_step **steps);

/* Sorts steps by day, then unit. */
void places_sort_steps(struct places_step *step, size_t count);

/* Places that come, 24 or +24, or go, -24, up to PLACES_AT_MOST. false: an error was added. */
MUST_USE bool places_read_signed(struct reader *reader, struct node *node, int32_t *places);

/* Field readers: the keys `changes` and `why` of a unit, into a struct dated_places and a text; a
 * duration of whole days, such as `drain`, into an int32_t. */
void places_read_changes(struct reader *reader, struct node *node, void *dated);
void places_read_days(struct reader *reader, struct node *node, void *days);
void places_read_why(struct reader *reader, struct node *node, void *text);

/* The cause under which places are counted for which a text gives the reason: the first that it
 * names; without a text, works. */
int places_cause_of(const char *why);

extern const struct field change_fields[];
extern const char *const  on_shrink_name[]; /* NULL at the end */

#endif
