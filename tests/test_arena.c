#define _DEFAULT_SOURCE /* mincore */
#include <criterion/criterion.h>

#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/arena.h"

#define MIB ((size_t)1 << 20)

static struct arena open_arena(size_t room)
{
    static struct errors errors;
    struct arena         arena;
    cr_assert(arena_open(&arena, room, &errors));
    cr_assert_eq(errors.count, 0);
    return arena;
}

static bool all_zero(const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

Test(arena, takes_zeroed_aligned_bytes_that_do_not_overlap)
{
    const struct {
        size_t count, size, alignment;
    } cases[] = {{1, 1, 16}, {3, 5, 16}, {1, 63, 16}, {1, 64, 64},     {8, 8, 64},
                 {0, 8, 16}, {7, 1, 16}, {65, 1, 64}, {1000, 100, 64}, {1, 2, 16}};
    struct arena arena = open_arena(MIB);
    const char  *end = arena.base;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t bytes = cases[i].count * cases[i].size;
        char  *taken = arena_take(&arena, cases[i].count, cases[i].size);
        cr_expect_eq((uintptr_t)taken % cases[i].alignment, 0, "case %zu", i);
        cr_expect_geq(taken, end, "case %zu", i);
        cr_expect(all_zero(taken, bytes), "case %zu", i);
        memset(taken, 0xff, bytes);
        end = taken + bytes;
    }
    cr_expect_eq(arena.used + arena.gaps, (size_t)(end - arena.base));
    arena_close(&arena);
}

Test(arena, can_be_filled_to_the_last_byte)
{
    struct arena arena = open_arena(MIB);
    char        *all = arena_new(&arena, char, MIB);
    all[MIB - 1] = 1;
    cr_expect_eq(arena.used, MIB);
    arena_close(&arena);
}

Test(arena, the_front_of_a_large_block_comes_in_small_pages)
{
    /* two bytes in the first 4 MiB of 64: two pages, though what lies behind may come 2 MiB at once
     */
    struct arena  arena = open_arena(65 * MIB);
    char         *block = arena_new(&arena, char, 64 * MIB);
    unsigned char is_there[1024];
    size_t        page = (size_t)sysconf(_SC_PAGESIZE), pages = 4 * MIB / page, there = 0;
    cr_assert(pages <= sizeof is_there && (uintptr_t)block % page == 0);
    block[0] = block[3 * MIB] = 1;
    cr_assert_eq(mincore(block, 4 * MIB, is_there), 0);
    for (size_t i = 0; i < pages; i++)
        there += is_there[i] & 1;
    cr_expect_eq(there, 2);
    block[64 * MIB - 1] = 1;
    cr_expect(all_zero(block + 63 * MIB, MIB - 1));
    arena_reset(&arena);
    block = arena_new(&arena, char, 64 * MIB);
    cr_expect(all_zero(block, 4 * MIB) && all_zero(block + 60 * MIB, 4 * MIB));
    arena_close(&arena);
}

Test(arena, copies_and_prints_texts)
{
    struct arena arena = open_arena(MIB);
    char        *copy = arena_text(&arena, "remand, 41", 6);
    char        *printed = arena_print(&arena, "%s has %d places at %.1f", "unit_1", 120, 99.5);
    char        *empty = arena_text(&arena, "", 0);
    cr_expect_str_eq(copy, "remand");
    cr_expect_str_eq(printed, "unit_1 has 120 places at 99.5");
    cr_expect_str_eq(empty, "");
    arena_close(&arena);
}

Test(arena, gives_the_same_bytes_zeroed_after_a_reset)
{
    struct arena arena = open_arena(MIB);
    for (int round = 0; round < 3; round++) {
        /* Not a whole number of pages: the last page counts too. */
        size_t bytes = 300001;
        char  *taken = arena_new(&arena, char, bytes);
        cr_expect_eq(taken, arena.base);
        cr_expect(all_zero(taken, bytes), "round %d", round);
        memset(taken, 0xff, bytes);
        arena_reset(&arena);
        cr_expect_eq(arena.used, 0);
    }
    arena_reset(&arena); /* nothing taken since */
    arena_close(&arena);
}

