#include "models/first_day.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "models/report.h"
#include "tests/own_folder.h"
#include "tests/support.h"

/* x fills the ward, of one place, until day 20 at 00:00. a comes on day 1 at 12:00 (100 x 1,440 -
 * 2,160 = 141,840 minutes of 100 days are over), b on day 3 at 12:00. Both wait in a cell for 10
 * days, go home for 15, come back: a to the ward on day 26, b to a cell on day 28, home on day 38.
 */
#define LIMITED(outputs)                                                                           \
    "period: {start: 2026-01-01, end: 2026-03-31}\n"                                               \
    "regimes: {ward: {}, annex: {apart: true}, cell: {places: unlimited, emergency: true}}\n"      \
    "units: {ward: {regime: ward, places: 1}, annex: {regime: annex, places: 1}}\n"                \
    "statuses:\n"                                                                                  \
    "  coming: {clock: arrival, stay: 100 days, next: {held: 1}}\n"                                \
    "  held: {clock: placement, stay: 30 days, waits: {in: cell, limit: 10 days, at_limit: "       \
    "[sent_home]}, sent_home: {back_after: 15 days}}\n"                                            \
    "  long: {stay: 20 days}\n"                                                                    \
    "placement: {long: {who: {status: long}, to: [ward]}, held: {who: {status: held}, to: "        \
    "[ward]}}\n"                                                                                   \
    "start:\n"                                                                                     \
    "  present:\n"                                                                                 \
    "    a: {status: coming, persons: 1, elapsed: 141840 minutes}\n"                               \
    "    b: {status: coming, persons: 1, elapsed: 138960 minutes}\n"                               \
    "    x: {status: long, persons: 1, elapsed: 0 days}\n" outputs

Test(shortage, counts_who_is_held_in_a_cell_or_sent_home_against_usable_places)
{
    /* need at 24:00: x; from day 1 a too, in a cell, from day 3 b: 1 + 1 + 1 = 3 to day 19, though
     * a is at home from day 11 and b from day 13. On day 20 x has left: 2, both at home; from day
     * 26 a in the ward and b at home or in a cell. The ward has 1 place, the annex is apart. */
    struct support_run run = support_run(LIMITED(""), 0);
    cr_expect_str_eq(support_days(&run, "need total", 30),
                     "1 2 2 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 2 2 2 2 2 2 2 2 2 2");
    cr_expect_str_eq(support_days(&run, "shortage total", 30),
                     "0 1 1 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 1 1 1 1 1 1 1 1 1 1");
    cr_expect_str_eq(support_days(&run, "cell total", 30),
                     "0 1 1 2 2 2 2 2 2 2 2 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1");
    cr_expect_str_eq(support_days(&run, "at_home total", 30),
                     "0 0 0 0 0 0 0 0 0 0 0 1 1 2 2 2 2 2 2 2 2 2 2 2 2 2 1 1 0 0");
    cr_expect_str_eq(support_days(&run, "queue total", 5), "0 0 0 0 0",
                     "a cell is no queue outside");
    cr_expect_str_eq(run.plan->columns.stand_in.name[0], "stand_in.places");
    cr_expect_eq(run.plan->columns.stand_in.count, 1);
    cr_expect_eq(run.plan->columns.stand_in.need, NULL, "one group is the total");
}

Test(shortage, takes_apart_places_when_they_are_named)
{
    /* the annex as a group of its own is empty: its place helps nobody in the ward */
    struct support_run run = support_run(LIMITED("output: {stand_in: [[ward], [annex]]}\n"), 0);
    cr_expect_str_eq(support_days(&run, "shortage total", 5), "0 1 1 2 2");
    cr_expect_str_eq(support_days(&run, "shortage stand_in.ward", 5), "0 1 1 2 2");
    cr_expect_str_eq(support_days(&run, "need stand_in.annex", 5), "0 0 0 0 0");
    cr_expect_str_eq(support_days(&run, "usable stand_in.annex", 5), "1 1 1 1 1");
    /* together they have 2 places: 3 - 2 = 1 from day 3 on */
    run = support_run(LIMITED("output: {stand_in: [[ward, annex]]}\n"), 0);
    cr_expect_str_eq(support_days(&run, "shortage total", 5), "0 0 0 1 1");
}

