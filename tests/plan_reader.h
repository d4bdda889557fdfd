/* Sections of a scenario read from YAML text, for the tests of the plan's first half. */
#ifndef CELSIM_TESTS_PLAN_READER_H
#define CELSIM_TESTS_PLAN_READER_H

#include "yaml_reader.h"

#include "models/estate.h"
#include "models/status.h"
#include "tests/count.h"

struct plan {
    struct yaml_reader yaml;
    struct node       *root;
    struct attributes  attributes;
    struct statuses    statuses;
    struct estate      estate;
};

/* All sections but flows, in the order in which they refer to each other. */
static inline void plan_read(struct plan *plan, const char *text)
{
    struct reader *reader = &plan->yaml.reader;
    plan->root = yaml_root(&plan->yaml, text);
    struct node *statuses = node_find(plan->root, "statuses");
    attributes_read(reader, node_find(plan->root, "attributes"), &plan->attributes);
    statuses_read_names(reader, statuses, &plan->statuses);
    estate_read(reader, node_find(plan->root, "regimes"), node_find(plan->root, "institutions"),
                node_find(plan->root, "units"), NULL, NULL, &plan->attributes, plan->statuses.name,
                plan->statuses.count, &plan->estate);
    statuses_read(reader, statuses, &plan->attributes, &plan->estate, &plan->statuses);
}

static inline void plan_read_good(struct plan *plan, const char *text)
{
    plan_read(plan, text);
    cr_assert_str_eq(yaml_errors(&plan->yaml), "", "%s", yaml_errors(&plan->yaml));
}

/* A YAML text and all errors that it must give, as yaml_errors writes them. */
struct refused_plan {
    const char *text, *errors;
};

static inline void plan_expect_errors(const struct refused_plan *table, size_t count)
{
    struct plan plan;
    yaml_open(&plan.yaml);
    for (size_t i = 0; i < count; i++) {
        plan_read(&plan, table[i].text);
        cr_expect_str_eq(yaml_errors(&plan.yaml), table[i].errors, "%s\ngives: %s", table[i].text,
                         yaml_errors(&plan.yaml));
    }
}

#endif
