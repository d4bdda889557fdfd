#include "plan_reader.h"

static const char two[] = "attributes:\n"
                          "  sex: {man: 0.9, woman: rest}\n"
                          "  offence:\n"
                          "    by: sex\n"
                          "    source: made up\n"
                          "    man: {violence: 0.5, drugs: 0.3, other: rest}\n"
                          "    woman: {other: rest, drugs: 0.2, violence: 0.1}\n";

static uint32_t drawn(const struct attributes *attributes, u128 base, u128 increment)
{
    struct attribute_steps steps = attributes_steps(attributes, increment);
    return attributes_draw(attributes, &steps, base);
}

Test(attribute, without_attributes_all_have_one_profile)
{
    struct plan plan;
    yaml_open(&plan.yaml);
    plan_read_good(&plan, "title: none\n");
    cr_expect_eq(plan.attributes.count, 0);
    cr_expect_eq(plan.attributes.profile_count, 1);
    cr_expect_eq(plan.attributes.share_of_profile[0], 1.0);
    cr_expect_eq(drawn(&plan.attributes, 12345, 1), 0);
}

Test(attribute, a_profile_is_one_number_for_all_values)
{
    struct plan plan;
    yaml_open(&plan.yaml);
    plan_read_good(&plan, two);
    const struct attributes *attributes = &plan.attributes;
    cr_assert_eq(attributes->count, 2);
    cr_expect_eq(attributes->profile_count, 6);
    cr_expect_eq(attribute_find(attributes, "offence"), 1);
    cr_expect_eq(attribute_find(attributes, "offense"), -1);
    cr_expect_eq(attributes->list[1].by, 0);
    cr_expect_str_eq(attributes->list[1].value[2], "other");
    /* profile 5 = 3 x woman (1) + other (2) */
    cr_expect_eq(attribute_value(attributes, 0, 5), 1);
    cr_expect_eq(attribute_value(attributes, 1, 5), 2);
}

Test(attribute, the_share_of_a_profile_is_the_product_of_its_shares)
{
    /* 0.9 x (0.5, 0.3, 0.2) for men and 0.1 x (0.1, 0.2, 0.7) for women */
    static const double share[] = {0.45, 0.27, 0.18, 0.01, 0.02, 0.07};
    struct plan         plan;
    yaml_open(&plan.yaml);
    plan_read_good(&plan, two);
    for (int p = 0; p < 6; p++)
        cr_expect_float_eq(plan.attributes.share_of_profile[p], share[p], 1e-15, "profile %d", p);
}

Test(attribute, a_draw_is_that_of_numpy)
{
    /* PCG64DXSM of numpy advanced by 2^40 + ((hash >> 4) | 1) of "attribute/<name>/0", shares in
     * exact fractions, bases step x (i + 1) */
    static const uint32_t profile[] = {2, 0, 2, 1, 1, 4, 1, 0, 1, 1, 2, 0, 2, 1, 2, 1, 1, 0, 1, 0,
                                       0, 0, 0, 2, 5, 2, 0, 1, 0, 2, 0, 1, 1, 0, 2, 0, 1, 2, 1, 0};
    const u128            increment = 2 * ((u128)0x0123456789abcdef << 64 | 0x0011223344556677) + 1;
    const u128            step = (u128)0x9e3779b97f4a7c15 << 64 | 0xf39cc0605cedc834;
    struct plan           plan;
    yaml_open(&plan.yaml);
    plan_read_good(&plan, two);
    for (size_t i = 0; i < COUNT(profile); i++)
        cr_expect_eq(drawn(&plan.attributes, step * (i + 1), increment), profile[i], "person %zu",
                     i);
}

Test(attribute, a_share_is_met_below_its_threshold_only)
{
    struct plan plan;
    yaml_open(&plan.yaml);
    plan_read_good(&plan, "attributes: {a: {x: 0.999, w: 0.001}}\n"); /* the guide says x */
    struct attribute *attribute = &plan.attributes.list[0];
    const u128        base = 123456789;
    uint64_t          n = rng_uniform52(rng_advance(base, rng_step(attribute->draw, 1)));
    attribute->threshold[0] = n; /* the draw is not below */
    cr_expect_eq(drawn(&plan.attributes, base, 1), 1);
    attribute->threshold[0] = n + 1;
    cr_expect_eq(drawn(&plan.attributes, base, 1), 0);
}