Test(shortage, is_not_hidden_by_places_that_nobody_may_use)
{
    /* One in the ward, two in cells: 3 - 1 = 2, and from day 9 on, when the first has left, 2 - 1 =
     * 1. No rule leads to the spare regime, and nobody who comes is of the sex that the attic
     * admits: 9 places each that are usable and help nobody. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "attributes: {sex: {man: 1, woman: 0}}\n"
        "regimes: {ward: {}, spare: {}, cell: {places: unlimited, emergency: true}}\n"
        "units:\n"
        "  ward_a: {regime: ward, places: 1}\n"
        "  attic: {regime: ward, places: 9, admits: {sex: woman}}\n"
        "  spare_a: {regime: spare, places: 9}\n"
        "statuses: {held: {stay: 9 days, waits: {in: cell}}}\n"
        "placement: {all: {to: [ward]}}\n"
        "start: {present: {one: {status: held, persons: 1, elapsed: 0 days}}, waiting: {two: "
        "{status: held, persons: 2}}}\n",
        0);
    cr_expect_str_eq(support_days(&run, "need total", 11), "3 3 3 3 3 3 3 3 3 2 2");
    cr_expect_str_eq(support_days(&run, "usable total", 2), "19 19");
    cr_expect_str_eq(support_days(&run, "shortage total", 11), "2 2 2 2 2 2 2 2 2 1 1");
}

Test(shortage, does_not_count_a_queue_outside)
{
    /* 1 place, 3 wait for it at home: 1 held, 2 in the queue, none by law */
    struct support_run run = support_run("period: {start: 2026-01-01, end: 2026-01-03}\n"
                                         "regimes: {ward: {}}\n"
                                         "units: {ward: {regime: ward, places: 1}}\n"
                                         "statuses: {held: {stay: 9 days, waits: {in: outside}}}\n"
                                         "placement: {all: {to: [ward]}}\n"
                                         "start: {waiting: {held: {persons: 3}}}\n",
                                         0);
    cr_expect_str_eq(support_days(&run, "queue total", 3), "2 2 2");
    cr_expect_str_eq(support_days(&run, "need total", 3), "1 1 1");
    cr_expect_str_eq(support_days(&run, "shortage total", 3), "0 0 0");
}

#define SEXES                                                                                      \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "attributes: {age: {young: 0.5, old: rest}, sex: {man: 0.8, woman: rest}}\n"                   \
    "regimes: {ward: {}, lodge: {}, cell: {places: unlimited, emergency: true}}\n"                 \
    "units:\n"                                                                                     \
    "  men: {regime: ward, places: 8, admits: {sex: man}}\n"                                       \
    "  women: {regime: ward, places: 9, admits: {sex: woman}}\n"                                   \
    "  young_men: {regime: lodge, places: 2, admits: {sex: man, age: young}}\n"                    \
    "statuses: {held: {clock: arrival, stay: 10 days, waits: {in: cell}}}\n"                       \
    "flows: {people: {status: held, per_day: 1.5}}\n"                                              \
    "placement: {all: {to: [ward, lodge]}}\n"

Test(shortage, has_a_group_for_each_sex_when_no_place_is_for_both)
{
    /* 12 men are here on average and have 8 + 2 places, 3 women have 9: who is short of a place is
     * in a cell, so need of a sex is the people present of that sex; women's places do not help */
    struct support_run     run = support_run(SEXES "output: {daily: [sex]}\n", 0);
    const struct stand_in *stand_in = &run.plan->columns.stand_in;
    int                    short_days = 0;
    cr_assert_eq(stand_in->count, 2);
    cr_expect_str_eq(stand_in->name[0], "sex.man");
    cr_expect_str_eq(stand_in->name[1], "sex.woman");
    for (int day = 0; day < 365; day++) {
        char date[11];
        date_format(run.plan->period.start + day, date);
        int64_t men = support_day(&run, "present sex.man", date);
        int64_t women = support_day(&run, "present sex.woman", date);
        int64_t men_short = men > 10 ? men - 10 : 0, women_short = women > 9 ? women - 9 : 0;
        cr_expect_eq(support_day(&run, "need sex.man", date), men, "%s", date);
        cr_expect_eq(support_day(&run, "need sex.woman", date), women, "%s", date);
        cr_expect_eq(support_day(&run, "shortage sex.man", date), men_short, "%s", date);
        cr_expect_eq(support_day(&run, "shortage total", date), men_short + women_short);
        cr_expect_eq(support_day(&run, "need total", date), men + women);
        cr_expect_eq(support_day(&run, "usable sex.man", date), 10);
        short_days += men_short > 0 && men + women < 19;
    }
    cr_expect(short_days > 50, "%d days on which women's free places would have helped",
              short_days);
}

