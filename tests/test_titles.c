#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/support.h"

/* One arrested person has the one place until day 3; reporters wait outside for 0 places. Of their
 * 20 days they serve 15. */
#define TITLES(titles, reporter, more)                                                             \
    "period: {start: 2026-01-01, end: 2026-03-31}\n"                                               \
    "regimes: {ward: {turnover: 12 hours}, low: {}, cell: {places: unlimited, emergency: true}}\n" \
    "units: {ward: {regime: ward, places: 1}, low: {regime: low, places: 0}}\n"                    \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 100 days, next: {arrested: 1}}\n"                            \
    "  arrested: {stay: 10 days, waits: {in: cell}, further_titles: {" titles "}}\n"               \
    "  reporter: {sentence: 20 days, waits: {in: outside}, release: {conditional: [{remits: "      \
    "1/4}]}" reporter "}\n"                                                                        \
    "placement: {arrested: {who: {status: arrested}, to: [ward]}, reporter: {who: {status: "       \
    "reporter}, to: [low]}}\n"                                                                     \
    "start:\n"                                                                                     \
    "  present: {a: {status: arrested, persons: 1, elapsed: 7 days}" more "}\n"
#define TWO_WAIT "  waiting: {reporter: {persons: 2, since: 5 days}}\n"

Test(titles, are_served_on_in_the_same_place)
{
    /* On day 3 a's 10 days are over; he serves the title of number 0, 20 x 3/4 = 15 days, to day
     * 18. Number 0 is the same human being: left. 3 came, 1 is outside, 2 left. No turnover between
     * the two titles: the place is taken until day 18. */
    struct support_run run =
        support_run(TITLES("chance: 1, draws_from: reporter", "", "") TWO_WAIT, 0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 present/a 0 placed arrested ward\n"
                     "0 00:00 waiting/reporter 0 waits reporter outside\n"
                     "0 00:00 waiting/reporter 1 waits reporter outside\n"
                     "3 00:00 present/a 0 status reporter ward\n"
                     "3 00:00 present/a 0 placed reporter ward\n"
                     "3 00:00 waiting/reporter 0 left_queue reporter outside\n"
                     "18 00:00 present/a 0 released reporter ward\n");
    cr_expect_eq(support_year(&run, "left_queue status.reporter.further_title", 2026), 1);
    cr_expect_eq(support_year(&run, "left_queue total", 2026), 1);
    cr_expect_eq(support_year(&run, "entries status.reporter", 2026), 1);
    cr_expect_eq(support_year(&run, "released total", 2026), 1);
    cr_expect_eq(support_year(&run, "waits_ended status.reporter", 2026), 0, "no place was given");
    cr_expect_eq(support_day(&run, "waiting total", "2026-01-03"), 2);
    cr_expect_eq(support_day(&run, "waiting total", "2026-01-04"), 1);
    cr_expect_eq(run.record.total[TOTAL_START], 3);
    cr_expect_eq(run.record.total[TOTAL_OUTSIDE], 1);
    cr_expect_eq(run.record.total[TOTAL_LEFT], 2);
    cr_expect_eq(support_year(&run, "present_mean total", 2026), 18 * 1440);
    cr_expect_eq(support_year(&run, "present_mean status.reporter", 2026), 15 * 1440);
}

Test(titles, are_not_found_in_an_empty_queue_or_without_chance)
{
    struct support_run run = support_run(TITLES("chance: 1, draws_from: reporter", "", ""), 0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/a 0 placed arrested ward\n"
                                                  "3 00:00 present/a 0 released arrested ward\n");
    run = support_run(TITLES("chance: 0, draws_from: reporter", "", "") TWO_WAIT, 0);
    cr_expect_str_eq(support_history(&run, "present/a"),
                     "0 00:00 present/a 0 placed arrested ward\n"
                     "3 00:00 present/a 0 released arrested ward\n");
}

Test(titles, follow_each_other)
{
    /* arrested to day 3, title of number 0 to day 18, of number 1 to day 33, then none is left */
    struct support_run run =
        support_run(TITLES("chance: 1, draws_from: reporter",
                           ", further_titles: {chance: 1, draws_from: reporter}", "") TWO_WAIT,
                    0);
    cr_expect_str_eq(support_history(&run, "present/a"),
                     "0 00:00 present/a 0 placed arrested ward\n"
                     "3 00:00 present/a 0 status reporter ward\n"
                     "3 00:00 present/a 0 placed reporter ward\n"
                     "18 00:00 present/a 0 status reporter ward\n"
                     "18 00:00 present/a 0 placed reporter ward\n"
                     "33 00:00 present/a 0 released reporter ward\n");
    cr_expect_eq(run.record.total[TOTAL_LEFT], 3);
}

