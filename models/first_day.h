/* What a replication's days of shortage say: when they begin, how many there are. Read from the
 * record after the run.
 */
#ifndef CELSIM_MODELS_FIRST_DAY_H
#define CELSIM_MODELS_FIRST_DAY_H

#include "models/scenario.h"

#define SHORTAGE_LASTS_DAYS 7 /* what is shorter is chance */
#define NO_FIRST_DAY INT32_MIN

/* The value of a day (0: the first recorded) of a column that is shown every day, as all of the
 * total are that are no means. */
int32_t day_value(const struct scenario *plan, const struct record *record, int32_t day,
                  int column);

/* Of a daily column of shortage: the first day of the first 7 recorded days in a row with a
 * shortage (of at least one place, at 24:00 of each), as a day number (1970-01-01 is 0);
 * NO_FIRST_DAY: there are none. */
int32_t first_day_of_shortage(const struct scenario *plan, const struct record *record, int column);

/* Whether such a day lies in the years first .. end - 1 of the record; NO_FIRST_DAY lies in none.
 */
bool is_day_in(const struct scenario *plan, int32_t day, uint32_t first_year, uint32_t end_year);

/* Days of a daily column that are not 0 in the years first .. end - 1 of the record. */
int64_t days_not_zero(const struct scenario *plan, const struct record *record, int column,
                      uint32_t first_year, uint32_t end_year);

#endif
