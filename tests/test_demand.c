#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support.h"

#define BOTH "output: {shortages: {normal: true, catching_up: 8 days}}\n"

/* A status `coming` lets people come in a set minute: of its 100 days so many are over. */
#define COMING "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"

/* Nobody is called up: of one place none is taken. */
#define STORED                                                                                     \
    "period: {start: 2026-01-01, end: 2026-01-31}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: 1}}\n"                                                   \
    "statuses:\n" COMING                                                                           \
    "  held: {stay: 3 days, waits: {in: outside}, called_up: {every: week, fill_to: 1, notice: 2 " \
    "days, at_most: 0}}\n"                                                                         \
    "placement: {held: {who: {status: held}, to: [ward]}}\n"

Test(demand, of_catching_up_has_the_stored_sentences_evenly_over_the_time)
{
    /* Four of 3 days in 8 days come after 1, 3, 5 and 7 days and are held at three midnights each:
     * days 1-3, 3-5, 5-7, 7-9. In all 4 x 3 = 12 person-days, 12 / 8 = 1.5 a day. The ward has 1
     * place. */
    struct support_run run = support_run(STORED "start: {waiting: {held: {persons: 4}}}\n" BOTH, 0);
    cr_expect_str_eq(support_days(&run, "need_catching_up total", 11), "0 1 1 2 1 2 1 2 1 1 0");
    cr_expect_str_eq(support_days(&run, "shortage_catching_up total", 11), "0 0 0 1 0 1 0 1 0 0 0");
    cr_expect_eq(support_year(&run, "need_catching_up total", 2026), 12);
    cr_expect_eq(support_year(&run, "need_normal total", 2026), 0, "they stay stored");
    cr_expect_eq(support_year(&run, "need total", 2026), 0);
    cr_expect_eq(run.plan->columns.stand_in.demand[DEMAND_NORMAL].need, NULL, "one group");
}

Test(demand, of_normal_execution_has_everybody_called_at_the_next_review)
{
    /* 1 January 2026 is a Thursday. a comes on Friday the 2nd at 12:00, is called on Monday the 5th
     * at 00:00 and reports on the 7th at 00:00, for the midnights of days 6, 7 and 8; b comes on
     * Monday the 5th at 00:00, after the review, and is held a week later. */
    struct support_run run = support_run(
        STORED "start:\n"
               "  present:\n"
               "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n" /* 98.5 days */
               "    b: {status: coming, persons: 1, elapsed: 96 days}\n"
               "  waiting: {held: {persons: 2}}\n" BOTH,
        0);
    cr_expect_str_eq(support_days(&run, "need_normal total", 18),
                     "0 0 0 0 0 0 1 1 1 0 0 0 0 1 1 1 0 0");
    /* the two who are stored come after 2 and 6 days: days 2-4 and 6-8 */
    cr_expect_str_eq(support_days(&run, "need_catching_up total", 18),
                     "0 0 1 1 1 0 2 2 2 0 0 0 0 1 1 1 0 0");
    cr_expect_eq(support_year(&run, "need total", 2026), 0);
}

/* As above, but those who are called on the 5th have a notice of 4 days: a reports on the 9th, for
 * the midnights of days 8, 9 and 10. By normal execution an emergency measure changes nothing. */
Test(demand, of_normal_execution_knows_the_notice_of_measures)
{
    static const struct {
        const char *keys, *need;
    } table[] = {{"", "0 0 0 0 0 0 0 0 1 1 1 0 0 1 1 1 0 0"},
                 {", emergency: true", "0 0 0 0 0 0 1 1 1 0 0 0 0 1 1 1 0 0"},
                 {", chance: 0", "0 0 0 0 0 0 1 1 1 0 0 0 0 1 1 1 0 0"}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[2000];
        snprintf(text, sizeof text,
                 STORED "start:\n"
                        "  present:\n"
                        "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"
                        "    b: {status: coming, persons: 1, elapsed: 96 days}\n"
                        "measures: {m: {kind: call_up, starts: 2026-01-05, ends: 2026-01-05, "
                        "notice: 4 days%s}}\n" BOTH,
                 table[i].keys);
        struct support_run run = support_run(text, 0);
        const char        *days = support_days(&run, "need_normal total", 18);
        cr_expect_str_eq(days, table[i].need, "%s: %s", table[i].keys, days);
    }
}

