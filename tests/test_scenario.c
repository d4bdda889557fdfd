#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/own_folder.h"
#include "tests/support.h"

static const struct scenario *load_with(struct arena *arena, const char *text,
                                        const char *const *sets, int set_count)
{
    struct errors errors = {0};
    return scenario_load_text(arena, "test.yaml", text, strlen(text), sets, set_count, &errors);
}

Test(scenario, loads_a_file)
{
    struct arena           arena = support_arena();
    struct errors          errors = {0};
    const char            *set = "flows.patients.per_day=4";
    const struct scenario *scenario = scenario_load(&arena, "examples/tiny.yaml", &set, 1, &errors);
    cr_assert(scenario, "%s", errors.list[0].text);
    cr_expect_str_eq(scenario->file, "examples/tiny.yaml");
    cr_expect_str_eq(scenario->title, "Ten places, first come first served");
    cr_expect_eq(scenario->replications, 100);
    cr_expect_eq(scenario->seed, 1);
    cr_expect_eq(scenario->period.day_count, 3652);
    cr_expect_eq(scenario->flows.list[0].rate_per_day[0], 4.0, "as set");
    cr_expect_eq(scenario->rules.list_count, 1);
    cr_expect_not(scenario->has_call_up);
    cr_expect_null(scenario_load(&arena, "examples/none.yaml", NULL, 0, &errors));
    cr_expect_eq(errors.count, 1);
}

/* Three years of which the first 500 days, into May 2028, are warm-up. */
static const char town[] = "title: A town\n"
                           "period: {start: 2027-01-01, end: 2029-12-31, warm_up: 500 days}\n"
                           "run: {replications: 20, seed: 7}\n"
                           "regimes: {ward: {turnover: 12 hours}}\n"
                           "units: {ward_a: {regime: ward, places: 9}}\n"
                           "statuses:\n"
                           "  first: {stay: 2 days, next: {second: 0.5, release: rest}}\n"
                           "  second: {stay: 3 days, waits: {in: present_place}}\n"
                           "flows:\n"
                           "  zebras: {status: first, per_day: 2}\n"
                           "  ants: {status: second, per_day: 3}\n"
                           "placement: {all: {to: [ward]}}\n"
                           "start:\n"
                           "  present: {first: {persons: 5}}\n"
                           "  waiting: {first: {persons: 4}}\n";

Test(scenario, leaves_the_warm_up_out_of_the_records)
{
    const struct scenario *scenario = support_scenario(town);
    /* 365 + 366 + 365 days; day 500 is in 2028, so the records are of 2028 and 2029 */
    cr_expect_eq(scenario->period.day_count, 1096);
    cr_expect_eq(scenario->period.first_record - scenario->period.start, 500);
    cr_expect_eq(scenario->record_size.days, 596);
    cr_expect_eq(scenario->record_size.years, 2);
    cr_expect_eq((int)scenario->record_size.daily_columns, scenario->columns.daily_count,
                 "all are shown every day");
    cr_expect_eq(scenario->record_size.months, 0, "no month ends are asked");
    cr_expect_eq(scenario->record_size.monthly_columns, 0);
    cr_expect_eq((int)scenario->record_size.yearly_columns, scenario->columns.yearly_count);
    cr_expect_eq((int)scenario->record_size.total_columns, TOTALS);
    cr_expect_eq(scenario->year_of_day[500], 0);
    cr_expect_eq(scenario->year_of_day[730], 0, "31 December 2028");
    cr_expect_eq(scenario->year_of_day[731], 1, "1 January 2029");
    cr_expect_eq(scenario->year_of_day[1095], 1);
}

Test(scenario, orders_streams_by_name)
{
    const struct scenario   *scenario = support_scenario(town);
    static const char *const names[] = {"ants", "zebras", "present/first", "waiting/first"};
    static const uint32_t    ranks[] = {0, 3, 1, 2};
    cr_assert_eq(scenario->stream_count, 4);
    for (int i = 0; i < 4; i++) {
        cr_expect_str_eq(scenario->stream[i].name, names[i]);
        cr_expect_eq(scenario->stream[i].rank, ranks[i], "%s", names[i]);
        cr_expect_eq(scenario->stream[i].hash, rng_hash(names[i]));
    }
}

Test(scenario, knows_how_many_people_to_expect)
{
    const struct scenario *scenario = support_scenario(town);
    /* arrivals 1,096 x 5 = 5,480, sd 74.027; 9 + 5,480 + 888.324 + 1,000 = 7,377.324 */
    cr_expect_eq(scenario->persons_at_most, 7377);
    cr_expect_eq(scenario->replications, 20);
    cr_expect_eq(scenario->seed, 7);
}

