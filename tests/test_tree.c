/* Messages are the exact ones a user sees: file:line:column: text. Lines and columns were counted
 * by hand in the texts below.
 */
#include <criterion/criterion.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tests/same_tree.h"
#include "tests/tree_world.h"

Test(tree, keeps_kind_text_quotes_and_place)
{
    struct world world;
    open_world(&world);
    struct node *root = read_text(&world, "title: Caf\u00e9 x  # comment\n"
                                          "caf\u00e9: {a: 010, b: '010'}\n"
                                          "list:\n"
                                          "- NO\n"
                                          "- [1_000, .nan]\n"
                                          "note: |\n"
                                          "  two\n"
                                          "  lines\n"
                                          "nothing:\n");
    cr_assert_str_eq(told(&world), "");
    cr_expect(root->kind == NODE_MAPPING && root->count == 5 && root->parent == NULL);
    check_place(root, "t.yaml", 1, 1);
    struct node *title = at_path(root, "title");
    cr_expect_str_eq(title->text, "Caf\u00e9 x");
    check_place(title, "t.yaml", 1, 8);
    cr_expect(title->key_line == 1 && title->key_column == 1 && !title->quoted);
    struct node *b = at_path(root, "caf\u00e9.b");
    cr_expect_str_eq(b->text, "010");
    cr_expect(b->quoted && !at_path(root, "caf\u00e9.a")->quoted);
    check_place(b, "t.yaml", 2, 19); /* columns count characters: the accent is one */
    cr_expect(b->key_line == 2 && b->key_column == 16);
    struct node *list = at_path(root, "list");
    cr_expect(list->kind == NODE_LIST && list->count == 2);
    cr_expect_str_eq(list->first->text, "NO");
    cr_expect_str_eq(list->last->first->text, "1_000");
    check_place(list->last->last, "t.yaml", 5, 11);
    cr_expect_str_eq(node_path(&world.arena, list->last->last), "list[1][1]");
    cr_expect_str_eq(node_path(&world.arena, b), "caf\u00e9.b");
    cr_expect_str_eq(node_path(&world.arena, root), "");
    cr_expect_str_eq(at_path(root, "note")->text, "two\nlines\n");
    cr_expect(at_path(root, "note")->quoted);
    cr_expect_str_eq(at_path(root, "nothing")->text, "");
    cr_expect(node_find(root, "nowhere") == NULL && node_find(list, "a") == NULL);
    arena_close(&world.arena);
}

Test(tree, takes_a_byte_order_mark_line_ends_of_windows_and_no_line_end)
{
    static const char *const texts[] = {"\uFEFFa: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", "a: 1\nb: 2",
                                        "---\na: 1\nb: 2\n...\n"};
    struct world             world;
    open_world(&world);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct node *root = read_text(&world, texts[i]);
        cr_assert_str_eq(told(&world), "");
        cr_expect_str_eq(at_path(root, "a")->text, "1");
        cr_expect_str_eq(at_path(root, "b")->text, "2");
        cr_expect(at_path(root, "a")->column == 4 && at_path(root, "b")->column == 4);
    }
    arena_close(&world.arena);
}

