#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "models/arrivals.h"
#include "tests/support.h"

/* -- how many a slab has */

/* In units of 2^-120; the terms of the series stay below 11, so nothing overflows. */
#define ONE ((u128)1 << 120)

/* The sum of (-4)^k / k!: each term is cut, by less than 11 units in all that follow from it. */
static u128 e_to_minus_4(void)
{
    u128 even = 0, odd = 0, term = ONE;
    for (unsigned k = 1; term > 0; k++) {
        *(k % 2 ? &even : &odd) += term;
        term = term * 4 / k;
    }
    return even - odd;
}

Test(arrivals, has_the_thresholds_of_a_poisson_number_of_mean_4)
{
    /* The count is the number of j with u >= P(at most j), u = (n + 1/2) / 2^52; so it passes j
     * from n = ceil(P x 2^52 - 1/2) on. P in steps of 2^-120, right to some 1,000 steps, while 2^68
     * of them make a step of n: no threshold is in doubt. */
    u128 share = e_to_minus_4(), sum = 0, half = (u128)1 << 67, whole = (u128)1 << 68;
    cr_expect_float_eq((double)share / (double)ONE, 0.018315638888734179, 1e-17, "e^-4");
    for (unsigned j = 0; j < 29; j++) {
        sum += share;
        share = share * 4 / (j + 1);
        u128     above = (sum + half) % whole; /* of P x 2^52 - 1/2, the part above whole numbers */
        uint64_t first = (uint64_t)((sum - half + whole - 1) / whole);
        cr_assert(above > 100000 && above < whole - 100000, "%u: too near to call", j);
        cr_expect_eq(arrivals_in_slab(first - 1), (int)j, "below the threshold of %u", j);
        cr_expect_eq(arrivals_in_slab(first), (int)j + 1, "at the threshold of %u", j);
    }
    cr_expect_eq(arrivals_in_slab(0), 0);
    cr_expect_eq(arrivals_in_slab(((uint64_t)1 << 52) - 1), 29);
}

/* -- runs */

#define FLOW(period, flows)                                                                        \
    "period: {" period "}\n"                                                                       \
    "attributes: {sex: {man: 0.7, woman: rest}}\n"                                                 \
    "statuses:\n"                                                                                  \
    "  held: {clock: arrival, stay: {by: sex, man: 1 day, woman: 2 days}}\n"                       \
    "  lasting: {clock: arrival, stay: {exponential: {mean: 9 days}}, next: {held: 1/2, release: " \
    "rest}}\n"                                                                                     \
    "flows:\n" flows

/* The arrivals of a flow, in order of their keys. */
struct arrivals {
    struct one {
        uint64_t point; /* day and point: the key without the rank of the flow */
        int32_t  minute;
        int32_t  left_min; /* when he left the system, or -1 */
    } * one;
    int count;
};

static int by_point(const void *a, const void *b)
{
    const struct one *one = a, *other = b;
    return (one->point > other->point) - (one->point < other->point);
}

static struct one *find(const struct arrivals *arrivals, uint64_t point)
{
    struct one key = {.point = point};
    return bsearch(&key, arrivals->one, (size_t)arrivals->count, sizeof key, by_point);
}

static struct arrivals arrivals_of(const struct support_run *run, const char *flow)
{
    const uint64_t  mask_of_point = ((uint64_t)1 << PERSON_RANK_SHIFT) - 1;
    struct arena    arena = support_arena();
    struct arrivals arrivals = {arena_new(&arena, struct one, run->trace.count + 1), 0};
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < run->trace.count; i++) {
            const struct trace_row *row = &run->trace.row[i];
            uint64_t                point = row->key & mask_of_point;
            if (strcmp(run->plan->stream[row->stream].name, flow) != 0)
                continue;
            if (pass == 0 && row->what == TRACE_ARRIVED)
                arrivals.one[arrivals.count++] = (struct one){point, row->minute, -1};
            if (pass == 1 && row->what == TRACE_RELEASED)
                find(&arrivals, point)->left_min = row->minute;
        }
        if (pass == 0)
            qsort(arrivals.one, (size_t)arrivals.count, sizeof(struct one), by_point);
    }
    return arrivals;
}

