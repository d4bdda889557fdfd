/* Reading and writing tables; lines and columns were counted by hand in the texts below. */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/csv.h"
#include "sim/text.h"
#include "tests/own_folder.h"

struct world {
    struct arena  arena;
    struct errors errors;
    const char   *path; /* of the one table of this test */
};

static void open_world(struct world *world)
{
    memset(world, 0, sizeof *world);
    cr_assert(arena_open(&world->arena, (size_t)1 << 32, &world->errors));
    world->path = arena_print(&world->arena, "%s/t.csv", own_folder());
}

static void close_world(struct world *world)
{
    arena_close(&world->arena);
}

/* All errors as "line:column: text", a line each; "outside: text" for those without a place. */
static const char *told(struct world *world)
{
    static char text[1 << 16];
    size_t      used = 0;
    text[0] = '\0';
    for (int i = 0; i < world->errors.count; i++) {
        const struct error *error = &world->errors.list[i];
        if (error->outside)
            used += (size_t)snprintf(text + used, sizeof text - used, "outside: %s\n", error->text);
        else
            used += (size_t)snprintf(text + used, sizeof text - used, "%d:%d: %s\n", error->line,
                                     error->column, error->text);
    }
    world->errors.count = 0;
    return text;
}

static const struct csv *read_bytes(struct world *world, const char *text, size_t length)
{
    return csv_read(&world->arena, world->path, text, length, &world->errors);
}

static const struct csv *read_path(struct world *world, const char *path)
{
    struct text text;
    return text_read(&world->arena, path, &text, &world->errors)
               ? read_bytes(world, text.bytes, text.length)
               : NULL;
}

static const struct csv *read_csv(struct world *world, const char *text)
{
    return read_bytes(world, text, strlen(text));
}

Test(csv, reads_cells_with_their_places)
{
    struct world world;
    open_world(&world);
    const struct csv *csv = read_csv(&world, "date,\"the \"\"rate\"\"\",note\n"
                                             "2026-01-01,3.5,\"caf\u00e9, \"\"b\"\"\"\n"
                                             "2026-02-01,\"two\nlines\",x\n"
                                             "\u00e9\u00e9,,\n"
                                             "\"q\"\"\u00e9\u00e9\",\"\u00e9\",last\n");
    cr_assert(csv != NULL, "%s", told(&world));
    cr_expect(csv->column_count == 3 && csv->row_count == 4);
    cr_expect(csv_column(csv, "the \"rate\"") == 1 && csv_column(csv, "rate") == -1);
    static const struct {
        const char *text;
        int         line, column;
        bool        quoted;
    } cells[] = {
        {"2026-01-01", 2, 1, false},
        {"3.5", 2, 12, false},
        {"caf\u00e9, \"b\"", 2, 16, true},
        {"2026-02-01", 3, 1, false},
        {"two\nlines", 3, 12, true},
        {"x", 4, 8, false},
        {"\u00e9\u00e9", 5, 1, false},
        {"", 5, 4, false},
        {"", 5, 5, false},
        {"q\"\u00e9\u00e9", 6, 1, true},
        {"\u00e9", 6, 9, true},
        {"last", 6, 13, false},
    };
    for (int i = 0; i < 12; i++) {
        struct node *node = csv_node(&world.arena, csv, i / 3, i % 3);
        cr_expect_str_eq(csv->cell[i], cells[i].text);
        cr_expect_str_eq(node->text, cells[i].text);
        cr_expect_str_eq(node->file, world.path);
        cr_expect(node->line == cells[i].line && node->column == cells[i].column,
                  "'%s' stands at %d:%d", node->text, node->line, node->column);
        cr_expect(node->quoted == cells[i].quoted && node->kind == NODE_SCALAR);
        cr_expect_str_eq(node->key, csv->column[i % 3]);
    }
    const struct node *head = csv_head(&world.arena, csv, 1);
    cr_expect_str_eq(head->text, csv->column[1]);
    cr_expect_str_eq(head->key, csv->column[1]);
    cr_expect(head->line == 1 && head->column == 6); /* behind `date,` */
    static const int lines[] = {2, 3, 5, 6};
    for (int i = 0; i < 4; i++)
        cr_expect(csv->line[i] == lines[i]);
    close_world(&world);
}

