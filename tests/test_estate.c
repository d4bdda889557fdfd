#include "plan_reader.h"
#include "support.h"
#include "tests/own_folder.h"

#include <unistd.h>

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
    /* by profile: man low, man high, woman low, woman high */
    static const char *const admits[] = {"1111", "1100", "1000"};
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
         "1:31 emergency is yes; it must be false or true"},
        {"regimes: {prison: {outside: ture}}\n", "1:29 outside is ture; did you mean 'true'?"},
        {"regimes: {prison: {places: 12}}\n",
         "1:28 places is 12; for a regime it can only be unlimited, since units have the places"},
        {"regimes: {outside: {}}\n",
         "1:11 outside has a meaning of its own in waits; choose another name"},
        {"regimes: {HvB: {}}\nunits: {a: {regime: HvB, places: 1}}\n",
         "1:11 HvB is no name; a name is small letters, digits and _, a letter first: write hvb"},
        {"units: {a: {places: 1}}\n", "1:12 a lacks the key regime"},
        {"regimes: {prison: {}}\nunits: {a: {regime: prison}}\n", "2:12 a lacks the key places"},
        {"regimes: {prison: {}}\nunits: {a: {regime: prisn, places: 10000001}}\n",
         "2:21 regime is prisn; no regime has this name; did you mean 'prison'?\n"
         "2:36 places is 10000001; it must lie between 0 and 10000000"},
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

/* -- from a CSV file */

/* The units of a file with this text, under the key `csv` of institutions; `more` stands beside it.
 */
static void read_csv_plan(struct plan *plan, const char *csv, const char *more)
{
    char text[2000];
    own_file("units.csv", csv);
    cr_assert_eq(chdir(own_folder()), 0);
    snprintf(text, sizeof text,
             HEAD "regimes: {prison: {}, arrest: {}, cell: {places: unlimited}}\n"
                  "institutions: {csv: units.csv%s}\n",
             more);
    plan_read(plan, text);
}

static void read_good_csv(struct plan *plan, const char *csv, const char *more)
{
    read_csv_plan(plan, csv, more);
    cr_assert_str_eq(yaml_errors(&plan->yaml), "", "%s", yaml_errors(&plan->yaml));
}

static const struct unit *find_unit(const struct estate *estate, const char *name)
{
    for (int u = 0; u < estate->unit_count; u++)
        if (strcmp(estate->unit_name[u], name) == 0)
            return &estate->unit[u];
    cr_assert(false, "no unit %s", name);
    return NULL;
}

Test(estate, a_row_of_a_csv_is_a_unit_named_by_institution_and_regime)
{
    static const char csv[] =
        "institution,label,region,regime,sex,places,for_two,out_of_use,why,source,confidence\n"
        "Alphen a/d Rijn,PI Alphen,Zuid-Holland,prison,man,326,40,39,works,made up,assumed\n"
        "Zwolle (PI),,,prison,man,60,,8,,,\n"
        "Zwolle (PI),\"Zwolle, men and women\",,prison,woman,60,,,,,\n"
        "Zwolle (PI),,,arrest,,10,0,10,staff,,\n";
    static const struct {
        const char *name, *region, *why, *admits; /* by profile: man low, man high, and so on */
        int         institution, built, for_two, out_of_use, usable;
    } unit[] = {
        {"alphen_a_d_rijn.prison", "zuid_holland", "works", "1100", 0, 326, 40, 39, 287},
        {"zwolle_pi.prison_man", NULL, NULL, "1100", 1, 60, 0, 8, 52},
        {"zwolle_pi.prison_woman", NULL, NULL, "0011", 1, 60, 0, 0, 60},
        {"zwolle_pi.arrest", NULL, "staff", "1111", 1, 10, 0, 10, 0},
    };
    struct plan          plan;
    const struct estate *estate = &plan.estate;
    yaml_open(&plan.yaml);
    read_good_csv(&plan, csv, "");
    cr_assert_eq(estate->unit_count, 5);
    cr_expect_str_eq(estate->unit_name[4], "cell");
    cr_assert_eq(estate->institution_count, 2);
    cr_expect_str_eq(estate->institution[0].label, "PI Alphen");
    cr_expect_str_eq(estate->institution[1].label, "Zwolle, men and women");
    for (int u = 0; u < (int)COUNT(unit); u++) {
        const struct unit *read = &estate->unit[u];
        char               matches[] = "----";
        for (uint32_t profile = 0; profile < 4; profile++)
            matches[profile] = who_matches(&read->admits, &plan.attributes, 0, profile) ? '1' : '0';
        cr_expect_str_eq(read->name, unit[u].name);
        cr_expect_str_eq(estate->unit_name[u], unit[u].name);
        cr_expect_eq(read->institution, unit[u].institution, "%s", unit[u].name);
        cr_expect_eq(read->built, unit[u].built, "%s", unit[u].name);
        cr_expect_eq(read->for_two, unit[u].for_two, "%s", unit[u].name);
        cr_expect_eq(read->ward, 1, "%s", unit[u].name); /* a column that is not there */
        cr_expect_eq(read->out_of_use, unit[u].out_of_use, "%s", unit[u].name);
        cr_expect_eq(read->places, unit[u].usable, "%s", unit[u].name);
        cr_expect_str_eq(matches, unit[u].admits, "%s", unit[u].name);
        cr_expect_str_eq(read->region ? read->region : "", unit[u].region ? unit[u].region : "");
        cr_expect_str_eq(read->why ? read->why : "", unit[u].why ? unit[u].why : "");
    }
}

