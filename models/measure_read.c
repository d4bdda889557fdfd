/* How `measures:` is read. */
#include <stdlib.h>
#include <string.h>

#include "models/by_year.h"
#include "models/measure_kind.h"
#include "sim/names.h"

#define RAMP_DAYS_AT_MOST 7300 /* 20 years */
#define FIELDS_AT_MOST 128
#define DAYS_OF_WRONG_ENDS 73000 /* of one whose end could not be read: none of them is too few */

/* Every kind that there is. */
static const struct measure_kind *const kinds[] = {&measure_inflow,
                                                   &measure_replace_sentence,
                                                   &measure_sentence_length,
                                                   &measure_hearings,
                                                   &measure_routes,
                                                   &measure_places,
                                                   &measure_call_up,
                                                   &measure_works_budget,
                                                   &measure_staffing,
                                                   &measure_early_release,
                                                   &measure_suspension,
                                                   &measure_last_part_outside,
                                                   &measure_instead_of_remand,
                                                   &measure_conditional_release,
                                                   &measure_returns,
                                                   &measure_convert,
                                                   &measure_quotas,
                                                   &measure_placement};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static const struct field kind_field = {
    .key = "kind",
    .type = FIELD_OWN,
    .required = true,
    .own = node_keep,
    .unit = "name of a kind",
    .help = "What it does: one of those below, each with keys of its own."};

static const struct field common_fields[] = {
    {.key = "starts",
     .type = FIELD_DATE,
     .offset = offsetof(struct measure_draft, starts),
     .required = true,
     .help = "Its first day, from 0:00."},
    {.key = "ends",
     .type = FIELD_DATE,
     .offset = offsetof(struct measure_draft, ends),
     .otherwise = "it stays",
     .help = "Its last day, to 24:00."},
    {.key = "ramp",
     .type = FIELD_DURATION,
     .offset = offsetof(struct measure_draft, ramp_min),
     .high = (double)RAMP_DAYS_AT_MOST * MINUTES_A_DAY,
     .whole_days = true,
     .otherwise = "whole from the first day",
     .help = "So long after `starts` it is whole; linear by day from nothing on the day before "
             "`starts`."},
    {.key = "emergency",
     .type = FIELD_OWN,
     .offset = offsetof(struct measure_draft, is_emergency),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "Whether it is taken for want of places, as a stop on arrests: need by normal "
             "execution (output: shortages) is worked out without it."},
    {.key = "chance",
     .type = FIELD_SHARE,
     .offset = offsetof(struct measure_draft, chance),
     .otherwise = "certain",
     .help = "A bill that may fail: in so many of the replications it is in force, in the others "
             "nothing comes of it."},
    {0},
};

/* The keys of a kind: its own, and those of all. */
struct table {
    struct field row[FIELDS_AT_MOST + 1];
    int          count;
};

static void add_rows(struct table *table, const struct field *rows)
{
    for (; rows->key; rows++)
        table->row[table->count++] = *rows;
}

static void add_own(struct table *table, const struct measure_kind *kind)
{
    struct field who = {.key = "who",
                        .type = FIELD_OWN,
                        .offset = offsetof(struct measure_draft, who),
                        .inner = kind->who_fields,
                        .own = node_keep,
                        .unit = "status, attributes and those below",
                        .otherwise = "everyone",
                        .help = "On whom it acts."};
    if (kind->who_fields)
        table->row[table->count++] = who;
    add_rows(table, kind->fields);
}

static bool has_row(const struct table *table, const char *key)
{
    for (int i = 0; i < table->count; i++)
        if (strcmp(table->row[i].key, key) == 0)
            return true;
    return false;
}

/* -- the keys of a measure */

static bool is_of_another(const char *key)
{
    for (int k = 0; k < KINDS; k++) {
        struct table own = {.count = 0};
        add_own(&own, kinds[k]);
        if (has_row(&own, key))
            return true;
    }
    return false;
}

static void pass_by(struct reader *reader, struct node *node, void *member)
{
    (void)reader, (void)member;
    node->used = true;
}

static const char *keys_of(struct arena *arena, const struct table *table)
{
    const char *list = table->row[0].key;
    for (int i = 1; i < table->count; i++)
        list = arena_print(arena, "%s, %s", list, table->row[i].key);
    return list;
}

/* Whether the key stands in every `who`. */
static bool is_of_who(const struct measure_reading *reading, const char *key)
{
    return strcmp(key, "status") == 0 || attribute_find(reading->attributes, key) >= 0;
}

/* Whether it stands in that of the kind. */
static bool is_of_its_who(const struct measure_reading *reading, const struct measure_kind *kind,
                          const char *key)
{
    struct table beside = {.count = 0};
    if (!kind->who_fields)
        return false;
    add_rows(&beside, kind->who_fields);
    return has_row(&beside, key) || is_of_who(reading, key);
}

