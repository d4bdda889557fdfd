#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* People of `start: waiting` are on their lists in the first minute, and the round of that minute
 * gives the places that are free. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-03-31}\n"

/* The rows `placed` of the history. */
static const char *placings(const struct support_run *run)
{
    struct arena arena = support_arena();
    const char  *text = "";
    for (const char *at = support_history(run, NULL), *end; *at; at = end) {
        end = strchr(at, '\n') + 1;
        const char *word = strstr(at, " placed ");
        if (word && word < end)
            text = arena_print(&arena, "%s%.*s", text, (int)(end - at), at);
    }
    return text;
}

static void expect_placings(const char *text, const char *expected)
{
    struct support_run run = support_run(text, 0);
    cr_expect_str_eq(placings(&run), expected);
}

Test(placement, gives_the_free_place_to_the_longest_waiting_then_the_lowest_key)
{
    /* Stays of a day in one place, so one a day: b since 3 days, then a and c since 2 days with
     * key (group by name, number): a 0, a 1, c 0. */
    expect_placings(QUARTER "regimes: {ward: {}}\n"
                            "units: {ward: {regime: ward, places: 1}}\n"
                            "statuses: {held: {stay: 1 day}}\n"
                            "placement: {all: {to: [ward]}}\n"
                            "start:\n"
                            "  waiting:\n"
                            "    c: {status: held, persons: 1, since: 2 days}\n"
                            "    b: {status: held, persons: 1, since: 3 days}\n"
                            "    a: {status: held, persons: 2, since: 2 days}\n",
                    "0 00:00 waiting/b 0 placed held ward\n"
                    "1 00:00 waiting/a 0 placed held ward\n"
                    "2 00:00 waiting/a 1 placed held ward\n"
                    "3 00:00 waiting/c 0 placed held ward\n");
}

Test(placement, takes_rules_in_their_order_and_not_by_waiting_time)
{
    /* urgent goes first, though the plain ones have waited for 50 days */
    expect_placings(
        QUARTER
        "regimes: {ward: {}}\n"
        "units: {ward: {regime: ward, places: 1}}\n"
        "statuses: {plain: {stay: 1 day}, urgent: {stay: 1 day}}\n"
        "placement: {first: {who: {status: urgent}, to: [ward]}, second: {to: [ward]}}\n"
        "start:\n"
        "  waiting: {plain: {persons: 2, since: 50 days}, urgent: {persons: 2, since: 1 day}}\n",
        "0 00:00 waiting/urgent 0 placed urgent ward\n"
        "1 00:00 waiting/urgent 1 placed urgent ward\n"
        "2 00:00 waiting/plain 0 placed plain ward\n"
        "3 00:00 waiting/plain 1 placed plain ward\n");
}

Test(placement, lets_those_pass_whose_own_places_are_full)
{
    /* the first rule has people waiting, but for the annex; the ward's place is not theirs */
    expect_placings(
        QUARTER "regimes: {ward: {}, annex: {}}\n"
                "units: {ward: {regime: ward, places: 1}, annex: {regime: annex, places: 1}}\n"
                "statuses: {plain: {stay: 50 days}, urgent: {stay: 20 days}}\n"
                "placement: {first: {who: {status: urgent}, to: [annex]}, second: {to: [ward]}}\n"
                "start:\n"
                "  waiting: {plain: {persons: 1}, urgent: {persons: 2, since: 1 day}}\n",
        "0 00:00 waiting/plain 0 placed plain ward\n"
        "0 00:00 waiting/urgent 0 placed urgent annex\n"
        "20 00:00 waiting/urgent 1 placed urgent annex\n");
}

Test(placement, orders_by_the_longest_sentence_where_the_rule_says_so)
{
    /* sentences 3, 9 and 6 days (two of 6: the lower key), waiting times the other way round */
    expect_placings(
        QUARTER
        "regimes: {ward: {}}\n"
        "units: {ward: {regime: ward, places: 1}}\n"
        "statuses: {three: {sentence: 3 days}, nine: {sentence: 9 days}, six: {sentence: 6 days}}\n"
        "placement: {all: {to: [ward], order: longest_sentence}}\n"
        "start:\n"
        "  waiting:\n"
        "    three: {persons: 1, since: 30 days}\n"
        "    nine: {persons: 1, since: 10 days}\n"
        "    six: {persons: 2, since: 20 days}\n",
        "0 00:00 waiting/nine 0 placed nine ward\n"
        "9 00:00 waiting/six 0 placed six ward\n"
        "15 00:00 waiting/six 1 placed six ward\n"
        "21 00:00 waiting/three 0 placed three ward\n");
}

