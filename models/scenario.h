/* The plan: what the YAML says, checked and worked out. Read once, frozen, shared by all threads; a
 * run cannot fail once it has loaded. The world (prison.h) is what happens, one for each
 * replication.
 */
#ifndef CELSIM_MODELS_SCENARIO_H
#define CELSIM_MODELS_SCENARIO_H

#include "models/attribute.h"
#include "models/columns.h"
#include "models/costs.h"
#include "models/estate.h"
#include "models/flow.h"
#include "models/inputs.h"
#include "models/measure.h"
#include "models/returns.h"
#include "models/rules.h"
#include "models/shock.h"
#include "models/staff.h"
#include "models/start.h"
#include "models/status.h"
#include "models/valve.h"
#include "models/works.h"

/* A stream of chance: a flow, or a start group. */
struct stream_plan {
    const char *name;
    uint64_t    hash; /* rng_hash(name) */
    uint32_t    rank; /* by name, for the order of ties */
};

struct scenario {
    const char         *file, *title;
    const struct node  *root; /* as read, `extends` and --set worked in, and the files read */
    struct period       period;
    int64_t             replications;
    int64_t             seed;
    struct attributes   attributes;
    struct statuses     statuses;
    struct estate       estate;
    struct shocks       shocks;
    struct staff        staff;
    struct costs        costs;
    struct flows        flows;
    struct measures     measures;
    struct returns      returns;
    struct rules        rules;
    struct valves       valves;
    struct transport    transport;
    struct start        start;
    struct works        works;
    struct columns      columns;
    int                 stream_count; /* flows, then start groups, then shocks with people */
    struct stream_plan *stream;
    uint16_t           *year_of_day; /* [day since the start]: year of the record, from 0 */
    uint8_t            *wait_class;  /* [whole days waited, up to those of the period] */
    bool                has_call_up;
    uint32_t
        persons_at_most; /* in the system at one time: a bound that chance does not pass (must()) */
    struct record_size record_size;
    const char        *resolved; /* the tree as YAML, of the files read only the digests */
    size_t             resolved_length;
    char               digest[33]; /* of `resolved`, so of all that was read */
    const char        *whole;      /* `resolved` with the texts of the files */
    size_t             bytes;      /* that reading took in the arena */
    struct inputs      inputs;     /* what is uncertain */
};

/* Reads and checks a scenario file; `sets` are `path=value` of the command line. NULL after errors.
 * Takes `arena`, which the caller freezes. */
struct scenario *scenario_load(struct arena *arena, const char *path, const char *const *sets,
                               int set_count, struct errors *errors);
/* The same without the members of mappings at these paths, and without the uncertain inputs that
 * lie in them. */
struct scenario *scenario_load_without(struct arena *arena, const char *path,
                                       const char *const *sets, int set_count,
                                       const char *const *without, int without_count,
                                       struct errors *errors);
/* The same from text, for tests and for merge, which finds the whole scenario in the parts. */
struct scenario *scenario_load_text(struct arena *arena, const char *name, const char *text,
                                    size_t length, const char *const *sets, int set_count,
                                    struct errors *errors);

/* A run has whole draws of the inputs. false: the stated number of replications has not. Asked only
 * of a run of that number: the command line may give another, and a part need not end with a draw.
 */
MUST_USE bool scenario_check_replications(const struct scenario *scenario, struct errors *errors);

/* The plan of a tree whose reading had `before` errors, all but its text. NULL after errors. */
struct scenario *scenario_read_tree(struct arena *arena, const char *name, struct node *root,
                                    int before, struct errors *errors);

/* The plan with other values of the uncertain inputs first .. first + count - 1 (value[0] is that
 * of `first`), read again from the tree of `base`, which stays as it is. It has no `resolved` text
 * and no inputs of its own, and records the same columns as `base`. No file is read. NULL after
 * errors. */
struct scenario *scenario_with_inputs(struct arena *arena, const struct scenario *base, int first,
                                      int count, const int64_t *value, struct errors *errors);

/* The plan of a draw of the inputs. */
struct scenario *scenario_of_draw(struct arena *arena, const struct scenario *base, uint64_t seed,
                                  uint64_t draw, struct errors *errors);

/* Address space that such a plan needs, bytes. */
size_t scenario_room(const struct scenario *base);

/* Refuses an input whose least or greatest value, the others as stated, makes no sound scenario.
 * Part of loading. */
void scenario_check_inputs(struct arena *arena, const struct scenario *scenario,
                           struct errors *errors);

/* Prints the reference of all keys (`celsim fields`). */
void scenario_write_fields(FILE *out);

/* The shape at a path such as "statuses.remand.stay", for `celsim fields --table`; with `{by: ..}`
 * the path goes on with the value: "statuses.remand.stay.violence". Of an uncertain input, as in
 * "uncertainty.inputs.flows.remand.per_year", it is that of the factor, the number or the minutes.
 * NULL: no shape there. */
const struct shape *scenario_find_shape(struct arena *arena, const char *path, const char *file,
                                        const char *const *sets, int set_count,
                                        struct errors *errors);

#endif
