#include "models/outlook.h"

#include <math.h>
#include <string.h>

#include "models/rules_lists.h"
#include "models/rules_rings.h"
#include "models/supply.h"

#define STAY_IS_SHORT_MIN 200 /* whole minutes then show: docs/semantics.md, rule 22 */
#define VALUES_TOLD 3         /* of an attribute */
#define SHIFT_IS_LARGE 0.01   /* of a mean by its bounds */

/* -- shapes */

static void check_bounds(struct warnings *warnings, const char *where, const struct shape *shape)
{
    double before = shape->unbounded_mean_min;
    if (fabs(shape->mean_min - before) > SHIFT_IS_LARGE * before)
        warn(warnings, "%s: bounds move the mean from %.2f to %.2f days", where,
             before / MINUTES_A_DAY, shape->mean_min / MINUTES_A_DAY);
}

static void check_stay(struct warnings *warnings, const char *where, const struct shape *shape)
{
    if (shape->mean_min < STAY_IS_SHORT_MIN)
        warn(warnings, "%s: a mean of %.1f minutes is under %d; stays are whole minutes", where,
             shape->mean_min, STAY_IS_SHORT_MIN);
}

/* " theft, fraud and 3 more", of a mask of values. */
static const char *values_text(struct arena *arena, const struct attribute *attribute,
                               uint32_t values)
{
    const char *text = arena_print(arena, " %s", attribute->value[__builtin_ctz(values)]);
    values &= values - 1;
    for (int named = 1; values && named < VALUES_TOLD; named++, values &= values - 1)
        text = arena_print(arena, "%s, %s", text, attribute->value[__builtin_ctz(values)]);
    return values ? arena_print(arena, "%s and %d more", text, __builtin_popcount(values)) : text;
}

/* " of offence theft, fraud": the values of the attribute by which a shape is not that of all; ""
 * if it is. */
static const char *for_whom(struct arena *arena, const struct attributes *attributes,
                            const struct shape_by_profile *by_profile, const struct shape *shape)
{
    for (int a = 0; by_profile->stride && a < attributes->count; a++) {
        const struct attribute *attribute = &attributes->list[a];
        uint32_t                values = 0;
        for (uint32_t p = 0; p < attributes->profile_count; p++)
            if (by_profile->of[p] == shape)
                values |= 1u << attribute_value(attributes, a, p);
        if (values == UINT32_MAX >> (VALUES_AT_MOST - attribute->value_count))
            continue;
        return arena_print(arena, " of %s%s", attribute->name,
                           values_text(arena, attribute, values));
    }
    return "";
}

/* Each shape once; an attribute has few values, so there are few shapes. */
static void check_each(struct warnings *warnings, const struct scenario *scenario,
                       const char *where, const struct shape_by_profile *by_profile,
                       void (*check)(struct warnings *, const char *, const struct shape *))
{
    const struct shape *seen[VALUES_AT_MOST];
    uint32_t            rows = by_profile->stride ? scenario->attributes.profile_count : 1;
    int                 count = 0;
    for (uint32_t row = 0; by_profile->of && row < rows; row++) {
        const struct shape *shape = by_profile->of[row];
        int                 known = 0;
        while (known < count && seen[known] != shape)
            known++;
        if (known < count)
            continue;
        seen[count++] = shape;
        const char *whom = for_whom(warnings->arena, &scenario->attributes, by_profile, shape);
        check(warnings, arena_print(warnings->arena, "%s%s", where, whom), shape);
    }
}

static void check_shapes(struct warnings *warnings, const struct scenario *scenario)
{
    for (int s = 0; s < scenario->statuses.count; s++) {
        const struct status *status = &scenario->statuses.list[s];
        const char          *stay = arena_print(warnings->arena, "statuses.%s.%s", status->name,
                                       status->sentence ? "sentence" : "stay");
        check_each(warnings, scenario, stay, &status->stay, check_stay);
        check_each(warnings, scenario, stay, &status->stay, check_bounds);
        check_each(warnings, scenario,
                   arena_print(warnings->arena, "statuses.%s.sent_home.back_after", status->name),
                   &status->back_after, check_bounds);
    }
}

/* -- the start */

/* "present/remand" as it is written: "start.present.remand". */
static const char *path_of(struct arena *arena, const struct start_group *group)
{
    const char *slash = strchr(group->name, '/');
    return arena_print(arena, "start.%.*s.%s", (int)(slash - group->name), group->name, slash + 1);
}

