#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/count.h"
#include "tests/support.h"

/* At 365 a year a crisis begins on average after a day: when is chance, and the tests go on from
 * there. */
#define WORLD                                                                                      \
    "period: {start: 2026-01-01, end: 2026-04-30}\n"                                               \
    "attributes: {mood: {calm: 0, ill: rest}}\n"                                                   \
    "regimes: {prison: {}, ppc: {}}\n"
#define PLACES "units: {wing: {regime: prison, places: 1}, crisis: {regime: ppc, places: 1}}\n"
#define FULL "units: {wing: {regime: prison, places: 1}, crisis: {regime: ppc, places: 0}}\n"
#define RULES "placement: {crisis: {during: crisis, to: [ppc]}, held: {to: [prison]}}\n"
#define ONE "start: {waiting: {held: {persons: 1}}}\n"

/* When something happened to a person of a stream for the n-th time (from 0); -1: it did not. */
static int minute_of(const struct support_run *run, const char *stream, enum trace_what what, int n)
{
    for (uint32_t i = 0; i < run->trace.count; i++) {
        const struct trace_row *row = &run->trace.row[i];
        if (row->what == what && strcmp(run->plan->stream[row->stream].name, stream) == 0 &&
            n-- == 0)
            return row->minute;
    }
    return -1;
}

/* "1 04:05" */
static const char *when(int minute)
{
    static char text[4][24];
    static int  next;
    next = (next + 1) % (int)COUNT(text);
    snprintf(text[next], sizeof text[next], "%d %02d:%02d", minute / 1440, minute / 60 % 24,
             minute % 60);
    return text[next];
}

static void expect_history(const struct support_run *run, const char *stream, const char *expected)
{
    cr_expect_str_eq(support_history(run, stream), expected);
}

/* The first crisis of a, in whose minute it begins, lasts 5 days; the next comes after his 9 days
 * of which it takes none away. */
Test(crisis, he_is_in_a_crisis_place_as_long_as_it_lasts_and_his_clock_runs_on)
{
    struct support_run run = support_run(WORLD PLACES RULES ONE
                                         "statuses: {held: {stay: 9 days, crisis: {per_year: 365, "
                                         "lasts: 5 days}}}\n",
                                         3);
    char               expected[1000];
    int                begin_min = minute_of(&run, "waiting/held", TRACE_CRISIS, 0);
    cr_assert(begin_min > 0 && begin_min < 4 * 1440, "chance has another answer: choose another");
    snprintf(expected, sizeof expected,
             "0 00:00 waiting/held 0 waits held outside\n"
             "0 00:00 waiting/held 0 placed held wing\n"
             "%s waiting/held 0 crisis held wing\n"
             "%s waiting/held 0 placed held crisis\n"
             "%s waiting/held 0 crisis_over held crisis\n"
             "%s waiting/held 0 placed held wing\n",
             when(begin_min), when(begin_min), when(begin_min + 5 * 1440),
             when(begin_min + 5 * 1440));
    cr_expect_eq(strncmp(support_history(&run, NULL), expected, strlen(expected)), 0, "%s",
                 support_history(&run, NULL));
    cr_expect(strstr(support_history(&run, NULL), "9 00:00 waiting/held 0 released held"));
    cr_expect_eq(support_year(&run, "waits_ended status.held", 2026), 1,
                 "that for his first place");
}

/* He has no place to go to: 5 days in a crisis where he is. His stay is over before the next. */
Test(crisis, without_a_place_he_is_where_he_is)
{
    struct support_run run =
        support_run(WORLD FULL RULES ONE "statuses: {held: {stay: 8 days, crisis: {per_year: 60, "
                                         "lasts: 2 days}}}\n",
                    0);
    cr_assert(minute_of(&run, "waiting/held", TRACE_CRISIS_OVER, 0) > 0, "choose another");
    cr_assert(minute_of(&run, "waiting/held", TRACE_CRISIS, 1) < 0, "choose another");
    cr_expect_eq(minute_of(&run, "waiting/held", TRACE_PLACED, 1), -1);
    cr_expect_eq(support_year(&run, "crises total", 2026), 1);
    cr_expect_eq(support_year(&run, "crises status.held", 2026), 1);
    cr_expect_eq(support_year(&run, "in_crisis_mean total", 2026), 2 * 1440);
    cr_expect_eq(support_year(&run, "crisis_waiting_mean total", 2026), 2 * 1440);
    cr_expect_eq(support_year(&run, "waiting_mean total", 2026), 0, "he has a place of his own");
}

