#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* Profiles: man 0, woman 1. Units: ward_a 0, ward_b 1, men_a 2, cell 3. */
#define WORLD                                                                                      \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "attributes: {sex: {man: 0.9, woman: rest}}\n"                                                 \
    "regimes: {ward: {}, men: {}, empty: {}, cell: {places: unlimited}}\n"                         \
    "units: {ward_a: {regime: ward, places: 9}, ward_b: {regime: ward, places: 9},\n"              \
    "  men_a: {regime: men, places: 9, admits: {sex: man}}}\n"                                     \
    "statuses:\n"                                                                                  \
    "  patient: {stay: {by: sex, man: 100 days, woman: 300 days}, waits: {in: outside}}\n"         \
    "  remand: {clock: arrival, served: true, stay: 50 days, waits: {in: cell}, next: {convict: "  \
    "0.5, release: rest}}\n"                                                                       \
    "  convict: {clock: custody, sentence: 99 days, waits: {in: present_place}}\n"                 \
    "  fined: {clock: custody, sentence: 9 days, waits: {in: nowhere}}\n"                          \
    "  early: {sentence: 9 days, release: {conditional: [{remits: 1/3}]}}\n"                       \
    "  endless: {waits: {in: outside}}\n"                                                          \
    "placement:\n"                                                                                 \
    "  men: {who: {status: convict, sex: man}, to: [men, ward]}\n"                                 \
    "  all: {to: [ward]}\n"                                                                        \
    "start:\n"

static const struct start *start_of(const char *text)
{
    return &support_scenario(text)->start;
}

Test(start, weights_those_in_equilibrium_by_their_stay)
{
    /* 0.9 x 100 = 90 against 0.1 x 300 = 30: three quarters are men */
    const struct start *start = start_of(WORLD "  present: {patient: {persons: 40}}\n");
    cr_assert_eq(start->count, 1);
    const struct start_group *group = &start->list[0];
    cr_expect_str_eq(group->name, "present/patient");
    cr_expect_eq(group->status, 0);
    cr_expect_eq(group->persons, 40);
    cr_expect_not(group->waiting);
    cr_expect_eq(group->elapsed, ELAPSED_EQUILIBRIUM);
    cr_expect(group->in == 0);
    cr_expect_float_eq(group->profile_up_to[0], 0.75, 1e-12);
    cr_expect(group->profile_up_to[1] == 1.0);
}

Test(start, takes_the_shares_of_arrivals_for_all_others)
{
    const struct start *start = start_of(
        WORLD "  present: {known: {status: patient, persons: 4, elapsed: 10 days, in: [ward]}}\n"
              "  waiting: {patient: {persons: 5, since: 3 days},\n"
              "    kept: {status: convict, persons: 6, in: [ward_a, ward_b, cell]},\n"
              "    celled: {status: remand, persons: 7}}\n");
    static const struct {
        const char *name;
        int64_t     persons;
        int         in; /* pools: ward 0, men 1, cell 2 */
        double      minutes;
    } expected[] = {
        {"present/known", 4, 1, 14400},
        {"waiting/patient", 5, 0, 4320},
        {"waiting/kept", 6, 5, 0},
        {"waiting/celled", 7, 0, 0},
    };
    cr_assert_eq(start->count, 4);
    for (int g = 0; g < 4; g++) {
        const struct start_group *group = &start->list[g];
        cr_expect_str_eq(group->name, expected[g].name);
        cr_expect_eq(group->persons, expected[g].persons);
        cr_expect_eq(group->waiting, g > 0);
        cr_expect((int)group->in == expected[g].in, "%s", group->name);
        cr_expect_float_eq(group->profile_up_to[0], 0.9, 1e-12, "%s", group->name);
        cr_expect(group->profile_up_to[1] == 1.0);
        const struct shape *shape = g == 0 ? group->elapsed_min : group->since_min;
        cr_expect(shape->mean_min == expected[g].minutes, "%s: %g", group->name, shape->mean_min);
    }
    cr_expect_eq(start->list[0].elapsed, ELAPSED_KNOWN);
}

Test(start, leaves_out_those_whom_the_places_do_not_admit)
{
    const struct start *start = start_of(WORLD "  present: {patient: {persons: 4, in: [men]}}\n"
                                               "  waiting: {convict: {persons: 6, in: [men_a]}}\n");
    for (int g = 0; g < 2; g++) {
        cr_expect(start->list[g].profile_up_to[0] == 1.0, "men only");
        cr_expect(start->list[g].profile_up_to[1] == 1.0);
    }
}

