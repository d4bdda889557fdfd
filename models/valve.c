#include "models/valve.h"

#include <stdlib.h>
#include <string.h>

#include "models/valve_read.h"

#define COUNT_OF_PEOPLE_AT_MOST 100000000

const char *const valve_column_name[VALVE_COLUMNS] = {
    [VALVE_OPENINGS] = "openings",
    [VALVE_DAYS_OPEN] = "days_open",
    [VALVE_PEOPLE] = "people",
    [VALVE_DAYS_SAVED] = "days_saved",
};

struct share_mark {
    struct fraction share;
};
struct count_mark {
    int64_t count;
};
struct marks {
    struct share_mark occupancy;
    struct count_mark waiting, police_cells;
};

struct draft {
    struct marks      opens, closes;
    struct node      *of, *regimes, *review;
    int64_t           mean_over_min;
    int32_t           from, to;
    struct valve_does does;
};

/* -- the keys */

static const struct field share_at_least[] = {
    {.key = "at_least",
     .type = FIELD_SHARE,
     .offset = offsetof(struct share_mark, share),
     .required = true,
     .help = "People in places by usable places, both added up over the days."},
    {0},
};
static const struct field count_at_least[] = {
    {.key = "at_least",
     .type = FIELD_COUNT,
     .offset = offsetof(struct count_mark, count),
     .high = COUNT_OF_PEOPLE_AT_MOST,
     .required = true,
     .help = "People, as a mean of the days."},
    {0},
};
static const struct field share_below[] = {
    {.key = "below",
     .type = FIELD_SHARE,
     .offset = offsetof(struct share_mark, share),
     .required = true,
     .help = "Lower than that of opens."},
    {0},
};
static const struct field count_below[] = {
    {.key = "below",
     .type = FIELD_COUNT,
     .offset = offsetof(struct count_mark, count),
     .high = COUNT_OF_PEOPLE_AT_MOST,
     .required = true,
     .help = "Lower than that of opens."},
    {0},
};

#define MARK(name, member, table, meaning)                                                         \
    {                                                                                              \
        .key = name, .type = FIELD_INNER, .offset = offsetof(struct marks, member),                \
        .inner = table, .otherwise = "another of the three", .help = meaning                       \
    }

static const struct field opens_fields[] = {
    MARK("occupancy", occupancy, share_at_least, "How full usable places are."),
    MARK("waiting", waiting, count_at_least,
         "How many wait for a place, of `of`, or else of statuses that are not called up."),
    MARK("police_cells", police_cells, count_at_least,
         "How many are in places of emergency regimes."),
    {0},
};
static const struct field closes_fields[] = {
    MARK("occupancy", occupancy, share_below, "The same below."),
    MARK("waiting", waiting, count_below, "The same below."),
    MARK("police_cells", police_cells, count_below, "The same below."),
    {0},
};

const struct field valve_fields[] = {
    {.key = "opens",
     .type = FIELD_INNER,
     .offset = offsetof(struct draft, opens),
     .inner = opens_fields,
     .otherwise = "open on all days from `from` to `to`",
     .help = "What must be reached at a review for it to open; one of three."},
    {.key = "closes",
     .type = FIELD_INNER,
     .offset = offsetof(struct draft, closes),
     .inner = closes_fields,
     .otherwise = "must be given with opens",
     .help = "Below what it closes at a review."},
    {.key = "of",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, of),
     .own = node_keep,
     .unit = "who",
     .otherwise = "everyone",
     .help =
         "For occupancy: units that admit somebody who matches. For waiting: of these statuses."},
    {.key = "regimes",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, regimes),
     .own = node_keep,
     .unit = "regime, or list of regimes",
     .otherwise = "all with usable places",
     .help = "For occupancy: only units of these."},
    {.key = "mean_over",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, mean_over_min),
     .low = MINUTES_A_DAY,
     .high = (double)MEAN_OVER_AT_MOST * MINUTES_A_DAY,
     .whole_days = true,
     .otherwise = "1 day",
     .help =
         "The last days, whole ones, over which it looks; at the start those there are. With a "
         "weekly review 1 day is the Sunday, when places stand empty after the releases of Friday "
         "and police cells are full: 7 days is the week."},
    {.key = "review",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, review),
     .own = node_keep,
     .unit = "weekly, monthly or a duration",
     .otherwise = "weekly",
     .help =
         "When it opens, closes and chooses: on Mondays, on the first of the month, or every so "
         "many days from `from` or the start on; at 0:00."},
    {.key = "from",
     .type = FIELD_DATE,
     .offset = offsetof(struct draft, from),
     .otherwise = "the start of the period",
     .help = "The first day on which it is in force."},
    {.key = "to",
     .type = FIELD_DATE,
     .offset = offsetof(struct draft, to),
     .otherwise = "the end of the period",
     .help = "The last; at its end the valve closes."},
    {.key = "does",
     .type = FIELD_INNER,
     .offset = offsetof(struct draft, does),
     .required = true,
     .inner = valve_does_fields,
     .help = "What happens while it is open."},
    {0},
};