Test(csv, takes_a_byte_order_mark_all_line_ends_and_no_last_one)
{
    static const char *const texts[] = {"\uFEFFa,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,2",
                                        "\"a\",\"b\"\r1,2\r", "\xEF\xBB\xBF\"a\",b\r\n1,\"2\""};
    struct world             world;
    open_world(&world);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const struct csv *csv = read_csv(&world, texts[i]);
        cr_assert(csv != NULL, "%s", told(&world));
        cr_expect(csv->row_count == 1 && csv->column_count == 2 && csv->line[0] == 2);
        cr_expect(csv_column(csv, "a") == 0 && csv_column(csv, "b") == 1);
        cr_expect_str_eq(csv->cell[0], "1");
        cr_expect_str_eq(csv->cell[1], "2");
    }
    const struct csv *header = read_csv(&world, "a,b\n");
    cr_expect(header != NULL && header->row_count == 0 && header->column_count == 2);
    close_world(&world);
}

static const struct refusal {
    const char *text, *told;
} refusals[] = {
    {"", "1:1: the file is empty; it must start with column names\n"},
    {"\xEF\xBB\xBF", "1:1: the file is empty; it must start with column names\n"},
    {"date;rate\n2026-01-01;1,5\n",
     "1:1: cells are separated by ';'; save the file with commas (and decimal points)\n"},
    {"date\trate\n",
     "1:1: cells are separated by tabs; save the file with commas (and decimal points)\n"},
    {"\u00e9,b,\u00e9,\n",
     "1:5: column '\u00e9' stands twice in the header; a name may stand once\n"
     "1:7: column 4 has no name; each column needs one\n"},
    {"a,b\n1\n1,2\n1,2,3\n\n",
     "2:1: this row has 1 cell, the header 2; each row must have as many\n"
     "4:1: this row has 3 cells, the header 2; each row must have as many\n"
     "5:1: this row has 1 cell, the header 2; each row must have as many\n"},
    {"a,b\n\"x\ny\",1\n1\n",
     "4:1: this row has 1 cell, the header 2; each row must have as many\n"},
    {"a,b\n\u00e9,\"open\n1,2\n", "2:3: the quote that opens here does not close\n"},
    {"a,b\n\"\u00e9\"\"\u00e9\",\"x\"y\n",
     "2:11: text behind the closing quote; a quote inside a cell in quotes is written twice\n"},
    {"a,b\n\u00e9\u00e9,5\" wide\n",
     "2:5: a quote inside a cell; put the whole cell in quotes and write the quote twice\n"},
    {"a,b\ncaf\xE9,1\n", "2:4: byte 0xE9 is not UTF-8; save the file as UTF-8\n"},
};

static void check_refusals(struct world *world)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        cr_expect(read_csv(world, refusals[i].text) == NULL);
        cr_expect_str_eq(told(world), refusals[i].told, "of %s", refusals[i].text);
    }
}

Test(csv, refuses_what_is_no_table_with_its_place)
{
    struct world world;
    open_world(&world);
    check_refusals(&world);
    cr_expect(read_bytes(&world, "a,b\n1,\0\n", 8) == NULL);
    cr_expect_str_eq(told(&world), "2:3: character U+0000 is not allowed; of the control "
                                   "characters only tabs and line ends are\n");
    cr_expect(read_path(&world, own_folder()) == NULL);
    cr_expect_str_eq(told(&world), "outside: is a folder; a file is needed here\n");
    cr_expect(read_path(&world, own_file("no.csv", NULL)) == NULL);
    cr_expect_str_eq(told(&world), "outside: cannot be read: No such file or directory\n");
    close_world(&world);
}

