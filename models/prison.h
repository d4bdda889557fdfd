/* The world of one replication: who is where. The ledger: only this file changes persons' places,
 * statuses and the counts that go with them; it decides nothing. Placement asks who goes where
 * (placement.h), custody what happens to a person next (custody.h).
 *
 * Invariants, recomputed from the persons by prison_check() (each midnight in debug builds, at the
 * end of every run): a person is in one unit (outside is one) and on at most one list; occupied is
 * the number of persons in a unit; start + arrivals + returns = held + cell + outside + left; the
 * minutes counted at midnights are the minutes that persons stayed.
 */
#ifndef CELSIM_MODELS_PRISON_H
#define CELSIM_MODELS_PRISON_H

#include "models/levels.h"
#include "models/person.h"
#include "models/scenario.h"
#include "models/turnover.h"
#include "sim/events.h"

/* Kinds of event, in their order within a minute (docs/semantics.md, rule 1). */
enum kind {
    KIND_RECORD = 1,
    KIND_VALVE,
    KIND_CAPACITY,
    KIND_RELEASE,
    KIND_STATUS,
    KIND_LIMIT,
    KIND_ARRIVAL,
    KIND_PLACEMENT /* not in the event set: the round at the end of a minute in which somebody asked
                    */
};

/* Slots of events that are no person's. Persons come after. */
enum slot {
    SLOT_NONE = EVENT_NO_SLOT,
    SLOT_MIDNIGHT,
    SLOT_VALVE,
    SLOT_CALL_UP,
    SLOT_GATE,
    SLOT_PLACES,
    SLOTS_FIXED
};

/* People in a cell of the grid, and the minutes that they were there today: those who came in
 * subtract the minutes before, those who left add theirs, so the minutes of a day are people x
 * 1,440 + moved_min at its end. */
struct cell {
    int64_t moved_min;
    int32_t people;
};

struct unit_state {
    /* A unit is one cache line. */
    _Alignas(64) int64_t moved_min; /* person-minutes since they were last asked for: occupied x
                                       now + this */
    uint64_t bit;                   /* its own in its levels */
    int32_t  usable, occupied;
    int32_t  turnover; /* places empty between two people */
    int32_t  free;     /* what may be given: never below 0 */
    int32_t  entries;  /* so many may be given in all: usable, or less when fewer are coming */
    /* From the plan. */
    uint32_t minutes_row; /* of its regime in counted_min and stayed_min: x statuses */
    uint32_t present_row; /* of its cells in present: x groups */
    uint16_t pool;
    uint16_t levels;         /* of prison->levels */
    uint8_t  turnover_queue; /* 1 + its queue (turnover.h); 0: it has no turnover */
    bool     alone;          /* in its pool */
    bool     shares;         /* some of its places count only for pairs (pairs.h) */
    bool is_other; /* that, or outside: more or less to do than to take a place and give it up */
    bool held;     /* who is here is in custody, */
    bool is_cell;  /* and in a police cell (an emergency regime) */
    bool rings;    /* who waits here may be in a ring */
    bool moves;    /* may shrink so that people must move (transfer.h) */
    bool closed;   /* takes nobody in now: no free places */
};
_Static_assert(sizeof(struct unit_state) == 64, "a unit is one cache line");

/* The places of a unit now. Late ones are usable still, so they are in nothing that is counted as
 * not usable: built = usable + all that is out + unpaired. */
struct capacity_now {
    struct places places;
    int32_t       unpaired; /* second places without a pair (pairs.h) */
    int32_t       late;     /* of the usable: they were to close */
};

/* What a unit has beside, seldom looked at (capacity.h, transfer.h). */
struct unit_capacity {
    struct places       planned;   /* usable is more where places close late (on_shrink: hold) */
    int32_t             to_move;   /* so many must move (on_shrink: transfer) */
    int32_t             moving;    /* so many of them wait to */
    bool                marked;    /* for the next review */
    bool                is_struck; /* by a shock, up to the next review of pairs */
    bool                is_old;    /* the sums of places have it as it was, */
    struct capacity_now in_sum;    /* which is this */
};

/* Who waits to move because his unit shrank (transfer.h). NULL: no unit can ask for it. */
struct transfers {
    int32_t  *entered_min;  /* [person]: when he was placed in the unit where he is */
    uint16_t *entered_unit; /* [person]: 1 + that unit, 0 when he is in none where people may have
                               to move */
    person_id *waiting;
    person_id *chosen; /* in a review */
    uint16_t  *marked; /* units to be reviewed */
    uint32_t   waiting_count, marked_count;
};

