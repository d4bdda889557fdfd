/* The works programme of an outlook: its calendar as planned and as money and room allow, without
 * slip.
 */
#include <string.h>

#include "models/outlook.h"

static void write_date(FILE *out, int32_t day)
{
    char date[11] = "-";
    if (day != NOT_STARTED)
        date_format(day, date);
    fprintf(out, "  %-10s", date);
}

/* -- the calendar */

static void write_calendar(FILE *out, const struct works *works, const struct works_date *planned,
                           const struct works_date *queued)
{
    int width = 12;
    for (int i = 0; i < works->count; i++)
        if ((int)strlen(works->project[i].name) > width)
            width = (int)strlen(works->project[i].name);
    fprintf(out,
            "\nWorks: start and end as planned, and as money, room and predecessors allow, without "
            "slip;\nplaces out of use; millions of euros a year\n"
            "%-*s  %-10s  %-10s  %-10s  %-10s%10s%10s\n",
            width, "project", "planned", "end", "start", "end", "out", "cost");
    for (int i = 0; i < works->count; i++) {
        const struct project *project = &works->project[i];
        fprintf(out, "%-*s", width, project->name);
        write_date(out, planned[i].start);
        write_date(out, planned[i].end);
        write_date(out, queued[i].start);
        write_date(out, queued[i].end);
        fprintf(out, "%10d%10.2f\n", project->places_out,
                (double)project->cost_per_year / (1e6 * CENTS));
    }
}

/* -- money */

/* Days of a year on which a project runs. */
static int32_t days_in(const struct works_date *date, int year)
{
    int32_t first = date_to_day((struct date){year, 1, 1});
    int32_t end = date_to_day((struct date){year + 1, 1, 1});
    int32_t from = date->start > first ? date->start : first;
    int32_t to = date->end < end ? date->end : end;
    return to > from ? to - from : 0;
}

static double spent_in(const struct works *works, const struct works_date *date, int year)
{
    double euros = 0;
    for (int i = 0; i < works->count; i++)
        euros += (double)works->project[i].cost_per_year / CENTS * days_in(&date[i], year) /
                 date_year_days(year);
    return euros;
}

static double one_off_in(const struct works *works, const struct works_date *date, int year)
{
    double euros = 0;
    for (int i = 0; i < works->count; i++)
        if (date[i].start != NOT_STARTED && date_from_day(date[i].start).year == year)
            euros += (double)works->project[i].one_off / CENTS;
    return euros;
}

/* As it is at the end of the year. */
static void write_budget(FILE *out, const struct works *works, int year)
{
    const struct by_year *budget = works_budget_on(works, date_to_day((struct date){year, 12, 31}));
    if (budget->count == 0)
        fprintf(out, "%12s", "no limit");
    else
        fprintf(out, "%12.2f", (double)by_year_on(budget, year) / (1e6 * CENTS));
}

static void write_money(FILE *out, const struct scenario *scenario,
                        const struct works_date *planned, const struct works_date *queued)
{
    const struct works *works = &scenario->works;
    int                 last = date_from_day(scenario->period.end).year;
    fprintf(out,
            "\nMoney of works, millions of euros: as planned, as the queue has it, the budget%s, "
            "and one-off\n%-6s%12s%12s%12s%12s\n",
            scenario->measures.budgets
                ? " at the end of the year\nwith all measures (works_budget) as law"
                : "",
            "year", "planned", "queue", "budget", "one-off");
    for (int year = date_from_day(scenario->period.start).year; year <= last; year++) {
        fprintf(out, "%-6d%12.2f%12.2f", year, spent_in(works, planned, year) / 1e6,
                spent_in(works, queued, year) / 1e6);
        write_budget(out, works, year);
        fprintf(out, "%12.2f\n", one_off_in(works, queued, year) / 1e6);
    }
}

void outlook_write_works(struct arena *arena, const struct scenario *scenario, FILE *out)
{
    const struct works *works = &scenario->works;
    if (works->count == 0)
        return;
    struct works_date *planned = arena_new(arena, struct works_date, (size_t)works->count);
    struct works_date *queued = arena_new(arena, struct works_date, (size_t)works->count);
    works_without_slip(works, &scenario->period, true, planned);
    works_without_slip(works, &scenario->period, false, queued);
    write_calendar(out, works, planned, queued);
    write_money(out, scenario, planned, queued);
}

/* -- warnings */

struct calendar {
    const struct scenario   *scenario;
    const struct works_date *planned, *queued;
};

