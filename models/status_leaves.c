/* Ways out of a queue: loss (uitval uit de wachtrij), and further titles. */
#include <string.h>

#include "models/status_read.h"

#define LEAVES_A_YEAR_AT_MOST 525600 /* one a minute */

/* -- leaves */

static void read_next(struct reader *reader, struct node *node, void *member)
{
    const struct statuses *statuses = ((const struct status_context *)reader->context)->statuses;
    const char            *names[STATUSES_AT_MOST + 1];
    int                    next;
    for (int s = 0; s < statuses->count; s++)
        names[s] = statuses->name[s];
    names[statuses->count] = "release";
    if (read_reference(reader, node, "status", names, statuses->count + 1, &next))
        *(int *)member = next == statuses->count ? RELEASE : next;
}

static bool read_hazard(struct reader *reader, struct node *node, const void *object, void *entry)
{
    (void)object;
    return read_number(reader, node, 0, LEAVES_A_YEAR_AT_MOST, entry);
}

static void read_per_year(struct reader *reader, struct node *node, void *member)
{
    struct number_by_profile *per_year = member;
    double *of = status_read_varying(reader, node, sizeof(*of), read_hazard, &per_year->stride);
    if (of)
        per_year->of = of;
}

const struct field leave_fields[] = {
    {.key = "per_year",
     .type = FIELD_OWN,
     .offset = offsetof(struct leave, per_year),
     .required = true,
     .own = read_per_year,
     .unit = "number, a year of 365 days, may vary by attribute",
     .help = "The hazard: of those in the queue so many a year leave for this reason; 0.6 is the "
             "share 0.6 x 7 / 365 of them in a week."},
    {.key = "next",
     .type = FIELD_OWN,
     .offset = offsetof(struct leave, next),
     .required = true,
     .own = read_next,
     .unit = "name of a status, or `release`",
     .help = "The status that follows, such as arrested; release: he is out of the system."},
    {0},
};

static void read_leave(struct reader *reader, struct node *node, struct status *status)
{
    if (strcmp(node->key, FURTHER_TITLE) == 0)
        node_key_error(reader, node, "%s has a meaning of its own; choose another name", node->key);
    if (status->leave_count == LEAVES_AT_MOST) {
        node_key_error(reader, node, "%s is one reason too many; at most %d are allowed", node->key,
                       LEAVES_AT_MOST);
        return;
    }
    struct leave *leave = &status->leave[status->leave_count++];
    *leave = (struct leave){
        .name = node->key,
        .next = RELEASE,
        .draw = status_purpose(arena_print(reader->arena, "leaves.%s", node->key), status->name),
    };
    fields_read(reader, node, leave_fields, leave);
}

void status_read_leaves(struct reader *reader, struct node *node, void *member)
{
    struct status *status = member;
    if (!read_names(reader, node) && node->kind != NODE_MAPPING)
        return;
    status->leave = arena_new(reader->arena, struct leave, LEAVES_AT_MOST);
    for (struct node *child = node->first; child; child = child->next) {
        if (node_is_note(child))
            continue;
        child->used = true;
        read_leave(reader, child, status);
    }
}

/* -- further titles */

static void read_from(struct reader *reader, struct node *node, void *member)
{
    const struct statuses *statuses = ((const struct status_context *)reader->context)->statuses;
    int                    from;
    if (read_reference(reader, node, "status", statuses->name, statuses->count, &from))
        *(int *)member = from;
}

const struct field further_titles_fields[] = {
    {.key = "chance",
     .type = FIELD_OWN,
     .offset = offsetof(struct status, further.chance),
     .required = true,
     .own = status_read_share,
     .unit = "share, may vary by attribute",
     .help = "The share of those whose status ends in release who have one."},
    {.key = "draws_from",
     .type = FIELD_OWN,
     .offset = offsetof(struct status, further.from),
     .required = true,
     .own = read_from,
     .unit = "name of a status",
     .help = "The title is that of the longest waiting in the queue of this status, of the same "
             "attributes; it leaves the queue. With none there he is released."},
    {0},
};

/* -- between statuses */

uint64_t status_side_ways(const struct status *status)
{
    uint64_t next = 0;
    for (int i = 0; i < status->leave_count; i++)
        if (status->leave[i].next != RELEASE)
            next |= (uint64_t)1 << status->leave[i].next;
    if (status->further.from >= 0)
        next |= (uint64_t)1 << status->further.from;
    return next;
}

static const struct node *inner_of(const struct node *node, const char *section, const char *key)
{
    const struct node *inner = node_find(node, section);
    return inner && inner->kind == NODE_MAPPING ? node_find(inner, key) : NULL;
}

static void check_further(struct reader *reader, const struct node *node,
                          const struct status *status, struct statuses *statuses)
{
    if (status->further.from < 0)
        return;
    struct status     *from = &statuses->list[status->further.from];
    const struct node *draws_from = inner_of(node, "further_titles", "draws_from");
    from->gives_titles = true;
    if (from->waits_in != WAITS_OUTSIDE)
        node_error(reader, draws_from,
                   "draws_from is %s, whose people do not wait outside; a title is open only where "
                   "they do",
                   from->name);
    if (!from->stay.of)
        node_error(reader, draws_from,
                   "draws_from is %s, which has no stay or sentence that could be served",
                   from->name);
}

static void make_year(struct reader *reader, struct statuses *statuses)
{
    char              why[200];
    struct shape_spec spec = shape_spec_empty();
    spec.family = FAMILY_EXPONENTIAL;
    spec.mean = (double)MINUTES_A_YEAR;
    statuses->year = shape_make_smooth(reader->arena, &spec, why);
    must(statuses->year != NULL);
}

void statuses_number_reasons(struct reader *reader, const struct node *node,
                             struct statuses *statuses)
{
    for (int s = 0; s < statuses->count; s++)
        check_further(reader, node_find(node, statuses->name[s]), &statuses->list[s], statuses);
    for (int s = 0; s < statuses->count; s++) {
        struct status *status = &statuses->list[s];
        status->reason_first = statuses->reason_count;
        statuses->reason_count += status->leave_count + status->gives_titles;
        if ((status->leave_count > 0 || status->crisis.per_year.of) && !statuses->year)
            make_year(reader, statuses);
        if (status->leave_count > 0 && status->waits_in == WAITS_NOWHERE)
            node_key_error(reader, inner_of(node_find(node, status->name), "waits", "leaves"),
                           "leaves is for people who wait, but those of %s are refused (in: "
                           "nowhere)",
                           status->name);
    }
}
