/* Messages are the exact ones a user sees: file:line:column: text. Lines and columns were counted
 * by hand in the texts below.
 */
#include <criterion/criterion.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sim/tree.h"
#include "tests/same_tree.h"

struct world {
    struct arena  arena;
    struct errors errors;
    char          folder[64]; /* of the files of this test */
};

static void open_world(struct world *world)
{
    memset(world, 0, sizeof *world);
    cr_assert(arena_open(&world->arena, (size_t)1 << 33, &world->errors));
}

static void open_folder(struct world *world)
{
    open_world(world);
    strcpy(world->folder, "/tmp/celsim_tree_XXXXXX");
    cr_assert(mkdtemp(world->folder) != NULL);
}

static const char *path_of(struct world *world, const char *name)
{
    return arena_print(&world->arena, "%s/%s", world->folder, name);
}

static void put_file(struct world *world, const char *name, const char *text)
{
    FILE *file = fopen(path_of(world, name), "wb");
    cr_assert(file != NULL);
    fputs(text, file);
    cr_assert(fclose(file) == 0);
}

static void close_folder(struct world *world)
{
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", world->folder);
    cr_assert(system(command) == 0);
    arena_close(&world->arena);
}

/* All errors, a line each, as main prints them; the test's folder is left out. */
static const char *told(struct world *world)
{
    static char text[60000];
    size_t      used = 0;
    size_t      folder = strlen(world->folder);
    text[0] = '\0';
    for (int i = 0; i < world->errors.count && i < 100; i++) {
        const struct error *error = &world->errors.list[i];
        const char         *file = error->file;
        if (folder > 0 && strncmp(file, world->folder, folder) == 0)
            file += folder + 1;
        if (error->outside)
            used +=
                (size_t)snprintf(text + used, sizeof text - used, "%s: %s\n", file, error->text);
        else
            used += (size_t)snprintf(text + used, sizeof text - used, "%s:%d:%d: %s\n", file,
                                     error->line, error->column, error->text);
    }
    for (char *at; folder > 0 && (at = strstr(text, world->folder)) != NULL;)
        memmove(at, at + folder + 1, strlen(at + folder + 1) + 1);
    world->errors.count = 0;
    return text;
}

static struct node *read_text(struct world *world, const char *text)
{
    return tree_read_text(&world->arena, "t.yaml", text, strlen(text), &world->errors);
}

static const char *written(struct world *world, const struct node *node, int indent)
{
    char  *text = NULL;
    size_t length = 0;
    FILE  *out = open_memstream(&text, &length);
    tree_write(node, out, indent);
    fclose(out);
    const char *copy = arena_text(&world->arena, text, length);
    free(text);
    return copy;
}

static struct node *at_path(struct node *node, const char *path)
{
    char  copy[100];
    char *rest = NULL;
    snprintf(copy, sizeof copy, "%s", path);
    for (char *name = strtok_r(copy, ".", &rest); name; name = strtok_r(NULL, ".", &rest)) {
        node = node_find(node, name);
        cr_assert(node != NULL, "no %s in %s", name, path);
    }
    return node;
}

static void check_place(const struct node *node, const char *file, int line, int column)
{
    cr_expect_str_eq(node->file, file);
    cr_expect(node->line == line && node->column == column, "%d:%d, not %d:%d", node->line,
              node->column, line, column);
}

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
    {"extends: [a, b]\n",
     "t.yaml:1:10: extends must be the path of one file, seen from the folder of this one\n",
     false},
    {"extends:\n",
     "t.yaml:1:9: extends must be the path of one file, seen from the folder of this one\n", false},
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
    put_file(&world, "big.yaml", "a: 1\n");
    cr_assert(truncate(path_of(&world, "big.yaml"), 64 * 1024 * 1024 + 1) == 0);
    put_file(&world, "extends_nothing.yaml", "a: 1\nextends: no.yaml\n");
    put_file(&world, "closed.yaml", "a: 1\n");
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
    close_folder(&world);
}

