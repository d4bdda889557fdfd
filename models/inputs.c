#include "models/inputs.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "sim/date.h"
#include "sim/rng.h"
#include "sim/scalar.h"

#define PER_DRAW_AT_MOST 1000000
#define DIGITS_LARGEST 1e17 /* a number of 18 digits, the most that are read */
#define PATH_WANTED "give a path to a number, a share, a duration or a shape"

struct draft {
    int64_t      per_draw;
    struct node *inputs;
};

const struct field uncertainty_fields[] = {
    {.key = "per_draw",
     .type = FIELD_COUNT,
     .offset = offsetof(struct draft, per_draw),
     .low = 1,
     .high = PER_DRAW_AT_MOST,
     .otherwise = "10",
     .help = "Replications of each draw of the inputs; with 1, chance and inputs cannot be told "
             "apart."},
    {.key = "inputs",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, inputs),
     .required = true,
     .own = node_keep,
     .unit = "paths with a shape, or {scale: shape}",
     .help = "What is uncertain: `flows.remand.per_year: {scale: {pert: {low: 0.9, likely: 1, "
             "high: 1.1}}}` multiplies what stands there, a shape alone replaces a single value."},
    {0},
};

/* -- what stands at a path */

/* "name", "3" or "[3]" at the front of a path, which moves on behind it; NULL: none of these. */
static const char *cut_step(struct arena *arena, const struct node *node, const char **path)
{
    bool        in_brackets = **path == '[';
    const char *at = *path + in_brackets;
    size_t      length = in_brackets ? strspn(at, DIGITS) : node_step_length(node, at);
    const char *end = at + length + in_brackets;
    if (length == 0 || (in_brackets && at[length] != ']'))
        return NULL;
    if (*end == '.' && !*++end)
        return NULL;
    *path = end;
    return arena_text(arena, at, length);
}

static struct node *take_step(const struct node *node, const char *step)
{
    size_t length = strlen(step);
    if (node->kind != NODE_LIST)
        return node_find(node, step);
    if (length > 7 || strspn(step, DIGITS) != length)
        return NULL;
    struct node *item = node->first;
    int          index = 0;
    for (const char *digit = step; *digit; digit++)
        index = 10 * index + (*digit - '0');
    for (; item && index > 0; index--)
        item = item->next;
    return item;
}

static void refuse_step(struct reader *reader, const struct node *stated, const struct node *node,
                        const char *step)
{
    const char **names = arena_new(reader->arena, const char *, (size_t)node->count + 1);
    int          count = 0;
    for (const struct node *child = node->first; child; child = child->next)
        if (child->key && !node_is_note(child))
            names[count++] = child->key;
    const char *where = node->parent ? node_path(reader->arena, node) : "the scenario";
    node_key_error(reader, stated, "%s has no %s%s", where, step,
                   node_names_advice(reader, step, names, count));
}

/* The node at a path; NULL: there is none, told when there is a reader. */
static struct node *walk(struct reader *reader, struct arena *arena, struct node *root,
                         const char *path, const struct node *stated)
{
    struct node *node = root;
    while (*path) {
        const char  *step = cut_step(arena, node, &path);
        struct node *next = step ? take_step(node, step) : NULL;
        if (!next && reader && !step)
            node_key_error(reader, stated, "%s is no path; write it as flows.remand.per_year",
                           stated->key);
        else if (!next && reader)
            refuse_step(reader, stated, node, step);
        if (!next)
            return NULL;
        node = next;
    }
    return node;
}

/* A number that is written with its source. */
static struct node *bare(struct node *node)
{
    struct node *value = node->kind == NODE_MAPPING ? node_find(node, "value") : NULL;
    return value ? value : node;
}

static bool is_time(const struct node *node)
{
    return node->content == CONTENT_DURATION || node->content == CONTENT_DAYS;
}

static bool is_number(const struct node *node)
{
    return node->kind == NODE_SCALAR &&
           (node->content == CONTENT_COUNT || node->content == CONTENT_NUMBER || is_time(node));
}

static bool is_year(const char *key)
{
    return strlen(key) == 4 && strspn(key, DIGITS) == 4;
}

