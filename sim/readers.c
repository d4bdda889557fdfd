#include "sim/fields.h"

#include <ctype.h>
#include <string.h>

#include "sim/names.h"
#include "sim/scalar.h"

#define TEXT_WANTED "it must be a text"
#define NAME_WANTED "a name is small letters, digits and _, a letter first"

/* -- texts and names */

bool read_text(struct reader *reader, struct node *node, const char **text)
{
    struct scalar scalar;
    if (!scalar_take(reader, node, TEXT_WANTED, &scalar))
        return false;
    if (!*scalar.text && !scalar.value->quoted)
        return scalar_refuse(reader, &scalar, TEXT_WANTED);
    *text = scalar.text;
    return true;
}

static bool equal_but_for_case(const char *a, const char *b)
{
    while (*a && tolower((unsigned char)*a) == *b)
        a++, b++;
    return *a == *b;
}

static bool is_among(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (equal_but_for_case(text, *words))
            return true;
    return false;
}

static bool is_name(const char *text)
{
    bool starts = *text >= 'a' && *text <= 'z';
    return starts && !text[strspn(text, "abcdefghijklmnopqrstuvwxyz" DIGITS "_")];
}

/* The text with small letters, and _ for the marks that stand between words; NULL: no name yet. */
static const char *repair_name(struct arena *arena, const char *text)
{
    char *name = arena_text(arena, text, strlen(text));
    for (char *c = name; *c; c++)
        *c = strchr(" -.", *c) ? '_' : (char)tolower((unsigned char)*c);
    return is_name(name) ? name : NULL;
}

/* Why a text is no name; NULL: it is one. */
static const char *name_fault(struct arena *arena, const char *text)
{
    static const char *const truths[] = {"on", "off", "yes", "no", "y", "n", "true", "false", NULL};
    static const char *const missing[] = {"null", "nan", "na", "~", NULL};

    if (is_among(text, truths))
        return "YAML 1.1 readers, as in R and Python, take it for a truth value: choose another";
    if (is_among(text, missing))
        return "R and Python take it for a missing value: choose another";
    if (is_name(text))
        return NULL;
    const char *name = repair_name(arena, text);
    return name ? arena_print(arena, NAME_WANTED ": write %s", name) : NAME_WANTED;
}

bool read_name(struct reader *reader, struct node *node, const char **name)
{
    struct scalar scalar;
    if (!scalar_take(reader, node, NAME_WANTED, &scalar))
        return false;
    const char *fault = name_fault(reader->arena, scalar.text);
    if (fault)
        return scalar_refuse(reader, &scalar, fault);
    *name = scalar.text;
    return true;
}

bool read_names(struct reader *reader, struct node *mapping)
{
    if (!read_mapping(reader, mapping))
        return false;
    bool good = true;
    for (const struct node *node = mapping->first; node; node = node->next) {
        const char *fault = node_is_note(node) ? NULL : name_fault(reader->arena, node->key);
        if (!fault)
            continue;
        node_key_error(reader, node, "%s is no name; %s", node->key, fault);
        good = false;
    }
    return good;
}

static const char *name_list(struct arena *arena, const char *const *names, int count,
                             const char *before_last)
{
    const char *list = names[0];
    for (int i = 1; i < count; i++)
        list = arena_print(arena, "%s%s%s", list, i < count - 1 ? ", " : before_last, names[i]);
    return list;
}

static bool refuse_choice(struct reader *reader, const struct scalar *scalar,
                          const char *const *words, int count)
{
    const char *nearest = nearest_name(scalar->text, words, count);
    const char *advice = nearest ? arena_print(reader->arena, "did you mean '%s'?", nearest)
                                 : arena_print(reader->arena, "it must be %s",
                                               name_list(reader->arena, words, count, " or "));
    return scalar_refuse(reader, scalar, advice);
}

/* Where no names are known and something is wrong already, that is what is wrong: their section
 * could not be read. */
static bool refuse_reference(struct reader *reader, const struct scalar *scalar, const char *what,
                             const char *const *names, int count)
{
    if (count == 0 && reader->errors->count > 0)
        return false;
    const char *advice = count == 0 ? ", and no other is known"
                                    : node_names_advice(reader, scalar->text, names, count);
    return scalar_refuse(reader, scalar,
                         arena_print(reader->arena, "no %s has this name%s", what, advice));
}

bool read_reference(struct reader *reader, struct node *node, const char *what,
                    const char *const *names, int count, int *index)
{
    struct scalar scalar;
    const char   *wanted = "it must be one word";
    if (what) /* an attribute; but a unit */
        wanted = arena_print(reader->arena, "it must be the name of %s %s",
                             strchr("aeio", *what) ? "an" : "a", what);
    if (!scalar_take(reader, node, wanted, &scalar))
        return false;
    for (int i = 0; i < count; i++) {
        if (strcmp(scalar.text, names[i]) == 0) {
            *index = i;
            return true;
        }
    }
    return what ? refuse_reference(reader, &scalar, what, names, count)
                : refuse_choice(reader, &scalar, names, count);
}

void flag_read(struct reader *reader, struct node *node, void *flag)
{
    static const char *const words[] = {"false", "true"};
    int                      index;
    if (read_reference(reader, node, NULL, words, 2, &index))
        *(bool *)flag = index == 1;
}

/* -- mappings and lists */

static void read_note(struct reader *reader, struct node *node)
{
    static const char *const confidences[] = {"stated", "derived", "calibrated", "assumed"};
    const char              *text;
    int                      index;
    if (strcmp(node->key, "confidence") == 0)
        (void)!read_reference(reader, node, NULL, confidences, 4, &index);
    else
        (void)!read_text(reader, node, &text);
}

bool read_mapping(struct reader *reader, struct node *node)
{
    node->used = true;
    if (node->kind != NODE_MAPPING)
        return scalar_refuse_kind(reader, node, "it must be a mapping of keys to values");
    for (struct node *member = node->first; member; member = member->next)
        if (node_is_note(member) && !member->used)
            read_note(reader, member);
    return true;
}

bool read_list(struct reader *reader, struct node *node)
{
    node->used = true;
    if (node->kind == NODE_LIST)
        return true;
    const char *wanted = "it must be a list";
    if (node->kind == NODE_SCALAR && *node->text)
        wanted = arena_print(reader->arena, "it must be a list: write [%.60s]", node->text);
    return scalar_refuse_kind(reader, node, wanted);
}
