/* Tables as CSV (RFC 4180, UTF-8, point decimals whatever the locale): reading series beside a
 * scenario, writing results with fixed number formats.
 */
#ifndef CELSIM_SIM_CSV_H
#define CELSIM_SIM_CSV_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/arena.h"
#include "sim/error.h"
#include "sim/tree.h"

/* A read table. cell[row * column_count + column]; row 0 is the first below the header. */
struct csv {
    const char  *file;
    int          row_count, column_count;
    const char **column;
    const char **cell; /* each points into the file's text: csv_node finds its place from that */
    int         *line; /* of each row in the file, from 1 */
};

/* Reads the text of a file with a header row; `name` stands for the file in messages. Refuses rows
 * with another number of cells than the header, text that is not UTF-8, quotes that do not close.
 * NULL after errors. */
const struct csv *csv_read(struct arena *arena, const char *name, const char *bytes, size_t length,
                           struct errors *errors);

/* The column with this name, or -1. */
int csv_column(const struct csv *csv, const char *name);

/* A cell as a scalar node with its file and place, so that the readers of fields.h read it and
 * errors point at it. Its key is the name of its column. */
struct node *csv_node(struct arena *arena, const struct csv *csv, int row, int column);
/* A cell of the header, likewise: text and key are the name of the column. */
struct node *csv_head(struct arena *arena, const struct csv *csv, int column);

/* The path of `name` seen from the folder of `from_file`. */
const char *csv_path_beside(struct arena *arena, const char *from_file, const char *name);

/* A file being written: beside its name, with ".part" behind it, and renamed by csv_close when all
 * went well. Large buffer, own integer formatting. A failure is kept and told by csv_close. */
struct csv_out {
    FILE       *file;
    const char *path, *part_path;
    char       *buffer;
    size_t      used, room;
    bool        in_row;  /* a cell was written since the last row end */
    int         failure; /* errno of what went wrong first; 0: nothing */
};

MUST_USE bool csv_open(struct csv_out *out, struct arena *arena, const char *path,
                       struct errors *errors);
/* Cells; separators and line ends are put by the calls: each cell call writes a separator first
 * unless it opens a row. */
void csv_text(struct csv_out *out, const char *text); /* quoted where RFC 4180 asks */
void csv_integer(struct csv_out *out, int64_t value);
/* value / 10^decimals, written with exactly that many decimals: (1234, 2) is 12.34. */
void          csv_decimal(struct csv_out *out, int64_t value, int decimals);
void          csv_empty(struct csv_out *out);
void          csv_row_end(struct csv_out *out);
MUST_USE bool csv_close(struct csv_out *out, struct errors *errors);

#endif
