#include "models/daily.h"

#include <string.h>

#include "models/capacity.h"
#include "models/crisis.h"
#include "models/shortage.h"
#include "models/sleepers.h"

struct roll {
    const struct columns *columns;
    int32_t              *row; /* of the day, zero before and after; NULL in the warm-up */
    int64_t              *year;
};

/* The minutes of the day that is over; the cell is ready for the next. */
static int64_t take_minutes(struct cell *cell)
{
    int64_t minutes = (int64_t)cell->people * MINUTES_A_DAY + cell->moved_min;
    cell->moved_min = 0;
    return minutes;
}

/* Lists the cells in which somebody is, or was today: few of them, and which is hard to foresee, so
 * it is done without branches. How many there are. */
static size_t list_used(const struct cell *cells, size_t count, uint32_t *used)
{
    size_t n = 0;
#pragma GCC unroll 4
    for (size_t i = 0; i < count; i++) {
        used[n] = (uint32_t)i;
        n += (cells[i].people | cells[i].moved_min) != 0;
    }
    return n;
}

static void add(const struct roll *roll, int column, int64_t value)
{
    roll->row[column] += (int32_t)value;
}

static void add_cell(const struct roll *roll, const int *target, int32_t people, int64_t minutes)
{
    for (; *target >= 0; target++) {
        int32_t *column = roll->row + *target;
        column[0] += people;
        column[1] += (int32_t)minutes;
    }
}

static void roll_stock(const struct prison *prison, struct cell *cells, const struct roll *roll,
                       enum stock stock)
{
    int    room = roll->columns->target_room;
    size_t count = list_used(cells, prison->group_count, prison->used_cell);
    for (size_t k = 0; k < count; k++) {
        uint32_t i = prison->used_cell[k];
        int64_t  minutes = take_minutes(&cells[i]);
        if (roll->row)
            add_cell(roll, roll->columns->target[stock] + (size_t)room * i, cells[i].people,
                     minutes);
    }
}

/* Present and outside, and the minutes by regime and status for the check. */
static void roll_present(struct prison *prison, const struct roll *roll)
{
    const struct columns *columns = roll->columns;
    size_t                statuses = (size_t)prison->plan->statuses.count;
    size_t                groups = prison->group_count, room = (size_t)columns->target_room;
    for (size_t r = 0; r < (size_t)columns->row_count; r++) {
        int64_t *counted_min = prison->counted_min + (size_t)columns->regime_of_row[r] * statuses;
        struct cell *cells = prison->present + r * groups;
        size_t       count = list_used(cells, groups, prison->used_cell);
        for (size_t k = 0; k < count; k++) {
            uint32_t i = prison->used_cell[k];
            int64_t  minutes = take_minutes(&cells[i]);
            if (!roll->row)
                continue;
            counted_min[i / (uint32_t)prison->class_count] += minutes;
            add_cell(roll, columns->target[STOCK_PRESENT] + room * (r * groups + i),
                     cells[i].people, minutes);
        }
    }
}

static void roll_units(const struct prison *prison, const struct roll *roll)
{
    const struct estate *estate = &prison->plan->estate;
    for (int u = 0; u < estate->unit_count; u++) {
        int regime = estate->unit[u].regime;
        if (!regime_has_usable(&estate->regime[regime]))
            continue;
        const struct unit_state *unit = &prison->unit[u];
        int                      column = roll->columns->usable_of_regime[regime];
        add(roll, roll->columns->usable_total, unit->usable);
        if (column >= 0)
            add(roll, column, unit->usable);
        if (unit->occupied > unit->usable)
            add(roll, roll->columns->over_capacity_total, unit->occupied - unit->usable);
    }
}

static void add_places(const struct columns *columns, int64_t *sum, const struct capacity_now *now,
                       int sign)
{
    sum[PLACE_BUILT] += sign * now->places.built;
    for (int c = 0; c < CAUSES; c++)
        sum[PLACE_OUT + c] += sign * now->places.out[c];
    sum[PLACE_LATE] += sign * now->late;
    if (columns->place_each > PLACE_UNPAIRED)
        sum[PLACE_UNPAIRED] += sign * now->unpaired;
}

static void add_unit(struct prison *prison, int u, const struct capacity_now *now, int sign)
{
    const struct columns *columns = &prison->plan->columns;
    int                   column = columns->place_of_regime[prison->plan->estate.unit[u].regime];
    add_places(columns, prison->place_sum, now, sign);
    if (column >= 0)
        add_places(columns, prison->place_sum + column, now, sign);
}

/* Places change seldom: in the sums only those of units that have are counted anew. */
static void sum_places(struct prison *prison)
{
    const struct estate *estate = &prison->plan->estate;
    for (int u = 0; u < estate->unit_count; u++) {
        struct unit_capacity *capacity = &prison->capacity[u];
        if (!capacity->is_old || !regime_has_usable(&estate->regime[estate->unit[u].regime]))
            continue;
        add_unit(prison, u, &capacity->in_sum, -1);
        capacity->in_sum = capacity_now(prison, (uint16_t)u);
        add_unit(prison, u, &capacity->in_sum, 1);
        capacity->is_old = false;
    }
    prison->is_place_sum_old = false;
}

static void roll_places(struct prison *prison, const struct roll *roll)
{
    if (prison->is_place_sum_old)
        sum_places(prison);
    for (int i = 0; i < roll->columns->place_count; i++)
        add(roll, roll->columns->place_first + i, prison->place_sum[i]);
}

