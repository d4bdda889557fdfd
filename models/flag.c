#include "models/flag.h"

void flag_read(struct reader *reader, struct node *node, void *flag)
{
    static const char *const words[] = {"false", "true"};
    int                      index;
    if (read_reference(reader, node, NULL, words, 2, &index))
        *(bool *)flag = index == 1;
}
