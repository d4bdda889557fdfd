#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "models/placement.h"
#include "models/population.h"
#include "models/waiting.h"
#include "tests/support.h"

#define QUARTER "period: {start: 2026-01-01, end: 2026-03-31}\n"

/* One place each, a with a turnover; status to_x waits for x in the place that it keeps. */
#define WORLD                                                                                      \
    QUARTER "regimes: {a: {turnover: 2 days}, b: {}, c: {}}\n"                                     \
            "units: {a: {regime: a, places: 1}, b: {regime: b, places: 1}, c: {regime: c, "        \
            "places: 1}}\n"                                                                        \
            "statuses:\n"                                                                          \
            "  to_a: {stay: 20 days, waits: {in: present_place}}\n"                                \
            "  to_b: {stay: 30 days, waits: {in: present_place}}\n"                                \
            "  to_c: {stay: 40 days, waits: {in: present_place}}\n"                                \
            "  to_ac: {stay: 50 days, waits: {in: present_place}}\n"                               \
            "  to_cb: {stay: 50 days, waits: {in: present_place}}\n"                               \
            "  new: {stay: 10 days}\n"                                                             \
            "placement:\n"                                                                         \
            "  new: {who: {status: new}, to: [a]}\n"                                               \
            "  to_a: {who: {status: to_a}, to: [a]}\n"                                             \
            "  to_b: {who: {status: to_b}, to: [b]}\n"                                             \
            "  to_c: {who: {status: to_c}, to: [c]}\n"                                             \
            "  to_ac: {who: {status: to_ac}, to: [a, c]}\n"                                        \
            "  to_cb: {who: {status: to_cb}, to: [c, b]}\n"                                        \
            "start:\n"                                                                             \
            "  waiting:\n"

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

static void expect_placings(const char *text, int swapped, const char *expected)
{
    struct support_run run = support_run(text, 0);
    cr_expect_str_eq(placings(&run), expected);
    cr_expect_eq(support_year(&run, "swapped total", 2026), swapped);
}

Test(ring, two_who_want_each_others_place_exchange_them_at_once)
{
    /* Each waits for the other's: both move in the first minute, without the turnover of a, and
     * though new waits outside for a with a higher priority: no place was free for him. to_a's 20
     * days in a are over on day 20; a is free for new after the turnover, on day 22. */
    struct support_run run = support_run(WORLD "    new: {persons: 1, since: 50 days}\n"
                                               "    to_a: {persons: 1, in: [b], since: 1 day}\n"
                                               "    to_b: {persons: 1, in: [a], since: 3 days}\n",
                                         0);
    cr_expect_str_eq(placings(&run), "0 00:00 waiting/to_a 0 placed to_a a\n"
                                     "0 00:00 waiting/to_b 0 placed to_b b\n"
                                     "22 00:00 waiting/new 0 placed new a\n");
    cr_expect_eq(support_year(&run, "swapped total", 2026), 2);
    cr_expect_eq(support_year(&run, "swapped status.to_a", 2026), 1);
    cr_expect_eq(support_year(&run, "placements total", 2026), 3);
    cr_expect_str_eq(support_days(&run, "present total", 23),
                     "2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 1 1 2");
    cr_expect(run.plan->rules.ring_pools == 3, "by where the start puts them");
}

Test(ring, three_exchange_their_places_in_a_ring)
{
    /* a's waits for b, b's for c, c's for a: no two of them could exchange */
    expect_placings(WORLD "    to_a: {persons: 1, in: [c], since: 1 day}\n"
                          "    to_b: {persons: 1, in: [a], since: 3 days}\n"
                          "    to_c: {persons: 1, in: [b], since: 2 days}\n",
                    3,
                    "0 00:00 waiting/to_a 0 placed to_a a\n"
                    "0 00:00 waiting/to_b 0 placed to_b b\n"
                    "0 00:00 waiting/to_c 0 placed to_c c\n");
}

