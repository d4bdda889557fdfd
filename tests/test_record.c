#include <criterion/criterion.h>

#include "sim/record.h"

Test(record, gives_each_replication_zeroed_cells_of_its_own)
{
    static struct errors     errors;
    const struct record_size sizes[] = {
        {365, 7, 12, 4, 2, 3, 5}, {1, 1, 1, 3, 0, 0, 1}, {3, 5, 0, 0, 1, 1, 0}, {0}};
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        struct record_size size = sizes[s];
        struct arena       arena;
        struct records     records;
        cr_assert(arena_open(&arena, 1 << 20, &errors));
        arena_take(&arena, 1, 1); /* the records need not come first */
        size_t used = arena.used;
        records_open(&records, &arena, size, 40, 9);
        cr_expect_eq(records.first, 40);
        cr_expect_eq(records.count, 9);
        cr_expect_leq(arena.used - used, records_bytes(size, 9), "size %zu", s);

        size_t  daily = (size_t)size.days * size.daily_columns;
        size_t  monthly = (size_t)size.months * size.monthly_columns;
        size_t  yearly = (size_t)size.years * size.yearly_columns;
        int64_t wrong = 0;
        for (uint32_t r = 0; r < 9; r++) {
            for (size_t i = 0; i < daily; i++)
                wrong += records.record[r].daily[i]++ != 0;
            for (size_t i = 0; i < monthly; i++)
                wrong += records.record[r].monthly[i]++ != 0;
            for (size_t i = 0; i < yearly; i++)
                wrong += records.record[r].yearly[i]++ != 0;
            for (size_t i = 0; i < size.total_columns; i++)
                wrong += records.record[r].total[i]++ != 0;
        }
        cr_expect_eq(wrong, 0, "size %zu: a cell stands in two blocks", s);
        arena_close(&arena);
    }
}

Test(record, lets_no_two_replications_write_one_cache_line)
{
    static struct errors errors;
    struct arena         arena;
    struct records       records;
    cr_assert(arena_open(&arena, 1 << 20, &errors));
    records_open(&records, &arena, (struct record_size){3, 1, 1, 2, 1, 1, 1}, 0, 4);
    for (uint32_t r = 0; r + 1 < 4; r++) {
        uintptr_t last = (uintptr_t)(records.record[r].monthly + 2) - 1;
        cr_expect_lt(last / 64, (uintptr_t)records.record[r + 1].yearly / 64);
    }
    arena_close(&arena);
}
