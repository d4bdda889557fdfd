#include "models/roster.h"

#include <stdlib.h>

#include "models/supply.h"
#include "sim/date.h"

#define MONTHS_A_YEAR 12

__extension__ typedef __int128 wide;

/* An institution while its days are gone through. */
struct shift {
    struct supply         *supply;
    const struct staffing *staffing;
    bool                   begun;              /* it has staff, as it has had places */
    int64_t                employed, at_start; /* millionths of an fte */
    int32_t               *open;               /* [unit of the institution]: places but for staff */
    int32_t               *closed;             /* of these, for want of staff */
    int32_t               *since;              /* the day from which so many are */
};

/* -- days on which something may change */

static int by_day(const void *a, const void *b)
{
    const int32_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

static int32_t next_month(int32_t day)
{
    struct date date = date_from_day(day);
    struct date next = {date.year + date.month / MONTHS_A_YEAR, date.month % MONTHS_A_YEAR + 1, 1};
    return date_to_day(next);
}

/* The first day, first days of months, and days of other changes; each once, in order. */
static int list_days(const struct shift *shift, const struct period *period, int32_t **days)
{
    const struct staffing *staffing = shift->staffing;
    size_t                 room = (size_t)period->day_count / 28 + 3;
    for (int i = 0; i < staffing->unit_count; i++)
        room += 2 * (size_t)shift->supply->dated[staffing->unit[i]].change_count;
    int32_t *day = arena_new(shift->supply->arena, int32_t, room);
    int32_t  end = period->start + period->day_count;
    int      count = 0, kept = 0;
    for (int32_t d = period->start; d < end; d = next_month(d))
        day[count++] = d;
    for (int i = 0; i < staffing->unit_count; i++) {
        const struct dated_places *dated = &shift->supply->dated[staffing->unit[i]];
        for (int c = 0; c < dated->change_count; c++) {
            day[count++] = dated->change[c].from;
            day[count++] = dated->change[c].to < NO_LAST_DAY ? dated->change[c].to + 1 : end;
        }
    }
    qsort(day, (size_t)count, sizeof *day, by_day);
    for (int i = 0; i < count; i++)
        if (day[i] >= period->start && day[i] < end && (kept == 0 || day[i] > day[kept - 1]))
            day[kept++] = day[i];
    *days = day;
    return kept;
}

/* -- how many there are */

static int64_t need(const struct shift *shift)
{
    int64_t sum = 0;
    for (int i = 0; i < shift->staffing->unit_count; i++)
        sum += staff_need(&shift->supply->plan->estate, shift->staffing->unit[i], shift->open[i]);
    return sum;
}

/* So many employed are there for all posts, the sick counted on; rounded up. */
static int64_t posts(const struct shift *shift)
{
    int64_t well = MILLIONTHS - shift->staffing->sick_share;
    int64_t needed = need(shift) - shift->staffing->agency_fte;
    if (needed <= 0 || well == 0)
        return 0;
    return (int64_t)(((wide)needed * MILLIONTHS + well - 1) / well);
}

static int64_t open_places(const struct shift *shift)
{
    int64_t places = 0;
    for (int i = 0; i < shift->staffing->unit_count; i++)
        places += shift->open[i];
    return places;
}

static int64_t employed_at_start(const struct shift *shift)
{
    const struct staffing *staffing = shift->staffing;
    if (staffing->fte != NOT_STATED)
        return staffing->fte;
    if (staffing->fte_per_place_at_start == NOT_STATED)
        return posts(shift);
    return open_places(shift) * staffing->fte_per_place_at_start;
}

static int year_before(int32_t day, int months)
{
    struct date date = date_from_day(day);
    int         month = date.year * MONTHS_A_YEAR + date.month - 1 - months;
    return month / MONTHS_A_YEAR;
}

/* A month is over: some leave, some come whose recruiting began months ago; nobody is taken on
 * for whom there is no post. */
static void pass_month(struct shift *shift, int32_t day)
{
    const struct staffing *staffing = shift->staffing;
    int64_t                leave = by_year_on(&staffing->leave_per_year, year_before(day, 1));
    int64_t                hire =
        by_year_on(&staffing->hire_per_year, year_before(day, staffing->hire_takes_months + 1));
    int64_t stay = shift->employed - millionths_of(shift->employed, leave) / MONTHS_A_YEAR;
    int64_t come = millionths_of(shift->at_start, hire) / MONTHS_A_YEAR;
    int64_t wanted = posts(shift) - stay;
    shift->employed = stay + (come < wanted ? come : wanted > 0 ? wanted : 0);
}

/* An institution that opens later has its staff then, or new places would never have any. */
static void count_staff(struct shift *shift, int32_t day)
{
    if (shift->begun && date_from_day(day).day == 1)
        pass_month(shift, day);
    if (shift->begun || (shift->staffing->fte == NOT_STATED && open_places(shift) == 0))
        return;
    shift->begun = true;
    shift->employed = shift->at_start = employed_at_start(shift);
}

static struct roster roster_now(const struct shift *shift)
{
    const struct staffing *staffing = shift->staffing;
    struct roster          roster = {.needed = need(shift), .employed = shift->employed};
    roster.available = shift->employed - millionths_of(shift->employed, staffing->sick_share) +
                       staffing->agency_fte;
    int64_t gap = roster.needed - roster.available;
    if (gap > 0)
        roster.uncovered = gap - millionths_of(gap, staffing->covered_share);
    return roster;
}

/* -- what closes */

/* The places of the next ward that closes: a ward that is not whole closes first. */
static int32_t next_ward(const struct unit *unit, int32_t open)
{
    int32_t rest = open % unit->ward;
    return rest > 0 ? rest : unit->ward;
}

/* Closes wards of a unit while at least half of what the next one needs is not covered. */
static int32_t close_wards(const struct estate *estate, int u, int32_t open, int64_t *uncovered)
{
    int32_t left = open;
    while (left > 0) {
        int32_t ward = next_ward(&estate->unit[u], left);
        int64_t freed = staff_need(estate, u, left) - staff_need(estate, u, left - ward);
        if (freed == 0 || 2 * *uncovered < freed)
            break;
        *uncovered -= freed;
        left -= ward;
    }
    return open - left;
}

/* From the day on so many places of the unit are closed: what was before has an end. */
static void set_closed(struct shift *shift, int i, int32_t day, int32_t closed)
{
    if (shift->closed[i] == closed)
        return;
    if (shift->closed[i] > 0)
        supply_add(shift->supply, shift->staffing->unit[i],
                   (struct change){.from = shift->since[i],
                                   .to = day - 1,
                                   .places = -shift->closed[i],
                                   .why = CAUSE_STAFF});
    shift->closed[i] = closed;
    shift->since[i] = day;
}

/* What is closed on the last day stays so. */
static void end_closed(struct shift *shift)
{
    for (int i = 0; i < shift->staffing->unit_count; i++)
        if (shift->closed[i] > 0)
            supply_add(shift->supply, shift->staffing->unit[i],
                       (struct change){.from = shift->since[i],
                                       .to = NO_LAST_DAY,
                                       .places = -shift->closed[i],
                                       .why = CAUSE_STAFF});
}

/* -- an institution */

static void look_at_places(struct shift *shift, int32_t day)
{
    for (int i = 0; i < shift->staffing->unit_count; i++)
        shift->open[i] = places_on(&shift->supply->dated[shift->staffing->unit[i]], day).usable;
}

static void close_on(struct shift *shift, int32_t day, int64_t uncovered)
{
    const struct estate *estate = &shift->supply->plan->estate;
    for (int i = 0; i < shift->staffing->unit_count; i++)
        set_closed(shift, i, day,
                   close_wards(estate, shift->staffing->unit[i], shift->open[i], &uncovered));
}

static void close_institution(struct shift *shift, const struct period *period, roster_sink *sink,
                              void *context)
{
    int32_t *day;
    int      count = list_days(shift, period, &day);
    int32_t  end = period->start + period->day_count;
    for (int d = 0; d < count; d++) {
        look_at_places(shift, day[d]);
        count_staff(shift, day[d]);
        struct roster roster = roster_now(shift);
        close_on(shift, day[d], roster.uncovered);
        if (sink)
            sink(context, shift->staffing, day[d], d + 1 < count ? day[d + 1] : end, &roster);
    }
    end_closed(shift);
}

void roster_close_wards(struct supply *supply, const struct staff *staff,
                        const struct period *period, roster_sink *sink, void *context)
{
    for (int i = 0; i < staff->count; i++) {
        const struct staffing *staffing = &staff->list[i];
        size_t                 units = (size_t)staffing->unit_count + 1;
        struct shift           shift = {.supply = supply,
                                        .staffing = staffing,
                                        .open = arena_new(supply->arena, int32_t, units),
                                        .closed = arena_new(supply->arena, int32_t, units),
                                        .since = arena_new(supply->arena, int32_t, units)};
        close_institution(&shift, period, sink, context);
    }
}