Test(ring, a_place_out_of_category_that_is_got_in_exchange_is_counted)
{
    /* x has a place in b, yy one in a; before release x is for c or, out of category, a; yy for b.
     * c is closed. They exchange at once: one placement is out of category. */
    struct support_run run = support_run(
        QUARTER "regimes: {a: {}, b: {}, c: {}}\n"
                "units: {a: {regime: a, places: 1}, b: {regime: b, places: 1}, c: {regime: c, "
                "places: 0}}\n"
                "statuses: {x: {stay: 30 days}, yy: {stay: 30 days}}\n"
                "placement:\n"
                "  x: {who: {status: x}, to: [b]}\n"
                "  yy: {who: {status: yy}, to: [a]}\n"
                "  x_out: {who: {status: x}, at: 60 days before release, to: [c, a], "
                "out_of_category: [a]}\n"
                "  yy_out: {who: {status: yy}, at: 60 days before release, to: [b]}\n"
                "start: {present: {x: {persons: 1, elapsed: 1 day}, yy: {persons: 1, elapsed: 1 "
                "day}}}\n",
        0);
    cr_expect_eq(support_year(&run, "swapped total", 2026), 2);
    cr_expect_eq(support_year(&run, "out_of_category status.x", 2026), 1);
    cr_expect_eq(support_year(&run, "out_of_category status.yy", 2026), 0);
}

/* 2026-01-01, day 0, is a Thursday; a person in a waits for b, one in b for a. */
#define GATED(intake, transport)                                                                   \
    QUARTER "regimes: {a: {}, b: {" intake "}}\n" transport                                        \
            "units: {a: {regime: a, places: 1}, b: {regime: b, places: 1}}\n"                      \
            "statuses:\n"                                                                          \
            "  to_a: {stay: 20 days, waits: {in: present_place}}\n"                                \
            "  to_b: {stay: 30 days, waits: {in: present_place}}\n"                                \
            "placement: {to_a: {who: {status: to_a}, to: [a]}, to_b: {who: {status: to_b}, to: "   \
            "[b]}}\n"                                                                              \
            "start: {waiting: {to_a: {persons: 1, in: [b]}, to_b: {persons: 1, in: [a]}}}\n"

Test(ring, a_swap_waits_until_the_units_take_people_in)
{
    expect_placings(GATED("intake: {hours: [8, 18], days: [fri]}", ""), 2,
                    "1 08:00 waiting/to_a 0 placed to_a a\n"
                    "1 08:00 waiting/to_b 0 placed to_b b\n");
}

Test(ring, a_swap_waits_for_transport)
{
    /* those of the last ring may pass the number of the day: both go, or neither */
    expect_placings(GATED("", "transport: {days: [mon], per_day: 1}\n"), 2,
                    "4 00:00 waiting/to_a 0 placed to_a a\n"
                    "4 00:00 waiting/to_b 0 placed to_b b\n");
}

Test(ring, who_waits_for_a_place_of_the_ring_from_a_place_that_nobody_wants_stays)
{
    /* x and yy of a and b exchange; z of c waits for a longer, but nobody waits for c. On day 20
     * to_a x leaves a, after the turnover on day 22 z has it. */
    expect_placings(WORLD "    x: {status: to_a, persons: 1, in: [b], since: 1 day}\n"
                          "    yy: {status: to_b, persons: 1, in: [a], since: 1 day}\n"
                          "    z: {status: to_a, persons: 1, in: [c], since: 9 days}\n",
                    2,
                    "0 00:00 waiting/x 0 placed to_a a\n"
                    "0 00:00 waiting/yy 0 placed to_b b\n"
                    "22 00:00 waiting/z 0 placed to_a a\n");
}

Test(ring, the_fewest_pools_go_first)
{
    /* a's waits for c or b, c's for b, b's for a: the ring a, b of two before a, c, b of three.
     * to_b then waits for b from c until to_cb, now in b, leaves on day 50. */
    expect_placings(WORLD "    to_a: {persons: 1, in: [b], since: 1 day}\n"
                          "    to_b: {persons: 1, in: [c], since: 9 days}\n"
                          "    to_cb: {persons: 1, in: [a], since: 1 day}\n",
                    2,
                    "0 00:00 waiting/to_a 0 placed to_a a\n"
                    "0 00:00 waiting/to_cb 0 placed to_cb b\n"
                    "50 00:00 waiting/to_b 0 placed to_b b\n");
}

