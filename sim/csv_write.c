#include "sim/csv.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_BYTES = 1 << 20, NUMBER_MAX_BYTES = 24, DIGITS_AT_MOST = 20 };

static void keep_failure(struct csv_out *out)
{
    if (out->failure == 0)
        out->failure = errno;
}

bool csv_open(struct csv_out *out, struct arena *arena, const char *path, struct errors *errors)
{
    *out = (struct csv_out){
        .path = arena_text(arena, path, strlen(path)),
        .part_path = arena_print(arena, "%s.part", path),
        .buffer = arena_new(arena, char, BUFFER_BYTES),
        .room = BUFFER_BYTES,
    };
    out->file = fopen(out->part_path, "wb");
    if (out->file == NULL) {
        errors_add_outside(errors, out->path, "cannot be written: %s", strerror(errno));
        return false;
    }
    setvbuf(out->file, NULL, _IONBF, 0); /* the buffer is ours */
    return true;
}

static void flush(struct csv_out *out)
{
    if (out->failure == 0 && fwrite(out->buffer, 1, out->used, out->file) != out->used)
        keep_failure(out);
    out->used = 0;
}

/* Where at least `bytes` more can be written. */
static char *make_room(struct csv_out *out, size_t bytes)
{
    if (out->room - out->used < bytes)
        flush(out);
    return out->buffer + out->used;
}

static void put(struct csv_out *out, const char *bytes, size_t length)
{
    while (length > 0) {
        char  *to = make_room(out, 1);
        size_t part = out->room - out->used;
        if (part > length)
            part = length;
        memcpy(to, bytes, part);
        out->used += part;
        bytes += part;
        length -= part;
    }
}

static void put_char(struct csv_out *out, char character)
{
    *make_room(out, 1) = character;
    out->used++;
}

static void start_cell(struct csv_out *out)
{
    if (out->in_row)
        put_char(out, ',');
    out->in_row = true;
}

void csv_text(struct csv_out *out, const char *text)
{
    start_cell(out);
    if (strpbrk(text, ",\"\r\n") == NULL) {
        put(out, text, strlen(text));
        return;
    }
    put(out, "\"", 1);
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        put(out, text, (size_t)(quote - text));
        put(out, "\"\"", 2);
    }
    put(out, text, strlen(text));
    put(out, "\"", 1);
}

/* By its bits, since ten is 2^(4096/1233): without a loop of which the end is hard to foresee. */
static size_t digits_of(uint64_t value)
{
    static const uint64_t least[DIGITS_AT_MOST] = {1,
                                                   10,
                                                   100,
                                                   1000,
                                                   10000,
                                                   100000,
                                                   1000000,
                                                   10000000,
                                                   100000000,
                                                   1000000000,
                                                   10000000000,
                                                   100000000000,
                                                   1000000000000,
                                                   10000000000000,
                                                   100000000000000,
                                                   1000000000000000,
                                                   10000000000000000,
                                                   100000000000000000,
                                                   1000000000000000000,
                                                   10000000000000000000u};
    uint64_t              counted = value | 1; /* zero has a digit too */
    unsigned              bits = 64 - (unsigned)__builtin_clzll(counted), below = bits * 1233 >> 12;
    return below + (counted >= least[below]);
}

/* Writes the last `count` digits of a number in front of `end`, two at a time; what is left of it.
 */
static uint64_t put_digits(char *end, uint64_t rest, size_t count)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    for (; count >= 2; count -= 2, rest /= 100)
        memcpy(end -= 2, pairs + 2 * (rest % 100), 2);
    if (count == 0)
        return rest;
    *--end = (char)('0' + rest % 10);
    return rest / 10;
}

/* Writes a number into the buffer, with a point in front of `decimals` digits. */
static void put_number(struct csv_out *out, int64_t value, size_t decimals)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    size_t   digits = digits_of(rest), is_negative = value<0, has_point = decimals> 0;
    size_t   whole = digits > decimals ? digits - decimals : 1;
    char    *to = make_room(out, NUMBER_MAX_BYTES);
    out->used += is_negative + whole + has_point + decimals;
    *to = '-'; /* or the first digit takes its place */
    char *point = to + is_negative + whole;
    *point = '.'; /* or what follows */
    rest = put_digits(point + has_point + decimals, rest, decimals);
    (void)put_digits(point, rest, whole);
}

/* The number of which tables have most. */
static void put_zero(struct csv_out *out, int decimals)
{
    static const char zero[NUMBER_MAX_BYTES] = "0.000000000000000000";
    char             *to = make_room(out, NUMBER_MAX_BYTES);
    memcpy(to, zero, sizeof zero);
    out->used += decimals > 0 ? (size_t)decimals + 2 : 1;
}

void csv_integer(struct csv_out *out, int64_t value)
{
    csv_decimal(out, value, 0);
}

void csv_decimal(struct csv_out *out, int64_t value, int decimals)
{
    must(decimals >= 0 && decimals <= 18);
    start_cell(out);
    if (value == 0)
        put_zero(out, decimals);
    else
        put_number(out, value, (size_t)decimals);
}

void csv_empty(struct csv_out *out)
{
    start_cell(out);
}

void csv_row_end(struct csv_out *out)
{
    put_char(out, '\n');
    out->in_row = false;
}

bool csv_close(struct csv_out *out, struct errors *errors)
{
    flush(out);
    if (out->failure == 0 && (fflush(out->file) != 0 || fsync(fileno(out->file)) != 0))
        keep_failure(out);
    if (fclose(out->file) != 0)
        keep_failure(out);
    if (out->failure == 0 && rename(out->part_path, out->path) != 0)
        keep_failure(out);
    if (out->failure == 0)
        return true;
    remove(out->part_path);
    errors_add_outside(errors, out->path, "cannot be written: %s", strerror(out->failure));
    return false;
}
