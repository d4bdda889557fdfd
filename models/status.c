#include "models/status.h"

#include <string.h>

#include "models/status_read.h"

#define SHARE_OF_52_BITS 0x1p-52

void statuses_read_names(struct reader *reader, struct node *node, struct statuses *statuses)
{
    *statuses = (struct statuses){
        .list = arena_new(reader->arena, struct status, STATUSES_AT_MOST),
        .name = arena_new(reader->arena, const char *, STATUSES_AT_MOST),
    };
    /* after a bad name it goes on, so that what refers to the name does not fail too */
    if (!node || (!read_names(reader, node) && node->kind != NODE_MAPPING))
        return;
    for (struct node *child = node->first; child; child = child->next) {
        if (node_is_note(child))
            continue;
        child->used = true;
        if (strcmp(child->key, "release") == 0 || strcmp(child->key, "by") == 0 ||
            strcmp(child->key, "else") == 0)
            node_key_error(reader, child, "%s has a meaning of its own; choose another name",
                           child->key);
        if (statuses->count == STATUSES_AT_MOST) {
            node_key_error(reader, child, "%s is one status too many; at most %d are allowed",
                           child->key, STATUSES_AT_MOST);
            return;
        }
        statuses->list[statuses->count].name = child->key;
        statuses->name[statuses->count++] = child->key;
    }
}

void status_set_released(struct arena *arena, struct status *status)
{
    status->route_count = 1;
    status->route[0] = RELEASE;
    status->route_threshold = (struct threshold_by_profile){arena_new(arena, uint64_t, 1), 0};
    status->route_threshold.of[0] = rng_threshold(1, 1);
}

void *status_read_varying(struct reader *reader, struct node *node, size_t size,
                          varying_entry *read, uint32_t *stride)
{
    const struct attributes *attributes =
        ((const struct status_context *)reader->context)->attributes;
    struct varying varying;
    return varying_read(reader, attributes, node, &varying)
               ? varying_table(reader, attributes, &varying, size, read, NULL, stride)
               : NULL;
}

struct purpose status_purpose(const char *purpose, const char *status)
{
    struct purpose made;
    u128           number[VISITS_MADE];
    rng_purposes(purpose, status, VISITS_MADE, number);
    for (unsigned visit = 0; visit < VISITS_MADE; visit++)
        made.visit[visit] = rng_jump(number[visit]);
    return made;
}

static void set_defaults(struct arena *arena, int index, struct status *status)
{
    const char *name = status->name;
    *status = (struct status){
        .name = name,
        .dutch = name,
        .clock = CLOCK_PLACEMENT,
        .limit_min = INT64_MAX,
        .overdue = {.after_min = INT64_MAX},
        .back_as = index,
        .call_up = {.fill_to = {1, 1}, .at_most = INT64_MAX, .no_show = {0, 1}, .then = -1},
        .route = arena_new(arena, int, ROUTES_AT_MOST),
        .draw_stay = status_purpose("stay", name),
        .draw_granted = status_purpose("granted", name),
        .draw_route = status_purpose("route", name),
        .draw_back = status_purpose("back", name),
        .draw_no_show = status_purpose("no_show", name),
        .draw_further = status_purpose("further_titles", name),
        .crisis = {.draw_begins = status_purpose("crisis_begins", name),
                   .draw_lasts = status_purpose("crisis_lasts", name)},
        .further = {.from = -1},
    };
    status_set_released(arena, status);
}

static void read_one(struct reader *reader, struct node *node, struct status *status)
{
    const struct status_context *context = reader->context;
    fields_read(reader, node, status_fields, status);
    if (node->kind != NODE_MAPPING)
        return;
    struct call_up *call_up = &status->call_up;
    status->sentence = node_find(node, "sentence");
    call_up->used = node_find(node, "called_up");
    call_up->no_show_threshold = rng_threshold(call_up->no_show.num, call_up->no_show.den);
    status_check(reader, node, context->estate, status);
    if (call_up->no_show.num == 0)
        call_up->then = -1;
}

void statuses_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                   const struct estate *estate, struct statuses *statuses)
{
    struct status_context context = {attributes, estate, statuses};
    struct reader         inner = {reader->arena, reader->errors, &context};
    for (int s = 0; s < statuses->count; s++)
        set_defaults(reader->arena, s, &statuses->list[s]);
    for (int s = 0; s < statuses->count; s++)
        read_one(&inner, node_find(node, statuses->name[s]), &statuses->list[s]);
    statuses_number_reasons(&inner, node, statuses);
    if (statuses->count > 0)
        statuses_check_cycles(reader, node, attributes->profile_count, statuses);
}

double status_route_share(const struct status *status, int r, uint32_t profile)
{
    const struct threshold_by_profile *threshold = &status->route_threshold;
    const uint64_t                    *of = threshold->of + (size_t)profile * threshold->stride;
    return (double)(of[r] - (r > 0 ? of[r - 1] : 0)) * SHARE_OF_52_BITS;
}

double status_coming_share(const struct status *status)
{
    const struct fraction *no_show = &status->call_up.no_show;
    return status->call_up.used ? 1 - (double)no_show->num / (double)no_show->den : 1;
}

double status_granted_share(const struct status *status, uint32_t profile)
{
    const struct threshold_by_profile *granted = &status->granted;
    return granted->of ? (double)granted->of[profile * granted->stride] * SHARE_OF_52_BITS : 1;
}

int64_t status_to_serve_min(const struct status *status, int64_t sentence_min, bool granted)
{
    int r = 0;
    while (r < status->remission_count && sentence_min > status->remission[r].up_to_min)
        r++;
    if (!granted || r == status->remission_count)
        return sentence_min;
    const struct remission *row = &status->remission[r];
    int64_t                 above_min = sentence_min - row->of_part_above_min;
    if (above_min <= 0)
        return sentence_min;
    /* below 1.1e8 minutes x 10^9: no overflow */
    int64_t remitted_min = above_min * row->remits.num / row->remits.den;
    if (remitted_min > row->at_most_min)
        remitted_min = row->at_most_min;
    return sentence_min - remitted_min / MINUTES_A_DAY * MINUTES_A_DAY;
}
