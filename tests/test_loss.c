#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/support.h"

/* A queue of people outside for whom there is no place. */
#define QUEUE(waits, more, start)                                                                  \
    "period: {start: 2026-01-01, end: 2027-12-31}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {none: {regime: ward, places: 0}}\n"                                                   \
    "statuses:\n"                                                                                  \
    "  queued: {stay: 5 days, waits: {" waits "}}\n" more "placement: {all: {to: [ward]}}\n"       \
    "start: " start "\n"
#define IN(leaves) "in: outside, leaves: {" leaves "}"

/* Minute at which number `n` of the group left the queue; -1: he did not. */
static int32_t lost_minute(const struct support_run *run, unsigned n)
{
    for (uint32_t i = 0; i < run->trace.count; i++)
        if (run->trace.row[i].what == TRACE_LEFT_QUEUE &&
            (run->trace.row[i].key >> PERSON_POINT_SHIFT & 0x1ffffff) == n)
            return run->trace.row[i].minute;
    return -1;
}

/* What docs/semantics.md says, by libm: -log(1 - u) / hazard, u the draw `leaves.REASON` of the
 * status at visit 0 for number n of a start group. */
static double date_of(const char *stream, unsigned n, const char *purpose, double per_year)
{
    uint64_t hash = rng_hash(stream);
    u128     increment = rng_flow_increment(1, 0, hash), base = rng_day_state(1, 0, hash, 0);
    for (unsigned i = 0; i < n; i++)
        base = rng_advance(base, rng_step(rng_jump(DRAWS_A_PERSON), increment));
    struct jump jump = rng_jump(rng_purpose(purpose, "queued", 0));
    double      above = uniform_of(rng_uniform52(base * jump.mult + jump.sum * increment)).above;
    return -log(above) * 365 * 1440 / per_year;
}

Test(loss, comes_at_the_date_of_the_keyed_draw)
{
    /* from the start of the period, whatever time they have waited: a hazard has no memory. The
     * least of the two dates is the event. */
    struct support_run run = support_run(
        QUEUE(IN("paid: {per_year: 3, next: release}, lapsed: {per_year: 2, next: release}"), "",
              "{waiting: {queued: {persons: 50, since: 300 days}}}"),
        0);
    int paid = 0, early = 0;
    for (unsigned n = 0; n < 50; n++) {
        double one = date_of("waiting/queued", n, "leaves.paid", 3);
        double other = date_of("waiting/queued", n, "leaves.lapsed", 2), first = fmin(one, other);
        if (first > 729.0 * 1440)
            continue;
        cr_expect_leq(fabs(lost_minute(&run, n) - first), 0.51 + 2e-6 * first, "number %u", n);
        paid += first < 364.99 * 1440 && one < other;
        early += first < 364.99 * 1440;
    }
    cr_expect_eq(support_year(&run, "left_queue status.queued.paid", 2026), paid);
    cr_expect_eq(support_year(&run, "left_queue status.queued.lapsed", 2026), early - paid);
    cr_expect_eq(support_year(&run, "left_queue total", 2026), early);
    cr_expect_eq(support_year(&run, "released total", 2026), 0, "they were not held");
    cr_expect_eq(run.record.total[TOTAL_START],
                 run.record.total[TOTAL_OUTSIDE] + run.record.total[TOTAL_LEFT]);
}

Test(loss, of_two_reasons_splits_as_their_hazards)
{
    /* 20,000 people, hazards 1.2 and 0.4: after 365 days exp(-1.6) = 0.2019 are left, of 15,962
     * lost 3/4 = 11,971 for the first reason; four standard deviations of a binomial number. */
    struct support_run run = support_run(
        QUEUE(IN("a: {per_year: 1.2, next: release}, b: {per_year: 0.4, next: release}"), "",
              "{waiting: {queued: {persons: 20000}}}"),
        0);
    double  left = 20000 * exp(-1.6), lost = 20000 - left;
    int64_t a = support_year(&run, "left_queue status.queued.a", 2026);
    int64_t b = support_year(&run, "left_queue status.queued.b", 2026);
    cr_expect_leq(fabs(support_day(&run, "waiting total", "2026-12-31") - left),
                  4 * sqrt(left * (1 - exp(-1.6))));
    cr_expect_eq(a + b, 20000 - support_day(&run, "waiting total", "2026-12-31"));
    cr_expect_leq(fabs((double)a - lost * 3 / 4), 4 * sqrt((double)lost * 3 / 16 + lost * 0.2 / 4));
}

