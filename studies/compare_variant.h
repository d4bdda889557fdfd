/* The scenarios of a comparison, for its parts. */
#ifndef CELSIM_STUDIES_COMPARE_VARIANT_H
#define CELSIM_STUDIES_COMPARE_VARIANT_H

#include "studies/pairing.h"
#include "studies/simulate.h"

/* A scenario of the comparison; the first is the base. */
struct variant {
    const char        *file;
    const char *const *without; /* paths of members that it does not have */
    int                without_count;
    struct simulation  simulation;
    struct comparison  comparison; /* the base's: its name */
};

struct variants {
    int             count;
    struct variant *list;
};

/* What is printed of a comparison whose rows are written. Of the arena it takes supply_room() and
 * WARNINGS_BYTES of each scenario. */
void variants_write_headline(const struct variants *variants, struct arena *arena, FILE *out);

#endif
