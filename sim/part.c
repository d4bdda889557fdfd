#include "sim/part.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/netcdf.h"
#include "sim/part_file.h"

#define DEFLATE_LEVEL 1
#define BLOCKS 3

/* An open netCDF file. The first failure stays in `status`. What only looks up or defines may be
 * called after it, in a row, and fails too; numbers are not moved after it. */
struct file {
    struct netcdf nc;
    int           id, status;
    const char   *path;
    int           daily, monthly, yearly, total; /* variables */
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
                            const struct record *record, struct block blocks[BLOCKS])
{
    blocks[0] = (struct block){file->daily, size->days, size->daily_columns, sizeof(int32_t),
                               (char *)record->daily};
    blocks[1] = (struct block){file->monthly, size->months, size->monthly_columns, sizeof(int32_t),
                               (char *)record->monthly};
    blocks[2] = (struct block){file->yearly, size->years, size->yearly_columns, sizeof(int64_t),
                               (char *)record->yearly};
}

/* Room for the longest series of a block: there are no more month ends than days. */
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
    note(file, file->nc.def_dim(file->id, name, length, &dimension));
    return dimension;
}

static int define_variable(struct file *file, const char *name, nc_type type, int dimensions,
                           const int *dimension)
{
    int variable = -1;
    note(file, file->nc.def_var(file->id, name, type, dimensions, dimension, &variable));
    return variable;
}

/* One chunk a replication, kept in memory until the next begins, so that it is packed once. */
static int define_numbers(struct file *file, const char *name, nc_type type, int dimensions,
                          const int *dimension, const size_t *chunk, size_t chunk_bytes)
{
    int variable = define_variable(file, name, type, dimensions, dimension);
    note(file, file->nc.def_var_chunking(file->id, variable, NC_CHUNKED, chunk));
    note(file, file->nc.set_var_chunk_cache(file->id, variable, 2 * chunk_bytes, 11, 1));
    note(file, file->nc.def_var_deflate(file->id, variable, 1, 1, DEFLATE_LEVEL));
    note(file, file->nc.def_var_fletcher32(file->id, variable, NC_FLETCHER32));
    note(file, file->nc.def_var_endian(file->id, variable, NC_ENDIAN_LITTLE));
    return variable;
}

static void put_text(struct file *file, int variable, const char *name, const char *text)
{
    note(file, file->nc.put_att_text(file->id, variable, name, strlen(text), text));
}

/* As a variable: an attribute holds 64 KB at most. */
static void define_scenario(struct file *file, size_t length)
{
    int dimension = define_dimension(file, "scenario_byte", length);
    int variable = define_variable(file, "scenario", NC_CHAR, 1, &dimension);
    note(file, file->nc.def_var_deflate(file->id, variable, 0, 1, DEFLATE_LEVEL));
    put_text(file, variable, "_Encoding", "utf-8");
}

