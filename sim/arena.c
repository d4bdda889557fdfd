/* mmap's anonymous memory is not in POSIX 2008. */
#define _DEFAULT_SOURCE
#include "sim/arena.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define CACHE_LINE 64
#define SMALL_ALIGNMENT 16
#define SMALL_PAGES ((size_t)4 << 20) /* at the front of a large block */
#define PAGES_AT_ONCE 4096

static size_t round_up(size_t bytes, size_t unit)
{
    return (bytes + unit - 1) / unit * unit;
}

static size_t used_pages_bytes(const struct arena *arena)
{
    return round_up(arena->used + arena->gaps, (size_t)sysconf(_SC_PAGESIZE));
}

/* -- what nobody may touch, where the address sanitizer looks -- */

#ifdef CELSIM_GUARD
#include <sanitizer/asan_interface.h>

#define GAP ((size_t)64)        /* so that alignments stay */
#define GAPS ((size_t)64 << 20) /* in all; there are none after that */
#define AHEAD ((size_t)8192)    /* guarded behind the last that was taken */

/* Stands in each gap, so that all can be found again: to clear the shadow of all that was taken,
 * with arrays that are never used, takes longer than a run. */
struct gap {
    size_t before; /* where the one before it begins; 0: there is none */
    size_t bytes;
};

static void guard(struct arena *arena)
{
    size_t end = arena->used + arena->gaps, left = arena->room + GAPS - end;
    size_t ahead = left < AHEAD ? left : AHEAD;
    ASAN_POISON_MEMORY_REGION(arena->base + end, ahead);
    arena->guarded = end + ahead;
}

static struct gap take_gap(const char *at)
{
    struct gap gap;
    ASAN_UNPOISON_MEMORY_REGION(at, sizeof gap);
    memcpy(&gap, at, sizeof gap);
    ASAN_UNPOISON_MEMORY_REGION(at, gap.bytes);
    return gap;
}

static void give_up_guard(struct arena *arena)
{
    ASAN_UNPOISON_MEMORY_REGION(arena->base + arena->guarded - AHEAD, AHEAD);
    for (size_t at = arena->last_gap; at > 0;)
        at = take_gap(arena->base + at).before;
    arena->last_gap = 0;
}

static void open_gap(struct arena *arena)
{
    if (arena->used > 0 && arena->gaps + GAP <= GAPS)
        arena->gaps += GAP;
}

/* A block is taken from..end, behind `before`, where the last one ended: what lies between stays
 * guarded if it is a gap. Beyond what is guarded all may be touched. */
static void allow(struct arena *arena, size_t before, size_t from, size_t end)
{
    if (from - before >= GAP) {
        struct gap gap = {arena->last_gap, from - before};
        ASAN_UNPOISON_MEMORY_REGION(arena->base + before, sizeof gap);
        memcpy(arena->base + before, &gap, sizeof gap);
        ASAN_POISON_MEMORY_REGION(arena->base + before, gap.bytes);
        arena->last_gap = before;
    } else {
        from = before;
    }
    if (end > arena->guarded)
        end = arena->guarded;
    if (from < end)
        ASAN_UNPOISON_MEMORY_REGION(arena->base + from, end - from);
}
#else
#define GAPS ((size_t)0)

static void guard(struct arena *arena)
{
    (void)arena;
}

static void give_up_guard(struct arena *arena)
{
    (void)arena;
}

static void open_gap(struct arena *arena)
{
    (void)arena;
}

static void allow(struct arena *arena, size_t before, size_t from, size_t end)
{
    (void)arena, (void)before, (void)from, (void)end;
}
#endif

/* -- opening and closing -- */

/* Address space that starts where a huge page may, or NULL: what is too much before and behind is
 * given back. */
