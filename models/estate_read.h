/* What the files of the estate share while it is read: estate.c (the whole), estate_regimes.c,
 * estate_units.c, estate_institutions.c, estate_csv.c, estate_over.c. Nobody else calls this. */
#ifndef CELSIM_MODELS_ESTATE_READ_H
#define CELSIM_MODELS_ESTATE_READ_H

#include "models/estate.h"

/* The context of their readers. */
struct estate_context {
    struct estate           *estate;
    const struct attributes *attributes;
    const char *const       *statuses;
    int                      status_count;
    int                      institution; /* whose units are being read; -1: none */
    const struct node      **origin;      /* of each unit: where errors about it stand */
    bool                     has_csv;     /* institutions come from a file too, */
    bool                     csv_is_good; /* which has been read without errors */
};

#define INSTITUTIONS_AT_MOST UNITS_AT_MOST

/* Reads each member of a mapping by name; NULL: there is none. After a bad name it goes on, so that
 * what refers to the name does not fail too. */
void estate_read_each(struct reader *reader, struct node *mapping, struct estate *estate,
                      void (*read)(struct reader *, struct node *, struct estate *));

/* Of `admits`, of an institution or a unit, into a struct who. */
void estate_read_admits(struct reader *reader, struct node *node, void *member);
/* Of `tags`, likewise, into a mask. */
void estate_read_tags(struct reader *reader, struct node *node, void *member);

void estate_read_regime(struct reader *reader, struct node *node, struct estate *estate);

/* The institution with this name, new if need be; -1: there are too many. */
int estate_take_institution(struct reader *reader, const struct node *node, const char *name);

/* A new unit of the institution at hand; NULL: there are too many, or it is there already. */
struct unit *estate_add_unit(struct reader *reader, const struct node *node, const char *name);

/* Reads a unit, which has its name already, by `unit_fields` or a copy of them. */
void estate_read_unit(struct reader *reader, struct node *mapping, const struct field *fields,
                      struct unit *unit);

/* A unit by name, of the institution at hand or of none; not one that is laid over a row. */
void estate_read_named_unit(struct reader *reader, struct node *node, struct estate *estate);

/* An institution by name, or the CSV file. */
void estate_read_institution(struct reader *reader, struct node *node, struct estate *estate);

/* When all rows of the CSV file are units: what is written out lies over them. */
void estate_read_over_rows(struct reader *reader, struct node *institutions, struct estate *estate);

/* Refuses institutions without units. They may stand in the CSV file, which may come later; nobody
 * knows when that has errors. */
void estate_check_units(struct reader *reader, const struct node *institutions, bool is_good,
                        const struct estate *estate);

/* Whether the node of a unit is laid over the row of a CSV file: it has no regime of its own. Reads
 * it when all rows are there. */
bool estate_is_over(const struct reader *reader, const struct node *node);
void estate_read_over(struct reader *reader, struct node *node);

/* The units of a CSV file, named by the node. */
void estate_read_csv(struct reader *reader, struct node *node);

#endif
