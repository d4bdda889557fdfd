#include "sim/kept.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "models/scenario.h"
#include "tests/own_folder.h"
#include "tests/support.h"

/* Two rates a day, the second with a cell in quotes, a line end of Windows, a tab and an accent. */
#define ROWS "date,rate,note\n2026-01-01,3,\r\n2026-07-01,5,\"a\tb, \"\"caf\xc3\xa9\"\"\"\n"
#define OTHER_ROWS "date,rate\n2026-01-01,7\n"
/* The first of ROWS, as YAML. */
#define QUOTED                                                                                     \
    "\"date,rate,note\\n2026-01-01,3,\\u000D\\n2026-07-01,5,\\\"a\\tb, "                           \
    "\\\"\\\"caf\xc3\xa9\\\"\\\"\\\"\\n\""

#define REST                                                                                       \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {ward_a: {regime: ward, places: 10}}\n"                                                \
    "statuses: {patient: {stay: 1 day, waits: {in: outside}}}\n"                                   \
    "placement: {all: {to: [ward]}}\n"
#define TOWN REST "flows: {town: {status: patient, per_day: {csv: rates.csv}}}\n"

static struct arena  arena;
static struct errors errors;

static void set_up(void)
{
    arena = support_arena();
    errors.count = 0;
    cr_assert_eq(chdir(own_folder()), 0);
}

static void tear_down(void)
{
    arena_close(&arena);
}

TestSuite(kept, .init = set_up, .fini = tear_down);

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    cr_assert(file);
    fputs(text, file);
    fclose(file);
}

static const struct scenario *load_text(const char *text)
{
    return scenario_load_text(&arena, "s.yaml", text, strlen(text), NULL, 0, &errors);
}

/* The scenario of a text that must load. */
static const struct scenario *load(const char *text)
{
    const struct scenario *scenario = load_text(text);
    cr_assert(scenario, "%s:%d:%d: %s", errors.list[0].file, errors.list[0].line,
              errors.list[0].column, errors.list[0].text);
    return scenario;
}

/* The one error, as "file:line:column: text". */
static const char *refused(const char *text)
{
    errors.count = 0;
    cr_expect_null(load_text(text));
    cr_assert_eq(errors.count, 1);
    const struct error *error = &errors.list[0];
    return arena_print(&arena, "%s:%d:%d: %s", error->file, error->line, error->column,
                       error->text);
}

/* Rates of the first and the last day of the first flow. */
static void expect_rates(const struct scenario *scenario, double first, double last)
{
    const struct flow *flow = &scenario->flows.list[0];
    cr_expect_float_eq(flow->rate_per_day[0], first, 1e-12);
    cr_expect_float_eq(flow->rate_per_day[364], last, 1e-12);
}

Test(kept, a_whole_scenario_gives_the_same_without_its_file)
{
    put("rates.csv", ROWS);
    const struct scenario *scenario = load(TOWN);
    expect_rates(scenario, 3, 5);
    cr_assert_eq(unlink("rates.csv"), 0);
    const struct scenario *again = load(scenario->whole);
    expect_rates(again, 3, 5);
    cr_expect_str_eq(again->whole, scenario->whole);
    cr_expect_str_eq(again->resolved, scenario->resolved);
    cr_expect_str_eq(again->digest, scenario->digest);
    cr_expect(strstr(scenario->whole, QUOTED));
    cr_expect_null(strstr(scenario->resolved, "date,rate"));
}

Test(kept, the_digest_is_of_the_contents)
{
    put("rates.csv", ROWS);
    const char *digest = load(TOWN)->digest;
    put("rates.csv", OTHER_ROWS);
    cr_expect_str_neq(load(TOWN)->digest, digest);
    put("rates.csv", "\xEF\xBB\xBF" ROWS); /* a byte order mark is none of them */
    cr_expect_str_eq(load(TOWN)->digest, digest);
    cr_expect_str_eq(load(TOWN "files: [{name: rates.csv, text: " QUOTED "}]\n")->digest, digest);
}

Test(kept, a_scenario_without_files_has_one_text)
{
    const struct scenario *scenario = load(REST "flows: {town: {status: patient, per_day: 3}}\n");
    cr_expect_str_eq(scenario->whole, scenario->resolved);
    cr_expect_null(strstr(scenario->whole, "files"));
}

/* What run.yaml has. */
Test(kept, a_resolved_scenario_takes_the_same_file_only)
{
    put("rates.csv", ROWS);
    const struct scenario *scenario = load(TOWN);
    const struct scenario *again = load(scenario->resolved);
    cr_expect_str_eq(again->whole, scenario->whole);
    put("rates.csv", OTHER_ROWS);
    char digest[33];
    rng_digest(OTHER_ROWS, strlen(OTHER_ROWS), digest);
    char stated[33];
    rng_digest(ROWS, strlen(ROWS), stated);
    cr_expect_str_eq(refused(scenario->resolved),
                     arena_print(&arena,
                                 "s.yaml:26:13: rates.csv is another file than is stated here: its "
                                 "digest is %s, not %s; put the file back, or take the digest out",
                                 digest, stated));
    cr_assert_eq(unlink("rates.csv"), 0);
    cr_expect_str_eq(refused(scenario->resolved),
                     "s.yaml:23:12: csv names 'rates.csv', which cannot be read: No such file or "
                     "directory");
}