Test(estate, written_institutions_stand_beside_those_of_the_csv_or_add_to_them)
{
    static const char csv[] =
        "institution,regime,places,tags\nVught,prison,10,\nGrave,arrest,20, far  old\n";
    static const char more[] =
        ", vught: {region: south, tags: [vris, far], admits: {sex: man}, units: {wing: {regime: "
        "arrest, places: 7, tags: [low], out_of_use: 2, why: staff}}}"
        ", boat: {units: {deck: {regime: arrest, places: 200}}}, grave: {tags: [low]}";
    struct plan          plan;
    const struct estate *estate = &plan.estate;
    yaml_open(&plan.yaml);
    read_good_csv(&plan, csv, more);
    cr_assert_eq(estate->institution_count, 3);
    cr_assert_eq(estate->unit_count, 5);
    cr_assert_eq(estate->tag_count, 4); /* far, old, vris, low */
    cr_expect_str_eq(estate->tag_name[3], "low");
    cr_expect_eq(find_unit(estate, "vught.prison")->tags, 5u);
    cr_expect_eq(find_unit(estate, "vught.wing")->tags, 13u);
    cr_expect_eq(find_unit(estate, "grave.arrest")->tags, 11u);
    cr_expect_eq(find_unit(estate, "boat.deck")->tags, 0u);
    cr_expect_eq(find_unit(estate, "vught.wing")->places, 5);
    cr_expect_str_eq(find_unit(estate, "vught.prison")->region, "south");
    cr_expect_eq(find_unit(estate, "vught.prison")->admits.values[0], 1u);
    cr_expect_eq(find_unit(estate, "vught.prison")->institution,
                 find_unit(estate, "vught.wing")->institution);
}

Test(estate, what_is_written_of_a_unit_lies_over_its_row)
{
    /* 60 built, 8 out of use by its row for staff; the text says 5, from 2026-03-01 on 20 more for
     * works, and hold. The other unit has on_shrink and drain of its row; its text adds a tag. */
    static const char csv[] = "institution,regime,sex,places,out_of_use,why,on_shrink,drain\n"
                              "Zwolle,prison,man,60,8,\"staff, works\",,\n"
                              "Zwolle,prison,woman,30,,,transfer,2 weeks\n";
    static const char more[] =
        ", zwolle: {units: {prison_man: {out_of_use: 5, on_shrink: hold, changes: [{from: "
        "2026-03-01, places: -20, why: works}]}, prison_woman: {tags: [late]}, wing: {regime: "
        "arrest, places: 7}}}";
    struct plan          plan;
    const struct estate *estate = &plan.estate;
    yaml_open(&plan.yaml);
    read_good_csv(&plan, csv, more);
    cr_assert_eq(estate->unit_count, 4);
    const struct unit *men = find_unit(estate, "zwolle.prison_man");
    cr_expect_eq(men->places, 55);
    cr_expect_eq(men->admits.values[0], 1u);
    cr_expect_eq(men->dated.on_shrink, ON_SHRINK_HOLD);
    int32_t day;
    cr_assert(date_parse("2026-03-01", &day));
    struct places before = places_on(&men->dated, day - 1), on = places_on(&men->dated, day);
    cr_expect_eq(before.usable, 55);
    cr_expect_eq(before.out[CAUSE_STAFF], 5);
    cr_expect_eq(on.usable, 35);
    cr_expect_eq(on.out[CAUSE_WORKS], 20);
    const struct unit *women = find_unit(estate, "zwolle.prison_woman");
    cr_expect_eq(women->dated.on_shrink, ON_SHRINK_TRANSFER);
    cr_expect_eq(women->dated.drain_days, 14);
    cr_expect_eq(women->tags, 1u);
    cr_expect_eq(women->places, 30);
}

