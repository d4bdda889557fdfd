#include "sim/kept.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "sim/rng.h"
#include "sim/text.h"

#define DIGEST_LENGTH 32

struct kept {
    const char *name, *digest, *text;
};

const struct field kept_fields[] = {
    {.key = "name",
     .type = FIELD_TEXT,
     .offset = offsetof(struct kept, name),
     .required = true,
     .help = "The file, as `csv` names it."},
    {.key = "digest",
     .type = FIELD_TEXT,
     .offset = offsetof(struct kept, digest),
     .otherwise = "any contents",
     .help = "Of its contents, as run.yaml has it: another file of that name is refused."},
    {.key = "text",
     .type = FIELD_TEXT,
     .offset = offsetof(struct kept, text),
     .otherwise = "read from disk",
     .help = "Its contents; no file is read then."},
    {0},
};

/* -- the list in the tree */

static struct node *top_of(struct node *node)
{
    while (node->parent)
        node = node->parent;
    return node;
}

static const char *text_of(const struct node *item, const char *key)
{
    const struct node *node = node_find(item, key);
    if (node && node->kind == NODE_MAPPING)
        node = node_find(node, "value");
    return node && node->kind == NODE_SCALAR ? node->text : NULL;
}

static struct node *find(const struct node *files, const char *name)
{
    for (struct node *item = files ? files->first : NULL; item; item = item->next) {
        const char *other = text_of(item, "name");
        if (other && strcmp(other, name) == 0)
            return item;
    }
    return NULL;
}

/* What the scenario says itself stands in a line of it; what was kept does not. */
static bool is_stated(const struct node *item)
{
    return item && item->line > 0;
}

static void add_text(struct arena *arena, struct node *item, const char *key, const char *text)
{
    struct node *node = tree_add(arena, item, NODE_SCALAR, key);
    node->text = text;
    node->quoted = true;
}

/* -- the section */

static bool has_digest(struct reader *reader, const struct node *item, const struct kept *kept)
{
    static const char  digits[] = "0123456789abcdef";
    char               digest[DIGEST_LENGTH + 1];
    const struct node *node = node_find(item, "digest");
    if (strlen(kept->digest) != DIGEST_LENGTH || strspn(kept->digest, digits) != DIGEST_LENGTH) {
        node_error(reader, node, "digest is %.60s; it must be %d hexadecimal digits", kept->digest,
                   DIGEST_LENGTH);
        return false;
    }
    if (!kept->text)
        return true;
    rng_digest(kept->text, strlen(kept->text), digest);
    if (strcmp(digest, kept->digest) == 0)
        return true;
    node_error(reader, node, "digest is %s, but the text has %s", kept->digest, digest);
    return false;
}

static void read_item(struct reader *reader, const struct node *files, struct node *item)
{
    struct kept kept = {0};
    int         before = reader->errors->count;
    fields_read(reader, item, kept_fields, &kept);
    if (reader->errors->count > before || !is_stated(item))
        return;
    if (find(files, kept.name) != item) {
        node_error(reader, item, "%s stands twice in files; a name may stand once", kept.name);
        return;
    }
    if (!kept.digest && !kept.text) {
        node_error(reader, item, "%s has no digest and no text; give one of them", kept.name);
        return;
    }
    if (kept.digest && !has_digest(reader, item, &kept))
        return;
    if (kept.digest)
        return;
    char digest[DIGEST_LENGTH + 1];
    rng_digest(kept.text, strlen(kept.text), digest);
    add_text(reader->arena, item, "digest", arena_text(reader->arena, digest, DIGEST_LENGTH));
}

void kept_read(struct reader *reader, struct node *files)
{
    if (!files || !read_list(reader, files))
        return;
    for (struct node *item = files->first; item; item = item->next)
        read_item(reader, files, item);
}

void kept_drop_texts(struct node *root)
{
    struct node *files = node_find(root, "files");
    for (struct node *item = files ? files->first : NULL; item; item = item->next)
        tree_drop(item, "text");
}

/* -- reading */

/* The file's text, from disk. A file that is not there has no place of its own for an error. */
static bool read_disk(struct reader *reader, const struct node *node, const char *name,
                      struct text *text)
{
    const char *path = csv_path_beside(reader->arena, node->file, name);
    if (access(path, R_OK) == 0)
        return text_read(reader->arena, path, text, reader->errors);
    const char *reason = strerror(errno);
    node_error(reader, node, "%s names '%s', which cannot be read: %s%s",
               node_label(reader->arena, node), path, reason,
               text_file_advice(reader->arena, path));
    return false;
}

static void add_item(struct arena *arena, struct node *root, const char *name, const char *digest,
                     const char *text)
{
    struct node *files = node_find(root, "files");
    if (!files)
        files = tree_add(arena, root, NODE_LIST, "files");
    if (files->kind != NODE_LIST)
        return; /* told by kept_read */
    struct node *item = tree_add(arena, files, NODE_MAPPING, NULL);
    tree_add(arena, item, NODE_SCALAR, "name")->text = name; /* plain, as people write it */
    add_text(arena, item, "digest", digest);
    add_text(arena, item, "text", text);
}

/* Under the name, or where another file has it, as after `extends`, under "2/name" and so on. */
static void keep(struct arena *arena, struct node *node, const char *digest, const char *text)
{
    struct node *root = top_of(node);
    const char  *name = node->text;
    for (int n = 2;; n++) {
        struct node *item = find(node_find(root, "files"), name);
        const char  *other = item ? text_of(item, "digest") : NULL;
        if (!item)
            add_item(arena, root, name, digest, text);
        else if (!other || strcmp(other, digest) != 0) {
            name = arena_print(arena, "%d/%s", n, node->text);
            continue;
        } else if (!text_of(item, "text"))
            add_text(arena, item, "text", text);
        break;
    }
    node->text = name;
    node->content = CONTENT_FILE;
}

static bool is_the_file(struct reader *reader, const struct node *item, const char *digest,
                        const char *path)
{
    const char *stated = text_of(item, "digest");
    if (!stated || strcmp(stated, digest) == 0)
        return true;
    node_error(
        reader, node_find(item, "digest"),
        "%s is another file than is stated here: its digest is %s, not %s; put the file back, or "
        "take the digest out",
        path, digest, stated);
    return false;
}

const struct csv *kept_csv(struct reader *reader, struct node *node)
{
    char        digest[DIGEST_LENGTH + 1];
    const char *name;
    struct text text;
    if (!read_text(reader, node, &name))
        return NULL;
    struct node *value = node->kind == NODE_MAPPING ? node_find(node, "value") : node;
    struct node *item = find(node_find(top_of(node), "files"), name);
    bool         is_known = is_stated(item) || value->content == CONTENT_FILE;
    const char  *known = is_known ? text_of(item, "text") : NULL;
    if (known)
        return csv_read(reader->arena, name, known, strlen(known), reader->errors);
    if (!read_disk(reader, node, name, &text))
        return NULL;
    rng_digest(text.bytes, text.length, digest);
    if (is_stated(item) && !is_the_file(reader, item, digest, text.file))
        return NULL;
    keep(reader->arena, value, arena_text(reader->arena, digest, DIGEST_LENGTH), text.bytes);
    return csv_read(reader->arena, text.file, text.bytes, text.length, reader->errors);
}