static void put_number(struct file *file, const char *name, uint32_t number)
{
    note(file, file->nc.put_att_uint(file->id, NC_GLOBAL, name, NC_UINT, 1, &number));
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

static void define_dates(struct file *file, const char *name, int dimension)
{
    int dates = define_variable(file, name, NC_INT, 1, &dimension);
    put_text(file, dates, "standard_name", "time");
    put_text(file, dates, "units", "days since 1970-01-01");
    put_text(file, dates, "calendar", "proleptic_gregorian");
}

static void define_months(struct file *file, const struct record_size *size, int replication)
{
    int    series = define_dimension(file, "monthly_series", size->monthly_columns);
    int    month = define_dimension(file, "month", size->months);
    int    monthly[3] = {replication, series, month};
    size_t chunk[3] = {1, size->monthly_columns, size->months};
    file->monthly = define_numbers(file, "monthly", NC_INT, 3, monthly, chunk,
                                   chunk[1] * chunk[2] * sizeof(int32_t));
    define_variable(file, "monthly_series", NC_STRING, 1, &series);
    define_dates(file, "month", month);
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
    define_dates(file, "day", day);
    if (size->months > 0)
        define_months(file, size, replication);
    note(file, file->nc.enddef(file->id));
}

/* first, first + 1 .. along a dimension, in the variable of its name. */
static void put_coordinate(struct file *file, const char *name, int32_t first, uint32_t count)
{
    int variable = -1;
    note(file, file->nc.inq_varid(file->id, name, &variable));
    for (size_t i = 0; i < count && !failed(file); i++) {
        int number = first + (int)i;
        note(file, file->nc.put_var1_int(file->id, variable, &i, &number));
    }
}

static void put_month_ends(struct file *file, const int32_t *day, uint32_t count)
{
    int variable = -1;
    note(file, file->nc.inq_varid(file->id, "month", &variable));
    for (size_t i = 0; i < count && !failed(file); i++)
        note(file, file->nc.put_var1_int(file->id, variable, &i, &day[i]));
}

static void put_names(struct file *file, const char *name, const char *const *names, uint32_t count)
{
    int variable = -1;
    note(file, file->nc.inq_varid(file->id, name, &variable));
    for (size_t i = 0; i < count && !failed(file); i++) {
        const char *one = names[i];
        note(file, file->nc.put_var1_string(file->id, variable, &i, &one));
    }
}

static void put_scenario(struct file *file, const char *text)
{
    int variable = -1;
    note(file, file->nc.inq_varid(file->id, "scenario", &variable));
    if (!failed(file))
        note(file, file->nc.put_var_text(file->id, variable, text));
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
    if (size->months == 0)
        return;
    put_month_ends(file, head->month_end, size->months);
    put_names(file, "monthly_series", head->monthly_names, size->monthly_columns);
}

static void put_block(struct file *file, size_t index, const struct block *block, char *column)
{
    size_t width = block->width, row_bytes = block->columns * width;
    for (size_t c = 0; c < block->columns && !failed(file); c++) {
        copy_spread(column, width, block->numbers + c * width, row_bytes, block->rows, width);
        note(file, file->nc.put_vara(file->id, block->variable, (size_t[]){index, c, 0},
                                     (size_t[]){1, 1, block->rows}, column));
    }
}

static void put_replication(struct file *file, const struct records *records, uint32_t index,
                            char *column)
{
    struct block blocks[BLOCKS];
    cut_into_blocks(file, &records->size, &records->record[index], blocks);
    for (int b = 0; b < BLOCKS; b++)
        put_block(file, index, &blocks[b], column);
    if (!failed(file))
        note(file, file->nc.put_vara(file->id, file->total, (size_t[]){index, 0},
                                     (size_t[]){1, records->size.total_columns},
                                     records->record[index].total));
}

/* Builds the file in memory. HDF5 must not meet a full disk: after a failed write it follows null
 * pointers, at the latest when the program ends (seen with 1.10.8). */
static bool build(struct file *file, const struct part_head *head, const struct records *records,
                  NC_memio *image, struct errors *errors)
{
    struct arena arena;
    size_t       bytes = column_bytes(&records->size);

    if (!arena_open(&arena, bytes, errors))
        return false;
    char *column = arena_take(&arena, bytes, 1);

    note(file, file->nc.create_mem(file->path, NC_NETCDF4, 0, &file->id));
    if (!failed(file)) {
        put_head(file, head, records);
        define_scenario(file, strlen(head->scenario));
        define(file, &records->size, records->count);
        put_scenario(file, head->scenario);
        put_coordinates(file, head, records);
        for (uint32_t i = 0; i < records->count; i++)
            put_replication(file, records, i, column);
        note(file, file->nc.close_memio(file->id, image));
    }
    arena_close(&arena);
    if (failed(file))
        errors_add_outside(errors, file->path, "cannot be written: %s",
                           file->nc.strerror(file->status));
    return !failed(file);
}

bool part_write(const char *path, const struct part_head *head, const struct records *records,
                struct errors *errors)
{
    struct file file = {.path = path};
    NC_memio    image = {0};
    if (!netcdf_load(&file.nc, path, errors))
        return false;
    bool written = build(&file, head, records, &image, errors) &&
                   part_file_write(path, image.memory, image.size, errors);
    file.nc.free_string(1, &(char *){image.memory}); /* netCDF made it, netCDF gives it back */
    return written;
}

bool part_ready(const char *path, struct errors *errors)
{
    struct netcdf netcdf;
    return netcdf_load(&netcdf, path, errors);
}

/* Reading. */

static size_t get_length(struct file *file, const char *name, int *dimension)
{
    size_t length = 0;
    *dimension = -1;
    note(file, file->nc.inq_dimid(file->id, name, dimension));
    note(file, file->nc.inq_dimlen(file->id, *dimension, &length));
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
    note(file, file->nc.inq_varid(file->id, name, &variable));
    note(file, file->nc.inq_var(file->id, variable, NULL, &found_type, &count, found, NULL));
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
    note(file, file->nc.inq_attlen(file->id, NC_GLOBAL, name, &length));
    if (length != 1)
        note(file, NC_EINVAL);
    if (!failed(file))
        note(file, file->nc.get_att_uint(file->id, NC_GLOBAL, name, &number));
    return number;
}

static const char *get_text(struct file *file, struct arena *arena, const char *name)
{
    size_t  length = 0;
    nc_type type = NC_NAT;
    note(file, file->nc.inq_att(file->id, NC_GLOBAL, name, &type, &length));
    if (type != NC_CHAR)
        note(file, NC_EBADTYPE);
    if (failed(file))
        return "";
    char *text = arena_take(arena, length + 1, 1);
    note(file, file->nc.get_att_text(file->id, NC_GLOBAL, name, text));
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
    note(file, file->nc.get_var_text(file->id, variable, text));
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

/* A part without month ends has neither their dimensions nor their variable. */
static void get_months(struct file *file, int replication, struct record_size *size)
{
    int dimension, monthly[3] = {replication};
    if (file->nc.inq_dimid(file->id, "month", &dimension) == NC_EBADDIM)
        return;
    size->monthly_columns = (uint32_t)get_length(file, "monthly_series", &monthly[1]);
    size->months = (uint32_t)get_length(file, "month", &monthly[2]);
    file->monthly = find_variable(file, "monthly", NC_INT, 3, monthly);
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
    get_months(file, replication, &records->size);
    file->daily = find_variable(file, "daily", NC_INT, 3, daily);
    file->yearly = find_variable(file, "yearly", NC_INT64, 3, yearly);
    file->total = find_variable(file, "total", NC_INT64, 2, total);
}

/* Opens a part and reads its layout. On failure nothing is open. */
static bool open_part(const char *path, struct file *file, struct records *records,
                      struct errors *errors)
{
    *file = (struct file){.path = path};
    if (!part_file_check(path, errors) || !netcdf_load(&file->nc, path, errors))
        return false;

    note(file, file->nc.open(path, NC_NOWRITE, &file->id));
    bool opened = !failed(file);
    if (opened)
        get_layout(file, records);
    if (!failed(file))
        return true;
    errors_add_outside(errors, path, "is not a part of a run: %s", file->nc.strerror(file->status));
    if (opened)
        file->nc.close(file->id);
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
    note(&file, file.nc.inq_varid(file.id, "day", &day));
    note(&file, file.nc.inq_varid(file.id, "year", &year));
    if (!failed(&file)) {
        note(&file, file.nc.get_var1_int(file.id, day, &start, &head->first_day));
        note(&file, file.nc.get_var1_int(file.id, year, &start, &head->first_year));
    }
    file.nc.close(file.id);
    if (failed(&file))
        errors_add_outside(errors, path, "is not a part of a run: %s",
                           file.nc.strerror(file.status));
    return !failed(&file);
}

static void get_block(struct file *file, size_t index, const struct block *block, char *column)
{
    size_t width = block->width, row_bytes = block->columns * width;
    for (size_t c = 0; c < block->columns && !failed(file); c++) {
        note(file, file->nc.get_vara(file->id, block->variable, (size_t[]){index, c, 0},
                                     (size_t[]){1, 1, block->rows}, column));
        copy_spread(block->numbers + c * width, row_bytes, column, width, block->rows, width);
    }
}

static void get_replication(struct file *file, const struct record_size *size, uint32_t index,
                            const struct record *record, char *column)
{
    struct block blocks[BLOCKS];
    cut_into_blocks(file, size, record, blocks);
    for (int b = 0; b < BLOCKS; b++)
        get_block(file, index, &blocks[b], column);
    if (!failed(file))
        note(file, file->nc.get_vara(file->id, file->total, (size_t[]){index, 0},
                                     (size_t[]){1, size->total_columns}, record->total));
}

static bool same_size(const struct file *file, const struct record_size *held,
                      const struct record_size *wanted, struct errors *errors)
{
    if (memcmp(held, wanted, sizeof *held) == 0)
        return true;
    errors_add_outside(
        errors, file->path,
        "holds %u days x %u series, %u month ends x %u series, %u years x %u series and %u totals; "
        "this run has %u x %u, %u x %u, %u x %u and %u",
        held->days, held->daily_columns, held->months, held->monthly_columns, held->years,
        held->yearly_columns, held->total_columns, wanted->days, wanted->daily_columns,
        wanted->months, wanted->monthly_columns, wanted->years, wanted->yearly_columns,
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
    file.nc.close(file.id);
    if (failed(&file))
        errors_add_outside(errors, path, "cannot be read: %s", file.nc.strerror(file.status));
    return fits && !failed(&file);
}
