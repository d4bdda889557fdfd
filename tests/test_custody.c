#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* 2026-01-01, day 0, is a Thursday. A group `present: {x: {status: coming, elapsed: N days}}` comes
 * into the status under test on day 100 - N: on day 1 at 12:00 after 100 x 1,440 - 2,160 = 141,840
 * minutes. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-04-01}\n"
#define PLACES                                                                                     \
    "regimes: {ward: {}, annex: {}, cell: {places: unlimited, emergency: true}}\n"                 \
    "units: {ward: {regime: ward, places: 1}, annex: {regime: annex, places: 1}}\n"
#define COMING "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"

static void expect_history(const char *text, const char *expected)
{
    struct support_run run = support_run(text, 0);
    cr_expect_str_eq(support_history(&run, NULL), expected);
}

/* -- clocks */

#define TWO_COME                                                                                   \
    "placement: {all: {who: {status: held}, to: [ward]}}\n"                                        \
    "start:\n"                                                                                     \
    "  present:\n"                                                                                 \
    "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"                               \
    "    b: {status: coming, persons: 1, elapsed: 141780 minutes}\n"

Test(custody, runs_a_clock_from_arrival_while_he_waits)
{
    /* one place; a comes on day 1 at 12:00, b at 13:00: both have 10 days from then */
    expect_history(QUARTER PLACES
                   "statuses:\n" COMING
                   "  held: {clock: arrival, stay: 10 days, waits: {in: outside}}\n" TWO_COME,
                   "1 12:00 present/a 0 status held outside\n"
                   "1 12:00 present/a 0 placed held ward\n"
                   "1 13:00 present/b 0 status held outside\n"
                   "1 13:00 present/b 0 waits held outside\n"
                   "11 12:00 present/a 0 released held ward\n"
                   "11 12:00 present/b 0 placed held ward\n"
                   "11 13:00 present/b 0 released held ward\n");
}

Test(custody, lets_go_who_waits_when_his_clock_ends)
{
    /* as above, but nobody leaves the place: x is in it for 80 days. a and b leave on day 11 */
    struct support_run run =
        support_run(QUARTER PLACES "statuses:\n" COMING
                                   "  held: {clock: arrival, stay: 10 days, waits: {in: outside}}\n"
                                   "  long: {stay: 80 days}\n"
                                   "placement: {all: {to: [ward], who: {status: [held, long]}}}\n"
                                   "start:\n"
                                   "  present:\n"
                                   "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"
                                   "    b: {status: coming, persons: 1, elapsed: 141780 minutes}\n"
                                   "    x: {status: long, persons: 1, elapsed: 0 days}\n",
                    0);
    cr_expect_str_eq(support_history(&run, "present/b"),
                     "1 13:00 present/b 0 status held outside\n"
                     "1 13:00 present/b 0 waits held outside\n"
                     "11 13:00 present/b 0 released held outside\n");
    cr_expect_eq(support_day(&run, "left_waiting total", "2026-01-12"), 2);
    cr_expect_eq(support_year(&run, "waits_ended status.held", 2026), 0,
                 "nobody was given a place");
}

Test(custody, runs_a_clock_from_the_first_place)
{
    /* b is placed on day 11 at 12:00, with 10 days from then: day 21 */
    expect_history(QUARTER PLACES
                   "statuses:\n" COMING
                   "  held: {clock: placement, stay: 10 days, waits: {in: outside}}\n" TWO_COME,
                   "1 12:00 present/a 0 status held outside\n"
                   "1 12:00 present/a 0 placed held ward\n"
                   "1 13:00 present/b 0 status held outside\n"
                   "1 13:00 present/b 0 waits held outside\n"
                   "11 12:00 present/a 0 released held ward\n"
                   "11 12:00 present/b 0 placed held ward\n"
                   "21 12:00 present/b 0 released held ward\n");
}