/* Keys that only other kinds have, or that stand in `who`, are told as such, and passed by. */
static void refuse_others(const struct measure_reading *reading, const struct node *node,
                          const struct measure_kind *kind, struct table *table)
{
    struct reader *reader = reading->reader;
    const char    *known = keys_of(reader->arena, table);
    for (const struct node *child = node->first; child; child = child->next) {
        bool is_who = is_of_its_who(reading, kind, child->key);
        if (table->count == FIELDS_AT_MOST || has_row(table, child->key) ||
            (!is_who && !is_of_another(child->key)))
            continue;
        if (is_who)
            node_key_error(reader, child, "%s stands in who, as in who: {%s: ..}", child->key,
                           child->key);
        else
            node_key_error(reader, child, "%s is no key of kind: %s; known here are %s", child->key,
                           kind->word, known);
        table->row[table->count++] =
            (struct field){.key = child->key, .type = FIELD_OWN, .own = pass_by};
    }
}

/* NULL where it is wrong or, which its row tells, missing. */
static const struct measure_kind *read_kind(struct reader *reader, struct node *node)
{
    const char  *word[KINDS];
    int          index;
    struct node *kind = node_find(node, "kind");
    for (int k = 0; k < KINDS; k++)
        word[k] = kinds[k]->word;
    return kind && read_reference(reader, kind, NULL, word, KINDS, &index) ? kinds[index] : NULL;
}

/* What is wrong in its kind is told too, so that it has dates even where these are wrong. */
static void read_dates(const struct measure_reading *reading, const struct measure_draft *draft,
                       struct measure *measure)
{
    struct reader     *reader = reading->reader;
    const struct node *ends = node_find(reading->node, "ends");
    bool               is_dated = draft->starts != NO_FIRST_DAY;
    measure->starts = is_dated ? draft->starts : reading->period->start;
    measure->last = draft->ends;
    if (ends && (!is_dated || draft->ends == NO_LAST_DAY))
        measure->last = measure->starts + DAYS_OF_WRONG_ENDS;
    else if (ends && draft->ends < draft->starts) {
        node_error(reader, ends, "ends is %s; it must not lie before starts, %s", ends->text,
                   node_find(reading->node, "starts")->text);
        measure->last = measure->starts;
    }
    measure->ramp_days = (int32_t)(draft->ramp_min / MINUTES_A_DAY);
}

/* A stream of chance of its own: a replication, not a person, has the draw. */
static void read_chance(const struct measure_reading *reading, const struct measure_draft *draft,
                        struct measure *measure)
{
    measure->has_chance = node_find(reading->node, "chance");
    measure->chance_threshold = rng_threshold(draft->chance.num, draft->chance.den);
    measure->chance_hash =
        rng_hash(arena_print(reading->reader->arena, "measures.%s", measure->name));
}

static struct table common_table(void)
{
    struct table table = {.count = 1};
    table.row[0] = kind_field;
    table.row[0].own = pass_by;
    add_rows(&table, common_fields);
    return table;
}

static struct measure_draft *new_draft(struct arena *arena, size_t size)
{
    struct measure_draft *draft = arena_take(arena, 1, size);
    draft->starts = NO_FIRST_DAY;
    draft->ends = NO_LAST_DAY;
    draft->chance = (struct fraction){1, 1};
    return draft;
}

/* -- a measure of no known kind: what is wrong with it whatever its kind is told all the same */

/* What is read so, and nobody asks. */
struct any_draft {
    struct measure_draft common;
    union {
        int64_t         whole;
        double          number;
        struct fraction share;
        const void     *pointer;
    } unasked;
};

static bool is_read_alike(const struct field *a, const struct field *b)
{
    return a->type == b->type && a->type != FIELD_OWN && a->type != FIELD_INNER &&
           a->low == b->low && a->high == b->high && a->choices == b->choices &&
           a->whole_days == b->whole_days;
}

/* A key of some kind; what kinds do not all read alike is passed by. */
static void add_any(struct table *table, const struct field *row)
{
    for (int i = 0; i < table->count; i++) {
        struct field *known = &table->row[i];
        if (strcmp(known->key, row->key) != 0)
            continue;
        if (strcmp(row->key, "who") != 0 && !is_read_alike(known, row))
            *known = (struct field){.key = row->key, .type = FIELD_OWN, .own = pass_by};
        return;
    }
    struct field added = {.key = row->key, .type = FIELD_OWN, .own = pass_by};
    if (strcmp(row->key, "who") == 0 || is_read_alike(row, row))
        added = *row;
    if (added.type != FIELD_OWN)
        added.offset = offsetof(struct any_draft, unasked);
    added.required = false;
    table->row[table->count++] = added;
}

