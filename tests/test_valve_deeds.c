#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/support.h"

/* A queue of people who are sought, outside, for whom there is no place. Day 0 is 2026-01-01. */
#define SOUGHT(leaves, valves, start)                                                              \
    "period: {start: 2026-01-01, end: 2027-12-31}\n"                                               \
    "attributes: {sex: {man: 0.5, woman: rest}}\n"                                                 \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {none: {regime: ward, places: 0}}\n"                                                   \
    "statuses:\n"                                                                                  \
    "  wanted: {sentence: {bands: [[0.5, 1 day, 40 days], [rest, 41 days, 90 days]]}, waits: "     \
    "{in: "                                                                                        \
    "outside, leaves: {" leaves "}}}\n"                                                            \
    "placement: {all: {to: [ward]}}\n" valves "start: {waiting: {wanted: {" start "}}}\n"
#define ARRESTED "arrested: {per_year: 3, next: release}"
#define HUNDRED "persons: 100, since: 9 days"
#define STOP(dates, more)                                                                          \
    "valves: {v: {" dates "does: {stop_arrests: {leaves: arrested" more "}}}}\n"

/* Minute at which number `n` left the queue; -1: he did not. */
static int32_t lost_minute(const struct support_run *run, unsigned n)
{
    for (uint32_t i = 0; i < run->trace.count; i++)
        if (run->trace.row[i].what == TRACE_LEFT_QUEUE &&
            (run->trace.row[i].key >> PERSON_POINT_SHIFT & 0x1ffffff) == n)
            return run->trace.row[i].minute;
    return -1;
}

#define DAY(n) ((n)*1440)
#define END_MIN DAY(730)

/* The minute at which he is arrested when days from .. to - 1 do not count. */
static int32_t after_stop(int32_t minute, int from, int to)
{
    int32_t later = minute <= DAY(from) ? minute : minute + DAY(to - from);
    return minute < 0 || later >= END_MIN ? -1 : later;
}

Test(valve_deeds, arrests_stand_still_and_go_on_where_they_were)
{
    /* Stopped on days 31 to 89 (February and March), and again on days 100 to 109. */
    struct support_run none = support_run(SOUGHT(ARRESTED, "", HUNDRED), 0);
    struct support_run stop = support_run(
        SOUGHT(ARRESTED,
               "valves: {v: {from: 2026-02-01, to: 2026-03-31, does: {stop_arrests: {leaves: "
               "arrested}}}, w: {from: 2026-04-11, to: 2026-04-20, does: {stop_arrests: {leaves: "
               "arrested}}}}\n",
               HUNDRED),
        0);
    int waited = 0, waited_again = 0, before = 0;
    for (unsigned n = 0; n < 100; n++) {
        int32_t was = lost_minute(&none, n), first = after_stop(was, 31, 90);
        int32_t again = after_stop(first, 100, 110);
        cr_expect_eq(lost_minute(&stop, n), again, "number %u: %d, not %d", n,
                     lost_minute(&stop, n), again);
        before += was >= 0 && was <= DAY(31);
        waited_again += first < 0 || first > DAY(100);
    }
    waited = 100 - before;
    cr_expect(before > 5 && waited_again < waited - 2); /* else it would show nothing */
    /* who waited when it opened: nobody comes */
    cr_expect_eq(support_year(&stop, "people valve.v", 2026), waited);
    cr_expect_eq(support_year(&stop, "people valve.w", 2026), waited_again);
    cr_expect_eq(support_year(&stop, "days_open valve.v", 2026), 59);
    cr_expect_eq(support_year(&stop, "openings valve.v", 2026), 1);
}

Test(valve_deeds, two_stops_at_once_are_one)
{
    /* on days 31 to 89 and 60 to 119: together days 31 to 119 */
    struct support_run none = support_run(SOUGHT(ARRESTED, "", HUNDRED), 0);
    struct support_run both = support_run(
        SOUGHT(ARRESTED,
               "valves: {v: {from: 2026-02-01, to: 2026-03-31, does: {stop_arrests: {leaves: "
               "arrested}}}, w: {from: 2026-03-02, to: 2026-04-30, does: {stop_arrests: {leaves: "
               "arrested}}}}\n",
               HUNDRED),
        0);
    for (unsigned n = 0; n < 100; n++)
        cr_expect_eq(lost_minute(&both, n), after_stop(lost_minute(&none, n), 31, 120));
}

