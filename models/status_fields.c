#include "models/status_read.h"

#include <string.h>

/* -- tables by profile */

static bool read_shape_entry(struct reader *reader, struct node *node, const void *object,
                             void *entry)
{
    (void)object;
    return read_shape(reader, node, entry);
}

void status_read_shapes(struct reader *reader, struct node *node, void *member)
{
    struct shape_by_profile *by_profile = member;
    const struct shape     **of =
        status_read_varying(reader, node, sizeof(*of), read_shape_entry, &by_profile->stride);
    if (of)
        by_profile->of = of;
}

/* -- release */

static bool read_share_entry(struct reader *reader, struct node *node, const void *object,
                             void *entry)
{
    struct fraction share;
    (void)object;
    if (!read_share(reader, node, &share))
        return false;
    *(uint64_t *)entry = rng_threshold(share.num, share.den);
    return true;
}

void status_read_share(struct reader *reader, struct node *node, void *member)
{
    struct threshold_by_profile *by_profile = member;
    uint64_t                    *of =
        status_read_varying(reader, node, sizeof(*of), read_share_entry, &by_profile->stride);
    if (of)
        by_profile->of = of;
}

const struct field status_remission_fields[] = {
    {.key = "up_to",
     .type = FIELD_DURATION,
     .offset = offsetof(struct remission, up_to_min),
     .otherwise = "any",
     .help = "The longest sentence for which this row holds; the first row that fits counts."},
    {.key = "remits",
     .type = FIELD_SHARE,
     .offset = offsetof(struct remission, remits),
     .required = true,
     .help = "The share that is not served, rounded down to whole days."},
    {.key = "of_part_above",
     .type = FIELD_DURATION,
     .offset = offsetof(struct remission, of_part_above_min),
     .otherwise = "of the whole sentence",
     .help = "Only the part of the sentence above this is remitted."},
    {.key = "at_most",
     .type = FIELD_DURATION,
     .offset = offsetof(struct remission, at_most_min),
     .otherwise = "no cap",
     .help = "The longest time that can be remitted."},
    {0},
};

static void check_rising(struct reader *reader, const struct node *row,
                         const struct remission *before, const struct remission *remission)
{
    const struct node *up_to = row->kind == NODE_MAPPING ? node_find(row, "up_to") : NULL;
    if (before->up_to_min == INT64_MAX)
        node_error(reader, row,
                   "%s is never reached: the row before it has no up_to and fits any sentence",
                   node_label(reader->arena, row));
    else if (up_to && remission->up_to_min <= before->up_to_min) {
        char own[32], least[32];
        duration_format(remission->up_to_min, own);
        duration_format(before->up_to_min, least);
        node_error(reader, up_to, "up_to is %s; it must be above that of the row before it, %s",
                   own, least);
    }
}

void status_read_conditional(struct reader *reader, struct node *node, void *member)
{
    struct status *status = member;
    if (!read_list(reader, node))
        return;
    status->remission = arena_new(reader->arena, struct remission, (size_t)node->count);
    for (struct node *row = node->first; row; row = row->next) {
        struct remission *remission = &status->remission[status->remission_count++];
        *remission =
            (struct remission){.up_to_min = INT64_MAX, .remits = {0, 1}, .at_most_min = INT64_MAX};
        fields_read(reader, row, status_remission_fields, remission);
        if (row != node->first)
            check_rising(reader, row, remission - 1, remission);
    }
}

static const char *const weekend_words[] = {"as_planned", "friday", "friday_for_monday", NULL};

static const struct field release_fields[] = {
    {.key = "conditional",
     .type = FIELD_OWN,
     .offset = 0,
     .inner = status_remission_fields,
     .own = status_read_conditional,
     .unit = "list of rows",
     .otherwise = "the whole sentence is served",
     .help = "Conditional release (voorwaardelijke invrijheidstelling), a row for each class of "
             "sentences, shortest first."},
    {.key = "granted",
     .type = FIELD_OWN,
     .offset = offsetof(struct status, granted),
     .own = status_read_share,
     .unit = "share, may vary by attribute",
     .otherwise = "all",
     .help = "The share to whom conditional release is granted; the others serve all."},
    {.key = "weekend",
     .type = FIELD_CHOICE,
     .offset = offsetof(struct status, weekend),
     .choices = weekend_words,
     .otherwise = "as_planned",
     .help = "Releases on Saturday and Sunday, or also on Monday, move to the Friday before."},
    {0},
};

