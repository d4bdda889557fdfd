#include "models/staff.h"

#include <stdlib.h>
#include <string.h>

#include "sim/date.h"
#include "sim/names.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MONTHS_AT_MOST 120
#define FTE_AT_MOST 1000000
#define FTE_PER_PLACE_AT_MOST 100
#define EUROS_PER_FTE_AT_MOST 1000000 /* so that the cents of a year are an int64_t */

int64_t staff_need_by(const struct estate *estate, int u, int64_t per_place, int64_t open_places)
{
    const struct unit *unit = &estate->unit[u];
    int64_t            wards = (open_places + unit->ward - 1) / unit->ward;
    return open_places * per_place + wards * estate->regime[unit->regime].staff_per_ward;
}

int64_t staff_need(const struct estate *estate, int u, int64_t open_places)
{
    return staff_need_by(estate, u, estate->regime[estate->unit[u].regime].staff_per_place,
                         open_places);
}

/* -- one institution */

static void read_fte(struct reader *reader, struct node *node, void *member)
{
    (void)!read_scaled(reader, node, MILLIONTHS, 0, FTE_AT_MOST, member);
}

static void read_per_place(struct reader *reader, struct node *node, void *member)
{
    (void)!read_scaled(reader, node, MILLIONTHS, 0, FTE_PER_PLACE_AT_MOST, member);
}

static void read_part(struct reader *reader, struct node *node, void *member)
{
    (void)!read_scaled(reader, node, MILLIONTHS, 0, 1, member);
}

static void read_cost_per_fte(struct reader *reader, struct node *node, void *member)
{
    (void)!by_year_read(reader, node, CENTS, 0, EUROS_PER_FTE_AT_MOST, member);
}

static void read_months(struct reader *reader, struct node *node, void *member)
{
    const int64_t month_min = (int64_t)DAYS_A_MONTH * MINUTES_A_DAY;
    int64_t       min;
    if (!read_duration(reader, node, 0, MONTHS_AT_MOST * month_min, &min))
        return;
    if (min % month_min == 0) {
        *(int32_t *)member = (int32_t)(min / month_min);
        return;
    }
    char text[32];
    duration_format(min, text);
    node_error(reader, node, "hire_takes is %s; it must be whole months, as 8 months", text);
}

const struct field staffing_fields[] = {
    {.key = "fte",
     .type = FIELD_OWN,
     .offset = offsetof(struct staffing, fte),
     .own = read_fte,
     .unit = "fte",
     .otherwise = "by fte_per_place_at_start; else as many as the open places need",
     .help = "Staff at the start who can be put on places, the sick included."},
    {.key = "fte_per_place_at_start",
     .type = FIELD_OWN,
     .offset = offsetof(struct staffing, fte_per_place_at_start),
     .own = read_per_place,
     .unit = "fte a place",
     .otherwise = "by fte",
     .help = "The same for each place that is open on the first day on which any is."},
    {.key = "leave_per_year",
     .type = FIELD_OWN,
     .offset = offsetof(struct staffing, leave_per_year),
     .own = read_share_by_year,
     .unit = "share, or by year",
     .otherwise = "0",
     .help = "What part of the staff leaves in a year; a twelfth each month."},
    {.key = "hire_per_year",
     .type = FIELD_OWN,
     .offset = offsetof(struct staffing, hire_per_year),
     .own = read_share_by_year,
     .unit = "share, or by year",
     .otherwise = "0",
     .help =
         "How many are recruited in a year, as a part of the staff at the start; a twelfth each "
         "month, and no more than there are posts for."},
    {.key = "hire_takes",
     .type = FIELD_OWN,
     .offset = offsetof(struct staffing, hire_takes_months),
     .own = read_months,
     .unit = "duration, whole months",
     .otherwise = "0 days",
     .help = "From the vacancy to the first day on the ward, training included. Who was recruited "
             "before the start comes at the rate of the first year."},
    {.key = "sick_share",
     .type = FIELD_OWN,
     .offset = offsetof(struct staffing, sick_share),
     .own = read_part,
     .unit = "share",
     .otherwise = "0",
     .help = "What part of the staff is absent by sickness."},
    {.key = "agency_fte",
     .type = FIELD_OWN,
     .offset = offsetof(struct staffing, agency_fte),
     .own = read_fte,
     .unit = "fte",
     .otherwise = "0",
     .help = "Hired from agencies, as soon as it has staff; never sick."},
    {.key = "covered_share",
     .type = FIELD_OWN,
     .offset = offsetof(struct staffing, covered_share),
     .own = read_part,
     .unit = "share",
     .otherwise = "0",
     .help = "What part of a shortage of staff closes nothing: overtime, shorter days, partly "
             "closed wards."},
    {0},
};

