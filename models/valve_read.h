/* The working part of valve.h, for valve.c and valve_does.c: when a valve is open, and what it does
 * then.
 */
#ifndef CELSIM_MODELS_VALVE_READ_H
#define CELSIM_MODELS_VALVE_READ_H

#include "models/valve.h"

/* What the readers need of the plan. */
struct valve_making {
    struct reader           *reader;
    const struct attributes *attributes;
    const struct statuses   *statuses;
    const struct estate     *estate;
    const struct rules      *rules;
};

struct sentence_draft {
    int64_t least_min, most_min;
};

/* `stop_arrests` as it stands in the file. */
struct arrest_stop_draft {
    struct node          *leaves, *who;
    struct sentence_draft sentence;
    struct fraction       share;
};

/* `does` as it stands in the file. */
struct valve_does {
    int64_t                  earlier_min;
    struct node             *who, *stops;
    struct sentence_draft    sentence;
    struct fraction          share;
    bool                     as_needed;
    int64_t                  at_most;
    struct node             *by_sentence, *by_waiting, *rules, *shared;
    struct arrest_stop_draft arrests;
};

extern const struct field valve_does_fields[];

/* As it is where nothing stands. */
struct valve_does valve_does_nothing(void);

/* Checks what `does` holds, and makes the valve do it. */
void valve_read_does(const struct valve_making *making, const struct node *node,
                     const struct valve_does *does, struct valve *valve);

/* After all valves are read and in order: what several do together. */
void valves_join(const struct valve_making *making, struct valves *valves);

/* The key of a section of the valve, or NULL. */
const struct node *valve_inner(const struct node *node, const char *section, const char *key);

/* A name, or a list of names, as a mask. */
uint64_t valve_names_mask(struct reader *reader, struct node *node, const char *what,
                          const char *const *names, int count);

#endif
