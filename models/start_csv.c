#include <string.h>

#include "models/start_read.h"
#include "sim/kept.h"

/* A row of the file. */
struct row {
    struct node *status, *unit;
    int32_t      since_day;
    int64_t      sentence_min, stay_min; /* -1: not said */
};

struct table {
    const struct csv *csv;
    int              *attribute; /* [column]: which it is; -1: none */
};

const struct field person_csv_fields[] = {
    {.key = "since",
     .type = FIELD_DATE,
     .offset = offsetof(struct row, since_day),
     .required = true,
     .help =
         "The day from whose 0:00 the clock of the status runs (present; a clock `custody` from "
         "the first day held), or since when the person waits (waiting)."},
    {.key = "status",
     .type = FIELD_OWN,
     .offset = offsetof(struct row, status),
     .own = node_keep,
     .unit = "name of a status",
     .otherwise = "the group's",
     .help = "The status in which the person is."},
    {.key = "unit",
     .type = FIELD_OWN,
     .offset = offsetof(struct row, unit),
     .own = node_keep,
     .unit = "name of a unit, or of a regime without limit",
     .otherwise = "by the placement rule (present), where the status waits (waiting)",
     .help = "Where the person is; it must admit him, and what it asks for must be in the row."},
    {.key = "sentence",
     .type = FIELD_DURATION,
     .offset = offsetof(struct row, sentence_min),
     .low = 1,
     .high = (double)DURATION_AT_MOST,
     .otherwise = "drawn, given that it is not over",
     .help = "The sentence imposed, where the status has one."},
    {.key = "stay",
     .type = FIELD_DURATION,
     .offset = offsetof(struct row, stay_min),
     .low = 1,
     .high = (double)DURATION_AT_MOST,
     .otherwise = "drawn, given that it is not over",
     .help = "The whole stay, where the status has one."},
    {0},
};

/* -- columns */

static bool is_field(const char *name)
{
    for (const struct field *field = person_csv_fields; field->key; field++)
        if (strcmp(field->key, name) == 0)
            return true;
    return false;
}

static void refuse_column(struct reader *reader, const struct start_context *context,
                          const struct csv *csv, int column)
{
    const char *names[16 + ATTRIBUTES_AT_MOST];
    int         count = 0;
    for (const struct field *field = person_csv_fields; field->key; field++)
        names[count++] = field->key;
    for (int a = 0; a < context->attributes->count; a++)
        names[count++] = context->attributes->list[a].name;
    node_unknown_key(reader, csv_head(reader->arena, csv, column), names, count);
}

static bool check_columns(struct reader *reader, const struct node *node,
                          const struct start_context *context, struct table *table)
{
    const struct csv *csv = table->csv;
    int               before = reader->errors->count;
    table->attribute = arena_new(reader->arena, int, (size_t)csv->column_count);
    for (int c = 0; c < csv->column_count; c++) {
        table->attribute[c] = attribute_find(context->attributes, csv->column[c]);
        if (table->attribute[c] < 0 && !is_field(csv->column[c]))
            refuse_column(reader, context, csv, c);
    }
    if (csv_column(csv, "since") < 0)
        node_error(reader, node, "%s lacks the column since", csv->file);
    return reader->errors->count == before;
}

/* -- what a row says */

static void read_attribute(struct reader *reader, struct node *cell, int a,
                           const struct start_context *context, struct start_person *person)
{
    const struct attribute *attribute = &context->attributes->list[a];
    int                     value;
    const char             *what = arena_print(reader->arena, "value of %s", attribute->name);
    if (!read_reference(reader, cell, what, attribute->value, attribute->value_count, &value))
        return;
    person->profile += (uint32_t)value * attribute->stride;
    person->known |= (uint32_t)1 << a;
}

/* An empty cell is as if its column were not there, but for `since`, which must stand. */
static void read_row(struct reader *reader, const struct table *table, int r,
                     const struct start_context *context, struct row *row,
                     struct start_person *person)
{
    struct node *mapping = tree_mapping(reader->arena);
    for (int c = 0; c < table->csv->column_count; c++) {
        struct node *cell = csv_node(reader->arena, table->csv, r, c);
        if (!*cell->text && strcmp(cell->key, "since") != 0)
            continue;
        if (table->attribute[c] >= 0)
            read_attribute(reader, cell, table->attribute[c], context, person);
        else
            tree_append(mapping, cell);
    }
    fields_read(reader, mapping, person_csv_fields, row);
}