/* Also where shares are zero, smaller than a part of the guide, or end where a part does (0.25). */
Test(attribute, a_value_is_how_many_thresholds_a_draw_has_reached)
{
    struct plan plan;
    yaml_open(&plan.yaml);
    plan_read_good(&plan,
                   "attributes: {a: {p: 0, q: 0.25, r: 0, s: 0.001, t: 0.001, u: rest, v: 0}}\n");
    const struct attribute *attribute = &plan.attributes.list[0];
    const u128              step = (u128)0x9e3779b97f4a7c15 << 64 | 0xf39cc0605cedc834;
    const uint64_t          reached[] = {rng_threshold(0, 1),      rng_threshold(1, 4),
                                         rng_threshold(1, 4),      rng_threshold(251, 1000),
                                         rng_threshold(252, 1000), rng_threshold(1, 1)};
    int                     counts[7] = {0};
    for (uint32_t i = 0; i < 20000; i++) {
        uint64_t n = rng_uniform52(rng_advance(step * i, rng_step(attribute->draw, 1)));
        uint32_t value = 0;
        while (value < COUNT(reached) && n >= reached[value])
            value++;
        cr_assert_eq(drawn(&plan.attributes, step * i, 1), value, "draw %u", i);
        counts[value]++;
    }
    cr_expect(counts[1] > 0 && counts[3] > 0 && counts[4] > 0 && counts[5] > 0);
}

Test(attribute, else_holds_for_the_values_that_are_not_named)
{
    struct plan    plan;
    struct varying varying;
    yaml_open(&plan.yaml);
    plan_read_good(&plan, "attributes: {a: {x: 0.5, w: 0.25, z: 0.25}}\n"
                          "one: 14 days\n"
                          "by_a: {by: a, w: 1 day, else: 2 days}\n"
                          "all_named: {by: a, x: 1 day, w: 2 days, z: 3 days, else: 4 days}\n");
    cr_assert(
        varying_read(&plan.yaml.reader, &plan.attributes, node_find(plan.root, "one"), &varying));
    cr_expect_eq(varying.by, -1);
    cr_expect_eq(varying.count, 1);
    cr_expect_str_eq(varying.node[0]->text, "14 days");
    cr_assert(
        varying_read(&plan.yaml.reader, &plan.attributes, node_find(plan.root, "by_a"), &varying));
    cr_expect_eq(varying.by, 0);
    cr_assert_eq(varying.count, 3);
    cr_expect_str_eq(varying.node[0]->text, "2 days");
    cr_expect_str_eq(varying.node[1]->text, "1 day");
    cr_expect_str_eq(varying.node[2]->text, "2 days");
    cr_expect_eq(varying_first(&varying, 2), 0);
    cr_expect_eq(varying_first(&varying, 1), 1);
    cr_assert(varying_read(&plan.yaml.reader, &plan.attributes, node_find(plan.root, "all_named"),
                           &varying));
    cr_expect_str_eq(varying.node[2]->text, "3 days");
}

static bool count_days(struct reader *reader, struct node *node, const void *object, void *entry)
{
    (void)object;
    return read_duration(reader, node, 0, 10 * MINUTES_A_DAY, entry);
}

Test(attribute, what_varies_is_a_table_by_profile)
{
    struct plan    plan;
    struct varying varying;
    uint32_t       stride = 9;
    yaml_open(&plan.yaml);
    plan_read_good(&plan, "attributes: {a: {x: 0.5, w: 0.5}, b: {p: 0.5, q: 0.25, r: 0.25}}\n"
                          "one: 4 days\n"
                          "by_a: {by: a, w: 1 day, x: 2 days}\n"
                          "by_b: {by: b, q: 1 day, else: 2 days}\n"
                          "wrong: {by: b, q: 1 day, else: 12 days}\n");
    static const struct {
        const char *key;
        int         count;
        int64_t     days[6]; /* of xp, xq, xr, wp, wq, wr */
    } tables[] = {
        {"one", 1, {4}}, {"by_a", 6, {2, 2, 2, 1, 1, 1}}, {"by_b", 6, {2, 1, 2, 2, 1, 2}}};
    for (size_t t = 0; t < COUNT(tables); t++) {
        cr_assert(varying_read(&plan.yaml.reader, &plan.attributes,
                               node_find(plan.root, tables[t].key), &varying));
        const int64_t *of = varying_table(&plan.yaml.reader, &plan.attributes, &varying,
                                          sizeof(*of), count_days, NULL, &stride);
        cr_assert(of != NULL);
        cr_expect_eq(stride, tables[t].count > 1);
        for (int p = 0; p < tables[t].count; p++)
            cr_expect_eq(of[p], tables[t].days[p] * MINUTES_A_DAY, "%s %d", tables[t].key, p);
    }
    /* what else says for two values is read, and refused, once */
    cr_assert(
        varying_read(&plan.yaml.reader, &plan.attributes, node_find(plan.root, "wrong"), &varying));
    cr_expect_eq(varying_table(&plan.yaml.reader, &plan.attributes, &varying, sizeof(int64_t),
                               count_days, NULL, &stride),
                 NULL);
    cr_expect_eq(plan.yaml.errors.count, 1);
    cr_expect_eq(stride, 1);
}

