#include "models/columns_asked.h"

#include <string.h>

#include "models/column_classes.h"
#include "models/columns_crisis.h"
#include "models/columns_demand.h"
#include "models/columns_wrong.h"
#include "models/columns_yearly.h"

#define NO_COLUMN (-1)

const int32_t wait_class_from_days[WAIT_CLASSES] = {0,   1,   2,   3,   4,    5,    6,    7,
                                                    10,  14,  21,  28,  42,   56,   91,   182,
                                                    274, 365, 548, 730, 1095, 1460, 1825, 3650};

static const char *const stock_names[STOCKS][2] = {
    [STOCK_PRESENT] = {"present", "present_mean"},
    [STOCK_WAITING] = {"waiting", "waiting_mean"},
    [STOCK_OUTSIDE] = {"outside", "outside_mean"},
    [STOCK_OVER_LIMIT] = {"over_limit", "over_limit_mean"},
};

static const char *const count_names[COUNTS] = {
    [COUNT_ARRIVALS] = "arrivals",
    [COUNT_ENTRIES] = "entries",
    [COUNT_PLACEMENTS] = "placements",
    [COUNT_REFUSED] = "refused",
    [COUNT_RELEASED] = "released",
    [COUNT_LEFT_WAITING] = "left_waiting",
    [COUNT_CALLED] = "called",
    [COUNT_NO_SHOW] = "no_show",
    [COUNT_SENT_HOME] = "sent_home",
    [COUNT_OUT_OF_CATEGORY] = "out_of_category",
    [COUNT_OVER_CAPACITY] = "over_capacity_placements",
    [COUNT_TRANSFERRED] = "transferred",
    [COUNT_ACROSS_REGIONS] = "placements_across_regions",
    [COUNT_SWAPPED] = "swapped",
};

static const char *const place_names[PLACE_COLUMNS] = {
    [PLACE_BUILT] = "built",
    [PLACE_OUT + CAUSE_LOST] = "out_lost",
    [PLACE_OUT + CAUSE_WORKS] = "out_works",
    [PLACE_OUT + CAUSE_DAMAGE] = "out_damage",
    [PLACE_OUT + CAUSE_RESERVE] = "out_reserve",
    [PLACE_OUT + CAUSE_STAFF] = "out_staff",
    [PLACE_LATE] = "late",
    [PLACE_UNPAIRED] = "unpaired",
};

static const char *const total_name[TOTALS] = {
    [TOTAL_EVENTS] = "events",
    [TOTAL_START] = "start",
    [TOTAL_ARRIVALS] = "arrivals",
    [TOTAL_HELD] = "held",
    [TOTAL_CELL] = "cell",
    [TOTAL_OUTSIDE] = "outside",
    [TOTAL_LEFT] = "left",
    [TOTAL_PERSON_MINUTES] = "person_minutes",
    [TOTAL_STAY_MINUTES] = "stay_minutes",
};

/* -- classes of profiles */

static void make_classes(struct making *making)
{
    const struct attributes *attributes = making->attributes;
    struct columns          *columns = making->columns;
    uint32_t                 count = 1;
    for (int a = 0; a < attributes->count; a++) {
        if (!asks_attribute(making, a))
            continue;
        making->class_stride[a] = count;
        count *= (uint32_t)attributes->list[a].value_count;
    }
    columns->class_count = (int)count;
    making->base_class_count = (int)count;
    columns->class_of_profile = arena_new(making->arena, uint16_t, attributes->profile_count);
    for (uint32_t p = 0; p < attributes->profile_count; p++)
        for (int a = 0; a < attributes->count; a++)
            columns->class_of_profile[p] =
                (uint16_t)(columns->class_of_profile[p] +
                           making->class_stride[a] * (uint32_t)attribute_value(attributes, a, p));
}

static int value_of_class(const struct making *making, int a, int class)
{
    return class % making->base_class_count / (int)making->class_stride[a] %
           making->attributes->list[a].value_count;
}

/* -- columns of a day */

