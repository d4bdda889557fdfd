#include "sim/tally.h"

#include <stdbool.h>
#include <string.h>

#include "sim/error.h"
#include "sim/rng.h" /* u128 */

__extension__ typedef __int128 i128;

#define FEW 32 /* values, fastest sorted by insertion */

static const int PERCENT[TALLY_QUANTILES] = {5, 25, 50, 75, 95};

/* One cell: its values side by side, in order of replication until they are sorted. */
struct cell {
    int64_t *value;
    size_t   n;
    int64_t  min;
    uint64_t range; /* max - min */
};

/* Sums over a cell of d = value - min, which keeps them small and not negative. Times n, because
 * n x sum of d^2 - (sum of d)^2 is an integer where the sum of squared deviations is not. */
struct sums {
    size_t   draws, per_draw;
    uint64_t d;
    u128     around_mean;   /* n^2 x the variance over n */
    u128     within_draws;  /* the same inside each draw, added up */
    u128     between_draws; /* the same for the sums of the draws */
};

/* x[j] and, where the quantile lies between two, x[j + 1]. */
struct neighbours {
    int64_t low, high;
};

static int64_t ten_to(int power)
{
    int64_t product = 1;
    must(power <= 18);
    while (power-- > 0)
        product *= 10;
    return product;
}

/* In 64 bits where they do, as nearly always. */
static i128 times(i128 number, int64_t factor)
{
    int64_t product;
    if (number == (int64_t)number && !__builtin_mul_overflow((int64_t)number, factor, &product))
        return product;
    must(!__builtin_mul_overflow(number, factor, &number));
    return number;
}

/* floor(num / den); in 64 bits where they do, as nearly always, since 128 are a slow call. */
static i128 floor_ratio(i128 num, i128 den)
{
    int64_t n = (int64_t)num, d = (int64_t)den;
    if (n == num && d == den)
        return n / d - (n % d < 0);
    return num / den - (num % den < 0);
}

static int64_t round_half_up(i128 num, i128 den, int decimals)
{
    if (decimals >= 0)
        num = times(num, ten_to(decimals));
    else
        den = times(den, ten_to(-decimals));

    i128 twice = 2 * num + den; /* floor(num/den + 1/2) = floor((2 num + den) / (2 den)) */
    i128 whole = floor_ratio(twice, 2 * den);
    must(whole >= INT64_MIN && whole <= INT64_MAX);
    return (int64_t)whole;
}

int64_t tally_ratio(int64_t num, int64_t den, int decimals)
{
    must(den > 0);
    return round_half_up(num, den, decimals);
}

/* floor(sqrt(value)) by Newton: from above it falls until it is there. */
static uint64_t whole_root(u128 value)
{
    if (value == 0)
        return 0;
    uint64_t high = (uint64_t)(value >> 64);
    int      bits = high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll((uint64_t)value);
    u128     root = (u128)1 << ((bits + 1) / 2);
    for (;;) {
        u128 next = (root + value / root) / 2;
        if (next >= root)
            return (uint64_t)root;
        root = next;
    }
}

/* round_half_up(sqrt(num / den) x 10^decimals). The greatest y with y - 1/2 <= sqrt(q) is the
 * greatest with (2y - 1)^2 <= 4q, and an integer square may be held against floor(4q). */
static int64_t rounded_root(u128 num, u128 den, int decimals)
{
    if (num == 0)
        return 0;
    u128 factor = 4, four_q;
    if (decimals >= 0)
        factor *= (uint64_t)ten_to(2 * decimals);
    else
        den *= (uint64_t)ten_to(-2 * decimals);
    must(!__builtin_mul_overflow(num / den, factor, &four_q));
    four_q += num % den * factor / den;
    uint64_t root = whole_root(four_q);
    return (int64_t)(root / 2 + root % 2);
}

static struct sums add_up(const struct cell *cell, size_t per_draw)
{
    struct sums sums = {.per_draw = per_draw, .draws = cell->n / per_draw};
    u128        squares = 0, draw_squares = 0;
    for (size_t draw = 0; draw < sums.draws; draw++) {
        const int64_t *value = cell->value + draw * per_draw;
        uint64_t       in_draw = 0;
        u128           squares_in_draw = 0;
        for (size_t i = 0; i < per_draw; i++) {
            uint64_t d = (uint64_t)value[i] - (uint64_t)cell->min;
            in_draw += d;
            squares_in_draw += (u128)d * d;
        }
        sums.d += in_draw;
        squares += squares_in_draw;
        draw_squares += (u128)in_draw * in_draw;
        sums.within_draws += per_draw * squares_in_draw - (u128)in_draw * in_draw;
    }
    sums.around_mean = cell->n * squares - (u128)sums.d * sums.d;
    sums.between_draws = sums.draws * draw_squares - (u128)sums.d * sums.d;
    return sums;
}

