/* What `output:` asks, for columns.c: which groups have columns, and on which days they are shown.
 */
#ifndef CELSIM_MODELS_COLUMNS_ASKED_H
#define CELSIM_MODELS_COLUMNS_ASKED_H

#include "models/columns.h"

/* `shortages` of output. */
struct demand_draft {
    bool    normal;
    int64_t catching_up_min; /* 0: left out */
};

struct output_draft {
    struct node          *daily, *daily_mean, *month_end;
    struct stand_in_draft stand_in;
    struct demand_draft   shortages;
    struct node          *wrong_regime;
};

/* People who are held in a regime that is not theirs (columns_wrong.h). */
struct wrong_regime {
    const char *name; /* "who.NAME" */
    struct who  who;
    uint64_t    own; /* mask of regimes */
    int         column;
};
#define WRONG_REGIMES_AT_MOST 16

enum word { WORD_TOTAL, WORD_STATUS, WORD_REGIME, WORDS };

struct making {
    struct reader           *reader;
    struct arena            *arena;
    const struct attributes *attributes;
    const struct statuses   *statuses;
    const struct estate     *estate;
    const struct staff      *staff;
    const struct valves     *valves;
    const struct costs      *costs;
    const struct measures   *measures;
    bool                     has_returns, has_crises;
    struct columns          *columns;
    const char *word[WORDS + ATTRIBUTES_AT_MOST + 2]; /* then attributes, institution, unit */
    int         word_count;                           /* without institution and unit */
    bool        asked[WORDS + ATTRIBUTES_AT_MOST];
    bool        monthly[WORDS + ATTRIBUTES_AT_MOST + 2]; /* asked for month ends only */
    uint32_t    class_stride[ATTRIBUTES_AT_MOST]; /* class = sum of value x stride of those asked */
    int         base_class_count;                 /* of the attributes asked */
    int         room;
    struct wrong_regime wrong[WRONG_REGIMES_AT_MOST];
    int                 wrong_count;
    int                 wrong_kind_count; /* of profiles that these tell apart */
    uint16_t           *wrong_kind;       /* [profile] */
    uint32_t           *wrong_profile;    /* [class]: one of its profiles */
};

static inline bool asks_attribute(const struct making *making, int a)
{
    return making->asked[WORDS + a];
}

/* "status.remand" */
static inline const char *columns_group(struct arena *arena, const char *kind, const char *name)
{
    return arena_print(arena, "%s.%s", kind, name);
}

/* Adds a column to the row of a day; its number. */
int columns_add(struct making *making, const char *indicator, const char *group,
                enum column_kind kind);

extern const struct field wrong_regime_fields[]; /* columns_wrong.c */

/* Reads the words of `daily` and `month_end` (NULL: as said in output_fields). */
void asked_read(struct making *making, const struct output_draft *draft);
/* Marks the columns of a day that series.csv does not show every day. */
void asked_set_shown(struct making *making, struct node *daily_mean);

#endif
