/* A text file in memory: read whole, checked to be UTF-8 without control characters. Below tree and
 * csv, which both start from one. Lines end in \n, \r\n or \r; columns count characters.
 */
#ifndef CELSIM_SIM_TEXT_H
#define CELSIM_SIM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/error.h"

struct text {
    const char *file;  /* its name in messages */
    char       *bytes; /* in the arena; a byte that is no quote stands in front, a 0 behind */
    size_t      length;
};

/* Reads a file of at most 64 MB and checks it. A byte order mark at the start is left out. */
MUST_USE bool text_read(struct arena *arena, const char *path, struct text *text,
                        struct errors *errors);

/* As text_read, from bytes that are here already; they are copied. */
MUST_USE bool text_take(struct arena *arena, const char *name, const char *bytes, size_t length,
                        struct text *text, struct errors *errors);

/* The bytes of the character at `bytes`, its number in `*character`; 0 where it is not UTF-8. */
size_t text_decode(const char *bytes, size_t length, uint32_t *character);

/* How many characters stand in `length` bytes of UTF-8. */
int text_characters(const char *bytes, size_t length);

/* What to say of a file that is not there: "; did you mean 'x'?" for the file of its folder with
 * the nearest name, "; there is no such folder", or "". */
const char *text_file_advice(struct arena *arena, const char *path);

/* The path of `name` seen from the folder of `from_file`. */
const char *text_path_beside(struct arena *arena, const char *from_file, const char *name);

#endif
