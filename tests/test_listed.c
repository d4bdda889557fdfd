#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "models/outlook.h"
#include "tests/own_folder.h"
#include "tests/support.h"

/* In a folder of its own, in which the scenario is loaded too. */
static void write_file(const char *name, const char *text)
{
    own_file(name, text);
    cr_assert_eq(chdir(own_folder()), 0);
}

#define WORLD                                                                                      \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "attributes: {sex: {man: 0.5, woman: rest}, age: {young: 0.5, old: rest}}\n"                   \
    "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"                            \
    "institutions: {north: {units: {a: {regime: ward, places: 5}, b: {regime: ward, places: "      \
    "5}}}}\n"                                                                                      \
    "statuses:\n"                                                                                  \
    "  remand: {clock: arrival, served: true, stay: 50 days, waits: {in: cell}, next: {convict: "  \
    "1}}\n"                                                                                        \
    "  convict: {clock: custody, sentence: 90 days, release: {conditional: [{remits: 1/3}], "      \
    "granted: {by: sex, man: 0, woman: 1}}, waits: {in: present_place}}\n"                         \
    "  reporter: {sentence: 10 days, waits: {in: outside}}\n"                                      \
    "  endless: {clock: arrival, waits: {in: outside}}\n"                                          \
    "placement: {all: {to: [north.a, north.b], order: longest_waiting}}\n"

Test(listed, stay_where_they_are_until_their_clock_runs_out)
{
    /* 0: remand since 20 of 50 days in b: 30 left, then in custody since day -20: 90 days are over
     * on day 70. 1: a man, 90 days from day -31: day 59. 2: a woman, 90 less 30: day 29. 3: 120
     * days imposed, 40 remitted: day 49. 4: 30 days imposed, of which a man has served 31: leaves
     * at once. 5: by the rule, without an end. 6: a stay of 25 days, given, not 50: custody
     * until 70. The one place left in a is north.a's, since both have as many free: the first by
     * name. */
    write_file("persons.csv", "status,unit,since,sex,sentence,stay\n"
                              ",north.b,2025-12-12,man,,\n"
                              "convict,north.b,2025-12-01,man,,\n"
                              "convict,north.b,2025-12-01,woman,,\n"
                              "convict,north.b,2025-12-01,woman,120 days,\n"
                              "convict,north.b,2025-12-01,man,30 days,\n"
                              "endless,,2020-01-01,man,,\n"
                              "remand,cell,2025-12-12,man,,25 days\n");
    struct support_run run =
        support_run(WORLD "start: {present: {remand: {csv: persons.csv}}}\n", 0);
    cr_expect_str_eq(support_history(&run, "present/remand"),
                     "0 00:00 present/remand 0 placed remand north.b\n"
                     "0 00:00 present/remand 1 placed convict north.b\n"
                     "0 00:00 present/remand 2 placed convict north.b\n"
                     "0 00:00 present/remand 3 placed convict north.b\n"
                     "0 00:00 present/remand 4 placed convict north.b\n"
                     "0 00:00 present/remand 5 placed endless north.a\n"
                     "0 00:00 present/remand 6 placed remand cell\n"
                     "0 00:01 present/remand 4 released convict north.b\n"
                     "5 00:00 present/remand 6 status convict cell\n"
                     "5 00:00 present/remand 6 placed convict north.a\n"
                     "29 00:00 present/remand 2 released convict north.b\n"
                     "30 00:00 present/remand 0 status convict north.b\n"
                     "30 00:00 present/remand 0 placed convict north.b\n"
                     "49 00:00 present/remand 3 released convict north.b\n"
                     "59 00:00 present/remand 1 released convict north.b\n"
                     "70 00:00 present/remand 0 released convict north.b\n"
                     "70 00:00 present/remand 6 released convict north.a\n");
}

