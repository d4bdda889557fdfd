#include "models/estate_read.h"

#include <string.h>

#include "sim/kept.h"

/* A row of the file: a unit, and what it says of the institution. */
struct row {
    const char *institution, *label, *region;
    struct unit unit;
    struct node place; /* its first cell, for errors about the unit */
};

struct table {
    const struct csv *csv;
    int              *attribute; /* [column]: of which it says whom the unit admits; -1: of none */
    struct row       *row;
};

/* -- columns */

/* "Alphen aan den Rijn" becomes alphen_aan_den_rijn: small letters, and one underscore for all that
 * stands between letters and digits. What is no ASCII is left, and refused by the caller. */
static const char *plain_name(struct arena *arena, const char *text)
{
    size_t length = strlen(text), used = 0;
    char  *name = arena_new(arena, char, length + 1);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 'A' && c <= 'Z')
            name[used++] = (char)(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
            name[used++] = (char)c;
        else if (used > 0 && name[used - 1] != '_')
            name[used++] = '_';
    }
    used -= used > 0 && name[used - 1] == '_';
    name[used] = '\0';
    return name;
}

static void read_plain_name(struct reader *reader, struct node *node, void *member)
{
    struct node plain = *node;
    plain.text = plain_name(reader->arena, node->text);
    (void)!read_name(reader, &plain, member);
}

const struct field institution_csv_fields[] = {
    {.key = "institution",
     .type = FIELD_OWN,
     .offset = offsetof(struct row, institution),
     .required = true,
     .own = read_plain_name,
     .unit = "text",
     .help = "The institution (inrichting). Its name is made of it: small letters, and an "
             "underscore for blanks and signs, so that PI Almelo is pi_almelo."},
    {.key = "label",
     .type = FIELD_TEXT,
     .offset = offsetof(struct row, label),
     .otherwise = "its name",
     .help = "A note on what it is."},
    {.key = "region",
     .type = FIELD_OWN,
     .offset = offsetof(struct row, region),
     .own = read_plain_name,
     .unit = "text",
     .otherwise = "that of the institution",
     .help = "The region in which it lies: for placement rules with `near`."},
    {0},
};

static const struct field *find_field(const struct field *fields, const char *name)
{
    for (; fields->key; fields++)
        if (strcmp(fields->key, name) == 0)
            return fields;
    return NULL;
}

/* A cell can hold no mapping and no list of them; whom a unit admits has columns of its own. */
static bool fits_a_cell(const struct field *field)
{
    return strcmp(field->key, "admits") != 0 && strcmp(field->key, "changes") != 0;
}

static const struct field *find_unit_field(const char *name)
{
    const struct field *field = find_field(unit_fields, name);
    return field && fits_a_cell(field) ? field : NULL;
}

/* The names of columns, each once: region is of the institution and of the unit. */
struct names {
    const char *list[32 + ATTRIBUTES_AT_MOST];
    int         count;
};

static void add_name(struct names *names, const char *name)
{
    for (int i = 0; i < names->count; i++)
        if (strcmp(names->list[i], name) == 0)
            return;
    names->list[names->count++] = name;
}

static void refuse_column(struct reader *reader, const struct node *head)
{
    const struct attributes *attributes =
        ((const struct estate_context *)reader->context)->attributes;
    struct names names = {.count = 0};
    for (const struct field *field = institution_csv_fields; field->key; field++)
        add_name(&names, field->key);
    for (const struct field *field = unit_fields; field->key; field++)
        if (fits_a_cell(field))
            add_name(&names, field->key);
    for (int a = 0; a < attributes->count; a++)
        add_name(&names, attributes->list[a].name);
    add_name(&names, "source");
    add_name(&names, "confidence");
    node_unknown_key(reader, head, names.list, names.count);
}

static void check_required(struct reader *reader, const struct node *node, const struct csv *csv,
                           const struct field *fields)
{
    for (; fields->key; fields++)
        if (fields->required && csv_column(csv, fields->key) < 0)
            node_error(reader, node, "%s lacks the column %s", csv->file, fields->key);
}

static bool check_columns(struct reader *reader, const struct node *node, struct table *table)
{
    const struct attributes *attributes =
        ((const struct estate_context *)reader->context)->attributes;
    const struct csv *csv = table->csv;
    int               before = reader->errors->count;
    table->attribute = arena_new(reader->arena, int, (size_t)csv->column_count);
    for (int c = 0; c < csv->column_count; c++) {
        const struct node *head = csv_head(reader->arena, csv, c);
        bool               is_known = find_field(institution_csv_fields, head->key) ||
                        find_unit_field(head->key) || node_is_note(head);
        table->attribute[c] = is_known ? -1 : attribute_find(attributes, head->key);
        if (!is_known && table->attribute[c] < 0)
            refuse_column(reader, head);
    }
    check_required(reader, node, csv, institution_csv_fields);
    check_required(reader, node, csv, unit_fields);
    return reader->errors->count == before;
}