Test(ring, of_rings_as_short_the_first_in_the_file_goes_first)
{
    /* a's waits for c or, second, b; both b's and c's wait for a. a, b is the first by its pools,
     * whatever he would like more and who has waited longer. z gets a on day 22, after yy's 20 days
     * and the turnover. */
    expect_placings(WORLD "    to_cb: {persons: 1, in: [a], since: 1 day}\n"
                          "    yy: {status: to_a, persons: 1, in: [b], since: 1 day}\n"
                          "    z: {status: to_a, persons: 1, in: [c], since: 9 days}\n",
                    2,
                    "0 00:00 waiting/to_cb 0 placed to_cb b\n"
                    "0 00:00 waiting/yy 0 placed to_a a\n"
                    "22 00:00 waiting/z 0 placed to_a a\n");
}

/* -- who is first, and in which unit: a full with w, yy, z, who wait for b; b full with x, who
 * waits for a, and one who stays. At the start each goes to the unit with most free places, ties by
 * name: w to a_two, yy to a_one, z to a_two; the one who stays to b_one, x to b_two. */

#define MANY                                                                                       \
    "start:\n"                                                                                     \
    "  present: {stays: {status: to_b, persons: 1, elapsed: 0 days}}\n"                            \
    "  waiting:\n"                                                                                 \
    "    w: {status: to_b_long, persons: 1, in: [a], since: 2 days}\n"                             \
    "    x: {status: to_a, persons: 1, in: [b], since: 1 day}\n"                                   \
    "    yy: {status: to_b, persons: 1, in: [a], since: 5 days}\n"                                 \
    "    z: {status: to_b, persons: 1, in: [a], since: 4 days}\n" QUARTER                          \
    "regimes: {a: {}, b: {}}\n"                                                                    \
    "units: {a_two: {regime: a, places: 2}, a_one: {regime: a, places: 1}, "                       \
    "b_one: {regime: b, places: 1}, b_two: {regime: b, places: 1}}\n"                              \
    "statuses:\n"                                                                                  \
    "  to_a: {sentence: 60 days, waits: {in: present_place}}\n"                                    \
    "  to_b: {sentence: 70 days, waits: {in: present_place}}\n"                                    \
    "  to_b_long: {sentence: 80 days, waits: {in: present_place}}\n"                               \
    "placement:\n"                                                                                 \
    "  to_a: {who: {status: to_a}, to: [a]}\n"

Test(ring, the_longest_waiting_of_a_pool_moves_into_the_unit_that_is_left_for_him)
{
    /* yy for x: b_two and a_one. On day 70 yy and the one who stays leave b: z, then w. */
    expect_placings(MANY "  to_b: {to: [b]}\n", 2,
                    "0 00:00 present/stays 0 placed to_b b_one\n"
                    "0 00:00 waiting/x 0 placed to_a a_one\n"
                    "0 00:00 waiting/yy 0 placed to_b b_two\n"
                    "70 00:00 waiting/w 0 placed to_b_long b_two\n"
                    "70 00:00 waiting/z 0 placed to_b b_one\n");
}

Test(ring, the_longest_sentence_of_a_pool_moves_where_the_rule_says_so)
{
    /* w for x: b_two and a_two. On day 70 the one who stays leaves b_one: yy and z have the same
     * sentence, yy's key is lower. On day 80 w leaves b_two. */
    expect_placings(MANY "  to_b: {to: [b], order: longest_sentence}\n", 2,
                    "0 00:00 present/stays 0 placed to_b b_one\n"
                    "0 00:00 waiting/w 0 placed to_b_long b_two\n"
                    "0 00:00 waiting/x 0 placed to_a a_two\n"
                    "70 00:00 waiting/yy 0 placed to_b b_one\n"
                    "80 00:00 waiting/z 0 placed to_b b_two\n");
}

Test(ring, the_earlier_rule_moves_before_the_longer_wait)
{
    /* w by a rule of his own before that of the others */
    expect_placings(MANY "  long: {who: {status: to_b_long}, to: [b]}\n"
                         "  to_b: {to: [b]}\n",
                    2,
                    "0 00:00 present/stays 0 placed to_b b_one\n"
                    "0 00:00 waiting/w 0 placed to_b_long b_two\n"
                    "0 00:00 waiting/x 0 placed to_a a_two\n"
                    "70 00:00 waiting/yy 0 placed to_b b_one\n"
                    "80 00:00 waiting/z 0 placed to_b b_two\n");
}

