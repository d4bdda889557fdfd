#include "sim/csv.h"

#include <string.h>

#include "sim/text.h"

/* Cells are made in place: a cell's text starts where it stands in the file, or one further when it
 * is in quotes; a 0 takes the place of the separator or of the closing quote, and of each quote
 * that was written twice. So line and column of a cell can be counted from the start of its row. */
struct scan {
    struct errors *errors;
    const char    *file;
    char          *at, *end;
    const char    *row; /* start of the row at hand, and its line */
    int            row_line, next_line;
};

struct place {
    int line, column;
};

static struct place place_from(const char *row, int row_line, const char *at)
{
    struct place place = {row_line, 1};
    const char  *line = row;
    for (const char *byte = row; byte < at; byte++) {
        if (*byte != '\n' && (*byte != '\r' || byte[1] == '\n'))
            continue;
        place.line++;
        line = byte + 1;
    }
    place.column += text_characters(line, (size_t)(at - line));
    return place;
}

static void tell(const struct scan *scan, const char *at, const char *text)
{
    struct place place = place_from(scan->row, scan->row_line, at);
    errors_add(scan->errors, scan->file, place.line, place.column, "%s", text);
}

static bool ends_cell(const struct scan *scan)
{
    char byte = *scan->at; /* at the end a 0 */
    return byte == ',' || byte == '\n' || byte == '\r' || byte == '\0';
}

static const char *read_plain(struct scan *scan)
{
    const char *cell = scan->at;
    while (!ends_cell(scan)) {
        if (*scan->at == '"') {
            tell(scan, scan->at,
                 "a quote inside a cell; put the whole cell in quotes and write the quote twice");
            return NULL;
        }
        scan->at++;
    }
    return cell;
}

/* Moves the text over the quotes that are written twice; what is left over at its end becomes 0. */
static const char *read_quoted(struct scan *scan)
{
    char *open = scan->at++;
    char *cell = scan->at, *to = cell;
    while (scan->at < scan->end && (*scan->at != '"' || scan->at[1] == '"')) {
        scan->at += *scan->at == '"';
        *to++ = *scan->at++;
    }
    if (scan->at == scan->end) {
        tell(scan, open, "the quote that opens here does not close");
        return NULL;
    }
    scan->at++;
    memset(to, '\0', (size_t)(scan->at - to));
    if (!ends_cell(scan)) {
        tell(scan, scan->at,
             "text behind the closing quote; a quote inside a cell in quotes is written twice");
        return NULL;
    }
    return cell;
}

/* Ends the row at the line end that `at` stands on. */
static void end_row(struct scan *scan)
{
    char *line_end = scan->at++;
    if (*line_end == '\r' && *scan->at == '\n')
        scan->at++;
    scan->next_line = place_from(scan->row, scan->row_line, line_end).line + 1;
    *line_end = '\0';
}

/* Reads one row to `cells`, which has room for all of the file's. Its number of cells, or 0 after
 * an error. */
static int read_row(struct scan *scan, const char **cells)
{
    scan->row = scan->at;
    scan->row_line = scan->next_line;
    for (int count = 0;;) {
        const char *cell = *scan->at == '"' ? read_quoted(scan) : read_plain(scan);
        if (cell == NULL)
            return 0;
        cells[count++] = cell;
        if (scan->at == scan->end)
            return count;
        if (*scan->at != ',') {
            end_row(scan);
            return count;
        }
        *scan->at++ = '\0';
    }
}

static const char *opening(const char *cell)
{
    return cell[-1] == '"' ? cell - 1 : cell;
}

