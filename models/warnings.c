#include "models/warnings.h"

#include <stdarg.h>
#include <string.h>

void warn(struct warnings *warnings, const char *format, ...)
{
    char    text[WARNING_LENGTH];
    va_list list;
    if (warnings->count++ >= WARNINGS_KEPT)
        return;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    warnings->text[warnings->count - 1] = arena_text(warnings->arena, text, strlen(text));
}

bool warnings_have(const struct warnings *warnings, const char *text)
{
    for (int i = 0; i < warnings_kept(warnings); i++)
        if (strcmp(warnings->text[i], text) == 0)
            return true;
    return false;
}

void warnings_write(const struct warnings *warnings, int at_most, const char *head, FILE *out)
{
    int kept = warnings_kept(warnings), shown = kept < at_most ? kept : at_most;
    for (int i = 0; i < shown; i++)
        fprintf(out, "%s%s\n", head, warnings->text[i]);
    if (shown < warnings->count)
        fprintf(out, "%sand %d more\n", head, warnings->count - shown);
}