/* -- waiting */

static void read_waits_in(struct reader *reader, struct node *node, void *member)
{
    const struct estate *estate = ((const struct status_context *)reader->context)->estate;
    struct status       *status = member;
    const char          *names[WAITS_REGIME + REGIMES_AT_MOST] = {
                 [WAITS_OUTSIDE] = "outside",
                 [WAITS_NOWHERE] = "nowhere",
                 [WAITS_PRESENT_PLACE] = "present_place",
    };
    int index, count = WAITS_REGIME + estate->regime_count;
    for (int r = 0; r < estate->regime_count; r++)
        names[WAITS_REGIME + r] = estate->regime_name[r];
    if (!read_reference(reader, node, "way to wait or regime", names, count, &index))
        return;
    status->waits_in = index < WAITS_REGIME ? (enum waits_in)index : WAITS_REGIME;
    status->waits_regime = index < WAITS_REGIME ? 0 : index - WAITS_REGIME;
}

static const char *const rung_words[RUNGS_AT_MOST] = {
    [RUNG_VALVE] = "valve",
    [RUNG_OUT_OF_CATEGORY] = "out_of_category",
    [RUNG_OVER_CAPACITY] = "over_capacity",
    [RUNG_SENT_HOME] = "sent_home",
    [RUNG_STAY] = "stay",
};

static bool can_fail(enum rung rung)
{
    return rung == RUNG_VALVE || rung == RUNG_OUT_OF_CATEGORY;
}

/* Only the last rung is one that cannot fail, so there are never more rungs than words. */
static bool add_rung(struct reader *reader, struct node *node, struct status *status)
{
    int  index, count = status->rung_count;
    bool is_first = count == 0;
    if (!read_reference(reader, node, NULL, rung_words, RUNGS_AT_MOST, &index))
        return false;
    if (!is_first && !can_fail(status->rung[count - 1])) {
        node_error(reader, node, "%s is never reached: %s before it cannot fail", rung_words[index],
                   rung_words[status->rung[count - 1]]);
        return false;
    }
    if (status_has_rung(status, (enum rung)index)) {
        node_error(reader, node, "%s stands twice", rung_words[index]);
        return false;
    }
    status->rung[status->rung_count++] = (enum rung)index;
    return true;
}

static void read_at_limit(struct reader *reader, struct node *node, void *member)
{
    struct status *status = member;
    if (!read_list(reader, node))
        return;
    for (struct node *item = node->first; item; item = item->next)
        if (!add_rung(reader, item, status))
            return;
    if (status->rung_count == 0 || can_fail(status->rung[status->rung_count - 1]))
        node_error(reader, node,
                   "at_limit must end with one that cannot fail: over_capacity, sent_home or stay");
}

static const struct field waits_fields[] = {
    {.key = "in",
     .type = FIELD_OWN,
     .offset = 0,
     .required = true,
     .own = read_waits_in,
     .unit = "`outside`, `nowhere`, `present_place` or name of a regime",
     .help = "Where a person is without a place of his own: at liberty; refused, so that he "
             "leaves; in the place that he has (passant); or in a regime such as police cells."},
    {.key = "limit",
     .type = FIELD_DURATION,
     .offset = offsetof(struct status, limit_min),
     .low = 1,
     .high = 0,
     .otherwise = "none",
     .help = "How long the law lets him wait in that regime, such as 10 days in a police cell "
             "(art. 15a PBW)."},
    {.key = "at_limit",
     .type = FIELD_OWN,
     .offset = 0,
     .own = read_at_limit,
     .unit = "list of `valve`, `out_of_category`, `over_capacity`, `sent_home`, `stay`",
     .otherwise = "must be given with limit",
     .help = "What gives when the limit is reached, tried first to last; the last one cannot "
             "fail."},
    {.key = "leaves",
     .type = FIELD_OWN,
     .offset = 0,
     .inner = leave_fields,
     .own = status_read_leaves,
     .unit = "reasons by name",
     .otherwise = "nobody leaves before he has a place",
     .help = "Why people leave the queue, such as arrested elsewhere, paid, pardoned, lapsed."},
    {.key = "overdue",
     .type = FIELD_OWN,
     .offset = 0,
     .inner = status_overdue_fields,
     .own = status_read_overdue,
     .unit = "mapping",
     .otherwise = "nobody counts as overdue",
     .help = "How long the wait may take before it is overdue; nothing else follows from it."},
    {0},
};

