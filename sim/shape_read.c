#include "sim/fields.h"

#include <math.h>
#include <string.h>

#include "sim/scalar.h"
#include "sim/shape_rows.h"

/* ln(1440): `mu` is the mean of the logarithm of days, shapes are in minutes. */
#define LOG_MINUTES_A_DAY 7.272398392570047
#define PARAMETERS_AT_MOST 7 /* of a family, bounds included */
#define SCALE_LEAST 1e-6
#define SCALE_MOST 1e6

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

bool shape_read_value(struct reader *reader, struct node *node, bool plain, double *value)
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

/* The member that a message such as "cv is 0; .." is about, or the mapping itself. */
static const struct node *find_subject(struct reader *reader, const struct node *node,
                                       const char *why)
{
    const char        *name = arena_text(reader->arena, why, strcspn(why, " "));
    const struct node *member = node_find(node, name);
    return member ? member : node;
}

void shape_put(struct reader *reader, const struct node *node, const struct shape *made,
               const char *why, struct shape_making *making)
{
    if (!made)
        node_error(reader, find_subject(reader, node, why), "%s", why);
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

/* The text of a parameter, also where it is written with its source. */
static const char *text_of(const struct node *node)
{
    return node->kind == NODE_SCALAR ? node->text : node_find(node, "value")->text;
}

/* Of two parameters that are both given, `upper` must lie above `lower`, or may equal it. */
static bool check_order(struct reader *reader, const struct node *node, const char *lower,
                        double low, const char *upper, double high, bool may_equal)
{
    if (isnan(low) || isnan(high) || low < high || (may_equal && low == high))
        return true;
    const struct node *above = node_find(node, upper);
    node_error(reader, above, "%s is %s; it must %s %s, %s", upper, text_of(above),
               may_equal ? "not lie below" : "lie above", lower, text_of(node_find(node, lower)));
    return false;
}

static bool check_orders(struct reader *reader, const struct node *node,
                         const struct parameters *given)
{
    const struct shape_spec *spec = &given->spec;
    return check_order(reader, node, "from", given->from, "to", given->to, true) &&
           check_order(reader, node, "low", spec->low, "likely", spec->likely, true) &&
           check_order(reader, node, "likely", spec->likely, "high", spec->high, true) &&
           check_order(reader, node, "low", spec->low, "high", spec->high, false) &&
           check_order(reader, node, "at_least", spec->at_least, "at_most", spec->at_most, false);
}

/* false: an error was added. */
static bool read_parameters(struct reader *reader, struct node *node, const struct field *table,
                            bool plain, struct parameters *parameters)
{
    struct field plain_table[PARAMETERS_AT_MOST + 1];
    int          before = reader->errors->count;
    copy_plain(table, plain_table);
    *parameters = (struct parameters){.spec = shape_spec_empty(), .from = NAN, .to = NAN};
    fields_read(reader, node, plain ? plain_table : table, parameters);
    return reader->errors->count == before && check_orders(reader, node, parameters);
}

/* The bounds stay. */
static void scale_parameters(struct parameters *parameters, double scale)
{
    struct shape_spec *spec = &parameters->spec;
    double *const      scaled[] = {&spec->mean,   &spec->median, &spec->scale,      &spec->low,
                                   &spec->likely, &spec->high,   &parameters->from, &parameters->to};
    if (scale == 1)
        return;
    for (size_t i = 0; i < sizeof scaled / sizeof *scaled; i++)
        *scaled[i] *= scale;
    spec->mu += log(scale);
}

static void read_smooth(struct reader *reader, struct node *node, enum shape_family family,
                        const struct field *table, struct shape_making *making)
{
    struct parameters parameters;
    char              why[200] = "";
    if (!read_parameters(reader, node, table, making->plain, &parameters))
        return;
    parameters.spec.family = family;
    if (!making->plain)
        parameters.spec.mu += LOG_MINUTES_A_DAY;
    scale_parameters(&parameters, making->scale);
    shape_put(reader, node, shape_make_smooth(reader->arena, &parameters.spec, why), why, making);
}

static void own_fixed(struct reader *reader, struct node *node, void *member)
{
    struct shape_making *making = member;
    double               value;
    char                 why[200] = "";
    if (!shape_read_value(reader, node, making->plain, &value))
        return;
    const struct shape *made = shape_make_fixed(reader->arena, value * making->scale);
    if (!made)
        shape_refuse(why, "the value would be %.15g; it must be at most %.15g",
                     value * making->scale, (double)DURATION_AT_MOST);
    shape_put(reader, node, made, why, making);
}

static void own_uniform(struct reader *reader, struct node *node, void *member)
{
    struct shape_making *making = member;
    struct parameters    parameters;
    char                 why[200] = "";
    if (!read_parameters(reader, node, uniform_fields, making->plain, &parameters))
        return;
    scale_parameters(&parameters, making->scale);
    shape_put(reader, node,
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

/* -- any shape */

/* Read before the family, which may stand in front of it. */
static void pass_scale(struct reader *reader, struct node *node, void *member)
{
    (void)reader;
    (void)node;
    (void)member;
}

static bool read_scale(struct reader *reader, const struct node *node, struct shape_making *making)
{
    struct node *member = node_find(node, "scale");
    double       scale = 1;
    if (member && !read_number(reader, member, SCALE_LEAST, SCALE_MOST, &scale))
        return false;
    making->scale *= scale;
    return true;
}

#define FAMILY(name, reads, parameters, what, help_text)                                           \
    {                                                                                              \
        .key = #name, .type = FIELD_OWN, .inner = parameters, .own = reads, .unit = what,          \
        .help = help_text                                                                          \
    }

const struct field shape_fields[] = {
    FAMILY(fixed, own_fixed, NULL, "duration", "Always the same; a bare duration means this too."),
    FAMILY(uniform, own_uniform, uniform_fields, NULL, "Even between two values."),
    FAMILY(exponential, own_exponential, exponential_fields, NULL, "Ends at a steady rate."),
    FAMILY(gamma, own_gamma, gamma_fields, NULL,
           "By `mean` and `cv`, `median` and `cv`, or `shape` and `scale`."),
    FAMILY(lognormal, own_lognormal, lognormal_fields, NULL,
           "By `mean` and `cv`, `median` and `cv`, or `mu` and `sigma`."),
    FAMILY(weibull, own_weibull, weibull_fields, NULL,
           "By `mean` and `cv`, `median` and `cv`, or `shape` and `scale`."),
    FAMILY(pert, own_pert, pert_fields, NULL, "Least, most likely and greatest value."),
    FAMILY(bands, shape_rows_bands, NULL, "list of [share, from, to]",
           "Even within each band; bands rise; one share may be `rest`."),
    FAMILY(csv, shape_rows_csv, NULL, "file",
           "Bands in a CSV file with columns share, from_days, to_days."),
    FAMILY(mixture, shape_rows_mixture, NULL, "list of [share, shape]",
           "Each share has a shape of its own."),
    FAMILY(steps, shape_rows_steps, shape_afterwards_fields, "list of [duration, share]",
           "Decision points: the share that ends there of those still in; a last "
           "{every, chance} goes on for ever."),
    {.key = "scale",
     .type = FIELD_OWN,
     .own = pass_scale,
     .unit = "factor, 0.000001 to 1000000",
     .otherwise = "1",
     .help = "Stands beside the family and multiplies the shape before its bounds, which stay."},
    {0},
};

/* A shape has one key, its family, and may have a scale. */
static bool has_one_family(struct reader *reader, struct node *node)
{
    int                count = 0;
    const struct node *first = NULL, *last = NULL;
    for (const struct node *member = node->first; member; member = member->next) {
        if (node_is_note(member) || strcmp(member->key, "scale") == 0)
            continue;
        first = first ? first : member;
        last = member;
        count++;
    }
    if (count == 1)
        return true;
    if (count > 1 && strcmp(first->file, last->file) != 0)
        node_key_error(
            reader, last,
            "%s stands beside %s, which is in %s; a shape has one family: put '%s: remove' "
            "beside it",
            last->key, first->key, first->file, first->key);
    else if (count == 0 && node->count > 0)
        node_error(reader, node,
                   "%s has no family beside its scale, as in {exponential: {mean: ..}}",
                   node_label(reader->arena, node));
    else
        node_error(reader, node,
                   "%s has %d keys; a shape has one, its family, as in {exponential: {mean: ..}}",
                   node_label(reader->arena, node), count);
    return false;
}

bool shape_read_any(struct reader *reader, struct node *node, struct shape_making making,
                    const struct shape **shape)
{
    if (node->kind == NODE_LIST)
        return scalar_refuse_kind(reader, node,
                                  making.plain ? "it must be a number or {family: ..}"
                                               : "it must be a duration or {family: ..}");
    if (node->kind == NODE_SCALAR || node_find(node, "value"))
        own_fixed(reader, node, &making);
    else if (has_one_family(reader, node) && read_scale(reader, node, &making)) {
        node->content = CONTENT_SCALED;
        fields_read(reader, node, shape_fields, &making);
    }
    if (!making.shape)
        return false;
    *shape = making.shape;
    return true;
}

bool read_shape(struct reader *reader, struct node *node, const struct shape **shape)
{
    return shape_read_any(reader, node, (struct shape_making){.scale = 1}, shape);
}

bool read_number_shape(struct reader *reader, struct node *node, const struct shape **shape)
{
    return shape_read_any(reader, node, (struct shape_making){.plain = true, .scale = 1}, shape);
}
