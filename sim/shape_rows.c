#include "sim/shape_rows.h"

#include <math.h>
#include <string.h>

#include "sim/kept.h"
#include "sim/scalar.h"

/* -- shares */

static double to_double(struct fraction fraction)
{
    return (double)fraction.num / (double)fraction.den;
}

/* Shares that add up to 1; NULL: an error was added. */
static struct fraction *read_fractions(struct reader *reader, struct node *parent,
                                       struct node *const *nodes, int count)
{
    struct fraction *shares = arena_new(reader->arena, struct fraction, (size_t)count);
    uint64_t        *threshold = arena_new(reader->arena, uint64_t, (size_t)count);
    return read_shares(reader, parent, nodes, count, shares, threshold) ? shares : NULL;
}

/* -- bands, written out or in a CSV file */

/* `count` bands: nodes of their shares, and their ends. */
struct bands {
    int           count;
    struct node **place; /* where errors about a band point */
    struct node **share;
    double       *from, *to;
    double       *up_to; /* shares so far, this band included */
    bool          good;  /* all ends could be read */
};

static struct bands take_bands(struct arena *arena, int count)
{
    size_t size = (size_t)count;
    return (struct bands){
        .count = count,
        .place = arena_new(arena, struct node *, size),
        .share = arena_new(arena, struct node *, size),
        .from = arena_new(arena, double, size),
        .to = arena_new(arena, double, size),
        .up_to = arena_new(arena, double, size),
        .good = true,
    };
}

/* Shares added up exactly, then as doubles; the last is 1. */
static bool read_cumulative(struct reader *reader, struct node *parent, struct node *const *nodes,
                            int count, double *up_to)
{
    struct fraction  sum = {0, 1};
    struct fraction *shares = read_fractions(reader, parent, nodes, count);
    for (int i = 0; shares && i < count; i++) {
        must(fraction_add(&sum, shares[i]));
        up_to[i] = to_double(sum);
    }
    return shares;
}

static bool check_rising(struct reader *reader, const struct bands *bands)
{
    for (int i = 0; i < bands->count; i++) {
        if (bands->from[i] > bands->to[i]) {
            node_error(reader, bands->place[i],
                       "the band runs from more to less; its end must not lie below its start");
            return false;
        }
        if (i > 0 && bands->from[i] < bands->to[i - 1]) {
            node_error(reader, bands->place[i],
                       "the band starts below the end of the one before; bands must rise");
            return false;
        }
    }
    return true;
}

/* Two knots a band; bands that touch share one, a gap between bands is a jump. */
static void make_bands(struct reader *reader, struct node *node, const struct bands *bands,
                       struct shape_making *making)
{
    size_t  room = 2 * (size_t)bands->count;
    double *share = arena_new(reader->arena, double, room);
    double *value = arena_new(reader->arena, double, room);
    int     knots = 0;
    char    why[200] = "";
    if (!read_cumulative(reader, node, bands->share, bands->count, bands->up_to) || !bands->good ||
        !check_rising(reader, bands))
        return;
    for (int i = 0; i < bands->count; i++) {
        if (i == 0 || bands->from[i] > bands->to[i - 1]) {
            share[knots] = i == 0 ? 0 : bands->up_to[i - 1];
            value[knots++] = bands->from[i] * making->scale;
        }
        share[knots] = bands->up_to[i];
        value[knots++] = bands->to[i] * making->scale;
    }
    shape_put(reader, node, shape_make_knots(reader->arena, knots, share, value, NAN, NAN, why),
              why, making);
}

/* A list of exactly `count` items, in `items`. */
static bool read_items(struct reader *reader, struct node *node, int count, const char *wanted,
                       struct node **items)
{
    if (node->kind != NODE_LIST || node->count != count) {
        node_error(reader, node, "%s must be a list of %s", node_label(reader->arena, node),
                   wanted);
        return false;
    }
    node->used = true;
    for (struct node *item = node->first; item; item = item->next)
        *items++ = item;
    return true;
}

void shape_rows_bands(struct reader *reader, struct node *node, void *member)
{
    struct shape_making *making = member;
    if (!read_list(reader, node))
        return;
    struct bands bands = take_bands(reader->arena, node->count);
    bool         whole = true;
    int          i = 0;
    for (struct node *band = node->first; band; band = band->next, i++) {
        struct node *item[3];
        if (!read_items(reader, band, 3, "three: share, from, to", item)) {
            whole = false;
            continue;
        }
        bands.place[i] = band;
        bands.share[i] = item[0];
        bands.good &= shape_read_value(reader, item[1], making->plain, &bands.from[i]);
        bands.good &= shape_read_value(reader, item[2], making->plain, &bands.to[i]);
    }
    if (whole)
        make_bands(reader, node, &bands, making);
}

/* A cell of days, in minutes. */
static bool read_days(struct reader *reader, struct node *cell, double *value_min)
{
    double days;
    if (!read_number(reader, cell, 0, (double)DURATION_AT_MOST / MINUTES_A_DAY, &days))
        return false;
    *value_min = days * MINUTES_A_DAY;
    return true;
}

/* The columns of bands. false: one misses. */
static bool find_columns(struct reader *reader, const struct node *node, const struct csv *csv,
                         int column[3])
{
    static const char *const names[] = {"share", "from_days", "to_days"};
    for (int i = 0; i < 3; i++) {
        column[i] = csv_column(csv, names[i]);
        if (column[i] >= 0)
            continue;
        node_error(reader, node,
                   "%s has no column %s; a shape has the columns share, from_days, to_days",
                   csv->file, names[i]);
        return false;
    }
    return true;
}

