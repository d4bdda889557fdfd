#include "models/intake.h"

#include "sim/date.h"

#define HOURS_A_DAY 24
#define QUOTA_AT_MOST 1000000

struct intake intake_always(void)
{
    return (struct intake){.days = ALL_DAYS, .to_min = MINUTES_A_DAY, .per_day = NO_QUOTA};
}

struct transport transport_always(void)
{
    return (struct transport){.days = ALL_DAYS, .per_day = NO_QUOTA};
}

void intake_check(struct reader *reader, const struct node *node)
{
    if (node->kind != NODE_MAPPING || node->count > 0)
        return;
    node_key_error(reader, node, "%s says nothing; it must have days, per_day or another key",
                   node->key);
}

static void read_hours(struct reader *reader, struct node *node, void *member)
{
    struct intake *intake = member;
    int64_t        from, to;
    if (!read_list(reader, node))
        return;
    if (node->count != 2) {
        node_error(reader, node, "hours has %d numbers; it must have two, as in [8, 18]",
                   node->count);
        return;
    }
    if (!read_count(reader, node->first, 0, HOURS_A_DAY, &from) ||
        !read_count(reader, node->first->next, 0, HOURS_A_DAY, &to))
        return;
    if (to <= from) {
        node_error(reader, node,
                   "hours runs from %d to %d; the second must be above the first, within one day",
                   (int)from, (int)to);
        return;
    }
    intake->from_min = (int32_t)from * MINUTES_A_DAY / HOURS_A_DAY;
    intake->to_min = (int32_t)to * MINUTES_A_DAY / HOURS_A_DAY;
}

static void read_days(struct reader *reader, struct node *node, void *member)
{
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    uint8_t                  days = 0;
    int                      day;
    if (!read_list(reader, node))
        return;
    for (struct node *item = node->first; item; item = item->next) {
        if (!read_reference(reader, item, NULL, names, DAYS_A_WEEK, &day))
            return;
        if (days >> day & 1)
            node_error(reader, item, "days names %s twice", names[day]);
        days = (uint8_t)(days | 1 << day);
    }
    if (days == 0)
        node_error(reader, node, "days names no day; it must name at least one, as in [mon, tue]");
    else
        *(uint8_t *)member = days;
}

static void read_quota(struct reader *reader, struct node *node, void *member)
{
    int64_t quota;
    if (read_count(reader, node, 1, QUOTA_AT_MOST, &quota))
        *(int32_t *)member = (int32_t)quota;
}

const struct field intake_fields[] = {
    {.key = "hours",
     .type = FIELD_OWN,
     .offset = 0,
     .own = read_hours,
     .unit = "list of two whole hours of the day",
     .otherwise = "[0, 24]",
     .help = "From the first up to the second, people are taken in."},
    {.key = "days",
     .type = FIELD_OWN,
     .offset = offsetof(struct intake, days),
     .own = read_days,
     .unit = "list of `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`",
     .otherwise = "all days",
     .help = "The weekdays on which people are taken in."},
    {.key = "per_day",
     .type = FIELD_OWN,
     .offset = offsetof(struct intake, per_day),
     .low = 1,
     .high = QUOTA_AT_MOST,
     .own = read_quota,
     .unit = "count, people a unit",
     .otherwise = "no limit",
     .help = "The most who are newly placed in a unit on one day."},
    {0},
};

const struct field transport_fields[] = {
    {.key = "per_day",
     .type = FIELD_OWN,
     .offset = offsetof(struct transport, per_day),
     .low = 1,
     .high = QUOTA_AT_MOST,
     .own = read_quota,
     .unit = "count, people",
     .otherwise = "no limit",
     .help = "The most who are brought to another place on one day, over the whole system."},
    {.key = "days",
     .type = FIELD_OWN,
     .offset = offsetof(struct transport, days),
     .own = read_days,
     .unit = "list of `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`",
     .otherwise = "all days",
     .help = "The weekdays on which there is transport."},
    {0},
};

int64_t intake_next_open(const struct intake *intake, int weekday, int64_t minute)
{
    for (int64_t day = minute / MINUTES_A_DAY;; day++) {
        int64_t from = day * MINUTES_A_DAY + intake->from_min;
        int64_t to = day * MINUTES_A_DAY + intake->to_min;
        if ((intake->days >> (weekday + day) % DAYS_A_WEEK & 1) != 0 && minute < to)
            return minute > from ? minute : from;
    }
}