/* Where people of a group may be; 0: also outside. */
static mask pools_of_group(const struct scenario *scenario, const struct start_group *group)
{
    const struct status *status = &scenario->statuses.list[group->status];
    const struct rules  *rules = &scenario->rules;
    mask                 pools = 0;
    if (group->in)
        return group->in;
    if (group->waiting)
        return status->waits_in == WAITS_REGIME ? rules->of_regime[status->waits_regime] : 0;
    for (uint32_t p = 0; p < rules->profile_count; p++) {
        list_id list = rules_entitlement(rules, group->status, p)->list;
        if (scenario->attributes.share_of_profile[p] <= 0)
            continue;
        if (list == NO_LIST)
            return 0;
        pools |= rules->lists[list].pools;
    }
    return pools;
}

/* People from a file who are in a unit of their own. */
static void check_listed(struct warnings *warnings, const struct scenario *scenario,
                         const struct start_group *group)
{
    const struct estate *estate = &scenario->estate;
    int                 *persons = arena_new(warnings->arena, int, (size_t)estate->unit_count);
    for (int64_t i = 0; i < group->persons; i++)
        if (group->person[i].unit >= 0)
            persons[group->person[i].unit]++;
    for (int u = 0; u < estate->unit_count; u++)
        if (persons[u] > estate->unit[u].places)
            warn(warnings, "%s: %d people in unit %s, which has %d places",
                 path_of(warnings->arena, group), persons[u], estate->unit[u].name,
                 (int)estate->unit[u].places);
}

static void check_group(struct warnings *warnings, const struct scenario *scenario,
                        const struct start_group *group)
{
    mask    pools = pools_of_group(scenario, group);
    int64_t places = 0;
    if (group->elapsed_min)
        check_bounds(warnings,
                     arena_print(warnings->arena, "%s.elapsed", path_of(warnings->arena, group)),
                     group->elapsed_min);
    if (group->since_min)
        check_bounds(warnings,
                     arena_print(warnings->arena, "%s.since", path_of(warnings->arena, group)),
                     group->since_min);
    for (int u = 0; u < scenario->estate.unit_count; u++) {
        if (!(pools >> scenario->rules.pool_of_unit[u] & 1))
            continue;
        if (scenario->estate.unit[u].places == UNLIMITED)
            return;
        places += scenario->estate.unit[u].places;
    }
    if (pools && group->persons > places)
        warn(warnings, "%s: %lld people, but the places where they may be are %lld",
             path_of(warnings->arena, group), (long long)group->persons, (long long)places);
}

/* -- what nobody reaches */

static uint64_t bit(int s)
{
    return (uint64_t)1 << s;
}

static uint64_t statuses_after(const struct scenario *scenario, int s)
{
    const struct status               *status = &scenario->statuses.list[s];
    const struct threshold_by_profile *threshold = &status->route_threshold;
    uint32_t rows = threshold->stride ? scenario->attributes.profile_count : 1;
    uint64_t after = 0;
    for (uint32_t row = 0; row < rows; row++)
        for (int r = 0; r < status->route_count; r++) {
            const uint64_t *of = threshold->of + (size_t)row * threshold->stride;
            if (status->route[r] != RELEASE && of[r] > (r > 0 ? of[r - 1] : 0))
                after |= bit(status->route[r]);
        }
    if (status->back_after.of)
        after |= bit(status->back_as);
    if (status->call_up.used && status->call_up.then >= 0)
        after |= bit(status->call_up.then);
    for (int m = 0; m < scenario->measures.count; m++) {
        const struct measure *measure = &scenario->measures.list[m];
        if (measure->statuses >> s & 1 && measure->fails_as >= 0)
            after |= bit(measure->fails_as);
        if (measure->statuses >> s & 1 && measure->kind == &measure_routes &&
            measure->to_route != RELEASE)
            after |= bit(measure->to_route);
    }
    return after | status_side_ways(status);
}

