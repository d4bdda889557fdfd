/* When projects start and end: all that depends on money, room and each other, and on no person. */
#include "models/works.h"

#include "sim/date.h"

struct queue {
    const struct works *works;
    uint64_t            measures_off;
    struct works_date  *date;
    int32_t             last;
    int32_t             front; /* nobody in the queue starts before this day */
    bool                done[PROJECTS_AT_MOST];
};

static int32_t later(int32_t one, int32_t other)
{
    return one > other ? one : other;
}

static int32_t next_year(int32_t day)
{
    return date_to_day((struct date){date_from_day(day).year + 1, 1, 1});
}

int32_t works_days(const struct project *project, int32_t slip_days)
{
    int32_t days = project->takes.days + slip_days;
    return days > project->notice_days ? days : project->notice_days;
}

static bool stands_in_queue(const struct project *project)
{
    return project->cost_per_year > 0 || project->places_out > 0;
}

/* -- what is lost without a project */

bool works_are_late(const struct project *project, const struct works_date *date)
{
    return project->lost_without != NO_LAST_DAY && date->start > project->lost_without;
}

int32_t works_still_lost(const struct project *project, const struct unit_places *lost)
{
    int64_t still = lost->all ? PLACES_AT_MOST : lost->places;
    for (int i = 0; i < project->takes_out.count; i++)
        if (project->takes_out.list[i].unit == lost->unit)
            still -=
                project->takes_out.list[i].all ? PLACES_AT_MOST : project->takes_out.list[i].places;
    for (int i = 0; i < project->conversion_count; i++)
        if (project->conversion[i].from == lost->unit)
            still -= project->conversion[i].places;
    return still > 0 ? (int32_t)still : 0;
}

int32_t works_lost_from(const struct project *project, const struct period *period)
{
    return later(project->lost_without, period->start);
}

/* One that starts with the period has lost before it what it takes itself. */
bool works_loses(const struct project *project, const struct works_date *date,
                 const struct period *period)
{
    if (!works_are_late(project, date) || project->lost_without > period->end)
        return false;
    if (date->start > period->start)
        return true;
    for (int i = 0; i < project->lost.count; i++)
        if (date->end > date->start && works_still_lost(project, &project->lost.list[i]) > 0)
            return true;
    return false;
}

/* -- money and room */

static bool runs_on(const struct works_date *date, int32_t day)
{
    return date->start <= day && day < date->end;
}

/* The set of measures on money and room. */
static uint64_t budgets(const struct queue *queue)
{
    return queue->works->measures ? queue->works->measures->budgets : 0;
}

static bool is_off(const struct queue *queue, const struct measure *measure)
{
    return queue->measures_off >> (measure - queue->works->measures->list) & 1;
}

/* What holds on a day: of works, or of the last measure that says other. */
static void find_limits(const struct queue *queue, int32_t day, const struct by_year **budget,
                        int64_t *places_out_at_most)
{
    *budget = &queue->works->budget;
    *places_out_at_most = queue->works->places_out_at_most;
    for (uint64_t set = budgets(queue); set; set &= set - 1) {
        const struct measure *measure = measures_first(queue->works->measures, set);
        if (is_off(queue, measure) || !measure_is_on(measure, day))
            continue;
        if (measure->budget.count > 0)
            *budget = &measure->budget;
        if (measure->places_out_at_most >= 0)
            *places_out_at_most = measure->places_out_at_most;
    }
}

const struct by_year *works_budget_on(const struct works *works, int32_t day)
{
    struct queue          queue = {.works = works};
    const struct by_year *budget;
    int64_t               places_out_at_most;
    find_limits(&queue, day, &budget, &places_out_at_most);
    return budget;
}

/* The next day on which a measure begins or is over. */
static int32_t next_measure(const struct queue *queue, int32_t day)
{
    int32_t next = NOT_STARTED;
    for (uint64_t set = budgets(queue); set; set &= set - 1) {
        const struct measure *measure = measures_first(queue->works->measures, set);
        if (measure->starts > day && measure->starts < next)
            next = measure->starts;
        if (measure->last >= day && measure->last < next - 1)
            next = measure->last + 1;
    }
    return next;
}

/* The next day from which there may be another budget, or other room. */
static int32_t next_limits(const struct queue *queue, int32_t day)
{
    bool    is_by_year = queue->works->budget.count > 1;
    int32_t next = next_measure(queue, day);
    for (uint64_t set = budgets(queue); set; set &= set - 1)
        is_by_year |= measures_first(queue->works->measures, set)->budget.count > 1;
    return is_by_year && next_year(day) < next ? next_year(day) : next;
}

