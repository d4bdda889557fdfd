#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/outlook.h"
#include "models/spell.h"
#include "tests/count.h"
#include "tests/support.h"

#define DAY ((double)MINUTES_A_DAY)

/* What is written of a scenario, or only its warnings. */
static const char *write(const struct scenario *scenario, bool all)
{
    struct arena    arena = support_arena();
    struct warnings warnings = {.arena = &arena};
    char           *text = NULL;
    size_t          length = 0;
    FILE           *out = open_memstream(&text, &length);
    if (all)
        outlook_write(&arena, scenario, out);
    else
        outlook_warn(&warnings, scenario, outlook_make(&arena, scenario));
    warnings_write(&warnings, WARNINGS_KEPT, "", out);
    fclose(out);
    const char *copy = arena_text(&arena, text, length);
    free(text);
    return copy;
}

static const struct outlook *make(const char *text)
{
    struct arena arena = support_arena();
    return outlook_make(&arena, support_scenario(text));
}

/* clang-format off */
static const char town[] =
    "title: A town\n"
    "period: {start: 2026-01-01, end: 2027-12-31}\n"
    "attributes: {sex: {man: 0.5, woman: rest, confidence: assumed}}\n"
    "regimes:\n"
    "  house: {}\n"
    "  prison: {}\n"
    "  cells: {places: unlimited, emergency: true}\n"
    "  home: {}\n"
    "units:\n"
    "  house_a: {regime: house, places: 250}\n"
    "  prison_a: {regime: prison, places: 1200, confidence: calibrated}\n"
    "  home_a: {regime: home, places: 10}\n"
    "statuses:\n"
    "  remand: {served: true, stay: {value: 30 days, confidence: assumed}, waits: {in: cells}, next: {sentenced: 0.5, release: rest}}\n"
    "  sentenced:\n"
    "    clock: custody\n"
    "    sentence: {by: sex, man: {value: 540 days, confidence: assumed}, woman: 100 days}\n"
    "    release: {conditional: [{up_to: 1 year, remits: 0}, {up_to: 2 years, remits: 2/3, of_part_above: 1 year}, {remits: 1/3}]}\n"
    "    waits: {in: present_place}\n"
    "  called: {stay: {exponential: {mean: 100 days, at_most: 200 days}}, waits: {in: outside}, called_up: {no_show: 0.25, then: remand}}\n"
    "  helped: {clock: arrival, stay: 3 hours}\n"
    "  lost: {stay: 1 day}\n"
    "flows:\n"
    "  accused: {status: remand, per_day: {2026: 8, 2027: 10, confidence: assumed}, spread: {cv_per_year: 0.02}}\n"
    "  helped: {status: helped, per_year: 3650}\n"
    "placement:\n"
    "  remand: {who: {status: [remand, lost]}, to: [house]}\n"
    "  sentenced: {who: {status: [sentenced, called]}, to: [prison]}\n"
    "start:\n"
    "  present: {remand: {persons: 260}, sentenced: {persons: 900, elapsed: 100 days}}\n"
    "  waiting: {called: {persons: 50, since: {exponential: {mean: 1 year}}}}\n";

/* By hand: 8 a day x 30 days = 240 in remand, of 250 places 0.960. Half of them go on, 4 a day: men
 * with 540 days serve 424 (365 and a third of 175, 116 whole days being remitted), women 100; less
 * the 30 days of remand 394 and 70, on average 232 with an sd of 162, cv 0.698; 4 x 232 = 928. In
 * 2027 10 a day, all in proportion. An exponential of 100 days below 200: 100 - 200 / (e^2 - 1) =
 * 68.70. helped: 3,650 a year x 3 hours = 10 x 0.125. */