Test(csv, finds_paths_beside_a_file)
{
    struct world world;
    open_world(&world);
    struct arena *arena = &world.arena;
    cr_expect_str_eq(csv_path_beside(arena, "configs/nl.yaml", "data/x.csv"), "configs/data/x.csv");
    cr_expect_str_eq(csv_path_beside(arena, "nl.yaml", "x.csv"), "x.csv");
    cr_expect_str_eq(csv_path_beside(arena, "/a/b/nl.yaml", "../x.csv"), "/a/b/../x.csv");
    cr_expect_str_eq(csv_path_beside(arena, "/nl.yaml", "x.csv"), "/x.csv");
    cr_expect_str_eq(csv_path_beside(arena, "a/nl.yaml", "/x.csv"), "/x.csv");
    close_world(&world);
}

static void check_content(const char *path, const char *expected)
{
    static char text[1 << 16];
    FILE       *file = fopen(path, "rb");
    cr_assert(file != NULL);
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    cr_expect_str_eq(text, expected);
}

static void write_all_kinds(struct world *world)
{
    struct csv_out out;
    cr_assert(csv_open(&out, &world->arena, world->path, &world->errors));
    csv_text(&out, "name");
    csv_text(&out, "a,b");
    csv_text(&out, "say \"hi\"");
    csv_text(&out, "two\nlines");
    csv_text(&out, "");
    csv_row_end(&out);
    csv_integer(&out, 0);
    csv_integer(&out, -42);
    csv_integer(&out, INT64_MAX);
    csv_integer(&out, INT64_MIN);
    csv_empty(&out);
    csv_row_end(&out);
    csv_decimal(&out, 1234, 2);
    csv_decimal(&out, -5, 2);
    csv_decimal(&out, 0, 3);
    csv_decimal(&out, 7, 0);
    csv_decimal(&out, INT64_MIN, 18);
    csv_row_end(&out);
    cr_expect(csv_close(&out, &world->errors));
    cr_expect_str_eq(told(world), "");
    check_content(world->path, "name,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\n"
                               "0,-42,9223372036854775807,-9223372036854775808,\n"
                               "12.34,-0.05,0.000,7,-9.223372036854775808\n");
}

/* The same number by printf: all its digits, with zeros in front, and a point put between. */
static void print_decimal(char *to, int64_t value, int decimals)
{
    char     digits[32];
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int      length = snprintf(digits, sizeof digits, "%0*" PRIu64, decimals + 1, size);
    sprintf(to, "%s%.*s%s%s\n", value < 0 ? "-" : "", length - decimals, digits,
            decimals > 0 ? "." : "", digits + length - decimals);
}

/* Of each length, with each number of decimals: 1, 9, 10, 11, 99, .. and some between, both signs.
 */
Test(csv, writes_numbers_as_printf_does)
{
    static char    expected[1 << 16];
    char          *end = expected;
    struct world   world;
    struct csv_out out;
    open_world(&world);
    cr_assert(csv_open(&out, &world.arena, world.path, &world.errors));
    for (int decimals = 0; decimals <= 18; decimals++)
        for (int64_t ten = 1; ten <= INT64_MAX / 10; ten *= 10) {
            const int64_t values[] = {ten, ten - 1, ten + 1, ten / 7 * 23, -ten, 1 - ten};
            for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
                csv_decimal(&out, values[i], decimals);
                csv_row_end(&out);
                print_decimal(end, values[i], decimals);
                end += strlen(end);
            }
        }
    cr_expect(csv_close(&out, &world.errors));
    check_content(world.path, expected);
    close_world(&world);
}

Test(csv, writes_exact_numbers_and_quotes_where_needed)
{
    struct world world;
    open_world(&world);
    write_all_kinds(&world);
    const struct csv *csv = read_path(&world, world.path);
    cr_expect(csv == NULL); /* the last name is empty */
    cr_expect_str_eq(told(&world), "2:8: column 5 has no name; each column needs one\n");
    close_world(&world);
}

Test(csv, does_not_depend_on_the_locale)
{
    struct world world;
    if (setlocale(LC_ALL, "nl_NL.UTF-8") == NULL)
        cr_skip_test("the locale nl_NL.UTF-8 is not installed");
    open_world(&world);
    check_refusals(&world);
    write_all_kinds(&world);
    close_world(&world);
}

