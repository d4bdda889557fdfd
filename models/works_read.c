/* The keys of `works:`. */
#include <string.h>

#include "models/works_read.h"
#include "sim/date.h"

static const struct works_context *context_of(const struct reader *reader)
{
    return reader->context;
}

/* -- single values */

static const struct field start_fields[] = {
    {.key = "planned",
     .type = FIELD_DATE,
     .offset = offsetof(struct planned_start, day),
     .otherwise = "the first day of the period",
     .help = "The day from which it can start."},
    {.key = "slip",
     .type = FIELD_SHAPE,
     .offset = offsetof(struct planned_start, slip),
     .otherwise = "none",
     .help = "How much later that becomes by chance, drawn for each replication, in whole days."},
    {0},
};

static const struct field takes_fields[] = {
    {.key = "planned",
     .type = FIELD_OWN,
     .offset = offsetof(struct planned_time, days),
     .own = places_read_days,
     .unit = "duration, whole days",
     .otherwise = "0 days",
     .help = "How long it takes."},
    {.key = "slip",
     .type = FIELD_SHAPE,
     .offset = offsetof(struct planned_time, slip),
     .otherwise = "none",
     .help = "How much longer it takes by chance, likewise."},
    {0},
};

/* -- places of units */

static bool find_unit(struct reader *reader, struct node *node, int *unit)
{
    const struct estate *estate = context_of(reader)->estate;
    return read_reference(reader, node, "unit", estate->unit_name, estate->unit_count, unit);
}

/* The unit that a key names. */
static bool find_key(struct reader *reader, const struct node *node, int *unit)
{
    const struct estate *estate = context_of(reader)->estate;
    *unit = estate_find_unit(estate, node->key);
    if (*unit >= 0)
        return true;
    node_key_error(reader, node, "there is no unit %s%s", node->key,
                   node_names_advice(reader, node->key, estate->unit_name, estate->unit_count));
    return false;
}

static bool is_unlimited(struct reader *reader, const struct node *node, int unit)
{
    const struct estate *estate = context_of(reader)->estate;
    if (estate->unit[unit].built != UNLIMITED)
        return false;
    node_error(reader, node, "%s has places without limit; works are for units that have a number",
               estate->unit_name[unit]);
    return true;
}

static void make_room(struct reader *reader, const struct node *node, struct unit_list *list)
{
    list->count = 0;
    list->list = arena_new(reader->arena, struct unit_places, (size_t)node->count + 1);
}

static bool is_listed(struct reader *reader, const struct node *node, const struct unit_list *list,
                      int unit)
{
    for (int i = 0; i < list->count; i++)
        if (list->list[i].unit == unit) {
            node_error(reader, node, "unit %s stands twice here",
                       context_of(reader)->estate->unit_name[unit]);
            return true;
        }
    return false;
}

/* A mapping of units to places. */
static void read_unit_places(struct reader *reader, struct node *node, struct unit_list *list,
                             int64_t low)
{
    int     unit;
    int64_t places;
    if (!read_mapping(reader, node))
        return;
    make_room(reader, node, list);
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (node_is_note(child) || !find_key(reader, child, &unit) ||
            is_unlimited(reader, child, unit) ||
            !read_count(reader, child, low, PLACES_AT_MOST, &places))
            continue;
        list->list[list->count++] = (struct unit_places){unit, (int32_t)places, false};
    }
}

static void read_some_places(struct reader *reader, struct node *node, void *list)
{
    read_unit_places(reader, node, list, 1);
}

static void read_any_places(struct reader *reader, struct node *node, void *list)
{
    read_unit_places(reader, node, list, 0);
}

/* A list of units with all that they have, or units with places. */
static void read_takes_out(struct reader *reader, struct node *node, void *member)
{
    struct unit_list *list = member;
    int               unit;
    if (node->kind == NODE_MAPPING) {
        read_unit_places(reader, node, list, 1);
        return;
    }
    if (!read_list(reader, node))
        return;
    make_room(reader, node, list);
    for (struct node *item = node->first; item; item = item->next)
        if (find_unit(reader, item, &unit) && !is_unlimited(reader, item, unit) &&
            !is_listed(reader, item, list, unit))
            list->list[list->count++] = (struct unit_places){unit, PLACES_AT_MOST, true};
}

