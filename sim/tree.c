#include "sim/tree.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

#include "sim/text.h"
#include "sim/tree_parse.h"

enum {
    NODES_MAX = 1000000, /* of one file: 128 MB of nodes */
    /* libyaml reads a key of 1024 characters; this one fits in that also when each of its
     * characters is written as an escape of six. */
    KEY_MAX = 128,
    LIBYAML_KEY_MAX = 1024,
};

struct parse {
    struct arena             *arena;
    struct errors            *errors;
    const struct tree_source *source;
    yaml_parser_t             yaml;
    yaml_event_t              event; /* the one at hand */
    struct node              *root;
    int                       node_count;
    bool                      stopped; /* no more events come */
    bool                      broken;  /* the nodes are not all that was written */
};

struct place {
    int line, column;
};

static struct place place_of(const struct parse *parse, yaml_mark_t mark)
{
    int before = mark.line == 0 ? parse->source->column : 0;
    return (struct place){(int)mark.line + 1, (int)mark.column + 1 + before};
}

static struct place here(const struct parse *parse)
{
    return place_of(parse, parse->event.start_mark);
}

#define ADD(parse, place, ...)                                                                     \
    errors_add((parse)->errors, (parse)->source->file, (place).line, (place).column, __VA_ARGS__)

/* What libyaml says, and what we say instead. */
static const struct problem {
    const char *libyaml;
    const char *ours;
    bool        at_start; /* tell the place where the unfinished thing starts */
} problems[] = {
    {"mapping values are not allowed in this context",
     "no key can stand on this place; check the indentation, and put text that holds ': ' in "
     "quotes",
     false},
    {"could not find expected ':'",
     "this is neither 'key: value' nor part of the text above; check the indentation and the ':'",
     true},
    {"did not find expected key",
     "this does not go on with the mapping%s; check the indentation, commas and quotes", false},
    {"did not find expected '-' indicator",
     "this does not go on with the list%s; each of its lines starts with '- ', equally far in",
     false},
    {"did not find expected node content", "a value misses here", false},
    {"did not find expected ',' or ']'", "a ',' or ']' misses in the list%s", false},
    {"did not find expected ',' or '}'", "a ',' or '}' misses in the mapping%s", false},
    {"found unexpected end of stream", "the quote that opens here does not close", true},
    {"found unexpected document indicator", "the quote that opens here does not close", true},
    {"found a tab character that violates indentation",
     "a tab stands in the indentation; only blanks may", false},
    {"found a tab character where an indentation space is expected",
     "a tab stands in the indentation; only blanks may", false},
    {"block sequence entries are not allowed in this context",
     "a list ('- ') cannot start on this place; put it on a line of its own", false},
};

static const struct problem *find_problem(const char *libyaml)
{
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++)
        if (strcmp(problems[i].libyaml, libyaml) == 0)
            return &problems[i];
    return NULL;
}

/* libyaml gives up on a key after 1024 characters, in words that speak of other things. */
static bool is_about_long_key(const yaml_parser_t *yaml)
{
    if (strcmp(yaml->problem, "could not find expected ':'") == 0)
        return yaml->problem_mark.index - yaml->context_mark.index > LIBYAML_KEY_MAX;
    return strcmp(yaml->problem, "mapping values are not allowed in this context") == 0 &&
           yaml->problem_mark.column > LIBYAML_KEY_MAX;
}

static const char *byte_at(const struct parse *parse, yaml_mark_t mark)
{
    const char *bytes = parse->source->bytes;
    size_t      at = 0;
    uint32_t    character;
    for (size_t i = 0; i < mark.index && at < parse->source->length; i++)
        at += text_decode(bytes + at, parse->source->length - at, &character);
    return bytes + at;
}

static void tell_wrong_start(struct parse *parse, struct place place, char first)
{
    if (first == '\t')
        ADD(parse, place, "a tab stands in the indentation; only blanks may");
    else
        ADD(parse, place, "a text cannot start with '%c'; put it in quotes", first);
}

static void tell_problem(struct parse *parse, const struct problem *problem,
                         struct place problem_at)
{
    const yaml_parser_t *yaml = &parse->yaml;
    struct place         start = place_of(parse, yaml->context_mark);
    const char          *hole = strstr(problem->ours, "%s");
    if (hole == NULL) {
        ADD(parse, problem->at_start ? start : problem_at, "%s", problem->ours);
        return;
    }
    ADD(parse, problem_at, "%.*s that starts at %d:%d%s", (int)(hole - problem->ours),
        problem->ours, start.line, start.column, hole + 2);
}

