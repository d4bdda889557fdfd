/* The yardstick: the prison-like queue of tests/bench/queue.yaml, written by hand for speed alone.
 * `make bench` divides the program's processor time by this one's. It shares no code with celsim.
 *
 * usage: yardstick PLACES DAYS REPLICATIONS THREADS STEPS vector|ziggurat
 *
 * Poisson arrivals of three classes, lognormal stays, one list a class, priority to the first
 * class, all places taken at the start. STEPS (0 to 7) cuts a stay in that many dated steps more.
 * The last argument picks the draws: vector batches, or PCG64-DXSM with ziggurats one by one.
 *
 * The pending events are a calendar: time cut in equal buckets over the whole horizon, each an
 * intrusive list through the persons, sorted when it is opened. A key is ticks << 24 | person; a
 * tick is 1/1024 s. Events beyond the horizon are not kept. Prints one line of JSON.
 */
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/bench/yardstick_draws.h"

#define TICKS_A_DAY ((uint64_t)86400 * 1024)
#define PERSON_BITS 24
#define PERSON_MASK (((uint64_t)1 << PERSON_BITS) - 1)
#define NO_EVENT UINT64_MAX
#define NO_PERSON UINT32_MAX
#define EVENTS_A_BUCKET 16
#define BUCKET_ROOM 2048

#define CLASSES 3
#define LOAD 0.98
#define MEAN_STAY_DAYS 70.5 /* over the classes, by their shares */
static const double share[CLASSES] = {0.60, 0.25, 0.15};
static const double mean_days[CLASSES] = {90, 30, 60};

static void *take(size_t bytes)
{
    void *memory = aligned_alloc(64, (bytes + 127) & ~(size_t)63);
    if (!memory)
        abort();
    return memory;
}

/* -- the calendar ------------------------------------------------------------------------------ */

struct calendar {
    uint64_t *key;                  /* by person */
    uint32_t *next;                 /* by person: the list of the bucket */
    uint32_t *head;                 /* by bucket */
    uint32_t  bucket, bucket_count; /* the next one to open */
    int       shift;                /* ticks >> shift is the bucket */
    uint64_t *open;                 /* the open bucket, sorted */
    uint32_t  at, count;
};

static void calendar_open(struct calendar *c, uint32_t persons, uint64_t horizon, double events)
{
    double width = (double)horizon / events * EVENTS_A_BUCKET;
    c->shift = 0;
    while ((double)((uint64_t)1 << (c->shift + 1)) <= width * sqrt(2))
        c->shift++;
    c->bucket_count = (uint32_t)(horizon >> c->shift) + 2;
    c->head = take(c->bucket_count * sizeof *c->head);
    c->open = take(2 * BUCKET_ROOM * sizeof *c->open);
    c->next = take(persons * sizeof *c->next);
    c->key = take(persons * sizeof *c->key);
}

static void calendar_reset(struct calendar *c)
{
    memset(c->head, 0xff, c->bucket_count * sizeof *c->head);
    c->bucket = c->at = c->count = 0;
}

static COLD void insert_in_open(struct calendar *c, uint64_t key)
{
    uint32_t i = c->count++;
    if (c->count > 2 * BUCKET_ROOM)
        abort();
    for (; i > c->at && c->open[i - 1] > key; i--)
        c->open[i] = c->open[i - 1];
    c->open[i] = key;
}

INLINE void calendar_put(struct calendar *c, uint64_t key)
{
    uint32_t bucket = (uint32_t)(key >> (PERSON_BITS + c->shift));
    if (unlikely(bucket < c->bucket)) {
        insert_in_open(c, key);
        return;
    }
    uint32_t person = key & PERSON_MASK;
    c->key[person] = key;
    c->next[person] = c->head[bucket];
    c->head[bucket] = person;
}