Test(arrivals, are_poisson_by_day_and_even_over_the_day)
{
    /* 6,000 days at 37.3: sd of the mean 0.079, of the variance 37.3 x sqrt(2 / 6,000) = 0.68;
     * within 4 of them. 24 hours with 9,325 each: chi-square with 23 degrees of freedom is
     * below 58.6 but for 1 in 16,000. */
    struct support_run run = support_run(
        FLOW("start: 2026-01-01, end: 2042-06-05", "  people: {status: held, per_day: 37.3}\n"), 0);
    int32_t days = run.plan->period.day_count;
    cr_assert_eq(days, 6000);
    struct arrivals all = arrivals_of(&run, "people");
    int32_t         on_day[6000] = {0}, in_hour[24] = {0};
    for (int i = 0; i < all.count; i++) {
        on_day[all.one[i].minute / 1440]++;
        in_hour[all.one[i].minute / 60 % 24]++;
    }
    double mean = (double)all.count / days, sum = 0, square = 0;
    for (int32_t day = 0; day < days; day++)
        sum += (on_day[day] - mean) * (on_day[day] - mean);
    for (int hour = 0; hour < 24; hour++)
        square += (in_hour[hour] - all.count / 24.0) * (in_hour[hour] - all.count / 24.0) * 24 /
                  all.count;
    cr_expect_float_eq(mean, 37.3, 4 * 0.079, "%g", mean);
    cr_expect_float_eq(sum / (days - 1), 37.3, 4 * 0.68, "%g", sum / (days - 1));
    cr_expect_lt(square, 58.6);
}

/* Each person of `fewer` is among `more` with the same minute, and leaves at the same one. */
static void expect_all_there(const struct arrivals *fewer, const struct arrivals *more,
                             int32_t shift_min)
{
    for (int i = 0; i < fewer->count; i++) {
        const struct one *one = &fewer->one[i], *same = find(more, one->point);
        cr_assert(same, "a person is gone");
        cr_assert_eq(same->minute, one->minute + shift_min);
        cr_assert(one->left_min < 0 || same->left_min == one->left_min + shift_min,
                  "another profile, or another stay");
    }
}

Test(arrivals, keep_all_earlier_people_when_more_come)
{
    /* 37.3 x 400 = 14,920 and 41.9 x 400 = 16,760 people, sd 122 and 129 */
    struct support_run one = support_run(
        FLOW("start: 2026-01-01, end: 2027-02-04", "  people: {status: held, per_day: 37.3}\n"), 2);
    struct support_run other = support_run(
        FLOW("start: 2026-01-01, end: 2027-02-04", "  people: {status: held, per_day: 41.9}\n"), 2);
    struct arrivals fewer = arrivals_of(&one, "people"), more = arrivals_of(&other, "people");
    cr_expect_float_eq(fewer.count, 14920, 4 * 122);
    cr_expect_float_eq(more.count, 16760, 4 * 129);
    expect_all_there(&fewer, &more, 0);
}

Test(arrivals, live_the_same_lives_when_more_come_and_nothing_is_scarce)
{
    /* 20 and 23 a day, with random stays and routes: each row of the history of each person at 20
     * is a row of his at 23 */
    struct support_run one = support_run(
        FLOW("start: 2026-01-01, end: 2026-12-31", "  people: {status: lasting, per_day: 20}\n"),
        1);
    struct support_run other = support_run(
        FLOW("start: 2026-01-01, end: 2026-12-31", "  people: {status: lasting, per_day: 23}\n"),
        1);
    uint32_t at = 0;
    for (uint32_t i = 0; i < one.trace.count;
         i++, at++) { /* both are sorted by minute, person, time */
        const struct trace_row *a = &one.trace.row[i], *b = &other.trace.row[at];
        while (at < other.trace.count &&
               (b->minute != a->minute || b->key != a->key || b->what != a->what))
            b = &other.trace.row[++at];
        cr_assert_lt(at, other.trace.count, "row %u: at 23 a day something else happens to him", i);
        cr_assert_eq(a->status, b->status);
        cr_assert_eq(a->unit, b->unit);
    }
    cr_expect_gt(one.trace.count, 20000);
    cr_expect_gt(other.trace.count, one.trace.count);
}

Test(arrivals, are_the_same_people_where_places_are_scarce)
{
    /* with 20 places for some 50 the waits differ, but not who comes when, and how long he stays
     * once placed */
    static const char *const rates[] = {"5", "5.75"};
    struct arrivals          arrivals[2];
    struct support_run       run[2];
    for (int r = 0; r < 2; r++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "period: {start: 2026-01-01, end: 2026-12-31}\n"
                 "regimes: {ward: {}}\n"
                 "units: {first: {regime: ward, places: 20}}\n"
                 "statuses: {held: {stay: {exponential: {mean: 10 days}}}}\n"
                 "flows: {people: {status: held, per_day: %s}}\n"
                 "placement: {all: {to: [ward]}}\n",
                 rates[r]);
        run[r] = support_run(text, 0);
        arrivals[r] = arrivals_of(&run[r], "people");
        for (uint32_t i = 0; i < run[r].trace.count; i++) /* now the stay: left less placed */
            if (run[r].trace.row[i].what == TRACE_PLACED) {
                struct one *placed =
                    find(&arrivals[r],
                         run[r].trace.row[i].key & (((uint64_t)1 << PERSON_RANK_SHIFT) - 1));
                placed->left_min -= placed->left_min >= 0 ? run[r].trace.row[i].minute : 0;
            }
    }
    int both = 0;
    for (int i = 0; i < arrivals[0].count; i++) {
        const struct one *one = &arrivals[0].one[i], *same = find(&arrivals[1], one->point);
        cr_assert(same && same->minute == one->minute);
        if (one->left_min >= 0 && same->left_min >= 0) {
            both++;
            cr_assert_eq(one->left_min, same->left_min, "another stay");
        }
    }
    cr_expect_gt(both, 400);
}