int columns_add(struct making *making, const char *indicator, const char *group,
                enum column_kind kind)
{
    struct columns *columns = making->columns;
    if (columns->daily_count == making->room) { /* the arena keeps the old half; it is small */
        making->room = making->room ? 2 * making->room : 256;
        struct column *more = arena_new(making->arena, struct column, (size_t)making->room);
        if (columns->daily_count)
            memcpy(more, columns->daily, (size_t)columns->daily_count * sizeof *more);
        columns->daily = more;
    }
    columns->daily[columns->daily_count] = (struct column){indicator, group, kind, SHOWN_DAILY, 0};
    return columns->daily_count++;
}

/* The column of people of each group; that of minutes is the next one. */
struct stock_columns {
    int  total;
    int *status;                        /* [status], NULL: not asked */
    int *regime;                        /* [regime], likewise */
    int *attribute[ATTRIBUTES_AT_MOST]; /* [value], likewise */
};

static int add_pair(struct making *making, enum stock stock, const char *group)
{
    int column = columns_add(making, stock_names[stock][0], group, COLUMN_STOCK);
    (void)columns_add(making, stock_names[stock][1], group, COLUMN_MINUTES);
    return column;
}

static int *add_pairs(struct making *making, enum stock stock, const char *kind,
                      const char *const *names, int count)
{
    int *column = arena_new(making->arena, int, (size_t)count);
    for (int i = 0; i < count; i++)
        column[i] = add_pair(making, stock, columns_group(making->arena, kind, names[i]));
    return column;
}

static int *add_regime_pairs(struct making *making)
{
    const struct estate *estate = making->estate;
    int                 *column = arena_new(making->arena, int, (size_t)estate->regime_count);
    for (int r = 0; r < estate->regime_count; r++) {
        const char *group = columns_group(making->arena, "regime", estate->regime_name[r]);
        column[r] = estate->regime[r].outside ? NO_COLUMN : add_pair(making, STOCK_PRESENT, group);
    }
    return column;
}

static bool has_groups(enum stock stock)
{
    return stock == STOCK_PRESENT || stock == STOCK_WAITING;
}

static struct stock_columns add_stock(struct making *making, enum stock stock)
{
    const struct attributes *attributes = making->attributes;
    struct stock_columns     stocks = {.total = add_pair(making, stock, "total")};
    if (!has_groups(stock))
        return stocks;
    if (making->asked[WORD_STATUS])
        stocks.status =
            add_pairs(making, stock, "status", making->statuses->name, making->statuses->count);
    for (int a = 0; a < attributes->count; a++)
        if (asks_attribute(making, a))
            stocks.attribute[a] =
                add_pairs(making, stock, attributes->list[a].name, attributes->list[a].value,
                          attributes->list[a].value_count);
    if (stock == STOCK_PRESENT && making->asked[WORD_REGIME])
        stocks.regime = add_regime_pairs(making);
    return stocks;
}

static void add_usable(struct making *making)
{
    const struct estate *estate = making->estate;
    struct columns      *columns = making->columns;
    columns->usable_total = columns_add(making, "usable", "total", COLUMN_USABLE);
    columns->usable_of_regime = arena_new(making->arena, int, (size_t)estate->regime_count);
    for (int r = 0; r < estate->regime_count; r++) {
        bool asked = making->asked[WORD_REGIME] && regime_has_usable(&estate->regime[r]);
        columns->usable_of_regime[r] =
            asked ? columns_add(making, "usable",
                                columns_group(making->arena, "regime", estate->regime_name[r]),
                                COLUMN_USABLE)
                  : NO_COLUMN;
    }
    columns->over_capacity_total =
        columns_add(making, "over_capacity", "total", COLUMN_OVER_CAPACITY);
}

static bool places_change(const struct estate *estate, int regime)
{
    for (int u = 0; u < estate->unit_count; u++)
        if (estate->unit[u].regime == regime && estate_may_change(estate, u))
            return regime_has_usable(&estate->regime[regime]);
    return false;
}