static void add_all_kinds(struct table *table)
{
    for (int k = 0; k < KINDS; k++) {
        struct table own = {.count = 0};
        add_own(&own, kinds[k]);
        for (int i = 0; i < own.count; i++)
            add_any(table, &own.row[i]);
    }
}

/* Where no name is near the list of all is of no use. */
static void refuse_foreign(const struct measure_reading *reading, struct table *table)
{
    struct reader *reader = reading->reader;
    const char    *names[FIELDS_AT_MOST];
    int            count = table->count;
    for (int i = 0; i < count; i++)
        names[i] = table->row[i].key;
    for (const struct node *child = reading->node->first; child; child = child->next) {
        if (table->count == FIELDS_AT_MOST || node_is_note(child) || has_row(table, child->key) ||
            nearest_name(child->key, names, count))
            continue;
        if (is_of_who(reading, child->key))
            node_key_error(reader, child, "%s stands in who, as in who: {%s: ..}", child->key,
                           child->key);
        else
            node_key_error(reader, child, "%s is a key of no kind of measure", child->key);
        table->row[table->count++] =
            (struct field){.key = child->key, .type = FIELD_OWN, .own = pass_by};
    }
}

static void read_of_no_kind(const struct measure_reading *reading, struct measure *measure)
{
    struct table      table = common_table();
    struct any_draft *draft =
        (struct any_draft *)new_draft(reading->reader->arena, sizeof(struct any_draft));
    add_all_kinds(&table);
    refuse_foreign(reading, &table);
    fields_read(reading->reader, reading->node, table.row, draft);
    if (draft->common.starts != NO_FIRST_DAY)
        read_dates(reading, &draft->common, measure);
    measure_check_who(reading, draft->common.who);
}

/* -- one measure */

static void read_measure(const struct measure_reading *reading, struct measure *measure)
{
    struct reader *reader = reading->reader;
    struct node   *node = reading->node;
    struct table   table = common_table();
    *measure = (struct measure){
        .name = node->key, .at_most_min = INT64_MAX, .unit = -1, .fails_as = -1, .factor = 1};
    measure->flow = arena_new(reader->arena, bool, (size_t)reading->flows->count + 1);
    measure->takes = arena_new(reader->arena, bool, reading->attributes->profile_count);
    if (!read_mapping(reader, node))
        return;
    measure->kind = read_kind(reader, node);
    if (!measure->kind) {
        read_of_no_kind(reading, measure);
        return;
    }
    add_own(&table, measure->kind);
    refuse_others(reading, node, measure->kind, &table);
    struct measure_draft *draft = new_draft(reader->arena, measure->kind->draft_size);
    fields_read(reader, node, table.row, draft);
    if (!fields_fit(node, table.row))
        return;
    measure->is_emergency = draft->is_emergency;
    read_dates(reading, draft, measure);
    read_chance(reading, draft, measure);
    measure->kind->read(reading, draft, measure);
}

/* -- all of them */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct measure *)a)->name, ((const struct measure *)b)->name);
}

static void put_staffing(struct measures *measures, int m)
{
    measures->staffing[measures->staffing_count++] = m;
}

static void find_whom_they_may_take(struct measures *measures, int status_count)
{
    for (int m = 0; m < measures->count; m++) {
        const struct measure *measure = &measures->list[m];
        for (int s = 0; s < status_count; s++)
            for (uint32_t p = 0; p < measures->profile_count; p++)
                if (measure->statuses >> s & 1 && measure->takes[p])
                    measures->may_take[(uint32_t)s * measures->profile_count + p] |=
                        (uint64_t)1 << measure->rank;
    }
}

/* The list is in order of name. */
static void rank(struct measures *measures)
{
    int *order = measures->by_start;
    for (int m = 0; m < measures->count; m++) {
        int r = m;
        for (; r > 0 && measures->list[order[r - 1]].starts > measures->list[m].starts; r--)
            order[r] = order[r - 1];
        order[r] = m;
    }
    for (int r = 0; r < measures->count; r++)
        measures->list[order[r]].rank = r;
}