Test(custody, runs_a_clock_from_the_first_day_held_also_in_a_cell)
{
    /* b is in a cell from day 1, 13:00, and that is custody: 10 days from then. Outside he is not
     * held: then custody starts with the place, on day 11 at 12:00, and ends on day 21. */
    expect_history(QUARTER PLACES
                   "statuses:\n" COMING
                   "  held: {clock: custody, stay: 10 days, waits: {in: cell}}\n" TWO_COME,
                   "1 12:00 present/a 0 status held outside\n"
                   "1 12:00 present/a 0 placed held ward\n"
                   "1 13:00 present/b 0 status held outside\n"
                   "1 13:00 present/b 0 waits held outside\n"
                   "1 13:00 present/b 0 moved held cell\n"
                   "11 12:00 present/a 0 released held ward\n"
                   "11 12:00 present/b 0 placed held ward\n"
                   "11 13:00 present/b 0 released held ward\n");
    struct support_run run = support_run(
        QUARTER PLACES "statuses:\n" COMING
                       "  held: {clock: custody, stay: 10 days, waits: {in: outside}}\n" TWO_COME,
        0);
    cr_expect_str_eq(support_history(&run, "present/b"),
                     "1 13:00 present/b 0 status held outside\n"
                     "1 13:00 present/b 0 waits held outside\n"
                     "11 12:00 present/b 0 placed held ward\n"
                     "21 12:00 present/b 0 released held ward\n");
}

#define AFTER_REMAND(served, sentence)                                                             \
    QUARTER PLACES                                                                                 \
        "statuses:\n"                                                                              \
        "  coming: {clock: arrival, stay: 100 days, next: {remand: 1}}\n"                          \
        "  remand: {clock: arrival, served: " served                                               \
        ", stay: 30 days, waits: {in: cell}, next: {convict: 1}}\n"                                \
        "  convict: {clock: custody, sentence: " sentence ", waits: {in: present_place}}\n"        \
        "placement: {remand: {who: {status: remand}, to: [ward]}, all: {who: {status: convict}, "  \
        "to: [annex]}}\n"                                                                          \
        "start: {present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}}}\n"

Test(custody, deducts_remand_that_counts_as_served)
{
    /* remand from day 1 to 31; a sentence of 50 days ends on day 1 + 50 = 51, or 31 + 50 = 81 */
    expect_history(AFTER_REMAND("true", "50 days"),
                   "1 12:00 present/a 0 status remand outside\n"
                   "1 12:00 present/a 0 placed remand ward\n"
                   "31 12:00 present/a 0 status convict ward\n"
                   "31 12:00 present/a 0 placed convict annex\n"
                   "51 12:00 present/a 0 released convict annex\n");
    expect_history(AFTER_REMAND("false", "50 days"),
                   "1 12:00 present/a 0 status remand outside\n"
                   "1 12:00 present/a 0 placed remand ward\n"
                   "31 12:00 present/a 0 status convict ward\n"
                   "31 12:00 present/a 0 placed convict annex\n"
                   "81 12:00 present/a 0 released convict annex\n");
}

Test(custody, lets_go_without_a_place_who_was_in_remand_longer_than_his_term)
{
    /* a sentence of 30 days, or less, is over when it starts on day 31; the annex stays empty */
    static const char *const sentences[] = {"20 days", "30 days"};
    for (int i = 0; i < 2; i++) {
        struct support_run run = support_run(
            i == 0 ? AFTER_REMAND("true", "20 days") : AFTER_REMAND("true", "30 days"), 0);
        cr_expect_str_eq(support_history(&run, NULL),
                         "1 12:00 present/a 0 status remand outside\n"
                         "1 12:00 present/a 0 placed remand ward\n"
                         "31 12:00 present/a 0 status convict ward\n"
                         "31 12:00 present/a 0 released convict ward\n",
                         "%s", sentences[i]);
        cr_expect_eq(support_year(&run, "placements total", 2026), 1);
        cr_expect_eq(support_year(&run, "present_mean regime.annex", 2026), 0);
    }
}

Test(custody, counts_remand_of_a_starter)
{
    /* 12 of 30 days of remand are over: convicted on day 18; 50 days from day -12: day 38 */
    struct support_run run =
        support_run(QUARTER PLACES
                    "statuses:\n"
                    "  remand: {clock: arrival, served: true, stay: 30 days, waits: {in: cell}, "
                    "next: {convict: 1}}\n"
                    "  convict: {clock: custody, sentence: 50 days, waits: {in: present_place}}\n"
                    "placement: {remand: {who: {status: remand}, to: [ward]}, all: {to: [annex]}}\n"
                    "start: {present: {remand: {persons: 1, elapsed: 12 days}}}\n",
                    0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 present/remand 0 placed remand ward\n"
                     "18 00:00 present/remand 0 status convict ward\n"
                     "18 00:00 present/remand 0 placed convict annex\n"
                     "38 00:00 present/remand 0 released convict annex\n");
}