static bool is_row(const struct node *node, bool by)
{
    return !node_is_note(node) && !(by && strcmp(node->key, "by") == 0);
}

/* A number, a shape, or numbers or shapes by year or attribute. */
static bool can_scale(struct node *node)
{
    node = bare(node);
    if (is_number(node) || (node->kind == NODE_MAPPING && node->content == CONTENT_SCALED))
        return true;
    if (node->kind != NODE_MAPPING)
        return false;
    bool by = node_find(node, "by") != NULL;
    int  rows = 0;
    for (struct node *child = node->first; child; child = child->next) {
        if (!is_row(child, by))
            continue;
        if (!(by || is_year(child->key)) || !can_scale(child))
            return false;
        rows++;
    }
    return rows > 0;
}

/* -- reading */

/* What must be the same in all draws, or is no input. */
static bool is_fixed(const char *path)
{
    static const char *const sections[] = {"title",  "period",      "run",
                                           "output", "uncertainty", "files"};
    size_t                   length = strcspn(path, ".[");
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (strlen(sections[i]) == length && strncmp(path, sections[i], length) == 0)
            return true;
    return false;
}

/* {scale: shape}: the shape, or NULL. */
static struct node *scale_of(const struct node *stated)
{
    struct node *scale = stated->kind == NODE_MAPPING ? node_find(stated, "scale") : NULL;
    for (const struct node *child = stated->first; scale && child; child = child->next)
        if (child != scale && !node_is_note(child))
            return NULL;
    return scale;
}

static bool read_factor(struct reader *reader, struct node *stated, struct node *target,
                        struct input *input)
{
    struct node *scale = scale_of(stated);
    input->kind = INPUT_FACTOR;
    if (!read_mapping(reader, stated))
        return false;
    scale->used = true;
    if (!can_scale(target)) {
        node_key_error(reader, stated, "%s is nothing to scale; " PATH_WANTED, input->path);
        return false;
    }
    return read_number_shape(reader, scale, &input->shape);
}

static bool read_absolute(struct reader *reader, struct node *stated, struct node *target,
                          struct input *input)
{
    target = bare(target);
    if (!is_number(target)) {
        node_key_error(reader, stated, "%s is %s", input->path,
                       can_scale(target) ? "no single value; scale it, as in {scale: {pert: ..}}, "
                                           "or name one of its numbers"
                                         : "no number; " PATH_WANTED);
        return false;
    }
    stated->used = true;
    input->kind = target->content == CONTENT_DAYS       ? INPUT_DAYS
                  : target->content == CONTENT_DURATION ? INPUT_DURATION
                  : target->content == CONTENT_COUNT    ? INPUT_COUNT
                                                        : INPUT_NUMBER;
    return is_time(target) ? read_shape(reader, stated, &input->shape)
                           : read_number_shape(reader, stated, &input->shape);
}

static bool read_input(struct reader *reader, struct node *stated, struct node *root,
                       struct input *input)
{
    if (is_fixed(stated->key)) {
        node_key_error(reader, stated,
                       "%s cannot be uncertain: days, replications and columns are the same in all "
                       "draws",
                       stated->key);
        return false;
    }
    struct node *target = walk(reader, reader->arena, root, stated->key, stated);
    if (!target)
        return false;
    *input = (struct input){.path = node_path(reader->arena, target), .stated = stated};
    input->hash = rng_hash(input->path);
    return scale_of(stated) ? read_factor(reader, stated, target, input)
                            : read_absolute(reader, stated, target, input);
}

/* Whether one path leads to what the other one holds. */
static bool holds(const char *outer, const char *inner)
{
    size_t length = strlen(outer);
    return strncmp(outer, inner, length) == 0 && strchr(".[", inner[length]);
}

void inputs_drop_within(struct node *root, const char *path)
{
    struct node *inputs = node_at(root, "uncertainty.inputs");
    if (!inputs || inputs->kind != NODE_MAPPING || inputs->count == 0)
        return;
    for (struct node *stated = inputs->first, *next; stated; stated = next) {
        next = stated->next;
        if (strcmp(path, stated->key) == 0 || holds(path, stated->key))
            tree_drop(inputs, stated->key);
    }
    if (inputs->count == 0)
        tree_drop(root, "uncertainty");
}