Test(loss, keeps_a_queue_without_places_at_its_inflow_over_the_hazard)
{
    /* M/M/inf: 8 a day, hazard 73 a year = 0.2 a day: 40 people. A mean over T = 720 days has the
     * variance 2 x 40 x (1 / 0.2) / 720 = 0.556: 4 sd = 2.98. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2028-01-20, warm_up: 30 days}\n"
        "regimes: {ward: {}}\n"
        "units: {none: {regime: ward, places: 0}}\n"
        "statuses: {queued: {waits: {in: outside, leaves: {lapsed: {per_year: 73, next: "
        "release}}}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "flows: {people: {status: queued, per_day: 8}}\n",
        0);
    double days = 720, people = 0;
    for (int year = 2026; year <= 2028; year++)
        people += (double)support_year(&run, "waiting_mean total", year) / 1440 / days;
    cr_expect_leq(fabs(people - 40), 2.98, "%f", people);
    cr_expect_gt(people, 30);
}

Test(loss, leads_to_the_status_that_follows)
{
    /* one a minute: all are gone within an hour or so. They are arrested elsewhere: no place is
     * needed for that here, and after 2 days they are released. */
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2026-03-01}\n"
                    "regimes: {ward: {}}\n"
                    "units: {none: {regime: ward, places: 0}}\n"
                    "statuses:\n"
                    "  queued: {stay: 5 days, waits: {in: outside, leaves: {found: {per_year: "
                    "525600, next: arrested}}}}\n"
                    "  arrested: {clock: arrival, stay: 2 days}\n"
                    "placement: {all: {who: {status: queued}, to: [ward]}}\n"
                    "start: {waiting: {queued: {persons: 3}}}\n",
                    0);
    cr_expect_eq(support_year(&run, "left_queue status.queued.found", 2026), 3);
    cr_expect_eq(support_year(&run, "entries status.arrested", 2026), 3);
    cr_expect_eq(support_year(&run, "left_waiting total", 2026), 0);
    cr_expect_eq(support_year(&run, "released status.arrested", 2026), 3);
    cr_expect_str_eq(support_days(&run, "waiting total", 3), "0 0 0");
    cr_expect_str_eq(support_days(&run, "outside total", 4), "3 3 0 0");
}

Test(loss, stops_with_the_place_and_never_comes_at_a_hazard_of_0)
{
    /* 10 places for 10 people, at once: nobody waits, though the hazard is one a minute; the others
     * have none */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "regimes: {ward: {}, annex: {}}\n"
        "units: {ward: {regime: ward, places: 10}, none: {regime: annex, places: 0}}\n"
        "statuses:\n"
        "  quick: {stay: 50 days, waits: {in: outside, leaves: {gone: {per_year: 525600, next: "
        "release}}}}\n"
        "  slow: {stay: 50 days, waits: {in: outside, leaves: {gone: {per_year: 0, next: "
        "release}}}}\n"
        "placement: {quick: {who: {status: quick}, to: [ward]}, slow: {to: [annex]}}\n"
        "start: {waiting: {quick: {persons: 10}, slow: {persons: 10}}}\n",
        0);
    cr_expect_eq(support_year(&run, "left_queue total", 2026), 0);
    cr_expect_eq(support_year(&run, "released status.quick", 2026), 10);
    cr_expect_eq(support_day(&run, "waiting total", "2026-12-31"), 10);
}

Test(loss, is_drawn_anew_for_each_wait)
{
    /* A hazard of 40 a year: exp(-40 x 4 / 365) = 0.6451 are still in the cell at the limit of 4
     * days and sent home, 2,580 of 4,000 (4 sd = 121). Back on day 7, 0.6451^2 x 4,000 = 1,665 (4
     * sd = 125) are sent home on day 11. The same draw again would let all of them stay. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"
        "units: {none: {regime: ward, places: 0}}\n"
        "statuses: {held: {stay: 5 days, waits: {in: cell, limit: 4 days, at_limit: [sent_home], "
        "leaves: {gone: {per_year: 40, next: release}}}, sent_home: {back_after: 3 days}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {waiting: {held: {persons: 4000}}}\n",
        0);
    int64_t first = support_day(&run, "sent_home total", "2026-01-05");
    int64_t second = support_day(&run, "sent_home total", "2026-01-12");
    cr_expect(first > 2459 && first < 2701, "%d", (int)first);
    cr_expect(second > 1540 && second < 1790, "%d", (int)second);
    cr_expect_eq(support_day(&run, "waiting total", "2026-01-06"), 0, "at home nobody waits");
}

Test(loss, varies_by_attribute)
{
    /* all women are lost on the first day, no man ever */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "attributes: {sex: {man: 0.7, woman: rest}}\n"
        "regimes: {ward: {}}\n"
        "units: {none: {regime: ward, places: 0}}\n"
        "statuses: {queued: {stay: 5 days, waits: {in: outside, leaves: {gone: {per_year: {by: "
        "sex, man: 0, else: 525600}, next: release}}}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {waiting: {queued: {persons: 1000}}}\n"
        "output: {daily: [sex]}\n",
        0);
    int64_t men = support_day(&run, "waiting sex.man", "2026-01-01");
    cr_expect(men > 640 && men < 760, "%d", (int)men);
    cr_expect_eq(support_day(&run, "waiting total", "2026-12-31"), men);
    cr_expect_eq(support_year(&run, "left_queue total", 2026), 1000 - men);
}

