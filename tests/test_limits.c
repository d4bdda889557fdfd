#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/support.h"

/* The legal limit of waiting, and what gives. 2026-01-01, day 0, is a Thursday. A group `present:
 * {x: {status: coming, elapsed: N days}}` comes into the status under test on day 100 - N: on day 1
 * at 12:00 after 100 x 1,440 - 2,160 = 141,840 minutes. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-03-31}\n"
#define PLACES                                                                                     \
    "regimes: {ward: {}, annex: {}, cell: {places: unlimited, emergency: true}}\n"                 \
    "units: {ward: {regime: ward, places: 1}, annex: {regime: annex, places: 1}}\n"
#define COMING "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"

static void expect_history(const char *text, const char *expected)
{
    struct support_run run = support_run(text, 0);
    cr_expect_str_eq(support_history(&run, NULL), expected);
}

/* x fills the ward until day 20; a comes on day 1 at 12:00, b on day 3 at 12:00 = 138,960 minutes
 * before the end of 100 days. */
#define LIMITED(waits, rule)                                                                       \
    QUARTER PLACES                                                                                 \
        "statuses:\n" COMING "  held: {clock: placement, stay: 30 days, waits: {in: cell, limit: " \
        "10 days, at_limit: " waits "},\n"                                                         \
        "    sent_home: {back_after: 15 days}}\n"                                                  \
        "  long: {stay: 20 days}\n"                                                                \
        "placement: {long: {who: {status: long}, to: [ward]}, held: {who: {status: held}, " rule   \
        "}}\n"                                                                                     \
        "start:\n"                                                                                 \
        "  present:\n"                                                                             \
        "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"                           \
        "    b: {status: coming, persons: 1, elapsed: 138960 minutes}\n"                           \
        "    x: {status: long, persons: 1, elapsed: 0 days}\n"

Test(limits, places_over_capacity_at_the_limit)
{
    /* both are at the limit after 10 days: a on day 11, b on day 13. x leaves a unit that is over
     * its places on day 20: nothing is free. */
    struct support_run run = support_run(LIMITED("[over_capacity]", "to: [ward]"), 0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/x 0 placed long ward\n"
                                                  "1 12:00 present/a 0 status held outside\n"
                                                  "1 12:00 present/a 0 waits held outside\n"
                                                  "1 12:00 present/a 0 moved held cell\n"
                                                  "3 12:00 present/b 0 status held outside\n"
                                                  "3 12:00 present/b 0 waits held outside\n"
                                                  "3 12:00 present/b 0 moved held cell\n"
                                                  "11 12:00 present/a 0 placed held ward\n"
                                                  "13 12:00 present/b 0 placed held ward\n"
                                                  "20 00:00 present/x 0 released long ward\n"
                                                  "41 12:00 present/a 0 released held ward\n"
                                                  "43 12:00 present/b 0 released held ward\n");
    cr_expect_str_eq(support_days(&run, "over_capacity total", 22),
                     "0 0 0 0 0 0 0 0 0 0 0 1 1 2 2 2 2 2 2 2 1 1");
    cr_expect_eq(support_year(&run, "over_capacity_placements status.held", 2026), 2);
    cr_expect_eq(support_year(&run, "over_limit_mean total", 2026), 0);
}

Test(limits, counts_who_stays_past_the_limit)
{
    /* over the limit: a from day 11, 12:00, b from day 13, 12:00. On day 20 a is placed, on day 50
     * b. Minutes: a 8.5 days, b 36.5 days: 45 x 1,440 = 64,800. */
    struct support_run run = support_run(LIMITED("[stay]", "to: [ward]"), 0);
    cr_expect_str_eq(support_history(&run, "present/b"),
                     "3 12:00 present/b 0 status held outside\n"
                     "3 12:00 present/b 0 waits held outside\n"
                     "3 12:00 present/b 0 moved held cell\n"
                     "50 00:00 present/b 0 placed held ward\n"
                     "80 00:00 present/b 0 released held ward\n");
    cr_expect_str_eq(support_days(&run, "over_limit total", 21),
                     "0 0 0 0 0 0 0 0 0 0 0 1 1 2 2 2 2 2 2 2 1");
    cr_expect_eq(support_year(&run, "over_limit_mean total", 2026), 64800);
    cr_expect_eq(support_day(&run, "over_limit total", "2026-02-19"), 1, "day 49");
    cr_expect_eq(support_day(&run, "over_limit total", "2026-02-20"), 0, "day 50");
}