Test(titles, are_taken_in_the_order_of_keys_by_those_of_one_minute)
{
    /* a has the place, b has been put over it; both end on day 3 (support_run shuffles the ties).
     * Number 0 of `long` has waited longest, then number 0 of `reporter`: these two titles. */
    struct support_run run = support_run(TITLES("chance: 1, draws_from: reporter", "",
                                                ", b: {status: arrested, persons: 1, elapsed: 7 "
                                                "days}") "  waiting: {long: {status: reporter, "
                                                         "persons: 1, since: 9 days}, reporter: "
                                                         "{persons: 2, since: 5 days}}\n",
                                         0);
    cr_expect_str_eq(support_history(&run, "waiting/long"),
                     "0 00:00 waiting/long 0 waits reporter outside\n"
                     "3 00:00 waiting/long 0 left_queue reporter outside\n");
    cr_expect_str_eq(support_history(&run, "waiting/reporter"),
                     "0 00:00 waiting/reporter 0 waits reporter outside\n"
                     "0 00:00 waiting/reporter 1 waits reporter outside\n"
                     "3 00:00 waiting/reporter 0 left_queue reporter outside\n");
    cr_expect_eq(support_count(&run, TRACE_RELEASED, "reporter"), 2);
}

Test(titles, come_from_the_longest_waiting_in_a_queue_by_sentence_too)
{
    /* the list is by longest sentence: of 50 who wait, the one of 9 days; his sentence is served */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2027-12-31}\n"
        "regimes: {ward: {}, low: {}}\n"
        "units: {ward: {regime: ward, places: 1}, low: {regime: low, places: 0}}\n"
        "statuses:\n"
        "  arrested: {stay: 10 days, further_titles: {chance: 1, draws_from: reporter}}\n"
        "  reporter: {sentence: {uniform: {from: 30 days, to: 300 days}}, waits: {in: outside}}\n"
        "placement: {arrested: {who: {status: arrested}, to: [ward]}, reporter: {who: {status: "
        "reporter}, to: [low], order: longest_sentence}}\n"
        "start:\n"
        "  present: {a: {status: arrested, persons: 1, elapsed: 7 days}}\n"
        "  waiting: {reporter: {persons: 50, since: 5 days}, x: {status: reporter, persons: 1, "
        "since: 9 days}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "waiting/x"),
                     "0 00:00 waiting/x 0 waits reporter outside\n"
                     "3 00:00 waiting/x 0 left_queue reporter outside\n");
    cr_expect_eq(support_count(&run, TRACE_LEFT_QUEUE, NULL), 1);
}

Test(titles, are_of_people_with_the_same_attributes)
{
    const char *text =
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "attributes: {sex: {man: 0.5, woman: 0.5}}\n"
        "regimes: {ward: {}, low: {}}\n"
        "units:\n"
        "  ward: {regime: ward, places: 100}\n"
        "  low: {regime: low, places: 0}\n"
        "statuses:\n"
        "  arrested: {stay: 10 days, further_titles: {chance: 1, draws_from: reporter}}\n"
        "  reporter: {sentence: 400 days}\n"
        "placement: {arrested: {who: {status: arrested}, to: [ward]}, reporter: {to: [low]}}\n"
        "start:\n"
        "  present: {a: {status: arrested, persons: 100, elapsed: 7 days}}\n"
        "  waiting: {reporter: {persons: 60}}\n"
        "output: {daily: [sex]}\n";
    /* All titles of a sex go, or all the arrested of that sex serve one: of each, the fewer. */
    struct support_run run = support_run(text, 0);
    const char        *before = "2026-01-03", *after = "2026-01-04";
    int64_t            man = support_day(&run, "waiting sex.man", before),
            woman = support_day(&run, "waiting sex.woman", before);
    int64_t men = support_day(&run, "present sex.man", before),
            women = support_day(&run, "present sex.woman", before);
    cr_assert_eq(man + woman, 60);
    cr_assert_eq(men + women, 100);
    cr_expect_eq(support_day(&run, "present sex.man", after), man < men ? man : men);
    cr_expect_eq(support_day(&run, "present sex.woman", after), woman < women ? woman : women);
    cr_expect_eq(support_day(&run, "waiting sex.man", after), man < men ? 0 : man - men);
    cr_expect_eq(support_day(&run, "waiting sex.woman", after), woman < women ? 0 : woman - women);
}