static void check_statuses(struct warnings *warnings, const struct scenario *scenario)
{
    uint64_t reached = 0, before;
    for (int f = 0; f < scenario->flows.count; f++)
        if (scenario->flows.list[f].rate_at_most > 0)
            reached |= bit(scenario->flows.list[f].status);
    for (int g = 0; g < scenario->start.count; g++) {
        const struct start_group *group = &scenario->start.list[g];
        for (int64_t i = 0; group->person && i < group->persons; i++)
            reached |= bit(group->person[i].status);
        if (!group->person && group->persons > 0)
            reached |= bit(group->status);
    }
    do {
        before = reached;
        for (int s = 0; s < scenario->statuses.count; s++)
            if (reached & bit(s))
                reached |= statuses_after(scenario, s);
    } while (reached != before);
    for (int s = 0; s < scenario->statuses.count; s++)
        if (!(reached & bit(s)))
            warn(warnings, "statuses.%s: no flow, route or start group leads to it",
                 scenario->statuses.name[s]);
}

/* The pools of a regime where some wait; where no pool admits a person, all do. */
static mask pools_to_wait_in(const struct scenario *scenario, int s, uint32_t profile)
{
    const struct status *status = &scenario->statuses.list[s];
    mask                 all, admitting = 0;
    if (status->waits_in != WAITS_REGIME)
        return 0;
    all = scenario->rules.of_regime[status->waits_regime];
    for (mask left = all; left; left &= left - 1) {
        int p = mask_lowest(left);
        if (pool_admits(&scenario->rules.pool[p], &scenario->attributes, &scenario->estate, s,
                        profile))
            admitting |= (mask)1 << p;
    }
    return admitting ? admitting : all;
}

static mask pools_entered(const struct scenario *scenario)
{
    const struct rules *rules = &scenario->rules;
    mask                entered = 0;
    for (int g = 0; g < scenario->start.count; g++) {
        const struct start_group *group = &scenario->start.list[g];
        entered |= group->in;
        for (int64_t i = 0; group->person && i < group->persons; i++)
            if (group->person[i].unit >= 0)
                entered |= (mask)1 << rules->pool_of_unit[group->person[i].unit];
    }
    for (int s = 0; s < scenario->statuses.count; s++)
        for (uint32_t p = 0; p < rules->profile_count; p++) {
            const struct entitlement *entitlement = rules_entitlement(rules, s, p);
            if (scenario->attributes.share_of_profile[p] <= 0 || entitlement->list == NO_LIST)
                continue;
            entered |= rules_pools_given(rules, s, p);
            entered |= pools_to_wait_in(scenario, s, p);
        }
    for (int m = 0; m < scenario->measures.count; m++)
        if (scenario->measures.list[m].unit >= 0)
            entered |= (mask)1 << rules->pool_of_unit[scenario->measures.list[m].unit];
    return entered;
}

/* A regime outside without limit, such as at home, holds no place that somebody else could have: it
 * may wait for a measure. */
static bool may_stand_idle(const struct estate *estate, int unit)
{
    return estate->unit[unit].places == UNLIMITED &&
           estate->regime[estate->unit[unit].regime].outside;
}

static void check_units(struct warnings *warnings, const struct scenario *scenario)
{
    mask entered = pools_entered(scenario);
    for (int u = 0; u < scenario->estate.unit_count; u++)
        if (!(entered >> scenario->rules.pool_of_unit[u] & 1) &&
            !may_stand_idle(&scenario->estate, u))
            warn(warnings, "unit %s: no rule lets anybody in", scenario->estate.unit_name[u]);
}

static bool rule_is_for(const struct scenario *scenario, int r, int s, uint32_t p)
{
    const struct rules *rules = &scenario->rules;
    size_t              cell = (size_t)s * rules->profile_count + p;
    if (scenario->attributes.share_of_profile[p] <= 0)
        return false;
    return rule_is_dated(&rules->list[r])
               ? who_matches(&rules->list[r].who, &scenario->attributes, s, p)
               : rules_of_cell(rules, cell) == r;
}

/* A rule at the end of the file, behind one that is for everybody, is for nobody. */
static void check_rules(struct warnings *warnings, const struct scenario *scenario)
{
    for (int r = 0; r < scenario->rules.count; r++) {
        bool any = false;
        for (int s = 0; !any && s < scenario->statuses.count; s++)
            for (uint32_t p = 0; !any && p < scenario->rules.profile_count; p++)
                any = rule_is_for(scenario, r, s, p);
        if (!any)
            warn(warnings,
                 "placement.%s: it places nobody: rules before it are for all of its people, or no "
                 "place of it admits them",
                 scenario->rules.list[r].name);
    }
}

/* -- changes of places */

static bool is_outside(const struct scenario *scenario, const struct dated_places *dated,
                       const struct change *change)
{
    return change->to < scenario->period.start ||
           change->from - dated->drain_days > scenario->period.end;
}

