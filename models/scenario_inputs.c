/* Plans with drawn values of the uncertain inputs, and whether every value makes a plan. */
#include "models/scenario.h"

#include <string.h>

size_t scenario_room(const struct scenario *base)
{
    return 4 * base->bytes + ((size_t)64 << 20);
}

/* -- the plan with other values */

static bool has_same_columns(const char *const *one, const char *const *other, uint32_t count)
{
    for (uint32_t c = 0; c < count; c++)
        if (strcmp(one[c], other[c]) != 0)
            return false;
    return true;
}

static bool records_alike(const struct scenario *one, const struct scenario *other)
{
    const struct record_size *a = &one->record_size, *b = &other->record_size;
    return memcmp(a, b, sizeof *a) == 0 &&
           has_same_columns(one->columns.daily_name, other->columns.daily_name, a->daily_columns) &&
           has_same_columns(one->columns.monthly_name, other->columns.monthly_name,
                            a->monthly_columns) &&
           has_same_columns(one->columns.yearly_name, other->columns.yearly_name,
                            a->yearly_columns);
}

struct scenario *scenario_with_inputs(struct arena *arena, const struct scenario *base, int first,
                                      int count, const int64_t *value, struct errors *errors)
{
    int           before = errors->count;
    struct reader reader = {arena, errors, NULL};
    struct node  *root = tree_copy(arena, base->root);
    tree_drop(root, "uncertainty");
    for (int i = 0; i < count; i++)
        input_put(arena, root, &base->inputs.list[first + i], value[i]);
    struct scenario *scenario = scenario_read_tree(arena, base->file, root, before, errors);
    if (!scenario || records_alike(base, scenario))
        return scenario;
    node_error(&reader, root, "the results would have other columns, as where that is left out");
    return NULL;
}

struct scenario *scenario_of_draw(struct arena *arena, const struct scenario *base, uint64_t seed,
                                  uint64_t draw, struct errors *errors)
{
    const struct inputs *inputs = &base->inputs;
    int64_t             *value = arena_new(arena, int64_t, (size_t)inputs->count);
    for (int i = 0; i < inputs->count; i++)
        value[i] = input_value(&inputs->list[i], seed, draw);
    return scenario_with_inputs(arena, base, 0, inputs->count, value, errors);
}

/* -- both ends of each shape */

/* A plan that is tried, in an arena that is emptied after. */
struct trial {
    const struct scenario *base;
    struct arena           arena;
    struct errors         *errors; /* of the scenario */
    struct errors          own;    /* of the trial */
};

static void tell(struct trial *trial, const struct input *input, const char *end, int64_t value)
{
    struct reader       reader = {&trial->arena, trial->errors, NULL};
    const struct error *first = &trial->own.list[0];
    node_key_error(&reader, input->stated, "the %s %s that can be drawn, %s, is not allowed: %s%s",
                   end, input->kind == INPUT_FACTOR ? "factor" : "value",
                   input_text(&trial->arena, input, value), first->text,
                   input->shape->kind == SHAPE_FIXED
                       ? ""
                       : "; narrow the shape or give it bounds, at_least and at_most");
}

static bool try_end(struct trial *trial, int i, const char *end, int64_t value)
{
    trial->own.count = 0;
    bool good = scenario_with_inputs(&trial->arena, trial->base, i, 1, &value, &trial->own);
    if (!good)
        tell(trial, &trial->base->inputs.list[i], end, value);
    arena_reset(&trial->arena);
    return good;
}

void scenario_check_inputs(struct arena *arena, const struct scenario *scenario,
                           struct errors *errors)
{
    if (scenario->inputs.count == 0)
        return;
    struct trial *trial = arena_new(arena, struct trial, 1);
    trial->base = scenario;
    trial->errors = errors;
    if (!arena_open(&trial->arena, scenario_room(scenario), errors))
        return;
    for (int i = 0; i < scenario->inputs.count; i++) {
        struct input_ends ends = input_ends(&scenario->inputs.list[i]);
        bool              good = try_end(trial, i, "least", ends.least);
        if (good && ends.most > ends.least)
            (void)try_end(trial, i, "greatest", ends.most);
    }
    arena_close(&trial->arena);
}