/* -- who has a place by his rule and waits for another */

Test(ring, prison_waiting_for_low_security_and_low_security_for_prison)
{
    /* p is in prison with 5 days left and waits for low; f has waited in low for prison since its
     * status began on day 2 (10 days of pre there before): p waits from the start, so on day 2 they
     * exchange. p is released on day 5. */
    struct support_run run = support_run(
        QUARTER "regimes: {prison: {}, low: {}}\n"
                "units: {prison: {regime: prison, places: 1}, low: {regime: low, places: 1}}\n"
                "statuses:\n"
                "  p: {stay: 40 days}\n"
                "  pre: {stay: 12 days, next: {f: 1}}\n"
                "  f: {stay: 10 days, waits: {in: present_place}}\n"
                "placement:\n"
                "  pre: {who: {status: pre}, to: [low]}\n"
                "  first: {to: [prison]}\n"
                "  low: {who: {status: p}, at: 10 days before release, to: [low]}\n"
                "start: {present: {p: {persons: 1, elapsed: 35 days}, pre: {persons: 1, elapsed: "
                "10 days}}}\n",
        0);
    cr_expect_str_eq(placings(&run), "0 00:00 present/p 0 placed p prison\n"
                                     "0 00:00 present/pre 0 placed pre low\n"
                                     "2 00:00 present/p 0 placed p low\n"
                                     "2 00:00 present/pre 0 placed f prison\n");
    cr_expect(strstr(support_history(&run, NULL), "5 00:00 present/p 0 released p low"));
    cr_expect(strstr(support_history(&run, NULL), "12 00:00 present/pre 0 released f prison"));
    cr_expect_eq(support_year(&run, "swapped total", 2026), 2);
    cr_expect_eq(support_year(&run, "waits_ended status.f", 2026), 1);
    cr_expect_eq(support_year(&run, "waits_ended status.p", 2026), 0, "he had a place");
    cr_expect(run.plan->rules.ring_pools == 3);
}

Test(ring, two_out_of_category_in_each_others_places)
{
    /* each stands in the other's regime, out of category, and waits for his own */
    struct support_run run = support_run(
        QUARTER "regimes: {a: {}, b: {}}\n"
                "units: {a: {regime: a, places: 1}, b: {regime: b, places: 1}}\n"
                "statuses: {m: {stay: 40 days}, o: {stay: 40 days}}\n"
                "placement:\n"
                "  m: {who: {status: m}, to: [a, b], out_of_category: [b]}\n"
                "  o: {who: {status: o}, to: [b, a], out_of_category: [a]}\n"
                "start: {present: {m: {persons: 1, elapsed: 35 days, in: [b]}, o: {persons: 1, "
                "elapsed: 10 days, in: [a]}}}\n",
        0);
    cr_expect_str_eq(placings(&run), "0 00:00 present/m 0 placed m b\n"
                                     "0 00:00 present/m 0 placed m a\n"
                                     "0 00:00 present/o 0 placed o a\n"
                                     "0 00:00 present/o 0 placed o b\n");
}

