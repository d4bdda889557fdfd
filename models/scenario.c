#include "models/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "models/conversions.h"
#include "models/rules_rings.h"
#include "models/scenario_read.h"
#include "sim/kept.h"

#define YEARS_AT_MOST 200
#define REPLICATIONS_AT_MOST 1000000
#define NO_DAY INT32_MIN /* a date that could not be read */

/* -- the keys at the top */

enum section {
    SECTION_ATTRIBUTES,
    SECTION_REGIMES,
    SECTION_INSTITUTIONS,
    SECTION_UNITS,
    SECTION_STATUSES,
    SECTION_FLOWS,
    SECTION_PLACEMENT,
    SECTION_TRANSPORT,
    SECTION_SHOCKS,
    SECTION_MEASURES,
    SECTION_RETURNS,
    SECTION_STAFF,
    SECTION_COSTS,
    SECTION_VALVES,
    SECTION_START,
    SECTION_WORKS,
    SECTION_OUTPUT,
    SECTION_UNCERTAINTY,
    SECTION_FILES,
    SECTIONS
};

struct draft {
    const char *title;
    struct {
        int32_t start, end;
        int64_t warm_up_min;
    } period;
    struct {
        int64_t replications, seed;
    } run;
    struct node *section[SECTIONS];
};

static const struct field period_fields[] = {
    {.key = "start",
     .type = FIELD_DATE,
     .offset = offsetof(struct draft, period.start) - offsetof(struct draft, period),
     .required = true,
     .help = "The first day, from 00:00; 1970-01-01 or later."},
    {.key = "end",
     .type = FIELD_DATE,
     .offset = offsetof(struct draft, period.end) - offsetof(struct draft, period),
     .required = true,
     .help = "The last day, to 24:00."},
    {.key = "warm_up",
     .type = FIELD_DURATION,
     .offset = offsetof(struct draft, period.warm_up_min) - offsetof(struct draft, period),
     .whole_days = true,
     .otherwise = "0 days",
     .help = "The first part that is left out of all results."},
    {.key = NULL},
};

static const struct field run_fields[] = {
    {.key = "replications",
     .type = FIELD_COUNT,
     .offset = offsetof(struct draft, run.replications) - offsetof(struct draft, run),
     .low = 1,
     .high = REPLICATIONS_AT_MOST,
     .otherwise = "100",
     .help = "How often the period is simulated, each time with other chance."},
    {.key = "seed",
     .type = FIELD_COUNT,
     .offset = offsetof(struct draft, run.seed) - offsetof(struct draft, run),
     .otherwise = "1",
     .help = "Where chance starts; the same seed gives the same results."},
    {.key = NULL},
};

#define SECTION_FIELD(name, index, must_be, text, left_out, meaning)                               \
    {                                                                                              \
        .key = name, .type = FIELD_OWN,                                                            \
        .offset = offsetof(struct draft, section) + (index) * sizeof(struct node *),               \
        .required = must_be, .own = node_keep, .unit = text, .otherwise = left_out,                \
        .help = meaning                                                                            \
    }

