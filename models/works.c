/* The works programme in one replication: its slips, its dates, and the places that follow. */
#include "models/supply.h"
#include "models/works.h"

/* Draws of the stream "works.<project>", whose state is that of day 0. */
enum { DRAW_START_SLIP, DRAW_TIME_SLIP };

/* Whole days, rounded down. */
static int32_t slip_days(const struct shape *slip, u128 increment, u128 state, int draw)
{
    if (!slip)
        return 0;
    u128 at = rng_advance(state, rng_step(rng_jump((u128)draw), increment));
    return (int32_t)(shape_draw_min(slip, rng_uniform52(at)) / MINUTES_A_DAY);
}

static void draw_slips(const struct supply *supply, const struct project *project,
                       struct works_date *date)
{
    date->earliest = project->start.day;
    date->days = works_days(project, 0);
    if (!project->start.slip && !project->takes.slip)
        return;
    u128 increment = rng_flow_increment(supply->seed, supply->replication, project->hash);
    u128 state = rng_day_state(supply->seed, supply->replication, project->hash, 0);
    date->earliest += slip_days(project->start.slip, increment, state, DRAW_START_SLIP);
    date->days =
        works_days(project, slip_days(project->takes.slip, increment, state, DRAW_TIME_SLIP));
}

/* -- the places that follow */

/* From day `from` until the day before `end`; a change that holds on no day is none. */
static void add(struct supply *supply, int unit, int32_t from, int32_t end, int32_t places, int why)
{
    int32_t to = end == NOT_STARTED ? NO_LAST_DAY : end - 1;
    if (from <= to)
        supply_add(supply, unit,
                   (struct change){.from = from, .to = to, .places = places, .why = why});
}

static void add_all(struct supply *supply, const struct unit_list *list, int32_t from, int32_t end,
                    int sign, int why)
{
    for (int i = 0; i < list->count; i++) {
        const struct unit_places *of = &list->list[i];
        add(supply, of->unit, from, end, sign * (of->all ? PLACES_AT_MOST : of->places), why);
    }
}

static int32_t end_of_stay(const struct project *project, int32_t end)
{
    return project->stays_days == NO_LAST_DAY ? NOT_STARTED : end + project->stays_days;
}

static void add_started(struct supply *supply, const struct project *project,
                        const struct works_date *date)
{
    int32_t start = date->start, end = date->end;
    add_all(supply, &project->takes_out, start, end, -1, CAUSE_WORKS);
    add_all(supply, &project->decants_to, start - project->moves_before_days, end, 1,
            CAUSE_RESERVE);
    add_all(supply, &project->opens, end, NOT_STARTED, 1, CAUSE_RESERVE);
    add_all(supply, &project->adds, end, end_of_stay(project, end), 1, NO_CAUSE);
    for (int k = 0; k < project->conversion_count; k++) {
        const struct conversion *conversion = &project->conversion[k];
        add(supply, conversion->from, start, NOT_STARTED, -conversion->places, NO_CAUSE);
        add(supply, conversion->to, end, NOT_STARTED, conversion->places, NO_CAUSE);
    }
}

/* What is lost until the project has been done; of what it takes itself until it starts. */
static void add_lost(struct supply *supply, const struct project *project,
                     const struct works_date *date)
{
    for (int i = 0; i < project->lost.count; i++) {
        const struct unit_places *of = &project->lost.list[i];
        int32_t                   lost = of->all ? PLACES_AT_MOST : of->places;
        int32_t                   still = works_still_lost(project, of);
        add(supply, of->unit, project->lost_without, date->start, -lost, CAUSE_LOST);
        if (still > 0 && date->start != NOT_STARTED)
            add(supply, of->unit, date->start, date->end, -still, CAUSE_LOST);
    }
}

/* The project that ends next after `before` (none: -1), of those that say how many places are built
 * then; -1: no more. */
