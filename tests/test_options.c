#include "options.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

static struct arena  arena;
static struct errors errors;

/* The words behind celsim, split at spaces. */
static bool read(const char *line, struct options *options)
{
    char  *words = arena_print(&arena, "celsim %s", line);
    char **argv = arena_new(&arena, char *, 32);
    int    argc = 0;
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    errors = (struct errors){0};
    return options_read(argc, argv, &arena, options, &errors);
}

static struct options right(const char *line)
{
    struct options options;
    cr_assert(read(line, &options), "%s: %s", line, errors.list[0].text);
    cr_assert_eq(errors.count, 0);
    return options;
}

static void set_up(void)
{
    arena = support_arena();
}

TestSuite(options, .init = set_up);

Test(options, have_defaults)
{
    struct options options = right("run a/b.c.yaml");
    cr_expect_eq(options.command, COMMAND_RUN);
    cr_expect_str_eq(options.run.scenario, "a/b.c.yaml");
    cr_expect_str_eq(options.run.out, "results/b.c");
    cr_expect_geq(options.run.threads, 1);
    cr_expect_eq(options.run.events_of, NO_REPLICATION);
    cr_expect_not(options.run.has_replications || options.run.is_part || options.run.has_seed);
    cr_expect_not(options.quiet || options.help || options.version);
    cr_expect_eq(options.run.set_count, 0);
    cr_expect_null(options.table);
    static const char *const outs[][2] = {{"run .hidden", "results/.hidden"},
                                          {"run plain", "results/plain"},
                                          {"run ../x.yaml", "results/x"},
                                          {"merge a b", "results/merged"}};
    for (size_t i = 0; i < sizeof outs / sizeof *outs; i++)
        cr_expect_str_eq(right(outs[i][0]).run.out, outs[i][1], "%s", outs[i][0]);
}

Test(options, are_read_in_any_order_and_the_last_one_counts)
{
    struct options options = right("run --seed 7 --set a.b=1 x.yaml --quiet --out=r/= --set=c=d=e "
                                   "--threads 3 --seed=18446744073709551615");
    cr_expect_eq(options.run.seed, UINT64_MAX);
    cr_expect(options.run.has_seed && options.quiet);
    cr_expect_str_eq(options.run.out, "r/=");
    cr_expect_eq(options.run.threads, 3);
    cr_assert_eq(options.run.set_count, 2);
    cr_expect_str_eq(options.run.sets[0], "a.b=1");
    cr_expect_str_eq(options.run.sets[1], "c=d=e");
    cr_expect_str_eq(options.run.scenario, "x.yaml");
    cr_expect_eq(options.run.argc, 13);
    cr_expect_str_eq(options.run.argv[4], "--set"); /* as they were typed */
}

Test(options, of_compare_name_a_base_and_files_or_mappings_of_it)
{
    struct options options = right("compare a.yaml b.yaml a.yaml --set c=d --replications 7");
    cr_expect_eq(options.command, COMMAND_COMPARE);
    cr_expect_str_eq(options.run.scenario, "a.yaml");
    cr_expect_str_eq(options.run.out, "results/compared");
    cr_assert_eq(options.operand_count, 3);
    cr_expect_str_eq(options.operand[1], "b.yaml");
    cr_expect_str_eq(options.operand[2], "a.yaml"); /* with itself: nothing differs */
    cr_expect_eq(options.run.set_count, 1);
    cr_expect_eq(options.run.count, 7);
    cr_expect_eq(options.each_count, 0);
    options = right("compare --each shocks a.yaml --each works.projects --out r");
    cr_assert_eq(options.each_count, 2);
    cr_expect_str_eq(options.each[0], "shocks");
    cr_expect_str_eq(options.each[1], "works.projects");
    cr_expect_eq(options.operand_count, 1);
    cr_expect_str_eq(options.run.out, "r");
}