static void add_places(struct making *making)
{
    const struct estate *estate = making->estate;
    struct columns      *columns = making->columns;
    columns->place_first = columns->daily_count;
    columns->place_each = estate->has_sharing ? PLACE_COLUMNS : PLACE_UNPAIRED;
    columns->place_of_regime = arena_new(making->arena, int, (size_t)estate->regime_count);
    for (int r = -1; r < estate->regime_count; r++) {
        const char *group = "total";
        if (r >= 0) {
            bool is_asked = making->asked[WORD_REGIME] && places_change(estate, r);
            columns->place_of_regime[r] = is_asked ? columns->place_count : NO_COLUMN;
            if (!is_asked)
                continue;
            group = columns_group(making->arena, "regime", estate->regime_name[r]);
        }
        for (int p = 0; p < columns->place_each; p++)
            (void)columns_add(making, place_names[p], group, COLUMN_USABLE);
        columns->place_count += columns->place_each;
    }
}

static void add_counts(struct making *making)
{
    for (int c = 0; c < COUNTS; c++)
        making->columns->count_total[c] =
            columns_add(making, count_names[c], "total", COLUMN_COUNT);
    making->columns->left_queue_total =
        making->statuses->reason_count > 0
            ? columns_add(making, "left_queue", "total", COLUMN_COUNT)
            : NO_COLUMN;
    making->columns->returns_total =
        making->has_returns ? columns_add(making, "returns", "total", COLUMN_COUNT) : NO_COLUMN;
}

/* Need and shortage in all, and by group where there are several. */
static void add_stand_in(struct making *making)
{
    struct stand_in *stand_in = &making->columns->stand_in;
    size_t           count = (size_t)stand_in->count;
    stand_in->need_total = columns_add(making, "need", "total", COLUMN_USABLE);
    stand_in->shortage_total = columns_add(making, "shortage", "total", COLUMN_USABLE);
    if (count > 1) {
        stand_in->need = arena_new(making->arena, int, count);
        stand_in->shortage = arena_new(making->arena, int, count);
        stand_in->usable = arena_new(making->arena, int, count);
    }
    for (int g = 0; count > 1 && g < stand_in->count; g++) {
        stand_in->need[g] = columns_add(making, "need", stand_in->name[g], COLUMN_USABLE);
        stand_in->shortage[g] = columns_add(making, "shortage", stand_in->name[g], COLUMN_USABLE);
        stand_in->usable[g] = columns_add(making, "usable", stand_in->name[g], COLUMN_USABLE);
    }
    stand_in->cell_total = columns_add(making, "cell", "total", COLUMN_USABLE);
    stand_in->queue_total = columns_add(making, "queue", "total", COLUMN_USABLE);
    stand_in->at_home_total = columns_add(making, "at_home", "total", COLUMN_USABLE);
    if (stand_in->code_black.asked)
        stand_in->code_black.column = columns_add(making, "code_black", "total", COLUMN_COUNT);
}

/* -- targets of the cells */

/* The columns of people with this status and class, ended by -1; the number of them. */
static int put_people(const struct making *making, const struct stock_columns *stocks, int status,
                      int class, int *target)
{
    int count = 0;
    target[count++] = stocks->total;
    if (stocks->status)
        target[count++] = stocks->status[status];
    for (int a = 0; a < making->attributes->count; a++)
        if (stocks->attribute[a])
            target[count++] = stocks->attribute[a][value_of_class(making, a, class)];
    target[count] = NO_COLUMN;
    return count;
}

static int *make_targets(const struct making *making, const struct stock_columns *stocks)
{
    const struct columns *columns = making->columns;
    int                   statuses = making->statuses->count, classes = columns->class_count;
    size_t                cells = (size_t)statuses * (size_t)classes;
    int *target = arena_new(making->arena, int, cells *(size_t)columns->target_room),
        *next = target;
    for (int s = 0; s < statuses; s++)
        for (int c = 0; c < classes; c++, next += columns->target_room)
            (void)put_people(making, stocks, s, c, next);
    return target;
}

/* Who is in a unit is present, but for units that are outside, and the pseudo unit behind the last.
 */
