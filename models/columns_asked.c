#include "models/columns_asked.h"

#include <string.h>

#include "models/columns_demand.h"

const struct field output_fields[] = {
    {.key = "daily",
     .type = FIELD_OWN,
     .offset = offsetof(struct output_draft, daily),
     .own = node_keep,
     .unit = "list of `total`, `status`, `regime` and attributes",
     .otherwise = "[total, status, regime]",
     .help = "The groups whose people present and waiting have columns of a day; total is always "
             "there."},
    {.key = "daily_mean",
     .type = FIELD_OWN,
     .offset = offsetof(struct output_draft, daily_mean),
     .own = node_keep,
     .unit = "list of groups, as daily",
     .otherwise = "those of daily",
     .help = "The groups whose means over the day (present_mean, waiting_mean) are in series.csv; "
             "summary.csv has them all."},
    {.key = "month_end",
     .type = FIELD_OWN,
     .offset = offsetof(struct output_draft, month_end),
     .own = node_keep,
     .unit = "list of `institution`, `unit`, `status`, `regime` and attributes",
     .otherwise = "none",
     .help = "Groups with rows in series.csv on the last day of each month only: institution and "
             "unit of people present and usable places, the others as under daily."},
    {.key = "stand_in",
     .type = FIELD_OWN,
     .offset = offsetof(struct output_draft, stand_in.groups),
     .own = node_keep,
     .unit = "list of lists of regimes",
     .one_of = "list of regimes",
     .otherwise = "all regimes with places that are not apart",
     .help = "Regimes that can take each other's people: need and shortage are counted by group, "
             "split where units admit different people (a sex each)."},
    {.key = "code_black",
     .type = FIELD_OWN,
     .offset = offsetof(struct output_draft, stand_in.code_black),
     .own = node_keep,
     .inner = code_black_fields,
     .otherwise = "not counted",
     .help = "When a day is one of code black (code zwart)."},
    {.key = "shortages",
     .type = FIELD_INNER,
     .offset = offsetof(struct output_draft, shortages),
     .inner = shortages_fields,
     .otherwise = "only with the measures in force",
     .help =
         "Need and shortage by other meanings of demand, beside that of the measures in force."},
    {.key = "wrong_regime",
     .type = FIELD_OWN,
     .offset = offsetof(struct output_draft, wrong_regime),
     .own = node_keep,
     .inner = wrong_regime_fields,
     .unit = "by name",
     .otherwise = "not counted",
     .help =
         "People who are held in a regime that is not theirs, such as passanten and psychiatric "
         "patients in ordinary wards."},
    {.key = NULL},
};

/* A list of words into flags. */
static void read_words(struct reader *reader, struct node *node, const char *what,
                       const char *const *words, int count, bool *asked)
{
    int word;
    if (!read_list(reader, node))
        return;
    for (struct node *item = node->first; item; item = item->next) {
        if (!read_reference(reader, item, "group", words, count, &word))
            continue;
        if (asked[word])
            node_error(reader, item, "%s names %s twice", what, words[word]);
        asked[word] = true;
    }
}

static void set_words(struct making *making)
{
    const struct attributes *attributes = making->attributes;
    making->word[WORD_TOTAL] = "total";
    making->word[WORD_STATUS] = "status";
    making->word[WORD_REGIME] = "regime";
    making->word_count = WORDS + attributes->count;
    for (int a = 0; a < attributes->count; a++)
        making->word[WORDS + a] = attributes->list[a].name;
    making->word[making->word_count] = "institution";
    making->word[making->word_count + 1] = "unit";
}

/* What is asked for month ends has columns of a day too: summary.csv needs them. */
static void read_month_ends(struct making *making, struct node *node, bool is_daily_written)
{
    int before = making->reader->errors->count;
    read_words(making->reader, node, "month_end", making->word, making->word_count + 2,
               making->monthly);
    for (int w = 0; w < making->word_count; w++) {
        bool is_daily = w == WORD_TOTAL || (is_daily_written && making->asked[w]);
        if (making->reader->errors->count == before && making->monthly[w] && is_daily)
            node_error(making->reader, node, "month_end names %s, which has a row every day",
                       making->word[w]);
        making->asked[w] |= making->monthly[w];
    }
}

void asked_read(struct making *making, const struct output_draft *draft)
{
    set_words(making);
    if (draft->daily)
        read_words(making->reader, draft->daily, "daily", making->word, making->word_count,
                   making->asked);
    else
        making->asked[WORD_STATUS] = making->asked[WORD_REGIME] = true;
    if (draft->month_end)
        read_month_ends(making, draft->month_end, draft->daily != NULL);
}

/* -- what is shown when */

static int word_of_group(const struct making *making, const char *group)
{
    size_t length = strcspn(group, ".");
    for (int w = 0; w < making->word_count; w++)
        if (strlen(making->word[w]) == length && memcmp(making->word[w], group, length) == 0)
            return w;
    return WORD_TOTAL;
}

void asked_set_shown(struct making *making, struct node *daily_mean)
{
    bool asked[WORDS + ATTRIBUTES_AT_MOST] = {false};
    if (daily_mean)
        read_words(making->reader, daily_mean, "daily_mean", making->word, making->word_count,
                   asked);
    for (int c = 0; c < making->columns->daily_count; c++) {
        struct column *column = &making->columns->daily[c];
        int            word = word_of_group(making, column->group);
        if (making->monthly[word])
            column->shown = SHOWN_MONTH_END;
        if (daily_mean && column->kind == COLUMN_MINUTES && word != WORD_TOTAL && !asked[word])
            column->shown = SHOWN_NEVER;
    }
}
