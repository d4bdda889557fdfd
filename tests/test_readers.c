#include "yaml_reader.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "sim/date.h"
#include "sim/rng.h"
#include "tests/count.h"

/* A value as YAML and the text of its one error, at the value. */
struct refused {
    const char *value, *error;
};

static void expect_error(const struct yaml_reader *yaml, const struct refused *refused)
{
    char wanted[500];
    snprintf(wanted, sizeof wanted, "1:4 %s", refused->error);
    cr_expect_str_eq(yaml_errors(yaml), wanted, "%s gives: %s", refused->value, yaml_errors(yaml));
}

/* -- counts */

Test(readers, take_counts_in_plain_digits_only)
{
    static const struct {
        const char *value;
        int64_t     count;
    } good[] = {
        {"0", 0},
        {"7", 7},
        {"1000", 1000},
        {"\"12\"", 12},
        {"999999999999999", 999999999999999},
        {"{value: 12, source: facts section 2, confidence: assumed}", 12},
    };
    static const struct refused bad[] = {
        {"010", "x is 010; a leading zero reads as octal elsewhere: write 10"},
        {"00", "x is 00; a leading zero reads as octal elsewhere: write 0"},
        {"1_000", "x is 1_000; write 1000"},
        {"1 000", "x is 1 000; write 1000"},
        {"1:30", "x is 1:30; a colon reads as base 60 elsewhere: write one plain number"},
        {"1e3", "x is 1e3; write 1000"},
        {"1.5e3", "x is 1.5e3; write 1500"},
        {"1e40", "x is 1e40; it must be a whole number such as 12"},
        {"0x10", "x is 0x10; hexadecimal is not read: write 16"},
        {"1,5", "x is 1,5; it must be a whole number such as 12"},
        {"1,000", "x is 1,000; write 1000"},
        {"1.000", "x is 1.000; write 1000 or 1, as is meant"},
        {"1.250", "x is 1.250; write 1250"},
        {"1.000.000", "x is 1.000.000; write 1000000"},
        {"1.5", "x is 1.5; it must be a whole number such as 12"},
        {"+5", "x is +5; write 5"},
        {"-5", "x is -5; it must be at least 0"},
        {"' 5'", "x is  5; write 5"},
        {"1000000000000000", "x is 1000000000000000; it must be at most 999999999999999"},
        {"99999999999999999999", "x is 99999999999999999999; it must be at most 999999999999999"},
        {"-99999999999999999999", "x is -99999999999999999999; it must be at least 0"},
        {"five", "x is five; it must be a whole number such as 12"},
        {"5 places", "x is 5 places; it must be a whole number such as 12"},
        {".inf", "x is .inf; it must be a whole number such as 12"},
        {"\"\xd9\xa3\"", "x is \xd9\xa3; it must be a whole number such as 12"},
        {"''", "x is empty; it must be a whole number such as 12"},
        {"[5]", "x is a list; it must be a whole number such as 12"},
        {"{a: 5}", "x is a mapping; it must be a whole number such as 12"},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(good); i++) {
        int64_t count = -1;
        cr_expect(
            read_count(&yaml.reader, yaml_value(&yaml, good[i].value), 0, COUNT_AT_MOST, &count));
        cr_expect_eq(count, good[i].count, "%s", good[i].value);
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        int64_t count = -7;
        cr_expect_not(
            read_count(&yaml.reader, yaml_value(&yaml, bad[i].value), 0, COUNT_AT_MOST, &count));
        cr_expect_eq(count, -7);
        expect_error(&yaml, &bad[i]);
    }
}

Test(readers, hold_counts_to_their_range)
{
    static const struct {
        int64_t        low, high;
        struct refused refused;
    } bad[] = {
        {0, 1000, {"-5", "x is -5; it must lie between 0 and 1000"}},
        {0, 1000, {"1001", "x is 1001; it must lie between 0 and 1000"}},
        {1, COUNT_AT_MOST, {"0", "x is 0; it must be at least 1"}},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    int64_t count = 0;
    cr_expect(read_count(&yaml.reader, yaml_value(&yaml, "-24"), -24, 0, &count));
    cr_expect_eq(count, -24);
    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_not(read_count(&yaml.reader, yaml_value(&yaml, bad[i].refused.value), bad[i].low,
                                 bad[i].high, &count));
        expect_error(&yaml, &bad[i].refused);
    }
}