/* -- routes and statuses without places */

Test(custody, follows_routes_by_their_shares)
{
    /* of 40 people none takes a route with share 0, all take the one with share 1 */
    struct support_run run = support_run(
        QUARTER "statuses:\n"
                "  first: {clock: arrival, stay: 5 days, next: {never: 0, second: 1, release: 0}}\n"
                "  second: {clock: arrival, stay: 5 days, next: {never: 0, release: 1}}\n"
                "  never: {clock: arrival, stay: 5 days}\n"
                "start: {present: {first: {persons: 40, elapsed: 1 day}}}\n",
        0);
    cr_expect_eq(support_count(&run, TRACE_STATUS, "second"), 40);
    cr_expect_eq(support_count(&run, TRACE_STATUS, "never"), 0);
    cr_expect_eq(support_count(&run, TRACE_RELEASED, "second"), 40);
    cr_expect_eq(support_count(&run, TRACE_RELEASED, NULL), 40);
    cr_expect_eq(support_day(&run, "released total", "2026-01-10"), 40, "day 9 = 4 left + 5");
}

Test(custody, needs_no_place_for_a_status_without_a_rule)
{
    /* a gives up his place on day 4 for 5 days outside; b takes it in that minute */
    struct support_run run =
        support_run(QUARTER PLACES "statuses:\n"
                                   "  held: {stay: 10 days, next: {tagged: 1}}\n"
                                   "  tagged: {clock: arrival, stay: 5 days}\n"
                                   "placement: {all: {who: {status: held}, to: [ward]}}\n"
                                   "start: {present: {a: {status: held, persons: 1, elapsed: 6 "
                                   "days}}, waiting: {b: {status: held, persons: 1}}}\n",
                    0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/a 0 placed held ward\n"
                                                  "0 00:00 waiting/b 0 waits held outside\n"
                                                  "4 00:00 present/a 0 status tagged ward\n"
                                                  "4 00:00 waiting/b 0 placed held ward\n"
                                                  "9 00:00 present/a 0 released tagged outside\n"
                                                  "14 00:00 waiting/b 0 status tagged ward\n"
                                                  "19 00:00 waiting/b 0 released tagged outside\n");
    cr_expect_eq(support_day(&run, "outside total", "2026-01-05"), 1);
}

Test(custody, starts_the_clock_of_a_place_where_none_is_needed)
{
    /* clock placement (the default) in a status for which there is no rule: from the entry on */
    expect_history(QUARTER
                   "statuses:\n" COMING "  held: {stay: 5 days, waits: {in: nowhere}}\n"
                   "start: {present: {a: {status: coming, persons: 1, elapsed: 98 days}}}\n",
                   "2 00:00 present/a 0 status held outside\n"
                   "7 00:00 present/a 0 released held outside\n");
}

/* -- release */

#define VI                                                                                         \
    "release: {conditional: [{up_to: 1 year, remits: 0}, {up_to: 2 years, remits: 2/3, "           \
    "of_part_above: 1 year}, {remits: 1/3, at_most: 2 years}]"