struct draft {
    struct node    *fallback, *closes_first; /* `default`, a word of C */
    struct by_year  cost_per_fte, agency_cost_per_fte;
    struct staffing otherwise; /* what `default` says */
};

const struct field staff_fields[] = {
    {.key = "default",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, fallback),
     .own = node_keep,
     .inner = staffing_fields,
     .unit = "mapping",
     .otherwise = "staff closes nothing in institutions that are not named",
     .help = "Holds for each institution that is not named, and for what a named one leaves out."},
    {.key = "closes_first",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, closes_first),
     .own = node_keep,
     .unit = "list of regimes",
     .otherwise = "the order of the regimes in the file",
     .help =
         "The regimes whose wards close first when staff is short; those not named come after."},
    {.key = "cost_per_fte",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, cost_per_fte),
     .own = read_cost_per_fte,
     .unit = "euros a year, or by year",
     .otherwise = "nothing is reckoned",
     .help = "What an fte that is employed costs in a year."},
    {.key = "agency_cost_per_fte",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, agency_cost_per_fte),
     .own = read_cost_per_fte,
     .unit = "euros a year, or by year",
     .otherwise = "nothing is reckoned",
     .help = "What an fte from an agency costs in a year."},
    {0},
};

/* -- the order in which wards close */

static void order_regimes(struct reader *reader, struct node *node, const struct estate *estate,
                          int *rank)
{
    int next = 0, regime;
    for (int r = 0; r < estate->regime_count; r++)
        rank[r] = REGIMES_AT_MOST + r;
    if (!node || !read_list(reader, node))
        return;
    for (struct node *item = node->first; item; item = item->next) {
        if (!read_reference(reader, item, "regime", estate->regime_name, estate->regime_count,
                            &regime))
            continue;
        if (rank[regime] < REGIMES_AT_MOST)
            node_error(reader, item, "%s stands twice in closes_first", item->text);
        rank[regime] = next++;
    }
}

struct order {
    int         rank, unit;
    const char *name;
};

static int by_rank_and_name(const void *a, const void *b)
{
    const struct order *one = a, *other = b;
    if (one->rank != other->rank)
        return (one->rank > other->rank) - (one->rank < other->rank);
    return strcmp(one->name, other->name);
}

static void list_units(struct arena *arena, const struct estate *estate, const int *rank,
                       struct staffing *staffing)
{
    struct order *order = arena_new(arena, struct order, (size_t)estate->unit_count + 1);
    for (int u = 0; u < estate->unit_count; u++) {
        const struct unit *unit = &estate->unit[u];
        if (unit->institution == staffing->institution &&
            regime_has_usable(&estate->regime[unit->regime]))
            order[staffing->unit_count++] = (struct order){rank[unit->regime], u, unit->name};
    }
    qsort(order, (size_t)staffing->unit_count, sizeof *order, by_rank_and_name);
    staffing->unit = arena_new(arena, int, (size_t)staffing->unit_count + 1);
    for (int i = 0; i < staffing->unit_count; i++)
        staffing->unit[i] = order[i].unit;
}

/* Each month, each turn of a measure, and each day on which places of the institution change
 * otherwise. */
static void expect_changes(struct estate *estate, const struct staffing *staffing, int turns)
{
    int days = turns + 2;
    for (int i = 0; i < staffing->unit_count; i++) {
        const struct unit *unit = &estate->unit[staffing->unit[i]];
        days += 2 * (unit->dated.change_count + unit->changes_at_most);
    }
    for (int i = 0; i < staffing->unit_count; i++)
        estate_expect_changes(estate, staffing->unit[i], days);
}

/* -- the whole */

static struct staffing nothing_stated(void)
{
    return (struct staffing){.fte = NOT_STATED, .fte_per_place_at_start = NOT_STATED};
}