Test(arrivals, of_a_flow_do_not_change_when_another_flow_is_added)
{
    /* `aaa` comes first by name, so the rank of `people` moves; they do not */
    struct support_run one = support_run(
        FLOW("start: 2026-01-01, end: 2026-12-31", "  people: {status: lasting, per_day: 7.5}\n"),
        0);
    struct support_run other = support_run(
        FLOW("start: 2026-01-01, end: 2026-12-31",
             "  people: {status: lasting, per_day: 7.5}\n  aaa: {status: held, per_day: 9}\n"),
        0);
    struct arrivals alone = arrivals_of(&one, "people"), together = arrivals_of(&other, "people");
    cr_expect_eq(alone.count, together.count);
    expect_all_there(&alone, &together, 0);
    cr_expect_float_eq(arrivals_of(&other, "aaa").count, 9 * 365, 4 * 57.3);
}

Test(arrivals, meet_the_same_people_on_a_day_whenever_the_period_starts)
{
    /* started 31 days later: all who come from 1 February on, at the same minute of the same day */
    struct support_run early = support_run(
        FLOW("start: 2026-01-01, end: 2026-12-31", "  people: {status: lasting, per_day: 7.5}\n"),
        0);
    struct support_run late = support_run(
        FLOW("start: 2026-02-01, end: 2026-12-31", "  people: {status: lasting, per_day: 7.5}\n"),
        0);
    struct arrivals from_january = arrivals_of(&early, "people"),
                    from_february = arrivals_of(&late, "people");
    int before = 0;
    for (int i = 0; i < from_january.count; i++)
        before += from_january.one[i].minute < 31 * 1440;
    cr_expect_eq(from_february.count, from_january.count - before);
    expect_all_there(&from_february, &from_january, 31 * 1440);
}

Test(arrivals, are_those_of_the_definition)
{
    /* Worked out again from the draws, number by number: slab s of a day has the count of index 0;
     * index i lies (32 s + i) x 67 steps from the state of the day; draw 0 gives the minute, draw 1
     * the height 4 (s + u), which must lie below the rate; the sex is drawn by its purpose. */
    struct support_run run = support_run(
        FLOW("start: 2026-01-01, end: 2026-03-01", "  people: {status: held, per_day: 9.2}\n"), 6);
    struct arrivals all = arrivals_of(&run, "people");
    uint64_t        hash = rng_hash("people");
    u128 increment = rng_flow_increment(1, 6, hash), sex = rng_purpose("attribute", "sex", 0);
    int  expected = 0;
    for (int32_t day = 0; day < run.plan->period.day_count; day++) {
        int32_t date = run.plan->period.start + day;
        u128    state = rng_day_state(1, 6, hash, (uint64_t)date);
        for (unsigned s = 0; s < 3; s++) {
            uint64_t n =
                rng_uniform52(rng_advance(state, rng_step(rng_jump((u128)32 * s * 67), increment)));
            for (int i = 1; i <= arrivals_in_slab(n); i++) {
                u128     base = (u128)(32 * s + (unsigned)i) * 67;
                uint64_t draw[3];
                u128     number[3] = {base, base + 1, base + sex};
                for (int d = 0; d < 3; d++)
                    draw[d] =
                        rng_uniform52(rng_advance(state, rng_step(rng_jump(number[d]), increment)));
                if (4 * (s + ((double)draw[1] + 0.5) * 0x1p-52) >= 9.2)
                    continue;
                expected++;
                struct one *one =
                    find(&all, (uint64_t)(uint32_t)date << PERSON_DAY_SHIFT |
                                   (uint64_t)(32 * s + (unsigned)i) << PERSON_POINT_SHIFT);
                cr_assert(one, "day %d, slab %u, index %d", day, s, i);
                int32_t minute = day * 1440 + (int32_t)((double)draw[0] * 0x1p-52 * 1440);
                int32_t stay = ((double)draw[2] + 0.5) * 0x1p-52 < 0.7 ? 1440 : 2880;
                cr_expect_eq(one->minute, minute);
                cr_expect(one->left_min == minute + stay || minute + stay >= 60 * 1440);
            }
        }
    }
    cr_expect_eq(all.count, expected);
    cr_expect_float_eq(expected, 60 * 9.2, 4 * 23.5);
}