Test(custody, releases_on_the_conditional_date)
{
    /* to serve, remission rounded down to whole days:
     * 365: nothing is remitted
     * 540: 540 - floor(2/3 x 175 = 116.67) = 424; not granted 540
     * 730: 730 - floor(2/3 x 365 = 243.33) = 487
     * 731: 731 - floor(731 / 3 = 243.67) = 488
     * 6 years = 2,190: a third is 730, just the most: 1,460
     * 12 years = 4,380: a third is 1,460, at most 730: 3,650 */
    static const struct {
        const char *stream;
        int         day;
    } expected[] = {
        {"waiting/c365", 365},   {"waiting/c540", 424}, {"waiting/none540", 540},
        {"waiting/c730", 487},   {"waiting/c731", 488}, {"waiting/c2190", 1460},
        {"waiting/c4380", 3650},
    };
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2036-12-31}\n"
                    "regimes: {ward: {}}\n"
                    "units: {ward: {regime: ward, places: 7}}\n"
                    "statuses:\n"
                    "  c365: {sentence: 365 days, " VI "}}\n"
                    "  c540: {sentence: 540 days, " VI ", granted: 1}}\n"
                    "  none540: {sentence: 540 days, " VI ", granted: 0}}\n"
                    "  c730: {sentence: 730 days, " VI "}}\n"
                    "  c731: {sentence: 731 days, " VI "}}\n"
                    "  c2190: {sentence: 6 years, " VI "}}\n"
                    "  c4380: {sentence: 12 years, " VI "}}\n"
                    "placement: {all: {to: [ward]}}\n"
                    "start:\n"
                    "  waiting: {c365: {persons: 1}, c540: {persons: 1}, none540: {persons: 1}, "
                    "c730: {persons: 1},\n"
                    "    c731: {persons: 1}, c2190: {persons: 1}, c4380: {persons: 1}}\n",
                    0);
    cr_expect_eq(support_count(&run, TRACE_RELEASED, NULL), 7);
    for (size_t e = 0; e < sizeof expected / sizeof expected[0]; e++)
        for (uint32_t i = 0; i < run.trace.count; i++) {
            const struct trace_row *row = &run.trace.row[i];
            if (row->what == TRACE_RELEASED &&
                strcmp(run.plan->stream[row->stream].name, expected[e].stream) == 0)
                cr_expect_eq(row->minute, expected[e].day * MINUTES_A_DAY, "%s: day %d",
                             expected[e].stream, row->minute / MINUTES_A_DAY);
        }
}

#define WEEKEND(weekend)                                                                           \
    QUARTER                                                                                        \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: 9}}\n"                                                   \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"                                \
    "  held: {clock: placement, stay: 2 days, release: {weekend: " weekend "}}\n"                  \
    "  brief: {clock: placement, stay: 1 day, release: {weekend: " weekend "}}\n"                  \
    "  going: {clock: arrival, stay: 100 days, next: {brief: 1}}\n"                                \
    "placement: {all: {who: {status: [held, brief]}, to: [ward]}}\n"                               \
    "start:\n"                                                                                     \
    "  present:\n"                                                                                 \
    "    thursday: {status: coming, persons: 1, elapsed: 143370 minutes}\n"                        \
    "    friday: {status: coming, persons: 1, elapsed: 141930 minutes}\n"                          \
    "    saturday: {status: coming, persons: 1, elapsed: 140490 minutes}\n"                        \
    "    weekday: {status: coming, persons: 1, elapsed: 136170 minutes}\n"                         \
    "    late: {status: going, persons: 1, elapsed: 140490 minutes}\n"

static int release_min(const struct support_run *run, const char *stream)
{
    for (uint32_t i = 0; i < run->trace.count; i++)
        if (run->trace.row[i].what == TRACE_RELEASED &&
            strcmp(run->plan->stream[run->trace.row[i].stream].name, stream) == 0)
            return run->trace.row[i].minute;
    return -1;
}

Test(custody, moves_a_release_at_the_weekend_to_friday)
{
    /* All come at 10:30 = minute 630 and stay two days, but `late` one. Day 0 is a Thursday, day 1
     * the Friday, days 2 and 3 the weekend, day 4 a Monday.
     * thursday: planned on Saturday, day 2; leaves on Friday, day 1
     * friday: planned on Sunday, day 3; Friday, day 1 at 10:30 is the minute in which he gets his
     * place: the releases of that minute are over, so the next
     * saturday: planned on Monday, day 4; for Monday the Friday is past: the minute after he comes
     * weekday: comes on Tuesday, day 5, leaves on Thursday, day 7
     * late: comes on Saturday, day 2, planned on Sunday: the Friday is past, so the minute after */
    static const struct {
        const char *stream;
        int         planned, friday, monday;    /* days */
        int         friday_later, monday_later; /* minutes after 10:30 */
    } expected[] = {
        {"present/thursday", 2, 1, 1, 0, 0}, {"present/friday", 3, 1, 1, 1, 1},
        {"present/saturday", 4, 4, 2, 0, 1}, {"present/weekday", 7, 7, 7, 0, 0},
        {"present/late", 3, 2, 2, 1, 1},
    };
    struct support_run planned = support_run(WEEKEND("as_planned"), 0);
    struct support_run friday = support_run(WEEKEND("friday"), 0);
    struct support_run monday = support_run(WEEKEND("friday_for_monday"), 0);
    for (size_t e = 0; e < sizeof expected / sizeof expected[0]; e++) {
        const char *stream = expected[e].stream;
        cr_expect_eq(release_min(&planned, stream), expected[e].planned * 1440 + 630, "%s", stream);
        cr_expect_eq(release_min(&friday, stream),
                     expected[e].friday * 1440 + 630 + expected[e].friday_later, "%s: %d", stream,
                     release_min(&friday, stream));
        cr_expect_eq(release_min(&monday, stream),
                     expected[e].monday * 1440 + 630 + expected[e].monday_later, "%s: %d", stream,
                     release_min(&monday, stream));
    }
}