Test(valve_deeds, other_reasons_go_on_while_arrests_are_stopped)
{
    /* Stopped for ever: who lapses does so when he would have lapsed without arrests. */
    struct support_run lapsed =
        support_run(SOUGHT("lapsed: {per_year: 1, next: release}", "", HUNDRED), 0);
    struct support_run stop = support_run(
        SOUGHT("lapsed: {per_year: 1, next: release}, " ARRESTED, STOP("", ""), HUNDRED), 0);
    for (unsigned n = 0; n < 100; n++)
        cr_expect_eq(lost_minute(&stop, n), lost_minute(&lapsed, n));
    cr_expect_eq(support_year(&stop, "left_queue status.wanted.arrested", 2026), 0);
}

/* How many are arrested at another time than without the valve; each of `within` too, and to the
 * same minute. */
static int count_touched(const struct support_run *none, const struct support_run *some,
                         const struct support_run *within)
{
    int touched = 0;
    for (unsigned n = 0; n < 100; n++) {
        if (lost_minute(none, n) == lost_minute(some, n))
            continue;
        touched++;
        if (within)
            cr_expect_eq(lost_minute(some, n), lost_minute(within, n), "number %u", n);
    }
    return touched;
}

#define IN_SPRING "from: 2026-02-01, to: 2026-03-31, "

Test(valve_deeds, a_larger_share_of_arrests_stopped_has_the_same_people_and_more)
{
    struct support_run none = support_run(SOUGHT(ARRESTED, "", HUNDRED), 0);
    struct support_run nobody =
        support_run(SOUGHT(ARRESTED, STOP(IN_SPRING, ", share: 0"), HUNDRED), 0);
    struct support_run some =
        support_run(SOUGHT(ARRESTED, STOP(IN_SPRING, ", share: 0.3"), HUNDRED), 0);
    struct support_run more =
        support_run(SOUGHT(ARRESTED, STOP(IN_SPRING, ", share: 0.7"), HUNDRED), 0);
    struct support_run all = support_run(SOUGHT(ARRESTED, STOP(IN_SPRING, ""), HUNDRED), 0);
    int few = count_touched(&none, &some, &more), many = count_touched(&none, &more, &all);
    cr_expect_eq(count_touched(&none, &nobody, NULL), 0);
    cr_expect_eq(support_year(&nobody, "people valve.v", 2026), 0);
    cr_expect(0 < few && few < many && many < count_touched(&none, &all, NULL));
}

Test(valve_deeds, arrests_of_short_sentences_or_of_some_people_stop)
{
    /* of 40 days at most, or more than 40: each is touched by one of the two */
    struct support_run       none = support_run(SOUGHT(ARRESTED, "", HUNDRED), 0);
    struct support_run       all = support_run(SOUGHT(ARRESTED, STOP(IN_SPRING, ""), HUNDRED), 0);
    static const char *const half[][2] = {
        {SOUGHT(ARRESTED, STOP(IN_SPRING, ", sentence: {at_most: 40 days}"), HUNDRED),
         SOUGHT(ARRESTED, STOP(IN_SPRING, ", sentence: {at_least: 41 days}"), HUNDRED)},
        {SOUGHT(ARRESTED, STOP(IN_SPRING, ", who: {sex: man}"), HUNDRED),
         SOUGHT(ARRESTED, STOP(IN_SPRING, ", who: {sex: woman}"), HUNDRED)}};
    for (int i = 0; i < 2; i++) {
        struct support_run one = support_run(half[i][0], 0), other = support_run(half[i][1], 0);
        int a = count_touched(&none, &one, &all), b = count_touched(&none, &other, &all);
        cr_expect(a > 20 && b > 20 && a + b == count_touched(&none, &all, NULL), "%d + %d", a, b);
    }
}