/* -- numbers */

static const struct {
    const char *value;
    double      number; /* by the compiler, from the same literal */
} good_numbers[] = {
    {"0", 0},
    {"0.1", 0.1},
    {"-3.25", -3.25},
    {"1e3", 1e3},
    {"1.5E-3", 1e-3 * 1.5},
    {"2.5e+2", 250},
    {"0.3333333333333333333333333", 0.3333333333333333333333333},
    {"123456789012345678901234567890", 123456789012345678901234567890.0},
    {"1.7976931348623157e308", 1.7976931348623157e308},
    {"5e-324", 5e-324},
};

static void expect_good_numbers(struct yaml_reader *yaml)
{
    for (size_t i = 0; i < COUNT(good_numbers); i++) {
        double number = 99;
        cr_expect(read_number(&yaml->reader, yaml_value(yaml, good_numbers[i].value), -HUGE_VAL,
                              HUGE_VAL, &number));
        cr_expect_eq(number, good_numbers[i].number, "%s gives %a", good_numbers[i].value, number);
    }
}

Test(readers, take_numbers_and_say_why_not)
{
    static const struct refused bad[] = {
        {"1,5", "x is 1,5; write 1.5"},
        {"0,250", "x is 0,250; write 0.250"},
        {"1,000", "x is 1,000; write 1000 or 1, as is meant"},
        {"1.000.000", "x is 1.000.000; write 1000000"},
        {"1.234,50", "x is 1.234,50; write 1234.50"},
        {"12,345,678.9", "x is 12,345,678.9; write 12345678.9"},
        {"12,345.", "x is 12,345.; it must be a number such as 12.5"},
        {"-1.5 %", "x is -1.5 %; write -0.015"},
        {"1_000", "x is 1_000; write 1000"},
        {"010", "x is 010; a leading zero reads as octal elsewhere: write 10"},
        {"1:30", "x is 1:30; a colon reads as base 60 elsewhere: write one plain number"},
        {"0x1p3", "x is 0x1p3; it must be a number such as 12.5"},
        {".5", "x is .5; write 0.5"},
        {"5.", "x is 5.; write 5"},
        {"40%", "x is 40%; write 0.4"},
        {"nan", "x is nan; it must be a number such as 12.5"},
        {".nan", "x is .nan; it must be a number such as 12.5"},
        {"inf", "x is inf; it must be a number such as 12.5"},
        {"1e", "x is 1e; it must be a number such as 12.5"},
        {"1.5abc", "x is 1.5abc; it must be a number such as 12.5"},
        {"1e999", "x is 1e999; it is too large"},
        {"[1, 2]", "x is a list; it must be a number such as 12.5"},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    expect_good_numbers(&yaml);
    double number;
    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_not(read_number(&yaml.reader, yaml_value(&yaml, bad[i].value), -HUGE_VAL,
                                  HUGE_VAL, &number));
        expect_error(&yaml, &bad[i]);
    }
    static const struct {
        double         low, high;
        struct refused refused;
    } outside[] = {
        {0, 1.5, {"1.6", "x is 1.6; it must lie between 0 and 1.5"}},
        {0.5, HUGE_VAL, {"0.4", "x is 0.4; it must be at least 0.5"}},
        {-HUGE_VAL, 1e6, {"1e7", "x is 1e7; it must be at most 1000000"}},
    };
    for (size_t i = 0; i < COUNT(outside); i++) {
        cr_expect_not(read_number(&yaml.reader, yaml_value(&yaml, outside[i].refused.value),
                                  outside[i].low, outside[i].high, &number));
        expect_error(&yaml, &outside[i].refused);
    }
}

/* strtod would stop at the point under a locale that writes commas. */
Test(readers, take_the_same_numbers_in_any_locale)
{
    if (!setlocale(LC_NUMERIC, "nl_NL.UTF-8") && !setlocale(LC_NUMERIC, "de_DE.UTF-8"))
        cr_skip_test("no locale with decimal commas is installed");
    cr_assert_float_eq(strtod("1.5", NULL), 1, 0, "the locale must have commas");
    struct yaml_reader yaml;
    yaml_open(&yaml);
    expect_good_numbers(&yaml);
}