/* By counting ranks: no branch to mispredict, and the compiler makes vector code of it. */
static void sort_few(const uint64_t *restrict in, uint64_t *restrict out, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint64_t key = in[i], rank = 0;
        for (uint32_t j = 0; j < n; j++)
            rank += in[j] < key;
        out[rank] = key;
    }
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static COLD uint64_t open_next_bucket(struct calendar *c)
{
    while (c->bucket < c->bucket_count) {
        uint32_t bucket = c->bucket++, n = 0;
        uint64_t keys[BUCKET_ROOM];
        for (uint32_t p = c->head[bucket]; p != NO_PERSON; p = c->next[p]) {
            if (n == BUCKET_ROOM)
                abort();
            keys[n++] = c->key[p];
        }
        if (n == 0)
            continue;
        if (likely(n <= 128)) {
            sort_few(keys, c->open, n);
        } else {
            qsort(keys, n, sizeof *keys, compare);
            memcpy(c->open, keys, n * sizeof *keys);
        }
        c->at = 0;
        c->count = n;
        return c->open[0];
    }
    return NO_EVENT;
}

INLINE uint64_t calendar_first(struct calendar *c)
{
    return likely(c->at < c->count) ? c->open[c->at] : open_next_bucket(c);
}

/* -- waiting lists: rings of arrival times ----------------------------------------------------- */

struct list {
    uint64_t *ticks;
    uint32_t  head, tail, room; /* room is a power of 2 */
};

static COLD void list_grow(struct list *list)
{
    uint32_t  n = list->tail - list->head;
    uint64_t *wider = take((size_t)list->room * 2 * sizeof *wider);
    for (uint32_t i = 0; i < n; i++)
        wider[i] = list->ticks[(list->head + i) & (list->room - 1)];
    free(list->ticks);
    *list = (struct list){wider, 0, n, list->room * 2};
}

static void list_put(struct list *list, uint64_t ticks)
{
    if (unlikely(list->tail - list->head == list->room))
        list_grow(list);
    list->ticks[list->tail++ & (list->room - 1)] = ticks;
}

static uint64_t list_take(struct list *list)
{
    return list->ticks[list->head++ & (list->room - 1)];
}

/* -- the model --------------------------------------------------------------------------------- */

struct day {
    uint32_t occupied, waiting[CLASSES], placed, left, in_step[8];
};

struct result {
    uint64_t arrivals, departures, steps;
    uint64_t placed[CLASSES], left[CLASSES];
    double   wait_days[CLASSES], stay_days[CLASSES]; /* sums */
    double   occupied_days, waiting_days;            /* person-days */
};

struct world {
    struct calendar calendar;
    struct draws    draws;
    struct batch    batch;
    uint64_t        horizon;
    uint32_t        places, days, steps;
    double          median_days[CLASSES]; /* of one step */

    uint32_t   *free_person; /* a stack */
    uint32_t    free_count;
    uint64_t   *placed_at;   /* by person, ticks */
    uint8_t    *kind, *step; /* by person */
    struct list list[CLASSES];
    uint32_t    occupied, waiting, in_step[8];

    struct day *day;
    uint32_t    day_count, placed_today, left_today;
    uint64_t    counted_to; /* of the two integrals below, ticks */
    uint64_t    occupied_ticks, waiting_ticks;
};

INLINE uint64_t draw_bits(struct world *w, bool vector)
{
    if (!vector)
        return pcg_next(&w->draws.pcg);
    if (unlikely(w->batch.bits_used == BATCH))
        batch_fill_bits(&w->batch);
    return w->batch.bits[w->batch.bits_used++];
}

INLINE double draw_exponential(struct world *w, bool vector)
{
    if (!vector)
        return ziggurat_exponential(&w->draws);
    if (unlikely(w->batch.exponential_used == BATCH))
        batch_fill_exponential(&w->batch);
    return w->batch.exponential[w->batch.exponential_used++];
}

INLINE double draw_lognormal(struct world *w, bool vector)
{
    if (!vector)
        return table_exp(&w->draws, ziggurat_normal(&w->draws));
    if (unlikely(w->batch.lognormal_used == BATCH))
        batch_fill_lognormal(&w->batch);
    return w->batch.lognormal[w->batch.lognormal_used++];
}

