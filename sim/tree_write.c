/* The tree as YAML again. */
#include "sim/tree.h"

#include <stdint.h>
#include <string.h>

#include "sim/text.h"
#include "sim/tree_parse.h"

enum { UTF8_MAX_BYTES = 4 };

/* Whether YAML 1.1 takes the word for a truth value or null. */
static bool is_special_word(const char *text)
{
    static const char *const words[] = {
        "~",   "null", "Null", "NULL", "y",    "Y",     "yes",   "Yes",   "YES",
        "n",   "N",    "no",   "No",   "NO",   "on",    "On",    "ON",    "off",
        "Off", "OFF",  "true", "True", "TRUE", "false", "False", "FALSE",
    };
    if (!strchr("~nNyYoOtTfF", text[0]))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

/* What libyaml would take for a line end or drop, beside the controls. */
static bool needs_escape(uint32_t character)
{
    if (character < 0x20 || (character >= 0x7F && character <= 0x9F))
        return true;
    return character == 0x2028 || character == 0x2029 || character == 0xFEFF ||
           character == 0xFFFE || character == 0xFFFF;
}

static size_t decode(const char *text, uint32_t *character)
{
    size_t size = text_decode(text, strnlen(text, UTF8_MAX_BYTES), character);
    must(size > 0); /* all text in a tree was checked when read */
    return size;
}

static bool holds_escapes(const char *text)
{
    for (size_t size; *text; text += size) {
        uint32_t character;
        size = 1;
        if (*text >= ' ' && *text <= '~')
            continue;
        size = decode(text, &character);
        if (needs_escape(character))
            return true;
    }
    return false;
}

static bool is_blank_or_end(char byte)
{
    return byte == ' ' || byte == '\0';
}

/* Whether the text would come back as it is when it is written without quotes. */
static bool may_be_plain(const char *text)
{
    size_t length = strlen(text);
    if (length == 0)
        return true;
    if (is_special_word(text) || holds_escapes(text) || text[0] == ' ' || text[length - 1] == ' ' ||
        text[length - 1] == ':')
        return false;
    if (strchr(",[]{}#&*!|>'\"%@`", text[0]) != NULL)
        return false;
    if (strchr("-?:", text[0]) != NULL && is_blank_or_end(text[1]))
        return false;
    return strstr(text, ": ") == NULL && strstr(text, " #") == NULL;
}

void tree_write_quoted(const char *text, FILE *out)
{
    fputc('"', out);
    for (size_t size; *text; text += size) {
        uint32_t character;
        size = text_decode(text, strnlen(text, UTF8_MAX_BYTES), &character);
        if (size == 0) {
            fprintf(out, "\\x%02X", (unsigned)(unsigned char)*text);
            size = 1;
        } else if (character == '"' || character == '\\')
            fprintf(out, "\\%c", (char)character);
        else if (character == '\n')
            fputs("\\n", out);
        else if (character == '\t')
            fputs("\\t", out);
        else if (needs_escape(character))
            fprintf(out, "\\u%04X", (unsigned)character);
        else
            fwrite(text, 1, size, out);
    }
    fputc('"', out);
}

/* A key has no quoted flag to keep, so all but simple ones are quoted. */
static void write_key(const char *key, FILE *out)
{
    static const char simple[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789_";
    if (key[strspn(key, simple)] == '\0' && !is_special_word(key))
        fputs(key, out);
    else
        tree_write_quoted(key, out);
    fputc(':', out);
}

static void write_scalar(const struct node *node, FILE *out)
{
    if (!node->quoted && may_be_plain(node->text))
        fputs(node->text, out);
    else
        tree_write_quoted(node->text, out);
}

static void write_spaces(FILE *out, int count)
{
    for (int i = 0; i < count; i++)
        fputc(' ', out);
}

static void write_block(const struct node *node, FILE *out, int indent, bool on_line);

/* What follows a ':' or '-', up to its line end. A list item's first line stands behind its '-'. */
static void write_child(const struct node *node, FILE *out, int indent)
{
    bool nothing = node->kind == NODE_SCALAR && !node->quoted && node->text[0] == '\0';
    bool behind = node->kind == NODE_SCALAR || node->count == 0 || node->key == NULL;
    if (behind && !nothing)
        fputc(' ', out);
    else
        fputc('\n', out);
    if (!nothing)
        write_block(node, out, indent, behind);
}

/* `on_line`: the first line has its indentation already. */
static void write_block(const struct node *node, FILE *out, int indent, bool on_line)
{
    if (node->count == 0) {
        write_spaces(out, on_line ? 0 : indent);
        if (node->kind == NODE_SCALAR)
            write_scalar(node, out);
        else
            fputs(node->kind == NODE_LIST ? "[]" : "{}", out);
        fputc('\n', out);
        return;
    }
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        write_spaces(out, on_line && child == node->first ? 0 : indent);
        if (node->kind == NODE_LIST)
            fputc('-', out);
        else
            write_key(child->key, out);
        write_child(child, out, indent + 2);
    }
}

void tree_write(const struct node *node, FILE *out, int indent)
{
    write_block(node, out, indent, false);
}