/* -- shares and ratios */

Test(readers, take_shares_as_exact_fractions)
{
    static const struct {
        const char *value;
        int64_t     num, den;
    } good[] = {
        {"0", 0, 1},
        {"1", 1, 1},
        {"0.4", 2, 5},
        {"0.995", 199, 200},
        {"1/3", 1, 3},
        {"4/6", 2, 3},
        {"1.0", 1, 1},
        {"0/5", 0, 1},
        {"0.000000001", 1, 1000000000},
        {"{value: 0.135, confidence: derived}", 27, 200},
        {"999999999/1000000000", 999999999, 1000000000},
    };
    static const struct refused bad[] = {
        {"1.4", "x is 1.4; it must lie between 0 and 1"},
        {"-0.1", "x is -0.1; it must lie between 0 and 1"},
        {"4/3", "x is 4/3; it must lie between 0 and 1"},
        {"40%", "x is 40%; write 0.4"},
        {"40 %", "x is 40 %; write 0.4"},
        {"2.5 procent", "x is 2.5 procent; write 0.025"},
        {"30", "x is 30; it must lie between 0 and 1; 30 % is 0.3"},
        {"2", "x is 2; it must lie between 0 and 1; 2 % is 0.02"},
        {"1.99", "x is 1.99; it must lie between 0 and 1"},
        {"2.5", "x is 2.5; it must lie between 0 and 1; 2.5 % is 0.025"},
        {"101", "x is 101; it must lie between 0 and 1"},
        {"100", "x is 100; it must lie between 0 and 1; 100 % is 1"},
        {"33.3333333", "x is 33.3333333; it must lie between 0 and 1; 33.3333333 % is 0.333333333"},
        {"33.33333333", "x is 33.33333333; it must lie between 0 and 1"},
        {"0.5%", "x is 0.5%; write 0.005"},
        {"0,4", "x is 0,4; write 0.4"},
        {".4", "x is .4; write 0.4"},
        {"1e-2", "x is 1e-2; write 0.01"},
        {"0.1234567891", "x is 0.1234567891; at most 9 decimals are allowed: write 0.123456789"},
        {"0.30000000000000004",
         "x is 0.30000000000000004; at most 9 decimals are allowed: write 0.3"},
        {"0.9999999995", "x is 0.9999999995; at most 9 decimals are allowed: write 1"},
        {"-0.0000000001", "x is -0.0000000001; at most 9 decimals are allowed: write 0"},
        {"1234567890.0000000001",
         "x is 1234567890.0000000001; at most 18 digits are allowed, of them 9 decimals"},
        {"1/0", "x is 1/0; the number behind the / must be whole, from 1 to 1000000000"},
        {"1/1000000001",
         "x is 1/1000000001; the number behind the / must be whole, from 1 to 1000000000"},
        {"1/-2", "x is 1/-2; the number behind the / must be whole, from 1 to 1000000000"},
        {"1000000000000000000/3", "x is 1000000000000000000/3; at most 18 digits are allowed"},
        {"0.5/2", "x is 0.5/2; it must be a share such as 0.4 or 1/3"},
        {"1 / 3", "x is 1 / 3; it must be a share such as 0.4 or 1/3"},
        {"most", "x is most; it must be a share such as 0.4 or 1/3"},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(good); i++) {
        struct fraction share = {-1, -1};
        cr_expect(read_share(&yaml.reader, yaml_value(&yaml, good[i].value), &share));
        cr_expect(share.num == good[i].num && share.den == good[i].den, "%s", good[i].value);
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct fraction share;
        cr_expect_not(read_share(&yaml.reader, yaml_value(&yaml, bad[i].value), &share));
        expect_error(&yaml, &bad[i]);
    }
}

