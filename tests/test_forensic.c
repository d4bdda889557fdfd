/* Three stages that block each other: prison, clinic, follow-on care. */
#include <criterion/criterion.h>

#include "tests/support.h"

/* The one place of follow-on care falls free on day 30. The treatment of the one in the clinic is
 * over on day 10: he waits there, 20 days, and who is in prison waits for him. On day 30 all move
 * in one round. The third goes into the clinic when the second's 40 days there are over and his
 * place of follow-on care is free: that of the first has 50 days from day 30, so on day 80, not
 * on 70. */
Test(forensic, a_clinic_is_blocked_by_what_comes_after_it)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-04-30}\n"
        "regimes: {prison: {}, clinic: {}, care: {}}\n"
        "units: {wing: {regime: prison, places: 5}, clinic_a: {regime: clinic, places: 1}, care_a: "
        "{regime: care, places: 1}}\n"
        "statuses:\n"
        "  tbs: {stay: 40 days, waits: {in: present_place}, next: {after: 1}}\n"
        "  after: {stay: 50 days, waits: {in: present_place}}\n"
        "placement: {clinic: {who: {status: tbs}, to: [clinic]}, after: {who: {status: after}, to: "
        "[care]}}\n"
        "start:\n"
        "  present: {a: {status: after, persons: 1, elapsed: 20 days}, b: {status: tbs, persons: "
        "1, elapsed: 30 days, in: [clinic]}}\n"
        "  waiting: {tbs: {persons: 2, in: [prison], since: 1 day}}\n",
        0);
    static const struct {
        const char *date;
        int         prison, clinic, care, blocked;
    } expected[] = {
        {"2026-01-10", 2, 1, 1, 0},                             /* to day 10 */
        {"2026-01-11", 2, 1, 1, 1},                             /* the treatment is over */
        {"2026-01-30", 2, 1, 1, 1}, {"2026-01-31", 1, 1, 1, 0}, /* day 30 */
        {"2026-03-11", 1, 1, 1, 0},                             /* day 69 */
        {"2026-03-12", 1, 1, 1, 1},                             /* day 70: his treatment is over */
        {"2026-03-21", 1, 1, 1, 1}, {"2026-03-22", 0, 1, 1, 0}, /* day 80 */
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        const char *date = expected[i].date;
        cr_expect_eq(support_day(&run, "present regime.prison", date), expected[i].prison, "%s",
                     date);
        cr_expect_eq(support_day(&run, "present regime.clinic", date), expected[i].clinic, "%s",
                     date);
        cr_expect_eq(support_day(&run, "present regime.care", date), expected[i].care, "%s", date);
        cr_expect_eq(support_day(&run, "waiting status.after", date), expected[i].blocked, "%s",
                     date);
    }
}

/* A man of high security waits for the one place of that kind, which falls free on day 5, though
 * one of medium security and one for women are empty. */
Test(forensic, clinics_admit_by_sex_and_security)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-31}\n"
        "attributes: {sex: {man: 1, woman: rest}, level: {high: 1, medium: rest}}\n"
        "regimes: {prison: {}, clinic: {}}\n"
        "units:\n"
        "  wing: {regime: prison, places: 5}\n"
        "  high: {regime: clinic, places: 1, admits: {sex: man, level: high}}\n"
        "  medium: {regime: clinic, places: 1, admits: {sex: man, level: medium}}\n"
        "  women: {regime: clinic, places: 1, admits: {sex: woman}}\n"
        "statuses: {tbs: {stay: 90 days, waits: {in: present_place}}}\n"
        "placement: {clinic: {to: [clinic]}}\n"
        "start: {present: {a: {status: tbs, persons: 1, in: [high], elapsed: 85 days}},\n"
        "  waiting: {man: {status: tbs, persons: 1, in: [wing], since: 90 days}}}\n",
        0);
    cr_expect_eq(support_day(&run, "present regime.prison", "2026-01-05"), 1);
    cr_expect_eq(support_day(&run, "present regime.prison", "2026-01-06"), 0);
    cr_expect_eq(support_day(&run, "present regime.clinic", "2026-01-05"), 1);
}
