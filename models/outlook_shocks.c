/* Shocks in an outlook: what happens when, and how many it touches. */
#include <string.h>

#include "models/outlook.h"
#include "models/recovery.h"
#include "models/supply.h"

static void write_date(FILE *out, int32_t day)
{
    char date[11] = "-";
    if (day != NO_LAST_DAY)
        date_format(day, date);
    fprintf(out, "  %-10s", date);
}

static void write_units(FILE *out, const struct estate *estate, const struct shock *shock)
{
    for (int k = 0; k < shock->unit_count; k++) {
        fprintf(out, "%s%s ", k > 0 ? ", " : "  ", estate->unit_name[shock->unit[k].unit]);
        if (shock->unit[k].places == ALL_PLACES)
            fprintf(out, "(all)");
        else
            fprintf(out, "(%d)", (int)shock->unit[k].places);
    }
}

static void write_people(FILE *out, const struct scenario *scenario, const struct shock *shock)
{
    char over[32];
    duration_format(shock->over_min, over);
    fprintf(out, "%s%d in %s within %s", shock->unit_count > 0 ? "; " : "  ", (int)shock->persons,
            scenario->flows.list[shock->flow].name, over);
}

void outlook_write_shocks(FILE *out, const struct scenario *scenario)
{
    const struct shocks *shocks = &scenario->shocks;
    int                  width = 12;
    if (shocks->count == 0)
        return;
    for (int i = 0; i < shocks->count; i++)
        if ((int)strlen(shocks->list[i].name) > width)
            width = (int)strlen(shocks->list[i].name);
    fprintf(out,
            "\nShocks: the day, the last day on which places are lost, the units and how many of "
            "their places,\nand the people who come beside all others\n%-*s  %-10s  %-10s\n",
            width, "shock", "on", "to");
    for (int i = 0; i < shocks->count; i++) {
        const struct shock *shock = &shocks->list[i];
        fprintf(out, "%-*s", width, shock->name);
        write_date(out, shock->on);
        write_date(out, shock->unit_count > 0 ? shock->last : NO_LAST_DAY);
        write_units(out, &scenario->estate, shock);
        if (shock->persons > 0)
            write_people(out, scenario, shock);
        fputc('\n', out);
    }
}

/* -- warnings */

static void warn_recovery(struct warnings *warnings, const struct scenario *scenario,
                          const struct shock *shock)
{
    int32_t before = shock->on - scenario->period.first_record;
    if (recovery_is_known(scenario, shock))
        return;
    warn(warnings,
         "shock %s: only %d days are recorded before it; back_to_normal and days_to_normal need "
         "%d and are left out",
         shock->name, (int)(before > 0 ? before : 0), RECOVERY_BEFORE_DAYS);
}

static void warn_places(struct warnings *warnings, const struct scenario *scenario,
                        const struct dated_places *dated, const struct shock *shock)
{
    for (int k = 0; k < shock->unit_count; k++) {
        int     unit = shock->unit[k].unit;
        int32_t built = places_on(&dated[unit], shock->on).built;
        bool    all = shock->unit[k].places == ALL_PLACES;
        if (built > 0 && (all || shock->unit[k].places <= built))
            continue;
        warn(warnings, "shock %s: %s has only %d places then", shock->name,
             scenario->estate.unit_name[unit], (int)built);
    }
}

static void warn_late(struct warnings *warnings, const struct scenario *scenario,
                      const struct shock *shock)
{
    int64_t left_min =
        ((int64_t)scenario->period.end + 1 - shock->on) * MINUTES_A_DAY; /* of the period */
    if (shock->persons == 0 || shock->over_min <= left_min)
        return;
    warn(warnings, "shock %s: only about %.0f of its %d people come before the end of the period",
         shock->name, (double)shock->persons * (double)left_min / (double)shock->over_min,
         (int)shock->persons);
}

void outlook_warn_shocks(struct warnings *warnings, const struct scenario *scenario)
{
    const struct shocks *shocks = &scenario->shocks;
    if (shocks->count == 0)
        return;
    const struct dated_places *dated = supply_without_slip(warnings->arena, scenario, NULL, NULL);
    for (int i = 0; i < shocks->count; i++) {
        warn_recovery(warnings, scenario, &shocks->list[i]);
        warn_places(warnings, scenario, dated, &shocks->list[i]);
        warn_late(warnings, scenario, &shocks->list[i]);
    }
}
