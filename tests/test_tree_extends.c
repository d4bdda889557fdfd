/* Messages are the exact ones a user sees: file:line:column: text. Lines and columns were counted
 * by hand in the texts below.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/tree_world.h"

Test(tree, lays_a_file_over_what_it_extends)
{
    struct world world;
    open_folder(&world);
    cr_assert(mkdir(path_of(&world, "measures"), 0700) == 0);
    own_file("base.yaml", "title: base\n"
                          "regimes: {prison: {places: 10, label: P}, arrest: {places: 5}}\n"
                          "order: [a, b, c]\n"
                          "old: 1\n");
    own_file("measures/top.yaml", "extends: ../base.yaml\n"
                                  "title: top\n"
                                  "regimes:\n"
                                  "  prison: {places: 12}\n"
                                  "  clinic: {places: 3}\n"
                                  "  arrest: remove\n"
                                  "order: [d]\n"
                                  "old: {now: mapping}\n"
                                  "word: 'remove'\n");
    struct node *root =
        tree_read(&world.arena, path_of(&world, "measures/top.yaml"), &world.errors);
    cr_assert_str_eq(told(&world), "");
    cr_expect_str_eq(written(&world, root, 0), "title: top\n"
                                               "regimes:\n"
                                               "  prison:\n"
                                               "    places: 12\n"
                                               "    label: P\n"
                                               "  clinic:\n"
                                               "    places: 3\n"
                                               "order:\n"
                                               "  - d\n"
                                               "old:\n"
                                               "  now: mapping\n"
                                               "word: \"remove\"\n");
    const char *base = path_of(&world, "measures/../base.yaml");
    const char *top = path_of(&world, "measures/top.yaml");
    check_place(root, base, 1, 1);
    check_place(at_path(root, "title"), top, 2, 8);
    check_place(at_path(root, "regimes"), base, 2, 10);
    check_place(at_path(root, "regimes.prison"), base, 2, 19);
    check_place(at_path(root, "regimes.prison.places"), top, 4, 20);
    check_place(at_path(root, "regimes.prison.label"), base, 2, 39);
    check_place(at_path(root, "regimes.clinic"), top, 5, 11);
    check_place(at_path(root, "order"), top, 7, 8);
    cr_expect(at_path(root, "order")->parent == root && root->count == 5);
    cr_expect(at_path(root, "regimes")->count == 2);
}

Test(tree, shows_the_errors_of_both_files_and_of_removals)
{
    struct world world;
    open_folder(&world);
    own_file("base.yaml", "a: &x 1\nregimes: {prison: {}, arrest: {}}\n");
    own_file("top.yaml", "extends: base.yaml\nb: !t 1\nregimes: {prizon: remove, zoo: "
                         "remove}\nnew: {c: remove}\nd: 1\nd: 2\n");
    tree_read(&world.arena, path_of(&world, "top.yaml"), &world.errors);
    cr_expect_str_eq(
        told(&world),
        "top.yaml:2:4: a tag ('!') is not allowed; what a value means follows from its key\n"
        "top.yaml:6:1: 'd' stands twice in this mapping, first at 5:1; a key may stand once\n"
        "base.yaml:1:4: anchor '&x' is not allowed; write the value where it is needed\n"
        "top.yaml:3:11: there is no 'prizon' to remove (did you mean 'prison'?); put the word in "
        "quotes if it is a text\n"
        "top.yaml:3:27: there is no 'zoo' to remove; put the word in quotes if it is a text\n"
        "top.yaml:4:7: there is no 'c' to remove; put the word in quotes if it is a text\n");
    own_file("base.yaml", "a: [\n");
    own_file("top.yaml", "extends: base.yaml\nb: [\n");
    cr_expect(tree_read(&world.arena, path_of(&world, "top.yaml"), &world.errors) == NULL);
    cr_expect_str_eq(told(&world), "top.yaml:3:1: a value misses here\n"
                                   "base.yaml:2:1: a value misses here\n");
}

/* A value with its source and a mapping by year take each other's place; a note alone is laid over.
 */
