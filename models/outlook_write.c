#include "models/outlook.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#define LOAD_IS_HIGH 0.995 /* from here on queues grow long: docs/model.md */
#define YEAR_HEADING 13

/* -- cells */

static void write_number(FILE *out, int width, int decimals, double value)
{
    if (isnan(value))
        fprintf(out, "%*s", width, "-");
    else if (isinf(value))
        fprintf(out, "%*s", width, "no end");
    else
        fprintf(out, "%*.*f", width, decimals, value);
}

static void write_years(FILE *out, const struct outlook *outlook, int decimals,
                        const double *of_year)
{
    for (int y = 0; y < outlook->year_count; y++)
        write_number(out, YEAR_HEADING, decimals, of_year[y]);
}

static void write_headings(FILE *out, const struct outlook *outlook, const char *what)
{
    for (int y = 0; y < outlook->year_count; y++)
        fprintf(out, "%*s %d", YEAR_HEADING - 5, what, outlook->year[y]);
}

static void widen(int *width, const char *name)
{
    int length = (int)strlen(name);
    *width = length > *width ? length : *width;
}

static int status_width(const struct scenario *scenario)
{
    int width = 12;
    for (int s = 0; s < scenario->statuses.count; s++)
        widen(&width, scenario->statuses.name[s]);
    return width;
}

static double days(double minutes)
{
    return minutes / MINUTES_A_DAY;
}

/* -- sections */

static void write_flows(FILE *out, const struct scenario *scenario, const struct outlook *outlook)
{
    int width = 12, of_status = status_width(scenario);
    for (int f = 0; f < scenario->flows.count; f++)
        widen(&width, scenario->flows.list[f].name);
    fprintf(out, "Flows: people a day\n%-*s  %-*s", width, "flow", of_status, "status");
    write_headings(out, outlook, "in");
    fprintf(out, "%12s\n", "spread (cv)");
    for (int f = 0; f < scenario->flows.count; f++) {
        const struct flow *flow = &scenario->flows.list[f];
        fprintf(out, "%-*s  %-*s", width, flow->name, of_status,
                scenario->statuses.name[flow->status]);
        write_years(out, outlook, 3, outlook->rate[f]);
        write_number(out, 12, 3, flow->spread ? flow->spread->cv : NAN);
        fputc('\n', out);
    }
}

static void write_statuses(FILE *out, const struct scenario *scenario,
                           const struct outlook *outlook)
{
    int width = status_width(scenario);
    fprintf(out,
            "\nStatuses: entries a day, by flows and routes; lengths in days, after bounds;\n"
            "people = entries a day x stay, as if everybody had a place at once\n%-*s",
            width, "status");
    write_headings(out, outlook, "a day");
    fprintf(out, "%10s%10s%10s%8s", "sentence", "to serve", "stay", "cv");
    write_headings(out, outlook, "people");
    fputc('\n', out);
    for (int s = 0; s < scenario->statuses.count; s++) {
        const struct status_outlook *status = &outlook->status[s];
        fprintf(out, "%-*s", width, scenario->statuses.name[s]);
        write_years(out, outlook, 3, status->entries);
        write_number(out, 10, 2, days(status->sentence_min));
        write_number(out, 10, 2, days(status->serve_min));
        write_number(out, 10, 2, days(status->stay_min));
        write_number(out, 8, 3, status->cv);
        write_years(out, outlook, 1, status->people);
        fputc('\n', out);
    }
}