Test(valve_deeds, who_is_called_up_comes_where_his_arrest_has_stopped)
{
    /* Called on Monday day 4 for day 34. Without the stop most of 40 would be arrested before (the
     * mean is 12 days): who is not by day 10, when it stops, reports on day 34. When it stops no
     * more on day 20, arrests go on before day 34. */
#define CALLED(valves)                                                                             \
    "period: {start: 2026-01-01, end: 2026-03-31}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: 99}}\n"                                                  \
    "statuses: {reporter: {sentence: 9 days, waits: {in: outside, leaves: {arrested: {per_year: "  \
    "30, next: release}}}, called_up: {notice: 30 days}}}\n"                                       \
    "placement: {all: {to: [ward]}}\n" valves                                                      \
    "start: {waiting: {reporter: {persons: 40, since: 5 "                                          \
    "days}}}\n"
    struct support_run none = support_run(CALLED(""), 0);
    struct support_run stop = support_run(CALLED(STOP("from: 2026-01-11, ", "")), 0);
    struct support_run some =
        support_run(CALLED(STOP("from: 2026-01-11, to: 2026-01-20, ", "")), 0);
    int by_10 = 0, by_34 = 0, by_24 = 0;
    for (unsigned n = 0; n < 40; n++) {
        int32_t minute = lost_minute(&none, n);
        by_10 += minute >= 0 && minute <= DAY(10);
        by_24 += minute >= 0 && minute <= DAY(24);
        by_34 += minute >= 0 && minute <= DAY(34);
    }
    cr_expect(by_10 < by_24 && by_24 < by_34);
    cr_expect_eq(support_count(&none, TRACE_PLACED, NULL), 40 - by_34);
    cr_expect_eq(support_count(&stop, TRACE_PLACED, NULL), 40 - by_10);
    cr_expect_eq(support_count(&some, TRACE_PLACED, NULL), 40 - by_24);
}

Test(valve_deeds, what_falls_in_the_minute_of_a_stop_still_happens)
{
    /* Arrests stop at 0:00 of day 10, when a rule begins to hold for one who has waited 10 days. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-03-31}\n"
        "regimes: {ward: {}, free: {}}\n"
        "units: {none: {regime: ward, places: 0}, some: {regime: free, places: 1}}\n"
        "statuses: {wanted: {stay: 5 days, waits: {in: outside, leaves: {arrested: {per_year: "
        "0.01, next: release}}}}}\n"
        "placement: {all: {to: [ward]}, late: {to: [free], after: 10 days}}\n"
        "valves: {v: {from: 2026-01-11, does: {stop_arrests: {leaves: arrested}}}}\n"
        "start: {waiting: {wanted: {persons: 1, since: 0 days}}}\n",
        0);
    cr_expect(strstr(support_history(&run, NULL), "10 00:00 waiting/wanted 0 placed wanted some"),
              "%s", support_history(&run, NULL));
    cr_expect_eq(support_year(&run, "people valve.v", 2026), 1);
}

/* -- a wave, not a step */

#define A_DAY 40.0
#define PER_YEAR 12.0
#define WAVE(valves)                                                                               \
    "period: {start: 2025-01-01, end: 2027-12-31, warm_up: 365 days}\n"                            \
    "regimes: {ward: {}, cell: {places: unlimited}}\n"                                             \
    "units: {none: {regime: ward, places: 0}}\n"                                                   \
    "statuses:\n"                                                                                  \
    "  wanted: {stay: 1 day, waits: {in: outside, leaves: {arrested: {per_year: 12, next: "        \
    "arrested}}}}\n"                                                                               \
    "  arrested: {stay: 1 day}\n"                                                                  \
    "flows: {town: {status: wanted, per_day: 40}}\n"                                               \
    "placement: {wanted: {who: {status: wanted}, to: [ward]}, arrested: {to: [cell]}}\n" valves

static double sum_of_days(const struct support_run *run, const char *column, const char *from,
                          int days)
{
    double sum = 0;
    char   date[11];
    for (int d = 0; d < days; d++) {
        int32_t first = 0;
        cr_assert(date_parse(from, &first));
        date_format(first + d, date);
        sum += (double)support_day(run, column, date);
    }
    return sum;
}

static void expect_poisson(double got, double mean, const char *what)
{
    cr_expect_leq(fabs(got - mean), 4 * sqrt(mean), "%s: %f, expected %f", what, got, mean);
}

Test(valve_deeds, the_end_of_a_stop_of_arrests_makes_a_wave)
{
    /* Arrivals Poisson with l = 40 a day, hazard h = 12 / 365 a day: in balance the stock is
     * Poisson with the mean S = l / h = 1216.7. A stop of T = 90 days from 1 April 2026 (by 29
     * June) brings it to S + l T = 4816.7. In u days after it l u + l T (1 - exp(-h u)) are
     * arrested (Poisson, since the queue is a M/M/infinity): first 40 + 118 a day, then back to 40
     * within months. All that was put off comes: l T = 3,600 more than l u by the end, but for
     * exp(-h u). */
    const double       h = PER_YEAR / 365, T = 90, S = A_DAY / h;
    struct support_run run = support_run(
        WAVE("valves: {v: {from: 2026-04-01, to: 2026-06-29, does: {stop_arrests: {leaves: "
             "arrested}}}}\n"),
        0);
    const char *arrested = "left_queue total";
    expect_poisson(sum_of_days(&run, arrested, "2026-01-01", 90), A_DAY * 90, "before");
    cr_expect_eq(sum_of_days(&run, arrested, "2026-04-01", 90), 0);
    expect_poisson(sum_of_days(&run, "waiting total", "2026-03-31", 1), S, "stock before");
    expect_poisson(sum_of_days(&run, "waiting total", "2026-06-29", 1), S + A_DAY * T, "stock");
    static const int days[] = {7, 30, 90, 180, 500};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        double u = days[i];
        expect_poisson(sum_of_days(&run, arrested, "2026-06-30", days[i]),
                       A_DAY * u + A_DAY * T * (1 - exp(-h * u)), "after");
    }
    /* who waited when it opened, and who came in the 90 days, each once */
    expect_poisson((double)support_year(&run, "people valve.v", 2026), S + A_DAY * T, "people");
}

