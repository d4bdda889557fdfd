#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/support.h"

/* 2026-01-01, day 0, is a Thursday. Of a stay of 90 days a group `present: {x: {elapsed: N days}}`
 * is released on day 90 - N at 0:00; one of `coming` comes then. */
#define PEOPLE                                                                                     \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 90 days, next: {patient: 1}}\n"                              \
    "  patient: {stay: 90 days, waits: {in: outside}}\n"                                           \
    "placement: {all: {who: {status: patient}, to: [ward]}}\n"
#define WORLD(places, end, valve, start)                                                           \
    "period: {start: 2026-01-01, end: " end "}\n"                                                  \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: " places "}}\n" PEOPLE "valves: {v: {" valve "}}\n"      \
    "start: {present: {" start "}}\n"
#define ONE(name, status, elapsed)                                                                 \
    name ": {status: " status ", persons: 1, elapsed: " elapsed " days}"

static void expect_released(const struct support_run *run, const char *group, int day)
{
    char line[80], stream[40];
    snprintf(stream, sizeof stream, "present/%s", group);
    snprintf(line, sizeof line, "%d 00:00 %s 0 released", day, stream);
    cr_expect(strstr(support_history(run, stream), line), "%s\n%s", line,
              support_history(run, stream));
}

static void expect_valve(const struct support_run *run, int openings, int days_open, int people,
                         int days_saved)
{
    cr_expect_eq(support_year(run, "openings valve.v", 2026), openings, "opened %d",
                 (int)support_year(run, "openings valve.v", 2026));
    cr_expect_eq(support_year(run, "days_open valve.v", 2026), days_open, "open %d",
                 (int)support_year(run, "days_open valve.v", 2026));
    cr_expect_eq(support_year(run, "people valve.v", 2026), people, "people %d",
                 (int)support_year(run, "people valve.v", 2026));
    cr_expect_eq(support_year(run, "days_saved valve.v", 2026), days_saved * 1440, "saved %d",
                 (int)support_year(run, "days_saved valve.v", 2026) / 1440);
}

Test(valve, that_closes_takes_back_the_dates_that_have_not_come)
{
    /* In force on days 20 to 39. a, planned for day 30, would have left on day 16: leaves on day
     * 20, 10 days early. b, planned for day 50, leaves on day 36, 14 days early. c, planned for day
     * 70, would leave on day 56: taken back. 24 days in all. */
    struct support_run run = support_run(
        WORLD("9", "2026-03-31", "from: 2026-01-21, to: 2026-02-09, does: {release_early: 14 days}",
              ONE("a", "patient", "60") ", " ONE("b", "patient", "40") ", " ONE("c", "patient",
                                                                                "20")),
        0);
    expect_released(&run, "a", 20);
    expect_released(&run, "b", 36);
    expect_released(&run, "c", 70);
    expect_valve(&run, 1, 20, 2, 24);
}

/* At 24:00 of days 0 to 7: 9 8 7 6 6 7 8 8, of day 8 on 9, of 10 places. */
#define SWING                                                                                      \
    ONE("a", "patient", "89")                                                                      \
    ", " ONE("b", "patient", "88") ", " ONE("c", "patient", "87") ", " ONE(                        \
        "k", "coming", "85") ", " ONE("l", "coming", "84") ", " ONE("m", "coming",                 \
                                                                    "82") ", "                     \
                                                                          "z: {status: patient, "  \
                                                                          "persons: 6, elapsed: "  \
                                                                          "0 days}"
#define OCCUPANCY(opens, closes)                                                                   \
    "opens: {occupancy: {at_least: " opens "}}, closes: {occupancy: {below: " closes               \
    "}}, does: {release_early: 1 day}, "

Test(valve, opens_at_one_mark_and_closes_below_another)
{
    /* Reviewed each midnight. It opens on day 1 with 0.9 and is open on days 1, 2 (0.8) and 3 (0.7
     * is not below 0.7); on day 4, with 0.6, it closes. 0.7 and 0.8 on days 6 to 8 do not open it
     * again; 0.9 on days 9 and 10 do. That is the course where nobody leaves early (share 0). Where
     * all do, b, planned for day 2, leaves on day 1 with a, and c, planned for day 3, on day 2. */
    struct support_run run =
        support_run(WORLD("10", "2026-01-11", OCCUPANCY("0.9", "0.7") "review: 1 day", SWING), 0);
    cr_expect_str_eq(support_days(&run, "present total", 3), "9 7 6");
    run = support_run(WORLD("10", "2026-01-11",
                            "opens: {occupancy: {at_least: 0.9}}, closes: {occupancy: {below: "
                            "0.7}}, review: 1 day, does: {release_early: 1 day, share: 0}",
                            SWING),
                      0);
    cr_expect_str_eq(support_days(&run, "present total", 11), "9 8 7 6 6 7 8 8 9 9 9");
    expect_valve(&run, 2, 5, 0, 0);
}

