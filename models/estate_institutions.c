/* Institutions: written out, or beside a CSV file with a row a unit. */
#include <string.h>

#include "models/estate_read.h"

/* -- written out */

struct institution_draft {
    struct institution institution;
    struct node       *units; /* read when all other keys are known */
};

const struct field institution_fields[] = {
    {.key = "dutch",
     .type = FIELD_TEXT,
     .offset = offsetof(struct institution_draft, institution.dutch),
     .otherwise = "its name",
     .help = "The Dutch name (inrichting)."},
    {.key = "label",
     .type = FIELD_TEXT,
     .offset = offsetof(struct institution_draft, institution.label),
     .otherwise = "its name",
     .help = "A note on what it is, such as PI Zwolle."},
    {.key = "region",
     .type = FIELD_NAME,
     .offset = offsetof(struct institution_draft, institution.region),
     .otherwise = "none",
     .help = "The region in which it lies: for placement rules with `near`."},
    {.key = "tags",
     .type = FIELD_OWN,
     .offset = offsetof(struct institution_draft, institution.tags),
     .own = estate_read_tags,
     .unit = "list of names",
     .otherwise = "none",
     .help = "Tags of all its units."},
    {.key = "admits",
     .type = FIELD_OWN,
     .offset = offsetof(struct institution_draft, institution.admits),
     .own = estate_read_admits,
     .unit = "who",
     .otherwise = "everyone",
     .help = "The people who may be placed in any of its units; what a unit admits comes on top."},
    {.key = "units",
     .type = FIELD_OWN,
     .offset = offsetof(struct institution_draft, units),
     .inner = unit_fields,
     .own = node_keep,
     .otherwise = "those of the csv file; else must be given",
     .help =
         "Its units by name; elsewhere they are called institution.unit. Without `regime` a unit "
         "lies over the row of the csv file with its name."},
    {0},
};

static int find_institution(const struct estate *estate, const char *name)
{
    for (int i = 0; i < estate->institution_count; i++)
        if (strcmp(estate->institution_name[i], name) == 0)
            return i;
    return -1;
}

int estate_take_institution(struct reader *reader, const struct node *node, const char *name)
{
    struct estate *estate = ((const struct estate_context *)reader->context)->estate;
    int            i = find_institution(estate, name);
    if (i >= 0)
        return i;
    if (estate->institution_count == INSTITUTIONS_AT_MOST) {
        node_key_error(reader, node, "%s is one institution too many; at most %d are allowed", name,
                       INSTITUTIONS_AT_MOST);
        return -1;
    }
    i = estate->institution_count++;
    estate->institution[i] = (struct institution){.name = name};
    estate->institution_name[i] = name;
    return i;
}

/* -- both */

/* For the reference: beside this key stand institutions by name. */
const struct field institutions_fields[] = {
    {.key = "csv",
     .type = FIELD_TEXT,
     .unit = "a file",
     .otherwise = "all institutions are written out",
     .help = "A CSV file with a row a unit, its path relative to this file; institutions may be "
             "written out beside it. Its columns are those below, the keys of a unit but `admits` "
             "and `changes` (tags with blanks between), and attributes: the value that the unit "
             "admits."},
    {0},
};

static bool is_csv(const struct node *node)
{
    return strcmp(node->key, institutions_fields[0].key) == 0;
}

void estate_read_institution(struct reader *reader, struct node *node, struct estate *estate)
{
    struct estate_context *context = reader->context;
    if (is_csv(node)) {
        estate_read_csv(reader, node);
        return;
    }
    int i = estate_take_institution(reader, node, node->key);
    if (i < 0)
        return;
    struct institution_draft draft = {.institution = estate->institution[i]};
    fields_read(reader, node, institution_fields, &draft);
    estate->institution[i] = draft.institution;
    context->institution = i;
    estate_read_each(reader, draft.units, estate, estate_read_named_unit);
    context->institution = -1;
}

void estate_read_over_rows(struct reader *reader, struct node *institutions, struct estate *estate)
{
    struct estate_context *context = reader->context;
    if (!context->has_csv || institutions->kind != NODE_MAPPING)
        return;
    for (struct node *node = institutions->first; node; node = node->next) {
        struct node *units = node->kind == NODE_MAPPING ? node_find(node, "units") : NULL;
        context->institution = find_institution(estate, node->key);
        if (!units || units->kind != NODE_MAPPING || context->institution < 0)
            continue;
        for (struct node *unit = units->first; unit; unit = unit->next)
            if (!node_is_note(unit) && estate_is_over(reader, unit))
                estate_read_over(reader, unit);
    }
    context->institution = -1;
}

static bool has_units(const struct estate *estate, int institution)
{
    for (int u = 0; u < estate->unit_count; u++)
        if (estate->unit[u].institution == institution)
            return true;
    return false;
}

void estate_check_units(struct reader *reader, const struct node *institutions, bool is_good,
                        const struct estate *estate)
{
    if (!institutions || institutions->kind != NODE_MAPPING ||
        (!is_good && node_find(institutions, "csv")))
        return;
    for (const struct node *node = institutions->first; node; node = node->next) {
        if (node->kind != NODE_MAPPING || node_find(node, "units") ||
            has_units(estate, find_institution(estate, node->key)))
            continue;
        node_error(reader, node, "%s lacks the key units", node->key);
    }
}