Test(shortage, tells_the_sexes_apart_though_no_column_asks_for_them)
{
    struct support_run asked = support_run(SEXES "output: {daily: [sex]}\n", 0);
    struct support_run not_asked = support_run(SEXES, 0);
    cr_expect_eq(asked.plan->columns.class_count, 2);
    cr_expect_eq(not_asked.plan->columns.class_count, 2);
    for (int day = 0; day < 365; day++) {
        char date[11];
        date_format(asked.plan->period.start + day, date);
        cr_expect_eq(support_day(&asked, "need sex.man", date),
                     support_day(&not_asked, "need sex.man", date));
        cr_expect_eq(support_day(&asked, "shortage total", date),
                     support_day(&not_asked, "shortage total", date));
    }
}

Test(shortage, has_one_group_when_a_place_is_for_both)
{
    const struct scenario *plan = support_scenario(
        SEXES "output: {}\n"
              "institutions: {mixed: {units: {all: {regime: lodge, places: 1}}}}\n");
    cr_expect_eq(plan->columns.stand_in.count, 1);
}

/* -- code black */

Test(shortage, calls_a_day_black_when_places_are_full_and_cells_in_use)
{
    /* the ward is full until day 19 and again from day 26; two are in cells from day 3 to 10 */
    struct support_run run = support_run(
        LIMITED("output: {code_black: {occupancy: {at_least: 1}, police_cells: {at_least: 2}}}\n"),
        0);
    cr_expect_str_eq(support_days(&run, "code_black total", 14), "0 0 0 1 1 1 1 1 1 1 1 0 0 0");
    cr_expect_eq(support_year(&run, "code_black total", 2026), 8);
    /* without a word of cells: days 0 to 19, and from day 26 (a, then b until day 86): 20 + 60 */
    run = support_run(LIMITED("output: {code_black: {occupancy: {at_least: 1}}}\n"), 0);
    cr_expect_eq(support_year(&run, "code_black total", 2026), 20 + 60);
}

Test(shortage, judges_occupancy_in_whole_people)
{
    /* 63 of 90 are 0.7 exactly (in doubles 0.7 x 90 is just below 63); from day 1 on 62 are not */
    static const char *const limits[] = {"0.7", "0.7000001", "62/90"};
    static const char *const days[] = {"1 0 0", "0 0 0", "1 1 1"};
    for (int i = 0; i < 3; i++) {
        char text[1000];
        snprintf(text, sizeof text,
                 "period: {start: 2026-01-01, end: 2026-01-03}\n"
                 "regimes: {ward: {}, other: {}}\n"
                 "units: {ward: {regime: ward, places: 90}, other: {regime: other, places: 9, "
                 "admits: {status: other}}}\n"
                 "statuses: {held: {stay: 50 days}, other: {stay: 50 days}}\n"
                 "placement: {held: {who: {status: held}, to: [ward]}, other: {to: [other]}}\n"
                 "start:\n"
                 "  present:\n"
                 "    a: {status: held, persons: 62, elapsed: 0 days}\n"
                 "    b: {status: held, persons: 1, elapsed: 70560 minutes}\n"
                 "output: {code_black: {occupancy: {at_least: %s}, of: {status: held}}}\n",
                 limits[i]);
        struct support_run run = support_run(text, 0);
        cr_expect_str_eq(support_days(&run, "code_black total", 3), days[i], "%s", limits[i]);
    }
}

Test(shortage, calls_no_day_black_without_usable_places)
{
    /* the ward is closed on days 1 and 2; x, who has its one place, stays there, over capacity.
     * One of one is full, one of none is no occupancy: 1 0 0 1 */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-04}\n"
        "regimes: {ward: {}}\n"
        "units: {ward: {regime: ward, places: 1, changes: [{from: 2026-01-02, to: 2026-01-03, "
        "places: -1, why: works}]}}\n"
        "statuses: {held: {stay: 30 days}}\n"
        "placement: {held: {to: [ward]}}\n"
        "start: {present: {x: {status: held, persons: 1, elapsed: 0 days}}}\n"
        "output: {code_black: {occupancy: {at_least: 0.5}}}\n",
        0);
    cr_expect_str_eq(support_days(&run, "code_black total", 4), "1 0 0 1");
}

/* -- the first day */

static struct record record_of(const struct scenario *plan, struct arena *arena, const char *days)
{
    const struct columns *columns = &plan->columns;
    struct record         record = {
                .daily = arena_new(arena, int32_t, (size_t)columns->daily_count * strlen(days))};
    for (size_t d = 0; d < strlen(days); d++)
        record.daily[d * (size_t)columns->daily_count + (size_t)columns->stand_in.shortage_total] =
            days[d] - '0';
    return record;
}