Test(demand, counts_who_is_lost_or_does_not_come_by_what_follows)
{
    /* All are lost from the queue in their first minutes, to be arrested for 2 days, wherever there
     * is room. a comes on day 1 at 12:00: at 24:00 of days 1 and 2. Those stored are lost at once,
     * at 24:00 of days 0 and 1. */
    static const char text[] =
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"
        "units: {ward: {regime: ward, places: 1}}\n"
        "statuses:\n" COMING "  arrested: {clock: arrival, stay: 2 days, waits: {in: cell}}\n"
        "  held: {stay: 3 days, waits: {in: outside, leaves: {arrested: {per_year: 525600, next: "
        "arrested}}}, called_up: {every: week, fill_to: 1, notice: 2 days}}\n"
        "placement: {all: {who: {status: [held, arrested]}, to: [ward]}}\n"
        "start:\n"
        "  present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}}\n"
        "  waiting: {held: {persons: 3}}\n" BOTH;
    struct support_run run = support_run(text, 0);
    cr_expect_str_eq(support_days(&run, "need_normal total", 5), "3 4 1 0 0");
    cr_expect_str_eq(support_days(&run, "need_catching_up total", 5), "3 4 1 0 0");
    cr_expect_str_eq(support_days(&run, "need total", 5), "3 4 1 0 0", "here as in the world");
}

Test(demand, of_normal_execution_is_that_of_unlimited_places_by_theory)
{
    /* M/G/infinity: 2 a day for 10 days make 20 on average, though one place is all there is. Of
     * the mean of T days the variance is rate x E[S^2] / T, E[S^2] = 2 x 10^2 for an exponential:
     * T = 7,305 days give 400 / 7,305 = 0.2340^2. */
    struct support_run run =
        support_run("period: {start: 2025-01-01, warm_up: 365 days, end: 2045-12-31}\n"
                    "regimes: {ward: {}}\n"
                    "units: {ward: {regime: ward, places: 1}}\n"
                    "statuses: {held: {stay: {exponential: {mean: 10 days}}, waits: {in: outside, "
                    "leaves: {gone: {per_year: 36, next: release}}}}}\n"
                    "flows: {people: {status: held, per_day: 2}}\n"
                    "placement: {all: {to: [ward]}}\n" BOTH,
                    0);
    int64_t sum = 0, days = (int64_t)run.plan->record_size.days, same = 0;
    for (int year = 2026; year <= 2045; year++) {
        sum += support_year(&run, "need_normal total", year);
        same += support_year(&run, "need_catching_up total", year);
    }
    cr_expect_eq(days, 7305);
    cr_expect(fabs((double)sum / (double)days - 20) < 4 * 0.2340, "%.3f",
              (double)sum / (double)days);
    cr_expect_eq(sum, same, "nobody is stored");
    cr_expect_eq(support_year(&run, "need total", 2045), 365, "one in the place");
}

/* Everything that makes a path: remand that counts, sentences that are shortened, weekends, a
 * status to which one comes back, call-up with who does not come, a measure that replaces
 * sentences, one on arrivals, a mass arrest, starters of each kind, a clinic. */
