#include "sim/error.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct label {
    const char    *scenario; /* NULL: no replication is running in this thread */
    uint64_t       seed;
    uint32_t       replication;
    const int64_t *now_min; /* NULL: no clock yet */
};

/* The one variable of the program that is neither passed nor constant: a failed must() can stand
 * anywhere, and has to say which replication it was in. */
static _Thread_local struct label label;

__attribute__((format(printf, 4, 0))) static void
add(struct errors *errors, const char *file, struct error place, const char *format, va_list args)
{
    if (errors->count++ >= ERRORS_KEPT)
        return;
    vsnprintf(place.text, sizeof place.text, format, args);
    snprintf(place.file, sizeof place.file, "%s", file);
    errors->list[errors->count - 1] = place;
}

void errors_add(struct errors *errors, const char *file, int line, int column, const char *format,
                ...)
{
    va_list args;
    va_start(args, format);
    add(errors, file, (struct error){.line = line, .column = column}, format, args);
    va_end(args);
}

void errors_add_outside(struct errors *errors, const char *file, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(errors, file, (struct error){.outside = true}, format, args);
    va_end(args);
}

void must_label(const char *scenario, uint64_t seed, uint32_t replication, const int64_t *now_min)
{
    label = (struct label){scenario, seed, replication, now_min};
}

void must_fail(const char *file, int line, const char *condition)
{
    if (!label.scenario) {
        fprintf(stderr, "%s:%d: this is a bug in celsim: %s does not hold\n", file, line,
                condition);
        abort();
    }
    /* In one call, or the lines of two failing threads would mix. */
    fprintf(
        stderr,
        "%s:%d: this is a bug in celsim: %s does not hold\n"
        "seed %" PRIu64 ", replication %" PRIu32 ", minute %" PRId64 "\n"
        "to repeat it: celsim run %s --seed %" PRIu64 " --replications %" PRIu32 "..%" PRIu32 "\n",
        file, line, condition, label.seed, label.replication, label.now_min ? *label.now_min : 0,
        label.scenario, label.seed, label.replication, label.replication);
    abort();
}