Test(ring, who_serves_a_further_title_or_lost_patience_keeps_a_place_that_no_rule_gave_him)
{
    /* h's 10 days in a are over on day 3; he serves r's title there, out of category, and waits for
     * b. z waits in b for a: they exchange. No rule gives a place in a to a reporter. */
    struct support_run run = support_run(
        QUARTER "regimes: {a: {}, b: {}}\n"
                "units: {a: {regime: a, places: 1}, b: {regime: b, places: 1}}\n"
                "statuses:\n"
                "  h: {stay: 10 days, further_titles: {chance: 1, draws_from: r}}\n"
                "  r: {stay: 20 days}\n"
                "  z: {stay: 30 days, waits: {in: present_place}}\n"
                "placement: {h: {who: {status: h}, to: [a]}, z: {who: {status: z}, to: [a]}, r: "
                "{to: [b], out_of_category: [a]}}\n"
                "start: {present: {h: {persons: 1, elapsed: 7 days}}, waiting: {r: {persons: 1}, "
                "z: {persons: 1, in: [b]}}}\n",
        0);
    cr_expect_str_eq(placings(&run), "0 00:00 present/h 0 placed h a\n"
                                     "3 00:00 present/h 0 placed r a\n"
                                     "3 00:00 present/h 0 placed r b\n"
                                     "3 00:00 waiting/z 0 placed z a\n");
    cr_expect(run.plan->rules.ring_pools == 3);
    /* h keeps a place in a while he waits for c, where there is none, to day 3; so r's 5 days are
     * served in a, where no rule puts a reporter. As l he waits on there, for b. */
    run = support_run(
        QUARTER "regimes: {a: {}, b: {}, c: {}, d: {}}\n"
                "units: {a: {regime: a, places: 1}, b: {regime: b, places: 1}, c: {regime: c, "
                "places: 0, admits: {status: h}}, d: {regime: d, places: 0}}\n"
                "statuses:\n"
                "  h: {clock: arrival, stay: 10 days, waits: {in: present_place}, further_titles: "
                "{chance: 1, draws_from: r}}\n"
                "  r: {stay: 5 days, next: {l: 1}}\n"
                "  l: {stay: 20 days, waits: {in: present_place}}\n"
                "  z: {stay: 30 days, waits: {in: present_place}}\n"
                "placement: {h: {who: {status: h}, to: [c]}, r: {who: {status: r}, to: [d]}, z: "
                "{who: {status: z}, to: [a]}, l: {to: [b]}}\n"
                "start: {waiting: {h: {persons: 1, in: [a], since: 7 days}, r: {persons: 1}, z: "
                "{persons: 1, in: [b]}}}\n",
        0);
    cr_expect_str_eq(placings(&run), "3 00:00 waiting/h 0 placed r a\n"
                                     "8 00:00 waiting/h 0 placed l b\n"
                                     "8 00:00 waiting/z 0 placed z a\n");
    cr_expect(run.plan->rules.ring_pools == 3);
    /* x waits in a and is lost within minutes; as l he waits on there, for b. */
    run = support_run(
        QUARTER "regimes: {a: {}, b: {}, c: {}}\n"
                "units: {a: {regime: a, places: 1}, b: {regime: b, places: 1}, c: {regime: c, "
                "places: 0}}\n"
                "statuses:\n"
                "  x: {stay: 10 days, waits: {in: a, leaves: {lost: {per_year: 525600, next: "
                "l}}}}\n"
                "  l: {stay: 20 days, waits: {in: present_place}}\n"
                "  z: {stay: 30 days, waits: {in: present_place}}\n"
                "placement: {x: {who: {status: x}, to: [c]}, l: {who: {status: l}, to: [b]}, z: "
                "{to: [a]}}\n"
                "start: {waiting: {x: {persons: 1}, z: {persons: 1, in: [b]}}}\n",
        0);
    cr_expect_eq(support_day(&run, "swapped total", "2026-01-01"), 2);
    cr_expect(run.plan->rules.ring_pools == 3);
}

Test(ring, is_not_looked_for_where_the_rules_allow_none)
{
    /* From a to b only: who waits in a for b, and nobody in b for a. Then a route back, by which
     * people of b wait for a: both pools. c, where nobody keeps a place, is in none. */
    static const char *const text[] = {
        QUARTER "regimes: {a: {}, b: {}, c: {}}\n"
                "units: {a: {regime: a, places: 1}, b: {regime: b, places: 1}, c: {regime: c, "
                "places: 1}}\n"
                "statuses:\n"
                "  one: {stay: 4 days, next: {two: 0.5, release: rest}}\n"
                "  two: {stay: 4 days, waits: {in: present_place}",
        ", next: {three: 0.5, release: rest}",
        "}\n"
        "  three: {stay: 4 days, waits: {in: present_place}}\n"
        "placement: {one: {who: {status: one}, to: [a, c]}, two: {who: {status: two}, to: [b]}, "
        "three: {to: [a]}}\n"
        "flows: {one: {status: one, per_day: 1}}\n",
    };
    char none[2048], some[2048];
    snprintf(none, sizeof none, "%s%s", text[0], text[2]);
    snprintf(some, sizeof some, "%s%s%s", text[0], text[1], text[2]);
    cr_expect(support_scenario(none)->rules.ring_pools == 0);
    cr_expect(support_scenario(some)->rules.ring_pools == 3);
    struct support_run run = support_run(none, 0);
    cr_expect_eq(support_year(&run, "swapped total", 2026), 0);
    run = support_run(some, 0);
    cr_expect_gt(support_year(&run, "swapped total", 2026), 1);
}