static void world_open(struct world *w, uint32_t places, uint32_t days, uint32_t steps)
{
    uint32_t persons = places + 64;
    double   arrivals = LOAD * places / MEAN_STAY_DAYS * days;
    memset(w, 0, sizeof *w);
    w->places = places;
    w->days = days;
    w->steps = steps;
    w->horizon = days * TICKS_A_DAY;
    draws_make(&w->draws);
    calendar_open(&w->calendar, persons, w->horizon, arrivals * (1 + steps));
    w->free_person = take(persons * sizeof *w->free_person);
    w->placed_at = take(persons * sizeof *w->placed_at);
    w->kind = take(persons);
    w->step = take(persons);
    w->day = take((days + 1) * sizeof *w->day);
    for (int k = 0; k < CLASSES; k++) {
        w->median_days[k] = mean_days[k] / (1 + steps) * exp(-0.5);
        w->list[k].room = 1024;
        w->list[k].ticks = take(w->list[k].room * sizeof *w->list[k].ticks);
    }
}

INLINE void schedule_step(struct world *w, uint32_t person, uint64_t now, bool vector)
{
    double   days = draw_lognormal(w, vector) * w->median_days[w->kind[person]];
    uint64_t when = now + (uint64_t)(days * (double)TICKS_A_DAY) + 1;
    if (likely(when < w->horizon))
        calendar_put(&w->calendar, when << PERSON_BITS | person);
}

INLINE void place(struct world *w, unsigned kind, uint64_t now, struct result *r, bool vector)
{
    uint32_t person = w->free_person[--w->free_count];
    w->kind[person] = (uint8_t)kind;
    w->step[person] = 0;
    w->placed_at[person] = now;
    w->in_step[0]++;
    w->placed_today++;
    r->placed[kind]++;
    schedule_step(w, person, now, vector);
}

INLINE void count_to(struct world *w, uint64_t now)
{
    w->occupied_ticks += w->occupied * (now - w->counted_to);
    w->waiting_ticks += w->waiting * (now - w->counted_to);
    w->counted_to = now;
}

INLINE void arrive(struct world *w, uint64_t now, struct result *r, bool vector)
{
    const uint64_t first = (uint64_t)(share[0] * 0x1p64);
    const uint64_t second = (uint64_t)((share[0] + share[1]) * 0x1p64);
    uint64_t       bits = draw_bits(w, vector);
    unsigned       kind = (unsigned)(bits >= first) + (unsigned)(bits >= second);
    count_to(w, now);
    r->arrivals++;
    if (likely(w->occupied < w->places)) {
        w->occupied++;
        place(w, kind, now, r, vector);
    } else {
        w->waiting++;
        list_put(&w->list[kind], now);
    }
}

INLINE void leave(struct world *w, uint32_t person, uint64_t now, struct result *r, bool vector)
{
    unsigned kind = w->kind[person];
    count_to(w, now);
    r->departures++;
    r->left[kind]++;
    r->stay_days[kind] += (double)(now - w->placed_at[person]);
    w->left_today++;
    w->in_step[w->steps]--;
    w->free_person[w->free_count++] = person;
    if (likely(w->waiting == 0)) {
        w->occupied--;
        return;
    }
    kind = 0;
    while (w->list[kind].head == w->list[kind].tail)
        kind++;
    r->wait_days[kind] += (double)(now - list_take(&w->list[kind]));
    w->waiting--;
    place(w, kind, now, r, vector);
}

INLINE void next_event(struct world *w, uint64_t key, struct result *r, bool vector)
{
    uint32_t person = key & PERSON_MASK;
    uint64_t now = key >> PERSON_BITS;
    w->calendar.at++;
    if (w->step[person] == w->steps) {
        leave(w, person, now, r, vector);
        return;
    }
    unsigned from = w->step[person]++;
    w->in_step[from]--;
    w->in_step[from + 1]++;
    r->steps++;
    schedule_step(w, person, now, vector);
}

static void record_day(struct world *w)
{
    struct day *day = &w->day[w->day_count++];
    day->occupied = w->occupied;
    for (int k = 0; k < CLASSES; k++)
        day->waiting[k] = w->list[k].tail - w->list[k].head;
    day->placed = w->placed_today;
    day->left = w->left_today;
    memcpy(day->in_step, w->in_step, sizeof day->in_step);
    w->placed_today = w->left_today = 0;
}

