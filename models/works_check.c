/* What a works programme cannot be. */
#include <string.h>

#include "models/works_read.h"
#include "sim/date.h"

struct check {
    struct reader              *reader;
    const struct works_context *context;
    const struct estate        *estate;
    struct works               *works;
};

static const struct node *key_of(const struct check *check, int i, const char *key)
{
    const struct node *node = check->context->node[i];
    const struct node *found = node->kind == NODE_MAPPING ? node_find(node, key) : NULL;
    return found ? found : node;
}

static const char *name_of(const struct check *check, int unit)
{
    return check->estate->unit_name[unit];
}

/* -- numbers of places */

static const char *plural(int32_t places)
{
    return places == 1 ? "" : "s";
}

static int32_t first_day(const struct check *check, int i)
{
    int32_t day = check->works->project[i].start.day;
    return day > check->context->period->start ? day : check->context->period->start;
}

/* On a day; a unit that a project builds may not be there yet. */
static int32_t places_on_day(const struct estate *estate, int unit, int32_t day)
{
    const struct unit *of = &estate->unit[unit];
    int32_t            built = places_on(&of->dated, day).built;
    return built > of->added ? built : of->added;
}

/* That a unit has on the day on which a project is planned to start. */
static int32_t places_had(const struct check *check, int i, int unit)
{
    return places_on_day(check->estate, unit, first_day(check, i));
}

/* The most that is in reserve at any time, were there no works. */
static int64_t reserve_had(const struct check *check, int unit)
{
    const struct dated_places *dated = &check->estate->unit[unit].dated;
    int64_t                    places = dated->why == CAUSE_RESERVE ? dated->out_of_use : 0;
    for (int k = 0; k < dated->change_count; k++)
        if (dated->change[k].why == CAUSE_RESERVE)
            places -= dated->change[k].places;
    return places;
}

/* Not where that depends on a planned start that is wrong. */
static bool is_known(const struct check *check, int i, int unit)
{
    return !check->context->is_misdated[i] || check->estate->unit[unit].dated.change_count == 0;
}

static void check_had(const struct check *check, int i, const char *key,
                      const struct unit_list *list)
{
    const struct node *node = key_of(check, i, key);
    for (int k = 0; k < list->count; k++) {
        int32_t had = places_had(check, i, list->list[k].unit);
        if (!list->list[k].all && list->list[k].places > had &&
            is_known(check, i, list->list[k].unit))
            node_error(check->reader, node, "%s names %d place%s of %s, which has %d", key,
                       list->list[k].places, plural(list->list[k].places),
                       name_of(check, list->list[k].unit), had);
    }
}

static void check_reserve(const struct check *check, int i, const char *key,
                          const struct unit_list *list)
{
    const struct node *node = key_of(check, i, key);
    for (int k = 0; k < list->count; k++) {
        int64_t had = reserve_had(check, list->list[k].unit);
        if (list->list[k].places > had)
            node_error(check->reader, node, "%s names %d place%s of %s, which has %lld in reserve",
                       key, list->list[k].places, plural(list->list[k].places),
                       name_of(check, list->list[k].unit), (long long)had);
    }
}

static void check_decant(const struct check *check, int i)
{
    const struct project *project = &check->works->project[i];
    for (int k = 0; k < project->decants_to.count; k++)
        for (int t = 0; t < project->takes_out.count; t++)
            if (project->decants_to.list[k].unit == project->takes_out.list[t].unit)
                node_error(check->reader, key_of(check, i, "decants_to"),
                           "decants_to names %s, whose own places the project takes out",
                           name_of(check, project->takes_out.list[t].unit));
}

int64_t works_places_converted(const struct works *works, int last, int unit)
{
    int64_t places = 0;
    for (int i = 0; i <= last; i++)
        for (int k = 0; k < works->project[i].conversion_count; k++)
            if (works->project[i].conversion[k].from == unit)
                places += works->project[i].conversion[k].places;
    return places;
}

int32_t works_fewest_built(const struct works *works, const struct estate *estate, int32_t day,
                           int unit)
{
    int32_t fewest = places_on_day(estate, unit, day);
    for (int p = 0; p < works->count; p++) {
        const struct unit_list *after = &works->project[p].places_after;
        for (int k = 0; k < after->count; k++)
            if (after->list[k].unit == unit && after->list[k].places < fewest)
                fewest = after->list[k].places;
    }
    return fewest;
}

