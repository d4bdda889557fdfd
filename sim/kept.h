/* The CSV files that a scenario names, kept in its tree: `files` at the top has the name, digest
 * and text of each file that was read. What has a text there is not read from disk again, so a tree
 * once read is all that a run depends on: draws of the inputs read the plan from it, and parts
 * carry it. The digests alone make a scenario that refuses other contents (run.yaml).
 */
#ifndef CELSIM_SIM_KEPT_H
#define CELSIM_SIM_KEPT_H

#include "sim/csv.h"
#include "sim/fields.h"

/* Checks `files` (NULL: none are stated), before any section that may name a file. */
void kept_read(struct reader *reader, struct node *files);

/* The table that `node` names, seen from the folder of the node's file, and keeps it. Two files of
 * one name get names of their own. NULL after errors. */
const struct csv *kept_csv(struct reader *reader, struct node *node);

/* Takes the texts out of a tree, so that names and digests are left. */
void kept_drop_texts(struct node *root);

extern const struct field kept_fields[];

#endif
