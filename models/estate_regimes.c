/* Regimes: kinds of place, and who may share a cell in them. */
#include <string.h>

#include "models/by_year.h"
#include "models/estate_read.h"
#include "sim/date.h"

#define STAFF_AT_MOST 1000 /* fte a place or a ward */

/* Words with a meaning of their own under `waits: in:`, where a regime may be named. */
static bool is_taken(const char *name)
{
    return strcmp(name, "outside") == 0 || strcmp(name, "nowhere") == 0 ||
           strcmp(name, "present_place") == 0;
}

static void read_unlimited(struct reader *reader, struct node *node, void *member)
{
    const char *text;
    if (!read_text(reader, node, &text))
        return;
    if (strcmp(text, "unlimited") == 0)
        *(bool *)member = true;
    else
        node_error(reader, node,
                   "places is %s; for a regime it can only be unlimited, since units have the "
                   "places",
                   text);
}

#define EUROS_A_DAY_AT_MOST 10000 /* so that the cents of all places of a year are an int64_t */

static void read_cost_per_day(struct reader *reader, struct node *node, void *member)
{
    (void)!by_year_read(reader, node, CENTS, 0, EUROS_A_DAY_AT_MOST, member);
}

static const struct field cost_per_day_fields[] = {
    {.key = "built",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, built_cost) - offsetof(struct regime, built_cost),
     .own = read_cost_per_day,
     .unit = "euros a day, or by year",
     .otherwise = "0",
     .help = "Of each place that is built, whether anybody is in it or not."},
    {.key = "occupied",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, occupied_cost) - offsetof(struct regime, built_cost),
     .own = read_cost_per_day,
     .unit = "euros a day, or by year",
     .otherwise = "0",
     .help = "Of each person who is there, by the minute; on top of built."},
    {0},
};

static void read_staff(struct reader *reader, struct node *node, void *member)
{
    (void)!read_scaled(reader, node, MILLIONTHS, 0, STAFF_AT_MOST, member);
}

const struct field two_in_a_cell_fields[] = {
    {.key = "who",
     .type = FIELD_OWN,
     .offset = offsetof(struct two_in_a_cell, who),
     .own = estate_read_who,
     .unit = "who",
     .otherwise = "everyone",
     .help = "The people who may share, by their present status and their attributes."},
    {.key = "from",
     .type = FIELD_DATE,
     .offset = offsetof(struct two_in_a_cell, from),
     .otherwise = "always",
     .help = "The first day, from 00:00; before it nobody shares."},
    {.key = "to",
     .type = FIELD_DATE,
     .offset = offsetof(struct two_in_a_cell, to),
     .otherwise = "for ever",
     .help = "The last day, to 24:00; after it nobody shares."},
    {0},
};

static void read_two_in_a_cell(struct reader *reader, struct node *node, void *member)
{
    struct two_in_a_cell *two = arena_new(reader->arena, struct two_in_a_cell, 1);
    *two = (struct two_in_a_cell){.from = NO_FIRST_DAY, .to = NO_LAST_DAY};
    fields_read(reader, node, two_in_a_cell_fields, two);
    *(const struct two_in_a_cell **)member = two;
}

const struct field regime_fields[] = {
    {.key = "dutch",
     .type = FIELD_TEXT,
     .offset = offsetof(struct regime, dutch),
     .otherwise = "its name",
     .help = "The Dutch term, such as huis van bewaring."},
    {.key = "places",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, unlimited),
     .own = read_unlimited,
     .unit = "the word unlimited",
     .otherwise = "the places of its units",
     .help = "Without limit: the regime is one unit of its own name and can have no other."},
    {.key = "emergency",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, emergency),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "People are held here because their own place is missing (noodplaats, politiecel)."},
    {.key = "outside",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, outside),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "People here are not held, as under electronic detention (enkelband)."},
    {.key = "apart",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, apart),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "Its places stand in for no others, as those of a clinic: left out of need and "
             "shortage unless output.stand_in names it."},
    {.key = "turnover",
     .type = FIELD_DURATION,
     .offset = offsetof(struct regime, turnover_min),
     .otherwise = "none",
     .help = "How long a place stays empty between two people."},
    {.key = "cost_per_day",
     .type = FIELD_INNER,
     .offset = offsetof(struct regime, built_cost),
     .inner = cost_per_day_fields,
     .one_of = "of built and occupied",
     .otherwise = "nothing is reckoned",
     .help = "What a place and a person in it cost a day."},
    {.key = "staff_per_place",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, staff_per_place),
     .own = read_staff,
     .unit = "fte a place",
     .otherwise = "0",
     .help = "Staff that each open place needs, by the roster (formatie)."},
    {.key = "staff_per_ward",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, staff_per_ward),
     .own = read_staff,
     .unit = "fte a ward",
     .otherwise = "0",
     .help = "Staff that each open ward needs besides, however few places of it are open."},
    {.key = "intake",
     .type = FIELD_INNER,
     .offset = offsetof(struct regime, intake),
     .inner = intake_fields,
     .otherwise = "at any time",
     .help = "When its units take in people who are newly placed; outside these times their free "
             "places are not given."},
    {.key = "two_in_a_cell",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, two_in_a_cell),
     .inner = two_in_a_cell_fields,
     .own = read_two_in_a_cell,
     .unit = "mapping",
     .otherwise = "nobody asks who shares: second places are as others",
     .help = "Who may share a cell: second places (`for_two`) count as usable only as far as pairs "
             "of such people are held."},
    {0},
};