static bool is_apart(struct reader *reader, const struct inputs *inputs, const struct input *input)
{
    for (int i = 0; i < inputs->count; i++) {
        const char *other = inputs->list[i].path;
        if (!holds(other, input->path) && !holds(input->path, other))
            continue;
        node_key_error(reader, input->stated, "%s and %s are of one value; only one can be drawn",
                       other, input->path);
        return false;
    }
    return true;
}

static void read_inputs(struct reader *reader, struct node *node, struct node *root,
                        struct inputs *inputs, bool sound)
{
    inputs->node = node;
    if (!read_mapping(reader, node))
        return;
    inputs->list = arena_new(reader->arena, struct input, (size_t)node->count);
    for (struct node *stated = node->first; stated; stated = stated->next) {
        struct input input;
        if (node_is_note(stated))
            continue;
        stated->used = true;
        /* in a scenario with errors what stands at a path may not have been read */
        if (sound && read_input(reader, stated, root, &input) && is_apart(reader, inputs, &input))
            inputs->list[inputs->count++] = input;
    }
    if (inputs->count == 0 && sound && node->count == 0)
        node_error(reader, node, "inputs names nothing; " PATH_WANTED);
}

void inputs_read(struct reader *reader, struct node *node, struct node *root, struct inputs *inputs)
{
    struct draft draft = {.per_draw = 10};
    bool         sound = reader->errors->count == 0;
    *inputs = (struct inputs){0};
    if (!node)
        return;
    fields_read(reader, node, uncertainty_fields, &draft);
    inputs->per_draw = draft.per_draw;
    if (draft.inputs)
        read_inputs(reader, draft.inputs, root, inputs, sound);
}

/* -- values */

bool input_is_whole(enum input_kind kind)
{
    return kind != INPUT_FACTOR && kind != INPUT_NUMBER;
}

static int64_t rounded(enum input_kind kind, double value)
{
    if (!input_is_whole(kind))
        value *= INPUT_ONE;
    if (kind == INPUT_DAYS)
        value /= MINUTES_A_DAY;
    return (int64_t)floor(value + 0.5);
}

int64_t input_value(const struct input *input, uint64_t seed, uint64_t draw)
{
    uint64_t key[2] = {draw, input->hash}, word[2];
    rng_seed_sequence(seed, key, 2, word, 2);
    u128 state = (u128)word[0] << 64 | word[1];
    return rounded(input->kind, shape_quantile(input->shape, uniform_of(rng_uniform52(state))));
}

struct ends {
    double least, most;
};

static struct ends ends_of(const struct shape *shape)
{
    struct ends ends = {shape->fixed_min, shape->fixed_min};
    switch (shape->kind) {
    case SHAPE_FIXED:
        break;
    case SHAPE_TABLE:
        ends.least = shape_quantile(shape, (struct uniform){0, 1});
        ends.most = shape_quantile(shape, (struct uniform){1, 0});
        break;
    case SHAPE_KNOTS:
    case SHAPE_STEPS:
        ends = (struct ends){shape->value_min[0], shape->value_min[shape->count - 1]};
        break;
    case SHAPE_MIXTURE:
        ends = ends_of(shape->part[0]);
        for (int i = 1; i < shape->count; i++) {
            struct ends part = ends_of(shape->part[i]);
            ends = (struct ends){fmin(ends.least, part.least), fmax(ends.most, part.most)};
        }
        break;
    }
    return ends;
}

struct input_ends input_ends(const struct input *input)
{
    struct ends ends = ends_of(input->shape);
    return (struct input_ends){rounded(input->kind, ends.least), rounded(input->kind, ends.most)};
}

static const char *number_text(struct arena *arena, double value)
{
    int     decimals = 9;
    double  size = fmin(fabs(value), DIGITS_LARGEST);
    int64_t unit = INPUT_ONE;
    for (; decimals > 0 && size * (double)unit > DIGITS_LARGEST; decimals--)
        unit /= 10;
    const char *text = decimal_text(arena, (int64_t)floor(size * (double)unit + 0.5), decimals);
    return value < 0 && strcmp(text, "0") != 0 ? arena_print(arena, "-%s", text) : text;
}