#define FORTNIGHT                                                                                  \
    "period: {start: 2026-12-24, end: 2027-01-06}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward: {regime: ward, places: 1}}\n"                                                   \
    "statuses: {held: {stay: 9 days}}\n"                                                           \
    "placement: {all: {to: [ward]}}\n"

Test(shortage, begins_with_the_first_seven_days_in_a_row)
{
    struct arena           arena = support_arena();
    const struct scenario *plan = support_scenario(FORTNIGHT);
    int32_t                start = plan->period.start;
    static const struct {
        const char *days;
        int         first; /* -1: none */
    } table[] = {
        {"11111110000000", 0},  {"11111101111110", -1}, {"01111101111111", 7},
        {"00000000000000", -1}, {"00009123456000", 4},  {"00000001111111", 7},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct record record = record_of(plan, &arena, table[i].days);
        int32_t       expected = table[i].first < 0 ? NO_FIRST_DAY : start + table[i].first;
        cr_expect_eq(first_day_of_shortage(plan, &record, plan->columns.stand_in.shortage_total),
                     expected, "%s", table[i].days);
    }
}

Test(shortage, counts_its_days_by_calendar_year)
{
    /* eight days of 2026, six of 2027 */
    struct arena           arena = support_arena();
    const struct scenario *plan = support_scenario(FORTNIGHT);
    struct record          record = record_of(plan, &arena, "10100002030001");
    int                    column = plan->columns.stand_in.shortage_total;
    cr_expect_eq(days_not_zero(plan, &record, column, 0, 1), 3);
    cr_expect_eq(days_not_zero(plan, &record, column, 1, 2), 2);
    cr_expect_eq(days_not_zero(plan, &record, column, 0, 2), 5);
}

/* -- what the files say */

static const char *file_of(const struct scenario *plan, const struct records *records,
                           bool (*report)(const struct scenario *, const struct records *,
                                          const char *, struct arena *, struct errors *),
                           struct arena *arena)
{
    static char   text[1 << 20]; /* of this test's own process */
    const char   *path = own_file("result.csv", NULL);
    struct errors errors = {0};
    cr_assert(report(plan, records, path, arena, &errors));
    FILE *file = fopen(path, "r");
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    return text;
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    while ((text = strstr(text, part)) != NULL)
        count++, text += strlen(part);
    return count;
}

Test(shortage, is_summarized_with_the_share_of_replications_that_have_it)
{
    /* of three replications the second has none that lasts, the others begin on 24 and 28 December
     * 2026 (days 20811 and 20815): p05 to p95 at 20811 + 4 p */
    struct arena           arena = support_arena();
    const struct scenario *plan = support_scenario(FORTNIGHT);
    struct record_size     size = plan->record_size;
    struct records         records;
    records_open(&records, &arena, size, 0, 3);
    static const char *const days[] = {"11111110000000", "00000000000010", "00001111111000"};
    for (int r = 0; r < 3; r++)
        records.record[r].daily = record_of(plan, &arena, days[r]).daily;
    const char *text = file_of(plan, &records, report_summary, &arena);
    cr_expect(strstr(text, "\nall,shortage_first_day,total,20813.000,2.828,,,20811.2,20812.0,"
                           "20813.0,20814.0,20814.8\n"));
    cr_expect(strstr(text, "\nall,shortage_begins,total,0.667,0.577,,,"));
    cr_expect(strstr(text, "\n2026,shortage_chance,total,0.667,0.577,,,"),
              "the second in 2027 only");
    cr_expect(strstr(text, "\nall,shortage_chance,total,1.000,0.000,,,"));
    cr_expect(strstr(text, "\n2026,shortage_days,total,3.667,3.512,,,"), "7, 0 and 4 days");
    cr_expect(strstr(text, "\n2026,shortage_begins,total,0.667,0.577,,,"));
    cr_expect(strstr(text, "\n2027,shortage_begins,total,0.000,0.000,,,"));
    cr_expect(strstr(text, "\n2027,shortage_first_day,total,,,,,,,,,\n"), "none begins then");
    cr_expect_eq(count_of(text, "code_black"), 0, "not asked");
}

#define HOUSES                                                                                     \
    "period: {start: 2026-01-30, end: 2026-03-30}\n"                                               \
    "attributes: {sex: {man: 1, woman: 0}}\n"                                                      \
    "regimes: {ward: {}, lodge: {}, clinic: {outside: true}}\n"                                    \
    "institutions:\n"                                                                              \
    "  north: {units: {a: {regime: ward, places: 3}, b: {regime: lodge, places: 4, out_of_use: "   \
    "1}, c: {regime: clinic, places: 5}}}\n"                                                       \
    "statuses: {long: {stay: 50 days}, ill: {stay: 50 days}}\n"                                    \
    "placement: {long: {who: {status: long}, to: [ward, lodge]}, ill: {to: [clinic]}}\n"           \
    "start: {present: {long: {persons: 4, elapsed: 21 days}, ill: {persons: 2, elapsed: 0 "        \
    "days}}}\n"