/* k has the crisis place for 30 days. Both fall into a crisis before that, for 80 days: on day 30
 * the one goes there whose began first, the other waits in the wing. */
Test(crisis, the_place_goes_to_who_has_been_in_a_crisis_longest)
{
    struct support_run run = support_run(
        WORLD
        "units: {wing: {regime: prison, places: 2}, crisis: {regime: ppc, places: 1}}\n"
        "statuses: {k: {stay: 30 days}, held: {stay: 100 days, crisis: {per_year: 100, lasts: 80 "
        "days}}}\n"
        "placement: {k: {who: {status: k}, to: [ppc]}, crisis: {during: crisis, to: [ppc]}, held: "
        "{to: [prison]}}\n"
        "start: {present: {k: {persons: 1, elapsed: 0 days}}, waiting: {a: {status: held, persons: "
        "1}, b: {status: held, persons: 1}}}\n",
        0);
    int         a_min = minute_of(&run, "waiting/a", TRACE_CRISIS, 0);
    int         b_min = minute_of(&run, "waiting/b", TRACE_CRISIS, 0);
    const char *first = a_min < b_min ? "waiting/a" : "waiting/b";
    const char *other = a_min < b_min ? "waiting/b" : "waiting/a";
    cr_assert(a_min > 0 && b_min > 0 && a_min < 20 * 1440 && b_min < 20 * 1440, "choose another");
    cr_expect_eq(minute_of(&run, first, TRACE_PLACED, 1), 30 * 1440);
    cr_expect_neq(minute_of(&run, other, TRACE_PLACED, 1), 30 * 1440);
    /* the other 80 days in the wing at most; both to day 30 */
    cr_expect_eq(support_day(&run, "crisis_waiting total", "2026-01-30"), 2);
    cr_expect_eq(support_day(&run, "crisis_waiting total", "2026-01-31"), 1);
    cr_expect_eq(support_day(&run, "in_crisis total", "2026-01-31"), 2);
}

/* a goes into the crisis place, and b gets the wing for 30 days; so a, whose crisis is over after 5
 * days, goes back 30 days later. */
Test(crisis, the_way_back_takes_until_a_place_of_his_own_is_free)
{
    struct support_run run = support_run(
        WORLD PLACES RULES
        "statuses: {b: {stay: 30 days}, held: {stay: 100 days, crisis: {per_year: 8, lasts: 5 "
        "days}}}\n"
        "start: {waiting: {held: {persons: 1, since: 1 day}, b: {persons: 1}}}\n",
        6);
    int begin_min = minute_of(&run, "waiting/held", TRACE_CRISIS, 0);
    int next_min = minute_of(&run, "waiting/held", TRACE_CRISIS, 1);
    cr_assert(begin_min > 0 && (next_min < 0 || next_min > begin_min + 36 * 1440),
              "choose another");
    cr_expect_eq(minute_of(&run, "waiting/b", TRACE_PLACED, 0), begin_min);
    cr_expect_eq(minute_of(&run, "waiting/held", TRACE_CRISIS_OVER, 0), begin_min + 5 * 1440);
    cr_expect_eq(minute_of(&run, "waiting/held", TRACE_PLACED, 2), begin_min + 30 * 1440);
    cr_expect_eq(minute_of(&run, "waiting/held", TRACE_RELEASED, 0), 100 * 1440);
}

/* Two who are in no crisis have crisis places that their rule gives them, until a measure takes
 * these from it on the 10th: they go to the wing in that minute. */