/* -- waiting */

Test(custody, refuses_who_may_wait_nowhere)
{
    struct support_run run =
        support_run(QUARTER PLACES "statuses:\n" COMING
                                   "  held: {stay: 10 days, waits: {in: nowhere}}\n" TWO_COME,
                    0);
    cr_expect_str_eq(support_history(&run, NULL), "1 12:00 present/a 0 status held outside\n"
                                                  "1 12:00 present/a 0 placed held ward\n"
                                                  "1 13:00 present/b 0 status held outside\n"
                                                  "1 13:00 present/b 0 waits held outside\n"
                                                  "1 13:00 present/b 0 refused held outside\n"
                                                  "11 12:00 present/a 0 released held ward\n");
    cr_expect_eq(support_day(&run, "refused total", "2026-01-02"), 1);
    cr_expect_eq(run.record.total[TOTAL_LEFT], 2);
}

Test(custody, blocks_the_present_place_of_who_waits_in_it)
{
    /* z is in the annex until day 40 - 30 = 10; a is convicted on day 20 - 15 = 5 and waits in the
     * ward; b comes on day 7, to a cell. On day 10 z leaves, so a moves, so b moves. */
    struct support_run run = support_run(
        QUARTER PLACES
        "statuses:\n"
        "  coming: {clock: arrival, stay: 100 days, next: {remand: 1}}\n"
        "  remand: {clock: arrival, stay: 20 days, waits: {in: cell}, next: {convict: 1}}\n"
        "  convict: {clock: placement, stay: 40 days, waits: {in: present_place}}\n"
        "placement: {remand: {who: {status: remand}, to: [ward]}, convict: {who: {status: "
        "convict}, to: [annex]}}\n"
        "start:\n"
        "  present:\n"
        "    a: {status: remand, persons: 1, elapsed: 15 days}\n"
        "    b: {status: coming, persons: 1, elapsed: 93 days}\n"
        "    z: {status: convict, persons: 1, elapsed: 30 days}\n",
        0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/a 0 placed remand ward\n"
                                                  "0 00:00 present/z 0 placed convict annex\n"
                                                  "5 00:00 present/a 0 status convict ward\n"
                                                  "5 00:00 present/a 0 waits convict ward\n"
                                                  "7 00:00 present/b 0 status remand outside\n"
                                                  "7 00:00 present/b 0 waits remand outside\n"
                                                  "7 00:00 present/b 0 moved remand cell\n"
                                                  "10 00:00 present/a 0 placed convict annex\n"
                                                  "10 00:00 present/b 0 placed remand ward\n"
                                                  "10 00:00 present/z 0 released convict annex\n"
                                                  "27 00:00 present/b 0 status convict ward\n"
                                                  "27 00:00 present/b 0 waits convict ward\n"
                                                  "50 00:00 present/a 0 released convict annex\n"
                                                  "50 00:00 present/b 0 placed convict annex\n"
                                                  "90 00:00 present/b 0 released convict annex\n");
}