#define WORLD(places, clinic)                                                                      \
    "period: {start: 2026-01-01, end: 2027-12-31}\n"                                               \
    "attributes: {sex: {man: 0.8, woman: rest}, risk: {low: 0.4, high: rest}}\n"                   \
    "regimes:\n"                                                                                   \
    "  house: {}\n"                                                                                \
    "  prison: {}\n"                                                                               \
    "  clinic: {outside: true}\n"                                                                  \
    "  home: {outside: true, places: unlimited}\n"                                                 \
    "  cell: {places: unlimited, emergency: true}\n"                                               \
    "units:\n"                                                                                     \
    "  house_m: {regime: house, places: " places ", admits: {sex: man}}\n"                         \
    "  house_w: {regime: house, places: " places ", admits: {sex: woman}}\n"                       \
    "  prison_m: {regime: prison, places: " places ", admits: {sex: man}}\n"                       \
    "  prison_w: {regime: prison, places: " places ", admits: {sex: woman}}\n"                     \
    "  clinic: {regime: clinic, places: " clinic "}\n"                                             \
    "statuses:\n"                                                                                  \
    "  remand: {clock: arrival, served: true, stay: {exponential: {mean: 20 days}}, waits: {in: "  \
    "cell}, next: {sentenced: 0.5, reporter: 0.1, release: rest}}\n"                               \
    "  sentenced: {clock: custody, sentence: {lognormal: {mean: 60 days, cv: 0.7}}, waits: {in: "  \
    "present_place}, release: {conditional: [{remits: 1/3, of_part_above: 30 days}], granted: "    \
    "0.7, weekend: friday_for_monday}, next: {tbs: 0.1, remand: 0.1, release: rest}}\n"            \
    "  tbs: {stay: {exponential: {mean: 90 days}}, waits: {in: present_place}}\n"                  \
    "  arrested: {clock: arrival, stay: {exponential: {mean: 12 days}}, waits: {in: cell}}\n"      \
    "  reporter: {sentence: {exponential: {mean: 25 days}}, release: {weekend: friday}, waits: "   \
    "{in: outside, leaves: {lapsed: {per_year: 2, next: release}, found: {per_year: 1, next: "     \
    "arrested}}}, called_up: {every: week, fill_to: 1, notice: 10 days, no_show: 0.2, then: "      \
    "arrested}}\n"                                                                                 \
    "  failed: {clock: custody, sentence: {exponential: {mean: 90 days}}, waits: {in: cell}}\n"    \
    "flows:\n"                                                                                     \
    "  remand: {status: remand, per_day: 2}\n"                                                     \
    "  arrested: {status: arrested, per_day: 0.5}\n"                                               \
    "  reporter: {status: reporter, per_day: 1}\n"                                                 \
    "placement:\n"                                                                                 \
    "  tbs: {who: {status: tbs}, to: [clinic]}\n"                                                  \
    "  remand: {who: {status: remand}, to: [house, prison]}\n"                                     \
    "  others: {to: [prison, house]}\n"                                                            \
    "start:\n"                                                                                     \
    "  present:\n"                                                                                 \
    "    remand: {persons: 20, elapsed: equilibrium}\n"                                            \
    "    sentenced: {persons: 20, elapsed: equilibrium}\n"                                         \
    "    tbs: {persons: 9, elapsed: equilibrium}\n"                                                \
    "  waiting:\n"                                                                                 \
    "    remand: {persons: 4}\n"                                                                   \
    "    arrested: {persons: 3}\n"                                                                 \
    "    tbs: {persons: 5, in: [prison]}\n"                                                        \
    "shocks: {riot: {on: 2026-08-01, over: 2 days, persons: 40, flow: arrested}}\n"                \
    "measures:\n"                                                                                  \
    "  fewer: {kind: inflow, who: {flow: remand}, factor: 0.7, starts: 2026-06-01}\n"              \
    "  ankle: {kind: replace_sentence, who: {status: sentenced, sentence: {at_most: 60 days}}, "   \
    "share: 0.5, in: home, fails: {share: 0.5, after: {exponential: {mean: 9 days}}, as: "         \
    "arrested}, starts: 2026-03-01}\n"                                                             \
    "  work: {kind: replace_sentence, who: {status: sentenced, sex: woman}, share: 0.6, by: "      \
    "service, fails: {share: 0.9, after: 5 days, as: failed}, starts: 2026-02-01}\n"               \
    "output: {daily: [total, sex], shortages: {normal: true, catching_up: 2 years}}\n"

static void expect_same_days(const struct support_run *a, const char *column,
                             const struct support_run *b, const char *other)
{
    static char text[1 << 16];
    snprintf(text, sizeof text, "%s", support_days(a, column, 730));
    cr_expect_str_eq(text, support_days(b, other, 730), "%s, %s", column, other);
}

