#include "models/first_day.h"

int32_t day_value(const struct scenario *plan, const struct record *record, int32_t day, int column)
{
    return record->daily[(size_t)day * plan->record_size.daily_columns +
                         (size_t)plan->columns.daily[column].at];
}

int32_t first_day_of_shortage(const struct scenario *plan, const struct record *record, int column)
{
    int     in_a_row = 0;
    int32_t days = (int32_t)plan->record_size.days;
    for (int32_t day = 0; day < days; day++) {
        in_a_row = day_value(plan, record, day, column) > 0 ? in_a_row + 1 : 0;
        if (in_a_row == SHORTAGE_LASTS_DAYS)
            return plan->period.first_record + day - (SHORTAGE_LASTS_DAYS - 1);
    }
    return NO_FIRST_DAY;
}

/* Recorded days before the first of January of a year of the record. */
static int32_t days_before(const struct scenario *plan, uint32_t year)
{
    int     first_year = date_from_day(plan->period.first_record).year;
    int32_t days = date_to_day((struct date){first_year + (int)year, 1, 1});
    days -= plan->period.first_record;
    int32_t count = (int32_t)plan->record_size.days;
    return days < 0 ? 0 : days > count ? count : days;
}

bool is_day_in(const struct scenario *plan, int32_t day, uint32_t first_year, uint32_t end_year)
{
    if (day == NO_FIRST_DAY)
        return false;
    int32_t since = day - plan->period.first_record;
    return since >= days_before(plan, first_year) && since < days_before(plan, end_year);
}

int64_t days_not_zero(const struct scenario *plan, const struct record *record, int column,
                      uint32_t first_year, uint32_t end_year)
{
    int64_t count = 0;
    int32_t end = days_before(plan, end_year);
    for (int32_t day = days_before(plan, first_year); day < end; day++)
        count += day_value(plan, record, day, column) != 0;
    return count;
}