Test(limits, opens_places_out_of_category_at_the_limit_only)
{
    /* The annex is empty, but not a's own. On day 11 he goes there; b finds it taken on day 13 and
     * stays. On day 20 the ward is free: a is first, having waited since day 1; the annex that he
     * leaves goes to b in the same minute. On day 41 a's 30 days since the annex are over, and b,
     * who waits since day 3, moves to the ward. b's 30 days run from day 20. */
    struct support_run run =
        support_run(LIMITED("[out_of_category, stay]", "to: [ward], out_of_category: [annex]"), 0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/x 0 placed long ward\n"
                                                  "1 12:00 present/a 0 status held outside\n"
                                                  "1 12:00 present/a 0 waits held outside\n"
                                                  "1 12:00 present/a 0 moved held cell\n"
                                                  "3 12:00 present/b 0 status held outside\n"
                                                  "3 12:00 present/b 0 waits held outside\n"
                                                  "3 12:00 present/b 0 moved held cell\n"
                                                  "11 12:00 present/a 0 placed held annex\n"
                                                  "20 00:00 present/a 0 placed held ward\n"
                                                  "20 00:00 present/b 0 placed held annex\n"
                                                  "20 00:00 present/x 0 released long ward\n"
                                                  "41 12:00 present/a 0 released held ward\n"
                                                  "41 12:00 present/b 0 placed held ward\n"
                                                  "50 00:00 present/b 0 released held ward\n");
    cr_expect_eq(support_year(&run, "out_of_category status.held", 2026), 2);
    cr_expect_eq(support_year(&run, "placements status.held", 2026), 4);
    cr_expect_eq(support_year(&run, "waits_ended status.held", 2026), 2,
                 "the move to a better place ends no wait");
}

Test(limits, uses_an_entry_of_both_lists_in_its_turn)
{
    /* The annex stands in `to` too: a is there from day 1, b from when a leaves it on day 20, when
     * x leaves the ward. a's 30 days end on day 31, and b moves to the ward. */
    struct support_run run =
        support_run(LIMITED("[stay]", "to: [ward, annex], out_of_category: [annex]"), 0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/x 0 placed long ward\n"
                                                  "1 12:00 present/a 0 status held outside\n"
                                                  "1 12:00 present/a 0 placed held annex\n"
                                                  "3 12:00 present/b 0 status held outside\n"
                                                  "3 12:00 present/b 0 waits held outside\n"
                                                  "3 12:00 present/b 0 moved held cell\n"
                                                  "20 00:00 present/a 0 placed held ward\n"
                                                  "20 00:00 present/b 0 placed held annex\n"
                                                  "20 00:00 present/x 0 released long ward\n"
                                                  "31 12:00 present/a 0 released held ward\n"
                                                  "31 12:00 present/b 0 placed held ward\n"
                                                  "50 00:00 present/b 0 released held ward\n");
}

Test(limits, sends_home_at_the_limit_and_takes_back)
{
    /* clock placement: nothing is served at home. a: home on day 11, back on day 26, to the ward,
     * which x left on day 20: 26 + 30 = day 56. b: home on day 13, back on day 28, cell until day
     * 38, home again until day 53, cell, ward on day 56 at 12:00, with 30 days from then: day 86.
     */
    struct support_run run = support_run(LIMITED("[sent_home]", "to: [ward]"), 0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/x 0 placed long ward\n"
                                                  "1 12:00 present/a 0 status held outside\n"
                                                  "1 12:00 present/a 0 waits held outside\n"
                                                  "1 12:00 present/a 0 moved held cell\n"
                                                  "3 12:00 present/b 0 status held outside\n"
                                                  "3 12:00 present/b 0 waits held outside\n"
                                                  "3 12:00 present/b 0 moved held cell\n"
                                                  "11 12:00 present/a 0 sent_home held outside\n"
                                                  "13 12:00 present/b 0 sent_home held outside\n"
                                                  "20 00:00 present/x 0 released long ward\n"
                                                  "26 12:00 present/a 0 placed held ward\n"
                                                  "28 12:00 present/b 0 waits held outside\n"
                                                  "28 12:00 present/b 0 moved held cell\n"
                                                  "38 12:00 present/b 0 sent_home held outside\n"
                                                  "53 12:00 present/b 0 waits held outside\n"
                                                  "53 12:00 present/b 0 moved held cell\n"
                                                  "56 12:00 present/a 0 released held ward\n"
                                                  "56 12:00 present/b 0 placed held ward\n"
                                                  "86 12:00 present/b 0 released held ward\n");
    cr_expect_eq(support_year(&run, "sent_home status.held", 2026), 3);
    cr_expect_eq(support_day(&run, "outside total", "2026-01-14"), 2);
}

