#define _GNU_SOURCE /* renameat2 */

#include "sim/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_ROOM 4096
#define UNFINISHED ".unfinished" /* stands in NAME.part while its files are being written */

static bool join(char out[PATH_ROOM], const char *folder, const char *name)
{
    int length = snprintf(out, PATH_ROOM, "%s/%s", folder, name);
    return length > 0 && length < PATH_ROOM;
}

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

/* Files in it, then the folder; results hold no folders. */
static bool remove_folder(const char *path)
{
    DIR *entries = opendir(path);
    if (!entries)
        return errno == ENOENT;
    char file[PATH_ROOM];
    for (struct dirent *entry; (entry = readdir(entries));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            join(file, path, entry->d_name))
            unlink(file);
    closedir(entries);
    return rmdir(path) == 0;
}

/* The folders above it. */
static bool make_above(const char *path)
{
    char above[PATH_ROOM];
    if (snprintf(above, sizeof above, "%s", path) >= (int)sizeof above) {
        errno = ENAMETOOLONG;
        return false;
    }
    for (char *slash = strchr(above + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(above, 0777) != 0 && errno != EEXIST)
            return false;
        *slash = '/';
    }
    return true;
}

/* Without slashes at the end, so that NAME.part lies beside NAME; of a link, what it points to, so
 * that the link stays. */
static const char *plain_path(struct arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    path = arena_text(arena, path, length);
    struct stat status;
    char        target[PATH_MAX];
    if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode) || !realpath(path, target))
        return path;
    return arena_text(arena, target, strlen(target));
}

/* Nothing, an empty folder, or a folder that holds the mark. */
static bool may_remove(const char *path, const char *mark)
{
    char file[PATH_ROOM];
    if (!exists(path))
        return true;
    if (join(file, path, mark) && exists(file))
        return true;
    DIR *entries = opendir(path);
    if (!entries)
        return false;
    int count = 0;
    while (readdir(entries))
        count++;
    closedir(entries);
    return count <= 2; /* itself and the one above */
}

static bool make_aside(const char *path)
{
    char file[PATH_ROOM];
    if (!make_above(path) || !remove_folder(path) || mkdir(path, 0777) != 0)
        return false;
    int mark = join(file, path, UNFINISHED) ? open(file, O_WRONLY | O_CREAT | O_EXCL, 0666) : -1;
    return mark >= 0 && close(mark) == 0;
}

bool folder_open(struct folder *folder, struct arena *arena, const char *path, const char *mark,
                 struct errors *errors)
{
    folder->path = plain_path(arena, path);
    folder->aside = arena_print(arena, "%s.part", folder->path);
    if (!may_remove(folder->path, mark)) {
        errors_add_outside(
            errors, folder->path,
            "exists and is no result of celsim (it holds no %s); name another folder", mark);
        return false;
    }
    if (!may_remove(folder->aside, UNFINISHED)) {
        errors_add_outside(errors, folder->aside,
                           "is in the way: results are made there, and it is not what an "
                           "interrupted run left behind; name another folder");
        return false;
    }
    if (!make_aside(folder->aside)) {
        errors_add_outside(errors, folder->aside, "cannot make this folder: %s", strerror(errno));
        return false;
    }
    return true;
}

const char *folder_file(struct arena *arena, const struct folder *folder, const char *name)
{
    return arena_print(arena, "%s/%s", folder->aside, name);
}

/* Some file systems, such as NFS, cannot exchange: there the older one steps back first. */
static bool replace_in_steps(const char *aside, const char *path)
{
    char old[PATH_ROOM];
    if (snprintf(old, sizeof old, "%s.old", path) >= (int)sizeof old || rename(path, old) != 0)
        return false;
    if (rename(aside, path) == 0)
        return rename(old, aside) == 0;
    int reason = errno;
    (void)rename(old, path);
    errno = reason;
    return false;
}

/* Afterwards the older one, where there was one, is in `aside`. */
static bool put_in_place(const char *aside, const char *path)
{
    if (!exists(path))
        return rename(aside, path) == 0;
    if (renameat2(AT_FDCWD, aside, AT_FDCWD, path, RENAME_EXCHANGE) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS) && replace_in_steps(aside, path);
}

bool folder_close(struct folder *folder, struct errors *errors)
{
    char mark[PATH_ROOM];
    if (join(mark, folder->aside, UNFINISHED))
        unlink(mark);
    if (!put_in_place(folder->aside, folder->path)) {
        errors_add_outside(errors, folder->path, "cannot put the result in place: %s; it is in %s",
                           strerror(errno), folder->aside);
        return false;
    }
    remove_folder(folder->aside);
    return true;
}

void folder_drop(struct folder *folder)
{
    remove_folder(folder->aside);
}