static int64_t sd_of_chance(const struct sums *sums, int decimals)
{
    u128 p = sums->per_draw;
    return rounded_root(sums->within_draws, sums->draws * p * (p - 1), decimals);
}

/* The variance of the draw means is between / (p^2 G (G-1)), the mean variance within a draw
 * within / (G p (p-1)); a p-th of the second is what chance alone gives the first. */
static int64_t sd_of_inputs(const struct sums *sums, int decimals)
{
    u128 p = sums->per_draw, draws = sums->draws;
    u128 free = p > 1 ? p - 1 : 1; /* one a draw: nothing is known within, nothing is taken off */
    u128 all = sums->between_draws * free, chance = sums->within_draws * (draws - 1);
    if (all <= chance)
        return 0;
    return rounded_root(all - chance, p * p * draws * (draws - 1) * free, decimals);
}

/* More counters than this cost more to clear and walk than they save. */
static size_t counters(const struct cell *cell, const struct tally_scratch *scratch)
{
    size_t worth = 4 * cell->n;
    return scratch->room < worth ? scratch->room : worth;
}

/* Position (n-1) k / 100 of a quantile: its whole part; the rest is in hundredths. */
static size_t rank(const struct cell *cell, int percent, size_t *hundredths)
{
    size_t position = (cell->n - 1) * (size_t)percent;
    *hundredths = position % 100;
    return position / 100;
}

static void find_by_counting(const struct cell *cell, uint32_t *counter,
                             struct neighbours found[TALLY_QUANTILES])
{
    memset(counter, 0, (size_t)(cell->range + 1) * sizeof *counter);
    for (size_t i = 0; i < cell->n; i++)
        counter[(uint64_t)cell->value[i] - (uint64_t)cell->min]++;

    size_t at = 0, up_to = counter[0]; /* so many values lie at or below min + at */
    for (int q = 0; q < TALLY_QUANTILES; q++) {
        size_t rest, low = rank(cell, PERCENT[q], &rest);
        while (up_to <= low)
            up_to += counter[++at];
        size_t next = at;
        if (rest > 0 && up_to == low + 1)
            while (counter[++next] == 0)
                ;
        found[q] = (struct neighbours){cell->min + (int64_t)at, cell->min + (int64_t)next};
    }
}

static void sift_down(int64_t *heap, size_t top, size_t n)
{
    int64_t value = heap[top];
    for (size_t child = 2 * top + 1; child < n; child = 2 * top + 1) {
        if (child + 1 < n && heap[child + 1] > heap[child])
            child++;
        if (heap[child] <= value)
            break;
        heap[top] = heap[child];
        top = child;
    }
    heap[top] = value;
}

static void heap_sort(int64_t *value, size_t n)
{
    for (size_t top = n / 2; top-- > 0;)
        sift_down(value, top, n);
    for (size_t last = n; last-- > 1;) {
        int64_t greatest = value[0];
        value[0] = value[last];
        value[last] = greatest;
        sift_down(value, 0, last);
    }
}

static void insertion_sort(int64_t *value, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        int64_t one = value[i];
        size_t  at = i;
        for (; at > 0 && value[at - 1] > one; at--)
            value[at] = value[at - 1];
        value[at] = one;
    }
}

static size_t bucket(const struct cell *cell, int shift, int64_t value)
{
    return ((uint64_t)value - (uint64_t)cell->min) >> shift;
}

/* Sorts in place: many values first into buckets by the leading bits, of a few each as a rule, then
 * each bucket. A heap for these, so that no pattern of values is slow. */