static void put_unit(const struct making *making, const struct stock_columns *present,
                     const struct stock_columns *outside, int regime, int *target)
{
    const struct columns *columns = making->columns;
    const struct estate  *estate = making->estate;
    bool is_outside = regime == estate->regime_count || estate->regime[regime].outside;
    for (int s = 0; s < making->statuses->count; s++) {
        for (int c = 0; c < columns->class_count; c++, target += columns->target_room) {
            int count = put_people(making, is_outside ? outside : present, s, c, target);
            if (is_outside)
                continue;
            if (present->regime)
                target[count++] = present->regime[regime];
            count += wrong_put(making, regime, s, c, target + count);
            target[count] = NO_COLUMN;
        }
    }
}

/* Each unit's targets are put behind those of the rows so far; they stay there as a new row unless
 * a row has the same. */
static void make_rows(struct making *making, const struct stock_columns *present,
                      const struct stock_columns *outside)
{
    struct columns      *columns = making->columns;
    const struct estate *estate = making->estate;
    size_t               units = (size_t)estate->unit_count + 1;
    size_t               groups = (size_t)making->statuses->count * (size_t)columns->class_count;
    size_t               size = groups * (size_t)columns->target_room;
    int                 *target = arena_new(making->arena, int, units *size);
    columns->target[STOCK_PRESENT] = target;
    columns->row_of_unit = arena_new(making->arena, uint16_t, units);
    columns->regime_of_row = arena_new(making->arena, int, units);
    for (size_t u = 0; u < units; u++) {
        int    regime = u + 1 < units ? estate->unit[u].regime : estate->regime_count;
        size_t row = 0, rows = (size_t)columns->row_count;
        put_unit(making, present, outside, regime, target + rows * size);
        columns->regime_of_row[rows] = regime;
        while (columns->regime_of_row[row] != regime ||
               memcmp(target + row * size, target + rows * size, size * sizeof *target) != 0)
            row++;
        columns->row_of_unit[u] = (uint16_t)row;
        columns->row_count += row == rows;
    }
}

static void add_stocks(struct making *making)
{
    struct columns      *columns = making->columns;
    struct stock_columns stocks[STOCKS];
    for (int s = 0; s < STOCKS; s++)
        stocks[s] = add_stock(making, (enum stock)s);
    wrong_add_columns(making);
    columns->target_room = 4 + making->wrong_count; /* total, status, regime, the end */
    for (int a = 0; a < making->attributes->count; a++)
        columns->target_room += asks_attribute(making, a);
    make_rows(making, &stocks[STOCK_PRESENT], &stocks[STOCK_OUTSIDE]);
    columns->target[STOCK_WAITING] = make_targets(making, &stocks[STOCK_WAITING]);
    columns->target[STOCK_OVER_LIMIT] = make_targets(making, &stocks[STOCK_OVER_LIMIT]);
}

/* -- what is kept, names */

/* What a record keeps of the row of a day. */
static void keep_shown(struct arena *arena, struct columns *columns)
{
    for (int shown = 0; shown < SHOWN_NEVER; shown++)
        columns->kept[shown].column = arena_new(arena, int, (size_t)columns->daily_count);
    for (int c = 0; c < columns->daily_count; c++) {
        if (columns->daily[c].shown == SHOWN_NEVER)
            continue;
        struct kept *kept = &columns->kept[columns->daily[c].shown];
        columns->daily[c].at = kept->count;
        kept->column[kept->count++] = c;
    }
}

int columns_monthly_count(const struct columns *columns)
{
    return columns->kept[SHOWN_MONTH_END].count + columns->month_end.count;
}

static void put_kept_names(const struct columns *columns, enum shown shown, const char **names)
{
    const struct kept *kept = &columns->kept[shown];
    for (int i = 0; i < kept->count; i++)
        names[i] = columns->yearly_name[kept->column[i]];
}