/* Each text with all its messages, and whether a tree is left. */
static const struct refusal {
    const char *text, *told;
    bool        leaves_tree;
} refusals[] = {
    {"", "t.yaml:1:1: the file is empty; it must hold 'key: value' lines\n", false},
    {"# only a comment\n", "t.yaml:1:1: the file is empty; it must hold 'key: value' lines\n",
     false},
    {"---\n", "t.yaml:1:1: the file is empty; it must hold 'key: value' lines\n", false},
    {"- a\n- b\n", "t.yaml:1:1: the file must hold 'key: value' lines at the top, not a list\n",
     false},
    {"\nhello\n",
     "t.yaml:2:1: the file must hold 'key: value' lines at the top, not a single text\n", false},
    {"a: 1\n---\nb: 2\n",
     "t.yaml:2:1: a second document ('---') starts here; a file may hold one\n", false},
    {"a: 1\nb: 2\na: 3\n",
     "t.yaml:3:1: 'a' stands twice in this mapping, first at 1:1; a key may stand once\n", true},
    {"x: {\u00e9: 1, a: 2, a: 3}\n",
     "t.yaml:1:17: 'a' stands twice in this mapping, first at 1:11; a key may stand once\n", true},
    {"a: &x 1\n", "t.yaml:1:4: anchor '&x' is not allowed; write the value where it is needed\n",
     true},
    {"a: &x [1]\nb: !!int 2\nc: !own {d: 1}\n",
     "t.yaml:1:4: anchor '&x' is not allowed; write the value where it is needed\n"
     "t.yaml:2:4: a tag ('!') is not allowed; what a value means follows from its key\n"
     "t.yaml:3:4: a tag ('!') is not allowed; what a value means follows from its key\n",
     true},
    {"a: *nope\nb: *nope\n",
     "t.yaml:1:4: alias '*nope' is not allowed; write the value out, or use extends\n"
     "t.yaml:2:4: alias '*nope' is not allowed; write the value out, or use extends\n",
     false},
    {"a: &x [*x]\n",
     "t.yaml:1:4: anchor '&x' is not allowed; write the value where it is needed\n"
     "t.yaml:1:8: alias '*x' is not allowed; write the value out, or use extends\n",
     false},
    {"<<: {a: 1}\n",
     "t.yaml:1:1: merge keys ('<<') are not allowed; write the keys out, or use extends\n", false},
    {"? [a]\n: 1\n{b: 1}: 2\n",
     "t.yaml:1:3: a key must be a name, not a list, mapping or alias\n"
     "t.yaml:3:1: a key must be a name, not a list, mapping or alias\n",
     false},
    {"\"\": 1\n", "t.yaml:1:1: a key is empty; it must be a name\n", false},
    {"a: \"x\\0y\"\n", "t.yaml:1:4: a text may not hold the character 0 ('\\0')\n", false},
    {"a: 1\nb: caf\xE9\n", "t.yaml:2:7: byte 0xE9 is not UTF-8; save the file as UTF-8\n", false},
    {"a: 1\r\nb: 2\rc: \u00e9\xC0\xAF\n",
     "t.yaml:3:5: byte 0xC0 is not UTF-8; save the file as UTF-8\n", false},
    {"a: \xE0\x80\xAF\n", "t.yaml:1:4: byte 0xE0 is not UTF-8; save the file as UTF-8\n", false},
    {"a: \xED\xA0\x80\n", "t.yaml:1:4: byte 0xED is not UTF-8; save the file as UTF-8\n", false},
    {"a: \xF4\x90\x80\x80\n", "t.yaml:1:4: byte 0xF4 is not UTF-8; save the file as UTF-8\n",
     false},
    {"a: \xE2\x82", "t.yaml:1:4: byte 0xE2 is not UTF-8; save the file as UTF-8\n", false},
    {"\xFF\xFE"
     "a",
     "t.yaml:1:1: byte 0xFF is not UTF-8; save the file as UTF-8\n", false},
    {"a: \x07\n",
     "t.yaml:1:4: character U+0007 is not allowed; of the control characters only tabs and line "
     "ends are\n",
     false},
    {"a: [1, 2\nb: 3\n", "t.yaml:2:2: a ',' or ']' misses in the list that starts at 1:4\n", false},
    {"a: {b: 1\n", "t.yaml:2:1: a ',' or '}' misses in the mapping that starts at 1:4\n", false},
    {"a: {b: 1", "t.yaml:1:9: a ',' or '}' misses in the mapping that starts at 1:4\n", false},
    {"a: [", "t.yaml:1:5: a value misses here\n", false},
    {"a: 'x\nb: 2\n", "t.yaml:1:4: the quote that opens here does not close\n", false},
    {"a: b: 1\n",
     "t.yaml:1:5: no key can stand on this place; check the indentation, and put text that holds "
     "': ' in quotes\n",
     false},
    {"a: 1\nfoo\nb: 2\n",
     "t.yaml:2:1: this is neither 'key: value' nor part of the text above; check the indentation "
     "and the ':'\n",
     false},
    {"a: 1\n b: 2\n",
     "t.yaml:2:3: no key can stand on this place; check the indentation, and put text that holds "
     "': ' in quotes\n",
     false},
    {"x:\n  a: 1\n y: 2\n",
     "t.yaml:3:2: this does not go on with the mapping that starts at 1:1; check the indentation, "
     "commas and quotes\n",
     false},
    {"x:\n  - 1\n  y: 2\n",
     "t.yaml:3:3: this does not go on with the list that starts at 2:3; each of its lines starts "
     "with '- ', equally far in\n",
     false},
    {"x:\n\ta: 1\n", "t.yaml:2:1: a tab stands in the indentation; only blanks may\n", false},
    {"x: @a\n", "t.yaml:1:4: a text cannot start with '@'; put it in quotes\n", false},
    {"x: - a\n",
     "t.yaml:1:4: a list ('- ') cannot start on this place; put it on a line of its own\n", false},
    {"x: %a\n", "t.yaml:1:4: a text cannot start with '%'; put it in quotes\n", false},
    /* What can be told before the syntax ends is told as well. */
    {"a: &x 1\nb: [\n",
     "t.yaml:1:4: anchor '&x' is not allowed; write the value where it is needed\n"
     "t.yaml:3:1: a value misses here\n",
     false},
    {"a: {b: remove}\n",
     "t.yaml:1:5: there is no 'b' to remove; put the word in quotes if it is a text\n", true},
    {"extends: {a: b}\n",
     "t.yaml:1:10: extends must be the path of a file, seen from the folder of this one, or a list "
     "of such paths\n",
     false},
    {"extends:\n",
     "t.yaml:1:9: extends must be the path of a file, seen from the folder of this one, or a list "
     "of such paths\n",
     false},
};

