#include "sim/fields.h"

#include <math.h>
#include <string.h>

#include "sim/csv.h"
#include "sim/scalar.h"

/* ln(1440): `mu` is the mean of the logarithm of days, shapes are in minutes. */
#define LOG_MINUTES_A_DAY 7.272398392570047
#define PARAMETERS_AT_MOST 7 /* of a family, bounds included */

/* A shape that is being read, into which each family's reader puts what it made. */
struct making {
    const struct shape *shape;
    bool                plain; /* of plain numbers; else of durations, in minutes */
};

/* The parameters of any family; NAN where not given. */
struct parameters {
    struct shape_spec spec;
    double            from, to; /* uniform */
};

/* -- values and parameters */

static bool read_minutes(struct reader *reader, struct node *node, double *value_min)
{
    int64_t min;
    if (!read_duration(reader, node, 0, DURATION_AT_MOST, &min))
        return false;
    *value_min = (double)min;
    return true;
}

static bool read_value(struct reader *reader, struct node *node, bool plain, double *value)
{
    return plain ? read_number(reader, node, 0, DURATION_AT_MOST, value)
                 : read_minutes(reader, node, value);
}

static void own_minutes(struct reader *reader, struct node *node, void *member)
{
    (void)!read_minutes(reader, node, member);
}

#define VALUE(name, place, must_stand, help_text)                                                  \
    {                                                                                              \
        .key = #name, .type = FIELD_OWN, .offset = offsetof(struct parameters, place),             \
        .required = must_stand, .own = own_minutes, .unit = "duration", .help = help_text          \
    }
#define NUMBER(name, place, help_text)                                                             \
    {                                                                                              \
        .key = #name, .type = FIELD_NUMBER, .offset = offsetof(struct parameters, place),          \
        .help = help_text                                                                          \
    }
#define BOUNDS                                                                                     \
    VALUE(at_least, spec.at_least, false, "Only draws from here on count."),                       \
        VALUE(at_most, spec.at_most, false, "Only draws up to here count."),                       \
    {                                                                                              \
        0                                                                                          \
    }
#define MEAN_OR_MEDIAN                                                                             \
    VALUE(mean, spec.mean, false, "Mean before the bounds, with `cv`."),                           \
        VALUE(median, spec.median, false, "Median before the bounds, with `cv`."),                 \
        NUMBER(cv, spec.cv, "Standard deviation divided by the mean, before the bounds.")

static const struct field uniform_fields[] = {
    VALUE(from, from, true, "Least value."),
    VALUE(to, to, true, "Greatest value."),
    BOUNDS,
};
static const struct field exponential_fields[] = {
    VALUE(mean, spec.mean, true, "Mean before the bounds."),
    BOUNDS,
};
static const struct field gamma_fields[] = {
    MEAN_OR_MEDIAN,
    NUMBER(shape, spec.shape, "Shape, with `scale`."),
    VALUE(scale, spec.scale, false, "Scale; the mean is shape times scale."),
    BOUNDS,
};
static const struct field lognormal_fields[] = {
    MEAN_OR_MEDIAN,
    {.key = "mu",
     .type = FIELD_NUMBER,
     .offset = offsetof(struct parameters, spec.mu),
     .low = -20,
     .high = 12,
     .help = "Mean of the natural logarithm of the days, with `sigma`."},
    NUMBER(sigma, spec.sigma, "Standard deviation of that logarithm."),
    BOUNDS,
};
static const struct field weibull_fields[] = {
    MEAN_OR_MEDIAN,
    NUMBER(shape, spec.shape, "Shape, with `scale`."),
    VALUE(scale, spec.scale, false, "Scale: 63.2 % of the draws lie below it."),
    BOUNDS,
};
static const struct field pert_fields[] = {
    VALUE(low, spec.low, true, "Least value."),
    VALUE(likely, spec.likely, true, "Most likely value."),
    VALUE(high, spec.high, true, "Greatest value."),
    BOUNDS,
};

/* -- the families */

/* Keeps what was made, or says at the node why it could not be made. */
static void put(struct reader *reader, const struct node *node, const struct shape *made,
                const char *why, struct making *making)
{
    if (!made)
        node_error(reader, node, "%s", why);
    making->shape = made;
}

/* The table for plain numbers: a number where a duration stands. */
static void copy_plain(const struct field *table, struct field *plain)
{
    for (; table->key; table++, plain++) {
        *plain = *table;
        if (table->own != own_minutes)
            continue;
        plain->type = FIELD_NUMBER;
        plain->high = DURATION_AT_MOST;
    }
    *plain = *table;
}