static void roll_counts(struct prison *prison, const struct roll *roll)
{
    const struct columns *columns = roll->columns;
    int                   statuses = prison->plan->statuses.count;
    for (int s = 0; s < statuses && roll->row; s++) {
        const int32_t *count = prison->count + s * COUNTS;
        int64_t       *year = roll->year + columns->count_first + s * COUNTS;
        for (int c = 0; c < COUNTS; c++) {
            add(roll, columns->count_total[c], count[c]);
            year[c] += count[c];
        }
    }
    memset(prison->count, 0, (size_t)statuses * COUNTS * sizeof *prison->count);
}

static void roll_reasons(struct prison *prison, const struct roll *roll)
{
    for (int r = 0; r < roll->columns->reason_count; r++) {
        if (prison->left_queue[r] && roll->row) {
            add(roll, roll->columns->left_queue_total, prison->left_queue[r]);
            roll->year[roll->columns->reason_first + r] += prison->left_queue[r];
        }
        prison->left_queue[r] = 0;
    }
}

static void roll_returns(struct prison *prison, const struct roll *roll)
{
    int32_t came = prison->sleepers ? sleepers_take_count(prison) : 0;
    if (came > 0 && roll->row)
        add(roll, roll->columns->returns_total, came);
}

/* Waits of 0 minutes belong to this day's year. */
static void roll_waits(struct prison *prison, const struct roll *roll)
{
    for (int s = 0; s < prison->plan->statuses.count; s++) {
        if (roll->row) {
            int64_t *wait = roll->year + roll->columns->wait_first + s * (WAITS + WAIT_CLASSES);
            wait[WAIT_ENDED] += prison->placed_at_once[s];
            wait[WAITS] += prison->placed_at_once[s]; /* the class from 0 days */
        }
        prison->placed_at_once[s] = 0;
    }
}

/* -- what is kept of the row */

static void put_kept(const struct roll *roll, enum shown shown, int32_t *kept)
{
    const int *column = roll->columns->kept[shown].column;
    for (int i = 0; i < roll->columns->kept[shown].count; i++)
        kept[i] = roll->row[column[i]];
}

/* Built, then what is out of use by cause, then what is unpaired. */
static void add_kept(const struct month_end *month_end, int32_t *kept, struct capacity_now now)
{
    kept[0] += now.places.built;
    for (int c = 0; c < CAUSES; c++)
        kept[1 + c] += now.places.out[c];
    if (month_end->has_unpaired)
        kept[1 + CAUSES] += now.unpaired;
}

static void put_units(const struct prison *prison, const struct month_end *month_end, int32_t *kept)
{
    for (int i = 0; i < 2 * prison->plan->estate.unit_count; i++) {
        const struct unit_state *unit = &prison->unit[i / 2];
        if (month_end->present_of[i] >= 0)
            kept[month_end->present_of[i]] += unit->occupied;
        if (month_end->usable_of[i] >= 0)
            kept[month_end->usable_of[i]] += unit->usable;
    }
    for (int u = 0; u < prison->plan->estate.unit_count; u++)
        if (month_end->places_of[u] >= 0)
            add_kept(month_end, kept + month_end->places_of[u], capacity_now(prison, (uint16_t)u));
}

static void keep_month_end(const struct prison *prison, const struct roll *roll)
{
    const struct month_end *month_end = &roll->columns->month_end;
    int month = month_end_find(month_end, prison->plan->period.start + prison->day);
    if (month < 0)
        return;
    int32_t *kept =
        prison->record->monthly + (size_t)month * prison->plan->record_size.monthly_columns;
    put_kept(roll, SHOWN_MONTH_END, kept);
    if (month_end->count > 0)
        put_units(prison, month_end, kept + roll->columns->kept[SHOWN_MONTH_END].count);
}

/* The columns of the day are also the first of its year: added once, not by each cell. */
static void add_to_year(const struct roll *roll)
{
    for (int c = 0; c < roll->columns->daily_count; c++) {
        roll->year[c] += roll->row[c];
        roll->row[c] = 0;
    }
}

static void keep(const struct prison *prison, const struct roll *roll, int32_t day)
{
    put_kept(roll, SHOWN_DAILY,
             prison->record->daily + (size_t)day * prison->plan->record_size.daily_columns);
    keep_month_end(prison, roll);
    add_to_year(roll);
}

void daily_record(struct prison *prison)
{
    const struct scenario *plan = prison->plan;
    const struct period   *period = &plan->period;
    int32_t                day = prison->day - (period->first_record - period->start);
    struct roll            roll = {.columns = &plan->columns};
    if (day >= 0) {
        roll.row = prison->day_row;
        roll.year = prison->record->yearly +
                    (size_t)plan->year_of_day[prison->day] * (size_t)plan->columns.yearly_count;
    }
    roll_present(prison, &roll);
    roll_stock(prison, prison->waiting, &roll, STOCK_WAITING);
    roll_stock(prison, prison->over_limit, &roll, STOCK_OVER_LIMIT);
    if (roll.row) {
        roll_units(prison, &roll);
        roll_places(prison, &roll);
    }
    roll_counts(prison, &roll);
    roll_reasons(prison, &roll);
    roll_returns(prison, &roll);
    if (prison->crises)
        crisis_record(prison, roll.row, roll.year);
    roll_waits(prison, &roll);
    if (roll.row) {
        shortage_record(prison, roll.row);
        keep(prison, &roll, day);
    }
}
