#include "sim/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/names.h"

/* Far above any scenario or series, far below what would fill the arena with nodes. */
enum { FILE_MAX_MB = 64, FILES_AT_MOST = 64 };

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

size_t text_decode(const char *bytes, size_t length, uint32_t *character)
{
    static const uint32_t lead_mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (length == 0)
        return 0;
    unsigned char lead = (unsigned char)bytes[0];
    size_t        size = sequence_length(lead);
    if (size == 0 || size > length)
        return 0;
    uint32_t value = lead & lead_mask[size];
    for (size_t i = 1; i < size; i++) {
        if (!continues(bytes[i]))
            return 0;
        value = value << 6 | ((unsigned char)bytes[i] & 0x3F);
    }
    bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < least[size] || surrogate || value > 0x10FFFF)
        return 0;
    *character = value;
    return size;
}

int text_characters(const char *bytes, size_t length)
{
    int count = 0;
    for (size_t i = 0; i < length; i++)
        count += !continues(bytes[i]);
    return count;
}

/* The characters that YAML takes: no controls but tab and line ends. */
static bool is_allowed(uint32_t character)
{
    if (character < 0x20)
        return character == '\t' || character == '\n' || character == '\r';
    bool control = character >= 0x7F && character <= 0x9F && character != 0x85;
    return !control && character != 0xFFFE && character != 0xFFFF;
}

static bool check(const struct text *text, struct errors *errors)
{
    int line = 1, column = 1;
    for (size_t at = 0; at < text->length;) {
        const char *here = text->bytes + at;
        uint32_t    character;
        if (*here >= ' ' && *here <= '~') { /* by far most */
            column++;
            at++;
            continue;
        }
        size_t size = text_decode(here, text->length - at, &character);
        if (size == 0) {
            errors_add(errors, text->file, line, column,
                       "byte 0x%02X is not UTF-8; save the file as UTF-8", (unsigned char)*here);
            return false;
        }
        if (!is_allowed(character)) {
            errors_add(errors, text->file, line, column,
                       "character U+%04X is not allowed; of the control characters only tabs and "
                       "line ends are",
                       (unsigned)character);
            return false;
        }
        bool ends_line = character == '\n' || (character == '\r' && here[1] != '\n');
        line += ends_line;
        column = ends_line ? 1 : column + 1;
        at += size;
    }
    return true;
}

static bool skip_mark_and_check(struct text *text, struct errors *errors)
{
    size_t mark = sizeof byte_order_mark - 1;
    if (text->length >= mark && memcmp(text->bytes, byte_order_mark, mark) == 0) {
        text->bytes += mark;
        text->length -= mark;
    }
    return check(text, errors);
}

/* Room for a text with a 0 on both sides. */
static char *take_bytes(struct arena *arena, size_t length)
{
    return arena_new(arena, char, length + 2) + 1;
}

bool text_take(struct arena *arena, const char *name, const char *bytes, size_t length,
               struct text *text, struct errors *errors)
{
    *text = (struct text){
        .file = arena_text(arena, name, strlen(name)),
        .bytes = take_bytes(arena, length),
        .length = length,
    };
    memcpy(text->bytes, bytes, length);
    return skip_mark_and_check(text, errors);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The nearest name among those of a folder, or NULL. */
static const char *nearest_file(struct arena *arena, DIR *folder, const char *name)
{
    const char    *nearest[FILES_AT_MOST] = {NULL};
    struct dirent *entry;
    int            count = 0;
    while (count < FILES_AT_MOST && (entry = readdir(folder)) != NULL)
        if (nearest_name(name, &(const char *){entry->d_name}, 1))
            nearest[count++] = arena_text(arena, entry->d_name, strlen(entry->d_name));
    qsort(nearest, (size_t)count, sizeof *nearest, by_name);
    return nearest_name(name, nearest, count);
}

const char *text_file_advice(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *folder_name = slash ? arena_text(arena, path, (size_t)(name - path)) : ".";
    if (access(path, F_OK) == 0) /* it is there, and closed */
        return "";
    DIR *folder = opendir(folder_name);
    if (!folder)
        return errno == ENOENT ? "; there is no such folder" : "";
    const char *nearest = nearest_file(arena, folder, name);
    closedir(folder);
    return nearest ? arena_print(arena, "; did you mean '%s'?", nearest) : "";
}

/* Whether `path` is a file of a size that we read; the size in `*bytes`. */
static bool find_size(struct arena *arena, const char *path, size_t *bytes, struct errors *errors)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        const char *reason = strerror(errno);
        errors_add_outside(errors, path, "cannot be read: %s%s", reason,
                           text_file_advice(arena, path));
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        errors_add_outside(errors, path, "is %s; a file is needed here",
                           S_ISDIR(status.st_mode) ? "a folder" : "a device or pipe");
        return false;
    }
    if (status.st_size > FILE_MAX_MB * 1024L * 1024L) {
        errors_add_outside(errors, path, "is larger than %d MB, the most that is read",
                           FILE_MAX_MB);
        return false;
    }
    *bytes = (size_t)status.st_size;
    return true;
}

bool text_read(struct arena *arena, const char *path, struct text *text, struct errors *errors)
{
    path = arena_text(arena, path, strlen(path));
    size_t size;
    if (!find_size(arena, path, &size, errors))
        return false;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        errors_add_outside(errors, path, "cannot be read: %s", strerror(errno));
        return false;
    }
    *text = (struct text){.file = path, .bytes = take_bytes(arena, size)};
    text->length = fread(text->bytes, 1, size, file);
    bool failed = ferror(file) != 0;
    int  reason = errno;
    fclose(file);
    if (failed) {
        errors_add_outside(errors, path, "cannot be read: %s", strerror(reason));
        return false;
    }
    return skip_mark_and_check(text, errors);
}

const char *text_path_beside(struct arena *arena, const char *from_file, const char *name)
{
    const char *slash = strrchr(from_file, '/');
    if (name[0] == '/' || slash == NULL)
        return arena_text(arena, name, strlen(name));
    return arena_print(arena, "%.*s%s", (int)(slash - from_file + 1), from_file, name);
}