#define HOME(clock)                                                                                \
    QUARTER PLACES "statuses:\n" COMING "  held: {clock: " clock                                   \
                   ", sentence: 25 days, sent_home: {back_after: 15 days},\n"                      \
                   "    waits: {in: cell, limit: 10 days, at_limit: [sent_home]}}\n"               \
                   "  long: {stay: 20 days}\n"                                                     \
                   "placement: {all: {who: {status: [held, long]}, to: [ward]}}\n"                 \
                   "start:\n"                                                                      \
                   "  present:\n"                                                                  \
                   "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"                \
                   "    x: {status: long, persons: 1, elapsed: 0 days}\n"

Test(limits, keeps_what_is_left_to_serve_of_who_is_sent_home)
{
    /* 10 of 25 days are served in the cell; 15 are left on day 26, when he comes back to a free
     * ward: day 41. The same for a clock from arrival and one from the first day held. */
    for (int i = 0; i < 2; i++)
        expect_history(i == 0 ? HOME("arrival") : HOME("custody"),
                       "0 00:00 present/x 0 placed long ward\n"
                       "1 12:00 present/a 0 status held outside\n"
                       "1 12:00 present/a 0 waits held outside\n"
                       "1 12:00 present/a 0 moved held cell\n"
                       "11 12:00 present/a 0 sent_home held outside\n"
                       "20 00:00 present/x 0 released long ward\n"
                       "26 12:00 present/a 0 placed held ward\n"
                       "41 12:00 present/a 0 released held ward\n");
}

Test(limits, does_not_count_the_time_at_home_as_custody)
{
    /* remand of 20 days: 10 in the cell from day 1 to 11, 10 in the ward from day 26 to 36. Of the
     * sentence of 50 days 20 are served then: day 36 + 30 = 66. */
    struct support_run run = support_run(
        QUARTER PLACES
        "statuses:\n" COMING
        "  held: {clock: arrival, served: true, stay: 20 days, sent_home: {back_after: 15 days},\n"
        "    waits: {in: cell, limit: 10 days, at_limit: [sent_home]}, next: {convict: 1}}\n"
        "  convict: {clock: custody, sentence: 50 days, waits: {in: present_place}}\n"
        "  long: {stay: 20 days}\n"
        "placement: {all: {who: {status: [held, long]}, to: [ward]}, convict: {who: {status: "
        "convict}, to: [annex]}}\n"
        "start:\n"
        "  present:\n"
        "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"
        "    x: {status: long, persons: 1, elapsed: 0 days}\n",
        0);
    cr_expect_str_eq(support_history(&run, "present/a"),
                     "1 12:00 present/a 0 status held outside\n"
                     "1 12:00 present/a 0 waits held outside\n"
                     "1 12:00 present/a 0 moved held cell\n"
                     "11 12:00 present/a 0 sent_home held outside\n"
                     "26 12:00 present/a 0 placed held ward\n"
                     "36 12:00 present/a 0 status convict ward\n"
                     "36 12:00 present/a 0 placed convict annex\n"
                     "66 12:00 present/a 0 released convict annex\n");
}

