#include "plan_reader.h"

#include "models/who.h"

/* Profiles: man/woman + 2 x violence/drugs/other. */
#define HEAD                                                                                       \
    "attributes:\n"                                                                                \
    "  sex: {man: 0.9, woman: rest}\n"                                                             \
    "  offence: {violence: 0.5, drugs: 0.3, other: rest}\n"                                        \
    "statuses: {remand: {}, sentenced: {}, arrested: {}}\n"

static void read_who(struct plan *plan, const char *who_text, struct who *who)
{
    char text[1000];
    snprintf(text, sizeof text, HEAD "who: %s\n", who_text);
    plan_read_good(plan, text);
    who_read(&plan->yaml.reader, node_find(plan->root, "who"), &plan->attributes,
             plan->statuses.name, plan->statuses.count, who);
}

Test(who, matches_those_for_whom_all_of_it_holds)
{
    static const struct {
        const char *who;
        const char *matches; /* of each status a group: profiles 0 to 5, 1 where it matches */
    } table[] = {
        {"{}", "111111 111111 111111"},
        {"{status: remand}", "111111 000000 000000"},
        {"{status: [remand, arrested]}", "111111 000000 111111"},
        {"{status: {not: remand}}", "000000 111111 111111"},
        {"{sex: woman}", "000111 000111 000111"},
        {"{sex: man, status: arrested}", "000000 000000 111000"},
        {"{offence: {not: [violence, other]}}", "010010 010010 010010"},
        {"{sex: woman, offence: [other], source: made up}", "000001 000001 000001"},
    };
    struct plan plan;
    yaml_open(&plan.yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        struct who who;
        char       matches[] = "------ ------ ------";
        read_who(&plan, table[i].who, &who);
        cr_expect_str_eq(yaml_errors(&plan.yaml), "", "%s", table[i].who);
        for (int status = 0; status < 3; status++)
            for (uint32_t profile = 0; profile < 6; profile++)
                matches[status * 7 + (int)profile] =
                    who_matches(&who, &plan.attributes, status, profile) ? '1' : '0';
        cr_expect_str_eq(matches, table[i].matches, "%s gives %s", table[i].who, matches);
    }
}

Test(who, no_who_is_everyone)
{
    struct plan plan;
    struct who  who = {.statuses = 1};
    yaml_open(&plan.yaml);
    plan_read_good(&plan, HEAD);
    who_read(&plan.yaml.reader, NULL, &plan.attributes, plan.statuses.name, plan.statuses.count,
             &who);
    cr_expect(who_matches(&who, &plan.attributes, 2, 5));
}

Test(who, holds_64_statuses_and_32_values)
{
    char        text[4000] = "attributes: {a: {v0: rest";
    struct plan plan;
    struct who  who;
    for (int v = 1; v < 32; v++)
        snprintf(text + strlen(text), 20, ", v%d: 0", v);
    snprintf(text + strlen(text), 40, "}}\nstatuses: {s0: {}");
    for (int s = 1; s < 64; s++)
        snprintf(text + strlen(text), 20, ", s%d: {}", s);
    snprintf(text + strlen(text), 100,
             "}\nwho: {status: {not: s0}, a: {not: v0}}\nlast: {status: s63}\n");
    yaml_open(&plan.yaml);
    plan_read_good(&plan, text);
    who_read(&plan.yaml.reader, node_find(plan.root, "who"), &plan.attributes, plan.statuses.name,
             plan.statuses.count, &who);
    cr_expect_str_eq(yaml_errors(&plan.yaml), "");
    cr_expect(who_matches(&who, &plan.attributes, 63, 31));
    cr_expect_not(who_matches(&who, &plan.attributes, 0, 31));
    cr_expect_not(who_matches(&who, &plan.attributes, 63, 0));
    who_read(&plan.yaml.reader, node_find(plan.root, "last"), &plan.attributes, plan.statuses.name,
             plan.statuses.count, &who);
    cr_expect(who_matches(&who, &plan.attributes, 63, 0));
    cr_expect_not(who_matches(&who, &plan.attributes, 31, 0));
}

Test(who, errors_say_what_is_wrong)
{
    static const char runs[] = " runs with time, but who is judged at one moment; only status and "
                               "the attributes can stand in it";
    static const struct {
        const char *who, *errors;
    } table[] = {
        {"everyone", "5:6 who must be a mapping, such as {status: remand}"},
        {"{sexe: man}", "5:7 sexe is not a known key; did you mean 'sex'?"},
        {"{sentence: {at_most: 1 year}}",
         "5:7 sentence is not a known key; known here are status, sex, offence"},
        {"{sex: men}", "5:12 sex is men; no value of sex has this name; did you mean 'man'?"},
        {"{status: [remand, fined]}",
         "5:24 status[1] is fined; no status has this name; known are remand, sentenced, arrested"},
        {"{status: []}", "5:15 status is an empty list; name at least one status"},
        {"{sex: {but: man}}", "5:13 but is not a known key; known here are not"},
        {"{sex: {not: [man, woman]}}", "5:18 not names every value of sex, so nobody is left"},
        {"{sex: {not: {not: man}}}",
         "5:18 not is a mapping; it must be the name of a value of sex"},
    };
    struct plan plan;
    struct who  who;
    yaml_open(&plan.yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        read_who(&plan, table[i].who, &who);
        cr_expect_str_eq(yaml_errors(&plan.yaml), table[i].errors, "%s gives: %s", table[i].who,
                         yaml_errors(&plan.yaml));
    }
    static const char *const quantities[] = {"served", "remaining", "waited"};
    for (size_t i = 0; i < COUNT(quantities); i++) {
        char key[100], wanted[300];
        snprintf(key, sizeof key, "{%s: {at_least: 7 days}}", quantities[i]);
        snprintf(wanted, sizeof wanted, "5:7 %s%s", quantities[i], runs);
        read_who(&plan, key, &who);
        cr_expect_str_eq(yaml_errors(&plan.yaml), wanted, "%s", yaml_errors(&plan.yaml));
    }
}
