/* A comparison on the screen. */
#include <inttypes.h>
#include <string.h>

#include "models/outlook.h"
#include "studies/compare_variant.h"

#define NAMES_TOLD 5 /* of scenarios that have a warning */

/* Where half of the last digit shown is more there is no -0.0. */
static double plain(int64_t value, int decimals, double half)
{
    double number = (double)value;
    while (decimals-- > 0)
        number /= 10;
    return number < 0 && number > -half ? 0 : number;
}

/* Costs in millions. */
static void write_told(const struct told_row *told, enum told which, FILE *out)
{
    int decimals = told->decimals + (which == TOLD_COSTS ? 6 : 0);
    fprintf(out, "  %-15s %11.1f", told_indicator[which],
            plain(told->pairs.difference, decimals, 0.05));
    if (told->pairs.error >= 0)
        fprintf(out, "  (%.1f to %.1f)", plain(told->pairs.low, decimals, 0.05),
                plain(told->pairs.high, decimals, 0.05));
    fprintf(out, "\n");
}

/* The first comparison that has it, or NULL. */
static const struct comparison *first_with(const struct variants *variants, enum told which)
{
    for (int v = 1; v < variants->count; v++)
        if (variants->list[v].comparison.told[which].is_there)
            return &variants->list[v].comparison;
    return NULL;
}

static int widest_name(const struct variants *variants, const char *heading)
{
    size_t width = strlen(heading);
    for (int v = 1; v < variants->count; v++) {
        size_t length = strlen(variants->list[v].comparison.name);
        width = length > width ? length : width;
    }
    return (int)width;
}

/* A measure that starts late is little over all years: one figure of each scenario by year. */
static void write_by_year(const struct variants *variants, FILE *out)
{
    enum told which =
        first_with(variants, TOLD_SHORTAGE_NORMAL) ? TOLD_SHORTAGE_NORMAL : TOLD_SHORTAGE;
    const struct comparison *first = first_with(variants, which);
    const struct told_row   *head = first ? &first->told[which] : NULL;
    int                      width = widest_name(variants, told_indicator[which]);
    if (!head || head->year_count < 2)
        return;
    int shown = head->year_count < TOLD_YEARS ? head->year_count : TOLD_YEARS;
    fprintf(out, "%-*s", width, told_indicator[which]);
    for (int y = 0; y < shown; y++)
        fprintf(out, " %7d", head->year[y]);
    fprintf(out, "%s\n", shown < head->year_count ? "  later years: compare.csv" : "");
    for (int v = 1; v < variants->count; v++) {
        const struct told_row *told = &variants->list[v].comparison.told[which];
        fprintf(out, "%-*s", width, variants->list[v].comparison.name);
        for (int y = 0; y < shown && told->is_there; y++)
            fprintf(out, " %7.0f", plain(told->difference[y], told->decimals, 0.5));
        fprintf(out, "\n");
    }
}

static void write_prices(const struct costs *costs, FILE *out)
{
    fprintf(out, "costs.total: millions of euros, all years together");
    if (costs->price_year > 0)
        fprintf(out, ", in prices of %" PRId64, costs->price_year);
    fprintf(out, ".\n");
}

/* Without it a reader takes the shortage for a number of places. */
static void write_meanings(const struct variants *variants, FILE *out)
{
    if (first_with(variants, TOLD_NEED_NORMAL))
        fprintf(out,
                "_normal: everybody called or sought in time, nobody sent home: how many places "
                "are needed.\nneed, shortage: as it would go, with who was sent home until he "
                "is back: how large the backlog is.\n");
    if (first_with(variants, TOLD_COSTS))
        write_prices(&variants->list[0].simulation.plan->costs, out);
}

/* "a, b and 3 more": scenarios that have a warning, or that lack it. */
static void write_names(const struct variants *variants, const bool *has, bool wanted, FILE *out)
{
    int named = 0;
    for (int v = 0; v < variants->count; v++) {
        if (has[v] != wanted || named++ >= NAMES_TOLD)
            continue;
        fprintf(out, "%s%s", named > 1 ? ", " : "",
                v == 0 ? "the base" : variants->list[v].comparison.name);
    }
    if (named > NAMES_TOLD)
        fprintf(out, " and %d more", named - NAMES_TOLD);
}

/* "everywhere", "everywhere but in a", "in a, b". */
static void write_where(const struct variants *variants, const bool *has, FILE *out)
{
    int having = 0;
    for (int v = 0; v < variants->count; v++)
        having += has[v];
    bool is_wide = 2 * having > variants->count;
    if (is_wide)
        fputs(having < variants->count ? "everywhere but in " : "everywhere", out);
    else
        fputs("in ", out);
    write_names(variants, has, !is_wide, out);
}

/* Sets who has it; the first of these. */
static int find_who_has(const struct variants *variants, const struct warnings *warnings,
                        const char *text, bool *has)
{
    int first = variants->count;
    for (int v = variants->count - 1; v >= 0; v--) {
        has[v] = warnings_have(&warnings[v], text);
        if (has[v])
            first = v;
    }
    return first;
}

/* Each once; `warnings` and `has` by scenario. */
static void write_warnings(const struct variants *variants, const struct warnings *warnings,
                           bool *has, FILE *out)
{
    for (int v = 0; v < variants->count; v++) {
        int fresh = 0; /* that no scenario before this one has */
        for (int i = 0; i < warnings_kept(&warnings[v]); i++) {
            const char *text = warnings[v].text[i];
            if (find_who_has(variants, warnings, text, has) < v || fresh++ >= IDLE_TOLD)
                continue;
            fputs("Warning, ", out);
            write_where(variants, has, out);
            fprintf(out, ": %s\n", text);
        }
        if (fresh > IDLE_TOLD)
            fprintf(out, "Warning: and %d more that %s has\n", fresh - IDLE_TOLD,
                    v == 0 ? "the base" : variants->list[v].comparison.name);
    }
}

static void warn_idle(const struct variants *variants, struct arena *arena, FILE *out)
{
    size_t           count = (size_t)variants->count;
    struct warnings *warnings = arena_new(arena, struct warnings, count);
    for (size_t v = 0; v < count; v++) {
        warnings[v].arena = arena;
        outlook_warn_idle(&warnings[v], variants->list[v].simulation.plan);
    }
    write_warnings(variants, warnings, arena_new(arena, bool, count), out);
}

void variants_write_headline(const struct variants *variants, struct arena *arena, FILE *out)
{
    const struct variant *base = &variants->list[0];
    fprintf(out,
            "Differences from %s%s, over all years, on an average day: mean (95 %% interval)\n",
            base->file, base->without_count > 0 ? " without these" : "");
    for (int v = 1; v < variants->count; v++) {
        const struct comparison *comparison = &variants->list[v].comparison;
        fprintf(out, "%s\n", comparison->name);
        for (int t = 0; t < TOLDS; t++)
            if (comparison->told[t].is_there)
                write_told(&comparison->told[t], (enum told)t, out);
        if (comparison->left_out_count > 0)
            fprintf(out,
                    "  %d columns that only one of the two has are left out; run.yaml names "
                    "them\n",
                    comparison->left_out_count);
    }
    write_by_year(variants, out);
    write_meanings(variants, out);
    warn_idle(variants, arena, out);
}