/* -- what a project adds and converts: its units are there already (estate_works.c) */

static void read_adds(struct reader *reader, struct node *node, void *member)
{
    const struct estate *estate = context_of(reader)->estate;
    struct unit_list    *list = member;
    node->used = true;
    list->list = arena_new(reader->arena, struct unit_places, (size_t)estate->unit_count);
    for (const struct node *of = node->first; of; of = of->next) {
        const struct node *units = of->kind == NODE_MAPPING ? node_find(of, "units") : NULL;
        for (const struct node *unit = units ? units->first : NULL; unit; unit = unit->next)
            for (int u = 0; unit->key && u < estate->unit_count; u++)
                if (estate->unit[u].added > 0 &&
                    strcmp(estate->unit_name[u],
                           arena_print(reader->arena, "%s.%s", of->key, unit->key)) == 0)
                    list->list[list->count++] =
                        (struct unit_places){u, estate->unit[u].added, false};
    }
    if (node->kind != NODE_MAPPING)
        (void)!read_mapping(reader, node);
}

struct convert_draft {
    int64_t      places;
    struct node *to;
};

static const struct field convert_fields[] = {
    {.key = "places",
     .type = FIELD_COUNT,
     .offset = offsetof(struct convert_draft, places),
     .required = true,
     .low = 1,
     .high = PLACES_AT_MOST,
     .help = "So many leave the unit when the project starts."},
    {.key = "to",
     .type = FIELD_OWN,
     .offset = offsetof(struct convert_draft, to),
     .required = true,
     .own = node_keep,
     .inner = convert_to_fields,
     .unit = "mapping",
     .one_of = "of regime and admits",
     .help = "What they are when it ends: a unit called `<unit>_as_<project>`, in the institution "
             "of the old one."},
    {0},
};

static void read_conversion(struct reader *reader, struct node *node, struct project *project)
{
    const struct estate *estate = context_of(reader)->estate;
    struct convert_draft draft = {0};
    struct conversion    conversion;
    int                  before = reader->errors->count;
    if (!find_key(reader, node, &conversion.from) || is_unlimited(reader, node, conversion.from))
        return;
    fields_read(reader, node, convert_fields, &draft);
    conversion.to =
        estate_find_unit(estate, estate_converted_name(reader->arena, node->key, project->name));
    if (draft.to && draft.to->kind != NODE_MAPPING)
        (void)!read_mapping(reader, draft.to);
    if (reader->errors->count > before || conversion.to < 0)
        return;
    conversion.places = (int32_t)draft.places;
    project->conversion[project->conversion_count++] = conversion;
}

static void read_converts(struct reader *reader, struct node *node, void *member)
{
    struct project *project =
        (struct project *)(void *)((char *)member - offsetof(struct project, conversion));
    if (!read_mapping(reader, node))
        return;
    project->conversion = arena_new(reader->arena, struct conversion, (size_t)node->count + 1);
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (!node_is_note(child))
            read_conversion(reader, child, project);
    }
}

/* -- projects */

static void read_start(struct reader *reader, struct node *node, void *member)
{
    const struct works_context *context = context_of(reader);
    const struct project       *project =
        (const struct project *)(void *)((char *)member - offsetof(struct project, start));
    int before = reader->errors->count;
    fields_read(reader, node, start_fields, member);
    context->is_misdated[project - context->works->project] = reader->errors->count > before;
}

static void read_after(struct reader *reader, struct node *node, void *member)
{
    const struct works_context *context = context_of(reader);
    struct project             *project =
        (struct project *)(void *)((char *)member - offsetof(struct project, after));
    int other;
    if (!read_list(reader, node))
        return;
    project->after = arena_new(reader->arena, int, (size_t)node->count + 1);
    for (struct node *item = node->first; item; item = item->next)
        if (read_reference(reader, item, "project", context->name, context->count, &other))
            project->after[project->after_count++] = other;
}