Test(tree, lays_a_file_over_what_it_extends)
{
    struct world world;
    open_folder(&world);
    cr_assert(mkdir(path_of(&world, "measures"), 0700) == 0);
    put_file(&world, "base.yaml",
             "title: base\n"
             "regimes: {prison: {places: 10, label: P}, arrest: {places: 5}}\n"
             "order: [a, b, c]\n"
             "old: 1\n");
    put_file(&world, "measures/top.yaml",
             "extends: ../base.yaml\n"
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
    close_folder(&world);
}

Test(tree, shows_the_errors_of_both_files_and_of_removals)
{
    struct world world;
    open_folder(&world);
    put_file(&world, "base.yaml", "a: &x 1\nregimes: {prison: {}, arrest: {}}\n");
    put_file(&world, "top.yaml",
             "extends: base.yaml\nb: !t 1\nregimes: {prizon: remove, zoo: "
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
    put_file(&world, "base.yaml", "a: [\n");
    put_file(&world, "top.yaml", "extends: base.yaml\nb: [\n");
    cr_expect(tree_read(&world.arena, path_of(&world, "top.yaml"), &world.errors) == NULL);
    cr_expect_str_eq(told(&world), "top.yaml:3:1: a value misses here\n"
                                   "base.yaml:2:1: a value misses here\n");
    close_folder(&world);
}

Test(tree, refuses_circles_and_chains_over_16_files)
{
    struct world world;
    open_folder(&world);
    put_file(&world, "a.yaml", "extends: b.yaml\n");
    put_file(&world, "b.yaml", "extends: ./c.yaml\n");
    put_file(&world, "c.yaml", "x: 1\nextends: ./a.yaml\n");
    cr_expect(tree_read(&world.arena, path_of(&world, "a.yaml"), &world.errors) == NULL);
    cr_expect_str_eq(told(&world), "./c.yaml:2:10: extends goes round in a circle: a.yaml, b.yaml, "
                                   "./c.yaml, ././a.yaml\n");
    put_file(&world, "f0.yaml", "x: 0\n");
    for (int i = 1; i <= 16; i++) {
        char name[20], text[60];
        snprintf(name, sizeof name, "f%d.yaml", i);
        snprintf(text, sizeof text, "extends: f%d.yaml\ny%d: 1\n", i - 1, i);
        put_file(&world, name, text);
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
    close_folder(&world);
}

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

Test(tree, quotes_what_would_read_back_otherwise)
{
    static const struct {
        const char *yaml, *written;
    } table[] = {
        {"12", "12"},
        {"'12'", "\"12\""},
        {"1e3", "1e3"},
        {"2026-01-01", "2026-01-01"},
        {"NO", "\"NO\""},
        {"'yes'", "\"yes\""},
        {"y", "\"y\""},
        {"~", "\"~\""},
        {"null", "\"null\""},
        {"not", "not"},
        {"a: b", NULL},
        {"\"a: b\"", "\"a: b\""},
        {"a:b", "a:b"},
        {"a#b", "a#b"},
        {"-5", "-5"},
        {"\"- a\"", "\"- a\""},
        {"\"a\\tb\\n\\\"\\\\\"", "\"a\\tb\\n\\\"\\\\\""},
        {"\"\\x07\\u2028\\u00e9\"", "\"\\u0007\\u2028\u00e9\""},
        {"a\n\n  b", "\"a\\nb\""},
        {"''", "\"\""},
        {"[]", "[]"},
        {"{}", "{}"},
        {"[ '#x', {a: -}]", "\n  - \"#x\"\n  - a: \"-\""},
        {"[[], [[1, {a: 1, b: 2}]], ]", "\n  - []\n  - - - 1\n      - a: 1\n        b: 2"},
        {"{no: 1, a b: 2, \"\\n\": 3}", "\n  \"no\": 1\n  \"a b\": 2\n  \"\\n\": 3"},
        {"[,]", NULL},
    };
    struct world world;
    open_world(&world);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct node *root =
            read_text(&world, arena_print(&world.arena, "k: %s\nl:\n", table[i].yaml));
        told(&world);
        cr_expect((root == NULL) == (table[i].written == NULL), "tree of %s", table[i].yaml);
        if (root == NULL)
            continue;
        const char *text = written(&world, root, 0);
        const char *blank = table[i].written[0] == '\n' ? "" : " ";
        cr_expect_str_eq(text, arena_print(&world.arena, "k:%s%s\nl:\n", blank, table[i].written));
        cr_expect(same_tree(root, read_text(&world, text)), "round trip of %s", table[i].yaml);
    }
    arena_close(&world.arena);
}

/* Texts that no reader hands over unquoted, but that other code may put in a node. */
Test(tree, quotes_texts_of_nodes_made_by_hand)
{
    static const char *const texts[] = {
        "a:", "a: b", "a #b", " a", "a ",   "#a",    "- a",    "?",       ":",  "[a",
        "{a", "&a",   "*a",   "!a", "|",    ">",     "'a",     "\"a",     "%a", "@a",
        "`a", ",a",   "]",    "}",  "a\nb", "a\t#b", "\u2028", "\xC2\x85"};
    struct world world;
    open_world(&world);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct node *root = read_text(&world, "a: x\nb: [x]\n");
        at_path(root, "a")->text = texts[i];
        at_path(root, "b")->first->text = texts[i];
        struct node *back = read_text(&world, written(&world, root, 0));
        cr_expect_str_eq(told(&world), "", "of %s", texts[i]);
        cr_assert(back != NULL && same_tree(root, back), "of %s", texts[i]);
        cr_expect(at_path(back, "a")->quoted);
    }
    arena_close(&world.arena);
}

/* A random tree as text, from pieces that are hard to write. */
static void put_random(FILE *out, unsigned *state, int depth)
{
    static const char *const scalars[] = {
        "12",
        "'12'",
        "no",
        "\"no\"",
        "x y",
        "\"a\\nb \"",
        "- ",
        "\"- \"",
        "-1",
        "'# c'",
        "a #c",
        "''",
        "\"\\u2028\\uFEFF\\x85\"",
        "a:b",
        "\":\"",
        "'a: b'",
        "\u00e9\u20ac",
        "\"\\\\\"",
        "\" lead\"",
        "'tr '",
        "\"\\t\"",
        "\"---\"",
        "...a",
        "remove_not",
        "'remove'",
        "{}",
        "[]",
    };
    *state = *state * 1664525u + 1013904223u;
    unsigned draw = *state >> 8;
    if (depth == 0 || draw % 3 == 0) {
        const char *scalar = scalars[draw / 3 % (sizeof scalars / sizeof scalars[0])];
        fputs(strcmp(scalar, "- ") == 0 || strcmp(scalar, "a #c") == 0 ? "z" : scalar, out);
        return;
    }
    bool list = draw % 3 == 1;
    fputs(list ? "[" : "{", out);
    for (unsigned i = 0; i < draw / 3 % 4; i++) {
        if (!list)
            fprintf(out, i % 2 ? "k%u: " : "\"k %u\\n\": ", i);
        put_random(out, state, depth - 1);
        fputs(", ", out);
    }
    fputs(list ? "]" : "}", out);
}

Test(tree, reads_back_what_it_writes)
{
    struct world world;
    open_world(&world);
    unsigned state = 1;
    int      collections = 0;
    for (int i = 0; i < 2000; i++) {
        arena_reset(&world.arena);
        char  *text = NULL;
        size_t length = 0;
        FILE  *out = open_memstream(&text, &length);
        fputs("a: ", out);
        put_random(out, &state, 5);
        fclose(out);
        struct node *root = tree_read_text(&world.arena, "t.yaml", text, length, &world.errors);
        cr_assert_str_eq(told(&world), "", "for %s", text);
        const char  *once = written(&world, root, 0);
        struct node *back = read_text(&world, once);
        cr_assert_str_eq(told(&world), "", "for %s", once);
        cr_assert(same_tree(root, back), "%s became %s", text, once);
        cr_assert_str_eq(written(&world, back, 0), once);
        collections += root->first->count > 0;
        free(text);
    }
    cr_expect(collections > 500);
    arena_close(&world.arena);
}

Test(tree, finds_the_nearest_name)
{
    static const char *const names[] = {"remand", "prison", "arrest", "clinic", "a", "stay"};
    static const struct {
        const char *text, *nearest;
    } table[] = {
        {"remnd", "remand"},    /* one left out */
        {"reamnd", "remand"},   /* neighbours swapped: one edit */
        {"pirsno", "prison"},   /* two swaps */
        {"clinicss", "clinic"}, /* two too many */
        {"clinicsss", NULL},    /* three */
        {"stya", "stay"},       /* 1 edit, under half of 4 */
        {"st", NULL},           /* 2 edits are not under half of 2 */
        {"sta", "stay"},        /* 1 edit is under half of 3 */
        {"ab", NULL},           /* 1 edit is not under half of 2 */
        {"prison", "prison"},   {"", NULL}, {"zzzzzz", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *nearest = nearest_name(table[i].text, names, 6);
        cr_expect((nearest == NULL) == (table[i].nearest == NULL) &&
                      (nearest == NULL || strcmp(nearest, table[i].nearest) == 0),
                  "%s gives %s", table[i].text, nearest ? nearest : "none");
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
