/* A person in the world: 64 bytes, one cache line, so that an event touches little. What can be
 * drawn again from the base (sentence, attributes by name) is not stored. The person's id is also
 * his slot in the event set.
 */
#ifndef CELSIM_MODELS_PERSON_H
#define CELSIM_MODELS_PERSON_H

#include <stdbool.h>
#include <stdint.h>

#include "models/rules.h"
#include "sim/events.h"
#include "sim/rng.h"

typedef uint32_t person_id;
#define NOBODY UINT32_MAX
#define NEVER INT32_MAX    /* a minute that does not come */
#define NO_ROUTE INT8_MIN  /* the route is not drawn yet */
#define NO_UNIT UINT16_MAX /* came in this minute, not yet anywhere; behind all units */

/* Draws that every person has, as numbers of advances of his base. Numbers are never reused or
 * moved. Index 0 of a slab is no person: its DRAW_COUNT says how many persons the slab has. */
enum draw {
    DRAW_COUNT = 0,
    DRAW_MINUTE = 0,
    DRAW_HEIGHT = 1,
    DRAW_PROFILE = 2,     /* of a starter */
    DRAW_IN_PROGRESS = 3, /* of a starter: which stay is in progress */
    DRAW_ELAPSED = 4,     /* of a starter: how much of it is over */
    DRAW_SINCE = 5,       /* of a waiting starter */
    DRAWS
};
/* A key: rank of the stream (from 1), day number, point of the day, generation. */
#define PERSON_RANK_SHIFT 54
#define PERSON_DAY_SHIFT 36
#define PERSON_POINT_SHIFT 11

/* Below them, how often he has come back: of who returns a key is that of the stay before plus 1.
 */
static inline unsigned person_generation(uint64_t key)
{
    return (unsigned)(key & ((1u << PERSON_POINT_SHIFT) - 1));
}

/* The point of the day, of a starter his number. */
static inline uint32_t person_point(uint64_t key)
{
    return (uint32_t)(key >> PERSON_POINT_SHIFT) &
           ((1u << (PERSON_DAY_SHIFT - PERSON_POINT_SHIFT)) - 1);
}

#define DRAWS_A_PERSON                                                                             \
    67 /* the distance between the bases of two persons: odd, see decision 0003 */

enum person_flag {
    PERSON_PLACED = 1,   /* has a place by his rule */
    PERSON_WAITING = 2,  /* waits for one */
    PERSON_AT_LIMIT = 4, /* at the legal limit in this minute, or in the one before (rung valve) */
    PERSON_OVER_LIMIT = 8, /* stays on past the legal limit */
    PERSON_CALLED = 16,    /* called up, on his way */
    PERSON_AT_GATE = 32,   /* has come after a call-up in this minute */
    PERSON_HOME = 64,      /* sent home, comes back */
    PERSON_SEEKS = 128,    /* looks for a place in this minute, before he waits for one */
    PERSON_REPLACED = PERSON_PLACED | PERSON_HOME, /* serves his sentence otherwise (replace.h) */
};

struct person {
    u128     base; /* state of his draws */
    uint64_t key;  /* who he is: rank of the stream, day, point of the slab; the order of ties */
    int32_t  since_min;   /* waiting since; kept while he waits on out of category */
    int32_t  here_min;    /* in this unit and status since */
    int32_t  ends_min;    /* planned end of the status; NEVER: its clock has not started */
    int32_t  custody_min; /* start of the custody that counts towards a sentence; NEVER: none */
    int32_t  length_min;  /* of the stay, or of the sentence imposed, in this status; NEVER: none */
    uint32_t next, prev;  /* on his list; in a heap prev is the place in it. PERSON_REPLACED: next
                             is the measure. PERSON_CALLED: the minute in which he comes */
    uint16_t unit;        /* the last one, plan->estate.unit_count, is outside; or NO_UNIT */
    uint16_t profile;
    uint16_t stream;
    list_id  list; /* on which he stands; NO_LIST: none */
    uint8_t  status;
    int8_t   route;  /* the status that follows, RELEASE, or NO_ROUTE */
    uint8_t  visits; /* entries so far into statuses to which one can come back, */
    uint8_t  homes;  /* times he was sent home: both stay at 255, and draws repeat then */
    uint8_t  flags;  /* enum person_flag */
};

_Static_assert(sizeof(struct person) == EVENT_RECORD, "a person is one cache line");

/* Has a place by his rule, and waits for another since his unit has shrunk (transfer.h). */
static inline bool person_must_move(const struct person *person)
{
    const unsigned both = PERSON_PLACED | PERSON_WAITING;
    return (person->flags & both) == both;
}

/* Was sent home at the legal limit, and is not back. */
static inline bool person_is_sent_home(const struct person *person)
{
    return (person->flags & PERSON_REPLACED) == PERSON_HOME;
}

#endif