/* A unit with cells for two (pairs.h). */
struct unit_pairs {
    int32_t able;              /* people in it who may share */
    int32_t lowest;            /* what may be given if all places count, */
    int32_t second_of_lowest;  /* and how many of these are second ones */
    int32_t second_of_planned; /* of what is usable by the dates */
    int32_t counted;           /* places that counted at the last review */
    bool    may;               /* today people may share, */
    bool    goes_on;           /* and to the end of its drain days */
    bool    marked;            /* for the next review */
};

/* NULL: no unit has such. */
struct pairs {
    struct unit_pairs *unit;   /* [unit] */
    uint16_t          *marked; /* units to be reviewed */
    uint32_t           marked_count;
    uint64_t           closed; /* regimes in which no valve lets people share now */
};

/* A list of waiting people: linked by (since, key), or a heap by sentence. */
struct waiting_list {
    person_id    first, last;
    uint32_t     count;
    struct rank *heap;  /* NULL: linked */
    struct ends *alike; /* [profile]: the same order among those of a profile (alike.h), or NULL */
};
struct ends {
    person_id first, last;
};
struct neighbours {
    person_id next, prev;
};

enum trace_what {
    TRACE_ARRIVED,
    TRACE_STATUS,
    TRACE_MOVED,
    TRACE_PLACED,
    TRACE_WAITS,
    TRACE_CALLED,
    TRACE_NO_SHOW,
    TRACE_SENT_HOME,
    TRACE_REFUSED,
    TRACE_RELEASED,
    TRACE_LEFT_QUEUE,
    TRACE_STAYS,    /* need not move after all */
    TRACE_REPLACED, /* serves his sentence otherwise */
    TRACE_CRISIS,   /* falls into one */
    TRACE_CRISIS_OVER,
    TRACES
};
extern const char *const trace_name[TRACES];

/* The history of a replication, on request. */
struct trace {
    struct trace_row {
        int32_t  minute;
        uint32_t sequence;
        uint64_t key;
        uint16_t unit, stream;
        uint8_t  status, what;
    } * row;
    uint32_t count, room;
};

struct prison {
    const struct scenario *plan;
    uint64_t               seed;
    uint32_t               replication;
    int64_t                now_min, midnight_min; /* now, and the start of this day */
    int32_t                day;                   /* since the start of the period */
    struct events          events;
    u128                  *increment;   /* by stream */
    struct jump            jump[DRAWS]; /* to the draws that every person has */
    struct jump            visit_jump;  /* VISIT_JUMP */

    struct person *person;
    uint32_t       person_end, person_room; /* first never used; ids in all */
    person_id     *free_person;             /* records given back: the last is used first */
    uint32_t       free_count;

    struct inflow *inflow; /* [flow]: made by arrivals_open */

    struct unit_state *unit; /* by unit; one more for outside */
    int64_t           *pool_free;
    struct levels     *levels;     /* from pool.levels on; not kept of a unit alone in its pool */
    mask               free_pools; /* pools with a free place */

    struct unit_capacity *capacity; /* by unit */
    /* Places by date (supply.h): [unit], and their steps within the period. */
    const struct dated_places *const *dated;
    const struct places_step         *step;
    int                               step_count, next_step;
    int32_t                          *day_row;          /* of today, by column of a day */
    int64_t                          *place_sum;        /* of today, by column of places */
    bool                              is_place_sum_old; /* some unit's part of it is */
    struct turnovers                  turnovers;
    struct transfers                  transfers;
    struct pairs                      pairs;
    bool                              review_wanted; /* some unit is marked, in either */

    struct waiting_list
        *list; /* plan lists, then as many queues of people who wait to be called up */
    struct neighbours *alike; /* of a person among those of his profile; NULL: no list has such */
    mask               waiting_lists; /* with waiting people */
    mask               served_lists;  /* for whose people there is transport, if they need any */
    mask     ready_lists; /* of both, those with a free place for them: none after a round */
    int64_t *called;      /* by list: called up and not yet there */
    int32_t *sitting; /* [list x pools + pool]: who stands on a list while he is in a pool that may
                         be in a ring; NULL: the rules allow none */
    mask *sitting_pools; /* [list]: the pools with somebody so */
    mask  ring_wanted;   /* somebody in these pools may have closed a ring */
    bool  units_close;   /* some have hours, days or a number of intake */
    bool  counts_moves;  /* intake or transport has a number a day: each move is told to the gate */