/* -- call-up */

/* One place, three who report at liberty in one queue: `middle` waits longest, `brief` a day less,
 * `long` least. Mondays are days 4, 11, 18, ..; who is called reports on the day after. */
#define REPORTER(name, days)                                                                       \
    name ": {sentence: " days " days, waits: {in: outside}, called_up: {notice: 1 day}}"
#define REPORTERS(order, valves)                                                                   \
    "period: {start: 2026-01-01, end: 2026-06-30}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: 1}}\n"                                                   \
    "statuses: {" REPORTER("middle", "19") ", " REPORTER("brief", "9") ", " REPORTER(              \
        "long", "39") "}\n"                                                                        \
                      "placement: {all: {to: [ward]" order "}}\n" valves                           \
                      "start: {waiting: {middle: {persons: 1, since: 9 days}, brief: {persons: "   \
                      "1, since: 8 days}, "                                                        \
                      "long: {persons: 1, since: 7 days}}}\n"

static int called_day(const struct support_run *run, const char *group)
{
    char stream[40];
    int  day = -1;
    snprintf(stream, sizeof stream, "waiting/%s", group);
    const char *history = support_history(run, stream), *line = strstr(history, " called ");
    cr_assert(line, "%s", history);
    while (line > history && line[-1] != '\n')
        line--;
    cr_assert_eq(sscanf(line, "%d", &day), 1);
    return day;
}

static struct support_run expect_called(const char *text, int middle, int brief, int longest)
{
    struct support_run run = support_run(text, 0);
    cr_expect_eq(called_day(&run, "middle"), middle, "middle: %d", called_day(&run, "middle"));
    cr_expect_eq(called_day(&run, "brief"), brief, "brief: %d", called_day(&run, "brief"));
    cr_expect_eq(called_day(&run, "long"), longest, "long: %d", called_day(&run, "long"));
    return run;
}

static void expect_ordered(const char *text, int middle, int brief, int longest, int people)
{
    struct support_run run = expect_called(text, middle, brief, longest);
    cr_expect_eq(support_year(&run, "people valve.v", 2026), people);
}

#define ALL "[brief, long, middle]}}}\n"
#define BY_SENTENCE "does: {call_longest_sentence: " ALL
#define BY_WAITING "does: {call_longest_waiting: " ALL

Test(valve_deeds, call_the_longest_sentence_first_or_the_longest_waiting)
{
    /* Longest waiting first: middle is in on days 5 to 23, brief is called on day 25 and in on 26
     * to 34, long on day 39. Longest sentence first: long is in on 5 to 43, middle is called on day
     * 46 and in on 47 to 65, brief on day 67. */
    expect_called(REPORTERS("", ""), 4, 25, 39);
    expect_called(REPORTERS(", order: longest_sentence", ""), 46, 67, 4);
    expect_ordered(REPORTERS("", "valves: {v: {" BY_SENTENCE), 46, 67, 4, 3);
    expect_ordered(REPORTERS(", order: longest_sentence", "valves: {v: {" BY_WAITING), 4, 25, 39,
                   3);
    /* Open on day 4 only: then brief waits on day 46 as long as middle less a day. From day 5 on:
     * long is called on day 25 and in on 26 to 64. */
    expect_ordered(REPORTERS("", "valves: {v: {to: 2026-01-05, " BY_SENTENCE), 46, 67, 4, 1);
    expect_ordered(REPORTERS("", "valves: {v: {from: 2026-01-06, " BY_SENTENCE), 4, 67, 25, 2);
    /* Of two the first by name, wherever it stands in the file. */
    expect_ordered(REPORTERS("", "valves: {w: {does: {call_longest_waiting: [brief, long, middle]"
                                 "}}, v: {" BY_SENTENCE),
                   46, 67, 4, 3);
}