Test(readers, take_ratios_of_any_size)
{
    static const struct {
        const char *value;
        int64_t     num, den;
    } good[] = {
        {"13500", 13500, 1},
        {"0.95", 19, 20},
        {"2/3", 2, 3},
        {"1000000000000", 1000000000000, 1},
        {"999999999.999999999", 999999999999999999, 1000000000},
        {"13.512", 1689, 125}, /* no zero at the end: a decimal */
        {"0.950", 19, 20},
        {"1350.500", 2701, 2},
    };
    static const struct refused bad[] = {
        {"-1", "x is -1; it must be at least 0"},
        {"1000000000000.5", "x is 1000000000000.5; it must lie between 0 and 1000000000000"},
        {"1000000000001", "x is 1000000000001; it must lie between 0 and 1000000000000"},
        {"9999999999.999999999", "x is 9999999999.999999999; at most 18 digits are allowed"},
        {"13.500,5", "x is 13.500,5; write 13500.5"},
        {"1.500", "x is 1.500; write 1500 or 1.5, as is meant"},
        {"13.500", "x is 13.500; write 13500 or 13.5, as is meant"},
        {"14.000", "x is 14.000; write 14000 or 14, as is meant"},
        {"75 million", "x is 75 million; write 75000000"},
        {"75 mln", "x is 75 mln; write 75000000"},
        {"€ 5 mln", "x is € 5 mln; write 5000000"},
        {"EUR 1.25 miljard", "x is EUR 1.25 miljard; write 1250000000"},
        {"1.5 mln. euro", "x is 1.5 mln. euro; write 1500000"},
        {"280 euro", "x is 280 euro; write 280"},
        {"350k", "x is 350k; write 350000"},
        {"€280", "x is €280; write 280"},
        {"280 dollar", "x is 280 dollar; it must be a number such as 0.95 or 2/3"},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(good); i++) {
        struct fraction ratio = {-1, -1};
        cr_expect(read_ratio(&yaml.reader, yaml_value(&yaml, good[i].value), &ratio));
        cr_expect(ratio.num == good[i].num && ratio.den == good[i].den, "%s", good[i].value);
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct fraction ratio;
        cr_expect_not(read_ratio(&yaml.reader, yaml_value(&yaml, bad[i].value), &ratio));
        expect_error(&yaml, &bad[i]);
    }
}

static bool read_share_list(struct yaml_reader *yaml, const char *text, struct fraction *shares,
                            uint64_t *threshold)
{
    struct node *list = yaml_value(yaml, text), *nodes[8];
    int          count = 0;
    for (struct node *node = list->first; node; node = node->next)
        nodes[count++] = node;
    return read_shares(&yaml->reader, list, nodes, count, shares, threshold);
}

Test(readers, fill_the_rest_and_demand_a_sum_of_one)
{
    struct yaml_reader yaml;
    struct fraction    shares[8];
    uint64_t           threshold[8];
    yaml_open(&yaml);
    /* 0.1 ten-fold is no exact sum in doubles; 1 - 1/3 - 0.22 = 67/150 */
    cr_expect(read_share_list(&yaml, "[0.1, 0.2, 0.7]", shares, threshold));
    cr_expect_eq(threshold[2], (uint64_t)1 << 52);
    cr_expect(read_share_list(&yaml, "[1/3, rest, 0.22]", shares, threshold));
    cr_expect(shares[1].num == 67 && shares[1].den == 150);
    /* (n + 0.5) / 2^52 < 1/3 for n below 2^52 / 3 - 1/2, so the first n that fails is this */
    cr_expect_eq(threshold[0], 1501199875790165u);
    cr_expect_eq(threshold[2], (uint64_t)1 << 52);
    cr_expect(read_share_list(&yaml, "[1, rest]", shares, threshold));
    cr_expect_eq(shares[1].num, 0);

    static const struct refused bad[] = {
        {"[0.5, 0.6]", "the shares of x add up to 1.1; they must add up to 1"},
        {"[0.5, 0.4]", "the shares of x add up to 0.9; they must add up to 1"},
        {"[1/3, 1/3]", "the shares of x add up to 2/3; they must add up to 1"},
        {"[0.9, 0.2, rest]", "the shares of x add up to 1.1; they must add up to 1 with the rest"},
        {"[1/999999937, 1/999999929, rest]",
         "the shares of x have no common denominator up to 1000000000000000; write decimals"},
        {"[]", "the shares of x add up to 0; they must add up to 1"},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_not(read_share_list(&yaml, bad[i].value, shares, threshold));
        expect_error(&yaml, &bad[i]);
    }
    cr_expect_not(read_share_list(&yaml, "[rest, 1.4, rest, half]", shares, threshold));
    cr_expect_str_eq(yaml_errors(&yaml),
                     "1:11 x[1] is 1.4; it must lie between 0 and 1\n"
                     "1:16 x[2] is rest; only one share can be the rest\n"
                     "1:22 x[3] is half; it must be a share such as 0.4 or 1/3");
}

