#include "models/conversions.h"

/* In all, on a day: by measures that are in force then, and by works whenever they do. */
static int64_t places_converted(const struct measures *measures, const struct works *works,
                                int unit, int32_t day)
{
    int64_t places = works_places_converted(works, works->count - 1, unit);
    for (int m = 0; m < measures->count; m++) {
        const struct measure *measure = &measures->list[m];
        if (measure->kind != &measure_convert || !measure_is_on(measure, day))
            continue;
        for (int i = 0; i < measure->unit_change_count; i++)
            if (measure->unit_change[i].unit == unit)
                places += measure->unit_change[i].places;
    }
    return places;
}

/* The most are converted at one time on a day on which some measure starts. */
static void check_places(struct reader *reader, const struct node *node,
                         const struct measures *measures, const struct works *works,
                         const struct estate *estate, const struct measure *measure, int32_t day)
{
    for (int i = 0; i < measure->unit_change_count; i++) {
        int     unit = measure->unit_change[i].unit;
        int64_t places = places_converted(measures, works, unit, day);
        int32_t had = works_fewest_built(works, estate, day, unit);
        if (places > had)
            node_error(reader, node, WORKS_CONVERTED_IN_ALL, (long long)places,
                       estate->unit_name[unit], had);
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