Test(listed, wait_since_their_date)
{
    /* The rule prefers a. 0: outside, sentence 15 days from the placement. 1: in a cell since
     * day -4, 50 days of remand from then, custody too: 90 days, the 90th after day -4 is day 86.
     * 2: keeps his place in a since day -20, his custody runs: 90 - 20. */
    write_file("persons.csv", "status,unit,since,sex,sentence\n"
                              "reporter,,2025-12-01,man,15 days\n"
                              "remand,,2025-12-28,man,\n"
                              "convict,north.a,2025-12-12,man,\n");
    struct support_run run =
        support_run(WORLD "start: {waiting: {queue: {csv: persons.csv}}}\n", 0);
    cr_expect_str_eq(support_history(&run, NULL),
                     "0 00:00 waiting/queue 0 waits reporter outside\n"
                     "0 00:00 waiting/queue 0 placed reporter north.a\n"
                     "0 00:00 waiting/queue 1 waits remand cell\n"
                     "0 00:00 waiting/queue 1 placed remand north.a\n"
                     "0 00:00 waiting/queue 2 waits convict north.a\n"
                     "0 00:00 waiting/queue 2 placed convict north.a\n"
                     "15 00:00 waiting/queue 0 released reporter north.a\n"
                     "46 00:00 waiting/queue 1 status convict north.a\n"
                     "46 00:00 waiting/queue 1 placed convict north.a\n"
                     "70 00:00 waiting/queue 2 released convict north.a\n"
                     "86 00:00 waiting/queue 1 released convict north.a\n");
}

Test(listed, draw_what_the_file_does_not_say)
{
    /* 600 women of whom the age is not said: half are young, sd of the number 12.2. Exponential
     * stays have no memory: whatever is over, 30 days are left on average, sd of the mean 1.2. */
    static char text[40000];
    size_t      used = (size_t)snprintf(text, sizeof text, "since,sex\n");
    for (int i = 0; i < 600; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%d-06-01,woman\n", 2024 + i % 2);
    write_file("persons.csv", text);
    struct support_run run =
        support_run("period: {start: 2026-01-01, end: 2027-12-31}\n"
                    "attributes: {sex: {man: 0.9, woman: rest}, age: {young: 0.5, old: rest}}\n"
                    "statuses: {held: {clock: arrival, stay: {exponential: {mean: 30 days}}}}\n"
                    "start: {present: {held: {csv: persons.csv}}}\n"
                    "output: {daily: [total, sex, age]}\n",
                    0);
    double sum = 0;
    for (uint32_t i = 0; i < run.trace.count; i++)
        sum += run.trace.row[i].what == TRACE_RELEASED ? run.trace.row[i].minute : 0;
    cr_expect_eq(support_count(&run, TRACE_RELEASED, NULL), 600);
    cr_expect_float_eq(sum / 600 / 1440, 30, 5, "%g", sum / 600 / 1440);
    cr_expect(labs(support_day(&run, "present age.young", "2026-01-01") -
                   support_day(&run, "present age.old", "2026-01-01")) < 4 * 25);
    cr_expect_eq(support_day(&run, "present sex.man", "2026-01-01"), 0);
}

Test(listed, leave_when_no_sentence_can_be_left)
{
    /* All are remitted a third of what is above 3 days: of up to 10 days at most 3 and 2/3 of 7 are
     * served, 7 days and 16 hours. Who came 8 days ago leaves at once, though a sentence of 9 or 10
     * days without remission would be served still; who came 7 days ago has up to 16 hours left. */
    write_file("persons.csv", "since\n2025-12-24\n2025-12-25\n2025-12-24\n");
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {ward: {places: unlimited}}\n"
        "statuses: {held: {sentence: {exponential: {mean: 2 days, at_most: 10 days}}, release: "
        "{conditional: [{remits: 1/3, of_part_above: 3 days}]}, waits: {in: outside}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {present: {held: {csv: persons.csv}}}\n",
        0);
    for (uint32_t i = 0; i < run.trace.count; i++) {
        const struct trace_row *row = &run.trace.row[i];
        bool                    is_second = person_point(row->key) == 1;
        if (row->what == TRACE_RELEASED)
            cr_expect(is_second ? row->minute > 1 && row->minute <= 16 * 60 : row->minute == 1,
                      "%u in minute %d", (unsigned)person_point(row->key), row->minute);
    }
    cr_expect_eq(support_count(&run, TRACE_RELEASED, NULL), 3);
}