static unsigned class_of_starter(double u)
{
    double up_to = 0;
    for (unsigned k = 0; k < CLASSES - 1; k++) {
        up_to += share[k] * mean_days[k] / MEAN_STAY_DAYS;
        if (u < up_to)
            return k;
    }
    return CLASSES - 1;
}

/* All places taken: a class by share x mean, and the residual of the length-biased stay, which is
 * U x lognormal(mu + sigma^2, sigma). */
INLINE void fill(struct world *w, bool vector)
{
    for (uint32_t p = 0; p < w->places; p++) {
        unsigned kind = class_of_starter(pcg_uniform(&w->draws.pcg));
        double   days = pcg_uniform(&w->draws.pcg) * draw_lognormal(w, vector);
        uint64_t when = (uint64_t)(days * mean_days[kind] * exp(0.5) * (double)TICKS_A_DAY) + 1;
        w->kind[p] = (uint8_t)kind;
        w->step[p] = (uint8_t)w->steps;
        w->placed_at[p] = 0;
        if (when < w->horizon)
            calendar_put(&w->calendar, when << PERSON_BITS | p);
    }
    w->occupied = w->in_step[w->steps] = w->places;
}

static void world_reset(struct world *w, uint64_t seed)
{
    pcg_seed(&w->draws.pcg, seed);
    batch_seed(&w->batch, ~seed);
    calendar_reset(&w->calendar);
    memset(w->in_step, 0, sizeof w->in_step);
    for (int k = 0; k < CLASSES; k++)
        w->list[k].head = w->list[k].tail = 0;
    w->free_count = w->waiting = w->day_count = w->placed_today = w->left_today = 0;
    w->counted_to = w->occupied_ticks = w->waiting_ticks = 0;
    for (uint32_t p = w->places + 64; p-- > w->places;)
        w->free_person[w->free_count++] = p;
}

static void summarize(const struct world *w, struct result *r)
{
    const double day = (double)TICKS_A_DAY;
    r->occupied_days = (double)w->occupied_ticks / day;
    r->waiting_days = (double)w->waiting_ticks / day;
    for (int k = 0; k < CLASSES; k++) {
        r->wait_days[k] /= day;
        r->stay_days[k] /= day;
    }
}

/* The next arrival and the next midnight are variables, not events of the calendar. */
INLINE void simulate(struct world *w, uint64_t seed, struct result *r, bool vector)
{
    const double gap = MEAN_STAY_DAYS / (LOAD * w->places) * (double)TICKS_A_DAY;
    world_reset(w, seed);
    memset(r, 0, sizeof *r);
    fill(w, vector);
    double   arrival_exact = draw_exponential(w, vector) * gap;
    uint64_t arrival = (uint64_t)arrival_exact, midnight = TICKS_A_DAY;
    for (;;) {
        uint64_t key = calendar_first(&w->calendar), now = key >> PERSON_BITS;
        if (unlikely(midnight <= now && midnight <= arrival)) {
            record_day(w);
            if (midnight == w->horizon)
                break;
            midnight += TICKS_A_DAY;
        } else if (arrival < now) {
            arrive(w, arrival, r, vector);
            arrival_exact += draw_exponential(w, vector) * gap;
            arrival = (uint64_t)arrival_exact;
        } else {
            next_event(w, key, r, vector);
        }
    }
    count_to(w, w->horizon);
    summarize(w, r);
}

/* Two copies, each with its own draws compiled in. */
static COLD void simulate_vector(struct world *w, uint64_t seed, struct result *r)
{
    simulate(w, seed, r, true);
}

static COLD void simulate_ziggurat(struct world *w, uint64_t seed, struct result *r)
{
    simulate(w, seed, r, false);
}

/* -- replications over threads ----------------------------------------------------------------- */

struct job {
    uint32_t places, days, replications, threads, steps;
    void (*simulate)(struct world *w, uint64_t seed, struct result *r);
    uint32_t       next; /* taken atomically */
    struct result *result;
};

