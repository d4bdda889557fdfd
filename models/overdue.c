#include "models/overdue.h"

#include "models/spending.h"
#include "sim/date.h"

__extension__ typedef __int128 wide;

#define MINUTES_A_MONTH (30 * (int64_t)MINUTES_A_DAY)

/* What is due after so much time over, in cents; parts of a cent fall away. */
static int64_t due_cents(const struct overdue *overdue, int64_t over_min)
{
    wide    sum = 0;
    int64_t left_min = over_min;
    for (int i = 0; i < overdue->rate_count && left_min > 0; i++) {
        bool    is_last = i == overdue->rate_count - 1;
        int64_t part_min =
            is_last || left_min < overdue->rises_every_min ? left_min : overdue->rises_every_min;
        sum += (wide)overdue->cents_per_month[i] * part_min;
        left_min -= part_min;
    }
    return (int64_t)(sum / MINUTES_A_MONTH);
}

static int64_t *columns_of(struct prison *prison, int64_t minute, int status)
{
    const struct scenario *plan = prison->plan;
    size_t                 year = plan->year_of_day[minute / MINUTES_A_DAY];
    int first = plan->columns.overdue_first + plan->columns.overdue_of_status[status];
    return prison->record->yearly + year * (size_t)plan->columns.yearly_count + (size_t)first;
}

static int64_t end_of_year(const struct prison *prison, int64_t minute)
{
    int32_t start = prison->plan->period.start;
    int     year = date_from_day(start + (int32_t)(minute / MINUTES_A_DAY)).year;
    return (int64_t)(date_to_day((struct date){year + 1, 1, 1}) - start) * MINUTES_A_DAY;
}

/* From `from` to `to`, of one year; he is over since `since`. */
static void add_part(struct prison *prison, int status, int64_t since, int64_t from, int64_t to)
{
    const struct overdue *overdue = &prison->statuses[status].overdue;
    int64_t              *column = columns_of(prison, from, status);
    int64_t               cents = due_cents(overdue, to - since) - due_cents(overdue, from - since);
    column[OVERDUE_MINUTES] += to - from;
    if (from == since)
        column[OVERDUE_PEOPLE]++;
    if (overdue->rate_count == 0)
        return;
    column[OVERDUE_DUE] += cents;
    spending_add_once(prison, prison->plan->costs.group_of_status[status], COST_COMPENSATION,
                      prison_date(prison, from), cents);
}

void overdue_reckon(struct prison *prison, const struct person *person)
{
    int64_t since = person->since_min + prison->statuses[person->status].overdue.after_min;
    int64_t from = since > prison->window_min ? since : prison->window_min;
    while (from < prison->now_min) {
        int64_t end = end_of_year(prison, from);
        int64_t to = end < prison->now_min ? end : prison->now_min;
        add_part(prison, person->status, since, from, to);
        from = to;
    }
}

void overdue_close(struct prison *prison)
{
    if (prison->overdue == 0)
        return;
    for (person_id id = SLOTS_FIXED; id < prison->person_end; id++)
        if (prison->person[id].key != 0 &&
            (prison->person[id].flags & (PERSON_WAITING | PERSON_PLACED)) == PERSON_WAITING)
            overdue_settle(prison, &prison->person[id]);
}