Test(crisis, a_place_that_is_his_no_longer_by_a_measure_is_left)
{
    struct support_run run = support_run(
        WORLD "units: {wing: {regime: prison, places: 2}, crisis: {regime: ppc, places: 2}}\n"
              "placement: {crisis: {during: crisis, to: [ppc]}, held: {to: [prison, ppc]}}\n"
              "measures: {m: {kind: placement, starts: 2026-01-10, rule: held, without: [ppc]}}\n"
              "statuses: {held: {stay: 1 year, crisis: {per_year: 0.001, lasts: 6 days}}}\n"
              "start: {present: {a: {status: held, persons: 2, elapsed: 0 days, in: [ppc]}}}\n",
        0);
    cr_assert_eq(support_year(&run, "crises total", 2026), 0, "choose another");
    cr_expect_eq(support_day(&run, "present regime.ppc", "2026-01-09"), 2);
    cr_expect_eq(support_day(&run, "present regime.prison", "2026-01-10"), 2);
    cr_expect_eq(minute_of(&run, "present/a", TRACE_PLACED, 2), 9 * 1440);
}

/* Each wants the place of the other now and then. */
Test(crisis, two_may_swap)
{
    struct support_run run = support_run(
        WORLD PLACES RULES
        "statuses: {held: {stay: 1 year, crisis: {per_year: 60, lasts: 6 days}}}\n"
        "start: {present: {a: {status: held, persons: 1, elapsed: 0 days, in: [prison]}, b: "
        "{status: held, persons: 1, elapsed: 0 days, in: [ppc]}}}\n",
        0);
    cr_expect_gt(support_year(&run, "swapped total", 2026), 0);
    cr_expect_eq(support_year(&run, "swapped total", 2026) % 2, 0);
}

/* Each place is his own until the 10th; then the wing alone is. */
Test(crisis, two_may_swap_by_the_rule_of_a_measure)
{
    struct support_run run = support_run(
        WORLD PLACES
        "placement: {crisis: {during: crisis, to: [ppc]}, held: {to: [prison, ppc]}}\n"
        "measures: {m: {kind: placement, starts: 2026-01-10, rule: held, without: [ppc]}}\n"
        "statuses: {held: {stay: 1 year, crisis: {per_year: 60, lasts: 6 days}}}\n"
        "start: {present: {a: {status: held, persons: 1, elapsed: 0 days, in: [prison]}, b: "
        "{status: held, persons: 1, elapsed: 0 days, in: [ppc]}}}\n",
        0);
    cr_expect_gt(support_year(&run, "swapped total", 2026), 0);
}

/* A rate of 0 is as no crisis, and its rule as none. */
Test(crisis, that_never_comes_changes_nothing)
{
#define PEOPLE                                                                                     \
    "start: {present: {held: {persons: 1}}, waiting: {held: {persons: 3}}}\n"                      \
    "flows: {held: {status: held, per_day: 0.2}}\n"
    struct support_run with = support_run(
        WORLD PLACES RULES PEOPLE "statuses: {held: {stay: {exponential: {mean: 9 days}}, crisis: "
                                  "{per_year: 0, lasts: 5 days}}}\n",
        0);
    struct support_run without =
        support_run(WORLD PLACES "placement: {held: {to: [prison]}}\n" PEOPLE
                                 "statuses: {held: {stay: {exponential: {mean: 9 days}}}}\n",
                    0);
    cr_expect_eq(with.plan->columns.daily_count, without.plan->columns.daily_count);
    expect_history(&with, NULL, support_history(&without, NULL));
}

#define TWO_STATUSES(crisis_of_convicts)                                                           \
    WORLD PLACES RULES                                                                             \
        "statuses: {remand: {stay: 3 days, crisis: {per_year: 365, lasts: 5 days}, next: "         \
        "{convict: 1}}, convict: {stay: 30 days, waits: {in: present_place}" crisis_of_convicts    \
        "}}\nstart: {waiting: {remand: {persons: 1}}}\n"

