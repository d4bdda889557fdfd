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
    while (strcmp(columns->daily_name[c], name) != 0)
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
    set(plan, &records, 0, "present_mean regime.cell", 2 * 1440, 2 * 1440);
    set(plan, &records, 0, "sent_home total", 5, 7);
    FILE *out = fmemopen(text, sizeof text, "w");
    headline_write(plan, &records, &arena, out);
    fclose(out);
    /* p05 and p95 of 4 and 8 are 4.2 and 7.8, of 5 and 7 are 5.1 and 6.9 */
    cr_expect(strstr(text,
                     "Small\n\nyear                    held                  usable            "
                     "police cells           over capacity                 waiting               "
                     "sent home\n") == text,
              "%s", text);
    cr_expect(
        strstr(text,
               "\n2026                      11                       9                       2"
               "                       0                       0                 6 (5-7)\n"),
        "%s", text);
    cr_expect(
        strstr(text,
               "\n2027                 6 (4-8)                       9                       0"
               "                       0                       0                       0\n"),
        "%s", text);
}