Test(valve, with_near_marks_flutters_where_one_with_hysteresis_does_not)
{
    /* 0.9 and 0.89: open on day 1, closed on day 2, open on days 9 and 10. */
    struct support_run run = support_run(
        WORLD("10", "2026-01-11",
              "opens: {occupancy: {at_least: 0.9}}, closes: {occupancy: {below: 0.89}}, review: 1 "
              "day, does: {release_early: 1 day, share: 0}",
              SWING),
        0);
    expect_valve(&run, 2, 3, 0, 0);
}

#define LAST_3(opens)                                                                              \
    "opens: {occupancy: {at_least: " opens "}}, closes: {occupancy: {below: 0.1}}, mean_over: 3 "  \
    "days, review: 3 days, does: {release_early: 1 day, share: 0}"

Test(valve, looks_at_the_mean_of_the_last_days_at_its_reviews)
{
    /* On day 3 it sees 9 + 8 + 7 = 24 of 30: 0.8 is reached, 0.801 is not. On day 6 6 + 6 + 7, on
     * day 9 8 + 8 + 9 = 25 of 30 = 0.833. */
    struct support_run run = support_run(WORLD("10", "2026-01-11", LAST_3("0.8"), SWING), 0);
    expect_valve(&run, 1, 8, 0, 0);
    run = support_run(WORLD("10", "2026-01-11", LAST_3("0.801"), SWING), 0);
    expect_valve(&run, 1, 2, 0, 0);
}

Test(valve, is_reviewed_on_mondays_or_on_the_first_of_the_month)
{
    /* full from the start; Monday is day 4, the first of February day 31; 40 days */
    struct support_run run = support_run(
        WORLD("2", "2026-02-09",
              "opens: {occupancy: {at_least: 1}}, closes: {occupancy: {below: 0.5}}, does: "
              "{release_early: 1 day, share: 0}",
              "z: {status: patient, persons: 2, elapsed: 0 days}"),
        0);
    expect_valve(&run, 1, 36, 0, 0);
    run = support_run(WORLD("2", "2026-02-09",
                            "opens: {occupancy: {at_least: 1}}, closes: {occupancy: {below: 0.5}}, "
                            "review: monthly, does: {release_early: 1 day, share: 0}",
                            "z: {status: patient, persons: 2, elapsed: 0 days}"),
                      0);
    expect_valve(&run, 1, 9, 0, 0);
}

#define FOUR                                                                                       \
    ONE("a", "patient", "77")                                                                      \
    ", " ONE("b", "patient", "78") ", " ONE("c", "patient", "79") ", " ONE("d", "patient", "80")

Test(valve, as_needed_frees_as_many_as_wait_nearest_planned_release_first)
{
    /* 4 places, planned d on day 10, c on 11, b on 12, a on 13. Two come on day 3 and wait. Reviews
     * on days 0, 5, 10: on day 5 d and c leave, 5 + 6 days early, and the two have their places. */
    struct support_run run = support_run(
        WORLD("4", "2026-01-20", "review: 5 days, does: {release_early: 14 days, as_needed: true}",
              FOUR ", m: {status: coming, persons: 2, elapsed: 87 days}"),
        0);
    expect_released(&run, "d", 5);
    expect_released(&run, "c", 5);
    expect_released(&run, "b", 12);
    expect_released(&run, "a", 13);
    cr_expect_str_eq(support_days(&run, "waiting total", 6), "0 0 0 2 2 0");
    expect_valve(&run, 1, 20, 2, 11);
}