/* false: an error was added. */
static bool read_parameters(struct reader *reader, struct node *node, const struct field *table,
                            bool plain, struct parameters *parameters)
{
    struct field plain_table[PARAMETERS_AT_MOST + 1];
    int          before = reader->errors->count;
    copy_plain(table, plain_table);
    *parameters = (struct parameters){
        .spec = {.mean = NAN,
                 .cv = NAN,
                 .median = NAN,
                 .shape = NAN,
                 .scale = NAN,
                 .mu = NAN,
                 .sigma = NAN,
                 .low = NAN,
                 .likely = NAN,
                 .high = NAN,
                 .at_least = NAN,
                 .at_most = NAN},
        .from = NAN,
        .to = NAN,
    };
    fields_read(reader, node, plain ? plain_table : table, parameters);
    return reader->errors->count == before;
}

static void read_smooth(struct reader *reader, struct node *node, enum shape_family family,
                        const struct field *table, struct making *making)
{
    struct parameters parameters;
    char              why[200] = "";
    if (!read_parameters(reader, node, table, making->plain, &parameters))
        return;
    parameters.spec.family = family;
    if (!making->plain)
        parameters.spec.mu += LOG_MINUTES_A_DAY;
    put(reader, node, shape_make_smooth(reader->arena, &parameters.spec, why), why, making);
}

static void own_fixed(struct reader *reader, struct node *node, void *member)
{
    struct making *making = member;
    double         value;
    if (read_value(reader, node, making->plain, &value))
        making->shape = shape_make_fixed(reader->arena, value);
}

static void own_uniform(struct reader *reader, struct node *node, void *member)
{
    struct making    *making = member;
    struct parameters parameters;
    char              why[200] = "";
    if (!read_parameters(reader, node, uniform_fields, making->plain, &parameters))
        return;
    if (parameters.from > parameters.to) {
        node_error(reader, node, "`from` lies above `to`; a uniform runs from less to more");
        return;
    }
    put(reader, node,
        shape_make_knots(reader->arena, 2, (double[]){0, 1},
                         (double[]){parameters.from, parameters.to}, parameters.spec.at_least,
                         parameters.spec.at_most, why),
        why, making);
}

static void own_exponential(struct reader *reader, struct node *node, void *member)
{
    read_smooth(reader, node, FAMILY_EXPONENTIAL, exponential_fields, member);
}

static void own_gamma(struct reader *reader, struct node *node, void *member)
{
    read_smooth(reader, node, FAMILY_GAMMA, gamma_fields, member);
}

static void own_lognormal(struct reader *reader, struct node *node, void *member)
{
    read_smooth(reader, node, FAMILY_LOGNORMAL, lognormal_fields, member);
}

static void own_weibull(struct reader *reader, struct node *node, void *member)
{
    read_smooth(reader, node, FAMILY_WEIBULL, weibull_fields, member);
}

static void own_pert(struct reader *reader, struct node *node, void *member)
{
    read_smooth(reader, node, FAMILY_PERT, pert_fields, member);
}

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
                       struct making *making)
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
            value[knots++] = bands->from[i];
        }
        share[knots] = bands->up_to[i];
        value[knots++] = bands->to[i];
    }
    put(reader, node, shape_make_knots(reader->arena, knots, share, value, NAN, NAN, why), why,
        making);
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

static void own_bands(struct reader *reader, struct node *node, void *member)
{
    struct making *making = member;
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
        bands.good &= read_value(reader, item[1], making->plain, &bands.from[i]);
        bands.good &= read_value(reader, item[2], making->plain, &bands.to[i]);
    }
    if (whole)
        make_bands(reader, node, &bands, making);
}

/* A cell that messages call by its column. */
static struct node *take_cell(struct reader *reader, const struct csv *csv, int row, int column)
{
    struct node *cell = csv_node(reader->arena, csv, row, column);
    cell->key = csv->column[column];
    return cell;
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
                            const struct making *making)
{
    if (!making->plain)
        return true;
    node_key_error(reader, node, "%s is a shape of durations; a shape of numbers stands here",
                   node->key);
    return false;
}

static void own_csv(struct reader *reader, struct node *node, void *member)
{
    int         column[3];
    const char *name;
    if (!is_of_durations(reader, node, member) || !read_text(reader, node, &name))
        return;
    const char       *path = csv_path_beside(reader->arena, node->file, name);
    const struct csv *csv = csv_read(reader->arena, path, reader->errors);
    if (!csv || !find_columns(reader, node, csv, column))
        return;
    struct bands bands = take_bands(reader->arena, csv->row_count);
    for (int i = 0; i < csv->row_count; i++) {
        bands.share[i] = bands.place[i] = take_cell(reader, csv, i, column[0]);
        bands.good &= read_days(reader, take_cell(reader, csv, i, column[1]), &bands.from[i]);
        bands.good &= read_days(reader, take_cell(reader, csv, i, column[2]), &bands.to[i]);
    }
    make_bands(reader, node, &bands, member);
}

/* -- mixtures and steps */

static bool read_part(struct reader *reader, struct node *node, bool plain,
                      const struct shape **part)
{
    bool good = plain ? read_number_shape(reader, node, part) : read_shape(reader, node, part);
    if (!good)
        return false;
    if ((*part)->kind != SHAPE_MIXTURE)
        return true;
    node_error(reader, node, "a part of a mixture is no mixture; write all parts in one list");
    return false;
}

