#include "sim/fields.h"

#include <float.h>
#include <stdarg.h>
#include <string.h>

#include "sim/names.h"

/* -- errors at nodes */

void node_error(struct reader *reader, const struct node *node, const char *format, ...)
{
    char    text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    errors_add(reader->errors, node->file, node->line, node->column, "%s", text);
}

void node_key_error(struct reader *reader, const struct node *node, const char *format, ...)
{
    char    text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    errors_add(reader->errors, node->file, node->key_line, node->key_column, "%s", text);
}

static int index_in_list(const struct node *node)
{
    int index = 0;
    for (const struct node *other = node->parent->first; other != node; other = other->next)
        index++;
    return index;
}

const char *node_label(struct arena *arena, const struct node *node)
{
    if (node->key)
        return node->key;
    if (!node->parent)
        return "the file";
    return arena_print(arena, "%s[%d]", node_label(arena, node->parent), index_in_list(node));
}

static bool is_digits(const char *text)
{
    return *text && !text[strspn(text, "0123456789")];
}

/* In one file; a mapping that lies over another has members of both. */
static bool stands_before(const struct node *one, const struct node *other)
{
    if (strcmp(one->file, other->file) != 0)
        return false;
    return one->key_line != other->key_line ? one->key_line < other->key_line
                                            : one->key_column < other->key_column;
}

/* Within braces YAML takes `places: 1,5` for a value and a key. What stands before the comma; NULL:
 * it is not that. */
static const struct node *find_before_comma(const struct node *node)
{
    bool               is_bare = node->kind == NODE_SCALAR && !node->quoted && !*node->text;
    const struct node *before = NULL;
    if (!is_bare || !is_digits(node->key))
        return NULL;
    for (const struct node *other = node->parent->first; other; other = other->next)
        if (other != node && stands_before(other, node) &&
            (!before || stands_before(before, other)))
            before = other;
    return before && before->kind == NODE_SCALAR && is_digits(before->text) ? before : NULL;
}

const char *node_names_advice(const struct reader *reader, const char *text,
                              const char *const *names, int count)
{
    return reader->errors->count < ERRORS_KEPT ? names_advice(reader->arena, text, names, count)
                                               : "";
}

/* 1,5 can only be 1.5; 12,500 is 12500 or 12.5. */
static const char *comma_advice(struct arena *arena, const char *before, const char *behind)
{
    int length = (int)strlen(behind);
    if (length != 3 || before[0] == '0' || strlen(before) > 3)
        return arena_print(arena, "decimals take a point: %s.%s", before, behind);
    while (length > 0 && behind[length - 1] == '0')
        length--;
    return arena_print(arena, "write %s%s or %s%s%.*s, as is meant", before, behind, before,
                       length > 0 ? "." : "", length, behind);
}

void node_unknown_key(struct reader *reader, const struct node *node, const char *const *names,
                      int count)
{
    const char        *nearest = nearest_name(node->key, names, count);
    const struct node *before = find_before_comma(node);
    if (before) {
        node_key_error(reader, node, "a comma ends the value of %s, so that %s is a key; %s",
                       before->key, node->key,
                       comma_advice(reader->arena, before->text, node->key));
        return;
    }
    if (nearest) {
        node_key_error(reader, node, "%s is not a known key; did you mean '%s'?", node->key,
                       nearest);
        return;
    }
    const char *list = "";
    for (int i = 0; i < count; i++)
        list = arena_print(reader->arena, "%s%s %s", list, i ? "," : "", names[i]);
    node_key_error(reader, node, "%s is not a known key; known here are%s", node->key, list);
}

/* -- reading a mapping by its table */

static int row_count(const struct field *table)
{
    int count = 0;
    while (table[count].key)
        count++;
    return count;
}

static const struct field *find_row(const struct field *table, const char *key)
{
    for (; table->key; table++)
        if (strcmp(table->key, key) == 0)
            return table;
    return NULL;
}

static const char **names_of(struct arena *arena, const struct field *table)
{
    int          count = row_count(table);
    const char **names = arena_new(arena, const char *, (size_t)count);
    for (int i = 0; i < count; i++)
        names[i] = table[i].key;
    return names;
}

/* Ranges in a row are doubles; those of counts and durations are whole and well below 2^53. */
struct range {
    double low, high;
};

static struct range range_of(const struct field *row, double lowest, double highest)
{
    if (row->low == 0 && row->high == 0)
        return (struct range){lowest, highest};
    return (struct range){row->low, row->high < row->low ? highest : row->high};
}

static bool read_choice(struct reader *reader, struct node *node, const char *const *choices,
                        int *index)
{
    int count = 0;
    while (choices[count])
        count++;
    return read_reference(reader, node, NULL, choices, count, index);
}

