/* The streams of chance of a scenario, and whether their draws stay apart. */
#include "models/scenario_read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/person.h"

#define POINTS_A_SLAB 32

static int by_name(const void *a, const void *b)
{
    const struct stream_plan *const *one = a, *const *other = b;
    return strcmp((*one)->name, (*other)->name);
}

void scenario_make_streams(struct arena *arena, struct scenario *scenario)
{
    const struct shocks *shocks = &scenario->shocks;
    int                  flows = scenario->flows.count, groups = scenario->start.count;
    int                  count = flows + groups + shocks->arrest_count;
    size_t               room = (size_t)count;
    scenario->stream_count = count;
    scenario->stream = arena_new(arena, struct stream_plan, room);
    struct stream_plan **ranked = arena_new(arena, struct stream_plan *, room);
    for (int i = 0; i < count; i++) {
        ranked[i] = &scenario->stream[i];
        ranked[i]->name = i < flows ? scenario->flows.list[i].name
                          : i < flows + groups
                              ? scenario->start.list[i - flows].name
                              : shocks->list[shocks->arrest[i - flows - groups]].stream;
        ranked[i]->hash = rng_hash(ranked[i]->name);
    }
    qsort(ranked, room, sizeof *ranked, by_name);
    for (int i = 0; i < count; i++)
        ranked[i]->rank = (uint32_t)i;
}

/* -- draws of different purposes never meet (docs/semantics.md, rule 4) */

struct far_draw {
    u128        k;
    const char *purpose, *name;
    unsigned    visit;
};

/* More than chance and measures ever bring in a day. */
static double rate_at_most(const struct scenario *scenario, int f)
{
    double most = 1, added = 0;
    for (int32_t i = 0; i < scenario->period.day_count; i++) {
        int32_t day = scenario->period.start + i;
        most = fmax(most, measures_raise(&scenario->measures, f, day));
        added = fmax(added, measures_addition(&scenario->measures, f, day));
    }
    return scenario->flows.list[f].rate_at_most * most + added;
}

static const char *const purposes[] = {"stay",          "granted",     "route",
                                       "back",          "no_show",     "further_titles",
                                       "crisis_begins", "crisis_lasts"};
#define PURPOSES ((int)(sizeof purposes / sizeof purposes[0]))
#define MEASURE_PURPOSES 4 /* at most, a measure */

/* How far the bases of two persons of one stream and day can lie apart. */
static u128 largest_offset(const struct scenario *scenario)
{
    double most = 0;
    for (int f = 0; f < scenario->flows.count; f++)
        most = fmax(most, (rate_at_most(scenario, f) / SLAB_PER_DAY + 1) * POINTS_A_SLAB);
    for (int g = 0; g < scenario->start.count; g++)
        most = fmax(most, (double)scenario->start.list[g].persons);
    for (int i = 0; i < scenario->shocks.count; i++)
        most = fmax(most, scenario->shocks.list[i].persons);
    return (u128)most * DRAWS_A_PERSON + DRAWS_A_PERSON;
}

static int by_k(const void *a, const void *b)
{
    const struct far_draw *one = a, *other = b;
    return (one->k > other->k) - (one->k < other->k);
}

static int add_far_draws(const char *purpose, const char *name, unsigned visits,
                         struct far_draw *draw)
{
    u128 number[VISITS_MADE];
    rng_purposes(purpose, name, visits, number);
    for (unsigned visit = 0; visit < visits; visit++)
        draw[visit] = (struct far_draw){number[visit], purpose, name, visit};
    return (int)visits;
}

static int list_far_draws(const struct scenario *scenario, struct far_draw *draw)
{
    int count = 0;
    for (int a = 0; a < scenario->attributes.count; a++)
        count += add_far_draws("attribute", scenario->attributes.list[a].name, 1, &draw[count]);
    for (int s = 0; s < scenario->statuses.count; s++)
        for (int p = 0; p < PURPOSES; p++)
            count +=
                add_far_draws(purposes[p], scenario->statuses.name[s], VISITS_MADE, &draw[count]);
    return count;
}