Test(attribute, errors_say_what_is_wrong_with_attributes)
{
    static const struct refused_plan table[] = {
        {"attributes: 3\n", "1:13 attributes is 3; it must be a mapping of keys to values"},
        {"attributes: {Sex: {man: 1}}\n",
         "1:14 Sex is no name; a name is small letters, digits and _, a letter first: write sex"},
        {"attributes: {status: {man: 1}}\n",
         "1:14 status has a meaning of its own; choose another name"},
        {"attributes: {sex: {man: 0.5, else: rest}}\n",
         "1:30 else has a meaning of its own; choose another name"},
        {"attributes: {sex: {man: 0.5, woman: 0.4}}\n",
         "1:19 the shares of sex add up to 0.9; they must add up to 1"},
        {"attributes: {sex: {}}\n", "1:19 sex has 0 values; it must have 1 to 32"},
        {"attributes: {sex: man}\n", "1:19 sex is man; it must be a mapping of keys to values"},
        {"attributes: {a: {by: b, x: {p: 1}, w: {p: 1}}, b: {x: 0.5, w: 0.5}}\n",
         "1:22 by is b; it must name an attribute that stands above a"},
        {"attributes: {a: {by: a, x: {p: 1}}}\n",
         "1:22 by is a; it must name an attribute that stands above a"},
        {"attributes: {sex: {m: 1}, a: {by: sx, m: {p: 1}}}\n",
         "1:35 by is sx; no attribute has this name; known are sex"},
        {"attributes: {b: {x: 0.5, w: 0.5}, a: {by: b, x: {p: 1}}}\n",
         "1:38 a varies by b but lacks w; name them all or add else"},
        {"attributes: {b: {xx1: 0.5, yy1: 0.5}, a: {by: b, xx1: {p: 1}, yy2: {p: 1}, else: {p: "
         "1}}}\n",
         "1:63 yy2 is not a known key; did you mean 'yy1'?"},
        {"attributes: {b: {x: 0.5, w: 0.5}, a: {by: b, x: {low: 1}, w: {lwo: 1}}}\n",
         "1:63 lwo is not a known key; did you mean 'low'?\n1:62 w lacks the value low of a; give "
         "it a share, 0 if nobody has it"},
        /* the row of else is read once, so its error is told once */
        {"attributes: {b: {x: 0.5, w: 0.5}, a: {by: b, else: {low: 2, high: rest}}}\n",
         "1:58 low is 2; it must lie between 0 and 1; 2 % is 0.02"},
        {"attributes: {a: {x: 1}, b: {x: 1}, c: {x: 1}, d: {x: 1}, e: {x: 1}, f: {x: 1}, g: {x: "
         "1}, h: {x: 1}, i: {x: 1}}\n",
         "1:102 i is one attribute too many; at most 8 are allowed"},
    };
    plan_expect_errors(table, COUNT(table));
}

/* "a: {v0: rest, v1: 0, ..}" */
static const char *attribute_text(char *text, size_t room, const char *name, int values)
{
    size_t used = (size_t)snprintf(text, room, "  %s: {v0: rest", name);
    for (int v = 1; v < values; v++)
        used += (size_t)snprintf(text + used, room - used, ", v%d: 0", v);
    snprintf(text + used, room - used, "}\n");
    return text;
}

Test(attribute, values_and_profiles_have_a_limit)
{
    char                name[4][600], text[3000];
    struct refused_plan table[] = {{text, NULL}};
    snprintf(text, sizeof text, "attributes:\n%s",
             attribute_text(name[0], sizeof name[0], "a", 33));
    table[0].errors = "2:6 a has 33 values; it must have 1 to 32";
    plan_expect_errors(table, 1);
    /* 32 x 32 x 32 x 2 = 65536 is the most; x 2 again is too many */
    snprintf(text, sizeof text, "attributes:\n%s%s%s  d: {x: 1, w: 0}\n",
             attribute_text(name[0], sizeof name[0], "a", 32),
             attribute_text(name[1], sizeof name[1], "b", 32),
             attribute_text(name[2], sizeof name[2], "c", 32));
    table[0].errors = "";
    plan_expect_errors(table, 1);
    snprintf(text + strlen(text), 100, "  e: {x: 1, w: 0}\n");
    table[0].errors =
        "6:3 with e the attributes make 131072 combinations of values; at most 65536 are allowed";
    plan_expect_errors(table, 1);
}
