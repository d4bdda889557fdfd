/* What a scenario implies about returns, in words. */
#include "models/outlook.h"

#include <math.h>

#define DRIFT_IS_LARGE 0.05 /* of the arrivals that the flows state */
#define DIFFERS 0.0005      /* shares as they are printed */

static double of_come(const struct balance *row, enum balance_of what, int year)
{
    double come = row->people[BALANCE_COME][year];
    return come > 0 ? row->people[what][year] / come : NAN;
}

/* What is told of a row, as a share of the stated arrivals. */
typedef double told(const struct scenario *scenario, const struct balance *row);

static double in_balance(const struct scenario *scenario, const struct balance *row)
{
    return balance_share(scenario, row, 0);
}

static double lowered(const struct scenario *scenario, const struct balance *row)
{
    (void)scenario;
    return of_come(row, BALANCE_LOWERED, 0);
}

static double settled(const struct scenario *scenario, const struct balance *row)
{
    (void)scenario;
    return of_come(row, BALANCE_SETTLED, 0);
}

/* By how much it differs at most between the rows of an attribute, which begin here. */
static double spread_of(const struct scenario *scenario, const struct balance *rows, int count,
                        int first, told *share)
{
    double least = INFINITY, most = -INFINITY;
    for (int i = first; i < count && rows[i].attribute == rows[first].attribute; i++) {
        least = fmin(least, share(scenario, &rows[i])); /* of a number and NAN, the number */
        most = fmax(most, share(scenario, &rows[i]));
    }
    return most > least ? most - least : 0;
}

static bool is_first(const struct balance *rows, int i)
{
    return i == 0 || rows[i].attribute != rows[i - 1].attribute;
}

/* All people, and those with the values of an attribute where something differs by them. */
static bool is_told(const struct scenario *scenario, const struct balance *rows, int count, int i)
{
    int first = i;
    while (!is_first(rows, first))
        first--;
    return rows[i].attribute < 0 || spread_of(scenario, rows, count, first, in_balance) > DIFFERS ||
           spread_of(scenario, rows, count, first, lowered) > DIFFERS ||
           spread_of(scenario, rows, count, first, settled) > DIFFERS;
}

static void write_row(FILE *out, const struct scenario *scenario, const struct outlook *outlook,
                      const struct balance *row, int year)
{
    const struct attribute *attribute =
        row->attribute < 0 ? NULL : &scenario->attributes.list[row->attribute];
    double balance = balance_share(scenario, row, year);
    if (row->people[BALANCE_COME][year] <= 0)
        return;
    fprintf(out, "%-6d%-15s%-15s%10.4f%12.4f%12.4f", outlook->year[year],
            attribute ? attribute->name : "all", attribute ? attribute->value[row->value] : "",
            of_come(row, BALANCE_LOWERED, year), of_come(row, BALANCE_BACK, year),
            of_come(row, BALANCE_SETTLED, year));
    if (isnan(balance))
        fprintf(out, "%12s\n", "-");
    else
        fprintf(out, "%12.4f\n", balance);
}

/* The first row of the attribute by whose values the shares in balance differ most; 0: none. */
static int find_widest(const struct scenario *scenario, const struct balance *rows, int count)
{
    int    widest = 0;
    double most = DIFFERS;
    for (int i = 1; i < count; i++) {
        double spread = is_first(rows, i) ? spread_of(scenario, rows, count, i, in_balance) : 0;
        if (spread > most) {
            most = spread;
            widest = i;
        }
    }
    return widest;
}

/* As it stands in a scenario, by the first year. */
static void write_balance(FILE *out, const struct scenario *scenario, const struct balance *rows,
                          int count)
{
    int first = find_widest(scenario, rows, count);
    if (rows[0].people[BALANCE_COME][0] <= 0)
        return;
    if (first == 0) {
        fprintf(out, "in balance: flow_share: %.4f\n", balance_share(scenario, &rows[0], 0));
        return;
    }
    const struct attribute *attribute = &scenario->attributes.list[rows[first].attribute];
    fprintf(out, "in balance: flow_share: {by: %s", attribute->name);
    for (int i = 0; i < attribute->value_count; i++) {
        double share = balance_share(scenario, &rows[first + i], 0);
        fprintf(out, ", %s: %.4f", attribute->value[i], isnan(share) ? 0 : share);
    }
    fprintf(out, "}\n");
}

void outlook_write_returns(struct arena *arena, const struct scenario *scenario,
                           const struct outlook *outlook, FILE *out)
{
    struct balance *rows;
    int             count = outlook_balance(arena, scenario, outlook, &rows);
    if (count == 0)
        return;
    fprintf(out,
            "\nReturns, as shares of the stated arrivals: what the flows are lowered by in "
            "the end, beside it who comes back\n(chance x released / arrivals), and all who "
            "come in the end, by flows and returns; balance is the flow_share by\nwhich these "
            "are as many as stated; all leave as planned, without held_in\n"
            "%-6s%-15s%-15s%10s%12s%12s%12s\n",
            "year", "who", "", "lowered", "come back", "in the end", "balance");
    for (int y = 0; y < outlook->year_count; y++)
        for (int i = 0; i < count; i++)
            if (is_told(scenario, rows, count, i))
                write_row(out, scenario, outlook, &rows[i], y);
    write_balance(out, scenario, rows, count);
}

/* "the stated arrivals", or those of a row. */
static const char *arrivals_of(struct arena *arena, const struct scenario *scenario,
                               const struct balance *row)
{
    if (row->attribute < 0)
        return "the stated arrivals in the end";
    const struct attribute *attribute = &scenario->attributes.list[row->attribute];
    return arena_print(arena, "those stated with %s %s", attribute->name,
                       attribute->value[row->value]);
}

void outlook_warn_returns(struct warnings *warnings, const struct scenario *scenario,
                          const struct outlook *outlook)
{
    struct arena   *arena = warnings->arena;
    struct balance *rows;
    int             count = outlook_balance(arena, scenario, outlook, &rows);
    for (int i = 0; i < count; i++) {
        double end = settled(scenario, &rows[i]), balance = in_balance(scenario, &rows[i]);
        if (isnan(end) || fabs(end - 1) <= DRIFT_IS_LARGE || !is_told(scenario, rows, count, i))
            continue;
        warn(warnings,
             "returns: by flow_share the flows and the returns together bring %.4f of %s%s", end,
             arrivals_of(arena, scenario, &rows[i]),
             isnan(balance) ? "" : arena_print(arena, "; %.4f is in balance", balance));
    }
}