Test(valve_deeds, a_stop_of_calls_stores_sentences_that_are_served_later)
{
    /* Stopped up to day 66: middle is called on Monday day 67 and in on 68 to 86, brief on day 88
     * and in on 89 to 97, long on day 102. By the end both runs have held 19 + 9 + 39 = 67 days. */
    struct support_run none = expect_called(REPORTERS("", ""), 4, 25, 39);
    struct support_run stop = expect_called(
        REPORTERS("", "valves: {v: {to: 2026-03-08, does: {stop_calling: " ALL), 67, 88, 102);
    cr_expect_eq(support_year(&none, "present_mean total", 2026), 67 * 1440);
    cr_expect_eq(support_year(&stop, "present_mean total", 2026), 67 * 1440);
}

/* -- places out of category */

/* One place of the ward and one of the wing. `first` is in the ward up to day 40. `second` and
 * `third` come on days 3 and 5 to a cell; only the first of them has room in the wing. */
#define SPILL(ladder, valves)                                                                      \
    "period: {start: 2026-01-01, end: 2026-03-31}\n"                                               \
    "regimes: {ward: {}, wing: {}, cell: {places: unlimited, emergency: true}}\n"                  \
    "units: {ward: {regime: ward, places: 1}, wing: {regime: wing, places: 1}}\n"                  \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 90 days, next: {patient: 1}}\n"                              \
    "  patient: {stay: 50 days, waits: {in: cell" ladder "}}\n"                                    \
    "placement: {all: {who: {status: patient}, to: [ward], out_of_category: [wing]}}\n" valves     \
    "start: {present: {first: {status: patient, persons: 1, elapsed: 10 days, in: [ward]}, "       \
    "second: {status: coming, persons: 1, elapsed: 87 days}, third: {status: coming, persons: 1, " \
    "elapsed: 85 days}}}\n"

static void expect_placed(const struct support_run *run, const char *group, int day,
                          const char *unit)
{
    char line[80], stream[40];
    snprintf(stream, sizeof stream, "present/%s", group);
    snprintf(line, sizeof line, "%d 00:00 %s 0 placed patient %s\n", day, stream, unit);
    cr_expect(strstr(support_history(run, stream), line), "%s\n%s", line,
              support_history(run, stream));
}

Test(valve_deeds, open_a_rule_to_places_out_of_category)
{
    /* Never open: second has the ward on day 40, third on day 90. */
    struct support_run run = support_run(SPILL("", ""), 0);
    expect_placed(&run, "second", 40, "ward");
    /* Open from day 10 to 19: second moves to the wing on day 10 and waits on for the ward, which
     * he has on day 40, before third. The wing that he leaves is closed to third, who has the ward
     * after him: second's 50 days end on day 60. */
#define OPEN(dates) "valves: {v: {" dates ", does: {out_of_category: all}}}\n"
    run = support_run(SPILL("", OPEN("from: 2026-01-11, to: 2026-01-20")), 0);
    expect_placed(&run, "second", 10, "wing");
    expect_placed(&run, "second", 40, "ward");
    expect_placed(&run, "third", 60, "ward");
    cr_expect_eq(support_year(&run, "people valve.v", 2026), 1);
    /* Open to the end: third has the wing as soon as second leaves it. */
    run = support_run(SPILL("", OPEN("from: 2026-01-11")), 0);
    expect_placed(&run, "second", 40, "ward");
    expect_placed(&run, "third", 40, "wing");
    cr_expect_eq(support_year(&run, "people valve.v", 2026), 2);
    cr_expect_eq(support_year(&run, "out_of_category total", 2026), 2);
    /* Closed before anybody waits, on days 0 to 2: nothing happens. */
    run = support_run(SPILL("", OPEN("to: 2026-01-03")), 0);
    expect_placed(&run, "second", 40, "ward");
    cr_expect_eq(support_year(&run, "people valve.v", 2026), 0);
}

