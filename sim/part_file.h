/* The bytes of a part on disk: written aside, synced and renamed, with their crc32 as last line. */
#ifndef CELSIM_SIM_PART_FILE_H
#define CELSIM_SIM_PART_FILE_H

#include <stddef.h>

#include "sim/error.h"

/* On failure an older file at `path` stays as it was and nothing is left beside it. */
MUST_USE bool part_file_write(const char *path, const void *bytes, size_t count,
                              struct errors *errors);

/* false: there is no such file, or its last line is not the check of all before it. */
MUST_USE bool part_file_check(const char *path, struct errors *errors);

#endif
