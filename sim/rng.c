#include "sim/rng.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sim/error.h"

/* The constants of SeedSequence, as published with numpy. */
#define INIT_A 0x43b0d7e5u
#define MULT_A 0x931e8875u
#define INIT_B 0x8b51f9ddu
#define MULT_B 0x58f38dedu
#define MIX_MULT_L 0xca01f9ddu
#define MIX_MULT_R 0x4973f715u
#define XSHIFT 16

static uint32_t hash_with(uint32_t word, uint32_t constant)
{
    word ^= constant;
    word *= constant * MULT_A;
    return word ^ word >> XSHIFT;
}

static uint32_t hash_word(struct rng_seeder *seeder, uint32_t word)
{
    uint32_t hash = hash_with(word, seeder->constant);
    seeder->constant *= MULT_A;
    return hash;
}

static void mix_hash(struct rng_seeder *seeder, size_t target, uint32_t hash)
{
    uint32_t mixed = MIX_MULT_L * seeder->pool[target] - MIX_MULT_R * hash;
    seeder->pool[target] = mixed ^ mixed >> XSHIFT;
}

static void mix(struct rng_seeder *seeder, size_t target, uint32_t word)
{
    mix_hash(seeder, target, hash_word(seeder, word));
}

static void mix_pool(struct rng_seeder *seeder)
{
    for (size_t source = 0; source < SEED_POOL_WORDS; source++)
        for (size_t target = 0; target < SEED_POOL_WORDS; target++)
            if (source != target)
                mix(seeder, target, seeder->pool[source]);
}

static void feed_word(struct rng_seeder *seeder, uint32_t word)
{
    if (seeder->words++ >= SEED_POOL_WORDS) {
        /* the constant of each target at once: they need not wait for each other */
        static const uint32_t ahead[SEED_POOL_WORDS] = {1, MULT_A, MULT_A * MULT_A,
                                                        MULT_A * MULT_A * MULT_A};
        for (size_t target = 0; target < SEED_POOL_WORDS; target++)
            mix_hash(seeder, target, hash_with(word, seeder->constant * ahead[target]));
        seeder->constant *= ahead[SEED_POOL_WORDS - 1] * MULT_A;
        return;
    }
    seeder->pool[seeder->words - 1] = hash_word(seeder, word);
    if (seeder->words == SEED_POOL_WORDS)
        mix_pool(seeder);
}

/* An integer is its words, low first, without leading zero words; 0 is one word. */
static void feed_integer(struct rng_seeder *seeder, uint64_t value)
{
    feed_word(seeder, (uint32_t)value);
    if (value >> 32)
        feed_word(seeder, (uint32_t)(value >> 32));
}

static void feed_bytes(struct rng_seeder *seeder, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        feed_word(seeder, (unsigned char)text[i]);
}

static void feed_text(struct rng_seeder *seeder, const char *text)
{
    feed_bytes(seeder, text, strlen(text));
}

static void pad(struct rng_seeder *seeder)
{
    while (seeder->words < SEED_POOL_WORDS)
        feed_word(seeder, 0);
}

static uint32_t output_word(const struct rng_seeder *seeder, size_t index, uint32_t *constant)
{
    uint32_t word = seeder->pool[index % SEED_POOL_WORDS] ^ *constant;
    *constant *= MULT_B;
    word *= *constant;
    return word ^ word >> XSHIFT;
}

static void generate(struct rng_seeder *seeder, uint64_t *out, size_t count)
{
    uint32_t constant = INIT_B;
    pad(seeder);
    for (size_t i = 0; i < count; i++) {
        uint64_t low = output_word(seeder, 2 * i, &constant);
        uint64_t high = output_word(seeder, 2 * i + 1, &constant);
        out[i] = high << 32 | low;
    }
}

static struct rng_seeder seeder_of_integer(uint64_t entropy)
{
    struct rng_seeder seeder = {.constant = INIT_A};
    feed_integer(&seeder, entropy);
    return seeder;
}

/* The entropy fills the pool before a key follows it, so that no seed equals another seed with a
 * key. */
static struct rng_seeder seeder_with_key(uint64_t entropy, const uint64_t *key, size_t key_count)
{
    struct rng_seeder seeder = seeder_of_integer(entropy);
    pad(&seeder);
    for (size_t i = 0; i < key_count; i++)
        feed_integer(&seeder, key[i]);
    return seeder;
}