Test(scenario, resolves_to_a_text_that_loads_to_the_same_text)
{
    struct arena           arena = support_arena();
    const char            *set = "run.seed=8";
    const struct scenario *scenario = load_with(&arena, town, &set, 1);
    cr_assert(scenario);
    cr_expect(strstr(scenario->resolved, "seed: 8"));
    cr_expect_eq(strlen(scenario->resolved), scenario->resolved_length);
    const struct scenario *again = load_with(&arena, scenario->resolved, NULL, 0);
    cr_assert(again);
    cr_expect_str_eq(again->resolved, scenario->resolved);
    cr_expect_str_eq(again->digest, scenario->digest);
    cr_expect_eq(again->seed, 8);
    cr_expect_str_neq(support_scenario(town)->digest, scenario->digest);
    cr_expect_eq(strlen(scenario->digest), 32);
}

#define BASE "statuses: {helped: {clock: arrival, stay: 1 day}}\n"
#define YEAR BASE "period: {start: 2026-01-01, end: 2026-12-31}\n"

Test(scenario, tells_what_is_wrong)
{
    static const struct {
        const char *text, *errors;
    } table[] = {
        {YEAR, ""},
        {YEAR "statuses: {}\n",
         "test.yaml:3:1: 'statuses' stands twice in this mapping, first at 1:1; a key may stand "
         "once\n"},
        {BASE, "test.yaml:1:1: the file lacks the key period\n"},
        {"period: {start: 2026-01-01, end: 2026-12-31}\n",
         "test.yaml:1:1: the file lacks the key statuses\n"},
        {BASE "period: {start: 2026-01-01}\n", "test.yaml:2:9: period lacks the key end\n"},
        {BASE "period: {start: 2026-01-01, end: 2026-01-01}\n", ""},
        {BASE "period: {start: 2026-01-02, end: 2026-01-01}\n",
         "test.yaml:2:34: end is 2026-01-01; it must not lie before start, 2026-01-02\n"},
        {BASE "period: {start: 1969-12-31, end: 2026-01-01}\n",
         "test.yaml:2:17: start is 1969-12-31; it must be 1970-01-01 or later\n"},
        {BASE "period: {start: 2000-02-29, end: 2200-02-27}\n", ""},
        {BASE "period: {start: 2000-02-29, end: 2200-02-28}\n",
         "test.yaml:2:34: end is 2200-02-28; the period may be at most 200 years\n"},
        {BASE "period: {start: 2026-01-01, end: 2026-01-10, warm_up: 36 hours}\n",
         "test.yaml:2:55: warm_up is 36 hours; it must be whole days\n"},
        {BASE "period: {start: 2026-01-01, end: 2026-01-10, warm_up: 9 days}\n", ""},
        {BASE "period: {start: 2026-01-01, end: 2026-01-10, warm_up: 10 days}\n",
         "test.yaml:2:55: warm_up is 10 days; it must be shorter than the period, which has 10 "
         "days\n"},
        {YEAR "run: {replications: 0}\n",
         "test.yaml:3:21: replications is 0; it must lie between 1 and 1000000\n"},
        /* 365 x 700,000 = 255,500,000 of sd 15,984: 255,692,813 in all fit. 365 x 800,000 =
         * 292,000,000 of sd 17,088.007: 12 of these are 205,056, and 1,000 more */
        {YEAR "flows: {helped: {status: helped, per_day: 700000}}\n", ""},
        {YEAR "flows: {helped: {status: helped, per_day: 800000}}\n",
         "test.yaml:3:8: the scenario needs room for 292206056 people (all who come); at "
         "most 268431360 fit: shorten the period or lower the flows\n"},
        {YEAR "start: {present: {helped: {persons: 268430000}}}\n", ""},
        {YEAR "start: {present: {helped: {persons: 268431000}}}\n",
         "test.yaml:1:1: the scenario needs room for 268432000 people (all who come); at "
         "most 268431360 fit: shorten the period or lower the flows\n"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        cr_expect_str_eq(support_errors(table[i].text), table[i].errors, "row %zu:\n%s", i,
                         support_errors(table[i].text));
}

Test(scenario, tells_the_errors_of_all_sections_at_once)
{
    static const char *const expected[] = {
        "test.yaml:1:1: perod",      "test.yaml:2:21: replications", "test.yaml:3:19: ",
        "test.yaml:4:18: wards",     "test.yaml:5:40: places",       "test.yaml:6:43: stay",
        "test.yaml:7:43: per_day",   "test.yaml:8:24: to[0]",        "test.yaml:9:37: persons",
        "test.yaml:10:18: daily[0]",
    };
    const char *errors = support_errors("perod: {start: 2026-01-01}\n"
                                        "run: {replications: many}\n"
                                        "attributes: {sex: {man: 0.4, woman: 0.5}}\n"
                                        "regimes: {ward: {wards: 4}}\n"
                                        "units: {ward_a: {regime: ward, places: some}}\n"
                                        "statuses: {helped: {clock: arrival, stay: long}}\n"
                                        "flows: {helped: {status: helped, per_day: few}}\n"
                                        "placement: {all: {to: [wart]}}\n"
                                        "start: {present: {helped: {persons: none}}}\n"
                                        "output: {daily: [totl]}\n");
    size_t      count = sizeof expected / sizeof expected[0];
    for (size_t i = 0; i < count; i++) {
        cr_expect(strncmp(errors, expected[i], strlen(expected[i])) == 0, "%s, not:\n%s",
                  expected[i], errors);
        errors = strchr(errors, '\n') + 1;
    }
    cr_expect_str_eq(errors, "", "and no error that follows from another");
}

Test(scenario, refuses_names_whose_draws_would_meet)
{
    /* By numpy the far draws stay/s6875/0 and stay/s7516/0 lie 14,523,165,012 = 67 x 216,763,656 +
     * 60 steps apart. The bases of n people and their near draws reach over 67 n + 67 steps. */
    static const char format[] = "period: {start: 2026-01-01, end: 2026-12-31}\n"
                                 "statuses:\n"
                                 "  s6875: {clock: arrival, stay: 1 day}\n"
                                 "  s7516: {clock: arrival, stay: 1 day}\n"
                                 "start: {present: {s6875: {persons: %d}}}\n";
    char              text[400];
    snprintf(text, sizeof text, format, 216763655);
    cr_expect_str_eq(support_errors(text), "");
    snprintf(text, sizeof text, format, 216763656);
    cr_expect_str_eq(support_errors(text),
                     "test.yaml:1:1: with so many people in a day the draws stay/s6875/0 and "
                     "stay/s7516/0 would not be independent; rename s6875 or s7516\n");
}

static const char shapes[] =
    "attributes: {sex: {man: 0.5, woman: 0.3, other: rest}}\n"
    "statuses:\n"
    "  fixed: {stay: 3 days, waits: {limit: 4 days}}\n"
    "  varied: {sentence: {by: sex, man: 5 days, else: 7 days}}\n"
    "start: {waiting: {group: {since: {uniform: {from: 1 days, to: 3 days}}}}}\n";

Test(scenario, finds_the_shape_at_a_path)
{
    static const struct {
        const char *path;
        double      mean_days;
        const char *error; /* NULL: found */
    } table[] = {
        {"statuses.fixed.stay", 3, NULL},
        {"statuses.varied.sentence.man", 5, NULL},
        {"statuses.varied.sentence.other", 7, NULL},
        {"start.waiting.group.since", 2, NULL},
        {"statuses.varied.sentence", 0,
         "statuses.varied.sentence varies by sex; end the path with one of its values"},
        {"statuses.fixed.waits.limit", 0,
         "statuses.fixed.waits.limit is no shape; shapes stand at stay, sentence, back_after, "
         "elapsed, since, slip, lag, offence_delay, delay, after (of fails), lasts (of crisis) and "
         "in "
         "inputs"},
        {"statuses.fixd.stay", 0, "statuses has no fixd; did you mean 'fixed'?"},
        {"flows.a", 0, "the scenario has no flows; known are attributes, statuses, start"},
    };
    const char *path = own_file("shapes.yaml", shapes);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct arena        arena = support_arena();
        struct errors       errors = {0};
        const struct shape *shape =
            scenario_find_shape(&arena, table[i].path, path, NULL, 0, &errors);
        if (table[i].error) {
            cr_expect_null(shape, "%s", table[i].path);
            cr_expect_eq(errors.count, 1);
            cr_expect_str_eq(errors.list[0].text, table[i].error);
            continue;
        }
        cr_expect_eq(errors.count, 0, "%s", errors.list[0].text);
        cr_expect_float_eq(shape->mean_min, table[i].mean_days * 1440, 1e-6, "%s", table[i].path);
    }
}

Test(scenario, prints_the_reference_of_all_keys)
{
    static const char *const expected[] = {"## The scenario",
                                           "### period",
                                           "| `warm_up` | duration, whole days |",
                                           "| `replications` | count | 1 to 1000000 | 100 |",
                                           "| `placement` |",
                                           "## regimes.<name>",
                                           "## institutions\n",
                                           "| `csv` | text, a file |",
                                           "## institutions.<name>",
                                           "## The columns of the CSV file of institutions",
                                           "| `institution` | text |",
                                           "## units.<name>",
                                           "## statuses.<name>",
                                           "## flows.<name>",
                                           "## placement.<name>",
                                           "| `order` | choice | `longest_waiting`, ",
                                           "## start.present.<name>",
                                           "## start.waiting.<name>",
                                           "## output",
                                           "## Shapes"};
    static char              text[1 << 17];
    FILE                    *out = fmemopen(text, sizeof text, "w");
    cr_assert(out);
    scenario_write_fields(out);
    fclose(out);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        cr_expect(strstr(text, expected[i]), "%s", expected[i]);
}