Test(valve_deeds, leave_the_ladder_at_the_limit_as_it_is)
{
    /* By the ladder second has the wing after 4 days, on day 7; the valve does not count him, nor
     * does it matter when it closes. */
    struct support_run run = support_run(SPILL(", limit: 4 days, at_limit: [out_of_category, stay]",
                                               OPEN("from: 2026-02-01, to: 2026-02-05")),
                                         0);
    expect_placed(&run, "second", 7, "wing");
    expect_placed(&run, "second", 40, "ward");
    expect_placed(&run, "third", 40, "wing");
    cr_expect_eq(support_year(&run, "people valve.v", 2026), 0);
}

/* -- cells for two */

/* Two cells for two with two people in them, one more who waits from the start, and one place
 * elsewhere that is free from day 7 on. Of the two in the ward one leaves on day 9. */
#define CELLS(on_shrink, valves)                                                                   \
    "period: {start: 2026-01-01, end: 2026-01-10}\n"                                               \
    "regimes: {ward: {two_in_a_cell: {}}, other: {}}\n"                                            \
    "units: {w: {regime: ward, places: 4, for_two: 2, on_shrink: " on_shrink "}, x: {regime: "     \
    "other, places: 1}}\n"                                                                         \
    "statuses: {fit: {stay: 90 days, waits: {in: outside}}}\n"                                     \
    "placement: {all: {to: [ward, other]}}\n"                                                      \
    "start: {present: {a: {status: fit, persons: 1, elapsed: 81 days, in: [ward]}, b: {status: "   \
    "fit, persons: 1, elapsed: 1 day, in: [ward]}, d: {status: fit, persons: 1, elapsed: 83 "      \
    "days, in: [other]}}, waiting: {fit: {persons: 1, since: 1 day}}}\n" valves
#define DOUBLE(dates) "valves: {v: {" dates ", does: {double_use: ward}}}\n"
#define DAYS_2_TO_4 "from: 2026-01-03, to: 2026-01-05"

static void expect_cells(const char *text, const char *present, const char *usable,
                         const char *over, int people)
{
    struct support_run run = support_run(text, 0);
    cr_expect_str_eq(support_days(&run, "present regime.ward", 10), present, "%s",
                     support_days(&run, "present regime.ward", 10));
    cr_expect_str_eq(support_days(&run, "usable regime.ward", 10), usable, "%s",
                     support_days(&run, "usable regime.ward", 10));
    cr_expect_str_eq(support_days(&run, "over_capacity total", 10), over, "%s",
                     support_days(&run, "over_capacity total", 10));
    if (people >= 0)
        cr_expect_eq(support_year(&run, "people valve.v", 2026), people);
}

Test(valve_deeds, second_places_count_only_while_it_is_open)
{
    /* Without the valve, or with one that is always open, the third has a second place at once.
     * With one that never opens he has the place elsewhere on day 7. */
    const char *none = "0 0 0 0 0 0 0 0 0 0";
    expect_cells(CELLS("drain", ""), "3 3 3 3 3 3 3 3 3 2", "3 3 3 3 3 3 3 3 3 3", none, -1);
    expect_cells(CELLS("drain", DOUBLE("from: 2025-01-01")), "3 3 3 3 3 3 3 3 3 2",
                 "3 3 3 3 3 3 3 3 3 3", none, 1);
    expect_cells(CELLS("drain", DOUBLE("to: 2025-12-31")), "2 2 2 2 2 2 2 2 2 1",
                 "2 2 2 2 2 2 2 2 2 2", none, 0);
}

Test(valve_deeds, second_places_go_by_the_rule_of_the_unit_when_it_closes)
{
    /* Open on days 2 to 4: the third comes in on day 2. From day 5 on 2 places count: he stays on,
     * above them or in a place that closes late, until one leaves on day 9; or must move, and does
     * on day 7. */
    const char *none = "0 0 0 0 0 0 0 0 0 0";
    expect_cells(CELLS("drain", DOUBLE(DAYS_2_TO_4)), "2 2 3 3 3 3 3 3 3 2", "2 2 3 3 3 2 2 2 2 2",
                 "0 0 0 0 0 1 1 1 1 0", 1);
    expect_cells(CELLS("hold", DOUBLE(DAYS_2_TO_4)), "2 2 3 3 3 3 3 3 3 2", "2 2 3 3 3 3 3 3 3 2",
                 none, 1);
    expect_cells(CELLS("transfer", DOUBLE(DAYS_2_TO_4)), "2 2 3 3 3 3 3 2 2 1",
                 "2 2 3 3 3 2 2 2 2 2", "0 0 0 0 0 1 1 0 0 0", 1);
}
