/* The command line as a table: it drives parsing and --help, so that they cannot drift apart.
 */
#ifndef CELSIM_OPTIONS_H
#define CELSIM_OPTIONS_H

#include <stdio.h>

#include "studies/compare.h"
#include "studies/merge.h"

enum command {
    COMMAND_RUN,
    COMMAND_CHECK,
    COMMAND_FIELDS,
    COMMAND_MERGE,
    COMMAND_COMPARE,
    COMMANDS
};

/* What the command line says. Members that a command does not use stay zero. */
struct options {
    enum command       command;
    bool               help, version, quiet;
    struct run_request run; /* also scenario and sets of check and fields, and of compare */
    const char        *table;
    const char *const *each; /* mappings, of compare */
    int                each_count;
    const char *const *operand; /* parts of merge; base and files of compare */
    int                operand_count;
};

/* false: the usage is wrong, told in errors. Takes the arrays that it needs from the arena. */
MUST_USE bool options_read(int argc, char **argv, struct arena *arena, struct options *options,
                           struct errors *errors);

/* Help on one command, or on all (COMMANDS). */
void options_write_help(enum command command, FILE *out);

#endif