static void sort(const struct cell *cell, uint32_t *counter, size_t room)
{
    size_t    buckets = room / 2;
    uint32_t *next = counter, *end = counter + buckets; /* places still to fill in a bucket */
    int       shift = 0;
    if (cell->n <= FEW) {
        insertion_sort(cell->value, cell->n);
        return;
    }
    while (cell->range >> shift >= buckets)
        shift++;

    memset(end, 0, buckets * sizeof *end);
    for (size_t i = 0; i < cell->n; i++)
        end[bucket(cell, shift, cell->value[i])]++;
    uint32_t from = 0;
    for (size_t b = 0; b < buckets; b++) {
        next[b] = from;
        from = end[b] += from;
    }
    size_t start = 0;
    for (size_t b = 0; b < buckets; b++) {
        while (next[b] < end[b]) {
            int64_t value = cell->value[next[b]];
            for (size_t home = bucket(cell, shift, value); home != b;
                 home = bucket(cell, shift, value)) {
                int64_t evicted = cell->value[next[home]];
                cell->value[next[home]++] = value;
                value = evicted;
            }
            cell->value[next[b]++] = value;
        }
        heap_sort(cell->value + start, end[b] - start);
        start = end[b];
    }
}

static void find_by_sorting(const struct cell *cell, uint32_t *counter, size_t room,
                            struct neighbours found[TALLY_QUANTILES])
{
    sort(cell, counter, room);
    for (int q = 0; q < TALLY_QUANTILES; q++) {
        size_t rest, low = rank(cell, PERCENT[q], &rest);
        found[q] = (struct neighbours){cell->value[low], cell->value[rest > 0 ? low + 1 : low]};
    }
}

/* Type 7: (100 x[j] + rest (x[j+1] - x[j])) / 100. */
static void find_quantiles(const struct cell *cell, struct tally_scratch *scratch, int decimals,
                           int64_t quantile[TALLY_QUANTILES])
{
    struct neighbours found[TALLY_QUANTILES];
    size_t            room = counters(cell, scratch);
    if (cell->range < room)
        find_by_counting(cell, scratch->counter, found);
    else
        find_by_sorting(cell, scratch->counter, room, found);

    for (int q = 0; q < TALLY_QUANTILES; q++) {
        size_t rest;
        (void)rank(cell, PERCENT[q], &rest);
        i128 low = found[q].low, high = found[q].high;
        quantile[q] = round_half_up(100 * low + (i128)rest * (high - low), 100, decimals);
    }
}

/* Of a cell in which all are equal, as where nothing of the kind ever happens. */
static struct tally summarize_equal(int64_t value, int mean_gained, int quantile_gained,
                                    bool by_draw)
{
    int64_t      sd = by_draw ? 0 : -1, quantile = round_half_up(value, 1, quantile_gained);
    struct tally tally = {
        .mean = round_half_up(value, 1, mean_gained), .sd = 0, .sd_chance = sd, .sd_inputs = sd};
    for (int q = 0; q < TALLY_QUANTILES; q++)
        tally.quantile[q] = quantile;
    return tally;
}

static struct tally summarize(const struct cell *cell, int value_decimals, int mean_decimals,
                              int quantile_decimals, uint32_t per_draw,
                              struct tally_scratch *scratch)
{
    must(scratch->room >= 2 && cell->n <= 1u << 20);
    must((u128)cell->n * cell->range < (u128)1 << 54);
    must(per_draw == 0 || cell->n % per_draw == 0);

    int gained = mean_decimals - value_decimals;
    if (cell->range == 0)
        return summarize_equal(cell->min, gained, quantile_decimals - value_decimals, per_draw > 0);
    u128         n = cell->n;
    struct sums  sums = add_up(cell, per_draw > 0 ? per_draw : cell->n);
    struct tally tally = {
        .mean = round_half_up((i128)n * cell->min + (i128)sums.d, (i128)n, gained),
        .sd = rounded_root(sums.around_mean, n * (n - 1), gained),
        .sd_chance = per_draw > 0 ? sd_of_chance(&sums, gained) : -1,
        .sd_inputs = per_draw > 0 ? sd_of_inputs(&sums, gained) : -1,
    };
    find_quantiles(cell, scratch, quantile_decimals - value_decimals, tally.quantile);
    return tally;
}

struct tally tally_summarize(const int32_t *value, size_t n, size_t stride, int value_decimals,
                             int mean_decimals, int quantile_decimals, uint32_t per_draw,
                             struct tally_scratch *scratch)
{
    must(n > 0);
    int32_t min = value[0], max = value[0];
    for (size_t i = 0; i < n; i++) {
        int32_t one = value[i * stride];
        min = one < min ? one : min;
        max = one > max ? one : max;
        scratch->sorted[i] = one;
    }
    struct cell cell = {scratch->sorted, n, min, (uint64_t)((int64_t)max - min)};
    return summarize(&cell, value_decimals, mean_decimals, quantile_decimals, per_draw, scratch);
}

