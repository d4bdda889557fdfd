#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/same_tree.h"
#include "tests/tree_world.h"

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