Test(demand, has_one_meaning_where_places_are_unlimited)
{
    /* one place for each who could ever come: nobody waits */
    struct support_run run = support_run(WORLD("9000", "9000"), 0);
    cr_expect(support_year(&run, "need sex.man", 2027) > 365 * 40);
    cr_expect(support_year(&run, "need sex.woman", 2027) > 365 * 5);
    cr_expect(support_count(&run, TRACE_NO_SHOW, NULL) > 20);
    cr_expect(support_count(&run, TRACE_REPLACED, NULL) > 20);
    expect_same_days(&run, "need sex.man", &run, "need_normal sex.man");
    expect_same_days(&run, "need sex.woman", &run, "need_normal sex.woman");
    expect_same_days(&run, "need total", &run, "need_catching_up total");
    cr_expect_eq(support_year(&run, "shortage_normal total", 2027), 0);
}

Test(demand, of_normal_execution_is_the_same_whatever_places_there_are)
{
    /* 4 x 5 places: most people wait somewhere, who should be held is as with 4 x 9,000 */
    struct support_run many = support_run(WORLD("9000", "9000"), 1);
    struct support_run few = support_run(WORLD("5", "9000"), 1);
    cr_expect(support_year(&few, "cell total", 2027) > 365 * 5);
    expect_same_days(&few, "need_normal sex.man", &many, "need sex.man");
    expect_same_days(&few, "need_normal sex.woman", &many, "need sex.woman");
    cr_expect(support_year(&few, "shortage_normal sex.man", 2027) >
              support_year(&many, "need sex.man", 2027) - 365 * 10 - 1);
}

Test(demand, leaves_those_who_wait_for_a_clinic_in_their_places)
{
    /* Of the clinic alone places are short: 2 for some 5 patients. Who is blocked in a prison is
     * counted by both. With 9,000 places there fewer should be held in the others. */
    struct support_run run = support_run(WORLD("9000", "2"), 0);
    expect_same_days(&run, "need sex.man", &run, "need_normal sex.man");
    struct support_run wide = support_run(WORLD("9000", "9000"), 0);
    cr_expect(support_year(&run, "need_normal total", 2027) >
              support_year(&wide, "need_normal total", 2027) + 365);
}

#define VALVES "valves: {early: {from: 2026-01-01, does: {release_early: 14 days}}}\n"

/* Eight come on day 1 at 12:00. Half of such stays end after 2 days; by the measure none does, so
 * all have 5: midnights of days 1 to 5. */
Test(demand, of_normal_execution_knows_the_chances_of_hearings)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {ward: {}}\n"
        "units: {ward: {regime: ward, places: 9}}\n"
        "statuses:\n" COMING "  held: {stay: {steps: [[2 days, 0.5], [5 days, 1]]}}\n"
        "placement: {held: {who: {status: held}, to: [ward]}}\n"
        "start: {present: {a: {status: coming, persons: 8, elapsed: 141840 minutes}}}\n"
        "measures: {m: {kind: hearings, starts: 2026-01-01, chance_factor: 0, who: {status: "
        "held}}}\n" BOTH,
        0);
    cr_expect_str_eq(support_days(&run, "need total", 8), "0 8 8 8 8 8 0 0");
    cr_expect_str_eq(support_days(&run, "need_normal total", 8), "0 8 8 8 8 8 0 0");
    cr_expect_str_eq(support_days(&run, "need_catching_up total", 8), "0 8 8 8 8 8 0 0");
}

Test(demand, of_normal_execution_knows_no_valve)
{
    struct support_run without = support_run(WORLD("5", "9000"), 0);
    struct support_run with = support_run(WORLD("5", "9000") VALVES, 0);
    cr_expect(support_year(&with, "need total", 2027) < support_year(&without, "need total", 2027));
    expect_same_days(&with, "need_normal total", &without, "need_normal total");
    expect_same_days(&with, "need_catching_up total", &without, "need_catching_up total");
}

/* Convicts belong in a clinic, which stands in for no other place, and stay in the house where a
 * valve lets them: need that is met there counts, by normal execution none does. */
