/* A person's path: how long a status lasts, when its clock starts, what follows, when he is
 * released, what happens at a legal limit. Decides nothing about places: it puts people on lists
 * and asks for a round.
 */
#ifndef CELSIM_MODELS_CUSTODY_H
#define CELSIM_MODELS_CUSTODY_H

#include "models/granted.h"

/* Before the first event, after gate_open. */
void custody_open(struct prison *prison, struct arena *arena);

/* KIND_ARRIVAL: a new person, one who was called up, or one who was sent home. */
void custody_come(struct prison *prison, person_id id);
/* KIND_RELEASE, after which he may go; KIND_STATUS: the status ends. */
void custody_release_due(struct prison *prison, person_id id);
void custody_end(struct prison *prison, person_id id);
/* KIND_LIMIT: the legal limit of waiting, or a rule that begins to hold for him. */
void custody_limit(struct prison *prison, person_id id);

/* Told by placement: he now has a place in this unit (he may have it already); a clock of placement
 * starts. */
void custody_placed(struct prison *prison, person_id id, uint16_t unit);
/* Told by placement: he has got the place in which he is by a swap; before he was in `from`. */
void custody_exchanged(struct prison *prison, person_id id, uint16_t from);
/* Told by placement: his search found no free place at once, so he waits on his list. */
void custody_begin_to_wait(struct prison *prison, person_id id);
/* Told by placement after a round, in the order of keys, for each who began to wait, came to the
 * gate or reached his limit in this minute and still waits: to a cell, home, away, or over
 * capacity. */
void custody_settle(struct prison *prison, person_id id);

/* He need not move any more: he keeps his place. */
void custody_stays(struct prison *prison, person_id id);
/* For the exits of loss.c and titles.c. To another status, or out of the system without being
 * counted as released. */
void custody_go_to(struct prison *prison, person_id id, int next);
/* Counted as released. */
void custody_release(struct prison *prison, person_id id);
/* A sentence (minutes) by the rules of a status, from now on in the place that he has. */
void custody_serve_on(struct prison *prison, person_id id, int status, int32_t length_min);
/* Whether a place in this unit is out of category for him. */
bool custody_is_out_of_category(const struct prison *prison, person_id id, uint16_t unit);

/* What is behind and before one who is there at the start. */
struct custody_start {
    bool    is_told;     /* the scenario says in which places he is */
    int32_t elapsed_min; /* since the clock of his status started, or since he waits */
    int32_t before_min;  /* custody that counts, before that */
    int32_t left_min;    /* NEVER: no end, or (who waits) not known yet */
    int32_t
        length_min; /* of the stay, or the sentence imposed; NEVER: none, or (who waits) drawn */
    enum granted granted;
};

/* For the starting population, before the first event: in a place, or waiting. unit: where he is.
 */
void custody_start_present(struct prison *prison, person_id id, int status, uint16_t unit,
                           struct custody_start from);
void custody_start_waiting(struct prison *prison, person_id id, int status, uint16_t unit,
                           struct custody_start from);

#endif
