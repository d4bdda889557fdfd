#include "sim/record.h"

#define CACHE_LINE 64

static size_t whole_lines(size_t bytes)
{
    return (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
}

static size_t yearly_count(struct record_size size)
{
    return (size_t)size.years * size.yearly_columns;
}

static size_t daily_count(struct record_size size)
{
    return (size_t)size.days * size.daily_columns;
}

/* The block of one replication: yearly, total, daily, monthly, in whole lines, so that two workers
 * never write one line. */
static size_t block_bytes(struct record_size size)
{
    size_t wide = yearly_count(size) + size.total_columns;
    size_t narrow = daily_count(size) + (size_t)size.months * size.monthly_columns;
    return whole_lines(wide * sizeof(int64_t) + narrow * sizeof(int32_t));
}

size_t records_bytes(struct record_size size, uint32_t count)
{
    size_t to_first_line = CACHE_LINE;
    return to_first_line + whole_lines(count * sizeof(struct record)) + count * block_bytes(size);
}

void records_open(struct records *records, struct arena *arena, struct record_size size,
                  uint32_t first, uint32_t count)
{
    *records = (struct records){.size = size, .first = first, .count = count};
    records->record = arena_new(arena, struct record, count);
    for (uint32_t i = 0; i < count; i++) {
        struct record *record = &records->record[i];
        record->yearly = arena_take(arena, 1, block_bytes(size));
        record->total = record->yearly + yearly_count(size);
        record->daily = (int32_t *)(record->total + size.total_columns);
        record->monthly = record->daily + daily_count(size);
    }
}