static int next_end(const struct works *works, const struct works_date *date, int before)
{
    int next = -1;
    for (int i = 0; i < works->count; i++) {
        int32_t end = date[i].end;
        int     rank = works->project[i].rank;
        if (end == NOT_STARTED || works->project[i].places_after.count == 0)
            continue;
        if (before >= 0 && (end < date[before].end ||
                            (end == date[before].end && rank <= works->project[before].rank)))
            continue;
        if (next < 0 || end < date[next].end ||
            (end == date[next].end && rank < works->project[next].rank))
            next = i;
    }
    return next;
}

/* So many are built from the end of a project on, whatever was before. */
static void add_places_after(struct supply *supply, const struct works *works,
                             const struct works_date *date)
{
    for (int i = -1; (i = next_end(works, date, i)) >= 0;) {
        const struct unit_list *after = &works->project[i].places_after;
        for (int k = 0; k < after->count; k++) {
            const struct unit_places *of = &after->list[k];
            int32_t built = places_on(&supply->dated[of->unit], date[i].end).built;
            if (built != of->places)
                add(supply, of->unit, date[i].end, NOT_STARTED, of->places - built, NO_CAUSE);
        }
    }
}

/* -- the whole */

static void record(const struct supply *supply, int i, const struct works_date *date)
{
    const struct works   *works = &supply->plan->works;
    const struct project *project = &works->project[i];
    int64_t              *total = supply->total + works->total_first + i * PROJECT_TOTALS;
    total[PROJECT_START] = date->start;
    total[PROJECT_END] = date->end;
    total[PROJECT_LOST] = works_loses(project, date, &supply->plan->period);
}

/* In the year of the earlier of both starts, if that is in the outputs: a project that starts on
 * another day than without the measure. */
static void count_moved(const struct supply *supply, int m, int32_t start, int32_t without)
{
    const struct scenario *plan = supply->plan;
    int32_t                day = start < without ? start : without;
    if (start == without || day < plan->period.first_record || day > plan->period.end)
        return;
    size_t year = plan->year_of_day[day - plan->period.start];
    supply->yearly[year * (size_t)plan->columns.yearly_count +
                   (size_t)(plan->columns.policy_first + plan->measures.list[m].column +
                            WORKS_BUDGET_PROJECTS)]++;
}

/* Of each measure beside the others. */
static void count_all_moved(const struct supply *supply, uint64_t off,
                            const struct works_date *date)
{
    const struct works    *works = &supply->plan->works;
    const struct measures *measures = &supply->plan->measures;
    const struct period   *period = &supply->plan->period;
    struct works_date     *other =
        arena_new(supply->arena, struct works_date, (size_t)works->count + 1);
    for (uint64_t set = measures->budgets; set; set &= set - 1) {
        int m = (int)(measures_first(measures, set) - measures->list);
        if (off >> m & 1)
            continue;
        for (int p = 0; p < works->count; p++)
            other[p] = date[p];
        works_schedule(works, off | (uint64_t)1 << m, period->start, period->end, other);
        for (int p = 0; p < works->count; p++)
            count_moved(supply, m, date[p].start, other[p].start);
    }
}

static void set_dates(const struct supply *supply, struct works_date *date)
{
    const struct works  *works = &supply->plan->works;
    const struct period *period = &supply->plan->period;
    if (!supply->total) {
        works_without_slip(works, period, false, date);
        return;
    }
    for (int i = 0; i < works->count; i++)
        draw_slips(supply, &works->project[i], &date[i]);
    uint64_t off = supply_measures_off(supply);
    works_schedule(works, off, period->start, period->end, date);
    if (supply->plan->measures.budgets)
        count_all_moved(supply, off, date);
}

void works_add(struct supply *supply)
{
    const struct scenario *plan = supply->plan;
    const struct works    *works = &plan->works;
    struct works_date     *date = arena_new(supply->arena, struct works_date, (size_t)works->count);
    set_dates(supply, date);
    for (int i = 0; i < works->count; i++) {
        const struct project *project = &works->project[i];
        if (date[i].start != NOT_STARTED)
            add_started(supply, project, &date[i]);
        if (works_are_late(project, &date[i]))
            add_lost(supply, project, &date[i]);
        if (supply->total)
            record(supply, i, &date[i]);
    }
    add_places_after(supply, works, date);
}