static const char town_outlook[] =
    "A town\n"
    "2026-01-01 to 2027-12-31\n"
    "\n"
    "Flows: people a day\n"
    "flow          status            in 2026      in 2027 spread (cv)\n"
    "accused       remand              8.000       10.000       0.020\n"
    "helped        helped             10.000       10.000           -\n"
    "\n"
    "Statuses: entries a day, by flows and routes; lengths in days, after bounds;\n"
    "people = entries a day x stay, as if everybody had a place at once\n"
    "status         a day 2026   a day 2027  sentence  to serve      stay      cv  people 2026  people 2027\n"
    "remand              8.000       10.000         -         -     30.00   0.000        240.0        300.0\n"
    "sentenced           4.000        5.000    320.00    262.00    232.00   0.698        928.0       1160.0\n"
    "called              0.000        0.000         -         -     68.70   0.765          0.0          0.0\n"
    "helped             10.000       10.000         -         -      0.12   0.000          1.2          1.2\n"
    "lost                0.000        0.000         -         -      1.00   0.000          0.0          0.0\n"
    "\n"
    "Regimes: people whose first choice it is, beside its usable places\n"
    "regime        people 2026  people 2027     places   ratio 2026   ratio 2027\n"
    "house               240.0        300.0        250        0.960        1.200  above 0.995\n"
    "prison              928.0       1160.0       1200        0.773        0.967\n"
    "cells                 0.0          0.0  unlimited\n"
    "home                  0.0          0.0         10        0.000        0.000\n"
    "(no place)            1.2          1.2\n"
    "\n"
    "Start: people at the first midnight beside those implied by the first year\n"
    "status         waiting   present   implied   present/implied\n"
    "remand               0       260     240.0             1.083\n"
    "sentenced            0       900     928.0             0.970\n"
    "called              50         0       0.0                 -\n"
    "helped               0         0       1.2             0.000\n"
    "lost                 0         0       0.0                 -\n"
    "\n"
    "Confidence: how many numbers are marked so\n"
    "section        assumed  calibrated\n"
    "attributes           1           0\n"
    "units                0           1\n"
    "statuses             2           0\n"
    "flows                1           0\n"
    "\n"
    "Warnings\n"
    "statuses.lost: no flow, route or start group leads to it\n"
    "statuses.called.stay: bounds move the mean from 100.00 to 68.70 days\n"
    "statuses.helped.stay: a mean of 180.0 minutes is under 200; stays are whole minutes\n"
    "unit home_a: no rule lets anybody in\n"
    "start.present.remand: 260 people, but the places where they may be are 250\n";
/* clang-format on */

Test(outlook, writes_what_follows_from_rates_and_stays)
{
    const char *text = write(support_scenario(town), true);
    cr_expect_str_eq(text, town_outlook, "%s", text);
}

#define HEAD "period: {start: 2026-01-01, end: 2026-12-31}\n"
#define WARD                                                                                       \
    "regimes: {ward: {}, jail: {}}\n"                                                              \
    "units: {a: {regime: ward, places: 9}, b: {regime: jail, places: 9}}\n"

/* The outlook of the status `s` that stands first. */
static struct status_outlook first_status(const char *text)
{
    return make(text)->status[0];
}

Test(outlook, takes_off_the_custody_that_counts)
{
    /* An exponential sentence of mean 90 less an exponential remand of mean 30: it is the longer
     * one with chance 90 / 120, and then 90 days are left on average, whose square is 2 x 90^2.
     * After two such remands the chance is its square. Who comes straight away serves all. */
    static const struct {
        const char *waits, *next, *flow;
        double      longer; /* the share of sentences that is longer than the custody */
    } table[] = {
        {"present_place", "{s: 1}", "", 0.75},
        {"outside", "{s: 1}", "", 1}, /* he goes outside between: the custody is broken */
        {"present_place", "{t: 1}", "", 0.5625},
        {"present_place", "{s: 0.5, t: rest}", "", (0.75 + 0.5625) / 2},
        {"present_place", "{s: 1}", ", more: {status: s, per_day: 3}", (0.75 + 3) / 4},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char text[1500];
        snprintf(text, sizeof text,
                 HEAD WARD "statuses:\n"
                           "  s: {clock: custody, sentence: {exponential: {mean: 90 days}}, waits: "
                           "{in: %s}}\n"
                           "  t: {served: true, stay: {exponential: {mean: 30 days}}, waits: {in: "
                           "present_place}, next: {s: 1}}\n"
                           "  r: {served: true, stay: {exponential: {mean: 30 days}}, next: %s}\n"
                           "flows: {f: {status: r, per_day: 1}%s}\n"
                           "placement: {r: {who: {status: [r, t]}, to: [jail]}, s: {to: [ward]}}\n",
                 table[i].waits, table[i].next, table[i].flow);
        struct status_outlook s = first_status(text);
        double                mean = 90 * table[i].longer, square = 2 * 90 * 90 * table[i].longer;
        cr_expect_float_eq(s.stay_min, mean * DAY, 1e-3 * mean * DAY, "%zu: %g", i,
                           s.stay_min / DAY);
        cr_expect_float_eq(s.cv, sqrt(square - mean * mean) / mean, 2e-3, "%zu: %g", i, s.cv);
        cr_expect_float_eq(s.sentence_min, 90 * DAY, 1e-3 * DAY);
        cr_expect_float_eq(s.serve_min, 90 * DAY, 1e-3 * DAY);
        cr_expect_float_eq(s.people[0], s.entries[0] * mean, 1e-3 * mean * s.entries[0]);
    }
}