Test(limits, takes_back_in_another_status)
{
    /* remand on day 1, home on day 11 before its clock of placement ever ran; back on day 26 as
     * arrested, to the annex: 5 days from then */
    struct support_run run = support_run(
        QUARTER PLACES "statuses:\n"
                       "  coming: {clock: arrival, stay: 100 days, next: {remand: 1}}\n"
                       "  remand: {stay: 40 days, sent_home: {back_after: 15 days, as: arrested},\n"
                       "    waits: {in: cell, limit: 10 days, at_limit: [sent_home]}}\n"
                       "  arrested: {stay: 5 days}\n"
                       "placement: {remand: {who: {status: remand}, to: [ward]}, all: {who: "
                       "{status: arrested}, to: [annex]}}\n"
                       "start:\n"
                       "  present:\n"
                       "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"
                       "    x: {status: remand, persons: 1, elapsed: 0 days}\n",
        0);
    cr_expect_str_eq(support_history(&run, "present/a"),
                     "1 12:00 present/a 0 status remand outside\n"
                     "1 12:00 present/a 0 waits remand outside\n"
                     "1 12:00 present/a 0 moved remand cell\n"
                     "11 12:00 present/a 0 sent_home remand outside\n"
                     "26 12:00 present/a 0 status arrested outside\n"
                     "26 12:00 present/a 0 placed arrested annex\n"
                     "31 12:00 present/a 0 released arrested annex\n");
}

Test(limits, takes_back_in_another_status_to_a_rule_whose_date_has_come)
{
    /* The clock of 40 days runs from day 1, also in the cell: 30 are left when he goes home on day
     * 11, so he is released on day 26 + 30 = 56. 35 days before that is day 21, when he was at
     * home: he goes on to the annex in the minute in which he gets a place in the ward; 20 days
     * before it is day 36. */
#define BACK_TO_A_DATE(days)                                                                       \
    QUARTER PLACES "statuses:\n"                                                                   \
                   "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"                 \
                   "  held: {clock: arrival, stay: 40 days, sent_home: {back_after: 15 days, as: " \
                   "again},\n"                                                                     \
                   "    waits: {in: cell, limit: 10 days, at_limit: [sent_home]}}\n"               \
                   "  long: {stay: 20 days}\n"                                                     \
                   "  again: {stay: 5 days}\n"                                                     \
                   "placement:\n"                                                                  \
                   "  late: {who: {status: again}, to: [annex], at: " days                         \
                   " days before release}\n"                                                       \
                   "  all: {who: {status: [held, long, again]}, to: [ward]}\n"                     \
                   "start:\n"                                                                      \
                   "  present:\n"                                                                  \
                   "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"                \
                   "    x: {status: long, persons: 1, elapsed: 0 days}\n"
#define BACK_IN_THE_WARD                                                                           \
    "1 12:00 present/a 0 status held outside\n"                                                    \
    "1 12:00 present/a 0 waits held outside\n"                                                     \
    "1 12:00 present/a 0 moved held cell\n"                                                        \
    "11 12:00 present/a 0 sent_home held outside\n"                                                \
    "26 12:00 present/a 0 status again outside\n"                                                  \
    "26 12:00 present/a 0 placed again ward\n"
    struct support_run come = support_run(BACK_TO_A_DATE("35"), 0);
    cr_expect_str_eq(support_history(&come, "present/a"),
                     BACK_IN_THE_WARD "26 12:00 present/a 0 placed again annex\n"
                                      "56 12:00 present/a 0 released again annex\n");
    struct support_run later = support_run(BACK_TO_A_DATE("20"), 0);
    cr_expect_str_eq(support_history(&later, "present/a"),
                     BACK_IN_THE_WARD "36 12:00 present/a 0 placed again annex\n"
                                      "56 12:00 present/a 0 released again annex\n");
}

