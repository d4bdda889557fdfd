#include "sim/csv.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_BYTES = 1 << 20, NUMBER_MAX_BYTES = 24 };

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

static void start_cell(struct csv_out *out)
{
    if (out->in_row)
        put(out, ",", 1);
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

/* Writes a number from its last digit on, with a point in front of `decimals` digits. */
static void put_number(struct csv_out *out, int64_t value, int decimals)
{
    char     digits[NUMBER_MAX_BYTES];
    char    *first = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    for (int i = 0; i <= decimals || rest > 0; i++) {
        if (i == decimals && i > 0)
            *--first = '.';
        *--first = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (value < 0)
        *--first = '-';
    put(out, first, (size_t)(digits + sizeof digits - first));
}

void csv_integer(struct csv_out *out, int64_t value)
{
    csv_decimal(out, value, 0);
}

void csv_decimal(struct csv_out *out, int64_t value, int decimals)
{
    must(decimals >= 0 && decimals <= 18);
    start_cell(out);
    put_number(out, value, decimals);
}

void csv_empty(struct csv_out *out)
{
    start_cell(out);
}

void csv_row_end(struct csv_out *out)
{
    put(out, "\n", 1);
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