/* The result is not needed: who reads a table asks the list of errors at the end. */
static bool read_member(struct reader *reader, struct node *node, const struct field *row,
                        void *member)
{
    struct range range;
    switch (row->type) {
    case FIELD_TEXT:
        return read_text(reader, node, member);
    case FIELD_NAME:
        return read_name(reader, node, member);
    case FIELD_COUNT:
        range = range_of(row, 0, COUNT_AT_MOST);
        return read_count(reader, node, (int64_t)range.low, (int64_t)range.high, member);
    case FIELD_NUMBER:
        range = range_of(row, -DBL_MAX, DBL_MAX);
        return read_number(reader, node, range.low, range.high, member);
    case FIELD_SHARE:
        return read_share(reader, node, member);
    case FIELD_DURATION:
        range = range_of(row, 0, DURATION_AT_MOST);
        return (row->whole_days ? read_whole_days : read_duration)(reader, node, (int64_t)range.low,
                                                                   (int64_t)range.high, member);
    case FIELD_DATE:
        return read_date(reader, node, member);
    case FIELD_SHAPE:
        return read_shape(reader, node, member);
    case FIELD_CHOICE:
        return read_choice(reader, node, row->choices, member);
    case FIELD_INNER:
        fields_read(reader, node, row->inner, member);
        return true;
    case FIELD_OWN:
        row->own(reader, node, member);
        return true;
    }
    return false;
}

/* Whether an unknown key was told to be a slip of the pen for this one. */
static bool is_misspelt(struct arena *arena, const struct node *mapping, const struct field *table,
                        const char *key)
{
    const char **names = names_of(arena, table);
    for (const struct node *node = mapping->first; node; node = node->next) {
        if (find_row(table, node->key) || node_is_note(node))
            continue;
        const char *nearest = nearest_name(node->key, names, row_count(table));
        if (nearest && strcmp(nearest, key) == 0)
            return true;
    }
    return false;
}

/* Members beside it that another file has. */
static int names_below(struct arena *arena, const struct node *node, const char ***names)
{
    int count = 0;
    *names = arena_new(arena, const char *, (size_t)node->parent->count);
    for (const struct node *other = node->parent->first; other; other = other->next)
        if (other->key && !node_is_note(other) && strcmp(other->file, node->file) != 0)
            (*names)[count++] = other->key;
    return count;
}