/* -- whether it can be */

static bool read_status(struct reader *reader, const struct node *place, const struct row *row,
                        const struct start_context *context, int status,
                        struct start_person *person)
{
    const struct statuses *statuses = context->statuses;
    if (row->status)
        return read_reference(reader, row->status, "status", statuses->name, statuses->count,
                              &person->status);
    person->status = status;
    if (person->status < 0)
        node_error(reader, place,
                   "the row names no status, and its group neither has the name of one nor the key "
                   "status");
    return person->status >= 0;
}

static void read_since(struct reader *reader, const struct node *since,
                       const struct start_context *context, const struct row *row,
                       struct start_person *person)
{
    int64_t     days = (int64_t)context->period->start - row->since_day;
    struct date start = date_from_day(context->period->start);
    if (days < 0)
        node_error(reader, since, "since is %s; it must not lie after the start, %04d-%02d-%02d",
                   since->text, start.year, start.month, start.day);
    else if (days * MINUTES_A_DAY > DURATION_AT_MOST)
        node_error(reader, since, "since is %s; it may lie at most 200 years before the start",
                   since->text);
    else
        person->elapsed_min = (int32_t)(days * MINUTES_A_DAY);
}

static void read_length(struct reader *reader, const struct node *place,
                        const struct start_context *context, const struct row *row,
                        struct start_person *person)
{
    const struct status *status = &context->statuses->list[person->status];
    int64_t              own_min = status->sentence ? row->sentence_min : row->stay_min;
    int64_t              other_min = status->sentence ? row->stay_min : row->sentence_min;
    bool                 has_one = status->stay.of;
    if (other_min >= 0 || (own_min >= 0 && !has_one))
        node_error(reader, place, "the row gives a %s, but status %s has %s",
                   row->sentence_min >= 0 ? "sentence" : "stay", status->name,
                   !has_one           ? "no end of its own"
                   : status->sentence ? "a sentence"
                                      : "a stay");
    else if (own_min >= 0)
        person->length_min = (int32_t)own_min;
}

/* Whether he may be of this profile: as far as it is known, and the rest can be drawn. */
static bool may_be(const struct attributes *attributes, const struct start_person *person,
                   uint32_t profile)
{
    for (int a = 0; a < attributes->count; a++) {
        const struct attribute *attribute = &attributes->list[a];
        int                     value = attribute_value(attributes, a, profile), row = 0;
        if (attribute->by >= 0)
            row = attribute_value(attributes, attribute->by, profile) * attribute->value_count;
        if (person->known >> a & 1 ? value != attribute_value(attributes, a, person->profile)
                                   : attribute->share[row + value].num == 0)
            return false;
    }
    return true;
}

/* By what is known of him. */
static bool is_admitted(const struct who *admits, const struct start_context *context,
                        const struct start_person *person)
{
    if (admits->statuses && !(admits->statuses >> person->status & 1))
        return false;
    for (int a = 0; a < context->attributes->count; a++) {
        int value = attribute_value(context->attributes, a, person->profile);
        if ((person->known >> a & 1) && admits->values[a] && !(admits->values[a] >> value & 1))
            return false;
    }
    return true;
}

/* Whether one who may be this person is not admitted for his value of an attribute. */
static bool may_be_refused(const struct who *admits, const struct attributes *attributes,
                           const struct start_person *person, int a)
{
    for (uint32_t p = 0; admits->values[a] && p < attributes->profile_count; p++)
        if (!(admits->values[a] >> attribute_value(attributes, a, p) & 1) &&
            may_be(attributes, person, p))
            return true;
    return false;
}