/* Its people beside its places. */
static void write_load(FILE *out, const struct scenario *scenario, const struct outlook *outlook,
                       int regime, const double *load)
{
    double  share[OUTLOOK_YEARS];
    int64_t at_start = outlook_places(scenario, regime, scenario->period.start);
    bool    is_high = false;
    for (int y = 0; y < OUTLOOK_YEARS; y++) { /* the last year is measured by the last day */
        double  people = load[y];
        int64_t places = y == 0 ? at_start : outlook_places(scenario, regime, scenario->period.end);
        share[y] = places > 0 ? people / (double)places : NAN;
        is_high |= places > 0 ? share[y] > LOAD_IS_HIGH : people > 0;
    }
    write_years(out, outlook, 1, load);
    if (scenario->estate.regime[regime].unlimited) {
        fprintf(out, "%11s\n", "unlimited");
        return;
    }
    fprintf(out, "%11lld", (long long)at_start);
    write_years(out, outlook, 3, share);
    fprintf(out, "%s%s\n", is_high ? "  above 0.995" : "",
            outlook->has_endless[regime] && !isinf(load[0]) ? "  and those without end" : "");
}

static int regime_width(const struct scenario *scenario)
{
    int width = 12;
    for (int r = 0; r < scenario->estate.regime_count; r++)
        widen(&width, scenario->estate.regime_name[r]);
    return width;
}

static void write_regimes(FILE *out, const struct scenario *scenario, const struct outlook *outlook)
{
    int width = regime_width(scenario);
    fprintf(out, "\nRegimes: people whose first choice it is, beside its usable places\n%-*s",
            width, "regime");
    write_headings(out, outlook, "people");
    fprintf(out, "%11s", "places");
    write_headings(out, outlook, "ratio");
    fputc('\n', out);
    for (int r = 0; r < scenario->estate.regime_count; r++) {
        fprintf(out, "%-*s", width, scenario->estate.regime_name[r]);
        write_load(out, scenario, outlook, r, outlook->load[r]);
    }
    fprintf(out, "%-*s", width, "(no place)");
    write_years(out, outlook, 1, outlook->unplaced);
    fputc('\n', out);
}

/* Of the regimes that people leave for a crisis, or to which they come. */
static void write_crises(FILE *out, const struct scenario *scenario, const struct outlook *outlook)
{
    int width = regime_width(scenario);
    if (!scenario->rules.has_crises)
        return;
    fprintf(out,
            "\nCrises: people who are in another regime for one, who are there, and all together\n"
            "%-*s",
            width, "regime");
    write_headings(out, outlook, "away");
    write_headings(out, outlook, "here");
    write_headings(out, outlook, "people");
    fprintf(out, "%11s", "places");
    write_headings(out, outlook, "ratio");
    fputc('\n', out);
    for (int r = 0; r < scenario->estate.regime_count; r++) {
        const double *away = outlook->away[r], *here = outlook->here[r];
        double        load[OUTLOOK_YEARS];
        for (int y = 0; y < OUTLOOK_YEARS; y++)
            load[y] = outlook->load[r][y] - away[y] + here[y];
        if (away[0] + here[0] + away[1] + here[1] <= 0)
            continue;
        fprintf(out, "%-*s", width, scenario->estate.regime_name[r]);
        write_years(out, outlook, 1, away);
        write_years(out, outlook, 1, here);
        write_load(out, scenario, outlook, r, load);
    }
}

static void count_starters(const struct scenario *scenario, int64_t (*starters)[2])
{
    for (int g = 0; g < scenario->start.count; g++) {
        const struct start_group *group = &scenario->start.list[g];
        for (int64_t i = 0; group->person && i < group->persons; i++)
            starters[group->person[i].status][group->waiting]++;
        if (!group->person)
            starters[group->status][group->waiting] += group->persons;
    }
}

static void write_start(FILE *out, const struct scenario *scenario, const struct outlook *outlook)
{
    int     width = status_width(scenario);
    int64_t starters[STATUSES_AT_MOST][2] = {{0}};
    count_starters(scenario, starters);
    fprintf(out,
            "\nStart: people at the first midnight beside those implied by the first year\n"
            "%-*s%10s%10s%10s%18s\n",
            width, "status", "waiting", "present", "implied", "present/implied");
    for (int s = 0; s < scenario->statuses.count; s++) {
        double implied = outlook->status[s].people[0];
        double present = (double)starters[s][false];
        fprintf(out, "%-*s%10lld%10lld", width, scenario->statuses.name[s],
                (long long)starters[s][true], (long long)starters[s][false]);
        write_number(out, 10, 1, implied);
        write_number(out, 18, 3, implied > 0 && !isinf(implied) ? present / implied : NAN);
        fputc('\n', out);
    }
}