static bool check_header(struct scan *scan, const struct csv *csv)
{
    int count = scan->errors->count;
    if (csv->column_count == 1 && strpbrk(csv->column[0], ";\t") != NULL) {
        errors_add(scan->errors, scan->file, 1, 1,
                   "cells are separated by %s; save the file with commas (and decimal points)",
                   strchr(csv->column[0], ';') ? "';'" : "tabs");
        return false;
    }
    for (int i = 0; i < csv->column_count; i++) {
        struct place place = place_from(scan->row, scan->row_line, opening(csv->column[i]));
        if (csv->column[i][0] == '\0')
            errors_add(scan->errors, scan->file, place.line, place.column,
                       "column %d has no name; each column needs one", i + 1);
        else if (csv_column(csv, csv->column[i]) < i)
            errors_add(scan->errors, scan->file, place.line, place.column,
                       "column '%s' stands twice in the header; a name may stand once",
                       csv->column[i]);
    }
    return scan->errors->count == count;
}

/* Reads the rows below the header; false when one of them was wrong. */
static bool read_rows(struct scan *scan, struct csv *csv)
{
    int count = scan->errors->count;
    while (scan->at < scan->end) {
        const char **cells = csv->cell + (size_t)csv->row_count * (size_t)csv->column_count;
        int          cell_count = read_row(scan, cells);
        if (cell_count == 0)
            return false;
        if (cell_count == csv->column_count)
            csv->line[csv->row_count++] = scan->row_line;
        else
            errors_add(scan->errors, scan->file, scan->row_line, 1,
                       "this row has %d cell%s, the header %d; each row must have as many",
                       cell_count, cell_count == 1 ? "" : "s", csv->column_count);
    }
    return scan->errors->count == count;
}

static size_t count_bytes(const struct text *text, const char *which)
{
    size_t count = 0;
    for (size_t i = 0; i < text->length; i++)
        count += strchr(which, text->bytes[i]) != NULL;
    return count;
}

const struct csv *csv_read(struct arena *arena, const char *name, const char *bytes, size_t length,
                           struct errors *errors)
{
    struct text text;
    if (!text_take(arena, name, bytes, length, &text, errors))
        return NULL;
    if (text.length == 0) {
        errors_add(errors, text.file, 1, 1, "the file is empty; it must start with column names");
        return NULL;
    }
    struct scan scan = {
        .errors = errors,
        .file = text.file,
        .at = text.bytes,
        .end = text.bytes + text.length,
        .next_line = 1,
    };
    size_t       line_count = count_bytes(&text, "\r\n") + 1;
    size_t       cell_count = count_bytes(&text, ",") + line_count;
    const char **cells = arena_new(arena, const char *, cell_count);
    struct csv  *csv = arena_new(arena, struct csv, 1);
    csv->file = text.file;
    csv->column = cells;
    csv->column_count = read_row(&scan, cells);
    if (csv->column_count == 0 || !check_header(&scan, csv))
        return NULL;
    csv->cell = cells + csv->column_count;
    csv->line = arena_new(arena, int, line_count);
    return read_rows(&scan, csv) ? csv : NULL;
}

int csv_column(const struct csv *csv, const char *name)
{
    for (int i = 0; i < csv->column_count; i++)
        if (strcmp(csv->column[i], name) == 0)
            return i;
    return -1;
}

struct node *csv_node(struct arena *arena, const struct csv *csv, int row, int column)
{
    must(row >= 0 && row < csv->row_count && column >= 0 && column < csv->column_count);
    const char **cells = csv->cell + (size_t)row * (size_t)csv->column_count;
    const char  *start = opening(cells[column]);
    struct place place = place_from(opening(cells[0]), csv->line[row], start);
    struct node *node = arena_new(arena, struct node, 1);
    node->kind = NODE_SCALAR;
    node->file = csv->file;
    node->line = place.line;
    node->column = place.column;
    node->key = csv->column[column];
    node->key_line = place.line;
    node->key_column = place.column;
    node->text = cells[column];
    node->quoted = start != cells[column];
    return node;
}

struct node *csv_head(struct arena *arena, const struct csv *csv, int column)
{
    int        line = 1;
    struct csv head = *csv; /* the header as the row of a table without one */
    head.cell = csv->column;
    head.line = &line;
    head.row_count = 1;
    return csv_node(arena, &head, 0, column);
}

const char *csv_path_beside(struct arena *arena, const char *from_file, const char *name)
{
    return text_path_beside(arena, from_file, name);
}