static bool fits_on(const struct queue *queue, int i, int32_t day)
{
    const struct works   *works = queue->works;
    const struct by_year *budget;
    int64_t               places_out_at_most;
    int64_t cost = works->project[i].cost_per_year, places = works->project[i].places_out;
    find_limits(queue, day, &budget, &places_out_at_most);
    for (int k = 0; k < works->count; k++)
        if (queue->done[k] && runs_on(&queue->date[k], day)) {
            cost += works->project[k].cost_per_year;
            places += works->project[k].places_out;
        }
    if (places_out_at_most >= 0 && places > places_out_at_most)
        return false;
    return budget->count == 0 || cost <= by_year_on(budget, date_from_day(day).year);
}

/* All others have started by then, so that what they take only falls: it is looked at on the days
 * on which the budget or the room may fall too. */
static bool fits(const struct queue *queue, int i, int32_t day)
{
    int64_t end = (int64_t)day + queue->date[i].days;
    for (int32_t on = day; on < end; on = next_limits(queue, on))
        if (!fits_on(queue, i, on))
            return false;
    return true;
}

/* The next day on which something that did not fit may: another one has ended, or there is another
 * budget or other room. */
static int32_t next_try(const struct queue *queue, int32_t day)
{
    int32_t next = next_limits(queue, day);
    for (int k = 0; k < queue->works->count; k++)
        if (queue->done[k] && queue->date[k].end > day && queue->date[k].end < next)
            next = queue->date[k].end;
    return next;
}

/* -- the queue */

/* The day from which a project is ready; its predecessors have their dates. */
static int32_t ready_on(const struct queue *queue, int i)
{
    const struct project *project = &queue->works->project[i];
    int32_t               day = queue->date[i].earliest;
    for (int k = 0; k < project->after_count; k++)
        day = later(day, queue->date[project->after[k]].end);
    return day;
}

static bool is_next(const struct queue *queue, int i)
{
    const struct project *project = &queue->works->project[i];
    for (int k = 0; k < project->after_count; k++)
        if (!queue->done[project->after[k]])
            return false;
    return !queue->done[i];
}

/* Of the same day those first that stand in no queue: one of no length may make another ready. */
static bool stands_before(const struct project *one, int32_t ready, const struct project *other,
                          int32_t other_ready)
{
    if (ready != other_ready)
        return ready < other_ready;
    if (stands_in_queue(one) != stands_in_queue(other))
        return stands_in_queue(other);
    if (one->priority != other->priority)
        return one->priority < other->priority;
    return one->rank < other->rank;
}

/* Who is not ready before all its predecessors are cannot stand before the first of those. */
static int first_in_queue(const struct queue *queue, int32_t *ready)
{
    const struct works *works = queue->works;
    int                 first = -1;
    for (int i = 0; i < works->count; i++) {
        if (!is_next(queue, i))
            continue;
        int32_t day = ready_on(queue, i);
        if (first < 0 || stands_before(&works->project[i], day, &works->project[first], *ready)) {
            first = i;
            *ready = day;
        }
    }
    return first;
}

static void set_start(struct queue *queue, int i, int32_t ready)
{
    struct works_date *date = &queue->date[i];
    bool               queues = stands_in_queue(&queue->works->project[i]);
    int32_t            day = queues ? later(ready, queue->front) : ready;
    while (queues && day <= queue->last && !fits(queue, i, day))
        day = next_try(queue, day);
    bool starts = day <= queue->last;
    date->start = starts ? day : NOT_STARTED;
    date->end = starts ? day + date->days : NOT_STARTED;
    if (queues)
        queue->front = day;
    queue->done[i] = true;
}

void works_schedule(const struct works *works, uint64_t measures_off, int32_t first, int32_t last,
                    struct works_date *date)
{
    struct queue queue = {
        .works = works, .measures_off = measures_off, .date = date, .last = last, .front = first};
    for (int i = 0; i < works->count; i++)
        date[i].earliest = later(date[i].earliest, first);
    for (int i = 0; i < works->count; i++) {
        int32_t ready = 0;
        int     next = first_in_queue(&queue, &ready);
        set_start(&queue, next, ready);
    }
}

void works_without_slip(const struct works *works, const struct period *period, bool as_planned,
                        struct works_date *date)
{
    for (int i = 0; i < works->count; i++) {
        const struct project *project = &works->project[i];
        date[i].earliest = project->start.day;
        date[i].days = works_days(project, 0);
        date[i].start = later(project->start.day, period->start);
        date[i].end = date[i].start + date[i].days;
    }
    if (!as_planned)
        works_schedule(works, 0, period->start, period->end, date);
}