Test(placement, takes_the_unit_with_most_free_places_ties_by_name)
{
    /* free: c 3, b 2, a 2. c, then 2 2 2: a, b, c; then 1 1 1: a, b, c */
    expect_placings(QUARTER "regimes: {ward: {}}\n"
                            "units: {c: {regime: ward, places: 3}, b: {regime: ward, places: 2}, "
                            "a: {regime: ward, places: 2}}\n"
                            "statuses: {held: {stay: 80 days}}\n"
                            "placement: {all: {to: [ward]}}\n"
                            "start: {waiting: {held: {persons: 8}}}\n",
                    "0 00:00 waiting/held 0 placed held c\n"
                    "0 00:00 waiting/held 1 placed held a\n"
                    "0 00:00 waiting/held 2 placed held b\n"
                    "0 00:00 waiting/held 3 placed held c\n"
                    "0 00:00 waiting/held 4 placed held a\n"
                    "0 00:00 waiting/held 5 placed held b\n"
                    "0 00:00 waiting/held 6 placed held c\n"
                    "80 00:00 waiting/held 7 placed held c\n");
}

Test(placement, fills_the_pools_of_a_rule_in_their_order)
{
    /* the annex is named first, though the ward has more free places */
    expect_placings(QUARTER
                    "regimes: {ward: {}, annex: {}}\n"
                    "units: {ward: {regime: ward, places: 2}, annex: {regime: annex, places: 1}}\n"
                    "statuses: {held: {stay: 10 days}}\n"
                    "placement: {all: {to: [annex, ward]}}\n"
                    "start: {waiting: {held: {persons: 4}}}\n",
                    "0 00:00 waiting/held 0 placed held annex\n"
                    "0 00:00 waiting/held 1 placed held ward\n"
                    "0 00:00 waiting/held 2 placed held ward\n"
                    "10 00:00 waiting/held 3 placed held annex\n");
}

Test(placement, places_nobody_where_he_is_not_admitted)
{
    /* 60 men and women, half of each by chance, wait for 30 places of each: only the own count */
    struct support_run run =
        support_run(QUARTER "attributes: {sex: {man: 1/2, woman: rest}}\n"
                            "regimes: {ward: {}}\n"
                            "units:\n"
                            "  men: {regime: ward, places: 60, admits: {sex: man}}\n"
                            "  women: {regime: ward, places: 60, admits: {sex: woman}}\n"
                            "statuses: {held: {stay: 80 days}}\n"
                            "placement: {all: {to: [ward]}}\n"
                            "start: {waiting: {held: {persons: 60}}}\n"
                            "output: {daily: [sex, regime]}\n",
                    0);
    int64_t men = support_day(&run, "present sex.man", "2026-01-01");
    int64_t women = support_day(&run, "present sex.woman", "2026-01-01");
    int     in_men = 0, in_women = 0;
    for (uint32_t i = 0; i < run.trace.count; i++) {
        in_men += run.trace.row[i].what == TRACE_PLACED && run.trace.row[i].unit == 0;
        in_women += run.trace.row[i].what == TRACE_PLACED && run.trace.row[i].unit == 1;
    }
    cr_expect_eq(men + women, 60);
    cr_expect_eq(in_men, men);
    cr_expect_eq(in_women, women);
    cr_expect(men > 15 && women > 15, "60 x 1/2, within 4 sd of 3.9: %d", (int)men);
}

Test(placement, offers_a_place_left_in_the_round_in_the_same_round)
{
    /* z leaves the top on day 5; a moves up from the middle, b from the low one, c comes in: all in
     * one minute, whatever the order of the rules */
    static const char *const rules[] = {
        "placement: {top: {who: {status: up}, to: [top]}, mid: {who: {status: half}, to: [mid]},\n"
        "  low: {who: {status: new}, to: [low]}}\n",
        "placement: {low: {who: {status: new}, to: [low]}, mid: {who: {status: half}, to: [mid]},\n"
        "  top: {who: {status: up}, to: [top]}}\n",
    };
    for (int i = 0; i < 2; i++) {
        char text[2048];
        snprintf(text, sizeof text, "%s%s",
                 QUARTER "regimes: {top: {}, mid: {}, low: {}}\n"
                         "units: {top: {regime: top, places: 1}, mid: {regime: mid, places: 1}, "
                         "low: {regime: low, places: 1}}\n"
                         "statuses:\n"
                         "  up: {stay: 20 days, waits: {in: present_place}}\n"
                         "  half: {stay: 20 days, waits: {in: present_place}}\n"
                         "  new: {stay: 20 days}\n"
                         "start:\n"
                         "  present: {z: {status: up, persons: 1, elapsed: 15 days}}\n"
                         "  waiting:\n"
                         "    a: {status: up, persons: 1, in: [mid], since: 1 day}\n"
                         "    b: {status: half, persons: 1, in: [low], since: 2 days}\n"
                         "    c: {status: new, persons: 1, since: 3 days}\n",
                 rules[i]);
        expect_placings(text, "0 00:00 present/z 0 placed up top\n"
                              "5 00:00 waiting/a 0 placed up top\n"
                              "5 00:00 waiting/b 0 placed half mid\n"
                              "5 00:00 waiting/c 0 placed new low\n");
    }
}

