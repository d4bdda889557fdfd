#include "models/conversions.h"

#include "sim/date.h"

/* Places of a unit that are converted at one time. */
struct converted {
    int64_t               places; /* in all, */
    int64_t               back;   /* of these on their way back: out for works, but in their unit */
    const struct measure *back_by; /* the last of those by which they are */
};

static bool is_on_way_back(const struct measure *measure, int32_t day)
{
    return measure->last < day && day - measure->last <= measure->takes_days;
}

/* Those that were done before it ended: with a ramp not all may have been. */
static int32_t places_back(const struct measure *measure, const struct unit_change *change)
{
    return measure_places_by(measure, change,
                             measure->last - measure->takes_days - measure->starts);
}

static void add_measure(const struct measure *measure, int unit, int32_t day,
                        struct converted *converted)
{
    for (int i = 0; i < measure->unit_change_count; i++) {
        const struct unit_change *change = &measure->unit_change[i];
        if (change->unit != unit)
            continue;
        if (measure_is_on(measure, day))
            converted->places += change->places;
        if (!is_on_way_back(measure, day) || places_back(measure, change) == 0)
            continue;
        converted->places += places_back(measure, change);
        converted->back += places_back(measure, change);
        if (!converted->back_by || measure->last + measure->takes_days >
                                       converted->back_by->last + converted->back_by->takes_days)
            converted->back_by = measure;
    }
}

/* On a day: by measures that are in force then or give back, and by works whenever they do. */
static struct converted find_converted(const struct measures *measures, const struct works *works,
                                       int unit, int32_t day)
{
    struct converted converted = {.places = works_places_converted(works, works->count - 1, unit)};
    for (int m = 0; m < measures->count; m++)
        if (measures->list[m].kind == &measure_convert)
            add_measure(&measures->list[m], unit, day, &converted);
    return converted;
}

static void tell(struct reader *reader, const struct node *node, const struct converted *converted,
                 const char *unit, int32_t had)
{
    const struct measure *by = converted->back_by;
    char                  last[11];
    if (!by) {
        node_error(reader, node, WORKS_CONVERTED_IN_ALL, (long long)converted->places, unit, had);
        return;
    }
    date_format(by->last + by->takes_days, last);
    node_error(reader, node,
               "%lld places of %s are converted in all, %lld of them on their way back, by %s up "
               "to %s, but it has %d",
               (long long)converted->places, unit, (long long)converted->back, by->name, last, had);
}

/* The most are converted at one time on a day on which some measure starts. */
static void check_places(struct reader *reader, const struct node *node,
                         const struct measures *measures, const struct works *works,
                         const struct estate *estate, const struct measure *measure, int32_t day)
{
    for (int i = 0; i < measure->unit_change_count; i++) {
        int              unit = measure->unit_change[i].unit;
        struct converted converted = find_converted(measures, works, unit, day);
        int32_t          had = works_fewest_built(works, estate, day, unit);
        if (converted.places > had)
            tell(reader, node, &converted, estate->unit_name[unit], had);
    }
}

static void check_rules(struct reader *reader, const struct node *node,
                        const struct statuses *statuses, const struct estate *estate,
                        const struct rules *rules, const struct measure *measure)
{
    for (int i = 0; i < measure->unit_change_count; i++) {
        const struct unit_change *change = &measure->unit_change[i];
        if (!rules_let_in(rules, statuses, estate, change->to))
            node_error(reader, node, WORKS_NOBODY_ENTERS, change->places,
                       estate->unit_name[change->unit], estate->unit_name[change->to]);
    }
}

void conversions_check(struct reader *reader, const struct node *node,
                       const struct measures *measures, const struct works *works,
                       const struct statuses *statuses, const struct estate *estate,
                       const struct rules *rules)
{
    int before = reader->errors->count;
    for (int m = 0; m < measures->count; m++) {
        const struct measure *measure = &measures->list[m];
        if (measure->kind != &measure_convert)
            continue;
        const struct node *of = node_find(node_find(node, measure->name), "converts");
        check_places(reader, of, measures, works, estate, measure, measure->starts);
        if (before == 0)
            check_rules(reader, of, statuses, estate, rules, measure);
    }
}
