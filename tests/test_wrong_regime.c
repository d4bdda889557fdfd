/* Who is held in a regime that is not his. */
#include <criterion/criterion.h>

#include "tests/support.h"

#define DAY(column, date, number)                                                                  \
    cr_expect_eq(support_day(&run, column, date), number, "%s %s", column, date)

/* The only clinic place falls free on day 30, so that the passant is in the wrong regime, a prison,
 * for 30 days; the patient in the clinic never is, nor after his release. */
Test(wrong_regime, counts_a_passant_until_the_clinic_has_a_place)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "regimes: {prison: {}, clinic: {}}\n"
        "units: {wing: {regime: prison, places: 9}, clinic_a: {regime: clinic, places: 1}}\n"
        "statuses: {tbs: {stay: 30 days, waits: {in: present_place}}}\n"
        "placement: {clinic: {to: [clinic]}}\n"
        "start: {present: {patient: {status: tbs, persons: 1, in: [clinic], elapsed: 0 days}},\n"
        "  waiting: {tbs: {persons: 1, in: [prison]}}}\n"
        "output: {daily: [total], wrong_regime: {passanten: {who: {status: tbs}, should_be_in: "
        "clinic}, all: {should_be_in: [clinic, prison]}}}\n",
        0);
    DAY("wrong_regime who.passanten", "2026-01-30", 1); /* to day 30 */
    DAY("wrong_regime who.passanten", "2026-01-31", 0);
    cr_expect_eq(support_year(&run, "wrong_regime_mean who.passanten", 2026), 30 * 1440);
    cr_expect_eq(support_year(&run, "wrong_regime_mean who.all", 2026), 0,
                 "all are where they may");
}

/* Three who need care and two who do not, in a ward of two places for care and in the other; one
 * who waits in a police cell is in neither. By an attribute that no column asks for. */
Test(wrong_regime, tells_people_apart_by_attributes_that_no_column_asks)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-10}\n"
        "attributes: {care: {needs: 1, none: rest}, sex: {man: 1, woman: rest}}\n"
        "regimes: {ward: {}, ppc: {}, cell: {places: unlimited, emergency: true}}\n"
        "units: {ward_a: {regime: ward, places: 1}, ppc_a: {regime: ppc, places: 2}}\n"
        "statuses: {held: {clock: arrival, stay: 5 days, waits: {in: cell}}}\n"
        "placement: {care: {who: {care: needs}, to: [ppc, ward]}}\n"
        "start: {present: {a: {status: held, persons: 2, in: [ppc], elapsed: 1 day}, b: {status: "
        "held, persons: 1, in: [ward], elapsed: 2 days}}, waiting: {held: {persons: 1, in: "
        "[cell], since: 1 day}}}\n"
        "output: {daily: [total], wrong_regime: {psychiatric: {who: {care: needs}, should_be_in: "
        "[ppc]}, others: {who: {care: none}, should_be_in: [ward]}}}\n",
        0);
    DAY("wrong_regime who.psychiatric", "2026-01-01", 2); /* the ward, the cell */
    DAY("wrong_regime who.psychiatric", "2026-01-03", 2); /* to day 3 */
    DAY("wrong_regime who.psychiatric", "2026-01-04", 1); /* from the cell into the ward */
    DAY("wrong_regime who.psychiatric", "2026-01-05", 0); /* all are gone on day 4 */
    DAY("wrong_regime who.others", "2026-01-01", 0);
    DAY("present total", "2026-01-01", 4);
}

/* Who is outside is not held, whatever his regime should be. */
Test(wrong_regime, leaves_out_who_is_not_held)
{
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-10}\n"
        "regimes: {ward: {}, ankle: {places: unlimited, outside: true}, other: {}}\n"
        "units: {ward_a: {regime: ward, places: 9}, other_a: {regime: other, places: 1}}\n"
        "statuses: {held: {stay: 90 days}, tagged: {stay: 90 days}}\n"
        "placement: {tagged: {who: {status: tagged}, to: [ankle]}, all: {to: [ward]}}\n"
        "start: {present: {held: {persons: 3, elapsed: 1 day}, tagged: {persons: 4, elapsed: 1 "
        "day}}}\n"
        "output: {wrong_regime: {all: {should_be_in: [other]}}}\n",
        0);
    DAY("wrong_regime who.all", "2026-01-05", 3);
    DAY("outside total", "2026-01-05", 4);
}
