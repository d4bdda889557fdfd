#include "studies/differ.h"

#include <criterion/criterion.h>

#include "tests/support.h"

/* Of one against another, and what is said. */
static const struct {
    const char *one, *other, *told;
} pairs[] = {
    {"a: 1\n", "a: 1\n", ""},
    {"a: {b: 1}\n", "a: {b: 2}\n", "a.b is 1, not 2"},
    {"a: [1, {b: x}]\n", "a: [1, {b: y}]\n", "a[1].b is x, not y"},
    {"a: [1, 2]\n", "a: [1]\n", "only this one has a[1]"},
    {"a: 1\n", "a: 1\nb: {c: 2}\n", "only that one has b"},
    {"a: {b: 1}\n", "a: 5\n", "a is a mapping, not 5"},
    {"a: {b: 1, c: 2}\n", "a: {c: 2, b: 1}\n", "a has its members in another order"},
    {"files: [{name: x.csv, digest: 1, text: q}]\n", "files: [{name: x.csv, digest: 2, text: r}]\n",
     "the contents of x.csv differ"},
    {"files: [{name: x.csv, digest: 1}]\n", "files: [{name: y.csv, digest: 1}]\n",
     "files[0].name is x.csv, not y.csv"},
    {"a: [\n", "a: 1\n", ""},
};

Test(differ, names_the_first_difference)
{
    struct arena arena = support_arena();
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        cr_expect_str_eq(scenario_difference(&arena, pairs[i].one, pairs[i].other), pairs[i].told,
                         "pair %zu", i);
}
