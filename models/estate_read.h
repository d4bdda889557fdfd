/* What estate.c and estate_csv.c share while institutions are read; nobody else calls this. */
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

/* A regime, and once all is read the table of who may share a cell. */
void estate_read_regime(struct reader *reader, struct node *node, struct estate *estate);
void estate_set_sharing(struct reader *reader, struct estate *estate);

/* Field reader of a struct who. */
void estate_read_who(struct reader *reader, struct node *node, void *who);

/* The institution with this name, new if need be; -1: there are too many. */
int estate_take_institution(struct reader *reader, const struct node *node, const char *name);

/* A new unit of the institution at hand; NULL: there are too many, or it is there already. */
struct unit *estate_add_unit(struct reader *reader, const struct node *node, const char *name);

/* Reads a unit, which has its name already, by `unit_fields` or a copy of them. */
void estate_read_unit(struct reader *reader, struct node *mapping, const struct field *fields,
                      struct unit *unit);

/* Whether the node of a unit is laid over the row of a CSV file: it has no regime of its own. Reads
 * it when all rows are there. */
bool estate_is_over(const struct reader *reader, const struct node *node);
void estate_read_over(struct reader *reader, struct node *node);

/* Reads each of a mapping of named things; after a bad name it goes on, so that what refers to the
 * name does not fail too. */
void estate_read_each(struct reader *reader, struct node *mapping, struct estate *estate,
                      void (*read)(struct reader *, struct node *, struct estate *));

/* An institution that is written out, with its units. */
void estate_read_institution(struct reader *reader, struct node *node, struct estate *estate);

/* The keys `regime` and `admits` of a unit: field readers. */
void estate_read_unit_regime(struct reader *reader, struct node *node, void *regime);
void estate_read_who(struct reader *reader, struct node *node, void *who);

/* The units that projects of the works programme add, and those into which they convert places;
 * then those of measures. */
void estate_add_of_works(struct reader *reader, struct node *works);
void estate_add_of_measures(struct reader *reader, struct node *measures);

/* When all units are there: what an institution says holds for all of its own. */
void estate_hand_down(struct reader *reader, struct estate *estate);

/* The units of a CSV file, named by the node. */
void estate_read_csv(struct reader *reader, struct node *node);

#endif