Test(estate, errors_of_a_csv_stand_at_its_cells)
{
    static const struct {
        const char *csv, *more, *errors;
    } table[] = {
        {"institution,regime,place\nA,prison,1\n", "",
         "1:20 place is not a known key; did you mean 'places'?\n"},
        {"institution,regime,places,admits\nA,prison,1,x\n", "", "1:27 admits is not a known key"},
        {"institution,tags,regime,places\nA,far No,prison,1\n", "", "2:3 tags is No; "},
        {"institution,regime,places\nA,prisn,1\nB,prison,-1\nC,prison,\n", "",
         "2:3 regime is prisn; no regime has this name; did you mean 'prison'?\n3:10 places is -1"},
        {"institution,regime,places\nA,cell,1\n", "",
         "2:3 regime is cell, which has places: unlimited and can have no units of its own"},
        {"institution,regime,places,sex\nA,prison,1,mn\n", "",
         "2:12 sex is mn; no sex has this name; known are man, woman"},
        {"institution,regime,places,out_of_use\nA,prison,10,11\n", "",
         "2:13 out_of_use is 11, but a has only 10 places"},
        {"institution,regime,places\n3 wings,prison,1\n", "", "2:1 institution is 3_wings; "},
        {"institution,regime,places\nCaf\xc3\xa9,prison,1\n", "",
         "2:1 institution is caf\xc3\xa9; a name is small letters, digits and _, a letter first"},
        {"institution,regime,places,confidence\nA,prison,1,sure\n", "", "2:12 confidence is sure"},
        {"institution,regime,places\nA,prison,1\n\"A\",prison,2\n", "",
         "3:1 unit a.prison stands twice; it stands at units.csv:2:1"},
        {"institution,regime,places,sex\nA,prison,1,man\nA,prison,2,man\nA,prison,3,woman\n", "",
         "3:1 unit a.prison_man stands twice; "},
        {"institution,regime,places\nA,prison,1\n",
         ", a: {units: {prison: {regime: prison, places: 1}}}",
         "unit a.prison stands twice; it stands at units.csv:2:1"},
        {"institution,regime,places,changes\nA,prison,1,x\n", "",
         "1:27 changes is not a known key; known here are institution, label, region, regime, "
         "places, ward, for_two, out_of_use, why, on_shrink, drain, tags, sex, risk, source, "
         "confidence"},
        {"institution,regime,places,drain\nA,prison,1,5\n", "", "2:12 drain is 5; give a unit"},
        {"institution,regime,places,out_of_use,why\nA,prison,9,1,works and staff\n", "",
         "2:14 why names and; it can name lost, works, damage, reserve, staff"},
        {"institution,regime,places\nA,prison,1\n", ", a: {units: {prisn: {drain: 1 day}}}",
         "no row of the csv file is unit a.prisn, so it must have regime and places; did you mean "
         "'prison'?"},
        {"institution,regime,places\nA,prison,1\n", ", a: {units: {prison: 5}}",
         "4:52 prison is 5; it must be a mapping of keys to values"},
        {"institution,regime,places\nA,prison,1\n", ", b: {units: {prison: {drain: 1 day}}}",
         "no row of the csv file is unit b.prison, so it must have regime and places"},
        {"institution,regime,places\nA,prison,1\n", ", b: {}", "b lacks the key units"},
        {"institution,regime,places,sex\nA,prison,1,woman\n", ", a: {admits: {sex: man}}",
         "2:1 a.prison admits nobody: "},
        {"institution,regime,places\nA,prison,1\n", ", a: {tags: vris}",
         "tags is vris; it must be a list: write [vris]"},
    };
    struct plan plan;
    yaml_open(&plan.yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        read_csv_plan(&plan, table[i].csv, table[i].more);
        const char *errors = yaml_errors(&plan.yaml);
        bool        at_start = table[i].errors[0] >= '0' && table[i].errors[0] <= '9';
        const char *found = strstr(errors, table[i].errors);
        cr_expect(at_start ? found == errors : found != NULL, "%s\ngives: %s", table[i].csv,
                  errors);
    }
    read_csv_plan(&plan, "institution,places\nA,1\n", ", a: {}");
    cr_expect(strstr(yaml_errors(&plan.yaml), "units.csv lacks the column regime"));
    cr_expect_eq(plan.yaml.errors.count, 1, "%s", yaml_errors(&plan.yaml));
    read_csv_plan(&plan, "institution,regime,places\nA,prison,1\nA,prison,1\n", "");
    cr_expect(strstr(plan.yaml.errors.list[0].file, "units.csv"));
}

Test(estate, the_key_csv_is_the_name_of_a_file)
{
    static const struct refused_plan table[] = {
        {HEAD "regimes: {prison: {}}\ninstitutions: {a: {}, csv: {no: 1}}\n",
         "4:28 csv is a mapping; it must be a text"},
    };
    plan_expect_errors(table, COUNT(table));
}

Test(estate, a_rule_can_mean_units_by_their_tag)
{
    const struct scenario *plan =
        support_scenario("period: {start: 2026-01-01, end: 2026-01-01}\n"
                         "regimes: {prison: {}}\n"
                         "institutions:\n"
                         "  north: {tags: [far], units: {a: {regime: prison, places: 1}}}\n"
                         "  south: {units: {a: {regime: prison, places: 1, tags: [far]},\n"
                         "                  b: {regime: prison, places: 1}}}\n"
                         "statuses: {remand: {stay: 1 day}}\n"
                         "placement: {all: {to: [far]}}\n");
    const struct rules *rules = &plan->rules;
    cr_assert_eq(rules->lists[0].pool_count, 1);
    const struct pool *pool = &rules->pool[rules->lists[0].pool[0]];
    cr_assert_eq(pool->unit_count, 2);
    cr_expect_str_eq(plan->estate.unit[pool->unit[0]].name, "north.a");
    cr_expect_str_eq(plan->estate.unit[pool->unit[1]].name, "south.a");
}
