/* Exact statistics of integers over replications: the result does not depend on order, threads or
 * shards. Sums are int64, squares 128-bit; quantiles are type 7 in integers, rounded half up, never
 * through a double.
 */
#ifndef CELSIM_SIM_TALLY_H
#define CELSIM_SIM_TALLY_H

#include <stddef.h>
#include <stdint.h>

#define TALLY_QUANTILES 5 /* p05 p25 p50 p75 p95 */

/* All times 10^decimals as asked, rounded half up (away from zero for negatives is not needed: half
 * up). */
struct tally {
    int64_t mean, sd; /* sd with n - 1; 0 when n is 1 */
    int64_t sd_chance,
        sd_inputs; /* rule of two uncertainties; -1 without draws of inputs (per_draw 0) */
    int64_t quantile[TALLY_QUANTILES];
};

/* Working room, reused from cell to cell; a thread has its own. Its old content does not matter.
 * `room` counters, at least 2; no more than 4 n are ever used. */
struct tally_scratch {
    uint32_t *counter;
    size_t    room;
    int64_t  *sorted; /* n values: a copy of the cell, sorted when the range is too wide to count */
};

/* Summarizes value[0 .. n-1 step `stride`], each an integer that stands for value /
 * 10^value_decimals. Means and sds come out with mean_decimals, quantiles with quantile_decimals
 * (both >= value_decimals is not demanded; rounding is exact). per_draw > 0: values g x per_draw ..
 * are of one draw of the inputs; per_draw then divides n.
 *
 * Exact, and checked by must(), for n from 1 to 2^20, n x (max - min) below 2^54 (so any int32; at
 * n = 1,000 a range of 175 billion euros in cents) and results that fit int64. Decimals 0 to 9. */
struct tally tally_summarize(const int32_t *value, size_t n, size_t stride, int value_decimals,
                             int mean_decimals, int quantile_decimals, uint32_t per_draw,
                             struct tally_scratch *scratch);
struct tally tally_summarize64(const int64_t *value, size_t n, size_t stride, int value_decimals,
                               int mean_decimals, int quantile_decimals, uint32_t per_draw,
                               struct tally_scratch *scratch);

/* Two values of each replication, and their difference, `other` less `base`. Times 10^decimals as
 * asked, rounded half up; `low` and `high` from a mean and a standard error of three decimals more.
 */
struct tally_pairs {
    int64_t base, other, difference; /* means */
    int64_t sd;                      /* of the difference, with n - 1; -1 when n is 1 */
    /* Standard error of the mean difference, and the normal 95 % interval around it. error -1: not
     * known, low and high then 0. */
    int64_t error, low, high;
    int64_t quantile[TALLY_QUANTILES]; /* of the difference */
    /* (variance of base + variance of other) / variance of the difference, times
     * 10^REDUCTION_DECIMALS: how many times as many replications unpaired runs would need for the
     * same error. At most REDUCTION_AT_MOST; -1 when the difference does not vary. */
    int64_t reduction;
};
#define REDUCTION_DECIMALS 3
#define REDUCTION_AT_MOST INT64_C(1000000000000)

/* Summarizes pairs of integers that stand for value / 10^value_decimals. per_draw > 0: as above;
 * the standard error is then that of the mean of the draws' means, since the replications of a draw
 * share their inputs. Of one replication, or one draw, it is not known. Limits as of
 * tally_summarize, for base, other and difference. */
struct tally_pairs tally_pairs(const int64_t *base, const int64_t *other, size_t n,
                               int value_decimals, int mean_decimals, int quantile_decimals,
                               uint32_t per_draw, struct tally_scratch *scratch);

/* round_half_up(num x 10^decimals / den), exact in 128 bits; den > 0. */
int64_t tally_ratio(int64_t num, int64_t den, int decimals);

#endif