/* -- sent home, called up */

static void read_status(struct reader *reader, struct node *node, void *member)
{
    const struct statuses *statuses = ((const struct status_context *)reader->context)->statuses;
    int                    status;
    if (read_reference(reader, node, "status", statuses->name, statuses->count, &status))
        *(int *)member = status;
}

static const struct field sent_home_fields[] = {
    {.key = "back_after",
     .type = FIELD_OWN,
     .offset = offsetof(struct status, back_after),
     .required = true,
     .own = status_read_shapes,
     .unit = "shape, may vary by attribute",
     .help = "How long people who are sent home (heenzending) stay away."},
    {.key = "as",
     .type = FIELD_OWN,
     .offset = offsetof(struct status, back_as),
     .own = read_status,
     .unit = "name of a status",
     .otherwise = "the same status",
     .help = "The status in which they come back."},
    {0},
};

/* A week is the only rhythm so far; the key says so in the file. */
static void read_every(struct reader *reader, struct node *node, void *member)
{
    static const char *const words[] = {"week"};
    int                      index;
    (void)member;
    (void)!read_reference(reader, node, NULL, words, 1, &index);
}

static const struct field call_up_fields[] = {
    {.key = "every",
     .type = FIELD_OWN,
     .offset = 0,
     .own = read_every,
     .unit = "`week`",
     .otherwise = "week",
     .help = "How often letters go out."},
    {.key = "fill_to",
     .type = FIELD_SHARE,
     .offset = offsetof(struct call_up, fill_to),
     .otherwise = "1",
     .help = "So many are called that this share of the usable places will be taken."},
    {.key = "notice",
     .type = FIELD_DURATION,
     .offset = offsetof(struct call_up, notice_min),
     .otherwise = "none",
     .help = "The time between the letter and the day of reporting."},
    {.key = "at_most",
     .type = FIELD_COUNT,
     .offset = offsetof(struct call_up, at_most),
     .otherwise = "no quota",
     .help = "The most people who are called at one time."},
    {.key = "no_show",
     .type = FIELD_SHARE,
     .offset = offsetof(struct call_up, no_show),
     .otherwise = "0",
     .help = "The share of those called who do not come."},
    {.key = "then",
     .type = FIELD_OWN,
     .offset = offsetof(struct call_up, then),
     .own = read_status,
     .unit = "name of a status",
     .otherwise = "must be given with no_show",
     .help = "The status of those who do not come, such as arrested (arrestant)."},
    {0},
};

/* -- routes */

static int route_index(const struct status *status, int route)
{
    for (int r = 0; r < status->route_count; r++)
        if (status->route[r] == route)
            return r;
    return -1;
}

/* The routes of a status are all those that its rows name, in order of first mention. */
static bool name_routes(struct reader *reader, struct node *row, struct status *status)
{
    const struct statuses *statuses = ((const struct status_context *)reader->context)->statuses;
    const char            *names[ROUTES_AT_MOST];
    bool                   good = true;
    if (!read_mapping(reader, row))
        return false;
    for (int s = 0; s < statuses->count; s++)
        names[s] = statuses->name[s];
    names[statuses->count] = "release";
    for (struct node *node = row->first; node; node = node->next) {
        int s = 0;
        if (node_is_note(node))
            continue;
        while (s <= statuses->count && strcmp(names[s], node->key) != 0)
            s++;
        if (s > statuses->count) {
            node_unknown_key(reader, node, names, statuses->count + 1);
            good = false;
            continue;
        }
        int route = s == statuses->count ? RELEASE : s;
        if (route_index(status, route) < 0)
            status->route[status->route_count++] = route;
    }
    return good;
}

/* A route that this row does not name has a share of 0. */
static bool read_route_row(struct reader *reader, struct node *row, const void *object, void *entry)
{
    const struct status   *status = object;
    uint64_t              *threshold = entry;
    const struct statuses *statuses = ((const struct status_context *)reader->context)->statuses;
    struct node           *nodes[ROUTES_AT_MOST];
    struct fraction        shares[ROUTES_AT_MOST];
    uint64_t               up_to[ROUTES_AT_MOST], below = 0;
    int                    named[ROUTES_AT_MOST], count = 0;
    for (int r = 0; r < status->route_count; r++) {
        int route = status->route[r];
        nodes[count] = node_find(row, route == RELEASE ? "release" : statuses->name[route]);
        if (nodes[count])
            named[count++] = r;
    }
    if (!read_shares(reader, row, nodes, count, shares, up_to))
        return false;
    for (int r = 0, i = 0; r < status->route_count; r++) {
        if (i < count && named[i] == r)
            below = up_to[i++];
        threshold[r] = below;
    }
    return true;
}

