/* Units of the CSV file of institutions that are written out too: what is written lies over the
 * row, as with `extends`. So a row, which can hold no list, gets its changes.
 */
#include <string.h>

#include "models/estate_read.h"

#define FIELDS_AT_MOST 32

bool estate_is_over(const struct reader *reader, const struct node *node)
{
    const struct estate_context *context = reader->context;
    return context->institution >= 0 && context->has_csv &&
           (node->kind != NODE_MAPPING || !node_find(node, "regime"));
}

static int units_of(const struct estate *estate, const char *institution, const char **names)
{
    size_t length = strlen(institution);
    int    count = 0;
    for (int u = 0; u < estate->unit_count; u++)
        if (strncmp(estate->unit_name[u], institution, length) == 0 &&
            estate->unit_name[u][length] == '.')
            names[count++] = estate->unit_name[u] + length + 1;
    return count;
}

static int other_institutions(const struct estate *estate, const char *institution,
                              const char **names)
{
    int count = 0;
    for (int i = 0; i < estate->institution_count; i++)
        if (strcmp(estate->institution_name[i], institution) != 0)
            names[count++] = estate->institution_name[i];
    return count;
}

static void refuse(struct reader *reader, const struct node *node, const char *institution)
{
    const struct estate *estate = ((const struct estate_context *)reader->context)->estate;
    const char          *names[UNITS_AT_MOST], *wanted = node->key;
    int                  count = units_of(estate, institution, names);
    if (count == 0) {
        count = other_institutions(estate, institution, names);
        wanted = institution;
    }
    node_key_error(reader, node,
                   "no row of the csv file is unit %s.%s, so it must have regime and places%s",
                   institution, node->key, node_names_advice(reader, wanted, names, count));
}

/* All keys may be left out, since the row has them. */
static void read_over(struct reader *reader, struct node *mapping, struct unit *unit)
{
    struct field fields[FIELDS_AT_MOST];
    size_t       count = 0;
    do {
        must(count < FIELDS_AT_MOST);
        fields[count] = unit_fields[count];
        fields[count].required = false;
    } while (unit_fields[count++].key);
    estate_read_unit(reader, mapping, fields, unit);
}

void estate_read_over(struct reader *reader, struct node *node)
{
    const struct estate_context *context = reader->context;
    struct estate               *estate = context->estate;
    const char                  *institution = estate->institution_name[context->institution];
    const char                  *name = arena_print(reader->arena, "%s.%s", institution, node->key);
    int                          u = estate_find_unit(estate, name);
    if (u >= 0)
        read_over(reader, node, &estate->unit[u]);
    else if (context->csv_is_good)
        refuse(reader, node, institution);
}
