#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/support.h"

/* Units by id: h1 0, h2 1, p2 2, p1 3, p3 4, p4 5, cell 6. Profiles: man 0, woman 1. */
static const char prisons[] =
    "period: {start: 2026-01-01, end: 2026-12-31}\n"
    "attributes:\n"
    "  sex: {man: 0.9, woman: rest}\n"
    "regimes: {house: {}, prison: {}, cell: {places: unlimited, emergency: true}}\n"
    "units:\n"
    "  h1: {regime: house, places: 10, admits: {sex: man}}\n"
    "  h2: {regime: house, places: 5, admits: {sex: woman}}\n"
    "  p2: {regime: prison, places: 10, admits: {sex: man}}\n"
    "  p1: {regime: prison, places: 12, admits: {sex: man}}\n"
    "  p3: {regime: prison, places: 4, admits: {sex: woman}}\n"
    "  p4: {regime: prison, places: 3, admits: {sex: man}}\n"
    "statuses:\n"
    "  remand:\n"
    "    clock: arrival\n"
    "    stay: 50 days\n"
    "    waits: {in: cell, limit: 10 days, at_limit: [out_of_category, over_capacity]}\n"
    "    next: {sentenced: 0.5, release: rest}\n"
    "  sentenced: {sentence: 100 days, waits: {in: present_place}}\n"
    "  helped: {clock: arrival, stay: 5 days}\n"
    "placement:\n"
    "  remand: {who: {status: remand}, to: [house, prison], out_of_category: [prison]}\n"
    "  fourth: {who: {status: sentenced, sex: man}, to: [p4, prison]}\n"
    "  sentenced: {who: {status: sentenced}, to: [prison], out_of_category: [house]}\n";

static mask bits(int count, const uint8_t *pool)
{
    mask set = 0;
    for (int i = 0; i < count; i++)
        set |= (mask)1 << pool[i];
    return set;
}

Test(rules, puts_units_in_one_pool_when_no_rule_and_no_person_tells_them_apart)
{
    const struct scenario *scenario = support_scenario(prisons);
    const struct rules    *rules = &scenario->rules;
    /* h1 | h2 by sex; p2 p1 together; p3 by sex; p4 because one rule names it; the cell */
    static const uint16_t pool_of_unit[] = {0, 1, 2, 2, 3, 4, 5};
    static const int      regime[] = {0, 0, 1, 1, 1, 2};
    cr_assert_eq(rules->pool_count, 6);
    for (int u = 0; u < 7; u++)
        cr_expect_eq(rules->pool_of_unit[u], pool_of_unit[u], "unit %d", u);
    for (int p = 0; p < 6; p++) {
        cr_expect_eq(rules->pool[p].regime, regime[p], "pool %d", p);
        cr_expect_eq(rules->pool[p].unit_count, p == 2 ? 2 : 1, "pool %d", p);
    }
    cr_expect_eq(rules->pool[2].unit[0], 3, "p1 comes before p2 by name");
    cr_expect_eq(rules->pool[2].unit[1], 2);
}

Test(rules, keeps_entries_as_pools)
{
    const struct rules *rules = &support_scenario(prisons)->rules;
    const mask          house = 0x03, prison = 0x1c, fourth = 0x10;
    cr_assert_eq(rules->count, 3);
    cr_expect_eq(rules->list[0].to_count, 2);
    cr_expect(rules->list[0].to[0] == house && rules->list[0].to[1] == prison);
    cr_expect(rules->list[0].out_of_category == prison);
    cr_expect(rules->list[1].to[0] == fourth && rules->list[1].to[1] == prison);
    cr_expect(rules->list[1].out_of_category == 0);
    cr_expect(rules->list[2].out_of_category == house);
}

Test(rules, makes_one_list_for_each_rule_and_row_of_pools_in_order_of_the_rules)
{
    const struct rules *rules = &support_scenario(prisons)->rules;
    static const struct {
        int     rule, pool_count;
        uint8_t pool[3];
    } expected[] = {
        {0, 3, {0, 2, 4}},                 /* remand, man */
        {0, 1, {0}},                       /* he is in a prison and waits for a house */
        {0, 2, {1, 3}},                    /* remand, woman */
        {0, 1, {1}},       {1, 2, {4, 2}}, /* sentenced, man: the fourth first */
        {2, 1, {3}},                       /* sentenced, woman */
        {2, 2, {3, 1}},                    /* at the limit the house of detention too */
    };
    cr_assert_eq(rules->list_count, 7);
    for (int l = 0; l < 7; l++) {
        const struct list_plan *list = &rules->lists[l];
        cr_expect_eq(list->rule, expected[l].rule, "list %d", l);
        cr_assert_eq(list->pool_count, expected[l].pool_count, "list %d", l);
        cr_expect_arr_eq(list->pool, expected[l].pool, (size_t)list->pool_count);
        cr_expect(list->pools == bits(list->pool_count, list->pool), "list %d", l);
    }
}