static const struct field scenario_fields[] = {
    {.key = "title",
     .type = FIELD_TEXT,
     .offset = offsetof(struct draft, title),
     .otherwise = "the file's name",
     .help = "One line that heads the results."},
    {.key = "period",
     .type = FIELD_INNER,
     .offset = offsetof(struct draft, period),
     .required = true,
     .inner = period_fields,
     .help = "The days that are simulated."},
    {.key = "run",
     .type = FIELD_INNER,
     .offset = offsetof(struct draft, run),
     .inner = run_fields,
     .otherwise = "the values below",
     .help = "How the simulation is run; the command line may say otherwise."},
    SECTION_FIELD("attributes", SECTION_ATTRIBUTES, false, "attributes by name", "none",
                  "What sets people apart, drawn at arrival in this order: each a mapping of "
                  "values to shares, or {by: an earlier attribute, ..}."),
    SECTION_FIELD("regimes", SECTION_REGIMES, false, "regimes by name", "none",
                  "The kinds of place."),
    SECTION_FIELD("institutions", SECTION_INSTITUTIONS, false, "institutions by name", "none",
                  "Institutions with their units."),
    SECTION_FIELD("units", SECTION_UNITS, false, "units by name", "none",
                  "Units that belong to no institution."),
    SECTION_FIELD("statuses", SECTION_STATUSES, true, "statuses by name", NULL,
                  "Legal titles and what follows them."),
    SECTION_FIELD("flows", SECTION_FLOWS, false, "flows by name", "none", "Streams of arrivals."),
    SECTION_FIELD("placement", SECTION_PLACEMENT, false, "rules by name", "none",
                  "Who is placed where; the order of the rules is the priority."),
    SECTION_FIELD("transport", SECTION_TRANSPORT, false, "mapping", "always, for everybody",
                  "Transport of people in custody to another place (vervoer)."),
    SECTION_FIELD("shocks", SECTION_SHOCKS, false, "shocks by name", "none",
                  "What happens overnight: places lost, many people arrested."),
    SECTION_FIELD("measures", SECTION_MEASURES, false, "measures by name", "none",
                  "What policy changes from a date on; what they do stands in measures.csv."),
    SECTION_FIELD("returns", SECTION_RETURNS, false, "mapping", "nobody returns",
                  "Of those who leave, who comes back and when (recidive)."),
    SECTION_FIELD("staff", SECTION_STAFF, false, "default, and institutions by name",
                  "staff closes nothing",
                  "Staff by institution, and which wards close when it is short."),
    SECTION_FIELD("costs", SECTION_COSTS, false, "mapping", "no comparison",
                  "Of costs that are stated elsewhere: the prices, and what to compare with."),
    SECTION_FIELD("valves", SECTION_VALVES, false, "valves by name", "none",
                  "What opens when it is too full: early release, nobody called up."),
    SECTION_FIELD("start", SECTION_START, false, "present and waiting, groups by name", "nobody",
                  "Who is there at the first midnight."),
    SECTION_FIELD("works", SECTION_WORKS, false, "mapping", "none",
                  "The works programme: projects that close, build, reopen or convert places."),
    SECTION_FIELD("output", SECTION_OUTPUT, false, "mapping", "total, status and regime",
                  "Which groups have columns in the results."),
    SECTION_FIELD("uncertainty", SECTION_UNCERTAINTY, false, "per_draw, and inputs by path", "none",
                  "Inputs that are known only as a shape, with one value for each group of "
                  "replications."),
    SECTION_FIELD("files", SECTION_FILES, false, "list of name, digest and text",
                  "the files as they are",
                  "The contents of the CSV files that are named elsewhere, for a scenario that was "
                  "run and is to give the same again."),
    {.key = NULL},
};

void scenario_write_fields(FILE *out)
{
    static const struct {
        const char         *heading;
        const struct field *table;
    } section[] = {
        {"The scenario", scenario_fields},
        {"regimes.<name>", regime_fields},
        {"institutions", institutions_fields},
        {"The columns of the CSV file of institutions", institution_csv_fields},
        {"institutions.<name>", institution_fields},
        {"units.<name>", unit_fields},
        {"statuses.<name>", status_fields},
        {"flows.<name>", flow_fields},
        {"placement.<name>", rule_fields},
        {"transport", transport_fields},
        {"shocks.<name>", shock_fields},
        {NULL, NULL}, /* measures, by kind */
        {"returns", returns_fields},
        {"staff", staff_fields},
        {"costs", costs_fields},
        {"valves.<name>", valve_fields},
        {"start.present.<name>", present_fields},
        {"start.waiting.<name>", waiting_fields},
        {"The columns of the CSV file of persons", person_csv_fields},
        {"works", works_fields},
        {"works.projects.<name>", project_fields},
        {"output", output_fields},
        {"uncertainty", uncertainty_fields},
        {"files", kept_fields},
        {"Shapes", shape_fields},
    };
    for (size_t i = 0; i < sizeof section / sizeof section[0]; i++) {
        if (i > 0)
            fputc('\n', out);
        if (section[i].table)
            fields_write(section[i].table, section[i].heading, out);
        else
            measures_write_fields(out);
    }
}

/* -- the period */

/* 200 years after the start, less a day. */
static int32_t last_end(int32_t start)
{
    struct date date = date_from_day(start);
    date.year += YEARS_AT_MOST;
    date.day -= date.month == 2 && date.day == 29; /* there may be no such day */
    return date_to_day(date) - 1;
}

