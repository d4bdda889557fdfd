/* Messages are the exact ones a user sees: file:line:column: text. Lines and columns were counted
 * by hand in the texts below.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/same_tree.h"
#include "tests/tree_world.h"

static const char set_text[] = "run: {seed: 1}\n"
                               "statuses: {remand: {stay: {lognormal: {mean: 9 days, cv: 2}}}}\n"
                               "order: [a, {b: 1}, c]\n";

Test(tree, sets_values_by_their_path)
{
    struct world world;
    open_world(&world);
    struct node *root = read_text(&world, set_text);
    cr_expect(tree_set(&world.arena, root, "run.seed=7", &world.errors));
    cr_expect(tree_set(&world.arena, root, "run.label='a=b: c'", &world.errors));
    cr_expect(tree_set(&world.arena, root, "statuses.remand.stay={exponential: {mean: 3 days}}",
                       &world.errors));
    cr_expect(tree_set(&world.arena, root, "order[1].b=2", &world.errors));
    cr_expect(tree_set(&world.arena, root, "order.2=[x, y]", &world.errors));
    cr_expect(tree_set(&world.arena, root, "order[0]=remove", &world.errors));
    cr_expect(tree_set(&world.arena, root, "statuses.fine=", &world.errors) == false);
    cr_expect_str_eq(told(&world), "--set:1:15: a value misses behind the '='\n");
    cr_expect_str_eq(written(&world, root, 2), "  run:\n"
                                               "    seed: 7\n"
                                               "    label: \"a=b: c\"\n"
                                               "  statuses:\n"
                                               "    remand:\n"
                                               "      stay:\n"
                                               "        exponential:\n"
                                               "          mean: 3 days\n"
                                               "  order:\n"
                                               "    - b: 2\n"
                                               "    - - x\n"
                                               "      - \"y\"\n");
    check_place(at_path(root, "run.seed"), "--set", 1, 10);
    struct node *mean = at_path(root, "statuses.remand.stay.exponential.mean");
    check_place(mean, "--set", 1, 43);
    cr_expect(at_path(root, "statuses.remand.stay")->key_column == 17);
    check_place(at_path(root, "run"), "t.yaml", 1, 6);
    cr_expect(tree_set(&world.arena, root, "statuses.remand=remove", &world.errors));
    cr_expect(at_path(root, "statuses")->count == 0);
    cr_expect(tree_set(&world.arena, root, "statuses.fine=1", &world.errors));
    cr_expect(tree_set(&world.arena, root, "run.label=remove", &world.errors)); /* the last */
    cr_expect(tree_set(&world.arena, root, "run.more=1", &world.errors));
    cr_expect_str_eq(written(&world, at_path(root, "run"), 0), "seed: 7\nmore: 1\n");
    cr_expect_str_eq(written(&world, at_path(root, "statuses"), 0), "fine: 1\n");
    arena_close(&world.arena);
}

/* Units of institutions are named with a dot in them; the longest name that fits is meant. */
Test(tree, a_path_may_lead_through_a_name_with_dots)
{
    struct world world;
    open_world(&world);
    struct node *root = read_text(&world, "a: {x.y: 1, x.y.z: {b: 2}, x: {w: 3}}\n");
    cr_expect(tree_set(&world.arena, root, "a.x.y=4", &world.errors));
    cr_expect(tree_set(&world.arena, root, "a.x.y.z.b=5", &world.errors));
    cr_expect(tree_set(&world.arena, root, "a.x.w=6", &world.errors));
    cr_expect(tree_set(&world.arena, root, "a.x.yy=7", &world.errors));
    cr_expect_str_eq(written(&world, root, 2), "  a:\n"
                                               "    \"x.y\": 4\n"
                                               "    \"x.y.z\":\n"
                                               "      b: 5\n"
                                               "    x:\n"
                                               "      w: 6\n"
                                               "      yy: 7\n");
}

Test(tree, finds_nodes_by_names_in_dots)
{
    struct world world;
    open_world(&world);
    struct node *root = read_text(&world, set_text);
    cr_expect_str_eq(node_at(root, "run.seed")->text, "1");
    cr_expect_eq(node_at(root, "statuses.remand"),
                 node_find(node_find(root, "statuses"), "remand"));
    static const char *const none[] = {"ru",         "runs",      "run.",    ".run",
                                       "run.see",    "run..seed", "order.0", "order[1].b",
                                       "run.seed.x", ""};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        cr_expect_null(node_at(root, none[i]), "%s", none[i]);
}