Test(outlook, counts_the_part_of_a_sentence_that_is_served)
{
    /* 365 to 1,095 days evenly, a third remitted in whole days: the third runs from 121.67 to 365
     * days, 243.33 on average, of which the fraction is lost, half a day and a little (0.50046); to
     * half of them. 730 - 0.5 x 242.833 = 608.58. With a shape of two parts: 0.25 x (90 - 30)
     * + 0.75 x (300 - 100) = 165. Points in time: 0.5 x 20 + 0.25 x 40 + 0.25 x 60 = 35. */
    static const struct {
        const char *sentence, *granted;
        double      sentence_days, serve_days;
    } table[] = {
        {"{uniform: {from: 365 days, to: 1095 days}}", "0.5", 730, 608.58},
        {"{mixture: [[0.25, 90 days], [0.75, 300 days]]}", "1", 247.5, 165},
        {"{steps: [[30 days, 0.5], [60 days, 0.5], [90 days, 1]]}", "1", 52.5, 35},
        {"{lognormal: {mean: 300 days, cv: 1.5}}", "0", 300, 300},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char text[1500];
        snprintf(text, sizeof text,
                 HEAD "statuses: {s: {clock: arrival, sentence: %s, release: {granted: %s, "
                      "conditional: [{remits: 1/3}]}}}\n"
                      "flows: {f: {status: s, per_day: 2}}\n",
                 table[i].sentence, table[i].granted);
        struct status_outlook s = first_status(text);
        cr_expect_float_eq(s.sentence_min / DAY, table[i].sentence_days, 0.01, "%zu: %g", i,
                           s.sentence_min / DAY);
        cr_expect_float_eq(s.serve_min / DAY, table[i].serve_days, 0.03, "%zu: %g", i,
                           s.serve_min / DAY);
        cr_expect_eq(s.stay_min, s.serve_min);
    }
}

Test(outlook, follows_routes_by_profile_round_and_round)
{
    /* 12 a day, a quarter women. Men come back with chance 0.5, women never: 9 / (1 - 0.5) + 3 = 21
     * entries. Of those called 0.2 do not come and go to the cell: 4 a day x 0.2. */
    const struct outlook *outlook = make(
        HEAD WARD "attributes: {sex: {man: 0.75, woman: rest}, idle: {one: 0.5, other: rest}}\n"
                  "statuses:\n"
                  "  s: {stay: {by: sex, man: 10 days, woman: 2 days}, next: {by: sex, man: "
                  "{s: 0.5, release: rest}, woman: {release: 1}}}\n"
                  "  called: {stay: 5 days, called_up: {no_show: 0.2, then: cell}}\n"
                  "  cell: {stay: 3 days}\n"
                  "flows: {f: {status: s, per_day: 12}, g: {status: called, per_day: 4}}\n"
                  "placement: {s: {who: {status: s, sex: man}, to: [jail]}, w: {to: [ward]}}\n");
    cr_expect_eq(outlook->year_count, 1);
    cr_expect_not(outlook->goes_round);
    cr_expect_float_eq(outlook->status[0].entries[0], 21, 1e-6);
    cr_expect_float_eq(outlook->status[0].people[0], 18 * 10 + 3 * 2, 1e-5);
    cr_expect_float_eq(outlook->status[0].stay_min, (18 * 10 + 3 * 2) / 21.0 * DAY, 1e-3);
    cr_expect_float_eq(outlook->status[1].people[0], 4 * 0.8 * 5, 1e-9);
    cr_expect_float_eq(outlook->status[2].entries[0], 0.8, 1e-9);
    cr_expect_float_eq(outlook->load[1][0], 180, 1e-5);
    cr_expect_float_eq(outlook->load[0][0], 6 + 16 + 2.4, 1e-5);
}