Test(valve, as_needed_leaves_alone_whose_date_comes_after_the_next_review)
{
    /* 3 wait; of the two present one is planned for day 10, the other for day 60: his date, day 46,
     * would free no place before the review of day 10. */
    struct support_run run =
        support_run(WORLD("2", "2026-03-31",
                          "review: 5 days, to: 2026-01-09, does: {release_early: 14 days, "
                          "as_needed: true}",
                          ONE("d", "patient", "80") ", " ONE(
                              "e", "patient", "30") ", m: {status: "
                                                    "coming, persons: 3, elapsed: 87 days}"),
                    0);
    expect_released(&run, "d", 5);
    expect_released(&run, "e", 60);
    expect_valve(&run, 1, 9, 1, 5);
}

Test(valve, frees_at_most_its_cap_at_each_review)
{
    /* Nobody waits, and it is not asked. Reviews on days 0, 5, 10. Two of the same day and one a
     * day later: on day 0 number 0 leaves (10 days early), on day 5 number 1 (5 days), the third on
     * day 10 (1 day). */
    struct support_run run = support_run(
        WORLD("4", "2026-01-20", "review: 5 days, does: {release_early: 14 days, at_most: 1}",
              "c: {status: patient, persons: 2, elapsed: 80 days}, " ONE("b", "patient", "79")),
        0);
    const char *history = support_history(&run, "present/c");
    cr_expect(strstr(history, "0 00:00 present/c 0 released"), "%s", history);
    cr_expect(strstr(history, "5 00:00 present/c 1 released"), "%s", history);
    expect_released(&run, "b", 10);
    expect_valve(&run, 1, 20, 3, 16);
}

Test(valve, does_not_free_before_the_decision)
{
    /* A stay of 90 days that begins on day 3 while 100 days early is in force: leaves in the minute
     * after he got his place, not before it. */
    struct support_run run = support_run(
        WORLD("1", "2026-01-20", "does: {release_early: 100 days}", ONE("m", "coming", "87")), 0);
    cr_expect_str_eq(support_history(&run, NULL), "3 00:00 present/m 0 status patient outside\n"
                                                  "3 00:00 present/m 0 placed patient ward\n"
                                                  "3 00:01 present/m 0 released patient ward\n");
    cr_expect_eq(support_year(&run, "days_saved valve.v", 2026), 90 * 1440 - 1);
}

Test(valve, of_several_the_earliest_date_wins_and_owns_the_days)
{
    /* planned for day 60: by a on day 55, by b on day 46. b closes on day 40: a's holds again. The
     * order in the file does not matter. */
#define TWO(first, second)                                                                         \
    "period: {start: 2026-01-01, end: 2026-03-31}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: 9}}\n" PEOPLE "valves: {" first ", " second "}\n"        \
    "start: {present: {" ONE("x", "patient", "30") ", " ONE("z", "patient", "45") "}}\n"
#define OF_A "a: {does: {release_early: 5 days}}"
#define OF_B "b: {to: 2026-02-09, does: {release_early: 14 days}}"
    static const char *const text[] = {TWO(OF_A, OF_B), TWO(OF_B, OF_A)};
    for (int i = 0; i < 2; i++) {
        struct support_run run = support_run(text[i], 0);
        expect_released(&run, "x", 55);
        expect_released(&run, "z", 31);
        cr_expect_eq(support_year(&run, "days_saved valve.a", 2026), 5 * 1440);
        cr_expect_eq(support_year(&run, "days_saved valve.b", 2026), 14 * 1440);
    }
}

Test(valve, asks_for_the_sentence_that_was_imposed)
{
    /* of stays of 90 days that are sentences, only those of 8 days to 1 year */
    for (int i = 0; i < 2; i++) {
        struct support_run run = support_run(
            i == 0 ? "period: {start: 2026-01-01, end: 2026-03-31}\n"
                     "regimes: {ward: {}}\n"
                     "units: {ward: {regime: ward, places: 9}}\n"
                     "statuses: {patient: {sentence: 90 days}}\n"
                     "placement: {all: {to: [ward]}}\n"
                     "valves: {v: {does: {release_early: 14 days, sentence: {at_least: 90 days, "
                     "at_most: 90 days}}}}\n"
                     "start: {present: {" ONE("x", "patient", "30") "}}\n"
                   : "period: {start: 2026-01-01, end: 2026-03-31}\n"
                     "regimes: {ward: {}}\n"
                     "units: {ward: {regime: ward, places: 9}}\n"
                     "statuses: {patient: {sentence: 90 days}}\n"
                     "placement: {all: {to: [ward]}}\n"
                     "valves: {v: {does: {release_early: 14 days, sentence: {at_most: 89 days}}}}\n"
                     "start: {present: {" ONE("x", "patient", "30") "}}\n",
            0);
        expect_released(&run, "x", i == 0 ? 46 : 60);
    }
}