/* Partial sums of an order with the rest in it need other denominators than the shares do. */
Test(readers, find_thresholds_for_shares_with_unlike_denominators)
{
    struct yaml_reader yaml;
    struct fraction    shares[8];
    uint64_t           threshold[8];
    yaml_open(&yaml);
    cr_expect(read_share_list(&yaml, "[1/30030, rest, 29/30030, 1/31]", shares, threshold));
    cr_expect_eq(threshold[3], (uint64_t)1 << 52);
}

/* As where one of the two is drawn, to 9 decimals. 1/3 + 0.412345678 = 1118518517/1500000000, so
 * the rest is 381481483/1500000000; by the exact fractions of Python (n + 0.5) / 2^52 lies below
 * the sum for the first 3358239717578800 n. */
Test(readers, take_a_fraction_beside_a_share_of_nine_decimals)
{
    struct yaml_reader yaml;
    struct fraction    shares[8];
    uint64_t           threshold[8];
    yaml_open(&yaml);
    cr_assert(read_share_list(&yaml, "[1/3, 0.412345678, rest]", shares, threshold), "%s",
              yaml_errors(&yaml));
    cr_expect(shares[2].num == 381481483 && shares[2].den == 1500000000);
    cr_expect_eq(threshold[1], 3358239717578800u);
    cr_expect_eq(threshold[2], (uint64_t)1 << 52);
    cr_expect_not(read_share_list(&yaml, "[1/3, 0.666666667]", shares, threshold));
    cr_expect_str_eq(yaml_errors(&yaml),
                     "1:4 the shares of x add up to 3000000001/3000000000; they must add up to 1");
}

/* 9,300 x 10^15 is no int64_t. */
Test(readers, refuse_a_sum_that_would_pass_the_largest_number)
{
    struct fraction sum = {9300, 1};
    cr_expect(fraction_add(&sum, (struct fraction){0, 1000000000}));
    cr_expect_not(fraction_add(&sum, (struct fraction){1, 999999}));
    cr_expect(sum.num == 9300000000000 && sum.den == 1000000000);
}

/* -- durations and dates */