Test(outlook, says_where_there_is_no_end)
{
    const struct outlook *outlook =
        make(HEAD WARD "statuses: {s: {}, t: {stay: 1 day, next: {u: 1}}, u: {stay: 1 day, next: "
                       "{t: 1}}}\n"
                       "flows: {f: {status: s, per_day: 1}, g: {status: t, per_day: 1}}\n"
                       "placement: {all: {to: [ward, jail]}}\n");
    cr_expect(isinf(outlook->status[0].people[0]));
    cr_expect(outlook->has_endless[0] && !isinf(outlook->load[0][0]));
    cr_expect_eq(outlook->load[1][0], 0.0);
    cr_expect(outlook->goes_round);
    /* without t and u nobody of the ward ever leaves */
    outlook = make(HEAD WARD "statuses: {s: {}}\nflows: {f: {status: s, per_day: 1}}\n"
                             "placement: {all: {to: [ward, jail]}}\n");
    cr_expect(isinf(outlook->load[0][0]));
    cr_expect_not(outlook->has_endless[1]);
}

Test(outlook, agrees_with_the_world)
{
    /* 10 years with places for all, of which the first three fill them up. A chain of remand,
     * appeal and sentence, conditional release, a cycle, an attribute. The mean over 7 years of n
     * people who stay s has a variance of n s (1 + cv^2) / 7 years: the sd is 9 of 1,200, 4.3 of
     * 324, 18 of 1,500, 0.8 of 22; the bands are four of these. */
    static const char text[] =
        "period: {start: 2026-01-01, end: 2035-12-31, warm_up: 1096 days}\n"
        "attributes: {sex: {man: 0.6, woman: rest}}\n"
        "regimes: {house: {}, prison: {}}\n"
        "units: {a: {regime: house, places: 99999}, b: {regime: prison, places: 99999}}\n"
        "statuses:\n"
        "  remand: {served: true, stay: {lognormal: {mean: 60 days, cv: 1.3}}, next: {by: sex,\n"
        "    man: {appeal: 0.3, sentenced: 0.4, release: rest}, woman: {sentenced: 0.2, release: "
        "rest}}}\n"
        "  appeal: {served: true, stay: {gamma: {mean: 90 days, cv: 0.8}}, next: {sentenced: 0.6, "
        "release: rest}}\n"
        "  sentenced: {clock: custody, waits: {in: present_place}, sentence: {by: sex,\n"
        "      man: {lognormal: {mean: 300 days, cv: 1.5, at_most: 3 years}},\n"
        "      woman: {bands: [[0.5, 10 days, 100 days], [rest, 100 days, 900 days]]}},\n"
        "    release: {granted: 0.8, conditional: [{up_to: 1 year, remits: 0},\n"
        "      {up_to: 2 years, remits: 2/3, of_part_above: 1 year}, {remits: 1/3}]},\n"
        "    next: {relapse: 0.1, release: rest}}\n"
        "  relapse: {stay: {mixture: [[0.5, 10 days], [0.5, {exponential: {mean: 40 days}}]]}, "
        "next: {sentenced: 0.5, release: rest}}\n"
        "flows: {accused: {status: remand, per_day: 20}}\n"
        "placement: {house: {who: {status: [remand, appeal]}, to: [house]}, prison: {to: "
        "[prison]}}\n";
    static const char *const columns[] = {
        "present_mean status.remand", "present_mean status.appeal", "present_mean status.sentenced",
        "present_mean status.relapse"};
    static const double   apart[] = {0.03, 0.055, 0.05, 0.14};
    struct support_run    run = support_run(text, 0);
    const struct outlook *outlook = make(text);
    for (int s = 0; s < 4; s++) {
        double minutes = 0;
        for (int year = 2029; year <= 2035; year++)
            minutes += (double)support_year(&run, columns[s], year);
        double present = minutes / DAY / (7 * 365 + 1); /* 2029 to 2035: 2032 is a leap year */
        double implied = outlook->status[s].people[0];
        cr_expect_float_eq(present / implied, 1, apart[s], "%s: %g, implied %g", columns[s],
                           present, implied);
    }
}