Test(start, weighs_attributes_by_the_people_who_enter_the_status)
{
    /* All women and a third of the men go on: 0.9 x 1/3 = 0.3 to 0.1, so 3 of 4 who wait
     * are men; by stay 0.3 x 10 to 0.1 x 60, a third. Nobody comes to `old`: as they
     * arrive. Nor do men to `girls`, whose wing for men has those who arrive. */
    const struct start *start = start_of(
        "period: {start: 2026-01-01, end: 2026-12-31}\n"
        "attributes: {sex: {man: 0.9, woman: rest}}\n"
        "regimes: {ward: {}, men: {}}\n"
        "units: {ward: {regime: ward, places: 9}, men: {regime: men, places: 9, admits: {sex: "
        "man}}}\n"
        "statuses:\n"
        "  first: {stay: 5 days, next: {by: sex, man: {second: 1/3, release: rest}, woman: {girls: "
        "0.5, second: 0.5}}}\n"
        "  second: {stay: {by: sex, man: 10 days, woman: 60 days}, waits: {in: outside}}\n"
        "  girls: {stay: 5 days, next: {second: 1}}\n"
        "  old: {stay: 5 days}\n"
        "placement: {all: {to: [ward, men]}}\n"
        "flows: {first: {status: first, per_day: 3}}\n"
        "start:\n"
        "  waiting: {second: {persons: 1}}\n"
        "  present: {second: {persons: 1}, old: {persons: 1}, girls: {persons: 1}, men: {status: "
        "girls, persons: 1, in: [men]}}\n");
    static const double men[] = {1.0 / 3, 0.9, 0, 1, 0.75};
    for (int g = 0; g < 5; g++)
        cr_expect_float_eq(start->list[g].profile_up_to[0], men[g], 1e-9, "%s: %.9f",
                           start->list[g].name, start->list[g].profile_up_to[0]);
}

Test(start, is_empty_without_a_section)
{
    const struct start *start = start_of("period: {start: 2026-01-01, end: 2026-12-31}\n"
                                         "statuses: {helped: {clock: arrival, stay: 1 day}}\n");
    cr_expect_eq(start->count, 0);
}

#define DERIVED                                                                                    \
    " needs a flow that leads to status convict; give elapsed as a shape, such as 90 days or "     \
    "{exponential: {mean: 90 days}}\n"

#define OUTSIDE                                                                                    \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "statuses: {helped: {clock: arrival, stay: 1 day}}\n"

Test(start, tells_what_is_wrong)
{
    static const struct {
        const char *text, *errors;
    } table[] = {
        {WORLD "  present: {people: {persons: 4}}\n",
         "test.yaml:17:13: people is not the name of a status, so the group must say its status\n"},
        {WORLD "  present: {remand: {elapsed: equilibrium}}\n",
         "test.yaml:17:21: remand lacks persons or csv\n"},
        {WORLD
         "  present: {a: {status: remnd, persons: none}, remand: {persons: -1, in: [home]}}\n",
         "test.yaml:17:41: persons is none; it must be a whole number such as 12\n"
         "test.yaml:17:25: status is remnd; no status has this name; did you mean 'remand'?\n"
         "test.yaml:17:66: persons is -1; it must lie between 0 and 268435456\n"
         "test.yaml:17:75: in[0] is home; no regime, institution, unit or tag has this name; known "
         "are ward, men, empty, cell, ward_a, ward_b, men_a\n"},
        {WORLD "  present: {convict: {persons: 4, elapsed: equilibrium}}\n",
         "test.yaml:17:44: equilibrium of a sentence less remand" DERIVED},
        {WORLD "  present: {early: {persons: 4}}\n", ""},
        {WORLD "  present: {convict: {persons: 4, elapsed: 20 days}}\n", ""},
        /* its clock is custody, but no served status comes before it */
        {WORLD "  present: {fined: {persons: 4, elapsed: equilibrium}}\n", ""},
        {WORLD "  present: {endless: {persons: 4, elapsed: equilibrium}}\n",
         "test.yaml:17:44: equilibrium needs a stay or a sentence, and status endless has none; "
         "give elapsed as a shape\n"},
        {WORLD "  present: {endless: {persons: 4, elapsed: 4 days}}\n", ""},
        {WORLD "  present: {patient: {persons: 4, in: [ward_a]}}\n",
         "test.yaml:17:39: in names ward_a but not ward_b, and no placement rule tells these "
         "apart; "
         "name both\n"},
        {WORLD "  present: {patient: {persons: 4, in: [ward_b]}}\n",
         "test.yaml:17:39: in names ward_b but not ward_a, and no placement rule tells these "
         "apart; "
         "name both\n"},
        {WORLD "  present: {patient: {persons: 4, in: [empty]}}\n",
         "test.yaml:17:39: in names no place with a unit; nobody can be there\n"},
        {WORLD "  waiting: {fined: {persons: 4}}\n",
         "test.yaml:17:20: people of status fined never wait (waits: nowhere)\n"},
        {WORLD "  waiting: {convict: {persons: 4}}\n",
         "test.yaml:17:22: people of status convict wait in the place that they keep; say with in "
         "which places\n"},
        {WORLD "  waiting: {patient: {persons: 4, in: [ward]}}\n",
         "test.yaml:17:39: people of status patient wait outside, so in may not be given\n"},
        {WORLD "  waiting: {patient: {persons: 4}}\n"
               "  present: {patient: {persons: 4}, patience: {persons: 4}}\n",
         "test.yaml:18:36: patience is not the name of a status (did you mean 'patient'?), so the "
         "group must say its "
         "status\n"},
        {OUTSIDE "start: {present: {helped: {persons: 3}}}\n", ""},
        {OUTSIDE "start: {waiting: {helped: {persons: 3}}}\n",
         "test.yaml:3:27: nobody of status helped can wait: no place of a rule is for them\n"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        cr_expect_str_eq(support_errors(table[i].text), table[i].errors, "row %zu:\n%s", i,
                         support_errors(table[i].text));
}