/* -- rows */

static void read_admitted(struct reader *reader, struct node *cell, int a, struct who *admits)
{
    const struct attribute *attribute =
        &((const struct estate_context *)reader->context)->attributes->list[a];
    int value;
    if (read_reference(reader, cell, attribute->name, attribute->value, attribute->value_count,
                       &value))
        admits->values[a] = (uint32_t)1 << value;
}

/* The words of a cell as a list; each stands where the cell stands. */
static struct node *split_words(struct reader *reader, const struct node *cell)
{
    struct node *list = arena_new(reader->arena, struct node, 1);
    *list = *cell;
    list->kind = NODE_LIST;
    for (const char *at = cell->text; *(at += strspn(at, " "));) {
        size_t       length = strcspn(at, " ");
        struct node *word = arena_new(reader->arena, struct node, 1);
        *word = *cell;
        word->text = arena_text(reader->arena, at, length);
        tree_append(list, word);
        at += length;
    }
    return list;
}

/* An empty cell is as if its column were not there; where something must stand it is read, and so
 * refused. */
static void read_row(struct reader *reader, const struct table *table, int r)
{
    struct row  *row = &table->row[r];
    struct node *place = tree_mapping(reader->arena), *unit = tree_mapping(reader->arena);
    for (int c = 0; c < table->csv->column_count; c++) {
        struct node        *cell = csv_node(reader->arena, table->csv, r, c);
        const struct field *of_place = find_field(institution_csv_fields, cell->key);
        const struct field *field = of_place ? of_place : find_unit_field(cell->key);
        if (c == 0)
            row->place = *cell;
        if (!*cell->text && !(field && field->required))
            continue;
        if (table->attribute[c] >= 0)
            read_admitted(reader, cell, table->attribute[c], &row->unit.admits);
        else
            tree_append(of_place ? place : unit,
                        strcmp(cell->key, "tags") == 0 ? split_words(reader, cell) : cell);
    }
    fields_read(reader, place, institution_csv_fields, row);
    row->unit.name = row->institution;
    row->unit.region = row->region;
    row->unit.ward = 1;
    estate_read_unit(reader, unit, unit_fields, &row->unit);
}

/* Whether there is another unit of that institution and regime that admits other values of `a`. */
static bool differs(const struct table *table, const struct row *row, int a)
{
    for (int r = 0; r < table->csv->row_count; r++) {
        const struct unit *other = &table->row[r].unit;
        if (other->institution == row->unit.institution && other->regime == row->unit.regime &&
            other->admits.values[a] != row->unit.admits.values[a])
            return true;
    }
    return false;
}

/* institution.regime, and behind it the value of each attribute that tells units of that
 * institution and regime apart: zwolle.prison_man, zwolle.prison_woman. */
static const char *name_row(struct reader *reader, const struct table *table, const struct row *row)
{
    const struct estate_context *context = reader->context;
    const char                  *name = arena_print(reader->arena, "%s.%s", row->institution,
                                                    context->estate->regime_name[row->unit.regime]);
    for (int a = 0; a < context->attributes->count; a++) {
        uint32_t values = row->unit.admits.values[a];
        if (values && differs(table, row, a))
            name = arena_print(reader->arena, "%s_%s", name,
                               context->attributes->list[a].value[__builtin_ctz(values)]);
    }
    return name;
}

static void add_row(struct reader *reader, const struct table *table, struct row *row)
{
    struct estate_context *context = reader->context;
    row->unit.name = row->place.key = name_row(reader, table, row);
    context->institution = row->unit.institution;
    struct unit *unit = estate_add_unit(reader, &row->place, row->unit.name);
    context->institution = -1;
    if (unit)
        *unit = row->unit;
}

/* The institution of a row; its label is the first that is given. */
static void find_institution(struct reader *reader, struct row *row)
{
    struct estate *estate = ((const struct estate_context *)reader->context)->estate;
    int            i = estate_take_institution(reader, &row->place, row->institution);
    row->unit.institution = i;
    if (i >= 0 && !estate->institution[i].label)
        estate->institution[i].label = row->label;
}

/* Units get their names when all rows are known, and none of them when a row is wrong. */
static void read_rows(struct reader *reader, const struct table *table)
{
    int before = reader->errors->count;
    for (int r = 0; r < table->csv->row_count; r++) {
        read_row(reader, table, r);
        if (table->row[r].institution)
            find_institution(reader, &table->row[r]);
    }
    for (int r = 0; reader->errors->count == before && r < table->csv->row_count; r++)
        add_row(reader, table, &table->row[r]);
}

void estate_read_csv(struct reader *reader, struct node *node)
{
    struct table table = {.csv = kept_csv(reader, node)};
    if (!table.csv || !check_columns(reader, node, &table))
        return;
    table.row = arena_new(reader->arena, struct row, (size_t)table.csv->row_count);
    read_rows(reader, &table);
}