/* -- violations are seen */

/* On the first day x of a waits for b and z of b for a; p has 5 days left and waits for c, which is
 * full. */
#define RING_AND_DATE                                                                              \
    QUARTER "regimes: {a: {}, b: {}, c: {}, d: {}}\n"                                              \
            "units: {a: {regime: a, places: 1}, b: {regime: b, places: 1}, c: {regime: c, "        \
            "places: 0}, d: {regime: d, places: 1}}\n"                                             \
            "statuses:\n"                                                                          \
            "  to_a: {stay: 20 days, waits: {in: present_place}}\n"                                \
            "  to_b: {stay: 30 days, waits: {in: present_place}}\n"                                \
            "  p: {stay: 30 days}\n"                                                               \
            "placement:\n"                                                                         \
            "  to_a: {who: {status: to_a}, to: [a]}\n"                                             \
            "  to_b: {who: {status: to_b}, to: [b]}\n"                                             \
            "  p: {to: [d]}\n"                                                                     \
            "  before: {who: {status: p}, at: 10 days before release, to: [c]}\n"                  \
            "start:\n"                                                                             \
            "  present: {p: {persons: 1, elapsed: 25 days}}\n"                                     \
            "  waiting:\n"                                                                         \
            "    x: {status: to_b, persons: 1, in: [a], since: 1 day}\n"                           \
            "    z: {status: to_a, persons: 1, in: [b], since: 1 day}\n"

static void harm_nothing(struct prison *prison)
{
    placement_round(prison);
}
static void leave_the_ring(struct prison *prison)
{
    prison->ring_wanted = false; /* as if nobody had closed one */
    placement_round(prison);
}
static void forget_who_sits(struct prison *prison)
{
    placement_round(prison);
    prison->sitting_pools[0] ^= 1;
}
static void leave_the_list(struct prison *prison)
{
    placement_round(prison);
    must(prison->person[SLOTS_FIXED].list != NO_LIST);
    waiting_leave(prison, SLOTS_FIXED); /* p, the first of the starters */
}
static void leave_for_good(struct prison *prison)
{
    leave_the_list(prison);
    prison->person[SLOTS_FIXED].ends_min = NEVER; /* then he need not wait */
}

/* The signal by which a process ends that checks the world after some harm; 0: none. */
static int signal_after(void (*harm)(struct prison *))
{
    const struct scenario *plan = support_scenario(RING_AND_DATE);
    struct arena           results = support_arena(), world;
    struct errors          errors = {0};
    struct records         records;
    struct prison         *prison = arena_new(&results, struct prison, 1);
    cr_assert(arena_open(&world, model_arena_room(plan), &errors));
    records_open(&records, &results, plan->record_size, 0, 1);
    prison_open(prison, plan, 1, 0, 0, &world, &records.record[0], NULL);
    population_put(prison);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        (void)!freopen("/dev/null", "w", stderr);
        signal(SIGABRT, SIG_DFL);
        harm(prison);
        prison->now_min = 1440;
        placement_check(prison);
        _exit(0);
    }
    int status = -1;
    cr_assert_eq(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

Test(ring, what_is_left_of_one_or_of_a_date_stops_the_program)
{
    cr_expect_eq(signal_after(harm_nothing), 0);
    cr_expect_eq(signal_after(leave_the_ring), SIGABRT);
    cr_expect_eq(signal_after(forget_who_sits), SIGABRT);
    cr_expect_eq(signal_after(leave_the_list), SIGABRT);
    cr_expect_eq(signal_after(leave_for_good), 0);
}