Test(readers, take_durations_in_exact_minutes)
{
    static const struct {
        const char *value;
        int64_t     min;
    } good[] = {
        {"14 days", 14 * 1440},
        {"1 day", 1440},
        {"14 day", 14 * 1440},
        {"1 week", 7 * 1440},
        {"0 days", 0},
        {"6 weeks", 6 * 7 * 1440},
        {"3 months", 3 * 30 * 1440},
        {"2 years", 2 * 365 * 1440},
        {"12 hours", 720},
        {"30 minutes", 30},
        {"1.5 days", 2160},
        {"0.1 hours", 6},
        {"200 years", 200 * 365 * 1440},
        {"{value: 42 days, source: letter}", 42 * 1440},
    };
    static const struct refused bad[] = {
        {"14", "x is 14; give a unit, as in 14 days"},
        {"14days", "x is 14days; write 14 days"},
        {"14  days", "x is 14  days; write 14 days"},
        {"14 dyas", "x is 14 dyas; did you mean '14 days'?"},
        {"2 yeers", "x is 2 yeers; did you mean '2 years'?"},
        {"1 yaer", "x is 1 yaer; did you mean '1 year'?"},
        {"14 dagen", "x is 14 dagen; did you mean '14 days'?"},
        {"14dag", "x is 14dag; did you mean '14 days'?"},
        {"1 dag", "x is 1 dag; did you mean '1 day'?"},
        {"3 weken", "x is 3 weken; did you mean '3 weeks'?"},
        {"2 jaar", "x is 2 jaar; did you mean '2 years'?"},
        {"6 maanden", "x is 6 maanden; did you mean '6 months'?"},
        {"12 uur", "x is 12 uur; did you mean '12 hours'?"},
        {"30 min", "x is 30 min; did you mean '30 minutes'?"},
        {"14 d", "x is 14 d; did you mean '14 days'?"},
        {"2.5 yrs", "x is 2.5 yrs; did you mean '2.5 years'?"},
        {"14 DAYS", "x is 14 DAYS; did you mean '14 days'?"},
        {"6 m", "x is 6 m; the units are minutes, hours, days, weeks, months (30 days) and years "
                "(365 days)"},
        {"1 eeuw", "x is 1 eeuw; the units are minutes, hours, days, weeks, months (30 days) and "
                   "years (365 days)"},
        {"1/2 year", "x is 1/2 year; it must be a number and a unit, such as 14 days or 1.5 years"},
        {"1:30", "x is 1:30; it must be a number and a unit, such as 14 days or 1.5 years"},
        {"0.0001 days", "x is 0.0001 days; it must come to whole minutes, such as 1 minute"},
        {"0.333 hours", "x is 0.333 hours; it must come to whole minutes, such as 20 minutes"},
        {"0.1000000000 days",
         "x is 0.1000000000 days; at most 9 decimals are allowed: write 0.1 days"},
        {"201 years", "x is 201 years; it must lie between 0 days and 200 years"},
        {"99999999999999999999 days",
         "x is 99999999999999999999 days; it must lie between 0 days and 200 years"},
        {"-5 days", "x is -5 days; it must lie between 0 days and 200 years"},
        {"1,5 days", "x is 1,5 days; it must be a number and a unit, such as 14 days or 1.5 years"},
        {"010 days", "x is 010 days; it must be a number and a unit, such as 14 days or 1.5 years"},
        {"days", "x is days; it must be a number and a unit, such as 14 days or 1.5 years"},
        {"{mean: 1 day}",
         "x is a mapping; it must be a number and a unit, such as 14 days or 1.5 years"},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(good); i++) {
        int64_t min = -1;
        cr_expect(read_duration(&yaml.reader, yaml_value(&yaml, good[i].value), 0, DURATION_AT_MOST,
                                &min),
                  "%s: %s", good[i].value, yaml_errors(&yaml));
        cr_expect_eq(min, good[i].min, "%s", good[i].value);
    }
    int64_t min = -1;
    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_not(read_duration(&yaml.reader, yaml_value(&yaml, bad[i].value), 0,
                                    DURATION_AT_MOST, &min));
        expect_error(&yaml, &bad[i]);
    }
    static const struct refused short_one = {
        "59 minutes", "x is 59 minutes; it must lie between 1 hour and 36 hours"};
    cr_expect_not(read_duration(&yaml.reader, yaml_value(&yaml, short_one.value), 60, 2160, &min));
    expect_error(&yaml, &short_one);
    cr_expect_eq(min, -1);
}

Test(readers, write_durations_in_the_largest_unit_that_divides)
{
    static const struct {
        int64_t     min;
        const char *text;
    } table[] = {
        {0, "0 days"},      {1, "1 minute"}, {90, "90 minutes"}, {60, "1 hour"},
        {2160, "36 hours"}, {1440, "1 day"}, {20160, "14 days"}, {525600, "1 year"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char text[32];
        duration_format(table[i].min, text);
        cr_expect_str_eq(text, table[i].text);
    }
}

Test(readers, take_dates_that_exist)
{
    static const struct refused bad[] = {
        {"2026-02-29", "x is 2026-02-29; 2026 is no leap year"},
        {"2026-02-30", "x is 2026-02-30; February has at most 29 days"},
        {"2026-04-31", "x is 2026-04-31; April has 30 days"},
        {"2026-12-00", "x is 2026-12-00; days start at 01"},
        {"2026-13-01", "x is 2026-13-01; months run from 01 to 12"},
        {"1899-01-01", "x is 1899-01-01; years run from 1900 to 2999"},
        {"2026-1-5", "x is 2026-1-5; write 2026-01-05"},
        {"2027/07/01", "x is 2027/07/01; write 2027-07-01"},
        {"01-04-2027",
         "x is 01-04-2027; it must be year-month-day: 2027-04-01 if the day stands first here"},
        {"1.7.2027",
         "x is 1.7.2027; it must be year-month-day: 2027-07-01 if the day stands first here"},
        {"31 6 2027", "x is 31 6 2027; it must be year-month-day, such as 2027-04-01"},
        {"1-7/2027", "x is 1-7/2027; it must be year-month-day, such as 2027-04-01"},
        {"2027-07", "x is 2027-07; it must be year-month-day, such as 2027-04-01"},
        {"2026", "x is 2026; it must be year-month-day, such as 2027-04-01"},
        {"2026-01-011", "x is 2026-01-011; it must be year-month-day, such as 2027-04-01"},
        {"2026-01-01T00:00",
         "x is 2026-01-01T00:00; it must be year-month-day, such as 2027-04-01"},
        {"[2026-01-01]", "x is a list; it must be year-month-day, such as 2027-04-01"},
    };
    struct yaml_reader yaml;
    int32_t            day = 0;
    yaml_open(&yaml);
    cr_expect(read_date(&yaml.reader, yaml_value(&yaml, "2026-01-01"), &day));
    cr_expect_eq(day, 20454); /* Python: (date(2026, 1, 1) - date(1970, 1, 1)).days */
    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_not(read_date(&yaml.reader, yaml_value(&yaml, bad[i].value), &day));
        expect_error(&yaml, &bad[i]);
    }
    cr_expect_eq(day, 20454);
}