Test(kept, a_text_wins_over_the_file)
{
    put("rates.csv", OTHER_ROWS);
    const char *inline_text = TOWN "files:\n"
                                   "  - name: {value: rates.csv, source: a study}\n"
                                   "    text: |\n"
                                   "      date,rate\n"
                                   "      2026-01-01,4\n"
                                   "  - {name: unused.csv, text: x}\n";
    expect_rates(load(inline_text), 4, 4);
    cr_expect_str_eq(refused(TOWN "files: [{name: rates.csv, text: \"date,rate\\n2026-01-01,x\"}]"),
                     "rates.csv:2:12: rate is x; it must be a number such as 0.95 or 2/3");
}

/* base/s.yaml and over/s.yaml name files of their own "rates.csv"; a third name leads to the first
 * file again, and a fourth to another file with its contents. */
Test(kept, two_files_of_one_name_get_two_names)
{
    cr_assert_eq(mkdir("base", 0777), 0);
    cr_assert_eq(mkdir("over", 0777), 0);
    put("base/s.yaml", TOWN);
    put("base/rates.csv", ROWS);
    put("over/rates.csv", OTHER_ROWS);
    put("over/same.csv", OTHER_ROWS);
    put("over/s.yaml", "extends: ../base/s.yaml\n"
                       "flows:\n"
                       "  one: {status: patient, per_day: {csv: {value: rates.csv, source: me}}}\n"
                       "  two: {status: patient, per_day: {csv: ../base/rates.csv}}\n"
                       "  zero: {status: patient, per_day: {csv: same.csv}}\n");
    const struct scenario *scenario = scenario_load(&arena, "over/s.yaml", NULL, 0, &errors);
    cr_assert(scenario, "%s", errors.list[0].text);
    cr_assert_eq(system("rm -r base over"), 0);
    const struct scenario *again = load(scenario->whole);
    cr_expect_str_eq(again->whole, scenario->whole);
    cr_expect_str_eq(again->digest, scenario->digest);
    static const double first[] = {7, 3, 3, 7}; /* by name: one, town, two, zero */
    for (int f = 0; f < 4; f++) {
        cr_expect_eq(scenario->flows.list[f].rate_per_day[0], first[f], "flow %d", f);
        cr_expect_eq(again->flows.list[f].rate_per_day[0], first[f], "flow %d again", f);
    }
    cr_expect(strstr(again->whole, "2/rates.csv"));
}

Test(kept, a_draw_of_the_inputs_reads_no_file)
{
    put("rates.csv", ROWS);
    const struct scenario *base =
        load(TOWN "uncertainty: {inputs: {flows.town.per_day: {scale: {pert: {low: 0.5, likely: 1, "
                  "high: 2}}}}}\n");
    cr_assert_eq(unlink("rates.csv"), 0);
    int64_t                value = 1500000000; /* 1.5: rates of 4.5 and 7.5 */
    const struct scenario *plan = scenario_with_inputs(&arena, base, 0, 1, &value, &errors);
    cr_assert(plan, "%s", errors.list[0].text);
    expect_rates(plan, 4.5, 7.5);
    expect_rates(base, 3, 5);
}

Test(kept, persons_shapes_and_institutions_are_kept_as_well)
{
    put("stay.csv", "share,from_days,to_days\n1,2,4\n");
    put("units.csv", "institution,regime,places\nNorth,ward,9\n");
    put("people.csv", "status,since\npatient,2025-12-31\n");
    const struct scenario *scenario = load("period: {start: 2026-01-01, end: 2026-12-31}\n"
                                           "regimes: {ward: {}}\n"
                                           "institutions: {csv: units.csv}\n"
                                           "statuses: {patient: {stay: {csv: stay.csv}}}\n"
                                           "placement: {all: {to: [ward]}}\n"
                                           "start: {present: {patient: {csv: people.csv}}}\n");
    cr_assert_eq(system("rm stay.csv units.csv people.csv"), 0);
    const struct scenario *again = load(scenario->whole);
    cr_expect_str_eq(again->digest, scenario->digest);
    cr_expect_eq(again->start.list[0].persons, 1);
    cr_expect_eq(again->estate.unit_count, scenario->estate.unit_count);
    cr_expect_float_eq(again->statuses.list[0].stay.of[0]->mean_min, 3 * 1440.0, 0.01);
}
