#include <criterion/criterion.h>
#include <dirent.h>
#include <string.h>
#include <unistd.h>

#include "tests/broken_scenarios.h"
#include "tests/support.h"

#define FOLDER "tests/scenarios/broken"

/* Files in the folder that are no broken scenarios themselves. */
static const char *const helpers[] = {"sound.yaml", "circle_other.yaml", "both_files_below.yaml",
                                      "hundred_and_fifty.yaml", "helper_varying.yaml"};
#define HELPERS ((int)(sizeof helpers / sizeof helpers[0]))

/* `line:column: text`, with the name of the file in front where it is another one. */
static const char *told(struct arena *arena, const char *file, const struct errors *errors)
{
    const char *text = "";
    for (int i = 0; i < errors->count; i++) {
        const struct error *error = &errors->list[i];
        bool                own = strcmp(error->file, file) == 0;
        text = arena_print(arena, "%s%s%s%s%d:%d: %s", text, i ? "\n" : "", own ? "" : error->file,
                           own ? "" : ":", error->line, error->column, error->text);
    }
    return text;
}

Test(scenario_errors, are_told_exactly)
{
    struct arena arena = support_arena();
    cr_assert_eq(chdir(FOLDER), 0);
    for (int i = 0; i < BROKEN_SCENARIOS; i++) {
        const char            *file = broken_scenarios[i].file;
        struct errors          errors = {0};
        const struct scenario *scenario = scenario_load(&arena, file, NULL, 0, &errors);
        cr_expect(!scenario || !scenario_check_replications(scenario, &errors), "%s loads", file);
        cr_expect_str_eq(told(&arena, file, &errors), broken_scenarios[i].told, "of %s", file);
        arena_reset(&arena);
    }
}

static bool is_known(const char *file)
{
    for (int i = 0; i < HELPERS; i++)
        if (strcmp(file, helpers[i]) == 0)
            return true;
    for (int i = 0; i < BROKEN_SCENARIOS; i++)
        if (strcmp(file, broken_scenarios[i].file) == 0)
            return true;
    return false;
}

Test(scenario_errors, are_known_of_each_broken_scenario)
{
    DIR *folder = opendir(FOLDER);
    cr_assert(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot && strcmp(dot, ".yaml") == 0)
            cr_expect(is_known(entry->d_name), "no errors are stated for %s", entry->d_name);
    }
    closedir(folder);
}

Test(scenario_errors, are_none_of_a_sound_scenario)
{
    struct arena  arena = support_arena();
    struct errors errors = {0};
    cr_expect(scenario_load(&arena, FOLDER "/sound.yaml", NULL, 0, &errors));
    cr_expect_eq(errors.count, 0);
}

Test(scenario_errors, beyond_a_hundred_are_counted)
{
    struct arena  arena = support_arena();
    struct errors errors = {0};
    cr_expect_null(scenario_load(&arena, FOLDER "/hundred_and_fifty.yaml", NULL, 0, &errors));
    cr_expect_eq(errors.count, 150);
    /* u1 stands on line 5 */
    cr_expect_eq(errors.list[0].line, 5);
    cr_expect_eq(errors.list[99].line, 104);
    cr_expect_str_eq(errors.list[99].text, "places is none; it must be a whole number such as 12");
}

Test(scenario_errors, of_a_folder_are_of_the_outside)
{
    struct arena  arena = support_arena();
    struct errors errors = {0};
    cr_expect_null(scenario_load(&arena, FOLDER, NULL, 0, &errors));
    cr_assert_eq(errors.count, 1);
    cr_expect(errors.list[0].outside);
    cr_expect_eq(errors.list[0].line, 0);
    cr_expect_str_eq(errors.list[0].file, FOLDER);
    cr_expect_str_eq(errors.list[0].text, "is a folder; a file is needed here");
}