static const char *date_text(int32_t day, char text[11])
{
    date_format(day, text);
    return text;
}

static int64_t most_of(const struct scenario *scenario, const struct by_year *budget)
{
    int64_t most = 0;
    int     last = date_from_day(scenario->period.end).year;
    for (int year = date_from_day(scenario->period.start).year; year <= last; year++)
        most = by_year_on(budget, year) > most ? by_year_on(budget, year) : most;
    return most;
}

/* Of the programme and of measures, whether these are in force then or not. */
static int64_t most_budget(const struct scenario *scenario)
{
    const struct measures *measures = &scenario->measures;
    int64_t                most = most_of(scenario, &scenario->works.budget);
    for (uint64_t set = measures->budgets; set; set &= set - 1) {
        int64_t other = most_of(scenario, &measures_first(measures, set)->budget);
        most = other > most ? other : most;
    }
    return most;
}

static int64_t most_places_out(const struct scenario *scenario)
{
    const struct measures *measures = &scenario->measures;
    int64_t                most = scenario->works.places_out_at_most;
    for (uint64_t set = measures->budgets; set; set &= set - 1) {
        int64_t other = measures_first(measures, set)->places_out_at_most;
        most = other > most ? other : most;
    }
    return most;
}

static bool is_never_paid(const struct scenario *scenario, const struct project *project)
{
    return scenario->works.budget.count > 0 && project->cost_per_year > most_budget(scenario);
}

/* Where there is no money at all these are all projects: on one line. */
void outlook_warn_never_paid(struct warnings *warnings, const struct scenario *scenario)
{
    const struct works *works = &scenario->works;
    int                 count = 0, first = 0;
    for (int i = works->count - 1; i >= 0; i--)
        if (is_never_paid(scenario, &works->project[i])) {
            first = i;
            count++;
        }
    if (count == 1)
        warn(warnings,
             "works %s: it costs more a year than any budget and never starts, nor do those behind "
             "it",
             works->project[first].name);
    if (count > 1)
        warn(warnings,
             "works %s and %d more of %d projects: they cost more a year than any budget and "
             "never start, nor do those behind them",
             works->project[first].name, count - 1, works->count);
}

static void warn_never(struct warnings *warnings, const struct calendar *calendar,
                       const struct project *project)
{
    const struct works *works = &calendar->scenario->works;
    if (works->places_out_at_most >= 0 &&
        project->places_out > most_places_out(calendar->scenario)) {
        warn(warnings,
             "works %s: it takes out %d places, more than places_out_at_most, and never starts, "
             "nor do those behind it",
             project->name, project->places_out);
    }
}

static void warn_dates(struct warnings *warnings, const struct calendar *calendar, int i)
{
    const struct works   *works = &calendar->scenario->works;
    const struct project *project = &works->project[i];
    char                  one[11], other[11];
    for (int k = 0; k < project->after_count; k++) {
        int before = project->after[k];
        if (calendar->planned[before].end <= calendar->planned[i].start)
            continue;
        warn(warnings,
             "works %s: it is planned to start on %s, but %s, before it, to end on "
             "%s",
             project->name, date_text(calendar->planned[i].start, one), works->project[before].name,
             date_text(calendar->planned[before].end, other));
    }
    if (project->start.day < calendar->scenario->period.start) {
        warn(warnings, "works %s: it is planned to start on %s; it starts with the period",
             project->name, date_text(project->start.day, one));
    }
    if (works_loses(project, &calendar->queued[i], &calendar->scenario->period)) {
        warn(warnings, "works %s: without slip it does not start by %s, and its places are lost",
             project->name, date_text(project->lost_without, one));
    }
}

void outlook_warn_works(struct warnings *warnings, const struct scenario *scenario)
{
    const struct works *works = &scenario->works;
    if (works->count == 0)
        return;
    struct works_date *planned =
        arena_new(warnings->arena, struct works_date, (size_t)works->count);
    struct works_date *queued = arena_new(warnings->arena, struct works_date, (size_t)works->count);
    struct calendar    calendar = {scenario, planned, queued};
    works_without_slip(works, &scenario->period, true, planned);
    works_without_slip(works, &scenario->period, false, queued);
    outlook_warn_never_paid(warnings, scenario);
    for (int i = 0; i < works->count; i++) {
        warn_never(warnings, &calendar, &works->project[i]);
        warn_dates(warnings, &calendar, i);
    }
}