Test(titles, are_not_served_where_their_status_is_not_admitted_nor_in_a_cell)
{
    /* The ward admits the arrested only. In the second run a's clock runs in a cell, without a
     * place of his own. Both are released on day 3, and the queue keeps its two. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-03-31}\n"
        "regimes: {ward: {}, low: {}}\n"
        "units: {ward: {regime: ward, places: 1, admits: {status: arrested}}, low: {regime: low, "
        "places: 0}}\n"
        "statuses:\n"
        "  arrested: {stay: 10 days, further_titles: {chance: 1, draws_from: reporter}}\n"
        "  reporter: {sentence: 20 days}\n"
        "placement: {arrested: {who: {status: arrested}, to: [ward]}, reporter: {to: [low]}}\n"
        "start: {present: {a: {status: arrested, persons: 1, elapsed: 7 days}}, waiting: "
        "{reporter: {persons: 2}}}\n",
        0);
    cr_expect_eq(support_day(&run, "waiting total", "2026-01-04"), 2);
    cr_expect_eq(support_day(&run, "present total", "2026-01-04"), 0);
    run = support_run("period: {start: 2026-01-01, end: 2026-03-31}\n"
                      "regimes: {low: {}, cell: {places: unlimited, emergency: true}}\n"
                      "units: {low: {regime: low, places: 0}}\n"
                      "statuses:\n"
                      "  arrested: {clock: arrival, stay: 10 days, waits: {in: cell}, "
                      "further_titles: {chance: 1, draws_from: reporter}}\n"
                      "  reporter: {sentence: 20 days}\n"
                      "placement: {all: {to: [low]}}\n"
                      "start: {waiting: {arrested: {persons: 1, since: 7 days}, reporter: "
                      "{persons: 2}}}\n",
                      0);
    cr_expect_eq(support_year(&run, "left_queue total", 2026), 0);
    cr_expect_eq(support_day(&run, "waiting total", "2026-03-31"), 2);
}

/* Remand in the one place of ward to day 3; the sentence is for jail, which has none. */
#define BLOCKS(remand, sentenced, waiting)                                                         \
    "period: {start: 2026-01-01, end: 2026-03-31}\n"                                               \
    "regimes: {ward: {}, jail: {}, low: {}}\n"                                                     \
    "units: {ward: {regime: ward, places: 1}, jail: {regime: jail, places: 0}, low: {regime: "     \
    "low, places: 0}}\n"                                                                           \
    "statuses:\n"                                                                                  \
    "  remand: {" remand "stay: 10 days, next: {sentenced: 1}}\n"                                  \
    "  sentenced: {" sentenced ", waits: {in: present_place}, further_titles: {chance: 1, "        \
    "draws_from: reporter}}\n"                                                                     \
    "  reporter: {sentence: 20 days, release: {conditional: [{remits: 1/4}]}}\n"                   \
    "placement: {remand: {who: {status: remand}, to: [ward]}, sentenced: {who: {status: "          \
    "sentenced}, to: [jail]}, reporter: {to: [low]}}\n"                                            \
    "start: {present: {a: {status: remand, persons: 1, elapsed: 7 days}}" waiting "}\n"
#define ONE_WAITS ", waiting: {reporter: {persons: 1, since: 5 days}}"

Test(titles, are_served_in_a_place_that_is_blocked_too)
{
    /* a waits for jail in his place of ward, where his 10 days are over on day 13. Title: 20 x 3/4
     * = 15 days in ward, to day 28, in which he waits for nothing. He waited from 3 to 13. */
    struct support_run run = support_run(BLOCKS("", "clock: arrival, stay: 10 days", ONE_WAITS), 0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 present/a 0 placed remand ward\n"
                     "0 00:00 waiting/reporter 0 waits reporter outside\n"
                     "3 00:00 present/a 0 status sentenced ward\n"
                     "3 00:00 present/a 0 waits sentenced ward\n"
                     "13 00:00 present/a 0 status reporter ward\n"
                     "13 00:00 present/a 0 placed reporter ward\n"
                     "13 00:00 waiting/reporter 0 left_queue reporter outside\n"
                     "28 00:00 present/a 0 released reporter ward\n");
    cr_expect_eq(support_year(&run, "left_queue status.reporter.further_title", 2026), 1);
    cr_expect_eq(support_year(&run, "waits_ended status.sentenced", 2026), 0, "no place was given");
    cr_expect_eq(support_day(&run, "waiting total", "2026-01-13"), 2);
    cr_expect_eq(support_day(&run, "waiting total", "2026-01-14"), 0);
    cr_expect_eq(support_year(&run, "present_mean total", 2026), 28 * 1440);
    cr_expect_eq(run.record.total[TOTAL_LEFT], 2);
    run = support_run(BLOCKS("", "clock: arrival, stay: 10 days", ""), 0); /* an empty queue */
    cr_expect(strstr(support_history(&run, "present/a"), "\n13 00:00 present/a 0 released"));
    cr_expect_eq(support_day(&run, "present total", "2026-01-14"), 0);
}

Test(titles, are_served_after_a_sentence_that_remand_has_used_up)
{
    /* 5 days of sentence after 10 of remand are over on day 3, before a seeks a place: the title
     * to day 18. */
    struct support_run run =
        support_run(BLOCKS("served: true, ", "clock: custody, sentence: 5 days", ONE_WAITS), 0);
    cr_expect_str_eq(support_history(&run, "present/a"),
                     "0 00:00 present/a 0 placed remand ward\n"
                     "3 00:00 present/a 0 status sentenced ward\n"
                     "3 00:00 present/a 0 status reporter ward\n"
                     "3 00:00 present/a 0 placed reporter ward\n"
                     "18 00:00 present/a 0 released reporter ward\n");
}

Test(titles, are_those_in_the_queue_not_of_who_is_called_up)
{
    /* Number 0 is called on day 4 for day 74. A place of low is free for one; a would take a title
     * on day 6 (elapsed 4 of 10 days): number 1's. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-03-31}\n"
        "regimes: {ward: {}, low: {}}\n"
        "units: {ward: {regime: ward, places: 1}, low: {regime: low, places: 1}}\n"
        "statuses:\n"
        "  arrested: {stay: 10 days, further_titles: {chance: 1, draws_from: reporter}}\n"
        "  reporter: {sentence: 20 days, called_up: {notice: 70 days}}\n"
        "placement: {arrested: {who: {status: arrested}, to: [ward]}, reporter: {to: [low]}}\n"
        "start: {present: {a: {status: arrested, persons: 1, elapsed: 4 days}}, waiting: "
        "{reporter: {persons: 2}}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "waiting/reporter"),
                     "0 00:00 waiting/reporter 0 waits reporter outside\n"
                     "0 00:00 waiting/reporter 1 waits reporter outside\n"
                     "4 00:00 waiting/reporter 0 called reporter outside\n"
                     "6 00:00 waiting/reporter 1 left_queue reporter outside\n"
                     "74 00:00 waiting/reporter 0 placed reporter low\n");
}

Test(titles, do_not_count_the_custody_before_them)
{
    /* arrested is served: 10 days to day 3. The title's clock is custody, all the same its 20 days
     * run from day 3 to day 23. They count towards the 25 days of `more`: 5 are left, to day 28. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-03-31}\n"
        "regimes: {ward: {}, low: {}}\n"
        "units: {ward: {regime: ward, places: 1}, low: {regime: low, places: 0}}\n"
        "statuses:\n"
        "  arrested: {served: true, stay: 10 days, further_titles: {chance: 1, draws_from: "
        "title}}\n"
        "  title: {clock: custody, served: true, sentence: 20 days, next: {more: 1}}\n"
        "  more: {clock: custody, sentence: 25 days}\n"
        "placement: {arrested: {who: {status: [arrested, more]}, to: [ward]}, title: {to: [low]}}\n"
        "start: {present: {a: {status: arrested, persons: 1, elapsed: 7 days}}, waiting: {title: "
        "{persons: 1}}}\n",
        0);
    cr_expect_str_eq(support_history(&run, "present/a"),
                     "0 00:00 present/a 0 placed arrested ward\n"
                     "3 00:00 present/a 0 status title ward\n"
                     "3 00:00 present/a 0 placed title ward\n"
                     "23 00:00 present/a 0 status more ward\n"
                     "23 00:00 present/a 0 placed more ward\n"
                     "28 00:00 present/a 0 released more ward\n");
}

Test(titles, meet_the_chance_of_the_scenario)
{
    /* 4,000 arrested and as many titles: 0.2 of them is 800, 4 sd = 101; a larger share meets the
     * same people and more */
    static const char *const chances[] = {"0.2", "0.3"};
    int64_t                  served[2];
    for (int i = 0; i < 2; i++) {
        char text[1200];
        snprintf(text, sizeof text,
                 "period: {start: 2026-01-01, end: 2026-02-01}\n"
                 "regimes: {ward: {}, low: {}}\n"
                 "units: {ward: {regime: ward, places: 4000}, low: {regime: low, places: 0}}\n"
                 "statuses:\n"
                 "  arrested: {stay: 10 days, further_titles: {chance: %s, draws_from: reporter}}\n"
                 "  reporter: {sentence: 200 days}\n"
                 "placement: {arrested: {who: {status: arrested}, to: [ward]}, reporter: {to: "
                 "[low]}}\n"
                 "start: {present: {a: {status: arrested, persons: 4000, elapsed: 7 days}}, "
                 "waiting: {reporter: {persons: 4000}}}\n",
                 chances[i]);
        struct support_run run = support_run(text, 0);
        served[i] = support_year(&run, "left_queue total", 2026);
        cr_expect_eq(support_day(&run, "present total", "2026-01-20"), served[i]);
    }
    cr_expect(served[0] > 699 && served[0] < 901, "%d", (int)served[0]);
    cr_expect(served[1] > 1084 && served[1] < 1316, "%d", (int)served[1]);
}
