/* Regimes: kinds of place. */
#include <string.h>

#include "models/estate_read.h"
#include "models/flag.h"

/* Words with a meaning of their own under `waits: in:`, where a regime may be named. */
static bool is_taken(const char *name)
{
    return strcmp(name, "outside") == 0 || strcmp(name, "nowhere") == 0 ||
           strcmp(name, "present_place") == 0;
}

static void read_unlimited(struct reader *reader, struct node *node, void *member)
{
    const char *text;
    if (!read_text(reader, node, &text))
        return;
    if (strcmp(text, "unlimited") == 0)
        *(bool *)member = true;
    else
        node_error(reader, node,
                   "places is %s; for a regime it can only be unlimited, since units have the "
                   "places",
                   text);
}

const struct field regime_fields[] = {
    {.key = "dutch",
     .type = FIELD_TEXT,
     .offset = offsetof(struct regime, dutch),
     .otherwise = "its name",
     .help = "The Dutch term, such as huis van bewaring."},
    {.key = "places",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, unlimited),
     .own = read_unlimited,
     .unit = "the word unlimited",
     .otherwise = "the places of its units",
     .help = "Without limit: the regime is one unit of its own name and can have no other."},
    {.key = "emergency",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, emergency),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "People are held here because their own place is missing (noodplaats, politiecel)."},
    {.key = "outside",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, outside),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "People here are not held, as under electronic detention (enkelband)."},
    {.key = "apart",
     .type = FIELD_OWN,
     .offset = offsetof(struct regime, apart),
     .own = flag_read,
     .unit = "true or false",
     .otherwise = "false",
     .help = "Its places stand in for no others, as those of a clinic: left out of need and "
             "shortage unless output.stand_in names it."},
    {.key = "turnover",
     .type = FIELD_DURATION,
     .offset = offsetof(struct regime, turnover_min),
     .otherwise = "none",
     .help = "How long a place stays empty between two people."},
    {.key = "intake",
     .type = FIELD_INNER,
     .offset = offsetof(struct regime, intake),
     .inner = intake_fields,
     .otherwise = "at any time",
     .help = "When its units take in people who are newly placed; outside these times their free "
             "places are not given."},
    {0},
};

static void check_intake(struct reader *reader, const struct node *node, struct regime *regime)
{
    const struct node *intake = node->kind == NODE_MAPPING ? node_find(node, "intake") : NULL;
    if (!intake)
        return;
    regime->intake.used = true;
    intake_check(reader, intake);
    if (regime->emergency || regime->outside)
        node_key_error(reader, intake,
                       "intake is for institutions, but %s is %s and takes people at any time",
                       regime->name, regime->emergency ? "for emergencies" : "outside");
}

void estate_read_regime(struct reader *reader, struct node *node, struct estate *estate)
{
    if (is_taken(node->key))
        node_key_error(reader, node, "%s has a meaning of its own in waits; choose another name",
                       node->key);
    if (estate->regime_count == REGIMES_AT_MOST) {
        node_key_error(reader, node, "%s is one regime too many; at most %d are allowed", node->key,
                       REGIMES_AT_MOST);
        return;
    }
    struct regime *regime = &estate->regime[estate->regime_count];
    *regime = (struct regime){.name = node->key, .dutch = node->key, .intake = intake_always()};
    estate->regime_name[estate->regime_count++] = node->key;
    fields_read(reader, node, regime_fields, regime);
    check_intake(reader, node, regime);
}