Test(rules, says_what_holds_for_each_status_and_profile)
{
    const struct rules *rules = &support_scenario(prisons)->rules;
    static const struct {
        int                status;
        uint32_t           profile;
        struct entitlement is;
    } expected[] = {
        {0, 0, {0, 1, 0, true}}, /* out of category is in `to`, so the limit opens nothing more */
        {0, 1, {2, 3, 2, true}},
        {1, 0, {4, NO_LIST, 4, false}},
        {1, 1, {5, 5, 6, true}}, /* from a house she goes on waiting on her own list */
        {2, 0, {NO_LIST, NO_LIST, NO_LIST, false}},
        {2, 1, {NO_LIST, NO_LIST, NO_LIST, false}},
    };
    for (int i = 0; i < 6; i++) {
        const struct entitlement *is =
            rules_entitlement(rules, expected[i].status, expected[i].profile);
        cr_expect_eq(is->list, expected[i].is.list, "row %d", i);
        cr_expect_eq(is->better, expected[i].is.better, "row %d", i);
        cr_expect_eq(is->wider, expected[i].is.wider, "row %d", i);
        cr_expect_eq(is->out_of_category, expected[i].is.out_of_category, "row %d", i);
    }
}

Test(rules, takes_the_first_rule_that_matches_and_an_institution_as_all_its_units)
{
    const struct rules *rules =
        &support_scenario(
             "period: {start: 2026-01-01, end: 2026-12-31}\n"
             "regimes: {ward: {}, annex: {}}\n"
             "units: {alone: {regime: ward, places: 1}}\n"
             "institutions:\n"
             "  north: {units: {a: {regime: ward, places: 1}, b: {regime: annex, places: 1}}}\n"
             "  south: {units: {a: {regime: ward, places: 1}}}\n"
             "statuses: {patient: {stay: 1 day}}\n"
             "placement:\n"
             "  first: {to: [north, south.a], order: longest_waiting}\n"
             "  never: {to: [ward]}\n")
             ->rules;
    /* alone 0, north.a 1, north.b 2, south.a 3: all in different entries, so four pools */
    static const uint8_t pool[] = {1, 2, 3};
    cr_assert_eq(rules->pool_count, 4);
    cr_assert_eq(rules->list_count, 1);
    cr_assert_eq(rules->lists[0].pool_count, 3);
    cr_expect_arr_eq(rules->lists[0].pool, pool, sizeof pool);
}

/* A ward for all, statuses patient (no sentence) and convict; the placement follows on line 8. */
#define WARDS                                                                                      \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "attributes: {sex: {man: 0.5, woman: rest}, risk: {low: 0.5, high: rest, other: 0}}\n"         \
    "regimes: {ward: {}, men: {}, empty: {}, twice: {}}\n"                                         \
    "units: {ward_a: {regime: ward, places: 1}, men_a: {regime: men, places: 1, admits: {sex: "    \
    "man}},\n"                                                                                     \
    "  twice: {regime: ward, places: 1}, other: {regime: twice, places: 1}}\n"                     \
    "statuses: {patient: {stay: 1 day, waits: {in: outside}}, convict: {sentence: 9 days}}\n"      \
    "placement:\n"

