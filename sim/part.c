#include "sim/part.h"

#include <errno.h>
#include <fcntl.h>
#include <netcdf.h>
#include <netcdf_mem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define PATH_ROOM 4096
#define DEFLATE_LEVEL 1
#define LAST_LINE 16 /* "\ncrc32 01234567\n" */

/* An open netCDF file. The first failure stays in `status`. What only looks up or defines may be
 * called after it, in a row, and fails too; numbers are not moved after it. */
struct file {
    int         id, status;
    const char *path;
    int         daily, yearly, total; /* variables */
};

/* The numbers of a replication under one variable: rows x columns in memory, columns x rows in the
 * file. */
struct block {
    int    variable;
    size_t rows, columns, width; /* width: bytes of a number */
    char  *numbers;
};

static void note(struct file *file, int status)
{
    if (file->status == NC_NOERR)
        file->status = status;
}

static bool failed(const struct file *file)
{
    return file->status != NC_NOERR;
}

static void cut_into_blocks(const struct file *file, const struct record_size *size,
                            const struct record *record, struct block blocks[2])
{
    blocks[0] = (struct block){file->daily, size->days, size->daily_columns, sizeof(int32_t),
                               (char *)record->daily};
    blocks[1] = (struct block){file->yearly, size->years, size->yearly_columns, sizeof(int64_t),
                               (char *)record->yearly};
}

/* Room for the longest series of a block. */
static size_t column_bytes(const struct record_size *size)
{
    size_t daily = size->days * sizeof(int32_t), yearly = size->years * sizeof(int64_t);
    return daily > yearly ? daily : yearly;
}

static void copy_spread(char *to, size_t to_step, const char *from, size_t from_step, size_t count,
                        size_t width)
{
    for (size_t i = 0; i < count; i++)
        memcpy(to + i * to_step, from + i * from_step, width);
}

/* Writing. */

static int define_dimension(struct file *file, const char *name, size_t length)
{
    int dimension = -1;
    must(length > 0); /* netCDF takes 0 for unlimited */
    note(file, nc_def_dim(file->id, name, length, &dimension));
    return dimension;
}

static int define_variable(struct file *file, const char *name, nc_type type, int dimensions,
                           const int *dimension)
{
    int variable = -1;
    note(file, nc_def_var(file->id, name, type, dimensions, dimension, &variable));
    return variable;
}

/* One chunk a replication, kept in memory until the next begins, so that it is packed once. */
static int define_numbers(struct file *file, const char *name, nc_type type, int dimensions,
                          const int *dimension, const size_t *chunk, size_t chunk_bytes)
{
    int variable = define_variable(file, name, type, dimensions, dimension);
    note(file, nc_def_var_chunking(file->id, variable, NC_CHUNKED, chunk));
    note(file, nc_set_var_chunk_cache(file->id, variable, 2 * chunk_bytes, 11, 1));
    note(file, nc_def_var_deflate(file->id, variable, 1, 1, DEFLATE_LEVEL));
    note(file, nc_def_var_fletcher32(file->id, variable, NC_FLETCHER32));
    note(file, nc_def_var_endian(file->id, variable, NC_ENDIAN_LITTLE));
    return variable;
}

static void put_text(struct file *file, int variable, const char *name, const char *text)
{
    note(file, nc_put_att_text(file->id, variable, name, strlen(text), text));
}

/* As a variable: an attribute holds 64 KB at most. */
static void define_scenario(struct file *file, size_t length)
{
    int dimension = define_dimension(file, "scenario_byte", length);
    int variable = define_variable(file, "scenario", NC_CHAR, 1, &dimension);
    note(file, nc_def_var_deflate(file->id, variable, 0, 1, DEFLATE_LEVEL));
    put_text(file, variable, "_Encoding", "utf-8");
}

static void put_number(struct file *file, const char *name, uint32_t number)
{
    note(file, nc_put_att_uint(file->id, NC_GLOBAL, name, NC_UINT, 1, &number));
}

static void put_head(struct file *file, const struct part_head *head, const struct records *records)
{
    char seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)head->seed);
    put_text(file, NC_GLOBAL, "Conventions", "CF-1.8");
    put_text(file, NC_GLOBAL, "version", head->version);
    put_text(file, NC_GLOBAL, "digest", head->digest);
    put_text(file, NC_GLOBAL, "seed", seed);
    put_number(file, "first_replication", records->first);
    put_number(file, "replications", records->count);
}