/* libyaml counts the end of a text as a line of its own; we stay on the last line. */
static struct place place_of_problem(const struct parse *parse, yaml_mark_t mark)
{
    const char *bytes = parse->source->bytes;
    const char *end = bytes + parse->source->length, *line = end;
    if (mark.column > 0 || byte_at(parse, mark) < end)
        return place_of(parse, mark);
    while (line > bytes && line[-1] != '\n' && line[-1] != '\r')
        line--;
    if (line == end)
        return place_of(parse, mark);
    mark.line--;
    mark.column = (size_t)text_characters(line, (size_t)(end - line));
    return place_of(parse, mark);
}

static void tell_syntax_error(struct parse *parse)
{
    const yaml_parser_t *yaml = &parse->yaml;
    if (yaml->error == YAML_MEMORY_ERROR) {
        errors_add_outside(parse->errors, parse->source->file, "no memory to read it");
        return;
    }
    struct place          place = place_of_problem(parse, yaml->problem_mark);
    const struct problem *problem = find_problem(yaml->problem);
    if (is_about_long_key(yaml))
        ADD(parse, place, "a key has at most %d characters; this one has over %d", KEY_MAX,
            LIBYAML_KEY_MAX);
    else if (strcmp(yaml->problem, "found character that cannot start any token") == 0)
        tell_wrong_start(parse, place, *byte_at(parse, yaml->problem_mark));
    else if (problem != NULL)
        tell_problem(parse, problem, place);
    else
        ADD(parse, place, "this is not YAML: %s%s%s", yaml->context ? yaml->context : "",
            yaml->context ? ", " : "", yaml->problem);
}

static void stop(struct parse *parse)
{
    parse->stopped = true;
    parse->broken = true;
}

/* Takes the next event; YAML_NO_EVENT, for ever, once the parse has stopped. */
static yaml_event_type_t next(struct parse *parse)
{
    yaml_event_delete(&parse->event);
    if (parse->stopped)
        return YAML_NO_EVENT;
    if (!yaml_parser_parse(&parse->yaml, &parse->event)) {
        tell_syntax_error(parse);
        stop(parse);
    }
    return parse->event.type;
}

static struct node *new_node(struct parse *parse, enum node_kind kind)
{
    struct place place = here(parse);
    struct node *node = arena_new(parse->arena, struct node, 1);
    node->kind = kind;
    node->file = parse->source->file;
    node->line = place.line;
    node->column = place.column;
    node->text = "";
    if (parse->root == NULL)
        parse->root = node;
    if (++parse->node_count > NODES_MAX) {
        ADD(parse, place, "over %d values; a file may hold no more", NODES_MAX);
        stop(parse);
    }
    return node;
}

static void refuse_extras(struct parse *parse, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor != NULL)
        ADD(parse, here(parse), "anchor '&%s' is not allowed; write the value where it is needed",
            (const char *)anchor);
    if (tag != NULL)
        ADD(parse, here(parse),
            "a tag ('!') is not allowed; what a value means follows from its key");
}

static const char *read_text(struct parse *parse)
{
    const char *value = (const char *)parse->event.data.scalar.value;
    size_t      length = parse->event.data.scalar.length;
    refuse_extras(parse, parse->event.data.scalar.anchor, parse->event.data.scalar.tag);
    if (strlen(value) != length) {
        ADD(parse, here(parse), "a text may not hold the character 0 ('\\0')");
        parse->broken = true;
    }
    return arena_text(parse->arena, value, length);
}

static struct node *read_scalar(struct parse *parse)
{
    struct node *node = new_node(parse, NODE_SCALAR);
    node->quoted = parse->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->text = read_text(parse);
    return node;
}

static struct node *read_alias(struct parse *parse)
{
    ADD(parse, here(parse), "alias '*%s' is not allowed; write the value out, or use extends",
        (const char *)parse->event.data.alias.anchor);
    parse->broken = true;
    return new_node(parse, NODE_SCALAR);
}

/* Stops at once: libyaml needs seconds for some ten thousand open brackets. */
static void refuse_depth(struct parse *parse, int depth)
{
    if (depth <= TREE_DEPTH_MAX || parse->stopped)
        return;
    ADD(parse, here(parse), "over %d lists and mappings inside each other; no more are allowed",
        TREE_DEPTH_MAX);
    stop(parse);
}

static struct node *read_node(struct parse *parse, int depth);

static struct node *read_list(struct parse *parse, int depth)
{
    struct node *list = new_node(parse, NODE_LIST);
    refuse_extras(parse, parse->event.data.sequence_start.anchor,
                  parse->event.data.sequence_start.tag);
    refuse_depth(parse, depth);
    while (next(parse) != YAML_SEQUENCE_END_EVENT && !parse->stopped)
        tree_append(list, read_node(parse, depth + 1));
    return list;
}