static bool check_period(struct reader *reader, const struct draft *draft, const struct node *node)
{
    const struct node *start = node_find(node, "start"), *end = node_find(node, "end");
    const struct node *warm_up = node_find(node, "warm_up");
    int                before = reader->errors->count;
    int32_t            days = draft->period.end - draft->period.start + 1;
    if (draft->period.start < 0)
        node_error(reader, start, "start is %s; it must be 1970-01-01 or later", start->text);
    if (days < 1)
        node_error(reader, end, "end is %s; it must not lie before start, %s", end->text,
                   start->text);
    else if (draft->period.end > last_end(draft->period.start))
        node_error(reader, end, "end is %s; the period may be at most %d years", end->text,
                   YEARS_AT_MOST);
    if (days >= 1 && draft->period.warm_up_min / MINUTES_A_DAY >= days)
        node_error(reader, warm_up,
                   "warm_up is %s; it must be shorter than the period, which has %d days",
                   warm_up->text, (int)days);
    return reader->errors->count == before;
}

/* A period with an error becomes one day, so that the other sections can still be checked. */
static void set_period(struct reader *reader, const struct draft *draft, const struct node *node,
                       struct period *period)
{
    bool is_read = draft->period.start != NO_DAY && draft->period.end != NO_DAY;
    *period = (struct period){.day_count = 1};
    if (!is_read || !check_period(reader, draft, node))
        return;
    period->start = draft->period.start;
    period->end = draft->period.end;
    period->day_count = period->end - period->start + 1;
    period->first_record = period->start + (int32_t)(draft->period.warm_up_min / MINUTES_A_DAY);
}

/* -- the sections */

/* What is read where a section is left out, so that errors have a place. */
static struct node *or_empty(struct arena *arena, const struct draft *draft, enum section section,
                             const struct node *root)
{
    if (draft->section[section])
        return draft->section[section];
    struct node *empty = arena_new(arena, struct node, 1);
    *empty = (struct node){.kind = NODE_MAPPING, .file = root->file, .line = 1, .column = 1};
    empty->key = scenario_fields[3 + section].key;
    return empty;
}

/* Who waits in custody does not come on his own feet. */
static void read_transport(struct reader *reader, struct node *node, struct scenario *scenario)
{
    scenario->transport = transport_always();
    if (!node)
        return;
    scenario->transport.used = true;
    fields_read(reader, node, transport_fields, &scenario->transport);
    intake_check(reader, node);
    for (int s = 0; s < scenario->statuses.count; s++) {
        struct status *status = &scenario->statuses.list[s];
        status->brought = status->waits_in == WAITS_PRESENT_PLACE ||
                          (status->waits_in == WAITS_REGIME &&
                           !scenario->estate.regime[status->waits_regime].outside);
    }
}

/* Each reader refers to what those before it have read: the order of these is that of need. */

static void read_places(struct reader *reader, struct node *const *section,
                        struct scenario *scenario)
{
    estate_read(reader, section[SECTION_REGIMES], section[SECTION_INSTITUTIONS],
                section[SECTION_UNITS], section[SECTION_WORKS], section[SECTION_MEASURES],
                &scenario->attributes, scenario->statuses.name, scenario->statuses.count,
                &scenario->estate);
    estate_set_dates(reader, scenario->period.start,
                     scenario->period.start + scenario->period.day_count - 1, &scenario->estate);
    works_read(reader, section[SECTION_WORKS], &scenario->period, &scenario->estate,
               &scenario->works);
}

static void read_arrivals(struct reader *reader, struct node *const *section,
                          struct scenario *scenario)
{
    read_transport(reader, section[SECTION_TRANSPORT], scenario);
    flows_read(reader, section[SECTION_FLOWS], &scenario->period, &scenario->statuses,
               &scenario->flows);
    shocks_read(reader, section[SECTION_SHOCKS], &scenario->period, &scenario->flows,
                &scenario->estate, &scenario->shocks);
}

static void read_policy(struct reader *reader, struct node *const *section,
                        struct scenario *scenario)
{
    measures_read(reader, section[SECTION_MEASURES], &scenario->attributes, &scenario->statuses,
                  &scenario->estate, &scenario->transport, &scenario->flows, &scenario->period,
                  &scenario->measures);
    returns_read(reader, section[SECTION_RETURNS], section[SECTION_MEASURES], &scenario->attributes,
                 &scenario->statuses, &scenario->estate, &scenario->period, &scenario->measures,
                 &scenario->returns);
    measures_expect(&scenario->measures, &scenario->period, &scenario->estate);
    scenario->works.measures = &scenario->measures;
}

