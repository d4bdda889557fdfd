/* `overdue` of `waits`: how long a wait may take, and what is due to who waits longer. */
#include "models/by_year.h"
#include "models/status_read.h"

#define RATES_AT_MOST 64

struct compensation_draft {
    struct node *per_month;
    int64_t      rises_every_min;
};

static const struct field compensation_fields[] = {
    {.key = "per_month",
     .type = FIELD_OWN,
     .offset = offsetof(struct compensation_draft, per_month),
     .required = true,
     .own = node_keep,
     .unit = "euros, or a list of them",
     .help = "What is due for a month of 30 days, by the minute; the last of a list holds on."},
    {.key = "rises_every",
     .type = FIELD_DURATION,
     .offset = offsetof(struct compensation_draft, rises_every_min),
     .low = 1,
     .high = 0,
     .otherwise = "must be given with a list",
     .help = "How long each of the list holds, from the end of `after` on."},
    {0},
};

static void read_rates(struct reader *reader, struct node *node, struct overdue *overdue)
{
    bool is_list = node->kind == NODE_LIST;
    overdue->cents_per_month = arena_new(reader->arena, int64_t, RATES_AT_MOST);
    if (is_list)
        node->used = true;
    if (is_list && (!node->first || node->count > RATES_AT_MOST)) {
        node_error(reader, node, "per_month has %d sums; it must have 1 to %d", node->count,
                   RATES_AT_MOST);
        return;
    }
    for (struct node *item = is_list ? node->first : node; item; item = is_list ? item->next : NULL)
        read_cents(reader, item, &overdue->cents_per_month[overdue->rate_count++]);
}

static void read_compensation(struct reader *reader, struct node *node, void *member)
{
    struct overdue           *overdue = member;
    struct compensation_draft draft = {0};
    int                       before = reader->errors->count;
    fields_read(reader, node, compensation_fields, &draft);
    if (reader->errors->count > before)
        return;
    read_rates(reader, draft.per_month, overdue);
    overdue->rises_every_min = draft.rises_every_min;
    if (overdue->rate_count > 1 && draft.rises_every_min == 0)
        node_error(reader, node, "compensation lacks rises_every: how long each sum holds");
}

const struct field status_overdue_fields[] = {
    {.key = "after",
     .type = FIELD_DURATION,
     .offset = offsetof(struct overdue, after_min),
     .required = true,
     .help = "How long the wait may take, such as 4 months for tbs (passantentermijn)."},
    {.key = "compensation",
     .type = FIELD_OWN,
     .offset = 0,
     .inner = compensation_fields,
     .own = read_compensation,
     .unit = "mapping",
     .otherwise = "nothing is due",
     .help = "What is due to who waits longer; in summary.csv, and an item of costs.csv."},
    {0},
};

void status_read_overdue(struct reader *reader, struct node *node, void *member)
{
    struct overdue *overdue = &((struct status *)member)->overdue;
    fields_read(reader, node, status_overdue_fields, overdue);
}