/* Whoever may be drawn must be admitted. */
static void check_drawn(struct reader *reader, const struct node *node, const struct who *admits,
                        const struct start_context *context, const struct start_person *person)
{
    const struct attributes *attributes = context->attributes;
    for (int a = 0; a < attributes->count; a++)
        if (!(person->known >> a & 1) && may_be_refused(admits, attributes, person, a))
            node_error(reader, node,
                       "unit is %s, which does not admit everybody; the row must give %s",
                       node->text, attributes->list[a].name);
}

static void read_unit(struct reader *reader, struct node *node, const struct start_context *context,
                      struct start_person *person)
{
    const struct estate *estate = context->estate;
    if (!read_reference(reader, node, "unit", estate->unit_name, estate->unit_count, &person->unit))
        return;
    const struct who *admits = &estate->unit[person->unit].admits;
    if (is_admitted(admits, context, person))
        check_drawn(reader, node, admits, context, person);
    else
        node_error(reader, node, "unit is %s, which does not admit this person", node->text);
}

/* Whether all who may be this person have a list to wait on. */
static bool can_wait(const struct start_context *context, const struct start_person *person)
{
    for (uint32_t p = 0; p < context->attributes->profile_count; p++)
        if (may_be(context->attributes, person, p) &&
            rules_entitlement(context->rules, person->status, p)->list == NO_LIST)
            return false;
    return true;
}

static void check_waiting(struct reader *reader, const struct node *place, const struct row *row,
                          const struct start_context *context, const struct start_person *person)
{
    const struct status *status = &context->statuses->list[person->status];
    if (status->waits_in == WAITS_NOWHERE)
        node_error(reader, place, "people of status %s never wait (waits: nowhere)", status->name);
    else if (status->waits_in == WAITS_PRESENT_PLACE && !row->unit)
        node_error(
            reader, place,
            "people of status %s wait in the place that they keep; the row must name its unit",
            status->name);
    else if (status->waits_in == WAITS_OUTSIDE && row->unit)
        node_error(reader, row->unit, "people of status %s wait outside, so unit may not be given",
                   status->name);
    else if (!can_wait(context, person))
        node_error(reader, place, "nobody of status %s can wait: no place of a rule is for them",
                   status->name);
}

/* What is not known is drawn as at arrival, so what it depends on must come first. */
static void check_known(struct reader *reader, const struct node *place,
                        const struct start_context *context, const struct start_person *person)
{
    const struct attributes *attributes = context->attributes;
    for (int a = 0; a < attributes->count; a++) {
        int by = attributes->list[a].by;
        if ((person->known >> a & 1) && by >= 0 && !(person->known >> by & 1))
            node_error(reader, place, "the row gives %s but not %s, on which it depends",
                       attributes->list[a].name, attributes->list[by].name);
    }
}

static void read_person(struct reader *reader, const struct table *table, int r,
                        const struct start_context *context, int status, bool waiting,
                        struct start_person *person)
{
    struct row row = {.sentence_min = -1, .stay_min = -1};
    int        before = reader->errors->count;
    *person = (struct start_person){.unit = -1, .length_min = LENGTH_DRAWN};
    read_row(reader, table, r, context, &row, person);
    if (reader->errors->count > before)
        return;
    const struct node *place = csv_node(reader->arena, table->csv, r, 0);
    const struct node *since =
        csv_node(reader->arena, table->csv, r, csv_column(table->csv, "since"));
    read_since(reader, since, context, &row, person);
    check_known(reader, place, context, person);
    if (!read_status(reader, place, &row, context, status, person))
        return;
    read_length(reader, place, context, &row, person);
    if (row.unit)
        read_unit(reader, row.unit, context, person);
    if (waiting && reader->errors->count == before)
        check_waiting(reader, place, &row, context, person);
}

void start_read_csv(struct reader *reader, struct node *node, const struct start_context *context,
                    int status, struct start_group *group)
{
    struct table table = {.csv = kept_csv(reader, node)};
    if (!table.csv || !check_columns(reader, node, context, &table) || !context->is_sound)
        return;
    struct start_person *person =
        arena_new(reader->arena, struct start_person, (size_t)table.csv->row_count);
    for (int r = 0; r < table.csv->row_count; r++)
        read_person(reader, &table, r, context, status, group->waiting, &person[r]);
    group->persons = table.csv->row_count;
    group->person = person;
}
