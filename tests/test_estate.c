#include "plan_reader.h"

#define HEAD                                                                                       \
    "attributes: {sex: {man: 0.9, woman: rest}, risk: {low: 0.2, high: rest}}\n"                   \
    "statuses: {remand: {}, sentenced: {}}\n"

Test(estate, units_stand_in_file_order_with_those_without_limit_last)
{
    static const char text[] =
        HEAD "regimes:\n"
             "  police_cell: {dutch: politiecel, places: unlimited, emergency: true}\n"
             "  prison: {turnover: 12 hours}\n"
             "  electronic: {places: unlimited, outside: true, emergency: false}\n"
             "institutions:\n"
             "  zwolle: {region: north, dutch: PI Zwolle, label: old, units: {a: {regime: prison, "
             "places: 0}}}\n"
             "  almere: {units: {a: {regime: prison, places: 1000000, source: made up}}}\n"
             "units: {boat: {regime: prison, places: {value: 12, source: facts}}}\n";
    static const struct {
        const char *name;
        int         regime, institution, places;
    } unit[] = {
        {"boat", 1, -1, 12},
        {"zwolle.a", 1, 0, 0},
        {"almere.a", 1, 1, 1000000},
        {"police_cell", 0, -1, UNLIMITED},
        {"electronic", 2, -1, UNLIMITED},
    };
    struct plan          plan;
    const struct estate *estate = &plan.estate;
    yaml_open(&plan.yaml);
    plan_read_good(&plan, text);
    cr_assert_eq(estate->regime_count, 3);
    cr_expect_str_eq(estate->regime_name[2], "electronic");
    cr_expect_str_eq(estate->regime[0].dutch, "politiecel");
    cr_expect_str_eq(estate->regime[1].dutch, "prison");
    cr_expect(estate->regime[0].emergency && !estate->regime[0].outside);
    cr_expect(!estate->regime[2].emergency && estate->regime[2].outside);
    cr_expect(estate->regime[0].unlimited && !estate->regime[1].unlimited);
    cr_expect_eq(estate->regime[1].turnover_min, 720);
    cr_expect_eq(estate->regime[0].turnover_min, 0);
    cr_assert_eq(estate->institution_count, 2);
    cr_expect_str_eq(estate->institution_name[1], "almere");
    cr_assert_eq(estate->unit_count, (int)COUNT(unit));
    for (size_t u = 0; u < COUNT(unit); u++) {
        cr_expect_str_eq(estate->unit[u].name, unit[u].name);
        cr_expect_str_eq(estate->unit_name[u], unit[u].name);
        cr_expect_eq(estate->unit[u].regime, unit[u].regime, "%s", unit[u].name);
        cr_expect_eq(estate->unit[u].institution, unit[u].institution, "%s", unit[u].name);
        cr_expect_eq(estate->unit[u].places, unit[u].places, "%s", unit[u].name);
    }
}

Test(estate, a_unit_admits_whom_both_it_and_its_institution_admit)
{
    static const char text[] =
        HEAD "regimes: {prison: {}}\n"
             "institutions:\n"
             "  men: {units: {all: {regime: prison, places: 1}, low: {regime: prison, places: 1, "
             "admits: {risk: low, sex: [man, woman]}}}, admits: {sex: man}}\n"
             "units: {any: {regime: prison, places: 1}}\n";
    /* by profile: man low, woman low, man high, woman high */
    static const char *const admits[] = {"1111", "1010", "1000"};
    struct plan              plan;
    yaml_open(&plan.yaml);
    plan_read_good(&plan, text);
    for (int u = 0; u < 3; u++) {
        char matches[] = "----";
        for (uint32_t profile = 0; profile < 4; profile++)
            matches[profile] =
                who_matches(&plan.estate.unit[u].admits, &plan.attributes, 0, profile) ? '1' : '0';
        cr_expect_str_eq(matches, admits[u], "%s", plan.estate.unit[u].name);
    }
}

Test(estate, errors_say_what_is_wrong)
{
    static const struct refused_plan table[] = {
        {"regimes: {prison: {emergency: yes}}\n",
         "1:31 emergency is yes; it must be one of false, true"},
        {"regimes: {prison: {outside: ture}}\n", "1:29 outside is ture; did you mean 'true'?"},
        {"regimes: {prison: {places: 12}}\n",
         "1:28 places is 12; for a regime it can only be unlimited, since units have the places"},
        {"regimes: {outside: {}}\n",
         "1:11 outside has a meaning of its own in waits; choose another name"},
        {"regimes: {HvB: {}}\nunits: {a: {regime: HvB, places: 1}}\n",
         "1:11 HvB is no name; a name is small letters, digits and _, a letter first"},
        {"units: {a: {places: 1}}\n", "1:12 a lacks the key regime"},
        {"regimes: {prison: {}}\nunits: {a: {regime: prison}}\n", "2:12 a lacks the key places"},
        {"regimes: {prison: {}}\nunits: {a: {regime: prisn, places: 1000001}}\n",
         "2:21 regime is prisn; no regime has this name; did you mean 'prison'?\n"
         "2:36 places is 1000001; it must lie between 0 and 1000000"},
        {"regimes: {cell: {places: unlimited}}\nunits: {a: {regime: cell, places: 3}}\n",
         "2:21 regime is cell, which has places: unlimited and can have no units of its own"},
        {"regimes: {cell: {places: unlimited}, prison: {}}\n"
         "units: {cell: {regime: prison, places: 3}}\n",
         "1:11 cell has places: unlimited and so is a unit of that name, but units has one too"},
        {"regimes: {prison: {}}\ninstitutions: {zwolle: {}}\n", "2:24 zwolle lacks the key units"},
        {"regimes: {prison: {}}\ninstitutions: {zwolle: {units: [a]}}\n",
         "2:32 units is a list; it must be a mapping of keys to values"},
        {"regimes: {prison: {}}\ninstitutions: {zwolle: {unit: {a: {}}, units: {}}}\n",
         "2:25 unit is not a known key; did you mean 'units'?"},
        {HEAD "regimes: {prison: {}}\n"
              "institutions: {men: {admits: {sex: man}, units: {a: {regime: prison, places: 1, "
              "admits: {sex: woman}}}}}\n",
         "4:50 a admits nobody: what it admits and what its institution admits exclude each "
         "other"},
        {HEAD "regimes: {prison: {}}\nunits: {a: {regime: prison, places: 1, admits: {sx: man}}}\n",
         "4:49 sx is not a known key; known here are status, sex, risk"},
    };
    plan_expect_errors(table, COUNT(table));
}