void node_lacks_key(struct reader *reader, const struct node *mapping, const char *key)
{
    const char **names, *nearest = NULL;
    if (mapping->key && mapping->parent && reader->errors->count < ERRORS_KEPT) {
        int count = names_below(reader->arena, mapping, &names);
        nearest = nearest_name(mapping->key, names, count);
    }
    node_error(reader, mapping, "%s lacks the key %s%s%s%s", node_label(reader->arena, mapping),
               key, nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
}

static void check_required(struct reader *reader, const struct node *mapping,
                           const struct field *table)
{
    for (const struct field *row = table; row->key; row++)
        if (row->required && !node_find(mapping, row->key) &&
            !is_misspelt(reader->arena, mapping, table, row->key))
            node_lacks_key(reader, mapping, row->key);
}

bool fields_fit(const struct node *mapping, const struct field *table)
{
    if (mapping->kind != NODE_MAPPING)
        return false;
    for (const struct node *node = mapping->first; node; node = node->next)
        if (!node_is_note(node) && !find_row(table, node->key))
            return false;
    for (const struct field *row = table; row->key; row++)
        if (row->required && !node_find(mapping, row->key))
            return false;
    return true;
}

void node_keep(struct reader *reader, struct node *node, void *member)
{
    (void)reader;
    *(struct node **)member = node;
}

static bool is_empty(const struct node *node)
{
    for (const struct node *child = node->first; child; child = child->next)
        if (!node_is_note(child))
            return false;
    return node->kind != NODE_SCALAR;
}

/* What acts on nothing, or changes nothing, can only be a slip. */
static void refuse_empty(struct reader *reader, const struct node *node, const struct field *row)
{
    const char *otherwise =
        row->required ? ""
                      : arena_print(reader->arena, ", or leave the key out: %s", row->otherwise);
    node_error(reader, node, "%s is an empty %s; name at least one %s%s",
               node_label(reader->arena, node), node->kind == NODE_LIST ? "list" : "mapping",
               row->one_of, otherwise);
}

void fields_read(struct reader *reader, struct node *mapping, const struct field *table,
                 void *object)
{
    if (!read_mapping(reader, mapping))
        return;
    for (struct node *node = mapping->first; node; node = node->next) {
        if (node_is_note(node))
            continue;
        const struct field *row = find_row(table, node->key);
        if (!row) {
            node_unknown_key(reader, node, names_of(reader->arena, table), row_count(table));
            continue;
        }
        node->used = true;
        if (row->one_of && is_empty(node))
            refuse_empty(reader, node, row);
        (void)read_member(reader, node, row, (char *)object + row->offset);
    }
    check_required(reader, mapping, table);
}

/* -- the reference */

/* A table that is being printed and those it stands in, so that a path can be told and a table
 * within itself is printed once. */
struct chapter {
    const struct chapter *outer;
    const char           *key;
    const struct field   *table;
};

static const char *type_text(const struct field *row)
{
    static const char *const text[] = {
        [FIELD_TEXT] = "text",     [FIELD_NAME] = "name",           [FIELD_COUNT] = "count",
        [FIELD_NUMBER] = "number", [FIELD_SHARE] = "share",         [FIELD_DURATION] = "duration",
        [FIELD_DATE] = "date",     [FIELD_SHAPE] = "shape",         [FIELD_CHOICE] = "choice",
        [FIELD_INNER] = "mapping", [FIELD_OWN] = "see its meaning",
    };
    return row->type == FIELD_OWN && row->inner ? "mapping" : text[row->type];
}

static void write_type(const struct field *row, FILE *out)
{
    bool plain = row->type != FIELD_OWN;
    if (plain || !row->unit)
        fputs(type_text(row), out);
    if (plain && row->unit)
        fputs(", ", out);
    if (row->unit)
        fputs(row->unit, out);
    if (row->whole_days)
        fputs(", whole days", out);
}

static void write_limit(const struct field *row, double limit, FILE *out)
{
    char text[32];
    if (row->type == FIELD_DURATION) {
        duration_format((int64_t)limit, text);
        fputs(text, out);
        return;
    }
    fprintf(out, "%.15g", limit);
}

static void write_range(const struct field *row, FILE *out)
{
    if (row->high < row->low) {
        fputs("at least ", out);
        write_limit(row, row->low, out);
        return;
    }
    write_limit(row, row->low, out);
    fputs(" to ", out);
    write_limit(row, row->high, out);
}

static void write_choices(const char *const *choices, FILE *out)
{
    for (int i = 0; choices[i]; i++)
        fprintf(out, "%s`%s`", i ? ", " : "", choices[i]);
}

static void write_allowed(const struct field *row, FILE *out)
{
    static const char *const text[] = {
        [FIELD_TEXT] = "any text",
        [FIELD_NAME] = "small letters, digits, `_`",
        [FIELD_COUNT] = "0 or more",
        [FIELD_NUMBER] = "any number",
        [FIELD_SHARE] = "0 to 1: `0.4` or `1/3`",
        [FIELD_DURATION] = "`14 days`, up to 200 years",
        [FIELD_DATE] = "`2027-04-01`",
        [FIELD_SHAPE] = "a duration or a family",
        [FIELD_CHOICE] = "",
        [FIELD_INNER] = "the keys below",
        [FIELD_OWN] = "",
    };
    if (row->type == FIELD_CHOICE)
        write_choices(row->choices, out);
    else if (row->low != 0 || row->high != 0)
        write_range(row, out);
    else if (row->inner)
        fputs(text[FIELD_INNER], out);
    else
        fputs(text[row->type], out);
    if (row->one_of)
        fprintf(out, "%sat least one %s", row->inner ? ", " : "", row->one_of);
}

/* A `|` would end the cell. */
static void write_prose(const char *text, FILE *out)
{
    for (; text && *text; text++)
        fprintf(out, "%s%c", *text == '|' ? "\\" : "", *text);
}

static void write_row(const struct field *row, FILE *out)
{
    fprintf(out, "| `%s` | ", row->key);
    write_type(row, out);
    fputs(" | ", out);
    write_allowed(row, out);
    fputs(" | ", out);
    write_prose(row->required ? "must be given" : row->otherwise, out);
    fputs(" | ", out);
    write_prose(row->help, out);
    fputs(" |\n", out);
}

static void write_path(const struct chapter *chapter, FILE *out)
{
    if (chapter->outer->outer) {
        write_path(chapter->outer, out);
        fputs(".", out);
    }
    fputs(chapter->key, out);
}

static bool is_within(const struct field *table, const struct chapter *chapter)
{
    for (; chapter; chapter = chapter->outer)
        if (chapter->table == table)
            return true;
    return false;
}

static void write_chapter(const struct chapter *chapter, FILE *out)
{
    fputs("\n| key | type | allowed | if left out | meaning |\n| --- | --- | --- | --- | --- |\n",
          out);
    for (const struct field *row = chapter->table; row->key; row++)
        write_row(row, out);
    for (const struct field *row = chapter->table; row->key; row++) {
        if (!row->inner || is_within(row->inner, chapter))
            continue;
        struct chapter inner = {chapter, row->key, row->inner};
        fputs("\n### ", out);
        write_path(&inner, out);
        fputs("\n", out);
        write_chapter(&inner, out);
    }
}

void fields_write(const struct field *table, const char *heading, FILE *out)
{
    struct chapter top = {NULL, heading, table};
    fprintf(out, "## %s\n", heading);
    write_chapter(&top, out);
}