Test(valve, moves_the_date_of_a_rule_before_release_both_ways)
{
    /* a is planned for day 60, so `at: 20 days before release` is day 40. By the valve of days 20
     * to 29 he is to leave on day 46, so it is day 26: he waits for the low unit, which is full to
     * day
     * 32. On day 30 his date is taken back, so he waits no longer: he moves on day 40. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-03-31}\n"
        "regimes: {ward: {}, low: {}}\n"
        "units: {ward: {regime: ward, places: 9}, low: {regime: low, places: 1}}\n"
        "statuses: {patient: {stay: 90 days}, full: {stay: 90 days}}\n"
        "placement:\n"
        "  all: {who: {status: patient}, to: [ward]}\n"
        "  before: {at: 20 days before release, who: {status: patient}, to: [low]}\n"
        "  full: {to: [low]}\n"
        "valves: {v: {from: 2026-01-21, to: 2026-01-30, does: {release_early: 14 days, who: "
        "{status: patient}}}}\n"
        "start: {present: {" ONE("a", "patient", "30") ", " ONE("b", "full", "58") "}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "present/a"), "0 00:00 present/a 0 placed patient ward\n"
                                                         "40 00:00 present/a 0 placed patient low\n"
                                                         "60 00:00 present/a 0 released patient "
                                                         "low\n");
}

#define CALLING(valve)                                                                             \
    "period: {start: 2026-01-01, end: 2026-02-28}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: 3}}\n"                                                   \
    "statuses: {reporter: {sentence: 300 days, waits: {in: outside}, called_up: {at_most: 1, "     \
    "notice: 14 days}}}\n"                                                                         \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "valves: {v: {" valve ", does: {stop_calling: reporter}}}\n"                                   \
    "start: {waiting: {reporter: {persons: 9, since: 5 days}}}\n"

Test(valve, that_stops_call_up_still_admits_who_was_called)
{
    /* One a week is called, on the Mondays of days 4, 11, 18, ..., to come after 14 days, to 3
     * places. In force on days 11 to 24, Mondays 11 and 18 are left out: called on day 4, 25 and
     * 32; there are 1 on day 18, 2 on day 39, 3 on day 46. */
    struct support_run run = support_run(CALLING("from: 2026-01-12, to: 2026-01-25"), 0);
    for (int day = 0; day < 59; day++) {
        char date[11];
        date_format(run.plan->period.start + day, date);
        int64_t called = support_day(&run, "called total", date);
        int64_t present = support_day(&run, "present total", date);
        cr_expect_eq(called, day == 4 || day == 25 || day == 32, "day %d: %d", day, (int)called);
        cr_expect_eq(present, (day >= 18) + (day >= 39) + (day >= 46), "day %d: %d", day,
                     (int)present);
    }
    expect_valve(&run, 1, 14, 0, 0);
}

Test(valve, opens_by_those_who_wait_or_are_in_police_cells)
{
    /* 2 wait from day 3 to day 10, when places come free; in a cell, or outside. Reviewed each
     * midnight: open on days 4 to 10, closed by the midnight of day 11. Who waits to be called
     * up does not count among those who wait. */
    static const char *const waits_in[] = {"outside", "cell"}, *const gauge[] = {"waiting",
                                                                                 "police_cells"};
    for (int i = 0; i < 2; i++) {
        char text[2000];
        snprintf(text, sizeof text,
                 "period: {start: 2026-01-01, end: 2026-01-20}\n"
                 "regimes: {ward: {}, cell: {places: unlimited, emergency: true}, none: {}}\n"
                 "units: {ward: {regime: ward, places: 2}, none: {regime: none, places: 0}}\n"
                 "statuses:\n"
                 "  coming: {clock: arrival, stay: 90 days, next: {patient: 1}}\n"
                 "  patient: {stay: 90 days, waits: {in: %s}}\n"
                 "  reporter: {sentence: 9 days, waits: {in: outside}, called_up: {}}\n"
                 "placement: {patient: {who: {status: patient}, to: [ward]}, reporter: {who: "
                 "{status: reporter}, to: [none]}}\n"
                 "valves: {v: {opens: {%s: {at_least: 2}}, closes: {%s: {below: 1}}, review: 1 "
                 "day, does: {release_early: 1 day, share: 0}}}\n"
                 "start:\n"
                 "  present: {a: {status: patient, persons: 2, elapsed: 80 days}, m: {status: "
                 "coming, persons: 2, elapsed: 87 days}}\n"
                 "  waiting: {reporter: {persons: 9, since: 5 days}}\n",
                 waits_in[i], gauge[i], gauge[i]);
        struct support_run run = support_run(text, 0);
        expect_valve(&run, 1, 7, 0, 0);
    }
}