Test(tree, a_single_value_and_a_mapping_replace_each_other)
{
    struct world world;
    open_folder(&world);
    own_file("base.yaml", "a: {value: 50, source: old}\nb: {2026: 1, 2027: 2, source: old}\n"
                          "c: {value: 50, source: old}\nd: {value: 50, source: old}\n");
    own_file("top.yaml", "extends: base.yaml\na: {2026: 50, 2027: 70}\nb: {value: 3, source: new}\n"
                         "c: {confidence: stated}\nd: {value: 60}\n");
    const struct node *root = tree_read(&world.arena, path_of(&world, "top.yaml"), &world.errors);
    cr_expect_str_eq(told(&world), "");
    const struct node *a = node_find(root, "a"), *b = node_find(root, "b");
    cr_expect(a->count == 2 && !node_find(a, "value") && node_find(a, "2027"));
    cr_expect(b->count == 2 && node_find(b, "value") && !node_find(b, "2026"));
    cr_expect_eq(node_find(root, "c")->count, 3);
    cr_expect_str_eq(node_find(node_find(root, "d"), "value")->text, "60");
    cr_expect_eq(node_find(root, "d")->count, 2);
}

Test(tree, what_has_the_name_value_is_no_single_value)
{
    struct world world;
    open_folder(&world);
    own_file("base.yaml", "units: {value: {places: 5}, other: {places: 6}}\n"
                          "shares: {value: 0.2, other: 0.8}\n");
    own_file("top.yaml", "extends: base.yaml\nunits: {third: {places: 7}}\nshares: {third: 0}\n");
    const struct node *root = tree_read(&world.arena, path_of(&world, "top.yaml"), &world.errors);
    cr_expect_str_eq(told(&world), "");
    cr_expect_eq(node_find(root, "units")->count, 3);
    cr_expect_eq(node_find(root, "shares")->count, 3);
}

Test(tree, refuses_circles_and_chains_over_16_files)
{
    struct world world;
    open_folder(&world);
    own_file("a.yaml", "extends: b.yaml\n");
    own_file("b.yaml", "extends: ./c.yaml\n");
    own_file("c.yaml", "x: 1\nextends: ./a.yaml\n");
    cr_expect(tree_read(&world.arena, path_of(&world, "a.yaml"), &world.errors) == NULL);
    cr_expect_str_eq(told(&world), "./c.yaml:2:10: extends goes round in a circle: a.yaml, b.yaml, "
                                   "./c.yaml, ././a.yaml\n");
    own_file("f0.yaml", "x: 0\n");
    for (int i = 1; i <= 16; i++) {
        char name[20], text[60];
        snprintf(name, sizeof name, "f%d.yaml", i);
        snprintf(text, sizeof text, "extends: f%d.yaml\ny%d: 1\n", i - 1, i);
        own_file(name, text);
    }
    struct node *root = tree_read(&world.arena, path_of(&world, "f15.yaml"), &world.errors);
    cr_expect_str_eq(told(&world), "");
    cr_expect(root != NULL && root->count == 16); /* x, y1 .. y15 */
    cr_expect(tree_read(&world.arena, path_of(&world, "f16.yaml"), &world.errors) == NULL);
    cr_expect_str_eq(told(&world), "f1.yaml:1:10: extends leads through over 16 files; no more are "
                                   "allowed\n");
    /* From text: the file it stands for need not be there, its folder counts. */
    const char *name = path_of(&world, "memory.yaml");
    root = tree_read_text(&world.arena, name, "extends: f0.yaml\n", 17, &world.errors);
    cr_expect(root != NULL && node_find(root, "x") != NULL);
}

/* What b and c share is laid once, where it comes first: what c says of `kept` by its base does not
 * undo what b says. */