#define OUT_OF_CATEGORY(valves)                                                                    \
    "period: {start: 2026-01-01, end: 2027-12-31}\n"                                               \
    "regimes: {house: {}, clinic: {apart: true}}\n"                                                \
    "units: {house: {regime: house, places: 90}, clinic: {regime: clinic, places: 90}}\n"          \
    "statuses: {remand: {stay: 20 days, next: {convict: 1}}, convict: {stay: 30 days}}\n"          \
    "flows: {police: {status: remand, per_day: 1}}\n"                                              \
    "placement:\n"                                                                                 \
    "  convict: {who: {status: convict}, to: [clinic], out_of_category: [house]}\n"                \
    "  remand: {to: [house]}\n" valves "output: {daily: [total], shortages: {normal: true}}\n"

Test(demand, of_normal_execution_knows_no_valve_that_opens_a_rule)
{
    struct support_run without = support_run(OUT_OF_CATEGORY(""), 0);
    struct support_run with =
        support_run(OUT_OF_CATEGORY("valves: {v: {opens: {occupancy: {at_least: 0.02}}, closes: "
                                    "{occupancy: {below: 0.01}}, does: {out_of_category: "
                                    "[convict]}}}\n"),
                    0);
    cr_expect_gt(support_year(&with, "out_of_category total", 2026), 0);
    expect_same_days(&with, "need_normal total", &without, "need_normal total");
    expect_same_days(&without, "need_normal total", &without, "need total");
}

/* There are places for all, so nobody waits, and need is that by normal execution: who is in a
 * clinic after a crisis goes back to the house on the first day of a measure by which the clinic is
 * not his, as in the world. */
Test(demand, of_normal_execution_has_crises_by_the_rules_of_the_day)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2027-12-31}\n"
        "regimes: {house: {}, clinic: {apart: true}}\n"
        "units: {house: {regime: house, places: 900}, clinic: {regime: clinic, places: 900}}\n"
        "statuses: {held: {stay: {exponential: {mean: 60 days}}, crisis: {per_year: 12, lasts: 9 "
        "days}}}\n"
        "flows: {police: {status: held, per_day: 2}}\n"
        "placement: {crisis: {during: crisis, to: [clinic]}, held: {to: [house, clinic]}}\n"
        "measures: {m: {kind: placement, starts: 2026-05-01, ends: 2026-09-30, rule: held, "
        "without: [clinic]}}\n"
        "output: {daily: [total], shortages: {normal: true}}\n",
        0);
    expect_same_days(&run, "need_normal total", &run, "need total");
    cr_expect_gt(support_day(&run, "need total", "2026-05-01"),
                 support_day(&run, "need total", "2026-04-30") + 20);
}

/* There are places for all. In a crisis the ward is out of category, although it is his own, and
 * after it the clinic is: he has neither longer than he must, as in the world. */
Test(demand, of_normal_execution_has_crises_in_places_of_their_category)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2027-12-31}\n"
        "regimes: {ward: {}, house: {}, clinic: {}}\n"
        "units: {ward: {regime: ward, places: 900}, house: {regime: house, places: 900}, clinic: "
        "{regime: clinic, places: 900}}\n"
        "statuses:\n"
        "  one: {stay: {exponential: {mean: 60 days}}, crisis: {per_year: 12, lasts: 9 days}}\n"
        "  two: {stay: {exponential: {mean: 60 days}}, crisis: {per_year: 12, lasts: 9 days}}\n"
        "flows: {one: {status: one, per_day: 2}, two: {status: two, per_day: 2}}\n"
        "placement:\n"
        "  crisis: {during: crisis, to: [clinic, ward], out_of_category: [ward]}\n"
        "  one: {who: {status: one}, to: [ward]}\n"
        "  two: {who: {status: two}, to: [house, clinic], out_of_category: [clinic]}\n"
        "output: {daily: [total, regime], shortages: {normal: true}, stand_in: [[ward], [house], "
        "[clinic]]}\n",
        0);
    static const char *const regime[] = {"ward", "house", "clinic"};
    for (int r = 0; r < 3; r++) {
        char need[60], present[60];
        snprintf(need, sizeof need, "need_normal stand_in.%s", regime[r]);
        snprintf(present, sizeof present, "present regime.%s", regime[r]);
        expect_same_days(&run, need, &run, present);
    }
    /* 4 x 60 = 240 are held; a crisis comes every 365 / 12 = 30.4 days and lasts 9: 22.8 % */
    cr_expect_gt(support_day(&run, "need_normal stand_in.clinic", "2027-12-31"), 30);
    cr_expect_eq(support_year(&run, "crisis_waiting_mean total", 2026), 0);
}