const char *input_text(struct arena *arena, const struct input *input, int64_t value)
{
    static const char *const behind[] = {
        [INPUT_COUNT] = "", [INPUT_DURATION] = " minutes", [INPUT_DAYS] = " days"};
    if (!input_is_whole(input->kind))
        return decimal_text(arena, value, 9);
    return arena_print(arena, "%" PRId64 "%s", value, behind[input->kind]);
}

const char *input_unit(enum input_kind kind)
{
    static const char *const units[] = {[INPUT_FACTOR] = "factor",
                                        [INPUT_NUMBER] = "number",
                                        [INPUT_COUNT] = "count",
                                        [INPUT_DURATION] = "minutes",
                                        [INPUT_DAYS] = "days"};
    return units[kind];
}

/* -- into a tree */

/* Errors about the number point at the input. */
static void write_over(struct node *node, const char *text, const struct node *stated)
{
    node->text = text;
    node->quoted = false;
    node->file = stated->file;
    node->line = stated->line;
    node->column = stated->column;
}

static const char *product_text(struct arena *arena, const struct node *node, double factor)
{
    double product = node->number * factor;
    if (node->content == CONTENT_NUMBER)
        return number_text(arena, product);
    if (node->content == CONTENT_DAYS)
        return arena_print(arena, "%.0f days", floor(product / MINUTES_A_DAY + 0.5));
    return arena_print(arena, "%.0f%s", floor(product + 0.5),
                       node->content == CONTENT_DURATION ? " minutes" : "");
}

static void multiply(struct arena *arena, struct node *node, double factor,
                     const struct node *stated)
{
    node = bare(node);
    struct node *scale = node->content == CONTENT_SCALED ? node_find(node, "scale") : NULL;
    if (scale)
        node = bare(scale);
    if (is_number(node)) {
        write_over(node, product_text(arena, node, factor), stated);
        return;
    }
    if (node->content == CONTENT_SCALED) {
        tree_put(arena, node, "scale", number_text(arena, factor), stated);
        return;
    }
    bool by = node_find(node, "by") != NULL;
    for (struct node *child = node->first; child; child = child->next)
        if (is_row(child, by))
            multiply(arena, child, factor, stated);
}

void input_put(struct arena *arena, struct node *root, const struct input *input, int64_t value)
{
    struct node *target = walk(NULL, arena, root, input->path, NULL);
    must(target);
    if (input->kind != INPUT_FACTOR)
        write_over(bare(target), input_text(arena, input, value), input->stated);
    else if (value != INPUT_ONE) /* as it is written, to the last byte */
        multiply(arena, target, (double)value / INPUT_ONE, input->stated);
}

/* -- for `celsim check` */

static void write_value(const struct input *input, double value, FILE *out)
{
    bool is_in_minutes = input->kind == INPUT_DURATION || input->kind == INPUT_DAYS;
    fprintf(out, "  %10.6g", is_in_minutes ? value / MINUTES_A_DAY : value);
}

void inputs_write(const struct inputs *inputs, FILE *out)
{
    static const double below[] = {0.05, 0.5, 0.95};
    if (inputs->count == 0)
        return;
    fprintf(out, "\nUncertain inputs, %" PRId64 " replications of each draw\n\n", inputs->per_draw);
    fprintf(out, "%-8s  %10s  %10s  %10s  %10s  path\n", "unit", "mean", "p05", "p50", "p95");
    for (int i = 0; i < inputs->count; i++) {
        const struct input *input = &inputs->list[i];
        fprintf(out, "%-8s", input->kind == INPUT_DURATION ? "days" : input_unit(input->kind));
        write_value(input, input->shape->mean_min, out);
        for (size_t q = 0; q < sizeof below / sizeof *below; q++)
            write_value(
                input, shape_quantile(input->shape, (struct uniform){below[q], 1 - below[q]}), out);
        fprintf(out, "  %s\n", input->path);
    }
}