/* What is stated of an institution lies over what `default` says. */
static void read_staffing(struct reader *reader, struct node *node, int institution,
                          const struct staffing *otherwise, struct staffing *staffing)
{
    *staffing = *otherwise;
    staffing->institution = institution;
    if (!node)
        return;
    struct node *fte = NULL, *per_place = NULL;
    if (node->kind == NODE_MAPPING) {
        fte = node_find(node, "fte");
        per_place = node_find(node, "fte_per_place_at_start");
    }
    if (fte || per_place) /* one in place of the other */
        staffing->fte = staffing->fte_per_place_at_start = NOT_STATED;
    fields_read(reader, node, staffing_fields, staffing);
    if (fte && per_place)
        node_key_error(reader, per_place,
                       "fte_per_place_at_start stands beside fte; only one of them can hold");
}

static void refuse_name(struct reader *reader, const struct node *node, const struct estate *estate)
{
    size_t       room = (size_t)estate->institution_count + COUNT(staff_fields);
    const char **names = arena_new(reader->arena, const char *, room);
    int          count = 0;
    for (const struct field *field = staff_fields; field->key; field++)
        names[count++] = field->key;
    for (int i = 0; i < estate->institution_count; i++)
        names[count++] = estate->institution_name[i];
    const char *nearest = nearest_name(node->key, names, count);
    if (nearest)
        node_key_error(reader, node, "there is no institution %s; did you mean '%s'?", node->key,
                       nearest);
    else
        node_key_error(reader, node,
                       "there is no institution %s; staff has institutions by name, default, "
                       "closes_first, cost_per_fte and agency_cost_per_fte",
                       node->key);
}

/* The key of a field is read; another names an institution. */
static void read_key(struct reader *reader, struct node *node, const struct estate *estate,
                     struct draft *draft, struct node **of_institution)
{
    for (const struct field *field = staff_fields; field->key; field++)
        if (strcmp(field->key, node->key) == 0) {
            field->own(reader, node, (char *)draft + field->offset);
            return;
        }
    for (int i = 0; i < estate->institution_count; i++)
        if (strcmp(estate->institution_name[i], node->key) == 0) {
            of_institution[i] = node;
            return;
        }
    refuse_name(reader, node, estate);
}

/* Staff decides nothing where no place and no ward needs any. */
static void check_norm(struct reader *reader, const struct node *node, const struct estate *estate,
                       const struct staffing *staffing)
{
    if (reader->errors->count > 0) /* the norm may be stated, and wrong */
        return;
    for (int i = 0; i < staffing->unit_count; i++)
        if (staff_need(estate, staffing->unit[i], 1) > 0)
            return;
    node_key_error(reader, node,
                   "%s has staff, but no regime of its units has staff_per_place or staff_per_ward",
                   node->key);
}

static int count_months(int32_t first, int32_t last)
{
    struct date from = date_from_day(first), to = date_from_day(last);
    return (to.year - from.year) * 12 + to.month - from.month + 1;
}

static void add_institutions(struct reader *reader, struct node *const *of_institution,
                             const struct draft *draft, int turns, struct estate *estate,
                             struct staff *staff)
{
    int *rank = arena_new(reader->arena, int, (size_t)estate->regime_count + 1);
    order_regimes(reader, draft->closes_first, estate, rank);
    staff->list = arena_new(reader->arena, struct staffing, (size_t)estate->institution_count + 1);
    for (int i = 0; i < estate->institution_count; i++) {
        if (!of_institution[i] && !draft->fallback)
            continue;
        struct staffing *staffing = &staff->list[staff->count++];
        read_staffing(reader, of_institution[i], i, &draft->otherwise, staffing);
        list_units(reader->arena, estate, rank, staffing);
        if (of_institution[i])
            check_norm(reader, of_institution[i], estate, staffing);
        expect_changes(estate, staffing, turns);
    }
}

void staff_read(struct reader *reader, struct node *node, int32_t first, int32_t last, int turns,
                struct estate *estate, struct staff *staff)
{
    *staff = (struct staff){0};
    if (!node || !read_mapping(reader, node))
        return;
    struct draft  draft = {.otherwise = nothing_stated()};
    struct node **of_institution =
        arena_new(reader->arena, struct node *, (size_t)estate->institution_count + 1);
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (!node_is_note(child))
            read_key(reader, child, estate, &draft, of_institution);
    }
    if (draft.fallback)
        read_staffing(reader, draft.fallback, NOT_STATED, &draft.otherwise, &draft.otherwise);
    staff->cost_per_fte = draft.cost_per_fte;
    staff->agency_cost_per_fte = draft.agency_cost_per_fte;
    add_institutions(reader, of_institution, &draft, count_months(first, last) + turns, estate,
                     staff);
}
