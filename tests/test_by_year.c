#include "models/by_year.h"

#include "yaml_reader.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* Euros in cents on the years 2025 to 2029. */
Test(by_year, last_year_holds_on_and_the_first_before)
{
    static const struct {
        const char *value;
        int64_t     cents[5];
    } table[] = {
        {"75", {7500, 7500, 7500, 7500, 7500}},
        {"{value: 0.29, source: x}", {29, 29, 29, 29, 29}},
        {"{2026: 20, 2027: 75.5, source: x}", {2000, 2000, 7550, 7550, 7550}},
        {"{2028: {value: 1/3, confidence: assumed}}", {33, 33, 33, 33, 33}},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        struct by_year by_year = {0};
        read_cents_by_year(&yaml.reader, yaml_value(&yaml, table[i].value), &by_year);
        cr_assert_eq(yaml.errors.count, 0, "%s: %s", table[i].value, yaml_errors(&yaml));
        for (int y = 0; y < 5; y++)
            cr_expect_eq(by_year_on(&by_year, 2025 + y), table[i].cents[y], "%s in %d",
                         table[i].value, 2025 + y);
    }
    cr_expect_eq(by_year_on(&(struct by_year){0}, 2026), 0);
}

Test(by_year, says_what_is_wrong)
{
    static const struct {
        const char *value, *error;
    } table[] = {
        {"{26: 1}", "1:5 26 is no year; it must be one from 1900 to 2999"},
        {"{2027: 1, 2026: 2}", "1:14 2026 stands after 2027; years must rise"},
        {"{2026: 1.5}", "1:11 2026 is 1.5; it must lie between 0 and 1"},
        {"-1", "1:4 x is -1; it must be at least 0"},
        {"{source: x}", "1:4 x states no year"},
        {"[1]", "1:4 x is a list; it must be a number such as 0.95 or 2/3"},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        struct by_year by_year = {0};
        read_share_by_year(&yaml.reader, yaml_value(&yaml, table[i].value), &by_year);
        cr_expect_str_eq(yaml_errors(&yaml), table[i].error, "%s: %s", table[i].value,
                         yaml_errors(&yaml));
    }
}