static void define(struct file *file, const struct record_size *size, uint32_t replications)
{
    int replication = define_dimension(file, "replication", replications);
    int daily_series = define_dimension(file, "daily_series", size->daily_columns);
    int day = define_dimension(file, "day", size->days);
    int yearly_series = define_dimension(file, "yearly_series", size->yearly_columns);
    int year = define_dimension(file, "year", size->years);
    int total_series = define_dimension(file, "total_series", size->total_columns);

    int    daily[3] = {replication, daily_series, day};
    int    yearly[3] = {replication, yearly_series, year};
    int    total[2] = {replication, total_series};
    size_t daily_chunk[3] = {1, size->daily_columns, size->days};
    size_t yearly_chunk[3] = {1, size->yearly_columns, size->years};
    size_t total_chunk[2] = {1, size->total_columns};

    file->daily = define_numbers(file, "daily", NC_INT, 3, daily, daily_chunk,
                                 daily_chunk[1] * daily_chunk[2] * sizeof(int32_t));
    file->yearly = define_numbers(file, "yearly", NC_INT64, 3, yearly, yearly_chunk,
                                  yearly_chunk[1] * yearly_chunk[2] * sizeof(int64_t));
    file->total = define_numbers(file, "total", NC_INT64, 2, total, total_chunk,
                                 total_chunk[1] * sizeof(int64_t));

    define_variable(file, "replication", NC_INT, 1, &replication);
    define_variable(file, "daily_series", NC_STRING, 1, &daily_series);
    define_variable(file, "yearly_series", NC_STRING, 1, &yearly_series);
    define_variable(file, "total_series", NC_STRING, 1, &total_series);
    define_variable(file, "year", NC_INT, 1, &year);
    int dates = define_variable(file, "day", NC_INT, 1, &day);
    put_text(file, dates, "standard_name", "time");
    put_text(file, dates, "units", "days since 1970-01-01");
    put_text(file, dates, "calendar", "proleptic_gregorian");
    note(file, nc_enddef(file->id));
}

/* first, first + 1 .. along a dimension, in the variable of its name. */
static void put_coordinate(struct file *file, const char *name, int32_t first, uint32_t count)
{
    int variable = -1;
    note(file, nc_inq_varid(file->id, name, &variable));
    for (size_t i = 0; i < count && !failed(file); i++) {
        int number = first + (int)i;
        note(file, nc_put_var1_int(file->id, variable, &i, &number));
    }
}

static void put_names(struct file *file, const char *name, const char *const *names, uint32_t count)
{
    int variable = -1;
    note(file, nc_inq_varid(file->id, name, &variable));
    for (size_t i = 0; i < count && !failed(file); i++) {
        const char *one = names[i];
        note(file, nc_put_var1_string(file->id, variable, &i, &one));
    }
}

static void put_scenario(struct file *file, const char *text)
{
    int variable = -1;
    note(file, nc_inq_varid(file->id, "scenario", &variable));
    if (!failed(file))
        note(file, nc_put_var_text(file->id, variable, text));
}

static void put_coordinates(struct file *file, const struct part_head *head,
                            const struct records *records)
{
    const struct record_size *size = &records->size;
    put_coordinate(file, "replication", (int32_t)records->first, records->count);
    put_coordinate(file, "day", head->first_day, size->days);
    put_coordinate(file, "year", head->first_year, size->years);
    put_names(file, "daily_series", head->daily_names, size->daily_columns);
    put_names(file, "yearly_series", head->yearly_names, size->yearly_columns);
    put_names(file, "total_series", head->total_names, size->total_columns);
}

static void put_block(struct file *file, size_t index, const struct block *block, char *column)
{
    size_t width = block->width, row_bytes = block->columns * width;
    for (size_t c = 0; c < block->columns && !failed(file); c++) {
        copy_spread(column, width, block->numbers + c * width, row_bytes, block->rows, width);
        note(file, nc_put_vara(file->id, block->variable, (size_t[]){index, c, 0},
                               (size_t[]){1, 1, block->rows}, column));
    }
}