Test(tree, lays_a_list_of_files_each_once_in_its_order)
{
    struct world world;
    open_folder(&world);
    own_file("base.yaml", "x: {kept: base, b: base, c: base, both: base, gone: 1}\n");
    own_file("b.yaml", "extends: base.yaml\nx: {kept: of b, b: of b, both: of b}\n");
    own_file("c.yaml", "extends: ./base.yaml\nx: {c: of c, both: of c, gone: remove}\n");
    own_file("d.yaml", "x: {d: of d}\n");
    own_file("top.yaml", "extends: [b.yaml, c.yaml, d.yaml, b.yaml]\nx: {b: of top}\n");
    own_file("back.yaml", "extends: [c.yaml, b.yaml]\n");
    struct node *root = tree_read(&world.arena, path_of(&world, "top.yaml"), &world.errors);
    cr_assert_str_eq(told(&world), "");
    cr_expect_str_eq(written(&world, root, 0), "x:\n"
                                               "  kept: of b\n"
                                               "  b: of top\n"
                                               "  c: of c\n"
                                               "  both: of c\n"
                                               "  d: of d\n");
    root = tree_read(&world.arena, path_of(&world, "back.yaml"), &world.errors);
    cr_assert_str_eq(told(&world), "");
    cr_expect_str_eq(at_path(root, "x.both")->text, "of b");
    cr_expect_str_eq(at_path(root, "x.c")->text, "of c");
}

Test(tree, tells_what_is_wrong_with_each_file_of_a_list)
{
    struct world world;
    open_folder(&world);
    own_file("b.yaml", "x: &a 1\n");
    own_file("c.yaml", "extends: top.yaml\n");
    own_file("top.yaml", "extends: [b.yaml, none.yaml, c.yaml, [], '']\n");
    cr_expect(tree_read(&world.arena, path_of(&world, "top.yaml"), &world.errors) == NULL);
    cr_expect_str_eq(
        told(&world),
        "b.yaml:1:4: anchor '&a' is not allowed; write the value where it is needed\n"
        "top.yaml:1:19: extends names 'none.yaml', which cannot be read: No such file or "
        "directory\n"
        "c.yaml:1:10: extends goes round in a circle: top.yaml, c.yaml, top.yaml\n"
        "top.yaml:1:38: extends must be the path of a file, seen from the folder of this one, or a "
        "list of such paths\n"
        "top.yaml:1:42: extends must be the path of a file, seen from the folder of this one, or a "
        "list of such paths\n");
    own_file("top.yaml", "extends: []\n");
    cr_expect(tree_read(&world.arena, path_of(&world, "top.yaml"), &world.errors) == NULL);
    cr_expect_str_eq(told(&world), "top.yaml:1:10: extends must be the path of a file, seen from "
                                   "the folder of this one, or a list of such paths\n");
}

Test(tree, takes_at_most_64_files_together)
{
    struct world world;
    open_folder(&world);
    char text[2000] = "extends: [";
    for (int i = 0; i < 64; i++) {
        char name[20];
        snprintf(name, sizeof name, "f%d.yaml", i);
        own_file(name, "x: 1\n");
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s, ", name);
    }
    strcpy(text + strlen(text), "]\n");
    own_file("top.yaml", text);
    *strstr(text, "f63.yaml") = ']';
    strcpy(strchr(text, ']') + 1, "\n");
    own_file("fits.yaml", text);
    struct node *root = tree_read(&world.arena, path_of(&world, "fits.yaml"), &world.errors);
    cr_expect_str_eq(told(&world), "");
    cr_expect(root != NULL && root->count == 1);
    cr_expect(tree_read(&world.arena, path_of(&world, "top.yaml"), &world.errors) == NULL);
    cr_expect_str_eq(told(&world), "top.yaml:1:1: with this file extends takes in over 64 files; "
                                   "no more are allowed\n");
}