    bool       round_wanted;
    person_id *unsettled; /* seek a place, came to the gate or reached their limit in this minute */
    uint32_t   unsettled_count;
    person_id *title_seeker; /* whose status ended in this minute, with a further title; NULL: the
                                plan has none */
    uint32_t title_seeker_count;

    struct cell   *present;              /* [(row, status, class)], by columns.row_of_unit */
    struct cell   *waiting, *over_limit; /* [(status, class)] */
    uint32_t      *used_cell;            /* room to list those of a row */
    int32_t       *count;                /* of today: [status x COUNTS + which] */
    int32_t       *at_home;              /* [group of stand_in]: sent home at the limit, not back */
    int32_t       *placed_at_once;       /* of today: [status], waits of 0 minutes */
    int32_t       *left_queue;           /* of today: [reason] */
    struct record *record;
    struct demand *demand; /* NULL: one meaning of demand will do; for demand.c */
    struct gate   *gate;   /* NULL: intake and transport at any time; for gate.c */

    struct valve_state *valve;         /* [valve]: for valve_review.c */
    struct early       *early;         /* NULL: no valve releases early; for early.c */
    struct last_part   *last_part;     /* NULL: no measure moves people; for last_part.c */
    uint64_t            early_for_all; /* open valves by which everybody leaves earlier: a mask */
    uint64_t            early_chosen;  /* open valves by which some do: a mask */
    uint8_t           **granted; /* [starting group][number]; NULL: nobody asks; for granted.c */
    int32_t            *unmoved_min; /* [person]: the planned end of a status whose clock runs,
                                        before it moved for a weekend; NULL: no law asks for it */
    struct choice   *choice;         /* NULL: nothing is chosen; for choice.h */
    struct category *category;       /* NULL: no rule changes; for category.c */
    struct arrests  *arrests;        /* NULL: no valve stops arrests; for arrests.c */
    struct sleepers *sleepers;       /* NULL: nobody returns; for sleepers.c */
    struct crises   *crises;         /* NULL: nobody has crises; for crisis.c */
    uint64_t         stopped_calls;  /* statuses that no open valve lets be called up: a mask */

    /* Worked out once from the plan, for the hot path. */
    const struct status      *statuses;
    const struct entitlement *entitlement; /* the plan's, or that of category.c */
    uint16_t                  outside;     /* the pseudo unit behind the last */
    size_t                    group_count; /* statuses x classes: cells of a row */
    size_t                    class_count;
    const uint16_t           *class_of_profile;
    int64_t                   window_min;    /* the first minute of the outputs */
    uint32_t                  first_weekday; /* of the period: 0 Monday .. 6 Sunday */
    bool                      has_dates;     /* some rule begins to hold at a date of the person */
    bool                      is_near;       /* some rule asks for the person's region */
    const uint16_t           *only_unit;     /* [list]: the one unit for its people, or NO_UNIT */
    const uint16_t *only_cell; /* [status]: the one unit where its people wait, or NO_UNIT */
    bool     leaves_plainly; /* who has a place and stands on no list leaves it, and that is all */
    uint64_t overdue;        /* statuses whose waits may be overdue; a mask */
    uint64_t diverted;     /* statuses at whose entry a measure may replace the sentence; a mask */
    uint64_t changed;      /* statuses at whose entry a measure may change the length; a mask */
    uint64_t rereleased;   /* statuses in which a measure may change the part served; a mask */
    uint64_t rerouted;     /* statuses of which a measure may change the routes; a mask */
    uint64_t measures_off; /* bills that did not become law in this replication; a mask */
    int64_t *policy_year; /* in the record, what measures count in this year; NULL in the warm-up */
    const bool *is_plain; /* [status]: what follows an arrival needs no rule (custody.c) */

    int64_t *unit_min; /* [regime]: of people in its units, as the costs have them; NULL: none */
    int64_t  started, arrived, returned, left;
    int64_t *counted_min,
        *stayed_min;     /* [(regime or outside) x statuses + status]: two ways to the same sum */
    struct trace *trace; /* NULL: not asked */
};

/* The day of a minute of the period (1970-01-01 is 0). */
static inline int32_t prison_date(const struct prison *prison, int64_t minute)
{
    return prison->plan->period.start + (int32_t)(minute / MINUTES_A_DAY);
}

static inline const struct status *prison_status(const struct prison *prison,
                                                 const struct person *person)
{
    return &prison->statuses[person->status];
}

static inline uint16_t prison_outside(const struct prison *prison)
{
    return prison->outside;
}

/* What the rule without a date gives a person of his status and profile today. */
static inline const struct entitlement *prison_entitlement(const struct prison *prison,
                                                           const struct person *person)
{
    return &prison->entitlement[(uint32_t)person->status * prison->plan->rules.profile_count +
                                person->profile];
}

