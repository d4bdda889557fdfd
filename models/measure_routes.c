/* The kind routes: some of those whom a status would lead one way go another. What it does is in
 * models/routes.c.
 */
#include <string.h>

#include "models/measure_kind.h"

struct draft {
    struct measure_draft of_all;
    struct node         *from, *to, *share;
    const struct shape  *offence_delay;
};

static const struct field fields[] = {
    {.key = "from",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, from),
     .own = node_keep,
     .required = true,
     .unit = "name of a status, or release",
     .help = "Of those who would go on so, such as tbs; a way that their status has in `next`."},
    {.key = "to",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, to),
     .own = node_keep,
     .required = true,
     .unit = "name of a status, or release",
     .help = "They go on so; their status has it in `next`, be it with a share of 0."},
    {.key = "share",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, share),
     .own = node_keep,
     .required = true,
     .unit = "share",
     .help = "So many of them, when the clock of their status starts."},
    MEASURE_OFFENCE_DELAY(struct draft),
    {0},
};

static const struct measure_column columns[ROUTES_COLUMNS] = {
    [ROUTES_PEOPLE] = {"people", MEASURE_COUNT}};
static const char *const purposes[] = {"measure", NULL};

static bool goes_on(const struct status *status)
{
    return status->route_count > 1;
}

/* A status, or RELEASE. */
static bool read_route(const struct measure_reading *reading, struct node *node, int *route)
{
    const struct statuses *statuses = reading->statuses;
    const char           **name =
        arena_new(reading->reader->arena, const char *, (size_t)statuses->count + 1);
    memcpy(name, statuses->name, (size_t)statuses->count * sizeof name[0]);
    name[statuses->count] = "release";
    if (!read_reference(reading->reader, node, "status", name, statuses->count + 1, route))
        return false;
    if (*route == statuses->count)
        *route = RELEASE;
    return true;
}

static bool has_route(const struct status *status, int route)
{
    for (int r = 0; r < status->route_count; r++)
        if (status->route[r] == route)
            return true;
    return false;
}

/* Only statuses that have both ways are left; one that was named must. */
static void keep_those_with_both(const struct measure_reading *reading, const struct draft *draft,
                                 bool are_named, struct measure *measure)
{
    const struct statuses *statuses = reading->statuses;
    for (int s = 0; s < statuses->count; s++) {
        if (!(measure->statuses >> s & 1))
            continue;
        bool               from = has_route(&statuses->list[s], measure->from_route);
        const struct node *lacks = from ? draft->to : draft->from;
        if (from && has_route(&statuses->list[s], measure->to_route))
            continue;
        measure->statuses &= ~((uint64_t)1 << s);
        if (are_named)
            node_error(reading->reader, lacks, "%s is %s, which next of %s does not name",
                       lacks->key, lacks->text, statuses->name[s]);
    }
    if (!are_named && measure->statuses == 0)
        node_error(reading->reader, draft->from, "no status has both %s and %s in next",
                   draft->from->text, draft->to->text);
}

static void read(const struct measure_reading *reading, void *member, struct measure *measure)
{
    const struct draft *draft = member;
    const struct node  *who = draft->of_all.who;
    int                 before = reading->reader->errors->count;
    measure_read_who_serves(reading, draft->of_all.who, goes_on, "has one way to go on only",
                            measure);
    measure_read_share(reading, draft->share, measure);
    measure->offence_delay = draft->offence_delay;
    bool is_known = read_route(reading, draft->from, &measure->from_route);
    is_known = read_route(reading, draft->to, &measure->to_route) && is_known;
    if (is_known && measure->from_route == measure->to_route)
        node_error(reading->reader, draft->to, "to is %s, as from is", draft->to->text);
    if (reading->reader->errors->count == before)
        keep_those_with_both(reading, draft, who && node_find(who, "status"), measure);
}

const struct measure_kind measure_routes = {
    .word = "routes",
    .help = "Another way to go on after a status, such as fewer tbs orders.",
    .fields = fields,
    .who_fields = measure_sentence_fields,
    .draft_size = sizeof(struct draft),
    .read = read,
    .columns = columns,
    .column_count = ROUTES_COLUMNS,
    .purposes = purposes};