/* Without a limit: need is all there is to know. Of those who come 60 % are men. */
#define ARRESTS(measures)                                                                          \
    "period: {start: 2026-01-01, end: 2027-12-31}\n"                                               \
    "attributes: {sex: {man: 0.6, woman: rest}}\n"                                                 \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: 900}}\n"                                                 \
    "statuses: {held: {sentence: {exponential: {mean: 9 days}}}}\n"                                \
    "flows: {police: {status: held, per_day: 6}}\n"                                                \
    "placement: {all: {to: [ward]}}\n" measures                                                    \
    "output: {daily: [total], shortages: {normal: true}}\n"
#define HALVED "half: {kind: inflow, starts: 2026-03-01, ramp: 30 days, factor: 0.5}"

/* From day 31 on people are placed in clinics, which stand in for no other place: those who come
 * then need none of a group. Who is in a ward stays there. */
#define CLINICS(measures)                                                                          \
    "period: {start: 2026-01-01, end: 2027-12-31}\n"                                               \
    "regimes: {ward: {}, clinic: {apart: true}}\n"                                                 \
    "units: {ward: {regime: ward, places: 900}, clinic: {regime: clinic, places: 900}}\n"          \
    "statuses: {held: {sentence: {exponential: {mean: 9 days}}}}\n"                                \
    "flows: {police: {status: held, per_day: 6}}\n"                                                \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "measures: {m: {kind: placement, rule: all, without: [ward], also: [clinic], " measures "}}\n" \
    "output: {daily: [total], shortages: {normal: true}}\n"

Test(demand, of_normal_execution_goes_by_the_rules_of_the_day)
{
    struct support_run without = support_run(CLINICS("starts: 2028-01-01"), 0);
    struct support_run policy = support_run(CLINICS("starts: 2026-02-01"), 0);
    struct support_run emergency = support_run(CLINICS("starts: 2026-02-01, emergency: true"), 0);
    expect_same_days(&policy, "need_normal total", &policy, "need total");
    expect_same_days(&emergency, "need_normal total", &without, "need total");
    expect_same_days(&emergency, "need total", &policy, "need total");
    cr_expect_eq(support_day(&policy, "need total", "2027-12-31"), 0);
    cr_expect_gt(support_day(&without, "need total", "2027-12-31"), 20);
}

Test(demand, of_normal_execution_knows_no_measure_of_emergency)
{
    /* the half that is no emergency stays, in both */
    struct support_run without = support_run(ARRESTS("measures: {" HALVED "}\n"), 0);
    expect_same_days(&without, "need total", &without, "need_normal total");
    static const char *const measure[] = {
        "stop: {kind: inflow, starts: 2026-02-01, ends: 2026-05-31, factor: 0",
        "men: {kind: inflow, starts: 2026-02-01, who: {sex: man}, factor: 0.3",
        "more: {kind: inflow, starts: 2026-02-01, ramp: 99 days, factor: 2.5",
        "work: {kind: replace_sentence, starts: 2026-02-01, share: 0.5, by: work",
    };
    for (size_t i = 0; i < sizeof measure / sizeof measure[0]; i++) {
        char text[2000];
        snprintf(text, sizeof text, ARRESTS("measures: {" HALVED ", %s}}\n"), measure[i]);
        struct support_run policy = support_run(text, 0);
        expect_same_days(&policy, "need_normal total", &policy, "need total");
        snprintf(text, sizeof text, ARRESTS("measures: {" HALVED ", %s, emergency: true}}\n"),
                 measure[i]);
        struct support_run emergency = support_run(text, 0);
        expect_same_days(&emergency, "need_normal total", &without, "need total");
        expect_same_days(&emergency, "need total", &policy, "need total");
        cr_expect(llabs(support_year(&emergency, "need total", 2026) -
                        support_year(&without, "need total", 2026)) > 365 * 2,
                  "%s", measure[i]);
    }
}