Test(loss, goes_on_while_called_up_and_on_his_way)
{
    /* 4,000 are called on day 4 for day 369; with a hazard of 2 a year exp(-2 x 369 / 365) = 0.1324
     * come: 530, 4 sd = 86. The others are no longer awaited: 4,000 places are filled again. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2027-12-31}\n"
        "regimes: {ward: {}}\n"
        "units: {ward: {regime: ward, places: 4000}}\n"
        "statuses:\n"
        "  queued: {stay: 3 years, called_up: {notice: 365 days}, waits: {in: outside, leaves: "
        "{lapsed: {per_year: 2, next: release}}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {waiting: {queued: {persons: 4000}}}\n",
        0);
    int64_t placed = support_year(&run, "placements total", 2027);
    cr_expect_leq(fabs((double)placed - 4000 * exp(-2 * 369.0 / 365)), 86, "%d", (int)placed);
    cr_expect_eq(placed + support_year(&run, "left_queue total", 2026) +
                     support_year(&run, "left_queue total", 2027),
                 4000);
    cr_expect_eq(support_day(&run, "present total", "2027-12-31"), placed);
}

Test(loss, frees_the_place_that_is_kept_while_waiting)
{
    /* `patient` blocks the ward in which he was held; cured within the hour, he leaves it to the
     * next one in the queue */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-02-01}\n"
        "regimes: {ward: {}, clinic: {}}\n"
        "units: {ward: {regime: ward, places: 1}, clinic: {regime: clinic, places: 0}}\n"
        "statuses:\n"
        "  held: {stay: 10 days, next: {patient: 1}}\n"
        "  patient: {stay: 1 year, waits: {in: present_place, leaves: {cured: {per_year: 525600, "
        "next: release}}}}\n"
        "placement: {held: {who: {status: held}, to: [ward]}, patient: {to: [clinic]}}\n"
        "start: {present: {held: {persons: 1, elapsed: 6 days}}, waiting: {held: {persons: 1}}}\n",
        0);
    cr_expect_eq(support_year(&run, "left_queue status.patient.cured", 2026), 2);
    cr_expect_eq(support_day(&run, "present total", "2026-01-14"), 1, "day 13: the second one");
    cr_expect_eq(support_day(&run, "present total", "2026-01-15"), 0, "day 14: 4 + 10");
    cr_expect_eq(run.record.total[TOTAL_LEFT], 2);
}

Test(loss, touches_the_same_people_earlier_when_the_hazard_rises)
{
    struct support_run low = support_run(
        QUEUE(IN("lapsed: {per_year: 2, next: release}"), "", "{waiting: {queued: {persons: 40}}}"),
        0);
    struct support_run high = support_run(
        QUEUE(IN("lapsed: {per_year: 4, next: release}"), "", "{waiting: {queued: {persons: 40}}}"),
        0);
    for (unsigned n = 0; n < 40; n++)
        if (lost_minute(&low, n) >= 0)
            cr_expect_leq(abs(2 * lost_minute(&high, n) - lost_minute(&low, n)), 2);
}

/* The stationary chain of M/M/10 with impatience (Erlang A): 12 a day, a mean stay of a day, hazard
 * 0.5 a day: people in the queue, and the share of arrivals that is lost. */
static void erlang_a(double *queue, double *lost)
{
    double weight = 1, sum = 1;
    *queue = 0;
    for (int n = 1; n < 200; n++) {
        weight *= 12 / (fmin(n, 10) + 0.5 * fmax(n - 10, 0));
        sum += weight;
        *queue += weight * fmax(n - 10, 0);
    }
    *queue /= sum;
    *lost = 0.5 * *queue / 12;
}

Test(loss, of_a_busy_ward_is_that_of_erlang_a)
{
    double exact[2], mean[2] = {0}, square[2] = {0};
    erlang_a(&exact[0], &exact[1]);
    cr_assert(exact[0] > 4.4 && exact[0] < 5.2, "Lq near (12 - 10) / 0.5 = 4: %f", exact[0]);
    for (uint32_t r = 0; r < 12; r++) {
        struct support_run run = support_run(
            "period: {start: 2026-01-01, end: 2027-01-10, warm_up: 10 days}\n"
            "regimes: {ward: {}}\n"
            "units: {ward: {regime: ward, places: 10}}\n"
            "statuses: {patient: {stay: {exponential: {mean: 1 day}}, waits: {in: outside, leaves: "
            "{gone: {per_year: 182.5, next: release}}}}}\n"
            "placement: {all: {to: [ward]}}\n"
            "flows: {people: {status: patient, per_day: 12}}\n",
            r);
        double got[2] = {0}, arrivals = 0;
        for (int year = 2026; year <= 2027; year++) {
            got[0] += (double)support_year(&run, "waiting_mean total", year) / 1440 / 365;
            got[1] += (double)support_year(&run, "left_queue status.patient.gone", year);
            arrivals += (double)support_year(&run, "arrivals total", year);
        }
        got[1] /= arrivals;
        for (int i = 0; i < 2; i++) {
            mean[i] += got[i] / 12;
            square[i] += got[i] * got[i] / 12;
        }
    }
    for (int i = 0; i < 2; i++) {
        double se = sqrt((square[i] - mean[i] * mean[i]) / 11);
        cr_expect_leq(fabs(mean[i] - exact[i]), 4 * se, "%f not %f", mean[i], exact[i]);
        cr_expect_lt(se, 0.05 * exact[i]);
    }
}