Test(tree, makes_the_sections_on_the_way_of_an_assignment)
{
    struct world world;
    open_world(&world);
    struct node *root = read_text(&world, "title: A\n");
    cr_expect(tree_set(&world.arena, root, "run.seed=7", &world.errors));
    cr_expect(tree_set(&world.arena, root, "run.label=x", &world.errors));
    cr_expect(tree_set(&world.arena, root, "start.present.remand={persons: 5}", &world.errors));
    cr_expect_str_eq(written(&world, root, 0), "title: A\n"
                                               "run:\n"
                                               "  seed: 7\n"
                                               "  label: x\n"
                                               "start:\n"
                                               "  present:\n"
                                               "    remand:\n"
                                               "      persons: 5\n");
    check_place(at_path(root, "start.present"), "--set", 1, 7);
    arena_close(&world.arena);
}

Test(tree, says_what_is_wrong_with_an_assignment)
{
    static const struct {
        const char *assignment, *told;
    } table[] = {
        {"run.seed", "1:1: a '=' misses; --set takes path=value, as in run.seed=7\n"},
        {"=7", "1:1: a name misses here; --set takes path=value, as in run.seed=7\n"},
        {"run..seed=7", "1:5: a name misses here; --set takes path=value, as in run.seed=7\n"},
        {"run.=7", "1:5: a name misses here; --set takes path=value, as in run.seed=7\n"},
        {"order[x]=7", "1:7: a name misses here; --set takes path=value, as in run.seed=7\n"},
        {"rnu.seed=7", "1:1: there is no 'rnu' (did you mean 'run'?)\n"},
        {"statuses.remnd.stay=1 day", "1:10: there is no 'remnd' (did you mean 'remand'?)\n"},
        {"prices[0]=1", "1:1: there is no 'prices'\n"},
        {"prices.<<.a=1",
         "1:8: merge keys ('<<') are not allowed; write the keys out, or use extends\n"},
        {"prices.a.b=", "1:12: a value misses behind the '='\n"},
        {"prices.a.b=remove", "1:10: there is no 'b' to remove\n"},
        {"run.seed.x=7", "1:10: no 'x' can be here: 'run.seed' is a single value\n"},
        {"order[3]=7", "1:7: place 3 is not in the list, which has 3 (the first is 0)\n"},
        {"order.b=7", "1:7: 'b' is no place in a list; it must be a number from 0\n"},
        {"order[99999999]=7",
         "1:7: '99999999' is no place in a list; it must be a number from 0\n"},
        {"run.sead=remove", "1:5: there is no 'sead' to remove (did you mean 'seed'?)\n"},
        {"run.x={y: remove}",
         "1:8: there is no 'y' to remove; put the word in quotes if it is a text\n"},
        {"run.seed=[1", "1:12: a ',' or ']' misses in the list that starts at 1:10\n"},
        {"run.seed=*x", "1:10: alias '*x' is not allowed; write the value out, or use extends\n"},
        {"run.\u00e9={a: 1, a: 2}",
         "1:14: 'a' stands twice in this mapping, first at 1:8; a key may stand once\n"},
        {"run.seed=caf\xE9", "1:13: byte 0xE9 is not UTF-8; save the file as UTF-8\n"},
        {"run.<<=1",
         "1:5: merge keys ('<<') are not allowed; write the keys out, or use extends\n"},
        {"extends=x.yaml", "1:1: extends cannot be set; it must stand in the file\n"},
    };
    struct world world;
    open_world(&world);
    struct node *root = read_text(&world, set_text);
    const char  *before = written(&world, root, 0);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        cr_expect(!tree_set(&world.arena, root, table[i].assignment, &world.errors));
        const char *message = arena_print(&world.arena, "--set:%s", table[i].told);
        cr_expect_str_eq(told(&world), message, "of %s", table[i].assignment);
    }
    cr_expect_str_eq(written(&world, root, 0), before);
    arena_close(&world.arena);
}

Test(tree, a_copy_is_the_same_and_apart)
{
    static const char text[] = "a: {b: 1, c: [2, \"3\", {d: 4}]}\ne: five\n";
    struct world      world;
    open_world(&world);
    struct node *root = tree_read_text(&world.arena, "t.yaml", text, strlen(text), &world.errors);
    cr_assert(root);
    root->first->used = true;
    struct node *copy = tree_copy(&world.arena, root);
    cr_expect(same_tree(root, copy));
    cr_expect_not(copy->first->used);
    cr_expect_eq(copy->first->parent, copy);
    cr_expect_eq(copy->first->first->line, 1);
    tree_put(&world.arena, copy, "e", "six", root->first);
    tree_put(&world.arena, copy->first, "f", "7", root->first);
    tree_drop(copy->first, "b");
    tree_drop(copy->first, "no such key");
    cr_expect_str_eq(node_find(copy, "e")->text, "six");
    cr_expect_str_eq(node_find(copy->first, "f")->text, "7");
    cr_expect_null(node_find(copy->first, "b"));
    cr_expect_eq(copy->first->count, 2);
    cr_expect_str_eq(node_find(root, "e")->text, "five");
    cr_expect_eq(root->first->count, 2);
    cr_expect_str_eq(node_find(root->first, "b")->text, "1");
}
