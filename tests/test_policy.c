#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

#define WORLD                                                                                      \
    "period: {start: 2026-01-01, end: 2027-02-28}\n"                                               \
    "regimes: {ward: {places: unlimited}}\n"                                                       \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "statuses: {held: {sentence: 10 days}}\n"                                                      \
    "flows: {x: {status: held, per_day: 1.5}}\n"

static struct support_run run_bill(const char *keys, uint32_t replication)
{
    char text[900];
    snprintf(text, sizeof text, WORLD "measures: {m: {%s}}\n", keys);
    return support_run(text, replication);
}

#define MORE "kind: inflow, starts: 2026-11-01, factor: 3"

static bool is_law(const char *chance, uint32_t replication)
{
    char keys[200];
    snprintf(keys, sizeof keys, MORE ", chance: %s", chance);
    struct support_run run = run_bill(keys, replication);
    int64_t            in_force = support_year(&run, "in_force measure.m", 2026);
    cr_expect_eq(support_year(&run, "in_force measure.m", 2027), 0, "once");
    cr_expect_eq(support_year(&run, "people measure.m", 2026) > 50, in_force == 1);
    cr_expect_eq(support_year(&run, "people measure.m", 2027) > 50, in_force == 1);
    return in_force == 1;
}

/* The first draws of the stream measures.m, seed 1, as numpy gives them: PCG64DXSM with the state
 * and the increment of rule 4, upper 52 bits. */
static const double drawn[] = {0.4539213, 0.4672777, 0.3336883, 0.0266994, 0.1986076, 0.2515838,
                               0.0836751, 0.2066853, 0.8763737, 0.3844605, 0.6094640, 0.2373365};

Test(policy, makes_a_bill_law_in_replications_of_its_own, .timeout = 60)
{
    static const struct {
        const char *text;
        double      share;
    } chance[] = {{"0", 0}, {"0.1", 0.1}, {"0.2", 0.2}, {"1/3", 1.0 / 3}, {"0.6", 0.6}, {"1", 1}};
    for (uint32_t r = 0; r < 12; r++)
        for (int i = 0; i < 6; i++)
            cr_expect_eq(is_law(chance[i].text, r), drawn[r] < chance[i].share, "%s in %u",
                         chance[i].text, r);
}

static void expect_same(const struct support_run *one, const struct support_run *other)
{
    cr_assert_eq(one->trace.count, other->trace.count);
    cr_expect_eq(
        memcmp(one->trace.row, other->trace.row, one->trace.count * sizeof one->trace.row[0]), 0);
}

/* Replication 0 has 0.454: at 0.45 no kind does anything, at 0.46 all is as if it were certain. */
Test(policy, is_all_or_nothing_for_every_kind)
{
    static const char *const kinds[] = {
        MORE, "kind: replace_sentence, starts: 2026-02-01, by: work, share: 0.5",
        "kind: inflow, starts: 2026-03-01, ends: 2026-06-30, adds: 300, lag: 20 days",
        "kind: sentence_length, starts: 2026-02-01, factor: 1.5, share: 0.5"};
    struct support_run none = support_run(WORLD, 0);
    for (int i = 0; i < 4; i++) {
        char fails[200], passes[200];
        snprintf(fails, sizeof fails, "%s, chance: 0.45", kinds[i]);
        snprintf(passes, sizeof passes, "%s, chance: 0.46", kinds[i]);
        struct support_run off = run_bill(fails, 0), on = run_bill(passes, 0);
        struct support_run sure = run_bill(kinds[i], 0);
        expect_same(&off, &none);
        expect_same(&on, &sure);
        cr_expect_eq(support_year(&off, "people measure.m", 2026), 0);
        cr_expect_eq(support_year(&on, "people measure.m", 2026),
                     support_year(&sure, "people measure.m", 2026));
        cr_expect_gt(support_year(&on, "people measure.m", 2026), 0);
    }
}

/* Two bills of the same chance have draws of their own: both are law in some replications, one of
 * them in others. */
Test(policy, draws_each_bill_by_its_name)
{
    int both = 0, one = 0;
    for (uint32_t r = 0; r < 20; r++) {
        struct support_run run = support_run(
            WORLD "measures: {m: {" MORE ", chance: 0.5}, b: {" MORE ", chance: 0.5}}\n", r);
        int64_t count = support_year(&run, "in_force measure.m", 2026) +
                        support_year(&run, "in_force measure.b", 2026);
        both += count == 2;
        one += count == 1;
    }
    cr_expect(both >= 1 && one >= 3, "%d both, %d one: 5 and 10 are expected", both, one);
}

/* In the year of the first day of the outputs on which it holds; of one that is over, in none. */
Test(policy, counts_a_bill_once_in_the_outputs)
{
    static const struct {
        const char *dates;
        int64_t     first, second;
    } table[] = {
        {"starts: 2020-01-01", 1, 0},
        {"starts: 2026-05-05", 1, 0},
        {"starts: 2027-02-28", 0, 1},
        {"starts: 2027-03-01", 0, 0},
        {"starts: 2020-01-01, ends: 2025-12-31", 0, 0},
        {"starts: 2020-01-01, ends: 2026-01-01", 1, 0},
    };
    for (int i = 0; i < 6; i++) {
        char keys[200];
        snprintf(keys, sizeof keys, "kind: inflow, factor: 1, chance: 1, %s", table[i].dates);
        struct support_run run = run_bill(keys, 0);
        cr_expect_eq(support_year(&run, "in_force measure.m", 2026), table[i].first, "%d", i);
        cr_expect_eq(support_year(&run, "in_force measure.m", 2027), table[i].second, "%d", i);
    }
    struct support_run warm =
        support_run("period: {start: 2026-01-01, end: 2027-02-28, warm_up: 365 days}\n"
                    "regimes: {ward: {places: unlimited}}\n"
                    "placement: {all: {to: [ward]}}\n"
                    "statuses: {held: {sentence: 10 days}}\n"
                    "measures: {m: {kind: inflow, factor: 1, chance: 1, starts: 2026-02-01}}\n",
                    0);
    cr_expect_eq(support_year(&warm, "in_force measure.m", 2027), 1, "since before the outputs");
}