Test(custody, moves_on_at_once_from_a_kept_place_out_of_category)
{
    /* the annex that he has is allowed, but out of category, and the ward is empty */
    struct support_run run =
        support_run(QUARTER PLACES "statuses:\n"
                                   "  remand: {stay: 10 days, next: {convict: 1}}\n"
                                   "  convict: {stay: 10 days, waits: {in: present_place}}\n"
                                   "placement:\n"
                                   "  remand: {who: {status: remand}, to: [annex]}\n"
                                   "  convict: {to: [ward, annex], out_of_category: [annex]}\n"
                                   "start: {present: {remand: {persons: 1, elapsed: 4 days}, "
                                   "convict: {persons: 1, elapsed: 7 days, in: [annex]}}}\n",
                    0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 present/convict 0 placed convict annex\n"
                     "0 00:00 present/convict 0 placed convict ward\n"
                     "0 00:00 present/remand 0 placed remand annex\n"
                     "3 00:00 present/convict 0 released convict ward\n"
                     "6 00:00 present/remand 0 status convict annex\n"
                     "6 00:00 present/remand 0 placed convict annex\n"
                     "6 00:00 present/remand 0 placed convict ward\n"
                     "16 00:00 present/remand 0 released convict ward\n");
}

Test(custody, waits_for_a_better_place_from_the_new_status_on)
{
    /* a is in the annex since day 0 and convicted on day 8: his place is out of category then. b,
     * who came to the cell on day 5, has waited longer when x leaves the ward on day 10. a moves on
     * day 30, when b's 20 days are over. */
    struct support_run run = support_run(
        QUARTER PLACES
        "statuses:\n" COMING "  remand: {stay: 8 days, next: {convict: 1}}\n"
        "  convict: {clock: arrival, stay: 30 days, waits: {in: present_place}}\n"
        "  held: {stay: 20 days, waits: {in: cell}}\n"
        "  long: {stay: 10 days}\n"
        "placement:\n"
        "  remand: {who: {status: remand}, to: [annex]}\n"
        "  long: {who: {status: long}, to: [ward]}\n"
        "  convict: {who: {status: [convict, held]}, to: [ward, annex], out_of_category: [annex]}\n"
        "start:\n"
        "  present:\n"
        "    a: {status: remand, persons: 1, elapsed: 0 days}\n"
        "    b: {status: coming, persons: 1, elapsed: 95 days}\n"
        "    x: {status: long, persons: 1, elapsed: 0 days}\n",
        0);
    cr_expect_str_eq(support_history(&run, NULL), "0 00:00 present/a 0 placed remand annex\n"
                                                  "0 00:00 present/x 0 placed long ward\n"
                                                  "5 00:00 present/b 0 status held outside\n"
                                                  "5 00:00 present/b 0 waits held outside\n"
                                                  "5 00:00 present/b 0 moved held cell\n"
                                                  "8 00:00 present/a 0 status convict annex\n"
                                                  "8 00:00 present/a 0 placed convict annex\n"
                                                  "10 00:00 present/b 0 placed held ward\n"
                                                  "10 00:00 present/x 0 released long ward\n"
                                                  "30 00:00 present/a 0 placed convict ward\n"
                                                  "30 00:00 present/b 0 released held ward\n"
                                                  "38 00:00 present/a 0 released convict ward\n");
}

Test(custody, lets_people_wait_only_in_cells_that_admit_them)
{
    /* 60 come on day 1, half of them men by chance; the ward is full; men wait in a, women in b */
    struct support_run run =
        support_run(QUARTER "attributes: {sex: {man: 1/2, woman: rest}}\n"
                            "regimes: {ward: {}, room: {}}\n"
                            "units:\n"
                            "  ward: {regime: ward, places: 1}\n"
                            "  a: {regime: room, places: 80, admits: {sex: man}}\n"
                            "  b: {regime: room, places: 80, admits: {sex: woman}}\n"
                            "statuses:\n" COMING "  held: {stay: 20 days, waits: {in: room}}\n"
                            "  long: {stay: 90 days}\n"
                            "placement: {all: {who: {status: [held, long]}, to: [ward]}}\n"
                            "start:\n"
                            "  present: {x: {status: long, persons: 1, elapsed: 0 days}, crowd: "
                            "{status: coming, persons: 60, elapsed: 99 days}}\n"
                            "output: {daily: [sex]}\n",
                    0);
    int moved[3] = {0, 0, 0};
    for (uint32_t i = 0; i < run.trace.count; i++)
        if (run.trace.row[i].what == TRACE_MOVED)
            moved[run.trace.row[i].unit]++;
    cr_expect_eq(moved[1] + moved[2], 60);
    cr_expect_eq(moved[1], support_day(&run, "waiting sex.man", "2026-01-02"));
    cr_expect_eq(moved[2], support_day(&run, "waiting sex.woman", "2026-01-02"));
    cr_expect(moved[1] > 15 && moved[2] > 15, "30 each, sd 3.9");
}

