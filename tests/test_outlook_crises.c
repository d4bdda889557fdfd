#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/outlook.h"
#include "tests/support.h"

static const struct outlook *make(const char *text)
{
    struct arena arena = support_arena();
    return outlook_make(&arena, support_scenario(text));
}

static const char *written(const char *scenario)
{
    struct arena arena = support_arena();
    char        *text = NULL;
    size_t       length = 0;
    FILE        *out = open_memstream(&text, &length);
    outlook_write(&arena, support_scenario(scenario), out);
    fclose(out);
    const char *copy = arena_text(&arena, text, length);
    free(text);
    return copy;
}

#define CRISES(own, lasts)                                                                         \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "regimes: {ward: {}, house: {}, clinic: {}}\n"                                                 \
    "units: {ward: {regime: ward, places: 3000}, house: {regime: house, places: 500}, clinic: "    \
    "{regime: clinic, places: 500}}\n"                                                             \
    "statuses: {held: {stay: {exponential: {mean: 60 days}}, crisis: {per_year: 12, lasts: " lasts \
    "}}}\n"                                                                                        \
    "flows: {held: {status: held, per_day: 20}}\n"                                                 \
    "placement: {crisis: {during: crisis, to: [clinic]}, held: {to: " own "}}\n"                   \
    "start: {present: {held: {persons: 1200}}}\n"

enum { WARD, HOUSE, CLINIC };

/* scripts/theory.py holds a run of this scenario against the same values: 2,000 who stay 100 days,
 * exponential, with 4 crises a year of 20: 2000 r / (r + 1/20 + 1/100), r = 4/365; 2,000 who stay
 * 200 days as remand and convicts, with 6 a year of 15: r / k (1 - (1 - exp(-200 k)) / 200 k) of
 * them, k = r + 1/15. Those who stay for good have no load. */
Test(outlook_crises, has_people_in_crises_where_theory_has_them)
{
    struct arena   arena = support_arena();
    struct errors  errors = {0};
    struct outlook outlook = *outlook_make(
        &arena, scenario_load(&arena, "tests/scenarios/theory/crises.yaml", NULL, 0, &errors));
    double r = 4 / 365.0, one = 2000 * r / (r + 1 / 20.0 + 1 / 100.0);
    r = 6 / 365.0;
    double k = r + 1 / 15.0, two = 2000 * r / k * (1 - (1 - exp(-200 * k)) / (200 * k));
    cr_expect_float_eq(outlook.here[1][0], one, one * 1e-4);
    cr_expect_float_eq(outlook.here[2][0], two, two * 1e-4);
    cr_expect_eq(outlook.here[3][0], 0);
    cr_expect_float_eq(outlook.away[0][0], one + two, one * 1e-4);
}

/* Of stays at an end rate m the time in crises of any length is exactly, by the renewals,
 * h (1 - f) / (h + m - h f) of the stay, f the mean of exp(-m length); of 9 days each f = exp(-9
 * m). */
Test(outlook_crises, has_people_in_crises_of_a_fixed_length)
{
    const struct outlook *outlook = make(CRISES("[ward]", "9 days"));
    double                h = 12 / 365.0, m = 1 / 60.0, f = exp(-9 * m);
    double                exact = 1200 * h * (1 - f) / (h + m - h * f);
    cr_expect_float_eq(outlook->here[CLINIC][0], exact, 0.003 * exact);
    cr_expect_float_eq(outlook->away[WARD][0], exact, 0.003 * exact);
    cr_expect_float_eq(outlook->load[WARD][0], 1200, 0.1);
    cr_expect_eq(outlook->here[WARD][0] + outlook->here[HOUSE][0] + outlook->away[CLINIC][0], 0);
}

/* About 259 are in one; the mean over a year varies by some 3. */
Test(outlook_crises, has_as_many_in_crises_as_a_run)
{
    struct support_run    run = support_run(CRISES("[ward]", "9 days"), 0);
    const struct outlook *outlook = make(CRISES("[ward]", "9 days"));
    double mean = (double)support_year(&run, "present_mean regime.clinic", 2026) / 365 / 1440;
    cr_expect_float_eq(mean, outlook->here[CLINIC][0], 12);
}

/* Who has been in a clinic stays there, as it is his own: on average 1 / (h + m) days are over
 * before. */
Test(outlook_crises, knows_crisis_places_that_are_own_places_too)
{
    const struct outlook *outlook = make(CRISES("[ward, clinic]", "9 days"));
    double                h = 12 / 365.0, m = 1 / 60.0;
    cr_expect_float_eq(outlook->here[CLINIC][0], 20 * (60 - 1 / (h + m)), 1);
    outlook = make(CRISES("[clinic]", "9 days"));
    cr_expect_eq(outlook->here[CLINIC][0], 0, "they are there already");
}

/* Half have no crises, and the others 12 a year: each group for itself. */
Test(outlook_crises, has_crises_of_those_who_can_have_one)
{
    const struct outlook *all = make(CRISES("[ward]", "9 days"));
    const struct outlook *half = make(
        "attributes: {mood: {calm: 0.5, ill: rest}}\n"
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "regimes: {ward: {}, house: {}, clinic: {}}\n"
        "units: {ward: {regime: ward, places: 3000}, clinic: {regime: clinic, places: 500}}\n"
        "statuses: {held: {stay: {exponential: {mean: 60 days}}, crisis: {per_year: {by: mood, "
        "calm: 0, ill: 12}, lasts: 9 days}}}\n"
        "flows: {held: {status: held, per_day: 20}}\n"
        "placement: {crisis: {during: crisis, to: [clinic]}, held: {to: [ward]}}\n");
    cr_expect_float_eq(half->here[CLINIC][0], all->here[CLINIC][0] / 2, 0.01);
}

/* 1200 x 0.2158 = 259.0, of 500 places 0.518; 941.0 of 3,000 stay. */
Test(outlook_crises, tells_who_is_where_in_crises)
{
    const char *text = written(CRISES("[ward]", "9 days"));
    cr_expect(strstr(text,
                     "\n\nCrises: people who are in another regime for one, who are there, and "
                     "all together\n"
                     "regime          away 2026    here 2026  people 2026     places   ratio "
                     "2026\n"
                     "ward                259.0          0.0        941.0       3000        "
                     "0.314\n"
                     "clinic                0.0        259.0        259.0        500        "
                     "0.518\n\n"),
              "%s", text);
    cr_expect_not(strstr(text, "during"), "no longer left out");
}
