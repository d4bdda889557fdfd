#include <criterion/criterion.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>

#include "sim/tally.h"

enum { MOST = 1 << 20, ROOM = 8192 };

static uint32_t counter[ROOM];
static int64_t  sorted[MOST];
static int32_t  value[MOST];

static struct tally_scratch scratch(size_t room)
{
    memset(counter, 0xff, sizeof counter); /* old content must not matter */
    return (struct tally_scratch){counter, room, sorted};
}

static struct tally summarize(const int32_t *list, size_t n, int mean_decimals,
                              int quantile_decimals, uint32_t per_draw)
{
    struct tally_scratch room = scratch(ROOM);
    return tally_summarize(list, n, 1, 0, mean_decimals, quantile_decimals, per_draw, &room);
}

static void expect_quantiles(const struct tally *tally, const int64_t *expected, const char *what)
{
    for (int q = 0; q < TALLY_QUANTILES; q++)
        cr_expect_eq(tally->quantile[q], expected[q], "%s, quantile %d: %ld, not %ld", what, q,
                     (long)tally->quantile[q], (long)expected[q]);
}

Test(tally, ratios_are_rounded_half_up)
{
    static const struct {
        int64_t num, den;
        int     decimals;
        int64_t expected;
    } list[] = {
        {1, 3, 5, 33333},
        {2, 3, 5, 66667},
        {1, 2, 0, 1},
        {3, 2, 0, 2},
        {-1, 2, 0, 0},
        {-3, 2, 0, -1}, /* up, not away from zero */
        {-2, 3, 0, -1},
        {-1, 3, 2, -33},
        {0, 7, 9, 0},
        {INT64_MAX, 1, 0, INT64_MAX},
        {INT64_MIN, 1, 0, INT64_MIN},
        {INT64_MAX, INT64_MAX, 9, 1000000000},
        {1005, 1000, 2, 101}, /* 1.005 lies below 1.005 as a double */
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        cr_expect_eq(tally_ratio(list[i].num, list[i].den, list[i].decimals), list[i].expected,
                     "row %zu", i);
}

Test(tally, small_lists_agree_with_sums_by_hand)
{
    static const struct {
        const char *what;
        int32_t     list[8];
        size_t      n;
        int         mean_decimals, quantile_decimals;
        int64_t     mean, sd, quantile[TALLY_QUANTILES];
    } table[] = {
        {"one value", {7}, 1, 3, 1, 7000, 0, {70, 70, 70, 70, 70}},
        {"all the same", {4, 4, 4}, 3, 3, 1, 4000, 0, {40, 40, 40, 40, 40}},
        /* mean 2.5, variance 5/3, root 1.29099; positions 0.15 0.75 1.5 2.25 2.85 */
        {"1 to 4", {3, 1, 4, 2}, 4, 3, 2, 2500, 1291, {115, 175, 250, 325, 385}},
        /* positions 0.2 1 2 3 3.8; variance 2.5, root 1.58 */
        {"1 to 5", {5, 1, 4, 2, 3}, 5, 2, 1, 300, 158, {12, 20, 30, 40, 48}},
        /* mean -2.5, up is -2; variance 0.5, root 0.707, up is 1;
         * quantiles -2.95 -2.75 -2.5 -2.25 -2.05, halves of a tenth go up */
        {"below zero", {-2, -3}, 2, 0, 1, -2, 1, {-29, -27, -25, -22, -20}},
        /* variance (3 x 1/16 + 9/16) / 3 = 1/4, root 0.5, up is 1; 0.25 of the way at p95: 0.85 */
        {"half a root", {0, 1, 0, 0}, 4, 0, 2, 0, 1, {0, 0, 0, 25, 85}},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct tally tally = summarize(table[i].list, table[i].n, table[i].mean_decimals,
                                       table[i].quantile_decimals, 0);
        cr_expect_eq(tally.mean, table[i].mean, "%s: mean %ld", table[i].what, (long)tally.mean);
        cr_expect_eq(tally.sd, table[i].sd, "%s: sd %ld", table[i].what, (long)tally.sd);
        cr_expect_eq(tally.sd_chance, -1);
        cr_expect_eq(tally.sd_inputs, -1);
        expect_quantiles(&tally, table[i].quantile, table[i].what);
    }
}

Test(tally, chance_and_inputs_agree_with_sums_by_hand)
{
    static const struct {
        const char *what;
        int32_t     list[8];
        size_t      n;
        uint32_t    per_draw;
        int64_t     sd_chance, sd_inputs;
    } table[] = {
        /* within 2 and 2, root of 2; means 2 and 6, variance 8, less 2/2: root of 7 */
        {"two draws", {1, 3, 5, 7}, 4, 2, 1414, 2646},
        /* within 2 and 8, mean 5; means 2 and 3, variance 1/2 < 5/2 */
        {"chance explains all", {1, 3, 1, 5}, 4, 2, 2236, 0},
        /* one each: nothing within; variance of 1 2 3 is 1 */
        {"one a draw", {1, 2, 3}, 3, 1, 0, 1000},
        {"one draw", {1, 3}, 2, 2, 1414, 0},
        {"one value", {5}, 1, 1, 0, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct tally tally = summarize(table[i].list, table[i].n, 3, 0, table[i].per_draw);
        cr_expect_eq(tally.sd_chance, table[i].sd_chance, "%s: sd_chance %ld", table[i].what,
                     (long)tally.sd_chance);
        cr_expect_eq(tally.sd_inputs, table[i].sd_inputs, "%s: sd_inputs %ld", table[i].what,
                     (long)tally.sd_inputs);
    }
}

/* Four lists that a line of Python repeats; expected values by fractions.Fraction and decimal with
 * 80 digits, these held against numpy's quantile, std and var. */
static int64_t made(int list, int64_t i)
{
    switch (list) {
    case 0:
        return 12000 + (31 * i * i + 7 * i) % 701 - 350;
    case 1:
        return (12345677 * i * i + 987654321 * i) % 2147483629 - 1073741814;
    case 2:
        return (7 * i * i + 13 * i) % 97 * 31000000019 - 1000000000000;
    default:
        return 17 * i * i % 1013 * 98;
    }
}

Test(tally, long_lists_agree_with_python_fractions_and_numpy)
{
    static const struct {
        const char *what;
        size_t      n;
        int         value_decimals, mean_decimals, quantile_decimals;
        uint32_t    per_draw;
        int64_t     mean, sd, sd_chance, sd_inputs, quantile[TALLY_QUANTILES];
    } table[] = {
        {"counts",
         1000,
         0,
         3,
         1,
         10,
         11988853,
         197113,
         192537,
         42421,
         {116890, 118100, 119920, 121510, 123071}},
        {"a wide range",
         1000,
         0,
         3,
         1,
         20,
         2237177263,
         623008052204,
         620798831988,
         52925587635,
         {-9575774021, -5466423817, -47825025, 5302885738, 9715814685}},
        {"cents to euros",
         200,
         2,
         0,
         0,
         50,
         5031900009,
         9153134647,
         9216176358,
         0,
         {-9380000000, -3799999996, 6430000010, 13560000014, 19140000018}},
        {"shares", 60, 5, 5, 5, 1, 43437, 28682, 0, 28682, {3033, 17640, 41405, 66077, 92997}},
    };
    static const size_t rooms[] = {2, 3, 64, 700, ROOM}; /* sorted, and where it fits counted */
    static int64_t      wide[1000 * 3];

    for (int list = 0; list < 4; list++)
        for (size_t r = 0; r < sizeof rooms / sizeof *rooms; r++) {
            struct tally_scratch room = scratch(rooms[r]);
            const char          *what = table[list].what;
            for (size_t i = 0; i < table[list].n; i++)
                wide[3 * i + 1] = made(list, (int64_t)i);
            struct tally tally = tally_summarize64(
                wide + 1, table[list].n, 3, table[list].value_decimals, table[list].mean_decimals,
                table[list].quantile_decimals, table[list].per_draw, &room);
            cr_expect_eq(tally.mean, table[list].mean, "%s", what);
            cr_expect_eq(tally.sd, table[list].sd, "%s", what);
            cr_expect_eq(tally.sd_chance, table[list].sd_chance, "%s", what);
            cr_expect_eq(tally.sd_inputs, table[list].sd_inputs, "%s", what);
            expect_quantiles(&tally, table[list].quantile, what);
        }
}

Test(tally, both_widths_and_any_stride_agree)
{
    static int32_t       narrow[1000 * 5];
    static int64_t       wide[1000];
    struct tally_scratch room = scratch(ROOM);
    for (int list = 0; list < 2; list++) {
        for (int i = 0; i < 1000; i++) {
            wide[i] = made(list, i);
            narrow[5 * i] = (int32_t)wide[i];
        }
        struct tally a = tally_summarize(narrow, 1000, 5, 0, 3, 1, 10, &room);
        struct tally b = tally_summarize64(wide, 1000, 1, 0, 3, 1, 10, &room);
        cr_expect_eq(memcmp(&a, &b, sizeof a), 0, "list %d", list);
        cr_expect_eq(narrow[5 * 7], made(list, 7), "the values themselves stay");
    }
}

Test(tally, the_order_of_the_values_does_not_matter)
{
    static int32_t other[1000];
    for (int list = 0; list < 2; list++) {
        for (int i = 0; i < 1000; i++) {
            value[i] = (int32_t)made(list, i);
            other[(i * 7 + 3) % 1000] = value[i];
        }
        struct tally a = summarize(value, 1000, 3, 1, 0), b = summarize(other, 1000, 3, 1, 0);
        cr_expect_eq(memcmp(&a, &b, sizeof a), 0, "list %d", list);
    }
}

Test(tally, the_widest_range_of_int32_is_exact_with_a_million_values)
{
    value[0] = INT32_MIN;
    value[1] = INT32_MAX;
    /* (2^32 - 1) / sqrt 2 = 3037000499.26893..; mean -1/2 */
    struct tally two = summarize(value, 2, 3, 1, 0);
    cr_expect_eq(two.mean, -500);
    cr_expect_eq(two.sd, 3037000499269);

    for (int i = 0; i < MOST; i++)
        value[i] = i % 2 ? INT32_MAX : INT32_MIN;
    /* (2^32 - 1) / 2 x sqrt(n / (n - 1)) = 2147484671.50073..; half of each value, and an odd
     * number of steps between: the median lies half-way */
    struct tally all = summarize(value, MOST, 3, 1, 2);
    cr_expect_eq(all.mean, -500);
    cr_expect_eq(all.sd, 2147484671501);
    cr_expect_eq(all.sd_chance, 3037000499269);
    cr_expect_eq(all.sd_inputs, 0);
    expect_quantiles(&all, (int64_t[]){-21474836480, -21474836480, -5, 21474836470, 21474836470},
                     "a million");
}

Test(tally, values_near_the_end_of_int64_do_not_overflow)
{
    static const int64_t list[] = {INT64_MAX, INT64_MAX - 2, INT64_MAX - 4};
    struct tally_scratch room = scratch(ROOM);
    struct tally         tally = tally_summarize64(list, 3, 1, 0, 0, 0, 0, &room);
    cr_expect_eq(tally.mean, INT64_MAX - 2);
    cr_expect_eq(tally.sd, 2);
    cr_expect_eq(tally.quantile[2], INT64_MAX - 2);
}

Test(tally, a_draw_cut_in_two_is_a_bug, .signal = SIGABRT)
{
    summarize(value, 5, 3, 1, 2);
}

Test(tally, a_range_that_would_overflow_is_a_bug, .signal = SIGABRT)
{
    static const int64_t list[] = {INT64_MIN, INT64_MAX};
    struct tally_scratch room = scratch(ROOM);
    tally_summarize64(list, 2, 1, 0, 3, 1, 0, &room);
}