/* Over several buffers of 1 MB, with one cell that is larger than the buffer. */
Test(csv, reads_back_a_large_table)
{
    struct world world;
    open_world(&world);
    const int rows = 300000;
    size_t    long_length = 3000000;
    char     *long_text = memset(arena_take(&world.arena, 1, long_length + 1), 'x', long_length);
    struct csv_out out;
    cr_assert(csv_open(&out, &world.arena, world.path, &world.errors));
    csv_text(&out, "number");
    csv_text(&out, "share");
    csv_row_end(&out);
    for (int i = 0; i < rows; i++) {
        csv_integer(&out, i);
        csv_decimal(&out, i, 5);
        csv_row_end(&out);
    }
    long_text[1000] = '"';
    csv_text(&out, long_text);
    csv_empty(&out);
    csv_row_end(&out);
    cr_assert(csv_close(&out, &world.errors));
    const struct csv *csv = read_path(&world, world.path);
    cr_assert(csv != NULL && csv->row_count == rows + 1);
    for (int i = 0; i < rows; i++) {
        cr_assert(atoi(csv->cell[2 * i]) == i);
        /* i / 100000 with five decimals has its last digit where the integer has it. */
        cr_assert(strlen(csv->cell[2 * i + 1]) == 7 && csv->cell[2 * i + 1][1] == '.');
        cr_assert((csv->cell[2 * i + 1][0] - '0') * 100000 + atoi(csv->cell[2 * i + 1] + 2) == i);
    }
    cr_expect_str_eq(csv->cell[2 * rows], long_text);
    close_world(&world);
}

Test(csv, leaves_nothing_behind_when_the_disk_is_full)
{
    struct world world;
    open_world(&world);
    const char *part = arena_print(&world.arena, "%s.part", world.path);
    cr_assert(symlink("/dev/full", part) == 0);
    struct csv_out out;
    cr_assert(csv_open(&out, &world.arena, world.path, &world.errors));
    for (int i = 0; i < 500000; i++) {
        csv_integer(&out, i);
        csv_row_end(&out);
    }
    cr_expect(!csv_close(&out, &world.errors));
    cr_expect_str_eq(world.errors.list[0].file, world.path);
    cr_expect_str_eq(told(&world), "outside: cannot be written: No space left on device\n");
    struct stat status;
    cr_expect(lstat(part, &status) != 0 && lstat(world.path, &status) != 0);
    close_world(&world);
}

Test(csv, tells_what_cannot_be_written)
{
    struct world world;
    open_world(&world);
    struct csv_out out;
    const char    *nowhere = arena_print(&world.arena, "%s/no/t.csv", own_folder());
    cr_expect(!csv_open(&out, &world.arena, nowhere, &world.errors));
    cr_expect_str_eq(told(&world), "outside: cannot be written: No such file or directory\n");
    /* The name is taken by a folder: the part cannot take its place. */
    cr_assert(mkdir(world.path, 0700) == 0);
    cr_assert(csv_open(&out, &world.arena, world.path, &world.errors));
    csv_integer(&out, 1);
    cr_expect(!csv_close(&out, &world.errors));
    cr_expect_str_eq(told(&world), "outside: cannot be written: Is a directory\n");
    struct stat status;
    cr_expect(lstat(out.part_path, &status) != 0);
    close_world(&world);
}

Test(csv, keeps_the_old_file_until_the_new_one_is_whole)
{
    struct world world;
    open_world(&world);
    FILE *file = fopen(world.path, "wb");
    fputs("old\n", file);
    fclose(file);
    struct csv_out out;
    cr_assert(csv_open(&out, &world.arena, world.path, &world.errors));
    csv_text(&out, "new");
    csv_row_end(&out);
    check_content(world.path, "old\n");
    cr_expect(csv_close(&out, &world.errors));
    check_content(world.path, "new\n");
    struct stat status;
    cr_expect(lstat(out.part_path, &status) != 0);
    close_world(&world);
}
