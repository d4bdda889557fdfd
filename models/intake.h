/* When and how many people a place takes in: the hours, days and daily number of a regime's units,
 * and the transport between them (vervoer).
 */
#ifndef CELSIM_MODELS_INTAKE_H
#define CELSIM_MODELS_INTAKE_H

#include "sim/fields.h"

#define DAYS_A_WEEK 7
#define ALL_DAYS 127 /* a bit a weekday, Monday the lowest */
#define NO_QUOTA INT32_MAX

struct intake {
    bool    used;
    uint8_t days;
    int32_t from_min, to_min; /* of the day: open from the first up to the second */
    int32_t per_day;          /* newly placed people a unit; NO_QUOTA */
};

struct transport {
    bool    used;
    uint8_t days;
    int32_t per_day; /* moves in all; NO_QUOTA */
};

/* Without limits, to be read into. */
struct intake    intake_always(void);
struct transport transport_always(void);

/* After the fields of `intake:` of a regime, or of `transport:`: adds an error where they say
 * nothing. */
void intake_check(struct reader *reader, const struct node *node);

/* Whether it is open in this minute of the day of this weekday (0 Monday), its quota aside. */
static inline bool intake_is_open(const struct intake *intake, int weekday, int32_t minute)
{
    return (intake->days >> weekday & 1) != 0 && minute >= intake->from_min &&
           minute < intake->to_min;
}

/* The first minute from this one on in which it is open; minutes count from midnight of a day with
 * this weekday. */
int64_t intake_next_open(const struct intake *intake, int weekday, int64_t minute);

extern const struct field intake_fields[], transport_fields[];

#endif