/* -- what it looks at */

static const char *const gauge_key[GAUGES] = {
    [GAUGE_OCCUPANCY] = "occupancy",
    [GAUGE_WAITING] = "waiting",
    [GAUGE_POLICE_CELLS] = "police_cells",
};

/* The one that stands there; GAUGE_NONE after an error. */
static enum gauge find_gauge(struct reader *reader, const struct node *node, const char *section)
{
    enum gauge gauge = GAUGE_NONE;
    int        count = 0;
    for (int g = GAUGE_NONE + 1; g < GAUGES; g++) {
        if (!valve_inner(node, section, gauge_key[g]))
            continue;
        gauge = (enum gauge)g;
        count++;
    }
    if (count == 1)
        return gauge;
    node_key_error(reader, node_find(node, section),
                   "%s must hold one of occupancy, waiting and police_cells", section);
    return GAUGE_NONE;
}

static struct fraction mark_of(const struct marks *marks, enum gauge gauge)
{
    if (gauge == GAUGE_OCCUPANCY)
        return marks->occupancy.share;
    return (struct fraction){
        gauge == GAUGE_WAITING ? marks->waiting.count : marks->police_cells.count, 1};
}

static bool is_lower(struct fraction a, struct fraction b)
{
    return a.num * b.den < b.num * a.den;
}

static void set_marks(struct reader *reader, const struct node *node, const struct draft *draft,
                      struct valve *valve)
{
    const struct node *opens = node_find(node, "opens"), *closes = node_find(node, "closes");
    if (!opens && closes)
        node_key_error(reader, closes, "closes stands without opens");
    if (opens && !closes)
        node_key_error(reader, opens, "opens stands without closes, below what it closes again");
    if (!opens || !closes)
        return;
    valve->gauge = find_gauge(reader, node, "opens");
    enum gauge gauge = find_gauge(reader, node, "closes");
    if (valve->gauge == GAUGE_NONE || gauge == GAUGE_NONE)
        return;
    if (gauge != valve->gauge) {
        node_key_error(reader, valve_inner(node, "closes", gauge_key[gauge]),
                       "closes looks at %s, but opens at %s; both must look at the same",
                       gauge_key[gauge], gauge_key[valve->gauge]);
        return;
    }
    valve->opens = mark_of(&draft->opens, gauge);
    valve->closes = mark_of(&draft->closes, gauge);
    if (!is_lower(valve->closes, valve->opens))
        node_key_error(
            reader, valve_inner(node, "closes", gauge_key[gauge]),
            "closes must be lower than opens, or the valve would open and close at every "
            "review");
}

/* At what it looks: of whom, and in which regimes. */
struct view {
    struct who of;
    uint64_t   regimes;
};

static struct view read_view(const struct valve_making *making, const struct draft *draft)
{
    const struct estate *estate = making->estate;
    struct view          view = {.regimes = UINT64_MAX};
    if (draft->of)
        who_read(making->reader, draft->of, making->attributes, making->statuses->name,
                 making->statuses->count, &view.of);
    if (draft->regimes)
        view.regimes = valve_names_mask(making->reader, draft->regimes, "regime",
                                        estate->regime_name, estate->regime_count);
    return view;
}

/* Whose places count for occupancy. */
static void set_units(const struct valve_making *making, const struct node *node,
                      const struct draft *draft, const struct view *view, struct valve *valve)
{
    const struct estate *estate = making->estate;
    mask                 pools =
        rules_pools_of_who(making->rules, making->attributes, making->statuses->count, &view->of);
    bool any = false;
    valve->is_of = arena_new(making->reader->arena, bool, (size_t)estate->unit_count + 1);
    for (int u = 0; u < estate->unit_count; u++) {
        int regime = estate->unit[u].regime;
        valve->is_of[u] = regime_has_usable(&estate->regime[regime]) &&
                          view->regimes >> regime & 1 &&
                          pools >> making->rules->pool_of_unit[u] & 1;
        any |= valve->is_of[u];
    }
    if (!any && making->reader->errors->count == 0)
        node_key_error(making->reader,
                       draft->regimes ? draft->regimes
                       : draft->of    ? draft->of
                                      : node,
                       "%s looks at no usable place of a unit that admits anybody of these",
                       node->key);
}

static uint64_t not_called_up(const struct statuses *statuses)
{
    uint64_t found = 0;
    for (int s = 0; s < statuses->count; s++)
        if (!statuses->list[s].call_up.used)
            found |= (uint64_t)1 << s;
    return found;
}