static int add_leaves(struct arena *arena, const struct scenario *scenario, struct far_draw *draw,
                      int count)
{
    for (int s = 0; s < scenario->statuses.count; s++)
        for (int i = 0; i < scenario->statuses.list[s].leave_count; i++)
            count += add_far_draws(
                arena_print(arena, "leaves.%s", scenario->statuses.list[s].leave[i].name),
                scenario->statuses.name[s], VISITS_MADE, &draw[count]);
    return count;
}

static int add_valve(const struct valve *valve, struct far_draw *draw)
{
    int count = 0;
    if (valve->frees.matches)
        count += add_far_draws(PURPOSE_FREES, valve->name, 1, &draw[count]);
    if (valve->unsought.matches)
        count += add_far_draws(PURPOSE_UNSOUGHT, valve->name, 1, &draw[count]);
    return count;
}

static int add_measures(const struct scenario *scenario, struct far_draw *draw, int count)
{
    for (int m = 0; m < scenario->measures.count; m++)
        for (const char *const *purpose = measure_purposes(&scenario->measures.list[m]); *purpose;
             purpose++)
            count +=
                add_far_draws(*purpose, scenario->measures.list[m].name, VISITS_MADE, &draw[count]);
    return count;
}

static int add_returns(struct far_draw *draw)
{
    int count = add_far_draws(RETURN, RETURN_CHANCE, 1, draw);
    return count + add_far_draws(RETURN, RETURN_DELAY, 1, draw + count);
}

/* The same draws for each return made at load: as far from the first base as the returns before
 * have led. How many they are with those of the first stay. */
static int add_generations(struct far_draw *draw, int count)
{
    u128 number[VISITS_MADE], base = 0;
    int  all = count;
    rng_purposes(RETURN, RETURN_PERSON, VISITS_MADE, number);
    for (unsigned generation = 1; generation < VISITS_MADE; generation++) {
        base += number[generation];
        for (int i = 0; i < count; i++, all++) {
            draw[all] = draw[i];
            draw[all].k += base;
        }
    }
    return all;
}

/* A key has room for so many people of a flow in a day. */
static bool check_rates(struct reader *reader, const struct node *root,
                        const struct scenario *scenario)
{
    for (int f = 0; f < scenario->flows.count; f++) {
        double most = rate_at_most(scenario, f);
        if (most <= FLOW_RATE_AT_MOST)
            continue;
        node_error(reader, node_find(root, "measures"),
                   "with measures %s comes to %.15g people a day; at most %d are allowed",
                   scenario->flows.name[f], most, FLOW_RATE_AT_MOST);
        return false;
    }
    return true;
}

void scenario_check_draws(struct reader *reader, const struct node *root,
                          const struct scenario *scenario)
{
    const struct statuses *statuses = &scenario->statuses;
    if (!check_rates(reader, root, scenario))
        return;
    size_t room = ATTRIBUTES_AT_MOST + VALVE_PURPOSES * VALVES_AT_MOST + 3 +
                  (size_t)(statuses->count * PURPOSES + statuses->reason_count +
                           scenario->measures.count * MEASURE_PURPOSES) *
                      VISITS_MADE;
    room *= scenario->returns.used ? VISITS_MADE : 1;
    struct far_draw *draw = arena_new(reader->arena, struct far_draw, room);
    int              count = list_far_draws(scenario, draw);
    count = add_leaves(reader->arena, scenario, draw, count);
    count = add_measures(scenario, draw, count);
    for (int v = 0; v < scenario->valves.count; v++)
        count += add_valve(&scenario->valves.list[v], &draw[count]);
    count += add_far_draws(MEASURE_OFFENCE, MEASURE_DELAY, 1, &draw[count]);
    if (scenario->returns.used) {
        count += add_returns(&draw[count]);
        count = add_generations(draw, count);
    }
    u128 offset = largest_offset(scenario);
    qsort(draw, (size_t)count, sizeof *draw, by_k);
    for (int i = 1; i < count; i++) {
        const struct far_draw *one = &draw[i - 1], *other = &draw[i];
        if (other->k - one->k > offset)
            continue;
        node_error(reader, root,
                   "with so many people in a day the draws %s/%s/%u and %s/%s/%u would not be "
                   "independent; rename %s or %s",
                   one->purpose, one->name, one->visit, other->purpose, other->name, other->visit,
                   one->name, other->name);
    }
}
