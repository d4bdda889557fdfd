#include "models/daily.h"

#include "models/capacity.h"
#include "models/shortage.h"

struct roll {
    const struct columns *columns;
    int32_t              *row; /* of the day, zero before; NULL in the warm-up */
    int64_t              *year;
};

/* The minutes of the day that is over; the cell is ready for the next. */
static int64_t take_minutes(struct cell *cell)
{
    int64_t minutes = (int64_t)cell->people * MINUTES_A_DAY + cell->moved_min;
    cell->moved_min = 0;
    return minutes;
}

/* Nobody is in it, or was today: so it is with most. */
static bool is_unused(const struct cell *cell)
{
    return (cell->people | cell->moved_min) == 0;
}

static void add(const struct roll *roll, int column, int64_t value)
{
    roll->row[column] += (int32_t)value;
}

static void add_cell(const struct roll *roll, const int *target, int32_t people, int64_t minutes)
{
    for (; *target >= 0; target++) {
        add(roll, *target, people);
        add(roll, *target + 1, minutes);
    }
}

static void roll_stock(struct cell *cells, size_t count, const struct roll *roll, enum stock stock)
{
    int room = roll->columns->target_room;
    for (size_t i = 0; i < count; i++) {
        if (is_unused(&cells[i]))
            continue;
        int64_t minutes = take_minutes(&cells[i]);
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
        for (size_t i = 0; i < groups; i++) {
            if (is_unused(&cells[i]))
                continue;
            int64_t minutes = take_minutes(&cells[i]);
            if (!roll->row)
                continue;
            counted_min[(uint32_t)i / (uint32_t)prison->class_count] += minutes;
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

static void add_places(int64_t *sum, const struct places *places, int32_t late)
{
    sum[PLACE_BUILT] += places->built;
    for (int c = 0; c < CAUSES; c++)
        sum[PLACE_OUT + c] += places->out[c];
    sum[PLACE_LATE] += late;
}

/* Places change seldom: the sums are made anew when they have. */
static void sum_places(struct prison *prison)
{
    const struct estate  *estate = &prison->plan->estate;
    const struct columns *columns = &prison->plan->columns;
    for (int i = 0; i < columns->place_count; i++)
        prison->place_sum[i] = 0;
    for (int u = 0; u < estate->unit_count; u++) {
        int           regime = estate->unit[u].regime, column = columns->place_of_regime[regime];
        struct places places = capacity_of(prison, (uint16_t)u);
        int32_t       late = prison->unit[u].usable - prison->capacity[u].planned.usable;
        if (!regime_has_usable(&estate->regime[regime]))
            continue;
        add_places(prison->place_sum, &places, late);
        if (column >= 0)
            add_places(prison->place_sum + column, &places, late);
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
    for (int i = 0; i < prison->plan->statuses.count * COUNTS; i++) {
        int32_t count = prison->count[i];
        if (count == 0)
            continue;
        prison->count[i] = 0;
        if (roll->row) {
            add(roll, columns->count_total[i % COUNTS], count);
            roll->year[columns->count_first + i] += count;
        }
    }
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

/* The columns of the day are also the first of its year: added once, not by each cell. */
static void roll_year(const struct roll *roll)
{
    for (int c = 0; c < roll->columns->daily_count; c++)
        roll->year[c] += roll->row[c];
}

void daily_record(struct prison *prison)
{
    const struct scenario *plan = prison->plan;
    const struct period   *period = &plan->period;
    int32_t                row = prison->day - (period->first_record - period->start);
    struct roll            roll = {.columns = &plan->columns};
    if (row >= 0) {
        roll.row = prison->record->daily + (size_t)row * (size_t)plan->columns.daily_count;
        roll.year = prison->record->yearly +
                    (size_t)plan->year_of_day[prison->day] * (size_t)plan->columns.yearly_count;
    }
    size_t groups = (size_t)plan->statuses.count * (size_t)plan->columns.class_count;
    roll_present(prison, &roll);
    roll_stock(prison->waiting, groups, &roll, STOCK_WAITING);
    roll_stock(prison->over_limit, groups, &roll, STOCK_OVER_LIMIT);
    if (roll.row) {
        roll_units(prison, &roll);
        roll_places(prison, &roll);
    }
    roll_counts(prison, &roll);
    roll_reasons(prison, &roll);
    roll_waits(prison, &roll);
    if (roll.row)
        shortage_record(prison, roll.row);
    if (roll.row)
        roll_year(&roll);
}