#define CROWD(valves)                                                                              \
    "period: {start: 2026-01-01, end: 2028-12-31, warm_up: 365 days}\n"                            \
    "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"                            \
    "units: {ward: {regime: ward, places: 100}}\n"                                                 \
    "statuses: {patient: {stay: {exponential: {mean: 20 days}}, waits: {in: cell}}}\n"             \
    "flows: {town: {status: patient, per_day: 4.9}}\n"                                             \
    "placement: {all: {to: [ward]}}\n" valves

/* Daily values, and the columns of the year that both have. */
static void expect_same(const struct support_run *a, const struct support_run *b)
{
    const struct record_size *size = &a->plan->record_size;
    size_t                    yearly = size->yearly_columns;
    cr_expect_eq(memcmp(a->record.daily, b->record.daily,
                        (size_t)size->days * size->daily_columns * sizeof *a->record.daily),
                 0);
    for (size_t year = 0; year < size->years; year++)
        cr_expect_eq(memcmp(a->record.yearly + year * yearly,
                            b->record.yearly + year * b->plan->record_size.yearly_columns,
                            yearly * sizeof *a->record.yearly),
                     0);
}

Test(valve, that_never_opens_or_has_nobody_changes_nothing)
{
    struct support_run without = support_run(CROWD(""), 0);
    struct support_run never = support_run(
        CROWD("valves: {v: {opens: {police_cells: {at_least: 1000}}, closes: {police_cells: "
              "{below: 999}}, does: {release_early: 14 days}}}\n"),
        0);
    struct support_run nobody =
        support_run(CROWD("valves: {v: {does: {release_early: 14 days, share: 0}}}\n"), 0);
    expect_same(&without, &never);
    expect_same(&without, &nobody);
    struct support_run open =
        support_run(CROWD("valves: {v: {does: {release_early: 14 days, share: 0.01}}}\n"), 0);
    cr_expect_neq(support_day(&open, "present total", "2028-12-31"), 0);
    cr_expect_gt(support_year(&open, "people valve.v", 2028), 0);
}

#define FREE(does)                                                                                 \
    "period: {start: 2026-01-01, end: 2031-12-31, warm_up: 365 days}\n"                            \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: 5000}}\n"                                                \
    "statuses: {patient: {stay: {exponential: {mean: 20 days}}}}\n"                                \
    "flows: {town: {status: patient, per_day: 40}}\n"                                              \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "valves: {v: {does: {" does "}}}\n"

static double mean_present(const struct support_run *run)
{
    double sum = 0;
    for (int year = 2027; year <= 2031; year++)
        sum += (double)support_year(run, "present_mean total", year) / 1440;
    return sum / 1826;
}

Test(valve, that_is_always_open_frees_arrivals_times_the_mean_of_what_is_saved)
{
    /* 40 a day, stays S exponential with mean m = 20 days, d = 14 days early: each saves min(S, d),
     * with mean m (1 - exp(-d / m)) = 10.068 days, so 402.7 places. The mean over T = 1,826 days
     * of what Poisson arrivals save has the variance 40 E[min(S, d)^2] / T, with E[min^2] = 2 m^2
     * (1 - (1 + d / m) exp(-d / m)); the same people come in both runs. */
    const double       arrivals = 40, m = 20, d = 14, days = 1826, x = d / m;
    double             expected = arrivals * m * (1 - exp(-x));
    double             square = 2 * m * m * (1 - (1 + x) * exp(-x));
    double             sd = sqrt(arrivals * square / days);
    struct support_run none = support_run(FREE("release_early: 14 days, share: 0"), 0);
    struct support_run open = support_run(FREE("release_early: 14 days"), 0);
    double             saved = mean_present(&none) - mean_present(&open);
    cr_expect_leq(fabs(saved - expected), 4 * sd, "%f, expected %f +- %f", saved, expected, sd);
    /* What the valve counts at release is the same but for who is there at the ends. */
    double counted = 0;
    for (int year = 2027; year <= 2031; year++)
        counted += (double)support_year(&open, "days_saved valve.v", year) / 1440 / days;
    cr_expect_leq(fabs(counted - expected), 4 * sd, "%f", counted);
}

