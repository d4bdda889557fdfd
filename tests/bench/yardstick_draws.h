/* The draws of the yardstick: one by one (PCG64-DXSM, ziggurats) or in batches of vector code
 * (xoshiro256++). Nothing here is used by celsim, whose draws are keyed (sim/rng.h).
 */
#ifndef CELSIM_BENCH_YARDSTICK_DRAWS_H
#define CELSIM_BENCH_YARDSTICK_DRAWS_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define INLINE static inline __attribute__((always_inline))
#define COLD __attribute__((noinline))

__extension__ typedef unsigned __int128 u128;

static double as_double(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t as_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* -- draws one by one: PCG64-DXSM, ziggurats of 256 layers, an exponential by table ------------ */

struct pcg {
    u128 state, increment;
};

struct layer {
    uint64_t inside; /* a 53-bit draw below this lies within the layer */
    double   width;
};

struct ziggurat {
    double       tail, area; /* where the last layer ends, and the area of each */
    struct layer layer[256];
    double       height[256];
};

struct draws {
    struct pcg      pcg;
    struct ziggurat exponential, normal;
    double          exp2_table[64]; /* 2^(i/64) */
};

static uint64_t split_mix(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static u128 split_mix_128(uint64_t *state)
{
    u128 high = split_mix(state);
    return high << 64 | split_mix(state);
}

static void pcg_seed(struct pcg *pcg, uint64_t seed)
{
    pcg->state = split_mix_128(&seed);
    pcg->increment = split_mix_128(&seed) | 1;
}

INLINE uint64_t pcg_next(struct pcg *pcg)
{
    const uint64_t multiplier = 0xda942042e4dd58b5u;
    uint64_t       high = (uint64_t)(pcg->state >> 64), low = (uint64_t)pcg->state | 1;
    pcg->state = pcg->state * multiplier + pcg->increment;
    high ^= high >> 32;
    high *= multiplier;
    high ^= high >> 48;
    return high * low;
}

INLINE double pcg_uniform(struct pcg *pcg)
{
    return ((double)(pcg_next(pcg) >> 11) + 0.5) * 0x1p-53;
}

static double exponential_density(double x)
{
    return exp(-x);
}

static double exponential_inverse(double y)
{
    return -log(y);
}

static double normal_density(double x)
{
    return exp(-0.5 * x * x);
}

static double normal_inverse(double y)
{
    return sqrt(-2 * log(y));
}

static void ziggurat_make(struct ziggurat *z, double (*density)(double), double (*inverse)(double))
{
    const double scale = 0x1p53;
    double       x = z->tail, above = z->tail, bottom = z->area / density(x);
    z->layer[0] = (struct layer){(uint64_t)(x / bottom * scale), bottom / scale};
    z->layer[1].inside = 0;
    z->layer[255].width = x / scale;
    z->height[0] = 1;
    z->height[255] = density(x);
    for (int i = 254; i > 0; i--) {
        x = inverse(z->area / x + density(x));
        z->layer[i + 1].inside = (uint64_t)(x / above * scale);
        z->layer[i].width = x / scale;
        z->height[i] = density(x);
        above = x;
    }
}

static void draws_make(struct draws *draws)
{
    draws->exponential.tail = 7.69711747013104972;
    draws->exponential.area = 3.949659822581572e-3;
    ziggurat_make(&draws->exponential, exponential_density, exponential_inverse);
    draws->normal.tail = 3.6541528853610088;
    draws->normal.area = 4.92867323399e-3;
    ziggurat_make(&draws->normal, normal_density, normal_inverse);
    for (int i = 0; i < 64; i++)
        draws->exp2_table[i] = exp2(i / 64.0);
}

/* Is a draw outside the layer's core below the curve after all? */
static bool under_curve(struct draws *draws, const struct ziggurat *z, uint64_t i, double density)
{
    return z->height[i] + pcg_uniform(&draws->pcg) * (z->height[i - 1] - z->height[i]) < density;
}

static COLD bool exponential_edge(struct draws *draws, uint64_t i, double *x)
{
    if (i > 0)
        return under_curve(draws, &draws->exponential, i, exp(-*x));
    *x = draws->exponential.tail - log(pcg_uniform(&draws->pcg));
    return true;
}

static COLD bool normal_edge(struct draws *draws, uint64_t i, double *x)
{
    if (i > 0)
        return under_curve(draws, &draws->normal, i, exp(-0.5 * *x * *x));
    double beyond, room;
    do {
        beyond = -log(pcg_uniform(&draws->pcg)) / draws->normal.tail;
        room = -log(pcg_uniform(&draws->pcg));
    } while (room + room < beyond * beyond);
    *x = draws->normal.tail + beyond;
    return true;
}

INLINE double ziggurat_exponential(struct draws *draws)
{
    for (;;) {
        uint64_t bits = pcg_next(&draws->pcg), i = bits & 255, m = bits >> 11;
        double   x = (double)m * draws->exponential.layer[i].width;
        if (likely(m < draws->exponential.layer[i].inside) || exponential_edge(draws, i, &x))
            return x;
    }
}

INLINE double ziggurat_normal(struct draws *draws)
{
    for (;;) {
        uint64_t bits = pcg_next(&draws->pcg), i = bits & 255, m = bits >> 11;
        double   x = (double)m * draws->normal.layer[i].width;
        double   sign = (double)((int64_t)(bits >> 7 & 2) - 1);
        if (likely(m < draws->normal.layer[i].inside) || normal_edge(draws, i, &x))
            return sign * x;
    }
}

/* exp(x), relative error below 1e-13: 2^(n/64) from the table, the rest by five terms. */
INLINE double table_exp(const struct draws *draws, double x)
{
    double  rounded = x * 92.332482616893657 + 0x1.8p52; /* 64 / ln 2 */
    int64_t n = (int32_t)(uint32_t)as_bits(rounded);
    double  z = x - (rounded - 0x1.8p52) * 0.010830424696249145;
    double  power = 1 + z * (1 + z * (0.5 + z * (1 / 6. + z * (1 / 24.))));
    return power * as_double(as_bits(draws->exp2_table[n & 63]) + ((uint64_t)(n >> 6) << 52));
}

/* -- draws in batches: eight xoshiro256++ side by side, loops that become vector code ---------- */

#define BATCH 512
#define LANES 8
#define LN2 0.69314718055994530942

struct batch {
    uint64_t state[4][LANES];
    uint64_t bits[BATCH];
    double   exponential[BATCH], lognormal[BATCH];
    uint32_t bits_used, exponential_used, lognormal_used;
};

static void batch_seed(struct batch *batch, uint64_t seed)
{
    for (int word = 0; word < 4; word++)
        for (int lane = 0; lane < LANES; lane++)
            batch->state[word][lane] = split_mix(&seed);
    batch->bits_used = batch->exponential_used = batch->lognormal_used = BATCH;
}

INLINE void batch_next(struct batch *batch, uint64_t *restrict out)
{
    uint64_t s[4][LANES];
    memcpy(s, batch->state, sizeof s);
    for (int i = 0; i < BATCH; i += LANES) {
        for (int l = 0; l < LANES; l++) {
            uint64_t shifted = s[1][l] << 17, sum = s[0][l] + s[3][l];
            out[i + l] = (sum << 23 | sum >> 41) + s[0][l];
            s[2][l] ^= s[0][l];
            s[3][l] ^= s[1][l];
            s[1][l] ^= s[2][l];
            s[0][l] ^= s[3][l];
            s[2][l] ^= shifted;
            s[3][l] = s[3][l] << 45 | s[3][l] >> 19;
        }
    }
    memcpy(batch->state, s, sizeof s);
}

/* Strictly between 0 and 1. */
INLINE double uniform_of(uint64_t bits)
{
    return as_double(bits >> 12 | 0x3ff0000000000000u) - 1 + 0x1p-53;
}

INLINE double vector_log(double x)
{
    uint64_t bits = as_bits(x), above = bits - 0x3fe6a09e667f3bcdu; /* sqrt(1/2) */
    int64_t  exponent = (int64_t)above >> 52;
    double   m = as_double(bits - ((uint64_t)exponent << 52));
    double   f = (m - 1) / (m + 1), q = f * f, p = 1 / 17.;
    p = p * q + 1 / 15.;
    p = p * q + 1 / 13.;
    p = p * q + 1 / 11.;
    p = p * q + 1 / 9.;
    p = p * q + 1 / 7.;
    p = p * q + 1 / 5.;
    p = p * q + 1 / 3.;
    return (double)exponent * LN2 + 2 * f * (1 + q * p);
}

INLINE double vector_exp(double x)
{
    double rounded = x * 1.4426950408889634 + 0x1.8p52; /* 1 / ln 2 */
    double z = x - (rounded - 0x1.8p52) * LN2, p = 1 / 479001600.;
    p = p * z + 1 / 39916800.;
    p = p * z + 1 / 3628800.;
    p = p * z + 1 / 362880.;
    p = p * z + 1 / 40320.;
    p = p * z + 1 / 5040.;
    p = p * z + 1 / 720.;
    p = p * z + 1 / 120.;
    p = p * z + 1 / 24.;
    p = p * z + 1 / 6.;
    p = p * z + 0.5;
    p = p * z + 1;
    p = p * z + 1;
    return as_double(as_bits(p) + (as_bits(rounded) << 52));
}

INLINE double vector_sin(double a, double q)
{
    double p = q / 6227020800.;
    p = q * (-1 / 39916800. + p);
    p = q * (1 / 362880. + p);
    p = q * (-1 / 5040. + p);
    p = q * (1 / 120. + p);
    p = q * (-1 / 6. + p);
    return a * (1 + p);
}

INLINE double vector_cos(double q)
{
    double p = q / 479001600.;
    p = q * (-1 / 3628800. + p);
    p = q * (1 / 40320. + p);
    p = q * (-1 / 720. + p);
    p = q * (1 / 24. + p);
    p = q * (-0.5 + p);
    return 1 + p;
}

static COLD void batch_fill_bits(struct batch *batch)
{
    batch_next(batch, batch->bits);
    batch->bits_used = 0;
}

static COLD void batch_fill_exponential(struct batch *batch)
{
    uint64_t bits[BATCH];
    batch_next(batch, bits);
    for (int i = 0; i < BATCH; i++)
        batch->exponential[i] = -vector_log(uniform_of(bits[i]));
    batch->exponential_used = 0;
}

/* exp(z) of standard normals z by Box and Muller; the quadrant of the angle is two of its bits. */
static COLD void batch_fill_lognormal(struct batch *batch)
{
    uint64_t bits[BATCH];
    batch_next(batch, bits);
    for (int i = 0; i < BATCH / 2; i++) {
        double   radius = sqrt(-2 * vector_log(uniform_of(bits[i])));
        double   turn = 4 * uniform_of(bits[i + BATCH / 2]), rounded = turn + 0x1.8p52;
        uint64_t quadrant = as_bits(rounded);
        double   angle = (turn - (rounded - 0x1.8p52)) * 1.5707963267948966, q = angle * angle;
        double   sine = vector_sin(angle, q), cosine = vector_cos(q);
        double   x = quadrant & 1 ? sine : cosine, y = quadrant & 1 ? cosine : sine;
        x = as_double(as_bits(x) ^ ((quadrant + 1) & 2) << 62);
        y = as_double(as_bits(y) ^ (quadrant & 2) << 62);
        batch->lognormal[i] = vector_exp(radius * x);
        batch->lognormal[i + BATCH / 2] = vector_exp(radius * y);
    }
    batch->lognormal_used = 0;
}

#endif
