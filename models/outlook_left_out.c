/* What an outlook leaves out: the features of the scenario that its numbers do not know. */
#include "models/outlook.h"

/* A line with the names for which it holds; it is not written when there are none. */
struct line {
    FILE       *out;
    int        *lines; /* written so far, of all */
    const char *what;
    int         names;
};

static void add_name(struct line *line, const char *name)
{
    if (*line->lines == 0)
        fprintf(line->out, "\nLeft out of the people and ratios above, which know no waiting\n");
    fprintf(line->out, "%s%s", line->names == 0 ? line->what : ", ", name);
    line->names++;
    ++*line->lines;
}

static void end(struct line *line)
{
    if (line->names > 0)
        fputc('\n', line->out);
}

static bool has_loss(const struct status *status)
{
    return status->leave_count > 0;
}

static bool has_titles(const struct status *status)
{
    return status->further.from >= 0;
}

static bool has_weekend(const struct status *status)
{
    return status->weekend != WEEKEND_AS_PLANNED;
}

static void write_statuses(const struct scenario *scenario, struct line line,
                           bool (*has)(const struct status *))
{
    for (int s = 0; s < scenario->statuses.count; s++)
        if (has(&scenario->statuses.list[s]))
            add_name(&line, scenario->statuses.name[s]);
    end(&line);
}

static bool has_turnover(const struct regime *regime)
{
    return regime->turnover_min > 0;
}

static bool has_intake(const struct regime *regime)
{
    return regime->intake.used;
}

static void write_regimes(const struct scenario *scenario, struct line line,
                          bool (*has)(const struct regime *))
{
    for (int r = 0; r < scenario->estate.regime_count; r++)
        if (has(&scenario->estate.regime[r]))
            add_name(&line, scenario->estate.regime_name[r]);
    end(&line);
}

static bool has_two(const struct regime *regime)
{
    return regime->two_in_a_cell != NULL;
}

static bool has_date(const struct rule *rule)
{
    return rule->after_min > 0 || rule->at_min > 0;
}

static bool has_region(const struct rule *rule)
{
    return rule->near >= 0;
}

static void write_rules(const struct scenario *scenario, struct line line,
                        bool (*has)(const struct rule *))
{
    for (int r = 0; r < scenario->rules.count; r++)
        if (has(&scenario->rules.list[r]))
            add_name(&line, scenario->rules.list[r].name);
    end(&line);
}

static void write_once(struct line line, bool is_there, const char *words)
{
    if (is_there)
        add_name(&line, words);
    end(&line);
}

static void write_measures(const struct scenario *scenario, struct line line)
{
    for (int m = 0; m < scenario->measures.count; m++)
        add_name(&line, scenario->measures.list[m].name);
    end(&line);
}

void outlook_write_left_out(FILE *out, const struct scenario *scenario)
{
    int lines = 0;
#define LINE(text) ((struct line){.out = out, .lines = &lines, .what = text})
    write_statuses(scenario, LINE("loss from queues (leaves): of "), has_loss);
    write_statuses(scenario, LINE("further titles, served in the same place: after "), has_titles);
    write_statuses(scenario, LINE("releases moved to a Friday: of "), has_weekend);
    write_rules(scenario, LINE("other places by date (after, at): rules "), has_date);
    write_rules(scenario, LINE("regions, which may be full alone (near): rules "), has_region);
    write_regimes(scenario, LINE("places that stand empty in turnover: of "), has_turnover);
    write_regimes(scenario, LINE("hours, days and numbers of intake: of "), has_intake);
    write_regimes(scenario, LINE("second places, which count as usable here whoever is held: of "),
                  has_two);
    write_once(LINE("transport: "), scenario->transport.used, "its days and numbers");
    write_once(LINE("changes of places: "), scenario->estate.step_count > 0,
               "ratios are of the first and the last day");
    write_once(LINE("works: "), scenario->works.count > 0, "places are those without them");
    write_measures(scenario, LINE("measures: "));
    write_once(LINE("valves: "), scenario->valves.count > 0, "ratios are those with all closed");
    write_once(LINE("staff: "), scenario->staff.count > 0, "places are those before wards close");
    write_once(LINE("shocks: "), scenario->shocks.count > 0, "their places and people");
    write_once(LINE("uncertain inputs: "), scenario->inputs.count > 0, "they count as stated");
#undef LINE
}
