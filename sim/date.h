/* Calendar days and minutes. A day number counts from 1970-01-01 (day 0) in the Gregorian calendar;
 * minutes count from the scenario's first midnight. Civil days have 1,440 minutes; there is no
 * clock change.
 */
#ifndef CELSIM_SIM_DATE_H
#define CELSIM_SIM_DATE_H

#include <stdbool.h>
#include <stdint.h>

#define MINUTES_A_DAY 1440
#define DAYS_A_MONTH 30 /* a month in a sentence, art. 88 Sr */
#define DAYS_A_YEAR 365
#define MINUTES_A_YEAR ((int64_t)DAYS_A_YEAR * MINUTES_A_DAY)
/* Longer durations are refused, longer draws cut. */
#define DURATION_AT_MOST (200 * MINUTES_A_YEAR)

typedef int64_t sim_time; /* minutes since the scenario's first midnight */

struct date {
    int year, month, day; /* month 1..12, day 1..31 */
};

int32_t     date_to_day(struct date date);
struct date date_from_day(int32_t day);
/* 0 Monday .. 6 Sunday. */
int date_weekday(int32_t day);
/* Days in the year: 365 or 366. */
int date_year_days(int year);
/* Reads exactly YYYY-MM-DD, years 1900 to 2999. false: not of that form, or no such day. */
bool date_parse(const char *text, int32_t *day);
/* Writes YYYY-MM-DD and a 0: 11 bytes. */
void date_format(int32_t day, char text[11]);

#endif
