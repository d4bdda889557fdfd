#include "models/roster.h"

#include <stdlib.h>

#include "models/supply.h"
#include "sim/date.h"

#define MONTHS_A_YEAR 12

__extension__ typedef __int128 wide;

/* An institution while its days are gone through. */
struct shift {
    struct supply         *supply;
    uint64_t               measures_off; /* a mask */
    const struct staffing *staffing;
    bool                   begun;              /* it has staff, as it has had places */
    int64_t                employed, at_start; /* millionths of an fte, but for those of measures */
    int64_t                added;              /* of measures, today */
    int64_t               *per_place;          /* [unit of the institution]: its norm today */
    int32_t               *open;               /* [unit of the institution]: places but for staff */
    int32_t               *closed;             /* of these, for want of staff */
    int32_t               *since;              /* the day from which so many are, */
    int32_t               *known_from;         /* and from which that is known (struct change) */
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

/* Of the measures on staff first days, and those after the last. */
static int list_turns(const struct shift *shift, int32_t *day)
{
    const struct measures *measures = &shift->supply->plan->measures;
    int                    count = 0;
    for (int i = 0; i < measures->staffing_count; i++) {
        const struct measure *measure = &measures->list[measures->staffing[i]];
        day[count++] = measure->starts;
        if (measure->last < NO_LAST_DAY)
            day[count++] = measure->last + 1;
    }
    return count;
}

/* The first day, first days of months, turns of measures, and days of other changes; each once, in
 * order. */
static int list_days(const struct shift *shift, const struct period *period, int32_t **days)
{
    const struct staffing *staffing = shift->staffing;
    size_t                 room = (size_t)period->day_count / 28 + 3;
    for (int i = 0; i < staffing->unit_count; i++)
        room += 2 * (size_t)shift->supply->dated[staffing->unit[i]].change_count;
    room += 2 * (size_t)shift->supply->plan->measures.staffing_count;
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
    count += list_turns(shift, day + count);
    qsort(day, (size_t)count, sizeof *day, by_day);
    for (int i = 0; i < count; i++)
        if (day[i] >= period->start && day[i] < end && (kept == 0 || day[i] > day[kept - 1]))
            day[kept++] = day[i];
    *days = day;
    return kept;
}

/* -- measures */

static bool acts(const struct shift *shift, int m, int32_t day)
{
    return measure_is_on(&shift->supply->plan->measures.list[m], day) &&
           !(shift->measures_off >> m & 1);
}

/* Staff comes and norms change by month, so a ramp has come as far as on the first of the month, or
 * on its first day. */
static int64_t part_on(const struct measure *measure, int64_t value, int32_t day)
{
    struct date date = date_from_day(day);
    int32_t     first = day - (date.day - 1);
    return measure_part(measure, value, first > measure->starts ? first : measure->starts);
}

/* What a place of a unit needs: by the regime, then by each measure, by name; without one of them,
 * or (-1) with all. */
static int64_t norm_on(const struct shift *shift, int unit, int32_t day, int without)
{
    const struct scenario *plan = shift->supply->plan;
    const struct measures *measures = &plan->measures;
    int                    regime = plan->estate.unit[unit].regime;
    int64_t                norm = plan->estate.regime[regime].staff_per_place;
    for (int i = 0; i < measures->staffing_count; i++) {
        int                   m = measures->staffing[i];
        const struct measure *measure = &measures->list[m];
        if (m != without && measure->regimes >> regime & 1 && acts(shift, m, day))
            norm = millionths_of(
                norm, MILLIONTHS + part_on(measure, measure->norm_factor - MILLIONTHS, day));
    }
    return norm;
}

/* Staff of one measure; none before the institution has any. */
static int64_t added_by(const struct shift *shift, int m, int32_t day)
{
    const struct measure *measure = &shift->supply->plan->measures.list[m];
    if (!shift->begun || !acts(shift, m, day))
        return 0;
    return part_on(measure,
                   measure->fte[shift->staffing->institution] +
                       millionths_of(shift->at_start, measure->fte_share),
                   day);
}

static void look_at_norms(struct shift *shift, int32_t day)
{
    for (int i = 0; i < shift->staffing->unit_count; i++)
        shift->per_place[i] = norm_on(shift, shift->staffing->unit[i], day, -1);
}

static void look_at_added(struct shift *shift, int32_t day)
{
    const struct measures *measures = &shift->supply->plan->measures;
    shift->added = 0;
    for (int i = 0; i < measures->staffing_count; i++)
        shift->added += added_by(shift, measures->staffing[i], day);
}

/* What it adds, and what it saves beside the others, from a day up to the day before `end`, which
 * are of one year. */
static void count_measure(const struct shift *shift, int m, int32_t from, int32_t end)
{
    const struct scenario *plan = shift->supply->plan;
    const struct columns  *columns = &plan->columns;
    int64_t                saved = 0;
    for (int i = 0; i < shift->staffing->unit_count; i++)
        saved += shift->open[i] *
                 (norm_on(shift, shift->staffing->unit[i], from, m) - shift->per_place[i]);
    size_t   year = plan->year_of_day[from - plan->period.start];
    int64_t *value = shift->supply->yearly + year * (size_t)columns->yearly_count +
                     (size_t)(columns->policy_first + plan->measures.list[m].column);
    int64_t minutes = (int64_t)(end - from) * MINUTES_A_DAY;
    value[STAFFING_FTE] += (int64_t)((wide)added_by(shift, m, from) * minutes / MILLIONTHS);
    value[STAFFING_SAVED] += (int64_t)((wide)saved * minutes / MILLIONTHS);
}

/* Only days of the outputs. */
static void count_measures(const struct shift *shift, int32_t from, int32_t end)
{
    const struct measures *measures = &shift->supply->plan->measures;
    int32_t                first = shift->supply->plan->period.first_record;
    if (!shift->supply->yearly || end <= first)
        return;
    for (int i = 0; i < measures->staffing_count; i++)
        count_measure(shift, measures->staffing[i], from > first ? from : first, end);
}

/* -- how many there are */

static int64_t need(const struct shift *shift)
{
    int64_t sum = 0;
    for (int i = 0; i < shift->staffing->unit_count; i++)
        sum += staff_need_by(&shift->supply->plan->estate, shift->staffing->unit[i],
                             shift->per_place[i], shift->open[i]);
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
    int64_t wanted = posts(shift) - shift->added - stay;
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
    struct roster          roster = {.needed = need(shift),
                                     .employed = shift->employed + shift->added,
                                     .agency = shift->begun ? staffing->agency_fte : 0};
    roster.available =
        roster.employed - millionths_of(roster.employed, staffing->sick_share) + roster.agency;
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
static int32_t close_wards(const struct shift *shift, int i, int64_t *uncovered)
{
    const struct estate *estate = &shift->supply->plan->estate;
    int                  u = shift->staffing->unit[i];
    int64_t              per_place = shift->per_place[i];
    int32_t              open = shift->open[i], left = open;
    while (left > 0) {
        int32_t ward = next_ward(&estate->unit[u], left);
        int64_t freed = staff_need_by(estate, u, per_place, left) -
                        staff_need_by(estate, u, per_place, left - ward);
        if (freed == 0 || 2 * *uncovered < freed)
            break;
        *uncovered -= freed;
        left -= ward;
    }
    return open - left;
}

/* Places of the unit that are closed, up to a day. */
static void add_closed(struct shift *shift, int i, int32_t last, int32_t end_known_from)
{
    if (shift->closed[i] > 0)
        supply_add(shift->supply, shift->staffing->unit[i],
                   (struct change){.from = shift->since[i],
                                   .to = last,
                                   .places = -shift->closed[i],
                                   .why = CAUSE_STAFF,
                                   .known_from = shift->known_from[i],
                                   .end_known_from = end_known_from});
}

/* What closes from the day of a shock in the institution on nobody knew before. 0: no shock yet. */
static int32_t last_shock(const struct shift *shift, int32_t day)
{
    const struct scenario *plan = shift->supply->plan;
    int32_t                last = 0;
    for (int s = 0; s < plan->shocks.count; s++) {
        const struct shock *shock = &plan->shocks.list[s];
        for (int k = 0; k < shock->unit_count && shock->on <= day; k++)
            if (plan->estate.unit[shock->unit[k].unit].institution ==
                    shift->staffing->institution &&
                shock->on > last)
                last = shock->on;
    }
    return last;
}

/* From the day on so many places of the unit are closed: what was before has an end. */
static void set_closed(struct shift *shift, int i, int32_t day, int32_t closed)
{
    if (shift->closed[i] == closed)
        return;
    int32_t known_from = last_shock(shift, day);
    add_closed(shift, i, day - 1, known_from);
    shift->closed[i] = closed;
    shift->since[i] = day;
    shift->known_from[i] = known_from;
}

/* What is closed on the last day stays so. */
static void end_closed(struct shift *shift)
{
    for (int i = 0; i < shift->staffing->unit_count; i++)
        add_closed(shift, i, NO_LAST_DAY, 0);
}

/* -- an institution */

static void look_at_places(struct shift *shift, int32_t day)
{
    for (int i = 0; i < shift->staffing->unit_count; i++)
        shift->open[i] = places_on(&shift->supply->dated[shift->staffing->unit[i]], day).usable;
}

static void close_on(struct shift *shift, int32_t day, int64_t uncovered)
{
    for (int i = 0; i < shift->staffing->unit_count; i++)
        set_closed(shift, i, day, close_wards(shift, i, &uncovered));
}

static void close_institution(struct shift *shift, const struct period *period, roster_sink *sink,
                              void *context)
{
    int32_t *day;
    int      count = list_days(shift, period, &day);
    int32_t  end = period->start + period->day_count;
    for (int d = 0; d < count; d++) {
        look_at_places(shift, day[d]);
        look_at_norms(shift, day[d]);
        look_at_added(shift, day[d]);
        count_staff(shift, day[d]);
        look_at_added(shift, day[d]); /* the institution may have begun today */
        struct roster roster = roster_now(shift);
        close_on(shift, day[d], roster.uncovered);
        int32_t next = d + 1 < count ? day[d + 1] : end;
        count_measures(shift, day[d], next);
        if (sink)
            sink(context, shift->staffing, day[d], next, &roster);
    }
    end_closed(shift);
}

void roster_close_wards(struct supply *supply, const struct staff *staff,
                        const struct period *period, roster_sink *sink, void *context)
{
    uint64_t measures_off = supply_measures_off(supply);
    for (int i = 0; i < staff->count; i++) {
        const struct staffing *staffing = &staff->list[i];
        size_t                 units = (size_t)staffing->unit_count + 1;
        struct shift           shift = {.supply = supply,
                                        .measures_off = measures_off,
                                        .staffing = staffing,
                                        .per_place = arena_new(supply->arena, int64_t, units),
                                        .open = arena_new(supply->arena, int32_t, units),
                                        .closed = arena_new(supply->arena, int32_t, units),
                                        .since = arena_new(supply->arena, int32_t, units),
                                        .known_from = arena_new(supply->arena, int32_t, units)};
        close_institution(&shift, period, sink, context);
    }
}