/* -- what the numbers rest on */

static int count_confidence(const struct node *node, const char *confidence)
{
    int count = 0;
    for (const struct node *child = node->first; child; child = child->next) {
        if (child->kind != NODE_SCALAR)
            count += count_confidence(child, confidence);
        else if (child->key && strcmp(child->key, "confidence") == 0)
            count += strcmp(child->text, confidence) == 0;
    }
    return count;
}

static void write_confidence(FILE *out, const struct scenario *scenario)
{
    int width = 12, marked = 0;
    for (const struct node *node = scenario->root->first; node; node = node->next)
        widen(&width, node->key);
    fprintf(out, "\nConfidence: how many numbers are marked so\n");
    for (const struct node *node = scenario->root->first; node; node = node->next) {
        int assumed = count_confidence(node, "assumed");
        int calibrated = count_confidence(node, "calibrated");
        if (assumed + calibrated == 0)
            continue;
        if (marked++ == 0)
            fprintf(out, "%-*s%10s%12s\n", width, "section", "assumed", "calibrated");
        fprintf(out, "%-*s%10d%12d\n", width, node->key, assumed, calibrated);
    }
    if (marked == 0)
        fprintf(out, "none\n");
}

/* Regimes whose people may wait for each other's places while they keep their own. */
static void write_swaps(FILE *out, const struct scenario *scenario)
{
    const struct rules *rules = &scenario->rules;
    bool                is_first = true;
    for (int r = 0; r < scenario->estate.regime_count; r++) {
        bool has = false;
        for (int p = 0; p < rules->pool_count; p++)
            has |= rules->pool[p].regime == r && (rules->ring_pools >> p & 1);
        if (!has)
            continue;
        fprintf(out, "%s%s",
                is_first ? "\nSwaps: people may wait for each other's places in " : ", ",
                scenario->estate.regime_name[r]);
        is_first = false;
    }
    if (!is_first)
        fputc('\n', out);
}

static void write_prices(FILE *out, const struct costs *costs)
{
    if (!costs->used)
        return;
    fputs("\nCosts: ", out);
    if (costs->price_year > 0)
        fprintf(out, "in prices of %" PRId64, costs->price_year);
    else
        fputs("of which year the prices are is not said (costs: price_year)", out);
    fputs("; nothing is indexed or discounted\n", out);
}

/* -- the whole */

void outlook_write(struct arena *arena, const struct scenario *scenario, FILE *out)
{
    const struct outlook *outlook = outlook_make(arena, scenario);
    struct warnings       warnings = {.arena = arena};
    char                  start[11], end[11];
    date_format(scenario->period.start, start);
    date_format(scenario->period.end, end);
    fprintf(out, "%s\n%s to %s\n\n", scenario->title, start, end);
    write_flows(out, scenario, outlook);
    write_statuses(out, scenario, outlook);
    write_regimes(out, scenario, outlook);
    write_crises(out, scenario, outlook);
    outlook_write_places(out, scenario);
    outlook_write_shared(out, scenario);
    outlook_write_works(arena, scenario, out);
    outlook_write_staff(arena, scenario, out);
    write_prices(out, &scenario->costs);
    outlook_write_shocks(out, scenario);
    outlook_write_returns(arena, scenario, outlook, out);
    outlook_write_left_out(out, scenario);
    write_start(out, scenario, outlook);
    write_swaps(out, scenario);
    write_confidence(out, scenario);
    fprintf(out, "\nWarnings\n");
    outlook_warn(&warnings, scenario, outlook);
    warnings_write(&warnings, WARNINGS_KEPT, "", out);
    if (warnings.count == 0)
        fprintf(out, "none\n");
}
