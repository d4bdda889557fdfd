/* Chance. PCG64-DXSM (O'Neill 2014; the variant of numpy) and SeedSequence, both exactly as numpy
 * has them, so that three lines of numpy repeat any draw. There is no stream that runs on: a draw
 * is the state of a person advanced by the number of its purpose
 * (docs/decisions/0003-keyed-draws.md), so a draw depends on who and what for, never on when.
 */
#ifndef CELSIM_SIM_RNG_H
#define CELSIM_SIM_RNG_H

#include <stddef.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 u128;

#define RNG_MULTIPLIER 0xda942042e4dd58b5u /* the "cheap" multiplier of DXSM */

/* Advancing a state by k steps: state x mult + sum x increment, mod 2^128. */
struct jump {
    u128 mult; /* multiplier^k */
    u128 sum;  /* 1 + multiplier + .. + multiplier^(k-1) */
};
/* The jump of one increment, ready for use: state x mult + add. */
struct step {
    u128 mult, add;
};
/* The stream of a flow: increment (odd) and, for a day, the state from which its persons' bases are
 * advanced. */
struct stream {
    u128 increment;
    u128 state;
};

#define SEED_POOL_WORDS 4

/* SeedSequence fed a word at a time. The first four words fill the pool, which is then mixed; each
 * later word is mixed into all of the pool. */
struct rng_seeder {
    uint32_t pool[SEED_POOL_WORDS];
    uint32_t constant;
    size_t   words;
};

struct jump rng_jump(u128 k);

static inline struct step rng_step(struct jump jump, u128 increment)
{
    return (struct step){jump.mult, jump.sum * increment};
}

static inline u128 rng_advance(u128 state, struct step step)
{
    return state * step.mult + step.add;
}

/* The 64 random bits of a state (numpy's PCG64DXSM gives the output of the state before it steps).
 */
static inline uint64_t rng_bits(u128 state)
{
    uint64_t high = (uint64_t)(state >> 64), low = (uint64_t)state | 1;
    high ^= high >> 32;
    high *= RNG_MULTIPLIER;
    high ^= high >> 48;
    high *= low;
    return high;
}

/* The uniform of a draw as an integer n of 52 bits: u = (n + 0.5) x 2^-52, never 0 or 1. */
static inline uint64_t rng_uniform52(u128 state)
{
    return rng_bits(state) >> 12;
}

/* A share num/den (0..1) as a threshold: it is met when rng_uniform52() < threshold, exactly u <
 * num/den. den at most 2^62. */
uint64_t rng_threshold(int64_t num, int64_t den);

/* numpy's SeedSequence(entropy, spawn_key=..).generate_state(n, uint64). `entropy` is one integer
 * (split in 32-bit words, at least one); each element of `key` is one non-negative integer, split
 * likewise. */
void rng_seed_sequence(uint64_t entropy, const uint64_t *key, size_t key_count, uint64_t *out,
                       size_t out_count);

/* First uint64 of SeedSequence(list of the bytes of the text).generate_state. */
uint64_t rng_hash(const char *text);

/* A digest of a text in 32 hexadecimal digits and a 0: two uint64 of SeedSequence over its bytes.
 * Tells files apart; it is no protection against forgery. */
void rng_digest(const char *text, size_t length, char digest[33]);

/* increment = 2 x value + 1, the value being two uint64 (high first) of SeedSequence(seed,
 * (replication, flow hash)). */
u128 rng_flow_increment(uint64_t seed, uint64_t replication, uint64_t flow_hash);
/* The state: two uint64 (high first) of SeedSequence(seed, (replication, flow hash, day)). day is 0
 * or more. */
u128 rng_day_state(uint64_t seed, uint64_t replication, uint64_t flow_hash, uint64_t day);
/* The same in two parts: what all days of a flow begin with is fed once. */
struct rng_seeder rng_flow_seeder(uint64_t seed, uint64_t replication, uint64_t flow_hash);
u128              rng_state_of_day(const struct rng_seeder *flow, uint64_t day);

/* The number of a named purpose, 2^40 + an odd hash of 60 bits of "purpose/name/visit": (rng_hash
 * >> 4) | 1. */
u128 rng_purpose(const char *purpose, const char *name, unsigned visit);
/* Those of the visits 0 .. count - 1. */
void rng_purposes(const char *purpose, const char *name, unsigned count, u128 *number);

#endif