/* A day's columns are the first of the year. */
static void put_names(struct arena *arena, struct columns *columns)
{
    size_t daily = (size_t)columns->kept[SHOWN_DAILY].count;
    columns->yearly_name = arena_new(arena, const char *, (size_t)columns->yearly_count);
    columns->daily_name = arena_new(arena, const char *, daily);
    columns->monthly_name = arena_new(arena, const char *, (size_t)columns_monthly_count(columns));
    for (int i = 0; i < columns->yearly_count; i++)
        columns->yearly_name[i] =
            arena_print(arena, "%s %s", columns->yearly[i].indicator, columns->yearly[i].group);
    put_kept_names(columns, SHOWN_DAILY, columns->daily_name);
    put_kept_names(columns, SHOWN_MONTH_END, columns->monthly_name);
    month_end_put_names(arena, &columns->month_end,
                        columns->monthly_name + columns->kept[SHOWN_MONTH_END].count);
}

static bool fits(struct reader *reader, const struct node *node, const struct making *making)
{
    int64_t cells = (int64_t)(making->estate->unit_count + 1) * making->statuses->count *
                    making->columns->class_count;
    if (cells <= CELLS_AT_MOST)
        return true;
    node_error(reader, node,
               "units x statuses x values of the attributes make %lld cells; at most %d are "
               "allowed: name fewer attributes",
               (long long)cells, CELLS_AT_MOST);
    return false;
}

const char **columns_total_names(const struct columns *columns, struct arena *arena)
{
    size_t       count = (size_t)(TOTALS + columns->further_count);
    const char **names = arena_new(arena, const char *, count);
    memcpy(names, total_name, sizeof total_name);
    for (int i = 0; i < columns->further_count; i++)
        names[TOTALS + i] = columns->further_name[i];
    return names;
}

int columns_add_totals(struct columns *columns, struct arena *arena, const char *const *names,
                       int count)
{
    int          known = columns->further_count;
    const char **name = arena_new(arena, const char *, (size_t)(known + count) + 1);
    for (int i = 0; i < known + count; i++)
        name[i] = i < known ? columns->further_name[i] : names[i - known];
    columns->further_name = name;
    columns->further_count += count;
    return TOTALS + known;
}

static void add_columns(struct making *making, struct node *daily_mean)
{
    add_stocks(making);
    add_usable(making);
    add_places(making);
    add_counts(making);
    crisis_add_columns(making);
    add_stand_in(making);
    demand_add_columns(making);
    asked_set_shown(making, daily_mean);
    keep_shown(making->arena, making->columns);
}

void columns_read(struct reader *reader, struct node *node, const struct period *period,
                  const struct attributes *attributes, const struct statuses *statuses,
                  const struct estate *estate, const struct rules *rules, const struct staff *staff,
                  const struct costs *costs, const struct measures *measures,
                  const struct valves *valves, const struct returns *returns,
                  struct columns *columns)
{
    struct making       making = {.reader = reader,
                                  .arena = reader->arena,
                                  .attributes = attributes,
                                  .statuses = statuses,
                                  .estate = estate,
                                  .staff = staff,
                                  .costs = costs,
                                  .valves = valves,
                                  .measures = measures,
                                  .has_returns = returns->used,
                                  .has_crises = rules->has_crises,
                                  .columns = columns};
    struct output_draft draft = {.daily = NULL};
    *columns = (struct columns){0};
    fields_read(reader, node, output_fields, &draft);
    asked_read(&making, &draft);
    if (draft.month_end)
        month_end_make(reader->arena, making.monthly[making.word_count],
                       making.monthly[making.word_count + 1], period, estate, &columns->month_end);
    stand_in_read(reader, &draft.stand_in, attributes, statuses, estate, rules, &columns->stand_in);
    demand_read(&draft.shortages, &columns->stand_in);
    make_classes(&making);
    wrong_read(&making, draft.wrong_regime);
    classes_split(reader->arena, attributes, columns->stand_in.signature_count,
                  columns->stand_in.signature, columns);
    classes_split(reader->arena, attributes, making.wrong_kind_count, making.wrong_kind, columns);
    if (!fits(reader, draft.daily ? draft.daily : node, &making))
        return;
    classes_put_groups(reader->arena, attributes, statuses->count, columns);
    add_columns(&making, draft.daily_mean);
    yearly_make(&making);
    put_names(reader->arena, columns);
}