static void put_replication(struct file *file, const struct records *records, uint32_t index,
                            char *column)
{
    struct block blocks[2];
    cut_into_blocks(file, &records->size, &records->record[index], blocks);
    put_block(file, index, &blocks[0], column);
    put_block(file, index, &blocks[1], column);
    if (!failed(file))
        note(file,
             nc_put_vara(file->id, file->total, (size_t[]){index, 0},
                         (size_t[]){1, records->size.total_columns}, records->record[index].total));
}

/* Builds the file in memory. HDF5 must not meet a full disk: after a failed write it follows null
 * pointers, at the latest when the program ends (seen with 1.10.8). */
static bool build(const char *path, const struct part_head *head, const struct records *records,
                  NC_memio *image, struct errors *errors)
{
    struct arena arena;
    struct file  file = {.path = path};
    size_t       bytes = column_bytes(&records->size);

    if (!arena_open(&arena, bytes, errors))
        return false;
    char *column = arena_take(&arena, bytes, 1);

    note(&file, nc_create_mem(path, NC_NETCDF4, 0, &file.id));
    if (!failed(&file)) {
        put_head(&file, head, records);
        define_scenario(&file, strlen(head->scenario));
        define(&file, &records->size, records->count);
        put_scenario(&file, head->scenario);
        put_coordinates(&file, head, records);
        for (uint32_t i = 0; i < records->count; i++)
            put_replication(&file, records, i, column);
        note(&file, nc_close_memio(file.id, image));
    }
    arena_close(&arena);
    if (failed(&file))
        errors_add_outside(errors, path, "cannot be written: %s", nc_strerror(file.status));
    return !failed(&file);
}

static bool write_all(int handle, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t done = write(handle, bytes, count);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        count -= (size_t)done;
    }
    return true;
}

static void print_last_line(uLong check, char line[LAST_LINE + 1])
{
    snprintf(line, LAST_LINE + 1, "\ncrc32 %08lx\n", check);
}

static bool write_aside(const char *path, const char *aside, const NC_memio *image,
                        struct errors *errors)
{
    char line[LAST_LINE + 1];
    print_last_line(crc32_z(0, image->memory, image->size), line);

    int  handle = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool written = handle >= 0 && write_all(handle, image->memory, image->size) &&
                   write_all(handle, line, LAST_LINE) && fsync(handle) == 0;
    if (!written)
        errors_add_outside(errors, path, "cannot be written: %s", strerror(errno));
    if (handle >= 0)
        close(handle);
    return written;
}

static bool sync_folder_of(const char *path)
{
    char        folder[PATH_ROOM] = ".";
    const char *slash = strrchr(path, '/');
    if (slash)
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path) + 1, path);
    int handle = open(folder, O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return false;
    bool synced = fsync(handle) == 0 || errno == EINVAL; /* some file systems cannot */
    close(handle);
    return synced;
}

static bool put_in_place(const char *aside, const char *path, struct errors *errors)
{
    if (rename(aside, path) == 0 && sync_folder_of(path))
        return true;
    errors_add_outside(errors, path, "cannot be put in place: %s", strerror(errno));
    return false;
}

bool part_write(const char *path, const struct part_head *head, const struct records *records,
                struct errors *errors)
{
    char aside[PATH_ROOM];
    if (snprintf(aside, sizeof aside, "%s.part", path) >= PATH_ROOM) {
        errors_add_outside(errors, path, "the path is too long");
        return false;
    }
    NC_memio image = {0};
    bool     written = build(path, head, records, &image, errors) &&
                   write_aside(path, aside, &image, errors) && put_in_place(aside, path, errors);
    nc_free_string(1, &(char *){image.memory}); /* netCDF made it, netCDF gives it back */
    if (!written)
        unlink(aside);
    return written;
}

/* Reading. */

static size_t get_length(struct file *file, const char *name, int *dimension)
{
    size_t length = 0;
    *dimension = -1;
    note(file, nc_inq_dimid(file->id, name, dimension));
    note(file, nc_inq_dimlen(file->id, *dimension, &length));
    if (length > INT32_MAX)
        note(file, NC_EDIMSIZE);
    return length;
}

/* The variable of a name, if it has this type and these dimensions: no more is then read than there
 * is room for. */
static int find_variable(struct file *file, const char *name, nc_type type, int dimensions,
                         const int *dimension)
{
    int     variable = -1, count = 0, found[NC_MAX_VAR_DIMS];
    nc_type found_type = NC_NAT;
    note(file, nc_inq_varid(file->id, name, &variable));
    note(file, nc_inq_var(file->id, variable, NULL, &found_type, &count, found, NULL));
    if (failed(file))
        return variable;
    if (found_type != type || count != dimensions ||
        memcmp(found, dimension, (size_t)count * sizeof *found) != 0)
        note(file, NC_EBADTYPE);
    return variable;
}