Test(listed, serve_a_sentence_of_which_something_is_left)
{
    /* After 40 days: of sentences of 45 and 90 days, alike, with a third remitted to half of the
     * people, over are 45 with remission (30). Left are 45 (5 more), 90 (50 more) and 60 of 90 (20
     * more), a third each: 600 people, 200 of each, sd 11.5. */
    static char text[16000];
    size_t      used = (size_t)snprintf(text, sizeof text, "since\n");
    for (int i = 0; i < 600; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "2025-11-22\n");
    write_file("persons.csv", text);
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "regimes: {ward: {places: unlimited}}\n"
        "statuses: {held: {sentence: {bands: [[0.5, 45 days, 45 days], [0.5, 90 days, 90 days]]}, "
        "release: {conditional: [{remits: 1/3}], granted: 0.5}, waits: {in: outside}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {present: {held: {csv: persons.csv}}}\n",
        0);
    int64_t five = support_day(&run, "released total", "2026-01-06");
    int64_t twenty = support_day(&run, "released total", "2026-01-21");
    int64_t fifty = support_day(&run, "released total", "2026-02-20");
    cr_expect_eq(five + twenty + fifty, 600);
    cr_expect(labs(five - 200) < 46 && labs(twenty - 200) < 46, "%ld, %ld", (long)five,
              (long)twenty);
}

Test(listed, exchange_places_where_only_the_file_puts_them)
{
    /* no rule or route brings them there: each waits in the other's place, and gets it at once */
    write_file("persons.csv", "status,unit,since\nto_a,b,2025-12-12\nto_b,a,2025-12-12\n");
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "regimes: {a: {}, b: {}}\n"
        "units: {a: {regime: a, places: 1}, b: {regime: b, places: 1}}\n"
        "statuses: {to_a: {stay: 40 days, waits: {in: present_place}}, to_b: {stay: 40 days, "
        "waits: "
        "{in: present_place}}}\n"
        "placement: {a: {who: {status: to_a}, to: [a]}, b: {who: {status: to_b}, to: [b]}}\n"
        "start: {waiting: {all: {csv: persons.csv}}}\n",
        0);
    cr_expect_eq(support_day(&run, "swapped total", "2026-01-01"), 2);
}

Test(listed, are_counted_before_a_run)
{
    /* six people in b, which has 5 places; the warning says so, and the table counts them */
    write_file("persons.csv", "status,unit,since,sex\n"
                              ",north.b,2025-12-12,man\n,north.b,2025-12-12,man\n"
                              ",north.b,2025-12-12,man\n,north.b,2025-12-12,man\n"
                              "convict,north.b,2025-12-12,man\nconvict,north.b,2025-12-12,man\n");
    struct arena           arena = support_arena();
    const struct scenario *scenario =
        support_scenario(WORLD "start: {present: {remand: {csv: persons.csv}}}\n");
    char  *text = NULL;
    size_t length = 0;
    FILE  *out = open_memstream(&text, &length);
    cr_assert(out);
    outlook_write(&arena, scenario, out);
    cr_assert_eq(fclose(out), 0);
    cr_expect(strstr(text, "start.present.remand: 6 people in unit north.b, which has 5 places\n"),
              "%s", text);
    cr_expect(strstr(text, "\nremand               0         4 "), "%s", text);
    cr_expect(strstr(text, "\nconvict              0         2 "), "%s", text);
    cr_expect_not(strstr(text, "statuses.convict: no flow"), "%s", text);
    cr_expect(strstr(text, "statuses.endless: no flow, route or start group leads to it"), "%s",
              text);
    free(text);
}