Test(limits, lets_go_before_the_limit_whose_time_is_over)
{
    /* clock arrival: 8 days, or just the 10 of the limit, when RELEASE comes first; with a minute
     * more the limit comes first, and the place that he is given is his for a minute */
    static const struct {
        const char *stay, *history;
    } table[] = {
        {"8 days", "1 12:00 present/a 0 status held outside\n"
                   "1 12:00 present/a 0 waits held outside\n"
                   "1 12:00 present/a 0 moved held cell\n"
                   "9 12:00 present/a 0 released held cell\n"},
        {"10 days", "1 12:00 present/a 0 status held outside\n"
                    "1 12:00 present/a 0 waits held outside\n"
                    "1 12:00 present/a 0 moved held cell\n"
                    "11 12:00 present/a 0 released held cell\n"},
        {"14401 minutes", "1 12:00 present/a 0 status held outside\n"
                          "1 12:00 present/a 0 waits held outside\n"
                          "1 12:00 present/a 0 moved held cell\n"
                          "11 12:00 present/a 0 placed held ward\n"
                          "11 12:01 present/a 0 released held ward\n"},
    };
    for (int i = 0; i < 3; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 QUARTER PLACES "statuses:\n" COMING
                                "  held: {clock: arrival, stay: %s, waits: {in: cell, limit: 10 "
                                "days, at_limit: [over_capacity]}}\n"
                                "  long: {stay: 80 days}\n"
                                "placement: {all: {who: {status: [held, long]}, to: [ward]}}\n"
                                "start:\n"
                                "  present:\n"
                                "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"
                                "    x: {status: long, persons: 1, elapsed: 0 days}\n",
                 table[i].stay);
        struct support_run run = support_run(text, 0);
        cr_expect_str_eq(support_history(&run, "present/a"), table[i].history);
        cr_expect_eq(support_year(&run, "over_capacity_placements total", 2026), i == 2);
    }
}

Test(limits, gives_the_place_of_the_minute_before_anything_gives_way)
{
    /* x leaves on day 11 at 12:00, the minute of a's limit: a is placed in the round, not over
     * capacity */
    struct support_run run = support_run(
        QUARTER PLACES
        "statuses:\n" COMING
        "  held: {stay: 30 days, waits: {in: cell, limit: 10 days, at_limit: [over_capacity]}}\n"
        "  long: {stay: 16560 minutes}\n"
        "placement: {all: {who: {status: [held, long]}, to: [ward]}}\n"
        "start:\n"
        "  present:\n"
        "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"
        "    x: {status: long, persons: 1, elapsed: 0 days}\n",
        0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/x 0 placed long ward\n"
                                                  "1 12:00 present/a 0 status held outside\n"
                                                  "1 12:00 present/a 0 waits held outside\n"
                                                  "1 12:00 present/a 0 moved held cell\n"
                                                  "11 12:00 present/a 0 placed held ward\n"
                                                  "11 12:00 present/x 0 released long ward\n"
                                                  "41 12:00 present/a 0 released held ward\n");
    cr_expect_eq(support_year(&run, "over_capacity_placements total", 2026), 0);
}

Test(limits, what_was_served_before_home_is_lost_at_liberty)
{
    /* Held in a cell for 4 days of his 10, 3 days at home; back in `free` he waits at liberty until
     * his 10 days, moved by 3, are over on day 13. Then he serves 5 days from the first minute held
     * again, to day 18, whether the first 4 would have counted in `free` or not. */
    static const char *const served[] = {"", "served: true, "};
    for (int i = 0; i < 2; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "period: {start: 2026-01-01, end: 2026-01-31}\n"
                 "regimes: {cell: {places: unlimited, emergency: true}, ward: {}}\n"
                 "units: {ward: {regime: ward, places: 0}}\n"
                 "statuses:\n"
                 "  held: {clock: custody, %ssentence: 10 days, waits: {in: cell, limit: 4 days, "
                 "at_limit: [sent_home]}, sent_home: {back_after: 3 days, as: free}, next: {again: "
                 "1}}\n"
                 "  free: {clock: arrival, served: true, stay: 2 days, waits: {in: outside}}\n"
                 "  again: {clock: custody, sentence: 5 days, waits: {in: cell}}\n"
                 "placement: {all: {to: [ward]}}\n"
                 "start: {waiting: {held: {persons: 1}}}\n",
                 served[i]);
        struct support_run run = support_run(text, 0);
        cr_expect_str_eq(support_history(&run, NULL),
                         "0 00:00 waiting/held 0 waits held cell\n"
                         "4 00:00 waiting/held 0 sent_home held outside\n"
                         "7 00:00 waiting/held 0 status free outside\n"
                         "7 00:00 waiting/held 0 waits free outside\n"
                         "13 00:00 waiting/held 0 status again outside\n"
                         "13 00:00 waiting/held 0 waits again outside\n"
                         "13 00:00 waiting/held 0 moved again cell\n"
                         "18 00:00 waiting/held 0 released again cell\n");
    }
}