static void forget_in(struct node *project, const char *name)
{
    struct node *after = node_find(project, "after"), *next;
    if (!after || after->kind != NODE_LIST)
        return;
    for (struct node *item = after->first; item; item = next) {
        next = item->next;
        if (item->kind == NODE_SCALAR && strcmp(item->text, name) == 0)
            tree_unlink(item);
    }
    if (after->count == 0)
        tree_unlink(after);
}

void works_forget(struct node *root, const char *path)
{
    static const char  within[] = "works.projects.";
    const struct node *projects = node_at(root, "works.projects");
    if (!projects || strncmp(path, within, sizeof within - 1) != 0)
        return;
    for (struct node *project = projects->first; project; project = project->next)
        forget_in(project, path + sizeof within - 1);
}

const struct field project_fields[] = {
    {.key = "units",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, takes_out),
     .own = read_takes_out,
     .unit = "list of units, or units with places",
     .one_of = "unit",
     .otherwise = "none",
     .help = "What is out of use while it runs: all that the units have, or so many of their "
             "places."},
    {.key = "priority",
     .type = FIELD_COUNT,
     .offset = offsetof(struct project, priority),
     .low = 1,
     .high = 1000000,
     .otherwise = "100",
     .help = "Of projects that become ready on the same day the lowest number comes first."},
    {.key = "start",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, start),
     .inner = start_fields,
     .own = read_start,
     .one_of = "of planned and slip",
     .otherwise = "the first day of the period",
     .help = "From when it is ready."},
    {.key = "takes",
     .type = FIELD_INNER,
     .offset = offsetof(struct project, takes),
     .inner = takes_fields,
     .one_of = "of planned and slip",
     .otherwise = "0 days",
     .help = "How long it takes."},
    {.key = "cost_per_year",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, cost_per_year),
     .own = read_cents,
     .unit = "euros a year",
     .otherwise = "0",
     .help = "What it costs while it runs, as a rate; the budget is for this."},
    {.key = "one_off",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, one_off),
     .own = read_cents,
     .unit = "euros",
     .otherwise = "0",
     .help = "What it costs on the day on which it starts, outside the budget."},
    {.key = "after",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, after),
     .own = read_after,
     .unit = "list of projects",
     .one_of = "project",
     .otherwise = "none",
     .help = "All of these must have ended before it is ready."},
    {.key = "places_after",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, places_after),
     .own = read_any_places,
     .unit = "units with places",
     .one_of = "unit",
     .otherwise = "as many as before",
     .help = "So many places are built in the unit from its end on."},
    {.key = "decants_to",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, decants_to),
     .own = read_some_places,
     .unit = "units with places",
     .one_of = "unit",
     .otherwise = "none",
     .help = "Places in reserve that are open until its end, for the people of its units."},
    {.key = "moves_before",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, moves_before_days),
     .own = places_read_days,
     .unit = "duration, whole days",
     .otherwise = "0 days",
     .help = "So long before its start those are open."},
    {.key = "lost_without",
     .type = FIELD_DATE,
     .offset = offsetof(struct project, lost_without),
     .otherwise = "never",
     .help = "When it has not started by this day places close, lost until it has been done."},
    {.key = "lost_places",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, lost),
     .own = read_some_places,
     .unit = "units with places",
     .one_of = "unit",
     .otherwise = "those of units",
     .help = "The places that close then."},
    {.key = "adds",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, adds),
     .own = read_adds,
     .unit = "institutions by name",
     .one_of = "institution",
     .otherwise = "none",
     .help = "Units that it builds, new or in an institution that is there, written as under "
             "institutions; their places are there from its end on."},
    {.key = "stays",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, stays_days),
     .own = places_read_days,
     .unit = "duration, whole days",
     .otherwise = "for ever",
     .help = "How long the places that it adds stay."},
    {.key = "opens",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, opens),
     .own = read_some_places,
     .unit = "units with places",
     .one_of = "unit",
     .otherwise = "none",
     .help = "Places that are no longer in reserve from its end on."},
    {.key = "notice",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, notice_days),
     .own = places_read_days,
     .unit = "duration, whole days",
     .otherwise = "0 days",
     .help = "So long it takes at least to open them."},
    {.key = "converts",
     .type = FIELD_OWN,
     .offset = offsetof(struct project, conversion),
     .own = read_converts,
     .inner = convert_fields,
     .unit = "units with places and to",
     .one_of = "unit",
     .otherwise = "none",
     .help = "Places that become those of another regime or for other people; nobody is held in "
             "them while it runs."},
    {0},
};