bool tree_check_key(const char *key, const char *file, int line, int column, struct errors *errors)
{
    size_t length = strlen(key);
    int    characters = text_characters(key, length);
    if (length == 0)
        errors_add(errors, file, line, column, "a key is empty; it must be a name");
    else if (strcmp(key, "<<") == 0)
        errors_add(errors, file, line, column,
                   "merge keys ('<<') are not allowed; write the keys out, or use extends");
    else if (characters > KEY_MAX)
        errors_add(errors, file, line, column, "a key has at most %d characters; this one has %d",
                   KEY_MAX, characters);
    else
        return true;
    return false;
}

static const char *read_key(struct parse *parse, int depth)
{
    struct place place = here(parse);
    if (parse->event.type == YAML_SCALAR_EVENT) {
        const char *key = read_text(parse);
        if (!tree_check_key(key, parse->source->file, place.line, place.column, parse->errors))
            parse->broken = true;
        return key;
    }
    ADD(parse, place, "a key must be a name, not a list, mapping or alias");
    parse->broken = true;
    read_node(parse, depth); /* for its errors */
    return "";
}

static uint32_t hash(const char *text)
{
    uint32_t value = 2166136261u; /* FNV-1a */
    for (; *text; text++)
        value = (value ^ (unsigned char)*text) * 16777619u;
    return value;
}

static void tell_duplicate(struct parse *parse, const struct node *first, const struct node *member)
{
    struct place place = {member->key_line, member->key_column};
    if (member->key[0] == '\0')
        return; /* the empty key is told already */
    ADD(parse, place, "'%s' stands twice in this mapping, first at %d:%d; a key may stand once",
        member->key, first->key_line, first->key_column);
}

/* Keeps the first of members that have the same key. By a hash table: a mapping may hold a million.
 */
static void drop_duplicates(struct parse *parse, struct node *mapping)
{
    uint32_t room = 4;
    while (room < 2 * (uint32_t)mapping->count)
        room *= 2;
    struct node **seen = arena_new(parse->arena, struct node *, room);
    struct node  *following = mapping->first;
    mapping->first = mapping->last = NULL;
    mapping->count = 0;
    while (following != NULL) {
        struct node *member = following;
        following = member->next;
        uint32_t at = hash(member->key) & (room - 1);
        while (seen[at] != NULL && strcmp(seen[at]->key, member->key) != 0)
            at = (at + 1) & (room - 1);
        if (seen[at] != NULL) {
            tell_duplicate(parse, seen[at], member);
            continue;
        }
        seen[at] = member;
        tree_append(mapping, member);
    }
}

static struct node *read_mapping(struct parse *parse, int depth)
{
    struct node *mapping = new_node(parse, NODE_MAPPING);
    refuse_extras(parse, parse->event.data.mapping_start.anchor,
                  parse->event.data.mapping_start.tag);
    refuse_depth(parse, depth);
    while (next(parse) != YAML_MAPPING_END_EVENT && !parse->stopped) {
        struct place place = here(parse);
        const char  *key = read_key(parse, depth + 1);
        if (next(parse) == YAML_NO_EVENT)
            break;
        struct node *member = read_node(parse, depth + 1);
        member->key = key;
        member->key_line = place.line;
        member->key_column = place.column;
        tree_append(mapping, member);
    }
    drop_duplicates(parse, mapping);
    return mapping;
}

/* Reads the node that starts with the event at hand. */
static struct node *read_node(struct parse *parse, int depth)
{
    switch (parse->event.type) {
    case YAML_SEQUENCE_START_EVENT:
        return read_list(parse, depth);
    case YAML_MAPPING_START_EVENT:
        return read_mapping(parse, depth);
    case YAML_ALIAS_EVENT:
        return read_alias(parse);
    default:
        return read_scalar(parse);
    }
}

static void read_document(struct parse *parse)
{
    next(parse); /* the stream's start */
    if (next(parse) != YAML_DOCUMENT_START_EVENT)
        return;
    if (next(parse) == YAML_NO_EVENT)
        return;
    read_node(parse, parse->source->depth + 1);
    next(parse); /* the document's end */
    if (next(parse) != YAML_DOCUMENT_START_EVENT)
        return;
    ADD(parse, here(parse), "a second document ('---') starts here; a file may hold one");
    stop(parse);
}

struct node *tree_parse(struct arena *arena, const struct tree_source *source, bool *whole,
                        struct errors *errors)
{
    struct parse parse = {.arena = arena, .errors = errors, .source = source};
    *whole = false;
    if (!yaml_parser_initialize(&parse.yaml)) {
        errors_add_outside(errors, source->file, "no memory to read it");
        return NULL;
    }
    yaml_parser_set_encoding(&parse.yaml, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parse.yaml, (const unsigned char *)source->bytes, source->length);
    read_document(&parse);
    yaml_event_delete(&parse.event);
    yaml_parser_delete(&parse.yaml);
    *whole = !parse.broken;
    return parse.root;
}
