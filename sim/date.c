#include "sim/date.h"

#include <stddef.h>

#include "sim/error.h"

/* Inside, years start on 1 March, so that the leap day is the last of its year and the months from
 * March on follow one line: (153 m + 2) / 5 days go before month m (0 March .. 11 February). */
#define EPOCH_DAY 719468 /* 1970-01-01 counted from 1 March of year 0 */
#define DAYS_IN_400_YEARS 146097
#define FIRST_DAY (-719162) /* 0001-01-01 */
#define LAST_DAY 2932896    /* 9999-12-31 */

static int32_t days_before_year(int32_t year)
{
    return 365 * year + year / 4 - year / 100 + year / 400;
}

static int32_t days_before_month(int32_t month)
{
    return (153 * month + 2) / 5;
}

int32_t date_to_day(struct date date)
{
    must(date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12);
    int32_t year = date.month > 2 ? date.year : date.year - 1;
    int32_t month = (date.month + 9) % 12;
    return days_before_year(year) + days_before_month(month) + date.day - 1 - EPOCH_DAY;
}

struct date date_from_day(int32_t day)
{
    must(day >= FIRST_DAY && day <= LAST_DAY);
    int32_t since = day + EPOCH_DAY;
    /* Leap days are spread unevenly over 400 years, so the mean length may guess a year too late,
     * (never two, never one too early). */
    int32_t year = (int32_t)(((int64_t)since + 2) * 400 / DAYS_IN_400_YEARS);
    if (days_before_year(year) > since)
        year--;
    int32_t rest = since - days_before_year(year);
    int32_t month = (5 * rest + 2) / 153;
    return (struct date){.year = month < 10 ? year : year + 1,
                         .month = (month + 2) % 12 + 1,
                         .day = rest - days_before_month(month) + 1};
}

int date_weekday(int32_t day)
{
    /* Day 0 was a Thursday (3). */
    return (day % 7 + 7 + 3) % 7;
}

int date_year_days(int year)
{
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return leap ? 366 : 365;
}

static int read_digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = 10 * value + (text[i] - '0');
    return value;
}

static void write_digits(char *text, int value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        text[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

/* A text that ends early fails at its end, and nothing behind it is read. */
static bool has_form(const char *text)
{
    const char form[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof form - 1; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == 'd' ? !digit : text[i] != '-')
            return false;
    }
    return text[sizeof form - 1] == '\0';
}

bool date_parse(const char *text, int32_t *day)
{
    if (!has_form(text))
        return false;
    struct date date = {read_digits(text, 4), read_digits(text + 5, 2), read_digits(text + 8, 2)};
    if (date.year < 1900 || date.year > 2999 || date.month < 1 || date.month > 12)
        return false;
    int32_t number = date_to_day(date);
    /* 31 April is 1 May by number, and so gives itself away. */
    struct date same = date_from_day(number);
    if (same.month != date.month || same.day != date.day)
        return false;
    *day = number;
    return true;
}

void date_format(int32_t day, char text[11])
{
    struct date date = date_from_day(day);
    write_digits(text, date.year, 4);
    text[4] = '-';
    write_digits(text + 5, date.month, 2);
    text[7] = '-';
    write_digits(text + 8, date.day, 2);
    text[10] = '\0';
}