void rng_seed_sequence(uint64_t entropy, const uint64_t *key, size_t key_count, uint64_t *out,
                       size_t out_count)
{
    struct rng_seeder seeder = seeder_with_key(entropy, key, key_count);
    generate(&seeder, out, out_count);
}

uint64_t rng_hash(const char *text)
{
    struct rng_seeder seeder = {.constant = INIT_A};
    uint64_t          hash;
    feed_text(&seeder, text);
    generate(&seeder, &hash, 1);
    return hash;
}

void rng_digest(const char *text, size_t length, char digest[33])
{
    struct rng_seeder seeder = {.constant = INIT_A};
    uint64_t          state[2];
    feed_bytes(&seeder, text, length);
    generate(&seeder, state, 2);
    snprintf(digest, 33, "%016" PRIx64 "%016" PRIx64, state[0], state[1]);
}

static u128 generate_u128(struct rng_seeder *seeder)
{
    uint64_t state[2];
    generate(seeder, state, 2);
    return (u128)state[0] << 64 | state[1];
}

struct rng_seeder rng_flow_seeder(uint64_t seed, uint64_t replication, uint64_t flow_hash)
{
    const uint64_t key[] = {replication, flow_hash};
    return seeder_with_key(seed, key, 2);
}

u128 rng_flow_increment(uint64_t seed, uint64_t replication, uint64_t flow_hash)
{
    struct rng_seeder seeder = rng_flow_seeder(seed, replication, flow_hash);
    return 2 * generate_u128(&seeder) + 1;
}

u128 rng_state_of_day(const struct rng_seeder *flow, uint64_t day)
{
    struct rng_seeder seeder = *flow;
    feed_integer(&seeder, day);
    return generate_u128(&seeder);
}

u128 rng_day_state(uint64_t seed, uint64_t replication, uint64_t flow_hash, uint64_t day)
{
    struct rng_seeder flow = rng_flow_seeder(seed, replication, flow_hash);
    return rng_state_of_day(&flow, day);
}

/* Fed "purpose/name/"; the visit follows. */
static struct rng_seeder seeder_of_purpose(const char *purpose, const char *name)
{
    struct rng_seeder seeder = {.constant = INIT_A};
    feed_text(&seeder, purpose);
    feed_text(&seeder, "/");
    feed_text(&seeder, name);
    feed_text(&seeder, "/");
    return seeder;
}

static u128 number_of_visit(struct rng_seeder seeder, unsigned visit)
{
    uint64_t hash;
    char     digits[16];
    snprintf(digits, sizeof digits, "%u", visit);
    feed_text(&seeder, digits);
    generate(&seeder, &hash, 1);
    return ((u128)1 << 40) + (hash >> 4 | 1);
}

u128 rng_purpose(const char *purpose, const char *name, unsigned visit)
{
    return number_of_visit(seeder_of_purpose(purpose, name), visit);
}

void rng_purposes(const char *purpose, const char *name, unsigned count, u128 *number)
{
    struct rng_seeder seeder = seeder_of_purpose(purpose, name);
    for (unsigned visit = 0; visit < count; visit++)
        number[visit] = number_of_visit(seeder, visit);
}

struct jump rng_jump(u128 k)
{
    struct jump jump = {.mult = 1, .sum = 0};
    /* The jump of 1, 2, 4, .. steps. */
    struct jump power = {.mult = RNG_MULTIPLIER, .sum = 1};
    for (; k > 0; k >>= 1) {
        if (k & 1) {
            jump.sum = jump.sum * power.mult + power.sum;
            jump.mult *= power.mult;
        }
        power.sum *= power.mult + 1;
        power.mult *= power.mult;
    }
    return jump;
}

uint64_t rng_threshold(int64_t num, int64_t den)
{
    must(den > 0 && den <= (int64_t)1 << 62);
    must(num >= 0 && num <= den);
    /* u < num/den says 2n + 1 < num x 2^53 / den: count the odd numbers below that bound. */
    u128 bound = ((u128)num << 53) / (u128)den;
    u128 rest = ((u128)num << 53) % (u128)den;
    return (uint64_t)((bound + (rest > 0)) / 2);
}
