#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include "sim/rng.h"

#define U128(high, low) ((u128)(high) << 64 | (low))
struct seed_case {
    uint64_t entropy, key[4];
    size_t   key_count;
    uint64_t state[4];
};
struct text_case {
    const char *text;
    uint64_t    first, second;
    const char *digest;
};
struct raw_case {
    u128     state, increment, advance;
    uint64_t raw[4];
};
struct flow_case {
    uint64_t    seed;
    uint32_t    replication;
    const char *flow;
    uint64_t    day;
    u128        increment, state;
    uint64_t    draw;
};
struct purpose_case {
    const char *purpose, *name;
    unsigned    visit;
    u128        number;
};
struct threshold_case {
    int64_t  num, den;
    uint64_t threshold;
};

#include "tests/count.h"
#include "tests/numpy_table.h"

static u128 advance(u128 state, u128 k, u128 increment)
{
    return rng_advance(state, rng_step(rng_jump(k), increment));
}

Test(rng, seeds_as_numpy_does)
{
    for (size_t i = 0; i < COUNT(seed_cases); i++) {
        const struct seed_case *c = &seed_cases[i];
        uint64_t                state[4];
        rng_seed_sequence(c->entropy, c->key, c->key_count, state, 4);
        cr_expect_arr_eq(state, c->state, sizeof state, "case %zu", i);
        uint64_t first = 0;
        rng_seed_sequence(c->entropy, c->key, c->key_count, &first, 1);
        cr_expect_eq(first, c->state[0], "case %zu", i);
    }
}

Test(rng, hashes_and_digests_texts_as_numpy_does)
{
    for (size_t i = 0; i < COUNT(text_cases); i++) {
        const struct text_case *c = &text_cases[i];
        char                    digest[33];
        cr_expect_eq(rng_hash(c->text), c->first, "case %zu", i);
        rng_digest(c->text, strlen(c->text), digest);
        cr_expect_str_eq(digest, c->digest);
    }
}

Test(rng, gives_and_advances_the_raw_output_of_numpy)
{
    for (size_t i = 0; i < COUNT(raw_cases); i++) {
        const struct raw_case *c = &raw_cases[i];
        u128                   state = advance(c->state, c->advance, c->increment);
        for (size_t j = 0; j < COUNT(c->raw); j++) {
            cr_expect_eq(rng_bits(state), c->raw[j], "case %zu, output %zu", i, j);
            cr_expect_eq(rng_uniform52(state), c->raw[j] >> 12, "case %zu, output %zu", i, j);
            state = state * RNG_MULTIPLIER + c->increment;
        }
    }
}

/* A jump of a + b is a jump of a and one of b, also over the end of the period. */
Test(rng, jumps_add_up)
{
    const u128 jumps[] = {0, 1, 2, 67, (u128)1 << 40, U128(5, 77), ~(u128)0};
    for (size_t a = 0; a < COUNT(jumps); a++)
        for (size_t b = 0; b < COUNT(jumps); b++) {
            u128 state = U128(11, 12), increment = U128(13, 15);
            u128 twice = advance(advance(state, jumps[a], increment), jumps[b], increment);
            cr_expect(twice == advance(state, jumps[a] + jumps[b], increment), "%zu %zu", a, b);
        }
}

Test(rng, numbers_purposes_as_numpy_does)
{
    for (size_t i = 0; i < COUNT(purpose_cases); i++) {
        const struct purpose_case *c = &purpose_cases[i];
        cr_expect(rng_purpose(c->purpose, c->name, c->visit) == c->number, "case %zu", i);
        u128 number[12]; /* visits of two digits too */
        rng_purposes(c->purpose, c->name, COUNT(number), number);
        for (unsigned visit = 0; visit < COUNT(number); visit++)
            cr_expect(number[visit] == rng_purpose(c->purpose, c->name, visit));
    }
}

/* The whole way from seed to draw, as rule 4 of the model has it. */
Test(rng, repeats_the_draw_of_a_person_in_numpy)
{
    for (size_t i = 0; i < COUNT(flow_cases); i++) {
        const struct flow_case *c = &flow_cases[i];
        uint64_t                hash = rng_hash(c->flow);
        u128                    increment = rng_flow_increment(c->seed, c->replication, hash);
        u128                    state = rng_day_state(c->seed, c->replication, hash, c->day);
        cr_expect(increment == c->increment, "case %zu", i);
        cr_expect(state == c->state, "case %zu", i);
        u128 base = advance(state, (3 * 32 + 5) * 67, increment);
        u128 draw = advance(base, rng_purpose("stay", c->flow, 2), increment);
        cr_expect_eq(rng_bits(draw), c->draw, "case %zu", i);
    }
}