static void check_conversions(const struct check *check, int i)
{
    const struct project *project = &check->works->project[i];
    for (int k = 0; k < project->conversion_count; k++) {
        int     unit = project->conversion[k].from;
        int64_t places = works_places_converted(check->works, i, unit);
        int32_t had = works_fewest_built(check->works, check->estate, first_day(check, i), unit);
        if (places > had && is_known(check, i, unit))
            node_error(check->reader, key_of(check, i, "converts"), WORKS_CONVERTED_IN_ALL,
                       (long long)places, name_of(check, unit), had);
    }
}

/* -- keys that need each other */

static void check_needs(const struct check *check, int i, const char *key, const char *one,
                        const char *other)
{
    const struct node *node = check->context->node[i];
    const struct node *found = node_find(node, key);
    if (found && !node_find(node, one) && !(other && node_find(node, other)))
        node_key_error(check->reader, found, "%s says nothing without %s%s%s", key, one,
                       other ? " or " : "", other ? other : "");
}

static void check_keys(const struct check *check, int i)
{
    check_needs(check, i, "stays", "adds", NULL);
    check_needs(check, i, "notice", "opens", NULL);
    check_needs(check, i, "moves_before", "decants_to", NULL);
    check_needs(check, i, "lost_places", "lost_without", NULL);
    check_needs(check, i, "lost_without", "units", "lost_places");
}

/* -- predecessors */

/* A walk from projects to those before them. */
struct walk {
    const struct works *works;
    enum { UNSEEN, ON_THE_WAY, DONE } mark[PROJECTS_AT_MOST];
    int next[PROJECTS_AT_MOST]; /* of those on the way */
};

/* A project at which a circle closes, which `next` then goes round; or -1. */
static int find_circle(struct walk *walk, int i)
{
    const struct project *project = &walk->works->project[i];
    walk->mark[i] = ON_THE_WAY;
    for (int k = 0; k < project->after_count; k++) {
        int before = walk->next[i] = project->after[k];
        if (walk->mark[before] == ON_THE_WAY)
            return before;
        int found = walk->mark[before] == UNSEEN ? find_circle(walk, before) : -1;
        if (found >= 0)
            return found;
    }
    walk->mark[i] = DONE;
    return -1;
}

static bool comes_after(const struct works *works, int i, int other)
{
    struct walk walk = {.works = works};
    (void)find_circle(&walk, i);
    return walk.mark[other] == DONE;
}

/* Each after the next. */
static const char *circle_text(struct arena *arena, const struct walk *walk, int first)
{
    const struct project *project = walk->works->project;
    const char           *text = project[first].name;
    int                   i = first;
    do {
        i = walk->next[i];
        text = arena_print(arena, "%s, %s", text, project[i].name);
    } while (i != first);
    return text;
}

static bool check_circles(const struct check *check)
{
    struct walk walk = {.works = check->works};
    for (int i = 0; i < check->works->count; i++) {
        int found = walk.mark[i] == UNSEEN ? find_circle(&walk, i) : -1;
        if (found < 0)
            continue;
        node_error(check->reader, key_of(check, found, "after"), "after goes round in a circle: %s",
                   circle_text(check->reader->arena, &walk, found));
        return false;
    }
    return true;
}

/* -- two projects on the same places */

static bool runs_beside(const struct check *check, int i, int other)
{
    const struct project *one = &check->works->project[i], *two = &check->works->project[other];
    int32_t               start = first_day(check, i), other_start = first_day(check, other);
    return start < other_start + works_days(two, 0) && other_start < start + works_days(one, 0);
}

static void check_pair(const struct check *check, int i, int other)
{
    const struct unit_list *one = &check->works->project[i].takes_out;
    const struct unit_list *two = &check->works->project[other].takes_out;
    if (!runs_beside(check, i, other))
        return;
    for (int k = 0; k < one->count; k++)
        for (int l = 0; l < two->count; l++) {
            int     unit = one->list[k].unit;
            int32_t had = places_had(check, i, unit);
            int64_t both = (int64_t)one->list[k].places + two->list[l].places;
            if (unit == two->list[l].unit && both > had && !comes_after(check->works, i, other) &&
                !comes_after(check->works, other, i))
                node_error(check->reader, key_of(check, i, "units"),
                           "%s and %s are planned at the same time and take %lld places of %s, "
                           "which has %d; one must come after the other",
                           check->works->project[other].name, check->works->project[i].name,
                           (long long)both, name_of(check, unit), had);
        }
}

/* -- the whole */