static void check_refusals(struct world *world)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        struct node *root = read_text(world, refusals[i].text);
        cr_expect_str_eq(told(world), refusals[i].told, "of %s", refusals[i].text);
        cr_expect((root != NULL) == refusals[i].leaves_tree, "tree of %s", refusals[i].text);
    }
}

Test(tree, refuses_what_is_not_strict_with_its_place)
{
    struct world world;
    open_world(&world);
    check_refusals(&world);
    static const char nul[] = "a: 1\nb: x\0y\n";
    cr_expect(tree_read_text(&world.arena, "t.yaml", nul, sizeof nul - 1, &world.errors) == NULL);
    cr_expect_str_eq(told(&world), "t.yaml:2:5: character U+0000 is not allowed; of the control "
                                   "characters only tabs and line ends are\n");
    arena_close(&world.arena);
}

Test(tree, does_not_depend_on_the_locale)
{
    struct world world;
    if (setlocale(LC_ALL, "nl_NL.UTF-8") == NULL)
        cr_skip_test("the locale nl_NL.UTF-8 is not installed");
    open_world(&world);
    check_refusals(&world);
    arena_close(&world.arena);
}

static char *repeated(struct world *world, const char *text, int count)
{
    size_t length = strlen(text);
    char  *all = arena_new(&world->arena, char, length *(size_t)count + 1);
    for (int i = 0; i < count; i++)
        memcpy(all + length * (size_t)i, text, length);
    return all;
}

Test(tree, ends_at_depth_64_at_once)
{
    struct world world;
    open_world(&world);
    const char *deep = arena_print(&world.arena, "a: %s", repeated(&world, "[", 100000));
    clock_t     start = clock();
    cr_expect(read_text(&world, deep) == NULL);
    cr_expect(clock() - start < CLOCKS_PER_SEC / 10); /* libyaml alone: 32 s */
    /* The mapping at the top is the first, so bracket 64 is too many: 3 + 64 = column 67. */
    cr_expect_str_eq(told(&world), "t.yaml:1:67: over 64 lists and mappings inside each other; no "
                                   "more are allowed\n");
    const char *fits =
        arena_print(&world.arena, "a: %s%s", repeated(&world, "[", 63), repeated(&world, "]", 63));
    struct node *root = read_text(&world, fits);
    cr_assert(root != NULL);
    const char *text = written(&world, root, 0);
    cr_expect(same_tree(root, read_text(&world, text)));
    cr_expect_str_eq(told(&world), "");
    /* The value takes the place of the innermost list, level 64; the mapping in it is one more. */
    const char *inner = arena_print(&world.arena, "a%s={x: {}}", repeated(&world, "[0]", 62));
    cr_expect(!tree_set(&world.arena, root, inner, &world.errors));
    /* "a", 62 times "[0]", "={x: ": column 1 + 186 + 5 + 1. */
    cr_expect_str_eq(told(&world), "--set:1:193: over 64 lists and mappings inside each other; no "
                                   "more are allowed\n");
    arena_close(&world.arena);
}

Test(tree, limits_the_length_of_keys)
{
    struct world world;
    open_world(&world);
    char *accents = repeated(&world, "\u00e9", 128);
    cr_expect(read_text(&world, arena_print(&world.arena, "%s: 1\n", accents)) != NULL);
    cr_expect_str_eq(told(&world), "");
    cr_expect(read_text(&world, arena_print(&world.arena, "%sx: 1\n", accents)) == NULL);
    cr_expect_str_eq(told(&world), "t.yaml:1:1: a key has at most 128 characters; this one has "
                                   "129\n");
    char *key = repeated(&world, "k", 1100);
    read_text(&world, arena_print(&world.arena, "a: 1\n%s: 1\n", key));
    cr_expect_str_eq(told(&world), "t.yaml:2:1101: a key has at most 128 characters; this one has "
                                   "over 1024\n");
    read_text(&world, arena_print(&world.arena, "%s: 1\n", key));
    cr_expect_str_eq(told(&world), "t.yaml:1:1101: a key has at most 128 characters; this one has "
                                   "over 1024\n");
    arena_close(&world.arena);
}

