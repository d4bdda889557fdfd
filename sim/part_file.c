#include "sim/part_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define PATH_ROOM 4096
#define LAST_LINE 16 /* "\ncrc32 01234567\n" */

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

static bool write_aside(const char *path, const char *aside, const char *bytes, size_t count,
                        struct errors *errors)
{
    char line[LAST_LINE + 1];
    print_last_line(crc32_z(0, (const Bytef *)bytes, count), line);

    int  handle = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool written = handle >= 0 && write_all(handle, bytes, count) &&
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

bool part_file_write(const char *path, const void *bytes, size_t count, struct errors *errors)
{
    char aside[PATH_ROOM];
    if (snprintf(aside, sizeof aside, "%s.part", path) >= PATH_ROOM) {
        errors_add_outside(errors, path, "the path is too long");
        return false;
    }
    bool written =
        write_aside(path, aside, bytes, count, errors) && put_in_place(aside, path, errors);
    if (!written)
        unlink(aside);
    return written;
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
bool part_file_check(const char *path, struct errors *errors)
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
