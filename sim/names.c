#include "sim/names.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { NAME_MAX_BYTES = 63, LIKE_AT_LEAST = 3, SHOWN_AT_MOST = 20 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Damerau-Levenshtein: letters put in, left out, changed, or two neighbours swapped. Three rows of
 * the usual table are enough. */
static int edits(const char *a, int length_a, const char *b, int length_b)
{
    int rows[3][NAME_MAX_BYTES + 1];
    for (int j = 0; j <= length_b; j++)
        rows[0][j] = j;
    for (int i = 1; i <= length_a; i++) {
        int       *row = rows[i % 3];
        const int *up = rows[(i + 2) % 3], *up_two = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= length_b; j++) {
            row[j] = least(least(up[j], row[j - 1]) + 1, up[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], up_two[j - 2] + 1);
        }
    }
    return rows[length_a % 3][length_b];
}

const char *nearest_name(const char *text, const char *const *names, int count)
{
    size_t      length = strlen(text);
    const char *nearest = NULL;
    int         fewest = 3;
    if (length > NAME_MAX_BYTES)
        return NULL;
    for (int i = 0; i < count; i++) {
        size_t name_length = strlen(names[i]);
        if (name_length > NAME_MAX_BYTES)
            continue;
        int distance = edits(text, (int)length, names[i], (int)name_length);
        if (distance >= fewest || 2 * distance >= (int)length)
            continue;
        fewest = distance;
        nearest = names[i];
    }
    return nearest;
}

/* Lower case, a blank as an underscore. */
static char plain(char letter)
{
    return letter == ' ' ? '_' : (char)tolower((unsigned char)letter);
}

static bool holds(const char *text, const char *part, size_t length)
{
    for (; *text; text++) {
        size_t same = 0;
        while (same < length && text[same] && plain(text[same]) == plain(part[same]))
            same++;
        if (same == length)
            return true;
    }
    return false;
}

/* "zwolle" and "PI Zwolle" are like "zwolle.prison". */
static bool is_like(const char *text, const char *name)
{
    const char *dot = strchr(name, '.');
    size_t      length = strlen(text), before_dot = dot ? (size_t)(dot - name) : 0;
    if (length >= LIKE_AT_LEAST && holds(name, text, length))
        return true;
    return before_dot >= LIKE_AT_LEAST && holds(text, name, before_dot);
}

static bool is_among(const char *name, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* Each once: a regime and its unit may have one name. */
static const char *list_of(struct arena *arena, const char *head, const char *const *names,
                           int count)
{
    const char *list = head;
    int         shown = count < SHOWN_AT_MOST ? count : SHOWN_AT_MOST;
    for (int i = 0; i < shown; i++)
        if (!is_among(names[i], names, i))
            list = arena_print(arena, "%s%s %s", list, i > 0 ? "," : "", names[i]);
    return shown < count ? arena_print(arena, "%s, .. (%d in all)", list, count) : list;
}

const char *names_advice(struct arena *arena, const char *text, const char *const *names, int count)
{
    const char *nearest = nearest_name(text, names, count);
    int         like_count = 0;
    if (nearest)
        return arena_print(arena, "; did you mean '%s'?", nearest);
    if (count == 0)
        return "";
    const char **like = arena_new(arena, const char *, (size_t)count);
    for (int i = 0; i < count; i++)
        if (is_like(text, names[i]))
            like[like_count++] = names[i];
    if (like_count > 0)
        return list_of(arena, "; names like it are", like, like_count);
    return list_of(arena, "; known are", names, count);
}