/* -- texts, names, references */

Test(readers, take_texts_and_names)
{
    static const struct refused bad[] = {
        {"NO", "x is NO; YAML 1.1 readers, as in R and Python, take it for a truth value: choose "
               "another"},
        {"on", "x is on; YAML 1.1 readers, as in R and Python, take it for a truth value: choose "
               "another"},
        {"y",
         "x is y; YAML 1.1 readers, as in R and Python, take it for a truth value: choose another"},
        {"nan", "x is nan; R and Python take it for a missing value: choose another"},
        {"Remand",
         "x is Remand; a name is small letters, digits and _, a letter first: write remand"},
        {"2nd", "x is 2nd; a name is small letters, digits and _, a letter first"},
        {"low security", "x is low security; a name is small letters, digits and _, a letter "
                         "first: write low_security"},
        {"clini\xc3\xa9k",
         "x is clini\xc3\xa9k; a name is small letters, digits and _, a letter first"},
        {"''", "x is empty; a name is small letters, digits and _, a letter first"},
    };
    struct yaml_reader yaml;
    const char        *text = NULL;
    yaml_open(&yaml);
    cr_expect(read_text(&yaml.reader, yaml_value(&yaml, "NO"), &text));
    cr_expect_str_eq(text, "NO");
    cr_expect(read_text(&yaml.reader, yaml_value(&yaml, "''"), &text));
    cr_expect_str_eq(text, "");
    cr_expect_not(read_text(&yaml.reader, yaml_value(&yaml, "{a: b}"), &text));
    cr_expect_str_eq(yaml_errors(&yaml), "1:4 x is a mapping; it must be a text");
    cr_expect_not(read_text(&yaml.reader, yaml_value(&yaml, ""), &text));
    cr_expect(strstr(yaml_errors(&yaml), "x is empty; it must be a text"));
    cr_expect(read_name(&yaml.reader, yaml_value(&yaml, "wing_1"), &text));
    cr_expect_str_eq(text, "wing_1");
    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_not(read_name(&yaml.reader, yaml_value(&yaml, bad[i].value), &text));
        expect_error(&yaml, &bad[i]);
    }
}

Test(readers, check_the_names_of_things_at_their_keys)
{
    struct yaml_reader yaml;
    yaml_open(&yaml);
    cr_expect(read_names(&yaml.reader,
                         yaml_value(&yaml, "{wing_1: 1, source: letter, confidence: stated}")));
    cr_expect_str_eq(yaml_errors(&yaml), "");
    cr_expect_not(read_names(&yaml.reader, yaml_value(&yaml, "{Wing: 1, off: 2, ok: 3}")));
    cr_expect_str_eq(
        yaml_errors(&yaml),
        "1:5 Wing is no name; a name is small letters, digits and _, a letter first: write wing\n"
        "1:14 off is no name; YAML 1.1 readers, as in R and Python, take it for a "
        "truth value: choose another");
    cr_expect_not(read_names(&yaml.reader, yaml_value(&yaml, "[a]")));
    cr_expect_str_eq(yaml_errors(&yaml), "1:4 x is a list; it must be a mapping of keys to values");
}

