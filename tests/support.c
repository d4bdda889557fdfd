#include "tests/support.h"

#include <criterion/criterion.h>
#include <string.h>

#define ROOM ((size_t)1 << 30) /* address space, not memory */

struct arena support_arena(void)
{
    struct arena  arena;
    struct errors errors = {0};
    cr_assert(arena_open(&arena, ROOM, &errors), "%s", errors.list[0].text);
    return arena;
}

static const char *join(struct arena *arena, const struct errors *errors)
{
    const char *text = "";
    for (int i = 0; i < errors->count && i < 100; i++) {
        const struct error *error = &errors->list[i];
        text = arena_print(arena, "%s%s:%d:%d: %s\n", text, error->file, error->line, error->column,
                           error->text);
    }
    return text;
}

static const struct scenario *load(struct arena *arena, const char *text, const char **errors)
{
    struct errors          list = {0};
    const struct scenario *scenario =
        scenario_load_text(arena, "test.yaml", text, strlen(text), NULL, 0, &list);
    cr_assert((scenario == NULL) == (list.count > 0), "a scenario or errors");
    *errors = join(arena, &list);
    return scenario;
}

const struct scenario *support_scenario(const char *text)
{
    struct arena           arena = support_arena();
    const char            *errors;
    const struct scenario *scenario = load(&arena, text, &errors);
    cr_assert(scenario, "the scenario does not load:\n%s", errors);
    return scenario;
}

const char *support_errors(const char *text)
{
    struct arena arena = support_arena();
    const char  *errors;
    (void)load(&arena, text, &errors);
    return errors;
}