Test(limits, what_is_left_at_home_is_left_at_liberty_too)
{
    /* 4 days of 10 in a cell, 3 at home: back on day 7, in a status whose clock does not run at
     * liberty, the 6 days that are left run on, to day 13. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {cell: {places: unlimited, emergency: true}, ward: {}}\n"
        "units: {ward: {regime: ward, places: 0}}\n"
        "statuses:\n"
        "  held: {clock: custody, served: true, sentence: 10 days, waits: {in: cell, limit: 4 "
        "days, at_limit: [sent_home]}, sent_home: {back_after: 3 days, as: queued}}\n"
        "  queued: {clock: custody, sentence: 30 days, waits: {in: outside}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {waiting: {held: {persons: 1}}}\n",
        0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 waiting/held 0 waits held cell\n"
                     "4 00:00 waiting/held 0 sent_home held outside\n"
                     "7 00:00 waiting/held 0 status queued outside\n"
                     "7 00:00 waiting/held 0 waits queued outside\n"
                     "13 00:00 waiting/held 0 released queued outside\n");
}

/* The minutes between one row of a kind and the next. */
static int gaps_of(const struct support_run *run, enum trace_what what, int32_t *gap, int room)
{
    int     count = -1;
    int32_t before = 0;
    for (uint32_t i = 0; i < run->trace.count && count < room; i++) {
        if (run->trace.row[i].what != what)
            continue;
        if (count >= 0)
            gap[count] = run->trace.row[i].minute - before;
        before = run->trace.row[i].minute;
        count++;
    }
    return count;
}

/* Gap 0 is that of draw 0; draws go on to number `last` and stay there. */
static void expect_last_draw_again(const int32_t *gap, int last)
{
    cr_expect_neq(gap[last], gap[last - 1]);
    for (int i = last + 1; i < last + 5; i++) {
        cr_expect_eq(gap[i], gap[last], "gap %d", i);
        cr_expect_neq(gap[i], gap[i - last - 1], "gap %d is that of the start again", i);
    }
}

Test(limits, sends_home_more_than_255_times)
{
    /* no place: he is sent home after an hour, comes back after 1 to 3 days, and so on. The n-th
     * time has draw n - 1, up to the 256th */
    int32_t            gap[300];
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2028-12-31}\n"
        "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"
        "units: {ward: {regime: ward, places: 0}}\n"
        "statuses:\n"
        "  held: {stay: 9 days, waits: {in: cell, limit: 1 hour, at_limit: [sent_home]},\n"
        "    sent_home: {back_after: {uniform: {from: 1 day, to: 3 days}}}}\n"
        "placement: {held: {to: [ward]}}\n"
        "start: {waiting: {held: {persons: 1, since: 0 days}}}\n",
        0);
    cr_assert_geq(gaps_of(&run, TRACE_SENT_HOME, gap, 290), 290);
    expect_last_draw_again(gap, 255);
}

Test(limits, counts_visits_up_to_255)
{
    /* he comes back to the status from itself: visits 1, 2, .. with draws 0, 1, .. up to the 255th
     */
    int32_t            gap[300];
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2028-12-31}\n"
                    "regimes: {ward: {}}\n"
                    "units: {ward: {regime: ward, places: 1}}\n"
                    "statuses: {held: {stay: {uniform: {from: 1 day, to: 3 days}}, next: {held: "
                    "1}}}\n"
                    "placement: {held: {to: [ward]}}\n"
                    "start: {present: {held: {persons: 1, elapsed: 0 days}}}\n",
                    0);
    cr_assert_geq(gaps_of(&run, TRACE_STATUS, gap, 290), 290);
    expect_last_draw_again(gap, 253); /* the stay that is under way at the start had draw 0 */
}