static bool is_of_durations(struct reader *reader, const struct node *node,
                            const struct shape_making *making)
{
    if (!making->plain)
        return true;
    node_key_error(reader, node, "%s is a shape of durations; a shape of numbers stands here",
                   node->key);
    return false;
}

void shape_rows_csv(struct reader *reader, struct node *node, void *member)
{
    int column[3];
    if (!is_of_durations(reader, node, member))
        return;
    const struct csv *csv = kept_csv(reader, node);
    if (!csv || !find_columns(reader, node, csv, column))
        return;
    struct bands bands = take_bands(reader->arena, csv->row_count);
    for (int i = 0; i < csv->row_count; i++) {
        bands.share[i] = bands.place[i] = csv_node(reader->arena, csv, i, column[0]);
        bands.good &= read_days(reader, csv_node(reader->arena, csv, i, column[1]), &bands.from[i]);
        bands.good &= read_days(reader, csv_node(reader->arena, csv, i, column[2]), &bands.to[i]);
    }
    make_bands(reader, node, &bands, member);
}

/* -- mixtures and steps */

static bool read_part(struct reader *reader, struct node *node, const struct shape_making *making,
                      const struct shape **part)
{
    struct shape_making inner = {.plain = making->plain, .scale = making->scale};
    if (!shape_read_any(reader, node, inner, part))
        return false;
    if ((*part)->kind != SHAPE_MIXTURE)
        return true;
    node_error(reader, node, "a part of a mixture is no mixture; write all parts in one list");
    return false;
}

void shape_rows_mixture(struct reader *reader, struct node *node, void *member)
{
    struct shape_making *making = member;
    if (!read_list(reader, node))
        return;
    size_t               room = (size_t)node->count;
    struct node        **share_node = arena_new(reader->arena, struct node *, room);
    const struct shape **part = arena_new(reader->arena, const struct shape *, room);
    bool                 whole = true, good = true;
    int                  count = 0;
    for (struct node *row = node->first; row; row = row->next, count++) {
        struct node *item[2];
        if (!read_items(reader, row, 2, "two: share, shape", item)) {
            whole = false;
            continue;
        }
        share_node[count] = item[0];
        good &= read_part(reader, item[1], making, &part[count]);
    }
    const struct fraction *fractions =
        whole ? read_fractions(reader, node, share_node, count) : NULL;
    if (!fractions || !good)
        return;
    double *share = arena_new(reader->arena, double, room);
    char    why[200] = "";
    for (int i = 0; i < count; i++)
        share[i] = to_double(fractions[i]);
    shape_put(reader, node, shape_make_mixture(reader->arena, count, share, part, why), why,
              making);
}

/* What follows the last step: another chance each time this long has passed. */
struct afterwards {
    int64_t         every_min;
    struct fraction chance;
};

const struct field shape_afterwards_fields[] = {
    {.key = "every",
     .type = FIELD_DURATION,
     .offset = offsetof(struct afterwards, every_min),
     .required = true,
     .low = 1,
     .high = DURATION_AT_MOST,
     .help = "Time between two chances after the last step."},
    {.key = "chance",
     .type = FIELD_SHARE,
     .offset = offsetof(struct afterwards, chance),
     .required = true,
     .help = "Share that ends each time."},
    {0},
};

/* `before_min` is the step before it, or -1. */
static bool read_step(struct reader *reader, struct node *row, double before_min, double *point_min,
                      double *chance)
{
    struct node    *item[2];
    int64_t         min;
    struct fraction share;
    if (!read_items(reader, row, 2, "two: duration, share that ends then", item))
        return false;
    bool good = read_duration(reader, item[0], 0, DURATION_AT_MOST, &min);
    if (!read_share(reader, item[1], &share) || !good)
        return false;
    *point_min = (double)min;
    *chance = to_double(share);
    if (*point_min > before_min)
        return true;
    char before[32], own[32];
    duration_format((int64_t)before_min, before);
    duration_format(min, own);
    node_error(reader, row, "the step at %s follows one at %s; steps must rise", own, before);
    return false;
}

void shape_rows_steps(struct reader *reader, struct node *node, void *member)
{
    if (!is_of_durations(reader, node, member) || !read_list(reader, node))
        return;
    double           *point_min = arena_new(reader->arena, double, (size_t)node->count);
    double           *chance = arena_new(reader->arena, double, (size_t)node->count);
    struct afterwards after = {0, {0, 1}};
    double            scale = ((const struct shape_making *)member)->scale;
    int               count = 0, before = reader->errors->count;
    for (struct node *row = node->first; row; row = row->next) {
        if (row->kind == NODE_MAPPING && !row->next)
            fields_read(reader, row, shape_afterwards_fields, &after);
        else if (read_step(reader, row, count ? point_min[count - 1] : -1, &point_min[count],
                           &chance[count]))
            count++;
    }
    char why[200] = "";
    for (int i = 0; i < count; i++)
        point_min[i] *= scale;
    if (reader->errors->count == before)
        shape_put(reader, node,
                  shape_make_steps(reader->arena, count, point_min, chance,
                                   (double)after.every_min * scale, to_double(after.chance), why),
                  why, member);
}