/* What all causes ask for on a day, more than there is or not. */
static int64_t asked_on(const struct dated_places *dated, int32_t day)
{
    int64_t asked = dated->out_of_use;
    for (int i = 0; i < dated->change_count; i++)
        if (dated->change[i].why != NO_CAUSE && dated->change[i].from <= day &&
            day <= dated->change[i].to)
            asked -= dated->change[i].places;
    return asked;
}

static bool is_out_more_than_built(const struct dated_places *dated, int32_t day)
{
    return asked_on(dated, day) > places_on(dated, day).built;
}

static void check_out(struct warnings *warnings, const char *unit, const struct dated_places *dated,
                      int32_t day)
{
    char date[11];
    date_format(day, date);
    if (is_out_more_than_built(dated, day))
        warn(warnings, "unit %s: on %s %lld places are to be out of use, but only %d are built",
             unit, date, (long long)asked_on(dated, day), (int)places_on(dated, day).built);
}

static void check_changes(struct warnings *warnings, const struct scenario *scenario,
                          const char *unit, const struct dated_places *dated)
{
    for (int i = 0; i < dated->change_count; i++) {
        const struct change *change = &dated->change[i];
        if (is_outside(scenario, dated, change)) {
            warn(warnings, "unit %s: changes[%d] has no effect within the period", unit, i);
            continue;
        }
        check_out(warnings, unit, dated, change->from);
    }
}

/* -- cells for two */

static bool has_second_places(const struct estate *estate, int regime)
{
    for (int u = 0; u < estate->unit_count; u++)
        if (estate->unit[u].regime == regime && estate_shares(estate, u))
            return true;
    return false;
}

/* Whether somebody who comes may share, by the statuses that have a rule. */
static bool is_shared(const struct scenario *scenario, int regime)
{
    const struct two_in_a_cell *two = scenario->estate.regime[regime].two_in_a_cell;
    for (int s = 0; s < scenario->statuses.count; s++)
        for (uint32_t p = 0; p < scenario->rules.profile_count; p++)
            if (scenario->attributes.share_of_profile[p] > 0 &&
                rules_entitlement(&scenario->rules, s, p)->list != NO_LIST &&
                who_matches(&two->who, &scenario->attributes, s, p))
                return true;
    return false;
}

static void check_sharing(struct warnings *warnings, const struct scenario *scenario)
{
    const struct estate *estate = &scenario->estate;
    for (int r = 0; r < estate->regime_count; r++) {
        if (!estate->regime[r].two_in_a_cell)
            continue;
        if (!has_second_places(estate, r))
            warn(warnings, "regime %s: two_in_a_cell has no effect, since no unit has for_two",
                 estate->regime_name[r]);
        else if (!is_shared(scenario, r))
            warn(warnings, "regime %s: nobody who has a place by a rule may share a cell",
                 estate->regime_name[r]);
    }
}

/* -- measures */

/* Whether its `who` fits somebody who comes at all: whose flow or status, and whose attributes. */
static bool is_for_anybody(const struct scenario *scenario, const struct measure *measure)
{
    bool any = measure->statuses != 0;
    for (int f = 0; measure->kind == &measure_inflow && f < scenario->flows.count; f++)
        any |= measure->flow[f];
    for (uint32_t p = 0; any && p < scenario->attributes.profile_count; p++)
        if (measure->takes[p] && scenario->attributes.share_of_profile[p] > 0)
            return true;
    return false;
}

static bool has_staff(const struct scenario *scenario, int institution)
{
    for (int i = 0; i < scenario->staff.count; i++)
        if (scenario->staff.list[i].institution == institution)
            return true;
    return false;
}

/* Staff count where the scenario says how many there are. */
static void check_staffing(struct warnings *warnings, const struct scenario *scenario,
                           const struct measure *measure)
{
    if (scenario->staff.count == 0) {
        warn(warnings, "measures.%s: it has no effect, since no institution has staff",
             measure->name);
        return;
    }
    for (int i = 0; i < scenario->estate.institution_count; i++)
        if (measure->fte[i] > 0 && !has_staff(scenario, i))
            warn(warnings, "measures.%s: its fte of %s have no effect, since staff has no %s",
                 measure->name, scenario->estate.institution_name[i],
                 scenario->estate.institution_name[i]);
}

/* On the days on which they are whole, all measures and works being as planned: of each unit the
 * first. */