Test(readers, find_what_a_name_refers_to)
{
    static const char *const    names[] = {"remand", "sentenced", "tbs"};
    static const struct refused bad[] = {
        {"rmand", "x is rmand; no status has this name; did you mean 'remand'?"},
        {"clinic", "x is clinic; no status has this name; known are remand, sentenced, tbs"},
        {"[tbs]", "x is a list; it must be the name of a status"},
    };
    struct yaml_reader yaml;
    int                index = -1;
    yaml_open(&yaml);
    cr_expect(
        read_reference(&yaml.reader, yaml_value(&yaml, "sentenced"), "status", names, 3, &index));
    cr_expect_eq(index, 1);
    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_not(read_reference(&yaml.reader, yaml_value(&yaml, bad[i].value), "status", names,
                                     3, &index));
        expect_error(&yaml, &bad[i]);
    }
    cr_expect_not(read_reference(&yaml.reader, yaml_value(&yaml, "a"), "flow", names, 0, &index));
    cr_expect_str_eq(yaml_errors(&yaml),
                     "1:4 x is a; no flow has this name, and no other is known");
}

/* -- kinds, notes, and texts in messages */

Test(readers, say_what_stands_where_a_mapping_or_list_must)
{
    struct yaml_reader yaml;
    yaml_open(&yaml);
    cr_expect_not(read_mapping(&yaml.reader, yaml_value(&yaml, "5")));
    cr_expect_str_eq(yaml_errors(&yaml), "1:4 x is 5; it must be a mapping of keys to values");
    cr_expect_not(read_list(&yaml.reader, yaml_value(&yaml, "prison")));
    cr_expect_str_eq(yaml_errors(&yaml), "1:4 x is prison; it must be a list: write [prison]");
    cr_expect_not(read_list(&yaml.reader, yaml_value(&yaml, "{a: 1}")));
    cr_expect_str_eq(yaml_errors(&yaml), "1:4 x is a mapping; it must be a list");
    struct node *list = yaml_value(&yaml, "[1]");
    cr_expect(read_list(&yaml.reader, list));
    cr_expect(list->used);
}

Test(readers, check_what_stands_beside_a_value)
{
    struct yaml_reader yaml;
    int64_t            count = 0;
    yaml_open(&yaml);
    struct node *node = yaml_value(&yaml, "{value: 5, source: a, confidence: sure}");
    cr_expect(read_count(&yaml.reader, node, 0, 9, &count));
    cr_expect(node->used && node->first->used && node->last->used);
    cr_expect_str_eq(yaml_errors(&yaml), "1:38 confidence is sure; it must be stated, "
                                         "derived, calibrated or assumed");
    (void)!read_count(&yaml.reader, yaml_value(&yaml, "{value: 5, confidence: assumd}"), 0, 9,
                      &count);
    cr_expect_str_eq(yaml_errors(&yaml), "1:27 confidence is assumd; did you mean 'assumed'?");
    (void)!read_count(&yaml.reader, yaml_value(&yaml, "{value: 5, sourc: a}"), 0, 9, &count);
    cr_expect_str_eq(yaml_errors(&yaml), "1:15 sourc is not a known key; did you mean 'source'?");
    cr_expect_not(read_count(&yaml.reader, yaml_value(&yaml, "{value: 12}"), 0, 9, &count));
    cr_expect_str_eq(yaml_errors(&yaml), "1:12 x is 12; it must lie between 0 and 9");
    cr_expect_not(read_count(&yaml.reader, yaml_value(&yaml, "{value: [1]}"), 0, 9, &count));
    cr_expect_str_eq(yaml_errors(&yaml),
                     "1:12 value is a list; it must be a whole number such as 12");
}

Test(readers, show_long_and_broken_texts_on_one_line)
{
    static const struct refused bad[] = {
        {"\"a\\nb\"", "x is a b; it must be a whole number such as 12"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xc3\xa9zz",
         "x is aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...; it must be a whole "
         "number such as 12"},
    };
    struct yaml_reader yaml;
    int64_t            count;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_not(read_count(&yaml.reader, yaml_value(&yaml, bad[i].value), 0, 9, &count));
        expect_error(&yaml, &bad[i]);
    }
}