static void read_next(struct reader *reader, struct node *node, void *member)
{
    const struct status_context *context = reader->context;
    struct status               *status = member;
    struct varying               varying;
    bool                         good = true;
    uint64_t                    *of = NULL;
    uint32_t                     stride;
    if (!varying_read(reader, context->attributes, node, &varying))
        return;
    status->route_count = 0;
    for (int i = 0; i < varying.count; i++)
        if (varying_first(&varying, i) == i)
            good = name_routes(reader, varying.node[i], status) && good;
    size_t width = (size_t)status->route_count;
    if (good)
        of = varying_table(reader, context->attributes, &varying, width * sizeof(*of),
                           read_route_row, status, &stride);
    if (of)
        status->route_threshold =
            (struct threshold_by_profile){.of = of, .stride = stride * (uint32_t)width};
    else
        status_set_released(reader->arena, status);
}

/* -- the whole */

static const char *const clock_words[] = {"arrival", "placement", "custody", NULL};

const struct field status_fields[] = {
    {.key = "dutch",
     .type = FIELD_TEXT,
     .offset = offsetof(struct status, dutch),
     .otherwise = "its name",
     .help = "The Dutch legal term (titel), such as voorlopige hechtenis."},
    {.key = "clock",
     .type = FIELD_CHOICE,
     .offset = offsetof(struct status, clock),
     .choices = clock_words,
     .otherwise = "placement",
     .help = "When its time starts to run: on entry into the status, with the first place by its "
             "rule, or with the custody before it (aftrek van voorarrest)."},
    {.key = "served",
     .type = FIELD_OWN,
     .offset = offsetof(struct status, served),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "Whether days held in it count towards a later sentence with clock: custody."},
    {.key = "stay",
     .type = FIELD_OWN,
     .offset = offsetof(struct status, stay),
     .own = status_read_shapes,
     .unit = "shape, may vary by attribute",
     .otherwise = "no end of its own",
     .help = "How long it lasts; not beside sentence."},
    {.key = "sentence",
     .type = FIELD_OWN,
     .offset = offsetof(struct status, stay),
     .own = status_read_shapes,
     .unit = "shape, may vary by attribute",
     .otherwise = "no sentence",
     .help = "The sentence imposed (opgelegde straf), of which release may remit a part."},
    {.key = "release",
     .type = FIELD_INNER,
     .offset = 0,
     .inner = release_fields,
     .otherwise = "the minute at which the stay or sentence ends",
     .help = "When people leave (invrijheidstelling)."},
    {.key = "waits",
     .type = FIELD_INNER,
     .offset = 0,
     .inner = waits_fields,
     .otherwise = "outside, without limit",
     .help = "Where people wait for a place, and how long they may."},
    {.key = "sent_home",
     .type = FIELD_INNER,
     .offset = 0,
     .inner = sent_home_fields,
     .otherwise = "nobody is sent home at the limit",
     .help = "What becomes of those sent home at the limit (heenzending)."},
    {.key = "called_up",
     .type = FIELD_INNER,
     .offset = offsetof(struct status, call_up),
     .inner = call_up_fields,
     .otherwise = "people come as soon as a place is free",
     .help = "Call-up of people who wait outside (oproep van zelfmelders)."},
    {.key = "further_titles",
     .type = FIELD_INNER,
     .offset = 0,
     .inner = further_titles_fields,
     .otherwise = "none",
     .help = "Who would be released may have a further title: an open sentence that stands in a "
             "queue; he serves it on, in the same place."},
    {.key = "crisis",
     .type = FIELD_INNER,
     .offset = offsetof(struct status, crisis),
     .inner = status_crisis_fields,
     .otherwise = "nobody has one",
     .help =
         "Crises of people who are held in a place of their own: a placement rule with `during: "
         "crisis` says where they are as long as it lasts."},
    {.key = "next",
     .type = FIELD_OWN,
     .offset = 0,
     .own = read_next,
     .unit = "shares of statuses and `release`, may vary by attribute",
     .otherwise = "all are released",
     .help = "What follows when it ends."},
    {0},
};