static void read_project(struct reader *reader, struct node *node, struct project *project)
{
    const struct works_context *context = context_of(reader);
    int                         rank = 0;
    for (int i = 0; i < context->count; i++)
        rank += strcmp(context->name[i], node->key) < 0;
    *project = (struct project){
        .name = node->key,
        .hash = rng_hash(arena_print(reader->arena, "works.%s", node->key)),
        .rank = rank,
        .priority = 100,
        .start = {.day = context->period->start},
        .stays_days = NO_LAST_DAY,
        .lost_without = NO_LAST_DAY,
    };
    fields_read(reader, node, project_fields, project);
}

/* -- the whole */

struct draft {
    struct by_year budget;
    int64_t        places_out_at_most;
    struct node   *projects;
};

const struct field works_fields[] = {
    {.key = "budget_per_year",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, budget),
     .own = read_cents_by_year,
     .unit = "euros a year, a number or by year",
     .otherwise = "no limit",
     .help = "What the projects that run may cost together, as a rate; the last year holds on."},
    {.key = "places_out_at_most",
     .type = FIELD_COUNT,
     .offset = offsetof(struct draft, places_out_at_most),
     .low = 0,
     .high = PLACES_AT_MOST,
     .otherwise = "no limit",
     .help = "How many places the projects that run may take out of use together."},
    {.key = "projects",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, projects),
     .own = node_keep,
     .unit = "projects by name",
     .otherwise = "none",
     .help = "The projects."},
    {0},
};

static void list_names(struct works_context *context, const struct node *projects)
{
    for (const struct node *node = projects->first; node; node = node->next)
        if (!node_is_note(node) && context->count < PROJECTS_AT_MOST)
            context->name[context->count++] = node->key;
}

static void read_projects(struct reader *reader, struct node *projects,
                          struct works_context *context, struct works *works)
{
    size_t room = (size_t)projects->count + 1;
    if (!read_names(reader, projects) && projects->kind != NODE_MAPPING)
        return;
    context->name = arena_new(reader->arena, const char *, room);
    context->node = arena_new(reader->arena, const struct node *, room);
    context->is_misdated = arena_new(reader->arena, bool, room);
    works->project = arena_new(reader->arena, struct project, room);
    list_names(context, projects);
    for (struct node *node = projects->first; node; node = node->next) {
        node->used = true;
        if (node_is_note(node))
            continue;
        if (works->count == PROJECTS_AT_MOST) {
            node_key_error(reader, node, "%s is one project too many; at most %d are allowed",
                           node->key, PROJECTS_AT_MOST);
            return;
        }
        context->node[works->count] = node;
        read_project(reader, node, &works->project[works->count++]);
    }
}

void works_read(struct reader *reader, struct node *node, const struct period *period,
                struct estate *estate, struct works *works)
{
    struct works_context context = {.estate = estate, .period = period, .works = works};
    struct reader        inner = {reader->arena, reader->errors, &context};
    struct draft         draft = {.places_out_at_most = -1};
    int                  before = reader->errors->count;
    *works = (struct works){.places_out_at_most = -1};
    if (!node)
        return;
    fields_read(&inner, node, works_fields, &draft);
    works->budget = draft.budget;
    works->places_out_at_most = draft.places_out_at_most;
    if (draft.projects)
        read_projects(&inner, draft.projects, &context, works);
    works_check(&inner, reader->errors->count == before);
    if (reader->errors->count == before)
        works_expect(works, estate);
}