static void put_into_sets(struct measures *measures, const struct measure *measure)
{
    const struct measure_kind *kind = measure->kind;
    uint64_t                   one = (uint64_t)1 << measure->rank;
    measures->emergencies |= measure->is_emergency ? one : 0;
    if (kind == &measure_call_up)
        measures->call_ups |= one;
    if (kind == &measure_quotas)
        measures->quotas |= one;
    if (kind == &measure_works_budget)
        measures->budgets |= one;
    if (kind == &measure_early_release || kind == &measure_suspension)
        measures->early |= one;
    if (kind == &measure_last_part_outside)
        measures->last_parts |= one;
    if (kind == &measure_replace_sentence || kind == &measure_instead_of_remand) {
        measures->diversions |= one;
        measures->diversions_of_present |= measure->of_present ? one : 0;
        measures->diverted |= measure->statuses;
    }
    if (kind == &measure_sentence_length || kind == &measure_hearings) {
        measures->lengths |= one;
        measures->changed |= measure->statuses;
    }
    if (kind == &measure_hearings)
        measures->hearings_of_present |= measure->of_present ? one : 0;
    if (kind == &measure_routes) {
        measures->routes |= one;
        measures->rerouted |= measure->statuses;
    }
    if (kind == &measure_conditional_release) {
        measures->releases |= one;
        measures->releases_of_present |= measure->by_arrival ? 0 : one;
        measures->rereleased |= measure->statuses;
        measures->changed |= measure->statuses; /* where it is counted */
    }
}

static void order(struct arena *arena, struct measures *measures)
{
    qsort(measures->list, (size_t)measures->count, sizeof *measures->list, by_name);
    measures->by_start = arena_new(arena, int, (size_t)measures->count + 1);
    rank(measures);
    measures->inflow = arena_new(arena, int, (size_t)measures->count + 1);
    measures->staffing = arena_new(arena, int, (size_t)measures->count + 1);
    measures->returns = arena_new(arena, int, (size_t)measures->count + 1);
    measures->draw_offence = rng_jump(rng_purpose(MEASURE_OFFENCE, MEASURE_DELAY, 0));
    for (int m = 0; m < measures->count; m++) {
        struct measure *measure = &measures->list[m];
        measure->column = measures->column_count;
        measures->column_count += measure->kind->column_count + measure->has_chance;
        put_into_sets(measures, measure);
        if (measure->kind == &measure_inflow)
            measures->inflow[measures->inflow_count++] = m;
        if (measure->kind == &measure_returns)
            measures->returns[measures->return_count++] = m;
        if (measure->kind == &measure_staffing)
            put_staffing(measures, m);
    }
}

/* After errors: the others are half read, but what these say of rules is told with the rules. */
static void keep_placements(struct measures *measures)
{
    int kept = 0;
    for (int m = 0; m < measures->count; m++)
        if (measures->list[m].kind == &measure_placement && measures->list[m].rule_change.rule)
            measures->list[kept++] = measures->list[m];
    measures->count = kept;
}

/* What belongs to a measure stands where its name should. */
static bool is_one_measure(const struct node *node)
{
    const struct node *kind = node_find(node, "kind");
    return kind && kind->kind == NODE_SCALAR;
}

void measures_read(struct reader *reader, struct node *node, const struct attributes *attributes,
                   const struct statuses *statuses, const struct estate *estate,
                   const struct transport *transport, const struct flows *flows,
                   const struct period *period, struct measures *measures)
{
    struct measure_reading reading = {reader, NULL,      attributes, statuses,
                                      estate, transport, flows,      period};
    int                    before = reader->errors->count;
    *measures = (struct measures){
        .profile_count = attributes->profile_count,
        .may_take =
            arena_new(reader->arena, uint64_t, (size_t)statuses->count * attributes->profile_count),
    };
    if (!node || (!read_names(reader, node) && node->kind != NODE_MAPPING))
        return;
    if (is_one_measure(node)) {
        node_error(reader, node, "measures stand by name, as in measures: {early: {kind: ..}}");
        return;
    }
    measures->list = arena_new(reader->arena, struct measure, MEASURES_AT_MOST);
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (node_is_note(child))
            continue;
        if (measures->count == MEASURES_AT_MOST) {
            node_key_error(reader, child, "%s is one measure too many; at most %d are allowed",
                           child->key, MEASURES_AT_MOST);
            break;
        }
        reading.node = child;
        read_measure(&reading, &measures->list[measures->count++]);
    }
    if (reader->errors->count > before)
        keep_placements(measures);
    order(reader->arena, measures);
    find_whom_they_may_take(measures, statuses->count);
}

void measures_write_fields(FILE *out)
{
    struct table all = {.count = 1};
    all.row[0] = kind_field;
    add_rows(&all, common_fields);
    fields_write(all.row, "measures.<name>", out);
    fputc('\n', out);
    for (int k = 0; k < KINDS; k++)
        fprintf(out, "- `%s`: %s\n", kinds[k]->word, kinds[k]->help);
    for (int k = 0; k < KINDS; k++) {
        struct table own = {.count = 0};
        char         heading[96];
        add_own(&own, kinds[k]);
        snprintf(heading, sizeof heading, "measures.<name>, kind: %s", kinds[k]->word);
        fputc('\n', out);
        fields_write(own.row, heading, out);
    }
}
