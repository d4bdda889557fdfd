/* Errors with a place, and the assertion for our own bugs.
 *
 * A wrong scenario gives many errors: each is collected in `struct errors` with its file, line and
 * column, and main.c prints them all. What fails outside (a full disk) is the same type with line
 * 0. Nothing below main.c prints. A bug of ours stops the program: must() is on in every build and
 * prints the command that repeats the run.
 */
#ifndef CELSIM_SIM_ERROR_H
#define CELSIM_SIM_ERROR_H

#include <stdbool.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))

struct error {
    char file[512];    /* a copy: the error outlives what was read */
    int  line, column; /* both from 1; 0 where there is none */
    bool outside;      /* the outside failed (file, disk), not the scenario */
    char text[400];
};

#define ERRORS_KEPT 100

/* The first errors in the order found; `count` goes on counting. Zero is an empty list. */
struct errors {
    int          count;
    struct error list[ERRORS_KEPT];
};

void errors_add(struct errors *errors, const char *file, int line, int column, const char *format,
                ...) __attribute__((format(printf, 5, 6)));

/* As errors_add, for a failure of the outside: a file that cannot be opened, a disk that is full.
 */
void errors_add_outside(struct errors *errors, const char *file, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What must() prints beside the failed condition; the runner sets it for its thread, nothing else
 * reads it. */
void must_label(const char *scenario, uint64_t seed, uint32_t replication, const int64_t *now_min);

__attribute__((cold)) _Noreturn void must_fail(const char *file, int line, const char *condition);

/* Stops the program when `condition` is false: a bug of ours, never a mistake of the user's. */
#define must(condition) ((condition) ? (void)0 : must_fail(__FILE__, __LINE__, #condition))

#endif