Test(valve, with_a_larger_share_frees_the_same_people_and_more)
{
    struct support_run some = support_run(FREE("release_early: 14 days, share: 0.3"), 0);
    struct support_run more = support_run(FREE("release_early: 14 days, share: 0.6"), 0);
    int64_t            few = support_year(&some, "people valve.v", 2027);
    int64_t            many = support_year(&more, "people valve.v", 2027);
    /* 14,600 arrivals a year; 0.3 +- 4 sd = 4 sqrt(14600 x 0.3) */
    cr_expect_leq(fabs((double)few - 4380), 265, "%d", (int)few);
    cr_expect_leq(fabs((double)many - 8760), 375, "%d", (int)many);
}

/* 2 places, a planned for day 10 and b for day 20. Two come on day 3 to a cell, for 2 days at most.
 */
#define LIMIT(ladder, does)                                                                        \
    "period: {start: 2026-01-01, end: 2026-01-31}\n"                                               \
    "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"                            \
    "units: {ward: {regime: ward, places: 2}}\n"                                                   \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 90 days, next: {patient: 1}}\n"                              \
    "  patient: {stay: 90 days, waits: {in: cell, limit: 2 days, at_limit: " ladder "}}\n"         \
    "placement: {all: {who: {status: patient}, to: [ward]}}\n"                                     \
    "valves: {v: {review: monthly, does: {" does "}}}\n"                                           \
    "start: {present: {" ONE("a", "patient", "80") ", " ONE("b", "patient", "70") ", m: {status: " \
                                                                                  "coming, "       \
                                                                                  "persons: 2, "   \
                                                                                  "elapsed: 87 "   \
                                                                                  "days}}}\n"

Test(valve, makes_room_at_the_limit_in_the_next_minute)
{
    /* On day 5 both are at their limit. The first in order of keys has a let out in the next
     * minute, whose place he then gets; b, planned for day 20, cannot leave by 14 days on day 5
     * (day 6), so the other stays, over the limit, up to day 6. Without the rung both stay on. */
    struct support_run run =
        support_run(LIMIT("[valve, stay]", "release_early: 14 days, as_needed: true"), 0);
    cr_expect_str_eq(support_history(&run, "present/a"),
                     "0 00:00 present/a 0 placed patient ward\n"
                     "5 00:01 present/a 0 released patient ward\n");
    const char *history = support_history(&run, "present/m");
    cr_expect(strstr(history, "5 00:01 present/m 0 placed patient ward\n"), "%s", history);
    cr_expect(strstr(history, "20 00:00 present/m 1 placed patient ward\n"), "%s", history);
    cr_expect_str_eq(support_days(&run, "over_limit total", 7), "0 0 0 0 0 1 1");
    cr_expect_eq(support_year(&run, "days_saved valve.v", 2026), 5 * 1440 - 1);
    run = support_run(LIMIT("[stay]", "release_early: 14 days, as_needed: true"), 0);
    expect_released(&run, "a", 10);
}

Test(valve, makes_room_at_the_limit_within_its_number)
{
    /* By 30 days both could leave: for 1 of 2 at their limit there is one left before the review.
     * At the review of day 0 nobody waits, so none is chosen; of at_most alone all are. */
    struct support_run run = support_run(
        LIMIT("[valve, stay]", "release_early: 30 days, as_needed: true, at_most: 1"), 0);
    cr_expect_eq(support_year(&run, "people valve.v", 2026), 1);
    cr_expect_str_eq(support_days(&run, "over_limit total", 7), "0 0 0 0 0 1 1");
    run = support_run(LIMIT("[valve, stay]", "release_early: 30 days, as_needed: true, at_most: 2"),
                      0);
    cr_expect_eq(support_year(&run, "people valve.v", 2026), 2);
    cr_expect_str_eq(support_days(&run, "over_limit total", 7), "0 0 0 0 0 0 0");
    run = support_run(LIMIT("[valve, stay]", "release_early: 30 days, at_most: 1"), 0);
    expect_released(&run, "a", 0);
    cr_expect_eq(support_year(&run, "people valve.v", 2026), 1);
}
