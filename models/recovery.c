#include "models/recovery.h"

#include "models/first_day.h"

static int64_t lacking(const struct scenario *plan, const struct record *record, int32_t row)
{
    const struct columns *columns = &plan->columns;
    return (int64_t)day_value(plan, record, row, columns->stand_in.cell_total) +
           day_value(plan, record, row, columns->over_capacity_total) +
           day_value(plan, record, row, columns->stand_in.at_home_total);
}

static int64_t sum(const struct scenario *plan, const struct record *record, int32_t first,
                   int32_t count)
{
    int64_t people = 0;
    for (int32_t i = 0; i < count; i++)
        people += lacking(plan, record, first + i);
    return people;
}

bool recovery_is_known(const struct scenario *plan, const struct shock *shock)
{
    return shock->on - plan->period.first_record >= RECOVERY_BEFORE_DAYS;
}

int32_t recovery_days(const struct scenario *plan, const struct record *record,
                      const struct shock *shock)
{
    int32_t on = shock->on - plan->period.first_record, days = (int32_t)plan->record_size.days;
    if (!recovery_is_known(plan, shock))
        return NO_RECOVERY;
    int64_t before = sum(plan, record, on - RECOVERY_BEFORE_DAYS, RECOVERY_BEFORE_DAYS);
    for (int32_t day = on; day + RECOVERY_AFTER_DAYS <= days; day++) {
        int64_t after = sum(plan, record, day, RECOVERY_AFTER_DAYS);
        if (after * RECOVERY_BEFORE_DAYS <= before * RECOVERY_AFTER_DAYS)
            return day - on;
    }
    return NO_RECOVERY;
}