Test(tree, reads_large_mappings_and_finds_the_duplicate)
{
    struct world world;
    open_world(&world);
    char  *text = arena_new(&world.arena, char, 4000000);
    size_t used = 0;
    for (int i = 0; i < 200000; i++)
        used += (size_t)sprintf(text + used, "key_%d: %d\n", i, i);
    strcpy(text + used, "key_0: 1\n");
    clock_t      start = clock();
    struct node *root = read_text(&world, text);
    cr_expect(clock() - start < 5 * CLOCKS_PER_SEC);
    cr_expect_str_eq(told(&world), "t.yaml:200001:1: 'key_0' stands twice in this mapping, first "
                                   "at 1:1; a key may stand once\n");
    cr_expect(root != NULL && root->count == 200000);
    char *many = repeated(&world, "a,", 1000001);
    read_text(&world, arena_print(&world.arena, "a: [%s]\n", many));
    /* Mapping and list are two of the million; item 999,999 stands at 5 + 2 x 999,998. */
    cr_expect_str_eq(told(&world), "t.yaml:1:2000001: over 1000000 values; a file may hold no "
                                   "more\n");
    arena_close(&world.arena);
}

Test(tree, tells_what_cannot_be_read)
{
    struct world world;
    open_folder(&world);
    own_file("big.yaml", "a: 1\n");
    cr_assert(truncate(path_of(&world, "big.yaml"), 64 * 1024 * 1024 + 1) == 0);
    own_file("extends_nothing.yaml", "a: 1\nextends: no.yaml\n");
    own_file("closed.yaml", "a: 1\n");
    cr_assert(chmod(path_of(&world, "closed.yaml"), 0) == 0);
    cr_expect(tree_read(&world.arena, path_of(&world, "no.yaml"), &world.errors) == NULL);
    cr_expect(world.errors.list[0].outside && world.errors.list[0].line == 0);
    cr_expect_str_eq(told(&world), "no.yaml: cannot be read: No such file or directory\n");
    cr_expect(tree_read(&world.arena, world.folder, &world.errors) == NULL);
    cr_expect_str_eq(world.errors.list[0].text, "is a folder; a file is needed here");
    world.errors.count = 0;
    cr_expect(tree_read(&world.arena, "/dev/null", &world.errors) == NULL);
    cr_expect_str_eq(told(&world), "/dev/null: is a device or pipe; a file is needed here\n");
    cr_expect(tree_read(&world.arena, path_of(&world, "big.yaml"), &world.errors) == NULL);
    cr_expect_str_eq(told(&world), "big.yaml: is larger than 64 MB, the most that is read\n");
    cr_expect(tree_read(&world.arena, path_of(&world, "extends_nothing.yaml"), &world.errors) ==
              NULL);
    cr_expect_str_eq(told(&world), "extends_nothing.yaml:2:10: extends names 'no.yaml', which "
                                   "cannot be read: No such file or directory\n");
    if (geteuid() != 0) { /* root reads everything */
        cr_expect(tree_read(&world.arena, path_of(&world, "closed.yaml"), &world.errors) == NULL);
        cr_expect_str_eq(told(&world), "closed.yaml: cannot be read: Permission denied\n");
    }
}

Test(tree, quotes_a_text_from_outside)
{
    static const struct {
        const char *text, *yaml;
    } texts[] = {
        {"", "\"\""},
        {"a: b", "\"a: b\""},
        {"say \"so\\\"", "\"say \\\"so\\\\\\\"\""},
        {"two\nlines\tand \x1b\x7f", "\"two\\nlines\\tand \\u001B\\u007F\""},
        {"caf\u00e9 \u2028", "\"caf\u00e9 \\u2028\""},
        {"caf\xe9 \xc3", "\"caf\\xE9 \\xC3\""}, /* Latin-1, and half a character at the end */
    };
    struct world world;
    open_world(&world);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char  *text = NULL;
        size_t length = 0;
        FILE  *out = open_memstream(&text, &length);
        tree_write_quoted(texts[i].text, out);
        fclose(out);
        cr_expect_str_eq(text, texts[i].yaml);
        const char        *line = arena_print(&world.arena, "text: %s\n", text);
        const struct node *root = read_text(&world, line);
        cr_assert(root != NULL, "%s", line);
        if (i + 1 < sizeof texts / sizeof texts[0])
            cr_expect_str_eq(node_find(root, "text")->text, texts[i].text);
        free(text);
    }
}