static bool asks_attribute(const struct attributes *attributes, const struct who *who)
{
    for (int a = 0; a < attributes->count; a++)
        if (who->values[a])
            return true;
    return false;
}

static void set_of(const struct valve_making *making, const struct node *node,
                   const struct draft *draft, const struct view *view, struct valve *valve)
{
    struct reader *reader = making->reader;
    if (draft->of && valve->gauge != GAUGE_OCCUPANCY && valve->gauge != GAUGE_WAITING)
        node_key_error(reader, draft->of, "of stands without occupancy or waiting in opens");
    if (draft->regimes && valve->gauge != GAUGE_OCCUPANCY)
        node_key_error(reader, draft->regimes, "regimes stands without occupancy in opens");
    valve->waits_of = not_called_up(making->statuses);
    if (valve->gauge == GAUGE_WAITING && view->of.statuses)
        valve->waits_of = view->of.statuses;
    if (valve->gauge == GAUGE_WAITING && asks_attribute(making->attributes, &view->of))
        node_error(reader, draft->of,
                   "of names an attribute; people who wait are told apart by status only");
    if (valve->gauge == GAUGE_OCCUPANCY)
        set_units(making, node, draft, view, valve);
}

/* -- when */

static void set_review(struct reader *reader, struct node *node, struct valve *valve)
{
    int64_t min;
    valve->every = DAYS_A_WEEK;
    valve->on_monday = !node || (node->kind == NODE_SCALAR && strcmp(node->text, "weekly") == 0);
    if (node)
        node->used = true;
    if (valve->on_monday)
        return;
    if (node->kind == NODE_SCALAR && strcmp(node->text, "monthly") == 0) {
        valve->every = REVIEW_MONTHLY;
        return;
    }
    if (node->kind == NODE_SCALAR && (node->text[0] < '0' || node->text[0] > '9'))
        node_error(reader, node,
                   "review is %s; it must be weekly, monthly or a number of days, as 14 days",
                   node->text);
    else if (read_whole_days(reader, node, MINUTES_A_DAY, DURATION_AT_MOST, &min))
        valve->every = (int32_t)(min / MINUTES_A_DAY);
}

static void set_dates(const struct valve_making *making, const struct node *node,
                      const struct draft *draft, struct valve *valve)
{
    struct reader     *reader = making->reader;
    const struct node *to = node_find(node, "to"), *mean_over = node_find(node, "mean_over");
    valve->from = draft->from;
    valve->last = draft->to;
    if (to && draft->to < draft->from)
        node_error(reader, to, "to is %s; it must not lie before from", to->text);
    if (mean_over && !node_find(node, "opens"))
        node_key_error(reader, mean_over, "mean_over stands without opens");
    valve->mean_over = (int32_t)(draft->mean_over_min / MINUTES_A_DAY);
    set_review(reader, draft->review, valve);
}

static void read_valve(const struct valve_making *making, struct node *node, struct valve *valve)
{
    struct reader *reader = making->reader;
    int            before = reader->errors->count;
    struct draft   draft = {.from = INT32_MIN,
                            .to = NO_LAST_DAY,
                            .mean_over_min = MINUTES_A_DAY,
                            .does = valve_does_nothing()};
    *valve = (struct valve){.name = node->key, .mean_over = 1};
    fields_read(reader, node, valve_fields, &draft);
    if (!fields_fit(node, valve_fields) || !fields_fit(node_find(node, "does"), valve_does_fields))
        return;
    if (reader->errors->count == before)
        set_marks(reader, node, &draft, valve);
    set_dates(making, node, &draft, valve);
    valve_read_does(making, node, &draft.does, valve);
    struct view view = read_view(making, &draft);
    if (reader->errors->count == before)
        set_of(making, node, &draft, &view, valve);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct valve *)a)->name, ((const struct valve *)b)->name);
}

void valves_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                 const struct statuses *statuses, const struct estate *estate,
                 const struct rules *rules, struct valves *valves)
{
    struct valve_making making = {reader, attributes, statuses, estate, rules};
    *valves = (struct valves){0};
    if (!node || (!read_names(reader, node) && node->kind != NODE_MAPPING))
        return;
    valves->list = arena_new(reader->arena, struct valve, VALVES_AT_MOST);
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (node_is_note(child))
            continue;
        if (valves->count == VALVES_AT_MOST) {
            node_key_error(reader, child, "%s is one valve too many; at most %d are allowed",
                           child->key, VALVES_AT_MOST);
            return;
        }
        read_valve(&making, child, &valves->list[valves->count++]);
    }
    qsort(valves->list, (size_t)valves->count, sizeof *valves->list, by_name);
    valves_join(&making, valves);
}