Test(outlook, warns_of_what_looks_wrong)
{
    static const struct {
        const char *text, *warnings;
    } table[] = {
        {WARD "statuses: {s: {stay: 1 day}}\nflows: {f: {status: s, per_day: 1}}\n"
              "placement: {all: {to: [ward, jail]}}\n",
         ""},
        /* reached by a route, not by one of share 0, by not coming, by coming back from home */
        {"regimes: {ward: {}, cell: {places: unlimited}}\nunits: {a: {regime: ward, places: 9}}\n"
         "statuses:\n"
         "  s: {stay: 1 day, called_up: {no_show: 0.1, then: u}, next: {t: 0, v: 0.5, release: "
         "rest}}\n"
         "  t: {stay: 1 day}\n"
         "  u: {stay: 1 day, waits: {in: cell, limit: 2 days, at_limit: [sent_home]}, sent_home: "
         "{back_after: 9 days, as: w}}\n"
         "  v: {stay: 1 day}\n"
         "  w: {stay: 1 day}\n"
         "  x: {stay: 1 day}\n"
         "start: {present: {x: {persons: 0}}}\n"
         "flows: {f: {status: s, per_day: 1}}\nplacement: {all: {to: [ward]}}\n",
         "statuses.t: no flow, route or start group leads to it\n"
         "statuses.x: no flow, route or start group leads to it\n"},
        /* 199 minutes; each value of an attribute once; a bound that moves little is no matter */
        {"attributes: {sex: {man: 0.5, woman: 0.25, other: rest}}\n"
         "statuses:\n"
         "  s: {clock: arrival, stay: {by: sex, man: 200 minutes, else: 199 minutes}}\n"
         "  t: {clock: arrival, sentence: {by: sex, man: {uniform: {from: 0 days, to: 10 days, "
         "at_most: 5 days}}, else: {uniform: {from: 0 days, to: 1000 days, at_most: 995 days}}}}\n"
         "flows: {f: {status: s, per_day: 1}, g: {status: t, per_day: 1}}\n",
         "statuses.s.stay of sex woman, other: a mean of 199.0 minutes is under 200; stays are "
         "whole minutes\n"
         "statuses.t.sentence of sex man: bounds move the mean from 5.00 to 2.50 days\n"},
        /* as many others as there are */
        {"attributes: {sex: {man: 0.5, woman: rest}, kind: {a: 0.1, b: 0.1, c: 0.1, d: 0.1, e: "
         "0.1, "
         "f: rest}}\n"
         "statuses: {s: {clock: arrival, stay: {by: kind, f: 1 day, else: 90 minutes}}}\n"
         "flows: {f: {status: s, per_day: 1}}\n",
         "statuses.s.stay of kind a, b, c and 2 more: a mean of 90.0 minutes is under 200; stays "
         "are whole minutes\n"},
        {WARD "statuses: {s: {stay: 1 day}, t: {stay: 1 day}}\n"
              "flows: {f: {status: s, per_day: 1}, g: {status: t, per_day: 1}}\n"
              "placement: {s: {who: {status: s}, to: [ward]}, t: {to: [ward], out_of_category: "
              "[jail]}}\n",
         ""},
        {WARD "statuses: {s: {stay: 1 day}}\nflows: {f: {status: s, per_day: 1}}\n"
              "placement: {all: {to: [ward]}}\nstart: {waiting: {s: {persons: 10}}, present: {s: "
              "{persons: 9}, t: {status: s, persons: 10, elapsed: {uniform: {from: 1 day, to: 9 "
              "days, at_least: 5 days}}}}}\n",
         "unit b: no rule lets anybody in\n"
         "start.present.t.elapsed: bounds move the mean from 5.00 to 7.00 days\n"
         "start.present.t: 10 people, but the places where they may be are 9\n"},
        /* 4 + 3 + 3 of 9 from August on; a drain of 30 days reaches back into the period */
        {"regimes: {ward: {}}\nunits: {a: {regime: ward, places: 9, drain: 30 days, out_of_use: 4, "
         "changes: [{from: 2025-02-01, to: 2025-12-31, places: -9, why: works}, {from: 2027-01-30, "
         "places: +1}, {from: 2027-01-31, places: +1}, {from: 2026-07-01, places: -3, why: lost}, "
         "{from: 2026-08-01, places: -3, why: staff}]}}\n"
         "statuses: {s: {stay: 1 day}}\nflows: {f: {status: s, per_day: 1}}\n"
         "placement: {all: {to: [ward]}}\n",
         "unit a: changes[0] has no effect within the period\n"
         "unit a: changes[2] has no effect within the period\n"
         "unit a: on 2026-08-01 10 places are to be out of use, but only 9 are built\n"},
        /* late comes behind a rule for all; near_end, which has a date, lies over it */
        {WARD "statuses: {s: {stay: 9 days}, t: {stay: 9 days}}\n"
              "flows: {f: {status: s, per_day: 1}, g: {status: t, per_day: 1}}\n"
              "placement: {near_end: {to: [ward], at: 3 days before release}, all: {to: [ward, "
              "jail]}, late: {who: {status: t}, to: [jail]}}\n",
         "placement.late: it places nobody: rules before it are for all of its people, or no place "
         "of it admits them\n"},
        /* of two regimes without limit that nobody enters the one outside may wait for a measure */
        {"regimes: {ward: {}, home: {places: unlimited, outside: true}, hall: {places: "
         "unlimited}}\n"
         "units: {a: {regime: ward, places: 9}}\nstatuses: {s: {stay: 9 days}}\n"
         "flows: {f: {status: s, per_day: 1}}\nplacement: {all: {to: [ward]}}\n",
         "unit hall: no rule lets anybody in\n"},
        /* 90 places for each sex; one unit of 1 (of 181) for both, whom also status t may have */
        {"attributes: {sex: {man: 0.5, woman: rest}}\nregimes: {ward: {}}\n"
         "units: {m: {regime: ward, places: 90, admits: {sex: man}}, w: {regime: ward, places: 90, "
         "admits: {sex: woman}}, both: {regime: ward, places: 1, admits: {status: t}}}\n"
         "statuses: {s: {stay: 9 days}, t: {stay: 9 days}}\n"
         "flows: {f: {status: s, per_day: 1}, g: {status: t, per_day: 1}}\n"
         "placement: {all: {to: [ward]}}\n",
         "unit both: for sex man and woman alike, so that all their places are one group, in which "
         "free ones of the one hide a shortage of the other; admits: {sex: ..} keeps them apart\n"},
        /* where a tenth of the places is for all that is how the system is */
        {"attributes: {sex: {man: 0.5, woman: rest}}\nregimes: {ward: {}}\n"
         "units: {m: {regime: ward, places: 90, admits: {sex: man}}, w: {regime: ward, places: 90, "
         "admits: {sex: woman}}, both: {regime: ward, places: 20}}\n"
         "statuses: {s: {stay: 9 days}}\nflows: {f: {status: s, per_day: 1}}\n"
         "placement: {all: {to: [ward]}}\n",
         ""},
        /* 3 days after it starts 20 of 9 are to close; what comes behind the period does nothing */
        {WARD "statuses: {s: {stay: 9 days}}\nflows: {f: {status: s, per_day: 1}}\n"
              "placement: {all: {to: [ward, jail]}}\n"
              "measures: {shut: {kind: places, starts: 2026-03-01, ramp: 3 days, units: {a: -20}, "
              "why: reserve}, more: {kind: places, starts: 2026-05-01, units: {a: -2}, why: lost}, "
              "late: {kind: places, starts: 2027-03-01, units: {a: -20}, why: lost}}\n",
         "measures.late: it is not in force within the period\n"
         "unit a: on 2026-03-04 20 places are to be out of use, but only 9 are built\n"},
        {WARD "statuses: {s: {stay: 9 days}}\nflows: {f: {status: s, per_day: 1}}\n"
              "placement: {all: {to: [ward, jail]}}\n"
              "measures: {money: {kind: works_budget, starts: 2026-03-01, budget_per_year: 9}}\n",
         "measures.money: it has no effect, since there are no works\n"},
        {"statuses: {s: {clock: arrival, stay: 1 day, next: {s: 1}}}\n"
         "flows: {f: {status: s, per_day: 1}}\n",
         "statuses: some people go round the routes for ever, or nearly so; entries and people are "
         "at least as shown\n"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char text[2000];
        snprintf(text, sizeof text, HEAD "%s", table[i].text);
        const char *warnings = write(support_scenario(text), false);
        cr_expect_str_eq(warnings, table[i].warnings, "%zu gives: %s", i, warnings);
    }
}

/* -- spells */

Test(spell, has_the_mean_and_the_cv_of_its_shape_also_when_cut)
{
    static const struct shape_spec specs[] = {
        {FAMILY_EXPONENTIAL, 1e5, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN},
        {FAMILY_LOGNORMAL, 1e5, 3, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN},
        {FAMILY_GAMMA, 1e5, 2, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN},
        {FAMILY_PERT, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0, 1e5, 5e5, NAN, NAN},
    };
    struct arena arena = support_arena();
    for (size_t i = 0; i < COUNT(specs); i++) {
        char                why[200] = "";
        const struct shape *shape = shape_make_smooth(&arena, &specs[i], why);
        cr_assert(shape, "%s", why);
        struct spell spell = {.point = arena_new(&arena, struct point, (size_t)spell_room(shape))};
        struct spell cut = {.point = arena_new(&arena, struct point, SPELL_POINTS)};
        spell_of_shape(shape, &spell);
        cr_expect_leq(spell.count, spell_room(shape));
        struct moments moments = spell_moments(&spell);
        double         cv = sqrt(moments.square / moments.mean / moments.mean - 1);
        cr_expect_float_eq(moments.mean, shape->mean_min, 1e-5 * shape->mean_min, "%zu", i);
        cr_expect_float_eq(cv, shape->cv, 1e-3 * shape->cv, "%zu: %g", i, cv);
        spell_cut(&spell, &cut);
        cr_expect_eq(cut.count, SPELL_POINTS);
        cr_expect_float_eq(spell_moments(&cut).mean, moments.mean, 1e-9 * moments.mean);
        cr_expect_float_eq(spell_moments(&cut).square, moments.square, 1e-9 * moments.square);
        for (int p = 1; p < cut.count; p++)
            cr_assert_geq(cut.point[p].min, cut.point[p - 1].min);
    }
}

Test(spell, is_cut_in_parts_of_equal_weight_each_at_its_mean)
{
    /* 1/4 at 100, 3/4 at 200, not in order: the first 64 of 256 points, then the others; with 1/512
     * at 0 half of the first point */
    struct point points[] = {{0.75, 200, 40000}, {0.25, 100, 10000}};
    struct point uneven[] = {{511, 100, 10000}, {1, 0, 0}}, cut_points[SPELL_POINTS];
    struct spell spell = {2, points}, cut = {0, cut_points};
    spell_cut(&spell, &cut);
    for (int i = 0; i < SPELL_POINTS; i++) {
        cr_expect_float_eq(cut.point[i].min, i < 64 ? 100 : 200, 1e-9);
        cr_expect_eq(cut.point[i].weight, 1.0 / 256);
    }
    spell = (struct spell){2, uneven};
    spell_cut(&spell, &cut);
    cr_expect_float_eq(cut.point[0].min, 50, 1e-9);
    cr_expect_float_eq(cut.point[0].square, 5000, 1e-6);
    cr_expect_float_eq(cut.point[1].min, 100, 1e-9);
    cr_expect_float_eq(cut.point[255].min, 100, 1e-9);
}

Test(outlook, shows_when_places_change_and_measures_the_last_year_by_the_last_day)
{
    /* 12 built, 2 out of use. From March 2026 5 more: 5 usable, from May 2027 all 12 - 2 = 10 again
     * and 6 built on. 4 people: 0.4 of 10, 0.25 of 16. */
    const char *text = write(
        support_scenario(
            "period: {start: 2026-01-01, end: 2027-12-31}\n"
            "regimes: {ward: {}, jail: {}}\n"
            "units: {b: {regime: jail, places: 9}, a: {regime: ward, places: 12, out_of_use: 2, "
            "changes: [{from: 2026-03-01, to: 2027-04-30, places: -5, why: works}, {from: "
            "2027-05-01, places: +6}]}}\n"
            "statuses: {s: {stay: 4 days}}\nflows: {f: {status: s, per_day: 1}}\n"
            "placement: {all: {to: [ward, jail]}}\n"),
        true);
    cr_expect(strstr(text, "ward                  4.0          4.0         10        0.400        "
                           "0.250\n"),
              "%s", text);
    cr_expect(strstr(text,
                     "Places that change: built and usable at the start, the lowest usable "
                     "number and its first day,\nbuilt and usable at the end\n"
                     "regime           built    usable    lowest  from           built    "
                     "usable\n"
                     "ward                12        10         5  2026-03-01        18        "
                     "16\n\n"),
              "%s", text);
}

Test(outlook, says_which_features_it_leaves_out)
{
    const char *text = write(
        support_scenario(
            "period: {start: 2026-01-01, end: 2026-12-31}\n"
            "attributes: {area: {north: 0.5, south: rest}}\n"
            "regimes:\n"
            "  ward: {turnover: 1 hour, intake: {hours: [8, 18]}}\n"
            "  low: {}\n"
            "units:\n"
            "  ward_a: {regime: ward, places: 10, region: north, changes: [{from: 2026-06-01, "
            "places: -2, why: works}]}\n"
            "  low_a: {regime: low, places: 10}\n"
            "statuses:\n"
            "  ill: {stay: 9 days, release: {weekend: friday}, waits: {in: outside, leaves: "
            "{well: {per_year: 2, next: release}}}, further_titles: {chance: 0.5, draws_from: "
            "old}}\n"
            "  old: {stay: 5 days}\n"
            "flows: {ill: {status: ill, per_day: 1}, old: {status: old, per_day: 0.5}}\n"
            "placement:\n"
            "  late: {who: {status: ill}, to: [low], after: 3 days}\n"
            "  early: {who: {status: ill}, to: [low], at: 2 days before release}\n"
            "  near: {to: [ward], near: area}\n"
            "transport: {per_day: 3}\n"),
        true);
    static const char left_out[] =
        "\nLeft out of the people and ratios above, which know no waiting\n"
        "loss from queues (leaves): of ill\n"
        "further titles, served in the same place: after ill\n"
        "releases moved to a Friday: of ill\n"
        "other places by date (after, at): rules late, early\n"
        "regions, which may be full alone (near): rules near\n"
        "places that stand empty in turnover: of ward\n"
        "hours, days and numbers of intake: of ward\n"
        "transport: its days and numbers\n"
        "changes of places: ratios are of the first and the last day\n"
        "\nStart: ";
    cr_expect(strstr(text, left_out), "%s", text);
}

Test(outlook, tells_the_load_of_those_who_leave_beside_those_who_never_do)
{
    /* 2 a day x 5 days = 10 of 20 places; a lifer a year stays for ever */
    const char *text =
        write(support_scenario("period: {start: 2026-01-01, end: 2026-12-31}\n"
                               "regimes: {ward: {}}\n"
                               "units: {ward_a: {regime: ward, places: 20}}\n"
                               "statuses: {lifer: {}, ill: {stay: 5 days}}\n"
                               "flows: {lifer: {status: lifer, per_year: 1}, ill: {status: ill, "
                               "per_day: 2}}\n"
                               "placement: {all: {to: [ward]}}\n"),
              true);
    cr_expect(strstr(text, "ward                 10.0         20        0.500  and those without "
                           "end\n"),
              "%s", text);
}
