#define _GNU_SOURCE /* renameat2 */

#include "sim/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_ROOM 4096

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

static bool make_above(const char *path)
{
    char above[PATH_ROOM];
    if (snprintf(above, sizeof above, "%s", path) >= (int)sizeof above)
        return false;
    for (char *slash = strchr(above + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(above, 0777) != 0 && errno != EEXIST)
            return false;
        *slash = '/';
    }
    return true;
}

/* Without slashes at the end, so that NAME.part lies beside NAME. */
static const char *plain_path(struct arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return arena_text(arena, path, length);
}

/* An empty folder, or one that holds the mark, may be replaced. */
static bool may_replace(const char *path, const char *mark)
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
    return count <= 2;
}

bool folder_open(struct folder *folder, struct arena *arena, const char *path, const char *mark,
                 struct errors *errors)
{
    folder->path = plain_path(arena, path);
    folder->aside = arena_print(arena, "%s.part", folder->path);
    if (!may_replace(folder->path, mark)) {
        errors_add_outside(
            errors, folder->path,
            "exists and is no result of celsim (it holds no %s); name another folder", mark);
        return false;
    }
    if (!make_above(folder->aside) || !remove_folder(folder->aside) ||
        mkdir(folder->aside, 0777) != 0) {
        errors_add_outside(errors, folder->aside, "cannot make this folder: %s", strerror(errno));
        return false;
    }
    return true;
}

const char *folder_file(struct arena *arena, const struct folder *folder, const char *name)
{
    return arena_print(arena, "%s/%s", folder->aside, name);
}

bool folder_close(struct folder *folder, struct errors *errors)
{
    bool replaces = exists(folder->path);
    int  failed = replaces
                      ? renameat2(AT_FDCWD, folder->aside, AT_FDCWD, folder->path, RENAME_EXCHANGE)
                      : rename(folder->aside, folder->path);
    if (failed) {
        errors_add_outside(errors, folder->path, "cannot put the result in place: %s",
                           strerror(errno));
        folder_drop(folder);
        return false;
    }
    if (replaces)
        folder_drop(folder); /* now the older result */
    return true;
}

void folder_drop(struct folder *folder)
{
    remove_folder(folder->aside);
}
