#include <criterion/criterion.h>

#include <string.h>
#include <time.h>

#include "sim/date.h"

/* Days and weekdays by Python: (date(y, m, d) - date(1970, 1, 1)).days and .weekday(). */
static const struct {
    struct date date;
    int32_t     day;
    int         weekday;
    const char *text;
} known[] = {
    {{1, 1, 1}, -719162, 0, "0001-01-01"},     {{1900, 1, 1}, -25567, 0, "1900-01-01"},
    {{1969, 12, 31}, -1, 2, "1969-12-31"},     {{1970, 1, 1}, 0, 3, "1970-01-01"},
    {{2000, 2, 29}, 11016, 1, "2000-02-29"},   {{2024, 2, 29}, 19782, 3, "2024-02-29"},
    {{2024, 12, 31}, 20088, 1, "2024-12-31"},  {{2026, 1, 1}, 20454, 3, "2026-01-01"},
    {{2035, 12, 31}, 24105, 0, "2035-12-31"},  {{2100, 3, 1}, 47541, 0, "2100-03-01"},
    {{2999, 12, 31}, 376199, 1, "2999-12-31"}, {{9999, 12, 31}, 2932896, 4, "9999-12-31"},
};

Test(date, knows_days_and_weekdays)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        char text[11];
        cr_expect_eq(date_to_day(known[i].date), known[i].day, "%s", known[i].text);
        cr_expect_eq(date_weekday(known[i].day), known[i].weekday, "%s", known[i].text);
        date_format(known[i].day, text);
        cr_expect_str_eq(text, known[i].text);
    }
}

/* The C library as oracle for each day of the years that a scenario can name. */
Test(date, agrees_with_the_c_library_on_each_day)
{
    int wrong = 0;
    for (int32_t day = -25567; day <= 376199; day++) {
        time_t    seconds = (time_t)day * 86400;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        struct date date = date_from_day(day);
        wrong += date.year != tm.tm_year + 1900 || date.month != tm.tm_mon + 1 ||
                 date.day != tm.tm_mday || date_to_day(date) != day ||
                 date_weekday(day) != (tm.tm_wday + 6) % 7;
    }
    cr_expect_eq(wrong, 0);
}

Test(date, round_trips_each_day_of_ten_thousand_years)
{
    int wrong = 0;
    for (int32_t day = -719162; day <= 2932896; day++)
        wrong += date_to_day(date_from_day(day)) != day;
    cr_expect_eq(wrong, 0);
}

Test(date, counts_the_days_of_a_year)
{
    cr_expect_eq(date_year_days(1900), 365);
    cr_expect_eq(date_year_days(2000), 366);
    cr_expect_eq(date_year_days(2024), 366);
    cr_expect_eq(date_year_days(2026), 365);
    cr_expect_eq(date_year_days(2100), 365);
    for (int year = 1900; year < 3000; year++)
        cr_expect_eq(date_to_day((struct date){year + 1, 1, 1}) -
                         date_to_day((struct date){year, 1, 1}),
                     date_year_days(year), "%d", year);
}

Test(date, reads_what_it_writes)
{
    int wrong = 0;
    for (int32_t day = -25567; day <= 376199; day += 13) {
        char    text[11];
        int32_t read;
        date_format(day, text);
        wrong += !date_parse(text, &read) || read != day;
    }
    cr_expect_eq(wrong, 0);
}

Test(date, refuses_what_is_not_a_day)
{
    static const char *refused[] = {
        "",           "2026",       "2026-1-01",  "2026-01-1",  "2026-01-",    "2026-02-29",
        "2100-02-29", "1900-02-29", "2026-04-31", "2026-06-31", "2026-13-01",  "2026-00-10",
        "2026-01-00", "2026-01-32", "1899-12-31", "3000-01-01", "2026-01-01 ", " 2026-01-01",
        "2026/01/01", "20260101",   "+026-01-01", "2026-01-0a", "2026-01-010", "01-01-2026",
        "2026-01-0:", "2026-01-0/", "2026-99-99", "0000-00-00", "-026-01-01",  "2026--1-01",
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        int32_t day = 4711;
        cr_expect_not(date_parse(refused[i], &day), "%s", refused[i]);
        cr_expect_eq(day, 4711, "%s", refused[i]);
    }
}
