#include <criterion/criterion.h>
#include <signal.h>

#include "sim/tally.h"

#define ROOM 64

static struct tally_pairs pairs_of(const int64_t *base, const int64_t *other, size_t n,
                                   uint32_t per_draw)
{
    static uint32_t      counter[ROOM];
    static int64_t       sorted[ROOM];
    struct tally_scratch scratch = {counter, ROOM, sorted};
    return tally_pairs(base, other, n, 0, 3, 1, per_draw, &scratch);
}

static void expect_interval(const struct tally_pairs *pairs, int64_t error, int64_t low,
                            int64_t high)
{
    cr_expect_eq(pairs->error, error, "%ld", (long)pairs->error);
    cr_expect_eq(pairs->low, low, "%ld", (long)pairs->low);
    cr_expect_eq(pairs->high, high, "%ld", (long)pairs->high);
}

/* Differences 1 2 0 3: mean 1.5, variance 5/3, root 1.29099; error, root of 5/12, 0.645497;
 * 1.5 -+ 1.959964 x 0.645497 is 0.234849 and 2.765151. Variances 5/3 of 1 2 3 4 and 14/3 of 2 4 3
 * 7; 19/3 by 5/3 is 3.8. Quantiles at 0.15 0.75 1.5 2.25 2.85 of 0 1 2 3, halves of a tenth up. */
Test(tally_pairs, agree_with_sums_by_hand)
{
    static const int64_t base[] = {1, 2, 3, 4}, other[] = {2, 4, 3, 7};
    static const int64_t quantile[] = {2, 8, 15, 23, 29};
    struct tally_pairs   pairs = pairs_of(base, other, 4, 0);
    cr_expect_eq(pairs.base, 2500);
    cr_expect_eq(pairs.other, 4000);
    cr_expect_eq(pairs.difference, 1500);
    cr_expect_eq(pairs.sd, 1291);
    expect_interval(&pairs, 645, 235, 2765);
    cr_expect_eq(pairs.reduction, 3800);
    for (int q = 0; q < TALLY_QUANTILES; q++)
        cr_expect_eq(pairs.quantile[q], quantile[q], "%d: %ld", q, (long)pairs.quantile[q]);
}

Test(tally_pairs, turned_round_change_sign_only)
{
    static const int64_t base[] = {1, 2, 3, 4}, other[] = {2, 4, 3, 7};
    struct tally_pairs   pairs = pairs_of(other, base, 4, 0);
    cr_expect_eq(pairs.difference, -1500);
    expect_interval(&pairs, 645, -2765, -235);
    cr_expect_eq(pairs.sd, 1291);
    cr_expect_eq(pairs.reduction, 3800);
}

/* Differences 1 3 | 0 0: means of the draws 2 and 0, variance 2, of their mean 1; as four alone
 * variance 2, error root of 1/2, 0.707107, and 1.959964 times it 1.385904. */
Test(tally_pairs, replications_of_a_draw_count_as_one)
{
    static const int64_t base[] = {5, 5, 5, 5}, other[] = {6, 8, 5, 5};
    struct tally_pairs   by_draw = pairs_of(base, other, 4, 2);
    struct tally_pairs   alone = pairs_of(base, other, 4, 1);
    cr_expect_eq(by_draw.difference, 1000);
    expect_interval(&by_draw, 1000, -960, 2960);
    expect_interval(&alone, 707, -386, 2386);
    cr_expect_eq(by_draw.sd, 1414);
    cr_expect_eq(alone.sd, 1414);
    cr_expect_eq(by_draw.reduction, 1000); /* the base does not vary */
}

Test(tally_pairs, of_one_replication_or_one_draw_have_no_error)
{
    static const int64_t base[] = {1, 2}, other[] = {4, 9};
    struct tally_pairs   one = pairs_of(base, other, 1, 0), draw = pairs_of(base, other, 2, 2);
    cr_expect_eq(one.difference, 3000);
    cr_expect_eq(one.sd, -1);
    cr_expect_eq(one.reduction, -1);
    expect_interval(&one, -1, 0, 0);
    cr_expect_eq(one.quantile[0], 30);
    cr_expect_eq(draw.sd, 2828); /* of 3 and 7 */
    expect_interval(&draw, -1, 0, 0);
}

Test(tally_pairs, that_do_not_differ_have_no_reduction)
{
    static const int64_t list[] = {3, 1, 4};
    struct tally_pairs   pairs = pairs_of(list, list, 3, 0);
    cr_expect_eq(pairs.difference, 0);
    cr_expect_eq(pairs.sd, 0);
    expect_interval(&pairs, 0, 0, 0);
    cr_expect_eq(pairs.reduction, -1);
}

/* Variances 1/2 each, of 1 and -1 it is 2. */
Test(tally_pairs, that_run_against_each_other_reduce_by_less_than_one)
{
    static const int64_t base[] = {0, 1}, other[] = {1, 0};
    cr_expect_eq(pairs_of(base, other, 2, 0).reduction, 500);
}

/* 2e18 + 2e18 by 1/2. */
Test(tally_pairs, have_a_greatest_reduction)
{
    static const int64_t base[] = {0, 2000000000}, other[] = {0, 2000000001};
    cr_expect_eq(pairs_of(base, other, 2, 0).reduction, REDUCTION_AT_MOST);
}

Test(tally_pairs, of_a_draw_cut_in_two_are_a_bug, .signal = SIGABRT)
{
    static const int64_t list[] = {1, 2, 3};
    pairs_of(list, list, 3, 2);
}
