/* How much a replication records, and how many people it can have. */
#include "models/scenario_read.h"

#include <math.h>

#define PERSONS_AT_MOST ((1 << 28) - 4096) /* slots of the event set, less those of the model */

static int year_of(int32_t day)
{
    return date_from_day(day).year;
}

static uint8_t wait_class(int32_t days)
{
    uint8_t class = 0;
    while (class + 1 < WAIT_CLASSES && days >= wait_class_from_days[class + 1])
        class ++;
    return class;
}

void scenario_make_record_size(struct arena *arena, struct scenario *scenario)
{
    const struct period  *period = &scenario->period;
    const struct columns *columns = &scenario->columns;
    int                   first_year = year_of(period->first_record);
    int                   months = columns->month_end.month_count;
    int                   monthly = columns_monthly_count(columns);
    bool                  by_month = months > 0 && monthly > 0;
    scenario->record_size = (struct record_size){
        .days = (uint32_t)(period->end - period->first_record + 1),
        .daily_columns = (uint32_t)columns->kept[SHOWN_DAILY].count,
        .months = by_month ? (uint32_t)months : 0,
        .monthly_columns = by_month ? (uint32_t)monthly : 0,
        .years = (uint32_t)(year_of(period->end) - first_year + 1),
        .yearly_columns = (uint32_t)columns->yearly_count,
        .total_columns = (uint32_t)(TOTALS + columns->further_count),
    };
    scenario->year_of_day = arena_new(arena, uint16_t, (size_t)period->day_count);
    for (int32_t day = period->first_record; day <= period->end; day++)
        scenario->year_of_day[day - period->start] = (uint16_t)(year_of(day) - first_year);
    scenario->wait_class = arena_new(arena, uint8_t, (size_t)period->day_count + 1);
    for (int32_t days = 0; days <= period->day_count; days++)
        scenario->wait_class[days] = wait_class(days);
}

/* With whatever measures may add. */
static double arrivals_expected(const struct scenario *scenario, int f)
{
    double sum = 0;
    for (int32_t i = 0; i < scenario->period.day_count; i++)
        sum += scenario->flows.list[f].rate_per_day[i] *
                   measures_raise(&scenario->measures, f, scenario->period.start + i) +
               measures_addition(&scenario->measures, f, scenario->period.start + i);
    return sum;
}

static double starters(const struct scenario *scenario)
{
    double sum = 0;
    for (int g = 0; g < scenario->start.count; g++)
        sum += (double)scenario->start.list[g].persons;
    return sum;
}

static double arrested(const struct scenario *scenario)
{
    double sum = 0;
    for (int i = 0; i < scenario->shocks.count; i++)
        sum += scenario->shocks.list[i].persons;
    return sum;
}

/* All who ever come; chance does not pass the mean of a Poisson number by 12 standard deviations.
 */
void scenario_set_persons_at_most(struct reader *reader, const struct node *root,
                                  struct scenario *scenario)
{
    double arrivals = 0;
    for (int f = 0; f < scenario->flows.count; f++)
        arrivals += arrivals_expected(scenario, f) * scenario->flows.list[f].spread_at_most;
    double people = starters(scenario) + arrested(scenario) + arrivals + 12 * sqrt(arrivals) + 1000;
    if (people < PERSONS_AT_MOST) {
        scenario->persons_at_most = (uint32_t)people;
        return;
    }
    const struct node *flows = node_find(root, "flows");
    node_error(reader, flows ? flows : root,
               "the scenario needs room for %.0f people (all who come); at most %d fit: shorten "
               "the period or lower the flows",
               people, PERSONS_AT_MOST);
}