static void check_two_in_a_cell(struct reader *reader, const struct node *node,
                                const struct regime *regime)
{
    const struct two_in_a_cell *two = regime->two_in_a_cell;
    if (!two)
        return;
    const struct node *two_node = node_find(node, "two_in_a_cell");
    if (!regime_has_usable(regime))
        node_key_error(reader, two_node,
                       "two_in_a_cell is for cells with second places, but %s is %s", regime->name,
                       regime->emergency ? "for emergencies"
                       : regime->outside ? "outside"
                                         : "without limit");
    const struct node *to = node_find(two_node, "to");
    if (to && two->to < two->from) {
        char first[11], last[11];
        date_format(two->from, first);
        date_format(two->to, last);
        node_error(reader, to, "to is %s; it must not lie before from, %s", last, first);
    }
}

static void check_intake(struct reader *reader, const struct node *node, struct regime *regime)
{
    const struct node *intake = node->kind == NODE_MAPPING ? node_find(node, "intake") : NULL;
    if (!intake)
        return;
    regime->intake.used = true;
    intake_check(reader, intake);
    if (regime->emergency || regime->outside)
        node_key_error(reader, intake,
                       "intake is for institutions, but %s is %s and takes people at any time",
                       regime->name, regime->emergency ? "for emergencies" : "outside");
}

/* What has no number of places costs by the people in it. */
static void check_cost(struct reader *reader, const struct node *node, const struct regime *regime)
{
    const struct node *cost = node->kind == NODE_MAPPING ? node_find(node, "cost_per_day") : NULL;
    const struct node *built = cost && cost->kind == NODE_MAPPING ? node_find(cost, "built") : NULL;
    if (built && regime->unlimited)
        node_key_error(reader, built,
                       "built is the cost of a place, but %s has places: unlimited; give occupied",
                       regime->name);
}

void estate_read_regime(struct reader *reader, struct node *node, struct estate *estate)
{
    if (is_taken(node->key))
        node_key_error(reader, node, "%s has a meaning of its own in waits; choose another name",
                       node->key);
    if (estate->regime_count == REGIMES_AT_MOST) {
        node_key_error(reader, node, "%s is one regime too many; at most %d are allowed", node->key,
                       REGIMES_AT_MOST);
        return;
    }
    struct regime *regime = &estate->regime[estate->regime_count];
    *regime = (struct regime){.name = node->key, .dutch = node->key, .intake = intake_always()};
    estate->regime_name[estate->regime_count++] = node->key;
    int before = reader->errors->count;
    fields_read(reader, node, regime_fields, regime);
    check_intake(reader, node, regime);
    check_cost(reader, node, regime);
    if (reader->errors->count == before)
        check_two_in_a_cell(reader, node, regime);
}

/* -- two in a cell */

/* The regimes in which a person of a status and profile may share a cell. */
static uint64_t shared_regimes(const struct estate_context *context, int status, uint32_t profile)
{
    const struct estate *estate = context->estate;
    uint64_t             regimes = 0;
    for (int r = 0; r < estate->regime_count; r++) {
        const struct two_in_a_cell *two = estate->regime[r].two_in_a_cell;
        if (two && who_matches(&two->who, context->attributes, status, profile))
            regimes |= (uint64_t)1 << r;
    }
    return regimes;
}

void estate_set_sharing(struct reader *reader, struct estate *estate)
{
    const struct estate_context *context = reader->context;
    uint32_t                     profiles = context->attributes->profile_count;
    for (int u = 0; u < estate->unit_count; u++)
        estate->has_sharing |= estate_shares(estate, u);
    if (!estate->has_sharing)
        return;
    estate->may_share =
        arena_new(reader->arena, uint64_t, (size_t)context->status_count * profiles + 1);
    for (int s = 0; s < context->status_count; s++)
        for (uint32_t p = 0; p < profiles; p++)
            estate->may_share[(size_t)s * profiles + p] = shared_regimes(context, s, p);
}