Test(custody, looks_for_a_place_once_where_a_status_is_over_when_it_starts)
{
    /* the sentence of 20 days is over when it starts on day 30; the status after it waits in a
     * cell, to which he moves once, as the ward is full until day 60 */
    struct support_run run =
        support_run(QUARTER PLACES
                    "statuses:\n"
                    "  remand: {clock: arrival, served: true, stay: 30 days, next: {convict: 1}}\n"
                    "  convict: {clock: custody, sentence: 20 days, waits: {in: present_place}, "
                    "next: {held: 1}}\n"
                    "  held: {stay: 5 days, waits: {in: cell}}\n"
                    "  long: {stay: 60 days}\n"
                    "placement:\n"
                    "  remand: {who: {status: remand}, to: [annex]}\n"
                    "  others: {to: [ward]}\n"
                    "start: {present: {remand: {persons: 1, elapsed: 0 days}, long: {persons: 1, "
                    "elapsed: 0 days}}}\n",
                    0);
    cr_expect_str_eq(support_history(&run, "present/remand"),
                     "0 00:00 present/remand 0 placed remand annex\n"
                     "30 00:00 present/remand 0 status convict annex\n"
                     "30 00:00 present/remand 0 status held annex\n"
                     "30 00:00 present/remand 0 waits held annex\n"
                     "30 00:00 present/remand 0 moved held cell\n"
                     "60 00:00 present/remand 0 placed held ward\n"
                     "65 00:00 present/remand 0 released held ward\n");
}

/* -- draws */

#define VISITS 12
#define LOOP_DAYS                                                                                  \
    "period: {start: 2026-01-01, end: 2027-12-31}\n"                                               \
    "statuses:\n"                                                                                  \
    "  ring: {clock: arrival, stay: {uniform: {from: 1 day, to: 9 days}}, next: {pause: 1}}\n"     \
    "  pause: {clock: arrival, stay: 1 day, next: {ring: 1}}\n"                                    \
    "start: {present: {pause: {persons: 1, elapsed: 0 days}}}\n"

Test(custody, draws_anew_at_each_visit)
{
    /* The draw of visit v is the person's base advanced by the purpose stay/ring/v, from 8 on by
     * the one of 7 and v - 7 times 2^61 + 1 more (decision 0003). v counts his earlier entries into
     * any status to which one can come back: pause, ring, pause, .. so ring has 1, 3, 5, .. A
     * uniform stay is 1,440 + u x 8 x 1,440 minutes. */
    struct support_run run = support_run(LOOP_DAYS, 3);
    uint64_t           hash = rng_hash("present/pause");
    u128               increment = rng_flow_increment(1, 3, hash);
    u128               base = rng_day_state(1, 3, hash, 0);
    int32_t            since = 0;
    unsigned           visit = 1;
    for (uint32_t i = 0; i < run.trace.count && visit < 2 * VISITS; i++) {
        const struct trace_row *row = &run.trace.row[i];
        if (row->what != TRACE_STATUS)
            continue;
        if (strcmp(run.plan->statuses.name[row->status], "ring") == 0) {
            since = row->minute;
            continue;
        }
        u128 number = rng_purpose("stay", "ring", visit < 8 ? visit : 7);
        if (visit > 7)
            number += (u128)(visit - 7) * (((u128)1 << 61) + 1);
        uint64_t n = rng_uniform52(rng_advance(base, rng_step(rng_jump(number), increment)));
        double   u = ((double)n + 0.5) * 0x1p-52;
        cr_expect_eq(row->minute - since, (int32_t)(1440 + u * 8 * 1440 + 0.5), "visit %u: %d",
                     visit, row->minute - since);
        visit += 2;
    }
    cr_expect_eq(visit, 2 * VISITS + 1, "so many visits were looked at");
}