static void own_mixture(struct reader *reader, struct node *node, void *member)
{
    struct making *making = member;
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
        good &= read_part(reader, item[1], making->plain, &part[count]);
    }
    const struct fraction *fractions =
        whole ? read_fractions(reader, node, share_node, count) : NULL;
    if (!fractions || !good)
        return;
    double *share = arena_new(reader->arena, double, room);
    char    why[200] = "";
    for (int i = 0; i < count; i++)
        share[i] = to_double(fractions[i]);
    put(reader, node, shape_make_mixture(reader->arena, count, share, part, why), why, making);
}

/* What follows the last step: another chance each time this long has passed. */
struct afterwards {
    int64_t         every_min;
    struct fraction chance;
};

static const struct field afterwards_fields[] = {
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

static bool read_step(struct reader *reader, struct node *row, double *point_min, double *chance)
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
    return true;
}

static void own_steps(struct reader *reader, struct node *node, void *member)
{
    if (!is_of_durations(reader, node, member) || !read_list(reader, node))
        return;
    double           *point_min = arena_new(reader->arena, double, (size_t)node->count);
    double           *chance = arena_new(reader->arena, double, (size_t)node->count);
    struct afterwards after = {0, {0, 1}};
    int               count = 0, before = reader->errors->count;
    for (struct node *row = node->first; row; row = row->next) {
        if (row->kind == NODE_MAPPING && !row->next)
            fields_read(reader, row, afterwards_fields, &after);
        else if (read_step(reader, row, &point_min[count], &chance[count]))
            count++;
    }
    char why[200] = "";
    if (reader->errors->count == before)
        put(reader, node,
            shape_make_steps(reader->arena, count, point_min, chance, (double)after.every_min,
                             to_double(after.chance), why),
            why, member);
}

/* -- any shape */

#define FAMILY(name, parameters, what, help_text)                                                  \
    {                                                                                              \
        .key = #name, .type = FIELD_OWN, .inner = parameters, .own = own_##name, .unit = what,     \
        .help = help_text                                                                          \
    }

const struct field shape_fields[] = {
    FAMILY(fixed, NULL, "duration", "Always the same; a bare duration means this too."),
    FAMILY(uniform, uniform_fields, NULL, "Even between two values."),
    FAMILY(exponential, exponential_fields, NULL, "Ends at a steady rate."),
    FAMILY(gamma, gamma_fields, NULL,
           "By `mean` and `cv`, `median` and `cv`, or `shape` and `scale`."),
    FAMILY(lognormal, lognormal_fields, NULL,
           "By `mean` and `cv`, `median` and `cv`, or `mu` and `sigma`."),
    FAMILY(weibull, weibull_fields, NULL,
           "By `mean` and `cv`, `median` and `cv`, or `shape` and `scale`."),
    FAMILY(pert, pert_fields, NULL, "Least, most likely and greatest value."),
    FAMILY(bands, NULL, "list of [share, from, to]",
           "Even within each band; bands rise; one share may be `rest`."),
    FAMILY(csv, NULL, "file", "Bands in a CSV file with columns share, from_days, to_days."),
    FAMILY(mixture, NULL, "list of [share, shape]", "Each share has a shape of its own."),
    FAMILY(steps, afterwards_fields, "list of [duration, share]",
           "Decision points: the share that ends there of those still in; a last "
           "{every, chance} goes on for ever."),
    {0},
};

/* A shape has one key, its family. */
static bool has_one_family(struct reader *reader, struct node *node)
{
    int count = 0;
    for (const struct node *member = node->first; member; member = member->next)
        count += !node_is_note(member);
    if (count == 1)
        return true;
    node_error(reader, node,
               "%s has %d keys; a shape has one, its family, as in {exponential: {mean: ..}}",
               node_label(reader->arena, node), count);
    return false;
}

static bool read_making(struct reader *reader, struct node *node, struct making making,
                        const struct shape **shape)
{
    if (node->kind == NODE_LIST)
        return scalar_refuse_kind(reader, node,
                                  making.plain ? "it must be a number or {family: ..}"
                                               : "it must be a duration or {family: ..}");
    if (node->kind == NODE_SCALAR || node_find(node, "value"))
        own_fixed(reader, node, &making);
    else if (has_one_family(reader, node))
        fields_read(reader, node, shape_fields, &making);
    if (!making.shape)
        return false;
    *shape = making.shape;
    return true;
}

bool read_shape(struct reader *reader, struct node *node, const struct shape **shape)
{
    return read_making(reader, node, (struct making){.plain = false}, shape);
}

bool read_number_shape(struct reader *reader, struct node *node, const struct shape **shape)
{
    return read_making(reader, node, (struct making){.plain = true}, shape);
}