static char *reserve(size_t bytes)
{
    char *block = mmap(NULL, bytes + ARENA_HUGE_PAGE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (block == MAP_FAILED)
        return NULL;
    size_t before = -(uintptr_t)block & (ARENA_HUGE_PAGE - 1);
    size_t end = before + round_up(bytes, (size_t)sysconf(_SC_PAGESIZE));
    must(before == 0 || munmap(block, before) == 0);
    must(munmap(block + end, bytes + ARENA_HUGE_PAGE - end) == 0);
    return block + before;
}

bool arena_open(struct arena *arena, size_t room, struct errors *errors)
{
    char *base = reserve(room + GAPS);
    if (base == NULL) {
        errors_add_outside(errors, "memory", "the system refused %zu bytes of address space: %s",
                           room, strerror(errno));
        return false;
    }
    *arena = (struct arena){.base = base, .room = room};
    guard(arena);
    return true;
}

void arena_close(struct arena *arena)
{
    give_up_guard(arena);
    must(munmap(arena->base, arena->room + GAPS) == 0);
    *arena = (struct arena){0};
}

bool arena_open_dense(struct arena *arena, size_t room, struct errors *errors)
{
    if (!arena_open(arena, room, errors))
        return false;
    arena_ask_huge_pages(arena, ARENA_HUGE_PAGE, room);
    return true;
}

void arena_ask_huge_pages(struct arena *arena, size_t start, size_t end)
{
    size_t first = round_up(start, ARENA_HUGE_PAGE), last = end / ARENA_HUGE_PAGE * ARENA_HUGE_PAGE;
    if (first < last) /* refused, the pages stay small */
        (void)madvise(arena->base + first, last - first, MADV_HUGEPAGE);
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
    must(size == 0 || count <= arena->room / size);
    size_t bytes = count * size;
    size_t start = round_up(arena->used, bytes >= CACHE_LINE ? CACHE_LINE : SMALL_ALIGNMENT);
    must(start <= arena->room && bytes <= arena->room - start);
    size_t before = arena->used + arena->gaps;
    open_gap(arena);
    arena->used = start + bytes;
    char *block = arena->base + start + arena->gaps;
    allow(arena, before, start + arena->gaps, arena->used + arena->gaps);
    guard(arena);
    if (bytes > SMALL_PAGES) /* most blocks are reserved at a size that is never used */
        arena_ask_huge_pages(arena, start + arena->gaps + SMALL_PAGES, arena->used + arena->gaps);
    return block;
}

char *arena_text(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_new(arena, char, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    char    buffer[256]; /* most texts are printed once */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(buffer, sizeof buffer, format, args);
    must(length >= 0);
    char *text = arena_new(arena, char, (size_t)length + 1);
    if ((size_t)length < sizeof buffer)
        memcpy(text, buffer, (size_t)length);
    else
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

/* Pages that are in memory are zeroed, since giving one back and touching it anew takes ten times
 * as long; all others are given back, as one that was swapped out holds something too. */
static void zero_pages(char *start, size_t count, size_t page_bytes)
{
    unsigned char in_memory[PAGES_AT_ONCE];
    must(mincore(start, count * page_bytes, in_memory) == 0);
    for (size_t first = 0, end; first < count; first = end) {
        bool is_in_memory = in_memory[first] & 1;
        for (end = first + 1; end < count && (in_memory[end] & 1) == is_in_memory;)
            end++;
        char  *run = start + first * page_bytes;
        size_t bytes = (end - first) * page_bytes;
        if (is_in_memory)
            memset(run, 0, bytes);
        else
            must(madvise(run, bytes, MADV_DONTNEED) == 0);
    }
}

void arena_reset(struct arena *arena)
{
    size_t page_bytes = (size_t)sysconf(_SC_PAGESIZE);
    size_t count = used_pages_bytes(arena) / page_bytes;
    give_up_guard(arena);
    for (size_t first = 0; first < count; first += PAGES_AT_ONCE)
        zero_pages(arena->base + first * page_bytes,
                   count - first < PAGES_AT_ONCE ? count - first : PAGES_AT_ONCE, page_bytes);
    arena->used = arena->gaps = 0;
    guard(arena);
}

void arena_freeze(struct arena *arena)
{
    must(mprotect(arena->base, used_pages_bytes(arena), PROT_READ) == 0);
    arena->used = arena->room; /* nothing is left to take */
}