Test(crisis, goes_on_in_another_status_where_its_people_can_have_one)
{
    struct support_run run =
        support_run(TWO_STATUSES(", crisis: {per_year: 0.001, lasts: 90 days}"), 3);
    char expected[1000];
    int  begin_min = minute_of(&run, "waiting/remand", TRACE_CRISIS, 0);
    cr_assert(begin_min > 0 && begin_min < 3 * 1440, "choose another");
    snprintf(expected, sizeof expected,
             "0 00:00 waiting/remand 0 waits remand outside\n"
             "0 00:00 waiting/remand 0 placed remand wing\n"
             "%s waiting/remand 0 crisis remand wing\n"
             "%s waiting/remand 0 placed remand crisis\n"
             "3 00:00 waiting/remand 0 status convict crisis\n"
             "3 00:00 waiting/remand 0 placed convict crisis\n"
             "%s waiting/remand 0 crisis_over convict crisis\n"
             "%s waiting/remand 0 placed convict wing\n"
             "33 00:00 waiting/remand 0 released convict wing\n",
             when(begin_min), when(begin_min), when(begin_min + 5 * 1440),
             when(begin_min + 5 * 1440));
    expect_history(&run, NULL, expected);
    cr_expect_eq(support_year(&run, "in_crisis_mean total", 2026), 5 * 1440);
}

Test(crisis, ends_with_a_status_whose_people_have_none)
{
    struct support_run run = support_run(TWO_STATUSES(""), 3);
    int                begin_min = minute_of(&run, "waiting/remand", TRACE_CRISIS, 0);
    cr_assert(begin_min > 0 && begin_min < 3 * 1440, "choose another");
    cr_expect(strstr(support_history(&run, NULL),
                     "3 00:00 waiting/remand 0 status convict crisis\n"
                     "3 00:00 waiting/remand 0 placed convict wing\n"));
    cr_expect_eq(support_year(&run, "in_crisis_mean total", 2026), 3 * 1440 - begin_min);
}

Test(crisis, who_is_released_in_it_leaves_from_where_he_is)
{
    struct support_run run = support_run(WORLD PLACES RULES ONE
                                         "statuses: {held: {stay: 3 days, crisis: {per_year: 365, "
                                         "lasts: 50 days}}}\n",
                                         3);
    int                begin_min = minute_of(&run, "waiting/held", TRACE_CRISIS, 0);
    cr_assert(begin_min > 0 && begin_min < 3 * 1440, "choose another");
    cr_expect(strstr(support_history(&run, NULL), "3 00:00 waiting/held 0 released held crisis\n"));
    cr_expect_eq(support_day(&run, "in_crisis total", "2026-01-03"), 1);
    cr_expect_eq(support_day(&run, "in_crisis total", "2026-01-04"), 0);
    cr_expect_eq(support_year(&run, "in_crisis_mean total", 2026), 3 * 1440 - begin_min);
}

/* By attributes: the calm have none. */
Test(crisis, comes_to_those_who_can_have_one)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-04-30}\n"
        "attributes: {mood: {calm: 0.5, ill: rest}}\n"
        "regimes: {prison: {}, ppc: {}}\n"
        "units: {wing: {regime: prison, places: 200}, crisis: {regime: ppc, places: 200, admits: "
        "{mood: ill}}}\n" RULES
        "statuses: {held: {stay: 1 year, crisis: {per_year: {by: mood, ill: 40, calm: 0}, lasts: 9 "
        "days}}}\n"
        "start: {present: {held: {persons: 200}}}\n"
        "output: {daily: [total, mood, regime]}\n",
        0);
    cr_expect_gt(support_day(&run, "present regime.ppc", "2026-03-01"), 20);
    cr_expect_eq(support_day(&run, "present regime.ppc", "2026-03-01"),
                 support_day(&run, "in_crisis total", "2026-03-01"));
    cr_expect_eq(support_year(&run, "crisis_waiting_mean total", 2026), 0);
}

/* Of 1,000 who the start puts in crisis places, all in crises of 20 days, half are there after 10:
 * 500, 4 x root(250) = 63. Of those in prison nobody is in one. */