static uint32_t get_number(struct file *file, const char *name)
{
    size_t   length = 0;
    uint32_t number = 0;
    note(file, nc_inq_attlen(file->id, NC_GLOBAL, name, &length));
    if (length != 1)
        note(file, NC_EINVAL);
    if (!failed(file))
        note(file, nc_get_att_uint(file->id, NC_GLOBAL, name, &number));
    return number;
}

static const char *get_text(struct file *file, struct arena *arena, const char *name)
{
    size_t  length = 0;
    nc_type type = NC_NAT;
    note(file, nc_inq_att(file->id, NC_GLOBAL, name, &type, &length));
    if (type != NC_CHAR)
        note(file, NC_EBADTYPE);
    if (failed(file))
        return "";
    char *text = arena_take(arena, length + 1, 1);
    note(file, nc_get_att_text(file->id, NC_GLOBAL, name, text));
    return text;
}

static const char *get_scenario(struct file *file, struct arena *arena)
{
    int    dimension;
    size_t length = get_length(file, "scenario_byte", &dimension);
    int    variable = find_variable(file, "scenario", NC_CHAR, 1, &dimension);
    if (failed(file))
        return "";
    char *text = arena_take(arena, length + 1, 1);
    note(file, nc_get_var_text(file->id, variable, text));
    return text;
}

static uint64_t get_seed(struct file *file, struct arena *arena)
{
    const char *text = get_text(file, arena, "seed");
    char       *end;
    errno = 0;
    unsigned long long seed = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0)
        note(file, NC_EINVAL);
    return seed;
}

static void get_layout(struct file *file, struct records *records)
{
    int replication, daily[3], yearly[3], total[2];
    *records = (struct records){.count = (uint32_t)get_length(file, "replication", &replication)};
    records->first = get_number(file, "first_replication");
    records->size = (struct record_size){
        .daily_columns = (uint32_t)get_length(file, "daily_series", &daily[1]),
        .days = (uint32_t)get_length(file, "day", &daily[2]),
        .yearly_columns = (uint32_t)get_length(file, "yearly_series", &yearly[1]),
        .years = (uint32_t)get_length(file, "year", &yearly[2]),
        .total_columns = (uint32_t)get_length(file, "total_series", &total[1]),
    };
    daily[0] = yearly[0] = total[0] = replication;
    file->daily = find_variable(file, "daily", NC_INT, 3, daily);
    file->yearly = find_variable(file, "yearly", NC_INT64, 3, yearly);
    file->total = find_variable(file, "total", NC_INT64, 2, total);
}

static bool read_all(int handle, char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t done = read(handle, bytes, count);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes += done;
        count -= (size_t)done;
    }
    return true;
}