static void check_closings(struct warnings *warnings, const struct scenario *scenario)
{
    const struct dated_places *dated = supply_without_slip(warnings->arena, scenario, NULL, NULL);
    int32_t *first = arena_new(warnings->arena, int32_t, (size_t)scenario->estate.unit_count);
    for (int u = 0; u < scenario->estate.unit_count; u++)
        first[u] = INT32_MAX;
    for (int m = 0; m < scenario->measures.count; m++) {
        const struct measure *measure = &scenario->measures.list[m];
        int32_t               whole = measure->starts + measure->ramp_days;
        if (measure->kind != &measure_places || whole > scenario->period.end)
            continue;
        for (int i = 0; i < measure->unit_change_count; i++) {
            int unit = measure->unit_change[i].unit;
            if (measure->unit_change[i].places < 0 && whole < first[unit] &&
                is_out_more_than_built(&dated[unit], whole))
                first[unit] = whole;
        }
    }
    for (int u = 0; u < scenario->estate.unit_count; u++)
        if (first[u] != INT32_MAX)
            check_out(warnings, scenario->estate.unit_name[u], &dated[u], first[u]);
}

/* Two files that each bring a measure of one name, laid over each other, bring one. */
static void check_names(struct warnings *warnings, const struct scenario *scenario)
{
    const struct node *measures = node_find(scenario->root, "measures");
    for (const struct node *one = measures ? measures->first : NULL; one; one = one->next) {
        const struct node *kind = one->kind == NODE_MAPPING ? node_find(one, "kind") : NULL;
        if (kind && kind->over && !tree_is_set(kind) && strcmp(kind->over, kind->file) != 0)
            warn(warnings,
                 "measures.%s: %s and %s both say its kind, so that it is one measure, the second "
                 "over the first; two need two names",
                 one->key, kind->over, kind->file);
    }
}

static void check_measures(struct warnings *warnings, const struct scenario *scenario)
{
    bool has_places = false;
    check_names(warnings, scenario);
    for (int m = 0; m < scenario->measures.count; m++) {
        const struct measure *measure = &scenario->measures.list[m];
        bool is_over = measure->last < scenario->period.start && !measure->level; /* no lag */
        if (measure->starts > scenario->period.end || is_over)
            warn(warnings, "measures.%s: it is not in force within the period", measure->name);
        if (measure_has_who(measure) && !is_for_anybody(scenario, measure))
            warn(warnings, "measures.%s: nobody is who it asks for", measure->name);
        if (measure->kind == &measure_staffing)
            check_staffing(warnings, scenario, measure);
        if (measure->kind == &measure_works_budget && scenario->works.count == 0)
            warn(warnings, "measures.%s: it has no effect, since there are no works",
                 measure->name);
        has_places |= measure->kind == &measure_places;
    }
    if (has_places)
        check_closings(warnings, scenario);
}

/* What is there without effect. */
static void check_idle(struct warnings *warnings, const struct scenario *scenario)
{
    check_units(warnings, scenario);
    check_rules(warnings, scenario);
    for (int u = 0; u < scenario->estate.unit_count; u++)
        check_changes(warnings, scenario, scenario->estate.unit_name[u],
                      &scenario->estate.unit[u].dated);
    check_sharing(warnings, scenario);
    check_measures(warnings, scenario);
}

/* -- the whole */

void outlook_warn(struct warnings *warnings, const struct scenario *scenario,
                  const struct outlook *outlook)
{
    if (outlook->goes_round)
        warn(warnings, "statuses: some people go round the routes for ever, or nearly so; entries "
                       "and people are at least as shown");
    check_statuses(warnings, scenario);
    check_shapes(warnings, scenario);
    check_idle(warnings, scenario);
    for (int g = 0; g < scenario->start.count; g++)
        (scenario->start.list[g].person ? check_listed : check_group)(warnings, scenario,
                                                                      &scenario->start.list[g]);
    outlook_warn_joins(warnings, scenario);
    outlook_warn_works(warnings, scenario);
    outlook_warn_staff(warnings, scenario);
    outlook_warn_shocks(warnings, scenario);
    outlook_warn_returns(warnings, scenario, outlook);
}

void outlook_warn_idle(struct warnings *warnings, const struct scenario *scenario)
{
    outlook_warn_never_paid(warnings, scenario);
    check_idle(warnings, scenario);
    outlook_warn_joins(warnings, scenario);
}
