#include "tests/own_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATH_ROOM = 4096 };

const char *own_folder(void)
{
    static char folder[PATH_ROOM - 256]; /* each test is a process of its own */
    if (*folder)
        return folder;
    const char *outer = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/celsim-XXXXXX", outer && *outer ? outer : "/tmp");
    cr_assert(mkdtemp(folder), "cannot make %s", folder);
    return folder;
}

const char *own_file(const char *name, const char *text)
{
    static char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s/%s", own_folder(), name);
    if (!text)
        return path;
    FILE *file = fopen(path, "wb");
    cr_assert(file, "cannot make %s", path);
    cr_assert(fputs(text, file) >= 0);
    cr_assert_eq(fclose(file), 0);
    return path;
}