/* Is the last line the check of all before it? */
static bool is_whole(int handle)
{
    char        buffer[1 << 15], line[LAST_LINE + 1] = "", expected[LAST_LINE + 1];
    uLong       check = 0;
    struct stat status;

    if (fstat(handle, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size < LAST_LINE)
        return false;
    size_t left = (size_t)status.st_size - LAST_LINE;
    while (left > 0) {
        size_t count = left < sizeof buffer ? left : sizeof buffer;
        if (!read_all(handle, buffer, count))
            return false;
        check = crc32_z(check, (const Bytef *)buffer, count);
        left -= count;
    }
    print_last_line(check, expected);
    return read_all(handle, line, LAST_LINE) && memcmp(line, expected, LAST_LINE) == 0;
}

/* HDF5 has crashed on damaged files, so it gets to see whole ones only. */
static bool check_whole(const char *path, struct errors *errors)
{
    int handle = open(path, O_RDONLY | O_CLOEXEC);
    if (handle < 0) {
        errors_add_outside(errors, path, "cannot be opened: %s", strerror(errno));
        return false;
    }
    bool whole = is_whole(handle);
    close(handle);
    if (!whole)
        errors_add_outside(errors, path, "is not a part of a run, or was cut short or damaged");
    return whole;
}

/* Opens a part and reads its layout. On failure nothing is open. */
static bool open_part(const char *path, struct file *file, struct records *records,
                      struct errors *errors)
{
    *file = (struct file){.path = path};
    if (!check_whole(path, errors))
        return false;

    note(file, nc_open(path, NC_NOWRITE, &file->id));
    bool opened = !failed(file);
    if (opened)
        get_layout(file, records);
    if (!failed(file))
        return true;
    errors_add_outside(errors, path, "is not a part of a run: %s", nc_strerror(file->status));
    if (opened)
        nc_close(file->id);
    return false;
}

bool part_read_head(struct arena *arena, const char *path, struct part_head *head,
                    struct records *records, struct errors *errors)
{
    struct file file;
    if (!open_part(path, &file, records, errors))
        return false;

    int    day, year;
    size_t start = 0;
    *head = (struct part_head){
        .version = get_text(&file, arena, "version"),
        .scenario = get_scenario(&file, arena),
        .digest = get_text(&file, arena, "digest"),
        .seed = get_seed(&file, arena),
    };
    note(&file, nc_inq_varid(file.id, "day", &day));
    note(&file, nc_inq_varid(file.id, "year", &year));
    if (!failed(&file)) {
        note(&file, nc_get_var1_int(file.id, day, &start, &head->first_day));
        note(&file, nc_get_var1_int(file.id, year, &start, &head->first_year));
    }
    nc_close(file.id);
    if (failed(&file))
        errors_add_outside(errors, path, "is not a part of a run: %s", nc_strerror(file.status));
    return !failed(&file);
}

static void get_block(struct file *file, size_t index, const struct block *block, char *column)
{
    size_t width = block->width, row_bytes = block->columns * width;
    for (size_t c = 0; c < block->columns && !failed(file); c++) {
        note(file, nc_get_vara(file->id, block->variable, (size_t[]){index, c, 0},
                               (size_t[]){1, 1, block->rows}, column));
        copy_spread(block->numbers + c * width, row_bytes, column, width, block->rows, width);
    }
}

static void get_replication(struct file *file, const struct record_size *size, uint32_t index,
                            const struct record *record, char *column)
{
    struct block blocks[2];
    cut_into_blocks(file, size, record, blocks);
    get_block(file, index, &blocks[0], column);
    get_block(file, index, &blocks[1], column);
    if (!failed(file))
        note(file, nc_get_vara(file->id, file->total, (size_t[]){index, 0},
                               (size_t[]){1, size->total_columns}, record->total));
}

static bool same_size(const struct file *file, const struct record_size *held,
                      const struct record_size *wanted, struct errors *errors)
{
    if (memcmp(held, wanted, sizeof *held) == 0)
        return true;
    errors_add_outside(
        errors, file->path,
        "holds %u days x %u series, %u years x %u series and %u totals; this run has %u x %u, "
        "%u x %u and %u",
        held->days, held->daily_columns, held->years, held->yearly_columns, held->total_columns,
        wanted->days, wanted->daily_columns, wanted->years, wanted->yearly_columns,
        wanted->total_columns);
    return false;
}

static bool lies_inside(const struct file *file, const struct records *held,
                        const struct records *into, struct errors *errors)
{
    uint64_t held_end = (uint64_t)held->first + held->count;
    uint64_t into_end = (uint64_t)into->first + into->count;
    if (held->first >= into->first && held_end <= into_end)
        return true;
    errors_add_outside(errors, file->path,
                       "holds the replications %u to %llu; this run has %u to %llu", held->first,
                       (unsigned long long)held_end - 1, into->first,
                       (unsigned long long)into_end - 1);
    return false;
}

bool part_read(struct arena *arena, const char *path, struct records *into, struct errors *errors)
{
    struct file    file;
    struct records held;
    if (!open_part(path, &file, &held, errors))
        return false;

    bool fits = same_size(&file, &held.size, &into->size, errors) &&
                lies_inside(&file, &held, into, errors);
    if (fits) {
        char                *column = arena_take(arena, column_bytes(&held.size), 1);
        const struct record *record = into->record + (held.first - into->first);
        for (uint32_t i = 0; i < held.count; i++)
            get_replication(&file, &held.size, i, record + i, column);
    }
    nc_close(file.id);
    if (failed(&file))
        errors_add_outside(errors, path, "cannot be read: %s", nc_strerror(file.status));
    return fits && !failed(&file);
}