static void read_staff_and_costs(struct reader *reader, struct node *const *section,
                                 struct scenario *scenario)
{
    staff_read(reader, section[SECTION_STAFF], scenario->period.start,
               scenario->period.start + scenario->period.day_count - 1,
               2 * scenario->measures.staffing_count, &scenario->estate, &scenario->staff);
    costs_read(reader, section[SECTION_COSTS], &scenario->estate, &scenario->staff,
               &scenario->measures, &scenario->statuses, works_cost(&scenario->works),
               &scenario->costs);
}

static void read_placement(struct reader *reader, struct node *placement,
                           struct node *const *section, struct scenario *scenario)
{
    rules_read(reader, placement, &scenario->attributes, &scenario->statuses, &scenario->estate,
               &scenario->measures, &scenario->period, &scenario->rules);
    valves_read(reader, section[SECTION_VALVES], &scenario->attributes, &scenario->statuses,
                &scenario->estate, &scenario->rules, &scenario->valves);
    works_check_rules(reader, section[SECTION_WORKS], &scenario->works, &scenario->statuses,
                      &scenario->estate, &scenario->rules);
    conversions_check(reader, section[SECTION_MEASURES], &scenario->measures, &scenario->works,
                      &scenario->statuses, &scenario->estate, &scenario->rules);
}

static void read_output(struct reader *reader, struct node *output, struct scenario *scenario)
{
    columns_read(reader, output, &scenario->period, &scenario->attributes, &scenario->statuses,
                 &scenario->estate, &scenario->rules, &scenario->staff, &scenario->costs,
                 &scenario->measures, &scenario->valves, &scenario->returns, &scenario->columns);
    works_add_totals(reader->arena, &scenario->works, &scenario->columns);
    if (scenario->returns.used)
        scenario->returns.total = columns_add_totals(&scenario->columns, reader->arena,
                                                     (const char *const[]){"returns"}, 1);
}

static void read_sections(struct reader *reader, const struct draft *draft, const struct node *root,
                          struct scenario *scenario)
{
    struct node *const *section = draft->section;
    struct node        *statuses = or_empty(reader->arena, draft, SECTION_STATUSES, root);
    kept_read(reader, section[SECTION_FILES]);
    attributes_read(reader, section[SECTION_ATTRIBUTES], &scenario->attributes);
    statuses_read_names(reader, statuses, &scenario->statuses);
    read_places(reader, section, scenario);
    statuses_read(reader, statuses, &scenario->attributes, &scenario->estate, &scenario->statuses);
    read_arrivals(reader, section, scenario);
    read_policy(reader, section, scenario);
    read_staff_and_costs(reader, section, scenario);
    read_placement(reader, or_empty(reader->arena, draft, SECTION_PLACEMENT, root), section,
                   scenario);
    start_read(reader, section[SECTION_START], &scenario->attributes, &scenario->statuses,
               &scenario->estate, &scenario->rules, &scenario->flows, &scenario->period,
               &scenario->start);
    read_output(reader, or_empty(reader->arena, draft, SECTION_OUTPUT, root), scenario);
}

static void read_root(struct reader *reader, struct node *root, struct scenario *scenario)
{
    struct draft draft = {.title = scenario->file,
                          .period = {.start = NO_DAY, .end = NO_DAY},
                          .run = {.replications = 100, .seed = 1}};
    fields_read(reader, root, scenario_fields, &draft);
    scenario->title = draft.title;
    scenario->replications = draft.run.replications;
    scenario->seed = draft.run.seed;
    set_period(reader, &draft, node_find(root, "period"), &scenario->period);
    read_sections(reader, &draft, root, scenario);
    inputs_read(reader, draft.section[SECTION_UNCERTAINTY], root, &scenario->inputs);
}

/* -- the resolved text */

static const char *write_text(struct arena *arena, const struct node *root, const char *name,
                              struct errors *errors)
{
    char  *text = NULL;
    size_t length = 0;
    FILE  *out = open_memstream(&text, &length);
    if (out)
        tree_write(root, out, 0);
    if (!out || fclose(out) != 0) {
        errors_add_outside(errors, name, "no memory for the resolved scenario");
        return "";
    }
    const char *written = arena_text(arena, text, length);
    free(text);
    return written;
}

static void resolve(struct arena *arena, const struct node *root, struct scenario *scenario,
                    struct errors *errors)
{
    struct node *bare = tree_copy(arena, root);
    kept_drop_texts(bare);
    scenario->whole = write_text(arena, root, scenario->file, errors);
    scenario->resolved = write_text(arena, bare, scenario->file, errors);
    scenario->resolved_length = strlen(scenario->resolved);
    rng_digest(scenario->resolved, scenario->resolved_length, scenario->digest);
}