static void *work(void *argument)
{
    struct job   *job = argument;
    struct world *w = take(sizeof *w);
    world_open(w, job->places, job->days, job->steps);
    for (;;) {
        uint32_t i = __atomic_fetch_add(&job->next, 1, __ATOMIC_RELAXED);
        if (i >= job->replications)
            return NULL;
        job->simulate(w, 1000 + i, &job->result[i]);
    }
}

static void run(struct job *job)
{
    pthread_t thread[64];
    job->result = take(job->replications * sizeof *job->result);
    for (uint32_t i = 0; i < job->threads; i++)
        if (pthread_create(&thread[i], NULL, work, job) != 0)
            abort();
    for (uint32_t i = 0; i < job->threads; i++)
        pthread_join(thread[i], NULL);
}

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static struct result total_of(const struct job *job, double *squares)
{
    struct result total = {0};
    for (uint32_t i = 0; i < job->replications; i++) {
        const struct result *r = &job->result[i];
        total.arrivals += r->arrivals;
        total.departures += r->departures;
        total.steps += r->steps;
        total.occupied_days += r->occupied_days;
        total.waiting_days += r->waiting_days;
        *squares += r->occupied_days * r->occupied_days;
        for (int k = 0; k < CLASSES; k++) {
            total.placed[k] += r->placed[k];
            total.left[k] += r->left[k];
            total.wait_days[k] += r->wait_days[k];
            total.stay_days[k] += r->stay_days[k];
        }
    }
    return total;
}

static void print_means(const char *name, const double *sum, const uint64_t *count)
{
    printf("\"%s\": [", name);
    for (int k = 0; k < CLASSES; k++)
        printf("%s%.5f", k ? ", " : "", sum[k] / (double)(count[k] ? count[k] : 1));
    printf("], ");
}

static void print(const struct job *job, double processor_s, double wall_s)
{
    double        squares = 0, n = job->replications;
    struct result t = total_of(job, &squares);
    uint64_t      events = t.arrivals + t.departures + t.steps;
    double        variance = squares - t.occupied_days * t.occupied_days / n;
    double        sd = n > 1 && variance > 0 ? sqrt(variance / (n - 1)) : 0;
    printf("{\"occupied\": %.3f, \"occupied_sd\": %.3f, \"waiting\": %.4f, ",
           t.occupied_days / n / job->days, sd / job->days, t.waiting_days / n / job->days);
    print_means("wait_days", t.wait_days, t.placed);
    print_means("stay_days", t.stay_days, t.left);
    printf("\"events\": %llu, \"processor_s\": %.4f, \"wall_s\": %.4f, \"ns_per_event\": %.2f}\n",
           (unsigned long long)events, processor_s, wall_s, 1e9 * processor_s / (double)events);
}

/* The number in `text`, which must lie in low..high; otherwise stops with the usage. */
static uint32_t number(const char *text, uint32_t low, uint32_t high)
{
    char         *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*end != 0 || value < low || value > high) {
        fprintf(stderr, "yardstick: %s: not a number from %u to %u\n", text, low, high);
        exit(2);
    }
    return (uint32_t)value;
}

int main(int argc, char **argv)
{
    if (argc != 7 || (strcmp(argv[6], "vector") != 0 && strcmp(argv[6], "ziggurat") != 0)) {
        fputs("usage: yardstick PLACES DAYS REPLICATIONS THREADS STEPS vector|ziggurat\n", stderr);
        return 2;
    }
    struct job job = {
        .places = number(argv[1], 1, 1 << 23),
        .days = number(argv[2], 1, 6000),
        .replications = number(argv[3], 1, 1000000),
        .threads = number(argv[4], 1, 64),
        .steps = number(argv[5], 0, 7),
        .simulate = strcmp(argv[6], "vector") == 0 ? simulate_vector : simulate_ziggurat,
    };
    double processor_s = -seconds(CLOCK_PROCESS_CPUTIME_ID), wall_s = -seconds(CLOCK_MONOTONIC);
    run(&job);
    processor_s += seconds(CLOCK_PROCESS_CPUTIME_ID);
    wall_s += seconds(CLOCK_MONOTONIC);
    print(&job, processor_s, wall_s);
    return 0;
}
