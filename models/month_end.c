#include "models/month_end.h"

#include "sim/date.h"

static bool is_last_of_month(int32_t day)
{
    return date_from_day(day + 1).day == 1;
}

static void find_months(struct arena *arena, const struct period *period,
                        struct month_end *month_end)
{
    int32_t days = period->end - period->first_record + 1;
    month_end->day = arena_new(arena, int32_t, (size_t)(days / 28 + 1));
    for (int32_t day = period->first_record; day <= period->end; day++)
        if (is_last_of_month(day))
            month_end->day[month_end->month_count++] = day;
}

static int add(struct month_end *month_end, const char *indicator, const char *group)
{
    month_end->column[month_end->count] = (struct month_end_column){indicator, group};
    return month_end->count++;
}

/* The columns of a group, or -1 for what it has none of. */
static void add_group(struct month_end *month_end, const char *group, bool is_held, bool has_usable,
                      int *present, int *usable)
{
    *present = *usable = -1;
    if (is_held)
        *present = add(month_end, "present", group);
    if (has_usable)
        *usable = add(month_end, "usable", group);
}

/* What is built, out of use by cause, and unpaired where some unit shares. */
static int add_places(struct arena *arena, struct month_end *month_end, const char *group)
{
    int first = add(month_end, "built", group);
    for (int c = 0; c < CAUSES; c++)
        (void)add(month_end, arena_print(arena, "out_%s", cause_name[c]), group);
    if (month_end->has_unpaired)
        (void)add(month_end, "unpaired", group);
    return first;
}

static void add_institutions(struct arena *arena, const struct estate *estate,
                             struct month_end *month_end)
{
    for (int i = 0; i < estate->institution_count; i++) {
        bool is_held = false, has_usable = false, changes = false;
        int  present, usable;
        for (int u = 0; u < estate->unit_count; u++) {
            const struct regime *regime = &estate->regime[estate->unit[u].regime];
            is_held |= estate->unit[u].institution == i && !regime->outside;
            has_usable |= estate->unit[u].institution == i && regime_has_usable(regime);
            changes |= estate->unit[u].institution == i && regime_has_usable(regime) &&
                       estate_may_change(estate, u);
        }
        const char *group = arena_print(arena, "institution.%s", estate->institution_name[i]);
        add_group(month_end, group, is_held, has_usable, &present, &usable);
        int places = changes ? add_places(arena, month_end, group) : -1;
        for (int u = 0; u < estate->unit_count; u++) {
            const struct regime *regime = &estate->regime[estate->unit[u].regime];
            if (estate->unit[u].institution != i)
                continue;
            month_end->present_of[2 * u] = regime->outside ? -1 : present;
            month_end->usable_of[2 * u] = regime_has_usable(regime) ? usable : -1;
            month_end->places_of[u] = regime_has_usable(regime) ? places : -1;
        }
    }
}

static void add_units(struct arena *arena, const struct estate *estate, struct month_end *month_end)
{
    for (int u = 0; u < estate->unit_count; u++) {
        const struct regime *regime = &estate->regime[estate->unit[u].regime];
        add_group(month_end, arena_print(arena, "unit.%s", estate->unit_name[u]), !regime->outside,
                  regime_has_usable(regime), &month_end->present_of[2 * u + 1],
                  &month_end->usable_of[2 * u + 1]);
    }
}

void month_end_make(struct arena *arena, bool by_institution, bool by_unit,
                    const struct period *period, const struct estate *estate,
                    struct month_end *month_end)
{
    size_t units = (size_t)estate->unit_count, institutions = (size_t)estate->institution_count;
    *month_end = (struct month_end){.has_unpaired = estate->has_sharing};
    month_end->present_of = arena_new(arena, int, 2 * units);
    month_end->usable_of = arena_new(arena, int, 2 * units);
    month_end->places_of = arena_new(arena, int, units);
    month_end->column = arena_new(arena, struct month_end_column,
                                  2 * units + (2 + 1 + (size_t)CAUSES + 1) * institutions);
    for (size_t u = 0; u < units; u++)
        month_end->places_of[u] = -1;
    for (size_t i = 0; i < 2 * units; i++)
        month_end->present_of[i] = month_end->usable_of[i] = -1;
    if (by_institution)
        add_institutions(arena, estate, month_end);
    if (by_unit)
        add_units(arena, estate, month_end);
    find_months(arena, period, month_end);
}

void month_end_put_names(struct arena *arena, const struct month_end *month_end, const char **names)
{
    for (int c = 0; c < month_end->count; c++) {
        const struct month_end_column *column = &month_end->column[c];
        names[c] = arena_print(arena, "%s %s", column->indicator, column->group);
    }
}

int month_end_find(const struct month_end *month_end, int32_t day)
{
    int low = 0, high = month_end->month_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (month_end->day[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < month_end->month_count && month_end->day[low] == day ? low : -1;
}
