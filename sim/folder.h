/* A folder of results, written aside and put in place whole: all files go to NAME.part, which
 * becomes NAME when everything went well. An older result of that name is replaced at once, or in
 * two steps where the file system cannot; a folder that is no result of ours is never touched, nor
 * is a NAME.part that no interrupted run left behind, or that another run is writing now.
 */
#ifndef CELSIM_SIM_FOLDER_H
#define CELSIM_SIM_FOLDER_H

#include <stdbool.h>

#include "sim/arena.h"
#include "sim/error.h"

struct folder {
    const char *path;  /* as it will be called */
    const char *aside; /* where files are written */
    int         lock;  /* on it, as long as they are */
};

/* Makes NAME.part, with the folders above it; empties one that was left behind. `mark`: a file
 * whose presence in NAME says that it is ours to replace. */
MUST_USE bool folder_open(struct folder *folder, struct arena *arena, const char *path,
                          const char *mark, struct errors *errors);
/* The path of a file in the making. */
const char *folder_file(struct arena *arena, const struct folder *folder, const char *name);
/* Puts the folder in place; the older one is removed. Where that fails the files stay aside, and
 * the error says so. */
MUST_USE bool folder_close(struct folder *folder, struct errors *errors);
/* Removes what was written. */
void folder_drop(struct folder *folder);

#endif