struct tally tally_summarize64(const int64_t *value, size_t n, size_t stride, int value_decimals,
                               int mean_decimals, int quantile_decimals, uint32_t per_draw,
                               struct tally_scratch *scratch)
{
    must(n > 0);
    int64_t min = value[0], max = value[0];
    for (size_t i = 0; i < n; i++) {
        int64_t one = value[i * stride];
        min = one < min ? one : min;
        max = one > max ? one : max;
        scratch->sorted[i] = one;
    }
    struct cell cell = {scratch->sorted, n, min, (uint64_t)max - (uint64_t)min};
    return summarize(&cell, value_decimals, mean_decimals, quantile_decimals, per_draw, scratch);
}

/* -- pairs */

#define NORMAL_95 1959964 /* z of the normal 95 % interval, times 10^Z_DECIMALS */
#define Z_DECIMALS 6
#define FINER 3 /* decimals that the interval is worked out with beyond those that are written */

/* value less `less` (NULL: nothing) as a cell in the scratch. */
static struct cell cell_of(const int64_t *value, const int64_t *less, size_t n,
                           struct tally_scratch *scratch)
{
    int64_t min = INT64_MAX, max = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        int64_t one = value[i] - (less ? less[i] : 0);
        min = one < min ? one : min;
        max = one > max ? one : max;
        scratch->sorted[i] = one;
    }
    must((u128)n * ((uint64_t)max - (uint64_t)min) < (u128)1 << 54);
    return (struct cell){scratch->sorted, n, min, (uint64_t)max - (uint64_t)min};
}

static int64_t mean_of(const struct cell *cell, const struct sums *sums, int decimals)
{
    i128 n = (i128)cell->n;
    return round_half_up(n * cell->min + (i128)sums->d, n, decimals);
}

/* The variance of the draws' means is between / (p^2 G (G - 1)); a G-th of it is that of their
 * mean. */
static int64_t error_of(const struct sums *sums, int decimals)
{
    u128 p = sums->per_draw, draws = sums->draws;
    return rounded_root(sums->between_draws, p * p * draws * draws * (draws - 1), decimals);
}

static void set_interval(struct tally_pairs *pairs, const struct cell *cell,
                         const struct sums *sums, int decimals)
{
    i128 mean = (i128)mean_of(cell, sums, decimals + FINER) * ten_to(Z_DECIMALS);
    i128 half = (i128)error_of(sums, decimals + FINER) * NORMAL_95;
    pairs->error = error_of(sums, decimals);
    pairs->low = round_half_up(mean - half, 1, -FINER - Z_DECIMALS);
    pairs->high = round_half_up(mean + half, 1, -FINER - Z_DECIMALS);
}

/* All three are n^2 x a variance over n, so the rest cancels. */
static int64_t reduction_of(u128 base, u128 other, u128 difference)
{
    if (difference == 0)
        return -1;
    u128 twice = (base + other) * 2 * (uint64_t)ten_to(REDUCTION_DECIMALS);
    u128 times = (twice + difference) / (2 * difference);
    return times < REDUCTION_AT_MOST ? (int64_t)times : REDUCTION_AT_MOST;
}

struct tally_pairs tally_pairs(const int64_t *base, const int64_t *other, size_t n,
                               int value_decimals, int mean_decimals, int quantile_decimals,
                               uint32_t per_draw, struct tally_scratch *scratch)
{
    must(n > 0 && n <= 1u << 20 && scratch->room >= 2);
    must(per_draw == 0 || n % per_draw == 0);
    int                gained = mean_decimals - value_decimals;
    struct tally_pairs pairs = {.sd = -1, .error = -1};

    struct cell cell = cell_of(base, NULL, n, scratch);
    struct sums of_base = add_up(&cell, n);
    pairs.base = mean_of(&cell, &of_base, gained);
    cell = cell_of(other, NULL, n, scratch);
    struct sums of_other = add_up(&cell, n);
    pairs.other = mean_of(&cell, &of_other, gained);

    cell = cell_of(other, base, n, scratch);
    struct sums sums = add_up(&cell, per_draw > 0 ? per_draw : 1);
    pairs.difference = mean_of(&cell, &sums, gained);
    if (n > 1)
        pairs.sd = rounded_root(sums.around_mean, (u128)n * (n - 1), gained);
    if (sums.draws > 1)
        set_interval(&pairs, &cell, &sums, gained);
    pairs.reduction = reduction_of(of_base.around_mean, of_other.around_mean, sums.around_mean);
    find_quantiles(&cell, scratch, quantile_decimals - value_decimals, pairs.quantile);
    return pairs;
}