/* Of 4 GiB, three bytes: 2 MiB for each at most, where pages are huge. */
Test(arena, reserves_far_more_than_it_touches)
{
    static unsigned char is_there[1 << 20];
    size_t               page = (size_t)sysconf(_SC_PAGESIZE), bytes = 4096 * MIB, there = 0;
    struct arena         arena = open_arena(bytes);
    char                *block = arena_new(&arena, char, bytes);
    cr_assert_leq(bytes / page, sizeof is_there);
    block[0] = block[bytes - 1] = 1;
    cr_expect_eq(block[bytes / 2], 0);
    cr_assert_eq(mincore(block, bytes, is_there), 0);
    for (size_t i = 0; i < bytes / page; i++)
        there += is_there[i] & 1;
    cr_expect_leq(there * page, 6 * MIB);
    arena_close(&arena);
}

/* Each starts where a huge page may; in a dense one all can be used, and little takes little. */
Test(arena, starts_on_a_huge_page)
{
    static struct errors errors;
    static unsigned char is_there[1 << 20];
    size_t               page = (size_t)sysconf(_SC_PAGESIZE), there = 0;
    for (size_t bytes = 1; bytes < 64 * MIB; bytes = 7 * bytes + 1) {
        struct arena arena;
        cr_assert(arena_open_dense(&arena, bytes, &errors));
        cr_expect_eq((uintptr_t)arena.base % ARENA_HUGE_PAGE, 0);
        char *block = arena_new(&arena, char, bytes);
        block[bytes / 2] = block[bytes - 1] = 1;
        cr_expect_eq(block[bytes / 3], bytes < 3 ? 1 : 0);
        arena_close(&arena);
    }
    struct arena arena;
    cr_assert(arena_open_dense(&arena, 64 * MIB, &errors));
    memset(arena_new(&arena, char, MIB), 1, MIB);
    cr_assert_eq(mincore(arena.base, 64 * MIB, is_there), 0);
    for (size_t i = 0; i < 64 * MIB / page; i++)
        there += is_there[i] & 1;
    cr_expect_leq(there * page, 2 * MIB);
    arena_close(&arena);
}

Test(arena, tells_what_the_system_refused)
{
    static struct errors errors;
    struct arena         arena;
    cr_assert_not(arena_open(&arena, (size_t)1 << 62, &errors));
    cr_assert_eq(errors.count, 1);
    cr_expect(errors.list[0].outside);
    cr_expect(strstr(errors.list[0].text, "4611686018427387904 bytes"), "%s", errors.list[0].text);
}

/* The signal that ends a child which does `deed`; 0 when it survives. */
static int deadly(void (*deed)(struct arena *arena), struct arena *arena)
{
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL); /* the address sanitizer has a handler of its own */
        close(STDERR_FILENO);
        deed(arena);
        _exit(0);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void take_one_more(struct arena *arena)
{
    arena_take(arena, 1, 1);
}

static void take_all(struct arena *arena)
{
    arena_take(arena, arena->room, 1);
}

static void take_more_than_a_size_can_tell(struct arena *arena)
{
    arena_take(arena, SIZE_MAX / 8 + 2, 8);
}

static void take_the_greatest_size(struct arena *arena)
{
    arena_take(arena, 1, SIZE_MAX);
}

static void write_the_first(struct arena *arena)
{
    *(volatile char *)arena->base = 1;
}

static void write_the_last_taken(struct arena *arena)
{
    *(volatile char *)(arena->base + 9999) = 1;
}

Test(arena, stops_the_program_when_it_runs_out)
{
    struct arena arena = open_arena(MIB);
    cr_expect_eq(deadly(take_one_more, &arena), 0);
    cr_expect_eq(deadly(take_all, &arena), 0);
    cr_expect_eq(deadly(take_more_than_a_size_can_tell, &arena), SIGABRT);
    cr_expect_eq(deadly(take_the_greatest_size, &arena), SIGABRT);
    arena_take(&arena, 1, 1);
    cr_expect_eq(deadly(take_all, &arena), SIGABRT);
    arena_take(&arena, 1, MIB - 64);
    cr_expect_eq(deadly(take_one_more, &arena), SIGABRT);
    arena_close(&arena);
}

Test(arena, frozen_can_be_read_and_neither_written_nor_taken_from)
{
    struct arena arena = open_arena(MIB);
    char        *taken = arena_new(&arena, char, 10000);
    taken[9999] = 7;
    cr_expect_eq(deadly(write_the_first, &arena), 0);
    cr_expect_eq(deadly(write_the_last_taken, &arena), 0);
    arena_freeze(&arena);
    cr_expect_eq(taken[9999], 7);
    cr_expect_eq(deadly(write_the_first, &arena), SIGSEGV);
    cr_expect_eq(deadly(write_the_last_taken, &arena), SIGSEGV);
    cr_expect_eq(deadly(take_one_more, &arena), SIGABRT);
    arena_close(&arena);
}