/* -- loading */

static bool set_all(struct arena *arena, struct node *root, const char *const *sets, int set_count,
                    struct errors *errors)
{
    bool good = true;
    for (int i = 0; i < set_count; i++)
        good &= tree_set(arena, root, sets[i], errors);
    return good;
}

static bool has_call_up(const struct statuses *statuses)
{
    for (int s = 0; s < statuses->count; s++)
        if (statuses->list[s].call_up.used)
            return true;
    return false;
}

struct scenario *scenario_read_tree(struct arena *arena, const char *name, struct node *root,
                                    int before, struct errors *errors)
{
    struct scenario *scenario = arena_new(arena, struct scenario, 1);
    struct reader    reader = {arena, errors, scenario};
    scenario->file = name;
    scenario->root = root;
    read_root(&reader, root, scenario);
    if (errors->count > before)
        return NULL;
    rules_find_rings(arena, &scenario->attributes, &scenario->statuses, &scenario->estate,
                     &scenario->start, &scenario->rules);
    scenario_make_streams(arena, scenario);
    scenario_make_record_size(arena, scenario);
    scenario->has_call_up = has_call_up(&scenario->statuses);
    scenario_set_persons_at_most(&reader, root, scenario);
    scenario_check_draws(&reader, root, scenario);
    return errors->count > before ? NULL : scenario;
}

/* `before` errors were there before the tree was read: a tree can come with errors. */
static struct scenario *load(struct arena *arena, const char *name, struct node *root, int before,
                             struct errors *errors)
{
    size_t           used = arena->used;
    struct scenario *scenario = scenario_read_tree(arena, name, root, before, errors);
    if (!scenario)
        return NULL;
    scenario->bytes = arena->used - used;
    scenario_check_inputs(arena, scenario, errors);
    resolve(arena, root, scenario, errors);
    return errors->count > before ? NULL : scenario;
}

/* run.yaml of a result has more around the scenario, and that of a comparison several. */
static bool is_no_result(const struct node *root, struct errors *errors)
{
    const struct node *one = node_find(root, "scenario");
    const struct node *scenario = one ? one : node_find(root, "scenarios");
    if (!scenario || !node_find(root, "celsim"))
        return true;
    errors_add(errors, scenario->file, scenario->key_line, scenario->key_column,
               "this is the record of a %s; to run it again put what stands under %s'scenario' in "
               "a file of its own, in the folder from which it names csv files",
               one ? "result" : "comparison", one ? "" : "a ");
    return false;
}

struct scenario *scenario_load_without(struct arena *arena, const char *path,
                                       const char *const *sets, int set_count,
                                       const char *const *without, int without_count,
                                       struct errors *errors)
{
    int          before = errors->count;
    struct node *root = tree_read(arena, path, errors);
    if (!root || !is_no_result(root, errors) || !set_all(arena, root, sets, set_count, errors))
        return NULL;
    for (int i = 0; i < without_count; i++) {
        const struct node *member = node_at(root, without[i]);
        if (member && member->parent)
            tree_drop(member->parent, member->key);
        inputs_drop_within(root, without[i]);
        works_forget(root, without[i]);
    }
    return load(arena, path, root, before, errors);
}

struct scenario *scenario_load(struct arena *arena, const char *path, const char *const *sets,
                               int set_count, struct errors *errors)
{
    return scenario_load_without(arena, path, sets, set_count, NULL, 0, errors);
}

struct scenario *scenario_load_text(struct arena *arena, const char *name, const char *text,
                                    size_t length, const char *const *sets, int set_count,
                                    struct errors *errors)
{
    int          before = errors->count;
    struct node *root = tree_read_text(arena, name, text, length, errors);
    if (!root || !set_all(arena, root, sets, set_count, errors))
        return NULL;
    return load(arena, name, root, before, errors);
}

bool scenario_check_replications(const struct scenario *scenario, struct errors *errors)
{
    int64_t per_draw = scenario->inputs.per_draw;
    if (per_draw == 0 || scenario->replications % per_draw == 0)
        return true;
    const struct node *run = node_find(scenario->root, "run");
    const struct node *written = run ? node_find(run, "replications") : NULL;
    const struct node *place = written ? written : node_find(scenario->root, "uncertainty");
    errors_add(errors, place->file, place->line, place->column,
               "replications is %lld; it must be a multiple of per_draw, %lld",
               (long long)scenario->replications, (long long)per_draw);
    return false;
}
