/* Which places stand in for each other (elkaars tekort opvangen), and what follows: who needs a
 * place of which group, and when it is code black. A group is a set of regimes, split where nobody
 * may be placed in both parts: where units admit one sex each, a group a sex. Units that nobody may
 * use are in none.
 */
#ifndef CELSIM_MODELS_STAND_IN_H
#define CELSIM_MODELS_STAND_IN_H

#include "models/rules.h"

#define NO_GROUP UINT8_MAX

struct code_black {
    bool            asked;
    struct fraction at_least; /* occupancy, people in places / usable places at 24:00 */
    int64_t         cells;    /* and so many people in police cells */
    bool           *is_of;    /* [unit]: its places count */
    int             column;   /* a day of it is 1 */
};

/* What demand may mean besides the people whom the measures in force leave to be held. */
enum demand_meaning { DEMAND_NORMAL, DEMAND_CATCHING_UP, DEMANDS };

/* Columns of a day, of one meaning. */
struct demand_columns {
    bool is_asked;
    int  need_total, shortage_total;
    int *need, *shortage; /* [group]; NULL where there is one group */
};

struct stand_in {
    int          count;           /* groups, at most POOLS_AT_MOST */
    const char **name;            /* [group]: "sex.man", "stand_in.prison", .. */
    uint8_t     *group_of_unit;   /* [unit]; NO_GROUP: in none */
    uint8_t     *group_of_who;    /* [status x profiles + profile]: of who waits for a place */
    uint8_t     *group_of_cell;   /* [status x classes + class]: likewise */
    int          signature_count; /* kinds of profile that group_of_who tells apart */
    uint16_t    *signature;       /* [profile] */
    int          emergency_count;
    uint16_t    *emergency; /* units that are police cells */
    int  need_total, shortage_total, cell_total, at_home_total, queue_total; /* columns of a day */
    int *need, *shortage, *usable; /* [group]; NULL where there is one group */
    struct code_black     code_black;
    struct demand_columns demand[DEMANDS];
    int64_t               catching_up_min; /* within which stored sentences are served */
};

/* What `output:` says of it; NULL: left out. */
struct stand_in_draft {
    struct node *groups, *code_black;
};

/* Makes groups, names and tables but for group_of_cell and the columns. */
void stand_in_read(struct reader *reader, const struct stand_in_draft *draft,
                   const struct attributes *attributes, const struct statuses *statuses,
                   const struct estate *estate, const struct rules *rules,
                   struct stand_in *stand_in);

extern const struct field code_black_fields[];

#endif
