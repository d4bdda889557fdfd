#define _GNU_SOURCE /* renameat2 */

#include "sim/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
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

static bool is_unfinished(const char *folder)
{
    char file[PATH_ROOM];
    return join(file, folder, UNFINISHED) && exists(file);
}

static bool mark_unfinished(const char *folder)
{
    char file[PATH_ROOM];
    int  mark = join(file, folder, UNFINISHED) ? open(file, O_WRONLY | O_CREAT, 0666) : -1;
    return mark >= 0 && close(mark) == 0;
}

static void mark_finished(const char *folder)
{
    char file[PATH_ROOM];
    if (join(file, folder, UNFINISHED))
        unlink(file);
}

/* All but the mark, which goes last: if this is interrupted, the rest is known as left behind. */
static bool empty_folder(const char *path)
{
    DIR *entries = opendir(path);
    if (!entries)
        return false;
    char file[PATH_ROOM];
    for (struct dirent *entry; (entry = readdir(entries));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            strcmp(entry->d_name, UNFINISHED) != 0 && join(file, path, entry->d_name))
            unlink(file);
    closedir(entries);
    return true;
}

/* Files in it, then the folder; results hold no folders. */
static void remove_folder(const char *path)
{
    if (!empty_folder(path))
        return;
    mark_finished(path);
    rmdir(path);
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

/* Folders in it, and all that it holds. */
static int count_in(const char *path, int *folders)
{
    char        file[PATH_ROOM];
    struct stat status;
    int         count = *folders = 0;
    DIR        *entries = opendir(path);
    if (!entries)
        return -1;
    for (struct dirent *entry; (entry = readdir(entries)); count++)
        if (join(file, path, entry->d_name) && lstat(file, &status) == 0)
            *folders += S_ISDIR(status.st_mode);
    closedir(entries);
    *folders -= 2; /* itself and the one above */
    return count - 2;
}

/* Nothing, an empty folder, or a folder that holds the mark; in none of them another folder. */
static bool may_remove(const char *path, const char *mark)
{
    char file[PATH_ROOM];
    int  folders;
    if (!exists(path))
        return true;
    int count = count_in(path, &folders);
    return count == 0 || (folders == 0 && join(file, path, mark) && exists(file));
}

/* -- one run at a time */

static bool is_at(int folder, const char *path)
{
    struct stat of_folder, of_path;
    return fstat(folder, &of_folder) == 0 && stat(path, &of_path) == 0 &&
           of_folder.st_dev == of_path.st_dev && of_folder.st_ino == of_path.st_ino;
}

/* An open folder that nobody else holds, or -1. Where the file system has no locks all may have it.
 */
static int hold(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0 || flock(folder, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return folder;
    close(folder);
    errno = EWOULDBLOCK;
    return -1;
}

static void let_go(int folder)
{
    if (folder >= 0)
        close(folder);
}

/* Made where it is missing; again if another run removed it between two steps. */
static int make_and_hold(const char *path)
{
    for (;;) {
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            return -1;
        int folder = hold(path);
        if (folder >= 0 && is_at(folder, path))
            return folder;
        if (folder < 0 && errno != ENOENT)
            return -1;
        let_go(folder);
    }
}

/* -- opening */

static bool open_aside(struct folder *folder, struct errors *errors)
{
    const char *aside = folder->aside;
    folder->lock = make_above(aside) ? make_and_hold(aside) : -1;
    int reason = errno;
    if (folder->lock < 0 && reason == EWOULDBLOCK)
        errors_add_outside(errors, aside,
                           "another run is writing its results there; wait for it, or name another "
                           "folder");
    else if (!may_remove(aside, UNFINISHED))
        errors_add_outside(errors, aside,
                           "is in the way: results are made there, and it is not what an "
                           "interrupted run left behind; name another folder");
    else if (folder->lock >= 0 && mark_unfinished(aside) && empty_folder(aside))
        return true;
    else
        errors_add_outside(errors, aside, "cannot make this folder: %s",
                           strerror(folder->lock < 0 ? reason : errno));
    return false;
}

/* Why a folder that is there cannot be replaced. */
static const char *why_not(struct arena *arena, const char *path, const char *mark)
{
    int folders;
    if (count_in(path, &folders) > 0 && folders > 0)
        return "exists and holds folders, as no result of celsim does";
    return arena_print(arena, "exists and is no result of celsim (it holds no %s)", mark);
}

bool folder_open(struct folder *folder, struct arena *arena, const char *path, const char *mark,
                 struct errors *errors)
{
    folder->path = plain_path(arena, path);
    folder->aside = arena_print(arena, "%s.part", folder->path);
    folder->lock = -1;
    if (!may_remove(folder->path, mark)) {
        errors_add_outside(errors, folder->path, "%s; name another folder",
                           why_not(arena, folder->path, mark));
        return false;
    }
    if (open_aside(folder, errors))
        return true;
    let_go(folder->lock);
    return false;
}

const char *folder_file(struct arena *arena, const struct folder *folder, const char *name)
{
    return arena_print(arena, "%s/%s", folder->aside, name);
}

/* Some file systems, such as NFS, cannot exchange: there the older one steps back first. One that
 * is marked there was left behind by an interrupted run. */
static bool replace_in_steps(const char *aside, const char *path)
{
    char old[PATH_ROOM];
    if (snprintf(old, sizeof old, "%s.old", path) >= (int)sizeof old)
        return false;
    if (is_unfinished(old))
        remove_folder(old);
    if (rename(path, old) != 0)
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

/* The older one is held and marked before it becomes NAME.part, so that nobody takes it for another
 * run's, nor, should this be interrupted, for a result that must not be touched. */
bool folder_close(struct folder *folder, struct errors *errors)
{
    int older = hold(folder->path);
    if (older >= 0)
        (void)mark_unfinished(folder->path);
    bool done = put_in_place(folder->aside, folder->path);
    if (!done)
        errors_add_outside(errors, folder->path, "cannot put the result in place: %s; it is in %s",
                           strerror(errno), folder->aside);
    mark_finished(folder->path);
    if (done)
        remove_folder(folder->aside);
    else
        mark_finished(folder->aside);
    let_go(older);
    let_go(folder->lock);
    return done;
}

void folder_drop(struct folder *folder)
{
    remove_folder(folder->aside);
    let_go(folder->lock);
}