/* In a unit whose regime is not outside: custody, in a place of its own or a police cell. */
static inline bool prison_is_held(const struct prison *prison, const struct person *person)
{
    return person->unit != NO_UNIT && prison->unit[person->unit].held;
}

/* In custody in a place: one by his rule, or one that he keeps until there is; not in a police cell
 * in which he waits for it. */
static inline bool prison_holds_place(const struct prison *prison, const struct person *person)
{
    return prison_is_held(prison, person) &&
           (person->flags & PERSON_PLACED || !prison->unit[person->unit].is_cell);
}

/* 52 bits of chance for a purpose of a person. */
static inline uint64_t prison_draw(const struct prison *prison, const struct person *person,
                                   struct jump jump)
{
    return rng_uniform52(person->base * jump.mult + jump.sum * prison->increment[person->stream]);
}

/* The world at the first midnight, empty, in an arena that is empty too. */
void prison_open(struct prison *prison, const struct scenario *plan, uint64_t seed,
                 uint32_t replication, uint64_t shuffle, struct arena *arena, struct record *record,
                 struct trace *trace);

#define RECORDS_AHEAD 8 /* so many records before its turn, one is fetched into the cache */

/* A record for a person who is not yet in the system. */
static inline person_id prison_take_person(struct prison *prison)
{
    uint32_t left = prison->free_count;
    if (left == 0) {
        must(prison->person_end < prison->person_room);
        return prison->person_end++;
    }
    event_fetch(&prison->events,
                prison->free_person[left > RECORDS_AHEAD ? left - RECORDS_AHEAD - 1 : 0]);
    prison->free_count--;
    return prison->free_person[prison->free_count];
}
/* Gives the record back. */
static inline void prison_free_person(struct prison *prison, person_id id)
{
    struct person *person = &prison->person[id];
    person->flags = person->status = 0;
    person->key = 0; /* nobody has this record */
    prison->free_person[prison->free_count++] = id;
}

/* The person (base, key, stream, profile set) comes into the system in a status; he is in no unit
 * until prison_move(). */
void prison_enter(struct prison *prison, person_id id, int status);
void prison_set_status(struct prison *prison, person_id id, int status);
/* To a unit, or outside. The place that he leaves is free, or in turnover. */
void prison_move(struct prison *prison, person_id id, uint16_t unit);
/* Each takes the place of the next, the last that of the first: none is empty in between, so there
 * is no turnover. */
void prison_exchange(struct prison *prison, const person_id *ids, int count);
/* Begins or ends a wait. Ending one by a placement is what counts as a wait. */
void prison_wait(struct prison *prison, person_id id);
void prison_wait_over(struct prison *prison, person_id id, bool placed);
/* Counts a wait of some minutes that ends now by a placement. Waits belong to the year in which
 * they began; those begun before the outputs do to none. */
void prison_count_wait(struct prison *prison, const struct person *person);
void prison_set_over_limit(struct prison *prison, person_id id, bool over);
/* Works out the free places of a unit anew, and asks for a round where somebody can use them. */
void prison_set_free(struct prison *prison, struct unit_state *unit);
/* A closed unit has no free places; when it opens, it has those that are not taken. */
void prison_set_closed(struct prison *prison, uint16_t unit, bool closed);
/* From now on rounds place only people of these lists. */
void prison_serve_lists(struct prison *prison, mask lists);

static inline void prison_count(struct prison *prison, int status, enum count count)
{
    prison->count[status * COUNTS + (int)count]++;
}

/* For prison_trace. Cold here and below: the calls stand apart from the hot code, which does not
 * fit in the first cache of instructions (1 % of the Dutch scenario). */
__attribute__((cold)) void prison_add_trace(struct prison *prison, person_id id,
                                            enum trace_what what);

static inline void prison_trace(struct prison *prison, person_id id, enum trace_what what)
{
    if (__builtin_expect(prison->trace != NULL, 0))
        prison_add_trace(prison, id, what);
}

/* Counts one who leaves a queue, by the number of the reason. */
static inline void prison_count_loss(struct prison *prison, person_id id, int reason)
{
    prison->left_queue[reason]++;
    prison_trace(prison, id, TRACE_LEFT_QUEUE);
}

/* Recomputes the invariants from the persons; stops the program where one does not hold. */
void prison_check(struct prison *prison);

/* At the end of the period: adds the stays under way, compares the two ways of counting minutes,
 * fills the totals. */
void prison_close(struct prison *prison);

#endif