Test(placement, keeps_a_place_empty_for_its_turnover)
{
    /* a leaves on day 5 at midnight; the place is given 36 hours later. Present on day 5 and 6: 0,
     * then b from day 6 at noon. b's day: from day 6, 12:00, to day 7, 12:00. */
    struct support_run run = support_run(
        QUARTER
        "regimes: {ward: {turnover: 36 hours}}\n"
        "units: {ward: {regime: ward, places: 1}}\n"
        "statuses: {held: {stay: 10 days}, brief: {stay: 1 day}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {present: {held: {persons: 1, elapsed: 5 days}}, waiting: {brief: {persons: 2}}}\n",
        0);
    cr_expect_str_eq(placings(&run), "0 00:00 present/held 0 placed held ward\n"
                                     "6 12:00 waiting/brief 0 placed brief ward\n"
                                     "9 00:00 waiting/brief 1 placed brief ward\n");
    cr_expect_str_eq(support_days(&run, "present total", 11), "1 1 1 1 1 0 1 0 0 1 0");
    cr_expect_str_eq(support_days(&run, "present_mean total", 11),
                     "1440 1440 1440 1440 1440 0 720 720 0 1440 0");
    cr_expect_str_eq(support_days(&run, "usable total", 3), "1 1 1");
}

Test(placement, keeps_the_place_that_the_next_status_may_have)
{
    /* the convict's rule names the ward first and the annex too: he stays in the annex, no move, no
     * new placement, though the ward is empty */
    struct support_run run = support_run(
        QUARTER
        "regimes: {ward: {}, annex: {}}\n"
        "units: {ward: {regime: ward, places: 1}, annex: {regime: annex, places: 1}}\n"
        "statuses:\n"
        "  remand: {stay: 10 days, next: {convict: 1}}\n"
        "  convict: {stay: 10 days, waits: {in: present_place}}\n"
        "placement: {remand: {who: {status: remand}, to: [annex]}, convict: {to: [ward, annex]}}\n"
        "start: {present: {remand: {persons: 1, elapsed: 4 days}}}\n",
        0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 present/remand 0 placed remand annex\n"
                     "6 00:00 present/remand 0 status convict annex\n"
                     "6 00:00 present/remand 0 placed convict annex\n"
                     "16 00:00 present/remand 0 released convict annex\n");
    cr_expect_eq(support_year(&run, "placements total", 2026), 0);
}

Test(placement, keeps_the_priority_of_those_who_come_in_one_minute)
{
    /* 3,900 a day, three a minute, for half an hour each: 81 of 85 places, so the places of a
     * minute often go to some of those who come in it. Nobody leaves a list but to a place, so
     * while an urgent one is left over at the end of a minute, no plain one was placed in it. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-07}\n"
        "regimes: {ward: {}}\n"
        "units: {ward: {regime: ward, places: 85}}\n"
        "statuses: {plain: {clock: placement, stay: 30 minutes},\n"
        "           urgent: {clock: placement, stay: 30 minutes}}\n"
        "flows: {a: {status: plain, per_day: 1950}, b: {status: urgent, per_day: 1950}}\n"
        "placement: {first: {who: {status: urgent}, to: [ward]}, second: {to: [ward]}}\n",
        0);
    const int urgent = strcmp(run.plan->statuses.name[0], "urgent") == 0 ? 0 : 1;
    int       left_over = 0, plain_placed = 0, minutes_short = 0;
    for (uint32_t i = 0; i < run.trace.count; i++) {
        const struct trace_row *row = &run.trace.row[i];
        if (i == 0 || row->minute != run.trace.row[i - 1].minute)
            plain_placed = 0;
        if (row->status == urgent)
            left_over += (row->what == TRACE_ARRIVED) - (row->what == TRACE_PLACED);
        else
            plain_placed += row->what == TRACE_PLACED;
        if (i + 1 < run.trace.count && run.trace.row[i + 1].minute == row->minute)
            continue;
        minutes_short += left_over > 0;
        cr_assert(left_over == 0 || plain_placed == 0, "minute %d", row->minute);
    }
    cr_expect(minutes_short > 100, "%d", minutes_short);
}