static void count_places(const struct check *check, int i)
{
    struct project *project = &check->works->project[i];
    int64_t         sum = 0;
    for (int k = 0; k < project->takes_out.count; k++) {
        struct unit_places *out = &project->takes_out.list[k];
        if (out->all)
            out->places = places_had(check, i, out->unit);
        sum += out->places;
    }
    project->places_out = sum < PLACES_AT_MOST ? (int32_t)sum : PLACES_AT_MOST;
    if (project->lost_without != NO_LAST_DAY && project->lost.count == 0)
        project->lost = project->takes_out;
}

static void check_project(const struct check *check, int i)
{
    const struct project *project = &check->works->project[i];
    check_keys(check, i);
    check_had(check, i, "units", &project->takes_out);
    if (project->lost.list != project->takes_out.list)
        check_had(check, i, "lost_places", &project->lost);
    check_reserve(check, i, "decants_to", &project->decants_to);
    check_reserve(check, i, "opens", &project->opens);
    check_decant(check, i);
    check_conversions(check, i);
}

void works_check(struct reader *reader, bool are_read)
{
    const struct works_context *context = reader->context;
    struct check                check = {reader, context, context->estate, context->works};
    for (int i = 0; i < check.works->count; i++) {
        count_places(&check, i);
        if (fields_fit(context->node[i], project_fields))
            check_project(&check, i);
    }
    if (!check_circles(&check) || !are_read)
        return;
    for (int i = 0; i < check.works->count; i++)
        for (int other = 0; other < i; other++)
            check_pair(&check, i, other);
}

/* -- what the estate and the rules must know */

static void expect(struct estate *estate, const struct unit_list *list, int changes)
{
    for (int k = 0; k < list->count; k++)
        estate_expect_changes(estate, list->list[k].unit, changes);
}

void works_expect(const struct works *works, struct estate *estate)
{
    for (int i = 0; i < works->count; i++) {
        const struct project *project = &works->project[i];
        expect(estate, &project->takes_out, 1);
        expect(estate, &project->places_after, 1);
        expect(estate, &project->decants_to, 1);
        if (project->lost_without != NO_LAST_DAY)
            expect(estate, &project->lost, 2);
        expect(estate, &project->adds, 1);
        expect(estate, &project->opens, 1);
        for (int k = 0; k < project->conversion_count; k++) {
            estate_expect_changes(estate, project->conversion[k].from, 1);
            estate_expect_changes(estate, project->conversion[k].to, 1);
        }
    }
    estate->has_supply |= works->count > 0;
}

void works_check_rules(struct reader *reader, const struct node *node, const struct works *works,
                       const struct statuses *statuses, const struct estate *estate,
                       const struct rules *rules)
{
    const struct node *projects = node ? node_find(node, "projects") : NULL;
    for (int i = 0; i < works->count; i++) {
        const struct project *project = &works->project[i];
        const struct node    *of = node_find(projects, project->name);
        for (int k = 0; k < project->adds.count; k++)
            if (!rules_let_in(rules, statuses, estate, project->adds.list[k].unit))
                node_error(reader, node_find(of, "adds"),
                           "%s is added, but no rule lets anybody in: see its regime and admits",
                           estate->unit_name[project->adds.list[k].unit]);
        for (int k = 0; k < project->conversion_count; k++)
            if (!rules_let_in(rules, statuses, estate, project->conversion[k].to))
                node_error(reader, node_find(of, "converts"), WORKS_NOBODY_ENTERS,
                           project->conversion[k].places,
                           estate->unit_name[project->conversion[k].from],
                           estate->unit_name[project->conversion[k].to]);
    }
}

void works_add_totals(struct arena *arena, struct works *works, struct columns *columns)
{
    static const char *const what[] = {
        [PROJECT_START] = "start", [PROJECT_END] = "end", [PROJECT_LOST] = "lost"};
    int          count = works->count * PROJECT_TOTALS;
    const char **name = arena_new(arena, const char *, (size_t)count + 1);
    for (int i = 0; i < count; i++)
        name[i] = arena_print(arena, "works.%s %s", works->project[i / PROJECT_TOTALS].name,
                              what[i % PROJECT_TOTALS]);
    works->total_first = columns_add_totals(columns, arena, name, count);
}

bool works_cost(const struct works *works)
{
    for (int i = 0; i < works->count; i++)
        if (works->project[i].cost_per_year > 0 || works->project[i].one_off > 0)
            return true;
    return false;
}