Test(crisis, where_the_start_puts_people_says_whether_they_are_in_one)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-02-28}\n"
        "attributes: {mood: {calm: 0, ill: rest}}\n"
        "regimes: {prison: {}, ppc: {}}\n"
        "units: {wing: {regime: prison, places: 3000}, crisis: {regime: ppc, places: 1000}}\n" RULES
        "statuses: {held: {stay: 90 years, crisis: {per_year: 0.0001, lasts: 20 days}}}\n"
        "start: {present: {a: {status: held, persons: 1000, in: [ppc]}, b: {status: held, persons: "
        "1000, in: [prison]}}}\n",
        0);
    int64_t half = support_day(&run, "in_crisis total", "2026-01-10");
    cr_expect_geq(half, 500 - 63);
    cr_expect_leq(half, 500 + 63);
    cr_expect_leq(support_day(&run, "in_crisis total", "2026-01-21"), 1);
    cr_expect_leq(support_year(&run, "crises total", 2026), 2, "2,000 x 0.0001 x 59 / 365 = 0.03");
}

/* -- conservation: minutes as the events have them */

struct stay {
    uint64_t key;
    int      since_min;
    bool     is_on, is_there; /* in a crisis, in a place for it */
};

static struct stay *find_stay(struct stay *stays, int *count, uint64_t key)
{
    for (int i = 0; i < *count; i++)
        if (stays[i].key == key)
            return &stays[i];
    stays[*count] = (struct stay){.key = key};
    return &stays[(*count)++];
}

Test(crisis, minutes_counted_are_those_of_the_events)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-06-30}\n"
        "regimes: {prison: {}, house: {}, ppc: {turnover: 5 hours}}\n"
        "units: {wing: {regime: prison, places: 40}, house: {regime: house, places: 25}, crisis: "
        "{regime: ppc, places: 9}}\n"
        "statuses:\n"
        "  remand: {clock: arrival, stay: {exponential: {mean: 12 days}}, crisis: {per_year: 12, "
        "lasts: {exponential: {mean: 9 days}}}, next: {convict: 0.8, release: rest}}\n"
        "  convict: {stay: {exponential: {mean: 20 days}}, waits: {in: present_place}, crisis: "
        "{per_year: 9, lasts: 6 days}}\n"
        "flows: {remand: {status: remand, per_day: 2}}\n"
        "placement:\n"
        "  crisis: {during: crisis, to: [ppc]}\n"
        "  remand: {who: {status: remand}, to: [house]}\n"
        "  convict: {who: {status: convict}, to: [prison]}\n",
        0);
    static struct stay stays[2000];
    int                count = 0, end_min = 181 * 1440;
    int64_t            all_min = 0, waiting_min = 0, begun = 0;
    for (uint32_t i = 0; i <= run.trace.count; i++) {
        const struct trace_row *row = &run.trace.row[i];
        bool                    is_last = i == run.trace.count;
        for (int k = 0; k < count; k++) { /* all up to the end */
            struct stay *stay = &stays[k];
            if (!stay->is_on || (!is_last && stay->key != row->key))
                continue;
            int until_min = is_last ? end_min : row->minute;
            all_min += until_min - stay->since_min;
            waiting_min += stay->is_there ? 0 : until_min - stay->since_min;
            stay->since_min = until_min;
        }
        if (is_last)
            break;
        struct stay *stay = find_stay(stays, &count, row->key);
        begun += row->what == TRACE_CRISIS;
        if (row->what == TRACE_CRISIS || row->what == TRACE_CRISIS_OVER ||
            row->what == TRACE_RELEASED)
            stay->is_on = row->what == TRACE_CRISIS;
        stay->is_there = row->unit == 2;
        stay->since_min = row->minute;
    }
    cr_expect_gt(waiting_min, 10000);
    cr_expect_eq(support_year(&run, "in_crisis_mean total", 2026), all_min);
    cr_expect_eq(support_year(&run, "crisis_waiting_mean total", 2026), waiting_min);
    cr_expect_eq(support_year(&run, "crises total", 2026), begun);
    cr_expect_eq(support_year(&run, "crises status.remand", 2026) +
                     support_year(&run, "crises status.convict", 2026),
                 begun);
}