Test(rules, tells_what_is_wrong)
{
    static const struct {
        const char *text, *errors;
    } table[] = {
        {WARDS "  all: {to: [ward, men]}\n", ""},
        {WARDS "  all: {to: [ward], order: longest_sentence}\n",
         "test.yaml:8:28: order is longest_sentence, but status patient has no sentence; name only "
         "statuses with a sentence in who, or use longest_waiting\n"},
        {WARDS "  one: {who: {status: convict}, to: [ward], order: longest_sentence}\n"
               "  two: {who: {status: patient}, to: [ward]}\n",
         ""},
        {WARDS "  all: {to: [empty]}\n",
         "test.yaml:8:13: to names no place with a unit; nobody could be placed by this rule\n"},
        {WARDS "  all: {to: [twice]}\n",
         "test.yaml:8:14: twice is the name of different places (a regime, an institution, a "
         "unit, a tag); give them different names\n"},
        {WARDS "  one: {who: {status: patient}, to: [ward]}\n",
         "test.yaml:8:3: no placement rule is for status convict; its people would wait for "
         "ever\n"},
        {WARDS
         "  one: {who: {sex: man}, to: [ward]}\n  two: {who: {status: convict}, to: [ward]}\n",
         "test.yaml:8:3: no placement rule is for status patient (with sex: woman); its people "
         "would wait for ever\n"},
        {WARDS "  one: {to: [men]}\n",
         "test.yaml:8:3: no place of its rule is for status patient (with sex: woman); its people "
         "would wait for ever\n"
         "test.yaml:8:3: no place of its rule is for status convict (with sex: woman); its people "
         "would wait for ever\n"},
        {WARDS
         "  one: {who: {sex: man, risk: low}, to: [ward]}\n  two: {who: {status: convict}, to: "
         "[ward]}\n",
         "test.yaml:8:3: no placement rule is for status patient (with risk: high); its people "
         "would wait for ever\n"},
        /* nobody has the risk `other`, so no rule needs to be for it */
        {WARDS "  one: {who: {risk: [low, high]}, to: [ward]}\n", ""},
        {WARDS "  one: {who: {risk: {not: high}}, to: [ward]}\n"
               "  two: {who: {status: convict}, to: [ward]}\n",
         "test.yaml:8:3: no placement rule is for status patient (with risk: high); its people "
         "would wait for ever\n"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        cr_expect_str_eq(support_errors(table[i].text), table[i].errors, "row %zu:\n%s", i,
                         support_errors(table[i].text));
}

Test(rules, points_at_the_key_that_cannot_be_read)
{
    static const struct {
        const char *text, *place;
    } table[] = {
        {WARDS "  all: {to: [ward_b]}\n", "test.yaml:8:14: to[0] is ward_b; "},
        {WARDS "  all: {who: {status: patient}}\n", "test.yaml:8:8: all lacks the key to"},
        {WARDS "  all: {to: ward}\n", "test.yaml:8:13: to is ward; "},
        {WARDS "  all: {to: [ward], order: longest}\n", "test.yaml:8:28: order is longest; "},
        {WARDS "  all: {to: [ward], near: region}\n", "test.yaml:8:27: near is region; "},
        {WARDS "  [ward]\n", "test.yaml:8:3: placement is a list; "},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *errors = support_errors(table[i].text);
        cr_expect(strncmp(errors, table[i].place, strlen(table[i].place)) == 0, "row %zu:\n%s", i,
                  errors);
        cr_expect_eq(strchr(errors, '\n')[1], '\0', "row %zu: one error only:\n%s", i, errors);
    }
}

/* Texts of many rules. */
static FILE *begin(char *text, size_t room)
{
    FILE *out = fmemopen(text, room, "w");
    cr_assert(out);
    fputs("period: {start: 2026-01-01, end: 2026-12-31}\nregimes: {ward: {}}\n", out);
    return out;
}

static void many_pools(char *text, size_t room, int count)
{
    FILE *out = begin(text, room);
    fputs("statuses: {patient: {stay: 1 day}}\nunits:\n", out);
    for (int i = 0; i < count; i++)
        fprintf(out, "  u%d: {regime: ward, places: 1}\n", i);
    fputs("placement: {all: {to: [u0", out);
    for (int i = 1; i < count; i++)
        fprintf(out, ", u%d", i);
    fputs("]}}\n", out);
    fclose(out);
}

/* 64 statuses x 2 values, a rule each. */
static void many_lists(char *text, size_t room, int count)
{
    FILE *out = begin(text, room);
    fputs("attributes: {sex: {man: 0.5, woman: rest}}\nunits: {a: {regime: ward, places: 1}}\n"
          "statuses:\n",
          out);
    for (int i = 0; i < 64; i++)
        fprintf(out, "  s%d: {stay: 1 day}\n", i);
    fputs("placement:\n", out);
    for (int i = 0; i < count; i++)
        fprintf(out, "  r%d: {who: {status: s%d, sex: %s}, to: [ward]}\n", i, i / 2,
                i % 2 ? "man" : "woman");
    fputs("  rest: {to: [ward]}\n", out);
    fclose(out);
}

static void many_rules(char *text, size_t room, int count)
{
    FILE *out = begin(text, room);
    fputs("units: {a: {regime: ward, places: 1}}\nstatuses: {patient: {stay: 1 day}}\nplacement:\n",
          out);
    for (int i = 0; i < count; i++)
        fprintf(out, "  r%d: {to: [ward]}\n", i);
    fclose(out);
}

Test(rules, have_limits)
{
    static char text[1 << 16];
    many_pools(text, sizeof text, POOLS_AT_MOST);
    cr_expect_eq(support_scenario(text)->rules.pool_count, POOLS_AT_MOST);
    many_pools(text, sizeof text, POOLS_AT_MOST + 1);
    cr_expect_str_eq(support_errors(text),
                     "test.yaml:134:12: regimes, admits and the rules split the units into 129 "
                     "pools; at most 128 are allowed: name fewer units apart\n");
    many_lists(text, sizeof text, LISTS_AT_MOST - 1);
    cr_expect_eq(support_scenario(text)->rules.list_count, LISTS_AT_MOST);
    many_lists(text, sizeof text, LISTS_AT_MOST + 1);
    cr_expect(strstr(support_errors(text), "the rules make more than 127 waiting lists"));
    many_rules(text, sizeof text, RULES_AT_MOST);
    cr_expect_eq(support_scenario(text)->rules.count, RULES_AT_MOST);
    many_rules(text, sizeof text, RULES_AT_MOST + 1);
    cr_expect_str_eq(support_errors(text),
                     "test.yaml:6:3: there are 257 placement rules; at most 256 are allowed\n");
}