Test(options, read_numbers_and_ranges_of_replications)
{
    static const struct {
        const char *text;
        uint32_t    first, count;
        bool        is_part;
    } rows[] = {{"1", 0, 1, false},   {"1000000", 0, 1000000, false},
                {"007", 0, 7, false}, {"0..0", 0, 1, true},
                {"3..9", 3, 7, true}, {"999999..999999", 999999, 1, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct options options =
            right(arena_print(&arena, "run s --replications %s", rows[i].text));
        cr_expect(options.run.has_replications);
        cr_expect_eq(options.run.first, rows[i].first, "%s", rows[i].text);
        cr_expect_eq(options.run.count, rows[i].count, "%s", rows[i].text);
        cr_expect_eq(options.run.is_part, rows[i].is_part, "%s", rows[i].text);
    }
    cr_expect_eq(right("run s --events 0").run.events_of, 0);
    cr_expect_eq(right("run s --events 999999").run.events_of, 999999);
    cr_expect_eq(right("run s --threads 1024").run.threads, 1024);
}

Test(options, end_at_two_dashes)
{
    struct options options = right("merge --out m a -- --quiet -- -b");
    cr_assert_eq(options.operand_count, 4);
    cr_expect_str_eq(options.operand[1], "--quiet");
    cr_expect_str_eq(options.operand[2], "--");
    cr_expect_str_eq(options.operand[3], "-b");
    cr_expect_not(options.quiet);
    cr_expect_str_eq(right("check -").run.scenario, "-");
}

Test(options, ask_for_help_or_the_version_without_operands)
{
    static const char *const lines[] = {"", "--help", "-h", "help"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        cr_expect(right(lines[i]).help, "%s", lines[i]);
        cr_expect_eq(right(lines[i]).command, COMMANDS, "%s", lines[i]);
    }
    cr_expect(right("--version").version);
    cr_expect(right("merge --version").version);
    cr_expect(right("check -h").help);
    cr_expect_eq(right("fields --help").command, COMMAND_FIELDS);
}

Test(options, are_told_when_wrong)
{
    static const char *const rows[][2] = {
        {"run", "run: wants a scenario file"},
        {"fields --table a.b", "fields: wants a scenario file"},
        {"fields x.yaml", "fields: reads a scenario only for --table PATH"},
        {"merge --quiet", "merge: wants the parts to join"},
        {"check a b c", "b: is one word too many for check"},
        {"chekc a", "chekc: is no command of celsim; did you mean check? there are run, check, "
                    "fields, merge and compare"},
        {"--quiet", "--quiet: is no command of celsim; there are run, check, fields, merge and "
                    "compare"},
        {"compare a", "compare: wants a base and a scenario to compare with it, or --each PATH"},
        {"compare --each shocks",
         "compare: wants a base and a scenario to compare with it, or --each PATH"},
        {"compare a b --each shocks", "b: is one word too many for compare --each"},
        {"compare a b c b", "b: is to be compared twice"},
        {"compare a --each b --each c --each b", "--each: names b twice"},
        {"compare a --each=", "--each: is ''; it wants a path such as shocks"},
        {"compare a b --replications 0..9",
         "--replications: compare wants a number; a range A..B is for parts, of run"},
        {"compare a b --events 1", "--events: is no option of compare"},
        {"run a --each shocks", "--each: is no option of run"},
        {"run a --sets b=1", "--sets: is no option; did you mean --set? --help shows them all"},
        {"run a -q", "-q: is no option; --help shows them all"},
        {"run a ---set b", "---set: is no option; did you mean --set? --help shows them all"},
        {"merge a --set b=1", "--set: is no option of merge"},
        {"check a --quiet", "--quiet: is no option of check"},
        {"run a --quiet=", "--quiet: takes no value"},
        {"run a --out", "--out: wants a value: --out DIR"},
        {"run --out --quiet a", "--out: wants a value: --out DIR"},
        {"run a --out=", "--out: is ''; it wants the name of a folder, not . or .. or /"},
        {"run a --out .", "--out: is '.'; it wants the name of a folder, not . or .. or /"},
        {"run a --out r/..//",
         "--out: is 'r/..//'; it wants the name of a folder, not . or .. or /"},
        {"merge a --out //", "--out: is '//'; it wants the name of a folder, not . or .. or /"},
        {"run a --threads 1025", "--threads: is '1025'; it wants a number from 1 to 1024"},
        {"run a --seed 18446744073709551616",
         "--seed: is '18446744073709551616'; it wants a whole number from 0 to "
         "18446744073709551615"},
        {"run a --replications 9..8", "--replications: is '9..8'; it wants a number from 1 to "
                                      "1000000, or a range A..B that counts from 0"},
        {"run a --events 1e3",
         "--events: is '1e3'; it wants the number of a replication; they count from 0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct options options;
        cr_expect_not(read(rows[i][0], &options), "%s", rows[i][0]);
        cr_expect_eq(errors.count, 1, "%s", rows[i][0]);
        cr_expect_str_eq(arena_print(&arena, "%s: %s", errors.list[0].file, errors.list[0].text),
                         rows[i][1]);
        cr_expect_not(errors.list[0].outside);
    }
}

Test(options, are_all_told_when_several_are_wrong)
{
    struct options options;
    cr_expect_not(read("run --seed x --bogus --threads 0 --out", &options));
    cr_expect_eq(errors.count, 4); /* not the missing operand: a word may have been misread */
}

/* It reorders ties, which only the check of a test build is for; elsewhere one must know where to
 * find it. */
Test(options, of_test_builds_are_told_elsewhere)
{
    struct options options;
#ifdef CELSIM_CHECK
    cr_expect_eq(right("run a --shuffle-ties 7").run.shuffle, 7);
    cr_expect_not(read("check a --shuffle-ties 7", &options));
    cr_expect_str_eq(errors.list[0].text, "is no option of check");
#else
    cr_expect_not(read("run a --shuffle-ties 7", &options));
    cr_expect_eq(errors.count, 1);
    cr_expect_str_eq(errors.list[0].file, "--shuffle-ties");
    cr_expect_str_eq(errors.list[0].text,
                     "is an option of test builds; make VARIANT=debug makes one");
#endif
}
