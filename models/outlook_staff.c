/* Staff in an outlook: who is needed, employed and available in each institution at both ends of
 * the period, and the places that are closed then for want of staff. Without slip of works.
 */
#include <string.h>

#include "models/outlook.h"
#include "models/supply.h"

#define CLOSED_IS_MUCH 4 /* on the first day at most one place in so many */

/* Staff of the institutions, in the order of scenario.staff. */
struct view {
    const struct scenario     *scenario;
    const struct dated_places *dated; /* [unit] */
    struct roster             *first, *last;
};

static void see(void *context, const struct staffing *staffing, int32_t from, int32_t end,
                const struct roster *roster)
{
    const struct view   *view = context;
    const struct period *period = &view->scenario->period;
    ptrdiff_t            i = staffing - view->scenario->staff.list;
    if (from == period->start)
        view->first[i] = *roster;
    if (end > period->end)
        view->last[i] = *roster;
}

static struct view view_of(struct arena *arena, const struct scenario *scenario)
{
    size_t      count = (size_t)scenario->staff.count;
    struct view view = {.scenario = scenario,
                        .first = arena_new(arena, struct roster, count),
                        .last = arena_new(arena, struct roster, count)};
    view.dated = supply_without_slip(arena, scenario, see, &view);
    return view;
}

static const char *name_of(const struct scenario *scenario, const struct staffing *staffing)
{
    return scenario->estate.institution_name[staffing->institution];
}

/* Usable places of the institution on a day, and those that are closed for want of staff. */
static void count_places(const struct view *view, const struct staffing *staffing, int32_t day,
                         int64_t *usable, int64_t *closed)
{
    *usable = *closed = 0;
    for (int i = 0; i < staffing->unit_count; i++) {
        struct places places = places_on(&view->dated[staffing->unit[i]], day);
        *usable += places.usable;
        *closed += places.out[CAUSE_STAFF];
    }
}

/* -- the table */

static double fte(int64_t millionths)
{
    return (double)millionths / MILLIONTHS;
}

static void write_end(FILE *out, const struct view *view, int i, const struct roster *roster,
                      int32_t day)
{
    int64_t usable, closed;
    count_places(view, &view->scenario->staff.list[i], day, &usable, &closed);
    fprintf(out, "%10.1f%10.1f%10.1f%8lld", fte(roster->needed), fte(roster->employed),
            fte(roster->available), (long long)closed);
}

void outlook_write_staff(struct arena *arena, const struct scenario *scenario, FILE *out)
{
    const struct staff *staff = &scenario->staff;
    if (staff->count == 0)
        return;
    struct view view = view_of(arena, scenario);
    int         width = 12;
    for (int i = 0; i < staff->count; i++) {
        int length = (int)strlen(name_of(scenario, &staff->list[i]));
        width = length > width ? length : width;
    }
    fprintf(out,
            "\nStaff: fte needed, employed, and available (without the sick, with agencies), and "
            "places closed\nfor want of them, on the first day and on the last\n"
            "%-*s%10s%10s%10s%8s%10s%10s%10s%8s\n",
            width, "institution", "needed", "employed", "available", "closed", "needed", "employed",
            "available", "closed");
    for (int i = 0; i < staff->count; i++) {
        fprintf(out, "%-*s", width, name_of(scenario, &staff->list[i]));
        write_end(out, &view, i, &view.first[i], scenario->period.start);
        write_end(out, &view, i, &view.last[i], scenario->period.end);
        fputc('\n', out);
    }
}

/* -- warnings */

/* A regime of the institution that nobody is needed for is told once for all institutions. */
static void warn_norms(struct warnings *warnings, const struct scenario *scenario)
{
    const struct estate *estate = &scenario->estate;
    for (int r = 0; r < estate->regime_count; r++) {
        const char *names = NULL;
        for (int i = 0; i < scenario->staff.count; i++) {
            const struct staffing *staffing = &scenario->staff.list[i];
            bool                   misses = false;
            for (int k = 0; k < staffing->unit_count; k++)
                misses |= estate->unit[staffing->unit[k]].regime == r &&
                          staff_need(estate, staffing->unit[k], 1) == 0;
            if (!misses)
                continue;
            const char *name = name_of(scenario, staffing);
            names = names ? arena_print(warnings->arena, "%s, %s", names, name) : name;
        }
        if (names)
            warn(warnings,
                 "regime %s: it has no staff_per_place or staff_per_ward, so its places never "
                 "close for want of staff, in %s",
                 estate->regime_name[r], names);
    }
}

static int32_t next_month(int32_t day)
{
    struct date date = date_from_day(day);
    return date_to_day((struct date){date.year + date.month / 12, date.month % 12 + 1, 1});
}

/* The first day, of the period's first and all firsts of months, on which staff keeps no place open
 * of an institution that has some; or NO_LAST_DAY. */
static int32_t empty_from(const struct view *view, const struct staffing *staffing)
{
    const struct period *period = &view->scenario->period;
    for (int32_t day = period->start; day <= period->end; day = next_month(day)) {
        int64_t usable, closed;
        count_places(view, staffing, day, &usable, &closed);
        if (usable == 0 && closed > 0)
            return day;
    }
    return NO_LAST_DAY;
}

static void warn_places(struct warnings *warnings, const struct view *view,
                        const struct staffing *staffing)
{
    const char *name = name_of(view->scenario, staffing);
    int32_t     empty = empty_from(view, staffing);
    int64_t     usable, closed;
    char        date[11];
    if (empty != NO_LAST_DAY) {
        date_format(empty, date);
        warn(warnings, "staff %s: on %s all its places are closed for want of staff", name, date);
        return;
    }
    count_places(view, staffing, view->scenario->period.start, &usable, &closed);
    if (closed * CLOSED_IS_MUCH <= usable + closed)
        return;
    warn(warnings,
         "staff %s: on the first day %lld of its %lld places are closed for want of staff", name,
         (long long)closed, (long long)(usable + closed));
}

/* Often all by a default: on one line. */
static void warn_covered(struct warnings *warnings, const struct scenario *scenario)
{
    const struct staffing *first = NULL;
    int                    count = 0;
    for (int i = 0; i < scenario->staff.count; i++) {
        const struct staffing *staffing = &scenario->staff.list[i];
        if (staffing->covered_share != MILLIONTHS)
            continue;
        first = first ? first : staffing;
        count++;
    }
    if (count == 0)
        return;
    const char *more = count > 1 ? arena_print(warnings->arena, " and %d more", count - 1) : "";
    warn(warnings, "staff %s%s: covered_share is 1, so no shortage closes anything",
         name_of(scenario, first), more);
}

void outlook_warn_staff(struct warnings *warnings, const struct scenario *scenario)
{
    const struct staff *staff = &scenario->staff;
    if (staff->count == 0)
        return;
    struct view view = view_of(warnings->arena, scenario);
    warn_norms(warnings, scenario);
    warn_covered(warnings, scenario);
    for (int i = 0; i < staff->count; i++)
        warn_places(warnings, &view, &staff->list[i]);
}