Test(rng, thresholds_are_exact_fractions)
{
    for (size_t i = 0; i < COUNT(threshold_cases); i++) {
        const struct threshold_case *c = &threshold_cases[i];
        cr_expect_eq(rng_threshold(c->num, c->den), c->threshold, "case %zu", i);
    }
}

/* (n + 1/2) / 2^52 < num / den, without a division. */
static bool is_below(uint64_t n, int64_t num, int64_t den)
{
    return (u128)(2 * n + 1) * (u128)den < (u128)num << 53;
}

Test(rng, thresholds_part_the_uniforms_at_the_share)
{
    for (int64_t den = 1; den <= 300; den++)
        for (int64_t num = 0; num <= den; num++) {
            uint64_t threshold = rng_threshold(num, den);
            cr_assert(threshold == 0 || is_below(threshold - 1, num, den));
            cr_assert_not(is_below(threshold, num, den) && threshold < (uint64_t)1 << 52);
        }
}

#define DRAWS 20000

/* A smoke test with fixed numbers, all |z| within 4: the mean of the uniforms, the product of
 * neighbours, and the bits in which neighbours differ (32 of 64, sd 4 a pair). */
static void expect_independent(const u128 *states, const char *what)
{
    double sum = 0, bits = 0, product = 0;
    for (int i = 0; i < DRAWS; i++) {
        double u = ((double)rng_uniform52(states[i]) + 0.5) / 0x1p52;
        sum += u;
        if (i == 0)
            continue;
        double before = ((double)rng_uniform52(states[i - 1]) + 0.5) / 0x1p52;
        product += (u - 0.5) * (before - 0.5);
        bits += __builtin_popcountll(rng_bits(states[i]) ^ rng_bits(states[i - 1]));
    }
    double z_mean = (sum - DRAWS / 2.0) / sqrt(DRAWS / 12.0);
    double z_bits = (bits - 32.0 * (DRAWS - 1)) / (4 * sqrt(DRAWS - 1.0));
    double z_product = product / (sqrt(DRAWS - 1.0) / 12.0);
    cr_expect_lt(fabs(z_mean), 4, "%s: mean %.2f", what, z_mean);
    cr_expect_lt(fabs(z_bits), 4, "%s: bits %.2f", what, z_bits);
    cr_expect_lt(fabs(z_product), 4, "%s: product %.2f", what, z_product);
}

Test(rng, neighbours_do_not_depend_on_each_other)
{
    static u128 states[DRAWS];
    uint64_t    flow = rng_hash("remand");
    u128        increment = rng_flow_increment(1, 0, flow);
    u128        day = rng_day_state(1, 0, flow, 20454);
    u128        stay = rng_purpose("stay", "remand", 0);

    for (int i = 0; i < DRAWS; i++)
        states[i] = advance(day, (u128)i * 67, increment);
    expect_independent(states, "first draws of neighbouring persons");
    for (int i = 0; i < DRAWS; i++)
        states[i] = advance(day, (u128)i * 67 + stay, increment);
    expect_independent(states, "stays of neighbouring persons");
    for (int i = 0; i < DRAWS; i++)
        states[i] = advance(day, (u128)i, increment);
    expect_independent(states, "draws in a row");
    for (int i = 0; i < DRAWS; i++)
        states[i] = advance(day, rng_purpose("stay", "remand", (unsigned)i), increment);
    expect_independent(states, "one person over visits");
    for (int i = 0; i < DRAWS; i++)
        states[i] = advance(day, (u128)(i / 2) * 67 + (i % 2 ? stay : 0), increment);
    expect_independent(states, "two purposes of each person");
    for (int i = 0; i < DRAWS; i++)
        states[i] = rng_day_state(1, 0, flow, (uint64_t)i);
    expect_independent(states, "first persons of days");
    for (int i = 0; i < DRAWS; i++)
        states[i] = rng_day_state(1, (uint64_t)i, flow, 20454);
    expect_independent(states, "first persons of replications");
    for (int i = 0; i < DRAWS; i++)
        states[i] = rng_day_state((uint64_t)i, 0, flow, 20454);
    expect_independent(states, "first persons of seeds");
}