Test(shortage, has_rows_of_institutions_and_units_on_month_ends)
{
    /* day 0 is 30 January; 31 January and 28 February end a month, 30 March does not. Four come to
     * the ward (3) and the lodge (1) and leave after 29 days, at 00:00 of 28 February; two are in
     * the clinic, outside. Usable: 3, and 4 - 1. */
    struct support_run run = support_run(HOUSES "output: {month_end: [unit, institution]}\n", 0);
    struct arena       arena = support_arena();
    struct records     records = {.size = run.plan->record_size, .count = 1, .record = &run.record};
    const char        *text = file_of(run.plan, &records, report_series, &arena);
    static const char *const rows[] = {
        "2026-01-31,present,institution.north,4.000,", "2026-01-31,usable,institution.north,6.000,",
        "2026-01-31,present,unit.north.a,3.000,",      "2026-01-31,usable,unit.north.a,3.000,",
        "2026-01-31,present,unit.north.b,1.000,",      "2026-01-31,usable,unit.north.b,3.000,",
        "2026-02-28,present,institution.north,0.000,", "2026-02-28,usable,institution.north,6.000,",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        cr_expect(strstr(text, rows[i]), "no %s", rows[i]);
    cr_expect_eq(count_of(text, ",unit.north.a,"), 2 * 2);
    cr_expect_eq(count_of(text, ",institution.north,"), 2 * 2);
    cr_expect_eq(count_of(text, ",unit.north.c,"), 0, "who is outside is not present");
    cr_expect_str_eq(run.plan->columns.monthly_name[0], "present institution.north");
    cr_expect_eq(count_of(text, ",present,status.long,"), 60,
                 "days as before, when daily is not written");
    run = support_run(HOUSES "output: {month_end: [status]}\n", 0);
    records.size = run.plan->record_size;
    records.record = &run.record;
    text = file_of(run.plan, &records, report_series, &arena);
    cr_expect_eq(count_of(text, ",present,status.long,"), 2);
}

Test(shortage, shows_groups_every_day_on_month_ends_or_by_year_as_asked)
{
    struct support_run run = support_run(
        HOUSES "output: {daily: [sex], daily_mean: [], month_end: [regime, status]}\n", 0);
    struct arena   arena = support_arena();
    struct records records = {.size = run.plan->record_size, .count = 1, .record = &run.record};
    const char    *text = file_of(run.plan, &records, report_series, &arena);
    /* every day: present and waiting in total with their means, of each sex without; two pairs of
     * others; usable, over capacity, 7 of places, counts, need, shortage, cell, queue, at home. On
     * month ends: present of 2 statuses and 2 regimes, waiting of 2, usable of 2 */
    cr_expect_eq(records.size.daily_columns, 2 * (2 + 2) + 2 * 2 + 2 + 7 + COUNTS + 5);
    cr_expect_eq(records.size.monthly_columns, 2 + 2 + 2 + 2);
    cr_expect_eq(records.size.months, 2);
    cr_expect_eq(count_of(text, ",present,sex.man,"), 60, "30 January to 30 March");
    cr_expect_eq(count_of(text, ",present,regime.ward,"), 2);
    cr_expect_eq(count_of(text, ",usable,regime.ward,"), 2);
    cr_expect_eq(count_of(text, ",waiting,status.long,"), 2);
    cr_expect_eq(count_of(text, ",present_mean,total,"), 60);
    cr_expect_eq(count_of(text, "_mean,sex.man,"), 0);
    cr_expect_eq(count_of(text, "_mean,regime.ward,"), 0);
    cr_expect(strstr(text, "\n2026-01-31,present,regime.ward,3.000,"), "as its unit above");
    cr_expect(strstr(text, "\n2026-02-28,present,regime.ward,0.000,"));
    cr_expect(strstr(text, "\n2026-02-28,usable,regime.lodge,3.000,"));
    text = file_of(run.plan, &records, report_summary, &arena);
    /* three for 29 of 60 days, though no day of it is kept: 87 / 60 */
    cr_expect(strstr(text, "\n2026,present_mean,regime.ward,1.45000,"));
    cr_expect_eq(count_of(text, "2026,present_mean,sex.man,"), 1);
}
