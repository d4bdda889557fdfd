#include "models/headline.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/support.h"

/* One day of 2026, two of 2027; the cell is a police cell. */
#define WORLD                                                                                      \
    "title: Small\n"                                                                               \
    "period: {start: 2026-12-31, end: 2027-01-02}\n"                                               \
    "regimes: {ward: {}, cell: {places: unlimited, emergency: true}}\n"                            \
    "units: {ward_a: {regime: ward, places: 9}}\n"                                                 \
    "statuses: {patient: {stay: 1 day, waits: {in: outside}}}\n"                                   \
    "flows: {town: {status: patient, per_day: 1}}\n"                                               \
    "placement: {all: {to: [ward]}}\n"

static void set(const struct scenario *plan, const struct records *records, int year,
                const char *name, int64_t a, int64_t b)
{
    const struct columns *columns = &plan->columns;
    int                   c = 0;
    while (strcmp(columns->yearly_name[c], name) != 0)
        c++;
    records->record[0].yearly[year * columns->yearly_count + c] = a;
    records->record[1].yearly[year * columns->yearly_count + c] = b;
}

Test(headline, shows_means_over_the_days_of_each_year)
{
    struct arena           arena = support_arena();
    const struct scenario *plan = support_scenario(WORLD);
    struct records         records;
    char                   text[4000] = "";
    records_open(&records, &arena, plan->record_size, 0, 2);
    /* 2026 has one day: 11 x 1,440 minutes are 11 people; 2027 two: 2 x 1,440 x 4 are 4, and 8 */
    set(plan, &records, 0, "present_mean total", 11 * 1440, 11 * 1440);
    set(plan, &records, 1, "present_mean total", 2 * 1440 * 4, 2 * 1440 * 8);
    set(plan, &records, 0, "usable total", 9, 9);
    set(plan, &records, 1, "usable total", 18, 18);
    set(plan, &records, 0, "cell total", 2, 2);
    set(plan, &records, 0, "sent_home total", 5, 7);
    FILE *out = fmemopen(text, sizeof text, "w");
    headline_write(plan, &records, &arena, out);
    fclose(out);
    /* p05 and p95 of 4 and 8 are 4.2 and 7.8, of 5 and 7 are 5.1 and 6.9 */
    cr_expect(strstr(text, "Small\n\n"
                           "year                   held                   need          usable "
                           "places               shortage\n"
                           "2026                     11                      0                  "
                           "    9                      0\n"
                           "2027                6 (4-8)                      0                  "
                           "    9                      0\n\n") == text,
              "%s", text);
    cr_expect(strstr(text, "\n\n"
                           "year           police cells        times sent home\n"
                           "2026                      2                6 (5-7)\n"
                           "2027                      0                      0\n\n"),
              "%s", text);
    cr_expect(strstr(text, "\npolice cells: people in police cells at midnight.\n"), "%s", text);
    cr_expect_null(strstr(text, "queue outside"), "0 throughout");
    cr_expect(strstr(text, "that lasts 7 days: in 0 of 2 replications.\n"), "%s", text);
}

Test(headline, shows_who_waits_by_status_and_when_a_shortage_begins)
{
    struct arena           arena = support_arena();
    const struct scenario *plan = support_scenario(
        "title: Week\nperiod: {start: 2026-12-29, end: 2027-01-06}\n"
        "regimes: {ward: {}}\nunits: {ward: {regime: ward, places: 1}}\n"
        "statuses: {one: {stay: 1 day}, other: {stay: 1 day}}\nplacement: {all: {to: [ward]}}\n");
    struct records records;
    char           text[4000] = "";
    records_open(&records, &arena, plan->record_size, 0, 2);
    /* three days of 2026 with 2 and 4 people of other, six of 2027 with 1 each */
    set(plan, &records, 0, "waiting_mean status.other", 3 * 1440 * 2, 3 * 1440 * 4);
    set(plan, &records, 1, "waiting_mean status.other", 6 * 1440, 6 * 1440);
    /* only the first replication lacks a place, from 30 December on */
    for (int day = 1; day < 9; day++)
        records.record[0]
            .daily[day * plan->columns.daily_count + plan->columns.stand_in.shortage_total] = 5;
    FILE *out = fmemopen(text, sizeof text, "w");
    headline_write(plan, &records, &arena, out);
    fclose(out);
    cr_expect(strstr(text, "\nwaiting for a place          2026     2027\n"
                           "other                           3        1\nPeople who wait"),
              "%s", text);
    cr_expect(strstr(text, "that lasts 7 days: in 1 of 2 replications;\nof these 2026-12-30 (p05), "
                           "2026-12-30 (median), 2026-12-30 (p95).\n"),
              "%s", text);
}
